"""What a plan could find, as text for a terminal and as a figure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from finsam_report.display import theme
from finsam_report.display.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure as Canvas

STEPS = {
    "two_groups": "Two groups, all answer",
    "blocks": "Within blocks",
    "covariates": "Adjusted for covariates",
    "response": "With expected answers",
    "takers": "Per taker",
}
_LINES = {
    "two_groups": (theme.MUTED, "-"),
    "blocks": (theme.MEN, "--"),
    "covariates": (theme.WOMEN, "-."),
    "response": (theme.SUPPORT, "-"),
    "takers": (theme.CONTROL, "-"),
}
PARTS = {"survey": "Survey", "register": "Register"}
_TICKS = 7


def _number(value: float, share: bool) -> str:  # noqa: FBT001
    if math.isnan(value):
        return "–"
    if share:
        return f"{100 * value:.1f}"
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 1000 else f"{value:.3g}"


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """Columns of text, the first ``left`` of them flush left."""
    width = [max(len(row[k]) for row in (heads, *rows)) for k in range(len(heads))]
    lines = []
    for row in (heads, *rows):
        cells = [
            cell.ljust(width[k]) if k < left else cell.rjust(width[k]) for k, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * w for w in width))
    return "\n".join(lines)


def _wide(
    frame: pd.DataFrame, keys: list[str], value: str
) -> dict[tuple[object, ...], dict[str, float]]:
    out: dict[tuple[object, ...], dict[str, float]] = {}
    for row in frame.itertuples(index=False):
        key = tuple(getattr(row, name) for name in keys)
        out.setdefault(key, {})[str(row.design)] = float(getattr(row, value))
    return out


def detectable_text(frame: pd.DataFrame) -> str:
    """The smallest effects, an outcome and number of people a line, a design a column."""
    frame = frame.assign(
        unit=frame["unit"].replace("share", "percentage points"),
        mean=[
            _number(mean, kind == "share") + (" (assumed)" if source == "assumed" else "")
            for mean, kind, source in zip(
                frame["control_mean"], frame["kind"], frame["mean_from"], strict=True
            )
        ],
    )
    keys = ["part", "outcome", "horizon", "people", "unit", "kind", "mean"]
    steps = [name for name in STEPS if (frame["design"] == name).any()]
    rows = [
        (
            str(part), str(outcome), f"{horizon:g}", str(people), str(mean), str(unit),
            *(_number(found.get(name, math.nan), kind == "share") for name in steps),
        )
        for (part, outcome, horizon, people, unit, kind, mean), found in _wide(
            frame, keys, "effect"
        ).items()
    ]  # fmt: skip
    heads = ("part", "outcome", "at", "people", "control", "unit", *(STEPS[name] for name in steps))
    return _grid(heads, rows, 2)


def needed_text(frame: pd.DataFrame) -> str:
    """Numbers of people, an outcome and effect a line, a design a column."""
    keys = ["part", "outcome", "horizon", "effect", "unit"]
    steps = [name for name in STEPS if (frame["design"] == name).any()]
    rows = []
    for (part, outcome, horizon, effect, unit), found in _wide(frame, keys, "people").items():
        share = unit == "share"
        size = f"{100 * float(str(effect)):g}" if share else f"{float(str(effect)):g}"
        numbers = (found.get(name, math.nan) for name in steps)
        rows.append(
            (
                str(part), str(outcome), f"{horizon:g}", size,
                "percentage points" if share else "SD",
                *("–" if math.isnan(n) else f"{n:.0f}" for n in numbers),
            )
        )  # fmt: skip
    heads = ("part", "outcome", "at", "effect", "unit", *(STEPS[name] for name in steps))
    return _grid(heads, rows, 2)


def figure(curves: pd.DataFrame, marked: dict[str, tuple[int, ...]], aim: str) -> Figure:
    """Smallest effect by number of people, a panel for each experiment and a line for each design.

    Args:
        curves: Columns part, outcome, horizon, design, people, effect_sd.
        marked: The numbers of people that are planned, by part.
        aim: Power and level in words.
    """
    parts = list(dict.fromkeys(curves["part"]))

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots(1, len(parts), squeeze=False)[0]
        for ax, part in zip(axes, parts, strict=True):
            here = curves[curves["part"] == part]
            for name in STEPS:
                line = here[here["design"] == name]
                if len(line):
                    colour, style = _LINES[name]
                    ax.plot(
                        line["people"], line["effect_sd"], style, color=colour, label=STEPS[name]
                    )
            for people in marked[part]:
                ax.axvline(people, color=theme.INK, linewidth=0.6, linestyle=":")
            ax.set_xscale("log")
            ticks = _ticks(float(here["people"].min()), float(here["people"].max()))
            ax.set_xticks(ticks, [f"{tick:,.0f}".replace(",", " ") for tick in ticks])
            ax.minorticks_off()
            ax.set_ylim(bottom=0)
            ax.set_title(f"{PARTS[part]}: {here['outcome'].iloc[0]}")
            ax.set_xlabel("People randomised")
            ax.legend(loc="upper right")
        axes[0].set_ylabel("Smallest effect found, SD")

    return Figure(
        name="power",
        caption=f"Smallest effects by number of people ({aim})",
        alt=_alt(curves, marked, aim),
        data=curves,
        draw=draw,
        height=75.0,
    )


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers of people between two; few enough to be read."""
    nice = [m * 10.0**k for k in range(10) for m in (1, 2, 5)]
    found = [n for n in nice if low <= n <= high]
    return found[:: math.ceil(len(found) / _TICKS)] if found else [low, high]


def _alt(curves: pd.DataFrame, marked: dict[str, tuple[int, ...]], aim: str) -> str:
    told = []
    for part, numbers in marked.items():
        here = curves[curves["part"] == part]
        for people in numbers:
            near = here.assign(far=(here["people"] / people - 1).abs())
            at = near[near["far"] < 1e-6]
            sizes = ", ".join(
                f"{STEPS[str(row.design)].lower()} {float(str(row.effect_sd)):.2f}"
                for row in at.itertuples(index=False)
            )
            told.append(f"{PARTS[part]}, {people} people: {sizes}" if sizes else PARTS[part])
    return f"Smallest effect in standard deviations ({aim}). " + "; ".join(told) + "."
