"""The key findings of the summary: a bullet per verdict or outcome, each with its numbers."""

from __future__ import annotations

import math

from finsam_report.display.context import Context, Part
from finsam_report.display.findings import favour, listed, places
from finsam_report.display.format import decimals, is_currency
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import told
from finsam_report.display.sentences import answered, capital, level, programme, sizes
from finsam_report.study import Survey


def _key_items(context: Context, rows: list[Row], people: str) -> list[str]:
    """Items grouped by what their intervals say, each with its effect and interval."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(favour(context, row), []).append(row)
    return [
        context.word(
            f"key-{kind}",
            support=people,
            items=listed(
                [
                    context.word(
                        "key-item",
                        item=context.outcome("survey", r.outcome),
                        pair=_pair(context, r, places(r)),
                    )
                    for r in groups[kind]
                ]
            ),
        )
        for kind in ("better", "worse", "unclear")
        if kind in groups
    ]


def _pair(context: Context, row: Row, digits: int) -> str:
    """An estimate and its interval, with the currency where it is an amount."""
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    effect = context.fmt.number(row.estimate, digits)
    if is_currency(row.unit):
        effect = context.fmt.with_unit(row.estimate, row.unit, digits)
    return context.word("key-pair", effect=effect, low=low, high=high)


def _key_outcome(context: Context, rows: list[Row]) -> str:
    """One outcome at all its horizons, and what the intervals say."""
    shown = [r for r in rows if r.verdict != "unknown"]
    effects = ""
    if shown:
        unit = shown[0].unit
        digits = decimals(unit, tuple(x for r in shown for x in r.sizes))
        pairs = [_pair(context, r, digits) for r in shown]
        effects = context.word(
            "key-effects"
            if context.unit_head(unit) and not is_currency(unit)
            else "key-effects-bare",
            pairs=context.fmt.joined(pairs),
            unit=context.unit_head(unit),
            horizons=context.horizons([int(r.horizon) for r in shown]),
        )
    kinds: dict[str, list[int]] = {}
    for r in rows:
        kinds.setdefault(favour(context, r), []).append(int(r.horizon))
    verdicts = [
        context.word(f"key-verdict-{kind}", horizons=context.horizons(at), all=int(len(kinds) == 1))
        for kind, at in kinds.items()
    ]
    return context.word(
        "key-outcome",
        outcome=context.outcome("register", rows[0].outcome),
        effects=effects,
        verdicts=capital("; ".join(verdicts)),
    )


def _key_missing(context: Context, part: Part) -> list[str]:
    """A bullet for what could not be estimated."""
    names = dict.fromkeys(
        context.outcome(part, r.outcome)
        for r in context.look.rows(part, "not_estimated", group="all")
        if r.outcome != "met_team"
    )
    names |= dict.fromkeys(
        context.outcome(part, r.outcome)
        for r in context.main_rows(part, "lin")
        if part == "survey" and r.verdict == "unknown"
    )
    return [context.word("key-not-estimated", items=listed(list(names)))] if names else []


def _bullets(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def survey(context: Context) -> str:
    """The survey experiment in the summary."""
    part = context.part("survey")
    if not isinstance(part, Survey):
        return ""
    total, got = sum(sizes(context, "survey")), answered(context)
    first = context.word(
        "key-participation-survey",
        n=context.fmt.number(total),
        month=part.wave(part.primary_wave).month,
        share=context.fmt.number(100 * got / total),
        known=int(not math.isnan(got)),
    )
    rows = context.main_rows("survey", "lin")
    people = context.people("survey")
    if any(r.verdict != "unknown" for r in rows):
        first += " " + context.word(
            "key-lead-survey", support=people[0], control=people[1], level=level(context)
        )
    bullets = [*_key_items(context, rows, people[0]), *_key_missing(context, "survey")]
    return f"{first}\n\n{_bullets(bullets)}" if bullets else first


def register(context: Context) -> str:
    """The register experiment in the summary."""
    part = context.part("register")
    if part is None:
        return ""
    counts, people = sizes(context, "register"), context.people("register")
    stage = context.look.rows("register", "first_stage", estimator="unadjusted")
    met = stage[0].control_mean + stage[0].estimate if stage else math.nan
    shared = {"support": people[0], "control": people[1], "level": level(context)}
    paragraph = context.word(
        "key-participation-register",
        n=context.fmt.number(sum(counts)),
        met=context.fmt.number(met),
        treatment=context.treatment("register"),
        support_n=context.fmt.number(counts[0]),
        control_n=context.fmt.number(counts[1]),
        programme=programme(context),
        take_up=int(not math.isnan(met)),
        **shared,
    )
    rows = told(context.main_rows("register", "lin"))
    if rows:
        paragraph += " " + context.word("key-lead", **shared)
    bullets = [
        _key_outcome(context, [r for r in rows if r.outcome == o])
        for o in dict.fromkeys(r.outcome for r in rows)
    ]
    bullets += _key_missing(context, "register")
    notes = [paragraph, _bullets(bullets), context.price_note()]
    return "\n\n".join(text for text in notes if text)
