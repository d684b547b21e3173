"""Members by county: a grid of tiles in the manner of a map, and the list beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import ALL, PART, cell, chosen
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# The counties by their official codes: letters, name, and place in the grid (column, line).
COUNTIES = {
    "01": ("AB", "Stockholm", 3, 5),
    "03": ("C", "Uppsala", 3, 4),
    "04": ("D", "Södermanland", 2, 5),
    "05": ("E", "Östergötland", 1, 5),
    "06": ("F", "Jönköping", 1, 6),
    "07": ("G", "Kronoberg", 1, 7),
    "08": ("H", "Kalmar", 2, 6),
    "09": ("I", "Gotland", 3, 6),
    "10": ("K", "Blekinge", 2, 7),
    "12": ("M", "Skåne", 0, 7),
    "13": ("N", "Halland", 0, 6),
    "14": ("O", "Västra Götaland", 0, 5),
    "17": ("S", "Värmland", 0, 4),
    "18": ("T", "Örebro", 1, 4),
    "19": ("U", "Västmanland", 2, 4),
    "20": ("W", "Dalarna", 1, 3),
    "21": ("X", "Gävleborg", 2, 3),
    "22": ("Y", "Västernorrland", 2, 2),
    "23": ("Z", "Jämtland", 1, 2),
    "24": ("AC", "Västerbotten", 2, 1),
    "25": ("BD", "Norrbotten", 2, 0),
}
ACROSS, DOWN = 4, 8
MOST_MAPS = 3
SHADES = 5


def code(outcome: str) -> str:
    """The county's code of two digits, as in ``county=01``."""
    value = outcome.partition("=")[2]
    return value.zfill(2) if value.isdigit() else value


def name(county: str) -> str:
    """What a county is called; its code where that is not an official one."""
    return COUNTIES[county][1] if county in COUNTIES else county


def members(context: Context, estimator: str) -> dict[int, dict[str, Row]]:
    """Members by year and county: "share", "count", or "of" how many municipalities."""
    out: dict[int, dict[str, Row]] = {}
    for row in context.look.rows(PART, "members", estimator=estimator, group=ALL):
        out.setdefault(int(row.horizon), {})[code(row.outcome)] = row
    return {year: dict(sorted(out[year].items())) for year in sorted(out)}


def estimator(context: Context) -> str:
    """What is shown of a county: the share of its municipalities, or else how many they are."""
    return "share" if members(context, "share") else "count"


def maps(context: Context) -> list[int]:
    """The years that are drawn: the first, one between, and the last."""
    return chosen(list(members(context, estimator(context))), MOST_MAPS)


def has_map(context: Context) -> bool:
    """Whether members are known by county, and the counties are the official ones."""
    found = members(context, estimator(context))
    return bool(found) and all(county in COUNTIES for one in found.values() for county in one)


def _shade(value: float, top: float) -> int:
    """Which of the shades, from none at zero to the darkest at the top."""
    if not math.isfinite(value) or value <= 0:
        return -1
    return min(SHADES - 1, int(SHADES * value / top)) if top else -1


def _tiles(ax: Axes, context: Context, rows: dict[str, Row], top: float, title: str) -> None:
    from matplotlib.patches import Rectangle

    shades = theme.tints(SHADES)
    for county, (letters, _, x, y) in COUNTIES.items():
        row = rows.get(county)
        value = row.estimate if row else math.nan
        shade = _shade(value, top)
        face = shades[shade] if shade >= 0 else "#FFFFFF"
        ax.add_patch(
            Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, facecolor=face, edgecolor=theme.MUTED,
                      lw=0.6)
        )  # fmt: skip
        ink = theme.letters_on(face)
        number = NONE if row is None else SUPPRESSED if not row.known else context.fmt.number(value)
        ax.text(x + 0.5, y + 0.34, letters, ha="center", va="center", fontsize=theme.TEXT,
                fontweight="semibold", color=ink)  # fmt: skip
        ax.text(x + 0.5, y + 0.7, number, ha="center", va="center", fontsize=theme.SMALL, color=ink)
    ax.set_xlim(0, ACROSS)
    ax.set_ylim(DOWN, 0)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(title, loc="left")


def tiles(context: Context) -> Figure:
    """The share of each county's municipalities that are members, in up to three years."""
    what = estimator(context)
    found, years = members(context, what), maps(context)
    every = [row.estimate for year in years for row in found[year].values() if row.known]
    top = 100.0 if what == "share" else max(every, default=1.0)

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots(1, len(years), squeeze=False)[0]
        for ax, year in zip(axes, years, strict=True):
            _tiles(ax, context, found[year], top, str(year))

    items = []
    for county, row in found[years[-1]].items():
        number = context.fmt.number(row.estimate)
        items.append(f"{name(county)} {number}" if row.known else name(county))
    return Figure(
        name="organisation-members",
        caption=context.word("caption-organisation-members", share=int(what == "share")),
        alt=context.word(
            "alt-organisation-members",
            share=int(what == "share"), year=str(years[-1]), items="; ".join(items),
        ),
        data=frame_of([row for year in years for row in found[year].values()]),
        draw=draw,
        height=112,
    )  # fmt: skip


def table(context: Context) -> Table:
    """The list behind the grid: every county, in the years drawn and how many of how many."""
    what, years = estimator(context), maps(context)
    found = members(context, what)
    last = max(members(context, "count"), default=years[-1])
    count, of = (members(context, one).get(last, {}) for one in ("count", "of"))
    rows, used = [], []
    counties = sorted({county for year in years for county in found[year]})
    for county in counties:
        letters = COUNTIES[county][0] if county in COUNTIES else county
        cells = [name(county), letters]
        if what == "share":
            cells += [cell(context, found[year].get(county)) for year in years]
        cells.append(cell(context, count.get(county)))
        if of:
            cells.append(cell(context, of.get(county)))
        used += [found[year][county] for year in years if county in found[year]]
        used += [one[county] for one in (count, of) if county in one and what == "share"]
        rows.append(tuple(cells))
    word = context.word
    shares = [word("organisation-head-year-share", year=str(y)) for y in years]
    return Table(
        name="organisation-members",
        columns=(
            Column(word("organisation-head-county"), "left"),
            Column(word("organisation-head-letters"), "left"),
            *(Column(head) for head in (shares if what == "share" else [])),
            Column(word("organisation-head-members-in", year=str(last))),
            *([Column(word("organisation-head-of", year=str(last)))] if of else []),
        ),
        rows=tuple(rows),
        notes=(
            word("organisation-note-members", share=int(what == "share")),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
