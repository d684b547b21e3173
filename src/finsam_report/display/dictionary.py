"""Tables that say what the columns of the inputs hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from finsam_report.display.context import Context
from finsam_report.display.table import Column, Table
from finsam_report.inputs.dictionary import FIELDS, dictionary, records
from finsam_report.study import Study

SHORT = 12
# Every table of the contract, in the order of the appendix.
NAMES = (
    "survey-participants",
    "survey-answers",
    "survey-staff-answers",
    "survey-open-answers",
    "survey-referrals",
    "register-participants",
    "register-outcomes",
    "register-draws",
    "prices",
    "organisation-associations",
    "organisation-years",
    "organisation-efforts",
    "organisation-participants",
    "organisation-indicators",
    "municipalities",
    "municipality-years",
)


def present(study: Study) -> dict[str, bool]:
    """Which of the tables a study has, by name."""
    there = {section.name for section in dictionary(study, "en")}
    return {name: name in there for name in NAMES}


def table(context: Context, name: str) -> Table:
    """The columns of one input table, from the contract that it was checked against.

    Args:
        context: Study and language.
        name: Name of the input table, such as "survey-answers".
    """
    language, word = context.language, context.word
    part = next(s for s in dictionary(context.study, language) if s.name == name)
    key = context.fmt.joined(list(part.key))
    notes = [word("note-dictionary", file=part.file, row=part.row, columns=key)]
    if not all(entry.required for entry in part.entries):
        notes.append(word("note-dictionary-left-out"))
    # A unit may be a phrase of the study; then it wraps, and the other columns keep their room.
    short = all(len(entry.unit) <= SHORT for entry in part.entries)
    return Table(
        name=f"dictionary-{name}",
        columns=(
            Column(word("head-column"), "left", whole=True),
            Column(word("head-type-values"), "left", wide=True),
            Column(word("head-unit"), "left", whole=short),
            Column(word("head-may-be-empty"), "left"),
            Column(word("head-meaning"), "left", wide=True),
        ),
        rows=tuple(entry.cells() for entry in part.entries),
        notes=tuple(notes),
        data=pd.DataFrame(records(part, language), columns=list(FIELDS)),
    )


TABLES: Mapping[str, Callable[[Context], Table]] = {
    f"dictionary-{name}": partial(table, name=name) for name in NAMES
}
