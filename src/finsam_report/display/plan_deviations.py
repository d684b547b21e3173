"""Where the study departs from its analysis plan: a table, and what is said of it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from finsam_report.display import plan_words
from finsam_report.display.context import Context
from finsam_report.display.lookup import BLOCK, MONTH
from finsam_report.display.survey_names import day_name, first_of, month_name
from finsam_report.display.table import Column, Table
from finsam_report.study import Study
from finsam_report.study_deviations import Deviation, deviations
from finsam_report.study_plan import PARTS, Plan

_MONTH = 7  # letters of a month such as 2018-03


def found(study: Study) -> tuple[Deviation, ...]:
    """Every point in which the study departs from its plan; none where it names no plan."""
    made = study.declared_plan()
    return () if study.plan is None or made is None else deviations(study.plan, made)


def _plans(context: Context) -> tuple[Plan | None, Plan | None]:
    """The study's own plan first: its labels have the mark of what is exploratory."""
    return context.study.declared_plan(), context.study.plan


def _which(context: Context, one: Deviation) -> str:
    plans = _plans(context)
    match one.kind:
        case "part_added" | "part_dropped":
            return context.word("plan-all")
        case "outcome_added" | "outcome_dropped" | "family" | "direction" | "primary":
            return plan_words.outcome(context, one.part, one.name, plans)
        case "group_added" | "group_changed":
            label = plan_words.variable(context, one.part, one.name, plans)
            return context.grouped(one.part, one.name, label)
        case "group_dropped":
            return plan_words.variable(context, one.part, one.name, plans)
        case "horizon_added" | "horizon_dropped":
            if one.part == "survey":
                return context.word("plan-months", count=int(one.name))
            return context.horizon(float(one.name))
        case "primary_wave":
            return context.word("plan-primary-wave")
        case "estimator_added" | "estimator_dropped":
            return plan_words.estimator(context, one.part, one.name)
        case _:
            return context.word(f"plan-setting-{one.name}")


def _value(context: Context, one: Deviation, value: object) -> str:
    match one.kind:
        case "family":
            return plan_words.family(context, one.part, str(value))
        case "direction":
            return context.word(f"plan-direction-{value}")
        case "primary":
            return context.word("plan-role-main" if value else "plan-role-followed")
        case "primary_wave":
            return context.word("plan-wave", wave=int(str(value)))
        case "group_changed":
            return str(value) or context.word("plan-as-recorded")
        case _:
            return plan_words.setting(context, one.name, value)


def _cells(context: Context, one: Deviation) -> tuple[str, str]:
    """What the plan says and what the study does."""
    if one.kind.endswith("_added"):
        marked = one.kind.startswith(("part", "outcome", "group"))
        return context.word("plan-not-planned"), context.word(
            "plan-shown-exploratory" if marked else "plan-used"
        )
    if one.kind.endswith("_dropped"):
        return context.word("plan-planned"), context.word("plan-not-made")
    return _value(context, one, one.planned), _value(context, one, one.made)


def table(context: Context) -> Table:
    """Every deviation, part by part."""
    every = found(context.study)
    rows = [
        (context.word(f"deviation-{one.kind}"), _which(context, one), *_cells(context, one))
        for one in every
    ]
    return Table(
        name="deviations",
        columns=(
            Column(context.word("plan-head-deviation"), "left", wide=True),
            Column(context.word("plan-head-concerns"), "left", wide=True),
            Column(context.word("plan-head-planned"), "left", wide=True),
            Column(context.word("plan-head-made"), "left", wide=True),
        ),
        rows=tuple(rows),
        groups=tuple(context.word(f"plan-part-{one.part}") for one in every),
        data=pd.DataFrame(
            [(o.part, o.kind, o.name, *cells[2:]) for o, cells in zip(every, rows, strict=True)],
            columns=["part", "deviation", "concerns", "planned", "made"],
        ),
    )


def first_month(context: Context) -> date | None:
    """The first month in which chance decided, where the ledger tells it."""
    months = []
    for row in context.look.rows("survey", "recruitment"):
        if MONTH in row.group and row.estimate != 0:
            months.append(row.group.partition(MONTH)[2])
    for row in context.look.rows("register", "flow", outcome="randomised"):
        months.append(row.group.partition(BLOCK)[2])
    known = [month[:_MONTH] for month in months if _is_month(month[:_MONTH])]
    return first_of(min(known)) if known else None


def _is_month(text: str) -> bool:
    try:
        first_of(text)
    except ValueError:
        return False
    return True


def named(context: Context) -> str:
    """Which plan there is, from when, and whether it is older than the first randomisation."""
    plan = context.study.study.plan
    if plan is None:
        return context.word("plan-none")
    first = first_month(context)
    when = "unknown"
    if first is not None and plan.day.replace(day=1) != first:
        when = "before" if plan.day < first else "after"
    return context.word(
        "plan-named",
        file=plan_words.plain(context, plan.file),
        day=day_name(context, plan.day),
        when=when,
        month=month_name(context, f"{first:%Y-%m}") if first else "",
        registered=int(plan.registration is not None),
        registration=plan_words.plain(context, plan.registration or ""),
    )


def said(context: Context) -> str:
    """How the study departs from its plan, in words: how often, and what is exploratory by that."""
    plan, every = context.study.plan, found(context.study)
    if plan is None:
        return ""
    planned = [name for name in PARTS if plan.part(name) is not None]
    if not every:
        return context.word("deviations-none", parts=plan_words.part_names(context, planned))
    texts = [
        context.word(
            "deviations-some", count=len(every), number=context.fmt.words(len(every)).capitalize()
        )
    ]
    for name in PARTS:
        own = [one for one in every if one.part == name]
        texts += _of_part(context, name, own)
    return " ".join(text for text in texts if text)


def _of_part(context: Context, part: str, own: list[Deviation]) -> list[str]:
    """What of a part is exploratory, and what was planned and not made."""
    kinds = {one.kind for one in own}
    where = context.word(f"plan-the-{part}")
    texts = []
    if "part_added" in kinds:
        texts.append(context.word("deviations-part-added", part=where))
    if "part_dropped" in kinds:
        texts.append(context.word("deviations-part-dropped", part=where))
    for key, some in (
        ("deviations-exploratory", ("outcome_added", "group_added", "group_changed")),
        ("deviations-dropped", ("outcome_dropped", "group_dropped")),
    ):
        names = []
        for one in own:
            if one.kind in some:
                names.append(_which(context, one))
        if names:
            listed = context.fmt.joined([f"“{name}”" for name in names])
            texts.append(context.word(key, part=where, names=listed, count=len(names)))
    return texts
