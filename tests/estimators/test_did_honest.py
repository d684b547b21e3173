"""Honest intervals: published numbers, programs solved by other means, and what bounds mean."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import optimize, stats

from estimators.medicaid import medicaid
from finsam_report.estimators import did_frontier
from finsam_report.estimators.did_honest import (
    breakdown,
    identified_set,
    joint_covariance,
    largest_bend,
    smoothness,
)
from finsam_report.estimators.did_twfe import event_study

FIRST = np.array([1.0, 0.0])


@pytest.fixture(scope="module")
def states():
    study = event_study(medicaid())
    return study.event, study.fit.estimate, joint_covariance(study.fit.scores)


def example(seed=1, before=5, after=4, columns=3):
    rng = np.random.default_rng(seed)
    event = np.concatenate([np.arange(-before - 1, -1), np.arange(after)])
    scores = rng.standard_normal((200, event.size, columns)).cumsum(axis=1) / 60
    estimate = np.concatenate([np.zeros((before, columns)), np.ones((after, columns))])
    estimate = estimate + 0.1 * rng.standard_normal(estimate.shape)
    return event, estimate, joint_covariance(scores)


def bend_rows(event):
    """Second differences around every inner year, as rows for the effects (reference zero)."""
    reference = np.setdiff1d(np.arange(event[0], event[-1] + 1), event)[0]
    every = np.arange(event[0], event[-1] + 1)
    rows = np.zeros((every.size - 2, every.size))
    for i in range(every.size - 2):
        rows[i, i : i + 3] = (1.0, -2.0, 1.0)
    return rows[:, every != reference]


def largest_bias(event, weights):
    """Maximum of weights'δ over courses δ that bend by at most one, by linear programming."""
    rows = bend_rows(event)
    found = optimize.linprog(
        -weights,
        np.vstack([rows, -rows]),
        np.ones(2 * len(rows)),
        bounds=(None, None),
        method="highs",
    )
    return -found.fun if found.status == 0 else np.inf


def test_medicaid_as_published(states):
    event, estimate, covariance = states
    found = smoothness(event, estimate, covariance, FIRST, np.array([0.0, 0.01, 0.02]))
    published = np.array([[0.0259, 0.0607], [0.0132, 0.0787], [0.00286, 0.0907]])
    np.testing.assert_allclose(np.hstack([found.low, found.high]), published, atol=1e-4)
    # Another package prints more digits; at zero its solver stops at five of them.
    more = np.array([[0.0131749, 0.0786844], [0.0028344, 0.0907387]])
    np.testing.assert_allclose(np.hstack([found.low, found.high])[1:], more, atol=1e-7)


def test_a_straight_line_is_taken_off_by_generalised_least_squares(states):
    event, estimate, covariance = states
    found = smoothness(event, estimate, covariance, FIRST, np.zeros(1))
    # Effects before the start lie on a line through the reference; those after it are free.
    design = np.hstack([(event + 1.0)[:, None], np.eye(7)[:, 5:]])
    inverse = np.linalg.inv(covariance[0])
    spread = np.linalg.inv(design.T @ inverse @ design)
    expected = (spread @ design.T @ inverse @ estimate[:, 0])[1]
    assert found.centre[0, 0] == pytest.approx(expected, rel=1e-9)
    assert found.std_error[0, 0] == pytest.approx(np.sqrt(spread[1, 1]), rel=1e-9)
    half = stats.norm.ppf(0.975) * np.sqrt(spread[1, 1])
    assert found.high[0, 0] - found.centre[0, 0] == pytest.approx(half, rel=1e-9)


def test_the_folded_quantile_is_that_of_the_noncentral_chi_square():
    mean = np.linspace(0.01, 8, 60)
    for level in (0.6, 0.9, 0.95, 0.99):
        expected = np.sqrt(stats.ncx2.ppf(level, 1, mean**2))
        np.testing.assert_allclose(did_frontier.folded_quantile(mean, level), expected, rtol=1e-9)
    zero = did_frontier.folded_quantile(np.zeros(1), 0.95)[0]
    assert zero == pytest.approx(1.959963984540054, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_the_path_holds_the_minimisers_for_every_penalty(seed):
    rng = np.random.default_rng(seed)
    p = int(rng.integers(1, 9))
    root = rng.standard_normal((p, p + 1))
    quadratic, linear = root @ root.T, rng.standard_normal(p) * 3
    corners = did_frontier.lasso_path(quadratic, linear)
    assert (corners[0] == 0).all()
    np.testing.assert_allclose(corners[-1], -np.linalg.solve(quadratic, linear), rtol=1e-8)
    for first, second in pairwise(corners):
        assert not (np.sign(first) * np.sign(second) < 0).any()
        for part in (0.0, 0.3, 1.0):
            u = (1 - part) * first + part * second
            pull = -(quadratic @ u + linear)
            penalty = np.abs(pull).max()
            live = np.abs(u) > 1e-9
            np.testing.assert_allclose(pull[live], penalty * np.sign(u[live]), atol=1e-8)


@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, 3), (4, 1), (6, 5)])
def test_the_family_has_the_bias_that_a_linear_program_finds(before, after):
    rng = np.random.default_rng(before)
    event = np.concatenate([np.arange(-before - 1, -1), np.arange(after)])
    target = rng.standard_normal(after)
    base, change, least = did_frontier._family(event, target)
    for _ in range(5):
        u = rng.standard_normal(before - 1)
        bias = largest_bias(event, base + change @ u)
        assert bias == pytest.approx(least + np.abs(u).sum(), rel=1e-7)
    tilted = base.copy()
    tilted[0] += 0.1
    assert largest_bias(event, tilted) == np.inf


@pytest.mark.parametrize("bound", [0.003, 0.02, 0.1, 1.0])
def test_no_other_estimator_gives_a_shorter_interval(bound):
    event, estimate, covariance = example()
    target = np.full(4, 0.25)
    found = smoothness(event, estimate, covariance, target, np.array([bound]))
    base, change, least = did_frontier._family(event, target)
    for k in range(3):

        def half(parts, k=k):
            up, down = parts.reshape(2, -1)
            weights = base + change @ (up - down)
            error = np.sqrt(weights @ covariance[k] @ weights)
            bias = bound * (least + (up + down).sum())
            return np.log(error * np.sqrt(stats.ncx2.ppf(0.95, 1, (bias / error) ** 2)))

        own = found.high[0, k] - found.centre[0, k]
        size = 2 * change.shape[1]
        starts = [np.zeros(size), np.random.default_rng(k).random(size) / 5]
        options = {"ftol": 1e-14, "maxiter": 1000}
        limits = [(0, None)] * size
        runs = [optimize.minimize(half, u, bounds=limits, options=options) for u in starts]
        best = np.exp(min(run.fun for run in runs))
        assert own == pytest.approx(best, rel=1e-6)
        assert own <= best * (1 + 1e-9)


def test_the_interval_holds_the_truth_as_stated_at_its_worst():
    event, estimate, covariance = example()
    found = smoothness(event, estimate, covariance, np.ones(4), np.array([0.0, 0.02, 0.2]), 0.9)
    half, error = found.high - found.centre, found.std_error
    inside = stats.norm.cdf((half - found.bias) / error) - stats.norm.cdf(
        (-half - found.bias) / error
    )
    np.testing.assert_allclose(inside, 0.9, atol=1e-9)


def test_wider_bounds_give_longer_intervals_and_units_do_not_matter():
    event, estimate, covariance = example()
    bound = np.linspace(0, 0.5, 12)
    target = np.array([0.0, 0.0, 1.0, 0.0])
    found = smoothness(event, estimate, covariance, target, bound)
    assert (np.diff(found.high - found.low, axis=0) > 0).all()
    scaled = smoothness(event, 100 * estimate, 1e4 * covariance, target, 100 * bound)
    np.testing.assert_allclose(scaled.low, 100 * found.low, rtol=1e-7)
    own = smoothness(event, estimate, covariance, target, np.tile(bound[:, None], (1, 3)))
    np.testing.assert_allclose(own.high, found.high, rtol=1e-12)
    for k in range(3):
        alone = smoothness(event, estimate[:, [k]], covariance[[k]], target, bound)
        np.testing.assert_allclose(alone.low[:, 0], found.low[:, k], rtol=1e-9)


def test_the_identified_set_is_what_a_linear_program_finds():
    event, rng = np.array([-4, -3, -2, 0, 1, 2]), np.random.default_rng(3)
    target = np.array([0.2, 0.3, 0.5])
    course = np.array([0.32, 0.17, 0.07])  # bends of 0.05 and 0.03 up to the reference
    estimate = np.concatenate([course, rng.standard_normal(3)])[:, None]
    assert largest_bend(event, estimate)[0] == pytest.approx(0.05)
    low, high = identified_set(event, estimate, target, np.array([0.04, 0.05 + 1e-12, 0.3]))
    assert np.isnan(low[0, 0]) and np.isnan(high[0, 0])
    rows, fixed = bend_rows(event), np.hstack([np.eye(3), np.zeros((3, 3))])
    for i, bound in ((1, 0.05 + 1e-12), (2, 0.3)):
        ends = []
        for sign in (1, -1):
            found = optimize.linprog(
                sign * np.concatenate([np.zeros(3), target]),
                np.vstack([rows, -rows]),
                np.full(2 * len(rows), bound),
                fixed,
                course,
                bounds=(None, None),
            )
            ends.append(target @ estimate[3:, 0] - sign * found.fun)
        assert sorted(ends) == pytest.approx([low[i, 0], high[i, 0]], abs=1e-6)


def test_the_breakdown_bound_is_where_zero_enters(states):
    event, estimate, covariance = states
    found = breakdown(event, estimate, covariance, FIRST)
    assert 0.02 < found[0] < 0.03
    around = found * (1 + np.array([-1e-6, 0.0, 1e-6]))
    low = smoothness(event, estimate, covariance, FIRST, around).low[:, 0]
    assert low[0] > 0 and abs(low[1]) < 1e-9 and low[2] < 0
    event, estimate, covariance = example(columns=20)
    several = breakdown(event, estimate, covariance, np.full(4, 0.25))
    assert (several > 0).all()
    ends = smoothness(event, estimate, covariance, np.full(4, 0.25), several[None])
    np.testing.assert_allclose(np.minimum(np.abs(ends.low), np.abs(ends.high)), 0, atol=1e-9)
    nothing = breakdown(event, 0 * estimate, covariance, np.full(4, 0.25))
    assert (nothing == 0).all()


def test_columns_without_effects_or_with_a_singular_covariance_are_missing():
    event, estimate, covariance = example(columns=4)
    estimate[0, 1] = np.nan
    covariance[2] = np.outer(np.ones(9), np.ones(9))
    covariance[3, 0] = covariance[3, :, 0] = 0.0
    found = smoothness(event, estimate, covariance, np.ones(4), np.array([0.1]))
    assert np.isnan(found.low[0]).tolist() == [False, True, True, True]
    lost = breakdown(event, estimate, covariance, np.ones(4))
    assert np.isnan(lost).tolist() == [False, True, True, True]
    assert np.isnan(breakdown(event, np.nan * estimate, covariance, np.ones(4))).all()


def test_what_does_not_fit_is_refused():
    event, estimate, covariance = example()
    one = np.array([0.1])
    with pytest.raises(ValueError, match="follow each other"):
        smoothness(np.append(event[:-1], 7), estimate, covariance, np.ones(4), one)
    with pytest.raises(ValueError, match="follow each other"):
        smoothness(np.arange(9), estimate, covariance, np.ones(4), one)
    with pytest.raises(ValueError, match="weight for every effect"):
        smoothness(event, estimate, covariance, np.ones(3), one)
    with pytest.raises(ValueError, match="below zero"):
        smoothness(event, estimate, covariance, np.ones(4), -one)
    with pytest.raises(ValueError, match="level"):
        smoothness(event, estimate, covariance, np.ones(4), one, 0.4)
    with pytest.raises(ValueError, match="no effect a weight"):
        breakdown(event, estimate, covariance, np.zeros(4))
