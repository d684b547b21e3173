"""Which municipalities of each county are members of an association, year by year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.parts_contract import municipality as contract
from finsam_report.inputs.parts_contract.organisation import ASSOCIATIONS, YEARS
from finsam_report.parts.ledger import PERCENT, rows
from finsam_report.study import Municipality, Organisation

PART, ANALYSIS = "organisation", "members"
UNIT = "municipalities"


def _rows(
    counties: list[str], year: int, estimator: str, numbers: npt.NDArray[np.float64]
) -> pd.DataFrame:
    return rows(
        part=PART, analysis=ANALYSIS, outcome=[f"county={county}" for county in counties],
        group="all", horizon=year, estimator=estimator, estimate=numbers,
        unit=PERCENT if estimator == "share" else UNIT,
    )  # fmt: skip


def _of_municipalities(table: pd.DataFrame, last: int) -> list[pd.DataFrame]:
    """Shares by county and year from the municipalities themselves."""
    if "merged_into" in table.columns:
        table = table[table["merged_into"].isna()]
    joined = table["joined"].to_numpy(dtype=float)
    left = (
        table["left"].to_numpy(dtype=float)
        if "left" in table.columns
        else np.full(len(table), np.nan)
    )
    if np.isnan(joined).all() or np.nanmin(joined) > last:
        return []
    counties, place = np.unique(table["county"].astype(str).to_numpy(), return_inverse=True)
    names = [str(county) for county in counties]
    of = np.bincount(place, minlength=len(names)).astype(np.float64)
    out = []
    for year in range(int(np.nanmin(joined)), last + 1):
        member = (joined <= year) & ~(left <= year)
        count = np.bincount(place[member], minlength=len(names)).astype(np.float64)
        out.append(_rows(names, year, "share", 100 * count / of))
        if year == last:
            out += [_rows(names, year, "count", count), _rows(names, year, "of", of)]
    return out


def _of_associations(units: pd.DataFrame, years: pd.DataFrame) -> list[pd.DataFrame]:
    """Counts of members by the county of their association, in the last year."""
    last = int(years["year"].max())
    county = units.set_index("association")["county"].astype(str)
    now = years[(years["year"] == last) & years["municipalities"].notna()]
    summed = now.groupby(now["association"].map(county))["municipalities"].sum().sort_index()
    if summed.empty:
        return []
    return [_rows([str(c) for c in summed.index], last, "count", summed.to_numpy(dtype=float))]


def members(
    other: Mapping[str, pd.DataFrame], part: Organisation | None, municipality: Municipality | None
) -> list[pd.DataFrame]:
    """Members by county, as far as the tables tell; it is public who they are.

    Args:
        other: The tables of the parts without an experiment, by the name of their contract.
        part: The organisation part as declared.
        municipality: The municipality part as declared.

    Returns:
        Rows of the ledger: per cent of each county's municipalities that are members at the
        end of every year, and in the last year also how many of how many. Without a table of
        municipalities only how many there are, by the county of the association.
    """
    years, units = other.get(YEARS), other.get(ASSOCIATIONS)
    if part is None:
        return []
    table = other.get(contract.MUNICIPALITIES)
    if table is not None and municipality is not None:
        counted = years is not None and len(years)
        last = (
            int(years["year"].max()) if counted and years is not None else municipality.years.last
        )
        return _of_municipalities(table, last)
    if units is None or years is None or not len(years):
        return []
    return _of_associations(units, years)
