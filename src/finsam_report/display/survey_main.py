"""The main tables of the survey chapter: the effect on each item."""

from __future__ import annotations

from finsam_report.display.context import Context, Part
from finsam_report.display.format import NONE, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level, tested_together
from finsam_report.display.survey_effects import family_groups, in_order
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    coded_note,
    estimate_cell,
    frame_of,
    interval_cell,
    n_cell,
    suppression_note,
)

NAME: Part = "survey"


def _row(context: Context, like: Row, estimator: str) -> Row | None:
    return context.look.row(NAME, "itt", like.outcome, estimator, horizon=like.horizon)


def effects(context: Context) -> Table:
    """The main effect on each item, with its tests by themselves and together."""
    word, fmt = context.word, context.fmt
    together = tested_together(context, NAME)
    found = in_order(context, context.main_rows(NAME, "lin"))
    rows, used = [], []
    for lin in found:
        drawn, wise = (
            _row(context, lin, f"lin_{test}") for test in ("randomisation", "westfall_young")
        )
        used += [row for row in (lin, drawn, wise if together else None) if row is not None]
        places = decimals(lin.unit, lin.sizes)
        corrected = (
            NONE if wise is None else fmt.p(wise.p_value),
            NONE if drawn is None else fmt.p(drawn.q_value),
        )
        rows.append(
            (
                context.outcome(NAME, lin.outcome),
                fmt.number(lin.control_mean, places),
                estimate_cell(context, lin, places),
                interval_cell(context, lin, places),
                NONE if drawn is None else fmt.p(drawn.p_value),
                *(corrected if together else ()),
                n_cell(context, lin),
            )
        )
    return Table(
        name="survey-effects",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-control-mean", control=context.arm_labels(NAME)[1])),
            Column(word("head-adjusted-effect"), whole=True),
            Column(word("head-interval", level=level(context)), whole=True),
            Column("p", whole=True),
            *((Column(word("head-family-wise")), Column("q", whole=True)) if together else ()),
            Column("N", whole=True),
        ),
        rows=tuple(rows),
        groups=family_groups(context, [row.outcome for row in found]),
        notes=(
            word(
                "note-effects-survey",
                level=level(context),
                draws=fmt.number(context.study.analysis.draws),
                several=int(together),
            ),
            *coded_note(context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def standardised(context: Context) -> Table:
    """The raw difference, and both estimates in standard deviations of the control arm."""
    word, rows, used = context.word, [], []
    found = in_order(context, context.main_rows(NAME, "unadjusted"))
    for raw in found:
        plain, lin = (_row(context, raw, f"{k}_standardised") for k in ("unadjusted", "lin"))
        used += [row for row in (raw, plain, lin) if row is not None]
        rows.append(
            (
                context.outcome(NAME, raw.outcome),
                estimate_cell(context, raw, decimals(raw.unit, raw.sizes)),
                estimate_cell(context, plain, 2),
                estimate_cell(context, lin, 2),
                interval_cell(context, lin, 2),
            )
        )
    return Table(
        name="survey-standardised",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-raw-points")),
            Column(word("head-raw-sd")),
            Column(word("head-adjusted-sd")),
            Column(word("head-interval-sd", level=level(context)), whole=True),
        ),
        rows=tuple(rows),
        groups=family_groups(context, [row.outcome for row in found]),
        notes=(
            word("note-standardised", level=level(context)),
            *coded_note(context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
