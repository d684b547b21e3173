"""What is said of the published figures, and of what they do not allow."""

from __future__ import annotations

from itertools import pairwise

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_courses import sentence
from finsam_report.display.organisation_names import known
from finsam_report.display.organisation_published import derived, published, written
from finsam_report.display.organisation_shape import Course
from finsam_report.display.sentences import capital


def _course(context: Context, series: str) -> tuple[Course | None, dict[float, Row]]:
    """The course of published figures, those worked out from others left out, and their rows."""
    rows = {
        year: row for year, row in known(published(context, series)).items() if not derived(row)
    }
    found = Course({year: row.estimate for year, row in rows.items()}) if rows else None
    return found, {row.estimate: row for row in rows.values()}


def findings(context: Context) -> str:
    """What the published figures say from end to end."""
    texts = []
    for series, key, when in (
        ("municipalities", "organisation-name-municipalities", "end"),
        ("associations", "organisation-name-associations", "end"),
        ("state", "organisation-name-state", "in"),
        ("participants", "organisation-name-participants", "in"),
    ):
        found, rows = _course(context, series)

        def write(value: float, rows: dict[float, Row] = rows) -> str:
            return written(context, rows[value])

        said = sentence(context, context.word(key), found, write, when=when, years="known")
        if said:
            texts.append(said)
    return " ".join(texts)


def _one(context: Context, series: str, year: int | None = None) -> Row | None:
    rows = published(context, series)
    if not rows:
        return None
    return rows.get(year) if year is not None else rows[max(rows)]


def caveats(context: Context) -> str:
    """Where published figures do not go together, a bullet each."""
    bullets = []
    one = _one(context, "efforts_individual")
    other = published(context, "efforts_individual_other")
    if one is not None and other:
        first = other[min(other)]
        bullets.append(
            context.word(
                "organisation-caveat-efforts",
                one=written(context, one), one_year=str(int(one.horizon)),
                other=written(context, first), other_year=str(int(first.horizon)),
            )
        )  # fmt: skip
    fall = _one(context, "efforts_structural_change")
    if fall is not None:
        bullets.append(
            context.word(
                "organisation-caveat-structural",
                year=str(int(fall.horizon)),
                by=context.fmt.with_unit(abs(fall.estimate), "percent", 0),
                way="fall" if fall.estimate < 0 else "rise",
            )
        )
    turnover, total = _one(context, "turnover"), _one(context, "total_funds")
    if turnover is not None and total is not None:
        bullets.append(
            context.word(
                "organisation-caveat-funds",
                turnover=written(context, turnover), total=written(context, total),
                year=str(int(total.horizon)),
            )
        )  # fmt: skip
    unions, _ = _course(context, "associations")
    if unions is not None and unions.first != unions.last:
        steps = list(unions.numbers.items())
        against = [
            (a, b) for a, b in pairwise(steps) if (b[1] - a[1]) * (unions.end - unions.start) < 0
        ]
        if against:
            (step, before), (then, after) = against[-1]
            bullets.append(
                context.word(
                    "organisation-caveat-associations",
                    way="fell" if unions.end < unions.start else "rose",
                    start=context.fmt.number(unions.start), first=str(unions.first),
                    end=context.fmt.number(unions.end), last=str(unions.last),
                    before=context.fmt.number(before), step=str(step),
                    after=context.fmt.number(after), then=str(then),
                )
            )  # fmt: skip
    return "\n".join(f"- {bullet}" for bullet in bullets)


def first_words(context: Context) -> str:
    """When the first associations were formed and when there were most, as published."""
    formed, peak = _one(context, "first_formed"), _one(context, "associations_peak")
    if formed is None or peak is None:
        return ""
    return capital(
        context.word(
            "organisation-published-first",
            formed=str(int(formed.estimate)), peak=str(int(peak.estimate)),
        )
    )  # fmt: skip


def per_participant(context: Context) -> str:
    """The turnover over the participants, an upper bound."""
    row = _one(context, "turnover_per_participant")
    if row is None:
        return ""
    return context.word(
        "organisation-published-cost", amount=written(context, row), year=str(int(row.horizon))
    )
