"""How sure a claim of the report is: explicit rules, applied to the released ledger.

The manner is that of GRADE: a starting point by design, and a step down for each doubt. What is
rated is the direction of an effect and not its size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from finsam_report.display import findings, municipality_names
from finsam_report.display.context import Context, Part
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_courses import breakdown
from finsam_report.display.municipality_names import PART
from finsam_report.display.register_names import told
from finsam_report.display.sentences import sizes, without_draws
from finsam_report.study import Survey

Certainty = Literal["high", "moderate", "low", "very_low"]
Doubt = Literal["zero", "several", "answers", "lost", "trends", "fragile", "estimator"]

LADDER: tuple[Certainty, ...] = ("high", "moderate", "low", "very_low")
DOUBTS: tuple[Doubt, ...] = (
    "zero", "several", "answers", "lost", "trends", "fragile", "estimator",
)  # fmt: skip
# Steps down for a doubt, where they are more than one.
STEPS: dict[Doubt, int] = {"zero": len(LADDER), "several": 2}
FOLLOWED = 0.8  # share of those randomised below which too many are lost
TRIALS: tuple[Part, ...] = ("survey", "register")


@dataclass(frozen=True)
class Claim:
    """An effect of the ledger, what it says, and how sure that is.

    Attributes:
        row: The main estimate.
        favour: "better", "worse", "higher", "lower", "unclear" or "unknown".
        doubts: What takes certainty away, in the order of :data:`DOUBTS`.
        certainty: How sure the direction of the effect is.
    """

    row: Row
    favour: str
    doubts: tuple[Doubt, ...]
    certainty: Certainty


def start(part: str) -> int:
    """The step of the ladder that a design starts at: chance assigned, or it did not."""
    return 1 if part == PART else 0


def _step(part: str, doubts: tuple[Doubt, ...]) -> Certainty:
    down = sum(STEPS.get(doubt, 1) for doubt in doubts)
    return LADDER[min(start(part) + down, len(LADDER) - 1)]


def favour(context: Context, row: Row) -> str:
    """What an effect of any part says, by the direction that the study calls better."""
    if row.part == PART:
        return municipality_names.favour(context, row)
    return findings.favour(context, row)


def rows_of(context: Context, part: str) -> list[Row]:
    """The main effects of a part: in the register those at the horizons that are told."""
    if part == PART:
        if context.study.municipality is None:
            return []
        found = [municipality_names.overall(context, n) for n in main_outcomes(context)]
        return [row for row in found if row is not None]
    name: Part = "survey" if part == "survey" else "register"
    if not context.has(name):
        return []
    rows = context.main_rows(name, "lin")
    return told(rows) if name == "register" else rows


def main_outcomes(context: Context) -> list[str]:
    """The main outcomes of the municipalities, none where the study lacks them."""
    return municipality_names.main_outcomes(context) if context.study.municipality else []


def last_rows(rows: Iterable[Row]) -> list[Row]:
    """Of each outcome the row at its last horizon."""
    last: dict[str, Row] = {}
    for row in rows:
        if row.outcome not in last or row.horizon > last[row.outcome].horizon:
            last[row.outcome] = row
    return list(last.values())


def claimed(context: Context, part: str) -> list[Row]:
    """The effects that are rated: each outcome at the end, and where it was clear before that.

    An earlier effect is rated too if it says something else than the last one does.
    """
    rows = [row for row in rows_of(context, part) if row.verdict != "unknown"]
    out = []
    for last in last_rows(rows):
        before = [
            row
            for row in rows
            if row.outcome == last.outcome
            and row.horizon < last.horizon
            and row.verdict in ("up", "down")
            and row.verdict != last.verdict
        ]
        out += [*before[-1:], last]
    return out


def _many(context: Context, row: Row) -> bool:
    """Whether an effect is no longer clear when all that were tested count."""
    tested: Row | None = row
    if row.part != PART:
        part: Part = "survey" if row.part == "survey" else "register"
        way = "lin" if without_draws(context, part) else "lin_randomisation"
        tested = context.look.row(part, "itt", row.outcome, way, horizon=row.horizon)
    if tested is None or math.isnan(tested.q_value):
        return False
    return tested.q_value > Q_LEVEL


def lost(context: Context, row: Row) -> bool:
    """Whether so many are missing, or so unequally in the arms, that it may shape the effect."""
    look = context.look
    if row.part == "survey":
        declared = context.study.survey
        if not isinstance(declared, Survey):
            return False
        wave = declared.wave(declared.primary_wave)
        flag = look.row(
            "survey", "attrition", f"wave{wave.wave}", "wwc_cautious", horizon=wave.month
        )
        gap = look.row("survey", "attrition", f"wave{wave.wave}", "unadjusted", horizon=wave.month)
        high = flag is not None and flag.known and flag.estimate != 1
        return high or (gap is not None and gap.verdict in ("up", "down"))
    total = sum(sizes(context, "register"))
    return not math.isnan(row.n) and not math.isnan(total) and row.n < FOLLOWED * total


def _other(context: Context, row: Row) -> bool:
    """Whether the other way of estimating does not show the same."""
    if row.part == PART:
        other = municipality_names.robust(context, row.outcome, "imputation")
    else:
        other = context.look.row(row.part, "itt", row.outcome, "unadjusted", horizon=row.horizon)
    return other is not None and other.verdict not in (row.verdict, "unknown")


def _doubts(context: Context, row: Row) -> tuple[Doubt, ...]:
    if row.verdict not in ("up", "down"):
        return ("zero",)
    trends = context.look.row(PART, "pretest", row.outcome, "wald") if row.part == PART else None
    limit = breakdown(context, row.outcome, "relative") if row.part == PART else None
    held: dict[Doubt, bool] = {
        "several": _many(context, row),
        "answers": row.part == "survey",
        "lost": row.part != PART and lost(context, row),
        "trends": trends is not None and trends.p_value <= Q_LEVEL,
        "fragile": row.part == PART and (limit is None or not limit.known or limit.estimate < 1),
        "estimator": _other(context, row),
    }
    return tuple(name for name in DOUBTS if held.get(name))


def claim(context: Context, row: Row) -> Claim:
    """An effect as a claim."""
    doubts = _doubts(context, row)
    return Claim(row, favour(context, row), doubts, _step(row.part, doubts))


def claims(context: Context) -> list[Claim]:
    """All claims of the report, the surest first; within a step in the order of the report."""
    found = [claim(context, row) for part in (PART, *TRIALS) for row in claimed(context, part)]
    return sorted(found, key=lambda one: LADDER.index(one.certainty))


def effects_of(context: Context, row: Row) -> str:
    """The name of what an effect is on."""
    if row.part == PART:
        return municipality_names.outcome(context, row.outcome)
    return context.outcome("survey" if row.part == "survey" else "register", row.outcome)
