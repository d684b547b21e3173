"""Those whose take-up the offer changes, and those who took it up or did not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.findings import listed, places
from finsam_report.display.format import NONE, decimals
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.display.register_names import PART, amounts, named
from finsam_report.display.sentences import level, programme
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    estimate_cell,
    frame_of,
    interval_cell,
    suppression_note,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

SCALE = "scale points"  # where a scale begins is a choice: a share of its mean says nothing
MANY_BLOCKS = 14  # labels beyond which they stand upright


def _complier_rows(context: Context) -> list[tuple[Row, Row | None]]:
    """The mean of compliers without support, and the effect per taker, at each horizon."""
    out = []
    for mean in context.main_rows(PART, "control_complier_mean", "compliers"):
        effect = context.look.row(PART, "late", mean.outcome, "2sls", horizon=mean.horizon)
        out.append((mean, effect))
    return out


def _share(mean: Row, effect: Row | None) -> float:
    """The effect in per cent of the mean; NaN where the mean says nothing of its size."""
    if effect is None or not effect.known or not mean.ci_low > 0 or mean.unit == SCALE:
        return math.nan
    return 100 * effect.estimate / mean.estimate


def compliers(context: Context) -> Table:
    """What would have happened without support, and what support changed."""
    word, fmt, rows, groups, used = context.word, context.fmt, [], [], []
    for mean, effect in _complier_rows(context):
        used += [row for row in (mean, effect) if row is not None]
        digits = decimals(mean.unit, (*mean.sizes, *(effect.sizes if effect else ())))
        share = _share(mean, effect)
        groups.append(named(context, mean))
        rows.append(
            (
                context.horizon(mean.horizon),
                estimate_cell(context, mean, digits),
                interval_cell(context, mean, digits),
                estimate_cell(context, effect, digits),
                NONE if math.isnan(share) else fmt.number(share, 0, sign=True),
            )
        )
    return Table(
        name="register-compliers",
        columns=(
            Column(word("head-time"), "left", whole=True),
            Column(word("head-complier-mean")),
            Column(word("head-interval", level=level(context))),
            Column(word("head-late")),
            Column(word("head-relative")),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("note-compliers", level=level(context)),
            *([word("note-compliers-scale")] if any(r.unit == SCALE for r in used) else []),
            *amounts(used, context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def complier_text(context: Context) -> str:
    """How many people the offer moves, and how large the effects are beside their own mean."""
    found = context.look.rows(PART, "compliers", estimator="share")
    texts = []
    if found and found[0].known:
        texts.append(
            context.word(
                "compliers-share",
                share=context.fmt.number(found[0].estimate, 1),
                programme=programme(context),
                treatment=context.treatment(PART),
            )
        )
    pairs = _complier_rows(context)
    last = max((mean.horizon for mean, _ in pairs), default=math.nan)
    items = []
    for mean, effect in pairs:
        share = _share(mean, effect)
        if mean.horizon != last or effect is None or math.isnan(share):
            continue
        if effect.verdict in ("up", "down"):
            digits = places(mean)
            items.append(
                context.word(
                    "compliers-item",
                    outcome=context.outcome(PART, mean.outcome),
                    share=context.fmt.number(abs(share)),
                    more=int(share > 0),
                    mean=context.fmt.with_unit(mean.estimate, mean.unit, digits),
                )
            )
    if items:
        texts.append(
            context.word("compliers-size", horizon=context.horizon(last), items=listed(items))
        )
    return " ".join(texts)


def met(context: Context) -> Table:
    """Characteristics of those offered support who took it up, and of those who did not."""
    word, look = context.word, context.look
    rows, used = [], []
    names = list(dict.fromkeys(r.outcome for r in look.rows(PART, "met_description")))
    for name in names:
        both = [
            look.row(PART, "met_description", name, "mean", group=group, horizon=0)
            for group in ("met", "not_met")
        ]
        known = [row for row in both if row is not None]
        used += known
        digits = decimals(known[0].unit, tuple(x for row in known for x in row.sizes))
        rows.append(
            (
                context.with_unit(context.covariate(PART, name), known[0].unit),
                *(NONE if r is None else context.fmt.number(r.estimate, digits) for r in both),
            )
        )
    return Table(
        name="register-met",
        columns=(
            Column(word("head-characteristic"), "left", wide=True),
            Column(word("head-took", programme=programme(context))),
            Column(word("head-took-not", programme=programme(context))),
        ),
        rows=tuple(rows),
        notes=(
            word("note-met", people=context.people(PART)[0], programme=programme(context),
                 treatment=context.treatment(PART)),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )  # fmt: skip


def _blocks(context: Context) -> list[tuple[str, Row]]:
    rows = context.look.rows(PART, "first_stage_block", estimator="unadjusted")
    return [(row.group.partition(BLOCK)[2], row) for row in rows]


def first_stage(context: Context) -> Figure:
    """Effect of the offer on take-up in each block, with the effect in all."""
    word, fmt = context.word, context.fmt
    every = _blocks(context)
    shown = [(label, row) for label, row in every if row.known]
    stage = context.look.rows(PART, "first_stage", estimator="unadjusted")
    mean = stage[0].estimate if stage else math.nan

    def draw(canvas: Canvas) -> None:
        ax = canvas.subplots()
        for x, (_, row) in enumerate(shown):
            if math.isfinite(row.ci_low):
                ax.plot([x, x], [row.ci_low, row.ci_high], color=theme.SUPPORT, lw=1.5)
            ax.plot(x, row.estimate, "o", color=theme.SUPPORT, ms=4.5)
        ax.axhline(0, color=theme.INK, lw=0.8)
        if math.isfinite(mean):
            ax.axhline(mean, color=theme.MUTED, lw=0.9, linestyle=(0, (4, 2)), zorder=0.6)
            ax.text(
                1.01, mean, word("axis-all", share=fmt.number(mean, 1)),
                transform=ax.get_yaxis_transform(), va="center",
                fontsize=theme.SMALL, color=theme.MUTED,
            )  # fmt: skip
        ends = [e for _, row in shown for e in (row.ci_low, row.ci_high) if math.isfinite(e)]
        ax.set_ylim(min([0.0, *ends]) - (3 if min([0.0, *ends]) < 0 else 0),
                    max([100.0 if mean > 40 else 50.0, *ends]))  # fmt: skip
        ax.set_xlim(-0.7, len(shown) - 0.3)
        upright = 90 if len(shown) > MANY_BLOCKS or any(len(b) > 8 for b, _ in shown) else 45
        ax.set_xticks(np.arange(len(shown)), [block for block, _ in shown], rotation=upright)
        ax.yaxis.set_major_formatter(lambda y, _: fmt.tick(y))
        ax.set_title(word("axis-first-stage"), loc="left")

    points = [row.estimate for _, row in shown]
    return Figure(
        name="register-first-stage",
        caption=word("caption-first-stage", level=level(context), programme=programme(context)),
        alt=word(
            "alt-first-stage",
            count=len(shown),
            low=fmt.number(min(points), 1) if points else NONE,
            high=fmt.number(max(points), 1) if points else NONE,
            mean=fmt.number(mean, 1),
            known=int(math.isfinite(mean)),
            level=level(context),
            hidden=len(every) - len(shown),
        ),
        data=frame_of([row for _, row in every]),
        draw=draw,
        height=62,
    )
