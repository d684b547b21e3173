"""The pieces of the evaluation plan and of the progress report, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import evaluation_forms as forms
from finsam_report.display import evaluation_text as text
from finsam_report.display import progress_figure
from finsam_report.display import progress_report as progress
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.form import Form
from finsam_report.study import Study

TABLES: Mapping[str, Callable[[Context], Form]] = {
    "evaluation-effort": forms.effort,
    "evaluation-goals": forms.goals,
    "evaluation-activities": forms.activities,
    "evaluation-decision": forms.evaluation,
    "evaluation-follow-up": forms.follow_up,
    "evaluation-reports": forms.reports,
    "evaluation-revisions": forms.revisions,
    "evaluation-signatures": forms.signatures,
    "progress-effort": progress.head,
    "progress-goals": progress.goals,
    "progress-activities": progress.activities,
    "progress-assessment": progress.assessment,
    "progress-people": progress.people,
    "progress-reflection": progress.reflection,
    "progress-signatures": progress.signatures,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {"progress-grades": progress_figure.grades}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "evaluation-status": text.status,
    "progress-summary": progress.summary,
}


def absent(context: Context, name: str) -> bool:
    """Whether a figure would be empty; the forms never are."""
    return name in FIGURES and not progress_figure.graded(context)


def flags(study: Study) -> dict[str, bool]:
    """Pieces of the evaluation plan and of the progress report."""
    one = study.evaluation
    grades = [g for a in (one.assessments if one else ()) for g in (a.staff, a.steering_group)]
    return {"evaluation_graded": any(grade is not None for grade in grades)}
