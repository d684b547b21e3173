"""Quantile effects against numpy's quantiles, with many zeros, and their coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import mstats, norm

from finsam_report.estimators.amounts import distribution_effects, winsorised
from finsam_report.estimators.itt import itt
from finsam_report.estimators.quantiles import (
    _drawn_counts,
    inverted_quantile_effects,
    quantile_effects,
    weighted_quantiles,
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


def arm_truth(none, lift):
    """Quantiles of one arm of :func:`incomes`, from the distribution itself."""

    def share(y, q):
        log = (np.log(y / lift) - 2 - 0.2 * np.arange(3)) / 0.6
        return np.mean(none + (1 - none) * norm.cdf(log)) - q

    return np.array([brentq(share, 1e-9, 1e6, args=(q,)) if q > none else 0.0 for q in QUANTILES])


def spread_of(n, draws, seed):
    """Errors and interval widths by the bootstrap and by inversion, from the same data."""
    data = incomes(np.random.default_rng(seed), n=n)
    rng = np.random.default_rng(0)
    return quantile_effects(*data, QUANTILES, rng, draws), inverted_quantile_effects(
        *data, QUANTILES
    )


def test_without_draws_estimates_are_the_same_and_intervals_those_of_a_large_bootstrap():
    drawn, inverted = spread_of(30_000, 2_000, 20)
    for name in ("estimate", "support", "control", "zero", "n_support", "n_control", "left_out"):
        assert np.array_equal(getattr(drawn, name), getattr(inverted, name))
    # Monte-Carlo error of the bootstrap's error is about 1.6 per cent, of its ends about 3.
    assert inverted.std_error == pytest.approx(drawn.std_error, rel=0.06, nan_ok=True)
    for end in ("ci_low", "ci_high"):
        gap = getattr(inverted, end) - getattr(drawn, end)
        assert np.all(np.abs(gap[2:]) < 0.2 * drawn.std_error[2:])
    assert inverted.draws == 0


def test_in_one_block_each_arm_has_the_interval_of_order_statistics():
    """With the other arm fixed, the interval is that of the ranks n (q -+ 1.96 s)."""
    rng = np.random.default_rng(21)
    y = np.concatenate([rng.normal(size=4001), np.full(4001, 1.0)])
    support = np.arange(y.size) < 4001
    found = inverted_quantile_effects(support, np.zeros(y.size, int), y, QUANTILES)
    ordered = np.sort(y[:4001])
    for q, low, high in zip(QUANTILES, found.ci_low, found.ci_high, strict=True):
        half = norm.ppf(0.975) * np.sqrt(q * (1 - q) / 4000)
        rank = np.searchsorted(ordered, [low + 1, high + 1]) / 4001
        # The 500 points of the normal distribution settle the ends to a few thousandths of it.
        assert rank == pytest.approx([q - half, q + half], abs=0.02 * half + 1 / 4001)


def test_over_repeated_trials_intervals_without_draws_cover_and_errors_are_the_spread():
    """600 trials; Monte-Carlo error of the share is about 0.009."""
    truth = arm_truth(0.4, 1.2) - arm_truth(0.5, 1.0)
    at = [3, 4]
    rng = np.random.default_rng(22)
    found = [inverted_quantile_effects(*incomes(rng, n=3000), QUANTILES[at]) for _ in range(600)]
    covered = np.mean([(f.ci_low <= truth[at]) & (truth[at] <= f.ci_high) for f in found], axis=0)
    assert np.all((covered > 0.925) & (covered < 0.98))
    spread = np.std([f.estimate for f in found], axis=0)
    assert np.mean([f.std_error for f in found], axis=0) == pytest.approx(spread, rel=0.1)


def test_near_the_edge_of_many_zeros_the_interval_without_draws_still_covers():
    """A median just above the zeros of the control arm: 46 per cent of 3,000 have none."""
    truth = (arm_truth(0.4, 1.2) - arm_truth(0.46, 1.0))[2]
    rng = np.random.default_rng(23)
    found = [
        inverted_quantile_effects(*incomes(rng, n=3000, none=(0.46, 0.4)), QUANTILES[2:3])
        for _ in range(600)
    ]
    covered = np.mean([f.ci_low[0] <= truth <= f.ci_high[0] for f in found])
    assert 0.925 < covered < 0.98


def test_without_an_effect_few_p_values_without_draws_are_small():
    rng = np.random.default_rng(24)
    found = [
        inverted_quantile_effects(*incomes(rng, lift=1.0, none=(0.4, 0.4)), QUANTILES[3:4])
        for _ in range(600)
    ]
    small = np.array([f.p_value[0] for f in found]) < 0.05
    assert 0.025 < small.mean() < 0.075
    excluded = np.array([f.ci_low[0] > 0 or f.ci_high[0] < 0 for f in found])
    assert (small == excluded).mean() > 0.98


def test_blocks_that_differ_make_the_quantile_without_draws_more_certain():
    """Within blocks nearly all lie on one side of the median: its variance is far below q(1-q)."""
    rng = np.random.default_rng(25)
    block = np.repeat(np.arange(2), 3000)
    support = np.concatenate([rng.permutation(3000) < 1500 for _ in range(2)])
    y = rng.normal(size=6000) + 3.0 * block
    median = QUANTILES[2:3]
    found = inverted_quantile_effects(support, block, y, median)
    pooled = inverted_quantile_effects(support, 0 * block, y, median)
    drawn = quantile_effects(support, block, y, median, rng, 1_000)
    assert found.std_error[0] < 0.7 * pooled.std_error[0]
    assert found.std_error[0] == pytest.approx(drawn.std_error[0], rel=0.1)


def test_zeros_and_amounts_fixed_by_law_have_no_interval_without_draws_either():
    support, block, y = incomes(np.random.default_rng(26), n=3000)
    found = inverted_quantile_effects(support, block, y, QUANTILES)
    assert found.zero.tolist() == [True, True, False, False, False]
    assert found.estimate[:2].tolist() == [0.0, 0.0]
    for name in ("std_error", "ci_low", "ci_high", "p_value"):
        assert np.isnan(getattr(found, name)).tolist() == found.zero.tolist()
    fixed = np.where(support, 7000.0, 6000.0)
    found = inverted_quantile_effects(support, block, fixed, QUANTILES)
    assert (found.estimate == 1000.0).all() and not found.zero.any()
    assert np.isnan(found.std_error).all() and np.isnan(found.p_value).all()


def test_too_few_people_for_an_interval_give_none_without_draws():
    y = np.arange(40.0)
    support = np.arange(40) % 2 == 0
    found = inverted_quantile_effects(support, np.zeros(40, int), y, QUANTILES)
    assert np.isnan(found.ci_low).tolist() == [True, False, False, False, True]
    assert np.isfinite(found.estimate).all()
    nobody = inverted_quantile_effects(support[:3], np.arange(3), y[:3], QUANTILES)
    assert np.isnan(nobody.estimate).all() and np.isnan(nobody.ci_low).all()
    assert (nobody.n_support, nobody.n_control, nobody.left_out) == (0, 0, 3)


def test_a_wider_level_gives_a_wider_interval_without_draws():
    data = incomes(np.random.default_rng(27), n=3000)
    ends = [inverted_quantile_effects(*data, QUANTILES[3:], level=v) for v in (0.8, 0.95)]
    assert (ends[1].ci_low < ends[0].ci_low).all() and (ends[1].ci_high > ends[0].ci_high).all()


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
    with pytest.raises(ValueError, match="between 0 and 1"):
        inverted_quantile_effects(support, block, y, np.array([1.0]))
    with pytest.raises(ValueError, match="from 0 to below 1"):
        winsorised(y, 1.0)
