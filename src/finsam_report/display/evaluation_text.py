"""What is said of an evaluation plan: whether it came in time, and what is still open."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.evaluation_forms import day, declared


def status(context: Context) -> str:
    """When the plan was drawn up against decision and start, and what it lacks."""
    one, word, fmt = declared(context), context.word, context.fmt
    if one is None:
        return word("evaluation-open")
    said = []
    if one.plan_date is not None:
        said.append(
            word(
                "evaluation-drawn-up", day=day(context, one.plan_date),
                start=day(context, one.start) if one.start else "",
                decided=day(context, one.decided) if one.decided else "",
                order="late" if one.late else "between" if one.start and one.decided
                else "before" if one.start else "after" if one.decided else "alone",
            )
        )  # fmt: skip
    count = len(one.goals)
    without = sum(goal.indicator is None or goal.target is None for goal in one.goals)
    idle = sum(not goal.activities for goal in one.goals)
    if count:
        said.append(
            word(
                "evaluation-goals-open", count=count, number=fmt.words(count), without=without,
                lacking=fmt.words(without), idle=idle, inactive=fmt.words(idle),
            )
        )  # fmt: skip
    if one.revisions:
        number = len(one.revisions)
        said.append(
            word(
                "evaluation-revised", count=number, number=fmt.words(number),
                day=day(context, one.revisions[-1].date),
            )
        )  # fmt: skip
    return " ".join(said) or word("evaluation-open")
