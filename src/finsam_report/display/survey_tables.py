"""Tables of the people in the survey experiment: sites and waiting times."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.flow_counts import check_counts
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.display.survey_names import (
    ARMS,
    FlowCounts,
    days_number,
    declared,
    places,
    whole,
)
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

WAITS = ("referred_to_randomised", "randomised_to_met")
QUARTILES = ("quartile_1", "median", "quartile_3")


def flow_sites(context: Context) -> Table:
    """The flow by site and arm: randomised, met a team, answered each survey.

    Raises:
        FinsamError: Counts do not add up.
    """
    check_counts(context, "survey")
    part, fmt, count = declared(context), context.fmt, FlowCounts(context)
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    rows, groups = [], []
    for block, name in places(context):
        for arm in ARMS:
            cells = [labels[arm], fmt.number(count("randomised", arm, block))]
            if part.take_up:
                cells.append(fmt.number(count("met_team", arm, block)))
            for wave in part.waves:
                got = count(f"answered_wave{wave.wave}", arm, block, float(wave.month))
                cells.append(fmt.number(got) if arm in wave.arms else NONE)
            rows.append(tuple(cells))
            groups.append(name)
    word, programme = context.word, context.study.study.programme
    heads = [word("head-wave", wave=w.wave, month=w.month) for w in part.waves]
    one_arm = any(len(wave.arms) == 1 for wave in part.waves)
    return Table(
        name="survey-flow-sites",
        columns=(
            Column(word("head-arm"), "left", wide=True),
            Column(word("head-sent")),
            *([Column(word("head-met", programme=programme))] if part.take_up else []),
            *(Column(head) for head in heads),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-flow-sites", none=NONE, one=int(one_arm)),
            *suppression_note(context, rows),
        ),
        data=frame_of(count.used),
    )


def _wait_cells(context: Context, found: list[Row | None]) -> tuple[str, str]:
    """Median with quartiles, and the number of people."""
    if all(row is None for row in found):
        return NONE, NONE
    low, middle, high = (math.nan if row is None else row.estimate for row in found)
    people = next((r.n_support for r in found if r and not math.isnan(r.n_support)), math.nan)
    if math.isnan(people):
        people = next((r.n_control for r in found if r and not math.isnan(r.n_control)), math.nan)
    number = context.fmt.number
    if math.isnan(middle):
        return SUPPRESSED, number(people)
    ends = [SUPPRESSED if math.isnan(end) else days_number(context, end) for end in (low, high)]
    quartiles = SUPPRESSED if ends == [SUPPRESSED] * 2 else "–".join(ends)
    return f"{days_number(context, middle)} ({quartiles})", number(people)


def _with_queue(context: Context, name: str, months: float | None) -> str:
    """A site, with how long people wait there outside the study, where that is declared."""
    if months is None:
        return name
    number = context.fmt.tick(months)
    return context.word("group-queue", site=name, months=number, count=whole(months))


def waiting(context: Context) -> Table:
    """Days from referral to randomisation and from there to a team, by site and arm."""
    part, look, word = declared(context), context.look, context.word
    labels = dict(zip(ARMS, context.arm_labels("survey"), strict=True))
    there = [w for w in WAITS if look.rows("survey", "waiting", outcome=w)]
    queue = {entry.block: entry.months for entry in part.queue}
    rows: list[tuple[str, ...]] = []
    groups: list[str] = []
    used: list[Row] = []
    everywhere = places(context)
    for block, name in everywhere:
        for arm in ARMS:
            group = f"arm:{arm}{BLOCK}{block}" if block else f"arm:{arm}"
            cells = [labels[arm]]
            for wait in there:
                found = [look.row("survey", "waiting", wait, q, group=group) for q in QUARTILES]
                used += [row for row in found if row is not None]
                middle, people = _wait_cells(context, found)
                met = look.row("survey", "flow", "met_team", "count", group=group)
                if wait == WAITS[1] and met is not None and not met.known:
                    people = SUPPRESSED  # or it would tell how many met a team
                cells += [middle, people]
            rows.append(tuple(cells))
            groups.append(_with_queue(context, name, queue.get(block)))
    programme, treatment = context.study.study.programme, context.treatment("survey")
    heads = [Column(word("head-arm"), "left", wide=True)]
    for wait in there:
        heads.append(Column(word(f"head-wait-{wait}", programme=programme)))
        heads.append(Column("N"))
    return Table(
        name="survey-waiting",
        columns=tuple(heads),
        rows=tuple(rows),
        groups=tuple(groups) if len(everywhere) > 1 else (),
        notes=(
            word(
                "note-waiting",
                met=int(WAITS[1] in there),
                queue=int(bool(queue) and len(everywhere) > 1),
                treatment=treatment,
                programme=programme,
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
