"""The assignment: numbers that are held fixed, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.trial import Trial


def test_declared_shares_become_the_nearest_numbers():
    block = np.repeat([0, 1], [10, 7])
    design = Assignment.from_shares(block, np.array([0.6, 0.6]), ("a", "b"))
    assert design.n_support.tolist() == [6, 4]


def test_all_and_nobody_are_possible():
    design = Assignment(np.repeat([0, 1], 3), np.array([0, 3]), ("a", "b"))
    drawn = design.draw(np.random.default_rng(0), 5)
    assert not drawn[:, :3].any()
    assert drawn[:, 3:].all()


def test_the_same_seed_gives_the_same_draws():
    design = Assignment(np.repeat([0, 1], 30), np.array([10, 20]), ("a", "b"))
    one, two = (design.draw(np.random.default_rng(5), 20) for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize(
    ("block", "numbers", "labels"),
    [([0, 1], [1], ("a", "b")), ([0, 2], [1, 0], ("a", "b")), ([0, 0], [3], ("a",))],
)
def test_numbers_that_do_not_fit_are_refused(block, numbers, labels):
    with pytest.raises(ValueError, match="must"):
        Assignment(np.array(block), np.array(numbers), labels)


def test_a_trial_must_fit_its_assignment():
    design = Assignment(np.zeros(4, np.int64), np.array([2]), ("a",))
    with pytest.raises(ValueError, match="holds fixed"):
        Trial(design, np.array([True, True, True, False]), np.zeros((4, 0)))


def test_a_part_of_a_trial_keeps_people_and_blocks_together():
    design = Assignment(np.repeat([0, 1], 4), np.array([2, 2]), ("a", "b"))
    support = design.draw(np.random.default_rng(1), 1)[0]
    trial = Trial(design, support, np.arange(8.0)[:, None], support.astype(float))
    some = np.array([True, False] * 4)
    part = trial.among(some)
    assert part.covariates[:, 0].tolist() == [0, 2, 4, 6]
    assert part.assignment.fits(support[some])
