"""Tables of who answered the surveys, and who did not."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import BLOCK
from finsam_report.display.survey_names import (
    ARMS,
    FlowCounts,
    declared,
    places,
    site_head,
    wave_name,
)
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)


def response(context: Context) -> Table:
    """Who answered, by wave and arm, and the difference between the arms with its test."""
    part, look, fmt, count = declared(context), context.look, context.fmt, FlowCounts(context)
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    rows, groups = [], []
    for wave in part.waves:
        month, name = float(wave.month), f"wave{wave.wave}"
        gap = look.row("survey", "attrition", name, "unadjusted", horizon=month)
        drawn = look.row("survey", "attrition", name, "unadjusted_randomisation", horizon=month)
        for number, arm in enumerate(wave.arms):
            sent = count("randomised", arm)
            got = count(f"answered_{name}", arm, "", month)
            cell = SUPPRESSED if math.isnan(got) or not sent else _with_share(context, got, sent)
            compared = ["" if number else NONE] * 3
            if number == 0 and gap is not None:
                count.used.append(gap)
                p = NONE if drawn is None else fmt.p(drawn.p_value)
                compared = [estimate_cell(context, gap, 1), interval_cell(context, gap, 1), p]
                count.used += [drawn] if drawn else []
            groups.append(wave_name(context, wave.wave))
            rows.append((labels[arm], fmt.number(sent), cell, *compared))
    level = fmt.number(context.study.analysis.level * 100)
    return Table(
        name="survey-response",
        columns=(
            Column(context.word("head-arm"), "left", wide=True),
            Column(context.word("head-sent")),
            Column(context.word("head-answered-share")),
            Column(context.word("head-response-difference")),
            Column(context.word("head-interval", level=level)),
            Column("p"),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            context.word("note-response"),
            context.word("note-response-p", draws=fmt.number(context.study.analysis.draws)),
            *suppression_note(context, rows),
        ),
        data=frame_of(count.used),
    )


def _with_share(context: Context, got: float, sent: float) -> str:
    """Such as "146 (88.5)"."""
    return f"{context.fmt.number(got)} ({context.fmt.number(100 * got / sent, 1)})"


def _both(context: Context, got: float, sent: float) -> str:
    """Such as "146 of 165 (88.5)"."""
    if math.isnan(got) or not sent:
        return SUPPRESSED
    number = context.fmt.number
    return context.word(
        "cell-answered", got=number(got), sent=number(sent), share=number(100 * got / sent, 1)
    )


def response_sites(context: Context) -> Table:
    """Who answered by wave and site, and the difference between the arms within the site."""
    part, look, count = declared(context), context.look, FlowCounts(context)
    rows, groups = [], []
    for wave in part.waves:
        month, name = float(wave.month), f"wave{wave.wave}"
        for block, label in places(context):
            cells, seen = [label], True
            for arm in ARMS:
                if arm not in wave.arms:
                    cells.append(NONE)
                    continue
                got = count(f"answered_{name}", arm, block, month)
                sent = count("randomised", arm, block)
                cells.append(_both(context, got, sent))
                seen &= not (math.isnan(got) or math.isnan(sent))
            group = f"all{BLOCK}{block}" if block else "all"
            gap = look.row("survey", "attrition", name, "unadjusted", group=group, horizon=month)
            if gap is None:
                cells += [NONE, NONE]
            elif not seen:  # a difference would give away the count that is hidden
                cells += [SUPPRESSED, SUPPRESSED]
            else:
                count.used.append(gap)
                cells += [estimate_cell(context, gap, 1), interval_cell(context, gap, 1)]
            rows.append(tuple(cells))
            groups.append(wave_name(context, wave.wave))
    level = context.fmt.number(context.study.analysis.level * 100)
    word, labels = context.word, context.arm_labels("survey")
    return Table(
        name="survey-response-sites",
        columns=(
            Column(site_head(context), "left", wide=True),
            *(Column(word("head-arm-share", arm=label)) for label in labels),
            Column(word("head-response-difference")),
            Column(word("head-interval", level=level)),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-response-sites"), *suppression_note(context, rows)),
        data=frame_of(count.used),
    )


def normalised(one: float, two: float) -> float:
    """Normalised difference of two shares in per cent; NaN where neither varies."""
    spread = math.sqrt((one * (100 - one) + two * (100 - two)) / 2)
    return (one - two) / spread if spread else math.nan


def who_answered(context: Context) -> Table:
    """Characteristics of those who answered the primary survey and of those who did not."""
    part, look, fmt = declared(context), context.look, context.fmt
    wave = part.primary_wave
    rows, used = [], []
    for got in look.rows("survey", "who_answered", group=f"answered:wave{wave}"):
        lost = look.row(
            "survey", "who_answered", got.outcome, "mean", group=f"silent:wave{wave}", horizon=0
        )
        other = math.nan if lost is None else lost.estimate
        used += [got, *([lost] if lost else [])]
        unit = got.unit
        digits = decimals(unit, (got.estimate, other))
        shown = not math.isnan(got.estimate - other)
        scaled = normalised(got.estimate, other) if shown and unit == "percent" else math.nan
        gap = fmt.number(got.estimate - other, digits) if shown else SUPPRESSED
        rows.append(
            (
                context.with_unit(context.covariate("survey", got.outcome), unit),
                fmt.number(got.estimate, digits),
                NONE if lost is None else fmt.number(other, digits),
                NONE if lost is None else gap,
                NONE if math.isnan(scaled) else fmt.number(scaled, 2),
            )
        )
    word = context.word
    return Table(
        name="survey-who-answered",
        columns=(
            Column(word("head-characteristic"), "left", wide=True),
            Column(word("head-answered")),
            Column(word("head-silent")),
            Column(word("head-difference")),
            Column(word("head-normalised")),
        ),
        rows=tuple(rows),
        notes=(word("note-who-answered"), *suppression_note(context, rows)),
        data=frame_of(used),
    )
