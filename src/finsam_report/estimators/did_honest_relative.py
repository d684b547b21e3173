"""Effects when trends diverge after the start by no more than they did before it.

Without treatment, the difference between treated and others changes from one year to the next,
after the start, by at most M̄ times its largest change before. Which change before was largest is
not known: the interval is the union over all of them, upwards and downwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from finsam_report.estimators.did_frontier import check_target
from finsam_report.estimators.did_honest import usable
from finsam_report.estimators.did_moments import Pieces, Program, kept, pieces, program
from finsam_report.estimators.panel import Bools, Floats, Ints

_HALVINGS = 32
_GRID = 201
_NEARLY_NOTHING = 1e-4
_BISECT = 24


@dataclass(frozen=True)
class Relative:
    """Intervals for B bounds and K columns; NaN where effects or their covariance lack.

    Attributes:
        bound: Largest change after the start relative to the largest before it; shape (B,).
        low: Lower end; shape (B, K).
        high: Upper end; shape (B, K).
    """

    bound: Floats
    low: Floats
    high: Floats


def _ends(parts: Pieces, tests: Program, bound: Floats, error: float) -> tuple[Floats, Floats]:
    """Lowest and highest sum that is not rejected, over all changes before; shape (K,) each."""
    shift = bound[:, None] * parts.change * np.abs(parts.steps).sum()
    # Beyond these the least favourable cutoff rejects.
    first = parts.centre - shift - tests.cutoff / tests.slope[:, :, 0]
    last = parts.centre + shift - tests.cutoff / tests.slope[:, :, 1]
    grid = first[..., None] + np.linspace(0.0, 1.0, _GRID) * (last - first)[..., None]
    fine = kept(tests, parts, grid, error) & (last > first)[..., None]
    some = fine.any(axis=2)
    at = np.stack([fine.argmax(axis=2), _GRID - 1 - fine[..., ::-1].argmax(axis=2)], axis=2)
    beside = np.clip(at + np.array([-1, 1]), 0, _GRID - 1)
    inner, outer = (np.take_along_axis(grid, which, axis=2) for which in (at, beside))
    for _ in range(_HALVINGS):
        middle = (inner + outer) / 2
        inside = kept(tests, parts, middle, error)
        inner, outer = np.where(inside, middle, inner), np.where(inside, outer, middle)
    low = np.where(some, inner[..., 0], np.inf).min(axis=1)
    high = np.where(some, inner[..., 1], -np.inf).max(axis=1)
    return np.where(np.isfinite(low), low, np.nan), np.where(np.isfinite(high), high, np.nan)


def _check(event: Ints, target: Floats, level: float) -> None:
    check_target(event, target)
    if not 0.5 < level < 1:
        raise ValueError("the level must lie between 0.5 and 1")
    if not np.any(target):
        raise ValueError("the target gives no effect a weight")


def relative_magnitudes(
    event: Ints,
    estimate: Floats,
    covariance: Floats,
    target: Floats,
    bound: Floats,
    level: float = 0.95,
) -> Relative:
    """Intervals for a sum of effects if changes after are at most M̄ times the largest before.

    Args:
        event: As in :func:`did_honest.smoothness`; shape (J,).
        estimate: Effects; shape (J, K).
        covariance: Their covariances; shape (K, J, J).
        target: Weights of the effects after the reference, not all zero.
        bound: Values of M̄, above zero; shape (B,).
        level: Probability with which an interval holds the truth, in large samples.

    Returns:
        From the lowest to the highest sum that is not rejected by the conditional test, whose
        first step is least favourable and takes a tenth of the error probability.

    Raises:
        ValueError: Years, target, bounds or level are not as above.

    References:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of
        Economic Studies 90(5), section 3; Andrews, Roth and Pakes (2023), Inference for linear
        conditional moment inequalities, Review of Economic Studies 90(6).
    """
    _check(event, target, level)
    if not (bound > 0).all():
        raise ValueError("bounds must be above zero")
    fine = usable(estimate, covariance)
    low, high = np.full((2, bound.size, fine.size), np.nan)
    if fine.any():
        parts = pieces(event, estimate[:, fine], covariance[fine], target)
        for b, one in enumerate(bound):
            every = np.full(int(fine.sum()), one)
            tests = program(parts, every, 1 - level)
            low[b, fine], high[b, fine] = _ends(parts, tests, every, 1 - level)
    return Relative(bound, low, high)


def relative_breakdown(
    event: Ints, estimate: Floats, covariance: Floats, target: Floats, level: float = 0.95
) -> Floats:
    """Smallest M̄ at which a sum of effects of zero is not rejected any more; shape (K,).

    Zero where it is not rejected with hardly any change after the start. Found by halving,
    without a largest M̄ to be stated.

    Args:
        event: As in :func:`relative_magnitudes`; shape (J,).
        estimate: Effects; shape (J, K).
        covariance: Their covariances; shape (K, J, J).
        target: Weights of the effects after the reference, not all zero.
        level: Probability with which an interval holds the truth, in large samples.

    Raises:
        ValueError: As in :func:`relative_magnitudes`.
    """
    _check(event, target, level)
    fine = usable(estimate, covariance)
    out = np.full(fine.size, np.nan)
    if not fine.any():
        return out
    parts = pieces(event, estimate[:, fine], covariance[fine], target)
    zero = np.zeros((*parts.change.shape, 1))

    def holds_zero(bound: Floats) -> Bools:
        tests = program(parts, bound, 1 - level)
        return np.asarray(kept(tests, parts, zero, 1 - level).any(axis=(1, 2)))

    # With this bound the largest change before would explain the whole sum.
    explains = np.abs(parts.centre[:, 0]) / parts.change.max(axis=1)
    high = explains / np.abs(parts.steps).sum()
    low = _NEARLY_NOTHING * high
    at_once = holds_zero(low)
    for _ in range(_BISECT):
        middle = (low + high) / 2
        inside = holds_zero(middle)
        low, high = np.where(inside, low, middle), np.where(inside, middle, high)
    out[fine] = np.where(at_once, 0.0, high)
    return out
