"""The register of claims: each number that a text shows, and the row of the ledger behind it.

Three kinds of number. ``ledger``: a number of one row, but for its sign and its rounding.
``derived``: made from several, or counted; the rows that it was made from are named, or those
that were read for the text. ``study``: what study.toml declares or a label holds, or the time that
a row is of: digits which are not a number of the ledger.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from finsam_report.display.places import Place
from finsam_report.display.traced import MARK, Formatted, Key, Recorder, Source, Traced
from finsam_report.study import Study

NAME = "claims.csv"
_NUMBER = re.compile(r"[−+-]?\d+(?:[.,\u00a0]\d+)*")
# References, tables of another kind, and what stands within a word are no numbers of a text.
_NO_TEXT = re.compile(r"@[\w-]+|\{[^}]*\}|\]\([^)]*\)|`[^`]*`|[A-Za-z_]\w*")
_MOST = 12  # rows that are named one by one

Origin = Literal["ledger", "derived", "study"]


@dataclass(frozen=True)
class Claim:
    """A number of a text; the columns of ``claims.csv``.

    Attributes:
        document: Document and language, such as ``report.en``.
        places: File and line of each cell that shows the text, with a semicolon between.
        section: Heading over the first of them.
        kind: What it stands in: text, say (a sentence of the document), caption, alt or note.
        name: Name of the text, table or figure.
        number: Which number of the text, from 1.
        shown: The number as it is shown.
        origin: Where it came from.
        part: Of the row, where it is one row's.
        analysis: Likewise.
        outcome: Likewise.
        group: Likewise.
        horizon: Likewise.
        estimator: Likewise.
        column: Column of the ledger.
        made_from: Rows and columns that a derived number was made from, or that were read.
    """

    document: str
    places: str
    section: str
    kind: str
    name: str
    number: int
    shown: str
    origin: Origin
    part: str = ""
    analysis: str = ""
    outcome: str = ""
    group: str = ""
    horizon: str = ""
    estimator: str = ""
    column: str = ""
    made_from: str = ""


COLUMNS = tuple(field.name for field in fields(Claim))


def numbers_of(study: Study) -> frozenset[str]:
    """Numbers that a study declares, and those within its labels, as plain digits."""
    text = study.model_dump_json()
    found = {_plain(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
    percent = {f"{100 * x:g}" for x in (study.analysis.level, study.analysis.power)}
    return frozenset(found | percent | {f"{100 - 100 * study.analysis.level:g}"})


def _plain(text: str) -> str:
    """A number as digits alone: no sign, no thousands, no zeros at its ends."""
    bare = re.sub(r"[^\d.]", "", text.replace(",", "")).strip(".")
    if not bare or bare.count(".") > 1:
        return bare
    return f"{float(bare):.10g}"


def plain(marked: str) -> str:
    """A text without its marks."""
    return MARK.sub("", marked)


def _key(key: Key) -> tuple[str, ...]:
    horizon = "" if key[4] != key[4] else f"{key[4]:g}"
    return (*key[:4], horizon, key[5])


def _named(source: Source) -> str:
    return " ".join([";".join(_key(source.key)), source.column])


def _made_from(sources: Iterable[str]) -> str:
    """Rows by name, or how many there are of each analysis where they are many."""
    listed = list(dict.fromkeys(sources))
    if len(listed) <= _MOST:
        return " | ".join(listed)
    groups: dict[tuple[str, str, str], int] = {}
    for text in listed:
        part, analysis, *_, last = text.split(";")
        group = (part, analysis, last)
        groups[group] = groups.get(group, 0) + 1
    return " | ".join(
        f"{part};{analysis};*;*;*;{last} ({count})"
        for (part, analysis, last), count in groups.items()
    )


def numbers_in(marked: str, recorder: Recorder) -> list[tuple[str, Formatted | None]]:
    """The numbers of a marked text in their order.

    Args:
        marked: A text with a mark behind each number that was formatted.
        recorder: What the marks stand behind.

    Returns:
        Each number as it is shown, with what was formatted; None for digits that were not.
    """
    out: list[tuple[str, Formatted | None]] = []
    start = 0
    for match in MARK.finditer(marked):
        formatted = recorder.of(match[0])
        length = len(formatted.text)
        before = marked[start : match.start()]
        # Blanks of a number may have been changed, its letters made large; its length stays.
        shown = before[-length:] if length <= len(before) else before
        out += _bare(before[: len(before) - len(shown)])
        out.append((shown, formatted))
        start = match.end()
    return [*out, *_bare(marked[start:])]


def _bare(text: str) -> list[tuple[str, Formatted | None]]:
    words = _NO_TEXT.sub(" ", text)
    return [(number, None) for number in _NUMBER.findall(words)]


def claims(
    marked: str,
    recorder: Recorder,
    declared: frozenset[str],
    *,
    document: str,
    kind: str,
    name: str,
    places: tuple[Place, ...] = (),
) -> list[Claim]:
    """The claims of a text.

    Args:
        marked: The text with its marks.
        recorder: What was read and written while it was made.
        declared: Numbers that the study declares.
        document: Document and language.
        kind: What it stands in.
        name: Name of the text.
        places: Where the document shows it.
    """
    where = "; ".join(f"{place.file}:{place.line}" for place in places)
    section = places[0].section if places else ""
    read = [";".join(_key(key)) for key in recorder.read]
    declared |= {_plain(f"{key[4]:g}") for key in recorder.read if key[4] == key[4]}
    out = []
    for number, (shown, formatted) in enumerate(numbers_in(marked, recorder), 1):
        origin, source, made_from = _origin(shown, formatted, declared, read)
        row: Mapping[str, str] = {}
        if source is not None:
            names = ("part", "analysis", "outcome", "group", "horizon", "estimator")
            row = dict(zip(names, _key(source.key), strict=True)) | {"column": source.column}
        out.append(
            Claim(
                document,
                where,
                section,
                kind,
                name,
                number,
                shown.strip(),
                origin,
                made_from=made_from,
                **row,
            )
        )
    return out


def _origin(
    shown: str, formatted: Formatted | None, declared: frozenset[str], read: list[str]
) -> tuple[Origin, Source | None, str]:
    """Where a number came from: never guessed from its value, but for what is declared."""
    value = None if formatted is None else formatted.value
    if isinstance(value, Traced):
        if value.declared:
            return "study", None, ""
        if value.exact and len(value.sources) == 1:
            return "ledger", value.sources[0], ""
        return "derived", None, _made_from(_named(source) for source in value.sources)
    if formatted is None and _plain(shown) in declared:
        return "study", None, ""
    # Written by the formatter and of no row: counted over what was read.
    return "derived", None, _made_from(read)


def lines(found: Iterable[Claim]) -> list[tuple[str, ...]]:
    """Claims as rows of ``claims.csv``."""
    return [tuple(str(value) for value in astuple(claim)) for claim in found]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a ``claims.csv``.

    Raises:
        ValueError: It is not one.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name} is no register of claims")
        return list(reader)


def write_rows(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Write ``claims.csv``: UTF-8, comma, its heading first."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
