"""What every analysis of municipalities starts from: panels of columns, choices, and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.did_bootstrap import multipliers
from finsam_report.estimators.did_cells import Cells, group_time_effects
from finsam_report.estimators.did_errors import intervals
from finsam_report.estimators.panel import Panel, make_panel
from finsam_report.parts.ledger import MUNICIPALITY, POINTS, rows
from finsam_report.parts.municipality_data import ALL, Column, Data, associations
from finsam_report.study import Analysis, Municipality

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PART = MUNICIPALITY
MUNICIPALITIES = "municipalities"
FEW = 5  # a number of fewer municipalities is looked at for the people behind it


@dataclass(frozen=True)
class Work:
    """A study's municipalities and its choices.

    Attributes:
        part: The part as declared.
        choices: Level, power and seed.
        everyone: All municipalities with outcomes, and all columns.
        data: Those observed before they joined, and the columns that can be estimated.
    """

    part: Municipality
    choices: Analysis
    everyone: Data
    data: Data

    @cached_property
    def main(self) -> frozenset[str]:
        """The outcomes of the main effects."""
        return frozenset(outcome.id for outcome in self.part.outcomes if outcome.is_main)

    @cached_property
    def family(self) -> dict[str, str]:
        """The family of each outcome."""
        return {outcome.id: outcome.family for outcome in self.part.outcomes}

    @cached_property
    def core(self) -> Data:
        """Columns of all ages."""
        return self.data.pick([k for k, c in enumerate(self.data.columns) if not c.band])

    @cached_property
    def bands(self) -> Data:
        """Columns of an age band."""
        return self.data.pick([k for k, c in enumerate(self.data.columns) if c.band])

    @cached_property
    def sexes(self) -> Data:
        """The main outcomes of all ages, for all, women and men."""
        return self.core.pick(
            [k for k, c in enumerate(self.core.columns) if c.outcome in self.main]
        )

    @cached_property
    def all(self) -> Data:
        """The main outcomes of everybody."""
        return self.sexes.pick([k for k, c in enumerate(self.sexes.columns) if c.sex == ALL])

    @cached_property
    def before(self) -> Bools:
        """Years before the first municipality joins, all where none does; shape (T,)."""
        first = self.data.first_entry
        return np.asarray(self.data.years < (first or int(self.data.years[-1]) + 1))

    @cached_property
    def drawn(self) -> Floats:
        """Multipliers of clusters that all bands and families share."""
        clusters = np.unique(self.clusters(self.part.cluster)).size
        rng = np.random.default_rng([self.choices.seed, 61])
        return multipliers(clusters, self.part.bootstrap, rng, "normal")

    def clusters(self, kind: str) -> Ints:
        """Cluster of each municipality: itself, or the association that it joined; (n,)."""
        if kind == "association":
            return associations(self.data)
        return np.arange(self.data.joined.size)

    def panel(
        self,
        data: Data,
        *,
        weights: str | None = None,
        cluster: str | None = None,
        overall: bool = False,
    ) -> Panel:
        """A panel of columns, with weights and clusters as declared where not given.

        A municipality's weight is its mean number of people before the first one joins; where
        that is unknown its values are left out of the weighted panel.

        Args:
            data: The municipalities and columns.
            weights: "none" or "population".
            cluster: "municipality" or "association".
            overall: Leave out early years that have no part in effects after joining.
        """
        outcome, weight = data.outcome, None
        if (weights or self.part.weights) == "population":
            people = data.people[:, self.before]
            known = ~np.isnan(people)
            count = known.sum(axis=1)
            mean = np.where(known, people, 0.0).sum(axis=1) / np.maximum(count, 1)
            outcome = np.where((mean > 0)[:, None, :], outcome, np.nan)
            weight = np.where(mean > 0, mean, 1.0)
        first = 0
        if overall and data.first_entry is not None:
            clear = int(np.searchsorted(data.years, data.first_entry - self.part.anticipation))
            first = max(clear - 1, 0)
        return make_panel(
            outcome[:, first:], data.years[first:], data.joined, weight,
            cluster=self.clusters(cluster or self.part.cluster),
        )  # fmt: skip

    def cells(self, panel: Panel, **changed: Any) -> Cells:
        """Effects by cohort and year as declared, but for what is changed."""
        chosen: dict[str, Any] = {
            "group": self.part.comparison, "base": self.part.base,
            "anticipation": self.part.anticipation, "small_sample": True,
        }  # fmt: skip
        return group_time_effects(panel, **(chosen | changed))

    def smallest(self, data: Data, member: Bools, at: Bools) -> Floats:
        """Fewest people with or without the event among some municipalities; shape (K,).

        Args:
            data: The columns.
            member: Which municipalities; shape (n,).
            at: Which years; shape (T,).

        Returns:
            NaN where the people are not known, or nobody is there.
        """
        part = np.ix_(member, at)
        people = data.people[part]
        events = np.rint(data.outcome[part] * people / 100).sum(axis=0)
        both = np.concatenate([events, people.sum(axis=0) - events])
        least = np.where(both > 0, both, np.inf).min(axis=0, initial=np.inf)
        return np.where(np.isfinite(least), least, np.nan)


def made(
    work: Work,
    analysis: str,
    columns: tuple[Column, ...],
    estimator: str,
    estimate: Floats,
    std_error: Floats | None = None,
    df: Floats | float = np.inf,
    at: Ints | Floats | None = None,
    group: str | None = None,
    **more: Any,
) -> pd.DataFrame:
    """Rows of numbers by horizon and column, column after column.

    Args:
        work: The level of the intervals.
        analysis: Name of the analysis.
        columns: What the columns are; length K.
        estimator: Name of the estimator.
        estimate: Numbers; shape (K,), or (E, K) with ``at``.
        std_error: Their standard errors; intervals and p-values are made from them.
        df: Their degrees of freedom.
        at: Horizons; shape (E,).
        group: In place of the group of the column.
        more: Further columns of the ledger, each of the shape of the estimate or a scalar.
    """
    shape = (1, len(columns)) if at is None else (len(at), len(columns))
    horizon = np.full(1, np.nan) if at is None else np.asarray(at, dtype=np.float64)

    def flat(values: Any) -> Any:
        if isinstance(values, np.ndarray):
            return np.broadcast_to(values, shape).T.ravel()
        return values

    found = {"estimate": flat(estimate)} | {name: flat(values) for name, values in more.items()}
    if std_error is not None:
        low, high, p_value = intervals(
            estimate, std_error, np.asarray(df, dtype=np.float64), work.choices.level
        )
        found |= {
            "std_error": flat(std_error), "ci_low": flat(low), "ci_high": flat(high),
            "p_value": flat(p_value),
        }  # fmt: skip
    return rows(
        **({
            "part": PART, "analysis": analysis,
            "outcome": [c.outcome for c in columns for _ in horizon],
            "group": [group or c.group for c in columns for _ in horizon],
            "horizon": np.tile(horizon, len(columns)), "estimator": estimator, "unit": POINTS,
        } | found)
    )  # fmt: skip


def take_municipalities(data: Data, kept: Bools) -> Data:
    """Some of the municipalities; ``kept`` has shape (n,)."""
    return replace(
        data, units=data.units[kept].reset_index(drop=True), joined=data.joined[kept],
        outcome=data.outcome[kept], people=data.people[kept],
    )  # fmt: skip
