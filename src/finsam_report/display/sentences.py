"""Text that depends on results: computed from the released ledger, for an effect, none, or the opposite."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from finsam_report.display.context import Context, Part
from finsam_report.display.format import decimals
from finsam_report.display.lookup import Row
from finsam_report.study import Register, Survey

Q_LEVEL = 0.05


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _level(context: Context) -> str:
    return context.fmt.number(context.study.analysis.level * 100)


def _places(row: Row) -> int:
    return decimals(row.unit, (row.estimate, row.std_error))


def _direction(context: Context, part: Part, outcome: str) -> str:
    declared = context.part(part)
    items = declared.items if isinstance(declared, Survey) else declared.outcomes  # type: ignore[union-attr]
    return next(item.direction for item in items if item.id == outcome)


def favour(context: Context, row: Row) -> str:
    """ "better", "worse", "higher", "lower", "unclear" or "unknown"."""
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
        "level": _level(context),
        "horizon": context.horizon(row.horizon),
        "item": lower(context.outcome(part, row.outcome)),
        "outcome": lower(context.outcome(part, row.outcome)),
    }


def participation(context: Context, part: Part) -> str:
    """How many were randomised to each arm; for the survey also who answered."""
    look, fmt = context.look, context.fmt
    sizes = [look.count(part, "randomised", f"arm:{arm}") for arm in ("support", "control")]
    shared = {
        "n": fmt.number(sum(sizes)), "support-n": fmt.number(sizes[0]),
        "control-n": fmt.number(sizes[1]),
    }  # fmt: skip
    declared = context.part(part)
    if isinstance(declared, Survey):
        wave = declared.wave(declared.primary_wave)
        answered = sum(
            look.count(part, f"answered_wave{wave.wave}", f"arm:{arm}", wave.month)
            for arm in ("support", "control")
        )
        gap = look.row(
            part, "attrition", f"wave{wave.wave}", "unadjusted", horizon=wave.month
        )
        verdict = gap.verdict if gap else "unknown"
        labels = [lower(label) for label in context.arm_labels(part)]
        number = math.nan if gap is None else gap.estimate
        return context.word(
            "survey-participation", **shared, support=labels[0], control=labels[1],
            month=wave.month, answered=fmt.number(answered), level=_level(context),
            share=fmt.number(100 * answered / sum(sizes), 1), verdict=verdict,
            gap=fmt.number(abs(number) if verdict in ("up", "down") else number, 1),
            low=fmt.number(gap.ci_low if gap else math.nan, 1),
            high=fmt.number(gap.ci_high if gap else math.nan, 1),
        )  # fmt: skip
    people = context.people(part)
    blocks = sum(
        r.group.startswith("arm:support|block:") for r in look.rows(part, "flow", outcome="randomised")
    )
    return " ".join(
        [
            context.word(
                "register-participation", **shared, support=people[0], control=people[1]
            ),
            context.word("register-blocks", blocks=blocks),
        ]
    )


def take_up(context: Context, part: Part) -> str:
    """Share of each arm that met a team, and the effect of the offer on that."""
    declared = context.part(part)
    rows = context.look.rows(part, "first_stage", estimator="unadjusted")
    if declared is None or not rows:
        return ""
    row, fmt = rows[0], context.fmt
    support, control = context.people(part)
    return context.word(
        "take-up", support=support, control=control, level=_level(context),
        met=fmt.number(row.control_mean + row.estimate, 1),
        **{"control-met": fmt.number(row.control_mean, 1)},
        treatment=declared.treatment.text(context.language),
        effect=fmt.number(row.estimate, 1), low=fmt.number(row.ci_low, 1),
        high=fmt.number(row.ci_high, 1),
    )  # fmt: skip


def balance(context: Context, part: Part) -> str:
    """Whether the arms were alike, by the joint test and the largest difference."""
    look, fmt = context.look, context.fmt
    joint = look.row(part, "balance", "all_covariates", "randomisation", horizon=0)
    gaps = [
        r
        for r in look.rows(part, "balance", estimator="normalised_difference", group="all")
        if r.known
    ]
    if joint is None or math.isnan(joint.p_value) or not gaps:
        return ""
    largest = max(gaps, key=lambda r: abs(r.estimate))
    word = "balance-alike" if joint.p_value >= Q_LEVEL else "balance-unlike"
    text = context.word(
        word, count=len(gaps), p=fmt.p(joint.p_value), largest=fmt.number(largest.estimate, 2),
        name=lower(context.covariate(part, largest.outcome)),
    )
    again = look.row(
        part, "balance", "all_covariates", "randomisation", group="respondents", horizon=0
    )
    if again is not None and not math.isnan(again.p_value):
        word = "alike" if again.p_value >= Q_LEVEL else "unlike"
        text += " " + context.word(f"balance-{word}-respondents", p=fmt.p(again.p_value))
    return text


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
        "family-q", clear=len(clear), hits=len(hits),
        items=_with_horizons(context, part, hits),
    )  # fmt: skip


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
                    f"survey-{kind}", support=capital(support), control=control,
                    items=context.fmt.joined(groups[kind]),
                )
            )  # fmt: skip
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
                "survey-size", control=lower(context.arm_labels("survey")[1]),
                smallest=context.fmt.number(low.estimate, 2),
                largest=context.fmt.number(high.estimate, 2),
                **{"smallest-item": lower(context.outcome("survey", low.outcome)),
                   "largest-item": lower(context.outcome("survey", high.outcome))},
            )
        )  # fmt: skip
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
                    f"finding-{verdict}", support=support, control=control, horizons=horizons,
                    details=context.fmt.joined(details), all=int(len(chosen) == len(own)),
                )
            )  # fmt: skip
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
            "late-intro", share="full" if first >= 95 else "part",
            treatment=declared.treatment.text(context.language),
            first=context.fmt.number(first, 1),
        )
    ]  # fmt: skip
    clear = [r for r in rows if r.verdict in ("up", "down")]
    unclear = [r for r in rows if r.verdict == "unclear"]
    if clear:
        texts.append(context.word("late-clear", items=_with_horizons(context, part, clear)))
        if unclear:
            texts.append(context.word("late-unclear", items=_with_horizons(context, part, unclear)))
    else:
        texts.append(context.word("late-unclear-all"))
    return " ".join(texts)


def _outcomes(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(r.outcome for r in rows))


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
                    f"key-{kind}", support=people, level=_level(context), items=_listed(details)
                )
            )
    names = [lower(context.outcome("survey", r.outcome)) for r in groups.get("unclear", [])]
    if names:
        out.append(context.word("key-unclear", items=_listed(names)))
    return out


def _key_outcome(context: Context, rows: list[Row]) -> str:
    """One outcome at all its horizons, and what the intervals say."""
    shown = [r for r in rows if r.verdict != "unknown"]
    effects = [context.word("key-effect-at", **_arguments(context, r)) for r in shown]
    kinds: dict[str, list[int]] = {}
    for r in rows:
        kinds.setdefault(favour(context, r), []).append(int(r.horizon))
    verdicts = [
        context.word(
            f"key-verdict-{kind}", horizons=context.horizons(at), all=int(len(kinds) == 1)
        )
        for kind, at in kinds.items()
    ]
    return context.word(
        "key-outcome", outcome=context.outcome("register", rows[0].outcome),
        effects="; ".join(effects), verdicts=capital("; ".join(verdicts)),
    )  # fmt: skip


def key_findings(context: Context, part: Part) -> str:
    """Bullets for the summary."""
    look, fmt = context.look, context.fmt
    declared = context.part(part)
    sizes = [look.count(part, "randomised", f"arm:{arm}") for arm in ("support", "control")]
    bullets = []
    people = context.people(part)
    if isinstance(declared, Survey):
        wave = declared.wave(declared.primary_wave)
        answered = sum(
            look.count(part, f"answered_wave{wave.wave}", f"arm:{arm}", wave.month)
            for arm in ("support", "control")
        )
        bullets.append(
            context.word(
                "key-participation-survey", n=fmt.number(sum(sizes)), month=wave.month,
                share=fmt.number(100 * answered / sum(sizes)),
            )
        )  # fmt: skip
    elif declared is not None:
        stage = look.rows(part, "first_stage", estimator="unadjusted")
        met = stage[0].control_mean + stage[0].estimate if stage else math.nan
        bullets.append(
            context.word(
                "key-participation-register", n=fmt.number(sum(sizes)), support=people[0],
                control=people[1], **{"control-n": fmt.number(sizes[1])},
                met=fmt.number(met), treatment=declared.treatment.text(context.language),
                **{"support-n": fmt.number(sizes[0]), "take-up": int(bool(stage))},
            )
        )  # fmt: skip
    rows = context.main_rows(part, "lin")
    bullets += (
        [_key_outcome(context, [r for r in rows if r.outcome == o]) for o in _outcomes(rows)]
        if part == "register"
        else _key_items(context, rows, people[0])
    )
    missing = dict.fromkeys(
        lower(context.outcome(part, r.outcome)) for r in look.rows(part, "not_estimated")
    )
    if missing:
        bullets.append(context.word("key-not-estimated", items=_listed(list(missing))))
    return "\n".join(f"- {bullet}" for bullet in bullets)


def _listed(items: list[str]) -> str:
    return "; ".join(items)


def not_estimated(context: Context) -> str:
    """Which register outcomes could not be estimated."""
    names = dict.fromkeys(
        lower(context.outcome("register", r.outcome))
        for r in context.look.rows("register", "not_estimated")
    )
    if not names:
        return ""
    return context.word(
        "not-estimated", count=len(names), items=context.fmt.joined(list(names))
    )


def about_truth(context: Context, directory: Path) -> str:
    """How many intervals contain the true effect, where a synthetic study knows it."""
    path = directory / "truth.csv"
    if not context.study.study.synthetic or not path.is_file():
        return ""
    truth = pd.read_csv(path)
    truth = truth[(truth["analysis"] == "itt") & (truth["estimator"] == "lin")]
    known = {(r.part, r.outcome, float(r.horizon)): float(r.truth) for r in truth.itertuples()}
    parts: tuple[Part, ...] = ("survey", "register")
    inside = total = 0
    for row in [r for part in parts for r in context.main_rows(part, "lin")]:
        value = known.get((row.part, row.outcome, row.horizon))
        if value is None or math.isnan(row.ci_low):
            continue
        total += 1
        inside += row.ci_low <= value <= row.ci_high
    if not total:
        return ""
    return context.word("about-truth", count=total, inside=inside, level=_level(context))


Text = Callable[[Context], str]
