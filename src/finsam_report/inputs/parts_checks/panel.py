"""Municipality-years: complete, in per cent, varying, and adding up over sexes and ages."""

from __future__ import annotations

import numpy as np

from finsam_report.inputs.parts_checks.pieces import Floats, Mask, Read, same
from finsam_report.study import Municipality

SHARE = 1.0  # per cent; all values of an outcome below it are more likely shares of one
PEOPLE_SHARE = 0.01


def _complete(read: Read, units: Read | None) -> None:
    pairs = read.frame[["municipality", "year"]].dropna().drop_duplicates()
    number = pairs.groupby(pairs["municipality"].astype(object))["year"].size()
    every = pairs["year"].nunique()
    if units is None:
        return
    code = units.text("municipality")
    count = number.reindex(code.to_numpy()).fillna(0).to_numpy()
    known = code.notna().to_numpy()
    whole = known.copy()
    if units.has("merged_into"):  # before and after a merger the years are of different codes
        into = units.text("merged_into")
        whole &= ~(into.notna() | code.isin(set(into.dropna()))).to_numpy()
    units.tell(
        "municipality",
        known & (count == 0),
        f"municipalities without any row in {read.table.file}",
        "outcomes for every municipality",
        "add the rows, or remove the municipality",
        warn=True,
    )
    units.tell(
        "municipality",
        whole & (count > 0) & (count < every),
        f"municipalities that lack years in {read.table.file}",
        "the same years for every municipality",
        "add the years; where municipalities merged, say so in merged_into; where one split or got "
        "a new code, join it over time",
        warn=True,
    )


def _outcomes(read: Read, part: Municipality) -> None:
    name, value = read.text("outcome"), read.frame["value"]
    for outcome in part.observed:
        seen = value[(name == outcome.id).to_numpy(dtype=bool)].dropna()
        if not len(seen):
            read.warn_all("value", f"no value of {outcome.id}", "some values", "add the rows")
        elif same(seen):
            read.warn_all(
                "value",
                f"the same value of {outcome.id} in every row",
                "an outcome that differs",
                "check how the column was made; nothing can be estimated from it",
            )
        elif len(seen) >= 20 and float(seen.max()) <= SHARE:
            read.warn_all(
                "value",
                f"values of {outcome.id} that look like shares of one: none is above {SHARE:g}",
                "per cent",
                "multiply by 100 if so",
            )


def _step(values: Floats) -> float:
    """The last decimal that the values are given with: 1, 0.1, 0.01 or 0.001."""
    known = values[~np.isnan(values)]
    for decimals in range(3):
        if np.allclose(known, np.round(known, decimals), rtol=0, atol=1e-5):
            return float(10.0**-decimals)
    return 0.001


def _adds_up(read: Read, column: str, whole: str, pieces: list[str], words: str) -> None:
    """The rows of the whole against the rows of its pieces, people and shares."""
    others = [c for c in ("municipality", "year", "sex", "age_band", "outcome") if c != column]
    frame = read.frame[[*others, column, "value", "population"]].copy()
    frame["row"] = np.arange(len(frame))
    label = frame[column].astype(object)
    total = frame[(label == whole).to_numpy(dtype=bool)].drop_duplicates(others)
    joined = total
    for number, piece in enumerate(pieces):
        part = frame[(label == piece).to_numpy(dtype=bool)].drop_duplicates(others)
        part = part[[*others, "value", "population"]]
        joined = joined.merge(part, on=others, how="inner", suffixes=("", f"_{number}"))
    if joined.empty:
        return
    numbers = range(len(pieces))
    values = np.stack([joined[f"value_{n}"].to_numpy(dtype=np.float64) for n in numbers])
    people = np.stack([joined[f"population_{n}"].to_numpy(dtype=np.float64) for n in numbers])
    value = joined["value"].to_numpy(dtype=np.float64)
    all_people = joined["population"].to_numpy(dtype=np.float64)
    step = _step(read.numbers("value"))
    with np.errstate(invalid="ignore"):
        off_people = np.abs(all_people - people.sum(0)) > np.maximum(5.0, PEOPLE_SHARE * all_people)
        mean = (values * people).sum(0) / people.sum(0)
        off = np.abs(value - mean) > 1.01 * step
        low, high = values.min(0) - 1.01 * step, values.max(0) + 1.01 * step
        # Without numbers of people the whole still lies between its pieces.
        off |= np.isnan(mean) & ((value < low) | (value > high))
        if column == "age_band":  # bands that overlap or leave ages out need not add up
            off &= ~off_people & ~np.isnan(mean)
            off_people[:] = False
    for name, wrong, found in (
        ("population", off_people, f"people who do not add up over {words}"),
        ("value", off & ~off_people, f"shares that do not add up over {words}"),
    ):
        mask: Mask = np.zeros(len(frame), dtype=np.bool_)
        mask[joined["row"].to_numpy()[wrong]] = True
        read.tell(
            name,
            mask,
            found,
            f"'{whole}' as the sum of the others (weighted by population)"
            if name == "value"
            else f"'{whole}' as the sum of the others",
            "check that all are made in the same way",
            warn=True,
        )


def check(part: Municipality, read: Read, units: Read | None) -> None:
    """All checks of municipality-years."""
    _complete(read, units)
    _outcomes(read, part)
    sexes = part.sexes
    _adds_up(read, "sex", sexes.all, [sexes.women, sexes.men], "women and men")
    bands = [band.value for band in part.age_bands if band.value != part.all_ages]
    if part.all_ages is not None and len(bands) > 1:
        _adds_up(read, "age_band", part.all_ages, bands, "age bands")
