"""Controls followed up to a later draw: the model, the weights, and what they recover."""

from __future__ import annotations

import numpy as np
import pytest

from drawn_later import EFFECT, HORIZON, World, world
from finsam_report.estimators.censoring import (
    _fitted,
    _hazard,
    censoring_weights,
)
from finsam_report.estimators.itt import itt
from finsam_report.estimators.weighted_path import weighted_path

NONE = (0.0, 1.0)


def weights(w: World, rows, **more):
    r = w.rows
    return censoring_weights(
        r.support[rows], r.draw[rows], r.later[rows], w.at_risk[rows],
        np.ones_like(w.at_risk[rows]), occasion=w.occasion[rows], **more,
    )  # fmt: skip


def test_the_model_of_being_drawn_is_statsmodels_logit_with_dummies():
    import statsmodels.api as sm

    rng = np.random.default_rng(1)
    n = 3000
    month, block, x = rng.integers(0, 6, n), rng.integers(0, 4, n), rng.normal(size=(n, 2))
    index = -2 + 0.2 * month - 0.3 * block + x @ [0.5, -0.4]
    event = rng.random(n) < 1 / (1 + np.exp(-index))
    dummies = [month[:, None] == np.arange(6), block[:, None] == np.arange(1, 4)]
    other = sm.Logit(event.astype(float), np.hstack([*dummies, x]).astype(float))
    fitted = other.fit(disp=0, method="newton", tol=1e-14).predict()
    one = np.ones(n)
    assert _hazard(event + 0.0, one, month, block, x) == pytest.approx(fitted, rel=1e-8)
    fitted = sm.Logit(event.astype(float), np.hstack(dummies).astype(float)).fit(disp=0).predict()
    assert _fitted(event, month, block, x[:, :0])[0] == pytest.approx(fitted, rel=1e-6)


def test_months_without_a_later_draw_and_months_in_which_all_are_drawn_need_no_model():
    rng = np.random.default_rng(2)
    month, block, x = np.repeat([0, 1, 2], 100), np.tile([0, 1], 150), rng.normal(size=(300, 1))
    event = np.where(month == 1, rng.random(300) < 0.3, month == 2)
    found, columns = _fitted(event, month, block, x)
    assert (found[month == 0] == 0).all() and (found[month == 2] == 1).all()
    assert found[month == 1].mean() == pytest.approx(event[month == 1].mean())
    assert columns == 1


def test_a_covariate_that_decides_who_is_drawn_is_dropped_and_not_infinite():
    rng = np.random.default_rng(3)
    month, block = np.repeat([0, 1], 100), np.tile([0, 1], 100)
    event = rng.random(200) < 0.4
    x = np.column_stack([rng.normal(size=200), event + 0.1 * rng.random(200)])
    found, columns = _fitted(event, month, block, x)
    assert columns == 1
    assert found == pytest.approx(_fitted(event, month, block, x[:, :1])[0])


def test_weights_by_hand():
    """Ten controls; five can be drawn in month 1, two of them are; nobody later."""
    support = np.repeat([True, False], [4, 10])
    later = np.zeros(14, dtype=int)
    later[[4, 5]] = 1
    at_risk = np.zeros((14, 3), dtype=bool)
    at_risk[4:9, 0] = True
    found = censoring_weights(
        support, np.zeros(14, dtype=int), later, at_risk, np.ones((14, 3), dtype=bool),
        truncate=NONE,
    )  # fmt: skip
    assert (found.weight[:4] == 1).all() and (found.weight[:, 0] == 1).all()
    assert np.isnan(found.weight[4:6, 1:]).all()
    assert found.weight[6:9, 1:] == pytest.approx(np.full((3, 2), 0.8 / 0.6))
    assert found.weight[9:, 1:] == pytest.approx(np.full((5, 2), 0.8))
    # Three stand in for five and five for themselves: together for all ten.
    assert found.weight[4:, 1][2:].sum() == pytest.approx(8.0)
    assert found.later == 2 and found.high.tolist() == pytest.approx([1, 4 / 3, 4 / 3])


def test_weights_add_up_to_the_controls_whom_they_stand_for():
    total = np.zeros(HORIZON)
    for seed in range(20):
        w = world(np.random.default_rng(seed), people=800)
        f = w.rows.first
        found = weights(w, f, truncate=NONE)
        control = ~w.rows.support[f]
        left = ~np.isnan(found.weight[control])
        total += np.nansum(found.weight[control], axis=0) / left.sum(axis=0) / 20
        assert (found.effective <= left.sum(axis=0) + 1e-9).all()
    assert total == pytest.approx(np.ones(HORIZON), abs=0.03)


def test_truncation_moves_the_largest_weights_and_says_how_many():
    w = world(np.random.default_rng(4), people=800)
    f = w.rows.first
    free, cut = weights(w, f, truncate=NONE), weights(w, f, truncate=(0.0, 0.95))
    assert free.truncated.sum() == 0
    assert (cut.truncated[2:] > 0).all()  # before, the largest weight is that of many
    assert np.nanmax(cut.weight) < np.nanmax(free.weight)
    # A bound at the 95th percentile is the percentile that is told.
    assert np.nanmax(cut.weight[~w.rows.support[f]], axis=0) == pytest.approx(cut.high)
    assert cut.high == pytest.approx(free.high)
    assert (cut.effective >= free.effective - 1e-9).all()


def test_without_later_draws_the_weights_are_one_and_the_effect_is_the_plain_one():
    w = world(np.random.default_rng(5))
    r, f = w.rows, w.rows.first
    found = censoring_weights(
        r.support[f], r.draw[f], 0 * r.later[f], w.at_risk[f], np.ones_like(w.at_risk[f])
    )
    assert (found.weight == 1).all() and found.later == 0
    outcomes = w.outcomes[f].copy()
    outcomes[::7, 3:] = np.nan
    own = weighted_path(r.support[f], r.draw[f], outcomes, found.weight)
    plain = itt(r.support[f], r.draw[f], outcomes)
    assert own.estimate == pytest.approx(plain.estimate, rel=1e-10)
    assert own.std_error == pytest.approx(plain.std_error, rel=1e-9)
    assert own.df.tolist() == plain.df.tolist()
    assert own.n_control.tolist() == plain.n_control.tolist()


def test_a_person_twice_counts_once_in_the_clustered_error():
    w = world(np.random.default_rng(6))
    r, f = w.rows, w.rows.first
    args = [np.concatenate([a[f], a[f]]) for a in (r.support, r.draw, w.outcomes)]
    who = np.concatenate([r.person[f], r.person[f]])
    twice = weighted_path(*args, np.ones_like(args[2]), who)
    once = weighted_path(
        r.support[f], r.draw[f], w.outcomes[f], np.ones_like(w.outcomes[f]), r.person[f]
    )
    assert twice.estimate == pytest.approx(once.estimate)
    assert twice.std_error == pytest.approx(once.std_error, rel=0.03)
    single = weighted_path(*args, np.ones_like(args[2]))
    assert (single.std_error < 0.75 * twice.std_error).all()


def test_being_drawn_when_not_eligible_or_not_followed_is_refused():
    w = world(np.random.default_rng(7))
    r = w.rows
    args = (r.support, r.draw, r.later)
    with pytest.raises(ValueError, match="not eligible or not followed"):
        censoring_weights(*args, w.at_risk & False, np.ones_like(w.at_risk))
    with pytest.raises(ValueError, match="not eligible or not followed"):
        censoring_weights(*args, w.at_risk, w.at_risk & False)


def test_a_month_in_which_no_draw_has_two_left_in_each_arm_is_missing():
    support, block = np.repeat([True, False], 4), np.zeros(8, dtype=int)
    own = np.ones((8, 2))
    own[4:7, 1] = np.nan
    found = weighted_path(support, block, np.arange(16.0).reshape(8, 2), own)
    assert found.n_control.tolist() == [4, 0]
    assert np.isfinite(found.estimate[0]) and np.isnan([found.estimate[1], found.ci_low[1]]).all()


def test_where_the_lists_are_not_known_state_and_covariates_take_their_place():
    """80 worlds; the Monte-Carlo error of a mean over months is about 0.025."""
    rng = np.random.default_rng(8)
    off: dict[str, list[np.ndarray]] = {"with": [], "without": []}
    for _ in range(80):
        w = world(rng, people=800, selective=True)
        r, f = w.rows, w.rows.first
        args = (r.support[f], r.draw[f], r.later[f], w.without_work[f])
        followed = np.ones_like(w.without_work[f])
        for name, x in (("with", w.x[f, None]), ("without", None)):
            found = censoring_weights(*args, followed, x, w.occasion[f])
            assert found.columns == (name == "with")
            own = weighted_path(r.support[f], r.draw[f], w.outcomes[f], found.weight)
            off[name].append(own.estimate - EFFECT)
    known, unknown = (np.mean(off[name], axis=0)[3:].mean() for name in ("with", "without"))
    assert unknown > 0.1 and abs(known) < 0.06


def test_over_repeated_worlds_weights_recover_what_following_up_to_the_draw_misses():
    """150 worlds; Monte-Carlo error of the coverage over ten months is below 0.02."""
    rng = np.random.default_rng(10)
    month = np.arange(1, HORIZON + 1)
    own, bare, covered, stacked = [], [], [], []
    for _ in range(150):
        w = world(rng)
        r, f = w.rows, w.rows.first
        found = weighted_path(r.support[f], r.draw[f], w.outcomes[f], weights(w, f).weight)
        own.append(found.estimate)
        covered.append((found.ci_low <= EFFECT) & (found.ci_high >= EFFECT))
        gone = (r.later[f, None] > 0) & (month > r.later[f, None])
        one = np.where(gone, np.nan, 1.0)
        bare.append(weighted_path(r.support[f], r.draw[f], w.outcomes[f], one).estimate)
        every = weighted_path(
            r.support, r.draw, w.outcomes, weights(w, slice(None)).weight, r.person
        )
        stacked.append((every.ci_low <= EFFECT) & (every.ci_high >= EFFECT))
    off, bias = np.mean(own, axis=0) - EFFECT, np.mean(bare, axis=0) - EFFECT
    assert bias[2:8].max() < -0.25
    assert np.abs(off).max() < 0.12 and np.abs(off).sum() < 0.25 * np.abs(bias).sum()
    assert 0.91 < np.mean(covered) < 0.98
    assert 0.91 < np.mean(stacked) < 0.98


def test_with_weights_of_one_the_adjusted_path_is_the_adjusted_comparison():
    rng = np.random.default_rng(21)
    n = 240
    block, support = np.repeat([0, 1, 2], n // 3), rng.random(n) < 0.4
    x = np.column_stack([rng.normal(size=n), rng.integers(0, 2, n), rng.normal(size=n)])
    y = x @ [1.0, 2.0, 0.0] + 0.5 * support * x[:, 0] + block + rng.normal(size=n)
    y = np.column_stack([y, y])
    y[rng.random(n) < 0.2, 1] = np.nan
    found = weighted_path(support, block, y, np.ones_like(y), covariates=x)
    other = itt(support, block, y, x)
    assert found.estimate == pytest.approx(other.estimate, rel=1e-10)
    assert found.std_error == pytest.approx(other.std_error, rel=1e-10)
    assert found.df == pytest.approx(other.df)


def test_the_adjusted_weighted_path_is_a_weighted_regression_of_statsmodels():
    import statsmodels.api as sm

    rng = np.random.default_rng(22)
    n = 300
    support, x = rng.random(n) < 0.5, rng.normal(size=n)
    y = x + support * (1 + 0.5 * x) + rng.normal(size=n)
    weight = np.where(support, 1.0, rng.uniform(0.5, 3.0, n))
    weight[~support & (rng.random(n) < 0.2)] = np.nan
    found = weighted_path(
        support, np.zeros(n, dtype=int), y[:, None], weight[:, None], covariates=x[:, None]
    )
    keep, own = ~np.isnan(weight), x - x.mean()  # the mean is that of everybody, censored or not
    design = np.column_stack([support, np.ones(n), own, support * own])[keep]
    fit = sm.WLS(y[keep], design, weights=weight[keep]).fit(cov_type="HC2")
    assert found.estimate[0] == pytest.approx(fit.params[0], rel=1e-10)
    assert found.std_error[0] == pytest.approx(fit.bse[0], rel=1e-10)


def test_covariates_are_left_out_where_they_leave_too_little_room():
    rng = np.random.default_rng(23)
    support, x = np.arange(24) % 2 == 0, rng.normal(size=(24, 3))
    y = rng.normal(size=(24, 1))
    block = np.zeros(24, dtype=int)
    bare = weighted_path(support, block, y, np.ones_like(y))
    assert weighted_path(support, block, y, np.ones_like(y), covariates=x).estimate == bare.estimate
