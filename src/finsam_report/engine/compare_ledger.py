"""What differs between two released ledgers: rows, numbers, and conclusions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from finsam_report.display.comparison import Renamed, RowChange, Status, TableChange, Verdict
from finsam_report.display.comparison_names import EFFECTS
from finsam_report.display.lookup import ICW, KLK, Row
from finsam_report.parts.ledger import KEY
from finsam_report.release import Released, is_suppressed
from finsam_report.study import Study

VALUES = (
    "estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value", "n_support", "n_control",
    "control_mean",
)  # fmt: skip


def near(one: np.ndarray, other: np.ndarray, tolerance: float) -> np.ndarray:
    """Which numbers are the same: ``|a - b| <= T + T max(|a|, |b|)``; nothing equals nothing.

    Args:
        one: Numbers.
        other: Numbers of the same shape.
        tolerance: T.
    """
    with np.errstate(invalid="ignore"):
        close = np.abs(one - other) <= tolerance * (1 + np.maximum(np.abs(one), np.abs(other)))
    close &= np.isfinite(one) & np.isfinite(other)  # nothing is near to infinity but itself
    same: np.ndarray = close | (one == other) | (np.isnan(one) & np.isnan(other))
    return same


def _columns_that_differ(old: pd.DataFrame, new: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """Cell by cell for rows that stand in the same order."""
    found = {
        name: ~near(old[name].to_numpy(float), new[name].to_numpy(float), tolerance)
        for name in VALUES
    }
    found["unit"] = (old["unit"].to_numpy(object) != new["unit"].to_numpy(object)).astype(np.bool_)
    return pd.DataFrame(found)


def _keyed(frame: pd.DataFrame, columns: list[str]) -> pd.MultiIndex:
    """Keys in which a horizon that is not there is one like any other."""
    return pd.MultiIndex.from_frame(frame[columns].assign(horizon=frame["horizon"].fillna(-1e9)))


def renamed(
    old: Released,
    new: Released,
    tables: tuple[TableChange, ...],
    tolerance: float,
) -> tuple[Renamed, ...]:
    """Outcomes and characteristics that go by another name.

    A name of the old ledger is taken for one of the new where a column of the inputs bears the
    other heading with the same values, or where every row of the one is, but for its name and
    within the tolerance, a row of the other.

    Args:
        old: Ledger before.
        new: Ledger now.
        tables: What differs between the inputs, where they are at hand.
        tolerance: Of numbers that count as the same.
    """
    found: list[Renamed] = []
    for part in dict.fromkeys(old.frame["part"]):
        before = old.frame[old.frame["part"] == part]
        after = new.frame[new.frame["part"] == part]
        names = _names(before), _names(after)
        gone = [name for name in names[0] if name not in names[1]]
        fresh = [name for name in names[1] if name not in names[0]]
        by_column = {
            one: other
            for table in tables
            if table.table.startswith(part)
            for one, other in table.columns_renamed
        }
        for name in gone:
            other = by_column.get(name)
            if other not in fresh:
                same = [n for n in fresh if _same(before, name, after, n, tolerance)]
                other = same[0] if len(same) == 1 else None
            if other is not None:
                fresh.remove(other)
                found.append(Renamed(str(part), name, other))
    return tuple(found)


def _base(names: pd.Series) -> pd.Series:
    """The name of an outcome or characteristic, without its level."""
    return names.str.split("=", n=1).str[0]


def _names(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in dict.fromkeys(_base(frame["outcome"]))]


def _same(before: pd.DataFrame, old: str, after: pd.DataFrame, new: str, tolerance: float) -> bool:
    """Whether the rows of two names are the same rows."""
    one = before[_base(before["outcome"]) == old]
    other = after[_base(after["outcome"]) == new]
    if len(one) != len(other) or one[list(VALUES)].isna().all(axis=None):
        return False
    one = _as_renamed(one, {old: new})
    keys = _keyed(one, list(KEY)), _keyed(other, list(KEY))
    if not keys[0].is_unique or set(keys[0]) != set(keys[1]):
        return False
    order = keys[1].get_indexer(keys[0])
    return not _columns_that_differ(one, other.iloc[order], tolerance).any(axis=None)


def _as_renamed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Rows under the new names, in outcomes and in the groups that are made of them."""
    changed = {}
    for column in ("outcome", "group"):
        base = _base(frame[column])
        level = frame[column].str.contains("=", regex=False)
        hit = base.isin(list(names)) & (level if column == "group" else True)
        rest = pd.Series(
            [text[len(name) :] for text, name in zip(frame[column], base, strict=True)],
            index=frame.index,
            dtype=object,
        )
        changed[column] = frame[column].where(~hit, base.map(names).astype(object) + rest)
    return frame.assign(**changed)


def _verdict(row: Row | None, directions: Mapping[tuple[str, str], str]) -> Verdict:
    """What an interval says, and whether that is good where the study says what is good."""
    if row is None or row.verdict == "unknown":
        return "unknown"
    if row.verdict == "unclear":
        return "neither"
    way = "none"
    if row.analysis in EFFECTS:
        index = row.part == "survey" and row.outcome.startswith((KLK, ICW)) and bool(directions)
        way = "up" if index else directions.get((row.part, row.outcome), "none")
    if way == "none":
        return "above" if row.verdict == "up" else "below"
    return "favourable" if row.verdict == way else "unfavourable"


def directions(*studies: Study | None) -> dict[tuple[str, str], str]:
    """Which way is better, by part and outcome; a later study's word counts.

    Answers in surveys are coded so that a higher one is better, whatever the item's direction.
    """
    found: dict[tuple[str, str], str] = {}
    for study in studies:
        if study is None:
            continue
        if study.survey is not None:
            found |= {("survey", item.id): "up" for item in study.survey.items}
        if study.register_ is not None:
            found |= {("register", o.id): o.direction for o in study.register_.outcomes}
        if study.municipality is not None:
            found |= {("municipality", o.id): o.direction for o in study.municipality.outcomes}
    return found


def main_keys(frame: pd.DataFrame) -> set[tuple[str, str, str, float]]:
    """Part, outcome, group and horizon of the main effects of a ledger.

    Of an experiment: where the effect is also given in standard deviations or tested by drawing
    the assignment again, which is done at the main horizons alone. Of municipalities: the effect
    over all years under membership, of all, women and men.
    """
    beside = frame["estimator"].isin(["lin_standardised", "lin_randomisation"])
    trial = frame[(frame["analysis"] == "itt") & beside]
    over = frame[(frame["analysis"] == "overall") & (frame["estimator"] == "cs")]
    over = over[over["group"].isin(["all", "women", "men"])]
    rows = pd.concat([trial, over])[["part", "outcome", "group", "horizon"]]
    return set(rows.fillna(-1.0).itertuples(index=False, name=None))


def _is_main(row: Row, keys: set[tuple[str, str, str, float]]) -> bool:
    mine = (row.analysis, row.estimator) in (("itt", "lin"), ("overall", "cs"))
    horizon = -1.0 if np.isnan(row.horizon) else row.horizon
    return mine and (row.part, row.outcome, row.group, horizon) in keys


def changes(
    old: Released,
    new: Released,
    names: tuple[Renamed, ...],
    tolerance: float,
    ways: Mapping[tuple[str, str], str],
) -> tuple[RowChange, ...]:
    """Rows that are new, gone, or other than before beyond the tolerance.

    Args:
        old: Ledger before.
        new: Ledger now.
        names: Names that changed; old rows are looked up under their new name.
        tolerance: Of numbers that count as the same.
        ways: Which way is better, by part and outcome.
    """
    before, after = old.frame.reset_index(drop=True), new.frame.reset_index(drop=True)
    for part in dict.fromkeys(item.part for item in names):
        here = before["part"] == part
        mapping = {item.old: item.new for item in names if item.part == part}
        before = pd.concat([_as_renamed(before[here], mapping), before[~here]]).sort_index()
    keys = _keyed(before, list(KEY)), _keyed(after, list(KEY))
    place = keys[0].get_indexer(keys[1])
    both = np.flatnonzero(place >= 0)
    differ = _columns_that_differ(before.iloc[place[both]], after.iloc[both], tolerance)
    hidden = is_suppressed(before).to_numpy(), is_suppressed(after).to_numpy()
    main = main_keys(before) | main_keys(after)
    rows = (
        [Row(*values) for values in before[list(old.frame.columns)].itertuples(index=False)],
        [Row(*values) for values in after.itertuples(index=False)],
    )
    found: list[tuple[int, RowChange]] = []

    def add(at: int, one: Row | None, other: Row | None, kind: Status, cells: list[str]) -> None:
        verdicts = _verdict(one, ways), _verdict(other, ways)
        known = [row for row in (other, one) if row is not None]
        change = RowChange(kind, one, other, tuple(cells), *verdicts, _is_main(known[0], main))
        found.append((at, change))

    for j, cells in zip(both, differ.to_numpy(), strict=True):
        i = place[j]
        if cells.any():
            kind: Status = "changed"
            if hidden[0][i] != hidden[1][j]:
                kind = "suppressed" if hidden[1][j] else "shown"
            add(int(j), rows[0][i], rows[1][j], kind, list(differ.columns[cells]))
    for j in np.flatnonzero(place < 0):
        add(int(j), None, rows[1][j], "new", [])
    kept = set(place[both].tolist())
    for i in range(len(before)):
        if i not in kept:
            add(len(after) + i, rows[0][i], None, "gone", [])
    return tuple(change for _, change in sorted(found, key=lambda item: item[0]))
