"""The multiplier bootstrap gives the errors that it should, for all columns from the same draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators import did_bootstrap
from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_bootstrap import (
    bands,
    bootstrap_errors,
    drawn_errors,
    family_p,
    multipliers,
)
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.did_errors import intervals


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("weights", ["mammen", "rademacher", "normal"])
def test_multipliers_have_the_moments_they_promise(weights):
    drawn = multipliers(1000, 2000, rng(), weights)
    assert weights == "normal" or np.unique(drawn).size == 2
    assert drawn.mean() == pytest.approx(0, abs=0.003)
    assert (drawn**2).mean() == pytest.approx(1, abs=0.003)
    assert (drawn**3).mean() == pytest.approx(1.0 if weights == "mammen" else 0.0, abs=0.012)


@pytest.mark.parametrize("weights", ["mammen", "rademacher", "normal"])
def test_bootstrap_errors_are_the_analytic_ones(weights):
    panel = random_panel(n=400)
    found = averages(group_time_effects(panel), "event")
    errors = drawn_errors(found.influence, found.cluster, multipliers(400, 20_000, rng(), weights))
    np.testing.assert_allclose(errors.std(axis=0), found.std_error, rtol=0.025)
    np.testing.assert_allclose(bootstrap_errors(errors), found.std_error, rtol=0.04)


def test_the_minimum_wage_example_has_the_published_bootstrap_error():
    found = averages(group_time_effects(mpdta()), "simple")
    errors = drawn_errors(found.overall_influence, found.cluster, multipliers(500, 20_000, rng()))
    # did's own: .0119 from 1 000 draws, whose own error is a fortieth of that.
    assert bootstrap_errors(errors)[0] == pytest.approx(0.0119, abs=0.0003)


def test_clusters_are_drawn_as_one():
    panel = random_panel(n=120)
    panel = replace(panel, cluster=panel.cluster // 4)
    found = averages(group_time_effects(panel), "group")
    drawn = multipliers(30, 4000, rng())
    errors = drawn_errors(found.overall_influence, found.cluster, drawn)
    np.testing.assert_allclose(errors.std(axis=0), found.overall_std_error, rtol=0.05)
    by_unit = drawn[:, panel.cluster] @ found.overall_influence / 120
    np.testing.assert_allclose(errors, by_unit, atol=1e-12)
    with pytest.raises(ValueError, match="one multiplier per cluster: 30, not 120"):
        drawn_errors(found.overall_influence, found.cluster, multipliers(120, 9, rng()))


def test_a_band_of_one_number_is_its_interval_and_more_numbers_make_it_wider():
    found = averages(group_time_effects(random_panel(n=400)), "event")
    drawn = multipliers(400, 20_000, rng())
    one = bands(found.estimate[:1], found.influence[:1], found.cluster, drawn)
    np.testing.assert_allclose(one.critical, stats.norm.ppf(0.975), atol=0.06)
    every = bands(found.estimate, found.influence, found.cluster, drawn)
    assert (every.numbers == found.at.size).all()
    bonferroni = stats.norm.ppf(1 - 0.025 / found.at.size)
    assert ((one.critical < every.critical) & (every.critical < bonferroni + 0.1)).all()
    np.testing.assert_allclose(every.high - found.estimate, every.critical * every.std_error)
    wider = bands(found.estimate, found.influence, found.cluster, drawn, level=0.99)
    assert (wider.critical > every.critical).all()


def test_the_test_of_a_band_agrees_with_the_band():
    found = averages(group_time_effects(random_panel(n=200, columns=12)), "event")
    drawn = multipliers(200, 999, rng())
    band = bands(found.estimate, found.influence, found.cluster, drawn, level=0.8)
    outside = ((band.low > 0) | (band.high < 0)).any(axis=0)
    assert outside.any() and not outside.all()
    np.testing.assert_array_equal(band.p_value <= 0.2, outside)
    sure = bands(found.estimate + 1e3, found.influence, found.cluster, drawn)
    assert (sure.p_value == 1 / 1000).all()


def test_numbers_without_an_error_take_no_part():
    found = averages(group_time_effects(random_panel()), "event")
    drawn = multipliers(120, 999, rng())
    estimate, influence = found.estimate.copy(), found.influence.copy()
    estimate[2, 1] = np.nan
    influence[3, :, 1] = 0.0
    estimate[4, 1] = np.nan
    band = bands(estimate, influence, found.cluster, drawn)
    assert list(np.flatnonzero(np.isnan(band.std_error[:, 1]))) == [2, 3, 4]
    assert list(band.numbers) == [len(estimate), len(estimate) - 3, len(estimate)]
    keep = np.setdiff1d(np.arange(len(estimate)), [2, 3, 4])
    alone = bands(estimate[keep], influence[keep], found.cluster, drawn)
    assert band.critical[1] == alone.critical[1] and band.p_value[1] == alone.p_value[1]
    nothing = bands(estimate[:1] * np.nan, influence[:1], found.cluster, drawn)
    assert np.isnan(nothing.critical).all() and (nothing.numbers == 0).all()
    empty = bands(estimate[:0], influence[:0], found.cluster, drawn)
    assert np.isnan(empty.p_value).all() and empty.low.shape == (0, 3)


def test_drawing_in_parts_changes_nothing(monkeypatch):
    found = averages(group_time_effects(random_panel(columns=5)), "event")
    drawn = multipliers(120, 199, rng())
    whole = bands(found.estimate, found.influence, found.cluster, drawn)
    monkeypatch.setattr(did_bootstrap, "_AT_ONCE", 2 * 199 * found.at.size)
    parts = bands(found.estimate, found.influence, found.cluster, drawn)
    np.testing.assert_allclose(parts.critical, whole.critical, rtol=1e-12)
    np.testing.assert_allclose(parts.std_error, whole.std_error, rtol=1e-12)


def test_a_family_of_the_same_column_needs_no_correction_and_of_others_needs_it():
    panel = random_panel(columns=1)
    same = replace(panel, outcome=np.repeat(panel.outcome, 4, axis=2))
    drawn = multipliers(120, 1999, rng())

    def p_values(panel):
        found = averages(group_time_effects(panel), "simple")
        return family_p(found.overall, found.overall_influence, found.cluster, drawn)

    one = p_values(panel)[0]
    np.testing.assert_allclose(p_values(same), one)
    others = random_panel(columns=8)
    alone = np.array([
        p_values(replace(others, outcome=others.outcome[:, :, [k]]))[0] for k in range(8)
    ])  # fmt: skip
    together = p_values(others)
    assert (together >= alone).all() and together.min() > alone.min()


def test_a_column_that_does_not_vary_is_out_of_the_family():
    panel = random_panel()
    panel.outcome[:, :, 1] = 5.0
    found = averages(group_time_effects(panel), "simple")
    drawn = multipliers(120, 499, rng())
    p = family_p(found.overall, found.overall_influence, found.cluster, drawn)
    assert np.isnan(p[1]) and np.isfinite(p[[0, 2]]).all()


def test_what_makes_no_bootstrap_is_refused():
    found = averages(group_time_effects(random_panel()), "event")
    with pytest.raises(ValueError, match="level"):
        bands(found.estimate, found.influence, found.cluster, multipliers(120, 9, rng()), level=95)
    with pytest.raises(ValueError, match="mammen"):
        multipliers(3, 3, rng(), "webb")


def test_a_band_of_numbers_with_few_clusters_is_as_wide_as_theirs():
    panel = random_panel(n=30)
    cells = group_time_effects(panel, small_sample=True)
    found = averages(cells, "group")
    drawn = multipliers(30, 4999, rng(), "normal")
    ours = {"std_error": found.std_error, "df": found.df}
    band = bands(found.estimate, found.influence, found.cluster, drawn, **ours)
    np.testing.assert_array_equal(band.std_error, found.std_error)
    sided = (1 - stats.norm.cdf(band.critical)) * np.ones_like(found.df)
    np.testing.assert_allclose(
        band.high - found.estimate, stats.t.isf(sided, found.df) * found.std_error
    )
    narrow = bands(found.estimate, found.influence, found.cluster, drawn, std_error=found.std_error)
    assert (band.high > narrow.high).all() and (band.p_value >= narrow.p_value).all()
    one = bands(
        found.estimate[:1], found.influence[:1], found.cluster, drawn,
        std_error=found.std_error[:1], df=found.df[:1],
    )  # fmt: skip
    low, high, p = intervals(found.estimate[:1], found.std_error[:1], found.df[:1])
    np.testing.assert_allclose(one.high - one.low, high - low, rtol=0.1)
    np.testing.assert_allclose(one.p_value, p[0], atol=0.03)


def test_a_family_counts_few_clusters_against_its_columns():
    found = averages(group_time_effects(random_panel(n=16, columns=5), "not_yet"), "simple")
    drawn = multipliers(16, 1999, rng(), "normal")
    own = found.overall, found.overall_influence, found.cluster, drawn, found.overall_std_error
    assert (family_p(*own, df=found.overall_df) >= family_p(*own)).all()
    assert family_p(*own, df=found.overall_df).min() > family_p(*own).min()
    np.testing.assert_allclose(family_p(*own, df=np.full(5, np.inf)), family_p(*own))
