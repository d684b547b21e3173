"""The effects on answers again, under other assumptions: one page of robustness."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from finsam_report.estimators.bounds import Bounds, manski
from finsam_report.estimators.imputation import imputed_effect
from finsam_report.estimators.itt import Effects, itt, usable, usable_covariates
from finsam_report.estimators.lee import lee
from finsam_report.estimators.ordinal import better_answer, ordered_logit
from finsam_report.estimators.response import response_weights
from finsam_report.estimators.trial import Trial
from finsam_report.estimators.weighted import WeightedEffects, weighted_effect
from finsam_report.parts.common import Columns, smallest_cells
from finsam_report.parts.effects import SD_UNIT
from finsam_report.parts.ledger import CELL, PERCENT, POINTS, rows
from finsam_report.study import Survey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LOG_ODDS = "log odds"
# A scale of more answers than this is a sum; the odds of each of its steps say little.
MOST_STEPS = 11
# Standard deviation of the logistic distribution: log odds over it are standard deviations.
LOGISTIC_SD = np.pi / np.sqrt(3)


def _rows(
    columns: Columns, cell: Floats, estimator: str, unit: str, numbers: dict[str, Floats]
) -> pd.DataFrame:
    return rows(
        part="survey", analysis="robustness", outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=estimator, unit=unit, **{CELL: cell}, **numbers,
    )  # fmt: skip


def _effects(found: Effects | WeightedEffects, scale: Floats | float = 1.0) -> dict[str, Floats]:
    names = ("estimate", "std_error", "ci_low", "ci_high")
    out = {name: getattr(found, name) * scale for name in names}
    counts = {name: getattr(found, name).astype(np.float64) for name in ("n_support", "n_control")}
    return out | {"p_value": found.p_value} | counts


def _both(
    columns: Columns,
    cell: Floats,
    estimator: str,
    unit: str,
    numbers: dict[str, Floats],
    convert: Callable[[Floats], Floats],
) -> list[pd.DataFrame]:
    """A specification in its own unit, and as standard deviations of the control arm."""
    ends: dict[str, Floats] = {
        name: convert(numbers[name])
        for name in ("estimate", "ci_low", "ci_high")
        if name in numbers
    }
    return [
        _rows(columns, cell, estimator, unit, numbers),
        _rows(columns, cell, f"{estimator}_standardised", SD_UNIT, ends),
    ]


def _bounds(
    columns: Columns, cell: Floats, name: str, found: Bounds, unit: str, per: Floats
) -> list[pd.DataFrame]:
    """The two bounds, and the interval for the effect between them."""

    def convert(x: Floats) -> Floats:
        return x * per

    lower = {"estimate": found.lower, "std_error": found.se_lower}
    upper = {"estimate": found.upper, "std_error": found.se_upper}
    ends = {"ci_low": found.ci_low, "ci_high": found.ci_high}
    return [
        piece
        for which, numbers in ((f"{name}_lower", lower), (f"{name}_upper", upper), (name, ends))
        for piece in _both(columns, cell, which, unit, numbers, convert)
    ]


def _logit(
    columns: Columns, trial: Trial, x: Floats, cell: Floats, steps: npt.NDArray[np.int64]
) -> list[pd.DataFrame]:
    """Proportional odds, where the answers are few and the model has a finite maximum."""
    names = ("estimate", "std_error", "ci_low", "ci_high", "p_value")
    found = {name: np.full(len(columns.outcomes), np.nan) for name in names}
    block = trial.assignment.block
    for j in np.flatnonzero(steps <= MOST_STEPS):
        y = columns.values[:, j]
        seen = ~np.isnan(y)
        seen[seen] = usable(trial.support[seen], block[seen])
        fixed = (block[seen, None] == np.unique(block[seen])[None, 1:]).astype(np.float64)
        used = usable_covariates(trial.support[seen], block[seen], x[seen])
        design = np.column_stack([trial.support[seen], fixed, used]).astype(np.float64)
        try:
            model = ordered_logit(y[seen], design, trial.level)
        except ValueError:  # too few answers, or answers that follow from a column
            continue
        found["estimate"][j] = model.coefficients[0]
        for name in names[1:]:
            found[name][j] = getattr(model, name)[0]
    return _both(columns, cell, "ordered_logit", LOG_ODDS, found, lambda v: v / LOGISTIC_SD)


def tightening_cells(before: Floats | None, people: int) -> npt.NDArray[np.int64]:
    """Thirds of the mean answer at baseline, and those without one; shape (n,).

    Args:
        before: Answers at baseline, NaN where there is none; shape (n, k). None: no such wave.
        people: Number of people.
    """
    cells = np.zeros(people, dtype=np.int64)
    if before is None:
        return cells
    seen = ~np.isnan(before).all(axis=1)
    if not seen.any():
        return cells
    # Each item in units of its own spread, so that a long scale does not decide alone.
    spread = np.nanstd(before, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, (before - np.nanmean(before, axis=0)) / spread, np.nan)
    seen &= ~np.isnan(z).all(axis=1)
    mean = np.nanmean(z[seen], axis=1)
    cells[seen] = 1 + np.searchsorted(np.quantile(mean, [1 / 3, 2 / 3]), mean, side="right")
    return cells


def robustness_rows(
    part: Survey,
    trial: Trial,
    columns: Columns,
    extra: Floats | None,
    cells: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> list[pd.DataFrame]:
    """Every item under other choices: estimator, measure, and what is assumed of the silent.

    Args:
        part: The part as declared.
        trial: The experiment.
        columns: Items that can be estimated, coded so that a higher answer is better.
        extra: Answers at baseline, complete; shape (n, q).
        cells: Cells known at randomisation, to tighten the trimming bounds; shape (n,).
        rng: Source of chance for the imputations.
    """
    if not columns.outcomes:
        return []
    items = {item.id: item for item in part.items}
    low = np.array([items[name].minimum for name in columns.outcomes], dtype=np.float64)
    high = np.array([items[name].maximum for name in columns.outcomes], dtype=np.float64)
    cell = smallest_cells(columns.values, columns.shares, trial.support)
    support, block = trial.support, trial.assignment.block
    unit = columns.units[0]
    plain = trial.itt(columns.values, extra=extra, adjust=False)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(plain.sd_control > 0, 1 / plain.sd_control, np.nan)

    def convert(x: Floats) -> Floats:
        return x * per

    pooled = itt(support, np.zeros_like(block), columns.values, None, trial.level)
    adjusted = trial.itt(columns.values, extra=extra)
    out: list[pd.DataFrame] = []
    specs = [("lin", adjusted), ("unadjusted", plain)]
    if len(trial.assignment.labels) > 1:
        specs.append(("no_blocks", pooled))
    for name, found in specs:
        out += _both(columns, cell, name, unit, _effects(found), convert)
    x = trial.covariates if extra is None else np.hstack([trial.covariates, extra])
    if np.isnan(columns.values).any():
        out += _weighted(columns, trial, x, cell, convert)
        out += _imputed(columns, trial, x, cell, convert, rng)
    out += _top_two(columns, trial, extra, high, high - low + 1)
    better = better_answer(support, columns.values, block, trial.level)
    numbers = {
        "estimate": 100 * better.probability, "std_error": 100 * better.std_error,
        "ci_low": 100 * better.ci_low, "ci_high": 100 * better.ci_high,
        "p_value": better.p_value, "n_support": better.n_support.astype(np.float64),
        "n_control": better.n_control.astype(np.float64),
    }  # fmt: skip
    # Of two normal variables with one spread, sqrt(2) times the quantile is the shift in it.
    out += _both(
        columns, cell, "better_answer", PERCENT, numbers,
        lambda v: np.sqrt(2) * special.ndtri(v / 100),
    )  # fmt: skip
    out += _logit(columns, trial, x, cell, (high - low + 1).astype(np.int64))
    out += _bounds(
        columns, cell, "lee", lee(support, columns.values, block, None, trial.level), unit, per
    )
    if np.unique(cells).size > 1:
        tight = lee(support, columns.values, block, cells, trial.level)
        out += _bounds(columns, cell, "lee_tight", tight, unit, per)
    worst = manski(support, block, columns.values, low, high, trial.level)
    out += _bounds(columns, cell, "manski", worst, unit, per)
    return out


def _weighted(
    columns: Columns, trial: Trial, x: Floats, cell: Floats, convert: Callable[[Floats], Floats]
) -> list[pd.DataFrame]:
    """Those who answered, weighted to be like everybody who was randomised."""
    block = trial.assignment.block
    fixed = (block[:, None] == np.unique(block)[None, 1:]).astype(np.float64)
    answered: Bools = np.any(~np.isnan(columns.values), axis=1)
    if answered.all():  # only single items are missing
        return []
    weights = response_weights(trial.support, answered, np.hstack([x, fixed]))
    found = weighted_effect(trial.support, block, columns.values, weights, x, trial.level)
    return _both(columns, cell, "ipw", columns.units[0], _effects(found), convert)


def _imputed(
    columns: Columns,
    trial: Trial,
    x: Floats,
    cell: Floats,
    convert: Callable[[Floats], Floats],
    rng: np.random.Generator,
) -> list[pd.DataFrame]:
    """Missing answers filled in many times over, from people of the same arm."""
    block = trial.assignment.block
    fixed = (block[:, None] == np.unique(block)[None, 1:]).astype(np.float64)
    found = imputed_effect(
        trial.support, block, columns.values, np.hstack([x, fixed]), rng, trial.level
    )
    names = ("estimate", "std_error", "ci_low", "ci_high", "p_value")
    numbers: dict[str, Floats] = {name: getattr(found, name) for name in names}
    return _both(columns, cell, "imputation", columns.units[0], numbers, convert)


def _top_two(
    columns: Columns, trial: Trial, extra: Floats | None, high: Floats, steps: Floats
) -> list[pd.DataFrame]:
    """Shift in the share who give one of the two best answers; the best one of two or three."""
    first = np.where(steps > 3, high - 1, high)
    top = np.where(np.isnan(columns.values), np.nan, columns.values >= first)
    found = trial.itt(top, extra=extra)
    cell = smallest_cells(top, np.ones(top.shape[1], dtype=np.bool_), trial.support)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(found.sd_control > 0, 1 / found.sd_control, np.nan)
    return _both(
        columns, cell, "top_two", POINTS, _effects(found, 100.0), lambda v: v / 100 * per
    )  # fmt: skip
