"""Compare two output directories byte by byte; print what differs and exit with 1.

Run as ``python tests/compare_outputs.py ONE TWO``.
"""

from __future__ import annotations

import sys
from pathlib import Path


def _first_difference(one: bytes, two: bytes) -> str:
    """Where two contents part: line and column for text, the byte otherwise."""
    at = next(
        (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    try:
        before = one[:at].decode()
    except UnicodeDecodeError:
        return f"byte {at + 1}"
    line = before.count("\n") + 1
    return f"line {line}, column {len(before) - (before.rfind(chr(10)) + 1) + 1}"


def differences(one: Path, two: Path) -> list[str]:
    """What differs between two directories, a line per file."""
    names = {p.relative_to(d).as_posix() for d in (one, two) for p in d.rglob("*") if p.is_file()}
    if not names:
        return ["both directories are empty"]
    out = []
    for name in sorted(names):
        a, b = one / name, two / name
        if not a.is_file() or not b.is_file():
            out.append(f"{name}: only in the {'first' if a.is_file() else 'second'} directory")
        elif (left := a.read_bytes()) != (right := b.read_bytes()):
            out.append(f"{name}: differs from {_first_difference(left, right)}")
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
