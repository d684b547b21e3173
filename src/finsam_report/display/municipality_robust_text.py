"""What the municipality chapter says on counties, chance, placebos, sums, and what is missing."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_check_text import mains
from finsam_report.display.municipality_names import (
    ALL,
    MAIN,
    PART,
    declared,
    main_outcomes,
    outcome,
    overall,
    places,
)
from finsam_report.display.municipality_text import numbers, paired


def leave_out(context: Context) -> str:
    """How much the effects move when each county is left out."""
    rows = mains(context)
    digits, items, moved, counties = places(rows), [], [], 0
    for row in rows:
        found = [
            other
            for other in context.look.rows(PART, "leave_out", outcome=row.outcome, estimator=MAIN)
            if other.known
        ]
        if not found:
            continue
        counties = max(counties, len(found))
        low = min(found, key=lambda other: other.estimate)
        high = max(found, key=lambda other: other.estimate)
        changed = [other for other in found if other.verdict not in (row.verdict, "unknown")]
        if changed:
            moved.append(
                context.word(
                    "municipality-leave-moved",
                    outcome=outcome(context, row.outcome),
                    count=len(changed),
                    number=context.fmt.words(len(changed)),
                    counties=context.fmt.joined(
                        [other.group.partition("=")[2] for other in changed]
                    ),
                )
            )
        items.append(
            context.word(
                "municipality-leave-item",
                outcome=outcome(context, row.outcome),
                effect=context.fmt.number(row.estimate, digits),
                low=context.fmt.number(low.estimate, digits),
                high=context.fmt.number(high.estimate, digits),
            )
        )
    if not items:
        return ""
    return context.word(
        "municipality-leave",
        counties=context.fmt.number(counties),
        items=listed(items),
        moved=len(moved),
        moved_items=listed(moved),
    )


def permutation(context: Context) -> str:
    """What remains if dates of joining are exchanged by chance."""
    rows = [row for row in context.look.rows(PART, "permutation") if math.isfinite(row.p_value)]
    if not rows:
        return ""
    found = {row.outcome: row for row in rows}
    items = [
        context.word(
            "municipality-permutation-item",
            outcome=outcome(context, name),
            p=context.fmt.p_equation(found[name].p_value),
        )
        for name in main_outcomes(context)
        if name in found
    ]
    apart = [
        row
        for row in mains(context)
        if row.outcome in found
        and (row.verdict != "unclear") != (found[row.outcome].p_value <= Q_LEVEL)
    ]
    return context.word(
        "municipality-permutation",
        draws=context.fmt.number(max(row.n_support for row in rows)),
        items=listed(items),
        kind=rows[0].estimator,
        apart=len(apart),
        names=context.fmt.joined([outcome(context, row.outcome) for row in apart]),
    )


def placebo(context: Context) -> str:
    """Whether joining seems to change what it should not."""
    rows = [
        row
        for row in context.look.rows(PART, "placebo", estimator=MAIN, group=ALL)
        if row.verdict != "unknown"
    ]
    if not rows:
        return ""
    digits = places(rows)
    found = [row for row in rows if row.verdict != "unclear"]
    items = [
        context.word(
            "item-detail",
            item=outcome(context, row.outcome),
            **numbers(context, row, digits),
        )
        for row in rows
    ]
    return context.word(
        "municipality-placebo", count=len(rows), found=len(found), items=listed(items)
    )


def substitution(context: Context) -> str:
    """What the sum of outcomes says when its pieces move: shifted between them, or changed."""
    out = []
    for item in declared(context).outcomes:
        row = context.look.row(PART, "substitution", item.id, MAIN)
        if row is None or row.verdict == "unknown" or not item.sum_of:
            continue
        pieces = [overall(context, name) for name in item.sum_of]
        ways = {piece.verdict for piece in pieces if piece is not None}
        digits = places([row, *pieces])
        out.append(
            context.word(
                "municipality-substitution",
                pieces=context.fmt.joined([outcome(context, name) for name in item.sum_of]),
                opposite=int({"up", "down"} <= ways),
                verdict=row.verdict,
                pair=paired(context, row, digits),
            )
        )
    return "\n\n".join(out)


def not_estimated(context: Context) -> str:
    """Effects that could not be estimated, and why."""
    rows = context.look.rows(PART, "not_estimated")
    if not rows:
        return ""
    reasons: dict[str, list[Row]] = {}
    for row in rows:
        reasons.setdefault(row.estimator, []).append(row)
    items = [
        context.word(
            "municipality-reason", reason=reason, count=len(own),
            number=context.fmt.number(len(own)),
        )
        for reason, own in reasons.items()
    ]  # fmt: skip
    return context.word(
        "municipality-not-estimated",
        count=len(rows),
        number=context.fmt.number(len(rows)),
        items=listed(items),
    )
