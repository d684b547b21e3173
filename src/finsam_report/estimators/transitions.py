"""What people do after an event: the share in each state, month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

UNKNOWN = -1
NEVER = -1


@dataclass(frozen=True)
class StateShares:
    """Shares of people in each state by months since their event.

    Attributes:
        months: Months since the event, from 0; shape (k,).
        people: People whose state is known that month: the denominator; shape (k,).
        counts: People in each state; shape (k, s).
        share: Counts over people; NaN where nobody is left; shape (k, s).
        std_error: Of each share, sqrt(p (1 - p) / (people - 1)), as for a mean with its
            standard deviation estimated; NaN with fewer than two people; shape (k, s).
        started: People with an event, known afterwards or not.
    """

    months: Ints
    people: Ints
    counts: Ints
    share: Floats
    std_error: Floats
    started: int


def _checked(states: Ints, number: int | None = None) -> None:
    if states.ndim != 2:
        raise ValueError("states must have one row per person and one column per month")
    if states.size and (states.min() < UNKNOWN or (number is not None and states.max() >= number)):
        raise ValueError(f"states must be codes from 0, below {number}, or {UNKNOWN} where unknown")


def state_shares(states: Ints, start: Ints, follow: int, number: int) -> StateShares:
    """Shares in each state 0, 1, …, ``follow`` months after each person's event.

    Somebody whose state is not known in a month (after the end of follow-up, after death or
    emigration, or in a gap) is not in the denominator of that month; the people behind the
    shares may thus change with the months, and nothing is said about those who left.

    Args:
        states: State of each person in each calendar month, codes from 0, -1 where unknown;
            shape (n, t).
        start: Column of each person's event, -1 for people without one; shape (n,).
        follow: Months to follow.
        number: Number of states.

    Returns:
        The shares; see :class:`StateShares`. A standard error treats people as independent
        draws from a larger population.

    Raises:
        ValueError: States are not codes, an event is outside the months, or ``follow`` is
            negative.
    """
    _checked(states, number)
    if follow < 0:
        raise ValueError("the months to follow cannot be negative")
    if start.shape != states.shape[:1] or np.any((start < NEVER) | (start >= states.shape[1])):
        raise ValueError("every event must be in one of the months, or -1")
    someone = np.flatnonzero(start != NEVER)
    columns = start[someone, None] + np.arange(follow + 1)
    inside = columns < states.shape[1]
    seen = np.where(inside, states[someone[:, None], np.where(inside, columns, 0)], UNKNOWN)
    month = np.broadcast_to(np.arange(follow + 1), seen.shape)
    cell = (month * number + seen)[seen != UNKNOWN]
    counts = np.bincount(cell, minlength=(follow + 1) * number).reshape(follow + 1, number)
    people = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(people[:, None] > 0, counts / people[:, None], np.nan)
        room = np.where(people > 1, people - 1.0, np.nan)[:, None]
        error = np.sqrt(share * (1 - share) / room)
    return StateShares(np.arange(follow + 1), people, counts, share, error, int(someone.size))


def first_month_in(states: Ints, codes: Ints) -> Ints:
    """The first month in any of some states.

    Args:
        states: State of each person in each month, -1 where unknown; shape (n, t).
        codes: The states; shape (c,).

    Returns:
        Column of the month, -1 for people who never are; shape (n,).
    """
    _checked(states)
    there = np.isin(states, codes)
    return np.where(there.any(axis=1), there.argmax(axis=1), NEVER)


def first_month_after(states: Ints, codes: Ints) -> Ints:
    """The first month after the first unbroken spell in some states.

    Args:
        states: State of each person in each month, -1 where unknown; shape (n, t).
        codes: The states that make up the spell; a change between them does not end it;
            shape (c,).

    Returns:
        Column of the first month in another state. -1 for people without a spell, and for
        those whose spell still goes on when follow-up ends or is followed by an unknown month,
        since nobody can say when it ended; shape (n,).
    """
    _checked(states)
    there = np.isin(states, codes)
    begin = there.argmax(axis=1)
    after = ~there & (np.arange(states.shape[1]) > begin[:, None])
    end = after.argmax(axis=1)
    known = states[np.arange(states.shape[0]), end] != UNKNOWN
    return np.where(there.any(axis=1) & after.any(axis=1) & known, end, NEVER)


def moves(states: Ints, number: int, lag: int = 1) -> Ints:
    """How many person-months lead from each state to each state some months later.

    Args:
        states: State of each person in each month, -1 where unknown; shape (n, t).
        number: Number of states.
        lag: Months between the two.

    Returns:
        Counts; row: state before; column: state after; shape (number, number).

    Raises:
        ValueError: States are not codes, or the lag is not positive.
    """
    _checked(states, number)
    if lag < 1:
        raise ValueError("the lag must be at least one month")
    before, after = states[:, :-lag], states[:, lag:]
    known = (before != UNKNOWN) & (after != UNKNOWN)
    cell = before[known] * number + after[known]
    return np.bincount(cell, minlength=number * number).reshape(number, number)
