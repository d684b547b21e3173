"""Where a document shows what: file, line and heading of each cell that asks for a piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_INCLUDE = re.compile(r"\{\{<\s*include\s+(\S+)\s*>\}\}")
_CALL = re.compile(r"""\breport\.(text|say|table|figure)\(\s*["']([^"']+)["']""")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*(\{[^}]*\})?\s*$")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")


@dataclass(frozen=True)
class Place:
    """A line of a document.

    Attributes:
        file: The file, below the directory of the documents.
        line: Its line, from 1.
        section: The heading over it.
    """

    file: str
    line: int
    section: str


def places(documents: Path, language: str, document: str) -> dict[tuple[str, str], list[Place]]:
    """Every place where a document asks for a text, table or figure, in the order of reading.

    Args:
        documents: Directory that holds ``en/`` and ``sv/``.
        language: Name of the language directory.
        document: Name of the main document, without its ending.

    Returns:
        Places by method (text, say, table, figure) and name; empty where the document is not
        there.
    """
    found: dict[tuple[str, str], list[Place]] = {}
    main = documents / language / f"{document}.qmd"
    for call, name, place in _calls(main, documents, [""], ()):
        found.setdefault((call, name), []).append(place)
    return found


def _calls(
    path: Path, documents: Path, heading: list[str], above: tuple[Path, ...]
) -> Iterator[tuple[str, str, Place]]:
    if path in above or not path.is_file():
        return
    try:
        file = path.relative_to(documents).as_posix()
    except ValueError:
        file = path.name
    fence = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        mark = _FENCE.match(line)
        if mark is not None:
            fence = "" if fence and line.strip().startswith(fence) else fence or mark[1]
        included = _INCLUDE.search(line)
        if included is not None and not fence:
            yield from _calls(path.parent / included[1], documents, heading, (*above, path))
        title = None if fence else _HEADING.match(line)
        if title is not None:
            heading[0] = title[1]
        for call, name in _CALL.findall(line):
            yield call, name, Place(file, number, heading[0])
