"""Effects in each level of a subgroup variable, and the test that they are equal.

Given how many of each level and block are in each arm, chance assigned each level on its own:
the levels are independent experiments, and their effects are compared as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import Effects, interval, itt
from finsam_report.estimators.randomisation import over_draws, p_values, residualise

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]

MINIMUM_ARM = 10
MINIMUM_LEFT = 20
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Equality:
    """Test that independent effects are equal, per outcome; every array has shape (m,).

    Attributes:
        statistic: Welch's F; NaN where fewer than two levels can be compared.
        df_numerator: Levels compared, less one.
        df_denominator: Welch's approximate degrees of freedom.
        p_value: From the F distribution.
        levels: How many levels are compared.
    """

    statistic: Floats
    df_numerator: Floats
    df_denominator: Floats
    p_value: Floats
    levels: Ints


@dataclass(frozen=True)
class Difference:
    """Effect in the second of two levels less that in the first; every array has shape (m,).

    Attributes:
        estimate: The difference; NaN unless exactly two levels exist and both are estimated.
        std_error: Its standard error.
        df: Degrees of freedom by Welch and Satterthwaite.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval.
        p_value: Two-sided; the same as that of the test that both effects are equal.
    """

    estimate: Floats
    std_error: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats


@dataclass(frozen=True)
class Subgroups:
    """Effects by level of a subgroup variable.

    Attributes:
        levels: Code of each level, rising; shape (L,).
        effects: Effects in each level; length L.
        reason: Why an effect is not estimated: "nobody" has the outcome in an arm, "few" people
            have it in an arm, or "undetermined" by the data; "" where it is; shape (L, m).
        equality: Test that the effects are equal in all levels that are estimated.
        difference: Second level less first, where there are two.
    """

    levels: Ints
    effects: tuple[Effects, ...]
    reason: Texts
    equality: Equality
    difference: Difference


def _pooled(estimate: Floats, variance: Floats, known: Bools) -> tuple[Floats, Floats]:
    """Shares of the precision, and weighted squared deviations; axis -2 is the level."""
    weight = np.divide(1.0, variance, out=np.zeros_like(variance), where=known)
    total = weight.sum(axis=-2, keepdims=True)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    filled = np.where(known, estimate, 0.0)
    mean = (share * filled).sum(axis=-2, keepdims=True)
    return share, (weight * (filled - mean) ** 2).sum(axis=-2)


def equal_effects(estimate: Floats, std_error: Floats, df: Floats) -> Equality:
    """Test that independent estimates with unequal variances have one expectation.

    Args:
        estimate: Effects, NaN where not estimated; shape (L, m).
        std_error: Their standard errors; a level whose standard error is zero is not compared,
            because nothing varies in it; shape (L, m).
        df: Degrees of freedom of each variance; shape (L, m).

    Returns:
        Welch's test, which for two levels is the t test of their difference.

    References:
        Welch (1951), On the comparison of several mean values, Biometrika 38(3/4).
    """
    known = np.isfinite(estimate) & np.isfinite(std_error) & (std_error > 0) & (df > 0)
    variance = np.where(known, std_error, 1.0) ** 2
    share, spread = _pooled(estimate, variance, known)
    k = known.sum(axis=0)
    enough = k >= 2
    lack = np.where(known, (1 - share) ** 2 / np.where(known, df, 1.0), 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = spread / (k - 1) / (1 + 2 * (k - 2) / (k**2 - 1) * lack)
        below = (k**2 - 1) / (3 * lack)
        p = special.fdtrc(k - 1.0, below, f)
    blank = np.full(k.shape, np.nan)
    return Equality(
        statistic=np.where(enough, f, blank),
        df_numerator=np.where(enough, k - 1.0, blank),
        df_denominator=np.where(enough, below, blank),
        p_value=np.where(enough, p, blank),
        levels=k.astype(np.int64),
    )


def two_levels(estimate: Floats, std_error: Floats, df: Floats, level: float) -> Difference:
    """The second of two levels less the first; shapes (2, m)."""
    variance = std_error**2
    error = np.sqrt(variance.sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        room = variance.sum(axis=0) ** 2 / (variance**2 / df).sum(axis=0)
    gap = estimate[1] - estimate[0]
    low, high, p = interval(gap, error, room, level)
    return Difference(gap, error, room, low, high, p)


def _in_level(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    covariates: Floats | None,
    level: float,
    minimum: int,
) -> tuple[Effects, Texts]:
    """Effects in one level, blank where there is a reason not to estimate them; the reasons."""
    found = itt(support, block, outcomes, covariates, level)
    fewest = np.minimum(found.n_support, found.n_control)
    seen = ~np.isnan(outcomes)
    # Where every answer is the same, rounding must not pass for spread.
    still = found.std_error <= _ROUNDING * np.abs(np.where(seen, outcomes, 0.0)).max(axis=0)
    error = np.where(still, 0.0, found.std_error)
    found = replace(found, std_error=error, p_value=np.where(still, np.nan, found.p_value))
    reason = np.full(outcomes.shape[1], "", dtype="<U12")
    reason[~np.isfinite(found.std_error)] = "undetermined"
    reason[fewest < minimum] = "few"
    reason[~(seen[support].any(axis=0) & seen[~support].any(axis=0))] = "nobody"
    out = reason != ""
    blank = {
        name: np.where(out, np.nan, getattr(found, name))
        for name in ("estimate", "std_error", "df", "ci_low", "ci_high", "p_value")
    }
    return replace(found, **blank), reason


def subgroup_effects(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    group: Ints,
    covariates: Floats | None = None,
    level: float = 0.95,
    minimum: int = MINIMUM_ARM,
) -> Subgroups:
    """Effects in each level of a subgroup variable, each as :func:`itt` estimates it.

    Args:
        support: Arm; shape (n,).
        block: Block codes; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        group: Level of each person, -1 where not known; shape (n,).
        covariates: Complete covariates for Lin's adjustment within each level; those that do
            not vary there are left out. None: unadjusted.
        level: Level of the intervals.
        minimum: Fewest people with the outcome in each arm of a level for an estimate.

    References:
        Miratrix, Sekhon and Yu (2013), Journal of the Royal Statistical Society B 75(2), on
        randomisation given the numbers in each stratum.
    """
    levels = np.unique(group[group >= 0])
    effects, reasons = [], []
    for code in levels:
        inside = group == code
        x = None if covariates is None else covariates[inside]
        found, reason = _in_level(
            support[inside], block[inside], outcomes[inside], x, level, minimum
        )
        effects.append(found)
        reasons.append(reason)
    m = outcomes.shape[1]
    stacked = [
        np.array([getattr(e, name) for e in effects]).reshape(levels.size, m)
        for name in ("estimate", "std_error", "df")
    ]
    pair = stacked if levels.size == 2 else [np.full((2, m), np.nan)] * 3
    return Subgroups(
        levels=levels.astype(np.int64),
        effects=tuple(effects),
        reason=np.array(reasons, dtype="<U12").reshape(levels.size, m),
        equality=equal_effects(stacked[0], stacked[1], stacked[2]),
        difference=two_levels(pair[0], pair[1], pair[2], level),
    )


def by_level(outcomes: Floats, group: Ints, levels: Ints) -> Floats:
    """Each outcome in each level, NaN outside it; shape (n, L * m), level by level."""
    return np.hstack(
        [np.where((group == code)[:, None], outcomes, np.nan) for code in levels]
        or [np.zeros((outcomes.shape[0], 0))]
    )


def interaction_p(
    assignment: Assignment,
    support: Bools,
    outcomes: Floats,
    group: Ints,
    found: Subgroups,
    draws: Bools,
    covariates: Floats | None = None,
) -> Floats:
    """Randomisation p-values of the test that effects are equal in all levels.

    The null says that support changes everybody's outcome by the same amount. That amount is
    taken to be the estimated effect for all, and outcomes are put right by it; each draw then
    gives the precision-weighted sum of squares of the levels' effects about their mean, which
    being studentised hardly depends on the amount.

    Args:
        assignment: The design that decided who got support.
        support: The assignment that was realised; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        group: Level of each person, -1 where not known; shape (n,).
        found: The effects of the same people; levels that are not estimated are not compared.
        draws: Assignments from :meth:`Assignment.draw`; shape (draws, n).
        covariates: Complete covariates, used in levels where at least twenty people more have
            the outcome than there are blocks and covariates; shape (n, p).

    Returns:
        The p-values; NaN where fewer than two levels can be compared; shape (m,).

    References:
        Ding, Feller and Miratrix (2016), Journal of the Royal Statistical Society B 78(3); Wu
        and Ding (2021), Journal of the American Statistical Association 116(536).
    """
    m, size = outcomes.shape[1], found.levels.size
    if size < 2:
        return np.full(m, np.nan)
    everybody = np.where((group >= 0)[:, None], outcomes, np.nan)
    common = itt(support, assignment.block, everybody, covariates).estimate
    shifted = outcomes - support[:, None] * np.nan_to_num(common)
    values = _within_levels(assignment.block, covariates, shifted, group, found.levels)
    errors = np.array([e.std_error for e in found.effects])
    tested = (found.reason == "") & (errors > 0)

    def spread(difference: Floats, variance: Floats, total: Floats) -> Floats:
        shape = (difference.shape[0], size, m)
        difference, variance = difference.reshape(shape), variance.reshape(shape)
        total = total.reshape(shape)
        known = (total > 0) & (variance > 0) & tested
        divisor = np.where(known, total, 1.0)
        levels = known.sum(axis=1)
        sum_of_squares = _pooled(difference / divisor, variance / divisor**2, known)[1]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(levels >= 2, sum_of_squares / (levels - 1), np.nan)

    realised = over_draws(assignment, support[None, :], values, spread)[0]
    return p_values(realised, over_draws(assignment, draws, values, spread))


def _within_levels(
    block: Ints, covariates: Floats | None, outcomes: Floats, group: Ints, levels: Ints
) -> Floats:
    """Outcomes by level, residualised there but in their own unit; shape (n, L * m)."""
    raw = by_level(outcomes, group, levels)
    bare = residualise(block, np.zeros((block.size, 0)), raw, standardise=False)
    if covariates is not None:
        room = (~np.isnan(raw)).sum(axis=0) - np.unique(block).size - covariates.shape[1]
        adjusted = residualise(block, covariates, raw, standardise=False)
        bare = np.where(room >= MINIMUM_LEFT, adjusted, bare)
    return bare
