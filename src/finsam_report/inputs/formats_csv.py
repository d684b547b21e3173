"""Reading CSV: its encoding and separator are found out, and refused where they are in doubt."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.cells import LOST
from finsam_report.inputs.contract import Table
from finsam_report.inputs.raw import (
    FIRST_ROW,
    Raw,
    Report,
    file_problem,
    heading_problem,
    once,
)
from finsam_report.problems import MAX_ROWS_SHOWN, Problem

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# UTF-8 read as Windows-1252 ("Ã¶"), and å, ä, ö of DOS or old Macintoshes ("s”der").
_NOT_1252 = re.compile(f"{LOST}|(?<=[A-Za-z])[„†ŠŒŽ”™š](?=[A-Za-z])")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # a byte that decoding has kept as it was


def _decoded(data: bytes) -> str | None:
    """The text, None where its encoding is neither UTF-8 nor surely Windows-1252."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return None
        if _NOT_1252.search(text):
            return None
    return None if _CONTROL.search(text) else text


def _undecoded(data: bytes, table: Table) -> list[Problem]:
    """What is said of a file that :func:`_decoded` refuses: the cells, where these are few."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [
            file_problem(
                table.file,
                "bytes that are neither UTF-8 nor Windows-1252, but UTF-16",
                "text in UTF-8",
                "save the file as CSV in UTF-8",
            )
        ]
    text = data.decode("utf-8-sig", errors="surrogateescape")
    # In UTF-8 but for some bytes: these can be pointed at.
    if re.search("[\u0080-\ud7ff]", text) and _NOT_UTF8.search(text):
        try:
            return _odd_cells(text, table)
        except csv.Error:
            pass
    return [
        file_problem(
            table.file,
            "bytes that are neither UTF-8 nor Windows-1252",
            "text in UTF-8",
            "which encoding is it? Save the file as CSV in UTF-8",
        )
    ]


def _odd_cells(text: str, table: Table) -> list[Problem]:
    """The cells with bytes that are not UTF-8, a problem for each column."""
    rows: dict[int, list[int]] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, table))
    names: list[str] = []
    for number, cells in enumerate(reader, FIRST_ROW - 1):
        names = names or [cell.strip() for cell in cells]
        for at in (at for at, cell in enumerate(cells) if _NOT_UTF8.search(cell)):
            rows.setdefault(at, []).append(number)
    # A heading may itself be what is wrong, or say who somebody is.
    known = {column.name for column in table.columns}
    return [
        Problem(
            file=table.file,
            column=names[at] if names[at : at + 1] and names[at] in known else f"column {at + 1}",
            rows=tuple(found[:MAX_ROWS_SHOWN]),
            count=len(found),
            found="bytes that are not UTF-8 in a file that is otherwise",
            expected="text in UTF-8",
            mend="write the letters again, and save the file as CSV in UTF-8",
        )
        for at, found in rows.items()
    ]


def _first_record(text: str, separator: str) -> list[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [cell.strip() for cell in next(reader, [])]


def _separator(text: str, table: Table) -> str:
    """The sign between cells: the one by which most of the table's columns have a heading."""
    known = {column.name for column in table.columns}

    def fit(separator: str) -> tuple[int, int]:
        try:
            names = _first_record(text, separator)
        except csv.Error:
            return (0, 0)
        return len(known & set(names)), len(names)

    return max(SEPARATORS, key=fit)


def _widths(data: bytes, text: str, separator: str) -> npt.NDArray[np.int64]:
    """How many cells each record has, the heading first; 0 where another number is all blank."""
    if b'"' in data or data.count(b"\r") != data.count(b"\r\n"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        usual = len(next(reader, []))
        counts = (
            len(cells) if len(cells) == usual or any(map(str.strip, cells)) else 0
            for cells in reader
        )
        return np.fromiter((usual, *counts), dtype=np.int64)
    signs = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    if signs[-1] != ord("\n"):
        ends = np.append(ends, len(signs))
    starts = np.append(0, ends[:-1] + 1)
    between = np.flatnonzero(signs == ord(separator))
    widths = np.searchsorted(between, ends) - np.searchsorted(between, starts) + 1
    # A line without a sign is no record, even where records have one cell.
    empty = (ends == starts) | ((ends == starts + 1) & (signs[starts] == ord("\r")))
    for at in np.flatnonzero((widths != widths[0]) | empty):
        line = data[starts[at] : ends[at]].decode()
        widths[at] = 0 if not line.replace(separator, "").strip() else widths[at]
    return widths.astype(np.int64)


def read_csv(path: Path, table: Table, report: Report) -> Raw | None:
    """The cells of a CSV file as text.

    Args:
        path: The file.
        table: The contract.
        report: Called with each problem.

    Returns:
        The cells; None where the file is no table.
    """
    file = table.file

    def refuse(found: str, expected: str, mend: str) -> None:
        report(file_problem(file, found, expected, mend))

    text = _decoded(path.read_bytes())
    if text is None:
        for problem in _undecoded(path.read_bytes(), table):
            report(problem)
        return None
    if not text:
        refuse("an empty file", "a heading in row 1, then the rows", "fill in the table")
        return None
    data, separator = text.encode(), _separator(text, table)
    try:
        names = _first_record(text, separator)
        wrong = heading_problem(names, table)
        if wrong is not None:
            report(wrong)
            return None
        widths = _widths(data, text, separator)[1:]
        uneven = np.flatnonzero((widths > 0) & (widths != len(names)))
        if uneven.size:
            report(
                Problem(
                    file=file,
                    rows=tuple(int(r) + FIRST_ROW for r in uneven[:MAX_ROWS_SHOWN]),
                    count=int(uneven.size),
                    found="more or fewer cells than in the heading",
                    expected=f"{len(names)} cells in each row",
                    mend=f"look for a {SEPARATORS[separator]} inside a cell; "
                    "put such cells in quotation marks",
                )
            )
            return None
        cells = _parsed(data, names, separator)
    except (ValueError, csv.Error) as error:
        detail = "" if isinstance(error, ValueError) else f" ({error})"
        refuse(
            f"text that is not CSV{detail}",
            "cells separated by comma, semicolon or tab",
            "look for a quotation mark that is not closed; save the file as CSV again",
        )
        return None
    kept = np.flatnonzero(widths)
    if len(kept) != cells.num_rows:
        refuse("text that is not CSV", "rows of cells", "save the file as CSV again")
        return None
    filled = _filled(cells)
    if not filled.all():
        cells, kept = cells.filter(filled), kept[filled]
    rows = pd.RangeIndex(len(kept)) if len(kept) == len(widths) else pd.Index(kept)
    column: Callable[[str], pa.ChunkedArray] = cells.column
    return Raw(once(names), rows, column)


def _filled(cells: pa.Table) -> npt.NDArray[np.bool_]:
    """Which rows have something in a cell."""
    import pyarrow.compute as pc

    filled = np.zeros(cells.num_rows, dtype=np.bool_)
    for column in cells.columns:
        if filled.all():
            break
        at = 0
        for chunk in column.chunks:
            something = pc.not_equal(pc.utf8_trim_whitespace(chunk.dictionary), "").to_numpy(
                zero_copy_only=False
            )
            filled[at : at + len(chunk)] |= something[chunk.indices.to_numpy()]
            at += len(chunk)
    return filled


def _parsed(data: bytes, names: list[str], separator: str) -> pa.Table:
    """All cells as text, by column as distinct values and where they stand."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    headings = list(once(names))
    return arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(
            column_names=headings,
            skip_rows_after_names=1,
            block_size=min(max(len(data) + 1, 1 << 20), 1 << 28),
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=b'"' in data,
            invalid_row_handler=lambda _: "skip",
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(headings, pa.dictionary(pa.int32(), pa.string())),
            strings_can_be_null=False,
        ),
    )
