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

# Randomisation tests as the survey chapter needs them: eight items, for everybody and in each
# level of seven subgroup variables. ritest-python does one outcome at a time, so a few columns
# are timed with all draws and the time is scaled to the number of columns.
RANDOMISATION = """
import os, time
for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(name + "_NUM_THREADS", "1")
import numpy as np
import pandas as pd
from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.randomisation import randomisation_tests
from ritest import ritest
DRAWS, SAMPLE = 10_000, (0, 50, 100, 150)
rng = np.random.default_rng(1)
block = np.repeat([0, 1, 2], [250, 180, 120])
design = Assignment.from_shares(block, np.full(3, 0.6), ("a", "b", "c"))
support = design.draw(rng, 1)[0]
items = rng.integers(1, 6, (550, 8)).astype(float)
items[rng.random(items.shape) < 0.25] = np.nan
columns = [items]
for levels in (2, 3, 4, 3, 4, 2, 2):
    group = rng.integers(0, levels, 550)
    columns += [np.where((group == k)[:, None], items, np.nan) for k in range(levels)]
values = np.hstack(columns)
start = time.perf_counter()
draws = design.draw(np.random.default_rng(2), DRAWS)
randomisation_tests(design, support, values, (None,), draws)
ours = time.perf_counter() - start
frame = pd.DataFrame({"z": support.astype(int), "block": block})
start = time.perf_counter()
for k in SAMPLE:
    data = frame.assign(y=values[:, k]).dropna()
    ritest(df=data, permute_var="z", formula="y ~ z + C(block)", stat="z", strata="block",
           reps=DRAWS, seed=3, ci_mode="none")
theirs = (time.perf_counter() - start) * values.shape[1] / len(SAMPLE)
print(f"{ours:.2f} {theirs:.1f} {theirs / ours:.0f} {values.shape[1]}")
"""

# Monthly effects of the register chapter, people made chunk by chunk: 36 months of nine outcomes,
# 22 draws, seven covariates, late draws censored, some months missing; for everybody, women and
# men, unadjusted and adjusted, with effects per taker and joint covariances of months. The loop
# of statsmodels fits is of the first chunk and of the two regressions alone, some columns scaled
# to all of them.
PASSES = """
import os, sys, time
for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(name + "_NUM_THREADS", "1")
import numpy as np
from finsam_report.estimators.itt import interacted_design
from finsam_report.estimators.passes import Chunk, two_passes
MONTHS, OUTCOMES, DRAWS, SIZE, SAMPLE = 36, 9, 22, 12_000, 6
columns = MONTHS * OUTCOMES
month = np.tile(np.arange(MONTHS), OUTCOMES)
made = np.random.default_rng(1).random((SIZE, columns))
made = np.where(np.arange(columns) < MONTHS, np.round(made * 30_000), made < 0.3).astype(float)
def part(k):
    rng = np.random.default_rng([2, k])
    draw = rng.integers(0, DRAWS, SIZE)
    support = rng.random(SIZE) < 0.25
    x = np.column_stack([rng.integers(25, 64, SIZE), rng.random((SIZE, 5)) < 0.4,
                         rng.lognormal(0, 1, SIZE)]).astype(float)
    def outcomes():
        y = np.roll(made, 7 * k, axis=0)
        y[(draw[:, None] - DRAWS + 7 + month) >= MONTHS] = np.nan
        y.ravel()[np.arange(k, y.size, 199)] = np.nan
        return y
    return Chunk(support, draw, x, outcomes, (support & (rng.random(SIZE) < 0.8)).astype(float),
                 rng.integers(0, 2, (SIZE, 1)))
def chunks(scale, **without):
    from dataclasses import replace
    return lambda: (replace(part(k), **without) for k in range(scale))
if sys.argv[1] == "ratio":
    import statsmodels.api as sm
    start = time.perf_counter()
    two_passes(chunks(1, groups=None, take_up=None))
    ours = time.perf_counter() - start
    one = part(0)
    y = one.outcomes()
    start = time.perf_counter()
    for j in np.linspace(0, columns - 1, SAMPLE).astype(int):
        seen = ~np.isnan(y[:, j])
        for x in (one.covariates[:, :0], one.covariates):
            design = interacted_design(one.support[seen], one.block[seen], x[seen])
            design = np.column_stack([one.support[seen], design])
            sm.OLS(y[seen, j], design).fit(cov_type="HC2").bse[0]
    theirs = (time.perf_counter() - start) * columns / SAMPLE
    print(f"{ours:.2f} {theirs:.1f} {theirs / ours:.0f}")
else:
    start = time.perf_counter()
    two_passes(chunks(int(sys.argv[1])), paths=np.arange(columns).reshape(OUTCOMES, MONTHS))
    print(f"{time.perf_counter() - start:.2f}")
"""

# The municipality part, all of it, from the checked tables to rows; and against other packages:
# effects of 60 outcomes by cohort and year with all four averages, analytic errors and 999
# bootstrap draws (diff-diff), and imputed effects of the same outcomes by years since joining
# (did-imputation). Those do one outcome at a time, so three and one are timed and scaled up.
MUNICIPALITIES = """
import os, time, warnings
for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(name + "_NUM_THREADS", "1")
warnings.simplefilter("ignore")
import did_imputation, diff_diff
import numpy as np, pandas as pd
from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_bootstrap import bands, multipliers
from finsam_report.estimators.did_borusyak import impute_effects
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import ledger, municipality
from finsam_report.places import synthetic_study
inputs = read_inputs(synthetic_study())
part = inputs.study.municipality
start, used = time.perf_counter(), time.process_time()
frame = ledger.join(municipality.analyse(part, inputs.other, inputs.study.analysis)).frame
whole, used = time.perf_counter() - start, time.process_time() - used
everyone = municipality.prepare(part, inputs.other)
work, _ = municipality.working(part, everyone, inputs.study.analysis)
data = work.data.pick([k for k, c in enumerate(work.data.columns) if c.outcome in work.main])
panel = work.panel(data)
start = time.perf_counter()
cells = group_time_effects(panel, "not_yet", "universal")
drawn = multipliers(panel.units, 999, np.random.default_rng(1))
for kind in ("simple", "event", "group", "calendar"):
    found = averages(cells, kind)
    if kind != "simple":
        bands(found.estimate, found.influence, found.cluster, drawn)
ours = time.perf_counter() - start
start = time.perf_counter()
impute_effects(panel)
imputed = time.perf_counter() - start
n, t = panel.units, panel.years.size
def long(k):
    return pd.DataFrame({"unit": np.repeat(np.arange(n), t), "year": np.tile(panel.years, n),
        "y": panel.outcome[:, :, k].ravel(),
        "cohort": np.repeat(np.where(panel.never, 0, panel.cohort), t)})
SAMPLE = (0, 20, 40)
start = time.perf_counter()
for k in SAMPLE:
    diff_diff.CallawaySantAnna(control_group="not_yet_treated", base_period="universal",
        n_bootstrap=999, seed=1).fit(long(k), "y", "unit", "year", "cohort", aggregate="all")
theirs = (time.perf_counter() - start) * panel.columns / len(SAMPLE)
table = long(0)
table["cohort"] = table["cohort"].replace(0, np.nan)
start = time.perf_counter()
did_imputation.did_imputation(table, "y", "unit", "year", "cohort", minn=0, allhorizons=True)
others = (time.perf_counter() - start) * panel.columns
print(f"{whole:.2f} {used:.2f} {len(frame)} {ours:.2f} {theirs:.1f} {theirs / ours:.0f} "
      f"{imputed:.3f} {others:.1f} {others / imputed:.0f} {panel.columns}")
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


def passes() -> None:
    """Print how the monthly effects of the register chapter grow with the number of people."""
    write = sys.stdout.write
    for scale in (1, 10, 100):
        _, memory, said = _timed([sys.executable, "-c", PASSES, str(scale)])
        people = f"{12_000 * scale:,}".replace(",", " ")
        what = f"324 monthly effects of {people} people"
        write(f"{what:<44}{said.strip():>9}{memory:>7.2f}\n")
    ours, theirs, ratio = _timed([sys.executable, "-c", PASSES, "ratio"])[2].split()
    write(f"{'the two regressions alone, 12 000 people':<44}{ours:>9}\n")
    write(f"{'the same by statsmodels, scaled up':<44}{theirs:>9}   {ratio} times as long\n")


def municipalities() -> None:
    """Print how long the municipality part takes, and others for the same work."""
    write = sys.stdout.write
    _, memory, said = _timed([sys.executable, "-c", MUNICIPALITIES])
    last = said.splitlines()[-1]  # the other packages print too
    whole, used, rows, ours, theirs, ratio, imputed, others, times, columns = last.split()
    what = f"municipality part ({rows} rows), {used} of processor"
    write(f"{what:<44}{whole:>9}{memory:>7.2f}\n")
    write(f"{f'staggered effects on {columns} outcomes, 999 draws':<44}{ours:>9}\n")
    write(f"{'the same by diff-diff, scaled up':<44}{theirs:>9}   {ratio} times as long\n")
    write(f"{f'imputed effects on {columns} outcomes':<44}{imputed:>9}\n")
    write(f"{'the same by did-imputation, scaled up':<44}{others:>9}   {times} times as long\n")


def main() -> None:
    """Print the table."""
    seconds, memory, said = _timed([sys.executable, "-c", TIMED])
    read, analysis, rows = said.split()
    write = sys.stdout.write
    write(f"{'what':<44}{'seconds':>9}{'GB':>7}\n")
    write(f"{'reading and checking the synthetic study':<44}{read:>9}\n")
    write(f"{f'analysis ({rows} rows of the ledger)':<44}{analysis:>9}\n")
    write(f"{'both, with the start of Python':<44}{seconds:>9.2f}{memory:>7.2f}\n")
    _, memory, said = _timed([sys.executable, "-c", RANDOMISATION])
    ours, theirs, ratio, columns = said.split()
    write(f"{f'10 000 draws and tests of {columns} outcomes':<44}{ours:>9}{memory:>7.2f}\n")
    write(f"{'the same by ritest-python, scaled up':<44}{theirs:>9}   {ratio} times as long\n")
    passes()
    municipalities()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "finsam_report.cli", "render", "--engine", "builtin"]
        seconds, memory, _ = _timed([*command, "--out", f"{folder}/out"])
    write(f"{'finsam-report render, HTML and PDF':<44}{seconds:>9.2f}{memory:>7.2f}\n")


if __name__ == "__main__":
    main()
