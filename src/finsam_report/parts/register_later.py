"""People drawn later although first not drawn: what comparisons other than by first draw give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.censoring import CensoringWeights, censoring_weights
from finsam_report.estimators.itt import usable_covariates
from finsam_report.estimators.stack import Stack, months_since, stack
from finsam_report.estimators.stacked import Path, several_stacked_effects
from finsam_report.estimators.trial import Trial
from finsam_report.estimators.weighted_path import weighted_path
from finsam_report.parts import common
from finsam_report.parts.dominance import Dominance, dominated
from finsam_report.parts.ledger import CELL, DOMINATED, NOT_ESTIMATED, PEOPLE, rows
from finsam_report.parts.register_draws import CONTROL, LATER, Lists, count_rows, fewest, lists
from finsam_report.parts.register_rows import PART
from finsam_report.parts.register_work import Work
from finsam_report.study import Outcome

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CENSORED, STACKED, UNDILUTED = "censored", "stacked", "stacked_undiluted"
LARGEST_STACK = 200_000  # rows; with more it takes minutes, and memory by the gigabyte


def _effect_rows(
    columns: common.Columns, name: str, found: Path, at: Ints, cell: Floats, why: list[str]
) -> list[pd.DataFrame]:
    """Rows of a path at the positions ``at``, and the reasons of what is not estimated."""
    scale = columns.scale
    why = [r or ("undetermined" if np.isnan(found.std_error[i]) else "")
           for r, i in zip(why, at, strict=True)]  # fmt: skip
    fine = np.array([reason == "" for reason in why], dtype=np.bool_)
    shared = {
        "part": PART, "outcome": list(columns.outcomes), "horizon": columns.horizons,
        "n_support": found.n_support[at], "n_control": found.n_control[at],
        "unit": columns.effect_units, CELL: cell,
    }  # fmt: skip
    made = rows(
        analysis=LATER, group="all", estimator=name, estimate=found.estimate[at] * scale,
        std_error=found.std_error[at] * scale, ci_low=found.ci_low[at] * scale,
        ci_high=found.ci_high[at] * scale, p_value=found.p_value[at], **shared,
    )  # fmt: skip
    lost = rows(analysis=NOT_ESTIMATED, group=f"{LATER}:{name}", estimator=why, **shared)
    return [made[fine], lost[~fine]]


def _weights(work: Work, listed: Lists, last: int) -> CensoringWeights:
    """Weights of the control arm's months before a later draw.

    Up to ``last``, or the month after the last later draw: they stay what they are from then on.
    """
    control = np.flatnonzero(~work.trial.support)
    place = np.full(work.trial.support.size, -1)
    place[control] = np.arange(control.size)
    last = min(last, int(listed.since.max(initial=0)) + 1)
    again = (listed.since > 0) & (listed.since <= last)
    at_risk = np.zeros((control.size, last), dtype=np.bool_)
    at_risk[place[listed.person[again]], listed.since[again] - 1] = True
    start = np.zeros(work.trial.support.size, dtype=np.int64)
    first = listed.since == 0
    start[listed.person[first]] = listed.month[first]
    return censoring_weights(
        np.zeros(control.size, dtype=np.bool_), work.trial.assignment.block[control],
        listed.own[control], at_risk, np.ones_like(at_risk), work.trial.covariates[control],
        occasion=start[control, None] + np.arange(1, last + 1),
    )  # fmt: skip


def censored_rows(work: Work, listed: Lists) -> list[pd.DataFrame]:
    """Effects with the control arm followed up to a later draw, weighted for who is left."""
    columns, trial = work.main_columns, work.trial
    if not columns.outcomes:
        return []
    weights = _weights(work, listed, int(columns.horizons.max()))
    x = usable_covariates(trial.support, trial.assignment.block, trial.covariates)
    out = [_weight_rows(weights, np.unique(columns.horizons), int((~trial.support).sum()))]
    for outcome in dict.fromkeys(columns.outcomes):
        mine = columns.pick(np.array([name == outcome for name in columns.outcomes]))
        weight = np.ones((trial.support.size, mine.horizons.size))
        weight[~trial.support] = weights.weight[:, _columns(weights, mine.horizons)]
        left = replace(mine, values=np.where(np.isnan(weight), np.nan, mine.values))
        found = weighted_path(
            trial.support,
            trial.assignment.block,
            mine.values,
            weight,
            covariates=x,
            level=trial.level,
        )
        out += _effect_rows(
            mine, CENSORED, found, np.arange(mine.horizons.size),
            common.smallest_cells(left.values, left.shares, trial.support, work.dominance),
            common.reasons(left, trial, *work.limits),
        )  # fmt: skip
    return out


def _columns(weights: CensoringWeights, horizons: Floats) -> Ints:
    """Where the weights of each horizon stand."""
    return np.minimum(horizons.astype(np.int64), weights.weight.shape[1]) - 1


def _weight_rows(weights: CensoringWeights, horizons: Floats, whole: int) -> pd.DataFrame:
    """How large the weights are, and how many people those who are followed count for."""
    at = _columns(weights, horizons)
    followed = (~np.isnan(weights.weight[:, at])).sum(axis=0)
    cell = fewest((whole - followed).astype(np.int64), whole)
    shared = {
        "part": PART, "analysis": LATER, "outcome": "weights", "group": CONTROL,
        "horizon": horizons, "n_control": followed, CELL: cell,
    }  # fmt: skip
    return pd.concat(
        [
            rows(estimator="percentile_95", estimate=weights.high[at], unit="number", **shared),
            rows(estimator="effective", estimate=weights.effective[at], unit=PEOPLE, **shared),
            rows(estimator="truncated", estimate=weights.truncated[at], unit="number", **shared),
        ],
        ignore_index=True,
    )


def by_month(panel: Floats, outcome: Outcome, own: Stack, since: Ints, last: int) -> Floats:
    """An outcome by month since the draw of each row of a stack; shape (rows, last).

    Args:
        panel: The outcome in months 1, 2, … since everybody's first draw; shape (n, months).
        outcome: Sums over its window are those of the months since the draw.
        own: The stack.
        since: Months from the first draw to the draw of each row; shape (rows,).
        last: Last month since the draw.
    """
    months = months_since(panel, own.person, since - 1, last)
    total = months.copy()
    for back in range(1, min(outcome.window, last)):
        total[:, back:] += months[:, :-back]
    return total


def _people_behind(columns: common.Columns, own: Stack, dominance: Dominance) -> Floats:
    """Fewest people, and not rows, behind each column, as ``common.smallest_cells`` counts."""
    cells: list[float] = []
    for arm in (own.support, ~own.support):
        person, values = own.person[arm], columns.values[arm]
        for j, share in enumerate(columns.shares):
            seen = ~np.isnan(values[:, j])
            kinds = [seen, seen & (values[:, j] != 0), seen & (values[:, j] == 0) & share]
            counts = [np.unique(person[kind]).size for kind in kinds]
            cells.append(min([counts[0], *(count for count in counts[1:] if count)]))
            # The months of one person stand in several rows.
            total = np.bincount(person, np.nan_to_num(values[:, j])).astype(np.float64)[:, None]
            if not share and bool(dominated(total, dominance)[0]):
                cells[-1] = DOMINATED
    fewest: Floats = np.array(cells, dtype=np.float64).reshape(2, -1).min(axis=0)
    return fewest


def stacked_rows(work: Work, listed: Lists) -> list[pd.DataFrame]:
    """Effects with every draw as an experiment of its own, as they are and undiluted."""
    columns, trial, periods = work.main_columns, work.trial, work.panels.periods
    if not columns.outcomes:
        return []
    last = int(columns.horizons.max())
    own = stack(listed.person, listed.draw, listed.drawn, listed.month)
    whole = np.arange(1, last + 1)
    why = "months_missing" if np.setdiff1d(whole, periods).size else ""
    why = "too_many_rows" if own.row.size > LARGEST_STACK else why
    out: list[pd.DataFrame] = []
    if why:
        for name in (STACKED, UNDILUTED):
            out.append(
                rows(
                    part=PART, analysis=NOT_ESTIMATED, outcome=list(columns.outcomes),
                    group=f"{LATER}:{name}", horizon=columns.horizons, estimator=why,
                    unit=columns.effect_units,
                )
            )  # fmt: skip
        return out
    since = listed.since[own.row]
    labels, block = np.unique(own.draw, return_inverse=True)
    names = tuple(str(label) for label in labels)
    every = Trial(
        Assignment.realised(block, own.support, names), own.support, trial.covariates[own.person]
    )
    after = np.flatnonzero(periods >= 1)
    after = after[periods[after] == np.arange(1, after.size + 1)]  # without gaps
    wanted = [o for o in work.part.outcomes if o.id in columns.outcomes]
    panels = work.panels.outcomes(wanted, 0, work.panels.people)
    values = np.stack(
        [by_month(panels[o.id][:, after], o, own, since, last) for o in wanted], axis=1
    )
    found = several_stacked_effects(own, values, every.covariates, level=trial.level)
    for number, outcome in enumerate(wanted):
        mine = columns.pick(np.array([name == outcome.id for name in columns.outcomes]))
        at = mine.horizons.astype(np.int64) - 1
        mine = replace(mine, values=values[:, number, at])
        cell = _people_behind(mine, own, work.dominance)
        reasons = common.reasons(mine, every, *work.limits)
        out += _effect_rows(mine, STACKED, found[number].offered, at, cell, reasons)
        out += _effect_rows(mine, UNDILUTED, found[number].undiluted, at, cell, reasons)
    return out


def later_rows(work: Work, draws: pd.DataFrame) -> list[pd.DataFrame]:
    """All rows on later draws: how many, and the effects in the manners that are declared.

    The main effects, by first draw, are elsewhere.

    Args:
        work: What the rows of the register are made from.
        draws: The checked table of draws.
    """
    if work.part.later is None:
        return []
    listed = lists(work.part, work.people, work.trial.support, draws)
    out = count_rows(work, listed)
    if "censored" in work.part.later.beside:
        out += censored_rows(work, listed)
    if "stacked" in work.part.later.beside:
        out += stacked_rows(work, listed)
    return out
