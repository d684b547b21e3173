"""Somebody who sees all that is released, knows how it was made, and counts.

Nothing of the package's own disclosure control is used here. The unknowns are the people
themselves: how many there are with each combination of arm, block, sex, education, answer and
take-up. Every released number is an equation in them, also shares whose number of people is
hidden, and shares weighted by blocks of known size. What is left of a count is an interval.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

Floats = npt.NDArray[np.float64]
Row = Any  # a row of a ledger, from itertuples

SILENT, EMPTY = "silent", "empty"
PERCENT_ROUNDED, MEAN_ROUNDED = 0.05, 0.005
ROUNDING = 2e-6
ROUNDED_WITHOUT_N = ("distribution", "item_missing", "answers")


@dataclass
class Space:
    """Combinations of characteristics, and what is known of how many people have each.

    Attributes:
        cells: A row per combination.
        truth: How many people have it.
    """

    cells: pd.DataFrame
    truth: Floats
    left: list[Floats] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bounds_left: list[Floats] = field(default_factory=list)
    bounds_right: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, people: pd.DataFrame, levels: dict[str, Sequence[Any]]) -> Space:
        """All combinations of some columns, with the people in each."""
        cells = pd.DataFrame(list(itertools.product(*levels.values())), columns=list(levels))
        counts = people.groupby(list(levels), dropna=False).size()
        place = pd.MultiIndex.from_frame(cells)
        return cls(cells, counts.reindex(place, fill_value=0).to_numpy(np.float64))

    def who(self, **conditions: Any) -> Floats:
        """Which combinations have given values; a tuple stands for any of several."""
        out = np.ones(len(self.cells))
        for name, value in conditions.items():
            wanted = value if isinstance(value, tuple) else (value,)
            out *= self.cells[name].isin(wanted).to_numpy(np.float64)
        return out

    def learn(self, left: Floats, right: float, doubt: float | Floats = 0.0) -> bool:
        """An equation, or with doubt (a number, or a share of people) two bounds.

        False where it does not hold.
        """
        if np.isnan(right):
            return True
        slack = abs(right - float(left @ self.truth))
        allowed = doubt if isinstance(doubt, float) else float(doubt @ self.truth)
        if slack > allowed + 1e-6 * max(1.0, abs(right)):
            return False
        if isinstance(doubt, float) and doubt == 0:
            self.left.append(left)
            self.right.append(right)
            return True
        wide = np.zeros_like(left) if isinstance(doubt, float) else doubt
        more = doubt if isinstance(doubt, float) else 0.0
        self.bounds_left += [left - wide, -left - wide]
        self.bounds_right += [right + more, more - right]
        return True

    def interval(self, count: Floats) -> tuple[float, float]:
        """Between what a number of people must lie."""
        low = self._least(count)
        high = -self._least(-count)
        return low, high

    def _least(self, count: Floats) -> float:
        left, right = np.array(self.left), np.array(self.right)
        bounds, limits = np.array(self.bounds_left), np.array(self.bounds_right)
        for room in (0.0, ROUNDING):  # many digits, but not all of them
            if room:
                above = room * (1 + np.abs(right))
                bounds = np.vstack([some for some in (bounds, left, -left) if some.size])
                limits = np.concatenate([limits, right + above, above - right])
                left = np.zeros((0, count.size))
            found = linprog(
                count,
                A_eq=sparse.csr_matrix(left) if left.size else None,
                b_eq=right if left.size else None,
                A_ub=sparse.csr_matrix(bounds) if bounds.size else None,
                b_ub=limits if bounds.size else None,
                bounds=(0, None),
                method="highs",
                options={"presolve": not room},
            )
            if found.status == 3:
                return -np.inf
            if found.status == 0:
                return float(found.x @ count)
        raise AssertionError(found.message)


Count = tuple[Space, Floats, str]


@dataclass
class Attacker:
    """What somebody makes of a ledger; with ``base`` > 1 numbers of small groups are rounded."""

    people: pd.DataFrame
    base: int = 5
    counts: list[Count] = field(default_factory=list)

    def __post_init__(self) -> None:
        frame = self.people.assign(
            state=np.where(
                ~self.people["answered"], SILENT, self.people["job"].fillna(0).astype(int)
            )
        )
        frame["state"] = [
            s if s == SILENT else EMPTY if s in ("0", 0) else str(s) for s in frame["state"]
        ]
        self.blocks = sorted(frame["block"].unique())
        arms = ("support", "control")
        self.survey = Space.of(
            frame,
            {
                "block": self.blocks,
                "arm": arms,
                "sex": ("woman", "man"),
                "education": ("low", "middle", "high", ""),
                "state": (SILENT, EMPTY, "1", "2", "3", "4", "5"),
                "met": (False, True),
            },
        )
        both = (False, True)
        self.register = Space.of(
            frame, {"block": self.blocks, "arm": arms, "work1": both, "work2": both, "work3": both}
        )
        parties = sorted(frame["party"].unique())
        self.recruited = Space.of(
            frame, {"party": parties, "month": ("2020-05", "2020-06", "2020-07", "2020-08")}
        )
        # How many each party sent, or how many came in each month, may be known from elsewhere;
        # not where that itself tells of few people.
        for name in ("party", "month"):
            every = [self.recruited.who(**{name: v}) for v in self.recruited.cells[name].unique()]
            totals = [float(some @ self.recruited.truth) for some in every]
            if not any(0 < total < 5 for total in totals):
                for some, total in zip(every, totals, strict=True):
                    assert self.recruited.learn(some, total)
        self.sizes: dict[tuple[int, str, str], float] = {}

    # ------------------------------------------------------------------------- what rows say
    def read(self, frame: pd.DataFrame) -> None:
        """Learn from every number of a ledger."""
        rows = list(frame.itertuples(index=False))
        for row in rows:
            if row.analysis == "flow" and row.outcome == "randomised" and "|" in row.group:
                space = self.survey if row.part == "survey" else self.register
                arm, block = self._place(row.group)
                self.sizes[id(space), arm, block] = row.estimate
        for row in rows:
            for space, left, right, doubt in self._equations(row):
                held = space.learn(left, right, doubt)
                # Only blocks with two people of each arm count where some are not known: what is
                # read wrongly because of that is forgotten, which nobody can do in fact.
                some = row.analysis in ("subgroup", "balance")
                some |= row.analysis == "itt" and row.part == "survey"
                assert held or some, f"the attacker misread {row}"

    def _place(self, group: str) -> tuple[str, str]:
        head, _, block = group.partition("|block:")
        return head.removeprefix("arm:"), block

    def _count(self, space: Space, who: Floats, name: str) -> Floats:
        self.counts.append((space, who, name))
        return who

    def _share(
        self, space: Space, event: Floats, of: Floats, share: float, doubt: float, name: str
    ) -> Iterator[tuple[Space, Floats, float, float | Floats]]:
        """A share: events are so many of some people, however many those are."""
        self._count(space, event, name)
        self._count(space, of - event, f"not {name}")
        if not np.isnan(share):
            yield space, event - share * of, 0.0, doubt * of if doubt else 0.0

    def _weighted(
        self, space: Space, event: Floats, arm: str, share: float, name: str
    ) -> Iterator[tuple[Space, Floats, float, float | Floats]]:
        """A mean of blocks of known sizes, weighted by how many people they have."""
        of = space.who(arm=arm)
        if set(np.unique(event)) <= {0.0, 1.0}:
            self._count(space, event, name)
            self._count(space, of - event, f"not {name}")
        sizes = {b: [self.sizes.get((id(space), a, b), np.nan) for a in ("support", "control")]
                 for b in self.blocks}  # fmt: skip
        if np.isnan(share) or np.isnan(list(sizes.values())).any():
            return
        people = sum(sum(n) for n in sizes.values())
        left = np.zeros(len(space.cells))
        for block, n in sizes.items():
            own = n[0] if arm == "support" else n[1]
            left += sum(n) / people / own * event * space.who(block=block)
        yield space, left, share, 0.0

    def _equations(self, row: Row) -> Iterator[tuple[Space, Floats, float, float | Floats]]:
        reader = getattr(self, f"_{row.analysis}", None)
        if reader is not None:
            yield from reader(row)

    def _people(
        self, space: Space, row: Row, rounded: bool = False, **conditions: Any
    ) -> Iterator[tuple[Space, Floats, float, float | Floats]]:
        for arm, n in (("support", row.n_support), ("control", row.n_control)):
            who = self._count(space, space.who(arm=arm, **conditions), f"people {row.analysis}")
            yield space, who, n, self.base / 2 if rounded and self.base > 1 else 0.0

    def _flow(self, row: Row) -> Iterator[Any]:
        space = self.survey if row.part == "survey" else self.register
        arm, block = self._place(row.group)
        where = {"arm": arm, **({"block": block} if block else {})}
        of = space.who(**where)
        self._count(space, of, "randomised")
        who = of
        if row.outcome.startswith("answered"):
            who = of * (1 - space.who(state=SILENT))
        if row.outcome == "met_team":
            who = space.who(met=True, **where)
        self._count(space, who, row.outcome)
        if row.outcome != "randomised":
            self._count(space, of - who, f"not {row.outcome}")
        yield space, who, row.estimate, 0.0

    def _recruitment(self, row: Row) -> Iterator[Any]:
        party, _, month = row.group.partition("|month:")
        who = self.recruited.who(party=party.removeprefix("party="), month=month)
        yield self.recruited, self._count(self.recruited, who, "recruited"), row.estimate, 0.0

    def _two(self, row: Row, space: Space, events: Floats, block: str, name: str) -> Iterator[Any]:
        """Difference and control mean of a share, of everybody or in a block."""
        ends = {"control": row.control_mean / 100}
        if row.estimator == "unadjusted":
            ends["support"] = (row.control_mean + row.estimate) / 100
        for arm, share in ends.items():
            if block:
                of = space.who(arm=arm, block=block)
                yield from self._share(space, events * of, of, share, 0.0, name)
            else:
                yield from self._weighted(space, events * space.who(arm=arm), arm, share, name)

    def _attrition(self, row: Row) -> Iterator[Any]:
        _, block = self._place(row.group)
        yield from self._people(self.survey, row, **({"block": block} if block else {}))
        if row.estimator == "unadjusted":
            yield from self._two(row, self.survey, 1 - self.survey.who(state=SILENT), block,
                                 "answered")  # fmt: skip

    def _first_stage(self, row: Row) -> Iterator[Any]:
        _, block = self._place(row.group)
        yield from self._people(self.survey, row, **({"block": block} if block else {}))
        yield from self._two(row, self.survey, self.survey.who(met=True), block, "met")

    _first_stage_block = _first_stage

    def _level(self, outcome: str) -> tuple[Floats, Floats]:
        """People with a level of a characteristic, and those of whom it is known."""
        name, _, level = outcome.partition("=")
        return self.survey.who(**{name: level}), 1 - self.survey.who(**{name: ""})

    def _described(self, row: Row, some: Floats) -> Iterator[Any]:
        event, known = self._level(row.outcome)
        yield from self._share(self.survey, event * some, known * some, row.estimate / 100, 0.0,
                               f"{row.analysis} {row.outcome}")  # fmt: skip

    def _description(self, row: Row) -> Iterator[Any]:
        yield from self._described(row, self.survey.who())

    def _who_answered(self, row: Row) -> Iterator[Any]:
        silent = self.survey.who(state=SILENT)
        yield from self._described(row, silent if row.group.startswith("silent") else 1 - silent)

    def _met_description(self, row: Row) -> Iterator[Any]:
        yield from self._described(row, self.survey.who(arm="support", met=row.group == "met"))

    def _balance(self, row: Row) -> Iterator[Any]:
        space = self.survey
        among = 1 - space.who(state=SILENT) if row.group == "respondents" else space.who()
        if row.outcome == "all_covariates":
            event, known = among, space.who()
        else:
            event, known = self._level(row.outcome)
        for arm, n in (("support", row.n_support), ("control", row.n_control)):
            yield space, self._count(space, known * among * space.who(arm=arm), "known"), n, 0.0
        if row.estimator != "block_weighted":
            return
        ends = {"control": row.control_mean, "support": row.control_mean + row.estimate}
        for arm, share in ends.items():
            own = among * space.who(arm=arm)
            if len(self.blocks) == 1:
                yield from self._share(space, event * own, known * own, share / 100, 0.0, "level")
            elif row.group == "all" and row.outcome.startswith("sex="):
                yield from self._weighted(space, event * own, arm, share / 100, "level")

    def _item_missing(self, row: Row) -> Iterator[Any]:
        space, (arm, _) = self.survey, self._place(row.group)
        asked = space.who(arm=arm) * (1 - space.who(state=SILENT))
        n = row.n_support if arm == "support" else row.n_control
        yield space, asked, n, 0.0
        yield from self._share(space, space.who(arm=arm, state=EMPTY), asked, row.estimate / 100,
                               PERCENT_ROUNDED / 100 if np.isnan(n) else 0.0, "empty")  # fmt: skip

    def _distribution(self, row: Row) -> Iterator[Any]:
        space = self.survey
        arm, _, answer = row.group.partition("|answer:")
        arm = arm.removeprefix("arm:")
        given = space.who(arm=arm) * (1 - space.who(state=(SILENT, EMPTY)))
        n = row.n_support if arm == "support" else row.n_control
        yield space, self._count(space, given, "gave an answer"), n, 0.0
        yield from self._share(space, space.who(arm=arm, state=answer), given, row.estimate / 100,
                               PERCENT_ROUNDED / 100 if np.isnan(n) else 0.0, "answer")  # fmt: skip

    def _answers(self, row: Row) -> Iterator[Any]:
        space, (arm, _) = self.survey, self._place(row.group)
        given = space.who(arm=arm) * (1 - space.who(state=(SILENT, EMPTY)))
        n = row.n_support if arm == "support" else row.n_control
        yield space, given, n, 0.0
        if row.estimator == "mean" and not np.isnan(row.estimate):
            self.mean = {**getattr(self, "mean", {}), arm: row.estimate}
            doubt = MEAN_ROUNDED * given if np.isnan(n) else 0.0
            yield space, given * self._answer() - row.estimate * given, 0.0, doubt
        if row.estimator == "sd" and not np.isnan([n, row.estimate]).any():
            mean = getattr(self, "mean", {}).get(arm, np.nan)
            squares = row.estimate**2 * (n - 1) + n * mean**2
            yield space, given * self._answer() ** 2, squares, 0.0

    def _answer(self) -> Floats:
        return pd.to_numeric(self.survey.cells["state"], errors="coerce").fillna(0).to_numpy(float)

    def _itt(self, row: Row) -> Iterator[Any]:
        if row.part == "register":
            yield from self._work(row, self.register.who(**{f"work{row.horizon:g}": True}), 100.0)
            return
        yield from self._people(self.survey, row, state=("1", "2", "3", "4", "5"))
        yield from self._means(row, self.survey.who())

    def _means(self, row: Row, some: Floats) -> Iterator[Any]:
        if len(self.blocks) > 1 or np.isnan(row.control_mean):
            return  # how many answered in each block is not known
        ends = {"control": row.control_mean}
        if row.estimator == "unadjusted":  # with covariates it is no difference of two means
            ends["support"] = row.control_mean + row.estimate
        for arm, mean in ends.items():
            given = some * self.survey.who(arm=arm) * (1 - self.survey.who(state=(SILENT, EMPTY)))
            yield self.survey, given * (self._answer() - mean), 0.0, 0.0

    def _subgroup(self, row: Row) -> Iterator[Any]:
        name, _, level = row.group.partition("=")
        yield from self._people(self.survey, row, rounded=True, state=("1", "2", "3", "4", "5"),
                                **{name: level})  # fmt: skip
        yield from self._means(row, self.survey.who(**{name: level}))

    def _work(self, row: Row, events: Floats, scale: float) -> Iterator[Any]:
        yield from self._people(self.register, row)
        for arm, mean in (("control", row.control_mean),
                          ("support", row.control_mean + row.estimate)):  # fmt: skip
            own = events * self.register.who(arm=arm)
            yield from self._weighted(self.register, own, arm, mean / scale, "work")

    def _mean(self, row: Row) -> Iterator[Any]:
        yield from self._people(self.register, row)
        arm, _ = self._place(row.group)
        own = self.register.who(arm=arm, **{f"work{row.horizon:g}": True})
        yield from self._weighted(self.register, own, arm, row.estimate / 100, "work")

    def _months(self) -> Floats:
        return self.register.cells[["work1", "work2", "work3"]].to_numpy(np.float64).sum(axis=1)

    def _cumulated(self, row: Row) -> Iterator[Any]:
        yield from self._work(row, self._months(), 1.0)

    def _cumulated_mean(self, row: Row) -> Iterator[Any]:
        yield from self._people(self.register, row)
        arm, _ = self._place(row.group)
        own = self._months() * self.register.who(arm=arm)
        yield from self._weighted(self.register, own, arm, row.estimate, "work")


def found_out(
    people: pd.DataFrame, whole: pd.DataFrame, released: pd.DataFrame, *, threshold: int = 5,
    base: int = 5,
) -> list[tuple[str, float, float, float]]:  # fmt: skip
    """The small counts that somebody can bound more closely than by the threshold.

    Args:
        people: The people of the study, a row each; only to see whether a count is small.
        whole: The ledger before disclosure control; only for which counts it has.
        released: What was released.
        threshold: Fewest people that may be shown.
        base: To what numbers of people in subgroups are rounded.

    Returns:
        Name, true count and the ends of the interval.
    """
    every = Attacker(people, base)
    for row in whole.itertuples(index=False):
        for _ in every._equations(row):
            pass
    attacker = Attacker(people, base)
    attacker.read(released)
    spaces = {id(a): b for a, b in (
        (every.survey, attacker.survey), (every.register, attacker.register),
        (every.recruited, attacker.recruited))}  # fmt: skip
    out, seen = [], set()
    for space, who, name in every.counts:
        true = float(who @ space.truth)
        mark = (id(space), who.tobytes())
        if not 0.5 < true < threshold - 0.5 or mark in seen:
            continue
        seen.add(mark)
        low, high = spaces[id(space)].interval(who)
        if high - low < threshold - 1e-5:
            out.append((name, true, low, high))
    return out


def naive(whole: pd.DataFrame, cell: str, threshold: int = 5) -> pd.DataFrame:
    """Primary suppression alone: rows on too few people lose their numbers."""
    small = whole[cell].between(1, threshold - 1)
    for name in ("n_support", "n_control"):
        small |= whole[name].between(1, threshold - 1)
    numbers = ["estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value", "n_support",
               "n_control", "control_mean"]  # fmt: skip
    return whole.mask(
        pd.DataFrame({c: small & (c in numbers) for c in whole.columns}, index=whole.index)
    )
