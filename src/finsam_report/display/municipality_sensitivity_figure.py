"""How far trends may differ before a result no longer holds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART, main_outcomes, overall, places
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.sentences import level
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

Kind = Literal["smoothness", "relative"]
PANEL_HEIGHT = 38.0
NAMES: dict[Kind, str] = {
    "smoothness": "municipality-sensitivity",
    "relative": "municipality-sensitivity-relative",
}
MOST_PLACES = 4
ROUNDING = 1e-9


def _one(context: Context, name: str, analysis: str, estimator: str) -> Row | None:
    row = context.look.row(PART, analysis, name, estimator)
    return row if row is not None and row.known else None


def _intervals(context: Context, name: str, kind: Kind) -> list[Row]:
    found = context.look.rows(PART, "honest", outcome=name, estimator=kind, group="all")
    known = [r for r in found if math.isfinite(r.ci_low) and math.isfinite(r.ci_high)]
    bend = _one(context, name, "honest", "largest_bend") if kind == "smoothness" else None
    # Beyond what was seen before, the axis would hide where the interval first includes zero.
    most = math.inf if bend is None or bend.estimate <= 0 else bend.estimate * (1 + ROUNDING)
    return sorted((r for r in known if r.horizon <= most), key=lambda r: r.horizon)


def small(context: Context, value: float) -> str:
    """A bound in words: with so many decimals that it does not read as zero."""
    if not value:
        return context.fmt.number(0)
    places_ = 2
    while places_ < MOST_PLACES and round(abs(value), places_) < 10.0 ** (1 - places_):
        places_ += 1
    return context.fmt.number(value, places_)


def _panel(ax: Axes, rows: list[Row], breaks: Row | None) -> None:
    at = [r.horizon for r in rows]
    low, high = [r.ci_low for r in rows], [r.ci_high for r in rows]
    if breaks is not None and at[0] < breaks.estimate < at[-1] and rows[0].verdict != "unclear":
        # Where the interval first includes zero, one of its ends is zero.
        inside = sorted([*at, breaks.estimate])
        low, high = (np.interp(inside, at, edge).tolist() for edge in (low, high))
        (low if rows[0].verdict == "up" else high)[inside.index(breaks.estimate)] = 0.0
        at = inside
    ax.fill_between(at, low, high, color=theme.SUPPORT, alpha=0.18, lw=0)
    for edge in (low, high):
        ax.plot(at, edge, color=theme.SUPPORT, lw=0.6)
    for row in rows:
        ax.plot([row.horizon] * 2, [row.ci_low, row.ci_high], color=theme.SUPPORT, lw=1.2)
    panels.symmetric(ax, rows)
    room = 0.05 * max(at) or 0.05
    ax.set_xlim(-room, max(at) + room)
    if breaks is not None and 0 < breaks.estimate <= max(at):
        ax.axvline(breaks.estimate, color=theme.CONTROL, lw=1.1, ls=(0, (3, 2)))


def _breaks(context: Context, row: Row | None, kind: Kind) -> str:
    """From which violation on the interval includes zero."""
    if row is None or not math.isfinite(row.estimate):
        return context.word("municipality-breakdown-none")
    return context.word(
        "municipality-breakdown",
        kind=kind,
        zero=int(row.estimate <= 0),
        bound=small(context, row.estimate),
    )


def shown(context: Context, kind: Kind) -> list[str]:
    """The main outcomes with intervals of a kind."""
    return [name for name in main_outcomes(context) if _intervals(context, name, kind)]


def sensitivity(context: Context, kind: Kind = "smoothness") -> Figure:
    """The interval of the effect over the first years against the violation allowed."""
    word, fmt = context.word, context.fmt
    names = shown(context, kind)
    rows = {name: _intervals(context, name, kind) for name in names}
    breaks = {name: _one(context, name, "honest_breakdown", kind) for name in names}
    years = [_one(context, name, "honest", "target_years") for name in names]
    span = next((int(r.estimate) for r in years if r is not None), 0)
    titles = [label(context, name) for name in names]

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        for ax, name, text in zip(axes, names, titles, strict=True):
            _panel(ax, rows[name], breaks[name])
            panels.title(ax, text, _breaks(context, breaks[name], kind))
            ax.locator_params(axis="x", nbins=5, steps=[1, 2, 5, 10])
            ax.xaxis.set_major_formatter(panels.tick(context))
            ax.yaxis.set_major_formatter(panels.tick(context))
        canvas.supylabel(word("axis-points-long"), fontsize=theme.TEXT)
        canvas.supxlabel(word(f"axis-municipality-{kind}"), fontsize=theme.TEXT)

    said = []
    for name, text in zip(names, titles, strict=True):
        digits = places([overall(context, name)])
        ends = [
            word(
                "alt-municipality-sensitivity-line",
                bound=small(context, row.horizon),
                interval=fmt.interval(row.ci_low, row.ci_high, digits),
            )
            for row in rows[name]
        ]
        ends.append(_breaks(context, breaks[name], kind).lower())
        said.append(word("alt-panel", title=text, lines="; ".join(ends)))
    found = [r for name in names for r in (*rows[name], breaks[name]) if r is not None]
    return Figure(
        name=NAMES[kind],
        caption=word(
            "caption-municipality-sensitivity", level=level(context), kind=kind, years=span
        ),
        alt=word("alt-municipality-sensitivity", kind=kind, lines=" ".join(said)),
        data=frame_of(found),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * (PANEL_HEIGHT + panels.deep(titles)) + 10,
    )
