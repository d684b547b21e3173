"""Figures of who joined when, and of what became of them in plain averages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART, declared
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

MEMBERS, NEVER = "cohorts=", "never"
PANEL_HEIGHT = 44.0
STYLES = ("-", (0, (5, 1.2)), (0, (2.2, 1)), (0, (5, 1.2, 1, 1.2)))
LETTERING = 0.4  # of a line, that the words over its end take
LEAST_FILLED = 0.6  # of an axis from zero by the lines; below that it is cut


def _by_year(context: Context, outcome: str) -> list[Row]:
    """Counts of a kind of entry in every year, in order."""
    found = context.look.rows(PART, "entry", outcome=outcome, group="all")
    return sorted((r for r in found if math.isfinite(r.horizon)), key=lambda r: r.horizon)


def _inside(context: Context, year: float) -> bool:
    """Whether those who join in a year are seen both before and after."""
    years = declared(context).years
    return years.first < year <= years.last


def _bars(ax: Axes, context: Context, rows: list[Row]) -> None:
    """New members by year; hollow for those that no effect is estimated for."""
    for row in rows:
        known = row.estimate if row.known else 0.0
        face = theme.SUPPORT if _inside(context, row.horizon) else "white"
        ax.bar(
            row.horizon, known, width=0.72, facecolor=face, edgecolor=theme.SUPPORT, linewidth=0.8
        )
        ax.annotate(
            context.fmt.number(row.estimate), (row.horizon, known), xytext=(0, 2),
            textcoords="offset points", ha="center", va="bottom", fontsize=theme.SMALL,
        )  # fmt: skip
    ax.set_ylim(0, 1.14 * max((r.estimate for r in rows if r.known), default=1.0) or 1)
    ax.set_yticks([])
    ax.grid(visible=False, axis="y")


def _in_all(ax: Axes, context: Context, lines: list[tuple[str, list[float], list[float]]]) -> None:
    top = 1.0
    for (name, years, counts), colour in zip(lines, (theme.SUPPORT, theme.CONTROL), strict=False):
        ax.step(years, counts, where="mid", color=colour)
        text = context.word(f"municipality-in-all-{name}", count=context.fmt.number(counts[-1]))
        over = max(counts[-max(1, round(LETTERING * len(counts))) :])
        ax.annotate(
            text, (years[-1], over), xytext=(-2, 3), textcoords="offset points",
            ha="right", va="bottom", fontsize=theme.SMALL, color=colour,
        )  # fmt: skip
        top = max(top, *counts)
    ax.set_ylim(0, 1.16 * top)
    ax.yaxis.set_major_formatter(panels.tick(context))


def entry(context: Context) -> Figure:
    """New members in every year, and members and associations in all."""
    word, fmt = context.word, context.fmt
    new, unions = _by_year(context, "joined"), _by_year(context, "associations")
    years = [r.horizon for r in new]
    summed = np.cumsum([r.estimate for r in new]).tolist()
    lines = [("members", years, summed)] if all(map(math.isfinite, summed)) else []
    if unions and all(r.known for r in unions):
        lines.append(("associations", [r.horizon for r in unions], [r.estimate for r in unions]))

    def draw(canvas: Canvas) -> None:
        count = 2 if lines else 1
        axes = canvas.subplots(
            count, 1, sharex=True, squeeze=False, height_ratios=[1, 1.15][:count]
        )
        upper = axes[0, 0]
        _bars(upper, context, new)
        panels.title(upper, word("municipality-entry-new"))
        if lines:
            _in_all(axes[1, 0], context, lines)
            panels.title(axes[1, 0], word("municipality-entry-all"))
        last = axes[-1, 0]
        step = 1 if len(years) <= 13 else 2 if len(years) <= 26 else 5
        last.set_xticks([y for y in years if (y - years[0]) % step == 0])
        last.xaxis.set_major_formatter(lambda x, _: str(round(x)))
        last.set_xlim(years[0] - 0.6, years[-1] + 0.6)

    items = [f"{int(r.horizon)}: {fmt.number(r.estimate)}" for r in new]
    ends = [
        word(f"municipality-in-all-{name}", count=fmt.number(counts[-1]))
        for name, _, counts in lines
    ]
    never = context.look.row(PART, "entry", NEVER, "count")
    return Figure(
        name="municipality-entry",
        caption=word(
            "caption-municipality-entry",
            associations=int(len(lines) > 1),
            hollow=sum(not _inside(context, year) for year in years),
            first=str(declared(context).years.first),
            last=str(declared(context).years.last),
        ),
        alt=word(
            "alt-municipality-entry",
            items="; ".join(items),
            last=str(int(years[-1])),
            ends=fmt.joined(ends).lower() or "none",
            known=int(never is not None and never.known),
            never=fmt.number(never.estimate) if never else "",
        ),
        data=frame_of([*new, *unions, *([never] if never else [])]),
        draw=draw,
        height=86 if lines else 46,
    )


def _groups(rows: list[Row]) -> list[str]:
    """Groups of members by their years, and last those who never join."""
    there = list(dict.fromkeys(r.group for r in rows))
    members = sorted(g for g in there if g.startswith(MEMBERS))
    return members + [g for g in there if g == NEVER]


def _ends(group: str) -> tuple[float, float]:
    """First and last year in which a group joined; NaN for those who never do."""
    first, _, last = group.removeprefix(MEMBERS).partition("-")
    return (math.nan, math.nan) if group == NEVER else (float(first), float(last or first))


def _name(context: Context, group: str) -> str:
    if group == NEVER:
        return context.word("municipality-never", last=str(declared(context).years.last))
    first, last = (str(int(year)) for year in _ends(group))
    return context.word("municipality-joined", span=first if first == last else f"{first}–{last}")


def _line(ax: Axes, context: Context, rows: list[Row], group: str, number: int) -> None:
    """The course of a group, thick in the years in which it joined."""
    never = group == NEVER
    colour = theme.CONTROL if never else theme.COHORTS[number % len(theme.COHORTS)]
    x, y = [r.horizon for r in rows], [r.estimate for r in rows]
    style = (0, (1, 1)) if never else STYLES[number % len(STYLES)]
    ax.plot(x, y, color=colour, ls=style, lw=1.3, label=_name(context, group))
    first, last = _ends(group)
    inside = [r for r in rows if first <= r.horizon <= last]
    if inside:
        ax.plot(
            [r.horizon for r in inside], [r.estimate for r in inside],
            color=colour, lw=3.2, alpha=0.75, solid_capstyle="round",
        )  # fmt: skip
        if len(inside) == 1:
            ax.plot(inside[0].horizon, inside[0].estimate, "o", color=colour, ms=4.5)


def _cut(values: list[float]) -> bool:
    """Whether lines would be too flat on an axis from zero."""
    known = [v for v in values if math.isfinite(v)]
    return bool(known) and max(known) - min(known) < LEAST_FILLED * max(known)


def means(context: Context) -> Figure:
    """Plain averages of every outcome by groups of entry years, and of those who never join."""
    word, fmt = context.word, context.fmt
    found = context.look.rows(PART, "cohort_mean")
    names, groups = panels.outcomes(context, found), _groups(found)
    lines = {
        (name, group): sorted(
            (r for r in found if r.outcome == name and r.group == group), key=lambda r: r.horizon
        )
        for name in names
        for group in groups
    }
    values = {n: [r.estimate for g in groups for r in lines[n, g]] for n in names}
    cut = [label(context, name) for name in names if _cut(values[name])]

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        for number, (ax, name) in enumerate(zip(axes, names, strict=True)):
            for place, group in enumerate(groups):
                _line(ax, context, lines[name, group], group, place)
            known = [v for v in values[name] if math.isfinite(v)] or [0.0, 1.0]
            room = 0.08 * (max(known) - min(known)) or 0.1
            ax.set_ylim(min(known) - room if _cut(known) else 0, max(known) + room)
            panels.title(ax, label(context, name))
            ax.yaxis.set_major_formatter(panels.tick(context))
            ax.xaxis.set_major_formatter(lambda x, _: str(round(x)))
            ax.locator_params(axis="x", integer=True, nbins=6)
            if number == 0:
                canvas.legend(
                    *ax.get_legend_handles_labels(), loc="outside upper left", ncols=3,
                    columnspacing=1.4, handlelength=2.6,
                )  # fmt: skip
        canvas.supylabel(word("unit-percent-long"), fontsize=theme.TEXT)

    said = []
    for name in names:
        texts = []
        for group in groups:
            known_rows = [r for r in lines[name, group] if r.known]
            if known_rows:
                start, end = known_rows[0], known_rows[-1]
                texts.append(
                    word(
                        "alt-municipality-mean",
                        group=_name(context, group),
                        start=fmt.number(start.estimate, decimals(start.unit)),
                        end=fmt.number(end.estimate, decimals(end.unit)),
                        first=str(int(start.horizon)),
                        last=str(int(end.horizon)),
                    )
                )
        said.append(word("alt-panel", title=label(context, name), lines="; ".join(texts)))
    titles = [label(context, name) for name in names]
    which = "all" if cut and len(cut) == len(names) else "some" if cut else "none"
    return Figure(
        name="municipality-means",
        caption=word("caption-municipality-means", cut=which, names=fmt.joined(cut)),
        alt=word("alt-municipality-means", lines=" ".join(said)),
        data=frame_of([r for rows in lines.values() for r in rows]),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * (PANEL_HEIGHT + panels.deep(titles)) + 14,
    )
