"""Figures of those who refer, of those who take part, and of what is answered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import (
    ALL,
    PART,
    levels,
    party_label,
    party_of,
)
from finsam_report.display.organisation_people import pair, status, statuses
from finsam_report.display.organisation_staff import answers, item, items, respondent, respondents
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

PANDEMIC = 2020 + 2 / 12  # the beginning of March 2020
HALF = 0.25  # the middle of a half-year after its beginning
STYLES = (("o", theme.SUPPORT), ("s", theme.CONTROL), ("^", theme.INK), ("D", theme.WOMEN))


def referred(context: Context) -> dict[str, dict[float, Row]]:
    """People referred, by party and half-year."""
    rows = context.look.rows(PART, "referrals", estimator="count", group=ALL)
    out: dict[str, dict[float, Row]] = {}
    for row in sorted(rows, key=lambda r: r.horizon):
        if math.isfinite(row.horizon):
            out.setdefault(party_of(row), {})[row.horizon] = row
    return {party: out[party] for party in levels(context, "party", out) if party != ALL}


def _pieces(rows: dict[float, Row]) -> list[list[Row]]:
    """Half-years that follow one another; none is missing within a piece."""
    out: list[list[Row]] = []
    previous = math.nan
    for half, row in rows.items():
        if not row.known:
            previous = math.nan
            continue
        if not out or not math.isclose(half, previous + 0.5):
            out.append([])
        out[-1].append(row)
        previous = half
    return out


def _party(ax: Axes, context: Context, rows: dict[float, Row], top: float) -> None:
    for piece in _pieces(rows):
        ax.plot([r.horizon + HALF for r in piece], [r.estimate for r in piece], color=theme.SUPPORT,
                marker="o", ms=3.2)  # fmt: skip
    shown = [row for row in rows.values() if row.known]
    if shown:
        last = shown[-1]
        ax.annotate(
            context.fmt.number(last.estimate), (last.horizon + HALF, last.estimate), xytext=(0, 5),
            textcoords="offset points", ha="center", va="bottom", fontsize=theme.SMALL,
            color=theme.SUPPORT,
        )  # fmt: skip
    ax.set_ylim(0, 1.36 * top)  # the upper part is for the numbers and the words on the pandemic
    ax.yaxis.set_major_formatter(panels.tick(context))
    ax.locator_params(axis="y", nbins=4)


def referrals(context: Context) -> Figure:
    """People referred by each party in every half-year, with the pandemic marked."""
    found = referred(context)
    every = [row for rows in found.values() for row in rows.values()]
    halves = [row.horizon for row in every]
    first, last = min(halves), max(halves) + 0.5
    top = max((row.estimate for row in every if row.known), default=1.0) or 1.0
    pandemic = first < PANDEMIC < last

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(found))
        for number, (ax, (party, rows)) in enumerate(zip(axes, found.items(), strict=True)):
            _party(ax, context, rows, top)
            panels.title(ax, party_label(context, party))
            years = list(range(math.floor(first), math.ceil(last) + 1))
            ax.set_xlim(first - 0.1, last + 0.1)
            inside = [year for year in years if first - 0.1 <= year <= last + 0.1]
            ax.set_xticks(inside[:: max(1, len(inside) // 6)])
            ax.xaxis.set_major_formatter(lambda x, _: str(round(x)))
            if pandemic:
                ax.axvline(PANDEMIC, color=theme.CONTROL, lw=1, ls=(0, (4, 2)))
                if number == 0:
                    ax.annotate(
                        context.word("organisation-pandemic"), (PANDEMIC, 1),
                        xycoords=("data", "axes fraction"), xytext=(3, -1),
                        textcoords="offset points", ha="left", va="top", fontsize=theme.SMALL,
                        color=theme.CONTROL,
                    )  # fmt: skip

    fmt, texts = context.fmt, []
    for party, rows in found.items():
        shown = [
            f"{int(half)}{'b' if half % 1 else 'a'}: {fmt.number(row.estimate)}"
            for half, row in rows.items()
        ]
        texts.append(f"{party_label(context, party)}: {'; '.join(shown)}.")
    lines = math.ceil(len(found) / panels.COLUMNS)
    return Figure(
        name="organisation-referrals",
        caption=context.word("caption-organisation-referrals", pandemic=int(pandemic)),
        alt=context.word("alt-organisation-referrals", lines=" ".join(texts)),
        data=frame_of(every),
        draw=draw,
        height=44 * lines + 6,
    )


def has_referrals(context: Context) -> bool:
    """Whether referrals are known in some half-year."""
    return any(row.known for rows in referred(context).values() for row in rows.values())


def compared(context: Context) -> list[tuple[str, Row, Row]]:
    """Statuses whose shares before and after may both be shown."""
    out = []
    for name in statuses(context):
        before, after = pair(context, name)
        if before is not None and after is not None and before.known and after.known:
            out.append((name, before, after))
    return out


def change(context: Context) -> Figure:
    """Status before and after the effort, a line of the figure for each."""
    rows = compared(context)

    def draw(canvas: Canvas) -> None:
        ax = canvas.subplots()
        canvas.get_layout_engine().set(rect=(0.02, 0, 0.965, 1))  # type: ignore[union-attr,call-arg]
        for place, (_, before, after) in enumerate(rows):
            ax.plot([before.estimate, after.estimate], [place, place], color=theme.RULE, lw=2,
                    zorder=2)  # fmt: skip
            ax.plot(before.estimate, place, "o", ms=6, mfc="white", mec=theme.CONTROL, mew=1.3,
                    clip_on=False, zorder=3)  # fmt: skip
            ax.plot(
                after.estimate, place, "D", ms=5.5, color=theme.SUPPORT, zorder=4, clip_on=False
            )
            gap = after.estimate - before.estimate
            ax.annotate(
                context.fmt.number(gap, 1, sign=True), (1, place),
                xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                ha="left", va="center", fontsize=theme.SMALL, annotation_clip=False,
            )  # fmt: skip
        _listed(ax, context, [status(context, name) for name, _, _ in rows])
        ax.set_xlabel(context.word("organisation-axis-people"))
        _key(canvas, context)

    items = [
        context.word(
            "alt-organisation-change-line",
            name=status(context, name),
            before=context.fmt.number(before.estimate, 1),
            after=context.fmt.number(after.estimate, 1),
        )
        for name, before, after in rows
    ]
    return Figure(
        name="organisation-change",
        caption=context.word("caption-organisation-change"),
        alt=context.word("alt-organisation-change", lines="; ".join(items)),
        data=frame_of([row for _, *both in rows for row in both]),
        draw=draw,
        height=22 + 6.2 * len(rows),
    )


def _listed(ax: Axes, context: Context, names: list[str]) -> None:
    """Names at the left, the first on top, and an axis from zero."""
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", labelsize=theme.TEXT, pad=7)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(panels.tick(context))


def _key(canvas: Canvas, context: Context) -> None:
    from matplotlib.lines import Line2D

    canvas.legend(
        handles=[
            Line2D([], [], ls="none", marker="o", ms=6, mfc="white", mec=theme.CONTROL, mew=1.3,
                   label=context.word("organisation-key-before")),
            Line2D([], [], ls="none", marker="D", ms=5.5, color=theme.SUPPORT,
                   label=context.word("organisation-key-after")),
        ],
        loc="outside upper left", ncols=2, columnspacing=1.4,
    )  # fmt: skip


def _latest(context: Context, name: str, group: str) -> Row | None:
    rows = [row for row in answers(context, name, group, "mean").values() if row.known]
    return rows[-1] if rows else None


def indicators(context: Context) -> Figure:
    """The last mean of every indicator, by who answered."""
    names, groups = items(context), respondents(context)
    found = {
        (name, group): row
        for name in names
        for group in groups
        if (row := _latest(context, name, group)) is not None
    }
    low, high = scale(context)

    def draw(canvas: Canvas) -> None:
        from matplotlib.lines import Line2D

        ax = canvas.subplots()
        canvas.get_layout_engine().set(rect=(0.02, 0, 0.965, 1))  # type: ignore[union-attr,call-arg]
        handles = []
        for number, group in enumerate(groups):
            marker, colour = STYLES[number % len(STYLES)]
            shift = 0.17 * (number - (len(groups) - 1) / 2)
            for place, name in enumerate(names):
                if (name, group) in found:
                    ax.plot(found[name, group].estimate, place + shift, marker, ms=5.5,
                            color=colour)  # fmt: skip
            handles.append(
                Line2D([], [], ls="none", marker=marker, ms=5.5, color=colour,
                       label=respondent(context, group))
            )  # fmt: skip
        _listed(ax, context, [item(context, name) for name in names])
        ax.set_xlim(low - 0.05, high + 0.05)
        ax.set_xlabel(context.word("organisation-axis-mean", low=str(low), high=str(high)))
        if len(groups) > 1:
            canvas.legend(handles=handles, loc="outside upper left", ncols=4, columnspacing=1.4)

    texts = []
    for name in names:
        numbers = [
            f"{respondent(context, group)} {context.fmt.number(found[name, group].estimate, 2)}"
            for group in groups
            if (name, group) in found
        ]
        texts.append(f"{item(context, name)}: {', '.join(numbers)}.")
    return Figure(
        name="organisation-indicators",
        caption=context.word("caption-organisation-indicators", low=str(low), high=str(high)),
        alt=context.word("alt-organisation-indicators", lines=" ".join(texts)),
        data=frame_of(list(found.values())),
        draw=draw,
        height=24 + 9 * len(names),
    )


def scale(context: Context) -> tuple[int, int]:
    """The ends of the indicators' scale."""
    part = context.study.organisation
    ones = part.indicator_items if part else ()
    return min((i.minimum for i in ones), default=1), max((i.maximum for i in ones), default=5)


def has_indicators(context: Context) -> bool:
    """Whether some mean of an indicator may be shown."""
    return any(
        _latest(context, name, group) is not None
        for name in items(context)
        for group in respondents(context)
    )


def has_change(context: Context) -> bool:
    """Whether some status may be compared."""
    return bool(compared(context))
