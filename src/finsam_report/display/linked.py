"""A table whose cells hold references: Markdown, so that both engines turn them into links."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from finsam_report.display.table import Column


@dataclass(frozen=True)
class LinkedTable:
    """A table in Markdown; cells are Markdown on one line.

    Attributes:
        name: Name of file and label, without ``tbl-``.
        columns: The columns.
        rows: Cells as Markdown.
        data: What is written as CSV.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    data: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.name}: a row has not as many cells as there are columns")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def as_markdown(table: LinkedTable) -> str:
    """The table as a pipe table; the dashes under the heads are its relative widths."""
    widths = []
    for j, column in enumerate(table.columns):
        longest = max([len(column.head), *(len(row[j]) for row in table.rows)])
        widths.append(34 if column.wide else min(longest, 10) + 2)
    lines = [
        "| " + " | ".join(_cell(column.head) for column in table.columns) + " |",
        "|" + "|".join(":" + "-" * width for width in widths) + "|",
        *("| " + " | ".join(map(_cell, row)) + " |" for row in table.rows),
    ]
    return "\n".join(lines) + "\n"
