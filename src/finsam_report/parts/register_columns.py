"""The outcomes of the register experiment as columns, made for some people at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.pass_scores import Columns, together
from finsam_report.parts import common
from finsam_report.parts.ledger import PERCENT
from finsam_report.study import Outcome, Register

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Stored = npt.NDArray[Any]  # of a type as small as the values allow

# What a column is, as the ledger names the analysis.
ITT, CUMULATED, POSITIVE, PLACEBO = "itt", "cumulated", "any_amount", "placebo"
COMPLIERS, ALTERNATIVE = "compliers", "alternative"
_PIECE, _BYTE = 4_000_000, 127
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
        if outcome.alternative_to is not None:
            at_horizons = part.horizons_of(outcome)
            out += [Spec(ALTERNATIVE, outcome, h, unit_of(outcome)) for h in at_horizons]
            continue
        horizons = part.horizons_of(outcome)
        wanted = [(h, outcome.main) for h in horizons]
        if part.path and outcome.window == 1:
            wanted = [(int(p), outcome.main and int(p) in horizons) for p in periods if p > 0]
            wanted += [(h, outcome.main) for h in horizons if h not in set(periods.tolist())]
            wanted.sort()
        out += [Spec(ITT, outcome, h, unit, main) for h, main in wanted]
        if outcome.window == 1 and part.path:
            summed = MONTHS[part.period] if outcome.unit == "share" else unit
            out += [Spec(CUMULATED, outcome, h, summed) for h in horizons]
        if take_up and outcome.main:
            out += [Spec(COMPLIERS, outcome, h, unit) for h in horizons]
        if outcome.unit == "amount" and outcome.main:
            out += [Spec(POSITIVE, outcome, h, PERCENT) for h in horizons]
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
class Prices:
    """What amounts are multiplied with, by the calendar month of the draw.

    Attributes:
        draw: Which month of draw each person has, as a code; shape (n,).
        factors: By price year, for each month of draw and period; shape (months, T).
    """

    draw: Ints
    factors: Mapping[int, Floats]


@dataclass(frozen=True)
class Panels:
    """The outcome table, ready to give the rows of some people at a time.

    Attributes:
        followed: The checked table; ``row`` is the position among the participants.
        people: Number of participants.
        prices: The price index, where amounts are turned into the prices of one year.
    """

    followed: pd.DataFrame
    people: int
    prices: Prices | None = None
    _dense: dict[str, Stored] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def periods(self) -> Ints:
        """Periods that the table has, rising."""
        found = pd.unique(self.followed["period"].to_numpy())  # many rows: quicker than a sort
        return np.sort(found).astype(np.int64)

    @cached_property
    def _place(self) -> Stored:
        """Where each row of the table stands among people by period; shape (rows,)."""
        kind = np.int32 if self.people * self.periods.size < 2**31 else np.int64
        place: Stored = self.followed["row"].to_numpy().astype(kind)
        place *= self.periods.size
        period = self.followed["period"].to_numpy()
        for some in _pieces(period.size):
            place[some] += np.searchsorted(self.periods, period[some]).astype(kind)
        return place

    def _kept(self, name: str) -> Stored:
        """A column of the table as people by period, in as little memory as it needs.

        Whole numbers from 0 to 127 take a byte, -1 where there is none.
        """
        if name not in self._dense:
            values, shape = self.followed[name].to_numpy(), (self.people, self.periods.size)
            small = _in_a_byte(values)
            panel = np.full(shape, np.int8(-1)) if small else np.full(shape, np.nan, values.dtype)
            flat = panel.ravel()
            for some in _pieces(values.size):
                piece = values[some]
                if small:
                    piece = np.where(np.isnan(piece), -1, piece).astype(np.int8)
                flat[self._place[some]] = piece
            self._dense[name] = panel
        return self._dense[name]

    def some(self, first: int, last: int, names: Sequence[str]) -> dict[str, Floats]:
        """Outcomes of the people from ``first`` until before ``last``; shape (n, T) each."""
        out = {}
        for name in names:
            with self._lock:
                part = self._kept(name)[first:last]
            panel = part.astype(np.float64)
            if part.dtype == np.int8:
                panel[part < 0] = np.nan
            out[name] = panel
        return out

    def seen(self, names: Sequence[str], period: int) -> Bools:
        """Who has any of these outcomes in a period; shape (n,)."""
        out = np.zeros(self.people, dtype=np.bool_)
        for place in np.flatnonzero(self.periods == period):
            for name in names:
                column = self._kept(name)[:, place]
                out |= column >= 0 if column.dtype == np.int8 else ~np.isnan(column)
        return out

    def outcomes(self, wanted: Sequence[Outcome], first: int, last: int) -> dict[str, Floats]:
        """Outcomes as declared, by id, of the people from ``first`` until before ``last``.

        Amounts are in the prices of their price year; a share of several columns is 1 where one
        of them is, and unknown where none is and one is not known.

        Returns:
            Shape (n, T) each.
        """
        names = list(dict.fromkeys(name for outcome in wanted for name in outcome.columns))
        some = self.some(first, last, names)
        out = {}
        for outcome in wanted:
            panel = some[outcome.columns[0]]
            for name in outcome.columns[1:]:
                either = np.fmax(panel, some[name])
                lost = (either == 0) & (np.isnan(panel) | np.isnan(some[name]))
                panel = np.where(lost, np.nan, either)
            if self.prices is not None and outcome.nominal and outcome.price_year is not None:
                factor = self.prices.factors[outcome.price_year]
                panel = panel * factor[self.prices.draw[first:last]]
            if outcome.above is not None:
                panel = np.where(np.isnan(panel), np.nan, panel > outcome.above)
            out[outcome.id] = panel
        return out

    def matrix(
        self, chosen: Sequence[Spec], take_up: Floats | None, first: int, last: int, more: int = 0
    ) -> Floats:
        """The columns of some people, and room for ``more``; shape (n, m + more).

        Those for compliers are minus the outcome of people without support and zero for the
        others: their effect per taker is the mean of compliers without support (Abadie 2003).
        """
        wanted = list({s.outcome.id: s.outcome for s in chosen}.values())
        panels = self.outcomes(wanted, first, last)
        out = np.empty((last - first, len(chosen) + more))
        without = None if take_up is None else take_up[first:last, None] - 1.0
        done = np.zeros(len(chosen), dtype=np.bool_)
        for (name, turned), (at, columns) in self._single(chosen).items():
            part = panels[name][:, columns]
            out[:, at] = part * without if turned and without is not None else part
            done[at] = True
        for j, spec in enumerate(chosen):
            if done[j]:
                continue
            out[:, j] = spec.values(panels[spec.outcome.id], self.periods)
            if spec.analysis == COMPLIERS and without is not None:
                out[:, j] *= without[:, 0]
        return out

    def _single(self, chosen: Sequence[Spec]) -> dict[tuple[str, bool], tuple[Columns, Columns]]:
        """Columns of one period, by outcome and whether for compliers: theirs and the panel's.

        Many stand side by side, and are then copied together.
        """
        where = {int(period): place for place, period in enumerate(self.periods)}
        found: dict[tuple[str, bool], tuple[list[int], list[int]]] = {}
        for j, spec in enumerate(chosen):
            as_is = spec.outcome.window == 1 and spec.analysis not in (CUMULATED, POSITIVE)
            if as_is and spec.horizon in where:
                key = (spec.outcome.id, spec.analysis == COMPLIERS)
                at, columns = found.setdefault(key, ([], []))
                at.append(j)
                columns.append(where[spec.horizon])
        return {
            key: (together(np.array(at)), together(np.array(columns)))
            for key, (at, columns) in found.items()
        }


def _pieces(size: int) -> Iterator[slice]:
    """Slices of so many rows, some at a time, so that little is made beside them."""
    return (slice(start, start + _PIECE) for start in range(0, size, _PIECE))


def _in_a_byte(values: Stored) -> bool:
    """Whether all numbers are whole, from 0 to 127."""
    for some in _pieces(values.size):
        piece = values[some]
        known = piece[~np.isnan(piece)]
        if known.size and not (
            known.min() >= 0 and known.max() <= _BYTE and np.all(known == np.rint(known))
        ):
            return False
    return True
