"""The declarations of what hangs on calendar time: prices, turning points, later draws, exits."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_other import once
from finsam_report.study_pieces import FileName, Label, Model

Day = Annotated[date, Field(strict=False)]
Manner = Literal["censored", "stacked"]
Ending = Literal["competing", "censoring"]


class Prices(Model):
    """A table of a price index by year or month, and what index it is."""

    table: FileName
    period: Literal["year", "month"] = "year"
    source: Label | None = None


class CalendarSplit(Model):
    """A day in calendar time, before and after which effects are compared.

    Period by period since randomisation: some people reach a period before the day, others after
    it.
    """

    day: Day = Field(alias="date")
    label: Label


class Later(Model):
    """Draws that people took part in again after their first one.

    The main analysis is by first draw, whatever happens later. ``beside`` names what is shown
    beside it: ``censored`` follows the control arm up to a later draw, with weights; ``stacked``
    takes every draw as an experiment of its own.
    """

    draws: FileName
    beside: tuple[Manner, ...] = ("censored", "stacked")

    @model_validator(mode="after")
    def _once(self) -> Self:
        once(self.beside, "beside")
        return self


class Exits(Model):
    """What death and emigration do to the wait for a first event."""

    death: Ending = "competing"
    emigration: Ending = "censoring"
