"""Corrections for several outcomes against published values and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from finsam_report.estimators.multiple import benjamini_hochberg, sharpened_q

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


@pytest.mark.parametrize("method", [sharpened_q, benjamini_hochberg])
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
