"""A file of assignments as bytes: CSV, an Excel workbook or Parquet, without a clock."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from finsam_report.errors import FinsamError
from finsam_report.inputs.template_excel import fixed

ENDINGS = (".csv", ".xlsx", ".parquet")


def encoded(ending: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table of texts; equal bytes for equal arguments.

    Args:
        ending: One of :data:`ENDINGS`.
        heading: Names of the columns.
        rows: The cells.

    Raises:
        FinsamError: Another ending, or a text that a workbook cannot hold.
    """
    if ending == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([heading, *rows])
        return text.getvalue().encode("utf-8")
    if ending == ".xlsx":
        from openpyxl import Workbook
        from openpyxl.utils.exceptions import IllegalCharacterError

        book = Workbook()
        sheet = book.active
        sheet.title = "assignment"
        try:
            for at, row in enumerate([heading, *rows], 1):
                for column, value in enumerate(row, 1):
                    cell = sheet.cell(at, column)
                    # As text, whatever it looks like: "007" and "=A1" are names.
                    cell.value, cell.data_type, cell.number_format = value, "s", "@"
        except IllegalCharacterError:
            raise FinsamError("a cell has a sign that no workbook holds; write a .csv") from None
        return fixed(book)
    if ending == ".parquet":
        import pyarrow as pa
        from pyarrow import parquet

        columns = {
            name: pa.array([row[at] for row in rows], pa.string())
            for at, name in enumerate(heading)
        }
        sink = io.BytesIO()
        parquet.write_table(pa.table(columns), sink)
        return sink.getvalue()
    raise FinsamError(f"an assignment is written as {', '.join(ENDINGS)}, not as '{ending}'")
