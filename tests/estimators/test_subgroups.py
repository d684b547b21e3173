"""Subgroups: the same estimator in each level, Welch's test between them, and the null."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.weightstats import ttest_ind

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import itt
from finsam_report.estimators.randomisation import randomisation_tests
from finsam_report.estimators.subgroups import (
    by_level,
    equal_effects,
    interaction_p,
    subgroup_effects,
)


def trial(seed: int, n: int = 360, levels: int = 3):
    rng = np.random.default_rng(seed)
    block = np.repeat([0, 1, 2], [n // 2, n // 3, n - n // 2 - n // 3])
    design = Assignment.from_shares(block, np.array([0.6, 0.6, 0.5]), tuple("abc"))
    group = rng.integers(0, levels, n)
    x = rng.normal(size=(n, 2)) + group[:, None]
    return design, design.draw(rng, 1)[0], group, x, rng


def summary(values: list[np.ndarray]):
    means = np.array([[v.mean()] for v in values])
    errors = np.array([[v.std(ddof=1) / np.sqrt(v.size)] for v in values])
    return means, errors, np.array([[v.size - 1.0] for v in values])


def test_each_level_is_estimated_as_if_it_were_the_whole_trial():
    design, support, group, x, rng = trial(1)
    y = rng.normal(size=(360, 2)) + x[:, [0]]
    y[rng.random(y.shape) < 0.1] = np.nan
    group = np.where(rng.random(360) < 0.05, -1, group)
    found = subgroup_effects(support, design.block, y, group, x)
    assert found.levels.tolist() == [0, 1, 2]
    for code, effects in zip(found.levels, found.effects, strict=True):
        at = group == code
        alone = itt(support[at], design.block[at], y[at], x[at])
        assert effects.estimate.tolist() == alone.estimate.tolist()
        assert effects.std_error.tolist() == alone.std_error.tolist()
        assert effects.n_support.tolist() == (~np.isnan(y[at & support])).sum(axis=0).tolist()
    assert (found.reason == "").all()


def test_a_level_equals_the_interacted_regression_in_statsmodels():
    design, support, group, x, rng = trial(2)
    y = rng.normal(size=(360, 1)) + x[:, [1]] + 0.4 * support[:, None]
    found = subgroup_effects(support, design.block, y, group, x)
    at = group == 1
    z, b = support[at].astype(float), design.block[at]
    centred = np.hstack([(b[:, None] == [1, 2]).astype(float), x[at]])
    centred = centred - centred.mean(axis=0)
    columns = np.column_stack([np.ones(z.size), z, centred, centred * z[:, None]])
    fit = sm.OLS(y[at, 0], columns).fit(cov_type="HC2", use_t=True)
    assert found.effects[1].estimate[0] == pytest.approx(fit.params[1], rel=1e-10)
    assert found.effects[1].std_error[0] == pytest.approx(fit.bse[1], rel=1e-10)
    assert found.effects[1].p_value[0] == pytest.approx(fit.pvalues[1], rel=1e-7)


@pytest.mark.parametrize("levels", [2, 3, 5])
def test_the_test_of_equality_is_welchs_as_statsmodels_gives_it(levels):
    rng = np.random.default_rng(levels)
    values = [rng.normal(scale=1 + k, size=6 + 5 * k) for k in range(levels)]
    found = equal_effects(*summary(values))
    other = anova_oneway(values, use_var="unequal", welch_correction=True)
    assert found.statistic[0] == pytest.approx(other.statistic, rel=1e-12)
    assert found.df_denominator[0] == pytest.approx(other.df[1], rel=1e-12)
    assert found.p_value[0] == pytest.approx(other.pvalue, rel=1e-10)


def test_two_levels_give_their_difference_with_welchs_interval():
    design, support, group, _, rng = trial(3, levels=2)
    y = rng.normal(size=(360, 1)) + 0.5 * support[:, None] * (group == 1)[:, None]
    found = subgroup_effects(support, design.block, y, group)
    one, two = found.effects
    gap = found.difference
    assert gap.estimate[0] == pytest.approx(two.estimate[0] - one.estimate[0])
    assert gap.std_error[0] == pytest.approx(np.hypot(one.std_error[0], two.std_error[0]))
    assert gap.p_value[0] == pytest.approx(found.equality.p_value[0], rel=1e-9)
    assert (gap.estimate[0] / gap.std_error[0]) ** 2 == pytest.approx(found.equality.statistic[0])
    assert gap.ci_low[0] < gap.estimate[0] < gap.ci_high[0]
    # With one person per "effect" the degrees of freedom are those of the unequal-variance t.
    values = [rng.normal(size=9), rng.normal(scale=3, size=14)]
    _, p, df = ttest_ind(*values, usevar="unequal")
    equality = equal_effects(*summary(values))
    assert equality.df_denominator[0] == pytest.approx(df, rel=1e-12)
    assert equality.p_value[0] == pytest.approx(p, rel=1e-10)


def test_an_arm_with_three_people_is_a_reason_and_not_an_estimate():
    design, support, group, x, rng = trial(4)
    y = rng.normal(size=(360, 2))
    y[np.flatnonzero((group == 2) & ~support)[3:], 0] = np.nan
    y[(group == 1) & support, 1] = np.nan
    found = subgroup_effects(support, design.block, y, group, x)
    assert found.reason.tolist() == [["", ""], ["", "nobody"], ["few", ""]]
    assert np.isnan(found.effects[2].estimate[0]) and np.isnan(found.effects[2].ci_low[0])
    assert found.equality.levels.tolist() == [2, 2]
    rest = subgroup_effects(support, design.block, y[:, [0]], np.where(group == 2, -1, group), x)
    assert found.equality.p_value[0] == pytest.approx(rest.equality.p_value[0], rel=1e-12)
    p = interaction_p(
        design, support, y, group, found, design.draw(np.random.default_rng(1), 99), x
    )
    assert np.isfinite(p).all()


def test_a_subgroup_that_is_the_block_and_a_covariate_constant_in_it_work():
    design, support, _, x, rng = trial(5)
    y = rng.normal(size=(360, 1)) + design.block[:, None]
    own = np.column_stack([x, design.block == 1])
    found = subgroup_effects(support, design.block, y, design.block, own)
    for code in range(3):
        at = design.block == code
        plain = itt(support[at], np.zeros(at.sum(), np.int64), y[at], x[at])
        assert found.effects[code].estimate[0] == pytest.approx(plain.estimate[0], rel=1e-10)
    drawn = design.draw(rng, 199)
    assert 0 < interaction_p(design, support, y, design.block, found, drawn, own)[0] <= 1


def test_one_level_nobody_known_and_no_spread_give_no_test():
    design, support, group, _, rng = trial(6)
    y = np.column_stack([rng.normal(size=360), np.ones(360)])
    drawn = design.draw(rng, 20)
    for codes in (np.zeros(360, np.int64), np.full(360, -1)):
        found = subgroup_effects(support, design.block, y, codes)
        assert np.isnan(found.equality.p_value).all()
        assert np.isnan(interaction_p(design, support, y, codes, found, drawn)).all()
    found = subgroup_effects(support, design.block, y, group)
    assert np.isfinite(found.equality.p_value[0]) and np.isnan(found.equality.p_value[1])
    assert np.isnan(interaction_p(design, support, y, group, found, drawn)[1])


def test_columns_by_level_give_the_randomisation_p_of_each_subgroup():
    design, support, group, _, rng = trial(7)
    y = rng.normal(size=(360, 2))
    levels = np.arange(3)
    drawn = design.draw(rng, 99)
    (together,) = randomisation_tests(design, support, by_level(y, group, levels), (None,), drawn)
    (alone,) = randomisation_tests(
        design, support, np.where((group == 2)[:, None], y, np.nan), (None,), drawn
    )
    assert together.p_value[4:].tolist() == alone.p_value.tolist()


def test_interaction_p_over_every_assignment_is_the_exact_p():
    rng = np.random.default_rng(8)
    design = Assignment(np.zeros(10, np.int64), np.array([5]), ("a",))
    every = np.zeros((252, 10), bool)
    for row, chosen in zip(every, combinations(range(10), 5), strict=True):
        row[list(chosen)] = True
    group = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    support = np.array([1, 0, 1, 0, 1, 0, 1, 0, 1, 0], bool)
    y = rng.normal(size=10) + 2 * support * group
    found = subgroup_effects(support, design.block, y[:, None], group, minimum=2)
    p = interaction_p(design, support, y[:, None], group, found, every)
    shifted = y - support * (y[support].mean() - y[~support].mean())

    def spread(z):
        effects, variances = [], []
        for code in (0, 1):
            one, zero = shifted[z & (group == code)], shifted[~z & (group == code)]
            if min(one.size, zero.size) < 2:
                return np.nan
            effects.append(one.mean() - zero.mean())
            variances.append(one.var(ddof=1) / one.size + zero.var(ddof=1) / zero.size)
        return (effects[1] - effects[0]) ** 2 / sum(variances)

    t = np.array([spread(z) for z in every])
    extreme = np.sum(t[~np.isnan(t)] >= spread(support) * (1 - 1e-9))
    assert p[0] == pytest.approx((1 + extreme) / 253, rel=1e-12)


@pytest.mark.parametrize("levels", [2, 4])
def test_equal_effects_are_rejected_as_often_as_the_test_says(levels):
    """1 500 outcomes with the same effect for all; Monte-Carlo error of the share is 0.006."""
    design, support, group, x, rng = trial(9 + levels, levels=levels)
    y = rng.normal(size=(360, 1500)) * (1 + group)[:, None] + x[:, [0]] + 0.8 * support[:, None]
    found = subgroup_effects(support, design.block, y, group, x)
    assert 0.035 <= np.mean(found.equality.p_value <= 0.05) <= 0.065
    drawn = design.draw(rng, 399)
    few = subgroup_effects(support, design.block, y[:, :600], group, x)
    p = interaction_p(design, support, y[:, :600], group, few, drawn, x)
    assert 0.025 <= np.mean(p <= 0.05) <= 0.075


def test_effects_that_differ_are_found():
    design, support, group, x, rng = trial(15, n=1200)
    y = rng.normal(size=(1200, 20)) + 0.8 * (support * (group == 2))[:, None]
    found = subgroup_effects(support, design.block, y, group, x)
    drawn = design.draw(rng, 199)
    assert np.mean(found.equality.p_value <= 0.05) > 0.9
    assert np.mean(interaction_p(design, support, y, group, found, drawn, x) <= 0.05) > 0.9
