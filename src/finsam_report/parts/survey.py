"""The survey experiment: who answered, and what those offered a team answered."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.parts import common, effects
from finsam_report.parts.ledger import PERCENT
from finsam_report.parts.people import characteristics, complete, trial
from finsam_report.study import Analysis, Survey

Floats = npt.NDArray[np.float64]

SCALE = "scale points"


def answer_columns(part: Survey, tables: Tables, wave: int) -> common.Columns:
    """Answers to one wave, NaN where there is none; one column per item."""
    chosen = tables.followed[tables.followed["wave"] == str(wave)]
    values = np.full((len(tables.participants), len(part.items)), np.nan)
    names = [item.id for item in part.items]
    values[chosen["row"].to_numpy()] = chosen[names].to_numpy(dtype=np.float64)
    months = np.full(len(names), float(part.wave(wave).month))
    return common.Columns(
        tuple(names), months, (SCALE,) * len(names), tuple(i.family for i in part.items), values
    )


def returned(tables: Tables, wave: int) -> npt.NDArray[np.bool_]:
    """Who sent back a wave's survey; shape (n,)."""
    out = np.zeros(len(tables.participants), dtype=np.bool_)
    out[tables.followed.loc[tables.followed["wave"] == str(wave), "row"].to_numpy()] = True
    return out


def analyse(part: Survey, tables: Tables, choices: Analysis) -> list[pd.DataFrame]:
    """All rows of the ledger for the survey experiment.

    Args:
        part: The survey part as declared.
        tables: Checked tables.
        choices: Seed, number of draws, level of the intervals.

    Returns:
        Pieces of the ledger, in a fixed order.
    """
    people = tables.participants
    seen = characteristics(part.covariates, people)
    experiment = trial(part, people, seen, choices.level)
    draws = experiment.assignment.draw(np.random.default_rng([choices.seed, 1]), choices.draws)
    blocks = bool(part.assignment.blocks)
    everyone = np.ones(len(people), dtype=np.bool_)
    month = float(part.wave(part.primary_wave).month)

    out = common.count_rows("survey", "randomised", everyone, experiment, blocks=blocks)
    for wave in part.waves:
        got = returned(tables, wave.wave)
        out += _response(part, experiment, got, wave.wave, blocks=blocks)
    out.append(common.description_rows("survey", seen))
    out += common.balance_rows("survey", experiment, seen, draws, "all")
    answered = returned(tables, part.primary_wave)
    among = experiment.among(answered)
    respondents = characteristics(part.covariates, people[answered].reset_index(drop=True))
    # If answering does not depend on the arm, the arms of those who answered are a random split
    # of them; that is what is drawn again here.
    again = among.assignment.draw(np.random.default_rng([choices.seed, 2]), choices.draws)
    out += common.balance_rows("survey", among, respondents, again, "respondents")
    out += effects.take_up_rows("survey", experiment, month, blocks=blocks)

    columns = answer_columns(part, tables, part.primary_wave)
    why = common.reasons(columns, experiment, 0, 0)
    fine = np.array([not reason for reason in why])
    extra = None
    if part.baseline_wave is not None:
        before = answer_columns(part, tables, part.baseline_wave).values
        extra = complete(before[:, ~np.isnan(before).all(axis=0)])
    out += effects.main_rows("survey", experiment, columns.pick(fine), draws, extra)
    out.append(
        common.not_estimated_rows(
            "survey", columns.pick(~fine), [r for r in why if r], experiment.support
        )
    )
    return out


def _response(
    part: Survey, experiment: Trial, got: npt.NDArray[np.bool_], wave: int, *, blocks: bool
) -> list[pd.DataFrame]:
    """Who answered a wave: counts, shares, and the difference between the arms."""
    declared = part.wave(wave)
    name, horizon = f"answered_wave{wave}", float(declared.month)
    out = common.count_rows("survey", name, got, experiment, blocks=blocks, horizon=horizon)
    if len(declared.arms) == 1:
        other = "arm:control" if declared.arms == ("support",) else "arm:support"
        # Nobody in the other arm was asked: no zero may stand there.
        return [piece[~piece["group"].str.startswith(other)] for piece in out]
    columns = common.Columns(
        (f"wave{wave}",), np.array([horizon]), (PERCENT,), ("response",),
        got[:, None].astype(np.float64),
    )  # fmt: skip
    found = common.exact(experiment.itt(columns.values, adjust=False), columns.values)
    cell = common.smallest_cells(columns.values, columns.shares, experiment.support)
    out.append(
        effects.effect_rows("survey", columns, found, "unadjusted", cell, analysis="attrition")
    )
    return out
