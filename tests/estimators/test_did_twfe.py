"""Regressions on unit and year effects: published numbers, dummies by hand, and their limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from estimators.did_panels import mpdta, random_panel
from estimators.medicaid import medicaid
from finsam_report.estimators.did_fixed import two_way, under_treatment, years_since
from finsam_report.estimators.did_twfe import (
    covariate_years,
    event_study,
    group_trends,
    regress,
    static_effect,
    untreated_leads,
)
from finsam_report.estimators.panel import NEVER, make_panel


def by_dummies(panel, variables, controls, column):
    """Weighted least squares with a dummy per unit and year, clustered as fixest does."""
    n, t = panel.outcome.shape[:2]
    y = panel.outcome[:, :, column].ravel()
    seen = ~np.isnan(y)
    weight = np.repeat(panel.weight[:, column % panel.weight.shape[1]], t)[seen]
    unit, year = np.repeat(np.arange(n), t)[seen], np.tile(np.arange(t), n)[seen]
    own = np.concatenate([variables, controls], axis=2).reshape(n * t, -1)[seen]
    design = np.hstack([own, np.eye(n)[unit], np.eye(t)[year]])
    root = np.sqrt(weight)[:, None]
    inverse = np.linalg.pinv((design * root).T @ (design * root), rcond=1e-11)
    coefficient = inverse @ (design.T @ (weight * y[seen]))
    error = y[seen] - design @ coefficient
    cluster = panel.cluster[unit]
    sums = np.array([(design * (weight * error)[:, None])[cluster == c].sum(0)
                     for c in np.unique(cluster)])  # fmt: skip
    g, count = len(sums), int(seen.sum())
    rank = np.linalg.matrix_rank(design * root) - n + 1
    factor = g / (g - 1) * (count - 1) / (count - rank)
    j = variables.shape[2]
    return coefficient[:j], (factor * inverse @ sums.T @ sums @ inverse)[:j, :j]


def test_minimum_wages_and_jobs_as_published():
    fit = static_effect(mpdta())
    assert fit.estimate[0, 0] == pytest.approx(-0.036549, abs=5e-7)
    assert fit.std_error[0, 0] == pytest.approx(0.013265, abs=5e-7)
    assert fit.df[0] == 499 and fit.observations[0] == 2500


def test_medicaid_by_years_since_as_published():
    study = event_study(medicaid())
    assert study.event.tolist() == [-6, -5, -4, -3, -2, 0, 1]
    expected = [-0.005285, -0.011297, -0.002676, -0.001419, 0.000340, 0.046447, 0.069206]
    np.testing.assert_allclose(study.fit.estimate[:, 0], expected, atol=6e-7)
    np.testing.assert_allclose(study.fit.std_error[-2:, 0], [0.009152, 0.010350], atol=6e-7)
    assert (study.fit.p_value[-2:] < 1e-4).all()


@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize("weights", [False, True])
def test_it_is_the_regression_with_a_dummy_for_every_unit_and_year(missing, weights):
    panel = random_panel(3, 40, missing=missing, weights=weights, covariates=1)
    panel = replace(panel, cluster=np.arange(40) // 2)
    controls = np.concatenate(
        [group_trends(panel, np.arange(40) % 4), covariate_years(panel)], axis=2
    )
    variables = under_treatment(panel)[:, :, None].astype(float)
    plain = np.zeros((*variables.shape[:2], 0))
    for extra, fit in (
        (plain, static_effect(panel)),
        (controls, static_effect(panel, controls)),
    ):
        for k in range(panel.columns):
            estimate, covariance = by_dummies(panel, variables, extra, k)
            assert fit.estimate[0, k] == pytest.approx(estimate[0], rel=1e-9)
            assert fit.std_error[0, k] == pytest.approx(np.sqrt(covariance[0, 0]), rel=1e-8)


def test_years_since_jointly_with_their_covariance():
    panel = random_panel(5, 50, missing=0.1, weights=True)
    study = event_study(panel, window=(-3, 3))
    assert study.event.tolist() == [-3, -2, 0, 1, 2, 3]
    since = np.clip(years_since(panel), -3, 3)[:, :, None]
    dummies = ((since == study.event) & ~panel.never[:, None, None]).astype(float)
    for k in range(panel.columns):
        estimate, covariance = by_dummies(panel, dummies, dummies[:, :, :0], k)
        np.testing.assert_allclose(study.fit.estimate[:, k], estimate, rtol=1e-8)
        np.testing.assert_allclose(study.fit.covariance(k), covariance, rtol=1e-6, atol=1e-12)


def test_columns_do_not_depend_on_their_company():
    panel = random_panel(6, missing=0.05, weights=True)
    whole = event_study(panel).fit
    for k in range(panel.columns):
        own = replace(panel, outcome=panel.outcome[:, :, [k]], weight=panel.weight[:, [k]])
        alone = event_study(own).fit
        np.testing.assert_allclose(alone.estimate[:, 0], whole.estimate[:, k], rtol=1e-9)
        np.testing.assert_allclose(alone.std_error[:, 0], whole.std_error[:, k], rtol=1e-9)


def test_a_coefficient_that_other_variables_explain_is_missing_and_the_others_are_not():
    panel = random_panel(7, columns=2)
    dose = under_treatment(panel)[:, :, None].astype(float)
    unit = np.broadcast_to(np.arange(panel.units)[:, None, None] / 10, dose.shape)
    other = np.random.default_rng(1).standard_normal(dose.shape)
    fit = regress(panel, np.concatenate([dose, unit, other, 2 * other, 0 * dose], axis=2))
    assert np.isnan(fit.estimate).tolist() == [[False] * 2] + [[True] * 2] * 4
    alone = regress(panel, np.concatenate([dose, other], axis=2))
    np.testing.assert_allclose(fit.estimate[0], alone.estimate[0], rtol=1e-9)
    np.testing.assert_allclose(fit.std_error[0], alone.std_error[0], rtol=1e-9)


def test_where_everybody_is_treated_some_time_the_earliest_year_since_is_a_reference_too():
    panel = random_panel(8)
    everybody = replace(panel, cohort=np.where(panel.never, 5, panel.cohort))
    study = event_study(everybody)
    assert study.reference == (-7, -1) and -7 not in study.event
    assert np.isfinite(study.fit.estimate).all()
    assert event_study(panel).reference == (-1,)


def test_years_since_leave_out_units_treated_from_the_start():
    panel = random_panel(13)
    first = np.arange(panel.units) < 10
    whole = event_study(replace(panel, cohort=np.where(first, -3, panel.cohort)))
    rest = event_study(make_panel(panel.outcome[~first], panel.years, panel.cohort[~first]))
    assert whole.event.tolist() == rest.event.tolist() and whole.reference == rest.reference
    np.testing.assert_allclose(whole.fit.estimate, rest.fit.estimate, rtol=1e-9)
    np.testing.assert_allclose(whole.fit.std_error, rest.fit.std_error, rtol=1e-9)


def test_a_start_in_a_year_that_is_not_observed_counts_from_the_next():
    years = np.array([2000, 2001, 2003, 2004])
    panel = make_panel(np.zeros((3, 4)), years, [2002, 2003, NEVER])
    assert years_since(panel)[0].tolist() == years_since(panel)[1].tolist() == [-3, -2, 0, 1]


def test_what_cannot_be_estimated_is_missing_or_refused():
    panel = random_panel(9, 30)
    nobody = replace(panel, cohort=np.full(30, NEVER))
    assert np.isnan(static_effect(nobody).estimate).all()
    with pytest.raises(ValueError, match="no unit is treated"):
        event_study(nobody)
    with pytest.raises(ValueError, match="every year since the start is a reference"):
        event_study(panel, reference=range(-20, 20))
    at_once = replace(panel, cohort=np.full(30, 4))
    assert np.isnan(static_effect(at_once).estimate).all()
    one_cluster = static_effect(replace(panel, cluster=np.zeros(30, dtype=np.int64)))
    assert np.isnan(one_cluster.estimate).all()
    outcome = panel.outcome.copy()
    outcome[:, :, 1] = np.nan
    found = static_effect(replace(panel, outcome=outcome))
    assert np.isnan(found.estimate[0]).tolist() == [False, True, False]
    assert found.observations[1] == 0


def test_a_constant_outcome_has_no_effect():
    panel = random_panel(10, columns=1)
    fit = static_effect(replace(panel, outcome=np.full_like(panel.outcome, 7.3)))
    assert fit.estimate[0, 0] == 0 and fit.std_error[0, 0] == 0 and np.isnan(fit.p_value[0, 0])


def test_two_years_and_two_groups_are_a_difference_in_differences():
    y = np.random.default_rng(2).standard_normal((20, 2))
    cohort = np.where(np.arange(20) < 8, 1, NEVER)
    change = y[:, 1] - y[:, 0]
    fit = static_effect(make_panel(y, [0, 1], cohort))
    assert fit.estimate[0, 0] == pytest.approx(change[:8].mean() - change[8:].mean())


def test_trends_of_counties_are_taken_out():
    rng = np.random.default_rng(11)
    county, years = np.arange(60) % 6, np.arange(10)
    # The counties that drift are those that join, so that without trends the drift is an effect.
    cohort = np.where(county < 3, 5, np.where(county == 3, 7, NEVER))
    slope = np.where(county < 3, 0.5, 0.0)[:, None] * years
    effect = 2.0 * (years >= cohort[:, None])
    panel = make_panel(slope + effect + 0.1 * rng.standard_normal((60, 10)), years, cohort)
    assert static_effect(panel).estimate[0, 0] > 3
    fit = static_effect(panel, group_trends(panel, county))
    assert fit.estimate[0, 0] == pytest.approx(2.0, abs=4 * fit.std_error[0, 0])


def test_leads_from_untreated_years_do_not_see_effects():
    panel = random_panel(12)
    later = panel.outcome + 5.0 * under_treatment(panel)[:, :, None] * (years_since(panel) + 3)[
        :, :, None
    ].clip(0, 20)
    before, after = untreated_leads(panel, 2), untreated_leads(replace(panel, outcome=later), 2)
    assert before.event.tolist() == [-2, -1]
    np.testing.assert_allclose(before.fit.estimate, after.fit.estimate, rtol=1e-12)
    assert np.isfinite(before.fit.std_error).all()


def test_a_panel_in_two_parts_is_told():
    weight = np.zeros((5, 6))
    weight[:2, :3], weight[2:4, 3:] = 1.0, 1.0
    design = two_way(weight)
    assert design.reach[:2, :3].all() and design.reach[2:4, 3:].all()
    assert design.reach.sum() == 12
    assert design.year_rank == 5
