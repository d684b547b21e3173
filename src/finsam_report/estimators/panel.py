"""Panels of units over years for staggered treatment: the shared input and its checks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A year after every panel's last, so that "later than t" holds without asking.
NEVER = 1_000_000


@dataclass(frozen=True)
class Panel:
    """Outcomes of units over years, and when each unit came under treatment.

    Attributes:
        outcome: Values; shape (n, T, K): units, years in order, columns; NaN where missing.
        years: The years observed, strictly increasing, with or without gaps; shape (T,).
        cohort: First year under treatment; NEVER where there is none; shape (n,).
        weight: Weights above zero that do not change over time; shape (n, K), or (n, 1) where
            all columns share them.
        covariates: Fixed characteristics; shape (n, p), p may be 0.
        cluster: Number of each unit's cluster; shape (n,).
    """

    outcome: Floats
    years: Ints
    cohort: Ints
    weight: Floats
    covariates: Floats
    cluster: Ints

    @property
    def units(self) -> int:
        """How many units."""
        return int(self.cohort.size)

    @property
    def columns(self) -> int:
        """How many columns of outcomes."""
        return int(self.outcome.shape[2])

    @property
    def never(self) -> Bools:
        """Units that are untreated through the panel's last year; shape (n,)."""
        return np.asarray(self.cohort > self.years[-1])

    @property
    def start(self) -> Ints:
        """First observed year under treatment, NEVER where none is observed; shape (n,)."""
        following = np.searchsorted(self.years, self.cohort)
        return np.append(self.years, NEVER)[following]

    @property
    def cohorts(self) -> Ints:
        """The first observed years under treatment, each once and in order; NEVER is none."""
        return np.unique(self.start[~self.never])


def _refuse(problem: str) -> None:
    raise ValueError(problem)


def _check(panel: Panel) -> None:
    """Raise a ValueError that says what is wrong with the shapes or values."""
    n, t, k = panel.outcome.shape
    if panel.years.shape != (t,):
        _refuse(f"years must have one entry per year of the outcome: {t}, not {panel.years.size}")
    if np.any(np.diff(panel.years) <= 0):
        _refuse("years must be strictly increasing, each once")
    if panel.cohort.shape != (n,):
        _refuse(f"cohort must have one entry per unit: {n}, not {panel.cohort.size}")
    if panel.cluster.shape != (n,):
        _refuse(f"cluster must have one entry per unit: {n}, not {panel.cluster.size}")
    if panel.weight.shape not in {(n, k), (n, 1)}:
        _refuse(f"weight must have shape ({n}, {k}) or ({n}, 1), not {panel.weight.shape}")
    if not np.all(np.isfinite(panel.weight) & (panel.weight > 0)):
        _refuse("weights must be above zero and finite")
    if panel.covariates.ndim != 2 or panel.covariates.shape[0] != n:
        _refuse(f"covariates must have shape ({n}, p), not {panel.covariates.shape}")
    if not np.all(np.isfinite(panel.covariates)):
        _refuse("covariates must be finite: leave units without them out beforehand")
    if np.any(np.isinf(panel.outcome)):
        _refuse("outcomes must be finite, or NaN where missing")
    if panel.years[-1] >= NEVER:
        _refuse("years are too late to be years")


def _whole(values: npt.ArrayLike, name: str) -> Ints:
    """Whole numbers, infinity standing for NEVER."""
    numbers = np.asarray(values, dtype=np.float64)
    numbers = np.where(np.isposinf(numbers), float(NEVER), numbers)
    if not np.all(np.isfinite(numbers) & (numbers == np.round(numbers))):
        _refuse(f"{name} must be whole numbers")
    return numbers.astype(np.int64)


def make_panel(
    outcome: npt.ArrayLike,
    years: npt.ArrayLike,
    cohort: npt.ArrayLike,
    weight: npt.ArrayLike | None = None,
    covariates: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
) -> Panel:
    """A panel whose parts fit each other.

    Args:
        outcome: Values, NaN where missing; shape (n, T, K), or (n, T) for one column.
        years: The years observed, strictly increasing; shape (T,).
        cohort: First year under treatment; NEVER or infinity where there is none; shape (n,).
        weight: Weights above zero; shape (n, K), (n, 1) or (n,); ones where not given.
        covariates: Fixed characteristics; shape (n, p); none where not given.
        cluster: Cluster of each unit; shape (n,); each unit its own where not given.

    Returns:
        The panel.

    Raises:
        ValueError: Shapes do not fit, years are not in order, or a value is not allowed.
    """
    values = np.asarray(outcome, dtype=np.float64)
    if values.ndim == 2:
        values = values[:, :, None]
    if values.ndim != 3 or 0 in values.shape:
        _refuse("outcome must have units, years and columns, at least one of each")
    n = values.shape[0]
    weights = np.ones((n, 1)) if weight is None else np.asarray(weight, dtype=np.float64)
    groups = np.arange(n) if cluster is None else _whole(cluster, "cluster")
    panel = Panel(
        outcome=values,
        years=_whole(years, "years"),
        cohort=_whole(cohort, "cohort"),
        weight=weights[:, None] if weights.ndim == 1 else weights,
        covariates=np.empty((n, 0)) if covariates is None else np.asarray(covariates, np.float64),
        cluster=groups,
    )
    _check(panel)
    return panel


def take_units(panel: Panel, kept: Bools) -> Panel:
    """The panel of some units only; ``kept`` has shape (n,)."""
    return Panel(
        panel.outcome[kept],
        panel.years,
        panel.cohort[kept],
        panel.weight[kept],
        panel.covariates[kept],
        panel.cluster[kept],
    )


def drop_always_treated(panel: Panel) -> tuple[Panel, int]:
    """Leave out units treated in or before the first year.

    They are never seen untreated: they have no effect that can be estimated and are no comparison.

    Returns:
        The panel without them, and how many they were.
    """
    kept = panel.cohort > panel.years[0]
    return take_units(panel, kept), int((~kept).sum())
