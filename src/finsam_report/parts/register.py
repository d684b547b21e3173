"""The register experiment: what happened, period by period, to those who were offered a team."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.parts import common, effects
from finsam_report.parts.ledger import CELL, PERCENT, rows
from finsam_report.parts.people import characteristics, trial
from finsam_report.study import Analysis, Outcome, Register

Floats = npt.NDArray[np.float64]


def unit_of(outcome: Outcome) -> str:
    """The unit of an outcome's mean, as the ledger writes it."""
    match outcome.unit:
        case "share":
            return PERCENT
        case "amount":
            return outcome.currency or "amount"
        case "scale":
            return "scale points"
        case _:
            return "number"


def panel(tables: Tables, column: str, periods: npt.NDArray[np.int64]) -> Floats:
    """An outcome by person and period, NaN where there is no row; shape (n, T)."""
    out = np.full((len(tables.participants), periods.size), np.nan)
    period = tables.followed["period"].to_numpy(dtype=np.int64)
    at = np.searchsorted(periods, period)
    out[tables.followed["row"].to_numpy(), at] = tables.followed[column].to_numpy(dtype=np.float64)
    return out


def at_horizons(
    outcome: Outcome, values: Floats, periods: npt.NDArray[np.int64], horizons: list[int]
) -> Floats:
    """An outcome at each horizon, summed over its window; NaN unless all of it was seen."""
    out = np.full((values.shape[0], len(horizons)), np.nan)
    for j, horizon in enumerate(horizons):
        inside = (periods > horizon - outcome.window) & (periods <= horizon)
        if inside.sum() == outcome.window:
            out[:, j] = values[:, inside].sum(axis=1)
    return out


def _columns(outcomes: list[tuple[Outcome, list[int], Floats]], size: int) -> common.Columns:
    """Outcomes by horizon as the columns of one matrix."""
    values = [v for _, _, v in outcomes]
    return common.Columns(
        tuple(o.id for o, hs, _ in outcomes for _ in hs),
        np.array([float(h) for _, hs, _ in outcomes for h in hs]),
        tuple(unit_of(o) for o, hs, _ in outcomes for _ in hs),
        tuple(o.family for o, hs, _ in outcomes for _ in hs),
        np.hstack(values) if values else np.zeros((size, 0)),
    )


def analyse(part: Register, tables: Tables, choices: Analysis) -> list[pd.DataFrame]:
    """All rows of the ledger for the register experiment.

    Args:
        part: The register part as declared.
        tables: Checked tables.
        choices: Seed, number of draws, level of the intervals.

    Returns:
        Pieces of the ledger, in a fixed order.
    """
    people = tables.participants
    seen = characteristics(part.covariates, people)
    experiment = trial(part, people, seen, choices.level)
    draws = experiment.assignment.draw(np.random.default_rng([choices.seed, 3]), choices.draws)
    blocks = bool(part.assignment.blocks)
    horizons = list(part.horizons)
    periods = np.unique(tables.followed["period"].to_numpy(dtype=np.int64))
    panels = {
        name: panel(tables, name, periods)
        for name in dict.fromkeys(outcome.column for outcome in part.outcomes)
    }

    everyone = np.ones(len(people), dtype=np.bool_)
    out = common.count_rows("register", "randomised", everyone, experiment, blocks=blocks)
    for horizon in horizons:
        at = periods == horizon
        followed = np.any([~np.isnan(v[:, at]).any(axis=1) for v in panels.values()], axis=0)
        out += common.count_rows(
            "register", "followed", followed, experiment, blocks=False, horizon=horizon
        )
    out.append(common.description_rows("register", seen))
    out += common.balance_rows("register", experiment, seen, draws, "all")
    out += effects.take_up_rows("register", experiment, float(max(horizons)), blocks=blocks)

    main = _columns(
        [
            (o, horizons, at_horizons(o, panels[o.column], periods, horizons))
            for o in part.outcomes
            if o.main
        ],
        len(people),
    )
    why = common.reasons(main, experiment, part.minimum_events, part.minimum_events_arm)
    fine = np.array([not reason for reason in why], dtype=np.bool_)
    out += effects.main_rows("register", experiment, main.pick(fine), draws)
    out.append(
        common.not_estimated_rows(
            "register", main.pick(~fine), [r for r in why if r], experiment.support
        )
    )
    if part.path:
        # What is rare at every horizon is not followed month by month either.
        rare = set(main.outcomes) - set(main.pick(fine).outcomes)
        followed_up = [o for o in part.outcomes if o.window == 1 and o.id not in rare]
        path = _columns([(o, periods.tolist(), panels[o.column]) for o in followed_up], len(people))
        done = set(zip(main.outcomes, main.horizons.tolist(), strict=True))
        out += path_rows(part, experiment, path, done)
    return out


def path_rows(
    part: Register,
    experiment: Trial,
    path: common.Columns,
    done: set[tuple[str, float]],
) -> list[pd.DataFrame]:
    """Means of both arms and effects for every period; ``done`` effects are already there."""
    why = common.reasons(path, experiment, part.minimum_events, part.minimum_events_arm)
    path = path.pick(np.array([not reason for reason in why], dtype=np.bool_))
    cell = common.smallest_cells(path.values, path.shares, experiment.support)
    out = []
    new = np.array(
        [
            (outcome, horizon) not in done
            for outcome, horizon in zip(path.outcomes, path.horizons.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    for estimator, adjust in (("unadjusted", False), ("lin", True)):
        found = experiment.itt(path.values, adjust=adjust)
        if estimator == "unadjusted":
            for group, means in (
                ("arm:support", found.mean_support),
                ("arm:control", found.mean_control),
            ):
                out.append(
                    rows(
                        part="register", analysis="mean", outcome=list(path.outcomes),
                        group=group, horizon=path.horizons, estimator="block_weighted",
                        estimate=means * path.scale, n_support=found.n_support,
                        n_control=found.n_control, unit=list(path.units), **{CELL: cell},
                    )
                )  # fmt: skip
        found_rows = effects.effect_rows("register", path, found, estimator, cell)
        out.append(found_rows[new])
    return out
