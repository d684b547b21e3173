"""Effects on the distribution of an amount that many people do not have at all.

Quantiles of each arm weighted to the block sizes, their differences with a bootstrap within
blocks and arms, effects on passing thresholds, and amounts with the highest drawn in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import Effects, itt, usable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROUNDING = 1e-9
_CELLS = 20_000_000


@dataclass(frozen=True)
class QuantileEffects:
    """Differences between quantiles of the two arms; arrays have shape (q,).

    Attributes:
        quantile: From 0 to 1.
        estimate: Support less control; of the distributions, not of any person.
        std_error: Standard deviation of the bootstrap; NaN where there is no interval.
        ci_low: Lower end of the percentile interval.
        ci_high: Upper end of it.
        p_value: Twice the share of draws on the other side of zero, the estimate counted in.
        support: Quantiles of the support arm.
        control: Quantiles of the control arm.
        zero: Whether both quantiles are zero: the effect is then zero and has no interval.
        n_support: People behind them in the support arm.
        n_control: People in the control arm.
        left_out: People with the amount in blocks with fewer than two of them in an arm.
        draws: Bootstrap draws.
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
    seen = ~np.isnan(values)
    keep = seen.copy()
    keep[seen] = usable(support[seen], block[seen])
    z, y = support[keep], values[keep]
    points = np.full((2, quantiles.size), np.nan)
    samples = np.full((2, draws, quantiles.size), np.nan)
    if keep.any():
        code = np.unique(block[keep], return_inverse=True)[1]
        people = np.bincount(code)
        for side, arm in enumerate((~z, z)):
            order = np.argsort(y[arm], kind="stable")
            own, amount = code[arm][order], y[arm][order]
            weight = (people / np.bincount(own))[own]
            points[side] = weighted_quantiles(amount, weight[None, :], quantiles)[0]
            step = max(1, _CELLS // amount.size)
            for first in range(0, draws, step):
                last = min(first + step, draws)
                drawn = _drawn_counts(own, rng, last - first) * weight
                samples[side, first:last] = weighted_quantiles(amount, drawn, quantiles)
    estimate = points[1] - points[0]
    difference = samples[1] - samples[0]
    zero = (points == 0).all(axis=0)
    error = difference.std(axis=0, ddof=1)
    blind = zero | (np.ptp(samples, axis=1).max(axis=0) == 0)
    low, high = np.quantile(difference, [(1 - level) / 2, (1 + level) / 2], axis=0)
    beyond = np.minimum((difference <= 0).sum(axis=0), (difference >= 0).sum(axis=0))
    p = np.minimum(1.0, 2 * (1 + beyond) / (1 + draws))
    error, low, high, p = (
        np.where(blind | np.isnan(estimate), np.nan, x) for x in (error, low, high, p)
    )
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
        n_support=int(z.sum()),
        n_control=int((~z).sum()),
        left_out=int(seen.sum() - keep.sum()),
        draws=draws,
    )


def distribution_effects(
    support: Bools,
    block: Ints,
    values: Floats,
    thresholds: Floats,
    covariates: Floats | None = None,
    level: float = 0.95,
) -> Effects:
    """Effects on the share of people whose amount is above each threshold.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        values: Amounts, NaN where missing; shape (n,).
        thresholds: Amounts that do not depend on the arm; 0 gives the share with any;
            shape (m,).
        covariates: As in :func:`finsam_report.estimators.itt.itt`.
        level: Level of the intervals.

    Returns:
        One effect per threshold, as a share.
    """
    above = (values[:, None] > thresholds[None, :]).astype(np.float64)
    above[np.isnan(values)] = np.nan
    return itt(support, block, above, covariates, level)


def winsorised(values: Floats, share: float) -> Floats:
    """Amounts with the highest ones lowered to the highest of the others.

    Only the top is drawn in: amounts have a floor at zero. The arms are not told apart, so
    that both are treated alike.

    Args:
        values: Amounts, NaN where missing, each column on its own; shape (n,) or (n, m).
        share: Share of the people with the amount whose amounts are lowered, rounded down to
            whole people, from 0 to below 1.

    Returns:
        The amounts, lowered; same shape.

    Raises:
        ValueError: The share is not from 0 to below 1.
    """
    if not 0 <= share < 1:
        raise ValueError("the share to winsorise must be from 0 to below 1")
    columns = values[:, None] if values.ndim == 1 else values
    known = (~np.isnan(columns)).sum(axis=0)
    place = known - 1 - np.floor(share * known + _ROUNDING).astype(np.int64)
    ordered = np.sort(columns, axis=0)  # missing ones come last
    out = columns
    if columns.size:
        cap = ordered[np.maximum(place, 0), np.arange(columns.shape[1])]
        out = np.minimum(columns, cap)
    return out.reshape(values.shape)
