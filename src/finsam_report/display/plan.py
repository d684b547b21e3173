"""The analysis plan and deviations from it: their pieces by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import plan_deviations, plan_document
from finsam_report.display.context import Context
from finsam_report.display.table import Table
from finsam_report.study import Study
from finsam_report.study_plan import PARTS

DEVIATIONS = "deviations"
_MADE: Mapping[str, Callable[[Context, str], Table]] = {
    "outcomes": plan_document.outcomes,
    "groups": plan_document.groups,
    "estimators": plan_document.estimators,
}


def _of(name: str) -> tuple[str, str] | None:
    """Part and piece that a table such as ``plan-survey-groups`` shows."""
    head, _, rest = name.partition("-")
    part, _, piece = rest.partition("-")
    return (part, piece) if head == "plan" and part in PARTS and piece in _MADE else None


def _table(make: Callable[[Context, str], Table], part: str) -> Callable[[Context], Table]:
    return lambda context: make(context, part)


TABLES: Mapping[str, Callable[[Context], Table]] = {
    DEVIATIONS: plan_deviations.table,
    "plan-settled": plan_document.settled,
    **{
        f"plan-{part}-{piece}": _table(make, part)
        for part in PARTS
        for piece, make in _MADE.items()
    },
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "plan-named": plan_deviations.named,
    "deviations": plan_deviations.said,
    "plan-about": plan_document.about,
    "plan-survey-design": plan_document.survey_design,
    "plan-register-design": plan_document.register_design,
    "plan-municipality-setting": plan_document.municipality_setting,
    "plan-municipality-design": plan_document.municipality_design,
    "plan-disclosure": plan_document.disclosure,
    "plan-power": plan_document.power,
}


def absent(context: Context, name: str) -> bool:
    """Whether a table has nothing to show."""
    if name == DEVIATIONS:
        return not plan_deviations.found(context.study)
    found = _of(name)
    if found is None:
        return False
    part, piece = found
    plan = context.study.declared_plan()
    own = plan.part(part) if plan else None
    return own is None or (piece == "groups" and not own.subgroups)


def flags(study: Study) -> dict[str, bool]:
    """Which conditional pieces hold."""
    plan = study.declared_plan()
    parts = {part: plan.part(part) if plan else None for part in PARTS}
    groups = {f"plan_{part}_groups": own is not None and bool(own.subgroups)
              for part, own in parts.items()}  # fmt: skip
    return {
        "plan": study.study.plan is not None,
        DEVIATIONS: bool(plan_deviations.found(study)),
        **groups,
    }
