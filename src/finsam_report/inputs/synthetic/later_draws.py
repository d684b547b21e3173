"""Later draws of the synthetic register: who of those not drawn is in them, and who is drawn.

Within a month everybody on the list is drawn with the same probability, whether for the first
time or again. Older people are on the lists more often, and work less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LaterDraws:
    """How those who were not drawn come into later draws; all are assumptions.

    Attributes:
        listed: Share of those not drawn yet who are on the list of a later month.
        older: How much more often people are on a list per standard deviation of what lies
            behind age, on the log scale.
        months: For how many months after the first draw they can be on one.
    """

    listed: float = 0.05
    older: float = 0.6
    months: int = 12


@dataclass(frozen=True)
class Lists:
    """Who was on a list after the first draw.

    Attributes:
        person: Person of each row, rising; shape (rows,).
        delay: Months since the person's first draw; shape (rows,).
        drawn: Whether the person was drawn then; shape (rows,).
        own: Months until each person was drawn, 0 if never; shape (n,).
    """

    person: Ints
    delay: Ints
    drawn: Bools
    own: Ints

    def before(self, month: Ints) -> Lists:
        """The rows before a month since the first draw of each person; ``month`` has shape (n,)."""
        keep = self.delay < month[self.person]
        own = np.where(self.own < month, self.own, 0)
        return Lists(self.person[keep], self.delay[keep], self.drawn[keep], own)


def draw_lists(
    rng: np.random.Generator,
    later: LaterDraws,
    draw: Ints,
    drawn: Bools,
    age: Floats,
    shares: Floats,
) -> Lists:
    """Draw the lists of later months, and who of them is drawn.

    Args:
        rng: Source of chance.
        later: How people come into later draws.
        draw: First draw of each person, as a code; shape (n,).
        drawn: Whether the person was drawn then; shape (n,).
        age: What lies behind age, standard normal; shape (n,).
        shares: Share of those on the list who are drawn, by draw.
    """
    chance = later.listed * np.exp(later.older * age - later.older**2 / 2)
    own = np.zeros(draw.size, dtype=np.int64)
    parts: list[tuple[Ints, Ints, Bools]] = []
    for delay in range(1, later.months + 1):
        open_ = ~drawn & (own == 0) & (draw + delay < shares.size)
        people = np.flatnonzero(open_ & (rng.random(draw.size) < chance))
        hit = rng.random(people.size) < shares[draw[people] + delay]
        own[people[hit]] = delay
        parts.append((people, np.full(people.size, delay, dtype=np.int64), hit))
    person, delays, hits = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((delays, person))
    return Lists(person[order], delays[order], hits[order], own)


def draws_table(
    lists: Lists, person: npt.NDArray[np.object_], months: npt.NDArray[np.datetime64], drawn: Bools
) -> pd.DataFrame:
    """The draws as in the file: a row per person and draw.

    Args:
        lists: The later draws.
        person: Ids of the people; shape (n,).
        months: Month of everybody's first draw; shape (n,).
        drawn: Whether they were drawn then; shape (n,).
    """
    row = np.concatenate([np.arange(person.size), lists.person])
    when = np.concatenate([months, months[lists.person] + lists.delay])
    hit = np.concatenate([drawn, lists.drawn])
    order = np.lexsort((when, row))
    return pd.DataFrame(
        {
            "person": person[row[order]],
            "date": when[order].astype(str),
            "arm": np.where(hit[order], "drawn", "not_drawn"),
        }
    )
