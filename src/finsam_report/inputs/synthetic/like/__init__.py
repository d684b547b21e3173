"""A synthetic twin: a study of the same shape as a given one, without any row of it.

``people``, ``followed`` and the functions ``…_known`` say what a twin may know: rounded numbers
and shares, and means of ten people or more. What draws sees these alone, never a row of the study.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.inputs.synthetic.files import TableWriter, replace_study
from finsam_report.inputs.synthetic.like.draw import Drawn, draw_answers, draw_months, draw_people
from finsam_report.inputs.synthetic.like.followed import answers_summary, months_summary
from finsam_report.inputs.synthetic.like.other import other_tables
from finsam_report.inputs.synthetic.like.other_calendar import calendar_tables
from finsam_report.inputs.synthetic.like.people import People, people_summary
from finsam_report.inputs.synthetic.like.pieces import free_prefix
from finsam_report.inputs.synthetic.like.toml_text import toml_text
from finsam_report.study import FILE_NAME, Study
from finsam_report.study_plan import plan_text

__all__ = ["DEFAULT_SEED", "make_like"]

DEFAULT_SEED = 1
ENDING = "_twin"
PLAN = "analysis_plan.toml"


def is_twin(study_id: str, synthetic: bool) -> bool:  # noqa: FBT001 - what a study file says
    """Whether a study of this id is a twin."""
    return synthetic and study_id.endswith(ENDING)


def _prefix(inputs: Inputs, letter: str) -> str:
    """What no id of the study's people begins with."""
    tables = [tables for tables in (inputs.survey, inputs.register) if tables is not None]
    return free_prefix((code for t in tables for code in t.participants["person"]), letter)


def _people(inputs: Inputs) -> dict[str, People]:
    """What may be known of the participants of each part; the same where they are the same."""
    survey, register = inputs.study.survey, inputs.study.register_
    out: dict[str, People] = {}
    if survey is not None and inputs.survey is not None:
        frame = inputs.survey.participants
        if register is not None and register.participants == survey.participants:
            if inputs.register is not None:
                theirs = inputs.register.participants
                frame = pd.concat([frame, theirs[theirs.columns.difference(frame.columns)]], axis=1)
            both = people_summary((survey, register), frame, _prefix(inputs, "P"))
            return {"survey": both, "register": both}
        out["survey"] = people_summary((survey,), frame, _prefix(inputs, "S"))
    if register is not None and inputs.register is not None:
        frame = inputs.register.participants
        out["register"] = people_summary((register,), frame, _prefix(inputs, "R"))
    return out


def _declared(study: Study, files: dict[str, str]) -> str:
    """The study's declarations, marked as those of a twin."""
    declared: dict[str, Any] = study.model_dump(mode="json", by_alias=True, exclude_unset=True)
    about = declared["study"]
    about["synthetic"] = True
    about["id"] = about["id"].removesuffix(ENDING)[: 40 - len(ENDING)] + ENDING
    about["title"]["en"] = f"Synthetic twin: {about['title']['en']}"
    if about["title"].get("sv"):
        about["title"]["sv"] = f"Syntetisk tvilling: {about['title']['sv']}"
    if "plan" in about:
        about["plan"]["file"] = PLAN
    for place, name in files.items():
        *parts, entry = place.split(".")
        within = declared
        for part in parts:
            within = within[part]
        within[entry] = name
    return (
        "# A synthetic twin: invented people, made from rounded numbers and means of a study.\n"
        "# No row of that study is in it, and its estimates say nothing about the study's.\n\n"
    ) + toml_text(declared)


def _write(directory: Path, inputs: Inputs, seed: int) -> None:
    """Each table from what may be known of it; the stream of each is its own."""
    streams = np.random.SeedSequence(seed).spawn(4)
    study, known = inputs.study, _people(inputs)
    files: dict[str, str] = {}
    answers = pd.DataFrame()
    drawn: dict[str, Drawn] = {}
    shared = len(known) > len({people.prefix for people in known.values()})
    for (part, people), stream in zip(known.items(), streams, strict=False):
        if shared and drawn:
            drawn[part] = drawn["survey"]
            files[f"{part}.participants"] = files["survey.participants"]
            continue
        drawn[part] = draw_people(np.random.default_rng(stream), people)
        table = drawn[part].table()
        stem = "participants" if shared else f"{part}_participants"
        with TableWriter(directory, stem, len(table)) as writer:
            writer.write(table)
        files[f"{part}.participants"] = writer.name
    if study.survey is not None and inputs.survey is not None:
        known_answers = answers_summary(study.survey, inputs.survey)
        answers = draw_answers(np.random.default_rng(streams[2]), known_answers, drawn["survey"])
        with TableWriter(directory, "survey_answers", len(answers)) as writer:
            writer.write(answers)
        files["survey.answers"] = writer.name
    if study.register_ is not None and inputs.register is not None:
        months = months_summary(study.register_, inputs.register)
        rows = len(drawn["register"].frame) * len(months.periods)
        with TableWriter(directory, "register_outcomes", rows) as writer:
            for piece in draw_months(streams[3], months, drawn["register"]):
                writer.write(piece)
        files["register.outcome_table"] = writer.name
    beside = np.random.SeedSequence([seed, 2])
    made = other_tables(beside, inputs, drawn.get("survey"), answers)
    made |= calendar_tables(np.random.SeedSequence([seed, 3]), inputs, drawn.get("register"))
    for place, (stem, table) in made.items():
        with TableWriter(directory, stem, len(table)) as writer:
            writer.write(table)
        files[place] = writer.name
    (directory / FILE_NAME).write_text(_declared(study, files), encoding="utf-8", newline="\n")
    if study.plan is not None:
        (directory / PLAN).write_text(plan_text(study.plan), encoding="utf-8", newline="\n")


def make_like(study: Path, out: Path, seed: int = DEFAULT_SEED) -> None:
    """Write a study of the same shape, categories and missingness as a given one.

    The twin has every table that the study declares. Columns that study.toml does not declare are
    left out. No truth is known of a twin.

    Args:
        study: The study's directory; it is only read.
        out: Directory to make. An earlier twin there is replaced.
        seed: Seed of everything that chance decides.

    Raises:
        FinsamError: The study breaks its contract, or ``out`` holds something else or is the
            study itself.
    """
    if study.resolve() == out.resolve():
        raise FinsamError(f"{out} is the study itself; name another directory for its twin")
    inputs = read_inputs(study)
    replace_study(out, is_twin, lambda directory: _write(directory, inputs, seed))
