"""What the figures of the municipality part share: outcomes, panels, axes, numbers in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finsam_report.display import municipality_names as names
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.survey_forest import folded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

COLUMNS = 2
MOST_TICK_PLACES = 4
EXTRA_LINE = 3.6  # millimetres
UNDER_TITLE = 5  # points


def outcomes(context: Context, rows: Sequence[Row], *, main: bool = False) -> list[str]:
    """Outcomes that rows are of: main ones in declared order, and the others unless not wanted."""
    found, main_ones = names.in_order(context, rows), names.main_outcomes(context)
    first = [name for name in found if name in main_ones]
    return first if main else first + [name for name in found if name not in main_ones]


def grid(canvas: Canvas, panels: int, columns: int = COLUMNS) -> list[Axes]:
    """Axes for so many panels; those of a last line that is not full are left out."""
    lines = math.ceil(panels / columns)
    axes = canvas.subplots(max(lines, 1), columns, squeeze=False).ravel().tolist()
    for ax in axes[panels:]:
        ax.axis("off")
    return list(axes[:panels])


def deep(titles: Sequence[str], columns: int = COLUMNS) -> float:
    """Millimetres more that every line of panels needs for titles on several lines."""
    return EXTRA_LINE * max((folded(text, columns).count("\n") for text in titles), default=0)


def title(ax: Axes, text: str, under: str = "", columns: int = COLUMNS) -> None:
    """The panel's title, and a smaller line under it."""
    ax.set_title(folded(text, columns), loc="left", pad=15 if under else 6)
    if under:
        ax.annotate(
            under, (0, 1), xytext=(0, UNDER_TITLE), xycoords="axes fraction",
            textcoords="offset points", fontsize=theme.SMALL, color=theme.MUTED,
        )  # fmt: skip


def tick(context: Context) -> Callable[..., str]:
    """How numbers on an axis are written: with as many decimals as they need."""

    def write(value: float, _: object = None) -> str:
        places = (d for d in range(MOST_TICK_PLACES) if abs(value - round(value, d)) < 1e-9)
        return context.fmt.number(value, next(places, MOST_TICK_PLACES))

    return write


def symmetric(ax: Axes, rows: Sequence[Row]) -> None:
    """An axis of effects with as much above zero as below."""
    numbers = [v for row in rows for v in (row.estimate, row.ci_low, row.ci_high)]
    reach = max((abs(v) for v in numbers if math.isfinite(v)), default=0.0) * 1.08 or 1.0
    ax.set_ylim(-reach, reach)
    ax.axhline(0, color=theme.INK, lw=0.8, zorder=1.5)


def effect(context: Context, row: Row | None, digits: int) -> str:
    """An estimate with its interval in words."""
    if row is None or not row.known:
        return context.word("not-shown")
    return names.pair(context, row, digits)


def since(context: Context, event: float) -> str:
    """Such as "3 years after joining"."""
    way = "before" if event < 0 else "after" if event else "at"
    return context.word("municipality-since", count=abs(int(event)), way=way)
