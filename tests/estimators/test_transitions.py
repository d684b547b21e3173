"""State shares since an event, against a loop over people, and spells by hand."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.transitions import (
    first_month_after,
    first_month_in,
    moves,
    state_shares,
)

# Months by people; 0 registered, 1 subsidised job, 2 other work, -1 unknown.
STATES = np.array(
    [
        [0, 1, 1, 2, 2, 2],
        [0, 0, 1, 0, -1, -1],
        [1, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0],
        [1, -1, 0, 0, 0, 0],
        [0, 1, 0, 1, 1, 2],
    ]
)


def test_the_month_after_the_first_spell_is_found_by_hand():
    assert first_month_after(STATES, np.array([1])).tolist() == [3, 3, -1, -1, -1, 2]
    assert first_month_in(STATES, np.array([1])).tolist() == [1, 2, 0, -1, 0, 1]


def test_a_change_between_kinds_of_the_same_event_does_not_end_it():
    assert first_month_after(STATES, np.array([1, 2])).tolist() == [-1, 3, -1, -1, -1, 2]


def test_shares_by_hand_with_people_who_leave():
    found = state_shares(STATES, first_month_after(STATES, np.array([1])), 2, 3)
    assert found.started == 3
    assert found.people.tolist() == [3, 2, 2]
    assert found.counts.tolist() == [[2, 0, 1], [0, 1, 1], [0, 1, 1]]
    assert found.share[1].tolist() == [0.0, 0.5, 0.5]
    assert found.std_error[0, 0] == pytest.approx(np.sqrt(2 / 3 * 1 / 3 / 2))


def test_shares_and_errors_are_means_of_indicators_person_by_person():
    rng = np.random.default_rng(1)
    states = rng.integers(-1, 4, size=(300, 30))
    start = rng.integers(-1, 30, size=300)
    found = state_shares(states, start, 12, 4)
    for k in range(13):
        seen = [states[i, s + k] for i, s in enumerate(start) if s >= 0 and s + k < 30]
        seen = np.array([s for s in seen if s >= 0])
        assert found.people[k] == seen.size
        for s in range(4):
            own = (seen == s).astype(float)
            assert found.share[k, s] == pytest.approx(own.mean())
            assert found.std_error[k, s] == pytest.approx(own.std(ddof=1) / np.sqrt(own.size))


def test_shares_of_a_month_add_up_to_one_or_are_missing():
    found = state_shares(STATES, np.array([5, 3, 5, 4, -1, -1]), 3, 3)
    assert found.share[:2].sum(axis=1) == pytest.approx([1.0, 1.0])
    assert np.isnan(found.share[3]).all() and np.isnan(found.std_error[1]).all()
    assert found.people.tolist() == [4, 1, 0, 0]


def test_nobody_with_an_event_gives_no_shares_and_no_error():
    found = state_shares(STATES, np.full(6, -1), 2, 3)
    assert found.started == 0 and np.isnan(found.share).all()


def test_over_repeated_samples_the_error_is_the_spread_of_the_share():
    rng = np.random.default_rng(2)
    shares = []
    for _ in range(2000):
        states = (rng.random((80, 1)) < 0.3).astype(np.int64)
        shares.append(state_shares(states, np.zeros(80, dtype=np.int64), 0, 2))
    spread = np.std([s.share[0, 1] for s in shares])
    assert np.mean([s.std_error[0, 1] for s in shares]) == pytest.approx(spread, rel=0.05)


def test_moves_count_pairs_of_known_months():
    found = moves(np.array([[0, 1, 1, -1, 1]]), 2)
    assert found.tolist() == [[0, 1], [0, 1]]
    assert moves(np.array([[0, 1, 1, -1, 1]]), 2, lag=2).tolist() == [[0, 1], [0, 1]]
    assert moves(STATES, 3).sum() == np.sum((STATES[:, 1:] >= 0) & (STATES[:, :-1] >= 0))


def test_codes_and_months_out_of_range_are_refused():
    with pytest.raises(ValueError, match="codes"):
        state_shares(STATES, np.zeros(6, dtype=np.int64), 1, 2)
    with pytest.raises(ValueError, match="one of the months"):
        state_shares(STATES, np.full(6, 6), 1, 3)
    with pytest.raises(ValueError, match="negative"):
        state_shares(STATES, np.zeros(6, dtype=np.int64), -1, 3)
    with pytest.raises(ValueError, match="at least one"):
        moves(STATES, 3, lag=0)
    with pytest.raises(ValueError, match="one row per person"):
        moves(STATES[0], 3)
