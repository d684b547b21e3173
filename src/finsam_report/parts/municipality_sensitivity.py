"""What if trends were not parallel, or if dates of joining were given out by chance?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.did_aggregate import Averages
from finsam_report.estimators.did_errors import cluster_sums
from finsam_report.estimators.did_honest import (
    breakdown,
    joint_covariance,
    largest_bend,
    smoothness,
)
from finsam_report.estimators.did_honest_relative import relative_breakdown, relative_magnitudes
from finsam_report.estimators.did_permutation import (
    draw_cohorts,
    permute_simple,
    permute_static,
)
from finsam_report.parts.ledger import POINTS
from finsam_report.parts.municipality_data import ALL, Data
from finsam_report.parts.municipality_effects import in_window
from finsam_report.parts.municipality_work import Work, made

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FIRST_YEARS = 5  # the effect that is asked about is the average over so many years
SHARES = (0.0, 0.25, 0.5, 1.0, 2.0)  # of the largest bend before joining
RELATIVE = (0.5, 1.0, 2.0)
BINS = 41
TREND = "percentage points a year, each year"
RATIO = "times the largest change before"


def _path(work: Work, events: Averages, k: Ints) -> Ints:
    """Years since joining that follow each other around the reference and have errors."""
    reference = -1 - work.part.anticipation
    place = {int(at): e for e, at in enumerate(events.at.tolist())}
    error = events.std_error[:, k]
    fine = np.isfinite(error).any(axis=1)
    # Every column that has errors at all must have one in each of the years.
    some = np.isfinite(error).any(axis=0)
    fine = fine & np.isfinite(error[:, some]).all(axis=1) & in_window(work, events.at)
    path: list[int] = []
    for step in (-1, 1):
        year = reference + step
        while year in place and fine[place[year]]:
            path.append(place[year])
            year += step
    return np.sort(np.array(path, dtype=np.int64))


def honest_rows(work: Work, data: Data, events: Averages) -> list[pd.DataFrame]:
    """The effect over the first years if trends bend, or change as much as they did before.

    Needs effects with one base; with a base that varies there are no such rows.
    """
    k = np.array(
        [i for i, c in enumerate(data.columns) if c.outcome in work.main and c.sex == ALL],
        dtype=np.int64,
    )
    e = _path(work, events, k)
    when = events.at
    event = when[e]
    after = event[event >= 0]
    reference = -1 - work.part.anticipation
    if work.part.base != "universal" or not after.size or not np.any(event < reference):
        return []
    target = np.zeros(np.count_nonzero(event > reference))
    first = np.flatnonzero(event[event > reference] >= 0)[:FIRST_YEARS]
    target[first] = 1 / first.size
    columns = tuple(data.columns[i] for i in k.tolist())
    estimate = events.estimate[np.ix_(e, k)]
    influence = events.influence[e][:, :, k]
    scores = cluster_sums(influence, events.cluster).transpose(1, 0, 2) / events.cluster.size
    covariance, level = joint_covariance(scores), work.choices.level
    bend = largest_bend(event, estimate)
    bound = np.array(SHARES)[:, None] * bend
    robust = smoothness(event, estimate, covariance, target, bound, level)
    relative = relative_magnitudes(event, estimate, covariance, target, np.array(RELATIVE), level)
    middle = target @ estimate[event > reference]
    out = [
        made(work, "honest", columns, "target_years", np.full(k.size, float(first.size)),
             unit="years"),
        made(work, "honest", columns, "parallel", middle),
        made(work, "honest", columns, "largest_bend", bend, unit=TREND),
        made(work, "honest_breakdown", columns, "smoothness",
             breakdown(event, estimate, covariance, target, level), unit=TREND),
        made(work, "honest_breakdown", columns, "relative",
             relative_breakdown(event, estimate, covariance, target, level), unit=RATIO),
        made(work, "honest", columns, "relative", np.full((len(RELATIVE), k.size), np.nan),
             at=np.array(RELATIVE), ci_low=relative.low, ci_high=relative.high, unit=POINTS),
    ]  # fmt: skip
    for j, column in enumerate(columns):
        distinct = np.unique(bound[:, j], return_index=True)[1] if bend[j] > 0 else np.array([0])
        out.append(
            made(work, "honest", (column,), "smoothness", robust.centre[distinct][:, [j]],
                 at=bound[distinct, j], ci_low=robust.low[distinct][:, [j]],
                 ci_high=robust.high[distinct][:, [j]])
        )  # fmt: skip
    return out


def permutation_rows(work: Work) -> list[pd.DataFrame]:
    """How large effects are that come of giving the dates of joining to other municipalities."""
    data = work.all
    panel = work.panel(data)
    if np.unique(panel.start).size < 2:
        return []
    rng = np.random.default_rng([work.choices.seed, 63])
    draws = draw_cohorts(panel.cohort, work.part.bootstrap, rng)
    # The mean of effects wants complete panels; the regression's t statistic does not.
    whole = not np.isnan(panel.outcome).any()
    if whole:
        name, unit, found = "simple", POINTS, permute_simple(panel, draws, work.part.comparison)
    else:
        name, unit, found = "static", "t", permute_static(panel, draws)
    out = [
        made(work, "permutation", data.columns, name, found.statistic, p_value=found.p_value,
             unit=unit, n_support=len(draws))
    ]  # fmt: skip
    for j, column in enumerate(data.columns):
        drawn = found.drawn[:, j]
        drawn = drawn[np.isfinite(drawn)]
        if not drawn.size or not np.isfinite(found.statistic[j]):
            continue
        limit = float(np.abs(np.append(drawn, found.statistic[j])).max())
        if limit <= 0:
            continue
        count, edges = np.histogram(drawn, BINS, (-limit, limit))
        share = 100 * count / drawn.size
        out.append(
            made(work, "permutation_bins", (column,), name, share[:, None],
                 at=(edges[:-1] + edges[1:]) / 2, unit="percent")
        )  # fmt: skip
    return out
