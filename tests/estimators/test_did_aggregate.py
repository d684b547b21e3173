"""Averages of effects by cohort and year are the published ones, and their errors are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.did_errors import cluster_sums, standard_errors
from finsam_report.estimators.panel import NEVER, make_panel, take_units

KINDS = ("simple", "event", "group", "calendar")


@pytest.mark.parametrize(
    ("kind", "overall", "by"),
    [
        ("simple", -0.0400, {}),
        (
            "event",
            -0.0772,
            {-3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008},
        ),
        ("group", -0.0310, {2004: -0.0797, 2006: -0.0229, 2007: -0.0261}),
        ("calendar", -0.0417, {2004: -0.0105, 2005: -0.0704, 2006: -0.0488, 2007: -0.0371}),
    ],
)
def test_the_minimum_wage_example_has_the_published_averages(kind, overall, by):
    found = averages(group_time_effects(mpdta()), kind)
    assert round(found.overall[0], 4) == overall
    assert dict(zip(found.at.tolist(), found.estimate[:, 0].round(4), strict=True)) == by


def test_the_minimum_wage_example_has_the_published_error():
    found = averages(group_time_effects(mpdta()), "simple")
    assert round(found.overall_std_error[0], 5) == 0.01203


@pytest.mark.parametrize("kind", KINDS)
def test_averages_are_those_of_their_cells(kind):
    panel = random_panel(weights=True)
    cells = group_time_effects(panel, "not_yet")
    found = averages(cells, kind)
    for k in range(panel.columns):
        size = np.array([panel.weight[panel.cohort == g, k].sum() for g in cells.cohort])
        by = {"event": cells.event, "group": cells.cohort, "calendar": cells.year}.get(kind)
        value, post = cells.estimate[:, k], cells.post
        if kind == "simple":
            expected = np.average(value[post], weights=size[post])
        else:
            use = post if kind != "event" else np.ones(post.size, dtype=bool)
            mean = {a: np.average(value[use & (by == a)], weights=size[use & (by == a)])
                    for a in found.at}  # fmt: skip
            np.testing.assert_allclose(found.estimate[:, k], list(mean.values()), atol=1e-12)
            part = [a for a in found.at if kind != "event" or a >= 0]
            share = [panel.weight[panel.cohort == a, k].sum() if kind == "group" else 1
                     for a in part]  # fmt: skip
            expected = np.average([mean[a] for a in part], weights=share)
        assert found.overall[k] == pytest.approx(expected, abs=1e-12)


def by_counts(panel, counts, kind):
    """Overall average where unit i is there counts[i] times."""
    weighted = replace(panel, weight=panel.weight * counts[:, None])
    return averages(group_time_effects(weighted, "not_yet"), kind).overall[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("covariates", [0, 1])
def test_influence_is_how_an_average_moves_with_each_unit(kind, covariates):
    # The infinitesimal jackknife: it holds the weights of cohorts to account as well.
    panel = random_panel(n=60, columns=1, years=8, weights=True, covariates=covariates)
    found = averages(group_time_effects(panel, "not_yet"), kind)
    step = 1e-5
    for unit in range(0, 60, 7):
        change = np.where(np.arange(60) == unit, step, 0.0)
        ends = [by_counts(panel, 1 + sign * change, kind) for sign in (1, -1)]
        moved = (ends[0] - ends[1]) / (2 * step)
        assert found.overall_influence[unit, 0] / 60 == pytest.approx(moved, abs=2e-6)


def test_a_balanced_event_study_has_the_same_cohorts_all_along():
    panel = random_panel()
    found = averages(group_time_effects(panel), "event", balance=2)
    long_enough = panel.cohort <= 5
    assert list(found.at) == list(range(-4, 3))
    after = found.at >= 0
    assert (found.treated[after] == long_enough.sum()).all()
    assert (found.cells[after] == 3).all()
    kept = take_units(panel, long_enough | (panel.cohort == NEVER))
    alone = averages(group_time_effects(kept), "event")
    pick = np.isin(alone.at, found.at)
    np.testing.assert_allclose(found.estimate, alone.estimate[pick], atol=1e-12)
    np.testing.assert_allclose(found.overall, found.estimate[after].mean(axis=0), atol=1e-12)


def test_cells_that_cannot_be_estimated_are_left_out_of_their_column_alone():
    panel = random_panel()
    panel.outcome[panel.cohort == 4, 3, 0] = np.nan
    found = averages(group_time_effects(panel), "calendar")
    whole = averages(group_time_effects(random_panel()), "calendar")
    np.testing.assert_array_equal(found.estimate[:, 1:], whole.estimate[:, 1:])
    np.testing.assert_array_equal(found.std_error[:, 1:], whole.std_error[:, 1:])
    late = found.at >= 4
    assert (found.cells[late, 0] == whole.cells[late, 0] - 1).all()
    kept = take_units(panel, panel.cohort != 4)
    assert found.estimate[late, 0] == pytest.approx(
        averages(group_time_effects(kept), "calendar").estimate[late, 0], abs=1e-12
    )


def test_clusters_that_are_copies_of_a_unit_give_the_error_of_one():
    panel = random_panel(n=60)
    three = make_panel(
        np.repeat(panel.outcome, 3, axis=0), panel.years, np.repeat(panel.cohort, 3),
        cluster=np.repeat(np.arange(60) * 5 - 100, 3),
    )  # fmt: skip
    order = np.random.default_rng(1).permutation(180)
    mixed = make_panel(
        three.outcome[order], three.years, three.cohort[order], cluster=three.cluster[order]
    )
    for kind in KINDS:
        one = averages(group_time_effects(panel), kind)
        for other in (three, mixed):
            many = averages(group_time_effects(other), kind)
            np.testing.assert_allclose(many.overall_std_error, one.overall_std_error, rtol=1e-10)
            np.testing.assert_allclose(many.std_error, one.std_error, rtol=1e-10)


def test_a_cohort_that_is_one_cluster_has_no_error():
    panel = random_panel(n=60)
    together = replace(panel, cluster=np.where(panel.cohort == 4, -1, panel.cluster))
    found = averages(group_time_effects(together), "group")
    np.testing.assert_array_equal(np.isnan(found.std_error).all(axis=1), found.at == 4)
    assert np.isfinite(found.estimate).all() and np.isfinite(found.overall_std_error).all()


def test_errors_follow_the_unit_of_the_outcome():
    panel = random_panel(weights=True)
    scaled = replace(panel, outcome=1000 * panel.outcome + 7, weight=panel.weight * 1e6)
    one, two = (averages(group_time_effects(p), "event") for p in (panel, scaled))
    np.testing.assert_allclose(two.estimate, 1000 * one.estimate, rtol=1e-8)
    np.testing.assert_allclose(two.std_error, 1000 * one.std_error, rtol=1e-8)


def test_the_order_of_units_does_not_matter():
    panel = random_panel(missing=0.1, weights=True)
    order = np.random.default_rng(1).permutation(panel.units)
    one, two = (averages(group_time_effects(p), "group") for p in (panel, take_units(panel, order)))
    np.testing.assert_allclose(one.std_error, two.std_error, rtol=1e-10)
    np.testing.assert_allclose(one.overall_influence[order], two.overall_influence, atol=1e-10)


def test_the_span_says_what_a_trend_adds():
    panel = random_panel(missing=0.1)
    slope = 0.3 * np.arange(8) * (panel.cohort < NEVER)[:, None]
    tilted = replace(panel, outcome=panel.outcome + slope[:, :, None])
    for base in ("varying", "universal"):
        for kind in KINDS:
            one, two = (averages(group_time_effects(p, base=base), kind) for p in (panel, tilted))
            np.testing.assert_allclose(two.estimate - one.estimate, 0.3 * one.span, atol=1e-9)
            np.testing.assert_allclose(two.overall - one.overall, 0.3 * one.overall_span, atol=1e-9)


def test_sums_within_clusters_are_in_order_of_the_clusters():
    values = np.arange(12.0).reshape(1, 6, 2)
    sums = cluster_sums(values, np.array([3, -1, 3, 0, 0, -1]))
    np.testing.assert_array_equal(sums[0], [[12, 14], [14, 16], [4, 6]])
    assert standard_errors(values, np.arange(6))[0, 0] == pytest.approx(
        np.sqrt(np.sum(values[0, :, 0] ** 2)) / 6
    )


def test_nobody_treated_is_nothing_to_average():
    panel = random_panel()
    none = replace(panel, cohort=np.full(panel.units, NEVER))
    for kind in KINDS:
        found = averages(group_time_effects(none), kind)
        assert found.estimate.shape == (0, 3) and np.isnan(found.overall).all()


@pytest.mark.parametrize(
    ("kind", "balance", "word"),
    [("dynamic", None, "kind"), ("group", 2, "balance"), ("event", -1, "balance")],
)
def test_unknown_averages_are_refused(kind, balance, word):
    with pytest.raises(ValueError, match=word):
        averages(group_time_effects(random_panel()), kind, balance)
