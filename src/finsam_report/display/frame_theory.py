"""The theory of change as a figure: steps, what they rest on, and where the report looks."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

STEPS = ("referral", "team", "plan", "support", "movements", "self_support")

LINE = 3.9  # mm per line
PAD = 2.4
GAP = 6.0
HEAD = 8.0
ASIDE, MIDDLE, LOOKS = (0.5, 46.0), (53.0, 52.0), (111.0, 48.5)  # left edge and width, mm
CHARACTERS = {"aside": 28, "step": 31, "looks": 31}


@dataclass(frozen=True)
class Step:
    """A step: its name, what happens, what has to hold, and where the report looks."""

    name: str
    text: str
    holds: str
    looks: tuple[str, ...]


def _looks(context: Context, step: str) -> tuple[str, ...]:
    """Where this report looks at a step, as far as the study has the parts for it."""
    study = context.study
    organisation, survey, register = study.organisation, study.survey, study.register_
    there = {
        "referrals": organisation is not None and organisation.referrals is not None,
        "posts": organisation is not None and organisation.teams is not None,
        "efforts": organisation is not None and organisation.efforts is not None,
        "indicators": organisation is not None and bool(organisation.indicators),
        "recruitment": survey is not None and survey.referrals is not None,
        "met": (survey is not None and survey.take_up)
        or (register is not None and register.take_up),
        "survey": survey is not None,
        "register": register is not None,
        "municipality": study.municipality is not None,
    }
    wanted = {
        "referral": ("referrals", "recruitment"),
        "team": ("posts", "met"),
        "plan": ("indicators",),
        "support": ("efforts",),
        "movements": ("survey", "register"),
        "self_support": ("register", "municipality"),
    }[step]
    return tuple(context.word(f"theory-looks-{step}-{part}") for part in wanted if there[part])


def steps(context: Context) -> tuple[Step, ...]:
    """The steps in the report's language."""
    word = context.word
    return tuple(
        Step(
            word(f"theory-step-{name}"),
            word(f"theory-text-{name}"),
            word(f"theory-holds-{name}"),
            _looks(context, name),
        )
        for name in STEPS
    )


def _wrapped(text: str, kind: str) -> list[str]:
    return textwrap.wrap(text, CHARACTERS[kind], break_long_words=False)


@dataclass(frozen=True)
class _Laid:
    """A step with its lines."""

    step: Step
    text: list[str]
    aside: list[str]
    looks: list[list[str]]

    @property
    def height(self) -> float:
        shown = max(
            1 + len(self.text),
            len(self.aside),
            sum(map(len, self.looks)) + 0.4 * (len(self.looks) - 1),
        )
        return shown * LINE + 2 * PAD


def _laid(context: Context) -> list[_Laid]:
    none = context.word("theory-looks-none")
    return [
        _Laid(
            step,
            _wrapped(step.text, "step"),
            _wrapped(step.holds, "aside"),
            [_wrapped(text, "looks") for text in step.looks or (none,)],
        )
        for step in steps(context)
    ]


def _lines(ax: Axes, x: float, top: float, lines: list[str], size: float, colour: str) -> None:
    for number, line in enumerate(lines):
        ax.text(
            x, top - LINE * (number + 0.5), line, va="center_baseline", ha="left",
            fontsize=size, color=colour,
        )  # fmt: skip


def _draw_step(ax: Axes, laid: _Laid, top: float) -> None:
    from matplotlib.patches import Rectangle

    height = laid.height
    left, width = MIDDLE
    ax.add_patch(
        Rectangle(
            (left, top - height), width, height, facecolor=theme.TINT, edgecolor=theme.SUPPORT,
            linewidth=0.9,
        )
    )  # fmt: skip
    start = top - (height - LINE * (1 + len(laid.text))) / 2
    ax.text(
        left + 3, start - LINE / 2, laid.step.name, va="center_baseline", ha="left",
        fontsize=theme.TEXT, fontweight="semibold", color=theme.INK,
    )  # fmt: skip
    _lines(ax, left + 3, start - LINE, laid.text, theme.SMALL, theme.INK)
    start = top - (height - LINE * len(laid.aside)) / 2
    _lines(ax, ASIDE[0], start, laid.aside, theme.SMALL, theme.MUTED)
    used = sum(map(len, laid.looks)) + 0.4 * (len(laid.looks) - 1)
    y = top - (height - LINE * used) / 2
    ax.plot([LOOKS[0] - 3] * 2, [top, top - height], color=theme.RULE, linewidth=1.2)
    colour = theme.INK if laid.step.looks else theme.MUTED
    for lines in laid.looks:
        _lines(ax, LOOKS[0], y, lines, theme.SMALL, colour)
        y -= LINE * (len(lines) + 0.4)


def _draw(canvas: Canvas, laid: list[_Laid], heads: tuple[str, str, str], height: float) -> None:
    canvas.set_layout_engine("none")
    ax = canvas.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, 160)
    ax.set_ylim(0, height)
    ax.axis("off")
    for (left, _), head in zip((ASIDE, MIDDLE, LOOKS), heads, strict=True):
        ax.text(
            left, height - HEAD / 2, head, va="center", ha="left", fontsize=theme.TEXT,
            fontweight="semibold", color=theme.INK,
        )  # fmt: skip
    y = height - HEAD
    centre = MIDDLE[0] + MIDDLE[1] / 2
    for number, step in enumerate(laid):
        if number:
            ax.annotate(
                "",
                xy=(centre, y),
                xytext=(centre, y + GAP),
                arrowprops={
                    "arrowstyle": "-|>", "color": theme.INK, "linewidth": 0.8, "shrinkA": 0,
                    "shrinkB": 0, "mutation_scale": 8,
                },
            )  # fmt: skip
        _draw_step(ax, step, y)
        y -= step.height + GAP


def theory(context: Context) -> Figure:
    """The chain from referral to self-support."""
    word = context.word
    laid = _laid(context)
    height = HEAD + sum(step.height for step in laid) + GAP * (len(laid) - 1) + 1
    heads = (word("theory-head-holds"), word("theory-head-step"), word("theory-head-looks"))
    none = word("theory-looks-none")
    shown = [step.step for step in laid]
    alt = " ".join(
        word(
            "theory-alt-step",
            number=str(number),
            name=step.name,
            text=step.text,
            holds=step.holds,
            looks="; ".join(step.looks or (none,)),
        )
        for number, step in enumerate(shown, 1)
    )
    data = pd.DataFrame(
        [(s.name, s.text, s.holds, "; ".join(s.looks)) for s in shown],
        columns=["step", "what_happens", "what_has_to_hold", "where_the_report_looks"],
    )
    return Figure(
        name="theory",
        caption=word("theory-caption"),
        alt=" ".join((word("theory-alt"), alt)),
        data=data,
        draw=lambda canvas: _draw(canvas, laid, heads, height),
        height=height,
    )
