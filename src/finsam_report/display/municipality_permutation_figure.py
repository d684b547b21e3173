"""What chance alone gives: effects when the years of joining are given to other municipalities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART, POINTS, places
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

PANEL_HEIGHT = 36.0
DIGITS_OF_T = 2


def _bins(context: Context, name: str) -> list[Row]:
    found = context.look.rows(PART, "permutation_bins", outcome=name)
    return sorted(found, key=lambda r: r.horizon)


def _panel(ax: Axes, rows: list[Row], found: Row) -> None:
    at = [r.horizon for r in rows]
    width = (at[-1] - at[0]) / (len(at) - 1) if len(at) > 1 else 1.0
    ax.bar(at, [r.estimate for r in rows], width=width, color=theme.MUTED, alpha=0.55, lw=0)
    ax.axvline(found.estimate, color=theme.SUPPORT, lw=1.8)
    if found.estimate:
        ax.axvline(-found.estimate, color=theme.SUPPORT, lw=0.9, ls=(0, (3, 2)))
    reach = max([abs(found.estimate), *(abs(x) + width / 2 for x in at)]) * 1.04 or 1.0
    ax.set_xlim(-reach, reach)
    ax.set_ylim(bottom=0)


def tested(context: Context) -> dict[str, Row]:
    """The test of every outcome that has one, and a distribution beside it."""
    every = context.look.rows(PART, "permutation", group="all")
    known = {r.outcome: r for r in every if r.known and math.isfinite(r.p_value)}
    return {
        n: known[n] for n in panels.outcomes(context, list(known.values())) if _bins(context, n)
    }


def permutation(context: Context) -> Figure:
    """The effects that chance gives, and the one found, per outcome."""
    word, fmt = context.word, context.fmt
    tests = tested(context)
    names = list(tests)
    bins = {name: _bins(context, name) for name in names}
    titles = [label(context, name) for name in names]
    points = all(tests[name].unit == POINTS for name in names)
    draws = max((tests[n].n_support for n in names if math.isfinite(tests[n].n_support)), default=0)

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        for ax, name, text in zip(axes, names, titles, strict=True):
            _panel(ax, bins[name], tests[name])
            p = word("municipality-permutation-p", p=fmt.p_equation(tests[name].p_value))
            panels.title(ax, text, p)
            ax.xaxis.set_major_formatter(panels.tick(context))
            ax.yaxis.set_major_formatter(panels.tick(context))
            ax.locator_params(axis="x", nbins=7, steps=[1, 2, 5, 10])
            ax.locator_params(axis="y", nbins=4, steps=[1, 2, 5, 10])
        canvas.supylabel(word("axis-municipality-draws"), fontsize=theme.TEXT)
        canvas.supxlabel(
            word("axis-points-long" if points else "axis-municipality-t"), fontsize=theme.TEXT
        )

    lines = []
    for name, text in zip(names, titles, strict=True):
        row = tests[name]
        digits = DIGITS_OF_T if row.unit != POINTS else places([_main(context, name)])
        lines.append(
            word(
                "alt-municipality-permutation-line",
                name=text,
                found=fmt.number(row.estimate, digits),
                p=fmt.p_equation(row.p_value),
            )
        )
    return Figure(
        name="municipality-permutation",
        caption=word(
            "caption-municipality-permutation", draws=fmt.number(draws), points=int(points)
        ),
        alt=word("alt-municipality-permutation", lines=" ".join(lines), points=int(points)),
        data=frame_of([r for name in names for r in (tests[name], *bins[name])]),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * (PANEL_HEIGHT + panels.deep(titles)) + 10,
    )


def _main(context: Context, name: str) -> Row | None:
    look = context.look
    found = (look.row(PART, a, name, "cs") for a in ("overall", "secondary", "placebo"))
    row = next((r for r in found if r is not None), None)
    return row or look.row(PART, "substitution", name, "cs")
