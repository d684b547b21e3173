"""Rows that rest on too little, by the rule that says so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from finsam_report.parts.ledger import CELL, COUNTS, DOMINATED, MUNICIPALITY, PERCENT, POINTS
from finsam_report.release.policy import Policy
from finsam_report.release.quantities import TRIALS

Bools = npt.NDArray[np.bool_]

# Effects from a model: what is only a difference of two shares or means is none.
MODELS = ("itt", "late", "mde", "robustness", "subgroup", "calendar", "itt_by_sex", "any_amount",
          "cumulated", "cumulated_late", "placebo", "alternative", "work_condition", "first_stage",
          "quantile")  # fmt: skip
LATER_MODELS = ("censored", "stacked", "stacked_undiluted")
MEANS = ("mean", "sd", "paired_change", "paired_gap", "block_weighted")
SIDES = {"quartile_1": 0.25, "median": 0.5, "quartile_3": 0.75}
# Bands and bounds have other ends than an estimate and a number of standard errors.
OF_T = ("unadjusted", "lin", "2sls", "fixed_effects", "no_blocks", "ipw", "winsorised", "top_two")


def _fewest(frame: pd.DataFrame) -> pd.Series:
    """People behind a row, of the smaller arm where it has both."""
    return frame[list(COUNTS)].min(axis=1)


def dominance(frame: pd.DataFrame, _: Policy) -> pd.Series:
    """Sums of amounts that a few people make nearly all of."""
    few: pd.Series = frame[CELL] == DOMINATED
    return few


def threshold(frame: pd.DataFrame, policy: Policy) -> pd.Series:
    """Fewer people than the threshold in some cell; nobody is a property of the design."""
    small = (frame[CELL] > 0) & (frame[CELL] < policy.threshold)
    for name in COUNTS:
        people = frame["part"] != MUNICIPALITY  # of municipalities it is known who they are
        small |= people & (frame[name] > 0) & (frame[name] < policy.threshold)
    return small


def mean(frame: pd.DataFrame, policy: Policy) -> pd.Series:
    """Means and spreads of fewer people than a mean needs."""
    plain = ~frame["unit"].isin([PERCENT, POINTS])
    people = frame[list(COUNTS)].sum(axis=1, min_count=1)
    for name, arm in zip(COUNTS, ("arm:support", "arm:control"), strict=True):
        people = people.mask(frame["group"].str.startswith(arm), frame[name])
    people = people.fillna(frame[CELL])
    of = frame["part"].isin(TRIALS) & frame["estimator"].isin(MEANS) & plain
    few: pd.Series = of & (people > 0) & (people < policy.mean_minimum)
    return few


def percentile(frame: pd.DataFrame, policy: Policy) -> pd.Series:
    """Percentiles with too few people on one side of them."""
    below = frame["estimator"].map(SIDES).astype(np.float64)
    named = pd.to_numeric(
        frame["estimator"].where(frame["analysis"] == "quantile").str.removeprefix("quantile_"),
        errors="coerce",
    )
    below = below.where(frame["analysis"] == "waiting").fillna(named / 100)
    below = below.mask(frame["estimator"] == "percentile_95", 0.95)
    side = _fewest(frame) * np.minimum(below, 1 - below)
    # As many as there are below the quartile of so many people, without a fraction of one.
    few: pd.Series = side.notna() & (np.floor(side + 1e-9) < policy.percentile_side)
    return few


def _models(frame: pd.DataFrame) -> pd.Series:
    later = (frame["analysis"] == "later") & frame["estimator"].isin(LATER_MODELS)
    return frame["part"].isin(TRIALS) & (frame["analysis"].isin(MODELS) | later)


def model(frame: pd.DataFrame, policy: Policy) -> pd.Series:
    """Models with too few people in an arm."""
    both = frame[list(COUNTS)].notna().all(axis=1)
    few: pd.Series = _models(frame) & both & (_fewest(frame) < policy.model_minimum)
    return few


def freedom(frame: pd.DataFrame, policy: Policy) -> pd.Series:
    """Models with too few residual degrees of freedom, as the width of the interval tells."""
    with np.errstate(divide="ignore", invalid="ignore"):
        times = (frame["ci_high"] - frame["estimate"]) / frame["std_error"]
    widest = stats.t.ppf(1 - (1 - policy.level) / 2, policy.model_df)
    of = _models(frame) & frame["estimator"].isin(OF_T)
    few: pd.Series = of & np.isfinite(times) & (times > widest * (1 + 1e-9))
    return few


RULES: dict[str, Callable[[pd.DataFrame, Policy], pd.Series]] = {
    "dominance": dominance,
    "threshold": threshold,
    "mean": mean,
    "percentile": percentile,
    "model": model,
    "freedom": freedom,
}


def reasons(frame: pd.DataFrame, policy: Policy) -> npt.NDArray[np.object_]:
    """The first rule that each row breaks; "" where it breaks none. Shape (rows,)."""
    out = np.full(len(frame), "", dtype=object)
    for name, rule in RULES.items():
        broken = rule(frame, policy).to_numpy(dtype=np.bool_, na_value=False)
        out[broken & (out == "")] = name
    return out
