"""People drawn later although first not drawn: a row per person and draw, and what it gives.

The comparison by first draw (:func:`finsam_report.estimators.itt.itt`) holds whatever happens
later, but it is diluted when controls are drawn in a later draw. The stack takes every draw as
an experiment of its own among those eligible and not yet drawn; errors are clustered by person.
Its effects are diluted too; :func:`stacked_effects` gives them, and what they imply for being
drawn against never being drawn if an effect depends only on the months since one's own draw.
:mod:`finsam_report.estimators.censoring` follows controls up to their later draw instead.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from finsam_report.estimators.stack import Stack

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


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
    """Effects by month since the draw on one outcome; see :func:`several_stacked_effects`.

    Args:
        rows: From :func:`stack`.
        outcomes: Outcomes of months 1 to t since the draw, NaN where missing; shape (s, t).
        covariates: As there.
        covariance: As there.
        level: Level of the intervals.
    """
    return several_stacked_effects(rows, outcomes[:, None, :], covariates, covariance, level)[0]


def several_stacked_effects(
    rows: Stack,
    outcomes: Floats,
    covariates: Floats | None = None,
    covariance: Literal["CR1", "CR2"] = "CR1",
    level: float = 0.95,
) -> list[StackedEffects]:
    """Effects by month since the draw in the stack, with errors clustered by person.

    With an effect e(k) in month k after one's own draw, equal for all, the effect of a draw is
    b(k) = e(k) + sum over j < k of p(j) e(k - j), where p(j) is the effect of the draw on being
    drawn j months later: minus the share of the controls then drawn, at least where nobody is
    drawn twice. Solved month by month, with the joint covariance of all b and p. Each month's
    p rest on the rows with the outcome of that month, as its b does.

    Args:
        rows: From :func:`stack`.
        outcomes: m outcomes in months 1 to t since the draw, NaN where missing; shape (s, m, t).
            Outcomes and months seen in the same rows share the work.
        covariates: Complete covariates known at the draw, for Lin's adjustment; shape (s, p).
            Those too rare in the whole stack are left out, and all in months that leave an arm
            fewer than ten residual degrees of freedom.
        covariance: As in :func:`finsam_report.estimators.ols.coefficient`.
        level: Level of the intervals.

    Returns:
        For each outcome, see :class:`StackedEffects`. Draws with fewer than two rows in an arm
        are left out. The undiluted effect of a month needs those of all months before.

    References:
        Cellini, Ferreira and Rothstein (2010), Quarterly Journal of Economics 125(1).
    """
    block = np.unique(rows.draw, return_inverse=True)[1]
    cluster = np.unique(rows.person, return_inverse=True)[1]
    s, several, horizon = outcomes.shape
    every = outcomes.reshape(s, several * horizon)
    people = int(cluster.max(initial=-1)) + 1
    x = np.zeros((s, 0)) if covariates is None else covariates
    if covariates is not None:
        x = usable_covariates(rows.support, block, x)
    offered, df = (np.full(every.shape[1], np.nan) for _ in range(2))
    scores = np.full((people, every.shape[1]), np.nan)
    later: dict[int, tuple[Floats, Floats]] = {}  # p(1), p(2), … for the rows of each column
    counts = np.zeros((2, every.shape[1]), dtype=np.int64)
    for seen, columns in patterns(every):
        keep = seen.copy()
        keep[seen] = usable(rows.support[seen], block[seen])
        z, b = rows.support[keep], block[keep]
        counts[0, columns], counts[1, columns] = int(z.sum()), int((~z).sum())
        last = int((columns % horizon).max())
        drawn = rows.later[keep, None] == np.arange(1, last + 1)
        y = np.hstack([every[np.ix_(keep, columns)], drawn.astype(np.float64)])
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
        shared = found[m:], influence[:, m:].copy()
        later |= dict.fromkeys(columns.tolist(), shared)
    out = []
    for number in range(several):
        at = slice(number * horizon, (number + 1) * horizon)
        mine = {k - at.start: later[k] for k in range(at.start, at.stop) if k in later}
        numbers = offered[at], scores[:, at], df[at], counts[0, at], counts[1, at]
        out.append(_undiluted(*numbers, mine, level))
    return out


def _undiluted(
    offered: Floats,
    scores: Floats,
    df: Floats,
    n_support: Ints,
    n_control: Ints,
    later: Mapping[int, tuple[Floats, Floats]],
    level: float,
) -> StackedEffects:
    """Solve the equation of the effects month by month; shapes (t,) and (people, t)."""
    own, own_scores, caught = offered.copy(), scores.copy(), np.full(offered.size, np.nan)
    for k in range(offered.size):
        if k not in later:
            continue
        # e(k - j) for j = 1, 2, …: the months before this one, the latest first.
        p, before = later[k][0][:k], own[:k][::-1]
        caught[k] = p.sum()
        own[k] -= p @ before
        own_scores[:, k] -= later[k][1][:, :k] @ before + own_scores[:, :k][:, ::-1] @ p
    return StackedEffects(
        offered=path(offered, scores, df, n_support, n_control, level),
        undiluted=path(own, own_scores, df, n_support, n_control, level),
        caught_up=caught,
    )
