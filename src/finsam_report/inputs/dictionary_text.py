"""The data dictionary as text, Markdown or CSV, and as tables on a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from finsam_report.inputs.dictionary import (
    FIELDS,
    HEADS,
    NOTE,
    TITLE,
    Section,
    facts,
    records,
)

if TYPE_CHECKING:
    from rich.console import Console


def as_csv(sections: Iterable[Section], language: str) -> str:
    """The dictionary as CSV, a line per column of a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for part in sections:
        writer.writerows(records(part, language))
    return out.getvalue()


def as_text(sections: Iterable[Section], language: str) -> str:
    """The dictionary as plain text: a line per column, and nothing cut off."""
    lines = []
    for part in sections:
        lines += [part.title, "=" * len(part.title)]
        lines += [f"{name}: {value}" for name, value in facts(part, language)]
        lines.append("")
        width = max(len(entry.column) for entry in part.entries)
        for entry in part.entries:
            unit = f" ({entry.unit})" if entry.unit else ""
            empty = f"{HEADS[3].text(language).lower()}: {entry.may_be_empty}"
            lines.append(f"{entry.column:<{width}}  {entry.holds}{unit}; {empty}. {entry.meaning}")
        lines.append("")
    return "\n".join([*lines, NOTE.text(language), ""])


def as_markdown(sections: Iterable[Section], language: str, level: int = 1) -> str:
    """The dictionary as Markdown with a pipe table for each table of the study.

    Args:
        sections: The tables.
        language: "en" or "sv".
        level: Level of the first heading.
    """
    blocks = [f"{'#' * level} {TITLE.text(language)}"]
    for part in sections:
        blocks.append(f"{'#' * (level + 1)} {part.title}")
        blocks.append(
            "\n".join(
                f"- {name}: {_code(value) if number != 1 else _cell(value)}"
                for number, (name, value) in enumerate(facts(part, language))
            )
        )
        rows = ["| " + " | ".join(head.text(language) for head in HEADS) + " |"]
        rows.append("|" + " --- |" * len(HEADS))
        for entry in part.entries:
            column, *rest = entry.cells()
            rows.append("| " + " | ".join([_code(column), *map(_cell, rest)]) + " |")
        blocks.append("\n".join(rows))
    return "\n\n".join([*blocks, NOTE.text(language)]) + "\n"


def _code(text: str) -> str:
    return ", ".join(f"`{word}`" for word in text.replace("|", "\\|").split(", "))


def _cell(text: str) -> str:
    """Text that a pipe table shows as it is."""
    marks = "\\`*_[]<>|~"
    return "".join(f"\\{sign}" if sign in marks else sign for sign in text)


def on_terminal(sections: Iterable[Section], language: str, console: Console) -> None:
    """Show the dictionary as tables that fit the terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    for part in sections:
        console.print(Text(part.title, style="bold"))
        for name, value in facts(part, language):
            console.print(Text(f"{name}: {value}"))
        table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
        # Names are never broken: they are copied from here.
        table.add_column(HEADS[0].text(language), no_wrap=True)
        for head in HEADS[1:]:
            table.add_column(head.text(language), overflow="fold")
        for entry in part.entries:
            table.add_row(*(Text(cell) for cell in entry.cells()))
        console.print(table)
    console.print(Text(NOTE.text(language)))
