"""Take-up by time, deaths and emigrations, draws left out, other definitions of outcomes."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import (
    PART,
    declared,
    effect_of,
)
from finsam_report.display.sentences import level, programme
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

EXITS = ("death", "emigration")


def take_up_by(context: Context) -> Table:
    """How many had taken up support by each horizon, in both arms."""
    word, look, rows, used = context.word, context.look, [], []
    found = look.rows(PART, "first_stage_by", estimator="unadjusted", group="all")
    # Once nobody comes any more, further horizons say nothing new.
    over = [row for row in found if row.estimate == found[-1].estimate]
    for gap in [row for row in found if row not in over[1:]]:
        arms = [
            look.row(
                PART, "first_stage_by", gap.outcome, "block_weighted", group=f"arm:{arm}",
                horizon=gap.horizon,
            )
            for arm in ("support", "control")
        ]  # fmt: skip
        used += [gap, *(row for row in arms if row is not None)]
        rows.append(
            (
                context.horizon(gap.horizon),
                *(NONE if row is None else context.fmt.number(row.estimate, 1) for row in arms),
                estimate_cell(context, gap, 1),
                interval_cell(context, gap, 1),
            )
        )
    return Table(
        name="register-take-up-by",
        columns=(
            Column(word("head-within"), "left", wide=True),
            *(Column(word("head-arm-n", arm=label)) for label in context.arm_labels(PART)),
            Column(word("head-response-difference")),
            Column(word("head-interval", level=level(context))),
        ),
        rows=tuple(rows),
        notes=(
            word("note-take-up-by", programme=programme(context)),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def _definition(context: Context, outcome: str) -> Row | None:
    """The main effect that another definition stands beside, at any horizon."""
    other = next(o for o in declared(context).outcomes if o.id == outcome)
    found = context.look.rows(PART, "itt", outcome=str(other.alternative_to), estimator="lin")
    return found[0] if found else None


def _alternatives(context: Context) -> list[Row]:
    order = {o.id: place for place, o in enumerate(declared(context).outcomes)}
    rows = context.look.rows(PART, "alternative", estimator="lin")
    return sorted(rows, key=lambda row: (order[row.outcome], row.horizon))


def alternatives(context: Context) -> Table:
    """Main outcomes beside other definitions of them."""
    word, look, rows, groups, used = context.word, context.look, [], [], []
    known = {o.id: o for o in declared(context).outcomes}
    for own in _alternatives(context):
        main = look.row(
            PART, "itt", str(known[own.outcome].alternative_to), "lin", horizon=own.horizon
        )
        used += [row for row in (own, main) if row is not None]
        places = decimals(own.unit, own.sizes)
        mean = context.fmt.number(own.control_mean, places)
        groups.append(
            word(
                "alternative-of",
                other=effect_of(context, own),
                main=context.outcome(PART, str(known[own.outcome].alternative_to)),
            )
        )
        rows.append(
            (
                context.horizon(own.horizon),
                mean,
                estimate_cell(context, own, places),
                interval_cell(context, own, places),
                NONE
                if main is None
                else estimate_cell(context, main, decimals(main.unit, main.sizes)),
            )
        )
    return Table(
        name="register-alternatives",
        columns=(
            Column(word("head-time"), "left", whole=True),
            Column(word("head-mean-control", control=context.arm_labels(PART)[1])),
            Column(word("head-adjusted")),
            Column(word("head-interval", level=level(context))),
            Column(word("head-main-definition")),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-alternatives"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def alternatives_text(context: Context) -> str:
    """Whether other definitions of an outcome point the same way."""
    known = {o.id: o for o in declared(context).outcomes}
    differing, count = [], 0
    for own in _alternatives(context):
        main = context.look.row(
            PART, "itt", str(known[own.outcome].alternative_to), "lin", horizon=own.horizon
        )
        if main is None or "unknown" in (main.verdict, own.verdict):
            continue
        count += 1
        if main.verdict != own.verdict:
            differing.append(
                context.word(
                    "alternative-item",
                    outcome=context.outcome(PART, own.outcome),
                    horizon=context.horizon(own.horizon),
                )
            )
    if not count:
        return ""
    return context.word(
        "alternatives", count=count, number=context.fmt.words(count),
        differing=len(differing), items=listed(differing),
    )  # fmt: skip


def exits(context: Context) -> str:
    """How many of each arm died or emigrated; empty where the study does not say."""
    found = {
        (row.outcome, row.group): row
        for name in EXITS
        for row in context.look.rows(PART, "flow", outcome=name)
    }
    if not found:
        return ""
    support, control = context.people(PART)
    items = []
    for name in EXITS:
        counts = [found.get((name, f"arm:{arm}")) for arm in ("support", "control")]
        numbers = [math.nan if row is None else row.estimate for row in counts]
        items.append(
            context.word(
                f"exit-{name}",
                shown=int(not any(math.isnan(number) for number in numbers)),
                support=support,
                control=control,
                support_n=context.fmt.number(numbers[0]),
                control_n=context.fmt.number(numbers[1]),
            )
        )
    return context.word(
        "exits", horizon=context.horizon(max(declared(context).horizons)), items=" ".join(items)
    )


def left_out(context: Context) -> str:
    """Blocks in which chance decided nothing, which are left out; empty where there are none."""
    look = context.look
    blocks = look.rows(PART, "left_out", outcome="blocks")
    if not blocks:
        return ""
    people = look.rows(PART, "left_out", outcome="people")
    total = sum(row.estimate for row in people)
    return context.word(
        "left-out",
        blocks=int(blocks[0].estimate),
        number=context.fmt.words(int(blocks[0].estimate)),
        n=context.fmt.number(total),
        known=int(not math.isnan(total)),
    )
