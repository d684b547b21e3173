"""Multiple imputation: Rubin's rules, R's mice, complete data, and repeated trials."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from finsam_report.estimators.imputation import impute, imputed_effect, pool
from finsam_report.estimators.itt import itt

REFERENCE = Path(__file__).parents[1] / "reference" / "imputation.csv"
# Mean of the difference over the imputations, error within them and spread between them, for
# each item; made by tests/reference/imputation.R.
MICE = {
    "matching": np.array(
        [
            [0.4399386, 0.3176100, 0.4596614],
            [0.1400983, 0.1351968, 0.1444075],
            [0.0598514, 0.0583395, 0.0617867],
        ]
    ),
    "normal": np.array(
        [
            [0.4535424, 0.3203399, 0.4963969],
            [0.1430671, 0.1392508, 0.1474678],
            [0.0657154, 0.0671396, 0.0672213],
        ]
    ),
}


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def survey(seed: int, n: int = 400, m: int = 3, *, skips: float = 0.0) -> tuple[np.ndarray, ...]:
    """Five-point answers; who had low answers at the start answers less, most in control."""
    source = rng(seed)
    block = np.arange(n) % 2
    support = np.zeros(n, dtype=bool)
    for b, share in enumerate((0.6, 0.5)):
        people = source.permutation(np.flatnonzero(block == b))
        support[people[: round(share * people.size)]] = True
    x = source.normal(size=(n, 3))
    latent = (3 + x @ [0.7, 0.3, 0.0])[:, None] + source.normal(size=(n, m))
    control = np.clip(np.round(latent), 1, 5)
    treated = np.clip(np.round(latent + 0.5), 1, 5)
    y = np.where(support[:, None], treated, control)
    slope = np.where(support, 0.2, 1.0)
    y[source.random(n) > 1 / (1 + np.exp(-(0.9 + slope * x[:, 0])))] = np.nan
    y[source.random(y.shape) < skips] = np.nan
    return support, block, x, y, (treated - control).mean(axis=0)


def test_rubins_rules_give_what_mice_gives():
    """Values from tests/reference/imputation.R."""
    estimates = np.array([[0.31], [0.42], [0.28], [0.37], [0.35]])
    variances = np.array([[0.0121], [0.0133], [0.0118], [0.0127], [0.0125]])
    found = pool(estimates, variances, np.array([60.0]))
    assert found.estimate[0] == pytest.approx(0.346, rel=1e-12)
    assert found.std_error[0] == pytest.approx(0.126475294, rel=1e-8)
    assert found.df[0] == pytest.approx(29.29018205, rel=1e-8)


def test_with_no_limit_to_complete_data_the_degrees_of_freedom_are_rubins():
    found = pool(np.array([[0.0], [1.0]]), np.full((2, 1), 4.0), np.array([np.inf]))
    assert found.df[0] == pytest.approx(1 / (0.75 / 4.75) ** 2)


@pytest.mark.parametrize("method", ["matching", "normal"])
def test_imputations_have_the_distribution_of_those_that_mice_makes(method):
    """Difference in means over 1 000 imputations by arm; values from tests/reference."""
    data = np.genfromtxt(REFERENCE, delimiter=",", skip_header=1)
    support = data[:, 0] == 1
    complete = impute(support, data[:, 3:], data[:, 1:3], rng(1), method, imputations=1000)
    one, zero = complete[:, support], complete[:, ~support]
    estimates = one.mean(axis=1) - zero.mean(axis=1)
    variances = one.var(axis=1, ddof=1) / 140 + zero.var(axis=1, ddof=1) / 100
    mean, within, between = MICE[method]
    # Both are means over 1 000 draws.
    allowed = 4 * between * np.sqrt(2 / 1000)
    assert np.all(np.abs(estimates.mean(axis=0) - mean) < allowed)
    assert np.sqrt(variances.mean(axis=0)) == pytest.approx(within, rel=0.01)
    assert estimates.std(axis=0, ddof=1) == pytest.approx(between, rel=0.10)


def test_complete_data_give_back_the_complete_data_effect_exactly():
    support, block, x, y, _ = survey(0)
    y = np.nan_to_num(y, nan=3.0)
    found, plain = imputed_effect(support, block, y, x, rng()), itt(support, block, y, x)
    for name in ("estimate", "df", "ci_low", "ci_high"):
        assert np.array_equal(getattr(found, name), getattr(plain, name))
    assert found.std_error == pytest.approx(plain.std_error, rel=1e-14)
    assert not found.between_share.any()


def test_answers_given_stay_and_matched_ones_are_answers_somebody_gave():
    support, _, x, y, _ = survey(1, skips=0.1)
    complete = impute(support, y, x, rng(), "matching")
    seen = ~np.isnan(y)
    assert complete.shape == (20, *y.shape)
    assert (complete[:, seen] == y[seen]).all()
    assert set(np.unique(complete)) == {1.0, 2.0, 3.0, 4.0, 5.0}


def test_the_same_seed_gives_the_same_imputations_and_another_seed_others():
    support, _, x, y, _ = survey(2, skips=0.1)
    one = impute(support, y, x, rng(5))
    assert np.array_equal(one, impute(support, y, x, rng(5)))
    assert not np.array_equal(one, impute(support, y, x, rng(6)))


def test_nothing_is_borrowed_from_the_other_arm():
    support, _, x, y, _ = survey(3, skips=0.1)
    moved = np.where(support[:, None], y + 100, y)
    complete = impute(support, moved, x, rng(), "matching")
    assert complete[:, support].min() > 100 and complete[:, ~support].max() < 6


def test_the_unit_of_a_covariate_does_not_matter():
    support, _, x, y, _ = survey(4)
    one = impute(support, y, x, rng())
    assert impute(support, y, 1000 * x + 50_000, rng()) == pytest.approx(one, rel=1e-8)


def test_items_of_one_person_belong_together():
    support, block, x, y, _ = survey(5, n=900)
    y[:, 1] = y[:, 0]
    y[np.flatnonzero(~np.isnan(y[:, 0]))[::4], 1] = np.nan
    complete = impute(support, y, x, rng(), "matching")
    gap = np.isnan(y[:, 1]) & ~np.isnan(y[:, 0])
    assert np.mean(complete[:, gap, 1] == complete[:, gap, 0]) > 0.99
    assert np.isfinite(imputed_effect(support, block, y, x, rng()).estimate).all()


def test_an_item_hardly_anybody_gave_stays_missing_and_the_others_are_estimated():
    support, block, x, y, _ = survey(6)
    y[np.flatnonzero(support), 2] = np.nan
    found = imputed_effect(support, block, y, x, rng())
    assert np.isnan(found.estimate[2]) and np.isfinite(found.estimate[:2]).all()


def test_few_people_and_many_covariates_still_give_imputations():
    support, block, x, y, _ = survey(7, n=40)
    wide = np.hstack([x, rng(1).normal(size=(40, 20))])
    found = imputed_effect(support, block, y, wide, rng())
    assert np.isfinite(found.estimate).all() and np.isfinite(found.std_error).all()


@pytest.mark.parametrize("skips", [0.0, 0.1])
def test_over_repeated_trials_the_interval_covers_an_effect_that_answers_given_do_not(skips):
    covered, plain, errors, spread = [], [], [], []
    _, _, _, _, truth = survey(10**6, n=400_000)
    for seed in range(300):
        support, block, x, y, _ = survey(seed, skips=skips)
        found = imputed_effect(support, block, y, x, rng(seed), imputations=10)
        raw = itt(support, block, y)
        covered.append((found.ci_low <= truth) & (truth <= found.ci_high))
        plain.append((raw.ci_low <= truth) & (truth <= raw.ci_high))
        spread.append(found.estimate)
        errors.append(found.std_error)
    assert 0.93 <= np.mean(covered) <= 0.97
    assert np.mean(plain) < 0.90
    assert np.mean(errors) == pytest.approx(np.std(spread, axis=0, ddof=1).mean(), rel=0.07)


def test_matching_covers_nearly_as_often_over_repeated_trials():
    covered = []
    _, _, _, _, truth = survey(10**6, n=400_000)
    for seed in range(300):
        support, block, x, y, _ = survey(seed)
        found = imputed_effect(support, block, y, x, rng(seed), method="matching", imputations=10)
        covered.append((found.ci_low <= truth) & (truth <= found.ci_high))
    assert 0.91 <= np.mean(covered) <= 0.97
