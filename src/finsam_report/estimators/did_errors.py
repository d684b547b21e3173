"""Errors of effects under staggered treatment, from influence functions summed by cluster."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROUNDING = 1e-12


def cluster_count(cluster: Ints, observed: Bools) -> Ints:
    """How many clusters have a unit observed in each column; (m,), (m, K) -> (K,)."""
    order = np.argsort(cluster, kind="stable")
    if not order.size:
        return np.zeros(observed.shape[1], dtype=np.int64)
    starts = np.flatnonzero(np.diff(cluster[order], prepend=cluster[order[0]] - 1))
    present = np.logical_or.reduceat(observed[order], starts, axis=0)
    return np.asarray(present.sum(axis=0), dtype=np.int64)


def cluster_sums(influence: Floats, cluster: Ints) -> Floats:
    """Sums within clusters, in order of their number; (..., n, K) -> (..., m, K)."""
    order = np.argsort(cluster, kind="stable")
    ranked = cluster[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=ranked[0] - 1))
    if starts.size == cluster.size:
        return np.asarray(influence[..., order, :])
    return np.asarray(np.add.reduceat(influence[..., order, :], starts, axis=-2))


def standard_errors(influence: Floats, cluster: Ints) -> Floats:
    """Clustered standard errors from influence functions, NaN where nothing varies.

    The sum over clusters of squared sums, over n squared, without a factor for few clusters:
    the influence functions have mean zero, and the multiplier bootstrap aims at the same.

    Args:
        influence: Shape (..., n, K).
        cluster: Shape (n,).

    Returns:
        Shape (..., K).
    """
    sums = cluster_sums(influence, cluster)
    error = np.sqrt(np.einsum("...mk,...mk->...k", sums, sums)) / cluster.size
    return np.where(error > 0, error, np.nan)


def _mean_df(weight: Floats, strata: Floats) -> Floats:
    """Degrees of freedom of the variance of each stratum's weighted mean; at least one.

    Those of Bell and McCaffrey for deviations from the mean, squared and divided by one less
    the share of the weight; with m alike weights they are m - 1.

    Args:
        weight: Weights, zero where not used; shape (..., m, K).
        strata: One where a cluster is in a stratum; shape (G, m).

    Returns:
        Shape (..., G, K).
    """
    total = strata @ weight
    share = weight / (strata.T @ np.where(total > 0, total, 1.0))
    # One that is the whole mean has no deviation.
    d = share**2 / np.where(share < 1 - _ROUNDING, 1 - share, np.inf)
    s = strata @ share**2
    d0, d1, d2 = (strata @ (d * share**power) for power in range(3))
    trace = d0 * (1 + s) - 2 * d1
    square = (1 + 2 * s) * (strata @ d**2) - 4 * (strata @ (d**2 * share))
    square = square + s**2 * d0**2 + 2 * d2 * d0 - 4 * s * d1 * d0 + 2 * d1**2
    return np.maximum(trace**2 / np.where(square > 0, square, 1.0), 1.0)


def degrees_of_freedom(
    influence: Floats, cluster: Ints, start: Ints, weight: Floats | None = None
) -> Floats:
    """Satterthwaite's degrees of freedom of clustered errors, cohorts being the strata.

    An effect on a cohort of four is known with the error of four, however many are compared
    with: the normal distribution makes its interval too narrow.

    Args:
        influence: Influence functions; shape (..., n, K).
        cluster: Cluster of each unit; shape (n,).
        start: Cohort of each unit; a cluster with several counts with its first; shape (n,).
        weight: Weights in the means of cohorts; shape (n, K) or (n, 1); all alike where not
            given.

    Returns:
        Shape (..., K); NaN where nothing varies.

    References:
        Satterthwaite (1946), Biometrics Bulletin 2(6); Bell and McCaffrey (2002), Survey
        Methodology 28(2).
    """
    squares = cluster_sums(influence, cluster) ** 2
    order = np.argsort(cluster, kind="stable")
    ranked = cluster[order]
    first = np.minimum.reduceat(
        start[order], np.flatnonzero(np.diff(ranked, prepend=ranked[0] - 1))
    )
    strata = (first == np.unique(first)[:, None]).astype(np.float64)
    by_stratum = strata @ squares
    weights = np.ones((cluster.size, 1)) if weight is None else weight
    held = np.where(squares > 0, cluster_sums(weights, cluster), 0.0)
    total = by_stratum.sum(axis=-2)
    part = (by_stratum**2 / _mean_df(held, strata)).sum(axis=-2)
    return np.where(total > 0, total**2 / np.where(part > 0, part, 1.0), np.nan)


def as_normal(statistic: Floats, df: Floats) -> Floats:
    """Normal statistics as unusual as absolute t statistics of given degrees of freedom."""
    return np.asarray(-special.ndtri(special.stdtr(df, -np.abs(statistic))))


def as_student(statistic: Floats, df: Floats) -> Floats:
    """Absolute t statistics of given degrees of freedom as unusual as normal ones."""
    return np.asarray(-special.stdtrit(df, special.ndtr(-np.abs(statistic))))


def intervals(
    estimate: Floats, std_error: Floats, df: Floats, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Intervals and two-sided p-values by the t distribution, of the shape of the estimates.

    Args:
        estimate: Estimates.
        std_error: Their standard errors.
        df: Their degrees of freedom; infinity for the normal distribution.
        level: Probability that an interval holds the truth.

    Returns:
        Lower ends, upper ends and p-values; NaN where there is no standard error.

    Raises:
        ValueError: ``level`` is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("the level must lie between 0 and 1")
    half = -special.stdtrit(df, (1 - level) / 2) * std_error
    p_value = 2 * special.stdtr(df, -np.abs(estimate / std_error))
    return estimate - half, estimate + half, np.asarray(p_value)
