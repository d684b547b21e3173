"""Randomisation inference against full enumeration, other software, and the null."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.randomisation import p_values, randomisation_tests


def all_assignments(design: Assignment) -> np.ndarray:
    """Every assignment the design can give."""
    choices = [
        list(combinations(people.tolist(), int(number)))
        for people, number in zip(design.members(), design.n_support, strict=True)
    ]
    out = []
    for chosen in product(*choices):
        z = np.zeros(design.size, bool)
        z[[i for group in chosen for i in group]] = True
        out.append(z)
    return np.array(out)


def studentised(design: Assignment, z: np.ndarray, y: np.ndarray) -> float:
    difference = variance = 0.0
    for people in design.members():
        one, zero = y[people][z[people]], y[people][~z[people]]
        difference += people.size * (one.mean() - zero.mean())
        variance += people.size**2 * (one.var(ddof=1) / one.size + zero.var(ddof=1) / zero.size)
    return difference / np.sqrt(variance)


@pytest.fixture
def small():
    rng = np.random.default_rng(4)
    design = Assignment(np.array([0] * 6 + [1] * 5), np.array([3, 2]), ("a", "b"))
    support = design.draw(rng, 1)[0]
    return design, support, rng.normal(size=11) + support * 1.2


def test_draws_keep_blocks_and_numbers(small):
    design, _, _ = small
    drawn = design.draw(np.random.default_rng(1), 500)
    for people, number in zip(design.members(), design.n_support, strict=True):
        assert (drawn[:, people].sum(axis=1) == number).all()


def test_every_assignment_is_drawn_equally_often(small):
    design, _, _ = small
    every = all_assignments(design)
    drawn = design.draw(np.random.default_rng(2), 40_000)
    codes = {row.tobytes(): k for k, row in enumerate(every)}
    counts = np.bincount([codes[row.tobytes()] for row in drawn], minlength=len(every))
    expected = 40_000 / len(every)
    chi2 = ((counts - expected) ** 2 / expected).sum()
    assert chi2 < len(every) + 4 * np.sqrt(2 * len(every))


def test_p_over_all_assignments_is_the_exact_p(small):
    design, support, y = small
    every = all_assignments(design)
    (found,) = randomisation_tests(design, support, y[:, None], (None,), every)
    residual = y - np.array([y[design.block == b].mean() for b in design.block])
    t = np.array([studentised(design, z, residual) for z in every])
    own = studentised(design, support, residual)
    exact = np.mean(np.abs(t) >= abs(own) - 1e-9)
    assert found.statistic[0] == pytest.approx(own, rel=1e-10)
    assert (1 + len(every) * exact) / (1 + len(every)) == pytest.approx(found.p_value[0], rel=1e-12)


def test_p_from_draws_approaches_the_exact_p(small):
    design, support, y = small
    every = all_assignments(design)
    (exact,) = randomisation_tests(design, support, y[:, None], (None,), every)
    drawn = design.draw(np.random.default_rng(3), 20_000)
    (found,) = randomisation_tests(design, support, y[:, None], (None,), drawn)
    error = np.sqrt(exact.p_value[0] * (1 - exact.p_value[0]) / 20_000)
    assert found.p_value[0] == pytest.approx(exact.p_value[0], abs=4 * error + 1 / 200)


def test_p_agrees_with_ritest_within_strata():
    ritest = pytest.importorskip("ritest")
    rng = np.random.default_rng(11)
    block = np.repeat(np.arange(4), 25)
    design = Assignment(block, np.array([15, 15, 15, 15]), tuple("abcd"))
    support = design.draw(rng, 1)[0]
    y = rng.normal(size=100) + 0.35 * support + block
    drawn = design.draw(rng, 8000)
    (found,) = randomisation_tests(design, support, y[:, None], (None,), drawn)
    frame = pd.DataFrame({"y": y, "z": support.astype(int), "block": block})
    other = ritest.ritest(
        df=frame,
        permute_var="z",
        formula="y ~ z + C(block)",
        stat="z",
        strata="block",
        reps=4000,
        seed=5,
        ci_mode="none",
    )
    # Equal shares in all blocks: the coefficient with block dummies is the same difference, not
    # studentised; the two p-values differ by that and by Monte-Carlo error.
    assert found.p_value[0] == pytest.approx(float(other.pval), abs=0.02)


def test_ties_count_as_extreme():
    assert p_values(np.array([2.0]), np.array([[2.0], [-2.0], [1.0]]))[0] == 0.75


def test_p_is_uniform_when_support_changes_nothing():
    rng = np.random.default_rng(8)
    block = np.repeat([0, 1], 30)
    design = Assignment(block, np.array([18, 12]), ("a", "b"))
    y = rng.exponential(size=60) + block
    x = rng.normal(size=(60, 1))
    p = []
    drawn = design.draw(rng, 199)
    for support in design.draw(rng, 400):
        tests = randomisation_tests(design, support, y[:, None], (None, x), drawn)
        p.append([t.p_value[0] for t in tests])
    for share in np.mean(np.array(p) <= 0.05, axis=0):
        assert 0.02 <= share <= 0.085


def test_missing_outcomes_are_left_out_of_every_draw():
    rng = np.random.default_rng(9)
    block = np.repeat([0, 1, 2], 20)
    design = Assignment(block, np.array([10, 12, 8]), tuple("abc"))
    support = design.draw(rng, 1)[0]
    y = rng.normal(size=(60, 2))
    y[rng.random(60) < 0.2, 1] = np.nan
    drawn = design.draw(rng, 50)
    (found,) = randomisation_tests(design, support, y, (None,), drawn)
    seen = ~np.isnan(y[:, 1])
    residual = y[:, 1] - np.array([np.nanmean(y[block == b, 1]) for b in block])
    part = Assignment.realised(block[seen], support[seen], tuple("abc"))
    assert found.statistic[1] == pytest.approx(
        studentised(part, support[seen], residual[seen]), rel=1e-10
    )
    t = [
        studentised(
            Assignment.realised(block[seen], z[seen], tuple("abc")), z[seen], residual[seen]
        )
        for z in drawn
    ]
    assert found.drawn[:, 1] == pytest.approx(t, rel=1e-9)
