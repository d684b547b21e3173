"""Text computed from the released ledger, and what all computed text shares."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from finsam_report.display.context import Context, Part
from finsam_report.study import Survey

Q_LEVEL = 0.05


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def level(context: Context) -> str:
    """The level of the intervals, per cent."""
    return context.fmt.number(context.study.analysis.level * 100)


def sizes(context: Context, part: Part) -> tuple[float, float]:
    """How many were randomised to each arm."""
    look = context.look
    return (
        look.count(part, "randomised", "arm:support"),
        look.count(part, "randomised", "arm:control"),
    )


def answered(context: Context) -> float:
    """How many of both arms answered the primary survey."""
    part = context.part("survey")
    if not isinstance(part, Survey):
        return math.nan
    wave = part.wave(part.primary_wave)
    return sum(
        context.look.count("survey", f"answered_wave{wave.wave}", f"arm:{arm}", wave.month)
        for arm in ("support", "control")
    )


def participation(context: Context, part: Part) -> str:
    """How many were randomised to each arm; for the survey also who answered."""
    look, fmt = context.look, context.fmt
    counts = sizes(context, part)
    shared = {
        "n": fmt.number(sum(counts)),
        "support-n": fmt.number(counts[0]),
        "control-n": fmt.number(counts[1]),
    }
    declared = context.part(part)
    if isinstance(declared, Survey):
        wave = declared.wave(declared.primary_wave)
        got = answered(context)
        gap = look.row(part, "attrition", f"wave{wave.wave}", "unadjusted", horizon=wave.month)
        verdict = gap.verdict if gap else "unknown"
        labels = [lower(label) for label in context.arm_labels(part)]
        number = math.nan if gap is None else gap.estimate
        return context.word(
            "survey-participation",
            **shared,
            support=labels[0],
            control=labels[1],
            month=wave.month,
            answered=fmt.number(got),
            level=level(context),
            share=fmt.number(100 * got / sum(counts), 1),
            verdict=verdict,
            gap=fmt.number(abs(number) if verdict in ("up", "down") else number, 1),
            low=fmt.number(gap.ci_low if gap else math.nan, 1),
            high=fmt.number(gap.ci_high if gap else math.nan, 1),
        )
    people = context.people(part)
    blocks = sum(
        r.group.startswith("arm:support|block:")
        for r in look.rows(part, "flow", outcome="randomised")
    )
    return " ".join(
        [
            context.word("register-participation", **shared, support=people[0], control=people[1]),
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
        "take-up",
        support=support,
        control=control,
        level=level(context),
        met=fmt.number(row.control_mean + row.estimate, 1),
        **{"control-met": fmt.number(row.control_mean, 1)},
        treatment=declared.treatment.text(context.language),
        effect=fmt.number(row.estimate, 1),
        low=fmt.number(row.ci_low, 1),
        high=fmt.number(row.ci_high, 1),
    )


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
        word,
        count=len(gaps),
        p=fmt.p(joint.p_value),
        largest=fmt.number(largest.estimate, 2),
        name=lower(context.covariate(part, largest.outcome)),
    )
    again = look.row(
        part, "balance", "all_covariates", "randomisation", group="respondents", horizon=0
    )
    if again is not None and not math.isnan(again.p_value):
        word = "alike" if again.p_value >= Q_LEVEL else "unlike"
        text += " " + context.word(f"balance-{word}-respondents", p=fmt.p(again.p_value))
    return text


def not_estimated(context: Context) -> str:
    """Which register outcomes could not be estimated."""
    names = dict.fromkeys(
        lower(context.outcome("register", r.outcome))
        for r in context.look.rows("register", "not_estimated")
    )
    if not names:
        return ""
    return context.word(
        "not-estimated",
        count=len(names),
        number=capital(context.fmt.words(len(names))),
        items=context.fmt.joined(list(names)),
    )


def about_truth(context: Context, directory: Path) -> str:
    """How many intervals contain the true effect, where a synthetic study knows it."""
    path = directory / "truth.csv"
    if not context.study.study.synthetic or not path.is_file():
        return ""
    truth = pd.read_csv(path)
    truth = truth[(truth["analysis"] == "itt") & (truth["estimator"] == "lin")]
    keys = zip(truth["part"], truth["outcome"], truth["horizon"].astype(float), strict=True)
    known: dict[tuple[str, str, float], float] = dict(
        zip(keys, truth["truth"].astype(float), strict=True)
    )
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
    return context.word("about-truth", count=total, inside=inside, level=level(context))
