"""Compare two output directories byte by byte; explain what differs and exit with 1.

Run as ``python tests/compare_outputs.py ONE TWO``. Of a table the row is named by its key and the
column, of HTML and SVG the element that stands nearest before, of JSON the entry, of a PDF the
page.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

KEY = ["part", "analysis", "outcome", "group", "horizon", "estimator"]
SHOWN = 5  # differences that are told of one file


def _first(one: str, two: str) -> int:
    """Where two texts part."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )


def _around(text: str, at: int) -> str:
    return repr(text[max(0, at - 20) : at + 40])


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _csv(one: str, two: str) -> list[str]:
    a, b = _rows(one), _rows(two)
    if len(a) != len(b):
        return [f"{len(a)} rows and {len(b)} rows"]
    out = []
    for number, (left, right) in enumerate(zip(a, b, strict=True), start=2):
        for name in left:
            if left.get(name) != right.get(name):
                key = "; ".join(left[k] for k in KEY if left.get(k))
                out.append(
                    f"row {number}{f' ({key})' if key else ''}, column {name}: "
                    f"{left.get(name)} and {right.get(name)}"
                )
    return out or ["the rows are the same, but not how they are written"]


def _markup(one: str, two: str) -> list[str]:
    at = _first(one, two)
    before = one[:at]
    found = re.findall(r"\b(?:id|name|label)=\"([^\"]+)\"", before)
    heading = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", before, re.DOTALL)
    where = [f"after the element '{found[-1]}'"] if found else []
    if heading:
        where.append(f"under the heading '{re.sub('<[^>]+>', '', heading[-1]).strip()}'")
    place = ", ".join(where) or "at the beginning"
    return [f"{place}: {_around(one, at)} and {_around(two, at)}"]


def _entries(value: Any, place: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for n, x in value.items() for k, v in _entries(x, f"{place}/{n}").items()}
    return {place: value}


def _json(one: str, two: str) -> list[str]:
    a, b = _entries(json.loads(one)), _entries(json.loads(two))
    return [
        f"{name}: {a.get(name, 'nothing')} and {b.get(name, 'nothing')}"
        for name in sorted({*a, *b})
        if a.get(name) != b.get(name)
    ] or ["the entries are the same, but not how they are written"]


def _pdf(one: Path, two: Path) -> list[str]:
    import pypdfium2

    first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(two)
    try:
        if len(first) != len(second):
            return [f"{len(first)} pages and {len(second)} pages"]
        for number in range(len(first)):
            a, b = (d[number].get_textpage().get_text_range() for d in (first, second))
            if a != b:
                at = _first(a, b)
                return [f"page {number + 1}: {_around(a, at)} and {_around(b, at)}"]
    finally:
        first.close()
        second.close()
    return ["the text of all pages is the same; drawing, tags or metadata differ"]


def explained(one: Path, two: Path) -> list[str]:
    """What differs between two files of one kind, in words.

    Args:
        one: A file.
        two: Its counterpart, with another content.
    """
    if one.suffix == ".pdf":
        return _pdf(one, two)
    explain = {".csv": _csv, ".html": _markup, ".svg": _markup, ".json": _json}.get(one.suffix)
    try:
        left, right = one.read_text("utf-8"), two.read_text("utf-8")
        if explain is not None:
            return explain(left, right)
    except ValueError:
        a, b = one.read_bytes(), two.read_bytes()
        at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
        return [f"from byte {at + 1}"]
    at = _first(left, right)
    return [f"from line {left[:at].count(chr(10)) + 1}: {_around(left, at)}"]


def differences(one: Path, two: Path) -> list[str]:
    """What differs between two directories, the ledger first."""
    names = {p.relative_to(d).as_posix() for d in (one, two) for p in d.rglob("*") if p.is_file()}
    if not names:
        return ["both directories are empty"]
    out = []
    # A number that differs shows everywhere; what is wrong is seen in the ledger.
    for name in sorted(names, key=lambda n: (n != "results.csv", n == "manifest.json", n)):
        a, b = one / name, two / name
        if not a.is_file() or not b.is_file():
            out.append(f"{name}: only in the {'first' if a.is_file() else 'second'} directory")
        elif a.read_bytes() != b.read_bytes():
            found = explained(a, b)
            out += [f"{name}: {text}" for text in found[:SHOWN]]
            if len(found) > SHOWN:
                out.append(f"{name}: and {len(found) - SHOWN} more")
    return out


def main(arguments: list[str]) -> int:
    """Compare and report; the exit code."""
    if len(arguments) != 2 or not all(Path(a).is_dir() for a in arguments):
        sys.stderr.write("usage: compare_outputs.py ONE TWO (two directories)\n")
        return 2
    found = differences(Path(arguments[0]), Path(arguments[1]))
    for line in found:
        sys.stdout.write(line + "\n")
    if not found:
        sys.stdout.write("the two builds are equal byte by byte\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
