"""The attack on a thousand small studies: ``python tests/attack.py [HOW_MANY]``."""

from __future__ import annotations

import sys
import warnings

from finsam_report.parts.ledger import CELL
from finsam_report.release import Policy, release
from release.attack import found_out, naive
from release.small_studies import MILD, make


def main(number: int) -> int:
    """How many studies gave something away; printed with their seeds."""
    lost = {"default": 0, "mild": 0, "primary only": 0}
    for seed in range(number):
        study = make(seed)
        whole = study.ledger.frame
        for name, policy in (("default", Policy()), ("mild", MILD)):
            found = found_out(
                study.people, whole, release(study.ledger, policy).frame, base=policy.rounding
            )
            if found:
                lost[name] += 1
                sys.stdout.write(f"{seed} {name} {found[:3]}\n")
                sys.stdout.flush()
        if seed % 20 == 0:
            lost["primary only"] += bool(found_out(study.people, whole, naive(whole, CELL), base=1))
    tried = len(range(0, number, 20))
    sys.stdout.write(
        f"{number} studies: {lost['default']} found out with the default rules, {lost['mild']} "
        f"with mild ones; {lost['primary only']} of {tried} without complements\n"
    )
    # With rules far below the defaults, in studies of a few dozen people, some can be found.
    return int(lost["default"] > 0 or lost["primary only"] < tried)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
