"""Rounding: numbers of people in small groups, and shares of people whose number is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from finsam_report.parts.ledger import COUNTS, PERCENT
from finsam_report.release.policy import Policy
from finsam_report.release.quantities import TRIALS

# A group with fewer people than this in an arm is small, and with it the others beside it.
SMALL_GROUP = 50
GROUPED = ("subgroup", "calendar", "itt_by_sex")
# Shares and means of people as they are: with every digit they would tell how many people.
RAW = ("distribution", "item_missing", "transition", "open_answers", "answers",
       "participants", "change", "registered", "indicator")  # fmt: skip


def counts(frame: pd.DataFrame, policy: Policy) -> Iterator[tuple[int, str, float]]:
    """Numbers of people to round: row, column, and what they become.

    All levels of a subgroup are rounded where one of them is small: from the others and the
    number of all people it could be found.
    """
    if policy.rounding < 2:
        return
    some = frame[frame["analysis"].isin(GROUPED) & frame["part"].isin(TRIALS)]
    variable = some["group"].str.split("=", n=1).str[0]
    of = ["part", "analysis", "outcome", "horizon"]
    for name in COUNTS:
        least = some[name].groupby([*(some[c] for c in of), variable], dropna=False)
        small = least.transform("min") < SMALL_GROUP
        missing = least.transform(lambda n: n.isna().any()).astype(bool)
        for row in some.index[(small | missing) & some[name].notna()].tolist():
            value = float(frame.loc[row, name])
            # Half a base is rounded up, so that the same number always becomes the same.
            yield row, name, float(np.floor(value / policy.rounding + 0.5) * policy.rounding)


def shares(frame: pd.DataFrame, rows: Sequence[int]) -> Iterator[tuple[int, str, float]]:
    """Shares and means to round among the rows whose number of people is hidden."""
    for row in rows:
        if frame.loc[row, "analysis"] not in RAW:
            continue
        digits = 1 if frame.loc[row, "unit"] == PERCENT else 2
        for column in ("estimate", "std_error", "ci_low", "ci_high"):
            value = frame[column].to_numpy(np.float64)[row]
            if not np.isnan(value):
                yield row, column, round(float(value), digits)
