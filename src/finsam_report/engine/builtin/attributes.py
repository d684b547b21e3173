"""Pandoc's attribute lists, such as ``{#id .class key="value"}``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:\#(?P<id>[^\s{}#=]+)
        |\.(?P<cls>[^\s{}=]+)
        |(?P<key>[^\s{}#.="]+)=(?:"(?P<quoted>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'
        |(?P<bare>[^\s{}"']+)))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Attributes:
    """An identifier, classes and key-value pairs."""

    identifier: str
    classes: tuple[str, ...]
    values: dict[str, str]


def parse_attributes(text: str) -> Attributes | None:
    """Read an attribute list with its braces; None if it is not one."""
    body = text.strip()
    if not (body.startswith("{") and body.endswith("}")):
        # A bare word after the colons is a class.
        return Attributes("", (body,), {}) if re.fullmatch(r"[\w.-]+", body) else None
    body = body[1:-1].strip()
    identifier, classes, values, at = "", [], {}, 0
    while at < len(body):
        token = _TOKEN.match(body, at)
        if token is None:
            return None
        if token["id"]:
            identifier = token["id"]
        elif token["cls"]:
            classes.append(token["cls"])
        else:
            value = next(
                v for v in (token["quoted"], token["single"], token["bare"], "") if v is not None
            )
            values[token["key"]] = value.replace('\\"', '"')
        at = token.end()
        if at < len(body) and not body[at].isspace():
            return None
    return Attributes(identifier, tuple(classes), values)
