"""A row per person and draw in which the person could be drawn and was not drawn yet.

Month k is column k - 1. Somebody drawn j months after a draw is not yet affected in month j,
and is from month j + 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NEVER = 0


@dataclass(frozen=True)
class Stack:
    """A row per person and draw in which the person was eligible and not yet drawn.

    Attributes:
        row: Which element of the list of the eligible each row comes from; shape (s,).
        person: Person of each row; shape (s,).
        draw: Draw of each row: the block; shape (s,).
        support: Whether the person was drawn in that draw; shape (s,).
        later: Months until the person was drawn in a later draw, 0 if never; shape (s,).
        first: Whether it is the person's first draw; shape (s,).
    """

    row: Ints
    person: Ints
    draw: Ints
    support: Bools
    later: Ints
    first: Bools


def stack(person: Ints, draw: Ints, drawn: Bools, month: Ints) -> Stack:
    """The stack from the list of who was eligible in which draw.

    Args:
        person: Person of each element of the list; any codes; shape (n,).
        draw: Draw of each element; any codes; shape (n,).
        drawn: Whether the person was drawn in that draw; shape (n,).
        month: Calendar month of the draw, counted without gaps between years; shape (n,).

    Returns:
        The rows up to each person's first time drawn, by person and month; see :class:`Stack`.

    Raises:
        ValueError: A draw has several months, or a person is in two draws of one month.
    """
    pairs = np.unique(np.column_stack([draw, month]), axis=0)
    if np.unique(pairs[:, 0]).size != pairs.shape[0]:
        raise ValueError("every draw must have one month")
    order = np.lexsort((month, person))
    who, when, hit = person[order], month[order], drawn[order]
    start = np.append(True, who[1:] != who[:-1])[: who.size]
    if np.any(~start[1:] & (when[1:] == when[:-1])):
        raise ValueError("a person is in two draws of one month")
    code = start.cumsum() - 1
    never = np.iinfo(np.int64).max
    own = np.full(int(start.sum()), never)
    np.minimum.at(own, code[hit], when[hit])
    own = own[code]
    keep = when <= own
    later = np.where((own == never) | (own == when), NEVER, own - when)
    return Stack(order[keep], who[keep], draw[order][keep], hit[keep], later[keep], start[keep])


def months_since(panel: Floats, person: Ints, column: Ints, horizon: int) -> Floats:
    """Outcomes by months since the draw, from outcomes by calendar month.

    Args:
        panel: Outcomes by person and calendar month; shape (people, months).
        person: Row of the panel for each row of the stack; shape (s,).
        column: Column of the panel that is the month of the draw; shape (s,).
        horizon: Last month since the draw.

    Returns:
        Months 1 to ``horizon``, NaN where the panel does not reach; shape (s, horizon).
    """
    columns = column[:, None] + np.arange(1, horizon + 1)
    inside = (columns >= 0) & (columns < panel.shape[1])
    return np.where(inside, panel[person[:, None], np.where(inside, columns, 0)], np.nan)
