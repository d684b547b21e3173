"""The evaluation of an effort as declared: what is refused, and what follows from the days."""
# ruff: noqa: E501 - a case per line

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from finsam_report.study import Evaluation
from finsam_report.study_evaluation import Goal


def text(words: str) -> dict[str, str]:
    return {"en": words}


def goal(**entries: Any) -> dict[str, Any]:
    return {"id": "g", "perspective": "individual", "text": text("Work")} | entries


def made(**entries: Any) -> Evaluation:
    return Evaluation.model_validate_json(json.dumps({"effort": text("Next step")} | entries))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"start": "2022-05-01", "end": "2022-04-30"}, "start is after end"),
        ({"decided": "2022-05-02", "plan_date": "2022-05-01"}, "decided is after plan_date"),
        ({"decided": "2022-05-02", "start": "2022-05-01"}, "decided is after start"),
        ({"goals": [goal(), goal()]}, "goal 'g' is declared twice"),
        ({"goals": [goal(target=3)]}, "needs an indicator"),
        ({"goals": [goal(measured=3)]}, "needs an indicator"),
        ({"goals": [goal(indicator=text("i"), measured_on="2022-01-01")]}, "measured is not"),
        ({"goals": [goal(indicator=text("i"), start=5, target=3)]}, "other way"),
        ({"goals": [goal(indicator=text("i"), start=3, target=5, direction="down")]}, "other way"),
        ({"goals": [goal(perspective="board")]}, "perspective"),
        ({"assessments": [{"perspective": "staff", "text": text("x"), "staff": 6}]}, "staff"),
        ({"assessments": [{"perspective": "staff", "text": text("x"), "staff": 0}]}, "staff"),
        ({"revisions": [{"date": "2022-02-01", "text": text("b")}, {"date": "2022-01-01", "text": text("a")}]}, "order of their dates"),
        ({"plan_date": "2022-03-01", "revisions": [{"date": "2022-02-01", "text": text("b")}]}, "before plan_date"),
        ({"evaluator": "friend"}, "evaluator"),
        ({"participants": 0}, "participants"),
    ],
    ids=str,
)  # fmt: skip
def test_what_does_not_fit_is_refused(entries: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        made(**entries)


@pytest.mark.parametrize(
    ("entries", "reached"),
    [
        ({"target": 30, "measured": 30}, True),
        ({"target": 30, "measured": 29.9}, False),
        ({"target": 2, "measured": 2, "direction": "down"}, True),
        ({"target": 2, "measured": 3, "direction": "down"}, False),
        ({"target": 2}, None),
        ({"measured": 2}, None),
    ],
)
def test_a_goal_is_reached_at_its_target_or_beyond(
    entries: dict[str, Any], reached: bool | None
) -> None:
    one = Goal.model_validate_json(json.dumps(goal(indicator=text("i"), **entries)))
    assert one.reached is reached


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("2021-09-01", "2023-08-31", ["2021-12-31", "2022-06-30", "2022-12-31", "2023-06-30", "2023-12-31"]),
        ("2021-01-01", "2021-06-30", ["2021-06-30"]),
        ("2021-06-30", "2021-07-01", ["2021-06-30", "2021-12-31"]),
        ("2021-07-01", "2021-12-31", ["2021-12-31"]),
    ],
)  # fmt: skip
def test_a_progress_report_is_due_for_each_half_year(start: str, end: str, due: list[str]) -> None:
    assert made(start=start, end=end).half_years() == tuple(map(date.fromisoformat, due))
    assert made(start=start).half_years() == made(end=end).half_years() == ()


def test_a_plan_drawn_up_after_the_start_is_late() -> None:
    assert made(start="2022-01-01", plan_date="2022-01-02").late
    assert not made(start="2022-01-01", plan_date="2022-01-01").late
    assert not made(start="2022-01-01").late
