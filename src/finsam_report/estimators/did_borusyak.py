"""Effects by imputation: what treated units would have had, from untreated observations alone.

Unit and year effects are estimated where nobody is under treatment yet, and carried over to the
observations under treatment; the differences to what was seen are averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from finsam_report.estimators.did_fixed import (
    column_designs,
    sum_by_cluster,
    two_way,
    without_rounding,
    years_since,
)
from finsam_report.estimators.panel import Bools, Floats, Ints, Panel, drop_always_treated

Spread = Literal["cohort", "event"]

FINE = 0
NONE_SEEN = 1
NONE_IMPUTED = 2
REASONS = {
    FINE: "estimated",
    NONE_SEEN: "no observation under treatment",
    NONE_IMPUTED: "units are never seen untreated, or nobody is seen untreated in those years",
}


@dataclass(frozen=True)
class Imputed:
    """Effects on the treated: row 0 over all years, then a row for each year since the start.

    Attributes:
        event: Years since the start, in the order of rows 1 to E; shape (E,).
        estimate: Mean effect; NaN where there is none; shape (1 + E, K).
        scores: Influence of each cluster, scaled so that products of columns sum to the
            covariance; shape (G, 1 + E, K), clusters in the order of their numbers.
        reason: Key of ``REASONS``; shape (1 + E, K).
        treated: Observations under treatment that are seen; shape (1 + E, K).
        imputed: Those of them for which an untreated outcome could be imputed, which the mean
            is over; shape (1 + E, K).
        alone: Those of them that are the only cluster of their cohort and year (or of their year
            since the start), so that their spread is not in the standard error; shape (1 + E, K).
    """

    event: Ints
    estimate: Floats
    scores: Floats
    reason: Ints
    treated: Ints
    imputed: Ints
    alone: Ints

    @property
    def std_error(self) -> Floats:
        """Conservative standard error, clustered; shape (1 + E, K)."""
        return np.asarray(np.sqrt(np.einsum("gak,gak->ak", self.scores, self.scores)))

    @property
    def p_value(self) -> Floats:
        """Two-sided p-value of the normal distribution; shape (1 + E, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            p = 2 * special.ndtr(-np.abs(self.estimate / self.std_error))
        return np.asarray(p)


def _cell_means(weight: Floats, tau: Floats, cell: Ints, cluster: Ints) -> tuple[Floats, Bools]:
    """Mean effects of cells that treated residuals are centred on, and who is alone in one.

    The means have the least variance if effects within a cell do not differ: an observation
    counts with its weight times that of its cluster in the cell.

    Args:
        weight: Weights of imputed observations under treatment, zero elsewhere; shape (n, T).
        tau: Their effects; shape (n, T, K).
        cell: Cell of each observation, at least 0; shape (n, T).
        cluster: Numbers of clusters from 0; shape (n,).

    Returns:
        The mean of each observation's cell (n, T, K), and whether its cluster is the only one.
    """
    here = weight > 0
    own, at = weight[here], cell[here]
    wide = at * (int(cluster.max()) + 1) + np.broadcast_to(cluster[:, None], weight.shape)[here]
    pairs, pair = np.unique(wide, return_inverse=True)
    size = int(cell.max()) + 1
    counted = own * np.bincount(pair, own)[pair]
    sums = np.zeros((size, tau.shape[2]))
    np.add.at(sums, at, counted[:, None] * tau[here])
    total = np.bincount(at, counted, size)
    mean = sums / np.where(total > 0, total, 1.0)[:, None]
    clusters = np.bincount(pairs // (int(cluster.max()) + 1), minlength=size)
    return mean[cell], here & (clusters[cell] == 1)


def _averages(since: Ints, event: Ints, treated: Bools) -> Bools:
    """Which observations each row is over: all under treatment, then by year; (n, T, 1 + E)."""
    by_event = (since[:, :, None] == event) & treated[:, :, None]
    return np.concatenate([treated[:, :, None], by_event], axis=2)


def impute_effects(panel: Panel, *, anticipation: int = 0, spread: Spread = "cohort") -> Imputed:
    """Effects on the treated by imputation, with conservative clustered standard errors.

    Every observation under treatment counts with its weight. Units treated in or before the first
    year have no part in anything. Other observations whose unit is never
    seen untreated, or whose year has nobody seen untreated, cannot be imputed; they are left out
    of the means, and counted.

    Args:
        panel: The panel; missing outcomes are left out column by column.
        anticipation: Years before the start that already count as under treatment.
        spread: Cells whose mean effect residuals of treated observations are centred on: cohort
            and year, or, where cohorts are small, years since the start, which is the more
            conservative.

    Returns:
        The effects.

    Raises:
        ValueError: No unit is treated in these years, or anticipation is below zero.

    References:
        Borusyak, Jaravel and Spiess (2024), Revisiting event-study designs: robust and efficient
        estimation, Review of Economic Studies 91(6), theorem 3 and section 4.3.
    """
    if anticipation < 0:
        raise ValueError("anticipation must not be below zero")
    panel = drop_always_treated(panel)[0]
    if panel.never.all():
        raise ValueError("no unit is treated in these years")
    since = years_since(panel)
    under = since >= -anticipation
    event = np.unique(since[under])
    part = _averages(since, event, under)
    cluster = np.unique(panel.cluster, return_inverse=True)[1]
    cohort = np.unique(panel.start, return_inverse=True)[1]
    if spread == "cohort":
        cell = cohort[:, None] * panel.years.size + np.arange(panel.years.size)[None, :]
    else:
        cell = np.where(under, since + anticipation, 0)
    rows, k = part.shape[2], panel.columns
    estimate = np.full((rows, k), np.nan)
    scores = np.full((int(cluster.max()) + 1, rows, k), np.nan)
    treated, imputed, alone = (np.zeros((rows, k), dtype=np.int64) for _ in range(3))
    for columns, weight in column_designs(panel, ~np.isnan(panel.outcome)):
        y = np.nan_to_num(panel.outcome[:, :, columns])
        before = two_way(weight * ~under)
        after = weight * (under & before.reach)
        left = y.copy()
        for _ in range(2):  # the second pass takes away the rounding of the first
            weighted = left * before.weight[:, :, None]
            unit, year = before.solve(weighted.sum(axis=1), weighted.sum(axis=0))
            left = left - unit[:, None] - year[None]
        left = without_rounding(left, y)
        own = after[:, :, None] * part
        total = own.sum(axis=(0, 1))
        own = own / np.where(total > 0, total, 1.0)
        unit, year = before.solve(own.sum(axis=1), own.sum(axis=0))
        # What each untreated observation counts for in the imputed mean that is taken off.
        borrowed = -before.weight[:, :, None] * (unit[:, None] + year[None])
        mean, single = _cell_means(after, left, cell, cluster)
        rest = np.where((after > 0)[:, :, None], left - mean, left)
        own_scores = np.matmul((own + borrowed).transpose(0, 2, 1), rest)
        fine = total > 0
        estimate[:, columns] = np.where(fine[:, None], np.einsum("nta,ntk->ak", own, left), np.nan)
        scores[:, :, columns] = np.where(
            fine[:, None], sum_by_cluster(own_scores, panel.cluster), np.nan
        )
        for count, which in ((treated, weight > 0), (imputed, after > 0), (alone, single)):
            count[:, columns] = np.einsum("nta,nt->a", part, which.astype(np.int64))[:, None]
    reason = np.where(imputed > 0, FINE, np.where(treated > 0, NONE_IMPUTED, NONE_SEEN))
    return Imputed(event, estimate, scores, reason, treated, imputed, alone)
