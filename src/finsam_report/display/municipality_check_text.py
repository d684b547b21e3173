"""What the municipality chapter says about its own results: trends, other ways, other choices."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.conventions import PRETEST_POWER, Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row, Verdict
from finsam_report.display.municipality_checks import CHOICES, ERRORS, estimate, made, short
from finsam_report.display.municipality_courses import bent, breakdown, by_time, target_years
from finsam_report.display.municipality_names import (
    ALL,
    PART,
    main_outcomes,
    outcome,
    overall,
    places,
    robust,
)
from finsam_report.display.municipality_text import paired
from finsam_report.display.sentences import level


def mains(context: Context) -> list[Row]:
    """The main effects among everybody that have an interval."""
    rows = [overall(context, name) for name in main_outcomes(context)]
    return [row for row in rows if row is not None and row.verdict != "unknown"]


def course(context: Context) -> str:
    """When the effect on each outcome is seen, with bands that hold for all years at once."""
    out = []
    digits = places(mains(context))
    for name in main_outcomes(context):
        after = sorted((at, row) for at, row in by_time(context, "event", name).items() if at >= 0)
        rows = [row for _, row in after if row.verdict != "unknown"]
        if not rows:
            continue
        band = {
            row.horizon: row.verdict
            for row in context.look.rows(
                PART, "event", outcome=name, estimator="cs_band", group=ALL
            )
            if row.horizon >= 0
        }
        sides = {way: [at for at, v in band.items() if v == way] for way in ("down", "up")}
        first, last = rows[0], rows[-1]
        clear = sides["down"] + sides["up"]
        out.append(
            context.word(
                "municipality-course",
                outcome=outcome(context, name),
                start=paired(context, first, digits),
                end=paired(context, last, digits),
                same=int(first is last),
                at=int(last.horizon),
                clear=len(clear),
                side="both" if all(sides.values()) else "down" if sides["down"] else "up",
                number=context.fmt.words(len(clear)),
                years=len(band),
                years_number=context.fmt.words(len(band)),
            )
        )
    return "\n\n".join(out)


def trends(context: Context) -> str:
    """Whether trends were alike before joining, and what the test could not have seen."""
    look, known = context.look, []
    for name in main_outcomes(context):
        row = look.row(PART, "pretest", name, "wald")
        if row is not None and math.isfinite(row.p_value):
            known.append(row)
    if not known:
        return context.word("municipality-trends-none")
    found = [row for row in known if row.p_value <= Q_LEVEL]
    texts = [
        context.word(
            "municipality-trends",
            count=len(known),
            number=context.fmt.words(len(known)),
            found=len(found),
            items=listed(
                [
                    context.word(
                        "municipality-trends-item",
                        outcome=outcome(context, row.outcome),
                        p=context.fmt.p_equation(row.p_value),
                    )
                    for row in found
                ]
            ),
        )
    ]
    hidden, digits = [], places(mains(context))
    for effect in mains(context):
        bias = look.row(PART, "pretest_power", effect.outcome, f"bias_{PRETEST_POWER}")
        slope = look.row(PART, "pretest_power", effect.outcome, f"slope_{PRETEST_POWER}")
        if bias is None or slope is None or not bias.known or not slope.known:
            continue
        # The bias is that of the average over years since joining.
        mean = overall(context, effect.outcome, estimator="cs_event") or effect
        hidden.append((mean, slope.estimate, abs(bias.estimate)))
    if not hidden:
        return texts[0]
    could = [effect for effect, _, bias in hidden if bias >= abs(effect.estimate)]
    effect, slope_, bias_ = hidden[0]
    texts.append(
        context.word(
            "municipality-trends-power",
            outcome=outcome(context, effect.outcome),
            slope=context.fmt.number(slope_, digits + 1),
            bias=context.fmt.number(bias_, digits),
            effect=context.fmt.number(effect.estimate, digits),
            could=len(could),
            all=int(1 < len(hidden) == len(could)),
            items=context.fmt.joined([outcome(context, row.outcome) for row in could]),
        )
    )
    return " ".join(texts)


def sensitivity(context: Context) -> str:
    """How far trends may depart from parallel before the interval includes zero."""
    look, items = context.look, []
    digits = places(mains(context))
    for name in main_outcomes(context):
        bend, change = (breakdown(context, name, kind) for kind in ("smoothness", "relative"))
        straight = bent(context, name, 0.0)
        if bend is None or not bend.known or straight is None:
            continue
        most = look.row(PART, "honest", name, "largest_bend")
        size = math.nan if most is None or not most.estimate else bend.estimate / most.estimate
        low, high = context.fmt.ends(straight.ci_low, straight.ci_high, digits)
        items.append(
            context.word(
                "municipality-sensitivity-item",
                outcome=outcome(context, name),
                holds=int(straight.verdict in ("up", "down")),
                interval=context.word("interval", low=low, high=high),
                bend=context.fmt.number(bend.estimate, digits + 1),
                share=context.fmt.number(size, 2),
                sized=int(math.isfinite(size)),
                change="none"
                if change is None or not change.known
                else "zero"
                if round(change.estimate, 2) == 0
                else "some",
                times="" if change is None else context.fmt.number(change.estimate, 2),
            )
        )
    if not items:
        return context.word("municipality-sensitivity-none")
    lead = context.word(
        "municipality-sensitivity",
        years=target_years(context),
        number=context.fmt.words(target_years(context)),
        level=level(context),
    )
    return lead + "\n\n" + "\n".join(f"- {item}" for item in items)


def estimators(context: Context) -> str:
    """How the regression differs from the main estimates, and what its weights say."""
    texts, known = [], []
    for effect in mains(context):
        row = robust(context, effect.outcome, "twfe")
        if row is not None and row.known and effect.std_error > 0:
            known.append((effect, row))
    if not known:
        return ""
    digits = places([effect for effect, _ in known])
    far = max(known, key=lambda pair: abs(pair[1].estimate - pair[0].estimate) / pair[0].std_error)
    nearer = [1 for effect, row in known if abs(row.estimate) < abs(effect.estimate)]
    texts.append(
        context.word(
            "municipality-twfe",
            count=len(known),
            number=context.fmt.words(len(known)),
            nearer=len(nearer),
            nearer_number=context.fmt.words(len(nearer)),
            outcome=outcome(context, far[0].outcome),
            main=context.fmt.number(far[0].estimate, digits),
            twfe=context.fmt.number(far[1].estimate, digits),
            errors=context.fmt.number(abs(far[1].estimate - far[0].estimate) / far[0].std_error, 1),
        )
    )
    weights = {
        kind: row
        for kind in ("treated_never", "earlier_later", "later_earlier")
        if (row := context.look.row(PART, "bacon", far[0].outcome, "bacon", group=f"type={kind}"))
    }
    taken = weights.get("later_earlier")
    if taken is not None:
        texts.append(
            context.word("municipality-bacon", share=context.fmt.number(100 * taken.control_mean))
        )
    return " ".join(texts)


def _differing(row: Row, rows: dict[str, Row]) -> list[str]:
    return [name for name, other in rows.items() if other.verdict not in (row.verdict, "unknown")]


def robustness(context: Context) -> str:
    """For how many outcomes the reading is the same under every choice, and where it is not."""
    specs = made(context, (*CHOICES, *ERRORS))[1:]
    rows = mains(context)
    if not rows or not specs:
        return ""
    items, shift = [], 0.0
    for row in rows:
        found = {s: other for s in specs if (other := estimate(context, row.outcome, s))}
        names = _differing(row, found)
        for other in found.values():
            if other.known and row.std_error > 0:
                shift = max(shift, abs(other.estimate - row.estimate) / row.std_error)
        if names:
            verdict: Verdict = row.verdict
            items.append(
                context.word(
                    "municipality-robust-item",
                    outcome=outcome(context, row.outcome),
                    verdict=verdict,
                    specs=context.fmt.joined([_lower(short(context, name)) for name in names]),
                )
            )
    return context.word(
        "municipality-robust",
        specs=context.fmt.words(len(specs)),
        count=len(rows),
        number=context.fmt.words(len(rows)),
        differing=len(items),
        items=listed(items),
        shift=context.fmt.number(shift, 1),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
