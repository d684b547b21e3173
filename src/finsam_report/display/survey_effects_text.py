"""Sentences beside the effects: summaries, other surveys, early support, queues."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE
from finsam_report.display.lookup import BLOCK, ICW, KLK, Row
from finsam_report.display.sentences import capital, level, programme
from finsam_report.display.survey_effects import (
    effects_by_wave,
    family_name,
    index_families,
    index_row,
    negative_weights,
    primary_month,
)
from finsam_report.display.survey_names import declared, site, site_head
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

EVERYWHERE = "all"


def _ends(context: Context, row: Row) -> dict[str, str]:
    low, high = context.fmt.ends(row.ci_low, row.ci_high, 2)
    return {"low": low, "high": high}


def _other_index(context: Context, main: Row, other: Row | None) -> str:
    """Whether the second summary reads like the first."""
    if other is None or other.verdict == "unknown" or main.verdict == "unknown":
        return ""
    return context.word(
        "index-other",
        verdict="same" if other.verdict == main.verdict else "differs",
        effect=context.fmt.number(other.estimate, 2),
        **_ends(context, other),
    )


def index(context: Context) -> str:
    """What the summary of each family says, and whether both ways of weighing agree."""
    support, control = context.people("survey")
    kinds = {"up": "better", "down": "worse"}
    paragraphs = []
    for family in index_families(context):
        main = index_row(context, KLK, family, "lin")
        verdict = main.verdict if main else "unknown"
        name = family_name(context, family)
        if main is None or verdict == "unknown":
            paragraphs.append(context.word("index-unknown", family=name))
            continue
        kind = kinds.get(verdict, "unclear")
        drawn = index_row(context, KLK, family, "lin_randomisation")
        p = math.nan if drawn is None else drawn.p_value
        text = context.word(
            f"index-{kind}",
            family=name,
            support=support,
            control=control,
            effect=context.fmt.with_unit(main.estimate, main.unit, 2, absolute=False),
            level=level(context),
            p=context.word("index-p", p=context.fmt.p_equation(p)),
            **_ends(context, main),
        )
        other = _other_index(context, main, index_row(context, ICW, family, "lin"))
        paragraphs.append(f"{text} {other}".strip())
    low = negative_weights(context)
    if low:
        names = [context.outcome("survey", row.outcome) for row in low]
        number = capital(context.fmt.words(len(low)))
        paragraphs.append(
            context.word(
                "index-negative", count=len(low), number=number, items=context.fmt.joined(names)
            )
        )
    return "\n\n".join(paragraphs)


def other_waves(context: Context) -> str:
    """How many effects at other surveys have intervals that exclude zero."""
    month = primary_month(context)
    rows = [
        row
        for _, points in effects_by_wave(context)
        for row in points
        if row.horizon != month and row.verdict != "unknown"
    ]
    if not rows:
        return ""
    clear = [row for row in rows if row.verdict in ("up", "down")]
    words = context.fmt.words
    return context.word(
        "other-waves",
        tests=len(rows),
        number=words(len(rows)),
        clear=len(clear),
        clearly=capital(words(len(clear))),
        chance=context.fmt.tick(round(len(rows) * (1 - context.study.analysis.level), 1)),
        items=listed(
            [
                context.word(
                    "other-waves-item",
                    item=context.outcome("survey", row.outcome),
                    horizon=context.horizon(row.horizon),
                    effect=context.fmt.number(row.estimate, 2),
                    **_ends(context, row),
                )
                for row in clear
            ]
        ),
    )


def _against(context: Context, arm: str) -> tuple[float, float]:
    """How many of an arm did what chance did not give them, and how many the arm has."""
    look = context.look
    met = look.count("survey", "met_team", f"arm:{arm}")
    n = look.count("survey", "randomised", f"arm:{arm}")
    return (n - met if arm == "support" else met), n


def crossed(context: Context) -> str:
    """Early support in the control arm, and people of the support arm who had none."""
    if not context.look.rows("survey", "flow", outcome="met_team"):
        return ""
    people = context.people("survey")
    pieces, departed = [], False
    for arm, who in zip(("support", "control"), people, strict=True):
        count, n = _against(context, arm)
        departed |= count != 0
        pieces.append(
            context.word(
                f"crossed-{arm}",
                known=int(not math.isnan(count)),
                count=-1 if math.isnan(count) else int(count),
                number=context.fmt.number(count),
                n=context.fmt.number(n),
                share=context.fmt.number(100 * count / n if n else math.nan, 1),
                people=who,
                treatment=context.treatment("survey"),
                programme=programme(context),
            )
        )
    return " ".join([*pieces, context.word("crossed-meaning", none=int(not departed))])


def _queues(context: Context) -> list[tuple[str, str, float]]:
    """Block, its name and its wait outside the study, for each that is declared."""
    out = []
    for entry in declared(context).queue:
        everywhere = entry.block == EVERYWHERE
        name = context.word("all") if everywhere else site(context, entry.block)
        out.append((entry.block, name, entry.months))
    return out


def queue(context: Context) -> Table:
    """The wait outside the study beside the wait in it, by block."""
    month, look, word = primary_month(context), context.look, context.word
    rows, used = [], []
    for block, name, months in _queues(context):
        suffix = "" if block == EVERYWHERE else f"{BLOCK}{block}"
        people = [
            look.row("survey", "flow", "randomised", "count", group=f"arm:{arm}{suffix}")
            for arm in ("support", "control")
        ]
        used += [row for row in people if row is not None]
        rows.append(
            (
                name,
                context.fmt.tick(months),
                context.fmt.tick(month),
                context.fmt.number(month - months, int(not float(months).is_integer()), sign=True),
                *(NONE if row is None else context.fmt.number(row.estimate) for row in people),
            )
        )
    labels, people_names = context.arm_labels("survey"), context.people("survey")
    return Table(
        name="survey-queue",
        columns=(
            Column(site_head(context), "left", wide=True),
            Column(word("head-queue-outside")),
            Column(word("head-queue-study", control=labels[1].lower())),
            Column(word("head-queue-added")),
            *(Column(word("head-queue-people", arm=label)) for label in labels),
        ),
        rows=tuple(rows),
        notes=(
            word("note-queue", control=people_names[1]),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def queue_contrast(context: Context) -> str:
    """What the wait outside the study means for what is compared."""
    waits = [months for _, _, months in _queues(context)]
    if not waits:
        return ""
    month = primary_month(context)
    longer = sum(month > months for months in waits)
    tick = context.fmt.tick
    return context.word(
        "queue-contrast",
        control=context.people("survey")[1],
        month=int(month),
        range=context.word(
            "queue-range",
            same=int(min(waits) == max(waits)),
            low=tick(min(waits)),
            high=tick(max(waits)),
            count=1 if max(waits) == 1 else 2,
        ),
        added="all" if longer == len(waits) else "none" if not longer else "some",
        places=len(waits),
        number=context.fmt.words(len(waits)),
    )
