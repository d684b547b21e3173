"""Wrong input is told in full: where it is, what was found, what was expected, how to mend it."""
# ruff: noqa: E501 - a case per line

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems, Problem, as_json


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def problems(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_inputs(study.directory)
    return caught.value.problems


def only(study: Any) -> Problem:
    (problem,) = problems(study)
    return problem


def raw(study: Any, name: str, change: Callable[[bytes], bytes]) -> None:
    path = study.path(name)
    path.write_bytes(change(path.read_bytes()))


def as_parquet(study: Any, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Put a table as Parquet, with numbers as numbers, in place of its CSV."""
    frame = pd.read_csv(study.path(name + ".csv"))
    study.put(name + ".parquet", change(frame))
    study.toml(f'"{name}.csv"', f'"{name}.parquet"')


# ------------------------------------------------------------------------------- one wrong cell
CELLS = {
    "text in a numeric column": ("people.csv", 7, "age", "forty", "text", "a number from 16 to 67"),
    "a comma for thousands": ("months.csv", 9, "wage", "14,000", "a comma before just three digits", "a number, 0 or more"),
    "two commas for thousands": ("months.csv", 9, "wage", "1,400,000", "more than one comma", "a number, 0 or more"),
    "an exponent": ("months.csv", 9, "wage", "1e4", "text", "a number, 0 or more"),
    "infinity": ("months.csv", 9, "wage", "inf", "text", "a number, 0 or more"),
    "digits of another script": ("people.csv", 7, "age", "٤٠", "text", "a number from 16 to 67"),
    "an endless number": ("months.csv", 9, "wage", "9" * 400, "text", "a number, 0 or more"),
    "NA written out": ("people.csv", 7, "age", "NA", "text", "a number from 16 to 67"),
    "a number below its range": ("people.csv", 7, "age", "-3", "another number", "from 16 to 67"),
    "a number above its range": ("people.csv", 7, "age", "670", "another number", "from 16 to 67"),
    "a negative wage": ("months.csv", 9, "wage", "-1", "another number", "0 or more"),
    "an answer outside the scale": ("answers.csv", 4, "job", "6", "another number", "from 1 to 5"),
    "an answer between": ("answers.csv", 4, "job", "2.5", "another number", "a whole number"),
    "half a share": ("months.csv", 9, "work", "0.5", "another number", "0 or 1"),
    "a share in per cent": ("months.csv", 9, "work", "100", "another number", "0 or 1"),
    "an unknown level": ("people.csv", 7, "sex", "other", "another value", "one of woman, man"),
    "an unknown arm": ("people.csv", 7, "arm", "placebo", "'placebo'", "one of support, waiting"),
    "an arm in capitals": ("people.csv", 7, "arm", "SUPPORT", "'SUPPORT'", "support, waiting"),
    "an undeclared wave": ("answers.csv", 4, "wave", "4", "'4'", "one of 1, 2, 3"),
    "a period between": ("months.csv", 9, "period", "1.5", "another number", "a whole number"),
    "a calendar month": ("months.csv", 9, "period", "201903", "another number", "to 1200"),
    "take-up in words": ("people.csv", 7, "met_team", "yes", "text", "0 or 1"),
    "take-up left empty": ("people.csv", 7, "met_team", "", "an empty cell", "0 or 1"),
    "an empty person": ("people.csv", 7, "person", "", "an empty cell", "text"),
    "a blank person": ("people.csv", 7, "person", " \t", "an empty cell", "text"),
    "an empty arm": ("people.csv", 7, "arm", "", "an empty cell", "one of support, waiting"),
    "an empty block": ("people.csv", 7, "site", "", "an empty cell", "text"),
    "an empty period": ("months.csv", 9, "period", "", "an empty cell", "a whole number"),
    "a stranger's outcome": ("months.csv", 9, "person", "999", "people who are not in drawn.csv", "randomised"),
    "a stranger's answer": ("answers.csv", 4, "person", "Q999", "people who are not in people.csv", "randomised"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_wrong_cell_is_named_by_file_column_and_row(small: Any, case: str) -> None:
    file, row, column, value, found, expected = CELLS[case]
    small.cell(file, row, column, value)
    mine = [p for p in problems(small) if (p.file, p.column, p.rows) == (file, column, (row,))]
    assert len(mine) == 1, problems(small)
    assert found in mine[0].found
    assert expected in mine[0].expected
    assert mine[0].mend
    text = mine[0].text()
    assert text.startswith(f"{file}, column {column}, row {row}: found ")
    assert "To mend: " in text


@pytest.mark.parametrize(
    "value",
    ["2019-02-30", "30/01/2019", "2019-13", "2019", "soon", "43000", "2019-1-1", "0000-01-01"],
)
def test_an_impossible_date_is_named(small: Any, value: str) -> None:
    small.edit("drawn.csv", lambda f: f.assign(met_date=""))
    first = int(small.table("drawn.csv").query("met_team == '1'").index[0]) + 2
    small.cell("drawn.csv", first, "met_date", value)
    problem = only(small)
    assert (problem.file, problem.column, problem.rows) == ("drawn.csv", "met_date", (first,))
    assert "2019-08-01" in problem.expected


def test_a_date_without_a_meeting_is_named(small: Any) -> None:
    small.edit("drawn.csv", lambda f: f.assign(met_date=""))
    row = int(small.table("drawn.csv").query("met_team == '0'").index[0]) + 2
    small.cell("drawn.csv", row, "met_date", "2019-03")
    assert only(small).rows == (row,)


# --------------------------------------------------------------------------------- wrong rows
def test_a_repeated_person_is_named(small: Any) -> None:
    small.cell("people.csv", 9, "person", "Q000")
    problem = problems(small)[-1]
    assert (problem.file, problem.column, problem.rows) == ("people.csv", "person", (9,))
    assert problem.found == "the same person as in an earlier row"


def test_a_repeated_person_does_not_hide_strangers(small: Any) -> None:
    small.cell("people.csv", 9, "person", "Q000")
    small.cell("answers.csv", 4, "person", "Q999")
    found = {p.file: p.rows for p in problems(small)}
    assert found["people.csv"] == (9,)
    assert 4 in found["answers.csv"]


def test_a_person_twice_in_a_wave_or_period_is_named(small: Any) -> None:
    small.edit("answers.csv", lambda f: pd.concat([f, f.iloc[[0]]]))
    small.edit("months.csv", lambda f: pd.concat([f, f.iloc[[0]]]))
    answers, months = problems(small)
    assert answers.found == "the same person and wave as in an earlier row"
    assert months.found == "the same person and period as in an earlier row"
    assert months.rows == (len(small.table("months.csv")) + 1,)


def test_a_block_with_one_arm_only_is_named_with_its_rows(small: Any) -> None:
    small.edit("drawn.csv", lambda f: f[(f["draw"] == "2019-01") | (f["arm"] == "drawn")])
    small.edit("months.csv", lambda f: f[f["person"].isin(small.table("drawn.csv")["person"])])
    (problem,) = read_inputs(small.directory).warnings
    assert problem.severity == "warning"
    assert (problem.file, problem.column, problem.count) == ("drawn.csv", "draw", 20)
    assert problem.found == "a block with one arm only (2019-02)"
    assert problem.rows[0] == 62


def test_many_blocks_with_one_arm_are_one_problem_that_lists_none(small: Any) -> None:
    small.edit("drawn.csv", lambda f: f.assign(draw=[f"unit-{i:04d}" for i in range(len(f))]))
    problem = only(small)
    assert problem.found == "120 blocks with one arm only"
    assert len(problem.rows) == 5


def test_one_arm_without_blocks_is_named(small: Any) -> None:
    small.toml('blocks = ["draw"]', "blocks = []")
    small.edit("drawn.csv", lambda f: f.assign(arm="drawn"))
    assert only(small).found == "one arm only ('drawn')"


def test_an_answer_from_an_arm_that_was_not_asked_is_named(small: Any) -> None:
    support = small.table("people.csv").query("arm == 'support'")["person"].iloc[0]
    row = len(small.table("answers.csv")) + 2
    extra = pd.DataFrame({"person": [support], "wave": ["3"], "job": ["1"], "health": ["1"]})
    small.edit("answers.csv", lambda f: pd.concat([f, extra]))
    problem = only(small)
    assert (problem.column, problem.rows) == ("wave", (row,))
    assert problem.expected == "answers to wave 3 only from: waiting"


def test_no_answers_to_the_primary_wave_is_said(small: Any) -> None:
    small.edit("answers.csv", lambda f: f[f["wave"] != "2"])
    assert only(small).found == "no answers to wave 2"


def test_no_rows_at_a_horizon_is_said(small: Any) -> None:
    small.edit("months.csv", lambda f: f[f["period"] != "3"])
    assert only(small).found == "no rows with period 3"


def test_a_gap_in_the_periods_of_a_sum_is_said(small: Any) -> None:
    small.toml('unit = "amount"', 'unit = "amount"\nwindow = 2')
    small.edit("months.csv", lambda f: f[f["period"] != "1"])
    problem = only(small)
    assert problem.found == "no rows with period 1"
    assert "sum" in problem.expected


# --------------------------------------------------------------------------------- wrong files
TABLES = ("people.csv", "answers.csv", "drawn.csv", "months.csv")


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(small: Any, name: str) -> None:
    small.path(name).unlink()
    problem = only(small)
    assert (problem.file, problem.found) == (name, "no such file in the study directory")


@pytest.mark.parametrize("name", TABLES)
def test_a_directory_in_place_of_a_table_is_named(small: Any, name: str) -> None:
    small.path(name).unlink()
    small.path(name).mkdir()
    assert (only(small).file, only(small).found) == (name, "a directory")


@pytest.mark.parametrize(
    ("name", "column"),
    [("people.csv", "person"), ("people.csv", "site"), ("people.csv", "arm"),
     ("people.csv", "age"), ("people.csv", "met_team"), ("answers.csv", "wave"),
     ("answers.csv", "job"), ("months.csv", "period"), ("months.csv", "wage")],
)  # fmt: skip
def test_a_missing_column_is_named(small: Any, name: str, column: str) -> None:
    small.edit(name, lambda f: f.drop(columns=column))
    problem = only(small)
    assert (problem.file, problem.column, problem.found) == (name, column, "no such column")


def test_a_misspelt_column_is_guessed(small: Any) -> None:
    small.edit("people.csv", lambda f: f.rename(columns={"met_team": "met_teams"}))
    assert only(small).found == "no such column; is 'met_teams' meant?"


def test_a_table_without_heading_does_not_give_away_its_first_row(small: Any) -> None:
    raw(small, "people.csv", lambda b: b.split(b"\n", 1)[1])
    problem = only(small)
    assert (problem.found, problem.rows) == ("none of the columns", (1,))
    assert "Q0" not in problem.text()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(lambda b: b"", "an empty file", id="0 bytes"),
        pytest.param(lambda b: b"\n\n", "an empty heading", id="blank lines"),
        pytest.param(lambda b: b.split(b"\n", 1)[0] + b"\n", "no rows", id="heading only"),
        pytest.param(lambda b: b.split(b"\n", 1)[0] + b"\n,,,,,\n", "no rows", id="blank row only"),
        pytest.param(lambda b: b.decode().encode("cp850"), "neither UTF-8 nor", id="DOS"),
        pytest.param(lambda b: b.decode().encode("mac-roman"), "neither UTF-8 nor", id="Mac"),
        pytest.param(lambda b: b.decode().encode("utf-16"), "neither UTF-8 nor", id="utf-16"),
        pytest.param(lambda b: b + b"\xe5", "not UTF-8 in a file that is otherwise", id="two encodings"),
        pytest.param(lambda b: b.replace(b",", b"|"), "nor tab separates", id="other separator"),
        pytest.param(lambda b: b.replace(b"sex", b"arm", 1), "the heading arm more than once",
                     id="duplicate heading"),
        pytest.param(lambda b: b + b'Q999,"norr', "not CSV", id="open quotation mark"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told_as_such(
    small: Any, change: Callable[[bytes], bytes], found: str
) -> None:
    raw(small, "people.csv", change)
    problem = only(small)
    assert problem.file == "people.csv"
    assert found in problem.found


@pytest.mark.parametrize("line", [b"Q998,norr,waiting\n", b"Q998,norr,waiting,man,30,0,,7\n"])
def test_uneven_rows_are_named(small: Any, line: bytes) -> None:
    raw(small, "people.csv", lambda b: b + b"\n" + line)
    problem = only(small)
    assert problem.rows == (83,)  # the blank line before it is row 82
    assert problem.expected == "6 cells in each row"


def test_another_kind_of_file_is_refused(small: Any) -> None:
    small.path("people.csv").rename(small.path("people.ods"))
    small.toml('"people.csv"', '"people.ods"')
    assert only(small).found == "a file of type '.ods'"


def test_a_damaged_parquet_file_is_named(small: Any) -> None:
    as_parquet(small, "months", lambda f: f)
    raw(small, "months.parquet", lambda b: b[: len(b) // 2])
    assert "not Parquet, or is damaged" in only(small).found
    raw(small, "months.parquet", lambda b: b"")
    assert "not Parquet, or is damaged" in only(small).found


def test_text_in_a_parquet_column_of_numbers_is_named(small: Any) -> None:
    as_parquet(
        small, "months", lambda f: f.assign(wage=f["wage"].astype(str).where(f.index != 4, "x"))
    )
    problem = only(small)
    assert (problem.column, problem.rows, problem.found) == ("wage", (6,), "text")


def test_infinity_in_parquet_is_named_and_nan_is_empty(small: Any) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame["wage"] = frame["wage"].astype(float)
        frame.loc[4, "wage"], frame.loc[5, "wage"] = np.inf, np.nan
        return frame

    as_parquet(small, "months", change)
    problem = only(small)
    assert (problem.column, problem.rows, problem.found) == ("wage", (6,), "an infinite number")


def test_a_parquet_column_that_stands_twice_is_named(small: Any) -> None:
    as_parquet(small, "months", lambda f: f)
    table = pq.read_table(small.path("months.parquet"))
    pq.write_table(
        pa.Table.from_arrays([*table.columns, table["wage"]], [*table.column_names, "wage"]),
        small.path("months.parquet"),
    )
    assert only(small).found == "the heading wage more than once"


def test_an_empty_parquet_table_is_named(small: Any) -> None:
    as_parquet(small, "months", lambda f: f.iloc[:0])
    assert only(small).found == "no rows"


# ------------------------------------------------------------------------------------ all at once
def test_all_problems_come_at_once_sorted_by_file_and_row(small: Any) -> None:
    small.cell("people.csv", 30, "arm", "placebo")
    small.cell("people.csv", 4, "age", "forty")
    small.cell("answers.csv", 6, "job", "9")
    small.path("drawn.csv").unlink()
    small.cell("months.csv", 9, "work", "0.5")
    found = problems(small)
    assert [(p.file, *p.rows) for p in found] == [
        ("answers.csv", 6), ("drawn.csv",), ("months.csv", 9), ("people.csv", 4), ("people.csv", 30),
    ]  # fmt: skip


def test_many_rows_are_counted_and_the_first_are_named(small: Any) -> None:
    small.edit("months.csv", lambda f: f.assign(wage="a lot"))
    problem = only(small)
    assert (problem.rows, problem.count) == ((2, 3, 4, 5, 6), 360)
    assert "rows 2, 3, 4, 5, 6 and 355 more" in problem.text()


def test_machines_get_the_same_problems_as_people(small: Any) -> None:
    small.cell("people.csv", 4, "age", "forty")
    small.cell("people.csv", 30, "arm", "placebo")
    done = run("check", small.directory, "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == json.loads(as_json(problems(small)))
    assert json.loads(done.stdout)["problems"][0] == {
        "file": "people.csv", "column": "age", "rows": [4], "count": 1, "found": "text",
        "expected": "a number from 16 to 67 (may be empty)",
        "mend": "correct the cells, or leave them empty", "severity": "error",
    }  # fmt: skip


def _nothing(study: Any) -> None:
    for path in list(study.directory.iterdir()):
        path.unlink()
    study.directory.rmdir()


SPOILED: dict[str, Callable[[Any], object]] = {
    "no such directory": _nothing,
    "no study.toml": lambda s: s.path("study.toml").unlink(),
    "broken TOML": lambda s: s.toml("[analysis]", "[analysis"),
    "an unknown key": lambda s: s.toml("draws = 99", "draw = 99"),
    "a table missing": lambda s: s.path("months.csv").unlink(),
    "a column missing": lambda s: s.edit("people.csv", lambda f: f.drop(columns="arm")),
    "text in a numeric column": lambda s: s.cell("people.csv", 7, "age", "forty"),
    "an unknown arm": lambda s: s.cell("people.csv", 7, "arm", "placebo"),
    "a duplicated person": lambda s: s.cell("people.csv", 9, "person", "Q000"),
    "an answer outside the scale": lambda s: s.cell("answers.csv", 4, "job", "6"),
    "an outcome for a stranger": lambda s: s.cell("months.csv", 4, "person", "4321"),
    "a block with one arm": lambda s: s.cell("people.csv", 7, "site", "väster"),
    "an empty table": lambda s: s.path("answers.csv").write_bytes(b""),
    "a damaged table": lambda s: s.path("answers.csv").write_bytes(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("command", ["check", "analyse", "render"])
@pytest.mark.parametrize("case", SPOILED)
def test_every_command_says_what_is_wrong_and_leaves_nothing(
    small: Any, tmp_path: Path, case: str, command: str
) -> None:
    SPOILED[case](small)
    before = sorted(tmp_path.rglob("*"))
    out = [] if command == "check" else ["--out", tmp_path / "made" / "out"]
    done = run(command, small.directory, *out)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)  # and no traceback
    assert "in the input" in done.output
    assert "found " in done.output
    assert "To mend: " in done.output
    assert "Traceback" not in done.output
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", ["analyse", "render"])
def test_an_old_report_survives_a_wrong_input(small: Any, tmp_path: Path, command: str) -> None:
    out = tmp_path / "out"
    assert run("analyse", small.directory, "--out", out).exit_code == 0
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in out.iterdir()}
    small.cell("people.csv", 7, "age", "forty")
    assert run(command, small.directory, "--out", out).exit_code == 1
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in out.iterdir()} == before


def test_no_message_tells_anything_about_a_person(small: Any) -> None:
    """Cells that have slipped sideways, in every table and every row."""
    secrets = set()
    for name in TABLES:
        frame = small.table(name)
        personal = [c for c in frame.columns if c not in {"arm", "wave", "site", "draw", "period"}]
        secrets |= {v for c in personal for v in frame[c] if len(v) > 3}
        slipped = frame.iloc[:, [*range(1, frame.shape[1]), 0]]
        slipped.columns = frame.columns
        small.put(name, slipped)
    text = "\n".join(p.found for p in problems(small))
    assert not [s for s in secrets - {"woman"} if s in text]
