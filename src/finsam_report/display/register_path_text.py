"""What the course over time says: tests of whole paths, turns of sign, who is followed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from finsam_report.display.context import Context
from finsam_report.display.conventions import Q_LEVEL
from finsam_report.display.findings import listed
from finsam_report.display.format import decimals, is_currency
from finsam_report.display.lookup import BLOCK, Row
from finsam_report.display.register_names import PART, declared, in_order
from finsam_report.display.sentences import level, sizes, without_draws


def path_tests(context: Context) -> str:
    """For which outcomes it can be said that some month has an effect."""
    rows = in_order(context, context.look.rows(PART, "path_test", estimator="sup_t"))
    known = [row for row in rows if not math.isnan(row.p_value)]
    if not known:
        return ""
    sides = {
        "some": [row for row in known if row.p_value <= Q_LEVEL],
        "none": [row for row in known if row.p_value > Q_LEVEL],
    }
    texts = [context.word("path-tests", unit=declared(context).period)]
    for side, found in sides.items():
        items = [
            context.word(
                "path-test-item",
                outcome=context.outcome(PART, row.outcome),
                p=context.fmt.p_equation(row.p_value),
            )
            for row in found
        ]
        if items:
            every = int(len(found) == len(known))
            unit = declared(context).period
            texts.append(context.word(f"path-{side}", items=listed(items), all=every, unit=unit))
    values = [row.estimate for row in known if row.known]
    if values:
        texts.append(
            context.word(
                "path-critical",
                low=context.fmt.number(min(values), 2),
                high=context.fmt.number(max(values), 2),
                same=int(round(min(values), 2) == round(max(values), 2)),
            )
        )
    return " ".join(texts)


def _path(context: Context, outcome: str, estimator: str) -> list[Row]:
    rows = context.look.rows(PART, "itt", outcome=outcome, estimator=estimator, group="all")
    return sorted(rows, key=lambda row: row.horizon)


def _stretch(context: Context, rows: list[Row]) -> str:
    """From when to when, and in how many periods, an interval lies on one side."""
    unit, first, last = declared(context).period, rows[0].horizon, rows[-1].horizon
    return context.word(
        "turn-stretch",
        first=str(int(first)),
        last=str(int(last)),
        count=len(rows),
        gaps=int(len(rows) < last - first + 1),
        unit=unit,
    )


def _band(sides: set[str]) -> str:
    """On which sides of zero the simultaneous band lies."""
    if {"up", "down"} <= sides:
        return "both"
    return "above" if "up" in sides else "below" if "down" in sides else "none"


@dataclass(frozen=True)
class Turn:
    """An effect that lies on one side of zero at some time and on the other at another.

    Attributes:
        outcome: What the effect is on.
        first: The side that comes first, "down" or "up".
        early: The periods of that side.
        late: The periods of the other.
        band: On which sides the simultaneous band lies: "both", "above", "below" or "none".
    """

    outcome: str
    first: str
    early: list[Row]
    late: list[Row]
    band: str


def turned(context: Context) -> tuple[int, list[Turn]]:
    """How many outcomes are followed over time, and those whose effect changes its sign."""
    found, seen = [], 0
    part = declared(context)
    for outcome in (o.id for o in part.outcomes if o.window == 1):
        rows = _path(context, outcome, "lin")
        if len(rows) < 2 or not context.look.rows(PART, "path_test", outcome=outcome):
            continue
        seen += 1
        sides = {v: [r for r in rows if r.verdict == v] for v in ("down", "up")}
        if not sides["down"] or not sides["up"]:
            continue
        bands = {str(row.verdict) for row in _path(context, outcome, "lin_band")}
        first = min(sides, key=lambda v: sides[v][0].horizon)
        second = "up" if first == "down" else "down"
        found.append(Turn(outcome, first, sides[first], sides[second], _band(bands)))
    return seen, found


def turns(context: Context) -> str:
    """Outcomes whose effect lies below zero at some time and above it at another."""
    seen, turning = turned(context)
    found = [
        context.word(
            "turn-item",
            outcome=context.outcome(PART, turn.outcome),
            first=turn.first,
            early=_stretch(context, turn.early),
            late=_stretch(context, turn.late),
            band=turn.band,
        )
        for turn in turning
    ]
    if not seen:
        return ""
    if not found:
        return context.word("turn-none", level=level(context))
    rest = context.word(
        "turn-others", count=seen - len(found), number=context.fmt.words(seen - len(found))
    )
    return " ".join([context.word("turn-lead", level=level(context)), *found, rest]).strip()


def _sum(context: Context, outcome: str, horizon: float) -> Row | None:
    return context.look.row(PART, "cumulated", outcome, "lin", horizon=horizon)


@dataclass(frozen=True)
class Arithmetic:
    """What subsidised months would come to, beside an effect on wages.

    Attributes:
        wage: The effect on wages, summed.
        months: Subsidised months that the offer adds.
        jobs: The effects on subsidised months by kind of job.
        pay: What a month of work goes with in the control arm.
    """

    wage: Row
    months: float
    jobs: list[Row]
    pay: float

    @property
    def share(self) -> float:
        """Per cent of the effect on wages."""
        return 100 * self.pay * self.months / self.wage.estimate


def wage_share(context: Context) -> Arithmetic | Row | None:
    """The arithmetic; the wages alone where no effect is to be accounted for; None without data."""
    states = declared(context).states
    sums = context.look.rows(PART, "cumulated", estimator="lin", group="all")
    wages = [row for row in sums if is_currency(row.unit)]
    if states is None or not states.subsidised or not wages:
        return None
    last = max(row.horizon for row in wages)
    wage = next(row for row in wages if row.horizon == last)
    jobs = [r for r in (_sum(context, name, last) for name in states.subsidised) if r is not None]
    work = [r for r in (_sum(context, name, last) for name in states.work) if r is not None]
    if not jobs or len(work) < len(states.work) or any(not r.known for r in (wage, *work)):
        return None
    if wage.verdict != "up" or not any(row.verdict == "up" for row in jobs):
        return wage
    months = sum(row.estimate for row in jobs)
    control = sum(row.control_mean for row in work)
    if not control > 0 or not months > 0:
        return None
    return Arithmetic(wage, months, jobs, wage.control_mean / control)


def wage_and_jobs(context: Context) -> str:
    """How much of an effect on wages months in subsidised jobs would come to, as arithmetic."""
    found = wage_share(context)
    if found is None:
        return ""
    if isinstance(found, Row):
        return context.word("wage-unclear", horizon=context.horizon(found.horizon))
    wage, months, pay = found.wage, found.months, found.pay
    digits = decimals(wage.unit, wage.sizes)
    return context.word(
        "wage-arithmetic",
        wage=context.fmt.with_unit(wage.estimate, wage.unit, digits),
        outcome=context.outcome(PART, wage.outcome),
        horizon=context.horizon(wage.horizon),
        months=context.fmt.number(months, 1),
        jobs=context.fmt.joined([context.outcome(PART, row.outcome) for row in found.jobs]),
        control=context.people(PART)[1],
        pay=context.fmt.with_unit(pay, wage.unit, digits),
        amount=context.fmt.with_unit(pay * months, wage.unit, digits),
        share=context.fmt.number(found.share),
        unit=declared(context).period,
    )


def work_condition(context: Context) -> str:
    """Whether more have worked long enough for a right, beside the right as it is recorded."""
    states = declared(context).states
    rows = context.look.rows(PART, "work_condition", estimator="lin", group="all")
    if states is None or states.condition is None or not rows:
        return ""
    built = max(rows, key=lambda row: row.horizon)
    right = context.look.row(PART, "itt", built.outcome, "lin", horizon=built.horizon)
    if built.verdict == "unknown" or right is None or right.verdict == "unknown":
        return ""
    return context.word(
        "work-condition",
        right=context.outcome(PART, built.outcome),
        periods=context.fmt.words(states.condition.periods),
        within=context.fmt.words(states.condition.within),
        unit=declared(context).period,
        horizon=context.horizon(built.horizon),
        control=context.people(PART)[1],
        mean=context.fmt.number(built.control_mean, 1),
        built=_points(context, built),
        recorded=_points(context, right),
        clear=built.verdict,
        also=int(right.verdict == built.verdict),
    )


def _points(context: Context, row: Row) -> str:
    """An effect on a share with its interval."""
    digits = decimals(row.unit, row.sizes)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    effect = context.fmt.with_unit(row.estimate, row.unit, digits)
    return context.word("group-effect", effect=effect, low=low, high=high)


def together(context: Context) -> str:
    """What the pieces say taken together."""
    texts = (turns(context), wage_and_jobs(context), work_condition(context))
    return "\n\n".join(text for text in texts if text)


def followed(context: Context) -> str:
    """How many are followed to each horizon, and what that means for those who came late."""
    rows = context.look.rows(PART, "flow", outcome="followed")
    randomised = context.look.rows(PART, "flow", outcome="randomised")
    total = sum(sizes(context, PART))
    at = [float(h) for h in declared(context).horizons]
    items, all_there, known = [], True, True
    for horizon in at:
        n = sum(r.estimate for r in rows if r.horizon == horizon and r.group.startswith("arm:"))
        if math.isnan(n) or not n:
            known = False
            continue
        all_there = all_there and n == total
        items.append(
            context.word("followed-item", n=context.fmt.number(n), horizon=context.horizon(horizon))
        )
    if not items or math.isnan(total):
        return ""
    number = len({row.group.partition(BLOCK)[2] for row in randomised if BLOCK in row.group})
    last = context.look.row(PART, "blocks", "followed", "count", horizon=max(at))
    gone = any(context.look.rows(PART, "flow", outcome=name) for name in ("death", "emigration"))
    why = "gone" if gone else "missing"
    if last is not None and last.estimate < number:
        why = "late"
    return context.word(
        "followed",
        all=int(all_there and known),
        why=why,
        blocks=int(number > 0),
        number=context.fmt.words(number),
        some="" if last is None else context.fmt.words(int(last.estimate)),
        n=context.fmt.number(total),
        items=context.fmt.joined(items),
        horizon=context.horizon(max(at)),
    )


def no_draws(context: Context) -> str:
    """That tests are not by randomisation where there are too many people for that."""
    return context.word("register-no-draws") if without_draws(context, PART) else ""
