"""Reading and checking what a study declares beside the tables of the two experiments."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from finsam_report.inputs import contract
from finsam_report.inputs.parts_checks import (
    activity,
    calendar,
    municipality,
    organisation,
    survey_extra,
)
from finsam_report.inputs.parts_checks.pieces import Read, Report
from finsam_report.inputs.parts_contract import activity as activity_contract
from finsam_report.inputs.parts_contract import other_tables
from finsam_report.inputs.parts_contract import survey_extra as survey_contract
from finsam_report.inputs.tables import read_table
from finsam_report.problems import Problem
from finsam_report.study import Study


def read_other(
    directory: Path,
    study: Study,
    report: Report,
    *,
    people: pd.DataFrame | None = None,
    answers: pd.DataFrame | None = None,
    register: tuple[pd.DataFrame, pd.Series] | None = None,
) -> dict[str, pd.DataFrame]:
    """Read and check the tables of the parts without an experiment, and the survey's further ones.

    Args:
        directory: The study's directory.
        study: The study as declared.
        report: Called with each problem.
        people: The survey's participants, if they are read already.
        answers: The survey's answers, if they are read already.
        register: The register's participants and the periods of its outcomes, if they are read.

    Returns:
        The tables that could be read, by the name of their contract. Efforts have a column of 0
        and 1 for each party, however the file gives the parties.
    """
    read: dict[str, Read] = {}
    for table in other_tables(study):
        frame = read_table(directory, table, report)
        if frame is not None:
            read[table.name] = Read(table, frame, report)
    if study.organisation is not None:
        organisation.check(study.organisation, read)
    municipality.check(study, read)
    calendar.check(study, read, register, report)
    survey = study.survey
    further = {survey_contract.STAFF, survey_contract.OPEN, survey_contract.REFERRALS}
    if survey is not None and further & set(read):
        if people is None:
            people = read_table(directory, contract.participants(survey), _silent)
        if answers is None:
            answers = read_table(directory, contract.answers(survey), _silent)
        survey_extra.check(survey, read, people, answers)
    out = {name: table.frame.reset_index(drop=True) for name, table in read.items()}
    if study.organisation is not None and activity_contract.EFFORTS in out:
        efforts = out[activity_contract.EFFORTS]
        out[activity_contract.EFFORTS] = activity.with_party_columns(efforts, study.organisation)
    return out


def _silent(problem: Problem) -> None:
    """What is wrong with the survey's own tables is said where they are read."""
