"""Drawing a twin's people, answers and months from what it may know, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr

from finsam_report.inputs.contract import EXITS
from finsam_report.inputs.synthetic.like.followed import Answers, Course, Months
from finsam_report.inputs.synthetic.like.people import (
    LEAST,
    Dates,
    People,
    Values,
    block_dates,
    days_of,
)
from finsam_report.inputs.synthetic.like.safe import Floats

Bools = npt.NDArray[np.bool_]
# What is assumed where nothing is known: how alike a person's responses to two waves are.
RESPONSE_STAYS = 0.5
BATCH = 50_000


@dataclass(frozen=True)
class Drawn:
    """The people that were drawn, as in the file, and what the other tables need of them.

    ``last`` is the period in which a person died or emigrated, infinite for the others.
    """

    frame: pd.DataFrame
    support: Bools
    may_answer: Bools
    days: dict[str, Floats]
    columns: tuple[str, ...]
    last: Floats | None = None

    def table(self) -> pd.DataFrame:
        """As in the file."""
        return self.frame[list(self.columns)]


def draw_column(rng: np.random.Generator, known: Values, n: int) -> npt.NDArray[np.object_]:
    """New cells of a column, as text."""
    values = np.full(n, "", dtype=object)
    if known.numbers is not None:
        values = written(known.numbers.at(rng.standard_normal(n)), known.numbers.decimals)
    elif known.levels:
        names, weights = zip(*known.levels, strict=True)
        shares = np.array(weights) / sum(weights)
        values = np.array(names, dtype=object)[rng.choice(len(names), size=n, p=shares)]
    return np.where(rng.random(n) < known.missing, "", values)


def written(numbers: Floats, decimals: int) -> npt.NDArray[np.object_]:
    """Numbers as text, empty where there is none."""
    text = [f"{v:.{decimals}f}" if not np.isnan(v) else "" for v in numbers]
    return np.array(text, dtype=object)


def as_dates(days: Floats, *, monthly: bool) -> npt.NDArray[np.object_]:
    """Days since 1970 as text, empty where there is none."""
    known = ~np.isnan(days)
    dates = np.where(known, days, 0).astype(np.int64).astype("datetime64[D]")
    text = np.datetime_as_string(dates.astype("datetime64[M]") if monthly else dates)
    return np.where(known, text, "").astype(object)


def _days(
    rng: np.random.Generator, known: Dates, start: float | None, bases: dict[str, Floats],
    met: Bools,
) -> Floats:  # fmt: skip
    """Days of a date column, NaN where there is none."""
    n = met.size
    there = rng.random(n) < np.where(met, *known.there)
    noise = rng.standard_normal(n)
    if known.days is None:
        return np.full(n, np.nan)
    base = bases[known.base] if known.base else np.zeros(n)
    days = np.where(np.isnan(base), start or 0, base) + np.round(known.days.at(noise))
    return np.where(there, days, np.nan)


def draw_people(rng: np.random.Generator, known: People) -> Drawn:
    """New people, as many in each block and arm as the rounded numbers say."""
    sizes = [(block.control, block.support) for block in known.blocks]
    block = np.repeat(np.arange(len(sizes)), [sum(pair) for pair in sizes])
    support = np.concatenate([np.repeat([False, True], pair) for pair in sizes])
    order = rng.permutation(block.size)
    block, support = block[order], support[order]
    n = block.size
    width = len(str(n))
    columns: dict[str, npt.NDArray[np.object_]] = {
        "person": np.array([f"{known.prefix}{i:0{width}d}" for i in range(1, n + 1)], dtype=object),
        "arm": np.where(support, *known.arms).astype(object),
    }
    for k, name in enumerate(known.block_columns):
        columns[name] = np.array([b.values[k] for b in known.blocks], dtype=object)[block]
    for value in known.values:
        columns[value.column.name] = draw_column(rng, value, n)
    met = np.zeros(n, dtype=np.bool_)
    if known.met_team is not None:
        met = rng.random(n) < np.where(support, *known.met_team)
        columns["met_team"] = np.where(met, "1", "0").astype(object)
    days: dict[str, Floats] = {}
    for name in known.block_columns:
        dated = block_dates(pd.Series(columns[name]))
        if dated.notna().any():
            days["block"] = days_of(dated)
            break
    for date in known.dates:
        days[date.name] = _days(rng, date, known.start, days, met)
        columns[date.name] = as_dates(days[date.name], monthly=date.monthly)
    may = np.ones(n, dtype=np.bool_)
    if known.consent is not None:
        given = rng.choice(np.array(["1", "0", ""], dtype=object), size=n, p=known.consent)
        columns["consent"] = given
        may = given == "1"
    last: Floats | None = None
    if known.left is not None:
        shares = (*known.left.shares, 1 - sum(known.left.shares))
        why = rng.choice(np.array([*EXITS, ""], dtype=object), size=n, p=shares)
        spread = known.left.periods
        when = np.zeros(n) if spread is None else np.round(spread.at(rng.standard_normal(n)))
        last = np.where(why == "", np.inf, when)
        columns["exit"] = why
        columns["exit_period"] = written(np.where(why == "", np.nan, when), 0)
    return Drawn(pd.DataFrame(columns), support, may, days, known.columns, last)


def draw_answers(rng: np.random.Generator, known: Answers, people: Drawn) -> pd.DataFrame:
    """New answers to each wave."""
    n = people.support.size
    willing = rng.standard_normal(n)
    lasting = {item.name: rng.standard_normal(n) for item in known.items}
    waves = []
    for wave in sorted({number for number, _ in known.response}):
        passing = rng.standard_normal(n)
        uniform = ndtr(np.sqrt(RESPONSE_STAYS) * willing + np.sqrt(1 - RESPONSE_STAYS) * passing)
        returned = np.zeros(n, dtype=np.bool_)
        for arm in (True, False):
            rate = known.response.get((wave, arm), 0.0)
            mine = (people.support == arm) & people.may_answer
            returned |= mine & (uniform < rate)
            if wave == known.primary and (returned & mine).sum() < LEAST:
                returned[np.flatnonzero(mine)[:LEAST]] = True
        columns = {
            "person": people.frame["person"].to_numpy(),
            "wave": np.full(n, str(wave), dtype=object),
        }
        if known.answered is not None:
            columns["answered"] = _answered(rng, known, people, wave)
        for item in known.items:
            noise = np.sqrt(item.stays) * lasting[item.name]
            noise += np.sqrt(1 - item.stays) * rng.standard_normal(n)
            values = np.full(n, "", dtype=object)
            for arm in (True, False):
                spread = item.spreads.get((wave, arm))
                if spread is not None:
                    mine = people.support == arm
                    values[mine] = written(spread.at(noise[mine]), 0)
            columns[item.name] = np.where(rng.random(n) < item.missing, "", values)
        waves.append(pd.DataFrame(columns)[returned])
    return pd.concat(waves).sort_values(["person", "wave"], kind="stable", ignore_index=True)


def _answered(
    rng: np.random.Generator, known: Answers, people: Drawn, wave: int
) -> npt.NDArray[np.object_]:
    n = people.support.size
    noise = rng.standard_normal(n)
    spread = known.answered.get(wave) if known.answered is not None else None
    if spread is None:
        return np.full(n, "", dtype=object)
    base = people.days[known.base] if known.base else np.zeros(n)
    return as_dates(base + np.round(spread.at(noise)), monthly=False)


def _moving(rng: np.random.Generator, stays: float, shape: tuple[int, int]) -> Floats:
    """Standard normal processes, people by period."""
    noise = rng.standard_normal(shape)
    for at in range(1, shape[1]):
        noise[:, at] = stays * noise[:, at - 1] + np.sqrt(1 - stays**2) * noise[:, at]
    return noise


def _outcome(rng: np.random.Generator, known: Course, support: Bools) -> Floats:
    """Values of an outcome, people by period; NaN where there is none."""
    shape = (support.size, known.missing.size)
    # A share moves less than what lies behind it: the correlation of the latter is the higher.
    stays = float(np.sin(np.pi / 2 * known.stays)) if known.binary else known.stays
    normal = _moving(rng, stays, shape)
    values = np.full(shape, np.nan)
    if not known.binary and known.spread is None and known.share.max() > 0:
        return values
    for row in (0, 1):
        mine = support == bool(row)
        for at in range(shape[1]):
            some = float(known.share[row, at])
            if known.binary or known.spread is None:
                values[mine, at] = ndtr(normal[mine, at]) < some
                continue
            whole = known.spread
            mean, sd = float(known.mean[row, at]), float(known.sd[row, at])
            if np.isnan(mean):
                mean, sd = whole.mean, whole.sd
            here = replace(
                whole, mean=mean, sd=sd, zeros=1 - some,
                low=min(whole.low, mean), high=max(whole.high, mean),
            )  # fmt: skip
            values[mine, at] = here.at(normal[mine, at])
    values[rng.random(shape) < known.missing] = np.nan
    return values


def draw_months(
    stream: np.random.SeedSequence, known: Months, people: Drawn
) -> Iterator[pd.DataFrame]:
    """New outcomes, some people at a time."""
    n = people.support.size
    starts = range(0, n, BATCH)
    periods = len(known.periods)
    for start, child in zip(starts, stream.spawn(len(starts)), strict=True):
        rng = np.random.default_rng(child)
        some = slice(start, start + BATCH)
        support = people.support[some]
        followed = rng.random(support.size)[:, None] < known.followed[support.astype(int)]
        for at in np.flatnonzero(known.needed):
            for arm in (True, False):
                mine = np.flatnonzero(support == arm)
                if followed[mine, at].sum() < min(LEAST, mine.size):
                    followed[mine[:LEAST], at] = True
        if people.last is not None:
            followed &= np.array(known.periods) <= people.last[some, None]
        columns: dict[str, npt.NDArray[np.generic] | pd.Series] = {
            "person": np.repeat(people.frame["person"].to_numpy()[some], periods),
            "period": np.tile(np.array(known.periods, dtype=np.int16), support.size),
        }
        for course in known.courses:
            values = _outcome(rng, course, support).ravel()
            whole = course.binary or (course.spread is not None and course.spread.decimals == 0)
            column = pd.Series(values)
            columns[course.name] = column.astype("Int64") if whole else column
        yield pd.DataFrame(columns)[followed.ravel()]
