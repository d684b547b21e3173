"""The figure of specifications: every item, estimated in every way, on one scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import survey_forest
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_forest import Line, Mark, Panel
from finsam_report.display.survey_robustness import (
    BOUNDS,
    MAIN,
    POINTS,
    STANDARDISED,
    items,
    made,
    spec,
)
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

# The widest bounds: an axis that held them would leave no room for the rest.
ASSUMES_NOTHING = "manski"
FEW = 8  # items up to which two panels stand beside one another, and three beyond


def _point(row: Row | None, hidden: tuple[str, str], *, main: bool) -> Mark:
    if row is None:
        return Mark(absent=hidden[1])
    if not row.known:
        return Mark(absent=hidden[0])
    return Mark(row.estimate, row.ci_low, row.ci_high, main=main)


def _bar(
    low: Row | None, high: Row | None, around: Row | None, hidden: tuple[str, str], *, wide: bool
) -> Mark:
    if low is None or high is None:
        return Mark(absent=hidden[1])
    if not low.known or not high.known:
        return Mark(absent=hidden[0])
    ends = (around.ci_low, around.ci_high) if around else (math.nan, math.nan)
    return Mark(low=ends[0], high=ends[1], bar=(low.estimate, high.estimate), wide=wide)


def _said(context: Context, label: str, mark: Mark) -> str:
    """A mark in words, for those who cannot see it."""
    fmt, word = context.fmt, context.word
    if mark.bar is not None:
        return word(
            "alt-spec-bounds",
            spec=label,
            bounds=fmt.interval(*mark.bar, 2),
            interval=fmt.interval(mark.low, mark.high, 2),
        )
    if math.isnan(mark.point):
        return word("alt-spec-none", spec=label)
    return word(
        "alt-spec",
        spec=label,
        effect=fmt.number(mark.point, 2),
        interval=fmt.interval(mark.low, mark.high, 2),
    )


def _panel(context: Context, names: list[str], marks: list[Mark]) -> str:
    """A panel in words: the main estimate, the range of the others, and the bounds."""
    others = [m.point for m in marks[1:] if math.isfinite(m.point)]
    texts = [_said(context, names[0], marks[0])]
    if others:
        ends = context.fmt.interval(min(others), max(others), 2)
        texts.append(context.word("alt-spec-others", range=ends, count=len(others)))
    bars = [(n, m) for n, m in zip(names, marks, strict=True) if m.bar is not None]
    return "; ".join([*texts, *(_said(context, n, m) for n, m in bars)])


def specifications(context: Context) -> Figure:
    """Every item under every specification, in standard deviations of the control arm."""
    word, hidden = context.word, (context.word("not-shown"), context.word("group-not-estimated"))
    points, bounds = made(context, POINTS), made(context, BOUNDS)
    names = [word(f"short-{name}") for name in (*points, *bounds)]
    panels, used, said = [], [], []
    for item in items(context):
        marks = []
        for name in points:
            row = spec(context, item, name + STANDARDISED)
            used.append(row)
            marks.append(_point(row, hidden, main=name == MAIN))
        for name in bounds:
            low, high, around = (
                spec(context, item, key + STANDARDISED)
                for key in (f"{name}_lower", f"{name}_upper", name)
            )
            used += [low, high, around]
            marks.append(_bar(low, high, around, hidden, wide=name == ASSUMES_NOTHING))
        title = context.outcome("survey", item)
        panels.append(Panel(title, tuple(marks)))
        said.append(word("alt-panel", title=title, lines=_panel(context, names, marks)))
    columns = max(1, min(2 if len(panels) <= FEW else 3, len(panels)))
    support, control = context.arm_labels("survey")

    def draw(canvas: Canvas) -> None:
        survey_forest.draw(
            canvas,
            [Line(name) for name in names],
            panels,
            columns,
            word("axis-control-sd", support=support, control=control),
        )

    return Figure(
        name="survey-specifications",
        caption=word(
            "caption-specifications",
            level=level(context),
            bounds=int(bool(bounds)),
            beyond=int(survey_forest.beyond(panels)),
        ),
        alt=word("alt-specifications", level=level(context), lines=" ".join(said)),
        data=frame_of([row for row in used if row is not None]),
        draw=draw,
        height=survey_forest.height(len(names), len(panels), columns, [p.title for p in panels]),
    )
