"""Reading ``study.toml`` as text, and saying in plain words what does not fit."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from finsam_report.problems import InputProblems, Problem

FILE_NAME = "study.toml"


def split_sheet(name: str) -> tuple[str, str | None]:
    """``study.xlsx#people`` as file and sheet; other names have no sheet."""
    file, sign, sheet = name.partition("#")
    if sign and sheet and file.lower().endswith(".xlsx"):
        return file, sheet
    return name, None


_EXPECTED = {
    "string_type": "text in quotation marks",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a table of entries",
    "string_too_short": "some text",
    "too_short": "at least one entry",
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "small letters a-z, digits and underscores, a letter first",
    r"^\S(.*\S)?$": "text without blanks before or after it, as a table's cells are read",
}


def read_toml(directory: Path) -> dict[str, Any]:
    """The entries of a study directory's ``study.toml``, not yet checked.

    Raises:
        InputProblems: The directory or the file is missing, or it is not TOML.
    """
    if not directory.is_dir():
        there = directory.exists()
        raise InputProblems.one(
            file=directory.name or str(directory),
            found="a file" if there else "no such directory",
            expected="a study directory that holds study.toml and its tables",
            mend="name the directory and not a file in it"
            if there
            else "check the path; 'finsam-report synthesise --out DIR' makes an example",
        )
    path = directory / FILE_NAME
    if not path.is_file():
        raise InputProblems.one(
            file=FILE_NAME,
            found="a directory" if path.is_dir() else "no such file in the study directory",
            expected="study.toml, which says what the study holds",
            mend="copy study.toml of the synthetic study and change it to fit",
        )
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        found, expected, mend = (
            f"a file that cannot be read ({error.strerror})",
            "a file that can be read",
            "check its permissions",
        )
    except UnicodeDecodeError:
        found, expected, mend = "bytes that are not UTF-8", "text in UTF-8", "save as UTF-8"
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found, expected, mend = str(error), "TOML", "correct the line that is named"
    raise InputProblems.one(file=FILE_NAME, found=found, expected=expected, mend=mend)


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """What pydantic found, each with the entry's place, in words for the study's author.

    Args:
        error: The failed validation.
        model: The model that was asked for; its entries are the ones that are known.
    """
    known = sorted({name for seen in _models(model) for name in _names(seen)})
    problems = []
    for item in error.errors():
        found, expected, mend = _words(item, known)
        problems.append(
            Problem(
                file=FILE_NAME,
                column=_place(item["loc"]) or None,
                found=found,
                expected=expected,
                mend=mend,
            )
        )
    return problems


def _words(item: Mapping[str, Any], known: list[str]) -> tuple[str, str, str]:
    """Found, expected, how to mend."""
    kind, message, context = item["type"], str(item["msg"]), item.get("ctx", {})
    if kind == "missing":
        return "nothing", "this entry", "add it"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(item["loc"][-1]), known, n=1)
        hint = f"; is '{near[0]}' meant?" if near else ""
        return f"an unknown entry{hint}", "only entries that a study has", "rename or remove it"
    if kind == "value_error":
        found = message.removeprefix("Value error, ")
        return found, "entries that agree with each other", "change the entry"
    if kind == "string_pattern_mismatch":
        expected = _PATTERNS.get(str(context.get("pattern")), message)
    elif kind == "literal_error":
        expected = str(context.get("expected"))
    else:
        plain = message.removeprefix("Input should be ")
        expected = _EXPECTED.get(kind, plain[:1].lower() + plain[1:])
    return _found(item["input"]), expected, "change the entry"


def _found(value: object) -> str:
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = f'"{value}"'
        case int() | float():
            text = repr(value)
        case list():
            return "a list"
        case _:
            return "a table of entries"
    return text if len(text) <= 60 else text[:57] + "…"


def _place(location: tuple[int | str, ...]) -> str:
    """``('register', 'outcomes', 2, 'unit')`` as ``register.outcomes[3].unit``."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that stand in its fields."""
    yield model
    for field in model.model_fields.values():
        waiting: list[Any] = [field.annotation]
        while waiting:
            kind = waiting.pop()
            waiting += get_args(kind)
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _models(kind)
