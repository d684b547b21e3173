"""Figures of one association: its course, and its shares beside those of all associations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.association_names import (
    about,
    answered,
    described,
    indicators,
    pair,
    respondents,
    series,
    statuses,
)
from finsam_report.display.association_shares import sides
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_figures import stacked
from finsam_report.display.organisation_lines import Line, Panel
from finsam_report.display.organisation_names import level, variable
from finsam_report.display.organisation_people import STATUS, WORK, status
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ROW, HEAD = 5.2, 24.0  # millimetres
SIDES = (("own", theme.SUPPORT, -0.17), ("every", theme.CONTROL, 0.17))


@dataclass(frozen=True)
class Dots:
    """A row of a figure: what it is, and the two numbers beside one another."""

    label: str
    own: Row | None
    every: Row | None
    group: str = ""

    @property
    def numbers(self) -> tuple[float, float]:
        """Both numbers, NaN where there is none or it is suppressed."""
        own, every = (math.nan if r is None else r.estimate for r in (self.own, self.every))
        return own, every


def _legend(canvas: Canvas, names: Sequence[tuple[str, str, str, str]]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], ls="none", marker=marker, ms=5.5, mfc=face, mec=colour, mew=1.2, label=name)
        for name, marker, colour, face in names
    ]
    canvas.legend(handles=handles, loc="outside upper left", ncols=2, columnspacing=1.6)


def _rows(ax: Axes, labels: Sequence[str], low: float, high: float, under: str) -> None:
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_yticks(range(len(labels)), list(labels))
    ax.tick_params(axis="y", labelsize=theme.TEXT)
    ax.set_xlim(low, high)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(under)


def _beside(
    context: Context, name: str, dots: Sequence[Dots], *, unit: str, zero: bool, digits: int
) -> Figure:
    """Numbers of the association beside those of all, a row each."""
    own, every = about(context).label, context.word("association-all")
    hidden = context.word("association-hidden")

    def paint(canvas: Canvas) -> None:
        ax = canvas.subplots()
        values = [v for one in dots for v in one.numbers if math.isfinite(v)]
        span = (0.0 if zero else 1.0, max(values, default=1.0))
        missing = any(math.isnan(one.numbers[0]) for one in dots)
        room = 0.04 * (span[1] - span[0] or 1)
        for place, one in enumerate(dots):
            mine, theirs = one.numbers
            if place and one.group != dots[place - 1].group:
                ax.axhline(place - 0.5, color=theme.RULE, lw=0.6)
            if math.isfinite(mine) and math.isfinite(theirs):
                ax.plot([mine, theirs], [place, place], color=theme.RULE, lw=2.2, zorder=1)
            if math.isfinite(theirs):
                ax.plot(
                    theirs, place, "s", ms=5.2, mfc="white", mec=theme.CONTROL, mew=1.3, zorder=2
                )
            if math.isfinite(mine):
                ax.plot(mine, place, "o", ms=6, color=theme.SUPPORT, zorder=3)
            elif one.own is not None:
                ax.annotate(hidden, (1, place), (-3, 0), xycoords=("axes fraction", "data"),
                            textcoords="offset points", ha="right", va="center",
                            color=theme.MUTED, fontsize=theme.SMALL)  # fmt: skip
        _rows(ax, [one.label for one in dots], span[0] - room * zero,
              span[1] + (5 if missing else 2) * room, unit)  # fmt: skip
        _legend(canvas, ((own, "o", theme.SUPPORT, theme.SUPPORT),
                         (every, "s", theme.CONTROL, "white")))  # fmt: skip

    said = "; ".join(
        context.word(
            "association-alt-row", label=one.label,
            own=_said(context, one.numbers[0], digits, hidden),
            every=_said(context, one.numbers[1], digits, hidden),
        )
        for one in dots
    )  # fmt: skip
    return Figure(
        name=name,
        caption=context.word(f"{name}-caption"),
        alt=context.word("association-alt", own=own, unit=unit, rows=said),
        data=frame_of([row for one in dots for row in (one.own, one.every) if row is not None]),
        draw=paint,
        height=HEAD + ROW * len(dots),
    )


def _said(context: Context, value: float, digits: int, hidden: str) -> str:
    return context.fmt.number(value, digits) if math.isfinite(value) else hidden


def participants(context: Context) -> Figure:
    """Who took part, beside all associations."""
    dots = [
        Dots(level(context, *variable(one)), both.own, both.every, name)
        for name, ones in described(context).items()
        # Of two levels one tells the other.
        for one in (ones[:1] if name == "sex" and len(ones) == 2 else ones)
        for both in [pair(context, "participants", one, "share")]
    ]
    unit = context.word("association-axis-participants")
    return _beside(context, "association-participants", dots, unit=unit, zero=True, digits=1)


def answers(context: Context) -> Figure:
    """Mean answers to the indicators, beside all associations."""
    year = answered(context) or 0
    everybody = respondents(context, year)
    dots = []
    for who in everybody:
        more = f"respondent={who}" if who else ""
        for item, label in indicators(context, year, who):
            both = pair(context, "indicator", item, "top", year, more)
            whose = context.word(f"association-who-{who or 'all'}")
            text = (
                label
                if len(everybody) == 1
                else context.word("association-whose", label=label, who=whose)
            )
            if both.own is not None and both.own.known:
                dots.append(Dots(text, both.own, both.every, who))
    unit = context.word("association-axis-indicators", year=str(year))
    return _beside(context, "association-indicators", dots, unit=unit, zero=True, digits=1)


def change(context: Context) -> Figure:
    """Status before and after the effort, as arrows: the association above all."""
    shown = [one for one in statuses(context) if one == WORK or variable(one)[0] == STATUS[0]]
    rows = [(one, *sides(context, one)) for one in shown]
    names = (about(context).label, context.word("association-all"))

    def paint(canvas: Canvas) -> None:
        ax = canvas.subplots()
        top = 1.0
        for place, (_, before, after) in enumerate(rows):
            for one, colour, shift in (
                ("own", theme.SUPPORT, -0.17),
                ("every", theme.CONTROL, 0.17),
            ):
                start, end = (
                    math.nan if row is None else row.estimate
                    for row in (getattr(before, one), getattr(after, one))
                )
                top = max([top, *(v for v in (start, end) if math.isfinite(v))])
                face = colour if one == "own" else "white"
                marker = "o" if one == "own" else "s"
                at = place + shift
                if math.isfinite(start) and math.isfinite(end):
                    ax.plot([start, end], [at, at], color=colour, lw=1.2, zorder=1)
                if math.isfinite(start):
                    ax.plot(start, at, "|", ms=6, mew=1.6, color=colour, zorder=2)
                if math.isfinite(end):
                    ax.plot(end, at, marker, ms=5, mfc=face, mec=colour, mew=1.2, zorder=3)
                if one == "own" and not (math.isfinite(start) and math.isfinite(end)):
                    ax.annotate(
                        context.word("association-hidden"), (1, at), (-3, 0),
                        xycoords=("axes fraction", "data"), textcoords="offset points",
                        ha="right", va="center", color=theme.MUTED, fontsize=theme.SMALL,
                    )  # fmt: skip
        labels = [status(context, one) for one, _, _ in rows]
        missing = any(not row.known for _, *both in rows for one in both for row in one.rows[:1])
        _rows(ax, labels, -0.02 * top, (1.2 if missing else 1.06) * top,
              context.word("association-axis-change"))  # fmt: skip
        _legend(canvas, ((names[0], "o", theme.SUPPORT, theme.SUPPORT),
                         (names[1], "s", theme.CONTROL, "white")))  # fmt: skip

    hidden = context.word("association-hidden")

    def told(row: Row | None) -> str:
        return _said(context, math.nan if row is None else row.estimate, 1, hidden)

    said = "; ".join(
        context.word(
            "association-alt-change", label=status(context, one), before=told(before.own),
            after=told(after.own), all_before=told(before.every), all_after=told(after.every),
        )
        for one, before, after in rows
    )  # fmt: skip
    return Figure(
        name="association-change",
        caption=context.word("association-change-caption"),
        alt=context.word("association-alt", own=names[0], unit=context.word(
            "association-axis-change"), rows=said),
        data=frame_of([r for _, b, a in rows for r in (*b.rows, *a.rows)]),
        draw=paint,
        height=HEAD + 1.35 * ROW * len(rows),
    )  # fmt: skip


def course(context: Context) -> Figure:
    """People in efforts and what an effort cost for each of them, year by year."""
    own = about(context).label
    panels = []
    people = series(context, "participants", "all", "count")
    if any(row.known for row in people.values()):
        panels.append(
            Panel(
                context.word("association-panel-participants"),
                (Line(own, people, theme.SUPPORT),),
                digits=0,
            )
        )
    real = "real" if series(context, "cost", "per_participant", "real") else "nominal"
    cost = series(context, "cost", "per_participant", real)
    every = series(context, "cost", "per_participant", real, every=True)
    if any(row.known for row in cost.values()):
        first, end = min(cost), max(cost)
        beside = {year: row for year, row in every.items() if first <= year <= end}
        panels.append(
            Panel(
                context.word(f"association-panel-cost-{real}"),
                (
                    Line(own, cost, theme.SUPPORT, scale=0.001),
                    Line(context.word("association-all"), beside, theme.CONTROL, "s", scale=0.001),
                ),
                digits=0,
            )
        )
    return stacked(
        context, "association-course", context.word("association-course-caption"), panels
    )
