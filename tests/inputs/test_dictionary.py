"""The data dictionary: every column of every table explained, in both languages."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.inputs import contract
from finsam_report.inputs.dictionary import FIELDS, HEADS, dictionary
from finsam_report.inputs.dictionary_text import as_csv, as_markdown, as_text, on_terminal
from finsam_report.places import synthetic_study
from finsam_report.study import Study, read_study_file

LANGUAGES = ("en", "sv")


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study_file(synthetic_study())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["dictionary", *(str(a) for a in arguments)])


def entry(study: Study, table: str, column: str, language: str = "en") -> Any:
    part = next(s for s in dictionary(study, language) if s.name == table)
    return next(e for e in part.entries if e.column == column)


def test_every_column_means_something_in_both_languages(study: Study) -> None:
    for table in contract.tables(study):
        assert table.row is not None and table.row.sv
        for column in table.columns:
            assert column.meaning is not None, column.name
            assert column.meaning.sv and column.meaning.sv != column.meaning.en, column.name
            assert len(column.labels) in (0, len(column.values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dictionary_has_every_column_of_the_contract_in_its_order(
    study: Study, language: str
) -> None:
    sections = dictionary(study, language)
    tables = contract.tables(study)
    assert [s.file for s in sections] == [t.file for t in tables]
    for part, table in zip(sections, tables, strict=True):
        assert [e.column for e in part.entries] == [c.name for c in table.columns]
        assert part.key == table.key


def test_what_the_dictionary_says_of_a_cell_is_what_the_check_expects(study: Study) -> None:
    table = contract.answers(study.survey) if study.survey else None
    assert table is not None
    assert table.column("health").expected() == "a whole number from 1 to 5 (may be empty)"
    assert entry(study, "survey-answers", "health").holds == "a whole number from 1 to 5"


def test_swedish_is_swedish(study: Study) -> None:
    age = entry(study, "survey-participants", "age", "sv")
    assert age.cells() == (
        "age", "ett tal från 16 till 67", "år", "ja", "Ålder, enligt uppgift vid randomiseringen.",
    )  # fmt: skip
    assert entry(study, "survey-participants", "sex", "sv").values == "woman (Kvinnor); man (Män)"
    wage = entry(study, "register-outcomes", "wage_income", "sv")
    assert wage.unit == "kronor"
    assert wage.meaning.startswith("Löneinkomst per månad. I löpande priser.")
    text = as_text(dictionary(study, "sv"), "sv")
    assert not re.search(r"\b(the|and|one of|yes|months|may be)\b", text)


def test_the_dictionary_says_in_which_prices_amounts_are_given(small: Any) -> None:
    def meaning() -> str:
        return str(entry(read_study_file(small.directory), "register-outcomes", "wage").meaning)

    small.toml('currency = "SEK"', 'currency = "SEK"\nprice_year = 2020')
    assert meaning() == "Wage, in 2020 prices."
    small.toml("[register]", '[prices]\ntable = "prices.csv"\n\n[register]')
    assert meaning() == "Wage. In the prices of the period itself."
    small.toml("price_year = 2020", "price_year = 2020\nnominal = false")
    assert meaning() == "Wage, in 2020 prices."


def test_draws_exits_and_prices_are_in_the_dictionary(small: Any) -> None:
    later = '[register.later]\ndraws = "draws.csv"\n\n[register.assignment]'
    small.toml("[register.assignment]", later)
    small.toml("[register]\n", '[prices]\ntable = "cpi.csv"\nperiod = "month"\n\n[register]\n')
    declared = read_study_file(small.directory)
    sections = {s.name: [e.column for e in s.entries] for s in dictionary(declared, "sv")}
    assert sections["prices"] == ["year", "month", "index"]
    assert sections["register-draws"] == ["person", "date", "arm"]
    assert sections["register-participants"][-2:] == ["exit", "exit_period"]
    assert "exit" not in sections["survey-participants"]


def test_an_outcome_made_from_another_column_is_named_where_it_comes_from(study: Study) -> None:
    meaning = entry(study, "register-outcomes", "wage_income").meaning
    assert (
        "Also used for: Wage income over 12 months (the sum of 12 months); "
        "A monthly wage above 10,000 kronor (whether above 10000)." in meaning
    )


def test_a_question_stands_as_it_was_asked(study: Study) -> None:
    meaning = entry(study, "survey-answers", "health", "sv").meaning
    assert "”Hur skulle du beskriva din hälsa?”" in meaning
    assert meaning.endswith("Högre är bättre.")


def test_columns_that_may_be_left_out_say_so(study: Study) -> None:
    assert entry(study, "survey-participants", "consent").may_be_empty == "yes, or left out"
    assert entry(study, "survey-participants", "arm").may_be_empty == "no"
    assert entry(study, "survey-participants", "consent", "sv").may_be_empty == (
        "ja, eller utelämnas"
    )


def test_without_swedish_in_the_study_its_english_stands_in(small: Any) -> None:
    declared = read_study_file(small.directory)
    assert entry(declared, "survey-participants", "age", "sv").meaning == (
        "Age, enligt uppgift vid randomiseringen."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [as_text, as_markdown, as_csv])
def test_every_format_holds_every_column_and_value(form: Any, language: str, study: Study) -> None:
    shown = form(dictionary(study, language), language).replace("\\", "")
    for table in contract.tables(study):
        assert table.file in shown
        for column in table.columns:
            assert column.name in shown
            assert all(value in shown for value in column.values)


def test_csv_has_a_line_per_column(study: Study) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(dictionary(study, "en"), "en"))))
    assert len(rows) == sum(len(t.columns) for t in contract.tables(study))
    assert tuple(rows[0]) == FIELDS
    age = next(r for r in rows if r["column"] == "age")
    assert (age["type"], age["values"], age["unit"]) == ("number", "from 16 to 67", "years")


def test_markdown_is_not_broken_by_what_a_study_says(small: Any) -> None:
    small.toml('label.en = "Age"', 'label.en = "Age | *years* <b> [x](y)"')
    declared = read_study_file(small.directory)
    lines = as_markdown(dictionary(declared, "en"), "en").splitlines()
    (line,) = [x for x in lines if x.startswith("| `age`")]
    assert len(re.findall(r"(?<!\\)\|", line)) == len(HEADS) + 1
    assert r"Age \| \*years\* \<b\> \[x\](y)" in line


def test_a_terminal_shows_names_whole_however_narrow(study: Study) -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=False)
    on_terminal(dictionary(study, "en"), "en", console)
    assert "social_assistance_before" in out.getvalue()
    assert max(map(len, out.getvalue().splitlines())) <= 80


def test_the_command_prints_the_synthetic_study_twice_alike() -> None:
    one, two = run(), run()
    assert one.exit_code == 0
    assert one.stdout == two.stdout
    assert one.stdout.startswith("Survey: participants\n")
    assert "\x1b" not in one.stdout


def test_the_command_knows_languages_and_formats(small: Any) -> None:
    done = run(small.directory, "--lang", "sv", "--format", "md")
    assert done.stdout.startswith("# Variabelförteckning\n\n## Enkät: deltagare\n")
    assert run("--format", "csv").stdout.startswith(",".join(FIELDS) + "\n")
    assert run("--lang", "fi").exit_code == 2


def test_tables_are_not_needed_to_explain_them(small: Any) -> None:
    for path in small.directory.glob("*.csv"):
        path.unlink()
    assert run(small.directory).exit_code == 0


def test_a_study_with_one_part_has_its_tables_only(small: Any) -> None:
    small.without("register")
    names = [s.name for s in dictionary(read_study_file(small.directory), "en")]
    assert names == ["survey-participants", "survey-answers"]


def test_a_directory_without_a_study_ends_with_a_message(tmp_path: Any) -> None:
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "study.toml" in done.stderr
