"""Is the software right? Estimates of many synthetic trials, held against the known truth.

``python tests/validate.py`` (``nox -s validate``) prints a table and ends with 1 if a line is
outside its limits. ``--trials N`` makes another number of trials than 4 000 in each world.

Three worlds of the survey: the synthetic study as it comes; no effect at all; and answers that
depend on arm and outcome; the register as it comes; and municipalities, as they come and where
members drift away from the others. Each trial is drawn anew, people and answers alike, with a
seed of its own; of municipalities, who joins when stays as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from did_coverage import EARLIEST, LATEST, OUTCOME, one_panel, true_effects
from finsam_report.estimators.bands import sup_t
from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.did_errors import cluster_sums, intervals
from finsam_report.estimators.did_honest import joint_covariance, smoothness
from finsam_report.estimators.did_pretest import pretest_events
from finsam_report.estimators.lee import lee
from finsam_report.estimators.multiple import westfall_young
from finsam_report.estimators.panel import drop_always_treated, make_panel
from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.passes import array_chunks, two_passes
from finsam_report.estimators.subgroups import interaction_p, subgroup_effects
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.inputs.synthetic import (
    RegisterDesign,
    register_tables,
    register_truth,
    survey_tables,
    survey_truth,
)
from finsam_report.inputs.synthetic.membership import draw_membership
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import SCENARIOS
from finsam_report.inputs.synthetic.survey_design import ITEMS, SurveyDesign
from finsam_report.inputs.synthetic.variant import Variant
from finsam_report.parts.people import characteristics, complete, trial
from finsam_report.parts.survey_answers import answer_columns
from finsam_report.places import synthetic_study
from finsam_report.study import Survey, read_study_file

Floats = npt.NDArray[np.float64]

LEVEL = 0.95
DRAWS = 499
# Enough to tell 95 from 93.5 per cent for every item at once.
TRIALS = 4000
REGISTERS = 2000  # of 12 000 people each
PANELS = 1000  # of 290 municipalities over 21 years
HORIZONS = (12, 24, 36)
PATHS = (
    "subsidised_job",
    "new_start_job",
    "unsubsidised_work",
    "wage_income",
    "social_assistance",
    "registered",
    "benefit_right",
)
BASE_SEED = 20261
POPULATION = 200_000
NAMES = [item.id for item in ITEMS]


@dataclass(frozen=True)
class Line:
    """One line of the table: what was counted, how often, and the limits in per cent."""

    world: str
    what: str
    share: float
    low: float
    high: float

    @property
    def fine(self) -> bool:
        return self.low <= 100 * self.share <= self.high


def world(name: str) -> SurveyDesign:
    """The design of a world by the name of its scenario."""
    scenario = None if name == "usual" else name
    design = Variant(parts=("survey",), scenario=scenario).designs().survey
    assert design is not None
    return design


def _trial(part: Survey, design: SurveyDesign, seed: int) -> tuple[Trial, Floats, Floats, object]:
    """One experiment as the report sees it: the trial, the answers, those at baseline."""
    drawn = survey_tables(np.random.default_rng([BASE_SEED, seed]), design)
    people = drawn.participants
    answers = drawn.answers.assign(
        wave=drawn.answers["wave"].astype(str),
        row=pd.Index(people["person"]).get_indexer(drawn.answers["person"]),
    )
    tables = Tables(people, answers)
    seen = characteristics(part.covariates, people)
    experiment = trial(part, people, seen, LEVEL)
    after = answer_columns(part, tables, part.primary_wave).values
    before = complete(answer_columns(part, tables, part.baseline_wave or 1).values)
    return experiment, after, before, people


def _part() -> Survey:
    part = read_study_file(synthetic_study()).survey
    assert part is not None
    return part


def usual(seed: int) -> dict[str, Floats]:
    """Whether the intervals of the primary estimator contain the truth, item by item."""
    design = world("usual")
    experiment, after, before, _ = _trial(_part(), design, seed)
    truth = survey_truth(design)
    itt = truth[(truth["analysis"] == "itt") & (truth["estimator"] == "lin")]
    late = truth[truth["analysis"] == "late"]
    goal = itt.set_index("outcome")["truth"].reindex(NAMES).to_numpy()
    takers = late.set_index("outcome")["truth"].reindex(NAMES).to_numpy()
    out = {}
    for name, adjust in (("lin", True), ("unadjusted", False)):
        found = experiment.itt(after, extra=before, adjust=adjust)
        out[name] = ((found.ci_low <= goal) & (goal <= found.ci_high)).astype(float)
    hits = []
    for j in range(after.shape[1]):
        seen = ~np.isnan(after[:, j])
        per_taker = experiment.among(seen).late(after[seen, j : j + 1], extra=before[seen])
        hits.append(float(per_taker.ar_low[0] <= takers[j] <= per_taker.ar_high[0]))
    return out | {"anderson_rubin": np.array(hits)}


def null(seed: int) -> dict[str, Floats]:
    """Whether a test rejects at 5 per cent although nothing has an effect."""
    experiment, after, before, people = _trial(_part(), world("null"), seed)
    rng = np.random.default_rng([BASE_SEED, seed, 1])
    draws = experiment.assignment.draw(rng, DRAWS)
    found = experiment.itt(after, extra=before)
    plain, adjusted = experiment.test(after, draws, extra=before)
    wise = westfall_young(adjusted.statistic, adjusted.drawn)
    group = (people["sex"] == "woman").to_numpy().astype(np.int64)  # type: ignore[index]
    x = np.hstack([experiment.covariates, before])
    block = experiment.assignment.block
    sexes = subgroup_effects(experiment.support, block, after, group, x, LEVEL)
    p = interaction_p(experiment.assignment, experiment.support, after, group, sexes, draws, x)
    size = 1 - LEVEL
    return {
        "t": (found.p_value <= size).astype(float),
        "randomisation": (adjusted.p_value <= size).astype(float),
        "randomisation_unadjusted": (plain.p_value <= size).astype(float),
        "family": np.array([float(np.nanmin(wise) <= size)]),
        "interaction": (sexes.equality.p_value <= size).astype(float),
        "interaction_randomisation": (p <= size).astype(float),
    }


def heavy(seed: int) -> dict[str, Floats]:
    """Whether trimming bounds contain the effect among those who would answer in either arm."""
    design = world("heavy-attrition")
    experiment, after, _, _ = _trial(_part(), design, seed)
    goal = always_answer(design)
    bounds = lee(experiment.support, after, experiment.assignment.block, None, LEVEL)
    plain = experiment.itt(after, adjust=False)
    whole = survey_truth(design)
    itt = whole[(whole["analysis"] == "itt") & (whole["estimator"] == "lin")]
    everyone = itt.set_index("outcome")["truth"].reindex(NAMES).to_numpy()
    return {
        "bounds": ((bounds.lower <= goal) & (goal <= bounds.upper)).astype(float),
        "interval": ((bounds.ci_low <= goal) & (goal <= bounds.ci_high)).astype(float),
        "unadjusted": ((plain.ci_low <= everyone) & (everyone <= plain.ci_high)).astype(float),
    }


def register(seed: int) -> dict[str, Floats]:
    """Whether intervals and bands of the register experiment contain the truth."""
    design = RegisterDesign()
    drawn = register_tables(np.random.default_rng([BASE_SEED, 9, seed]), design)
    study = read_study_file(synthetic_study()).register_
    assert study is not None
    people = drawn.participants
    seen = characteristics(study.covariates, people)
    experiment = trial(study, people, seen, LEVEL)
    names = [name for name in drawn.outcomes if name in PATHS]
    columns = np.hstack([drawn.outcomes[name] for name in names]).astype(np.float64)
    months = columns.shape[1] // len(names)
    paths = [np.arange(k * months, (k + 1) * months) for k in range(len(names))]
    chunks = array_chunks(
        experiment.support, experiment.assignment.block, experiment.covariates, columns,
        take_up=experiment.take_up,
    )  # fmt: skip
    found = two_passes(chunks, paths=paths, level=LEVEL, workers=1)[Selection()].adjusted
    truth = register_truth(design)
    itt = truth[(truth["analysis"] == "itt") & (truth["estimator"] == "lin")]
    late = truth[truth["analysis"] == "late"]
    units = np.array([1.0 if name == "wage_income" else 100.0 for name in names])
    out: dict[str, Floats] = {}
    goal = np.concatenate([_by_month(itt, name, months) for name in names])
    goal = goal / np.repeat(units, months)
    takers = np.concatenate([_by_month(late, name, months) for name in names])
    takers = takers / np.repeat(units, months)
    at = np.array([k * months + h - 1 for k in range(len(names)) for h in HORIZONS])
    effects, per = found.effects, found.takers
    assert per is not None
    out["itt"] = ((effects.ci_low <= goal) & (goal <= effects.ci_high))[at].astype(float)
    inside = ((per.ci_low <= takers) & (takers <= per.ci_high)).astype(float)
    out["late"] = np.where(np.isnan(takers), np.nan, inside)[at]
    bands = []
    for k, path in enumerate(paths):
        rng = np.random.default_rng([BASE_SEED, 10, seed, k])
        band = sup_t(effects.estimate[path], found.covariance[k], rng, LEVEL, 2000)
        bands.append(float(np.all((band.low <= goal[path]) & (goal[path] <= band.high))))
    return out | {"band": np.array(bands)}


def _panel_design(scenario: str):  # type: ignore[no-untyped-def]
    design = SCENARIOS[scenario]
    return replace(design, outcomes=tuple(o for o in design.outcomes if o.id == OUTCOME))


def municipalities(seed: int) -> dict[str, Floats]:
    """Whether intervals and bands of effects on municipalities hold the truth."""
    members = draw_membership(np.random.default_rng(BASE_SEED))
    rng = np.random.default_rng([BASE_SEED, seed, 2])
    held = one_panel(rng, _panel_design("usual"), members, "not_yet")
    return {name: np.array([float(inside)]) for name, inside in held.items()}


def drifting(seed: int) -> dict[str, Floats]:
    """Whether a drift of members is found, and what is said of the effect although there is one.

    The effect is the average over the first five years. ``parallel`` trusts in parallel trends,
    ``straight`` allows for a straight drift.
    """
    design = _panel_design("violated-trends")
    members = draw_membership(np.random.default_rng(BASE_SEED))
    rng = np.random.default_rng([BASE_SEED, seed, 3])
    table = municipality_tables(rng, design, members).years
    own = table[(table["sex"] == "all") & (table["age_band"] == "18-64")]
    wide = own.pivot(index="municipality", columns="year", values="value")
    outcome = wide.loc[list(members.codes)].to_numpy()
    panel, _ = drop_always_treated(make_panel(outcome, design.years, members.joined))
    cells = group_time_effects(panel, "not_yet", "universal", small_sample=True)
    found = averages(cells, "event")
    when = found.at
    shown = np.flatnonzero((when >= EARLIEST) & (when <= LATEST) & (when != -1))
    after = when[shown] >= 0
    target = np.where(when[shown] < 5, 0.2, 0.0)[after]
    estimate, influence = found.estimate[shown], found.influence[shown]
    scores = cluster_sums(influence, found.cluster).transpose(1, 0, 2) / found.cluster.size
    covariance = joint_covariance(scores)
    by = true_effects(members.joined, design)[1]["event"]
    truth = float(np.mean([by[event] for event in range(5)]))
    error = np.sqrt(target @ covariance[0][np.ix_(after, after)] @ target)
    df = np.full(1, np.inf)
    low, high, _ = intervals(target @ estimate[after], np.full(1, error), df)
    robust = smoothness(when[shown], estimate, covariance, target, np.zeros(1))
    warned = pretest_events(found, earliest=EARLIEST).p_value_small[0] < 0.05
    straight = robust.low[0, 0] <= truth <= robust.high[0, 0]
    return {
        "parallel": np.array([low[0] <= truth <= high[0]]),
        "found": np.array([warned]),
        "straight": np.array([straight]),
        "either": np.array([warned or straight]),
    }


def _by_month(truth: pd.DataFrame, outcome: str, months: int) -> Floats:
    own = truth[truth["outcome"] == outcome].set_index("horizon")["truth"]
    return own.reindex(np.arange(1, months + 1)).to_numpy(dtype=np.float64)


_ALWAYS: dict[SurveyDesign, Floats] = {}


def always_answer(design: SurveyDesign) -> Floats:
    """True mean effect among people who would answer the primary survey in either arm."""
    if design not in _ALWAYS:
        large = replace(design, people=POPULATION)
        both = survey_tables(np.random.default_rng(BASE_SEED), large).potential
        who = both.responds.all(axis=0)
        _ALWAYS[design] = (both.answers[0] - both.answers[1])[who].mean(axis=0)
    return _ALWAYS[design]


def _run(
    pool: ProcessPoolExecutor, job: Callable[[int], dict[str, Floats]], trials: int
) -> dict[str, Floats]:
    """Share of trials in which each thing held, item by item."""
    results = list(pool.map(job, range(trials), chunksize=max(trials // 40, 1)))
    return {name: np.mean([r[name] for r in results], axis=0) for name in results[0]}


def lines(trials: int) -> list[Line]:
    out: list[Line] = []
    with ProcessPoolExecutor(2) as pool:
        found = _run(pool, usual, trials)
        for name, what in (
            ("lin", "interval covers the effect"),
            ("unadjusted", "unadjusted interval covers"),
            ("anderson_rubin", "Anderson-Rubin set covers"),
        ):
            limits = (93.5, 96.5) if name == "lin" else (93.0, 97.0)
            for item, share in zip(NAMES, found[name], strict=True):
                out.append(Line("usual", f"{what}: {item}", float(share), *limits))
        found = _run(pool, null, trials)
        for name, what in (
            ("t", "t test rejects, mean of items"),
            ("randomisation", "randomisation test rejects, mean of items"),
            ("randomisation_unadjusted", "the same, unadjusted"),
            ("interaction", "interaction test rejects (sex)"),
            ("interaction_randomisation", "the same by randomisation"),
        ):
            out.append(Line("null", what, float(found[name].mean()), 4.0, 6.0))
        out.append(
            Line("null", "Westfall-Young rejects some item", float(found["family"][0]), 0, 6)
        )
        found = _run(pool, heavy, trials)
        for name, what in (
            ("bounds", "Lee bounds contain the effect"),
            ("interval", "Imbens-Manski interval covers"),
        ):
            for item, share in zip(NAMES, found[name], strict=True):
                out.append(Line("heavy-attrition", f"{what}: {item}", float(share), 95.0, 100.0))
        studies = min(trials, REGISTERS)
        found = _run(pool, register, studies)
        for k, name in enumerate(PATHS):
            for at, horizon in enumerate(HORIZONS):
                share = float(found["itt"][k * len(HORIZONS) + at])
                what = f"interval covers: {name}, {horizon} months"
                out.append(Line("register", what, share, 93.5, 96.5))
        late = found["late"][~np.isnan(found["late"])]
        out.append(Line("register", "per taker, mean of all", float(late.mean()), 93.5, 96.5))
        for name, share in zip(PATHS, found["band"], strict=True):
            out.append(Line("register", f"band holds the path: {name}", float(share), 93.0, 97.0))
        out += _municipality_lines(pool, min(trials, PANELS))
    return out


def _municipality_lines(pool: ProcessPoolExecutor, panels: int) -> list[Line]:
    found = _run(pool, municipalities, panels)
    named = {"simple overall": "interval covers: all member years"}
    named |= {f"{kind} overall": f"interval covers: mean over {kind}" for kind in
              ("event", "group", "calendar")}  # fmt: skip
    named |= {f"event {at}": f"interval covers: {at} years since joining" for at in
              range(EARLIEST, LATEST + 1) if at != -1}  # fmt: skip
    named |= {"event band": "band holds all years since joining",
              "pre-test small": "test of trends is silent"}  # fmt: skip
    out = [
        Line("municipality", what, float(found[name][0]), 93.0, 97.0)
        for name, what in named.items()
    ]
    found = _run(pool, drifting, panels)
    # Those who join late drift less, so that the drift by years since joining is not straight.
    for name, what, low, high in (
        ("parallel", "interval under parallel trends covers", 0.0, 20.0),
        ("found", "test of trends finds the drift", 50.0, 100.0),
        ("straight", "interval with a straight drift covers", 80.0, 97.0),
        ("either", "one of these two", 85.0, 100.0),
    ):
        out.append(Line("violated-trends", what, float(found[name][0]), low, high))
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS)
    trials = parser.parse_args().trials
    found = lines(trials)
    error = 100 * np.sqrt(0.05 * 0.95 / trials)
    sys.stdout.write(f"{trials} trials in each world; a share of 95 or 5 per cent is known to "
                     f"about {error:.1f} percentage points\n")  # fmt: skip
    for line in found:
        mark = "  " if line.fine else "!!"
        limits = f"{line.low:g} to {line.high:g}"
        sys.stdout.write(
            f"{mark} {line.world:16} {line.what:52} {100 * line.share:6.1f}  ({limits})\n"
        )
    return 0 if all(line.fine for line in found) else 1


if __name__ == "__main__":
    sys.exit(main())
