"""Tables of teams and their vacancies, of indicators, and of every association and county."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    ALL,
    MILLION,
    PART,
    cell,
    levels,
    party_label,
    party_of,
    places,
)
from finsam_report.display.organisation_tables import missing_note
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

POSTS = ("posts", "vacant", "share_vacant", "teams_without")


def team_years(context: Context) -> list[int]:
    """The years that the composition of teams is known of."""
    return sorted({int(row.horizon) for row in context.look.rows(PART, "teams", group=ALL)})


def team_rows(context: Context, year: int, estimator: str) -> dict[str, Row]:
    """Rows of a year by party, all together under "all"."""
    rows = context.look.rows(PART, "teams", estimator=estimator, group=ALL, horizon=float(year))
    return {party_of(row): row for row in rows}


def parties(context: Context) -> list[str]:
    """The parties that have posts in teams, all together last."""
    found = [party_of(row) for row in context.look.rows(PART, "teams", group=ALL)]
    return levels(context, "party", [p for p in found if p != ALL]) + [ALL] * (ALL in found)


def teams(context: Context) -> Table:
    """Posts and vacancies by party in the last year, and the vacancies of the first."""
    years, there = team_years(context), parties(context)
    first, last = years[0], years[-1]
    now = {name: team_rows(context, last, name) for name in POSTS}
    then = team_rows(context, first, "share_vacant")
    several = first != last
    rows = [
        (
            party_label(context, party),
            cell(context, now["posts"].get(party), 1),
            cell(context, now["vacant"].get(party), 1),
            *([cell(context, then.get(party), 1)] if several else []),
            cell(context, now["share_vacant"].get(party), 1),
            NONE if party == ALL else cell(context, now["teams_without"].get(party)),
        )
        for party in there
    ]
    word = context.word
    return Table(
        name="organisation-teams",
        columns=(
            Column(word("organisation-head-party"), "left"),
            Column(word("organisation-head-posts", year=str(last))),
            Column(word("organisation-head-vacant", year=str(last))),
            *([Column(word("organisation-head-share-vacant", year=str(first)))] if several else []),
            Column(word("organisation-head-share-vacant", year=str(last))),
            Column(word("organisation-head-teams-without", year=str(last))),
        ),
        rows=tuple(rows),
        notes=(
            word("organisation-note-teams"),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of([*then.values(), *(r for one in now.values() for r in one.values())]),
        totals=int(ALL in there and len(there) > 1),
    )


def items(context: Context) -> list[str]:
    """The indicators with answers, in the declared order."""
    part = context.study.organisation
    there = {row.outcome for row in context.look.rows(PART, "indicator", estimator="mean")}
    return [item.id for item in (part.indicator_items if part else ()) if item.id in there]


def item(context: Context, name: str) -> str:
    """The label of an indicator."""
    part = context.study.organisation
    for one in part.indicator_items if part else ():
        if one.id == name:
            return context.label(one.label)
    return name


def respondents(context: Context) -> list[str]:
    """The groups of respondents, as the ledger writes them; everybody only where alone."""
    rows = context.look.rows(PART, "indicator", estimator="mean")
    there = list(dict.fromkeys(r.group for r in rows if r.group.startswith("respondent=")))
    return there or ([ALL] if rows else [])


def respondent(context: Context, group: str) -> str:
    """Who answered: "Participants", or the value as declared."""
    value = group.partition("=")[2]
    if value in ("participant", "staff", "board", "manager"):
        return context.word(f"organisation-respondent-{value}")
    return value or context.word("organisation-respondent-all")


def answers(context: Context, name: str, group: str, estimator: str) -> dict[int, Row]:
    """What a group answered to an indicator, by year."""
    rows = context.look.rows(PART, "indicator", outcome=name, estimator=estimator, group=group)
    return {int(r.horizon): r for r in sorted(rows, key=lambda r: r.horizon)}


def indicators(context: Context) -> Table:
    """Means of every indicator by respondent: the last year, and the first beside it."""
    word, rows, groups, used = context.word, [], [], []
    for group in respondents(context):
        for name in items(context):
            means = answers(context, name, group, "mean")
            if not means:
                continue
            years = list(means)
            last = means[years[-1]]
            top, count = (
                answers(context, name, group, what).get(years[-1]) for what in ("top", "count")
            )
            earlier = means[years[0]] if len(years) > 1 else None
            used += [r for r in (earlier, last, top, count) if r is not None]
            rows.append(
                (
                    item(context, name),
                    NONE
                    if earlier is None
                    else word(
                        "organisation-in-year", number=cell(context, earlier, 2), year=str(years[0])
                    ),
                    word(
                        "organisation-in-year", number=cell(context, last, 2), year=str(years[-1])
                    ),
                    cell(context, top, 1),
                    cell(context, count),
                )
            )
            groups.append(respondent(context, group))
    return Table(
        name="organisation-indicators",
        columns=(
            Column(word("organisation-head-indicator"), "left", wide=True),
            Column(word("organisation-head-mean-first")),
            Column(word("organisation-head-mean-last")),
            Column(word("organisation-head-top")),
            Column(word("organisation-head-answers")),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("organisation-note-indicators"),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )  # fmt: skip


# Columns of the table by association: analysis, outcome, estimator, divided by.
_COLUMNS = (
    ("funds", "total", "nominal", MILLION),
    ("participants", "all", "count", 1),
    ("efforts", "individual", "going", 1),
    ("efforts", "structural", "going", 1),
    ("cost", "per_participant", "nominal", 1000),
    ("change", "work_or_study", "after", 1),
    ("registered", "share", "share", 1),
)


def unions(context: Context) -> dict[str, list[Row]]:
    """Rows of the ledger by association, in the order of their codes."""
    out: dict[str, list[Row]] = {}
    for analysis in dict.fromkeys(one[0] for one in _COLUMNS):
        for row in context.look.rows(PART, analysis):
            if row.group.startswith("association=") and "|" not in row.group:
                out.setdefault(row.group.partition("=")[2], []).append(row)
    return {code: out[code] for code in sorted(out)}


def associations(context: Context) -> Table:
    """A row for every association in the last year."""
    found, table = unions(context), {}
    for code, rows in found.items():
        for row in sorted(rows, key=lambda r: -math.inf if math.isnan(r.horizon) else r.horizon):
            table[code, row.analysis, row.outcome, row.estimator] = row
    there = [c for c in _COLUMNS if any(key[1:] == c[:3] for key in table)]
    digits = {
        c: 1
        if c[0] in ("change", "registered")
        else 0
        if c[3] == 1
        else places(row.estimate / c[3] for key, row in table.items() if key[1:] == c[:3])
        for c in there
    }
    rows_ = [
        (code, *(cell(context, table.get((code, *c[:3])), digits[c], c[3]) for c in there))
        for code in found
    ]
    heads = [f"organisation-by-{c[0]}-{c[1].replace('_', '-')}" for c in there]
    return Table(
        name="organisation-associations",
        columns=(
            Column(context.word("organisation-head-association"), "left", whole=True),
            *(Column(context.word(head)) for head in heads),
        ),
        rows=tuple(rows_),
        notes=(
            context.word("organisation-note-associations"),
            *missing_note(context, rows_),
            *suppression_note(context, rows_),
        ),
        data=frame_of(list(table.values())),
    )  # fmt: skip
