"""Effects by cohort and year under staggered treatment, with their influence functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.did_adjusted import (
    Comparison,
    Method,
    Nuisance,
    Reason,
    adjusted,
    nuisance,
    plain,
)
from finsam_report.estimators.did_errors import cluster_count
from finsam_report.estimators.panel import Panel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Group = Literal["never", "not_yet"]
Base = Literal["varying", "universal"]

# One cluster to compare with has no spread of its own: its error would count as none.
FEWEST_COMPARISON = 2
_TINY = 1e-12


@dataclass(frozen=True)
class Cells:
    """Effects of each cohort in each year; C cells, n units, K columns.

    Attributes:
        cohort: First observed year under treatment; shape (C,).
        year: Year of the effect; shape (C,).
        base: Year that it is measured from; shape (C,).
        estimate: Effects, NaN where not estimated; shape (C, K).
        influence: Influence of every unit, zero where not estimated; the variance of an
            estimate is the sum over clusters of their squared sums, over n squared;
            shape (C, n, K).
        treated: Treated units observed in both years; shape (C, K).
        comparison: Units to compare with, observed in both years; shape (C, K).
        reason: Codes of :class:`did_adjusted.Reason`; shape (C, K).
        used: Treated units behind each estimate; shape (C, n, K).
        anticipation: Years before treatment in which it may already have an effect.
        start: First observed year under treatment of each unit, NEVER for none; shape (n,).
        cluster: Cluster of each unit; shape (n,).
        weight: Weights, zero where a unit is never observed in a column; shape (n, K).
    """

    cohort: Ints
    year: Ints
    base: Ints
    estimate: Floats
    influence: Floats
    treated: Ints
    comparison: Ints
    reason: Ints
    used: Bools
    anticipation: int
    start: Ints
    cluster: Ints
    weight: Floats

    @property
    def event(self) -> Ints:
        """Years since the cohort came under treatment; shape (C,)."""
        return self.year - self.cohort

    @property
    def post(self) -> Bools:
        """Cells under treatment; shape (C,)."""
        return np.asarray(self.year >= self.cohort)

    @property
    def before(self) -> Bools:
        """Cells before treatment and before it is anticipated; shape (C,)."""
        return np.asarray(self.year + self.anticipation < self.cohort)


@dataclass(frozen=True)
class _Plan:
    """A cell before it is estimated."""

    cohort: int
    year: int
    base: int | None
    treated: Bools
    comparison: Bools


def _plans(panel: Panel, group: Group, base: Base, anticipation: int) -> list[_Plan]:
    """Which units and years each cell compares."""
    years, start = panel.years.tolist(), panel.start
    plans = []
    for cohort in panel.cohorts.tolist():
        treated = start == cohort
        # Units that begin in years that were not observed share the next observed year, and a
        # base that is early enough for the first of them.
        earliest = int(panel.cohort[treated].min())
        clear = [year for year in years if year + anticipation < earliest]
        for place, year in enumerate(years):
            first: int | None = clear[-1] if clear else None
            if base == "varying" and year < cohort:
                if place == 0:
                    continue
                first = years[place - 1]
            until = max(year, year if first is None else first) + anticipation
            if group == "never":
                until = max(until, years[-1] + anticipation)
            others = (panel.cohort > until) & ~treated
            plans.append(_Plan(cohort, year, first, treated, others))
    return plans


def _standardised(covariates: Floats) -> Floats:
    """Covariates with a constant in front, centred and scaled; effects do not depend on it."""
    spread = covariates.std(axis=0)
    scaled = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return np.column_stack([np.ones(len(covariates)), scaled])


@dataclass(frozen=True)
class _Data:
    """What every cell reads."""

    outcome: Floats  # (T, n, K), zero where missing
    known: Bools  # (T, n, K)
    scale: Floats  # largest absolute outcome of each column, (K,)
    weight: Floats  # (n, K) or (n, 1)
    design: Floats  # (n, 1 + p)
    cluster: Ints
    place: dict[int, int]  # of each year
    method: Method
    small_sample: bool
    fits: dict[bytes, Nuisance]


def _data(panel: Panel, method: Method, *, small_sample: bool) -> _Data:
    by_year = np.ascontiguousarray(panel.outcome.transpose(1, 0, 2))
    known = np.isfinite(by_year)
    outcome = np.where(known, by_year, 0.0)
    place = {int(year): row for row, year in enumerate(panel.years)}
    return _Data(
        outcome, known, np.abs(outcome).max(axis=(0, 1)), panel.weight,
        _standardised(panel.covariates), panel.cluster, place, method, small_sample, {},
    )  # fmt: skip


def _compare(data: _Data, change: Floats, treated: Bools, weight: Floats, rows: Ints) -> Comparison:
    """Effects in columns that all have observed rows of both kinds."""
    if data.design.shape[1] == 1:
        return plain(change, treated, weight)
    key = rows.tobytes() + treated.tobytes() + weight.tobytes()
    if key not in data.fits:
        # Cells of a cohort follow each other: only the last fit is worth its memory.
        data.fits.clear()
        data.fits[key] = nuisance(data.design[rows], treated, weight, data.method)
    design = data.design[rows]
    return adjusted(change, treated, weight, design, data.method, data.fits[key])


def _leverage_factor(weight: Floats, treated: Bools) -> Floats:
    """What makes squared deviations from a weighted mean unbiased; shape of the weights."""
    share = np.empty_like(weight)
    for rows in (treated, ~treated):
        share[rows] = weight[rows] / weight[rows].sum(axis=0)
    # A unit that is the whole mean has no deviation to correct.
    return np.asarray(1 / np.sqrt(np.where(share < 1 - _TINY, 1 - share, 1.0)))


def _fill(cells: Cells, cell: int, plan: _Plan, data: _Data) -> None:
    """Estimate one cell into its place."""
    reason = cells.reason[cell]
    if plan.base is None:
        reason[:] = Reason.NO_BASE
        return
    rows = np.flatnonzero(plan.treated | plan.comparison)
    ours = plan.treated[rows]
    later, earlier = data.place[plan.year], data.place[plan.base]
    observed = data.known[later][rows] & data.known[earlier][rows]
    cells.treated[cell] = observed[ours].sum(axis=0)
    cells.comparison[cell] = observed[~ours].sum(axis=0)
    if plan.base == plan.year:
        cells.estimate[cell], reason[:] = 0.0, Reason.REFERENCE
        return
    enough = cluster_count(data.cluster[rows[~ours]], observed[~ours]) >= FEWEST_COMPARISON
    reason[~enough] = Reason.NO_COMPARISON
    reason[cells.treated[cell] == 0] = Reason.NO_TREATED
    columns = np.flatnonzero(reason == Reason.ESTIMATED)
    if not columns.size:
        return
    part = observed[:, columns]
    change = (data.outcome[later][rows] - data.outcome[earlier][rows])[:, columns] * part
    weight = data.weight[rows]
    if weight.shape[1] > 1:
        weight = weight[:, columns]
    if not part.all():
        weight = weight * part
    found = _compare(data, change, ours, weight, rows)
    n = data.cluster.size
    scaled = found.influence * (n / rows.size)
    if data.small_sample:
        scaled = scaled * _leverage_factor(weight, ours)
    # What rounding leaves of a constant is no effect and no spread.
    tiny = _TINY * data.scale[columns]
    reason[columns] = found.reason
    cells.estimate[cell, columns] = np.where(
        np.abs(found.estimate) <= tiny, 0.0, found.estimate
    )  # fmt: skip
    flat = np.abs(scaled).max(axis=0) <= n * tiny
    cells.influence[cell][np.ix_(rows, columns)] = np.where(flat, 0.0, scaled)
    right = found.reason == Reason.ESTIMATED
    cells.used[cell][np.ix_(rows[ours], columns)] = part[ours] & right


def group_time_effects(
    panel: Panel,
    group: Group = "never",
    base: Base = "varying",
    anticipation: int = 0,
    method: Method = "doubly_robust",
    *,
    small_sample: bool = False,
) -> Cells:
    """Effect on each cohort in each year, against units without treatment.

    A unit counts in a cell and column if it was observed in both of the cell's years (complete
    pairs), so that panels with gaps use all they have; its influence is scaled by the share of
    units that the cell rests on. Units treated from the first year on have no base year: see
    :func:`panel.drop_always_treated`.

    A cohort of a single unit has an effect, but no spread to tell its error by: the standard
    errors of what rests on it alone are NaN (:mod:`did_aggregate`).

    Args:
        panel: The panel; covariates, where it has any, are adjusted for.
        group: Compare with units not treated in the panel's years ("never"), or with all that
            are not treated by the later of the year and the base ("not_yet"), in either case
            also not within the years of anticipation after.
        base: Before treatment, measure from the year before ("varying"), or as after it, from
            the last year before treatment and anticipation ("universal").
        anticipation: Years before treatment in which it may already have an effect.
        method: How covariates are adjusted for; without covariates all three are the same.
        small_sample: Correct influence for the share that each unit has in the mean of its
            group (as HC2 does), which makes the variance unbiased for cohorts of a few units
            too. Without it errors are those of the reference, and of the R package ``did``.

    Returns:
        One cell per cohort and year, by cohort and then year.

    Raises:
        ValueError: An option is unknown or anticipation is below zero.

    References:
        Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods,
        Journal of Econometrics 225(2).
    """
    if group not in {"never", "not_yet"} or base not in {"varying", "universal"}:
        raise ValueError("group is never or not_yet, base is varying or universal")
    if method not in {"doubly_robust", "regression", "weighting"}:
        raise ValueError("method is doubly_robust, regression or weighting")
    if anticipation < 0:
        raise ValueError("anticipation is a number of years, zero or more")
    plans = _plans(panel, group, base, anticipation)
    n, k, c = panel.units, panel.columns, len(plans)
    data = _data(panel, method, small_sample=small_sample)
    cells = Cells(
        cohort=np.array([plan.cohort for plan in plans], dtype=np.int64),
        year=np.array([plan.year for plan in plans], dtype=np.int64),
        base=np.array([plan.year if plan.base is None else plan.base for plan in plans], np.int64),
        estimate=np.full((c, k), np.nan),
        influence=np.zeros((c, n, k)),
        treated=np.zeros((c, k), dtype=np.int64),
        comparison=np.zeros((c, k), dtype=np.int64),
        reason=np.zeros((c, k), dtype=np.int64),
        used=np.zeros((c, n, k), dtype=np.bool_),
        anticipation=anticipation,
        start=panel.start,
        cluster=panel.cluster,
        weight=panel.weight * data.known.any(axis=0),
    )
    for cell, plan in enumerate(plans):
        _fill(cells, cell, plan, data)
    return cells
