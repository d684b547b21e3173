"""A table as data, and its rendering for HTML (great-tables) and PDF (Typst)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Column:
    """A column: its heading and how its cells stand.

    Attributes:
        head: The heading.
        align: Where the cells stand.
        wide: Whether its cells wrap in print.
        whole: Whether its cells never wrap in print, however long.
    """

    head: str
    align: Align = "right"
    wide: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Table:
    """A table ready to be written.

    Attributes:
        name: Name of file and label, without ``tbl-``.
        columns: The columns.
        rows: Cells as text.
        groups: A heading for each row, or empty; equal neighbours share one.
        notes: Sentences under the table.
        data: What is written as CSV: the released numbers behind the table.
        totals: How many rows at the end stand below a rule.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    totals: int = 0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.name}: a row has not as many cells as there are columns")
        if self.groups and len(self.groups) != len(self.rows):
            raise ValueError(f"table {self.name}: a group is needed for each row")


def as_html(table: Table) -> str:
    """The table in HTML, without a style sheet of its own."""
    from great_tables import GT, loc, style

    keys = [f"c{j}" for j in range(len(table.columns))]
    frame = pd.DataFrame([list(row) for row in table.rows], columns=keys, dtype="object")
    grouped = bool(table.groups)
    if grouped:
        frame["group"] = list(table.groups)
    shown = (
        GT(frame, id=f"gt-{table.name}", rowname_col=keys[0], groupname_col="group")
        if grouped
        else GT(frame, id=f"gt-{table.name}", rowname_col=keys[0])
    )
    shown = shown.tab_stubhead(label=table.columns[0].head).cols_label(
        cases={key: column.head for key, column in zip(keys[1:], table.columns[1:], strict=True)}
    )
    for align in ("left", "right", "center"):
        chosen = [
            key
            for key, column in zip(keys[1:], table.columns[1:], strict=True)
            if column.align == align
        ]
        if chosen:
            shown = shown.cols_align(align=align, columns=chosen)
    if table.totals:
        last = list(range(len(table.rows) - table.totals, len(table.rows)))
        shown = shown.tab_style(style.text(weight="bold"), loc.body(rows=last))
    for note in table.notes:
        shown = shown.tab_source_note(note)
    html = shown.tab_options(quarto_disable_processing=True).as_raw_html()
    # The sheet that great-tables adds has rules that reach other tables; ours is in the document.
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r'(<div id="[^"]*") style="[^"]*"', r"\1", html)
    return re.sub(r"\n\s*\n", "\n", html).strip()


def typst_string(text: str) -> str:
    """Text as a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _breakable(text: str) -> str:
    """Text whose long words, such as codes of a register, may go on in the next line."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(?<=[_/-])(?=.)", "\u200b", word[0]), text)


def _widths(table: Table) -> list[float]:
    """Relative widths of the columns in print: cells stay on one line, headings may wrap."""
    out = []
    for j, column in enumerate(table.columns):
        cells = max((len(row[j]) for row in table.rows), default=0)
        word = max(len(part) for part in column.head.split() or [""])
        # A heading of two words may stand on two lines, a longer one on as few as fit.
        head = max(word, math.ceil(len(column.head) / 2))
        out.append(min(max(cells, head, 4), 34 if column.wide else 60) + 2.0)
    return out


def as_typst(table: Table) -> str:
    """The table in Typst: rules above and below, one header row that repeats, notes as footer."""
    columns = ", ".join(
        "auto" if column.whole else f"{width:g}fr"
        for column, width in zip(table.columns, _widths(table), strict=True)
    )
    aligns = ", ".join(column.align for column in table.columns)
    rule = '0.7pt + rgb("#1D2329")'
    thin = '0.4pt + rgb("#C9D1D8")'
    lines = [
        "#[",
        '#set text(size: 8.5pt, number-width: "proportional", hyphenate: false)',
        # Figures of equal width where numbers stand under one another; it widens hyphens too.
        '#let n(x) = text(number-width: "tabular", x)',
        "#set par(justify: false, leading: 0.5em)",
        "#table(",
        f"  columns: ({columns},),",
        f"  align: (x, y) => ({aligns},).at(x) + if y == 0 {{ bottom }} else {{ top }},",
        "  stroke: none,",
        "  inset: (x: 4pt, y: 3.2pt),",
        f"  table.hline(stroke: {rule}),",
        "  table.header(",
        *[
            f'    table.cell(fill: rgb("#EEF3F6"), strong({typst_string(column.head)})),'
            for column in table.columns
        ],
        "  ),",
        f"  table.hline(stroke: {rule}),",
    ]
    width = len(table.columns)
    previous = None
    for number, row in enumerate(table.rows):
        if table.groups and table.groups[number] != previous:
            previous = table.groups[number]
            if number:
                lines.append(f"  table.hline(stroke: {thin}),")
            # A header of its own: it stays with its rows, and is one for a screen reader too.
            lines.append(
                f"  table.header(level: 2, repeat: false, table.cell(colspan: {width}, align: left,"
                f" strong({typst_string(previous)}))),"
            )
        if table.totals and number == len(table.rows) - table.totals:
            lines.append(f"  table.hline(stroke: {thin}),")
        cells = (
            f"n({typst_string(cell)})"
            if column.align == "right"
            else typst_string(_breakable(cell) if column.wide else cell)
            for cell, column in zip(row, table.columns, strict=True)
        )
        lines.append("  " + ", ".join(cells) + ",")
    lines.append(f"  table.hline(stroke: {rule}),")
    if table.notes:
        notes = " ".join(table.notes)
        lines += [
            "  table.footer(repeat: false,",
            f"    table.cell(colspan: {width}, align: left, inset: (x: 0pt, y: 5pt),",
            f'      text(size: 7.5pt, fill: rgb("#5E6B75"), {typst_string(notes)})),',
            "  ),",
        ]
    lines += [")", "]"]
    return "\n".join(lines)
