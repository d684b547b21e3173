"""How long, and with how much memory, a register table of many people and 48 months is checked.

Run ``python tests/bench_inputs.py --people 12000 --format csv`` or
``python tests/bench_inputs.py --people 1200000``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

MONTHS = 48
PEOPLE = 100_000  # at a time

STUDY = """
[study]
id = "large"
title.en = "A large study"
data_until.en = "June 2023"
synthetic = true

[register]
participants = "drawn.parquet"
outcome_table = "months.FORMAT"
horizons = [12, 24, 36, 48]
take_up = true
treatment.en = "a team"

[register.assignment]
blocks = ["draw"]

[register.arms.support]
value = "drawn"
label.en = "Drawn"
people.en = "people drawn"

[register.arms.control]
value = "not_drawn"
label.en = "Not drawn"
people.en = "people not drawn"

[[register.outcomes]]
id = "work"
label.en = "Work"
unit = "share"

[[register.outcomes]]
id = "benefit"
label.en = "Benefit"
unit = "share"

[[register.outcomes]]
id = "wage"
label.en = "Wage"
unit = "amount"
currency = "SEK"
minimum = 0

[[register.outcomes]]
id = "support"
label.en = "Support"
unit = "amount"
currency = "SEK"
minimum = 0
"""


def make(directory: Path, people: int, kind: str) -> None:
    """Write the study; the large table piece by piece."""
    rng = np.random.default_rng(1)
    (directory / "study.toml").write_text(STUDY.replace("FORMAT", kind), "utf-8")
    names = pa.array(np.char.add("P", rng.permutation(10**7 + np.arange(people)).astype(str)))
    drawn = pa.table(
        {
            "person": names,
            "draw": pa.array(np.char.add("2019-", np.char.zfill(
                (np.arange(people) % 12 + 1).astype(str), 2))),
            "arm": pa.array(np.where(np.arange(people) // 12 % 3 == 0, "drawn", "not_drawn")),
            "met_team": pa.array((np.arange(people) // 12 % 6 == 0).astype(np.int8)),
        }
    )  # fmt: skip
    pq.write_table(drawn, directory / "drawn.parquet")
    writer = None
    for start in range(0, people, PEOPLE):
        some = names[start : start + PEOPLE]
        rows = len(some) * MONTHS
        work = rng.integers(0, 2, rows)
        piece = pa.table(
            {
                "person": some.take(pa.array(np.repeat(np.arange(len(some)), MONTHS))),
                "period": pa.array(np.tile(np.arange(1, MONTHS + 1), len(some))),
                "work": pa.array(work),
                "benefit": pa.array(1 - work),
                "wage": pa.array(work * rng.integers(8_000, 60_000, rows)),
                "support": pa.array(np.round((1 - work) * rng.gamma(2, 4_000, rows), 2)),
            }
        )
        if writer is None:
            path = directory / f"months.{kind}"
            writer = (
                pq.ParquetWriter(path, piece.schema)
                if kind == "parquet"
                else pyarrow.csv.CSVWriter(path, piece.schema)
            )
        writer.write_table(piece)
    if writer is not None:
        writer.close()


CHECK = """
import resource, sys, time
start = time.perf_counter()
from pathlib import Path
from finsam_report.inputs.read import read_inputs
import pandera.pandas, pyarrow.csv, pyarrow.parquet
loaded = time.perf_counter()
inputs = read_inputs(Path(sys.argv[1]))
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
rows = len(inputs.register.followed)
took = f"{done - loaded:.1f} s ({done - start:.1f} s with imports)"
print(f"{rows} rows checked in {took} with at most {peak:.2f} GB")
"""


def main() -> None:
    """Make the study and check it in a process of its own, so that its memory can be told."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=12_000)
    options.add_argument("--format", choices=["csv", "parquet"], default="parquet")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        make(Path(place), chosen.people, chosen.format)
        print(f"made in {time.perf_counter() - start:.1f} s")  # noqa: T201
        subprocess.run([sys.executable, "-c", CHECK, place], check=True)


if __name__ == "__main__":
    main()
