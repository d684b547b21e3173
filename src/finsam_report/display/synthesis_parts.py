"""The first answers of the synthesis: what the associations are, and what joining one does."""

from __future__ import annotations

import math

from finsam_report.display import evidence, synthesis
from finsam_report.display.context import Context
from finsam_report.display.key_findings import doubt, tally
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import PART
from finsam_report.display.municipality_summary import doubts
from finsam_report.display.synthesis_limits import ORGANISATION


def _last(context: Context, analysis: str, outcome: str, estimator: str) -> Row | None:
    """The last number of a series of the organisation part."""
    rows = [
        row
        for row in context.look.rows(
            ORGANISATION, analysis, outcome=outcome, group="all", estimator=estimator
        )
        if row.known and math.isfinite(row.horizon)
    ]
    return max(rows, key=lambda row: row.horizon, default=None)


def organisation(context: Context) -> str:
    """How many associations there are, with how many members, and how many take part."""
    associations = _last(context, "series", "associations", "count")
    members = _last(context, "series", "municipalities", "count")
    people = _last(context, "participants", "all", "count")
    texts = []
    if associations is not None and members is not None:
        texts.append(
            context.word(
                "brief-associations",
                year=str(int(associations.horizon)),
                same=int(associations.horizon == members.horizon),
                member_year=str(int(members.horizon)),
                associations=int(associations.estimate),
                associations_number=context.fmt.number(associations.estimate),
                members=int(members.estimate),
                members_number=context.fmt.number(members.estimate),
            )
        )
    if people is not None:
        texts.append(
            context.word(
                "brief-participants",
                year=str(int(people.horizon)),
                count=int(people.estimate),
                number=context.fmt.number(people.estimate),
            )
        )
    return " ".join(texts)


def _reach(context: Context) -> str:
    """How much of the target group the participants are, as a range."""
    ends = [_last(context, "coverage", name, "share") for name in ("low", "high")]
    if any(row is None for row in ends):
        return ""
    low, high = (row.estimate for row in ends if row is not None)
    year = next(int(row.horizon) for row in ends if row is not None)
    return context.word(
        "synthesis-reach",
        low=context.fmt.number(low, 1),
        high=context.fmt.number(high, 1),
        year=str(year),
    )


def answers(context: Context) -> str:
    """All questions answered one by one, those on associations and municipalities first."""
    out = []
    described = " ".join(t for t in (organisation(context), _reach(context)) if t)
    if described:
        asked = context.word("synthesis-question-organisation")
        out.append(context.word("synthesis-answer", question=asked, verdict=described))
    rows = [row for row in evidence.rows_of(context, PART) if row.verdict != "unknown"]
    if rows and context.study.questions:
        asked = context.word("synthesis-question-municipality")
        texts = (tally(context, PART, rows), doubt(context, rows), doubts(context))
        said = " ".join(text for text in texts if text).replace("**", "")
        out.append(context.word("synthesis-answer", question=asked, verdict=said))
    return "\n\n".join([*out, synthesis.answers(context)])
