"""What may stand beside the answers: staff on participants, coded open answers, referrals."""

from __future__ import annotations

from finsam_report.inputs import contract, meanings
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import pieces
from finsam_report.study import Label, Survey

STAFF = "survey-staff-answers"
OPEN = "survey-open-answers"
REFERRALS = "survey-referrals"

TITLES = {
    STAFF: Label(en="Survey: answers of staff", sv="Enkät: personalens svar"),
    OPEN: Label(en="Survey: coded open answers", sv="Enkät: kodade öppna svar"),
    REFERRALS: Label(en="Survey: referrals", sv="Enkät: remitteringar"),
}


def _wave(part: Survey) -> Column:
    return contract.answers(part).column("wave")


def _staff(file: str, part: Survey) -> Table:
    answers = contract.answers(part)
    items = part.staff_items or tuple(item.id for item in part.items)
    columns = (
        answers.column("person"),
        answers.column("wave"),
        *(answers.column(name) for name in items),
    )
    row = Label(
        en="a row per participant and survey that staff answered about",
        sv="en rad per deltagare och enkät som personal har svarat om",
    )
    return Table(file, columns, ("person", "wave"), STAFF, row)


def _open(file: str, part: Survey) -> Table:
    columns = (
        Column("person", "text", meaning=meanings.PERSON),
        _wave(part),
        pieces.text(
            "coder",
            Label(
                en="Code of the one who read the answer; never a name.",
                sv="Kod för den som läste svaret; aldrig namn.",
            ),
            personal=True,
        ),
        pieces.category(
            "theme",
            part.themes,
            Label(
                en="A theme of the answer, a row for each; empty if it has none.",
                sv="Ett tema i svaret, en rad för varje; tomt om det saknar tema.",
            ),
            empty=True,
            personal=True,
        ),
    )
    row = Label(
        en="a row per person, survey, coder and theme",
        sv="en rad per person, enkät, kodare och tema",
    )
    return Table(file, columns, ("person", "wave", "coder", "theme"), OPEN, row)


def _referrals(file: str, part: Survey) -> Table:
    columns = (
        Column("month", "date", personal=False,
               meaning=Label(en="Month of the referrals.", sv="Månad för remitteringarna.")),
        pieces.text(
            "site",
            Label(en="Where the team is, as among the participants.",
                  sv="Var teamet finns, som bland deltagarna."),
        ),
        pieces.category(
            "party",
            part.parties,
            Label(en="The party that referred.", sv="Den part som remitterade."),
        ),
        pieces.number(
            "people",
            Label(en="People who were referred, in the study or not.",
                  sv="Personer som remitterades, med i studien eller inte."),
            pieces.PEOPLE,
            whole=True,
        ),
    )  # fmt: skip
    row = Label(en="a row per month, site and party", sv="en rad per månad, ort och part")
    return Table(file, columns, ("month", "site", "party"), REFERRALS, row)


def tables(part: Survey) -> list[Table]:
    """The further tables that the study names."""
    makers = (
        (part.staff_answers, _staff),
        (part.open_answers, _open),
        (part.referrals, _referrals),
    )
    return [make(file, part) for file, make in makers if file is not None]
