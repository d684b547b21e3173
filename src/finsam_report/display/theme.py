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
COHORTS = ("#0E2A3A", "#00577D", "#2F82A8", "#6296B1")  # early to late; line styles differ too

MILLIMETRE = 1 / 25.4
WIDTH = 160 * MILLIMETRE
TEXT = 8.5
SMALL = 7.5

# Ordered answers, lowest to highest: one hue from light to dark, so that the order can be seen
# by everybody, and neither arm's colour.
_LIGHT, _MIDDLE, _DARK = (0xDD, 0xE5, 0xE9), (0x83, 0x9C, 0xA9), (0x22, 0x3A, 0x48)


def tints(count: int) -> list[str]:
    """Colours for ordered answers, from light to dark; ``count`` of them."""
    out = []
    for k in range(count):
        at = 2 * k / max(count - 1, 1)
        low, high = (_LIGHT, _MIDDLE) if at < 1 else (_MIDDLE, _DARK)
        share = at if at < 1 else at - 1
        parts = (round(a + share * (b - a)) for a, b in zip(low, high, strict=True))
        out.append("#" + "".join(f"{part:02X}" for part in parts))
    return out


def letters_on(colour: str) -> str:
    """White or black, whichever is read more easily on a colour such as "#839CA9".

    One of the two has a contrast of at least 4.5 on any colour; the softer ink has not.
    """

    def light(name: str) -> float:
        parts = (int(name[k : k + 2], 16) / 255 for k in (1, 3, 5))
        linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    ground = light(colour) + 0.05
    return "#FFFFFF" if 1.05 / ground > ground / 0.05 else "#000000"


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
