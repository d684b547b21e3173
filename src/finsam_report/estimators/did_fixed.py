"""Unit and year effects, solved exactly for any pattern of missing years and any weights.

The effects of units are eliminated; what is left is a system with a row per year, which is
small. Nothing is iterated, and all variables of a design share its factorisation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from finsam_report.estimators.panel import Bools, Floats, Ints, Panel

_SINGULAR = 1e-11
_ROUNDING = 1e-12


def symmetric_inverse(matrix: Floats, tolerance: float = _SINGULAR) -> tuple[Floats, Floats]:
    """Pseudo-inverse of a symmetric matrix, and an orthonormal basis of what it maps to zero.

    Args:
        matrix: Positive semidefinite; shape (k, k).
        tolerance: Eigenvalues below this share of the largest count as zero.

    Returns:
        The pseudo-inverse (k, k) and the basis (k, r).
    """
    scale = np.sqrt(np.diag(matrix))
    scale = np.where(scale > 0, scale, 1.0)
    values, vectors = np.linalg.eigh(matrix / scale[:, None] / scale)
    zero = values <= tolerance * max(float(values[-1]) if values.size else 0.0, 1e-300)
    kept = vectors[:, ~zero] / scale[:, None]
    # Directions are those of the matrix before scaling, where they are orthonormal again.
    null = np.linalg.qr(vectors[:, zero] / scale[:, None])[0]
    inverse = kept / values[~zero] @ kept.T
    away = np.eye(scale.size) - null @ null.T
    return away @ inverse @ away, null


@dataclass(frozen=True)
class TwoWay:
    """Projection on unit and year effects under given weights of observations.

    Attributes:
        weight: Weight of each unit and year, zero where it is not used; shape (n, T).
        inverse: Pseudo-inverse of the system for the years; shape (T, T).
        unit_part: Connected part of the panel that a unit belongs to, -1 where it is not
            observed; shape (n,).
        year_part: The same for years; shape (T,).
    """

    weight: Floats
    inverse: Floats
    unit_part: Ints
    year_part: Ints

    @property
    def unit_total(self) -> Floats:
        """Sum of weights of each unit, one where it is zero; shape (n,)."""
        total = self.weight.sum(axis=1)
        return np.where(total > 0, total, 1.0)

    @property
    def reach(self) -> Bools:
        """Units and years whose effects are known relative to each other; shape (n, T)."""
        same = self.unit_part[:, None] == self.year_part[None, :]
        return np.asarray(same & (self.unit_part[:, None] >= 0))

    @property
    def year_rank(self) -> int:
        """How many parameters the years take beyond a constant, plus that constant."""
        seen = self.year_part[self.year_part >= 0]
        return int(seen.size - np.unique(seen).size + 1)

    def solve(self, unit_sum: Floats, year_sum: Floats) -> tuple[Floats, Floats]:
        """Unit and year effects that have given weighted sums.

        Args:
            unit_sum: Weighted sum of the variable over each unit's years; shape (n, J).
            year_sum: Weighted sum over each year's units; shape (T, J).

        Returns:
            Effects of units (n, J) and of years (T, J), those of the years centred.
        """
        total = self.unit_total[:, None]
        year = self.inverse @ (year_sum - self.weight.T @ (unit_sum / total))
        return (unit_sum - self.weight @ year) / total, year

    def residual(self, values: Floats) -> Floats:
        """What is left of variables after unit and year effects, zero where the weight is.

        Args:
            values: Finite variables; shape (n, T, J).
        """
        used = (self.weight > 0)[:, :, None]
        left = np.where(used, values, 0.0)
        for _ in range(2):  # the second pass takes away the rounding of the first
            weighted = left * self.weight[:, :, None]
            unit, year = self.solve(weighted.sum(axis=1), weighted.sum(axis=0))
            left = np.where(used, left - unit[:, None] - year[None], 0.0)
        return without_rounding(left, values)


def two_way(weight: Floats) -> TwoWay:
    """Factorise a design of units and years.

    Args:
        weight: Weight of each observation, zero where it is missing or not used; shape (n, T).
    """
    n, t = weight.shape
    total = weight.sum(axis=1)
    safe = np.where(total > 0, total, 1.0)
    system = np.diag(weight.sum(axis=0)) - weight.T @ (weight / safe[:, None])
    row, column = np.nonzero(weight > 0)
    graph = coo_array((np.ones(row.size), (row, column + n)), shape=(n + t, n + t))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    alone = np.concatenate([total <= 0, weight.sum(axis=0) <= 0])
    label = np.where(alone, -1, label)
    return TwoWay(weight, symmetric_inverse(system)[0], label[:n], label[n:])


def column_designs(panel: Panel, used: Bools) -> list[tuple[Ints, Floats]]:
    """Columns that share weights and observations, each set with its weights.

    Args:
        panel: The panel.
        used: Observations to use; shape (n, T, K). Missing outcomes must not be among them.

    Returns:
        For every set the columns' positions, and the weights of observations, scaled to a mean
        of one over units, zero where not used; shape (n, T).
    """
    weight = panel.weight / panel.weight.mean(axis=0)
    sets: dict[tuple[bytes, bytes], list[int]] = {}
    for k in range(panel.columns):
        own = np.ascontiguousarray(weight[:, k % weight.shape[1]])
        key = (np.packbits(used[:, :, k]).tobytes(), own.tobytes())
        sets.setdefault(key, []).append(k)
    out = []
    for columns in sets.values():
        first = columns[0]
        own = weight[:, first % weight.shape[1]]
        out.append((np.array(columns), used[:, :, first] * own[:, None]))
    return out


def without_rounding(left: Floats, values: Floats) -> Floats:
    """Residuals (n, T, J) of values; zero in columns in which rounding is all that is left."""
    size = np.abs(np.nan_to_num(values)).max(axis=(0, 1), initial=0.0)
    flat = np.abs(left).max(axis=(0, 1), initial=0.0) <= _ROUNDING * size
    return np.where(flat, 0.0, left)


def under_treatment(panel: Panel) -> Bools:
    """Whether a unit is under treatment in a year; shape (n, T)."""
    return np.asarray(panel.years[None, :] >= panel.cohort[:, None])


def years_since(panel: Panel) -> Ints:
    """Observed years since the first one under treatment, below zero before it; shape (n, T).

    Counted as the panel's years are, from the first observed year under treatment. Units that
    are never treated have large negative numbers.
    """
    return np.asarray(panel.years[None, :] - panel.start[:, None])


def sum_by_cluster(values: Floats, cluster: Ints) -> Floats:
    """Sums of rows over clusters, in the order of the clusters' numbers; shape (G, ...)."""
    order = np.argsort(cluster, kind="stable")
    first = np.flatnonzero(np.diff(cluster[order], prepend=cluster[order[0]] - 1))
    return np.asarray(np.add.reduceat(values[order], first, axis=0))
