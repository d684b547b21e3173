"""Municipalities, the year in which each of them joined, and their outcomes by sex and age."""

from __future__ import annotations

from finsam_report.inputs import meanings
from finsam_report.inputs.contract import Column, Kind, Table
from finsam_report.inputs.parts_contract import pieces
from finsam_report.study import Covariate, Label, Level, Municipality

MUNICIPALITIES = "municipalities"
YEARS = "municipality-years"

TITLES = {
    MUNICIPALITIES: Label(en="Municipality: members", sv="Kommun: medlemmar"),
    YEARS: Label(en="Municipality: outcomes by year", sv="Kommun: utfall per år"),
}
CODE = Label(
    en="Municipality code of four digits, as text so that a zero in front stays.",
    sv="Kommunkod med fyra siffror, som text så att en inledande nolla står kvar.",
)


def _covariate(declared: Covariate) -> Column:
    kinds: dict[str, Kind] = {"binary": "binary", "number": "number", "category": "category"}
    return Column(
        declared.id,
        kinds[declared.kind],
        empty=True,
        values=tuple(level.value for level in declared.levels),
        minimum=declared.minimum,
        maximum=declared.maximum,
        personal=False,
        meaning=meanings.fixed(declared.label, binary=declared.kind == "binary"),
        unit=declared.unit,
        labels=tuple(level.label for level in declared.levels),
    )


def _municipalities(part: Municipality) -> Table:
    columns = (
        pieces.text("municipality", CODE),
        pieces.text("county", pieces.COUNTY),
        pieces.year(
            "joined",
            Label(
                en="Year in which the municipality joined an association; empty if it never did.",
                sv="År då kommunen gick med i ett förbund; tomt om den aldrig gjorde det.",
            ),
            empty=True,
        ),
        pieces.text(
            "association",
            Label(
                en="Code of the association that it joined, whatever was merged later; empty if "
                "none.",
                sv="Koden för det förbund som den gick med i, oavsett senare sammanslagningar; "
                "tomt om inget.",
            ),
            empty=True,
        ),
        pieces.year(
            "left",
            Label(
                en="Year in which it left without joining another; empty if it did not.",
                sv="År då den gick ur utan att gå med i ett annat; tomt om den inte gjorde det.",
            ),
            required=False,
            empty=True,
        ),
        pieces.text(
            "merged_into",
            Label(
                en="Code of the municipality that it was merged into, which then has a row too; "
                "the two count as one in all years. Empty if it was not merged.",
                sv="Koden för den kommun som den slogs ihop med, som då också har en rad; de två "
                "räknas som en i alla år. Tomt om den inte slogs ihop.",
            ),
            required=False,
            empty=True,
        ),
        *(_covariate(one) for one in part.covariates if one.source is None),
    )
    row = Label(en="a row per municipality", sv="en rad per kommun")
    return Table(part.municipalities, columns, ("municipality",), MUNICIPALITIES, row)


def _years(part: Municipality) -> Table:
    sexes = (
        Level(value=part.sexes.all, label=Label(en="women and men", sv="kvinnor och män")),
        Level(value=part.sexes.women, label=Label(en="women", sv="kvinnor")),
        Level(value=part.sexes.men, label=Label(en="men", sv="män")),
    )
    columns = (
        pieces.text("municipality", CODE),
        pieces.year("year", Label(en="Calendar year.", sv="Kalenderår."), part.years),
        pieces.category("sex", sexes, Label(en="Whom the share is of.", sv="Vem andelen gäller.")),
        pieces.category(
            "age_band", part.age_bands, Label(en="Ages that the share is of.", sv="Ålder.")
        ),
        Column(
            "outcome",
            "category",
            values=tuple(outcome.id for outcome in part.observed),
            personal=False,
            meaning=Label(en="The outcome.", sv="Utfallet."),
            labels=tuple(outcome.label for outcome in part.observed),
        ),
        pieces.number(
            "value",
            Label(en="Share of the group, from 0 to 100.", sv="Andel av gruppen, från 0 till 100."),
            pieces.PER_CENT,
            maximum=100,
        ),
        pieces.number(
            "population",
            Label(
                en="People that the share is of, such as the unemployed for those who get work.",
                sv="De personer som andelen gäller, till exempel arbetslösa för dem som får jobb.",
            ),
            pieces.PEOPLE,
            whole=True,
        ),
    )
    key = ("municipality", "year", "sex", "age_band", "outcome")
    row = Label(
        en="a row per municipality, year, sex, age and outcome",
        sv="en rad per kommun, år, kön, ålder och utfall",
    )
    return Table(part.municipality_years, columns, key, YEARS, row)


def tables(part: Municipality) -> list[Table]:
    """The two tables of the part."""
    return [_municipalities(part), _years(part)]
