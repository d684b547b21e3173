"""Members by county: of how many municipalities, and who no longer is one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd

from finsam_report.inputs.parts_contract import municipality as contract
from finsam_report.inputs.parts_contract.organisation import ASSOCIATIONS, YEARS
from finsam_report.parts.organisation_members import members

PART = cast("Any", object())
MUNICIPALITY = cast("Any", SimpleNamespace(years=SimpleNamespace(last=2010)))


def table(**more: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "municipality": ["0101", "0102", "2001"],
            "county": ["01", "01", "20"],
            "joined": [2008.0, float("nan"), 2010.0],
            **more,
        }
    )


def shares(tables: dict[str, pd.DataFrame], municipality: Any = MUNICIPALITY) -> dict[Any, float]:
    frame = pd.concat(members(tables, PART, municipality))
    return {
        (
            row.outcome,
            row.estimator,
            None if pd.isna(row.horizon) else int(row.horizon),
        ): row.estimate
        for row in frame.itertuples()
    }


def test_the_share_is_of_the_countys_municipalities() -> None:
    found = shares({contract.MUNICIPALITIES: table()})
    assert found["county=01", "share", 2008] == 50
    assert found["county=20", "share", 2009] == 0
    assert found["county=20", "share", 2010] == 100
    assert (found["county=01", "count", 2010], found["county=01", "of", 2010]) == (1, 2)


def test_one_that_left_is_a_member_no_longer_and_one_that_merged_is_not_counted() -> None:
    left = shares({contract.MUNICIPALITIES: table(left=[2010.0, float("nan"), float("nan")])})
    assert left["county=01", "share", 2009] == 50
    assert left["county=01", "share", 2010] == 0
    merged = shares({contract.MUNICIPALITIES: table(merged_into=[None, "0101", None])})
    assert merged["county=01", "share", 2010] == 100


def test_without_a_table_of_municipalities_only_numbers_are_told() -> None:
    tables = {
        ASSOCIATIONS: pd.DataFrame({"association": ["A", "B"], "county": ["01", "20"]}),
        YEARS: pd.DataFrame(
            {
                "association": ["A", "B", "A"],
                "year": [2010, 2010, 2009],
                "municipalities": [3, 2, 1],
            }
        ),
    }
    assert shares(tables, None) == {
        ("county=01", "count", 2010): 3,
        ("county=20", "count", 2010): 2,
    }


def test_nothing_is_told_of_a_study_without_the_part_or_of_one_that_nobody_joined() -> None:
    assert members({contract.MUNICIPALITIES: table()}, None, MUNICIPALITY) == []
    nobody = table().assign(joined=float("nan"))
    assert members({contract.MUNICIPALITIES: nobody}, PART, MUNICIPALITY) == []
