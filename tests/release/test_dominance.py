"""Sums of amounts of which a few people have nearly all are not shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.parts.dominance import Dominance, dominated
from finsam_report.release import Released, released_study

NSW = Path(__file__).parents[1] / "studies" / "nsw"
OF_EARNINGS = ("itt", "mean", "robustness", "quantile", "subgroup", "late", "cumulated")


def with_two_rich_people(tmp_path: Path, share: float, rules: str = "") -> Released:
    """The study in which two men who were not offered work earn a share of what all of them do."""
    to = tmp_path / "nsw"
    shutil.copytree(NSW, to)
    people = pd.read_csv(to / "participants.csv")
    earnings = pd.read_csv(to / "earnings.csv")
    control = earnings["person"].isin(people.loc[people["arm"] == "not_offered", "person"])
    two = control & (earnings["person"].isin(earnings.loc[control, "person"].iloc[:2]))
    others = earnings.loc[control & ~two, "earnings"].sum()
    earnings.loc[two, "earnings"] = others * share / (1 - share) / 2
    earnings.to_csv(to / "earnings.csv", index=False)
    with (to / "study.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[release]\n{rules}\n")
    return released_study(read_inputs(to))


def shown(released: Released) -> bool:
    frame = released.frame
    rows = frame[(frame["outcome"] == "earnings") & frame["analysis"].isin(OF_EARNINGS)]
    assert len(rows)
    numbers = rows[["estimate", "control_mean"]].notna().any(axis=1)
    amounts = rows["unit"] != "percentage points"  # whether one earns anything is no sum
    assert numbers[amounts].all() or not numbers[amounts].any()
    return bool(numbers[amounts].all())


@pytest.mark.parametrize(
    ("share", "rules", "visible"),
    [
        (0.89, "", True),
        (0.91, "", False),
        (0.55, "", True),
        (0.55, "dominance_share = 50", False),
        (0.55, "dominance_share = 50\ndominance_people = 1", True),
        (0.93, "dominance_share = 95", True),
    ],
)
def test_an_amount_of_which_two_people_have_nearly_all_is_not_shown(
    tmp_path: Path, share: float, rules: str, visible: bool
) -> None:
    released = with_two_rich_people(tmp_path, share, rules)
    assert shown(released) is visible
    assert ("primary: dominance" in released.rules) is not visible


def test_the_log_names_the_rule_as_the_study_sets_it(tmp_path: Path) -> None:
    released = with_two_rich_people(tmp_path, 0.8, "dominance_share = 75")
    reasons = {one.reason for one in released.log if one.rule == "dominance"}
    assert reasons == {"is a sum of which the 2 largest values could make more than 75 percent"}


def test_the_rule_looks_at_the_largest_values_of_the_sum() -> None:
    rng = np.random.default_rng(3)
    values = rng.pareto(0.4, (30, 200))
    values[rng.random(values.shape) < 0.3] = np.nan
    for people, share in ((1, 0.8), (2, 0.9), (3, 0.9)):
        ordered = -np.sort(-np.nan_to_num(values), axis=0)
        expected = ordered[:people].sum(axis=0) > share * ordered.sum(axis=0)
        found = dominated(values, Dominance(people, share))
        assert 0 < expected.sum() < expected.size
        assert (found == expected).all()


def test_what_can_be_below_zero_is_no_such_sum() -> None:
    values = np.array([[-1.0], [100.0], [0.0], [1.0]])
    assert not dominated(values, Dominance(2, 0.9)).any()
