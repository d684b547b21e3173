"""The ledger: one tidy table that holds every estimate, a row each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

KEY = ("part", "analysis", "outcome", "group", "horizon", "estimator")
NUMBERS = ("estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value")
COUNTS = ("n_support", "n_control")
COLUMNS = (*KEY, *NUMBERS, *COUNTS, "control_mean", "unit")
TEXT = ("part", "analysis", "outcome", "group", "estimator", "unit")
CELL = "smallest_cell"
# Stands for a sum that a few people make nearly all of: fewer than any number of people.
DOMINATED = 0.75

BLOCK = "|block:"  # in a group: the name of a block follows
MUNICIPALITY = "municipality"
ORGANISATION = "organisation"
PARTS = (ORGANISATION, MUNICIPALITY, "survey", "register")
NOT_ESTIMATED = "not_estimated"
PERCENT = "percent"
POINTS = "percentage points"
PEOPLE = "people"


@dataclass(frozen=True)
class Ledger:
    """Estimates before disclosure control.

    Attributes:
        frame: The columns of the ledger, and for each row the smallest number of people whose
            value the row's numbers would give away (``smallest_cell``, NaN where none, and
            :data:`DOMINATED` where it is a sum that a few make nearly all of).
    """

    frame: pd.DataFrame

    def __post_init__(self) -> None:
        twice = self.frame.duplicated(list(KEY))
        if twice.any():
            row = self.frame.loc[twice, list(KEY)].iloc[0].to_dict()
            raise ValueError(f"the ledger has a key twice: {row}")


def rows(**columns: Any) -> pd.DataFrame:
    """Rows of the ledger from scalars and arrays of one length; what is not given is empty.

    Raises:
        ValueError: A column that the ledger does not have.
    """
    unknown = set(columns) - {*COLUMNS, CELL}
    if unknown:
        raise ValueError(f"the ledger has no column {', '.join(sorted(unknown))}")
    lengths = [len(v) for v in columns.values() if isinstance(v, (list, tuple, np.ndarray))]
    length = lengths[0] if lengths else 1
    made: dict[str, Any] = {}
    for name in (*COLUMNS, CELL):
        if name in TEXT:
            value = columns.get(name, "")
            texts = [value] * length if isinstance(value, str) else list(value)
            made[name] = pd.array(texts, dtype="str")
        else:
            made[name] = np.full(length, columns.get(name, np.nan), dtype=np.float64)
    return pd.DataFrame(made, index=pd.RangeIndex(length))


def join(parts: Iterable[pd.DataFrame]) -> Ledger:
    """The ledger of several pieces, in the order given.

    A row without any number says nothing and is left out, or it would look like one that was
    suppressed; what could not be estimated has rows of its own, with the reason.
    """
    pieces = [piece for piece in parts if len(piece)] or [rows(part=[])]
    frame = pd.concat(pieces, ignore_index=True)[[*COLUMNS, CELL]]
    said = frame[list(NUMBERS)].notna().any(axis=1) | (frame["analysis"] == NOT_ESTIMATED)
    return Ledger(frame[said].reset_index(drop=True))
