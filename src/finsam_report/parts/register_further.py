"""Beside the effects in the register experiment: take-up, compliers, robustness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.amounts import winsorised
from finsam_report.estimators.itt import Effects, interval, patterns
from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.passes import array_chunks, two_passes
from finsam_report.estimators.quantiles import inverted_quantile_effects, quantile_effects
from finsam_report.estimators.trial import Trial
from finsam_report.parts import common, effects
from finsam_report.parts.common import Columns, Part
from finsam_report.parts.ledger import BLOCK, CELL, PERCENT, POINTS, rows
from finsam_report.parts.people import Characteristics

Floats = npt.NDArray[np.float64]

PART: Part = "register"
QUANTILES = (0.5, 0.75, 0.9)
TOP = 0.99
BOOTSTRAP = 200
MANY = 100_000
FULL = 1e-9


def met_rows(trial: Trial, seen: Characteristics) -> list[pd.DataFrame]:
    """Characteristics of those offered support who took it up, and of those who did not.

    A description: chance did not part them, so their difference is no effect.
    """
    if trial.take_up is None or not seen.names:
        return []
    out = []
    for group, met in (("met", 1.0), ("not_met", 0.0)):
        who = trial.support & (trial.take_up == met)
        if who.any():
            piece = common.description_rows(PART, seen.of(who))
            out.append(piece.assign(analysis="met_description", group=group))
    return out


def stage_rows(trial: Trial, horizon: float) -> list[pd.DataFrame]:
    """Effect of the offer on take-up in each block: the difference in shares."""
    labels = trial.assignment.labels
    if trial.take_up is None or len(labels) < 2:
        return []
    block, size = trial.assignment.block, len(labels)
    share, variance, n = [], [], []
    for arm in (trial.support, ~trial.support):
        count = np.bincount(block[arm], minlength=size)
        met = np.bincount(block[arm], trial.take_up[arm], minlength=size)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = met / count
            variance.append(p * (1 - p) / (count - 1))
        share.append(p)
        n.append(count)
    error: Floats = np.sqrt(variance[0] + variance[1])
    estimate = share[0] - share[1]
    low, high, p_value = interval(
        estimate, error, (n[0] + n[1] - 2).astype(np.float64), trial.level
    )
    events = [np.rint(s * c) for s, c in zip(share, n, strict=True)]
    rest = [c - e for c, e in zip(n, events, strict=True)]
    counted = np.array([np.where(e > 0, e, np.inf) for e in (*events, *rest)])
    return [
        rows(
            part=PART, analysis="first_stage_block", outcome="met_team",
            group=[f"all{BLOCK}{label}" for label in labels], horizon=horizon,
            estimator="unadjusted", estimate=100 * estimate, std_error=100 * error,
            ci_low=100 * low, ci_high=100 * high, p_value=p_value, control_mean=100 * share[1],
            n_support=n[0], n_control=n[1], unit=POINTS,
            **{CELL: np.minimum(counted.min(axis=0), np.minimum(n[0], n[1]))},
        )
    ]  # fmt: skip


def _within(block: npt.NDArray[np.int64], values: Floats) -> Floats:
    """Values less their block's mean; shape (n, k)."""
    count = np.maximum(np.bincount(block), 1)
    out = np.empty(values.shape)
    for j in range(values.shape[1]):
        out[:, j] = values[:, j] - (np.bincount(block, values[:, j]) / count)[block]
    return out


def _fixed_effects(trial: Trial, columns: Columns, plain: Effects) -> Effects:
    """Block dummies and covariates without interactions: blocks weigh by their precision.

    The dummies are taken out first (Frisch and Waugh), so that no design of their number is made.
    """
    found = {name: np.full(len(columns.outcomes), np.nan) for name in ("estimate", "se", "df")}
    x = np.column_stack([trial.support.astype(np.float64), trial.covariates])
    for seen, at in patterns(columns.values):
        codes = np.unique(trial.assignment.block[seen], return_inverse=True)[1].astype(np.int64)
        design = _within(codes, x[seen])
        design = design[:, independent_columns(design)]
        outcome = _within(codes, columns.values[np.ix_(seen, at)])
        df = codes.size - int(codes.max(initial=-1)) - 1 - design.shape[1]
        if df < 1 or not design.shape[1] or np.ptp(design[:, 0]) == 0:
            continue
        inverse = np.linalg.inv(design.T @ design)
        coefficients = inverse @ (design.T @ outcome)
        residual = outcome - design @ coefficients
        leverage = 1 / np.bincount(codes)[codes]
        leverage = leverage + np.einsum("ij,jk,ik->i", design, inverse, design)
        room = np.where(leverage < 1 - FULL, 1 - leverage, np.nan)
        weight = (design @ inverse[0]) ** 2 / room
        found["estimate"][at] = coefficients[0]
        found["se"][at] = np.sqrt(weight @ residual**2)
        found["df"][at] = df
    low, high, p = interval(found["estimate"], found["se"], found["df"], trial.level)
    return replace(
        plain, estimate=found["estimate"], std_error=found["se"], df=found["df"],
        ci_low=low, ci_high=high, p_value=p,
    )  # fmt: skip


def _pooled(trial: Trial, columns: Columns, plain: Effects) -> Effects:
    """The difference in means without regard to blocks, with Neyman's variance (HC2)."""
    arms = [columns.values[trial.support], columns.values[~trial.support]]
    n = [(~np.isnan(v)).sum(axis=0) for v in arms]
    mean = [np.nansum(v, axis=0) / np.maximum(k, 1) for v, k in zip(arms, n, strict=True)]
    spread = [
        np.nansum((v - m) ** 2, axis=0) / np.maximum(k - 1, 1) / np.maximum(k, 1)
        for v, m, k in zip(arms, mean, n, strict=True)
    ]
    few = np.minimum(n[0], n[1]) < 2
    estimate: Floats = np.where(few, np.nan, mean[0] - mean[1])
    error: Floats = np.where(few, np.nan, np.sqrt(spread[0] + spread[1]))
    df = np.maximum(n[0] + n[1] - 2.0, 1.0)
    low, high, p = interval(estimate, error, df, trial.level)
    return replace(
        plain, estimate=estimate, std_error=error, df=df, ci_low=low, ci_high=high, p_value=p,
        mean_control=np.where(few, np.nan, mean[1]),
    )  # fmt: skip


def robustness_rows(
    trial: Trial, columns: Columns, plain: Effects, cell: Floats, rng: np.random.Generator
) -> list[pd.DataFrame]:
    """Main effects with other weights of blocks, amounts drawn in, and quantiles of amounts.

    Args:
        trial: The experiment.
        columns: The main outcomes at the horizons that are estimated.
        plain: Their unadjusted effects.
        cell: Fewest people behind each.
        rng: Source of the bootstrap.
    """
    if not columns.outcomes:
        return []
    out: list[pd.DataFrame] = []
    if len(trial.assignment.labels) > 1:
        for name, found in (
            ("fixed_effects", _fixed_effects(trial, columns, plain)),
            ("no_blocks", _pooled(trial, columns, plain)),
        ):
            out.append(effects.effect_rows(PART, columns, found, name, cell, analysis="robustness"))
    amounts = np.array([u not in (PERCENT, "scale points", "number") for u in columns.units])
    if amounts.any():
        chosen, own = columns.pick(amounts), cell[amounts]
        chunks = array_chunks(
            trial.support, trial.assignment.block, trial.covariates,
            winsorised(chosen.values, 1 - TOP),
        )  # fmt: skip
        drawn_in = two_passes(chunks, level=trial.level)[Selection()].adjusted.effects
        out.append(
            effects.effect_rows(PART, chosen, drawn_in, "winsorised", own, analysis="robustness")
        )
        for j in range(len(chosen.outcomes)):
            out.append(_quantile_rows(trial, chosen, j, own[j], rng))
    return out


def _quantile_rows(
    trial: Trial, columns: Columns, j: int, cell: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Effects on quantiles: with a bootstrap, or without draws where it would take too long."""
    data = trial.support, trial.assignment.block, columns.values[:, j], np.array(QUANTILES)
    if trial.support.size > MANY:
        found = inverted_quantile_effects(*data, trial.level)
    else:
        found = quantile_effects(*data, rng, BOOTSTRAP, trial.level)
    return rows(
        part=PART, analysis="quantile", outcome=columns.outcomes[j], group="all",
        horizon=float(columns.horizons[j]),
        estimator=[f"quantile_{100 * q:g}" for q in QUANTILES], estimate=found.estimate,
        std_error=found.std_error, ci_low=found.ci_low, ci_high=found.ci_high,
        p_value=found.p_value, control_mean=found.control, n_support=found.n_support,
        n_control=found.n_control, unit=columns.units[j], **{CELL: np.repeat(cell, len(QUANTILES))},
    )  # fmt: skip
