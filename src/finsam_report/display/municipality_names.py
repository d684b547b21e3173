"""What the tables, figures and texts of the municipality chapter share: names, order, decimals."""

from __future__ import annotations

import math
from collections.abc import Iterable

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.study import Municipality

PART = "municipality"
ALL, WOMEN, MEN = "all", "women", "men"
SEXES = (ALL, WOMEN, MEN)
MAIN = "cs"
POINTS = "percentage points"

# From how large a standard error on one, two and three decimals are enough.
_COARSE, _FINE = 0.5, 0.01


def declared(context: Context) -> Municipality:
    """The municipality part as declared.

    Raises:
        ValueError: The study has none.
    """
    part = context.study.municipality
    if part is None:
        raise ValueError("the study has no municipality part")
    return part


def outcome(context: Context, name: str) -> str:
    """The label of an outcome."""
    for item in declared(context).outcomes:
        if item.id == name:
            return context.label(item.label)
    return name


def characteristic(context: Context, name: str) -> str:
    """The label of a covariate or one of its levels, or of an outcome."""
    base, _, value = name.partition("=")
    for covariate in declared(context).covariates:
        if covariate.id != base:
            continue
        label = context.label(covariate.label)
        for level in covariate.levels:
            if level.value == value:
                return f"{label}: {context.label(level.label)}"
        return label
    return outcome(context, name)


def sex(context: Context, name: str) -> str:
    """Such as "Women"."""
    label = context.word(f"municipality-sex-{name}")
    return label if name == ALL else context.grouped(PART, "sex", label)


def band(context: Context, value: str) -> str:
    """The label of an age band."""
    part = declared(context)
    label = next((context.label(b.label) for b in part.age_bands if b.value == value), value)
    return label if value == part.all_ages else context.grouped(PART, "age", label)


def group(context: Context, key: str) -> str:
    """Such as "Women, 18–29 years" from "women 18-29"."""
    who, _, ages = key.partition(" ")
    return f"{sex(context, who)}, {band(context, ages)}" if ages else sex(context, who)


def bands(context: Context) -> list[str]:
    """The age bands in the order of the declaration, all ages left out."""
    part = declared(context)
    return [item.value for item in part.age_bands if item.value != part.all_ages]


def in_order(context: Context, rows: Iterable[Row]) -> list[str]:
    """The outcomes that rows are about, each once, in the order of the declaration."""
    there = {row.outcome for row in rows}
    return [item.id for item in declared(context).outcomes if item.id in there]


def main_outcomes(context: Context) -> list[str]:
    """The outcomes with a main effect, in the order of the declaration."""
    main = {item.id for item in declared(context).outcomes if item.is_main}
    rows = context.look.rows(PART, "overall", estimator=MAIN)
    return [name for name in in_order(context, rows) if name in main]


def overall(context: Context, name: str, who: str = ALL, estimator: str = MAIN) -> Row | None:
    """The effect over all years under membership, of a group."""
    return context.look.row(PART, "overall", name, estimator, group=who)


def robust(context: Context, name: str, estimator: str, who: str = ALL) -> Row | None:
    """The same effect estimated in another way."""
    return context.look.row(PART, "robustness", name, estimator, group=who)


def places(rows: Iterable[Row | None]) -> int:
    """Decimals that let estimates be told apart by their standard errors."""
    sizes = sorted(r.std_error for r in rows if r is not None and math.isfinite(r.std_error))
    if not sizes:
        return 2
    middle = sizes[len(sizes) // 2]
    return 1 if middle >= _COARSE else 2 if middle >= _FINE else 3


def with_error(context: Context, row: Row | None, digits: int) -> str:
    """An estimate with its standard error in parentheses."""
    if row is None:
        return NONE
    if not row.known:
        return SUPPRESSED
    text = context.fmt.number(row.estimate, digits)
    if math.isnan(row.std_error):
        return text
    return f"{text} ({context.fmt.number(row.std_error, digits)})"


def interval(context: Context, row: Row | None, digits: int) -> str:
    """An interval whose words stay on a line."""
    if row is None or not math.isfinite(row.ci_low) or not math.isfinite(row.ci_high):
        return NONE if row is None or row.known else SUPPRESSED
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    return context.word("interval", low=low, high=high).replace(" ", "\u00a0")


def pair(context: Context, row: Row | None, digits: int) -> str:
    """An estimate with its interval, as in "−0.14 (−0.21 to −0.06)"."""
    if row is None:
        return NONE
    if not row.known:
        return SUPPRESSED
    text = context.fmt.number(row.estimate, digits)
    return text if math.isnan(row.ci_low) else f"{text} ({interval(context, row, digits)})"


def p(context: Context, value: float | None) -> str:
    """A p- or q-value for a cell; a dash where there is no test."""
    return NONE if value is None or math.isnan(value) else context.fmt.p(value)


def favour(context: Context, row: Row) -> str:
    """Such as "better", "worse", "higher", "lower", "unclear" or "unknown"."""
    verdict = row.verdict
    if verdict in ("unclear", "unknown"):
        return verdict
    way = next(o.direction for o in declared(context).outcomes if o.id == row.outcome)
    if way == "none":
        return "higher" if verdict == "up" else "lower"
    return "better" if verdict == way else "worse"
