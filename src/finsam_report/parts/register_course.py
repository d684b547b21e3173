"""The course of single people in the register experiment: first events, and what follows jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.passes import CHUNK
from finsam_report.estimators.survival import Curve, first_event, incidence, log_rank
from finsam_report.estimators.transitions import UNKNOWN, first_month_after, state_shares
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.contract import EXITS
from finsam_report.parts.common import ARMS, count_rows
from finsam_report.parts.ledger import CELL, PERCENT, POINTS, rows
from finsam_report.parts.register_columns import Panels
from finsam_report.parts.register_rows import PART
from finsam_report.study import Register, States

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STATE = "|state:"
OTHER = "none_of_these"


def pieces(
    part: Register, panels: Panels, names: Sequence[str]
) -> Iterator[tuple[slice, dict[str, Floats]]]:
    """Outcomes after randomisation, by id, some people at a time."""
    after = panels.periods > 0
    wanted = [outcome for outcome in part.outcomes if outcome.id in names]
    for first in range(0, panels.people, CHUNK):
        last = min(first + CHUNK, panels.people)
        some = panels.outcomes(wanted, first, last)
        yield slice(first, last), {name: panel[:, after] for name, panel in some.items()}


@dataclass(frozen=True)
class Gone:
    """Who left the country or died, and when.

    Attributes:
        period: The period in which it happened, infinite for those who did neither; shape (n,).
        competing: Whether it competes with the event, in place of ending the follow-up.
    """

    period: Floats
    competing: Bools


def gone(part: Register, people: pd.DataFrame) -> Gone:
    """Deaths and emigrations as the study declares them."""
    period = np.full(len(people), np.inf)
    competing = np.zeros(len(people), dtype=np.bool_)
    if "exit" not in people.columns or "exit_period" not in people.columns:
        return Gone(period, competing)
    left = people["exit_period"].to_numpy(np.float64)
    period = np.where(np.isnan(left), np.inf, left)
    why = people["exit"].astype("string").fillna("").to_numpy(dtype=object)
    for name in EXITS:
        competing |= (why == name) & (getattr(part.exits, name) == "competing")
    return Gone(period, competing)


def exit_rows(part: Register, people: pd.DataFrame, trial: Trial) -> list[pd.DataFrame]:
    """How many of each arm died or emigrated up to the last horizon."""
    out: list[pd.DataFrame] = []
    if "exit" not in people.columns or "exit_period" not in people.columns:
        return out
    last = float(max(part.horizons))
    why = people["exit"].astype("string").fillna("").to_numpy(dtype=object)
    within = people["exit_period"].to_numpy(np.float64) <= last
    for name in EXITS:
        out += count_rows(PART, name, (why == name) & within, trial, blocks=False, horizon=last)
    return out


def first_event_rows(
    part: Register, trial: Trial, panels: Panels, left: Gone, threshold: int
) -> list[pd.DataFrame]:
    """Time to the first period with the outcome that the study names.

    The end of follow-up ends the wait without an event. Death and emigration do so too, or
    compete with the event, as declared.
    """
    if part.states is None or not (panels.periods > 0).any():
        return []
    name = part.states.start
    month = np.zeros(panels.people, dtype=np.int64)
    kind = np.zeros(panels.people, dtype=np.int64)
    after = panels.periods[panels.periods > 0]
    for at, some in pieces(part, panels, [name]):
        panel, when = some[name], left.period[at, None]
        other = left.competing[at, None] & (after >= when)
        known = (~np.isnan(panel) & (after <= when)) | other
        month[at], kind[at] = first_event((panel == 1) & (after <= when), other, known)
    horizon = int((panels.periods > 0).sum())
    try:
        found = incidence(
            trial.support, trial.assignment.block, month, kind, horizon, level=trial.level
        )
    except ValueError:  # an arm in which nobody is followed
        return []
    periods = panels.periods[panels.periods > 0].astype(np.float64)
    fewest = np.minimum(_fewest(found.support), _fewest(found.control))
    new = np.column_stack([found.support.events, found.control.events])
    fewest = np.minimum(fewest, since_last_shown(new, threshold))
    shared = {
        "part": PART, "analysis": "first_event", "outcome": name, "horizon": periods,
        CELL: fewest,
    }  # fmt: skip
    out = [
        rows(
            group=group, estimator="incidence", estimate=100 * curve.probability,
            std_error=100 * curve.std_error, ci_low=100 * curve.ci_low,
            ci_high=100 * curve.ci_high, unit=PERCENT, **shared,
        )
        for group, curve in (("arm:support", found.support), ("arm:control", found.control))
    ]  # fmt: skip
    out.append(
        rows(
            group="all", estimator="difference", estimate=100 * found.difference,
            std_error=100 * found.std_error, ci_low=100 * found.ci_low,
            ci_high=100 * found.ci_high, p_value=found.p_value, unit=POINTS, **shared,
        )
    )  # fmt: skip
    test = log_rank(trial.support, trial.assignment.block, month, kind)
    happened = kind == 1
    events = [float((happened & (trial.support == arm)).sum()) for _, arm in ARMS]
    out.append(
        rows(
            part=PART, analysis="first_event", outcome=name, group="all", estimator="log_rank",
            p_value=test.p_value, **{CELL: min(events)},
        )
    )  # fmt: skip
    return out


def _fewest(curve: Curve) -> Floats:
    """Fewest people behind the curve: with the event so far, and still waiting."""
    had = curve.events.cumsum().astype(np.float64)
    waiting = curve.at_risk.astype(np.float64) - curve.events
    return np.minimum(np.where(had > 0, had, np.inf), np.where(waiting > 0, waiting, np.inf))


def since_last_shown(new: Ints, threshold: int) -> Floats:
    """Fewest people with the event between a period and the last one before it that is shown.

    The step of a curve from one period to the next tells how many had the event between them. A
    period in which that would be fewer than the threshold is left out, and with it goes no other:
    the next step is counted from the last period that is shown.

    Args:
        new: People with the event in each period, by arm; shape (t, arms).
        threshold: Fewest people that a step may tell of; none at all tells of nobody.

    Returns:
        Infinite where no step tells of anybody; shape (t,).
    """
    out, waiting = np.full(new.shape[0], np.inf), np.zeros(new.shape[1])
    for period, events in enumerate(new):
        waiting = waiting + events
        some = waiting[waiting > 0]
        out[period] = some.min() if some.size else np.inf
        if out[period] >= threshold:
            waiting = np.zeros(new.shape[1])
    return out


def _states(states: States, some: dict[str, Floats]) -> Ints:
    """Each person's state by period: the first that holds, one more code for none of them."""
    columns = [some[name] for name in states.states]
    unknown = np.isnan(np.stack(columns)).any(axis=0)
    out = np.full(columns[0].shape, len(columns), dtype=np.int64)
    for code in reversed(range(len(columns))):
        out[columns[code] == 1] = code
    out[unknown] = UNKNOWN
    return out


def transition_rows(part: Register, trial: Trial, panels: Panels, left: Gone) -> list[pd.DataFrame]:
    """What people do after the end of their first spell in the state that the study names.

    A description of those who came so far: chance did not choose them.
    """
    states = part.states
    if states is None or not (panels.periods > 0).any():
        return []
    start_code = np.array([states.states.index(states.start)])
    number = len(states.states) + 1
    every, start = [], []
    for at, some in pieces(part, panels, states.states):
        codes = _states(states, some)
        codes[panels.periods[panels.periods > 0] > left.period[at, None]] = UNKNOWN
        after = first_month_after(codes, start_code)
        kept = after >= 0
        every.append(np.where(kept[:, None], codes, UNKNOWN).astype(np.int8))
        start.append(after)
    codes, begin = np.vstack(every).astype(np.int64), np.concatenate(start)
    out = []
    for group, arm in ARMS:
        who = (trial.support == arm) & (begin >= 0)
        if not who.any():
            continue
        found = state_shares(codes[who], begin[who], states.follow, number)
        for code, name in enumerate([*states.states, OTHER]):
            counts = found.counts[:, code]
            people = found.people.astype(np.float64)
            seen = people > 0
            out.append(
                rows(
                    part=PART, analysis="transition", outcome=states.start,
                    group=f"{group}{STATE}{name}", horizon=found.months[seen].astype(np.float64),
                    estimator="share", estimate=100 * found.share[seen, code],
                    std_error=100 * found.std_error[seen, code], unit=PERCENT,
                    n_support=people[seen] if arm else np.nan,
                    n_control=np.nan if arm else people[seen],
                    **{CELL: np.where(counts > 0, np.minimum(counts, people), people)[seen]},
                )
            )  # fmt: skip
    return out
