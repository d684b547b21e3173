"""Costs against effects on income and assistance, for participants and the public purse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.costs import Amount, Assumptions, BreakEven, cost_benefit
from finsam_report.estimators.pass_results import Fit
from finsam_report.parts.ledger import CELL, rows
from finsam_report.parts.register_columns import ITT, Spec
from finsam_report.parts.register_rows import PART
from finsam_report.study import Costs, Register

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PERIODS = {"month": 12, "quarter": 4, "year": 1}


def positions(part: Register, chosen: Sequence[Spec]) -> Ints:
    """Columns of the streams, all periods of the first stream first; empty without costs."""
    if part.costs is None or not part.path:
        return np.zeros(0, dtype=np.int64)
    followed = [
        {
            spec.horizon: at
            for at, spec in enumerate(chosen)
            if spec.analysis == ITT and spec.outcome.id == stream.outcome and spec.horizon > 0
        }
        for stream in part.costs.streams
    ]
    shared = sorted(set.intersection(*(set(periods) for periods in followed)))
    return np.array([periods[t] for periods in followed for t in shared], dtype=np.int64)


def cost_rows(
    part: Register,
    chosen: Sequence[Spec],
    fit: Fit,
    at: Ints,
    covariance: Floats,
    stage: tuple[float, float],
    cell: Floats,
    rng: np.random.Generator,
    level: float,
) -> list[pd.DataFrame]:
    """Costs and benefits per person offered support, up to the last period.

    Args:
        part: The part as declared.
        chosen: The columns of the passes.
        fit: The adjusted effects.
        at: Columns of the streams, see :func:`positions`.
        covariance: Their joint covariance.
        stage: Effect of the offer on take-up, a share, and its standard error; (1, 0) where
            take-up is not known.
        cell: Fewest people behind each column.
        rng: Source of the draws.
        level: Level of the intervals.
    """
    costs = part.costs
    if costs is None or not at.size or stage[0] <= 0:
        return []  # without more people in the programme nothing was bought
    k = len(costs.streams)
    t = at.size // k
    # Only periods in which every stream is estimated, from the first without a gap.
    known = np.isfinite(fit.effects.estimate[at]).reshape(k, t).all(axis=0)
    known &= np.isfinite(np.diag(covariance)).reshape(k, t).all(axis=0)
    t_used = int(np.argmin(known)) if not known.all() else t
    if t_used == 0:
        return []
    keep = np.concatenate([np.arange(t_used) + s * t for s in range(k)])
    amount = np.repeat([s.amount for s in costs.streams], t_used)
    effects = (fit.effects.estimate[at][keep] * amount).reshape(k, t_used)
    joint = covariance[np.ix_(keep, keep)] * np.outer(amount, amount)
    found = cost_benefit(
        effects, joint, tuple(s.kind for s in costs.streams), costs.per_participant * stage[0],
        _assumptions(costs, part.period), rng, cost_error=costs.per_participant * stage[1],
        level=level,
    )  # fmt: skip
    shared = {
        "part": PART, "analysis": "costs", "horizon": float(t_used), "group": "all",
        CELL: float(cell[at[keep]].min()),
    }  # fmt: skip
    out = [
        rows(outcome="per_offer", estimator="cost", estimate=costs.per_participant * stage[0],
             unit=costs.currency, **shared),
        *[
            rows(outcome="per_offer", estimator=name, unit=costs.currency, **_numbers(value),
                 **shared)
            for name, value in (
                ("willingness", found.willingness), ("net_cost", found.net_cost),
                ("net_value", found.net_value),
            )
        ],
        rows(
            outcome="per_offer", estimator="mvpf", estimate=found.mvpf, ci_low=found.mvpf_low,
            ci_high=found.mvpf_high, unit="ratio", **{**shared, "group": f"case={found.mvpf_case}"},
        ),
    ]  # fmt: skip
    for name, even in (("purse", found.purse_break_even), ("joint", found.joint_break_even)):
        out += _even_rows(name, even, shared, costs.currency, chosen, at[:t_used])
    return out


def _numbers(value: Amount) -> dict[str, float]:
    return {
        "estimate": value.estimate, "std_error": value.std_error, "ci_low": value.ci_low,
        "ci_high": value.ci_high,
    }  # fmt: skip


def _assumptions(costs: Costs, period: str) -> Assumptions:
    return Assumptions(
        tax_rate=costs.tax_rate, discount_rate=costs.discount_rate,
        periods_per_year=PERIODS[period], administration=costs.administration,
        value_of_time=costs.value_of_time, deadweight=costs.deadweight,
    )  # fmt: skip


def _even_rows(
    name: str,
    even: BreakEven,
    shared: Mapping[str, Any],
    currency: str,
    chosen: Sequence[Spec],
    at: Ints,
) -> list[pd.DataFrame]:
    periods = np.array([float(chosen[i].horizon) for i in at])
    half = even.std_error
    return [
        rows(
            estimator="break_even", estimate=even.period, ci_low=even.ci_low,
            ci_high=even.ci_high, unit="periods", **{**shared, "outcome": name},
        ),
        rows(
            part=PART, analysis="costs", outcome=name, group="all", horizon=periods,
            estimator="cumulated_net", estimate=even.cumulated, std_error=half, unit=currency,
            **{CELL: shared[CELL]},
        ),
    ]  # fmt: skip
