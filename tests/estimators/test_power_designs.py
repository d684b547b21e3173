"""Planned experiments against statsmodels, and by simulation of the report's own test."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep, proportion_effectsize

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import itt
from finsam_report.estimators.power import noncentrality, planned
from finsam_report.estimators.power_designs import (
    Design,
    arcsine_share_effect,
    mean_effect,
    people_needed,
    pooled_share_effect,
    share_effect,
    spread,
)
from finsam_report.estimators.trial import Trial

DRAWS = 2000


def two(support, control, **more):
    return Design(np.array([float(support)]), np.array([float(control)]), **more)


# ------------------------------------------------------------------------------------ statsmodels
@pytest.mark.parametrize(
    ("support", "control", "power", "level"),
    [(330, 220, 0.8, 0.95), (24, 36, 0.9, 0.95), (9, 5, 0.8, 0.99), (3000, 9000, 0.85, 0.9)],
)
def test_means_in_two_groups_are_those_of_statsmodels(support, control, power, level):
    found = mean_effect(two(support, control), 1.0, power, level)
    t = TTestIndPower()
    assert t.power(found, support, 1 - level, ratio=control / support) == pytest.approx(
        power, abs=1e-9
    )
    people = people_needed(
        two(support, control), lambda d: mean_effect(d, 1.0, power, level), found
    )
    assert people == pytest.approx(support + control, rel=1e-9)
    other = t.solve_power(found, power=power, alpha=1 - level, ratio=control / support, nobs1=None)
    assert people * support / (support + control) == pytest.approx(other, rel=1e-6)


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize(
    ("mean", "support", "control", "power", "level"),
    [(0.2, 330, 220, 0.8, 0.95), (0.5, 60, 60, 0.9, 0.95), (0.08, 900, 2700, 0.8, 0.9)],
)
def test_shares_in_two_groups_are_those_of_statsmodels(mean, support, control, power, level, up):
    sign = 1 if up else -1
    size = (support, control, mean, power, level)
    h = arcsine_share_effect(*size, up=up)
    effect = proportion_effectsize(mean + sign * h, mean)
    got = NormalIndPower().power(abs(effect), support, 1 - level, ratio=control / support)
    assert got == pytest.approx(power, abs=1e-9)
    pooled = sign * pooled_share_effect(*size, up=up)
    got = power_proportions_2indep(pooled, mean, support, control / support, 1 - level).power
    assert got == pytest.approx(power, abs=1e-9)
    own = share_effect(two(support, control, normal=True), mean, power, level, up=up)
    share = mean + sign * own
    sd = math.sqrt(share * (1 - share) + mean * (1 - mean) * support / control)
    got = NormalIndPower().power(own / sd * math.sqrt(1 + support / control), support, 1 - level,
                                 ratio=control / support)  # fmt: skip
    assert got == pytest.approx(power, abs=1e-9)


def test_the_two_ways_to_a_planned_design_agree():
    assert mean_effect(two(330, 220), 2.0) == pytest.approx(2 * planned(550, 0.6), rel=1e-12)
    assert noncentrality(math.inf) == pytest.approx(
        stats.norm.ppf(0.975) + stats.norm.ppf(0.8), abs=1e-5
    )


def test_blocks_with_one_share_cost_only_degrees_of_freedom():
    blocks = Design(np.array([60.0, 30.0]), np.array([40.0, 20.0]))
    assert sum(blocks.inverse) == pytest.approx(1 / 90 + 1 / 60, rel=1e-12)
    assert blocks.df == 146
    assert mean_effect(blocks) > mean_effect(two(90, 60))


def test_a_change_that_cannot_be_large_enough_is_not_given():
    assert math.isnan(share_effect(two(20, 20), 0.97))
    assert math.isnan(share_effect(two(20, 20), 0.03, up=False))
    assert math.isnan(arcsine_share_effect(20, 20, 0.97, 0.8, 0.95))
    assert math.isnan(pooled_share_effect(20, 20, 0.97, 0.8, 0.95))
    assert not math.isnan(share_effect(two(20, 20), 0.97, up=False))


def test_blocks_with_too_few_people_say_nothing():
    design = Design(np.array([60.0, 1.0]), np.array([40.0, 1.0]))
    assert mean_effect(design) == mean_effect(two(60, 40))
    assert math.isnan(mean_effect(two(0.5, 40)))
    assert math.isnan(mean_effect(two(1, 1)))


def test_people_are_spread_to_whole_numbers_that_sum():
    support, control = spread(101, np.array([0.5, 0.3, 0.2]), np.array([0.6, 0.5, 0.25]))
    assert (support + control).tolist() == [51, 30, 20]
    assert support.tolist() == [31, 15, 5]


def test_covariates_must_leave_something():
    with pytest.raises(ValueError, match="r_squared"):
        two(10, 10, r_squared=1.0)
    with pytest.raises(ValueError, match="one number per block"):
        Design(np.array([1.0]), np.array([1.0, 2.0]))


# ------------------------------------------------------------------------------------- simulation
# 2 000 draws of a power of 0.8 have a standard error of 0.009.
def arms(support, control):
    block = np.repeat(np.arange(len(support)), np.add(support, control))
    drawn = [[True] * s + [False] * c for s, c in zip(support, control, strict=True)]
    return np.concatenate(drawn), block


def found(support, block, outcomes):
    return float(np.mean(itt(support, block, outcomes).p_value <= 0.05))


def test_blocks_with_unequal_shares_find_the_effect_as_often_as_told():
    n1, n0 = [40, 12, 30], [10, 48, 30]
    z, block = arms(n1, n0)
    design = Design(np.array(n1, float), np.array(n0, float))
    effect = mean_effect(design, 1.5)
    assert effect > 1.1 * mean_effect(two(82, 88), 1.5)  # the shares matter
    rng = np.random.default_rng(1)
    y = 1.5 * rng.normal(size=(z.size, DRAWS)) + 3.0 * block[:, None] + effect * z[:, None]
    assert found(z, block, y) == pytest.approx(0.8, abs=0.02)


def test_with_attrition_the_effect_is_found_as_often_as_told():
    n1, n0 = [90, 60], [60, 40]
    z, block = arms(n1, n0)
    design = Design(np.array(n1, float), np.array(n0, float)).answering(0.75, 0.6)
    effect = mean_effect(design)
    rng = np.random.default_rng(2)
    y = rng.normal(size=(z.size, DRAWS)) + effect * z[:, None]
    y[rng.random(y.shape) > np.where(z, 0.75, 0.6)[:, None]] = np.nan
    assert found(z, block, y) == pytest.approx(0.8, abs=0.02)


def test_of_takers_the_effect_is_found_as_often_as_told():
    """The effect among takers; tested by the offer and by two-stage least squares."""
    n1, n0 = [180, 120], [120, 80]
    z, block = arms(n1, n0)
    design = Design(np.array(n1, float), np.array(n0, float))
    effect = mean_effect(design) / 0.7
    rng = np.random.default_rng(3)
    takes = (rng.random((z.size, DRAWS)) < 0.7) & z[:, None]
    y = rng.normal(size=(z.size, DRAWS)) + effect * takes
    assert found(z, block, y) == pytest.approx(0.8, abs=0.02)
    design = Assignment.realised(block, z, ("a", "b"))
    nothing = np.zeros((z.size, 0))
    several = [
        Trial(design, z, nothing, takes[:, k].astype(float)).late(y[:, [k]]).p_value[0]
        for k in range(DRAWS)
    ]
    assert np.mean(np.array(several) <= 0.05) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("mean", "up"), [(0.2, True), (0.5, False), (0.1, True)])
def test_changes_of_shares_within_blocks_are_found_as_often_as_told(mean, up):
    n1, n0 = [240, 90], [80, 110]
    z, block = arms(n1, n0)
    effect = share_effect(Design(np.array(n1, float), np.array(n0, float)), mean, up=up)
    rng = np.random.default_rng(4)
    chance = mean + np.where(z, effect if up else -effect, 0.0)
    y = (rng.random((z.size, DRAWS)) < chance[:, None]).astype(float)
    assert found(z, block, y) == pytest.approx(0.8, abs=0.02)


def test_covariates_find_as_much_as_they_are_said_to_explain():
    n1, n0 = [90], [60]
    z, block = arms(n1, n0)
    rng = np.random.default_rng(5)
    x = rng.normal(size=(z.size, 1))
    x = (x - x.mean()) / x.std()
    for arm in (z, ~z):  # balanced, as it is on average
        x[arm] -= x[arm].mean()
        x[arm] /= x[arm].std()
    effect = mean_effect(two(90, 60, r_squared=0.36, covariates=1))
    y = 0.6 * x + 0.8 * rng.normal(size=(z.size, DRAWS)) + effect * z[:, None]
    got = np.mean(itt(z, block, y, x).p_value <= 0.05)
    assert got == pytest.approx(0.8, abs=0.02)
