"""Figures of effects: coefficient plots at the horizons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_effects import in_order, one_scale
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


HEAD = "\x1f"
ROOM, HORIZON_WIDTH = 6.0, 50.0  # points


def _spread(rows: list[Row]) -> tuple[float, float]:
    ends = [x for r in rows for x in (r.ci_low, r.ci_high) if math.isfinite(x)] + [0.0]
    low, high = min(ends), max(ends)
    room = 0.08 * (high - low or 1.0)
    return low - room, high + room


def _row_text(context: Context, row: Row, places: int) -> str:
    if math.isnan(row.ci_low):
        return context.word("not-shown")
    return (
        f"{context.fmt.number(row.estimate, places)}"
        f" ({context.fmt.interval(row.ci_low, row.ci_high, places)})"
    )


def _beside(ax: Axes, y: float, text: str, points: float) -> None:
    """A label to the left of the axes, a number of points away from them."""
    ax.annotate(
        text,
        (0, y),
        xycoords=ax.get_yaxis_transform(),
        xytext=(-points, 0),
        textcoords="offset points",
        ha="right",
        va="center",
    )


def _coefficients(
    ax: Axes,
    context: Context,
    rows: list[tuple[str, Row, Row | None]],
    places: int,
    *,
    legend: tuple[str, str],
) -> None:
    """Points and intervals, top to bottom; estimate and interval as text at the right."""
    low, high = _spread([r for _, a, b in rows for r in (a, b) if r is not None])
    for number, (label, adjusted, plain) in enumerate(rows):
        y = -float(number)
        head, _, rest = label.rpartition(HEAD)
        if head:  # the outcome beside the first of its horizons
            _beside(ax, y, head, HORIZON_WIDTH + ROOM)
        _beside(ax, y, rest, ROOM)
        ax.text(
            1.02,
            y,
            _row_text(context, adjusted, places),
            transform=ax.get_yaxis_transform(),
            ha="left",
            va="center",
            fontsize=theme.SMALL,
        )
        if plain is not None and not math.isnan(plain.ci_low):
            ax.plot([plain.ci_low, plain.ci_high], [y - 0.22] * 2, color=theme.MUTED, lw=0.9)
            ax.plot(
                plain.estimate,
                y - 0.22,
                "o",
                color="white",
                mec=theme.MUTED,
                ms=3.4,
                mew=0.9,
                label=legend[1],
            )
        if not math.isnan(adjusted.ci_low):
            ax.plot([adjusted.ci_low, adjusted.ci_high], [y] * 2, color=theme.SUPPORT, lw=1.6)
            ax.plot(
                adjusted.estimate,
                y,
                "o",
                color=theme.SUPPORT,
                ms=5,
                label=legend[0],
            )
    ax.axvline(0, color=theme.INK, lw=0.8, zorder=0.5)
    ax.set_xlim(low, high)
    ax.set_ylim(-len(rows) + 0.4, 0.6)
    ax.set_yticks([])
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")


def _legend(ax: Axes) -> None:
    """What the two kinds of points are, once each; nothing where none is drawn."""
    handles, labels = ax.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    if once:
        ax.legend(
            list(once.values()),
            list(once),
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=2,
            handletextpad=0.4,
        )


def _alt(context: Context, rows: list[tuple[str, Row, Row | None]], places: int) -> str:
    lines, outcome = [], ""
    for label, row, _ in rows:
        head, _, rest = label.rpartition(HEAD)
        outcome = head or outcome
        name = f"{outcome}, {rest}" if outcome else rest
        lines.append(f"{name}: {_row_text(context, row, places)}")
    unit = context.unit_with_prices(rows[0][1].unit)
    return context.word("alt-effects", unit=unit, level=level(context), lines="; ".join(lines))


def survey_effects(context: Context) -> Figure:
    """Effects on every item, in scale points, or in standard deviations where scales differ."""
    found = in_order(context, context.main_rows("survey", "lin"))
    same = one_scale(context, [r.outcome for r in found])
    suffix = "" if same else "_standardised"
    found = in_order(context, context.main_rows("survey", f"lin{suffix}"))
    rows = [
        (
            context.outcome("survey", r.outcome),
            r,
            context.look.row("survey", "itt", r.outcome, f"unadjusted{suffix}", horizon=r.horizon),
        )
        for r in found
    ]
    support, control = context.arm_labels("survey")

    def draw(canvas: Canvas) -> None:
        canvas.get_layout_engine().set(rect=(0.015, 0, 0.97, 1), h_pad=0.02)  # type: ignore[union-attr,call-arg]
        ax = canvas.subplots()
        _coefficients(
            ax,
            context,
            rows,
            2,
            legend=(context.word("legend-adjusted"), context.word("legend-unadjusted")),
        )
        axis = "axis-scale-points" if same else "axis-control-sd"
        ax.set_xlabel(context.word(axis, support=support, control=control))
        _legend(ax)

    return Figure(
        name="survey-effects",
        caption=context.word("caption-survey-effects", level=level(context), same=int(same)),
        alt=_alt(context, rows, 2),
        data=frame_of([r for _, a, b in rows for r in (a, b) if r is not None]),
        draw=draw,
        height=26 + 8.0 * len(rows),
    )


def register_effects(context: Context) -> Figure:
    """Adjusted effects at every horizon, one panel per unit."""
    found = context.main_rows("register", "lin")
    register = context.study.register_
    period = register.period if register else "month"
    units = list(dict.fromkeys(r.unit for r in found))
    several = len({r.horizon for r in found}) > 1
    panels: list[tuple[str, list[tuple[str, Row, Row | None]], int]] = []
    for unit in units:
        rows: list[tuple[str, Row, Row | None]] = []
        for r in found:
            if r.unit != unit:
                continue
            label = context.outcome("register", r.outcome)
            if several:
                first = not rows or rows[-1][1].outcome != r.outcome
                label = (label + HEAD if first else "") + context.horizon(r.horizon)
            plain = context.look.row("register", "itt", r.outcome, "unadjusted", horizon=r.horizon)
            rows.append((label, r, None if several else plain))
        sizes = tuple(x for _, r, _ in rows for x in (r.estimate, r.ci_low) if not math.isnan(x))
        panels.append((unit, rows, decimals(unit, sizes)))
    heights = [len(rows) + 1.6 for _, rows, _ in panels]

    def draw(canvas: Canvas) -> None:
        # A little air at both sides: labels are set with slightly wider letters than measured.
        canvas.get_layout_engine().set(rect=(0.015, 0, 0.97, 1))  # type: ignore[union-attr,call-arg]
        axes = canvas.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for number, (ax, (unit, rows, places)) in enumerate(zip(axes, panels, strict=True)):
            _coefficients(
                ax,
                context,
                rows,
                places,
                legend=(context.word("legend-adjusted"), context.word("legend-unadjusted")),
            )
            ax.set_xlabel(
                context.word(
                    "axis-effect",
                    unit=context.unit_with_prices(unit),
                    bare=int(not context.unit_head(unit)),
                )
            )
            ax.xaxis.set_major_formatter(
                lambda x, _: context.fmt.number(x, 0 if abs(x) >= 10 or x == round(x) else 1)
            )
            if number == 0 and any(plain is not None for _, _, plain in rows):
                _legend(ax)

    return Figure(
        name="register-effects",
        caption=context.word(
            "caption-register-effects", several=int(several), unit=period, level=level(context)
        ),
        alt=" ".join(_alt(context, rows, places) for _, rows, places in panels),
        data=frame_of(found),
        draw=draw,
        height=8 + (3.9 if several else 8.0) * sum(heights) + 6 * len(panels),
    )
