"""What the survey chapter calls things: sites, parties, months, ends of a scale."""

from __future__ import annotations

import math
from datetime import date

from babel.dates import format_date

from finsam_report.display.context import Context
from finsam_report.display.format import locale
from finsam_report.display.lookup import BLOCK, MONTH, Row
from finsam_report.display.shown import escaped
from finsam_report.study import Item, Level, Survey

ARMS = ("support", "control")
PARTY = "party="


def declared(context: Context) -> Survey:
    """The survey part.

    Raises:
        ValueError: The study has none.
    """
    part = context.study.survey
    if part is None:
        raise ValueError("the study has no survey part")
    return part


def blocks(context: Context) -> list[str]:
    """The blocks within which chance decided, in the ledger's order; empty where only one."""
    start = f"arm:support{BLOCK}"
    found = [
        row.group.removeprefix(start)
        for row in context.look.rows("survey", "flow", outcome="randomised")
        if row.group.startswith(start)
    ]
    return found if len(found) > 1 else []


def places(context: Context) -> list[tuple[str, str]]:
    """Every block with its name, and all together (an empty block) at the end."""
    named = [(block, site(context, block)) for block in blocks(context)]
    return [*named, ("", context.word("all"))]


class FlowCounts:
    """Counts of the survey's flow by arm and block, remembered as they are used."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.used: list[Row] = []

    def __call__(
        self, outcome: str, arm: str, block: str = "", horizon: float | None = None
    ) -> float:
        """People of an arm, within a block if one is named; NaN where hidden or absent."""
        group = f"arm:{arm}{BLOCK}{block}" if block else f"arm:{arm}"
        row = self.context.look.row(
            "survey", "flow", outcome, "count", group=group, horizon=horizon
        )
        if row is None:
            return math.nan
        self.used.append(row)
        return row.estimate


def _levels(part: Survey, column: str) -> tuple[Level, ...]:
    for group in part.subgroups:
        if group.column == column and group.levels:
            return group.levels
    return next((c.levels for c in part.covariates if c.id == column), ())


def site(context: Context, block: str) -> str:
    """The name of a block: the labels of its values where the study declares them."""
    part = declared(context)
    columns = part.assignment.blocks
    values = block.split(" / ") if len(columns) > 1 else [block]
    if len(values) != len(columns):
        return _plain(context, block)
    names = []
    for column, value in zip(columns, values, strict=True):
        known = {level.value: level.label for level in _levels(part, column)}
        names.append(context.label(known[value]) if value in known else _plain(context, value))
    return " / ".join(names)


def site_head(context: Context) -> str:
    """What a block is: the label of its column where the study declares one."""
    part = declared(context)
    if len(part.assignment.blocks) == 1:
        column = part.assignment.blocks[0]
        labels = [g.label for g in part.subgroups if g.column == column and g.label]
        labels += [c.label for c in part.covariates if c.id == column]
        if labels:
            return context.label(labels[0])
    return context.word("head-survey-block")


def _plain(context: Context, text: str) -> str:
    return escaped(text) if context.markdown else text


def split_group(group: str) -> tuple[str, str]:
    """Party and month of a row of recruitment; the party is empty where none is declared."""
    who, _, month = group.partition(MONTH)
    return who.removeprefix(PARTY) if who.startswith(PARTY) else "", month


def party_order(context: Context) -> list[str]:
    """The parties in the order in which the study declares them."""
    part = declared(context)
    levels = next((c.levels for c in part.covariates if c.id == part.party), part.parties)
    return [level.value for level in (*levels, *part.parties)]


def party(context: Context, value: str) -> str:
    """The name of a referring party; the empty one is everybody."""
    if not value:
        return context.word("all")
    part = declared(context)
    levels = next((c.levels for c in part.covariates if c.id == part.party), part.parties)
    known = {level.value: level.label for level in (*part.parties, *levels)}
    if value in known:
        return context.label(known[value])
    return context.word("party-unknown") if value == "unknown" else _plain(context, value)


def first_of(month: str) -> date:
    """The first day of a month such as 2019-08."""
    return date.fromisoformat(f"{month}-01")


def month_name(context: Context, month: str, *, short: bool = False) -> str:
    """A month such as 2019-08 in words: August 2019, or Aug 2019."""
    pattern = "MMM y" if short else "MMMM y"
    return format_date(first_of(month), format=pattern, locale=locale(context.language))


def day_name(context: Context, day: date) -> str:
    """A day in words: 11 March 2020."""
    return format_date(day, format="d MMMM y", locale=locale(context.language))


def wave_name(context: Context, wave: int) -> str:
    """Such as "Survey 2, after 6 months"."""
    return context.word("wave", wave=wave, month=declared(context).wave(wave).month)


def coded_ends(context: Context, item: Item) -> tuple[str, str]:
    """Words of the lowest and highest answer as coded (higher is better); may be empty."""
    ends = tuple(context.label(end) if end else "" for end in (item.lowest, item.highest))
    return (ends[1], ends[0]) if item.direction == "down" else (ends[0], ends[1])


def whole(number: float) -> float | int:
    """A whole number as such, so that the catalogue finds its plural."""
    return int(number) if number == int(number) else number


def days_number(context: Context, days: float) -> str:
    """A number of days: with one decimal where it has a fraction."""
    return context.fmt.number(days, 0 if days == int(days) else 1)
