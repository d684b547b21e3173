"""People drawn later although first not drawn: how many, and effects in other manners."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_beside import beside
from finsam_report.display.register_names import (
    PART,
    amounts,
    declared,
    effect_of,
    in_order,
    pair,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

ANALYSIS, CONTROL = "later", "arm:control"
FIRST = "first_draw"
MANNERS = (FIRST, "censored", "stacked", "stacked_undiluted")


def made(context: Context) -> list[str]:
    """The manners that the study has, the main one first; empty where it has no other."""
    there = {row.estimator for row in context.look.rows(PART, ANALYSIS, group="all")}
    others = [name for name in MANNERS if name in there]
    return [FIRST, *others] if others else []


def row_of(context: Context, outcome: str, name: str, horizon: float) -> Row | None:
    """The effect in a manner."""
    if name == FIRST:
        return context.look.row(PART, "itt", outcome, "lin", horizon=horizon)
    return context.look.row(PART, ANALYSIS, outcome, name, horizon=horizon)


def main_rows(context: Context) -> list[Row]:
    """The main effects that another manner stands beside."""
    rows = context.look.rows(PART, ANALYSIS, group="all")
    keys = dict.fromkeys((row.outcome, row.horizon) for row in rows)
    found = [row_of(context, outcome, FIRST, horizon) for outcome, horizon in keys]
    return in_order(context, [row for row in found if row is not None])


def of_control(context: Context, outcome: str, estimator: str, horizon: float) -> Row | None:
    """A number about those first not drawn."""
    return context.look.row(PART, ANALYSIS, outcome, estimator, group=CONTROL, horizon=horizon)


def _cell(context: Context, row: Row | None, places: int) -> str:
    if row is None:
        return NONE
    return context.fmt.number(row.estimate, places) if row.known else SUPPRESSED


def people(context: Context) -> Table:
    """How many of the control arm were in a later draw, and drawn in one, by horizon."""
    word, rows, used = context.word, [], []
    weighted = "censored" in made(context)
    keys = [("in_later_draw", "count"), ("drawn_later", "count"), ("drawn_later", "share")]
    keys += [("weights", "percentile_95"), ("weights", "effective")] if weighted else []
    for horizon in declared(context).horizons:
        line = [of_control(context, *key, float(horizon)) for key in keys]
        used += [row for row in line if row is not None]
        cells = [
            _cell(context, row, places) for row, places in zip(line, (0, 0, 1, 1, 0), strict=False)
        ]
        rows.append((context.horizon(horizon), *cells))
    heads = ["in", "drawn", "share", *(("high", "effective") if weighted else ())]
    notes = [word("note-later-people", control=context.people(PART)[1])]
    if weighted:
        notes.append(word("note-later-weights"))
    return Table(
        name="register-later-people",
        columns=(
            Column(word("head-within"), "left", whole=True),
            *(Column(word(f"head-later-{head}")) for head in heads),
        ),
        rows=tuple(rows),
        notes=(*notes, *suppression_note(context, rows)),
        data=frame_of(used),
    )


def table(context: Context) -> Table:
    """Every main effect by first draw and in the other manners."""
    word, names = context.word, made(context)
    rows, groups, used = [], [], []
    absent = word("later-not-estimated")
    for main in main_rows(context):
        line = [row_of(context, main.outcome, name, main.horizon) for name in names]
        known = [row for row in line if row is not None]
        used += known
        places = decimals(main.unit, tuple(x for row in known for x in row.sizes))
        groups.append(effect_of(context, main))
        cells = [pair(context, row, places, absent, SUPPRESSED) for row in line]
        rows.append((context.horizon(main.horizon), *cells))
    lost = any(absent in row for row in rows)
    return Table(
        name="register-later",
        columns=(
            Column(word("head-time"), "left", whole=True),
            *(Column(word(f"short-{name}")) for name in names),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-register-robustness", level=level(context)),
            *(word(f"note-later-{name}") for name in names),
            *([word("note-later-not-estimated")] if lost else []),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def figure(context: Context) -> Figure:
    """Every main outcome at its last horizon in every manner, in its own unit."""
    return beside(
        context, "register-later", ("caption-register-later", "alt-register-later"),
        main_rows(context), made(context), lambda o, name, h: row_of(context, o, name, h),
        absent=context.word("later-not-estimated"),
    )  # fmt: skip
