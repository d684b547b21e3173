"""What the report says on one page: a few sentences on each part."""

from __future__ import annotations

import math

from finsam_report.display import evidence, evidence_table, organisation_headlines, synthesis_limits
from finsam_report.display.context import Context
from finsam_report.display.evidence import TRIALS
from finsam_report.display.findings import listed
from finsam_report.display.key_findings import tally
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART
from finsam_report.display.sentences import programme
from finsam_report.display.synthesis import PARTS, chance, measured, named, silent
from finsam_report.display.synthesis_parts import organisation as described

CLEAREST = 2  # effects that are named with their number
# What cannot be concluded, of which one page speaks, the weightiest first.
LIMITS = (
    "no-trial", "ecological", "answers", "lost", "missing", "displacement", "places",
    "no-register", "no-survey", "no-municipality",
)  # fmt: skip
MOST_LIMITS = 5
ITEM_LABELS = 60  # characters of outcomes without an estimate that fit on the page


def _sureness(row: Row) -> float:
    error = row.std_error
    return abs(row.estimate / error) if math.isfinite(error) and error > 0 else 0.0


def _clearest(context: Context, rows: list[Row]) -> str:
    """The effects furthest from zero for their standard error, with their numbers."""
    clear = [row for row in rows if row.verdict in ("up", "down")]
    clear.sort(key=_sureness, reverse=True)
    sides = {kind: [row for row in clear if evidence.favour(context, row) == kind]
             for kind in ("better", "worse")}  # fmt: skip
    judged = [row for row in clear if any(row in own for own in sides.values())]
    if all(sides.values()):  # both directions, so that neither is passed over
        judged.sort(key=lambda row: any(row is own[0] for own in sides.values()), reverse=True)
    chosen = [*judged, *(row for row in clear if row not in judged)][:CLEAREST]
    if not chosen:
        return ""
    items = [
        context.word(
            "brief-item",
            outcome=named(context, row),
            effect=measured(context, row),
            favour=evidence.favour(context, row),
        )
        for row in chosen
    ]
    return context.word(
        "brief-clearest", count=len(chosen), all=int(len(clear) == len(chosen)),
        items=context.fmt.joined(items),
    )  # fmt: skip


def _earlier(context: Context, part: str, last: list[Row]) -> str:
    """Outcomes that were clear earlier and say something else at the end."""
    ends = {(row.outcome, row.horizon) for row in last}
    rows = [r for r in evidence.claimed(context, part) if (r.outcome, r.horizon) not in ends]
    if not rows:
        return ""
    items = [
        context.word(
            "brief-earlier-item",
            outcome=named(context, row),
            favour=evidence.favour(context, row),
        )
        for row in rows
    ]
    return context.word("brief-earlier", items=context.fmt.joined(items))


def of_part(context: Context, part: str) -> str:
    """What a part found, in a few sentences; empty where it has no estimate."""
    rows = [row for row in evidence.rows_of(context, part) if row.verdict != "unknown"]
    last = evidence.last_rows(rows)
    if not last:
        return ""
    texts = (
        tally(context, part, last),
        _clearest(context, last),
        _earlier(context, part, last),
        chance(context, evidence.claimed(context, part)),
    )
    said = " ".join(text for text in texts if text)
    return context.word("brief-part", part=part, text=said)


def _or_nothing(context: Context, part: str, *, has: bool) -> str:
    if not has:
        return ""
    said = of_part(context, part)
    return said or context.word("brief-part", part=part, text=context.word("brief-nothing"))


def municipality(context: Context) -> str:
    """The municipalities."""
    return _or_nothing(context, PART, has=context.study.municipality is not None)


def survey(context: Context) -> str:
    """The survey experiment."""
    return _or_nothing(context, "survey", has=context.has("survey"))


def register(context: Context) -> str:
    """The register experiment."""
    return _or_nothing(context, "register", has=context.has("register"))


def limits(context: Context) -> str:
    """What the report does not show, in a sentence."""
    order = {name: number for number, name in enumerate(LIMITS)}
    found = [pair for pair in synthesis_limits.found(context) if pair[0] in order]
    chosen = sorted(found, key=lambda pair: order[pair[0]])[:MOST_LIMITS]
    items = []
    for name, _ in chosen:
        lead = synthesis_limits.leads(context, name)[0]
        if name == "missing":
            lead = context.word("brief-missing", items=_missing(context))
        items.append(lead[:1].lower() + lead[1:])
    return context.word("brief-limits", items=listed(items)) if items else ""


def _missing(context: Context) -> str:
    """The outcomes without an estimate; only how many where their names take too much room."""
    names = silent(context, None, "register")
    text = context.fmt.joined(names)
    if len(text) <= ITEM_LABELS:
        return text
    return context.word("brief-outcomes", count=len(names), number=context.fmt.words(len(names)))


def how(context: Context) -> str:
    """How the questions were studied, a sentence for each part."""
    study = context.study
    survey, register = study.survey, study.register_
    kind = "survey" if survey else "register" if register else "none"
    if survey and register:
        kind = "same" if survey.participants == register.participants else "both"
    month = survey.wave(survey.primary_wave).month if survey else 0
    return context.word(
        "brief-how",
        organisation=int(bool(described(context))),
        municipality=int(bool(study.municipality) and bool(context.look.rows(PART, "entry"))),
        kind=kind,
        months=context.word("brief-months", month=month),
        horizon=context.horizon(max(register.horizons)) if register else "",
    ).strip()


def organisation(context: Context) -> str:
    """The associations: in a sentence or two, or at more length where there is nothing else."""
    found = described(context)
    if not found or any(evidence.claimed(context, part) for part in PARTS):
        return found
    return f"{found}\n\n{organisation_headlines.key_findings(context)}".strip()


def question(context: Context) -> str:
    """The question of the page, for what the study can answer."""
    trials = [part for part in TRIALS if context.has(part)]
    kind = "people" if trials else "places" if context.study.municipality else "activity"
    return context.word("brief-question", programme=programme(context), kind=kind)


def sure(context: Context) -> str:
    """How sure the claims are, and where there is more."""
    texts = (evidence_table.steps(context), context.word("brief-more"))
    return " ".join(text for text in texts if text)
