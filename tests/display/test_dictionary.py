"""The data dictionary in the report: the contract's own words, and the same in its files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from display.ledgers import context, report, sizes, study
from finsam_report.display import dictionary
from finsam_report.display.report import TABLES
from finsam_report.display.table import Column, Table, as_typst
from finsam_report.inputs import contract

PEOPLE = [*sizes("survey"), *sizes("register")]
NAMES = [table.name for table in contract.tables(study())]


@pytest.mark.parametrize("name", NAMES)
def test_every_input_table_is_in_the_appendix(name: str) -> None:
    assert f"dictionary-{name}" in TABLES
    declared = next(t for t in contract.tables(study()) if t.name == name)
    table = dictionary.table(context(PEOPLE), name)
    assert [row[0] for row in table.rows] == [column.name for column in declared.columns]
    assert table.notes[0].startswith(f"File {declared.file}: a row per person")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_holds_what_the_table_shows(name: str, tmp_path: Path) -> None:
    report(PEOPLE, tmp_path).table(f"dictionary-{name}")
    written = pd.read_csv(tmp_path / "out" / "tables" / f"tbl-dictionary-{name}.csv", dtype=str)
    shown = dictionary.table(context(PEOPLE), name)
    assert list(written["column"]) == [row[0] for row in shown.rows]
    assert list(written["meaning"]) == [row[4] for row in shown.rows]


def test_a_column_may_be_empty_or_left_out_and_the_note_says_what_that_is() -> None:
    table = dictionary.table(context(PEOPLE), "survey-answers")
    cells = {row[0]: row[3] for row in table.rows}
    assert (cells["person"], cells["hope"], cells["answered"]) == ("no", "yes", "yes, or left out")
    assert table.notes[-1] == "Left out: the column need not be in the file."
    assert len(dictionary.table(context(PEOPLE), "register-outcomes").notes) == 1


def test_names_of_columns_are_never_broken_in_print() -> None:
    lines = as_typst(dictionary.table(context(PEOPLE), "survey-answers")).splitlines()
    (columns,) = [line for line in lines if line.startswith("  columns:")]
    assert columns.startswith("  columns: (auto, ")


def test_a_long_code_may_go_on_in_the_next_line_and_a_short_one_stays_whole() -> None:
    code = "_".join(["people_with_sickness_benefit"] * 2)
    cells = ((code, "upper_secondary", code),)
    columns = (Column("A", "left"), Column("B", "left"), Column("C", "left", wide=True))
    table = Table("x", columns, cells)
    (line,) = [line for line in as_typst(table).splitlines() if "upper_secondary" in line]
    assert line.count("\u200b") == code.count("_")
    assert line.replace("\u200b", "").count(code) == 2
