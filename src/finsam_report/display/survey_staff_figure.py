"""The figure of what staff answered about people, beside what the people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.survey_effects import one_scale
from finsam_report.display.survey_further import staff_rows, waves
from finsam_report.display.survey_names import declared
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

LEGEND = ("legend-own", "legend-staff")


def staff_figure(context: Context) -> Figure:
    """Means of participants and staff on each item, joined by a line."""
    rows = [row for row in staff_rows(context) if row.known]
    word, fmt = context.word, context.fmt
    items = list(dict.fromkeys(row.outcome for row in rows))
    several = len(waves(rows)) > 1
    same = one_scale(context, items)

    def label(row: Row) -> str:
        name = context.outcome("survey", row.outcome)
        return word("staff-at", item=name, months=context.horizon(row.horizon)) if several else name

    def draw(canvas: Canvas) -> None:
        canvas.get_layout_engine().set(rect=(0.015, 0, 0.97, 1))  # type: ignore[union-attr,call-arg]
        ax = canvas.subplots()
        for k, row in enumerate(rows):
            own, theirs = row.control_mean, row.control_mean + row.estimate
            first, second = (word(key) if k == 0 else None for key in LEGEND)
            if same:
                ax.plot([own, theirs], [-k, -k], color=theme.RULE, lw=2.2, zorder=1)
                ax.plot(own, -k, "o", color=theme.SUPPORT, ms=6, ls="none", label=first)
                ax.plot(theirs, -k, "s", color=theme.CONTROL, ms=5.4, ls="none", label=second)
            else:
                ax.plot([row.ci_low, row.ci_high], [-k, -k], color=theme.SUPPORT, lw=1.6)
                ax.plot(row.estimate, -k, "o", color=theme.SUPPORT, ms=5)
            gap = f"{fmt.number(row.estimate, 2, sign=True)}"
            ax.text(
                1.02, -k, f"{gap} ({fmt.interval(row.ci_low, row.ci_high, 2)})",
                transform=ax.get_yaxis_transform(), va="center", fontsize=theme.SMALL,
            )  # fmt: skip
        ax.set_yticks([-k for k in range(len(rows))], [label(row) for row in rows])
        ax.set_ylim(-len(rows) + 0.4, 0.6)
        ax.grid(visible=False, axis="y")
        ax.grid(visible=True, axis="x")
        if same and rows:
            scales = [(i.minimum, i.maximum) for i in declared(context).items if i.id in items]
            ax.set_xlim(min(low for low, _ in scales), max(high for _, high in scales))
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, handletextpad=0.3)
        else:
            ax.axvline(0, color=theme.INK, lw=0.8, zorder=0.5)
        ax.set_xlabel(word("axis-staff", same=int(same)))

    lines = [
        word(
            "alt-staff-line",
            item=label(row),
            own=fmt.number(row.control_mean, 2),
            staff=fmt.number(row.control_mean + row.estimate, 2),
            gap=fmt.number(row.estimate, 2),
            interval=fmt.interval(row.ci_low, row.ci_high, 2),
        )
        for row in rows
    ]
    return Figure(
        name="survey-staff",
        caption=word("caption-staff", same=int(same)),
        alt=word("alt-staff", lines="; ".join(lines)),
        data=frame_of(rows),
        draw=draw,
        height=26 + 8.0 * len(rows),
    )
