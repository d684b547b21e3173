"""What the analysis plan calls parts, outcomes, groups, times and estimators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from finsam_report.display import group_labels, municipality_names
from finsam_report.display.catalogue import has
from finsam_report.display.context import Context, Part
from finsam_report.display.shown import escaped
from finsam_report.study_plan import (
    AGE,
    CALENDAR,
    PARTS,
    SEX,
    Plan,
    PlannedGroup,
    PlannedOutcome,
    PlannedPart,
)

MUNICIPALITY = "municipality"


def plain(context: Context, text: str) -> str:
    """Text of a file as it is shown."""
    return escaped(text) if context.markdown else text


def trial(part: str) -> Part | None:
    """An experiment by its name, None where the part is none."""
    return "survey" if part == "survey" else "register" if part == "register" else None


def outcomes(part: PlannedPart | None) -> dict[str, PlannedOutcome]:
    """The outcomes of a part of a plan by id."""
    return {outcome.id: outcome for outcome in part.outcomes} if part else {}


def groups(part: PlannedPart | None) -> dict[str, PlannedGroup]:
    """The subgroup variables of a part of a plan by id."""
    return {group.id: group for group in part.subgroups} if part else {}


def outcome(context: Context, part: str, name: str, plans: Iterable[Plan | None]) -> str:
    """The label of an outcome, from the first plan that has one."""
    for plan in plans:
        found = outcomes(plan.part(part) if plan else None).get(name)
        if found is not None and found.label is not None:
            return context.label(found.label)
    return plain(context, name)


def variable(context: Context, part: str, name: str, plans: Iterable[Plan | None]) -> str:
    """The label of a subgroup variable, from the first plan that has one."""
    if part == MUNICIPALITY and name in (SEX, AGE):
        return context.word(f"plan-variable-{name}")
    for plan in plans:
        found = groups(plan.part(part) if plan else None).get(name)
        if found is not None and found.label is not None:
            label = context.label(found.label)
            if name == CALENDAR:
                return context.word("plan-variable-calendar", label=label)
            return label
    return plain(context, name)


def family(context: Context, part: str, name: str) -> str:
    """The label of a family where the study declares one, else its id."""
    own = trial(part)
    declared = context.part(own) if own else None
    for entry in declared.families if declared else ():
        if entry.id == name:
            return context.label(entry.label)
    return plain(context, name.replace("_", " "))


def levels(context: Context, part: str, name: str) -> list[str]:
    """The groups of a variable by declaration, in words."""
    own = trial(part)
    if own is not None:
        key = group_labels.CALENDAR if name == CALENDAR else name
        found = group_labels.declared_levels(context, own, key)
        return [group_labels.level(context, own, key, value) for value in found]
    if name == SEX:
        return [context.word(f"municipality-sex-{who}") for who in ("women", "men")]
    known = municipality_names.declared(context).age_bands
    shown = municipality_names.bands(context)
    return [context.label(band.label) for band in known if band.value in shown]


def estimator(context: Context, part: str, name: str) -> str:
    """What an estimator does; the name itself where the package has none of it."""
    own = MUNICIPALITY if part == MUNICIPALITY else "trial"
    if found := re.fullmatch(r"anticipation_(\d+)", name):
        return context.word("plan-estimator-anticipation", years=int(found[1]))
    key = f"plan-estimator-{own}-{name}"
    return context.word(key) if has(context.language, key) else plain(context, name)


def setting(context: Context, name: str, value: object) -> str:
    """What was chosen for a setting of the municipality part."""
    if name == "anticipation":
        return context.word("plan-anticipation", years=int(str(value)))
    return context.word(f"plan-setting-{name}-{value}")


def part_names(context: Context, names: Sequence[str]) -> str:
    """Parts in a sentence: "the survey experiment and the register experiment"."""
    listed = [context.word(f"plan-the-{name}") for name in PARTS if name in names]
    return context.fmt.joined(listed)
