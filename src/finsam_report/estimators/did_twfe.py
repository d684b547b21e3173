"""Regressions on unit and year effects: one effect for all, or one by years since the start.

They are the customary comparison, not the estimate to rely on: where effects differ between
cohorts or grow with time, units already treated serve as comparison (see ``did_bacon``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from finsam_report.estimators.did_fixed import (
    TwoWay,
    column_designs,
    sum_by_cluster,
    symmetric_inverse,
    two_way,
    under_treatment,
    years_since,
)
from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.panel import Bools, Floats, Ints, Panel

_IDENTIFIED = 1e-6
_COLLINEAR = 1e-10


@dataclass(frozen=True)
class Regression:
    """Coefficients on J variables for K columns.

    Attributes:
        estimate: Coefficients; NaN where the data do not tell them apart; shape (J, K).
        scores: Influence of each cluster, scaled so that products of columns sum to the
            covariance, small-sample factor included; shape (G, J, K), clusters in the order of
            their numbers.
        df: Clusters with observations less one; shape (K,).
        observations: Units and years used; shape (K,).
    """

    estimate: Floats
    scores: Floats
    df: Floats
    observations: Ints

    @property
    def std_error(self) -> Floats:
        """Standard error clustered as the panel says; shape (J, K)."""
        return np.asarray(np.sqrt(np.einsum("gjk,gjk->jk", self.scores, self.scores)))

    @property
    def p_value(self) -> Floats:
        """Two-sided p-value of Student's t distribution; shape (J, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            p = 2 * special.stdtr(self.df, -np.abs(self.estimate / self.std_error))
        return np.asarray(p)

    def covariance(self, column: int) -> Floats:
        """Joint covariance of the coefficients of one column; shape (J, J)."""
        own = self.scores[:, :, column]
        return np.asarray(own.T @ own)


@dataclass(frozen=True)
class EventStudy:
    """Effects by years since the start of treatment.

    Attributes:
        event: Years since the start that have a coefficient; shape (J,).
        reference: Years since the start that effects are relative to.
        fit: Their coefficients.
    """

    event: Ints
    reference: tuple[int, ...]
    fit: Regression


def group_trends(panel: Panel, group: Ints) -> Floats:
    """A linear trend for every group of units, to be given as controls.

    Args:
        panel: The panel.
        group: Group of each unit, any integers, such as counties; shape (n,).

    Returns:
        Years since the first, zero outside the group; shape (n, T, groups).
    """
    member = group[:, None] == np.unique(group)[None, :]
    line = (panel.years - panel.years[0]).astype(np.float64)
    return np.asarray(member[:, None, :] * line[None, :, None])


def covariate_years(panel: Panel) -> Floats:
    """Fixed characteristics times years, so that trends may differ with them.

    Returns:
        Shape (n, T, p (T - 1)).
    """
    dummy = np.eye(panel.years.size)[:, 1:]
    size = panel.covariates.shape[1] * dummy.shape[1]
    every = panel.covariates[:, None, :, None] * dummy[None, :, None, :]
    return np.asarray(every.reshape(panel.units, panel.years.size, size))


def _within(design: TwoWay, values: Floats, root: Floats) -> Floats:
    """Residuals times the root of the weight; shape (n T, J)."""
    return (design.residual(values) * root).reshape(-1, values.shape[2])


def _orthonormal(controls: Floats, plain: Floats) -> Floats:
    """Orthonormal basis of residualised controls, without those that effects explain."""
    size = np.linalg.norm(plain, axis=0)
    fine = np.linalg.norm(controls, axis=0) > _COLLINEAR * np.where(size > 0, size, 1.0)
    controls = controls[:, fine]
    return np.asarray(np.linalg.qr(controls[:, independent_columns(controls)])[0])


def _fit(
    panel: Panel, weight: Floats, outcome: Floats, variables: Floats, controls: Floats
) -> tuple[Floats, Floats, int, int]:
    """Coefficients (J, K), scores (G, J, K), clusters and observations of one design."""
    # A unit seen once is explained by its own effect and would only swell the count.
    weight = weight * ((weight > 0).sum(axis=1) >= 2)[:, None]
    n, t = weight.shape
    j, k = variables.shape[2], outcome.shape[2]
    clusters = np.unique(panel.cluster).size
    seen = np.unique(panel.cluster[weight.any(axis=1)]).size
    count = int((weight > 0).sum())
    nothing = np.full((j, k), np.nan), np.full((clusters, j, k), np.nan), seen, count
    if seen < 2:
        return nothing
    design = two_way(weight)
    root = np.sqrt(weight)[:, :, None]
    y, x = _within(design, np.nan_to_num(outcome), root), _within(design, variables, root)
    # A variable that effects explain in full leaves rounding, which is no variation.
    length = np.linalg.norm(variables * root, axis=(0, 1))
    explained = np.linalg.norm(x, axis=0) <= _COLLINEAR * np.where(length > 0, length, 1.0)
    x[:, explained] = 0.0
    rank = 0
    if controls.shape[2]:
        basis = _orthonormal(_within(design, controls, root), (controls * root).reshape(n * t, -1))
        before = np.linalg.norm(x, axis=0)
        x, y = x - basis @ (basis.T @ x), y - basis @ (basis.T @ y)
        x[:, np.linalg.norm(x, axis=0) <= _COLLINEAR * np.where(before > 0, before, 1.0)] = 0.0
        rank = basis.shape[1]
    inverse, null = symmetric_inverse(x.T @ x)
    known = np.abs(null).max(axis=1, initial=0.0) < _IDENTIFIED
    room = count - (rank + j - null.shape[1] + design.year_rank)
    if room <= 0 or not known.any():
        return nothing
    estimate = inverse @ (x.T @ y)
    error = (y - x @ estimate).reshape(n, t, k)
    own = np.matmul(x.reshape(n, t, j).transpose(0, 2, 1), error)
    factor = np.sqrt(seen / (seen - 1) * (count - 1) / room)
    scores = np.matmul(inverse, sum_by_cluster(own, panel.cluster)) * factor
    estimate[~known], scores[:, ~known] = np.nan, np.nan
    return estimate, scores, seen, count


def regress(
    panel: Panel, variables: Floats, controls: Floats | None = None, used: Bools | None = None
) -> Regression:
    """Least squares on variables, unit effects and year effects.

    Args:
        panel: The panel; missing outcomes are left out column by column.
        variables: Variables of interest; shape (n, T, J).
        controls: Further variables, such as :func:`group_trends`; shape (n, T, q).
        used: Observations to use, where not all; shape (n, T).

    Returns:
        Coefficients with errors clustered by ``panel.cluster`` (CR1 with the customary factor,
        in which unit effects, being nested in clusters, do not count as parameters). A
        coefficient that other variables explain is NaN; none is left out silently.
    """
    j, k = variables.shape[2], panel.columns
    if controls is None:
        controls = np.zeros((*variables.shape[:2], 0))
    seen = ~np.isnan(panel.outcome)
    if used is not None:
        seen &= used[:, :, None]
    estimate = np.full((j, k), np.nan)
    scores = np.full((np.unique(panel.cluster).size, j, k), np.nan)
    df, observations = np.zeros(k), np.zeros(k, dtype=np.int64)
    for columns, weight in column_designs(panel, seen):
        found = _fit(panel, weight, panel.outcome[:, :, columns], variables, controls)
        estimate[:, columns], scores[:, :, columns] = found[0], found[1]
        df[columns], observations[columns] = found[2] - 1, found[3]
    return Regression(estimate, scores, df, observations)


def static_effect(panel: Panel, controls: Floats | None = None) -> Regression:
    """One effect of being under treatment, the same for all units and years (J = 1)."""
    return regress(panel, under_treatment(panel)[:, :, None].astype(np.float64), controls)


def event_study(
    panel: Panel,
    *,
    reference: Sequence[int] = (-1,),
    window: tuple[int, int] | None = None,
    controls: Floats | None = None,
    used: Bools | None = None,
) -> EventStudy:
    """Effects by years since the start, relative to the reference.

    Units treated in or before the first year are left out: they have no years before the start,
    and how long ago it was is not in the panel.

    Args:
        panel: The panel.
        reference: Years since the start that effects are relative to. Where every unit is
            treated at some time, a linear trend in years since the start cannot be told from
            year effects; the earliest year since the start is then a reference as well.
        window: First and last year since the start with a coefficient of their own; those
            beyond are put together with them.
        controls: Further variables; shape (n, T, q).
        used: Observations to use, where not all; shape (n, T).

    Returns:
        The effects.

    Raises:
        ValueError: No unit is treated, or none is seen outside the reference.
    """
    always = panel.cohort <= panel.years[0]
    treated = ~panel.never & ~always
    if not treated.any():
        raise ValueError("no unit is treated in these years")
    since = years_since(panel)
    if window is not None:
        since = np.clip(since, *window)
    kept = np.broadcast_to(~always[:, None], since.shape)
    kept = kept if used is None else kept & used
    every = np.unique(since[kept & treated[:, None]])
    left_out = tuple(reference)
    if not panel.never.any() and every.size and int(every[0]) not in left_out:
        left_out = (int(every[0]), *left_out)
    event = every[~np.isin(every, left_out)]
    if event.size == 0:
        raise ValueError("every year since the start is a reference")
    dummies = (since[:, :, None] == event) & treated[:, None, None]
    fit = regress(panel, dummies.astype(np.float64), controls, kept)
    return EventStudy(event, left_out, fit)


def untreated_leads(panel: Panel, leads: int, controls: Floats | None = None) -> EventStudy:
    """Differences before treatment, from untreated observations alone.

    Effects of treatment have no part in them, unlike leads beside lags in one regression. They
    are relative to all earlier years.

    Args:
        panel: The panel.
        leads: How many years before the start have a coefficient.
        controls: Further variables; shape (n, T, q).

    Returns:
        Coefficients of the years ``-leads`` to -1.

    References:
        Borusyak, Jaravel and Spiess (2024), Review of Economic Studies 91(6), section 4.4.
    """
    since = years_since(panel)
    event = np.arange(-leads, 0)
    dummies = (since[:, :, None] == event) & ~panel.never[:, None, None]
    fit = regress(panel, dummies.astype(np.float64), controls, ~under_treatment(panel))
    return EventStudy(event, (), fit)
