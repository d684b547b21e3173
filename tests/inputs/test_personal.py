"""Identity numbers, names and addresses are found in any table, and never repeated."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.se import personnummer
from typer.testing import CliRunner

from finsam_report.cli import app
from finsam_report.inputs import contract
from finsam_report.inputs.contract import Table
from finsam_report.inputs.personal import holds_identity, personal_heading
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.tables import read_table
from finsam_report.problems import InputProblems, Problem, as_json
from finsam_report.study import read_study_file

TABLES = ("people.csv", "answers.csv", "drawn.csv", "months.csv")
NUMBER = "8112289874"  # the Tax Agency's example, which is nobody's


def made(birth: str, serial: str = "987") -> str:
    return birth + serial + luhn.calc_check_digit(birth[-6:] + serial)


def problems(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_inputs(study.directory)
    return caught.value.problems


def every_column(study: Any) -> Iterator[tuple[Table, pd.DataFrame, str]]:
    """Each column of each table, and one that the contract does not have."""
    for table in contract.tables(read_study_file(study.directory)):
        frame = study.table(table.file)
        frame = frame.assign(extra="")
        for name in frame.columns:
            yield table, frame.copy(), name


def identities(study: Any, table: Table) -> tuple[list[Problem], str]:
    """What is said of identity numbers in a table, and all that is said of it."""
    found: list[Problem] = []
    read_table(study.directory, table, found.append)
    said = "\n".join(p.text() for p in found) + as_json(found)
    return [p for p in found if "identity numbers" in p.found], said


# Ten and twelve digits, as people and programs write them; 88 is a coordination number's day.
FORMS = [
    ["8112289874", "811228-9874", "811228+9874", "19811228-9874"],
    ["198112289874", "811228 9874", "1981-12-28-9874", "1981-12-28 9874"],
    ["8112289874.0", "198112289874,00", "8.112289874E+09", "1,98112289874E+11"],
    ["by phone 198112289874 on Monday", "pnr:811228-9874.", "8 112 289 874", "811228 - 9874"],
    [made("811288"), "811288-" + made("811288")[-4:], made("19811288"), "Q8112289874x"],
]


def test_an_identity_number_in_any_column_is_found_and_not_repeated(full: Any) -> None:
    columns = 0
    for table, frame, name in every_column(full):
        columns += 1
        for forms in FORMS:
            frame.loc[0:3, name] = forms
            full.put(table.file, frame)
            hits, said = identities(full, table)
            where = [(p.file, p.column, p.rows) for p in hits]
            assert where == [(table.file, name, (2, 3, 4, 5))], (table.file, name, forms)
            tail = made("811288")[-4:]
            assert not [part for part in ("9874", "811228", "811288", tail) if part in said]
    assert columns >= 100


@pytest.mark.parametrize("number", [8112289874, 198112289874, int(made("811288"))])
def test_it_is_found_in_any_column_that_holds_numbers(full: Any, number: int) -> None:
    for table, frame, name in every_column(full):
        other = replace(table, file=table.file.replace(".csv", ".parquet"))
        for kind in ("Int64", "Float64"):
            cells = pd.Series([pd.NA] * len(frame), dtype=kind)
            cells[2] = number
            full.put(other.file, frame.assign(**{name: cells}))
            hits, said = identities(full, other)
            assert [(p.column, p.rows) for p in hits] == [(name, (4,))], (table.file, name)
            assert str(number) not in said and str(number)[-4:] not in said


def test_it_is_found_in_any_column_of_a_workbook(full: Any) -> None:
    for table in contract.tables(read_study_file(full.directory)):
        frame = full.table(table.file).assign(extra="")
        other = replace(table, file=table.file.replace(".csv", ".xlsx"))
        # A column a row, as text and as number.
        for value in ("811228-9874", 8112289874):
            changed = pd.concat([frame] * 4, ignore_index=True).astype(object)
            for at, name in enumerate(changed.columns):
                changed.loc[at, name] = value
            changed.to_excel(full.path(other.file), index=False)
            hits, said = identities(full, other)
            found = {p.column: p.rows for p in hits}
            assert found == {n: (i + 2,) for i, n in enumerate(changed.columns)}, table.file
            assert "9874" not in said


def shortened() -> list[int]:
    """Identity numbers of people born from 2000 to 2009, as numbers: without their zeros."""
    births = ("050101", "091130", "020228", "000614")
    return [int(made(birth, "123")) for birth in births]


def test_those_that_lost_their_zeros_as_numbers_are_found(full: Any) -> None:
    short = shortened()
    tables = contract.tables(read_study_file(full.directory))
    whole = {table.file: full.table(table.file) for table in tables}
    for table, frame, name in every_column(full):
        frame.loc[0:3, name] = [str(n) for n in short]
        full.put(table.file, frame)
        hits, said = identities(full, table)
        assert [(p.column, p.rows) for p in hits] == [(name, (2, 3, 4, 5))], (table.file, name)
        assert not [n for n in short if str(n) in said]
    for table in contract.tables(read_study_file(full.directory)):
        for name in table.key:  # one alone, where the others look otherwise
            if table.column(name).kind not in ("text", "category"):
                continue
            frame = whole[table.file].copy()
            frame.loc[1, name] = str(short[0])
            full.put(table.file, frame)
            hits, _ = identities(full, table)
            assert [(p.column, p.rows) for p in hits][:1] == [(name, (3,))], (table.file, name)


def test_other_numbers_of_nine_digits_are_none(full: Any) -> None:
    """By chance seven in a thousand are right: amounts and running numbers are left alone."""
    (table,) = [t for t in contract.tables(read_study_file(full.directory))
                if t.file == "months.csv"]  # fmt: skip
    rng = np.random.default_rng(5)
    rows = 5000
    for person in (
        np.arange(100_000_000, 100_000_000 + rows),
        np.arange(7_000_000, 7_000_000 + rows),
    ):
        full.put("months.csv", pd.DataFrame({
            "person": person, "period": 1, "work": 1, "wage": rng.integers(10**6, 10**9, rows),
        }))  # fmt: skip
        assert identities(full, table)[0] == []


def test_a_heading_of_any_table_that_says_who_is_refused_or_hidden(full: Any) -> None:
    said_of_whom = (
        "name", "Namn", "Efternamn", "First name", "address", "Adress", "e-mail", "E-post",
        "phone", "Telefonnummer", "Personnummer",
    )  # fmt: skip
    for table in contract.tables(read_study_file(full.directory)):
        frame = full.table(table.file)
        full.put(table.file, frame.assign(**dict.fromkeys(said_of_whom, "x")))
        found: list[Problem] = []
        read_table(full.directory, table, found.append)
        private = [p for p in found if "a heading that says" in p.found]
        assert {(p.file, p.column) for p in private} == {(table.file, h) for h in said_of_whom}
        full.put(table.file, frame.assign(**{"811228-9874": "x", "Q198112289874": "y"}))
        _, said = identities(full, table)
        assert "identity number in the heading" in said and "9874" not in said


def test_its_digits_appear_in_no_output(full: Any, tmp_path: Path) -> None:
    declared = read_study_file(full.directory)
    for table in contract.tables(declared):
        kept = full.path(table.file).read_bytes()
        frame = full.table(table.file)
        for at, name in enumerate(frame.columns):
            frame.loc[at % len(frame), name] = FORMS[0][at % 4]
        full.put(table.file, frame.assign(**{"811228-9874": "811228-9874"}))
        out = tmp_path / "new"
        said = ""
        for command, *options in (
            ["check"], ["check", "--format", "json"], ["analyse", "--out", str(out)],
        ):  # fmt: skip
            done = CliRunner().invoke(app, [command, str(full.directory), *options])
            assert done.exit_code == 1, done.output
            said += done.output + done.stderr
        if out.exists():
            said += "".join(p.read_text("utf-8") for p in out.rglob("*") if p.is_file())
            shutil.rmtree(out)
        assert not [part for part in ("811228-9874", "8112289874", "9874") if part in said]
        full.path(table.file).write_bytes(kept)


def test_a_sheet_named_after_it_is_not_repeated(small: Any) -> None:
    frame = small.table("people.csv")
    with pd.ExcelWriter(small.path("people.xlsx")) as book:
        frame.to_excel(book, sheet_name="811228-9874", index=False)
        frame.to_excel(book, sheet_name="other", index=False)
    small.toml('"people.csv"', '"people.xlsx"')
    assert "9874" not in "\n".join(p.text() for p in problems(small))


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
