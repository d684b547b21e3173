"""What subgroups promise to be called, whatever they are made from."""

from __future__ import annotations

import json

import pytest

from display.ledgers import context, label, sizes, study
from finsam_report.display import group_labels
from finsam_report.display.context import Context
from finsam_report.parts import groups
from finsam_report.study import Study

SUBGROUPS = [
    {"id": "sex"},
    {"id": "age", "cuts": [30, 45.5]},
    {"id": "abroad"},
    {"id": "started", "source": "randomised", "label": label("Randomised"),
     "dates": ["2020-03-01", "2020-09-01"]},
    {"id": "site", "label": label("Site"),
     "levels": [{"value": "n", "label": label("North")}]},
]  # fmt: skip
COVARIATES = [
    {"id": "sex", "label": label("Sex"), "kind": "category",
     "levels": [{"value": "w", "label": label("Women_*")}, {"value": "m", "label": label("Men")}]},
    {"id": "age", "label": label("Age"), "kind": "number", "unit": label("years")},
    {"id": "abroad", "label": label("Born abroad"), "kind": "binary"},
]  # fmt: skip


@pytest.fixture
def declared() -> Context:
    plain = study().model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["survey"] |= {"subgroups": SUBGROUPS, "covariates": COVARIATES}
    plain["survey"]["assignment"] = {"blocks": ["site"]}
    plain["register"] = plain.pop("register_", plain.get("register"))
    return context(sizes("survey"), Study.model_validate_json(json.dumps(plain, default=str)))


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("sex=w", "Women_*"),
        ("age=<30", "Under 30 years"),
        ("age=30-<45.5", "30 to under 45.5 years"),
        ("age=>=45.5", "45.5 years or more"),
        ("abroad=1", "Yes"),
        ("abroad=0", "No"),
        ("started=<2020-03-01", "Before 1 March 2020"),
        ("started=2020-03-01-<2020-09-01", "1 March 2020 to 31 August 2020"),
        ("started=>=2020-09-01", "From 1 September 2020"),
        ("site=n", "North"),
        ("site=elsewhere", "elsewhere"),
        ("what=ever", "ever"),
    ],
)
def test_a_level_is_called_by_its_words(group: str, words: str, declared: Context) -> None:
    assert group_labels.level(declared, "survey", *group_labels.split(group)) == words


def test_yes_and_no_name_their_question_in_a_sentence(declared: Context) -> None:
    assert group_labels.full(declared, "survey", "abroad=1") == "Born abroad: yes"
    assert group_labels.full(declared, "survey", "age=<30") == "Age: Under 30 years"


def test_a_label_cannot_be_markup_in_a_sentence(declared: Context) -> None:
    assert group_labels.full(declared.for_markdown(), "survey", "sex=w") == "Sex: Women\\_\\*"


def test_levels_stand_in_the_order_of_the_declaration(declared: Context) -> None:
    found = [">=45.5", "<30", "30-<45.5"]
    assert group_labels.levels(declared, "survey", "age", found) == ["<30", "30-<45.5", ">=45.5"]
    assert group_labels.levels(declared, "survey", "abroad", ["0", "1"]) == ["1", "0"]
    assert group_labels.levels(declared, "survey", "site", ["z", "n", "z"]) == ["n", "z"]


@pytest.mark.parametrize("marks", [["30"], ["30", "45.5"], ["2020-03-01", "2020-09-01"]])
def test_levels_are_those_that_the_ledger_writes(marks: list[str]) -> None:
    assert group_labels.between(marks) == groups.between(marks)
