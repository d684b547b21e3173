"""How much must stand behind a number before it may leave the secure environment."""

from __future__ import annotations

from pydantic import Field

from finsam_report.study_pieces import Model


class ReleaseRules(Model):
    """The rules of disclosure control; they can be made stricter, or milder within limits.

    No entry turns them off. Counts of fewer than three people are never shown.

    Attributes:
        threshold: Fewest people behind a number that is shown.
        mean_minimum: Fewest people behind a mean.
        percentile_side: Fewest people on either side of a percentile.
        model_minimum: Fewest people in each arm behind a model.
        model_df: Fewest residual degrees of freedom of a model.
        rounding: Numbers of people in small groups are rounded to a multiple of it; 1 leaves them.
        dominance_people: How many of the largest values of a sum are looked at.
        dominance_share: Most of a sum that they may make, in percent.
    """

    threshold: int = Field(default=5, ge=3)
    mean_minimum: int = Field(default=10, ge=3)
    percentile_side: int = Field(default=10, ge=3)
    model_minimum: int = Field(default=50, ge=5)
    model_df: int = Field(default=10, ge=3)
    rounding: int = Field(default=5, ge=1, le=100)
    dominance_people: int = Field(default=2, ge=1, le=10)
    dominance_share: float = Field(default=90, gt=0, le=95)
