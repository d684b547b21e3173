"""From the two tables of the municipality part to outcomes by municipality, year and group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.panel import NEVER
from finsam_report.inputs.parts_contract.municipality import MUNICIPALITIES, YEARS
from finsam_report.study import Municipality

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ALL, WOMEN, MEN = "all", "women", "men"
SEXES = (ALL, WOMEN, MEN)


@dataclass(frozen=True)
class Column:
    """An outcome of a group; ``band`` is "" for all ages."""

    outcome: str
    sex: str
    band: str

    @property
    def group(self) -> str:
        """As the ledger names it: "all", "women", "men 55-64"."""
        return f"{self.sex} {self.band}" if self.band else self.sex


@dataclass(frozen=True)
class Data:
    """Outcomes of the municipalities that have some; n of them, T years, K columns.

    Attributes:
        units: Their rows of the table of municipalities, merged ones in the row that remains.
        joined: Year of joining, NEVER where none; shape (n,).
        years: The years observed; shape (T,).
        columns: What the columns are; length K.
        outcome: Per cent, NaN where missing; shape (n, T, K).
        people: People that a value is of, NaN where unknown; shape (n, T, K).
        merged: How many municipalities were put together with another.
        silent: How many have no outcome at all, and are left out.
    """

    units: pd.DataFrame
    joined: Ints
    years: Ints
    columns: tuple[Column, ...]
    outcome: Floats
    people: Floats
    merged: int
    silent: int

    def pick(self, which: Sequence[int] | Ints) -> Data:
        """Some of the columns."""
        at = np.asarray(which, dtype=np.int64)
        return replace(
            self, columns=tuple(self.columns[k] for k in at.tolist()),
            outcome=self.outcome[:, :, at], people=self.people[:, :, at],
        )  # fmt: skip

    @property
    def first_entry(self) -> int | None:
        """The first year in which one joins that was observed before; None if none does."""
        later = self.joined[(self.joined > self.years[0]) & (self.joined <= self.years[-1])]
        return int(later.min()) if later.size else None


def _codes(values: pd.Series, wanted: Sequence[object]) -> Ints:
    """Position of each cell among the wanted values, -1 where it is none of them."""
    held = values.astype("category").cat
    place = pd.Index(list(wanted), dtype=object).get_indexer(
        pd.Index(held.categories.astype(object))
    )
    return np.append(place, -1)[held.codes.to_numpy()].astype(np.int64)


def _filled(part: Municipality, codes: Sequence[str], table: pd.DataFrame) -> tuple[Floats, ...]:
    """Values and people; shape (n, T, outcomes, sexes, bands) each, with the years (T,)."""
    years = np.unique(table["year"].to_numpy(dtype=np.int64))
    sexes = (part.sexes.all, part.sexes.women, part.sexes.men)
    bands = [band.value for band in part.age_bands]
    outcomes = [outcome.id for outcome in part.observed]
    shape = (len(codes), years.size, len(outcomes), len(SEXES), len(bands))
    at = (
        _codes(table["municipality"], codes),
        np.searchsorted(years, table["year"].to_numpy(dtype=np.int64)),
        _codes(table["outcome"], outcomes),
        _codes(table["sex"], sexes),
        _codes(table["age_band"], bands),
    )
    known = np.all([place >= 0 for place in at], axis=0)
    flat = np.ravel_multi_index(tuple(place[known] for place in at), shape)
    out: list[Floats] = []
    for name in ("value", "population"):
        made = np.full(int(np.prod(shape)), np.nan)
        made[flat] = table[name].to_numpy(dtype=np.float64)[known]
        out.append(made.reshape(shape))
    return out[0], out[1], years.astype(np.float64)


def _mean(values: Floats, people: Floats, axis: int) -> tuple[Floats, Floats]:
    """Pieces that make up a whole, weighted by people; NaN where any of them is unknown."""
    if values.shape[axis] == 1:
        return values, people
    total = people.sum(axis=axis, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (values * people).sum(axis=axis, keepdims=True) / total
    return mean, total


def _with_totals(part: Municipality, values: Floats, people: Floats) -> tuple[Floats, Floats]:
    """All sexes and all ages, made from the others where the table does not have them.

    All ages come last among the bands.
    """
    bands = [band.value for band in part.age_bands]
    if part.all_ages is not None:
        order = [k for k, band in enumerate(bands) if band != part.all_ages]
        order.append(bands.index(part.all_ages))
        values, people = values[..., order], people[..., order]
    else:
        mean, total = _mean(values, people, 4)
        values = np.concatenate([values, mean], axis=4)
        people = np.concatenate([people, total], axis=4)
    if np.isnan(values[:, :, :, 0]).all():
        mean, total = _mean(values[:, :, :, 1:], people[:, :, :, 1:], 3)
        values = np.concatenate([mean, values[:, :, :, 1:]], axis=3)
        people = np.concatenate([total, people[:, :, :, 1:]], axis=3)
    return values, people


def _put_together(
    units: pd.DataFrame, values: Floats, people: Floats
) -> tuple[pd.DataFrame, Floats, Floats, int]:
    """Merged municipalities as one from the first year on, means weighted by people.

    A year counts only if every municipality is there that was before the merger, or is after
    it: one that is missing for a year would else be taken for a change.
    """
    if "merged_into" not in units.columns or units["merged_into"].isna().all():
        return units, values, people, 0
    into = units["merged_into"]
    gone = into.notna().to_numpy(dtype=bool)
    place = pd.Index(units["municipality"].astype(object))
    home = np.where(gone, place.get_indexer(pd.Index(into.astype(object))), np.arange(len(units)))
    values, people = values.copy(), people.copy()
    joined = units["joined"].to_numpy(dtype=np.float64)
    joined = np.where(np.isnan(joined), np.inf, joined)
    for one in np.unique(home[gone]).tolist():
        members = np.flatnonzero(home == one)
        known = ~np.isnan(values[members])
        after = np.maximum.accumulate(known, axis=1)
        until = np.maximum.accumulate(known[:, ::-1], axis=1)[:, ::-1]
        there = after & until  # from its first to its last year
        weight = np.where(there, people[members], 0.0)
        total = weight.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(there, values[members] * weight, 0.0).sum(axis=0) / total
        values[one] = np.where(there.any(axis=0), mean, np.nan)
        people[one] = np.where(there.any(axis=0), total, np.nan)
        joined[one] = joined[members].min()
    kept = ~gone
    units = units.assign(joined=np.where(np.isinf(joined), np.nan, joined))
    return units[kept].reset_index(drop=True), values[kept], people[kept], int(gone.sum())


def _columns(
    part: Municipality, values: Floats, people: Floats
) -> tuple[list[Column], Floats, Floats]:
    """Columns in the order of outcomes, sexes and bands (all ages first); sums added."""
    bands = [band.value for band in part.age_bands if band.value != part.all_ages]
    alone = part.all_ages is None and len(bands) == 1  # one band is all ages
    place = {outcome.id: k for k, outcome in enumerate(part.observed)}
    columns: list[Column] = []
    outcome: list[Floats] = []
    counted: list[Floats] = []
    for declared in part.outcomes:
        pieces = [place[name] for name in declared.sum_of or (declared.id,)]
        whole = values[:, :, pieces].sum(axis=2)
        # Bands are for what is among the main effects.
        for sex, band in [(s, b) for s in range(3) for b in (-1, *range(len(bands)))]:
            if band >= 0 and (not declared.is_main or alone):
                continue
            columns.append(Column(declared.id, SEXES[sex], bands[band] if band >= 0 else ""))
            outcome.append(whole[:, :, sex, band])
            counted.append(people[:, :, pieces[0], sex, band])
    return columns, np.stack(outcome, axis=2), np.stack(counted, axis=2)


def prepare(part: Municipality, tables: Mapping[str, pd.DataFrame]) -> Data:
    """Outcomes of municipalities by year and group, and who joined when.

    Sexes or ages together are made from their pieces where the table has none; merged
    municipalities count as one; those without any outcome are left out. All others are kept,
    also those that cannot be part of an effect.

    Args:
        part: The part as declared.
        tables: The checked tables by the name of their contract.
    """
    units = tables[MUNICIPALITIES].reset_index(drop=True)
    codes = units["municipality"].astype(object).tolist()
    values, people, years = _filled(part, codes, tables[YEARS])
    values, people = _with_totals(part, values, people)
    units, values, people, merged = _put_together(units, values, people)
    columns, outcome, counted = _columns(part, values, people)
    some = ~np.isnan(outcome).all(axis=(1, 2))
    joined = units["joined"].to_numpy(dtype=np.float64)
    joined = np.where(np.isnan(joined), float(NEVER), joined)
    return Data(
        units.iloc[np.flatnonzero(some)].reset_index(drop=True),
        joined.astype(np.int64)[some],
        years.astype(np.int64),
        tuple(columns),
        outcome[some],
        counted[some],
        merged,
        int((~some).sum()),
    )


def associations(data: Data) -> Ints:
    """Number of the association that each joined, one of its own where it joined none; (n,)."""
    own = data.units["association"].astype(object)
    member = (data.joined < NEVER) & own.notna().to_numpy(dtype=bool)
    code = pd.factorize(own)[0].astype(np.int64)
    return np.where(member, code, int(code.max(initial=-1)) + 1 + np.arange(code.size))
