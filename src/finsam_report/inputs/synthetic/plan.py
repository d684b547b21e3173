"""The analysis plan of the synthetic study: all that it declares, but for the pandemic."""

from __future__ import annotations

from pathlib import Path

from finsam_report.study import Study, read_study_file
from finsam_report.study_plan import PARTS, Plan, plan_text

# Whoever planned before it came could not have set people apart by it.
UNPLANNED = {"survey": "randomised", "register": "calendar_split"}
HEADING = (
    "An invented analysis plan for the synthetic study: what study.toml declares, without the",
    "groups before and after the pandemic, which nobody could have planned at the time.",
)


def synthetic_plan(study: Study) -> Plan | None:
    """The plan of a synthetic study or a variant; None where nothing is estimated."""
    declared = study.declared_plan()
    if declared is None:
        return None
    changed = {}
    for name in PARTS:
        part = declared.part(name)
        if part is None:
            continue
        kept = tuple(group for group in part.subgroups if group.id != UNPLANNED.get(name))
        field = "register_" if name == "register" else name
        changed[field] = part.model_copy(update={"subgroups": kept})
    return declared.model_copy(update=changed)


def write_plan(directory: Path) -> None:
    """Write the plan that the study of a directory names, if it names one.

    Args:
        directory: Holds ``study.toml``.
    """
    study = read_study_file(directory, plan=False)
    named, plan = study.study.plan, synthetic_plan(study)
    if named is not None and plan is not None:
        text = plan_text(plan, HEADING)
        (directory / named.file).write_text(text, encoding="utf-8", newline="\n")
