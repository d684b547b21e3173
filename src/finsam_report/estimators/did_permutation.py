"""Permutation of entry dates: how large effects are that chance alone would give.

If treatment changes nobody's outcome, and units might as well have started at each other's
dates, the statistic found is one of those that come of exchanging the dates. Outcomes stay as
they are, so that everything that does not depend on the dates is computed once.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from finsam_report.estimators.did_fixed import (
    TwoWay,
    column_designs,
    sum_by_cluster,
    two_way,
    without_rounding,
)
from finsam_report.estimators.panel import NEVER, Floats, Ints, Panel
from finsam_report.estimators.randomisation import p_values

Comparison = Literal["never", "not_yet"]

_CHUNK = 64
_WORKERS = 2
_FLAT = 1e-12


@dataclass(frozen=True)
class Permutation:
    """A permutation test of K columns.

    Attributes:
        statistic: As found; shape (K,).
        drawn: In every draw; shape (R, K).
        p_value: (1 + draws at least as far from zero) / (1 + R); NaN where the statistic is;
            shape (K,).
    """

    statistic: Floats
    drawn: Floats
    p_value: Floats


def draw_cohorts(
    cohort: Ints,
    draws: int,
    rng: np.random.Generator,
    *,
    block: Ints | None = None,
    together: Ints | None = None,
) -> Ints:
    """Entry dates exchanged among units, again and again.

    Args:
        cohort: First year under treatment, NEVER where there is none; shape (n,).
        draws: How many.
        rng: Source of chance.
        block: Dates are exchanged within blocks only, such as counties; shape (n,).
        together: Units with the same number keep starting together; shape (n,).

    Returns:
        Shape (R, n).

    Raises:
        ValueError: Units that are to start together have different dates or blocks.
    """
    group = np.arange(cohort.size) if together is None else together
    blocks = np.zeros(cohort.size, dtype=np.int64) if block is None else block
    _, first, code = np.unique(group, return_index=True, return_inverse=True)
    date, place = cohort[first], blocks[first]
    if not (np.array_equal(date[code], cohort) and np.array_equal(place[code], blocks)):
        raise ValueError("units that start together must have one date and one block")
    order = np.argsort(place, kind="stable")
    # Sorted by block and then by chance: each block's dates in an order of their own.
    chance = rng.random((draws, date.size))
    mixed = np.lexsort((chance, np.broadcast_to(place, chance.shape)), axis=1)
    out = np.empty((draws, date.size), dtype=np.int64)
    out[:, order] = date[mixed]
    return out[:, code]


def _test(found: Floats, drawn: Floats) -> Permutation:
    return Permutation(found, drawn, p_values(found, drawn))


def _over(draws: Ints, columns: int, statistic: Callable[[Ints], Floats]) -> Floats:
    """A statistic of some draws (r, n), for all of them; always cut in the same places."""
    if len(draws) == 0:
        return np.empty((0, columns))
    parts = [draws[at : at + _CHUNK] for at in range(0, len(draws), _CHUNK)]
    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        return np.vstack(list(pool.map(statistic, parts)))


def permute(panel: Panel, draws: Ints, statistic: Callable[[Panel], Floats]) -> Permutation:
    """Permutation test with any statistic.

    Args:
        panel: The panel.
        draws: Entry dates from :func:`draw_cohorts`; shape (R, n).
        statistic: Gives a number for each column; shape (K,).
    """
    drawn = [statistic(replace(panel, cohort=cohort)) for cohort in draws]
    return _test(statistic(panel), np.array(drawn).reshape(len(draws), panel.columns))


@dataclass(frozen=True)
class _Course:
    """What a design gives for every date a unit may have; C dates, n units, T years.

    Attributes:
        design: Unit and year effects.
        outcome: Weighted residuals of outcomes on them; shape (n, T, K).
        plain: Sum of those over years under treatment; shape (C, n, K).
        square: Weighted sum of squares of treatment about its mean; shape (C, n).
        linear: Treatment about its weighted mean, weighted; shape (C, n, T).
    """

    design: TwoWay
    outcome: Floats
    plain: Floats
    square: Floats
    linear: Floats


def _course(panel: Panel, weight: Floats, columns: Ints) -> _Course:
    dates = np.unique(panel.cohort)
    under = (panel.years[None, :] >= dates[:, None]).astype(np.float64)
    design = two_way(weight)
    outcome = design.residual(np.nan_to_num(panel.outcome[:, :, columns])) * weight[:, :, None]
    plain = np.tensordot(under, outcome, axes=(1, 1))
    mean = under @ weight.T / design.unit_total
    linear = (under[:, None, :] - mean[:, :, None]) * weight
    square = np.einsum("cnt,ct->cn", linear, under)
    return _Course(design, outcome, plain, square, linear)


def _static_t(course: _Course, cluster: Ints, code: Ints, member: Floats) -> Floats:
    """Coefficient over its clustered standard error in each draw; shape (r, K).

    Args:
        course: What the design gives.
        cluster: Cluster of each unit; shape (n,).
        code: Position of each unit's date; shape (r, n).
        member: The same as indicators; shape (r, C, n).
    """
    weight, total = course.design.weight, course.design.unit_total
    unit = np.arange(code.shape[1])
    by_year = member.reshape(len(code), -1) @ course.linear.reshape(-1, weight.shape[1])
    year = by_year @ course.design.inverse
    # Treatment less year effects, about the unit's mean: its square, by unit.
    shift = np.tensordot(year, course.linear, axes=(1, 2))
    level = (year @ weight.T) ** 2 / total
    own_square = course.square[code, unit] + (year**2) @ weight.T - level
    own_square -= 2 * shift[np.arange(len(code))[:, None], code, unit]
    product = course.plain[code, unit] - np.tensordot(year, course.outcome, axes=(1, 1))
    length = own_square.sum(axis=1)[:, None]
    known = length > _FLAT * weight.sum()
    estimate = product.sum(axis=1) / np.where(known, length, 1.0)
    score = product - estimate[:, None, :] * own_square[:, :, None]
    by_cluster = sum_by_cluster(score.transpose(1, 0, 2), cluster)
    variance = np.einsum("grk,grk->rk", by_cluster, by_cluster)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known & (variance > 0), estimate * length / np.sqrt(variance), np.nan)


def permute_static(panel: Panel, draws: Ints) -> Permutation:
    """Permutation test with the t statistic of :func:`did_twfe.static_effect`.

    The statistic is the coefficient over its clustered standard error, without the small-sample
    factor, which is the same in every draw.

    Args:
        panel: The panel; missing outcomes are left out column by column.
        draws: Entry dates from :func:`draw_cohorts`; shape (R, n).
    """
    designs = column_designs(panel, ~np.isnan(panel.outcome))
    courses = [(columns, _course(panel, weight, columns)) for columns, weight in designs]
    dates = np.unique(panel.cohort)

    def some(part: Ints) -> Floats:
        out = np.empty((len(part), panel.columns))
        member = (part[:, None, :] == dates[None, :, None]).astype(np.float64)
        code = np.searchsorted(dates, part)
        for columns, course in courses:
            out[:, columns] = _static_t(course, panel.cluster, code, member)
        return out

    return _test(some(panel.cohort[None])[0], _over(draws, panel.columns, some))


def _simple(panel: Panel, comparison: Comparison, cohorts: Ints) -> Floats:
    """Mean effect on the treated in each draw, from mean outcomes of cohorts; shape (r, K)."""
    start = np.append(panel.years, NEVER)[np.searchsorted(panel.years, cohorts)]
    dates = np.unique(panel.start)
    # Levels of units drop out of every change; without them a constant outcome is zero exactly.
    value = panel.outcome - panel.outcome.mean(axis=1, keepdims=True)
    value = without_rounding(value, panel.outcome) * panel.weight[:, None, :]
    value = value.reshape(panel.units, -1)
    member = (start[:, None, :] == dates[None, :, None]).astype(np.float64)
    flat = member.reshape(-1, panel.units)
    size = (flat @ panel.weight).reshape(len(cohorts), dates.size, panel.weight.shape[1])
    total = (flat @ value).reshape(len(cohorts), dates.size, *panel.outcome.shape[1:])
    effect, count = np.zeros((2, len(cohorts), panel.columns))
    for c, date in enumerate(dates):
        base = int(np.searchsorted(panel.years, date)) - 1
        if base < 0 or date == NEVER:
            continue
        own = total[:, c] / size[:, c, None]
        for t in range(base + 1, panel.years.size):
            others = dates > (panel.years[t] if comparison == "not_yet" else panel.years[-1])
            with np.errstate(invalid="ignore"):
                change = (total[:, others, t] - total[:, others, base]).sum(axis=1)
                difference = own[:, t] - own[:, base] - change / size[:, others].sum(axis=1)
            known = others.any()
            effect += np.where(known, size[:, c] * difference, 0.0)
            count += size[:, c] * known
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(count > 0, effect / count, np.nan)


def permute_simple(panel: Panel, draws: Ints, comparison: Comparison = "never") -> Permutation:
    """Permutation test with the mean effect on the treated, by cohorts' mean outcomes.

    The statistic is the simple mean of group-time effects without covariates, over treated units
    and years, each against the year before the start. Columns with missing outcomes are NaN.

    Args:
        panel: The panel.
        draws: Entry dates from :func:`draw_cohorts`; shape (R, n).
        comparison: Units never treated, or those not yet treated in the year.
    """

    def some(part: Ints) -> Floats:
        return _simple(panel, comparison, part)

    return _test(some(panel.cohort[None])[0], _over(draws, panel.columns, some))
