"""Kill a render at random moments: the output is the whole old report or the whole new one.

Run as ``python tests/endure.py [KILLS]``; prints what was found and exits with 1 if ever a part
of a report was there.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from conftest import small_study

ASSETS = Path(__file__).parents[1] / "report" / "assets"
# Two versions of a short report, so that old and new can be told apart.
DOCUMENT = """---
lang: en-GB
---

```{{python}}
#| include: false
from finsam_report.display import open_report
report = open_report("en")
```

## A short report {{#sec-short}}

Version {version}. @tbl-survey-response and @fig-survey-effects show two results.

```{{python}}
#| label: tbl-survey-response
#| tbl-cap: "Who answered"
report.table("survey-response")
```

```{{python}}
report.figure("survey-effects")
```
"""


def documents(folder: Path, version: int) -> Path:
    """Documents of a short report."""
    (folder / "en").mkdir(parents=True)
    shutil.copytree(ASSETS, folder / "assets")
    (folder / "en" / "report.qmd").write_text(DOCUMENT.format(version=version), "utf-8")
    return folder


def command(study: Path, source: Path, out: Path) -> list[str]:
    """The command that renders it."""
    return [
        sys.executable, "-m", "finsam_report.cli", "render", str(study), "--engine", "builtin",
        "--documents", str(source), "--out", str(out),
    ]  # fmt: skip


def content(directory: Path) -> str:
    """One hash over all files of a directory, also hidden ones."""
    told = hashlib.sha256()
    for path in sorted(p for p in directory.rglob("*") if p.is_file()):
        name = path.relative_to(directory).as_posix()
        told.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()


def kills(study: Path, folder: Path, number: int, seed: int = 1) -> Counter[str]:
    """What is in the directory after each kill: "old", "new" or "half".

    Args:
        study: The study.
        folder: An empty directory.
        number: How many times.
        seed: Seed of the moments.
    """
    folder.mkdir(exist_ok=True)
    old, new = (documents(folder / f"documents-{k}", k) for k in (1, 2))
    whole = {}
    began = time.monotonic()
    for name, source in (("old", old), ("new", new)):
        subprocess.run(command(study, source, folder / name), check=True, capture_output=True)
        whole[content(folder / name)] = name
    took = (time.monotonic() - began) / 2
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(number):
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folder / "old", out)
        running = subprocess.Popen(
            command(study, new, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        # As many at the end, where files change places, as in all that comes before.
        early, late = rng.uniform(0, 1.1 * took), rng.uniform(0.9 * took, 1.1 * took)
        time.sleep(rng.choice((early, late)))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        found[whole.get(content(out), "half")] += 1
        found["while it ran"] += int(running.returncode != 0)
    # What the killed ones left is no hindrance, and the last is cleared away.
    subprocess.run(command(study, new, folder / "out"), check=True, capture_output=True)
    found["last"] = int(whole.get(content(folder / "out")) == "new")
    found["left"] = sum(
        p.name.startswith(".finsam") for d in (folder, folder / "out") for p in d.iterdir()
    )
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="finsam-endure-") as place:
        small = small_study(Path(place) / "study")
        result = kills(small, Path(place), int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    sys.stdout.write(f"{dict(result)}\n")
    sys.exit(0 if not result["half"] and result["last"] and not result["left"] else 1)
