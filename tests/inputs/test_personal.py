"""Identity numbers, names and addresses are found in any table, and never repeated."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.se import personnummer
from typer.testing import CliRunner

from finsam_report.cli import app
from finsam_report.inputs.personal import holds_identity, personal_heading
from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems, Problem

TABLES = ("people.csv", "answers.csv", "drawn.csv", "months.csv")
NUMBER = "8112289874"  # the Tax Agency's example, which is nobody's


def made(birth: str, serial: str = "987") -> str:
    return birth + serial + luhn.calc_check_digit(birth[-6:] + serial)


def problems(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_inputs(study.directory)
    return caught.value.problems


def columns() -> list[tuple[str, str]]:
    found = {
        "people.csv": ["person", "site", "arm", "sex", "age", "met_team", "extra"],
        "answers.csv": ["person", "wave", "job", "health", "extra"],
        "drawn.csv": ["person", "draw", "arm", "foreign_born", "met_team", "met_date", "extra"],
        "months.csv": ["person", "period", "work", "wage", "extra"],
    }
    return [(name, column) for name in found for column in found[name]]


FORMS = ["8112289874", "811228-9874", "19811228-9874", "by phone 198112289874 on Monday"]


@pytest.mark.parametrize(("name", "column"), columns())
def test_an_identity_number_in_any_column_is_found_and_not_repeated(
    small: Any, tmp_path: Any, name: str, column: str
) -> None:
    frame = small.table(name)
    if column not in frame.columns:
        frame[column] = ""
    frame.loc[10:13, column] = FORMS
    small.put(name, frame)
    found = problems(small)
    hits = [p for p in found if "identity numbers" in p.found]
    assert [(p.file, p.column, p.rows) for p in hits] == [(name, column, (12, 13, 14, 15))]
    said = "\n".join(p.text() for p in found)
    if column == "extra":  # what a user sees, and what is left behind
        for rest in (["check"], ["check", "--format", "json"], ["analyse", "--out", "new"]):
            command, *options = [str(tmp_path / r) if r == "new" else r for r in rest]
            done = CliRunner().invoke(app, [command, str(small.directory), *options])
            assert done.exit_code == 1
            said += done.output
        assert not (tmp_path / "new").exists()
    assert not [part for part in ("9874", "811228") if part in said]


@pytest.mark.parametrize("name", TABLES)
def test_it_is_found_in_parquet_as_text_and_number(small: Any, name: str) -> None:
    frame = pd.read_csv(small.path(name))
    other = name.replace(".csv", ".parquet")
    small.toml(f'"{name}"', f'"{other}"')
    for extra in (np.int64(NUMBER), float(NUMBER), 19 * 10**10 + int(NUMBER), NUMBER):
        column = pd.Series([None] * len(frame), dtype=object)
        column[10] = extra
        small.put(other, frame.assign(extra=column))
        hits = [p for p in problems(small) if "identity numbers" in p.found]
        assert [(p.file, p.column, p.rows) for p in hits] == [(other, "extra", (12,))]


def test_a_heading_that_is_an_identity_number_is_not_repeated(small: Any) -> None:
    small.edit("people.csv", lambda f: f.rename(columns={"age": "811228-9874"}))
    said = "\n".join(p.text() for p in problems(small))
    assert "identity number in the heading" in said
    assert "9874" not in said


def test_a_table_without_heading_does_not_repeat_it(small: Any) -> None:
    small.cell("people.csv", 2, "person", "811228-9874")
    path = small.path("people.csv")
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    assert "9874" not in "\n".join(p.text() for p in problems(small))


def test_the_same_numbers_are_found_as_by_another_program() -> None:
    rng = random.Random(4)
    texts = []
    for _ in range(4000):
        birth = f"{rng.randint(1900, 2020)}{rng.randint(1, 13):02d}{rng.randint(0, 92):02d}"
        texts.append(made(birth) if rng.random() < 0.7 else birth + f"{rng.randint(0, 9999):04d}")

    def right(text: str) -> bool:
        """The other program knows no coordination numbers, whose day is 60 more."""
        day = int(text[6:8])
        try:
            personnummer.get_birth_date(f"{text[:6]}{day - 60 if day > 60 else day:02d}{text[8:]}")
            luhn.validate(text[2:])
        except ValidationError:
            return False
        return True

    expected = [right(text) for text in texts]
    assert 500 < sum(expected) < 3500
    assert holds_identity(texts).tolist() == expected


@pytest.mark.parametrize(
    "text",
    [
        made("19811288"), made("811288"), "811288-" + made("811288")[-4:], "811228+9874",
        "811228 9874", "811228\u20139874", made("20000229"), made("000229"), "pnr:8112289874.",
        "8112289874.0", "Q8112289874x", "1; 8112289874; 2",
    ],
)  # fmt: skip
def test_found(text: str) -> None:
    assert holds_identity([text]).all()


@pytest.mark.parametrize(
    "text",
    [
        "", "811228", "8112289875", made("811328"), made("811232"), made("19000229"),
        made("17811228"), "18112289874", "81122898741", "0.8112289874", "556016-0680",
        "212000-0142", "070-123 45 67", "2019-08-01", "20190801", "14000", "811228-98 74",
    ],
)  # fmt: skip
def test_not_found(text: str) -> None:
    assert not holds_identity([text]).any()


@pytest.mark.parametrize(
    "heading",
    [
        "name", "Name", "namn", "Förnamn", "EFTERNAMN", "first_name", "lastName", "full name",
        "name_1", "adress", "Postadress", "home_address", "HomeAddress", "e-post", "E-mail",
        "epost", "email_2", "mail", "telefon", "Telefon nr", "mobil", "mobile-phone", "phoneNumber",
        "personnummer", "Personnr", "pnr", "ssn", "personal_number", "person_nr", "deltagare_namn",
        "personalIdentityNumber",
    ],
)  # fmt: skip
def test_a_heading_that_says_who_is_refused(small: Any, heading: str) -> None:
    assert personal_heading(heading)
    small.edit("months.csv", lambda f: f.assign(**{heading: "x"}))
    (problem,) = problems(small)
    assert (problem.file, problem.column) == ("months.csv", heading)


@pytest.mark.parametrize(
    "heading",
    [
        "file_name", "kommun_namn", "kommunnamn", "association_name", "mobility", "mobile_team",
        "person", "person_id", "arm", "met_team", "renamed", "number", "mailing", "postnr",
        "namngiven", "economy", "telework", "personal_cost", "unit", "addressed",
    ],
)  # fmt: skip
def test_other_headings_are_fine(heading: str) -> None:
    assert not personal_heading(heading)


def test_ordinary_numbers_are_no_identity_numbers(small: Any) -> None:
    rng = np.random.default_rng(2)
    small.edit("months.csv", lambda f: f.assign(
        cost=rng.integers(0, 999_999_999, len(f)),
        date=[f"2019{m:02d}{d:02d}" for m, d in rng.integers(1, 28, (len(f), 2)) % 12 + 1],
        share=rng.random(len(f)),
        code=[f"7{i:010d}" for i in range(len(f))],
    ))  # fmt: skip
    read_inputs(small.directory)
