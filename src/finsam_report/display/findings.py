"""What the results say, for an effect, for none, and for the opposite sign."""

from __future__ import annotations

import math

from finsam_report.display.context import Context, Part
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import Q_LEVEL, answered, capital, level, lower, sizes
from finsam_report.study import Survey


def _direction(context: Context, part: Part, outcome: str) -> str:
    declared = context.part(part)
    items = declared.items if isinstance(declared, Survey) else declared.outcomes  # type: ignore[union-attr]
    return next(item.direction for item in items if item.id == outcome)


def _places(row: Row) -> int:
    return decimals(row.unit, (row.estimate, row.std_error))


def favour(context: Context, row: Row) -> str:
    """Such as "better", "worse", "higher", "lower", "unclear" or "unknown"."""
    verdict = row.verdict
    if verdict in ("unclear", "unknown"):
        return verdict
    direction = _direction(context, "survey" if row.part == "survey" else "register", row.outcome)
    if direction == "none":
        return "higher" if verdict == "up" else "lower"
    return "better" if verdict == direction else "worse"


def _arguments(context: Context, row: Row, *, absolute: bool = False) -> dict[str, str]:
    places = _places(row)
    part: Part = "survey" if row.part == "survey" else "register"
    ends = (row.ci_low, row.ci_high)
    if absolute and row.estimate < 0:  # "lower by 2.0 (0.2 to 3.8)"
        ends = (-row.ci_high, -row.ci_low)
    return {
        "effect": context.fmt.with_unit(row.estimate, row.unit, places, absolute=absolute),
        "low": context.fmt.number(ends[0], places),
        "high": context.fmt.number(ends[1], places),
        "level": level(context),
        "horizon": context.horizon(row.horizon),
        "item": lower(context.outcome(part, row.outcome)),
        "outcome": lower(context.outcome(part, row.outcome)),
    }


def _outcomes(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(r.outcome for r in rows))


def _with_horizons(context: Context, part: Part, rows: list[Row]) -> str:
    """Names of outcomes, each with its horizons where the part has several."""
    several = part == "register" and len({r.horizon for r in context.main_rows(part, "lin")}) > 1
    out = []
    for outcome in _outcomes(rows):
        name = lower(context.outcome(part, outcome))
        if several:
            at = [int(r.horizon) for r in rows if r.outcome == outcome]
            name += f" ({context.horizons(at)})"
        out.append(name)
    return context.fmt.joined(out)


def _q_sentence(context: Context, part: Part) -> str:
    """Which effects that stand out by themselves still do when all that were tested count."""
    tests = {(r.outcome, r.horizon): r for r in context.main_rows(part, "lin_randomisation")}
    clear = [r for r in context.main_rows(part, "lin") if r.verdict in ("up", "down")]
    if len(tests) < 2 or not clear:
        return ""
    hits = [r for r in clear if tests[r.outcome, r.horizon].q_value <= Q_LEVEL]
    return context.word(
        "family-q",
        clear=len(clear),
        hits=len(hits),
        items=_with_horizons(context, part, hits),
    )


def survey_findings(context: Context) -> str:
    """Which items differ between the arms and which do not."""
    rows = context.main_rows("survey", "lin")
    support, control = context.people("survey")
    groups: dict[str, list[str]] = {}
    for row in rows:
        detail = context.word("item-detail", **_arguments(context, row, absolute=False))
        name = lower(context.outcome("survey", row.outcome))
        kind = favour(context, row)
        groups.setdefault(kind, []).append(name if kind == "unknown" else detail)
    paragraphs = []
    for kind in ("better", "worse"):
        if kind in groups:
            paragraphs.append(
                context.word(
                    f"survey-{kind}",
                    support=capital(support),
                    control=control,
                    items=context.fmt.joined(groups[kind]),
                )
            )
    if "unclear" in groups:
        key = "survey-unclear-all" if len(groups) == 1 else "survey-unclear"
        paragraphs.append(context.word(key, items=context.fmt.joined(groups["unclear"])))
    missing = groups.get("unknown", []) + [
        lower(context.outcome("survey", r.outcome))
        for r in context.look.rows("survey", "not_estimated")
    ]
    if missing:
        paragraphs.append(context.word("survey-unknown", items=context.fmt.joined(missing)))
    sizes = [r for r in context.main_rows("survey", "lin_standardised") if r.known]
    extra = [_q_sentence(context, "survey")]
    if len(sizes) > 1:
        low, high = min(sizes, key=lambda r: r.estimate), max(sizes, key=lambda r: r.estimate)
        extra.append(
            context.word(
                "survey-size",
                control=lower(context.arm_labels("survey")[1]),
                smallest=context.fmt.number(low.estimate, 2),
                largest=context.fmt.number(high.estimate, 2),
                **{
                    "smallest-item": lower(context.outcome("survey", low.outcome)),
                    "largest-item": lower(context.outcome("survey", high.outcome)),
                },
            )
        )
    paragraphs.append(" ".join(text for text in extra if text))
    return "\n\n".join(p for p in paragraphs if p)


def register_findings(context: Context) -> str:
    """A paragraph per outcome: where it is higher, lower, or not shown to differ."""
    support, control = context.people("register")
    rows = context.main_rows("register", "lin")
    paragraphs = []
    for outcome in dict.fromkeys(r.outcome for r in rows):
        own = [r for r in rows if r.outcome == outcome]
        pieces = [context.word("finding-head", outcome=context.outcome("register", outcome))]
        for verdict in ("up", "down", "unclear", "unknown"):
            chosen = [r for r in own if r.verdict == verdict]
            if not chosen:
                continue
            horizons = context.horizons([int(r.horizon) for r in chosen])
            details = []
            for r in chosen:
                mean_unit = "percent" if r.unit == "percentage points" else r.unit
                details.append(
                    context.word(
                        "finding-detail",
                        **_arguments(context, r, absolute=verdict in ("up", "down")),
                        **{"control-mean": context.fmt.with_unit(r.control_mean, mean_unit)},
                    )
                )
            pieces.append(
                context.word(
                    f"finding-{verdict}",
                    support=support,
                    control=control,
                    horizons=horizons,
                    details=context.fmt.joined(details),
                    all=int(len(chosen) == len(own)),
                )
            )
        paragraphs.append(" ".join(pieces))
    paragraphs.append(_q_sentence(context, "register"))
    return "\n\n".join(p for p in paragraphs if p)


def late(context: Context, part: Part) -> str:
    """For what the effect per person who met a team has an interval that excludes zero."""
    declared = context.part(part)
    stage = context.look.rows(part, "first_stage", estimator="lin")
    rows = [r for r in context.main_rows(part, "2sls", "late") if not math.isnan(r.ci_low)]
    if declared is None or not stage or not rows:
        return ""
    first = stage[0].estimate
    texts = [
        context.word(
            "late-intro",
            share="full" if first >= 95 else "part",
            treatment=declared.treatment.text(context.language),
            first=context.fmt.number(first, 1),
        )
    ]
    clear = [r for r in rows if r.verdict in ("up", "down")]
    unclear = [r for r in rows if r.verdict == "unclear"]
    if clear:
        texts.append(context.word("late-clear", items=_with_horizons(context, part, clear)))
        if unclear:
            texts.append(context.word("late-unclear", items=_with_horizons(context, part, unclear)))
    else:
        texts.append(context.word("late-unclear-all"))
    return " ".join(texts)


def _key_items(context: Context, rows: list[Row], people: str) -> list[str]:
    """Items grouped by what their intervals say."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(favour(context, row), []).append(row)
    out = []
    for kind in ("better", "worse"):
        details = [
            f"{lower(context.outcome('survey', r.outcome))} "
            f"({context.word('key-effect', **_arguments(context, r))})"
            for r in groups.get(kind, [])
        ]
        if details:
            out.append(
                context.word(
                    f"key-{kind}", support=people, level=level(context), items=_listed(details)
                )
            )
    names = [lower(context.outcome("survey", r.outcome)) for r in groups.get("unclear", [])]
    if names:
        out.append(context.word("key-unclear", items=_listed(names)))
    return out


def _key_outcome(context: Context, rows: list[Row]) -> str:
    """One outcome at all its horizons, and what the intervals say."""
    shown = [r for r in rows if r.verdict != "unknown"]
    effects = ""
    if shown:
        unit = shown[0].unit
        places = decimals(unit, tuple(x for r in shown for x in (r.estimate, r.std_error)))
        pairs = [
            context.word(
                "key-pair",
                effect=context.fmt.number(r.estimate, places),
                low=context.fmt.number(r.ci_low, places),
                high=context.fmt.number(r.ci_high, places),
            )
            for r in shown
        ]
        effects = context.word(
            "key-effects",
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
        lower(context.outcome(part, r.outcome)) for r in context.look.rows(part, "not_estimated")
    )
    return [context.word("key-not-estimated", items=_listed(list(names)))] if names else []


def _bullets(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def key_survey(context: Context) -> str:
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
    )
    rows = context.main_rows("survey", "lin")
    return _bullets(
        [
            first,
            *_key_items(context, rows, context.people("survey")[0]),
            *_key_missing(context, "survey"),
        ]
    )


def key_register(context: Context) -> str:
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
        treatment=part.treatment.text(context.language),
        support_n=context.fmt.number(counts[0]),
        control_n=context.fmt.number(counts[1]),
        take_up=int(bool(stage)),
        **shared,
    )
    rows = context.main_rows("register", "lin")
    if rows:
        paragraph += " " + context.word("key-lead", **shared)
    bullets = [_key_outcome(context, [r for r in rows if r.outcome == o]) for o in _outcomes(rows)]
    bullets += _key_missing(context, "register")
    return f"{paragraph}\n\n{_bullets(bullets)}" if bullets else paragraph


def _listed(items: list[str]) -> str:
    return "; ".join(items)
