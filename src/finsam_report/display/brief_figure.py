"""One small figure for the page: the main effects beside one another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import evidence, municipality_names, theme
from finsam_report.display.context import Context
from finsam_report.display.evidence import TRIALS
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART
from finsam_report.display.sentences import level
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

MOST = 14  # effects that fit; then those with an interval beside zero come first
ROW, EDGE = 3.5, 13.0  # millimetres

Panel = tuple[str, list[tuple[str, Row, str]]]


def _standardised(context: Context, part: str) -> list[tuple[str, Row, str]]:
    """The last main effects of an experiment in standard deviations, and what they say."""
    out = []
    rows = [row for row in evidence.rows_of(context, part) if row.verdict != "unknown"]
    for row in evidence.last_rows(rows):
        found = context.look.row(part, "itt", row.outcome, "lin_standardised", horizon=row.horizon)
        if found is not None and found.known and math.isfinite(found.ci_low):
            out.append((evidence.effects_of(context, row), found, evidence.favour(context, row)))
    return out


def panels(context: Context) -> list[Panel]:
    """What is drawn: the experiments, or the municipalities where there is no experiment."""
    found: list[Panel] = []
    for part in TRIALS:
        rows = _standardised(context, part)
        if rows:
            head = context.word(
                f"overview-{part}", horizon=context.horizon(max(row.horizon for _, row, _ in rows))
            )
            found.append((head, rows))
    if not found:
        own = [row for row in evidence.rows_of(context, PART) if row.verdict != "unknown"]
        rows = [
            (municipality_names.outcome(context, row.outcome), row, evidence.favour(context, row))
            for row in own
        ]
        found = [(context.word("overview-municipality"), rows)] if rows else []
    return _fitting(found)


def _fitting(found: list[Panel]) -> list[Panel]:
    """As many effects of each panel as fit: first those that are clear."""
    most = MOST // max(len(found), 1)
    out = []
    for head, rows in found:
        clear = [row for row in rows if row[2] not in ("unclear", "unknown")]
        keep = [*clear, *(row for row in rows if row not in clear)][:most]
        out.append((head, [row for row in rows if row in keep]))
    return out


def there(context: Context) -> bool:
    """Whether there is anything to draw."""
    return bool(panels(context))


def _digits(found: list[Panel]) -> int:
    rows = [row for _, own in found for _, row, _ in own]
    return municipality_names.places(rows) if rows[0].part == PART else 2


def _draw(ax: Axes, context: Context, found: list[Panel], digits: int) -> None:
    y = 0.0
    ends = [0.0]
    for number, (head, rows) in enumerate(found):
        y -= 0.4 if number else 0.0
        ax.annotate(
            head, (0, y), xycoords=ax.get_yaxis_transform(), xytext=(-6, 0),
            textcoords="offset points", ha="right", va="center", fontweight="semibold",
            fontsize=theme.SMALL,
        )  # fmt: skip
        for label, row, said in rows:
            y -= 1.0
            clear = said not in ("unclear", "unknown")
            ax.annotate(
                label, (0, y), xycoords=ax.get_yaxis_transform(), xytext=(-6, 0),
                textcoords="offset points", ha="right", va="center", fontsize=theme.SMALL,
            )  # fmt: skip
            ax.plot([row.ci_low, row.ci_high], [y, y], color=theme.SUPPORT, lw=1.4)
            ax.plot(
                row.estimate, y, "o", ms=4.6, mec=theme.SUPPORT, mew=1.1,
                color=theme.SUPPORT if clear else "white",
            )  # fmt: skip
            number_text = context.fmt.number(row.estimate, digits)
            for text, points, side in (
                (number_text, 34, "right"),
                (context.word(f"overview-{said}"), 40, "left"),
            ):
                ax.annotate(
                    text, (1, y), xycoords=ax.get_yaxis_transform(), xytext=(points, 0),
                    textcoords="offset points", ha=side, va="center", fontsize=theme.SMALL,
                )  # fmt: skip
            ends += [row.ci_low, row.ci_high]
        y -= 1.0
    room = 0.05 * (max(ends) - min(ends) or 1.0)
    ax.axvline(0, color=theme.INK, lw=0.8, zorder=0.5)
    ax.set_xlim(min(ends) - room, max(ends) + room)
    ax.set_ylim(y + 0.4, 0.6)
    ax.set_yticks([])
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(lambda x, _: context.fmt.tick(x))


def overview(context: Context) -> Figure:
    """The main effects of both experiments on one scale, or those on municipalities."""
    found = panels(context)
    rows = [row for _, own in found for _, row, _ in own]
    digits = _digits(found)
    points = rows[0].part == PART
    lines = [
        context.word(
            "overview-line",
            outcome=label,
            effect=context.fmt.number(row.estimate, digits),
            interval=context.fmt.interval(row.ci_low, row.ci_high, digits),
            said=said,
        )
        for _, own in found
        for label, row, said in own
    ]

    def draw(canvas: Canvas) -> None:
        canvas.get_layout_engine().set(rect=(0.02, 0, 0.96, 1), h_pad=0.01)  # type: ignore[union-attr,call-arg]
        ax = canvas.subplots()
        _draw(ax, context, found, digits)
        ax.set_xlabel(context.word("overview-axis", points=int(points)), fontsize=theme.SMALL)

    return Figure(
        name="overview",
        caption=context.word("overview-caption", points=int(points), level=level(context)),
        alt=context.word("overview-alt", points=int(points), lines="; ".join(lines)),
        data=frame_of(rows),
        draw=draw,
        height=EDGE + ROW * (len(rows) + 1.4 * len(found)),
    )
