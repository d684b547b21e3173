"""How series of years are drawn: no line over a missing year or a break, ends named directly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import Break, Series, known, places, stretches

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.11  # of an axis, between two names at the ends of lines
LETTER, WIDE = 1.5, 142.0  # millimetres of a letter of such a name, and of the axes
CLOSE = 2  # years between points whose numbers would touch
HEAD = 1.14  # of the largest number, where the axis ends
HIGHER = 1.3  # the same where numbers stand over points


@dataclass(frozen=True)
class Line:
    """A series in a panel.

    Attributes:
        name: What stands at its end.
        series: Its numbers by year.
        colour: Its colour.
        marker: Its marker, which tells it from others without colour.
        at: Breaks that no line runs over.
        scale: What the numbers are multiplied by.
    """

    name: str
    series: Series
    colour: str
    marker: str = "o"
    at: Sequence[Break] = ()
    scale: float = 1.0

    def pieces(self) -> list[dict[int, float]]:
        """The numbers in pieces that may be joined by a line."""
        return [
            {year: row.estimate * self.scale for year, row in piece.items()}
            for piece in stretches(self.series, self.at)
        ]


@dataclass(frozen=True)
class Points:
    """Figures of others that no line joins, with their numbers beside them."""

    name: str
    series: Series
    colour: str
    marker: str
    scale: float = 1.0

    def numbers(self) -> dict[int, float]:
        """The numbers by year."""
        return {year: row.estimate * self.scale for year, row in known(self.series).items()}


@dataclass(frozen=True)
class Panel:
    """Lines and points on one axis that begins at zero."""

    title: str
    lines: Sequence[Line] = ()
    points: Sequence[Points] = ()
    under: str = ""
    digits: int | None = None
    zero: bool = True
    breaks: Sequence[Break] = field(default=())

    def _series(self) -> list[Series]:
        return [line.series for line in self.lines] + [one.series for one in self.points]

    def rows(self) -> list[Row]:
        """The rows of the ledger that are drawn."""
        return [row for one in self._series() for row in one.values()]

    def years(self) -> list[int]:
        """Every year that something is drawn at."""
        return sorted({year for one in self._series() for year in known(one)})

    def values(self) -> list[float]:
        """Every number that is drawn."""
        of_lines = [v for line in self.lines for piece in line.pieces() for v in piece.values()]
        return of_lines + [v for one in self.points for v in one.numbers().values()]

    @property
    def places(self) -> int:
        """Decimals of the numbers in the panel."""
        return places(self.values()) if self.digits is None else self.digits


def apart(wanted: Sequence[float], gap: float) -> list[float]:
    """Places near those wanted, in the same order, that are at least ``gap`` from one another."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    out = list(wanted)
    for _ in range(50):
        moved = False
        for low, high in pairwise(order):
            short = gap - (out[high] - out[low])
            if short > 1e-9:
                out[low] -= short / 2
                out[high] += short / 2
                moved = True
        if not moved:
            break
    return out


def _end(context: Context, panel: Panel, line: Line) -> str:
    """What stands at the end of a line: its name and last number."""
    pieces = line.pieces()
    if not pieces:
        return ""
    number = context.fmt.number(list(pieces[-1].values())[-1], panel.places)
    return f"{line.name} {number}".strip()


def _ends(ax: Axes, context: Context, panel: Panel, height: float) -> None:
    """The names of the lines at their ends, with the last number."""
    ends = []
    for line in panel.lines:
        pieces = line.pieces()
        if pieces:
            year = max(pieces[-1])
            ends.append((year, pieces[-1][year], line))
    spread = apart([value for _, value, _ in ends], GAP * height)
    for (year, value, line), place in zip(ends, spread, strict=True):
        ax.annotate(
            _end(context, panel, line), (year, value), xytext=(year + 0.35, place),
            textcoords="data", ha="left", va="center", fontsize=theme.SMALL, color=line.colour,
            annotation_clip=False,
        )  # fmt: skip


def _numbers(ax: Axes, context: Context, panel: Panel) -> None:
    """The number of every point, above or below it by turns where years are close."""
    for number, one in enumerate(panel.points):
        side, previous = -1 if number else 1, None
        for year, value in one.numbers().items():
            if previous is not None and year - previous < CLOSE:
                side = -side
            ax.annotate(
                context.fmt.number(value, panel.places), (year, value), xytext=(0, 6 * side),
                textcoords="offset points", ha="center", va="bottom" if side > 0 else "top",
                fontsize=theme.SMALL, color=one.colour, annotation_clip=False,
            )  # fmt: skip
            previous = year


def draw(
    ax: Axes, context: Context, panel: Panel, span: tuple[int, int], letters: int | None = None
) -> None:
    """Draw a panel over a span of years, with room for names of so many letters at the right."""
    values = [v for v in panel.values() if math.isfinite(v)] or [1.0]
    top = max(values) * (HEAD if panel.lines else HIGHER) or 1.0
    bottom = 0.0 if panel.zero else min(values) - 0.1 * (max(values) - min(values) or 1.0)
    ax.set_ylim(bottom, top)
    for line in panel.lines:
        for piece in line.pieces():
            ax.plot(
                list(piece), list(piece.values()), color=line.colour, marker=line.marker,
                ms=3.2, lw=1.5, clip_on=False,
            )  # fmt: skip
    for one in panel.points:
        numbers = one.numbers()
        ax.plot(
            list(numbers), list(numbers.values()), ls="none", marker=one.marker, ms=5,
            mfc="white", mec=one.colour, mew=1.2, clip_on=False, zorder=4,
        )  # fmt: skip
    if not panel.lines:
        _numbers(ax, context, panel)
    for one_break in panel.breaks:
        if span[0] < one_break.year <= span[1]:
            ax.axvline(one_break.year - 0.5, color=theme.MUTED, lw=0.9, ls=(0, (1, 1.5)))
            ax.annotate(
                context.word("organisation-break"), (one_break.year - 0.5, 1),
                xycoords=("data", "axes fraction"), xytext=(-2, -1), textcoords="offset points",
                ha="right", va="top", fontsize=theme.SMALL, color=theme.MUTED,
            )  # fmt: skip
    _ends(ax, context, panel, top - bottom)
    panels.title(ax, panel.title, panel.under, columns=1)
    ax.yaxis.set_major_formatter(panels.tick(context))
    ax.locator_params(axis="y", nbins=5)
    axis(ax, span, letters_at_ends(context, panel) if letters is None else letters)


def letters_at_ends(context: Context, panel: Panel) -> int:
    """How long the longest name at the end of a line is."""
    return max((len(_end(context, panel, line)) for line in panel.lines), default=0)


def axis(ax: Axes, span: tuple[int, int], letters: int) -> None:
    """Years on the axis, with room for names of so many letters at the ends of lines."""
    first, last = span
    length = max(last - first, 1)
    step = 1 if length <= 10 else 2 if length <= 20 else 5
    ax.set_xticks([year for year in range(first, last + 1) if (year - last) % step == 0])
    ax.xaxis.set_major_formatter(lambda x, _: str(round(x)))
    share = min(0.5, (LETTER * letters + 5) / WIDE)
    room = 0.4 + (length + 0.8) * share / (1 - share) if letters else 0.4
    ax.set_xlim(first - 0.4, last + room)


def said(context: Context, panel: Panel) -> str:
    """The panel in words, with the first and last number of every line and every point."""
    fmt, texts = context.fmt, []
    for line in panel.lines:
        numbers = {year: v for piece in line.pieces() for year, v in piece.items()}
        if not numbers:
            continue
        first, last = min(numbers), max(numbers)
        texts.append(
            context.word(
                "alt-organisation-line",
                name=line.name or panel.title,
                start=fmt.number(numbers[first], panel.places),
                first=str(first),
                end=fmt.number(numbers[last], panel.places),
                last=str(last),
                several=int(first != last),
            )
        )
    for one in panel.points:
        items = [f"{year}: {fmt.number(v, panel.places)}" for year, v in one.numbers().items()]
        if items:
            texts.append(
                context.word("alt-organisation-points", name=one.name, items="; ".join(items))
            )
    texts += [
        context.word("alt-organisation-break", year=str(one.year), label=one.label)
        for one in panel.breaks
    ]
    return context.word("alt-panel", title=panel.title, lines="; ".join(texts))
