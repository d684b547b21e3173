"""Writing a study's declarations as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def _inline(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_inline(v)}" for key, v in value.items()) + " }"
        case _:
            return "[" + ", ".join(_inline(item) for item in value) + "]"


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and not set(value) <= {"en", "sv"}


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    for key, value in table.items():
        if not _is_table(value) and not _are_tables(value):
            yield f"{key} = {_inline(value)}"
    for key, value in table.items():
        name = f"{path}.{key}" if path else key
        if _is_table(value):
            own = [v for v in value.values() if not _is_table(v) and not _are_tables(v)]
            yield from ("", f"[{name}]") if own else ()
            yield from _lines(value, name)
        elif _are_tables(value):
            for entry in value:
                yield from ("", f"[[{name}]]")
                yield from (f"{key} = {_inline(v)}" for key, v in entry.items())


def toml_text(table: Mapping[str, Any]) -> str:
    """TOML of a mapping whose keys are plain words.

    Args:
        table: Tables, lists of tables, labels, texts, numbers.
    """
    return "\n".join(_lines(table, "")).lstrip("\n") + "\n"
