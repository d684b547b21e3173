"""The counts of an experiment must add up, or there is no report."""

from __future__ import annotations

import math

from finsam_report.display.context import Context, Part
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.errors import FinsamError
from finsam_report.study import Survey

ARMS = ("support", "control")
Counts = dict[tuple[str, float | None, str], float]
# What rests on answers to a survey: nobody can be in it who did not answer.
ANALYSED = ("itt", "late", "answers", "distribution", "item_missing", "not_estimated")


def _when(row: Row) -> float | None:
    return None if math.isnan(row.horizon) else row.horizon


def _counts(context: Context, part: Part) -> Counts:
    rows = context.look.rows(part, "flow", estimator="count")
    return {(r.outcome, _when(r), r.group): r.estimate for r in rows}


def _people(row: Row) -> dict[str, float]:
    return {"support": row.n_support, "control": row.n_control}


def _blocks_against_arms(counts: Counts) -> list[str]:
    """Blocks add up to their arm; where some are hidden, the others are no more than it."""
    out = []
    for (outcome, horizon, arm), whole in counts.items():
        if BLOCK in arm or math.isnan(whole):
            continue
        within = [
            n
            for (o, h, group), n in counts.items()
            if (o, h) == (outcome, horizon) and group.startswith(arm + BLOCK)
        ]
        shown = sum(n for n in within if not math.isnan(n))
        hidden = any(math.isnan(n) for n in within)
        if within and (shown > whole if hidden else shown != whole):
            out.append(f"{outcome}, {arm}: the blocks hold {shown:g}, the arm {whole:g}")
    return out


def _part_against_whole(counts: Counts) -> list[str]:
    """Those who answered, met a team or were followed are among those who were randomised."""
    out = []
    for (outcome, _, group), n in counts.items():
        whole = counts.get(("randomised", None, group), math.nan)
        if outcome != "randomised" and n > whole:
            out.append(f"{outcome}, {group}: {n:g} of {whole:g} people")
    return out


def _survey_rows(context: Context, part: Survey, counts: Counts) -> list[str]:
    """Rows that rest on people of the survey: no more than there are, nor than answered."""
    look, out = context.look, []
    for row in look.rows("survey", "attrition", estimator="unadjusted"):
        for arm, n in _people(row).items():
            group = f"arm:{arm}{row.group.removeprefix('all')}"
            whole = counts.get(("randomised", None, group), math.nan)
            if not (math.isnan(n) or math.isnan(whole)) and n != whole:
                out.append(
                    f"response to {row.outcome}, {group}: {n:g} people, randomised {whole:g}"
                )
    items = {item.id for item in part.items}
    by_month = {float(wave.month): f"answered_wave{wave.wave}" for wave in part.waves}
    for analysis in ANALYSED:
        for row in look.rows("survey", analysis):
            name = by_month.get(row.horizon) if row.outcome in items else None
            for arm, n in _people(row).items() if name else ():
                got = counts.get((str(name), row.horizon, f"arm:{arm}"), math.nan)
                if n > got:
                    out.append(f"{analysis} of {row.outcome}, arm:{arm}: {n:g} of {got:g} answers")
    for row in look.rows("survey", "waiting"):
        arm = row.group.split(BLOCK)[0].removeprefix("arm:")
        name = "met_team" if row.outcome.endswith("met") else "randomised"
        whole = counts.get((name, None, row.group), math.nan)
        n = _people(row)[arm]
        if n > whole:
            out.append(f"waiting, {row.outcome}, {row.group}: {n:g} of {whole:g} people")
    return out


def _recruited(context: Context, counts: Counts) -> list[str]:
    total = sum(counts.get(("randomised", None, f"arm:{arm}"), math.nan) for arm in ARMS)
    rows = context.look.rows("survey", "recruitment", outcome="randomised")
    least = sum(r.estimate for r in rows if not math.isnan(r.estimate))
    return [f"randomised: {least:g} by month, {total:g} in all"] if least > total else []


def wrong_counts(context: Context, part: Part) -> list[str]:
    """What does not add up among the released counts of a part, a phrase each."""
    counts = _counts(context, part)
    out = _blocks_against_arms(counts) + _part_against_whole(counts)
    declared = context.part(part)
    if isinstance(declared, Survey):
        out += _survey_rows(context, declared, counts) + _recruited(context, counts)
    return list(dict.fromkeys(out))


def check_counts(context: Context, part: Part) -> None:
    """Stop where released counts contradict one another.

    Args:
        context: Study and released ledger.
        part: The experiment.

    Raises:
        FinsamError: Some numbers do not add up; the text names them.
    """
    found = wrong_counts(context, part)
    if found:
        raise FinsamError(
            f"the counts of the {part} experiment do not add up: {'; '.join(found[:5])}"
        )


def referred(people: list[float], randomised: float, until: str) -> tuple[int, bool] | None:
    """How many people were referred, given numbers by month of which some are hidden.

    A hidden number may be any, also a large one that would give away a small one beside it.

    Args:
        people: People by month and party, NaN where hidden.
        randomised: How many of them are in the study.
        until: The last month, for a message.

    Returns:
        The people, and whether that is all of them; else it is the least there can be. None
        where nothing is known beyond those who were randomised.

    Raises:
        FinsamError: Fewer were referred than randomised.
    """
    if not people or math.isnan(randomised):
        return None
    known = int(sum(n for n in people if not math.isnan(n)))
    everybody = not any(math.isnan(n) for n in people)
    if everybody and known < randomised:
        raise FinsamError(
            f"the counts of the survey experiment do not add up: {known} people referred until "
            f"{until}, {randomised:g} randomised; the table of referrals must count everybody "
            "who was referred, those in the study too"
        )
    return (known, everybody) if everybody or known > randomised else None
