"""Corrections for testing several outcomes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_STEP = 1000
_TIE = 1e-9


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Adjusted p-values that control the false discovery rate.

    Args:
        p_values: p-values of a family, NaN where not estimated; shape (m,).

    Returns:
        Adjusted values in the same order; NaN stays NaN and is not counted; shape (m,).

    References:
        Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1).
    """
    p = np.asarray(p_values, dtype=np.float64)
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * order.size / np.arange(1, order.size + 1)
    # From the largest p down: no adjusted value may exceed that of a larger p.
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def _rejected(ratio: Floats, levels: Floats) -> npt.NDArray[np.int64]:
    """How many of the sorted p-values the Benjamini-Hochberg step-up rejects at each level.

    Args:
        ratio: p-values times their number over their rank; shape (m,).
        levels: Shape (k,).
    """
    # The last p that is small enough takes all before it along.
    reached = np.minimum.accumulate(ratio[::-1])[::-1]
    return np.searchsorted(reached, levels, side="right")


def sharpened_q(p_values: Floats) -> Floats:
    """Sharpened false-discovery-rate q-values.

    The smallest q, searched from 1.000 down in steps of 0.001, at which the two-stage procedure
    of Benjamini, Krieger and Yekutieli (2006) rejects each hypothesis.

    Args:
        p_values: p-values of a family, NaN where not estimated; shape (m,).

    Returns:
        q-values in the same order; NaN stays NaN; shape (m,).

    References:
        Anderson (2008), Journal of the American Statistical Association 103(484).
    """
    p = np.asarray(p_values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    out = np.full(p.shape, np.nan)
    if not known.size:
        return out
    order = known[np.argsort(p[known], kind="stable")]
    m = order.size
    ratio = p[order] * m / np.arange(1, m + 1)
    levels = np.arange(_STEP, 0, -1) / _STEP
    first = levels / (1 + levels)
    left = m - _rejected(ratio, first)
    second = np.where(left > 0, first * m / np.maximum(left, 1), np.inf)
    hits = np.where(left > 0, _rejected(ratio, second), m)
    # The lowest level that rejects each, whatever levels between do.
    lowest = np.full(m + 1, 1.0)
    np.minimum.at(lowest, hits, levels)
    q = np.minimum.accumulate(lowest[::-1])[::-1][1:]
    out[order] = q
    return out


def holm(p_values: Floats) -> Floats:
    """Adjusted p-values that control the family-wise error rate, whatever the dependence.

    Args:
        p_values: p-values of a family, NaN where not estimated; shape (m,).

    Returns:
        Adjusted values in the same order; NaN stays NaN and is not counted; shape (m,).

    References:
        Holm (1979), Scandinavian Journal of Statistics 6(2).
    """
    p = np.asarray(p_values, dtype=np.float64)
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * np.arange(order.size, 0, -1)
    out[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return out


def westfall_young(statistic: Floats, drawn: Floats) -> Floats:
    """Family-wise p-values by the step-down largest |t| over randomisation draws.

    The outcome with the largest statistic is held against the largest of all outcomes in each
    draw, the next against the largest of those that are left, and so on. Because all outcomes
    of a draw share one assignment, their dependence is taken as it is.

    Args:
        statistic: Studentised statistics that were realised, NaN where not estimated;
            shape (m,).
        drawn: The same statistics in every draw; shape (draws, m). A draw in which a statistic
            is NaN does not count it in that draw's maximum.

    Returns:
        Adjusted p-values, (1 + draws at least as extreme) / (1 + draws), ties counted as
        extreme; NaN stays NaN; shape (m,).

    Raises:
        ValueError: The two do not have the same outcomes.

    References:
        Westfall and Young (1993), Resampling-Based Multiple Testing, algorithm 2.8; Romano and
        Wolf (2005), Econometrica 73(4).
    """
    if drawn.ndim != 2 or drawn.shape[1] != statistic.size:
        raise ValueError("drawn must have one column per statistic")
    size = np.abs(np.asarray(statistic, dtype=np.float64))
    out = np.full(size.shape, np.nan)
    known = np.flatnonzero(~np.isnan(size))
    # From the smallest up, so that the maximum over those that are left is one running maximum.
    order = known[np.argsort(size[known], kind="stable")]
    if not order.size:
        return out
    at_most = np.maximum.accumulate(np.nan_to_num(np.abs(drawn[:, order]), nan=0.0), axis=1)
    extreme = (at_most >= size[order] * (1 - _TIE)).sum(axis=0)
    p = (1.0 + extreme) / (1.0 + drawn.shape[0])
    # No adjusted value may be below that of a larger statistic.
    out[order] = np.maximum.accumulate(p[::-1])[::-1]
    return out
