"""Effects summed since randomisation: months with an outcome, and amounts of money."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.findings import listed, places
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import PART, amounts, in_order, named
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    n_cell,
    suppression_note,
)


def _rows(context: Context, estimator: str) -> list[Row]:
    return in_order(context, context.look.rows(PART, "cumulated", estimator=estimator, group="all"))


def cumulated(context: Context) -> Table:
    """The sum of each outcome since randomisation, by horizon, with the effect on it."""
    word, look = context.word, context.look
    rows: list[tuple[str, ...]] = []
    groups, used = [], []
    for lin in _rows(context, "lin"):
        plain = look.row(PART, "cumulated", lin.outcome, "unadjusted", horizon=lin.horizon)
        two, robust = (
            look.row(PART, "cumulated_late", lin.outcome, name, horizon=lin.horizon)
            for name in ("2sls", "anderson_rubin")
        )
        used += [row for row in (plain, lin, two, robust) if row is not None]
        digits = decimals(lin.unit, lin.sizes)
        groups.append(named(context, lin))
        rows.append(
            (
                context.horizon(lin.horizon),
                context.fmt.number(lin.control_mean, digits),
                estimate_cell(context, plain, digits),
                estimate_cell(context, lin, digits),
                interval_cell(context, lin, digits),
                estimate_cell(context, two, digits),
                interval_cell(context, robust, digits),
                n_cell(context, lin),
            )
        )
    takers = bool(look.rows(PART, "cumulated_late"))
    columns = [
        Column(word("head-time"), "left", whole=True),
        Column(word("head-control-mean", control=context.arm_labels(PART)[1])),
        Column(word("head-unadjusted")),
        Column(word("head-adjusted")),
        Column(word("head-interval", level=level(context))),
        Column(word("head-late")),
        Column(word("head-anderson-rubin", level=level(context))),
        Column("N", whole=True),
    ]
    if not takers:
        columns = [*columns[:5], columns[-1]]
        rows = [(*row[:5], row[-1]) for row in rows]
    return Table(
        name="register-cumulated",
        columns=tuple(columns),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-cumulated", level=level(context), takers=int(takers)),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def _said(context: Context, row: Row) -> str:
    digits = places(row)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    return context.word(
        "cumulated-item",
        outcome=context.outcome(PART, row.outcome),
        effect=context.fmt.with_unit(row.estimate, row.unit, digits),
        low=low,
        high=high,
        mean=context.fmt.number(row.control_mean, digits),
    )


def findings(context: Context) -> str:
    """What the sums up to the last horizon differ by, outcome by outcome."""
    rows = _rows(context, "lin")
    if not rows:
        return ""
    last = max(row.horizon for row in rows)
    final = [row for row in rows if row.horizon == last]
    support, control = context.people(PART)
    texts = [
        context.word(
            "cumulated-lead", horizon=context.horizon(last), control=control, level=level(context)
        )
    ]
    for verdict in ("up", "down", "unclear"):
        found = [_said(context, row) for row in final if row.verdict == verdict]
        if found:
            texts.append(
                context.word(
                    f"cumulated-{verdict}", support=support, control=control, items=listed(found)
                )
            )
    hidden = [context.outcome(PART, row.outcome) for row in final if row.verdict == "unknown"]
    if hidden:
        texts.append(context.word("cumulated-unknown", items=listed(hidden)))
    return " ".join(texts)
