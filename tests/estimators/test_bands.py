"""Simultaneous bands hold the whole path as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from finsam_report.estimators.bands import null_t, sup_t
from finsam_report.estimators.passes import Selection, array_chunks, two_passes


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("months", [2, 12, 36])
def test_independent_months_give_sidaks_value(months):
    variances = rng(2).uniform(0.1, 400, months)
    band = sup_t(np.zeros(months), np.diag(variances), rng(), draws=400_000)
    sidak = stats.norm.ppf((1 + 0.95 ** (1 / months)) / 2)
    assert band.critical == pytest.approx(sidak, abs=0.01)
    np.testing.assert_allclose(band.high, band.critical * np.sqrt(variances), rtol=1e-12)


def test_one_month_gives_the_normal_interval():
    band = sup_t(np.array([2.0]), np.array([[4.0]]), rng())
    assert band.critical == pytest.approx(1.959963984540054, rel=1e-12)
    assert band.low[0] == pytest.approx(2 - 2 * 1.959963984540054)
    assert band.p_value == pytest.approx(2 * stats.norm.sf(1.0))


def test_months_that_move_as_one_need_no_wider_band():
    size = np.array([1.0, 5.0, 0.2])
    band = sup_t(np.zeros(3), np.outer(size, size), rng(), draws=200_000)
    assert band.critical == pytest.approx(1.96, abs=0.01)


def test_the_critical_value_of_two_correlated_months_is_that_of_the_bivariate_normal():
    covariance = np.array([[1.0, 0.7], [0.7, 1.0]])
    c = sup_t(np.zeros(2), covariance, rng(), draws=400_000).critical
    joint = stats.multivariate_normal(cov=covariance)
    inside = joint.cdf([c, c], lower_limit=[-c, -c])
    assert inside == pytest.approx(0.95, abs=0.002)


def test_months_without_variance_are_left_out():
    covariance = np.diag([1.0, 0.0, 4.0, np.nan])
    estimate = np.array([0.5, 0.0, 1.0, np.nan])
    band = sup_t(estimate, covariance, rng())
    assert band.months == 2
    assert (band.low[1], band.high[1]) == (0.0, 0.0)
    assert np.isnan(band.low[3])
    alone = sup_t(estimate[[0, 2]], np.diag([1.0, 4.0]), rng())
    assert band.critical == alone.critical
    nothing = sup_t(np.zeros(2), np.zeros((2, 2)), rng())
    assert np.isnan(nothing.critical) and nothing.months == 0


def test_the_same_seed_gives_the_same_band():
    covariance = 0.5 + 0.5 * np.eye(5)
    one, two = (sup_t(np.ones(5), covariance, rng(3)) for _ in range(2))
    assert one.critical == two.critical and one.p_value == two.p_value


def test_units_of_months_do_not_matter():
    covariance = 0.5 + 0.5 * np.eye(4)
    scale = np.array([1e-6, 1.0, 1e3, 1e9])
    t = null_t(covariance, 999, rng(4))
    np.testing.assert_allclose(null_t(covariance * np.outer(scale, scale), 999, rng(4)), t)


def test_what_makes_no_band_is_refused():
    with pytest.raises(ValueError, match="level"):
        sup_t(np.zeros(1), np.eye(1), rng(), level=95)
    with pytest.raises(ValueError, match="row and a column"):
        sup_t(np.zeros(2), np.eye(3), rng())


def test_bands_hold_the_whole_path_of_monthly_effects():
    """Work that comes and goes month by month: each month's interval alone holds far less."""
    months, studies, n = 12, 1_000, 400
    source = rng(5)
    block = np.repeat(np.arange(4), n // 4)
    effect = 0.5 * np.sin(np.arange(months) / 3)
    held = pointwise = 0
    for study in range(studies):
        support = source.permuted(np.tile(np.arange(n // 4) % 5 < 2, (4, 1)), axis=1).ravel()
        steady = source.normal(size=(n, 1)) + block[:, None]
        y = steady + source.normal(size=(n, months)) + support[:, None] * effect
        y[(block == 3)[:, None] & (np.arange(months) >= 9)] = np.nan
        result = two_passes(
            array_chunks(support, block, np.zeros((n, 0)), y),
            paths=[np.arange(months)],
            workers=1,
        )[Selection()].plain
        effects = result.effects
        band = sup_t(effects.estimate, result.covariance[0], rng(study), draws=2_000)
        held += bool(np.all((band.low <= effect) & (effect <= band.high)))
        pointwise += bool(np.all((effects.ci_low <= effect) & (effect <= effects.ci_high)))
    # Four Monte-Carlo standard errors of 0.95 in a thousand studies are 0.028.
    assert 0.922 <= held / studies <= 0.978
    assert pointwise / studies < 0.85
