"""Empty tables with their headings, for the declarations of a study."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from finsam_report.errors import FinsamError
from finsam_report.inputs import contract
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.dictionary import NOTE, dictionary
from finsam_report.inputs.dictionary_text import as_markdown
from finsam_report.study import FILE_NAME, Label, read_study_file
from finsam_report.study_file import split_sheet

Format = Literal["csv", "xlsx"]

README, VALUES = "README", "values"
WORKBOOK = "tables.xlsx"
LONGEST_SHEET = 31  # Excel's own limit

HEADING = Label(en="Template of a study", sv="Mall för en studie")
INTRODUCTION = Label(
    en="Fill in the tables, a row per line under the heading. Change study.toml so that it says "
    "what your study is: its id, its texts, and synthetic = false where people are real. Then "
    "run finsam-report check on this directory: it lists everything that must be mended.",
    sv="Fyll i tabellerna, en rad i taget under rubrikraden. Ändra study.toml så att den beskriver "
    "din studie: dess id, dess texter, och synthetic = false om personerna är verkliga. Kör sedan "
    "finsam-report check på katalogen: då listas allt som behöver rättas.",
)


def template(study: Path, out: Path, form: Format = "csv", language: str = "en") -> None:
    """Write empty tables for a study, a study.toml that names them, and what the columns mean.

    Equal declarations give equal bytes.

    Args:
        study: A directory with study.toml; its tables need not be there.
        out: Directory to make; it must not hold anything.
        form: A CSV file per table, or one workbook with a sheet per table.
        language: Language of the explanations, "en" or "sv".

    Raises:
        FinsamError: ``out`` holds something, or study.toml is wrong or cannot be changed.
    """
    target = out.resolve()
    if target.exists() and not target.is_dir():
        raise FinsamError(f"{out} is a file; name a directory for the template")
    if target.is_dir() and any(target.iterdir()):
        raise FinsamError(f"{out} is not empty; name a new directory for the template")
    _write(target, out, _files(study, form, language))


def _files(directory: Path, form: Format, language: str) -> dict[str, bytes]:
    """The files of the template with their content."""
    study = read_study_file(directory)
    tables = contract.tables(study)
    names = _names([table.file for table in tables], _csv_name if form == "csv" else _sheet_name)
    toml = _renamed((directory / FILE_NAME).read_bytes().decode("utf-8-sig"), names)
    files = {FILE_NAME: toml.encode()}
    if study.study.plan is not None:
        files[study.study.plan.file] = (directory / study.study.plan.file).read_bytes()
    columns = {names[file]: found for file, found in _columns(tables).items()}
    # The dictionary of the study as the template declares it, with the new names.
    declared = type(study).model_validate_json(_as_json(toml))
    sections = dictionary(declared, language)
    if form == "csv":
        for name, found in columns.items():
            files[name] = _headings(found)
        about = f"# {HEADING.text(language)}\n\n{_with_code(INTRODUCTION.text(language))}\n\n"
        files[f"{README}.md"] = (about + as_markdown(sections, language, 2)).encode()
    else:
        from finsam_report.inputs.template_excel import workbook

        sheets = {split_sheet(name)[1] or "": found for name, found in columns.items()}
        about = f"{INTRODUCTION.text(language)} {NOTE.text(language)}"
        files[WORKBOOK] = workbook(sheets, sections, language, HEADING.text(language), about)
    return files


def _with_code(text: str) -> str:
    return re.sub(r"(study\.toml|synthetic = false|finsam-report check)", r"`\1`", text)


def _as_json(toml: str) -> str:
    return json.dumps(tomllib.loads(toml), default=str)


def _columns(tables: Sequence[Table]) -> dict[str, list[Column]]:
    """The columns of each file; two tables may stand in one, each with columns of its own."""
    found: dict[str, dict[str, Column]] = {}
    for table in tables:
        known = found.setdefault(table.file, {})
        for column in table.columns:
            known.setdefault(column.name, column)
    return {file: list(known.values()) for file, known in found.items()}


def _headings(columns: Sequence[Column]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([column.name for column in columns])
    return out.getvalue().encode()


# ------------------------------------------------------------------------------------- file names
def _csv_name(file: str, number: int) -> str:
    name, sheet = split_sheet(file)
    path = PurePosixPath(name)
    stem = (sheet or path.stem) + (f"_{number}" if number > 1 else "")
    return path.with_name(f"{stem}.csv").as_posix()


def _sheet_name(file: str, number: int) -> str:
    name, sheet = split_sheet(file)
    stem = re.sub(r"[\[\]:*?/\\#']", "_", sheet or PurePosixPath(name).stem)
    tail = f"_{number}" if number > 1 else ""
    return f"{WORKBOOK}#{stem[: LONGEST_SHEET - len(tail)]}{tail}"


def _names(files: Sequence[str], make: Callable[[str, int], str]) -> dict[str, str]:
    """A new name for each file, none of them twice, nor that of what the template adds."""
    taken = {f"{WORKBOOK}#{README}".lower(), f"{WORKBOOK}#{VALUES}".lower()}
    names: dict[str, str] = {}
    for file in dict.fromkeys(files):
        number = 1
        while make(file, number).lower() in taken:
            number += 1
        names[file] = make(file, number)
        taken.add(names[file].lower())
    return names


def _renamed(toml: str, names: Mapping[str, str]) -> str:
    """study.toml with other names of its tables; comments and order stay.

    Raises:
        FinsamError: The names are written in a way that is not understood.
    """

    def change(found: re.Match[str]) -> str:
        quote, name = found[2], found[3]
        return f"{found[1]}{quote}{names.get(name, name)}{quote}"

    text = re.sub(r"(\b\w+[\"']?\s*=\s*)([\"'])([^\"'\n]*)\2", change, toml)
    before, after = tomllib.loads(toml), tomllib.loads(text)
    for part in ("prices", "survey", "register", "organisation", "municipality"):
        _rename(before.get(part, {}), names)
    if before != after:
        raise FinsamError(
            f"the names of the tables in {FILE_NAME} cannot be changed for the template; "
            'write each as one line, such as participants = "people.csv"'
        )
    return text


def _rename(declared: dict[str, Any], names: Mapping[str, str]) -> None:
    """Give tables their new names, also those of a table within a part, such as later draws."""
    for key, value in declared.items():
        if isinstance(value, dict):
            _rename(value, names)
        elif isinstance(value, str) and _clean(value) in names:
            declared[key] = names[_clean(value)]


def _clean(name: Any) -> str:
    """A name as the study holds it once it is checked."""
    return PurePosixPath(name).as_posix()


# ---------------------------------------------------------------------------------------- writing
def _write(target: Path, shown: Path, files: Mapping[str, bytes]) -> None:
    """All files or none."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
            fresh = Path(name) / "template"
            for file, content in files.items():
                path = fresh / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if target.exists():
                for path in sorted(fresh.iterdir()):
                    path.replace(target / path.name)
            else:
                fresh.rename(target)
    except OSError as error:
        raise FinsamError(f"cannot write the template to {shown}: {error.strerror}") from error
