"""The date of the analysis plan against the data: a plan made afterwards is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from finsam_report.inputs.blocks import start_months
from finsam_report.problems import Problem
from finsam_report.study import FILE_NAME, Register, Study, Survey

Report = Callable[[Problem], None]


def check_date(study: Study, part: Survey | Register, people: pd.DataFrame, report: Report) -> None:
    """Warn where people were randomised before the plan was settled.

    Args:
        study: The study.
        part: One of its experiments.
        people: The experiment's participants, checked.
        report: Told of the problem.
    """
    named = study.study.plan
    if named is None:
        return
    if "randomised" in people.columns:
        early = (people["randomised"] < pd.Timestamp(named.day)).fillna(value=False)
        late = early.to_numpy(dtype=np.bool_)
    else:
        # A block is known by its month alone: the month of the plan itself may lie on either side.
        month = named.day.year * 12 + named.day.month - 1
        late = np.nan_to_num(start_months(part, people), nan=np.inf) < month
    if late.any():
        report(
            Problem(
                file=FILE_NAME,
                column="study.plan.date",
                found=f"{named.day}, after chance had decided on people of {part.participants}",
                expected="a plan that was settled before the first person was randomised",
                mend="nothing, if it was settled later: the report says so; else correct the date",
                severity="warning",
            )
        )
