"""Reading a study: study.toml and its tables, checked together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs import checks, contract, plan_file, plausible
from finsam_report.inputs.other_checks import read_other
from finsam_report.inputs.parts_checks.calendar import deflated
from finsam_report.inputs.tables import cell_problem, read_table
from finsam_report.problems import InputProblems, Problem, ordered
from finsam_report.study import Register, Study, Survey, read_study_file

Report = Callable[[Problem], None]


@dataclass(frozen=True)
class Tables:
    """The two checked tables of one experiment, the participants first.

    ``followed`` has in column ``row`` the position of each person among the participants.
    """

    participants: pd.DataFrame
    followed: pd.DataFrame


@dataclass(frozen=True)
class Inputs:
    """A study and its checked tables, with what is odd in them.

    ``other`` holds the tables of the parts without an experiment, by the name of their contract.
    """

    directory: Path
    study: Study
    survey: Tables | None
    register: Tables | None
    warnings: tuple[Problem, ...] = ()
    other: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def _attach(
    part: Survey | Register, people: pd.DataFrame, frame: pd.DataFrame, file: str, report: Report
) -> pd.DataFrame:
    """Add each row's person as a position among the participants; report strangers."""
    # Those who stand twice or lack an id are reported where they stand.
    known = people["person"].astype(object).drop_duplicates().dropna()
    position = people.index.get_indexer(known.index).astype(np.int32)
    person = frame["person"].astype("category").cat  # each person is looked up once
    at = pd.Index(known).get_indexer(person.categories.astype(object))
    places = np.where(at >= 0, np.append(position, np.int32(-1))[at], np.int32(-1))
    row = np.append(places, np.int32(-1))[person.codes.to_numpy()]
    strangers = (row < 0) & frame["person"].notna().to_numpy()
    if strangers.any():
        report(
            cell_problem(
                file,
                "person",
                frame.index.to_numpy()[strangers],
                f"people who are not in {part.participants}",
                "only people who were randomised",
                f"add them to {part.participants} or remove the rows",
            )
        )
    return frame.assign(row=row)


def _read_part(
    directory: Path,
    part: Survey | Register,
    prices: bool,  # noqa: FBT001 - whether amounts are turned into other prices
    report: Report,
) -> Tables | None:
    people = read_table(directory, contract.participants(part), report)
    second = contract.answers(part) if isinstance(part, Survey) else contract.outcomes(part)
    followed = read_table(directory, second, report)
    if people is not None:
        checks.blocks(part, people, report)
        checks.take_up(part, people, report)
        checks.subgroup_dates(part, people, report)
        if isinstance(part, Register):
            checks.calendar(part, people, prices, report)
    if followed is not None and isinstance(part, Register):
        checks.periods(part, followed, report)
    if people is None or followed is None:
        return None
    followed = _attach(part, people, followed, second.file, report)
    if isinstance(part, Survey):
        checks.waves(part, people, followed, report)
    # Rows keep their number in the file until everything is checked.
    plausible.check(part, Tables(people, followed), report)
    return Tables(people.reset_index(drop=True), followed.reset_index(drop=True))


def read_inputs(directory: Path) -> Inputs:
    """Read a study and check all of it.

    Args:
        directory: The study's directory; it is only read.

    Returns:
        The study and its tables.

    Raises:
        InputProblems: Something breaks the contract; all problems are listed.
    """
    study = read_study_file(directory)
    problems: list[Problem] = []
    tables: dict[str, Tables | None] = {"survey": None, "register": None}
    for name, part in (("survey", study.survey), ("register", study.register_)):
        if part is not None:
            prices = isinstance(part, Register) and any(
                deflated(study, outcome.id) for outcome in part.outcomes
            )
            tables[name] = _read_part(directory, part, prices, problems.append)
    survey, register = tables["survey"], tables["register"]
    for part, read in ((study.survey, survey), (study.register_, register)):
        if part is not None and read is not None:
            plan_file.check_date(study, part, read.participants, problems.append)
    other = read_other(
        directory,
        study,
        problems.append,
        people=survey.participants if survey else None,
        answers=survey.followed if survey else None,
        register=(register.participants, register.followed["period"]) if register else None,
    )
    if any(problem.severity == "error" for problem in problems):
        raise InputProblems(problems)
    return Inputs(directory, study, tables["survey"], tables["register"], ordered(problems), other)
