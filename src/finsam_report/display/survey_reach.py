"""What the survey results can carry: bullets computed from the results."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import tested_together
from finsam_report.display.survey_further_text import mde
from finsam_report.display.survey_names import declared
from finsam_report.display.survey_robustness import clear_of_zero, known_bounds, made


def _gap(context: Context) -> Row | None:
    """The difference between the arms in the share who answered."""
    part = declared(context)
    wave = part.wave(part.primary_wave)
    return context.look.row(
        "survey", "attrition", f"wave{wave.wave}", "unadjusted", horizon=wave.month
    )


def _everybody(row: Row | None) -> bool:
    return row is not None and row.estimate == 0 and row.control_mean == 100


def _attrition(context: Context) -> str:
    row = _gap(context)
    if row is None or row.verdict == "unknown":
        return context.word("reach-attrition-unknown")
    low, high = context.fmt.ends(row.ci_low, row.ci_high, 1)
    return context.word(
        "reach-attrition",
        verdict="unclear" if row.verdict == "unclear" else "clear",
        everybody=int(_everybody(row)),
        gap=context.fmt.number(row.estimate, 1),
        low=low,
        high=high,
    )


def _corrected(context: Context) -> str:
    """How many items keep their difference once their number is taken into account."""
    wise = {row.outcome: row for row in context.main_rows("survey", "lin_westfall_young")}
    tests = [row for row in context.main_rows("survey", "lin_randomisation") if row.known]
    rows = [row for row in tests if not math.isnan(row.q_value)]
    if not rows or not tested_together(context, "survey"):
        return ""
    words = context.fmt.words
    families = [r for r in rows if r.outcome in wise and wise[r.outcome].p_value <= Q_LEVEL]
    kept = [row for row in rows if row.q_value <= Q_LEVEL]
    return context.word(
        "reach-corrected",
        number=words(len(rows)),
        q=len(kept),
        q_number=words(len(kept)),
        wise=len(families),
        wise_number=words(len(families)),
    )


def _bounds(context: Context) -> str:
    names = made(context, ("lee", "manski"))
    counts = {
        name: (len(clear_of_zero(context, name)), len(known_bounds(context, name)))
        for name in names
    }
    if _everybody(_gap(context)):  # then the bounds say nothing that the estimates do not
        return ""
    if len(counts) < 2 or not counts["lee"][1] or not counts["manski"][1]:
        return ""
    words = context.fmt.words
    return context.word(
        "reach-bounds",
        some=int(any(clear for clear, _ in counts.values())),
        lee=words(counts["lee"][0]),
        manski=words(counts["manski"][0]),
        none=int(counts["manski"][0] == 0),
        items=words(counts["lee"][1]),
    )


def reach(context: Context) -> str:
    """Bullets on what the survey results can carry, computed from the results."""
    found = [_attrition(context), _bounds(context), _corrected(context), mde(context)]
    return "\n".join(f"- {text}" for text in found if text)
