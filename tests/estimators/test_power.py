"""Minimal detectable effects against statsmodels and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.power import TTestIndPower

from finsam_report.estimators.itt import itt
from finsam_report.estimators.power import planned, realised


@pytest.mark.parametrize(
    ("people", "share", "power", "level"),
    [(550, 0.6, 0.8, 0.95), (60, 0.5, 0.9, 0.95), (24, 0.5, 0.8, 0.99), (12000, 0.25, 0.8, 0.9)],
)
def test_a_planned_design_detects_what_statsmodels_says(people, share, power, level):
    one = round(people * share)
    ratio = (people - one) / one
    found = planned(people, one / people, power=power, level=level)
    # The power is held to rounding; the solver of statsmodels may stop when it is 1e-6 off.
    assert TTestIndPower().power(found, one, 1 - level, ratio=ratio) == pytest.approx(
        power, abs=1e-12
    )
    other = TTestIndPower().solve_power(nobs1=one, ratio=ratio, alpha=1 - level, power=power)
    assert found == pytest.approx(other, rel=2e-6)


def test_half_a_standard_deviation_takes_64_people_per_arm():
    """Cohen's table: d = 0.5, two-sided 5 %, power 80 %."""
    assert planned(128, 0.5) < 0.5 < planned(126, 0.5)


def test_covariates_shrink_what_a_design_detects_by_the_root_of_what_they_leave():
    assert planned(400, 0.5, r_squared=0.36) == pytest.approx(0.8 * planned(400, 0.5), rel=1e-12)


def test_an_effect_of_the_detectable_size_is_found_as_often_as_it_says():
    """4 000 outcomes of one trial; Monte-Carlo error of the share is 0.006."""
    rng = np.random.default_rng(1)
    support = np.repeat([True, False], [90, 60])
    y = rng.normal(size=(150, 4000)) * 2
    block = np.zeros(150, np.int64)
    first = itt(support, block, y)
    mde = realised(first.std_error, first.df, first.sd_control).effect.mean()
    again = itt(support, block, y + mde * support[:, None])
    assert np.mean(again.p_value <= 0.05) == pytest.approx(0.8, abs=0.025)


def test_the_realised_effect_is_the_two_quantiles_times_the_standard_error():
    found = realised(np.array([0.5, np.nan]), np.array([1e9, 10.0]), np.array([2.0, 0.0]), 0.25)
    effect = (1.959963985 + 0.841621234) * 0.5
    assert found.effect[0] == pytest.approx(effect, rel=1e-7)
    assert found.standardised[0] == pytest.approx(effect / 2, rel=1e-7)
    assert found.takers[0] == pytest.approx(effect * 4, rel=1e-7)
    assert np.isnan([found.effect[1], found.standardised[1], found.takers[1]]).all()


def test_without_take_up_there_is_no_effect_per_taker():
    one = np.array([1.0])
    assert np.isnan(realised(one, one * 50, one).takers[0])
    assert np.isnan(realised(one, one * 50, one, 0.0).takers[0])


@pytest.mark.parametrize(
    "wrong",
    [{"share": 1.0}, {"r_squared": 1.0}, {"people": 2}, {"power": 0.03}, {"level": 1.0}],
)
def test_designs_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must|too few"):
        planned(**({"people": 100, "share": 0.5} | wrong))
