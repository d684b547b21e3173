"""Who joined when, what members and others were like before, and raw means over the years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.panel import NEVER
from finsam_report.inputs.parts_contract.organisation import ASSOCIATIONS
from finsam_report.parts.ledger import PERCENT, POINTS, rows
from finsam_report.parts.municipality_data import ALL, Column, Data
from finsam_report.parts.municipality_work import FEW, MUNICIPALITIES, PART, Work, made
from finsam_report.parts.people import Characteristics, characteristics

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

GROUPS = 4
NEVER_GROUP = "never"


def _count(outcome: str, estimate: float, horizon: float = np.nan) -> pd.DataFrame:
    return rows(
        part=PART, analysis="entry", outcome=outcome, group="all", horizon=horizon,
        estimator="count", estimate=estimate, unit=MUNICIPALITIES,
    )  # fmt: skip


def entry_rows(work: Work, other: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """How many joined in each year, and who is no part of the effects."""
    data = work.everyone
    joined, units = data.joined, data.units
    member = joined < NEVER
    out = [
        _count("joined", float(np.count_nonzero(joined == year)), year)
        for year in np.unique(joined[member]).tolist()
    ]
    left = units["left"].notna() if "left" in units.columns else pd.Series(dtype=bool)
    alone = member & units["association"].isna().to_numpy(dtype=bool)
    last = int(data.years[-1])
    for name, number in (
        ("municipalities", joined.size),
        ("never", np.count_nonzero(~member)),
        ("after", np.count_nonzero(member & (joined > last))),
        ("always", np.count_nonzero(joined <= data.years[0])),
        ("left", int(left.sum())),
        ("alone", np.count_nonzero(alone)),
        ("merged", data.merged),
        ("silent", data.silent),
        ("unbalanced", np.count_nonzero(_gaps(data))),
    ):
        out.append(_count(name, float(number)))
    return out + _associations(data, other.get(ASSOCIATIONS))


def _gaps(data: Data) -> Bools:
    """Municipalities that lack a value in a year and column that others have; shape (n,)."""
    seen = ~np.isnan(data.outcome)
    return np.asarray((~seen & seen.any(axis=0)).any(axis=(1, 2)))


def _associations(data: Data, table: pd.DataFrame | None) -> list[pd.DataFrame]:
    """Associations that have a member, by year; merged ones are followed where that is known."""
    own = data.units["association"].astype(object)
    known = own.notna().to_numpy(dtype=bool) & (data.joined < NEVER)
    if not known.any():
        return []
    ended: dict[str, float] = {}
    into: dict[str, str] = {}
    if table is not None:
        code = table["association"].astype(object)
        ended = dict(zip(code, table["ended"].to_numpy(dtype=np.float64), strict=True))
        into = {
            str(one): str(next_)
            for one, next_ in zip(code, table["merged_into"].astype(object), strict=True)
            if not pd.isna(next_)
        }
    out = []
    for year in range(int(data.joined[known].min()), int(data.joined[known].max()) + 1):
        homes = set()
        for first in own[known & (data.joined <= year)]:
            home = str(first)
            seen: set[str] = set()
            while home in into and ended.get(home, np.inf) < year and home not in seen:
                seen.add(home)
                home = into[home]
            homes.add(home)
        out.append(_count("associations", float(len(homes)), year).assign(unit="associations"))
    return out


def _means(values: Floats, weight: Floats) -> tuple[Floats, Floats, Ints]:
    """Weighted means of columns over rows, their standard errors, and how many rows have one."""
    known = ~np.isnan(values)
    held = weight * known
    count = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = held / held.sum(axis=0)
        mean = np.where(count > 0, (share * np.nan_to_num(values)).sum(axis=0), np.nan)
        spread = (share**2 * np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
        error = np.sqrt(spread * count / (count - 1))
    return mean, np.where(count > 1, error, np.nan), count


def _weight(work: Work, data: Data) -> Floats:
    """Weights of municipalities in raw means; shape (n, K)."""
    shape = data.outcome.shape[0], data.outcome.shape[2]
    return np.broadcast_to(work.panel(data).weight, shape)


def covariate_values(work: Work, data: Data) -> Characteristics:
    """The declared covariates that stand in the table, as numbers."""
    declared = tuple(one for one in work.part.covariates if one.source is None)
    return characteristics(declared, data.units)


def pre_years(work: Work) -> Bools:
    """The years before joining that municipalities are described by; shape (T,)."""
    years, declared = work.data.years, work.part.pre_years
    if declared is None:
        return work.before
    return np.asarray((years >= declared.first) & (years <= declared.last))


def before_rows(work: Work) -> list[pd.DataFrame]:
    """What later members and the others were like before, and how they differ."""
    data = work.all
    member = (data.joined <= data.years[-1]) & (data.joined > data.years[0])
    seen = covariate_values(work, data)
    at = pre_years(work)
    part = data.outcome[:, at]
    known = ~np.isnan(part)
    count = known.sum(axis=1)
    mean = np.where(known, part, 0.0).sum(axis=1) / np.maximum(count, 1)
    values = np.hstack([
        np.where(count > 0, mean, np.nan), seen.values * np.where(seen.shares, 100.0, 1.0)
    ])  # fmt: skip
    ones = np.ones((data.joined.size, seen.values.shape[1]))
    weight = np.hstack([_weight(work, data), ones])
    columns = (
        *data.columns, *(Column(name, ALL, "") for name in seen.names)
    )  # fmt: skip
    units = [PERCENT] * len(data.columns) + list(seen.units)
    one, other = _means(values[member], weight[member]), _means(values[~member], weight[~member])
    out = []
    for group, (middle, _, number), who in (
        ("member", one, member), (NEVER_GROUP, other, ~member)
    ):  # fmt: skip
        cell = np.full(len(columns), np.nan)
        if np.count_nonzero(who) < FEW:
            cell[: len(data.columns)] = work.smallest(data, who, at)
        out.append(
            made(work, "pre_period", columns, "mean", middle, group=group, n_support=number,
                 unit=units, smallest_cell=cell)
        )  # fmt: skip
    error = np.hypot(one[1], other[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = one[1] ** 4 / (one[2] - 1) + other[1] ** 4 / (other[2] - 1)
        df = error**4 / parts
    points = [POINTS if unit == PERCENT else unit for unit in units]
    out.append(
        made(work, "pre_period", columns, "difference", one[0] - other[0],
             np.where(error > 0, error, np.nan), df, n_support=one[2], n_control=other[2],
             control_mean=other[0], unit=points)
    )  # fmt: skip
    return out


def entry_groups(joined: Ints, years: Ints) -> list[tuple[str, Bools]]:
    """At most four groups of members by year of joining, about equally many, and the others.

    Args:
        joined: Year of joining; shape (n,).
        years: The years observed.

    Returns:
        Names such as "cohorts=2004-2006", and who is in each.
    """
    member = (joined > years[0]) & (joined <= years[-1])
    cohorts, sizes = np.unique(joined[member], return_counts=True)
    # The middle of each cohort in the line of all members says which quarter it is in.
    middle = (np.cumsum(sizes) - sizes / 2) / max(int(sizes.sum()), 1)
    quarter = np.minimum((middle * GROUPS).astype(np.int64), GROUPS - 1)
    out = []
    for q in np.unique(quarter).tolist():
        own = cohorts[quarter == q]
        span = f"{own[0]}" if own.size == 1 else f"{own[0]}-{own[-1]}"
        out.append((f"cohorts={span}", np.isin(joined, own)))
    if (joined > years[-1]).any():
        out.append((NEVER_GROUP, np.asarray(joined > years[-1])))
    return out


def mean_rows(work: Work) -> list[pd.DataFrame]:
    """Raw means of the main outcomes by year, for members by when they joined, and others."""
    data = work.all
    weight = _weight(work, data)
    out = []
    for name, who in entry_groups(data.joined, data.years):
        mean, cell = [], []
        number = []
        for year in range(data.years.size):
            found = _means(data.outcome[who, year], weight[who])
            at = np.arange(data.years.size) == year
            mean.append(found[0])
            number.append(found[2])
            cell.append(work.smallest(data, who, at))
        out.append(
            made(work, "cohort_mean", data.columns, "mean", np.array(mean), at=data.years,
                 group=name, n_support=np.array(number), unit=PERCENT, smallest_cell=np.array(cell))
        )  # fmt: skip
    return out
