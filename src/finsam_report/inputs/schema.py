"""What pandera checks of the cells of a table: allowed values and ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from finsam_report.inputs.contract import Table

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema


def schema(table: Table, present: Sequence[str]) -> DataFrameSchema:
    """The pandera schema of the columns of a table that are there.

    Cells that could not be read are reported before; here they count as empty.
    """
    import pandera.pandas as pa

    columns = {}
    for column in table.columns:
        if column.name not in present:
            continue
        checks = []
        if column.kind == "category":
            checks.append(pa.Check.isin(list(column.values), name="values"))
        if column.kind == "binary":
            checks.append(pa.Check.isin([0.0, 1.0], name="values"))
        if column.kind == "whole":
            checks.append(pa.Check(lambda s: s == s.round(), name="whole"))
        if column.minimum is not None:
            checks.append(pa.Check.ge(column.minimum, name="range"))
        if column.maximum is not None:
            checks.append(pa.Check.le(column.maximum, name="range"))
        columns[column.name] = pa.Column(checks=checks, nullable=True, required=True)
    return pa.DataFrameSchema(columns)
