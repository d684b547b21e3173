"""The blocks of an assignment, by name, and the calendar months in which they began."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.study import Register, Survey


def column_codes(values: pd.Series) -> pd.Series:
    """Values of a column as text: "1" and not "1.0" for a covariate held as a number."""
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(lambda v: f"{v:.15g}", na_action="ignore").astype("string")
    return values.astype("string")


def block_labels(part: Survey | Register, participants: pd.DataFrame) -> pd.Series:
    """The name of each person's block, "all" where there is only one."""
    if not part.assignment.blocks:
        return pd.Series("all", index=participants.index, dtype="string")
    names = [column_codes(participants[name]) for name in part.assignment.blocks]
    label = names[0]
    for other in names[1:]:
        label = label + " / " + other
    return label


def as_days(values: pd.Series) -> pd.Series:
    """Blocks written as months or days, as dates; NaT for one that is neither."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values
    text = column_codes(values)
    day = text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}(-[0-9]{2})?").fillna(value=False)
    return pd.to_datetime(text.where(day), format="ISO8601", errors="coerce")


def month_numbers(dates: pd.Series) -> npt.NDArray[np.float64]:
    """Calendar months counted without gaps between years; NaN where there is no date."""
    months: npt.NDArray[np.float64] = (dates.dt.year * 12 + dates.dt.month - 1).to_numpy(np.float64)
    return months


def start_months(part: Survey | Register, participants: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The calendar month in which chance decided on each person, NaN where it is not known.

    From the column ``randomised`` where the table has it, else from the blocks, where one of
    their columns holds months or days.

    Returns:
        Months as :func:`month_numbers` counts them; shape (n,).
    """
    if "randomised" in participants.columns:
        return month_numbers(participants["randomised"])
    for name in part.assignment.blocks:
        if name in participants.columns:
            days = as_days(participants[name])
            if days.notna().any():
                return month_numbers(days)
    return np.full(len(participants), np.nan)
