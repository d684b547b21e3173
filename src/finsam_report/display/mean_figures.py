"""The means of the survey's items over the surveys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.answer_figures import scales
from finsam_report.display.answer_tables import moment
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.survey_names import ARMS, declared
from finsam_report.display.trial_tables import frame_of
from finsam_report.study import Item

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

Point = tuple[float, float, float, float, Row]  # month, mean, low, high, row


def _points(context: Context, item: Item, arm: str) -> list[Point]:
    """Means of an arm with their intervals, survey by survey."""
    out = []
    for wave in declared(context).waves:
        row = moment(context, item, arm, float(wave.month), "mean")
        if row is None or not row.known:
            continue
        out.append((float(wave.month), row.estimate, row.ci_low, row.ci_high, row))
    return out


def _arm_line(
    ax: Axes, points: list[Point], alone: set[float], arm: str, label: str, shift: float
) -> None:
    colour = theme.SUPPORT if arm == "support" else theme.CONTROL
    style = "-" if arm == "support" else (0, (4, 1.5))
    x = [point[0] + shift for point in points]
    ax.plot(x, [p[1] for p in points], color=colour, linestyle=style, lw=1.3, zorder=2)
    for at, (month, mean, low, high, _) in zip(x, points, strict=True):
        hollow = month in alone
        ax.plot([at, at], [low, high], color=colour, lw=1.1, zorder=2)
        ax.plot(
            at,
            mean,
            "o" if arm == "support" else "s",
            color="white" if hollow else colour,
            mec=colour,
            mew=1.1,
            ms=4.5,
            zorder=3,
            label="" if hollow else label,
        )


def arm_means(context: Context) -> Figure:
    """Mean of each item by arm and survey, with intervals; hollow where one arm alone was asked."""
    part = declared(context)
    points = {item.id: {arm: _points(context, item, arm) for arm in ARMS} for item in part.items}
    items = [item for item in part.items if any(points[item.id].values())]
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    alone = {float(wave.month) for wave in part.waves if len(wave.arms) == 1}
    months = sorted({float(wave.month) for wave in part.waves})
    same = len(scales(items)) == 1
    columns = min(3, len(items))
    lines = math.ceil(len(items) / columns)
    reach = max(months) - min(months) or 1.0
    level = context.fmt.number(context.study.analysis.level * 100)
    low, high = (context.fmt.number(end) for end in min(scales(items), default=(0, 0)))
    unit = context.word("axis-mean", low=low, high=high)

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots(lines, columns, squeeze=False, sharex=True, sharey=same)
        panels = axes.ravel().tolist()
        for ax in panels[len(items) :]:
            ax.set_visible(False)
        for number, (ax, item) in enumerate(zip(panels, items, strict=False)):
            for arm, shift in zip(ARMS, (-0.012 * reach, 0.012 * reach), strict=True):
                _arm_line(ax, points[item.id][arm], alone, arm, labels[arm], shift)
            scale = "" if same else f" ({item.minimum}–{item.maximum})"
            ax.set_title(context.label(item.label) + scale, loc="left")
            ax.set_xticks(months, [context.fmt.tick(m) for m in months])
            ax.set_xlim(min(months) - 0.1 * reach, max(months) + 0.1 * reach)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.number(y, 1))
            last = number + columns >= len(items)
            ax.tick_params(axis="x", labelbottom=last)
            if same and number % columns == 0:
                ax.set_ylabel(unit, fontsize=theme.SMALL)
        canvas.supxlabel(context.word("axis-since", unit="month"), fontsize=theme.TEXT)
        found = [ax.get_legend_handles_labels() for ax in panels[: len(items)]]
        once = {text: h for handles, texts in found
                for h, text in zip(handles, texts, strict=True)}  # fmt: skip
        canvas.legend(list(once.values()), list(once), loc="outside upper left", ncols=2)

    used = [p[-1] for item in items for arm in ARMS for p in points[item.id][arm]]
    people = dict(zip(ARMS, context.people("survey"), strict=True))
    single = [wave for wave in part.waves if len(wave.arms) == 1]
    return Figure(
        name="survey-arm-means",
        caption=context.word(
            "caption-arm-means",
            level=level,
            alone=len({wave.arms[0] for wave in single}),
            people=people[single[0].arms[0]] if single else "",
        ),
        alt=context.word(
            "alt-arm-means",
            level=level,
            lines=" ".join(_means_line(context, i, points[i.id]) for i in items),
        ),
        data=frame_of(used),
        draw=draw,
        height=12 + 40 * lines,
    )


def _means_line(context: Context, item: Item, points: dict[str, list[Point]]) -> str:
    """The means of an item in words, arm by arm."""
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    arms = []
    for arm in ARMS:
        means = [
            context.word(
                "alt-arm-mean", month=context.fmt.tick(month), mean=context.fmt.number(mean, 2)
            )
            for month, mean, *_ in points[arm]
        ]
        arms.append(f"{labels[arm]} {', '.join(means) or NONE}")
    return f"{context.label(item.label)}: {'; '.join(arms)}."
