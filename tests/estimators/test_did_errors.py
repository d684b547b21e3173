"""Errors from influence functions, and the degrees of freedom that belong to them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from finsam_report.estimators.did_errors import (
    as_normal,
    as_student,
    cluster_count,
    degrees_of_freedom,
    intervals,
)


def test_two_means_have_welchs_degrees_of_freedom_and_interval():
    rng = np.random.default_rng(1)
    one, two = rng.standard_normal(5), 3 * rng.standard_normal(12)
    parts = [17 / p.size * (p - p.mean()) * np.sqrt(p.size / (p.size - 1)) for p in (one, two)]
    psi = np.concatenate([parts[0], -parts[1]])[:, None]
    df = degrees_of_freedom(psi, np.arange(17), np.repeat([1, 2], [5, 12]))
    test = stats.ttest_ind(one, two, equal_var=False)
    assert df[0] == pytest.approx(test.df)
    error = np.sqrt(np.sum(psi**2)) / 17
    low, high, p = intervals(one.mean() - two.mean(), error, df)
    assert p[0] == pytest.approx(test.pvalue)
    theirs = test.confidence_interval()
    assert (low[0], high[0]) == pytest.approx((theirs.low, theirs.high))


def test_clusters_count_once_however_many_units_they_have():
    rng = np.random.default_rng(2)
    psi, start = rng.standard_normal((3, 10, 2)), np.repeat([1, 2], 5)
    one = degrees_of_freedom(psi, np.arange(10), start)
    order = rng.permutation(20)
    many = degrees_of_freedom(
        np.repeat(psi, 2, axis=1)[:, order], np.repeat(np.arange(10), 2)[order],
        np.repeat(start, 2)[order],
    )  # fmt: skip
    np.testing.assert_allclose(one, many)


def test_weights_that_differ_leave_fewer_degrees_of_freedom():
    rng = np.random.default_rng(5)
    weight = np.array([3.0, 2, 1, 1, 1, 1, 1, 1])[:, None]
    share = weight / weight.sum()
    e = rng.standard_normal((8, 400_000))
    psi = 8 * share * (e - (share * e).sum(axis=0)) / np.sqrt(1 - share)
    variance = np.sum(psi**2, axis=0) / 64
    found = degrees_of_freedom(psi[:, :1], np.arange(8), np.zeros(8), weight)
    # Two over the squared coefficient of variation.
    assert found[0] == pytest.approx(2 * variance.mean() ** 2 / variance.var(), abs=0.05)
    assert 2 < found[0] < 5
    even = degrees_of_freedom(psi[:, :1], np.arange(8), np.zeros(8), 0 * weight + 5)
    assert even[0] == pytest.approx(7)


def test_units_without_influence_add_no_degrees_of_freedom():
    psi = np.random.default_rng(3).standard_normal((9, 1))
    psi[4:] = 0
    assert 0 < degrees_of_freedom(psi, np.arange(9), np.zeros(9))[0] == pytest.approx(3)
    assert np.isnan(degrees_of_freedom(0 * psi, np.arange(9), np.zeros(9))[0])


def test_normal_and_t_statistics_translate_into_each_other():
    t, df = np.array([0.0, 1.0, -2.5, 40.0]), np.array([2.0, 5.0, 30.0, 9.0])
    z = as_normal(t, df)
    np.testing.assert_allclose(stats.norm.sf(z), stats.t.sf(np.abs(t), df), rtol=1e-9)
    np.testing.assert_allclose(as_student(z, df), np.abs(t), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(as_normal(t, np.full(4, np.inf))[:3], np.abs(t)[:3], atol=1e-12)


def test_clusters_with_somebody_seen_are_counted():
    seen = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
    np.testing.assert_array_equal(cluster_count(np.array([7, 7, -2, 3]), seen), [1, 1])
    np.testing.assert_array_equal(cluster_count(np.arange(4), seen), [2, 1])
    np.testing.assert_array_equal(cluster_count(np.arange(0), seen[:0]), [0, 0])


def test_a_level_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="level"):
        intervals(np.zeros(1), np.ones(1), np.ones(1), level=95)
