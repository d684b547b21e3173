"""Multiplier bootstrap of effects under staggered treatment: errors, bands, families of columns.

All numbers of all columns are drawn with the same multipliers, so that what is said of several of
them at once takes their dependence as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.did_errors import as_normal, as_student, cluster_sums
from finsam_report.estimators.multiple import westfall_young

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Weights = Literal["mammen", "rademacher", "normal"]

DRAWS = 999
_ROUNDING = 1e-12
# Numbers drawn at a time: bounds the memory, not the result.
_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class DidBand:
    """Simultaneous bands over the E numbers of each of K columns.

    Attributes:
        std_error: Standard errors, NaN where nothing varies; shape (E, K).
        critical: Standard errors on either side that hold all at once, before degrees of
            freedom are accounted for; shape (K,).
        low: Lower ends, NaN where there is no standard error; shape (E, K).
        high: Upper ends; shape (E, K).
        p_value: Test that all are zero: share of draws whose largest absolute t is at least
            that found, with one added to both counts; shape (K,).
        numbers: How many numbers each band is over; shape (K,).
    """

    std_error: Floats
    critical: Floats
    low: Floats
    high: Floats
    p_value: Floats
    numbers: Ints


def multipliers(
    clusters: int, draws: int, rng: np.random.Generator, weights: Weights = "mammen"
) -> Floats:
    """Multipliers of mean zero and variance one for every cluster; shape (draws, clusters).

    Args:
        clusters: How many clusters.
        draws: How many draws.
        rng: Source of chance.
        weights: Mammen's two points, which have a third moment of one too, signs alone
            ("rademacher"), or normal: the last makes bands of the jointly normal distribution,
            also for numbers that rest on a few clusters, whose own draws are all but discrete.

    Raises:
        ValueError: The weights are unknown.
    """
    if weights not in {"mammen", "rademacher", "normal"}:
        raise ValueError("weights are mammen, rademacher or normal")
    if weights == "normal":
        return rng.standard_normal((draws, clusters))
    chance = rng.random((draws, clusters))
    if weights == "rademacher":
        limit, low, high = 0.5, -1.0, 1.0
    else:
        root = 5**0.5
        limit, low, high = (root + 1) / (2 * root), (1 - root) / 2, (1 + root) / 2
    return np.where(chance < limit, low, high)


def drawn_errors(influence: Floats, cluster: Ints, drawn: Floats) -> Floats:
    """Errors of estimates in every draw.

    Args:
        influence: Influence functions; shape (..., n, K).
        cluster: Cluster of each unit; shape (n,).
        drawn: Multipliers of the clusters in order of their number; shape (R, m).

    Returns:
        Shape (R, ..., K).

    Raises:
        ValueError: There is not one multiplier per cluster.
    """
    sums = cluster_sums(influence, cluster)
    if sums.shape[-2] != drawn.shape[1]:
        raise ValueError(f"one multiplier per cluster: {sums.shape[-2]}, not {drawn.shape[1]}")
    flat = np.moveaxis(sums, -2, 0).reshape(drawn.shape[1], -1)
    errors = (drawn @ flat) / cluster.size
    return np.asarray(errors.reshape(len(drawn), *sums.shape[:-2], sums.shape[-1]))


def bootstrap_errors(errors: Floats) -> Floats:
    """Standard errors as the interquartile range over that of the standard normal.

    It is not moved by a few wild draws. Quartiles are order statistics, not interpolated.

    Args:
        errors: Errors in every draw; shape (R, ...).

    Returns:
        Shape (...); NaN where nothing varies.
    """
    low, high = np.quantile(errors, [0.25, 0.75], axis=0, method="inverted_cdf")
    spread = (high - low) / (2 * special.ndtri(0.75))
    return np.where(spread > 0, spread, np.nan)


def bands(
    estimate: Floats,
    influence: Floats,
    cluster: Ints,
    drawn: Floats,
    level: float = 0.95,
    std_error: Floats | None = None,
    df: Floats | None = None,
) -> DidBand:
    """The narrowest bands of the form estimate ± c · standard error that hold all numbers.

    Args:
        estimate: Numbers, NaN where not estimated; those have no band; shape (E, K).
        influence: Their influence functions; shape (E, n, K).
        cluster: Cluster of each unit; shape (n,).
        drawn: Multipliers; shape (R, m).
        level: Probability that the band of a column holds all its numbers.
        std_error: Standard errors to use, numbers without one having no band; shape (E, K).
            Those of the bootstrap where not given, as in the reference; they are wrong where
            one unit outweighs the others, or there are only a few.
        df: Degrees of freedom of the errors, where some are small: numbers get a critical value
            of the t distribution as unusual as the band's; shape (E, K).

    Returns:
        The bands of each column.

    Raises:
        ValueError: ``level`` is not between 0 and 1.

    References:
        Callaway and Sant'Anna (2021), algorithm 1.
    """
    if not 0 < level < 1:
        raise ValueError("the level must lie between 0 and 1")
    count, k = estimate.shape
    error = np.full((count, k), np.nan)
    critical, p_value = np.full(k, np.nan), np.full(k, np.nan)
    part = max(1, _AT_ONCE // max(1, len(drawn) * count))
    for first in range(0, k if count else 0, part):
        columns = slice(first, first + part)
        errors = drawn_errors(influence[:, :, columns], cluster, drawn)
        own = bootstrap_errors(errors) if std_error is None else std_error[:, columns].copy()
        own[~np.isfinite(estimate[:, columns])] = np.nan
        error[:, columns] = own
        some = np.isfinite(own).any(axis=0)
        size = np.where(np.isfinite(own), own, np.inf)
        largest = (np.abs(errors) / size).max(axis=1)
        found = np.quantile(largest, level, axis=0, method="inverted_cdf")
        critical[columns] = np.where(some, found, np.nan)
        realised = np.abs(np.nan_to_num(estimate[:, columns])) / size
        if df is not None:
            realised = as_normal(realised, np.where(np.isfinite(own), df[:, columns], 1.0))
        extreme = (largest >= realised.max(axis=0) * (1 - _ROUNDING)).sum(axis=0)
        p_value[columns] = np.where(some, (1 + extreme) / (1 + len(drawn)), np.nan)
    half = (critical if df is None else as_student(critical, df)) * error
    numbers = np.isfinite(error).sum(axis=0)
    return DidBand(error, critical, estimate - half, estimate + half, p_value, numbers)


def family_p(
    estimate: Floats,
    influence: Floats,
    cluster: Ints,
    drawn: Floats,
    std_error: Floats | None = None,
    df: Floats | None = None,
) -> Floats:
    """Family-wise p-values of several columns, by the step-down largest |t| over the draws.

    Args:
        estimate: One number per column, NaN where not estimated; shape (K,).
        influence: Their influence functions; shape (n, K).
        cluster: Cluster of each unit; shape (n,).
        drawn: Multipliers; shape (R, m).
        std_error: Standard errors to use; those of the bootstrap where not given; shape (K,).
        df: Degrees of freedom of the errors, where some are small; shape (K,).

    Returns:
        Adjusted p-values; NaN where a column has no standard error; shape (K,).

    References:
        Romano and Wolf (2005), Econometrica 73(4); Callaway and Sant'Anna (2021).
    """
    errors = drawn_errors(influence, cluster, drawn)
    size = bootstrap_errors(errors) if std_error is None else std_error
    realised = estimate / size
    return westfall_young(realised if df is None else as_normal(realised, df), errors / size)
