"""The guide to study.toml: its example is a study that works."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.read import read_inputs
from finsam_report.release import released_study
from finsam_report.study import read_study_file

GUIDE = Path(__file__).parents[2] / "docs" / "study.md"


def test_the_smallest_study_of_the_guide_can_be_analysed(tmp_path: Path) -> None:
    example = re.search(
        r"## The smallest study\n+```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    assert example is not None
    (tmp_path / "study.toml").write_text(example[1], "utf-8")
    rng = np.random.default_rng(1)
    people = pd.DataFrame({"person": [f"P{i}" for i in range(400)]})
    people["arm"] = np.where(np.arange(400) % 2, "offered", "not")
    people.to_csv(tmp_path / "people.csv", index=False)
    months = people[["person"]].merge(pd.DataFrame({"period": range(1, 13)}), how="cross")
    months["work"] = rng.integers(0, 2, len(months))
    months.to_csv(tmp_path / "months.csv", index=False)
    frame = released_study(read_inputs(tmp_path)).frame
    lin = frame[(frame["analysis"] == "itt") & (frame["estimator"] == "lin")]
    assert set(lin["horizon"]) >= {6, 12}


def test_the_guide_names_every_entry() -> None:
    from finsam_report import (
        study,
        study_about,
        study_calendar,
        study_costs,
        study_evaluation,
        study_municipality,
        study_other,
        study_pieces,
        study_plan,
        study_release,
        study_trial,
    )  # fmt: skip

    text = GUIDE.read_text("utf-8")
    for model in (
        study.Survey, study.Register, study_about.About, study_about.Colophon,
        study_about.Statements, study_pieces.Analysis, study_release.ReleaseRules,
        study_pieces.Outcome, study_pieces.Item,
        study_pieces.Covariate, study_pieces.Wave, study_pieces.DeclaredAssignment,
        study_trial.Subgroup, study_trial.Family,
        study_trial.Event, study_trial.Queue, study_costs.States, study_costs.Costs,
        study_costs.Stream, study_costs.WorkCondition, study_calendar.Prices,
        study_calendar.CalendarSplit,
        study_calendar.Later, study_calendar.Exits, study.Municipality,
        study_municipality.MunicipalityOutcome, study_municipality.MunicipalityCovariate,
        study_municipality.Window, study_municipality.SexValues, study.Question,
        study_about.NamedPlan, study_plan.Plan, study_plan.PlannedOutcome,
        study_plan.PlannedGroup, study_plan.PlannedSurvey, study_plan.PlannedRegister,
        study_plan.PlannedMunicipality,
        study.Organisation, study_other.SeriesBreak, study_other.TargetSize,
        study_evaluation.Evaluation, study_evaluation.Goal, study_evaluation.Activity,
        study_evaluation.Assessment, study_evaluation.Revision,
    ):  # fmt: skip
        for field, about in model.model_fields.items():
            name = about.alias or field
            assert re.search(rf"`[^`\n]*\b{name}\b", text), f"{model.__name__}.{name}"


def test_the_example_of_municipalities_is_a_study(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    example = re.search(r"## \[municipality\].*?```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    about = '[study]\nid = "example"\ntitle.en = "An example"\ndata_until.en = "2018"\n'
    (tmp_path / "study.toml").write_text(about + example[1], "utf-8")
    part = read_study_file(tmp_path).municipality
    assert part is not None and part.comparison == "not_yet" and part.bootstrap == 999


def test_the_example_of_organisation_is_a_study(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    example = re.search(r"## \[organisation\].*?```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    about = '[study]\nid = "example"\ntitle.en = "An example"\ndata_until.en = "2022"\n'
    (tmp_path / "study.toml").write_text(about + example[1], "utf-8")
    part = read_study_file(tmp_path).organisation
    assert part is not None and part.target_size is not None and part.target_size.high == 7000
    assert [(b.year, b.series) for b in part.breaks] == [(2019, "efforts")]


def test_the_example_of_an_evaluation_is_a_study(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    example = re.search(r"### The evaluation plan.*?```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    about = '[study]\nid = "example"\ntitle.en = "An example"\ndata_until.en = "2022"\n'
    (tmp_path / "study.toml").write_text(about + example[1], "utf-8")
    one = read_study_file(tmp_path).evaluation
    assert one is not None and one.goals[0].reached
    assert len(one.half_years()) == 5
