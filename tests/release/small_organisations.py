"""Small organisations, made by chance, and somebody who counts on what is released of them.

As in :mod:`attack`, the unknowns are how many people there are with each combination of year,
association and a characteristic, and every released number is an equation in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from finsam_report.parts import organisation
from finsam_report.parts.ledger import ORGANISATION, PEOPLE, PERCENT, Ledger, join
from finsam_report.parts.organisation_data import prepare
from finsam_report.parts.organisation_people import WHO, began, ended
from finsam_report.study import Study, read_study_file
from release.attack import PERCENT_ROUNDED, Floats, Row, Space

SYNTHETIC = Path(__file__).parents[2] / "data" / "synthetic"
YEARS = (2020, 2021, 2022)
UNKNOWN = "missing"
LIVELIHOODS = ("wage", "social_assistance", "sickness_benefit", "student_aid")
LEVELS = {
    "sex": ("woman", "man"), "age_band": ("16-29", "30-44", "45-64"),
    "education": ("compulsory", "upper_secondary", "post_secondary"),
}  # fmt: skip


@cache
def _study() -> Study:
    return read_study_file(SYNTHETIC)


@dataclass(frozen=True)
class SmallOrganisation:
    """People in efforts, a row each, and the ledger on them."""

    people: pd.DataFrame
    reported: pd.DataFrame
    ledger: Ledger
    known: dict[str, Any]


def _tables(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    codes = [f"F{i}" for i in range(int(rng.integers(2, 7)))]
    n = int(rng.integers(30, 200))
    home = rng.choice(codes, n, p=rng.dirichlet(np.full(len(codes), 1.5)))
    begin = rng.choice(YEARS, n)
    start = pd.to_datetime(pd.Series([f"{y}-02-01" for y in begin]))
    goes_on = rng.random(n) < 0.3
    last = np.minimum(begin + rng.integers(0, 2, n), 2022)
    end = pd.to_datetime(pd.Series([f"{y}-11-30" for y in last])).mask(goes_on)

    def some(levels: tuple[str, ...], missing: float, spread: float = 1.0) -> Any:
        out = rng.choice(levels, n, p=rng.dirichlet(np.full(len(levels), spread))).astype(object)
        out[rng.random(n) < missing] = None
        return out

    people = pd.DataFrame(
        {
            "participant": [f"P{i:04d}" for i in range(n)], "effort": [f"E{h}" for h in home],
            "sex": some(LEVELS["sex"], 0.02, 5.0), "age_band": some(LEVELS["age_band"], 0.02),
            "education": some(LEVELS["education"], 0.05),
            "livelihood_before": some(LIVELIHOODS, 0.05),
            "livelihood_after": some(LIVELIHOODS, 0.05),
            "occupation_before": some(("work", "none"), 0.03, 2.0),
            "occupation_after": some(("work", "none"), 0.03, 2.0),
            "start": start, "end": end,
            "identified": (rng.random(n) < rng.beta(4, 2)).astype(float),
        }
    )  # fmt: skip
    efforts = pd.DataFrame(
        {"effort": [f"E{c}" for c in codes], "association": codes, "type": "individual",
         "kind": "team", "target_group": "adults", "start": pd.Timestamp("2019-01-01"),
         "end": pd.NaT, "cost": 1e6}
    )  # fmt: skip
    grid = pd.MultiIndex.from_product([codes, YEARS], names=["association", "year"])
    years = pd.DataFrame(index=grid).reset_index()
    years = years.assign(municipalities=1.0, participants=rng.poisson(12, len(years)).astype(float))
    return {
        "organisation-efforts": efforts,
        "organisation-participants": people,
        "organisation-years": years,
        "organisation-associations": pd.DataFrame(
            {"association": codes, "label": codes, "county": "01", "formed": 2010.0}
        ),
    }


def make(seed: int, *, one: bool = False) -> SmallOrganisation:
    """A small organisation and its ledger; with ``one`` that of a report on one association."""
    tables, study = _tables(np.random.default_rng([9, seed])), _study()
    code = str(tables["organisation-years"]["association"].iloc[0]) if one else None
    ledger = join(organisation.analyse(study, tables, code))
    data = prepare(study, tables)
    assert data is not None
    reported = data.years[["association", "year", "participants"]]
    return SmallOrganisation(data.people, reported, ledger, {"data": data})


def _plain(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name].astype(object).where(frame[name].notna(), UNKNOWN).astype(str)


@dataclass
class Attacker:
    """What somebody makes of the ledger of an organisation."""

    small: SmallOrganisation
    counts: list[tuple[str, Space, Floats, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        data = self.small.known["data"]
        first, done = began(data), ended(data)
        first = first.assign(year=first["year"].astype(int))
        done = done.assign(year=done["year"].astype(int))
        codes = sorted(self.small.reported["association"].unique())
        place = {"year": YEARS, "association": codes}
        self.spaces: dict[str, Space] = {}
        for name, column in WHO:
            frame = first.assign(level=_plain(first, column))
            self.spaces[name] = Space.of(
                frame, {**place, "level": sorted({*frame["level"], UNKNOWN})}
            )
        frame = first.assign(level=_plain(first, "identified"))
        self.spaces["registered"] = Space.of(frame, {**place, "level": ("0.0", "1.0", UNKNOWN)})
        sexes = (*LEVELS["sex"], UNKNOWN)
        working = set(data.part.working)
        for name in ("livelihood", "occupation"):
            frame = done.assign(sex=_plain(done, "sex"))
            levels = {}
            for when in ("before", "after"):
                frame[when] = _plain(done, f"{name}_{when}")
                levels[when] = sorted({*frame[when], UNKNOWN})
            self.spaces[f"change {name}"] = Space.of(frame, {**place, "sex": sexes, **levels})
        self.working = [
            level for level in set(_plain(done, "occupation_before")) | {"work"} if level in working
        ]
        times = self.small.reported["participants"].to_numpy(int)
        frame = self.small.reported.loc[self.small.reported.index.repeat(times)]
        self.spaces["reported"] = Space.of(frame.assign(year=frame["year"].astype(int)), place)

    def _where(self, space: Space, row: Row) -> Floats:
        where: dict[str, Any] = {}
        for piece in row.group.split("|"):
            if piece != "all":
                name, _, value = piece.partition("=")
                where[name] = value
        if not np.isnan(row.horizon):
            where["year"] = int(row.horizon)
        return space.who(**where)

    def _of(self, row: Row) -> Iterator[tuple[str, Floats, Floats | None]]:
        """The space that a row is about, who is counted, and of whom."""
        variable, _, level = row.outcome.partition("=")
        if row.analysis == "participants" and row.outcome == "all":
            yield "reported", self._where(self.spaces["reported"], row), None
        elif row.analysis == "participants" and row.outcome == "in_table":
            for name in ("sex", "age", "education", "livelihood", "registered"):
                yield name, self._where(self.spaces[name], row), None
        elif row.analysis == "participants" and variable in self.spaces:
            space = self.spaces[variable]
            some = self._where(space, row)
            known = some * (1 - space.who(level=UNKNOWN))
            yield variable, some * space.who(level=level), None if level == UNKNOWN else known
        elif row.analysis == "registered":
            space = self.spaces["registered"]
            some = self._where(space, row)
            of = some * (1 - space.who(level=UNKNOWN))
            yield "registered", some * space.who(level="1.0"), of
        elif row.analysis == "change" and row.outcome == "ended":
            for name in ("change livelihood", "change occupation"):
                yield name, self._where(self.spaces[name], row), None
        elif row.analysis in ("change", "transition"):
            name = "occupation" if variable in ("occupation", "work_or_study") else "livelihood"
            space = self.spaces[f"change {name}"]
            of = self._where(space, row)
            of = of * (1 - space.who(before=UNKNOWN)) * (1 - space.who(after=UNKNOWN))
            if row.analysis == "transition":
                before, _, after = row.outcome.partition(">")
                of = of * space.who(before=before)
                yield f"change {name}", of * space.who(after=after), of
                return
            when = "before" if row.estimator == "before" else "after"
            wanted = tuple(self.working) if variable == "work_or_study" else (level,)
            yield f"change {name}", of * space.who(**{when: wanted}), of

    def read(self, frame: pd.DataFrame) -> None:
        """Learn from every number; remember every count that there is."""
        for row in frame[frame["part"] == ORGANISATION].itertuples(index=False):
            for name, event, of in self._of(row):
                space = self.spaces[name]
                self.counts.append((name, space, event, row.outcome))
                if of is not None:
                    self.counts.append((name, space, of, f"of {row.outcome}"))
                    if row.outcome in ("work_or_study", "share", "count"):
                        self.counts.append((name, space, of - event, f"not {row.outcome}"))
                    assert space.learn(of, row.n_support), row
                if row.unit == PEOPLE:
                    assert space.learn(event, row.estimate), row
                elif row.unit == PERCENT and of is not None and not np.isnan(row.estimate):
                    # A share of a hidden number is rounded, or its digits would tell the number.
                    rounded = PERCENT_ROUNDED / 100 * of if np.isnan(row.n_support) else 0.0
                    assert space.learn(event - row.estimate / 100 * of, 0.0, rounded), row


def found_out(
    small: SmallOrganisation, released: pd.DataFrame, threshold: int = 5
) -> list[tuple[str, float, float, float]]:
    """The small counts that somebody can bound more closely than by the threshold."""
    every, attacker = Attacker(small), Attacker(small)
    every.read(small.ledger.frame)
    attacker.read(released)
    out, seen = [], set()
    for name, space, who, what in every.counts:
        true, mark = float(who @ space.truth), (name, who.tobytes())
        if not 0.5 < true < threshold - 0.5 or mark in seen:
            continue
        seen.add(mark)
        low, high = attacker.spaces[name].interval(who)
        if high - low < threshold - 1e-5:
            out.append((f"{name}: {what}", true, low, high))
    return out
