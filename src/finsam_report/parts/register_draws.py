"""Who of the register experiment could be drawn when, and how many were drawn later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.stack import NEVER
from finsam_report.inputs.blocks import as_days, column_codes, month_numbers, start_months
from finsam_report.parts.ledger import CELL, PEOPLE, PERCENT, rows
from finsam_report.parts.register_rows import PART
from finsam_report.parts.register_work import Work
from finsam_report.study import Register

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LATER = "later"
CONTROL = "arm:control"


@dataclass(frozen=True)
class Lists:
    """Who could be drawn when: the first draw of everybody, and later ones.

    Attributes:
        person: Position among the participants; shape (rows,).
        month: Calendar month of the draw; shape (rows,).
        draw: Draw: the month, and the block where chance decided in others than draws too;
            shape (rows,).
        drawn: Whether the person was drawn then; shape (rows,).
        since: Months since the person's first draw; shape (rows,).
        own: Months until each person of the control arm was drawn, 0 if never; shape (n,).
    """

    person: Ints
    month: Ints
    draw: Ints
    drawn: Bools
    since: Ints
    own: Ints


def _sites(part: Register, people: pd.DataFrame) -> Ints:
    """Blocks other than months of a draw, as codes; shape (n,)."""
    names = [n for n in part.assignment.blocks if as_days(people[n]).isna().all()]
    if not names:
        return np.zeros(len(people), dtype=np.int64)
    codes = pd.DataFrame({name: column_codes(people[name]) for name in names})
    return codes.groupby(names, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)


def lists(part: Register, people: pd.DataFrame, support: Bools, draws: pd.DataFrame) -> Lists:
    """The first draw of everybody, and the later ones up to the draw in which they were drawn.

    Args:
        part: The part as declared.
        people: The participants, n rows.
        support: Whether each was drawn at first; shape (n,).
        draws: The checked table of draws; people of blocks that are left out may be in it.
    """
    start = start_months(part, people).astype(np.int64)
    row = pd.Index(people["person"].astype(object)).get_indexer(
        pd.Index(draws["person"].astype(object))
    )
    month = month_numbers(draws["date"])
    drawn = (draws["arm"].astype(object) == part.arms.support.value).to_numpy(dtype=np.bool_)
    again = (row >= 0) & ~support[row] & (month > start[row])
    person, month, drawn = row[again], month[again].astype(np.int64), drawn[again]
    never = np.iinfo(np.int64).max
    until = np.full(len(people), never)
    np.minimum.at(until, person[drawn], month[drawn])
    open_ = month <= until[person]
    person = np.concatenate([np.arange(len(people)), person[open_]])
    when = np.concatenate([start, month[open_]])
    place = np.unique(_sites(part, people)[person] * (when.max() + 1) + when, return_inverse=True)
    return Lists(
        person=person, month=when, draw=place[1].astype(np.int64),
        drawn=np.concatenate([support, drawn[open_]]), since=when - start[person],
        own=np.where(until == never, NEVER, until - start),
    )  # fmt: skip


def fewest(counts: Ints, whole: int) -> Floats:
    """Fewest people behind counts that rise to at most ``whole``: of what each adds, too."""
    cells = np.stack([counts, np.diff(counts, prepend=0), whole - counts]).astype(np.float64)
    least = np.where(cells > 0, cells, np.inf).min(axis=0)
    return np.where(np.isinf(least), 0.0, least)


def count_rows(work: Work, listed: Lists) -> list[pd.DataFrame]:
    """How many of the control arm were in a later draw by each horizon, and drawn in one."""
    whole = int((~work.trial.support).sum())
    horizons = np.array(work.part.horizons, dtype=np.int64)
    first = np.full(work.trial.support.size, np.iinfo(np.int64).max)
    again = listed.since > 0
    np.minimum.at(first, listed.person[again], listed.since[again])
    out = []
    for name, month in (
        ("in_later_draw", first),
        ("drawn_later", np.where(listed.own == NEVER, np.iinfo(np.int64).max, listed.own)),
    ):
        counts = (month[:, None] <= horizons).sum(axis=0)
        shared = {
            "part": PART, "analysis": LATER, "outcome": name, "group": CONTROL,
            "horizon": horizons.astype(np.float64), "n_control": whole,
            CELL: fewest(counts, whole),
        }  # fmt: skip
        out.append(rows(estimator="count", estimate=counts, unit=PEOPLE, **shared))
        out.append(rows(estimator="share", estimate=100 * counts / whole, unit=PERCENT, **shared))
    return out
