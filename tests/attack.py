"""The attack on a thousand small studies, on all cores: ``python tests/attack.py [HOW_MANY]``."""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from finsam_report.parts.ledger import CELL
from finsam_report.release import Policy, release
from release import small_organisations
from release.attack import found_out, naive
from release.small_studies import MILD, make

EVERY = 20  # every twentieth study is also attacked without complements
FOURTH = 4  # with every fourth study an organisation is attacked


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
    if seed % FOURTH == 0:
        # By turns the report on the country and the report on one association.
        small = small_organisations.make(seed, one=seed % (2 * FOURTH) > 0)
        if small_organisations.found_out(small, release(small.ledger).frame):
            lost.append("organisation")
        if seed % EVERY == 0:
            shown = naive(small.ledger.frame, CELL)
            if small_organisations.found_out(small, shown):
                lost.append("organisation, primary only")
    return lost


def main(number: int) -> int:
    """How many studies gave something away; those of the full rules with their seeds."""
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor() as workers:
        for seed, lost in enumerate(workers.map(attacked, range(number), chunksize=5)):
            counts.update(lost)
            for name in sorted(lost):
                if not name.endswith("primary only"):
                    sys.stdout.write(f"study {seed}: found out ({name})\n")
                sys.stdout.flush()
    tried = len(range(0, number, EVERY))
    sys.stdout.write(
        f"{number} studies: {counts['default']} found out with the default rules, "
        f"{counts['mild']} with mild ones; {counts['primary only']} of {tried} without "
        f"complements\n{len(range(0, number, FOURTH))} organisations: {counts['organisation']} "
        f"found out; {counts['organisation, primary only']} of {tried} without complements\n"
    )
    # With rules far below the defaults, in studies of a few dozen people, some can be found.
    naive_fails = counts["primary only"] == tried and counts["organisation, primary only"] > 0
    return int(counts["default"] + counts["organisation"] > 0 or not naive_fails)


if __name__ == "__main__":
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # each process has a core
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
