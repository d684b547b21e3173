"""The command power: what it takes from a study, from its data, and from whoever asks."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep, proportion_effectsize
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.places import synthetic_study


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["power", *(str(a) for a in arguments)])


def tables(out: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return pd.read_csv(out / "power.csv"), pd.read_csv(out / "power-people.csv")


def plan(small: Any, out: Path, *more: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    done = run("--study", small.directory, "--out", out, *more)
    assert done.exit_code == 0, done.output
    return tables(out)


def only(frame: pd.DataFrame, outcome: str, design: str, horizon: float | None = None) -> Any:
    rows = frame[(frame["outcome"] == outcome) & (frame["design"] == design)]
    if horizon is not None:
        rows = rows[rows["horizon"] == horizon]
    assert len(rows) == 1
    return rows.iloc[0]


ASKED = (
    "--without-data", "--people", 600, "--share", 0.6, "--assume", "work:mean=0.2",
    "--assume", "all:sd=1.5", "--points", 6, "--effect", 0.25,
)  # fmt: skip


def test_two_groups_are_those_of_statsmodels(small: Any, tmp_path: Path) -> None:
    found, people = plan(small, tmp_path, *ASKED)
    t, z = TTestIndPower(), NormalIndPower()
    job = only(found, "job", "two_groups")
    assert (job["n_support"], job["n_control"], job["df"]) == (360, 240, 598)
    size = t.solve_power(nobs1=360, ratio=2 / 3, alpha=0.05, power=0.8)
    assert job["effect_sd"] == pytest.approx(size, abs=1e-6)
    assert job["effect"] == pytest.approx(1.5 * size, abs=2e-6)
    need = only(people, "job", "two_groups")
    exact = t.solve_power(0.25, power=0.8, alpha=0.05, ratio=2 / 3)
    assert need["people_exact"] == pytest.approx(exact / 0.6, rel=1e-6)
    assert need["people"] == math.ceil(need["people_exact"])

    work = only(found, "work", "two_groups_arcsine", 3)
    effect = proportion_effectsize(0.2 + work["effect"], 0.2)
    assert z.power(effect, 360, 0.05, ratio=2 / 3) == pytest.approx(0.8, abs=1e-6)
    assert effect == pytest.approx(
        z.solve_power(nobs1=360, ratio=2 / 3, alpha=0.05, power=0.8), abs=1e-6
    )
    pooled = only(found, "work", "two_groups_pooled", 3)["effect"]
    got = power_proportions_2indep(pooled, 0.2, 360, 2 / 3, 0.05).power
    assert got == pytest.approx(0.8, abs=1e-6)
    own = only(found, "work", "two_groups", 3)["effect"]
    assert abs(own - pooled) < 0.003
    assert only(found, "work", "two_groups", 3)["control_mean"] == 0.2


def test_each_step_changes_what_it_says(small: Any, tmp_path: Path) -> None:
    found, people = plan(
        small, tmp_path, *ASKED, "--blocks", 12, "--r-squared", 0.3, "--response", "0.7,0.6",
        "--take-up", 0.8,
    )  # fmt: skip
    steps = {
        name: only(found, "job", name)
        for name in ("two_groups", "blocks", "covariates", "response", "takers")
    }
    assert steps["blocks"]["df"] == 600 - 24
    assert steps["blocks"]["effect"] > steps["two_groups"]["effect"]
    # sex and age: one dummy and one number, in both arms
    assert steps["covariates"]["df"] == 600 - 24 - 4
    assert steps["covariates"]["effect"] == pytest.approx(
        math.sqrt(0.7) * steps["blocks"]["effect"], rel=1e-4
    )
    assert steps["response"]["n_support"] == pytest.approx(0.7 * 360)
    assert steps["response"]["n_control"] == pytest.approx(0.6 * 240)
    assert steps["takers"]["effect"] == pytest.approx(steps["response"]["effect"] / 0.8)
    # The number of people finds its own effect again, all steps together.
    need = only(people, "job", "takers")
    back, _ = plan(
        small, tmp_path / "back", *ASKED[:1], "--people", round(need["people"]), *ASKED[3:],
        "--blocks", 12, "--r-squared", 0.3, "--response", "0.7,0.6", "--take-up", 0.8,
    )  # fmt: skip
    assert only(back, "job", "takers")["effect_sd"] == pytest.approx(0.25, rel=5e-3)


def test_the_study_says_share_level_and_power(small: Any, tmp_path: Path) -> None:
    small.toml('blocks = ["site"]', 'blocks = ["site"]\nshare_support = 0.25')
    small.toml("draws = 99", "draws = 99\nlevel = 0.9\npower = 0.9")
    found, _ = plan(small, tmp_path, "--without-data", "--part", "survey", "--people", 200)
    job = only(found, "job", "two_groups")
    assert (job["n_support"], job["power"], job["level"], job["unit"]) == (50, 0.9, 0.9, "SD")
    size = TTestIndPower().solve_power(nobs1=50, ratio=3, alpha=0.1, power=0.9)
    assert job["effect"] == pytest.approx(size, abs=1e-6)


def test_what_the_data_say_is_used_and_named(small: Any, tmp_path: Path) -> None:
    found, _ = plan(small, tmp_path)
    people, answers = small.table("people.csv"), small.table("answers.csv")
    second = answers[answers["wave"] == "2"].merge(people, on="person")
    control = second.loc[second["arm"] == "waiting", "job"].astype(float)
    job = only(found, "job", "response")
    assert job["people"] == 80
    assert job["sd"] == pytest.approx(control.std())
    assert job["control_mean"] == pytest.approx(control.mean())
    assert job["n_control"] == pytest.approx(len(control))
    assert job["mean_from"] == "data"
    taken = people["met_team"].astype(float).groupby(people["arm"]).mean()
    takers = only(found, "job", "takers")
    assert takers["take_up"] == pytest.approx(taken["support"] - taken["waiting"])
    first = only(found, "work", "two_groups", 3)
    assert (first["n_support"], first["n_control"]) == (40, 80)


def test_what_rests_on_few_people_is_not_taken_from_the_data(small: Any, tmp_path: Path) -> None:
    """A share of three people in the control arm would give them away."""
    months = small.table("months.csv")
    drawn = small.table("drawn.csv").set_index("person")["arm"]
    control = months["person"].map(drawn) == "not_drawn"
    last = months["period"] == "3"
    months.loc[last & control, "work"] = "0"
    months.loc[months[last & control].index[:3], "work"] = "1"
    small.put("months.csv", months)
    small.toml("minimum_events = 10", "minimum_events = 0")
    small.toml("minimum_events_arm = 5", "minimum_events_arm = 0")
    found, _ = plan(small, tmp_path, "--part", "register")
    work = only(found, "work", "two_groups", 3)
    assert (work["mean_from"], work["control_mean"]) == ("assumed", 0.5)
    assert only(found, "work", "two_groups", 2)["mean_from"] == "data"


def test_with_participants_alone_the_blocks_are_theirs(small: Any, tmp_path: Path) -> None:
    small.without("register")
    small.path("answers.csv").unlink()
    found, _ = plan(small, tmp_path)
    job = only(found, "job", "blocks")
    assert (job["people"], job["blocks"], job["blocks_from"]) == (80, 2, "data")
    assert (job["mean_from"], job["unit"]) == ("assumed", "SD")


def test_declarations_alone_are_enough(small: Any, tmp_path: Path) -> None:
    for name in ("people.csv", "answers.csv", "drawn.csv", "months.csv"):
        small.path(name).unlink()
    done = run("--study", small.directory, "--out", tmp_path)
    assert done.exit_code == 0
    found, _ = tables(tmp_path)
    job = found[(found["outcome"] == "job") & (found["design"] == "two_groups")]
    assert job["people"].tolist() == [200, 500, 1000, 2000]
    assert (job["n_support"] == job["people"] / 2).all()
    assert "No share of support is known for the survey: half is assumed." in done.output
    size = TTestIndPower().solve_power(nobs1=250, ratio=1, alpha=0.05, power=0.8)
    assert job["effect"].iloc[1] == pytest.approx(size, abs=1e-6)


def test_the_synthetic_study_could_find_what_its_report_says(tmp_path: Path) -> None:
    """Planned from rough numbers, and from the standard errors reached: within a tenth."""
    done = run("--out", tmp_path, "--part", "survey")
    assert done.exit_code == 0
    found, _ = tables(tmp_path)
    expected = pd.read_csv(
        Path(__file__).parent / "expected" / "results.csv", dtype={"group": str}, low_memory=False
    )
    there = expected[(expected["part"] == "survey") & (expected["analysis"] == "mde")]
    there = there[there["estimator"] == "lin"].set_index("outcome")["estimate"]
    here = found[found["design"] == "response"].set_index("outcome")["effect"]
    assert len(there) >= 5
    assert np.abs(here.loc[there.index] / there - 1).max() < 0.1
    assert (synthetic_study() / "study.toml").is_file()


def test_tables_and_figure_are_the_same_bytes_each_time(small: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for out in (one, two):
        plan(small, out, *ASKED)
    names = sorted(p.name for p in one.iterdir())
    assert names == ["fig-power.csv", "fig-power.svg", "power-people.csv", "power.csv"]
    assert [(one / n).read_bytes() for n in names] == [(two / n).read_bytes() for n in names]
    drawing = ElementTree.fromstring((one / "fig-power.svg").read_bytes())
    words = " ".join(drawing.itertext())
    assert "People randomised" in words
    assert "Survey: job" in words and "Register: work" in words


def test_what_is_printed_is_what_is_written(small: Any, tmp_path: Path) -> None:
    done = run("--study", small.directory, "--out", tmp_path, *ASKED)
    found, people = tables(tmp_path)
    line = next(x for x in done.output.splitlines() if x.startswith("survey") and " job " in x)
    assert f"{only(found, 'job', 'two_groups')['effect']:.3g}" in line
    assert str(int(only(people, "job", "two_groups")["people"])) in done.output
    assert "(assumed)" not in done.output


def test_what_is_there_stays(small: Any, tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text("mine", "utf-8")
    plan(small, tmp_path, *ASKED)
    assert (tmp_path / "results.csv").read_text("utf-8") == "mine"
    done = run("--study", small.directory, "--out", tmp_path / "results.csv", *ASKED)
    assert done.exit_code == 1
    assert "results.csv is a file" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*ASKED, "--assume", "wrk:mean=0.3"], "'wrk' of --assume is no main outcome"),
        ([*ASKED, "--assume", "work:mean=3"], "is no share between 0 and 1"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(
    small: Any, tmp_path: Path, arguments: list[object], words: str
) -> None:
    done = run("--study", small.directory, "--out", tmp_path / "o", *arguments)
    assert done.exit_code == 1
    assert words in " ".join(done.output.split())
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--share", "1.2"], ["--response", "0.5,x"], ["--response", "0"], ["--take-up", "0"],
        ["--assume", "job"], ["--assume", "job:sd=-1"], ["--people", "1"], ["--effect", "0"],
        ["--blocks", "0"], ["--r-squared", "1"], ["--points", "100"], ["--assume", "job:mean=nan"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_ends_with_2(small: Any, tmp_path: Path, arguments: list[str]) -> None:
    done = run("--study", small.directory, "--out", tmp_path / "o", *arguments)
    assert done.exit_code == 2
    assert not (tmp_path / "o").exists()
