"""Many registers with later draws: which comparisons find the effect that was put in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import itt
from finsam_report.inputs.synthetic.later_draws import LaterDraws
from finsam_report.inputs.synthetic.register import RegisterTables, register_tables
from finsam_report.inputs.synthetic.register_design import RegisterDesign
from finsam_report.inputs.synthetic.truth import register_truth
from finsam_report.inputs.synthetic.variant import Variant, sized_register
from finsam_report.parts import register_later
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.people import characteristics, trial
from finsam_report.parts.register_columns import ITT, Panels, described, specs
from finsam_report.places import synthetic_study
from finsam_report.study import Register, read_study_file

Floats = npt.NDArray[np.float64]
REGISTERS, PEOPLE, HORIZONS = 100, 2000, (12, 24)
OUTCOMES = ("subsidised_job", "wage_income_year")
MANNERS = ("censored", "stacked", "stacked_undiluted", "unadjusted", "unweighted")


def scenario() -> RegisterDesign:
    """The scenario with fewer people, more of them drawn later, and nobody who leaves."""
    design = Variant(parts=("register",), scenario="later-draws").designs().register
    assert design is not None
    later = LaterDraws(listed=0.1, older=0.6)
    return replace(sized_register(design, PEOPLE), later=later, exits=(1e-9, 1e-9))


@cache
def declared() -> Register:
    part = read_study_file(synthetic_study()).register_
    assert part is not None
    outcomes = [o.model_copy(update={"horizons": ()}) for o in part.outcomes if o.id in OUTCOMES]
    return part.model_copy(update={"outcomes": tuple(outcomes), "horizons": HORIZONS})


def _work(made: RegisterTables) -> Any:
    """What rows on later draws need, without the passes over everything else."""
    part, people, n = declared(), made.participants, len(made.participants)
    months = made.outcomes["registered"].shape[1]
    seen = (np.arange(1, months + 1) <= made.last[:, None]).ravel()
    followed = pd.DataFrame({
        "row": np.repeat(np.arange(n, dtype=np.int32), months),
        "period": np.tile(np.arange(1, months + 1), n),
        **{name: made.outcomes[name].ravel().astype(float)
           for name in ("subsidised_job", "wage_income")},
    })[seen]  # fmt: skip
    panels = Panels(followed, n)
    chosen = [s for s in specs(part, np.array(HORIZONS), take_up=False) if s.main]
    chosen = [s for s in chosen if s.analysis == ITT and s.horizon in HORIZONS]
    return SimpleNamespace(
        part=part, panels=panels, limits=(part.minimum_events, part.minimum_events_arm),
        trial=trial(part, people, characteristics(part.covariates, people), 0.95),
        dominance=Dominance(2, 0.9),
        main_columns=replace(described(chosen), values=panels.matrix(chosen, None, 0, n)),
    )  # fmt: skip


def _differences(work: Any, values: Floats, name: str) -> pd.DataFrame:
    columns = work.main_columns
    plain = itt(work.trial.support, work.trial.assignment.block, values)
    return pd.DataFrame({
        "outcome": columns.outcomes, "horizon": columns.horizons,
        "estimate": plain.estimate * columns.scale, "estimator": name,
    })  # fmt: skip


def _estimates(made: RegisterTables) -> pd.DataFrame:
    work = _work(made)
    columns = work.main_columns
    assert made.draws is not None
    draws = made.draws.assign(date=pd.to_datetime(made.draws["date"]))
    listed = register_later.lists(work.part, made.participants, work.trial.support, draws)
    gone = (listed.own > 0)[:, None] & (listed.own[:, None] < columns.horizons)
    return pd.concat([
        *register_later.censored_rows(work, listed), *register_later.stacked_rows(work, listed),
        _differences(work, columns.values, "unadjusted"),
        _differences(work, np.where(gone, np.nan, columns.values), "unweighted"),
    ])  # fmt: skip


@cache
def simulated() -> pd.DataFrame:
    """Estimates of each manner, those without any later draw, and the truth."""
    design = scenario()
    none = replace(design, later=LaterDraws(listed=0.0))
    truth = register_truth(design).query("estimator == 'censored'")
    truth = truth.set_index(["outcome", "horizon"])["truth"]
    out = []
    for seed in range(REGISTERS):
        rngs = (np.random.default_rng([31, seed]) for _ in range(2))
        made, same_people = (
            register_tables(r, d) for r, d in zip(rngs, (design, none), strict=True)
        )
        found = _estimates(made)
        found = found[found["estimator"].isin(MANNERS) & found["outcome"].isin(OUTCOMES)]
        work = _work(same_people)  # of whom nobody is in a later draw
        same = _differences(work, work.main_columns.values, "").set_index(["outcome", "horizon"])
        at = pd.MultiIndex.from_frame(found[["outcome", "horizon"]])
        out.append(found.assign(
            seed=seed, without=same["estimate"].reindex(at).to_numpy(),
            truth=truth.reindex(at).to_numpy(),
        ))  # fmt: skip
    return pd.concat(out, ignore_index=True)


def gaps() -> pd.DataFrame:
    """By manner, outcome and horizon: mean gap to the estimate without later draws, and its s.e."""
    frame = simulated()
    gap = (frame["estimate"] - frame["without"]).rename("gap")
    found = gap.groupby([frame["estimator"], frame["outcome"], frame["horizon"]])
    return pd.DataFrame({"mean": found.mean(), "error": found.std() / np.sqrt(REGISTERS)})


def test_intervals_of_the_manners_that_are_not_diluted_cover_the_truth() -> None:
    frame = simulated()
    inside = (frame["ci_low"] <= frame["truth"]) & (frame["truth"] <= frame["ci_high"])
    share = inside.groupby(frame["estimator"]).mean()
    for name in ("censored", "stacked_undiluted"):
        assert 0.90 <= share[name] <= 0.98, share


def test_the_comparison_by_first_draw_is_diluted_and_so_is_that_of_every_draw() -> None:
    found = gaps()
    for name in ("unadjusted", "stacked"):
        for outcome in OUTCOMES:
            late = found.loc[(name, outcome, 24.0)]
            assert late["mean"] < -3 * late["error"], found


def test_the_other_manners_give_what_there_would_be_without_later_draws() -> None:
    found, truth = gaps(), simulated().groupby(["outcome", "horizon"])["truth"].first()
    for name in ("censored", "stacked_undiluted"):
        for key, value in truth.items():
            here = found.loc[(name, *key)]
            assert abs(here["mean"]) < 3 * here["error"] + 0.05 * abs(value), found


def test_following_people_up_to_a_later_draw_without_weights_is_biased() -> None:
    found = gaps()
    for outcome in OUTCOMES:
        here = found.loc[("unweighted", outcome, 24.0)]
        assert abs(here["mean"]) > 4 * here["error"], found
