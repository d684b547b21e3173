"""Figures of the associations and of what they do, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_lines import (
    Line,
    Panel,
    Points,
    draw,
    letters_at_ends,
    said,
)
from finsam_report.display.organisation_names import (
    MILLION,
    Break,
    Series,
    breaks,
    by_year,
    comparable,
    known,
    price_year,
)
from finsam_report.display.organisation_published import published
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

PANEL_HEIGHT = 46.0
PUBLISHED = "D"  # markers of published figures
PUBLISHED_OTHER = "s"


def _legend(canvas: Canvas, context: Context, panels: Sequence[Panel]) -> None:
    """What the two kinds of markers are; needed only where others' figures stand beside own."""
    from matplotlib.lines import Line2D

    handles = []
    if any(panel.lines for panel in panels):
        handles.append(
            Line2D(
                [], [], color=theme.INK, marker="o", ms=3.2, label=context.word("organisation-own")
            )
        )
    points = [one for panel in panels for one in panel.points]
    common = context.word("organisation-published-legend")
    points.sort(key=lambda one: one.name != common)
    names: dict[tuple[str, str], Points] = {}
    for one in points:  # a marker that stands for several things has the name of them all
        names.setdefault((one.marker, one.colour), one)
    both = any(one.name == context.word("organisation-points-efforts-individual") for one in points)
    for one in names.values():
        name = "organisation-published-both" if both and one.name == common else ""
        label = context.word(name) if name else one.name
        handles.append(
            Line2D([], [], ls="none", marker=one.marker, ms=5, mfc="white", mec=one.colour,
                   mew=1.2, label=label)
        )  # fmt: skip
    if names:
        canvas.legend(handles=handles, loc="outside upper left", ncols=2 if both else 3)


def stacked(
    context: Context, name: str, caption: str, panels: Sequence[Panel], height: float = PANEL_HEIGHT
) -> Figure:
    """Panels over one another on the same years."""
    years = [year for panel in panels for year in panel.years()]
    span = (min(years), max(years))
    points = any(panel.points for panel in panels)

    def paint(canvas: Canvas) -> None:
        axes = canvas.subplots(len(panels), 1, squeeze=False)[:, 0]
        letters = max(letters_at_ends(context, panel) for panel in panels)
        for ax, panel in zip(axes, panels, strict=True):
            draw(ax, context, panel, span, letters)
        _legend(canvas, context, panels)

    rows = {id(row): row for panel in panels for row in panel.rows()}
    return Figure(
        name=name,
        caption=caption,
        alt=context.word(
            "alt-organisation", lines=" ".join(said(context, panel) for panel in panels)
        ),
        data=frame_of(list(rows.values())),
        draw=paint,
        height=height * len(panels) + 8 + 7 * points,
    )


def _points(context: Context, series: str, scale: float = 1.0) -> list[Points]:
    """Published figures of a series, or nothing."""
    found = published(context, series)
    if not found:
        return []
    name = context.word("organisation-published-legend")
    return [Points(name, found, theme.CONTROL, PUBLISHED, scale)]


def _line(
    name: str, series: Series, colour: str, at: Sequence[Break], **more: float | str
) -> list[Line]:
    """A line where the series has a number."""
    if not known(series):
        return []
    marker, scale = str(more.get("marker", "o")), float(more.get("scale", 1.0))
    return [Line(name, series, colour, marker, at, scale)]


def series_panels(context: Context) -> list[Panel]:
    """Municipalities and associations at the end of every year."""
    out = []
    for name in ("municipalities", "associations"):
        at = breaks(context, name)
        own = comparable(context, by_year(context, "series", name, "count"), name)
        lines = _line("", own, theme.SUPPORT, at)
        points = _points(context, name)
        if lines or points:
            title = context.word(f"organisation-panel-{name}")
            out.append(Panel(title, lines, points, digits=0, breaks=at))
    return out


def series(context: Context) -> Figure:
    """Associations and member municipalities: own figures as lines, published ones as points."""
    panels = series_panels(context)
    return stacked(context, "organisation-series", _caption(context, "series", panels), panels)


def _caption(context: Context, name: str, panels: Sequence[Panel]) -> str:
    return context.word(
        f"caption-organisation-{name}",
        own=int(any(panel.lines for panel in panels)),
        published=int(any(panel.points for panel in panels)),
        year=price_year(context),
        real=int(bool(price_year(context))),
    )


def funds_panels(context: Context) -> list[Panel]:
    """The state's funds in all and by member, in the money of each year and of one year."""
    at, base, out = breaks(context, "funds"), price_year(context), []
    for name, own, real, scale in (
        ("state", "nominal", "real", 1 / MILLION),
        ("per-member", "per_member", "per_member_real", 1 / 1000),
    ):
        sums = ("state",) if name == "state" else ("state", "municipalities")
        shown = {
            one: comparable(context, by_year(context, "funds", "state", one), *sums)
            for one in (own, real)
        }
        lines = _line(
            context.word("organisation-line-nominal"), shown[own], theme.SUPPORT, at, scale=scale
        ) + _line(
            context.word("organisation-line-real", year=base), shown[real], theme.INK, at,
            scale=scale, marker="s",
        )  # fmt: skip
        points = _points(context, "state", scale) if name == "state" else []
        if name == "per-member":
            points = _points(context, "state_per_municipality", scale)
        if lines or points:
            title = context.word(f"organisation-panel-{name}")
            out.append(Panel(title, lines, points, breaks=at))
    return out


def funds(context: Context) -> Figure:
    """State funds, nominal and real."""
    panels = funds_panels(context)
    return stacked(context, "organisation-funds", _caption(context, "funds", panels), panels)


def _efforts_published(context: Context) -> list[Points]:
    """Published numbers of efforts: a marker for each type and each way of counting."""
    return [
        Points(context.word(f"organisation-points-{name.replace('_', '-')}"), found, colour, marker)
        for name, colour, marker in (
            ("efforts_individual", theme.CONTROL, "D"),
            ("efforts_structural", theme.CONTROL, "^"),
            ("efforts_individual_other", theme.WOMEN, "s"),
        )
        if (found := published(context, name))
    ]


def _participants(context: Context) -> dict[int, Row]:
    """Participants in the years that every association tells of."""
    return comparable(context, by_year(context, "participants", "all", "count"), "participants")


def activity_panels(context: Context) -> list[Panel]:
    """Efforts by type, and participants."""
    word, out = context.word, []
    lines: list[Line] = []
    all_breaks: list[Break] = []
    for kind, colour, marker in (
        ("individual", theme.SUPPORT, "o"), ("structural", theme.INK, "s"),
    ):  # fmt: skip
        at = breaks(context, "efforts", f"efforts_{kind}")
        all_breaks += [one for one in at if one not in all_breaks]
        going = by_year(context, "efforts", kind, "going")
        lines += _line(word(f"organisation-line-{kind}"), going, colour, at, marker=marker)
    points = _efforts_published(context)
    if lines or points:
        out.append(Panel(word("organisation-panel-efforts"), lines, points, digits=0,
                         breaks=all_breaks))  # fmt: skip
    at = breaks(context, "participants")
    people = _line("", _participants(context), theme.SUPPORT, at)
    others = _points(context, "participants")
    if people or others:
        title = word("organisation-panel-participants")
        out.append(Panel(title, people, others, digits=0, breaks=at))
    return out


def activity(context: Context) -> Figure:
    """Efforts and participants by year; figures of different definitions are not joined."""
    panels = activity_panels(context)
    caption = _caption(context, "activity", panels)
    return stacked(context, "organisation-activity", caption, panels)


def index_lines(context: Context) -> tuple[int, list[tuple[Line, dict[int, float]]]]:
    """The year that is 100, and participants and structural efforts as per cent of it.

    Years before a break in either are left out: they count something else.
    """
    chosen = (
        ("participants", _participants(context),
         breaks(context, "participants"), theme.SUPPORT, "o"),
        ("structural", by_year(context, "efforts", "structural", "going"),
         breaks(context, "efforts", "efforts_structural"), theme.INK, "s"),
    )  # fmt: skip
    since = max((one.year for _, _, at, _, _ in chosen for one in at), default=0)
    numbers = [
        {year: row for year, row in known(series).items() if year >= since}
        for _, series, _, _, _ in chosen
    ]
    common = [
        year
        for year in sorted(set(numbers[0]) & set(numbers[1]))
        if all(one[year].estimate > 0 for one in numbers)
    ]
    if len(common) < 2:
        return 0, []
    base, out = common[0], []
    for (name, _, _, colour, marker), rows in zip(chosen, numbers, strict=True):
        used: dict[int, Row] = {year: row for year, row in rows.items() if year >= base}
        scale = 100 / used[base].estimate
        line = Line(context.word(f"organisation-line-{name}"), used, colour, marker, (), scale)
        out.append((line, {year: row.estimate * scale for year, row in used.items()}))
    return base, out


def index(context: Context) -> Figure:
    """Participants against structural efforts, both as per cent of the first common year."""
    base, found = index_lines(context)
    title = context.word("organisation-panel-index", year=str(base))
    panel = Panel(title, [line for line, _ in found], digits=0)
    caption = context.word("caption-organisation-index", year=str(base))
    return stacked(context, "organisation-index", caption, [panel], 62)


def published_panels(context: Context) -> list[Panel]:
    """Published figures alone: members, associations, funds, participants, efforts."""
    out = []
    for name in ("municipalities", "associations", "state", "participants"):
        points = _points(context, name, 1 / MILLION if name == "state" else 1.0)
        if points:
            title = context.word(f"organisation-panel-{name}")
            out.append(Panel(title, (), points, digits=0))
    counted = _efforts_published(context)
    if counted:
        out.append(Panel(context.word("organisation-panel-efforts"), (), counted, digits=0))
    return out


def published_alone(context: Context) -> Figure:
    """Published figures as points; those of different definitions have different markers."""
    panels = published_panels(context)
    caption = context.word("caption-organisation-published")
    return stacked(context, "organisation-published", caption, panels, 38)
