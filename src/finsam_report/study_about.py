"""What a study says of itself: its title page, its foreword, and what is said of its trials."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from finsam_report.study_pieces import FileName, Identifier, Label, Model


class Colophon(Model):
    """Facts of publication; what is not given is not shown."""

    publisher: Label | None = None
    number: str | None = Field(default=None, min_length=1)
    isbn: str | None = Field(default=None, min_length=1)
    issn: str | None = Field(default=None, min_length=1)
    registration: str | None = Field(default=None, min_length=1)
    place: str | None = Field(default=None, min_length=1)
    year: int | None = Field(default=None, ge=1900, le=2200)
    address: str | None = Field(default=None, min_length=1)
    contact: str | None = Field(default=None, min_length=1)
    licence: Label | None = None


class Statements(Model):
    """What only those who ran a trial can say of it; the checklist of reporting points here."""

    registration: Label | None = None
    protocol: Label | None = None
    data_access: Label | None = None
    funding: Label | None = None
    interests: Label | None = None
    ethics: Label | None = None
    involvement: Label | None = None
    changes: Label | None = None
    intervention: Label | None = None
    providers: Label | None = None
    sample_size: Label | None = None
    stopping: Label | None = None
    sequence: Label | None = None
    concealment: Label | None = None
    blinding: Label | None = None
    delivery: Label | None = None
    other_support: Label | None = None
    harms: Label | None = None

    def given(self) -> dict[str, Label]:
        """The statements that were made, by name, in the order of the declaration."""
        found = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: label for name, label in found if label is not None}


class NamedPlan(Model):
    """Where the analysis plan lies, the day on which it was settled, and where it is registered."""

    file: FileName
    day: Annotated[date, Field(strict=False)] = Field(alias="date")
    registration: str | None = Field(default=None, min_length=1)


class About(Model):
    """Title page and context of a study."""

    id: Identifier
    title: Label
    subtitle: Label | None = None
    synthetic: bool = False
    data_until: Label
    author: str | None = None
    programme: Literal["finsam", "other"] = "finsam"
    background: Label | None = None
    population_source: Label | None = None
    foreword: Label | None = None
    colophon: Colophon = Colophon()
    statements: Statements = Statements()
    plan: NamedPlan | None = None

    @model_validator(mode="after")
    def _background_of_another_programme(self) -> Self:
        if self.programme == "other" and self.background is None:
            raise ValueError(
                "a study with programme = 'other' needs study.background: "
                "a few sentences on what was tried and with whom"
            )
        return self
