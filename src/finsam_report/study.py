"""What is studied: parts, arms, outcomes, groups and labels, read from ``study.toml``.

A study is data. Nothing in the analysis or in the documents knows a place, an item or an
outcome by name: they are all declared here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from finsam_report.problems import InputProblems
from finsam_report.study_about import About
from finsam_report.study_calendar import Prices
from finsam_report.study_costs import Costs, States
from finsam_report.study_evaluation import Evaluation
from finsam_report.study_file import FILE_NAME, problems_of, read_toml, split_sheet
from finsam_report.study_municipality import Municipality
from finsam_report.study_other import Organisation
from finsam_report.study_pieces import (
    Analysis,
    Arm,
    Arms,
    Covariate,
    DeclaredAssignment,
    Item,
    Label,
    Level,
    Model,
    Outcome,
    Wave,
)
from finsam_report.study_plan import Plan, plan_of, read_plan
from finsam_report.study_questions import Question
from finsam_report.study_questions import fault as fault_of_questions
from finsam_report.study_release import ReleaseRules
from finsam_report.study_trial import Register, Subgroup, Survey

__all__ = [
    "FILE_NAME",
    "TRUTH_FILE",
    "About",
    "Analysis",
    "Arm",
    "Arms",
    "Costs",
    "Covariate",
    "DeclaredAssignment",
    "Evaluation",
    "Item",
    "Label",
    "Level",
    "Municipality",
    "Organisation",
    "Outcome",
    "Prices",
    "Question",
    "Register",
    "ReleaseRules",
    "States",
    "Study",
    "Subgroup",
    "Survey",
    "Wave",
    "read_study_file",
]

# Optional, for a synthetic study: the true effects by key of the ledger.
TRUTH_FILE = "truth.csv"


class Study(Model):
    """A whole study: what it is about, how it is analysed, and one or more parts."""

    study: About
    analysis: Analysis = Analysis()
    release: ReleaseRules = ReleaseRules()
    questions: tuple[Question, ...] = ()
    prices: Prices | None = None
    organisation: Organisation | None = None
    municipality: Municipality | None = None
    survey: Survey | None = None
    register_: Register | None = Field(default=None, alias="register")
    evaluation: Evaluation | None = None
    _plan: Plan | None = PrivateAttr(default=None)  # from a file of its own

    @model_validator(mode="after")
    def _some_part(self) -> Self:
        if not self._part_files() and self.evaluation is None:
            raise ValueError(
                "the study has neither [survey] nor [register] nor [organisation] nor "
                "[municipality]; give at least one"
            )
        names = [FILE_NAME, *self._plan_file()]
        names += [name for files in self._part_files() for name in files]
        # One trial may be followed by survey and register: then both have the same people.
        people = {part.participants for part in (self.survey, self.register_) if part}
        if self.survey and self.register_ and len(people) == 1:
            names.remove(self.survey.participants)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"'{twice[0]}' is named for two different tables; give each its own")
        whole = {file for file, sheet in map(split_sheet, names) if sheet} & set(names)
        if whole:
            raise ValueError(
                f"'{min(whole)}' is named with a sheet and without; name the sheet each time"
            )
        return self

    @model_validator(mode="after")
    def _questions(self) -> Self:
        named = [
            *(item.questions for item in (self.survey.items if self.survey else ())),
            *(o.questions for o in (self.register_.outcomes if self.register_ else ())),
            *(o.questions for o in (self.municipality.outcomes if self.municipality else ())),
        ]
        fault = fault_of_questions(self.questions, [q for own in named for q in own])
        if fault:
            raise ValueError(fault)
        return self

    def _part_files(self) -> list[tuple[str, ...]]:
        parts = (self.organisation, self.municipality, self.survey, self.register_)
        named = [part.files() for part in parts if part is not None]
        return [*named, (self.prices.table,)] if self.prices and named else named

    def _plan_file(self) -> list[str]:
        return [self.study.plan.file] if self.study.plan else []

    @property
    def plan(self) -> Plan | None:
        """The analysis plan that the study names, where it was read from its directory."""
        return self._plan

    def with_plan(self, plan: Plan) -> Self:
        """The same study with its analysis plan."""
        study = self.model_copy()
        study._plan = plan  # noqa: SLF001 - of the copy that was just made
        return study

    def declared_plan(self) -> Plan | None:
        """The plan that the declarations amount to; None where the study estimates nothing."""
        return plan_of(self.survey, self.register_, self.municipality)

    def files(self) -> tuple[str, ...]:
        """The names of the study's files, each once, ``study.toml`` first."""
        names = [name for files in self._part_files() for name in files] + self._plan_file()
        return tuple(dict.fromkeys([FILE_NAME, *(split_sheet(name)[0] for name in names)]))

    def declared_in(self) -> tuple[str, ...]:
        """The names of the files that declare the study; its tables are none of them."""
        return (FILE_NAME, *self._plan_file())

    def read_in(self, directory: Path) -> tuple[str, ...]:
        """The names of all files that a report reads: a synthetic study may tell the truth."""
        truth = self.study.synthetic and (directory / TRUTH_FILE).is_file()
        return (*self.files(), TRUTH_FILE) if truth else self.files()

    def flags(self) -> dict[str, bool]:
        """Which conditional pieces of the documents hold for this study."""
        survey, register = self.survey, self.register_
        blocks = register is not None and bool(register.assignment.blocks)
        several = register is not None and register.path
        return {
            "survey": survey is not None,
            "register": register is not None,
            "both": survey is not None and register is not None,
            "trial": survey is not None or register is not None,
            "synthetic": self.study.synthetic,
            "real": not self.study.synthetic,
            "finsam": self.study.programme == "finsam",
            "other": self.study.programme == "other",
            "take_up": register is not None and register.take_up,
            "survey_take_up": survey is not None and survey.take_up,
            "path": several,
            "single": register is not None and not several,
            "draws": blocks,
            "one_block": register is not None and not blocks,
            "baseline_wave": survey is not None and survey.baseline_wave is not None,
            "later_wave": survey is not None
            and any(wave.arms == ("control",) for wave in survey.waves),
        }


def read_study_file(directory: Path, *, plan: bool = True) -> Study:
    """Read and check ``study.toml`` of a study directory.

    Args:
        directory: The study's directory.
        plan: Whether the analysis plan that the study names is read, too.

    Returns:
        The study as declared.

    Raises:
        InputProblems: The directory or the file is missing, is not TOML, or breaks the
            contract; all breaches are reported at once.
    """
    raw = read_toml(directory)
    try:
        # By way of JSON, where a list may stand for a tuple even though types are strict.
        study = Study.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        raise InputProblems(problems_of(error, Study)) from None
    named = study.study.plan
    return study.with_plan(read_plan(directory, named)) if named and plan else study
