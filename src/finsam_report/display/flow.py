"""Flow diagrams in the manner of CONSORT, drawn from the released counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finsam_report.display import theme
from finsam_report.display.context import Context, Part
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.trial_tables import frame_of
from finsam_report.study import Register, Survey

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


@dataclass(frozen=True)
class Line:
    """A line in a box: words and a count that stands to the right."""

    words: str
    count: str = ""
    strong: bool = False


Boxes = dict[str, tuple[Line, ...]]  # the box of each arm; an arm may have none
Sizes = dict[str, float]

ROW = 4.2  # mm per line
PAD = 1.8
GAP = 4.2
TOP_WIDTH = 78.0
ARM_WIDTH = 74.0
LEFT, RIGHT = 39.0, 121.0  # centres of the two columns, mm


def _height(lines: tuple[Line, ...]) -> float:
    return len(lines) * ROW + 2 * PAD


def _box(
    ax: Axes, centre: float, top: float, width: float, lines: tuple[Line, ...], edge: str
) -> None:
    from matplotlib.patches import Rectangle

    height = _height(lines)
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
            "fontsize": theme.TEXT,
        }
        ax.text(centre - width / 2 + 3, y, line.words, ha="left", **shared)
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


def _total_height(steps: list[Boxes]) -> float:
    boxes = [max(_height(box) for box in step.values()) for step in steps]
    return _height((Line(""),)) + 2 * GAP + sum(boxes) + GAP * (len(steps) - 1) + 2


def _draw(canvas: Canvas, top: Line, steps: list[Boxes]) -> None:
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
            (LEFT, step.get("support", ()), theme.SUPPORT),
            (RIGHT, step.get("control", ()), theme.CONTROL),
        ):
            if not lines:
                continue
            _arrow(ax, centre, ends[centre], centre, y)
            _box(ax, centre, y, ARM_WIDTH, lines, edge)
            ends[centre] = y - _height(lines)
            level = max(level, _height(lines))
        y -= level + GAP


class _Counter:
    """Counts of the flow, remembered as they are used."""

    def __init__(self, context: Context, part: Part) -> None:
        self.context, self.part = context, part
        self.used: list[Row] = []

    def __call__(self, outcome: str, arm: str, horizon: float | None = None) -> float:
        row = self.context.look.row(
            self.part, "flow", outcome, "count", group=f"arm:{arm}", horizon=horizon
        )
        if row is None:
            return math.nan
        if row not in self.used:
            self.used.append(row)
        return row.estimate


def _split(context: Context, yes: str, no: str, count: float, whole: float) -> tuple[Line, ...]:
    """Two lines that add up to the whole.

    Raises:
        ValueError: More people than there are.
    """
    if count > whole:
        raise ValueError(f"flow diagram: {count:g} of {whole:g} people ({yes})")
    number = context.fmt.number
    return Line(yes, number(count)), Line(no, number(whole - count))


def _survey_steps(context: Context, part: Survey, count: _Counter, sizes: Sizes) -> list[Boxes]:
    word = context.word
    return [
        {
            arm: _split(
                context,
                word("flow-wave", wave=wave.wave, month=wave.month),
                word("flow-no-answer"),
                count(f"answered_wave{wave.wave}", arm, float(wave.month)),
                sizes[arm],
            )
            for arm in wave.arms
        }
        for wave in part.waves
    ]


def _register_steps(context: Context, part: Register, count: _Counter, sizes: Sizes) -> list[Boxes]:
    """All horizons in one box per arm, so that they do not become a ladder."""
    boxes: Boxes = {}
    for arm, whole in sizes.items():
        lines: list[Line] = []
        for horizon in part.horizons:
            seen = count("followed", arm, float(horizon))
            yes, no = _split(
                context,
                context.word("flow-followed", horizon=context.horizon(horizon)),
                context.word("flow-not-followed"),
                seen,
                whole,
            )
            lines += [yes] if seen == whole else [yes, no]
        boxes[arm] = tuple(lines)
    return [boxes]


def flow(context: Context, part: Part) -> Figure:
    """The flow of people through an experiment.

    Raises:
        ValueError: Counts do not add up.
    """
    word, fmt = context.word, context.fmt
    declared = context.part(part)
    labels = dict(zip(("support", "control"), context.arm_labels(part), strict=True))
    count = _Counter(context, part)
    sizes = {arm: count("randomised", arm) for arm in labels}
    steps: list[Boxes] = [
        {arm: (Line(label, fmt.number(sizes[arm]), strong=True),) for arm, label in labels.items()}
    ]
    if declared is not None and declared.take_up:
        words = {"treatment": context.treatment(part), "programme": context.study.study.programme}
        yes, no = (word(key, **words) for key in ("flow-met", "flow-not-met"))
        steps.append(
            {a: _split(context, yes, no, count("met_team", a), size) for a, size in sizes.items()}
        )
    if isinstance(declared, Survey):
        waves = _survey_steps(context, declared, count, sizes)
        # In the order of time: surveys at randomisation come before a team is met.
        at_start = sum(wave.month == 0 for wave in declared.waves)
        steps = [steps[0], *waves[:at_start], *steps[1:], *waves[at_start:]]
    elif isinstance(declared, Register):
        steps += _register_steps(context, declared, count, sizes)
    total = fmt.number(sum(sizes.values()))
    alt = [word("alt-flow-start", total=total)]
    for arm, label in labels.items():
        lines = [
            f"{line.words} {line.count}".strip() for step in steps[1:] for line in step.get(arm, ())
        ]
        lines.insert(0, fmt.number(sizes[arm]))
        alt.append(word("alt-flow-arm", arm=label, lines="; ".join(lines)))
    top = Line(word("flow-randomised"), total, strong=True)
    return Figure(
        name=f"{part}-flow",
        caption=word(f"caption-flow-{part}"),
        alt=" ".join(alt),
        data=frame_of(count.used),
        draw=lambda canvas: _draw(canvas, top, steps),
        height=_total_height(steps),
    )
