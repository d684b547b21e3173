"""Who gets support: exact numbers, each person's probability, and nothing but the seed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from finsam_report.estimators.allotment import (
    Earlier,
    assign,
    declared,
    key,
    may_lack_an_arm,
    number,
)

POINTS = [Fraction(k, 2520) for k in range(2520)]  # cut at rests of tenths, by 1 to 10 of them


def test_a_share_is_what_is_written():
    assert declared(0.6) == Fraction(3, 5)
    assert declared(0.07) == Fraction(7, 100)


@pytest.mark.parametrize("share", [Fraction(3, 5), Fraction(1, 3), Fraction(7, 10)])
@pytest.mark.parametrize("sizes", [(3, 4, 2), (1, 1, 1), (5, 7, 10)])
def test_the_mean_number_is_the_share_and_rests_are_carried(share, sizes):
    """Over all equally likely points, exactly: the tree of three batches."""
    states = {Earlier(): Fraction(1)}
    for size in sizes:
        mean, following = Fraction(0), {}
        for (earlier, chance), point in product(states.items(), POINTS):
            new = number(share, earlier, size, point)
            assert int(share * size) <= new <= -int(-share * size // 1)
            after = Earlier(earlier.people + size, earlier.support + new)
            assert abs(after.support - share * after.people) < 1
            mean += new * chance / len(POINTS)
            following[after] = following.get(after, Fraction(0)) + chance / len(POINTS)
        assert mean == share * size
        states = following


def test_where_the_share_is_a_whole_number_it_is_that_number():
    for point in POINTS[::40]:
        assert number(Fraction(3, 5), Earlier(10, 6), 250, point) == 150
        assert number(Fraction(3, 5), Earlier(4, 3), 1, point) == 0
        assert number(Fraction(3, 5), Earlier(4, 2), 1, point) == 1


def test_an_earlier_number_of_another_share_is_refused():
    with pytest.raises(ValueError, match="is not the share"):
        number(Fraction(3, 5), Earlier(10, 5), 5, Fraction(0))


def test_over_2000_seeds_each_person_gets_support_six_times_in_ten():
    """Blocks of 7, 5 and 1 in two batches: most shares of them are no whole numbers.

    A share of 2 000 has a standard error of 0.011; three hundredths are 2.7 of them.
    """
    people = [f"P{k}" for k in range(13)]
    blocks = ["a"] * 7 + ["b"] * 5 + ["c"]
    hits = np.zeros(26)
    both = 0.0
    for seed in range(2000):
        _, first = assign(people, blocks, Fraction(3, 5), {}, seed, ("study", "1"))
        before = {
            label: Earlier(blocks.count(label), int(first[np.array(blocks) == label].sum()))
            for label in "abc"
        }
        _, second = assign(people, blocks, Fraction(3, 5), before, seed, ("study", "2"))
        hits += np.concatenate([first, second])
        both += first[0] and first[1]
    assert np.abs(hits / 2000 - 0.6).max() < 0.03
    # Two of seven: both with support by 4.2 of 7 without replacement, rounded by chance.
    expected = 0.8 * (4 * 3) / 42 + 0.2 * (5 * 4) / 42
    assert both / 2000 == pytest.approx(expected, abs=0.03)


def test_neither_the_order_nor_other_blocks_change_who_gets_support():
    people = [f"P{k}" for k in range(40)]
    blocks = ["x", "y"] * 20
    _, support = assign(people, blocks, Fraction(1, 3), {}, 9, ("s",))
    order = np.random.default_rng(0).permutation(40)
    design, again = assign(
        [people[k] for k in order], [blocks[k] for k in order], Fraction(1, 3), {}, 9, ("s",)
    )
    assert np.array_equal(again, support[order])
    assert design.fits(again)
    _, alone = assign(people[::2], blocks[::2], Fraction(1, 3), {}, 9, ("s",))
    assert np.array_equal(alone, support[::2])


def test_keys_are_told_apart_and_stay_the_same_for_ever():
    assert key(1, "a", "b") != key(1, "ab", "") != key(2, "a", "b")
    # printf '[1,"study","P1"]' | sha256sum
    assert f"{key(1, 'study', 'P1'):064x}".startswith("c311623a0630b641")


@pytest.mark.parametrize(("people", "few"), [(1, True), (2, True), (3, False), (10, False)])
def test_blocks_that_may_lack_an_arm_are_known(people, few):
    assert may_lack_an_arm(Fraction(3, 5), people) is few
