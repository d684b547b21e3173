"""What is odd in a study without breaking its contract: warnings that the report lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from finsam_report.inputs.blocks import block_labels, month_numbers
from finsam_report.inputs.tables import cell_problem
from finsam_report.problems import Problem
from finsam_report.study import Register, Survey

if TYPE_CHECKING:
    from finsam_report.inputs.read import Tables

Report = Callable[[Problem], None]

UNLIKELY = 0.001
THOUSANDS = 1000.0


def _warn(file: str, column: str | None, found: str, expected: str, mend: str) -> Problem:
    return Problem(
        file=file, column=column, found=found, expected=expected, mend=mend, severity="warning"
    )


def shares(part: Survey | Register, people: pd.DataFrame, report: Report) -> None:
    """The share of support in each block against the declared one, by the binomial test."""
    share = part.assignment.share_support
    if share is None:
        return
    label = block_labels(part, people)
    support = people["arm"] == part.arms.support.value
    for name, inside in support.groupby(label, sort=True):
        got, n = int(inside.sum()), len(inside)
        # Numbers under five say too much of a block.
        if min(got, n - got) < 5 or abs(got - share * n) <= 2 * np.sqrt(n * share * (1 - share)):
            continue
        from scipy.stats import binomtest  # slow to import, seldom needed

        p = float(binomtest(got, n, share).pvalue)
        if p >= UNLIKELY:
            continue
        where = f"block '{name}': " if part.assignment.blocks else ""
        report(
            _warn(
                part.participants,
                "arm",
                f"{where}{got} of {n} people in the support arm ({100 * got / n:.0f} per cent)",
                f"about {100 * share:.0f} per cent, as declared (binomial p = {p:.2g})",
                "check arm and blocks, or assignment.share_support in study.toml",
            )
        )


def dates(part: Survey | Register, people: pd.DataFrame, report: Report) -> None:
    """Dates in order: referred, randomised, met a team. A later one before an earlier stops."""
    order = [name for name in ("referred", "randomised", "met_date") if name in people.columns]
    for first, second in pairwise(order):
        if second == "met_date":  # may be given by month, which begins before the day
            wrong = month_numbers(people[second]) < month_numbers(people[first])
        else:
            wrong = (people[second] < people[first]).to_numpy(dtype=bool)
        if wrong.any():
            report(
                cell_problem(
                    part.participants,
                    second,
                    people.index.to_numpy()[wrong],
                    f"a date before {first}",
                    f"{first} first, then {second}",
                    "correct the dates",
                )
            )


def answered(part: Survey, tables: Tables, report: Report) -> None:
    """Answers come after randomisation, and from people who agreed to take part."""
    people, frame = tables.participants, tables.followed
    row = frame["row"].to_numpy()
    known = row >= 0  # strangers are reported where they stand
    if {"answered"} <= set(frame.columns) and "randomised" in people.columns:
        begun = month_numbers(people["randomised"])[row]
        early = (month_numbers(frame["answered"]) < begun) & known
        if early.any():
            report(
                cell_problem(
                    part.answers,
                    "answered",
                    frame.index.to_numpy()[early],
                    "a date before the person was randomised",
                    "answers after randomisation",
                    "correct the date of the answer or of the randomisation",
                )
            )
    if "consent" in people.columns and people["consent"].notna().any():
        without = (people["consent"].to_numpy(dtype=float)[row] != 1) & known
        if without.any():
            report(
                cell_problem(
                    part.answers,
                    "person",
                    frame.index.to_numpy()[without],
                    "answers from people without consent",
                    "answers only where consent is 1",
                    "remove the answers, or correct consent among the participants",
                )
            )


def never_vary(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    """Outcomes that have one value for everybody."""
    survey = isinstance(part, Survey)
    file = part.answers if isinstance(part, Survey) else part.outcome_table
    names = (
        [item.id for item in part.items]
        if isinstance(part, Survey)
        else list(dict.fromkeys(n for outcome in part.outcomes for n in outcome.columns))
    )
    for name in names:
        seen = frame[name].dropna()
        if len(seen) and seen.min() == seen.max():
            report(
                _warn(
                    file,
                    name,
                    "the same value in every row",
                    "answers that differ" if survey else "an outcome that differs",
                    "check how the column was made; nothing can be estimated from it",
                )
            )
        elif not len(seen):
            report(_warn(file, name, "no value in any row", "some values", "fill in the column"))


def follow_up(part: Register, frame: pd.DataFrame, report: Report) -> None:
    """Periods beyond the declared follow-up."""
    if part.follow_up is None:
        return
    late = (frame["period"] > part.follow_up).to_numpy()
    if late.any():
        report(
            cell_problem(
                part.outcome_table,
                "period",
                frame.index.to_numpy()[late],
                "periods after the declared follow-up",
                f"periods up to {part.follow_up}",
                "remove the rows, or correct follow_up in study.toml",
            )
        )


def exits(part: Register, tables: Tables, report: Report) -> None:
    """Outcomes after a person died or emigrated; a period and a reason belong together."""
    people, frame = tables.participants, tables.followed
    if not {"exit", "exit_period"} & set(people.columns):
        return
    given = [
        people[name].notna().to_numpy() if name in people.columns else np.zeros(len(people), bool)
        for name in ("exit", "exit_period")
    ]
    for name, lacks in (("exit", given[1] & ~given[0]), ("exit_period", given[0] & ~given[1])):
        if lacks.any():
            report(
                cell_problem(
                    part.participants,
                    name,
                    people.index.to_numpy()[lacks],
                    "an empty cell, though the other of exit and exit_period is given",
                    "exit and exit_period both, or both empty",
                    "fill in the cells, or empty both",
                )
            )
    if not given[1].any():
        return
    left = people["exit_period"].to_numpy(np.float64)
    row = frame["row"].to_numpy()
    values = frame[[c for c in frame.columns if c not in ("person", "period", "row")]]
    gone = (row >= 0) & (frame["period"].to_numpy(np.float64) > left[row])
    late = np.zeros(len(frame), dtype=np.bool_)
    late[gone] = (values[gone].fillna(0) != 0).any(axis=1).to_numpy()
    if late.any():
        problem = cell_problem(
            part.outcome_table,
            "period",
            frame.index.to_numpy()[late],
            "outcomes above zero after the period in which the person died or emigrated",
            f"no rows, or zero, after exit_period in {part.participants}",
            "check exit_period and the outcomes",
        )
        report(replace(problem, severity="warning"))


def thousands(part: Register, frame: pd.DataFrame, report: Report) -> None:
    """Amounts in kronor that look like thousands of kronor."""
    done: set[str] = set()
    for outcome in part.outcomes:
        column = outcome.columns[0]
        if outcome.currency != "SEK" or column in done:
            continue
        done.add(column)
        positive = frame[column][frame[column] > 0]
        # A month's wage of under a thousand kronor for most of those who have one is unlikely.
        if len(positive) >= 20 and float(positive.median()) < THOUSANDS:
            report(
                _warn(
                    part.outcome_table,
                    column,
                    "amounts that look like thousands of kronor: half of those above zero are "
                    f"under {THOUSANDS:.0f}",
                    "kronor",
                    "multiply by 1000 if so",
                )
            )


def check(part: Survey | Register, tables: Tables, report: Report) -> None:
    """All checks of plausibility of one experiment."""
    shares(part, tables.participants, report)
    dates(part, tables.participants, report)
    never_vary(part, tables.followed, report)
    if isinstance(part, Survey):
        answered(part, tables, report)
    else:
        exits(part, tables, report)
        follow_up(part, tables.followed, report)
        thousands(part, tables.followed, report)
