"""Tables of one association: shares of its participants, money and answers beside those of all."""

from __future__ import annotations

import math

from finsam_report.display.association_names import (
    SOURCES,
    Pair,
    answered,
    described,
    group,
    indicators,
    last,
    pair,
    respondents,
    statuses,
)
from finsam_report.display.association_tables import heads, notes_of, published_cell
from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    MILLION,
    cell,
    level,
    places,
    variable,
)
from finsam_report.display.organisation_people import WORK, difference, status
from finsam_report.display.organisation_tables import source
from finsam_report.display.table import Table
from finsam_report.display.trial_tables import frame_of

MOST_YEARS = 10
PUBLISHED = {
    "state": "share_state", "region": "share_region", "municipality_funds": "share_municipalities",
}  # fmt: skip


def participants(context: Context) -> Table:
    """Who took part in all years together, in per cent, beside all associations."""
    named, used = described(context), list[Row]()
    rows, groups = [], []
    for name, ones in named.items():
        for one in ones:
            both = pair(context, "participants", one, "share")
            count = pair(context, "participants", one, "count").own
            used += [*both.rows, *([count] if count else [])]
            other = "women_share" if one == "sex=woman" else ""
            rows.append(
                (
                    level(context, *variable(one)),
                    cell(context, count),
                    cell(context, both.own, 1),
                    cell(context, both.every, 1),
                    published_cell(context, other, last(context) or 0, used),
                )
            )
            groups.append(context.word(f"organisation-group-{name}"))
    return Table(
        name="association-participants",
        columns=heads(
            context, "organisation-head-participants", "association-head-people",
            "association-head-own-share", "association-head-all-share",
            "association-head-published",
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=notes_of(context, rows, context.word("association-note-participants")),
        data=frame_of(used),
    )  # fmt: skip


def sides(context: Context, outcome: str) -> tuple[Pair, Pair]:
    """Shares before and after, of the association and of all, in all years together."""
    before, after = (pair(context, "change", outcome, when) for when in ("before", "after"))
    return before, after


def change(context: Context) -> Table:
    """Status after the effort against before, beside all associations."""
    rows, groups, used = [], [], list[Row]()
    for one in statuses(context):
        before, after = sides(context, one)
        used += before.rows + after.rows
        rows.append(
            (
                status(context, one),
                cell(context, before.own, 1),
                cell(context, after.own, 1),
                difference(context, before.own, after.own),
                difference(context, before.every, after.every),
            )
        )
        name = "work" if one == WORK else variable(one)[0]
        groups.append(context.word(f"organisation-group-{name}"))
    sizes = [row.n_support for row in used if row.group == group(context)]
    people = max((n for n in sizes if math.isfinite(n)), default=math.nan)
    return Table(
        name="association-change",
        columns=heads(
            context, "organisation-head-status", "organisation-head-before",
            "organisation-head-after", "organisation-head-difference",
            "association-head-difference-all",
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=notes_of(
            context, rows,
            context.word(
                "association-note-change", known=int(math.isfinite(people)),
                people=context.fmt.number(people) if math.isfinite(people) else "",
            ),
        ),
        data=frame_of(used),
    )  # fmt: skip


def funds(context: Context) -> Table:
    """Where its money of the last year came from, beside all associations."""
    year, used = last(context) or 0, list[Row]()
    amounts = [pair(context, "funds", name, "nominal", year) for name in (*SOURCES, "total")]
    digits = places(r.estimate / MILLION for both in amounts for r in both.rows[:1])
    rows = []
    for name, both in zip((*SOURCES, "total"), amounts, strict=True):
        share = pair(context, "funds", name, "share", year)
        if both.own is None or not any(r.estimate != 0 for r in both.rows):
            continue
        used += both.rows + share.rows
        whole = context.fmt.number(100, 1)
        rows.append(
            (
                context.word("association-line-sum") if name == "total" else source(context, name),
                cell(context, both.own, digits, MILLION),
                whole if name == "total" else cell(context, share.own, 1),
                whole if name == "total" else cell(context, share.every, 1),
                published_cell(context, PUBLISHED.get(name, ""), year, used),
            )
        )
    return Table(
        name="association-funds",
        columns=heads(
            context, "association-head-source", "association-head-million",
            "association-head-own-share", "association-head-all-share",
            "association-head-published-share",
        ),
        rows=tuple(rows),
        notes=notes_of(context, rows, context.word("association-note-funds", year=str(year))),
        data=frame_of(used),
        totals=1 if rows and len(rows) > 1 else 0,
    )  # fmt: skip


def answers(context: Context) -> Table:
    """Answers to the indicators in the last year that they were asked, beside all."""
    year, used = answered(context) or 0, list[Row]()
    rows, groups = [], []
    for who in respondents(context, year):
        more = f"respondent={who}" if who else ""
        for item, label in indicators(context, year, who):
            mean, top, count = (
                pair(context, "indicator", item, estimator, year, more)
                for estimator in ("mean", "top", "count")
            )
            used += mean.rows + top.rows + count.rows
            rows.append(
                (
                    label,
                    cell(context, count.own),
                    cell(context, mean.own, 2),
                    cell(context, mean.every, 2),
                    cell(context, top.own, 1),
                    cell(context, top.every, 1),
                )
            )
            groups.append(context.word(f"association-who-{who or 'all'}"))
    return Table(
        name="association-indicators",
        columns=heads(
            context, "association-head-indicator", "association-head-answers",
            "association-head-mean", "association-head-mean-all", "association-head-top",
            "association-head-top-all",
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=notes_of(context, rows, context.word("association-note-indicators", year=str(year))),
        data=frame_of(used),
    )  # fmt: skip
