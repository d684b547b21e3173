"""The register of claims against the ledger, and beside earlier documents."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from finsam_report import release
from finsam_report.display.claims import NAME, read_rows, write_rows
from finsam_report.errors import FinsamError

LEDGER = "results.csv"
_WORDS = (
    "no one two three four five six seven eight nine ten eleven twelve",
    "inga ett två tre fyra fem sex sju åtta nio tio elva tolv",
)
_KEY = ("part", "analysis", "outcome", "group", "horizon", "estimator")
_MOST = 20


def carry(target: Path, staging: Path, documents: Collection[str]) -> None:
    """Let the claims of documents that stay in an output directory stay with them.

    Args:
        target: The output directory.
        staging: Its new content.
        documents: Documents that stay, with their language, such as ``brief.en``.
    """
    try:
        old = read_rows(target / NAME)
    except (OSError, ValueError):
        return
    try:
        new = read_rows(staging / NAME)
    except (OSError, ValueError):
        new = []
    made = {row["document"] for row in new}
    kept = [row for row in old if row["document"] in set(documents) - made]
    # Which was made last must not show; within a document the order is that of its reading.
    rows = sorted([*kept, *new], key=lambda row: row["document"])
    write_rows(staging / NAME, (row.values() for row in rows))


def unsupported(directory: Path) -> tuple[str, ...]:
    """Numbers of the text that are not those of the ledger beside it.

    Args:
        directory: An output directory; one without a register or a ledger claims nothing.

    Returns:
        A sentence for each; the first of them where there are many.
    """
    if not (directory / NAME).is_file():
        return ()
    try:
        rows = [row for row in read_rows(directory / NAME) if row["origin"] == "ledger"]
    except ValueError as error:
        return (str(error),)
    if not rows:
        return ()
    try:
        frame = release.read(directory / LEDGER).frame
    except FinsamError as error:
        return (str(error),)
    columns = [name for name in frame.columns if name not in (*_KEY, "unit")]
    ledger = {
        _key(dict(zip(_KEY, key, strict=True))): dict(zip(columns, numbers, strict=True))
        for key, numbers in zip(
            frame[list(_KEY)].itertuples(index=False, name=None),
            frame[columns].itertuples(index=False, name=None),
            strict=True,
        )
    }
    wrong = [text for row in rows if (text := _fault(row, ledger)) is not None]
    if len(wrong) > _MOST:
        return (*wrong[:_MOST], f"and {len(wrong) - _MOST} more")
    return tuple(wrong)


def _key(row: Mapping[str, object]) -> tuple[str, ...]:
    horizon = row["horizon"]
    if isinstance(horizon, float):
        horizon = "" if math.isnan(horizon) else f"{horizon:g}"
    return tuple(str(horizon if name == "horizon" else row[name]) for name in _KEY)


def _fault(
    row: Mapping[str, str], ledger: Mapping[tuple[str, ...], Mapping[str, float]]
) -> str | None:
    """What is wrong with a claim; None where the ledger bears it."""
    place = f"{row['document']}, {row['kind']} {row['name']}, number {row['number']}"
    numbers = ledger.get(_key(row))
    if numbers is None or row["column"] not in numbers:
        return f"{place}: {row['shown']} has no row in {LEDGER}"
    value = float(numbers[row["column"]])
    if agrees(row["shown"], value):
        return None
    return f"{place}: {row['shown']} is not the {row['column']} of its row, {value:.6g}"


def agrees(shown: str, value: float) -> bool:
    """Whether a number as it is shown is a number of the ledger, but for sign and rounding.

    Args:
        shown: Such as "−0.14", "5,100", "< 0.001", "three", "··" or "∞".
        value: The number.
    """
    text = shown.replace("\u00a0", " ").strip().casefold()
    if math.isnan(value):
        return text == "··"
    if math.isinf(value):
        return text.endswith("∞")
    for words in _WORDS:
        if text in words.split():
            return words.split().index(text) == abs(value)
    if text.startswith("<"):
        return value < _number(text) / 2 + 1e-12
    found = _number(text)
    places = _places(text)
    # Half of the last place, and what rounding of a half may add.
    return abs(found - abs(value)) <= 0.5 * 10.0**-places + 1e-9 * max(1.0, abs(value))


def _digits(text: str) -> str:
    """A number with a point for its decimals, whichever language wrote it."""
    bare = re.sub(r"[^\d.,]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", bare):
        return bare.replace(",", "")
    return bare.replace(",", ".")


def _number(text: str) -> float:
    try:
        return float(_digits(text))
    except ValueError:
        return math.nan


def _places(text: str) -> int:
    return len(_digits(text).partition(".")[2])
