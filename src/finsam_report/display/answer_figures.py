"""How the answers to each item of the survey are spread, as stacked bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.answer_tables import ends_line, shares
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.display.survey_names import ARMS, declared
from finsam_report.display.trial_tables import frame_of
from finsam_report.study import Item

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

FITS = 2.5  # per cent; a narrower segment has no room for its number
ROW = 5.2  # mm for a bar
HEAD = 5.6  # mm for a line of words over the bars
LONG = 74  # letters of label and ends that fit on one line
BAR = 0.78


def _segments(rows: list[Row | None]) -> list[tuple[float, float, Row | None]]:
    """Start and width of each answer's segment; those suppressed share what is left, equally."""
    known = [0.0 if r is None else r.estimate for r in rows]
    hidden = sum(math.isnan(x) for x in known)
    rest = max(100 - sum(x for x in known if not math.isnan(x)), 0.0) if hidden else 0.0
    out, start = [], 0.0
    for row, value in zip(rows, known, strict=True):
        width = rest / hidden if math.isnan(value) else value
        out.append((start, width, row))
        start += width
    return out


def _bar(ax: Axes, context: Context, y: float, rows: list[Row | None]) -> None:
    colours = theme.tints(len(rows))
    for (start, width, row), colour in zip(_segments(rows), colours, strict=True):
        hidden = row is None or math.isnan(row.estimate)
        ax.barh(
            y,
            width,
            left=start,
            height=BAR * ROW,
            color="white" if hidden else colour,
            hatch="////" if hidden else None,
            edgecolor=theme.MUTED if hidden else "white",
            linewidth=0 if hidden else 0.8,
        )
        if width < (FITS):
            continue
        ax.text(
            start + width / 2,
            y,
            SUPPRESSED if hidden or row is None else context.fmt.number(row.estimate),
            ha="center",
            va="center_baseline",
            fontsize=theme.SMALL,
            color=theme.INK if hidden else theme.letters_on(colour),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8} if hidden else None,
        )


def people_in(row: Row | None, arm: str) -> float:
    """People of an arm behind a row, NaN where hidden."""
    if row is None:
        return math.nan
    return row.n_support if arm == "support" else row.n_control


def scales(items: list[Item]) -> set[tuple[int, int]]:
    """The scales that items have, each once, as their two ends."""
    return {(item.minimum, item.maximum) for item in items}


def _legend(canvas: Canvas, context: Context, items: list[Item]) -> None:
    from matplotlib.patches import Patch

    low, high = max(scales(items), key=lambda ends: ends[1] - ends[0])
    colours = theme.tints(high - low + 1)
    number = context.fmt.number
    texts = [number(n) for n in range(low, high + 1)]
    texts[0] = context.word("legend-answer", number=texts[0])
    if len(scales(items)) > 1:
        texts = [
            context.word("legend-lowest"),
            *([""] * (len(colours) - 2)),
            context.word("legend-highest"),
        ]
    canvas.legend(
        [Patch(facecolor=c, edgecolor="white") for c in colours],
        texts,
        loc="outside upper left",
        ncols=len(colours),
        handlelength=1.6,
        columnspacing=1.0,
        borderaxespad=0.2,
    )


def distributions(context: Context) -> Figure:
    """What each arm answered to each item at the primary survey, as stacked bars."""
    part = declared(context)
    found = {item.id: {arm: shares(context, item, arm) for arm in ARMS} for item in part.items}
    items = [item for item in part.items if any(found[item.id].values())]
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    month = part.wave(part.primary_wave).month
    heads = [2 if len(context.label(i.label) + ends_line(context, i)) > LONG else 1 for i in items]
    room = sum(heads) * HEAD + len(items) * (2 * ROW + 1.6)

    def draw(canvas: Canvas) -> None:
        canvas.get_layout_engine().set(rect=(0.01, 0, 0.98, 1), h_pad=0.02)  # type: ignore[union-attr,call-arg]
        ax = canvas.subplots()
        y, places, names = 0.0, [], []
        for item, lines in zip(items, heads, strict=True):
            y += HEAD * lines
            at = y - HEAD * (lines - 0.62)
            ax.text(0, at, context.label(item.label), va="center", fontweight="semibold")
            ax.text(
                100,
                y - HEAD * 0.38,
                ends_line(context, item),
                ha="right",
                va="center",
                fontsize=theme.SMALL,
                color=theme.MUTED,
            )
            for arm in ARMS:
                rows = found[item.id][arm]
                middle = y + ROW / 2
                places.append(middle)
                names.append(labels[arm])
                if rows:
                    _bar(ax, context, middle, rows)
                    people = max(
                        (people_in(r, arm) for r in rows if r and r.known), default=math.nan
                    )
                    text = context.fmt.number(people)
                else:
                    text = NONE
                ax.text(102, middle, text, va="center_baseline", fontsize=theme.SMALL)
                y += ROW
            y += 1.6
        ax.text(102, HEAD * (heads[0] - 0.38), "N", va="center", fontsize=theme.SMALL)
        ax.set_yticks(places, names)
        ax.set_xlim(0, 100)
        ax.set_ylim(y, 0)
        ax.set_xticks([0, 25, 50, 75, 100])
        ax.set_xlabel(context.word("axis-distribution"))
        ax.grid(visible=False)
        _legend(canvas, context, items)

    used = [r for i in items for rows in found[i.id].values() for r in rows if r is not None]
    hidden = any(math.isnan(row.estimate) for row in used)
    return Figure(
        name="survey-distributions",
        caption=context.word(
            "caption-distributions", month=month, hidden=int(hidden), mark=SUPPRESSED
        ),
        alt=_distributions_alt(context, items, found),
        data=frame_of(used),
        draw=draw,
        height=room + 20,
    )


def _distributions_alt(
    context: Context, items: list[Item], found: dict[str, dict[str, list[Row | None]]]
) -> str:
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    lines = []
    for item in items:
        arms = []
        for arm in ARMS:
            rows = found[item.id][arm]
            numbers = [NONE if r is None else context.fmt.number(r.estimate) for r in rows]
            arms.append(f"{labels[arm]} {', '.join(numbers) if rows else NONE}")
        lines.append(f"{context.label(item.label)}: {'; '.join(arms)}.")
    return context.word("alt-distributions", lines=" ".join(lines))
