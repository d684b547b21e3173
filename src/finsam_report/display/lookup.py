"""Finding a number in the released ledger; the only way in for tables, figures and sentences."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from finsam_report.release import Released

# How a group of the ledger goes on: the name of a block, a month, an answer.
BLOCK, MONTH, ANSWER = "|block:", "|month:", "|answer:"
KLK, ICW = "index_klk:", "index_icw:"  # in an outcome: the name of a family follows

Verdict = Literal["up", "down", "unclear", "unknown"]


@dataclass(frozen=True)
class Row:
    """A row of the released ledger; numbers that were suppressed are NaN."""

    part: str
    analysis: str
    outcome: str
    group: str
    horizon: float
    estimator: str
    estimate: float
    std_error: float
    ci_low: float
    ci_high: float
    p_value: float
    q_value: float
    n_support: float
    n_control: float
    control_mean: float
    unit: str

    @property
    def known(self) -> bool:
        """Whether the estimate may be shown."""
        return not math.isnan(self.estimate)

    @property
    def verdict(self) -> Verdict:
        """What the interval says: clearly up, clearly down, either, or not known."""
        if math.isnan(self.ci_low) or math.isnan(self.ci_high):
            return "unknown"
        if self.ci_low > 0:
            return "up"
        return "down" if self.ci_high < 0 else "unclear"

    @property
    def sizes(self) -> tuple[float, ...]:
        """The numbers that are shown together, from which the decimals are chosen."""
        return tuple(
            x for x in (self.estimate, self.std_error, self.control_mean) if math.isfinite(x)
        )

    @property
    def n(self) -> float:
        """People in both arms."""
        return self.n_support + self.n_control


class Lookup:
    """The released ledger, by key.

    Attributes:
        mark: What marks each number that is written, where it is recorded.
    """

    mark: Callable[[float, str], str] | None = None

    def __init__(self, released: Released) -> None:
        self.frame = released.frame
        rows = [Row(*values) for values in self.frame.itertuples(index=False, name=None)]
        self._rows = {
            (r.part, r.analysis, r.outcome, r.group, r.horizon, r.estimator): r for r in rows
        }
        self._without_horizon = {
            (r.part, r.analysis, r.outcome, r.group, r.estimator): r
            for r in rows
            if math.isnan(r.horizon)
        }
        self._of: dict[tuple[str, str], list[Row]] = {}
        for r in rows:
            self._of.setdefault((r.part, r.analysis), []).append(r)

    def row(
        self,
        part: str,
        analysis: str,
        outcome: str,
        estimator: str,
        *,
        group: str = "all",
        horizon: float | None = None,
    ) -> Row | None:
        """The row of a key, or None; ``horizon`` None is a row without horizon."""
        if horizon is None:
            return self._without_horizon.get((part, analysis, outcome, group, estimator))
        return self._rows.get((part, analysis, outcome, group, float(horizon), estimator))

    def rows(self, part: str, analysis: str, **key: str | float) -> list[Row]:
        """All rows of an analysis, in the ledger's order, filtered by parts of the key."""
        return [
            r
            for r in self._of.get((part, analysis), ())
            if all(getattr(r, name) == value for name, value in key.items())
        ]

    def count(self, part: str, outcome: str, group: str, horizon: float | None = None) -> float:
        """A number of people from the flow, NaN where suppressed or absent."""
        row = self.row(part, "flow", outcome, "count", group=group, horizon=horizon)
        return math.nan if row is None else row.estimate

    @property
    def suppressed(self) -> int:
        """How many rows were suppressed."""
        from finsam_report.release import is_suppressed

        return int(is_suppressed(self.frame).sum())


def absent(frame: pd.DataFrame, part: str) -> bool:
    """Whether the study lacks a part."""
    return not bool((frame["part"] == part).any())
