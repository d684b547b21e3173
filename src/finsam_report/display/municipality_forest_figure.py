"""Figures of overall effects side by side: by sex and age, by estimator, without each county."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finsam_report.display import municipality_panels as panels
from finsam_report.display import survey_forest, theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import (
    MAIN,
    PART,
    SEXES,
    band,
    bands,
    declared,
    group,
    main_outcomes,
    overall,
    places,
    robust,
    sex,
)
from finsam_report.display.municipality_names import outcome as label
from finsam_report.display.sentences import level
from finsam_report.display.survey_forest import Line, Mark, Panel
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_DRAWN = {
    "all": (theme.SUPPORT, "o"),
    "women": (theme.WOMEN, "s"),
    "men": (theme.MEN, "^"),
}
ROW, HEAD, FOOT = 3.3, 11.0, 16.0  # millimetres
GAP = 0.55  # between age bands, in rows
ESTIMATORS = (MAIN, "never", "not_yet", "dr", "imputation", "twfe")
COUNTY = "county="
FEW = 4  # outcomes up to which two panels stand beside one another, and three beyond


def _key(who: str, ages: str) -> str:
    return f"{who} {ages}" if ages else who


def _rows(ax: Axes, context: Context, name: str, ages: Sequence[str]) -> None:
    """Effects on an outcome, band by band, and in each of them all, women and men."""
    y = 0.0
    for value in ages:
        for who in SEXES:
            row = overall(context, name, _key(who, value))
            colour, marker = _DRAWN[who]
            if row is None or not row.known:
                text = context.word("not-shown" if row else "group-not-estimated")
                ax.text(
                    0.5, y, text, transform=ax.get_yaxis_transform(), ha="center", va="center",
                    fontsize=theme.SMALL, color=theme.MUTED,
                )  # fmt: skip
            else:
                if math.isfinite(row.ci_low):
                    ax.plot([row.ci_low, row.ci_high], [y, y], color=colour, lw=1.3)
                ax.plot(row.estimate, y, marker, color=colour, ms=4.4, label=sex(context, who))
            y -= 1
        y -= GAP


def _bands(ax: Axes, context: Context, ages: Sequence[str]) -> None:
    for k, value in enumerate(ages):
        text = band(context, value) if value else context.word("municipality-all-ages")
        ax.annotate(
            text, (0, -k * (len(SEXES) + GAP) - 1), xycoords=ax.get_yaxis_transform(),
            xytext=(-5, 0), textcoords="offset points", ha="right", va="center",
            fontsize=theme.SMALL,
        )  # fmt: skip


def _legend(canvas: Canvas, axes: Sequence[Axes]) -> None:
    found: dict[str, Artist] = {}
    for ax in axes:
        handles, texts = ax.get_legend_handles_labels()
        found |= dict(zip(map(str, texts), handles, strict=True))
    if found:
        canvas.legend(
            handles=list(found.values()), labels=list(found), loc="outside upper left",
            ncols=len(found), handlelength=1.0,
        )  # fmt: skip


def forest(context: Context) -> Figure:
    """The effect on every main outcome by sex and age, each outcome on a scale of its own."""
    word, names = context.word, main_outcomes(context)
    ages = ["", *bands(context)]
    keys = [_key(who, value) for value in ages for who in SEXES]
    found = {
        name: [(key, row) for key in keys if (row := overall(context, name, key)) is not None]
        for name in names
    }
    height = (len(SEXES) + GAP) * len(ages)
    titles = [label(context, name) for name in names]

    def draw(canvas: Canvas) -> None:
        canvas.get_layout_engine().set(rect=(0.01, 0, 0.98, 1))  # type: ignore[union-attr,call-arg]
        axes = panels.grid(canvas, len(names))
        for number, (ax, name, text) in enumerate(zip(axes, names, titles, strict=True)):
            _rows(ax, context, name, ages)
            if number % panels.COLUMNS == 0:
                _bands(ax, context, ages)
            ax.axvline(0, color=theme.INK, lw=0.8, zorder=0.7)
            for k in range(1, len(ages)):
                y = -k * (len(SEXES) + GAP) + (1 + GAP) / 2
                ax.axhline(y, color=theme.RULE, lw=0.5, zorder=0.3)
            ax.set_ylim(-height + 0.5 + GAP, 0.7)
            ax.set_yticks([])
            ax.grid(visible=False, axis="y")
            ax.grid(visible=True, axis="x")
            ax.locator_params(axis="x", nbins=6, steps=[1, 2, 5, 10])
            ax.xaxis.set_major_formatter(panels.tick(context))
            panels.title(ax, text)
        _legend(canvas, axes)
        canvas.supxlabel(word("axis-points-long"), fontsize=theme.TEXT)

    said = []
    for name, text in zip(names, titles, strict=True):
        digits = places(row for _, row in found[name])
        lines = [
            f"{group(context, key)} {panels.effect(context, row, digits)}"
            for key, row in found[name]
        ]
        said.append(word("alt-panel", title=text, lines="; ".join(lines)))
    lines_of_panels = math.ceil(len(names) / panels.COLUMNS)
    return Figure(
        name="municipality-forest",
        caption=word("caption-municipality-forest", level=level(context)),
        alt=word("alt-municipality-forest", lines=" ".join(said)),
        data=frame_of([row for rows in found.values() for _, row in rows]),
        draw=draw,
        height=lines_of_panels * (height * ROW + HEAD + panels.deep(titles)) + FOOT,
    )


def _mark(context: Context, row: Row | None, *, main: bool) -> Mark:
    if row is None:
        return Mark(absent=context.word("group-not-estimated"))
    if not row.known:
        return Mark(absent=context.word("not-shown"))
    return Mark(row.estimate, row.ci_low, row.ci_high, main=main)


def _beside(
    context: Context,
    name: str,
    lines: Sequence[str],
    messages: tuple[str, str],
    find: Callable[[str, int], Row | None],
    said: Callable[[str, Sequence[Row | None]], str],
    main: int | None,
) -> Figure:
    """A figure of a panel per main outcome and a row for each way of estimating it.

    ``messages`` are the keys of its caption and of its alternative text.
    """
    word, names = context.word, main_outcomes(context)
    shown, used, texts = [], [], []
    for item in names:
        rows = [find(item, k) for k in range(len(lines))]
        centre = overall(context, item)
        used += [row for row in rows if row is not None]
        marks = [_mark(context, row, main=k == main) for k, row in enumerate(rows)]
        reference = centre.estimate if centre is not None else math.nan
        shown.append(Panel(label(context, item), tuple(marks), reference))
        texts.append(word("alt-panel", title=label(context, item), lines=said(item, rows)))
    columns = max(1, min(2 if len(shown) <= FEW else 3, len(shown)))

    def draw(canvas: Canvas) -> None:
        survey_forest.draw(
            canvas, [Line(text) for text in lines], shown, columns, word("axis-points-long"),
            shared=False, tick=panels.tick(context),
        )  # fmt: skip

    return Figure(
        name=name,
        caption=context.word(messages[0], level=level(context)),
        alt=context.word(messages[1], level=level(context), lines=" ".join(texts)),
        data=frame_of(used),
        draw=draw,
        height=survey_forest.height(len(lines), len(shown), columns, [p.title for p in shown]),
    )


def ways_made(context: Context) -> list[str]:
    """The estimators of the overall effect, the main one first."""
    there = {r.estimator for r in context.look.rows(PART, "robustness", group="all")}
    return [way for way in ESTIMATORS if way in there]


def estimators(context: Context) -> Figure:
    """The overall effect on every main outcome by estimator."""
    ways = ways_made(context)
    main = declared(context).comparison
    lines = [context.word(f"legend-municipality-{way}", comparison=main) for way in ways]

    def find(item: str, k: int) -> Row | None:
        return robust(context, item, ways[k])

    def said(_: str, rows: Sequence[Row | None]) -> str:
        digits = places(rows)
        texts = [panels.effect(context, row, digits) for row in rows]
        return "; ".join(f"{line} {text}" for line, text in zip(lines, texts, strict=True))

    messages = ("caption-municipality-estimators", "alt-municipality-estimators")
    return _beside(context, "municipality-estimators", lines, messages, find, said, 0)


def counties(context: Context) -> list[str]:
    """Counties that effects were estimated without."""
    found = {r.group for r in context.look.rows(PART, "leave_out", estimator=MAIN)}
    return sorted(g.removeprefix(COUNTY) for g in found if g.startswith(COUNTY))


def leave_out(context: Context) -> Figure:
    """The overall effect on every main outcome without each county."""
    word, left = context.word, counties(context)

    def find(item: str, k: int) -> Row | None:
        return context.look.row(PART, "leave_out", item, MAIN, group=f"{COUNTY}{left[k]}")

    def said(item: str, rows: Sequence[Row | None]) -> str:
        digits = places(rows)
        known = [(r, c) for r, c in zip(rows, left, strict=True) if r is not None and r.known]
        total = panels.effect(context, overall(context, item), digits)
        every = word("municipality-every-county")
        texts = [f"{every} {total}"]
        for choose, key in ((min, "alt-lowest"), (max, "alt-highest")):
            if known:
                row, county = choose(known, key=lambda pair: pair[0].estimate)
                without = word("municipality-without-county", county=county)
                text = f"{without} {panels.effect(context, row, digits)}"
                texts.append(context.word(key, text=text))
        return "; ".join(texts)

    lines = [word("municipality-county", county=county) for county in left]
    messages = ("caption-municipality-leave-out", "alt-municipality-leave-out")
    return _beside(context, "municipality-leave-out", lines, messages, find, said, None)
