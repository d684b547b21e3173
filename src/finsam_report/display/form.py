"""A table to be written in by hand: rules between its rows, and room in its empty cells."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from finsam_report.display.table import typst_string


@dataclass(frozen=True)
class Field:
    """A column of a form.

    Attributes:
        head: Its heading.
        share: Its width, relative to the others.
    """

    head: str
    share: float = 1.0


@dataclass(frozen=True)
class Form:
    """A form with a row for each thing; an empty cell is a field to fill in.

    Attributes:
        name: Name of file and label, without ``tbl-``.
        columns: The columns; the first holds what each row is about.
        rows: Cells as text.
        groups: A heading for each row, or empty; equal neighbours share one.
        notes: Sentences under the form.
        room: Height of an empty cell in millimetres.
        data: What is written as CSV; the cells themselves where it is not given.
    """

    name: str
    columns: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    room: float = 6.0
    data: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"form {self.name}: a row has not as many cells as there are columns")
        if self.groups and len(self.groups) != len(self.rows):
            raise ValueError(f"form {self.name}: a group is needed for each row")
        if self.data.empty:
            object.__setattr__(self, "data", self._written())

    def _written(self) -> pd.DataFrame:
        made = pd.DataFrame(list(self.rows), columns=[column.head for column in self.columns])
        if self.groups:
            made.insert(0, "", list(self.groups))
        return made

    def starts(self, number: int) -> bool:
        """Whether a row is the first of its group."""
        return bool(self.groups) and (number == 0 or self.groups[number] != self.groups[number - 1])


def form_html(form: Form) -> str:
    """The form in HTML."""
    whole = sum(column.share for column in form.columns)
    lines = [
        '<table class="gt_table form" data-quarto-disable-processing="true">',
        "<thead><tr>",
        *(
            f'<th scope="col" class="gt_left" style="width:{100 * column.share / whole:.1f}%">'
            f"{html.escape(column.head)}</th>"
            for column in form.columns
        ),
        "</tr></thead>",
        "<tbody>",
    ]
    for number, row in enumerate(form.rows):
        if form.starts(number):
            lines.append(
                f'<tr><th scope="rowgroup" class="gt_group_heading" colspan="{len(row)}">'
                f"{html.escape(form.groups[number])}</th></tr>"
            )
        cells = [
            f'<td class="gt_left">{html.escape(cell)}</td>'
            if cell
            else f'<td class="gt_left" style="height:{form.room:g}mm"></td>'
            for cell in row
        ]
        if row[0]:
            cells[0] = f'<th scope="row" class="gt_left">{html.escape(row[0])}</th>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines += ["</tbody>", "</table>"]
    lines += [f'<p class="table-notes">{html.escape(" ".join(form.notes))}</p>'] * bool(form.notes)
    return "\n".join(lines)


def form_typst(form: Form) -> str:
    """The form in Typst: one header row that repeats, a hairline between rows."""
    shares = ", ".join(f"{column.share:g}fr" for column in form.columns)
    rule, thin = '0.7pt + rgb("#1D2329")', '0.4pt + rgb("#C9D1D8")'
    width = len(form.columns)
    lines = [
        "#[",
        "#set text(size: 8.5pt, hyphenate: false)",
        "#set par(justify: false, leading: 0.5em)",
        "#table(",
        f"  columns: ({shares},), align: left + top, inset: (x: 4pt, y: 4pt),",
        f"  stroke: (x, y) => if y > 1 {{ (top: {thin}) }},",
        f"  table.hline(stroke: {rule}),",
        "  table.header(",
        *[
            f'    table.cell(fill: rgb("#EEF3F6"), strong({typst_string(column.head)})),'
            for column in form.columns
        ],
        "  ),",
        f"  table.hline(stroke: {rule}),",
    ]
    for number, row in enumerate(form.rows):
        if form.starts(number):
            lines.append(
                f"  table.header(level: 2, repeat: false, table.cell(colspan: {width},"
                f" strong({typst_string(form.groups[number])}))),"
            )
        cells = (typst_string(cell) if cell else f"v({form.room:g}mm)" for cell in row)
        lines.append("  " + ", ".join(cells) + ",")
    lines.append(f"  table.hline(stroke: {rule}),")
    if form.notes:
        lines += [
            f"  table.footer(repeat: false, table.cell(colspan: {width}, stroke: none,",
            "    inset: (x: 0pt, y: 5pt),",
            f'    text(size: 7.5pt, fill: rgb("#5E6B75"), {typst_string(" ".join(form.notes))})),',
            "  ),",
        ]
    lines += [")", "]"]
    return "\n".join(lines)
