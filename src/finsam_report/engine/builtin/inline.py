"""Inline expressions: ``{python} expr`` in text, put in as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from finsam_report.engine.builtin.pieces import Line, Text

EXPRESSION = re.compile(r"`\{python\}\s*(?P<code>[^`]*?)\s*`")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~^$@&:=])")


@dataclass(frozen=True)
class Expression:
    """An inline expression and where it stands."""

    code: str
    document: str
    line: int


def prose(text: Text) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it is prose rather than part of a code block."""
    fence = ""
    for line in text.lines:
        match = _FENCE.match(line.text)
        if fence:
            yield line, False
            if match and match[1].startswith(fence) and not line.text.strip(fence[0] + " \t"):
                fence = ""
        elif match:
            fence = match[1]
            yield line, False
        else:
            yield line, True


def expressions(text: Text) -> list[Expression]:
    """The inline expressions of a text, in order."""
    return [
        Expression(match["code"], line.document, line.number)
        for line, is_prose in prose(text)
        if is_prose
        for match in EXPRESSION.finditer(line.text)
    ]


def substitute(text: Text, values: list[str]) -> list[Line]:
    """The lines of a text with each expression replaced by its value, in order."""
    rest = iter(values)
    return [
        Line(
            EXPRESSION.sub(lambda _: next(rest), line.text) if is_prose else line.text,
            line.document,
            line.number,
        )
        for line, is_prose in prose(text)
    ]


def escape(value: str) -> str:
    """Plain text as Markdown that means just this text."""
    return _SPECIAL.sub(r"\\\1", " ".join(value.split("\n")))
