"""The true effects of the synthetic study, exact under the model that draws it.

Truths are expectations over people and chance, given the sizes of blocks and arms. Blocks are
weighted by their people. Shares and take-up are in percentage points, answers in scale points
(or in standard deviations of the control arm), wages in kronor.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.register_design import OTHERS, WORK, RegisterDesign, expected
from finsam_report.inputs.synthetic.survey_design import SurveyDesign, calibrated, moments

COLUMNS = ["part", "analysis", "outcome", "group", "horizon", "estimator", "truth"]
HORIZONS = (6, 12, 18, 24, 30, 36)
YEARS = (12, 24, 36)
Row = tuple[str, str, str, str, int, str, float]


def _ledger(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def survey_truth(design: SurveyDesign | None = None) -> pd.DataFrame:
    """True effects in the survey experiment, six months after randomisation.

    Args:
        design: The design that the data were drawn from.

    Returns:
        A row per analysis, outcome and estimator, keyed as the ledger is.
    """
    design = design or SurveyDesign()
    compliers = float(design.types[0])
    rows: list[Row] = []
    for item, scale in zip(design.items, calibrated(design), strict=True):
        _, sd, effect = moments(design, scale)
        for estimator, value in (
            ("unadjusted", effect),
            ("lin", effect),
            ("lin_standardised", effect / sd),
        ):
            rows.append(("survey", "itt", item.id, "all", 6, estimator, value))
        rows.append(("survey", "late", item.id, "all", 6, "2sls", effect / compliers))
    for estimator in ("unadjusted", "lin"):
        rows.append(("survey", "first_stage", "met_team", "all", 6, estimator, 100 * compliers))
    return _ledger(rows)


def register_effects(design: RegisterDesign | None = None) -> dict[str, np.ndarray]:
    """True effect of the draw by outcome at month 1 … 36, in the unit of the ledger.

    The sum of twelve months is given from month 12 on, and missing before.

    Args:
        design: The design that the data were drawn from.

    Returns:
        An array of 36 per outcome.
    """
    effect = expected(design or RegisterDesign()).effect
    out = {name: 100 * effect[name] for name in (*WORK, *OTHERS)}
    out["wage_income"] = effect["wage_income"]
    sums = np.convolve(effect["wage_income"], np.ones(12))[: effect["wage_income"].size]
    out["wage_income_year"] = np.where(np.arange(sums.size) >= 11, sums, np.nan)
    return out


def _undiluted(design: RegisterDesign) -> list[Row]:
    """Effects of being drawn against never being drawn, by the two ways that are not diluted.

    What the first draw does is less, by as much as those not drawn are drawn later. That hangs
    on how many there are, and is no property of the design.
    """
    return [
        ("register", "later", name, "all", month, way, float(effects[month - 1]))
        for name, effects in register_effects(design).items()
        if name != "wage_income"
        for month in (YEARS if name == "wage_income_year" else HORIZONS)
        for way in ("censored", "stacked_undiluted")
    ]


def register_truth(design: RegisterDesign | None = None) -> pd.DataFrame:
    """True effects in the register experiment.

    Args:
        design: The design that the data were drawn from.

    Returns:
        A row per analysis, outcome, horizon and estimator, keyed as the ledger is.
    """
    design = design or RegisterDesign()
    if design.later is not None:
        return _ledger(_undiluted(design))
    rows: list[Row] = []
    late: list[Row] = []
    for name, effects in register_effects(design).items():
        months = YEARS if name == "wage_income_year" else range(1, effects.size + 1)
        for month in months:
            value = float(effects[month - 1])
            for estimator in ("unadjusted", "lin"):
                rows.append(("register", "itt", name, "all", month, estimator, value))
            if month in (YEARS if name == "wage_income_year" else HORIZONS):
                per_taker = value / design.take_up
                late.append(("register", "late", name, "all", month, "2sls", per_taker))
    for estimator in ("unadjusted", "lin"):
        share = 100 * design.take_up
        rows.append(("register", "first_stage", "met_team", "all", 36, estimator, share))
    return _ledger(rows + late)
