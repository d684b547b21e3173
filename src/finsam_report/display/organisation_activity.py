"""Tables of what the associations do, for how many, and at what cost."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    PART,
    breaks,
    by_year,
    cell,
    half_year,
    levels,
    outcomes,
    part_halves,
    party_label,
    party_of,
    price_year,
    span,
)
from finsam_report.display.organisation_tables import (
    Line,
    amounts,
    cells_by_level,
    missing_note,
    of_year,
    shown,
    yearly,
)
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

VARIABLES = ("kind", "target", "party")
TYPES = ("individual", "structural")


def efforts(context: Context) -> Table:
    """Efforts by type: under way at some time of the year, and begun in it."""
    lines = [
        Line(
            context.word(f"organisation-head-{kind}-{estimator}"),
            by_year(context, "efforts", kind, estimator),
        )
        for kind in TYPES
        for estimator in ("going", "begun")
    ]
    lines.append(
        Line(
            context.word("organisation-head-participants"),
            by_year(context, "participants", "all", "count"),
        )
    )
    return yearly(
        context, "organisation-efforts", shown(lines),
        notes=(context.word("organisation-note-efforts"),),
        at=breaks(context, "efforts", "efforts_individual", "efforts_structural", "participants"),
        columns=("participants",),
    )  # fmt: skip


def _last(context: Context, analysis: str, names: list[str]) -> int | None:
    rows = [r for r in context.look.rows(PART, analysis) if r.outcome in names]
    return max((int(r.horizon) for r in rows), default=None)


def kinds(context: Context) -> Table:
    """Efforts of the last year by kind, target group and party, with their cost."""
    named = {name: outcomes(context, "efforts", name, "going", "share") for name in VARIABLES}
    year = _last(context, "efforts", [one for names in named.values() for one in names]) or 0
    going, share = (of_year(context, "efforts", one, year) for one in ("going", "share"))
    costs = {
        what: {
            row.group: row
            for row in context.look.rows(
                PART, "cost", outcome=what, estimator="nominal", horizon=float(year)
            )
        }
        for what in ("per_effort", "per_participant")
    }
    priced = [what for what, rows in costs.items() if any("kind=" in group for group in rows)]
    rows, groups, used = [], [], []
    for name, ones in named.items():
        there = [one for one in ones if one in going or one in share]
        used += [rows_[one] for one in there for rows_ in (going, share) if one in rows_]
        base = cells_by_level(context, there, [(going, 0, 1.0), (share, 1, 1.0)])
        for one, cells in zip(there, base, strict=True):
            money = []
            for what in priced:
                row = costs[what].get(one)
                used += [row] if row is not None else []
                money.append(NONE if row is None else cell(context, row, 0, 1000))
            rows.append((*cells, *money))
        groups += [context.word(f"organisation-group-{name}")] * len(there)
    return Table(
        name="organisation-kinds",
        columns=(
            Column(context.word("organisation-head-what"), "left", wide=True),
            Column(context.word("organisation-head-efforts", year=str(year))),
            Column(context.word("organisation-head-share")),
            *(Column(context.word(f"organisation-head-{what.replace('_', '-')}-thousand"))
              for what in priced),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            context.word("organisation-note-kinds", year=str(year), costs=len(priced)),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )  # fmt: skip


def costs(context: Context) -> Table:
    """Cost per effort, per participant and per person who ended, by year."""
    base, lines = price_year(context), []
    for what in ("per_effort", "per_participant", "per_ended"):
        key = what.replace("_", "-")
        nominal, real = (by_year(context, "cost", what, one) for one in ("nominal", "real"))
        lines += [
            amounts(context.word(f"organisation-head-{key}"), nominal, 1000),
            amounts(context.word(f"organisation-head-{key}-real", year=base), real, 1000),
        ]
    return yearly(
        context, "organisation-costs", shown(lines),
        notes=(context.word("organisation-note-costs", year=base, real=int(bool(base))),),
        at=breaks(context, "costs", "participants"), columns=("participants",),
    )  # fmt: skip


def coverage_range(context: Context, low: Row | None, high: Row | None) -> str:
    """The share of the target group as a range: "4.3–7.6"."""
    cells = [cell(context, row, 1) for row in (low, high)]
    return cells[0] if cells[0] == cells[1] else "–".join(cells)


def coverage(context: Context) -> Table:
    """How much of the target group the participants are, as a range."""
    low, high = (by_year(context, "coverage", one, "share") for one in ("low", "high"))
    people = by_year(context, "participants", "all", "count")
    rows = [
        (
            str(year),
            cell(context, people.get(year)),
            coverage_range(context, low.get(year), high.get(year)),
        )
        for year in span(low, high)
    ]
    return Table(
        name="organisation-coverage",
        columns=(
            Column(context.word("organisation-head-year"), "left", whole=True),
            Column(context.word("organisation-head-participants")),
            Column(context.word("organisation-head-coverage")),
        ),
        rows=tuple(rows),
        notes=(
            context.word("organisation-note-coverage"),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of([*low.values(), *high.values()]),
    )


def identified(context: Context) -> Table:
    """The share of the participants who are registered with personal data, by year."""
    lines = [
        Line(
            context.word("organisation-head-in-table"),
            by_year(context, "participants", "in_table", "count"),
        ),
        Line(
            context.word("organisation-head-identified"),
            by_year(context, "registered", "count", "count")
            or by_year(context, "registered", "count", "share"),
        ),
        Line(
            context.word("organisation-head-identified-share"),
            by_year(context, "registered", "share", "share"),
            1,
        ),
    ]
    return yearly(
        context, "organisation-identified", shown(lines),
        notes=(context.word("organisation-note-identified"),),
    )  # fmt: skip


def of_survey(context: Context) -> bool:
    """Whether the referrals are those to the teams of the survey, for want of a table of all."""
    return bool(context.look.rows(PART, "referrals", outcome="source", estimator="survey"))


def referrals(context: Context) -> Table:
    """People referred in every half-year, by the party that referred them."""
    rows_ = context.look.rows(PART, "referrals", estimator="count", group="all")
    found = {(party_of(row), row.horizon): row for row in rows_}
    parties = levels(context, "party", [party for party, _ in found if party != "all"])
    total = "all" if any(party == "all" for party, _ in found) else ""
    halves = sorted({horizon for _, horizon in found})
    heads = [context.word("organisation-head-half-year")]
    heads += [party_label(context, party) for party in [*parties, *([total] if total else [])]]
    every = [halves[0] + 0.5 * k for k in range(round(2 * (halves[-1] - halves[0])) + 1)]
    rows = [
        (
            half_year(context, half),
            *(cell(context, found.get((party, half))) for party in parties),
            *([cell(context, found.get((total, half)))] if total else []),
        )
        for half in every
    ]
    return Table(
        name="organisation-referrals",
        columns=(
            Column(heads[0], "left", whole=True),
            *(Column(head) for head in heads[1:]),
        ),
        rows=tuple(rows),
        notes=(
            context.word("organisation-note-referrals", survey=int(of_survey(context))),
            *(
                [context.word("organisation-note-halves", items="; ".join(parts))]
                if (parts := [half_year(context, half) for half in sorted(part_halves(context))])
                else []
            ),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of(rows_),
    )
