"""Numbers about people that say nothing of any one of them.

Counts are rounded to base 5 and those under 5 count as none; means and standard deviations stand
for at least ten people, to three digits; there is no minimum and no maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr
from scipy.stats import beta

Floats = npt.NDArray[np.float64]

BASE = 5
FEW = 5
ENOUGH = 10
DIGITS = 3
MOST_DECIMALS = 4
OFTEN_ZERO = 0.05
RELATED = 0.05


def rounded(count: int) -> int:
    """A number of people to base 5; 0 where it is under 5."""
    return 0 if count < FEW else BASE * ((int(count) + BASE // 2) // BASE)


def share(count: int, of: int) -> float:
    """A share from rounded numbers; 0 or 1 where fewer than five make the difference."""
    with_, without = rounded(count), rounded(of - count)
    return with_ / (with_ + without) if with_ + without else 0.0


def related(first: Floats, second: Floats, people: int) -> float:
    """A correlation to the nearest twentieth, from 0 to 0.95; 0 where it is of too few people."""
    if people < ENOUGH or first.std() == 0 or second.std() == 0:
        return 0.0
    value = float(np.corrcoef(first, second)[0, 1])
    return float(np.clip(RELATED * round(value / RELATED), 0, 1 - RELATED))


def _digits(number: float, like: float) -> float:
    """A number to as many decimals as ``like`` has with three digits."""
    if like == 0:
        return float(f"{number:.{DIGITS}g}")
    return round(number, DIGITS - 1 - int(np.floor(np.log10(abs(like)))))


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation, the range that new values are drawn from, and zeros.

    The range is the declared one, or three standard deviations around the mean.
    """

    mean: float
    sd: float
    low: float
    high: float
    decimals: int
    zeros: float = 0.0

    def at(self, normal: Floats) -> Floats:
        """Values of this mean and standard deviation for standard normal numbers."""
        out = np.zeros(normal.shape)
        if self.zeros >= 1:
            return out
        uniform = ndtr(normal)
        other = uniform >= self.zeros
        part = (uniform[other] - self.zeros) / (1 - self.zeros)
        points = ndtr(np.linspace(-4, 4, 401))
        out[other] = np.interp(part, points, self._quantiles(points))
        return np.round(out, self.decimals) + 0.0

    def _quantiles(self, points: Floats) -> Floats:
        """Of a scaled beta distribution, which can lean to either end of its range."""
        half = 0.5 * 10.0**-self.decimals
        low, high = self.low - half, self.high + half
        mean = (self.mean - low) / (high - low)
        # Rounding to the decimals adds a little to the variance.
        variance = (self.sd**2 - (2 * half) ** 2 / 12) / (high - low) ** 2
        if not 0 < mean < 1 or variance <= 0:
            return np.full(points.shape, min(max(self.mean, self.low), self.high))
        total = mean * (1 - mean) / min(variance, 0.95 * mean * (1 - mean)) - 1
        values = low + (high - low) * beta.ppf(points, mean * total, (1 - mean) * total)
        return np.asarray(np.clip(values, self.low, self.high))


def _decimals(values: Floats) -> int:
    for number in range(MOST_DECIMALS):
        scaled = values * 10**number
        if np.allclose(scaled, np.round(scaled), rtol=0, atol=1e-4):
            return number
    return MOST_DECIMALS


def spread(
    values: Floats, low: float | None = None, high: float | None = None, *, zeros: bool = True
) -> Spread | None:
    """How numbers are spread, or None where there are fewer than ten.

    Args:
        values: A number for each person; NaN where there is none.
        low: The declared minimum.
        high: The declared maximum.
        zeros: Whether zeros stand apart where they are many.
    """
    seen = values[~np.isnan(values)].astype(np.float64)
    if seen.size < ENOUGH:
        return None
    none = int((seen == 0).sum())
    zero_share = share(none, seen.size) if zeros else 0.0
    if zero_share < OFTEN_ZERO or (low is not None and low > 0):
        zero_share = 0.0
    elif seen.size - none < ENOUGH:
        return Spread(0.0, 0.0, 0.0, 0.0, 0, 1.0)
    else:
        seen = seen[seen != 0]
    sd = _digits(float(seen.std(ddof=1)), float(seen.std(ddof=1)))
    mean = _digits(float(seen.mean()), sd)
    lowest = mean - 3 * sd if low is None else low
    highest = mean + 3 * sd if high is None else high
    return Spread(mean, sd, min(lowest, mean), max(highest, mean), _decimals(seen), zero_share)
