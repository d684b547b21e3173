"""The declarations of the municipality part: who joined when, outcomes, how to compare them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_other import Year, Years, once
from finsam_report.study_pieces import (
    Covariate,
    Direction,
    FileName,
    Identifier,
    Label,
    Level,
    Model,
    Value,
)

Comparison = Literal["not_yet", "never"]
Base = Literal["universal", "varying"]
Clusters = Literal["municipality", "association"]
Weighting = Literal["none", "population"]

# Columns that the contract of the municipalities has for itself.
COLUMNS = ("municipality", "county", "joined", "association", "left", "merged_into")


class SexValues(Model):
    """How the municipality tables write the sexes; ``all`` is women and men together."""

    all: Value = "all"
    women: Value = "women"
    men: Value = "men"

    @model_validator(mode="after")
    def _three(self) -> Self:
        once([self.all, self.women, self.men], "sex")
        return self


class MunicipalityOutcome(Model):
    """A share of a group in a municipality and a year, in per cent.

    ``main`` = false keeps it out of the main effects; ``placebo`` says that membership should
    not touch it. ``sum_of`` are other outcomes whose values are summed in place of a column of
    its own: people who move from one of them to another leave the sum as it is.
    ``questions`` are those of the study that the outcome answers.
    """

    id: Identifier
    label: Label
    direction: Direction = "up"
    family: Identifier = "main"
    main: bool = True
    placebo: bool = False
    sum_of: tuple[Identifier, ...] = ()
    questions: tuple[Identifier, ...] = ()

    @property
    def is_main(self) -> bool:
        """Whether it is among the main effects."""
        return self.main and not self.placebo and not self.sum_of

    @model_validator(mode="after")
    def _summed(self) -> Self:
        if len(self.sum_of) == 1:
            raise ValueError(f"outcome '{self.id}': sum_of needs two outcomes or more")
        once(self.sum_of, f"outcome '{self.id}', sum_of:")
        return self


class MunicipalityCovariate(Covariate):
    """A fixed characteristic of municipalities, known before any of them joins.

    A column of the table of municipalities; or, with ``source``, the mean of an outcome (of all
    sexes and ages) over ``pre_years``.
    """

    source: Identifier | None = None

    @model_validator(mode="after")
    def _mean_is_a_number(self) -> Self:
        if self.source is not None and self.kind != "number":
            raise ValueError(f"covariate '{self.id}': a mean of {self.source} has kind = 'number'")
        if self.source is None and self.id in COLUMNS:
            raise ValueError(
                f"covariate '{self.id}': the table of municipalities has this column for itself"
            )
        return self


class Window(Model):
    """Years around joining that effects are shown for; the year of joining is year 0."""

    before: int = Field(default=6, ge=2, le=50)
    after: int = Field(default=10, ge=0, le=100)


class Municipality(Model):
    """Municipalities that join an association in different years, and their outcomes by year."""

    municipalities: FileName
    municipality_years: FileName
    years: Years
    outcomes: tuple[MunicipalityOutcome, ...] = Field(min_length=1)
    age_bands: tuple[Level, ...] = Field(min_length=1)
    all_ages: Value | None = None
    sexes: SexValues = SexValues()
    setting: Label | None = None
    comparison: Comparison = "not_yet"
    base: Base = "universal"
    anticipation: int = Field(default=0, ge=0, le=10)
    cluster: Clusters = "municipality"
    weights: Weighting = "none"
    covariates: tuple[MunicipalityCovariate, ...] = ()
    pre_years: Years | None = None
    late: Year | None = None
    window: Window = Window()
    bootstrap: Annotated[int, Field(ge=99, le=100_000)] = 999

    @property
    def observed(self) -> tuple[MunicipalityOutcome, ...]:
        """The outcomes that stand in the table, sums left out."""
        return tuple(outcome for outcome in self.outcomes if not outcome.sum_of)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        once([outcome.id for outcome in self.outcomes], "outcome")
        known = {outcome.id for outcome in self.observed}
        for outcome in self.outcomes:
            strange = sorted(set(outcome.sum_of) - known)
            if strange:
                raise ValueError(
                    f"outcome '{outcome.id}': sum_of names '{strange[0]}', "
                    "which is no outcome of the table"
                )
        if not any(outcome.is_main for outcome in self.outcomes):
            raise ValueError("no outcome is a main one: each is a placebo, a sum or main = false")
        bands = [band.value for band in self.age_bands]
        once(bands, "age band")
        if self.all_ages is not None and self.all_ages not in bands:
            raise ValueError(f"all_ages = '{self.all_ages}' is not among the age bands {bands}")
        return self

    @model_validator(mode="after")
    def _covariates_are_known(self) -> Self:
        ids = [covariate.id for covariate in self.covariates]
        once(ids, "covariate")
        outcomes = {outcome.id for outcome in self.outcomes}
        if both := sorted(outcomes & set(ids)):
            raise ValueError(f"'{both[0]}' is an outcome and a covariate; give them two names")
        for covariate in self.covariates:
            if covariate.source is not None and covariate.source not in outcomes:
                raise ValueError(
                    f"covariate '{covariate.id}': its source '{covariate.source}' is no outcome"
                )
        return self

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        first, last = self.years.first, self.years.last
        pre = self.pre_years
        if pre is not None and (pre.first < first or pre.last > last):
            raise ValueError(f"pre_years must lie in the years from {first} to {last}")
        if self.late is not None and not first < self.late:
            raise ValueError(f"late must be after the first year, {first}")
        return self

    def files(self) -> tuple[str, ...]:
        """The names of the part's tables."""
        return self.municipalities, self.municipality_years
