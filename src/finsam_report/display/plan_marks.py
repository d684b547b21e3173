"""The mark of what the analysis plan does not have, wherever it is shown.

The mark stands in the label, and labels are marked once, before anything is made from them: so no
table, figure or sentence has to know of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from finsam_report.display.catalogue import say
from finsam_report.display.context import Context, Mark
from finsam_report.display.figure import Figure
from finsam_report.display.shown import escaped
from finsam_report.display.survey_names import day_name
from finsam_report.display.table import Table
from finsam_report.study import (
    Item,
    Label,
    Municipality,
    Outcome,
    Register,
    Study,
    Survey,
)
from finsam_report.study_deviations import exploratory
from finsam_report.study_municipality import MunicipalityOutcome

COLUMN = "exploratory"
_Declared = TypeVar("_Declared", Item, Outcome, MunicipalityOutcome)


def marks_of(study: Study, language: str) -> Mark | None:
    """What of a study is exploratory, and how it is marked; None where it names no plan."""
    made = study.declared_plan()
    if study.plan is None or made is None:
        return None
    found = exploratory(study.plan, made)
    return Mark(
        word=say(language, "exploratory-mark"),
        outcomes={part: marked.outcomes for part, marked in found.items()},
        groups={part: marked.groups for part, marked in found.items()},
    )


def _label(label: Label, mark: Mark, language: str) -> Label:
    text = f"{label.text(language)} {mark.word}"
    return Label(en=text, sv=label.sv) if language == "en" else Label(en=label.en, sv=text)


def _each(
    declared: Iterable[_Declared], names: Collection[str], mark: Mark, language: str
) -> tuple[_Declared, ...]:
    return tuple(
        one.model_copy(update={"label": _label(one.label, mark, language)})
        if one.id in names
        else one
        for one in declared
    )


def marked(study: Study, mark: Mark | None, language: str) -> Study:
    """The study with the mark in the labels of its exploratory outcomes.

    Args:
        study: The study as declared.
        mark: What is exploratory; None where there is no plan.
        language: The report's language; only its labels are marked.
    """
    if mark is None or not any(mark.outcomes.values()):
        return study
    changed: dict[str, Survey | Register | Municipality] = {}
    for field, part in (
        ("survey", study.survey),
        ("register_", study.register_),
        ("municipality", study.municipality),
    ):
        names = mark.outcomes[field.rstrip("_")]
        if isinstance(part, Survey):
            items = _each(part.items, names, mark, language)
            changed[field] = part.model_copy(update={"items": items})
        elif isinstance(part, Register):
            followed = _each(part.outcomes, names, mark, language)
            changed[field] = part.model_copy(update={"outcomes": followed})
        elif part is not None:
            shares = _each(part.outcomes, names, mark, language)
            changed[field] = part.model_copy(update={"outcomes": shares})
    return study.model_copy(update=changed)


def note(context: Context, texts: Iterable[str]) -> str:
    """What the mark means, where one of the texts has it; else an empty text."""
    mark, named = context.mark, context.study.study.plan
    if mark is None or named is None or not any(mark.word in text for text in texts):
        return ""
    word = escaped(mark.word) if context.markdown else mark.word
    return context.word("exploratory-note", mark=word, day=day_name(context, named.day))


def noted(context: Context, table: Table) -> Table:
    """A table with a note on the mark, where it has one."""
    heads = [column.head for column in table.columns]
    cells = [cell for row in table.rows for cell in row]
    text = note(context, [*heads, *table.groups, *cells, *table.notes])
    return replace(table, notes=(*table.notes, text)) if text else table


def noted_figure(context: Context, figure: Figure) -> Figure:
    """A figure whose numbers say what is exploratory, with a note where its words have the mark."""
    data = with_column(context, figure.data)
    # A group whose numbers are not shown has its label in the drawing, and is in no words.
    words = [figure.caption, figure.alt]
    if context.mark is not None and {"exploratory", "analysis"} <= set(data):
        groups = data.loc[data["analysis"] == "subgroup", "exploratory"]
        words += [context.mark.word] * bool((groups == "yes").any())
    text = note(context, words)
    end = "" if figure.caption.endswith((".", "?")) else "."
    caption = f"{figure.caption}{end} {text.removesuffix('.')}" if text else figure.caption
    return replace(figure, caption=caption, data=data)


def explained(context: Context, name: str, text: str) -> str:
    """A computed text; key findings, which are read first, say what the mark means."""
    if not name.startswith(("key-findings", "synthesis-answers")):
        return text
    mark = note(context.for_markdown(), [text.replace("\\", "")])
    return f"{text}\n\n{mark}" if mark else text


def _variable(group: str) -> str:
    """The variable of a group of the ledger, such as ``age`` of ``age=<40``."""
    return group.partition("=")[0].replace("calendar-split", "calendar_split")


def _is_marked(mark: Mark, part: str, outcome: str, group: str) -> bool:
    if outcome in mark.outcomes.get(part, ()):
        return True
    groups = mark.groups.get(part, frozenset())
    if part != "municipality":
        return _variable(group) in groups
    who, _, ages = group.partition(" ")
    by_age = bool(ages) and "age" in groups
    return by_age or (who in ("women", "men") and "sex" in groups)


def with_column(context: Context, data: pd.DataFrame) -> pd.DataFrame:
    """The numbers behind a table or figure, with a column that says what is exploratory.

    Args:
        context: The study.
        data: Rows of the ledger, or others; those that name no part and outcome stay as they are.
    """
    mark = context.mark
    if mark is None or not {"part", "outcome"} <= set(data.columns):
        return data
    groups = data["group"] if "group" in data.columns else [""] * len(data)
    found = [
        _is_marked(mark, str(part), str(outcome), str(group))
        for part, outcome, group in zip(data["part"], data["outcome"], groups, strict=True)
    ]
    return data.assign(**{COLUMN: ["yes" if one else "no" for one in found]})
