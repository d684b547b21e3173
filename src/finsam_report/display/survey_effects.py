"""Beside the effect on each item: in standard deviations, on summaries, at other surveys."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, decimals
from finsam_report.display.lookup import ICW, KLK, Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_names import declared
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    coded_note,
    estimate_cell,
    family_labels,
    frame_of,
    interval_cell,
    n_cell,
    suppression_note,
)

FAMILY = "family="


def primary_month(context: Context) -> float:
    """Months from randomisation to the survey that effects are measured with."""
    part = declared(context)
    return float(part.wave(part.primary_wave).month)


def one_scale(context: Context, items: list[str]) -> bool:
    """Whether items are answered on scales of the same length."""
    lengths = {i.maximum - i.minimum for i in declared(context).items if i.id in items}
    return len(lengths) <= 1


def item_order(context: Context) -> dict[str, int]:
    """Where each item stands: families in the order of their first item, then as declared."""
    families = family_labels(context, "survey")
    first = list(dict.fromkeys(families.values()))
    ids = sorted(families, key=lambda name: first.index(families[name]))
    return {name: k for k, name in enumerate(ids)}


def in_order(context: Context, rows: list[Row]) -> list[Row]:
    """Rows of items, those of a family together."""
    order = item_order(context)
    return sorted((r for r in rows if r.outcome in order), key=lambda r: order[r.outcome])


def family_groups(context: Context, items: list[str]) -> tuple[str, ...]:
    """A heading for each item's row where there are several families, nothing else."""
    families = family_labels(context, "survey")
    names = tuple(families[item] for item in items)
    return names if len(set(families.values())) > 1 else ()


def index_families(context: Context) -> list[str]:
    """Families that the ledger has a summary of."""
    rows = context.look.rows("survey", "index_weight", estimator="cronbach_alpha")
    return [row.group.removeprefix(FAMILY) for row in rows]


def family_name(context: Context, family: str) -> str:
    """The label of a family by its id."""
    part = declared(context)
    names = {entry.id: context.label(entry.label) for entry in part.families}
    return names.get(family, family)


def index_row(context: Context, which: str, family: str, estimator: str) -> Row | None:
    """An effect on a summary index."""
    return context.look.row(
        "survey", "itt", which + family, estimator, horizon=primary_month(context)
    )


def index(context: Context) -> Table:
    """Effects on both summaries of each family."""
    word, rows, groups, used = context.word, [], [], []
    families = index_families(context)
    for family in families:
        for which, name in ((KLK, "index-klk"), (ICW, "index-icw")):
            found = {
                key: index_row(context, which, family, key)
                for key in ("unadjusted", "lin", "lin_randomisation")
            }
            lin, drawn = found["lin"], found["lin_randomisation"]
            if lin is None:
                continue
            used += [row for row in found.values() if row is not None]
            groups.append(family_name(context, family))
            rows.append(
                (
                    word(name),
                    estimate_cell(context, found["unadjusted"], 2),
                    estimate_cell(context, lin, 2),
                    interval_cell(context, lin, 2),
                    NONE if drawn is None else context.fmt.p(drawn.p_value),
                    n_cell(context, lin),
                )
            )
    alphas = [
        row
        for row in context.look.rows("survey", "index_weight", estimator="cronbach_alpha")
        if row.known
    ]
    values = [
        word(
            "note-alpha-value",
            family=family_name(context, row.group.removeprefix(FAMILY)),
            alpha=context.fmt.number(row.estimate, 2),
        )
        for row in alphas
    ]
    people = context.people("survey")[1]
    return Table(
        name="survey-index",
        columns=(
            Column(word("head-index"), "left", wide=True),
            Column(word("head-unadjusted")),
            Column(word("head-adjusted")),
            Column(word("head-interval", level=level(context)), whole=True),
            Column(word("head-randomisation-p")),
            Column("N"),
        ),
        rows=tuple(rows),
        groups=tuple(groups) if len(set(groups)) > 1 else (),
        notes=(
            word(
                "note-index",
                level=level(context),
                draws=context.fmt.number(context.study.analysis.draws),
            ),
            *([word("note-alpha", people=people, values="; ".join(values))] if values else []),
            *suppression_note(context, rows),
        ),
        data=frame_of([*used, *alphas]),
    )


def weight(context: Context, item: str, family: str, estimator: str) -> Row | None:
    """What an item counts in a summary of its family."""
    return context.look.row(
        "survey",
        "index_weight",
        item,
        estimator,
        group=f"{FAMILY}{family}",
        horizon=primary_month(context),
    )


def negative_weights(context: Context) -> list[Row]:
    """Weights below zero."""
    rows = context.look.rows("survey", "index_weight", estimator="icw")
    return [row for row in rows if row.known and row.estimate < 0]


def index_weights(context: Context) -> Table:
    """What each item counts in the two summaries."""
    rows, groups, used = [], [], []
    for family in index_families(context):
        for item in declared(context).items:
            both = [weight(context, item.id, family, name) for name in ("klk", "icw")]
            if item.family != family or None in both:
                continue
            used += [row for row in both if row is not None]
            groups.append(family_name(context, family))
            rows.append(
                (
                    context.outcome("survey", item.id),
                    *(NONE if r is None else context.fmt.number(r.estimate, 2) for r in both),
                )
            )
    word = context.word
    return Table(
        name="survey-index-weights",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-weight-equal")),
            Column(word("head-weight-covariance")),
        ),
        rows=tuple(rows),
        groups=tuple(groups) if len(set(groups)) > 1 else (),
        notes=(
            word("note-index-weights"),
            *([word("note-negative-weight")] if negative_weights(context) else []),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def other_waves(context: Context) -> Table:
    """Adjusted effects at every survey after randomisation that went to both arms."""
    rows, groups, used = [], [], []
    for item, points in effects_by_wave(context):
        for row in points:
            places = decimals(row.unit, row.sizes)
            used.append(row)
            groups.append(context.outcome("survey", item))
            rows.append(
                (
                    context.horizon(row.horizon),
                    NONE
                    if math.isnan(row.control_mean) and row.known
                    else context.fmt.number(row.control_mean, places),
                    estimate_cell(context, row, places),
                    interval_cell(context, row, places),
                    context.fmt.p(row.p_value),
                    n_cell(context, row),
                )
            )
    word = context.word
    return Table(
        name="survey-other-waves",
        columns=(
            Column(word("head-survey-at"), "left"),
            Column(word("head-control-mean", control=context.arm_labels("survey")[1])),
            Column(word("head-adjusted-effect")),
            Column(word("head-interval", level=level(context)), whole=True),
            Column("p"),
            Column("N"),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-other-waves", level=level(context), month=int(primary_month(context))),
            *coded_note(context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def effects_by_wave(context: Context) -> list[tuple[str, list[Row]]]:
    """Each item that was asked at several surveys, with its effects in the order of time."""
    found: dict[str, list[Row]] = {}
    for row in in_order(context, context.look.rows("survey", "itt", estimator="lin", group="all")):
        found.setdefault(row.outcome, []).append(row)
    return [
        (item, sorted(rows, key=lambda r: r.horizon))
        for item, rows in found.items()
        if len(rows) > 1
    ]
