"""Checks between columns and tables: what breaks the design stops, what is odd is a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from finsam_report.inputs.blocks import as_days, block_labels, start_months
from finsam_report.inputs.tables import cell_problem
from finsam_report.problems import MAX_ROWS_SHOWN, Problem
from finsam_report.study import Register, Survey
from finsam_report.study_trial import DATES

Report = Callable[[Problem], None]


def blocks(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    """Every block must have people in both arms; a register's draw that has not is left out."""
    label = block_labels(part, frame)
    support = (frame["arm"] == part.arms.support.value).fillna(False).to_numpy(dtype=bool)
    control = (frame["arm"] == part.arms.control.value).fillna(False).to_numpy(dtype=bool)
    both = set(label[support].dropna()) & set(label[control].dropna())
    known = (support | control) & label.notna().to_numpy()
    # Where an arm is not known, it is reported already and may be the one that is missing.
    open_ = set(label[~(support | control)].dropna())
    wrong = known & ~label.isin(both | open_).to_numpy(dtype=bool)
    if not wrong.any():
        return
    if not part.assignment.blocks:
        only = part.arms.support if support.any() else part.arms.control
        found, mend = f"one arm only ('{only.value}')", "add the people of the other arm"
        expected, place = "people in both arms", "arm"
    else:
        names = sorted(set(label[wrong]))
        # Many such blocks: the column is hardly the block, and may say who somebody is.
        shown = f" ({', '.join(names)})" if len(names) <= MAX_ROWS_SHOWN else ""
        number = "a block" if len(names) == 1 else f"{len(names)} blocks"
        found, expected = f"{number} with one arm only{shown}", "people in both arms in every block"
        place = " and ".join(part.assignment.blocks)
        mend = "remove such a block: chance did not decide there; or correct block or arm"
    rows = frame.index.to_numpy()[wrong]
    problem = cell_problem(part.participants, place, rows, found, expected, mend)
    if isinstance(part, Register) and part.assignment.blocks and both:
        mend = "nothing, if chance did not decide there: they are left out; else correct the cells"
        problem = replace(problem, severity="warning", mend=mend)
    report(problem)


def subgroup_dates(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    """Blocks that a subgroup cuts at dates are months or days."""
    for group in part.subgroups:
        if not group.dates or group.column in DATES or group.column not in frame.columns:
            continue
        wrong = as_days(frame[group.column]).isna() & frame[group.column].notna()
        if wrong.any():
            report(
                cell_problem(
                    part.participants,
                    group.column,
                    frame.index.to_numpy()[wrong.to_numpy()],
                    "blocks that are neither months nor days",
                    f"months like 2019-08 or days, which subgroup '{group.id}' is cut at",
                    "correct the cells, or give the subgroup levels in place of dates",
                )
            )


def calendar(part: Register, frame: pd.DataFrame, prices: bool, report: Report) -> None:  # noqa: FBT001
    """Calendar months are known where prices, a split in time, or later draws need them."""
    needs = [
        name
        for name, asked in (
            ("the price index", prices),
            ("calendar_split", part.calendar_split is not None),
            ("later", part.later is not None),
        )
        if asked
    ]
    if not needs:
        return
    unknown = np.isnan(start_months(part, frame))
    if unknown.any():
        place = "randomised" if "randomised" in frame.columns else None
        report(
            cell_problem(
                part.participants,
                place or (part.assignment.blocks[0] if part.assignment.blocks else "randomised"),
                frame.index.to_numpy()[unknown],
                "no calendar month in which chance decided",
                f"a month for everybody, as {' and '.join(needs)} in study.toml asks for",
                "give the column randomised, or draws written like 2019-08",
            )
        )


def take_up(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    """A date of meeting a team stands only where a team was met."""
    if "met_date" not in frame.columns or not part.take_up:
        return
    wrong = (frame["met_team"] == 0) & frame["met_date"].notna()
    if isinstance(part, Survey):
        return  # a date after the last survey is later support, not take-up
    if wrong.any():
        report(
            cell_problem(
                part.participants,
                "met_date",
                frame.index.to_numpy()[wrong.to_numpy()],
                "a date although met_team is 0",
                "a date only where met_team is 1",
                "empty the date or set met_team to 1",
            )
        )


def waves(part: Survey, people: pd.DataFrame, frame: pd.DataFrame, report: Report) -> None:
    """Waves come from the arms that they were sent to; the primary one has answers."""
    arm = people["arm"].astype(object).to_numpy()[frame["row"].clip(lower=0)]
    values = {name: getattr(part.arms, name).value for name in ("support", "control")}
    for wave in part.waves:
        allowed = [values[name] for name in wave.arms]
        others = [value for value in values.values() if value not in allowed]
        wrong = (frame["wave"] == str(wave.wave)).to_numpy(dtype=bool, na_value=False)
        wrong &= np.isin(arm.astype(str), others) & (frame["row"] >= 0).to_numpy()
        if wrong.any():
            report(
                cell_problem(
                    part.answers,
                    "wave",
                    frame.index.to_numpy()[wrong],
                    f"wave {wave.wave} from an arm that it was not sent to",
                    f"answers to wave {wave.wave} only from: {', '.join(allowed)}",
                    "correct wave or arm, or the wave's arms in study.toml",
                )
            )
    if not (frame["wave"] == str(part.primary_wave)).any():
        report(
            Problem(
                file=part.answers,
                column="wave",
                found=f"no answers to wave {part.primary_wave}",
                expected="answers to the primary wave",
                mend="add them, or change primary_wave",
            )
        )


def periods(part: Register, frame: pd.DataFrame, report: Report) -> None:
    """There are outcomes in every period that a horizon needs."""
    periods = set(frame["period"].dropna().unique().tolist())
    needed = part.periods_needed()
    for period in sorted(needed - periods):
        horizon = period in part.horizons
        report(
            Problem(
                file=part.outcome_table,
                column="period",
                found=f"no rows with period {period}",
                expected=f"outcomes at each declared horizon ({part.period}s since the draw)"
                if horizon
                else "outcomes in all periods that a sum up to a horizon is made of",
                mend="add the rows, or change horizons in study.toml"
                if horizon
                else "add the rows, or change horizons or window in study.toml",
            )
        )
