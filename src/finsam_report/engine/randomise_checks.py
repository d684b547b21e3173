"""What must hold before chance may decide."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from finsam_report.display.provenance import sha256
from finsam_report.engine.assignment_files import ENDINGS
from finsam_report.estimators import allotment
from finsam_report.inputs.roster import Roster, block_columns, other_columns
from finsam_report.inputs.tables import cell_problem
from finsam_report.problems import MAX_ROWS_SHOWN, Problem
from finsam_report.study import FILE_NAME, Register, Study, Survey
from finsam_report.study_file import split_sheet

Report = Callable[[Problem], None]


def share(part: Survey | Register, name: str, report: Report) -> None:
    """The study must say what share gets support."""
    if part.assignment.share_support is None:
        report(
            Problem(
                file=FILE_NAME,
                column=f"{name}.assignment.share_support",
                found="nothing",
                expected="the share that gets support, such as 0.6",
                mend="add it",
            )
        )


def place(roster: Path, directory: Path, study: Study, out: Path, report: Report) -> None:
    """The assignment goes to a file of its own, of a kind that can be written."""
    if out.suffix.lower() not in ENDINGS:
        report(
            Problem(
                file=out.name,
                found=f"the ending '{out.suffix}'",
                expected=f"a file that ends in {', '.join(ENDINGS)}",
                mend="choose another name for --out",
            )
        )
    source = roster.with_name(split_sheet(roster.name)[0])
    others = {p.resolve() for p in (source, *(directory / name for name in study.files()))}
    own = {directory.joinpath(p.participants).resolve() for p in parts(study)}
    if out.resolve() in others - (own - {source.resolve()}):
        report(
            Problem(
                file=out.name,
                found="the roster or a table of the study",
                expected="a file of its own for the assignment",
                mend="choose another name for --out",
            )
        )
    elif out.is_dir():
        report(
            Problem(
                file=out.name, found="a directory", expected="the name of a file",
                mend="name a file in it",
            )
        )  # fmt: skip


def parts(study: Study) -> tuple[Survey | Register, ...]:
    """The experiments of a study."""
    return tuple(part for part in (study.survey, study.register_) if part is not None)


def kept(path: Path, part: Survey | Register, report: Report) -> None:
    """A file that is added to keeps all it has, so it may have no columns beside those."""
    others = other_columns(path, part)
    if others:
        report(
            Problem(
                file=path.name,
                found=f"more columns than an assignment has ({len(others)})",
                expected=f"the columns person, {', '.join((*block_columns(part), 'batch', 'arm'))}",
                mend="name this file with --append and another with --out, so that it stays",
            )
        )


def audit(path: Path, beside: Path, report: Report) -> dict[str, Any]:
    """The audit file of an earlier assignment, which must fit it."""
    if not beside.is_file():
        if not path.is_file():
            return {}
        report(
            Problem(
                file=path.name,
                found="no audit file beside it",
                expected=beside.name,
                mend="nothing, if the assignment is as it was made: it is taken as it stands",
                severity="warning",
            )
        )
        return {}
    try:
        found = json.loads(beside.read_text("utf-8"))
        digest, batches = found["output"]["sha256"], found["batches"]
    except (OSError, ValueError, KeyError, TypeError):
        digest = batches = None
    if not isinstance(digest, str) or not isinstance(batches, list):
        report(
            Problem(
                file=beside.name, found="no audit file", expected=f"the one made with {path.name}",
                mend="bring it back, or remove it",
            )
        )  # fmt: skip
        return {}
    # Ahead of the assignment: a run was broken off between the files. The same run may finish it.
    if not path.is_file():
        return {"batches": [], "unfinished": digest}
    now = sha256(path)
    if digest != now and (before := _ahead(batches, now)) is not None:
        return {"batches": before, "unfinished": digest}
    if digest != now:
        report(
            Problem(
                file=path.name,
                found="an assignment that was changed since it was made",
                expected=f"the one whose SHA-256 {beside.name} gives",
                mend="bring the file back as it was",
            )
        )
    return {"batches": batches}


def _ahead(batches: list[Any], now: str) -> list[Any] | None:
    """The batches of an audit file up to the assignment that is there, if it was one of them."""
    for at, batch in enumerate(batches):
        earlier = batch.get("earlier") if isinstance(batch, dict) else None
        if isinstance(earlier, dict) and earlier.get("sha256") == now:
            return batches[:at]
    return None


def mechanism(path: Path, part: Survey | Register, earlier: Roster, report: Report) -> None:
    """The earlier numbers must be the declared share of each block, rounded up or down."""
    if part.assignment.share_support is None:
        return
    portion = allotment.declared(part.assignment.share_support)
    support = earlier.frame["arm"] == part.arms.support.value
    wrong = []
    for name, inside in support.groupby(earlier.block, sort=True):
        due = portion * len(inside)
        if not math.floor(due) <= int(inside.sum()) <= math.ceil(due):
            wrong.append(str(name))
    if wrong:
        shown = f" ({', '.join(wrong)})" if len(wrong) <= MAX_ROWS_SHOWN else ""
        rows = earlier.frame.index.to_numpy()[earlier.block.isin(wrong).to_numpy()]
        report(
            cell_problem(
                path.name, "arm", rows,
                f"blocks with another share of support{shown}",
                f"{100 * float(portion):.15g} per cent of each block, to a person",
                "add to the assignment that was made with this share, or start a new file",
            )
        )  # fmt: skip


def few(
    roster: Path, batch: str, people: pd.DataFrame, blocks: Sequence[str], report: Report
) -> None:
    """Warn of blocks in which both arms may not be found."""
    if not blocks:
        return
    inside = people["block"].isin(list(blocks)).to_numpy()
    shown = f" ({', '.join(blocks)})" if len(blocks) <= MAX_ROWS_SHOWN else ""
    number = "a block" if len(blocks) == 1 else f"{len(blocks)} blocks"
    problem = cell_problem(
        roster.name, None, people.index.to_numpy()[inside],
        f"{number} of batch {batch} with too few people for both arms{shown}",
        "in each block of a batch enough people for both arms",
        "nothing, if later batches fill the block; else let them wait for a larger batch",
    )  # fmt: skip
    report(replace(problem, severity="warning"))
