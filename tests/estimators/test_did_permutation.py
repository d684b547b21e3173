"""Permutation of entry dates: what is exchanged, fast paths against slow ones, and error rates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators.did_fixed import under_treatment
from finsam_report.estimators.did_permutation import (
    draw_cohorts,
    permute,
    permute_simple,
    permute_static,
)
from finsam_report.estimators.did_twfe import static_effect
from finsam_report.estimators.multiple import westfall_young
from finsam_report.estimators.panel import NEVER, make_panel


def t_statistic(panel):
    fit = static_effect(panel)
    return fit.estimate[0] / fit.std_error[0]


def test_dates_are_exchanged_within_blocks_and_all_arrangements_are_alike():
    rng = np.random.default_rng(1)
    cohort, block = np.array([1, 2, 3, 4, 4]), np.array([7, 5, 7, 7, 5])
    drawn = draw_cohorts(cohort, 12_000, rng, block=block)
    for own in (5, 7):
        part = drawn[:, block == own]
        assert (np.sort(part, axis=1) == np.sort(cohort[block == own])).all()
    _, counts = np.unique(drawn, axis=0, return_counts=True)
    # 2 x 6 arrangements of 1,000 each, within four standard deviations.
    assert counts.size == 12 and np.abs(counts - 1000).max() < 4 * np.sqrt(1000)
    free = draw_cohorts(cohort, 50, rng)
    assert (np.sort(free, axis=1) == np.sort(cohort)).all() and np.unique(free[:, 0]).size == 4


def test_units_that_start_together_keep_doing_so():
    rng = np.random.default_rng(2)
    together = np.array([9, 9, 3, 4, 4, 4])
    cohort = np.array([1, 1, 2, NEVER, NEVER, NEVER])
    drawn = draw_cohorts(cohort, 60, rng, together=together)
    assert (drawn[:, 0] == drawn[:, 1]).all() and (drawn[:, 3] == drawn[:, 5]).all()
    assert (np.sort(drawn[:, [0, 2, 3]], axis=1) == [1, 2, NEVER]).all()
    with pytest.raises(ValueError, match="one date"):
        draw_cohorts(np.arange(6), 5, rng, together=together)
    with pytest.raises(ValueError, match="one block"):
        draw_cohorts(cohort, 5, rng, together=together, block=np.arange(6))


@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize("weights", [False, True])
@pytest.mark.parametrize("size", [1, 3])
def test_the_fast_path_is_the_regression_in_every_draw(missing, weights, size):
    panel = random_panel(3, 60, missing=missing, weights=weights)
    panel = replace(panel, cluster=np.arange(60) // size)
    draws = draw_cohorts(panel.cohort, 130, np.random.default_rng(4))
    fast, slow = permute_static(panel, draws), permute(panel, draws, t_statistic)
    factor = slow.statistic / fast.statistic  # the small-sample factor, the same in all draws
    assert (factor > 0.9).all() and (factor < 1.0).all()
    np.testing.assert_allclose(fast.drawn * factor, slow.drawn, rtol=1e-8)
    np.testing.assert_array_equal(fast.p_value, slow.p_value)


def simple_by_hand(panel, comparison):
    top = bottom = 0.0
    for g in panel.cohorts[panel.cohorts > panel.years[0]]:
        own = panel.start == g
        base = int(np.searchsorted(panel.years, g)) - 1
        for t in range(base + 1, panel.years.size):
            others = panel.never if comparison == "never" else panel.start > panel.years[t]
            if not others.any():
                continue
            change = panel.outcome[:, t] - panel.outcome[:, base]
            weight = np.broadcast_to(panel.weight, change.shape)
            effect = np.average(change[own], axis=0, weights=weight[own])
            effect = effect - np.average(change[others], axis=0, weights=weight[others])
            top = top + weight[own].sum(axis=0) * effect
            bottom = bottom + weight[own].sum(axis=0)
    return top / bottom


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
@pytest.mark.parametrize("weights", [False, True])
def test_the_mean_effect_in_every_draw_is_that_by_hand(comparison, weights):
    panel = random_panel(5, 50, weights=weights)
    draws = draw_cohorts(panel.cohort, 70, np.random.default_rng(6))
    found = permute_simple(panel, draws, comparison)
    slow = permute(panel, draws, lambda own: simple_by_hand(own, comparison))
    np.testing.assert_allclose(found.statistic, slow.statistic, rtol=1e-9)
    np.testing.assert_allclose(found.drawn, slow.drawn, rtol=1e-8, atol=1e-12)


def test_minimum_wages_lower_jobs_by_the_published_mean_and_chance_would_not():
    panel = mpdta()
    draws = draw_cohorts(panel.cohort, 399, np.random.default_rng(7))
    found = permute_simple(panel, draws)
    assert found.statistic[0] == pytest.approx(-0.03995, abs=5e-6)
    assert found.p_value[0] <= 0.01
    assert permute_static(panel, draws).p_value[0] <= 0.02


def test_p_values_are_as_small_by_chance_as_they_say():
    panel = random_panel(8, 40, columns=400)
    draws = draw_cohorts(panel.cohort, 99, np.random.default_rng(9))
    # One set of dates, many outcomes: the realised dates are one more draw.
    for found in (permute_static(panel, draws), permute_simple(panel, draws)):
        assert found.p_value.min() >= 0.01
        for level in (0.05, 0.2, 0.5):
            share = np.mean(found.p_value <= level)
            assert abs(share - level) < 4 * np.sqrt(level * (1 - level) / 400)


def test_an_effect_is_found_and_families_can_be_judged_together():
    panel = random_panel(10)
    outcome = panel.outcome.copy()
    outcome[:, :, 1] += 6.0 * under_treatment(panel)
    found = permute_static(
        replace(panel, outcome=outcome), draw_cohorts(panel.cohort, 199, np.random.default_rng(1))
    )
    assert found.p_value[1] == 1 / 200
    adjusted = westfall_young(found.statistic, found.drawn)
    assert adjusted[1] <= 0.02 and (adjusted >= found.p_value).all()


def test_what_cannot_be_estimated_is_missing():
    panel = random_panel(11, 30)
    draws = draw_cohorts(panel.cohort, 9, np.random.default_rng(1))
    outcome = panel.outcome.copy()
    outcome[:, :, 0], outcome[3, 2, 1] = np.nan, np.nan
    holes = replace(panel, outcome=outcome)
    assert np.isnan(permute_static(holes, draws).p_value).tolist() == [True, False, False]
    assert np.isnan(permute_simple(holes, draws).p_value).tolist() == [True, True, False]
    nobody = replace(panel, cohort=np.full(30, NEVER))
    none = draw_cohorts(nobody.cohort, 9, np.random.default_rng(1))
    assert np.isnan(permute_static(nobody, none).p_value).all()
    assert np.isnan(permute_simple(nobody, none).p_value).all()
    everybody = replace(panel, cohort=np.where(panel.never, 7, panel.cohort))
    later = draw_cohorts(everybody.cohort, 9, np.random.default_rng(1))
    assert np.isnan(permute_simple(everybody, later).statistic).all()
    assert np.isfinite(permute_simple(everybody, later, "not_yet").drawn).all()


def test_a_constant_outcome_is_no_finding_and_no_draws_give_no_evidence():
    panel = make_panel(np.full((20, 4), 7.3), np.arange(4), np.repeat([2, NEVER], 10))
    draws = draw_cohorts(panel.cohort, 19, np.random.default_rng(1))
    assert np.isnan(permute_static(panel, draws).p_value[0])
    assert permute_simple(panel, draws).p_value[0] == 1.0
    for test in (permute_simple, permute_static):
        found = test(random_panel(1, 20), np.zeros((0, 20), dtype=np.int64))
        assert found.drawn.shape == (0, 3) and (found.p_value == 1.0).all()
