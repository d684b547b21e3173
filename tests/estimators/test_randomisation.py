"""Randomisation inference against full enumeration, other software, and the null."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

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


def adjusted(design: Assignment, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Residuals of the regression on block dummies and covariates, from statsmodels."""
    dummies = (design.block[:, None] == np.unique(design.block)[None, :]).astype(float)
    return sm.OLS(y, np.hstack([dummies, x])).fit().resid


def test_adjusted_p_over_all_assignments_is_the_exact_p(small):
    design, support, y = small
    x = np.random.default_rng(12).normal(size=(11, 2))
    every = all_assignments(design)
    plain, found = randomisation_tests(design, support, y[:, None], (None, x), every)
    residual = adjusted(design, y, x)
    t = np.array([studentised(design, z, residual) for z in every])
    own = studentised(design, support, residual)
    assert found.drawn[:, 0] == pytest.approx(t, rel=1e-9)
    exact = np.mean(np.abs(t) >= abs(own) - 1e-9)
    assert (1 + len(every) * exact) / (1 + len(every)) == pytest.approx(found.p_value[0], rel=1e-12)
    assert plain.statistic[0] != pytest.approx(found.statistic[0], rel=1e-3)


def test_p_in_a_subgroup_over_all_assignments_is_the_exact_p():
    """The numbers within the subgroup vary from draw to draw, as they do by design."""
    rng = np.random.default_rng(14)
    design = Assignment(np.array([0] * 8 + [1] * 5), np.array([4, 2]), ("a", "b"))
    support = design.draw(rng, 1)[0]
    y, x = rng.normal(size=13) + support, rng.normal(size=(13, 1))
    inside = np.array([True] * 5 + [False] * 3 + [False, True, True, True, True])
    every = all_assignments(design)
    part = np.where(inside, y, np.nan)
    found = randomisation_tests(design, support, part[:, None], (None, x), every)
    block = design.block[inside]
    among = Assignment(block, np.zeros(2, np.int64), ("a", "b"))
    nothing = np.zeros((13, 0))
    for covariates, each in zip((nothing, x), found, strict=True):
        residual = adjusted(among, y[inside], covariates[inside])
        t = np.array([within_usable_blocks(block, z[inside], residual) for z in every])
        own = within_usable_blocks(block, support[inside], residual)
        assert each.statistic[0] == pytest.approx(own, rel=1e-9)
        known = ~np.isnan(t)
        assert not known.all()  # in some draws nobody can be compared
        extreme = (np.abs(t[known]) >= abs(own) - 1e-9).sum()
        assert each.p_value[0] == pytest.approx((1 + extreme) / (1 + len(every)), rel=1e-12)


def within_usable_blocks(block: np.ndarray, z: np.ndarray, y: np.ndarray) -> float:
    """The statistic over blocks with two people in each arm; NaN where there is none."""
    keep = np.isin(
        block, [b for b in (0, 1) if min(z[block == b].sum(), (~z[block == b]).sum()) > 1]
    )
    if not keep.any():
        return np.nan
    names = np.unique(block[keep], return_inverse=True)[1]
    rest = Assignment.realised(names, z[keep], tuple(map(str, np.unique(names))))
    return studentised(rest, z[keep], y[keep])


def test_draws_cut_in_pieces_give_what_they_give_alone(small):
    design, support, y = small
    outcomes = np.column_stack([y, np.where(np.arange(11) == 4, np.nan, y**2)])
    drawn = design.draw(np.random.default_rng(15), 700)
    (whole,) = randomisation_tests(design, support, outcomes, (None,), drawn)
    for at in (0, 255, 256, 699):
        (alone,) = randomisation_tests(design, support, outcomes, (None,), drawn[at : at + 1])
        assert whole.drawn[at] == pytest.approx(alone.drawn[0], rel=1e-12)
    (again,) = randomisation_tests(design, support, outcomes, (None,), drawn)
    assert whole.drawn.tobytes() == again.drawn.tobytes()
    (none,) = randomisation_tests(design, support, outcomes, (None,), drawn[:0])
    assert none.drawn.shape == (0, 2)


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
