"""The cells of a column as dates; what is in doubt is a fault, never guessed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.cells import Cells, Fault, Mask, matches, trimmed

FAR_YEARS = 30  # a slip of the century; the time of a study is shorter

_SERIAL = r"^[1-9][0-9]{4}([.,][0-9]+)?$"
_DAY_MONTH = r"^[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ]([0-9]{2}|[0-9]{4})$"


def as_dates(cells: Cells) -> tuple[pd.Series, list[Fault]]:
    """Dates, NaT where empty or not readable."""
    import pyarrow.compute as pc

    values = cells.values
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _dates(cells, values.dt.tz_localize(None).dt.normalize()), []
    serial_text = (
        "a number of days as Excel counts them",
        "give the cells in Excel the format of a date, and save again",
    )
    if pd.api.types.is_numeric_dtype(values.dtype):
        number = values.to_numpy(dtype=np.float64)
        known = np.isfinite(number)
        serial = known & (number >= 10_000) & (number < 100_000)
        whole = known & (number >= 19_000_101) & (number < 21_000_000) & (number % 1 == 0)
        text = pd.Series(np.where(whole, number, 0).astype(np.int64)).astype("string")
        dates = pd.to_datetime(text.where(whole), format="%Y%m%d", errors="coerce")
        filled = ~np.isnan(number)
        asked = np.zeros(len(number), dtype=np.bool_)
    else:
        text = trimmed(values.astype("string"))
        filled = pc.not_equal(text, "").to_numpy(zero_copy_only=False)
        serial, asked = matches(text, _SERIAL), matches(text, _DAY_MONTH)
        plain = pd.Series(text.to_pandas(), dtype="string").str.replace("-", "")
        month = matches(text, "^(19|20)[0-9]{2}-[0-9]{2}$")
        day = matches(text, "^(19|20)[0-9]{2}(-[0-9]{2}-|[0-9]{2})[0-9]{2}$")
        dates = pd.to_datetime(
            plain.where(~month, plain + "01").where(month | day), format="%Y%m%d", errors="coerce"
        )
    other = filled & ~serial & ~asked & dates.isna().to_numpy()
    faults = [
        Fault(cells.spread(mask), *words)
        for mask, words in (
            (serial, serial_text),
            (asked, ("dates that do not tell which is the day and which the month",
                     "which stands first, day or month? Write year, month, day")),
            (other, ("something that is not a date", "")),
        )
        if mask.any()
    ]  # fmt: skip
    return _dates(cells, dates), faults


def _dates(cells: Cells, values: pd.Series) -> pd.Series:
    if cells.codes is None:
        return values
    return pd.Series(cells.per_row(values.to_numpy(dtype="datetime64[us]"), "NaT"))


def far_dates(dates: pd.Series) -> Mask:
    """Which dates lie decades from the median year of their column, where it has three or more."""
    there = dates.notna().to_numpy()
    years = dates.to_numpy().astype("datetime64[Y]").astype(np.int64)
    if np.count_nonzero(there) < 3:
        return np.zeros(len(dates), dtype=np.bool_)
    far: Mask = there & (np.abs(years - np.median(years[there])) > FAR_YEARS)
    return far
