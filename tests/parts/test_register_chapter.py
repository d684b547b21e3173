"""What the ledger holds of a register experiment beside the main effects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems
from finsam_report.study import read_study_file
from register_ledger import by_hand, ledger, one, panel, some

SUBGROUPS = """
[[register.subgroups]]
id = "foreign_born"

[[register.subgroups]]
id = "entry"
source = "draw"
dates = [2019-02-01]
label.en = "Drawn"

"""
STATES = """
[register.states]
start = "work"
states = ["work", "study"]
follow = 2

"""
CONDITION = 'condition = { outcome = "work", periods = 2, within = 2 }'
STUDY = """
[[register.outcomes]]
id = "study"
label.en = "Studies"
unit = "share"

"""
COSTS = """
[register.costs]
currency = "SEK"
per_participant = 50000
tax_rate = 0.3

[[register.costs.streams]]
outcome = "wage"
kind = "earnings"

"""


def test_cumulated_effects_are_those_on_the_sum_since_the_draw(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    people = panel(small, "wage")
    estimate, error = by_hand(people, people[["1", "2", "3"]].sum(axis=1))
    got = one(frame, analysis="cumulated", outcome="wage", horizon=3, estimator="unadjusted")
    assert got["estimate"] == pytest.approx(estimate, rel=1e-9)
    assert got["std_error"] == pytest.approx(error, rel=1e-9)
    assert got["unit"] == "SEK"
    worked = one(frame, analysis="cumulated", outcome="work", horizon=3, estimator="unadjusted")
    assert worked["unit"] == "months"
    assert abs(worked["estimate"]) <= 3


def test_an_amount_is_also_shown_as_the_share_who_have_any(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    people = panel(small, "wage")
    estimate, _ = by_hand(people, (people["3"] > 0).astype(float))
    got = one(frame, analysis="any_amount", outcome="wage", horizon=3, estimator="unadjusted")
    assert got["estimate"] == pytest.approx(100 * estimate, rel=1e-9)


def test_the_band_holds_the_interval_of_every_month_and_starts_from_its_estimate(
    small: Any,
) -> None:
    small.without("survey")
    frame = ledger(small)
    for month in (1, 2, 3):
        key = {"analysis": "itt", "outcome": "work", "horizon": month}
        point, band = one(frame, **key, estimator="lin"), one(frame, **key, estimator="lin_band")
        assert band["estimate"] == pytest.approx(point["estimate"], rel=1e-9)
        assert band["ci_low"] <= point["ci_low"] + 1e-9
        assert band["ci_high"] >= point["ci_high"] - 1e-9
    test = one(frame, analysis="path_test", outcome="work")
    assert test["estimate"] > 1.96
    assert 0 < test["p_value"] <= 1


def test_the_first_stage_of_a_draw_is_the_difference_in_shares(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    people = small.table("drawn.csv")
    people = people[people["draw"] == "2019-01"]
    met = pd.to_numeric(people["met_team"])
    drawn = people["arm"] == "drawn"
    got = one(frame, analysis="first_stage_block", group="all|block:2019-01")
    assert got["estimate"] == pytest.approx(100 * (met[drawn].mean() - met[~drawn].mean()))


def test_control_compliers_have_the_mean_that_wald_gives(small: Any) -> None:
    small.without("survey")
    small.toml('blocks = ["draw"]', "blocks = []")
    frame = ledger(small)
    people = panel(small, "wage")
    drawn, met = people["arm"] == "drawn", pd.to_numeric(people["met_team"])
    without = people["3"] * (1 - met)
    stage = met[drawn].mean() - met[~drawn].mean()
    mean = (without[~drawn].mean() - without[drawn].mean()) / stage
    got = one(frame, analysis="compliers", outcome="wage", horizon=3)
    assert got["estimate"] == pytest.approx(mean, rel=1e-9)
    share = one(frame, analysis="compliers", outcome="met_team")
    assert share["estimate"] == pytest.approx(100 * stage, rel=1e-9)


def test_those_who_met_a_team_are_described_beside_those_offered_who_did_not(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    people = small.table("drawn.csv")
    people = people[people["arm"] == "drawn"]
    abroad = pd.to_numeric(people["foreign_born"])
    for group, met in (("met", "1"), ("not_met", "0")):
        got = one(frame, analysis="met_description", outcome="foreign_born", group=group)
        assert got["estimate"] == pytest.approx(100 * abroad[people["met_team"] == met].mean())


def test_subgroups_of_draws_are_cut_at_a_month(small: Any) -> None:
    small.without("survey")
    small.toml("[[register.outcomes]]", SUBGROUPS + "[[register.outcomes]]")
    frame = ledger(small)
    people = panel(small, "work")
    early = people[people["draw"] == "2019-01"]
    # Lin's regression in one block: the arm, the centred covariate, and their product.
    z = (early["arm"] == "drawn").astype(float)
    abroad = pd.to_numeric(early["foreign_born"])
    centred = abroad - abroad.mean()
    x = pd.DataFrame({"z": z, "x": centred, "zx": z * centred, "one": 1.0})
    fit = sm.OLS(early["3"], x).fit(cov_type="HC2", use_t=True)
    got = one(frame, analysis="subgroup", outcome="work", horizon=3, group="entry=<2019-02-01")
    assert got["estimate"] == pytest.approx(100 * fit.params["z"], rel=1e-9)
    assert got["std_error"] == pytest.approx(100 * fit.bse["z"], rel=1e-9)
    tests = some(frame, analysis="interaction", estimator="wald")
    assert {"foreign_born", "entry"} == set(tests["group"])
    assert tests["q_value"].notna().all()


def test_draws_that_are_no_dates_are_not_cut_at_dates(small: Any) -> None:
    small.without("survey")
    small.toml("[[register.outcomes]]", SUBGROUPS + "[[register.outcomes]]")
    small.edit("drawn.csv", lambda f: f.assign(draw="block " + f["draw"].str[-1]))
    with pytest.raises(InputProblems, match=r"neither months nor days.*subgroup 'entry'"):
        read_inputs(small.directory)


def test_quantiles_and_drawn_in_amounts_stand_beside_the_mean(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    quantiles = some(frame, analysis="quantile", outcome="wage", horizon=3)
    assert set(quantiles["estimator"]) == {"quantile_50", "quantile_75", "quantile_90"}
    others = set(some(frame, analysis="robustness", outcome="wage")["estimator"])
    assert others == {"lin", "unadjusted", "fixed_effects", "no_blocks", "winsorised"}


def test_fixed_effects_are_the_regression_with_dummies(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    people = panel(small, "wage")
    x = pd.get_dummies(people["draw"]).astype(float)
    x["z"] = (people["arm"] == "drawn").astype(float)
    x["abroad"] = pd.to_numeric(people["foreign_born"])
    fit = sm.OLS(people["3"], x).fit(cov_type="HC2", use_t=True)
    key = {"analysis": "robustness", "outcome": "wage", "horizon": 3}
    got = one(frame, **key, estimator="fixed_effects")
    assert got["estimate"] == pytest.approx(fit.params["z"], rel=1e-9)
    assert got["std_error"] == pytest.approx(fit.bse["z"], rel=1e-9)


def _with_states(study: Any) -> None:
    rng = np.random.default_rng(9)
    months = study.table("months.csv")
    study.put("months.csv", months.assign(study=rng.integers(0, 2, len(months))))
    study.toml("[[register.outcomes]]", STATES + STUDY + "[[register.outcomes]]")


def test_first_events_without_gaps_are_the_share_that_had_one(small: Any) -> None:
    small.without("survey")
    _with_states(small)
    frame = ledger(small)
    people = panel(small, "work")
    ever = (people[["1", "2"]] == 1).any(axis=1)
    estimate, error = by_hand(people, ever.astype(float))
    key = {"analysis": "first_event", "outcome": "work", "horizon": 2}
    got = one(frame, **key, estimator="difference")
    assert got["estimate"] == pytest.approx(100 * estimate, rel=1e-9)
    assert got["std_error"] == pytest.approx(100 * error, rel=1e-9)


def test_states_after_a_job_add_up_to_everybody(small: Any) -> None:
    small.without("survey")
    _with_states(small)
    frame = ledger(small)
    shares = some(frame, analysis="transition")
    for (arm, _), rows in shares.groupby([shares["group"].str.split("|").str[0], "horizon"]):
        assert rows["estimate"].sum() == pytest.approx(100), arm
    first = some(shares, horizon=0)
    working = first[first["group"].str.endswith("state:work")]
    assert (working["estimate"] == 0).all()  # the spell has just ended


def test_who_has_worked_long_enough_is_counted_from_the_states_of_work(small: Any) -> None:
    small.without("survey")
    _with_states(small)
    small.toml("follow = 2", 'follow = 2\nwork = ["work", "study"]\n' + CONDITION)
    frame = ledger(small)
    work, study = panel(small, "work"), panel(small, "study")
    for horizon in (2, 3):
        months = [str(horizon - 1), str(horizon)]
        if months[0] not in work.columns:
            months = [int(m) for m in months]
        worked = (work[months] == 1) | (study[months] == 1).to_numpy()
        unknown = ~worked & (work[months].isna() | study[months].isna())
        enough = worked.all(axis=1).astype(float).where(~unknown.any(axis=1))
        estimate, error = by_hand(work, enough)
        key = {"analysis": "work_condition", "outcome": "work", "horizon": horizon}
        got = one(frame, **key, estimator="unadjusted")
        assert got["estimate"] == pytest.approx(100 * estimate, rel=1e-9)
        assert got["std_error"] == pytest.approx(100 * error, rel=1e-9)


def test_costs_are_held_against_effects_only_where_they_are_declared(small: Any) -> None:
    small.without("survey")
    assert some(ledger(small), analysis="costs").empty
    small.toml("[[register.outcomes]]", COSTS + "[[register.outcomes]]")
    frame = ledger(small)
    stage = one(frame, analysis="first_stage", estimator="unadjusted")["estimate"] / 100
    cost = one(frame, analysis="costs", estimator="cost")
    assert cost["estimate"] == pytest.approx(50_000 * stage, rel=1e-9)
    effect = [
        one(frame, analysis="itt", outcome="wage", horizon=h, estimator="lin")["estimate"]
        for h in (1, 2, 3)
    ]
    discount = [1.03 ** (t / 12) for t in (1, 2, 3)]
    gain = 0.7 * sum(e / d for e, d in zip(effect, discount, strict=True))
    willing = one(frame, analysis="costs", estimator="willingness")
    assert willing["estimate"] == pytest.approx(gain, rel=1e-6)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[register.states]\nstart = "work"\nstates = ["work", "wage"]\n', "unit = 'share'"),
        ('[register.states]\nstart = "rest"\nstates = ["work", "x"]\n', "not among the states"),
        (COSTS.replace('"wage"', '"nothing"'), "not an outcome"),
        (STATES.replace("follow", 'work = ["rest"]\nfollow'), "not among states"),
        (STATES.replace("follow", CONDITION + "\nfollow"), "condition needs work"),
        (
            STATES.replace("follow", 'work = ["work"]\n' + CONDITION + "\nfollow").replace(
                "periods = 2", "periods = 3"
            ),
            "not be more than within",
        ),
        ('[[register.subgroups]]\nid = "draw"\ncuts = [2]\nlabel.en = "x"\n', "cuts are for"),
    ],
)
def test_what_cannot_be_declared_is_refused(small: Any, text: str, fault: str) -> None:
    small.toml("[[register.outcomes]]", text + "\n[[register.outcomes]]")
    with pytest.raises(Exception, match=fault):
        read_study_file(small.directory)


def _nobody_met(study: Any) -> None:
    study.edit("drawn.csv", lambda frame: frame.assign(met_team="0"))


def _everybody_met(study: Any) -> None:
    study.edit("drawn.csv", lambda frame: frame.assign(met_team="1"))


def _one_draw(study: Any) -> None:
    study.toml('blocks = ["draw"]', "blocks = []")


def _one_month(study: Any) -> None:
    study.toml("horizons = [2, 3]", "horizons = [1]")
    study.edit("months.csv", lambda frame: frame[frame["period"] == "1"])


def _never(study: Any) -> None:
    study.edit("months.csv", lambda frame: frame.assign(work="0"))


def _gaps(study: Any) -> None:
    rng = np.random.default_rng(2)
    study.edit("months.csv", lambda frame: frame[rng.random(len(frame)) < 0.8])


@pytest.mark.parametrize(
    "change", [_nobody_met, _everybody_met, _one_draw, _one_month, _never, _gaps]
)
def test_odd_registers_are_analysed_without_what_they_lack(small: Any, change: Any) -> None:
    small.without("survey")
    small.toml("[[register.outcomes]]", COSTS + "[[register.outcomes]]")
    change(small)
    frame = ledger(small)
    known = frame[frame["estimator"] != "mvpf"]  # which is infinite where nothing is lost
    assert not known["estimate"].isin([np.inf, -np.inf]).any()
    assert len(some(frame, analysis="itt", outcome="wage", estimator="lin")) >= 1
    if change in (_nobody_met, _everybody_met):
        assert some(frame, analysis="late").empty
        assert some(frame, analysis="compliers").empty


def test_costs_are_summed_over_the_periods_that_all_streams_have(small: Any) -> None:
    small.without("survey")
    followed = (
        '[[register.outcomes]]\nid = "aid"\nmain = false\nlabel.en = "Aid"\nunit = "share"\n\n'
    )
    stream = '[[register.costs.streams]]\noutcome = "aid"\nkind = "transfer"\namount = 9000\n\n'
    small.toml("[[register.outcomes]]", COSTS + stream + followed + "[[register.outcomes]]")
    small.toml('unit = "share"\n\n[[register.outcomes]]\nid = "wage"',
               'unit = "share"\nhorizons = [2]\n\n[[register.outcomes]]\nid = "wage"')  # fmt: skip
    small.toml('unit = "amount"', 'unit = "amount"\nhorizons = [2]')
    small.edit("months.csv", lambda f: f[f["period"] != "3"].assign(aid=f["work"]))
    assert one(ledger(small), analysis="costs", estimator="cost")["horizon"] == 2
