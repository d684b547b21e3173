"""A price index, and draws that people took part in again."""

from __future__ import annotations

from finsam_report.inputs import meanings
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import pieces
from finsam_report.study import Label, Prices, Register

PRICES = "prices"
DRAWS = "register-draws"

TITLES = {
    PRICES: Label(en="Price index", sv="Prisindex"),
    DRAWS: Label(en="Register: draws", sv="Register: dragningar"),
}
POINTS = Label(en="points", sv="punkter")


def prices_table(prices: Prices) -> Table:
    """The table of a price index, a row per year or per month."""
    month = Column(
        "month",
        "whole",
        minimum=1,
        maximum=12,
        personal=False,
        meaning=Label(en="Month of the year.", sv="Månad."),
        unit=meanings.PERIODS["month"],
    )
    monthly = prices.period == "month"
    columns = (
        pieces.year("year", Label(en="Calendar year.", sv="Kalenderår.")),
        *((month,) if monthly else ()),
        pieces.number(
            "index",
            Label(
                en="The price index, on any base; of a year the mean of its months.",
                sv="Prisindex, med valfri bas; för ett år medelvärdet av dess månader.",
            ),
            POINTS,
            empty=False,
        ),
    )
    row = Label(en="a row per year", sv="en rad per år")
    if monthly:
        row = Label(en="a row per month", sv="en rad per månad")
    return Table(prices.table, columns, ("year", "month") if monthly else ("year",), PRICES, row)


def draws_table(part: Register, file: str) -> Table:
    """The table of everybody's draws, a row per person and draw."""
    arms = (part.arms.support, part.arms.control)
    columns = (
        Column("person", "text", meaning=meanings.PERSON),
        Column(
            "date",
            "date",
            meaning=Label(
                en="The day or month of the draw; the first of a person is the one among the "
                "participants.",
                sv="Dragningens dag eller månad; en persons första är den bland deltagarna.",
            ),
        ),
        Column(
            "arm",
            "category",
            values=tuple(arm.value for arm in arms),
            personal=False,
            meaning=Label(
                en="What this draw decided. Draws after a person was drawn do not count.",
                sv="Vad denna dragning avgjorde. Dragningar efter att en person dragits räknas "
                "inte.",
            ),
            labels=tuple(arm.label for arm in arms),
        ),
    )
    row = Label(
        en="a row per person and draw in which the person could be drawn",
        sv="en rad per person och dragning där personen kunde dras",
    )
    return Table(file, columns, ("person", "date"), DRAWS, row)
