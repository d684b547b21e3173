"""The items of CONSORT 2025, and where the report answers each of them.

Whether an item is answered is worked out: a place is named only where the study has it, and what
only those who ran a trial can say is left to them until ``study.statements`` says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from finsam_report.display import flags
from finsam_report.display.context import Context, Part
from finsam_report.display.linked import LinkedTable
from finsam_report.display.table import Column

PARTS: tuple[Part, ...] = ("survey", "register")
FURTHER = ("21d", "28")  # analyses that a study need not have
STATEMENTS, SUMMARY = "sec-consort-statements", "sec-summary"


@dataclass(frozen=True)
class Item:
    """An item of the statement.

    Attributes:
        number: Its number there.
        key: What it asks for, as the catalogue names it.
        places: Sections and figures that answer it; ``PART`` stands for the experiment's name, and
            what follows a colon is the flag on which a place depends.
        statement: The entry of ``study.statements`` that answers it, or completes the answer.
        complete: Whether the places answer it without the statement.
    """

    number: str
    key: str
    places: tuple[str, ...] = ()
    statement: str = ""
    complete: bool = True


ITEMS: tuple[Item, ...] = (
    Item("1a", "title"),
    Item("1b", "abstract", (SUMMARY,)),
    Item("2", "registration", ("sec-deviations:registered",), "registration"),
    Item("3", "protocol", ("sec-deviations:plan",), "protocol", complete=False),
    Item(
        "4",
        "data",
        ("sec-dictionary-PART", "sec-provenance-rebuild"),
        "data_access",
        complete=False,
    ),
    Item("5a", "funding", statement="funding"),
    Item("5b", "interests", statement="interests"),
    Item("6", "background", ("sec-background",)),
    Item("7", "objectives", ("sec-questions",), "harms", complete=False),
    Item("8", "involvement", statement="involvement"),
    Item("9", "design", ("sec-design-PART",)),
    Item("10", "changes", ("sec-deviations:plan",), "changes", complete=False),
    Item("11", "setting", ("sec-design-PART:setting",)),
    Item("12a", "eligibility", ("sec-design-PART:setting",)),
    Item("12b", "providers", statement="providers"),
    Item(
        "13",
        "intervention",
        ("sec-design-PART", "sec-background-teams:finsam"),
        "intervention",
        complete=False,
    ),
    Item(
        "14",
        "outcomes",
        (
            "sec-survey-items:survey_only",
            "sec-register-effects:register_only",
            "sec-deviations:plan",
        ),
    ),
    Item("15", "harm", statement="harms"),
    Item("16a", "size", ("sec-survey-mde:survey_mde",), "sample_size", complete=False),
    Item("16b", "interim", statement="stopping"),
    Item("17a", "sequence", statement="sequence"),
    Item("17b", "restriction", ("sec-design-PART",)),
    Item("18", "concealment", statement="concealment"),
    Item("19", "implementation", statement="concealment"),
    Item("20a", "blinding", statement="blinding"),
    Item("20b", "blinding_how", statement="blinding"),
    Item("21a", "comparison", ("sec-methods-itt", "sec-methods-randomisation")),
    Item("21b", "counted", ("sec-methods-estimands",)),
    Item("21c", "missing", ("sec-methods-missing",)),
    Item(
        "21d",
        "further_methods",
        (
            "sec-methods-subgroups:survey_subgroups",
            "sec-methods-checks:survey_robustness",
            "sec-methods-register-groups:register_groups",
        ),
    ),
    Item("22a", "flow", ("fig-PART-flow",)),
    Item(
        "22b",
        "losses",
        ("sec-survey-response:survey_only", "sec-register-participation:register_only"),
    ),
    Item("23a", "dates", ("sec-survey-entry:survey_recruitment", "sec-design-PART:setting")),
    Item("23b", "end", statement="stopping"),
    Item(
        "24a",
        "delivery",
        ("sec-survey-late:survey_met", "sec-register-take-up:register_met_team"),
        "delivery",
        complete=False,
    ),
    Item("24b", "other_support", statement="other_support"),
    Item("25", "baseline", ("sec-PART-balance:balance",)),
    Item("26", "results", ("sec-PART-effects:effects",)),
    Item("27", "harms", statement="harms"),
    Item(
        "28",
        "further",
        (
            "sec-survey-subgroups:survey_subgroups",
            "sec-survey-robustness:survey_robustness",
            "sec-register-groups:register_groups",
            "sec-register-robustness:register_robustness",
        ),
    ),
    Item("29", "interpretation", ("sec-PART-reach", "sec-synthesis")),
    Item("30", "limits", ("sec-PART-reach", "sec-methods-not")),
)


def _holds(context: Context, part: Part) -> dict[str, bool]:
    """What a place depends on, for one of the experiments."""
    study, frame = context.study, context.look.frame
    found = {
        **study.flags(),
        **flags.survey_people(study, frame),
        **flags.survey_results(frame),
        **flags.register_results(context),
    }
    declared, survey = context.part(part), part == "survey"
    look = context.look
    return {
        "finsam": found["finsam"],
        "plan": study.plan is not None,
        "registered": study.study.plan is not None and study.study.plan.registration is not None,
        "setting": declared is not None and declared.setting is not None,
        "survey_only": survey,
        "register_only": not survey,
        "survey_mde": survey and found["mde"],
        "survey_subgroups": survey and found["subgroups"],
        "survey_robustness": survey and found["robustness"],
        "survey_recruitment": survey and found["recruitment"],
        "survey_met": survey and found["survey_take_up"] and bool(look.rows(part, "late")),
        "register_met_team": not survey and found["take_up"] and bool(look.rows(part, "late")),
        "register_groups": not survey and found["register_groups"],
        "register_robustness": not survey and found["register_robustness"],
        "balance": bool(look.rows(part, "balance")),
        "effects": bool(look.rows(part, "itt")),
    }


def _places(item: Item, part: Part, holds: Mapping[str, bool]) -> list[str]:
    out = []
    for place in item.places:
        name, _, flag = place.replace("PART", part).partition(":")
        if not flag or holds[flag]:
            out.append(name)
    return out


def _titled(context: Context) -> bool:
    """Whether the title page says that people were randomised."""
    about = context.study.study
    titles = [label.text(context.language) for label in (about.title, about.subtitle) if label]
    return context.word("consort-randomised") in " ".join(titles).lower()


@dataclass(frozen=True)
class Answer:
    """The state of an item ("answered", "title", "part", "agency" or "none") and its places."""

    item: Item
    state: str
    places: list[str]


def answers(context: Context, part: Part) -> list[Answer]:
    """What the report has on each item, for one of the experiments.

    Args:
        context: Study and released ledger.
        part: The experiment.
    """
    holds, given = _holds(context, part), context.study.study.statements.given()
    return [_answer(context, item, _places(item, part, holds), given) for item in ITEMS]


def _answer(context: Context, item: Item, places: list[str], given: Mapping[str, object]) -> Answer:
    if item.number == "1a":
        return Answer(item, "title" if _titled(context) else "agency", [])
    if item.statement and item.statement in given:
        return Answer(item, "answered", [*places, STATEMENTS])
    if places:
        return Answer(item, "answered" if item.complete else "part", places)
    # Without a sentence on who took part, or an effect, it is the study that has to say more.
    return Answer(item, "none" if item.number in FURTHER else "agency", [])


def _link(context: Context, place: str) -> str:
    """A reference to a place; the summary has no number to refer to."""
    if place == SUMMARY:
        words = context.word("consort-the-summary")
        return f"[{words}](#{SUMMARY})"
    return f"@{place}"


def consort(context: Context) -> LinkedTable:
    """The checklist: a row per item, a column per experiment."""
    word = context.word
    there = [part for part in PARTS if context.has(part)]
    every = {part: answers(context, part) for part in there}
    rows, data = [], []
    for at, item in enumerate(ITEMS):
        cells = [item.number, word(f"consort-asks-{item.key}")]
        for part in there:
            found = every[part][at]
            links = context.fmt.joined([_link(context, place) for place in found.places])
            cells.append(word(f"consort-state-{found.state}", places=links))
            data.append((item.number, cells[1], part, found.state, " ".join(found.places)))
        rows.append(tuple(cells))
    heads = {"survey": word("head-survey"), "register": word("head-register")}
    return LinkedTable(
        name="consort",
        columns=(
            Column(word("consort-head-item"), "left"),
            Column(word("consort-head-topic"), "left", wide=True),
            *[Column(heads[part], "left", wide=True) for part in there],
        ),
        rows=tuple(rows),
        data=pd.DataFrame(data, columns=["item", "topic", "experiment", "state", "places"]),
    )


def summary(context: Context) -> str:
    """How many items are answered in each experiment, and how many are left to the agency."""
    out = []
    for part in PARTS:
        if not context.has(part):
            continue
        states = [one.state for one in answers(context, part)]
        counts = {
            name: sum(state in kinds for state in states)
            for name, kinds in (
                ("answered", ("answered", "title")),
                ("part", ("part",)),
                ("agency", ("agency",)),
                ("none", ("none",)),
            )
        }
        out.append(
            context.word(
                f"consort-summary-{part}",
                all=context.fmt.number(len(ITEMS)),
                answered=context.fmt.words(counts["answered"]),
                part=counts["part"],
                part_words=context.fmt.words(counts["part"]),
                agency=counts["agency"],
                agency_words=context.fmt.words(counts["agency"]),
                none=counts["none"],
                none_words=context.fmt.words(counts["none"]),
            )
        )
    return " ".join(out)
