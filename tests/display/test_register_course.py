"""First events, what follows a job, and costs, as the register chapter tells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report import release
from finsam_report.display import (
    figure,
    register_course,
    register_course_figures,
    register_path_text,
    register_placebo,
)
from finsam_report.display.context import Context
from finsam_report.display.lookup import Lookup
from finsam_report.places import synthetic_study
from finsam_report.study import read_study_file

EXPECTED = Path(__file__).parents[1] / "expected" / "results.csv"


def context(tmp_path: Path, *changes: tuple[dict[str, Any], dict[str, float]]) -> Context:
    """The synthetic study's ledger with some numbers changed."""
    frame = pd.read_csv(EXPECTED, keep_default_na=False, dtype=str)
    for key, values in changes:
        rows = np.logical_and.reduce([frame[name] == value for name, value in key.items()])
        assert rows.any()
        for name, value in values.items():
            frame.loc[rows, name] = repr(value)
    path = tmp_path / "results.csv"
    frame.to_csv(path, index=False)
    return Context(read_study_file(synthetic_study()), Lookup(release.read(path)), "en")


NET = {"part": "register", "analysis": "costs", "estimator": "net_cost"}
GAIN = {"part": "register", "analysis": "costs", "estimator": "willingness"}


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((100.0, 300.0), "costs the public purse more than it brings in"),
        ((-300.0, -100.0), "brings the public purse more than it costs"),
        ((-100.0, 300.0), "it cannot be told whether"),
    ],
)
def test_the_text_on_costs_follows_the_interval(
    tmp_path: Path, ends: tuple[float, float], said: str
) -> None:
    numbers = {"estimate": sum(ends) / 2, "ci_low": ends[0], "ci_high": ends[1]}
    text = register_course.costs_text(context(tmp_path, (NET, numbers)))
    assert said in text


def test_a_gain_that_may_be_chance_is_not_called_a_gain(tmp_path: Path) -> None:
    text = register_course.costs_text(context(tmp_path, (GAIN, {"ci_low": -5.0})))
    assert "cannot be told apart from chance" in text
    assert "Participants gain." not in text


def test_every_assumption_about_costs_stands_under_the_table(tmp_path: Path) -> None:
    table = register_course.costs(context(tmp_path))
    note = " ".join(table.notes)
    for assumed in ("60,000", "32", "3.0", "5.0"):
        assert assumed in note
    assert len(table.rows) == 5


def test_states_after_a_job_add_up_and_say_how_many_are_known(tmp_path: Path) -> None:
    table = register_course.transitions(context(tmp_path))
    for arm in dict.fromkeys(table.groups):
        own = [row for row, group in zip(table.rows, table.groups, strict=True) if group == arm]
        for column in range(1, len(table.columns)):
            shares = [float(row[column]) for row in own[:-1]]
            assert sum(shares) == pytest.approx(100, abs=0.3)
        assert own[-1][0] == "People whose state is known"


def test_sooner_is_said_only_where_the_test_says_so(tmp_path: Path) -> None:
    key = {"part": "register", "analysis": "first_event", "estimator": "log_rank"}
    clear = register_course.first_event_text(context(tmp_path, (key, {"p_value": 0.01})))
    unclear = register_course.first_event_text(context(tmp_path, (key, {"p_value": 0.4})))
    assert "no difference could be shown" in unclear
    gap = {"part": "register", "analysis": "first_event", "estimator": "difference"}
    turned = register_course.first_event_text(
        context(tmp_path, (key, {"p_value": 0.01}), (gap, {"estimate": -1.0}))
    )
    assert "sooner among people drawn than among people not drawn" in clear
    assert "sooner among people not drawn than among people drawn" in turned
    assert "Death competes with the event" in clear and "Emigration ends" in clear
    assert len(register_course.first_event(context(tmp_path)).rows) == 6  # a row per horizon


def test_the_stacked_shares_are_those_of_the_ledger_and_fill_a_hundred_per_cent(
    tmp_path: Path,
) -> None:
    found = register_course_figures.transitions(context(tmp_path))
    for arm in ("support", "control"):
        rows = found.data[found.data["group"].str.startswith(f"arm:{arm}|")]
        sums = rows.groupby("horizon")["estimate"].sum()
        assert {0.0, 12.0} <= set(sums.index)
        np.testing.assert_allclose(sums, 100, rtol=1e-9)
    last = found.data[found.data["horizon"] == 12]["estimate"].iloc[0]
    assert f"{last:.1f}" in found.alt
    figure.write(found, tmp_path / "figures")


def test_a_month_with_a_share_that_is_hidden_is_not_stacked(tmp_path: Path) -> None:
    key = {
        "part": "register", "analysis": "transition", "horizon": "3.0",
        "group": "arm:support|state:new_start_job",
    }  # fmt: skip
    nothing = dict.fromkeys(("estimate", "std_error", "n_support"), float("nan"))
    found = register_course_figures.transitions(context(tmp_path, (key, nothing)))
    rows = found.data[found.data["group"].str.startswith("arm:support|")]
    assert 3.0 not in set(rows["horizon"])
    figure.write(found, tmp_path / "figures")


def test_the_curves_of_first_events_are_those_of_the_ledger(tmp_path: Path) -> None:
    found = register_course_figures.first_event(context(tmp_path))
    assert set(found.data["group"]) == {"arm:support", "arm:control"}
    ends = found.data[found.data["horizon"] == 36].set_index("group")["estimate"]
    assert all(f"{end:.1f} per cent" in found.alt for end in ends)
    figure.write(found, tmp_path / "figures")


@pytest.mark.parametrize(
    ("estimate", "said"),
    [(0.2, "The interval of every one includes zero"), (3.0, "excludes zero: **Work**")],
)
def test_what_lies_before_randomisation_is_read_as_a_check(
    tmp_path: Path, estimate: float, said: str
) -> None:
    lines = pd.read_csv(EXPECTED, keep_default_na=False, dtype=str)
    key = (lines["analysis"] == "itt") & (lines["estimator"] == "lin")
    some = lines[key & (lines["outcome"] == "registered") & lines["horizon"].isin(["6.0", "12.0"])]
    some = some.assign(analysis="placebo", std_error="1.0", p_value="0.5")
    some["horizon"] = ["-1.0", "0.0"]
    some["estimate"], some["ci_low"], some["ci_high"] = (
        ["0.1", str(estimate)], ["-1.9", str(estimate - 2)], ["2.1", str(estimate + 2)]
    )  # fmt: skip
    path = tmp_path / "results.csv"
    pd.concat([lines, some]).to_csv(path, index=False)
    made = Context(read_study_file(synthetic_study()), Lookup(release.read(path)), "en")
    text = register_placebo.findings(made)
    name = made.outcome("register", "registered")
    assert said.replace("**Work**", name) in text
    assert len(register_placebo.table(made).rows) == 2


BUILT = {
    "part": "register", "analysis": "work_condition", "horizon": "36.0", "estimator": "lin",
}  # fmt: skip
RIGHT = {
    "part": "register", "analysis": "itt", "outcome": "benefit_right", "horizon": "36.0",
    "group": "all", "estimator": "lin",
}  # fmt: skip


@pytest.mark.parametrize(
    ("built", "right", "said"),
    [
        ((1.0, 3.0), (0.5, 2.0), ("more have worked long enough", "read in the same way")),
        ((1.0, 3.0), (-0.5, 2.0), ("more have worked long enough", "is not read in the same way")),
        ((-3.0, -1.0), (-2.0, -0.5), ("fewer have worked long enough", "read in the same way")),
        ((-1.0, 1.0), (-1.0, 1.0), ("cannot be told apart from no change", "in the same way")),
    ],
)
def test_worked_months_stand_beside_the_recorded_right(
    tmp_path: Path,
    built: tuple[float, float],
    right: tuple[float, float],
    said: tuple[str, str],
) -> None:
    changes = [
        (key, {"estimate": sum(ends) / 2, "ci_low": ends[0], "ci_high": ends[1]})
        for key, ends in ((BUILT, built), (RIGHT, right))
    ]
    text = register_path_text.work_condition(context(tmp_path, *changes))
    assert all(words in text for words in said)
    assert "six of the last twelve months" in text
