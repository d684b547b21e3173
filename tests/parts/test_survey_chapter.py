"""What the ledger holds of a survey experiment beside the main effects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from finsam_report.inputs.read import read_inputs
from finsam_report.parts import run
from finsam_report.release import release
from finsam_report.study import read_study_file

SUBGROUPS = """
[[survey.subgroups]]
id = "sex"

[[survey.subgroups]]
id = "age"
cuts = [30, 45]

[[survey.subgroups]]
id = "site"
label.en = "Site"

"""
DATES = """
[[survey.subgroups]]
id = "when"
source = "randomised"
dates = [2020-03-01]
label.en = "Randomised"

"""


def ledger(study: Any) -> pd.DataFrame:
    made = run.analyse(read_inputs(study.directory))
    release(made)
    frame = made.frame
    return frame[frame["part"] == "survey"].reset_index(drop=True)


def some(frame: pd.DataFrame, **key: Any) -> pd.DataFrame:
    chosen = np.logical_and.reduce([frame[name] == value for name, value in key.items()])
    return frame[chosen]


def one(frame: pd.DataFrame, **key: Any) -> pd.Series:
    found = some(frame, **key)
    assert len(found) == 1, f"{len(found)} rows for {key}"
    return found.iloc[0]


def with_subgroups(study: Any, text: str = SUBGROUPS) -> None:
    study.toml("[[survey.items]]", text + "[[survey.items]]")


def with_dates(study: Any) -> pd.DataFrame:
    people = study.table("people.csv")
    start = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(len(people)) * 2, "D")
    people["referred"] = (start - pd.Timedelta(days=3)).strftime("%Y-%m-%d")
    people["randomised"] = start.strftime("%Y-%m-%d")
    study.put("people.csv", people)
    return people


def answers(study: Any, item: str, wave: int = 2) -> pd.DataFrame:
    """People with their answer to a wave, as numbers."""
    table = study.table("answers.csv")
    table = table[table["wave"] == str(wave)][["person", item]]
    out = study.table("people.csv").merge(table, on="person", how="left")
    out[item] = pd.to_numeric(out[item])
    return out


def test_an_item_where_lower_is_better_is_turned_so_that_up_is_better(small: Any) -> None:
    before = ledger(small)
    small.toml('label.en = "Own health"', 'label.en = "Own health"\ndirection = "down"')
    after = ledger(small)
    for estimator in ("unadjusted", "lin"):
        key = {"analysis": "itt", "outcome": "health", "estimator": estimator}
        assert one(after, **key)["estimate"] == pytest.approx(-one(before, **key)["estimate"])
        same = {**key, "outcome": "job"}
        if estimator == "unadjusted":
            assert one(after, **same)["estimate"] == one(before, **same)["estimate"]
    top = {"analysis": "distribution", "outcome": "health", "group": "arm:control|answer:5"}
    low = {**top, "group": "arm:control|answer:1"}
    assert one(after, **top)["estimate"] == one(before, **low)["estimate"]


def test_distributions_are_the_shares_of_the_file_and_sum_to_100(small: Any) -> None:
    frame = ledger(small)
    table = answers(small, "job")
    for arm, value in (("support", "support"), ("control", "waiting")):
        own = table.loc[table["arm"] == value, "job"].dropna()
        shares = some(frame, analysis="distribution", outcome="job")
        shares = shares[shares["group"].str.startswith(f"arm:{arm}|")]
        assert shares["estimate"].sum() == pytest.approx(100)
        for answer in range(1, 6):
            got = one(shares, group=f"arm:{arm}|answer:{answer}")
            assert got["estimate"] == pytest.approx(100 * (own == answer).mean())


def test_means_by_arm_and_wave_are_those_of_the_file(small: Any) -> None:
    frame = ledger(small)
    table = answers(small, "job", wave=3)
    own = table.loc[table["arm"] == "waiting", "job"].dropna()
    got = one(
        frame, analysis="answers", outcome="job", group="arm:control", horizon=12,
        estimator="mean",
    )  # fmt: skip
    assert got["estimate"] == pytest.approx(own.mean())
    assert got["std_error"] == pytest.approx(own.std(ddof=1) / np.sqrt(len(own)))
    nobody = some(frame, analysis="answers", group="arm:support", horizon=12)
    assert nobody.empty


def test_the_change_after_the_wait_is_paired_and_has_no_other_arm(small: Any) -> None:
    frame = ledger(small)
    before, after = answers(small, "job"), answers(small, "job", wave=3)
    change = (after["job"] - before["job"])[after["arm"] == "waiting"].dropna()
    got = one(frame, analysis="later_wave", outcome="job")
    assert got["estimate"] == pytest.approx(change.mean())
    assert got["n_control"] == len(change)
    assert np.isnan(got["n_support"])


def test_robustness_without_blocks_is_the_plain_difference_in_means(small: Any) -> None:
    frame = ledger(small)
    table = answers(small, "job").dropna(subset="job")
    x = sm.add_constant((table["arm"] == "support").astype(float))
    fit = sm.OLS(table["job"], x).fit(cov_type="HC2", use_t=True)
    got = one(frame, analysis="robustness", outcome="job", estimator="no_blocks")
    assert got["estimate"] == pytest.approx(fit.params.iloc[1], rel=1e-10)
    assert got["std_error"] == pytest.approx(fit.bse.iloc[1], rel=1e-10)


def test_every_specification_has_a_row_in_control_deviations(small: Any) -> None:
    frame = ledger(small)
    chosen = some(frame, analysis="robustness", outcome="job")
    names = set(chosen["estimator"])
    plain = {n for n in names if not n.endswith("_standardised")}
    assert plain == {n.removesuffix("_standardised") for n in names - plain}
    assert {"lin", "unadjusted", "no_blocks", "top_two", "better_answer", "ordered_logit", "ipw",
            "imputation", "lee", "lee_lower", "lee_upper", "manski"} <= plain  # fmt: skip
    lin = one(frame, analysis="itt", outcome="job", estimator="lin_standardised")
    again = one(chosen, estimator="lin_standardised")
    assert again["estimate"] == pytest.approx(lin["estimate"], rel=1e-12)


def test_bounds_contain_the_unadjusted_effect(small: Any) -> None:
    # With several blocks the two weigh them differently where response differs.
    _one_site(small)
    frame = ledger(small)
    for item in ("job", "health"):
        chosen = some(frame, analysis="robustness", outcome=item)
        plain = one(chosen, estimator="unadjusted")["estimate"]
        for name in ("lee", "manski"):
            low = one(chosen, estimator=f"{name}_lower")["estimate"]
            high = one(chosen, estimator=f"{name}_upper")["estimate"]
            ends = one(chosen, estimator=name)
            assert ends["ci_low"] < low <= plain <= high < ends["ci_high"]


def test_subgroups_are_estimated_level_by_level_and_tested_together(small: Any) -> None:
    with_subgroups(small)
    frame = ledger(small)
    levels = set(some(frame, analysis="subgroup", outcome="job")["group"])
    missing = frame[(frame["analysis"] == "not_estimated") & frame["group"].str.contains("=")]
    assert {"sex=woman", "sex=man", "site=norr", "site=söder"} <= levels
    assert levels | set(missing["group"]) >= {"age=<30", "age=30-<45", "age=>=45"}
    tests = some(frame, analysis="interaction", estimator="wald_randomisation")
    assert set(tests["group"]) == {"sex", "age", "site"}
    assert (tests["q_value"].dropna() >= 0).all()
    women = one(frame, analysis="subgroup", outcome="job", group="sex=woman")
    men = one(frame, analysis="subgroup", outcome="job", group="sex=man")
    gap = one(frame, analysis="interaction", outcome="job", group="sex", estimator="difference")
    assert gap["estimate"] == pytest.approx(men["estimate"] - women["estimate"])
    assert gap["std_error"] == pytest.approx(np.hypot(men["std_error"], women["std_error"]))


def test_subgroups_may_be_cut_at_a_date(small: Any) -> None:
    with_dates(small)
    with_subgroups(small, DATES)
    frame = ledger(small)
    groups = set(some(frame, analysis="subgroup", outcome="job")["group"])
    assert groups <= {"when=<2020-03-01", "when=>=2020-03-01"}
    assert groups


def test_a_subgroup_with_three_people_in_an_arm_is_not_estimated_and_says_so(small: Any) -> None:
    _one_site(small)
    _everybody_answers(small)
    people = small.table("people.csv")
    few = people.index[people["arm"] == "waiting"][:3].tolist()
    people["sex"] = "man"
    people.loc[few + people.index[people["arm"] == "support"][:30].tolist(), "sex"] = "woman"
    small.put("people.csv", people)
    with_subgroups(small, '[[survey.subgroups]]\nid = "sex"\n')
    frame = ledger(small)
    assert some(frame, analysis="subgroup", outcome="job", group="sex=woman").empty
    reason = one(frame, analysis="not_estimated", outcome="job", group="sex=woman")
    assert reason["estimator"] == "too_few_in_group"
    assert some(frame, analysis="interaction", group="sex", outcome="job").empty
    assert len(some(frame, analysis="subgroup", outcome="job", group="sex=man")) == 1


def test_waits_are_counted_from_the_dates(small: Any) -> None:
    with_dates(small)
    frame = ledger(small)
    got = one(
        frame, analysis="waiting", outcome="referred_to_randomised", group="arm:support",
        estimator="median",
    )  # fmt: skip
    assert got["estimate"] == 3


def test_recruitment_counts_everybody_once(small: Any) -> None:
    people = with_dates(small)
    frame = ledger(small)
    months = some(frame, analysis="recruitment", outcome="randomised")
    assert months["estimate"].sum() == len(people)
    assert months["group"].iloc[0] == "all|month:2020-01"


def test_the_smallest_detectable_effect_follows_from_the_standard_error(small: Any) -> None:
    frame = ledger(small)
    effect = one(frame, analysis="itt", outcome="job", estimator="lin")
    got = one(frame, analysis="mde", outcome="job", estimator="lin")
    # With some forty degrees of freedom the factor is a little above 2.8.
    assert 2.8 < got["estimate"] / effect["std_error"] < 2.95


def test_both_indices_and_their_weights_are_there_for_a_family_of_two(small: Any) -> None:
    frame = ledger(small)
    weights = some(frame, analysis="index_weight", estimator="icw")
    assert weights["estimate"].sum() == pytest.approx(1)
    for index in ("index_klk:main", "index_icw:main"):
        assert len(some(frame, analysis="itt", outcome=index, estimator="lin")) == 1


def test_no_index_is_made_of_a_family_that_declines_it(small: Any) -> None:
    family = '[[survey.families]]\nid = "main"\nlabel.en = "Main"\nindex = false\n\n'
    with_subgroups(small, family)
    frame = ledger(small)
    assert not frame["outcome"].str.startswith("index").any()
    assert some(frame, analysis="index_weight").empty


def test_families_are_corrected_each_by_itself(small: Any) -> None:
    small.toml('label.en = "Own health"', 'label.en = "Own health"\nfamily = "other"')
    frame = ledger(small)
    for item in ("job", "health"):
        key = {"analysis": "itt", "outcome": item, "horizon": 6}
        p = one(frame, **key, estimator="lin_randomisation")["p_value"]
        assert one(frame, **key, estimator="lin_westfall_young")["p_value"] == p


def test_staff_are_compared_with_the_same_people(small: Any) -> None:
    table = answers(small, "job").dropna(subset="job")
    staff = pd.DataFrame({"person": table["person"], "wave": 2, "job": 5, "health": ""})
    small.put("staff.csv", staff.iloc[:30])
    small.toml("primary_wave = 2", 'primary_wave = 2\nstaff_answers = "staff.csv"')
    frame = ledger(small)
    got = one(frame, analysis="staff", outcome="job")
    assert got["estimate"] == pytest.approx((5 - table["job"].iloc[:30]).mean())
    assert got["n_support"] + got["n_control"] == 30


def test_open_answers_give_shares_and_agreement_and_no_word_of_them(small: Any) -> None:
    table = answers(small, "job").dropna(subset="job")
    people = table["person"].tolist()[:40]
    rows = [(p, 2, "A", "plan" if i % 2 else "") for i, p in enumerate(people)]
    rows += [(p, 2, "B", "plan" if i % 2 or i == 0 else "") for i, p in enumerate(people)]
    small.put("open.csv", pd.DataFrame(rows, columns=["person", "wave", "coder", "theme"]))
    small.toml(
        "primary_wave = 2",
        'primary_wave = 2\nopen_answers = "open.csv"\n'
        'themes = [{ value = "plan", label.en = "A plan" }]',
    )
    frame = ledger(small)
    wrote = some(frame, analysis="open_answers", outcome="wrote", estimator="share")
    counted = (wrote["estimate"] / 100 * wrote[["n_support", "n_control"]].sum(axis=1)).sum()
    assert counted == pytest.approx(40)
    agreed = one(frame, analysis="agreement", outcome="theme=plan", estimator="percent_agreement")
    assert agreed["estimate"] == pytest.approx(100 * 39 / 40)
    # Chance says only who wrote, not what those who wrote had in mind.
    assert some(frame, analysis="open_answers", outcome="theme=plan", estimator="unadjusted").empty


def _one_site(study: Any) -> None:
    text = study.path("study.toml").read_text("utf-8")
    site = '[[survey.subgroups]]\nid = "site"\nlabel.en = "Site"\n'
    study.path("study.toml").write_text(text.replace(site, ""), "utf-8")
    study.toml('blocks = ["site"]', "blocks = []")


def _no_baseline(study: Any) -> None:
    study.toml("baseline_wave = 1\n", "")


def _nobody_answers_health(study: Any) -> None:
    study.edit("answers.csv", lambda frame: frame.assign(health=""))


def _everybody_answers(study: Any) -> None:
    people = study.table("people.csv")
    rng = np.random.default_rng(5)
    waves = {1: people, 2: people, 3: people[people["arm"] == "waiting"]}
    frame = pd.concat([asked[["person"]].assign(wave=wave) for wave, asked in waves.items()])
    study.put(
        "answers.csv",
        frame.assign(job=rng.integers(1, 6, len(frame)), health=rng.integers(1, 6, len(frame))),
    )


def _two_points(study: Any) -> None:
    study.edit(
        "answers.csv",
        lambda frame: frame.assign(
            health=(pd.to_numeric(frame["health"]) > 2).astype("Int64").astype(str)
        ),
    )
    study.toml('label.en = "Own health"', 'label.en = "Own health"\nminimum = 0\nmaximum = 1')


def _one_answer(study: Any) -> None:
    study.edit("answers.csv", lambda frame: frame.assign(health="4"))


@pytest.mark.parametrize(
    ("change", "absent"),
    [
        (_one_site, {("robustness", "no_blocks")}),
        (_no_baseline, {("robustness", "lee_tight")}),
        (_nobody_answers_health, set()),
        (_everybody_answers, {("robustness", "ipw"), ("robustness", "imputation")}),
        (_two_points, set()),
        (_one_answer, set()),
    ],
)
def test_odd_surveys_are_analysed_without_what_they_lack(
    small: Any, change: Any, absent: set[tuple[str, str]]
) -> None:
    with_subgroups(small)
    change(small)
    frame = ledger(small)
    there = set(zip(frame["analysis"], frame["estimator"], strict=True))
    assert not absent & there
    assert not frame["estimate"].isin([np.inf, -np.inf]).any()
    assert len(some(frame, analysis="itt", outcome="job", estimator="lin")) == 1


def test_an_item_nobody_answered_is_not_estimated_anywhere(small: Any) -> None:
    _nobody_answers_health(small)
    frame = ledger(small)
    assert set(some(frame, outcome="health")["analysis"]) <= {"not_estimated", "item_missing"}
    one(frame, outcome="health", analysis="not_estimated", group="all")


def test_nobody_missing_leaves_bounds_at_the_effect(small: Any) -> None:
    _everybody_answers(small)
    frame = ledger(small)
    chosen = some(frame, analysis="robustness", outcome="job")
    effect = one(chosen, estimator="unadjusted")["estimate"]
    for name in ("lee_lower", "lee_upper", "manski_lower", "manski_upper"):
        assert one(chosen, estimator=name)["estimate"] == pytest.approx(effect, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[survey.subgroups]]\nid = "shoe_size"\n', "no covariate"),
        ('[[survey.subgroups]]\nid = "age"\n', "needs cuts"),
        ('[[survey.subgroups]]\nid = "sex"\ncuts = [2]\n', "cuts are for numbers"),
        ('[[survey.subgroups]]\nid = "age"\ncuts = [40, 30]\n', "must rise"),
        ('[[survey.subgroups]]\nid = "site"\n', "label is needed"),
        ('[[survey.subgroups]]\nid = "randomised"\nlabel.en = "x"\n', "needs dates"),
        ('[[survey.subgroups]]\nid = "sex"\n[[survey.subgroups]]\nid = "sex"\n', "twice"),
        ('[[survey.families]]\nid = "none"\nlabel.en = "x"\n', "famil"),
    ],
)
def test_a_subgroup_or_family_that_cannot_be_is_refused(small: Any, text: str, fault: str) -> None:
    with_subgroups(small, text)
    with pytest.raises(Exception, match=fault):
        read_study_file(small.directory)
