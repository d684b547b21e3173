"""The survey experiment: who answered, and what those offered a team answered."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.trial import Trial
from finsam_report.inputs.parts_contract.survey_extra import OPEN, REFERRALS, STAFF
from finsam_report.inputs.read import Tables
from finsam_report.parts import (
    common,
    effects,
    subgroups,
    survey_answers,
    survey_flow,
    survey_further,
    survey_index,
    survey_others,
    survey_robust,
)
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.groups import groups
from finsam_report.parts.people import characteristics, complete, trial
from finsam_report.study import Analysis, Survey
from finsam_report.study_release import ReleaseRules

Floats = npt.NDArray[np.float64]


def analyse(
    part: Survey,
    tables: Tables,
    choices: Analysis,
    other: Mapping[str, pd.DataFrame] | None = None,
    release: ReleaseRules | None = None,
) -> list[pd.DataFrame]:
    """All rows of the ledger for the survey experiment.

    Args:
        part: The survey part as declared.
        tables: Checked tables of participants and answers.
        choices: Seed, number of draws, level of the intervals.
        other: Further tables of the part, by the name of their contract.
        release: The rules of disclosure control; the default ones if not given.

    Returns:
        Pieces of the ledger, in a fixed order.
    """
    further = other or {}
    people = tables.participants
    dominance = Dominance.of(release or ReleaseRules())
    seen = characteristics(part.covariates, people, dominance)
    experiment = trial(part, people, seen, choices.level)
    draws = experiment.assignment.draw(np.random.default_rng([choices.seed, 1]), choices.draws)
    blocks = bool(part.assignment.blocks)
    everyone = np.ones(len(people), dtype=np.bool_)
    month = float(part.wave(part.primary_wave).month)

    out = common.count_rows("survey", "randomised", everyone, experiment, blocks=blocks)
    out += survey_flow.recruitment_rows(part, people, further.get(REFERRALS))
    out += survey_flow.waiting_rows(people, experiment)
    for wave in part.waves:
        got = survey_flow.returned(tables, wave.wave)
        out += survey_flow.response_rows(part, experiment, got, wave.wave, draws, blocks=blocks)
    answered = survey_flow.returned(tables, part.primary_wave)
    out.append(common.description_rows("survey", seen))
    out += common.balance_rows("survey", experiment, seen, draws, "all")
    among = experiment.among(answered)
    respondents = seen.of(answered)
    # If answering does not depend on the arm, the arms of those who answered are a random split
    # of them; that is what is drawn again here.
    again = among.assignment.draw(np.random.default_rng([choices.seed, 2]), choices.draws)
    out += common.balance_rows("survey", among, respondents, again, "respondents")
    out.append(survey_flow.who_answered_rows(seen, answered, part.primary_wave))
    out += effects.take_up_rows("survey", experiment, month, blocks=blocks)

    waves = [
        (survey_answers.answer_columns(part, tables, wave.wave), wave.arms) for wave in part.waves
    ]
    columns = survey_answers.answer_columns(part, tables, part.primary_wave)
    out += survey_answers.missing_rows(columns, answered, experiment)
    out += survey_answers.distribution_rows(part, columns, experiment.support)
    out += survey_answers.arm_mean_rows(waves, experiment)
    why = common.reasons(columns, experiment, 0, 0)
    fine = np.array([not reason for reason in why])
    extra = before = None
    if part.baseline_wave is not None:
        before = survey_answers.answer_columns(part, tables, part.baseline_wave).values
        before = before[:, ~np.isnan(before).all(axis=0)]
        extra = complete(before)
    estimable = columns.pick(fine)
    known = experiment.covariates if extra is None else np.hstack([experiment.covariates, extra])
    out += survey_flow.attrition_rows(part, experiment, answered, known, draws)
    out += effects.main_rows("survey", experiment, estimable, draws, extra)
    out.append(
        common.not_estimated_rows(
            "survey", columns.pick(~fine), [r for r in why if r], experiment.support
        )
    )
    out += survey_index.index_rows(part, experiment, estimable, draws, extra)
    out += survey_further.detectable_rows(experiment, estimable, extra, choices.power)
    out += _other_waves(part, tables, experiment, columns, extra)
    cells = survey_robust.tightening_cells(before, len(people))
    out += survey_robust.robustness_rows(
        part, experiment, estimable, extra, cells, np.random.default_rng([choices.seed, 3])
    )
    out += subgroups.subgroup_rows(
        "survey", experiment, estimable, groups(part, people), draws, extra
    )
    out += survey_others.staff_rows(part, tables, experiment, further.get(STAFF))
    out += survey_others.open_rows(part, tables, experiment, further.get(OPEN))
    return out


def _other_waves(
    part: Survey, tables: Tables, experiment: Trial, primary: common.Columns, extra: Floats | None
) -> list[pd.DataFrame]:
    """Surveys after randomisation beside the primary one: sent to both arms, or to one."""
    start = part.wave(part.primary_wave).month
    both, one = [], []
    for wave in part.waves:
        if wave.wave in (part.primary_wave, part.baseline_wave) or wave.month == 0:
            continue
        answers = survey_answers.answer_columns(part, tables, wave.wave)
        if len(wave.arms) == 2:
            both.append(answers)
        elif wave.month > start:
            one.append((wave.wave, answers))
    return [
        *survey_further.other_wave_rows(experiment, both, extra),
        *survey_further.later_rows(part, experiment, primary, one),
    ]
