"""Sentences on who answered the surveys, and on what the control arm answered."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.display.response_tables import normalised
from finsam_report.display.sentences import capital, level, sizes
from finsam_report.display.survey_names import (
    ARMS,
    blocks,
    declared,
    site,
    site_head,
    wave_name,
)


def attrition(context: Context) -> str:
    """Whether response differs between the arms: the test, and the sites with their ends."""
    part, look, word, fmt = declared(context), context.look, context.word, context.fmt
    tests = []
    for wave in part.waves:
        row = look.row(
            "survey", "attrition", f"wave{wave.wave}", "unadjusted_randomisation",
            horizon=wave.month,
        )  # fmt: skip
        if row is not None and not math.isnan(row.p_value):
            name = wave_name(context, wave.wave)
            tests.append(word("attrition-test", wave=name[:1].lower() + name[1:],
                              p=fmt.p_equation(row.p_value)))  # fmt: skip
    out = [word("survey-attrition", tests=fmt.joined(tests), count=len(tests))] if tests else []
    row = look.row(
        "survey",
        "attrition",
        f"wave{part.primary_wave}",
        "joint_response",
        horizon=part.wave(part.primary_wave).month,
    )
    if row is not None and not math.isnan(row.p_value):
        out.append(
            word(
                "survey-joint-response",
                p=fmt.p_equation(row.p_value),
                month=part.wave(part.primary_wave).month,
            )
        )
    text = _by_site(context)
    return " ".join([*out, text] if text else out)


def _by_site(context: Context) -> str:
    """The lowest and the highest difference in response among the sites, primary survey."""
    part, look, fmt = declared(context), context.look, context.fmt
    wave = part.wave(part.primary_wave)
    found: list[tuple[Row, str]] = []
    for block in blocks(context):
        row = look.row(
            "survey", "attrition", f"wave{wave.wave}", "unadjusted",
            group=f"all{BLOCK}{block}", horizon=wave.month,
        )  # fmt: skip
        counts = [
            look.count("survey", f"answered_wave{wave.wave}", f"arm:{arm}{BLOCK}{block}",
                       wave.month)
            for arm in ARMS
        ]  # fmt: skip
        if row is not None and row.known and not any(math.isnan(n) for n in counts):
            found.append((row, site(context, block)))
    if len(found) < 2:
        return ""
    found.sort(key=lambda pair: pair[0].estimate)
    clear = [name for row, name in found if row.verdict in ("up", "down")]
    (low, low_site), (high, high_site) = found[0], found[-1]
    return context.word(
        "survey-attrition-sites",
        head=site_head(context).lower(),
        low=fmt.number(low.estimate, 1),
        low_site=low_site,
        high=fmt.number(high.estimate, 1),
        high_site=high_site,
        level=level(context),
        clear=len(clear),
        sites=fmt.joined(clear),
        all=int(len(found) == len(blocks(context))),
        month=wave.month,
    )


def flag(context: Context) -> str:
    """The What Works Clearinghouse's boundaries for attrition, where the ledger has them."""
    part, look, fmt = declared(context), context.look, context.fmt
    wave = part.wave(part.primary_wave)
    name = f"wave{wave.wave}"
    found = [
        look.row("survey", "attrition", name, f"wwc_{kind}", horizon=wave.month)
        for kind in ("cautious", "optimistic")
    ]
    if any(row is None or not row.known for row in found):
        return ""
    low = [row is not None and row.estimate == 1 for row in found]
    sent = sizes(context, "survey")
    got = [look.count("survey", f"answered_{name}", f"arm:{arm}", wave.month) for arm in ARMS]
    if any(math.isnan(n) for n in (*got, *sent)) or not all(sent):
        return ""
    # The boundaries are for plain shares, so this difference is not weighted by block.
    gap = 100 * abs(got[0] / sent[0] - got[1] / sent[1])
    return context.word(
        "survey-wwc",
        lost=fmt.number(100 * (1 - sum(got) / sum(sent)), 1),
        gap=fmt.number(gap, 1),
        verdict="low" if all(low) else "high" if not any(low) else "between",
        month=wave.month,
    )


def who_answered(context: Context) -> str:
    """In what those who answered differ most from those who did not."""
    part, look, fmt = declared(context), context.look, context.fmt
    wave = part.primary_wave
    gaps: list[tuple[float, str, Row, Row]] = []
    for got in look.rows("survey", "who_answered", group=f"answered:wave{wave}", unit="percent"):
        lost = look.row(
            "survey", "who_answered", got.outcome, "mean", group=f"silent:wave{wave}", horizon=0
        )
        if lost is None or not (lost.known and got.known):
            continue
        size = normalised(got.estimate, lost.estimate)
        if not math.isnan(size):
            gaps.append((size, context.covariate("survey", got.outcome), got, lost))
    if not gaps:
        return ""
    size, name, got, lost = max(gaps, key=lambda gap: abs(gap[0]))
    return context.word(
        "survey-who-answered",
        name=name,
        size=fmt.number(size, 2),
        got=fmt.number(got.estimate, 1),
        lost=fmt.number(lost.estimate, 1),
        count=len(gaps),
    )


def empty_items(context: Context) -> str:
    """How often an item was left empty by those who sent the primary survey back."""
    part, look, fmt = declared(context), context.look, context.fmt
    rows = look.rows("survey", "item_missing", estimator="share")
    if not rows:
        return ""
    names = {item.id: context.label(item.label) for item in part.items}
    arms = dict(zip(ARMS, context.people("survey"), strict=True))
    known = [r for r in rows if r.known]
    by_item = {i: [r.estimate for r in rows if r.outcome == i] for i in names}
    nobody = [names[i] for i, x in by_item.items() if x and all(v == 100 for v in x)]
    some = [r for r in known if r.estimate not in (0, 100)]
    most = max(some, key=lambda r: r.estimate, default=None)
    hidden = len(known) < len(rows)
    text = context.word(
        "survey-empty",
        case="most" if most else "hidden" if hidden else "none",
        hidden=int(hidden),
        nobody=len(nobody),
        share=fmt.number(most.estimate, 1) if most else "",
        item=names[most.outcome] if most else "",
        people=arms[most.group.removeprefix("arm:")] if most else "",
    )
    if nobody:
        items = fmt.joined(nobody)
        unanswered = context.word("survey-nobody-answered", items=items, count=len(nobody))
        return unanswered if len(nobody) == len(names) else f"{text} {unanswered}"
    return text


def control_answers(context: Context) -> str:
    """Which items the control arm rates lowest and highest, where all have one scale."""
    part, look = declared(context), context.look
    if len({(item.minimum, item.maximum) for item in part.items}) != 1:
        return ""
    month = part.wave(part.primary_wave).month
    found = []
    for item in part.items:
        row = look.row("survey", "answers", item.id, "mean", group="arm:control", horizon=month)
        if row is not None and row.known:
            found.append((row.estimate, context.label(item.label)))
    if len(found) < 2:
        return ""
    low, high = min(found), max(found)
    first = part.items[0]
    number = context.fmt.number
    return capital(
        context.word(
            "survey-control-answers",
            people=context.people("survey")[1],
            lowest=low[1],
            low=number(low[0], 2),
            highest=high[1],
            high=number(high[0], 2),
            minimum=number(first.minimum),
            maximum=number(first.maximum),
        )
    )
