"""What hangs on calendar time: prices, draws that are left out, take-up by period, a split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import interval, usable
from finsam_report.estimators.pass_results import Result
from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.prices import price_factors
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.blocks import block_labels, month_numbers, start_months
from finsam_report.inputs.parts_checks.calendar import MONTHS, index_periods, price_periods
from finsam_report.inputs.read import Tables
from finsam_report.parts import register_groups
from finsam_report.parts.groups import Groups, between
from finsam_report.parts.ledger import CELL, PEOPLE, PERCENT, POINTS, rows
from finsam_report.parts.register_columns import Prices
from finsam_report.parts.register_rows import PART
from finsam_report.parts.register_work import Work
from finsam_report.parts.subgroups import corrected
from finsam_report.study import Prices as Declared
from finsam_report.study import Register

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

CALENDAR = "calendar-split"  # no subgroup can have this name


def in_both_arms(part: Register, tables: Tables) -> tuple[Tables, list[pd.DataFrame]]:
    """The people of blocks in which chance decided, and how many others there are.

    In a block where everybody is offered support, or nobody, there is nobody to compare with.

    Args:
        part: The part as declared.
        tables: Checked tables.

    Returns:
        The tables without the people of such blocks, and rows with their number.
    """
    people = tables.participants
    label = block_labels(part, people).astype(object).to_numpy()
    support = (people["arm"].astype(object) == part.arms.support.value).to_numpy(dtype=np.bool_)
    one_arm = np.setxor1d(label[support].astype(str), label[~support].astype(str))
    if not one_arm.size:
        return tables, []
    keep = ~np.isin(label.astype(str), one_arm)
    place = np.cumsum(keep) - 1
    row = tables.followed["row"].to_numpy()
    followed = tables.followed[keep[row]]
    followed = followed.assign(row=place[followed["row"].to_numpy()].astype(row.dtype))
    out = [
        rows(
            part=PART, analysis="left_out", outcome="blocks", group="all", estimator="count",
            estimate=one_arm.size, unit="blocks",
        )
    ]  # fmt: skip
    for name, arm in (("arm:support", support), ("arm:control", ~support)):
        count = int((arm & ~keep).sum())
        if count:
            out.append(
                rows(
                    part=PART, analysis="left_out", outcome="people", group=name,
                    estimator="count", estimate=count, unit=PEOPLE, **{CELL: count},
                )
            )  # fmt: skip
    kept = Tables(people[keep].reset_index(drop=True), followed.reset_index(drop=True))
    return kept, out


def prices_of(
    part: Register, people: pd.DataFrame, periods: Ints, declared: Declared, index: pd.DataFrame
) -> Prices | None:
    """What amounts are multiplied with to be in the prices of their price year.

    Args:
        part: The part as declared.
        people: The checked participants.
        periods: Periods of the outcomes.
        declared: The price index as declared.
        index: Its checked table.
    """
    years = {o.price_year for o in part.outcomes if o.nominal and o.price_year is not None}
    if not years:
        return None
    starts, draw = np.unique(start_months(part, people), return_inverse=True)
    months = starts[:, None] + MONTHS[part.period] * periods[None, :].astype(np.float64)
    of = price_periods(declared, months)
    table, value = index_periods(declared, index), index["index"].to_numpy(np.float64)
    return Prices(
        draw.astype(np.int64),
        {y: price_factors(of.ravel(), table, value, y).reshape(of.shape) for y in sorted(years)},
    )


def _share_by(support: Bools, block: Ints, happened: Bools) -> tuple[Floats, ...]:
    """Block-weighted shares by arm and their difference with Neyman's error; shape (t,) each."""
    size = int(block.max()) + 1
    weight = np.bincount(block, minlength=size).astype(np.float64) / block.size
    share, variance = [], np.zeros(happened.shape[1])
    for arm in (support, ~support):
        count = np.bincount(block[arm], minlength=size)
        met = np.stack([np.bincount(block[arm & h], minlength=size) for h in happened.T])
        p = met / np.maximum(count, 1)
        variance += (weight**2 * p * (1 - p) / np.maximum(count - 1, 1)).sum(axis=1)
        share.append(p @ weight)
    return share[0], share[1], share[0] - share[1], np.sqrt(variance)


def met_by_rows(part: Register, people: pd.DataFrame, trial: Trial) -> list[pd.DataFrame]:
    """How many had taken up support by each horizon: the first stage by time.

    Only where everybody who took it up has a date of it. As in the first stage itself, blocks
    with fewer than two people in an arm are left out.
    """
    use = usable(trial.support, trial.assignment.block)
    if trial.take_up is None or "met_date" not in people.columns or not use.any():
        return []
    met = trial.take_up == 1
    since = month_numbers(people["met_date"]) - start_months(part, people)
    if not met.any() or np.isnan(since[met]).any():
        return []
    horizons = np.array(sorted({1, 2, 3, *part.horizons}), dtype=np.float64)
    happened = (met[:, None] & (since[:, None] <= MONTHS[part.period] * horizons))[use]
    support, block = trial.support[use], trial.assignment.block[use]
    one, zero, gap, error = _share_by(support, block, happened)
    n = np.array([support.sum(), (~support).sum()], dtype=np.float64)
    df = n.sum() - 2 * np.unique(block).size
    low, high, p_value = interval(gap, error, np.full(gap.size, df), trial.level)
    counts = np.stack([happened[support].sum(axis=0), happened[~support].sum(axis=0)])
    cells = np.concatenate([counts, n[:, None] - counts])
    fewest = np.where(cells > 0, cells, np.inf).min(axis=0)
    shared = {
        "part": PART, "analysis": "first_stage_by", "outcome": "met_team", "horizon": horizons,
        "n_support": n[0], "n_control": n[1], CELL: fewest,
    }  # fmt: skip
    return [
        rows(
            group="all", estimator="unadjusted", estimate=100 * gap, std_error=100 * error,
            ci_low=100 * low, ci_high=100 * high, p_value=p_value, control_mean=100 * zero,
            unit=POINTS, **shared,
        ),
        *[
            rows(
                group=group, estimator="block_weighted", estimate=100 * share, unit=PERCENT,
                **shared,
            )
            for group, share in (("arm:support", one), ("arm:control", zero))
        ],
    ]  # fmt: skip


def sides(work: Work) -> list[tuple[int, Groups]]:
    """Who reaches each horizon before the declared day and who after it.

    The groups differ from horizon to horizon; horizons that all reach on one side are left out.
    """
    split = work.part.calendar_split
    if split is None:
        return []
    day = split.day.year * 12 + split.day.month - 1
    names = between([split.day.isoformat()])
    start = start_months(work.part, work.people)
    out = []
    for horizon in work.part.horizons:
        codes = (start + MONTHS[work.part.period] * horizon >= day).astype(np.int64)
        if np.ptp(codes) > 0:
            out.append((horizon, Groups(CALENDAR, names, codes)))
    return out


def split_rows(
    work: Work,
    results: Mapping[Selection, Result],
    parted: Sequence[tuple[int, Groups]],
    first: int,
) -> list[pd.DataFrame]:
    """Effects at a horizon for those who reach it before a day in calendar time, and after it.

    Args:
        work: What all rows are made from.
        results: Of the two passes over the main outcomes, with the variables of :func:`sides`.
        parted: From :func:`sides`.
        first: Place of the first of these variables in the passes.
    """
    chosen = [work.chosen[i] for i in work.at]
    out: list[pd.DataFrame] = []
    tests: list[pd.DataFrame] = []
    for place, (horizon, side) in enumerate(parted, first):
        found, more = register_groups.level_rows(
            chosen, results, [side], work.limits, work.level, work.dominance, place
        )
        for pieces, kept in ((found, out), (more, tests)):
            kept += [_renamed(piece[piece["horizon"] == horizon]) for piece in pieces]
    return [*out, *corrected(work.main_columns, [test for test in tests if len(test)])]


def _renamed(piece: pd.DataFrame) -> pd.DataFrame:
    """The rows as those of a split in calendar time."""
    return piece.assign(analysis=piece["analysis"].replace(_NAMES).astype("str"))


_NAMES = {"subgroup": "calendar", "interaction": "calendar_interaction"}
