"""Event-study figures: the effect of membership by years since joining."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART, declared, places
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.sentences import level
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

EVENT, TEST = "event", "pretest"
CS, BAND, WALD = "cs", "cs_band", "wald"
SEXES = (("women", theme.WOMEN, "s"), ("men", theme.MEN, "^"))
ON_A_PAGE, SEXES_ON_A_PAGE, PAGES = 8, 5, 3
PANEL_HEIGHT = 40.0
SMALL_MARK = 2.4  # where three estimates stand in a year
BAR = 0.74  # width of a year's band, in years


def course(
    context: Context, outcome: str, estimator: str, group: str = "all", analysis: str = EVENT
) -> list[Row]:
    """Effects of an outcome by years since joining, in order."""
    found = context.look.rows(PART, analysis, outcome=outcome, estimator=estimator, group=group)
    return sorted(found, key=lambda r: r.horizon)


def _pages(names: list[str], size: int) -> list[list[str]]:
    """Outcomes, those of a figure together; at most three figures, of about equal length."""
    count = min(PAGES, math.ceil(len(names) / size))
    each = math.ceil(len(names) / count) if count else 1
    return [names[k : k + each] for k in range(0, len(names), each)]


def pages(context: Context) -> list[list[str]]:
    """The outcomes of every figure of courses."""
    found = context.look.rows(PART, EVENT, estimator=CS, group="all")
    return _pages(panels.outcomes(context, found), ON_A_PAGE)


def sex_pages(context: Context) -> list[list[str]]:
    """The main outcomes of every figure of women beside men."""
    look = context.look
    found = [r for sex, _, _ in SEXES for r in look.rows(PART, EVENT, estimator=CS, group=sex)]
    return _pages(panels.outcomes(context, found, main=True), SEXES_ON_A_PAGE)


def before_shaded(ax: Axes, context: Context, events: Sequence[float]) -> None:
    """The axis of years since joining, with the years before it shaded."""
    start = -declared(context).anticipation - 0.5
    first, last = min(events, default=-1.0), max(events, default=1.0)
    if first < start:
        ax.axvspan(first - 0.6, start, color=theme.TINT, lw=0, zorder=0.2)
        ax.axvline(start, color=theme.MUTED, lw=0.7, ls=(0, (2, 2)), zorder=0.6)
    step = 1 if last - first <= 8 else 2 if last - first <= 20 else 5
    low = math.ceil(first / step) * step
    ax.set_xticks(range(int(low), int(last) + 1, step))
    ax.xaxis.set_major_formatter(panels.tick(context))
    ax.set_xlim(first - 0.6, last + 0.6)


def _points(
    ax: Axes,
    rows: Sequence[Row],
    colour: str,
    marker: str,
    shift: float = 0.0,
    name: str = "",
    size: float = 3.4,
) -> None:
    """Estimates with intervals; the year that others are measured from is hollow."""
    for row in rows:
        if math.isfinite(row.ci_low) and math.isfinite(row.ci_high):
            x = row.horizon + shift
            ax.plot([x, x], [row.ci_low, row.ci_high], color=colour, lw=size / 3)
    sure = [r for r in rows if math.isfinite(r.ci_low)]
    base = [r for r in rows if r.known and not math.isfinite(r.ci_low)]
    ax.plot(
        [r.horizon + shift for r in sure], [r.estimate for r in sure], marker,
        color=colour, ms=size, label=name or None, zorder=2.5,
    )  # fmt: skip
    ax.plot(
        [r.horizon + shift for r in base], [r.estimate for r in base], marker,
        color="white", mec=colour, ms=size, mew=0.9, zorder=2.5,
    )  # fmt: skip


def _bands(ax: Axes, rows: Sequence[Row], colour: str) -> None:
    known = [r for r in rows if math.isfinite(r.ci_low) and math.isfinite(r.ci_high)]
    x, low = [r.horizon for r in known], [r.ci_low for r in known]
    high = [r.ci_high - r.ci_low for r in known]
    ax.bar(x, high, bottom=low, width=BAR, color=colour, alpha=0.18, lw=0, zorder=1.2)
    ax.bar(x, high, bottom=low, width=BAR, facecolor="none", edgecolor=colour, lw=0.5, zorder=1.3)


def pretest_text(context: Context, outcome: str, group: str) -> str:
    """The test of all years before joining together, for the line under a panel's title."""
    test = context.look.row(PART, TEST, outcome, WALD, group=group)
    if test is None or math.isnan(test.p_value):
        return context.word("municipality-pretest-none")
    return context.word("municipality-pretest", p=context.fmt.p_equation(test.p_value))


def _said(context: Context, name: str, outcome: str, group: str) -> str:
    """A course in words: at joining, at the end, how many years differ from zero, the test."""
    rows, bands = course(context, outcome, CS, group), course(context, outcome, BAND, group)
    after = [r for r in rows if r.horizon >= 0 and r.known]
    if not after:
        return context.word("alt-spec-none", spec=name) + "."
    digits = places(after)
    banded = [r for r in bands if r.horizon >= 0 and r.verdict != "unknown"]
    return context.word(
        "alt-municipality-course-line",
        name=name,
        first=panels.effect(context, after[0], digits),
        start=panels.since(context, after[0].horizon),
        last=panels.effect(context, after[-1], digits),
        end=panels.since(context, after[-1].horizon),
        several=int(len(after) > 1),
        clear=sum(r.verdict != "unclear" for r in banded),
        years=len(banded),
        test=pretest_text(context, outcome, group),
    )


def _name(base: str, page: int) -> str:
    return base + (f"-{page + 1}" if page else "")


def courses(context: Context, page: int = 0) -> Figure:
    """The effect on every outcome of a page, all people of working age together."""
    word, every = context.word, pages(context)
    names = every[page] if page < len(every) else []
    rows = {n: course(context, n, CS) for n in names}
    banded = {n: course(context, n, BAND) for n in names}

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        for ax, name in zip(axes, names, strict=True):
            before_shaded(ax, context, [r.horizon for r in rows[name]])
            _bands(ax, banded[name], theme.SUPPORT)
            _points(ax, rows[name], theme.SUPPORT, "o")
            panels.symmetric(ax, [*rows[name], *banded[name]])
            panels.title(ax, label(context, name), pretest_text(context, name, "all"))
            ax.yaxis.set_major_formatter(panels.tick(context))
        canvas.supylabel(word("axis-points-long"), fontsize=theme.TEXT)
        canvas.supxlabel(word("axis-since-joining"), fontsize=theme.TEXT)

    titles = [label(context, name) for name in names]
    lines = [_said(context, t, n, "all") for t, n in zip(titles, names, strict=True)]
    height = PANEL_HEIGHT + panels.deep(titles)
    return Figure(
        name=_name("municipality-course", page),
        caption=word(
            "caption-municipality-course",
            level=level(context),
            band=int(any(banded.values())),
            pages=len(every),
            outcomes=context.fmt.joined(titles),
        ),
        alt=word("alt-municipality-course", level=level(context), lines=" ".join(lines)),
        data=frame_of([r for part in (rows, banded) for found in part.values() for r in found]),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * height + 8,
    )


def by_sex(context: Context, page: int = 0) -> Figure:
    """The effect on every main outcome of a page, women beside men on the same scale."""
    word, every = context.word, sex_pages(context)
    names = every[page] if page < len(every) else []
    cells = [(name, sex) for name in names for sex in SEXES]
    rows = {(n, sex): course(context, n, CS, sex) for n, (sex, _, _) in cells}
    banded = {(n, sex): course(context, n, BAND, sex) for n, (sex, _, _) in cells}

    def text(name: str, sex: str) -> str:
        text = word("panel-municipality-sex", outcome=label(context, name), sex=sex)
        return context.grouped(PART, "sex", text)

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(cells))
        for ax, (name, (sex, colour, marker)) in zip(axes, cells, strict=True):
            before_shaded(ax, context, [r.horizon for r in rows[name, sex]])
            _bands(ax, banded[name, sex], colour)
            _points(ax, rows[name, sex], colour, marker)
            both = [r for s, _, _ in SEXES for d in (rows, banded) for r in d[name, s]]
            panels.symmetric(ax, both)
            panels.title(ax, text(name, sex), pretest_text(context, name, sex))
            ax.yaxis.set_major_formatter(panels.tick(context))
        canvas.supylabel(word("axis-points-long"), fontsize=theme.TEXT)
        canvas.supxlabel(word("axis-since-joining"), fontsize=theme.TEXT)

    titles = [text(name, sex) for name, (sex, _, _) in cells]
    lines = [_said(context, t, n, s) for t, (n, (s, _, _)) in zip(titles, cells, strict=True)]
    return Figure(
        name=_name("municipality-course-sex", page),
        caption=word(
            "caption-municipality-course-sex",
            level=level(context),
            band=int(any(banded.values())),
            pages=len(every),
            outcomes=context.fmt.joined([label(context, name) for name in names]),
        ),
        alt=word("alt-municipality-course", level=level(context), lines=" ".join(lines)),
        data=frame_of([r for part in (rows, banded) for found in part.values() for r in found]),
        draw=draw,
        height=len(names) * (PANEL_HEIGHT - 2 + panels.deep(titles)) + 8,
    )


WAYS = ((CS, EVENT), ("imputation", "imputation"), ("twfe", "twfe"))
_DRAWN = {
    "cs": (theme.SUPPORT, "o", 0.0),
    "imputation": (theme.MUTED, "D", 0.26),
    "twfe": (theme.CONTROL, "s", -0.26),
}


def _legend(context: Context, way: str) -> str:
    return context.word(f"legend-municipality-{way}", comparison=declared(context).comparison)


def by_estimator(context: Context) -> Figure:
    """The effect on every main outcome by years since joining, by three estimators."""
    word = context.word
    found = context.look.rows(PART, EVENT, estimator=CS, group="all")
    names = panels.outcomes(context, found, main=True)
    lines = {
        (name, way): course(context, name, way, analysis=analysis)
        for name in names
        for way, analysis in WAYS
    }
    made = [way for way, _ in WAYS if any(lines[name, way] for name in names)]
    titles = [label(context, name) for name in names]

    def draw(canvas: Canvas) -> None:
        axes = panels.grid(canvas, len(names))
        for number, (ax, name, text) in enumerate(zip(axes, names, titles, strict=True)):
            every = [r for way in made for r in lines[name, way]]
            before_shaded(ax, context, [r.horizon for r in lines[name, CS]])
            ends = ax.get_xlim()
            for way in made:
                colour, marker, shift = _DRAWN[way]
                legend = _legend(context, way)
                inside = [r for r in lines[name, way] if ends[0] < r.horizon < ends[1]]
                _points(ax, inside, colour, marker, shift, legend, SMALL_MARK)
            panels.symmetric(ax, [r for r in every if ends[0] < r.horizon < ends[1]])
            panels.title(ax, text)
            ax.yaxis.set_major_formatter(panels.tick(context))
            if number == 0:
                canvas.legend(
                    *ax.get_legend_handles_labels(), loc="outside upper left", ncols=len(made)
                )
        canvas.supylabel(word("axis-points-long"), fontsize=theme.TEXT)
        canvas.supxlabel(word("axis-since-joining"), fontsize=theme.TEXT)

    said = []
    for name, text in zip(names, titles, strict=True):
        texts = []
        for way in made:
            after = [r for r in lines[name, way] if r.horizon >= 0 and r.known]
            if after:
                digits = places(after)
                spec = _legend(context, way)
                end = panels.since(context, after[-1].horizon)
                texts.append(f"{spec} {panels.effect(context, after[-1], digits)} {end}")
        said.append(word("alt-panel", title=text, lines="; ".join(texts)))
    return Figure(
        name="municipality-course-estimators",
        caption=word("caption-municipality-course-estimators", level=level(context)),
        alt=word("alt-municipality-course-estimators", lines=" ".join(said)),
        data=frame_of([r for found in lines.values() for r in found]),
        draw=draw,
        height=math.ceil(len(names) / panels.COLUMNS) * (PANEL_HEIGHT + panels.deep(titles)) + 12,
    )
