"""Associations, their members and funds by year, and answers to indicators."""

from __future__ import annotations

from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import activity, parties, pieces
from finsam_report.study import Label, Organisation

ASSOCIATIONS = "organisation-associations"
YEARS = "organisation-years"
INDICATORS = "organisation-indicators"

TITLES = {
    ASSOCIATIONS: Label(en="Organisation: associations", sv="Organisation: samordningsförbund"),
    YEARS: Label(en="Organisation: associations by year", sv="Organisation: förbund per år"),
    **activity.TITLES,
    **parties.TITLES,
    INDICATORS: Label(en="Organisation: indicators", sv="Organisation: indikatorer"),
}

# Where the money of a year comes from; with ``total``, columns of the association's years.
SOURCES = {
    "state": Label(en="Funds from the state.", sv="Medel från staten."),
    "region": Label(en="Funds from the region.", sv="Medel från regionen."),
    "municipality_funds": Label(en="Funds from the municipalities.", sv="Medel från kommunerna."),
    "esf": Label(
        en="Funds from the European Social Fund.", sv="Medel från Europeiska socialfonden."
    ),
    "other": Label(en="Funds from other sources.", sv="Medel från andra källor."),
}


def _associations(file: str, part: Organisation) -> Table:
    columns = (
        pieces.text("association", pieces.ASSOCIATION),
        pieces.text("label", Label(en="What the association is called.", sv="Förbundets namn.")),
        pieces.text("county", pieces.COUNTY),
        pieces.year(
            "formed", Label(en="Year of formation.", sv="År då förbundet bildades."), part.years
        ),
        pieces.year(
            "ended",
            Label(
                en="Last year of an association that was dissolved or merged; empty if it remains.",
                sv="Sista året för ett förbund som lades ned eller gick ihop med ett annat; tomt "
                "om det finns kvar.",
            ),
            part.years,
            required=False,
            empty=True,
        ),
        pieces.text(
            "merged_into",
            Label(
                en="Code of the association that it was merged into; empty if it was not.",
                sv="Koden för det förbund som det gick upp i; tomt om det inte gjorde det.",
            ),
            required=False,
            empty=True,
        ),
    )
    row = Label(en="a row per association", sv="en rad per förbund")
    return Table(file, columns, ("association",), ASSOCIATIONS, row)


def _years(file: str, part: Organisation) -> Table:
    columns = (
        pieces.text("association", pieces.ASSOCIATION),
        pieces.year("year", Label(en="Calendar year.", sv="Kalenderår."), part.years),
        pieces.number(
            "municipalities",
            Label(en="Member municipalities at the end of the year.",
                  sv="Medlemskommuner vid årets slut."),
            pieces.MUNICIPALITIES,
            whole=True,
        ),
        *(pieces.number(name, meaning, pieces.SEK) for name, meaning in SOURCES.items()),
        pieces.number(
            "total",
            Label(
                en="All funds of the year: the sum of the sources.",
                sv="Årets alla medel: summan av källorna.",
            ),
            pieces.SEK,
        ),
        pieces.number(
            "saved",
            Label(
                en="Funds saved from earlier years, at the beginning of the year; they are not "
                "part of the total.",
                sv="Medel sparade från tidigare år, vid årets början; de ingår inte i summan.",
            ),
            pieces.SEK,
            required=False,
        ),
        pieces.number(
            "population",
            Label(
                en="Inhabitants of the member municipalities at the end of the year.",
                sv="Invånare i medlemskommunerna vid årets slut.",
            ),
            pieces.PEOPLE,
            whole=True,
            required=False,
        ),
        pieces.number(
            "counties",
            Label(
                en="Counties that the member municipalities lie in at the end of the year.",
                sv="Län som medlemskommunerna ligger i vid årets slut.",
            ),
            pieces.COUNTIES,
            whole=True,
            required=False,
        ),
        pieces.number(
            "staff",
            Label(
                en="Staff of the association, in full-time equivalents.",
                sv="Förbundets personal, i årsarbetskrafter.",
            ),
            pieces.POSTS,
            required=False,
        ),
        pieces.number(
            "participants",
            Label(
                en="People in efforts for individuals during the year, with or without data on "
                "each of them.",
                sv="Personer i individinriktade insatser under året, med eller utan uppgifter om "
                "var och en.",
            ),
            pieces.PEOPLE,
            whole=True,
            required=False,
        ),
    )  # fmt: skip
    row = Label(en="a row per association and year", sv="en rad per förbund och år")
    return Table(file, columns, ("association", "year"), YEARS, row)


def _indicators(file: str, part: Organisation) -> Table:
    items = part.indicator_items
    columns = (
        pieces.text(
            "questionnaire",
            Label(
                en="Running number of the questionnaire; its answers share it.",
                sv="Enkätens löpnummer; alla dess svar har samma.",
            ),
            personal=True,
        ),
        pieces.text("association", pieces.ASSOCIATION),
        pieces.year("year", Label(en="Year of the survey.", sv="Enkätens år."), part.years),
        pieces.category(
            "respondent", pieces.RESPONDENTS, Label(en="Who answered.", sv="Vem som svarade.")
        ),
        Column(
            "indicator",
            "category",
            values=tuple(item.id for item in items),
            personal=False,
            meaning=Label(en="The question.", sv="Frågan."),
            labels=tuple(item.label for item in items),
        ),
        Column(
            "answer",
            "whole",
            empty=True,
            minimum=min(item.minimum for item in items),
            maximum=max(item.maximum for item in items),
            meaning=Label(
                en="The answer; empty if the question was passed over.",
                sv="Svaret; tomt om frågan hoppades över.",
            ),
            unit=Label(en="scale points", sv="skalsteg"),
        ),
    )
    row = Label(en="a row per questionnaire and indicator", sv="en rad per enkät och indikator")
    return Table(file, columns, ("questionnaire", "indicator"), INDICATORS, row)


def tables(part: Organisation) -> list[Table]:
    """The tables of the part that the study names."""
    makers = (
        (part.associations, _associations),
        (part.association_years, _years),
        (part.efforts, activity.efforts),
        (part.effort_participants, activity.participants),
        (part.indicators, _indicators),
        (part.teams, parties.teams),
        (part.referrals, parties.referrals),
    )
    return [make(file, part) for file, make in makers if file is not None]
