"""The pieces of the report's frame, by name, and which of them a study has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    frame_consort,
    frame_earlier,
    frame_studies,
    frame_theory,
    frame_words,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.linked import LinkedTable
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table | LinkedTable]] = {
    "studies": frame_studies.studies,
    "studies-people": frame_studies.people,
    "earlier-studies": frame_earlier.earlier,
    "consort": frame_consort.consort,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {"theory": frame_theory.theory}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "foreword": frame_words.foreword,
    "colophon": frame_words.colophon,
    "statements": frame_words.statements,
    "consort-summary": frame_consort.summary,
}


def absent(context: Context, name: str) -> bool:
    """Whether a table or figure of the frame has nothing to show in this study."""
    both = context.has("survey") and context.has("register")
    match name:
        case "studies":
            return not both
        case "studies-people":
            return not both or not frame_studies.shared(context)
        case "consort":
            return not (context.has("survey") or context.has("register"))
        case "theory" | "earlier-studies":
            return context.study.study.programme != "finsam"
    return False


def flags(context: Context) -> dict[str, bool]:
    """Which conditional pieces of the frame hold."""
    about = context.study.study
    return {
        "foreword": about.foreword is not None,
        "colophon": frame_words.has_colophon(context),
        "studies_people": not absent(context, "studies-people"),
    }
