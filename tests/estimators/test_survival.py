"""Time to a first event: R's survival package, statsmodels, the plain effect, and coverage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.itt import itt
from finsam_report.estimators.survival import first_event, incidence, log_rank

REFERENCE = pd.read_csv(Path(__file__).parents[1] / "reference" / "survival.csv")


def people() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    i = np.arange(600)
    month = (i * 37 + i // 7) % 41 + 1
    kind = np.array([0, 1, 1, 2, 0, 1, 2])[(i * i + 3 * i) % 7]
    return (i // 3) % 2 == 1, i % 4, month, kind


@pytest.mark.parametrize(("name", "competing"), [("aj", True), ("km", False)])
def test_curves_and_errors_are_those_of_the_survival_package(name, competing):
    found = incidence(*people(), 36, competing=competing, pooled=True)
    for arm, curve in enumerate((found.control, found.support)):
        other = REFERENCE[REFERENCE["what"] == f"{name}{arm}"]
        at = other["month"].to_numpy() - 1
        assert curve.probability[at] == pytest.approx(other["probability"], rel=1e-12)
        assert curve.std_error[at] == pytest.approx(other["std_error"], rel=1e-12)
        if name == "km":
            assert curve.ci_low[at] == pytest.approx(other["ci_low"], rel=1e-12)
            assert curve.ci_high[at] == pytest.approx(other["ci_high"], rel=1e-12)


def test_the_stratified_log_rank_test_is_that_of_the_survival_package():
    other = REFERENCE[REFERENCE["what"] == "logrank"].iloc[0]
    found = log_rank(*people())
    assert found.observed == other["probability"]
    assert found.expected == pytest.approx(other["std_error"], rel=1e-12)
    assert found.statistic == pytest.approx(other["ci_low"], rel=1e-12)


def test_curves_equal_statsmodels():
    from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

    support, block, month, kind = people()
    one = SurvfuncRight(month[support], kind[support] == 1)
    found = incidence(support, block, month, kind, 41, competing=False, pooled=True).support
    at = one.surv_times.astype(int) - 1
    assert 1 - found.probability[at] == pytest.approx(one.surv_prob, rel=1e-12)
    assert found.std_error[at] == pytest.approx(one.surv_prob_se, rel=1e-12)
    two = CumIncidenceRight(month[support], kind[support])
    found = incidence(support, block, month, kind, 41, pooled=True).support
    assert found.probability[two.times.astype(int) - 1] == pytest.approx(two.cinc[0], rel=1e-12)
    test = survdiff(month, kind == 1, support.astype(int), strata=block)
    assert log_rank(support, block, month, kind).statistic == pytest.approx(test[0], rel=1e-10)


def test_a_small_case_by_hand():
    # Five wait: event 1, death 2, censored 2, event 3, followed to 3.
    support = np.repeat([True, False], 5)
    month = np.tile([1, 2, 2, 3, 3], 2)
    kind = np.concatenate([[1, 2, 0, 1, 0], np.zeros(5, dtype=int)])
    found = incidence(support, np.zeros(10, dtype=int), month, kind, 3, pooled=True)
    assert found.support.probability == pytest.approx([1 / 5, 1 / 5, 1 / 5 + 4 / 5 * 3 / 4 / 2])
    assert found.support.at_risk.tolist() == [5, 4, 2]
    assert found.support.events.tolist() == [1, 0, 1]
    assert found.control.probability.tolist() == [0.0, 0.0, 0.0]
    alone = incidence(
        support, np.zeros(10, dtype=int), month, kind, 3, pooled=True, competing=False
    )
    assert alone.support.probability[2] == pytest.approx(1 - 4 / 5 / 2)


def trial(rng, n=400, hazard=(0.02, 0.035), late=False):
    """Months to a job among people in four draws, some dying, some censored at random."""
    block = np.repeat(np.arange(4), n // 4)
    shares = np.array([0.3, 0.5, 0.5, 0.7])
    support = np.concatenate([rng.permutation(n // 4) < s * (n // 4) for s in shares])
    rate = np.where(support, hazard[1], hazard[0]) * (1 + 0.4 * block)
    job = rng.geometric(rate)
    death = rng.geometric(0.01, n)
    censored = rng.integers(6, 60, n) if not late else np.array([36, 36, 30, 18])[block]
    month = np.minimum(np.minimum(job, death), censored)
    kind = np.where(job <= np.minimum(death, censored), 1, np.where(death <= censored, 2, 0))
    return support, block, month, kind


def test_without_censoring_it_is_the_plain_effect_on_having_had_the_event():
    support, block, month, kind = trial(np.random.default_rng(1))
    kind = np.where(kind == 0, 2, kind)
    found = incidence(support, block, month, kind, 36)
    had = ((kind == 1)[:, None] & (month[:, None] <= np.arange(1, 37))).astype(float)
    plain = itt(support, block, had)
    assert found.difference == pytest.approx(plain.estimate, abs=1e-12)
    assert found.std_error == pytest.approx(plain.std_error, rel=1e-9, abs=1e-12)
    assert found.control.probability == pytest.approx(plain.mean_control, abs=1e-12)
    assert found.support.probability == pytest.approx(plain.mean_support, abs=1e-12)


def test_late_draws_leave_with_their_follow_up_unless_every_month_is_to_rest_on_the_same():
    support, block, month, kind = trial(np.random.default_rng(2), late=True)
    found = incidence(support, block, month, kind, 36)
    assert found.blocks[[17, 18, 29, 30, 35]].tolist() == [4, 3, 3, 2, 2]
    same = incidence(support, block, month, kind, 36, same_blocks=True)
    first = incidence(*(x[block < 2] for x in (support, block, month, kind)), 36)
    assert same.difference == pytest.approx(first.difference, abs=1e-14)
    assert (same.blocks == 2).all() and np.all(np.diff(same.support.probability) >= 0)
    beyond = incidence(support, block, month, kind, 40)
    assert np.isnan(beyond.difference[36:]).all() and (beyond.blocks[36:] == 0).all()


def test_a_block_with_one_person_in_an_arm_is_left_out():
    support, block, month, kind = trial(np.random.default_rng(3))
    alone = np.append(support, [True, False, False]), np.append(block, [9, 9, 9])
    found = incidence(*alone, np.append(month, [1, 2, 3]), np.append(kind, [1, 1, 1]), 24)
    assert found.difference == pytest.approx(incidence(support, block, month, kind, 24).difference)


def test_when_everybody_had_the_event_the_probability_is_one_without_error():
    found = incidence(
        np.repeat([True, False], 3), np.zeros(6, dtype=int), np.array([1, 1, 2, 1, 2, 3]),
        np.ones(6, dtype=int), 4,
    )  # fmt: skip
    assert found.support.probability.tolist() == pytest.approx([2 / 3, 1, 1, 1])
    assert found.support.std_error[1:].tolist() == [0, 0, 0]
    assert np.isnan(found.support.ci_low[1:]).all() and np.isnan(found.p_value[3])


def test_first_events_by_hand():
    happened = np.array([[0, 1, 1], [0, 0, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]], dtype=bool)
    death = np.array([[0, 0, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0], [0, 0, 0]], dtype=bool)
    observed = np.array([[1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 1, 1], [1, 1, 0]], dtype=bool)
    month, kind = first_event(happened, death, observed)
    assert month.tolist() == [2, 3, 3, 0, 2]
    assert kind.tolist() == [1, 2, 1, 0, 0]
    assert first_event(happened)[0].tolist() == [2, 3, 3, 1, 3]


def test_an_arm_that_nobody_follows_is_refused():
    support, block, month, kind = trial(np.random.default_rng(4))
    with pytest.raises(ValueError, match="nobody who is followed"):
        incidence(support, block, np.where(support, 0, month), kind, 12)
    with pytest.raises(ValueError, match="horizon"):
        incidence(support, block, month, kind, 0)


def test_over_repeated_trials_the_interval_covers_and_the_error_is_the_spread():
    """1 000 trials; Monte-Carlo error of the share is about 0.007."""
    rng = np.random.default_rng(5)
    found = [incidence(*trial(rng), 24) for _ in range(1000)]
    truth = []
    for h in (0.02, 0.035):
        rates = h * (1 + 0.4 * np.arange(4))[:, None]
        stay = (1 - rates) * 0.99
        truth.append((rates * stay ** np.arange(24)).cumsum(axis=1).mean(axis=0))
    effect = truth[1] - truth[0]
    at = [5, 11, 23]
    covered = [(f.ci_low <= effect) & (effect <= f.ci_high) for f in found]
    assert np.all((np.mean(covered, axis=0)[at] > 0.93) & (np.mean(covered, axis=0)[at] < 0.97))
    difference = np.array([f.difference for f in found])
    assert difference.mean(axis=0)[at] == pytest.approx(effect[at], abs=0.005)
    errors = np.mean([f.std_error for f in found], axis=0)
    assert errors[at] == pytest.approx(difference.std(axis=0)[at], rel=0.06)


def test_the_log_rank_test_is_true_to_its_level_within_draws():
    rng = np.random.default_rng(6)
    p = [log_rank(*trial(rng, hazard=(0.03, 0.03))).p_value for _ in range(1000)]
    assert 0.03 < np.mean(np.array(p) < 0.05) < 0.07
