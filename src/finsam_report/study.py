"""What is studied: parts, arms, outcomes, groups and labels, read from ``study.toml``.

A study is data. Nothing in the analysis or in the documents knows a place, an item or an
outcome by name: they are all declared here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from finsam_report.problems import InputProblems, Problem

FILE_NAME = "study.toml"

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Direction = Literal["up", "down", "none"]
Unit = Literal["scale", "share", "amount", "number"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Model):
    """A text in the languages of the report; Swedish may be missing until it is needed."""

    en: str = Field(min_length=1)
    sv: str | None = None

    def text(self, language: str) -> str:
        """The text in ``language`` ("en" or "sv"), in English where Swedish is missing."""
        return (self.sv if language == "sv" else None) or self.en


class About(_Model):
    """Title page and context of a study."""

    id: Identifier
    title: Label
    subtitle: Label | None = None
    synthetic: bool = False
    data_until: Label
    author: str | None = None
    programme: Literal["finsam", "other"] = "finsam"
    background: Label | None = None

    @model_validator(mode="after")
    def _background_of_another_programme(self) -> Self:
        if self.programme == "other" and self.background is None:
            raise ValueError(
                "a study with programme = 'other' needs study.background: "
                "a few sentences on what was tried and with whom"
            )
        return self


class Analysis(_Model):
    """Choices that hold for every part."""

    seed: int = Field(default=1, ge=0)
    draws: int = Field(default=5000, ge=99, le=1_000_000)
    level: float = Field(default=0.95, gt=0.5, lt=1)


class Arm(_Model):
    """One arm: how the data write it, its short name, and the people in it as a noun."""

    value: str
    label: Label
    people: Label


class Arms(_Model):
    support: Arm
    control: Arm

    @model_validator(mode="after")
    def _two_different_values(self) -> Self:
        if self.support.value == self.control.value:
            raise ValueError("the two arms have the same value; give each its own")
        return self


class DeclaredAssignment(_Model):
    """How chance decided: within blocks, with the number per arm held fixed."""

    blocks: tuple[str, ...] = ()
    share_support: float | None = Field(default=None, gt=0, lt=1)


class Level(_Model):
    value: str
    label: Label


class Covariate(_Model):
    """A characteristic known at the time of randomisation."""

    id: Identifier
    label: Label
    kind: Literal["binary", "number", "category"]
    unit: Label | None = None
    minimum: float | None = None
    maximum: float | None = None
    levels: tuple[Level, ...] = ()
    adjust: bool = True

    @model_validator(mode="after")
    def _levels_where_needed(self) -> Self:
        if (self.kind == "category") != bool(self.levels):
            raise ValueError(
                f"covariate '{self.id}': levels are needed for kind = 'category', "
                "and only there"
            )
        if len({level.value for level in self.levels}) != len(self.levels):
            raise ValueError(f"covariate '{self.id}': a level is named twice")
        return self


class Wave(_Model):
    """A survey wave: number, months since randomisation, and whom it was sent to."""

    wave: int = Field(ge=1)
    month: int = Field(ge=0)
    arms: tuple[Literal["support", "control"], ...] = ("support", "control")


class Item(_Model):
    """A question with ordered answers, coded so that the direction is declared."""

    id: Identifier
    label: Label
    text: Label
    minimum: int = 1
    maximum: int = 5
    direction: Literal["up", "down"] = "up"
    family: Identifier = "main"

    @model_validator(mode="after")
    def _scale(self) -> Self:
        if self.minimum >= self.maximum:
            raise ValueError(f"item '{self.id}': minimum must be below maximum")
        return self


class Outcome(_Model):
    """An outcome by person and period.

    ``window`` = 12 makes the outcome at a horizon the sum over the twelve periods that end
    there; ``source`` names the column it is made from (default: the id). ``main`` = false keeps
    an outcome out of the main effects and its family: it is only followed over time.
    """

    id: Identifier
    label: Label
    unit: Unit
    direction: Direction = "up"
    family: Identifier = "main"
    source: Identifier | None = None
    window: int = Field(default=1, ge=1)
    main: bool = True
    currency: str | None = None
    price_year: int | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def column(self) -> str:
        """The column of the outcome table that holds it."""
        return self.source or self.id

    @model_validator(mode="after")
    def _unit(self) -> Self:
        if (self.unit == "amount") != (self.currency is not None):
            raise ValueError(
                f"outcome '{self.id}': currency is needed for unit = 'amount', and only there"
            )
        if self.unit == "share" and self.window > 1:
            raise ValueError(
                f"outcome '{self.id}': a sum over {self.window} periods is a number, "
                "not a share; set unit = 'number'"
            )
        return self


class _TrialPart(_Model):
    """What the two experiments share."""

    participants: str
    arms: Arms
    assignment: DeclaredAssignment
    treatment: Label
    setting: Label | None = None
    covariates: tuple[Covariate, ...] = ()
    take_up: bool = False

    def _names_once(self, names: list[str]) -> None:
        reserved = {"person", "arm", "met_team", "met_date", "wave", "answered", "period"}
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise ValueError(f"'{name}' is declared twice")
            if name in reserved:
                raise ValueError(f"'{name}' is a column of the contract; choose another id")
            seen.add(name)


class Survey(_TrialPart):
    """A randomised experiment followed by surveys."""

    answers: str
    waves: tuple[Wave, ...] = Field(min_length=1)
    primary_wave: int
    baseline_wave: int | None = None
    items: tuple[Item, ...] = Field(min_length=1)

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
        if self.baseline_wave == self.primary_wave:
            raise ValueError("baseline_wave and primary_wave must differ")
        return self

    def wave(self, number: int) -> Wave:
        """The declared wave with this number."""
        return next(wave for wave in self.waves if wave.wave == number)


class Register(_TrialPart):
    """A randomised experiment followed in registers, by person and period."""

    outcome_table: str
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    horizons: tuple[int, ...] = Field(min_length=1)
    period: Literal["month", "quarter", "year"] = "month"
    path: bool = True
    minimum_events: int = Field(default=50, ge=0)
    minimum_events_arm: int = Field(default=10, ge=0)

    @model_validator(mode="after")
    def _outcomes(self) -> Self:
        self._names_once([c.id for c in self.covariates] + [o.id for o in self.outcomes])
        if list(self.horizons) != sorted(set(self.horizons)):
            raise ValueError("horizons must be given once each, in rising order")
        for outcome in self.outcomes:
            if outcome.window > min(self.horizons):
                raise ValueError(
                    f"outcome '{outcome.id}': its window of {outcome.window} is longer than "
                    f"the first horizon, {min(self.horizons)}"
                )
        return self


class Study(_Model):
    """A whole study: what it is about, how it is analysed, and one or two experiments."""

    study: About
    analysis: Analysis = Analysis()
    survey: Survey | None = None
    register_: Register | None = Field(default=None, alias="register")

    @model_validator(mode="after")
    def _some_part(self) -> Self:
        if self.survey is None and self.register_ is None:
            raise ValueError("the study has neither [survey] nor [register]; give at least one")
        return self

    def files(self) -> tuple[str, ...]:
        """The names of the study's files, ``study.toml`` first."""
        names = [FILE_NAME]
        if self.survey is not None:
            names += [self.survey.participants, self.survey.answers]
        if self.register_ is not None:
            names += [self.register_.participants, self.register_.outcome_table]
        return tuple(names)

    def flags(self) -> dict[str, bool]:
        """Which conditional pieces of the documents hold for this study."""
        survey, register = self.survey, self.register_
        blocks = register is not None and bool(register.assignment.blocks)
        several = register is not None and register.path
        return {
            "survey": survey is not None,
            "register": register is not None,
            "both": survey is not None and register is not None,
            "synthetic": self.study.synthetic,
            "real": not self.study.synthetic,
            "finsam": self.study.programme == "finsam",
            "other": self.study.programme == "other",
            "take_up": register is not None and register.take_up,
            "survey_take_up": survey is not None and survey.take_up,
            "path": several,
            "single": register is not None and not several,
            "draws": blocks,
            "one_block": register is not None and not blocks,
            "baseline_wave": survey is not None and survey.baseline_wave is not None,
            "later_wave": survey is not None
            and any(wave.arms == ("control",) for wave in survey.waves),
        }


def _place(location: tuple[int | str, ...]) -> str:
    """``('register', 'outcomes', 2, 'unit')`` as ``register.outcomes[3].unit``."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _found(value: object) -> str:
    text = repr(value) if isinstance(value, (str, int, float, bool)) else type(value).__name__
    return text if len(text) <= 60 else text[:57] + "…"


def read_study_file(directory: Path) -> Study:
    """Read and check ``study.toml`` of a study directory.

    Args:
        directory: The study's directory.

    Returns:
        The study as declared.

    Raises:
        InputProblems: The directory or the file is missing, is not TOML, or breaks the
            contract; all breaches are reported at once.
    """
    if not directory.is_dir():
        raise InputProblems.one(
            file=str(directory.name),
            found="no such directory",
            expected="a study directory that holds study.toml and its tables",
            mend="check the path; 'finsam-report synthesise --out DIR' makes an example",
        )
    path = directory / FILE_NAME
    if not path.is_file():
        raise InputProblems.one(
            file=FILE_NAME,
            found="no such file in the study directory",
            expected="study.toml, which says what the study holds",
            mend="copy study.toml of the synthetic study and change it to fit",
        )
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        raise InputProblems.one(
            file=FILE_NAME, found="bytes that are not UTF-8", expected="text in UTF-8",
            mend="save the file as UTF-8",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise InputProblems.one(
            file=FILE_NAME, found=str(error), expected="TOML", mend="mend the line named",
        ) from None
    try:
        return Study.model_validate(raw)
    except ValidationError as error:
        problems = []
        for item in error.errors():
            message = item["msg"].removeprefix("Value error, ")
            missing = item["type"] == "missing"
            problems.append(
                Problem(
                    file=FILE_NAME,
                    column=_place(item["loc"]) or None,
                    found="nothing" if missing else _found(item["input"]),
                    expected=message,
                    mend="add this entry" if missing else "change this entry",
                )
            )
        raise InputProblems(problems) from None
