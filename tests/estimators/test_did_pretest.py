"""The test of trends before treatment is the published one, and its power is what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators.did_aggregate import averages, cell_errors
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.did_pretest import pretest_cells, pretest_events, trend_power, wald
from finsam_report.estimators.panel import NEVER, make_panel


@pytest.mark.parametrize("base", ["varying", "universal"])
def test_the_minimum_wage_example_has_the_published_pre_test(base):
    cells = group_time_effects(mpdta(), base=base)
    found = pretest_cells(cells, cell_errors(cells))
    assert round(found.p_value[0], 5) == 0.16812
    assert found.df[0] == 5 and found.clusters == 500


def test_the_test_is_the_quadratic_form_of_what_it_tests():
    panel = random_panel(missing=0.1)
    found = averages(group_time_effects(panel), "event")
    test = pretest_events(found)
    leads = found.at < 0
    for k in range(panel.columns):
        psi = found.influence[leads, :, k] / panel.units
        value = found.estimate[leads, k]
        assert test.statistic[k] == pytest.approx(value @ np.linalg.inv(psi @ psi.T) @ value)
        assert test.p_value[k] == pytest.approx(stats.chi2.sf(test.statistic[k], leads.sum()))


def test_leads_within_anticipation_or_too_early_are_not_tested():
    panel = random_panel()
    cells = group_time_effects(panel, anticipation=1)
    events = averages(cells, "event")
    assert (pretest_events(events, 1).df == np.sum(events.at < -1)).all()
    assert (pretest_events(events, 1, earliest=-3).df == 2).all()
    assert (pretest_cells(cells, cell_errors(cells)).df == cells.before.sum()).all()
    with pytest.raises(ValueError, match="event study"):
        pretest_events(averages(cells, "group"))


def test_columns_that_differ_in_what_can_be_tested_do_not_disturb_each_other():
    panel = random_panel()
    panel.outcome[:, 1, 0] = np.nan
    panel.outcome[:, :, 1] = 3.0
    found = averages(group_time_effects(panel), "event")
    test = pretest_events(found)
    whole = pretest_events(averages(group_time_effects(random_panel()), "event"))
    assert test.p_value[2] == pytest.approx(whole.p_value[2], rel=1e-10)
    assert np.isnan(test.p_value[1]) and test.df[1] == 0
    assert np.isfinite(test.p_value[0]) and np.isfinite(trend_power(found).slope[:, [0, 2]]).all()
    assert np.isnan(trend_power(found).slope[:, 1]).all()


def test_numbers_that_determine_each_other_are_no_test():
    rng = np.random.default_rng(1)
    psi, value = rng.standard_normal((3, 50, 2)), rng.standard_normal((3, 2))
    psi[2, :, 1] = psi[0, :, 1] - psi[1, :, 1]
    test = wald(value, psi, np.arange(50), np.ones((3, 2)))
    assert np.isfinite(test.p_value[0]) and np.isnan(test.p_value[1])
    few = wald(value, psi, np.arange(50) % 3, np.ones((3, 2)))
    assert np.isnan(few.p_value).all()
    none = wald(value[:0], psi[:0], np.arange(50), np.ones((0, 2)))
    assert np.isnan(none.p_value).all() and (none.df == 0).all()


def test_with_few_clusters_the_small_sample_test_keeps_its_level():
    rng = np.random.default_rng(1)
    y = rng.standard_normal((25, 8, 4000))
    psi = (y - y.mean(axis=0)).transpose(1, 0, 2)
    error = np.ones((8, 4000))
    test = wald(y.mean(axis=0), psi, np.arange(25), error)
    assert np.mean(test.p_value < 0.05) > 0.2
    # The mean's variance has 24 in Hotelling's statistic, 25 here: a little too often.
    assert np.mean(test.p_value_small < 0.05) == pytest.approx(0.06, abs=0.015)


def test_a_panel_seen_from_the_first_year_of_treatment_has_nothing_to_test():
    rng = np.random.default_rng(1)
    panel = make_panel(rng.standard_normal((40, 3)), range(3), np.repeat([1, NEVER], 20))
    cells = group_time_effects(panel)
    assert np.isnan(pretest_cells(cells, cell_errors(cells)).p_value).all()
    power = trend_power(averages(cells, "event"))
    assert np.isnan(power.slope).all() and power.bias.shape == (2, 2, 1)


def test_a_slope_is_found_with_the_power_that_it_is_said_to_have():
    rng = np.random.default_rng(1)
    n, draws = 400, 1500
    cohort = rng.choice([3, 5, NEVER], n)
    noise = rng.standard_normal((n, 7, draws))
    slope = trend_power(
        averages(group_time_effects(make_panel(noise, range(7), cohort)), "event")
    ).slope.mean(axis=1)
    for wanted, size in zip((0.5, 0.8), slope, strict=True):
        tilt = size * np.arange(7) * (cohort < NEVER)[:, None]
        tilted = make_panel(noise + tilt[:, :, None], range(7), cohort)
        test = pretest_events(averages(group_time_effects(tilted), "event"))
        assert np.mean(test.p_value < 0.05) == pytest.approx(wanted, abs=0.04)


@pytest.mark.parametrize("base", ["varying", "universal"])
def test_the_bias_is_what_the_slope_adds(base):
    panel = random_panel()
    events = averages(group_time_effects(panel, base=base), "event")
    power = trend_power(events)
    tilt = power.slope[1] * np.arange(8)[:, None] * (panel.cohort < NEVER)[:, None, None]
    tilted = averages(
        group_time_effects(replace(panel, outcome=panel.outcome + tilt), base=base), "event"
    )
    np.testing.assert_allclose(power.bias[1], tilted.estimate - events.estimate, atol=1e-9)
    np.testing.assert_allclose(power.bias_overall[1], tilted.overall - events.overall, atol=1e-9)


def test_powers_below_the_level_are_refused():
    events = averages(group_time_effects(random_panel()), "event")
    with pytest.raises(ValueError, match="power"):
        trend_power(events, powers=(0.01,))
