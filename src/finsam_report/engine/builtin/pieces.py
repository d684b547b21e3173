"""What a report document is made of, once it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line of text and where it stands."""

    text: str
    document: str
    number: int


@dataclass(frozen=True)
class Text:
    """Consecutive lines of Markdown."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cell:
    """A Python cell.

    Attributes:
        source: The code, option lines included, so that line numbers agree.
        document: Name of the document, for messages.
        line: Line of the opening fence.
        label: The cell's label, empty if it has none.
        table_caption: Markdown of the caption of a table cell.
        shown: Whether the cell's result goes into the report.
    """

    source: str
    document: str
    line: int
    label: str = ""
    table_caption: str = ""
    shown: bool = True


Piece = Text | Cell


@dataclass(frozen=True)
class Document:
    """The main document with its includes, hidden pieces removed."""

    name: str
    language: str
    pieces: tuple[Piece, ...]
