"""Earlier studies that were read, as a table; its text and numbers stand in a file."""

from __future__ import annotations

import csv
from importlib import resources

import pandas as pd

from finsam_report.display.context import Context
from finsam_report.display.table import Column, Table

_FILE = "earlier_studies.csv"
_COLUMNS = ("study", "design", "taken")


def read() -> list[dict[str, str]]:
    """The studies in the order of the table, with their texts in both languages."""
    text = (resources.files("finsam_report") / _FILE).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def earlier(context: Context) -> Table:
    """What earlier studies did and found, a row per study."""
    found = [[row[f"{name}_{context.language}"] for name in _COLUMNS] for row in read()]
    return Table(
        name="earlier-studies",
        columns=(
            Column(context.word("earlier-head-study"), "left", wide=True),
            Column(context.word("earlier-head-design"), "left", wide=True),
            Column(context.word("earlier-head-taken"), "left"),
        ),
        rows=tuple(tuple(row) for row in found),
        data=pd.DataFrame(found, columns=list(_COLUMNS)),
    )
