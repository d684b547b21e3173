"""Reading one table and checking it against its contract; every problem is kept, none guessed."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Column, Table, schema
from finsam_report.inputs.files import FIRST_ROW, Report, file_problem, read_raw
from finsam_report.problems import MAX_ROWS_SHOWN, Problem


def cell_problem(
    file: str, column: str | None, rows: np.ndarray, found: str, expected: str, mend: str
) -> Problem:
    """A problem in some rows (labels of the index: positions in the file) of a column."""
    numbers = [int(r) + FIRST_ROW for r in np.sort(rows)]
    return Problem(
        file=file,
        column=column,
        rows=tuple(numbers[:MAX_ROWS_SHOWN]),
        count=len(numbers),
        found=found,
        expected=expected,
        mend=mend,
    )


def _as_numbers(values: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Numbers, NaN where empty; and where a cell holds something else."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.astype(np.float64)
        infinite = np.isinf(numbers.to_numpy())
        return numbers.mask(infinite), infinite
    text = values.astype("string").str.strip()
    empty = text.isna() | (text == "")
    # Only plain decimal notation: "1e3", "inf" or "0x10" in a cell is more likely a slip; and
    # at most 15 digits before the point, beyond which a float is no longer exact.
    plain = text.str.fullmatch(r"[+-]?([0-9]{1,15}(\.[0-9]*)?|\.[0-9]+)").fillna(False)
    numbers = pd.to_numeric(text.where(plain), errors="coerce").astype(np.float64)
    return numbers, ~plain.to_numpy(dtype=bool) & ~empty.to_numpy(dtype=bool)


def _as_dates(values: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Dates, NaT where empty; and where a cell holds something else."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.dt.tz_localize(None).dt.normalize(), np.zeros(len(values), dtype=bool)
    text = values.astype("string").str.strip()
    empty = (text.isna() | (text == "")).to_numpy(dtype=bool)
    month = text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}").fillna(False)
    day = text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}").fillna(False)
    dates = pd.to_datetime(
        text.where(~month, text + "-01").where(month | day), format="%Y-%m-%d", errors="coerce"
    )
    return dates, dates.isna().to_numpy() & ~empty


def _as_text(values: pd.Series) -> pd.Series:
    """Text without blanks around it, NA where empty."""
    if pd.api.types.is_float_dtype(values.dtype):  # "1" and not "1.0" for codes held as numbers
        known = values.dropna()
        # Past 2^53 neighbouring whole numbers are the same float.
        whole = bool(((known == known.round()) & (known.abs() < 2**53)).all())
        values = values.astype("Int64") if whole else values
    text = values.astype("string").str.strip()
    return text.where(text != "")


def _show(column: Column, values: pd.Series) -> str:
    """The values found, where they can only be codes; never what says something of a person.

    In a row whose cells have slipped sideways, the column of the arm may hold anything.
    """
    if column.kind in ("number", "whole", "binary"):
        return "another number"
    kinds = sorted({str(v) for v in values.dropna()})
    code = re.compile(r"[^\W\d]{1,20}([ _-][^\W\d]{1,20})?|[0-9]{1,3}")
    if column.personal or not 1 <= len(kinds) <= 3 or not all(code.fullmatch(k) for k in kinds):
        return "another value"
    return ", ".join(f"'{kind}'" for kind in kinds)


def _convert(table: Table, column: Column, raw: pd.Series, report: Report) -> pd.Series:
    mend = "correct the cells, or leave them empty" if column.empty else "correct the cells"
    labels = raw.index.to_numpy()
    if column.kind in ("number", "whole", "binary"):
        values, bad = _as_numbers(raw)
        found = "an infinite number" if pd.api.types.is_float_dtype(raw.dtype) else "text"
    elif column.kind == "date":
        values, bad = _as_dates(raw)
        found = "something that is not a date"
    else:
        values, bad = _as_text(raw), np.zeros(len(raw), dtype=bool)
        found = ""
    if bad.any():
        report(cell_problem(table.file, column.name, labels[bad], found, column.expected(), mend))
    if not column.empty:
        missing = values.isna().to_numpy() & ~bad
        if missing.any():
            report(
                cell_problem(
                    table.file,
                    column.name,
                    labels[missing],
                    "an empty cell",
                    column.expected(),
                    "fill in the cells or remove the rows",
                )
            )
    return values


def _check_values(table: Table, frame: pd.DataFrame, report: Report) -> None:
    """Allowed values and ranges, by pandera, all failures at once."""
    from pandera.errors import SchemaErrors

    try:
        schema(table, list(frame.columns)).validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        for name, group in cases.groupby("column", sort=True):
            column = table.column(str(name))
            rows = np.unique(group["index"].dropna().to_numpy(dtype=np.int64))
            values = frame[str(name)].loc[rows]
            report(
                cell_problem(
                    table.file,
                    column.name,
                    rows,
                    _show(column, values),
                    column.expected(),
                    "correct the cells, or the declaration in study.toml",
                )
            )


def _check_columns(table: Table, raw: pd.DataFrame, report: Report) -> bool:
    """Whether all columns are there that must be."""
    there = [str(name) for name in raw.columns]
    missing = [c for c in table.columns if c.required and c.name not in there]
    if len(missing) == sum(column.required for column in table.columns):
        # Row 1 is perhaps no heading but a person: nothing of it may be repeated.
        report(
            Problem(
                file=table.file,
                rows=(1,),
                count=1,
                found="none of the columns",
                expected="a heading with " + ", ".join(c.name for c in missing),
                mend="put the heading in row 1",
            )
        )
        return False
    free = [name for name in there if name not in {column.name for column in table.columns}]
    for column in missing:
        near = difflib.get_close_matches(column.name, free, n=1)
        hint = f"; is '{near[0]}' meant?" if near else ""
        report(
            Problem(
                file=table.file,
                column=column.name,
                found="no such column" + hint,
                expected=column.expected(),
                mend="add the column or rename the one that is meant",
            )
        )
    return not missing


def read_table(directory: Path, table: Table, report: Report) -> pd.DataFrame | None:
    """Read a table and check it against its contract.

    Args:
        directory: The study's directory.
        table: The contract.
        report: Called with each problem.

    Returns:
        The checked columns (numbers as float64, text as string, dates as datetime), the index
        0 … n-1 in the order of the file; None where the table cannot be used at all.
    """
    raw = read_raw(directory, table, report)
    if raw is None:
        return None
    complete = _check_columns(table, raw, report)
    if not len(raw):
        report(file_problem(table.file, "no rows", "at least one row", "fill in the table"))
        return None
    frame = pd.DataFrame(
        {
            column.name: _convert(table, column, raw[column.name], report)
            for column in table.columns
            if column.name in raw.columns
        },
        index=raw.index,
    )
    _check_values(table, frame, report)
    if complete and set(table.key) <= set(frame.columns):
        keys = frame[list(table.key)]
        twice = (keys.duplicated(keep="first") & keys.notna().all(axis=1)).to_numpy()
        if twice.any():
            names = " and ".join(table.key)
            report(
                cell_problem(
                    table.file,
                    table.key[0],
                    raw.index.to_numpy()[twice],
                    f"the same {names} as in an earlier row",
                    f"each {names} once",
                    "remove the repeated rows",
                )
            )
    return frame if complete else None
