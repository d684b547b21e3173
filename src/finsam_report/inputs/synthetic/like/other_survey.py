"""A twin's answers of staff, coded open answers and referrals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.read import Tables
from finsam_report.inputs.synthetic.like.draw import Bools, Drawn, written
from finsam_report.inputs.synthetic.like.people import LEAST
from finsam_report.inputs.synthetic.like.pieces import (
    ByGroup,
    by_group,
    free_prefix,
    left_out,
    new_codes,
)
from finsam_report.inputs.synthetic.like.safe import ENOUGH, FEW, related, rounded, share
from finsam_report.study import Survey

NONE = "(none)"
Cell = tuple[str, bool, bool]  # wave, support arm, met a team


def _support(part: Survey, people: pd.DataFrame) -> Bools:
    arm = people["arm"].astype(object).to_numpy()
    return np.asarray(arm == part.arms.support.value, dtype=np.bool_)


def _met(people: pd.DataFrame) -> Bools:
    if "met_team" not in people.columns:
        return np.zeros(len(people), dtype=np.bool_)
    return (people["met_team"].astype(float) == 1).to_numpy(dtype=np.bool_)


@dataclass(frozen=True)
class Staff:
    """What is known of the answers of staff."""

    judged: dict[Cell, float]
    items: dict[str, ByGroup]
    columns: tuple[str, ...]


def staff_known(part: Survey, tables: Tables, frame: pd.DataFrame) -> Staff:
    """What may be known of the answers of staff."""
    people = tables.participants.set_index("person")
    support, met = _support(part, people), _met(people)
    wave = frame["wave"].astype(object).to_numpy()
    judged = {}
    for number in np.unique(wave.astype(str)):
        inside = people.index.isin(set(frame.loc[wave == number, "person"]))
        for arm in (True, False):
            for has in (True, False):
                mine = (support == arm) & (met == has)
                if mine.any():
                    judged[str(number), arm, has] = share(
                        int((inside & mine).sum()), int(mine.sum())
                    )
    items = {
        item.id: by_group(frame[item.id], wave, item.minimum, item.maximum)
        for item in part.items
        if item.id in frame.columns
    }
    return Staff(judged, items, tuple(frame.columns))


def draw_staff(rng: np.random.Generator, known: Staff, people: Drawn) -> pd.DataFrame:
    """New answers of staff about the twin's people."""
    met = _met(people.frame)
    frames: list[pd.DataFrame] = []
    known_any = any(known.judged.values())
    for (wave, arm, has), chance in known.judged.items():
        mine = (people.support == arm) & (met == has) & (rng.random(met.size) < chance)
        if not known_any and not frames:  # of too few to know how many; a table has rows
            mine[np.flatnonzero(met == has)[:LEAST]] = True
        if not mine.any():
            continue
        columns: dict[str, object] = {
            "person": people.frame.loc[mine, "person"].to_numpy(),
            "wave": wave,
        }
        judge = rng.standard_normal(int(mine.sum()))
        for name, numbers in known.items.items():
            normal = np.sqrt(0.5) * judge + np.sqrt(0.5) * rng.standard_normal(judge.size)
            answer = written(numbers.draw(np.full(judge.size, wave), normal), 0)
            columns[name] = left_out(rng, answer, numbers.missing)
        frames.append(pd.DataFrame(columns))
    if not frames:
        return pd.DataFrame(columns=list(known.columns))
    table = pd.concat(frames)[list(known.columns)]
    return table.sort_values(["person", "wave"], ignore_index=True)


@dataclass(frozen=True)
class Open:
    """What is known of coded open answers, by wave and arm.

    Attributes:
        wrote: Share of those who answered the survey that wrote.
        themes: Share of those who wrote that mention a theme.
        coders: How many coders.
        prefix: What their codes begin with.
        coded: Share of the open answers that a coder read, on average.
        agreement: Correlation of two coders, on average over themes.
    """

    wrote: dict[tuple[str, bool], float]
    themes: dict[str, dict[tuple[str, bool], float]]
    coders: int
    prefix: str
    coded: float
    agreement: float


def open_known(part: Survey, tables: Tables, frame: pd.DataFrame) -> Open:
    """What may be known of coded open answers."""
    people, answers = tables.participants, tables.followed
    arm_of = pd.Series(_support(part, people), index=people["person"].to_numpy())
    place = frame.drop_duplicates(["person", "wave"])
    coders = sorted(frame["coder"].astype(str).unique())
    names = [theme.value for theme in part.themes]
    words = dict(zip(names, names, strict=True))
    if not names:  # words that the study does not declare may name somebody
        counts = frame["theme"].dropna().astype(str).value_counts().sort_index()
        common = [str(theme) for theme, number in counts.items() if number >= FEW]
        words = {theme: f"theme {k}" for k, theme in enumerate(common, 1)}
    wrote: dict[tuple[str, bool], float] = {}
    themes: dict[str, dict[tuple[str, bool], float]] = {word: {} for word in words.values()}
    theirs = frame["person"].map(arm_of).to_numpy(dtype=bool)
    in_answers = answers["person"].map(arm_of).to_numpy(dtype=bool)
    for wave in sorted(answers["wave"].astype(str).unique()):
        for arm in (True, False):
            asked = int(
                ((answers["wave"].astype(str) == wave).to_numpy() & (in_answers == arm)).sum()
            )
            mine = frame[(frame["wave"].astype(str) == wave).to_numpy() & (theirs == arm)]
            number = len(mine.drop_duplicates(["person"]))
            wrote[wave, arm] = min(1.0, share(number, max(asked, number)))
            read = len(mine.drop_duplicates(["person", "coder"]))
            for theme, word in words.items():
                seen = int((mine["theme"].astype(object) == theme).sum())
                people_ = mine.loc[(mine["theme"] == theme).fillna(False), "person"].nunique()
                themes[word][wave, arm] = share(seen, read) if people_ >= FEW else 0.0
    pairs = frame.drop_duplicates(["person", "wave", "coder"])
    return Open(
        wrote,
        themes,
        max(1, len(coders)),
        free_prefix(coders, "C"),
        1 - share(max(0, len(coders) * len(place) - len(pairs)), len(coders) * len(place)),
        _agreement(frame, coders),
    )


def _agreement(frame: pd.DataFrame, coders: list[str]) -> float:
    """Mean correlation of the first two coders over the themes, from ten people or more."""
    if len(coders) < 2 or frame["person"].nunique() < ENOUGH:
        return 0.0
    seen = frame.assign(theme=frame["theme"].astype(object).fillna(NONE), one=1).pivot_table(
        index=["person", "wave"], columns=["coder", "theme"], values="one", fill_value=0
    )
    first, second = coders[:2]
    both = [
        theme for theme in seen[first].columns if theme != NONE and theme in seen[second].columns
    ]
    found = [
        related(seen[first][theme].to_numpy(dtype=np.float64),
                seen[second][theme].to_numpy(dtype=np.float64), len(seen))
        for theme in both
    ]  # fmt: skip
    return float(np.mean(found)) if found else 0.0


def draw_open(
    rng: np.random.Generator, known: Open, people: Drawn, answers: pd.DataFrame
) -> pd.DataFrame:
    """New themes for some of the twin's answers, read by new coders."""
    support = pd.Series(people.support, index=people.frame["person"].to_numpy())
    arm = answers["person"].map(support).to_numpy(dtype=bool)
    wave = answers["wave"].astype(str).to_numpy()
    cells = list(zip(wave, arm, strict=True))
    wrote = rng.random(len(answers)) < np.array([known.wrote.get(cell, 0.0) for cell in cells])
    at = np.flatnonzero(wrote)
    if not at.size:  # of too few to know how many; a table has rows
        at = np.arange(min(LEAST, len(answers)))
    coders = new_codes(known.prefix, known.coders)
    keeps = np.sqrt(known.agreement)
    words = np.array([*known.themes, ""], dtype=object)
    found: npt.NDArray[np.bool_] = np.zeros((at.size, coders.size, words.size), dtype=np.bool_)
    for k, shares in enumerate(known.themes.values()):
        chance = np.array([shares.get(cells[row], 0.0) for row in at])
        there = rng.random(at.size) < chance
        for coder in range(coders.size):
            sees = rng.random(at.size) < keeps
            found[:, coder, k] = np.where(sees, there, rng.random(at.size) < chance)
    found[:, :, -1] = ~found.any(axis=2)
    found &= (rng.random((at.size, coders.size)) < known.coded)[:, :, None]
    row, by, theme = np.nonzero(found)
    return pd.DataFrame(
        {
            "person": answers["person"].to_numpy()[at[row]],
            "wave": wave[at[row]],
            "coder": coders[by],
            "theme": words[theme],
        }
    )


@dataclass(frozen=True)
class Referrals:
    """What is known of referrals: rounded numbers by month and party, and sites."""

    months: tuple[str, ...]
    parties: tuple[str, ...]
    sites: int
    people: dict[tuple[str, str], int]


def referrals_known(part: Survey, frame: pd.DataFrame) -> Referrals:
    """What may be known of referrals."""
    month = frame["month"].dt.strftime("%Y-%m")
    party = frame["party"].astype(object)
    sums = frame["people"].astype(float).groupby([month, party]).sum()
    return Referrals(
        tuple(sorted(month.dropna().unique())),
        tuple(level.value for level in part.parties if (party == level.value).any()),
        max(1, int(frame["site"].nunique())),
        {(str(m), str(p)): rounded(int(n)) for m, p, n in sums.reset_index().to_numpy()},
    )


def draw_referrals(rng: np.random.Generator, known: Referrals, people: Drawn) -> pd.DataFrame:
    """New referrals, in each month and site as many as the twin's people at least."""
    sites = [f"site {k}" for k in range(1, known.sites + 1)]
    weights = np.full(len(sites), 1 / len(sites))
    if "site" in people.frame.columns:
        counts = people.frame["site"].value_counts().sort_index()
        sites, weights = [str(site) for site in counts.index], (counts / counts.sum()).to_numpy()
    need: dict[tuple[str, str], int] = {}
    if {"site", "referred"} <= set(people.frame.columns):
        referred = people.frame["referred"].astype(str).str[:7]
        counts = people.frame.groupby([referred, "site"]).size()
        need = {(str(m), str(s)): int(n) for m, s, n in counts.reset_index().to_numpy()}
    rows = []
    for month in known.months:
        numbers = np.array([rng.multinomial(known.people.get((month, party), 0), weights)
                            for party in known.parties])  # fmt: skip
        for k, site in enumerate(sites):
            short = need.get((month, site), 0) - int(numbers[:, k].sum())
            numbers[int(np.argmax(numbers[:, k])), k] += max(0, short)
            rows += [(month, site, party, int(n))
                     for party, n in zip(known.parties, numbers[:, k], strict=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["month", "site", "party", "people"])
