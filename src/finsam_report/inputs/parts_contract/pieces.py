"""Columns that several tables have."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_report.inputs.contract import Column
from finsam_report.study import Label, Level
from finsam_report.study_other import FIRST_YEAR, LAST_YEAR, Years

SEK = Label(en="SEK", sv="kronor")
PER_CENT = Label(en="per cent", sv="procent")
PEOPLE = Label(en="people", sv="personer")
YEAR = Label(en="year", sv="år")
POSTS = Label(en="full-time equivalents", sv="årsarbetskrafter")
COUNTIES = Label(en="counties", sv="län")
MUNICIPALITIES = Label(en="municipalities", sv="kommuner")

ASSOCIATION = Label(en="Code of the association.", sv="Förbundets kod.")
COUNTY = Label(
    en="County, as a code of two digits or in words.",
    sv="Län, som kod med två siffror eller i ord.",
)
TYPES = (
    Level(value="individual", label=Label(en="for individuals", sv="individinriktad")),
    Level(value="structural", label=Label(en="structural", sv="strukturövergripande")),
)
RESPONDENTS = (
    Level(value="participant", label=Label(en="participants", sv="deltagare")),
    Level(value="staff", label=Label(en="staff", sv="personal")),
    Level(value="board", label=Label(en="board members and managers", sv="styrelse och chefer")),
)


def text(
    name: str,
    meaning: Label,
    *,
    required: bool = True,
    empty: bool = False,
    personal: bool = False,
) -> Column:
    """A column of text."""
    return Column(name, "text", required=required, empty=empty, personal=personal, meaning=meaning)


def category(
    name: str,
    levels: Sequence[Level],
    meaning: Label,
    *,
    required: bool = True,
    empty: bool = False,
    personal: bool = False,
) -> Column:
    """A column of declared values, or of text where none are declared."""
    if not levels:
        return text(name, meaning, required=required, empty=empty, personal=personal)
    return Column(
        name,
        "category",
        required=required,
        empty=empty,
        values=tuple(level.value for level in levels),
        personal=personal,
        meaning=meaning,
        labels=tuple(level.label for level in levels),
    )


def number(
    name: str,
    meaning: Label,
    unit: Label,
    *,
    whole: bool = False,
    required: bool = True,
    empty: bool = True,
    maximum: float | None = None,
) -> Column:
    """A column of numbers from zero."""
    return Column(
        name,
        "whole" if whole else "number",
        required=required,
        empty=empty,
        minimum=0,
        maximum=maximum,
        personal=False,
        meaning=meaning,
        unit=unit,
    )


def year(
    name: str,
    meaning: Label,
    years: Years | None = None,
    *,
    required: bool = True,
    empty: bool = False,
) -> Column:
    """A column of calendar years, within the declared ones where there are any."""
    return Column(
        name,
        "whole",
        required=required,
        empty=empty,
        minimum=years.first if years else FIRST_YEAR,
        maximum=years.last if years else LAST_YEAR,
        personal=False,
        meaning=meaning,
        unit=YEAR,
    )
