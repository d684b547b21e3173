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


def _grid(canvas: Canvas, panels: int) -> list[Axes]:
    rows = math.ceil(panels / COLUMNS)
    axes = canvas.subplots(rows, COLUMNS, squeeze=False).ravel().tolist()
    for ax in axes[panels:]:
        ax.axis("off")
    return list(axes[:panels])


def _title(ax: Axes, context: Context, outcome: str, unit: str) -> None:
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


def _time_axis(ax: Axes, context: Context, last: float, *, label: bool) -> None:
    part = context.part("register")
    assert isinstance(part, Register)
    step = max(1, round(last / 6)) if last > 6 else 1
    ticks = np.arange(0, last + 0.5, 6 if last >= 24 and part.period == "month" else step)
    ax.set_xticks(ticks)
    ax.set_xlim(min(0, ticks[0]), last)
    if label:
        ax.set_xlabel(context.word("axis-since", unit=part.period))


def _height(panels: int) -> float:
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
        for number, (ax, name) in enumerate(zip(_grid(canvas, len(names)), names, strict=True)):
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
            _title(ax, context, name, one[0].unit)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
            _time_axis(
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
        height=_height(len(names)),
    )


def monthly_effects(context: Context) -> Figure:
    """Adjusted effect on every outcome, period by period, with its pointwise band."""
    names = _outcomes(context, "mean")
    lines = {
        name: sorted(
            context.look.rows("register", "itt", outcome=name, estimator="lin", group="all"),
            key=lambda r: r.horizon,
        )
        for name in names
    }

    def draw(canvas: Canvas) -> None:
        for number, (ax, name) in enumerate(zip(_grid(canvas, len(names)), names, strict=True)):
            rows = lines[name]
            x = [r.horizon for r in rows]
            low, high = [r.ci_low for r in rows], [r.ci_high for r in rows]
            ax.fill_between(x, low, high, color=theme.SUPPORT, alpha=0.18, linewidth=0)
            for edge in (low, high):
                ax.plot(x, edge, color=theme.SUPPORT, lw=0.5)
            ax.plot(x, [r.estimate for r in rows], color=theme.SUPPORT)
            ax.axhline(0, color=theme.INK, lw=0.8)
            reach = max((abs(v) for v in [*low, *high] if math.isfinite(v)), default=1.0) * 1.1
            ax.set_ylim(-reach, reach)
            _title(ax, context, name, rows[0].unit)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
            _time_axis(ax, context, max(x), label=number >= len(names) - COLUMNS)

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
    return Figure(
        name="register-monthly-effects",
        caption=context.word("caption-monthly", level=level(context), unit=_period(context)),
        alt=context.word("alt-monthly", lines=" ".join(texts), level=level(context)),
        data=frame_of([r for rows in lines.values() for r in rows]),
        draw=draw,
        height=_height(len(names)),
    )


def take_up(context: Context) -> Figure:
    """Share of those offered who met a team, by block."""
    look = context.look
    rows, hidden = [], 0
    for r in look.rows("register", "flow", outcome="randomised"):
        block = r.group.partition("|block:")[2]
        if not block or not r.group.startswith("arm:support"):
            continue
        met = look.row("register", "flow", "met_team", "count", group=r.group)
        if met is not None and met.known and r.known:
            rows.append((block, r, met))
        else:
            hidden += 1
    people = context.people("register")[0]
    words = {
        "programme": context.study.study.programme,
        "treatment": context.treatment("register"),
    }
    shares = [100 * met.estimate / r.estimate for _, r, met in rows]
    stage = look.rows("register", "first_stage", estimator="unadjusted")
    overall = stage[0] if stage else None
    mean = overall.estimate + overall.control_mean if overall else math.nan

    def draw(canvas: Canvas) -> None:
        ax = canvas.subplots()
        x = np.arange(len(rows))
        ax.vlines(x, 0, shares, color=theme.RULE, lw=3)
        ax.plot(x, shares, "o", color=theme.SUPPORT, ms=4.5)
        if not math.isnan(mean):
            ax.axhline(mean, color=theme.MUTED, lw=0.9, linestyle=(0, (4, 2)))
            ax.text(
                1.01,
                mean,
                context.word("axis-all", share=context.fmt.number(mean, 1)),
                transform=ax.get_yaxis_transform(),
                va="center",
                fontsize=theme.SMALL,
                color=theme.MUTED,
            )
        ax.set_ylim(0, 100)
        ax.set_xlim(-0.7, len(rows) - 0.3)
        ax.set_xticks(x, [block for block, _, _ in rows], rotation=90)
        ax.set_title(context.word("axis-take-up", people=people), loc="left")

    known = [s for s in shares if not math.isnan(s)]
    return Figure(
        name="register-take-up",
        caption=context.word("caption-take-up", **words),
        alt=context.word(
            "alt-take-up",
            count=len(rows),
            low=context.fmt.number(min(known), 1) if known else "–",
            high=context.fmt.number(max(known), 1) if known else "–",
            mean=context.fmt.number(mean, 1),
            known=int(not math.isnan(mean)),
            hidden=hidden,
            people=people,
            **words,
        ),
        data=frame_of([r for _, a, b in rows for r in (a, b)]),
        draw=draw,
        height=62,
    )
