"""Effects in subgroups of the register experiment: tables."""

from __future__ import annotations

import math

from finsam_report.display import group_labels
from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import (
    PART,
    amounts,
    declared,
    effect_of,
    horizons,
    in_order,
    outcomes,
    pair,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

SEX = "sex"
LEVELS_BESIDE = 3
REASONS = (
    "too_few_events", "too_few_in_group", "too_few_people", "no_variation", "undetermined",
)  # fmt: skip


def left_out(context: Context) -> dict[tuple[str, str, float], Row]:
    """Levels whose effect is not estimated, by outcome, group and horizon."""
    rows = context.look.rows(PART, "not_estimated")
    return {(r.outcome, r.group, r.horizon): r for r in rows if "=" in r.group}


def in_calendar(group: str) -> bool:
    """Whether a group is one of the split in calendar time, which has a table of its own."""
    return group_labels.split(group)[0] == group_labels.CALENDAR


def structure(context: Context) -> list[tuple[str, list[str]]]:
    """Subgroup variables with their levels: women and men first, then as declared."""
    groups = [row.group for row in context.look.rows(PART, "subgroup", estimator="lin")]
    groups += [group for _, group, _ in left_out(context) if not in_calendar(group)]
    found: dict[str, list[str]] = {}
    for variable, value in map(group_labels.split, dict.fromkeys(groups)):
        found.setdefault(variable, []).append(value)
    order = [SEX, *(entry.id for entry in declared(context).subgroups)]
    names = [v for v in dict.fromkeys(order) if v in found]
    names += [v for v in found if v not in names]
    return [(v, group_labels.levels(context, PART, v, found[v])) for v in names]


def by_date(context: Context) -> str:
    """The variable that parts people by when they were randomised; empty where there is none."""
    dated = {entry.id for entry in declared(context).subgroups if entry.dates}
    return next((name for name, _ in structure(context) if name in dated), "")


def others(context: Context) -> list[tuple[str, list[str]]]:
    """The variables that have no table of their own."""
    own = {SEX, by_date(context)}
    return [(name, levels) for name, levels in structure(context) if name not in own]


def analysis_of(group: str) -> str:
    """The analysis that a group belongs to."""
    return "calendar" if in_calendar(group) else "subgroup"


def effect(context: Context, outcome: str, group: str, horizon: float) -> Row | None:
    """The adjusted effect in a subgroup."""
    analysis = analysis_of(group)
    return context.look.row(PART, analysis, outcome, "lin", group=group, horizon=horizon)


def subgroup_rows(context: Context, variable: str = "") -> list[Row]:
    """All effects in subgroups; those of the split in calendar time where it is asked for."""
    return context.look.rows(PART, analysis_of(variable), estimator="lin")


def _places(rows: list[Row | None]) -> int:
    known = [row for row in rows if row is not None]
    sizes = tuple(x for row in known for x in (*row.sizes, row.ci_low) if math.isfinite(x))
    return decimals(known[0].unit, sizes) if known else 1


def _people(context: Context, variable: str, levels: list[str]) -> str:
    """How many people of each level the effects rest on, for a note."""
    texts = []
    for value in levels:
        own = [r for r in subgroup_rows(context, variable) if r.group == f"{variable}={value}"]
        n = max((row.n for row in own if math.isfinite(row.n)), default=math.nan)
        name = group_labels.alone(context, PART, variable, value)
        number = NONE if math.isnan(n) else context.fmt.number(n)
        texts.append(context.word("group-people", name=name, n=number))
    return context.word("note-group-people", groups=listed(texts))


def reasons(context: Context, variables: list[str]) -> list[str]:
    """Why some effects in the subgroups are not estimated; a note per reason."""
    part, notes = declared(context), []
    for reason in REASONS:
        found: dict[str, list[Row]] = {}
        for (_, group, _), row in left_out(context).items():
            if row.estimator == reason and group_labels.split(group)[0] in variables:
                found.setdefault(group, []).append(row)
        items = []
        for group, rows in found.items():
            names = [context.outcome(PART, o) for o in outcomes(context, rows)]
            full = group_labels.full(context, PART, group)
            items.append(context.word("group-lost", group=full, items=context.fmt.joined(names)))
        if items:
            notes.append(
                context.word(
                    f"note-lost-{reason}",
                    groups=listed(items),
                    events=context.fmt.number(part.minimum_events),
                    arm=context.fmt.number(part.minimum_events_arm),
                )
            )
    return notes


def levels_beside(context: Context, variable: str, name: str) -> Table:
    """The levels of a variable beside one another, with the test that they do not differ."""
    word, look = context.word, context.look
    shown = [
        r for r in subgroup_rows(context, variable) if group_labels.split(r.group)[0] == variable
    ]
    values = [group_labels.split(r.group)[1] for r in shown]
    values += [v for _, g, _ in left_out(context) for n, v in [group_labels.split(g)]
               if n == variable]  # fmt: skip
    levels = group_labels.levels(context, PART, variable, values)[:LEVELS_BESIDE]
    two = len(levels) == 2
    rows, groups, used = [], [], []
    tested = "calendar_interaction" if in_calendar(variable) else "interaction"
    tests = {
        (r.outcome, r.horizon): r for r in look.rows(PART, tested, group=variable, estimator="wald")
    }
    for outcome in outcomes(context, shown):
        for horizon in sorted({r.horizon for r in shown if r.outcome == outcome}):
            cells = [effect(context, outcome, f"{variable}={v}", horizon) for v in levels]
            gap = look.row(PART, tested, outcome, "difference", group=variable, horizon=horizon)
            test = tests.get((outcome, horizon))
            used += [row for row in (*cells, gap, test) if row is not None]
            places = _places([*cells, gap])
            first = next(row for row in cells if row is not None)
            groups.append(effect_of(context, first))
            rows.append(
                (
                    context.horizon(horizon),
                    *(pair(context, row, places, NONE, SUPPRESSED) for row in cells),
                    *([estimate_cell(context, gap, places)] if two else []),
                    *([interval_cell(context, gap, places)] if two else []),
                    NONE if test is None else context.fmt.p(test.p_value),
                    NONE if test is None else context.fmt.p(test.q_value),
                )
            )
    return Table(
        name=name,
        columns=(
            Column(word("head-time"), "left", whole=True),
            *(Column(group_labels.alone(context, PART, variable, v)) for v in levels),
            *([Column(word("head-gap"))] if two else []),
            *([Column(word("head-interval", level=level(context)))] if two else []),
            Column("p", whole=True),
            Column("q", whole=True),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-levels", level=level(context), two=int(two)),
            *([] if in_calendar(variable) else [_people(context, variable, levels)]),
            *reasons(context, [variable]),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def effects(context: Context) -> Table:
    """Effects in all other subgroups, an outcome at a time."""
    word, rows, groups, used = context.word, [], [], []
    found = subgroup_rows(context)
    at = horizons(found)
    names = [(v, value) for v, levels in others(context) for value in levels]
    for outcome in outcomes(context, found):
        cells = [[effect(context, outcome, f"{v}={value}", h) for h in at] for v, value in names]
        total = [context.look.row(PART, "itt", outcome, "lin", horizon=h) for h in at]
        flat = [row for line in (*cells, total) for row in line]
        used += [row for row in flat if row is not None]
        places = _places(flat)
        unit = next((row for row in flat if row is not None), None)
        labels = [group_labels.full(context, PART, f"{v}={value}") for v, value in names]
        for label, line in zip([*labels, word("all")], [*cells, total], strict=True):
            n = max((r.n for r in line if r is not None and math.isfinite(r.n)), default=math.nan)
            groups.append(effect_of(context, unit) if unit else context.outcome(PART, outcome))
            rows.append(
                (
                    label,
                    NONE if math.isnan(n) else context.fmt.number(n),
                    *(pair(context, row, places, NONE, SUPPRESSED) for row in line),
                )
            )
    return Table(
        name="register-subgroups",
        columns=(
            Column(word("head-group"), "left", wide=True),
            Column("N", whole=True),
            *(Column(context.horizon(h)) for h in at),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-register-subgroups", level=level(context)),
            *reasons(context, [v for v, _ in others(context)]),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def tests(context: Context) -> list[Row]:
    """The tests that levels do not differ, by variable, then by outcome and horizon."""
    rows = context.look.rows(PART, "interaction", estimator="wald")
    return [
        row
        for name, _ in structure(context)
        for row in in_order(context, [r for r in rows if r.group == name])
    ]


def interactions(context: Context) -> Table:
    """For every variable and outcome, whether the effect is the same in all levels."""
    word, rows, groups, used = context.word, [], [], []
    found = tests(context)
    at = horizons(found)
    for variable, outcome in dict.fromkeys((r.group, r.outcome) for r in found):
        line = [
            context.look.row(PART, "interaction", outcome, "wald", group=variable, horizon=h)
            for h in at
        ]
        used += [row for row in line if row is not None]
        groups.append(group_labels.variable(context, PART, variable))
        cells = []
        for row in line:
            p = NONE if row is None else context.fmt.p(row.p_value)
            cells += [p, NONE if row is None else context.fmt.p(row.q_value)]
        rows.append((context.outcome(PART, outcome), *cells))
    return Table(
        name="register-interactions",
        columns=(
            Column(word("head-outcome"), "left", wide=True),
            *(
                Column(word(f"head-test-{kind}", horizon=context.horizon(h)))
                for h in at
                for kind in ("p", "q")
            ),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-register-interactions"), *suppression_note(context, rows)),
        data=frame_of(used),
    )
