"""Tables that say what the report was made from."""

from __future__ import annotations

import hashlib
import platform
from importlib import metadata, resources
from pathlib import Path

import pandas as pd

from finsam_report import __version__
from finsam_report.display.context import Context
from finsam_report.display.conventions import DIGITS_SHOWN
from finsam_report.display.table import Column, Table

SOFTWARE = (
    "numpy",
    "scipy",
    "pandas",
    "pandera",
    "pydantic",
    "pyarrow",
    "great-tables",
    "matplotlib",
    "fluent.runtime",
    "babel",
)


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def inputs(context: Context, directory: Path) -> Table:
    """The files of the study with their size and hash."""
    # Sizes and not numbers of rows: rows could tell how few did not answer.
    files = [
        (name, (directory / name).stat().st_size, sha256(directory / name))
        for name in context.study.read_in(directory)
    ]
    word = context.word
    return Table(
        name="inputs",
        columns=(
            Column(word("head-file"), "left", wide=True),
            Column(word("head-bytes")),
            Column(word("head-sha256"), "left"),
        ),
        rows=tuple(
            (name, context.fmt.number(size), digest[:DIGITS_SHOWN]) for name, size, digest in files
        ),
        data=pd.DataFrame(files, columns=["file", "bytes", "sha256"]),
    )


def verification(context: Context) -> Table:
    """Results of the estimators on public data, beside those that are known."""
    path = resources.files("finsam_report") / "verification.csv"
    with path.open("r", encoding="utf-8") as file:
        found = pd.read_csv(file, dtype=str)
    word = context.word
    return Table(
        name="verification",
        columns=(
            Column(word("head-known-data"), "left", wide=True),
            Column(word("head-quantity"), "left", wide=True),
            Column(word("head-reference")),
            Column(word("head-program")),
        ),
        rows=tuple(found.itertuples(index=False, name=None)),
        data=found,
    )


def versions(context: Context) -> Table:
    """The software behind the numbers."""
    rows = [("finsam-report", __version__), ("Python", platform.python_version())]
    rows += [(name, metadata.version(name)) for name in SOFTWARE]
    word = context.word
    return Table(
        name="versions",
        columns=(
            Column(word("head-software"), "left", wide=True),
            Column(word("head-version"), "left"),
        ),
        rows=tuple(rows),
        data=pd.DataFrame(rows, columns=["software", "version"]),
    )
