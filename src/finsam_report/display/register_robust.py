"""The main effects of the register experiment estimated in other ways."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import survey_forest
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import (
    PART,
    amounts,
    effect_of,
    in_order,
    outcomes,
    pair,
)
from finsam_report.display.sentences import level
from finsam_report.display.survey_forest import Line, Mark, Panel
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

MAIN = "lin"
SPECS = (MAIN, "unadjusted", "fixed_effects", "no_blocks")  # extremes: see amounts
FEW = 4  # outcomes up to which two panels stand beside one another, and three beyond


def made(context: Context) -> list[str]:
    """The specifications that the study has, the main one first."""
    there = {row.estimator for row in context.look.rows(PART, "robustness")}
    return [name for name in SPECS if name in there]


def _row(context: Context, outcome: str, name: str, horizon: float) -> Row | None:
    return context.look.row(PART, "robustness", outcome, name, horizon=horizon)


def _all(context: Context) -> list[Row]:
    return in_order(context, context.look.rows(PART, "robustness", estimator=MAIN))


def table(context: Context) -> Table:
    """Every outcome and horizon under every specification."""
    word, names = context.word, made(context)
    rows, groups, used = [], [], []
    for main in _all(context):
        line = [_row(context, main.outcome, name, main.horizon) for name in names]
        known = [row for row in line if row is not None]
        used += known
        places = decimals(main.unit, tuple(x for row in known for x in row.sizes))
        groups.append(effect_of(context, main))
        cells = [pair(context, row, places, NONE, SUPPRESSED) for row in line]
        rows.append((context.horizon(main.horizon), *cells))
    return Table(
        name="register-robustness",
        columns=(
            Column(word("head-time"), "left", whole=True),
            *(Column(word(f"short-{name}")) for name in names),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-register-robustness", level=level(context)),
            *(word(f"note-register-spec-{name}") for name in names),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def findings(context: Context) -> str:
    """For how many effects the reading is the same in every specification."""
    names = made(context)
    differing, every = [], [row for row in _all(context) if row.verdict != "unknown"]
    shift = 0.0
    for main in every:
        line = [_row(context, main.outcome, name, main.horizon) for name in names]
        known = [row for row in line if row is not None and row.verdict != "unknown"]
        if any(row.verdict != main.verdict for row in known):
            other = [row for row in known if row.verdict != main.verdict]
            differing.append(
                context.word(
                    "register-robust-item",
                    outcome=context.outcome(PART, main.outcome),
                    horizon=context.horizon(main.horizon),
                    specs=context.fmt.joined(
                        [context.word(f"short-{row.estimator}").lower() for row in other]
                    ),
                )
            )
        for row in known:
            if main.std_error > 0:
                shift = max(shift, abs(row.estimate - main.estimate) / main.std_error)
    if not every or len(names) < 2:
        return ""
    return context.word(
        "register-robust",
        number=context.fmt.words(len(names)),
        effects=len(every),
        effects_number=context.fmt.words(len(every)),
        differing=len(differing),
        items=listed(differing),
        shift=context.fmt.number(shift, 1),
    )


def _mark(context: Context, row: Row | None, *, main: bool) -> Mark:
    if row is None:
        return Mark()
    if not row.known:
        return Mark(absent=context.word("not-shown"))
    return Mark(row.estimate, row.ci_low, row.ci_high, main=main)


def specifications(context: Context) -> Figure:
    """Every outcome at the last horizon under every specification, in its own unit."""
    word, fmt, names = context.word, context.fmt, made(context)
    every = _all(context)
    last = max((row.horizon for row in every), default=math.nan)
    lines = [Line(word(f"short-{name}")) for name in names]
    panels, used, said = [], [], []
    for outcome in outcomes(context, [row for row in every if row.horizon == last]):
        rows = [_row(context, outcome, name, last) for name in names]
        known = [row for row in rows if row is not None]
        used += known
        marks = [
            _mark(context, row, main=name == MAIN) for name, row in zip(names, rows, strict=True)
        ]
        main = known[0]
        title = effect_of(context, main)
        panels.append(Panel(title, tuple(marks), main.estimate))
        places = decimals(main.unit, main.sizes)
        texts = [
            word(
                "alt-spec",
                spec=word(f"short-{row.estimator}"),
                effect=fmt.number(row.estimate, places),
                interval=fmt.interval(row.ci_low, row.ci_high, places),
            )
            for row in known
            if row.known
        ]
        said.append(word("alt-panel", title=title, lines="; ".join(texts)))
    columns = max(1, min(2 if len(panels) <= FEW else 3, len(panels)))
    support, control = context.arm_labels(PART)

    def draw(canvas: Canvas) -> None:
        axis = word("axis-own-unit", support=support, control=control)
        survey_forest.draw(canvas, lines, panels, columns, axis, shared=False, tick=fmt.tick)

    return Figure(
        name="register-specifications",
        caption=word(
            "caption-register-specifications",
            level=level(context),
            horizon=context.horizon(last),
        ),
        alt=word("alt-register-specifications", level=level(context), lines=" ".join(said)),
        data=frame_of(used),
        draw=draw,
        height=survey_forest.height(len(lines), len(panels), columns, [p.title for p in panels]),
    )
