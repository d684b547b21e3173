"""Effect per taker: published numbers, linearmodels, and the shapes of the Anderson-Rubin set."""

from __future__ import annotations

import numpy as np
import pytest
from linearmodels.iv import IV2SLS

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import interacted_design, itt
from finsam_report.estimators.iv import late
from finsam_report.estimators.trial import Trial

CONTROLS = [
    "exper",
    "expersq",
    "black",
    "south",
    "smsa",
    "reg661",
    "reg662",
    "reg663",
    "reg664",
    "reg665",
    "reg666",
    "reg667",
    "reg668",
    "smsa66",
]


@pytest.fixture(scope="module")
def card():
    from linearmodels.datasets import card as source

    data = source.load().dropna(subset=["lwage", "educ", "nearc4", *CONTROLS])
    design = np.column_stack([np.ones(len(data)), data[CONTROLS].to_numpy(float)])
    # The reference used the log wage as Stata keeps it, in single precision; this copy of the
    # data has rounded it to six decimals, which changes the seventh digit of the results.
    wage = np.log(data["wage"].to_numpy(float)).astype(np.float32).astype(float)
    return design, data["nearc4"].to_numpy(float), data["educ"].to_numpy(float), wage


def test_card_gives_the_published_return_and_error(card):
    design, z, d, y = card
    found = late(z, design, d, y[:, None], covariance="classical")
    assert round(found.estimate[0], 4) == 0.1315
    # Stata and R divide by n - k; so does the classical variance here.
    assert round(found.std_error[0], 4) == 0.0550
    assert round(found.first_stage_f, 3) == 13.256


def test_card_gives_the_published_anderson_rubin_interval(card):
    design, z, d, y = card
    found = late(z, design, d, y[:, None], covariance="classical")
    assert found.ar_shape == ("interval",)
    assert found.ar_low[0] == pytest.approx(0.0248048359651, rel=1e-11)
    assert found.ar_high[0] == pytest.approx(0.284823593339, rel=1e-11)


def test_the_ends_of_the_anderson_rubin_set_have_a_p_of_exactly_one_minus_the_level(card):
    import statsmodels.api as sm

    design, z, d, y = card
    found = late(z, design, d, y[:, None], covariance="classical")
    for end in (found.ar_low[0], found.ar_high[0]):
        fit = sm.OLS(y - end * d, np.column_stack([design, z])).fit()
        assert fit.pvalues[-1] == pytest.approx(0.05, rel=1e-6)


def partial_take_up(seed: int, n: int = 600, first: float = 0.6):
    rng = np.random.default_rng(seed)
    block = np.repeat(np.arange(3), n // 3)
    design = Assignment.from_shares(block, np.array([0.3, 0.5, 0.6]), tuple("abc"))
    support = design.draw(rng, 1)[0]
    x = rng.normal(size=(n, 2))
    takes = rng.random(n) < first
    met = (support & takes).astype(float)
    y = x @ [0.5, 0.2] + block + 0.8 * takes + 1.5 * met + rng.normal(size=n)
    return Trial(design, support, x, met), y


@pytest.mark.parametrize("seed", range(3))
def test_two_stage_least_squares_equals_linearmodels(seed):
    trial, y = partial_take_up(seed)
    design = interacted_design(trial.support, trial.assignment.block, trial.covariates)
    z = trial.support.astype(float)
    found = late(z, design, trial.take_up, y[:, None], covariance="HC0")
    other = IV2SLS(y, design, trial.take_up, z).fit(cov_type="robust", debiased=False)
    assert found.estimate[0] == pytest.approx(other.params.iloc[-1], rel=1e-9)
    assert found.std_error[0] == pytest.approx(other.std_errors.iloc[-1], rel=1e-9)


def test_the_effect_per_taker_is_the_ratio_of_the_two_effects_of_the_offer():
    trial, y = partial_take_up(5)
    found = trial.late(y[:, None])
    effects = trial.itt(np.column_stack([y, trial.take_up]))
    assert found.estimate[0] == pytest.approx(effects.estimate[0] / effects.estimate[1], rel=1e-10)
    assert found.first_stage == pytest.approx(effects.estimate[1], rel=1e-10)


def test_an_irrelevant_offer_gives_an_unbounded_set_and_not_a_narrow_one():
    rng = np.random.default_rng(3)
    z = (np.arange(200) % 2).astype(float)
    d = rng.normal(size=200)
    y = rng.normal(size=(200, 1)) + d[:, None]
    found = late(z, np.ones((200, 1)), d, y)
    assert found.ar_shape[0] in ("line", "outside")
    assert np.isinf([found.ar_low[0], found.ar_high[0]]).all()


def test_an_offer_that_moves_nobody_is_refused_in_words():
    z = (np.arange(40) % 2).astype(float)
    with pytest.raises(ValueError, match="does not change take-up"):
        late(z, np.ones((40, 1)), np.ones(40), np.random.default_rng(0).normal(size=(40, 1)))


def test_full_take_up_makes_the_effect_per_taker_the_effect_of_the_offer():
    trial, y = partial_take_up(6)
    full = Trial(trial.assignment, trial.support, trial.covariates, trial.support.astype(float))
    found = full.late(y[:, None])
    plain = itt(full.support, full.assignment.block, y[:, None], full.covariates)
    assert found.estimate[0] == pytest.approx(plain.estimate[0], rel=1e-10)
    assert found.std_error[0] == pytest.approx(plain.std_error[0], rel=1e-10)
    assert found.ar_low[0] == pytest.approx(plain.ci_low[0], rel=1e-8)


def test_both_intervals_cover_the_effect_per_taker():
    """300 assignments; Monte-Carlo error of the share is about 0.013."""
    rng = np.random.default_rng(12)
    n = 500
    block = np.repeat([0, 1], n // 2)
    design = Assignment(block, np.array([100, 140]), ("a", "b"))
    x = rng.normal(size=(n, 1))
    takes = rng.random(n) < 0.7
    y0 = x[:, 0] + block + 0.5 * takes + rng.normal(size=n)
    plain, robust = [], []
    for support in design.draw(rng, 300):
        met = (support & takes).astype(float)
        found = Trial(design, support, x, met).late((y0 + 1.2 * met)[:, None])
        plain.append(found.ci_low[0] <= 1.2 <= found.ci_high[0])
        robust.append(found.ar_low[0] <= 1.2 <= found.ar_high[0])
    assert 0.91 <= np.mean(plain) <= 0.985
    assert 0.91 <= np.mean(robust) <= 0.985
