"""The boxes and arrows of a flow diagram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finsam_report.display import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


@dataclass(frozen=True)
class Line:
    """A line in a box: words and a count that stands to the right; a minor one is part of it."""

    words: str
    count: str = ""
    strong: bool = False
    minor: bool = False


Boxes = dict[str, tuple[Line, ...]]  # the box of each arm; an arm may have none
Sizes = dict[str, float]

ROW = 4.2  # mm per line
PAD = 1.8
GAP = 4.2
TOP_WIDTH = 78.0
ARM_WIDTH = 74.0
LEFT, MIDDLE, RIGHT = 39.0, 80.0, 121.0  # centres of the columns, mm


def box_height(lines: tuple[Line, ...]) -> float:
    """Height of a box in millimetres."""
    return len(lines) * ROW + 2 * PAD


def _box(
    ax: Axes, centre: float, top: float, width: float, lines: tuple[Line, ...], edge: str
) -> None:
    from matplotlib.patches import Rectangle

    height = box_height(lines)
    ax.add_patch(
        Rectangle(
            (centre - width / 2, top - height),
            width,
            height,
            facecolor="white",
            edgecolor=edge,
            linewidth=0.9,
        )
    )
    for number, line in enumerate(lines):
        y = top - PAD - ROW * (number + 0.5)
        weight = "semibold" if line.strong else "normal"
        shared: dict[str, Any] = {
            "va": "center_baseline",
            "fontweight": weight,
            "fontsize": theme.SMALL if line.minor else theme.TEXT,
            "color": theme.MUTED if line.minor else theme.INK,
        }
        ax.text(centre - width / 2 + (6 if line.minor else 3), y, line.words, ha="left", **shared)
        ax.text(centre + width / 2 - 3, y, line.count, ha="right", **shared)


def _arrow(ax: Axes, x0: float, y0: float, x1: float, y1: float) -> None:
    ax.annotate(
        "",
        xy=(x1, y1),
        xytext=(x0, y0),
        arrowprops={
            "arrowstyle": "-|>",
            "color": theme.INK,
            "linewidth": 0.8,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 8,
        },
    )


def total_height(top: Sequence[Line], aside: Sequence[Line], steps: Sequence[Boxes]) -> float:
    """Height of a diagram in millimetres; arguments as for :func:`draw`."""
    boxes = [max(box_height(box) for box in step.values()) for step in steps]
    first = sum(box_height((line,)) for line in top) + (len(top) - 1) * _between(aside)
    return first + 2 * GAP + sum(boxes) + GAP * (len(steps) - 1) + 2


def _between(aside: Sequence[Line]) -> float:
    """Room between the boxes at the top: for those who leave at the side, or for an arrow."""
    return box_height(tuple(aside)) + GAP if aside else GAP


def _top(ax: Axes, y: float, top: Sequence[Line], aside: Sequence[Line]) -> float:
    """The boxes before the arms part; gives where the last one ends."""
    for number, line in enumerate(top):
        if number:
            gap = _between(aside)
            _arrow(ax, MIDDLE, y, MIDDLE, y - gap)
            if aside:
                _arrow(ax, MIDDLE, y - gap / 2, RIGHT - ARM_WIDTH / 2 + 8, y - gap / 2)
                _box(ax, RIGHT + 4, y - GAP / 2, ARM_WIDTH - 8, tuple(aside), theme.MUTED)
            y -= gap
        _box(ax, MIDDLE, y, TOP_WIDTH, (line,), theme.INK)
        y -= box_height((line,))
    return y


def draw(
    canvas: Canvas, top: Sequence[Line], aside: Sequence[Line], steps: Sequence[Boxes]
) -> None:
    """Draw a diagram on an empty figure.

    Args:
        canvas: The figure.
        top: A box each for those who were there before the arms part, in the order of time.
        aside: Who left between the first two of them; drawn at the side.
        steps: The boxes of both arms, from top to bottom.
    """
    canvas.set_layout_engine("none")
    ax = canvas.add_axes((0, 0, 1, 1))
    height = total_height(top, aside, steps)
    ax.set_xlim(0, 160)
    ax.set_ylim(0, height)
    ax.axis("off")
    y = _top(ax, height - 1, top, aside)
    ax.plot([MIDDLE, MIDDLE], [y, y - GAP], color=theme.INK, linewidth=0.8)
    ax.plot([LEFT, RIGHT], [y - GAP, y - GAP], color=theme.INK, linewidth=0.8)
    y -= GAP
    ends: dict[float, float] = {LEFT: y, RIGHT: y}
    y -= GAP
    for step in steps:
        level = 0.0
        for centre, lines, edge in (
            (LEFT, step.get("support", ()), theme.SUPPORT),
            (RIGHT, step.get("control", ()), theme.CONTROL),
        ):
            if not lines:
                continue
            _arrow(ax, centre, ends[centre], centre, y)
            _box(ax, centre, y, ARM_WIDTH, lines, edge)
            ends[centre] = y - box_height(lines)
            level = max(level, box_height(lines))
        y -= level + GAP
