"""Quantile effects against numpy's quantiles, with many zeros, and their coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mstats

from finsam_report.estimators.itt import itt
from finsam_report.estimators.quantiles import (
    _drawn_counts,
    distribution_effects,
    quantile_effects,
    weighted_quantiles,
    winsorised,
)

QUANTILES = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def incomes(rng, n=600, lift=1.2, none=(0.5, 0.4)):
    """Incomes of which half are zero, in three draws with unequal shares of support."""
    block = np.repeat(np.arange(3), n // 3)
    shares = (0.3, 0.5, 0.7)
    support = np.concatenate([rng.permutation(n // 3) < s * n // 3 for s in shares])
    amount = np.exp(rng.normal(2 + 0.2 * block, 0.6)) * np.where(support, lift, 1.0)
    zero = rng.random(n) < np.where(support, none[1], none[0])
    return support, block, np.where(zero, 0.0, amount)


def test_in_one_block_quantiles_are_numpys():
    support, block, y = incomes(np.random.default_rng(1))
    found = quantile_effects(support, 0 * block, y, QUANTILES, np.random.default_rng(0), 10)
    for own, arm in ((found.support, support), (found.control, ~support)):
        assert own.tolist() == np.quantile(y[arm], QUANTILES, method="inverted_cdf").tolist()
    assert found.estimate.tolist() == (found.support - found.control).tolist()
    assert (found.n_support, found.n_control) == (support.sum(), (~support).sum())


def test_in_several_blocks_quantiles_are_numpys_with_block_weights():
    support, block, y = incomes(np.random.default_rng(2))
    found = quantile_effects(support, block, y, QUANTILES, np.random.default_rng(0), 10)
    for own, arm in ((found.support, support), (found.control, ~support)):
        weight = (np.bincount(block) / np.bincount(block[arm]))[block[arm]]
        other = np.quantile(y[arm], QUANTILES, weights=weight, method="inverted_cdf")
        assert own.tolist() == other.tolist()


def test_a_quantile_that_the_weights_reach_exactly_is_not_missed_by_rounding():
    values = np.arange(1.0, 11.0)
    found = weighted_quantiles(values, np.full((1, 10), 0.1), np.array([0.1, 0.3, 0.7, 0.9]))
    assert found[0].tolist() == [1, 3, 7, 9]


def test_where_both_quantiles_are_zero_there_is_an_effect_of_zero_and_no_interval():
    support, block, y = incomes(np.random.default_rng(3))
    found = quantile_effects(support, block, y, QUANTILES, np.random.default_rng(0), 200)
    assert found.zero.tolist() == [True, True, False, False, False]
    assert found.estimate[:2].tolist() == [0.0, 0.0]
    assert np.isnan([found.std_error[:2], found.ci_low[:2], found.p_value[:2]]).all()
    assert np.isfinite([found.std_error[2:], found.ci_low[2:], found.p_value[2:]]).all()


def test_an_amount_fixed_by_law_has_no_interval_either():
    support, block, _ = incomes(np.random.default_rng(4))
    y = np.where(support, 7000.0, 6000.0)
    found = quantile_effects(support, block, y, QUANTILES, np.random.default_rng(0), 50)
    assert (found.estimate == 1000.0).all() and not found.zero.any()
    assert np.isnan(found.std_error).all()


def test_the_same_seed_gives_the_same_interval_and_missing_amounts_are_left_out():
    support, block, y = incomes(np.random.default_rng(5))
    gaps = np.where(np.arange(y.size) % 10 == 0, np.nan, y)
    one, two = (
        quantile_effects(support, block, gaps, QUANTILES, np.random.default_rng(8), 100)
        for _ in range(2)
    )
    kept = ~np.isnan(gaps)
    other = quantile_effects(
        support[kept], block[kept], y[kept], QUANTILES, np.random.default_rng(8), 100
    )
    for a in (two, other):
        assert np.array_equal(one.ci_low, a.ci_low, equal_nan=True)
    assert one.n_support + one.n_control == kept.sum() and one.left_out == 0


def test_a_draw_without_two_people_in_each_arm_is_left_out():
    support, block, y = incomes(np.random.default_rng(6))
    more = np.append(support, [True, False]), np.append(block, [7, 7]), np.append(y, [9e9, 0])
    found = quantile_effects(*more, QUANTILES, np.random.default_rng(0), 20)
    plain = quantile_effects(support, block, y, QUANTILES, np.random.default_rng(0), 20)
    assert found.estimate.tolist() == plain.estimate.tolist() and found.left_out == 2
    nobody = quantile_effects(*(x[-2:] for x in more), QUANTILES, np.random.default_rng(0), 20)
    assert np.isnan(nobody.estimate).all() and np.isnan(nobody.ci_low).all()


def test_the_bootstrap_of_a_mean_has_its_unbiased_variance_also_in_small_cells():
    rng = np.random.default_rng(7)
    cell = np.array([0, 1, 0, 1, 1, 0, 0, 2, 2])
    y = rng.normal(size=9)
    counts = _drawn_counts(cell, rng, 40_000)
    for c in range(3):
        own = cell == c
        assert counts[:, own].sum(axis=1) == pytest.approx(own.sum())
        means = counts[:, own] @ y[own] / own.sum()
        assert means.var() == pytest.approx(y[own].var(ddof=1) / own.sum(), rel=0.04)


def test_over_repeated_trials_the_interval_covers_and_the_error_is_the_spread():
    """400 trials; Monte-Carlo error of the share is about 0.011."""
    big = incomes(np.random.default_rng(10), n=1_200_000)
    weights = [(np.bincount(big[1]) / np.bincount(big[1][a]))[big[1][a]] for a in (big[0], ~big[0])]
    truth = np.subtract(*(
        np.quantile(big[2][a], QUANTILES[3:], weights=w, method="inverted_cdf")
        for a, w in zip((big[0], ~big[0]), weights, strict=True)
    ))  # fmt: skip
    rng = np.random.default_rng(11)
    found = [quantile_effects(*incomes(rng), QUANTILES[3:], rng, draws=300) for _ in range(400)]
    covered = np.mean([(f.ci_low <= truth) & (truth <= f.ci_high) for f in found], axis=0)
    assert np.all((covered > 0.925) & (covered < 0.98))
    spread = np.std([f.estimate for f in found], axis=0)
    assert np.mean([f.std_error for f in found], axis=0) == pytest.approx(spread, rel=0.12)


def test_without_an_effect_few_p_values_are_small():
    rng = np.random.default_rng(12)
    p = [
        quantile_effects(
            *incomes(rng, lift=1.0, none=(0.5, 0.5)), QUANTILES[3:4], rng, draws=200
        ).p_value[0]
        for _ in range(400)
    ]
    assert 0.02 < np.mean(np.array(p) < 0.05) < 0.075


def test_effects_at_thresholds_are_effects_on_indicators():
    support, block, y = incomes(np.random.default_rng(13))
    y[:5] = np.nan
    found = distribution_effects(support, block, y, np.array([0.0, 5.0, 20.0]))
    seen = ~np.isnan(y)
    other = itt(support[seen], block[seen], (y[seen] > 5.0).astype(float)[:, None])
    assert found.estimate[1] == pytest.approx(other.estimate[0])
    assert found.std_error[1] == pytest.approx(other.std_error[0])
    assert found.n_support[0] + found.n_control[0] == seen.sum()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.05, 0.1, 0.333])
def test_winsorised_amounts_are_scipys(share):
    y = incomes(np.random.default_rng(14))[2]
    assert winsorised(y, share).tolist() == mstats.winsorize(y, (0, share)).tolist()


def test_each_column_is_winsorised_among_the_people_who_have_it():
    y = np.column_stack([np.arange(10.0), np.full(10, np.nan), np.arange(10.0) % 5])
    y[5:, 2] = np.nan
    found = winsorised(y, 0.2)
    assert found[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 7, 7]
    assert np.isnan(found[:, 1]).all()
    assert found[:5, 2].tolist() == [0, 1, 2, 3, 3] and np.isnan(found[5:, 2]).all()
    assert winsorised(np.zeros((0, 2)), 0.1).shape == (0, 2)


def test_impossible_requests_are_refused():
    support, block, y = incomes(np.random.default_rng(15))
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile_effects(support, block, y, np.array([0.0]), np.random.default_rng(0))
    with pytest.raises(ValueError, match="from 0 to below 1"):
        winsorised(y, 1.0)
