"""A twin's efforts, and those who take part in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.inputs.parts_contract.activity import party_column
from finsam_report.inputs.synthetic.like.draw import as_dates, draw_column, written
from finsam_report.inputs.synthetic.like.other_associations import Units
from finsam_report.inputs.synthetic.like.people import Values, days_of, values_of
from finsam_report.inputs.synthetic.like.pieces import (
    ByGroup,
    by_group,
    free_prefix,
    left_out,
    new_codes,
    pick,
    size_of,
    weights_of,
)
from finsam_report.inputs.synthetic.like.safe import Floats, share
from finsam_report.study import Organisation

INDIVIDUAL = "individual"
DAYS = 365


@dataclass(frozen=True)
class Spells:
    """When rows begin and end: by year of the beginning, and how long they last.

    Attributes:
        years: Weights of the years in which they begin.
        lasts: Days from beginning to end, by year of the beginning.
        open: Share without an end, by year of the beginning.
        monthly: Whether only months are given.
        last: The last day that is known, the end of a year.
    """

    years: dict[int, int]
    lasts: ByGroup
    open: dict[int, float]
    monthly: bool
    last: float


def _spells(frame: pd.DataFrame) -> Spells:
    start, end = days_of(frame["start"]), days_of(frame["end"])
    year = frame["start"].dt.year.to_numpy()
    known = pd.Series(end - start)
    years = {int(y): n for y, n in weights_of(frame["start"].dt.year).items()}
    some = np.concatenate([start, end[~np.isnan(end)]])
    final = 1970 + int(some.max() // 365.2425)
    return Spells(
        years or {int(np.median(year)): 1},
        by_group(known, year, 0),
        {int(y): share(int(np.isnan(end[year == y]).sum()), int((year == y).sum()))
         for y in np.unique(year)},
        bool((frame["start"].dt.day == 1).all()),
        float((np.datetime64(f"{final}-12-31") - np.datetime64("1970-01-01")).astype(int)),
    )  # fmt: skip


def _first_day(year: np.ndarray) -> Floats:
    return np.array([(np.datetime64(f"{y}-01-01") - np.datetime64("1970-01-01")).astype(int)
                     for y in year], dtype=np.float64)  # fmt: skip


def _ends(rng: np.random.Generator, known: Spells, year: np.ndarray, start: Floats) -> Floats:
    """Days of the end, not before the start; NaN where there is none."""
    days = known.lasts.draw(year, rng.standard_normal(year.size))
    end = start + np.maximum(np.round(np.nan_to_num(days, nan=DAYS / 2)), 0)
    goes_on = rng.random(year.size) < np.array([known.open.get(int(y), 0.0) for y in year])
    return np.where(goes_on, np.nan, end)


@dataclass(frozen=True)
class Efforts:
    """What is known of efforts."""

    number: int
    prefix: str
    spells: Spells
    types: dict[str, int]
    kinds: dict[str, Values]
    targets: dict[str, Values]
    parties: dict[str, dict[str, float]]
    cost: ByGroup
    columns: tuple[str, ...]


def efforts_known(part: Organisation, table: Table, frame: pd.DataFrame) -> Efforts:
    """What may be known of efforts."""
    kind = frame["type"].astype(object).to_numpy()

    def by_type(name: str) -> dict[str, Values]:
        if name not in frame.columns:
            return {}
        column = table.column(name)
        found = {}
        for value in weights_of(frame["type"]):
            mine = frame[kind == value]
            if column.kind == "text":  # words that the study does not declare may name somebody
                weights = {f"{name} {k}": n for k, n in
                           enumerate(weights_of(mine[name]).values(), 1)}  # fmt: skip
                missing = share(int(mine[name].isna().sum()), len(mine))
                found[value] = Values(column, tuple(weights.items()), None, missing)
            else:
                found[value] = values_of(column, mine)
        return found

    parties = {
        value: {
            party.value: share(int(frame.loc[kind == value, party_column(party.value)].sum()),
                               int((kind == value).sum()))
            for party in part.parties
            if party_column(party.value) in frame.columns
        }
        for value in weights_of(frame["type"])
    }  # fmt: skip
    names = [n for n in frame.columns if not n.startswith("party_")]
    if any(parties.values()):
        names.insert(names.index("start"), "parties")
    return Efforts(
        size_of(len(frame)),
        free_prefix(frame["effort"], "E"),
        _spells(frame),
        weights_of(frame["type"]),
        by_type("kind"),
        by_type("target_group"),
        parties,
        by_group(frame["cost"], kind, 0),
        tuple(names),
    )


def draw_efforts(rng: np.random.Generator, known: Efforts, units: Units) -> pd.DataFrame:
    """New efforts of the twin's associations."""
    n = known.number
    year = pick(rng, {str(y): w for y, w in known.spells.years.items()}, n).astype(int)
    start = np.minimum(_first_day(year) + rng.integers(0, DAYS, n), known.spells.last)
    home = np.array([rng.choice(units.exist(int(y))) for y in year], dtype=np.int64)
    kind = pick(rng, known.types, n, INDIVIDUAL)
    kind[0] = INDIVIDUAL  # one at least, for people to take part in
    columns: dict[str, object] = {
        "effort": new_codes(known.prefix, n),
        "association": units.codes[home],
        "type": kind,
        "start": as_dates(start, monthly=known.spells.monthly),
        "end": as_dates(_ends(rng, known.spells, year, start), monthly=known.spells.monthly),
        "cost": left_out(
            rng,
            written(known.cost.draw(kind, rng.standard_normal(n)), known.cost.decimals),
            known.cost.missing,
        ),
    }
    for name, found in (("kind", known.kinds), ("target_group", known.targets)):
        cells = np.full(n, "", dtype=object)
        for value, values in found.items():
            mine = kind == value
            cells[mine] = draw_column(rng, values, int(mine.sum()))
        columns[name] = cells
    taking: list[list[str]] = [[] for _ in range(n)]
    for value, shares in known.parties.items():
        for party, chance in shares.items():
            for row in np.flatnonzero((kind == value) & (rng.random(n) < chance)):
                taking[row].append(party)
    some = next((party for shares in known.parties.values() for party in shares), "")
    columns["parties"] = [";".join(names) or some for names in taking]
    table = pd.DataFrame(columns)[list(known.columns)]
    return table.sort_values(["start", "effort"], kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Taking:
    """What is known of those who take part in efforts."""

    number: int
    prefix: str
    spells: Spells
    values: tuple[Values, ...]
    after: dict[str, tuple[float, float]]
    columns: tuple[str, ...]


def participants_known(table: Table, frame: pd.DataFrame) -> Taking:
    """What may be known of those who take part; ``after`` has gaps by whether there is an end."""
    open_ = frame["end"].isna().to_numpy()
    found, after = [], {}
    for column in table.columns:
        name = column.name
        if column.kind not in ("category", "binary", "text") or name not in frame.columns:
            continue
        if name in ("participant", "effort"):
            continue
        values = values_of(column, frame)
        if column.kind == "text":
            weights = weights_of(frame[name])
            levels = tuple((f"{name} {k}", n) for k, n in enumerate(weights.values(), 1))
            values = Values(column, levels, None, values.missing)
        gaps = [share(int(frame.loc[mask, name].isna().sum()), int(mask.sum()))
                for mask in (~open_, open_)]  # fmt: skip
        found.append(values)
        after[name] = (gaps[0], gaps[1])
    return Taking(
        size_of(len(frame)),
        free_prefix(frame["participant"], "P"),
        _spells(frame),
        tuple(found),
        after,
        tuple(frame.columns),
    )


def draw_participants(
    rng: np.random.Generator, known: Taking, efforts: pd.DataFrame
) -> pd.DataFrame:
    """New participants, while the twin's efforts for individuals go on."""
    single = efforts[efforts["type"] == INDIVIDUAL].reset_index(drop=True)
    first = days_of(pd.to_datetime(single["start"], format="ISO8601"))
    last = days_of(pd.to_datetime(single["end"].replace("", None), format="ISO8601"))
    last = np.where(np.isnan(last), known.spells.last, last)
    n = known.number
    year = pick(rng, {str(y): w for y, w in known.spells.years.items()}, n).astype(int)
    start, at = np.zeros(n), np.zeros(n, dtype=np.int64)
    for y in np.unique(year):
        mine = year == y
        low, high = _first_day(np.array([y]))[0], _first_day(np.array([y + 1]))[0] - 1
        going = np.flatnonzero((first <= high) & (last >= low))
        going = going if going.size else np.arange(len(single))
        chosen = rng.choice(going, size=int(mine.sum()))
        begin = np.clip(low, first[chosen], last[chosen])
        room = np.clip(high, begin, last[chosen]) - begin
        at[mine], start[mine] = chosen, begin + np.floor(rng.random(chosen.size) * (room + 1))
    end = _ends(rng, known.spells, year, start)
    monthly = known.spells.monthly
    columns: dict[str, object] = {
        "participant": new_codes(known.prefix, n),
        "effort": single["effort"].to_numpy()[at],
        "start": as_dates(start, monthly=monthly),
        "end": as_dates(end, monthly=monthly),
    }
    for values in known.values:
        name = values.column.name
        whole = Values(values.column, values.levels, values.numbers, 0.0)
        gaps = np.where(np.isnan(end), known.after[name][1], known.after[name][0])
        columns[name] = left_out(rng, draw_column(rng, whole, n), gaps)
    return pd.DataFrame(columns)[list(known.columns)]
