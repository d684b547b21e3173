"""Effects by imputation: published numbers, another package, regressions by hand, and limits."""

from __future__ import annotations

import contextlib
import io
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators.did_borusyak import (
    FINE,
    NONE_IMPUTED,
    NONE_SEEN,
    impute_effects,
)
from finsam_report.estimators.did_fixed import under_treatment, years_since
from finsam_report.estimators.panel import NEVER, make_panel


def test_minimum_wages_and_jobs_as_published():
    found = impute_effects(mpdta())
    assert found.estimate[0, 0] == pytest.approx(-0.0477099, abs=5e-8)
    assert found.std_error[0, 0] == pytest.approx(0.0132225, abs=5e-8)
    assert found.event.tolist() == [0, 1, 2, 3]
    assert found.treated[:, 0].tolist() == [291, 191, 60, 20, 20]
    assert (found.reason == FINE).all() and (found.alone == 0).all()
    assert found.p_value[0, 0] == pytest.approx(0.000308, abs=1e-5)


@pytest.mark.parametrize(("missing", "weights", "clusters"), [(0.0, False, 60), (0.1, True, 30)])
def test_another_package_finds_the_same(missing, weights, clusters):
    from did_imputation import did_imputation as oracle

    panel = random_panel(1, 60, columns=1, missing=missing, weights=weights)
    n, t = panel.outcome.shape[:2]
    panel = replace(panel, cluster=np.arange(n) % clusters)
    table = pd.DataFrame(
        {
            "i": np.repeat(np.arange(n), t),
            "t": np.tile(panel.years, n),
            "y": panel.outcome.ravel(),
            "first": np.repeat(np.where(panel.never, np.nan, panel.cohort), t),
            "cl": np.repeat(panel.cluster, t),
            "w": np.repeat(panel.weight[:, 0], t),
        }
    )
    found = impute_effects(panel)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts = [
            oracle(table, "y", "i", "t", "first", cluster="cl", aw="w", minn=0, allhorizons=every)
            for every in (False, True)
        ]
    overall, by_event = parts
    names = [f"tau{event}" for event in found.event]
    estimate = [*overall.estimates.values(), *(by_event.estimates[name] for name in names)]
    error = [*overall.std_errors.values(), *(by_event.std_errors[name] for name in names)]
    # The package iterates up to a tolerance of its own.
    np.testing.assert_allclose(found.estimate[:, 0], estimate, atol=2e-5)
    np.testing.assert_allclose(found.std_error[:, 0], error, atol=2e-5)


def test_it_is_the_mean_of_what_a_regression_on_untreated_years_leaves():
    panel = random_panel(2, 40, missing=0.1, weights=True)
    found = impute_effects(panel)
    n, t = panel.outcome.shape[:2]
    unit, year = np.repeat(np.arange(n), t), np.tile(np.arange(t), n)
    dummies = np.hstack([np.eye(n)[unit], np.eye(t)[year]])
    after, since = under_treatment(panel).ravel(), years_since(panel).ravel()
    for k in range(panel.columns):
        y, weight = panel.outcome[:, :, k].ravel(), panel.weight[unit, k]
        here = ~np.isnan(y)
        fit = here & ~after
        root = np.sqrt(weight[fit])[:, None]
        known = np.linalg.lstsq(dummies[fit] * root, y[fit] * root[:, 0], rcond=None)[0]
        tau = y - dummies @ known
        # A unit never seen untreated has no level.
        here &= np.bincount(unit[fit], minlength=n)[unit] > 0
        for row, event in enumerate([None, *found.event]):
            own = here & after & (True if event is None else since == event)
            mean = np.average(tau[own], weights=weight[own])
            assert found.estimate[row, k] == pytest.approx(mean, rel=1e-9)


def test_columns_do_not_depend_on_their_company():
    panel = random_panel(3, missing=0.05, weights=True)
    whole = impute_effects(panel)
    for k in range(panel.columns):
        own = replace(panel, outcome=panel.outcome[:, :, [k]], weight=panel.weight[:, [k]])
        alone = impute_effects(own)
        np.testing.assert_allclose(alone.estimate[:, 0], whole.estimate[:, k], rtol=1e-9)
        np.testing.assert_allclose(alone.std_error[:, 0], whole.std_error[:, k], rtol=1e-9)


def test_effects_that_differ_by_cohort_and_grow_are_recovered():
    panel = random_panel(4)
    noiseless = np.arange(panel.units)[:, None, None] + np.zeros(panel.outcome.shape)
    effect = np.where(under_treatment(panel), 1.0 + years_since(panel), 0.0)[:, :, None]
    found = impute_effects(replace(panel, outcome=noiseless + effect))
    np.testing.assert_allclose(
        found.estimate[1:], (1.0 + found.event)[:, None] * np.ones(3), atol=1e-9
    )
    np.testing.assert_allclose(found.std_error[1:], 0.0, atol=1e-9)


def test_anticipated_years_count_as_treated():
    panel = random_panel(5)
    early = replace(panel, cohort=np.where(panel.never, NEVER, panel.cohort - 1))
    one, other = impute_effects(panel, anticipation=1), impute_effects(early)
    assert one.event.tolist() == (other.event - 1).tolist()
    np.testing.assert_allclose(one.estimate, other.estimate, rtol=1e-12)
    np.testing.assert_allclose(one.std_error, other.std_error, rtol=1e-12)


def test_what_cannot_be_imputed_is_left_out_counted_and_given_a_reason():
    panel = random_panel(6, columns=1)
    everybody = replace(panel, cohort=np.where(panel.never, 5, panel.cohort))
    found = impute_effects(everybody)
    # From the last cohort's start on nobody is untreated.
    assert (found.imputed[0] < found.treated[0]).all()
    assert found.reason[0, 0] == FINE and np.isfinite(found.estimate[0, 0])
    # The first cohort starts in year 2, the last in year 7: five years are compared.
    assert np.array_equal(found.reason[1:, 0] == FINE, found.event <= 4)
    assert (found.reason[1:, 0] == NONE_IMPUTED)[found.event > 4].all()
    at_once = impute_effects(replace(panel, cohort=np.full(panel.units, 4)))
    assert (at_once.reason == NONE_IMPUTED).all() and np.isnan(at_once.estimate).all()
    outcome = panel.outcome.copy()
    outcome[under_treatment(panel)] = np.nan
    unseen = impute_effects(replace(panel, outcome=outcome))
    assert (unseen.reason == NONE_SEEN).all() and np.isnan(unseen.std_error).all()
    with pytest.raises(ValueError, match="no unit is treated"):
        impute_effects(replace(panel, cohort=np.full(panel.units, NEVER)))
    with pytest.raises(ValueError, match="below zero"):
        impute_effects(panel, anticipation=-1)


def test_units_treated_from_the_start_change_nothing():
    panel = random_panel(7)
    first = replace(panel, cohort=np.where(np.arange(panel.units) < 10, 0, panel.cohort))
    kept = np.arange(panel.units) >= 10
    rest = make_panel(panel.outcome[kept], panel.years, panel.cohort[kept])
    one, other = impute_effects(first), impute_effects(rest)
    assert one.event.tolist() == other.event.tolist()
    np.testing.assert_allclose(one.estimate, other.estimate, rtol=1e-12)
    np.testing.assert_allclose(one.std_error, other.std_error, rtol=1e-12)
    np.testing.assert_array_equal(one.treated, other.treated)


def test_a_cohort_of_one_is_told_and_coarser_cells_are_more_cautious():
    panel = random_panel(8, columns=1)
    cohort = panel.cohort.copy()
    cohort[np.flatnonzero(cohort == 2)[1:]] = 4
    panel = replace(panel, cohort=cohort)
    found, wider = impute_effects(panel), impute_effects(panel, spread="event")
    assert found.alone[0, 0] == 6
    # Years since the start that only this cohort reaches.
    assert wider.alone[0, 0] == np.sum(found.event > 3)
    np.testing.assert_allclose(found.estimate, wider.estimate, rtol=1e-12)
    assert wider.std_error[0, 0] > found.std_error[0, 0]


def test_a_constant_outcome_has_no_effect_and_no_error():
    panel = random_panel(10)
    found = impute_effects(replace(panel, outcome=np.full_like(panel.outcome, 7.3)))
    assert (found.estimate == 0).all() and (found.std_error == 0).all()


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(9)
    cohort = np.repeat([3, 5, NEVER], 40)
    noise = rng.standard_normal((120, 8, 400)).cumsum(axis=1)
    found = impute_effects(make_panel(noise, np.arange(8), cohort))
    held = np.abs(found.estimate) <= 1.959964 * found.std_error
    # Two and a half standard deviations of a share of 400 each way; cautious errors above.
    assert (held.mean(axis=1) > 0.95 - 0.028).all() and (held.mean(axis=1) < 0.985).all()
