"""Simultaneous bands: a band that holds the whole path of effects, not each month's alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DRAWS = 20_000
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Band:
    """A simultaneous band.

    Attributes:
        critical: Number of standard errors on either side; NaN where nothing varies.
        low: Lower end; shape (k,).
        high: Upper end; shape (k,).
        p_value: Share of draws of a path without effects whose largest absolute t is at least
            that found, with one added to both counts: the test that no effect is there in any
            month; NaN where nothing varies.
        months: How many effects the band is simultaneous over.
    """

    critical: float
    low: Floats
    high: Floats
    p_value: float
    months: int


def correlation_root(covariance: Floats) -> Floats:
    """A matrix whose product with its transpose is the correlation; shape (k, k).

    Eigenvalues below zero, which rounding leaves in a singular matrix, count as zero.
    """
    size = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / size[:, None] / size)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    # Every t statistic has variance one exactly, also where small eigenvalues were cut off.
    unit: Floats = root / np.sqrt(np.einsum("ij,ij->i", root, root))[:, None]
    return unit


def null_t(covariance: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """T statistics of jointly normal effects that are all zero, drawn again and again.

    They serve a band over a path, and a family of outcomes, whose step-down p-values
    (:func:`multiple.westfall_young`) need not draw the assignment again where people are many.

    Args:
        covariance: Joint covariance of the effects, each with a positive variance; shape (k, k).
        draws: How many.
        rng: Source of chance.

    Returns:
        Shape (draws, k).
    """
    drawn: Floats = (
        rng.standard_normal((draws, covariance.shape[0])) @ correlation_root(covariance).T
    )
    return drawn


def varying(covariance: Floats, estimate: Floats) -> Bools:
    """Which effects have a variance, so that they take part in a band; shape (k,)."""
    variance = np.diag(covariance)
    known = np.isfinite(variance) & np.isfinite(estimate)
    return known & (np.where(known, variance, 0.0) > 0)


def sup_t(
    estimate: Floats,
    covariance: Floats,
    rng: np.random.Generator,
    level: float = 0.95,
    draws: int = DRAWS,
) -> Band:
    """The narrowest band of the form estimate ± c · standard error that holds the whole path.

    Args:
        estimate: Effects by month; shape (k,).
        covariance: Their joint covariance, clustered by person; shape (k, k). Months without a
            variance are left out: their ends are the estimate where it is known, else NaN.
        rng: Source of chance.
        level: Probability that the band holds every month at once.
        draws: Draws from the joint normal distribution.

    Returns:
        The band; with one month the normal interval, without simulation.

    Raises:
        ValueError: ``level`` is not between 0 and 1, or shapes do not fit.

    References:
        Montiel Olea and Plagborg-Møller (2019), Simultaneous confidence bands, Journal of
        Applied Econometrics 34(1).
    """
    if not 0 < level < 1:
        raise ValueError("the level must lie between 0 and 1")
    if covariance.shape != (estimate.size, estimate.size):
        raise ValueError("the covariance must have a row and a column for every effect")
    part = varying(covariance, estimate)
    variance = np.where(part, np.diag(covariance), 0.0)
    error = np.sqrt(variance)
    months = int(part.sum())
    critical = p_value = float("nan")
    if months:
        realised = float(np.max(np.abs(estimate[part]) / error[part]))
    if months == 1:
        critical = float(special.ndtri((1 + level) / 2))
        p_value = float(2 * special.ndtr(-realised))
    elif months:
        drawn = np.abs(null_t(covariance[np.ix_(part, part)], draws, rng)).max(axis=1)
        critical = float(np.quantile(drawn, level))
        p_value = float((1 + np.sum(drawn >= realised * (1 - _ROUNDING))) / (1 + draws))
    half = np.where(part, critical * error, 0.0)
    return Band(critical, estimate - half, estimate + half, p_value, months)
