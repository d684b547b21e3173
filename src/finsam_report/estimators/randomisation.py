"""Randomisation inference: the actual assignment drawn again, with a studentised statistic.

The sharp null says that support changes nobody's outcome. Outcomes are residualised once on
blocks and covariates, which the null leaves untouched; every draw is then a matrix product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import MINIMUM_CELL, patterns

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_TIE = 1e-9
_ROUNDING = 1e-12
_CHUNK = 256
_WORKERS = 2


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


def residualise(
    block: npt.NDArray[np.int64],
    covariates: Floats,
    outcomes: Floats,
    *,
    standardise: bool = True,
) -> Floats:
    """Residuals of each outcome on block means and covariates.

    Args:
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p), p may be 0.
        outcomes: Outcomes, NaN where missing; shape (n, m).
        standardise: Whether residuals are in units of their own standard deviation.

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
        # What blocks and covariates explain in full leaves rounding, which is no outcome.
        varies = spread > _ROUNDING * np.abs(outcomes[np.ix_(rows, columns)]).max(axis=0)
        unit = spread if standardise else np.ones(columns.size)
        out[np.ix_(rows, columns)] = np.where(varies, y, 0.0) / np.where(varies, unit, 1.0)
    return out


@dataclass(frozen=True)
class _Block:
    """What a draw is multiplied with in one block, for all outcomes at once.

    Attributes:
        people: Positions of the block's people; shape (p,).
        stacked: Outcomes, their squares and, where any is missing, who has them; shape (p, k).
        seen: How many have each outcome; shape (m,).
        total: Sum of each outcome; shape (m,).
        squares: Sum of squares of each outcome; shape (m,).
    """

    people: npt.NDArray[np.int64]
    stacked: Floats
    seen: Floats
    total: Floats
    squares: Floats


def _blocks(assignment: Assignment, values: Floats) -> list[_Block]:
    observed = ~np.isnan(values)
    filled = np.where(observed, values, 0.0)
    out = []
    for people in assignment.members():
        mask, y = observed[people].astype(np.float64), filled[people]
        # Without missing outcomes the number assigned is the number seen.
        parts = [y, y**2] if mask.all() else [y, y**2, mask]
        out.append(_Block(people, np.hstack(parts), mask.sum(0), y.sum(0), (y**2).sum(0)))
    return out


def _differences(blocks: Sequence[_Block], drawn: Bools) -> tuple[Floats, Floats, Floats]:
    """Sums over blocks of size times difference, size squared times variance, and size.

    Shapes (draws, m) each; a block counts for an outcome where both arms have two people.
    """
    m = blocks[0].seen.size
    difference, variance, total = (np.zeros((drawn.shape[0], m)) for _ in range(3))
    for block in blocks:
        z = drawn[:, block.people].astype(np.float64)
        sums = z @ block.stacked
        s1, q1 = sums[:, :m], sums[:, m : 2 * m]
        n1 = sums[:, 2 * m :] if sums.shape[1] > 2 * m else z.sum(1, keepdims=True)
        n0, s0, q0 = block.seen - n1, block.total - s1, block.squares - q1
        fine = (n1 >= MINIMUM_CELL) & (n0 >= MINIMUM_CELL)
        a1, a0 = np.where(fine, n1, 2.0), np.where(fine, n0, 2.0)
        weight = np.where(fine, block.seen, 0.0)
        var1 = np.maximum(q1 - s1**2 / a1, 0.0) / (a1 - 1) / a1
        var0 = np.maximum(q0 - s0**2 / a0, 0.0) / (a0 - 1) / a0
        difference += weight * (s1 / a1 - s0 / a0)
        variance += weight**2 * (var1 + var0)
        total += weight
    return difference, variance, total


def _studentise(difference: Floats, variance: Floats, total: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        # With no spread within either arm the difference itself decides.
        t = np.where(variance > 0, difference / np.sqrt(variance), np.sign(difference) * np.inf)
        t = np.where((variance <= 0) & (np.abs(difference) <= _TIE * total), 0.0, t)
        return np.where(total > 0, t, np.nan)


def over_draws(
    assignment: Assignment,
    drawn: Bools,
    values: Floats,
    statistic: Callable[[Floats, Floats, Floats], Floats],
) -> Floats:
    """A statistic of the block-weighted differences, for every draw.

    Args:
        assignment: The design.
        drawn: Assignments; shape (draws, n).
        values: Residualised outcomes, NaN where missing; shape (n, m).
        statistic: Takes the sums over blocks of size times difference, of size squared times
            Neyman's variance, and of size, shapes (d, m), for some of the draws; gives (d, k).

    Returns:
        The statistic; shape (draws, k). It does not depend on how many cores there are, because
        the draws are always cut in the same places.
    """
    blocks = _blocks(assignment, values)

    def some(part: Bools) -> Floats:
        return statistic(*_differences(blocks, part))

    parts = [drawn[at : at + _CHUNK] for at in range(0, max(drawn.shape[0], 1), _CHUNK)]
    if len(parts) == 1:
        return some(parts[0])
    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        return np.vstack(list(pool.map(some, parts)))


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
    realised = over_draws(assignment, support[None, :], values, _studentise)[0]
    drawn = over_draws(assignment, draws, values, _studentise)
    p = p_values(realised, drawn)
    m = outcomes.shape[1]
    parts = [slice(i * m, (i + 1) * m) for i in range(len(covariates))]
    return tuple(Randomisation(realised[at], drawn[:, at], p[at]) for at in parts)
