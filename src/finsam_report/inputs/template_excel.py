"""A workbook with an empty sheet per table and a sheet that explains the columns."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from finsam_report.inputs.contract import Column
from finsam_report.inputs.dictionary import HEADS, Section
from finsam_report.study import Label

INK, RULE, TINT = "FF1D2329", "FFC9D1D8", "FFEEF3F6"
LAST_ROW = 1_048_576
LONGEST_LIST = 250  # Excel keeps lists of up to 255 signs in the rule itself
WIDTHS = (26, 26, 44, 14, 18, 64)
FIXED = (1980, 1, 1, 0, 0, 0)

TABLE = Label(en="Sheet", sv="Blad")
WRONG = Label(en="Allowed: {}", sv="Tillåtet: {}")


def workbook(
    sheets: Mapping[str, Sequence[Column]],
    sections: Sequence[Section],
    language: str,
    title: str,
    about: str,
) -> bytes:
    """The workbook, equal bytes for equal arguments.

    Args:
        sheets: The columns of each sheet.
        sections: The tables in words, for the sheet README.
        language: "en" or "sv".
        title: Heading of the sheet README.
        about: What stands under it.
    """
    from openpyxl import Workbook

    book = Workbook()
    readme = book.active
    readme.title = "README"
    readme["A1"], readme["A2"] = title, about
    _readme(readme, sections, language)
    lists: list[tuple[str, ...]] = []
    for name, columns in sheets.items():
        _sheet(book.create_sheet(name), columns, lists, language)
    if lists:
        values = book.create_sheet("values")
        for at, found in enumerate(lists, 1):
            for row, value in enumerate(found, 1):
                values.cell(row, at, value).number_format = "@"
    return fixed(book)


def _heading(cell: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(bold=True, color=INK)
    cell.fill = PatternFill("solid", fgColor=TINT)
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    cell.border = Border(top=Side("medium", color=INK), bottom=Side("thin", color=INK))


def _readme(sheet: Any, sections: Sequence[Section], language: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    top = Alignment(wrap_text=True, vertical="top")
    heads = [TABLE.text(language), *(head.text(language) for head in HEADS)]
    sheet["A1"].font = Font(bold=True, size=14, color=INK)
    sheet["A2"].alignment = top
    sheet["A2"].font = Font(color=INK)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(heads))
    sheet.row_dimensions[2].height = 48
    for at, (head, width) in enumerate(zip(heads, WIDTHS, strict=True), 1):
        cell = sheet.cell(3, at, head)
        _heading(cell)
        sheet.column_dimensions[cell.column_letter].width = width
    row = 4
    line = Border(bottom=Side("hair", color=RULE))
    for part in sections:
        name = part.file.partition("#")[2] or part.file
        about = f"{part.title}: {part.row}."
        for cells in [(name, "", "", "", "", about), *((name, *e.cells()) for e in part.entries)]:
            for at, text in enumerate(cells, 1):
                cell = sheet.cell(row, at)
                # As text even where it begins with a sign that would make it a formula.
                cell.value, cell.data_type = text or None, "s" if text else "n"
                cell.alignment, cell.border = top, line
                cell.font = Font(color=INK, bold=cells[1] == "")
            lines = max(-(-len(t) // (w - 2)) for t, w in zip(cells, WIDTHS, strict=True))
            sheet.row_dimensions[row].height = 15 * max(lines, 1)
            row += 1
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"


def _sheet(
    sheet: Any, columns: Sequence[Column], lists: list[tuple[str, ...]], language: str
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(1, at)
        cell.value, cell.data_type = column.name, "s"
        _heading(cell)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 3)
        # As text a date stays as it is written, and a code keeps its leading zeros.
        if column.kind in ("date", "text") or (
            column.kind == "category" and not all(value.isdigit() for value in column.values)
        ):
            sheet.column_dimensions[letter].number_format = "@"
        values = ("0", "1") if column.kind == "binary" else column.values
        if not values:
            continue
        rule = DataValidation(type="list", formula1=_list(values, lists), allow_blank=True)
        rule.showErrorMessage, rule.errorTitle = True, column.name[:32]
        rule.error = WRONG.text(language).format(", ".join(values))[:225]
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _list(values: tuple[str, ...], lists: list[tuple[str, ...]]) -> str:
    """A list for a rule: in the rule itself, or where that cannot hold it on a sheet of lists."""
    from openpyxl.utils import get_column_letter

    text = ",".join(values)
    if len(text) <= LONGEST_LIST and not any("," in v or '"' in v for v in values):
        return f'"{text}"'
    if values not in lists:
        lists.append(values)
    letter = get_column_letter(lists.index(values) + 1)
    return f"values!${letter}$1:${letter}${len(values)}"


def fixed(book: Any) -> bytes:
    """The workbook as bytes without the time at which it was made."""
    moment = dt.datetime(*FIXED)
    book.properties.creator = "finsam-report"
    book.properties.created = moment
    first, second = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(second, "w") as out:
        for name in sorted(parts.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = parts.read(name)
            if name == "docProps/core.xml":  # saving sets the time of the change
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*",
                    rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
                    content,
                )
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            out.writestr(entry, content)
    return second.getvalue()
