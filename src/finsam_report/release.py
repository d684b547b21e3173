"""Disclosure control: the only door between estimates and anything that a reader sees.

A row that rests on fewer people than the threshold keeps its key and loses its numbers. What
comes out is a type of its own, which the display asks for, so that no table, figure or
sentence can be made from an estimate that did not pass here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import CELL, COLUMNS, COUNTS, NUMBERS, PEOPLE, TEXT, Ledger

THRESHOLD = 5


class _Door:
    """Proof that a ledger passed the disclosure control of this module."""


_DOOR = _Door()


@dataclass(frozen=True)
class Released:
    """Estimates that may be shown.

    Attributes:
        frame: The ledger; a suppressed row has no numbers. Made only by :func:`release`
            and :func:`read`.
    """

    frame: pd.DataFrame
    door: _Door

    def __post_init__(self) -> None:
        if self.door is not _DOOR:
            raise TypeError("released estimates are made by release() only")

    @property
    def suppressed(self) -> int:
        """How many rows lost their numbers."""
        return int(is_suppressed(self.frame).sum())

    def write(self, path: Path) -> None:
        """Write ``results.csv``: UTF-8, comma, every digit."""
        frame = self.frame.copy()
        for name in COUNTS:
            frame[name] = frame[name].astype("Int64")
        frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def is_suppressed(frame: pd.DataFrame) -> pd.Series:
    """Rows whose numbers were taken out; "not estimated" is a result and not suppressed."""
    empty = frame[[*NUMBERS, "control_mean"]].isna().all(axis=1)
    return empty & (frame["analysis"] != "not_estimated")


def release(ledger: Ledger, threshold: int = THRESHOLD) -> Released:
    """Apply disclosure control to a ledger.

    Counts and estimates that rest on one to ``threshold`` - 1 people in some cell lose their
    numbers. A count of nobody is shown: it is a property of the design (nobody in the control
    arm was offered a team), not of a person.

    Args:
        ledger: Estimates with the smallest cell behind each row.
        threshold: Smallest number of people that may be shown.

    Returns:
        What may be shown.
    """
    frame = ledger.frame.copy()
    small = (frame[CELL] > 0) & (frame[CELL] < threshold)
    small |= _complements(frame, threshold)
    for name in COUNTS:
        small |= (frame[name] > 0) & (frame[name] < threshold)
    frame.loc[small, [*NUMBERS, *COUNTS, "control_mean"]] = np.nan
    return Released(frame[list(COLUMNS)].reset_index(drop=True), _DOOR)


def _complements(frame: pd.DataFrame, threshold: int) -> pd.Series:
    """Counts whose remainder among those randomised in the same arm or block is too small.

    395 answers from 398 people would give away the three who did not answer.
    """
    counts = frame[(frame["analysis"] == "flow") & (frame["unit"] == PEOPLE)]
    whole = counts[counts["outcome"] == "randomised"].set_index(["part", "group"])["estimate"]
    place = pd.MultiIndex.from_frame(frame[["part", "group"]])
    rest = whole.reindex(place).to_numpy() - frame["estimate"].to_numpy()
    small = (frame["analysis"] == "flow") & (rest > 0) & (rest < threshold)
    return small.fillna(False)


def released_study(inputs: Inputs) -> Released:
    """Analyse a study and release what may be shown."""
    return release(run.analyse(inputs))


def read(path: Path) -> Released:
    """Read a ``results.csv`` that :meth:`Released.write` made.

    Raises:
        FinsamError: The file is not such a ledger.
    """
    frame = pd.read_csv(path, float_precision="round_trip")
    if tuple(frame.columns) != COLUMNS:
        raise FinsamError(f"{path.name} is not a ledger: its columns are not those of results.csv")
    numeric = [*NUMBERS, *COUNTS, "control_mean", "horizon"]
    frame[numeric] = frame[numeric].astype(np.float64)
    frame[list(TEXT)] = frame[list(TEXT)].fillna("").astype(str)
    return Released(frame, _DOOR)
