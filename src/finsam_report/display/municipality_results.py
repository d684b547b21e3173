"""The pieces of the municipality chapter, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    municipality_check_text,
    municipality_checks,
    municipality_courses,
    municipality_entry_table,
    municipality_figures,
    municipality_robust_text,
    municipality_summary,
    municipality_tables,
    municipality_text,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.municipality_names import PART, SEXES
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {
    "municipality-entry": municipality_entry_table.entry,
    "municipality-before": municipality_entry_table.before,
    "municipality-effects": municipality_tables.effects,
    "municipality-ages": municipality_tables.ages,
    "municipality-course": municipality_courses.course,
    "municipality-averages": municipality_courses.averages,
    "municipality-trends": municipality_courses.trends,
    "municipality-sensitivity": municipality_courses.sensitivity,
    "municipality-estimators": municipality_checks.estimators,
    "municipality-bacon": municipality_checks.bacon,
    "municipality-robustness": municipality_checks.robustness,
    "municipality-others": municipality_tables.others,
    "municipality-mde": municipality_tables.detectable,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = municipality_figures.FIGURES

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "key-findings-municipality": municipality_summary.key_findings,
    "municipality-setting": municipality_text.setting,
    "municipality-entry": municipality_text.entry,
    "municipality-compared": municipality_text.compared,
    "municipality-before": municipality_text.before,
    "municipality-findings": municipality_text.findings,
    "municipality-ages": municipality_text.ages,
    "municipality-course": municipality_check_text.course,
    "municipality-trends": municipality_check_text.trends,
    "municipality-sensitivity": municipality_check_text.sensitivity,
    "municipality-estimators": municipality_check_text.estimators,
    "municipality-robustness": municipality_check_text.robustness,
    "municipality-leave-out": municipality_robust_text.leave_out,
    "municipality-permutation": municipality_robust_text.permutation,
    "municipality-placebo": municipality_robust_text.placebo,
    "municipality-substitution": municipality_robust_text.substitution,
    "municipality-mde": municipality_summary.precision,
    "municipality-not-estimated": municipality_robust_text.not_estimated,
}

# The analysis without which a table is empty.
_NEEDS: Mapping[str, str] = {
    "municipality-entry": "entry",
    "municipality-before": "pre_period",
    "municipality-effects": "overall",
    "municipality-course": "event",
    "municipality-averages": "group",
    "municipality-trends": "pretest",
    "municipality-sensitivity": "honest",
    "municipality-bacon": "bacon",
    "municipality-robustness": "robustness",
    "municipality-mde": "mde",
}


def named(name: str) -> bool:
    """Whether a name is of the municipality chapter."""
    return name.removeprefix("key-findings-").startswith(PART)


def there(context: Context) -> bool:
    """Whether the study has the part, and its ledger something on it."""
    frame = context.look.frame
    return context.study.municipality is not None and bool((frame["part"] == PART).any())


def has_table(context: Context, name: str) -> bool:
    """Whether a table of the chapter has rows."""
    look = context.look
    if not there(context):
        return False
    if name == "municipality-ages":
        return any(row.group not in SEXES for row in look.rows(PART, "mde"))
    if name == "municipality-others":
        return any(look.rows(PART, analysis) for analysis in municipality_tables.OTHERS)
    if name == "municipality-estimators":
        return len(municipality_checks.made(context, municipality_checks.ESTIMATORS)) > 1
    return bool(look.rows(PART, _NEEDS[name]))


def has_figure(context: Context, name: str) -> bool:
    """Whether a figure of the chapter shows something."""
    return there(context) and not municipality_figures.absent(context, name)


_FLAGS: Mapping[str, str] = {
    "before": "municipality-before",
    "estimated": "municipality-effects",
    "ages": "municipality-ages",
    "course": "municipality-course",
    "averages": "municipality-averages",
    "pretest": "municipality-trends",
    "sensitivity": "municipality-sensitivity",
    "estimators": "municipality-estimators",
    "bacon": "municipality-bacon",
    "robustness": "municipality-robustness",
    "others": "municipality-others",
    "mde": "municipality-mde",
}
_FIGURE_FLAGS: Mapping[str, str] = {
    "means": "municipality-means",
    "forest": "municipality-forest",
    "course_2": "municipality-course-2",
    "course_3": "municipality-course-3",
    "course_sex": "municipality-course-sex",
    "course_sex_2": "municipality-course-sex-2",
    "course_sex_3": "municipality-course-sex-3",
    "course_estimators": "municipality-course-estimators",
    "relative": "municipality-sensitivity-relative",
    "permutation": "municipality-permutation",
    "leave_out": "municipality-leave-out",
}


def flags(context: Context) -> dict[str, bool]:
    """Which conditional pieces of the chapter hold."""
    look, some = context.look, there(context)
    return {
        "municipality_chapter": some,
        **{f"municipality_{flag}": has_table(context, name) for flag, name in _FLAGS.items()},
        **{
            f"municipality_{flag}": has_figure(context, name)
            for flag, name in _FIGURE_FLAGS.items()
        },
        "municipality_placebo": some and bool(look.rows(PART, "placebo")),
        "municipality_substitution": some and bool(look.rows(PART, "substitution")),
        "municipality_missing": some and bool(look.rows(PART, "not_estimated")),
    }
