"""Trimming bounds: Stata's printed example, ties, cells, blocks, and repeated trials."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.itt import itt
from finsam_report.estimators.lee import lee


def thornton() -> tuple[np.ndarray, np.ndarray]:
    """Any condoms bought, Thornton (2008): 98 and 24 people, 42 and 10 seen, 18 and 2 ones."""
    support = np.r_[np.ones(98), np.zeros(24)].astype(bool)
    outcome = np.full(122, np.nan)
    outcome[:42], outcome[98:108] = 0.0, 0.0
    outcome[:18], outcome[98:100] = 1.0, 1.0
    return support, outcome[:, None]


def test_stata_gives_the_same_bounds_and_errors_to_seven_digits():
    found = lee(*thornton())
    assert round(found.lower[0], 7) == 0.2122449
    assert round(found.upper[0], 7) == 0.2408163
    assert round(found.se_lower[0], 7) == 0.2209034
    assert round(found.se_upper[0], 7) == 0.1947452
    assert round(found.trimmed_share[0], 4) == 0.0278
    assert found.trimmed_arm == ("support",)
    assert (found.n_support[0], found.n_control[0], found.cells[0]) == (42, 10, 1)


def test_swapping_the_arms_turns_the_bounds_around():
    support, outcome = thornton()
    one, other = lee(support, outcome), lee(~support, outcome)
    assert other.trimmed_arm == ("control",)
    assert other.lower[0] == pytest.approx(-one.upper[0], rel=1e-12)
    assert other.upper[0] == pytest.approx(-one.lower[0], rel=1e-12)
    assert other.se_lower[0] == pytest.approx(one.se_upper[0], rel=1e-12)


def items(seed: int, n: int = 400, blocks: int = 3) -> tuple[np.ndarray, ...]:
    """Five-point answers; support moves answering up only; shares of support differ by block."""
    rng = np.random.default_rng(seed)
    block = np.sort(np.arange(n) % blocks)
    shares = np.array([0.35, 0.5, 0.65])
    support = np.zeros(n, dtype=bool)
    for b in range(blocks):
        people = rng.permutation(np.flatnonzero(block == b))
        support[people[: round(shares[b] * people.size)]] = True
    cell = rng.integers(0, 3, n)
    latent = rng.logistic(size=n) + 0.5 * block + 0.7 * cell
    control = np.digitize(latent, [-1.0, 0.2, 1.2, 2.4]) + 1.0
    treated = np.minimum(control + (rng.random(n) < 0.4), 5.0)
    u = rng.random(n) - 0.08 * (latent > 1)
    always, induced = u < 0.55 + 0.05 * block, u < 0.68 + 0.05 * block + 0.03 * cell
    outcome = np.where(support, treated, control)
    outcome[~np.where(support, induced, always)] = np.nan
    truth = (treated - control)[always].mean()
    return support, block, cell, outcome, np.array(truth)


def test_the_order_of_people_with_equal_answers_does_not_matter():
    support, block, cell, outcome, _ = items(1)
    order = np.random.default_rng(0).permutation(support.size)
    one = lee(support, outcome[:, None], block, cell)
    two = lee(support[order], outcome[order, None], block[order], cell[order])
    for name in ("lower", "upper", "se_lower", "se_upper"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-10)


def test_counting_everyone_ten_times_leaves_the_bounds_and_shrinks_the_errors():
    support, _, _, outcome, _ = items(2)
    one = lee(support, outcome[:, None])
    ten = lee(np.tile(support, 10), np.tile(outcome, 10)[:, None])
    assert ten.lower == pytest.approx(one.lower, rel=1e-10)
    assert ten.upper == pytest.approx(one.upper, rel=1e-10)
    assert ten.se_lower * np.sqrt(10) == pytest.approx(one.se_lower, rel=0.005)


def test_bounds_by_hand_on_ties_that_are_trimmed_in_part():
    # 10 in each arm; 8 and 4 answers: half of the eight answers 1 2 2 2 2 2 3 3 is trimmed.
    support = np.arange(20) < 10
    outcome = np.full(20, np.nan)
    outcome[:8] = [1, 2, 2, 2, 2, 2, 3, 3]
    outcome[10:14] = [1, 2, 2, 3]
    found = lee(support, outcome[:, None])
    assert found.lower[0] == pytest.approx((1 + 2 + 2 + 2) / 4 - 2)
    assert found.upper[0] == pytest.approx((2 + 2 + 3 + 3) / 4 - 2)
    assert found.trimmed_share[0] == pytest.approx(0.5)


def test_tightened_bounds_are_the_average_over_cells_by_the_share_of_those_always_seen():
    support, _, cell, outcome, _ = items(3, n=900)
    found = lee(support, outcome[:, None], cells=cell)
    assert found.cells[0] == 3 and found.opposite[0] == 0
    seen = ~np.isnan(outcome) & ~support
    weight = np.bincount(cell[seen]) / seen.sum()
    each = [lee(support[cell == c], outcome[cell == c, None]) for c in range(3)]
    assert found.lower[0] == pytest.approx(weight @ [e.lower[0] for e in each], rel=1e-12)
    assert found.upper[0] == pytest.approx(weight @ [e.upper[0] for e in each], rel=1e-12)
    plain = lee(support, outcome[:, None])
    assert found.upper[0] - found.lower[0] < plain.upper[0] - plain.lower[0]


def test_a_cell_in_which_the_other_arm_answers_more_is_counted_and_trimmed_there():
    support = np.tile([True, False], 200)
    cell = np.repeat([0, 1], 200)
    outcome = np.random.default_rng(0).integers(1, 6, 400).astype(float)
    outcome[np.flatnonzero(~support & (cell == 0))[:40]] = np.nan
    outcome[np.flatnonzero(support & (cell == 1))[:10]] = np.nan
    found = lee(support, outcome[:, None], cells=cell)
    assert found.trimmed_arm == ("support",) and found.opposite[0] == 1
    part = lee(support[cell == 1], outcome[cell == 1, None])
    assert part.trimmed_arm == ("control",)
    assert found.lower[0] < found.upper[0]


def test_cells_with_hardly_any_answers_are_joined_and_nobody_is_lost():
    support, _, cell, outcome, _ = items(4)
    tiny = cell.copy()
    tiny[:2] = [7, 8]
    found = lee(support, outcome[:, None], cells=tiny)
    assert found.cells[0] == 3
    assert found.n_support[0] == np.sum(~np.isnan(outcome[support]))


def test_without_missing_answers_both_bounds_are_the_block_weighted_difference():
    support, block, *_ = items(5)
    y = np.random.default_rng(1).normal(size=(support.size, 2))
    found, plain = lee(support, y, block), itt(support, block, y)
    assert found.trimmed_arm == ("none", "none")
    assert found.lower == pytest.approx(plain.estimate, rel=1e-10)
    assert found.upper == pytest.approx(plain.estimate, rel=1e-10)
    assert found.se_lower == pytest.approx(plain.std_error, rel=0.01)
    # Equal bounds: the interval for the effect is the ordinary one.
    assert found.ci_low == pytest.approx(found.set_low, abs=1e-6)


def test_one_block_is_the_same_as_no_blocks():
    support, outcome = thornton()
    one, none = lee(support, outcome, np.full(122, 3)), lee(support, outcome)
    assert one.lower == none.lower and one.se_lower == none.se_lower


def test_an_arm_with_one_answer_gives_no_bounds_and_a_block_with_one_arm_is_left_out():
    support = np.tile([True, False], 20)
    outcome = np.full((40, 1), np.nan)
    outcome[::2] = 1.0
    outcome[1] = 2.0
    assert np.isnan(lee(support, outcome).lower[0])
    block = np.r_[np.zeros(39, dtype=int), 1]
    assert lee(support, np.ones((40, 1)), block).left_out == 1


@pytest.mark.parametrize("tighten", [False, True])
def test_over_repeated_trials_the_errors_are_right_and_the_interval_covers(tighten):
    found, truths = [], []
    for seed in range(500):
        support, block, cell, outcome, truth = items(seed, n=600)
        found.append(lee(support, outcome[:, None], block, cell if tighten else None))
        truths.append(float(truth))
    for bound, error in (("lower", "se_lower"), ("upper", "se_upper")):
        spread = np.std([getattr(f, bound)[0] for f in found], ddof=1)
        mean = np.mean([getattr(f, error)[0] for f in found])
        assert mean == pytest.approx(spread, rel=0.10)
    truth = np.mean(truths)
    covered = np.mean([f.ci_low[0] <= truth <= f.ci_high[0] for f in found])
    assert covered >= 0.95
    lower, upper = (np.mean([getattr(f, b)[0] for f in found]) for b in ("lower", "upper"))
    both = np.mean([f.set_low[0] <= lower and upper <= f.set_high[0] for f in found])
    assert both >= 0.93
    pointwise = np.mean([abs(f.lower[0] - lower) < 1.959964 * f.se_lower[0] for f in found])
    assert 0.92 <= pointwise <= 0.98
