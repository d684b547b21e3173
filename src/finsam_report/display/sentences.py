"""Text computed from the released ledger, and what all computed text shares."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from finsam_report.display.context import Context, Part
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.shown import escaped
from finsam_report.errors import FinsamError
from finsam_report.study import TRUTH_FILE, Survey

DRAWN_AGAIN = 100_000  # people up to whom assignments are drawn again for the tests


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def level(context: Context) -> str:
    """The level of the intervals, per cent."""
    return context.fmt.number(context.study.analysis.level * 100)


def programme(context: Context) -> str:
    """Which words the study asks for: of teams that are met, or of an offer that is taken up."""
    return context.study.study.programme


def without_draws(context: Context, part: Part) -> bool:
    """Whether a part has so many people that its tests are not by drawing assignments again."""
    return part == "register" and sum(sizes(context, part)) > DRAWN_AGAIN


def tested_together(context: Context, part: Part) -> bool:
    """Whether some family has more than one test, so that q-values say something."""
    declared = context.part(part)
    if declared is None:
        return False
    listed = declared.items if isinstance(declared, Survey) else declared.outcomes
    family = {item.id: item.family for item in listed}
    found = context.main_rows(part, "lin" if without_draws(context, part) else "lin_randomisation")
    tests = [(family[r.outcome], r.horizon) for r in found]
    return len(tests) > len(set(tests))


def reading_q(context: Context, part: Part) -> str:
    """How to read the q-values, where there are any."""
    return context.word("reading-q", several=int(tested_together(context, part)))


def summary_several(context: Context) -> str:
    """A warning of many tests for the summary, where there are many."""
    parts: tuple[Part, ...] = ("survey", "register")
    several = any(tested_together(context, part) for part in parts)
    return context.word("summary-several", several=int(several))


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
        groups = context.people(part)
        number = math.nan if gap is None else gap.estimate
        ends = (gap.ci_low, gap.ci_high) if gap else (math.nan, math.nan)
        if verdict == "down":  # "lower by 3.0 (1.0 to 5.0)"
            ends = (-ends[1], -ends[0])
        low, high = fmt.ends(*ends, 1)
        return context.word(
            "survey-participation",
            **shared,
            support=groups[0],
            control=groups[1],
            month=wave.month,
            answered=fmt.number(got),
            known=int(not math.isnan(got)),
            level=level(context),
            share=fmt.number(100 * got / sum(counts), 1),
            verdict=verdict,
            gap=fmt.number(abs(number) if verdict in ("up", "down") else number, 1),
            low=low,
            high=high,
        )
    people = context.people(part)
    blocks = sum(
        r.group.startswith("arm:support|block:")
        for r in look.rows(part, "flow", outcome="randomised")
    )
    return " ".join(
        [
            context.word("register-participation", **shared, support=people[0], control=people[1]),
            context.word("register-blocks", blocks=blocks, number=fmt.words(blocks)),
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
    ends = (row.ci_low, row.ci_high)
    if row.verdict == "down":
        ends = (-ends[1], -ends[0])
    low, high = fmt.ends(*ends, 1)
    estimate = abs(row.estimate) if row.verdict in ("up", "down") else row.estimate
    return context.word(
        "take-up",
        support=support,
        control=control,
        programme=programme(context),
        shown="both" if row.known else "neither",
        verdict=row.verdict,
        nobody=int(row.control_mean == 0),
        level=level(context),
        met=fmt.number(row.control_mean + row.estimate, 1),
        **{"control-met": fmt.number(row.control_mean, 1)},
        treatment=context.treatment(part),
        effect=fmt.number(estimate, 1),
        low=low,
        high=high,
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
        p=fmt.p(joint.p_value),
        largest=fmt.number(largest.estimate, 2),
        name=context.covariate(part, largest.outcome),
    )
    again = look.row(
        part, "balance", "all_covariates", "randomisation", group="respondents", horizon=0
    )
    if again is not None and not math.isnan(again.p_value):
        if again.p_value < Q_LEVEL:
            key = "balance-unlike-respondents"
        elif word == "balance-alike":
            key = "balance-alike-respondents"
        else:
            key = "balance-alike-respondents-only"
        text += " " + context.word(key, p=fmt.p(again.p_value))
    return text


def not_estimated(context: Context) -> str:
    """Which register outcomes could not be estimated."""
    names = dict.fromkeys(
        context.outcome("register", r.outcome)
        for r in context.look.rows("register", "not_estimated", group="all")
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
    path = directory / TRUTH_FILE
    if not context.study.study.synthetic or not path.is_file():
        return ""
    try:
        truth = pd.read_csv(path)
        truth = truth[(truth["analysis"] == "itt") & (truth["estimator"] == "lin")]
        keys = zip(truth["part"], truth["outcome"], truth["horizon"].astype(float), strict=True)
        known = dict(zip(keys, truth["truth"].astype(float), strict=True))
    except (KeyError, ValueError):
        raise FinsamError(
            f"{TRUTH_FILE} must be a CSV with columns part, analysis, outcome, group, horizon, "
            "estimator and truth; correct it or remove it"
        ) from None
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
    counts = {0: "none", total: "all", 1: "one" if total > 1 else "all"}
    words = context.fmt.words
    return context.word(
        "about-truth",
        count=total,
        number=words(total),
        inside=counts.get(inside, words(inside)),
        level=level(context),
    )


def warnings(context: Context, found: tuple[str, ...]) -> str:
    """What was odd in the inputs, as a list; a sentence where nothing was."""
    head = context.word("input-warnings", count=len(found))
    return "\n".join([head, "", *(f"- {escaped(text)}" for text in found)]).strip()
