"""Tables of the participants: who they are, and what they lived on before and after."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    ALL,
    PART,
    by_year,
    cell,
    chosen,
    level,
    levels,
    outcomes,
    variable,
)
from finsam_report.display.organisation_published import published
from finsam_report.display.organisation_tables import Line, missing_note, of_year, shown, yearly
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

ABOUT = ("sex", "age", "education", "livelihood")
STATUS = ("livelihood", "occupation")
WORK = "work_or_study"
WOMEN, MEN = "sex=woman", "sex=man"
MOST_YEARS = 5


def described(context: Context) -> dict[str, list[str]]:
    """The levels that participants are described by, under their variable."""
    return {name: outcomes(context, "participants", name) for name in ABOUT}


def _unknown(outcome: str) -> bool:
    """Whether a level holds those of whom a characteristic is not known; they have no share."""
    return variable(outcome)[1] in ("", "missing")


def participants(context: Context) -> Table:
    """Participants by sex, age, education and what they lived on before, in per cent."""
    named = described(context)
    wanted = {one for names in named.values() for one in names}
    found = [r for r in context.look.rows(PART, "participants", group=ALL) if r.outcome in wanted]
    years = chosen(sorted({int(row.horizon) for row in found}), MOST_YEARS)
    shares = {year: of_year(context, "participants", "share", year) for year in years}
    counts = of_year(context, "participants", "count", years[-1])
    rows, groups = [], []
    for name, ones in named.items():
        for one in ones:
            rows.append(
                (
                    level(context, *variable(one)),
                    *(
                        NONE if _unknown(one) else cell(context, shares[year].get(one), 1)
                        for year in years
                    ),
                    cell(context, counts.get(one)),
                )
            )
            groups.append(context.word(f"organisation-group-{name}"))
    return Table(
        name="organisation-participants",
        columns=(
            Column(context.word("organisation-head-participants"), "left", wide=True),
            *(Column(context.word("organisation-head-year-share", year=str(y))) for y in years),
            Column(context.word("organisation-head-people", year=str(years[-1]))),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            context.word("organisation-note-participants"),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of(found),
    )


def pair(context: Context, outcome: str, group: str = ALL) -> tuple[Row | None, Row | None]:
    """Shares before and after, of everybody who ended in any year."""
    look = context.look
    before, after = (
        look.row(PART, "change", outcome, name, group=group) for name in ("before", "after")
    )
    return before, after


def difference(context: Context, before: Row | None, after: Row | None) -> str:
    """After against before in percentage points, with its sign."""
    if before is None or after is None:
        return NONE
    if not (before.known and after.known):
        return SUPPRESSED
    return context.fmt.number(after.estimate - before.estimate, 1, sign=True)


def statuses(context: Context) -> list[str]:
    """What status is compared: livelihoods, occupations, and work or studies together."""
    both = [one for name in STATUS for one in outcomes(context, "change", name, "before", "after")]
    work = [WORK] if any(pair(context, WORK)) else []
    return [one for one in both if any(pair(context, one))] + work


def status(context: Context, outcome: str) -> str:
    """The label of a status: "Wage", "Work or studies"."""
    if outcome == WORK:
        return context.word("organisation-work-or-study")
    return level(context, *variable(outcome))


def _group(context: Context, outcome: str) -> str:
    name = "work" if outcome == WORK else variable(outcome)[0]
    return context.word(f"organisation-group-{name}")


def change(context: Context) -> Table:
    """Status after the effort against before: everybody, and the change of women and of men."""
    names, used = statuses(context), []
    sexes = [sex for sex in (WOMEN, MEN) if any(any(pair(context, n, sex)) for n in names)]
    rows = []
    for name in names:
        before, after = pair(context, name)
        apart = [pair(context, name, sex) for sex in sexes]
        used += [row for both in [(before, after), *apart] for row in both if row is not None]
        rows.append(
            (
                status(context, name),
                cell(context, before, 1),
                cell(context, after, 1),
                difference(context, before, after),
                *(difference(context, *both) for both in apart),
            )
        )
    people = ended(context)
    return Table(
        name="organisation-change",
        columns=(
            Column(context.word("organisation-head-status"), "left", wide=True),
            *(
                Column(context.word(f"organisation-head-{what}"))
                for what in ("before", "after", "difference")
            ),
            *(
                Column(context.word("organisation-head-difference-of", who=level(
                    context, *variable(sex)
                ).lower()))
                for sex in sexes
            ),
        ),
        rows=tuple(rows),
        groups=tuple(_group(context, name) for name in names),
        notes=(
            context.word(
                "organisation-note-change",
                known=int(math.isfinite(people)),
                people=context.fmt.number(people) if math.isfinite(people) else "",
                sexes=len(sexes),
            ),
            *missing_note(context, rows),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )  # fmt: skip


def ended(context: Context) -> float:
    """How many people status is known of before and after; NaN where that may not be shown."""
    sizes = [
        row.n_support
        for name in statuses(context)
        for row in pair(context, name)
        if row is not None and math.isfinite(row.n_support)
    ]
    return max(sizes, default=math.nan)


def work(context: Context) -> Table:
    """Work or studies before and after by the year in which people ended, and as published."""
    return yearly(
        context, "organisation-work",
        shown(
            [
                Line(context.word("organisation-head-work-before"),
                     by_year(context, "change", WORK, "before"), 1),
                Line(context.word("organisation-head-work-after"),
                     by_year(context, "change", WORK, "after"), 1),
                Line(context.word("organisation-head-work-published"),
                     published(context, WORK), 0),
            ]
        ),
        notes=(context.word("organisation-note-work"),),
    )  # fmt: skip


def moves(context: Context) -> dict[str, dict[str, Row]]:
    """Shares of those with a livelihood before that have each one after."""
    out: dict[str, dict[str, Row]] = {}
    for row in context.look.rows(PART, "transition", estimator="share", group=ALL):
        before, _, after = row.outcome.partition(">")
        names = [variable(end)[1] or end for end in (before, after)]
        out.setdefault(names[0], {})[names[1]] = row
    return {before: out[before] for before in levels(context, "livelihood", out)}


def _most(context: Context, rows: dict[str, Row], but: str) -> str:
    """The most common other livelihoods afterwards, with their shares."""
    others = sorted(
        ((row.estimate, name) for name, row in rows.items() if name != but and row.known),
        key=lambda both: (-both[0], both[1]),
    )
    return ", ".join(
        context.word(
            "organisation-move", name=level(context, "livelihood", name),
            share=context.fmt.number(share, 1),
        )
        for share, name in others[:2]
        if share > 0
    )  # fmt: skip


def transitions(context: Context) -> Table:
    """What people lived on afterwards, by what they lived on before."""
    rows, used = [], []
    for before, found in moves(context).items():
        used += list(found.values())
        counts = [
            row.estimate
            for row in context.look.rows(PART, "transition", estimator="count", group=ALL)
            if row.outcome.replace("livelihood=", "").startswith(f"{before}>")
        ]
        same = found.get(before)
        rows.append(
            (
                level(context, "livelihood", before),
                context.fmt.number(sum(counts)) if counts else NONE,
                context.fmt.number(0, 1) if same is None else cell(context, same, 1),
                _most(context, found, before) or NONE,
            )
        )
    return Table(
        name="organisation-transitions",
        columns=(
            Column(context.word("organisation-head-livelihood-before"), "left"),
            Column(context.word("organisation-head-ended-people")),
            Column(context.word("organisation-head-stay")),
            Column(context.word("organisation-head-others"), "left", wide=True),
        ),
        rows=tuple(rows),
        notes=(
            context.word("organisation-note-transitions"),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
