"""Rows of the ledger that both experiments have beside effects: flow, balance, reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import Effects, usable
from finsam_report.estimators.trial import Trial
from finsam_report.parts.dominance import Dominance, dominated
from finsam_report.parts.ledger import (
    BLOCK,
    CELL,
    DOMINATED,
    NOT_ESTIMATED,
    PEOPLE,
    PERCENT,
    POINTS,
    rows,
)
from finsam_report.parts.people import Characteristics, complete

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Part = Literal["survey", "register"]

ARMS = (("arm:support", True), ("arm:control", False))


@dataclass(frozen=True)
class Columns:
    """What the columns of an outcome matrix are; every sequence has length m."""

    outcomes: tuple[str, ...]
    horizons: Floats
    units: tuple[str, ...]
    families: tuple[str, ...]
    values: Floats

    @property
    def shares(self) -> Bools:
        """Which outcomes are shares; shape (m,)."""
        return np.array([unit == PERCENT for unit in self.units], dtype=np.bool_)

    @property
    def scale(self) -> Floats:
        """100 for shares, which are shown in percent, else 1; shape (m,)."""
        return np.where(self.shares, 100.0, 1.0)

    @property
    def effect_units(self) -> list[str]:
        """The unit of an effect on each outcome."""
        return [POINTS if unit == PERCENT else unit for unit in self.units]

    def pick(self, which: Bools) -> Columns:
        """Some of the columns."""
        at = np.flatnonzero(which)
        return Columns(
            tuple(self.outcomes[i] for i in at), self.horizons[at],
            tuple(self.units[i] for i in at), tuple(self.families[i] for i in at),
            self.values[:, at],
        )  # fmt: skip


def smallest_cells(
    values: Floats, shares: Bools, support: Bools, dominance: Dominance | None = None
) -> Floats:
    """Fewest people behind a column: of an arm, of those with a value other than zero.

    The mean of an amount that few have would give away theirs. For shares those without the
    event count too. A count of zero gives nobody away here: an event that happens to nobody,
    or to all, is counted by the other cell. Shape (m,).

    Args:
        values: Outcomes; shape (n, m).
        shares: Which of them are shares; shape (m,).
        support: Who is in the support arm; shape (n,).
        dominance: When a sum tells of a few people; None where no column is a sum of amounts.
    """
    cells = []
    for arm in (support, ~support):
        observed = ~np.isnan(values[arm])
        seen = observed.sum(axis=0).astype(np.float64)
        some = (observed & (values[arm] != 0)).sum(axis=0).astype(np.float64)
        none = seen - some
        cells.append(seen)
        cells.append(np.where(some > 0, some, seen))
        cells.append(np.where(shares & (none > 0), none, seen))
        if dominance is not None:
            cells.append(np.where(~shares & dominated(values[arm], dominance), DOMINATED, seen))
    fewest: Floats = np.min(cells, axis=0)
    return fewest


def count_rows(
    part: Part, outcome: str, who: Bools, trial: Trial, *, blocks: bool, horizon: float = np.nan
) -> list[pd.DataFrame]:
    """How many of each arm (and of each arm and block) did something; ``who`` has shape (n,)."""
    out = []
    labels = trial.assignment.labels
    for group, arm in ARMS:
        chosen = who & (trial.support == arm)
        count = int(chosen.sum())
        out.append(
            rows(
                part=part, analysis="flow", outcome=outcome, group=group, horizon=horizon,
                estimator="count", estimate=count, unit=PEOPLE, **{CELL: count},
            )
        )  # fmt: skip
        if blocks:
            counts = np.bincount(trial.assignment.block[chosen], minlength=len(labels))
            out.append(
                rows(
                    part=part, analysis="flow", outcome=outcome,
                    group=[f"{group}{BLOCK}{label}" for label in labels], horizon=horizon,
                    estimator="count", estimate=counts, unit=PEOPLE, **{CELL: counts},
                )
            )  # fmt: skip
    return out


def description_rows(part: Part, seen: Characteristics) -> pd.DataFrame:
    """Means of the covariates among all who were randomised."""
    if not seen.names:
        return rows(part=[])
    n = (~np.isnan(seen.values)).sum(axis=0)
    total = np.nansum(seen.values, axis=0)
    events = np.where(seen.shares & (total > 0), total, n)
    rest = np.where(seen.shares & (n - total > 0), n - total, n)
    scale = np.where(seen.shares, 100.0, 1.0)
    mean = np.where(n > 0, total, np.nan) / np.maximum(n, 1)
    if seen.dominance is not None:
        n = np.where(~seen.shares & dominated(seen.values, seen.dominance), DOMINATED, n)
    return rows(
        part=part, analysis="description", outcome=list(seen.names), group="all", horizon=0,
        estimator="mean", estimate=mean * scale,
        unit=list(seen.units), **{CELL: np.minimum(np.minimum(n, events), rest)},
    )  # fmt: skip


def exact(found: Effects, values: Floats) -> Effects:
    """Effects on columns (n, m) of which some may be constant: then the difference is zero.

    Least squares would leave a rest in the sixteenth digit, and a p-value for it.
    """
    seen = ~np.isnan(values)
    highest = np.max(values, axis=0, where=seen, initial=-np.inf)
    constant = seen.any(axis=0) & (highest == np.min(values, axis=0, where=seen, initial=np.inf))
    nothing = constant & ~np.isnan(found.estimate)

    def zero(numbers: Floats) -> Floats:
        return np.where(nothing, 0.0, numbers)

    return replace(
        found, estimate=zero(found.estimate), std_error=zero(found.std_error),
        ci_low=zero(found.ci_low), ci_high=zero(found.ci_high),
        p_value=np.where(nothing, np.nan, found.p_value),
    )  # fmt: skip


def balance_rows(
    part: Part, trial: Trial, seen: Characteristics, draws: Bools, group: str
) -> list[pd.DataFrame]:
    """Differences in covariates between the arms, and the joint test."""
    if not seen.names:
        return []
    plain, normalised = trial.differences(seen.values)
    plain = exact(plain, seen.values)
    scale = np.where(seen.shares, 100.0, 1.0)
    units = [POINTS if unit == PERCENT else unit for unit in seen.units]
    cell = smallest_cells(seen.values, seen.shares, trial.support, seen.dominance)
    shared = {
        "part": part, "analysis": "balance", "group": group, "horizon": 0,
        "outcome": list(seen.names), "n_support": plain.n_support,
        "n_control": plain.n_control, CELL: cell,
    }  # fmt: skip
    joint = trial.balance(complete(seen.values), draws)
    return [
        rows(
            estimator="block_weighted", estimate=plain.estimate * scale,
            std_error=plain.std_error * scale, ci_low=plain.ci_low * scale,
            ci_high=plain.ci_high * scale, p_value=plain.p_value,
            control_mean=plain.mean_control * scale, unit=units, **shared,
        ),
        rows(
            estimator="normalised_difference", estimate=normalised, unit="SD", **shared,
        ),
        rows(
            part=part, analysis="balance", outcome="all_covariates", group=group, horizon=0,
            estimator="randomisation", p_value=joint, n_support=int(trial.support.sum()),
            n_control=int((~trial.support).sum()),
            **{CELL: min(int(trial.support.sum()), int((~trial.support).sum()))},
        ),
    ]  # fmt: skip


def not_estimated_rows(
    part: Part, columns: Columns, reasons: list[str], support: Bools
) -> pd.DataFrame:
    """Outcomes that cannot be estimated, with the reason as the estimator."""
    seen = ~np.isnan(columns.values)
    n1, n0 = seen[support].sum(axis=0), seen[~support].sum(axis=0)
    return rows(
        part=part, analysis=NOT_ESTIMATED, outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=reasons, n_support=n1, n_control=n0,
        unit=columns.effect_units, **{CELL: np.minimum(n1, n0)},
    )  # fmt: skip


def reasons(columns: Columns, trial: Trial, events: int, events_arm: int) -> list[str]:
    """Why each outcome cannot be estimated; "" where it can. Length m.

    Args:
        columns: Outcomes.
        trial: The experiment.
        events: Fewest events (or non-events) of a share in both arms together.
        events_arm: Fewest in either arm.
    """
    out = []
    block = trial.assignment.block
    for j, share in enumerate(columns.shares):
        seen = ~np.isnan(columns.values[:, j])
        # Only blocks with at least two people of each arm say anything about the effect.
        seen[seen] = usable(trial.support[seen], block[seen])
        one = columns.values[seen & trial.support, j]
        zero = columns.values[seen & ~trial.support, j]
        if min(one.size, zero.size) < 2:
            out.append("too_few_people")
            continue
        happened = [float(one.sum()), float(zero.sum())]
        rare = min(happened) < events_arm or sum(happened) < events
        always = [one.size - happened[0], zero.size - happened[1]]
        rare |= min(always) < events_arm or sum(always) < events
        if np.ptp(np.concatenate([one, zero])) == 0:
            out.append("no_variation")
        else:
            out.append("too_few_events" if share and rare else "")
    return out
