"""Compare a ledger with the expected one; print what differs and exit with 1.

Run as ``python tests/compare_ledger.py RESULTS EXPECTED``. Numbers agree within a relative
tolerance of 1e-9 of the larger of the two and of the estimate's own scale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

KEY = ["part", "analysis", "outcome", "group", "horizon", "estimator"]
RELATIVE = 1e-9


def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=dict.fromkeys(KEY, str))
    return frame.set_index(KEY)


def differences(results: Path, expected: Path) -> list[str]:
    """What differs, a line per row and column."""
    new, old = _read(results), _read(expected)
    out = [f"missing row: {'; '.join(map(str, key))}" for key in old.index.difference(new.index)]
    out += [f"new row: {'; '.join(map(str, key))}" for key in new.index.difference(old.index)]
    if list(new.columns) != list(old.columns):
        return [*out, f"columns differ: {list(new.columns)} and {list(old.columns)}"]
    both = old.index.intersection(new.index)
    new, old = new.loc[both], old.loc[both]
    # An estimate of zero is judged by the standard error that it stands beside.
    scale = old[["estimate", "std_error"]].abs().max(axis=1).fillna(0).to_numpy()
    for column in old.columns:
        a, b = new[column], old[column]
        if pd.api.types.is_numeric_dtype(b):
            x, y = a.to_numpy(float), b.to_numpy(float)
            own = column in ("estimate", "std_error", "ci_low", "ci_high", "control_mean")
            size = np.maximum(np.maximum(np.abs(x), np.abs(y)), scale if own else 0)
            with np.errstate(invalid="ignore"):
                near = (x == y) | (np.abs(x - y) <= RELATIVE * size) | (np.isnan(x) & np.isnan(y))
        else:
            near = (a.fillna("") == b.fillna("")).to_numpy()
        out += [
            f"{column} of {'; '.join(map(str, both[i]))}: {a.iloc[i]!r}, expected {b.iloc[i]!r}"
            for i in np.flatnonzero(~near)
        ]
    return out


def main(arguments: list[str]) -> int:
    """Compare and report; the exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: compare_ledger.py RESULTS EXPECTED\n")
        return 2
    found = differences(Path(arguments[0]), Path(arguments[1]))
    for line in found[:50]:
        sys.stdout.write(line + "\n")
    if len(found) > 50:
        sys.stdout.write(f"and {len(found) - 50} more\n")
    if not found:
        sys.stdout.write("the ledger is the expected one\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
