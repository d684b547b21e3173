"""What the parts say together: the questions answered one by one, and whether the parts agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from finsam_report.display import evidence, municipality_names
from finsam_report.display.context import Context
from finsam_report.display.evidence import TRIALS, favour
from finsam_report.display.findings import listed, places
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART
from finsam_report.study import Item, Outcome
from finsam_report.study_municipality import MunicipalityOutcome

Way = Literal["better", "worse", "mixed", "neutral", "none"]
PARTS: tuple[str, ...] = (PART, *TRIALS)
WAYS: tuple[Way, ...] = ("better", "worse", "mixed", "neutral", "none")
CLEAR = ("better", "worse", "higher", "lower")


def declared(context: Context, part: str) -> tuple[Item | Outcome | MunicipalityOutcome, ...]:
    """The items or outcomes of a part as declared."""
    study = context.study
    if part == PART:
        return study.municipality.outcomes if study.municipality else ()
    if part == "survey":
        return study.survey.items if study.survey else ()
    return study.register_.outcomes if study.register_ else ()


def bearing(context: Context, question: str | None, part: str) -> list[Row]:
    """The effects of a part that bear on a question; on None, all of them."""
    wanted = {o.id for o in declared(context, part) if question in (None, *o.questions)}
    return [row for row in evidence.claimed(context, part) if row.outcome in wanted]


def silent(context: Context, question: str | None, part: str) -> list[str]:
    """The names of outcomes that bear on a question and of which there is no estimate."""
    known = {row.outcome for row in evidence.claimed(context, part)}
    known |= {row.outcome for row in evidence.rows_of(context, part) if row.verdict != "unknown"}
    names = []
    for one in declared(context, part):
        main = one.is_main if isinstance(one, Outcome | MunicipalityOutcome) else True
        if main and question in (None, *one.questions) and one.id not in known:
            if part == PART:
                names.append(municipality_names.outcome(context, one.id))
            else:
                names.append(context.outcome("survey" if part == "survey" else "register", one.id))
    return names


def way(context: Context, rows: Iterable[Row]) -> Way | None:
    """What effects say together; None where there is none."""
    found = {favour(context, row) for row in rows}
    if not found:
        return None
    if {"better", "worse"} <= found:
        return "mixed"
    if "better" in found:
        return "better"
    if "worse" in found:
        return "worse"
    return "neutral" if found & {"higher", "lower"} else "none"


def named(context: Context, row: Row) -> str:
    """What an effect is on, with the time where there are several times."""
    name = evidence.effects_of(context, row)
    if row.part != "register":
        return name
    return context.word("synthesis-at", outcome=name, horizon=context.horizon(row.horizon))


def measured(context: Context, row: Row) -> str:
    """Such as "3.1 percentage points"."""
    digits = municipality_names.places([row]) if row.part == PART else places(row)
    return context.fmt.with_unit(row.estimate, row.unit, digits)


def _detail(context: Context, row: Row) -> str:
    return context.word(
        "synthesis-item", outcome=named(context, row), effect=measured(context, row)
    )


def _of_part(context: Context, part: str, question: str | None) -> str:
    """What a part says on a question; empty where it has nothing on it."""
    rows, clauses = bearing(context, question, part), []
    for kind in (*CLEAR, "unclear"):
        own = [row for row in rows if favour(context, row) == kind]
        if own:
            items = [_detail(context, row) if kind in CLEAR else named(context, row) for row in own]
            clauses.append(context.word(f"synthesis-{kind}", items=context.fmt.joined(items)))
    missing = silent(context, question, part)
    if missing:
        clauses.append(context.word("synthesis-missing", items=context.fmt.joined(missing)))
    if not clauses:
        return ""
    return context.word("synthesis-part", part=part, clauses=listed(clauses))


def verdict_key(kinds: set[str]) -> str:
    """The answer that effects of these kinds give."""
    clear = kinds & {"better", "worse"}
    if not kinds:
        return "open"
    if len(clear) == 2:
        return "differs"
    if clear:
        side = clear.pop()
        return ("yes" if side == "better" else "no") if len(kinds) == 1 else f"partly_{side}"
    return "neutral" if kinds & {"higher", "lower"} else "none"


def verdict(context: Context, rows: list[Row]) -> str:
    """The answer in a word, and what it rests on."""
    kinds = {favour(context, row) for row in rows}
    key = verdict_key(kinds)
    return context.word(
        f"synthesis-verdict-{key}",
        count=len(rows),
        unclear=int("unclear" in kinds),
        neutral=int(bool(kinds & {"higher", "lower"})),
    )


def chance(context: Context, rows: list[Row]) -> str:
    """A warning where no difference that is clear by itself is so when all tests are counted."""
    clear = [evidence.claim(context, row) for row in rows if row.verdict in ("up", "down")]
    if not clear or any("several" not in one.doubts for one in clear):
        return ""
    return context.word("synthesis-chance", count=len(clear))


def basis(context: Context, rows: list[Row]) -> str:
    """A warning where an answer rests on what people say, or on municipalities, alone."""
    found = {row.part for row in rows if row.verdict in ("up", "down")}
    if len(found) != 1 or "register" in found:
        return ""
    return context.word("synthesis-basis", part=found.pop())


def questions(context: Context) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """The questions: id, text, and the parts that may answer it.

    A study that declares none has one for each of its parts, which all effects bear on.
    """
    asked = context.study.questions
    if asked:
        return [(one.id, context.label(one.text), PARTS) for one in asked]
    return [
        (None, context.word(f"synthesis-question-{part}"), (part,))
        for part in PARTS
        if declared(context, part)
    ]


def _ways(context: Context, question: str | None, parts: tuple[str, ...]) -> dict[str, Way]:
    """What each part says on a question, as far as it says anything."""
    found = {part: way(context, bearing(context, question, part)) for part in parts}
    return {part: one for part, one in found.items() if one is not None}


def _sides(context: Context, known: dict[str, Way]) -> str:
    """Which parts say what."""
    return " ".join(
        context.word(
            f"synthesis-side-{one}",
            parts=context.fmt.joined(
                [context.word(f"synthesis-the-{part}") for part in known if known[part] == one]
            ),
        )
        for one in WAYS
        if one in known.values()
    )


def in_short(context: Context) -> str:
    """The questions with their answers alone, and what each part says, a bullet each."""
    out: list[str] = []
    asked = questions(context)
    if not any(bearing(context, q, part) for q, _, parts in asked for part in parts):
        return context.word("synthesis-all-open", count=len(asked))
    for question, text, parts in asked:
        rows = [row for part in parts for row in bearing(context, question, part)]
        key = verdict_key({favour(context, row) for row in rows})
        said = (
            context.word(f"synthesis-word-{key}"),
            _sides(context, _ways(context, question, parts)),
            chance(context, rows),
        )
        verdict_text = " ".join(one for one in said if one)
        out.append("- " + context.word("synthesis-answer", question=text, verdict=verdict_text))
    return "\n".join(out)


def answers(context: Context) -> str:
    """The questions answered one by one, each with what the parts say on it."""
    out, asked = [], bool(context.study.questions)
    for question, text, parts in questions(context):
        rows = [row for part in parts for row in bearing(context, question, part)]
        cautions = (chance(context, rows), basis(context, rows) if asked else "")
        head = context.word(
            "synthesis-answer",
            question=text,
            verdict=" ".join(t for t in (verdict(context, rows), *cautions) if t),
        )
        bullets = [_of_part(context, part, question) for part in parts]
        lines = "\n".join(f"- {bullet}" for bullet in bullets if bullet)
        out.append(f"{head}\n\n{lines}" if lines else head)
    return "\n\n".join(out)


def _kind(ways: set[Way]) -> str:
    """How the parts stand to one another."""
    if "mixed" in ways or {"better", "worse"} <= ways:
        return "apart"
    if len(ways) == 1:
        return "same"
    return "part" if "none" in ways else "unlike"


def agreement(context: Context) -> str:
    """Whether the parts agree: survey and register as a whole, then question by question."""
    texts, bullets = [_experiments(context)], []
    for question, text, parts in questions(context):
        known = _ways(context, question, parts)
        if len(known) < 2:
            continue
        bullets.append(
            context.word(
                "synthesis-agree",
                question=text,
                kind=_kind(set(known.values())),
                sides=_sides(context, known),
            )
        )
    if bullets:
        texts += [context.word("synthesis-agree-lead", count=len(bullets)),
                  "\n".join(f"- {bullet}" for bullet in bullets)]  # fmt: skip
    return "\n\n".join(text for text in texts if text)


def _experiments(context: Context) -> str:
    """Whether what people hope and what is recorded point the same way."""
    study = context.study
    survey, register = (way(context, bearing(context, None, part)) for part in TRIALS)
    if survey is None or register is None or study.survey is None or study.register_ is None:
        return ""
    kind = _kind({survey, register})
    if kind == "part":
        kind = "survey" if register == "none" else "register"
    rows = [row for part in TRIALS for row in bearing(context, None, part)]
    same = int(study.survey.participants == study.register_.participants)
    texts = (
        context.word("synthesis-experiments", survey=survey, register=register, kind=kind),
        chance(context, rows),
        context.word("synthesis-people", same=same),
    )
    return " ".join(text for text in texts if text)
