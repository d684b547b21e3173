"""The look of figures: colours, type, grid; in one place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from finsam_report.places import documents_directory

INK = "#1D2329"
SUPPORT = "#00577D"
CONTROL = "#B4540A"
WOMEN = "#6B4C9A"
MEN = "#2F7D4F"
MUTED = "#5E6B75"
RULE = "#C9D1D8"
TINT = "#EEF3F6"

MILLIMETRE = 1 / 25.4
WIDTH = 160 * MILLIMETRE
TEXT = 8.5
SMALL = 7.5


@cache
def _fonts() -> list[str]:
    """Register the report's sans family with matplotlib; the fallback travels with matplotlib."""
    from matplotlib import font_manager

    found = []
    folder: Path = documents_directory() / "assets" / "fonts"
    for path in sorted(folder.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
        name = font_manager.FontProperties(fname=str(path)).get_name()
        if name not in found:
            found.append(name)
    return [*found, "DejaVu Sans"]


def settings() -> Any:
    """Matplotlib settings for every figure of the report."""
    return {
        "font.family": "sans-serif",
        "font.sans-serif": _fonts(),
        "font.size": TEXT,
        "text.color": INK,
        "text.parse_math": False,  # a dollar sign in a label is a dollar sign
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.labelsize": TEXT,
        "axes.titlesize": TEXT,
        "axes.titleweight": "semibold",
        "axes.titlelocation": "left",
        "axes.titlepad": 6,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "grid.color": RULE,
        "grid.linewidth": 0.5,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.major.width": 0.6,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "lines.linewidth": 1.6,
        "legend.frameon": False,
        "legend.fontsize": SMALL,
        "svg.fonttype": "none",
        "svg.hashsalt": "finsam-report",
        "figure.constrained_layout.use": True,
    }
