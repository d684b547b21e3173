"""Attrition: the boundaries, the model behind them, and tests of who answers."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.attrition import joint_response, wwc_flag


@pytest.mark.parametrize(
    ("overall", "cautious", "optimistic"),
    [(0.0, 5.7, 10.0), (0.10, 6.3, 10.9), (0.20, 5.4, 10.0), (0.30, 4.1, 8.2), (0.57, 0.0, 2.1)],
)
def test_boundaries_are_those_of_the_handbook(overall, cautious, optimistic):
    found = wwc_flag(overall, 0.0)
    assert 100 * found.limit_cautious == pytest.approx(cautious, abs=1e-9)
    assert 100 * found.limit_optimistic == pytest.approx(optimistic, abs=1e-9)


def largest_difference(overall: float, alpha: tuple[float, float]) -> float:
    """Differential attrition at which the model's bias rounds to more than 0.05 SD.

    Response and outcome depend on a common latent normal, with loadings alpha in the two arms.
    """

    difference = np.arange(0, 0.2, 0.0005)
    difference = difference[difference / 2 < overall]
    lost = overall + np.array([[0.5], [-0.5]]) * difference
    mills = stats.norm.pdf(stats.norm.ppf(lost)) / (1 - lost)
    bias = alpha[0] * mills[0] - alpha[1] * mills[1]
    return 100 * float(difference[bias < 0.055].max())


@pytest.mark.parametrize(
    ("assumption", "alpha", "last", "within"),
    [("cautious", (0.45, 0.39), 57, 0.16), ("optimistic", (0.27, 0.22), 65, 0.36)],
)
def test_boundaries_follow_the_model_of_attrition_that_they_came_from(
    assumption, alpha, last, within
):
    for percent in range(8, last):
        limit = 100 * getattr(wwc_flag(percent / 100, 0.0), f"limit_{assumption}")
        assert limit == pytest.approx(largest_difference(percent / 100, alpha), abs=within)


def test_flags_compare_with_the_boundary_whatever_the_sign():
    found = wwc_flag(0.30, -0.06)
    assert (found.cautious, found.optimistic) == ("high", "low")
    assert found.differential == 0.06
    assert wwc_flag(0.30, 0.041).cautious == "low"
    assert wwc_flag(0.30, 0.0411).cautious == "high"
    assert 0.040 < wwc_flag(0.305, 0.0).limit_cautious < 0.041


def test_beyond_the_table_attrition_is_high():
    assert wwc_flag(0.58, 0.0).cautious == "high" and wwc_flag(0.58, 0.0).optimistic == "low"
    found = wwc_flag(0.7, 0.0)
    assert (found.cautious, found.optimistic) == ("high", "high")
    assert np.isnan(found.limit_optimistic)


def test_shares_must_be_shares():
    with pytest.raises(ValueError, match="shares"):
        wwc_flag(30, 4)


def trial(seed: int, n: int = 400):
    rng = np.random.default_rng(seed)
    block = np.repeat([0, 1], [n // 2, n - n // 2])
    design = Assignment.from_shares(block, np.array([0.6, 0.5]), ("a", "b"))
    x = np.column_stack([rng.normal(size=n), rng.random(n) < 0.4, rng.normal(size=n) + block])
    return design, design.draw(rng, 1)[0], x.astype(float), rng


def test_the_joint_test_is_the_wald_test_of_statsmodels():
    design, support, x, rng = trial(1)
    answered = rng.random(400) < 0.6 + 0.1 * support * x[:, 1]
    found = joint_response(design, support, answered, x, design.draw(rng, 20))
    z = support.astype(float)[:, None]
    centred = x - x.mean(axis=0)
    columns = np.hstack([(design.block[:, None] == [0, 1]) * 1.0, centred, z, z * centred])
    fit = sm.OLS(answered.astype(float), columns).fit(cov_type="HC2", use_t=True)
    other = fit.f_test(np.eye(9)[6:])
    assert found.statistic == pytest.approx(float(np.squeeze(other.statistic)), rel=1e-8)
    assert found.p_value == pytest.approx(float(other.pvalue), rel=1e-7)
    assert (found.df_numerator, found.df_denominator) == (3, 391)


def test_response_that_support_does_not_change_is_rejected_as_often_as_the_tests_say():
    """300 assignments of the same people; Monte-Carlo error of the share is 0.013."""
    design, _, x, rng = trial(2, n=300)
    answered = rng.random(300) < 1 / (1 + np.exp(-x[:, 0]))
    drawn = design.draw(rng, 199)
    p = []
    for support in design.draw(rng, 300):
        found = joint_response(design, support, answered, x, drawn)
        p.append([found.p_value, found.p_randomisation])
    for share in np.mean(np.array(p) <= 0.05, axis=0):
        assert 0.02 <= share <= 0.085


def test_other_people_answering_in_one_arm_is_found_though_as_many_do():
    design, support, x, rng = trial(3, n=1200)
    lean = np.where(support, 1.0, -1.0) * x[:, 0]
    answered = rng.random(1200) < 1 / (1 + np.exp(-lean))
    found = joint_response(design, support, answered, x, design.draw(rng, 199))
    assert found.p_value < 0.001
    assert found.p_randomisation == pytest.approx(1 / 200)


def test_randomisation_p_is_that_of_the_definition():
    """Residual response times each covariate, compared between the arms in every draw."""
    design, support, x, rng = trial(4, n=120)
    answered = rng.random(120) < 0.7
    drawn = design.draw(rng, 400)
    found = joint_response(design, support, answered, x, drawn)
    columns = np.hstack([(design.block[:, None] == [0, 1]) * 1.0, x])
    u = sm.OLS(answered.astype(float), columns).fit().resid
    values = u[:, None] * (x - x.mean(axis=0))

    def differences(z):
        parts = [values[(design.block == b) & z].mean(axis=0) for b in (0, 1)]
        rest = [values[(design.block == b) & ~z].mean(axis=0) for b in (0, 1)]
        return (parts[0] - rest[0] + parts[1] - rest[1]) / 2

    each = np.array([differences(z) for z in drawn])
    inverse = np.linalg.inv(np.cov(each.T, bias=True))
    length = np.einsum("ij,jk,ik->i", each, inverse, each)
    own = differences(support) @ inverse @ differences(support)
    assert found.p_randomisation == pytest.approx((1 + np.sum(length >= own)) / 401)


def test_nothing_is_tested_where_an_arm_is_too_small_to_interact():
    design = Assignment(np.zeros(40, np.int64), np.array([32]), ("a",))
    rng = np.random.default_rng(4)
    support = design.draw(rng, 1)[0]
    answered = rng.random(40) < 0.5
    found = joint_response(design, support, answered, rng.normal(size=(40, 1)), support[None, :])
    assert np.isnan(found.p_value) and np.isnan(found.p_randomisation)
    assert found.df_numerator == 0


def test_everybody_answering_or_nothing_known_gives_no_test():
    design, support, x, rng = trial(5)
    drawn = design.draw(rng, 10)
    for answered in (np.ones(400, bool), np.zeros(400, bool)):
        assert np.isnan(joint_response(design, support, answered, x, drawn).p_value)
    some = rng.random(400) < 0.5
    assert np.isnan(joint_response(design, support, some, x[:, :0], drawn).p_randomisation)


def test_covariates_that_are_the_same_in_one_arm_are_tested_once() -> None:
    rng = np.random.default_rng(4)
    support = np.tile([True, False], 60)
    x = rng.normal(size=120)
    also = np.where(support, x, rng.normal(size=120))
    assignment = Assignment.realised(np.zeros(120, dtype=np.int64), support, ("all",))
    found = joint_response(
        assignment, support, rng.random(120) < 0.7, np.column_stack([x, also]),
        assignment.draw(rng, 99),
    )  # fmt: skip
    assert found.df_numerator == 1
    assert 0 < found.p_value <= 1
