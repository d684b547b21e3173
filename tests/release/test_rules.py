"""Each rule of disclosure control takes out what it says, and says so in the log."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from finsam_report.parts.ledger import CELL, COUNTS, NUMBERS, Ledger, join, rows
from finsam_report.release import Policy, Released, release
from finsam_report.study_release import ReleaseRules


def effect(**others: Any) -> Any:
    numbers = {
        "estimate": 2.0, "std_error": 1.0, "ci_low": 0.0, "ci_high": 4.0, "p_value": 0.05,
        "n_support": 80, "n_control": 70, "control_mean": 30.0, CELL: 20,
    }  # fmt: skip
    key = {"part": "survey", "analysis": "itt", "outcome": "job", "group": "all", "horizon": 6,
           "estimator": "lin", "unit": "scale points"}  # fmt: skip
    return rows(**{**key, **numbers, **others})


def only(*pieces: Any, policy: Policy | None = None) -> Released:
    return release(Ledger(join(pieces).frame), policy)


def rules(released: Released) -> list[tuple[str, str, str]]:
    return [(one.what, one.kind, one.rule) for one in released.log]


@pytest.mark.parametrize(("n", "shown"), [(49, False), (50, True)])
def test_a_model_needs_fifty_people_in_each_arm(n: int, shown: bool) -> None:
    released = only(effect(n_control=n))
    assert released.frame["estimate"].notna().tolist() == [shown]
    assert rules(released) == ([] if shown else [("row", "primary", "model")])


@pytest.mark.parametrize(("df", "shown"), [(9, False), (10, True), (200, True)])
def test_a_model_needs_ten_degrees_of_freedom(df: int, shown: bool) -> None:
    from scipy import stats

    wide = stats.t.ppf(0.975, df)
    released = only(effect(ci_low=2 - wide, ci_high=2 + wide))
    assert released.frame["estimate"].notna().tolist() == [shown]


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_a_mean_needs_ten_people(n: int, shown: bool) -> None:
    mean = effect(analysis="answers", group="arm:support", estimator="mean", n_control=np.nan,
                  n_support=n, std_error=np.nan, ci_low=np.nan, ci_high=np.nan,
                  control_mean=np.nan, **{CELL: n})  # fmt: skip
    assert only(mean).frame["estimate"].notna().tolist() == [shown]


@pytest.mark.parametrize(
    ("estimator", "n", "shown"),
    [("median", 19, False), ("median", 20, True), ("quartile_1", 39, False),
     ("quartile_3", 40, True)],
)  # fmt: skip
def test_a_percentile_needs_ten_people_on_either_side(estimator: str, n: int, shown: bool) -> None:
    wait = effect(analysis="waiting", outcome="referred_to_randomised", group="arm:support",
                  estimator=estimator, unit="days", n_support=n, n_control=np.nan,
                  control_mean=np.nan, **{CELL: n // 4})  # fmt: skip
    assert only(wait).frame["estimate"].notna().tolist() == [shown]


def test_numbers_of_small_groups_are_rounded_and_so_are_the_others_beside_them() -> None:
    policy = Policy(model_minimum=5)
    pieces = [
        effect(analysis="subgroup", group=f"sex={sex}", n_support=n, n_control=90)
        for sex, n in (("woman", 33), ("man", 81))
    ]
    released = only(*pieces, policy=policy)
    assert released.frame["n_support"].tolist() == [35, 80]
    assert released.frame["n_control"].tolist() == [90, 90]
    assert ("n_support", "rounded", "base") in rules(released)


def test_the_log_says_what_and_why_and_no_value(tmp_path: Path) -> None:
    only(effect(**{CELL: 3}), effect(outcome="health")).write_log(tmp_path / "log.csv")
    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(e["outcome"], e["what"], e["rule"]) for e in lines] == [("job", "row", "threshold")]
    assert lines[0]["reason"] == "rests on fewer than 5 people in some cell"
    assert not {*NUMBERS, *COUNTS, CELL} & set(lines[0])


def test_the_rules_cannot_be_turned_off() -> None:
    for wrong in ({"threshold": 2}, {"threshold": 0}, {"model_minimum": 1}, {"rounding": 0}):
        with pytest.raises(ValidationError):
            ReleaseRules(**wrong)
    assert Policy.of(ReleaseRules()) == Policy()


def test_a_stricter_threshold_takes_out_more() -> None:
    assert only(effect(**{CELL: 8})).suppressed == 0
    assert only(effect(**{CELL: 8}), policy=Policy(threshold=10)).suppressed == 1


def test_the_same_ledger_is_released_the_same_way() -> None:
    from release.small_studies import make

    ledger = make(5).ledger
    one, two = release(ledger), release(ledger)
    assert one.log == two.log
    assert one.frame.equals(two.frame)


def test_a_step_of_a_curve_tells_of_five_people_or_of_nobody() -> None:
    from finsam_report.parts.register_course import since_last_shown

    new = np.array([[6, 9], [2, 7], [1, 0], [2, 0], [0, 0], [7, 3], [0, 2], [4, 8]])
    found = since_last_shown(new, 5)
    shown = [0, 3, 4, 6]
    assert np.flatnonzero(found >= 5).tolist() == shown
    steps = np.diff(new.cumsum(axis=0)[shown], axis=0)
    assert ((steps == 0) | (steps >= 5)).all()
    assert found.tolist() == [6, 2, 3, 5, np.inf, 3, 5, 4]
    everything = np.random.default_rng(2).poisson(2, (200, 2))
    for threshold in (3, 5, 10):
        at = np.flatnonzero(since_last_shown(everything, threshold) >= threshold)
        steps = np.diff(everything.cumsum(axis=0)[at], axis=0)
        assert at.size > 5
        assert ((steps == 0) | (steps >= threshold)).all()
