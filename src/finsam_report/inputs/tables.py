"""Reading one table and checking it against its contract; every problem is kept, none guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.cells import Cells, Fault, as_numbers, as_text, cells_of
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.dates import FAR_YEARS, as_dates, far_dates
from finsam_report.inputs.files import FIRST_ROW, Raw, Report, file_problem, read_raw
from finsam_report.inputs.formats_parquet import damaged
from finsam_report.inputs.headings import check_headings
from finsam_report.inputs.personal import identity_cells, private_headings
from finsam_report.inputs.schema import schema
from finsam_report.problems import MAX_ROWS_SHOWN, Problem

LARGE = 4_000_000  # rows, from which memory is spared


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


def _convert(
    table: Table, column: Column, cells: Cells, hits: np.ndarray | None, rows: pd.Index,
    report: Report,
) -> pd.Series:  # fmt: skip
    """The values of a column; ``hits`` marks what must not be shown, not even as a code."""
    usual = "correct the cells, or leave them empty" if column.empty else "correct the cells"
    large = len(rows) > LARGE
    faults: list[Fault] = []
    if column.kind in ("number", "whole", "binary"):
        numbers, faults = as_numbers(cells)
        missing = np.isnan(numbers)
        values = pd.Series(_small(numbers) if large else numbers, index=rows, copy=False)
    elif column.kind == "date":
        dates, faults = as_dates(cells)
        values = dates.set_axis(rows)
        missing = values.isna().to_numpy()
    else:
        names, codes, faults = as_text(cells)
        for mask in (*(fault.rows for fault in faults), *(() if hits is None else (hits,))):
            codes = np.where(mask, np.int32(-1), codes)
        missing = codes < 0
        if large:
            values = pd.Series(
                pd.Categorical.from_codes(codes, categories=pd.Index(names)), index=rows
            )
        else:
            values = names.reindex(codes).set_axis(rows)
    for fault in faults:
        report(
            cell_problem(
                table.file,
                column.name,
                rows.to_numpy()[fault.rows],
                fault.found,
                column.expected(),
                fault.mend or usual,
            )
        )
    if not column.empty and missing.any():
        for mask in (*(fault.rows for fault in faults), *(() if hits is None else (hits,))):
            missing = missing & ~mask  # not in place: the array may be the column's own
        if missing.any():
            report(
                cell_problem(
                    table.file,
                    column.name,
                    rows.to_numpy()[missing],
                    "an empty cell",
                    column.expected(),
                    "fill in the cells or remove the rows",
                )
            )
    return values


def _small(numbers: np.ndarray) -> np.ndarray:
    """The numbers in half the memory, where that loses nothing."""
    for start in range(0, len(numbers), LARGE):
        piece = numbers[start : start + LARGE]
        with np.errstate(over="ignore"):
            if not np.array_equal(piece.astype(np.float32), piece, equal_nan=True):
                return numbers
    return numbers.astype(np.float32)


def _check_values(table: Table, frame: pd.DataFrame, report: Report) -> None:
    """Allowed values and ranges, by pandera, for each value once; all failures at once."""
    from pandera.errors import SchemaErrors

    for name in frame.columns:
        column = table.column(str(name))
        if column.kind == "text":
            continue
        if column.kind == "date":
            far = far_dates(frame[name])
            if far.any():
                report(
                    replace(
                        cell_problem(
                            table.file,
                            column.name,
                            frame.index.to_numpy()[far],
                            "dates decades before or after the others",
                            f"dates within {FAR_YEARS} years of most in the column",
                            "check the century",
                        ),
                        severity="warning",
                    )
                )
            continue
        wrong: list[np.ndarray] = []
        for start in range(0, len(frame), LARGE):
            values = frame[name].iloc[start : start + LARGE]
            distinct = pd.Series(values.dropna().unique(), name=name)
            if column.kind == "category":
                distinct = distinct.astype("string")
            try:
                schema(table, [column.name]).validate(distinct.to_frame(), lazy=True)
            except SchemaErrors as error:
                at = error.failure_cases["index"].dropna().to_numpy(dtype=np.int64)
                bad = values.isin(distinct.iloc[np.unique(at)].tolist())
                wrong.append(values.index.to_numpy()[bad.to_numpy(dtype=np.bool_)])
        if wrong:
            rows = np.concatenate(wrong)
            report(
                cell_problem(
                    table.file,
                    column.name,
                    rows,
                    _show(column, frame[name].loc[rows]),
                    column.expected(),
                    "correct the cells, or the declaration in study.toml",
                )
            )


def _repeated(frame: pd.DataFrame, table: Table) -> np.ndarray:
    """Which rows have a key that an earlier row has, by whole numbers in place of the values.

    Where a column of the key may be empty, an empty cell is a value like any other.
    """
    code = np.zeros(len(frame), dtype=np.int64)
    known = np.ones(len(frame), dtype=np.bool_)
    size = 1
    for name in table.key:
        values = frame[name]
        if isinstance(values.dtype, pd.CategoricalDtype):
            places, count = values.cat.codes.to_numpy(), len(values.cat.categories)
        else:
            places, names = pd.factorize(values)
            count = len(names)
        if table.column(name).empty:
            places, count = places.astype(np.int64) + 1, count + 1
        known &= places >= 0
        code *= count
        code += places
        size *= count
    if size <= 4 * len(frame):  # room for a mark for each possible key
        there = np.zeros(max(size, 1), dtype=np.bool_)
        there[code[known]] = True
        if np.count_nonzero(there) == np.count_nonzero(known):
            return np.zeros(len(frame), dtype=np.bool_)
    return pd.Series(code).where(known).duplicated().to_numpy() & known


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
    import pyarrow as pa

    raw = read_raw(directory, table, report)
    if raw is None:
        return None
    named = private_headings(table, raw.headings, report)
    complete = check_headings(table, [h for h in raw.headings if h not in named], report)
    if not len(raw.rows):
        report(file_problem(table.file, "no rows", "at least one row", "fill in the table"))
        return None
    try:
        frame = pd.DataFrame(_columns(table, raw, named, report), index=raw.rows, copy=False)
    except (OSError, pa.ArrowException):  # a part of the file that is read only now
        report(damaged(table.file))
        return None
    _check_values(table, frame, report)
    if complete and set(table.key) <= set(frame.columns):
        twice = _repeated(frame, table)
        if twice.any():
            names = " and ".join(table.key)
            report(
                cell_problem(
                    table.file,
                    table.key[0],
                    raw.rows.to_numpy()[twice],
                    f"the same {names} as in an earlier row",
                    f"each {names} once",
                    "remove the repeated rows",
                )
            )
    return frame if complete else None


def _columns(
    table: Table, raw: Raw, named: Mapping[str, str], report: Report
) -> dict[str, pd.Series]:
    """The columns of the contract, read; the cells of all columns are looked at."""
    known = {column.name: column for column in table.columns}
    found: dict[str, pd.Series] = {}
    for heading in raw.headings:
        column = known.get(heading)
        text = column is not None and column.kind in ("text", "category")
        cells = cells_of(raw.column(heading), distinct=text)
        marked = identity_cells(cells, key=text and heading in table.key)
        hits = None if marked is None else cells.spread(marked)
        if hits is not None:
            report(
                cell_problem(
                    table.file,
                    named.get(heading, heading),
                    raw.rows.to_numpy()[hits],
                    "Swedish personal identity numbers, or numbers just like them",
                    "no identity numbers in any table",
                    "put numbers or names of your own in their place, or remove the column",
                )
            )
        if column is not None:
            found[heading] = _convert(table, column, cells, hits, raw.rows, report)
    return {name: found[name] for name in known if name in found}
