"""What is told of all parts together: each rule of plausibility, and how problems are listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems, Problem

Change = Callable[[pd.DataFrame], pd.DataFrame]


def found(study: Any) -> tuple[Problem, ...]:
    """Errors, or else warnings."""
    try:
        return read_inputs(study.directory).warnings
    except InputProblems as error:
        return error.problems


def test_the_full_study_has_no_problem(full: Any) -> None:
    assert found(full) == ()


# One slip in one cell: file, row, column, value; the column and words of the problem.
SLIPS = [
    ("people.csv", 5, "randomised", "2019-07-01", "randomised", "a date before referred", "error"),
    ("people.csv", 2, "met_date", "2019-08-01", "met_date", "a date before randomised", "error"),
    ("people.csv", 5, "referred", "1919-08-20", "referred", "dates decades", "warning"),
    ("answers.csv", 4, "answered", "2019-08-31", "answered", "before the person was", "error"),
    ("answers.csv", 4, "wave", "7", "wave", "'7'", "error"),
    ("answers.csv", 4, "person", "Q999", "person", "people who are not in people", "error"),
    ("drawn.csv", 4, "randomised", "2018-10-01", "randomised", "a date before referred", "error"),
    ("drawn.csv", 2, "met_date", "2018-12-01", "met_date", "a date before randomised", "error"),
    ("drawn.csv", 4, "person", "D002", "person", "the same person", "error"),
    ("months.csv", 4, "person", "D999", "person", "people who are not in drawn", "error"),
    ("months.csv", 4, "period", "1201", "period", "another number", "error"),
    ("staff.csv", 4, "person", "Q999", "person", "people who are not in people", "error"),
    ("staff.csv", 4, "wave", "7", "wave", "'7'", "error"),
    ("open.csv", 4, "person", "Q999", "person", "people who are not in people", "error"),
    ("referrals.csv", 4, "site", "öster", "site", "sites that are not in people", "warning"),
    ("referrals.csv", 4, "month", "2019-08-15", "month", "days", "error"),
    ("association_years.csv", 4, "association", "F9", "association", "not in assoc", "error"),
    ("association_years.csv", 4, "year", "2003", "year", "another number", "error"),
    ("association_years.csv", 4, "total", "1", "total", "not the sum", "warning"),
    ("association_years.csv", 4, "municipalities", "9", "municipalities", "add up", "warning"),
    ("efforts.csv", 4, "end", "2006-01-01", "end", "a date before start", "error"),
    ("efforts.csv", 4, "end", "2049-05-01", "end", "dates decades", "warning"),
    ("taking_part.csv", 4, "effort", "E9", "effort", "not in efforts", "error"),
    ("taking_part.csv", 4, "effort", "E2", "effort", "structural", "error"),
    ("taking_part.csv", 6, "end", "2006-01-01", "end", "a date before start", "error"),
    ("indicators.csv", 4, "answer", "6", "answer", "another number", "error"),
    ("indicators.csv", 4, "association", "F2", "association", "more than one", "error"),
    ("municipalities.csv", 4, "joined", "", "joined", "no year of joining", "error"),
    ("municipalities.csv", 4, "left", "2006", "left", "municipalities that leave", "warning"),
    ("municipalities.csv", 4, "left", "2003", "left", "before any of joining", "error"),
    ("municipality_years.csv", 4, "value", "100.1", "value", "another number", "error"),
    ("municipality_years.csv", 4, "value", "-0.1", "value", "another number", "error"),
    ("municipality_years.csv", 2, "value", "99", "value", "do not add up", "warning"),
    ("municipality_years.csv", 2, "population", "9", "population", "do not add up", "warning"),
    ("municipality_years.csv", 4, "municipality", "9999", "municipality", "not in muni", "error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "named", "words", "severity"), SLIPS, ids=str
)
def test_a_slip_in_a_full_study_is_named_by_file_column_and_row(
    full: Any, file: str, row: int, column: str, value: str, named: str, words: str, severity: str
) -> None:
    full.cell(file, row, column, value)
    mine = [p for p in found(full) if (p.file, p.column) == (file, named) and words in p.found]
    assert mine, [p.text() for p in found(full)]
    assert {p.severity for p in mine} == {severity}
    assert any(row in p.rows for p in mine)
    assert mine[0].mend and mine[0].expected


def thousand(*columns: str) -> Change:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{c: pd.to_numeric(frame[c]) / 1000 for c in columns})

    return change


SOURCES = ("state", "region", "municipality_funds", "esf", "other", "total")
WHOLE = [
    # file, change, column, words: what is told of a whole column, always a warning
    ("months.csv", thousand("wage"), "wage", "thousands of kronor"),
    ("association_years.csv", thousand(*SOURCES), "total", "thousands of kronor"),
    ("efforts.csv", thousand("cost"), "cost", "thousands of kronor"),
    ("referrals.csv", lambda f: f.assign(people="1"), "people", "fewer people than were referred"),
    ("answers.csv", lambda f: f.assign(job="3"), "job", "the same value in every row"),
    ("answers.csv", lambda f: f.assign(job=""), "job", "no value in any row"),
    ("months.csv", lambda f: f.assign(work="1"), "work", "the same value in every row"),
    ("staff.csv", lambda f: f.assign(health="2"), "health", "the same value in every row"),
    ("indicators.csv", lambda f: f.assign(answer="2"), "answer", "the same answer to plan"),
    ("municipality_years.csv", lambda f: f.assign(value="5"), "value", "the same value of work"),
]


@pytest.mark.parametrize(("file", "change", "column", "words"), WHOLE)
def test_a_column_that_is_odd_as_a_whole_is_a_warning(
    full: Any, file: str, change: Change, column: str, words: str
) -> None:
    full.edit(file, change)
    mine = [p for p in found(full) if (p.file, p.column) == (file, column) and words in p.found]
    assert [p.severity for p in mine] == ["warning"], [p.text() for p in found(full)]


def test_shares_that_contradict_the_declared_ones_have_their_binomial_p(full: Any) -> None:
    from scipy.stats import binomtest

    full.toml('blocks = ["site"]', 'blocks = ["site"]\nshare_support = 0.25')
    told = [p for p in found(full) if p.column == "arm"]
    people = full.table("people.csv")
    support = (people["arm"] == "support").groupby(people["site"])
    assert len(told) == 2  # a block each
    for problem, (site, inside) in zip(told, support, strict=True):
        p = binomtest(int(inside.sum()), len(inside), 0.25).pvalue
        assert site in problem.found and f"binomial p = {p:.2g}" in problem.expected
        assert problem.severity == "warning"


def test_a_share_of_sixty_in_a_hundred_as_declared_is_no_warning(full: Any) -> None:
    full.toml('blocks = ["site"]', 'blocks = ["site"]\nshare_support = 0.6')
    assert found(full) == ()


def test_answers_without_consent_stop_in_every_row_of_the_person(full: Any) -> None:
    answers = full.table("answers.csv")
    one = answers.loc[3, "person"]
    full.edit("people.csv", lambda f: f.assign(consent=np.where(f["person"] == one, "0", "1")))
    rows = tuple(int(i) + 2 for i in np.flatnonzero(answers["person"] == one))
    assert [(p.file, p.column, p.rows) for p in found(full)] == [("answers.csv", "person", rows)]


def test_a_wave_to_the_wrong_arm_stops(full: Any) -> None:
    full.edit("answers.csv", lambda f: f.assign(wave=f["wave"].replace({"3": "1", "1": "3"})))
    told = [p for p in found(full) if p.column == "wave" and "not sent to" in p.found]
    assert told and told[0].file == "answers.csv" and told[0].severity == "error"


def test_months_beyond_the_declared_follow_up_stop_with_their_rows(full: Any) -> None:
    full.toml("horizons = [2, 3]", "horizons = [2]\nfollow_up = 2")
    (told,) = found(full)
    assert (told.file, told.column, told.rows[:2]) == ("months.csv", "period", (4, 7))


@pytest.mark.parametrize(
    ("other", "column"), [({"joined": "2006"}, "joined"), ({"association": "F1"}, "association")]
)
def test_a_municipality_that_joins_twice_or_changes_stops(
    full: Any, other: dict[str, str], column: str
) -> None:
    full.edit(
        "municipalities.csv",
        lambda f: pd.concat([f, f[f["municipality"] == "0305"].assign(**other)]),
    )
    told = {p.column: p for p in found(full) if p.severity == "error"}
    assert told[column].rows == (4, 7)


def test_municipalities_that_merged_lack_years_and_are_a_warning(full: Any) -> None:
    full.edit(
        "municipality_years.csv",
        lambda f: f[(f["municipality"] != "0115") | (f["year"].astype(int) < 2005)],
    )
    (told,) = found(full)
    assert (told.file, told.rows, told.severity) == ("municipalities.csv", (5,), "warning")
    assert "merged" in told.mend


def test_an_optional_column_with_a_slip_in_its_heading_is_a_warning(full: Any) -> None:
    full.edit("people.csv", lambda f: f.rename(columns={"consent": "Consent "}))
    assert [(p.file, p.column, p.severity) for p in found(full)] == [
        ("people.csv", "consent", "warning")
    ]
    assert "is 'Consent' meant?" in found(full)[0].found


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#SAKNAS!", "Malm\ufffd", "Malm\u00c3\u00b6"])
def test_what_is_left_of_a_text_is_no_text(full: Any, cell: str) -> None:
    full.cell("associations.csv", 3, "label", cell)
    (told,) = found(full)
    assert (told.file, told.column, told.rows) == ("associations.csv", "label", (3,))


# ------------------------------------------------------------------------------- how they are told
def test_twenty_problems_of_different_kinds_are_told_together_by_file_and_row(full: Any) -> None:
    slips: set[tuple[str, str]] = set()
    for file, row, column, value, _, _, severity in SLIPS:
        if severity == "error" and (file, column) not in slips:
            slips.add((file, column))
            full.cell(file, row, column, value)
    problems = found(full)
    errors = [p for p in problems if p.severity == "error"]
    assert len({p.found for p in errors}) >= 15 and len(errors) >= 20
    place = [(p.file, p.rows[0] if p.rows else 0) for p in errors]
    assert place == sorted(place)
    assert len({p.file for p in errors}) >= 10
    text = str(InputProblems(problems))
    assert text.startswith(f"{len(errors)} problems in the input")


@pytest.mark.parametrize(
    ("file", "column"), [("months.csv", "work"), ("municipality_years.csv", "value")]
)
def test_many_bad_rows_are_one_line_with_a_count(full: Any, file: str, column: str) -> None:
    rows = 10_000
    full.edit(
        file,
        lambda f: pd.concat([f] * (rows // len(f) + 1)).head(rows).assign(**{column: "maybe"}),
    )
    (line,) = [p for p in found(full) if (p.file, p.column) == (file, column)]
    assert (line.count, line.rows) == (rows, (2, 3, 4, 5, 6))
    assert f"and {rows - 5} more" in line.text()
