"""Effects by month with a weight for each person and month."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import MINIMUM_CELL, MINIMUM_ROOM
from finsam_report.estimators.stacked import Path, path

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def _by_block(code: Ints, values: Floats, size: int) -> Floats:
    """Sums of columns (n, p) by block; shape (size, p)."""
    sums = [np.bincount(code, column, size) for column in values.T]
    return np.array(sums, dtype=np.float64).reshape(values.shape[1], size).T


def _slopes(
    code: Ints, x: Floats, y: Floats, w: Floats, own: Floats, target: Floats
) -> tuple[Floats, Floats, Floats]:
    """What adjusting the weighted mean of an arm to ``target`` adds, by person of the arm.

    Args:
        code: Block; shape (n,).
        x: Covariates; shape (n, p).
        y: Outcome less its weighted mean in the block; shape (n,).
        w: Weights; shape (n,).
        own: Weight of each person in the mean of the arm; adds up to 1; shape (n,).
        target: Means of the covariates to adjust to; shape (p,).

    Returns:
        Additions to ``own``, fitted values to take from ``y``, and additions to the leverage.
    """
    size = int(code.max()) + 1
    total = np.bincount(code, w, size)
    with np.errstate(invalid="ignore"):
        centred = x - (_by_block(code, w[:, None] * x, size) / total[:, None])[code]
    inverse = np.linalg.pinv((w[:, None] * centred).T @ centred, rcond=1e-12, hermitian=True)
    fitted = centred @ (inverse @ (centred.T @ (w * y)))
    more = w * (centred @ (inverse @ (target - own @ x)))
    return more, fitted, w * np.einsum("ij,ij->i", centred @ inverse, centred)


def _by_person(scores: Floats, used: Bools, clusters: Ints) -> tuple[Floats, Floats]:
    """Influences (people, t) of people with several rows, and degrees of freedom; shape (t,)."""
    t = scores.shape[1]
    who = np.unique(clusters, return_inverse=True)[1]
    people = int(who.max()) + 1
    index = (who[:, None] * t + np.arange(t)).ravel()
    summed = np.bincount(index, scores.ravel(), people * t).reshape(people, t)
    present = np.bincount(index, used.ravel(), people * t).reshape(people, t)
    df = (present > 0).sum(axis=0) - 1.0
    return summed * np.sqrt((df + 1) / np.maximum(df, 1.0)), df


def weighted_path(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    weights: Floats,
    clusters: Ints | None = None,
    covariates: Floats | None = None,
    level: float = 0.95,
) -> Path:
    """Effects by month with a weight per person-month, within blocks, weighted by block size.

    Weighted means within block and arm; a block counts by all its people with the outcome,
    censored or not. With covariates each arm is adjusted, by weighted least squares within
    blocks, to their means among all these people. Squared residuals are divided by one minus the
    leverage (HC2); with weights of 1 it is :func:`finsam_report.estimators.itt.itt`. The weights
    count as known, which is conservative in large samples where their model is right.

    Args:
        support: True for the support arm; shape (n,).
        block: Block of each row; shape (n,).
        outcomes: NaN where missing or beyond follow-up; shape (n, t).
        weights: NaN where censored; shape (n, t).
        clusters: Person of each row where people have several; shape (n,).
        covariates: Complete covariates known at the start; shape (n, p). All are left out in
            months that leave an arm fewer than ten residual degrees of freedom. Those too rare
            are found by :func:`finsam_report.estimators.itt.usable_covariates`.
        level: Level of the intervals.

    Returns:
        See :class:`finsam_report.estimators.stacked.Path`; counts are rows with a weight. A
        block without two such rows in each arm is left out that month.
    """
    t = outcomes.shape[1]
    code = np.unique(block, return_inverse=True)[1]
    size = int(code.max()) + 1
    known = ~np.isnan(outcomes)
    used = known & ~np.isnan(weights) & (np.nan_to_num(weights) > 0)
    w, y = np.where(used, weights, 0.0), np.where(used, outcomes, 0.0)
    cell = ((code + size * support)[:, None] * t + np.arange(t)).ravel()

    def summed(values: Floats) -> Floats:
        sums: Floats = np.bincount(cell, values.ravel(), 2 * size * t).astype(np.float64)
        return sums.reshape(2, size, t)

    arm = support.astype(np.int64)
    rows, total = summed(used.astype(np.float64)), summed(w)
    everybody = summed(known.astype(np.float64)).sum(axis=0)
    good: Bools = np.asarray((rows >= MINIMUM_CELL).all(axis=0))
    share = everybody * good / np.where(good.any(axis=0), (everybody * good).sum(axis=0), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(good, summed(w * y) / total, 0.0)
        factor = np.where(good, share / total, 0.0)
        leverage = np.where(good[code], w / total[arm, code], 0.0)
    estimate = (share * (mean[1] - mean[0])).sum(axis=0)
    counts = (rows * good).sum(axis=1).astype(np.int64)
    df = counts.sum(axis=0) - 2.0 * good.sum(axis=0)
    own = factor[arm, code] * w  # an arm's mean is the sum of these times the outcome
    residual = y - mean[arm, code]
    sign = np.where(support, 1.0, -1.0)
    x = np.zeros((support.size, 0))
    if covariates is not None:
        spread = covariates.std(axis=0)
        x = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    for k in range(t if x.shape[1] else 0):
        if counts[:, k].min() - good[:, k].sum() - x.shape[1] < MINIMUM_ROOM:
            continue
        fine = good[code, k]
        target = x[known[:, k] & fine].mean(axis=0)
        for which in (support, ~support):
            at = np.flatnonzero(used[:, k] & fine & which)
            parts = _slopes(code[at], x[at], residual[at, k], w[at, k], own[at, k], target)
            own[at, k] += parts[0]
            residual[at, k] -= parts[1]
            leverage[at, k] += parts[2]
        estimate[k] = (sign * own[:, k]) @ y[:, k]
        df[k] -= 2 * x.shape[1]
    with np.errstate(invalid="ignore"):
        scores = sign[:, None] * own * residual / np.sqrt(1 - leverage)
    scores[:, np.isnan(estimate)] = np.nan
    if clusters is not None:
        scores, df = _by_person(scores, used, clusters)
    df = np.where(np.isnan(estimate), np.nan, df)
    return path(estimate, scores, df, counts[1], counts[0], level)
