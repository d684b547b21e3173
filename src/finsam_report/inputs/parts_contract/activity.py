"""What associations finance: efforts, and those who take part in them."""

from __future__ import annotations

from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import pieces
from finsam_report.study import Label, Organisation

EFFORTS = "organisation-efforts"
PARTICIPANTS = "organisation-participants"

TITLES = {
    EFFORTS: Label(en="Organisation: efforts", sv="Organisation: insatser"),
    PARTICIPANTS: Label(
        en="Organisation: participants in efforts", sv="Organisation: deltagare i insatser"
    ),
}


def party_column(party: str) -> str:
    """The column that says whether a party takes part in an effort."""
    return f"party_{party}"


def efforts(file: str, part: Organisation) -> Table:
    """The table of efforts, a row per effort."""
    parties = [
        Column(
            party_column(party.value),
            "binary",
            required=False,
            personal=False,
            meaning=Label(
                en=f"1 if this party takes part: {party.label.text('en')}; 0 if not.",
                sv=f"1 om denna part deltar: {party.label.text('sv')}; annars 0.",
            ),
        )
        for party in part.parties
    ]
    listed = "; ".join(party.value for party in part.parties)
    columns = (
        pieces.text("effort", Label(en="Code of the effort.", sv="Insatsens kod.")),
        pieces.text("association", pieces.ASSOCIATION),
        pieces.category(
            "type",
            pieces.TYPES,
            Label(
                en="Whether individuals take part, or the effort is between the parties.",
                sv="Om enskilda deltar eller om insatsen gäller samverkan mellan parterna.",
            ),
        ),
        pieces.category(
            "kind",
            part.effort_kinds,
            Label(en="What is done, such as coaching.", sv="Vad som görs, till exempel coachning."),
            required=False,
            empty=True,
        ),
        pieces.category(
            "target_group",
            part.target_groups,
            Label(en="Whom the effort is for.", sv="Vem insatsen är till för."),
            required=False,
            empty=True,
        ),
        pieces.text(
            "parties",
            Label(
                en=f"The parties that take part, with semicolons between them, among: {listed}. "
                "A column for each of them may stand instead.",
                sv=f"De parter som deltar, med semikolon emellan, bland: {listed}. "
                "I stället kan varje part ha en egen kolumn.",
            ),
            required=False,
        ),
        *parties,
        Column("start", "date", personal=False,
               meaning=Label(en="When the effort began.", sv="När insatsen började.")),
        Column("end", "date", empty=True, personal=False,
               meaning=Label(en="When it ended; empty if it goes on.",
                             sv="När den slutade; tomt om den pågår.")),
        pieces.number(
            "cost",
            Label(en="Cost from beginning to end.", sv="Kostnad från början till slut."),
            pieces.SEK,
        ),
    )  # fmt: skip
    row = Label(en="a row per effort", sv="en rad per insats")
    return Table(file, columns, ("effort",), EFFORTS, row)


def participants(file: str, part: Organisation) -> Table:
    """The table of those who take part in efforts, a row each time."""
    columns = [
        pieces.text(
            "participant",
            Label(
                en="Code of the participant; never a name or a personal identity number.",
                sv="Deltagarens kod; aldrig namn eller personnummer.",
            ),
            personal=True,
        ),
        pieces.text("effort", Label(en="Code of the effort.", sv="Insatsens kod.")),
        pieces.category("sex", part.sexes, Label(en="Sex.", sv="Kön."), empty=True, personal=True),
        pieces.category(
            "age_band",
            part.age_bands,
            Label(en="Age when the effort began.", sv="Ålder när insatsen började."),
            empty=True,
            personal=True,
        ),
        pieces.category(
            "education",
            part.education,
            Label(en="Highest completed education.", sv="Högsta avslutade utbildning."),
            required=False,
            empty=True,
            personal=True,
        ),
    ]
    for name, levels, en, sv in (
        ("livelihood", part.livelihoods, "Main source of support", "Huvudsaklig försörjning"),
        ("occupation", part.occupations, "Main occupation", "Huvudsaklig sysselsättning"),
    ):
        for when, when_en, when_sv in (
            ("before", "before the effort", "före insatsen"),
            ("after", "after the effort; empty if it goes on", "efter insatsen; tomt om den pågår"),
        ):
            meaning = Label(en=f"{en} {when_en}.", sv=f"{sv} {when_sv}.")
            columns.append(
                pieces.category(f"{name}_{when}", levels, meaning, empty=True, personal=True)
            )
    columns += [
        Column("start", "date", meaning=Label(en="When the person began.",
                                              sv="När personen började.")),
        Column("end", "date", empty=True,
               meaning=Label(en="When the person ended; empty if the effort goes on.",
                             sv="När personen slutade; tomt om insatsen pågår.")),
        Column(
            "identified",
            "binary",
            required=False,
            empty=True,
            meaning=Label(
                en="1 if the person was registered with personal data in the follow-up system, "
                "0 if not.",
                sv="1 om personen registrerades med personuppgifter i uppföljningssystemet, "
                "annars 0.",
            ),
        ),
    ]  # fmt: skip
    row = Label(
        en="a row each time that a person takes part in an effort",
        sv="en rad för varje gång som en person deltar i en insats",
    )
    return Table(file, tuple(columns), ("participant", "effort", "start"), PARTICIPANTS, row)
