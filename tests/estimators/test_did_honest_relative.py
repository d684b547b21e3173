"""Relative magnitudes: published numbers, the linear program they rest on, and error rates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from estimators.medicaid import medicaid
from finsam_report.estimators import did_moments
from finsam_report.estimators.did_honest import joint_covariance
from finsam_report.estimators.did_honest_relative import relative_breakdown, relative_magnitudes
from finsam_report.estimators.did_twfe import event_study

FIRST = np.array([1.0, 0.0])


@pytest.fixture(scope="module")
def states():
    study = event_study(medicaid())
    return study.event, study.fit.estimate, joint_covariance(study.fit.scores)


def example(before=3, after=3, columns=1, seed=1):
    rng = np.random.default_rng(seed)
    event = np.concatenate([np.arange(-before - 1, -1), np.arange(after)])
    root = rng.standard_normal((event.size, event.size + 4)).cumsum(axis=0) / 10
    covariance = root @ root.T
    estimate = rng.multivariate_normal(np.zeros(event.size), covariance, size=columns).T
    return event, estimate, np.broadcast_to(covariance, (columns, event.size, event.size))


def test_medicaid_as_published(states):
    event, estimate, covariance = states
    bound = np.array([0.5, 1.0])
    found = relative_magnitudes(event, estimate, covariance, FIRST, bound)
    published = [[0.0241, 0.0673], [0.0171, 0.0720]]
    largest = np.abs(np.diff(np.append(estimate[:5, 0], 0.0))).max()
    for b in range(2):
        # Published ends are those of a thousand points, the first and the last not rejected.
        half = bound[b] * largest + 20 * np.sqrt(covariance[0, 5, 5])
        grid = estimate[5, 0] + half * np.linspace(-1, 1, 1000)
        kept = grid[(grid >= found.low[b, 0]) & (grid <= found.high[b, 0])]
        assert [round(kept[0], 4), round(kept[-1], 4)] == published[b]


@pytest.mark.parametrize("target", [[1.0, 0.0, 0.0], [0.2, 0.3, 0.5], [0.0, 1.0, -0.4]])
def test_the_vertices_solve_the_linear_program(target):
    event, estimate, covariance = example()
    target, bound = np.array(target), 0.7
    parts = did_moments.pieces(event, estimate, covariance, target)
    tests = did_moments.program(parts, np.array([bound]), 0.05)
    path = np.zeros((6, 7))  # changes from each year to the next, the reference in the middle
    path[np.arange(6), np.arange(6)], path[np.arange(6), np.arange(1, 7)] = -1.0, 1.0
    change = np.delete(path, 3, axis=1)
    for s in range(6):
        pre = change[s % 3] * (1 if s < 3 else -1)
        rows = np.vstack([change[3:] - bound * pre, -change[3:] - bound * pre])
        size = np.sqrt(np.einsum("ij,jk,ik->i", rows, covariance[0], rows))
        for theta in (-0.8, 0.0, 0.4):
            found = optimize.linprog(
                np.array([1.0, 0.0, 0.0, 0.0]),
                np.hstack([-size[:, None], -rows[:, 3:]]),
                -(rows @ estimate[:, 0]),
                np.concatenate([[0.0], target])[None],
                [theta],
                bounds=(None, None),
            )
            own = tests.slope[0, s] * (parts.centre[0, 0] - theta)
            own = own + tests.tilt[0, s] * parts.change[0, s]
            assert own.max() == pytest.approx(found.fun, abs=1e-8)


def test_the_first_step_errs_as_often_as_it_may():
    event, estimate, covariance = example()
    target = np.array([0.2, 0.3, 0.5])
    parts = did_moments.pieces(event, estimate, covariance, target)
    for bound in (0.05, 0.7, 3.0):
        tests = did_moments.program(parts, np.array([bound]), 0.5)
        rng = np.random.default_rng(1)
        for s in range(6):
            total, own, mixed = (part[0, s] for part in parts.moments)
            draws = rng.multivariate_normal([0, 0], [[total, mixed], [mixed, own]], 200_000)
            largest = (draws[:, :1] * tests.slope[0, s] + draws[:, 1:] * tests.tilt[0, s]).max(1)
            share = np.mean(largest > tests.cutoff[0, s])
            assert share == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 200_000))


def test_a_change_that_is_known_to_be_the_largest_gives_a_test_of_the_stated_size():
    event, _, covariance = example()
    target, bound = np.array([0.2, 0.3, 0.5]), 0.8
    rng = np.random.default_rng(2)
    # One change before; afterwards the course rises by as much as it may: high is the worst.
    course = np.array([-3.0, -2.0, -1.0, 0.8, 1.6, 2.4])
    estimate = rng.multivariate_normal(course, covariance[0], 4000).T
    every = np.broadcast_to(covariance[0], (4000, 6, 6))
    parts = did_moments.pieces(event, estimate, every, target)
    tests = did_moments.program(parts, np.full(4000, bound), 0.05)
    kept = did_moments.kept(tests, parts, np.zeros((4000, 6, 1)), 0.05)[:, :, 0]
    rejected = 1 - kept[:, :3].mean(axis=0)
    assert (np.abs(rejected - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 4000)).all()


@pytest.mark.parametrize("scale", [0.0, 0.3, 3.0])
def test_intervals_hold_the_truth_at_least_as_often_as_they_say(scale):
    event, _, covariance = example()
    rng = np.random.default_rng(3)
    course = scale * np.array([0.2, 1.0, -0.5, 1.2, 2.4, 3.6])  # changes of 1.2 after 1.5 before
    estimate = rng.multivariate_normal(course, covariance[0], 600).T
    every = np.broadcast_to(covariance[0], (600, 6, 6))
    found = relative_magnitudes(event, estimate, every, np.full(3, 1 / 3), np.array([0.8]))
    held = np.mean((found.low[0] <= 0) & (found.high[0] >= 0))
    assert held > 0.95 - 3 * np.sqrt(0.05 * 0.95 / 600)


def test_the_ends_are_where_the_test_changes_its_mind(states):
    event, estimate, covariance = states
    target, one = np.array([0.5, 0.5]), np.array([1.0])
    found = relative_magnitudes(event, estimate, covariance, target, one)
    parts = did_moments.pieces(event, estimate, covariance, target)
    tests = did_moments.program(parts, one, 0.05)

    def holds(theta):
        grid = np.full((*parts.change.shape, 1), theta)
        return bool(did_moments.kept(tests, parts, grid, 0.05).any())

    low, high = found.low[0, 0], found.high[0, 0]
    assert [holds(low + d) for d in (-1e-7, 1e-7)] == [False, True]
    assert [holds(high + d) for d in (-1e-7, 1e-7)] == [True, False]


def test_wider_bounds_give_longer_intervals_and_units_and_signs_do_not_matter():
    event, estimate, covariance = example(columns=5)
    target, bound = np.array([0.0, 0.5, 0.5]), np.array([0.1, 0.5, 1.0, 2.0])
    found = relative_magnitudes(event, estimate, covariance, target, bound)
    assert (np.diff(found.low, axis=0) < 0).all() and (np.diff(found.high, axis=0) > 0).all()
    scaled = relative_magnitudes(event, 100 * estimate, 1e4 * covariance, target, bound)
    np.testing.assert_allclose(scaled.low, 100 * found.low, rtol=1e-7, atol=1e-6)
    turned = relative_magnitudes(event, -estimate, covariance, target, bound)
    np.testing.assert_allclose(turned.low, -found.high, rtol=1e-7, atol=1e-8)
    alone = relative_magnitudes(event, estimate[:, [2]], covariance[[2]], target, bound)
    np.testing.assert_allclose(alone.high[:, 0], found.high[:, 2], rtol=1e-9)


def test_the_breakdown_bound_is_where_zero_enters(states):
    event, estimate, covariance = states
    found = relative_breakdown(event, estimate, covariance, FIRST)
    around = found * np.array([1 - 1e-4, 1 + 1e-4])
    low = relative_magnitudes(event, estimate, covariance, FIRST, around).low[:, 0]
    # The published interval holds zero at two, and not at one and a half.
    assert 1.5 < found[0] < 2.0 and low[0] > 0 > low[1]
    assert relative_breakdown(event, 0 * estimate + 1e-9, covariance, FIRST)[0] == 0


def test_what_is_missing_stays_missing_and_what_does_not_fit_is_refused():
    event, estimate, covariance = example(columns=3)
    estimate[0, 1] = np.nan
    target, one = np.ones(3), np.array([1.0])
    found = relative_magnitudes(event, estimate, covariance, target, one)
    assert np.isnan(found.low[0]).tolist() == [False, True, False]
    lost = relative_breakdown(event, estimate, covariance, target)
    assert np.isnan(lost).tolist() == [False, True, False]
    nothing = relative_magnitudes(event, np.nan * estimate, covariance, target, one)
    assert np.isnan(nothing.high).all()
    assert np.isnan(relative_breakdown(event, np.nan * estimate, covariance, target)).all()
    with pytest.raises(ValueError, match="above zero"):
        relative_magnitudes(event, estimate, covariance, target, 0 * one)
    with pytest.raises(ValueError, match="no effect a weight"):
        relative_magnitudes(event, estimate, covariance, 0 * target, one)
    with pytest.raises(ValueError, match="level"):
        relative_breakdown(event, estimate, covariance, target, 1.2)
    with pytest.raises(ValueError, match="weight for every effect"):
        relative_breakdown(event, estimate, covariance, np.ones(2))
