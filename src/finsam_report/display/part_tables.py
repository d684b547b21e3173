"""Tables that the register experiment has."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note
from finsam_report.study import Register


def _register(context: Context) -> Register:
    part = context.part("register")
    if not isinstance(part, Register):
        raise ValueError("the study has no register part")
    return part


def take_up(context: Context) -> Table:
    """How many met a team, by block."""
    look, fmt = context.look, context.fmt
    support, control = context.arm_labels("register")
    blocks = [
        row.group.partition("|block:")[2]
        for row in look.rows("register", "flow", outcome="randomised")
        if row.group.startswith("arm:support|block:")
    ]
    used: list[Row] = []

    def line(label: str, suffix: str) -> tuple[str, ...]:
        cells = [label]
        for arm in ("support", "control"):
            group = f"arm:{arm}{suffix}"
            n = look.count("register", "randomised", group)
            met = look.count("register", "met_team", group)
            used.extend(
                r
                for name in ("randomised", "met_team")
                if (r := look.row("register", "flow", name, "count", group=group)) is not None
            )
            share = 100 * met / n if n else math.nan
            cells += [fmt.number(n), fmt.number(met), fmt.number(share, 1)]
        return tuple(cells)

    rows = [line(block, f"|block:{block}") for block in blocks]
    rows.append(line(context.word("all"), ""))
    word, programme = context.word, context.study.study.programme
    return Table(
        name="register-take-up",
        columns=(
            Column(
                word("head-block", programme=programme) if blocks else word("head-group"),
                "left",
                wide=True,
            ),
            Column(word("head-arm-n", arm=support)),
            Column(word("head-met", programme=programme)),
            Column(word("head-met-share")),
            Column(word("head-arm-n", arm=control)),
            Column(word("head-met", programme=programme)),
            Column(word("head-met-share")),
        ),
        rows=tuple(rows),
        notes=(
            word("note-take-up", programme=programme, treatment=context.treatment("register")),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
        totals=1 if blocks else 0,
    )


def not_estimated(context: Context) -> Table:
    """Outcomes that could not be estimated, with the reason."""
    part = _register(context)
    found = context.look.rows("register", "not_estimated", group="all")
    order = {outcome.id: number for number, outcome in enumerate(part.outcomes)}
    rows = []
    for outcome in sorted({r.outcome for r in found}, key=lambda o: order.get(o, 0)):
        for reason in dict.fromkeys(r.estimator for r in found if r.outcome == outcome):
            at = [r.horizon for r in found if r.outcome == outcome and r.estimator == reason]
            rows.append(
                (
                    context.outcome("register", outcome),
                    context.fmt.joined([str(int(h)) for h in at]),
                    context.word(
                        f"reason-{reason}",
                        events=context.fmt.number(part.minimum_events),
                        arm=context.fmt.number(part.minimum_events_arm),
                    ),
                )
            )
    word = context.word
    return Table(
        name="register-not-estimated",
        columns=(
            Column(word("head-outcome"), "left"),
            Column(word("head-horizons", unit=part.period), "left"),
            Column(word("head-reason"), "left", wide=True),
        ),
        rows=tuple(rows),
        data=frame_of(found),
    )
