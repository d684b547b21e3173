"""Read the report documents: includes, conditional pieces, cells; refuse all else.

The reader works line by line, because a line is what an error message can name. Markdown itself
is left to Pandoc; the reader only finds what Pandoc does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from finsam_report.engine.builtin.attributes import parse_attributes
from finsam_report.engine.builtin.options import make_cell
from finsam_report.engine.builtin.pieces import Cell, Document, Line, Piece, Text
from finsam_report.engine.job import DocumentError, RenderJob

_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_NESTED_CELL = re.compile(r"^[\s>]*[`~]{3,}\s*\{python")
_DIV = re.compile(r"^ {0,3}:{3,}\s*(?P<rest>.*?)\s*$")
_INCLUDE = re.compile(r"^\{\{<\s*include\s+(?P<path>[^\s>]+)\s*>\}\}\s*$")
_INLINE_ENGINE = re.compile(r"`\{(?P<engine>[A-Za-z]\w*)[^}`]*\}[^`]*(?P<end>`?)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FOOTNOTE = re.compile(r"\^\[|\[\^[^\]\s]+\]")
CALLOUTS = ("note", "tip", "important", "warning", "caution")
# Where the engine puts what the report shows; Quarto leaves what stands there.
LISTS = ("finsam-list-of-tables", "finsam-list-of-figures")


def read_document(job: RenderJob) -> Document:
    """Read a job's main document with everything it includes.

    Raises:
        DocumentError: At the first construct that this engine does not support.
    """
    main = job.main_document
    reader = _Reader(job, {k.removeprefix("parts."): v for k, v in job.flags.items()})
    reader.read(main, ())
    language = reader.language or job.metadata.get("lang_tag", job.language)
    return Document(job.name_of(main), language, tuple(reader.finish()))


@dataclass
class _Reader:
    """Collects pieces over all files; what is open belongs to one file."""

    job: RenderJob
    flags: Mapping[str, bool]
    language: str = ""
    pieces: list[Piece] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    hidden: int = 0

    def read(self, path: Path, above: tuple[Path, ...]) -> None:
        _File(self, path, above).read()

    def text(self, line: Line) -> None:
        if not self.hidden:
            self.pending.append(line)

    def cell(self, cell: Cell) -> None:
        if not self.hidden:
            self.finish()
            self.pieces.append(cell)

    def finish(self) -> list[Piece]:
        if self.pending:
            self.pieces.append(Text(tuple(self.pending)))
            self.pending = []
        return self.pieces


class _File:
    """One file: a small state machine over its lines."""

    def __init__(self, reader: _Reader, path: Path, above: tuple[Path, ...]) -> None:
        self.reader, self.path, self.above = reader, path, above
        self.name = reader.job.name_of(path)
        try:
            self.lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise DocumentError(self.name, line, "bytes that are not UTF-8") from None
        except OSError as error:
            raise DocumentError(self.name, None, f"cannot be read ({error.strerror})") from None
        self.number = 0
        self.divs: list[tuple[int, bool | None]] = []  # line, and visible if conditional

    def refuse(self, message: str, line: int | None = None) -> DocumentError:
        return DocumentError(self.name, self.number if line is None else line, message)

    def emit(self, text: str) -> None:
        self.reader.text(Line(text, self.name, self.number))

    def take(self) -> str | None:
        """The next line, or None at the end."""
        if self.number >= len(self.lines):
            return None
        self.number += 1
        return self.lines[self.number - 1]

    def read(self) -> None:
        if self.lines and self.lines[0].rstrip() == "---":
            self.front_matter()
        previous = ""
        while (line := self.take()) is not None:
            # Only a paragraph keeps a fence or a div from opening.
            self.line(line, after_text=bool(previous.strip()) and not _DIV.match(previous))
            previous = self.lines[self.number - 1]
        if self.divs:
            raise self.refuse("':::' is opened here and never closed", self.divs[-1][0])
        # Files end apart, whether or not they end in a blank line.
        self.emit("")

    def line(self, line: str, *, after_text: bool) -> None:
        fence = _FENCE.match(line)
        div = _DIV.match(line)
        include = _INCLUDE.match(line)
        if fence:
            self.fence(fence["mark"], fence["info"].strip())
        elif _NESTED_CELL.match(line):
            raise self.refuse("a code cell cannot stand inside a list or a quotation")
        elif div:
            self.div(line, div["rest"], after_text=after_text)
        elif include:
            self.include(include["path"])
        elif "<!--" in _CODE_SPAN.sub("", line):
            self.comment(line)
        else:
            self.plain(line)

    def front_matter(self) -> None:
        """The YAML header: the main document's language, and nothing else."""
        self.take()
        collected: list[str] = []
        while (line := self.take()) is not None and line.rstrip() not in ("---", "..."):
            collected.append(line)
        if line is None:
            raise self.refuse("the header that starts here is never closed", 1)
        if self.above:
            raise self.refuse("an included document cannot have a header", 1)
        try:
            header = yaml.safe_load("\n".join(collected)) or {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise self.refuse(
                "the header is not valid YAML", 2 + (mark.line if mark else 0)
            ) from None
        for key, value in header.items() if isinstance(header, dict) else [("", "")]:
            at = next((2 + i for i, text in enumerate(collected) if text.startswith(str(key))), 1)
            if key != "lang" or not isinstance(value, str):
                raise self.refuse(
                    f"'{key}' cannot stand in the header: only lang can, "
                    "the rest stands in _quarto.yml",
                    at,
                )
            self.reader.language = value

    def fence(self, mark: str, info: str) -> None:
        """A code cell, or code and raw blocks that pass as they are."""
        start = self.number
        if re.match(r"\{\{?[A-Za-z]", info) and info != "{python}":
            raise self.refuse(
                f"code cell '{info}' is not supported: only {{python}} is, "
                "with its options as '#|' lines"
            )
        body: list[str] = []
        end = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}\s*$")
        opening = self.lines[start - 1]
        while (line := self.take()) is not None and not end.match(line):
            body.append(line)
        if line is None:
            raise self.refuse("the code block that starts here is never closed", start)
        if info == "{python}":
            self.reader.cell(make_cell(body, self.name, start))
            return
        for number, text in enumerate([opening, *body, line], start=start):
            self.reader.text(Line(text, self.name, number))

    def div(self, line: str, rest: str, *, after_text: bool) -> None:
        if not rest:
            if not self.divs:
                raise self.refuse("':::' closes nothing")
            _, visible = self.divs.pop()
            if visible is None:
                self.emit(line)
                return
            self.reader.hidden -= not visible
            self.emit("")
            return
        if after_text:
            raise self.refuse("':::' must have a blank line before it")
        visible = self.opened(rest.rstrip(":").rstrip() if not rest.endswith("}") else rest)
        self.divs.append((self.number, visible))
        self.emit(line if visible is None else "")
        self.reader.hidden += visible is False

    def opened(self, text: str) -> bool | None:
        """Whether a conditional div is visible; None for a div that stays."""
        attributes = parse_attributes(text)
        if attributes is None:
            raise self.refuse(f"'{text}' is not an attribute list")
        classes, values = attributes.classes, attributes.values
        if "content-visible" in classes:
            if len(classes) > 1 or attributes.identifier or list(values) != ["when-meta"]:
                raise self.refuse('content-visible takes only when-meta="parts.NAME"')
            flag = values["when-meta"].removeprefix("parts.")
            if not values["when-meta"].startswith("parts.") or flag not in self.reader.flags:
                raise self.refuse(f"there is no flag '{values['when-meta']}'")
            return bool(self.reader.flags[flag])
        if attributes.identifier == "refs" and not classes and not values:
            return None
        if len(classes) == 1 and classes[0] in LISTS and not attributes.identifier and not values:
            return None
        if len(classes) == 1 and classes[0].removeprefix("callout-") in CALLOUTS:
            if (
                classes[0].startswith("callout-")
                and set(values) <= {"title"}
                and not attributes.identifier
            ):
                return None
            raise self.refuse("a callout takes only a title")
        raise self.refuse(f"'::: {text}' is not supported")

    def include(self, target: str) -> None:
        path = (self.path.parent / target).resolve()
        if not path.is_relative_to(self.reader.job.documents.resolve()):
            raise self.refuse(f"'{target}' lies outside the documents")
        if not path.is_file():
            raise self.refuse(f"there is no '{target}' to include")
        if path in (*self.above, self.path.resolve()):
            raise self.refuse(f"'{target}' includes itself")
        self.emit("")
        self.reader.read(path, (*self.above, self.path.resolve()))
        self.emit("")

    def comment(self, line: str) -> None:
        """Leave out a comment, over several lines if need be."""
        start = self.number
        before, _, rest = line.partition("<!--")
        while "-->" not in rest:
            self.emit(before)
            before, next_line = "", self.take()
            if next_line is None:
                raise self.refuse("the comment that starts here is never closed", start)
            rest = next_line
        self.plain(before + rest.partition("-->")[2])

    def plain(self, line: str) -> None:
        inline = _INLINE_ENGINE.search(line)
        if inline and inline["engine"] != "python":
            raise self.refuse(f"inline code of '{inline['engine']}' is not supported")
        if inline and not inline["end"]:
            raise self.refuse("an inline expression must end on its line")
        outside = _CODE_SPAN.sub("", line)
        if "{{<" in outside:
            raise self.refuse("this shortcode is not supported: only include is, alone on its line")
        if "content-visible" in outside or "content-hidden" in outside:
            raise self.refuse("conditional content is supported only as '::: {.content-visible …}'")
        if _FOOTNOTE.search(outside):
            raise self.refuse("footnotes are not supported")
        self.emit(line)
