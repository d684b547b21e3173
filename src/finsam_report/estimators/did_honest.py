"""Effects when trends need not be parallel: how far may they bend from one year to the next?

Without treatment, the difference between treated and others may follow any course whose slope
changes by at most M from one year to the next; M = 0 allows a straight line of any slope. For a
weighted sum of effects after the start, the interval is the shortest of fixed length that holds
the truth with the stated probability whatever that course is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from finsam_report.estimators.did_fixed import symmetric_inverse
from finsam_report.estimators.did_frontier import (
    check_target,
    frontier,
    least_bias,
    shortest,
    split,
)
from finsam_report.estimators.panel import Bools, Floats, Ints

_BISECT = 50
_GRID = 80
_SMALLEST = 1e-4


@dataclass(frozen=True)
class Robust:
    """Intervals for B bounds M and K columns; NaN where effects or their covariance lack.

    Attributes:
        bound: Largest change of slope from one year to the next; shape (B,).
        centre: Estimate at the middle of the interval; shape (B, K).
        bias: Its largest bias; shape (B, K).
        std_error: Its standard error; shape (B, K).
        low: Lower end; shape (B, K).
        high: Upper end; shape (B, K).
    """

    bound: Floats
    centre: Floats
    bias: Floats
    std_error: Floats
    low: Floats
    high: Floats


def usable(estimate: Floats, covariance: Floats) -> Bools:
    """Columns whose effects are all known, with a covariance that is positive definite; (K,)."""
    fine = np.isfinite(estimate).all(axis=0) & np.isfinite(covariance).all(axis=(1, 2))
    fine &= (np.diagonal(covariance, axis1=1, axis2=2) > 0).all(axis=1)
    out = np.zeros(fine.shape, dtype=np.bool_)
    for k in np.flatnonzero(fine):
        out[k] = symmetric_inverse(covariance[k])[1].shape[1] == 0
    return out


def joint_covariance(scores: Floats) -> Floats:
    """Covariances (K, J, J) of effects from influences of clusters (G, J, K)."""
    own = scores.transpose(2, 1, 0)
    return np.asarray(own @ own.transpose(0, 2, 1))


def _check(level: float) -> None:
    if not 0.5 < level < 1:
        raise ValueError("the level must lie between 0.5 and 1")


def smoothness(
    event: Ints,
    estimate: Floats,
    covariance: Floats,
    target: Floats,
    bound: Floats,
    level: float = 0.95,
) -> Robust:
    """Intervals for a weighted sum of effects if trends bend by at most M a year.

    Args:
        event: Years since the start that effects are of, without gaps but for the reference
            year, which has no effect; shape (J,).
        estimate: Effects relative to the reference year, those before the start included;
            shape (J, K). They must all have the same reference (a universal base).
        covariance: Their covariances; shape (K, J, J), see :func:`joint_covariance`.
        target: Weights of the effects after the reference, in their order.
        bound: Values of M, in units of the outcome a year and year, at least 0; shape (B,), or
            (B, K) where columns have bounds of their own.
        level: Probability with which an interval holds the truth.

    Returns:
        The intervals; ``bound`` is returned as it was given.

    Raises:
        ValueError: Years have other gaps, the target does not fit, a bound is below zero, or the
            level is not between 0.5 and 1.

    References:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of
        Economic Studies 90(5), section 4; Armstrong and Kolesár (2018), Econometrica 86(2).
    """
    _check(level)
    check_target(event, target)
    if not (np.asarray(bound) >= 0).all():
        raise ValueError("bounds must not be below zero")
    fine = usable(estimate, covariance)
    wide = np.broadcast_to(bound if bound.ndim == 2 else bound[:, None], (len(bound), fine.size))
    parts = [np.full(wide.shape, np.nan) for _ in range(4)]
    if fine.any() and wide.size:
        front = frontier(event, estimate[:, fine], covariance[fine], target)
        for part, found in zip(parts, shortest(front, wide[:, fine], level), strict=True):
            part[:, fine] = found
    centre, bias, error, half = parts
    return Robust(bound, centre, bias, error, centre - half, centre + half)


def identified_set(
    event: Ints, estimate: Floats, target: Floats, bound: Floats
) -> tuple[Floats, Floats]:
    """Which sums of effects agree with the estimates, were these without error.

    Args:
        event: As in :func:`smoothness`; shape (J,).
        estimate: Effects; shape (J, K).
        target: Weights of the effects after the reference.
        bound: Values of M; shape (B,).

    Returns:
        Lowest and highest sum, shape (B, K) each; NaN where effects before the start bend by
        more than M, so that none agrees.
    """
    before, after = check_target(event, target)
    # The line through the last year before the reference and the reference is carried on.
    middle = target @ (estimate[before:] + np.arange(1, after + 1)[:, None] * estimate[before - 1])
    half = bound[:, None] * least_bias(target)
    fine = largest_bend(event, estimate)[None, :] <= bound[:, None]
    return np.where(fine, middle - half, np.nan), np.where(fine, middle + half, np.nan)


def largest_bend(event: Ints, estimate: Floats) -> Floats:
    """Largest change of slope seen up to the reference, a measure for M; shape (K,).

    Zero where there is only one effect before the reference. It includes what chance adds.
    """
    before = split(event)
    course = np.concatenate([estimate[:before], np.zeros((1, estimate.shape[1]))])
    return np.asarray(np.abs(np.diff(course, 2, axis=0)).max(axis=0, initial=0.0))


def breakdown(
    event: Ints, estimate: Floats, covariance: Floats, target: Floats, level: float = 0.95
) -> Floats:
    """Smallest M at which the interval of :func:`smoothness` includes zero; shape (K,).

    Zero where it does with a straight line already. Found by a search that narrows down to the
    first M on a fine grid; no largest M needs to be stated.

    Args:
        event: Years since the start; shape (J,).
        estimate: Effects; shape (J, K).
        covariance: Their covariances; shape (K, J, J).
        target: Weights of the effects after the reference, not all zero.
        level: Probability with which an interval holds the truth.
    """
    _check(level)
    fine = usable(estimate, covariance)
    out = np.full(fine.size, np.nan)
    if not fine.any():
        return out
    if not np.any(target):
        raise ValueError("the target gives no effect a weight")
    front = frontier(event, estimate[:, fine], covariance[fine], target)

    def holds_zero(bound: Floats) -> Bools:
        centre, _, _, half = shortest(front, bound, level)
        return np.asarray(np.abs(centre) <= half)

    # Bias alone is longer than any estimate of the path is from zero.
    most = np.abs(front.centre).max(axis=1) / least_bias(target)
    grid = np.concatenate([[0.0], np.geomspace(_SMALLEST, 1.0, _GRID)])[:, None] * most
    first = holds_zero(grid).argmax(axis=0)
    column = np.arange(first.size)
    low, high = grid[np.maximum(first - 1, 0), column], grid[first, column]
    for _ in range(_BISECT):
        middle = (low + high) / 2
        inside = holds_zero(middle[None])[0]
        low, high = np.where(inside, low, middle), np.where(inside, middle, high)
    out[fine] = high
    return out
