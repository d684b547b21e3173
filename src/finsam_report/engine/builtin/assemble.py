"""Put text and results together into one Markdown document that remembers where lines came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finsam_report.engine.builtin.inline import substitute
from finsam_report.engine.builtin.pieces import Cell, Document, Line, Text
from finsam_report.engine.job import DocumentError

_EQUATION = re.compile(
    r"^\$\$(?P<tex>(?:(?!\$\$|\n[ \t]*\n).)+?)\$\$[ \t]*\{#(?P<id>eq-[\w-]+)(?P<rest>[^}\n]*)\}",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class Assembled:
    """Markdown for Pandoc and the origin of each of its lines."""

    markdown: str
    lines: tuple[Line, ...]

    def find(self, pattern: str, *, last: bool = False) -> tuple[str, int] | None:
        """Document and line where a regular expression first (or last) matches."""
        matches = list(re.finditer(pattern, self.markdown))
        if not matches:
            return None
        # A pattern may begin with the line break before its line.
        at = matches[-1 if last else 0]
        skip = len(at[0]) - len(at[0].lstrip("\n"))
        line = self.lines[self.markdown.count("\n", 0, at.start() + skip)]
        return line.document, line.number

    def error(
        self, pattern: str, document: str, message: str, *, last: bool = False
    ) -> DocumentError:
        """An error at the place where a pattern matches, else at the document as a whole."""
        name, line = self.find(pattern, last=last) or (document, None)
        return DocumentError(name, line, message)


def assemble(document: Document, results: Mapping[int, Sequence[str]]) -> Assembled:
    """Make one Markdown document.

    Args:
        document: What was read.
        results: For each piece, by its index, the values of its inline expressions or the
            Markdown that its cell gave.

    Raises:
        DocumentError: If a result would break the document around it.
    """
    lines: list[Line] = []
    for index, piece in enumerate(document.pieces):
        given = list(results.get(index, ()))
        if isinstance(piece, Text):
            lines.extend(substitute(piece, given))
        else:
            lines.extend(_result(piece, given))
    markdown = "\n".join(line.text for line in lines) + "\n"
    return Assembled(_EQUATION.sub(_equation, markdown), tuple(lines))


def _equation(match: re.Match[str]) -> str:
    """A labelled equation as a span, on as many lines as it was."""
    return f"[$${match['tex']}$$]{{#{match['id']} .finsam-equation{match['rest']}}}"


def _result(cell: Cell, given: list[str]) -> list[Line]:
    """The lines of a cell's result, with caption and label if it is a table."""
    if not cell.shown:
        return []
    for markdown in given:
        if not _balanced(markdown):
            raise DocumentError(
                cell.document, cell.line, "the cell's result opens a block that it does not close"
            )
    body = [text for markdown in given for text in ("", *markdown.split("\n"), "")]
    if cell.table_caption:
        if not "".join(given).strip():
            raise DocumentError(cell.document, cell.line, f"cell '{cell.label}' shows no table")
        body = [
            "",
            f"::: {{#{cell.label} .finsam-table}}",
            "::: {.finsam-caption}",
            " ".join(cell.table_caption.split()),
            ":::",
            *body,
            ":::",
            "",
        ]
    return [Line(text, cell.document, cell.line) for text in body]


def _balanced(markdown: str) -> bool:
    """Whether fences and divs of a piece of Markdown are closed."""
    fence, depth = "", 0
    for line in markdown.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip(fence[0] + " \t"):
                fence = ""
        elif match:
            fence = match[1]
        elif line.lstrip().startswith(":::"):
            depth += 1 if line.strip(": \t") else -1
            if depth < 0:
                return False
    return not fence and depth == 0
