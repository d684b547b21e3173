"""The one association that a document is about: its rows, those of all, and labels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import ALL, PART, by_year, levels, variable
from finsam_report.display.organisation_people import WORK
from finsam_report.display.organisation_published import published
from finsam_report.inputs.associations import Association

SAME = 0.005  # a difference of a smaller share is called none
TYPES = ("individual", "structural")
STATUS = ("livelihood", "occupation")
ABOUT = ("sex", "age", "education", "livelihood")
RESPONDENTS = ("participant", "staff", "board")
SOURCES = ("state", "region", "municipality_funds", "esf", "other")


@dataclass(frozen=True)
class Pair:
    """A number of the association beside that of all associations; None where there is none."""

    own: Row | None
    every: Row | None

    @property
    def known(self) -> bool:
        """Whether both may be shown."""
        return all(row is not None and row.known for row in (self.own, self.every))

    @property
    def rows(self) -> list[Row]:
        """The rows that there are."""
        return [row for row in (self.own, self.every) if row is not None]


def about(context: Context) -> Association:
    """The association that the document is about.

    Raises:
        ValueError: The document is about none.
    """
    if context.association is None:
        raise ValueError("the document is about no association")
    return context.association


def group(context: Context, more: str = "") -> str:
    """The association as a group of the ledger, with a further level such as ``sex=woman``."""
    name = f"association={about(context).code}"
    return f"{name}|{more}" if more else name


def series(
    context: Context, analysis: str, outcome: str, estimator: str, *, every: bool = False
) -> dict[int, Row]:
    """A series of the association by year, or that of all."""
    return by_year(context, analysis, outcome, estimator, ALL if every else group(context))


def years(context: Context) -> list[int]:
    """The years that anything is told of the association for, but for answers to indicators."""
    named = group(context)
    found = {
        int(row.horizon)
        for analysis in ("series", "funds", "efforts", "participants")
        for row in context.look.rows(PART, analysis, group=named)
        if math.isfinite(row.horizon) and not (row.known and row.estimate == 0)
    }
    return sorted(found)


def last(context: Context) -> int | None:
    """The last of its years: that of its end for one that was dissolved."""
    found = years(context)
    return found[-1] if found else None


def pair(
    context: Context,
    analysis: str,
    outcome: str,
    estimator: str,
    year: int | None = None,
    more: str = "",
) -> Pair:
    """A number of the association and that of all, of a year or of all years together."""

    def row(place: str) -> Row | None:
        return context.look.row(PART, analysis, outcome, estimator, group=place, horizon=year)

    return Pair(row(group(context, more)), row(more or ALL))


def average(context: Context, row: Row | None, year: int) -> float:
    """A sum over all associations divided by how many gave the number; NaN where not known."""
    count = context.look.row(PART, "series", "associations", "count", horizon=year)
    if row is not None:
        column = "participants" if row.analysis == "participants" else row.outcome
        some = context.look.row(PART, "reported", column, "count", horizon=year)
        count = some or count
    if row is None or count is None or not (row.known and count.known and count.estimate):
        return math.nan
    return row.estimate / count.estimate


def described(context: Context) -> dict[str, list[str]]:
    """The levels that its participants are described by, under their variable."""
    named = group(context)
    rows = context.look.rows(PART, "participants", group=named, estimator="share")
    there = [row.outcome for row in rows if math.isnan(row.horizon)]
    return {
        name: [
            f"{name}={value}"
            for value in levels(
                context, name, [variable(o)[1] for o in there if variable(o)[0] == name]
            )
        ]
        for name in ABOUT
    }


def statuses(context: Context) -> list[str]:
    """What its participants lived on and did, before and after; work or studies first."""
    rows = context.look.rows(PART, "change", group=group(context))
    there = [row.outcome for row in rows if math.isnan(row.horizon)]
    out = [WORK] if WORK in there else []
    for name in STATUS:
        ones = [variable(o)[1] for o in there if variable(o)[0] == name]
        out += [f"{name}={value}" for value in levels(context, name, ones)]
    return out


def nearest(context: Context, name: str, year: int) -> Row | None:
    """The published figure of the year that is nearest, the later of two."""
    found = published(context, name)
    if not found:
        return None
    return found[min(found, key=lambda one: (abs(one - year), -one))]


def answered(context: Context) -> int | None:
    """The last year in which its people answered the indicators."""
    rows = context.look.rows(PART, "indicator", group=group(context), estimator="count")
    years = [int(row.horizon) for row in rows if not (row.known and row.estimate == 0)]
    return max(years, default=None)


def respondents(context: Context, year: int) -> list[str]:
    """Who answered the indicators in a year, in this order; "" for all together."""
    start = group(context, "respondent=")
    rows = context.look.rows(PART, "indicator", horizon=float(year))
    found = {row.group.removeprefix(start) for row in rows if row.group.startswith(start)}
    return [one for one in RESPONDENTS if one in found] or [""]


def indicators(context: Context, year: int, who: str) -> list[tuple[str, str]]:
    """The indicators that a kind of respondent answered: id and label, as declared."""
    part = context.study.organisation
    more = f"respondent={who}" if who else ""
    return [
        (item.id, context.label(item.label))
        for item in (part.indicator_items if part else ())
        if pair(context, "indicator", item.id, "mean", year, more).own is not None
    ]


def people(context: Context) -> float:
    """How many people the table of participants holds of it; 0 for none, NaN where suppressed."""
    row = pair(context, "participants", "in_table", "count").own
    return 0.0 if row is None else row.estimate


def against(before: float, now: float) -> str:
    """Whether a number is above another ("rise"), below it ("fall"), or much the same."""
    if not (math.isfinite(before) and math.isfinite(now)):
        return "unknown"
    if abs(now - before) <= SAME * abs(before):
        return "same"
    return "rise" if now > before else "fall"


def paragraph(*sentences: str) -> str:
    """The sentences that there are, in one paragraph."""
    return " ".join(one for one in sentences if one)
