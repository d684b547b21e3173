"""Small panels of points with intervals that share their rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_report.display import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ROW = 3.9  # millimetres
HEAD = 9.0
FOOT = 12.0
LETTERS = {1: 60, 2: 34, 3: 23}  # of a title, by panels beside one another
FEWEST_LETTERS = 17
TICKS = {1: 8, 2: 7, 3: 5}  # spaces between marks of the axis
FEWEST_TICKS = 4
LONG, LONG_TICKS = 1000, 3
EXTRA_LINE = 3.6


@dataclass(frozen=True)
class Mark:
    """What stands in a row of a panel; NaN where there is nothing to draw.

    Attributes:
        point: The estimate.
        low: Lower end of its interval.
        high: Upper end of its interval.
        bar: Both ends of a set that is drawn as a thick bar.
        main: Whether it is drawn in the colour of effects.
        wide: Whether it may go on beyond the axis, where an arrow says so.
        absent: What is written where there is no number, or nothing.
    """

    point: float = math.nan
    low: float = math.nan
    high: float = math.nan
    bar: tuple[float, float] | None = None
    main: bool = False
    wide: bool = False
    absent: str = ""

    @property
    def numbers(self) -> list[float]:
        """All ends that the axis must hold."""
        found = [self.point, self.low, self.high, *(self.bar or ())]
        return [x for x in found if math.isfinite(x)]


@dataclass(frozen=True)
class Line:
    """A row: its label, and whether it is a heading without marks."""

    label: str
    heading: bool = False


@dataclass(frozen=True)
class Panel:
    """A panel: its title, a mark per row, and a value that is drawn as a dashed line."""

    title: str
    marks: tuple[Mark | None, ...]
    reference: float = math.nan


def folded(text: str, columns: int) -> str:
    """A title on as many lines as it needs above one of so many panels."""
    width = LETTERS.get(columns, FEWEST_LETTERS)
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def span(panels: Sequence[Panel]) -> tuple[float, float]:
    """Ends of an axis that holds everything and zero, with some room."""
    marks = [m for p in panels for m in p.marks if m is not None]
    found = [x for m in marks if not m.wide for x in m.numbers]
    found += [p.reference for p in panels if math.isfinite(p.reference)] + [0.0]
    low, high = min(found), max(found)
    room = 0.06 * (high - low or 1.0)
    return low - room, high + room


def height(lines: int, panels: int, columns: int, titles: Sequence[str] = ()) -> float:
    """Height of the figure in millimetres."""
    deep = max((folded(t, columns).count("\n") for t in titles), default=0)
    rows = math.ceil(panels / columns)
    return rows * (lines * ROW + HEAD + deep * EXTRA_LINE) + FOOT


def beyond(panels: Sequence[Panel]) -> bool:
    """Whether something goes on beyond the shared axis."""
    low, high = span(panels)
    marks = [m for p in panels for m in p.marks if m is not None]
    return any(x < low or x > high for m in marks for x in m.numbers)


def _arrows(ax: Axes, y: float, mark: Mark, ends: tuple[float, float]) -> None:
    for end, sign, past in zip(
        ends, "<>", (min(mark.numbers) < ends[0], max(mark.numbers) > ends[1]), strict=True
    ):
        if past:
            ax.plot(end, y, sign, color=theme.INK, ms=4.5, clip_on=False)


def _mark(ax: Axes, y: float, mark: Mark, ends: tuple[float, float]) -> None:
    colour = theme.SUPPORT if mark.main else theme.INK
    if mark.bar is not None and all(math.isfinite(x) for x in mark.bar):
        ax.plot(mark.bar, [y, y], color=theme.MUTED, lw=4.2, solid_capstyle="butt", alpha=0.75)
    if math.isfinite(mark.low) and math.isfinite(mark.high):
        ax.plot([mark.low, mark.high], [y, y], color=colour, lw=1.5 if mark.main else 1.0)
    if math.isfinite(mark.point):
        ax.plot(mark.point, y, "o", color=colour, ms=4.6 if mark.main else 3.6)
    if mark.wide and mark.numbers:
        _arrows(ax, y, mark, ends)


def _panel(ax: Axes, panel: Panel, ends: tuple[float, float], columns: int) -> None:
    ax.axvline(0, color=theme.INK, lw=0.8, zorder=0.7)  # over the grid
    if math.isfinite(panel.reference):
        ax.axvline(panel.reference, color=theme.SUPPORT, lw=0.9, ls=(0, (3, 2)), zorder=0.6)
    for k, mark in enumerate(panel.marks):
        if mark is None:
            continue
        if mark.absent and not mark.numbers:
            ax.text(
                0.5, -float(k), mark.absent, transform=ax.get_yaxis_transform(),
                ha="center", va="center", fontsize=theme.SMALL, color=theme.MUTED,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )  # fmt: skip
        _mark(ax, -float(k), mark, ends)
    ax.set_xlim(*ends)
    ax.set_ylim(-len(panel.marks) + 0.4, 0.6)
    ax.set_yticks([])
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.locator_params(axis="x", nbins=TICKS.get(columns, FEWEST_TICKS), steps=[1, 2, 5, 10])
    ax.set_title(folded(panel.title, columns), loc="left")


def _labels(ax: Axes, lines: Sequence[Line]) -> None:
    for k, line in enumerate(lines):
        ax.annotate(
            line.label, (0, -float(k)), xycoords=ax.get_yaxis_transform(),
            xytext=(-5, 0), textcoords="offset points", ha="right", va="center",
            fontsize=theme.SMALL, fontweight="semibold" if line.heading else "normal",
        )  # fmt: skip


def draw(
    canvas: Canvas,
    lines: Sequence[Line],
    panels: Sequence[Panel],
    columns: int,
    axis: str,
    *,
    shared: bool = True,
    tick: Callable[[float], str] | None = None,
) -> None:
    """Draw panels side by side, with the rows' labels at the left of each line of panels.

    Args:
        canvas: An empty figure.
        lines: The rows.
        panels: The panels, each with a mark per row.
        columns: Panels beside one another.
        axis: What the horizontal axis measures, with its unit.
        shared: Whether all panels have the same horizontal axis.
        tick: How numbers on the axis are written; None leaves it to matplotlib.
    """
    canvas.get_layout_engine().set(rect=(0.01, 0, 0.98, 1))  # type: ignore[union-attr,call-arg]
    grid = canvas.subplots(math.ceil(len(panels) / columns), columns, squeeze=False)
    cells = grid.ravel().tolist()
    for ax in cells[len(panels) :]:
        ax.set_visible(False)
    everything = span(panels)
    for k, (ax, panel) in enumerate(zip(cells, panels, strict=False)):
        ends = everything if shared else span([panel])
        _panel(ax, panel, ends, columns)
        if tick is not None:
            ax.xaxis.set_major_formatter(lambda x, _, write=tick: write(x))
        if max(map(abs, ends)) >= LONG:  # long numbers need more room
            ax.locator_params(axis="x", nbins=LONG_TICKS, steps=[1, 2, 5, 10])
        if k % columns == 0:
            _labels(ax, lines)
    canvas.supxlabel(axis, fontsize=theme.TEXT)
