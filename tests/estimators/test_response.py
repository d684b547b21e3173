"""Response weights: published NHEFS numbers, statsmodels, bootstrap, and repeated trials."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.itt import itt
from finsam_report.estimators.response import ResponseWeights, logit, response_weights
from finsam_report.estimators.weighted import weighted_effect


@pytest.fixture(scope="module")
def nhefs():
    from causaldata import nhefs as source

    data = source.load_pandas().data
    columns = [np.ones(len(data))]
    for name in ("sex", "race", "education", "exercise", "active"):
        codes = data[name].to_numpy(int)
        columns += [(codes == c).astype(float) for c in np.unique(codes)[1:]]
    for name in ("age", "smokeintensity", "smokeyrs", "wt71"):
        values = data[name].to_numpy(float)
        columns += [values, values**2]
    design = np.column_stack(columns)
    scale = np.abs(design).max(axis=0)
    return data["qsmk"].to_numpy(float) == 1, data["wt82_71"].to_numpy(float), design / scale


def quitting(quit_: np.ndarray, design: np.ndarray, numerator: float | None) -> ResponseWeights:
    """Inverse-probability weights for a treatment, from the same logit as for answering."""
    fit = logit(quit_, design)
    own = np.where(quit_, fit.probability, 1 - fit.probability)
    share = 1.0 if numerator is None else np.where(quit_, numerator, 1 - numerator)
    weight = share / own
    change = np.where(quit_, -(1 - fit.probability), fit.probability)
    derivative = (weight * change)[:, None] * design
    return ResponseWeights(weight, derivative, fit.influence, 0.0, np.inf, 0, 0.0, (0, 0))


def test_the_logit_equals_statsmodels(nhefs):
    import statsmodels.api as sm

    quit_, _, design = nhefs
    found = logit(quit_, design)
    other = sm.GLM(quit_.astype(float), design, family=sm.families.Binomial()).fit(tol=1e-14)
    assert found.probability == pytest.approx(other.fittedvalues, abs=1e-9)
    robust = np.sqrt(np.sum(found.influence**2, axis=0))
    white = sm.GLM(quit_.astype(float), design, family=sm.families.Binomial()).fit(
        tol=1e-14, cov_type="HC0"
    )
    assert robust == pytest.approx(white.bse, rel=1e-6)


@pytest.mark.parametrize("stabilised", [False, True])
def test_nhefs_gives_the_published_effect_and_interval(nhefs, stabilised):
    """Hernan and Robins, What If, programs 12.2 and 12.4; the interval is GEE's (HC0, fixed)."""
    quit_, change, design = nhefs
    seen = ~np.isnan(change)
    quit_, change, design = quit_[seen], change[seen], design[seen]
    weights = quitting(quit_, design, quit_.mean() if stabilised else None)
    none = np.zeros(quit_.size, dtype=int)
    found = weighted_effect(quit_, none, change[:, None], weights, corrected=False)
    assert round(found.estimate[0], 3) == 3.441
    ends = found.estimate[0] + np.array([-1.959964, 1.959964]) * found.se_fixed[0]
    assert np.round(ends, 2).tolist() == [2.41, 4.47]
    # Estimated weights are more precise than known ones, so this interval is wider than need be.
    assert found.std_error[0] < found.se_fixed[0]


def test_nhefs_with_censoring_weights_gives_the_published_effect_and_interval(nhefs):
    """Program 12.7: treatment weights times weights for being seen, 3.5 (2.5, 4.5)."""
    quit_, change, design = nhefs
    seen = ~np.isnan(change)
    treatment = quitting(quit_, design, quit_.mean())
    fit = logit(seen, np.column_stack([design, quit_]))
    share = np.where(quit_, seen[quit_].mean(), seen[~quit_].mean())
    weight = np.where(seen, treatment.weight * share / fit.probability, 0.0)
    known = np.zeros((quit_.size, 0))
    weights = ResponseWeights(weight, known, known, 0.0, np.inf, 0, 0.0, (0, 0))
    none = np.zeros(quit_.size, dtype=int)
    found = weighted_effect(quit_, none, change[:, None], weights, corrected=False)
    assert round(found.estimate[0], 3) == 3.496
    ends = found.estimate[0] + np.array([-1.959964, 1.959964]) * found.se_fixed[0]
    assert np.round(ends, 2).tolist() == [2.47, 4.53]


def survey(seed: int, n: int = 550) -> tuple[np.ndarray, ...]:
    """Low answers at the start go with not answering, more so in the control arm."""
    rng = np.random.default_rng(seed)
    block = np.arange(n) % 2
    support = np.zeros(n, dtype=bool)
    for b, share in enumerate((0.6, 0.5)):
        people = rng.permutation(np.flatnonzero(block == b))
        support[people[: round(share * people.size)]] = True
    x = rng.normal(size=(n, 3))
    y = 3 + 0.8 * x[:, [0]] + 0.3 * x[:, [1]] + 0.4 * support[:, None] + rng.normal(size=(n, 2))
    chance = 1 / (1 + np.exp(-(0.9 + np.where(support, 0.2, 1.0) * x[:, 0] - 0.3 * x[:, 1])))
    responded = rng.random(n) < chance
    y[~responded] = np.nan
    return support, block, x, responded, y


def test_the_weights_undo_the_selection_that_made_the_arms_unlike():
    support, _, x, responded, _ = survey(0, 4000)
    weights = response_weights(support, responded, x, (0.0, 1.0))
    for arm in (support, ~support):
        seen = arm & responded
        raw = x[seen, 0].mean() - x[arm, 0].mean()
        balanced = np.average(x[seen, 0], weights=weights.weight[seen]) - x[arm, 0].mean()
        assert abs(raw) > 0.04 and abs(balanced) < 0.35 * abs(raw)
    assert weights.weight[responded].mean() == pytest.approx(1, abs=0.02)
    assert weights.truncated == 0 and weights.effective < responded.sum()


def test_the_weights_are_those_of_one_logit_with_the_arm_and_all_products():
    import statsmodels.api as sm

    support, _, x, responded, _ = survey(1)
    found = response_weights(support, responded, x, (0.0, 1.0))
    design = np.column_stack([np.ones(support.size), support, x, x * support[:, None]])
    fit = sm.GLM(responded.astype(float), design, family=sm.families.Binomial()).fit(tol=1e-14)
    share = np.where(support, responded[support].mean(), responded[~support].mean())
    expected = np.where(responded, share / fit.fittedvalues, 0.0)
    assert found.weight == pytest.approx(expected, abs=1e-8)
    assert found.columns == (3, 3)


def test_truncation_moves_the_outermost_weights_to_the_quantiles():
    support, _, x, responded, _ = survey(2)
    free = response_weights(support, responded, x, (0.0, 1.0))
    cut = response_weights(support, responded, x, (0.05, 0.95))
    low, high = np.quantile(free.weight[responded], [0.05, 0.95])
    assert (cut.low, cut.high) == (pytest.approx(low), pytest.approx(high))
    assert cut.weight[responded] == pytest.approx(np.clip(free.weight[responded], low, high))
    assert cut.truncated == pytest.approx(0.1 * responded.sum(), abs=2)
    assert not cut.derivative[responded & (free.weight > high)].any()


def test_when_everybody_answers_the_weighted_effect_is_the_unweighted_one():
    support, block, x, _, _ = survey(3)
    y = np.random.default_rng(0).normal(size=(support.size, 2)) + support[:, None]
    weights = response_weights(support, np.ones(support.size, dtype=bool), x)
    for covariates in (None, x):
        found = weighted_effect(support, block, y, weights, covariates)
        plain = itt(support, block, y, covariates)
        assert found.estimate == pytest.approx(plain.estimate, rel=1e-10)
        assert found.std_error == pytest.approx(plain.std_error, rel=1e-10)
        assert found.df == pytest.approx(plain.df)


def test_blocks_count_by_everybody_randomised_and_not_by_those_who_answered():
    support, block, _, responded, y = survey(4)
    responded &= (block == 0) | (np.arange(block.size) % 3 > 0)
    y[~responded] = np.nan
    weights = response_weights(support, responded, np.zeros((support.size, 0)))
    found = weighted_effect(support, block, y, weights)
    each = [
        y[responded & (block == b) & support].mean(axis=0)
        - y[responded & (block == b) & ~support].mean(axis=0)
        for b in (0, 1)
    ]
    assert found.estimate == pytest.approx(np.mean(each, axis=0), rel=1e-10)


def test_somebody_who_skips_an_item_is_left_out_of_that_item_only():
    support, block, x, responded, y = survey(5)
    weights = response_weights(support, responded, x)
    whole = weighted_effect(support, block, y, weights)
    skipped = y.copy()
    skipped[np.flatnonzero(responded)[:9], 1] = np.nan
    part = weighted_effect(support, block, skipped, weights)
    assert part.estimate[0] == pytest.approx(whole.estimate[0], rel=1e-12)
    assert (whole.n_support + whole.n_control - part.n_support - part.n_control).tolist() == [0, 9]


def test_an_arm_that_answers_in_full_keeps_weights_of_one():
    support, _, x, responded, _ = survey(6)
    responded |= support
    found = response_weights(support, responded, x, (0.0, 1.0))
    assert (found.weight[support] == 1).all() and found.columns == (0, 3)


def test_a_dummy_that_decides_answering_is_left_out_and_no_weight_is_infinite():
    support, _, x, responded, _ = survey(7)
    decides = responded & (np.arange(support.size) < 30)
    found = response_weights(support, responded, np.column_stack([decides, x]))
    plain = response_weights(support, responded, x)
    assert found.weight == pytest.approx(plain.weight, rel=1e-9)
    jump = np.where(responded, 1.0, -1.0)  # a covariate that gives the answer away
    noise = np.abs(np.random.default_rng(0).normal(size=support.size)) + 0.1
    assert np.isfinite(response_weights(support, responded, (jump * noise)[:, None]).weight).all()


def test_few_who_did_not_answer_allow_few_covariates():
    support, _, x, _, _ = survey(8)
    responded = np.ones(support.size, dtype=bool)
    responded[np.flatnonzero(support)[:11]] = False
    responded[np.flatnonzero(~support)[:4]] = False
    assert response_weights(support, responded, x).columns == (2, 0)


def test_an_arm_without_answers_is_refused_in_words():
    support, _, x, responded, _ = survey(9)
    with pytest.raises(ValueError, match="nobody answered"):
        response_weights(support, responded & support, x)


def test_the_error_with_estimated_weights_is_that_of_the_bootstrap():
    support, block, x, responded, y = survey(10)
    weights = response_weights(support, responded, x, (0.0, 1.0))
    found = weighted_effect(support, block, y, weights)
    rng = np.random.default_rng(0)
    groups = [np.flatnonzero((block == b) & (support == a)) for b in (0, 1) for a in (False, True)]
    again = []
    for _ in range(800):
        rows = np.concatenate([rng.choice(g, g.size) for g in groups])
        w = response_weights(support[rows], responded[rows], x[rows], (0.0, 1.0))
        again.append(weighted_effect(support[rows], block[rows], y[rows], w).estimate)
    assert found.std_error == pytest.approx(np.std(again, axis=0, ddof=1), rel=0.08)


def test_over_repeated_trials_the_weighted_effect_covers_the_truth_and_the_plain_one_does_not():
    found, plain = [], []
    for seed in range(400):
        support, block, x, responded, y = survey(seed + 1000)
        free = response_weights(support, responded, x, (0.0, 1.0))
        cut = response_weights(support, responded, x)
        found.append(
            [weighted_effect(support, block, y, free), weighted_effect(support, block, y, cut, x)]
        )
        raw = itt(support, block, y)
        plain.append((raw.ci_low <= 0.4) & (raw.ci_high >= 0.4))
    for both in zip(*found, strict=True):
        covered = [(f.ci_low <= 0.4) & (f.ci_high >= 0.4) for f in both]
        assert 0.93 <= np.mean(covered) <= 0.97
        spread = np.std([f.estimate for f in both], axis=0, ddof=1).mean()
        assert np.mean([f.std_error for f in both]) == pytest.approx(spread, rel=0.07)
    assert np.mean(plain) < 0.85
