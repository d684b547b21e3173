"""A checked table with its name, and what is often asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.inputs.tables import cell_problem
from finsam_report.problems import Problem

Report = Callable[[Problem], None]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """A table as read: its contract, its cells, and where problems go."""

    table: Table
    frame: pd.DataFrame
    report: Report
    _texts: dict[str, pd.Series] = field(default_factory=dict, repr=False, compare=False)

    def has(self, name: str) -> bool:
        """Whether the file has this column."""
        return name in self.frame.columns

    def text(self, name: str) -> pd.Series:
        """A column of text as plain objects, None where empty."""
        if name not in self._texts:
            values = self.frame[name].astype(object)
            self._texts[name] = values.where(values.notna(), None)
        return self._texts[name]

    def numbers(self, name: str) -> Floats:
        """A column of numbers, NaN where empty or where there is no such column."""
        if not self.has(name):
            return np.full(len(self.frame), np.nan)
        return self.frame[name].to_numpy(dtype=np.float64)

    def tell(
        self, column: str, wrong: Mask, found: str, expected: str, mend: str, *, warn: bool = False
    ) -> None:
        """Report the rows where ``wrong`` holds, if there are any."""
        if not wrong.any():
            return
        rows = self.frame.index.to_numpy()[wrong]
        problem = cell_problem(self.table.file, column, rows, found, expected, mend)
        self.report(replace(problem, severity="warning") if warn else problem)

    def warn_all(self, column: str, found: str, expected: str, mend: str) -> None:
        """Warn of a whole column."""
        self.report(
            Problem(
                file=self.table.file,
                column=column,
                found=found,
                expected=expected,
                mend=mend,
                severity="warning",
            )
        )

    def refers(self, column: str, other: Read | None, what: str) -> None:
        """Every cell of a column stands in the column of the other table that is its key."""
        if other is None:
            return
        mine, known = self.text(column), other.text(other.table.key[0])
        self.tell(
            column,
            (mine.notna() & ~mine.isin(set(known.dropna()))).to_numpy(dtype=bool),
            f"{what} that are not in {other.table.file}",
            f"only {what} of {other.table.file}",
            f"add them to {other.table.file}, or correct the cells",
        )

    def looked_up(self, column: str, other: Read, wanted: str) -> pd.Series:
        """For each row the ``wanted`` column of the row that it refers to, empty if none."""
        key = other.text(other.table.key[0])
        first = ~key.duplicated() & key.notna()
        values = other.frame[wanted][first].set_axis(key[first].to_numpy())
        return values.reindex(self.text(column).to_numpy()).set_axis(self.frame.index)

    def in_order(self, first: str, second: str) -> None:
        """A date does not come before another; one given by month alone has no day."""
        start, end = self.frame[first], self.frame[second]
        month = (start.dt.year == end.dt.year) & (start.dt.month == end.dt.month)
        wrong = (end < start) & ~(month & (end.dt.day == 1))
        self.tell(
            second,
            wrong.to_numpy(dtype=bool),
            f"a date before {first}",
            f"{first} first, then {second}",
            "correct the dates",
        )

    def thousands(self, column: str, least: float, number: int = 5) -> None:
        """Warn of amounts of which half are below what is likely in kronor."""
        values = self.numbers(column)
        positive = values[values > 0]
        if len(positive) >= number and float(np.median(positive)) < least:
            self.warn_all(
                column,
                "amounts that look like thousands of kronor or more: half of those above zero "
                f"are under {least:.0f}",
                "kronor",
                "multiply by 1000 if so",
            )


def same(values: pd.Series) -> bool:
    """Whether a column has some values, and all are alike."""
    seen = values.dropna()
    return len(seen) > 1 and bool(seen.min() == seen.max())
