"""Tables that both experiments have: balance, effects, effects per person who met a team."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from finsam_report.display.context import Context, Part
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import tested_together, without_draws
from finsam_report.display.table import Column, Table
from finsam_report.study import Survey


def frame_of(rows: list[Row]) -> pd.DataFrame:
    """The rows of the ledger behind a table or figure."""
    return pd.DataFrame([row.__dict__ for row in rows])


def estimate_cell(context: Context, row: Row | None, places: int, *, se: bool = True) -> str:
    """An estimate with its standard error in parentheses."""
    if row is None:
        return NONE
    if not row.known:
        return SUPPRESSED
    text = context.fmt.number(row.estimate, places)
    if not se:
        return text
    error = context.fmt.number(row.std_error, places) if not math.isnan(row.std_error) else NONE
    return f"{text} ({error})"


def interval_cell(context: Context, row: Row | None, places: int) -> str:
    """An interval, or a mark where there is none."""
    if row is None:
        return NONE
    if math.isnan(row.ci_low):
        return SUPPRESSED if not row.known else NONE
    return context.fmt.interval(row.ci_low, row.ci_high, places)


def n_cell(context: Context, row: Row | None) -> str:
    """The number of people behind an estimate."""
    if row is None:
        return NONE
    return SUPPRESSED if math.isnan(row.n) else context.fmt.number(row.n)


def suppression_note(context: Context, table_rows: Sequence[tuple[str, ...]]) -> list[str]:
    """A note on the mark for suppressed numbers, where it stands in the table."""
    if any(SUPPRESSED in cell for row in table_rows for cell in row):
        return [context.word("note-suppressed", mark=SUPPRESSED)]
    return []


def coded_note(context: Context) -> list[str]:
    """A note on the items whose answers were turned round, where there are any."""
    part = context.study.survey
    turned = [i for i in (part.items if part else ()) if i.direction == "down"]
    names = context.fmt.joined([context.outcome("survey", item.id) for item in turned])
    return [context.word("note-coded", items=names)] if turned else []


def balance(context: Context, part: Part) -> Table:
    """Were the arms alike? A row per characteristic."""
    look = context.look
    support, control = context.arm_labels(part)
    rows, used = [], []
    for row in look.rows(part, "balance", estimator="block_weighted", group="all"):
        mean_unit = "percent" if row.unit == "percentage points" else row.unit
        places = decimals(row.unit, row.sizes)
        normalised = look.row(part, "balance", row.outcome, "normalised_difference", horizon=0)
        label = context.covariate(part, row.outcome)
        used += [row] + ([normalised] if normalised else [])
        rows.append(
            (
                context.with_unit(label, mean_unit),
                context.fmt.number(row.control_mean + row.estimate, places),
                context.fmt.number(row.control_mean, places),
                estimate_cell(context, row, places),
                NONE if normalised is None else context.fmt.number(normalised.estimate, 2),
            )
        )
    joint = look.row(part, "balance", "all_covariates", "randomisation", horizon=0)
    notes = [context.word("note-balance")]
    if joint is not None and not math.isnan(joint.p_value):
        used.append(joint)
        notes.append(
            context.word(
                "note-balance-joint",
                p=context.fmt.p_equation(joint.p_value),
                support=context.fmt.number(joint.n_support),
                control=context.fmt.number(joint.n_control),
            )
        )
    return Table(
        name=f"{part}-balance",
        columns=(
            Column(context.word("head-characteristic"), "left", wide=True),
            Column(support),
            Column(control),
            Column(context.word("head-difference-se")),
            Column(context.word("head-normalised")),
        ),
        rows=tuple(rows),
        notes=(*notes, *suppression_note(context, rows)),
        data=frame_of(used),
    )


def family_labels(context: Context, part: Part) -> dict[str, str]:
    """The label of the family of each item or outcome; its id where it has none."""
    declared = context.part(part)
    if declared is None:
        return {}
    listed = declared.items if isinstance(declared, Survey) else declared.outcomes
    names = {family.id: context.label(family.label) for family in declared.families}
    return {item.id: names.get(item.family, item.family) for item in listed}


def effects(context: Context, part: Part) -> Table:
    """Main effects by horizon: control mean, unadjusted, adjusted, interval, p, q, people."""
    look = context.look
    with_q = tested_together(context, part)
    large = without_draws(context, part)
    rows, groups, used = [], [], []
    for plain in context.main_rows(part, "unadjusted"):
        lin = look.row(part, "itt", plain.outcome, "lin", horizon=plain.horizon)
        test = "lin" if large else "lin_randomisation"
        drawn = look.row(part, "itt", plain.outcome, test, horizon=plain.horizon)
        places = decimals(plain.unit, plain.sizes)
        used += [r for r in (plain, lin, None if large else drawn) if r is not None]
        unit = "percent" if plain.unit == "percentage points" else plain.unit
        groups.append(context.with_unit(context.outcome(part, plain.outcome), unit))
        rows.append(
            (
                context.horizon(plain.horizon),
                context.fmt.number(plain.control_mean, places),
                estimate_cell(context, plain, places),
                estimate_cell(context, lin, places),
                interval_cell(context, lin, places),
                NONE if drawn is None else context.fmt.p(drawn.p_value),
                *([NONE if drawn is None else context.fmt.p(drawn.q_value)] if with_q else []),
                n_cell(context, lin),
            )
        )
    several = len({r.horizon for r in used}) > 1
    if not several:
        rows = [(group, *row[1:]) for group, row in zip(groups, rows, strict=True)]
    level = context.fmt.number(context.study.analysis.level * 100)
    return Table(
        name=f"{part}-effects",
        columns=(
            Column(context.word("head-horizon" if several else "head-outcome"), "left", wide=True),
            Column(context.word("head-control-mean", control=context.arm_labels(part)[1])),
            Column(context.word("head-unadjusted")),
            Column(context.word("head-adjusted")),
            Column(context.word("head-interval", level=level)),
            Column("p"),
            *([Column("q")] if with_q else []),
            Column("N"),
        ),
        rows=tuple(rows),
        groups=tuple(groups) if several else (),
        notes=(
            context.word(
                "note-effects-large" if large else f"note-effects-{part}",
                level=level,
                draws=context.fmt.number(context.study.analysis.draws),
                several=int(with_q),
            ),
            *([context.price_note()] if context.price_note() else []),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def late(context: Context, part: Part) -> Table:
    """Effects per person who met a team because of the offer."""
    look = context.look
    rows, groups, used = [], [], []
    for row in context.main_rows(part, "2sls", "late"):
        robust = look.row(part, "late", row.outcome, "anderson_rubin", horizon=row.horizon)
        itt = look.row(part, "itt", row.outcome, "lin", horizon=row.horizon)
        places = decimals(row.unit, (*row.sizes, *(itt.sizes if itt else ())))
        used += [r for r in (row, robust) if r is not None]
        label = context.outcome(part, row.outcome)
        groups.append(context.with_unit(label, row.unit))
        rows.append(
            (
                context.horizon(row.horizon) if part == "register" else label,
                estimate_cell(context, itt, places, se=False),
                estimate_cell(context, row, places),
                interval_cell(context, row, places),
                interval_cell(context, robust, places),
                n_cell(context, row),
            )
        )
    several = len({r.horizon for r in used}) > 1
    if part == "register" and not several:
        rows = [(group, *row[1:]) for group, row in zip(groups, rows, strict=True)]
    first = "head-item" if part == "survey" else "head-horizon" if several else "head-outcome"
    level = context.fmt.number(context.study.analysis.level * 100)
    return Table(
        name=f"{part}-late",
        columns=(
            Column(context.word(first), "left", wide=True),
            Column(context.word("head-itt")),
            Column(context.word("head-late")),
            Column(context.word("head-interval", level=level)),
            Column(context.word("head-anderson-rubin", level=level)),
            Column("N"),
        ),
        rows=tuple(rows),
        groups=tuple(groups) if part == "register" and several else (),
        notes=(
            context.word("note-late", level=level),
            *([context.price_note()] if part == "register" and context.price_note() else []),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
