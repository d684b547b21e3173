"""Effects before randomisation, where there can be none: a check of the comparison itself."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import (
    PART,
    amounts,
    effect_of,
    horizons,
    in_order,
    outcomes,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)


def _rows(context: Context) -> list[Row]:
    found = context.look.rows(PART, "placebo", estimator="lin", group="all")
    return in_order(context, found)


def table(context: Context) -> Table:
    """Differences before randomisation, at up to three points in time."""
    word, rows, groups = context.word, [], []
    found = _rows(context)
    at = horizons(found)
    shown = [row for row in found if row.horizon in at]
    for row in shown:
        places = decimals(row.unit, row.sizes)
        groups.append(effect_of(context, row))
        rows.append(
            (
                context.fmt.number(row.horizon),
                estimate_cell(context, row, places),
                interval_cell(context, row, places),
                context.fmt.p(row.p_value),
            )
        )
    return Table(
        name="register-placebo",
        columns=(
            Column(word("head-period"), "left", whole=True),
            Column(word("head-adjusted")),
            Column(word("head-interval", level=level(context))),
            Column("p", whole=True),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-placebo"), *amounts(shown, context), *suppression_note(context, rows)),
        data=frame_of(shown),
    )


def findings(context: Context) -> str:
    """How many of the differences before randomisation are larger than chance would make them."""
    known = [row for row in _rows(context) if row.verdict != "unknown"]
    if not known:
        return ""
    clear = [row for row in known if row.verdict != "unclear"]
    names = [context.outcome(PART, name) for name in outcomes(context, clear)]
    alpha = 1 - context.study.analysis.level
    return context.word(
        "placebo",
        count=len(known),
        number=context.fmt.words(len(known)),
        clear=len(clear),
        clear_number=context.fmt.words(len(clear)),
        items=listed(names),
        expected=context.fmt.number(alpha * len(known), 1),
    )
