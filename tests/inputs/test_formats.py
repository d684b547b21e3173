"""The same table in any format is the same; what is in doubt is refused with the question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from finsam_report.cli import app
from finsam_report.inputs import contract
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.problems import InputProblems, Problem
from finsam_report.study import read_study_file

TABLES = ("people", "answers", "drawn", "months")


def problems(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_inputs(study.directory)
    return caught.value.problems


def only(study: Any) -> Problem:
    (problem,) = problems(study)
    return problem


def results(study: Any, out: Path) -> bytes:
    done = CliRunner().invoke(app, ["analyse", str(study.directory), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return (out / "results.csv").read_bytes()


def typed(study: Any, name: str) -> pd.DataFrame:
    frame = pd.read_csv(study.path(f"{name}.csv"))
    if "met_date" in frame.columns:
        frame["met_date"] = pd.to_datetime(frame["met_date"])
    return frame


def cells(frame: pd.DataFrame) -> list[list[Any]]:
    """Heading and rows as Excel holds them, dates as dates."""
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return [list(frame.columns), *rows]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.fixture
def rich(small: Any) -> Any:
    """The small study with decimals and dates."""
    months = small.table("months.csv")
    wage = months["wage"].astype(int) + np.resize([0.5, 0.25, 0.0], len(months))
    small.put("months.csv", months.assign(wage=wage))
    drawn = small.table("drawn.csv")
    date = np.resize(["2019-03-01", "2019-11-30"], len(drawn))
    small.put("drawn.csv", drawn.assign(met_date=np.where(drawn["met_team"] == "1", date, "")))
    return small


def separated(sign: str, *, decimal: str = ".", encoding: str = "utf-8") -> Callable[[Any], None]:
    def change(study: Any) -> None:
        for name in TABLES:
            frame = pd.read_csv(study.path(f"{name}.csv"))
            frame.to_csv(
                study.path(f"{name}.csv"), sep=sign, decimal=decimal, encoding=encoding, index=False
            )

    return change


def dates_without_signs(study: Any) -> None:
    study.edit("drawn.csv", lambda f: f.assign(met_date=f["met_date"].str.replace("-", "")))


def spaces_for_thousands(study: Any) -> None:
    def spaced(wage: str) -> str:
        return f"{float(wage):,}".replace(",", "\u00a0").replace(".", ",")

    study.edit("months.csv", lambda f: f.assign(wage=f["wage"].map(spaced)))


def parquet(study: Any) -> None:
    for name in TABLES:
        study.put(f"{name}.parquet", typed(study, name))
        study.toml(f'"{name}.csv"', f'"{name}.parquet"')
        study.path(f"{name}.csv").unlink()


def a_workbook_each(study: Any) -> None:
    for name in TABLES:
        workbook(study.path(f"{name}.xlsx"), {"Blad1": cells(typed(study, name))})
        study.toml(f'"{name}.csv"', f'"{name}.xlsx"')
        study.path(f"{name}.csv").unlink()


def a_workbook_each_with_a_note(study: Any) -> None:
    for name in TABLES:
        sheets = {"README": [["What this is"]], name: cells(typed(study, name))}
        workbook(study.path(f"{name}.xlsx"), sheets)
        study.toml(f'"{name}.csv"', f'"{name}.xlsx"')


def one_workbook(study: Any) -> None:
    sheets = {name: cells(typed(study, name)) for name in TABLES}
    workbook(study.path("all.xlsx"), {"Läs mig": [["What this is"]], **sheets})
    for name in TABLES:
        study.toml(f'"{name}.csv"', f'"all.xlsx#{name}"')
        study.path(f"{name}.csv").unlink()


def a_workbook_of_text(study: Any) -> None:
    """As an export may write it: each cell text, with the decimals of Sweden."""
    for name in TABLES:
        frame = study.table(f"{name}.csv")
        if name == "months":
            frame["wage"] = frame["wage"].str.replace(".", ",")
        workbook(study.path(f"{name}.xlsx"), {"Blad1": cells(frame)})
        study.toml(f'"{name}.csv"', f'"{name}.xlsx"')


FORMATS: dict[str, Callable[[Any], None]] = {
    "semicolon": separated(";"),
    "semicolon, decimal comma": separated(";", decimal=","),
    "semicolon, decimal comma, Windows-1252": separated(";", decimal=",", encoding="cp1252"),
    "semicolon, decimal comma, byte order mark": separated(";", decimal=",", encoding="utf-8-sig"),
    "comma, decimal comma in quotation marks": separated(",", decimal=","),
    "comma, Windows-1252": separated(",", encoding="cp1252"),
    "tab": separated("\t"),
    "tab, decimal comma, byte order mark": separated("\t", decimal=",", encoding="utf-8-sig"),
    "dates without signs": dates_without_signs,
    "spaces for thousands": spaces_for_thousands,
    "Parquet": parquet,
    "a workbook each": a_workbook_each,
    "a workbook each, with a note": a_workbook_each_with_a_note,
    "one workbook": one_workbook,
    "a workbook of text": a_workbook_of_text,
}


def same(one: Inputs, other: Inputs) -> None:
    for a, b in ((one.survey, other.survey), (one.register, other.register)):
        assert a is not None
        assert b is not None
        pd.testing.assert_frame_equal(a.participants, b.participants)
        pd.testing.assert_frame_equal(a.followed, b.followed)


@pytest.mark.parametrize("case", FORMATS)
def test_the_same_tables_are_the_same_in(rich: Any, case: str) -> None:
    before = read_inputs(rich.directory)
    FORMATS[case](rich)
    same(before, read_inputs(rich.directory))


@pytest.mark.parametrize(
    "case",
    ["semicolon, decimal comma, Windows-1252", "Parquet", "a workbook each", "one workbook"],
)
def test_results_are_equal_in(rich: Any, tmp_path: Path, case: str) -> None:
    before = results(rich, tmp_path / "before")
    FORMATS[case](rich)
    assert results(rich, tmp_path / "after") == before


# ------------------------------------------------------------------------------- all parts at once
def every_table(study: Any) -> list[str]:
    declared = read_study_file(study.directory)
    return [table.file.removesuffix(".csv") for table in contract.tables(declared)]


def typed_full(study: Any, name: str) -> pd.DataFrame:
    """A table with numbers as numbers and dates as dates, but codes as text."""
    table = next(t for t in contract.tables(read_study_file(study.directory))
                 if t.file.removesuffix(".csv") == name)  # fmt: skip
    frame = study.table(f"{name}.csv")
    for column in table.columns:
        if column.name not in frame.columns:
            continue
        cells = frame[column.name]
        if column.kind == "date":
            frame[column.name] = pd.to_datetime(cells.where(cells != ""), format="ISO8601")
        elif column.kind in ("number", "whole", "binary"):
            frame[column.name] = pd.to_numeric(cells.where(cells != ""))
    return frame


def full_separated(sign: str, decimal: str = ".", encoding: str = "utf-8") -> Callable[[Any], None]:
    def change(study: Any) -> None:
        tables = {name: typed_full(study, name) for name in every_table(study)}
        for name, frame in tables.items():
            frame.to_csv(study.path(f"{name}.csv"), sep=sign, decimal=decimal, encoding=encoding,
                         index=False)  # fmt: skip

    return change


def full_parquet(study: Any) -> None:
    tables = {name: typed_full(study, name) for name in every_table(study)}
    for name, frame in tables.items():
        study.put(f"{name}.parquet", frame)
        study.toml(f'"{name}.csv"', f'"{name}.parquet"')
        study.path(f"{name}.csv").unlink()


def full_workbook(study: Any) -> None:
    tables = {name: cells(typed_full(study, name)) for name in every_table(study)}
    workbook(study.path("all.xlsx"), tables)
    for name in tables:
        study.toml(f'"{name}.csv"', f'"all.xlsx#{name}"')
        study.path(f"{name}.csv").unlink()


def full_workbooks(study: Any) -> None:
    tables = {name: cells(typed_full(study, name)) for name in every_table(study)}
    for name, rows in tables.items():
        workbook(study.path(f"{name}.xlsx"), {"Blad1": rows})
        study.toml(f'"{name}.csv"', f'"{name}.xlsx"')
        study.path(f"{name}.csv").unlink()


FULL: dict[str, Callable[[Any], None]] = {
    "comma": full_separated(","),
    "semicolon, decimal comma": full_separated(";", ","),
    "tab": full_separated("\t"),
    "byte order mark": full_separated(",", encoding="utf-8-sig"),
    "Windows-1252": full_separated(";", ",", "cp1252"),
    "one workbook": full_workbook,
    "a workbook each": full_workbooks,
    "Parquet": full_parquet,
}


@pytest.mark.parametrize("case", FULL)
def test_a_full_study_is_the_same_in(full: Any, tmp_path: Path, case: str) -> None:
    before = read_inputs(full.directory)
    ledger = results(full, tmp_path / "before")
    FULL[case](full)
    after = read_inputs(full.directory)
    same(before, after)
    assert before.other.keys() == after.other.keys()
    assert len(before.other) >= 10
    for name, frame in before.other.items():
        pd.testing.assert_frame_equal(frame, after.other[name], obj=name)
    assert results(full, tmp_path / "after") == ledger
    assert before.warnings == after.warnings == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2019-08-01", "2019-08-01"), ("20190801", "2019-08-01"), ("2019-08", "2019-08-01")],
)
def test_swedish_dates_are_read_in_any_table(full: Any, written: str, meant: str) -> None:
    full.cell("referrals.csv", 2, "month", written)
    full.cell("taking_part.csv", 2, "end", written)
    other = read_inputs(full.directory).other
    assert other["survey-referrals"]["month"][0] == pd.Timestamp(meant)
    assert other["organisation-participants"]["end"][0] == pd.Timestamp(meant)


@pytest.mark.parametrize(
    ("file", "column", "cell", "question"),
    [
        ("efforts.csv", "cost", "1,234", "does it mark thousands or decimals?"),
        ("association_years.csv", "state", "2000000,5", "which of the two marks the decimals?"),
        ("taking_part.csv", "end", "01/02/2019", "which stands first, day or month?"),
        ("efforts.csv", "start", "1.2.2005", "which stands first, day or month?"),
    ],
)
def test_what_is_in_doubt_in_any_table_is_a_question(
    full: Any, file: str, column: str, cell: str, question: str
) -> None:
    if column == "cost":
        full.edit(file, lambda f: f.assign(cost="7"))
    if column == "state":
        full.edit(file, lambda f: f.assign(state="2000000.25"))
    full.cell(file, 3, column, cell)
    told = [p for p in problems(full) if p.severity == "error"]
    assert [(p.file, p.column, p.rows) for p in told] == [(file, column, (3,))]
    assert question in told[0].mend


def test_a_workbook_of_many_sheets_is_one_file(rich: Any) -> None:
    one_workbook(rich)
    assert read_inputs(rich.directory).study.files() == ("study.toml", "all.xlsx")


def test_a_workbook_may_not_be_named_with_and_without_a_sheet(rich: Any) -> None:
    one_workbook(rich)
    rich.toml('"all.xlsx#people"', '"all.xlsx"')
    assert "with a sheet and without" in only(rich).found


# ------------------------------------------------------------------------------- what is in doubt
@pytest.mark.parametrize(
    ("wages", "found"),
    [
        (["1,5", "2.5", "3.5"], "a comma in a column that also has numbers with a point"),
        (["1.5", "2,5", "3,5"], "a point in a column that also has numbers with a comma"),
        (["1,234", "7", "8"], "a comma before just three digits"),
        (["1.234", "7", "8"], "a point before just three digits"),
        (["1,234", "1.5", "2.5"], "a comma in a column that also has numbers with a point"),
        (["1.234,50", "7", "8"], "more than one comma or point"),
        (["1,234,567", "7", "8"], "more than one comma or point"),
    ],
)
def test_numbers_in_doubt_are_a_question(small: Any, wages: list[str], found: str) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame["wage"] = ["0"] * (len(frame) - 3) + wages
        return frame

    small.edit("months.csv", change)
    problem = only(small)
    assert (problem.file, problem.column, problem.rows) == ("months.csv", "wage", (359,))
    assert found in problem.found
    assert "?" in problem.mend


@pytest.mark.parametrize(
    ("wages", "meant"),
    [
        (["1,234", "2,5"], [1.234, 2.5]),
        (["1.234", "2.5"], [1.234, 2.5]),
        (["0,125", "0,250"], [0.125, 0.25]),
        (["1 234", "12 345 678"], [1234, 12345678]),
        (["1 234,5", "1\u202f234"], [1234.5, 1234]),
        ([",5", "7,"], [0.5, 7]),
    ],
)
def test_numbers_that_others_make_clear_are_read(
    small: Any, wages: list[str], meant: list[float]
) -> None:
    small.edit("months.csv", lambda f: f.assign(wage=["0"] * (len(f) - 2) + wages))
    register = read_inputs(small.directory).register
    assert register is not None
    assert register.followed["wage"].tolist()[-2:] == meant


@pytest.mark.parametrize("date", ["30/01/2019", "01/02/2019", "1.2.2019", "3-4-19"])
def test_a_day_that_may_be_a_month_is_a_question(rich: Any, date: str) -> None:
    row = int(rich.table("drawn.csv").query("met_team == '1'").index[0]) + 2
    rich.cell("drawn.csv", row, "met_date", date)
    problem = only(rich)
    assert (problem.column, problem.rows) == ("met_date", (row,))
    assert "day or month?" in problem.mend


def test_dates_as_numbers_of_days_are_refused_with_a_hint(rich: Any) -> None:
    frame = typed(rich, "drawn")
    days = (frame["met_date"] - pd.Timestamp("1899-12-30")).dt.days
    workbook(rich.path("drawn.xlsx"), {"drawn": cells(frame.assign(met_date=days))})
    rich.toml('"drawn.csv"', '"drawn.xlsx"')
    problem = only(rich)
    assert (problem.column, problem.count) == ("met_date", int(days.notna().sum()))
    assert "Excel counts them" in problem.found
    assert "format of a date" in problem.mend


def test_one_date_that_excel_has_as_a_number_is_named(rich: Any) -> None:
    rows = cells(typed(rich, "drawn"))
    at = rows[0].index("met_date")
    row = next(i for i, r in enumerate(rows) if i > 9 and r[at] is not None)
    rows[row][at] = 43678
    workbook(rich.path("drawn.xlsx"), {"drawn": rows})
    rich.toml('"drawn.csv"', '"drawn.xlsx"')
    assert (only(rich).column, only(rich).rows) == ("met_date", (row + 1,))


# ------------------------------------------------------------------------------------- workbooks
def sheet(study: Any, change: Callable[[list[list[Any]]], None]) -> None:
    rows = cells(typed(study, "people"))
    change(rows)
    workbook(study.path("people.xlsx"), {"people": rows})
    study.toml('"people.csv"', '"people.xlsx"')


def test_rows_of_a_sheet_are_counted_as_excel_does(small: Any) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows.insert(5, [None] * 6)
        rows[20][4] = "old"

    sheet(small, change)
    assert (only(small).file, only(small).rows) == ("people.xlsx", (21,))


def test_what_excel_took_for_a_date_is_named(small: Any) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows[7][4] = dt.datetime(2023, 5, 1)

    sheet(small, change)
    assert (only(small).column, only(small).rows) == ("age", (8,))


@pytest.mark.parametrize("formula", ["=1/0", "=A2"])
def test_a_formula_without_a_value_is_no_empty_cell(small: Any, formula: str) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows[7][4] = formula

    sheet(small, change)
    assert only(small).rows == (8,)
    assert "a formula without a value" in only(small).found


def test_an_error_of_excel_is_no_empty_cell(small: Any) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows[7][4] = "#N/A"

    sheet(small, change)
    assert only(small).rows == (8,)


def test_which_of_several_sheets_is_a_question(small: Any) -> None:
    rows = cells(typed(small, "people"))
    workbook(small.path("people.xlsx"), {"2019": rows, "2020": rows})
    small.toml('"people.csv"', '"people.xlsx"')
    assert only(small).found == "several sheets (2019, 2020)"
    assert "which sheet" in only(small).mend
    small.toml('"people.xlsx"', '"people.xlsx#2020"')
    read_inputs(small.directory)


def test_a_sheet_that_is_not_there_is_named(small: Any) -> None:
    sheet(small, lambda rows: None)
    small.toml('"people.xlsx"', '"people.xlsx#folk"')
    assert only(small).found == "no sheet 'folk'"


def test_a_file_that_is_no_workbook_is_named(small: Any) -> None:
    small.path("people.csv").rename(small.path("people.xlsx"))
    small.toml('"people.csv"', '"people.xlsx"')
    assert "not an Excel workbook" in only(small).found


def test_an_empty_sheet_is_named(small: Any) -> None:
    workbook(small.path("people.xlsx"), {"people": []})
    small.toml('"people.csv"', '"people.xlsx"')
    assert only(small).found == "an empty heading"
