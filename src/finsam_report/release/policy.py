"""The rules of disclosure control as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from finsam_report.study_release import ReleaseRules

THRESHOLD = 5


@dataclass(frozen=True)
class Policy:
    """How much must stand behind a number.

    The defaults follow common practice of output checking (fewest people in a cell, ten people
    behind a mean, ten residual degrees of freedom).

    Attributes:
        threshold: Fewest people behind a number that is shown.
        mean_minimum: Fewest people behind a mean.
        percentile_side: Fewest people on either side of a percentile.
        model_minimum: Fewest people in each arm behind a model.
        model_df: Fewest residual degrees of freedom of a model.
        rounding: Numbers of people in small groups are rounded to a multiple of it.
        dominance_people: How many of the largest values of a sum of amounts are looked at; the
            parts apply it, where the amounts are.
        dominance_share: Most of the sum that they may make, in percent.
        level: Level of the intervals in the ledger, from which degrees of freedom are read.
    """

    threshold: int = THRESHOLD
    mean_minimum: int = 10
    percentile_side: int = 10
    model_minimum: int = 50
    model_df: int = 10
    rounding: int = 5
    dominance_people: int = 2
    dominance_share: float = 90
    level: float = 0.95

    @classmethod
    def of(cls, declared: ReleaseRules, level: float = 0.95) -> Self:
        """The rules as a study declares them."""
        return cls(**declared.model_dump(), level=level)

    def small(self, count: float) -> bool:
        """Whether a count of people may not be shown; a pseudo-count may be between two."""
        return 0.5 < count < self.threshold - 0.5
