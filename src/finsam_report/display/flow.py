"""Flow diagrams in the manner of CONSORT, drawn from the released counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context, Part
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.trial_tables import frame_of
from finsam_report.study import Survey

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


@dataclass(frozen=True)
class Line:
    """A line in a box: words and a count that stands to the right."""

    words: str
    count: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Step:
    """One level of the diagram: a box per arm, either may be empty."""

    support: tuple[Line, ...]
    control: tuple[Line, ...]


ROW = 5.0  # mm per line
PAD = 2.6
GAP = 7.0
TOP_WIDTH = 78.0
ARM_WIDTH = 74.0
LEFT, RIGHT = 39.0, 121.0  # centres of the two columns, mm


def _height(lines: tuple[Line, ...]) -> float:
    return len(lines) * ROW + 2 * PAD


def _box(ax: Axes, centre: float, top: float, width: float, lines: tuple[Line, ...], edge: str) -> None:
    from matplotlib.patches import Rectangle

    height = _height(lines)
    ax.add_patch(
        Rectangle(
            (centre - width / 2, top - height), width, height, facecolor="white", edgecolor=edge,
            linewidth=0.9,
        )
    )  # fmt: skip
    for number, line in enumerate(lines):
        y = top - PAD - ROW * (number + 0.5)
        weight = "semibold" if line.strong else "normal"
        shared = {"va": "center_baseline", "fontweight": weight, "fontsize": theme.TEXT}
        ax.text(centre - width / 2 + 3, y, line.words, ha="left", **shared)
        ax.text(centre + width / 2 - 3, y, line.count, ha="right", **shared)


def _arrow(ax: Axes, x0: float, y0: float, x1: float, y1: float) -> None:
    ax.annotate(
        "", xy=(x1, y1), xytext=(x0, y0),
        arrowprops={"arrowstyle": "-|>", "color": theme.INK, "linewidth": 0.8,
                    "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8},
    )  # fmt: skip


def _total_height(steps: list[Step]) -> float:
    boxes = [max(_height(s.support), _height(s.control) if s.control else 0.0) for s in steps]
    return _height((Line(""),)) + 2 * GAP + sum(boxes) + GAP * (len(steps) - 1) + 2


def _draw(canvas: Canvas, top: Line, steps: list[Step]) -> None:
    canvas.set_layout_engine("none")
    ax = canvas.add_axes((0, 0, 1, 1))
    height = _total_height(steps)
    ax.set_xlim(0, 160)
    ax.set_ylim(0, height)
    ax.axis("off")
    y = height - 1
    _box(ax, 80, y, TOP_WIDTH, (top,), theme.INK)
    y -= _height((top,))
    ax.plot([80, 80], [y, y - GAP], color=theme.INK, linewidth=0.8)
    ax.plot([LEFT, RIGHT], [y - GAP, y - GAP], color=theme.INK, linewidth=0.8)
    y -= GAP
    ends: dict[float, float] = {LEFT: y, RIGHT: y}
    y -= GAP
    for step in steps:
        level = 0.0
        for centre, lines, edge in (
            (LEFT, step.support, theme.SUPPORT), (RIGHT, step.control, theme.CONTROL)
        ):  # fmt: skip
            if not lines:
                continue
            _arrow(ax, centre, ends[centre], centre, y)
            _box(ax, centre, y, ARM_WIDTH, lines, edge)
            ends[centre] = y - _height(lines)
            level = max(level, _height(lines))
        y -= level + GAP


def _check(whole: float, pieces: list[float], what: str) -> None:
    """Counts that are shown as parts of a whole must add up to it."""
    if not any(math.isnan(x) for x in [whole, *pieces]) and whole != sum(pieces):
        raise ValueError(f"flow diagram: {what} do not add up to {whole:g}")


def flow(context: Context, part: Part) -> Figure:
    """The flow of people through an experiment.

    Raises:
        ValueError: Counts do not add up.
    """
    look, word, fmt = context.look, context.word, context.fmt
    declared = context.part(part)
    labels = dict(zip(("support", "control"), context.arm_labels(part), strict=True))
    used: list[Row] = []

    def count(outcome: str, arm: str, horizon: float | None = None) -> float:
        row = look.row(part, "flow", outcome, "count", group=f"arm:{arm}", horizon=horizon)
        if row is None:
            return math.nan
        if row not in used:
            used.append(row)
        return row.estimate

    sizes = {arm: count("randomised", arm) for arm in ("support", "control")}
    total = sum(sizes.values())
    _check(total, list(sizes.values()), "the arms")
    steps: list[tuple[str, dict[str, tuple[Line, ...]]]] = []
    alt = [word("alt-flow-start", total=fmt.number(total))]

    def add(make: dict[str, tuple[Line, ...]], what: str) -> None:
        steps.append((what, make))

    add(
        {a: (Line(labels[a], fmt.number(sizes[a]), strong=True),) for a in labels},
        "randomised",
    )
    if declared is not None and declared.take_up:
        make = {}
        for arm in labels:
            met = count("met_team", arm)
            rest = sizes[arm] - met
            treatment = declared.treatment.text(context.language)
            make[arm] = (
                Line(word("flow-met", treatment=treatment), fmt.number(met)),
                Line(word("flow-not-met", treatment=treatment), fmt.number(rest)),
            )
        add(make, "met")
    if isinstance(declared, Survey):
        for wave in declared.waves:
            make = {}
            for arm in wave.arms:
                got = count(f"answered_wave{wave.wave}", arm, float(wave.month))
                make[arm] = (
                    Line(word("flow-wave", wave=wave.wave, month=wave.month), fmt.number(got)),
                    Line(word("flow-no-answer"), fmt.number(sizes[arm] - got)),
                )
            add(make, f"wave {wave.wave}")
    elif declared is not None:
        for horizon in declared.horizons:
            make = {}
            for arm in labels:
                seen = count("followed", arm, float(horizon))
                make[arm] = (
                    Line(
                        word("flow-followed", horizon=context.horizon(horizon)), fmt.number(seen)
                    ),
                )
            add(make, f"horizon {horizon}")
        if len(declared.horizons) > 1:
            steps = _merged(steps, len(declared.horizons))
    boxes = [Step(make.get("support", ()), make.get("control", ())) for _, make in steps]
    for arm in labels:
        lines = [
            f"{line.words} {line.count}".strip()
            for step in boxes
            for line in (step.support if arm == "support" else step.control)
        ]
        alt.append(word("alt-flow-arm", arm=labels[arm], lines="; ".join(lines)))
    top = Line(word("flow-randomised"), fmt.number(total), strong=True)
    return Figure(
        name=f"{part}-flow",
        caption=word(f"caption-flow-{part}"),
        alt=" ".join(alt),
        data=frame_of(used),
        draw=lambda canvas: _draw(canvas, top, boxes),
        height=_total_height(boxes),
    )


def _merged(
    steps: list[tuple[str, dict[str, tuple[Line, ...]]]], last: int
) -> list[tuple[str, dict[str, tuple[Line, ...]]]]:
    """The last steps as one box per arm, so that horizons do not become a ladder."""
    head, tail = steps[:-last], steps[-last:]
    joined = {
        arm: tuple(line for _, make in tail for line in make.get(arm, ()))
        for arm in ("support", "control")
    }
    return [*head, ("followed", joined)]
