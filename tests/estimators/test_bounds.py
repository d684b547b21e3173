"""Worst-case bounds and the interval that belongs to bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from finsam_report.estimators.bounds import imbens_manski, manski
from finsam_report.estimators.itt import itt


def arrays(*values: float) -> tuple[np.ndarray, ...]:
    return tuple(np.array([v]) for v in values)


def critical(width: float, level: float) -> float:
    low, _ = imbens_manski(*arrays(0.0, width, 1.0, 1.0), level)
    return -float(low[0])


@pytest.mark.parametrize("level", [0.90, 0.95, 0.99])
def test_the_interval_is_two_sided_for_equal_bounds_and_one_sided_for_bounds_far_apart(level):
    assert critical(0.0, level) == pytest.approx(stats.norm.ppf((1 + level) / 2), abs=1e-8)
    assert critical(50.0, level) == pytest.approx(stats.norm.ppf(level), abs=1e-8)


@pytest.mark.parametrize("width", [0.1, 0.5, 1.0, 2.0])
def test_the_critical_value_solves_the_equation_of_imbens_and_manski(width):
    c = critical(width, 0.95)
    assert stats.norm.cdf(c + width) - stats.norm.cdf(-c) == pytest.approx(0.95, abs=1e-9)


def test_the_larger_error_decides_the_width_and_each_end_uses_its_own():
    low, high = imbens_manski(*arrays(0.0, 1.0, 0.5, 2.0))
    c = critical(0.5, 0.95)
    assert low[0] == pytest.approx(-0.5 * c) and high[0] == pytest.approx(1 + 2 * c)


def test_bounds_without_error_are_their_own_interval_and_missing_ones_stay_missing():
    low, high = imbens_manski(*arrays(-1.0, 1.0, 0.0, 0.0))
    assert (low[0], high[0]) == (-1.0, 1.0)
    low, high = imbens_manski(*arrays(np.nan, 1.0, 1.0, 1.0))
    assert np.isnan([low[0], high[0]]).all()


def trial(seed: int, n: int = 240) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    block = np.repeat([0, 1], n // 2)
    support = np.concatenate([rng.permutation(n // 2) < n // 5, rng.permutation(n // 2) < n // 3])
    y = rng.integers(1, 6, (n, 3)).astype(float)
    y[rng.random((n, 3)) < 0.2] = np.nan
    return support, block, y


def test_worst_case_bounds_by_hand():
    support = np.array([True] * 4 + [False] * 4)
    y = np.array([[5.0], [4], [np.nan], [3], [1], [2], [np.nan], [np.nan]])
    found = manski(support, np.zeros(8, dtype=int), y, 1, 5)
    assert found.lower[0] == pytest.approx((5 + 4 + 1 + 3) / 4 - (1 + 2 + 5 + 5) / 4)
    assert found.upper[0] == pytest.approx((5 + 4 + 5 + 3) / 4 - (1 + 2 + 1 + 1) / 4)
    filled = np.array([5.0, 4, 1, 3]), np.array([1.0, 2, 5, 5])
    error = np.sqrt(filled[0].var(ddof=1) / 4 + filled[1].var(ddof=1) / 4)
    assert found.se_lower[0] == pytest.approx(error)


def test_the_width_is_the_scale_times_the_share_missing_in_both_arms():
    support, _, y = trial(0)
    found = manski(support, np.zeros(support.size, dtype=int), y, 1, 5)
    missing = np.isnan(y)
    width = 4 * (missing[support].mean(axis=0) + missing[~support].mean(axis=0))
    assert found.upper - found.lower == pytest.approx(width, rel=1e-12)


def test_without_missing_answers_the_bounds_are_the_effect():
    support, block, y = trial(1)
    y = np.nan_to_num(y, nan=3.0)
    found, plain = manski(support, block, y, 1, 5), itt(support, block, y)
    assert found.lower == pytest.approx(plain.estimate) and found.upper == pytest.approx(
        plain.estimate
    )
    assert found.se_upper == pytest.approx(plain.std_error)


def test_each_outcome_has_its_own_scale_and_an_answer_outside_it_is_refused():
    support, block, y = trial(2)
    one = manski(support, block, y, np.array([1.0, 1, 0]), np.array([5.0, 5, 10]))
    two = manski(support, block, y, 1, 5)
    assert one.lower[:2] == pytest.approx(two.lower[:2]) and one.lower[2] < two.lower[2]
    with pytest.raises(ValueError, match="outside the scale"):
        manski(support, block, y, 1, 4)


def test_over_repeated_trials_the_interval_covers_an_effect_at_a_bound_as_often_as_it_says():
    """The truth sits exactly at the upper bound, the hardest place to cover."""
    covered = []
    for seed in range(600):
        rng = np.random.default_rng(seed)
        support = rng.permutation(300) < 150
        y = rng.integers(1, 6, 300) + 0.0
        y[support & (y >= 4)] = 5.0
        hidden = np.where(support, y == 5, y == 1) & (rng.random(300) < 0.5)
        truth = (3 + 0.2) - 3.0  # mean of 1 2 3 5 5 minus mean of 1 to 5
        seen = np.where(hidden, np.nan, y)
        found = manski(support, np.zeros(300, dtype=int), seen[:, None], 1, 5)
        covered.append(found.ci_low[0] <= truth <= found.ci_high[0])
    assert 0.93 <= np.mean(covered) <= 0.97
