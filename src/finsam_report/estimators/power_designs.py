"""Minimal detectable effects and numbers of people before a study: blocks, shares, attrition.

Beside the design of :func:`finsam_report.estimators.power.planned`, with two groups, there may be
blocks with shares of support of their own, and outcomes that are known of some people only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.power import noncentrality

Floats = npt.NDArray[np.float64]

MINIMUM_CELL = 2  # as in the analysis: a block with fewer of an arm says nothing
MOST_PEOPLE = 1e9
_NO_EFFECT = 50.0  # so many people find nothing: far above any effect, on a log scale


@dataclass(frozen=True)
class Design:
    """How many people with the outcome each block has in each arm; they need not be whole.

    Attributes:
        support: Expected numbers in the support arm; shape (B,).
        control: In the control arm; shape (B,).
        covariates: Covariates of the adjustment, each with a slope of its own in either arm.
        r_squared: Share of the outcome's variance within arms that blocks and covariates explain.
        normal: Whether the test takes its quantiles from the normal distribution.
    """

    support: Floats
    control: Floats
    covariates: int = 0
    r_squared: float = 0.0
    normal: bool = False

    def __post_init__(self) -> None:
        if self.support.shape != self.control.shape or not self.support.size:
            raise ValueError("support and control must have one number per block")
        if not 0 <= self.r_squared < 1:
            raise ValueError("r_squared must lie between 0 and 1, and not reach 1")

    @property
    def kept(self) -> Self:
        """The design without blocks that have too few people in an arm."""
        use = np.minimum(self.support, self.control) >= MINIMUM_CELL
        if use.all() or not use.any():
            return self
        return replace(self, support=self.support[use], control=self.control[use])

    @property
    def df(self) -> float:
        """Degrees of freedom: blocks and covariates have coefficients in both arms."""
        if self.normal:
            return math.inf
        people = float(self.support.sum() + self.control.sum())
        return people - 2 * (self.support.size + self.covariates)

    @property
    def usable(self) -> bool:
        """Whether anything can be estimated at all."""
        fewest = float(min(self.support.max(), self.control.max()))
        return fewest >= 1 and self.df >= 1

    @property
    def inverse(self) -> tuple[float, float]:
        """What variances in support and control arm are multiplied with: sum of w^2 / n."""
        size = self.support + self.control
        weight = (size / size.sum()) ** 2
        return float((weight / self.support).sum()), float((weight / self.control).sum())

    def times(self, factor: float) -> Self:
        """The same blocks with so many times the people."""
        return replace(self, support=self.support * factor, control=self.control * factor)

    def answering(self, support: float, control: float) -> Self:
        """The people of whom the outcome is known, by the share of each arm that answers."""
        return replace(self, support=self.support * support, control=self.control * control)


def mean_effect(design: Design, sd: float = 1.0, power: float = 0.8, level: float = 0.95) -> float:
    """Smallest effect on a mean that is found; NaN where the people are too few.

    The difference in means within blocks, weighted by their size, with the same variance in all
    blocks and arms; two-sided t test.

    Args:
        design: Numbers of people.
        sd: Standard deviation of the outcome within an arm.
        power: Probability of finding the effect.
        level: Level of the interval; the test has size 1 - level.
    """
    use = design.kept
    if not use.usable:
        return math.nan
    error = sd * math.sqrt((1 - use.r_squared) * sum(use.inverse))
    return noncentrality(use.df, power, level) * error


def _solved(lack: Callable[[float], float], most: float) -> float:
    """The point between 0 and ``most`` at which ``lack`` turns positive; NaN where it does not."""
    from scipy import optimize  # slow to import

    if most <= 0 or lack(most) < 0:
        return math.nan
    return float(optimize.brentq(lack, 0.0, most, xtol=1e-14, rtol=1e-13))


def share_effect(
    design: Design, mean: float, power: float = 0.8, level: float = 0.95, *, up: bool = True
) -> float:
    """Smallest change of a share that is found; NaN where no change that can be is large enough.

    The difference in shares within blocks, each arm with the variance of its own share, as the
    analysis estimates it (HC2); two-sided t test, or normal where the design says so.

    Args:
        design: Numbers of people.
        mean: The share in the control arm.
        power: Probability of finding the effect.
        level: Level of the interval.
        up: Whether the share rises.

    Returns:
        The size of the change, positive.
    """
    use = design.kept
    if not use.usable:
        return math.nan
    one, zero = use.inverse
    needed = noncentrality(use.df, power, level)

    def lack(change: float) -> float:
        share = mean + change if up else mean - change
        variance = share * (1 - share) * one + mean * (1 - mean) * zero
        return change - needed * math.sqrt(max(variance, 0.0) * (1 - use.r_squared))

    return _solved(lack, 1 - mean if up else mean)


def pooled_share_effect(
    support: float, control: float, mean: float, power: float, level: float, *, up: bool = True
) -> float:
    """As :func:`share_effect` for two groups, by the test of two proportions.

    Its variance under no effect is that of both groups together (Fleiss, Levin and Paik 2003).
    """
    from scipy import special

    critical = float(special.ndtri((1 + level) / 2))

    def lack(change: float) -> float:
        share = mean + change if up else mean - change
        both = (support * share + control * mean) / (support + control)
        null = math.sqrt(both * (1 - both) * (1 / support + 1 / control))
        own = math.sqrt(max(share * (1 - share), 0.0) / support + mean * (1 - mean) / control)
        if own == 0:
            return (1.0 if change > critical * null else 0.0) - power
        ends = (np.array([change, -change]) - critical * null) / own
        return float(special.ndtr(ends).sum()) - power

    return _solved(lack, 1 - mean if up else mean)


def arcsine_share_effect(
    support: float, control: float, mean: float, power: float, level: float, *, up: bool = True
) -> float:
    """As :func:`share_effect` for two groups, by Cohen's h (1988, chapter 6)."""
    needed = noncentrality(math.inf, power, level) * math.sqrt(1 / support + 1 / control)
    start = math.asin(math.sqrt(mean))
    end = start + needed / 2 if up else start - needed / 2
    return abs(math.sin(end) ** 2 - mean) if 0 <= end <= math.pi / 2 else math.nan


def people_needed(design: Design, effect: Callable[[Design], float], wanted: float) -> float:
    """How many people it takes to find an effect, with the blocks and arms of a design.

    Args:
        design: Its people are multiplied, the blocks being as many as they are.
        effect: The smallest effect that a design finds.
        wanted: The effect to be found, positive.

    Returns:
        The number of people in the design, not rounded; NaN where no number is enough.
    """
    from scipy import optimize  # slow to import

    total = float(design.support.sum() + design.control.sum())

    def lack(log: float) -> float:
        found = effect(design.times(math.exp(log) / total))
        return _NO_EFFECT if math.isnan(found) else math.log(found / wanted)

    high = math.log(total)
    while lack(high) > 0:
        high += 1.0
        if high > math.log(MOST_PEOPLE):
            return math.nan
    low = high - 1.0
    while low > 0 and lack(low) <= 0:
        low, high = low - 1.0, low
    if lack(low) <= 0:
        return math.exp(low)
    return math.exp(float(optimize.brentq(lack, low, high, xtol=1e-12, rtol=1e-14)))


def spread(
    people: int, weights: Floats, shares: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Whole numbers of people by block, and of those with support.

    Args:
        people: All of them.
        weights: Blocks' shares of the people, summing to 1; shape (B,).
        shares: Share of support in each block; shape (B,).

    Returns:
        Support and control; shape (B,) each. The blocks sum to ``people``.
    """
    exact = weights * people
    size = np.floor(exact + 1e-9).astype(np.int64)
    first = np.argsort(-(exact - size), kind="stable")[: people - int(size.sum())]
    size[first] += 1
    support = np.floor(shares * size + 0.5 + 1e-9).astype(np.int64)
    return support, size - support
