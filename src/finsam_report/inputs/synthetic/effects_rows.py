"""Reading a file of true effects: a row per part, outcome, month or group."""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

MONTHS = (12, 24, 36)
ALL = "all"
HEADINGS = ("part", "outcome", "month", "group", "effect")
NEEDED = ("part", "outcome", "effect")
Report = Callable[..., None]


@dataclass(frozen=True)
class Given:
    """An effect that a file states.

    Attributes:
        part: The part.
        outcome: The outcome.
        effect: Its size.
        month: Its month in the register; None for all of them, and in the other parts.
        group: Sex and age band in the municipality part, such as "women 18-29".
        line: Row in the file, 0 in TOML.
    """

    part: str
    outcome: str
    effect: float
    month: int | None = None
    group: str = ALL
    line: int = 0


def near(name: str, known: Sequence[str]) -> str:
    """A question whether the most similar name is meant; empty where none is similar."""
    found = difflib.get_close_matches(name, known, n=1)
    return f"; is '{found[0]}' meant?" if found else ""


def _number(text: object) -> float | None:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    try:
        value = float(text)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _from_csv(text: str, report: Report) -> list[Given]:
    rows: list[Given] = []
    reader = csv.DictReader(StringIO(text))
    headings = list(reader.fieldnames or [])
    for name in NEEDED:
        if name not in headings:
            free = [heading for heading in headings if heading not in HEADINGS]
            report(f"no column '{name}'" + near(name, free), "the headings " + ", ".join(HEADINGS))
    if set(NEEDED) - set(headings):
        return []
    for line, cells in enumerate(reader, 2):
        cell = {key: (cells.get(key) or "").strip() for key in HEADINGS}
        if not any(cell.values()):
            continue
        effect = _number(cell["effect"])
        month = _number(cell["month"]) if cell["month"] else None
        if effect is None:
            report("an effect that is no number", "a number with a decimal point", line, "effect")
        elif cell["month"] and (month not in MONTHS or cell["part"] in ("survey", "municipality")):
            report("another month", "12, 24 or 36; empty outside the register", line, "month")
        elif cell["group"] and cell["part"] != "municipality":
            report("a group", "groups in the municipality part only", line, "group")
        else:
            at = None if month is None else int(month)
            group = " ".join(cell["group"].split()) or ALL
            rows.append(Given(cell["part"], cell["outcome"], effect, at, group, line))
    return rows


def _from_toml(text: str, report: Report) -> list[Given]:
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        report(str(error), "TOML, or CSV with the headings " + ", ".join(HEADINGS))
        return []
    rows: list[Given] = []
    for part, entries in tables.items():
        if not isinstance(entries, dict):
            report(f"'{part}' outside a part", "effects under [survey] or [register]")
            continue
        for outcome, given in entries.items():
            rows += _entry(part, outcome, given, report)
    return rows


def _entry(part: str, outcome: str, given: object, report: Report) -> list[Given]:
    place = f"{part}.{outcome}"
    if isinstance(given, Mapping) and part == "municipality":
        sizes = {str(group): _number(value) for group, value in given.items()}
        if not sizes or any(isinstance(v, str) for v in given.values()) or None in sizes.values():
            report("something else", "a number for each group", None, place)
            return []
        return [Given(part, outcome, v, None, g) for g, v in sizes.items() if v is not None]
    several = isinstance(given, list) and part not in ("survey", "municipality")
    values = [_number(value) for value in (given if isinstance(given, list) else [given])]
    if (
        (isinstance(given, list) and not several)
        or isinstance(given, str)
        or None in values
        or len(values) not in (1, len(MONTHS))
    ):
        wanted = {
            "survey": "a number", "municipality": "a number, or one for each group",
        }.get(part, "a number, or a list of three")  # fmt: skip
        report("something else", wanted, None, place)
        return []
    months: Sequence[int | None] = MONTHS if len(values) > 1 else (None,)
    return [
        Given(part, outcome, value, month)
        for month, value in zip(months, values, strict=True)
        if value is not None
    ]


def read_rows(path: Path, report: Report) -> list[Given]:
    """The effects that a TOML or CSV file states; ``report`` is told of what cannot be read.

    Args:
        path: The file.
        report: Called with what was found, what was expected, the row and the column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        report(f"a file that cannot be read ({error.strerror})", "a TOML or CSV file")
        return []
    except UnicodeDecodeError:
        report("bytes that are not UTF-8", "text in UTF-8")
        return []
    return (_from_csv if path.suffix.lower() == ".csv" else _from_toml)(text, report)
