"""What the municipality chapter says in words: who joined, and what joining changed."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_entry_table import counted, number
from finsam_report.display.municipality_names import (
    ALL,
    MAIN,
    MEN,
    PART,
    SEXES,
    WOMEN,
    characteristic,
    declared,
    group,
    main_outcomes,
    outcome,
    overall,
    places,
)
from finsam_report.display.sentences import capital, level

GAP = "women-men"  # the group of a difference between the sexes


def setting(context: Context) -> str:
    """The study's own words on its municipalities."""
    label = declared(context).setting
    return context.label(label) if label else ""


def entry(context: Context) -> str:
    """How many joined and when, how many never did, and who is left out."""
    word, fmt, years = context.word, context.fmt, declared(context).years
    joined = {
        year: row.estimate
        for year, row in counted(context, "joined").items()
        if years.first < year <= years.last and row.estimate > 0
    }
    peak = max(joined, key=lambda year: (joined[year], -year), default=0.0)
    never, after = number(context, "never"), number(context, "after")
    texts = [
        word(
            "municipality-entry",
            all=fmt.number(number(context, "municipalities")),
            first=str(years.first),
            last=str(years.last),
            joined=fmt.number(sum(joined.values())),
            from_year=str(int(min(joined, default=0))),
            to_year=str(int(max(joined, default=0))),
            years=len(joined),
            peak=str(int(peak)),
            most=fmt.number(joined.get(peak, 0)),
            rest=int(never + after > 0),
            outside=fmt.number(never + after),
            after=int(after),
            after_number=fmt.number(after),
        )
    ]
    for what in ("always", "left", "merged", "alone", "silent", "unbalanced"):
        count = int(number(context, what))
        if count > 0:
            texts.append(
                word(
                    f"municipality-entry-{what}",
                    count=count,
                    number=capital(fmt.words(count)),
                    first=str(years.first),
                )
            )
    return " ".join(texts)


def compared(context: Context) -> str:
    """Whom members are compared with."""
    part = declared(context)
    return context.word(
        "municipality-compared", comparison=part.comparison, anticipation=part.anticipation
    )


def before(context: Context) -> str:
    """In which characteristics later members differed before anyone joined."""
    rows = context.look.rows(PART, "pre_period", estimator="difference")
    known = [row for row in rows if row.verdict != "unknown"]
    if not known:
        return ""
    apart = [row for row in known if row.verdict != "unclear"]
    items = [
        context.word(
            "municipality-before-item",
            name=characteristic(context, row.outcome),
            verdict=row.verdict,
        )
        for row in apart
    ]
    return context.word(
        "municipality-before",
        count=len(known),
        number=context.fmt.words(len(known)),
        apart=len(apart),
        apart_number=context.fmt.words(len(apart)),
        items=listed(items),
        level=level(context),
    )


def numbers(context: Context, row: Row, digits: int, *, absolute: bool = False) -> dict[str, str]:
    """An estimate and both ends of its interval; absolute for "lower by 0.14 (0.06 to 0.21)"."""
    ends = (row.ci_low, row.ci_high)
    if absolute and row.estimate < 0:
        ends = (-row.ci_high, -row.ci_low)
    low, high = context.fmt.ends(*ends, digits)
    size = abs(row.estimate) if absolute else row.estimate
    return {"effect": context.fmt.number(size, digits), "low": low, "high": high}


def paired(context: Context, row: Row, digits: int) -> str:
    """An estimate with its interval, for a sentence."""
    return context.word("key-pair", **numbers(context, row, digits))


def _sexes(context: Context, name: str, digits: int) -> str:
    """The effects among women and men, and whether they are known to differ."""
    rows = {who: overall(context, name, who) for who in (WOMEN, MEN)}
    if any(row is None or row.verdict == "unknown" for row in rows.values()):
        return ""
    cells = {who: paired(context, row, digits) for who, row in rows.items() if row is not None}
    gap = overall(context, name, GAP, "cs_difference")
    known = gap is not None and gap.verdict != "unknown"
    return context.word(
        "municipality-sexes",
        women=cells[WOMEN],
        men=cells[MEN],
        mark=context.grouped(PART, "sex", ""),
        tested=int(known),
        differ=int(gap is not None and gap.verdict in ("up", "down")),
        gap=paired(context, gap, digits) if gap is not None and known else "",
    )


def findings(context: Context) -> str:
    """A paragraph per main outcome, and what remains when all are taken together."""
    names = main_outcomes(context)
    rows = [row for name in names for who in SEXES if (row := overall(context, name, who))]
    if not rows:
        return ""
    digits = places(rows)
    paragraphs = [context.word("municipality-lead", level=level(context))]
    for name in names:
        row = overall(context, name)
        if row is None:
            continue
        verdict = row.verdict
        clear = verdict in ("up", "down")
        text = context.word(
            "municipality-finding",
            outcome=outcome(context, name),
            verdict=verdict,
            mean=context.fmt.number(row.control_mean, 1),
            known=int(math.isfinite(row.control_mean)),
            **numbers(context, row, digits, absolute=clear),
        )
        paragraphs.append(" ".join(t for t in (text, _sexes(context, name, digits)) if t))
    last = [together(context, rows)]
    if len(rows) > len(names) and not context.look.rows(PART, "overall", group=GAP):
        last.append(context.word("municipality-sexes-untested"))
    paragraphs.append(" ".join(last))
    return "\n\n".join(text for text in paragraphs if text)


def together(context: Context, rows: list[Row]) -> str:
    """How many effects stand out by themselves, and how many when all are counted."""
    known = [row for row in rows if row.verdict != "unknown"]
    clear = [row for row in known if row.verdict != "unclear"]
    kept = [row for row in clear if row.q_value <= Q_LEVEL]
    wise = []
    for row in clear:
        family = overall(context, row.outcome, row.group, "cs_family")
        if family is not None and family.p_value <= Q_LEVEL:
            wise.append(row)
    lost = [row for row in clear if row not in kept]
    return context.word(
        "municipality-together",
        count=len(known),
        number=context.fmt.words(len(known)),
        clear=len(clear),
        clear_number=context.fmt.words(len(clear)),
        kept=context.fmt.words(len(kept)),
        wise=context.fmt.words(len(wise)),
        wise_count=len(wise),
        lost=len(lost),
        items=context.fmt.joined([named(context, row) for row in lost]),
    )


def named(context: Context, row: Row) -> str:
    """Such as "social assistance (women)"."""
    label = outcome(context, row.outcome)
    return label if row.group == ALL else f"{label} ({group(context, row.group).lower()})"


def ages(context: Context) -> str:
    """For which groups by sex and age an effect is found."""
    main = set(main_outcomes(context))
    rows = [
        row
        for row in context.look.rows(PART, "overall", estimator=MAIN)
        if " " in row.group and row.outcome in main and row.verdict != "unknown"
    ]
    if not rows:
        return ""
    clear = [row for row in rows if row.verdict != "unclear"]
    kept = [row for row in clear if row.q_value <= Q_LEVEL]
    digits = places(rows)
    lines = []
    for name in main_outcomes(context):
        for way in ("down", "up"):
            own = [row for row in clear if row.outcome == name and row.verdict == way]
            if own:
                items = [
                    context.word(
                        "municipality-ages-item",
                        group=group(context, row.group).lower(),
                        pair=paired(context, row, digits),
                    )
                    for row in own
                ]
                lines.append(
                    "- "
                    + context.word(
                        "municipality-ages-line",
                        outcome=outcome(context, name),
                        verdict=way,
                        items=listed(items),
                    )
                )
    lead = context.word(
        "municipality-ages",
        mark=context.grouped(PART, "age", "") or context.grouped(PART, "sex", ""),
        count=len(rows),
        number=context.fmt.words(len(rows)),
        clear=len(clear),
        clear_number=context.fmt.words(len(clear)),
        chance=context.fmt.number(len(rows) * (1 - context.study.analysis.level)),
        kept=len(kept),
        kept_number=context.fmt.words(len(kept)),
    )
    return lead if not lines else lead + "\n\n" + "\n".join(lines)
