"""Averages of effects by cohort and year: overall, by years since treatment, cohort and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.did_adjusted import Reason
from finsam_report.estimators.did_cells import Cells
from finsam_report.estimators.did_errors import (
    cluster_count,
    degrees_of_freedom,
    standard_errors,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Kind = Literal["simple", "event", "group", "calendar"]

# The errors of a single treated cluster cannot be told from its effect.
FEWEST_TREATED = 2
_NOWHERE: Ints = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Averages:
    """Averages of the effects, E of them and one over all; n units, K columns.

    Attributes:
        kind: What they are by.
        at: Years since treatment, cohort, or calendar year; shape (E,); none where simple.
        estimate: Shape (E, K); NaN where no cell was estimated.
        std_error: Clustered; NaN where nothing varies, or all rests on one treated cluster;
            shape (E, K).
        df: Satterthwaite's degrees of freedom of the errors; shape (E, K).
        influence: Shape (E, n, K).
        cells: How many cells each is of; shape (E, K).
        treated: Treated units behind each; shape (E, K).
        span: Average years between a cell's year and its base, negative before it: how much a
            trend of one unit a year would add; shape (E, K).
        overall: The same over all that are under treatment, without E.
        overall_std_error: Shape (K,).
        overall_df: Shape (K,).
        overall_influence: Shape (n, K).
        overall_span: Shape (K,).
        cluster: Cluster of each unit; shape (n,).
    """

    kind: Kind
    at: Ints
    estimate: Floats
    std_error: Floats
    df: Floats
    influence: Floats
    cells: Ints
    treated: Ints
    span: Floats
    overall: Floats
    overall_std_error: Floats
    overall_df: Floats
    overall_influence: Floats
    overall_span: Floats
    cluster: Ints


@dataclass(frozen=True)
class _Mean:
    """One average before it is put among the others."""

    estimate: Floats
    influence: Floats
    cells: Ints
    span: Floats
    used: Bools


@dataclass(frozen=True)
class _Sizes:
    """Weighted size of each of G cohorts, and which cohort each unit and cell is of."""

    size: Floats  # (G, K)
    cohorts: Ints  # (G,)
    of_unit: Ints  # (n,), G where never treated
    of_cell: Ints  # (C,)


def _sizes(cells: Cells) -> _Sizes:
    cohorts = np.unique(cells.cohort)
    member = cells.start == cohorts[:, None]
    of_unit = np.where(member.any(axis=0), np.searchsorted(cohorts, cells.start), cohorts.size)
    of_cell = np.searchsorted(cohorts, cells.cohort)
    return _Sizes(member @ cells.weight, cohorts, of_unit, of_cell)


def _shares(value: Floats, weight: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Of the known: shares, values with zeros for the others, their mean, and total weight."""
    known = np.isfinite(value)
    weight = weight * known
    total = weight.sum(axis=0)
    share = weight / np.where(total > 0, total, 1.0)
    full = np.where(known, value, 0.0)
    return share, full, np.where(total > 0, (share * full).sum(axis=0), np.nan), total


def _size_influence(
    cells: Cells, sizes: _Sizes, groups: Ints, away: Floats, total: Floats
) -> Floats:
    """What a unit adds through the size of its cohort, which is estimated; shape (n, K).

    Args:
        cells: The cells.
        sizes: Their cohorts.
        groups: Cohort of each value averaged; shape (r,).
        away: How far each value is from the average, zero where unknown; shape (r, K).
        total: Weights together; shape (K,).
    """
    pull = np.zeros((sizes.cohorts.size + 1, away.shape[1]))
    np.add.at(pull, groups, away)
    total = np.where(total > 0, total, 1.0)
    found: Floats = len(cells.start) * cells.weight * pull[sizes.of_unit] / total
    return found


def _mean(cells: Cells, sizes: _Sizes, which: Ints, *, sized: bool) -> _Mean:
    """Average of some cells, weighted by the size of cohorts, or all alike within one cohort."""
    value, groups = cells.estimate[which], sizes.of_cell[which]
    weight = sizes.size[groups] if sized else np.ones_like(value)
    share, full, estimate, total = _shares(value, weight)
    influence = np.einsum("cnk,ck->nk", cells.influence[which], share)
    if sized:
        away = np.where(np.isfinite(value), full - estimate, 0.0)
        influence = influence + _size_influence(cells, sizes, groups, away, total)
    years = (cells.year - cells.base)[which].astype(np.float64)
    counted = (cells.reason[which] == Reason.ESTIMATED).sum(axis=0)
    span = np.where(total > 0, years @ share, np.nan)
    return _Mean(estimate, influence, counted, span, np.any(cells.used[which], axis=0))


def _mean_of(cells: Cells, sizes: _Sizes, means: list[_Mean], *, sized: bool) -> _Mean:
    """Average of averages: of each cohort by its size, or of event times or years alike."""
    value = np.array([mean.estimate for mean in means])
    share, full, estimate, total = _shares(value, sizes.size if sized else np.ones_like(value))
    influence = np.zeros_like(means[0].influence)
    used = np.zeros_like(means[0].used)
    for mean, part in zip(means, share, strict=True):
        influence += part * mean.influence
        used |= mean.used & (part > 0)
    if sized:
        away = np.where(np.isfinite(value), full - estimate, 0.0)
        groups = np.arange(sizes.cohorts.size)
        influence += _size_influence(cells, sizes, groups, away, total)
    years = np.where(np.isfinite(value), np.array([mean.span for mean in means]), 0.0)
    span = np.where(total > 0, (share * years).sum(axis=0), np.nan)
    counted = np.array([mean.cells for mean in means]).sum(axis=0)
    return _Mean(estimate, influence, counted, span, used)


def _nothing(cells: Cells) -> _Mean:
    """The average of no cells at all."""
    n, k = cells.weight.shape
    none = np.full(k, np.nan)
    zero = np.zeros((n, k))
    nobody = np.zeros((n, k), dtype=np.bool_)
    return _Mean(none, zero, np.zeros(k, dtype=np.int64), none, nobody)


def _error(influence: Floats, used: Bools, cluster: Ints) -> Floats:
    """Standard errors, NaN where too few treated clusters stand behind; shape (K,)."""
    enough = cluster_count(cluster, used) >= FEWEST_TREATED
    return np.where(enough, standard_errors(influence, cluster), np.nan)


def cell_errors(cells: Cells) -> Floats:
    """Standard error of every cell, NaN where it rests on a single treated cluster; (C, K)."""
    errors = [
        _error(influence, used, cells.cluster)
        for influence, used in zip(cells.influence, cells.used, strict=True)
    ]
    return np.array(errors).reshape(cells.estimate.shape)


def _put_together(
    cells: Cells, kind: Kind, at: Ints, means: list[_Mean], overall: _Mean
) -> Averages:
    n, k = cells.weight.shape
    shape = (len(means), k)
    influence = np.array([mean.influence for mean in means]).reshape(len(means), n, k)
    strata = cells.cluster, cells.start, cells.weight
    errors = [_error(mean.influence, mean.used, cells.cluster) for mean in means]
    return Averages(
        kind=kind,
        at=np.asarray(at, dtype=np.int64),
        estimate=np.array([mean.estimate for mean in means]).reshape(shape),
        std_error=np.array(errors).reshape(shape),
        df=degrees_of_freedom(influence, *strata),
        influence=influence,
        cells=np.array([mean.cells for mean in means], dtype=np.int64).reshape(shape),
        treated=np.array([mean.used.sum(axis=0) for mean in means], dtype=np.int64).reshape(shape),
        span=np.array([mean.span for mean in means]).reshape(shape),
        overall=overall.estimate,
        overall_std_error=_error(overall.influence, overall.used, cells.cluster),
        overall_df=degrees_of_freedom(overall.influence, *strata),
        overall_influence=overall.influence,
        overall_span=overall.span,
        cluster=cells.cluster,
    )


def averages(cells: Cells, kind: Kind, balance: int | None = None) -> Averages:
    """Average effects by cohort and year into fewer numbers.

    "simple" averages all that are under treatment, weighted by the size of cohorts. "event"
    averages by years since treatment, before it too, and over all event times from zero on,
    each alike. "group" averages each cohort's years, and over cohorts by their size: the effect
    on a treated unit while it was seen. "calendar" averages by year, and over years alike.

    Cells that were not estimated are left out, column by column; ``cells`` counts the others.
    That cohorts are as large as they happen to be is part of the standard errors: they are for
    effects on units like these, drawn with their cohorts, and somewhat wide for these alone
    where effects differ between cohorts.

    Args:
        cells: Effects by cohort and year.
        kind: What to average by.
        balance: With "event", only cohorts seen for at least so many years under treatment, so
            that all event times from zero to it are of the same cohorts; later ones are left out.

    Returns:
        The averages.

    Raises:
        ValueError: The kind is unknown, or ``balance`` is given for another kind or below zero.

    References:
        Callaway and Sant'Anna (2021), section 3.
    """
    if kind not in {"simple", "event", "group", "calendar"}:
        raise ValueError("kind is simple, event, group or calendar")
    if balance is not None and (kind != "event" or balance < 0):
        raise ValueError("balance is a number of years, zero or more, for event studies")
    sizes, post = _sizes(cells), cells.post
    if not cells.cohort.size:
        return _put_together(cells, kind, _NOWHERE, [], _nothing(cells))
    if kind == "simple":
        overall = _mean(cells, sizes, np.flatnonzero(post), sized=True)
        return _put_together(cells, kind, _NOWHERE, [], overall)
    if kind == "event":
        by, part = cells.event, np.ones(cells.event.size, dtype=np.bool_)
        if balance is not None:
            part = (cells.year.max() - cells.cohort >= balance) & (by <= balance)
    elif kind == "group":
        by, part = cells.cohort, post
    else:
        by, part = cells.year, post
    at = np.unique(by[part])
    sized = kind != "group"
    means = [_mean(cells, sizes, np.flatnonzero(part & (by == e)), sized=sized) for e in at]
    counted = [m for e, m in zip(at, means, strict=True) if kind != "event" or e >= 0]
    if not counted:
        return _put_together(cells, kind, at, means, _nothing(cells))
    overall = _mean_of(cells, sizes, counted, sized=kind == "group")
    return _put_together(cells, kind, at, means, overall)
