"""The gate: what was rendered is read back, and nothing about one person may be in it.

Disclosure control works on the ledger, before anything is shown. This looks at the files
themselves, as somebody would who gets them: whatever went wrong on the way is found here, and
then there is no report.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.engine.gate_text import Words, pdf_text, words_of
from finsam_report.errors import FinsamError
from finsam_report.inputs.contract import tables
from finsam_report.inputs.read import Inputs
from finsam_report.places import package_directory
from finsam_report.release import Released

ROWS = 10  # a column of fewer numbers may be equal to one of the data by chance
MARKS = 60  # ticks, keys and lines of a figure that are no data
_NUMBERS = ("horizon", "estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value",
            "n_support", "n_control", "control_mean")  # fmt: skip
_COUNTS = ("n_support", "n_control")
_PATH = re.compile(r'<path\b[^>]*?\sd="([^"]*)"')
_DEFS = re.compile(r"<defs>.*?</defs>", re.DOTALL)
_PUBLIC = ("municipality", "published")  # counts of units whose names are known

Report = Callable[[str], None]


def check(output: Path, inputs: Inputs, released: Released, said: Iterable[str]) -> None:
    """Read back everything in an output directory.

    Args:
        output: The directory with what was rendered.
        inputs: The study and its tables, which hold what must not be in it.
        released: The ledger that the report was made from.
        said: Texts that the report is made with whatever the data are: documents, catalogue,
            ``study.toml``. A word in them is no sign of a person.

    Raises:
        FinsamError: Something is in a file that must not be; each is named, without the value.
    """
    found: list[str] = []
    harmless = Words()
    for text in said:
        harmless.add(text)
    identifiers(output, inputs, harmless, found.append)
    ledger = _Ledger(released)
    singles = list(_single_columns(inputs))
    for file in sorted([*output.glob("tables/*.csv"), *output.glob("figures/*.csv")]):
        _table(file, ledger, singles, inputs.study.release.threshold, found.append)
    for file in sorted(output.glob("figures/*.svg")):
        _figure(file, found.append)
    if found:
        listed = "\n  ".join(found[:20])
        more = f"\n  and {len(found) - 20} more" if len(found) > 20 else ""
        raise FinsamError(
            "the report was made but not let out, for it holds what must not leave:\n  "
            f"{listed}{more}\nNothing was written. This is a fault of the documents or of this "
            "program, and not of the data; please tell its developers"
        )


def harmless(directory: Path, declared: Iterable[str], documents: Path | None) -> list[str]:
    """Texts whose words may stand in a report whatever the data are.

    Args:
        directory: The study's directory.
        declared: Names of the files that declare it.
        documents: The documents, where any were rendered.
    """
    package = package_directory()
    files = [directory / name for name in declared]
    files += [*package.glob("**/*.ftl"), *(package / "engine" / "builtin").glob("**/templates/*")]
    if documents is not None:
        files += [p for p in documents.rglob("*") if p.suffix in (".qmd", ".bib", ".css")]
    return [path.read_text("utf-8", errors="replace") for path in sorted(files) if path.is_file()]


def _personal(inputs: Inputs) -> Iterator[tuple[str, str, pd.Series]]:
    """Columns that say who somebody is: file, column, and values by row."""
    frames = dict(inputs.other)
    study = inputs.study
    for part, read in ((study.survey, inputs.survey), (study.register_, inputs.register)):
        if part is not None and read is not None:
            yield part.participants, "person", read.participants["person"]
    for table in tables(inputs.study):
        frame = frames.get(table.name)
        if frame is None:
            continue
        for column in table.columns:
            if column.personal and column.kind == "text" and column.name in frame.columns:
                yield table.file, column.name, frame[column.name]


def identifiers(output: Path, inputs: Inputs, harmless: Words, report: Report) -> None:
    """Report every file that holds a word by which the study knows a person.

    A short number may be a count, and a word of the documents may be anything: neither is a sign.

    Args:
        output: The directory with what was rendered.
        inputs: The tables.
        harmless: Words of the documents.
        report: Told of each finding.
    """
    files = sorted(p for p in output.rglob("*") if p.is_file())
    everything = Words()
    for file in files:
        everything.add(_text(file))
    everything.found -= harmless.found
    for table, column, values in _personal(inputs):
        rows = everything.holding(values)
        if not rows.size:
            continue
        number = ", ".join(str(int(row) + 2) for row in rows[:3])
        for file in files:
            if words_of(_text(file)).holding(values.iloc[rows]).size:
                name = file.relative_to(output).as_posix()
                report(f"{name}: an identifier from column '{column}' of {table} (row {number})")


def _text(file: Path) -> str:
    if file.suffix == ".pdf":
        return pdf_text(file)
    text = file.read_text("utf-8", errors="replace")
    return html.unescape(text) if file.suffix in (".html", ".svg") else text


class _Ledger:
    """The released rows, to look up whole rows of a file."""

    def __init__(self, released: Released) -> None:
        frame = released.frame
        self.columns = list(frame.columns)
        self.rows = set(self.keys(frame))

    def keys(self, frame: pd.DataFrame) -> list[tuple[str, ...]]:
        """Rows in one way of writing, whatever they were read from."""
        columns = []
        for name in self.columns:
            if name in _NUMBERS:
                numbers = pd.to_numeric(frame[name], errors="coerce").to_numpy(np.float64)
                columns.append(["" if np.isnan(n) else repr(float(n)) for n in numbers])
            else:
                columns.append(frame[name].fillna("").astype(str).tolist())
        return list(zip(*columns, strict=True))


def _table(
    file: Path, ledger: _Ledger, singles: list[np.ndarray], least: int, report: Report
) -> None:
    """A table behind what is shown: released rows only, no few people, no column of the data."""
    name = f"{file.parent.name}/{file.name}"
    if not file.read_bytes().strip():
        return  # a table of words alone has no numbers behind it
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    if set(ledger.columns) <= set(frame.columns):
        frame[list(_NUMBERS)] = frame[list(_NUMBERS)].apply(pd.to_numeric, errors="coerce")
        for row, key in enumerate(ledger.keys(frame)):
            if key not in ledger.rows:
                report(f"{name}, row {row + 2}: numbers that the released ledger does not hold")
                break
        people = ~frame["part"].isin(_PUBLIC)
        few = (frame["unit"] == "people") & frame["estimate"].between(1, least - 1)
        for column in _COUNTS:
            few |= frame[column].between(1, least - 1)
        for row in np.flatnonzero(few & people)[:3]:
            report(f"{name}, row {row + 2}: a number of fewer than {least} people")
        return
    for column in frame.columns:
        numbers = pd.to_numeric(frame[column], errors="coerce").dropna().to_numpy(np.float64)
        if numbers.size >= ROWS and any(
            numbers.size == s.size and np.array_equal(np.sort(numbers), s) for s in singles
        ):
            report(f"{name}, column '{column}': the values of single people")


def _single_columns(inputs: Inputs) -> Iterator[np.ndarray]:
    """Numeric columns with a row per person or answer, sorted."""
    frames = [
        frame
        for part in (inputs.survey, inputs.register)
        if part is not None
        for frame in (part.participants, part.followed)
    ]
    personal = {
        table.name for table in tables(inputs.study) if any(c.personal for c in table.columns)
    }
    frames += [frame for name, frame in inputs.other.items() if name in personal]
    for frame in frames:
        for name in frame.columns:
            if pd.api.types.is_numeric_dtype(frame[name].dtype):
                values = frame[name].to_numpy(np.float64, na_value=np.nan)
                values = np.sort(values[~np.isnan(values)])
                if values.size >= ROWS and values[0] != values[-1]:
                    yield values


def _figure(file: Path, report: Report) -> None:
    """No figure shows more marks than the table beside it has rows."""
    name = f"{file.parent.name}/{file.name}"
    data = file.with_suffix(".csv")
    if not data.is_file():
        report(f"{name}: a figure without the table of its numbers")
        return
    rows = len(data.read_bytes().splitlines()) - 1
    drawn = _DEFS.sub("", file.read_text("utf-8"))
    longest = max((len(re.findall("[ML]", d)) for d in _PATH.findall(drawn)), default=0)
    # A band goes along its upper end and back along the lower one.
    if longest > 2 * rows + ROWS or drawn.count("<use") > 2 * rows + MARKS:
        report(f"{name}: more marks than its table has rows")
