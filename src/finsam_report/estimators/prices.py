"""Amounts of many periods in the prices of one year."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NAMED = 5


def _year(periods: Ints) -> Ints:
    """The year of periods written as years (2019) or as years and months (201903)."""
    return np.where(periods > 9999, periods // 100, periods)


def _in_words(periods: Ints) -> str:
    first = ", ".join(str(period) for period in periods[:_NAMED])
    return first if periods.size <= _NAMED else f"{first} and {periods.size - _NAMED} more"


def price_factors(periods: Ints, table: Ints, index: Floats, year: int) -> Floats:
    """What an amount of each period is multiplied with to be in the prices of a year.

    The level of a year is the mean of the index over the periods of the table in that year:
    its twelve months, or the year itself.

    Args:
        periods: Periods of the amounts, all years (2019) or all months (201903); shape (k,).
        table: Periods of the index, of the same kind, each once; shape (t,).
        index: Price index of each period of the table, on any base; shape (t,).
        year: The price year.

    Returns:
        The index of the price year divided by that of each period; shape (k,).

    Raises:
        ValueError: The table has a period twice, another kind of period than the amounts, an
            index that is not a positive number, no value for a period of the amounts, or not
            the whole price year.
    """
    if table.size != index.size or table.ndim != 1:
        raise ValueError("the price index must have one value per period")
    monthly = bool((table > 9999).any())
    for name, values in (("price index", table), ("amounts", periods)):
        if np.any((values > 9999) != monthly):
            raise ValueError(f"the periods of the {name} must be all years or all months as yyyymm")
        if monthly and np.any((values % 100 < 1) | (values % 100 > 12)):
            raise ValueError(f"the months of the {name} must end in 01 to 12")
    wrong = ~(np.isfinite(index) & (index > 0))
    if wrong.any():
        raise ValueError(f"the price index is not a positive number in {_in_words(table[wrong])}")
    order = np.argsort(table, kind="stable")
    ordered = table[order]
    if np.any(ordered[1:] == ordered[:-1]):
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        raise ValueError(f"the price index has {_in_words(np.unique(twice))} more than once")
    missing = np.setdiff1d(periods, table)
    if missing.size:
        raise ValueError(f"the price index lacks {_in_words(missing)}")
    base = index[_year(table) == year]
    if base.size != (12 if monthly else 1):
        raise ValueError(f"the price index lacks some or all of the price year {year}")
    factors: Floats = base.mean() / index[order][np.searchsorted(ordered, periods)]
    return factors


def deflate(amounts: Floats, periods: Ints, table: Ints, index: Floats, year: int) -> Floats:
    """Amounts in the prices of one year.

    Args:
        amounts: Amounts in the prices of their own period, NaN where missing; shape (..., k).
        periods: Period of each column (the last axis); shape (k,).
        table: Periods of the index; shape (t,).
        index: Price index of each period of the table; shape (t,).
        year: The price year.

    Returns:
        The amounts in the prices of the year; shape (..., k).

    Raises:
        ValueError: As :func:`price_factors`, or the columns are not one per period.
    """
    if periods.ndim != 1 or amounts.shape[-1:] != periods.shape:
        raise ValueError("amounts must have one column per period")
    real: Floats = amounts * price_factors(periods, table, index, year)
    return real
