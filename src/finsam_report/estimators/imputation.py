"""Multiple imputation of missing ordered answers, and Rubin's rules.

Each arm is imputed by itself, so that no effect is assumed, item after item: in order of how
many are missing, and in further rounds where the pattern is not nested. Missing answers are
drawn from a linear model, or taken from people of the same arm whose predicted answer is near
(predictive mean matching). All imputations are made at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import interval, itt
from finsam_report.estimators.ols import independent_columns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Method = Literal["normal", "matching"]

IMPUTATIONS = 20
ROUNDS = 5
DONORS = 5
MINIMUM_PER_COLUMN = 5
_RIDGE = 1e-5


@dataclass(frozen=True)
class Pooled:
    """Estimates over imputations; every array has shape (m,).

    Attributes:
        estimate: Mean over the imputations.
        std_error: From the variance within and between imputations.
        df: Barnard and Rubin's degrees of freedom.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval.
        p_value: Two-sided, from the t distribution.
        between_share: Share of the variance that comes from not knowing the missing answers.
    """

    estimate: Floats
    std_error: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    between_share: Floats


def pool(estimates: Floats, variances: Floats, df: Floats, level: float = 0.95) -> Pooled:
    """Rubin's rules.

    Args:
        estimates: One row per imputation; shape (imputations, m).
        variances: Their squared standard errors; shape (imputations, m).
        df: Degrees of freedom that complete data would have; shape (m,).
        level: Level of the interval.

    Returns:
        The pooled estimates; exactly those of one imputation where all are equal.

    References:
        Rubin (1987); Barnard and Rubin (1999), Biometrika 86(4).
    """
    count = estimates.shape[0]
    same = np.all(estimates == estimates[0], axis=0)
    mean = np.where(same, estimates[0], estimates.mean(axis=0))
    within = np.where(same, variances[0], variances.mean(axis=0))
    between = np.where(same, 0.0, estimates.var(axis=0, ddof=1)) * (1 + 1 / count)
    total = within + between
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(between > 0, between / total, 0.0)
        imputed = (count - 1) / share**2
        observed = np.where(np.isinf(df), df, (df + 1) / (df + 3) * df * (1 - share))
        both = np.where(between > 0, 1 / (1 / imputed + 1 / observed), df)
    error = np.sqrt(total)
    low, high, p = interval(mean, error, both, level)
    return Pooled(mean, error, both, low, high, p, share)


def _draw(
    rng: np.random.Generator, known: Floats, values: Floats, missing: Floats
) -> tuple[Floats, Floats, Floats]:
    """Predictions for those seen and those missing, one regression per imputation.

    Args:
        rng: Source of chance.
        known: Predictors of those seen; shape (M, n1, k).
        values: Their answers; shape (n1,).
        missing: Predictors of those missing; shape (M, n0, k).

    Returns:
        Predictions with the fitted coefficients for those seen (M, n1), predictions with
        coefficients drawn from their posterior for those missing (M, n0), and residual standard
        deviations drawn from theirs (M, 1).
    """
    n, k = known.shape[1:]
    transposed = known.swapaxes(1, 2)
    cross = transposed @ known
    # A trace of ridge, because answers of a few people may be collinear in some imputation.
    cross += np.eye(k) * (_RIDGE * np.einsum("mjj->mj", cross))[:, None, :]
    fitted = np.linalg.solve(cross, transposed @ values[:, None])
    predicted = (known @ fitted)[..., 0]
    squares = np.sum((values - predicted) ** 2, axis=1)
    scale = np.sqrt(squares / rng.chisquare(max(n - k, 1), squares.size))
    noise = rng.standard_normal((squares.size, k, 1))
    root = np.linalg.cholesky(cross).swapaxes(1, 2)
    drawn = fitted + scale[:, None, None] * np.linalg.solve(root, noise)
    return predicted, (missing @ drawn)[..., 0], scale[:, None]


def _match(rng: np.random.Generator, predicted: Floats, wanted: Floats, values: Floats) -> Floats:
    """For each wanted prediction the answer of one of the nearest donors, by chance.

    Args:
        rng: Source of chance.
        predicted: Predictions of those seen; shape (M, n1).
        wanted: Predictions of those missing; shape (M, n0).
        values: Answers of those seen; shape (n1,).

    Returns:
        Drawn answers; shape (M, n0).
    """
    count, n = predicted.shape
    donors = min(DONORS, n)
    # Ties in the prediction are broken by chance, not by the order of the people.
    shuffled = rng.permutation(n)
    order = shuffled[np.argsort(predicted[:, shuffled], axis=1, kind="stable")]
    ranked = np.take_along_axis(predicted, order, axis=1)
    # One sorted line for all imputations: each is moved beyond the end of the one before it.
    spread = max(ranked.max(), wanted.max()) - min(ranked.min(), wanted.min()) + 1.0
    shift = spread * np.arange(count)[:, None]
    place = np.searchsorted((ranked + shift).ravel(), (wanted + shift).ravel())
    place = place.reshape(wanted.shape) - n * np.arange(count)[:, None]
    # The nearest donors stand within so many places on either side.
    near = place[..., None] + np.arange(-donors, donors)
    inside = (near >= 0) & (near < n)
    flat = np.where(inside, near, 0).reshape(count, -1)
    distance = np.abs(
        np.take_along_axis(ranked, flat, axis=1).reshape(near.shape) - wanted[..., None]
    )
    distance[~inside] = np.inf
    nearest = np.argpartition(distance, donors - 1, axis=2)[..., :donors]
    pick = rng.integers(donors, size=(*wanted.shape, 1))
    chosen = np.take_along_axis(near, np.take_along_axis(nearest, pick, axis=2), axis=2)[..., 0]
    return values[np.take_along_axis(order, chosen, axis=1)]


def _impute_arm(
    rng: np.random.Generator,
    outcomes: Floats,
    covariates: Floats,
    method: Method,
    imputations: int,
    rounds: int,
) -> Floats:
    """Complete answers of one arm; shape (imputations, n, m)."""
    n = outcomes.shape[0]
    gaps = np.isnan(outcomes)
    seen = (~gaps).sum(axis=0)
    order = np.argsort(gaps.sum(axis=0), kind="stable")
    order = order[seen[order] >= DONORS]
    todo = [int(j) for j in order if gaps[:, j].any()]
    nested = not any(np.any(gaps[:, a] & ~gaps[:, b]) for a, b in pairwise(order))
    scale = covariates.std(axis=0)
    scaled = (covariates - covariates.mean(axis=0)) / np.where(scale > 0, scale, 1.0)
    base = np.hstack([np.ones((n, 1)), scaled])
    base = base[:, independent_columns(base)]
    filled = np.repeat(outcomes[None], imputations, axis=0)
    for turn in range(1 if nested else 1 + rounds):
        for j in todo:
            before = order[: int(np.flatnonzero(order == j)[0])] if turn == 0 else order[order != j]
            room = max(1, int(seen[j]) // MINIMUM_PER_COLUMN)
            others = filled[:, :, before[: max(0, room - 1)]]
            fixed = base[:, : max(1, room - others.shape[2])]
            x = np.concatenate(
                [np.broadcast_to(fixed, (imputations, *fixed.shape)), others], axis=2
            )
            gap, values = gaps[:, j], outcomes[~gaps[:, j], j]
            predicted, wanted, spread = _draw(rng, x[:, ~gap], values, x[:, gap])
            if method == "matching":
                filled[:, gap, j] = _match(rng, predicted, wanted, values)
            else:
                filled[:, gap, j] = wanted + spread * rng.standard_normal(wanted.shape)
    return filled


def impute(
    support: Bools,
    outcomes: Floats,
    covariates: Floats,
    rng: np.random.Generator,
    method: Method = "normal",
    imputations: int = IMPUTATIONS,
    rounds: int = ROUNDS,
) -> Floats:
    """Completes outcomes several times, by chained equations.

    Each item is regressed on the covariates and the other items among those of the same arm
    who gave it; with few answers the last covariates are left out (five answers per column).
    Coefficients are drawn from their posterior. With "normal" each missing answer is its
    prediction and a drawn residual, not rounded: rounding would bias means (Horton, Lipsitz
    and Parzen 2003). With "matching" it is that of one of the five people whose prediction is
    nearest, so that it is an answer that exists; intervals for means are then a little short
    where answering depends strongly on the covariates.

    Args:
        support: True for the support arm; shape (n,).
        outcomes: Ordered answers, NaN where missing; shape (n, m).
        covariates: Complete covariates, answers before randomisation and dummies for blocks
            among them, the most important first; shape (n, p).
        rng: Source of chance.
        method: How missing answers are drawn.
        imputations: How many complete sets.
        rounds: Further rounds through the items where missing answers are not nested.

    Returns:
        Complete outcomes; shape (imputations, n, m). An item with fewer than five answers in
        an arm stays missing there.

    References:
        Van Buuren and Groothuis-Oudshoorn (2011), Journal of Statistical Software 45(3); Little
        (1988), JBES 6(3), for the matching; Sullivan et al. (2018), Statistical Methods in
        Medical Research 27(9), for imputing by arm.
    """
    out = np.empty((imputations, *outcomes.shape))
    for arm in (support, ~support):
        out[:, arm] = _impute_arm(rng, outcomes[arm], covariates[arm], method, imputations, rounds)
    return out


def imputed_effect(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    covariates: Floats,
    rng: np.random.Generator,
    level: float = 0.95,
    method: Method = "normal",
    imputations: int = IMPUTATIONS,
    *,
    adjust: bool = True,
) -> Pooled:
    """Intention-to-treat effects among everybody randomised, from multiple imputation.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        outcomes: Ordered answers, NaN where missing; shape (n, m).
        covariates: As in :func:`impute`; the adjusted effect uses them too; shape (n, p).
        rng: Source of chance.
        level: Level of the interval.
        method: As in :func:`impute`.
        imputations: How many complete sets.
        adjust: Whether the effect is adjusted for the covariates.

    Returns:
        Pooled effects; with complete data exactly those of
        :func:`finsam_report.estimators.itt.itt`.
    """
    x = covariates if adjust else None
    gaps = np.isnan(outcomes).any(axis=0)
    plain = itt(support, block, outcomes, x, level)
    estimates = np.repeat(plain.estimate[None], imputations, axis=0)
    variances = np.repeat(plain.std_error[None] ** 2, imputations, axis=0)
    df = plain.df.copy()
    if gaps.any():
        complete = impute(support, outcomes, covariates, rng, method, imputations)[..., gaps]
        # One regression with a column per item and imputation.
        wide = complete.transpose(1, 0, 2).reshape(support.size, -1)
        found = itt(support, block, wide, x, level)
        estimates[:, gaps] = found.estimate.reshape(imputations, -1)
        variances[:, gaps] = found.std_error.reshape(imputations, -1) ** 2
        df[gaps] = found.df.reshape(imputations, -1)[0]
    return pool(estimates, variances, df, level)
