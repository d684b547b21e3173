"""Randomisation inference: the actual assignment drawn again, with a studentised statistic.

The sharp null says that support changes nobody's outcome. Outcomes are residualised once on
blocks and covariates, which the null leaves untouched; every draw is then a matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import MINIMUM_CELL, patterns

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_TIE = 1e-9


@dataclass(frozen=True)
class Randomisation:
    """Result of randomisation inference.

    Attributes:
        statistic: Studentised difference that was realised; shape (m,).
        drawn: The statistic in every draw; shape (draws, m).
        p_value: (1 + draws at least as extreme) / (1 + draws), two-sided; shape (m,).
    """

    statistic: Floats
    drawn: Floats
    p_value: Floats


def residualise(block: npt.NDArray[np.int64], covariates: Floats, outcomes: Floats) -> Floats:
    """Residuals of each outcome on block means and covariates, in units of their own SD.

    Args:
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p), p may be 0.
        outcomes: Outcomes, NaN where missing; shape (n, m).

    Returns:
        Residuals, NaN where the outcome is; shape (n, m).
    """
    out = np.full(outcomes.shape, np.nan)
    for rows, columns in patterns(outcomes):
        if not rows.any():
            continue
        b, y = block[rows], outcomes[np.ix_(rows, columns)]
        stacked = np.hstack([y, covariates[rows]])
        counts = np.maximum(np.bincount(b), 1)
        sums = np.zeros((counts.size, stacked.shape[1]))
        np.add.at(sums, b, stacked)
        stacked = stacked - (sums / counts[:, None])[b]
        y, x = stacked[:, : columns.size], stacked[:, columns.size :]
        if x.shape[1]:
            y = y - x @ np.linalg.lstsq(x, y, rcond=1e-10)[0]
        spread = y.std(axis=0)
        out[np.ix_(rows, columns)] = y / np.where(spread > 0, spread, 1.0)
    return out


def _statistics(assignment: Assignment, drawn: Bools, values: Floats) -> Floats:
    """Studentised block-weighted difference for every draw and outcome; shape (draws, m)."""
    observed = ~np.isnan(values)
    filled = np.where(observed, values, 0.0)
    shape = (drawn.shape[0], values.shape[1])
    difference, variance, total = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for people in assignment.members():
        z = drawn[:, people].astype(np.float64)
        mask, y = observed[people].astype(np.float64), filled[people]
        # Without missing outcomes the number assigned is the number seen.
        n1 = z @ mask if (mask == 0).any() else np.repeat(z.sum(1)[:, None], y.shape[1], axis=1)
        s1, q1 = z @ y, z @ y**2
        n0, s0, q0 = mask.sum(0) - n1, y.sum(0) - s1, (y**2).sum(0) - q1
        fine = (n1 >= MINIMUM_CELL) & (n0 >= MINIMUM_CELL)
        a1, a0 = np.where(fine, n1, 2.0), np.where(fine, n0, 2.0)
        weight = np.where(fine, mask.sum(0), 0.0)
        var1 = np.maximum(q1 - s1**2 / a1, 0.0) / (a1 - 1) / a1
        var0 = np.maximum(q0 - s0**2 / a0, 0.0) / (a0 - 1) / a0
        difference += weight * (s1 / a1 - s0 / a0)
        variance += weight**2 * (var1 + var0)
        total += weight
    with np.errstate(divide="ignore", invalid="ignore"):
        # With no spread within either arm the difference itself decides.
        t = np.where(variance > 0, difference / np.sqrt(variance), np.sign(difference) * np.inf)
        t = np.where((variance <= 0) & (np.abs(difference) <= _TIE * total), 0.0, t)
        return np.where(total > 0, t, np.nan)


def p_values(statistic: Floats, drawn: Floats) -> Floats:
    """Two-sided randomisation p-values; ties count as extreme. Shapes (m,) and (draws, m)."""
    extreme = np.abs(drawn) >= np.abs(statistic) * (1 - _TIE)
    p = (1.0 + extreme.sum(axis=0)) / (1.0 + drawn.shape[0])
    return np.where(np.isnan(statistic), np.nan, p)


def randomisation_tests(
    assignment: Assignment,
    support: Bools,
    outcomes: Floats,
    covariates: Sequence[Floats | None],
    draws: Bools,
) -> tuple[Randomisation, ...]:
    """Test the sharp null of no effect for every outcome, with each set of covariates.

    Args:
        assignment: The design that decided who got support.
        support: The assignment that was realised; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        covariates: Sets of complete covariates to adjust for; shape (n, p) each, or None.
        draws: Assignments from :meth:`Assignment.draw`; shape (draws, n).

    Returns:
        Statistics and p-values for each set; see :class:`Randomisation`.

    References:
        Imbens and Rubin (2015), chapter 5; Wu and Ding (2021) on studentising; Rosenbaum
        (2002) on residuals.
    """
    nothing = np.zeros((outcomes.shape[0], 0))
    values = np.hstack(
        [residualise(assignment.block, nothing if x is None else x, outcomes) for x in covariates]
    )
    realised = _statistics(assignment, support[None, :], values)[0]
    drawn = _statistics(assignment, draws, values)
    p = p_values(realised, drawn)
    m = outcomes.shape[1]
    parts = [slice(i * m, (i + 1) * m) for i in range(len(covariates))]
    return tuple(Randomisation(realised[at], drawn[:, at], p[at]) for at in parts)
