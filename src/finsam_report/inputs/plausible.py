"""What is odd in a study without breaking its contract: warnings that the report lists."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.blocks import block_labels
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


def _months(dates: pd.Series) -> npt.NDArray[np.float64]:
    """Calendar months as numbers, NaN where there is no date."""
    months: npt.NDArray[np.float64] = (dates.dt.year * 12 + dates.dt.month).to_numpy(np.float64)
    return months


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
            wrong = _months(people[second]) < _months(people[first])
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
        early = (_months(frame["answered"]) < _months(people["randomised"])[row]) & known
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
        else list(dict.fromkeys(outcome.column for outcome in part.outcomes))
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


def thousands(part: Register, frame: pd.DataFrame, report: Report) -> None:
    """Amounts in kronor that look like thousands of kronor."""
    done: set[str] = set()
    for outcome in part.outcomes:
        if outcome.currency != "SEK" or outcome.column in done:
            continue
        done.add(outcome.column)
        positive = frame[outcome.column][frame[outcome.column] > 0]
        # A month's wage of under a thousand kronor for most of those who have one is unlikely.
        if len(positive) >= 20 and float(positive.median()) < THOUSANDS:
            report(
                _warn(
                    part.outcome_table,
                    outcome.column,
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
        follow_up(part, tables.followed, report)
        thousands(part, tables.followed, report)
