"""Every column of every table, damaged in every way: a problem that names it, or no change at all.

``python -m pytest tests/inputs/test_corruption.py -s`` prints how many of each there were.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs import contract
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems
from finsam_report.release import released_study

Damage = Callable[[pd.DataFrame, str], pd.DataFrame]
ROW = 3


def _cell(value: str) -> Damage:
    def damage(frame: pd.DataFrame, name: str) -> pd.DataFrame:
        frame = frame.copy()
        frame.loc[ROW, name] = value
        return frame

    return damage


def _all(change: Callable[[pd.Series], pd.Series]) -> Damage:
    return lambda frame, name: frame.assign(**{name: change(frame[name].astype("string"))})


def _doubled(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    out = frame.copy()
    out.insert(0, name, frame[name], allow_duplicates=True)
    return out


def _same_as_before(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy()
    frame.loc[ROW, name] = frame.loc[ROW - 1, name]
    return frame


DAMAGES: dict[str, Damage] = {
    "missing": lambda frame, name: frame.drop(columns=name),
    "renamed": lambda frame, name: frame.rename(columns={name: name + "_x"}),
    "in capitals": lambda frame, name: frame.rename(columns={name: name.upper()}),
    "heading twice": _doubled,
    "text in a cell": _cell("forty-two"),
    "an empty cell": _cell(""),
    "a blank cell": _cell("   "),
    "all cells empty": _all(lambda s: s.where(s.isna(), "")),
    "far too large": _cell("987654321012345678"),
    "negative": _cell("-7"),
    "a fraction": _cell("1.5"),
    "a decimal comma": _cell("1,5"),
    "both decimal signs": _cell("1.000,5"),
    "scientific": _cell("1e3"),
    "infinite": _cell("inf"),
    "nan in words": _cell("NaN"),
    "an Excel date number": _cell("43709"),
    "an Excel error": _cell("#N/A"),
    "an impossible date": _cell("2019-02-30"),
    "a shifted date": _cell("1919-08-01"),
    "an American date": _cell("08/31/2019"),
    "blanks around": _all(lambda s: " " + s + "  "),
    "in quotation marks": _cell('"1"'),
    "a doubled key": _same_as_before,
    "a dangling reference": _cell("nobody-knows"),
    "a line break": _cell("1\n2"),
    "letters of another code": _cell("Malm\ufffd"),
}


def tables(study: Any) -> Iterator[tuple[Table, Column]]:
    declared = read_inputs(study.directory).study
    assert declared.survey is not None
    assert declared.register_ is not None
    for table in (
        contract.participants(declared.survey),
        contract.answers(declared.survey),
        contract.participants(declared.register_),
        contract.outcomes(declared.register_),
    ):
        present = pd.read_csv(study.path(table.file), nrows=0).columns
        for column in table.columns:
            if column.name in present:
                yield table, column


def ledger(study: Any) -> pd.DataFrame:
    return released_study(read_inputs(study.directory)).frame


def _named(error: InputProblems, table: Table, column: Column, damage: str) -> bool:
    """Whether a problem names the file and the column, or the file as a whole."""
    for problem in error.problems:
        same = problem.file == table.file
        if same and (problem.column is None or column.name in problem.column.split(" and ")):
            return True
        # A person who is removed or renamed here is missed in the table that refers to them,
        # and a person's arm decides which waves and blocks are possible.
        if column.name in ("person", "arm", "wave", "period", *table.key) or damage == "missing":
            return True
        # An unknown block or a changed one leaves a block with one arm only.
        if same and not column.personal:
            return True
    return False


def test_no_damage_goes_through_unseen(small: Any, capsys: pytest.CaptureFixture[str]) -> None:
    whole = ledger(small)
    kinds: Counter[str] = Counter()
    silent: list[str] = []
    unnamed: list[str] = []
    cases = list(tables(small))
    for table, column in cases:
        path: Path = small.path(table.file)
        content = path.read_bytes()
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        for name, damage in DAMAGES.items():
            damage(frame, column.name).to_csv(path, index=False, lineterminator="\n")
            place = f"{table.file}, {column.name}: {name}"
            try:
                after = ledger(small)
            except InputProblems as error:
                kinds["problem that names file and column"] += 1
                if not _named(error, table, column, name):
                    unnamed.append(f"{place}: {error}")
            else:
                if after.equals(whole):
                    kinds["changes nothing"] += 1
                elif _allowed(frame, damage(frame, column.name), column):
                    kinds["another allowed value"] += 1
                else:
                    silent.append(place)
        path.write_bytes(content)
    total = sum(kinds.values()) + len(silent)
    with capsys.disabled():
        counts = "; ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
        sys.stdout.write(f"\n{total} damages: {counts}\n")
    assert silent == []
    assert unnamed == []
    assert total >= 400


def _allowed(before: pd.DataFrame, after: pd.DataFrame, column: Column) -> bool:
    """Whether the changed cells hold what the contract allows: then they are data, not damage."""
    if list(before.columns) != list(after.columns):
        return column.required is False
    changed = after[column.name][before[column.name] != after[column.name]].str.strip()
    if column.empty and bool((changed == "").all()):
        return True
    if column.kind == "text":
        return bool((changed != "").all())
    if column.kind == "category":
        return bool(changed.isin(column.values).all())
    numbers = pd.to_numeric(changed.str.replace(",", "."), errors="coerce")
    if column.kind == "date":
        return bool(pd.to_datetime(changed, format="%Y-%m-%d", errors="coerce").notna().all())
    inside = numbers.between(
        -np.inf if column.minimum is None else column.minimum,
        np.inf if column.maximum is None else column.maximum,
    )
    if column.kind == "binary":
        inside = numbers.isin([0, 1])
    elif column.kind == "whole":
        inside &= numbers == numbers.round()
    return bool((inside & np.isfinite(numbers)).all())


@pytest.mark.parametrize("rows", [10_000])
def test_many_bad_rows_are_one_line_with_a_count(small: Any, rows: int) -> None:
    frame = pd.DataFrame(
        {"person": [f"X{i}" for i in range(rows)], "period": "1", "work": "maybe", "wage": "1"}
    )
    frame.to_csv(small.path("months.csv"), index=False)
    with pytest.raises(InputProblems) as caught:
        read_inputs(small.directory)
    (line,) = [p for p in caught.value.problems if p.column == "work"]
    assert line.count == rows
    assert line.rows == (2, 3, 4, 5, 6)
    assert f"and {rows - 5} more" in line.text()


def test_twenty_problems_of_different_kinds_are_reported_together(small: Any) -> None:
    people = small.table("people.csv")
    people.loc[0, ["arm", "sex"]] = ["Support", "neither"]
    people.loc[1, "age"] = "old"
    people.loc[2, "age"] = "140"
    people.loc[3, "person"] = people.loc[4, "person"]
    people.loc[5, "site"] = ""
    people.loc[6, "met_team"] = "2"
    people = people.assign(referred="2019-09-09", randomised="2019-09-01", consent="1")
    people.loc[7, "consent"] = ""
    people.loc[8, "referred"] = "09/09/2019"
    people.to_csv(small.path("people.csv"), index=False)
    answers = small.table("answers.csv")
    answers.loc[0, "job"] = "9"
    answers.loc[1, "health"] = "good"
    answers.loc[2, "wave"] = "5"
    answers.loc[3, "person"] = "nobody"
    answers.loc[4, "job"] = "1.5"
    answers.to_csv(small.path("answers.csv"), index=False)
    drawn = small.table("drawn.csv")
    drawn.loc[0, "foreign_born"] = "yes"
    drawn.loc[1, "arm"] = ""
    drawn.loc[2, "draw"] = ""
    drawn.to_csv(small.path("drawn.csv"), index=False)
    months = small.table("months.csv")
    months.loc[0, "period"] = "January"
    months.loc[1, "wage"] = "a lot"
    months.loc[2, "work"] = "0.5"
    months.loc[3, "person"] = ""
    months.loc[4] = months.loc[5]
    months.to_csv(small.path("months.csv"), index=False)
    with pytest.raises(InputProblems) as caught:
        read_inputs(small.directory)
    problems = caught.value.problems
    assert len(problems) >= 20
    errors = [p for p in problems if p.severity == "error"]
    assert [p.file for p in errors] == sorted(p.file for p in errors)
    for file in {p.file for p in errors}:
        first = [p.rows[0] if p.rows else 0 for p in errors if p.file == file]
        assert first == sorted(first)
