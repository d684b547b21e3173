"""Effects with response weights: a weighted regression, and the error in the weights.

The variance adds the error in the response model to the error in the outcomes, as stacked
estimating equations do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import (
    interacted_design,
    interval,
    patterns,
    usable,
    usable_covariates,
)
from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.response import ResponseWeights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FULL_LEVERAGE = 1e-8


@dataclass(frozen=True)
class WeightedEffects:
    """Effects of being offered support, with weights; every array has shape (m,).

    Attributes:
        estimate: Effect among everybody randomised, if answering depends on nothing but the
            covariates; NaN where it cannot be estimated.
        std_error: With the error in the weights.
        se_fixed: As if the weights were known; often larger.
        df: Residual degrees of freedom.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval.
        p_value: Two-sided, from the t distribution.
        n_support: Answers in the support arm.
        n_control: Answers in the control arm.
    """

    estimate: Floats
    std_error: Floats
    se_fixed: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    n_support: Ints
    n_control: Ints


@dataclass(frozen=True)
class _Fit:
    """Effect (m,), influences (n, m) with and without the weights' error, degrees of freedom."""

    estimate: Floats
    scores: Floats
    fixed: Floats
    df: int


def _fit(
    support: Bools,
    block: Ints,
    covariates: Floats,
    outcomes: Floats,
    weights: ResponseWeights,
    seen: Bools,
    *,
    corrected: bool,
) -> _Fit:
    """Weighted regression of those seen, centred on everybody in their blocks."""
    people = np.isin(block, np.unique(block[seen]))
    columns = usable_covariates(support[people], block[people], covariates[people])
    inside = seen[people]
    root = np.sqrt(weights.weight[seen])[:, None]
    while True:
        design = interacted_design(support[people], block[people], columns)[inside]
        x = root * np.column_stack([support[seen], design])
        x = x[:, independent_columns(x)]
        basis, triangle = np.linalg.qr(x)
        room = 1 - np.einsum("ij,ij->i", basis, basis)
        if room.min() > _FULL_LEVERAGE or columns.shape[1] == 0:
            break
        columns = columns[:, :-1]
    n, k = x.shape
    if n <= k:
        raise ValueError(f"{n} people are too few for {k} coefficients")
    coefficients = np.linalg.solve(triangle, basis.T @ (root * outcomes[seen]))
    residuals = outcomes[seen] - (x / root) @ coefficients
    # How the effect answers to the weighted residual of each person.
    first = np.linalg.solve(triangle.T, np.eye(k)[0])
    lift = (basis @ first)[:, None] / root
    own = root**2 * lift * residuals
    if corrected:
        own = own / np.sqrt(np.where(room > _FULL_LEVERAGE, room, np.nan))[:, None]
    fixed = np.zeros((support.size, outcomes.shape[1]))
    fixed[seen] = own
    by_coefficient = weights.derivative[seen].T @ (lift * residuals)
    return _Fit(coefficients[0], fixed + weights.influence @ by_coefficient, fixed, n - k)


def weighted_effect(
    support: Bools,
    block: Ints,
    outcomes: Floats,
    weights: ResponseWeights,
    covariates: Floats | None = None,
    level: float = 0.95,
    *,
    corrected: bool = True,
) -> WeightedEffects:
    """Block-adjusted effects among everybody randomised, from those who answered.

    A weighted regression on the arm, blocks and covariates centred on everybody randomised in
    the blocks, and their products with the arm. With weights of 1 and no missing answers it is
    :func:`finsam_report.estimators.itt.itt`.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        outcomes: Outcomes, NaN where missing; shape (n, m). Somebody who answered but skipped
            one item is left out of that item only.
        weights: From :func:`response_weights`.
        covariates: Complete covariates for adjustment; shape (n, p). None: blocks only.
        level: Level of the intervals.
        corrected: Whether squared residuals are divided by one minus the leverage (HC2);
            without it the variance is the plain sandwich (HC0).

    Returns:
        One effect per outcome; see :class:`WeightedEffects`.

    References:
        Lunceford and Davidian (2004), Statistics in Medicine 23(19), for the error in weights.
    """
    n, m = outcomes.shape
    x = np.zeros((n, 0)) if covariates is None else covariates
    out = np.full((4, m), np.nan)
    counts = np.zeros((2, m), dtype=np.int64)
    for rows, columns in patterns(outcomes):
        seen = rows & (weights.weight > 0)
        seen[seen] = usable(support[seen], block[seen])
        counts[0, columns], counts[1, columns] = (seen & support).sum(), (seen & ~support).sum()
        if not seen.any():
            continue
        try:
            y = outcomes[:, columns]
            found = _fit(support, block, x, y, weights, seen, corrected=corrected)
        except ValueError:
            continue
        out[0, columns], out[3, columns] = found.estimate, found.df
        out[1, columns] = np.sqrt(np.sum(found.scores**2, axis=0))
        out[2, columns] = np.sqrt(np.sum(found.fixed**2, axis=0))
    low, high, p = interval(out[0], out[1], out[3], level)
    return WeightedEffects(out[0], out[1], out[2], out[3], low, high, p, counts[0], counts[1])
