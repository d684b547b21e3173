"""Rows of the ledger from the two passes over the register experiment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.bands import sup_t
from finsam_report.estimators.itt import Effects
from finsam_report.estimators.pass_results import Fit, Result, Tally
from finsam_report.estimators.trial import Trial
from finsam_report.parts import effects
from finsam_report.parts.common import Columns, Part
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.ledger import CELL, DOMINATED, NOT_ESTIMATED, PERCENT, rows
from finsam_report.parts.register_columns import ITT, Spec, described

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PART: Part = "register"


def _with_take_up(shares: Bools, tally: Tally) -> Bools:
    """Which columns are shares; take-up is, and stands behind the others where it is known."""
    more = tally.seen.shape[1] - shares.size
    return np.append(shares, np.ones(more, dtype=np.bool_))


def cells(tally: Tally, shares: Bools, dominance: Dominance) -> Floats:
    """Fewest people behind each column, as :func:`common.smallest_cells` counts them."""
    shares = _with_take_up(shares, tally)
    seen = tally.seen.astype(np.float64)
    some = tally.nonzero.astype(np.float64)
    none = seen - some
    found = [seen, np.where(some > 0, some, seen)]
    found.append(np.where(shares & (none > 0), none, seen))
    # The few largest amounts are at most so many times the largest one; which they are is not
    # known after a pass over all people.
    many = dominance.people * tally.highest > dominance.share * tally.total
    sums = ~shares & (tally.low >= 0) & (tally.total > 0) & many
    found.append(np.where(sums, DOMINATED, seen))
    fewest: Floats = np.min(np.concatenate(found), axis=0)
    return fewest


def reasons(
    tally: Tally, found: Effects, shares: Bools, events: int, events_arm: int
) -> npt.NDArray[np.str_]:
    """Why each column cannot be estimated; "" where it can. Rules as in :func:`common.reasons`."""
    shares = _with_take_up(shares, tally)
    people = np.vstack([found.n_control, found.n_support]).astype(np.float64)
    happened = tally.total
    rest = people - happened
    rare = np.zeros(shares.size, dtype=np.bool_)
    for count in (happened, rest):
        rare |= (count.min(axis=0) < events_arm) | (count.sum(axis=0) < events)
    out = np.where(shares & rare, "too_few_events", "")
    out = np.where(tally.low == tally.high, "no_variation", out)
    return np.where(people.min(axis=0) < 2, "too_few_people", out)


def effects_of(found: Effects, at: Ints) -> Effects:
    """Some of the effects."""
    return Effects(**{name: value[at] for name, value in vars(found).items()})


def itt_rows(
    chosen: Sequence[Spec],
    result: Result,
    at: Ints,
    cell: Floats,
    analysis: str,
    group: str = "all",
) -> list[pd.DataFrame]:
    """Intention to treat, unadjusted and adjusted, for the columns at the positions ``at``."""
    columns = described([chosen[i] for i in at])
    return [
        effects.effect_rows(
            PART, columns, effects_of(fit.effects, at), name, cell[at], analysis=analysis,
            group=group,
        )
        for name, fit in (("unadjusted", result.plain), ("lin", result.adjusted))
    ]  # fmt: skip


def taker_rows(
    chosen: Sequence[Spec], fit: Fit, at: Ints, cell: Floats, analysis: str
) -> list[pd.DataFrame]:
    """Effects per person who met a team because of the offer, with both intervals."""
    takers = fit.takers
    if takers is None:
        return []
    columns = described([chosen[i] for i in at])
    scale = columns.scale
    shared = {
        "part": PART, "analysis": analysis, "outcome": list(columns.outcomes), "group": "all",
        "horizon": columns.horizons, "estimate": takers.estimate[at] * scale,
        "n_support": fit.effects.n_support[at], "n_control": fit.effects.n_control[at],
        "unit": columns.effect_units, CELL: cell[at],
    }  # fmt: skip
    known = ~np.isnan(takers.estimate[at])
    two = rows(
        estimator="2sls", std_error=takers.std_error[at] * scale,
        ci_low=takers.ci_low[at] * scale, ci_high=takers.ci_high[at] * scale,
        p_value=takers.p_value[at], **shared,
    )  # fmt: skip
    robust = rows(
        estimator="anderson_rubin", ci_low=takers.ar_low[at] * scale,
        ci_high=takers.ar_high[at] * scale, **shared,
    )  # fmt: skip
    return [two[known], robust[known]]


def mean_rows(
    chosen: Sequence[Spec], result: Result, at: Ints, cell: Floats, analysis: str, group: str = ""
) -> list[pd.DataFrame]:
    """Block-weighted means of both arms."""
    columns = described([chosen[i] for i in at])
    found = effects_of(result.plain.effects, at)
    return [
        rows(
            part=PART, analysis=analysis, outcome=list(columns.outcomes), group=arm + group,
            horizon=columns.horizons, estimator="block_weighted", estimate=means * columns.scale,
            n_support=found.n_support, n_control=found.n_control, unit=list(columns.units),
            **{CELL: cell[at]},
        )
        for arm, means in (
            ("arm:support", found.mean_support), ("arm:control", found.mean_control),
        )
    ]  # fmt: skip


def band_rows(
    chosen: Sequence[Spec],
    fit: Fit,
    paths: Sequence[tuple[Ints, Floats]],
    cell: Floats,
    level: float,
    seed: Sequence[int],
) -> list[pd.DataFrame]:
    """Simultaneous bands over each path of months, and the test that no month has an effect.

    Args:
        chosen: The columns.
        fit: The adjusted effects.
        paths: Positions of each path, and the covariance of its effects.
        cell: Fewest people behind each column.
        level: Level of the bands.
        seed: Seed of the draws.
    """
    out = []
    for number, (at, covariance) in enumerate(paths):
        columns = described([chosen[i] for i in at])
        scale = columns.scale
        estimate = fit.effects.estimate[at] * scale
        # One seed for each outcome: the band of one does not hang on what others there are.
        rng = np.random.default_rng([*seed, number])
        joint = covariance * np.outer(scale, scale)
        band = sup_t(estimate, joint, rng, level)
        out.append(
            rows(
                part=PART, analysis="itt", outcome=list(columns.outcomes), group="all",
                horizon=columns.horizons, estimator="lin_band", estimate=estimate,
                ci_low=band.low, ci_high=band.high, n_support=fit.effects.n_support[at],
                n_control=fit.effects.n_control[at], unit=columns.effect_units,
                **{CELL: cell[at]},
            )
        )  # fmt: skip
        out.append(
            rows(
                part=PART, analysis="path_test", outcome=columns.outcomes[0], group="all",
                estimator="sup_t", estimate=band.critical, p_value=band.p_value,
                unit="standard errors", **{CELL: float(cell[at].min())},
            )
        )  # fmt: skip
    return out


def not_estimated_rows(
    chosen: Sequence[Spec], found: Effects, why: npt.NDArray[np.str_], cell: Floats
) -> pd.DataFrame:
    """Main outcomes that cannot be estimated, with the reason as the estimator."""
    main = np.array([s.analysis == ITT and s.main for s in chosen])
    at = np.flatnonzero(main & (why != ""))
    columns = described([chosen[int(i)] for i in at])
    return rows(
        part=PART, analysis=NOT_ESTIMATED, outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=why[at].tolist(), n_support=found.n_support[at],
        n_control=found.n_control[at], unit=columns.effect_units, **{CELL: cell[at]},
    )  # fmt: skip


def main_rows(
    chosen: Sequence[Spec],
    result: Result,
    at: Ints,
    columns: Columns,
    trial: Trial,
    draws: Bools | None,
    cell: Floats,
) -> list[pd.DataFrame]:
    """Main effects: unadjusted and adjusted, standardised, with randomisation p and q, LATE.

    Args:
        chosen: The columns of the passes.
        result: Of the two passes, for everybody.
        at: Positions of the main outcomes at the horizons that can be estimated.
        columns: The same, with their values.
        trial: The experiment.
        draws: Assignments drawn again; None leaves the tests to the t distribution.
        cell: Fewest people behind each column of the passes.
    """
    if not at.size:
        return []
    out: list[pd.DataFrame] = []
    tests = (None, None) if draws is None else trial.test(columns.values, draws)
    fits = (("unadjusted", result.plain, tests[0]), ("lin", result.adjusted, tests[1]))
    for estimator, fit, test in fits:
        found = effects_of(fit.effects, at)
        q = effects.family_adjusted(columns, found.p_value, sharpened=False)
        out += [
            effects.effect_rows(PART, columns, found, estimator, cell[at], q_values=q),
            effects.standardised_rows(PART, columns, found, estimator, cell[at]),
        ]
        if test is not None:
            out += effects.randomisation_rows(PART, columns, found, test, estimator, cell[at])
    return [*out, *taker_rows(chosen, result.adjusted, at, cell, "late")]


def complier_rows(
    chosen: Sequence[Spec], result: Result, at: Ints, cell: Floats
) -> list[pd.DataFrame]:
    """What would have happened without support to those whose take-up the offer changes."""
    takers = result.plain.takers
    if takers is None or not at.size:
        return []
    columns = described([chosen[i] for i in at])
    scale = columns.scale
    share = rows(
        part=PART, analysis="compliers", outcome="met_team", group="all",
        horizon=columns.horizons.max(), estimator="share",
        estimate=100 * float(np.nanmax(takers.first_stage[at])), unit=PERCENT,
        **{CELL: float(cell[at].min())},
    )  # fmt: skip
    mean = rows(
        part=PART, analysis="compliers", outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator="control_complier_mean",
        estimate=takers.estimate[at] * scale, std_error=takers.std_error[at] * scale,
        ci_low=takers.ci_low[at] * scale, ci_high=takers.ci_high[at] * scale,
        unit=list(columns.units), **{CELL: cell[at]},
    )  # fmt: skip
    return [share, mean[takers.first_stage[at] > 0]]
