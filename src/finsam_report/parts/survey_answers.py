"""What was answered: the items as outcomes, their distributions, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import interval
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.parts import common
from finsam_report.parts.ledger import CELL, PERCENT, rows
from finsam_report.study import Item, Survey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SCALE = "scale points"
ANSWER = "|answer:"
# A scale with more answers than this is described by its mean, not answer by answer.
MOST_ANSWERS = 11


def coded(item: Item, values: Floats) -> Floats:
    """Answers coded so that a higher one is better, whatever way the question was put."""
    return item.minimum + item.maximum - values if item.direction == "down" else values


def answer_columns(part: Survey, tables: Tables, wave: int) -> common.Columns:
    """Answers to one wave, NaN where there is none; one column per item, higher is better."""
    chosen = tables.followed[tables.followed["wave"] == str(wave)]
    values = np.full((len(tables.participants), len(part.items)), np.nan)
    names = [item.id for item in part.items]
    values[chosen["row"].to_numpy()] = chosen[names].to_numpy(dtype=np.float64)
    for j, item in enumerate(part.items):
        values[:, j] = coded(item, values[:, j])
    months = np.full(len(names), float(part.wave(wave).month))
    return common.Columns(
        tuple(names), months, (SCALE,) * len(names), tuple(i.family for i in part.items), values
    )


def missing_rows(columns: common.Columns, got: Bools, trial: Trial) -> list[pd.DataFrame]:
    """Share of those who answered a wave who left an item empty, by arm."""
    out = []
    for group, arm in common.ARMS:
        who = got & (trial.support == arm)
        asked = int(who.sum())
        if not asked:
            continue
        empty = np.isnan(columns.values[who]).sum(axis=0)
        out.append(
            rows(
                part="survey", analysis="item_missing", outcome=list(columns.outcomes),
                group=group, horizon=columns.horizons, estimator="share",
                estimate=100 * empty / asked, unit=PERCENT,
                n_support=asked if arm else np.nan, n_control=np.nan if arm else asked,
                **{CELL: np.where(empty > 0, np.minimum(empty, asked - empty), asked)},
            )
        )  # fmt: skip
    return out


def distribution_rows(part: Survey, columns: common.Columns, support: Bools) -> list[pd.DataFrame]:
    """Share of each arm that gave each answer, for scales of a few points; in the coded order."""
    out = []
    for j, item in enumerate(part.items):
        answers = np.arange(item.minimum, item.maximum + 1)
        if answers.size > MOST_ANSWERS:
            continue
        for group, arm in common.ARMS:
            given = columns.values[support == arm, j]
            given = given[~np.isnan(given)]
            if not given.size:
                continue
            counts = np.bincount((given - item.minimum).astype(np.int64), minlength=answers.size)
            out.append(
                rows(
                    part="survey", analysis="distribution", outcome=item.id,
                    group=[f"{group}{ANSWER}{answer}" for answer in answers],
                    horizon=float(columns.horizons[j]), estimator="share",
                    estimate=100 * counts / given.size, unit=PERCENT,
                    n_support=given.size if arm else np.nan,
                    n_control=np.nan if arm else given.size, **{CELL: counts},
                )
            )  # fmt: skip
    return out


def arm_mean_rows(
    columns: Sequence[tuple[common.Columns, Sequence[str]]], trial: Trial
) -> list[pd.DataFrame]:
    """Mean and standard deviation of each item by arm and wave, among those who answered it.

    Args:
        columns: The items of each wave, and the arms to which the wave was sent.
        trial: The experiment.
    """
    out = []
    for wave, arms in columns:
        for group, arm in common.ARMS:
            if ("support" if arm else "control") not in arms:
                continue
            values = wave.values[trial.support == arm]
            n = (~np.isnan(values)).sum(axis=0)
            some = n > 1
            mean, spread = np.full(n.size, np.nan), np.full(n.size, np.nan)
            mean[some] = np.nanmean(values[:, some], axis=0)
            spread[some] = np.nanstd(values[:, some], axis=0, ddof=1)
            shared = {
                "part": "survey", "analysis": "answers", "outcome": list(wave.outcomes),
                "group": group, "horizon": wave.horizons, "unit": SCALE, CELL: n,
                "n_support": n if arm else np.nan, "n_control": np.nan if arm else n,
            }  # fmt: skip
            error = spread / np.sqrt(np.maximum(n, 1))
            low, high, _ = interval(mean, error, np.maximum(n - 1.0, 1.0), trial.level)
            out.append(
                rows(estimator="mean", estimate=mean, std_error=error, ci_low=low, ci_high=high,
                     **shared)
            )  # fmt: skip
            out.append(rows(estimator="sd", estimate=spread, **shared))
    return out
