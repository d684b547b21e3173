"""The declarations of the organisation part, and what those beside the experiments share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_pieces import (
    FileName,
    Item,
    Label,
    Level,
    Model,
    Value,
)

FIRST_YEAR = 1900
LAST_YEAR = 2100
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


def _level(value: str, en: str, sv: str) -> Level:
    return Level(value=value, label=Label(en=en, sv=sv))


# The four parties of a coordination association.
PARTIES = (
    _level("municipality", "Municipality", "Kommun"),
    _level("region", "Region", "Region"),
    _level("social_insurance", "Social insurance agency", "Försäkringskassan"),
    _level("employment_service", "Public employment service", "Arbetsförmedlingen"),
)
PERSON_SEXES = (_level("woman", "Women", "Kvinnor"), _level("man", "Men", "Män"))
PERSON_AGES = (
    _level("16-29", "16–29 years", "16–29 år"),
    _level("30-44", "30–44 years", "30–44 år"),
    _level("45-59", "45–59 years", "45–59 år"),
    _level("60-66", "60–66 years", "60–66 år"),
)
LIVELIHOODS = (
    _level("wage", "Wage", "Lön"),
    _level("sickness_benefit", "Sickness benefit", "Sjukpenning"),
    _level("disability_pension", "Disability pension", "Sjuk- eller aktivitetsersättning"),
    _level("unemployment_benefit", "Unemployment benefit", "Arbetslöshetsersättning"),
    _level("activity_support", "Activity support", "Aktivitetsstöd"),
    _level("social_assistance", "Social assistance", "Ekonomiskt bistånd"),
    _level("student_aid", "Student aid", "Studiemedel"),
    _level("other", "Other", "Annan"),
    _level("none", "Without any", "Ingen"),
)
OCCUPATIONS = (
    _level("work", "Work", "Arbete"),
    _level("subsidised_work", "Subsidised work", "Subventionerat arbete"),
    _level("studies", "Studies", "Studier"),
    _level("job_seeker", "Job seeker", "Arbetssökande"),
    _level("none", "Neither of these", "Inget av dessa"),
)
# Of these, those that count as work or study where a study does not say which do.
WORK_OR_STUDY = ("work", "subsidised_work", "studies")
# What may be counted in another way from some year on.
Series = Literal[
    "all", "associations", "municipalities", "funds", "efforts", "efforts_individual",
    "efforts_structural", "participants", "status", "costs", "registered", "referrals", "teams",
    "indicators",
]  # fmt: skip


def once(names: Sequence[str], what: str) -> None:
    """Refuse a name that stands twice in a declared list.

    Raises:
        ValueError: It does.
    """
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what} '{twice[0]}' is declared twice")


def _values(levels: Iterable[Level]) -> list[str]:
    return [level.value for level in levels]


class Years(Model):
    """The first and the last year of a table."""

    first: Year
    last: Year

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("the first year must not be after the last")
        return self


class SeriesBreak(Model):
    """A year from which a series is counted in another way: no line runs over it."""

    year: Year
    series: Series
    label: Label


class TargetSize(Model):
    """How many people belong to the target group, from the lowest to the highest estimate."""

    low: int = Field(gt=0)
    high: int = Field(gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Organisation(Model):
    """Associations, what they finance, and those who take part in it; any table may be left out."""

    associations: FileName | None = None
    association_years: FileName | None = None
    efforts: FileName | None = None
    effort_participants: FileName | None = None
    indicators: FileName | None = None
    teams: FileName | None = None
    referrals: FileName | None = None
    years: Years = Years(first=2004, last=LAST_YEAR)
    setting: Label | None = None
    effort_kinds: tuple[Level, ...] = ()
    target_groups: tuple[Level, ...] = ()
    parties: tuple[Level, ...] = Field(default=PARTIES, min_length=1)
    sexes: tuple[Level, ...] = Field(default=PERSON_SEXES, min_length=1)
    age_bands: tuple[Level, ...] = Field(default=PERSON_AGES, min_length=1)
    education: tuple[Level, ...] = ()
    livelihoods: tuple[Level, ...] = Field(default=LIVELIHOODS, min_length=1)
    occupations: tuple[Level, ...] = Field(default=OCCUPATIONS, min_length=1)
    work_or_study: tuple[Value, ...] = ()
    indicator_items: tuple[Item, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    target_size: TargetSize | None = None

    @property
    def working(self) -> tuple[str, ...]:
        """The occupations that count as work or study."""
        known = _values(self.occupations)
        return self.work_or_study or tuple(name for name in WORK_OR_STUDY if name in known)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if not self.files():
            raise ValueError("[organisation] names no table; give at least one, or remove it")
        if (self.indicators is None) == bool(self.indicator_items):
            raise ValueError("indicators and indicator_items are needed together, or not at all")
        if self.effort_participants is not None and self.efforts is None:
            raise ValueError("effort_participants needs the table efforts")
        for name, levels in (
            ("effort kind", self.effort_kinds),
            ("target group", self.target_groups),
            ("party", self.parties),
            ("sex", self.sexes),
            ("age band", self.age_bands),
            ("education", self.education),
            ("livelihood", self.livelihoods),
            ("occupation", self.occupations),
        ):
            once(_values(levels), name)
        once([item.id for item in self.indicator_items], "indicator")
        once([f"{entry.series} {entry.year}" for entry in self.breaks], "break")
        once(self.work_or_study, "work_or_study")
        strange = sorted(set(self.work_or_study) - set(_values(self.occupations)))
        if strange:
            raise ValueError(f"work_or_study: '{strange[0]}' is not among the occupations")
        if any(";" in party.value for party in self.parties):
            raise ValueError("a party's value has a semicolon, which separates parties in a list")
        return self

    def files(self) -> tuple[str, ...]:
        """The names of the part's tables."""
        named = (
            self.associations,
            self.association_years,
            self.efforts,
            self.effort_participants,
            self.indicators,
            self.teams,
            self.referrals,
        )
        return tuple(name for name in named if name is not None)
