"""What the rows of a ledger tell: numbers of people, as quantities that other rows tell too.

A quantity is a number of people (or a sum over people) with a key of its own: how many of the
support arm in a block answered a wave, how many women a month's share rests on. A row tells a
quantity by being a count, or by being a share of another quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from finsam_report.parts.ledger import BLOCK, COUNTS, ORGANISATION, PEOPLE, PERCENT, POINTS

Field = Literal["row", "n_support", "n_control"]

TRIALS = ("survey", "register")
SUPPORT, CONTROL, BOTH = "support", "control", "both"
ARMS = (SUPPORT, CONTROL)
N_OF: dict[str, Field] = {SUPPORT: "n_support", CONTROL: "n_control"}
RANDOMISED = "randomised"
WEIGHTED = "weighted "  # before a count that is a weighted share times the people behind it
SUM = "sum "  # before a sum of amounts
MOMENT = "moment "  # before a sum of answers, or of their squares
SLACK = "room "  # before what a whole holds beyond a piece of it
KNOWN = "known "  # before the people whose value of something is known
SAME = 1e-6
FIRST = ("flow", "balance")


class Key(NamedTuple):
    """Which quantity: what is counted, in which arm, block, and subgroup or state."""

    part: str
    what: str
    arm: str = BOTH
    place: str = ""
    status: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a number of people, and neither amounts nor a weighted count."""
        return not self.what.startswith((WEIGHTED, SUM, MOMENT, SLACK))


@dataclass(frozen=True)
class Fact:
    """A quantity that a row tells.

    Attributes:
        row: The row of the ledger.
        field: Which of its numbers tells it: all of the row, or a number of people.
        key: The quantity.
        base: The quantity of which the row gives the share; None where it gives a number.
        share: That share.
    """

    row: int
    field: Field
    key: Key
    base: Key | None = None
    share: float = np.nan


@dataclass
class Quantities:
    """All that the rows of a ledger tell.

    Attributes:
        values: Every quantity's value.
        facts: Which row tells which quantity exactly.
        tells: Rows that tell a quantity nearly.
        about: Rows with a weighted share, which tell about how many there are.
    """

    values: dict[Key, float] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    tells: list[tuple[int, Key]] = field(default_factory=list)
    about: list[tuple[int, Key]] = field(default_factory=list)

    def number(self, row: int, where: Field, key: Key, value: float, note: str = "") -> Key:
        """Record that a number of a row is a quantity; the key it got."""
        if np.isnan(value):
            return key
        if abs(self.values.setdefault(key, value) - value) > SAME * max(1.0, abs(value)):
            key = key._replace(what=f"{key.what} ({note or row})")  # of other people
            self.values.setdefault(key, value)
        self.facts.append(Fact(row, where, key))
        return key

    def share(
        self, row: int, key: Key, share: float, base: Key, *, weighted: bool = False, note: str = ""
    ) -> None:
        """Record that a row gives the share of a quantity in another."""
        people = self.values.get(base, np.nan)
        if np.isnan(share) or np.isnan(people):
            return
        value = share * people
        known = self.values.get(key)
        if weighted:
            # Weights of blocks: near the count, but other sums hold.
            self.about.append((row, key))
            key = key._replace(what=WEIGHTED + key.what)
            known = self.values.get(key)
        if known is not None and abs(known - value) > SAME * max(1.0, abs(value)):
            key = key._replace(what=f"{key.what} ({note or row})")
        self.values.setdefault(key, value)
        self.facts.append(Fact(row, "row", key, base, share))


class Row(NamedTuple):
    """A row of the ledger with its place in it."""

    at: int
    part: str
    analysis: str
    outcome: str
    group: str
    horizon: float
    estimator: str
    estimate: float
    control_mean: float
    n_support: float
    n_control: float
    unit: str

    @property
    def place(self) -> str:
        """The block that the group names, if it does."""
        return self.group.partition(BLOCK)[2]

    @property
    def arm(self) -> str:
        """The arm that the group names."""
        head = self.group.partition("|")[0]
        return head.removeprefix("arm:") if head.startswith("arm:") else BOTH

    @property
    def status(self) -> str:
        """The level of a subgroup that the group names."""
        return "" if self.group == "all" or self.arm != BOTH or self.place else self.group

    def at_horizon(self, what: str) -> str:
        """A name with the horizon of the row."""
        return what if np.isnan(self.horizon) else f"{what} @{self.horizon:g}"


def each_row(frame: pd.DataFrame, told: pd.Series) -> Iterator[Row]:
    """Some of the rows of a ledger."""
    names = ["part", "analysis", "outcome", "group", "horizon", "estimator", "estimate",
             "control_mean", *COUNTS, "unit"]  # fmt: skip
    columns = [frame.loc[told, name].tolist() for name in names]
    for at, *values in zip(np.flatnonzero(told).tolist(), *columns, strict=True):
        yield Row(at, *values)


def people_behind(found: Quantities, row: Row, what: str, *, place: str = "", status: str = "",
                  ) -> dict[str, Key]:  # fmt: skip
    """Record the numbers of people of a row; the key of each arm."""
    out = {}
    note = f"{row.analysis} {row.estimator}"
    for arm in ARMS:
        key = Key(row.part, what, arm, place, status)
        value = row.n_support if arm == SUPPORT else row.n_control
        out[arm] = found.number(row.at, N_OF[arm], key, value, note)
    return out


def of_share(row: Row) -> bool:
    """Whether the row is a share or a difference of shares."""
    return row.unit in (PERCENT, POINTS)


def both_arms(found: Quantities, row: Row, what: str, n: dict[str, Key], *, weighted: bool,
              place: str = "", status: str = "", adjusted: bool = False) -> None:  # fmt: skip
    """Record the shares (or sums) of both arms that a difference and the control mean give."""
    ends = {CONTROL: row.control_mean, SUPPORT: row.control_mean + row.estimate}
    for arm, value in ends.items():
        key = Key(row.part, what, arm, place, status)
        if adjusted and arm == SUPPORT:
            found.tells.append((row.at, key))
        elif of_share(row):
            found.share(row.at, key, value / 100, n[arm], weighted=weighted,
                        note=f"{row.analysis} {row.estimator}")  # fmt: skip
        else:
            found.share(row.at, key._replace(what=SUM + what), value, n[arm],
                        note=f"{row.analysis} {row.estimator}")  # fmt: skip


Reader = Callable[[Quantities, Row, "Known"], None]


@dataclass(frozen=True)
class Known:
    """What must be known of the whole ledger to read a row.

    Attributes:
        wave: The survey that was sent out at a horizon.
        primary: The wave of those who are called respondents.
        blocks: Whether an experiment has several blocks, by part.
    """

    wave: dict[float, str]
    primary: str
    blocks: dict[str, bool]


def known(frame: pd.DataFrame) -> Known:
    """What must be known of the whole ledger to read a row."""
    flow = frame[(frame["analysis"] == "flow") & frame["outcome"].str.startswith("answered_wave")]
    who = frame.loc[frame["analysis"] == "who_answered", "group"]
    primary = who.iloc[0].partition(":")[2] if len(who) else ""
    placed = frame[
        (frame["outcome"] == RANDOMISED) & frame["group"].str.contains(BLOCK, regex=False)
    ]
    return Known(
        dict(zip(flow["horizon"].tolist(), flow["outcome"].tolist(), strict=True)),
        primary,
        {str(part): some["group"].nunique() > 2 for part, some in placed.groupby("part")},
    )


def counted(found: Quantities, row: Row, _: Known) -> None:
    """Counts of people."""
    if row.unit != PEOPLE:
        return
    what = row.outcome
    if not what.startswith("answered_wave") and what not in (RANDOMISED, "met_team"):
        what = row.at_horizon(what)
    if row.analysis != "flow":
        what = f"{row.analysis} {what}"
    found.number(row.at, "row", Key(row.part, what, row.arm, row.place), row.estimate)


def read_quantities(frame: pd.DataFrame, readers: dict[str, Reader]) -> Quantities:
    """Everything that the rows of a ledger tell.

    Args:
        frame: The ledger, unsuppressed.
        readers: How the rows of each analysis are read; counts of the flow go first.
    """
    found, about = Quantities(), known(frame)
    told = frame["part"].isin((*TRIALS, ORGANISATION))
    wanted = [row for row in each_row(frame, told) if row.analysis in readers]
    # Counts first, then the people behind each covariate: shares of them are told by others.
    for order in range(len(FIRST) + 1):
        for row in wanted:
            place = FIRST.index(row.analysis) if row.analysis in FIRST else len(FIRST)
            if place == order:
                readers[row.analysis](found, row, about)
        for key in [k for k in found.values if k.arm == SUPPORT]:
            other = found.values.get(key._replace(arm=CONTROL))
            if other is not None and key.counts:
                found.values.setdefault(key._replace(arm=BOTH), found.values[key] + other)
    return found
