"""Reading Parquet, a column at a time, so that a table may be larger than memory has room for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.inputs.raw import Raw, Report, file_problem, heading_problem, once
from finsam_report.problems import Problem

if TYPE_CHECKING:
    import pyarrow as pa


def damaged(file: str) -> Problem:
    """The problem of a file that does not hold what its ending says."""
    return file_problem(
        file,
        "a file that is not Parquet, or is damaged",
        "a Parquet file",
        "write the file again",
    )


def read_parquet(path: Path, table: Table, report: Report) -> Raw | None:
    """The cells of a Parquet file, in the file's own types.

    Args:
        path: The file.
        table: The contract.
        report: Called with each problem.

    Returns:
        The cells; None where the file is no table. A column that turns out to be damaged
        raises ``ValueError`` or ``OSError`` when it is asked for.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = [str(name) for name in file.schema_arrow.names]
            text = [
                field.name
                for field in file.schema_arrow
                if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
            ]
            count = file.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError):
        report(damaged(table.file))
        return None
    wrong = heading_problem(names, table)
    if wrong is not None:
        report(wrong)
        return None
    headings = once(names)

    def column(heading: str) -> pa.ChunkedArray:
        at = headings.index(heading)
        own = [names[at]] if names[at] in text else []
        with pq.ParquetFile(path, read_dictionary=own, memory_map=True) as file:
            # Of columns of one name, this reads all.
            found = file.read(columns=[names[at]])
            return found.column(names[:at].count(names[at]) if found.num_columns > 1 else 0)

    return Raw(headings, pd.RangeIndex(count), column)
