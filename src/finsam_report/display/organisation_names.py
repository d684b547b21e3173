"""What the pieces of the organisation chapter share: series by year, labels, cells, courses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from finsam_report.display.context import Context
from finsam_report.display.format import SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.study import Organisation

PART = "organisation"
ALL = "all"
MILLION = 1_000_000
MONTHS = 6  # of a half-year
STATE_PARTIES = ("social_insurance", "employment_service")

Series = Mapping[int, Row]

_LEVELS = {
    "sex": "sexes",
    "age": "age_bands",
    "education": "education",
    "livelihood": "livelihoods",
    "occupation": "occupations",
    "kind": "effort_kinds",
    "target": "target_groups",
    "party": "parties",
}


def declared(context: Context) -> Organisation | None:
    """The organisation part as declared, or None."""
    return context.study.organisation


def by_year(
    context: Context, analysis: str, outcome: str, estimator: str, group: str = ALL
) -> dict[int, Row]:
    """A series of the ledger by year, in order."""
    found = context.look.rows(PART, analysis, outcome=outcome, estimator=estimator, group=group)
    return {int(r.horizon): r for r in sorted(found, key=_time) if math.isfinite(r.horizon)}


def _time(row: Row) -> float:
    return row.horizon


def variable(outcome: str) -> tuple[str, str]:
    """An outcome such as ``sex=woman`` as variable and level."""
    name, _, value = outcome.partition("=")
    return name, value


def levels(context: Context, name: str, found: Iterable[str]) -> list[str]:
    """Levels in the order of the declaration; those that are not declared come last."""
    part = declared(context)
    order = [level.value for level in getattr(part, _LEVELS[name], ())] if part else []
    there = list(dict.fromkeys(found))
    return [v for v in order if v in there] + [v for v in there if v not in order]


def level(context: Context, name: str, value: str) -> str:
    """The label of a level of a variable, such as "Women"."""
    part = declared(context)
    for one in getattr(part, _LEVELS[name], ()) if part else ():
        if one.value == value:
            return context.label(one.label)
    return context.word("organisation-unknown") if value in ("", "missing", "unknown") else value


def outcomes(context: Context, analysis: str, name: str, *estimators: str) -> list[str]:
    """The outcomes of an analysis that are levels of a variable, in the declared order."""
    rows = context.look.rows(PART, analysis)
    there = [
        variable(row.outcome)[1]
        for row in rows
        if variable(row.outcome)[0] == name and (not estimators or row.estimator in estimators)
    ]
    return [f"{name}={value}" for value in levels(context, name, there)]


def span(*series: Series) -> list[int]:
    """Every year from the first to the last that any series has, those between included."""
    years = [year for one in series for year in one]
    return list(range(min(years), max(years) + 1)) if years else []


def places(values: Iterable[float]) -> int:
    """Decimals that numbers which stand together need: none from a hundred on, two below ten."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 10 else 2


def cell(context: Context, row: Row | None, digits: int = 0, divide: float = 1.0) -> str:
    """A number, the mark for suppressed ones, or "no figure"."""
    if row is None:
        return context.word("organisation-no-figure")
    return SUPPRESSED if not row.known else context.fmt.number(row.estimate / divide, digits)


def known(series: Series) -> dict[int, Row]:
    """The years of a series whose numbers are shown."""
    return {year: row for year, row in series.items() if row.known}


@dataclass(frozen=True)
class Break:
    """A year from which on a series counts something else."""

    year: int
    label: str


def breaks(context: Context, *names: str) -> list[Break]:
    """The declared breaks of series and those of all of them, in order of year."""
    part = declared(context)
    found = {
        Break(one.year, context.label(one.label))
        for one in (part.breaks if part else ())
        if one.series in (*names, "all")
    }
    return sorted(found, key=lambda one: (one.year, one.label))


def stretches(series: Series, at: Sequence[Break] = ()) -> list[dict[int, Row]]:
    """A series in pieces that may be joined: no year is missing in them, and no break is inside."""
    cuts = {one.year for one in at}
    out: list[dict[int, Row]] = []
    previous = None
    for year, row in known(series).items():
        if previous is None or year != previous + 1 or year in cuts:
            out.append({})
        out[-1][year] = row
        previous = year
    return out


def million(context: Context, value: float, digits: int | None = None) -> str:
    """An amount in millions of kronor, without its unit."""
    amount = value / MILLION
    return context.fmt.number(amount, places([amount]) if digits is None else digits)


def price_year(context: Context) -> str:
    """The year whose prices real amounts are in; empty where there is none."""
    found = context.look.rows(PART, "funds", outcome="price_year")
    rows = [row for row in found if row.known]
    return str(int(rows[0].estimate)) if rows else ""


def chosen(years: Sequence[int], most: int) -> list[int]:
    """At most so many of the years, the first and the last among them, evenly apart."""
    if len(years) <= most:
        return list(years)
    steps = most - 1
    return [years[round(k * (len(years) - 1) / steps)] for k in range(most)]


def party_of(row: Row) -> str:
    """The party that a row is of; "all" for all of them."""
    name, value = variable(row.outcome)
    return value or name


def party_label(context: Context, party: str) -> str:
    """The label of a party, and of all together."""
    if party == ALL:
        return context.word("organisation-all-parties")
    return level(context, "party", party)


def half_year(context: Context, half: float, *, inside: bool = False) -> str:
    """Such as "2020, January–June"; within a sentence "January–June 2020"."""
    second = half - int(half) >= 0.25
    words: dict[str, str | int] = {"year": str(int(half)), "half": 2 if second else 1}
    if inside:
        return context.word("organisation-half-inside", **words)
    return context.word("organisation-half-year", **words)


def incomplete(context: Context, *columns: str) -> dict[tuple[str, int], tuple[float, float]]:
    """Columns and years that only some associations gave a number in: how many of how many."""
    found = {}
    for column in columns:
        count, of = (by_year(context, "reported", column, name) for name in ("count", "existing"))
        for year in sorted(set(count) & set(of)):
            found[column, year] = (count[year].estimate, of[year].estimate)
    return found


def comparable(context: Context, series: Series, *columns: str) -> dict[int, Row]:
    """A series without the years in which its sum lacks some associations."""
    lacking = {year for _, year in incomplete(context, *columns)}
    return {year: row for year, row in series.items() if year not in lacking}


def part_halves(context: Context) -> set[float]:
    """Half-years that the table of referrals tells of in part."""
    rows = context.look.rows(PART, "referrals", outcome=ALL, estimator="months", group=ALL)
    return {row.horizon for row in rows if row.known and row.estimate < MONTHS}
