"""The evidence ladder: every claim with its number, its design and how sure it is."""

from __future__ import annotations

from finsam_report.display import evidence, municipality_names
from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.evidence import DOUBTS, LADDER, TRIALS, Claim
from finsam_report.display.findings import places
from finsam_report.display.format import NONE, is_currency
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART
from finsam_report.display.synthesis import named
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of


def _effect(context: Context, row: Row, found: list[Claim]) -> str:
    """An effect with its interval; the currency where it is an amount."""
    if row.part == PART:
        digits = municipality_names.places([c.row for c in found if c.row.part == PART])
    else:
        digits = places(row)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    effect = context.fmt.number(row.estimate, digits)
    if is_currency(row.unit):
        effect = context.fmt.with_unit(row.estimate, row.unit, digits)
    return context.word("key-pair", effect=effect, low=low, high=high).replace(" ", "\u00a0")


def _units(context: Context, found: list[Claim]) -> str:
    """The units of each part's effects; amounts name their currency themselves."""
    items = []
    for part in (PART, *TRIALS):
        own = dict.fromkeys(c.row.unit for c in found if c.row.part == part)
        heads = [context.unit_head(unit) for unit in own if not is_currency(unit)]
        heads = [head or context.word("evidence-number") for head in heads]
        if heads:
            items.append(context.word("evidence-unit", part=part, units=context.fmt.joined(heads)))
    return context.word("evidence-units", items="; ".join(items)) if items else ""


def table(context: Context) -> Table:
    """The claims from the surest to the least sure."""
    found = evidence.claims(context)
    rows = [
        (
            named(context, one.row),
            context.word(f"evidence-part-{one.row.part}"),
            _effect(context, one.row, found),
            context.word(f"evidence-{one.favour}"),
            ", ".join(context.word(f"evidence-doubt-{doubt}") for doubt in one.doubts) or NONE,
        )
        for one in found
    ]
    notes = (
        context.word("evidence-note", level=context.fmt.number(100 * context.study.analysis.level)),
        _units(context, found),
        context.price_note() if any(is_currency(c.row.unit) for c in found) else "",
    )
    return Table(
        name="evidence",
        columns=(
            Column(context.word("evidence-head-outcome"), "left", wide=True),
            Column(context.word("evidence-head-part"), "left", whole=True),
            Column(context.word("evidence-head-effect"), whole=True),
            Column(context.word("evidence-head-reads"), "left", whole=True),
            Column(context.word("evidence-head-doubts"), "left", wide=True),
        ),
        rows=tuple(rows),
        groups=tuple(context.word(f"evidence-level-{one.certainty}") for one in found),
        notes=tuple(note for note in notes if note),
        data=frame_of([one.row for one in found]).assign(
            certainty=[one.certainty for one in found],
            doubts=[" ".join(one.doubts) for one in found],
        ),
    )


def steps(context: Context) -> str:
    """How many claims stand on each step of the ladder."""
    found = evidence.claims(context)
    if not found:
        return ""
    counts = {step: sum(c.certainty == step for c in found) for step in LADDER}
    items = [
        context.word(
            "evidence-count",
            step=step,
            count=counts[step],
            number=context.fmt.words(counts[step]),
        )
        for step in LADDER
        if counts[step]
    ]
    return context.word(
        "evidence-steps",
        count=len(found),
        number=context.fmt.words(len(found)),
        steps=context.fmt.joined(items),
        all=int(len(items) == 1),
        step=found[0].certainty,
    )


def summary(context: Context) -> str:
    """How sure the claims are, and what takes certainty away."""
    found = evidence.claims(context)
    told = {d: sum(d in c.doubts for c in found) for d in DOUBTS}
    items = [
        context.word(
            "evidence-doubt-count",
            doubt=context.word(f"evidence-doubt-{doubt}"),
            number=context.fmt.words(told[doubt]),
        )
        for doubt in sorted(DOUBTS, key=lambda d: -told[d])
        if told[doubt]
    ]
    if not found:
        return ""
    why = context.word("evidence-why", some=int(bool(items)), doubts=context.fmt.joined(items))
    return f"{steps(context)} {why}"


def rules(context: Context) -> str:
    """The rules that the certainty follows from, for the designs and doubts of the study."""
    parts = {row.part for part in (PART, *TRIALS) for row in evidence.claimed(context, part)}
    if not parts:
        return ""
    fitting = {
        "zero": True,
        "several": True,
        "answers": "survey" in parts,
        "lost": bool(parts & set(TRIALS)),
        "trends": PART in parts,
        "fragile": PART in parts,
        "estimator": True,
    }
    items = [
        context.word(
            f"evidence-rule-{doubt}",
            q=context.fmt.number(Q_LEVEL, 2),
            followed=context.fmt.number(100 * evidence.FOLLOWED),
            survey=int("survey" in parts),
            register=int("register" in parts),
            trial=int(bool(parts & set(TRIALS))),
            municipality=int(PART in parts),
        )
        for doubt in DOUBTS
        if fitting[doubt]
    ]
    lead = context.word(
        "evidence-rule-start",
        trial=int(bool(parts & set(TRIALS))),
        municipality=int(PART in parts),
    )
    return lead + "\n\n" + "\n".join(f"- {item}" for item in items)
