"""Bounds on effects where answers are missing, and the interval that belongs to bounds.

Manski's worst-case bounds hold for everybody and assume nothing but the ends of the scale.
Lee's trimming bounds are in :mod:`finsam_report.estimators.lee`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import itt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Bounds:
    """Bounds on effects, one per outcome; every array has shape (m,), in the outcome's unit.

    Attributes:
        lower: Lower bound of the effect; NaN where it cannot be estimated.
        upper: Upper bound.
        se_lower: Standard error of the lower bound.
        se_upper: Standard error of the upper bound.
        ci_low: Lower end of the Imbens-Manski interval, which covers the effect.
        ci_high: Upper end of it.
        set_low: Lower end of the wider interval that covers both bounds at once.
        set_high: Upper end of it.
    """

    lower: Floats
    upper: Floats
    se_lower: Floats
    se_upper: Floats
    ci_low: Floats
    ci_high: Floats
    set_low: Floats
    set_high: Floats


def imbens_manski(
    lower: Floats, upper: Floats, se_lower: Floats, se_upper: Floats, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Interval that covers an effect known only to lie between two estimated bounds.

    Args:
        lower: Lower bounds; shape (m,).
        upper: Upper bounds, nowhere below the lower ones; shape (m,).
        se_lower: Their standard errors; shape (m,).
        se_upper: Their standard errors; shape (m,).
        level: Level of the interval.

    Returns:
        Lower and upper ends; shape (m,) each; NaN where a bound or an error is.

    References:
        Imbens and Manski (2004), Econometrica 72(6). The critical value lies between the
        one-sided one (bounds far apart) and the two-sided one (bounds equal).
    """
    from scipy import optimize  # slow to import

    critical = np.full(lower.shape, np.nan)
    one, two = float(special.ndtri(level)), float(special.ndtri((1 + level) / 2))
    for j in range(lower.size):
        largest = max(se_lower[j], se_upper[j])
        if not np.isfinite([lower[j], upper[j], se_lower[j], se_upper[j]]).all():
            continue
        width = (upper[j] - lower[j]) / largest if largest > 0 else np.inf

        def short(c: float, width: float = width) -> float:
            return float(special.ndtr(c + width) - special.ndtr(-c)) - level

        low = one - 1e-6
        critical[j] = one if short(one) >= 0 else optimize.brentq(short, low, two + 1e-6)
    return lower - critical * se_lower, upper + critical * se_upper


def with_intervals(
    lower: Floats, upper: Floats, se_lower: Floats, se_upper: Floats, level: float
) -> Bounds:
    """Bounds with both intervals; arguments as for :func:`imbens_manski`."""
    low, high = imbens_manski(lower, upper, se_lower, se_upper, level)
    two = float(special.ndtri((1 + level) / 2))
    set_low, set_high = lower - two * se_lower, upper + two * se_upper
    return Bounds(lower, upper, se_lower, se_upper, low, high, set_low, set_high)


def manski(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    minimum: Floats | float,
    maximum: Floats | float,
    level: float = 0.95,
) -> Bounds:
    """Worst-case bounds: missing answers lie anywhere between the ends of the scale.

    The lower bound gives everybody without an answer in the support arm the lowest value and
    everybody without one in the control arm the highest; the upper bound the reverse. Each is
    then a block-weighted difference in means with its HC2 standard error.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        minimum: Lowest value an outcome can take; a number or shape (m,).
        maximum: Highest value; a number or shape (m,).
        level: Level of the intervals.

    Returns:
        Bounds on the effect among everybody randomised; see :class:`Bounds`.

    Raises:
        ValueError: An outcome lies outside its scale.

    References:
        Horowitz and Manski (2000), JASA 95(449).
    """
    low, high = np.broadcast_arrays(minimum, maximum, outcomes[:1])[:2]
    if np.any(outcomes < low) or np.any(outcomes > high):
        raise ValueError("an outcome lies outside the scale that was given for it")
    missing, arm = np.isnan(outcomes), support[:, None]
    worst = itt(support, block, np.where(missing, np.where(arm, low, high), outcomes), None, level)
    best = itt(support, block, np.where(missing, np.where(arm, high, low), outcomes), None, level)
    return with_intervals(worst.estimate, best.estimate, worst.std_error, best.std_error, level)
