"""What is said of people drawn later: how many, what is presumed, whether it matters."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.register_later import ANALYSIS, made, main_rows, of_control, row_of
from finsam_report.display.register_names import PART

AGAINST_NEVER = ("censored", "stacked_undiluted")


def counts(context: Context) -> str:
    """How many of those first not drawn were in a later draw, and drawn in one."""
    found = context.look.rows(PART, ANALYSIS, outcome="drawn_later", estimator="count")
    if not found:
        return ""
    # What the last horizon adds may be too little to show; an earlier one is shown then.
    drawn = next((row for row in reversed(found) if row.known), found[-1])
    there = of_control(context, "in_later_draw", "count", drawn.horizon)
    share = of_control(context, "drawn_later", "share", drawn.horizon)
    if there is None or share is None:
        return ""
    fmt = context.fmt
    return context.word(
        "later-people",
        shown="hidden" if not drawn.known else "none" if drawn.estimate == 0 else "some",
        all=fmt.number(drawn.n_control),
        control=context.people(PART)[1],
        horizon=context.horizon(drawn.horizon),
        known=int(there.known),
        listed=fmt.number(there.estimate),
        drawn=fmt.number(drawn.estimate),
        share=fmt.number(share.estimate, 1),
    )


def manners(context: Context) -> str:
    """What each manner presumes."""
    names, items = made(context), []
    if "censored" in names:
        last = max(row.horizon for row in context.look.rows(PART, ANALYSIS, outcome="weights"))
        row, effective = (
            of_control(context, "weights", name, last) for name in ("percentile_95", "effective")
        )
        known = row is not None and effective is not None and row.known
        items.append(context.word("later-manner-censored"))
        if known and row is not None and effective is not None:
            items[-1] += " " + context.word(
                "later-weights",
                horizon=context.horizon(last),
                people=context.fmt.number(row.n_control),
                hidden=int(math.isnan(row.n_control)),
                effective=context.fmt.number(effective.estimate),
                high=context.fmt.number(row.estimate, 1),
            )
    items += [
        context.word(f"later-manner-{name}")
        for name in ("stacked", "stacked_undiluted")
        if name in names
    ]
    return "\n".join(f"- {item}" for item in items)


def left_out(context: Context) -> str:
    """Why a manner that was asked for has no effects at all."""
    rows = context.look.rows(PART, "not_estimated", group=f"{ANALYSIS}:stacked")
    why = {row.estimator for row in rows} & {"months_missing", "too_many_rows"}
    return context.word("later-no-stack", why=why.pop()) if why else ""


def findings(context: Context) -> str:
    """For how many effects the manners say the same, and whether the main one is diluted."""
    names = made(context)
    every = [row for row in main_rows(context) if row.verdict != "unknown"]
    if not every or not names:
        return ""
    differing, compared, shift = [], 0, 0.0
    further, clear = dict.fromkeys(AGAINST_NEVER, 0), dict.fromkeys(AGAINST_NEVER, 0)
    for main in every:
        known = {}
        for name in names[1:]:
            row = row_of(context, main.outcome, name, main.horizon)
            if row is not None and row.verdict != "unknown":
                known[name] = row
        compared += bool(known)
        other = [name for name, row in known.items() if row.verdict != main.verdict]
        if other:
            differing.append(
                context.word(
                    "register-robust-item",
                    outcome=context.outcome(PART, main.outcome),
                    horizon=context.horizon(main.horizon),
                    specs=context.fmt.joined([context.word(f"later-{name}") for name in other]),
                )
            )
        for name, row in known.items():
            if main.std_error > 0:
                shift = max(shift, abs(row.estimate - main.estimate) / main.std_error)
            if name in AGAINST_NEVER and main.verdict != "unclear":
                clear[name] += 1
                further[name] += math.copysign(1, main.estimate) * row.estimate > abs(main.estimate)
    if not compared:
        return ""
    words = context.fmt.words
    text = context.word(
        "later-findings",
        effects=compared,
        number=words(compared),
        manners=words(len(names)),
        differing=len(differing),
        items=listed(differing),
        shift=context.fmt.number(shift, 1),
    )
    for name in AGAINST_NEVER:
        if clear[name]:
            text += " " + context.word(
                "later-further",
                manner=context.word(f"later-{name}"),
                clear=clear[name],
                number=words(clear[name]),
                further=further[name],
                many=words(further[name]),
            )
    return text
