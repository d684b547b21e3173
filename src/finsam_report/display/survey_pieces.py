"""The pieces of the survey chapter on people and answers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    answer_figures,
    answer_tables,
    mean_figures,
    response_tables,
    response_text,
    survey_figures,
    survey_tables,
    survey_text,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {
    "survey-flow-sites": survey_tables.flow_sites,
    "survey-waiting": survey_tables.waiting,
    "survey-items": answer_tables.items,
    "survey-control-distribution": answer_tables.control_distribution,
    "survey-response": response_tables.response,
    "survey-response-sites": response_tables.response_sites,
    "survey-who-answered": response_tables.who_answered,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "survey-recruitment": survey_figures.recruitment,
    "survey-distributions": answer_figures.distributions,
    "survey-arm-means": mean_figures.arm_means,
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "survey-flow": survey_text.flow,
    "survey-recruitment": survey_text.recruitment,
    "survey-waiting": survey_text.waiting,
    "survey-queue": survey_text.queue,
    "survey-attrition": response_text.attrition,
    "survey-attrition-flag": response_text.flag,
    "survey-who-answered": response_text.who_answered,
    "survey-empty-items": response_text.empty_items,
    "survey-control-answers": response_text.control_answers,
}

# The analysis without which a piece is empty.
NEEDS: Mapping[str, str] = {
    "survey-recruitment": "recruitment",
    "survey-waiting": "waiting",
    "survey-who-answered": "who_answered",
    "survey-distributions": "distribution",
    "survey-control-distribution": "answers",
    "survey-arm-means": "answers",
}
