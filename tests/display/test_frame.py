"""The report's frame: title page, theory, the two experiments, earlier studies, the checklist."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from conftest import SmallStudy
from display import ledgers
from finsam_report import release
from finsam_report.display import (
    frame_consort,
    frame_earlier,
    frame_results,
    frame_studies,
    frame_theory,
    frame_words,
)
from finsam_report.display.context import Context
from finsam_report.display.linked import LinkedTable, as_markdown
from finsam_report.display.lookup import Lookup
from finsam_report.display.report import Report, make
from finsam_report.display.table import Column
from finsam_report.engine import pipeline
from finsam_report.engine.builtin.pieces import Cell
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.job import RenderJob
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import ledger

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "report"
CALL = re.compile(r'report\.(table|figure|text)\(\s*"([^"]+)"\s*\)')
REFERENCE = re.compile(r"@((?:sec|fig|tbl|eq)-[\w-]*\w)")
COLOPHON = """
[study.colophon]
publisher.en = "The *Agency*"
number = "2026:1"
isbn = "978-0-00-000000-0"
issn = "0000-0000"
registration = "2026/17"
place = "Göteborg"
year = 2026
address = "Box 1"
contact = "a_b@agency.example"
licence.en = "Free to use"
"""


def opened(study: Any) -> Report:
    inputs = read_inputs(study.directory)
    released = release.released_study(inputs)
    return make(inputs.study, released, "en", study.directory, study.directory / "out")


def context_of(study: Any) -> Context:
    return opened(study).context


@pytest.fixture(scope="module")
def plain(_small: Path) -> Context:
    """The small study as it comes."""
    return opened(SmallStudy(_small)).context


def declare(study: Any, text: str) -> None:
    """More entries of [study], and of tables beneath it."""
    study.toml("synthetic = true\n", f"synthetic = true\n{text}")


# ------------------------------------------------------------------ title page


def test_what_is_not_given_is_not_shown(plain):
    context = plain
    assert frame_words.colophon(context) == "Title\n: A small study"
    assert not frame_results.flags(context)["colophon"]
    assert not frame_results.flags(context)["foreword"]
    assert frame_words.foreword(context) == ""


def test_every_fact_of_publication_that_is_given_is_shown(small):
    declare(small, COLOPHON)
    context = context_of(small)
    assert frame_results.flags(context)["colophon"]
    shown = frame_words.colophon(context)
    for text in (
        r"The \*Agency\*", "2026:1", "978-0-00-000000-0", "0000-0000", "2026/17",
        "Göteborg, 2026", "Box 1", r"a\_b\@agency.example", "Free to use",
    ):  # fmt: skip
        assert f"\n: {text}" in shown


def test_the_cover_names_publisher_number_place_and_year(small):
    from finsam_report.engine.titles import titles

    assert "publisher" not in titles(read_inputs(small.directory).study, "en")
    declare(small, COLOPHON)
    study = read_inputs(small.directory).study
    found = titles(study, "en")
    assert found["publisher"] == "The *Agency*"
    assert found["number"] == "2026:1 · Göteborg, 2026"


def test_a_foreword_has_its_paragraphs_and_no_markup(small):
    declare(small, 'foreword.en = """One *two*\nthree.\n\n\n# Four."""\n')
    context = context_of(small)
    assert frame_results.flags(context)["foreword"]
    assert frame_words.foreword(context) == "One \\*two\\* three.\n\n\\# Four."


# ------------------------------------------------------------------ published figures


def published(row: dict[str, Any]) -> str:
    rows = ledger.rows(part="organisation", analysis="published", group="all", **row)
    return frame_words.published(ledgers.context([rows]), "published-share_state-2016")


BASE = {"outcome": "share_state", "horizon": 2016.0, "estimator": "isf2023"}


@pytest.mark.parametrize(
    ("estimate", "unit", "estimator", "words"),
    [
        (339e6, "SEK", "isf2023", "SEK 339 million"),
        (700e6, "SEK", "isf2023|over", "more than SEK 700 million"),
        (33000.0, "SEK", "isf2023|about|derived", "about SEK\u00a033,000"),
        (50.0, "percent", "isf2023", "50\u00a0per cent"),
        (32715.0, "people", "finsam2019", "32,715"),
        (3.5, "years", "af2019", "3.5"),
        (math.nan, "people", "fk2012", "a number that was not published"),
    ],
)
def test_a_published_figure_says_what_its_source_says(estimate, unit, estimator, words):
    row = {**BASE, "estimate": estimate, "unit": unit, "estimator": estimator}
    assert published(row) == words


def test_another_year_is_not_the_year_asked_for():
    row = {**BASE, "horizon": 2018.0, "estimate": 1.0, "unit": "people"}
    assert published(row) == "a number that was not published"


def test_every_published_figure_of_the_background_is_in_the_package():
    with (ROOT / "src" / "finsam_report" / "published.csv").open(encoding="utf-8") as file:
        known = {(row["series"], row["year"]) for row in csv.DictReader(file) if row["value"]}
    text = "".join(path.read_text("utf-8") for path in (DOCUMENTS / "en").glob("_*.qmd"))
    asked = set(re.findall(r'say\("published-(\w+)-(\d{4})"\)', text))
    assert asked
    assert asked <= known


# ------------------------------------------------------------------ theory and earlier studies


def test_the_theory_names_only_the_parts_that_the_study_has(small):
    both = {step.name: step.looks for step in frame_theory.steps(context_of(small))}
    assert list(both) == [
        "Referral", "Team", "Joint plan", "Coordinated support", "Steps on the way", "Self-support",
    ]  # fmt: skip
    assert len(both["Steps on the way"]) == 2
    assert both["Joint plan"] == both["Coordinated support"] == ()
    small.without("register")
    one = {step.name: step.looks for step in frame_theory.steps(context_of(small))}
    assert [text for texts in one.values() for text in texts if "Register" in text] == []
    assert one["Self-support"] == ()


def test_the_theory_says_in_words_what_it_draws(plain):
    context = plain
    figure = frame_theory.theory(context)
    for step in frame_theory.steps(context):
        for text in (step.name, step.text, step.holds, *step.looks):
            assert text in figure.alt
    assert "Nowhere: this step is not measured" in figure.alt
    assert len(figure.data) == len(frame_theory.STEPS)


def test_no_line_of_the_theory_leaves_its_column(plain):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    from finsam_report.display import theme

    figure = frame_theory.theory(plain)
    canvas = Canvas(figsize=(theme.WIDTH, figure.height * theme.MILLIMETRE))
    renderer = FigureCanvasAgg(canvas).get_renderer()
    figure.draw(canvas)
    ax = canvas.axes[0]
    ends = {
        frame_theory.ASIDE[0]: frame_theory.MIDDLE[0],
        frame_theory.MIDDLE[0]: sum(frame_theory.MIDDLE),
        frame_theory.MIDDLE[0] + 3: sum(frame_theory.MIDDLE),
        frame_theory.LOOKS[0]: 160.0,
    }
    for text in ax.texts:
        if not text.get_text():
            continue
        box = text.get_window_extent(renderer).transformed(ax.transData.inverted())
        assert box.x1 <= ends[round(text.get_position()[0], 1)], text.get_text()


def test_another_programme_has_neither_theory_nor_earlier_studies(small):
    declare(small, 'programme = "other"\nbackground.en = "Something else."\n')
    report = opened(small)
    assert report.figure("theory").markdown == ""
    assert report.table("earlier-studies").markdown == ""


def test_every_earlier_study_is_told_in_both_languages_and_cited():
    rows = frame_earlier.read()
    assert len(rows) >= 8
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(value.strip() for row in rows for value in row.values())
    text = (DOCUMENTS / "en" / "_earlier.qmd").read_text("utf-8")
    text += (DOCUMENTS / "en" / "_background.qmd").read_text("utf-8")
    for row in rows:
        assert f"@{row['key'].partition('_')[0]}" in text


# ------------------------------------------------------------------ the two experiments


def test_rows_that_say_the_same_stand_under_alike_and_all_others_under_unlike(plain):
    table = frame_studies.studies(plain)
    for group, (_, one, two) in zip(table.groups, table.rows, strict=True):
        assert group == ("Alike" if one == two else "Unlike")
    assert list(table.groups) == sorted(table.groups)
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["People randomised"] == ("80", "120")
    assert cells["Share in the support arm"] == ("60\u00a0per cent", "33\u00a0per cent")
    assert cells["Chance decided within"][0] == "Each of 2 blocks"


def test_an_experiment_without_take_up_says_that_nobody_recorded_it(small):
    small.toml("take_up = true", "take_up = false")
    table = frame_studies.studies(context_of(small))
    assert {row[0]: row[1] for row in table.rows}["Who took up the offer"] == "Not recorded"


SHARED = '[[register.covariates]]\nid = "sex"\nlabel.en = "Sex"\nkind = "category"\nlevels = [{ value = "woman", label.en = "Women" }, { value = "man", label.en = "Men" }]\n'  # noqa: E501


def test_participants_stand_beside_the_population_where_it_is_declared(small):
    assert not frame_results.flags(context_of(small))["studies_people"]  # nothing shared
    small.toml("[[register.covariates]]\n", f"{SHARED}\n[[register.covariates]]\n")
    small.edit("drawn.csv", lambda f: f.assign(sex=["woman", "man"] * (len(f) // 2)))
    table = frame_studies.people(context_of(small))
    assert [column.head for column in table.columns][-1] == "Register experiment"
    small.toml('id = "sex"\nlabel.en', 'id = "sex"\npopulation = 49.5\nlabel.en')
    context = context_of(small)
    assert frame_results.flags(context)["studies_people"]
    table = frame_studies.people(context)
    (row,) = table.rows
    assert row[0] == "Women"
    assert row[2:] == ("50.0\u00a0per cent", "49.5\u00a0per cent")
    assert table.notes == ("Figures for the whole population are declared by the study.",)


# ------------------------------------------------------------------ checklist


def test_the_checklist_has_every_item_once():
    numbers = [item.number for item in frame_consort.ITEMS]
    assert len(set(numbers)) == len(numbers)
    assert [int(n) for n in dict.fromkeys(re.match(r"\d+", n)[0] for n in numbers)] == list(  # type: ignore[index]
        range(1, 31)
    )


def states(context: Context, part: Any) -> dict[str, str]:
    return {one.item.number: one.state for one in frame_consort.answers(context, part)}


def test_what_only_the_agency_can_say_is_left_to_it_until_it_says_it(small):
    before = states(context_of(small), "survey")
    assert before["2"] == before["5a"] == before["18"] == before["27"] == "agency"
    assert before["4"] == before["16a"] == "part"
    assert before["1a"] == "agency"  # the title does not say it
    declare(
        small,
        'subtitle.en = "A randomised experiment"\n[study.statements]\nfunding.en = "The state."\n'
        'concealment.en = "Sealed."\nsample_size.en = "By power."\ndata_access.en = "Ask us."\n',
    )
    report = opened(small)
    after = states(report.context, "survey")
    assert after["1a"] == "title"
    assert {number for number in before if before[number] != after[number]} == {
        "1a", "4", "5a", "16a", "18", "19",
    }  # fmt: skip
    assert all(after[n] == "answered" for n in ("4", "5a", "16a", "18", "19"))
    assert "Funding\n: The state." in report.text("statements").markdown


def test_the_checklist_has_a_column_per_experiment(small):
    assert len(frame_consort.consort(context_of(small)).columns) == 4
    small.without("survey")
    context = context_of(small)
    table = frame_consort.consort(context)
    assert [column.head for column in table.columns][2:] == ["Register experiment"]
    assert "survey" not in frame_consort.summary(context)
    assert set(table.data["state"]) <= {"answered", "part", "agency", "none", "title"}


def test_the_summary_counts_what_the_table_shows(plain):
    context = plain
    found = pd.Series(states(context, "register")).value_counts()
    said = frame_consort.summary(context).rpartition("In the register")[2]
    words = context.fmt.words
    assert f"{words(int(found['answered']))} of {len(frame_consort.ITEMS)} points" in said
    assert f"{words(int(found['agency']))} are left to the agency" in said
    assert f"{words(int(found['part']))} in part" in said


def only_survey(study: Any) -> None:
    study.without("register")


def only_register(study: Any) -> None:
    study.without("survey")


def bare(study: Any) -> None:
    """Nothing but what a study must have."""
    for _ in range(2):
        study.toml("take_up = true", "take_up = false")
    study.toml('blocks = ["site"]', "blocks = []")
    study.toml("baseline_wave = 1\n", "")


def told(study: Any) -> None:
    declare(study, 'foreword.en = "A foreword."\n' + COLOPHON)
    for _ in range(2):
        study.toml('treatment.en = "a team"\n', 'treatment.en = "a  team"\nsetting.en = "Some."\n')


def another(study: Any) -> None:
    declare(study, 'programme = "other"\nbackground.en = "Something else."\n')


@pytest.mark.parametrize("change", [None, only_survey, only_register, bare, told, another])
def test_every_reference_of_the_report_has_a_place_to_go(small, change):
    """Sections that a study lacks are named neither by the text nor by the checklist."""
    if change is not None:
        change(small)
    inputs = read_inputs(small.directory)
    released = release.released_study(inputs)
    report = make(inputs.study, released, "en", small.directory, small.directory / "out")
    flags = pipeline.flags(inputs.study, released, small.directory)
    document = read_document(RenderJob(DOCUMENTS, "en", ("html",), Path(), flags))
    text, labels = [], set()
    for piece in document.pieces:
        if not isinstance(piece, Cell):
            text += [line.text for line in piece.lines]
            continue
        for kind, name in CALL.findall(piece.source):
            if kind == "text":
                text.append(report.text(name).markdown)
                continue
            labels.add(f"{'fig' if kind == 'figure' else 'tbl'}-{name}")
            if name == "consort":  # the only table with references in its cells
                text.append(report.table(name).markdown)
    whole = "\n".join(text)
    numbered = re.findall(r"^#+ .*\{#(sec-[\w-]+)\}", whole, re.MULTILINE)
    labels |= {*numbered, *re.findall(r"\{#((?:eq|tbl)-[\w-]+)", whole)}
    assert set(REFERENCE.findall(whole)) - labels == set()
    headed = re.findall(r"\{#([\w-]+)", whole)
    assert set(re.findall(r"\]\(#([\w-]+)\)", whole)) <= set(headed)


# ------------------------------------------------------------------ linked tables


def test_a_linked_table_is_one_row_to_a_line_whatever_its_cells_hold():
    table = LinkedTable(
        "x", (Column("A", "left"), Column("B", "left", wide=True)), (("a|b", "c\n d"),)
    )
    assert as_markdown(table).splitlines()[2] == r"| a\|b | c d |"
    with pytest.raises(ValueError, match="as many cells"):
        LinkedTable("x", (Column("A"),), (("1", "2"),))


def test_the_list_of_files_names_what_was_written(plain, tmp_path):
    context = plain
    assert frame_words.files(context, tmp_path / "tables") == "This report shows none."
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "tbl-b.csv").touch()
    (tmp_path / "tables" / "tbl-a.csv").touch()
    (tmp_path / "tables" / "other.txt").touch()
    assert frame_words.files(context, tmp_path / "tables") == (
        "- `tables/tbl-a.csv`\n- `tables/tbl-b.csv`"
    )


def test_the_frame_of_a_study_without_experiments_is_empty_where_it_has_to_be(small):
    context = Context(context_of(small).study, Lookup(release.nothing()), "en")
    assert not frame_results.absent(context, "consort")
    assert frame_studies.shared(context) == []
