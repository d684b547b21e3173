"""The pieces of the survey chapter on effects and what stands beside them, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    effect_figures,
    findings,
    sentences,
    survey_effects,
    survey_effects_text,
    survey_further,
    survey_further_text,
    survey_group_figures,
    survey_main,
    survey_reach,
    survey_robustness,
    survey_spec_figure,
    survey_staff_figure,
    survey_subgroups,
    trial_tables,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import ICW, KLK
from finsam_report.display.survey_names import declared
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {
    "survey-effects": survey_main.effects,
    "survey-late": lambda c: trial_tables.late(c, "survey"),
    "survey-standardised": survey_main.standardised,
    "survey-index": survey_effects.index,
    "survey-index-weights": survey_effects.index_weights,
    "survey-other-waves": survey_effects.other_waves,
    "survey-queue": survey_effects_text.queue,
    "survey-robustness": survey_robustness.in_points,
    "survey-measures": survey_robustness.measures,
    "survey-bounds": survey_robustness.bounds,
    "survey-subgroups": survey_subgroups.effects,
    "survey-subgroups-2": lambda c: survey_subgroups.effects(c, 1),
    "survey-subgroups-3": lambda c: survey_subgroups.effects(c, 2),
    "survey-interactions": survey_subgroups.interactions,
    "survey-later-wave": survey_further.later_wave,
    "survey-staff": survey_further.staff,
    "survey-open-answers": survey_further.open_answers,
    "survey-agreement": survey_further.agreement,
    "survey-mde": survey_further.mde,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "survey-effects": effect_figures.survey_effects,
    "survey-other-waves": survey_group_figures.other_waves,
    "survey-specifications": survey_spec_figure.specifications,
    "survey-subgroups": survey_group_figures.subgroups,
    "survey-subgroups-2": lambda c: survey_group_figures.subgroups(c, 1),
    "survey-subgroups-3": lambda c: survey_group_figures.subgroups(c, 2),
    "survey-staff": survey_staff_figure.staff_figure,
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "survey-findings": findings.survey_findings,
    "survey-reading": lambda c: sentences.reading_q(c, "survey"),
    "survey-take-up": lambda c: sentences.take_up(c, "survey"),
    "survey-late": lambda c: findings.late(c, "survey"),
    "survey-index": survey_effects_text.index,
    "survey-other-waves": survey_effects_text.other_waves,
    "survey-crossed": survey_effects_text.crossed,
    "survey-queue-contrast": survey_effects_text.queue_contrast,
    "survey-robustness": survey_robustness.findings,
    "survey-subgroups": survey_subgroups.findings,
    "survey-later-wave": survey_further_text.later_wave,
    "survey-staff": survey_further_text.staff,
    "survey-open-answers": survey_further_text.open_answers,
    "survey-mde": survey_further_text.mde,
    "survey-reach": survey_reach.reach,
}

# The analysis without which a table or figure is empty.
_NEEDS: Mapping[str, str] = {
    "survey-standardised": "itt",
    "survey-robustness": "robustness",
    "survey-measures": "robustness",
    "survey-bounds": "robustness",
    "survey-specifications": "robustness",
    "survey-interactions": "interaction",
    "survey-later-wave": "later_wave",
    "survey-staff": "staff",
    "survey-open-answers": "open_answers",
    "survey-agreement": "agreement",
    "survey-mde": "mde",
}

_PAGES = {"survey-subgroups": 1, "survey-subgroups-2": 2, "survey-subgroups-3": 3}


def absent(context: Context, name: str) -> bool:
    """Whether a table or figure would be empty for a study; false for names of others."""
    if name in ("survey-index", "survey-index-weights"):
        rows = context.look.rows("survey", "itt", estimator="lin")
        return not any(row.outcome.startswith((KLK, ICW)) for row in rows)
    if name == "survey-other-waves":
        return not survey_effects.effects_by_wave(context)
    if name in _PAGES:
        return len(survey_subgroups.pages(context)) < _PAGES[name]
    if name == "survey-queue":
        return not declared(context).queue
    analysis = _NEEDS.get(name)
    return analysis is not None and not context.look.rows("survey", analysis)
