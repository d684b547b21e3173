"""Draw what associations have beside efforts: saved funds, inhabitants, teams, referrals.

From a stream of its own, so that the tables that were there before stay as they were. Inhabitants
and counties follow from the members; everything else is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.membership import LAST, Membership
from finsam_report.inputs.synthetic.survey_design import Floats

# Inhabitants for each person aged 18-64, in the last year, and what they grow by in a year.
INHABITANTS, GROWTH = 1.78, 0.0087
SAVED = 0.22  # of a year's funds, in the middle

FIRST_TEAMS = 2015
# Posts of each party in a team, and which share of them is vacant before and after 2019.
PARTIES = {
    "municipality": (1.5, 0.04, 0.05),
    "region": (0.75, 0.07, 0.09),
    "social_insurance": (0.75, 0.08, 0.17),
    "employment_service": (1.0, 0.10, 0.34),
}
TURN = 2019  # agencies of the state have had vacant posts more often since then

FIRST_REFERRALS = 2017
REFERRED = 0.45  # referrals in a half-year for each participant of the year
SHARES = {
    "municipality": 0.40, "region": 0.25, "social_insurance": 0.20, "employment_service": 0.15,
}  # fmt: skip
# What becomes of them by half-year: fewer from the state in autumn 2019, a pause in spring 2020,
# and all but the public employment service back after it.
CHANGES = {
    2019.5: {"social_insurance": 0.6, "employment_service": 0.4},
    2020.0: {"municipality": 0.7, "region": 0.6, "social_insurance": 0.45,
             "employment_service": 0.2},
    2020.5: {"social_insurance": 0.8, "employment_service": 0.2},
}  # fmt: skip
LATER = {"social_insurance": 0.85, "employment_service": 0.25}


@dataclass(frozen=True)
class FurtherOrganisation:
    """Years of associations with more columns, and the two tables of what the parties put in."""

    years: pd.DataFrame
    teams: pd.DataFrame
    referrals: pd.DataFrame


def _people(members: Membership, year: int, home: np.ndarray) -> Floats:
    """Inhabitants of the members of each association at the end of a year."""
    inside = home >= 0
    number: Floats = np.bincount(
        home[inside], weights=members.people[inside], minlength=len(members.formed)
    ).astype(np.float64)
    return number * INHABITANTS * (1 + GROWTH) ** (year - LAST)


def _columns(rng: np.random.Generator, members: Membership, years: pd.DataFrame) -> pd.DataFrame:
    names = pd.Index(members.names)
    county = np.array(members.counties)
    habit = rng.beta(2.0, 2.0 / SAVED - 2.0, len(names))
    people, counties = np.zeros(len(years)), np.zeros(len(years))
    own = names.get_indexer(pd.Index(years["association"]))
    for year in sorted(years["year"].unique()):
        home = members.belongs(int(year))
        rows = np.flatnonzero(years["year"] == year)
        unit = own[rows]
        people[rows] = _people(members, int(year), home)[unit]
        counties[rows] = [np.unique(county[home == a]).size for a in unit]
    share = habit[own] * rng.lognormal(0, 0.3, len(years))
    # Nothing is saved before the first year.
    fresh = years["year"].to_numpy() == members.formed[own]
    saved = np.where(fresh, 0, np.rint(share * years["total"].to_numpy() / 1000))
    out = years.copy()
    place = list(out.columns).index("total")
    out.insert(place + 1, "saved", 1000 * saved.astype(np.int64))
    out.insert(place + 2, "population", np.rint(people).astype(np.int64))
    out.insert(place + 3, "counties", counties.astype(np.int64))
    return out


def _teams(rng: np.random.Generator, members: Membership, years: pd.DataFrame) -> pd.DataFrame:
    names = np.array(members.names, dtype=object)
    # Until the last year of each association, and none of one that has no member yet.
    number = 1 + rng.poisson(0.9, names.size)
    rows = []
    usual = {p: np.maximum(0.25, np.rint(4 * rng.gamma(9, mean / 9, (names.size, number.max())))
                           / 4)
             for p, (mean, _, _) in PARTIES.items()}  # fmt: skip
    for year in range(FIRST_TEAMS, LAST + 1):
        there = set(years.loc[years["year"] == year, "association"])
        for unit in np.flatnonzero(members.exists(year)):
            if names[unit] not in there:
                continue
            for team in range(int(number[unit])):
                for party, (_, before, after) in PARTIES.items():
                    posts = float(usual[party][unit, team])
                    chance = before if year < TURN else after
                    empty = rng.random() < chance
                    part = 1.0 if rng.random() < 0.7 else 0.5
                    vacant = np.rint(4 * posts * part) / 4 if empty else 0.0
                    rows.append(
                        (names[unit], f"T{team + 1}", year, party, posts, min(vacant, posts))
                    )
    columns = ["association", "team", "year", "party", "posts", "vacant"]
    return pd.DataFrame(rows, columns=columns)


def _referrals(rng: np.random.Generator, years: pd.DataFrame) -> pd.DataFrame:
    frames = []
    for year in range(FIRST_REFERRALS, LAST + 1):
        now = years[years["year"] == year]
        expected = REFERRED * now["participants"].to_numpy(dtype=np.float64)
        for half, month in ((0.0, "01"), (0.5, "07")):
            when = year + half
            changed = CHANGES.get(when, LATER if when > max(CHANGES) else {})
            for party, share in SHARES.items():
                people = rng.poisson(expected * share * changed.get(party, 1.0))
                frames.append(
                    pd.DataFrame(
                        {
                            "month": f"{year}-{month}",
                            "association": now["association"].to_numpy(),
                            "party": party,
                            "people": people,
                        }
                    )
                )
    return pd.concat(frames, ignore_index=True)


def further_tables(
    rng: np.random.Generator, members: Membership, years: pd.DataFrame
) -> FurtherOrganisation:
    """Draw more of the organisation part.

    Args:
        rng: Source of chance, of its own.
        members: Who belongs to which association when.
        years: Associations by year as drawn; nothing in them changes.

    Returns:
        The years with saved funds, inhabitants and counties; teams; and referrals by half-year.
    """
    return FurtherOrganisation(
        _columns(rng, members, years), _teams(rng, members, years), _referrals(rng, years)
    )
