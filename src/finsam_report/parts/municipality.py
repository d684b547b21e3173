"""The municipality part: does a municipality that joins an association develop otherwise?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from finsam_report.estimators.did_aggregate import averages
from finsam_report.parts import (
    municipality_describe,
    municipality_effects,
    municipality_robust,
    municipality_sensitivity,
)
from finsam_report.parts.ledger import NOT_ESTIMATED, POINTS, rows
from finsam_report.parts.municipality_data import Data, prepare
from finsam_report.parts.municipality_work import PART, Work, take_municipalities
from finsam_report.study import Analysis, Municipality


def _reasons(data: Data) -> list[str]:
    """Why each column cannot be estimated, as far as that is seen beforehand; "" where it can."""
    out = []
    joins = np.any((data.joined > data.years[0]) & (data.joined <= data.years[-1]))
    for k in range(len(data.columns)):
        seen = data.outcome[:, :, k][~np.isnan(data.outcome[:, :, k])]
        if not seen.size:
            out.append("no_values")
        elif not joins:
            out.append("nobody_joins")
        else:
            out.append("no_variation" if np.ptp(seen) == 0 else "")
    return out


def _not_estimated(data: Data, why: list[str]) -> list[pd.DataFrame]:
    return [
        rows(
            part=PART, analysis=NOT_ESTIMATED, outcome=column.outcome, group=column.group,
            estimator=reason, unit=POINTS,
        )
        for column, reason in zip(data.columns, why, strict=True)
        if reason
    ]  # fmt: skip


def working(part: Municipality, everyone: Data, choices: Analysis) -> tuple[Work, list[str]]:
    """What is estimated, and why each column is not.

    Municipalities that were members in or before the first year were never seen without: they
    have no effect that can be estimated, and are nothing to compare with.
    """
    data = take_municipalities(everyone, everyone.joined > everyone.years[0])
    why = _reasons(data)
    kept = data.pick([k for k, reason in enumerate(why) if not reason])
    return Work(part, choices, everyone, kept), why


def analyse(
    part: Municipality, tables: Mapping[str, pd.DataFrame], choices: Analysis
) -> list[pd.DataFrame]:
    """All rows of the ledger for the municipalities.

    Args:
        part: The part as declared.
        tables: The checked tables beside those of the experiments, by the name of their
            contract.
        choices: Level of the intervals, power, and seed.

    Returns:
        Pieces of the ledger, in a fixed order.
    """
    everyone = prepare(part, tables)
    work, why = working(part, everyone, choices)
    out = municipality_describe.entry_rows(work, tables)
    out += _not_estimated(work.everyone, why)
    if not work.all.columns:
        return out
    out += municipality_describe.before_rows(work)
    out += municipality_describe.mean_rows(work)
    return out + _effects(work)


def _effects(work: Work) -> list[pd.DataFrame]:
    core, panel = work.core, work.panel(work.core)
    cells = work.cells(panel)
    out = municipality_effects.overall_rows(work, core, panel, cells)
    if work.bands.columns:
        bands = work.panel(work.bands)
        out += municipality_effects.overall_rows(work, work.bands, bands, work.cells(bands))
    out += municipality_effects.cell_rows(work, core, cells)
    if not np.isfinite(cells.estimate[cells.post]).any():
        return out  # nobody to compare with
    events = averages(cells, "event")
    out += municipality_effects.event_rows(work, core, cells, events)
    out += municipality_effects.average_rows(work, core, cells, events)
    out += municipality_effects.pretest_rows(work, core, events)
    out += municipality_robust.robustness_rows(work, cells)
    out += municipality_robust.other_rows(work)
    out += municipality_robust.leave_out_rows(work)
    out += municipality_sensitivity.honest_rows(work, core, events)
    return out + municipality_sensitivity.permutation_rows(work)
