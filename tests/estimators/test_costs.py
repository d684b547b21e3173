"""Costs and benefits: a case by hand, published arithmetic, every named case, and intervals."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.costs import Assumptions, cost_benefit, mvpf

YEARLY = Assumptions(tax_rate=0.3, discount_rate=0.03, periods_per_year=1)


def run(effects, kinds, cost, assumptions=YEARLY, *, sd=0.0, seed=1, **more):
    effects = np.array(effects, dtype=float)
    covariance = np.eye(effects.size) * sd**2
    rng = np.random.default_rng(seed)
    return cost_benefit(effects, covariance, kinds, cost, assumptions, rng, **more)


def test_a_case_by_hand():
    """Pay 10 000 and 20 000 more, assistance 3 000 and 1 000 less, a cost of 15 000."""
    assumptions = Assumptions(0.3, 0.05, 1, administration=0.1, value_of_time=500, deadweight=0.2)
    found = run([[10_000, 20_000], [-3000, -1000]], ("earnings", "transfer"), 15_000, assumptions)
    gain = (7000 - 3000) / 1.05 + (14_000 - 1000) / 1.05**2 - 500
    purse = [(3000 + 3300) / 1.05 - 15_000, (6000 + 1100) / 1.05**2]
    net = -(purse[0] + purse[1])
    assert found.willingness.estimate == pytest.approx(gain)
    assert found.net_cost.estimate == pytest.approx(net)
    assert found.net_value.estimate == pytest.approx(gain - 1.2 * net)
    assert found.mvpf == pytest.approx(gain / net) and found.mvpf_case == "finite"
    assert found.purse_break_even.cumulated == pytest.approx([purse[0], -net])
    first = 4000 / 1.05 - 500 + 1.2 * purse[0]
    assert found.joint_break_even.cumulated == pytest.approx([first, gain - 1.2 * net])
    assert found.joint_break_even.period == 2 and np.isnan(found.purse_break_even.period)


def test_the_published_example_of_a_scholarship():
    """Policy Impacts' worked example: 120 000 paid, 60 000 back in taxes on 300 000 of pay.

    The net cost is 60 000; those who would have studied anyway get 100 000.
    """
    assumptions = Assumptions(tax_rate=0.2, discount_rate=0.0, periods_per_year=1)
    found = run([[300_000]], ("earnings",), 120_000, assumptions)
    assert found.net_cost.estimate == pytest.approx(60_000)
    assert mvpf(100_000, 60_000)[0] == pytest.approx(100 / 60)


def test_a_transfer_without_any_response_is_worth_what_it_costs():
    found = run([[1000.0]], ("transfer",), 0, Assumptions(0.3, 0.0, 1))
    assert found.mvpf == pytest.approx(1.0)


def test_kinds_share_each_krona_between_participant_and_purse():
    free = Assumptions(0.3, 0.0, 1, administration=0.1)
    kinds = {
        "earnings": (70, -30), "benefit": (70, 80), "transfer": (100, 110), "tax": (-100, -100),
        "purse": (0, -100),
    }  # fmt: skip
    for kind, (gain, net) in kinds.items():
        found = run([[100.0]], (kind,), 0, free)
        assert found.willingness.estimate == pytest.approx(gain)
        assert found.net_cost.estimate == pytest.approx(net)


def test_months_are_discounted_within_the_year():
    monthly = Assumptions(tax_rate=0.0, discount_rate=0.03)
    found = run([[0.0] * 11 + [103.0]], ("earnings",), 0, monthly)
    assert found.willingness.estimate == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("gain", "cost", "ratio", "case"),
    [
        (100, 50, 2.0, "finite"),
        (0, 50, 0.0, "finite"),
        (100, -50, np.inf, "infinite"),
        (100, 0, np.inf, "infinite"),
        (-100, 50, -2.0, "negative"),
        (-100, 0, -np.inf, "negative"),
        (-100, -50, 2.0, "reversed"),
        (0, -50, 0.0, "reversed"),
        (0, 0, np.nan, "none"),
    ],
)
def test_every_case_has_its_name(gain, cost, ratio, case):
    found = mvpf(gain, cost)
    assert found[0] == pytest.approx(ratio, nan_ok=True) and found[1] == case


def test_a_programme_that_pays_for_itself_breaks_even_at_the_first_such_period():
    found = run([[10.0, 10, 10, 10]], ("purse",), 20, Assumptions(0.3, 0.0, 1), sd=1e-9)
    assert found.purse_break_even.period == 2
    assert found.mvpf_case == "reversed" and np.isnan(found.mvpf_delta_error)
    late = run([[10.0, 10, 10, 10]], ("purse",), 35, Assumptions(0.3, 0.0, 1), sd=4.0)
    assert late.purse_break_even.period == 4
    assert late.purse_break_even.ci_low <= 4 and np.isinf(late.purse_break_even.ci_high)
    assert 0.5 < late.purse_break_even.share < 0.95


def test_draws_and_the_delta_method_agree_where_the_net_cost_is_far_from_zero():
    rng = np.random.default_rng(3)
    root = rng.normal(size=(6, 6)) * 60
    effects = np.array([[1000.0, 1500, 2000], [-300, -250, -200]])
    found = cost_benefit(
        effects, root @ root.T, ("earnings", "transfer"), 10_000, YEARLY, rng,
        cost_error=100.0, draws=200_000,
    )  # fmt: skip
    half = 1.959964 * found.mvpf_delta_error
    assert found.net_cost.estimate > 10 * found.net_cost.std_error
    assert found.mvpf_low == pytest.approx(found.mvpf - half, abs=0.05 * half)
    assert found.mvpf_high == pytest.approx(found.mvpf + half, abs=0.05 * half)


def test_linear_amounts_have_the_variance_of_their_draws():
    rng = np.random.default_rng(4)
    root = rng.normal(size=(4, 4)) * 50
    effects = np.array([[500.0, 800], [-100, -150]])
    args = (("earnings", "transfer"), 700.0, Assumptions(0.3, 0.03, 1, deadweight=0.3))
    found = cost_benefit(effects, root @ root.T, *args, rng, cost_error=30.0)
    drawn = []
    for _ in range(4000):
        e = effects + (root @ rng.normal(size=4)).reshape(2, 2)
        cost = args[1] + 30 * rng.normal()
        one = cost_benefit(e, 0 * root, args[0], cost, args[2], rng, draws=2)
        drawn.append([one.willingness.estimate, one.net_cost.estimate, one.net_value.estimate])
    spread = np.std(drawn, axis=0)
    own = [found.willingness.std_error, found.net_cost.std_error, found.net_value.std_error]
    assert own == pytest.approx(spread, rel=0.04)


def test_the_interval_reaches_infinity_where_the_programme_may_pay_for_itself():
    found = run([[1000.0]], ("earnings",), 350, Assumptions(0.3, 0.0, 1), sd=150.0)
    assert found.mvpf_case == "finite" and np.isinf(found.mvpf_high)
    assert 0 < found.mvpf_low < found.mvpf
    assert found.shares["infinite"] > 0.025 and sum(found.shares.values()) == pytest.approx(1)


def test_draws_that_hurt_and_save_widen_the_interval_on_both_sides():
    found = run([[0.0], [100.0]], ("earnings", "purse"), 100, Assumptions(0.3, 0.0, 1), sd=50.0)
    assert found.shares["reversed"] > 0.05
    assert np.isneginf(found.mvpf_low) and np.isposinf(found.mvpf_high)


def test_over_repeated_studies_the_intervals_cover():
    """2 000 studies; Monte-Carlo error of the share is about 0.005."""
    rng = np.random.default_rng(6)
    truth = np.array([[1000.0, 1500, 2000], [-300, -250, -200]])
    root = rng.normal(size=(6, 6)) * 250
    args = (("earnings", "transfer"), 4000.0, YEARLY)
    exact = cost_benefit(truth, 0 * root, *args, rng, draws=2)
    assert exact.mvpf_case == "finite"
    covered = np.zeros(2)
    for _ in range(2000):
        e = truth + (root @ rng.normal(size=6)).reshape(2, 3)
        found = cost_benefit(e, root @ root.T, *args, rng, draws=400)
        covered += [
            found.mvpf_low <= exact.mvpf <= found.mvpf_high,
            found.net_value.ci_low <= exact.net_value.estimate <= found.net_value.ci_high,
        ]
    assert np.all((covered / 2000 > 0.93) & (covered / 2000 < 0.97))


def test_the_same_seed_gives_the_same_interval():
    one, two = (run([[1000.0]], ("earnings",), 500, sd=80.0, seed=9) for _ in range(2))
    assert (one.mvpf_low, one.mvpf_high) == (two.mvpf_low, two.mvpf_high)


def test_impossible_inputs_are_refused():
    with pytest.raises(ValueError, match="same streams"):
        run([[1.0]], ("earnings", "tax"), 0)
    with pytest.raises(ValueError, match="no kind"):
        run([[1.0]], ("pay",), 0)
    with pytest.raises(ValueError, match="tax rate"):
        Assumptions(tax_rate=30, discount_rate=0.03)
    with pytest.raises(ValueError, match="discount"):
        Assumptions(tax_rate=0.3, discount_rate=-1)
    with pytest.raises(ValueError, match="negative"):
        Assumptions(tax_rate=0.3, discount_rate=0.03, value_of_time=-1)
