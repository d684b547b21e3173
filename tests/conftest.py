"""A small study with both experiments, which a test may change before it is read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

# The long ones first, so that no core waits for one of them at the end.
FIRST = ("test_report", "test_corruption", "test_twin", "test_personal", "test_cli", "test_formats")
# Tests of these files share nothing that is dear to make: any core may take any of them.
SPREAD = (
    "test_corruption",
    "test_personal",
    "test_formats",
    "test_imputation",
    "test_layers",
    "test_checks_other",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file on one core, where they share what is dear to make."""
    order = {name: at for at, name in enumerate(FIRST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(FIRST)))
    for item in items:
        if item.path.stem not in SPREAD:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


STUDY = """
[study]
id = "small"
title.en = "A small study"
data_until.en = "June 2023"
synthetic = true

[analysis]
seed = 7
draws = 99

# With fewer than 50 people in an arm nothing would be left to look at.
[release]
mean_minimum = 5
percentile_side = 5
model_minimum = 5
model_df = 5

[survey]
participants = "people.csv"
answers = "answers.csv"
primary_wave = 2
baseline_wave = 1
take_up = true
treatment.en = "a team"

[survey.assignment]
blocks = ["site"]

[survey.arms.support]
value = "support"
label.en = "Support arm"
people.en = "people in the support arm"

[survey.arms.control]
value = "waiting"
label.en = "Waiting-list arm"
people.en = "people in the waiting-list arm"

[[survey.waves]]
wave = 1
month = 0

[[survey.waves]]
wave = 2
month = 6

[[survey.waves]]
wave = 3
month = 12
arms = ["control"]

[[survey.covariates]]
id = "sex"
label.en = "Sex"
kind = "category"
levels = [{ value = "woman", label.en = "Women" }, { value = "man", label.en = "Men" }]

[[survey.covariates]]
id = "age"
label.en = "Age"
kind = "number"
minimum = 16
maximum = 67

[[survey.items]]
id = "job"
label.en = "Chance of a job"
text.en = "How do you judge your chances?"

[[survey.items]]
id = "health"
label.en = "Own health"
text.en = "How is your health?"

[register]
participants = "drawn.csv"
outcome_table = "months.csv"
horizons = [2, 3]
minimum_events = 10
minimum_events_arm = 5
take_up = true
treatment.en = "a team"

[register.assignment]
blocks = ["draw"]

[register.arms.support]
value = "drawn"
label.en = "Drawn"
people.en = "people drawn"

[register.arms.control]
value = "not_drawn"
label.en = "Not drawn"
people.en = "people not drawn"

[[register.covariates]]
id = "foreign_born"
label.en = "Born abroad"
kind = "binary"

[[register.outcomes]]
id = "work"
label.en = "Work"
unit = "share"

[[register.outcomes]]
id = "wage"
label.en = "Wage"
unit = "amount"
currency = "SEK"
minimum = 0
"""


def _people(rng: np.random.Generator) -> pd.DataFrame:
    n = 80
    arm = np.tile(["support"] * 6 + ["waiting"] * 4, n // 10)
    return pd.DataFrame(
        {
            "person": [f"Q{i:03d}" for i in range(n)],
            "site": np.repeat(["norr", "söder"], n // 2),
            "arm": arm,
            "sex": rng.choice(["woman", "man"], n),
            "age": rng.integers(20, 60, n),
            "met_team": np.where((arm == "support") & (rng.random(n) < 0.8), 1, 0),
        }
    )


def _answers(rng: np.random.Generator, people: pd.DataFrame) -> pd.DataFrame:
    waves = {1: people, 2: people, 3: people[people["arm"] == "waiting"]}
    answered = [
        asked[rng.random(len(asked)) < 0.75].assign(wave=wave) for wave, asked in waves.items()
    ]
    frame = pd.concat(answered)[["person", "wave"]]
    return frame.assign(
        job=rng.integers(1, 6, len(frame)), health=rng.integers(1, 6, len(frame))
    ).reset_index(drop=True)


def _drawn(rng: np.random.Generator) -> pd.DataFrame:
    n = 120
    arm = np.tile(["drawn", "not_drawn", "not_drawn"], n // 3)
    return pd.DataFrame(
        {
            "person": np.arange(1, n + 1),
            "draw": np.repeat(["2019-01", "2019-02"], n // 2),
            "arm": arm,
            "foreign_born": rng.integers(0, 2, n),
            "met_team": np.where((arm == "drawn") & (rng.random(n) < 0.6), 1, 0),
        }
    )


def _months(rng: np.random.Generator, drawn: pd.DataFrame) -> pd.DataFrame:
    frame = drawn[["person"]].merge(pd.DataFrame({"period": [1, 2, 3]}), how="cross")
    work = rng.integers(0, 2, len(frame))
    return frame.assign(work=work, wage=work * rng.integers(10_000, 30_000, len(frame)))


@dataclass(frozen=True)
class SmallStudy:
    """A study directory whose files a test may change."""

    directory: Path

    def path(self, name: str) -> Path:
        return self.directory / name

    def table(self, name: str) -> pd.DataFrame:
        """A table as text, the index counting from 0 (the row in a spreadsheet is 2 more)."""
        return pd.read_csv(self.path(name), dtype=str, keep_default_na=False)

    def put(self, name: str, frame: pd.DataFrame) -> None:
        if name.endswith(".parquet"):
            frame.to_parquet(self.path(name))
        else:
            frame.to_csv(self.path(name), index=False)

    def cell(self, name: str, row: int, column: str, value: str) -> None:
        """Change a cell; ``row`` as in a spreadsheet."""
        frame = self.table(name)
        frame.loc[row - 2, column] = value
        self.put(name, frame)

    def edit(self, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        self.put(name, change(self.table(name)))

    def toml(self, old: str, new: str) -> None:
        """Change study.toml; ``old`` must stand in it."""
        text = self.path("study.toml").read_text("utf-8")
        assert old in text
        self.path("study.toml").write_text(text.replace(old, new, 1), "utf-8")

    def without(self, part: str) -> None:
        """Take out the part "survey" or "register", with its tables."""
        text = self.path("study.toml").read_text("utf-8")
        start, end = text.index("[survey]"), text.index("[register]")
        text = text[:start] + text[end:] if part == "survey" else text[:end]
        self.path("study.toml").write_text(text, "utf-8")
        for name in (
            ("people.csv", "answers.csv") if part == "survey" else ("drawn.csv", "months.csv")
        ):
            self.path(name).unlink()


def small_study(directory: Path) -> Path:
    """Write the small study into a new directory."""
    directory.mkdir()
    rng = np.random.default_rng(1)
    study = SmallStudy(directory)
    people, drawn = _people(rng), _drawn(rng)
    study.path("study.toml").write_text(STUDY, "utf-8")
    study.put("people.csv", people)
    study.put("answers.csv", _answers(rng, people))
    study.put("drawn.csv", drawn)
    study.put("months.csv", _months(rng, drawn))
    return directory


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_study(tmp_path_factory.mktemp("small") / "study")


@pytest.fixture
def small(_small: Path, tmp_path: Path) -> SmallStudy:
    """A fresh copy of the small study in the test's own directory."""
    return SmallStudy(Path(shutil.copytree(_small, tmp_path / "study")))
