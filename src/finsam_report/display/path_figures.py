"""Figures over time: both arms period by period, and the effect with its band."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import capital, level
from finsam_report.display.trial_tables import frame_of
from finsam_report.study import Register

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

COLUMNS = 2
PANEL_HEIGHT = 42.0


def _period(context: Context) -> str:
    part = context.part("register")
    return part.period if isinstance(part, Register) else "month"


def _outcomes(context: Context, analysis: str) -> list[str]:
    """Outcomes that were followed over time, in the order of the declaration."""
    part = context.part("register")
    if not isinstance(part, Register):
        return []
    there = {r.outcome for r in context.look.rows("register", analysis)}
    return [o.id for o in part.outcomes if o.id in there and o.window == 1]


def grid(canvas: Canvas, panels: int) -> list[Axes]:
    """Axes for so many panels, two beside one another."""
    rows = math.ceil(panels / COLUMNS)
    axes = canvas.subplots(rows, COLUMNS, squeeze=False).ravel().tolist()
    for ax in axes[panels:]:
        ax.axis("off")
    return list(axes[:panels])


def title(ax: Axes, context: Context, outcome: str, unit: str) -> None:
    """The outcome, and under it its unit."""
    ax.set_title(context.outcome("register", outcome), loc="left", pad=15)
    ax.annotate(
        capital(context.unit_with_prices(unit)),
        (0, 1),
        xytext=(0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=theme.SMALL,
        color=theme.MUTED,
    )


def time_axis(ax: Axes, context: Context, last: float, *, label: bool, first: float = 0.0) -> None:
    """The axis of time since randomisation, from before it where there is anything."""
    part = context.part("register")
    assert isinstance(part, Register)
    step = max(1, round(last / 6)) if last > 6 else 1
    ticks = np.arange(0, last + 0.5, 6 if last >= 24 and part.period == "month" else step)
    ax.set_xticks(ticks)
    ax.set_xlim(min(0, ticks[0], first), last)
    if first < 0:
        ax.axvline(0, color=theme.MUTED, lw=0.7, ls=(0, (2, 2)), zorder=0.6)
    if label:
        ax.set_xlabel(context.word("axis-since", unit=part.period))


def height(panels: int) -> float:
    """Height of a figure of so many panels, in millimetres."""
    return PANEL_HEIGHT * math.ceil(panels / COLUMNS) + 12


def prevalence(context: Context) -> Figure:
    """Mean of every outcome in both arms, period by period."""
    names = _outcomes(context, "mean")
    support, control = context.arm_labels("register")
    lines: dict[str, tuple[list[Row], list[Row]]] = {
        name: (
            context.look.rows("register", "mean", outcome=name, group="arm:support"),
            context.look.rows("register", "mean", outcome=name, group="arm:control"),
        )
        for name in names
    }

    def draw(canvas: Canvas) -> None:
        for number, (ax, name) in enumerate(zip(grid(canvas, len(names)), names, strict=True)):
            one, zero = lines[name]
            for rows, colour, style, text in (
                (one, theme.SUPPORT, "-", support),
                (zero, theme.CONTROL, (0, (4, 1.5)), control),
            ):
                ax.plot(
                    [r.horizon for r in rows],
                    [r.estimate for r in rows],
                    color=colour,
                    linestyle=style,
                    label=text,
                )
            top = max((r.estimate for r in one + zero if r.known), default=1.0)
            ax.set_ylim(0, top * 1.12 or 1)
            title(ax, context, name, one[0].unit)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
            time_axis(
                ax, context, max(r.horizon for r in one), label=number >= len(names) - COLUMNS
            )
            if number == 0:
                canvas.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=2)

    last = max(r.horizon for one, _ in lines.values() for r in one)
    texts = []
    for name, (one, zero) in lines.items():
        places = decimals(one[-1].unit, (one[-1].estimate,))
        texts.append(
            context.word(
                "alt-prevalence-line",
                outcome=context.outcome("register", name),
                support=context.fmt.with_unit(one[-1].estimate, one[-1].unit, places),
                control=context.fmt.with_unit(zero[-1].estimate, zero[-1].unit, places),
            )
        )
    return Figure(
        name="register-prevalence",
        caption=context.word("caption-prevalence", unit=_period(context)),
        alt=context.word(
            "alt-prevalence",
            horizon=context.horizon(last),
            lines=" ".join(texts),
            support=support,
            control=control,
        ),
        data=frame_of([r for pair in lines.values() for rows in pair for r in rows]),
        draw=draw,
        height=height(len(names)),
    )


def _path(context: Context, outcome: str, estimator: str) -> list[Row]:
    """The effect on an outcome period by period, also before randomisation where it is known."""
    rows = [
        row
        for analysis in ("placebo", "itt")
        for row in context.look.rows(
            "register", analysis, outcome=outcome, estimator=estimator, group="all"
        )
    ]
    return sorted(rows, key=lambda row: row.horizon)


def _band(ax: Axes, rows: list[Row], alpha: float) -> None:
    """The stretch between the ends of intervals, with its edges."""
    x = [r.horizon for r in rows]
    low, high = [r.ci_low for r in rows], [r.ci_high for r in rows]
    ax.fill_between(x, low, high, color=theme.SUPPORT, alpha=alpha, linewidth=0)
    for edge in (low, high):
        ax.plot(x, edge, color=theme.SUPPORT, lw=0.5)


def monthly_effects(context: Context) -> Figure:
    """Adjusted effect on every outcome by period: intervals, and a band for the whole path."""
    names = _outcomes(context, "mean")
    lines = {name: _path(context, name, "lin") for name in names}
    bands = {name: _path(context, name, "lin_band") for name in names}

    def draw(canvas: Canvas) -> None:
        for number, (ax, name) in enumerate(zip(grid(canvas, len(names)), names, strict=True)):
            rows = lines[name]
            _band(ax, bands[name], 0.14)
            _band(ax, rows, 0.34)
            x = [r.horizon for r in rows]
            ax.plot(x, [r.estimate for r in rows], color=theme.SUPPORT)
            ax.axhline(0, color=theme.INK, lw=0.8)
            every = [e for r in (*rows, *bands[name]) for e in (r.ci_low, r.ci_high)]
            reach = max((abs(v) for v in every if math.isfinite(v)), default=1.0) * 1.1
            ax.set_ylim(-reach, reach)
            title(ax, context, name, rows[0].unit)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
            time_axis(ax, context, max(x), label=number >= len(names) - COLUMNS, first=min(x))

    texts = []
    for name, rows in lines.items():
        known = [r for r in rows if r.known]
        if not known:
            continue
        peak, end = max(known, key=lambda r: abs(r.estimate)), known[-1]
        places = decimals(peak.unit, (peak.estimate,))
        texts.append(
            context.word(
                "alt-monthly-line",
                outcome=context.outcome("register", name),
                peak=context.fmt.with_unit(peak.estimate, peak.unit, places),
                at=context.horizon(peak.horizon),
                end=context.fmt.with_unit(end.estimate, end.unit, places),
                low=context.fmt.number(end.ci_low, places),
                high=context.fmt.number(end.ci_high, places),
                horizon=context.horizon(end.horizon),
            )
        )
    banded = int(any(bands.values()))
    return Figure(
        name="register-monthly-effects",
        caption=context.word(
            "caption-monthly", level=level(context), unit=_period(context), band=banded
        ),
        alt=context.word("alt-monthly", lines=" ".join(texts), level=level(context)),
        data=frame_of([r for part in (lines, bands) for rows in part.values() for r in rows]),
        draw=draw,
        height=height(len(names)),
    )
