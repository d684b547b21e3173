"""The main effects of the register experiment estimated in other ways."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_beside import beside
from finsam_report.display.register_names import (
    PART,
    amounts,
    effect_of,
    in_order,
    pair,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

MAIN = "lin"
SPECS = (MAIN, "unadjusted", "fixed_effects", "no_blocks")  # extremes: see amounts


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


def specifications(context: Context) -> Figure:
    """Every outcome at the last horizon under every specification, in its own unit."""
    names = made(context)
    return beside(
        context, "register-specifications",
        ("caption-register-specifications", "alt-register-specifications"),
        _all(context), names, lambda o, name, h: _row(context, o, name, h),
    )  # fmt: skip
