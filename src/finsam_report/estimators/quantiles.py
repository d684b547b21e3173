"""Effects on the quantiles of an amount that many people do not have at all.

Quantiles of each arm weighted to the block sizes, and their differences with a bootstrap within
blocks and arms or, for many people, by inverting the arms' distribution functions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import usable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROUNDING = 1e-9
_CELLS = 20_000_000
_ERRORS = 500  # points of the normal distribution for each arm


@dataclass(frozen=True)
class QuantileEffects:
    """Differences between quantiles of the two arms; arrays have shape (q,).

    Attributes:
        quantile: From 0 to 1.
        estimate: Support less control; of the distributions, not of any person.
        std_error: Standard deviation of the draws; NaN where there is no interval.
        ci_low: Lower end of the percentile interval.
        ci_high: Upper end of it.
        p_value: Twice the share of draws on the other side of zero, the estimate counted in.
        support: Quantiles of the support arm.
        control: Quantiles of the control arm.
        zero: Whether both quantiles are zero: the effect is then zero and has no interval.
        n_support: People behind them in the support arm.
        n_control: People in the control arm.
        left_out: People with the amount in blocks with fewer than two of them in an arm.
        draws: Bootstrap draws; 0 where none are made.
    """

    quantile: Floats
    estimate: Floats
    std_error: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    support: Floats
    control: Floats
    zero: Bools
    n_support: int
    n_control: int
    left_out: int
    draws: int


def weighted_quantiles(values: Floats, weights: Floats, quantiles: Floats) -> Floats:
    """Smallest values whose cumulated share of the weight reaches each quantile.

    The quantile is one of the values, so that a mass point (zero above all) is a quantile of
    its own and no value is made up between it and the next.

    Args:
        values: Sorted values; shape (n,).
        weights: One or several sets of weights, with a positive sum; shape (d, n).
        quantiles: From 0 to 1; shape (q,).

    Returns:
        Quantiles by set of weights; shape (d, q).
    """
    cumulated = weights.cumsum(axis=1)
    # Weights that should reach a quantile exactly must not miss it by rounding.
    targets = cumulated[:, -1:] * np.maximum(quantiles * (1 - _ROUNDING), 1e-300)
    rows = [np.searchsorted(c, t) for c, t in zip(cumulated, targets, strict=True)]
    found: Floats = values[np.array(rows).reshape(weights.shape[0], quantiles.size)]
    return found


def _drawn_counts(cell: Ints, rng: np.random.Generator, draws: int) -> Floats:
    """How often each person is drawn within their cell, one too few and scaled up; (d, n).

    A cell of n gives n - 1 draws with a weight of n / (n - 1), so that the bootstrap's variance
    of a mean is the unbiased one also in small cells.
    """
    size = np.bincount(cell)
    order = np.argsort(cell, kind="stable")
    begin = np.concatenate([[0], np.cumsum(size)[:-1]])
    # One draw fewer than people in each cell: the last place of each cell draws nobody.
    places = np.delete(np.arange(cell.size), begin[size > 0] + size[size > 0] - 1)
    own = cell[order][places]
    picked = begin[own] + (rng.random((draws, own.size)) * size[own]).astype(np.int64)
    flat = (np.arange(draws)[:, None] * cell.size + picked).ravel()
    counts = np.bincount(flat, minlength=draws * cell.size).reshape(draws, cell.size)
    out = np.empty(counts.shape)
    out[:, order] = counts * (size / np.maximum(size - 1, 1))[cell[order]]
    return out


def quantile_effects(
    support: Bools,
    block: Ints,
    values: Floats,
    quantiles: Floats,
    rng: np.random.Generator,
    draws: int = 1000,
    level: float = 0.95,
) -> QuantileEffects:
    """Differences between the block-weighted quantiles of the two arms.

    Each arm's distribution is the mean of its distributions in the blocks, weighted by block
    size, as the means of :func:`finsam_report.estimators.itt.itt` are. The bootstrap draws
    people within block and arm (Rao and Wu's rescaled one), so that blocks and arms keep their
    numbers.

    Amounts are often zero for many: wherever both quantiles are zero the effect is zero, and no
    interval is given, since the quantiles stay at the mass point in all but extreme samples;
    the effect on the share above zero says more there. Near the edge of a mass point the
    interval may end in zero exactly; at other ties (amounts fixed by law) quantiles jump, and
    intervals are the wider for it. Where no draw moves either quantile there is no interval.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        values: Amounts, NaN where missing; shape (n,).
        quantiles: Between 0 and 1; shape (q,).
        rng: Source of the bootstrap.
        draws: Bootstrap draws.
        level: Level of the intervals.

    Returns:
        See :class:`QuantileEffects`. NaN throughout where no block has two people in each arm.

    Raises:
        ValueError: A quantile is not between 0 and 1, or there are fewer than two draws.

    References:
        Rao and Wu (1988), Journal of the American Statistical Association 83(401).
    """
    if np.any((quantiles <= 0) | (quantiles >= 1)) or draws < 2:
        raise ValueError("quantiles must lie between 0 and 1, and at least two draws are needed")
    arms, left_out = _sorted_arms(support, block, values)
    points = np.full((2, quantiles.size), np.nan)
    samples = np.full((2, draws, quantiles.size), np.nan)
    for side, arm in enumerate(arms):
        points[side] = weighted_quantiles(arm.amount, arm.weight[None, :], quantiles)[0]
        step = max(1, _CELLS // arm.amount.size)
        for first in range(0, draws, step):
            last = min(first + step, draws)
            drawn = _drawn_counts(arm.code, rng, last - first) * arm.weight
            samples[side, first:last] = weighted_quantiles(arm.amount, drawn, quantiles)
    difference = (samples[1] - samples[0]).T
    still = np.ptp(samples, axis=1).max(axis=0) == 0
    found = _read(difference, difference.std(axis=1, ddof=1), level)
    return _effects(arms, quantiles, points, found, still, left_out, draws)


def inverted_quantile_effects(
    support: Bools, block: Ints, values: Floats, quantiles: Floats, level: float = 0.95
) -> QuantileEffects:
    """The effects of :func:`quantile_effects`, with intervals that need no draws.

    The share of an arm below its quantile has a known variance: that of a mean within blocks.
    The values that the arm's distribution function reaches at the quantile plus normal errors
    of that size are what the bootstrap's quantiles of the arm come to in a large sample, and
    their outer ones are Woodruff's interval. The differences between all such values of the two
    arms are read as bootstrap draws are. One sort per arm: for numbers of people at which the
    bootstrap takes too long.

    At a mass point its people are divided, in all blocks alike, so that the share below is the
    quantile. There is no interval where both quantiles are zero, where the whole interval is a
    single value (both quantiles lie within mass points), or where it would reach beyond the
    lowest or the highest amount. Where the mass of an arm ends just at the quantile, the
    interval covers less often than its level says (about nine times in ten), as the bootstrap's
    does.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        values: Amounts, NaN where missing; shape (n,).
        quantiles: Between 0 and 1; shape (q,).
        level: Level of the intervals.

    Returns:
        See :class:`QuantileEffects`; no p-value is below 2 / 250,001. NaN throughout where no
        block has two people in each arm.

    Raises:
        ValueError: A quantile is not between 0 and 1.

    References:
        Woodruff (1952), Journal of the American Statistical Association 47(260).
    """
    if np.any((quantiles <= 0) | (quantiles >= 1)):
        raise ValueError("quantiles must lie between 0 and 1")
    arms, left_out = _sorted_arms(support, block, values)
    errors = special.ndtri((np.arange(_ERRORS) + 0.5) / _ERRORS)
    points = np.full((2, quantiles.size), np.nan)
    samples = np.full((2, quantiles.size, _ERRORS), np.nan)
    unknown = np.zeros(quantiles.size, dtype=np.bool_)
    for side, arm in enumerate(arms):
        weight = arm.weight[None, :]
        points[side] = weighted_quantiles(arm.amount, weight, quantiles)[0]
        spread = _share_errors(arm, points[side], quantiles)
        half = spread * special.ndtri((1 + level) / 2)
        unknown |= (quantiles - half <= 0) | (quantiles + half >= 1)
        shares = np.clip(quantiles[:, None] + spread[:, None] * errors, 0, 1)
        samples[side] = weighted_quantiles(arm.amount, weight, shares.ravel()).reshape(shares.shape)
    difference = (samples[1][:, None] - samples[0][:, :, None]).reshape(quantiles.size, -1)
    found = _read(difference, difference.std(axis=1), level)
    return _effects(arms, quantiles, points, found, unknown | (found[1] == found[2]), left_out, 0)


@dataclass(frozen=True)
class _Arm:
    """An arm's people by amount: amounts, block codes and weights; and the weight of a block."""

    amount: Floats
    code: Ints
    weight: Floats
    share: Floats


def _sorted_arms(support: Bools, block: Ints, values: Floats) -> tuple[list[_Arm], int]:
    """Control and support, sorted, and the people left out; no arms where nothing is comparable."""
    seen = ~np.isnan(values)
    keep = seen.copy()
    keep[seen] = usable(support[seen], block[seen])
    left_out = int(seen.sum() - keep.sum())
    if not keep.any():
        return [], left_out
    z, y = support[keep], values[keep]
    code = np.unique(block[keep], return_inverse=True)[1]
    people = np.bincount(code)
    arms = []
    for arm in (~z, z):
        order = np.argsort(y[arm], kind="stable")
        own = code[arm][order]
        weight = (people / np.bincount(own))[own]
        arms.append(_Arm(y[arm][order], own, weight, people / people.sum()))
    return arms, left_out


def _share_errors(arm: _Arm, points: Floats, quantiles: Floats) -> Floats:
    """Standard error of the share of an arm below its quantiles; shape (q,)."""
    size = arm.share.size
    n = np.bincount(arm.code, minlength=size)
    places = [arm.amount.searchsorted(points, "left"), arm.amount.searchsorted(points, "right")]
    below, reached = (
        np.array([np.bincount(arm.code[:k], minlength=size) / n for k in place]) for place in places
    )
    under, mass = below @ arm.share, (reached - below) @ arm.share
    p = below + (reached - below) * ((quantiles - under) / mass)[:, None]
    found: Floats = np.sqrt((np.maximum(p * (1 - p), 0) / (n - 1)) @ arm.share**2)
    return found


def _read(difference: Floats, error: Floats, level: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Error, ends of the interval and p-value from differences between quantiles; (q, d)."""
    low, high = np.quantile(difference, [(1 - level) / 2, (1 + level) / 2], axis=1)
    beyond = np.minimum((difference <= 0).sum(axis=1), (difference >= 0).sum(axis=1))
    return error, low, high, np.minimum(1.0, 2 * (1 + beyond) / (1 + difference.shape[1]))


def _effects(
    arms: list[_Arm],
    quantiles: Floats,
    points: Floats,
    found: tuple[Floats, Floats, Floats, Floats],
    still: Bools,
    left_out: int,
    draws: int,
) -> QuantileEffects:
    """The result, without an interval where both quantiles are zero or nothing moves them."""
    zero = (points == 0).all(axis=0)
    estimate = points[1] - points[0]
    blind = zero | still | np.isnan(estimate)
    error, low, high, p = (np.where(blind, np.nan, x) for x in found)
    n_control, n_support = (arm.amount.size for arm in arms) if arms else (0, 0)
    return QuantileEffects(
        quantile=quantiles,
        estimate=estimate,
        std_error=error,
        ci_low=low,
        ci_high=high,
        p_value=p,
        support=points[1],
        control=points[0],
        zero=zero,
        n_support=n_support,
        n_control=n_control,
        left_out=left_out,
        draws=draws,
    )
