"""People drawn later: the stack by hand, its oracles, and what it recovers."""

from __future__ import annotations

import numpy as np
import pytest

from drawn_later import EFFECT, HORIZON, world
from finsam_report.estimators.itt import interacted_design, itt
from finsam_report.estimators.ols import coefficient
from finsam_report.estimators.stack import Stack, months_since, stack
from finsam_report.estimators.stacked import several_stacked_effects, stacked_effects


def test_the_stack_by_hand():
    # Anna is drawn the second time, Bo never, Cia at once (and listed again by mistake).
    person = np.array([1, 1, 2, 2, 2, 3, 3])
    month = np.array([4, 2, 2, 4, 7, 4, 7])
    drawn = np.array([1, 0, 0, 0, 0, 1, 1], dtype=bool)
    found = stack(person, month * 10, drawn, month)
    assert found.row.tolist() == [1, 0, 2, 3, 4, 5]
    assert found.person.tolist() == [1, 1, 2, 2, 2, 3]
    assert found.draw.tolist() == [20, 40, 20, 40, 70, 40]
    assert found.support.tolist() == [False, True, False, False, False, True]
    assert found.later.tolist() == [2, 0, 0, 0, 0, 0]
    assert found.first.tolist() == [True, False, True, False, False, True]


def test_the_stack_is_what_a_loop_over_people_gives_in_any_order():
    rng = np.random.default_rng(1)
    listed = np.unique(rng.integers(0, [40, 9], size=(200, 2)), axis=0)
    drawn = rng.random(len(listed)) < 0.3
    shuffled = rng.permutation(len(listed))
    found = stack(*(listed[shuffled].T), drawn[shuffled], listed[shuffled, 1])
    expected = []
    for person in np.unique(listed[:, 0]):
        own = np.flatnonzero(listed[:, 0] == person)
        hit = own[drawn[own]]
        last = listed[hit[0], 1] if hit.size else None
        for i in own:
            month = listed[i, 1]
            if last is None or month <= last:
                later = last - month if last is not None else 0
                expected.append((person, month, bool(drawn[i]), later, i == own[0]))
    rows = zip(found.person, found.draw, found.support, found.later, found.first, strict=True)
    assert [tuple(r) for r in rows] == expected
    assert (listed[shuffled][found.row, 0] == found.person).all()


def test_a_list_that_cannot_be_is_refused():
    two = np.array([1, 1])
    with pytest.raises(ValueError, match="two draws of one month"):
        stack(two, np.array([1, 2]), np.array([False, True]), np.array([5, 5]))
    with pytest.raises(ValueError, match="one month"):
        stack(two, np.array([1, 1]), np.array([False, True]), np.array([5, 6]))
    nobody = np.zeros(0, dtype=np.int64)
    assert stack(nobody, nobody, nobody == 1, nobody).row.size == 0


def test_months_are_counted_from_each_persons_draw():
    panel = np.arange(12.0).reshape(2, 6)
    found = months_since(panel, np.array([1, 0, 1]), np.array([0, 3, 5]), 3)
    assert found[0].tolist() == [7, 8, 9]
    assert found[1, :2].tolist() == [4, 5] and np.isnan(found[1, 2])
    assert np.isnan(found[2]).all()


def test_the_effect_of_a_draw_is_the_clustered_regression_of_linearmodels():
    import pandas as pd
    from linearmodels.panel import PooledOLS

    w = world(np.random.default_rng(2))
    found = stacked_effects(w.rows, w.outcomes)
    block = np.unique(w.rows.draw, return_inverse=True)[1]
    z = w.rows.support.astype(float)
    x = np.column_stack([z, interacted_design(w.rows.support, block, np.zeros((z.size, 0)))])
    index = pd.MultiIndex.from_arrays([w.rows.person, w.rows.draw])
    y = pd.DataFrame(w.outcomes, index=index)
    people = np.unique(w.rows.person).size
    for k in (0, 4, 9):
        other = PooledOLS(y[[k]], pd.DataFrame(x, index=index)).fit(
            cov_type="clustered", cluster_entity=True, debiased=True, group_debias=True
        )
        assert found.offered.estimate[k] == pytest.approx(other.params.iloc[0], rel=1e-9)
        assert found.offered.std_error[k] == pytest.approx(other.std_errors.iloc[0], rel=1e-9)
        assert found.offered.df[k] == people - 1


def test_without_later_draws_both_effects_are_the_plain_one():
    w = world(np.random.default_rng(3))
    own, f = w.rows, w.rows.first
    rows = Stack(own.row[f], own.person[f], own.draw[f], own.support[f], 0 * own.later[f], f[f])
    found = stacked_effects(rows, w.outcomes[f])
    plain = itt(rows.support, rows.draw, w.outcomes[f])
    assert found.offered.estimate == pytest.approx(plain.estimate, rel=1e-10)
    assert found.undiluted.estimate == pytest.approx(found.offered.estimate, rel=1e-12)
    assert found.undiluted.std_error == pytest.approx(found.offered.std_error, rel=1e-12)
    assert found.caught_up == pytest.approx(np.zeros(HORIZON), abs=1e-12)


def test_the_undiluted_effect_solves_its_equation_month_by_month():
    w = world(np.random.default_rng(4))
    found = stacked_effects(w.rows, w.outcomes)
    block = np.unique(w.rows.draw, return_inverse=True)[1]
    z = w.rows.support.astype(float)
    design = interacted_design(w.rows.support, block, np.zeros((z.size, 0)))
    drawn = (w.rows.later[:, None] == np.arange(1, HORIZON)).astype(float)
    p = coefficient(z, design, drawn).estimate
    for k in range(HORIZON):
        told = found.undiluted.estimate[k] + sum(
            p[j - 1] * found.undiluted.estimate[k - j] for j in range(1, k + 1)
        )
        assert told == pytest.approx(found.offered.estimate[k], rel=1e-10)
    assert found.caught_up == pytest.approx(np.append(0, p.cumsum()), abs=1e-12)
    assert (found.caught_up[1:] < -0.05).all()


def test_the_joint_covariance_is_that_of_leaving_people_out():
    """The jackknife over people knows nothing of influence functions."""
    w = world(np.random.default_rng(5), people=250)
    found = stacked_effects(w.rows, w.outcomes)
    estimates = []
    for person in np.unique(w.rows.person):
        k = w.rows.person != person
        r = w.rows
        left = Stack(r.row[k], r.person[k], r.draw[k], r.support[k], r.later[k], r.first[k])
        estimates.append(stacked_effects(left, w.outcomes[k]).undiluted.estimate)
    estimates = np.array(estimates)
    n = len(estimates)
    jackknife = (n - 1) / n * np.sum((estimates - estimates.mean(axis=0)) ** 2, axis=0)
    assert found.undiluted.std_error == pytest.approx(np.sqrt(jackknife), rel=0.12)


def test_late_draws_with_shorter_follow_up_leave_the_later_months():
    w = world(np.random.default_rng(6))
    outcomes = w.outcomes.copy()
    outcomes[w.rows.draw >= 105, 6:] = np.nan
    found = stacked_effects(w.rows, outcomes)
    early = w.rows.draw < 105
    r = w.rows
    part = Stack(*(a[early] for a in (r.row, r.person, r.draw, r.support, r.later, r.first)))
    other = stacked_effects(part, outcomes[early])
    assert found.offered.estimate[6:] == pytest.approx(other.offered.estimate[6:], rel=1e-10)
    assert found.offered.n_support[6] == other.offered.n_support[6] < found.offered.n_support[5]
    assert np.isfinite(found.undiluted.std_error).all()


def test_draws_in_which_all_or_nobody_were_drawn_are_left_out():
    w = world(np.random.default_rng(7))
    r = w.rows
    all_ = np.where(r.draw == 103, True, r.support)
    found = stacked_effects(Stack(r.row, r.person, r.draw, all_, r.later, r.first), w.outcomes)
    k = r.draw != 103
    part = Stack(*(a[k] for a in (r.row, r.person, r.draw, r.support, r.later, r.first)))
    assert found.offered.estimate == pytest.approx(
        stacked_effects(part, w.outcomes[k]).offered.estimate, rel=1e-10
    )
    nobody = Stack(r.row, r.person, r.draw, r.support & False, r.later, r.first)
    assert np.isnan(stacked_effects(nobody, w.outcomes).undiluted.estimate).all()


@pytest.mark.parametrize("covariates", [False, True])
def test_the_quick_way_is_the_clustered_regression_with_and_without_covariates(covariates):
    w = world(np.random.default_rng(8))
    x = np.column_stack([w.x, np.sin(w.x), w.x > 0]) if covariates else np.zeros((w.x.size, 0))
    outcomes = w.outcomes.copy()
    outcomes[w.rows.draw >= 105, 6:] = np.nan
    found = stacked_effects(w.rows, outcomes, x)
    z = w.rows.support.astype(float)
    for rows, columns in ((w.rows.draw > 0, [0, 5]), (w.rows.draw < 105, [6, 9])):
        design = interacted_design(w.rows.support[rows], w.rows.draw[rows], x[rows])
        y = outcomes[np.ix_(rows, columns)]
        other = coefficient(z[rows], design, y, "CR1", w.rows.person[rows])
        assert found.offered.estimate[columns] == pytest.approx(other.estimate, rel=1e-9)
        assert found.offered.std_error[columns] == pytest.approx(other.std_error, rel=1e-9)
        assert set(found.offered.df[columns]) == {other.df}


def test_bell_and_mccaffreys_errors_are_close_with_many_people():
    w = world(np.random.default_rng(8))
    one, two = (stacked_effects(w.rows, w.outcomes, covariance=c) for c in ("CR1", "CR2"))
    assert two.undiluted.estimate == pytest.approx(one.undiluted.estimate, rel=1e-9)
    assert two.undiluted.std_error == pytest.approx(one.undiluted.std_error, rel=0.05)
    assert (two.offered.df < one.offered.df).all()


def test_covariates_make_the_effect_more_precise():
    w = world(np.random.default_rng(8), people=800)
    plain = stacked_effects(w.rows, w.outcomes)
    adjusted = stacked_effects(w.rows, w.outcomes, w.x[:, None])
    assert (adjusted.offered.std_error < plain.offered.std_error).all()


def test_over_repeated_worlds_the_first_draw_is_diluted_and_the_stack_recovers_the_effect():
    """200 worlds; Monte-Carlo error of the coverage over ten months is below 0.015."""
    rng = np.random.default_rng(9)
    plain, own, covered, errors = [], [], [], []
    for _ in range(200):
        w = world(rng)
        f = w.rows.first
        plain.append(itt(w.rows.support[f], w.rows.draw[f], w.outcomes[f]).estimate)
        found = stacked_effects(w.rows, w.outcomes).undiluted
        own.append(found.estimate)
        errors.append(found.std_error)
        covered.append((found.ci_low <= EFFECT) & (found.ci_high >= EFFECT))
    assert np.mean(plain, axis=0)[-1] < 0.7 * EFFECT[-1]
    off = np.abs(np.mean(own, axis=0) - EFFECT)
    assert np.all(off < 4 * np.std(own, axis=0) / np.sqrt(200))
    assert 0.92 < np.mean(covered) < 0.98
    assert np.mean(errors, axis=0) == pytest.approx(np.std(own, axis=0), rel=0.2)


def test_several_outcomes_at_once_are_each_by_itself():
    w = world(np.random.default_rng(11))
    other = -2 * w.outcomes + np.random.default_rng(12).normal(size=w.outcomes.shape)
    other[w.rows.draw >= 105, 6:] = np.nan
    both = several_stacked_effects(w.rows, np.stack([w.outcomes, other], axis=1), w.x[:, None])
    for found, alone in zip(both, (w.outcomes, other), strict=True):
        one = stacked_effects(w.rows, alone, w.x[:, None])
        for name in ("offered", "undiluted"):
            many, single = getattr(found, name), getattr(one, name)
            assert many.estimate == pytest.approx(single.estimate, rel=1e-9)
            assert many.covariance == pytest.approx(single.covariance, rel=1e-9, abs=1e-12)
            assert (many.n_control == single.n_control).all()
        assert found.caught_up == pytest.approx(one.caught_up, rel=1e-9)
