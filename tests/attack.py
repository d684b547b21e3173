"""The attack on a thousand small studies, on all cores: ``python tests/attack.py [HOW_MANY]``."""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from finsam_report.parts.ledger import CELL
from finsam_report.release import Policy, release
from release.attack import found_out, naive
from release.small_studies import MILD, make

EVERY = 20  # every twentieth study is also attacked without complements


def attacked(seed: int) -> list[str]:
    """By which rules a study gave something away."""
    warnings.simplefilter("ignore")
    study = make(seed)
    whole = study.ledger.frame
    lost = [
        name
        for name, policy in (("default", Policy()), ("mild", MILD))
        if found_out(study.people, whole, release(study.ledger, policy).frame, base=policy.rounding)
    ]
    if seed % EVERY == 0 and found_out(study.people, whole, naive(whole, CELL), base=1):
        lost.append("primary only")
    return lost


def main(number: int) -> int:
    """How many studies gave something away; those of the full rules with their seeds."""
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor() as workers:
        for seed, lost in enumerate(workers.map(attacked, range(number), chunksize=5)):
            counts.update(lost)
            for name in set(lost) - {"primary only"}:
                sys.stdout.write(f"study {seed}: found out with the {name} rules\n")
                sys.stdout.flush()
    tried = len(range(0, number, EVERY))
    sys.stdout.write(
        f"{number} studies: {counts['default']} found out with the default rules, "
        f"{counts['mild']} with mild ones; {counts['primary only']} of {tried} without "
        "complements\n"
    )
    # With rules far below the defaults, in studies of a few dozen people, some can be found.
    return int(counts["default"] > 0 or counts["primary only"] < tried)


if __name__ == "__main__":
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # each process has a core
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
