"""From a study, and what is assumed of it, to what it could find."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from finsam_report.display import figure as figures
from finsam_report.display import power as shown
from finsam_report.engine.files import put
from finsam_report.errors import FinsamError
from finsam_report.inputs import checks, contract
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.inputs.tables import read_table
from finsam_report.parts import power_data, power_tables
from finsam_report.parts.power_plan import Known, Options, Plan, planned
from finsam_report.problems import InputProblems, Problem
from finsam_report.study import Study
from finsam_report.study_file import split_sheet

Progress = Callable[[str], None]

SIZES = (0.1, 0.15, 0.2, 0.3, 0.5)
CHANGES = (0.02, 0.03, 0.05, 0.1)


@dataclass(frozen=True)
class Found:
    """Smallest effects, numbers of people, and what is drawn."""

    detectable: pd.DataFrame
    needed: pd.DataFrame
    curves: pd.DataFrame
    plans: tuple[Plan, ...]
    aim: power_tables.Aim


def _known(directory: Path, study: Study, name: str, inputs: Inputs | None) -> Known | None:
    """What the data say: of outcomes where all tables are there, else of participants if any."""
    part = study.survey if name == "survey" else study.register_
    if inputs is not None:
        return power_data.known(inputs, name)
    if part is None or not (directory / split_sheet(part.participants)[0]).is_file():
        return None
    problems: list[Problem] = []
    people = read_table(directory, contract.participants(part), problems.append)
    if people is not None:
        checks.blocks(part, people, problems.append)
    if people is None or any(problem.severity == "error" for problem in problems):
        raise InputProblems(problems)
    return power_data.people_known(part, people, study.analysis.level)


def power(
    directory: Path,
    study: Study,
    names: Sequence[str],
    options: Options,
    *,
    data: bool,
    sizes: Sequence[float],
    changes: Sequence[float],
    progress: Progress,
) -> Found:
    """Smallest effects and numbers of people.

    Args:
        directory: The study's directory.
        study: The study.
        names: Experiments: "survey", "register".
        options: What is said beside the study.
        data: Whether the study's own data are used, where they exist.
        sizes: Effects on means whose numbers of people are asked for, in standard deviations.
        changes: The same of shares, from 0 to 1.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: Something that is needed is not known, or the data break their contract.
    """
    inputs = None
    if data and all((directory / name).is_file() for name in study.files()):
        progress("reading and checking the study's data")
        inputs = read_inputs(directory)
    aim = power_tables.Aim(study.analysis.power, study.analysis.level)
    plans = []
    for name in names:
        part = study.survey if name == "survey" else study.register_
        if part is None:
            raise FinsamError(f"the study has no [{name}]")
        progress(f"looking at the {name}")
        known = _known(directory, study, name, inputs) if data else None
        plans.append(planned(name, part, options, known))
    unknown = set(options.outcomes) - {"all"}
    unknown -= {outcome.outcome for plan in plans for outcome in plan.outcomes}
    if unknown:
        raise FinsamError(f"'{min(unknown)}' of --assume is no main outcome of the study")
    progress("computing the smallest effects")
    found = power_tables.detectable(plans, aim)
    progress("computing numbers of people")
    people = power_tables.needed(plans, aim, sizes, changes)
    curves = [power_tables.curve(plan, aim) for plan in plans]
    return Found(found, people, pd.concat(curves, ignore_index=True), tuple(plans), aim)


def write(found: Found, out: Path) -> tuple[Path, ...]:
    """Write the two tables and the figure; which files these are.

    Args:
        found: What was computed.
        out: A directory; made where it is not there.

    Raises:
        FinsamError: A file cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise FinsamError(f"{out.name} is a file; choose a directory for the output")
    aim = f"power {100 * found.aim.power:g} per cent, level {100 * found.aim.level:g} per cent"
    files = {
        out / "power.csv": _csv(found.detectable),
        out / "power-people.csv": _csv(found.needed),
    }
    if len(found.curves):
        here = set(found.curves["part"])
        marked = {plan.part: plan.people for plan in found.plans if plan.part in here}
        drawing = shown.figure(found.curves, marked, aim)
        with tempfile.TemporaryDirectory() as folder:
            figures.write(drawing, Path(folder))
            for path in sorted(Path(folder).iterdir()):
                files[out / path.name] = path.read_bytes()
    put(files)
    return tuple(files)


def _csv(frame: pd.DataFrame) -> bytes:
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")
