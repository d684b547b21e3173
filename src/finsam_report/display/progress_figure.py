"""The grades of staff and steering group as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.progress_report import assessed
from finsam_report.study_evaluation import HIGH, LOW

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

# Statements that are graded where the study declares none.
_STATEMENTS = {
    "individual": ("individual-need", "individual-part", "individual-step"),
    "staff": ("staff-roles", "staff-time", "staff-learn"),
    "organisation": ("organisation-share", "organisation-group", "organisation-stay"),
}
_ROW, _HEAD = 7.0, 24.0
_LETTERS = 44


def graded(context: Context) -> bool:
    """Whether there is a grade to draw."""
    return any(a.staff is not None or a.steering_group is not None for a in assessed(context))


def _wrapped(text: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, _LETTERS))


def grades(context: Context) -> Figure:
    """Grades of staff and steering group beside one another."""
    found = [a for a in assessed(context) if a.staff is not None or a.steering_group is not None]
    word = context.word
    names = (word("progress-staff"), word("progress-steering"))
    labels = [context.label(a.text) for a in found]

    def paint(canvas: Canvas) -> None:
        from matplotlib.lines import Line2D

        ax = canvas.subplots()
        for place, one in enumerate(found):
            if place and one.perspective != found[place - 1].perspective:
                ax.axhline(place - 0.5, color=theme.RULE, lw=0.6)
            marks = [v for v in (one.staff, one.steering_group) if v is not None]
            ax.plot(marks, [place] * len(marks), color=theme.RULE, lw=2.2, zorder=1)
            if one.steering_group is not None:
                ax.plot(one.steering_group, place, "s", ms=9, mfc="white", mec=theme.CONTROL,
                        mew=1.5, zorder=2)  # fmt: skip
            if one.staff is not None:
                ax.plot(one.staff, place, "o", ms=5, color=theme.SUPPORT, zorder=3)
        ax.set_ylim(len(found) - 0.4, -0.6)
        ax.set_yticks(range(len(found)), [_wrapped(text) for text in labels])
        ax.set_xlim(LOW - 0.2, HIGH + 0.2)
        ax.set_xticks(range(LOW, HIGH + 1))
        ax.grid(visible=True, axis="x")
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(word("progress-axis", low=str(LOW), high=str(HIGH)))
        handles = [
            Line2D([], [], ls="none", marker="o", ms=5, color=theme.SUPPORT, label=names[0]),
            Line2D([], [], ls="none", marker="s", ms=8, mfc="white", mec=theme.CONTROL, mew=1.5,
                   label=names[1]),
        ]  # fmt: skip
        canvas.legend(handles=handles, loc="outside upper left", ncols=2, columnspacing=1.6)

    none = word("progress-no-grade")
    said = "; ".join(
        word(
            "progress-alt-row", statement=text, staff=none if a.staff is None else str(a.staff),
            group=none if a.steering_group is None else str(a.steering_group),
        )
        for text, a in zip(labels, found, strict=True)
    )  # fmt: skip
    lines = sum(max(1, _wrapped(text).count("\n") + 1) for text in labels)
    return Figure(
        name="progress-grades",
        caption=word("progress-caption"),
        alt=word("progress-alt", rows=said),
        data=pd.DataFrame(
            {
                "perspective": [a.perspective for a in found],
                "statement": labels,
                "staff": pd.array([a.staff for a in found], dtype="Int64"),
                "steering_group": pd.array([a.steering_group for a in found], dtype="Int64"),
            }
        ),
        draw=paint,
        height=_HEAD + max(_ROW * len(found), 4.2 * lines),
    )
