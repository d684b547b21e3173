"""What the summary says of the municipalities, and how small an effect could have been found."""

from __future__ import annotations

from finsam_report.display import key_findings as shared
from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.municipality_courses import breakdown
from finsam_report.display.municipality_entry_table import counted, number
from finsam_report.display.municipality_names import (
    MEN,
    PART,
    SEXES,
    WOMEN,
    declared,
    favour,
    main_outcomes,
    outcome,
    overall,
    places,
)
from finsam_report.display.municipality_text import paired
from finsam_report.display.sentences import capital, level


def key_findings(context: Context) -> str:
    """The municipalities in the summary: a bullet per outcome, and what would overturn it."""
    names = main_outcomes(context)
    rows = {name: row for name in names if (row := overall(context, name)) is not None}
    every = [row for name in names for who in SEXES if (row := overall(context, name, who))]
    digits, bullets, nothing = places(every), [], []
    for name, row in rows.items():
        sexes = [overall(context, name, who) for who in (WOMEN, MEN)]
        shown = [r for r in sexes if r is not None and r.verdict != "unknown"]
        # The sexes are told apart where one of them has an effect that the other has not.
        shown = shown if len({r.verdict for r in shown}) == 2 else []
        if row.verdict == "unclear" and not shown:
            nothing.append(outcome(context, name))
            continue
        bullets.append(
            context.word(
                "municipality-key",
                outcome=outcome(context, name),
                pair=paired(context, row, digits) if row.verdict != "unknown" else "",
                verdict=favour(context, row),
                sexes=int(len(shown) == 2),
                women=paired(context, shown[0], digits) if len(shown) == 2 else "",
                men=paired(context, shown[1], digits) if len(shown) == 2 else "",
                mark=context.grouped(PART, "sex", ""),
            )
        )
    if nothing:
        bullets.append(context.word("municipality-key-none", items=listed(nothing)))
    years = declared(context).years
    joined = sum(
        row.estimate
        for year, row in counted(context, "joined").items()
        if years.first < year <= years.last
    )
    lead = context.word(
        "municipality-key-lead",
        all=context.fmt.number(number(context, "municipalities")),
        joined=context.fmt.number(joined),
        first=str(years.first),
        last=str(years.last),
        comparison=declared(context).comparison,
        level=level(context),
        some=int(bool(rows)),
    )
    every = list(rows.values())
    verdict = (shared.tally(context, PART, every), shared.doubt(context, every))
    texts = (
        " ".join(text for text in verdict if text),
        lead,
        "\n".join(f"- {b}" for b in bullets),
        doubts(context),
    )
    return "\n\n".join(text for text in texts if text)


def doubts(context: Context) -> str:
    """What the tests of trends say against the effects that are shown."""
    look, names = context.look, main_outcomes(context)
    tests = [look.row(PART, "pretest", name, "wald") for name in names]
    apart = [row for row in tests if row is not None and row.p_value <= Q_LEVEL]
    clear = [row for name in names if (row := overall(context, name)) is not None]
    clear = [row for row in clear if row.verdict in ("up", "down")]
    limits = [breakdown(context, row.outcome, "relative") for row in clear]
    known = [row for row in limits if row is not None and row.known]
    weak = [row for row in known if row.estimate < 1]
    texts = []
    if apart:
        texts.append(
            context.word(
                "municipality-key-apart",
                items=context.fmt.joined([outcome(context, row.outcome) for row in apart]),
            )
        )
    if known:
        texts.append(
            context.word(
                "municipality-key-weak",
                count=len(known),
                number=context.fmt.words(len(known)),
                weak=len(weak),
                weak_number=context.fmt.words(len(weak)),
                all=int(len(weak) == len(known)),
            )
        )
    return " ".join(texts)


def precision(context: Context) -> str:
    """How the effects found compare with the smallest that would have been."""
    look, small = context.look, []
    rows = [row for name in main_outcomes(context) if (row := overall(context, name)) is not None]
    digits = places(rows)
    limits = {row.outcome: look.row(PART, "mde", row.outcome, "mde") for row in rows}
    known = {name: row for name, row in limits.items() if row is not None and row.known}
    if not known:
        return ""
    for row in rows:
        if row.outcome in known and row.verdict == "unclear":
            small.append(
                context.word(
                    "municipality-mde-item",
                    outcome=outcome(context, row.outcome),
                    size=context.fmt.number(known[row.outcome].estimate, digits),
                )
            )
    return context.word(
        "municipality-mde",
        power=context.fmt.number(100 * context.study.analysis.power),
        low=context.fmt.number(min(r.estimate for r in known.values()), digits),
        high=context.fmt.number(max(r.estimate for r in known.values()), digits),
        count=len(small),
        items=capital(listed(small)),
    )
