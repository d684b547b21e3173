"""What differs between the inputs of two studies: rows, cells, columns and declarations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from finsam_report.display.comparison import (
    ColumnChange,
    EntryChange,
    FileChange,
    Renamed,
    Side,
    TableChange,
)
from finsam_report.inputs import contract
from finsam_report.inputs.contract import Table
from finsam_report.inputs.read import Inputs
from finsam_report.study import Study
from finsam_report.study_file import split_sheet

_NAMES = ("id", "value", "wave", "name", "code")  # what an entry of a list goes by
_SHOWN = 80


def _tables(inputs: Inputs) -> dict[str, tuple[Table, pd.DataFrame]]:
    """The tables of a study as they were read, by the name of their contract."""
    frames: dict[str, pd.DataFrame] = dict(inputs.other)
    for part, tables in (("survey", inputs.survey), ("register", inputs.register)):
        if tables is not None:
            second = "survey-answers" if part == "survey" else "register-outcomes"
            frames[f"{part}-participants"] = tables.participants
            frames[second] = tables.followed
    return {
        table.name: (table, frames[table.name])
        for table in contract.tables(inputs.study)
        if table.name in frames
    }


def tables(old: Inputs, new: Inputs) -> tuple[TableChange, ...]:
    """The tables whose values are not the same, in the order of the contract.

    Args:
        old: Checked inputs before.
        new: Checked inputs now.
    """
    before, after = _tables(old), _tables(new)
    found: list[TableChange] = []
    for name in dict.fromkeys([*after, *before]):
        if name not in before or name not in after:
            fresh = name in after
            table, frame = (after if fresh else before)[name]
            rows = (0, len(frame)) if fresh else (len(frame), 0)
            status: Literal["new", "gone"] = "new" if fresh else "gone"
            found.append(TableChange(name, table.file, table.key, status, rows))
            continue
        table, frame = after[name]
        change = _table(*before[name], table, frame)
        if change is not None:
            found.append(change)
    return tuple(found)


def _plain(values: pd.Series) -> pd.Series:
    """Values of either side in one type, so that they can be set beside one another."""
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(np.float64)
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    return values.astype(object).where(values.notna(), None)


def _differ(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Which cells are not the same; empty and empty are."""
    a, b = _plain(one).to_numpy(), _plain(other).to_numpy()
    empty = np.asarray(pd.isna(a)) & np.asarray(pd.isna(b))
    differ: np.ndarray = np.asarray(a != b, dtype=np.bool_) & ~empty
    return differ


def _declared(table: Table, frame: pd.DataFrame) -> list[str]:
    """The columns of the contract that a file has; reading may add others of its own."""
    return [column.name for column in table.columns if column.name in frame.columns]


def _table(
    declared: Table, old: pd.DataFrame, table: Table, new: pd.DataFrame
) -> TableChange | None:
    before, there = _declared(declared, old), _declared(table, new)
    key = [name for name in table.key if name in there and name in before]
    ids = [_plain(old[name]).rename(name) for name in key], [_plain(new[name]) for name in key]
    left = pd.concat([*ids[0], pd.Series(np.arange(len(old)), name="_old")], axis=1)
    right = pd.concat([*ids[1], pd.Series(np.arange(len(new)), name="_new")], axis=1)
    pairs = left.merge(right, on=key, how="inner")
    at_old, at_new = pairs["_old"].to_numpy(), pairs["_new"].to_numpy()
    mine, theirs = old.iloc[at_old], new.iloc[at_new]
    touched = np.zeros(len(pairs), dtype=np.bool_)
    columns = []
    for name in there:
        if name in before and name not in key:
            differ = _differ(mine[name], theirs[name])
            if differ.any():
                columns.append(ColumnChange(name, int(differ.sum())))
                touched |= differ
    renamed, gone, fresh = _renamed(
        mine, theirs,
        [name for name in before if name not in there],
        [name for name in there if name not in before],
    )  # fmt: skip
    added, removed = len(new) - len(pairs), len(old) - len(pairs)
    if not (added or removed or columns or renamed or gone or fresh):
        return None
    return TableChange(
        table.name,
        table.file,
        table.key,
        "changed",
        (len(old), len(new)),
        added,
        removed,
        int(touched.sum()),
        tuple(columns),
        fresh,
        gone,
        renamed,
    )


def _renamed(
    mine: pd.DataFrame, theirs: pd.DataFrame, gone: list[str], fresh: list[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Columns with another heading and the same values; those really gone, those really new.

    Two columns may hold the same values by chance (all empty, all 0): only where one old and
    one new column have each other alone are they taken for the same.
    """
    same: dict[str, list[str]] = {
        name: [other for other in fresh if not _differ(mine[name], theirs[other]).any()]
        for name in (gone if len(mine) else [])
    }
    pairs = [
        (name, others[0])
        for name, others in same.items()
        if len(others) == 1 and sum(others[0] in found for found in same.values()) == 1
    ]
    left = tuple(name for name in gone if name not in {old for old, _ in pairs})
    right = tuple(name for name in fresh if name not in {new for _, new in pairs})
    return tuple(pairs), left, right


def files(old: Side, new: Side) -> tuple[FileChange, ...]:
    """Input files that are not the same byte by byte, by name."""
    found: list[FileChange] = []
    for name in sorted({*old.files, *new.files}):
        before, after = old.files.get(name), new.files.get(name)
        if before is None or after is None:
            one = before or after
            size = one[1] if one else None
            found.append(
                FileChange(name, "new", (None, size))
                if before is None
                else FileChange(name, "gone", (size, None))
            )
        elif before[0] != after[0]:
            found.append(FileChange(name, "changed", (before[1], after[1])))
    return tuple(found)


def same_values(
    old: Side, new: Side, found: tuple[TableChange, ...], inputs: Inputs
) -> tuple[str, ...]:
    """Tables with other bytes and the same declared values, such as another order of rows."""
    changed = {split_sheet(change.file)[0] for change in found}
    names = {split_sheet(table.file)[0] for table in contract.tables(inputs.study)}
    return tuple(
        change.file
        for change in files(old, new)
        if change.status == "changed" and change.file in names - changed
    )


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every entry of a declaration with its place; entries of a list go by their id."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{place}.{name}" if place else str(name))
    elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
        names = [
            next((str(inner[n]) for n in _NAMES if inner.get(n) is not None), "") for inner in value
        ]
        for number, (name, inner) in enumerate(zip(names, value, strict=True), 1):
            unique = name and names.count(name) == 1
            yield from _flat(inner, f"{place}[{name if unique else number}]")
    elif value is not None and value != []:  # an empty list says what no list says
        yield place, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _with_new_names(value: Any, names: Mapping[str, str]) -> Any:
    """A declaration in which what goes by another name now bears it already."""
    if isinstance(value, Mapping):
        return {key: _with_new_names(inner, names) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_new_names(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def entries(old: Study, new: Study, names: tuple[Renamed, ...] = ()) -> tuple[EntryChange, ...]:
    """Entries of study.toml that are not the same, defaults filled in.

    Args:
        old: The study before.
        new: The study now.
        names: What goes by another name; that is told by itself and no change here.
    """
    declared = old.model_dump(mode="json", by_alias=True)
    for part in dict.fromkeys(item.part for item in names):
        mine = {item.old: item.new for item in names if item.part == part}
        declared[part] = _with_new_names(declared.get(part), mine)
    before = dict(_flat(declared))
    after = dict(_flat(new.model_dump(mode="json", by_alias=True)))
    found: list[EntryChange] = []
    for place in dict.fromkeys([*after, *before]):
        if place in before and place in after:
            if before[place] != after[place]:
                found.append(EntryChange(place, _short(before[place]), _short(after[place])))
            continue
        mine, theirs = (after, before) if place in after else (before, after)
        whole = _whole(place, theirs)
        count = sum(_inside(name, whole) for name in mine)
        text = _short(mine[place]) if count == 1 else ""
        old_text, new_text = (None, text) if place in after else (text, None)
        found.append(EntryChange(whole, old_text, new_text, count))
    return tuple(dict.fromkeys(found))


def _inside(place: str, whole: str) -> bool:
    return place == whole or place.startswith((f"{whole}.", f"{whole}["))


def _whole(place: str, others: Iterable[str]) -> str:
    """The largest piece of study.toml around an entry of which the other has nothing."""
    ends = [match.start() for match in re.finditer(r"[.\[]", place)]
    for end in ends:
        if not any(_inside(name, place[:end]) for name in others):
            return place[:end]
    return place
