"""The register experiment: what happened, period by period, to those who were offered a team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.parts_contract.calendar import DRAWS, PRICES
from finsam_report.inputs.read import Tables
from finsam_report.parts import (
    common,
    effects,
    register_calendar,
    register_condition,
    register_costs,
    register_course,
    register_further,
    register_groups,
    register_later,
    register_rows,
    register_work,
)
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.ledger import PERCENT, rows
from finsam_report.parts.people import characteristics, trial
from finsam_report.parts.register_columns import (
    ALTERNATIVE,
    COMPLIERS,
    CUMULATED,
    ITT,
    PLACEBO,
    POSITIVE,
    Panels,
)
from finsam_report.parts.register_work import Work
from finsam_report.study import Analysis, Prices, Register
from finsam_report.study_release import ReleaseRules

Bools = npt.NDArray[np.bool_]

# With more people than this, p-values are those of the t distribution, which then are as good.
DRAWN_AGAIN = 100_000
FEWER_DRAWS = 199


def analyse(
    part: Register,
    tables: Tables,
    choices: Analysis,
    prices: Prices | None = None,
    other: Mapping[str, pd.DataFrame] | None = None,
    release: ReleaseRules | None = None,
) -> list[pd.DataFrame]:
    """All rows of the ledger for the register experiment.

    Args:
        part: The register part as declared.
        tables: Checked tables.
        choices: Seed, number of draws, level of the intervals.
        prices: The price index as declared, if there is one.
        other: The checked tables beside those two, by the name of their contract.
        release: The rules of disclosure control; the default ones if not given.

    Returns:
        Pieces of the ledger, in a fixed order.
    """
    tables, left_out = register_calendar.in_both_arms(part, tables)
    people = tables.participants
    rules = release or ReleaseRules()
    seen = characteristics(part.covariates, people, Dominance.of(rules))
    experiment = trial(part, people, seen, choices.level)
    number = choices.draws if len(people) <= DRAWN_AGAIN else min(choices.draws, FEWER_DRAWS)
    draws = experiment.assignment.draw(np.random.default_rng([choices.seed, 3]), number)
    blocks = bool(part.assignment.blocks)
    panels = Panels(tables.followed, len(people))
    index = (other or {}).get(PRICES)
    if prices is not None and index is not None:
        factors = register_calendar.prices_of(part, people, panels.periods, prices, index)
        panels = replace(panels, prices=factors)

    out = left_out
    out += common.count_rows(
        "register", "randomised", np.ones(len(people), dtype=np.bool_), experiment, blocks=blocks
    )
    names = list(dict.fromkeys(name for outcome in part.outcomes for name in outcome.columns))
    for horizon in part.horizons:
        followed = panels.seen(names, horizon)
        out += common.count_rows(
            "register", "followed", followed, experiment, blocks=False, horizon=horizon
        )
        inside = np.unique(experiment.assignment.block[followed]).size
        out.append(
            rows(
                part="register", analysis="blocks", outcome="followed", group="all",
                horizon=horizon, estimator="count", estimate=inside, unit="blocks",
            )
        )  # fmt: skip
    out.append(common.description_rows("register", seen))
    out += common.balance_rows("register", experiment, seen, draws, "all")
    out += register_further.met_rows(experiment, seen)
    work = register_work.passed(part, people, experiment, panels, choices, rules)
    out += register_course.exit_rows(part, people, experiment)
    out += _take_up(work, blocks=blocks)
    out += register_calendar.met_by_rows(part, people, experiment)
    out += register_further.stage_rows(experiment, float(max(part.horizons)))
    out += _main(work, draws if len(people) <= DRAWN_AGAIN else None)
    if part.path:
        out += _path(work)
    out += _summed(work)
    out += _beside(work)
    if other is not None and DRAWS in other:
        out += register_later.later_rows(work, other[DRAWS])
    return out + _split(work)


def _take_up(work: Work, *, blocks: bool) -> list[pd.DataFrame]:
    """Share of each arm that met a team, and the effect of the offer on meeting one."""
    trial, last = work.trial, float(max(work.part.horizons))
    if trial.take_up is None:
        return []
    met = trial.take_up == 1
    counts = common.count_rows("register", "met_team", met, trial, blocks=blocks)
    columns = common.Columns(
        ("met_team",), np.array([last]), (PERCENT,), ("take_up",), trial.take_up[:, None]
    )
    why = common.reasons(columns, trial, 0, 0)
    if why[0]:  # everybody met one, or nobody: then there is no effect per person who did
        return [common.not_estimated_rows("register", columns, why, trial.support), *counts]
    cell = common.smallest_cells(columns.values, columns.shares, trial.support)
    at = np.array([len(work.chosen)])
    fits = (("unadjusted", work.everybody.plain), ("lin", work.everybody.adjusted))
    return [
        *[
            effects.effect_rows(
                "register", columns, register_rows.effects_of(fit.effects, at), name, cell,
                analysis="first_stage",
            )
            for name, fit in fits
        ],
        *counts,
    ]  # fmt: skip


def _stage(work: Work) -> tuple[float, float]:
    """Effect of the offer on take-up, a share, and its standard error; (1, 0) if not known."""
    if work.trial.take_up is None:
        return 1.0, 0.0
    found = work.everybody.plain.effects
    return float(found.estimate[-1]), float(found.std_error[-1])


def _main(work: Work, draws: Bools | None) -> list[pd.DataFrame]:
    """Main effects at the horizons, and what cannot be estimated."""
    everybody = work.everybody
    return [
        *register_rows.main_rows(
            work.chosen, everybody, work.at, work.main_columns, work.trial, draws, work.cell
        ),
        register_rows.not_estimated_rows(
            work.chosen, everybody.plain.effects, work.why, work.cell
        ),
    ]  # fmt: skip


def _path(work: Work) -> list[pd.DataFrame]:
    """Means and effects month by month, with bands that hold the whole path."""
    everybody, chosen = work.everybody, work.chosen
    path = work.positions(ITT)
    path = path[[chosen[i].outcome.window == 1 for i in path]]
    main = np.array([chosen[i].main for i in path], dtype=np.bool_)
    course = np.concatenate([work.positions(PLACEBO), path])
    kept = [
        (p[work.shown[p]], c[np.ix_(work.shown[p], work.shown[p])])
        for p, c in zip(work.paths, everybody.adjusted.covariance, strict=False)
    ]
    return [
        *register_rows.mean_rows(chosen, everybody, course, work.cell, "mean"),
        *register_rows.itt_rows(chosen, everybody, path[~main], work.cell, "itt"),
        *register_rows.band_rows(
            chosen, everybody.adjusted, [k for k in kept if k[0].size], work.cell, work.level,
            (work.seed, 5),
        ),
    ]  # fmt: skip


def _summed(work: Work) -> list[pd.DataFrame]:
    """Outcomes summed since randomisation, having any amount, and periods before it."""
    out: list[pd.DataFrame] = []
    everybody, chosen, cell = work.everybody, work.chosen, work.cell
    for name in (CUMULATED, POSITIVE, PLACEBO, ALTERNATIVE):
        out += register_rows.itt_rows(chosen, everybody, work.positions(name), cell, name)
    some = work.positions(CUMULATED)
    out += register_rows.mean_rows(chosen, everybody, some, cell, "cumulated_mean")
    return out + register_rows.taker_rows(chosen, everybody.adjusted, some, cell, "cumulated_late")


def _beside(work: Work) -> list[pd.DataFrame]:
    """First events, what follows a job, costs, compliers, and other choices."""
    everybody, chosen, cell = work.everybody, work.chosen, work.cell
    left = register_course.gone(work.part, work.people)
    out = register_course.first_event_rows(
        work.part, work.trial, work.panels, left, work.rules.threshold
    )
    out += register_course.transition_rows(work.part, work.trial, work.panels, left)
    out += register_condition.condition_rows(work)
    if work.streams.size:
        out += register_costs.cost_rows(
            work.part, chosen, everybody.adjusted, work.streams,
            everybody.adjusted.covariance[-1], _stage(work), cell,
            np.random.default_rng([work.seed, 7]), work.level,
        )  # fmt: skip
    out += register_rows.complier_rows(chosen, everybody, work.positions(COMPLIERS), cell)
    out += register_rows.itt_rows(chosen, everybody, work.at, cell, "robustness")
    return out + register_further.robustness_rows(
        work.trial, work.main_columns, register_rows.effects_of(everybody.plain.effects, work.at),
        cell[work.at], np.random.default_rng([work.seed, 6]),
    )  # fmt: skip


def _split(work: Work) -> list[pd.DataFrame]:
    """Women and men by month, every subgroup at the horizons, and a day in calendar time."""
    out: list[pd.DataFrame] = []
    if work.sex is not None and work.part.path:
        out += register_groups.sex_path_rows(
            work.chosen, work.results, work.sex, work.positions(ITT), work.limits, work.dominance
        )
    several, sides = register_work.variables(work), register_calendar.sides(work)
    results = register_work.split(work, [*several, *(side for _, side in sides)])
    if not results:
        return out
    chosen = [work.chosen[i] for i in work.at]
    out += register_groups.subgroup_rows(
        chosen, results, several, work.limits, work.level, work.dominance
    )
    return out + register_calendar.split_rows(work, results, sides, len(several))
