"""The declarations of courses and costs in the register experiment."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_other import once
from finsam_report.study_pieces import LAST_PERIOD, Identifier, Model


class WorkCondition(Model):
    """A right that asks for work in so many of the last periods; ``outcome`` records the right."""

    outcome: Identifier
    periods: int = Field(ge=1, le=LAST_PERIOD)
    within: int = Field(ge=1, le=LAST_PERIOD)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.periods > self.within:
            raise ValueError("periods must not be more than within")
        return self


class States(Model):
    """Where people are, period by period: ``states`` are outcomes in order of precedence.

    ``start`` is the one whose first period is timed, and after whose first spell people are
    followed for ``follow`` periods. ``work`` are the states that give a wage, ``subsidised``
    those of them that somebody else helps to pay for.
    """

    start: Identifier
    states: tuple[Identifier, ...] = Field(min_length=2)
    follow: int = Field(default=12, ge=1, le=LAST_PERIOD)
    work: tuple[Identifier, ...] = ()
    subsidised: tuple[Identifier, ...] = ()
    condition: WorkCondition | None = None

    @model_validator(mode="after")
    def _start_is_a_state(self) -> Self:
        once(self.states, "state")
        if self.condition is not None and not self.work:
            raise ValueError("condition needs work, the states that count as work")
        if self.start not in self.states:
            raise ValueError(f"start = '{self.start}' is not among the states")
        for name, some, of in (
            ("work", self.work, self.states), ("subsidised", self.subsidised, self.work)
        ):  # fmt: skip
            once(some, name)
            unknown = sorted(set(some) - set(of))
            if unknown:
                whole = "states" if name == "work" else "work"
                raise ValueError(f"{name}: '{unknown[0]}' is not among {whole}")
        return self


class Stream(Model):
    """An outcome as money: what a unit of it in a period is worth, and to whom."""

    outcome: Identifier
    kind: Literal["earnings", "benefit", "transfer", "tax", "purse"]
    amount: float = 1.0


class Costs(Model):
    """What the programme costs, and what has to be assumed to hold effects against it."""

    currency: str
    per_participant: float = Field(ge=0)
    tax_rate: float = Field(ge=0, lt=1)
    discount_rate: float = Field(default=0.03, gt=-1, le=1)
    administration: float = Field(default=0.0, ge=0, le=1)
    value_of_time: float = Field(default=0.0, ge=0)
    deadweight: float | None = Field(default=None, ge=0)
    streams: tuple[Stream, ...] = Field(min_length=1)
