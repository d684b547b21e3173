"""Who joins which association when, as both of the parts without an experiment have it.

Counties have as many municipalities as in Sweden; codes within them are invented. How many
municipalities and associations there are in a year follows published numbers where there are
any (municipalities 2011, 2012, 2016, 2018, 2022; associations also 2020); other years are
assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from finsam_report.estimators.assignment import Ints

FIRST, LAST = 2004, 2022
MEMBERS = (
    6, 40, 85, 120, 155, 182, 200, 213, 221, 230, 239, 243, 247, 253, 260, 263, 267, 270, 273,
)  # fmt: skip
ASSOCIATIONS = (4, 28, 50, 66, 76, 82, 85, 82, 83, 83, 83, 82, 82, 82, 83, 81, 78, 76, 75)
COUNTIES = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33,
    "13": 6, "14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8,
    "24": 15, "25": 14,
}  # fmt: skip
WORKING_AGE = 5_900_000
OUTSIDE = 0.04  # share of the population where no municipality has joined by the last year
NEVER = LAST + 1


@dataclass(frozen=True)
class Country:
    """What is given of the country that the municipalities are in.

    Attributes:
        counties: Number of municipalities by county.
        members: Municipalities that have joined by the end of each year from 2004.
        associations: Associations in each of these years.
        people: People aged 18-64.
        share: Part of the national funds, efforts and questionnaires that fall here.
        participants: How many times the published participants there are.
    """

    counties: dict[str, int] = field(default_factory=lambda: dict(COUNTIES))
    members: tuple[int, ...] = MEMBERS
    associations: tuple[int, ...] = ASSOCIATIONS
    people: int = WORKING_AGE
    share: float = 1.0
    participants: float = 1.0


@dataclass(frozen=True)
class Membership:
    """Municipalities and associations, and who belongs where.

    Attributes:
        codes: Municipality codes, in order.
        counties: County of each municipality.
        joined: Year of joining, ``NEVER`` for those that do not.
        association: Number of the association that each joined, -1 if none.
        people: People aged 18-64 in each municipality.
        formed: Year of formation by association.
        ended: Last year by association, ``NEVER`` for those that remain.
        merged_into: Number of the association that each was merged into, -1 if none.
        seats: County of each association.
    """

    codes: tuple[str, ...]
    counties: tuple[str, ...]
    joined: Ints
    association: Ints
    people: Ints
    formed: Ints
    ended: Ints
    merged_into: Ints
    seats: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Codes of the associations."""
        return tuple(f"F{number:03d}" for number in range(1, len(self.formed) + 1))

    def exists(self, year: int) -> np.ndarray:
        """Which associations there are in a year."""
        return np.asarray((self.formed <= year) & (year <= self.ended))

    def belongs(self, year: int) -> Ints:
        """Association of each municipality in a year, after mergers; -1 if none."""
        at = np.where(self.joined <= year, self.association, -1)
        for _ in range(len(self.formed)):
            gone = (at >= 0) & (self.ended[at] < year)
            if not gone.any():
                break
            at = np.where(gone, self.merged_into[at], at)
        return at

    def municipalities(self) -> pd.DataFrame:
        """The table of municipalities, as in the file."""
        member = self.joined < NEVER
        names = np.array([*self.names, ""], dtype=object)
        return pd.DataFrame(
            {
                "municipality": self.codes,
                "county": self.counties,
                "joined": pd.Series(self.joined).where(member).astype("Int64"),
                "association": pd.Series(names[self.association], dtype=object).where(member),
                "population": np.round(self.people / 1000, 1),
            }
        )


def _people(rng: np.random.Generator, member: np.ndarray, people: int) -> Ints:
    size = rng.lognormal(0.0, 0.95, member.size)
    size[member] *= (1 - OUTSIDE) / size[member].sum()
    size[~member] *= OUTSIDE / size[~member].sum()
    return np.maximum(np.rint(people * size), 1200).astype(np.int64)


def draw_membership(rng: np.random.Generator, country: Country | None = None) -> Membership:
    """Draw who joins when: each new association begins with municipalities of one county.

    Args:
        rng: Source of chance.
        country: Its municipalities and associations; Sweden's where none is given.

    Returns:
        Memberships with the numbers of municipalities and associations of every year.
    """
    country = country or Country()
    counties = np.repeat(list(country.counties), list(country.counties.values()))
    codes = [f"{c}{n:02d}" for c, size in country.counties.items() for n in range(1, size + 1)]
    joined = np.full(len(codes), NEVER)
    at = np.full(len(codes), -1)
    formed: list[int] = []
    ended: list[int] = []
    into: list[int] = []
    seats: list[str] = []
    before = (0, 0)
    numbers = zip(country.members, country.associations, strict=True)
    for year, now in zip(range(FIRST, LAST + 1), numbers, strict=True):
        fresh, net = now[0] - before[0], now[1] - before[1]
        before = now
        for _ in range(-net):  # the smaller goes into a neighbour of the same county
            last, neighbour = _merger(rng, np.array(ended), np.array(seats), year)
            ended[last], into[last] = year - 1, neighbour
        begun = []
        for _ in range(net):
            # Counties with more municipalities outside begin sooner.
            free = np.flatnonzero(joined == NEVER)
            one = int(rng.choice(free))
            begun.append(len(formed))
            formed.append(year)
            ended.append(NEVER)
            into.append(-1)
            seats.append(str(counties[one]))
            joined[one], at[one] = year, begun[-1]
        for _ in range(fresh - max(net, 0)):
            one, home = _joiner(rng, joined, counties, np.array(seats), np.array(ended), begun)
            joined[one], at[one] = year, home
    member = joined < NEVER
    return Membership(
        tuple(codes),
        tuple(str(c) for c in counties),
        joined.astype(np.int64),
        at.astype(np.int64),
        _people(rng, member, country.people),
        np.array(formed),
        np.array(ended),
        np.array(into),
        tuple(seats),
    )


def _merger(rng: np.random.Generator, ended: Ints, seats: np.ndarray, year: int) -> tuple[int, int]:
    alive = np.flatnonzero(ended >= year)
    crowded = [a for a in alive if np.count_nonzero(seats[alive] == seats[a]) > 1]
    last = int(rng.choice(crowded))
    others = [int(a) for a in alive if a != last and seats[a] == seats[last]]
    return last, int(rng.choice(others))


def _joiner(
    rng: np.random.Generator,
    joined: Ints,
    counties: np.ndarray,
    seats: np.ndarray,
    ended: Ints,
    begun: list[int],
) -> tuple[int, int]:
    """A municipality that joins an association of its county, the new ones first."""
    weights = np.zeros((joined.size, seats.size))
    open_ = ended == NEVER
    weights[:, open_] = (counties[:, None] == seats[None, open_]) & (joined == NEVER)[:, None]
    weights[:, begun] *= 8.0
    if not weights.any():  # across the border of the county
        weights[:, open_] = (joined == NEVER)[:, None]
    cell = int(rng.choice(weights.size, p=(weights / weights.sum()).ravel()))
    return cell // seats.size, cell % seats.size
