"""A table as it stands in its file: headings, row numbers, and a column when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.problems import Problem

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_ROW = 2  # the heading is row 1, as in a spreadsheet

Report = Callable[[Problem], None]


def file_problem(file: str, found: str, expected: str, mend: str) -> Problem:
    """A problem with a whole file."""
    return Problem(file=file, found=found, expected=expected, mend=mend)


@dataclass(frozen=True)
class Raw:
    """The cells of a file.

    Attributes:
        headings: What can be told apart; a heading that stands twice is "column 3".
        rows: Where each row stands in the file, from 0; blank rows are left out.
        column: The cells of a heading; read from the file now, where it is large.
    """

    headings: tuple[str, ...]
    rows: pd.Index
    column: Callable[[str], pa.ChunkedArray]


def once(names: Sequence[str]) -> tuple[str, ...]:
    """Headings that can be told apart; those that stand twice or are empty get a number."""
    return tuple(
        name if name and names.count(name) == 1 else f"column {number}"
        for number, name in enumerate(names, 1)
    )


def heading_problem(names: Sequence[str], table: Table) -> Problem | None:
    """What is wrong with the headings; columns that the contract does not have are ignored."""
    file = table.file
    if not any(names):
        return file_problem(
            file, "an empty heading", "a heading in row 1, then the rows", "fill in the table"
        )
    if len(names) == 1 and any(sign in names[0] for sign in ",;\t|"):
        return file_problem(
            file,
            "columns that neither comma, semicolon nor tab separates",
            "columns separated by comma, semicolon or tab",
            "save the file as CSV again",
        )
    twice = [column.name for column in table.columns if names.count(column.name) > 1]
    if twice:
        return file_problem(
            file,
            f"the heading {', '.join(twice)} more than once",
            "each heading once",
            "rename or remove one of the columns",
        )
    return None
