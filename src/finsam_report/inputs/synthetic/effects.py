"""Reading other true effects for the synthetic study.

As CSV, with the headings ``part,outcome,month,effect``, or as TOML::

    [survey]
    job_now = 0.1                       # in standard deviations

    [register]
    subsidised_job = [3.0, 3.0, 1.5]    # percentage points at 12, 24 and 36 months
    wage_income_year = 0                # kronor a year; one number for all three

Effects that the file does not name stay as they are.
"""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np

from finsam_report.inputs.synthetic.register_design import RARE, SHARES, RegisterDesign, expected
from finsam_report.inputs.synthetic.survey_design import ITEMS, SurveyDesign, calibrated
from finsam_report.problems import InputProblems, Problem

MONTHS = (12, 24, 36)
WAGE = "wage_income_year"
NAMES = {
    "survey": tuple(item.id for item in ITEMS),
    "register": (*(outcome.id for outcome in SHARES), WAGE),
}
HEADINGS = ("part", "outcome", "month", "effect")

# Part, outcome, month (None: all three, or the survey), effect, row in the file.
Row = tuple[str, str, int | None, float, int]
Report = Callable[..., None]


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; is '{near[0]}' meant?" if near else ""


def _number(text: object) -> float | None:
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    try:
        value = float(text)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _from_csv(text: str, report: Report) -> list[Row]:
    rows: list[Row] = []
    reader = csv.DictReader(StringIO(text))
    headings = list(reader.fieldnames or [])
    for name in ("part", "outcome", "effect"):
        if name not in headings:
            free = [heading for heading in headings if heading not in HEADINGS]
            report(f"no column '{name}'" + _near(name, free), "the headings " + ", ".join(HEADINGS))
    if {"part", "outcome", "effect"} - set(headings):
        return []
    for line, cells in enumerate(reader, 2):
        cell = {key: (cells.get(key) or "").strip() for key in HEADINGS}
        if not any(cell.values()):
            continue
        effect = _number(cell["effect"])
        month = _number(cell["month"]) if cell["month"] else None
        if effect is None:
            report("an effect that is no number", "a number with a decimal point", line, "effect")
        elif cell["month"] and (month not in MONTHS or cell["part"] == "survey"):
            report("another month", "12, 24 or 36; empty for the survey", line, "month")
        else:
            at = None if month is None else int(month)
            rows.append((cell["part"], cell["outcome"], at, effect, line))
    return rows


def _from_toml(text: str, report: Report) -> list[Row]:
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        report(str(error), "TOML, or CSV with the headings " + ", ".join(HEADINGS))
        return []
    rows: list[Row] = []
    for part, entries in tables.items():
        if not isinstance(entries, dict):
            report(f"'{part}' outside a part", "effects under [survey] or [register]")
            continue
        for outcome, given in entries.items():
            place = f"{part}.{outcome}"
            several = isinstance(given, list) and part != "survey"
            values = [_number(value) for value in (given if several else [given])]
            if isinstance(given, str) or None in values or len(values) not in (1, len(MONTHS)):
                expected_ = "a number" if part == "survey" else "a number, or a list of three"
                report("something else", expected_, None, place)
                continue
            months: Sequence[int | None] = MONTHS if several and len(values) > 1 else (None,)
            for month, value in zip(months, values, strict=True):
                if value is not None:
                    rows.append((part, outcome, month, value, 0))
    return rows


def _unknown(rows: list[Row], parts: Sequence[str], report: Report) -> None:
    seen: set[tuple[str, str, int | None]] = set()
    for part, outcome, month, effect, line in rows:
        if part not in NAMES:
            report(f"the part '{part}'" + _near(part, list(NAMES)), "survey or register", line)
        elif part not in parts:
            report(f"an effect in the {part}", "only effects in the parts that are made", line)
        elif outcome in RARE and part == "register":
            if effect != 0:
                report(
                    f"an effect on '{outcome}'",
                    "no effect on an outcome that is too rare to estimate", line, outcome,
                )  # fmt: skip
        elif outcome not in NAMES[part]:
            report(
                f"the outcome '{outcome}'" + _near(outcome, NAMES[part]),
                "one of " + ", ".join(NAMES[part]), line,
            )  # fmt: skip
        months = MONTHS if part == "register" and month is None else (month,)
        keys = {(part, outcome, at) for at in months}
        if keys & seen:
            report(f"'{outcome}' more than once", "each effect once", line)
        seen |= keys


def _survey(design: SurveyDesign, given: dict[str, float], report: Report) -> SurveyDesign:
    items = tuple(replace(item, effect=given.get(item.id, item.effect)) for item in design.items)
    for item in items:
        if item.id not in given:
            continue
        try:
            with np.errstate(all="ignore"):
                calibrated(replace(design, items=(item,)))
        except ValueError:
            report(
                f"an effect of {item.effect:g} standard deviations on '{item.id}'",
                "an effect that answers from 1 to 5 can have", None, item.id,
            )  # fmt: skip
    return replace(design, items=items)


def _with(design: RegisterDesign, given: dict[str, tuple[float, ...]]) -> RegisterDesign:
    shares = []
    for outcome in design.shares:
        usual = tuple(dict(outcome.effect)[month] for month in MONTHS)
        new = given.get(outcome.id, usual)
        # The course between the months is kept where it leads to the same effects.
        course = outcome.effect if new == usual else ((0, 0.0), *zip(MONTHS, new, strict=True))
        shares.append(replace(outcome, effect=course))
    wages = given.get(WAGE, design.wage_effect_by_year)
    return replace(design, shares=tuple(shares), wage_effect_by_year=(wages[0], wages[1], wages[2]))


def _fault(design: RegisterDesign) -> str:
    """Why a design cannot be, empty where it can."""
    try:
        expected(design)
    except ValueError as error:
        return str(error)
    return ""


def _register(
    design: RegisterDesign, given: dict[str, tuple[float, ...]], report: Report
) -> RegisterDesign:
    new = _with(design, given)
    if not _fault(new):
        return new
    alone = [name for name in given if _fault(_with(design, {name: given[name]}))]
    for name in alone:
        # The largest hundredth part of them that can be.
        tried = (tuple(k / 100 * value for value in given[name]) for k in range(99, -1, -1))
        most = next((v for v in tried if not _fault(_with(design, {name: v}))), ())
        shown = ", ".join(f"{value:g}" for value in given[name])
        limit = " with the other effects as they are: " + ", ".join(f"{v:.3g}" for v in most)
        wanted = "smaller effects" + (", at most" + limit if most else "")
        report(
            f"effects of {shown} on '{name}': {_fault(_with(design, {name: given[name]}))}",
            wanted,
            None,
            name,
        )
    if not alone:
        report(f"effects that do not go together: {_fault(new)}", "smaller effects")
    return new


def read_effects(
    path: Path, survey: SurveyDesign, register: RegisterDesign, parts: Sequence[str]
) -> tuple[SurveyDesign, RegisterDesign]:
    """The designs with the true effects that a file states.

    Args:
        path: A TOML or CSV file.
        survey: The survey experiment as it would be.
        register: The register experiment as it would be.
        parts: The parts that are made.

    Returns:
        Both designs with these effects.

    Raises:
        InputProblems: The file cannot be read, names what does not exist, or asks for effects
            that cannot be.
    """
    problems: list[Problem] = []

    def report(found: str, wanted: str, row: int | None = None, column: str | None = None) -> None:
        rows = (row,) if row else ()
        problem = Problem(
            file=path.name,
            column=column,
            rows=rows,
            count=len(rows),
            found=found,
            expected=wanted,
            mend="correct the file of effects",
        )
        problems.append(problem)

    rows: list[Row] = []
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = (_from_csv if path.suffix.lower() == ".csv" else _from_toml)(text, report)
    except OSError as error:
        report(f"a file that cannot be read ({error.strerror})", "a TOML or CSV file")
    except UnicodeDecodeError:
        report("bytes that are not UTF-8", "text in UTF-8")
    _unknown(rows, parts, report)
    if not problems:
        answers = {name: effect for part, name, _, effect, _ in rows if part == "survey"}
        months = {
            outcome.id: [dict(outcome.effect)[month] for month in MONTHS]
            for outcome in register.shares
        } | {WAGE: list(register.wage_effect_by_year)}
        named = {name for part, name, *_ in rows if part == "register" and name not in RARE}
        for part, name, month, effect, _ in rows:
            if part == "register" and name in named:
                for k in range(len(MONTHS)) if month is None else (MONTHS.index(month),):
                    months[name][k] = effect
        survey = _survey(survey, answers, report)
        register = _register(register, {name: tuple(months[name]) for name in named}, report)
    if problems:
        raise InputProblems(problems)
    return survey, register
