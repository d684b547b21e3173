"""What is said of one association, beside all associations."""

from __future__ import annotations

import math
from collections.abc import Callable

from finsam_report.display.association_names import (
    TYPES,
    about,
    average,
    group,
    last,
    pair,
    paragraph,
)
from finsam_report.display.association_people_text import (
    lead_answers,
    lead_change,
    lead_costs,
    lead_people,
)
from finsam_report.display.context import Context
from finsam_report.display.organisation_names import PART, level, million, variable
from finsam_report.display.shown import escaped

WOMEN = "sex=woman"


def name(context: Context) -> str:
    """What the association is called, on one line."""
    label = " ".join(about(context).label.split())
    return escaped(label) if context.markdown else label


def setting(context: Context) -> str:
    """When it was formed, whether it remains, and what years are told of."""
    one, year = about(context), last(context)
    into = escaped(one.merged_into) if context.markdown else one.merged_into
    members = pair(context, "series", "municipalities", "count", year).own if year else None
    formed = context.word(
        "association-formed", name=name(context), known=int(one.formed is not None),
        year=str(one.formed or ""),
    )  # fmt: skip
    ended = ""
    if one.ended is not None:
        kind = "merged" if into else "ended"
        ended = context.word("association-gone", how=kind, year=str(one.ended), into=into)
    told = context.word("association-no-years")
    if year:
        told = context.word("association-last-year", year=str(year))
    belong = ""
    if members is not None and members.known and year:
        count = int(members.estimate)
        belong = context.word(
            "association-members", count=count, number=context.fmt.words(count), year=str(year)
        )
    return paragraph(formed, belong, ended, told)


def words(context: Context, value: float) -> str:
    """A count in words where it is small."""
    return context.fmt.words(int(value))


def lead_funds(context: Context) -> str:
    """How much money it had in its last year."""
    year = last(context)
    if year is None:
        return ""
    total = pair(context, "funds", "total", "nominal", year)
    member = pair(context, "funds", "total", "per_member", year)
    if total.own is None or not total.own.known:
        return ""
    both = member.own is not None and member.own.known
    return context.word(
        "association-funds", year=str(year), total=million(context, total.own.estimate),
        member=million(context, member.own.estimate, 2) if both and member.own else "",
        every=million(context, member.every.estimate, 2) if member.known and member.every else "",
        how="none" if not both else "own" if not member.known else "both",
    )  # fmt: skip


def funds(context: Context) -> str:
    """Its money, and how much of it the state gave."""
    year, lead = last(context), lead_funds(context)
    if year is None or not lead:
        return context.word("association-no-funds")
    state = pair(context, "funds", "state", "share", year)
    head = pair(context, "funds", "total", "per_inhabitant", year)
    share = more = ""
    if state.known and state.own and state.every:
        share = context.word(
            "association-state-share", own=context.fmt.number(state.own.estimate, 0),
            every=context.fmt.number(state.every.estimate, 0),
        )  # fmt: skip
    if head.known and head.own and head.every:
        more = context.word(
            "association-per-inhabitant", own=context.fmt.number(head.own.estimate),
            every=context.fmt.number(head.every.estimate),
        )  # fmt: skip
    return paragraph(lead, more, share)


def lead_efforts(context: Context) -> str:
    """How many efforts of each type were under way in its last year."""
    year = last(context)
    if year is None:
        return ""
    found = [pair(context, "efforts", kind, "going", year).own for kind in TYPES]
    if all(row is None for row in found):
        return ""
    one, two = (int(row.estimate) if row is not None else 0 for row in found)
    return context.word(
        "association-efforts", year=str(year), all=one + two, total=words(context, one + two),
        individual=one, structural=two, one=words(context, one), two=words(context, two),
    )  # fmt: skip


def efforts(context: Context) -> str:
    """Its efforts beside the average, and the most common kind."""
    year, lead = last(context), lead_efforts(context)
    if year is None or not lead:
        return context.word("association-no-efforts")
    means = [average(context, pair(context, "efforts", kind, "going", year).every, year)
             for kind in TYPES]  # fmt: skip
    beside = ""
    if all(math.isfinite(mean) for mean in means):
        beside = context.word(
            "association-efforts-average", one=context.fmt.number(means[0], 1),
            two=context.fmt.number(means[1], 1),
        )  # fmt: skip
    rows = [
        row
        for row in context.look.rows(
            PART, "efforts", group=group(context), estimator="going", horizon=float(year)
        )
        if row.outcome.startswith("kind=") and row.known and row.estimate > 0
    ]
    most = max((row.estimate for row in rows), default=0)
    first = [row for row in rows if row.estimate == most]
    common = ""
    if first and len(rows) > 1:
        labels = [f"“{level(context, *variable(row.outcome))}”" for row in first]
        common = context.word(
            "association-common-kind", kinds=context.fmt.joined(labels), count=len(first),
            number=words(context, most), efforts=int(most),
        )  # fmt: skip
    return paragraph(lead, beside, common)


_LEADS: tuple[Callable[[Context], str], ...] = (
    lead_funds, lead_efforts, lead_people, lead_costs, lead_change, lead_answers,
)  # fmt: skip


def in_short(context: Context) -> str:
    """A bullet for each subject that something is known of."""
    said = [lead for lead in (make(context) for make in _LEADS) if lead]
    if not said:
        return context.word("association-nothing")
    return "\n".join(f"- {one}" for one in said)


def hidden(context: Context) -> str:
    """How many of the association's numbers were suppressed."""
    frame = context.look.frame
    own = frame["group"].str.split("|", n=1).str[0] == group(context)
    rows = frame[(frame["part"] == PART) & own]
    count = int(rows["estimate"].isna().sum())
    return context.word(
        "association-suppressed", count=count, number=context.fmt.number(count),
        of=context.fmt.number(len(rows)),
    )  # fmt: skip
