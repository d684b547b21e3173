"""What is declared of the evaluation of one effort: its plan, and how it goes.

The evaluation plan and the progress report are filled from it; what is not given is left open.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_calendar import Day
from finsam_report.study_pieces import Identifier, Label, Model

Perspective = Literal["individual", "staff", "organisation"]
PERSPECTIVES: tuple[Perspective, ...] = ("individual", "staff", "organisation")
State = Literal["planned", "under_way", "done", "stopped"]
STATES: tuple[State, ...] = ("planned", "under_way", "done", "stopped")
LOW, HIGH = 1, 5
Grade = Annotated[int, Field(ge=LOW, le=HIGH)]


class Activity(Model):
    """Something that is done to reach a goal."""

    text: Label
    responsible: Label | None = None
    until: Day | None = None
    state: State | None = None
    comment: Label | None = None


class Goal(Model):
    """A goal, what it is measured by, and how far it is reached.

    ``start`` is the indicator's value before the effort, ``target`` what is aimed at, ``measured``
    the last value, of the day ``measured_on``.
    """

    id: Identifier
    perspective: Perspective
    text: Label
    indicator: Label | None = None
    source: Label | None = None
    unit: Label | None = None
    direction: Literal["up", "down"] = "up"
    start: float | None = None
    target: float | None = None
    measured: float | None = None
    measured_on: Day | None = None
    activities: tuple[Activity, ...] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.target is not None or self.measured is not None) and self.indicator is None:
            raise ValueError(f"goal '{self.id}': a target or a measured value needs an indicator")
        if self.measured_on is not None and self.measured is None:
            raise ValueError(f"goal '{self.id}': measured_on is given and measured is not")
        way = 0.0
        if self.start is not None and self.target is not None:
            way = self.target - self.start
        if way and (way > 0) != (self.direction == "up"):
            raise ValueError(
                f"goal '{self.id}': direction is '{self.direction}' and the target lies the other "
                "way from the start"
            )
        return self

    @property
    def reached(self) -> bool | None:
        """Whether the last value is at the target or beyond it; None where one is missing."""
        if self.target is None or self.measured is None:
            return None
        if self.direction == "up":
            return self.measured >= self.target
        return self.measured <= self.target


class Assessment(Model):
    """A statement that staff and steering group grade, from 1 (not at all) to 5 (fully)."""

    perspective: Perspective
    text: Label
    staff: Grade | None = None
    steering_group: Grade | None = None
    comment: Label | None = None


class Revision(Model):
    """A change of the plan after its first version."""

    date: Day
    text: Label


class Evaluation(Model):
    """The evaluation of one effort."""

    effort: Label
    association: Label | None = None
    owner: Label | None = None
    parties: tuple[Label, ...] = ()
    target_group: Label | None = None
    participants: int | None = Field(default=None, ge=1)
    budget: int | None = Field(default=None, ge=0)
    start: Day | None = None
    end: Day | None = None
    decided: Day | None = None
    plan_date: Day | None = None
    evaluation_decided: Day | None = None
    evaluate: bool | None = None
    evaluator: Literal["own", "member", "external"] | None = None
    evaluator_name: Label | None = None
    questions: tuple[Label, ...] = ()
    methods: Label | None = None
    follow_up_system: Label | None = None
    report_period: Label | None = None
    report_date: Day | None = None
    goals: tuple[Goal, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ids = [goal.id for goal in self.goals]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"goal '{twice[0]}' is declared twice")
        for first, second in (("start", "end"), ("decided", "plan_date"), ("decided", "start")):
            before, after = getattr(self, first), getattr(self, second)
            if before is not None and after is not None and before > after:
                raise ValueError(f"{first} is after {second}")
        days = [revision.date for revision in self.revisions]
        if days != sorted(days):
            raise ValueError("the revisions are not in the order of their dates")
        if self.plan_date is not None and days and days[0] < self.plan_date:
            raise ValueError("a revision is from before plan_date")
        return self

    @property
    def late(self) -> bool:
        """Whether the plan was drawn up after the effort had started."""
        return self.plan_date is not None and self.start is not None and self.plan_date > self.start

    def half_years(self) -> tuple[date, ...]:
        """The last day of each half-year of the effort, when a progress report is due.

        The first is that of the half-year in which the effort starts.
        """
        if self.start is None or self.end is None:
            return ()
        out = []
        for year in range(self.start.year, self.end.year + 1):
            for day in (date(year, 6, 30), date(year, 12, 31)):
                first = date(year, 1, 1) if day.month == 6 else date(year, 7, 1)
                if day >= self.start and first <= self.end:
                    out.append(day)
        return tuple(out)
