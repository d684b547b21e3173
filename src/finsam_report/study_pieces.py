"""The pieces that a study is declared with: labels, arms, covariates, waves, items, outcomes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
# As tables are read: a value without blanks around it, or it would match no cell.
Value = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]
Direction = Literal["up", "down", "none"]
Unit = Literal["scale", "share", "amount", "number"]


def _inside(name: str) -> str:
    """A study is one directory: what is read, hashed and named in the manifest lies in it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.name:
        raise ValueError(
            f"'{name}' does not name a file in the study directory; "
            "put the file there and give its name alone"
        )
    return path.as_posix()


FileName = Annotated[str, AfterValidator(_inside)]


# Periods count from randomisation; a calendar month such as 201903 is none.
LAST_PERIOD = 1200

# Columns that the contract has for itself.
RESERVED = frozenset(
    {
        "person",
        "arm",
        "met_team",
        "met_date",
        "wave",
        "answered",
        "period",
        "referred",
        "randomised",
        "consent",
        "exit",
        "exit_period",
    }
)


class Model(BaseModel):
    """Strict: TOML has types, and a number in quotation marks is more likely a slip."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Label(Model):
    """A text in the languages of the report; Swedish may be missing until it is needed."""

    en: str = Field(min_length=1)
    sv: str | None = None

    def text(self, language: str) -> str:
        """The text in ``language`` ("en" or "sv"), in English where Swedish is missing."""
        return (self.sv if language == "sv" else None) or self.en


class Analysis(Model):
    """Choices that hold for every part."""

    seed: int = Field(default=1, ge=0)
    draws: int = Field(default=5000, ge=99, le=100_000)
    level: float = Field(default=0.95, gt=0.5, lt=1)
    power: float = Field(default=0.8, gt=0.5, lt=1)


class Arm(Model):
    """One arm: how the data write it, its short name, and the people in it as a noun."""

    value: Value
    label: Label
    people: Label


class Arms(Model):
    support: Arm
    control: Arm

    @model_validator(mode="after")
    def _two_different_values(self) -> Self:
        if self.support.value == self.control.value:
            raise ValueError("the two arms have the same value; give each its own")
        return self


class DeclaredAssignment(Model):
    """How chance decided: within blocks, with the number per arm held fixed."""

    blocks: tuple[Value, ...] = ()
    share_support: float | None = Field(default=None, gt=0, lt=1)

    @model_validator(mode="after")
    def _blocks_once(self) -> Self:
        if len(set(self.blocks)) != len(self.blocks):
            raise ValueError("a block column is named twice")
        taken = sorted(RESERVED & set(self.blocks))
        if taken:
            raise ValueError(
                f"'{taken[0]}' cannot be a block; name the column that says who was "
                "randomised against whom, or leave blocks empty"
            )
        return self


class Level(Model):
    value: Value
    label: Label


def _range(name: str, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and maximum is not None and minimum >= maximum:
        raise ValueError(f"{name}: minimum must be below maximum")


class Covariate(Model):
    """A characteristic known at the time of randomisation.

    ``population`` is its share in per cent (of the first level, where it has two) or its mean among
    everybody in the country, to set beside the participants.
    """

    id: Identifier
    label: Label
    kind: Literal["binary", "number", "category"]
    unit: Label | None = None
    minimum: float | None = None
    maximum: float | None = None
    levels: tuple[Level, ...] = ()
    adjust: bool = True
    population: float | None = None

    @model_validator(mode="after")
    def _levels_where_needed(self) -> Self:
        if (self.kind == "category") != bool(self.levels):
            raise ValueError(
                f"covariate '{self.id}': levels are needed for kind = 'category', and only there"
            )
        if len({level.value for level in self.levels}) != len(self.levels):
            raise ValueError(f"covariate '{self.id}': a level is named twice")
        _range(f"covariate '{self.id}'", self.minimum, self.maximum)
        if self.kind != "number" and (self.minimum, self.maximum) != (None, None):
            raise ValueError(
                f"covariate '{self.id}': minimum and maximum are for kind = 'number' only"
            )
        return self


class Wave(Model):
    """A survey wave: number, months since randomisation, and whom it was sent to."""

    wave: int = Field(ge=1, le=99)
    month: int = Field(ge=0, le=LAST_PERIOD)
    arms: tuple[Literal["support", "control"], ...] = Field(
        default=("support", "control"), min_length=1
    )

    @model_validator(mode="after")
    def _arms_once(self) -> Self:
        if len(set(self.arms)) != len(self.arms):
            raise ValueError(f"wave {self.wave}: an arm is named twice")
        return self


class Item(Model):
    """A question with ordered answers; ``direction`` says which way is better.

    ``lowest`` and ``highest`` are the words of the two end points of the scale; ``questions`` are
    those of the study that the item answers.
    """

    id: Identifier
    label: Label
    text: Label
    lowest: Label | None = None
    highest: Label | None = None
    minimum: int = Field(default=1, ge=-1_000_000, le=1_000_000)
    maximum: int = Field(default=5, ge=-1_000_000, le=1_000_000)
    direction: Literal["up", "down"] = "up"
    family: Identifier = "main"
    questions: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _scale(self) -> Self:
        _range(f"item '{self.id}'", self.minimum, self.maximum)
        return self


class Outcome(Model):
    """An outcome by person and period.

    ``window`` = 12 makes the outcome at a horizon the sum over the twelve periods that end
    there; ``source`` names the column it is made from (default: the id). ``main`` = false keeps
    an outcome out of the main effects and its family: it is only followed over time.
    ``horizons`` are those of this outcome (default: those of the part). ``above`` makes a share
    of an amount or number, ``any_of`` of several other columns; ``alternative_to`` names the
    outcome that this is another definition of. Amounts with a price year are in the prices of
    their own time (``nominal``) and turned into that year's where the study has a price index.
    ``questions`` are those of the study that the outcome answers.
    """

    id: Identifier
    label: Label
    unit: Unit
    direction: Direction = "up"
    family: Identifier = "main"
    source: Identifier | None = None
    window: int = Field(default=1, ge=1, le=LAST_PERIOD)
    main: bool = True
    horizons: tuple[Annotated[int, Field(ge=0, le=LAST_PERIOD)], ...] = ()
    above: float | None = None
    any_of: tuple[Identifier, ...] = ()
    alternative_to: Identifier | None = None
    currency: str | None = None
    price_year: int | None = None
    nominal: bool = True
    minimum: float | None = None
    maximum: float | None = None
    questions: tuple[Identifier, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the outcome table that it is made from."""
        return self.any_of or (self.source or self.id,)

    @property
    def is_main(self) -> bool:
        """Whether it is among the main effects."""
        return self.main and self.alternative_to is None

    @model_validator(mode="after")
    def _derived(self) -> Self:
        name = f"outcome '{self.id}'"
        if (self.above is not None or self.any_of) and self.unit != "share":
            raise ValueError(f"{name}: above and any_of make a share; set unit = 'share'")
        if self.above is not None and (self.source is None or self.any_of):
            raise ValueError(f"{name}: above needs source, the column of the amounts, not any_of")
        if self.any_of and self.source is not None:
            raise ValueError(f"{name}: give source or any_of, not both")
        if len(set(self.any_of)) != len(self.any_of) or len(self.any_of) == 1:
            raise ValueError(f"{name}: any_of needs two columns or more, each once")
        if self.price_year is not None and self.unit != "amount" and self.above is None:
            raise ValueError(f"{name}: price_year is for amounts, and for shares above an amount")
        if self.alternative_to == self.id:
            raise ValueError(f"{name}: it cannot be an alternative to itself")
        if list(self.horizons) != sorted(set(self.horizons)):
            raise ValueError(f"{name}: horizons must rise, each given once")
        if self.horizons and min(self.horizons) < self.window:
            raise ValueError(
                f"{name}: its window of {self.window} is longer than its first horizon, "
                f"{min(self.horizons)}"
            )
        return self

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
        _range(f"outcome '{self.id}'", self.minimum, self.maximum)
        taken = sorted(RESERVED & {*self.any_of, self.source})
        if taken:
            raise ValueError(
                f"outcome '{self.id}': '{taken[0]}' is a column of the contract; "
                "name the column that holds the outcome"
            )
        return self
