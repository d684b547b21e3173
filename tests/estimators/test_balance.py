"""Balance: the normalised difference by hand, and a joint test that finds what it should."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.balance import joint_balance, normalised_difference


def test_normalised_difference_by_hand():
    support = np.array([True, True, False, False])
    values = np.array([[1.0, np.nan], [3.0, 1.0], [0.0, 1.0], [1.0, 1.0]])
    found = normalised_difference(support, values)
    assert found[0] == pytest.approx((2 - 0.5) / np.sqrt((2 + 0.5) / 2))
    assert np.isnan(found[1])


@pytest.fixture
def design():
    block = np.repeat([0, 1, 2], 40)
    return Assignment(block, np.array([12, 20, 24]), tuple("abc"))


def test_the_joint_test_rejects_as_often_as_it_says_when_chance_decided(design):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(120, 4)) + design.block[:, None]
    drawn = design.draw(rng, 199)
    p = [joint_balance(design, support, x, drawn) for support in design.draw(rng, 400)]
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.085


def test_the_joint_test_finds_a_tampered_assignment(design):
    rng = np.random.default_rng(2)
    x = rng.normal(size=(120, 4))
    support = np.zeros(120, bool)
    for people, number in zip(design.members(), design.n_support, strict=True):
        support[people[np.argsort(-x[people, 2])[:number]]] = True
    assert joint_balance(design, support, x, design.draw(rng, 499)) == 1 / 500


def test_covariates_that_do_not_vary_give_no_test(design):
    drawn = design.draw(np.random.default_rng(3), 99)
    assert np.isnan(joint_balance(design, drawn[0], np.ones((120, 2)), drawn))
