"""A twin's tables beside those of the two experiments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_contract import (
    activity,
    municipality,
    organisation,
    parties,
    survey_extra,
)
from finsam_report.inputs.parts_contract import other_tables as tables_of
from finsam_report.inputs.read import Inputs
from finsam_report.inputs.synthetic.like.draw import Drawn
from finsam_report.inputs.synthetic.like.other_associations import (
    Units,
    associations_known,
    draw_associations,
    draw_indicators,
    draw_years,
    indicators_known,
    years_known,
)
from finsam_report.inputs.synthetic.like.other_efforts import (
    draw_efforts,
    draw_participants,
    efforts_known,
    participants_known,
)
from finsam_report.inputs.synthetic.like.other_municipality import (
    draw_municipalities,
    draw_panel,
    municipalities_known,
    panel_known,
)
from finsam_report.inputs.synthetic.like.other_parties import (
    draw_referred,
    draw_teams,
    referred_known,
    teams_known,
)
from finsam_report.inputs.synthetic.like.other_survey import (
    draw_open,
    draw_referrals,
    draw_staff,
    open_known,
    referrals_known,
    staff_known,
)
from finsam_report.study import Organisation
from finsam_report.study_municipality import COLUMNS

# By entry of study.toml: the stem of the file, and the table.
Made = dict[str, tuple[str, pd.DataFrame]]


def _units(rng: np.random.Generator, inputs: Inputs) -> tuple[Units, pd.DataFrame]:
    """The twin's associations, whichever tables of the study speak of some."""
    study, other = inputs.study, inputs.other
    codes = {
        str(code)
        for frame in other.values()
        if "association" in frame.columns
        for code in frame["association"].dropna()
    }
    declared = study.organisation or study.municipality
    years = declared.years if declared is not None else None
    first, last = (years.first, years.last) if years is not None else (2004, 2004)
    known = associations_known(codes, other.get(organisation.ASSOCIATIONS), first, last)
    return draw_associations(rng, known, last)


def _organisation(
    rng: np.random.Generator, part: Organisation, inputs: Inputs, units: Units,
    associations: pd.DataFrame, members: pd.DataFrame | None,
) -> Made:  # fmt: skip
    made: Made = {}
    contract = {table.name: table for table in tables_of(inputs.study)}
    other = inputs.other
    if organisation.ASSOCIATIONS in other:
        made["organisation.associations"] = ("associations", associations)
    if (frame := other.get(organisation.YEARS)) is not None:
        table = contract[organisation.YEARS]
        known = years_known(table, frame, other.get(organisation.ASSOCIATIONS))
        years = draw_years(rng, known, units, members)
        made["organisation.association_years"] = ("association_years", years)
    if (frame := other.get(activity.EFFORTS)) is not None:
        efforts = draw_efforts(rng, efforts_known(part, contract[activity.EFFORTS], frame), units)
        made["organisation.efforts"] = ("efforts", efforts)
        if (people := other.get(activity.PARTICIPANTS)) is not None:
            taking = participants_known(contract[activity.PARTICIPANTS], people)
            made["organisation.effort_participants"] = (
                "effort_participants", draw_participants(rng, taking, efforts),
            )  # fmt: skip
    if (frame := other.get(organisation.INDICATORS)) is not None:
        answers = draw_indicators(rng, indicators_known(part, frame), units)
        made["organisation.indicators"] = ("indicators", answers)
    if (frame := other.get(parties.TEAMS)) is not None:
        made["organisation.teams"] = ("teams", draw_teams(rng, teams_known(part, frame), units))
    if (frame := other.get(parties.REFERRALS)) is not None:
        referred = draw_referred(rng, referred_known(part, frame), units)
        made["organisation.referrals"] = ("referrals", referred)
    return made


def _survey(rng: np.random.Generator, inputs: Inputs, people: Drawn, answers: pd.DataFrame) -> Made:
    made: Made = {}
    part, tables, other = inputs.study.survey, inputs.survey, inputs.other
    if part is None or tables is None:
        return made
    if (frame := other.get(survey_extra.STAFF)) is not None:
        staff = draw_staff(rng, staff_known(part, tables, frame), people)
        made["survey.staff_answers"] = ("survey_staff_answers", staff)
    if (frame := other.get(survey_extra.OPEN)) is not None:
        coded = draw_open(rng, open_known(part, tables, frame), people, answers)
        made["survey.open_answers"] = ("survey_open_answers", coded)
    if (frame := other.get(survey_extra.REFERRALS)) is not None:
        referred = draw_referrals(rng, referrals_known(part, frame), people)
        made["survey.referrals"] = ("survey_referrals", referred)
    return made


def other_tables(
    stream: np.random.SeedSequence, inputs: Inputs, people: Drawn | None, answers: pd.DataFrame
) -> Made:
    """New tables of the parts without an experiment, and the survey's further ones.

    Args:
        stream: Source of chance.
        inputs: The study.
        people: The twin's people in the survey.
        answers: The twin's answers to it.

    Returns:
        The stem of a file and its table, by the entry of study.toml that names it.
    """
    first, second, third, fourth = (np.random.default_rng(s) for s in stream.spawn(4))
    study, other, made = inputs.study, inputs.other, Made()
    if study.organisation is not None or study.municipality is not None:
        units, associations = _units(first, inputs)
        members: pd.DataFrame | None = None
        if study.municipality is not None:
            columns = municipality.tables(study.municipality)[0].columns
            more = [column for column in columns if column.name not in COLUMNS]
            known = municipalities_known(
                other[municipality.MUNICIPALITIES], more, other.get(organisation.ASSOCIATIONS)
            )
            members = draw_municipalities(second, known, units)
            panel = panel_known(study.municipality, other[municipality.YEARS])
            made["municipality.municipalities"] = ("municipalities", members)
            years = draw_panel(second, panel, members)
            made["municipality.municipality_years"] = ("municipality_years", years)
        if study.organisation is not None:
            made |= _organisation(third, study.organisation, inputs, units, associations, members)
    return made if people is None else made | _survey(fourth, inputs, people, answers)
