"""People drawn later although first not drawn: a row per person and draw, and what it gives.

The comparison by first draw (:func:`finsam_report.estimators.itt.itt`) holds whatever happens
later, but it is diluted when controls are drawn in a later draw. The stack takes every draw as
an experiment of its own among those eligible and not yet drawn; errors are clustered by person.
Its effects are diluted too; :func:`stacked_effects` gives them, and what they imply for being
drawn against never being drawn if an effect depends only on the months since one's own draw.
:mod:`finsam_report.estimators.censoring` follows controls up to their later draw instead.

Month k is column k - 1. Somebody drawn j months after a draw is not yet affected in month j,
and is from month j + 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from finsam_report.estimators.itt import (
    MINIMUM_ROOM,
    interacted_design,
    interval,
    patterns,
    usable,
    usable_covariates,
)
from finsam_report.estimators.ols import coefficient, independent_columns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NEVER = 0


@dataclass(frozen=True)
class Stack:
    """A row per person and draw in which the person was eligible and not yet drawn.

    Attributes:
        row: Which element of the list of the eligible each row comes from; shape (s,).
        person: Person of each row; shape (s,).
        draw: Draw of each row: the block; shape (s,).
        support: Whether the person was drawn in that draw; shape (s,).
        later: Months until the person was drawn in a later draw, 0 if never; shape (s,).
        first: Whether it is the person's first draw; shape (s,).
    """

    row: Ints
    person: Ints
    draw: Ints
    support: Bools
    later: Ints
    first: Bools


@dataclass(frozen=True)
class Path:
    """An effect by month since the draw; arrays have shape (t,) if nothing else is said.

    Attributes:
        estimate: Effect; NaN where it cannot be estimated.
        std_error: Its standard error.
        covariance: Of the months' estimates; shape (t, t).
        df: Degrees of freedom.
        ci_low: Lower end of the pointwise interval.
        ci_high: Upper end of it.
        p_value: Two-sided, pointwise.
        n_support: Rows in the support arm.
        n_control: Rows in the control arm.
    """

    estimate: Floats
    std_error: Floats
    covariance: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    n_support: Ints
    n_control: Ints


@dataclass(frozen=True)
class StackedEffects:
    """Effects in the stack.

    Attributes:
        offered: Of being drawn in a draw, whatever happens later.
        undiluted: Of being drawn against never being drawn, under equal effects for all.
        caught_up: Effect of a draw on having been drawn later before the month: minus the share
            of controls already affected by a later draw; shape (t,).
    """

    offered: Path
    undiluted: Path
    caught_up: Floats


def path(
    estimate: Floats, scores: Floats, df: Floats, n_support: Ints, n_control: Ints, level: float
) -> Path:
    """A path from estimates (t,) and influences (n, t), a column of NaN where there is none."""
    covariance = scores.T @ scores
    error = np.sqrt(np.diag(covariance))
    low, high, p = interval(estimate, error, df, level)
    return Path(estimate, error, covariance, df, low, high, p, n_support, n_control)


def stack(person: Ints, draw: Ints, drawn: Bools, month: Ints) -> Stack:
    """The stack from the list of who was eligible in which draw.

    Args:
        person: Person of each element of the list; any codes; shape (n,).
        draw: Draw of each element; any codes; shape (n,).
        drawn: Whether the person was drawn in that draw; shape (n,).
        month: Calendar month of the draw, counted without gaps between years; shape (n,).

    Returns:
        The rows up to each person's first time drawn, by person and month; see :class:`Stack`.

    Raises:
        ValueError: A draw has several months, or a person is in two draws of one month.
    """
    pairs = np.unique(np.column_stack([draw, month]), axis=0)
    if np.unique(pairs[:, 0]).size != pairs.shape[0]:
        raise ValueError("every draw must have one month")
    order = np.lexsort((month, person))
    who, when, hit = person[order], month[order], drawn[order]
    start = np.append(True, who[1:] != who[:-1])[: who.size]
    if np.any(~start[1:] & (when[1:] == when[:-1])):
        raise ValueError("a person is in two draws of one month")
    code = start.cumsum() - 1
    never = np.iinfo(np.int64).max
    own = np.full(int(start.sum()), never)
    np.minimum.at(own, code[hit], when[hit])
    own = own[code]
    keep = when <= own
    later = np.where((own == never) | (own == when), NEVER, own - when)
    return Stack(order[keep], who[keep], draw[order][keep], hit[keep], later[keep], start[keep])


def months_since(panel: Floats, person: Ints, column: Ints, horizon: int) -> Floats:
    """Outcomes by months since the draw, from outcomes by calendar month.

    Args:
        panel: Outcomes by person and calendar month; shape (people, months).
        person: Row of the panel for each row of the stack; shape (s,).
        column: Column of the panel that is the month of the draw; shape (s,).
        horizon: Last month since the draw.

    Returns:
        Months 1 to ``horizon``, NaN where the panel does not reach; shape (s, horizon).
    """
    columns = column[:, None] + np.arange(1, horizon + 1)
    inside = (columns >= 0) & (columns < panel.shape[1])
    return np.where(inside, panel[person[:, None], np.where(inside, columns, 0)], np.nan)


def _summed(code: Ints, values: Floats) -> Floats:
    """Sums of rows (n, m) by code; shape (codes, m)."""
    n, size = code.size, int(code.max()) + 1
    sums: Floats = sparse.csr_array((np.ones(n), (code, np.arange(n))), shape=(size, n)) @ values
    return sums


def _clustered(
    support: Bools, block: Ints, x: Floats, y: Floats, cluster: Ints
) -> tuple[Floats, Floats, float]:
    """Effects, CR1 influences by cluster, and degrees of freedom.

    The regression of :func:`finsam_report.estimators.itt.fit` is one per arm, with a mean per
    block; taking those means out first spares factorising a column per draw and arm.
    """
    n = support.size
    code = np.unique(block, return_inverse=True)[1]
    cell = 2 * code + support
    count = np.bincount(cell)
    residual = y - (_summed(cell, y) / count[:, None])[cell]
    weight = (np.bincount(code) / n)[code] / count[cell]
    k = count.size
    if x.shape[1]:
        own = x - (_summed(cell, x) / count[:, None])[cell]
        for arm in (support, ~support):
            keep = independent_columns(own[arm])
            basis, triangle = np.linalg.qr(own[arm][:, keep])
            gap = (x.mean(axis=0) - weight[arm] @ x[arm])[keep]
            weight[arm] += basis @ np.linalg.solve(triangle.T, gap)
            residual[arm] -= basis @ (basis.T @ residual[arm])
            k += int(keep.sum())
    weight = np.where(support, weight, -weight)
    who = np.unique(cluster, return_inverse=True)[1]
    size = int(who.max()) + 1
    if size < 2 or n <= k:
        raise ValueError(f"{n} rows of {size} people are too few for {k} coefficients")
    factor = np.sqrt(size / (size - 1) * (n - 1) / (n - k))
    return weight @ y, factor * _summed(who, weight[:, None] * residual), size - 1.0


def stacked_effects(
    rows: Stack,
    outcomes: Floats,
    covariates: Floats | None = None,
    covariance: Literal["CR1", "CR2"] = "CR1",
    level: float = 0.95,
) -> StackedEffects:
    """Effects by month since the draw in the stack, with errors clustered by person.

    With an effect e(k) in month k after one's own draw, equal for all, the effect of a draw is
    b(k) = e(k) + sum over j < k of p(j) e(k - j), where p(j) is the effect of the draw on being
    drawn j months later: minus the share of the controls then drawn, at least where nobody is
    drawn twice. Solved month by month, with the joint covariance of all b and p. Each month's
    p rest on the rows with the outcome of that month, as its b does.

    Args:
        rows: From :func:`stack`.
        outcomes: Outcomes of months 1 to t since the draw, NaN where missing; shape (s, t).
        covariates: Complete covariates known at the draw, for Lin's adjustment; shape (s, p).
            Those too rare in the whole stack are left out, and all in months that leave an arm
            fewer than ten residual degrees of freedom.
        covariance: As in :func:`finsam_report.estimators.ols.coefficient`.
        level: Level of the intervals.

    Returns:
        See :class:`StackedEffects`. Draws with fewer than two rows in an arm are left out. The
        undiluted effect of a month needs those of all months before.

    References:
        Cellini, Ferreira and Rothstein (2010), Quarterly Journal of Economics 125(1).
    """
    block = np.unique(rows.draw, return_inverse=True)[1]
    cluster = np.unique(rows.person, return_inverse=True)[1]
    s, horizon = outcomes.shape
    people = int(cluster.max(initial=-1)) + 1
    x = np.zeros((s, 0)) if covariates is None else covariates
    if covariates is not None:
        x = usable_covariates(rows.support, block, x)
    offered, df, caught = (np.full(horizon, np.nan) for _ in range(3))
    scores = np.full((people, horizon), np.nan)
    later = np.full((horizon, horizon), np.nan)  # p(1), p(2), … for the rows of each month
    later_scores: dict[int, Floats] = {}
    counts = np.zeros((2, horizon), dtype=np.int64)
    for seen, columns in patterns(outcomes):
        keep = seen.copy()
        keep[seen] = usable(rows.support[seen], block[seen])
        z, b = rows.support[keep], block[keep]
        counts[0, columns], counts[1, columns] = int(z.sum()), int((~z).sum())
        last = int(columns.max())
        drawn = rows.later[keep, None] == np.arange(1, last + 1)
        y = np.hstack([outcomes[np.ix_(keep, columns)], drawn.astype(np.float64)])
        if not z.any() or z.all():
            continue
        room = min(z.sum(), (~z).sum()) - np.unique(b).size - x.shape[1] >= MINIMUM_ROOM
        own_x = x[keep] if room else x[keep, :0]
        try:
            if covariance == "CR1":
                found, parts, free = _clustered(z, b, own_x, y, cluster[keep])
            else:
                design = interacted_design(z, b, own_x)
                fit = coefficient(z.astype(np.float64), design, y, covariance, cluster[keep])
                found, parts, free = fit.estimate, fit.scores, fit.df
        except ValueError:
            continue
        influence = np.zeros((people, y.shape[1]))
        influence[np.unique(cluster[keep])] = parts
        m = columns.size
        offered[columns], df[columns] = found[:m], free
        scores[:, columns] = influence[:, :m]
        for k in columns:
            later[k, :k] = found[m : m + k]
            caught[k] = later[k, :k].sum()
            later_scores[int(k)] = influence[:, m:]
    own, own_scores = offered.copy(), scores.copy()
    for k in range(1, horizon):
        if k not in later_scores:
            continue
        # e(k - j) for j = 1, 2, …: the months before this one, the latest first.
        p, before = later[k, :k], own[:k][::-1]
        own[k] -= p @ before
        own_scores[:, k] -= later_scores[k][:, :k] @ before + own_scores[:, :k][:, ::-1] @ p
    return StackedEffects(
        offered=path(offered, scores, df, counts[0], counts[1], level),
        undiluted=path(own, own_scores, df, counts[0], counts[1], level),
        caught_up=caught,
    )
