"""A twin's posts in teams, and the people whom the parties refer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.like.draw import written
from finsam_report.inputs.synthetic.like.other_associations import Units
from finsam_report.inputs.synthetic.like.pieces import ByGroup, by_group, left_out
from finsam_report.inputs.synthetic.like.safe import rounded, share
from finsam_report.study import Organisation


@dataclass(frozen=True)
class Teams:
    """What is known of teams: how many an association has, and posts and vacancies by party."""

    years: tuple[int, ...]
    number: float
    parties: dict[str, float]
    posts: ByGroup
    vacant: dict[str, float]
    part: ByGroup
    missing: float


def teams_known(part: Organisation, frame: pd.DataFrame) -> Teams:
    """What may be known of teams."""
    party = frame["party"].astype(object)
    posts = frame["posts"].to_numpy(dtype=np.float64)
    vacant = frame["vacant"].to_numpy(dtype=np.float64)
    place = frame[["association", "year"]].drop_duplicates()
    teams = frame[["association", "team", "year"]].drop_duplicates()
    some = vacant > 0
    names = [level.value for level in part.parties if (party == level.value).any()]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = pd.Series(np.where(some & (posts > 0), vacant / posts, np.nan))
    years = frame["year"].dropna().astype(int)
    return Teams(
        tuple(range(int(years.min()), int(years.max()) + 1)),
        max(1.0, round(len(teams) / max(1, len(place)), 1)),
        {name: share(int((party == name).sum()), len(teams)) or 1.0 for name in names},
        by_group(frame["posts"], party.to_numpy(), 0),
        {name: share(int((some & (party == name).to_numpy()).sum()), int((party == name).sum()))
         for name in names},
        by_group(ratio, party.to_numpy(), 0, 1),
        share(int(np.isnan(vacant).sum()), len(frame)),
    )  # fmt: skip


def draw_teams(rng: np.random.Generator, known: Teams, units: Units) -> pd.DataFrame:
    """New teams: the same ones year after year while their association is there."""
    number = 1 + rng.poisson(known.number - 1, units.codes.size)
    names = list(known.parties)
    rows = [
        (units.codes[unit], f"T{team + 1}", year, party)
        for year in known.years
        for unit in np.flatnonzero((units.formed <= year) & (year <= units.ended))
        for team in range(int(number[unit]))
        for party in names
        if party == names[0] or rng.random() < known.parties[party]
    ]
    if not rows:  # of the years of the teams no association is left
        rows = [(units.codes[0], "T1", int(units.formed[0]), party) for party in names]
    frame = pd.DataFrame(rows, columns=["association", "team", "year", "party"])
    party, n = frame["party"].to_numpy(dtype=object), len(frame)
    posts = np.nan_to_num(known.posts.draw(party, rng.standard_normal(n)))
    empty = rng.random(n) < frame["party"].map(known.vacant).to_numpy(dtype=np.float64)
    part = np.nan_to_num(known.part.draw(party, rng.standard_normal(n)), nan=1.0)
    decimals = max(known.posts.decimals, 1)
    posts = np.round(posts, decimals)
    vacant = np.minimum(np.round(np.where(empty, posts * part, 0.0), decimals), posts)
    return frame.assign(
        posts=written(posts, decimals),
        vacant=left_out(rng, written(vacant, decimals), known.missing),
    )


@dataclass(frozen=True)
class Referred:
    """What is known of referrals: how many people by month and party."""

    months: tuple[str, ...]
    people: dict[tuple[str, str], int]
    parties: tuple[str, ...]
    by_association: bool
    missing: float


def referred_known(part: Organisation, frame: pd.DataFrame) -> Referred:
    """What may be known of referrals."""
    month, party = frame["month"].dt.strftime("%Y-%m"), frame["party"].astype(object)
    sums = frame["people"].astype(float).groupby([month, party]).sum()
    return Referred(
        tuple(sorted(month.dropna().unique())),
        {(str(m), str(p)): rounded(int(n)) for m, p, n in sums.reset_index().to_numpy()},
        tuple(level.value for level in part.parties if (party == level.value).any()),
        "association" in frame.columns,
        share(int(frame["people"].isna().sum()), len(frame)),
    )


def draw_referred(rng: np.random.Generator, known: Referred, units: Units) -> pd.DataFrame:
    """New referrals, spread at random over the associations that there are."""
    weight = rng.lognormal(0, 0.5, units.codes.size)
    frames = []
    for month in known.months:
        there = units.exist(int(month[:4])) if known.by_association else np.zeros(1, dtype=np.int64)
        chance = weight[there] / weight[there].sum()
        for party in known.parties:
            people = rng.multinomial(known.people.get((month, party), 0), chance)
            frames.append(pd.DataFrame({"month": month, "association": units.codes[there],
                                        "party": party, "people": people.astype(str)}))  # fmt: skip
    table = pd.concat(frames, ignore_index=True)
    numbers = table["people"].to_numpy(dtype=object)
    table = table.assign(people=left_out(rng, numbers, known.missing))
    return table if known.by_association else table.drop(columns="association")
