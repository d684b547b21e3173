"""Draw synthetic efforts of associations, and those who take part in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.estimators.assignment import Ints
from finsam_report.inputs.synthetic import national
from finsam_report.inputs.synthetic.membership import FIRST, LAST, Membership
from finsam_report.inputs.synthetic.survey_design import Floats, apportion

CONTINUES = 0.62
KINDS = {
    "individual": {
        "team": 0.25, "coaching": 0.30, "work_training": 0.20, "group": 0.15, "placement": 0.10,
    },
    "structural": {"staff_training": 0.45, "contacts": 0.35, "mapping": 0.20},
}  # fmt: skip
TARGETS = {
    "sick_listed": 0.25, "young": 0.25, "mental_ill_health": 0.20, "long_unemployed": 0.20,
    "newly_arrived": 0.10,
}  # fmt: skip
PARTY_SHARES = {
    "municipality": 0.95, "region": 0.60, "social_insurance": 0.65, "employment_service": 0.75,
}  # fmt: skip

FIRST_SINGLE = 2018  # from when there is a row for each participant who is registered one by one
REGISTERED = 0.2
SEXES = {"woman": 0.57, "man": 0.43}
AGES = {"16-29": 0.36, "30-44": 0.34, "45-59": 0.25, "60-66": 0.05}
EDUCATION = {"compulsory": 0.34, "upper_secondary": 0.48, "post_secondary": 0.18}
BEFORE = {
    "social_assistance": 0.36, "sickness_benefit": 0.20, "activity_support": 0.16,
    "disability_pension": 0.12, "unemployment_benefit": 0.05, "none": 0.06, "other": 0.05,
}  # fmt: skip
IN_WORK = {"work": 0.50, "subsidised_work": 0.28, "studies": 0.22}
LIVES_ON = {"work": "wage", "subsidised_work": "wage", "studies": "student_aid"}


def _pick(rng: np.random.Generator, shares: dict[str, float], size: int) -> np.ndarray:
    return rng.choice(np.array(list(shares), dtype=object), size=size, p=list(shares.values()))


def _day(rng: np.random.Generator, year: int, size: int, first: int, last: int) -> np.ndarray:
    """Days of a year, between two days counted from its first."""
    return np.datetime64(f"{year}-01-01") + rng.integers(first, last + 1, size)


def _spells(
    rng: np.random.Generator,
    members: Membership,
    share: dict[int, Floats],
    series: tuple[int, ...],
    of_all: float,
) -> tuple[Ints, Ints, Ints]:
    """Association, first and last year of efforts; in each year as many as published."""
    home, start, last = (np.zeros(0, dtype=np.int64) for _ in range(3))
    for year in range(FIRST, LAST + 1):
        wanted = round(of_all * national.of(series, year))
        there = members.exists(year)
        going = np.flatnonzero((last == year - 1) & there[home])
        going = going[rng.random(going.size) < CONTINUES]
        going = rng.permutation(going)[:wanted]
        last[going] = year
        fresh = wanted - going.size
        new = rng.choice(there.size, size=fresh, p=share[year])
        home = np.concatenate((home, new))
        start = np.concatenate((start, np.full(fresh, year)))
        last = np.concatenate((last, np.full(fresh, year)))
    return home, start, last


def draw_efforts(
    rng: np.random.Generator, members: Membership, years: pd.DataFrame, of_all: float = 1.0
) -> pd.DataFrame:
    """Efforts of both types: as many in each year as the national figures say.

    Args:
        rng: Source of chance.
        members: Which associations there are.
        years: Their years, with the funds that efforts cost.
        of_all: Part of the national number of efforts.
    """
    names = np.array(members.names, dtype=object)
    share: dict[int, Floats] = {}
    for year in range(FIRST, LAST + 1):
        funds = years[years["year"] == year].set_index("association")["total"]
        weight = np.sqrt(funds.reindex(names).fillna(0).to_numpy(dtype=np.float64))
        share[year] = weight / weight.sum()
    money = years.groupby("year")["total"].sum()
    frames = []
    for kind, series in (
        ("individual", national.INDIVIDUAL),
        ("structural", national.STRUCTURAL),
    ):
        home, start, last = _spells(rng, members, share, series, of_all)
        n = home.size
        # An effort for individuals costs three times as much as a structural one.
        unit = {
            year: 0.9 * float(money[year])
            / of_all
            / (3 * national.of(national.INDIVIDUAL, year) + national.of(national.STRUCTURAL, year))
            for year in range(FIRST, LAST + 1)
        }  # fmt: skip
        paid = np.array([sum(unit[y] for y in range(a, b + 1))
                         for a, b in zip(start, last, strict=True)])  # fmt: skip
        paid *= (3 if kind == "individual" else 1) * rng.lognormal(-0.125, 0.5, n)
        began = np.array([_day(rng, y, 1, 0, 150)[0] for y in start])
        ended = np.array([_day(rng, y, 1, 200, 364)[0] for y in last])
        taking = np.stack([rng.random(n) < p for p in PARTY_SHARES.values()])
        taking[0] |= ~taking.any(axis=0)
        frames.append(
            pd.DataFrame(
                {
                    "association": names[home],
                    "type": kind,
                    "kind": _pick(rng, KINDS[kind], n),
                    "target_group": _pick(rng, TARGETS, n)
                    if kind == "individual"
                    else np.full(n, None, dtype=object),
                    "parties": [
                        ";".join(p for p, t in zip(PARTY_SHARES, column, strict=True) if t)
                        for column in taking.T
                    ],
                    "start": began.astype(str),
                    # What goes on after the last year has no end yet.
                    "end": np.where(last == LAST, "", ended.astype(str)),
                    "cost": (np.rint(paid / 1000) * 1000).astype(np.int64),
                }
            )
        )
    table = pd.concat(frames, ignore_index=True).sort_values(
        ["start", "association"], kind="stable", ignore_index=True
    )
    table.insert(0, "effort", [f"E{n:05d}" for n in range(1, len(table) + 1)])
    return table


def draw_participants(
    rng: np.random.Generator, efforts: pd.DataFrame, years: pd.DataFrame
) -> pd.DataFrame:
    """Those of the participants of the last years who are registered one by one.

    Args:
        rng: Source of chance.
        efforts: The efforts; people take part in those for individuals.
        years: Associations by year, with the number of participants.
    """
    single = efforts[efforts["type"] == "individual"]
    start = pd.to_datetime(single["start"])
    end = pd.to_datetime(single["end"].replace("", None)).fillna(pd.Timestamp(f"{LAST}-12-31"))
    frames = []
    for year in range(FIRST_SINGLE, LAST + 1):
        now = (start.dt.year <= year) & (end.dt.year >= year)
        wanted = years[years["year"] == year].set_index("association")["participants"]
        going = single[now]
        weight = going["association"].map(wanted).to_numpy(dtype=np.float64)
        number = apportion(round(REGISTERED * int(wanted.sum())), weight)
        at = np.repeat(going.index.to_numpy(), number)
        low = np.maximum(start[at].to_numpy(), np.datetime64(f"{year}-01-01"))
        high = np.minimum(end[at].to_numpy(), np.datetime64(f"{year}-12-31"))
        room = ((high - low) / np.timedelta64(1, "D")).astype(np.int64)
        began = low + (rng.random(at.size) * (room + 1)).astype(np.int64).astype("m8[D]")
        ended = began + rng.integers(60, 300, at.size).astype("m8[D]")
        frames.append(_people(rng, efforts["effort"].to_numpy()[at], began, ended))
    table = pd.concat(frames, ignore_index=True)
    width = max(6, len(str(len(table))))
    table.insert(0, "participant", [f"P{n:0{width}d}" for n in range(1, len(table) + 1)])
    return table


def _people(
    rng: np.random.Generator, effort: np.ndarray, began: np.ndarray, ended: np.ndarray
) -> pd.DataFrame:
    n = effort.size
    done = ended <= np.datetime64(f"{LAST}-12-31")
    year = pd.DatetimeIndex(ended).year.to_numpy()
    chance = np.array([national.of(national.WORK_OR_STUDY, min(y, LAST)) for y in year])
    before = _pick(rng, BEFORE, n)
    occupied = np.where(
        np.isin(before, ["activity_support", "unemployment_benefit", "social_assistance"]),
        np.where(rng.random(n) < 0.6, "job_seeker", "none"),
        "none",
    )
    works = rng.random(n) < chance
    after = np.where(works, _pick(rng, IN_WORK, n), np.where(rng.random(n) < 0.4, "job_seeker",
                                                             "none"))  # fmt: skip
    lives = pd.Series(after).map(LIVES_ON).fillna(pd.Series(before)).to_numpy(dtype=object)
    return pd.DataFrame(
        {
            "effort": effort,
            "sex": _pick(rng, SEXES, n),
            "age_band": _pick(rng, AGES, n),
            "education": _pick(rng, EDUCATION, n),
            "livelihood_before": before,
            "livelihood_after": pd.Series(lives, dtype=object).where(done),
            "occupation_before": occupied,
            "occupation_after": pd.Series(after, dtype=object).where(done),
            "start": began.astype("M8[D]").astype(str),
            "end": np.where(done, ended.astype("M8[D]").astype(str), ""),
            "identified": (rng.random(n) < 0.7).astype(np.int8),
        }
    )
