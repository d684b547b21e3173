"""Amounts of money: whether there is any, the mean with and without extremes, and quantiles."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import PART, amounts, in_order
from finsam_report.display.sentences import level, without_draws
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

# What a row of the table is: its key in the ledger, by analysis and estimator.
LINES = (
    ("any", "any_amount", "lin"),
    ("mean", "itt", "lin"),
    ("winsorised", "robustness", "winsorised"),
    ("median", "quantile", "quantile_50"),
    ("upper_quarter", "quantile", "quantile_75"),
    ("upper_tenth", "quantile", "quantile_90"),
)


def _places(context: Context) -> list[Row]:
    """A row for each amount and horizon that has any of the lines."""
    found = context.look.rows(PART, "quantile", estimator="quantile_50", group="all")
    found = found or context.look.rows(PART, "any_amount", estimator="lin", group="all")
    return in_order(context, found)


def table(context: Context) -> Table:
    """Amounts in several ways, at each horizon."""
    word, rows, groups, used = context.word, [], [], []
    for place in _places(context):
        mean = context.look.row(PART, "itt", place.outcome, "lin", horizon=place.horizon)
        sizes = (*place.sizes, *(mean.sizes if mean else ()))
        for name, analysis, estimator in LINES:
            row = context.look.row(PART, analysis, place.outcome, estimator, horizon=place.horizon)
            if row is None:
                continue
            used.append(row)
            digits = decimals(row.unit, sizes if row.unit == place.unit else row.sizes)
            label = context.outcome(PART, row.outcome)
            groups.append(word("amounts-group", outcome=label, horizon=context.horizon(
                row.horizon)))  # fmt: skip
            unit = "percent" if row.unit == "percentage points" else row.unit
            rows.append(
                (
                    context.with_unit(word(f"amounts-{name}"), unit),
                    context.fmt.number(row.control_mean, digits),
                    estimate_cell(context, row, digits),
                    interval_cell(context, row, digits),
                )
            )
    return Table(
        name="register-amounts",
        columns=(
            Column(word("head-amount"), "left", wide=True),
            Column(word("head-arm-n", arm=context.arm_labels(PART)[1])),
            Column(word("head-adjusted-effect")),
            Column(word("head-interval", level=level(context))),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-amounts", level=level(context), many=int(without_draws(context, PART))),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def _said(context: Context, row: Row, key: str) -> str:
    digits = decimals(row.unit, row.sizes)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    return context.word(
        key, effect=context.fmt.with_unit(row.estimate, row.unit, digits), low=low, high=high
    )


def findings(context: Context) -> str:
    """Whether more people have any amount, and which parts of the distribution move."""
    places = _places(context)
    if not places:
        return ""
    last = max(row.horizon for row in places)
    out = []
    for place in (row for row in places if row.horizon == last):
        texts = [context.word("finding-head", outcome=context.outcome(PART, place.outcome))]
        by = {
            name: context.look.row(PART, analysis, place.outcome, estimator, horizon=last)
            for name, analysis, estimator in LINES
        }
        share = by["any"]
        if share is not None and share.verdict != "unknown":
            texts.append(
                context.word(
                    "amounts-any-text",
                    verdict=share.verdict,
                    control=context.people(PART)[1],
                    horizon=context.horizon(last),
                    mean=context.fmt.number(share.control_mean, 1),
                    said=_said(context, share, "amounts-said"),
                )
            )
        mean, drawn = by["mean"], by["winsorised"]
        if mean is not None and drawn is not None and mean.known and drawn.known:
            same = mean.verdict == drawn.verdict
            texts.append(
                context.word(
                    "amounts-winsorised-text",
                    same=int(same),
                    said=_said(context, drawn, "amounts-said"),
                )
            )
        moved, still, zero = [], [], []
        for name in ("median", "upper_quarter", "upper_tenth"):
            row = by[name]
            if row is None or not row.known:
                continue
            label = context.word(f"amounts-{name}").lower()
            if row.verdict == "unknown":
                zero.append(label)
            elif row.verdict == "unclear":
                still.append(context.word("amounts-at", name=label, said=_said(
                    context, row, "amounts-said")))  # fmt: skip
            else:
                moved.append(context.word("amounts-at", name=label, said=_said(
                    context, row, "amounts-said")))  # fmt: skip
        for key, items in (("moved", moved), ("still", still), ("zero", zero)):
            if items:
                texts.append(context.word(f"amounts-{key}", items=listed(items)))
        out.append(" ".join(texts))
    return "\n\n".join(out)
