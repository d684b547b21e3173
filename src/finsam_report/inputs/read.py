"""Reading a study: study.toml and its tables, checked together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs import contract
from finsam_report.inputs.tables import cell_problem, read_table
from finsam_report.problems import MAX_ROWS_SHOWN, InputProblems, Problem
from finsam_report.study import Register, Study, Survey, read_study_file

Report = Callable[[Problem], None]


@dataclass(frozen=True)
class Tables:
    """The two checked tables of one experiment, the participants first.

    ``followed`` has in column ``row`` the position of each person among the participants.
    """

    participants: pd.DataFrame
    followed: pd.DataFrame


@dataclass(frozen=True)
class Inputs:
    """A study and its checked tables."""

    directory: Path
    study: Study
    survey: Tables | None
    register: Tables | None


def _codes(values: pd.Series) -> pd.Series:
    """Values of a block column as text: "1" and not "1.0" for a covariate held as a number."""
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(lambda v: f"{v:.15g}", na_action="ignore").astype("string")
    return values.astype("string")


def block_labels(part: Survey | Register, participants: pd.DataFrame) -> pd.Series:
    """The name of each person's block, "all" where there is only one."""
    if not part.assignment.blocks:
        return pd.Series("all", index=participants.index, dtype="string")
    names = [_codes(participants[name]) for name in part.assignment.blocks]
    label = names[0]
    for other in names[1:]:
        label = label + " / " + other
    return label


def _check_blocks(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    label = block_labels(part, frame)
    support = (frame["arm"] == part.arms.support.value).fillna(False).to_numpy(dtype=bool)
    control = (frame["arm"] == part.arms.control.value).fillna(False).to_numpy(dtype=bool)
    both = set(label[support].dropna()) & set(label[control].dropna())
    known = (support | control) & label.notna().to_numpy()
    # Where an arm is not known, it is reported already and may be the one that is missing.
    open_ = set(label[~(support | control)].dropna())
    wrong = known & ~label.isin(both | open_).to_numpy(dtype=bool)
    if not wrong.any():
        return
    if not part.assignment.blocks:
        only = part.arms.support if support.any() else part.arms.control
        found, mend = f"one arm only ('{only.value}')", "add the people of the other arm"
        expected, place = "people in both arms", "arm"
    else:
        names = sorted(set(label[wrong]))
        # Many such blocks: the column is hardly the block, and may say who somebody is.
        shown = f" ({', '.join(names)})" if len(names) <= MAX_ROWS_SHOWN else ""
        number = "a block" if len(names) == 1 else f"{len(names)} blocks"
        found, expected = f"{number} with one arm only{shown}", "people in both arms in every block"
        place = " and ".join(part.assignment.blocks)
        mend = "remove such a block: chance did not decide there; or correct block or arm"
    rows = frame.index.to_numpy()[wrong]
    report(cell_problem(part.participants, place, rows, found, expected, mend))


def _attach(
    part: Survey | Register, people: pd.DataFrame, frame: pd.DataFrame, file: str, report: Report
) -> pd.DataFrame:
    """Add each row's person as a position among the participants; report strangers."""
    # Those who stand twice or lack an id are reported where they stand.
    known = people["person"].astype(object).drop_duplicates().dropna()
    at = pd.Index(known).get_indexer(pd.Index(frame["person"].astype(object)))
    position = np.arange(len(people))[people.index.get_indexer(known.index)]
    row = np.where(at >= 0, np.append(position, -1)[at], -1)
    strangers = (row < 0) & frame["person"].notna().to_numpy()
    if strangers.any():
        report(
            cell_problem(
                file,
                "person",
                frame.index.to_numpy()[strangers],
                f"people who are not in {part.participants}",
                "only people who were randomised",
                f"add them to {part.participants} or remove the rows",
            )
        )
    return frame.assign(row=row)


def _check_take_up(part: Survey | Register, frame: pd.DataFrame, report: Report) -> None:
    if "met_date" not in frame.columns or not part.take_up:
        return
    wrong = (frame["met_team"] == 0) & frame["met_date"].notna()
    if isinstance(part, Survey):
        return  # a date after the last survey is later support, not take-up
    if wrong.any():
        report(
            cell_problem(
                part.participants,
                "met_date",
                frame.index.to_numpy()[wrong.to_numpy()],
                "a date although met_team is 0",
                "a date only where met_team is 1",
                "empty the date or set met_team to 1",
            )
        )


def _check_survey(part: Survey, people: pd.DataFrame, frame: pd.DataFrame, report: Report) -> None:
    arm = people["arm"].astype(object).to_numpy()[frame["row"].clip(lower=0)]
    values = {name: getattr(part.arms, name).value for name in ("support", "control")}
    for wave in part.waves:
        allowed = [values[name] for name in wave.arms]
        others = [value for value in values.values() if value not in allowed]
        wrong = (frame["wave"] == str(wave.wave)).to_numpy(dtype=bool, na_value=False)
        wrong &= np.isin(arm.astype(str), others) & (frame["row"] >= 0).to_numpy()
        if wrong.any():
            report(
                cell_problem(
                    part.answers,
                    "wave",
                    frame.index.to_numpy()[wrong],
                    f"wave {wave.wave} from an arm that it was not sent to",
                    f"answers to wave {wave.wave} only from: {', '.join(allowed)}",
                    "correct wave or arm, or the wave's arms in study.toml",
                )
            )
    if not (frame["wave"] == str(part.primary_wave)).any():
        report(
            Problem(
                file=part.answers,
                column="wave",
                found=f"no answers to wave {part.primary_wave}",
                expected="answers to the primary wave",
                mend="add them, or change primary_wave",
            )
        )


def _check_register(part: Register, frame: pd.DataFrame, report: Report) -> None:
    periods = set(frame["period"].dropna().tolist())
    window = max((outcome.window for outcome in part.outcomes if outcome.main), default=1)
    needed = {p for h in part.horizons for p in range(h - window + 1, h + 1)}
    for period in sorted(needed - periods):
        horizon = period in part.horizons
        report(
            Problem(
                file=part.outcome_table,
                column="period",
                found=f"no rows with period {period}",
                expected=f"outcomes at each declared horizon ({part.period}s since the draw)"
                if horizon
                else "outcomes in all periods that a sum up to a horizon is made of",
                mend="add the rows, or change horizons in study.toml"
                if horizon
                else "add the rows, or change horizons or window in study.toml",
            )
        )


def _read_part(directory: Path, part: Survey | Register, report: Report) -> Tables | None:
    people = read_table(directory, contract.participants(part), report)
    second = contract.answers(part) if isinstance(part, Survey) else contract.outcomes(part)
    followed = read_table(directory, second, report)
    if people is not None:
        _check_blocks(part, people, report)
        _check_take_up(part, people, report)
    if followed is not None and isinstance(part, Register):
        _check_register(part, followed, report)
    if people is None or followed is None:
        return None
    followed = _attach(part, people, followed, second.file, report)
    if isinstance(part, Survey):
        _check_survey(part, people, followed, report)
    return Tables(people.reset_index(drop=True), followed.reset_index(drop=True))


def read_inputs(directory: Path) -> Inputs:
    """Read a study and check all of it.

    Args:
        directory: The study's directory; it is only read.

    Returns:
        The study and its tables.

    Raises:
        InputProblems: Something breaks the contract; all problems are listed.
    """
    study = read_study_file(directory)
    problems: list[Problem] = []
    tables: dict[str, Tables | None] = {"survey": None, "register": None}
    for name, part in (("survey", study.survey), ("register", study.register_)):
        if part is not None:
            tables[name] = _read_part(directory, part, problems.append)
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Inputs(directory, study, tables["survey"], tables["register"])
