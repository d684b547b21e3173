"""One comparison of two groups over two years, plain or with covariates, all columns at once.

Everything is batched over the columns: a logit for sixty weight columns is one Newton iteration
on arrays, not sixty fits. Rows that a column does not use carry weight zero there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Method = Literal["doubly_robust", "regression", "weighting"]

OVERLAP_LIMIT = 0.999
TRIM = 0.995
_ITERATIONS = 40
_STEP = 1e-10
_FAR = 30.0
_SINGULAR = 1e-10
_RIDGE = 1e-13


class Reason(IntEnum):
    """Why an effect was not estimated; ESTIMATED where it was."""

    ESTIMATED = 0
    REFERENCE = 1  # the base year itself: zero by definition
    NO_BASE = 2  # no year before treatment, or before it is anticipated
    NO_TREATED = 3  # no unit of the cohort observed in both years
    NO_COMPARISON = 4  # fewer than two clusters to compare with
    OVERLAP = 5  # covariates all but tell the treated from the others
    SINGULAR = 6  # covariates do not vary enough, or too few units, for a regression


@dataclass(frozen=True)
class Comparison:
    """Effects of one comparison.

    Attributes:
        estimate: Effect on the treated; shape (K,).
        influence: Influence of each row, so that the error of the estimate is about their mean;
            shape (m, K).
        reason: Codes of :class:`Reason`; shape (K,).
    """

    estimate: Floats
    influence: Floats
    reason: Ints


def plain(change: Floats, treated: Bools, weight: Floats) -> Comparison:
    """Difference in weighted mean change between the treated and the others.

    Args:
        change: Change of the outcome between the two years; shape (m, K).
        treated: Which rows are treated; shape (m,).
        weight: Weights, zero where a row is not used; shape (m, K); both groups have some in
            every column.

    Returns:
        The comparison; every column is estimated.
    """
    m, k = change.shape
    influence = np.empty((m, k))
    means = []
    for rows in (treated, ~treated):
        part = weight[rows] / weight[rows].sum(axis=0)
        own = change[rows]
        mean = (part * own).sum(axis=0)
        influence[rows] = m * part * (own - mean)
        means.append(mean)
    influence[~treated] *= -1.0
    return Comparison(means[0] - means[1], influence, np.zeros(k, dtype=np.int64))


def _log_likelihood(eta: Floats, treated: Floats, weight: Floats) -> Floats:
    held: Floats = (weight * (treated * eta - np.logaddexp(0.0, eta))).sum(axis=0)
    return held


def logit(design: Floats, treated: Bools, weight: Floats) -> tuple[Floats, Floats, Bools]:
    """Probability of treatment by a weighted logit in every column, by Newton's method.

    Args:
        design: Covariates with a constant; shape (m, p).
        treated: Which rows are treated; shape (m,).
        weight: Weights of mean one; shape (m, K).

    Returns:
        Probabilities (m, K); inverse of the information, (K, p, p); which columns converged to
        a finite maximum, (K,).
    """
    d = treated.astype(np.float64)[:, None]
    p, k = design.shape[1], weight.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(-1, p * p).T
    share = (weight * d).sum(axis=0) / weight.sum(axis=0)
    beta = np.zeros((p, k))
    beta[0] = special.logit(share)
    eta = design @ beta
    likelihood = _log_likelihood(eta, d, weight)
    going = np.ones(k, dtype=np.bool_)
    converged = np.zeros(k, dtype=np.bool_)
    information = np.empty((k, p, p))
    for _ in range(_ITERATIONS):
        fitted = special.expit(eta)
        curved = (products @ (weight * fitted * (1 - fitted))).T.reshape(k, p, p)
        size = np.trace(curved, axis1=1, axis2=2)[:, None, None]
        # A ridge this small changes the way to the maximum at most, never the maximum.
        information = curved + (_RIDGE * size + np.finfo(float).tiny) * np.eye(p)
        score = design.T @ (weight * (d - fitted))
        step = np.linalg.solve(information, score.T[:, :, None])[:, :, 0].T
        step[:, ~going] = 0.0
        for _ in range(20):
            ahead = design @ (beta + step)
            reached = _log_likelihood(ahead, d, weight)
            # Near the maximum the likelihood moves less than rounding: no reason to halve.
            worse = ~(reached >= likelihood - 1e-9 * np.abs(likelihood))
            if not worse.any():
                break
            step[:, worse] /= 2
        beta, eta, likelihood = beta + step, ahead, reached
        converged |= going & (np.abs(step).max(axis=0) < _STEP * (1 + np.abs(beta).max(axis=0)))
        going &= ~converged & (np.abs(np.where(weight > 0, eta, 0.0)).max(axis=0) < _FAR)
        if not going.any():
            break
    inverse = np.linalg.inv(information).astype(np.float64)
    return np.asarray(special.expit(eta)), inverse, converged


def _gram_inverse(design: Floats, weight: Floats) -> tuple[Floats, Bools]:
    """Inverse of the weighted cross product in every column, (K, p, p), and whether it is one."""
    p, k = design.shape[1], weight.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(-1, p * p).T
    gram = (products @ weight).T.reshape(k, p, p)
    size = np.sqrt(np.einsum("kpp->kp", gram))
    safe = np.where(size > 0, size, 1.0)
    scaled = gram / safe[:, :, None] / safe[:, None, :]
    values = np.linalg.eigvalsh(scaled)
    regular = (values[:, 0] > _SINGULAR) & ((weight > 0).sum(axis=0) > p)
    scaled[~regular] = np.eye(p)
    inverse = np.linalg.inv(scaled) / safe[:, :, None] / safe[:, None, :]
    return inverse, regular


@dataclass(frozen=True)
class Nuisance:
    """What a comparison with covariates estimates first; columns are those of the weights.

    Attributes:
        odds: Weights of the comparison rows that make them like the treated; shape (m, Kw).
        fitted: Probability of treatment; shape (m, Kw).
        information: Inverse information of the logit; shape (Kw, p, p).
        gram: Inverse cross product of the comparison rows; shape (Kw, p, p).
        reason: Codes of :class:`Reason`; shape (Kw,).
    """

    odds: Floats
    fitted: Floats
    information: Floats
    gram: Floats
    reason: Ints


def nuisance(design: Floats, treated: Bools, weight: Floats, method: Method) -> Nuisance:
    """The logit and the cross products, which depend on weights but not on outcomes.

    Args:
        design: Covariates with a constant; shape (m, p).
        treated: Which rows are treated; shape (m,).
        weight: Weights, zero where a row is not used; shape (m, Kw), Kw may be one.
        method: Which of them are needed.

    Returns:
        The parts; those not needed are zero.
    """
    m, k = weight.shape
    p = design.shape[1]
    unit = weight / weight.mean(axis=0)
    reason = np.zeros(k, dtype=np.int64)
    odds = fitted = np.zeros((m, k))
    information = gram = np.zeros((k, p, p))
    if method != "regression":
        fitted, information, converged = logit(design, treated, unit)
        most = np.where(unit > 0, fitted, 0.0).max(axis=0)
        reason = np.where(converged & (most < OVERLAP_LIMIT), reason, Reason.OVERLAP)
        kept = ~treated[:, None] & (fitted < TRIM)
        odds = np.where(kept, unit * fitted / np.where(kept, 1 - fitted, 1.0), 0.0)
        reason = np.where(odds.sum(axis=0) > 0, reason, Reason.OVERLAP)
    if method != "weighting":
        gram, regular = _gram_inverse(design, unit * ~treated[:, None])
        reason = np.where(regular, reason, Reason.SINGULAR)
    return Nuisance(odds, fitted, information, gram, reason)


def _applied(matrix: Floats, columns: Floats) -> Floats:
    """A matrix of every column, or of all, times that column; (Kw, p, p), (p, K) -> (p, K)."""
    held: Floats = np.einsum("kpq,qk->pk", matrix, columns) if len(matrix) > 1 else (
        matrix[0] @ columns
    )  # fmt: skip
    return held


def adjusted(
    change: Floats,
    treated: Bools,
    weight: Floats,
    design: Floats,
    method: Method,
    first: Nuisance,
) -> Comparison:
    """Effect on the treated, with trends that depend on covariates.

    Args:
        change: Change of the outcome between the two years; shape (m, K).
        treated: Which rows are treated; shape (m,).
        weight: Weights, zero where a row is not used; shape (m, Kw), Kw one or K.
        design: Covariates with a constant; shape (m, p).
        method: "doubly_robust", "regression" of the others' change, or "weighting" by the odds
            of treatment.
        first: What :func:`nuisance` made of the same rows.

    Returns:
        The comparison, NaN with a reason where it cannot be made. Influence takes account of
        the estimated coefficients.

    References:
        Sant'Anna and Zhao (2020), Doubly robust difference-in-differences estimators, Journal
        of Econometrics 219(1): the locally efficient estimator for panels, with a logit by
        maximum likelihood and weighted least squares among the comparison.
    """
    m, k = change.shape
    unit = weight / weight.mean(axis=0)
    of_treated, of_others = unit * treated[:, None], unit * ~treated[:, None]
    residual = change
    ols = np.zeros((m, k))
    pull = np.zeros((design.shape[1], k))
    if method != "weighting":
        slope = _applied(first.gram, design.T @ (of_others * change))
        residual = change - design @ slope
        ols = m * of_others * residual
    size = of_treated.sum(axis=0) / m
    own = (of_treated * residual).sum(axis=0) / m / size
    influence = of_treated * (residual - own) / size
    pull = pull - (design.T @ of_treated) / m / size
    estimate = own
    if method != "regression":
        total = first.odds.sum(axis=0) / m
        safe = np.where(total > 0, total, 1.0)
        away = (first.odds * residual).sum(axis=0) / m / safe
        estimate = own - away
        off = first.odds * (residual - away) / safe
        # Influence of the estimated propensity: score, information, and how odds respond to it.
        response = _applied(first.information, design.T @ off)
        score = unit * (treated[:, None] - first.fitted)
        influence = influence - off - score * (design @ response)
        pull = pull + (design.T @ first.odds) / m / safe
    if method != "weighting":
        influence = influence + ols * (design @ _applied(first.gram, pull))
    reason = np.broadcast_to(first.reason, (k,)).copy()
    bad = reason != Reason.ESTIMATED
    return Comparison(np.where(bad, np.nan, estimate), np.where(bad, 0.0, influence), reason)
