"""Where a study and its analysis plan part ways, and what of the study is exploratory by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from finsam_report.study_plan import (
    PARTS,
    Plan,
    PlannedGroup,
    PlannedMunicipality,
    PlannedOutcome,
    PlannedPart,
    PlannedRegister,
    PlannedSurvey,
)

Kind = Literal[
    "part_added", "part_dropped", "outcome_added", "outcome_dropped", "family", "direction",
    "primary", "group_added", "group_dropped", "group_changed", "horizon_added",
    "horizon_dropped", "primary_wave", "estimator_added", "estimator_dropped", "setting",
]  # fmt: skip
Said = str | int | bool | None
_SETTINGS = ("comparison", "base", "anticipation", "cluster", "weights")


@dataclass(frozen=True)
class Deviation:
    """A point in which the study is not as planned.

    Attributes:
        part: "survey", "register" or "municipality".
        kind: What differs.
        name: Outcome, variable, estimator or setting; the months of a horizon; empty for a part.
        planned: What the plan says, None where it says nothing.
        made: What the study declares.
    """

    part: str
    kind: Kind
    name: str = ""
    planned: Said = None
    made: Said = None


@dataclass(frozen=True)
class Exploratory:
    """What a part of the study shows and the plan does not have.

    Attributes:
        outcomes: Ids of outcomes.
        groups: Variables whose groups the effect is estimated in.
    """

    outcomes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def _added(
    part: str, kinds: tuple[Kind, Kind], made: Iterable[str], planned: Iterable[str]
) -> Iterator[Deviation]:
    """What only the study has, then what only the plan has."""
    after, before = list(made), list(planned)
    for kind, names, others in zip(kinds, (after, before), (before, after), strict=True):
        yield from (Deviation(part, kind, name) for name in names if name not in others)


def _outcomes(part: str, planned: PlannedPart, made: PlannedPart) -> Iterator[Deviation]:
    before = {outcome.id: outcome for outcome in planned.outcomes}
    after = {outcome.id: outcome for outcome in made.outcomes}
    yield from _added(part, ("outcome_added", "outcome_dropped"), after, before)
    for name, own in after.items():
        if name in before:
            yield from _changes(part, before[name], own)


def _changes(part: str, planned: PlannedOutcome, made: PlannedOutcome) -> Iterator[Deviation]:
    kinds: tuple[tuple[Kind, Said, Said], ...] = (
        ("family", planned.family, made.family),
        ("direction", planned.direction, made.direction),
        ("primary", planned.primary, made.primary),
    )
    for kind, before, after in kinds:
        if before != after:
            yield Deviation(part, kind, made.id, before, after)


def _groups(part: str, planned: PlannedPart, made: PlannedPart) -> Iterator[Deviation]:
    before = {group.id: group for group in planned.subgroups}
    after = {group.id: group for group in made.subgroups}
    yield from _added(part, ("group_added", "group_dropped"), after, before)
    for name, own in after.items():
        if name in before and before[name].groups != own.groups:
            yield Deviation(part, "group_changed", name, _cut(before[name]), _cut(own))


def _cut(group: PlannedGroup) -> str:
    """Where a variable is cut, as the plan writes it."""
    marks = [f"{cut:g}" for cut in group.cuts] or [day.isoformat() for day in group.dates]
    source = [group.source] if group.source and group.source != group.id else []
    return ", ".join([*source, *marks])


def _times(part: str, planned: PlannedPart, made: PlannedPart) -> Iterator[Deviation]:
    waves = [p.primary_wave if isinstance(p, PlannedSurvey) else None for p in (planned, made)]
    if waves[0] not in (None, waves[1]):
        yield Deviation(part, "primary_wave", "", *waves)
    if isinstance(planned, PlannedSurvey | PlannedRegister) and planned.horizons:
        after = made.horizons if isinstance(made, PlannedSurvey | PlannedRegister) else ()
        yield from _added(
            part, ("horizon_added", "horizon_dropped"), map(str, after), map(str, planned.horizons)
        )


def _ways(part: str, planned: PlannedPart, made: PlannedPart) -> Iterator[Deviation]:
    if planned.estimators:
        yield from _added(
            part,
            ("estimator_added", "estimator_dropped"),
            made.estimators,
            planned.estimators,
        )
    if isinstance(planned, PlannedMunicipality):
        for name in _SETTINGS:
            before, after = getattr(planned, name), getattr(made, name)
            if before not in (None, after):
                yield Deviation(part, "setting", name, before, after)


def deviations(plan: Plan, made: Plan) -> tuple[Deviation, ...]:
    """Every point in which a study is not as planned, part by part.

    What the plan leaves open (estimators, horizons, settings that it does not name) is none.

    Args:
        plan: The plan.
        made: What the study's declarations amount to.
    """
    out: list[Deviation] = []
    for part in PARTS:
        before, after = plan.part(part), made.part(part)
        if before is None or after is None:
            if after is not None:
                out.append(Deviation(part, "part_added"))
            if before is not None:
                out.append(Deviation(part, "part_dropped"))
            continue
        for compared in (_outcomes, _groups, _times, _ways):
            out += compared(part, before, after)
    return tuple(out)


def exploratory(plan: Plan | None, made: Plan | None) -> dict[str, Exploratory]:
    """What is exploratory in each part; nothing where no plan is known.

    Outcomes and groups that the plan does not have, and groups that it cuts elsewhere.

    Args:
        plan: The plan, None where the study names none.
        made: What the study's declarations amount to.
    """
    if plan is None or made is None:
        return {part: Exploratory() for part in PARTS}
    out = {}
    for part in PARTS:
        before, after = plan.part(part), made.part(part)
        known = {outcome.id for outcome in before.outcomes} if before else set()
        groups = {group.id: group.groups for group in before.subgroups} if before else {}
        out[part] = Exploratory(
            frozenset(o.id for o in (after.outcomes if after else ()) if o.id not in known),
            frozenset(
                g.id for g in (after.subgroups if after else ()) if groups.get(g.id) != g.groups
            ),
        )
    return out
