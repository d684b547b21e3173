"""Reading a CSV or Parquet file as it is, before its cells are looked at."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.problems import MAX_ROWS_SHOWN, Problem

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_ROW = 2  # the heading is row 1, as in a spreadsheet

Report = Callable[[Problem], None]


def file_problem(file: str, found: str, expected: str, mend: str) -> Problem:
    """A problem with a whole file."""
    return Problem(file=file, found=found, expected=expected, mend=mend)


def read_raw(directory: Path, table: Table, report: Report) -> pd.DataFrame | None:
    """The cells of a table as they stand in its file.

    Args:
        directory: The study's directory.
        table: The contract.
        report: Called with each problem.

    Returns:
        Text (CSV) or values of the file's own types (Parquet); the index counts the rows of
        the file from 0, without those that are blank. None where the file cannot be read.
    """
    path, name = directory / table.file, table.file
    suffix = path.suffix.lower()
    try:
        if not path.is_file():
            found = "a directory" if path.is_dir() else "no such file in the study directory"
            problem = file_problem(
                name,
                found,
                "the table that study.toml names",
                "add the file, or change the name in study.toml",
            )
        elif suffix == ".csv":
            return _read_csv(path, table, report)
        elif suffix == ".parquet":
            return _read_parquet(path, table, report)
        else:
            problem = file_problem(
                name,
                f"a file of type '{suffix}'" if suffix else "a file without an ending",
                "a .csv or .parquet file",
                "save the table as CSV in UTF-8 or as Parquet",
            )
    except OSError as error:
        problem = file_problem(
            name,
            f"a file that cannot be read ({error.strerror})",
            "a file that can be read",
            "check its permissions",
        )
    report(problem)
    return None


def _headings(names: Sequence[str], table: Table) -> Problem | None:
    """What is wrong with the headings; columns that the contract does not have are ignored."""
    file = table.file
    if not any(names):
        return file_problem(
            file, "an empty heading", "a heading in row 1, then the rows", "fill in the table"
        )
    if len(names) == 1 and any(sign in names[0] for sign in ";\t|"):
        return file_problem(
            file,
            "columns that commas do not separate",
            "columns separated by comma",
            "save the file as CSV with commas, and decimals with a point",
        )
    twice = [column.name for column in table.columns if names.count(column.name) > 1]
    if twice:
        return file_problem(
            file,
            f"the heading {', '.join(twice)} more than once",
            "each heading once",
            "rename or remove one of the columns",
        )
    return None


def _once(names: Sequence[str]) -> list[str]:
    """Headings that pandas can tell apart; those that stand twice or are empty get a number."""
    return [
        name if name and names.count(name) == 1 else f"column {number}"
        for number, name in enumerate(names, 1)
    ]


def _read_csv(path: Path, table: Table, report: Report) -> pd.DataFrame | None:
    file = table.file
    try:
        names, uneven = _scan_csv(path)
        if names is None:
            report(
                file_problem(
                    file,
                    "an empty file",
                    "a heading in row 1, then the rows",
                    "fill in the table",
                )
            )
            return None
        wrong = _headings(names, table)
        if wrong is not None:
            report(wrong)
            return None
        if uneven:
            report(
                Problem(
                    file=file,
                    rows=tuple(uneven[:MAX_ROWS_SHOWN]),
                    count=len(uneven),
                    found="more or fewer cells than in the heading",
                    expected=f"{len(names)} cells in each row",
                    mend="look for commas inside a cell; put such cells in quotation marks",
                )
            )
            return None
        frame = pd.read_csv(
            path,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
            skip_blank_lines=False,
            header=0,
            index_col=False,
            names=_once(names),
        )
    except UnicodeDecodeError:
        report(
            file_problem(
                file,
                "bytes that are not UTF-8",
                "text in UTF-8",
                "save the file as CSV in UTF-8",
            )
        )
        return None
    except (pd.errors.ParserError, csv.Error) as error:
        detail = str(error).removeprefix("Error tokenizing data. C error: ").strip()
        report(
            file_problem(
                file,
                f"text that is not CSV ({detail})",
                "cells separated by comma",
                "look for a quotation mark that is not closed; save the file as CSV again",
            )
        )
        return None
    filled = np.zeros(len(frame), dtype=np.bool_)
    for name in frame.columns:
        if filled.all():
            break
        filled |= (frame[name].fillna("").str.strip() != "").to_numpy(dtype=np.bool_)
    kept: pd.DataFrame = frame.loc[filled]  # without blank rows; the others keep their number
    return kept


def _scan_csv(path: Path) -> tuple[list[str] | None, list[int]]:
    """The headings, and the rows whose number of cells differs from theirs.

    pandas would fill short rows and cut long ones without a word.
    """
    uneven = []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        first = next(reader, None)
        if first is None:
            return None, []
        width = len(first)
        for number, cells in enumerate(reader, FIRST_ROW):
            if len(cells) != width and any(cell.strip() for cell in cells):
                uneven.append(number)
    return [cell.strip() for cell in first], uneven


def _plain(table: pa.Table) -> pa.Table:
    """Booleans as 0 and 1, dictionaries as their values."""
    import pyarrow as pa
    from pyarrow import types

    for number, field in enumerate(table.schema):
        column = table.column(number)
        if types.is_boolean(field.type):
            column = column.cast(pa.int8())
        elif types.is_dictionary(field.type):
            column = column.cast(field.type.value_type)
        else:
            continue
        table = table.set_column(number, field.name, column)
    return table


def _read_parquet(path: Path, table: Table, report: Report) -> pd.DataFrame | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = [str(name) for name in file.schema_arrow.names]
            wrong = _headings(names, table)
            if wrong is not None:
                report(wrong)
                return None
            wanted = [column.name for column in table.columns if column.name in names]
            # Without pandas' own notes, by which a column could come back as the index.
            frame: pd.DataFrame = _plain(file.read(columns=wanted)).to_pandas(ignore_metadata=True)
            return frame
    except (pa.ArrowException, OSError, ValueError):
        report(
            file_problem(
                table.file,
                "a file that is not Parquet, or is damaged",
                "a Parquet file",
                "write the file again",
            )
        )
        return None
