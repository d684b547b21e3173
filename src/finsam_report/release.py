"""Disclosure control: the only door between estimates and anything that a reader sees.

A row that rests on fewer people than the threshold keeps its key and loses its numbers. What
comes out is a type of its own, which the display asks for, so that no table, figure or
sentence can be made from an estimate that did not pass here.

What is taken out:

* every row whose smallest cell (people of an arm, or of a few municipalities, with or without an
  event) is 1-4;
* a count in the flow whose remainder among those randomised is 1-4, and the number of people
  behind an estimate where 1-4 of an arm are missing from it (the estimate stays);
* a second row where only one of several that add up to something known would be missing:
  blocks of an arm, levels of a category, answers to an item, levels of a subgroup, both sides
  of a day in calendar time, months and parties of recruitment, cohorts of municipalities;
* what is known of those who took up support where that of the others is hidden, or the reverse;
* effects per taker where the effect on take-up is hidden.

What is not: differences between numbers that rest on overlapping groups of people (those who
answered a wave and those who answered one of its items; one month and the next), several
reports on the same people, and what somebody can work out who knows a few of them already.
A study of few people needs a look by a person before it is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import (
    BLOCK,
    CELL,
    COLUMNS,
    COUNTS,
    MUNICIPALITY,
    NOT_ESTIMATED,
    NUMBERS,
    PARTS,
    PEOPLE,
    Ledger,
)

THRESHOLD = 5
_SUM_KEY = ["part", "analysis", "outcome", "group", "horizon", "estimator"]


class _Door:
    """Proof that a ledger passed the disclosure control of this module."""


_DOOR = _Door()


@dataclass(frozen=True)
class Released:
    """Estimates that may be shown.

    Attributes:
        frame: The ledger; a suppressed row has no numbers. Made only by :func:`release`
            and :func:`read`.
    """

    frame: pd.DataFrame
    door: _Door

    def __post_init__(self) -> None:
        if self.door is not _DOOR:
            raise TypeError("released estimates are made by release() only")

    @property
    def suppressed(self) -> int:
        """How many rows lost their numbers."""
        return int(is_suppressed(self.frame).sum())

    def write(self, path: Path) -> None:
        """Write ``results.csv``: UTF-8, comma, every digit."""
        frame = self.frame.copy()
        for name in COUNTS:
            frame[name] = frame[name].astype("Int64")
        frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def is_suppressed(frame: pd.DataFrame) -> pd.Series:
    """Rows whose numbers were taken out; "not estimated" is a result and not suppressed."""
    empty = frame[[*NUMBERS, "control_mean"]].isna().all(axis=1)
    return empty & (frame["analysis"] != NOT_ESTIMATED)


def release(ledger: Ledger, threshold: int = THRESHOLD) -> Released:
    """Apply disclosure control to a ledger.

    Counts and estimates that rest on one to ``threshold`` - 1 people in some cell lose their
    numbers. A count of nobody is shown: it is a property of the design (nobody in the control
    arm was offered a team), not of a person.

    Args:
        ledger: Estimates with the smallest cell behind each row.
        threshold: Smallest number of people that may be shown.

    Returns:
        What may be shown.
    """
    frame = ledger.frame.copy()
    small = (frame[CELL] > 0) & (frame[CELL] < threshold)
    small |= _complements(frame, threshold)
    for name in COUNTS:
        # Of municipalities it is known who they are: only the people behind a number count.
        small |= (frame[name] > 0) & (frame[name] < threshold) & (frame["part"] != MUNICIPALITY)
    small |= _second(frame, small)
    small |= _other_half(frame, small)
    small |= _from_take_up(frame, small)
    for name, arm in zip(COUNTS, ("arm:support", "arm:control"), strict=True):
        frame.loc[_nearly_all(frame, name, arm, threshold), name] = np.nan
    frame.loc[small, [*NUMBERS, *COUNTS, "control_mean"]] = np.nan
    return Released(frame[list(COLUMNS)].reset_index(drop=True), _DOOR)


def _randomised(frame: pd.DataFrame) -> pd.Series:
    """How many were randomised, by part and group (arm, or arm and block)."""
    counts = frame[(frame["analysis"] == "flow") & (frame["unit"] == PEOPLE)]
    everyone = counts[counts["outcome"] == "randomised"]
    return pd.Series(
        everyone["estimate"].to_numpy(), index=pd.MultiIndex.from_frame(everyone[["part", "group"]])
    )


def _complements(frame: pd.DataFrame, threshold: int) -> pd.Series:
    """Counts whose remainder among those randomised in the same arm or block is too small.

    395 answers from 398 people would give away the three who did not answer.
    """
    place = pd.MultiIndex.from_frame(frame[["part", "group"]])
    rest: pd.Series = _randomised(frame).reindex(place).to_numpy() - frame["estimate"]
    return (frame["analysis"] == "flow") & rest.between(1, threshold - 1)


def _nearly_all(frame: pd.DataFrame, name: str, arm: str, threshold: int) -> pd.Series:
    """Rows whose number of people in an arm (of a block) gives away the few missing from it."""
    group = frame["group"]
    place = pd.Series(arm, index=frame.index)
    for whole in ("all", arm):  # of a block in which both arms, or this arm, are counted
        inside = group.str.startswith(whole + BLOCK)
        place = place.mask(inside, arm + group.str.slice(len(whole)))
    rest: pd.Series = (
        _randomised(frame).reindex(pd.MultiIndex.from_arrays([frame["part"], place])).to_numpy()
        - frame[name]
    )
    return rest.between(1, threshold - 1)


def _second(frame: pd.DataFrame, small: pd.Series) -> pd.Series:
    """One more row where a single one could be found from the others and their known sum.

    The sum is the row of the whole arm for its blocks, 100 per cent for the levels of a category
    and for the answers to an item, the effect among all for the levels of a subgroup, and the
    number of a party or of a month for recruitment. The smallest of the others goes, one with
    people in it if there is any.
    """
    group, outcome = frame["group"], frame["outcome"]
    arm = group.str.split(BLOCK, n=1, regex=False).str[0]
    variable = outcome.str.split("=", n=1).str[0]
    in_block = frame["analysis"].isin(["flow", "attrition"]) & (group != arm)
    described = ["description", "balance", "who_answered", "met_description"]
    is_level = frame["analysis"].isin(described) & (outcome != variable)
    whole = frame.loc[~in_block & ~small, _SUM_KEY]
    known = set(whole.fillna(-1).itertuples(index=False, name=None))
    recruited = frame["analysis"] == "recruitment"
    party, month = (group.str.split("|month:", n=1, regex=False).str[i] for i in (0, 1))
    answers = group.str.split("|answer:", n=1, regex=False).str[0]
    sums = (
        (in_block, frame[_SUM_KEY].assign(group=arm), True),
        (is_level, frame[_SUM_KEY].assign(outcome=variable), False),
        (frame["analysis"] == "distribution", frame[_SUM_KEY].assign(group=answers), False),
        (
            frame["analysis"].isin(["subgroup", "calendar"]),
            frame[_SUM_KEY].assign(group=group.str.split("=", n=1).str[0]),
            False,
        ),
        (recruited, frame[_SUM_KEY].assign(group=party), False),
        (recruited, frame[_SUM_KEY].assign(group=month), False),
        *_cohorts(frame),
    )
    also = pd.Series(data=False, index=frame.index)
    for members, totals, must_be_shown in sums:
        for total, rows in totals[members].fillna(-1).groupby(_SUM_KEY, sort=False).groups.items():
            hidden = small[rows] | also[rows]
            if int(hidden.sum()) != 1:
                continue
            shown = frame.loc[rows][~hidden]
            if shown.empty:
                continue
            if must_be_shown and total not in known:
                continue
            also[shown.assign(none=shown[CELL] == 0).sort_values(["none", CELL]).index[0]] = True
    return also


def _cohorts(frame: pd.DataFrame) -> list[tuple[pd.Series, pd.DataFrame, bool]]:
    """Effects of cohorts of municipalities, of which averages over cohorts tell the last one.

    The averages are the overall effect, those by years since joining, and those by year.
    """
    here = frame["part"] == MUNICIPALITY
    cells = here & (frame["analysis"] == "group_time")
    cohort = pd.to_numeric(frame["group"].str.split("=", n=1).str[-1], errors="coerce")
    key = frame[_SUM_KEY]
    return [
        (here & (frame["analysis"] == "group"), key.assign(horizon=0.0), False),
        (cells, key.assign(group="event", horizon=frame["horizon"] - cohort), False),
        (cells, key.assign(group="year"), False),
        (cells, key.assign(horizon=0.0), False),
    ]


def _other_half(frame: pd.DataFrame, small: pd.Series) -> pd.Series:
    """A characteristic of those who took up support, where that of the others is hidden.

    The two together are the support arm, of which the balance table tells.
    """
    halves = frame["analysis"] == "met_description"
    key = frame["part"] + "|" + frame["outcome"]
    return halves & key.isin(set(key[halves & small]))


def _from_take_up(frame: pd.DataFrame, small: pd.Series) -> pd.Series:
    """Effects per taker where take-up is hidden: the effect of the offer over them tells it."""
    hidden = frame.loc[small & (frame["analysis"] == "first_stage"), "part"]
    return (frame["analysis"] == "late") & frame["part"].isin(set(hidden))


def released_study(inputs: Inputs) -> Released:
    """Analyse a study and release what may be shown."""
    return release(run.analyse(inputs))


def read(path: Path) -> Released:
    """Read a ``results.csv`` that :meth:`Released.write` made.

    Raises:
        FinsamError: The file is not such a ledger.
    """
    wrong = FinsamError(f"{path.name} is not a ledger: its columns are not those of results.csv")
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        if tuple(frame.columns) != COLUMNS or not frame["part"].isin(PARTS).all():
            raise wrong
        for name in (*NUMBERS, *COUNTS, "control_mean", "horizon"):
            # float() gives back exactly what was written, whatever the version of pandas.
            frame[name] = [float(text) if text else np.nan for text in frame[name]]
    except (OSError, ValueError) as error:
        raise wrong from error
    return Released(frame, _DOOR)
