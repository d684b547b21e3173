"""Checks between columns and tables: what breaks the design stops, what is odd is a warning."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from finsam_report.inputs.blocks import block_labels
from finsam_report.inputs.tables import cell_problem
from finsam_report.problems import MAX_ROWS_SHOWN, Problem
from finsam_report.study import Register, Survey

Report = Callable[[Problem], None]


def blocks(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    """Every block must have people in both arms."""
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
    report(cell_problem(part.participants, place, rows, found, expected, mend))


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
    window = max((outcome.window for outcome in part.outcomes if outcome.main), default=1)
    needed = {p for h in part.horizons for p in range(h - window + 1, h + 1)}
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
