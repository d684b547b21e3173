"""Effects in subgroups: tables, and the sentences on whether they differ."""

from __future__ import annotations

import math

from finsam_report.display import group_labels
from finsam_report.display.context import Context, Part
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import capital, level
from finsam_report.display.survey_effects import in_order, primary_month
from finsam_report.display.survey_names import declared
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    coded_note,
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

PART: Part = "survey"
ON_A_PAGE = 4  # items that fit beside one another
PAGES = 3
NOT_IN_GROUP = ("too_few_in_group", "too_few_people", "undetermined")


def pages(context: Context) -> list[list[str]]:
    """Items with effects in subgroups, those of a page together; at most three pages."""
    rows = in_order(context, context.look.rows(PART, "subgroup", estimator="lin"))
    names = list(dict.fromkeys(row.outcome for row in rows))
    count = min(PAGES, math.ceil(len(names) / ON_A_PAGE))
    size = math.ceil(len(names) / count) if count else 0
    return [names[k : k + size] for k in range(0, len(names), size)] if size else []


def left_out(context: Context) -> dict[tuple[str, str], Row]:
    """Levels whose effect on an item is not estimated, with the reason as estimator."""
    rows = context.look.rows(PART, "not_estimated")
    return {(row.outcome, row.group): row for row in rows if "=" in row.group}


def structure(context: Context) -> list[tuple[str, list[str]]]:
    """Subgroup variables with their levels, in the order of the declaration."""
    rows = context.look.rows(PART, "subgroup", estimator="lin")
    groups = [row.group for row in rows] + [group for _, group in left_out(context)]
    out = []
    for entry in declared(context).subgroups:
        found = [v for n, v in map(group_labels.split, groups) if n == entry.id]
        if found:
            out.append((entry.id, group_labels.levels(context, PART, entry.id, found)))
    return out


def effect(context: Context, item: str, group: str) -> Row | None:
    """The adjusted effect on an item in a subgroup."""
    return context.look.row(
        PART, "subgroup", item, "lin", group=group, horizon=primary_month(context)
    )


def _cell(context: Context, row: Row | None) -> str:
    if row is None:
        return NONE
    if not row.known:
        return SUPPRESSED
    places = decimals(row.unit, row.sizes)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, places)
    interval = context.word("interval", low=low, high=high).replace(" ", "\u00a0")
    return f"{context.fmt.number(row.estimate, places)} ({interval})"


def _people(context: Context, rows: list[Row | None]) -> str:
    """The most people with an answer to one of the items."""
    known = [row.n for row in rows if row is not None and math.isfinite(row.n)]
    if known and max(known) == 0:  # nobody in one of the arms: there is no comparison to count
        return NONE
    if known:
        return context.fmt.number(max(known))
    return SUPPRESSED if any(row is not None for row in rows) else NONE


def effects(context: Context, page: int = 0) -> Table:
    """Effects on the items of a page in every subgroup, and among all."""
    word, found = context.word, pages(context)
    shown = found[page] if page < len(found) else []
    every = [item for items in found for item in items]
    rows, groups, used = [], [], []
    for variable, levels in structure(context):
        for value in levels:
            cells = [effect(context, item, f"{variable}={value}") for item in shown]
            lost = [left_out(context).get((i, f"{variable}={value}")) for i in every]
            own = [effect(context, item, f"{variable}={value}") for item in every]
            used += [row for row in cells if row is not None]
            groups.append(group_labels.variable(context, PART, variable))
            rows.append(
                (
                    group_labels.level(context, PART, variable, value),
                    _people(context, [*own, *lost]),
                    *(_cell(context, row) for row in cells),
                )
            )
    total = [
        context.look.row(PART, "itt", item, "lin", horizon=primary_month(context)) for item in every
    ]
    if rows:
        shown_total = [total[every.index(item)] for item in shown]
        used += [row for row in shown_total if row is not None]
        groups.append(word("all"))
        rows.append(
            (word("all"), _people(context, total), *(_cell(context, r) for r in shown_total))
        )
    return Table(
        name="survey-subgroups" + (f"-{page + 1}" if page else ""),
        columns=(
            Column(word("head-group"), "left", wide=True),
            Column("N"),
            *(Column(context.outcome(PART, item)) for item in shown),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-subgroups", level=level(context)),
            *not_estimated_notes(context),
            *coded_note(context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def not_estimated_notes(context: Context) -> list[str]:
    """Which levels have no effect, and why."""
    notes = []
    for reason in NOT_IN_GROUP:
        groups = dict.fromkeys(
            group for (_, group), row in left_out(context).items() if row.estimator == reason
        )
        names = [group_labels.full(context, PART, group) for group in groups]
        if names:
            notes.append(context.word(f"note-group-{reason}", groups=listed(names)))
    return notes


def _tests(context: Context) -> list[Row]:
    """The randomisation tests of all items and variables, in the order of the tables."""
    rows = context.look.rows(PART, "interaction", estimator="wald_randomisation")
    variables = [name for name, _ in structure(context)]
    return [
        row for name in variables for row in in_order(context, [r for r in rows if r.group == name])
    ]


def interactions(context: Context) -> Table:
    """For every variable and item: is the effect the same in all its levels?"""
    word, look, rows, groups, used = context.word, context.look, [], [], []
    for test in _tests(context):
        gap, wald = (
            look.row(PART, "interaction", test.outcome, name, group=test.group,
                     horizon=test.horizon)
            for name in ("difference", "wald")
        )  # fmt: skip
        used += [row for row in (gap, wald, test) if row is not None]
        places = 2 if gap is None else decimals(gap.unit, gap.sizes)
        groups.append(group_labels.variable(context, PART, test.group))
        rows.append(
            (
                context.outcome(PART, test.outcome),
                estimate_cell(context, gap, places),
                interval_cell(context, gap, places),
                NONE if wald is None else context.fmt.p(wald.p_value),
                context.fmt.p(test.p_value),
                context.fmt.p(test.q_value),
            )
        )
    return Table(
        name="survey-interactions",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-gap")),
            Column(word("head-interval", level=level(context))),
            Column("p"),
            Column(word("head-randomisation-p")),
            Column("q"),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-interactions", draws=context.fmt.number(context.study.analysis.draws)),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def findings(context: Context) -> str:
    """How many interaction tests there are, and which survive the correction."""
    known = [row for row in _tests(context) if not math.isnan(row.p_value)]
    if not known:
        return context.word("subgroups-none")
    small = [row for row in known if row.p_value <= Q_LEVEL]
    kept = [row for row in known if row.q_value <= Q_LEVEL]
    words = context.fmt.words
    return context.word(
        "subgroups",
        tests=len(known),
        number=words(len(known)),
        small=len(small),
        small_number=words(len(small)),
        kept=len(kept),
        kept_number=capital(words(len(kept))),
        items=listed(
            [
                context.word(
                    "subgroups-item",
                    item=context.outcome(PART, row.outcome),
                    variable=group_labels.variable(context, PART, row.group),
                    p=context.fmt.p_equation(row.p_value),
                    q=context.fmt.p_equation(row.q_value),
                )
                for row in kept
            ]
        ),
    )
