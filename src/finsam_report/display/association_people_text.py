"""What is said of the participants of one association, of costs, changes and answers."""

from __future__ import annotations

import math

from finsam_report.display.association_names import (
    against,
    answered,
    indicators,
    last,
    pair,
    paragraph,
    people,
    respondents,
    series,
    statuses,
)
from finsam_report.display.association_shares import sides
from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import level, variable
from finsam_report.display.organisation_people import WORK

WOMEN = "sex=woman"


def lead_people(context: Context) -> str:
    """How many took part in its last year, against the year before."""
    year, found = last(context), series(context, "participants", "all", "count")
    if year is None or year not in found:
        return ""
    now, before = found[year], found.get(year - 1)
    if not now.known:
        return context.word("association-people-hidden", year=str(year))
    compared = before is not None and before.known
    return context.word(
        "association-people", year=str(year), count=int(now.estimate),
        people=context.fmt.number(now.estimate),
        before=context.fmt.number(before.estimate) if compared and before else "",
        how=against(before.estimate, now.estimate) if compared and before else "unknown",
    )  # fmt: skip


def who(context: Context) -> str:
    """How many took part, and who they were as far as the table tells."""
    in_table = people(context)
    lead = lead_people(context) or context.word("association-no-people")
    if in_table == 0:
        return paragraph(lead, context.word("association-nobody-in-table"))
    if math.isnan(in_table):
        return paragraph(lead, context.word("association-few-in-table"))
    told = context.word(
        "association-in-table", people=context.fmt.number(in_table), count=int(in_table)
    )
    women = pair(context, "participants", WOMEN, "share")
    sex = ""
    if women.known and women.own and women.every:
        sex = context.word(
            "association-women", own=context.fmt.number(women.own.estimate, 0),
            every=context.fmt.number(women.every.estimate, 0),
        )  # fmt: skip
    elif women.own is not None:
        sex = context.word("association-women-hidden")
    return paragraph(lead, told, sex)


def lead_costs(context: Context) -> str:
    """What an effort for individuals cost for each person."""
    year = last(context)
    if year is None:
        return ""
    both = pair(context, "cost", "per_participant", "nominal", year)
    if both.own is None:
        return ""
    if not both.own.known:
        return context.word("association-cost-hidden", year=str(year))
    if both.own.estimate == 0:
        return context.word("association-cost-zero", year=str(year))
    every = both.every if both.known else None
    how = "none" if every is None else against(every.estimate, both.own.estimate)
    return context.word(
        "association-cost", year=str(year), own=context.fmt.number(both.own.estimate), how=how,
        every=context.fmt.number(every.estimate) if every else "",
    )  # fmt: skip


def costs(context: Context) -> str:
    """The cost per person, and how it has changed since its first year."""
    lead = lead_costs(context)
    if not lead:
        return context.word("association-no-costs")
    real = series(context, "cost", "per_participant", "real")
    shown = {year: row for year, row in real.items() if row.known and row.estimate > 0}
    if len(shown) <= 1 or last(context) not in shown:
        return lead
    first, end = min(shown), max(shown)
    change = 100 * (shown[end].estimate / shown[first].estimate - 1)
    return paragraph(
        lead,
        context.word(
            "association-cost-course", how=against(shown[first].estimate, shown[end].estimate),
            first=str(first), last=str(end), percent=context.fmt.number(abs(change)),
        ),
    )  # fmt: skip


def lead_change(context: Context) -> str:
    """Work or studies after the effort against before."""
    before, after = sides(context, WORK)
    if before.own is None or after.own is None:
        return ""
    if not (before.own.known and after.own.known):
        return context.word("association-change-hidden")
    fmt, every = context.fmt, before.known and after.known
    return context.word(
        "association-change", people=fmt.number(after.own.n_support),
        before=fmt.number(before.own.estimate, 0), after=fmt.number(after.own.estimate, 0),
        all_before=fmt.number(before.every.estimate, 0) if every and before.every else "",
        all_after=fmt.number(after.every.estimate, 0) if every and after.every else "",
        every=int(every), n=int(math.isfinite(after.own.n_support)),
    )  # fmt: skip


def _moved(context: Context) -> str:
    """The livelihood that fewest of those who had it before have after, and the reverse."""
    moves: list[tuple[float, str, Row, Row]] = []
    for one in statuses(context):
        before, after = sides(context, one)
        if variable(one)[0] != "livelihood" or before.own is None or after.own is None:
            continue
        if before.own.known and after.own.known:
            moves.append((after.own.estimate - before.own.estimate, one, before.own, after.own))
    said = []
    for kind, best in (("fell", min), ("rose", max)):
        chosen = best(moves, key=lambda move: move[0], default=None)
        if chosen is None or (chosen[0] >= 0 if kind == "fell" else chosen[0] <= 0):
            continue
        said.append(
            context.word(
                f"association-{kind}", label=level(context, *variable(chosen[1])),
                before=context.fmt.number(chosen[2].estimate, 0),
                after=context.fmt.number(chosen[3].estimate, 0),
            )
        )  # fmt: skip
    return " ".join(said)


def change(context: Context) -> str:
    """Status after the effort against before."""
    if not statuses(context):
        return context.word("association-no-change")
    return paragraph(lead_change(context), _moved(context)) or context.word(
        "association-change-hidden"
    )


def personal_data(context: Context) -> str:
    """How many are registered with personal data."""
    both = pair(context, "registered", "share", "share")
    if both.own is None:
        return context.word("association-no-personal-data")
    if not both.own.known:
        return context.word("association-personal-data-hidden")
    every = both.every if both.known else None
    return context.word(
        "association-personal-data", own=context.fmt.number(both.own.estimate, 0),
        every=context.fmt.number(every.estimate, 0) if every else "", beside=int(every is not None),
    )  # fmt: skip


def lead_answers(context: Context) -> str:
    """The indicators with the most and the fewest of the two best answers among participants."""
    year = answered(context)
    if year is None:
        return ""
    kind = respondents(context, year)[0]
    more = f"respondent={kind}" if kind else ""
    found = []
    for item, label in indicators(context, year, kind):
        both = pair(context, "indicator", item, "top", year, more)
        if both.own is not None and both.own.known:
            found.append((both.own.estimate, label, both))
    if not found:
        return context.word("association-indicators-hidden", year=str(year))
    found.sort(key=lambda one: -one[0])
    fmt, (top, first, _), (low, second, _) = context.fmt, found[0], found[-1]
    beside = [one for one in found if one[2].known and one[2].every is not None]
    above = sum(share > b.every.estimate for share, _, b in beside if b.every is not None)
    return context.word(
        "association-indicators", year=str(year), who=kind or "all", first=first, second=second,
        top=fmt.number(top, 0), low=fmt.number(low, 0), several=int(len(found) > 1),
        beside=len(beside), above=above, number=fmt.words(above), of=fmt.words(len(beside)),
    )  # fmt: skip


def answers(context: Context) -> str:
    """Answers to the indicators, and how many there were."""
    lead, year = lead_answers(context), answered(context)
    if year is None:
        return context.word("association-no-indicators")
    papers = pair(context, "indicator", "questionnaires", "count", year).own
    shown = papers is not None and papers.known
    return paragraph(
        context.word(
            "association-questionnaires", year=str(year), known=int(shown),
            count=int(papers.estimate) if shown and papers else 0,
            number=context.fmt.number(papers.estimate) if shown and papers else "",
        ),
        lead,
    )  # fmt: skip
