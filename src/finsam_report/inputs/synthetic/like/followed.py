"""What a twin may know of answers and of outcomes over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs import contract
from finsam_report.inputs.read import Tables
from finsam_report.inputs.synthetic.like.people import days_of
from finsam_report.inputs.synthetic.like.safe import (
    ENOUGH,
    FEW,
    Floats,
    Spread,
    related,
    share,
    spread,
)
from finsam_report.study import Register, Survey

Bools = npt.NDArray[np.bool_]
# Weights of a period and its neighbours on either side.
SMOOTH = (1.0, 2.0, 3.0, 2.0, 1.0)


@dataclass(frozen=True)
class Items:
    """One item: spread of the answers by wave and arm, answers left out, correlation of waves."""

    name: str
    spreads: dict[tuple[int, bool], Spread]
    missing: float
    stays: float


@dataclass(frozen=True)
class Answers:
    """Who answers, by wave and arm (True: support), and what."""

    file: str
    response: dict[tuple[int, bool], float]
    primary: int
    items: tuple[Items, ...]
    answered: dict[int, Spread] | None
    base: str


@dataclass(frozen=True)
class Course:
    """One outcome by arm (rows: control, support) and period.

    Attributes:
        name: The column.
        binary: Whether it is 0 or 1.
        share: Share of ones, or of values other than 0.
        mean: Mean of the values other than 0; of shares unused.
        sd: Their standard deviation.
        spread: Range and decimals of the values; None where too few have one.
        missing: Share of empty cells by period.
        stays: Correlation from one period to the next.
    """

    name: str
    binary: bool
    share: Floats
    mean: Floats
    sd: Floats
    spread: Spread | None
    missing: Floats
    stays: float


@dataclass(frozen=True)
class Months:
    """The periods, who is followed in each by arm (rows: control, support), and the outcomes."""

    file: str
    periods: tuple[int, ...]
    needed: tuple[bool, ...]
    followed: Floats
    courses: tuple[Course, ...]


def _enough(row: npt.NDArray[np.integer], some: Bools, least: int = ENOUGH) -> bool:
    """Whether rows are of enough people: one who comes often is still one."""
    return np.unique(row[some]).size >= least


def _item(
    name: str, low: float, high: float, frame: pd.DataFrame, support: Bools, waves: Sequence[int]
) -> Items:
    value = frame[name].to_numpy(dtype=np.float64)
    wave = frame["wave"].astype(object).astype(int).to_numpy()
    people, empty = frame["row"].to_numpy(), np.isnan(value)
    spreads: dict[tuple[int, bool], Spread] = {}
    overall = spread(value, low, high, zeros=False) if _enough(people, ~empty) else None
    for number in waves:
        at = wave == number
        both = spread(value[at], low, high, zeros=False) or overall
        for arm in (True, False):
            found = spread(value[at & (support == arm)], low, high, zeros=False) or both
            if found is not None:
                spreads[number, arm] = found
    # Deviations from the mean of wave and arm; each wave of a person against the one before.
    cell = pd.Series(value).groupby([wave, support]).transform("mean").to_numpy()
    order = np.lexsort((wave, people))
    rest, who = (value - cell)[order], people[order]
    pair = (who[1:] == who[:-1]) & ~np.isnan(rest[1:]) & ~np.isnan(rest[:-1])
    stays = related(rest[:-1][pair], rest[1:][pair], np.unique(who[1:][pair]).size)
    left_out = share(int(empty.sum()), value.size) if _enough(people, empty, FEW) else 0.0
    return Items(name, spreads, left_out, stays)


def answers_summary(part: Survey, tables: Tables) -> Answers:
    """What a twin may know of the answers to a survey."""
    people, frame = tables.participants, tables.followed
    in_support = (people["arm"].astype(object) == part.arms.support.value).to_numpy(dtype=np.bool_)
    row = frame["row"].to_numpy()
    support = in_support[row]
    may = np.ones(len(people), dtype=np.bool_)
    if "consent" in people.columns:
        may = (people["consent"] == 1).to_numpy(dtype=np.bool_)
    wave = frame["wave"].astype(object).astype(int).to_numpy()
    response = {}
    for declared in part.waves:
        for arm in (True, False):
            if ("support" if arm else "control") in declared.arms:
                count = int(((wave == declared.wave) & (support == arm)).sum())
                asked = int((may & (in_support == arm)).sum())
                response[declared.wave, arm] = share(count, asked)
    base = next((name for name in ("randomised", "referred") if name in people.columns), "")
    answered: dict[int, Spread] | None = None
    if "answered" in frame.columns:
        days = days_of(frame["answered"])
        if base:
            days = days - days_of(people[base])[row]
        low = 0.0 if base else None
        found = {w.wave: spread(days[wave == w.wave], low, zeros=False) for w in part.waves}
        answered = {number: value for number, value in found.items() if value is not None}
    waves = [declared.wave for declared in part.waves]
    items = tuple(
        _item(item.id, item.minimum, item.maximum, frame, support, waves) for item in part.items
    )
    return Answers(part.answers, response, part.primary_wave, items, answered, base)


def _smooth(values: Floats) -> Floats:
    """Weighted means of a period and its neighbours, over what is known; shape (arms, periods)."""
    weights, reach = np.array(SMOOTH), len(SMOOTH) // 2
    known = ~np.isnan(values)
    out = np.empty_like(values)
    for at in range(values.shape[1]):
        low, high = max(0, at - reach), min(values.shape[1], at + reach + 1)
        near = weights[low - at + reach : high - at + reach] * known[:, low:high]
        total = near.sum(axis=1)
        sums = (near * np.nan_to_num(values[:, low:high])).sum(axis=1)
        out[:, at] = np.where(total > 0, sums / np.maximum(total, 1e-9), np.nan)
    # Where a stretch is unknown: as the periods beside it; where an arm is, as the other.
    filled = pd.DataFrame(out.T).ffill().bfill()
    mean = filled.mean(axis=1)
    return np.asarray(filled.apply(lambda column: column.fillna(mean)).to_numpy(np.float64).T)


def _course(
    column: contract.Column, frame: pd.DataFrame, at: npt.NDArray[np.int64], arm: Bools,
    periods: int,
) -> Course:  # fmt: skip
    value = frame[column.name].to_numpy(dtype=np.float64)
    binary = column.kind == "binary"
    shape = (2, periods)
    shares, means, sds = (np.full(shape, np.nan) for _ in range(3))
    missing = np.zeros(periods)
    cells = pd.DataFrame({"at": at, "arm": arm, "value": value})
    for period, group in cells[at >= 0].groupby("at"):
        k = int(str(period))
        missing[k] = share(int(group["value"].isna().sum()), len(group))
        for row in (0, 1):
            seen = group["value"][group["arm"] == bool(row)].dropna().to_numpy()
            if seen.size < ENOUGH:
                continue
            shares[row, k] = share(int((seen != 0).sum()), seen.size)
            some = None if binary else spread(seen[seen != 0], zeros=False)
            if some is not None:
                means[row, k], sds[row, k] = some.mean, some.sd
    row_of = frame["row"].to_numpy()
    some_value = (at >= 0) & ~np.isnan(value) & (value != 0)
    whole = None
    if not binary and _enough(row_of, some_value):
        whole = spread(value[some_value], column.minimum, column.maximum, zeros=False)
    order = np.lexsort((at, row_of))
    centred = value - cells.groupby(["at", "arm"])["value"].transform("mean").to_numpy()
    rest, who, when = centred[order], row_of[order], at[order]
    pair = (who[1:] == who[:-1]) & (when[1:] == when[:-1] + 1) & (when[:-1] >= 0)
    pair &= ~np.isnan(rest[1:]) & ~np.isnan(rest[:-1])
    stays = related(rest[:-1][pair], rest[1:][pair], np.unique(who[1:][pair]).size)
    return Course(
        name=column.name,
        binary=binary,
        share=np.nan_to_num(_smooth(shares)),
        mean=_smooth(means),
        sd=_smooth(sds),
        spread=whole,
        missing=missing,
        stays=stays,
    )


def months_summary(part: Register, tables: Tables) -> Months:
    """What a twin may know of outcomes by period."""
    people, frame = tables.participants, tables.followed
    in_support = (people["arm"].astype(object) == part.arms.support.value).to_numpy(dtype=np.bool_)
    arm = in_support[frame["row"].to_numpy()]
    period = frame["period"].to_numpy(dtype=np.int64)
    needed = part.periods_needed()
    known, counts = np.unique(period, return_counts=True)
    periods = np.array([p for p, n in zip(known, counts, strict=True) if n >= FEW or p in needed])
    place = np.searchsorted(periods, period).clip(max=len(periods) - 1)
    at = np.where(periods[place] == period, place, -1)
    followed = np.zeros((2, len(periods)))
    sizes = [int((~in_support).sum()), int(in_support.sum())]
    for row in (0, 1):
        inside = np.bincount(at[(at >= 0) & (arm == bool(row))], minlength=len(periods))
        followed[row] = [share(int(n), sizes[row]) for n in inside]
    columns = [c for c in contract.outcomes(part).columns if c.name not in ("person", "period")]
    return Months(
        file=part.outcome_table,
        periods=tuple(int(p) for p in periods),
        needed=tuple(int(p) in needed for p in periods),
        followed=followed,
        courses=tuple(_course(column, frame, at, arm, len(periods)) for column in columns),
    )
