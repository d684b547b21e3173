"""What the two-way regression is made of: the weight of every comparison against its effect."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART, places, robust
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

TYPE, AGAINST = "type=", " v "
# Those with a group that has joined already as comparison stand out: they may mislead.
_DRAWN = {
    "treated_never": (theme.SUPPORT, "o"),
    "earlier_later": (theme.MEN, "s"),
    "later_earlier": (theme.CONTROL, "^"),
    "treated_always": (theme.WOMEN, "D"),
}
PANEL_HEIGHT = 46.0


def kind(context: Context, pair: str) -> str:
    """What is compared in "2005 v 2008": with those who join later, have joined, or never do."""
    one, _, two = pair.partition(AGAINST)
    if two == "never":
        return "treated_never"
    part = context.study.municipality
    if part is not None and int(two) <= part.years.first:
        return "treated_always"
    return "earlier_later" if int(one) < int(two) else "later_earlier"


def _pairs(context: Context, name: str) -> list[Row]:
    found = context.look.rows(PART, "bacon", outcome=name)
    return [r for r in found if AGAINST in r.group and r.known and math.isfinite(r.control_mean)]


def _panel(ax: Axes, context: Context, rows: list[Row], twfe: Row | None) -> None:
    for name, (colour, marker) in _DRAWN.items():
        own = [r for r in rows if kind(context, r.group) == name]
        if own:
            ax.plot(
                [100 * r.control_mean for r in own], [r.estimate for r in own], marker,
                color=colour, ms=3.2, mew=0, alpha=0.8, ls="", label=name,
            )  # fmt: skip
    ax.axhline(0, color=theme.INK, lw=0.8, zorder=1.5)
    if twfe is not None and twfe.known:
        ax.axhline(twfe.estimate, color=theme.INK, lw=0.9, ls=(0, (3, 2)), zorder=1.5)
    ax.set_xlim(left=0)


def decomposed(context: Context) -> list[str]:
    """The main outcomes with a comparison that may be shown."""
    every = context.look.rows(PART, "bacon")
    return [n for n in panels.outcomes(context, every, main=True) if _pairs(context, n)]


def bacon(context: Context) -> Figure:
    """Weight and effect of every comparison of two groups by year of joining, per outcome."""
    word, fmt = context.word, context.fmt
    every = context.look.rows(PART, "bacon")
    names = decomposed(context)
    pairs = {name: _pairs(context, name) for name in names}
    sums = {
        name: [r for r in every if r.outcome == name and r.group.startswith(TYPE)] for name in names
    }
    twfe = {name: robust(context, name, "twfe") for name in names}
    titles = [label(context, name) for name in names]

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        found: dict[str, Artist] = {}
        for ax, name, text in zip(axes, names, titles, strict=True):
            _panel(ax, context, pairs[name], twfe[name])
            panels.title(ax, text)
            ax.xaxis.set_major_formatter(panels.tick(context))
            ax.yaxis.set_major_formatter(panels.tick(context))
            handles, keys = ax.get_legend_handles_labels()
            found |= dict(zip(map(str, keys), handles, strict=True))
        kinds = [name for name in _DRAWN if name in found]
        if kinds:
            canvas.legend(
                handles=[found[name] for name in kinds],
                labels=[word(f"municipality-kind-{name}") for name in kinds],
                loc="outside upper left", ncols=2, handletextpad=0.3, columnspacing=1.4,
            )  # fmt: skip
        canvas.supylabel(word("axis-points-long"), fontsize=theme.TEXT)
        canvas.supxlabel(word("axis-municipality-weight"), fontsize=theme.TEXT)

    said = []
    for name, text in zip(names, titles, strict=True):
        digits = places([twfe[name]])
        lines = [
            word(
                "alt-municipality-bacon-line",
                kind=word(f"municipality-kind-{row.group.removeprefix(TYPE)}"),
                weight=fmt.number(100 * row.control_mean, 1),
                effect=fmt.number(row.estimate, digits),
            )
            for row in sums[name]
        ]
        said.append(word("alt-panel", title=text, lines="; ".join(lines)))
    return Figure(
        name="municipality-bacon",
        caption=word("caption-municipality-bacon"),
        alt=word("alt-municipality-bacon", lines=" ".join(said)),
        data=frame_of([r for name in names for r in (*sums[name], *pairs[name])]),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * (PANEL_HEIGHT + panels.deep(titles)) + 18,
    )
