"""Reading other true effects for the synthetic study.

As CSV, with the headings ``part,outcome,month,group,effect`` (month and group may be left out),
or as TOML::

    [survey]
    job_now = 0.1                       # in standard deviations

    [register]
    subsidised_job = [3.0, 3.0, 1.5]    # percentage points at 12, 24 and 36 months
    wage_income_year = 0                # kronor a year; one number for all three

    [municipality]
    employment = 0.5                    # percentage points from the third year of membership on
    sickness_benefit = { women = -0.2, "men 18-29" = 0 }

Effects that the file does not name stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from finsam_report.inputs.synthetic.designs import Designs
from finsam_report.inputs.synthetic.effects_rows import MONTHS, Given, Report, near, read_rows
from finsam_report.inputs.synthetic.municipality_design import (
    MunicipalityDesign,
    PanelOutcome,
    cells_of,
    effect_limits,
    group_names,
)
from finsam_report.inputs.synthetic.register_design import RARE, SHARES, RegisterDesign, expected
from finsam_report.inputs.synthetic.survey_design import ITEMS, SurveyDesign, calibrated
from finsam_report.problems import InputProblems, Problem

WAGE = "wage_income_year"
NAMES = {
    "survey": tuple(item.id for item in ITEMS),
    "register": (*(outcome.id for outcome in SHARES), WAGE),
    "municipality": tuple(outcome.id for outcome in MunicipalityDesign().outcomes),
}


def _known(given: Given, parts: Sequence[str], report: Report) -> bool:
    part, outcome, line = given.part, given.outcome, given.line
    if part not in NAMES:
        report(f"the part '{part}'" + near(part, list(NAMES)), "one of " + ", ".join(NAMES), line)
    elif part not in parts:
        report(f"an effect in the {part}", "only effects in the parts that are made", line)
    elif outcome in RARE and part == "register":
        if given.effect != 0:
            report(
                f"an effect on '{outcome}'",
                "no effect on an outcome that is too rare to estimate", line, outcome,
            )  # fmt: skip
    elif outcome not in NAMES[part]:
        report(
            f"the outcome '{outcome}'" + near(outcome, NAMES[part]),
            "one of " + ", ".join(NAMES[part]), line,
        )  # fmt: skip
    elif part == "municipality" and given.group not in group_names():
        report(
            f"the group '{given.group}'" + near(given.group, group_names()),
            "one of " + ", ".join(group_names()), line, outcome,
        )  # fmt: skip
    else:
        return True
    return False


def _unknown(rows: list[Given], parts: Sequence[str], report: Report) -> None:
    seen: set[tuple[str, str, object]] = set()
    for given in rows:
        known = _known(given, parts, report)
        places: list[object] = [given.month]
        if given.part == "register" and given.month is None:
            places = list(MONTHS)
        elif given.part == "municipality" and known:
            places = list(zip(*np.nonzero(cells_of(given.group)), strict=True))
        keys = {(given.part, given.outcome, place) for place in places}
        if keys & seen:
            also = " (groups that overlap)" if given.part == "municipality" else ""
            report(f"'{given.outcome}' more than once{also}", "each effect once", given.line)
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


def _panel(design: MunicipalityDesign, given: list[Given], report: Report) -> MunicipalityDesign:
    outcomes = []
    for outcome in design.outcomes:
        effect = np.array(outcome.effect)
        lowest, highest = effect_limits(outcome)
        for row in (row for row in given if row.outcome == outcome.id):
            cells = cells_of(row.group)
            effect[cells] = row.effect
            least, most = float(lowest[cells].max()), float(highest[cells].min())
            if not least <= row.effect <= most:
                report(
                    f"an effect of {row.effect:g} percentage points on '{outcome.id}'",
                    f"an effect that shares from 0 to 100 can have: from {least:.2g} to {most:.2g}",
                    row.line or None, outcome.id,
                )  # fmt: skip
        women, men = (tuple(float(v) for v in cells) for cells in effect)
        outcomes.append(_with_effect(outcome, women, men))
    return replace(design, outcomes=tuple(outcomes))


def _with_effect(
    outcome: PanelOutcome, women: tuple[float, ...], men: tuple[float, ...]
) -> PanelOutcome:
    young, middle, old = women
    young_men, middle_men, old_men = men
    return replace(outcome, effect=((young, middle, old), (young_men, middle_men, old_men)))


def read_effects(path: Path, designs: Designs) -> Designs:
    """The designs with the true effects that a file states.

    Args:
        path: A TOML or CSV file.
        designs: What is made, as it would be.

    Returns:
        The designs with these effects.

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

    rows = read_rows(path, report)
    _unknown(rows, [part for part in NAMES if getattr(designs, part) is not None], report)
    survey, register, panel = designs.survey, designs.register, designs.municipality
    if not problems and survey is not None:
        answers = {row.outcome: row.effect for row in rows if row.part == "survey"}
        survey = _survey(survey, answers, report)
    if not problems and register is not None:
        months = {
            outcome.id: [dict(outcome.effect)[month] for month in MONTHS]
            for outcome in register.shares
        } | {WAGE: list(register.wage_effect_by_year)}
        theirs = [row for row in rows if row.part == "register" and row.outcome not in RARE]
        for row in theirs:
            for k in range(len(MONTHS)) if row.month is None else (MONTHS.index(row.month),):
                months[row.outcome][k] = row.effect
        named = {row.outcome: tuple(months[row.outcome]) for row in theirs}
        register = _register(register, named, report)
    if not problems and panel is not None:
        panel = _panel(panel, [row for row in rows if row.part == "municipality"], report)
    if problems:
        raise InputProblems(problems)
    return replace(designs, survey=survey, register=register, municipality=panel)
