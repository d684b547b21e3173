"""The pieces of the report of one association, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import association_figures as figures
from finsam_report.display import association_names as names
from finsam_report.display import association_people_text as people
from finsam_report.display import association_shares as shares
from finsam_report.display import association_tables as tables
from finsam_report.display import association_text as text
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.form import Form
from finsam_report.display.table import Table

START = "association-"

TABLES: Mapping[str, Callable[[Context], Table | Form]] = {
    "association-overview": tables.overview,
    "association-years": tables.courses,
    "association-efforts": tables.efforts,
    "association-participants": shares.participants,
    "association-change": shares.change,
    "association-funds": shares.funds,
    "association-indicators": shares.answers,
    "association-practice": tables.practice,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "association-course": figures.course,
    "association-participants": figures.participants,
    "association-change": figures.change,
    "association-indicators": figures.answers,
}

_TEXTS: Mapping[str, Callable[[Context], str]] = {
    "association-setting": text.setting,
    "association-in-short": text.in_short,
    "association-efforts": text.efforts,
    "association-people": people.who,
    "association-costs": people.costs,
    "association-change": people.change,
    "association-personal-data": people.personal_data,
    "association-indicators": people.answers,
    "association-funds": text.funds,
    "association-hidden": text.hidden,
}


def _told(make: Callable[[Context], str]) -> Callable[[Context], str]:
    """Text on an association; nothing in a document about none."""
    return lambda context: make(context) if context.association else ""


TEXTS: Mapping[str, Callable[[Context], str]] = {name: _told(make) for name, make in _TEXTS.items()}

WORDS: Mapping[str, Callable[[Context], str]] = {
    "association-name": lambda c: text.name(c) if c.association else "",
}

# The flag that a table or figure needs; the others need an association only.
_NEEDS = {
    "association-overview": "association_years",
    "association-years": "association_years",
    "association-course": "association_course",
    "association-efforts": "association_efforts",
    "association-participants": "association_people",
    "association-change": "association_change",
    "association-funds": "association_funds",
    "association-indicators": "association_indicators",
}

_FLAGS = (
    "association_years", "association_course", "association_efforts", "association_people",
    "association_change", "association_funds", "association_indicators",
)  # fmt: skip


def flags(context: Context) -> dict[str, bool]:
    """Pieces of the report of one association; all false in other documents."""
    if context.association is None:
        return dict.fromkeys(_FLAGS, False)
    year, asked = names.last(context), names.answered(context)

    def known(analysis: str, outcome: str, estimator: str, at: int | None = None) -> bool:
        row = names.pair(context, analysis, outcome, estimator, at).own
        return row is not None and row.known

    def course(analysis: str, outcome: str, estimator: str) -> bool:
        found = names.series(context, analysis, outcome, estimator)
        return sum(row.known for row in found.values()) > 1

    described = [one for ones in names.described(context).values() for one in ones]
    asked_of = names.respondents(context, asked) if asked else []
    shown = [
        pair.own
        for who in asked_of
        for item, _ in names.indicators(context, asked or 0, who)
        for pair in [
            names.pair(context, "indicator", item, "top", asked, f"respondent={who}" if who else "")
        ]
    ]
    return {
        "association_years": year is not None,
        "association_course": course("participants", "all", "count")
        or course("cost", "per_participant", "nominal"),
        "association_efforts": year is not None
        and any(known("efforts", kind, "going", year) for kind in names.TYPES),
        "association_people": any(known("participants", one, "share") for one in described),
        "association_change": any(
            known("change", one, when)
            for one in names.statuses(context)
            for when in ("before", "after")
        ),
        "association_funds": year is not None and known("funds", "total", "nominal", year),
        "association_indicators": any(row is not None and row.known for row in shown),
    }


def named(name: str) -> bool:
    """Whether a name is of the report of one association."""
    return name.startswith(START)


def absent(context: Context, name: str) -> bool:
    """Whether a table or figure on one association would be empty."""
    if context.association is None:
        return True
    needs = _NEEDS.get(name)
    return needs is not None and not flags(context)[needs]
