"""A twin's associations, their years and the answers to indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.inputs.parts_contract import organisation as contract
from finsam_report.inputs.synthetic.like.draw import written
from finsam_report.inputs.synthetic.like.pieces import (
    ByGroup,
    Texts,
    by_group,
    free_prefix,
    left_out,
    new_codes,
    pick,
    size_of,
    weights_of,
)
from finsam_report.inputs.synthetic.like.safe import ENOUGH, Spread, rounded, share, spread
from finsam_report.study import Organisation

PERSON_STAYS = 0.6  # what is assumed of how alike the answers in a questionnaire are
NEVER = 9999


@dataclass(frozen=True)
class Associations:
    """What is known of associations."""

    number: int
    prefix: str
    counties: dict[str, int]
    formed: Spread | None
    ended: float
    lasted: Spread | None
    merged: float
    first: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Units:
    """The associations of a twin."""

    codes: Texts
    formed: np.ndarray
    ended: np.ndarray

    def exist(self, year: int) -> np.ndarray:
        """Numbers of those that there are in a year; of all of them where there are none."""
        there = np.flatnonzero((self.formed <= year) & (year <= self.ended))
        return there if there.size else np.arange(self.codes.size)


def associations_known(
    codes: set[str], frame: pd.DataFrame | None, first: int, last: int
) -> Associations:
    """What may be known of associations.

    Args:
        codes: The codes that the study has anywhere.
        frame: The table of associations, if there is one.
        first: First declared year.
        last: Last declared year.
    """
    number, prefix = size_of(len(codes)), free_prefix(codes, "A")
    if frame is None:
        return Associations(number, prefix, {}, None, 0.0, None, 0.0, first, ())
    formed = frame["formed"].to_numpy(dtype=np.float64)
    ended = np.full(len(frame), np.nan)
    if "ended" in frame.columns:
        ended = frame["ended"].to_numpy(dtype=np.float64)
    gone = int((~np.isnan(ended)).sum())
    merged = int(frame["merged_into"].notna().sum()) if "merged_into" in frame.columns else 0
    return Associations(
        number,
        prefix,
        weights_of(frame["county"]),
        spread(formed, first, last, zeros=False),
        share(gone, len(frame)),
        spread(ended - formed, 0, zeros=False),
        share(merged, gone) if gone >= ENOUGH else float(merged > 0),
        first,
        tuple(frame.columns),
    )


def draw_associations(
    rng: np.random.Generator, known: Associations, last: int
) -> tuple[Units, pd.DataFrame]:
    """New associations; those that were merged went into one that remains."""
    n = known.number
    codes = new_codes(known.prefix, n)
    formed = np.full(n, known.first)
    if known.formed is not None:
        formed = np.rint(known.formed.at(rng.standard_normal(n))).astype(np.int64)
    ended = np.full(n, NEVER)
    gone = rng.random(n) < known.ended
    gone[0] = False  # one remains, for the others to go into
    lasted = known.lasted.at(rng.standard_normal(n)) if known.lasted else np.full(n, 5.0)
    ended[gone] = np.minimum(formed + np.rint(lasted).astype(np.int64), last)[gone]
    ended = np.maximum(ended, formed)
    into = rng.choice(np.flatnonzero(ended == NEVER), size=n)
    merged = (ended < NEVER) & (rng.random(n) < known.merged)
    frame = pd.DataFrame(
        {
            "association": codes,
            "label": [f"Association {code}" for code in codes],
            "county": pick(rng, known.counties, n, "county"),
            "formed": formed,
            "ended": np.where(ended < NEVER, ended.astype(str), "").astype(object),
            "merged_into": np.where(merged, codes[into], ""),
        }
    )
    return Units(codes, formed, ended), frame[list(known.columns)] if known.columns else frame


@dataclass(frozen=True)
class Yearly:
    """What is known of associations by year."""

    years: tuple[int, ...]
    coverage: float
    numbers: dict[str, ByGroup]
    columns: tuple[str, ...]


def years_known(table: Table, frame: pd.DataFrame, units: pd.DataFrame | None) -> Yearly:
    """What may be known of the years of associations; means and spread by year."""
    years = frame["year"].dropna().astype(int)
    span = range(int(years.min()), int(years.max()) + 1)
    possible = len(span) * frame["association"].nunique()
    if units is not None:
        ended = units["ended"] if "ended" in units.columns else pd.Series(np.nan, units.index)
        first = units["formed"].astype(float).clip(lower=span[0])
        last = ended.astype(float).fillna(span[-1]).clip(upper=span[-1])
        possible = int((last - first + 1).clip(lower=0).sum())
    names = [c.name for c in table.columns if c.name in frame.columns and c.unit is not None]
    return Yearly(
        tuple(span),
        1 - share(max(0, possible - len(frame)), max(possible, len(frame))),
        {
            name: by_group(frame[name], years.to_numpy(), 0)
            for name in names
            if name not in ("year", "association")
        },
        tuple(frame.columns),
    )


def draw_years(
    rng: np.random.Generator, known: Yearly, units: Units, members: pd.DataFrame | None
) -> pd.DataFrame:
    """New years: totals are the sum of the sources, and members those of the municipalities."""
    at, year = [], []
    for y in known.years:
        there = np.flatnonzero((units.formed <= y) & (y <= units.ended))
        at.append(there)
        year.append(np.full(there.size, y))
    where, when = np.concatenate(at), np.concatenate(year)
    kept = rng.random(where.size) < known.coverage
    if members is not None or kept.sum() < 2:
        kept[:] = True  # or the members of a year would not add up
    where, when = where[kept], when[kept]
    size = rng.standard_normal(units.codes.size)
    columns: dict[str, object] = {"association": units.codes[where], "year": when}
    drawn: dict[str, np.ndarray] = {}
    for name, numbers in known.numbers.items():
        normal = np.sqrt(0.8) * size[where] + np.sqrt(0.2) * rng.standard_normal(where.size)
        drawn[name] = numbers.draw(when, normal)
    sources = [name for name in contract.SOURCES if name in drawn]
    some = [drawn[name] for name in sources if not np.isnan(drawn[name]).all()]
    if "total" in drawn and some:
        drawn["total"] = np.nansum(some, axis=0)
    if "municipalities" in drawn and members is not None:
        drawn["municipalities"] = _members(units, members, where, when)
    for name, whole in (("counties", "municipalities"), ("participants", "population")):
        if name in drawn and whole in drawn:  # a part is never more than the whole
            drawn[name] = np.fmin(drawn[name], np.maximum(drawn[whole], 1))
    for name, values in drawn.items():
        decimals = max((known.numbers[s].decimals for s in (*sources, name)), default=0)
        text = written(values, decimals if name == "total" else known.numbers[name].decimals)
        chance = known.numbers[name].missing
        columns[name] = (
            text
            if name == "municipalities" and members is not None
            else left_out(rng, text, chance)
        )
    return pd.DataFrame(columns)[list(known.columns)]


def _members(
    units: Units, members: pd.DataFrame, where: np.ndarray, when: np.ndarray
) -> np.ndarray:
    """Municipalities by association and year; those of one that ended count for the first left."""
    number = dict(zip(units.codes, range(units.codes.size), strict=True))
    joined = pd.to_numeric(members["joined"], errors="coerce").to_numpy(dtype=np.float64)
    left = np.full(len(members), np.inf)
    if "left" in members.columns:
        left = pd.to_numeric(members["left"], errors="coerce").fillna(np.inf).to_numpy()
    home = members["association"].map(number).fillna(-1).to_numpy(dtype=np.int64)
    counts: dict[tuple[int, int], int] = {}
    for year in np.unique(when):
        there = where[when == year]
        inside = (joined <= year) & ~(left <= year)
        place = np.where(np.isin(home, there), home, there[0])
        for unit in place[inside]:
            counts[int(unit), int(year)] = counts.get((int(unit), int(year)), 0) + 1
    return np.array([float(counts.get((int(u), int(y)), 0)) for u, y in
                     zip(where, when, strict=True)])  # fmt: skip


@dataclass(frozen=True)
class Indicators:
    """What is known of questionnaires and their answers."""

    papers: dict[int, int]
    users: int
    prefix: str
    respondents: dict[str, int]
    answers: dict[str, ByGroup]
    asked: dict[str, float]


def indicators_known(part: Organisation, frame: pd.DataFrame) -> Indicators:
    """What may be known of the answers to indicators."""
    papers = frame.drop_duplicates("questionnaire")
    name = frame["indicator"].astype(object)
    answers, asked = {}, {}
    for item in part.indicator_items:
        mine = frame[(name == item.id).to_numpy(dtype=bool)]
        who = mine["respondent"].astype(object).to_numpy()
        answers[item.id] = by_group(mine["answer"], who, item.minimum, item.maximum)
        asked[item.id] = 1 - share(max(0, len(papers) - len(mine)), len(papers))
    counts = papers["year"].astype(int).value_counts().sort_index()
    some = {int(str(y)): rounded(int(n)) for y, n in counts.items() if rounded(int(n))}
    return Indicators(
        some or {int(papers["year"].median()): size_of(len(papers))},
        size_of(int(papers["association"].nunique())),
        free_prefix(papers["questionnaire"], "Q"),
        weights_of(papers["respondent"]),
        answers,
        asked,
    )


def draw_indicators(rng: np.random.Generator, known: Indicators, units: Units) -> pd.DataFrame:
    """New questionnaires."""
    year = np.repeat(list(known.papers), list(known.papers.values())).astype(np.int64)
    n = year.size
    users = rng.permutation(units.codes.size)[: known.users]
    home = np.zeros(n, dtype=np.int64)
    for y in known.papers:
        there = np.intersect1d(users, units.exist(y))
        home[year == y] = rng.choice(there if there.size else units.exist(y), (year == y).sum())
    who = pick(rng, known.respondents, n, "participant")
    codes, person = new_codes(known.prefix, n), rng.standard_normal(n)
    frames = []
    for item, numbers in known.answers.items():
        own = rng.standard_normal(n)
        normal = np.sqrt(PERSON_STAYS) * person + np.sqrt(1 - PERSON_STAYS) * own
        answer = left_out(rng, written(numbers.draw(who, normal), 0), numbers.missing)
        frame = pd.DataFrame(
            {
                "questionnaire": codes, "association": units.codes[home], "year": year,
                "respondent": who, "indicator": item, "answer": answer,
            }
        )  # fmt: skip
        frames.append(frame[rng.random(n) < known.asked[item]])
    table = pd.concat(frames)
    return table.sort_values(["questionnaire", "indicator"], kind="stable", ignore_index=True)
