"""The pieces of the register chapter on effects and what stands beside them, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    effect_figures,
    group_labels,
    part_tables,
    path_figures,
    register_amounts,
    register_calendar,
    register_course,
    register_course_figures,
    register_cumulated,
    register_group_figures,
    register_groups,
    register_groups_text,
    register_later,
    register_later_text,
    register_path_text,
    register_placebo,
    register_robust,
    register_takers,
    trial_tables,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.register_groups import SEX
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {
    "register-take-up": part_tables.take_up,
    "register-effects": lambda c: trial_tables.effects(c, "register"),
    "register-late": lambda c: trial_tables.late(c, "register"),
    "register-not-estimated": part_tables.not_estimated,
    "register-met": register_takers.met,
    "register-cumulated": register_cumulated.cumulated,
    "register-compliers": register_takers.compliers,
    "register-amounts": register_amounts.table,
    "register-sex": lambda c: register_groups.levels_beside(c, SEX, "register-sex"),
    "register-entry": lambda c: register_groups.levels_beside(
        c, register_groups.by_date(c), "register-entry"
    ),
    "register-subgroups": register_groups.effects,
    "register-interactions": register_groups.interactions,
    "register-robustness": register_robust.table,
    "register-first-event": register_course.first_event,
    "register-transitions": register_course.transitions,
    "register-costs": register_course.costs,
    "register-later": register_later.table,
    "register-later-people": register_later.people,
    "register-take-up-by": register_calendar.take_up_by,
    "register-alternatives": register_calendar.alternatives,
    "register-placebo": register_placebo.table,
    "register-calendar": lambda c: register_groups.levels_beside(
        c, group_labels.CALENDAR, "register-calendar"
    ),
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "register-prevalence": path_figures.prevalence,
    "register-monthly-effects": path_figures.monthly_effects,
    "register-effects": effect_figures.register_effects,
    "register-first-stage": register_takers.first_stage,
    "register-paths-sex": register_group_figures.paths,
    "register-subgroups": register_group_figures.subgroups,
    "register-subgroups-2": lambda c: register_group_figures.subgroups(c, 1),
    "register-subgroups-3": lambda c: register_group_figures.subgroups(c, 2),
    "register-specifications": register_robust.specifications,
    "register-first-event-curves": register_course_figures.first_event,
    "register-transition-shares": register_course_figures.transitions,
    "register-later": register_later.figure,
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "register-followed": register_path_text.followed,
    "register-no-draws": register_path_text.no_draws,
    "register-path-tests": register_path_text.path_tests,
    "register-cumulated": register_cumulated.findings,
    "register-compliers": register_takers.complier_text,
    "register-amounts": register_amounts.findings,
    "register-sex": register_groups_text.sex,
    "register-entry": register_groups_text.entry,
    "register-subgroups": register_groups_text.findings,
    "register-robustness": register_robust.findings,
    "register-together": register_path_text.together,
    "register-first-event": register_course.first_event_text,
    "register-costs": register_course.costs_text,
    "register-later": register_later_text.findings,
    "register-later-people": register_later_text.counts,
    "register-later-manners": register_later_text.manners,
    "register-later-left-out": register_later_text.left_out,
    "register-alternatives": register_calendar.alternatives_text,
    "register-placebo": register_placebo.findings,
    "register-calendar": register_groups_text.calendar,
    "register-exits": register_calendar.exits,
    "register-left-out": register_calendar.left_out,
}

# The analysis without which a table or figure is empty.
NEEDS: Mapping[str, str] = {
    "register-met": "met_description",
    "register-cumulated": "cumulated",
    "register-compliers": "compliers",
    "register-first-stage": "first_stage_block",
    "register-paths-sex": "itt_by_sex",
    "register-robustness": "robustness",
    "register-specifications": "robustness",
    "register-interactions": "interaction",
    "register-first-event": "first_event",
    "register-transitions": "transition",
    "register-costs": "costs",
    "register-later-people": "later",
    "register-take-up-by": "first_stage_by",
    "register-alternatives": "alternative",
    "register-placebo": "placebo",
    "register-first-event-curves": "first_event",
    "register-transition-shares": "transition",
    "register-calendar": "calendar",
}

_PAGES = {"register-subgroups": 1, "register-subgroups-2": 2, "register-subgroups-3": 3}


def absent(context: Context, name: str) -> bool:
    """Whether a table or figure would be empty for a study; false for names of others."""
    look = context.look
    if name == "register-amounts":
        return not (look.rows("register", "any_amount") or look.rows("register", "quantile"))
    if name == "register-later":
        return not register_later.made(context)
    if name == "register-entry":
        return not register_groups.by_date(context)
    if name == "register-sex":
        return SEX not in dict(register_groups.structure(context))
    if name in _PAGES:
        return len(register_group_figures.pages(context)) < _PAGES[name]
    analysis = NEEDS.get(name)
    return analysis is not None and not look.rows("register", analysis)
