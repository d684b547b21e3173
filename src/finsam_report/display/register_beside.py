"""A figure that sets several estimates of the main effects in the register beside one another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finsam_report.display import survey_forest
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import PART, effect_of, outcomes
from finsam_report.display.sentences import level
from finsam_report.display.survey_forest import Line, Mark, Panel
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

FEW = 4  # outcomes up to which two panels stand beside one another, and three beyond


def _mark(context: Context, row: Row | None, *, main: bool, absent: str) -> Mark:
    if row is None:
        return Mark(absent=absent) if absent else Mark()
    if not row.known:
        return Mark(absent=context.word("not-shown"))
    return Mark(row.estimate, row.ci_low, row.ci_high, main=main)


def beside(
    context: Context,
    name: str,
    messages: tuple[str, str],
    every: Sequence[Row],
    names: Sequence[str],
    find: Callable[[str, str, float], Row | None],
    absent: str = "",
) -> Figure:
    """Every outcome at the last horizon, a panel each, with a row for each way of estimating it.

    Args:
        context: The study, its released ledger, the language.
        name: Name of the figure.
        messages: Keys of its caption and its alternative text.
        every: The main effects.
        names: Ways of estimating them, the main one first; each has a message ``short-NAME``.
        find: Gives the row of an outcome, a way and a horizon.
        absent: What stands where there is no such row.
    """
    word, fmt = context.word, context.fmt
    last = max((row.horizon for row in every), default=math.nan)
    lines = [Line(word(f"short-{way}")) for way in names]
    panels, used, said = [], [], []
    for outcome in outcomes(context, [row for row in every if row.horizon == last]):
        rows = [find(outcome, way, last) for way in names]
        known = [row for row in rows if row is not None]
        used += known
        marks = [_mark(context, row, main=k == 0, absent=absent) for k, row in enumerate(rows)]
        main = known[0]
        title = effect_of(context, main)
        panels.append(Panel(title, tuple(marks), main.estimate))
        places = decimals(main.unit, main.sizes)
        texts = [
            word(
                "alt-spec",
                spec=word(f"short-{way}"),
                effect=fmt.number(row.estimate, places),
                interval=fmt.interval(row.ci_low, row.ci_high, places),
            )
            for way, row in zip(names, rows, strict=True)
            if row is not None and row.known
        ]
        said.append(word("alt-panel", title=title, lines="; ".join(texts)))
    columns = max(1, min(2 if len(panels) <= FEW else 3, len(panels)))
    support, control = context.arm_labels(PART)

    def draw(canvas: Canvas) -> None:
        axis = word("axis-own-unit", support=support, control=control)
        survey_forest.draw(canvas, lines, panels, columns, axis, shared=False, tick=fmt.tick)

    caption, alt = messages
    return Figure(
        name=name,
        caption=context.word(caption, level=level(context), horizon=context.horizon(last)),
        alt=context.word(alt, level=level(context), lines=" ".join(said)),
        data=frame_of(used),
        draw=draw,
        height=survey_forest.height(len(lines), len(panels), columns, [p.title for p in panels]),
    )
