"""Tables of the associations: how many, of what size, with what money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    MILLION,
    PART,
    Break,
    Series,
    breaks,
    by_year,
    cell,
    incomplete,
    level,
    places,
    price_year,
    span,
)
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

MARKS = "†‡§¶"
SIZES = ("1", "2-4", "5-9", "10+")
SOURCES = ("state", "region", "municipality_funds", "esf", "other")
SAVED = "saved"  # of earlier years, and no part of the total


@dataclass(frozen=True)
class Line:
    """A column of a table by year: its heading, its numbers, and how they are written."""

    head: str
    series: Series
    digits: int = 0
    divide: float = 1.0


def amounts(head: str, series: Series, divide: float = MILLION) -> Line:
    """A column of amounts, with as many decimals as they need."""
    return Line(head, series, places(r.estimate / divide for r in series.values()), divide)


def shown(lines: Iterable[Line]) -> list[Line]:
    """The columns that have a number in some year."""
    return [line for line in lines if line.series]


def marked(year: int, at: Sequence[Break]) -> str:
    """A year, with a mark for every break that begins in it."""
    marks = "".join(MARKS[k % len(MARKS)] for k, one in enumerate(at) if one.year == year)
    return f"{year}{marks}"


def break_notes(context: Context, at: Sequence[Break]) -> list[str]:
    """A note for each break in a series."""
    return [
        context.word(
            "organisation-note-break",
            mark=MARKS[k % len(MARKS)], year=str(one.year), label=one.label,
        )
        for k, one in enumerate(at)
    ]  # fmt: skip


def missing_note(context: Context, rows: Sequence[tuple[str, ...]]) -> list[str]:
    """What "no figure" means, where it stands in a table."""
    mark = context.word("organisation-no-figure")
    return (
        [context.word("organisation-note-missing", mark=mark)]
        if any(mark in row for row in rows)
        else []
    )


def reported_notes(context: Context, columns: Sequence[str]) -> list[str]:
    """Which sums lack some of the associations, where any do."""
    found = incomplete(context, *columns)
    items = [
        context.word(
            "organisation-reported",
            what=context.word(f"organisation-column-{column.replace('_', '-')}"),
            year=str(year),
            count=context.fmt.number(count),
            of=context.fmt.number(of),
        )
        for (column, year), (count, of) in found.items()
    ]
    return [context.word("organisation-note-reported", items="; ".join(items))] if items else []


def yearly(
    context: Context,
    name: str,
    lines: Sequence[Line],
    *,
    notes: Sequence[str] = (),
    at: Sequence[Break] = (),
    columns: Sequence[str] = (),
) -> Table:
    """A table with a row for every year, also for one that no column has a number of.

    Args:
        context: Study, ledger and language.
        name: Name of the table.
        lines: Its columns.
        notes: Notes of its own.
        at: Breaks in its series, which are marked at the year.
        columns: Columns of the inputs that its numbers are sums of.
    """
    years = span(*(line.series for line in lines))
    inside = [one for one in at if years and years[0] < one.year <= years[-1]]
    rows = [
        (
            marked(year, inside),
            *(cell(context, line.series.get(year), line.digits, line.divide) for line in lines),
        )
        for year in years
    ]
    return Table(
        name=name,
        columns=(
            Column(context.word("organisation-head-year"), "left", whole=True),
            *(Column(line.head) for line in lines),
        ),
        rows=tuple(rows),
        notes=(
            *notes,
            *reported_notes(context, columns),
            *break_notes(context, inside),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of([row for line in lines for row in line.series.values()]),
    )


def years(context: Context) -> Table:
    """Associations and member municipalities at the end of every year."""

    def counted(name: str) -> dict[int, Row]:
        return by_year(context, "series", name, "count")

    mean = by_year(context, "series", "members_mean", "mean")
    lines = [
        Line(context.word(f"organisation-head-{name}"), counted(name))
        for name in ("associations", "formed", "ended", "municipalities")
    ]
    lines.append(Line(context.word("organisation-head-members-mean"), mean, 1))
    return yearly(
        context, "organisation-years", shown(lines),
        notes=(context.word("organisation-note-years"),),
        at=breaks(context, "associations", "municipalities"),
        columns=("municipalities",),
    )  # fmt: skip


def sizes(context: Context) -> Table:
    """Associations by how many municipalities belong to them, and by counties."""
    lines = [
        Line(context.word(
                "organisation-head-size", size=size.replace("-", "–"), one=int(size == "1")
            ),
             by_year(context, "size", size, "count"))
        for size in SIZES
    ]  # fmt: skip
    lines += [
        Line(context.word(f"organisation-head-{name.replace('_', '-')}"),
             by_year(context, "size", name, "count"))
        for name in ("single_county", "several_counties")
    ]  # fmt: skip
    return yearly(
        context, "organisation-sizes", shown(lines),
        notes=(context.word("organisation-note-sizes"),),
    )  # fmt: skip


def funds(context: Context) -> Table:
    """The state's funds: in the money of each year, in that of one year, by member and head."""

    def series(estimator: str) -> dict[int, Row]:
        return by_year(context, "funds", "state", estimator)

    base = price_year(context)
    lines = []
    for estimator, divide in (
        ("nominal", MILLION), ("per_member", 1000), ("per_inhabitant", 1),
    ):  # fmt: skip
        real = "real" if estimator == "nominal" else f"{estimator}_real"
        key = estimator.replace("_", "-")
        lines += [
            amounts(context.word(f"organisation-head-{key}"), series(estimator), divide),
            amounts(context.word(f"organisation-head-{key}-real", year=base), series(real), divide),
        ]
    notes = [context.word("organisation-note-funds", year=base, real=int(bool(base)))]
    return yearly(
        context, "organisation-funds", shown(lines), notes=notes, at=breaks(context, "funds"),
        columns=("state", "municipalities", "population"),
    )  # fmt: skip


def source(context: Context, name: str) -> str:
    """Where money comes from: "The state", "The regions"."""
    return context.word(f"organisation-source-{name.replace('_', '-')}")


def financing(context: Context) -> Table:
    """Funds by source in every year, and each source's share of the last year's total."""
    names = [*SOURCES, "total", SAVED]
    series = {name: by_year(context, "funds", name, "nominal") for name in names}
    # A source that never gave anything needs no column of zeros.
    used = [
        name for name in names if any(not r.known or r.estimate != 0 for r in series[name].values())
    ]
    digits = places(r.estimate / MILLION for r in series["state"].values())
    table = yearly(
        context, "organisation-financing",
        [Line(source(context, name), series[name], digits, MILLION) for name in used],
        notes=(context.word("organisation-note-financing", saved=int(SAVED in used)),),
        at=breaks(context, "funds"), columns=tuple(used),
    )  # fmt: skip
    shares = {name: by_year(context, "funds", name, "share") for name in SOURCES}
    last = max((year for one in shares.values() for year in one), default=None)
    if last is None:
        return table
    fixed = {"total": context.fmt.number(100.0, 1), SAVED: NONE}
    row = (
        context.word("organisation-row-share", year=str(last)),
        *(fixed.get(name) or cell(context, shares[name].get(last), 1) for name in used),
    )
    return Table(
        name=table.name, columns=table.columns, rows=(*table.rows, row), notes=table.notes,
        data=table.data, totals=1,
    )  # fmt: skip


def cells_by_level(
    context: Context, names: Sequence[str], lookups: Sequence[tuple[Mapping[str, Row], int, float]]
) -> list[tuple[str, ...]]:
    """Rows for outcomes such as ``kind=team``: the level's label, and a cell for each column."""
    out = []
    for name in names:
        variable, _, value = name.partition("=")
        out.append(
            (
                level(context, variable, value),
                *(
                    cell(context, rows.get(name), digits, divide)
                    for rows, digits, divide in lookups
                ),
            )
        )
    return out


def of_year(
    context: Context, analysis: str, estimator: str, year: int, group: str = "all"
) -> dict[str, Row]:
    """Rows of an analysis in a year, by outcome."""
    rows = context.look.rows(PART, analysis, estimator=estimator, group=group, horizon=float(year))
    return {row.outcome: row for row in rows}
