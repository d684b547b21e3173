"""Rows of the ledger with the effects of both experiments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.estimators.itt import Effects, patterns
from finsam_report.estimators.multiple import (
    benjamini_hochberg,
    sharpened_q,
    westfall_young,
)
from finsam_report.estimators.randomisation import Randomisation
from finsam_report.estimators.trial import Trial
from finsam_report.parts.common import (
    Bools,
    Columns,
    Floats,
    Part,
    count_rows,
    not_estimated_rows,
    reasons,
    smallest_cells,
)
from finsam_report.parts.ledger import CELL, PERCENT, rows

SD_UNIT = "control SD"


def _families(columns: Columns) -> list[Bools]:
    """The columns of each family and horizon; shape (m,) each."""
    keys = list(zip(columns.families, columns.horizons.tolist(), strict=True))
    return [np.array([k == key for k in keys]) for key in dict.fromkeys(keys)]


def family_adjusted(columns: Columns, p_values: Floats, *, sharpened: bool) -> Floats:
    """q-values within each family and horizon; shape (m,)."""
    method = sharpened_q if sharpened else benjamini_hochberg
    out = np.full(p_values.shape, np.nan)
    for chosen in _families(columns):
        out[chosen] = method(p_values[chosen])
    return out


def effect_rows(
    part: Part,
    columns: Columns,
    found: Effects,
    estimator: str,
    cell: Floats,
    *,
    analysis: str = "itt",
    group: str = "all",
    q_values: Floats | None = None,
) -> pd.DataFrame:
    """Rows of intention-to-treat effects."""
    scale = columns.scale
    return rows(
        part=part, analysis=analysis, outcome=list(columns.outcomes), group=group,
        horizon=columns.horizons, estimator=estimator, estimate=found.estimate * scale,
        std_error=found.std_error * scale, ci_low=found.ci_low * scale,
        ci_high=found.ci_high * scale, p_value=found.p_value,
        q_value=np.nan if q_values is None else q_values, n_support=found.n_support,
        n_control=found.n_control, control_mean=found.mean_control * scale,
        unit=columns.effect_units, **{CELL: cell},
    )  # fmt: skip


def standardised_rows(
    part: Part, columns: Columns, found: Effects, estimator: str, cell: Floats
) -> pd.DataFrame:
    """The same effects in standard deviations of the control arm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(found.sd_control > 0, 1 / found.sd_control, np.nan)
    return rows(
        part=part, analysis="itt", outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=f"{estimator}_standardised",
        estimate=found.estimate * per, std_error=found.std_error * per,
        ci_low=found.ci_low * per, ci_high=found.ci_high * per, p_value=found.p_value,
        n_support=found.n_support, n_control=found.n_control, unit=SD_UNIT, **{CELL: cell},
    )  # fmt: skip


def family_wise(columns: Columns, statistic: Floats, drawn: Floats) -> Floats:
    """Westfall-Young p-values within each family and horizon; shape (m,)."""
    out = np.full(statistic.shape, np.nan)
    for chosen in _families(columns):
        out[chosen] = westfall_young(statistic[chosen], drawn[:, chosen])
    return out


def randomisation_rows(
    part: Part, columns: Columns, found: Effects, test: Randomisation, estimator: str, cell: Floats
) -> list[pd.DataFrame]:
    """The same estimates with randomisation p, sharpened q and family-wise p-values."""
    unknown = np.isnan(found.estimate)
    p = np.where(unknown, np.nan, test.p_value)
    statistic = np.where(unknown, np.nan, test.statistic)
    shared = {
        "part": part, "analysis": "itt", "outcome": list(columns.outcomes), "group": "all",
        "horizon": columns.horizons, "estimate": found.estimate * columns.scale,
        "n_support": found.n_support, "n_control": found.n_control,
        "unit": columns.effect_units, CELL: cell,
    }  # fmt: skip
    q = family_adjusted(columns, p, sharpened=True)
    wise = family_wise(columns, statistic, test.drawn)
    return [
        rows(estimator=f"{estimator}_randomisation", p_value=p, q_value=q, **shared),
        rows(estimator=f"{estimator}_westfall_young", p_value=wise, **shared),
    ]


def late_rows(
    part: Part, trial: Trial, columns: Columns, cell: Floats, extra: Floats | None = None
) -> list[pd.DataFrame]:
    """Effects per person who met a team because of the offer, with both intervals."""
    out = []
    for seen, at in patterns(columns.values):
        chosen = np.zeros(len(columns.outcomes), dtype=np.bool_)
        chosen[at] = True
        some, people = columns.pick(chosen), trial.among(seen)
        try:
            found = people.late(some.values[seen], extra=None if extra is None else extra[seen])
        except ValueError:  # the offer moved nobody among those with the outcome
            continue
        shared = {
            "part": part, "analysis": "late", "outcome": list(some.outcomes), "group": "all",
            "horizon": some.horizons, "estimate": found.estimate * some.scale,
            "n_support": int(people.support.sum()), "n_control": int((~people.support).sum()),
            "unit": some.effect_units, CELL: cell[at],
        }  # fmt: skip
        out.append(
            rows(
                estimator="2sls", std_error=found.std_error * some.scale,
                ci_low=found.ci_low * some.scale, ci_high=found.ci_high * some.scale,
                p_value=found.p_value, **shared,
            )
        )  # fmt: skip
        out.append(
            rows(
                estimator="anderson_rubin", ci_low=found.ar_low * some.scale,
                ci_high=found.ar_high * some.scale, **shared,
            )
        )  # fmt: skip
    return out


def main_rows(
    part: Part, trial: Trial, columns: Columns, draws: Bools, extra: Floats | None = None
) -> list[pd.DataFrame]:
    """Main effects: unadjusted and adjusted, standardised, with randomisation p and q, LATE.

    ``columns`` are the outcomes that can be estimated; ``extra`` are covariates beyond the
    trial's own, for instance answers at baseline.
    """
    if not columns.outcomes:
        return []
    cell = smallest_cells(columns.values, columns.shares, trial.support)
    out = []
    tests = trial.test(columns.values, draws, extra=extra)
    for estimator, adjust, test in (("unadjusted", False, tests[0]), ("lin", True, tests[1])):
        found = trial.itt(columns.values, extra=extra, adjust=adjust)
        q = family_adjusted(columns, found.p_value, sharpened=False)
        out += [
            effect_rows(part, columns, found, estimator, cell, q_values=q),
            standardised_rows(part, columns, found, estimator, cell),
            *randomisation_rows(part, columns, found, test, estimator, cell),
        ]
    if trial.take_up is not None and np.ptp(trial.take_up) > 0:
        out += late_rows(part, trial, columns, cell, extra)
    return out


def take_up_rows(part: Part, trial: Trial, horizon: float, *, blocks: bool) -> list[pd.DataFrame]:
    """Share of each arm that met a team, and the effect of the offer on meeting one."""
    if trial.take_up is None:
        return []
    met = trial.take_up == 1
    columns = Columns(
        ("met_team",), np.array([horizon]), (PERCENT,), ("take_up",), trial.take_up[:, None]
    )
    counts = count_rows(part, "met_team", met, trial, blocks=blocks)
    why = reasons(columns, trial, 0, 0)
    if why[0]:  # everybody met one, or nobody: then there is no effect per person who did
        return [not_estimated_rows(part, columns, why, trial.support), *counts]
    cell = smallest_cells(columns.values, columns.shares, trial.support)
    out = [
        effect_rows(
            part, columns, trial.itt(columns.values, adjust=adjust), estimator, cell,
            analysis="first_stage",
        )
        for estimator, adjust in (("unadjusted", False), ("lin", True))
    ]  # fmt: skip
    return [*out, *counts]
