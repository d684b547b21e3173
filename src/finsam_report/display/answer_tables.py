"""Tables of the survey's items: how they were asked, and what the control arm answered."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import ANSWER, Row
from finsam_report.display.survey_names import ARMS, coded_ends, declared
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note
from finsam_report.study import Item

MOST_COLUMNS = 7  # answers that fit beside one another on a page


def scale_words(context: Context, item: Item) -> str:
    """The scale as it was asked, such as "1 Very small – 5 Very large", and what was turned."""
    low, high = (context.label(end) if end else "" for end in (item.lowest, item.highest))
    number = context.fmt.number
    ends = [f"{number(n)} {words}".strip() for n, words in ((item.minimum, low),
                                                            (item.maximum, high))]  # fmt: skip
    return context.word("scale", low=ends[0], high=ends[1], turned=int(item.direction == "down"))


def items(context: Context) -> Table:
    """The questions as they were asked, their scales, and how often they were left empty."""
    part, look, word = declared(context), context.look, context.word
    found = {
        (row.outcome, row.group.removeprefix("arm:")): row
        for row in look.rows("survey", "item_missing", estimator="share")
    }
    rows = []
    for item in part.items:
        empty = [found.get((item.id, arm)) for arm in ARMS]
        cells = [NONE if row is None else context.fmt.number(row.estimate, 1) for row in empty]
        rows.append(
            (
                context.label(item.label),
                context.label(item.text),
                scale_words(context, item),
                *(cells if found else ()),
            )
        )
    labels = context.arm_labels("survey")
    turned = any(item.direction == "down" for item in part.items)
    notes = [word("note-items-empty")] if found else []
    notes += [word("note-items-turned")] if turned else []
    return Table(
        name="survey-items",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-question"), "left", wide=True),
            Column(word("head-scale"), "left", wide=True),
            *(Column(word("head-empty", arm=label)) for label in labels if found),
        ),
        rows=tuple(rows),
        notes=(*notes, *suppression_note(context, rows)),
        data=frame_of(list(found.values())),
    )


def shares(context: Context, item: Item, arm: str) -> list[Row | None]:
    """Shares of an arm that gave each answer, lowest first; empty where there are none."""
    part = declared(context)
    month = float(part.wave(part.primary_wave).month)
    if not context.look.rows("survey", "distribution", outcome=item.id, horizon=month):
        return []  # a scale of many points has no shares
    out = [
        context.look.row(
            "survey",
            "distribution",
            item.id,
            "share",
            group=f"arm:{arm}{ANSWER}{answer}",
            horizon=month,
        )
        for answer in range(item.minimum, item.maximum + 1)
    ]
    return [] if all(row is None for row in out) else out


def moment(context: Context, item: Item, arm: str, month: float, estimator: str) -> Row | None:
    """Mean or standard deviation (``sd``) of an item in an arm at a survey."""
    return context.look.row(
        "survey", "answers", item.id, estimator, group=f"arm:{arm}", horizon=month
    )


def _number(context: Context, row: Row | None, places: int) -> str:
    return NONE if row is None else context.fmt.number(row.estimate, places)


def control_distribution(context: Context) -> Table:
    """What the control arm answered at the primary survey: shares, mean, spread, people."""
    part, fmt, word = declared(context), context.fmt, context.word
    month = float(part.wave(part.primary_wave).month)
    listed = {item.id: shares(context, item, "control") for item in part.items}
    answers = sorted(
        {n for i in part.items if listed[i.id] for n in range(i.minimum, i.maximum + 1)}
    )
    beside = len(answers) <= MOST_COLUMNS
    rows, used = [], []
    for item in part.items:
        cells = {
            item.minimum + k: _number(context, row, 1) for k, row in enumerate(listed[item.id])
        }
        mean, sd = (moment(context, item, "control", month, e) for e in ("mean", "sd"))
        used += [r for r in (*listed[item.id], mean, sd) if r is not None]
        people = NONE if mean is None else fmt.number(mean.n_control)
        in_line = "; ".join(f"{n}: {text}" for n, text in cells.items()) or NONE
        given = [cells.get(n, NONE) for n in answers] if beside else [in_line]
        rows.append(
            (
                context.label(item.label),
                *given,
                _number(context, mean, 2),
                _number(context, sd, 2),
                people,
            )
        )
    heads = (
        [Column(word("head-answer", answer=fmt.number(n))) for n in answers]
        if beside
        else [Column(word("head-answers"), "left", wide=True)]
    )
    turned = any(item.direction == "down" for item in part.items)
    scales = {(item.minimum, item.maximum) for item in part.items}
    return Table(
        name="survey-control-distribution",
        columns=(
            Column(word("head-item"), "left", wide=True),
            *heads,
            Column(word("head-mean")),
            Column(word("head-sd")),
            Column("N"),
        ),
        rows=tuple(rows),
        notes=(
            word(
                "note-control-distribution",
                people=context.people("survey")[1],
                month=int(month),
                shares=int(bool(answers)),
                turned=int(turned),
                several=int(len(scales) > 1),
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def ends_line(context: Context, item: Item) -> str:
    """The ends of the scale as coded, such as "1 Very small · 5 Very large"."""
    number = context.fmt.number
    low, high = coded_ends(context, item)
    return " – ".join(
        f"{number(n)} {words}".strip() for n, words in ((item.minimum, low), (item.maximum, high))
    )
