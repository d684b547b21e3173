"""Studies of few people, made by chance, as ledgers: the real rows of the real parts."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.trial import Trial
from finsam_report.parts import common, effects, register_further, survey_answers, survey_flow
from finsam_report.parts.ledger import CELL, Ledger, join, rows
from finsam_report.parts.people import Characteristics, complete
from finsam_report.release import Policy

LEVELS = ("low", "middle", "high")
PARTIES = ("region", "municipality", "employment_service")
MONTHS = ("2020-05", "2020-06", "2020-07", "2020-08")
ITEM = SimpleNamespace(id="job", minimum=1, maximum=5, direction="up")
HORIZONS = (1, 2, 3)
# As much as possible is shown: then there is most to count with.
MILD = Policy(mean_minimum=3, percentile_side=3, model_minimum=5, model_df=3, rounding=1)


@dataclass(frozen=True)
class SmallStudy:
    """A study: who its people are, a row each, and its ledger."""

    people: pd.DataFrame
    ledger: Ledger


def _characteristics(people: pd.DataFrame) -> Characteristics:
    education = people["education"].to_numpy(dtype=object)
    unknown = education == ""
    columns = [(people["sex"] == "woman").to_numpy(float)]
    columns += [np.where(unknown, np.nan, education == level) for level in LEVELS]
    names = ("sex=woman", *(f"education={level}" for level in LEVELS))
    return Characteristics(
        names, ("percent",) * 4, np.column_stack(columns).astype(float), np.ones(4, dtype=bool)
    )


def _people(rng: np.random.Generator) -> pd.DataFrame:
    n = int(rng.integers(40, 160))
    blocks = int(rng.integers(1, 4))
    block = rng.choice(blocks, n, p=rng.dirichlet(np.full(blocks, 3.0)))
    support = rng.random(n) < rng.choice([0.5, 0.6])
    rare = rng.beta(1, 6, 3)
    education = rng.choice([*LEVELS, ""], n, p=[0.45, 0.4, 0.12, 0.03])
    answered = rng.random(n) < rng.choice([0.7, 0.9, 0.97])
    job = rng.choice(np.arange(1, 6), n, p=rng.dirichlet(np.full(5, 1.2))).astype(float)
    job[~answered | (rng.random(n) < 0.04)] = np.nan
    frame = pd.DataFrame(
        {
            "block": [f"b{b}" for b in block],
            "arm": np.where(support, "support", "control"),
            "sex": rng.choice(["woman", "man"], n, p=[0.6, 0.4]),
            "education": education,
            "answered": answered,
            "job": job,
            "met": np.where(support, rng.random(n) < 0.8, rng.random(n) < rare[0]),
            "party": rng.choice(PARTIES, n, p=[0.6, 0.3, 0.1]),
            "month": rng.choice(MONTHS, n),
        }
    )
    for month in HORIZONS:
        frame[f"work{month}"] = rng.random(n) < rare[1] + 0.05 * month * support
    # Both arms in every block, as in any block in which chance decided.
    arms = frame.groupby("block")["arm"].value_counts().unstack(fill_value=0)
    good = arms.index[(arms.reindex(columns=["support", "control"], fill_value=0) > 1).all(axis=1)]
    return frame[frame["block"].isin(good)].reset_index(drop=True)


def _subgroup(people: pd.DataFrame, trial: Trial, columns: common.Columns) -> list[pd.DataFrame]:
    out = []
    for variable in ("sex", "education"):
        for level in sorted(set(people[variable]) - {""}):
            inside = (people[variable] == level).to_numpy()
            values = np.where(inside[:, None], columns.values, np.nan)
            found = trial.itt(values)
            cell = common.smallest_cells(values, columns.shares, trial.support)
            out.append(
                effects.effect_rows("survey", columns, found, "lin", cell, analysis="subgroup",
                                    group=f"{variable}={level}")
            )  # fmt: skip
    return out


def _recruitment(people: pd.DataFrame) -> pd.DataFrame:
    counts = people.groupby(["party", "month"]).size()
    whole = pd.MultiIndex.from_product([sorted(people["party"].unique()), MONTHS])
    counts = counts.reindex(whole, fill_value=0)
    return rows(
        part="survey", analysis="recruitment", outcome="randomised",
        group=[f"party={party}|month:{month}" for party, month in counts.index],
        estimator="count", estimate=counts.to_numpy(float), unit="people",
        **{CELL: counts.to_numpy(float)},
    )  # fmt: skip


def _months(people: pd.DataFrame, trial: Trial, *, totals: bool) -> list[pd.DataFrame]:
    """Work by month in both arms, and summed over the months."""
    work = people[[f"work{m}" for m in HORIZONS]].to_numpy(float)
    out: list[pd.DataFrame] = []
    pieces = [("", np.array(HORIZONS, float), work, "percent")]
    if totals:
        pieces.append(("cumulated", np.array([3.0]), work.sum(axis=1, keepdims=True), "months"))
    for name, horizons, values, unit in pieces:
        k = len(horizons)
        columns = common.Columns(("work",) * k, horizons, (unit,) * k, ("work",) * k, values)
        cell = common.smallest_cells(values, columns.shares, trial.support)
        found = trial.itt(values, adjust=False)
        out.append(effects.effect_rows("register", columns, found, "unadjusted", cell,
                                       analysis=name or "itt"))  # fmt: skip
        for arm, means in (("support", found.mean_support), ("control", found.mean_control)):
            out.append(
                rows(
                    part="register", analysis=f"{name}_mean".lstrip("_"), outcome="work",
                    group=f"arm:{arm}", horizon=horizons, estimator="block_weighted",
                    estimate=means * columns.scale, n_support=found.n_support,
                    n_control=found.n_control, unit=unit, **{CELL: cell},
                )
            )  # fmt: skip
    everybody = np.ones(len(people), dtype=bool)
    return [*common.count_rows("register", "randomised", everybody, trial, blocks=True), *out]


def make(seed: int) -> SmallStudy:
    """A small study and its ledger, before disclosure control."""
    rng = np.random.default_rng([8, seed])
    people = _people(rng)
    labels = tuple(sorted(people["block"].unique()))
    codes = pd.Categorical(people["block"], categories=labels).codes.astype(np.int64)
    support = (people["arm"] == "support").to_numpy()
    seen = _characteristics(people)
    trial = Trial(
        Assignment.realised(codes, support, labels), support, complete(seen.values),
        people["met"].to_numpy(float),
    )  # fmt: skip
    got = people["answered"].to_numpy()
    draws = trial.assignment.draw(rng, 3)
    part: Any = SimpleNamespace(
        items=(ITEM,), wave=lambda w: SimpleNamespace(wave=w, month=6, arms=("support", "control"))
    )
    columns = common.Columns(
        ("job",), np.array([6.0]), ("scale points",), ("job",), people[["job"]].to_numpy(float)
    )
    everybody = np.ones(len(people), dtype=bool)
    out = common.count_rows("survey", "randomised", everybody, trial, blocks=True)
    out.append(_recruitment(people))
    out += survey_flow.response_rows(part, trial, got, 2, draws, blocks=True)
    out.append(common.description_rows("survey", seen))
    out += common.balance_rows("survey", trial, seen, draws, "all")
    among = trial.among(got)
    out += common.balance_rows(
        "survey", among,
        Characteristics(seen.names, seen.units, seen.values[got], seen.adjust),
        among.assignment.draw(rng, 3), "respondents",
    )  # fmt: skip
    out.append(survey_flow.who_answered_rows(seen, got, 2))
    out += effects.take_up_rows("survey", trial, 6.0, blocks=True)
    for piece in (*register_further.met_rows(trial, seen),
                  *register_further.stage_rows(trial, 6.0)):  # fmt: skip
        out.append(piece.assign(part="survey"))
    out += survey_answers.missing_rows(columns, got, trial)
    out += survey_answers.distribution_rows(part, columns, support)
    out += survey_answers.arm_mean_rows([(columns, ("support", "control"))], trial)
    cell = common.smallest_cells(columns.values, columns.shares, support)
    found = trial.itt(columns.values, adjust=False)
    out.append(effects.effect_rows("survey", columns, found, "unadjusted", cell))
    out += _subgroup(people, trial, columns)
    out += _months(people, trial, totals=bool(rng.random() < 0.7))
    return SmallStudy(people, join(out))
