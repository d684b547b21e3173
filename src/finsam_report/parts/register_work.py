"""The two passes over the register experiment, and what all rows are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.pass_results import Result
from finsam_report.estimators.pass_sums import Chunk, Selection
from finsam_report.estimators.passes import CHUNK, Chunks, two_passes
from finsam_report.estimators.trial import Trial
from finsam_report.parts import register_costs, register_rows
from finsam_report.parts.common import Columns
from finsam_report.parts.dominance import Dominance
from finsam_report.parts.groups import Groups, groups, sexes
from finsam_report.parts.register_columns import (
    COMPLIERS,
    ITT,
    Panels,
    Spec,
    described,
    specs,
)
from finsam_report.study import Analysis, Register
from finsam_report.study_release import ReleaseRules

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Work:
    """Everything that rows of the register experiment are made from.

    Attributes:
        part: The part as declared.
        people: The participants; n rows.
        trial: The experiment.
        panels: The outcomes.
        chosen: The columns of the passes; length m.
        results: Of the passes, for everybody and for women and men.
        paths: Positions of each outcome's months.
        streams: Positions of what costs are held against; empty without costs.
        sex: Who is a woman and who a man, where that is known.
        cell: Fewest people behind each column; shape (m,).
        why: Why a column is not estimated, "" where it is; shape (m,).
        shown: Columns that are estimated, of outcomes that are not rare throughout; shape (m,).
        at: Positions of the main outcomes at the horizons that are estimated.
        main_columns: The same, with the values of everybody.
        level: Level of the intervals.
        seed: Seed of everything that is drawn.
        rules: Of disclosure control.
    """

    part: Register
    people: pd.DataFrame
    trial: Trial
    panels: Panels
    chosen: Sequence[Spec]
    results: Mapping[Selection, Result]
    paths: Sequence[Ints]
    streams: Ints
    sex: Groups | None
    cell: Floats
    why: npt.NDArray[np.str_]
    shown: Bools
    at: Ints
    main_columns: Columns
    level: float
    seed: int
    rules: ReleaseRules

    @property
    def dominance(self) -> Dominance:
        """When a sum tells of a few people."""
        return Dominance.of(self.rules)

    @property
    def everybody(self) -> Result:
        """The results for everybody."""
        return self.results[Selection()]

    @property
    def limits(self) -> tuple[int, int]:
        """Fewest events of a share in both arms together, and in either."""
        return self.part.minimum_events, self.part.minimum_events_arm

    def positions(self, analysis: str) -> Ints:
        """Columns of an analysis that are shown."""
        of = np.array([spec.analysis == analysis for spec in self.chosen], dtype=np.bool_)
        return np.flatnonzero(of & self.shown)


def _outcomes(trial: Trial, panels: Panels, chosen: Sequence[Spec], at: slice) -> Floats:
    """The chosen columns of some people, and take-up as the last one."""
    known = trial.take_up is not None
    values = panels.matrix(chosen, trial.take_up, at.start, at.stop, more=int(known))
    if trial.take_up is not None:
        values[:, -1] = trial.take_up[at]
    return values


def chunks_of(
    trial: Trial,
    panels: Panels,
    chosen: Sequence[Spec],
    several: Sequence[Groups],
    *,
    with_take_up: bool,
) -> Chunks:
    """The people some at a time, with the chosen columns.

    With take-up, that is one column more, and there are effects per taker.
    """
    codes = np.column_stack([g.codes for g in several]) if several else None

    def chunks() -> Iterator[Chunk]:
        for first in range(0, panels.people, CHUNK):
            last = min(first + CHUNK, panels.people)
            at = slice(first, last)
            yield Chunk(
                support=trial.support[at],
                block=trial.assignment.block[at],
                covariates=trial.covariates[at],
                outcomes=partial(_outcomes, trial, panels, chosen, at)
                if with_take_up
                else partial(panels.matrix, chosen, None, first, last),
                take_up=trial.take_up[at] if with_take_up and trial.take_up is not None else None,
                groups=None if codes is None else codes[at],
            )

    return chunks


def _whole(panels: Panels, chosen: Sequence[Spec]) -> Floats:
    """Columns of everybody at once: the few that are needed so."""
    parts = [
        panels.matrix(chosen, None, first, min(first + CHUNK, panels.people))
        for first in range(0, panels.people, CHUNK)
    ]
    return np.vstack(parts) if parts else np.zeros((0, len(chosen)))


def passed(
    part: Register,
    people: pd.DataFrame,
    trial: Trial,
    panels: Panels,
    choices: Analysis,
    rules: ReleaseRules,
) -> Work:
    """Make the two passes, for everybody and for women and men.

    Args:
        part: The part as declared.
        people: The checked participants.
        trial: The experiment.
        panels: The outcomes.
        choices: Seed and level.
        rules: Of disclosure control.
    """
    met = trial.take_up
    chosen = specs(part, panels.periods, take_up=met is not None and bool(np.ptp(met) > 0))
    columns = described(chosen)
    itt = np.array([s.analysis == ITT for s in chosen], dtype=np.bool_)
    paths = [
        np.flatnonzero(itt & np.array([s.outcome is outcome for s in chosen]))
        for outcome in part.outcomes
        if part.path and outcome.window == 1
    ]
    streams = register_costs.positions(part, chosen)
    sex = sexes(part, people)
    results = two_passes(
        chunks_of(trial, panels, chosen, [sex] if sex else [], with_take_up=True),
        paths=[*paths, *([streams] if streams.size else [])],
        level=choices.level,
    )
    everybody = results[Selection()]
    why = register_rows.reasons(
        everybody.tally, everybody.plain.effects, columns.shares, part.minimum_events,
        part.minimum_events_arm,
    )[: len(chosen)]  # fmt: skip
    main = np.array([s.main for s in chosen], dtype=np.bool_)
    at = np.flatnonzero(itt & main & (why == ""))
    told = {(chosen[i].outcome.id, chosen[i].horizon) for i in at}
    # What is rare at every horizon is not followed month by month either.
    rare = {s.outcome.id for s in chosen if s.main} - {name for name, _ in told}
    # The columns for compliers are part of an outcome turned round: its own counts decide.
    fine = [
        (s.outcome.id, s.horizon) in told if s.analysis == COMPLIERS else reason == ""
        for s, reason in zip(chosen, why, strict=True)
    ]
    cell = register_rows.cells(everybody.tally, columns.shares, Dominance.of(rules))[: len(chosen)]
    whole = {(s.outcome.id, s.horizon): cell[i] for i, s in enumerate(chosen) if s.analysis == ITT}
    for i, spec in enumerate(chosen):
        if spec.analysis == COMPLIERS:  # nor do they rest on more people than the outcome does
            cell[i] = min(cell[i], whole[spec.outcome.id, spec.horizon])
    at_horizons = [chosen[i] for i in at]
    return Work(
        part=part, people=people, trial=trial, panels=panels, chosen=chosen, results=results,
        paths=paths, streams=streams, sex=sex,
        cell=cell, why=why,
        shown=np.array(fine, dtype=np.bool_) & np.array([s.outcome.id not in rare for s in chosen]),
        at=at, main_columns=replace(described(at_horizons), values=_whole(panels, at_horizons)),
        level=choices.level, seed=choices.seed, rules=rules,
    )  # fmt: skip


def variables(work: Work) -> list[Groups]:
    """The subgroup variables, women and men first."""
    declared = groups(work.part, work.people)
    several = [g for g in declared if work.sex is None or g.id != work.sex.id]
    return several if work.sex is None else [work.sex, *several]


def split(work: Work, several: Sequence[Groups]) -> Mapping[Selection, Result]:
    """The main outcomes at the horizons in every level of every variable; empty without any."""
    chosen = [work.chosen[i] for i in work.at]
    if not several or not chosen:
        return {}
    chunks = chunks_of(work.trial, work.panels, chosen, several, with_take_up=False)
    return two_passes(chunks, level=work.level)
