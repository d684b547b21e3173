"""Tables of one association, each number beside that of all associations."""

from __future__ import annotations

import math
from collections.abc import Sequence

from finsam_report.display.association_names import (
    TYPES,
    answered,
    average,
    group,
    last,
    nearest,
    pair,
    series,
)
from finsam_report.display.context import Context
from finsam_report.display.form import Field, Form
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    MILLION,
    PART,
    cell,
    level,
    levels,
    variable,
)
from finsam_report.display.organisation_people import WORK
from finsam_report.display.organisation_tables import missing_note
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

MOST_YEARS = 10
PUBLISHED = {
    "state": "share_state", "region": "share_region", "municipality_funds": "share_municipalities",
}  # fmt: skip


def notes_of(context: Context, rows: Sequence[tuple[str, ...]], *own: str) -> tuple[str, ...]:
    """A table's own notes, and those on the marks that stand in it."""
    return (*own, *missing_note(context, rows), *suppression_note(context, rows))


def heads(context: Context, first: str, *others: str) -> tuple[Column, ...]:
    """The columns of a table by the keys of their heads."""
    return (
        Column(context.word(first), "left", wide=True),
        *(Column(context.word(key)) for key in others),
    )


def _number(context: Context, value: float, digits: int) -> str:
    return NONE if math.isnan(value) else context.fmt.number(value, digits)


def published_cell(
    context: Context, name: str, year: int, used: list[Row], digits: int = 0, divide: float = 1.0
) -> str:
    """A published figure with its year; a dash where none was published."""
    row = nearest(context, name, year) if name else None
    if row is None:
        return NONE
    used.append(row)
    number = context.fmt.number(row.estimate / divide, digits)
    return context.word("association-published", number=number, year=str(int(row.horizon)))


def overview(context: Context) -> Table:
    """The main figures of its last year beside the average of all and the published ones."""
    year, used = last(context) or 0, list[Row]()
    rows: list[tuple[str, ...]] = []
    # What is summed is set beside an average; what is a rate already, beside the rate of all.
    lines: tuple[tuple[str, str, str, str, bool, int, float, str], ...] = (
        ("municipalities", "series", "municipalities", "count", True, 1, 1, ""),
        ("total", "funds", "total", "nominal", True, 1, MILLION, ""),
        ("per-member", "funds", "total", "per_member", False, 2, MILLION, ""),
        (
            "state-per-member",
            "funds",
            "state",
            "per_member",
            False,
            2,
            MILLION,
            "state_per_municipality",
        ),
        ("per-inhabitant", "funds", "total", "per_inhabitant", False, 0, 1, ""),
        ("staff", "series", "staff", "count", True, 1, 1, ""),
        ("individual", "efforts", "individual", "going", True, 1, 1, ""),
        ("structural", "efforts", "structural", "going", True, 1, 1, ""),
        ("participants", "participants", "all", "count", True, 0, 1, ""),
        ("per-participant", "cost", "per_participant", "nominal", False, 0, 1, ""),
        ("registered", "registered", "share", "share", False, 1, 1, ""),
        ("work", "change", WORK, "after", False, 1, 1, WORK),
    )
    for key, analysis, outcome, estimator, summed, digits, divide, other in lines:
        both = pair(context, analysis, outcome, estimator,
                    None if analysis in ("registered", "change") else year)  # fmt: skip
        if both.own is None:
            continue
        used += both.rows
        whole = analysis in ("series", "efforts") and key != "staff"
        mean = (
            average(context, both.every, year)
            if summed
            else both.every.estimate
            if both.every
            else math.nan
        )
        rows.append(
            (
                context.word(f"association-line-{key}"),
                cell(context, both.own, 0 if whole else digits, divide),
                _number(context, mean / divide, digits),
                published_cell(context, other, year, used, 2 if divide > 1 else 0, divide),
            )
        )
    return Table(
        name="association-overview",
        columns=heads(
            context, "association-head-figure", "association-head-own", "association-head-average",
            "association-head-published",
        ),
        rows=tuple(rows),
        notes=notes_of(context, rows, context.word("association-note-overview", year=str(year))),
        data=frame_of(used),
    )  # fmt: skip


def courses(context: Context) -> Table:
    """Its last years, a row each."""
    lines = (
        ("series", "municipalities", "count", 0, 1.0),
        ("funds", "total", "nominal", 1, MILLION),
        ("efforts", "individual", "going", 0, 1.0),
        ("efforts", "structural", "going", 0, 1.0),
        ("participants", "all", "count", 0, 1.0),
        ("cost", "per_participant", "nominal", 0, 1.0),
    )
    keys = ("municipalities", "total", "individual", "structural", "participants",
            "per-participant")  # fmt: skip
    found = [series(context, *line[:3]) for line in lines]
    shown = [k for k, one in enumerate(found) if one]
    end = last(context) or 0
    begin = min((min(found[k]) for k in shown), default=end)
    span = list(range(max(begin, end - MOST_YEARS + 1), end + 1))
    rows = [
        (str(year), *(cell(context, found[k].get(year), *lines[k][3:]) for k in shown))
        for year in span
    ]
    return Table(
        name="association-years",
        columns=(
            Column(context.word("organisation-head-year"), "left", whole=True),
            *(Column(context.word(f"association-column-{keys[k]}")) for k in shown),
        ),
        rows=tuple(rows),
        notes=notes_of(
            context, rows,
            context.word("association-note-years", cut=int(begin < span[0]), count=len(span)),
        ),
        data=frame_of([row for k in shown for row in found[k].values() if row.horizon >= span[0]]),
    )  # fmt: skip


def efforts(context: Context) -> Table:
    """Its efforts of the last year by type, kind and target group, and what they cost."""
    year, used = last(context) or 0, list[Row]()
    rows, groups = [], []
    for name in ("type", "kind", "target"):
        if name == "type":
            ones = list(TYPES)
        else:
            there = context.look.rows(PART, "efforts", group=group(context), estimator="going")
            values = [variable(r.outcome)[1] for r in there if variable(r.outcome)[0] == name]
            ones = [f"{name}={value}" for value in levels(context, name, values)]
        for one in ones:
            going = pair(context, "efforts", one, "going", year)
            share = pair(context, "efforts", one, "share", year)
            cost = pair(context, "cost", f"per_effort_{one}", "nominal", year)
            if name == "kind":
                cost = pair(context, "cost", "per_effort", "nominal", year, one)
            if going.own is None and going.every is None:
                continue
            used += going.rows + share.rows + cost.rows
            rows.append(
                (
                    context.word(f"association-line-{one}")
                    if name == "type"
                    else level(context, *variable(one)),
                    "0" if going.own is None else cell(context, going.own),
                    _share(context, share.own, going.own),
                    _share(context, share.every, going.every),
                    _kronor(context, cost.own),
                    _kronor(context, cost.every),
                )
            )
            groups.append(context.word(f"association-group-{name}"))
    return Table(
        name="association-efforts",
        columns=heads(
            context, "association-head-efforts", "association-head-going",
            "association-head-share", "association-head-share-all", "association-head-cost",
            "association-head-cost-all",
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=notes_of(context, rows, context.word("association-note-efforts", year=str(year))),
        data=frame_of(used),
    )  # fmt: skip


def _share(context: Context, row: Row | None, going: Row | None) -> str:
    if row is not None:
        return cell(context, row, 1)
    return NONE if going is not None and going.estimate else context.fmt.number(0, 1)


def _kronor(context: Context, row: Row | None) -> str:
    return NONE if row is None else cell(context, row)


def practice(context: Context) -> Form:
    """Good practice of follow-up, with room for an answer; a note where the figures tell."""
    share, year = pair(context, "registered", "share", "share").own, answered(context)
    says = {}
    if share is not None and share.known:
        says["registered"] = context.word(
            "association-practice-share", share=context.fmt.number(share.estimate, 0)
        )
    if year is not None:
        says["indicators"] = context.word("association-practice-asked", year=str(year))
    keys = ("plan", "goals", "revised", "decision", "evaluator", "registered", "twice",
            "together", "indicators", "ended", "board", "shared")  # fmt: skip
    return Form(
        name="association-practice",
        columns=(
            Field(context.word("association-head-practice"), 5),
            Field(context.word("association-head-done"), 1.4),
            Field(context.word("association-head-note"), 4),
        ),
        rows=tuple(
            (context.word(f"association-practice-{key}"), "", says.get(key, "")) for key in keys
        ),
    )
