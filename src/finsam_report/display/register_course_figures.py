"""Figures on the course of people in the register: first events, and what follows a job."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row
from finsam_report.display.path_figures import time_axis
from finsam_report.display.register_course import OTHER
from finsam_report.display.register_names import PART, declared
from finsam_report.display.sentences import level
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ROOM = 9.0  # per cent of a panel that a name needs
HEIGHT = 78.0
ARMS = ("support", "control")


def _states(context: Context) -> list[str]:
    states = declared(context).states
    return [*(states.states if states else ()), OTHER]


def _name(context: Context, state: str) -> str:
    return context.word("state-other") if state == OTHER else context.outcome(PART, state)


def _shares(context: Context, arm: str) -> dict[str, list[Row]]:
    """Rows by state for the months in which every state is shown, in the order of the months."""
    rows = {
        state: context.look.rows(PART, "transition", group=f"arm:{arm}|state:{state}")
        for state in _states(context)
    }
    hidden = {row.horizon for line in rows.values() for row in line if not row.known}
    return {
        state: sorted((r for r in line if r.horizon not in hidden), key=lambda r: r.horizon)
        for state, line in rows.items()
    }


def _stack(ax: Axes, context: Context, shares: dict[str, list[Row]], colours: list[str]) -> None:
    """The shares of the states above one another, each with its name where there is room.

    Bars and no areas: a month that is not shown stays empty and is not drawn across.
    """
    shown = {state: line for state, line in shares.items() if line}
    if not shown:
        ax.text(0.5, 0.5, context.word("not-shown"), transform=ax.transAxes, ha="center")
        return
    x = [row.horizon for row in next(iter(shown.values()))]
    floor = np.zeros(len(x))
    for colour, (state, line) in zip(colours, shares.items(), strict=True):
        if not line:
            continue
        top = floor + np.array([row.estimate for row in line])
        ax.bar(
            x, top - floor, bottom=floor, width=1.0, color=colour, edgecolor="white", lw=0.3
        )  # fmt: skip
        if top[-1] - floor[-1] >= ROOM:
            ax.annotate(
                _name(context, state), (x[-1] + 0.5, (top[-1] + floor[-1]) / 2), xytext=(-4, 0),
                textcoords="offset points", ha="right", va="center", fontsize=theme.SMALL,
                color=theme.letters_on(colour),
            )  # fmt: skip
        floor = top


def transitions(context: Context) -> Figure:
    """Where people are, month by month after the end of their first spell, in both arms."""
    word, states = context.word, _states(context)
    shares = {arm: _shares(context, arm) for arm in ARMS}
    labels = dict(zip(ARMS, context.arm_labels(PART), strict=True))
    colours = theme.tints(len(states))[::-1]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots(1, 2, sharey=True)
        for ax, arm in zip(axes, ARMS, strict=True):
            _stack(ax, context, shares[arm], colours)
            ax.set_title(labels[arm])
            ax.set_ylim(0, 100)
            ax.margins(x=0)
            ax.grid(visible=False)
            ax.xaxis.get_major_locator().set_params(integer=True)
            ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
        axes[0].set_ylabel(word("axis-percent"))
        canvas.supxlabel(word("axis-months-after"), fontsize=theme.TEXT)
        patches = [
            axes[0].fill_between([], [], color=colour, label=_name(context, state))
            for colour, state in zip(colours, states, strict=True)
        ]
        canvas.legend(handles=patches, loc="outside upper left", ncols=2, handlelength=1.0)

    lines = []
    for arm in ARMS:
        ends = [(state, line[-1]) for state, line in shares[arm].items() if line]
        items = [f"{_name(context, s)} {context.fmt.number(row.estimate, 1)}" for s, row in ends]
        if items:
            month = context.fmt.number(ends[0][1].horizon)
            lines.append(
                word("alt-transitions-line", arm=labels[arm], items=listed(items), month=month)
            )
    start = declared(context).states
    return Figure(
        name="register-transition-shares",
        caption=word(
            "caption-transitions",
            outcome=context.outcome(PART, start.start) if start else "",
            hidden=int(any(not r.known for r in context.look.rows(PART, "transition"))),
        ),
        alt=word("alt-transitions", lines=" ".join(lines)),
        data=frame_of([r for arm in shares.values() for line in arm.values() for r in line]),
        draw=draw,
        height=HEIGHT,
    )


def first_event(context: Context) -> Figure:
    """Share who have had a first period with the outcome, month by month in both arms."""
    word = context.word
    look, labels = context.look, context.arm_labels(PART)
    curves = {
        arm: [
            row
            for row in look.rows(PART, "first_event", estimator="incidence", group=f"arm:{arm}")
            if row.known
        ]
        for arm in ARMS
    }
    styles = {"support": (theme.SUPPORT, "-"), "control": (theme.CONTROL, (0, (4, 1.5)))}

    def draw(canvas: Canvas) -> None:
        ax = canvas.subplots()
        for arm, label in zip(ARMS, labels, strict=True):
            rows, (colour, style) = curves[arm], styles[arm]
            if not rows:
                continue
            x = [row.horizon for row in rows]
            low = [row.ci_low if math.isfinite(row.ci_low) else row.estimate for row in rows]
            high = [row.ci_high if math.isfinite(row.ci_high) else row.estimate for row in rows]
            ax.fill_between(x, low, high, color=colour, alpha=0.18, linewidth=0)
            ax.plot(x, [r.estimate for r in rows], color=colour, linestyle=style, label=label)
        ax.set_ylim(bottom=0)
        ax.set_ylabel(word("axis-percent"))
        ax.yaxis.set_major_formatter(lambda y, _: context.fmt.tick(y))
        last = max((r.horizon for rows in curves.values() for r in rows), default=1.0)
        time_axis(ax, context, last, label=True)
        canvas.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=2)

    states = declared(context).states
    items = [
        word(
            "alt-first-event-line",
            arm=label,
            share=context.fmt.number(curves[arm][-1].estimate, 1),
            horizon=context.horizon(curves[arm][-1].horizon),
        )
        for arm, label in zip(ARMS, labels, strict=True)
        if curves[arm]
    ]
    return Figure(
        name="register-first-event-curves",
        caption=word(
            "caption-first-event",
            outcome=context.outcome(PART, states.start) if states else "",
            level=level(context),
            hidden=int(
                any(not r.known for r in look.rows(PART, "first_event", estimator="incidence"))
            ),
        ),
        alt=word("alt-first-event", lines=" ".join(items)),
        data=frame_of([row for rows in curves.values() for row in rows]),
        draw=draw,
        height=66.0,
    )
