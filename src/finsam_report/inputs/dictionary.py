"""The data dictionary of a study: what each table and column holds, in English or Swedish."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_report.inputs import contract
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.parts_contract import TITLES as OTHER_TITLES
from finsam_report.study import Label, Study

FIELDS = (
    "table", "file", "column", "type", "values", "unit", "required", "may_be_empty", "meaning",
)  # fmt: skip

TITLES = {
    "survey-participants": Label(en="Survey: participants", sv="Enkät: deltagare"),
    "survey-answers": Label(en="Survey: answers", sv="Enkät: svar"),
    "register-participants": Label(en="Register: participants", sv="Register: deltagare"),
    "register-outcomes": Label(en="Register: outcomes", sv="Register: utfall"),
    **OTHER_TITLES,
}
TITLE = Label(en="Data dictionary", sv="Variabelförteckning")
FILE = Label(en="File", sv="Fil")
ROWS = Label(en="Rows", sv="Rader")
KEY = Label(en="Key", sv="Nyckel")
HEADS = (
    Label(en="Column", sv="Kolumn"),
    Label(en="Type and values", sv="Typ och värden"),
    Label(en="Unit", sv="Enhet"),
    Label(en="May be empty", sv="Får vara tom"),
    Label(en="Meaning", sv="Betydelse"),
)
TYPES: dict[contract.Kind, Label] = {
    "text": Label(en="text", sv="text"),
    "category": Label(en="category", sv="kategori"),
    "number": Label(en="number", sv="tal"),
    "whole": Label(en="whole number", sv="heltal"),
    "binary": Label(en="0 or 1", sv="0 eller 1"),
    "date": Label(en="date", sv="datum"),
}
YES, NO = Label(en="yes", sv="ja"), Label(en="no", sv="nej")
OPTIONAL = Label(en="yes, or left out", sv="ja, eller utelämnas")
NOTE = Label(
    en="An empty cell means that something is not known. A column that may be left out need not "
    "be in the file.",
    sv="En tom cell betyder att något inte är känt. En kolumn som får utelämnas behöver inte "
    "finnas i filen.",
)


@dataclass(frozen=True)
class Entry:
    """A column as the dictionary words it.

    Attributes:
        column: Heading in the file.
        type: How the cells are read, in a word or two.
        holds: What a cell holds: type, allowed values and what they stand for, range.
        values: Allowed values alone, or the range; empty where there is neither.
        unit: Unit of the numbers, or empty.
        required: Whether the column must be there.
        empty: Whether a cell may be empty.
        may_be_empty: The same in words, and whether the column may be left out.
        meaning: What a cell means.
    """

    column: str
    type: str
    holds: str
    values: str
    unit: str
    required: bool
    empty: bool
    may_be_empty: str
    meaning: str

    def cells(self) -> tuple[str, str, str, str, str]:
        """The cells under ``HEADS``."""
        return self.column, self.holds, self.unit, self.may_be_empty, self.meaning


@dataclass(frozen=True)
class Section:
    """A table of the study as the dictionary words it."""

    name: str
    title: str
    file: str
    row: str
    key: tuple[str, ...]
    entries: tuple[Entry, ...]


def _text(label: Label | None, language: str) -> str:
    return " ".join(label.text(language).split()) if label is not None else ""


def _values(column: Column, language: str) -> tuple[str, ...]:
    """The allowed values, each with what it stands for where that is another word."""
    if not column.labels:
        return column.values
    texts = (_text(label, language) for label in column.labels)
    return tuple(
        value if text == value else f"{value} ({text})"
        for value, text in zip(column.values, texts, strict=True)
    )


def _entry(column: Column, language: str) -> Entry:
    values = _values(column, language)
    holds = column.holds(language, values)
    if column.kind == "category":
        allowed = "; ".join(values)
    elif column.kind in ("number", "whole"):
        # The range without the words before it.
        allowed = holds.removeprefix(contract.HOLDS[column.kind].text(language)).lstrip(", ")
    else:
        allowed = "0; 1" if column.kind == "binary" else ""
    answer = YES if column.empty else NO
    return Entry(
        column=column.name,
        type=TYPES[column.kind].text(language),
        holds=holds,
        values=allowed,
        unit=_text(column.unit, language),
        required=column.required,
        empty=column.empty,
        may_be_empty=(answer if column.required else OPTIONAL).text(language),
        meaning=_text(column.meaning, language),
    )


def section(table: Table, language: str) -> Section:
    """A table of the contract in words."""
    return Section(
        name=table.name,
        title=TITLES[table.name].text(language),
        file=table.file,
        row=_text(table.row, language),
        key=table.key,
        entries=tuple(_entry(column, language) for column in table.columns),
    )


def dictionary(study: Study, language: str) -> tuple[Section, ...]:
    """The data dictionary of a study.

    Args:
        study: The study as declared; its tables are not looked at.
        language: "en" or "sv".
    """
    return tuple(section(table, language) for table in contract.tables(study))


def records(part: Section, language: str) -> list[tuple[str, ...]]:
    """The lines of a table under ``FIELDS``, for machines."""
    yes, no = YES.text(language), NO.text(language)
    return [
        (
            part.name,
            part.file,
            entry.column,
            entry.type,
            entry.values,
            entry.unit,
            yes if entry.required else no,
            yes if entry.empty else no,
            entry.meaning,
        )
        for entry in part.entries
    ]


def facts(part: Section, language: str) -> tuple[tuple[str, str], ...]:
    """What is said of a table before its columns: file, rows, key."""
    return (
        (FILE.text(language), part.file),
        (ROWS.text(language), part.row),
        (KEY.text(language), ", ".join(part.key)),
    )
