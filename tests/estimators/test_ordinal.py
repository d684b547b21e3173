"""Ordered answers: R's published model, statsmodels, separation, and who answers better."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from finsam_report.estimators.ordinal import better_answer, ordered_logit

# Households by contact (2), type of dwelling (4), influence (3) and satisfaction (3), the last
# changing fastest: Madsen (1976), Scandinavian Journal of Statistics 3. The values expected
# below come from tests/reference/ordinal.R.
HOUSEHOLDS = [
    *(21, 21, 28, 34, 22, 36, 10, 11, 36, 61, 23, 17, 43, 35, 40, 26, 18, 54, 13, 9, 10, 8, 8, 12),
    *(
        6,
        7,
        9,
        18,
        6,
        7,
        15,
        13,
        13,
        7,
        5,
        11,
        14,
        19,
        37,
        17,
        23,
        40,
        3,
        5,
        23,
        78,
        46,
        43,
        48,
        45,
    ),
    *(86, 15, 25, 62, 20, 23, 20, 10, 22, 24, 7, 10, 21, 57, 23, 13, 31, 21, 13, 5, 6, 13),
]


def housing() -> tuple[np.ndarray, np.ndarray]:
    contact, dwelling, influence, satisfaction = np.indices((2, 4, 3, 3)).reshape(4, -1)
    dummies = [influence == 1, influence == 2, *(dwelling == d for d in (1, 2, 3)), contact == 1]
    design = np.column_stack(dummies).astype(float)
    return np.repeat(satisfaction, HOUSEHOLDS) + 1.0, np.repeat(design, HOUSEHOLDS, axis=0)


def test_the_housing_data_give_what_polr_prints():
    found = ordered_logit(*housing())
    assert found.n == 1681
    assert found.coefficients == pytest.approx(
        [0.5663937, 1.2888191, -0.5723500, -0.3661864, -1.0910147, 0.3602840], abs=2e-6
    )
    assert found.thresholds == pytest.approx([-0.4961353, 0.6907083], abs=2e-6)
    assert found.log_likelihood == pytest.approx(-1739.57465, abs=1e-5)
    assert found.model_error == pytest.approx(
        [0.10465278, 0.12715615, 0.11923801, 0.15517334, 0.15148602, 0.09553580], abs=2e-6
    )


def test_robust_errors_are_those_of_the_sandwich_package():
    assert ordered_logit(*housing()).std_error == pytest.approx(
        [0.10359692, 0.12860189, 0.12086549, 0.15297790, 0.15205875, 0.09625610], abs=2e-6
    )


def simulated(seed: int, n: int = 412, k: int = 14) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    design = np.column_stack([rng.random(n) < 0.6, rng.normal(size=(n, k)) * rng.uniform(1, 50, k)])
    index = 0.4 * design[:, 0] + design[:, 1:5] @ np.array([0.02, -0.01, 0.01, 0.0])
    return np.digitize(index + rng.logistic(size=n), [-2.0, -0.7, 0.8, 2.2]) + 1.0, design


@pytest.mark.parametrize("seed", range(2))
def test_coefficients_errors_and_likelihood_equal_statsmodels(seed):
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    outcome, design = simulated(seed)
    spread = design.std(axis=0)
    found = ordered_logit(outcome, design)
    model = OrderedModel(outcome, design / spread, distr="logit")
    other = model.fit(method="bfgs", disp=0, maxiter=500, gtol=1e-8)
    k = design.shape[1]
    assert found.coefficients * spread == pytest.approx(other.params[:k], abs=1e-6)
    assert found.thresholds == pytest.approx(model.transform_threshold_params(other.params)[1:-1])
    assert found.log_likelihood == pytest.approx(other.llf, rel=1e-10)
    # statsmodels differentiates numerically.
    assert found.model_error * spread == pytest.approx(other.bse[:k], rel=1e-4)


def test_two_answers_are_an_ordinary_logit():
    import statsmodels.api as sm

    outcome, design = simulated(3)
    high = (outcome >= 4).astype(float)
    found = ordered_logit(high, design)
    other = sm.Logit(high, sm.add_constant(design)).fit(disp=0, cov_type="HC0", tol=1e-12)
    assert found.coefficients == pytest.approx(other.params[1:], rel=1e-6)
    assert found.std_error == pytest.approx(other.bse[1:], rel=1e-6)
    assert found.thresholds[0] == pytest.approx(-other.params[0], rel=1e-6)


def test_the_names_of_the_answers_and_the_unit_of_a_covariate_do_not_matter():
    outcome, design = simulated(4)
    one, two = ordered_logit(outcome, design), ordered_logit(outcome**3, design * 1000)
    assert two.coefficients * 1000 == pytest.approx(one.coefficients, rel=1e-8)
    assert two.std_error * 1000 == pytest.approx(one.std_error, rel=1e-8)


def test_an_answer_nobody_gave_is_merged_away_and_missing_answers_are_left_out():
    outcome, design = simulated(5)
    gap = np.where(outcome == 3, np.nan, outcome)
    found = ordered_logit(gap, design)
    assert found.answers.tolist() == [1, 2, 4, 5] and found.thresholds.size == 3
    assert found.n == np.sum(outcome != 3)


def test_a_repeated_column_gets_no_coefficient_and_changes_nothing():
    outcome, design = simulated(6)
    found = ordered_logit(outcome, np.column_stack([design, design[:, 0] + 1]))
    assert np.isnan(found.coefficients[-1])
    plain = ordered_logit(outcome, design)
    assert found.coefficients[:-1] == pytest.approx(plain.coefficients, rel=1e-9)


def test_an_empty_top_answer_in_one_arm_still_has_a_finite_estimate():
    arm = np.repeat([1.0, 0.0], 50)
    outcome = np.concatenate([np.tile([1, 2, 3, 4, 5], 10), np.tile([1, 2, 3, 3, 4], 10)])
    found = ordered_logit(outcome + 0.0, arm[:, None])
    assert 0 < found.coefficients[0] < 2 and found.std_error[0] < 1


def test_arms_that_never_overlap_are_refused_and_never_infinite():
    arm = np.repeat([1.0, 0.0], 30)
    outcome = np.where(arm == 1, np.tile([3.0, 4, 5], 20), np.tile([1.0, 2, 3], 20))
    with pytest.raises(ValueError, match=r"columns \[0\] without error"):
        ordered_logit(outcome, arm[:, None])


def test_a_covariate_whose_people_all_answer_the_top_is_named():
    outcome, design = simulated(7)
    few = np.zeros(outcome.size)
    few[:4], outcome[:4] = 1.0, 5.0
    with pytest.raises(ValueError, match=r"columns \[2\] without error"):
        ordered_logit(outcome, np.column_stack([design[:, :2], few]))


def test_one_answer_or_one_arm_is_refused_in_words():
    with pytest.raises(ValueError, match="same answer"):
        ordered_logit(np.ones(10), np.arange(10.0)[:, None])
    with pytest.raises(ValueError, match="arm does not vary"):
        ordered_logit(np.arange(10.0), np.ones((10, 1)))


def test_over_repeated_trials_the_interval_covers_the_log_odds():
    covered = []
    for seed in range(400):
        outcome, design = simulated(seed, n=300, k=6)
        found = ordered_logit(outcome, design)
        covered.append(found.ci_low[0] <= 0.4 <= found.ci_high[0])
    assert 0.925 <= np.mean(covered) <= 0.975


def answers(seed: int, n: int = 90, lift: float = 0.7) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    support = rng.permutation(n) < 0.6 * n
    latent = rng.normal(size=n) * np.where(support, 1.4, 0.8) + lift * support
    return support, np.digitize(latent, [-1, 0, 0.7, 1.6]) + 1.0


def test_one_block_is_mann_whitney_and_brunner_munzel():
    support, y = answers(0)
    found = better_answer(support, y[:, None])
    pairs = support.sum() * (~support).sum()
    other = stats.mannwhitneyu(y[support], y[~support])
    assert found.probability[0] == pytest.approx(other.statistic / pairs, rel=1e-12)
    test = stats.brunnermunzel(y[~support], y[support])
    assert (found.probability[0] - 0.5) / found.std_error[0] == pytest.approx(test.statistic)
    assert found.p_value[0] == pytest.approx(test.pvalue, rel=1e-9)


def test_blocks_are_averaged_by_their_people_and_pairs_stay_within_them():
    support, y = answers(1, n=200)
    block = np.repeat([0, 1, 2], [60, 100, 40])
    found = better_answer(support, y[:, None] + 10 * block[:, None], block)
    each = [better_answer(support[block == b], y[block == b, None]) for b in range(3)]
    share = np.array([0.3, 0.5, 0.2])
    assert found.probability[0] == pytest.approx(share @ [e.probability[0] for e in each])
    variances = np.array([e.std_error[0] ** 2 for e in each])
    assert found.std_error[0] == pytest.approx(np.sqrt(share**2 @ variances))
    assert found.n_support[0] == support.sum()


def test_turning_the_scale_gives_the_complement_and_all_ties_one_half():
    support, y = answers(2)
    one, other = better_answer(support, y[:, None]), better_answer(support, -y[:, None])
    assert one.probability[0] + other.probability[0] == pytest.approx(1, rel=1e-12)
    same = better_answer(support, np.ones((support.size, 1)))
    assert same.probability[0] == 0.5 and np.isnan(same.std_error[0])


def test_missing_answers_and_blocks_without_both_arms_are_left_out():
    support, y = answers(3)
    y[:20] = np.nan
    found = better_answer(support, y[:, None])
    assert found.probability == pytest.approx(better_answer(support[20:], y[20:, None]).probability)
    nothing = better_answer(support, np.full((support.size, 1), np.nan))
    assert np.isnan(nothing.probability[0]) and nothing.n_support[0] == 0


def test_over_repeated_trials_the_interval_covers_the_probability():
    support, y = answers(999, n=400_000)
    truth = better_answer(support, y[:, None]).probability[0]
    found = [better_answer(s, y[:, None]) for s, y in (answers(seed) for seed in range(600))]
    covered = np.mean([f.ci_low[0] <= truth <= f.ci_high[0] for f in found])
    assert 0.93 <= covered <= 0.97
