"""Sentences beyond the comparison of arms: later answers, staff, open answers, power."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.conventions import MODERATE, SUBSTANTIAL
from finsam_report.display.findings import listed
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_further import (
    ARMS,
    later_rows,
    mde_rows,
    open_row,
    staff_rows,
    survey_at,
    theme_name,
    themes,
    waves,
)


def _bare(context: Context, row: Row) -> str:
    low, high = context.fmt.ends(row.ci_low, row.ci_high, 2)
    return context.word(
        "item-detail",
        item=context.outcome("survey", row.outcome),
        effect=context.fmt.number(row.estimate, 2),
        low=low,
        high=high,
    )


def _by_verdict(context: Context, rows: list[Row]) -> dict[str, str]:
    """Items that rose, fell, or did neither for certain; each list as a text."""
    return {
        verdict: listed([_bare(context, row) for row in rows if row.verdict == verdict])
        for verdict in ("up", "down", "unclear")
    }


def _paired(context: Context, rows: list[Row], key: str, **more: str) -> str:
    paragraphs = []
    for horizon in waves(rows):
        own = [row for row in rows if row.horizon == horizon and row.verdict != "unknown"]
        if not own:
            paragraphs.append(context.word("paired-none", survey=survey_at(context, horizon)))
            continue
        lists = _by_verdict(context, own)
        sentences = [
            context.word(f"paired-{key}_{verdict}", items=text, **more)
            for verdict, text in lists.items()
            if text
        ]
        head = context.word(
            f"paired-{key}_head", survey=survey_at(context, horizon), level=level(context)
        )
        paragraphs.append(" ".join([head, *sentences]))
    return "\n\n".join(paragraphs)


def later_wave(context: Context) -> str:
    """How answers changed in the arm that alone was asked later; no effect is claimed."""
    rows = later_rows(context)
    if not rows:
        return ""
    arm = rows[0].group.removeprefix("arm:")
    people = dict(zip(ARMS, context.people("survey"), strict=True))[arm]
    text = _paired(context, rows, "later", people=people)
    caution = context.word("later-caution", people=people)
    return f"{text}\n\n{caution}"


def staff(context: Context) -> str:
    """Whether staff answered higher or lower than the people they speak of."""
    return _paired(context, staff_rows(context), "staff")


def open_answers(context: Context) -> str:
    """Who wrote, whether the arms differ in that, and how reliable the themes are."""
    look, fmt, word = context.look, context.fmt, context.word
    found = look.rows("survey", "open_answers")
    labels = context.arm_labels("survey")
    paragraphs = []
    for horizon in waves(found):
        shares = [open_row(context, "wrote", f"arm:{arm}", horizon) for arm in ARMS]
        gap = open_row(context, "wrote", "all", horizon)
        known = [
            word("open-share", arm=label, share=fmt.with_unit(row.estimate, "percent", 1))
            for label, row in zip(labels, shares, strict=True)
            if row is not None and row.known
        ]
        verdict = gap.verdict if gap else "none"
        paragraphs.append(
            word(
                "open-wrote",
                survey=survey_at(context, horizon),
                known=len(known),
                shares=fmt.joined(known),
                verdict=verdict,
                gap=fmt.number(gap.estimate, 1) if gap else "",
                interval=fmt.interval(gap.ci_low, gap.ci_high, 1) if gap else "",
                level=level(context),
            )
        )
    return "\n\n".join([*paragraphs, *_agreement(context)])


def _agreement(context: Context) -> list[str]:
    rows = [
        row
        for row in context.look.rows("survey", "agreement", estimator="kappa")
        if row.known and row.outcome in themes(context)
    ]
    if not rows:
        return []
    low, high = min(rows, key=lambda r: r.estimate), max(rows, key=lambda r: r.estimate)
    least = low.estimate
    ends = [context.fmt.number(row.estimate, 2) for row in (low, high)]
    return [
        context.word(
            "open-agreement",
            count=len({row.outcome for row in rows}),
            same=int(ends[0] == ends[1]),
            low=ends[0],
            high=ends[1],
            low_theme=theme_name(context, low.outcome),
            high_theme=theme_name(context, high.outcome),
            reading="good" if least > SUBSTANTIAL else "fair" if least > MODERATE else "poor",
        )
    ]


def mde(context: Context) -> str:
    """In words, how small an effect would often have been missed."""
    rows = [row for row in mde_rows(context, "lin_standardised") if row.known]
    if not rows:
        return context.word("mde-none")
    low, high = min(r.estimate for r in rows), max(r.estimate for r in rows)
    fmt = context.fmt
    return context.word(
        "mde",
        count=len(rows),
        same=int(round(low, 2) == round(high, 2)),
        low=fmt.number(low, 2),
        high=fmt.number(high, 2),
        power=fmt.tick(100 * context.study.analysis.power),
        test=fmt.tick(round(100 * (1 - context.study.analysis.level), 6)),
    )
