"""The people who are to be randomised, and those who were: reading both, with all problems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs import contract
from finsam_report.inputs.blocks import block_labels, column_codes
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.files import Report, file_problem, read_raw
from finsam_report.inputs.tables import cell_problem, read_table
from finsam_report.study import Register, Survey
from finsam_report.study_file import split_sheet

BATCH = "batch"
_WHOLE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Roster:
    """People with their blocks; columns ``person``, the blocks as text, ``batch`` and more.

    Attributes:
        frame: The people, the index being their place in the file.
        block: The name of each one's block; batches are no part of it.
    """

    frame: pd.DataFrame
    block: pd.Series


def block_columns(part: Survey | Register) -> tuple[str, ...]:
    """The declared blocks, without the batch: each batch is decided by itself anyway."""
    return tuple(name for name in part.assignment.blocks if name != BATCH)


def _columns(part: Survey | Register) -> tuple[Column, ...]:
    known = {column.name: column for column in contract.participants(part).columns}
    return tuple(known[name] for name in ("person", *block_columns(part)))


def roster_table(part: Survey | Register, file: str) -> Table:
    """What a roster must hold: who somebody is, the blocks, and the batch if it is known."""
    columns = (
        *_columns(part),
        Column(BATCH, "text", required=False, personal=False),
        Column("arm", "text", required=False, empty=True, personal=False),
    )
    return Table(file, columns, ("person",), "roster")


def assigned_table(part: Survey | Register, file: str) -> Table:
    """What a file of earlier assignments must hold."""
    values = (part.arms.support.value, part.arms.control.value)
    columns = (
        *_columns(part),
        Column(BATCH, "text", personal=False),
        Column("arm", "category", values=values, personal=False),
    )
    return Table(file, columns, ("person",), "assigned")


def _read(path: Path, table: Table, part: Survey | Register, report: Report) -> Roster | None:
    file = split_sheet(path.name)[0]
    if not (path.parent / file).exists():
        mend = "check the path"
        report(file_problem(path.name, "no such file", "a table of people", mend))
        return None
    frame = read_table(path.parent, table, report)
    if frame is None:
        return None
    for name in (*block_columns(part), BATCH):
        if name in frame.columns:
            frame[name] = column_codes(frame[name])
    assignment = part.assignment.model_copy(update={"blocks": block_columns(part)})
    return Roster(frame, block_labels(part.model_copy(update={"assignment": assignment}), frame))


def read_roster(path: Path, part: Survey | Register, report: Report) -> Roster | None:
    """Read the people who are to be randomised.

    Args:
        path: A table as CSV, Excel (``roster.xlsx#sheet`` for a sheet) or Parquet.
        part: The experiment that they are randomised for.
        report: Called with each problem.

    Returns:
        The people; None where the table cannot be used.
    """
    return _read(path, roster_table(part, path.name), part, report)


def arms_not_read(path: Path, roster: Roster, report: Report) -> None:
    """Warn of arms in a roster: chance decides, not the roster."""
    if "arm" in roster.frame.columns and roster.frame["arm"].notna().any():
        rows = roster.frame.index.to_numpy()[roster.frame["arm"].notna().to_numpy()]
        problem = cell_problem(
            path.name, "arm", rows, "arms in a roster", "people who have no arm yet",
            "nothing, if chance is to decide now: the column is not read; "
            "if it has decided already, name the file with --append",
        )  # fmt: skip
        report(replace(problem, severity="warning"))


def read_assigned(path: Path, part: Survey | Register, report: Report) -> Roster | None:
    """Read earlier assignments; arguments and result as for :func:`read_roster`."""
    return _read(path, assigned_table(part, path.name), part, report)


def other_columns(path: Path, part: Survey | Register) -> tuple[str, ...]:
    """Columns of a file of earlier assignments that such a file does not have."""
    table = assigned_table(part, path.name)
    raw = read_raw(path.parent, table, lambda _: None)
    names = {column.name for column in table.columns}
    return tuple(name for name in raw.headings if name not in names) if raw else ()


def in_order(labels: Sequence[str]) -> list[str]:
    """Batches in the order in which they are decided: by number where all are numbers."""
    once = sorted(set(labels))
    if all(_WHOLE.fullmatch(label) for label in once):
        return sorted(once, key=lambda label: (int(label), label))
    return once


def next_batch(labels: Sequence[str]) -> str:
    """A number for the batch that follows those that there are."""
    taken = set(labels)
    whole = [int(label) for label in taken if _WHOLE.fullmatch(label)]
    following = max(whole) + 1 if whole else len(taken) + 1
    while str(following) in taken:
        following += 1
    return str(following)


def both(path: Path, roster: Roster, earlier: Roster, report: Report) -> None:
    """Report people of a roster who are assigned already, and batches that are closed."""
    person = roster.frame["person"]
    known = person.isin(earlier.frame["person"]).to_numpy(dtype=np.bool_, na_value=False)
    if known.any():
        report(
            cell_problem(
                path.name, "person", roster.frame.index.to_numpy()[known],
                "people who are assigned already", "people who have no arm yet",
                "remove these rows: nobody is assigned twice",
            )
        )  # fmt: skip
    if BATCH in roster.frame.columns:
        closed = roster.frame[BATCH].isin(earlier.frame[BATCH])
        again = closed.to_numpy(dtype=np.bool_, na_value=False) & ~known
        if again.any():
            report(
                cell_problem(
                    path.name, BATCH, roster.frame.index.to_numpy()[again],
                    "a batch that is decided already", "batches that are new",
                    "give the new people a batch of their own, or remove the column: "
                    "the batch is then numbered",
                )
            )  # fmt: skip


def moved(path: Path, roster: Roster, earlier: Roster, report: Report) -> None:
    """Warn of people whose block is not the one in which they were assigned."""
    then = pd.Series(earlier.block.to_numpy(), index=earlier.frame["person"].to_numpy())
    was = then.reindex(roster.frame["person"].to_numpy()).to_numpy()
    other = np.array([a != b for a, b in zip(was, roster.block.to_numpy(), strict=True)])
    if other.any():
        problem = cell_problem(
            path.name, "person",
            roster.frame.index.to_numpy()[other],
            "people in another block than when they were assigned", "the same block as then",
            "nothing, if they have moved since: the block of the assignment stands",
        )  # fmt: skip
        report(replace(problem, severity="warning"))
