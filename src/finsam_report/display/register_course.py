"""First events, what follows a job, and costs: tables and sentences of the register chapter."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import PART, declared
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

OTHER = "none_of_these"
STEPS = (0, 3, 6, 12)
CLEAR = 0.05
COST_LINES = ("cost", "willingness", "net_cost", "net_value")


def _events(context: Context, estimator: str, group: str) -> dict[float, Row]:
    found = context.look.rows(PART, "first_event", estimator=estimator, group=group)
    return {row.horizon: row for row in found}


def first_event(context: Context) -> Table:
    """Share who have had a first period with the outcome, by arm and horizon."""
    word, rows, used = context.word, [], []
    arms = [_events(context, "incidence", f"arm:{arm}") for arm in ("support", "control")]
    gaps = _events(context, "difference", "all")
    for horizon in declared(context).horizons:
        gap = gaps.get(float(horizon))
        both = [arm.get(float(horizon)) for arm in arms]
        if gap is None or None in both:
            continue
        known = [row for row in both if row is not None]
        used += [*known, gap]
        rows.append(
            (
                context.horizon(horizon),
                *(context.fmt.number(row.estimate, 1) for row in known),
                estimate_cell(context, gap, 1),
                interval_cell(context, gap, 1),
            )
        )
    labels = context.arm_labels(PART)
    return Table(
        name="register-first-event",
        columns=(
            Column(word("head-within"), "left", wide=True),
            *(Column(word("head-arm-n", arm=label)) for label in labels),
            Column(word("head-response-difference")),
            Column(word("head-interval", level=level(context))),
        ),
        rows=tuple(rows),
        notes=(word("note-first-event"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def first_event_text(context: Context) -> str:
    """Whether the first period comes sooner in one of the arms, and what deaths mean for that."""
    test = context.look.rows(PART, "first_event", estimator="log_rank")
    part = declared(context)
    states = part.states
    if not test or math.isnan(test[0].p_value) or states is None:
        return ""
    gaps = [row.estimate for row in _events(context, "difference", "all").values() if row.known]
    support, control = context.people(PART)
    text = context.word(
        "first-event",
        outcome=context.outcome(PART, states.start),
        clear=int(test[0].p_value < CLEAR),
        sooner="support" if sum(gaps) > 0 else "control",
        support=support,
        control=control,
        p=context.fmt.p_equation(test[0].p_value),
    )
    if not any(context.look.rows(PART, "flow", outcome=name) for name in ("death", "emigration")):
        return text
    exits = context.word(
        "first-event-exits", death=part.exits.death, emigration=part.exits.emigration
    )
    return f"{text} {exits}"


def transitions(context: Context) -> Table:
    """Where people are some months after their first spell, by arm."""
    states = declared(context).states
    word, rows, groups, used = context.word, [], [], []
    shown = [s for s in STEPS if states is not None and s <= states.follow]
    names = [*(states.states if states is not None else ()), OTHER]
    labels = dict(zip(("support", "control"), context.arm_labels(PART), strict=True))
    found = {(r.group, r.horizon): r for r in context.look.rows(PART, "transition")}
    for arm, label in labels.items():
        for name in names:
            line = [found.get((f"arm:{arm}|state:{name}", float(s))) for s in shown]
            if all(row is None for row in line):
                continue
            used += [row for row in line if row is not None]
            groups.append(label)
            own = word("state-other") if name == OTHER else context.outcome(PART, name)
            rows.append(
                (own, *(NONE if row is None else context.fmt.number(row.estimate, 1)
                        for row in line))
            )  # fmt: skip
        people = [found.get((f"arm:{arm}|state:{OTHER}", float(s))) for s in shown]
        if any(people):
            groups.append(label)
            rows.append((word("row-people-known"), *(_people(context, row) for row in people)))
    return Table(
        name="register-transitions",
        columns=(
            Column(word("head-state"), "left", wide=True),
            *(Column(word("head-months-after", count=s)) for s in shown),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-transitions"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def _people(context: Context, row: Row | None) -> str:
    if row is None:
        return NONE
    n = row.n_support if not math.isnan(row.n_support) else row.n_control
    return SUPPRESSED if math.isnan(n) else context.fmt.number(n)


def _cost(context: Context, estimator: str) -> Row | None:
    rows = context.look.rows(PART, "costs", estimator=estimator, outcome="per_offer")
    return rows[0] if rows else None


def costs(context: Context) -> Table:
    """What the offer costs and gives per person offered support, up to the last period."""
    word, rows, used = context.word, [], []
    for name in COST_LINES:
        row = _cost(context, name)
        if row is None:
            continue
        used.append(row)
        digits = decimals(row.unit, row.sizes)
        rows.append(
            (
                context.with_unit(word(f"costs-{name}"), row.unit),
                context.fmt.number(row.estimate, digits),
                interval_cell(context, row, digits),
            )
        )
    ratio = _cost(context, "mvpf")
    if ratio is not None:
        used.append(ratio)
        rows.append(
            (
                word("costs-mvpf"),
                context.fmt.number(ratio.estimate, 2),
                interval_cell(context, ratio, 2),
            )
        )
    part = declared(context).costs
    notes = () if part is None else (
        word(
            "note-costs", tax=context.fmt.number(100 * part.tax_rate, 0),
            rate=context.fmt.number(100 * part.discount_rate, 1),
            administration=context.fmt.number(100 * part.administration, 1),
            cost=context.fmt.number(part.per_participant, 0), currency=part.currency,
            deadweight=int(part.deadweight is not None),
        ),
    )  # fmt: skip
    return Table(
        name="register-costs",
        columns=(
            Column(word("head-measure"), "left", wide=True),
            Column(word("head-estimate")),
            Column(word("head-interval", level=level(context))),
        ),
        rows=tuple(rows),
        notes=(*notes, *suppression_note(context, rows)),
        data=frame_of(used),
    )


def costs_text(context: Context) -> str:
    """Whether the purse gains or loses, and when the programme has paid for itself."""
    net, gain, ratio = (_cost(context, n) for n in ("net_cost", "willingness", "mvpf"))
    if net is None or gain is None or ratio is None or not net.known:
        return ""
    rows = context.look.rows(PART, "costs", estimator="break_even", outcome="purse")
    even = rows[0] if rows else None
    low, high = context.fmt.ends(net.ci_low, net.ci_high, 0)
    return context.word(
        "costs-text",
        verdict=net.verdict,
        gain=gain.verdict,
        horizon=context.horizon(net.horizon),
        net=context.fmt.with_unit(net.estimate, net.unit, 0),
        low=low,
        high=high,
        case=ratio.group.removeprefix("case="),
        even=int(even is not None and even.known),
        period=context.horizon(even.estimate) if even is not None and even.known else "",
    )
