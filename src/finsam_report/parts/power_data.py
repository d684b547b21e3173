"""What a study's data say about the precision of one like it, as far as it may be shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import usable, usable_covariates
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.parts_contract.calendar import PRICES
from finsam_report.inputs.read import Inputs, Tables
from finsam_report.parts import register_calendar, survey_answers
from finsam_report.parts.common import Columns, smallest_cells
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.people import Characteristics, characteristics, complete, trial
from finsam_report.parts.power_plan import ASSUMED, DATA, Known, Planned, declared
from finsam_report.parts.register_columns import ITT, Panels, Spec, unit_of
from finsam_report.study import Register, Survey
from finsam_report.study_release import ReleaseRules

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_EXPLAINED = 0.99


def explained(
    values: Floats, support: Bools, block: npt.NDArray[np.int64], covariates: Floats
) -> float:
    """Adjusted R squared of an outcome on blocks and covariates within the arms, 0 or more.

    Args:
        values: Complete outcomes; shape (n,).
        support: Who is in the support arm; shape (n,).
        block: Blocks; shape (n,).
        covariates: Complete covariates; shape (n, p).
    """
    dummies = (block[:, None] == np.unique(block)[None, :]).astype(np.float64)
    design = np.hstack([dummies, covariates])
    rest = total = 0.0
    df = values.size
    for arm in (support, ~support):
        y, x = values[arm], design[arm]
        total += float(((y - y.mean()) ** 2).sum())
        rest += float(((y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) ** 2).sum())
        df -= int(np.linalg.matrix_rank(x))
    if df < 1 or total == 0:
        return 0.0
    return min(max(1 - rest / df / (total / (values.size - 2)), 0.0), MOST_EXPLAINED)


def _response(seen: Bools, support: Bools, fewest: int) -> tuple[float, float] | None:
    """Share of each arm whose outcome is known; None where that would tell of a few people."""
    shares = []
    for arm in (support, ~support):
        got, asked = int(seen[arm].sum()), int(arm.sum())
        if 0 < asked - got < fewest or got < fewest:
            return None
        shares.append(got / asked)
    return shares[0], shares[1]


def _outcomes(
    columns: Columns, experiment: Trial, extra: Floats | None, rules: ReleaseRules
) -> dict[tuple[str, float], Planned]:
    out = {}
    cells = smallest_cells(columns.values, columns.shares, experiment.support, Dominance.of(rules))
    support, block = experiment.support, experiment.assignment.block
    x = experiment.covariates if extra is None else np.hstack([experiment.covariates, extra])
    for j, name in enumerate(columns.outcomes):
        values = columns.values[:, j]
        seen = ~np.isnan(values)
        found = Planned(
            name, float(columns.horizons[j]), "share" if columns.shares[j] else columns.units[j],
            up=True,
        )  # fmt: skip
        answers = _response(seen, support, rules.threshold)
        if answers is not None:
            found = replace(found, response=answers, sources=(ASSUMED, ASSUMED, DATA))
        control = values[seen & ~support]
        few = 0 < cells[j] < rules.threshold or control.size < rules.mean_minimum
        if few or np.ptp(control) == 0:
            out[name, found.horizon] = found
            continue
        use = seen.copy()
        use[seen] = usable(support[seen], block[seen])
        r_squared = 0.0
        if use.any():
            kept = usable_covariates(support[use], block[use], x[use])
            r_squared = explained(values[use], support[use], block[use], kept)
        out[name, found.horizon] = replace(
            found, mean=float(control.mean()), sd=float(control.std(ddof=1)),
            r_squared=r_squared, sources=(DATA, DATA, found.sources[2]),
        )  # fmt: skip
    return out


def people_known(part: Survey | Register, people: pd.DataFrame, level: float) -> Known:
    """Blocks and arms, where there are participants and no outcomes yet."""
    experiment = trial(part, people, _nothing(len(people)), level)
    return Known(*_numbers(experiment))


def _nothing(people: int) -> Characteristics:
    return Characteristics((), (), np.zeros((people, 0)), np.zeros(0, dtype=np.bool_))


def _numbers(experiment: Trial) -> tuple[Floats, Floats]:
    support = experiment.assignment.n_support.astype(np.float64)
    return support, experiment.assignment.sizes - support


def _take_up(experiment: Trial, fewest: int) -> float | None:
    """The effect of the offer on take-up; None where it is not known or tells of a few people."""
    if experiment.take_up is None:
        return None
    values = experiment.take_up[:, None]
    cell = float(smallest_cells(values, np.array([True]), experiment.support)[0])
    found = float(experiment.itt(values, adjust=False).estimate[0])
    return found if cell >= fewest and found > 0 else None


def known(inputs: Inputs, name: str) -> Known:
    """What the data of an experiment say, by the rules of disclosure control of the study.

    Args:
        inputs: The study and its checked tables.
        name: "survey" or "register".
    """
    level, rules = inputs.study.analysis.level, inputs.study.release
    if name == "survey":
        part, tables = inputs.study.survey, inputs.survey
        if part is None or tables is None:
            raise ValueError("the study has no survey")
        seen = characteristics(part.covariates, tables.participants)
        experiment = trial(part, tables.participants, seen, level)
        outcomes, extra = _survey(part, tables, experiment, rules)
    else:
        register = inputs.study.register_
        if register is None or inputs.register is None:
            raise ValueError("the study has no register")
        tables, _ = register_calendar.in_both_arms(register, inputs.register)
        seen = characteristics(register.covariates, tables.participants)
        experiment = trial(register, tables.participants, seen, level)
        panels = _panels(inputs, register, tables)
        columns = _columns(register, panels)
        outcomes, extra = _outcomes(columns, experiment, None, rules), None
    support, block = experiment.support, experiment.assignment.block
    use = usable(support, block)
    x = experiment.covariates if extra is None else np.hstack([experiment.covariates, extra])
    number = usable_covariates(support[use], block[use], x[use]).shape[1] if use.any() else 0
    return Known(*_numbers(experiment), number, _take_up(experiment, rules.threshold), outcomes)


def _survey(
    part: Survey, tables: Tables, experiment: Trial, rules: ReleaseRules
) -> tuple[dict[tuple[str, float], Planned], Floats | None]:
    extra = None
    if part.baseline_wave is not None:
        before = survey_answers.answer_columns(part, tables, part.baseline_wave).values
        extra = complete(before[:, ~np.isnan(before).all(axis=0)])
    out: dict[tuple[str, float], Planned] = {}
    months = {outcome.horizon for outcome in declared(part)}
    for wave in part.waves:
        if wave.month in months and wave.wave != part.baseline_wave and len(wave.arms) == 2:
            columns = survey_answers.answer_columns(part, tables, wave.wave)
            out |= _outcomes(columns, experiment, extra, rules)
    return out, extra


def _panels(inputs: Inputs, part: Register, tables: Tables) -> Panels:
    panels = Panels(tables.followed, len(tables.participants))
    prices, index = inputs.study.prices, inputs.other.get(PRICES)
    if prices is None or index is None:
        return panels
    return replace(
        panels,
        prices=register_calendar.prices_of(
            part, tables.participants, panels.periods, prices, index
        ),
    )


def _columns(part: Register, panels: Panels) -> Columns:
    chosen = [
        Spec(ITT, outcome, horizon, unit_of(outcome), main=True)
        for outcome in part.outcomes
        if outcome.is_main
        for horizon in part.horizons_of(outcome)
    ]
    return Columns(
        tuple(spec.outcome.id for spec in chosen),
        np.array([float(spec.horizon) for spec in chosen]),
        tuple(spec.unit for spec in chosen),
        tuple(spec.outcome.family for spec in chosen),
        panels.matrix(chosen, None, 0, panels.people),
    )
