"""Effects by cohort and year are those of the published example and of what they say they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize

from estimators.did_panels import MPDTA_YEARS, mpdta, random_panel
from finsam_report.estimators.did_adjusted import Reason, logit
from finsam_report.estimators.did_aggregate import averages, cell_errors
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.panel import NEVER, make_panel, take_units


def at(cells, cohort, year):
    return int(np.flatnonzero((cells.cohort == cohort) & (cells.year == year))[0])


PUBLISHED = {
    2004: {2004: -0.0105, 2005: -0.0704, 2006: -0.1373, 2007: -0.1008},
    2006: {2004: 0.0065, 2005: -0.0028, 2006: -0.0046, 2007: -0.0412},
    2007: {2004: 0.0305, 2005: -0.0027, 2006: -0.0311, 2007: -0.0261},
}


def test_the_minimum_wage_example_has_the_published_effects():
    cells = group_time_effects(mpdta())
    key = zip(cells.cohort, cells.year, strict=True)
    found = dict(zip(key, cells.estimate[:, 0], strict=True))
    assert {key: round(value, 4) for key, value in found.items()} == {
        (g, t): value for g, row in PUBLISHED.items() for t, value in row.items()
    }


def test_the_minimum_wage_example_has_the_published_effects_given_population():
    cells = group_time_effects(mpdta(covariates=True))
    # Vignette of the R package did, xformla = ~lpop.
    published = [
        -0.0145, -0.0764, -0.1404, -0.1069, -0.0005, -0.0062, 0.0010, -0.0413,
        0.0267, -0.0046, -0.0284, -0.0288,
    ]  # fmt: skip
    np.testing.assert_array_equal(cells.estimate[:, 0].round(4), published)


@pytest.mark.parametrize("group", ["never", "not_yet"])
@pytest.mark.parametrize("base", ["varying", "universal"])
def test_each_effect_is_the_difference_of_mean_changes(group, base):
    panel = random_panel(weights=True)
    cells = group_time_effects(panel, group, base)
    y, w, start = panel.outcome, panel.weight, panel.cohort
    for cell, (g, t) in enumerate(zip(cells.cohort, cells.year, strict=True)):
        first = t - 1 if base == "varying" and t < g else g - 1
        others = start == NEVER if group == "never" else (start > max(t, first)) & (start != g)
        change = y[:, t] - y[:, first]
        for k in range(panel.columns):
            ours = np.average(change[start == g, k], weights=w[start == g, k])
            theirs = np.average(change[others, k], weights=w[others, k])
            assert cells.estimate[cell, k] == pytest.approx(ours - theirs, abs=1e-12)
        assert cells.comparison[cell, 0] == others.sum()


def test_anticipation_moves_the_base_and_bars_those_about_to_begin():
    panel = random_panel()
    cells = group_time_effects(panel, "not_yet", anticipation=1)
    cell = at(cells, 4, 4)
    assert cells.base[cell] == 2
    change = panel.outcome[:, 4] - panel.outcome[:, 2]
    others = panel.cohort > 5
    expected = change[panel.cohort == 4].mean(axis=0) - change[others].mean(axis=0)
    np.testing.assert_allclose(cells.estimate[cell], expected, atol=1e-12)
    assert not cells.before[at(cells, 4, 3)] and cells.before[at(cells, 4, 2)]
    # No year before 2 is clear of anticipation but the first; two years of it leave no base.
    none = group_time_effects(panel, anticipation=2)
    assert none.reason[at(none, 2, 3), 0] == Reason.NO_BASE
    assert np.isnan(none.estimate[at(none, 2, 3)]).all()


def test_the_base_year_of_a_universal_base_is_zero_and_says_so():
    cells = group_time_effects(random_panel(), base="universal")
    cell = at(cells, 5, 4)
    assert (cells.estimate[cell] == 0).all() and (cells.reason[cell] == Reason.REFERENCE).all()
    assert np.isnan(cell_errors(cells)[cell]).all()


def test_errors_are_those_of_two_independent_means():
    panel = random_panel(columns=1)
    cells = group_time_effects(panel)
    errors = cell_errors(cells)[:, 0]
    cell = at(cells, 4, 6)
    change = panel.outcome[:, 6, 0] - panel.outcome[:, 3, 0]
    parts = [change[panel.cohort == g] for g in (4, NEVER)]
    assert errors[cell] == pytest.approx(np.sqrt(sum(p.var() / p.size for p in parts)), rel=1e-12)


def test_small_sample_errors_are_those_of_two_unbiased_variances():
    panel = random_panel(columns=1)
    cells = group_time_effects(panel, small_sample=True)
    plain = group_time_effects(panel)
    cell = at(cells, 4, 6)
    change = panel.outcome[:, 6, 0] - panel.outcome[:, 3, 0]
    parts = [change[panel.cohort == g] for g in (4, NEVER)]
    expected = np.sqrt(sum(p.var(ddof=1) / p.size for p in parts))
    assert cell_errors(cells)[cell, 0] == pytest.approx(expected, rel=1e-12)
    np.testing.assert_array_equal(cells.estimate, plain.estimate)


def test_small_sample_errors_with_weights_are_hc2():
    panel = random_panel(columns=1, weights=True)
    cells = group_time_effects(panel, small_sample=True)
    cell = at(cells, 5, 6)
    rows = (panel.cohort == 5) | (panel.cohort == NEVER)
    change = panel.outcome[rows, 6, 0] - panel.outcome[rows, 4, 0]
    weight, x = panel.weight[rows, 0], sm.add_constant((panel.cohort[rows] == 5).astype(float))
    fit = sm.WLS(change, x, weights=weight).fit(cov_type="HC2")
    assert cells.estimate[cell, 0] == pytest.approx(fit.params[1], abs=1e-12)
    assert cell_errors(cells)[cell, 0] == pytest.approx(fit.bse[1], rel=1e-10)


def test_missing_years_leave_the_pairs_that_are_complete():
    panel = random_panel(missing=0.15, weights=True)
    cells = group_time_effects(panel, "not_yet")
    errors = cell_errors(cells)
    for cell in (at(cells, 4, 6), at(cells, 5, 3)):
        later, first = cells.year[cell], cells.base[cell]
        for k in range(panel.columns):
            both = np.isfinite(panel.outcome[:, [later, first], k]).all(axis=1)
            alone = take_units(panel, both)
            one = replace(
                alone, outcome=alone.outcome[:, :, [k]], weight=alone.weight[:, [k]]
            )  # fmt: skip
            whole = group_time_effects(one, "not_yet")
            assert cells.estimate[cell, k] == pytest.approx(whole.estimate[cell, 0], abs=1e-12)
            assert errors[cell, k] == pytest.approx(cell_errors(whole)[cell, 0], rel=1e-12)
            assert cells.treated[cell, k] == np.sum(both & (panel.cohort == cells.cohort[cell]))


@pytest.mark.parametrize("method", ["doubly_robust", "regression", "weighting"])
def test_columns_together_give_what_each_gives_alone(method):
    panel = random_panel(missing=0.05, weights=True, covariates=2)
    together = group_time_effects(panel, "not_yet", method=method)
    for k in range(panel.columns):
        one = replace(
            panel, outcome=panel.outcome[:, :, [k]], weight=panel.weight[:, [k]]
        )  # fmt: skip
        alone = group_time_effects(one, "not_yet", method=method)
        np.testing.assert_allclose(together.estimate[:, k], alone.estimate[:, 0], atol=1e-9)
        np.testing.assert_allclose(together.influence[:, :, k], alone.influence[:, :, 0], atol=1e-6)


def stacked(panel, cells, cell, method):
    """Estimate and error of a cell from its estimating equations, differentiated by numbers."""
    ours, others = panel.cohort == cells.cohort[cell], panel.cohort == NEVER
    rows = np.flatnonzero(ours | others)
    d, w = ours[rows].astype(float), panel.weight[rows, 0]
    x = np.column_stack([np.ones(rows.size), panel.covariates[rows]])
    change = panel.outcome[rows, cells.year[cell], 0] - panel.outcome[rows, cells.base[cell], 0]
    p = x.shape[1]

    def equations(theta):
        logit_, ols, (mine, theirs) = theta[:p], theta[p : 2 * p], theta[2 * p :]
        fitted = 1 / (1 + np.exp(-x @ logit_))
        residual = change - (x @ ols if method != "weighting" else 0)
        odds = fitted / (1 - fitted) if method != "regression" else 0 * fitted
        return np.column_stack(
            [
                (w * (d - fitted))[:, None] * x,
                (w * (1 - d) * (change - x @ ols))[:, None] * x,
                w * d * (residual - mine),
                # A regression has no second mean: it is held at zero.
                w * (1 - d) * (odds * (residual - theirs) if method != "regression" else theirs),
            ]
        )

    start = np.zeros(2 * p + 2)
    solution = optimize.root(lambda t: equations(t).sum(axis=0), start, tol=1e-13).x
    step = 1e-6
    slope = np.array(
        [
            (equations(solution + e).sum(axis=0) - equations(solution - e).sum(axis=0)) / (2 * step)
            for e in step * np.eye(solution.size)
        ]
    ).T
    parts = -np.linalg.solve(slope, equations(solution).T)
    error = np.sqrt(np.sum((parts[2 * p] - parts[2 * p + 1]) ** 2))
    return solution[2 * p] - solution[2 * p + 1], error


@pytest.mark.parametrize("method", ["doubly_robust", "regression", "weighting"])
def test_covariates_enter_estimates_and_errors_as_their_estimating_equations_say(method):
    panel = random_panel(n=300, columns=1, weights=True, covariates=2)
    cells = group_time_effects(panel, method=method)
    errors = cell_errors(cells)
    for cell in (at(cells, 4, 6), at(cells, 5, 2)):
        estimate, error = stacked(panel, cells, cell, method)
        assert cells.estimate[cell, 0] == pytest.approx(estimate, abs=1e-8)
        assert errors[cell, 0] == pytest.approx(error, rel=1e-6)


def test_units_of_covariates_do_not_matter():
    panel = random_panel(n=300, covariates=2)
    other = replace(panel, covariates=panel.covariates * [1e6, 1e-5] + [1e7, 3])
    one, two = (group_time_effects(p) for p in (panel, other))
    np.testing.assert_allclose(one.estimate, two.estimate, atol=1e-7)


def test_covariates_that_explain_the_trends_are_taken_out():
    rng = np.random.default_rng(4)
    x = rng.standard_normal(4000)
    cohort = np.where(rng.random(4000) < 1 / (1 + np.exp(1 - x)), 2, NEVER)
    outcome = x[:, None] * [0.0, 1.0, 2.0] + rng.standard_normal((4000, 3))
    raw = group_time_effects(make_panel(outcome, range(3), cohort))
    assert abs(raw.estimate[at(raw, 2, 2), 0]) > 0.5
    for method in ("doubly_robust", "regression", "weighting"):
        panel = make_panel(outcome, range(3), cohort, covariates=x[:, None])
        cells = group_time_effects(panel, method=method)
        assert cells.estimate[at(cells, 2, 2), 0] == pytest.approx(0, abs=0.15)


def test_a_covariate_that_tells_the_treated_apart_is_no_overlap():
    panel = random_panel(n=200)
    x = np.where(panel.cohort == 4, 3.0, 0.0) + np.linspace(0, 1, 200)
    cells = group_time_effects(replace(panel, covariates=x[:, None]))
    assert (cells.reason[at(cells, 4, 5)] == Reason.OVERLAP).all()
    assert np.isnan(cells.estimate[at(cells, 4, 5)]).all()
    assert not cells.influence[at(cells, 4, 5)].any()


def test_a_covariate_twice_is_singular():
    panel = random_panel(n=200, covariates=1)
    twice = replace(panel, covariates=np.repeat(panel.covariates, 2, axis=1))
    assert (group_time_effects(twice).reason == Reason.SINGULAR).all()


def test_the_logit_is_at_its_maximum():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(80), rng.standard_normal((80, 2))])
    d, w = rng.random(80) < 0.15, rng.lognormal(size=(80, 5))
    fitted, information, converged = logit(x, d, w / w.mean(axis=0))
    assert converged.all()
    np.testing.assert_allclose(x.T @ (w * (d[:, None] - fitted)), 0, atol=1e-8)
    weight = (w / w.mean(axis=0) * fitted * (1 - fitted))[:, 0]
    np.testing.assert_allclose(information[0] @ (x.T * weight) @ x, np.eye(3), atol=1e-9)


def test_nobody_to_compare_with_is_a_reason_not_a_number():
    outcome = np.random.default_rng(1).standard_normal((30, 5))
    for group in ("never", "not_yet"):
        cells = group_time_effects(make_panel(outcome, range(5), np.full(30, 3)), group)
        assert np.isnan(cells.estimate).all()
        assert (cells.reason == Reason.NO_COMPARISON).all()
        for kind in ("simple", "event", "group", "calendar"):
            assert np.isnan(averages(cells, kind).overall).all()


def test_where_everybody_joins_the_last_to_join_are_compared_with_until_they_do():
    rng = np.random.default_rng(1)
    cohort = np.repeat([2, 4], 20)
    cells = group_time_effects(
        make_panel(rng.standard_normal((40, 6)), range(6), cohort), "not_yet"
    )
    known = np.isfinite(cells.estimate[:, 0])
    np.testing.assert_array_equal(known, cells.year < np.where(cells.cohort == 2, 4, 2))
    assert (cells.reason[~known] == Reason.NO_COMPARISON).all()


def test_one_unit_to_compare_with_is_too_few():
    rng = np.random.default_rng(1)
    cohort = np.array([2] * 10 + [NEVER])
    cells = group_time_effects(make_panel(rng.standard_normal((11, 4)), range(4), cohort))
    assert (cells.reason == Reason.NO_COMPARISON).all() and (cells.comparison == 1).all()


def test_a_cohort_that_was_not_observed_in_both_years_is_a_reason():
    panel = random_panel()
    panel.outcome[panel.cohort == 4, 3, 0] = np.nan
    cells = group_time_effects(panel)
    assert list(cells.reason[at(cells, 4, 5)]) == [Reason.NO_TREATED, 0, 0]
    assert np.isfinite(cells.estimate[at(cells, 4, 5), 1:]).all()
    assert cells.reason[at(cells, 4, 2), 0] == Reason.ESTIMATED


def test_a_cohort_of_one_has_an_effect_without_an_error_of_its_own():
    rng = np.random.default_rng(1)
    cohort = np.array([2] + [3] * 20 + [NEVER] * 30)
    panel = make_panel(rng.standard_normal((51, 5)), range(5), cohort)
    cells = group_time_effects(panel)
    errors = cell_errors(cells)[:, 0]
    assert np.isfinite(cells.estimate).all()
    np.testing.assert_array_equal(np.isnan(errors), cells.cohort == 2)
    events = averages(cells, "event")
    alone = (events.treated == 1)[:, 0]
    assert alone.any() and (~alone).any()
    np.testing.assert_array_equal(np.isnan(events.std_error[:, 0]), alone)
    assert np.isfinite(averages(cells, "simple").overall_std_error).all()


def test_two_years_are_enough():
    rng = np.random.default_rng(1)
    outcome = rng.standard_normal((40, 2))
    cells = group_time_effects(make_panel(outcome, [2000, 2007], np.repeat([2007, NEVER], 20)))
    change = outcome[:, 1] - outcome[:, 0]
    assert cells.estimate.shape == (1, 1)
    assert cells.estimate[0, 0] == pytest.approx(change[:20].mean() - change[20:].mean())


def test_a_constant_outcome_has_no_effect_and_no_error():
    panel = random_panel()
    panel.outcome[:, :, 1] = 0.1 + 0.2
    panel.outcome[:, :, 2] = 1e9 / 3 + np.arange(8) / 7
    for group in ("never", "not_yet"):
        cells = group_time_effects(panel, group)
        np.testing.assert_allclose(cells.estimate[:, 1:], 0, atol=1e-6)
        assert np.isnan(cell_errors(cells)[:, 1:]).all()
        assert np.isfinite(cell_errors(cells)[:, 0]).all()
        assert np.isnan(averages(cells, "simple").overall_std_error[1:]).all()


def test_years_without_data_put_the_start_at_the_next_year_with():
    rng = np.random.default_rng(2)
    years = [2000, 2002, 2004, 2006]
    cohort = np.repeat([2003, 2004, NEVER], 20)
    panel = make_panel(rng.standard_normal((60, 4)), years, cohort)
    cells = group_time_effects(panel)
    assert list(cells.cohort) == [2004] * 3 and list(cells.event) == [-2, 0, 2]
    change = panel.outcome[:, 3, 0] - panel.outcome[:, 1, 0]
    assert cells.estimate[2, 0] == pytest.approx(change[:40].mean() - change[40:].mean())
    # With a year of anticipation the first of them is early enough for both.
    assert group_time_effects(panel, anticipation=1).base[-1] == 2000


def test_units_not_treated_while_seen_are_never_treated():
    panel = mpdta()
    later = replace(
        panel, cohort=np.where(panel.cohort == NEVER, MPDTA_YEARS[-1] + 3, panel.cohort)
    )
    one, two = (group_time_effects(p).estimate for p in (panel, later))
    np.testing.assert_array_equal(one, two)


def test_units_about_to_begin_after_the_last_year_are_not_never_treated():
    panel = random_panel()
    soon = replace(panel, cohort=np.where(panel.cohort == 7, 8, panel.cohort))
    clear = take_units(soon, soon.cohort != 8)
    for anticipation, other in ((0, soon), (1, clear)):
        one = group_time_effects(soon, anticipation=anticipation)
        two = group_time_effects(other, anticipation=anticipation)
        np.testing.assert_allclose(one.estimate, two.estimate, atol=1e-12)
    assert (group_time_effects(soon).comparison[0] > group_time_effects(clear).comparison[0]).all()


@pytest.mark.parametrize(
    ("option", "word"),
    [({"group": "all"}, "group"), ({"base": "x"}, "base"), ({"method": "x"}, "method"),
     ({"anticipation": -1}, "anticipation")],
)  # fmt: skip
def test_unknown_options_are_refused(option, word):
    with pytest.raises(ValueError, match=word):
        group_time_effects(random_panel(), **option)


def test_the_input_is_left_as_it_was():
    panel = random_panel(missing=0.1, weights=True, covariates=1)
    before = panel.outcome.copy(), panel.weight.copy()
    averages(group_time_effects(panel, "not_yet"), "event")
    np.testing.assert_array_equal(panel.outcome, before[0])
    np.testing.assert_array_equal(panel.weight, before[1])
