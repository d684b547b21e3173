"""What became of a series: which way it went, and whether it turned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from finsam_report.display.organisation_names import Break, Series, known

Way = Literal["rise", "fall", "same", "unknown"]
Shape = Literal["single", "rise", "fall", "same", "peaked", "dipped", "back"]

# A change of less than this share of the first number is called none.
_SAME = 0.005


def way(start: float, end: float) -> Way:
    """Whether a number rose, fell, or stayed much the same."""
    if not (math.isfinite(start) and math.isfinite(end)):
        return "unknown"
    if abs(end - start) <= _SAME * abs(start):
        return "same"
    return "rise" if end > start else "fall"


@dataclass(frozen=True)
class Course:
    """What became of a series since its last break.

    Attributes:
        numbers: The numbers shown, by year.
        broken: Year of the break before the first of them, or None.
    """

    numbers: Mapping[int, float]
    broken: int | None = None

    @property
    def first(self) -> int:
        """The first year."""
        return min(self.numbers)

    @property
    def last(self) -> int:
        """The last year."""
        return max(self.numbers)

    @property
    def start(self) -> float:
        """The number of the first year."""
        return self.numbers[self.first]

    @property
    def end(self) -> float:
        """The number of the last year."""
        return self.numbers[self.last]

    @property
    def way(self) -> Way:
        """Which way the whole went, from end to end."""
        return way(self.start, self.end)

    @property
    def percent(self) -> float:
        """The change from end to end in per cent of the start; NaN where that is zero."""
        return 100 * (self.end / self.start - 1) if self.start else math.nan

    @property
    def peak(self) -> int:
        """The last of the years with the largest number."""
        return max(self.numbers, key=lambda year: (self.numbers[year], year))

    @property
    def trough(self) -> int:
        """The last of the years with the smallest number."""
        return min(self.numbers, key=lambda year: (self.numbers[year], -year))

    @property
    def shape(self) -> Shape:
        """How the whole went: one way, or one way and then the other."""
        if self.first == self.last:
            return "single"
        whole = self.way
        if whole == "rise" and way(self.numbers[self.peak], self.end) == "fall":
            return "peaked"
        if whole == "fall" and way(self.numbers[self.trough], self.end) == "rise":
            return "dipped"
        if whole == "same" and not self.steady:
            return "back"
        return "rise" if whole == "rise" else "fall" if whole == "fall" else "same"

    @property
    def since(self) -> int:
        """The year since which it went the way it did last."""
        turn = {"peaked": self.peak, "dipped": self.trough}
        return turn.get(self.shape, self.first)

    @property
    def lately(self) -> Way:
        """Which way it went last: since the turn where there was one, or else from end to end."""
        return way(self.numbers[self.since], self.end)

    @property
    def steady(self) -> bool:
        """Whether no step between known years goes against the whole, since a turn if any."""
        turn = self.first
        if self.way == "rise" and way(self.numbers[self.peak], self.end) == "fall":
            turn = self.peak
        if self.way == "fall" and way(self.numbers[self.trough], self.end) == "rise":
            turn = self.trough
        numbers = [v for year, v in self.numbers.items() if year >= turn]
        steps = [way(a, b) for a, b in pairwise(numbers)]
        whole = way(numbers[0], numbers[-1])
        if whole == "same":
            return all(step == "same" for step in steps)
        return {"rise": "fall", "fall": "rise"}.get(whole) not in steps

    def from_year(self, year: int) -> Course | None:
        """The same from a year on; None where nothing is left."""
        left = {y: v for y, v in self.numbers.items() if y >= year}
        return Course(left) if left else None


def course(series: Series, at: Sequence[Break] = (), scale: float = 1.0) -> Course | None:
    """The course of a series since its last break; None without any number."""
    shown = known(series)
    if not shown:
        return None
    cuts = [one.year for one in at if min(shown) < one.year <= max(shown)]
    broken = max(cuts) if cuts else None
    use = {
        year: row.estimate * scale
        for year, row in shown.items()
        if broken is None or year >= broken
    }
    return Course(use, broken)
