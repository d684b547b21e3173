"""Reading a sheet of an Excel workbook."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from finsam_report.inputs.contract import Table
from finsam_report.inputs.personal import holds_identity
from finsam_report.inputs.raw import FIRST_ROW, Raw, Report, file_problem, heading_problem, once
from finsam_report.problems import MAX_ROWS_SHOWN, Problem

if TYPE_CHECKING:
    import pyarrow as pa

# A cell whose formula failed or was never computed: it would read as empty without a word.
_NO_VALUE = re.compile(
    rb'<c\s[^>]*?r="[A-Z]+([0-9]+)"(?:[^>]*?\st="e"|[^>]*?>\s*<f[^>]*?(?:/>|>[^<]*</f>)'
    rb"(?:<v\s*/>|<v></v>)?</c>)"
)


def read_excel(path: Path, sheet: str | None, table: Table, report: Report) -> Raw | None:
    """The cells of one sheet: numbers, dates, or text where a column has several kinds.

    Args:
        path: The workbook.
        sheet: The sheet's name, None where study.toml names the workbook alone.
        table: The contract.
        report: Called with each problem.

    Returns:
        The cells; None where there is no such table.
    """
    import python_calamine

    def refuse(found: str, expected: str, mend: str) -> None:
        report(file_problem(table.file, found, expected, mend))

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            name = _sheet(book, sheet, path.stem)
            if name is None:
                hidden = holds_identity(book.sheet_names)
                pairs = zip(book.sheet_names, hidden, strict=True)
                shown = ", ".join("a personal identity number" if h else n for n, h in pairs)
                refuse(
                    f"no sheet '{sheet}'" if sheet else f"several sheets ({shown})",
                    f"one of the sheets {shown}" if sheet else "one sheet, or its name",
                    f'which sheet is the table? Name it in study.toml as "{path.name}#SHEET"',
                )
                return None
            grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        failed = _without_value(path, name)
    except python_calamine.PasswordError:
        refuse("a workbook with a password", "a workbook that can be opened", "save it without")
        return None
    except (python_calamine.CalamineError, ValueError, KeyError, zipfile.BadZipFile,
            ElementTree.ParseError):  # fmt: skip
        refuse(
            "a file that is not an Excel workbook, or is damaged",
            "an Excel workbook (.xlsx)",
            "save the workbook again as .xlsx",
        )
        return None
    if failed:
        report(
            Problem(
                file=table.file,
                rows=tuple(failed[:MAX_ROWS_SHOWN]),
                count=len(failed),
                found="a formula without a value, or with an error",
                expected="values",
                mend="open the workbook, correct the formulas and save it, or paste the values",
            )
        )
        return None
    return _table(grid, table, report)


def _sheet(book: Any, wanted: str | None, stem: str) -> str | None:
    names: list[str] = book.sheet_names
    if wanted is not None:
        return wanted if wanted in names else None
    if stem in names or len(names) == 1:
        return stem if stem in names else names[0]
    filled = [name for name in names if book.get_sheet_by_name(name).height]
    return filled[0] if len(filled) == 1 else None


def _without_value(path: Path, sheet: str) -> list[int]:
    """Rows, as a spreadsheet counts them, that have a formula without a value."""
    with zipfile.ZipFile(path) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        number = next(
            value
            for node in book.iter()
            if node.tag.endswith("}sheet") and node.get("name") == sheet
            for key, value in node.attrib.items()
            if key.endswith("}id")
        )
        target = next(n.get("Target", "") for n in links if n.get("Id") == number)
        content = parts.read(target[1:] if target.startswith("/") else f"xl/{target}")
    return sorted({int(row) for row in _NO_VALUE.findall(content)})


def _table(grid: list[list[Any]], table: Table, report: Report) -> Raw | None:
    import pyarrow as pa

    names = [_text(cell) for cell in grid[0]] if grid else []
    width = max((i for row in grid for i, c in enumerate(row, 1) if _text(c)), default=0)
    names = names[:width]
    wrong = heading_problem(names, table)
    if wrong is not None:
        report(wrong)
        return None
    kept = [i for i, row in enumerate(grid[1:]) if any(_text(cell) for cell in row)]
    headings = once(names)
    columns: dict[str, pa.ChunkedArray] = {
        heading: pa.chunked_array([_array([grid[i + FIRST_ROW - 1][at] for i in kept])])
        for at, heading in enumerate(headings)
    }
    return Raw(headings, pd.Index(np.array(kept, dtype=np.int64)), columns.__getitem__)


def _text(cell: Any) -> str:
    """A cell as text."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime():
            return cell.isoformat(" ")
        case _:
            return str(cell).strip()


def _array(cells: Sequence[Any]) -> pa.Array:
    """A column: of numbers or dates where all its cells are, else of text."""
    import pyarrow as pa

    values = [None if isinstance(c, str) and not c.strip() else c for c in cells]
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float, bool}:
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    if kinds and kinds <= {dt.date, dt.datetime}:
        whole = [dt.datetime.combine(v, dt.time()) if type(v) is dt.date else v for v in values]
        return pa.array(whole, pa.timestamp("us"))
    return pa.array([None if v is None else _text(v) for v in values], pa.string())
