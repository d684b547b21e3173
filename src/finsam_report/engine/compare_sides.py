"""Opening what is compared: a study, which is read and analysed, or an output that lies ready."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from finsam_report import __version__, release
from finsam_report.display.comparison import Side
from finsam_report.display.provenance import sha256
from finsam_report.engine import manifest
from finsam_report.engine.verify import read_manifest
from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.parts.ledger import COLUMNS
from finsam_report.problems import InputProblems
from finsam_report.release import Released
from finsam_report.study import FILE_NAME

LEDGER = "results.csv"
Progress = Callable[[str], None]


class NothingToCompareError(FinsamError):
    """A directory that is neither a study nor an output: the question was wrong."""


@dataclass(frozen=True)
class Opened:
    """One side, with its numbers.

    Attributes:
        side: What it is.
        released: Its released ledger.
        inputs: Its tables, where it is a study.
    """

    side: Side
    released: Released
    inputs: Inputs | None


def kind_of(directory: Path) -> str:
    """Whether a directory holds a study or an output; study.toml decides where it holds both.

    Raises:
        NothingToCompareError: It holds neither, or there is no such directory.
    """
    name = directory.name or str(directory)
    if not directory.is_dir():
        what = "is a file" if directory.exists() else "does not exist"
        raise NothingToCompareError(f"{name} {what}; name the directory of a study or of an output")
    if (directory / FILE_NAME).is_file():
        return "study"
    if (directory / LEDGER).is_file() and (directory / manifest.NAME).is_file():
        return "output"
    raise NothingToCompareError(
        f"{name} holds neither a study ({FILE_NAME}) nor an output ({LEDGER} and {manifest.NAME})"
    )


def checked(directory: Path, which: str, progress: Progress) -> Inputs | None:
    """The checked inputs of a study; None for an output.

    Args:
        directory: The study's or the output's directory; it is only read.
        which: "old" or "new", for messages.
        progress: Told in a few words what happens next.

    Raises:
        NothingToCompareError: The directory is neither.
        FinsamError: The study breaks its contract.
    """
    if kind_of(directory) == "output":
        return None
    progress(f"reading and checking the {which} study")
    try:
        return read_inputs(directory)
    except InputProblems as error:
        raise FinsamError(f"the {which} study, {directory.name}: {error}") from None


def opened(directory: Path, which: str, inputs: Inputs | None, progress: Progress) -> Opened:
    """Open one side.

    Args:
        directory: The study's or the output's directory; it is only read.
        which: "old" or "new", for messages.
        inputs: What :func:`checked` read there.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: A ledger has another form, or is not the one of its manifest.
    """
    if inputs is None:
        return _output(directory, which)
    progress(f"estimating the {which} study")
    released = release.released_study(inputs)
    names = inputs.study.read_in(directory)
    files = {name: (sha256(directory / name), (directory / name).stat().st_size) for name in names}
    side = Side(directory.resolve().name, "study", __version__, inputs.study, files)
    return Opened(side, released, inputs)


def _output(directory: Path, which: str) -> Opened:
    content = read_manifest(directory)
    tool = content.get("tool")
    version = str(tool.get("version", "?")) if isinstance(tool, dict) else "?"
    sizes = content.get("input_bytes")
    sizes = sizes if isinstance(sizes, dict) else {}
    files = {name: (digest, sizes.get(name)) for name, digest in content["inputs"].items()}
    path = directory / LEDGER
    digest = content["outputs"].get(LEDGER)
    if digest is not None and digest != sha256(path):
        raise FinsamError(
            f"the {which} output, {directory.name}: {LEDGER} is not the one that its "
            f"{manifest.NAME} names; finsam-report verify says what was touched"
        )
    try:
        released = release.read(path)
    except FinsamError:
        raise FinsamError(_other_form(path, which, directory.name, version)) from None
    side = Side(directory.resolve().name, "output", version, None, files)
    return Opened(side, released, None)


def _other_form(path: Path, which: str, name: str, version: str) -> str:
    """Why a ledger cannot be read, where another version wrote it."""
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            heading = next(csv.reader(handle), [])
    except (OSError, UnicodeDecodeError):
        heading = []
    expected = COLUMNS
    lacks = [column for column in expected if column not in heading]
    more = [column for column in heading if column not in expected]
    told = "; ".join(
        f"{verb} {', '.join(columns)}"
        for verb, columns in (("it lacks", lacks), ("it has besides", more))
        if columns
    )
    reason = f"the columns of its {LEDGER} are not those of this version: {told}"
    if not told:
        reason = f"its {LEDGER} has rows or numbers that this version does not know"
    return (
        f"the {which} output, {name}, was made by finsam-report {version}, this is {__version__}; "
        f"{reason}. Analyse the study again with this version, and compare then"
    )
