"""Corrections for several outcomes against published values and statsmodels."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.multiple import (
    benjamini_hochberg,
    holm,
    sharpened_q,
    westfall_young,
)
from finsam_report.estimators.randomisation import randomisation_tests

PUBLISHED = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
]
SHARPENED = [
    0.002,
    0.003,
    0.009,
    0.030,
    0.047,
    0.050,
    0.050,
    0.050,
    0.060,
    0.242,
    0.303,
    0.401,
    0.432,
    0.483,
    0.667,
]


def test_sharpened_q_gives_the_reference_vector():
    assert sharpened_q(np.array(PUBLISHED)).tolist() == SHARPENED


def test_order_of_the_outcomes_does_not_matter():
    order = np.random.default_rng(1).permutation(len(PUBLISHED))
    found = sharpened_q(np.array(PUBLISHED)[order])
    assert found.tolist() == np.array(SHARPENED)[order].tolist()


def test_benjamini_hochberg_is_that_of_statsmodels():
    p = np.random.default_rng(2).random(40) ** 2
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], rel=1e-12)


@pytest.mark.parametrize("method", [sharpened_q, benjamini_hochberg, holm])
def test_outcomes_that_were_not_estimated_stay_empty_and_do_not_count(method):
    p = np.array([0.01, np.nan, 0.2, 0.04])
    found = method(p)
    assert np.isnan(found[1])
    assert found[[0, 2, 3]].tolist() == method(p[[0, 2, 3]]).tolist()
    assert np.isnan(method(np.array([np.nan]))).all()


@pytest.mark.parametrize("p", [[0.03], [0.0001] * 4, [1.0, 1.0], [0.05, 0.05, 0.9]])
def test_q_lies_between_zero_and_one_and_rises_with_p(p):
    q = sharpened_q(np.array(p))
    assert ((q > 0) & (q <= 1)).all()
    assert (np.diff(q[np.argsort(p)]) >= 0).all()


def test_holm_is_that_of_statsmodels():
    p = np.random.default_rng(3).random(40) ** 3
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1], rel=1e-12)
    assert holm(np.array([0.2, 0.9, 0.6])).tolist() == pytest.approx([0.6, 1.0, 1.0])


def test_westfall_young_steps_down_through_the_draws_as_by_hand():
    statistic = np.array([1.0, -3.0, 2.0])
    drawn = np.array([[0.5, 1.0, -2.5], [3.5, 0.0, 0.1], [-1.0, 2.9, 0.2], [0.2, 0.3, 0.4]])
    # |t| = 3 against the largest of all (2.5, 3.5, 2.9, 0.4): 1 of 4. |t| = 2 against the larger
    # of columns 0 and 2 (2.5, 3.5, 1, 0.4): 2 of 4. |t| = 1 against column 0 alone: 2 of 4, the
    # tie included.
    assert westfall_young(statistic, drawn).tolist() == [3 / 5, 2 / 5, 3 / 5]


def by_definition(statistic: np.ndarray, drawn: np.ndarray) -> list[float]:
    """The step-down, one hypothesis at a time and in plain Python."""
    order = sorted(range(statistic.size), key=lambda j: -abs(statistic[j]))
    out, floor = [0.0] * statistic.size, 0.0
    for rank, j in enumerate(order):
        left = order[rank:]
        count = sum(max(abs(row[k]) for k in left) >= abs(statistic[j]) - 1e-9 for row in drawn)
        floor = max(floor, (1 + count) / (1 + len(drawn)))
        out[j] = floor
    return out


def test_westfall_young_over_every_assignment_of_a_small_design():
    rng = np.random.default_rng(6)
    design = Assignment(np.zeros(8, np.int64), np.array([4]), ("a",))
    every = np.zeros((70, 8), dtype=bool)
    for row, chosen in zip(every, combinations(range(8), 4), strict=True):
        row[list(chosen)] = True
    support = every[17]
    y = rng.integers(1, 6, size=(8, 4)) + np.array([2.0, 1.0, 0.0, 0.0]) * support[:, None]
    (found,) = randomisation_tests(design, support, y, (None,), every)
    adjusted = westfall_young(found.statistic, found.drawn)
    assert adjusted.tolist() == pytest.approx(by_definition(found.statistic, found.drawn))
    assert (adjusted >= found.p_value - 1e-12).all()


def test_one_outcome_alone_keeps_its_own_p():
    drawn = np.random.default_rng(7).normal(size=(999, 1))
    expected = (1 + np.sum(np.abs(drawn) >= 1.7)) / 1000
    assert westfall_young(np.array([1.7]), drawn)[0] == expected


def test_an_outcome_that_was_not_estimated_does_not_count_in_the_family():
    rng = np.random.default_rng(8)
    statistic, drawn = np.array([2.1, np.nan, 0.4, -1.3]), rng.normal(size=(500, 4))
    drawn[:, 1] = 50.0
    found = westfall_young(statistic, drawn)
    rest = [0, 2, 3]
    assert np.isnan(found[1])
    assert found[rest].tolist() == westfall_young(statistic[rest], drawn[:, rest]).tolist()
    assert np.isnan(westfall_young(np.array([np.nan]), drawn[:, :1])).all()


def test_outcomes_that_are_copies_pay_nothing_for_their_number():
    rng = np.random.default_rng(9)
    one = rng.normal(size=(400, 1))
    alone = westfall_young(np.array([2.0]), one)[0]
    assert westfall_young(np.array([2.0] * 5), np.repeat(one, 5, axis=1)).tolist() == [alone] * 5


def test_a_family_without_effects_is_rejected_as_often_as_it_says():
    """2 000 families of six dependent outcomes; Monte-Carlo error of the share is 0.005."""
    rng = np.random.default_rng(10)
    mix = np.eye(6) + 0.5
    drawn = rng.normal(size=(1999, 6)) @ mix
    rejected = [
        westfall_young(own, drawn).min() <= 0.05 for own in rng.normal(size=(2000, 6)) @ mix
    ]
    assert 0.035 <= np.mean(rejected) <= 0.065
