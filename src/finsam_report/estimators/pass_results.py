"""Effects, effects per taker and covariances as the two passes over people leave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import Effects, interval
from finsam_report.estimators.iv import Shape, confidence_set
from finsam_report.estimators.pass_plans import Plan
from finsam_report.estimators.pass_scores import Columns, Spread
from finsam_report.estimators.pass_sums import Sums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ROUNDING = 1e-12
_NO_STAGE = 1e-12


@dataclass(frozen=True)
class Takers:
    """Effects per person who takes up support because of the offer; every array is (m,).

    Attributes:
        estimate: Two-stage least squares; NaN where the offer does not move take-up.
        std_error: HC2 standard error, or CR1 with clusters.
        df: Degrees of freedom.
        ci_low: Lower end of the interval from the t distribution.
        ci_high: Upper end of that interval.
        p_value: Two-sided p-value from the t distribution.
        ar_low: Lower end of the Anderson-Rubin set; infinite where it is no interval.
        ar_high: Upper end of it.
        ar_shape: As in :class:`iv.Late`; "" where there is no estimate.
        first_stage: Effect of the offer on take-up among those with the outcome.
        first_stage_f: Squared t value of the first stage.
    """

    estimate: Floats
    std_error: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    ar_low: Floats
    ar_high: Floats
    ar_shape: tuple[Shape | None, ...]
    first_stage: Floats
    first_stage_f: Floats


@dataclass(frozen=True)
class Fit:
    """What one regression found for every outcome.

    Attributes:
        effects: Intention to treat.
        takers: Effects per taker; None where take-up is not known.
        covariance: Covariance of the effects of each path, in the order of the paths; NaN
            where an effect is not estimated; shape (k, k) each.
        covariates: Number of covariates adjusted for; shape (m,).
    """

    effects: Effects
    takers: Takers | None
    covariance: tuple[Floats, ...]
    covariates: Ints


@dataclass(frozen=True)
class Tally:
    """Counts behind the effects, control arm first; shape (2, m) each but low and high.

    Attributes:
        seen: People with the outcome, also those in blocks that are left out.
        nonzero: Those of them with another value than zero.
        total: Sum of the outcome in the blocks that are used.
        low: Smallest outcome in those blocks; shape (m,).
        high: Largest outcome in those blocks; shape (m,).
        highest: Largest outcome in those blocks in each arm.
    """

    seen: Ints
    nonzero: Ints
    total: Floats
    low: Floats
    high: Floats
    highest: Floats


@dataclass(frozen=True)
class Result:
    """Everything about one selection of people.

    Attributes:
        plain: Unadjusted, that is block-weighted differences in means.
        adjusted: With Lin's adjustment.
        tally: Counts.
    """

    plain: Fit
    adjusted: Fit
    tally: Tally


def tally(sums: Sums, plan: Plan) -> Tally:
    """Counts from the first pass."""
    usable = np.vstack([plan.usable, plan.usable])
    nonzero = sums.nonzero.reshape(2, -1, sums.nonzero.shape[1]).sum(axis=1)
    low = np.where(usable, sums.low, np.inf).min(axis=0)
    highest = np.where(usable, sums.high, -np.inf).reshape(2, -1, usable.shape[1]).max(axis=1)
    some = usable.any(axis=0)
    return Tally(
        seen=np.rint(plan.seen).astype(np.int64),
        nonzero=np.rint(nonzero).astype(np.int64),
        total=plan.total,
        low=np.where(some, low, np.nan),
        high=np.where(some, highest.max(axis=0), np.nan),
        highest=np.where(some, highest, np.nan),
    )


def fit(
    plan: Plan,
    spread: Spread,
    sd_control: Floats,
    counts: Tally,
    paths: Sequence[Columns],
    level: float,
) -> Fit:
    """Effects with intervals.

    Args:
        plan: Coefficients.
        spread: What the second pass added up.
        sd_control: Standard deviation in the control arm; shape (m,).
        counts: Counts of the same people.
        paths: Outcomes of each path.
        level: Level of the intervals.
    """
    df, factor = plan.df, np.ones(plan.df.shape)
    if spread.clusters.size:
        n, clusters = plan.used.sum(axis=0), spread.clusters
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = clusters / (clusters - 1) * (n - 1) / plan.df
        df = np.where(np.isnan(df), np.nan, clusters - 1)
    error = np.sqrt(np.where(np.isnan(plan.estimate), np.nan, spread.squares * factor))
    # Where everybody has the same value, rounding must not pass for an effect.
    still = error <= _ROUNDING * np.fmax(np.abs(counts.low), np.abs(counts.high))
    estimate = np.where(still & (counts.low == counts.high), 0.0, plan.estimate)
    std_error = np.where(still, 0.0, error)
    low, high, p = interval(estimate, std_error, df, level)
    n0, n1 = np.rint(plan.used).astype(np.int64)
    root = np.where(np.isnan(plan.estimate), np.nan, np.sqrt(factor))
    # Where an arm has nothing but zeros, so has its mean.
    mean = np.where((counts.nonzero == 0) & ~np.isnan(plan.mean), 0.0, plan.mean)
    return Fit(
        effects=Effects(
            estimate=estimate,
            std_error=std_error,
            df=df,
            ci_low=low,
            ci_high=high,
            p_value=p,
            n_support=n1,
            n_control=n0,
            mean_support=mean[1],
            mean_control=mean[0],
            sd_control=sd_control,
            left_out=counts.seen.sum(axis=0) - n0 - n1,
        ),
        takers=_takers(plan, spread, factor, df, level),
        covariance=tuple(
            found * root[path][:, None] * root[path]
            for found, path in zip(spread.paths, paths, strict=True)
        ),
        covariates=plan.kept.sum(axis=0).astype(np.int64),
    )


def _takers(plan: Plan, spread: Spread, factor: Floats, df: Floats, level: float) -> Takers | None:
    """Two-stage least squares and Anderson-Rubin sets from both stages' variances."""
    if plan.first_stage is None:
        return None
    stage = np.where(np.abs(plan.first_stage) < _NO_STAGE, np.nan, plan.first_stage)
    reduced = np.where(np.isnan(stage), np.nan, plan.estimate)
    vyy, vdd, vyd = (v * factor for v in (spread.squares, spread.taken, spread.mixed))
    estimate = reduced / stage
    variance = vyy - 2 * estimate * vyd + estimate**2 * vdd
    std_error = np.sqrt(np.maximum(variance, 0.0)) / np.abs(stage)
    low, high, p = interval(estimate, std_error, df, level)
    critical = special.fdtri(1, df, level)
    ends = np.full((2, stage.size), np.nan)
    shapes: list[Shape | None] = []
    for j in range(stage.size):
        if np.isnan(estimate[j]):
            shapes.append(None)
            continue
        ends[0, j], ends[1, j], shape = confidence_set(
            float(stage[j] ** 2 - critical[j] * vdd[j]),
            float(-2 * (reduced[j] * stage[j] - critical[j] * vyd[j])),
            float(reduced[j] ** 2 - critical[j] * vyy[j]),
        )
        shapes.append(shape)
    with np.errstate(divide="ignore"):
        strength = np.where(np.isnan(stage), np.nan, stage**2 / vdd)
    return Takers(
        estimate=estimate,
        std_error=std_error,
        df=df,
        ci_low=low,
        ci_high=high,
        p_value=p,
        ar_low=ends[0],
        ar_high=ends[1],
        ar_shape=tuple(shapes),
        first_stage=plan.first_stage,
        first_stage_f=strength,
    )
