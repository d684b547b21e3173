"""Templates: empty tables that the check takes as they are, and that explain themselves."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.errors import FinsamError
from finsam_report.inputs import contract
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.template import template
from finsam_report.places import synthetic_study
from finsam_report.problems import InputProblems
from finsam_report.study import Study, read_study_file
from finsam_report.study_file import split_sheet

FORMATS = ("csv", "xlsx")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["template", *(str(a) for a in arguments)])


def contents(directory: Path) -> dict[str, bytes]:
    return {
        p.relative_to(directory).as_posix(): p.read_bytes()
        for p in sorted(directory.rglob("*"))
        if p.is_file()
    }


def made(tmp_path: Path, study: Path, form: Any, language: str = "en") -> Path:
    template(study, tmp_path / "template", form, language)
    return tmp_path / "template"


def without_names(study: Study) -> dict[str, Any]:
    plain = study.model_dump(by_alias=True)
    files = set(study.files())
    for part in ("prices", "organisation", "municipality", "survey", "register"):
        named = plain[part] or {}
        plain[part] = {
            key: value
            for key, value in named.items()
            if not (isinstance(value, str) and split_sheet(value)[0] in files)
        }
    return plain


@pytest.mark.parametrize("form", FORMATS)
def test_only_the_rows_are_missing(tmp_path: Path, form: Any) -> None:
    out = made(tmp_path, synthetic_study(), form)
    with pytest.raises(InputProblems) as caught:
        read_inputs(out)
    files = [table.file for table in contract.tables(read_study_file(out))]
    assert sorted(p.file for p in caught.value.problems) == sorted(files)
    assert {p.found for p in caught.value.problems} == {"no rows"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_study_is_the_same_but_for_the_names_of_its_tables(tmp_path: Path, form: Any) -> None:
    out = made(tmp_path, synthetic_study(), form)
    one, two = read_study_file(synthetic_study()), read_study_file(out)
    assert without_names(one) == without_names(two)
    lines = (out / "study.toml").read_text("utf-8").splitlines()
    assert lines[0].startswith("# The synthetic study")  # comments stay


def test_csv_files_have_the_headings_of_the_contract(tmp_path: Path, small: Any) -> None:
    out = made(tmp_path, small.directory, "csv")
    for table in contract.tables(read_study_file(out)):
        with (out / table.file).open(encoding="utf-8", newline="") as handle:
            assert list(csv.reader(handle)) == [[column.name for column in table.columns]]
    assert (out / "study.toml").read_bytes() == small.path("study.toml").read_bytes()
    assert set(contents(out)) == {
        "study.toml", "people.csv", "answers.csv", "drawn.csv", "months.csv", "README.md"
    }  # fmt: skip


def test_parquet_becomes_csv_in_a_template_of_csv(tmp_path: Path) -> None:
    out = made(tmp_path, synthetic_study(), "csv")
    assert (out / "register_months.csv").is_file()
    assert 'outcome_table = "register_months.csv"' in (out / "study.toml").read_text("utf-8")


def test_a_workbook_has_a_sheet_per_table_and_one_that_explains(tmp_path: Path) -> None:
    out = made(tmp_path, synthetic_study(), "xlsx")
    assert set(contents(out)) == {"study.toml", "tables.xlsx", "analysis_plan.toml"}
    book = openpyxl.load_workbook(out / "tables.xlsx")
    tables = contract.tables(read_study_file(out))
    assert book.sheetnames == ["README", *(t.file.partition("#")[2] for t in tables)]
    explained = {
        (row[0], row[1]): row[5] for row in book["README"].iter_rows(min_row=4, values_only=True)
    }
    for table in tables:
        name = table.file.partition("#")[2]
        sheet = book[name]
        assert sheet.max_row == 1
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [c.name for c in table.columns]
        for column in table.columns:
            assert column.meaning is not None
            assert explained[name, column.name] == column.meaning.en


def test_a_workbook_offers_the_allowed_values_and_keeps_dates_as_text(tmp_path: Path) -> None:
    out = made(tmp_path, synthetic_study(), "xlsx")
    book = openpyxl.load_workbook(out / "tables.xlsx")
    sheet = book["survey_participants"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {
        str(rule.sqref).rstrip("0123456789").partition(":")[0][:-1]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    assert lists[letters["sex"]] == '"woman,man"'
    assert lists[letters["met_team"]] == '"0,1"'
    assert letters["age"] not in lists
    for name in ("referred", "met_date", "person"):
        assert sheet.column_dimensions[letters[name]].number_format == "@"


def test_values_that_a_rule_cannot_hold_stand_on_a_sheet(tmp_path: Path, small: Any) -> None:
    small.toml('value = "woman"', 'value = "woman, or girl"')
    out = made(tmp_path, small.directory, "xlsx")
    book = openpyxl.load_workbook(out / "tables.xlsx")
    (rule,) = [r for r in book["people"].data_validations.dataValidation if r.formula1[:1] != '"']
    assert rule.formula1 == "values!$A$1:$A$2"
    assert [cell.value for cell in book["values"]["A"]] == ["woman, or girl", "man"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_every_time(
    tmp_path: Path, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = contents(made(tmp_path / "one", synthetic_study(), form))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert contents(made(tmp_path / "two", synthetic_study(), form)) == one


def test_a_workbook_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    out = made(tmp_path, synthetic_study(), "xlsx")
    with zipfile.ZipFile(out / "tables.xlsx") as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("form", FORMATS)
def test_explanations_come_in_swedish(tmp_path: Path, form: Any) -> None:
    out = made(tmp_path, synthetic_study(), form, "sv")
    if form == "csv":
        text = (out / "README.md").read_text("utf-8")
    else:
        sheet = openpyxl.load_workbook(out / "tables.xlsx")["README"]
        text = "\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row if v)
    assert "Mall för en studie" in text
    assert "Ålder, enligt uppgift vid randomiseringen." in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_template_of_a_template_is_the_same(tmp_path: Path, form: Any) -> None:
    first = made(tmp_path / "one", synthetic_study(), form)
    assert contents(made(tmp_path / "two", first, form)) == contents(first)


def test_a_workbook_can_become_csv(tmp_path: Path) -> None:
    first = made(tmp_path / "one", synthetic_study(), "xlsx")
    second = contents(made(tmp_path / "two", first, "csv"))
    assert second == contents(made(tmp_path / "three", synthetic_study(), "csv"))


@pytest.mark.parametrize("form", FORMATS)
def test_one_table_of_people_for_both_parts_is_written_once(
    tmp_path: Path, small: Any, form: Any
) -> None:
    small.toml('participants = "drawn.csv"', 'participants = "people.csv"')
    out = made(tmp_path, small.directory, form)
    survey, register = read_study_file(out).survey, read_study_file(out).register_
    assert survey is not None and register is not None
    assert survey.participants == register.participants
    with pytest.raises(InputProblems) as caught:
        read_inputs(out)
    assert {p.found for p in caught.value.problems} == {"no rows"}


@pytest.mark.parametrize("form", FORMATS)
def test_names_that_would_fall_together_are_kept_apart(
    tmp_path: Path, small: Any, form: Any
) -> None:
    small.toml('answers = "answers.csv"', 'answers = "sub/readme.parquet"')
    small.toml('outcome_table = "months.csv"', 'outcome_table = "people.parquet"')
    out = made(tmp_path, small.directory, form)
    files = [table.file for table in contract.tables(read_study_file(out))]
    assert len({name.lower() for name in files}) == 4
    with pytest.raises(InputProblems) as caught:
        read_inputs(out)
    assert {p.found for p in caught.value.problems} == {"no rows"}


def test_a_directory_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a\n1\n")
    with pytest.raises(FinsamError, match="not empty"):
        template(synthetic_study(), tmp_path)
    assert contents(tmp_path) == {"mine.csv": b"a\n1\n"}


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    (tmp_path / "template").mkdir()
    assert "study.toml" in contents(made(tmp_path, synthetic_study(), "csv"))
    assert [p.name for p in tmp_path.iterdir()] == ["template"]


def test_a_study_that_breaks_its_contract_leaves_nothing(tmp_path: Path, small: Any) -> None:
    small.toml("primary_wave = 2", "primary_wave = 9")
    done = run(small.directory, "--out", tmp_path / "template")
    assert done.exit_code == 1
    assert "primary_wave = 9" in done.stderr
    assert not (tmp_path / "template").exists()


def test_the_command_says_where_the_template_is(tmp_path: Path, small: Any) -> None:
    small.path("answers.csv").unlink()  # tables are not needed
    done = run(small.directory, "--out", tmp_path / "t", "--format", "xlsx", "--lang", "sv")
    assert done.exit_code == 0
    assert str(tmp_path / "t") in done.stderr
    assert run("--out", tmp_path / "t", "--format", "ods").exit_code == 2
    assert run().exit_code == 2


@pytest.mark.parametrize("form", FORMATS)
def test_a_template_that_is_filled_in_gives_the_study_back(
    tmp_path: Path, small: Any, form: Any
) -> None:
    out = made(tmp_path, small.directory, form)
    before = contract.tables(read_study_file(small.directory))
    after = contract.tables(read_study_file(out))
    book = openpyxl.load_workbook(out / "tables.xlsx") if form == "xlsx" else None
    for old, new in zip(before, after, strict=True):
        names = [column.name for column in new.columns]
        filled = small.table(old.file).reindex(columns=names, fill_value="")
        if "consent" in names:
            filled["consent"] = "1"
        rows = filled.to_numpy().tolist()
        if book is not None:
            for row in rows:
                book[new.file.partition("#")[2]].append(row)
        else:
            with (out / new.file).open("a", encoding="utf-8", newline="") as handle:
                csv.writer(handle).writerows(rows)
    if book is not None:
        book.save(out / "tables.xlsx")
    one, two = read_inputs(small.directory), read_inputs(out)
    for part in ("survey", "register"):
        first, second = getattr(one, part), getattr(two, part)
        kept = list(first.participants.columns)
        assert first.participants.equals(second.participants[kept])
        assert first.followed.equals(second.followed[list(first.followed.columns)])


@pytest.mark.parametrize("form", FORMATS)
def test_later_draws_and_prices_have_their_tables_in_a_template(
    small: Any, tmp_path: Path, form: Any
) -> None:
    later = '[register.later]\ndraws = "again.csv"\n\n[register.assignment]'
    small.toml("[register.assignment]", later)
    small.toml("[register]\n", '[prices]\ntable = "cpi.csv"\nperiod = "month"\n\n[register]\n')
    out = made(tmp_path, small.directory, form)
    study = read_study_file(out)
    assert study.prices is not None and study.register_ is not None and study.register_.later
    names = (study.prices.table, study.register_.later.draws)
    usual = ("cpi.csv", "again.csv")
    assert names == (usual if form == "csv" else ("tables.xlsx#cpi", "tables.xlsx#again"))
    with pytest.raises(InputProblems) as caught:
        read_inputs(out)
    assert set(names) <= {p.file for p in caught.value.problems if p.found == "no rows"}
