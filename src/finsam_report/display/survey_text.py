"""Sentences on the people of the survey experiment: how they came, and waited."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.flow import referrals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import sizes
from finsam_report.display.survey_figures import (
    recruited,
    runs,
    shown_events,
    without_anybody,
)
from finsam_report.display.survey_names import (
    ARMS,
    day_name,
    days_number,
    declared,
    month_name,
    party,
    site,
    whole,
)
from finsam_report.display.survey_tables import WAITS


def flow(context: Context) -> str:
    """How many were referred and are not in the study, and why the number may not be exact."""
    total = sum(sizes(context, "survey"))
    found = referrals(context, total)
    if found is None:
        return ""
    month, people, everybody, _ = found
    return context.word(
        "survey-flow-referred",
        month=month_name(context, month),
        known=int(everybody),
        people=context.fmt.number(people),
        outside=context.fmt.number(people - total),
    )


def _party_shares(context: Context) -> list[tuple[str, Row]]:
    """Shares of those randomised whom each party referred, largest first."""
    column = declared(context).party
    if column is None:
        return []
    rows = context.look.rows("survey", "description", estimator="mean")
    found = [
        (r.outcome.removeprefix(f"{column}="), r)
        for r in rows
        if r.outcome.startswith(f"{column}=") and r.known
    ]
    covariate = next(c for c in declared(context).covariates if c.id == column)
    if len(covariate.levels) == 2:  # one row for both: the other party has the rest
        return []
    return sorted(found, key=lambda pair: -pair[1].estimate)


def recruitment(context: Context) -> str:
    """When people were randomised, who referred them, and in which months nobody was."""
    found = recruited(context)
    word, fmt = context.word, context.fmt
    some = [
        month
        for month in found.months
        if any(m == month and row.estimate != 0 for (_, m), row in found.randomised.items())
    ]
    if not some:
        return ""
    out = [
        word(
            "survey-recruited",
            first=month_name(context, some[0]),
            last=month_name(context, some[-1]),
            one=int(len(some) == 1),
        )
    ]
    parties = [
        word("party-share", party=party(context, name), share=fmt.number(row.estimate, 1))
        for name, row in _party_shares(context)
    ]
    if len(parties) > 1:
        out.append(word("survey-parties", parties=fmt.joined(parties)))
    pauses = [
        word("months", first=month_name(context, a), last=month_name(context, b), one=int(a == b))
        for a, b in runs(without_anybody(found))
    ]
    if pauses:
        out.append(word("survey-pauses", months=fmt.joined(pauses)))
    events = [
        word("event", label=context.label(event.label), day=day_name(context, event.day))
        for _, event in shown_events(context, found.months)
    ]
    if events:
        out.append(word("survey-events", events=fmt.joined(events), count=len(events)))
    return " ".join(out)


def waiting(context: Context) -> str:
    """The median times from referral to randomisation and from there to a team."""
    look, word, fmt = context.look, context.word, context.fmt
    people = dict(zip(ARMS, context.people("survey"), strict=True))
    out = []
    for wait in WAITS:
        parts = []
        for arm in ARMS:
            row = look.row("survey", "waiting", wait, "median", group=f"arm:{arm}")
            if row is not None and row.known:
                days = word(
                    "days", number=days_number(context, row.estimate), count=whole(row.estimate)
                )
                parts.append(word("wait-arm", days=days, people=people[arm]))
        if parts:
            out.append(
                word(
                    f"survey-{wait}",
                    parts=fmt.joined(parts),
                    programme=context.study.study.programme,
                    treatment=context.treatment("survey"),
                )
            )
    return " ".join(out)


def queue(context: Context) -> str:
    """How long people wait outside the study, as the study declares it."""
    entries = declared(context).queue
    if not entries:
        return ""
    parts = [
        context.word(
            "queue-entry",
            months=context.fmt.tick(entry.months),
            count=whole(entry.months),
            site="" if entry.block == "all" else site(context, entry.block),
            named=int(entry.block != "all"),
        )
        for entry in entries
    ]
    return context.word(
        "survey-queue", parts=context.fmt.joined(parts), treatment=context.treatment("survey")
    )
