"""Flow diagrams in the manner of CONSORT, drawn from the released counts."""

from __future__ import annotations

import math

from finsam_report.display.context import Context, Part
from finsam_report.display.figure import Figure
from finsam_report.display.flow_boxes import Boxes, Line, Sizes, draw, total_height
from finsam_report.display.flow_counts import check_counts, referred
from finsam_report.display.format import Formatter
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.display.survey_names import ARMS, blocks, month_name, site, split_group
from finsam_report.display.trial_tables import frame_of
from finsam_report.errors import FinsamError
from finsam_report.study import Register, Survey

MOST_SITES = 6  # more of them are in a table only


class _Counter:
    """Counts of the flow, remembered as they are used."""

    def __init__(self, context: Context, part: Part) -> None:
        self.context, self.part = context, part
        self.used: list[Row] = []

    def __call__(self, outcome: str, arm: str, horizon: float | None = None) -> float:
        row = self.context.look.row(
            self.part, "flow", outcome, "count", group=f"arm:{arm}", horizon=horizon
        )
        if row is None:
            return math.nan
        if row not in self.used:
            self.used.append(row)
        return row.estimate


def _split(context: Context, yes: str, no: str, count: float, whole: float) -> tuple[Line, ...]:
    """Two lines that add up to the whole.

    Raises:
        FinsamError: More people than there are.
    """
    if count > whole:
        raise FinsamError(f"flow diagram: {count:g} of {whole:g} people ({yes})")
    number = context.fmt.number
    return Line(yes, number(count)), Line(no, number(whole - count))


def _sites(context: Context, count: _Counter, arm: str) -> tuple[Line, ...]:
    """The blocks of an arm, where there are few enough for a box."""
    names = blocks(context)
    if len(names) > MOST_SITES:
        return ()
    number = context.fmt.number
    return tuple(
        Line(site(context, name), number(count("randomised", f"{arm}{BLOCK}{name}")), minor=True)
        for name in names
    )


def span(fmt: Formatter, low: float, high: float) -> str:
    """A count, or the two ends between which it lies."""
    return fmt.number(low) if low == high else f"{fmt.number(low)}–{fmt.number(high)}"


def _analysed(context: Context, arm: str) -> tuple[Line, ...]:
    """How many answers the effects rest on, from the item with fewest to that with most."""
    rows = context.main_rows("survey", "lin")
    if not rows:
        return ()
    people = [r.n_support if arm == "support" else r.n_control for r in rows]
    hidden = any(math.isnan(n) for n in people)
    text = context.fmt.number(math.nan) if hidden else span(context.fmt, min(people), max(people))
    return (Line(context.word("flow-analysed", several=int(len(rows) > 1)), text, minor=True),)


def _survey_steps(context: Context, part: Survey, count: _Counter, sizes: Sizes) -> list[Boxes]:
    steps: list[Boxes] = []
    for wave in part.waves:
        boxes: Boxes = {}
        for arm in wave.arms:
            yes, no = _split(
                context,
                context.word("flow-wave", wave=wave.wave, month=wave.month),
                context.word("flow-no-answer"),
                count(f"answered_wave{wave.wave}", arm, float(wave.month)),
                sizes[arm],
            )
            analysed = _analysed(context, arm) if wave.wave == part.primary_wave else ()
            boxes[arm] = (yes, *analysed, no)
        steps.append(boxes)
    return steps


def referrals(context: Context, randomised: float) -> tuple[str, int, bool, list[Row]] | None:
    """Everybody who was referred while people were randomised.

    Returns:
        The last month, how many people, whether that is all of them (else the least there can
        be, since months of few people are hidden), and the rows; None where nothing is known.

    Raises:
        FinsamError: Fewer were referred than randomised.
    """
    look = context.look
    months = [
        split_group(row.group)[1]
        for row in look.rows("survey", "recruitment", outcome="randomised")
        if row.estimate != 0
    ]
    rows = look.rows("survey", "recruitment", outcome="referred")
    last = max(months or [split_group(row.group)[1] for row in rows], default="")
    used = [row for row in rows if split_group(row.group)[1] <= last]
    found = referred([row.estimate for row in used], randomised, last)
    return None if found is None else (last, *found, used)


def _before(context: Context, total: float) -> tuple[list[Line], list[Line], list[Row]]:
    """The boxes of those who were referred, and of those who did not come into the study."""
    found = referrals(context, total)
    if found is None:
        return [], [], []
    month, people, everybody, rows = found
    number, word = context.fmt.number, context.word
    counts = [
        number(n) if everybody else word("at-least", number=number(n))
        for n in (people, people - total)
    ]
    head = word("flow-referred", month=month_name(context, month))
    return [Line(head, counts[0])], [Line(word("flow-outside"), counts[1])], rows


def _register_steps(context: Context, part: Register, count: _Counter, sizes: Sizes) -> list[Boxes]:
    """All horizons in one box per arm, so that they do not become a ladder."""
    boxes: Boxes = {}
    for arm, whole in sizes.items():
        lines: list[Line] = []
        for horizon in part.horizons:
            seen = count("followed", arm, float(horizon))
            yes, no = _split(
                context,
                context.word("flow-followed", horizon=context.horizon(horizon)),
                context.word("flow-not-followed"),
                seen,
                whole,
            )
            lines += [yes] if seen == whole else [yes, no]
        boxes[arm] = tuple(lines)
    return [boxes]


def _met(context: Context, part: Part, count: _Counter, sizes: Sizes) -> Boxes:
    words = {"treatment": context.treatment(part), "programme": context.study.study.programme}
    boxes: Boxes = {}
    for arm, size in sizes.items():
        met = count("met_team", arm)
        yes, no = (context.word(key, **words) for key in ("flow-met", "flow-not-met"))
        lines = _split(context, yes, no, met, size)
        if part == "survey" and not math.isnan(met) and size:
            share = context.fmt.number(100 * met / size, 1)
            lines = (Line(context.word("flow-share", words=yes, share=share), lines[0].count),
                     lines[1])  # fmt: skip
        boxes[arm] = lines
    return boxes


def flow(context: Context, part: Part) -> Figure:
    """The flow of people through an experiment.

    Raises:
        FinsamError: Counts do not add up.
    """
    check_counts(context, part)
    word, fmt = context.word, context.fmt
    declared = context.part(part)
    labels = dict(zip(ARMS, context.arm_labels(part), strict=True))
    count = _Counter(context, part)
    sizes = {arm: count("randomised", arm) for arm in labels}
    first: Boxes = {
        arm: (Line(label, fmt.number(sizes[arm]), strong=True),) for arm, label in labels.items()
    }
    steps = [_met(context, part, count, sizes)] if declared and declared.take_up else []
    top: list[Line] = []
    aside: list[Line] = []
    more: list[Row] = []
    if isinstance(declared, Survey):
        first = {arm: (*lines, *_sites(context, count, arm)) for arm, lines in first.items()}
        waves = _survey_steps(context, declared, count, sizes)
        # In the order of time: surveys at randomisation come before a team is met.
        at_start = sum(wave.month == 0 for wave in declared.waves)
        steps = [*waves[:at_start], *steps, *waves[at_start:]]
        top, aside, more = _before(context, sum(sizes.values()))
        count.used += context.main_rows("survey", "lin")
    elif isinstance(declared, Register):
        steps += _register_steps(context, declared, count, sizes)
    steps = [first, *steps]
    total = fmt.number(sum(sizes.values()))
    alt = [word("alt-flow-start", total=total)]
    if top:
        said = {"words": top[0].words, "count": top[0].count, "outside": aside[0].count}
        alt.append(word("alt-flow-referred", **said))
    for arm, label in labels.items():
        lines = [
            f"{line.words} {line.count}".strip()
            for number, step in enumerate(steps)
            for line in step.get(arm, ())[0 if number else 1 :]
        ]
        lines.insert(0, fmt.number(sizes[arm]))
        alt.append(word("alt-flow-arm", arm=label, lines="; ".join(lines)))
    top.append(Line(word("flow-randomised"), total, strong=True))
    return Figure(
        name=f"{part}-flow",
        caption=word(f"caption-flow-{part}"),
        alt=" ".join(alt),
        data=frame_of([*count.used, *more]),
        draw=lambda canvas: draw(canvas, top, aside, steps),
        height=total_height(top, aside, steps),
    )
