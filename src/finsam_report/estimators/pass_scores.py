"""Second pass over people: variances and covariances of effects from each person's influence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.pass_plans import Plan
from finsam_report.estimators.pass_sums import Cell

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Columns = slice | Ints

DETERMINED = 1 - 1e-8


def together(columns: Ints) -> Columns:
    """The same columns, as a slice where they stand together: a slice need not be copied."""
    side_by_side = columns.size > 0 and bool(np.all(np.diff(columns) == 1))
    return slice(int(columns[0]), int(columns[-1]) + 1) if side_by_side else columns


@dataclass(frozen=True)
class Spread:
    """Sums of squares and products of influences on m effects.

    Attributes:
        squares: Variance of each effect; shape (m,).
        taken: Variance of the effect on take-up; shape (m,), or (0,) without take-up.
        mixed: Covariance of the two; shape (m,) or (0,).
        leverage: Largest leverage, or something larger that is still below ``DETERMINED``; (m,).
        control: Sum of squared residuals in the control arm; shape (m,).
        clusters: Clusters that have the outcome; shape (m,), or (0,) without clusters.
        paths: Covariance of the effects of each path; shape (k, k) each.
    """

    squares: Floats
    taken: Floats
    mixed: Floats
    leverage: Floats
    control: Floats
    clusters: Floats
    paths: tuple[Floats, ...]

    @classmethod
    def empty(cls, m: int, paths: Sequence[Columns], *, take_up: bool, clustered: bool) -> Spread:
        """Nobody yet."""
        some, none = np.zeros(m), np.zeros(0)
        return cls(
            squares=some.copy(),
            taken=(some if take_up else none).copy(),
            mixed=(some if take_up else none).copy(),
            leverage=some.copy(),
            control=some.copy(),
            clusters=(some if clustered else none).copy(),
            paths=tuple(np.zeros((k, k)) for k in (np.arange(m)[path].size for path in paths)),
        )

    def add(self, other: Spread) -> None:
        """Add what was found in a chunk."""
        np.fmax(self.leverage, other.leverage, out=self.leverage)
        for name in [f.name for f in fields(self) if f.name not in ("leverage", "paths")]:
            getattr(self, name)[:] += getattr(other, name)
        for mine, found in zip(self.paths, other.paths, strict=True):
            mine[:] += found

    def products(self, scores: Floats, paths: Sequence[Columns]) -> None:
        """Add squares and products of influences on the effects; shape (n, m)."""
        self.squares[:] += np.einsum("ij,ij->j", scores, scores)
        for path, total in zip(paths, self.paths, strict=True):
            part = scores[:, path]
            total[:] += part.T @ part


@dataclass(frozen=True)
class _Scores:
    """Influences of the people of a cell, zero where the outcome is missing.

    Attributes:
        outcome: On the effects; shape (n, m).
        taken: On the effect on take-up, by class; shape (n, u). None without take-up. Not zero
            where missing unless every outcome is a class of its own.
    """

    outcome: Floats
    taken: Floats | None


def _weights(cell: Cell, missing: Bools, plan: Plan, found: Spread, *, clustered: bool) -> Floats:
    """Weight of each person in each class of effects, over the root of one minus leverage."""
    size = plan.weight.shape[1]
    if size == 1:
        alone: Floats = plan.weight[cell.code]
        return alone if clustered else alone / np.sqrt(1.0 - plan.leverage[cell.code])
    weight: Floats = cell.features[:, :size] @ plan.weight[cell.code]
    leverage = cell.features @ plan.leverage[cell.code]
    highest = leverage.max(axis=0)[plan.classes]
    if highest.max() > DETERMINED:  # perhaps of somebody who does not have the outcome
        highest = np.where(missing, 0.0, leverage[:, plan.classes]).max(axis=0)
    np.fmax(found.leverage, highest, out=found.leverage)
    if not clustered:
        room = np.subtract(1.0, leverage, out=leverage)
        # Effects that need this bound are estimated again, with fewer covariates.
        np.maximum(room, 1.0 - DETERMINED, out=room)
        weight /= np.sqrt(room, out=room)
    return weight


def _scores(
    cell: Cell, part: Floats, missing: Bools, plan: Plan, found: Spread, *, clustered: bool
) -> _Scores:
    """Influences in one cell; largest leverage and squares of controls are added to ``found``."""
    code, size = cell.code, plan.weight.shape[1]
    basis, each = cell.features[:, :size], plan.weight.shape[2] == plan.classes.size
    weight = _weights(cell, missing, plan, found, clustered=clustered)
    rest: Floats
    if size == 1:  # a product with a column of ones is slow
        rest = part - plan.fitted[code]
    else:
        rest = basis @ plan.fitted[code]
        np.subtract(part, rest, out=rest)
    some = bool(missing.any())
    if some:
        np.copyto(rest, 0.0, where=missing)
    if size == 1 and code < plan.usable.shape[0]:
        squares = np.einsum("ij,ij->j", rest, rest)
        found.control[:] += np.where(plan.usable[code], squares, 0.0)
    taken = None
    if cell.take_up is not None and plan.taken is not None:
        taken = basis @ plan.taken[code]
        np.subtract(cell.take_up[:, None], taken, out=taken)
        taken *= weight
        if some and each:
            np.copyto(taken, 0.0, where=missing)
    rest *= weight if each or weight.shape[1] == 1 else weight[:, plan.classes]
    return _Scores(rest, taken)


def _add_cell(
    found: Spread, scores: _Scores, missing: Bools, classes: Ints, paths: Sequence[Columns]
) -> None:
    """Add the influences of a cell, each person being a cluster of one."""
    found.products(scores.outcome, paths)
    if scores.taken is None:
        return
    taken = scores.taken
    squares = np.einsum("ij,ij->j", taken, taken)
    if taken.shape[1] < classes.size:
        squares = squares[classes]
        absent = np.flatnonzero(missing.any(axis=0))
        if absent.size:
            seen = np.where(missing[:, absent], 0.0, taken[:, classes[absent]])
            squares[absent] = np.einsum("ij,ij->j", seen, seen)
        taken = taken if taken.shape[1] == 1 else taken[:, classes]
    found.taken[:] += squares
    if taken.shape[1] == 1:
        found.mixed[:] += taken[:, 0] @ scores.outcome
    else:
        found.mixed[:] += np.einsum("ij,ij->j", taken, scores.outcome)


def second_pass(
    people: Iterable[Cell],
    y: Floats,
    plans: Sequence[Plan],
    paths: Sequence[Columns],
    cluster: Ints | None = None,
) -> list[Spread]:
    """Variances and covariances that a chunk adds, for each plan.

    Args:
        people: Its cells.
        y: Its outcomes, NaN where missing; shape (n, m).
        plans: Regressions of the same people.
        paths: Outcomes whose effects' covariance is asked for.
        cluster: Who the rows belong to; then influences are summed before they are squared and
            nothing is divided by one minus the leverage; shape (n,).

    Returns:
        One for each plan.
    """
    m, clustered = y.shape[1], cluster is not None
    out = [
        Spread.empty(m, paths, take_up=plan.taken is not None, clustered=clustered)
        for plan in plans
    ]
    # Rows of a person stand in several cells, so that all of a chunk must be known to add them.
    whole = [[np.zeros(y.shape) for _ in range(3)] for _ in plans] if clustered else []
    for cell in people:
        part = y[cell.rows]
        missing = np.isnan(part)
        for i, (plan, found) in enumerate(zip(plans, out, strict=True)):
            scores = _scores(cell, part, missing, plan, found, clustered=clustered)
            if not clustered:
                _add_cell(found, scores, missing, plan.classes, paths)
                continue
            seen = ~missing & plan.usable[cell.code % plan.usable.shape[0]]
            whole[i][0][cell.rows] = scores.outcome
            whole[i][1][cell.rows] = seen
            if scores.taken is not None:
                whole[i][2][cell.rows] = np.where(seen, scores.taken[:, plan.classes], 0.0)
    if cluster is not None and cluster.size:
        order = np.argsort(cluster, kind="stable")
        starts = np.flatnonzero(np.diff(cluster[order], prepend=cluster[order[0]] - 1))
        for found, (outcome, seen, taken) in zip(out, whole, strict=True):
            scores_of, taken_of = (np.add.reduceat(v[order], starts) for v in (outcome, taken))
            found.products(scores_of, paths)
            found.clusters[:] += (np.add.reduceat(seen[order], starts) > 0).sum(axis=0)
            if found.taken.size:
                found.taken[:] += np.einsum("ij,ij->j", taken_of, taken_of)
                found.mixed[:] += np.einsum("ij,ij->j", taken_of, scores_of)
    return out
