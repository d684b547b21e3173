"""Tests of parallel trends before treatment, and what they would have found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from finsam_report.estimators.did_aggregate import Averages
from finsam_report.estimators.did_cells import Cells
from finsam_report.estimators.did_errors import cluster_sums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SINGULAR = 1e-10


@dataclass(frozen=True)
class Wald:
    """Joint tests that several numbers are zero, one per column; every array has shape (K,).

    Attributes:
        statistic: Wald statistic; NaN where the covariance is singular or nothing is tested.
        df: How many numbers are tested.
        p_value: From the chi-squared distribution.
        p_value_small: From Hotelling's distribution, F with as many fewer degrees of freedom as
            numbers are tested: with few clusters the chi-squared one rejects too often.
        clusters: How many clusters there are.
    """

    statistic: Floats
    df: Ints
    p_value: Floats
    p_value_small: Floats
    clusters: int


@dataclass(frozen=True)
class TrendPower:
    """What a test of trends would have found; P powers, K columns.

    Attributes:
        power: The powers asked about; shape (P,).
        slope: Linear trend of the treated against the others, per year, that the test finds
            with that power; NaN where there is no test; shape (P, K).
        bias: What such a trend adds to each average effect; shape (P, E, K).
        bias_overall: What it adds to the overall effect; shape (P, K).
    """

    power: Floats
    slope: Floats
    bias: Floats
    bias_overall: Floats


def _solved(
    tested: Bools, influence: Floats, cluster: Ints, right: list[Floats]
) -> tuple[Floats, Bools]:
    """Quadratic forms of vectors in the inverse covariance, each with each, and what is singular.

    Numbers that are not tested in a column get a variance of one and a zero in the vectors, so
    that columns with different numbers go through one batch.

    Returns:
        Forms, (K, v, v); which columns have a regular covariance, (K,).
    """
    sums = cluster_sums(influence, cluster) * tested[:, None, :]
    by_column = np.ascontiguousarray(sums.transpose(2, 0, 1)) / cluster.size
    covariance = by_column @ by_column.transpose(0, 2, 1)
    size = np.sqrt(np.einsum("kee->ke", covariance))
    size = np.where(tested.T & (size > 0), size, 1.0)
    scaled = covariance / size[:, :, None] / size[:, None, :]
    places = np.arange(len(tested))
    scaled[:, places, places] = 1.0
    vectors = np.stack([np.where(tested, vector, 0.0).T / size for vector in right], axis=2)
    regular = np.linalg.eigvalsh(scaled)[:, 0] > _SINGULAR
    scaled[~regular] = np.eye(len(tested))
    forms = vectors.transpose(0, 2, 1) @ np.linalg.solve(scaled, vectors)
    return forms, regular


def wald(estimate: Floats, influence: Floats, cluster: Ints, std_error: Floats) -> Wald:
    """Joint test that numbers are zero in every column.

    Args:
        estimate: Numbers; shape (E, K).
        influence: Their influence functions; shape (E, n, K).
        cluster: Cluster of each unit; shape (n,).
        std_error: Standard errors; numbers without one are not tested; shape (E, K).

    Returns:
        The tests. With as many numbers as clusters, or numbers that determine each other, the
        covariance is singular and there is no test.
    """
    k = estimate.shape[1]
    clusters = int(np.unique(cluster).size)
    tested = np.isfinite(std_error) & np.isfinite(estimate)
    df = np.asarray(tested.sum(axis=0), dtype=np.int64)
    none = np.full(k, np.nan)
    if not tested.any():
        return Wald(none, df, none, none, clusters)
    forms, regular = _solved(tested, influence, cluster, [estimate])
    held = regular & (df > 0) & (df < clusters)
    statistic = np.where(held, forms[:, 0, 0], np.nan)
    p_value = np.where(held, special.chdtrc(np.maximum(df, 1), statistic), np.nan)
    left = np.maximum(clusters - df, 1)
    ratio = statistic * left / (np.maximum(df, 1) * max(clusters - 1, 1))
    small = np.where(held, special.fdtrc(np.maximum(df, 1), left, ratio), np.nan)
    return Wald(statistic, df, p_value, small, clusters)


def pretest_cells(cells: Cells, std_error: Floats) -> Wald:
    """Joint test that no cohort has an effect in any year before treatment and anticipation.

    Args:
        cells: Effects by cohort and year.
        std_error: Their standard errors (:func:`did_aggregate.cell_errors`); shape (C, K).

    Returns:
        The tests. Many cohorts and years make more cells than clusters, and no test: that of
        the event study (:func:`pretest_events`) has one number per year.

    References:
        Callaway and Sant'Anna (2021), section 4.1.
    """
    which = np.flatnonzero(cells.before)
    return wald(cells.estimate[which], cells.influence[which], cells.cluster, std_error[which])


def _leads(events: Averages, anticipation: int, earliest: int | None) -> Ints:
    if events.kind != "event":
        raise ValueError("leads are those of an event study")
    first = -np.inf if earliest is None else earliest
    return np.flatnonzero((events.at < -anticipation) & (events.at >= first))


def pretest_events(events: Averages, anticipation: int = 0, earliest: int | None = None) -> Wald:
    """Joint test that the event study is zero before treatment and anticipation.

    Args:
        events: An event study.
        anticipation: Years before treatment in which it may already have an effect.
        earliest: First event time to test, -5 say; all where not given. Early ones are of few
            cohorts.

    Returns:
        The tests.

    Raises:
        ValueError: The averages are not by event time.
    """
    which = _leads(events, anticipation, earliest)
    return wald(
        events.estimate[which], events.influence[which], events.cluster, events.std_error[which]
    )  # fmt: skip


def _needed(df: int, power: float, level: float) -> float:
    """Noncentrality at which a chi-squared test rejects with a given probability."""
    limit = float(special.chdtri(df, level))
    high = 10.0
    while stats.ncx2.sf(limit, df, high) < power:
        high *= 2
    return float(optimize.brentq(lambda nc: stats.ncx2.sf(limit, df, nc) - power, 1e-9, high))


def trend_power(
    events: Averages,
    anticipation: int = 0,
    earliest: int | None = None,
    powers: tuple[float, ...] = (0.5, 0.8),
    level: float = 0.05,
) -> TrendPower:
    """The linear violation of parallel trends that the pre-test finds with given powers.

    A trend of the treated against the others adds to each number as much as years lie between
    its year and its base; the test is :func:`pretest_events`. What the trend adds to effects
    after treatment says how wrong they may be although the test found nothing.

    Args:
        events: An event study.
        anticipation: Years before treatment in which it may already have an effect.
        earliest: First event time to test; all where not given.
        powers: Probabilities of finding the trend, above ``level`` and below one.
        level: Level of the test.

    Returns:
        Slopes and biases in the unit of the outcome.

    Raises:
        ValueError: The averages are not by event time, or a power is out of range.

    References:
        Roth (2022), Pretest with caution, American Economic Review: Insights 4(3).
    """
    if not all(level < power < 1 for power in powers):
        raise ValueError("powers lie between the level and one")
    which = _leads(events, anticipation, earliest)
    k = events.overall.size
    slope = np.full((len(powers), k), np.nan)
    tested = np.isfinite(events.std_error[which])
    if tested.any():
        forms, regular = _solved(
            tested, events.influence[which], events.cluster, [events.span[which]]
        )  # fmt: skip
        df = tested.sum(axis=0)
        held = regular & (df > 0) & (forms[:, 0, 0] > 0) & (df < np.unique(events.cluster).size)
        for row, power in enumerate(powers):
            need = {count: _needed(count, power, level) for count in set(df[held].tolist())}
            wanted = np.array([need[count] for count in df[held].tolist()])
            slope[row, held] = np.sqrt(wanted / forms[held, 0, 0])
    return TrendPower(
        power=np.array(powers),
        slope=slope,
        bias=slope[:, None, :] * events.span,
        bias_overall=slope * events.overall_span,
    )
