"""Tables of the municipality chapter: effects, by sex and age, and what could be found."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import (
    MAIN,
    PART,
    SEXES,
    band,
    bands,
    declared,
    interval,
    main_outcomes,
    outcome,
    overall,
    p,
    pair,
    places,
    sex,
    with_error,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

OTHERS = ("secondary", "substitution", "placebo")  # analyses of outcomes beside the main ones


def _sizes(context: Context, rows: list[Row]) -> list[str]:
    """How many municipalities are behind the effects."""
    members = [row.n_support for row in rows if not math.isnan(row.n_support)]
    others = [row.n_control for row in rows if not math.isnan(row.n_control)]
    if not members or not others:
        return []
    fmt = context.fmt
    return [
        context.word(
            "municipality-note-sizes",
            members=fmt.number(min(members)),
            most=fmt.number(max(members)),
            others=fmt.number(min(others)),
            others_most=fmt.number(max(others)),
            same=int(min(members) == max(members) and min(others) == max(others)),
        )
    ]


def shown_level(context: Context, row: Row | None) -> str:
    """The average among those compared with."""
    if row is None or math.isnan(row.control_mean):
        return NONE
    return context.fmt.number(row.control_mean, 1)


def effects(context: Context) -> Table:
    """The effect on every main outcome for all, women and men, with adjusted p-values."""
    word = context.word
    every = [overall(context, name, who) for name in main_outcomes(context) for who in SEXES]
    used = [row for row in every if row is not None]
    digits = places(used)
    rows, groups = [], []
    for row in used:
        wise = overall(context, row.outcome, row.group, "cs_family")
        groups.append(outcome(context, row.outcome))
        rows.append(
            (
                sex(context, row.group),
                with_error(context, row, digits),
                interval(context, row, digits),
                p(context, row.p_value),
                p(context, None if wise is None else wise.p_value),
                p(context, row.q_value),
                shown_level(context, row),
            )
        )
    return Table(
        name="municipality-effects",
        columns=(
            Column(word("head-group"), "left", whole=True),
            Column(word("municipality-head-effect-se")),
            Column(word("head-interval", level=level(context))),
            Column("p"),
            Column(word("municipality-head-family")),
            Column("q"),
            Column(word("municipality-head-mean")),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("municipality-note-effects", cluster=declared(context).cluster),
            *_sizes(context, used),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def ages(context: Context) -> Table:
    """The effect by age band for all, women and men."""
    word = context.word
    rows, groups, used = [], [], []
    table = {
        (name, ages, who): overall(context, name, f"{who} {ages}")
        for name in main_outcomes(context)
        for ages in bands(context)
        for who in SEXES
    }
    digits = places(table.values())
    for name in main_outcomes(context):
        for value in bands(context):
            line = [table[name, value, who] for who in SEXES]
            known = [row for row in line if row is not None]
            if not known:
                continue
            used += known
            groups.append(outcome(context, name))
            rows.append((band(context, value), *(pair(context, row, digits) for row in line)))
    return Table(
        name="municipality-ages",
        columns=(
            Column(word("municipality-head-age"), "left", whole=True),
            *(Column(sex(context, who)) for who in SEXES),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("municipality-note-ages", level=level(context)),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def detectable(context: Context) -> Table:
    """The smallest effects that would have been found, beside the effects that were."""
    word, fmt, look = context.word, context.fmt, context.look
    rows, used = [], []
    found = [overall(context, name) for name in main_outcomes(context)]
    digits = places(found)
    for row in found:
        if row is None:
            continue
        line = [look.row(PART, "mde", row.outcome, "mde", group=who) for who in SEXES]
        used += [item for item in line if item is not None]
        rows.append(
            (
                outcome(context, row.outcome),
                *(NONE if item is None else fmt.number(item.estimate, digits) for item in line),
                fmt.number(row.estimate, digits),
                shown_level(context, row),
            )
        )
    return Table(
        name="municipality-mde",
        columns=(
            Column(word("head-outcome"), "left", wide=True),
            *(Column(sex(context, who)) for who in SEXES),
            Column(word("municipality-head-found")),
            Column(word("municipality-head-mean")),
        ),
        rows=tuple(rows),
        notes=(
            word(
                "municipality-note-mde",
                power=fmt.number(100 * context.study.analysis.power),
                level=level(context),
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def others(context: Context) -> Table:
    """Outcomes beside the main ones: further ones, placebos, and sums."""
    word, look = context.word, context.look
    found = [
        row
        for analysis in OTHERS
        for row in look.rows(PART, analysis, estimator=MAIN)
        if row.group in SEXES
    ]
    digits = places(found)
    rows = [
        (
            sex(context, row.group),
            with_error(context, row, digits),
            interval(context, row, digits),
            p(context, row.p_value),
            shown_level(context, row),
        )
        for row in found
    ]
    return Table(
        name="municipality-others",
        columns=(
            Column(word("head-group"), "left", whole=True),
            Column(word("municipality-head-effect-se")),
            Column(word("head-interval", level=level(context))),
            Column("p"),
            Column(word("municipality-head-mean")),
        ),
        rows=tuple(rows),
        groups=tuple(outcome(context, row.outcome) for row in found),
        notes=(word("municipality-note-others"), *suppression_note(context, rows)),
        data=frame_of(found),
    )
