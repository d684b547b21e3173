"""The outcomes of the register experiment as columns, made for some people at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.parts import common
from finsam_report.parts.ledger import PERCENT
from finsam_report.study import Outcome, Register

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# What a column is, as the ledger names the analysis.
ITT, CUMULATED, POSITIVE, PLACEBO = "itt", "cumulated", "any_amount", "placebo"
COMPLIERS = "compliers"
MONTHS = {"month": "months", "quarter": "quarters", "year": "years"}


def unit_of(outcome: Outcome) -> str:
    """The unit of an outcome's mean, as the ledger writes it."""
    match outcome.unit:
        case "share":
            return PERCENT
        case "amount":
            return outcome.currency or "amount"
        case "scale":
            return "scale points"
        case _:
            return "number"


@dataclass(frozen=True)
class Spec:
    """One column: an outcome at a period, summed up or as it is.

    Attributes:
        analysis: One of the names above.
        outcome: The outcome as declared.
        horizon: Period since randomisation; before it for a placebo.
        unit: Unit of its mean.
        main: Whether it is among the main effects.
    """

    analysis: str
    outcome: Outcome
    horizon: int
    unit: str
    main: bool = False

    def values(self, panel: Floats, periods: Ints) -> Floats:
        """The column from a panel (n, T) of the outcome's source; NaN unless all was seen."""
        last, window = self.horizon, self.outcome.window
        first = 0 if self.analysis == CUMULATED else last - window
        inside = (periods > first) & (periods <= last)
        if int(inside.sum()) != last - first:
            return np.full(panel.shape[0], np.nan)
        total: Floats = panel[:, inside].sum(axis=1)
        if self.analysis != POSITIVE:
            return total
        return np.where(np.isnan(total), np.nan, total > 0)


def specs(part: Register, periods: Ints, *, take_up: bool) -> list[Spec]:
    """Every column that the analysis is about.

    Args:
        part: The part as declared.
        periods: Periods that the table has, rising.
        take_up: Whether take-up is known and varies.
    """
    out: list[Spec] = []
    for outcome in part.outcomes:
        unit = unit_of(outcome)
        wanted = [(h, outcome.main) for h in part.horizons]
        if part.path and outcome.window == 1:
            at = set(part.horizons)
            wanted = [(int(p), outcome.main and int(p) in at) for p in periods if p > 0]
            wanted += [(h, outcome.main) for h in part.horizons if h not in set(periods.tolist())]
            wanted.sort()
        out += [Spec(ITT, outcome, h, unit, main) for h, main in wanted]
        if outcome.window == 1 and part.path:
            summed = MONTHS[part.period] if outcome.unit == "share" else unit
            out += [Spec(CUMULATED, outcome, h, summed) for h in part.horizons]
        if take_up and outcome.main:
            out += [Spec(COMPLIERS, outcome, h, unit) for h in part.horizons]
        if outcome.unit == "amount" and outcome.main:
            out += [Spec(POSITIVE, outcome, h, PERCENT) for h in part.horizons]
        if outcome.window == 1:
            out += [Spec(PLACEBO, outcome, int(p), unit) for p in periods if p <= 0]
    return out


def described(chosen: Sequence[Spec]) -> common.Columns:
    """What the columns are, without their values."""
    return common.Columns(
        tuple(s.outcome.id for s in chosen),
        np.array([float(s.horizon) for s in chosen]),
        tuple(s.unit for s in chosen),
        tuple(s.outcome.family for s in chosen),
        np.zeros((0, len(chosen))),
    )


@dataclass(frozen=True)
class Panels:
    """The outcome table, ready to give the rows of some people at a time.

    Attributes:
        followed: The checked table; ``row`` is the position among the participants.
        people: Number of participants.
    """

    followed: pd.DataFrame
    people: int

    @cached_property
    def periods(self) -> Ints:
        """Periods that the table has, rising."""
        return np.unique(self.followed["period"].to_numpy()).astype(np.int64)

    @cached_property
    def _order(self) -> tuple[Ints | None, Ints]:
        """Rows in the order of people, None where they are, and where each person begins."""
        row = self.followed["row"].to_numpy()
        order = None
        if row.size and np.any(row[1:] < row[:-1]):
            order = np.argsort(row, kind="stable")
            row = row[order]
        return order, np.searchsorted(row, np.arange(self.people + 1))

    def some(self, first: int, last: int, names: Sequence[str]) -> dict[str, Floats]:
        """Outcomes of the people from ``first`` until before ``last``; shape (n, T) each."""
        order, starts = self._order
        at: slice | Ints = slice(int(starts[first]), int(starts[last]))
        if order is not None:
            at = order[at]
        row = self.followed["row"].to_numpy()[at] - first
        column = np.searchsorted(self.periods, self.followed["period"].to_numpy()[at])
        out = {}
        for name in names:
            panel = np.full((last - first, self.periods.size), np.nan)
            panel[row, column] = self.followed[name].to_numpy()[at]
            out[name] = panel
        return out

    def matrix(
        self, chosen: Sequence[Spec], take_up: Floats | None, first: int, last: int
    ) -> Floats:
        """The columns of some people; shape (n, m).

        Those for compliers are minus the outcome of people without support and zero for the
        others: their effect per taker is the mean of compliers without support (Abadie 2003).
        """
        names = list(dict.fromkeys(s.outcome.column for s in chosen))
        panels = self.some(first, last, names)
        out = np.empty((last - first, len(chosen)))
        for j, spec in enumerate(chosen):
            out[:, j] = spec.values(panels[spec.outcome.column], self.periods)
        if take_up is not None:
            turned = np.array([spec.analysis == COMPLIERS for spec in chosen])
            out[:, turned] *= take_up[first:last, None] - 1.0
        return out
