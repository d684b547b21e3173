"""Rows of the ledger on subgroups of the register experiment, after the two passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.pass_results import Result
from finsam_report.estimators.pass_subgroups import levels_compared
from finsam_report.estimators.pass_sums import Selection
from finsam_report.parts import effects
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.groups import Groups
from finsam_report.parts.ledger import CELL, NOT_ESTIMATED, rows
from finsam_report.parts.register_columns import Spec, described
from finsam_report.parts.register_rows import PART, cells, itt_rows, reasons
from finsam_report.parts.subgroups import REASONS, corrected

Ints = npt.NDArray[np.int64]


def subgroup_rows(
    chosen: Sequence[Spec],
    results: Mapping[Selection, Result],
    groups: Sequence[Groups],
    limits: tuple[int, int],
    level: float,
    dominance: Dominance,
) -> list[pd.DataFrame]:
    """Effects in every level of the subgroup variables, and the tests that they are equal.

    The tests of all variables are corrected together, see :func:`level_rows`.
    """
    out, tests = level_rows(chosen, results, groups, limits, level, dominance)
    return [*out, *corrected(described(chosen), tests)]


def level_rows(
    chosen: Sequence[Spec],
    results: Mapping[Selection, Result],
    groups: Sequence[Groups],
    limits: tuple[int, int],
    level: float,
    dominance: Dominance,
    first: int = 0,
) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Effects in every level of the subgroup variables, and the tests, not yet corrected.

    Args:
        chosen: The columns.
        results: Of the two passes.
        groups: The variables, in the order of the passes.
        limits: Fewest events of a share in both arms together, and in either arm.
        level: Level of the intervals.
        dominance: When a sum tells of a few people.
        first: Place of the first of these variables in the passes.
    """
    columns = described(chosen)
    out: list[pd.DataFrame] = []
    tests: list[pd.DataFrame] = []
    for variable, group in enumerate(groups, first):
        found = levels_compared(results, variable, adjust=True, level=level)
        fine, cell = [], []
        for at, code in enumerate(found.levels):
            result = results[Selection(variable, int(code))]
            own = cells(result.tally, columns.shares, dominance)
            why = reasons(result.tally, result.plain.effects, columns.shares, *limits)
            why = np.where(found.reason[at] != "", _named(found.reason[at]), why)
            ok = why == ""
            name = group.name(group.levels[int(code)])
            out.append(
                effects.effect_rows(
                    PART, columns, found.effects[at], "lin", own, analysis="subgroup", group=name
                )[ok]
            )
            lost = columns.pick(~ok)
            out.append(
                rows(
                    part=PART, analysis=NOT_ESTIMATED, outcome=list(lost.outcomes), group=name,
                    horizon=lost.horizons, estimator=why[~ok].tolist(), unit=lost.effect_units,
                    n_support=found.effects[at].n_support[~ok],
                    n_control=found.effects[at].n_control[~ok], **{CELL: own[~ok]},
                )
            )  # fmt: skip
            fine.append(ok)
            cell.append(own)
        if len(fine) < 2:
            continue
        # Compared only where every level is estimated: else the test is of other people.
        every = np.all(fine, axis=0)
        shared = {
            "part": PART, "analysis": "interaction", "outcome": list(columns.outcomes),
            "group": group.id, "horizon": columns.horizons, CELL: np.min(cell, axis=0),
        }  # fmt: skip
        gap = found.difference
        scale = columns.scale
        if len(fine) == 2:
            out.append(
                rows(
                    estimator="difference", estimate=gap.estimate * scale,
                    std_error=gap.std_error * scale, ci_low=gap.ci_low * scale,
                    ci_high=gap.ci_high * scale, p_value=gap.p_value,
                    unit=columns.effect_units, **shared,
                )[every]
            )  # fmt: skip
        tests.append(rows(estimator="wald", p_value=found.equality.p_value, **shared)[every])
    return out, tests


def _named(reason: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    return np.array([REASONS.get(r, "") for r in reason])


def sex_path_rows(
    chosen: Sequence[Spec],
    results: Mapping[Selection, Result],
    sex: Groups,
    at: Ints,
    limits: tuple[int, int],
    dominance: Dominance,
) -> list[pd.DataFrame]:
    """Adjusted effects by month for women and for men, where there are enough events."""
    out = []
    shares = described(chosen).shares
    for selection, result in results.items():
        if selection.level is None:
            continue
        cell = cells(result.tally, shares, dominance)
        why = reasons(result.tally, result.plain.effects, shares, *limits)
        fine = at[why[at] == ""]
        name = sex.name(sex.levels[selection.level])
        out.append(itt_rows(chosen, result, fine, cell, "itt_by_sex", name)[1])
    return out
