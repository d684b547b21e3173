"""Effects by level of a subgroup variable, and the test that they are equal, after two passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from finsam_report.estimators.itt import Effects
from finsam_report.estimators.pass_results import Result
from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.subgroups import (
    MINIMUM_ARM,
    Subgroups,
    Texts,
    equal_effects,
    two_levels,
)


def _in_level(result: Result, effects: Effects, minimum: int) -> tuple[Effects, Texts]:
    """Effects of one level, blank where there is a reason not to estimate them; the reasons."""
    still = effects.std_error == 0
    reason = np.full(effects.estimate.shape, "", dtype="<U12")
    reason[~np.isfinite(effects.std_error)] = "undetermined"
    reason[np.minimum(effects.n_support, effects.n_control) < minimum] = "few"
    reason[(result.tally.seen == 0).any(axis=0)] = "nobody"
    found = replace(effects, p_value=np.where(still, np.nan, effects.p_value))
    blank = {
        name: np.where(reason != "", np.nan, getattr(found, name))
        for name in ("estimate", "std_error", "df", "ci_low", "ci_high", "p_value")
    }
    return replace(found, **blank), reason


def levels_compared(
    results: Mapping[Selection, Result],
    variable: int,
    *,
    adjust: bool,
    level: float = 0.95,
    minimum: int = MINIMUM_ARM,
) -> Subgroups:
    """What :func:`subgroups.subgroup_effects` gives, from the results of two passes.

    Args:
        results: From :func:`passes.two_passes`.
        variable: Which subgroup variable.
        adjust: Whether effects are those with Lin's adjustment.
        level: Level of the intervals of the results and of the difference.
        minimum: Fewest people with the outcome in each arm of a level for an estimate.
    """
    chosen = [s for s in results if s.variable == variable]
    m = results[Selection()].plain.effects.estimate.size
    found = []
    for selection in chosen:
        result = results[selection]
        fit = result.adjusted if adjust else result.plain
        found.append(_in_level(result, fit.effects, minimum))
    stacked = [
        np.array([getattr(e, name) for e, _ in found]).reshape(len(chosen), m)
        for name in ("estimate", "std_error", "df")
    ]
    pair = stacked if len(chosen) == 2 else [np.full((2, m), np.nan)] * 3
    return Subgroups(
        levels=np.array([s.level for s in chosen], dtype=np.int64),
        effects=tuple(e for e, _ in found),
        reason=np.array([r for _, r in found], dtype="<U12").reshape(len(chosen), m),
        equality=equal_effects(stacked[0], stacked[1], stacked[2]),
        difference=two_levels(pair[0], pair[1], pair[2], level),
    )
