"""The evaluation plan and the progress report: filled in from declarations, else left open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from finsam_report import release
from finsam_report.display import evaluation_results, evaluation_text, progress_report
from finsam_report.display.context import Context
from finsam_report.display.evaluation_forms import goals
from finsam_report.display.form import form_html, form_typst
from finsam_report.display.lookup import Lookup
from finsam_report.display.report import make
from finsam_report.places import synthetic_study
from finsam_report.study import Study, read_study_file


def label(words: str) -> dict[str, str]:
    return {"en": words}


def study(**evaluation: Any) -> Study:
    about = {"id": "t", "title": label("T"), "data_until": label("2022")}
    one = {"effort": label("Next step")} | evaluation
    return Study.model_validate_json(json.dumps({"study": about, "evaluation": one}))


def context(**evaluation: Any) -> Context:
    return Context(study(**evaluation), Lookup(release.nothing()), "en")


def goal(name: str, **entries: Any) -> dict[str, Any]:
    return {
        "id": name, "perspective": "individual", "text": label(f"Goal {name}"),
        "indicator": label("i"),
    } | entries  # fmt: skip


def activity(state: str | None = None) -> dict[str, Any]:
    return {"text": label("Do it")} | ({"state": state} if state else {})


def grade(staff: int, group: int, view: str = "staff", text: str = "S.") -> dict[str, Any]:
    return {"perspective": view, "text": label(text), "staff": staff, "steering_group": group}


@pytest.mark.parametrize("name", evaluation_results.TABLES)
def test_every_form_can_be_left_open_and_filled_in(name: str) -> None:
    make_form = evaluation_results.TABLES[name]
    other = Study.model_validate_json(
        json.dumps(
            {
                "study": {"id": "t", "title": label("T"), "data_until": label("2022")},
                "organisation": {"associations": "a.csv"},
            }
        )
    )
    empty = make_form(Context(other, Lookup(release.nothing()), "en"))
    full = make_form(
        Context(read_study_file(synthetic_study(), plan=False), Lookup(release.nothing()), "en")
    )
    for form in (empty, full):
        assert form.rows
        assert form_html(form).count("<tr>") >= len(form.rows)
        assert "table.header(" in form_typst(form)
    blank = sum(cell == "" for row in empty.rows for cell in row)
    assert blank > 0
    assert blank >= sum(cell == "" for row in full.rows for cell in row) or name.endswith("reports")


def test_text_of_a_form_is_no_markup() -> None:
    odd = 'A <b>"5 & 6"</b> \\ #x'
    one = context(goals=[goal("a", text=label(odd))])
    assert "&lt;b&gt;" in form_html(goals(one)) and "<b>" not in form_html(goals(one))
    assert '\\"5 & 6\\"' in form_typst(goals(one)) and "\\\\ #x" in form_typst(goals(one))


def test_a_form_shows_every_grade_a_study_declares(tmp_path: Path) -> None:
    declared = study(assessments=[grade(2, 4, text="Time is there."), grade(3, 3)])
    report = make(declared, release.nothing(), "en", tmp_path, tmp_path)
    assert "Time is there." in report.table("progress-assessment").markdown
    figure = report.figure("progress-grades").markdown
    assert "Time is there. Staff 2, steering group 4" in figure
    assert (tmp_path / "figures" / "fig-progress-grades.csv").read_text("utf-8").splitlines()[
        1
    ] == ("staff,Time is there.,2,4")
    empty = make(study(), release.nothing(), "en", tmp_path, tmp_path)
    assert empty.figure("progress-grades").markdown == ""
    assert evaluation_results.flags(study()) == {"evaluation_graded": False}
    assert evaluation_results.flags(declared) == {"evaluation_graded": True}


WHEN = {"decided": "2021-05-20", "start": "2021-09-01"}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({}, "Nothing is declared"),
        ({"plan_date": "2021-06-15", **WHEN}, "after the decision of 20 May 2021"),
        ({"plan_date": "2021-09-02", **WHEN}, "It should have been ready before that"),
        ({"plan_date": "2021-06-15"}, "The plan was drawn up on 15 June 2021."),
        ({"goals": [goal("a", target=3, activities=[activity()])]},
         "It has one goal, with an indicator and a target."),
        ({"goals": [goal("a")]}, "it still lacks an indicator or a target. No activity leads"),
        ({"goals": [goal("a"), goal("b", target=2, activities=[activity()])]},
         "one of them still lacks an indicator or a target. No activity leads to one of them yet."),
        ({"goals": [goal("a"), goal("b")]}, "two of them still lack"),
        ({"revisions": [{"date": "2022-01-01", "text": label("x")}]}, "revised once, on 1 January"),
    ],
)  # fmt: skip
def test_the_plan_says_whether_it_came_in_time_and_what_it_lacks(
    entries: dict[str, Any], said: str
) -> None:
    assert said in evaluation_text.status(context(**entries))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({}, "Nothing is declared of goals"),
        ({"goals": [goal("a", target=3, measured=3)]}, "There is one goal: it is reached."),
        ({"goals": [goal("a", target=3, measured=2)]}, "it is not reached yet."),
        ({"goals": [goal("a", target=3)]}, "it has not been measured"),
        ({"goals": [goal("a", target=3, measured=3), goal("b", target=3, measured=2), goal("c")]},
         "Of three goals, one is reached and one is not reached yet; one has not been measured"),
        ({"goals": [goal("a", target=3, measured=3), goal("b", target=3, measured=3)]},
         "two are reached and none is not reached yet."),
        ({"goals": [goal("a", activities=[activity("done"), activity("stopped"), activity()])]},
         "There are three activities: one done, one stopped and one without a state."),
        ({"assessments": [grade(3, 3)]}, "Staff and steering group gave the same grade"),
        ({"assessments": [grade(2, 4, text="A.")]}, "differ most on “A.”: 2 against 4."),
        ({"assessments": [grade(2, 4, text="A."), grade(5, 3)]}, "(on more than one statement"),
        ({"assessments": [grade(2, 4), grade(5, 3)]}, "staff gave 3.5 on average and the steering"),
    ],
)  # fmt: skip
def test_the_progress_report_says_where_the_effort_stands(
    entries: dict[str, Any], said: str
) -> None:
    assert said in progress_report.summary(context(**entries))


def test_no_word_of_the_catalogue_is_left_unused() -> None:
    folder = Path(evaluation_results.__file__).parent
    words = (folder / "locale" / "en" / "evaluation.ftl").read_text("utf-8")
    source = "".join(
        path.read_text("utf-8")
        for name in ("evaluation*", "progress*")
        for path in folder.glob(f"{name}.py")
    )
    loose = re.findall(r'f"((?:evaluation|progress)-[a-z-]*)\{', source)
    for key in re.findall(r"^([a-z][\w-]+) =", words, re.MULTILINE):
        used = f'"{key}"' in source or any(key.startswith(start) for start in loose)
        assert used, key
