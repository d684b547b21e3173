"""Odd but allowed studies: a ledger without a crash, a warning or an estimate of nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import COUNTS, NUMBERS
from finsam_report.release import release

# Warnings are errors in all tests: see pyproject.toml.


def ledger(study: Any) -> pd.DataFrame:
    """The ledger, after checks that hold for every study."""
    made = run.analyse(read_inputs(study.directory))
    frame = made.frame
    assert not frame.duplicated(
        ["part", "analysis", "outcome", "group", "horizon", "estimator"]
    ).any()
    said = frame[list(NUMBERS)].notna().any(axis=1)
    assert (said | (frame["analysis"] == "not_estimated")).all()
    known = frame[frame["analysis"] != "not_estimated"]
    assert not known["estimate"].isin([np.inf, -np.inf]).any()
    assert (known["std_error"].dropna() >= 0).all()
    assert known["p_value"].dropna().between(0, 1).all()
    assert known["q_value"].dropna().between(0, 1).all()
    release(made)
    return frame


def why_not(frame: pd.DataFrame, part: str) -> dict[str, str]:
    chosen = frame[(frame["part"] == part) & (frame["analysis"] == "not_estimated")]
    return dict(zip(chosen["outcome"], chosen["estimator"], strict=True))


def effects(frame: pd.DataFrame, part: str, analysis: str = "itt") -> set[str]:
    chosen = frame[(frame["part"] == part) & (frame["analysis"] == analysis)]
    return {name for name in chosen["outcome"] if not name.startswith("index_")}


def test_the_small_study_is_estimated_in_full(small: Any) -> None:
    frame = ledger(small)
    assert effects(frame, "survey") == {"job", "health"}
    assert effects(frame, "register") == {"work", "wage"}
    assert effects(frame, "survey", "late") == {"job", "health"}
    assert why_not(frame, "survey") == why_not(frame, "register") == {}


def _drop_covariates(study: Any) -> None:
    text = study.path("study.toml").read_text("utf-8")
    kept, skip = [], False
    for line in text.splitlines():
        if line.startswith("["):
            skip = "covariates" in line
        if not skip:
            kept.append(line)
    study.path("study.toml").write_text("\n".join(kept), "utf-8")


def test_no_covariates(small: Any) -> None:
    _drop_covariates(small)
    frame = ledger(small)
    assert not (frame["analysis"] == "balance").any()
    plain = frame[frame["analysis"] == "itt"].set_index("estimator")["estimate"]
    assert effects(frame, "register") == {"work", "wage"}
    assert plain["unadjusted"].to_numpy() == pytest.approx(
        frame[(frame["analysis"] == "itt") & (frame["estimator"] == "unadjusted")]["estimate"]
    )


def test_no_baseline_wave(small: Any) -> None:
    small.toml("baseline_wave = 1\n", "")
    assert effects(ledger(small), "survey") == {"job", "health"}


def test_no_blocks(small: Any) -> None:
    small.toml('blocks = ["site"]', "")
    small.toml('blocks = ["draw"]', "blocks = []")
    frame = ledger(small)
    assert not frame["group"].str.contains("block:").any()


def test_a_single_block(small: Any) -> None:
    small.edit("people.csv", lambda f: f.assign(site="norr"))
    assert set(ledger(small)["group"]) >= {"arm:support|block:norr"}


def test_no_take_up(small: Any) -> None:
    small.toml("take_up = true", "take_up = false")
    frame = ledger(small)
    assert effects(frame, "survey", "late") == effects(frame, "survey", "first_stage") == set()


@pytest.mark.parametrize("met", ["0", "1"])
def test_everybody_or_nobody_met_a_team(small: Any, met: str) -> None:
    small.edit("people.csv", lambda f: f.assign(met_team=met))
    small.edit("drawn.csv", lambda f: f.assign(met_team=met))
    frame = ledger(small)
    for part in ("survey", "register"):
        assert why_not(frame, part) == {"met_team": "no_variation"}
        assert effects(frame, part, "late") == effects(frame, part, "first_stage") == set()
        assert len(effects(frame, part)) == 2


def test_all_of_one_arm_and_none_of_the_other_met_a_team(small: Any) -> None:
    small.edit("drawn.csv", lambda f: f.assign(met_team=(f["arm"] == "drawn").astype(int)))
    frame = ledger(small).query("part == 'register'").set_index(["analysis", "estimator"])
    assert frame.loc[("first_stage", "unadjusted"), "estimate"].item() == 100
    late = frame.loc[("late", "2sls")].set_index(["outcome", "horizon"])["estimate"]
    itt = frame.loc[("itt", "lin")].set_index(["outcome", "horizon"])["estimate"]
    assert late.to_dict() == pytest.approx(itt[late.index].to_dict())


def test_one_horizon_and_one_period(small: Any) -> None:
    small.toml("horizons = [2, 3]", "horizons = [2]")
    small.edit("months.csv", lambda f: f[f["period"] == "2"])
    assert set(ledger(small).query("part == 'register' and analysis == 'itt'")["horizon"]) == {2.0}


def test_everybody_answers_every_wave(small: Any) -> None:
    people = small.table("people.csv")
    waves = [
        people[people["arm"].eq("waiting") | (wave != "3")][["person"]].assign(
            wave=wave, job="3", health="2"
        )
        for wave in ("1", "2", "3")
    ]
    answers = pd.concat(waves, ignore_index=True)
    answers["job"] = np.resize(["1", "4", "2", "5", "5"], len(answers))
    small.put("answers.csv", answers)
    frame = ledger(small)
    assert why_not(frame, "survey") == {"health": "no_variation"}
    gap = frame[(frame["analysis"] == "attrition")]
    gap = gap[gap["estimator"] == "unadjusted"]
    assert (gap[["estimate", "std_error"]] == 0).to_numpy().all()
    assert gap["p_value"].isna().all()  # of nothing that varies there is no test


def test_nobody_answered_an_item(small: Any) -> None:
    small.edit("answers.csv", lambda f: f.assign(health=""))
    frame = ledger(small)
    assert why_not(frame, "survey") == {"health": "too_few_people"}
    assert effects(frame, "survey") == {"job"}


@pytest.mark.parametrize("silent", ["support", "waiting"])
def test_one_arm_only_answered_an_item(small: Any, silent: str) -> None:
    quiet = set(small.table("people.csv").query("arm == @silent")["person"])
    small.edit(
        "answers.csv", lambda f: f.assign(health=f["health"].mask(f["person"].isin(quiet), ""))
    )
    assert why_not(ledger(small), "survey") == {"health": "too_few_people"}


@pytest.mark.parametrize("silent", ["support", "waiting"])
def test_one_arm_only_answered_at_all(small: Any, silent: str) -> None:
    quiet = set(small.table("people.csv").query("arm == @silent")["person"])
    small.edit("answers.csv", lambda f: f[~f["person"].isin(quiet)])
    frame = ledger(small)
    assert why_not(frame, "survey") == {"job": "too_few_people", "health": "too_few_people"}


def test_one_person_answered(small: Any) -> None:
    small.edit("answers.csv", lambda f: f[f["wave"] == "2"].iloc[:1])
    assert set(why_not(ledger(small), "survey").values()) == {"too_few_people"}


def test_a_block_with_one_respondent_of_an_arm_is_left_out(small: Any) -> None:
    people = small.table("people.csv")
    quiet = people[(people["site"] == "norr") & (people["arm"] == "waiting")]["person"].iloc[1:]
    small.edit("answers.csv", lambda f: f[~f["person"].isin(quiet)])
    frame = ledger(small).query(
        "part == 'survey' and estimator == 'unadjusted' and analysis == 'itt'"
    )
    south = small.table("answers.csv").merge(people[people["site"] == "söder"], on="person")
    assert frame["n_control"].max() == len(
        south[(south["wave"] == "2") & (south["arm"] == "waiting")]
    )


def test_no_block_with_two_respondents_of_both_arms(small: Any) -> None:
    people = small.table("people.csv")
    keep = people.groupby(["site", "arm"]).head(1)["person"]
    small.edit("answers.csv", lambda f: f[f["person"].isin(keep) | (f["wave"] == "1")])
    small.edit(
        "answers.csv",
        lambda f: pd.concat(
            [
                f[f["wave"] != "2"],
                pd.DataFrame(
                    {
                        "person": keep,
                        "wave": "2",
                        "job": np.resize(["1", "2"], len(keep)),
                        "health": "3",
                    }
                ),
            ]
        ),
    )
    found = why_not(ledger(small), "survey")
    assert found == {"job": "too_few_people", "health": "too_few_people"}


@pytest.mark.parametrize("value", ["0", "1"])
def test_a_constant_outcome_is_not_estimated(small: Any, value: str) -> None:
    small.edit("months.csv", lambda f: f.assign(work=value, wage="25000"))
    frame = ledger(small)
    assert why_not(frame, "register") == {"work": "no_variation", "wage": "no_variation"}
    assert effects(frame, "register") == set()


def test_an_outcome_constant_within_each_arm_has_an_effect(small: Any) -> None:
    drawn = set(small.table("drawn.csv").query("arm == 'drawn'")["person"])
    small.edit("months.csv", lambda f: f.assign(work=f["person"].isin(drawn).astype(int)))
    small.toml("minimum_events_arm = 5", "minimum_events_arm = 0")
    frame = ledger(small).query(
        "outcome == 'work' and estimator == 'unadjusted' and analysis == 'itt'"
    )
    assert frame["estimate"].to_numpy() == pytest.approx(100)


def test_a_rare_outcome_is_not_estimated(small: Any) -> None:
    small.edit("months.csv", lambda f: f.assign(work=(f["person"].astype(int) <= 6).astype(int)))
    assert why_not(ledger(small), "register") == {"work": "too_few_events"}


def test_an_outcome_that_nobody_has_data_on(small: Any) -> None:
    small.edit("months.csv", lambda f: f.assign(wage=""))
    assert why_not(ledger(small), "register") == {"wage": "too_few_people"}


def test_people_without_any_row_in_the_register(small: Any) -> None:
    small.edit("months.csv", lambda f: f[f["person"].astype(int) > 15])
    assert effects(ledger(small), "register") == {"work", "wage"}


@pytest.mark.parametrize("value", ["", "1"])
def test_a_covariate_that_is_empty_or_constant(small: Any, value: str) -> None:
    small.edit("drawn.csv", lambda f: f.assign(foreign_born=value))
    small.edit("people.csv", lambda f: f.assign(age="30" if value else ""))
    frame = ledger(small)
    assert effects(frame, "register") == {"work", "wage"}
    assert ("age" in effects(frame, "survey", "description")) == bool(value)
    constant = frame.query("analysis == 'balance' and outcome in ('age', 'foreign_born')")
    assert (constant["estimate"] == 0).all()
    assert constant["p_value"].isna().all()


def test_a_study_of_twenty_people(small: Any) -> None:
    small.edit(
        "people.csv",
        lambda f: f[f["person"].isin([f"Q{i:03d}" for i in (*range(10), *range(40, 50))])],
    )
    small.edit("answers.csv", lambda f: f[f["person"].isin(small.table("people.csv")["person"])])
    small.edit("drawn.csv", lambda f: pd.concat([f.iloc[:10], f.iloc[60:70]]))
    small.edit("months.csv", lambda f: f[f["person"].isin(small.table("drawn.csv")["person"])])
    frame = ledger(small)
    assert why_not(frame, "register") == {"work": "too_few_events"}
    assert effects(frame, "register") == {"wage"}


def test_four_people(small: Any) -> None:
    small.toml('blocks = ["draw"]', "")
    small.without("survey")
    small.edit("drawn.csv", lambda f: f.iloc[:3])
    small.edit("months.csv", lambda f: f[f["person"].isin(["1", "2", "3"])])
    assert set(why_not(ledger(small), "register").values()) == {"too_few_people"}


def test_the_order_of_rows_does_not_matter(small: Any) -> None:
    before = ledger(small)
    for name in ("answers.csv", "months.csv"):
        small.edit(name, lambda f: f.iloc[::-1])
    pd.testing.assert_frame_equal(ledger(small), before)


def test_periods_before_the_draw_are_followed_too(small: Any) -> None:
    early = small.table("months.csv").query("period == '1'").assign(period="-1")
    small.edit("months.csv", lambda f: pd.concat([early, f]))
    frame = ledger(small)
    assert -1.0 in set(frame[frame["analysis"] == "mean"]["horizon"])


def test_counts_are_whole_numbers(small: Any) -> None:
    frame = ledger(small)
    counts = frame[list(COUNTS)].to_numpy()
    counts = counts[~np.isnan(counts)]
    assert (counts == counts.round()).all()
