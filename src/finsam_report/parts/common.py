"""Rows of the ledger that both experiments have: flow, balance, effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.itt import Effects, patterns, usable
from finsam_report.estimators.multiple import benjamini_hochberg, sharpened_q
from finsam_report.estimators.randomisation import Randomisation
from finsam_report.estimators.trial import Trial
from finsam_report.parts.ledger import BLOCK, CELL, NOT_ESTIMATED, PEOPLE, PERCENT, POINTS, rows
from finsam_report.parts.people import Characteristics, complete

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Part = Literal["survey", "register"]

ARMS = (("arm:support", True), ("arm:control", False))
SD_UNIT = "control SD"


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


def smallest_cells(values: Floats, shares: Bools, support: Bools) -> Floats:
    """Fewest people behind a column: of an arm, of those with a value other than zero.

    The mean of an amount that few have would give away theirs. For shares those without the
    event count too. A count of zero gives nobody away here: an event that happens to nobody,
    or to all, is counted by the other cell. Shape (m,).
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
    return rows(
        part=part, analysis="description", outcome=list(seen.names), group="all", horizon=0,
        estimator="mean", estimate=np.where(n > 0, total, np.nan) / np.maximum(n, 1) * scale,
        unit=list(seen.units), **{CELL: np.minimum(np.minimum(n, events), rest)},
    )  # fmt: skip


def balance_rows(
    part: Part, trial: Trial, seen: Characteristics, draws: Bools, group: str
) -> list[pd.DataFrame]:
    """Differences in covariates between the arms, and the joint test."""
    if not seen.names:
        return []
    plain, normalised = trial.differences(seen.values)
    scale = np.where(seen.shares, 100.0, 1.0)
    units = [POINTS if unit == PERCENT else unit for unit in seen.units]
    cell = smallest_cells(seen.values, seen.shares, trial.support)
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


def family_adjusted(columns: Columns, p_values: Floats, *, sharpened: bool) -> Floats:
    """q-values within each family and horizon; shape (m,)."""
    method = sharpened_q if sharpened else benjamini_hochberg
    out = np.full(p_values.shape, np.nan)
    keys = [
        (family, horizon)
        for family, horizon in zip(columns.families, columns.horizons, strict=True)
    ]
    for key in dict.fromkeys(keys):
        chosen = np.array([k == key for k in keys])
        out[chosen] = method(p_values[chosen])
    return out


def effect_rows(
    part: Part,
    columns: Columns,
    found: Effects,
    estimator: str,
    cell: Floats,
    *,
    analysis: str = "itt",
    group: str = "all",
    q_values: Floats | None = None,
) -> pd.DataFrame:
    """Rows of intention-to-treat effects."""
    scale = columns.scale
    return rows(
        part=part, analysis=analysis, outcome=list(columns.outcomes), group=group,
        horizon=columns.horizons, estimator=estimator, estimate=found.estimate * scale,
        std_error=found.std_error * scale, ci_low=found.ci_low * scale,
        ci_high=found.ci_high * scale, p_value=found.p_value,
        q_value=np.nan if q_values is None else q_values, n_support=found.n_support,
        n_control=found.n_control, control_mean=found.mean_control * scale,
        unit=columns.effect_units, **{CELL: cell},
    )  # fmt: skip


def standardised_rows(
    part: Part, columns: Columns, found: Effects, estimator: str, cell: Floats
) -> pd.DataFrame:
    """The same effects in standard deviations of the control arm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(found.sd_control > 0, 1 / found.sd_control, np.nan)
    return rows(
        part=part, analysis="itt", outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=f"{estimator}_standardised",
        estimate=found.estimate * per, std_error=found.std_error * per,
        ci_low=found.ci_low * per, ci_high=found.ci_high * per, p_value=found.p_value,
        n_support=found.n_support, n_control=found.n_control, unit=SD_UNIT, **{CELL: cell},
    )  # fmt: skip


def randomisation_rows(
    part: Part, columns: Columns, found: Effects, test: Randomisation, estimator: str, cell: Floats
) -> pd.DataFrame:
    """The same estimates with randomisation p-values and sharpened q-values."""
    p = np.where(np.isnan(found.estimate), np.nan, test.p_value)
    return rows(
        part=part, analysis="itt", outcome=list(columns.outcomes), group="all",
        horizon=columns.horizons, estimator=f"{estimator}_randomisation",
        estimate=found.estimate * columns.scale, p_value=p,
        q_value=family_adjusted(columns, p, sharpened=True), n_support=found.n_support,
        n_control=found.n_control, unit=columns.effect_units, **{CELL: cell},
    )  # fmt: skip


def late_rows(
    part: Part, trial: Trial, columns: Columns, cell: Floats, extra: Floats | None = None
) -> list[pd.DataFrame]:
    """Effects per person who met a team because of the offer, with both intervals."""
    out = []
    for seen, at in patterns(columns.values):
        chosen = np.zeros(len(columns.outcomes), dtype=np.bool_)
        chosen[at] = True
        some, people = columns.pick(chosen), trial.among(seen)
        try:
            found = people.late(
                some.values[seen], extra=None if extra is None else extra[seen]
            )
        except ValueError:  # the offer moved nobody among those with the outcome
            continue
        shared = {
            "part": part, "analysis": "late", "outcome": list(some.outcomes), "group": "all",
            "horizon": some.horizons, "estimate": found.estimate * some.scale,
            "n_support": int(people.support.sum()), "n_control": int((~people.support).sum()),
            "unit": some.effect_units, CELL: cell[at],
        }  # fmt: skip
        out.append(
            rows(
                estimator="2sls", std_error=found.std_error * some.scale,
                ci_low=found.ci_low * some.scale, ci_high=found.ci_high * some.scale,
                p_value=found.p_value, **shared,
            )
        )  # fmt: skip
        out.append(
            rows(
                estimator="anderson_rubin", ci_low=found.ar_low * some.scale,
                ci_high=found.ar_high * some.scale, **shared,
            )
        )  # fmt: skip
    return out


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


def main_rows(
    part: Part, trial: Trial, columns: Columns, draws: Bools, extra: Floats | None = None
) -> list[pd.DataFrame]:
    """Main effects: unadjusted and adjusted, standardised, with randomisation p and q, LATE.

    ``columns`` are the outcomes that can be estimated; ``extra`` are covariates beyond the
    trial's own, for instance answers at baseline.
    """
    if not columns.outcomes:
        return []
    cell = smallest_cells(columns.values, columns.shares, trial.support)
    out = []
    tests = trial.test(columns.values, draws, extra=extra)
    for estimator, adjust, test in (("unadjusted", False, tests[0]), ("lin", True, tests[1])):
        found = trial.itt(columns.values, extra=extra, adjust=adjust)
        q = family_adjusted(columns, found.p_value, sharpened=False)
        out += [
            effect_rows(part, columns, found, estimator, cell, q_values=q),
            standardised_rows(part, columns, found, estimator, cell),
            randomisation_rows(part, columns, found, test, estimator, cell),
        ]
    if trial.take_up is not None and np.ptp(trial.take_up) > 0:
        out += late_rows(part, trial, columns, cell, extra)
    return out


def take_up_rows(part: Part, trial: Trial, horizon: float, *, blocks: bool) -> list[pd.DataFrame]:
    """Share of each arm that met a team, and the effect of the offer on meeting one."""
    if trial.take_up is None:
        return []
    met = trial.take_up == 1
    columns = Columns(
        ("met_team",), np.array([horizon]), (PERCENT,), ("take_up",), trial.take_up[:, None]
    )
    counts = count_rows(part, "met_team", met, trial, blocks=blocks)
    why = reasons(columns, trial, 0, 0)
    if why[0]:  # everybody met one, or nobody: then there is no effect per person who did
        return [not_estimated_rows(part, columns, why, trial.support), *counts]
    cell = smallest_cells(columns.values, columns.shares, trial.support)
    out = [
        effect_rows(
            part, columns, trial.itt(columns.values, adjust=adjust), estimator, cell,
            analysis="first_stage",
        )
        for estimator, adjust in (("unadjusted", False), ("lin", True))
    ]  # fmt: skip
    return [*out, *counts]


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
