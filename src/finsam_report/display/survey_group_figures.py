"""Figures of effects in subgroups, and of effects at several surveys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import group_labels, survey_forest, theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_effects import effects_by_wave, one_scale, primary_month
from finsam_report.display.survey_forest import Line, Mark, Panel, folded
from finsam_report.display.survey_subgroups import PART, effect, pages, structure
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

WAVE_COLUMNS = 3
WAVE_HEIGHT = 44.0


def _mark(context: Context, row: Row | None) -> Mark:
    if row is None:
        return Mark(absent=context.word("group-not-estimated"))
    if not row.known:
        return Mark(absent=context.word("not-shown"))
    return Mark(row.estimate, row.ci_low, row.ci_high)


def _said(context: Context, label: str, row: Row | None) -> str:
    if row is None or not row.known:
        return context.word("alt-spec-none", spec=label)
    fmt = context.fmt
    interval = fmt.interval(row.ci_low, row.ci_high, 2)
    return context.word(
        "alt-spec", spec=label, effect=fmt.number(row.estimate, 2), interval=interval
    )


def _ends(context: Context, total: Row | None, groups: list[str], rows: list[Row | None]) -> str:
    """The effect among all, and the subgroups with the lowest and the highest effect."""
    known = [(r, g) for g, r in zip(groups, rows, strict=True) if r is not None and r.known]
    texts = [_said(context, context.word("all"), total)]
    for choose, key in ((min, "alt-lowest"), (max, "alt-highest")):
        if len(known) > 1:
            row, group = choose(known, key=lambda pair: pair[0].estimate)
            name = group_labels.full(context, PART, group)
            texts.append(context.word(key, text=_said(context, name, row)))
    return "; ".join(texts)


def _rows(context: Context) -> list[tuple[Line, str]]:
    """Lines of the figure, each with its group of the ledger; headings have none."""
    out = []
    for variable, levels in structure(context):
        out.append((Line(group_labels.variable(context, PART, variable), heading=True), ""))
        for value in levels:
            name = group_labels.level(context, PART, variable, value)
            out.append((Line(name), f"{variable}={value}"))
    return out


def subgroups(context: Context, page: int = 0) -> Figure:
    """Effects on the items of a page in every subgroup, beside the effect among all."""
    word, found = context.word, pages(context)
    shown = found[page] if page < len(found) else []
    lines = _rows(context)
    panels, used, said = [], [], []
    for item in shown:
        rows = [effect(context, item, group) if group else None for _, group in lines]
        total = context.look.row(PART, "itt", item, "lin", horizon=primary_month(context))
        used += [row for row in (*rows, total) if row is not None]
        marks = [
            None if line.heading else _mark(context, row)
            for (line, _), row in zip(lines, rows, strict=True)
        ]
        title = context.outcome(PART, item)
        panels.append(Panel(title, tuple(marks), total.estimate if total else math.nan))
        groups = [group for _, group in lines]
        said.append(word("alt-panel", title=title, lines=_ends(context, total, groups, rows)))
    support, control = context.arm_labels(PART)
    columns = max(1, len(panels))

    def draw(canvas: Canvas) -> None:
        survey_forest.draw(
            canvas,
            [line for line, _ in lines],
            panels,
            columns,
            word("axis-scale-points", support=support, control=control),
            shared=one_scale(context, shown),
        )

    return Figure(
        name="survey-subgroups" + (f"-{page + 1}" if page else ""),
        caption=word(
            "caption-subgroups",
            level=level(context),
            pages=len(found),
            items=context.fmt.joined([p.title for p in panels]),
        ),
        alt=word("alt-subgroups", level=level(context), lines=" ".join(said)),
        data=frame_of(used),
        draw=draw,
        height=survey_forest.height(len(lines), columns, columns, [p.title for p in panels]),
    )


def _course(ax: Axes, context: Context, item: str, points: list[Row]) -> None:
    month = primary_month(context)
    ax.axhline(0, color=theme.INK, lw=0.8, zorder=0.5)
    for row in points:
        main = row.horizon == month
        colour = theme.SUPPORT if main else theme.INK
        if math.isfinite(row.ci_low):
            ax.plot([row.horizon] * 2, [row.ci_low, row.ci_high], color=colour, lw=1.4)
            ax.plot(row.horizon, row.estimate, "o", color=colour, ms=4.6)
    months = [row.horizon for row in points]
    room = 0.12 * (max(months) - min(months) or 1.0)
    ax.set_xlim(min(months) - room, max(months) + room)
    ax.set_xticks(months, [context.fmt.tick(m) for m in months])
    ax.set_title(folded(context.outcome(PART, item), WAVE_COLUMNS), loc="left")


def other_waves(context: Context) -> Figure:
    """The effect on each item at every survey that went to both arms."""
    found, word, fmt = effects_by_wave(context), context.word, context.fmt
    columns = max(1, min(WAVE_COLUMNS, len(found)))
    lines = math.ceil(len(found) / columns)

    def draw(canvas: Canvas) -> None:
        grid = canvas.subplots(max(lines, 1), columns, squeeze=False)
        cells = grid.ravel().tolist()
        for ax in cells[len(found) :]:
            ax.set_visible(False)
        for k, (ax, (item, points)) in enumerate(zip(cells, found, strict=False)):
            _course(ax, context, item, points)
            if k % columns == 0:
                ax.set_ylabel(word("axis-points"))
        canvas.supxlabel(word("axis-months"), fontsize=theme.TEXT)

    said = []
    for item, points in found:
        texts = [
            word(
                "alt-other-waves-point",
                effect=fmt.number(row.estimate, 2),
                low=fmt.number(row.ci_low, 2),
                high=fmt.number(row.ci_high, 2),
                horizon=context.horizon(row.horizon),
            )
            for row in points
            if row.known
        ]
        name = context.outcome(PART, item)
        said.append(word("alt-other-waves-line", item=name, points="; ".join(texts)))
    return Figure(
        name="survey-other-waves",
        caption=word("caption-other-waves", level=level(context)),
        alt=word("alt-other-waves", lines=" ".join(said)),
        data=frame_of([row for _, points in found for row in points]),
        draw=draw,
        height=WAVE_HEIGHT * lines + 10,
    )
