"""Rows of the organisation part in the making: groups, years, pieces of one estimator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.parts.ledger import CELL, ORGANISATION, rows

Floats = npt.NDArray[np.float64]

ALL = "all"


@dataclass(frozen=True)
class Piece:
    """Rows of the ledger in the making, of one analysis, estimator and unit; arrays of one length.

    Made into a table only when all are together: there are many of them, and most are short.
    """

    analysis: str
    estimator: str
    unit: str
    outcome: npt.NDArray[np.object_]
    group: npt.NDArray[np.object_]
    year: Floats
    estimate: Floats
    cell: Floats
    of: Floats


def entries(
    analysis: str,
    frame: pd.DataFrame,
    estimator: str,
    value: str,
    unit: str,
    *,
    outcome: str | None = None,
    cell: str | None = None,
    of: str | None = None,
) -> Piece:
    """Rows of the ledger, one for each row of a table.

    Args:
        analysis: Analysis of the rows.
        frame: Columns ``group``, ``year`` (the horizon; NaN for all years), ``outcome`` unless it
            is given, and those that are named below.
        estimator: Estimator of the rows.
        value: Column of the estimates.
        unit: Unit of the estimates.
        outcome: The outcome of all rows.
        cell: Column of the smallest number of people behind a row.
        of: Column of how many people a share or a mean is of.
    """
    size = len(frame)

    def numbers(name: str | None) -> Floats:
        return np.full(size, np.nan) if name is None else frame[name].to_numpy(np.float64)

    named = np.full(size, outcome, dtype=object)
    return Piece(
        analysis, estimator, unit,
        frame["outcome"].to_numpy(dtype=object) if outcome is None else named,
        frame["group"].to_numpy(dtype=object), numbers("year"), numbers(value), numbers(cell),
        numbers(of),
    )  # fmt: skip


def collect(pieces: Sequence[Piece]) -> pd.DataFrame:
    """The rows of several pieces, in their order."""
    some = [piece for piece in pieces if piece.estimate.size]
    if not some:
        return rows(part=[])

    sizes = [piece.estimate.size for piece in some]

    def texts(name: str) -> list[str]:
        values = np.array([getattr(piece, name) for piece in some], dtype=object)
        return list(np.repeat(values, sizes))

    def arrays(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(piece, name) for piece in some])

    return rows(
        part=ORGANISATION, analysis=texts("analysis"), estimator=texts("estimator"),
        unit=texts("unit"), outcome=arrays("outcome").tolist(), group=arrays("group").tolist(),
        horizon=arrays("year"), estimate=arrays("estimate"), n_support=arrays("of"),
        **{CELL: arrays("cell")},
    )  # fmt: skip


def within(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows in groups of their own for each value of a column, such as ``sex=woman``."""
    level = f"{column}=" + frame[column].astype(str)
    whole = (frame["group"] == ALL).to_numpy()
    return frame.assign(group=level.where(whole, frame["group"].astype(str) + "|" + level))


def spread_years(frame: pd.DataFrame, last: int) -> pd.DataFrame:
    """A row for each calendar year from ``first`` to ``last`` of each row, up to the last year."""
    first = frame["first"].to_numpy(np.float64)
    until = np.minimum(frame["last"].to_numpy(np.float64), last)
    number = np.nan_to_num(np.maximum(until - first + 1, 0)).astype(np.int64)
    at = np.repeat(np.arange(len(frame)), number)
    step = np.arange(at.size) - np.repeat(np.cumsum(number) - number, number)
    return frame.iloc[at].assign(year=first[at] + step)
