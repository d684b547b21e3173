"""Rows of the ledger with effects in subgroups and the tests that they are equal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators import subgroups as among
from finsam_report.estimators.multiple import sharpened_q
from finsam_report.estimators.trial import Trial
from finsam_report.parts.common import Columns, Part, smallest_cells
from finsam_report.parts.effects import effect_rows
from finsam_report.parts.groups import Groups
from finsam_report.parts.ledger import CELL, NOT_ESTIMATED, rows

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

REASONS = {
    "nobody": "too_few_people",
    "few": "too_few_in_group",
    "undetermined": "undetermined",
}


def _level_rows(
    part: Part, columns: Columns, found: among.Subgroups, group: Groups, cells: Floats
) -> list[pd.DataFrame]:
    """Effects in each level, and why one is not estimated; ``cells`` has shape (L, m)."""
    out = []
    for at, code in enumerate(found.levels):
        name = group.name(group.levels[int(code)])
        effects, reason = found.effects[at], found.reason[at]
        fine = reason == ""
        out.append(
            effect_rows(part, columns, effects, "lin", cells[at], analysis="subgroup", group=name)[
                fine
            ]
        )
        lost = columns.pick(~fine)
        out.append(
            rows(
                part=part, analysis=NOT_ESTIMATED, outcome=list(lost.outcomes), group=name,
                horizon=lost.horizons, estimator=[REASONS[r] for r in reason[~fine]],
                unit=lost.effect_units, n_support=effects.n_support[~fine],
                n_control=effects.n_control[~fine], **{CELL: cells[at][~fine]},
            )
        )  # fmt: skip
    return out


def subgroup_rows(
    part: Part,
    trial: Trial,
    columns: Columns,
    groups: Sequence[Groups],
    draws: Bools,
    extra: Floats | None = None,
) -> list[pd.DataFrame]:
    """Effects in every declared subgroup, with interaction tests corrected for their number.

    The tests of one family of outcomes, over all subgroup variables and horizons, are corrected
    together.

    Args:
        part: The part of the ledger.
        trial: The experiment.
        columns: Outcomes that can be estimated.
        groups: Who belongs where.
        draws: Assignments drawn again.
        extra: Covariates beyond the trial's own.
    """
    x = trial.covariates if extra is None else np.hstack([trial.covariates, extra])
    block, scale = trial.assignment.block, columns.scale
    out: list[pd.DataFrame] = []
    tests: list[pd.DataFrame] = []
    for group in groups:
        found = among.subgroup_effects(
            trial.support, block, columns.values, group.codes, x, trial.level
        )
        if not found.levels.size or not columns.outcomes:
            continue
        inside = [group.codes == code for code in found.levels]
        cells = np.array(
            [
                smallest_cells(
                    np.where(who[:, None], columns.values, np.nan), columns.shares, trial.support
                )
                for who in inside
            ]
        )
        out += _level_rows(part, columns, found, group, cells)
        compared = (found.reason == "") & (cells > 0)
        cell = np.min(cells, axis=0, where=compared, initial=np.inf)
        shared = {
            "part": part, "outcome": list(columns.outcomes), "group": group.id,
            "horizon": columns.horizons, "analysis": "interaction", CELL: cell,
        }  # fmt: skip
        p = among.interaction_p(
            trial.assignment, trial.support, columns.values, group.codes, found, draws, x
        )
        gap = found.difference
        out.append(
            rows(
                estimator="difference", estimate=gap.estimate * scale,
                std_error=gap.std_error * scale, ci_low=gap.ci_low * scale,
                ci_high=gap.ci_high * scale, p_value=gap.p_value, unit=columns.effect_units,
                **shared,
            )
        )  # fmt: skip
        out.append(rows(estimator="wald", p_value=found.equality.p_value, **shared))
        tests.append(rows(estimator="wald_randomisation", p_value=p, **shared))
    return [*out, *corrected(columns, tests)]


def corrected(columns: Columns, tests: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The tests with q-values over all of them within each family of outcomes."""
    if not tests:
        return []
    table = pd.concat(tests, ignore_index=True)
    family = dict(zip(columns.outcomes, columns.families, strict=True))
    of = table["outcome"].map(family)
    q = np.full(len(table), np.nan)
    for name in of.unique():
        chosen = (of == name).to_numpy(dtype=np.bool_)
        q[chosen] = sharpened_q(table.loc[chosen, "p_value"].to_numpy(dtype=np.float64))
    return [table.assign(q_value=q)]
