"""Intention to treat: published numbers, independent software, and a known truth."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import itt, usable_covariates
from finsam_report.estimators.ols import coefficient, independent_columns


def people(seed: int, n: int = 400, blocks: int = 5, p: int = 3):
    rng = np.random.default_rng(seed)
    block = np.sort(rng.integers(0, blocks, n))
    labels = tuple(f"b{b}" for b in range(blocks))
    shares = rng.uniform(0.3, 0.7, blocks)
    design = Assignment.from_shares(block, shares, labels)
    support = design.draw(rng, 1)[0]
    x = rng.normal(size=(n, p)) + block[:, None] * 0.3
    y0 = x @ rng.normal(size=p) + block + rng.standard_t(4, n)
    effect = 1.0 + 0.5 * x[:, 0]
    return design, support, x, y0 + support * effect, effect.mean()


def neyman(support, block, y):
    estimate = variance = 0.0
    for b in np.unique(block):
        one, zero = y[(block == b) & support], y[(block == b) & ~support]
        share = (one.size + zero.size) / y.size
        estimate += share * (one.mean() - zero.mean())
        variance += share**2 * (one.var(ddof=1) / one.size + zero.var(ddof=1) / zero.size)
    return estimate, np.sqrt(variance)


def lin_by_statsmodels(support, block, x, y, cov="HC2"):
    dummies = (block[:, None] == np.unique(block)[None, 1:]).astype(float)
    centred = np.hstack([dummies, x]) - np.hstack([dummies, x]).mean(axis=0)
    z = support.astype(float)
    design = np.column_stack([np.ones(z.size), z, centred, centred * z[:, None]])
    fit = sm.OLS(y, design).fit(cov_type=cov, use_t=True)
    return fit.params[1], fit.bse[1], fit.df_resid, fit.conf_int()[1], fit.pvalues[1]


def test_nsw_gives_the_published_difference_and_its_hc2_error():
    nsw = pytest.importorskip("causaldata").nsw_mixtape.load_pandas().data
    found = itt(
        (nsw["treat"] == 1).to_numpy(), np.zeros(len(nsw), np.int64), nsw[["re78"]].to_numpy(float)
    )
    assert round(found.estimate[0], 2) == 1794.34
    assert round(found.std_error[0], 2) == 671.00
    assert (found.n_support[0], found.n_control[0]) == (185, 260)


@pytest.mark.parametrize("seed", range(4))
def test_the_unadjusted_estimate_is_neymans_with_neymans_variance(seed):
    design, support, _, y, _ = people(seed)
    found = itt(support, design.block, y[:, None])
    estimate, error = neyman(support, design.block, y)
    assert found.estimate[0] == pytest.approx(estimate, rel=1e-12)
    assert found.std_error[0] == pytest.approx(error, rel=1e-12)
    assert found.mean_support[0] - found.mean_control[0] == pytest.approx(estimate, rel=1e-11)


@pytest.mark.parametrize("seed", range(4))
def test_lin_adjustment_equals_the_interacted_regression_in_statsmodels(seed):
    design, support, x, y, _ = people(seed)
    found = itt(support, design.block, y[:, None], x)
    estimate, error, df, interval, p = lin_by_statsmodels(support, design.block, x, y)
    assert found.estimate[0] == pytest.approx(estimate, rel=1e-10)
    assert found.std_error[0] == pytest.approx(error, rel=1e-10)
    assert found.df[0] == df
    assert [found.ci_low[0], found.ci_high[0]] == pytest.approx(list(interval), rel=1e-9)
    assert found.p_value[0] == pytest.approx(p, rel=1e-7)


def test_many_outcomes_with_gaps_give_the_same_as_one_at_a_time():
    design, support, x, y, _ = people(7)
    rng = np.random.default_rng(1)
    outcomes = np.column_stack([y + rng.normal(size=y.size) for _ in range(6)])
    outcomes[rng.random(outcomes.shape) < 0.1] = np.nan
    outcomes[:, 5] = outcomes[:, 4] * 2
    together = itt(support, design.block, outcomes, x)
    for j in range(6):
        alone = itt(support, design.block, outcomes[:, [j]], x)
        seen = ~np.isnan(outcomes[:, j])
        estimate, error, *_ = lin_by_statsmodels(
            support[seen], design.block[seen], x[seen], outcomes[seen, j]
        )
        assert together.estimate[j] == pytest.approx(alone.estimate[0], rel=1e-12)
        assert together.estimate[j] == pytest.approx(estimate, rel=1e-10)
        assert together.std_error[j] == pytest.approx(error, rel=1e-10)
        assert together.n_support[j] + together.n_control[j] == seen.sum()


def test_a_block_without_two_people_in_an_arm_is_left_out_and_counted():
    design, support, _, y, _ = people(3)
    y = y.copy()
    inside = np.flatnonzero((design.block == 2) & support)
    y[inside[1:]] = np.nan
    found = itt(support, design.block, y[:, None])
    rest = (design.block != 2) & ~np.isnan(y)
    estimate, error = neyman(support[rest], design.block[rest], y[rest])
    assert found.estimate[0] == pytest.approx(estimate, rel=1e-12)
    assert found.std_error[0] == pytest.approx(error, rel=1e-12)
    assert found.left_out[0] == ((design.block == 2) & ~np.isnan(y)).sum()


def test_one_arm_alone_gives_no_estimate():
    _, support, _, y, _ = people(3)
    y = np.where(support, y, np.nan)
    found = itt(support, np.zeros(y.size, np.int64), y[:, None])
    assert np.isnan(found.estimate[0])
    assert found.n_control[0] == 0


def test_a_rare_dummy_and_a_copy_of_a_covariate_are_left_out_of_the_adjustment():
    design, support, x, y, _ = people(5)
    rare = np.zeros((y.size, 1))
    rare[np.flatnonzero(support)[:3]] = 1
    clumsy = np.hstack([x, x[:, [0]] * 3 + 1, rare, np.ones((y.size, 1))])
    assert usable_covariates(support, design.block, clumsy).shape[1] == x.shape[1]
    clean, found = (
        itt(support, design.block, y[:, None], x),
        itt(support, design.block, y[:, None], clumsy),
    )
    assert found.estimate[0] == pytest.approx(clean.estimate[0], rel=1e-10)
    assert found.std_error[0] == pytest.approx(clean.std_error[0], rel=1e-10)


def test_nobody_alone_decides_a_coefficient():
    """Two nested dummies that differ for one person would give that person leverage one."""
    design, support, x, y, _ = people(6)
    one = (np.arange(y.size) % 3 == 0).astype(float)
    other = one.copy()
    other[np.flatnonzero(support & (one == 0))[0]] = 1
    found = itt(support, design.block, y[:, None], np.column_stack([x, one, other]))
    assert np.isfinite(found.std_error[0])


def test_covariates_are_not_used_when_too_few_people_are_left():
    design, support, x, y, _ = people(8, n=40, blocks=2, p=15)
    found = itt(support, design.block, y[:, None], x)
    plain = itt(support, design.block, y[:, None])
    assert found.estimate[0] == pytest.approx(plain.estimate[0], rel=1e-12)


@pytest.mark.parametrize("covariance", ["HC0", "HC2", "classical"])
def test_every_covariance_equals_that_of_statsmodels(covariance):
    _, support, x, y, _ = people(9)
    design = np.column_stack([np.ones(y.size), x])
    z = support.astype(float)
    found = coefficient(z, design, y[:, None], covariance)
    name = {"classical": "nonrobust"}.get(covariance, covariance)
    fit = sm.OLS(y, np.column_stack([design, z])).fit(cov_type=name)
    assert found.estimate[0] == pytest.approx(fit.params[-1], rel=1e-10)
    assert found.std_error[0] == pytest.approx(fit.bse[-1], rel=1e-10)


def test_products_of_scores_are_covariances_between_outcomes():
    """Checked by a sum of two outcomes: Var(a + b) = Var(a) + Var(b) + 2 Cov(a, b)."""
    _, support, x, y, _ = people(10)
    design = np.column_stack([np.ones(y.size), x])
    other = np.sin(y)
    for covariance in ("HC0", "HC2", "classical"):
        found = coefficient(
            support.astype(float), design, np.column_stack([y, other, y + other]), covariance
        )
        v = found.std_error**2
        cross = found.scores[:, 0] @ found.scores[:, 1]
        assert v[2] == pytest.approx(v[0] + v[1] + 2 * cross, rel=1e-10)


def test_columns_that_depend_on_earlier_ones_are_found():
    rng = np.random.default_rng(0)
    a = rng.normal(size=(30, 3))
    design = np.column_stack([a, a[:, 0] - 2 * a[:, 2], np.zeros(30), rng.normal(size=30)])
    assert independent_columns(design).tolist() == [True, True, True, False, False, True]


@pytest.mark.parametrize("adjust", [False, True])
def test_intervals_cover_the_truth_as_often_as_they_say(adjust):
    """400 assignments of the same people; Monte-Carlo error of the share is about 0.011."""
    rng = np.random.default_rng(20)
    design, _, x, _, _ = people(11, n=300)
    y0 = x @ [1.0, -0.5, 0.2] + design.block + rng.standard_t(5, design.size)
    effect = 0.7 + 0.4 * x[:, 0]
    inside = []
    for support in design.draw(rng, 400):
        y = y0 + support * effect
        found = itt(support, design.block, y[:, None], x if adjust else None)
        inside.append(found.ci_low[0] <= effect.mean() <= found.ci_high[0])
    # The variance is conservative where effects differ, so only the lower side is sharp.
    assert 0.925 <= np.mean(inside) <= 0.995


def test_an_outcome_that_covariates_foretell_has_no_effect_and_no_test():
    rng = np.random.default_rng(8)
    support = np.tile([True, False], 50)
    x = rng.normal(size=(100, 2))
    block = np.zeros(100, dtype=np.int64)
    found = itt(support, block, np.column_stack([x[:, 0] * 3 + 1, np.full(100, 0.1)]), x)
    assert found.estimate.tolist() == [0, 0]
    assert found.std_error.tolist() == [0, 0]
    assert np.isnan(found.p_value).all()
