"""The forms of the evaluation plan: filled from ``[evaluation]``, else left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from finsam_report.display.context import Context
from finsam_report.display.form import Field, Form
from finsam_report.display.format import locale
from finsam_report.study import Evaluation, Label
from finsam_report.study_evaluation import PERSPECTIVES, Goal

OPEN_GOALS, OPEN_ROWS = 2, 3  # empty rows of a form that nothing is declared for


def declared(context: Context) -> Evaluation | None:
    """The evaluation as declared, or None."""
    return context.study.evaluation


def day(context: Context, value: date | None) -> str:
    """Such as "1 March 2023"; empty for none."""
    if value is None:
        return ""
    return str(format_date(value, format="d MMMM y", locale=locale(context.language)))


def label(context: Context, value: Label | None) -> str:
    """A label, or an empty field."""
    return context.label(value) if value else ""


def number(context: Context, value: float | None, unit: Label | None = None) -> str:
    """A number with its unit, or an empty field."""
    if value is None:
        return ""
    text = context.fmt.tick(value)
    return f"{text} {context.label(unit)}" if unit else text


def _facts(context: Context, name: str, rows: Sequence[tuple[str, str]], room: float = 6) -> Form:
    """A form of a heading and a field in each row."""
    word = context.word
    return Form(
        name=name,
        columns=(Field(word("evaluation-head-what"), 2), Field(word("evaluation-head-told"), 4)),
        rows=tuple((word(f"evaluation-row-{key}"), told) for key, told in rows),
        room=room,
    )


def effort(context: Context) -> Form:
    """What the effort is, whose, for whom, and when it was decided."""
    one = declared(context)
    parties = [context.label(party) for party in one.parties] if one else []
    term = ""
    if one and one.start:
        term = context.word(
            "evaluation-term", start=day(context, one.start), end=day(context, one.end),
            known=int(one.end is not None),
        )  # fmt: skip
    budget = f"SEK {context.fmt.number(one.budget)}" if one and one.budget is not None else ""
    people = context.fmt.number(one.participants) if one and one.participants else ""
    return _facts(
        context,
        "evaluation-effort",
        (
            ("effort", label(context, one.effort) if one else ""),
            ("association", label(context, one.association) if one else ""),
            ("owner", label(context, one.owner) if one else ""),
            ("parties", context.fmt.joined(parties)),
            ("target-group", label(context, one.target_group) if one else ""),
            ("participants", people),
            ("budget", budget),
            ("term", term),
            ("decided", day(context, one.decided) if one else ""),
            ("plan-date", day(context, one.plan_date) if one else ""),
        ),
    )


def numbered(one: Evaluation | None) -> list[tuple[str, Goal]]:
    """The goals by perspective, each with its number."""
    goals = one.goals if one else ()
    ordered = [goal for view in PERSPECTIVES for goal in goals if goal.perspective == view]
    return [(str(k), goal) for k, goal in enumerate(ordered, start=1)]


def perspective(context: Context, name: str) -> str:
    """Such as "The individual"."""
    return context.word(f"evaluation-perspective-{name}")


def goals(context: Context) -> Form:
    """What is to be reached, and what shows it."""
    named = numbered(declared(context))
    rows: list[tuple[str, ...]] = []
    groups: list[str] = []
    for k, goal in named:
        rows.append(
            (
                k,
                context.label(goal.text),
                label(context, goal.indicator),
                label(context, goal.source),
                number(context, goal.start, goal.unit),
                number(context, goal.target, goal.unit),
            )
        )
        groups.append(perspective(context, goal.perspective))
    if not named:
        rows = [(str(k), "", "", "", "", "") for k in range(1, 1 + OPEN_GOALS * len(PERSPECTIVES))]
        groups = [perspective(context, name) for name in PERSPECTIVES for _ in range(OPEN_GOALS)]
    word = context.word
    return Form(
        name="evaluation-goals",
        columns=(
            Field(word("evaluation-head-number"), 0.5),
            Field(word("evaluation-head-goal"), 4),
            Field(word("evaluation-head-indicator"), 3),
            Field(word("evaluation-head-source"), 2.4),
            Field(word("evaluation-head-start"), 1.5),
            Field(word("evaluation-head-target"), 1.5),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        room=9,
    )


def activities(context: Context) -> Form:
    """What is done for each goal, by whom and until when."""
    found = [
        (k, context.label(a.text), label(context, a.responsible), day(context, a.until))
        for k, goal in numbered(declared(context))
        for a in goal.activities
    ]
    word = context.word
    return Form(
        name="evaluation-activities",
        columns=(
            Field(word("evaluation-head-goal-number"), 0.8),
            Field(word("evaluation-head-activity"), 5),
            Field(word("evaluation-head-responsible"), 3),
            Field(word("evaluation-head-until"), 2),
        ),
        rows=tuple(found) or (("", "", "", ""),) * (2 * OPEN_ROWS),
        room=7,
    )


def evaluation(context: Context) -> Form:
    """Whether it is evaluated, decided by itself, by whom and how."""
    one = declared(context)
    decision = evaluator = ""
    if one and one.evaluate is not None:
        decision = context.word(
            "evaluation-decision", yes=int(one.evaluate), day=day(context, one.evaluation_decided),
            known=int(one.evaluation_decided is not None),
        )  # fmt: skip
    if one and one.evaluator:
        evaluator = context.word(
            "evaluation-evaluator", kind=one.evaluator, name=label(context, one.evaluator_name),
            known=int(one.evaluator_name is not None),
        )  # fmt: skip
    return _facts(
        context,
        "evaluation-decision",
        (
            ("decision", decision),
            ("evaluator", evaluator),
            ("questions", " ".join(context.label(q) for q in one.questions) if one else ""),
            ("methods", label(context, one.methods) if one else ""),
            ("use", ""),
        ),
        room=9,
    )


def follow_up(context: Context) -> Form:
    """How participants and costs are followed while the effort goes on."""
    one = declared(context)
    return _facts(
        context,
        "evaluation-follow-up",
        (
            ("system", label(context, one.follow_up_system) if one else ""),
            ("registers", ""),
            ("asked", ""),
            ("kept", ""),
        ),
    )


def reports(context: Context) -> Form:
    """The half-years of the effort, each with the day when its progress report is due."""
    one = declared(context)
    due = one.half_years() if one else ()
    rows = tuple(
        (
            context.word("evaluation-half-year", year=str(d.year), half=1 if d.month < 7 else 2),
            day(context, d),
            "",
        )
        for d in due
    )
    word = context.word
    return Form(
        name="evaluation-reports",
        columns=(
            Field(word("evaluation-head-period"), 3),
            Field(word("evaluation-head-until-day"), 3),
            Field(word("evaluation-head-handed-in"), 3),
        ),
        rows=rows or (("", "", ""),) * OPEN_ROWS,
    )


def revisions(context: Context) -> Form:
    """Changes of the plan since its first version."""
    one = declared(context)
    found = [(day(context, r.date), context.label(r.text)) for r in (one.revisions if one else ())]
    return Form(
        name="evaluation-revisions",
        columns=(
            Field(context.word("evaluation-head-day"), 2),
            Field(context.word("evaluation-head-change"), 7),
        ),
        rows=(*found, ("", ""), ("", "")),
        room=8,
    )


def signatures(context: Context) -> Form:
    """Who stands behind the plan."""
    word = context.word
    return Form(
        name="evaluation-signatures",
        columns=(
            Field(word("evaluation-head-role"), 3),
            Field(word("evaluation-head-name"), 3),
            Field(word("evaluation-head-signed"), 3),
        ),
        rows=tuple((word(f"evaluation-role-{key}"), "", "") for key in ("owner", "association")),
        room=10,
    )
