"""What a twin may know of the people of a study: blocks, arms, covariates, dates, take-up."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs import contract
from finsam_report.inputs.contract import Column
from finsam_report.inputs.synthetic.like.safe import (
    ENOUGH,
    FEW,
    Floats,
    Spread,
    rounded,
    share,
    spread,
)
from finsam_report.study import Register, Survey

LEAST = 2
DATES = ("referred", "randomised", "met_date")


@dataclass(frozen=True)
class Block:
    """A block: its value in each block column, and its people by arm."""

    values: tuple[str, ...]
    support: int
    control: int


@dataclass(frozen=True)
class Values:
    """A covariate: values with their weights, or the spread of a number; and what is missing."""

    column: Column
    levels: tuple[tuple[str, int], ...] = ()
    numbers: Spread | None = None
    missing: float = 0.0


@dataclass(frozen=True)
class Dates:
    """Dates in days after another date (or after 1970), and who has one.

    Attributes:
        name: The column.
        base: The column that it is counted from, "block" or "".
        days: How the days are spread.
        monthly: Whether only the month is given.
        there: Share with a date, by whether the person met a team (without take-up: both alike).
    """

    name: str
    base: str
    days: Spread | None
    monthly: bool
    there: tuple[float, float]


@dataclass(frozen=True)
class Left:
    """Who died or emigrated: the share of each reason, and how the periods are spread."""

    shares: tuple[float, ...]
    periods: Spread | None


@dataclass(frozen=True)
class People:
    """Everything that is known of a table of participants."""

    file: str
    prefix: str
    columns: tuple[str, ...]
    block_columns: tuple[str, ...]
    arms: tuple[str, str]
    blocks: tuple[Block, ...]
    values: tuple[Values, ...]
    dates: tuple[Dates, ...]
    met_team: tuple[float, float] | None
    consent: tuple[float, float, float] | None
    start: float | None
    left: Left | None = None


def text_of(values: pd.Series) -> pd.Series:
    """Values as text, numbers without a needless decimal."""
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(lambda v: f"{v:.15g}", na_action="ignore").astype(object)
    return values.astype(object)


def block_dates(names: pd.Series) -> pd.Series:
    """The dates that names of blocks such as 2018-03 say; none for other names."""
    text = names.astype(str)
    dated = text.where(text.str.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])(-\d\d)?"))
    return pd.to_datetime(dated, format="ISO8601", errors="coerce")


def days_of(dates: pd.Series) -> Floats:
    """Dates in days since 1970."""
    days = dates.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))


def _blocks(
    frame: pd.DataFrame, names: Sequence[str], declared: set[str], support: pd.Series
) -> tuple[Block, ...]:
    keys = pd.DataFrame({name: text_of(frame[name]) for name in names}, index=frame.index)
    keys = keys if names else pd.DataFrame({"": "all"}, index=frame.index)
    counts = support.groupby([keys[name] for name in keys.columns], sort=True).agg(["sum", "size"])
    out: list[Block] = []
    small: list[tuple[int, int]] = []
    for key, (in_support, size) in zip(counts.index, counts.to_numpy(), strict=True):
        in_control = int(size - in_support)
        if names and size < ENOUGH:
            small.append((int(in_support), in_control))
            continue
        values = tuple(str(v) for v in (key if isinstance(key, tuple) else (key,)))
        out.append(
            Block(
                values if names else (),
                max(LEAST, rounded(int(in_support))),
                max(LEAST, rounded(in_control)),
            )
        )
    if small:
        taken = {block.values for block in out}
        usual = spread(days_of(block_dates(keys.iloc[:, 0])), zeros=False)
        out += _small_blocks(small, keys, declared, taken, usual.mean if usual else None)
    return tuple(out)


def _small_blocks(
    small: list[tuple[int, int]], keys: pd.DataFrame, declared: set[str],
    taken: set[tuple[str, ...]], day: float | None,
) -> list[Block]:  # fmt: skip
    """Blocks of fewer than ten people: about as many, all of one size, under made names.

    The names are days in a row where those of the study are months or days.
    """
    number = max(1, rounded(len(small)))
    total = np.array(small).sum(axis=0)
    mean = total / len(small) if total.sum() >= ENOUGH else np.zeros(2)
    sizes = [max(LEAST, round(float(people))) for people in mean]
    common = []
    for name in keys.columns:
        counts = keys[name].value_counts()
        known = sorted(str(value) for value in counts.index[counts >= FEW])
        made = [f"block {k}" for k in range(1, number + 1)]
        if day is not None and block_dates(keys[name]).notna().all():
            days = np.arange(number + len(taken)) + int(day)
            made = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
        common.append(known if name in declared else made)
    free = (values for values in itertools.product(*common) if values not in taken)
    if not declared & set(keys.columns):
        free = (values for values in free if len(set(values)) == 1)
    return [Block(values, *sizes) for values in itertools.islice(free, number)]


def values_of(column: Column, frame: pd.DataFrame) -> Values:
    """What may be known of a column: weights of its values, or the spread of its numbers."""
    seen = frame[column.name]
    missing = share(int(seen.isna().sum()), len(seen))
    if column.kind == "number":
        numbers = spread(seen.to_numpy(dtype=np.float64), column.minimum, column.maximum)
        return Values(column, numbers=numbers, missing=missing)
    counts = text_of(seen.dropna()).value_counts()
    known = ("0", "1") if column.kind == "binary" else column.values
    levels = [(value, rounded(int(counts.get(value, 0)))) for value in known]
    return Values(column, tuple((v, n) for v, n in levels if n), missing=missing)


def _dates(frame: pd.DataFrame, block_columns: Sequence[str]) -> tuple[list[Dates], float | None]:
    """The dates, each counted from the one before; and the usual start where none is known."""
    out: list[Dates] = []
    bases: dict[str, Floats] = {}
    for name in block_columns:
        dated = block_dates(text_of(frame[name]))
        if dated.notna().sum() >= ENOUGH:
            bases["block"] = days_of(dated)
            break
    met = frame["met_team"] == 1 if "met_team" in frame.columns else None
    monthly_before = True
    for name in (name for name in DATES if name in frame.columns):
        days = days_of(frame[name])
        base = next((b for b in ("randomised", "referred", "block") if b in bases), "")
        after = days - bases[base] if base else days
        there = ~np.isnan(days)
        groups = (there, there) if met is None else (there[met], there[~met])
        low = 0.0 if base and (base != "block" or not (after < 0).any()) else None
        monthly = bool((frame[name].dropna().dt.day == 1).all())
        if name != "met_date":
            monthly = monthly_before = monthly and monthly_before
        shares = tuple(share(int(group.sum()), group.size) for group in groups)
        known = spread(after, low, zeros=False)
        out.append(Dates(name, base, known, monthly, (shares[0], shares[1])))
        if name != "met_date":
            bases[name] = days
    usual = spread(next(iter(bases.values())), zeros=False) if bases else None
    return out, usual.mean if usual else None


def people_summary(parts: Sequence[Survey | Register], frame: pd.DataFrame, prefix: str) -> People:
    """What a twin may know of a table of participants.

    Args:
        parts: The experiments that it belongs to.
        frame: The checked table.
        prefix: What the new ids begin with.
    """
    block_columns = tuple(dict.fromkeys(n for part in parts for n in part.assignment.blocks))
    columns = {c.name: c for part in parts for c in contract.participants(part).columns}
    columns = {name: column for name, column in columns.items() if name in frame.columns}
    declared = {c.id: c for part in parts for c in part.covariates}
    arms = parts[0].arms
    support = (frame["arm"].astype(object) == arms.support.value).astype(int)
    met: tuple[float, float] | None = None
    if "met_team" in columns:
        groups = [frame.loc[support == arm, "met_team"] for arm in (1, 0)]
        first, second = (share(int(group.sum()), len(group)) for group in groups)
        met = (first, second)
    consent: tuple[float, float, float] | None = None
    if "consent" in columns:
        given = frame["consent"]
        counts = [(given == 1).sum(), (given == 0).sum(), given.isna().sum()]
        weights = np.array([rounded(int(count)) for count in counts], dtype=np.float64)
        weights = weights / weights.sum() if weights.any() else np.array([1.0, 0.0, 0.0])
        consent = (float(weights[0]), float(weights[1]), float(weights[2]))
    dates, start = _dates(frame, block_columns)
    left: Left | None = None
    if {"exit", "exit_period"} <= set(columns):
        shares = [share(int((frame["exit"] == why).sum()), len(frame)) for why in contract.EXITS]
        left = Left(tuple(shares), spread(frame["exit_period"].to_numpy(np.float64), 0.0))
    return People(
        file=parts[0].participants,
        prefix=prefix,
        columns=tuple(columns),
        block_columns=block_columns,
        arms=(arms.support.value, arms.control.value),
        blocks=_blocks(frame, block_columns, set(declared), support),
        values=tuple(
            values_of(columns[name], frame) for name in declared if name not in block_columns
        ),
        dates=tuple(dates),
        met_team=met,
        consent=consent,
        start=start,
        left=left,
    )
