"""What the tables and figures of the register chapter share: order, horizons, units."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_report.display.context import Context, Part
from finsam_report.display.lookup import Row
from finsam_report.study import Register

PART: Part = "register"
AT_ONCE = 3  # horizons that fit beside one another


def declared(context: Context) -> Register:
    """The register part as declared.

    Raises:
        ValueError: The study has none.
    """
    part = context.part(PART)
    if not isinstance(part, Register):
        raise ValueError("the study has no register part")
    return part


def in_order(context: Context, rows: Iterable[Row]) -> list[Row]:
    """Rows by the order of outcomes in the declaration, then by horizon."""
    order = {outcome.id: number for number, outcome in enumerate(declared(context).outcomes)}
    last = len(order)
    return sorted(rows, key=lambda row: (order.get(row.outcome, last), row.horizon))


def outcomes(context: Context, rows: Iterable[Row]) -> list[str]:
    """The outcomes that the rows are about, each once, in the order of the declaration."""
    return list(dict.fromkeys(row.outcome for row in in_order(context, rows)))


def horizons(rows: Iterable[Row]) -> list[float]:
    """The horizons of the rows; where there are many, the last and two spread before it."""
    every = sorted({row.horizon for row in rows})
    count = len(every)
    if count <= AT_ONCE:
        return every
    return [every[round((k + 1) * count / AT_ONCE) - 1] for k in range(AT_ONCE)]


def told(rows: Iterable[Row]) -> list[Row]:
    """The rows that sentences are about: those of :func:`horizons`; tables have the others."""
    every = list(rows)
    at = set(horizons(every))
    return [row for row in every if row.horizon in at]


def own_unit(row: Row) -> str:
    """The unit of the outcome itself: a share is in per cent, its effect in points."""
    return "percent" if row.unit == "percentage points" else row.unit


def named(context: Context, row: Row) -> str:
    """The outcome with its own unit."""
    return context.with_unit(context.outcome(PART, row.outcome), own_unit(row))


def effect_of(context: Context, row: Row) -> str:
    """The outcome with the unit of its effect."""
    return context.with_unit(context.outcome(PART, row.outcome), row.unit)


def amounts(rows: Iterable[Row], context: Context) -> list[str]:
    """The note on prices, where one of the rows is an amount of money."""
    known = {o.id for o in declared(context).outcomes if o.currency}
    note = context.price_note()
    return [note] if note and any(row.outcome in known for row in rows) else []


def pair(context: Context, row: Row | None, places: int, absent: str, hidden: str) -> str:
    """An estimate with its interval in one cell, its words kept on a line."""
    if row is None:
        return absent
    if not row.known:
        return hidden
    low, high = context.fmt.ends(row.ci_low, row.ci_high, places)
    interval = context.word("interval", low=low, high=high).replace(" ", "\u00a0")
    return f"{context.fmt.number(row.estimate, places)} ({interval})"
