"""What the results say, for an effect, for none, and for the opposite sign."""

from __future__ import annotations

import math

from finsam_report.display.context import Context, Part
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import told
from finsam_report.display.sentences import capital, level, tested_together

FULL = 95.0  # per cent of take-up that the offer decides, from where it decides nearly all


def _direction(context: Context, outcome: str) -> str:
    register = context.study.register_
    declared = register.outcomes if register else ()
    return next(item.direction for item in declared if item.id == outcome)


def places(row: Row) -> int:
    """How many decimals an effect is given with."""
    return decimals(row.unit, row.sizes)


def favour(context: Context, row: Row) -> str:
    """Such as "better", "worse", "higher", "lower", "unclear" or "unknown".

    Answers in surveys are coded so that a higher one is better, whatever the item's direction.
    """
    verdict = row.verdict
    if verdict in ("unclear", "unknown"):
        return verdict
    if row.part == "survey":
        return "better" if verdict == "up" else "worse"
    direction = _direction(context, row.outcome)
    if direction == "none":
        return "higher" if verdict == "up" else "lower"
    return "better" if verdict == direction else "worse"


def _arguments(context: Context, row: Row, *, absolute: bool = False) -> dict[str, str]:
    digits = places(row)
    part: Part = "survey" if row.part == "survey" else "register"
    ends = (row.ci_low, row.ci_high)
    if absolute and row.estimate < 0:  # "lower by 2.0 (0.2 to 3.8)"
        ends = (-row.ci_high, -row.ci_low)
    low, high = context.fmt.ends(*ends, digits)
    return {
        "effect": context.fmt.with_unit(row.estimate, row.unit, digits, absolute=absolute),
        "low": low,
        "high": high,
        "horizon": context.horizon(row.horizon),
        "item": context.outcome(part, row.outcome),
        "outcome": context.outcome(part, row.outcome),
    }


def _outcomes(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(r.outcome for r in rows))


def listed(items: list[str]) -> str:
    """A list whose items may hold commas."""
    return "; ".join(items)


def _with_horizons(context: Context, part: Part, rows: list[Row]) -> str:
    """Names of outcomes, each with its horizons where the part has several."""
    several = part == "register" and len({r.horizon for r in context.main_rows(part, "lin")}) > 1
    out = []
    for outcome in _outcomes(rows):
        name = context.outcome(part, outcome)
        if several:
            at = [int(r.horizon) for r in rows if r.outcome == outcome]
            name += f" ({context.horizons(at)})"
        out.append(name)
    return context.fmt.joined(out)


def _q_sentence(context: Context, part: Part) -> str:
    """Which effects that stand out by themselves still do when all that were tested count."""
    tests = {(r.outcome, r.horizon): r for r in context.main_rows(part, "lin_randomisation")}
    clear = [r for r in context.main_rows(part, "lin") if r.verdict in ("up", "down")]
    clear = [r for r in clear if (r.outcome, r.horizon) in tests]
    if not clear or not tested_together(context, part):
        return ""
    lost = [r for r in clear if not tests[r.outcome, r.horizon].q_value <= Q_LEVEL]
    return context.word(
        "family-q",
        clear=len(clear),
        number=context.fmt.words(len(clear)),
        hits=len(clear) - len(lost),
        lost=len(lost),
        items=_with_horizons(context, part, lost),
    )


def _bare(context: Context, row: Row) -> str:
    """An item with its effect and interval; the unit was named before."""
    digits = places(row)
    arguments = _arguments(context, row) | {"effect": context.fmt.number(row.estimate, digits)}
    return context.word("item-detail", **arguments)


def survey_findings(context: Context) -> str:
    """Which items differ between the arms and which do not."""
    rows = context.main_rows("survey", "lin")
    support, control = context.people("survey")
    groups: dict[str, list[str]] = {}
    for row in rows:
        kind = favour(context, row)
        name = context.outcome("survey", row.outcome)
        groups.setdefault(kind, []).append(name if kind == "unknown" else _bare(context, row))
    paragraphs = []
    if set(groups) - {"unknown"}:
        one, other = context.arm_labels("survey")
        paragraphs.append(
            context.word("survey-lead", support=one, control=other, level=level(context))
        )
    for kind in ("better", "worse", "unclear"):
        if kind not in groups:
            continue
        all_unclear = kind == "unclear" and len(groups) == 1
        paragraphs.append(
            context.word(
                "survey-unclear-all" if all_unclear else f"survey-{kind}",
                support=capital(support),
                control=control,
                count=len(groups[kind]),
                number=context.fmt.words(len(groups[kind])),
                items=listed(groups[kind]),
            )
        )
    missing = groups.get("unknown", []) + [
        context.outcome("survey", r.outcome)
        for r in context.look.rows("survey", "not_estimated", group="all")
        if r.outcome != "met_team"
    ]
    if missing:
        paragraphs.append(context.word("survey-unknown", items=listed(missing)))
    sizes = [r for r in context.main_rows("survey", "lin_standardised") if r.known]
    extra = [_q_sentence(context, "survey")]
    if len(sizes) > 1:
        low, high = min(sizes, key=lambda r: r.estimate), max(sizes, key=lambda r: r.estimate)
        extra.append(
            context.word(
                "survey-size",
                control=control,
                smallest=context.fmt.number(low.estimate, 2),
                largest=context.fmt.number(high.estimate, 2),
                **{
                    "smallest-item": context.outcome("survey", low.outcome),
                    "largest-item": context.outcome("survey", high.outcome),
                },
            )
        )
    paragraphs.append(" ".join(text for text in extra if text))
    return "\n\n".join(p for p in paragraphs if p)


def register_findings(context: Context) -> str:
    """A paragraph per outcome: where it is higher, lower, or not shown to differ."""
    support, control = context.people("register")
    every = context.main_rows("register", "lin")
    rows = told(every)
    lead = context.word("register-lead", control=control, level=level(context))
    if len(rows) < len(every):
        lead += " " + context.word("register-other-horizons")
    paragraphs = [f"{lead} {context.price_note()}".strip()] if rows else []
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
                        **{
                            "control-mean": context.fmt.with_unit(
                                r.control_mean, mean_unit, places(r)
                            )
                        },
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
                    count=len(chosen),
                )
            )
        paragraphs.append(" ".join(pieces))
    paragraphs.append(_q_sentence(context, "register"))
    return "\n\n".join(p for p in paragraphs if p)


def late(context: Context, part: Part) -> str:
    """For what the effect per person who took up support has an interval that excludes zero."""
    stage = context.look.rows(part, "first_stage", estimator="lin")
    rows = [r for r in context.main_rows(part, "2sls", "late") if not math.isnan(r.ci_low)]
    if not stage or not rows:
        return ""
    offered = {(r.outcome, r.horizon): r.verdict for r in context.main_rows(part, "lin")}
    clear = [r for r in rows if r.verdict in ("up", "down")]
    same = all(offered.get((r.outcome, r.horizon)) == r.verdict for r in rows)
    texts = [context.word("late-intro", share="full" if stage[0].estimate >= FULL else "part")]
    if same:
        texts.append(context.word("late-same" if clear else "late-same-none"))
    elif clear:
        texts.append(context.word("late-clear", items=_with_horizons(context, part, clear)))
    else:
        texts.append(context.word("late-unclear-all"))
    return " ".join(texts)
