"""Intention to treat: differences in means within blocks, weighted by block size.

Without covariates this is the block-weighted difference in means with Neyman's variance; with
covariates it is Lin's (2013) fully interacted adjustment. Both are one regression on the arm,
the centred blocks and covariates and their products with the arm, with HC2 standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.ols import Coefficient, Covariance, coefficient, independent_columns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MINIMUM_CELL = 2
MINIMUM_DUMMY = 5
MINIMUM_ROOM = 10
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Effects:
    """Effects of being offered support, one per outcome; every array has shape (m,).

    Attributes:
        estimate: Effect in the unit of the outcome; NaN where it cannot be estimated.
        std_error: HC2 standard error.
        df: Residual degrees of freedom.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval.
        p_value: Two-sided, from the t distribution.
        n_support: People in the support arm that the estimate rests on.
        n_control: People in the control arm that the estimate rests on.
        mean_support: Block-weighted mean in the support arm.
        mean_control: Block-weighted mean in the control arm.
        sd_control: Standard deviation in the control arm.
        left_out: People with the outcome who were left out, because their block has fewer
            than two with the outcome in one of the arms.
    """

    estimate: Floats
    std_error: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    n_support: Ints
    n_control: Ints
    mean_support: Floats
    mean_control: Floats
    sd_control: Floats
    left_out: Ints


def interval(
    estimate: Floats, std_error: Floats, df: Floats, level: float
) -> tuple[Floats, Floats, Floats]:
    """Interval and two-sided p-value from the t distribution.

    Args:
        estimate: Estimates; shape (m,).
        std_error: Standard errors; shape (m,).
        df: Degrees of freedom; shape (m,).
        level: Level of the interval, for instance 0.95.

    Returns:
        Lower ends, upper ends and p-values; shape (m,) each. With a standard error of zero the
        p-value is NaN: nothing varies, so nothing can be tested.
    """
    half = special.stdtrit(df, (1 + level) / 2) * std_error
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(std_error > 0, np.abs(estimate / std_error), np.nan)
    return estimate - half, estimate + half, 2 * special.stdtr(df, -t)


def usable(support: Bools, block: Ints) -> Bools:
    """Who is in a block with at least two people in each arm; shape (n,)."""
    size = int(block.max()) + 1 if block.size else 0
    treated = np.bincount(block[support], minlength=size)
    untreated = np.bincount(block[~support], minlength=size)
    return ((treated >= MINIMUM_CELL) & (untreated >= MINIMUM_CELL))[block]


def _determined(support: Bools, design: Floats) -> bool:
    """Whether one person alone determines a coefficient within an arm (leverage one)."""
    for arm in (support, ~support):
        basis = np.linalg.qr(design[arm][:, independent_columns(design[arm])])[0]
        if np.einsum("ij,ij->i", basis, basis).max() > 1 - 1e-8:
            return True
    return False


def usable_covariates(support: Bools, block: Ints, covariates: Floats) -> Floats:
    """Covariates that can be interacted with the arm.

    A dummy that fewer than five people have (or lack) in one arm is left out, because one
    person would then decide its coefficient; so are further covariates, the last first, while
    one person still does. All are left out where they would leave an arm fewer than ten
    residual degrees of freedom.

    Args:
        support: Arm; shape (n,).
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p).

    Returns:
        The columns to use, linearly independent of the constant; shape (n, q).
    """
    if covariates.shape[1] == 0:
        return covariates
    keep = np.ones(covariates.shape[1], dtype=np.bool_)
    for j in range(covariates.shape[1]):
        values = np.unique(covariates[:, j])
        if values.size == 2:
            high = covariates[:, j] == values[1]
            cells = [np.sum(high & a) for a in (support, ~support)]
            cells += [np.sum(~high & a) for a in (support, ~support)]
            keep[j] = min(cells) >= MINIMUM_DUMMY
        else:
            keep[j] = values.size > 2
    columns = covariates[:, keep]
    fixed = (block[:, None] == np.unique(block)[None, :]).astype(np.float64)
    columns = columns[:, independent_columns(np.hstack([fixed, columns]))[fixed.shape[1] :]]
    smaller = min(int(support.sum()), int((~support).sum()))
    if smaller - fixed.shape[1] - columns.shape[1] < MINIMUM_ROOM:
        return columns[:, :0]
    while columns.shape[1] and _determined(support, np.hstack([fixed, columns])):
        columns = columns[:, :-1]
    return columns


def interacted_design(support: Bools, block: Ints, covariates: Floats) -> Floats:
    """Constant, centred blocks and covariates, and their products with the arm.

    Args:
        support: Arm; shape (n,).
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p).

    Returns:
        The design without the arm itself, whose coefficient is then the effect averaged over
        the people; shape (n, 1 + 2(B - 1 + p)).
    """
    present = np.unique(block)
    dummies = (block[:, None] == present[None, 1:]).astype(np.float64)
    centred = np.hstack([dummies, covariates])
    centred = centred - centred.mean(axis=0)
    # Scale only for conditioning; the coefficient of the arm does not depend on it.
    spread = centred.std(axis=0)
    centred = centred / np.where(spread > 0, spread, 1.0)
    return np.hstack([np.ones((block.size, 1)), centred, centred * support[:, None]])


def fit(
    support: Bools,
    block: Ints,
    covariates: Floats,
    outcomes: Floats,
    covariance: Covariance = "HC2",
) -> Coefficient:
    """The effect on complete outcomes of people in usable blocks; shapes as in :func:`itt`."""
    design = interacted_design(support, block, usable_covariates(support, block, covariates))
    return coefficient(support.astype(np.float64), design, outcomes, covariance)


def patterns(outcomes: Floats) -> list[tuple[Bools, Ints]]:
    """Groups of outcomes observed for the same people: who, and which columns."""
    observed = ~np.isnan(outcomes)
    if observed.all():
        return [(np.ones(outcomes.shape[0], dtype=np.bool_), np.arange(outcomes.shape[1]))]
    groups: dict[bytes, list[int]] = {}
    for j in range(outcomes.shape[1]):
        groups.setdefault(np.packbits(observed[:, j]).tobytes(), []).append(j)
    return [(observed[:, js[0]], np.array(js, dtype=np.int64)) for js in groups.values()]


def block_means(values: Floats, block: Ints, people: Ints) -> Floats:
    """Mean of ``values`` (n, m) over the people, weighted by block size among all people.

    Args:
        values: Outcomes of one arm; shape (n1, m).
        block: Blocks of that arm; shape (n1,).
        people: Number of people of both arms in each block; shape (B,).

    Returns:
        Weighted means; shape (m,).
    """
    counts = np.bincount(block, minlength=people.size)
    weight = np.divide(people, counts, out=np.zeros(people.size), where=counts > 0)[block]
    means: Floats = (weight @ values) / people[counts > 0].sum()
    return means


def itt(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    covariates: Floats | None = None,
    level: float = 0.95,
) -> Effects:
    """Effects of being offered support on many outcomes.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        covariates: Complete covariates for Lin's adjustment; shape (n, p). None: unadjusted.
        level: Level of the intervals.

    Returns:
        One effect per outcome; NaN where an arm has too few people with the outcome.

    References:
        Lin (2013), Annals of Applied Statistics 7(1); Imbens and Rubin (2015), chapter 9.
    """
    n, m = outcomes.shape
    x = np.zeros((n, 0)) if covariates is None else covariates
    out = {name: np.full(m, np.nan) for name in ("estimate", "se", "df", "m1", "m0", "sd0")}
    counts = {name: np.zeros(m, dtype=np.int64) for name in ("n1", "n0", "left")}
    for rows, columns in patterns(outcomes):
        keep = rows.copy()
        keep[rows] = usable(support[rows], block[rows])
        z, b, y = support[keep], block[keep], outcomes[np.ix_(keep, columns)]
        counts["n1"][columns], counts["n0"][columns] = int(z.sum()), int((~z).sum())
        counts["left"][columns] = int(rows.sum() - keep.sum())
        if not z.any() or z.all():
            continue
        people = np.bincount(b)
        out["m1"][columns] = block_means(y[z], b[z], people)
        out["m0"][columns] = block_means(y[~z], b[~z], people)
        out["sd0"][columns] = y[~z].std(axis=0, ddof=1)
        try:
            found = fit(z, b, x[keep], y)
        except ValueError:
            continue
        # Where nothing varies, or all is foretold, rounding must not pass for an effect.
        tiny = _ROUNDING * np.abs(y).max(axis=0)
        nothing = np.abs(found.estimate) <= tiny
        out["estimate"][columns] = np.where(nothing, 0.0, found.estimate)
        out["se"][columns] = np.where(found.std_error <= tiny, 0.0, found.std_error)
        out["df"][columns] = found.df
    low, high, p = interval(out["estimate"], out["se"], out["df"], level)
    return Effects(
        estimate=out["estimate"],
        std_error=out["se"],
        df=out["df"],
        ci_low=low,
        ci_high=high,
        p_value=p,
        n_support=counts["n1"],
        n_control=counts["n0"],
        mean_support=out["m1"],
        mean_control=out["m0"],
        sd_control=out["sd0"],
        left_out=counts["left"],
    )
