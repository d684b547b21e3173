"""The guide to study.toml: its example is a study that works."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.read import read_inputs
from finsam_report.release import released_study

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
    from finsam_report import study, study_costs, study_pieces, study_trial

    text = GUIDE.read_text("utf-8")
    for model in (
        study.Survey, study.Register, study_pieces.About, study_pieces.Analysis,
        study_pieces.Outcome, study_pieces.Item, study_pieces.Covariate, study_pieces.Wave,
        study_pieces.DeclaredAssignment, study_trial.Subgroup, study_trial.Family,
        study_trial.Event, study_trial.Queue, study_costs.States, study_costs.Costs,
        study_costs.Stream,
    ):  # fmt: skip
        for field, about in model.model_fields.items():
            name = about.alias or field
            assert re.search(rf"\b{name}\b", text), f"{model.__name__}.{name}"
