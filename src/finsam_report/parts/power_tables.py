"""Minimal detectable effects and numbers of people of a plan, a row each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from finsam_report.estimators.power_designs import (
    Design,
    arcsine_share_effect,
    mean_effect,
    people_needed,
    pooled_share_effect,
    share_effect,
    spread,
)
from finsam_report.parts.power_plan import Plan, Planned

# Each adds something to the one before it, except the two other tests of two groups.
TWO, POOLED, ARCSINE = "two_groups", "two_groups_pooled", "two_groups_arcsine"
BLOCKS, COVARIATES, RESPONSE, TAKERS = "blocks", "covariates", "response", "takers"
FIGURE_POINTS, FIGURE_RANGE = 33, 4.0
Effect = Callable[[Design], float]


@dataclass(frozen=True)
class Aim:
    """Probability of finding an effect, and level of the intervals."""

    power: float
    level: float


def _two(plan: Plan, people: int, outcome: Planned) -> Design:
    share = float(plan.weights @ plan.shares)
    support, control = spread(people, np.ones(1), np.array([share]))
    return Design(
        support.astype(np.float64), control.astype(np.float64), normal=outcome.is_share
    )  # fmt: skip


def designs(plan: Plan, people: int, outcome: Planned) -> dict[str, Design]:
    """The designs of an outcome, one step at a time; only steps that change something.

    Args:
        plan: The plan.
        people: Number of people.
        outcome: The outcome.
    """
    out = {TWO: _two(plan, people, outcome)}
    support, control = spread(people, plan.weights, plan.shares)
    last = Design(support.astype(np.float64), control.astype(np.float64))
    if plan.weights.size > 1:
        out[BLOCKS] = last
    if outcome.r_squared > 0:
        last = replace(last, r_squared=outcome.r_squared, covariates=plan.covariates)
        out[COVARIATES] = last
    if outcome.response != (1.0, 1.0):
        out[RESPONSE] = last.answering(*outcome.response)
    return out


def effect_of(outcome: Planned, aim: Aim) -> Effect:
    """The smallest effect of a design: in standard deviations, or of a share from 0 to 1."""
    if outcome.is_share:
        return lambda design: share_effect(
            design, outcome.mean, aim.power, aim.level, up=outcome.up
        )
    return lambda design: mean_effect(design, 1.0, aim.power, aim.level)


def _row(
    plan: Plan, outcome: Planned, aim: Aim, people: int, name: str, design: Design, effect: float
) -> dict[str, Any]:
    kept = design.kept
    unit = outcome.unit if not math.isnan(outcome.sd) else "SD"
    sd = outcome.sd if not math.isnan(outcome.sd) else 1.0
    return {
        "part": plan.part, "outcome": outcome.outcome, "horizon": outcome.horizon,
        "kind": "share" if outcome.is_share else "mean", "design": name, "people": people,
        "n_support": float(kept.support.sum()), "n_control": float(kept.control.sum()),
        "blocks": kept.support.size, "r_squared": design.r_squared, "df": kept.df,
        "control_mean": outcome.mean, "sd": outcome.sd, "unit": unit,
        "effect": effect if outcome.is_share else effect * sd,
        "effect_sd": effect / sd if outcome.is_share else effect,
        "take_up": plan.take_up if name == TAKERS else math.nan,
        "power": aim.power, "level": aim.level,
        "mean_from": outcome.sources[0], "r_squared_from": outcome.sources[1],
        "response_from": outcome.sources[2], "blocks_from": plan.sources[0],
    }  # fmt: skip


def _rows(plan: Plan, outcome: Planned, aim: Aim, people: int) -> Iterator[dict[str, Any]]:
    effect = effect_of(outcome, aim)
    steps = designs(plan, people, outcome)
    found = math.nan
    for name, design in steps.items():
        found = effect(design) if design.usable else math.nan
        yield _row(plan, outcome, aim, people, name, design, found)
        if name == TWO and outcome.is_share and design.usable:
            numbers = float(design.support.sum()), float(design.control.sum())
            for other, of in ((POOLED, pooled_share_effect), (ARCSINE, arcsine_share_effect)):
                size = of(*numbers, outcome.mean, aim.power, aim.level, up=outcome.up)
                yield _row(plan, outcome, aim, people, other, design, size)
    if plan.take_up is not None:
        last = list(steps.values())[-1]
        yield _row(plan, outcome, aim, people, TAKERS, last, found / plan.take_up)


def detectable(plans: Iterable[Plan], aim: Aim) -> pd.DataFrame:
    """Minimal detectable effects by outcome, number of people and design.

    Shares are from 0 to 1. Effects per taker are those of the offer over the effect of the offer
    on take-up (Bloom 1984).
    """
    return pd.DataFrame(
        [
            row
            for plan in plans
            for people in plan.people
            for outcome in plan.outcomes
            for row in _rows(plan, outcome, aim, people)
        ]
    )


def _last(plan: Plan) -> list[Planned]:
    """Each outcome at the last time at which it is looked at."""
    return list({outcome.outcome: outcome for outcome in plan.outcomes}.values())


def needed(
    plans: Iterable[Plan], aim: Aim, sizes: Iterable[float], changes: Iterable[float]
) -> pd.DataFrame:
    """How many people must be randomised to find an effect, by outcome and design.

    Args:
        plans: The plans.
        aim: Power and level.
        sizes: Effects on means, in standard deviations.
        changes: Changes of shares, from 0 to 1.
    """
    rows = []
    cache: dict[object, float] = {}
    for plan in plans:
        for outcome in _last(plan):
            steps = _continuous(plan, outcome)
            for wanted in changes if outcome.is_share else sizes:
                for name, design in steps.items():
                    same = (
                        plan.part, name, wanted, outcome.is_share, outcome.r_squared,
                        outcome.response, outcome.mean if outcome.is_share else 0, outcome.up,
                    )  # fmt: skip
                    if same not in cache:
                        cache[same] = _people(plan, outcome, aim, name, design, wanted)
                    people = cache[same]
                    rows.append(
                        {
                            "part": plan.part, "outcome": outcome.outcome,
                            "horizon": outcome.horizon,
                            "kind": "share" if outcome.is_share else "mean", "design": name,
                            "effect": wanted, "unit": "share" if outcome.is_share else "SD",
                            "people_exact": people,
                            "people": math.nan if math.isnan(people) else math.ceil(people - 1e-9),
                            "power": aim.power, "level": aim.level,
                        }
                    )  # fmt: skip
    return pd.DataFrame(rows)


def _continuous(plan: Plan, outcome: Planned) -> dict[str, Design]:
    """Designs of numbers that need not be whole: two groups, the whole design, and its takers."""
    share = float(plan.weights @ plan.shares)
    people = float(plan.people[0])
    two = Design(
        np.array([people * share]), np.array([people * (1 - share)]), normal=outcome.is_share
    )
    size = plan.weights * people
    explains = outcome.r_squared > 0
    whole = Design(
        size * plan.shares, size * (1 - plan.shares),
        plan.covariates if explains else 0, outcome.r_squared,
    ).answering(*outcome.response)  # fmt: skip
    out = {TWO: two}
    steps = list(designs(plan, plan.people[0], outcome))
    if steps[-1] != TWO:
        out[steps[-1]] = whole
    if plan.take_up is not None:
        out[TAKERS] = whole
    return out


def _people(
    plan: Plan, outcome: Planned, aim: Aim, name: str, design: Design, wanted: float
) -> float:
    """People to be randomised, of whom those with the outcome are in the design."""
    of_offer = wanted * plan.take_up if name == TAKERS and plan.take_up is not None else wanted
    share = float(plan.weights @ plan.shares)
    known = share * outcome.response[0] + (1 - share) * outcome.response[1]
    found = people_needed(design, effect_of(outcome, aim), of_offer)
    return found if name == TWO else found / known


def curve(plan: Plan, aim: Aim) -> pd.DataFrame:
    """Effects in standard deviations by number of people, for the first outcome of a plan."""
    if not plan.outcomes:
        return pd.DataFrame()
    first = _last(plan)[0]
    middle = float(plan.people[0])
    low, high = min(plan.people) / FIGURE_RANGE, max(plan.people) * FIGURE_RANGE
    sd = first.sd if first.is_share else 1.0
    rows = []
    steps = designs(plan, plan.people[0], first)
    for people in np.geomspace(low, high, FIGURE_POINTS):
        found = math.nan
        for name, design in steps.items():
            found = effect_of(first, aim)(design.times(float(people) / middle)) / sd
            rows.append((plan.part, first.outcome, first.horizon, name, float(people), found))
        if plan.take_up is not None:
            rows.append(
                (plan.part, first.outcome, first.horizon, TAKERS, float(people),
                 found / plan.take_up)
            )  # fmt: skip
    names = ["part", "outcome", "horizon", "design", "people", "effect_sd"]
    return pd.DataFrame(rows, columns=names).dropna()
