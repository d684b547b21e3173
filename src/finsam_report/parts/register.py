"""The register experiment: what happened, period by period, to those who were offered a team."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.passes import CHUNK
from finsam_report.inputs.read import Tables
from finsam_report.parts import (
    common,
    effects,
    register_costs,
    register_course,
    register_further,
    register_groups,
    register_rows,
    register_work,
)
from finsam_report.parts.ledger import PERCENT
from finsam_report.parts.people import characteristics, trial
from finsam_report.parts.register_columns import (
    COMPLIERS,
    CUMULATED,
    ITT,
    PLACEBO,
    POSITIVE,
    Panels,
)
from finsam_report.parts.register_work import Work
from finsam_report.study import Analysis, Register

Bools = npt.NDArray[np.bool_]

# With more people than this, p-values are those of the t distribution, which then are as good.
DRAWN_AGAIN = 100_000
FEWER_DRAWS = 199


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
    number = choices.draws if len(people) <= DRAWN_AGAIN else min(choices.draws, FEWER_DRAWS)
    draws = experiment.assignment.draw(np.random.default_rng([choices.seed, 3]), number)
    blocks = bool(part.assignment.blocks)
    panels = Panels(tables.followed, len(people))

    out = common.count_rows(
        "register", "randomised", np.ones(len(people), dtype=np.bool_), experiment, blocks=blocks
    )
    for horizon in part.horizons:
        at = panels.periods == horizon
        followed = np.zeros(len(people), dtype=np.bool_)
        names = list(dict.fromkeys(outcome.column for outcome in part.outcomes))
        for first in range(0, len(people), CHUNK):
            last = min(first + CHUNK, len(people))
            some = panels.some(first, last, names)
            followed[first:last] = np.any(
                [~np.isnan(v[:, at]).any(axis=1) for v in some.values()], axis=0
            )
        out += common.count_rows(
            "register", "followed", followed, experiment, blocks=False, horizon=horizon
        )
    out.append(common.description_rows("register", seen))
    out += common.balance_rows("register", experiment, seen, draws, "all")
    out += register_further.met_rows(experiment, seen)
    work = register_work.passed(part, people, experiment, panels, choices)
    out += _take_up(work, blocks=blocks)
    out += register_further.stage_rows(experiment, float(max(part.horizons)))
    out += _main(work, draws if len(people) <= DRAWN_AGAIN else None)
    if part.path:
        out += _path(work)
    out += _summed(work)
    out += _beside(work)
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
    for name in (CUMULATED, POSITIVE, PLACEBO):
        out += register_rows.itt_rows(chosen, everybody, work.positions(name), cell, name)
    some = work.positions(CUMULATED)
    out += register_rows.mean_rows(chosen, everybody, some, cell, "cumulated_mean")
    return out + register_rows.taker_rows(chosen, everybody.adjusted, some, cell, "cumulated_late")


def _beside(work: Work) -> list[pd.DataFrame]:
    """First events, what follows a job, costs, compliers, and other choices."""
    everybody, chosen, cell = work.everybody, work.chosen, work.cell
    out = register_course.first_event_rows(work.part, work.trial, work.panels)
    out += register_course.transition_rows(work.part, work.trial, work.panels)
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
    """Women and men by month, and every subgroup at the horizons."""
    out: list[pd.DataFrame] = []
    if work.sex is not None:
        out += register_groups.sex_path_rows(
            work.chosen, work.results, work.sex, work.positions(ITT), work.limits
        )
    results, several = register_work.split(work)
    if not results:
        return out
    chosen = [work.chosen[i] for i in work.at]
    return out + register_groups.subgroup_rows(chosen, results, several, work.limits, work.level)
