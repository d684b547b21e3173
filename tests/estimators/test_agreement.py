"""Coders' agreement and paired gaps against statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa

from finsam_report.estimators.agreement import cohen_kappa, paired_gap, theme_agreement

nan = np.nan


def coders(seed: int, n: int = 80, k: int = 4):
    rng = np.random.default_rng(seed)
    first = (rng.random((n, k)) < np.linspace(0.15, 0.7, k)).astype(float)
    second = np.where(rng.random((n, k)) < 0.12, 1 - first, first)
    return first, second, rng


def table(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.array([[np.sum((first == i) & (second == j)) for j in (0, 1)] for i in (0, 1)])


@pytest.mark.parametrize("seed", range(3))
def test_kappa_error_and_interval_are_those_of_statsmodels(seed):
    first, second, _ = coders(seed)
    themes, pooled = theme_agreement(first, second)
    pairs = [*zip(first.T, second.T, strict=True), (first.ravel(), second.ravel())]
    for found, (one, two) in zip([*themes, pooled], pairs, strict=True):
        other = cohens_kappa(table(one, two))
        assert found.kappa == pytest.approx(other.kappa, rel=1e-12)
        assert found.std_error == pytest.approx(other.std_kappa, rel=1e-12)
        assert found.ci_low == pytest.approx(other.kappa_low, rel=1e-9)
        assert found.ci_high == pytest.approx(min(other.kappa_upp, 1), rel=1e-9)
        assert found.agreement == pytest.approx(np.mean(one == two))
        assert found.undefined == ""


def test_coders_with_different_leanings_give_statsmodels_error_too():
    """Unequal margins tell rows from columns."""
    one = np.repeat([1.0, 1, 0, 0], [40, 5, 30, 25])
    two = np.repeat([1.0, 0, 1, 0], [40, 5, 30, 25])
    other = cohens_kappa(table(one, two))
    for found in (cohen_kappa(one, two), cohen_kappa(two, one)):
        assert found.std_error == pytest.approx(other.std_kappa, rel=1e-12)


def test_the_interval_covers_the_kappa_of_the_population():
    """1 500 samples of 150 texts; Monte-Carlo error of the share is 0.006."""
    rng = np.random.default_rng(4)
    cells = np.array([0.5, 0.06, 0.1, 0.34])
    chance = (0.56 * 0.6) + (0.44 * 0.4)
    truth = (0.84 - chance) / (1 - chance)
    inside = []
    for _ in range(1500):
        code = rng.choice(4, size=150, p=cells)
        found = cohen_kappa((code >= 2).astype(float), (code % 2).astype(float))
        inside.append(found.ci_low <= truth <= found.ci_high)
    assert 0.93 <= np.mean(inside) <= 0.97


def test_coders_who_always_agree_on_one_value_have_no_kappa_and_a_reason():
    found = cohen_kappa(np.ones(7), np.ones(7))
    assert np.isnan([found.kappa, found.std_error, found.ci_low]).all()
    assert (found.agreement, found.n, found.undefined) == (1.0, 7, "one value")


def test_complete_agreement_is_one_and_opposite_coding_is_below_zero():
    codes = np.array([0.0, 1, 1, 0, 1])
    assert cohen_kappa(codes, codes).kappa == pytest.approx(1)
    assert cohen_kappa(codes, 1 - codes).kappa < 0
    # One coder who never says yes agrees no more than chance would have it.
    assert cohen_kappa(codes, np.zeros(5)).kappa == pytest.approx(0)


def test_texts_that_one_coder_skipped_do_not_count():
    first, second, _ = coders(5)
    gaps = first.copy()
    gaps[10:20] = nan
    left = np.r_[0:10, 20:80]
    assert theme_agreement(gaps, second) == theme_agreement(first[left], second[left])
    assert cohen_kappa(np.array([nan, 1.0]), np.array([0.0, nan])).undefined == "nobody"


def test_codes_must_be_yes_or_no():
    with pytest.raises(ValueError, match="0 or 1"):
        cohen_kappa(np.array([0.0, 2.0]), np.array([0.0, 1.0]))


def test_the_paired_gap_is_the_paired_t_test_of_scipy():
    rng = np.random.default_rng(6)
    staff, own = rng.integers(1, 6, (60, 5)).astype(float), rng.integers(1, 6, (60, 5)) * 1.0
    staff[rng.random(staff.shape) < 0.2] = nan
    own[rng.random(own.shape) < 0.2] = nan
    found = paired_gap(staff, own)
    for j in range(5):
        both = ~np.isnan(staff[:, j] + own[:, j])
        test = stats.ttest_rel(staff[both, j], own[both, j])
        ends = test.confidence_interval(0.95)
        assert found.n[j] == both.sum()
        assert found.estimate[j] == pytest.approx((staff - own)[both, j].mean(), rel=1e-12)
        assert [found.ci_low[j], found.ci_high[j]] == pytest.approx([ends.low, ends.high])
        assert found.p_value[j] == pytest.approx(test.pvalue, rel=1e-10)
        assert found.mean_first[j] - found.mean_second[j] == pytest.approx(found.estimate[j])


def test_no_pair_one_pair_and_equal_gaps_give_no_test():
    first = np.array([[nan, 3.0, 4.0], [2.0, nan, 5.0], [nan, nan, 2.0]])
    second = np.array([[1.0, 1.0, 3.0], [nan, 2.0, 4.0], [nan, nan, 1.0]])
    found = paired_gap(first, second)
    assert found.n.tolist() == [0, 1, 3]
    assert np.isnan(found.estimate[0]) and found.estimate[1:].tolist() == [2.0, 1.0]
    assert np.isnan(found.std_error[:2]).all() and found.std_error[2] == 0
    assert np.isnan(found.p_value).all()
