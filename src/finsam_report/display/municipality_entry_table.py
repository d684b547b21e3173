"""Tables of the municipality chapter: who joined and when, and what they were like before."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import (
    PART,
    POINTS,
    characteristic,
    declared,
    interval,
    p,
    places,
    with_error,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note


def counted(context: Context, what: str) -> dict[float, Row]:
    """Counts of the entry by year; those without a year stand under NaN's place, -1."""
    rows = context.look.rows(PART, "entry", outcome=what)
    return {-1.0 if math.isnan(row.horizon) else row.horizon: row for row in rows}


def number(context: Context, what: str) -> float:
    """A count of the entry that has no year, zero where there is none."""
    row = counted(context, what).get(-1.0)
    return 0.0 if row is None else row.estimate


def entry(context: Context) -> Table:
    """How many joined in each year, members in all, and their associations."""
    word, fmt = context.word, context.fmt
    joined, unions = counted(context, "joined"), counted(context, "associations")
    years = sorted(year for year in joined if year > 0)
    several = any(year in unions for year in years)
    total, rows = 0.0, []
    for year in years:
        total += joined[year].estimate
        cells = [str(int(year)), fmt.number(joined[year].estimate), fmt.number(total)]
        if several:
            cells.append(fmt.number(unions[year].estimate) if year in unions else NONE)
        rows.append(tuple(cells))
    last = [word("municipality-row-never"), fmt.number(number(context, "never")), NONE]
    rows.append(tuple(last + [NONE] * several))
    return Table(
        name="municipality-entry",
        columns=(
            Column(word("municipality-head-year"), "left", whole=True),
            Column(word("municipality-head-joined")),
            Column(word("municipality-head-members")),
            *([Column(word("municipality-head-associations"))] if several else []),
        ),
        rows=tuple(rows),
        notes=(
            word(
                "municipality-note-entry",
                first=str(declared(context).years.first),
                last=str(declared(context).years.last),
                always=int(number(context, "always") > 0),
                after=int(number(context, "after") > 0),
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of([*joined.values(), *unions.values()]),
        totals=1,
    )


def _named(context: Context, row: Row) -> str:
    name = characteristic(context, row.outcome)
    for covariate in declared(context).covariates:
        if covariate.id == row.outcome and covariate.unit is not None:
            return f"{name} ({context.label(covariate.unit)})"
    return context.with_unit(name, "percent" if row.unit == POINTS else row.unit)


def before(context: Context) -> Table:
    """Later members beside those that never join, in the years before anyone joined."""
    word, fmt, look = context.word, context.fmt, context.look
    rows, used = [], []
    for gap in look.rows(PART, "pre_period", estimator="difference"):
        sides = [
            look.row(PART, "pre_period", gap.outcome, "mean", group=who)
            for who in ("member", "never")
        ]
        known = [row for row in (*sides, gap) if row is not None]
        used += known
        digits = places([gap])
        rows.append(
            (
                _named(context, gap),
                *(NONE if row is None else fmt.number(row.estimate, digits) for row in sides),
                with_error(context, gap, digits),
                interval(context, gap, digits),
                p(context, gap.p_value),
            )
        )
    return Table(
        name="municipality-before",
        columns=(
            Column(word("head-characteristic"), "left", wide=True),
            Column(word("municipality-head-later")),
            Column(word("municipality-head-never")),
            Column(word("head-difference-se")),
            Column(word("head-interval", level=level(context))),
            Column("p"),
        ),
        rows=tuple(rows),
        notes=(word("municipality-note-before"), *suppression_note(context, rows)),
        data=frame_of(used),
    )
