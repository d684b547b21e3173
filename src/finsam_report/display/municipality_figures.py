"""The figures of the municipality chapter, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    municipality_bacon_figure,
    municipality_course_figure,
    municipality_entry_figure,
    municipality_forest_figure,
    municipality_permutation_figure,
    municipality_sensitivity_figure,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.municipality_names import PART, main_outcomes

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "municipality-entry": municipality_entry_figure.entry,
    "municipality-means": municipality_entry_figure.means,
    "municipality-course": municipality_course_figure.courses,
    "municipality-course-2": lambda c: municipality_course_figure.courses(c, 1),
    "municipality-course-3": lambda c: municipality_course_figure.courses(c, 2),
    "municipality-course-sex": municipality_course_figure.by_sex,
    "municipality-course-sex-2": lambda c: municipality_course_figure.by_sex(c, 1),
    "municipality-course-sex-3": lambda c: municipality_course_figure.by_sex(c, 2),
    "municipality-forest": municipality_forest_figure.forest,
    "municipality-estimators": municipality_forest_figure.estimators,
    "municipality-course-estimators": municipality_course_figure.by_estimator,
    "municipality-bacon": municipality_bacon_figure.bacon,
    "municipality-sensitivity": municipality_sensitivity_figure.sensitivity,
    "municipality-sensitivity-relative": lambda c: municipality_sensitivity_figure.sensitivity(
        c, "relative"
    ),
    "municipality-permutation": municipality_permutation_figure.permutation,
    "municipality-leave-out": municipality_forest_figure.leave_out,
}


def _paged(pages: Callable[[Context], list[list[str]]], page: int) -> Callable[[Context], bool]:
    return lambda context: len(pages(context)) > page


def _several(context: Context) -> bool:
    return bool(main_outcomes(context)) and len(municipality_forest_figure.ways_made(context)) > 1


# Whether a study has something to draw.
_PRESENT: Mapping[str, Callable[[Context], bool]] = {
    "municipality-entry": lambda c: bool(c.look.rows(PART, "entry", outcome="joined")),
    "municipality-means": lambda c: bool(c.look.rows(PART, "cohort_mean")),
    "municipality-forest": lambda c: bool(main_outcomes(c)),
    "municipality-estimators": _several,
    "municipality-course-estimators": lambda c: bool(
        municipality_course_figure.pages(c)
        and (c.look.rows(PART, "twfe") or c.look.rows(PART, "imputation"))
    ),
    "municipality-bacon": lambda c: bool(municipality_bacon_figure.decomposed(c)),
    "municipality-sensitivity": lambda c: bool(
        municipality_sensitivity_figure.shown(c, "smoothness")
    ),
    "municipality-sensitivity-relative": lambda c: bool(
        municipality_sensitivity_figure.shown(c, "relative")
    ),
    "municipality-permutation": lambda c: bool(municipality_permutation_figure.tested(c)),
    "municipality-leave-out": lambda c: bool(
        main_outcomes(c) and municipality_forest_figure.counties(c)
    ),
    **{
        f"municipality-course{end}": _paged(municipality_course_figure.pages, page)
        for page, end in enumerate(("", "-2", "-3"))
    },
    **{
        f"municipality-course-sex{end}": _paged(municipality_course_figure.sex_pages, page)
        for page, end in enumerate(("", "-2", "-3"))
    },
}


def absent(context: Context, name: str) -> bool:
    """Whether a figure would be empty for a study; false for names that are no figures."""
    return name in _PRESENT and not _PRESENT[name](context)
