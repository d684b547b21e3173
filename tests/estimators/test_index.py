"""Summary indices against a case by hand and an independent computation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.index import (
    cronbach_alpha,
    equal_weights,
    inverse_covariance,
    standardised,
)
from finsam_report.estimators.itt import itt

nan = np.nan
# Six people, the last three in the control group, whose means are 2, 20 and 3 and whose
# standard deviations are 1, 10 and 2. The third item is better when low.
ITEMS = np.array(
    [
        [3.0, 30.0, 1.0],
        [4.0, nan, 3.0],
        [nan, nan, nan],
        [1.0, 20.0, 5.0],
        [2.0, 10.0, 1.0],
        [3.0, 30.0, 3.0],
    ]
)
SUPPORT = np.array([True, True, True, False, False, False])
DIRECTION = np.array([1, 1, -1])


def test_three_items_by_hand():
    """z of the support arm: (1, 1, 1) and (2, -, 0); the gap is filled with the arm's 1."""
    found = equal_weights(ITEMS, SUPPORT, DIRECTION)
    expected = [1.0, 1.0, nan, (-1 + 0 - 1) / 3, (0 - 1 + 1) / 3, (1 + 1 + 0) / 3]
    assert found.values.tolist() == pytest.approx(expected, nan_ok=True)
    assert found.weights.tolist() == pytest.approx([1 / 3] * 3)
    assert not found.left_out and not found.negative
    # z in the control group: (-1, 0, -1), (0, -1, 1), (1, 1, 0); sums -2, 0, 2, variance 4.
    assert found.alpha == pytest.approx(3 / 2 * (1 - 3 / 4))


def test_three_items_by_hand_weighted_by_inverse_covariance():
    """Covariances of z: 0.5 between 1 and 2, 0.5 between 1 and 3, -0.5 between 2 and 3."""
    cov = np.array([[1, 0.5, 0.5], [0.5, 1, -0.5], [0.5, -0.5, 1]])
    rank = np.linalg.matrix_rank(cov)
    assert rank == 2  # three people cannot give more
    found = inverse_covariance(ITEMS, SUPPORT, DIRECTION)
    weights = np.linalg.pinv(cov).sum(axis=1)
    weights /= weights.sum()
    assert found.weights == pytest.approx(weights)
    assert found.values[0] == pytest.approx(1.0)
    assert found.values[1] == pytest.approx((2 * weights[0] + 0 * weights[2]) / (1 - weights[1]))
    assert np.isnan(found.values[2])


def answers(seed: int, n: int = 300, k: int = 5, missing: float = 0.15):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1))
    items = common + rng.normal(size=(n, k)) * np.linspace(0.5, 2, k) + 3
    items[rng.random(items.shape) < missing] = nan
    return items, rng.random(n) < 0.6, np.where(np.arange(k) == 2, -1, 1)


def test_inverse_covariance_weights_are_those_that_pandas_and_numpy_give():
    items, support, direction = answers(1)
    frame = pd.DataFrame(items)
    control = frame[~support]
    z = (frame - control.mean()) / control.std() * direction
    weights = np.linalg.inv(z[~support].cov().to_numpy()).sum(axis=1)
    expected = (z * weights).sum(axis=1) / (z.notna() * weights).sum(axis=1)
    found = inverse_covariance(items, support, direction)
    assert found.weights == pytest.approx(weights / weights.sum(), rel=1e-10)
    known = z.notna().any(axis=1).to_numpy()
    assert found.values[known] == pytest.approx(expected[known], rel=1e-9, abs=1e-12)
    assert np.isnan(found.values[~known]).all()


def test_the_effect_on_the_equal_index_is_the_mean_of_the_effects_on_the_items():
    """So long as everybody who answers at all answers the same people's worth of items."""
    items, support, direction = answers(2)
    items[np.isnan(items).all(axis=1)] = 3.0
    found = equal_weights(items, support, direction)
    z, _ = standardised(items, support, direction)
    effects = [np.nanmean(z[support, j]) - np.nanmean(z[~support, j]) for j in range(5)]
    block = np.zeros(support.size, np.int64)
    whole = itt(support, block, found.values[:, None])
    assert whole.estimate[0] == pytest.approx(np.mean(effects), rel=1e-10)


def test_the_control_group_has_mean_zero_and_turning_an_item_changes_nothing():
    items, support, direction = answers(3, missing=0.0)
    turned = items.copy()
    turned[:, 2] = 10 - turned[:, 2]
    for index in (equal_weights, inverse_covariance):
        one = index(items, support, direction)
        other = index(turned, support, np.ones(5, np.int64))
        assert one.values[~support].mean() == pytest.approx(0, abs=1e-12)
        assert one.values == pytest.approx(other.values)


def test_items_nobody_answered_and_constant_ones_are_left_out_and_named():
    items, support, direction = answers(4)
    items[:, 1] = nan
    items[:, 3] = np.where(support, items[:, 3], 0.1)
    rest = [0, 2, 4]
    for index in (equal_weights, inverse_covariance):
        found = index(items, support, direction)
        alone = index(items[:, rest], support, direction[rest])
        assert found.left_out == (1, 3)
        assert found.weights[rest].tolist() == alone.weights.tolist()
        assert found.weights[[1, 3]].tolist() == [0, 0]
        assert np.array_equal(found.values, alone.values, equal_nan=True)
        assert found.alpha == alone.alpha
        empty = index(np.full((4, 2), nan), np.array([1, 1, 0, 0], bool), np.array([1, 1]))
        assert empty.left_out == (0, 1) and np.isnan(empty.values).all() and np.isnan(empty.alpha)


def test_an_item_that_one_arm_did_not_answer_cannot_differ_between_them():
    items, support, direction = answers(5)
    items[support, 0] = nan
    found = equal_weights(items, support, direction)
    assert found.left_out == (0,)


def test_a_copy_of_an_item_adds_no_weight():
    items, support, _ = answers(6, k=3, missing=0.0)
    one = inverse_covariance(items, support, np.ones(3, np.int64))
    copied = np.column_stack([items, items[:, 0]])
    other = inverse_covariance(copied, support, np.ones(4, np.int64))
    assert other.weights[0] + other.weights[3] == pytest.approx(one.weights[0], rel=1e-6)
    assert other.values == pytest.approx(one.values, rel=1e-6, abs=1e-9)


def test_a_negative_weight_is_flagged():
    rng = np.random.default_rng(7)
    common = rng.normal(size=400)
    items = np.column_stack(
        [
            common + rng.normal(size=400) * 0.2,
            rng.normal(size=400) * 0.2 + common * 3,
            common + rng.normal(size=400),
        ]
    )
    items[:, 1] = items[:, 0] * 2 + items[:, 2] * 2 + rng.normal(size=400) * 0.3
    found = inverse_covariance(items, rng.random(400) < 0.5, np.ones(3, np.int64))
    assert found.negative == bool((found.weights < 0).any())
    assert found.negative
    assert found.weights.sum() == pytest.approx(1)


def test_alpha_of_equal_correlations_is_the_formula_of_spearman_and_brown():
    """For items with one common correlation r: k r / (1 + (k - 1) r)."""
    r, k = 0.4, 4
    root = np.linalg.cholesky(np.full((k, k), r) + (1 - r) * np.eye(k))
    noise = np.random.default_rng(8).normal(size=(50, k))
    noise -= noise.mean(axis=0)
    white = noise @ np.linalg.inv(np.linalg.cholesky(np.cov(noise.T))).T
    assert cronbach_alpha(white @ root.T) == pytest.approx(k * r / (1 + (k - 1) * r), rel=1e-9)


def test_a_direction_must_be_up_or_down():
    with pytest.raises(ValueError, match="1 or -1"):
        standardised(ITEMS, SUPPORT, np.array([1, 0, 1]))
