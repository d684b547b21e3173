"""Do intervals and bands of staggered effects hold the truth as often as they say?

``python tests/did_coverage.py --panels 500`` draws synthetic panels of municipalities, all with
the same membership, and counts. Who joins when is fixed, so that the effects counted are those
of these cohorts; municipalities' noise is drawn anew and independently of each other.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace

import numpy as np

from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_bootstrap import DRAWS, bands, multipliers
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.did_errors import intervals
from finsam_report.estimators.did_pretest import pretest_events
from finsam_report.estimators.panel import drop_always_treated, make_panel
from finsam_report.inputs.synthetic.membership import draw_membership
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import SCENARIOS, municipality_truth

SCENARIO = "usual"
OUTCOME = "sickness_benefit"
EARLIEST, LATEST = -5, 8
KINDS = ("simple", "event", "group", "calendar")


def true_effects(joined, design, group="all"):
    """Truth by kind of average: its overall, and by event time, cohort or year."""
    table = municipality_truth(joined, design)
    table = table[table["group"] == group]
    by = {
        kind: dict(zip(part["horizon"], part["truth"], strict=True))
        for kind, part in table.groupby("analysis")
    }
    sizes = {g: np.sum(joined == g) for g in by["group"]}
    overall = {
        "simple": next(iter(by["overall"].values())),
        "event": np.mean([value for event, value in by["event"].items() if event >= 0]),
        "group": np.average(list(by["group"].values()), weights=list(sizes.values())),
        "calendar": np.mean(list(by["calendar"].values())),
    }
    return overall, by


def one_panel(rng, design, members, group="never", *, small=True, weighted=False):
    """Whether each interval or band of one synthetic panel holds the truth."""
    table = municipality_tables(rng, design, members).years
    own = table[(table["sex"] == "all") & (table["age_band"] == "18-64")]
    wide = own.pivot(index="municipality", columns="year", values="value")
    panel, _ = drop_always_treated(
        make_panel(
            wide.loc[list(members.codes)].to_numpy(),
            design.years,
            members.joined,
            members.people if weighted else None,
        )
    )
    cells = group_time_effects(panel, group, small_sample=small)
    overall, by = true_effects(members.joined, design)
    drawn = multipliers(panel.units, DRAWS, rng, "normal" if small else "mammen")
    held = {}
    for kind in ("event",) if weighted else KINDS:
        found = averages(cells, kind)
        df = (found.df, found.overall_df) if small else (np.inf, np.inf)
        low, high, _ = intervals(found.overall, found.overall_std_error, df[1])
        held[f"{kind} overall"] = low[0] <= overall[kind] <= high[0]
        if kind == "simple":
            continue
        part = np.ones(found.at.size, dtype=bool)
        if kind == "event":
            part = (found.at >= EARLIEST) & (found.at <= LATEST)
            test = pretest_events(found, earliest=EARLIEST)
            held["pre-test chi-squared"] = test.p_value[0] > 0.05
            held["pre-test small"] = test.p_value_small[0] > 0.05
        truth = np.array([by[kind][at] for at in found.at])[part]
        low, high, _ = intervals(found.estimate, found.std_error, df[0])
        inside = (low[part, 0] <= truth) & (truth <= high[part, 0])
        held |= {f"{kind} {at}": hit for at, hit in zip(found.at[part], inside, strict=True)}
        own = {"std_error": found.std_error[part], "df": found.df[part]} if small else {}
        band = bands(found.estimate[part], found.influence[part], found.cluster, drawn, **own)
        held[f"{kind} band"] = np.all((band.low[:, 0] <= truth) & (truth <= band.high[:, 0]))
    return held


def coverage(panels, seed=1, group="never", scenario=SCENARIO, *, small=True, weighted=False):
    """Share of panels in which each interval or band holds the truth.

    Args:
        panels: How many to draw.
        seed: Of membership and panels.
        group: What to compare with.
        scenario: World that they are drawn from.
        small: Correct errors for small cohorts, and use the t distribution; else as published.
        weighted: Weight municipalities by people; only effects by event time, which are the
            same in all, are counted then.
    """
    design = SCENARIOS[scenario]
    design = replace(design, outcomes=tuple(o for o in design.outcomes if o.id == OUTCOME))
    members = draw_membership(np.random.default_rng(seed))
    counted = defaultdict(list)
    for number in range(panels):
        rng = np.random.default_rng([seed, number])
        for name, inside in one_panel(
            rng, design, members, group, small=small, weighted=weighted
        ).items():
            counted[name].append(bool(inside))
    return {name: float(np.mean(inside)) for name, inside in counted.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--panels", type=int, default=500)
    parser.add_argument("--group", default="never", choices=["never", "not_yet"])
    parser.add_argument("--published", action="store_true", help="without small-sample parts")
    parser.add_argument("--weighted", action="store_true", help="municipalities by people")
    options = parser.parse_args()
    kind = {"small": not options.published, "weighted": options.weighted}
    found = coverage(options.panels, group=options.group, **kind)
    for name, share in found.items():
        print(f"{name:24s} {100 * share:5.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
