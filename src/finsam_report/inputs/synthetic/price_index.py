"""The consumer price index of the synthetic study, the only part of it that is not invented.

Annual means of the index numbers that Statistics Sweden has fixed, with 1980 as 100. Up to 2005
they were published with one decimal.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

FIRST_YEAR = 2004
INDEX = (
    279.2, 280.4, 284.22, 290.51, 300.61, 299.66, 303.46, 311.43, 314.20, 314.06, 313.49, 313.35,
    316.43, 322.11, 328.40, 334.26, 335.92, 343.19, 371.91, 403.70,
)  # fmt: skip
PRICE_YEAR = 2022


def price_table() -> pd.DataFrame:
    """The index as in the file: a row per year."""
    years = np.arange(FIRST_YEAR, FIRST_YEAR + len(INDEX))
    return pd.DataFrame({"year": years, "index": INDEX})


def price_level(years: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The prices of each year relative to those of the price year; shape of ``years``."""
    index = np.array(INDEX)
    level: npt.NDArray[np.float64] = index[years - FIRST_YEAR] / index[PRICE_YEAR - FIRST_YEAR]
    return level
