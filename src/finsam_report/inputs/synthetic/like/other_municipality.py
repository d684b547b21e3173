"""A twin's municipalities and their outcomes by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Column
from finsam_report.inputs.synthetic.like.draw import draw_column
from finsam_report.inputs.synthetic.like.other_associations import Units
from finsam_report.inputs.synthetic.like.people import Values, values_of
from finsam_report.inputs.synthetic.like.pieces import (
    ByGroup,
    Texts,
    by_group,
    pick,
    size_of,
    weights_of,
)
from finsam_report.inputs.synthetic.like.safe import Floats, Spread, share, spread
from finsam_report.study import Municipality

OTHER_COUNTY = "90"
STAYS = 0.8  # what is assumed of how alike the years of a municipality are
KEY = ["municipality", "year", "sex", "age_band", "outcome"]


@dataclass(frozen=True)
class Municipalities:
    """What is known of municipalities."""

    number: int
    taken: frozenset[str]
    counties: dict[str, int]
    joined: dict[int, int]
    never: float
    alone: float
    left: float
    stayed: Spread | None
    columns: tuple[str, ...]
    values: tuple[Values, ...] = ()
    founders: float = 0.0


def municipalities_known(
    frame: pd.DataFrame,
    covariates: Sequence[Column] = (),
    associations: pd.DataFrame | None = None,
) -> Municipalities:
    """What may be known of municipalities, which codes they have, and their covariates.

    Among that is how many joined in the year in which their association was formed, where the
    table of associations tells: it decides how alike associations are in size.
    """
    joined = frame["joined"]
    member = joined.notna()
    left = frame["left"] if "left" in frame.columns else pd.Series(np.nan, index=frame.index)
    years = weights_of(joined[member].astype(int)) or {"2010": 1}
    formed = np.full(len(frame), np.nan)
    if associations is not None:
        year = associations.set_index(associations["association"].astype(object))["formed"]
        home = frame["association"].astype(object)
        formed = year.reindex(home).to_numpy(dtype=np.float64)
    founders = int((formed == joined.to_numpy(dtype=np.float64)).sum())
    stayed = left.to_numpy(dtype=np.float64) - joined.to_numpy(dtype=np.float64)
    return Municipalities(
        size_of(len(frame)),
        frozenset(frame["municipality"].astype(str)),
        weights_of(frame["county"]),
        {int(year): number for year, number in years.items()},
        share(int((~member).sum()), len(frame)),
        share(int((member & frame["association"].isna()).sum()), int(member.sum())),
        share(int(left.notna().sum()), int(member.sum())),
        spread(stayed, 1, zeros=False),
        tuple(frame.columns),
        tuple(values_of(column, frame) for column in covariates if column.name in frame.columns),
        share(founders, int(member.sum())),
    )


def _codes(counties: Texts, taken: frozenset[str]) -> list[str]:
    """Codes of four digits that no municipality of the study has, in the county where they can."""
    used = set(taken)
    out = []
    for county in counties:
        own = str(county) if len(str(county)) == 2 and str(county).isdigit() else OTHER_COUNTY
        free = (f"{own}{k:02d}" for k in range(99, -1, -1))
        anywhere = (f"{k:04d}" for k in range(9999, -1, -1))
        code = next((c for c in (*free, *anywhere) if c not in used), "")
        used.add(code)
        out.append(code)
    return out


def draw_municipalities(
    rng: np.random.Generator, known: Municipalities, units: Units
) -> pd.DataFrame:
    """New municipalities; each joins an association that there is by then."""
    n = known.number
    counties = pick(rng, known.counties, n, OTHER_COUNTY)
    year = pick(rng, {str(y): w for y, w in known.joined.items()}, n).astype(int)
    year = np.maximum(year, units.formed.min())
    # Each year's share of those that join is kept, not the number: the draw decides.
    member = rng.random(n) >= known.never
    home = np.array([_home(rng, units, int(y), known.founders) for y in year])
    joined = np.where(member, year.astype(str), "").astype(object)
    association = np.where(member & (rng.random(n) >= known.alone), units.codes[home], "")
    stayed = known.stayed.at(rng.standard_normal(n)) if known.stayed else np.full(n, 5.0)
    gone = member & (rng.random(n) < known.left)
    left = np.where(gone, (year + np.maximum(stayed, 1)).astype(int).astype(str), "")
    codes = _codes(counties, known.taken)
    right = [len(str(c)) != 2 or not str(c).isdigit() or code[:2] == c
             for code, c in zip(codes, counties, strict=True)]  # fmt: skip
    frame = pd.DataFrame(
        {
            "municipality": codes,
            "county": [c if ok else code[:2] for c, code, ok in
                       zip(counties, codes, right, strict=True)],
            "joined": joined,
            "association": association,
            "left": left,
            "merged_into": "",  # a twin's municipalities are there in all years
            **{one.column.name: draw_column(rng, one, n) for one in known.values},
        }
    )  # fmt: skip
    return frame[list(known.columns)].sort_values("municipality", ignore_index=True)


def _home(rng: np.random.Generator, units: Units, year: int, founders: float) -> int:
    """An association that there is, as often as in the study one that is formed in the year."""
    there = np.flatnonzero((units.formed <= year) & (year <= units.ended))
    there = there if there.size else np.flatnonzero(units.formed <= year)
    fresh, older = there[units.formed[there] == year], there[units.formed[there] < year]
    chosen = fresh if rng.random() < founders else older
    return int(rng.choice(chosen if chosen.size else there))


@dataclass(frozen=True)
class Panel:
    """What is known of municipality-years: by outcome, sex and age band, and year."""

    years: tuple[int, ...]
    sexes: tuple[str, ...]
    bands: tuple[str, ...]
    values: dict[tuple[str, str, str], ByGroup]
    people: dict[tuple[str, str, str], ByGroup]
    missing: dict[str, tuple[float, float]]
    decimals: int
    all_sexes: str
    all_ages: str | None


def panel_known(part: Municipality, frame: pd.DataFrame) -> Panel:
    """What may be known of municipality-years: means and spread over ten municipalities or more."""
    text = frame[["sex", "age_band", "outcome"]].astype(object)
    missing: dict[str, tuple[float, float]] = {}
    values: dict[tuple[str, str, str], ByGroup] = {}
    people: dict[tuple[str, str, str], ByGroup] = {}
    for sex, band, outcome in text.drop_duplicates().dropna().to_numpy().tolist():
        here = (text["outcome"] == outcome) & (text["sex"] == sex) & (text["age_band"] == band)
        mine = frame[here.to_numpy(dtype=bool)]
        year = mine["year"].to_numpy(dtype=np.int64)
        values[outcome, sex, band] = by_group(mine["value"], year, 0, 100)
        people[outcome, sex, band] = by_group(mine["population"], year, 0)
    for outcome, rows in text.groupby("outcome").groups.items():
        mine = frame.loc[rows]
        gaps = [share(int(mine[name].isna().sum()), len(mine)) for name in ("value", "population")]
        missing[str(outcome)] = (gaps[0], gaps[1])
    return Panel(
        tuple(sorted(int(y) for y in frame["year"].dropna().unique())),
        tuple(sorted({sex for _, sex, _ in values})),
        tuple(sorted({band for _, _, band in values})),
        values,
        people,
        missing,
        max((known.decimals for known in values.values()), default=1),
        part.sexes.all,
        part.all_ages,
    )


def draw_panel(rng: np.random.Generator, known: Panel, units: pd.DataFrame) -> pd.DataFrame:
    """New municipality-years; those of all sexes and ages follow from the others."""
    n, years = len(units), np.array(known.years)
    size = rng.standard_normal(n)
    sexes = [sex for sex in known.sexes if sex != known.all_sexes] or [known.all_sexes]
    bands = [band for band in known.bands if band != known.all_ages] or list(known.bands)
    frames = []
    for outcome in known.missing:
        level = rng.standard_normal(n)
        cells: dict[tuple[str, str], tuple[Floats, Floats]] = {}
        for sex in sexes:
            for band in bands:
                key = (outcome, sex, band)
                if key in known.values:
                    cells[sex, band] = _cell(rng, known, key, level, size)
        _totals(cells, known.all_sexes, sexes, bands, known.all_ages)
        for (sex, band), (value, people) in cells.items():
            if (outcome, sex, band) not in known.values:
                continue
            frames.append(
                pd.DataFrame(
                    {
                        "municipality": np.repeat(units["municipality"].to_numpy(), years.size),
                        "year": np.tile(years, n),
                        "sex": sex,
                        "age_band": band,
                        "outcome": outcome,
                        "value": np.round(value, known.decimals).ravel(),
                        "population": np.round(people).ravel(),
                    }
                )
            )
            for name, chance in zip(("value", "population"), known.missing[outcome], strict=True):
                gap = rng.random(len(frames[-1])) < chance
                frames[-1].loc[gap, name] = np.nan
    table = pd.concat(frames, ignore_index=True)
    table["population"] = table["population"].astype("Int64")
    return table.sort_values(KEY, kind="stable", ignore_index=True)


def _cell(
    rng: np.random.Generator, known: Panel, key: tuple[str, str, str], level: Floats, size: Floats
) -> tuple[Floats, Floats]:
    """Shares and people of one sex and age band, municipalities by years."""
    years = np.array(known.years)
    shape = (size.size, years.size)
    own = np.sqrt(STAYS) * level + np.sqrt(1 - STAYS) * rng.standard_normal(size.size)
    normal = np.sqrt(STAYS) * own[:, None] + np.sqrt(1 - STAYS) * rng.standard_normal(shape)
    when = np.broadcast_to(years, shape).ravel()
    value = known.values[key].draw(when, normal.ravel()).reshape(shape)
    there = np.broadcast_to(size[:, None], shape).ravel()
    return value, known.people[key].draw(when, there).reshape(shape)


def _totals(
    cells: dict[tuple[str, str], tuple[Floats, Floats]], all_sexes: str, sexes: list[str],
    bands: list[str], all_ages: str | None,
) -> None:  # fmt: skip
    """Add the rows of both sexes and of all ages, weighted by people."""
    if all_ages is not None and all_ages not in bands:
        for sex in sexes:
            pieces = [cells[sex, band] for band in bands if (sex, band) in cells]
            if pieces:
                cells[sex, all_ages] = _together(pieces)
    if all_sexes in sexes:
        return
    for band in [*bands, *([all_ages] if all_ages is not None and all_ages not in bands else [])]:
        pieces = [cells[sex, band] for sex in sexes if (sex, band) in cells]
        if pieces:
            cells[all_sexes, band] = _together(pieces)


def _together(pieces: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    values, people = (np.stack([piece[k] for piece in pieces]) for k in (0, 1))
    whole = np.round(people)
    weights = np.where(np.isnan(whole), 1.0, whole)
    weights = np.where(weights.sum(axis=0) == 0, 1.0, weights)
    rounded = values
    return (rounded * weights).sum(axis=0) / weights.sum(axis=0), whole.sum(axis=0)
