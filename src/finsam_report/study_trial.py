"""The declarations of the two experiments."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_calendar import CalendarSplit, Day, Exits, Later
from finsam_report.study_costs import Costs, States
from finsam_report.study_other import PARTIES, once
from finsam_report.study_pieces import (
    LAST_PERIOD,
    RESERVED,
    Arms,
    Covariate,
    DeclaredAssignment,
    FileName,
    Identifier,
    Item,
    Label,
    Level,
    Model,
    Outcome,
    Value,
    Wave,
)

DATES = ("referred", "randomised")


class Subgroup(Model):
    """People among whom the effect is estimated by itself, by something known at randomisation.

    ``source`` is a covariate, a column of the assignment's blocks, or the date ``referred`` or
    ``randomised`` (default: the id). A number is cut at ``cuts`` and a date at ``dates``, and so
    are blocks that are months or days, such as draws; each begins a new group.
    """

    id: Identifier
    source: Value | None = None
    label: Label | None = None
    cuts: tuple[float, ...] = ()
    dates: tuple[Day, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def column(self) -> str:
        """The column that says to which group a person belongs."""
        return self.source or self.id

    @model_validator(mode="after")
    def _cuts_rise(self) -> Self:
        rises = {
            "cuts": list(self.cuts) == sorted(set(self.cuts)),
            "dates": list(self.dates) == sorted(set(self.dates)),
        }
        for name, fine in rises.items():
            if not fine:
                raise ValueError(f"subgroup '{self.id}': {name} must rise, each given once")
        if self.cuts and self.dates:
            raise ValueError(f"subgroup '{self.id}': give cuts for a number or dates, not both")
        once([level.value for level in self.levels], f"subgroup '{self.id}': level")
        return self


class Family(Model):
    """Items or outcomes that are tested together; ``index`` = false: no summary of them."""

    id: Identifier
    label: Label
    index: bool = True


class Event(Model):
    """Something that a reader of a time series should know, marked at its date."""

    day: Day = Field(alias="date")
    label: Label


class Queue(Model):
    """How long people of a block wait for support outside the study, in months."""

    block: Value
    months: float = Field(ge=0, le=LAST_PERIOD)


class _TrialPart(Model):
    """What the two experiments share."""

    participants: FileName
    arms: Arms
    assignment: DeclaredAssignment
    treatment: Label
    setting: Label | None = None
    covariates: tuple[Covariate, ...] = ()
    take_up: bool = False
    subgroups: tuple[Subgroup, ...] = ()
    families: tuple[Family, ...] = ()

    @model_validator(mode="after")
    def _subgroups(self) -> Self:
        once([group.id for group in self.subgroups], "subgroup")
        once([family.id for family in self.families], "family")
        covariates = {covariate.id: covariate for covariate in self.covariates}
        for group in self.subgroups:
            known = covariates.get(group.column)
            name = f"subgroup '{group.id}'"
            if group.column in DATES:
                fault = "" if group.dates else "a date needs dates, the days that begin a new group"
            elif known is None and group.column not in self.assignment.blocks:
                fault = (
                    f"'{group.column}' is no covariate, no block column, and none of "
                    f"{', '.join(DATES)}"
                )
            elif known is not None and known.kind == "number":
                fault = "" if group.cuts else "a number needs cuts, where a new group begins"
            else:
                fault = "cuts are for numbers and dates for dates" if group.cuts else ""
            if group.dates and group.column not in (*DATES, *self.assignment.blocks):
                fault = f"dates are for {', '.join(DATES)} and blocks that are months or days"
            if not fault and known is None and group.label is None:
                fault = "label is needed, because it is not a covariate"
            if fault:
                raise ValueError(f"{name}: {fault}")
        return self

    def _names_once(self, names: list[str]) -> None:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise ValueError(f"'{name}' is declared twice")
            if name in RESERVED:
                raise ValueError(f"'{name}' is a column of the contract; choose another id")
            seen.add(name)


def _known_families(families: tuple[Family, ...], used: list[str], what: str) -> None:
    """Families that are declared must be those that are used, or none is declared at all."""
    declared = {family.id for family in families}
    missing = sorted(set(used) - declared)
    unused = sorted(declared - set(used))
    if families and missing:
        raise ValueError(f"family '{missing[0]}' of an {what} is not among the families")
    if unused:
        raise ValueError(f"family '{unused[0]}' has no {what}")


class Survey(_TrialPart):
    """A randomised experiment followed by surveys."""

    answers: FileName
    waves: tuple[Wave, ...] = Field(min_length=1)
    primary_wave: int
    baseline_wave: int | None = None
    items: tuple[Item, ...] = Field(min_length=1)
    staff_answers: FileName | None = None
    staff_items: tuple[Identifier, ...] = ()
    open_answers: FileName | None = None
    themes: tuple[Level, ...] = ()
    referrals: FileName | None = None
    parties: tuple[Level, ...] = Field(default=PARTIES, min_length=1)
    party: Identifier | None = None
    events: tuple[Event, ...] = ()
    queue: tuple[Queue, ...] = ()

    @model_validator(mode="after")
    def _further_tables(self) -> Self:
        once([level.value for level in self.themes], "theme")
        once([level.value for level in self.parties], "party")
        once(self.staff_items, "staff item")
        unknown = sorted(set(self.staff_items) - {item.id for item in self.items})
        if unknown:
            raise ValueError(f"staff_items: '{unknown[0]}' is not among the declared items")
        if self.staff_items and self.staff_answers is None:
            raise ValueError("staff_items needs the table staff_answers")
        if self.themes and self.open_answers is None:
            raise ValueError("themes needs the table open_answers")
        once([entry.block for entry in self.queue], "queue of block")
        kinds = {covariate.id: covariate.kind for covariate in self.covariates}
        if self.party is not None and kinds.get(self.party) != "category":
            raise ValueError(f"party = '{self.party}' is not a covariate of kind 'category'")
        _known_families(self.families, [item.family for item in self.items], "item")
        return self

    def files(self) -> tuple[str, ...]:
        """The names of the part's tables."""
        further = (self.staff_answers, self.open_answers, self.referrals)
        return self.participants, self.answers, *(name for name in further if name)

    @model_validator(mode="after")
    def _waves(self) -> Self:
        self._names_once([c.id for c in self.covariates] + [i.id for i in self.items])
        known = [wave.wave for wave in self.waves]
        if len(set(known)) != len(known):
            raise ValueError("a wave is declared twice")
        for name, number in (
            ("primary_wave", self.primary_wave),
            ("baseline_wave", self.baseline_wave),
        ):
            if number is not None and number not in known:
                raise ValueError(f"{name} = {number} is not among the declared waves {known}")
        if set(self.wave(self.primary_wave).arms) != {"support", "control"}:
            raise ValueError("the primary wave must be sent to both arms")
        if self.baseline_wave is not None:
            before = self.wave(self.baseline_wave)
            if set(before.arms) != {"support", "control"}:
                raise ValueError("the baseline wave must be sent to both arms")
            if before.month >= self.wave(self.primary_wave).month:
                raise ValueError("the baseline wave must come before the primary wave")
        return self

    def wave(self, number: int) -> Wave:
        """The declared wave with this number."""
        return next(wave for wave in self.waves if wave.wave == number)


class Register(_TrialPart):
    """A randomised experiment followed in registers, by person and period."""

    outcome_table: FileName
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    horizons: tuple[Annotated[int, Field(ge=0, le=LAST_PERIOD)], ...] = Field(min_length=1)
    period: Literal["month", "quarter", "year"] = "month"
    path: bool = True
    follow_up: Annotated[int, Field(ge=0, le=LAST_PERIOD)] | None = None
    minimum_events: int = Field(default=50, ge=0)
    minimum_events_arm: int = Field(default=10, ge=0)
    states: States | None = None
    costs: Costs | None = None
    exits: Exits = Exits()
    later: Later | None = None
    calendar_split: CalendarSplit | None = None

    @model_validator(mode="after")
    def _outcomes(self) -> Self:
        self._names_once([c.id for c in self.covariates] + [o.id for o in self.outcomes])
        _known_families(self.families, [o.family for o in self.outcomes], "outcome")
        if list(self.horizons) != sorted(set(self.horizons)):
            raise ValueError("horizons must be given once each, in rising order")
        main = {outcome.id for outcome in self.outcomes if outcome.is_main}
        for outcome in self.outcomes:
            name = f"outcome '{outcome.id}'"
            if not self.horizons_of(outcome):
                raise ValueError(
                    f"{name}: its window of {outcome.window} is longer than the last horizon, "
                    f"{max(self.horizons)}"
                )
            unknown = sorted(set(outcome.horizons) - set(self.horizons))
            if unknown:
                raise ValueError(f"{name}: horizon {unknown[0]} is not among the part's horizons")
            other = outcome.alternative_to
            if other is not None and other not in main:
                raise ValueError(f"{name}: alternative_to = '{other}' is not a main outcome")
        if self.later is not None and self.period != "month":
            raise ValueError("later draws can be followed by month only; set period = 'month'")
        return self

    def horizons_of(self, outcome: Outcome) -> tuple[int, ...]:
        """The horizons at which an outcome is shown: those that its window fits into."""
        return outcome.horizons or tuple(h for h in self.horizons if h >= outcome.window)

    @model_validator(mode="after")
    def _courses_and_costs(self) -> Self:
        units = {outcome.id: outcome for outcome in self.outcomes}
        for name in self.states.states if self.states else ():
            if name not in units or units[name].unit != "share" or units[name].window != 1:
                raise ValueError(f"state '{name}' is not an outcome with unit = 'share'")
        right = self.states.condition.outcome if self.states and self.states.condition else None
        if right is not None and (right not in units or units[right].unit != "share"):
            raise ValueError(f"condition: '{right}' is not an outcome with unit = 'share'")
        for stream in self.costs.streams if self.costs else ():
            name = stream.outcome
            if name not in units or units[name].window != 1:
                raise ValueError(f"costs: '{name}' is not an outcome of single periods")
            if units[name].alternative_to is not None:  # these are not followed over time
                raise ValueError(f"costs: '{name}' is another definition of an outcome; name that")
        return self

    def periods_needed(self) -> frozenset[int]:
        """The periods that the main outcomes at their horizons are made from."""
        return frozenset(
            p
            for outcome in self.outcomes
            if outcome.is_main
            for h in self.horizons_of(outcome)
            for p in range(h - outcome.window + 1, h + 1)
        ) or frozenset(self.horizons)

    def files(self) -> tuple[str, ...]:
        """The names of the part's tables."""
        later = (self.later.draws,) if self.later else ()
        return self.participants, self.outcome_table, *later
