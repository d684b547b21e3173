"""The options of a code cell: lines that start with ``#|``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from finsam_report.engine.builtin.pieces import Cell
from finsam_report.engine.job import DocumentError

Refuse = Callable[[str, str], DocumentError]

_BOOLEAN = ("include", "echo", "output", "warning", "message")
_SUPPORTED = ("label", "tbl-cap", "tags", *_BOOLEAN)


def make_cell(lines: list[str], document: str, fence: int) -> Cell:
    """Make a cell from the lines between its fences.

    Args:
        lines: The code, without the fences.
        document: Name of the document, for messages.
        fence: Line number of the opening fence.

    Raises:
        DocumentError: If an option is unknown or has a value that is not supported.
    """
    options, where = _read(lines, document, fence)

    def refuse(name: str, message: str) -> DocumentError:
        return DocumentError(document, where.get(name, fence), message)

    for name, value in options.items():
        if name not in _SUPPORTED:
            raise refuse(
                name,
                f"cell option '{name}' is not supported "
                f"(supported: {', '.join(sorted(_SUPPORTED))})",
            )
        if name in _BOOLEAN and not isinstance(value, bool):
            raise refuse(name, f"cell option '{name}' must be true or false")
    if options.get("echo") is True:
        raise refuse("echo", "cell option 'echo: true' is not supported: a report shows no code")
    label = _text(options, "label", refuse)
    caption = _text(options, "tbl-cap", refuse)
    if "{python}" in caption:
        raise refuse("tbl-cap", "a caption cannot hold an inline expression")
    if label.startswith("fig-"):
        raise refuse(
            "label", f"a cell cannot be labelled '{label}': the figure brings its own label"
        )
    if label.startswith("tbl-") != bool(caption):
        raise refuse(
            "label" if label else "tbl-cap",
            "a table cell needs both a label 'tbl-…' and a 'tbl-cap'",
        )
    if label and not re.fullmatch(r"[A-Za-z][\w-]*", label):
        raise refuse("label", f"'{label}' is not a label")
    shown = options.get("include", True) is True and options.get("output", True) is True
    return Cell("\n".join(lines), document, fence, label, caption, shown)


def _text(options: dict[str, Any], name: str, refuse: Refuse) -> str:
    value = options.get(name, "")
    if not isinstance(value, str):
        raise refuse(name, f"cell option '{name}' must be text")
    return value.strip()


def _read(lines: list[str], document: str, fence: int) -> tuple[dict[str, Any], dict[str, int]]:
    """The options of a cell and the line each stands on."""
    head: list[str] = []
    for line in lines:
        if not line.startswith("#|"):
            break
        head.append(line[2:].removeprefix(" "))
    where = {}
    for offset, line in enumerate(head, start=1):
        name = re.match(r"([\w.-]+)\s*:", line)
        if name:
            if name[1] in where:
                raise DocumentError(
                    document, fence + offset, f"cell option '{name[1]}' stands twice"
                )
            where[name[1]] = fence + offset
    for offset, line in enumerate(lines[len(head) :], start=len(head) + 1):
        if line.startswith("#|"):
            raise DocumentError(
                document, fence + offset, "cell options must stand first in the cell"
            )
    try:
        options = yaml.safe_load("\n".join(head)) if head else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = fence + 1 + (mark.line if mark else 0)
        raise DocumentError(document, at, "the cell options are not valid YAML") from None
    if not isinstance(options or {}, dict):
        raise DocumentError(document, fence + 1, "cell options must be written 'name: value'")
    return options or {}, where
