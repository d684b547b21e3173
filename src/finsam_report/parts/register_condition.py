"""A right that is built by working: who has worked long enough, from the register's own months."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.passes import array_chunks, two_passes
from finsam_report.parts import common, effects
from finsam_report.parts.ledger import PERCENT
from finsam_report.parts.register_course import pieces
from finsam_report.parts.register_rows import PART, effects_of
from finsam_report.parts.register_work import Work


def condition_rows(work: Work) -> list[pd.DataFrame]:
    """Effects on having worked in enough of the last periods, at the horizons that allow it.

    A period counts as worked if the person is in any of the declared states of work, and is
    unknown where none of them holds and one of them is not known.
    """
    states = work.part.states
    if states is None or states.condition is None:
        return []
    asked = states.condition
    after = work.panels.periods[work.panels.periods > 0]
    spans = {
        h: (after > h - asked.within) & (after <= h)
        for h in work.part.horizons
        if h >= asked.within
    }
    spans = {h: inside for h, inside in spans.items() if int(inside.sum()) == asked.within}
    if not spans:
        return []
    values = np.full((work.panels.people, len(spans)), np.nan)
    for at, some in pieces(work.part, work.panels, states.work):
        stacked = np.stack([some[name] for name in states.work])
        worked = (stacked == 1).any(axis=0)
        known = np.where(worked | ~np.isnan(stacked).any(axis=0), worked, np.nan)
        for column, inside in enumerate(spans.values()):
            total = known[:, inside].sum(axis=1)
            values[at, column] = np.where(np.isnan(total), np.nan, total >= asked.periods)
    k, trial = len(spans), work.trial
    columns = common.Columns(
        (asked.outcome,) * k, np.array([float(h) for h in spans]), (PERCENT,) * k,
        ("condition",) * k, values,
    )  # fmt: skip
    fine = np.array([why == "" for why in common.reasons(columns, trial, *work.limits)])
    if not fine.any():
        return []
    shown = columns.pick(fine)
    chunks = array_chunks(trial.support, trial.assignment.block, trial.covariates, shown.values)
    found = two_passes(chunks, level=work.level)[Selection()]
    cell = common.smallest_cells(shown.values, shown.shares, trial.support)
    at_all = np.arange(len(shown.outcomes))
    return [
        effects.effect_rows(
            PART, shown, effects_of(fit.effects, at_all), name, cell, analysis="work_condition"
        )
        for name, fit in (("unadjusted", found.plain), ("lin", found.adjusted))
    ]
