"""A figure as data: what is drawn, its caption, its alt text, and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.display import theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas


@dataclass(frozen=True)
class Figure:
    """A figure ready to be written.

    Attributes:
        name: Name of file and label, without ``fig-``.
        caption: Caption in the report's language.
        alt: What the figure shows, in words and with its numbers.
        data: The released numbers that are drawn.
        draw: Draws on an empty matplotlib figure.
        height: Height in millimetres.
    """

    name: str
    caption: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[Canvas], None]
    height: float


def _settle(canvas: Canvas) -> None:
    """Lay the axes out once, at rounded places.

    The solver of the layout may differ in the last digit from one run to the next, and the file
    shows places with all their digits.
    """
    canvas.draw_without_rendering()
    canvas.set_layout_engine("none")
    for ax in canvas.axes:
        x, y, width, height = (round(float(v), 5) for v in ax.get_position().bounds)
        ax.set_position((x, y, width, height))


def write(figure: Figure, folder: Path) -> None:
    """Write ``fig-NAME.svg`` and its numbers ``fig-NAME.csv`` into a folder."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(theme.settings()):
        canvas = Canvas(figsize=(theme.WIDTH, figure.height * theme.MILLIMETRE))
        FigureCanvasSVG(canvas)
        figure.draw(canvas)
        _settle(canvas)
        canvas.savefig(
            folder / f"fig-{figure.name}.svg",
            metadata={"Date": None, "Creator": None, "Title": figure.caption},
        )
    figure.data.to_csv(
        folder / f"fig-{figure.name}.csv", index=False, lineterminator="\n", encoding="utf-8"
    )
