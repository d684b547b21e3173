"""The pieces of summary, brief and synthesis that speak of several parts, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    brief,
    brief_figure,
    evidence,
    evidence_table,
    synthesis,
    synthesis_parts,
)
from finsam_report.display import synthesis_limits as limits
from finsam_report.display.context import Context
from finsam_report.display.evidence import TRIALS
from finsam_report.display.figure import Figure
from finsam_report.display.municipality_names import PART
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {"evidence": evidence_table.table}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {"overview": brief_figure.overview}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "questions-in-short": synthesis.in_short,
    "synthesis-answers": synthesis_parts.answers,
    "synthesis-agreement": synthesis.agreement,
    "synthesis-readings": limits.readings,
    "synthesis-limits": limits.limits,
    "synthesis-known-people": limits.known_people,
    "evidence": evidence_table.summary,
    "evidence-rules": evidence_table.rules,
    "brief-organisation": brief.organisation,
    "brief-municipality": brief.municipality,
    "brief-survey": brief.survey,
    "brief-register": brief.register,
    "brief-limits": brief.limits,
    "brief-how": brief.how,
    "brief-question": brief.question,
    "brief-sure": brief.sure,
}


def named(name: str) -> bool:
    """Whether a table or figure is one of these."""
    return name in TABLES or name in FIGURES


def absent(context: Context, name: str) -> bool:
    """Whether a table or figure would be empty for a study."""
    return not flags(context)["evidence" if name in TABLES else "overview"]


def flags(context: Context) -> dict[str, bool]:
    """Which conditional pieces of summary, brief and synthesis hold."""
    return {
        "evidence": any(evidence.claimed(context, part) for part in (PART, *TRIALS)),
        "overview": brief_figure.there(context),
        "questions": bool(synthesis.questions(context)),
        "synthesis_agreement": bool(synthesis.agreement(context)),
        "synthesis_readings": bool(limits.readings(context)),
        "brief_organisation": bool(synthesis_parts.organisation(context)),
    }
