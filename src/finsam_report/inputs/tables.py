"""Reading one table and checking it against its contract; every problem is kept, none guessed."""

from __future__ import annotations

import difflib
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
        file=file, column=column, rows=tuple(numbers[:MAX_ROWS_SHOWN]), count=len(numbers),
        found=found, expected=expected, mend=mend,
    )  # fmt: skip


def _as_numbers(values: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Numbers, NaN where empty; and where a cell holds something else."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.astype(np.float64)
        return numbers, np.isinf(numbers.to_numpy())
    text = values.astype("string").str.strip()
    empty = text.isna() | (text == "")
    # Only plain decimal notation: "1e3", "inf" or "0x10" in a cell is more likely a slip.
    plain = text.str.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)").fillna(False).to_numpy(dtype=bool)
    numbers = pd.to_numeric(text.where(plain), errors="coerce").astype(np.float64)
    return numbers, ~plain & ~empty.to_numpy(dtype=bool)


def _as_dates(values: pd.Series) -> tuple[pd.Series, np.ndarray]:
    text = values.astype("string").str.strip()
    empty = (text.isna() | (text == "")).to_numpy(dtype=bool)
    month = text.str.fullmatch(r"\d{4}-\d{2}").fillna(False)
    day = text.str.fullmatch(r"\d{4}-\d{2}-\d{2}").fillna(False)
    dates = pd.to_datetime(
        text.where(~month, text + "-01").where(month | day), format="%Y-%m-%d", errors="coerce"
    )
    return dates, dates.isna().to_numpy() & ~empty


def _as_text(values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values.dtype):  # "1" and not "1.0" for codes held as numbers
        whole = values.dropna() == values.dropna().round()
        values = values.astype("Int64") if bool(whole.all()) else values
    elif pd.api.types.is_bool_dtype(values.dtype):
        values = values.astype("int8")
    text = values.astype("string").str.strip()
    return text.where(text != "")


def _show(column: Column, values: pd.Series) -> str:
    """The values found, where they are no personal data and harmless to print."""
    kinds = sorted({str(v) for v in values.dropna()})
    harmless = all(len(k) <= 20 and sum(c.isdigit() for c in k) < 6 for k in kinds)
    if column.personal or not harmless or not kinds:
        return "another value"
    more = f" and {len(kinds) - 3} more" if len(kinds) > 3 else ""
    return ", ".join(f"'{kind}'" for kind in kinds[:3]) + more


def _convert(table: Table, column: Column, raw: pd.Series, report: Report) -> pd.Series:
    mend = "correct the cells, or leave them empty" if column.empty else "correct the cells"
    labels = raw.index.to_numpy()
    if column.kind in ("number", "whole", "binary"):
        values, bad = _as_numbers(raw)
        found = "text"
    elif column.kind == "date":
        values, bad = _as_dates(raw)
        found = "something that is not a date"
    else:
        values, bad = _as_text(raw), np.zeros(len(raw), dtype=bool)
        found = ""
    if bad.any():
        report(
            cell_problem(
                table.file, column.name, labels[bad], found, column.expected(), mend
            )
        )
    if not column.empty:
        missing = values.isna().to_numpy() & ~bad
        if missing.any():
            report(
                cell_problem(
                    table.file, column.name, labels[missing], "an empty cell",
                    column.expected(), "fill in the cells or remove the rows",
                )  # fmt: skip
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
                    table.file, column.name, rows, _show(column, values), column.expected(),
                    "correct the cells, or the declaration in study.toml",
                )  # fmt: skip
            )


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
    complete = True
    for column in table.columns:
        if column.required and column.name not in raw.columns:
            complete = False
            near = difflib.get_close_matches(column.name, [str(c) for c in raw.columns], n=1)
            hint = f"; is '{near[0]}' meant?" if near else ""
            report(
                Problem(
                    file=table.file, column=column.name, found="no such column" + hint,
                    expected=column.expected(), mend="add the column or rename the one that is meant",
                )  # fmt: skip
            )
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
                    table.file, table.key[0], raw.index.to_numpy()[twice],
                    f"the same {names} as in an earlier row", f"each {names} once",
                    "remove the repeated rows",
                )  # fmt: skip
            )
    return frame if complete else None
