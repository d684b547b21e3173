"""The progress report: goals against what was measured, activities, and the self-assessment."""

from __future__ import annotations

import statistics

from finsam_report.display.context import Context
from finsam_report.display.evaluation_forms import (
    OPEN_ROWS,
    day,
    declared,
    label,
    number,
    numbered,
    perspective,
)
from finsam_report.display.form import Field, Form
from finsam_report.study_evaluation import HIGH, LOW, PERSPECTIVES, STATES, Assessment, Goal

# Statements that are graded where the study declares none.
_STATEMENTS = {
    "individual": ("individual-need", "individual-part", "individual-step"),
    "staff": ("staff-roles", "staff-time", "staff-learn"),
    "organisation": ("organisation-share", "organisation-group", "organisation-stay"),
}
_ROW, _HEAD = 7.0, 24.0
_LETTERS = 44


def head(context: Context) -> Form:
    """What is reported on, for which half-year, and by whom."""
    one, word = declared(context), context.word
    rows = (
        ("effort", label(context, one.effort) if one else ""),
        ("association", label(context, one.association) if one else ""),
        ("owner", label(context, one.owner) if one else ""),
        ("period", label(context, one.report_period) if one else ""),
        ("report-date", day(context, one.report_date) if one else ""),
        ("present", ""),
    )
    return Form(
        name="progress-effort",
        columns=(Field(word("evaluation-head-what"), 2), Field(word("evaluation-head-told"), 4)),
        rows=tuple((word(f"evaluation-row-{key}"), told) for key, told in rows),
    )


def _state(context: Context, goal: Goal) -> str:
    if goal.reached is None:
        return context.word("progress-unknown") if goal.indicator else ""
    return context.word("progress-reached" if goal.reached else "progress-not-reached")


def goals(context: Context) -> Form:
    """Every goal: where it began, what it aims at, and where it stands."""
    found = []
    for k, goal in numbered(declared(context)):
        measured = number(context, goal.measured, goal.unit)
        if goal.measured_on:
            measured = context.word(
                "progress-measured", value=measured, day=day(context, goal.measured_on)
            )
        text = context.label(goal.text)
        if goal.indicator:
            text = context.word("progress-goal", goal=text, indicator=context.label(goal.indicator))
        found.append(
            (
                k, text, number(context, goal.start, goal.unit),
                number(context, goal.target, goal.unit), measured, _state(context, goal),
            )
        )  # fmt: skip
    word = context.word
    return Form(
        name="progress-goals",
        columns=(
            Field(word("evaluation-head-number"), 0.5),
            Field(word("progress-head-goal"), 4.5),
            Field(word("evaluation-head-start"), 1.5),
            Field(word("evaluation-head-target"), 1.5),
            Field(word("progress-head-measured"), 2),
            Field(word("progress-head-state"), 1.8),
        ),
        rows=tuple(found) or (("", "", "", "", "", ""),) * (2 * OPEN_ROWS),
        room=8,
    )


def activities(context: Context) -> Form:
    """Every activity: by whom, until when, how far it has come."""
    word = context.word
    found = [
        (
            k,
            context.label(a.text),
            label(context, a.responsible),
            day(context, a.until),
            word(f"progress-state-{a.state}") if a.state else "",
            label(context, a.comment),
        )
        for k, goal in numbered(declared(context))
        for a in goal.activities
    ]
    return Form(
        name="progress-activities",
        columns=(
            Field(word("evaluation-head-goal-number"), 0.8),
            Field(word("evaluation-head-activity"), 3.4),
            Field(word("evaluation-head-responsible"), 2),
            Field(word("evaluation-head-until"), 1.6),
            Field(word("progress-head-state"), 1.3),
            Field(word("progress-head-comment"), 2.4),
        ),
        rows=tuple(found) or (("", "", "", "", "", ""),) * (2 * OPEN_ROWS),
        room=8,
    )


def assessed(context: Context) -> list[Assessment]:
    """The graded statements, by perspective."""
    one = declared(context)
    return [a for view in PERSPECTIVES for a in (one.assessments if one else ())
            if a.perspective == view]  # fmt: skip


def assessment(context: Context) -> Form:
    """Statements graded by staff and steering group, by perspective."""
    word, found = context.word, assessed(context)
    rows = [
        (
            context.label(a.text),
            "" if a.staff is None else str(a.staff),
            "" if a.steering_group is None else str(a.steering_group),
            label(context, a.comment),
        )
        for a in found
    ]
    groups = [perspective(context, a.perspective) for a in found]
    if not found:
        for name, keys in _STATEMENTS.items():
            rows += [(word(f"progress-statement-{key}"), "", "", "") for key in keys]
            groups += [perspective(context, name)] * len(keys)
    return Form(
        name="progress-assessment",
        columns=(
            Field(word("progress-head-statement"), 5),
            Field(word("progress-head-staff"), 1),
            Field(word("progress-head-steering"), 1.3),
            Field(word("progress-head-comment"), 3.4),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("progress-note-scale", low=str(LOW), high=str(HIGH)),),
        room=8,
    )


def people(context: Context) -> Form:
    """How many began and ended in the half-year, to be filled in from the follow-up system."""
    word = context.word
    keys = ("begun", "going", "ended", "to-work", "to-studies", "to-other")
    return Form(
        name="progress-people",
        columns=(
            Field(word("progress-head-people"), 4),
            *(Field(word(f"progress-head-{who}"), 1.2) for who in ("women", "men", "all")),
        ),
        rows=tuple((word(f"progress-people-{key}"), "", "", "") for key in keys),
        notes=(word("progress-note-people"),),
    )


def reflection(context: Context) -> Form:
    """What helped and what hindered, in words."""
    word = context.word
    keys = ("helped", "hindered", "learnt", "change", "board")
    return Form(
        name="progress-reflection",
        columns=(Field(word("progress-head-question"), 2), Field(word("progress-head-answer"), 5)),
        rows=tuple((word(f"progress-question-{key}"), "") for key in keys),
        room=15,
    )


def signatures(context: Context) -> Form:
    """Who assessed the effort together."""
    word = context.word
    return Form(
        name="progress-signatures",
        columns=(
            Field(word("evaluation-head-role"), 3),
            Field(word("evaluation-head-name"), 3),
            Field(word("evaluation-head-signed"), 3),
        ),
        rows=tuple((word(f"evaluation-role-{key}"), "", "") for key in ("staff", "steering")),
        room=10,
    )


def summary(context: Context) -> str:
    """Where the effort stands: goals, activities, and grades, as bullets."""
    one, word, fmt = declared(context), context.word, context.fmt
    if one is None or not (one.goals or one.assessments):
        return word("progress-open")
    said = []
    if one.goals:
        states = [goal.reached for goal in one.goals]
        yes, no, unknown = (sum(s is state for s in states) for state in (True, False, None))
        said.append(
            word(
                "progress-goals", count=len(states), of=fmt.words(len(states)),
                yes=yes, reached=fmt.words(yes), no=no, short=fmt.words(no),
                unknown=unknown, missing=fmt.words(unknown),
            )
        )  # fmt: skip
    kinds = [a.state for goal in one.goals for a in goal.activities]
    if kinds:
        counted = {state: kinds.count(state) for state in STATES}
        parts = [
            word(f"progress-count-{state}", number=fmt.words(n), count=n)
            for state, n in counted.items()
            if n
        ]
        left = kinds.count(None)
        if left:
            parts.append(word("progress-count-none", number=fmt.words(left), count=left))
        said.append(
            word("progress-activities", count=len(kinds), number=fmt.words(len(kinds)),
                 parts=fmt.joined(parts))
        )  # fmt: skip
    said += _grades(context)
    return "\n".join(f"- {line}" for line in said)


def _grades(context: Context) -> list[str]:
    """Mean grades of each perspective, and where staff and steering group differ most."""
    both = [a for a in assessed(context) if a.staff is not None and a.steering_group is not None]
    word, fmt, out = context.word, context.fmt, []
    for view in PERSPECTIVES:
        here = [a for a in both if a.perspective == view]
        if here:
            staff = statistics.fmean(a.staff or 0 for a in here)
            group = statistics.fmean(a.steering_group or 0 for a in here)
            out.append(
                word(
                    "progress-mean", view=view, staff=fmt.number(staff, 1),
                    group=fmt.number(group, 1), count=len(here), number=fmt.words(len(here)),
                )
            )  # fmt: skip
    gaps = [abs((a.staff or 0) - (a.steering_group or 0)) for a in both]
    if not both:
        return out
    widest = max(gaps)
    if widest == 0:
        return [*out, word("progress-agree")]
    first = both[gaps.index(widest)]
    return [
        *out,
        word(
            "progress-gap", statement=context.label(first.text), staff=str(first.staff),
            group=str(first.steering_group), several=int(gaps.count(widest) > 1),
        ),
    ]  # fmt: skip
