"""How long the analysis and the whole report take on the committed study, and their memory.

Run as ``python tests/bench.py``; each line is a fresh process, as a user starts it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

TIMED = """
import time, os
for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(name + "_NUM_THREADS", "1")
from pathlib import Path
from finsam_report.inputs.read import read_inputs
from finsam_report.places import synthetic_study
from finsam_report.release import released_study
start = time.perf_counter()
inputs = read_inputs(synthetic_study())
read = time.perf_counter()
released = released_study(inputs)
print(f"{read - start:.2f} {time.perf_counter() - read:.2f} {len(released.frame)}")
"""


def _timed(command: list[str]) -> tuple[float, float, str]:
    """Seconds, peak memory in GB of all its processes (sampled), and what it printed."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.05)
        said = process.stdout.read().decode() if process.stdout else ""
    if process.returncode:
        sys.exit(f"{' '.join(command[:4])} … ended with {process.returncode}")
    return time.perf_counter() - start, peak, said


def _memory(pid: int) -> float:
    """Memory of a process and its children in GB, where /proc tells."""
    total, waiting = 0.0, [pid]
    while waiting:
        each = waiting.pop()
        try:
            status = Path(f"/proc/{each}/status").read_text()
            total += int(status.split("VmRSS:")[1].split()[0]) / 1e6
            waiting += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
        except (OSError, IndexError, ValueError):
            continue
    return total


def main() -> None:
    """Print the table."""
    seconds, memory, said = _timed([sys.executable, "-c", TIMED])
    read, analysis, rows = said.split()
    write = sys.stdout.write
    write(f"{'what':<44}{'seconds':>9}{'GB':>7}\n")
    write(f"{'reading and checking the synthetic study':<44}{read:>9}\n")
    write(f"{f'analysis ({rows} rows of the ledger)':<44}{analysis:>9}\n")
    write(f"{'both, with the start of Python':<44}{seconds:>9.2f}{memory:>7.2f}\n")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "finsam_report.cli", "render", "--engine", "builtin"]
        seconds, memory, _ = _timed([*command, "--out", f"{folder}/out"])
    write(f"{'finsam-report render, HTML and PDF':<44}{seconds:>9.2f}{memory:>7.2f}\n")


if __name__ == "__main__":
    main()
