"""The key findings of the summary: a sentence with the verdict, then the main numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from finsam_report.display import evidence
from finsam_report.display.context import Context, Part
from finsam_report.display.findings import favour, listed, places
from finsam_report.display.format import decimals, is_currency
from finsam_report.display.lookup import Row
from finsam_report.display.register_names import told
from finsam_report.display.sentences import answered, capital, level, programme, sizes
from finsam_report.display.synthesis import named
from finsam_report.study import Survey


def tally(context: Context, part: str, rows: Sequence[Row]) -> str:
    """A sentence on how many effects are favourable, unfavourable or neither; empty for none.

    Args:
        context: The study and its ledger.
        part: The part that the effects are of.
        rows: An effect of each outcome.
    """
    found = [evidence.favour(context, row) for row in rows]
    count = {kind: found.count(kind) for kind in ("better", "worse", "unclear")}
    other = found.count("higher") + found.count("lower")
    total = sum(count.values()) + other
    if not total:
        return ""
    arms = ("", "")
    if part != "municipality":
        arms = context.people("register" if part == "register" else "survey")
    horizons = {row.horizon for row in rows}
    words = context.fmt.words
    return context.word(
        f"key-tally-{part}",
        support=arms[0],
        support_first=capital(arms[0]),
        control=arms[1],
        total=total,
        all=words(total),
        better=count["better"],
        better_words=words(count["better"]),
        worse=count["worse"],
        worse_words=words(count["worse"]),
        other=other,
        other_words=words(other),
        judged=count["better"] + count["worse"],
        every=int(max(count["better"], count["worse"]) == total),
        same=int(len(horizons) == 1),
        horizon=context.horizon(max(horizons)) if part == "register" else "",
    )


def doubt(context: Context, rows: Sequence[Row]) -> str:
    """Which of the clear effects are no longer clear when all that were tested count."""
    clear = [row for row in rows if row.verdict in ("up", "down")]
    lost = [row for row in clear if "several" in evidence.claim(context, row).doubts]
    if not lost:
        return ""
    names = dict.fromkeys(named(context, row) for row in lost)
    return context.word(
        "key-many",
        all=int(len(lost) == len(clear)),
        items=listed(list(names)),
    )


def _pair(context: Context, row: Row, digits: int) -> str:
    """An estimate and its interval, with the currency where it is an amount."""
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    effect = context.fmt.number(row.estimate, digits)
    if is_currency(row.unit):
        effect = context.fmt.with_unit(row.estimate, row.unit, digits)
    return context.word("key-pair", effect=effect, low=low, high=high)


def _key_items(context: Context, rows: list[Row]) -> list[str]:
    """Items by what their intervals say: with their effects where these are clear."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(favour(context, row), []).append(row)
    return [
        context.word(
            f"key-{kind}",
            items=listed(
                [
                    context.outcome("survey", r.outcome)
                    if kind == "unclear"
                    else context.word(
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


def _key_outcome(context: Context, rows: list[Row]) -> str:
    """One outcome with its last effect, and what the intervals say at each horizon."""
    shown = [r for r in rows if r.verdict != "unknown"]
    effects = ""
    if shown:
        last = shown[-1]
        digits = decimals(last.unit, last.sizes)
        effects = context.word(
            "key-effects"
            if context.unit_head(last.unit) and not is_currency(last.unit)
            else "key-effects-bare",
            pairs=_pair(context, last, digits),
            unit=context.unit_head(last.unit),
            horizons=context.horizon(last.horizon),
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


def _whole(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def survey(context: Context) -> str:
    """The survey experiment in the summary."""
    part = context.part("survey")
    if not isinstance(part, Survey):
        return ""
    counts = sizes(context, "survey")
    got = answered(context)
    first = context.word(
        "key-participation-survey",
        n=context.fmt.number(sum(counts)),
        known=int(not math.isnan(got)),
        share=context.fmt.number(100 * got / sum(counts)),
        month=part.wave(part.primary_wave).month,
    )
    rows = context.main_rows("survey", "lin")
    bullets = _key_items(context, rows) + _key_missing(context, "survey")
    clear = any(row.verdict in ("up", "down") for row in rows)
    read = context.word("key-lead-survey", level=level(context)) if clear else ""
    verdict = " ".join(t for t in (tally(context, "survey", rows), doubt(context, rows)) if t)
    return _whole(verdict, " ".join(t for t in (first, read) if t), _bullets(bullets))


def register(context: Context) -> str:
    """The register experiment in the summary."""
    part = context.part("register")
    if part is None:
        return ""
    counts, people = sizes(context, "register"), context.people("register")
    stage = context.look.rows("register", "first_stage", estimator="unadjusted")
    met = stage[0].control_mean + stage[0].estimate if stage else math.nan
    first = context.word(
        "key-participation-register",
        n=context.fmt.number(sum(counts)),
        met=context.fmt.number(met),
        treatment=context.treatment("register"),
        support=people[0],
        control=people[1],
        support_n=context.fmt.number(counts[0]),
        control_n=context.fmt.number(counts[1]),
        programme=programme(context),
        take_up=int(not math.isnan(met)),
    )
    rows = told(context.main_rows("register", "lin"))
    groups = [[r for r in rows if r.outcome == o] for o in dict.fromkeys(r.outcome for r in rows)]
    clear = [g for g in groups if any(r.verdict in ("up", "down") for r in g)]
    never = [g for g in groups if g not in clear and any(r.verdict == "unclear" for r in g)]
    read = context.word("key-lead", level=level(context)) if clear else ""
    bullets = [_key_outcome(context, group) for group in clear]
    if never:
        names = [context.outcome("register", group[0].outcome) for group in never]
        bullets.append(
            context.word("key-unclear", items=listed(names))
            if len({r.horizon for r in rows}) == 1
            else context.word("key-unclear-ever", items=listed(names))
        )
    bullets += _key_missing(context, "register")
    shown = [row for row in evidence.last_rows(rows) if row.verdict != "unknown"]
    verdict = " ".join(t for t in (tally(context, "register", shown), doubt(context, rows)) if t)
    return _whole(
        verdict,
        " ".join(t for t in (first, read) if t),
        _bullets(bullets),
        context.price_note() if any(is_currency(r.unit) for g in clear for r in g) else "",
    )
