"""What the subgroups of the register experiment say: whether effects differ, and for whom."""

from __future__ import annotations

import math

from finsam_report.display import group_labels
from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed, places
from finsam_report.display.lookup import Row
from finsam_report.display.register_groups import SEX, by_date, effect, structure, tests
from finsam_report.display.register_names import PART, declared, outcomes
from finsam_report.display.sentences import level
from finsam_report.study_plan import CALENDAR


def _effect(context: Context, row: Row) -> str:
    digits = places(row)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    effect_text = context.fmt.with_unit(row.estimate, row.unit, digits)
    return context.word("group-effect", effect=effect_text, low=low, high=high)


def _counted(context: Context, rows: list[Row]) -> str:
    """How many tests there are, and how many stand out by themselves and together."""
    known = [row for row in rows if not math.isnan(row.p_value)]
    if not known:
        return context.word("subgroups-none")
    small = [row for row in known if row.p_value <= Q_LEVEL]
    kept = [row for row in small if row.q_value <= Q_LEVEL]
    words = context.fmt.words
    return context.word(
        "register-tests",
        tests=len(known),
        number=words(len(known)),
        small=len(small),
        small_number=words(len(small)),
        kept=len(kept) if small else -1,
        several=int(len({row.group for row in known}) > 1),
        items=listed(
            [
                context.word(
                    "register-test-item",
                    outcome=context.outcome(PART, row.outcome),
                    horizon=context.horizon(row.horizon),
                    variable=group_labels.variable(context, PART, row.group),
                    q=context.fmt.p_equation(row.q_value),
                )
                for row in kept
            ]
        ),
    )


def _last(context: Context, variable: str) -> list[tuple[str, list[Row]]]:
    """Effects in both levels of a variable at the last horizon, by outcome."""
    levels = dict(structure(context)).get(variable, [])
    rows = context.look.rows(PART, "subgroup", estimator="lin")
    if len(levels) != 2 or not rows:
        return []
    last = max(row.horizon for row in rows)
    out = []
    for outcome in outcomes(context, rows):
        found = [effect(context, outcome, f"{variable}={v}", last) for v in levels]
        known = [row for row in found if row is not None and row.verdict != "unknown"]
        if len(known) == 2:
            out.append((outcome, known))
    return out


def _both(context: Context, variable: str) -> str:
    """The effects in two levels at the last horizon, an outcome after the other."""
    found = _last(context, variable)
    if not found:
        return ""
    levels = dict(structure(context))[variable]
    names = [group_labels.alone(context, PART, variable, v) for v in levels]
    items = [
        context.word(
            "levels-item",
            outcome=context.outcome(PART, outcome),
            first=_effect(context, rows[0]),
            second=_effect(context, rows[1]),
        )
        for outcome, rows in found
    ]
    return context.word(
        "levels-lead",
        first=names[0],
        second=names[1],
        horizon=context.horizon(found[0][1][0].horizon),
        level=level(context),
        items=listed(items),
    )


def sex(context: Context) -> str:
    """Effects for women and for men, and whether they differ."""
    found = [row for row in tests(context) if row.group == SEX]
    return "\n\n".join(t for t in (_both(context, SEX), _counted(context, found)) if t)


def entry(context: Context) -> str:
    """Effects for people randomised early and late, and whether they differ."""
    variable = by_date(context)
    found = [row for row in tests(context) if row.group == variable]
    texts = [_both(context, variable)]
    rows = [
        row
        for row in context.look.rows(PART, "interaction", group=variable, estimator="difference")
        if row.verdict != "unknown"
    ]
    sides = {side: [row for row in rows if row.verdict == side] for side in ("up", "down")}
    if rows:
        texts.append(
            context.word(
                "entry-differences",
                mark=context.grouped(PART, variable, ""),
                count=len(rows),
                number=context.fmt.words(len(rows)),
                up=len(sides["up"]),
                down=len(sides["down"]),
                up_items=_named(context, sides["up"]),
                down_items=_named(context, sides["down"]),
            )
        )
    texts.append(_counted(context, found))
    return "\n\n".join(text for text in texts if text)


def _named(context: Context, rows: list[Row]) -> str:
    """Outcomes, each with the horizons that the rows are about."""
    out = []
    for outcome in outcomes(context, rows):
        at = sorted(int(row.horizon) for row in rows if row.outcome == outcome)
        out.append(f"{context.outcome(PART, outcome)} ({context.horizons(at)})")
    return context.fmt.joined(out)


def calendar(context: Context) -> str:
    """Effects before and after a day in calendar time, and whether they differ."""
    split = declared(context).calendar_split
    rows = [
        row
        for row in context.look.rows(PART, "calendar_interaction", estimator="difference")
        if row.verdict != "unknown"
    ]
    found = context.look.rows(PART, "calendar_interaction", estimator="wald")
    if split is None or not found:
        return ""
    sides = {side: [row for row in rows if row.verdict == side] for side in ("up", "down")}
    text = context.word(
        "calendar-differences",
        mark=context.grouped(PART, CALENDAR, ""),
        count=len(rows),
        number=context.fmt.words(len(rows)),
        up=len(sides["up"]),
        down=len(sides["down"]),
        up_items=_named(context, sides["up"]),
        down_items=_named(context, sides["down"]),
    )
    return f"{text} {_counted(context, found)}" if rows else _counted(context, found)


def findings(context: Context) -> str:
    """All tests together, over every variable."""
    caution = context.word("subgroups-caution")
    return f"{_counted(context, tests(context))} {caution}"
