"""What stands beside the effects: what could have been found, and later surveys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import interval
from finsam_report.estimators.power import realised
from finsam_report.estimators.trial import Trial
from finsam_report.parts.common import Columns, exact, smallest_cells
from finsam_report.parts.effects import SD_UNIT, effect_rows
from finsam_report.parts.ledger import CELL, rows
from finsam_report.study import Survey

Floats = npt.NDArray[np.float64]


def detectable_rows(
    trial: Trial, columns: Columns, extra: Floats | None, power: float
) -> list[pd.DataFrame]:
    """Smallest effects that the experiment would have found, from its realised standard errors.

    Args:
        trial: The experiment.
        columns: Items that can be estimated.
        extra: Answers at baseline, complete; shape (n, q).
        power: Probability of finding the effect.
    """
    if not columns.outcomes:
        return []
    found = trial.itt(columns.values, extra=extra)
    smallest = realised(found.std_error, found.df, found.sd_control, power=power, level=trial.level)
    shared = {
        "part": "survey", "analysis": "mde", "outcome": list(columns.outcomes), "group": "all",
        "horizon": columns.horizons, "n_support": found.n_support,
        "n_control": found.n_control,
        CELL: smallest_cells(columns.values, columns.shares, trial.support),
    }  # fmt: skip
    return [
        rows(estimator="lin", estimate=smallest.effect, unit=columns.units[0], **shared),
        rows(estimator="lin_standardised", estimate=smallest.standardised, unit=SD_UNIT, **shared),
    ]


def other_wave_rows(
    trial: Trial, waves: Sequence[Columns], extra: Floats | None
) -> list[pd.DataFrame]:
    """Adjusted effects at surveys after randomisation other than the primary one."""
    out = []
    for columns in waves:
        some: npt.NDArray[np.bool_] = np.any(~np.isnan(columns.values), axis=0)
        asked = columns.pick(some)
        if not asked.outcomes:
            continue
        found = exact(trial.itt(asked.values, extra=extra), asked.values)
        cell = smallest_cells(asked.values, asked.shares, trial.support)
        out.append(effect_rows("survey", asked, found, "lin", cell))
    return out


def later_rows(
    part: Survey, trial: Trial, primary: Columns, waves: Sequence[tuple[int, Columns]]
) -> list[pd.DataFrame]:
    """Change since the primary survey in an arm that alone was asked later; no comparison.

    Args:
        part: The part as declared.
        trial: The experiment.
        primary: Answers to the primary survey.
        waves: Number and answers of each later survey that went to one arm only.
    """
    out = []
    for number, later in waves:
        only = part.wave(number).arms[0]
        who = trial.support if only == "support" else ~trial.support
        change = (later.values - primary.values)[who]
        n = (~np.isnan(change)).sum(axis=0)
        some = n > 1
        mean, error, before = (np.full(n.size, np.nan) for _ in range(3))
        mean[some] = np.nanmean(change[:, some], axis=0)
        error[some] = np.nanstd(change[:, some], axis=0, ddof=1) / np.sqrt(n[some])
        start = np.where(np.isnan(change), np.nan, primary.values[who])
        before[some] = np.nanmean(start[:, some], axis=0)
        df = np.maximum(n - 1, 1).astype(np.float64)
        low, high, p = interval(mean, error, df, trial.level)
        out.append(
            rows(
                part="survey", analysis="later_wave", outcome=list(later.outcomes),
                group=f"arm:{only}", horizon=later.horizons, estimator="paired_change",
                estimate=mean, std_error=error, ci_low=low, ci_high=high, p_value=p,
                control_mean=before, unit=later.units[0],
                n_support=n if only == "support" else np.nan,
                n_control=n if only == "control" else np.nan, **{CELL: n},
            )
        )  # fmt: skip
    return out
