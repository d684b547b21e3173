"""What the parties put in: referrals by half-year, posts in teams; and answers to indicators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from finsam_report.parts.ledger import PEOPLE, PERCENT
from finsam_report.parts.organisation_data import Data
from finsam_report.parts.organisation_people import either
from finsam_report.parts.organisation_rows import Piece, entries, within

KEY = ["group", "outcome", "year"]
PLACE = ["group", "year"]
POSTS, TEAMS = "full-time equivalents", "teams"
POINTS = "scale points"
PARTICIPANTS = "participant"


def referral_rows(referred: pd.DataFrame) -> list[Piece]:
    """People whom each party referred, by half-year, as a number and as a share of all.

    Args:
        referred: Columns ``group``, ``half``, ``party``, ``people``, ``number`` (of the month).
    """
    known = referred[referred["people"].notna() & referred["half"].notna()]
    if not len(known):
        return []
    known = known.assign(year=known["half"], outcome=known["party"])
    counts = known.groupby(KEY)["people"].sum()
    places = known[PLACE].drop_duplicates().sort_values(PLACE)
    grid = places.merge(pd.DataFrame({"outcome": sorted(known["outcome"].unique())}), how="cross")
    grid = grid.assign(n=counts.reindex(pd.MultiIndex.from_frame(grid[KEY]), fill_value=0)
                       .to_numpy(np.float64))  # fmt: skip
    whole = known.groupby(PLACE)["people"].sum()
    grid = grid.assign(of=whole.reindex(pd.MultiIndex.from_frame(grid[PLACE])).to_numpy())
    shares = grid[grid["of"] > 0]
    shares = shares.assign(share=100 * shares["n"] / shares["of"])
    total = whole.rename("n").reset_index()
    return [
        entries("referrals", total, "count", "n", PEOPLE, outcome="all", cell="n"),
        entries("referrals", grid, "count", "n", PEOPLE, cell="n"),
        entries("referrals", shares, "share", "share", PERCENT, cell="n", of="of"),
        entries("referrals", _months(known), "months", "n", "months", outcome="all"),
    ]


def _months(known: pd.DataFrame) -> pd.DataFrame:
    """How many months of each half-year the table tells of; all of them if it is by half-year."""
    seen = known.groupby(PLACE)["number"].nunique().rename("n").reset_index()
    halves = bool(known["number"].isin([1.0, 7.0]).all())
    return seen.assign(n=6.0) if halves else seen


def team_rows(data: Data) -> list[Piece]:
    """Posts, those vacant, and teams in which a party has no filled post."""
    teams = data.teams
    if not len(teams):
        return []
    teams = teams.assign(name=teams["association"].astype(str) + "|" + teams["team"].astype(str))
    number = teams.groupby(PLACE)["name"].nunique()
    out = [entries("teams", number.rename("n").reset_index(), "count", "n", TEAMS, outcome="all")]
    for party in (None, *(level.value for level in data.part.parties)):
        some = teams if party is None else teams[teams["party"] == party]
        out += _posts(some, party or "all")
    out += _without(data, teams, number)
    return out


def _posts(some: pd.DataFrame, outcome: str) -> list[Piece]:
    posts = some[some["posts"].notna()].groupby(PLACE)["posts"].sum().reset_index()
    both = some[some["posts"].notna() & some["vacant"].notna()]
    shared = both.groupby(PLACE)[["posts", "vacant"]].sum().reset_index()
    share = shared[shared["posts"] > 0]
    share = share.assign(share=100 * share["vacant"] / share["posts"])
    return [
        entries("teams", posts, "posts", "posts", POSTS, outcome=outcome),
        entries("teams", shared, "vacant", "vacant", POSTS, outcome=outcome),
        entries("teams", share, "share_vacant", "share", PERCENT, outcome=outcome),
    ]


def _without(data: Data, teams: pd.DataFrame, number: pd.Series) -> list[Piece]:
    """Teams without a filled post of a party, or (``all``) of one party at least.

    Where it is not known how many posts are vacant, they are taken to be filled.
    """
    filled = teams.assign(filled=teams["posts"].fillna(0) - teams["vacant"].fillna(0))
    has = filled.groupby([*PLACE, "name", "party"])["filled"].sum() > 0
    there = has[has].reset_index()
    staffed = {party.value: there[there["party"] == party.value].groupby(PLACE)["name"].nunique()
               for party in data.part.parties}  # fmt: skip
    parties = there.groupby([*PLACE, "name"])["party"].nunique()
    complete = parties[parties == len(data.part.parties)].reset_index().groupby(PLACE)
    out = []
    for outcome, with_ in (*staffed.items(), ("all", complete["name"].nunique())):
        frame = number.rename("teams").reset_index()
        place = pd.MultiIndex.from_frame(frame[PLACE])
        frame = frame.assign(n=frame["teams"] - with_.reindex(place).fillna(0).to_numpy())
        frame = frame.assign(share=100 * frame["n"] / frame["teams"])
        out.append(entries("teams", frame, "teams_without", "n", TEAMS, outcome=outcome))
        out.append(entries("teams", frame, "share_without", "share", PERCENT, outcome=outcome))
    return out


def indicator_rows(data: Data, *, by_respondent: bool = True) -> list[Piece]:
    """Mean of each indicator and the share with one of the two best answers, by year.

    Args:
        data: The tables.
        by_respondent: Also by who answered.
    """
    asked = data.indicators
    if not len(asked):
        return []
    frames = [asked]
    if by_respondent:
        frames.append(within(asked, "respondent"))
    out = _users(data, frames)
    best = {
        item.id: _best(item.minimum, item.maximum, item.direction)
        for item in data.part.indicator_items
    }
    for frame in frames:
        known = frame[frame["answer"].notna()]
        top = [answer in best[item] for answer, item in
               zip(known["answer"], known["indicator"], strict=True)]  # fmt: skip
        out += _answers(known.assign(best=np.array(top, dtype=np.float64),
                                     outcome=known["indicator"]))  # fmt: skip
    return out


def _best(low: int, high: int, direction: str) -> Sequence[int]:
    """The two best answers of a scale; of one with two answers only the best."""
    number = 2 if high - low >= 2 else 1
    return range(low, low + number) if direction == "down" else range(high - number + 1, high + 1)


def _answers(marked: pd.DataFrame) -> list[Piece]:
    by = marked.groupby(KEY)
    made = by.agg({"answer": "sum", "best": "sum", "association": "nunique"})
    made = made.assign(n=by.size()).reset_index()
    made = made.assign(
        mean=made["answer"] / made["n"], share=100 * made["best"] / made["n"],
        cell=either(made["best"], made["n"]),
    )  # fmt: skip
    return [
        entries("indicator", made, "mean", "mean", POINTS, cell="n", of="n"),
        entries("indicator", made, "top", "share", PERCENT, cell="cell", of="n"),
        entries("indicator", made, "count", "n", PEOPLE, cell="n"),
        entries("indicator", made, "associations", "association", "associations"),
    ]


def _users(data: Data, frames: list[pd.DataFrame]) -> list[Piece]:
    """Questionnaires, and how many of the associations that there were took part."""
    out = []
    for frame in frames:
        papers = frame.groupby(PLACE)["questionnaire"].nunique().rename("n").reset_index()
        out.append(entries("indicator", papers, "count", "n", PEOPLE, outcome="questionnaires",
                           cell="n"))  # fmt: skip
    users = frames[0].groupby(PLACE)["association"].nunique().rename("n").reset_index()
    if not (users["group"] == "all").all():
        return out
    users = users.assign(of=[float(len(data.exist(int(year)))) for year in users["year"]])
    out.append(entries("indicator", users, "associations", "n", "associations",
                       outcome="questionnaires"))  # fmt: skip
    known = users[users["of"] > 0]
    out.append(entries("indicator", known, "existing", "of", "associations",
                       outcome="questionnaires"))  # fmt: skip
    return out
