"""How some results can be read, what cannot be concluded, and who is known to have taken part."""

from __future__ import annotations

import math

from finsam_report.display import evidence, municipality_names
from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import MAIN, PART
from finsam_report.display.register_path_text import Arithmetic, turned, wage_share
from finsam_report.display.sentences import programme
from finsam_report.display.synthesis import measured, silent
from finsam_report.study import Register, Survey

ORGANISATION = "organisation"

Limit = tuple[str, str]  # a name, and the paragraph


def _turns(context: Context) -> str:
    """Whether an effect changes its sign along the way."""
    seen, found = turned(context)
    if not seen:
        return ""
    items = [
        context.word(
            "reading-turn-item",
            outcome=context.outcome("register", turn.outcome),
            first=turn.first,
            sure=int(turn.band == "both"),
        )
        for turn in found
    ]
    return context.word("reading-turn", count=len(found), items=listed(items))


def _wages(context: Context) -> str:
    """How far an effect on wages can follow from subsidised months as such."""
    found = wage_share(context)
    if not isinstance(found, Arithmetic):
        return ""
    share = found.share
    return context.word(
        "reading-wages",
        outcome=context.outcome("register", found.wage.outcome),
        share=context.fmt.number(share),
        kind="all" if share >= 100 else "half" if share >= 50 else "less",
        jobs=context.fmt.joined([context.outcome("register", r.outcome) for r in found.jobs]),
    )


def _condition(context: Context) -> str:
    """Whether a right follows when more have worked long enough for it."""
    rows = context.look.rows("register", "work_condition", estimator="lin", group="all")
    if not rows:
        return ""
    built = max(rows, key=lambda row: row.horizon)
    right = context.look.row("register", "itt", built.outcome, "lin", horizon=built.horizon)
    if built.verdict == "unknown" or right is None or right.verdict == "unknown":
        return ""
    return context.word(
        "reading-condition",
        right=context.outcome("register", built.outcome),
        built=built.verdict,
        recorded=right.verdict,
        horizon=context.horizon(built.horizon),
    )


def _moved(context: Context) -> str:
    """Whether people only moved from one of two outcomes to another."""
    if context.study.municipality is None:
        return ""
    out = []
    for item in context.study.municipality.outcomes:
        row = context.look.row(PART, "substitution", item.id, MAIN)
        pieces = [municipality_names.overall(context, name) for name in item.sum_of]
        ways = {piece.verdict for piece in pieces if piece is not None}
        if row is None or row.verdict == "unknown" or not {"up", "down"} <= ways:
            continue
        out.append(
            context.word(
                "reading-moved",
                pieces=context.fmt.joined(
                    [municipality_names.outcome(context, name) for name in item.sum_of]
                ),
                verdict=row.verdict,
                effect=measured(context, row),
            )
        )
    return " ".join(out)


def readings(context: Context) -> str:
    """What can be tested of how the results are interpreted, a bullet each."""
    texts = [_moved(context)]
    if context.has("register"):
        texts += [_turns(context), _wages(context), _condition(context)]
    return "\n".join(f"- {text}" for text in texts if text)


def _of_survey(context: Context, part: Survey) -> list[Limit]:
    word, look = context.word, context.look
    month = part.wave(part.primary_wave).month
    out = [("answers", word("limit-answers", month=month))]
    row = next(iter(evidence.rows_of(context, "survey")), None)
    if row is not None and evidence.lost(context, row):
        out.append(("lost", word("limit-lost")))
    if look.rows("survey", "later_wave"):
        out.append(("later", word("limit-later", control=context.people("survey")[1])))
    if look.rows("survey", "staff"):
        out.append(("staff", word("limit-staff")))
    return out


def _of_register(context: Context, part: Register) -> list[Limit]:
    word = context.word
    last = context.horizon(max(part.horizons))
    out = [("horizon", word("limit-horizon", horizon=last))]
    missing = silent(context, None, "register")
    if missing:
        items = context.fmt.joined(missing)
        out.append(("missing", word("limit-missing", count=len(missing), items=items)))
    if context.look.rows("register", "met_description"):
        out.append(("met", word("limit-met", programme=programme(context))))
    return out


def _of_trials(context: Context) -> list[Limit]:
    word, survey, register = context.word, context.study.survey, context.study.register_
    parts = sum(part is not None for part in (survey, register))
    if not parts:
        return [("no-trial", word("limit-no-trial"))]
    out = [
        ("places", word("limit-places", parts=parts)),
        ("displacement", word("limit-displacement")),
    ]
    if survey is None:
        out.append(("no-survey", word("limit-no-survey")))
    elif register is None:
        out.append(("no-register", word("limit-no-register")))
    elif survey.participants != register.participants:
        out.append(("linked", word("limit-linked")))
    return out


def found(context: Context) -> list[Limit]:
    """What cannot be concluded, from what the study has and lacks: a name and a paragraph each."""
    word, study, out = context.word, context.study, []
    if study.municipality is not None and evidence.rows_of(context, PART):
        out += [("ecological", word("limit-ecological")), ("chosen", word("limit-chosen"))]
    elif programme(context) == "finsam":
        out.append(("no-municipality", word("limit-no-municipality")))
    if study.survey is not None:
        out += _of_survey(context, study.survey)
    if study.register_ is not None:
        out += _of_register(context, study.register_)
    out += _of_trials(context)
    if context.look.rows(ORGANISATION, "change"):
        out.append(("before-after", word("limit-before-after")))
    return out


def limits(context: Context) -> str:
    """What cannot be concluded, a bullet each."""
    return "\n".join(f"- {text}" for _, text in found(context))


def leads(context: Context, *names: str) -> list[str]:
    """The first words of some of these paragraphs, such as "Whether people act as they answer"."""
    return [text.partition(".**")[0].removeprefix("**") for name, text in found(context)
            if name in names]  # fmt: skip


def _registered(context: Context) -> list[Row]:
    rows = context.look.rows(
        ORGANISATION, "registered", outcome="share", group="all", estimator="share"
    )
    return sorted((row for row in rows if row.known), key=lambda row: row.horizon)


def known_people(context: Context) -> str:
    """How many of the participants are registered with personal data, where that is known."""
    rows = _registered(context)
    if not rows:
        return context.word("known-people-none") if programme(context) == "finsam" else ""
    first, last = rows[0], rows[-1]
    gap = round(last.estimate, 1) - round(first.estimate, 1)
    return context.word(
        "known-people",
        year=str(int(last.horizon)),
        share=context.fmt.number(last.estimate, 1),
        first=str(int(first.horizon)),
        before=context.fmt.number(first.estimate, 1),
        several=int(first.horizon < last.horizon),
        way="same" if math.isclose(gap, 0) else "up" if gap > 0 else "down",
    )
