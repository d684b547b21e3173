"""From a roster to an assignment and its audit file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finsam_report import __version__
from finsam_report.display.provenance import sha256
from finsam_report.engine import randomise_checks as checks
from finsam_report.engine.assignment_files import encoded
from finsam_report.engine.files import put
from finsam_report.errors import FinsamError
from finsam_report.estimators import allotment
from finsam_report.estimators.allotment import Earlier
from finsam_report.inputs import roster as rosters
from finsam_report.inputs.roster import BATCH, Roster, block_columns
from finsam_report.problems import InputProblems, Problem, ordered
from finsam_report.study import FILE_NAME, Register, Study, Survey
from finsam_report.study_file import split_sheet

Progress = Callable[[str], None]
Row = tuple[str, ...]

AUDIT = ".audit.json"


@dataclass(frozen=True)
class Outcome:
    """What a randomisation did.

    Attributes:
        batches: Batch, people and people with support, for each that is new.
        known: How many people were assigned already, where all of them were.
        warnings: What is odd.
        together: Columns that make up the blocks of the analysis.
    """

    batches: tuple[tuple[str, int, int], ...]
    known: int
    warnings: tuple[Problem, ...]
    together: tuple[str, ...]


def part_of(study: Study, name: str | None) -> str | None:
    """The experiment that is meant; None where the study leaves it open.

    It is the one that says what share gets support, and either where both decide alike.
    """
    if name is not None:
        return name
    there = {"survey": study.survey, "register": study.register_}
    known = {key: part for key, part in there.items() if part is not None}
    said = {k: p for k, p in known.items() if p.assignment.share_support is not None} or known
    alike = {(p.assignment, p.arms.support.value, p.arms.control.value) for p in said.values()}
    return next(iter(said)) if len(alike) == 1 else None


def audit_of(path: Path) -> Path:
    """Where the audit file of an assignment stands: beside it."""
    return path.with_name(split_sheet(path.name)[0] + AUDIT)


def _rows(people: Roster, columns: Sequence[str]) -> list[Row]:
    return [tuple(row) for row in people.frame[list(columns)].astype(str).itertuples(index=False)]


def _counted(blocks: Sequence[str], arms: Sequence[str], support: str) -> dict[str, Earlier]:
    """People and people with support by block."""
    out: dict[str, Earlier] = {}
    for block, arm in zip(blocks, arms, strict=True):
        old = out.get(block, Earlier())
        out[block] = Earlier(old.people + 1, old.support + (arm == support))
    return dict(sorted(out.items()))


def _told(counts: Mapping[str, Earlier]) -> list[dict[str, Any]]:
    return [
        {"block": name, "people": c.people, "support": c.support, "control": c.people - c.support}
        for name, c in counts.items()
    ]


def randomise(
    roster: Path,
    directory: Path,
    study: Study,
    name: str,
    *,
    seed: int,
    out: Path,
    append: Path | None,
    progress: Progress,
) -> Outcome:
    """Decide who of a roster gets support, and write that with an audit file beside it.

    Args:
        roster: The people: a table with the columns person and the declared blocks.
        directory: The study's directory.
        study: The study.
        name: The experiment: "survey" or "register".
        seed: Seed; the same seed and people give the same bytes.
        out: Where to write; an assignment that is there already is added to.
        append: An earlier assignment, if it is not ``out`` itself.
        progress: Told in a few words what happens next.

    Returns:
        What was done.

    Raises:
        InputProblems: Something is wrong with study, roster or earlier assignment; all at once.
        FinsamError: The files cannot be written.
    """
    part = study.survey if name == "survey" else study.register_
    if part is None:
        raise FinsamError(f"the study has no [{name}]")
    problems: list[Problem] = []
    progress("reading the roster")
    checks.share(part, name, problems.append)
    checks.place(roster, directory, study, out, problems.append)
    people = rosters.read_roster(roster, part, problems.append)
    place = append if append is not None else out if out.exists() else None
    earlier: Roster | None = None
    audit = {} if place is not None else checks.audit(out, audit_of(out), problems.append)
    if place is not None and not any(
        p.severity == "error" and p.file == place.name for p in problems
    ):
        earlier = rosters.read_assigned(place, part, problems.append)
        audit = checks.audit(place, audit_of(place), problems.append)
        if place.resolve() == out.resolve():
            checks.kept(place, part, problems.append)
    if earlier is not None:
        checks.mechanism(place or out, part, earlier, problems.append)
    known = 0
    if people is not None and earlier is not None:
        inside = people.frame["person"].isin(earlier.frame["person"])
        known = len(inside) if bool(inside.all()) else 0
        if known:
            rosters.moved(roster, people, earlier, problems.append)
        else:
            rosters.both(roster, people, earlier, problems.append)
    if people is not None and not known:
        rosters.arms_not_read(roster, people, problems.append)
    if any(problem.severity == "error" for problem in problems):
        raise InputProblems(problems)
    together = (*block_columns(part), BATCH)
    if people is None or known:
        return Outcome((), known, ordered(problems), together)
    progress("deciding")
    return _decided(
        _Job(part, name, study, directory, roster, people, earlier, place, audit, seed, out),
        problems, together,
    )  # fmt: skip


@dataclass(frozen=True)
class _Job:
    part: Survey | Register
    name: str
    study: Study
    directory: Path
    roster: Path
    people: Roster
    earlier: Roster | None
    place: Path | None
    audit: Mapping[str, Any]
    seed: int
    out: Path


def _decided(job: _Job, problems: list[Problem], together: tuple[str, ...]) -> Outcome:
    part, people = job.part, job.people
    share = allotment.declared(part.assignment.share_support or 0.0)
    support, control = part.arms.support.value, part.arms.control.value
    columns = ("person", *block_columns(part), BATCH, "arm")
    old = [] if job.earlier is None else _rows(job.earlier, columns)
    labels = [] if job.earlier is None else job.earlier.block.astype(str).tolist()
    arms = [row[-1] for row in old]
    frame = people.frame.assign(block=people.block.astype(str))
    if BATCH not in frame.columns:
        frame[BATCH] = rosters.next_batch([row[-2] for row in old])
    source = split_sheet(job.roster.name)[0]
    before = None
    if job.place is not None:
        before = {"file": job.place.name, "sha256": _digest(job.place)}
    batches = list(job.audit.get("batches", []))
    new: list[tuple[str, int, int]] = []
    rows = list(old)
    for batch in rosters.in_order(frame[BATCH].astype(str).tolist()):
        some = frame[frame[BATCH] == batch].sort_values(["block", "person"], kind="stable")
        here = some["block"].tolist()
        names = (job.study.study.id, job.name, batch)
        _, chosen = allotment.assign(
            some["person"].astype(str).tolist(), here, share,
            _counted(labels, arms, support), job.seed, names,
        )  # fmt: skip
        decided = [support if hit else control for hit in chosen]
        some = some.assign(arm=decided)
        rows += [tuple(row) for row in some[list(columns)].astype(str).itertuples(index=False)]
        labels += here
        arms += decided
        counts = _counted(here, decided, support)
        few = [b for b, c in counts.items() if allotment.may_lack_an_arm(share, c.people)]
        checks.few(job.roster, batch, some, few, problems.append)
        new.append((batch, len(some), int(chosen.sum())))
        batches.append(
            {
                "batch": batch, "seed": job.seed, "version": __version__,
                "roster": {"file": source, "sha256": _digest(job.roster)},
                "earlier": before, "people": len(some), "support": int(chosen.sum()),
                "control": len(some) - int(chosen.sum()), "blocks": _told(counts),
                "too_few_people": few,
            }
        )  # fmt: skip
    content = encoded(job.out.suffix.lower(), columns, rows)
    _unchanged(job, content)
    _finished(job, content)
    told = _audit(job, batches, _counted(labels, arms, support), content)
    put({audit_of(job.out): told, job.out: content})
    return Outcome(tuple(new), 0, ordered(problems), together)


def _digest(path: Path) -> str:
    return sha256(path.with_name(split_sheet(path.name)[0]))


def _unchanged(job: _Job, content: bytes) -> None:
    """Another assignment is never replaced, only added to."""
    there = job.out.exists() and (job.place is None or job.place.resolve() != job.out.resolve())
    if there and job.out.read_bytes() != content:
        raise InputProblems.one(
            file=job.out.name,
            found="an assignment that is there already",
            expected="a new file, or the one that is added to",
            mend="name another file with --out, or leave --append out to add to this one",
        )


def _finished(job: _Job, content: bytes) -> None:
    """What an audit file has on record is decided: only the very same may follow."""
    recorded = job.audit.get("unfinished")
    if recorded is not None and recorded != hashlib.sha256(content).hexdigest():
        raise InputProblems.one(
            file=audit_of(job.place or job.out).name,
            found="batches that no assignment beside it holds: their run was broken off, or the "
            "file was removed or put back",
            expected="the run that is on record, with its roster, batches and seed",
            mend="run that again, and then this; to begin anew, remove the audit file",
        )


def _audit(
    job: _Job, batches: Sequence[object], counts: Mapping[str, Earlier], content: bytes
) -> bytes:
    part = job.part
    report = {
        "tool": {"name": "finsam-report", "version": __version__},
        "command": "finsam-report randomise",
        "study": job.study.study.id,
        "study_file": {"file": FILE_NAME, "sha256": sha256(job.directory / FILE_NAME)},
        "part": job.name,
        "mechanism": allotment.MECHANISM,
        "keys": allotment.KEYS,
        "share_support": part.assignment.share_support,
        "blocks": list(block_columns(part)),
        "arms": {"support": part.arms.support.value, "control": part.arms.control.value},
        "output": {"file": job.out.name, "sha256": hashlib.sha256(content).hexdigest()},
        "people": sum(c.people for c in counts.values()),
        "support": sum(c.support for c in counts.values()),
        "counts": _told(counts),
        "batches": batches,
    }
    return (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
