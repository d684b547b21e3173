"""What the parties put in: posts in teams, and the people whom they refer."""

from __future__ import annotations

from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import pieces
from finsam_report.study import Label, Organisation

TEAMS = "organisation-teams"
REFERRALS = "organisation-referrals"

TITLES = {
    TEAMS: Label(en="Organisation: teams", sv="Organisation: team"),
    REFERRALS: Label(en="Organisation: referrals", sv="Organisation: remitteringar"),
}


def teams(file: str, part: Organisation) -> Table:
    """The table of teams, a row per team, year and party."""
    columns = (
        pieces.text("association", pieces.ASSOCIATION),
        pieces.text("team", Label(en="Code or name of the team.", sv="Teamets kod eller namn.")),
        pieces.year("year", Label(en="Calendar year.", sv="Kalenderår."), part.years),
        pieces.category(
            "party",
            part.parties,
            Label(en="The party that staffs the posts.", sv="Den part som bemannar tjänsterna."),
        ),
        pieces.number(
            "posts",
            Label(
                en="Posts that the party is to have in the team, filled or vacant, at the end of "
                "the year.",
                sv="Tjänster som parten ska ha i teamet, tillsatta eller vakanta, vid årets slut.",
            ),
            pieces.POSTS,
        ),
        pieces.number(
            "vacant",
            Label(en="Those of them that are vacant.", sv="Så många av dem som är vakanta."),
            pieces.POSTS,
        ),
    )
    row = Label(en="a row per team, year and party", sv="en rad per team, år och part")
    return Table(file, columns, ("association", "team", "year", "party"), TEAMS, row)


def referrals(file: str, part: Organisation) -> Table:
    """The table of referrals, a row per month or half-year, association and party."""
    columns = (
        Column("month", "date", personal=False,
               meaning=Label(en="Month of the referrals; of a half-year its first month.",
                             sv="Månad för remitteringarna; för ett halvår dess första månad.")),
        Column("association", "text", required=False, empty=True, personal=False,
               meaning=Label(en="Code of the association that people were referred to.",
                             sv="Kod för det förbund som personerna remitterades till.")),
        pieces.category(
            "party",
            part.parties,
            Label(en="The party that referred.", sv="Den part som remitterade."),
        ),
        pieces.number(
            "people",
            Label(en="People who were referred.", sv="Personer som remitterades."),
            pieces.PEOPLE,
            whole=True,
        ),
    )  # fmt: skip
    row = Label(
        en="a row per month or half-year, association and party",
        sv="en rad per månad eller halvår, förbund och part",
    )
    return Table(file, columns, ("month", "association", "party"), REFERRALS, row)
