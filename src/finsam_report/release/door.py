"""The only door between estimates and anything that a reader sees.

What is taken out, in this order:

* rows that rest on too little, by the rules of :mod:`primary`;
* every row and number of people that is, or nearly tells, a number of people below the threshold:
  also of those who did not do something, belong to no level, or were added between horizons;
* further rows and numbers from which such a number could be found: :mod:`complement`, by the
  relations of :mod:`relations`;
* rows of sets that nearly add up, or say the same in other words: :mod:`structure`.

Then the numbers of people of small groups are rounded.

What is not: numbers that overlap without adding up (who answered two of three items), whole
numbers guessed from many digits of a weighted estimate, several reports on the same people, and
what somebody can work out who knows a few of them already. A study of few people needs a look
by a person before it is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import (
    COLUMNS,
    COUNTS,
    KEY,
    NOT_ESTIMATED,
    NUMBERS,
    PARTS,
    Ledger,
)
from finsam_report.parts.organisation_data import BY
from finsam_report.release import log, organisation, primary, rounding, structure
from finsam_report.release.complement import Hidden, Shown, protect
from finsam_report.release.log import Entry
from finsam_report.release.policy import Policy
from finsam_report.release.quantities import SUM, WEIGHTED, Key, Quantities, read_quantities
from finsam_report.release.readers import READERS
from finsam_report.release.relations import relations

Bools = npt.NDArray[np.bool_]

SECRET = ("dominance", "threshold", "small count")
# A weighted count is only near the number of people: below this many thresholds it is secret.
NEAR = 3


class _Door:
    """Proof that a ledger passed the disclosure control of this module."""


_DOOR = _Door()


@dataclass(frozen=True)
class Released:
    """Estimates that may be shown.

    Attributes:
        frame: The ledger; a suppressed row has no numbers. Made only by :func:`release`
            and :func:`read`.
        log: What was taken out, and why; empty where the ledger was read from a file.
    """

    frame: pd.DataFrame
    door: _Door
    log: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        if self.door is not _DOOR:
            raise TypeError("released estimates are made by release() only")

    @property
    def suppressed(self) -> int:
        """How many rows lost their numbers."""
        return int(is_suppressed(self.frame).sum())

    @property
    def rules(self) -> dict[str, int]:
        """How many rows and numbers each rule took out or rounded."""
        return log.by_rule(self.log)

    def write(self, path: Path) -> None:
        """Write ``results.csv``: UTF-8, comma, every digit."""
        frame = self.frame.copy()
        for name in COUNTS:
            frame[name] = frame[name].astype("Int64")
        frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")

    def write_log(self, path: Path) -> None:
        """Write ``release_log.csv``: what was taken out and why, without the value."""
        log.write(self.log, path)


def is_suppressed(frame: pd.DataFrame) -> pd.Series:
    """Rows whose numbers were taken out; "not estimated" is a result and not suppressed."""
    empty = frame[[*NUMBERS, "control_mean"]].isna().all(axis=1)
    return empty & (frame["analysis"] != NOT_ESTIMATED)


def _needed(found: Quantities, hidden: Hidden, policy: Policy) -> dict[Key, float]:
    """The quantities that must stay in doubt, and how wide the interval must be."""
    told: dict[Key, list[int]] = {}
    for fact in found.facts:
        told.setdefault(fact.key, []).append(fact.row)
    out = {}
    for key, value in found.values.items():
        # Rows without a count of their own: small if the row itself was too small.
        near = key in told and all(row in hidden.rows for row in told[key])
        if key.counts and policy.small(value):
            out[key] = float(policy.threshold)
        elif near and key.what.startswith(SUM):
            out[key] = abs(value)
        elif near and key.what.startswith(WEIGHTED) and 0.5 < value < NEAR * policy.threshold:
            out[key] = float(policy.threshold)
    return {key: need for key, need in out.items() if need > 0}


def _kind(key: Key) -> tuple[str, str, bool]:
    """Totals of one kind: of parties, or of months."""
    return key.part, key.what, "=" in key.status


def release(
    ledger: Ledger, policy: Policy | None = None, association: str | None = None
) -> Released:
    """Apply disclosure control to a ledger.

    A count of nobody is shown: it is a property of the design (nobody in the control arm was
    offered a team), not of a person.

    Args:
        ledger: Estimates with the smallest cell behind each row.
        policy: The rules; the default ones if not given.
        association: Code of the association that a report is about: of several numbers that could
            be taken out, its own stay if they can.

    Returns:
        What may be shown, with the record of what was taken out.
    """
    policy = Policy() if policy is None else policy
    frame = ledger.frame.reset_index(drop=True)
    if frame.empty:
        return nothing()
    why = primary.reasons(frame, policy)
    found = read_quantities(frame, READERS)
    sums, known = relations(found)
    secret = np.isin(why.astype(str), SECRET)
    hidden = Hidden(set(np.flatnonzero(secret).tolist()), set())
    needed = _needed(found, hidden, policy)
    # Totals from elsewhere are known where none of them is small.
    small = {_kind(key) for key in known if key in needed}
    about = [] if association is None else [f"{BY}{association}{end}" for end in "@|"]
    shown = Shown(found, {key for key in known if _kind(key) not in small}, hidden, about)
    for key in needed:
        if not key.what.startswith((SUM, WEIGHTED)):
            shown.hide(key, small=True)
    fields = dict.fromkeys(hidden.fields, "small count")
    _mark(why, hidden, "small count")
    # Rows withheld for other reasons are no secret, but they tell nobody anything either.
    hidden.rows.update(np.flatnonzero(why != "").tolist())
    protect(shown, sums, needed)
    for field in hidden.fields:
        fields.setdefault(field, "subtraction")
    _mark(why, hidden, "subtraction")
    _close(frame, why, policy)
    return _made(frame, why, fields, policy)


def _mark(why: npt.NDArray[np.object_], hidden: Hidden, rule: str) -> None:
    rows = np.array(sorted(hidden.rows), dtype=np.int64)
    why[rows[why[rows] == ""]] = rule


def _close(frame: pd.DataFrame, why: npt.NDArray[np.object_], policy: Policy) -> None:
    """Further rows of sets that nearly add up, until there is none."""
    while True:
        before = int((why != "").sum())
        more = structure.second(frame, np.isin(why.astype(str), (*SECRET, "second")), why != "")
        why[more & (why == "")] = "second"
        people = pd.Series(why != "", index=frame.index)
        more = organisation.second(frame, people, policy).to_numpy(dtype=np.bool_)
        why[more & (why == "")] = "second"
        more = structure.follows(frame, why != "")
        why[more & (why == "")] = "same"
        if int((why != "").sum()) == before:
            return


def _made(
    frame: pd.DataFrame,
    why: npt.NDArray[np.object_],
    fields: dict[tuple[int, str], str],
    policy: Policy,
) -> Released:
    """The ledger without what was taken out, and the record of it."""
    gone = why != ""
    out = frame[list(COLUMNS)].copy()
    keys = list(frame[list(KEY)].itertuples(index=False, name=None))
    notes: list[tuple[int, Entry]] = []
    for row in np.flatnonzero(gone).tolist():
        kind = log.PRIMARY if why[row] in (*primary.RULES, "small count") else log.COMPLEMENTARY
        notes.append((row, log.entry(keys[row], "row", kind, why[row], policy)))
    out.loc[gone, [*NUMBERS, *COUNTS, "control_mean"]] = np.nan
    for (row, column), rule in sorted(fields.items()):
        if not gone[row]:
            kind = log.PRIMARY if rule == "small count" else log.COMPLEMENTARY
            out.loc[row, column] = np.nan
            notes.append((row, log.entry(keys[row], column, kind, rule, policy)))
    for rule, changes in (
        ("share", rounding.shares(out, sorted({row for row, _ in fields if not gone[row]}))),
        ("base", rounding.counts(out, policy)),
    ):
        for row, column, value in changes:
            out.loc[row, column] = value
            notes.append((row, log.entry(keys[row], column, log.ROUNDED, rule, policy)))
    entries = tuple(one for _, one in sorted(notes, key=lambda note: (note[0], note[1].what)))
    return Released(out, _DOOR, entries)


def nothing() -> Released:
    """What may be shown of a study that was not analysed: no row."""
    return Released(pd.DataFrame(columns=list(COLUMNS)), _DOOR)


def released_study(inputs: Inputs, association: str | None = None) -> Released:
    """Analyse a study and release what may be shown, by the rules that it declares.

    Args:
        inputs: The study and its checked tables.
        association: Code of an association that is to be told of in full.
    """
    study = inputs.study
    policy = Policy.of(study.release, study.analysis.level)
    return release(run.analyse(inputs, association), policy, association)


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
