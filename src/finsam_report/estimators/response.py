"""Weights for those who answered, so that they stand for everybody who was randomised.

Within each arm a logit explains answering by what was known at randomisation; those who
answered count by the inverse of their probability. The effects themselves are in
:mod:`finsam_report.estimators.weighted`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.ols import independent_columns

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MINIMUM_PER_COLUMN = 5
_STEPS = 50
_CERTAIN = 20.0


@dataclass(frozen=True)
class Logit:
    """A logit by maximum likelihood.

    Attributes:
        coefficients: One per column of the design; shape (k,).
        probability: Fitted probabilities; shape (n,).
        influence: Each person's influence on each coefficient; shape (n, k).
    """

    coefficients: Floats
    probability: Floats
    influence: Floats


@dataclass(frozen=True)
class ResponseWeights:
    """Weights of those who answered, and how they depend on the response model.

    Attributes:
        weight: Stabilised weight, around 1; 0 for those who did not answer; shape (n,).
        derivative: Of each weight by each coefficient of the response model; shape (n, k).
        influence: Each person's influence on each coefficient; shape (n, k).
        low: Weights below this were raised to it.
        high: Weights above this were lowered to it.
        truncated: How many weights were raised or lowered.
        effective: Kish's effective number of answers.
        columns: Covariates used in the support arm and in the control arm.
    """

    weight: Floats
    derivative: Floats
    influence: Floats
    low: float
    high: float
    truncated: int
    effective: float
    columns: tuple[int, int]


def logit(indicator: Bools, design: Floats) -> Logit:
    """Logit of an indicator by Newton's method.

    Args:
        indicator: What is explained; shape (n,).
        design: Independent columns, the constant included; shape (n, k).

    Returns:
        The fit; see :class:`Logit`.

    Raises:
        ValueError: Some columns decide the indicator without error, so that no finite
            estimate exists.
    """
    coefficients = np.zeros(design.shape[1])
    y = indicator.astype(np.float64)
    for _ in range(_STEPS):
        probability = special.expit(design @ coefficients)
        information = (design.T * (probability * (1 - probability))) @ design
        gradient = design.T @ (y - probability)
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        index = design @ (coefficients + step)
        if np.abs(index).max() > _CERTAIN:
            raise ValueError("the covariates decide the indicator without error")
        coefficients = coefficients + step
        if gradient @ step < 1e-18 * y.size:
            break
    probability = special.expit(design @ coefficients)
    information = (design.T * (probability * (1 - probability))) @ design
    influence = np.linalg.solve(information, (design * (y - probability)[:, None]).T).T
    return Logit(coefficients, probability, influence)


def _response_design(responded: Bools, covariates: Floats) -> Floats:
    """Constant and as many covariates of one arm as the answers can bear."""
    keep = np.ones(covariates.shape[1], dtype=np.bool_)
    for j in range(covariates.shape[1]):
        values = np.unique(covariates[:, j])
        if values.size == 2:
            high = covariates[:, j] == values[1]
            cells = [np.any(high & r) and np.any(~high & r) for r in (responded, ~responded)]
            keep[j] = all(cells)
    rarer = min(int(responded.sum()), int((~responded).sum()))
    columns = covariates[:, keep]
    scale = columns.std(axis=0)
    columns = (columns - columns.mean(axis=0)) / np.where(scale > 0, scale, 1.0)
    design = np.hstack([np.ones((responded.size, 1)), columns])
    return design[:, independent_columns(design)][:, : 1 + rarer // MINIMUM_PER_COLUMN]


def response_weights(
    support: Bools,
    responded: Bools,
    covariates: Floats,
    truncate: tuple[float, float] = (0.01, 0.99),
) -> ResponseWeights:
    """Inverse-probability weights for answering, stabilised by the arm's response rate.

    Answering is explained by the arm, the covariates and all their products, which is a logit
    per arm; an arm in which everybody answered keeps weights of 1. Each logit uses the first
    covariates that leave five of the rarer kind (answer or none) per column, without dummies
    that decide answering, and the last ones are dropped while no finite estimate exists.

    Args:
        support: True for the support arm; shape (n,).
        responded: Who answered; shape (n,).
        covariates: Complete covariates known at randomisation, the most important first, with
            dummies for blocks where those matter; shape (n, p).
        truncate: Quantiles of the weights of those who answered; weights outside are moved to
            them (Cole and Hernán 2008), which buys precision with some bias where answering
            is very selective; adjusting the effect for the covariates too removes most of it.
            (0, 1): none.

    Returns:
        The weights; see :class:`ResponseWeights`. The quantiles count as known.

    Raises:
        ValueError: Nobody answered in one of the arms.

    References:
        Seaman and White (2013), Statistical Methods in Medical Research 22(3).
    """
    weight = np.zeros(support.size)
    derivatives: list[Floats] = []
    influences: list[Floats] = []
    used: list[int] = []
    for arm in (support, ~support):
        answered = responded[arm]
        if not answered.any():
            raise ValueError("nobody answered in one of the arms")
        if answered.all():
            weight[arm] = 1.0
            used.append(0)
            continue
        design = _response_design(answered, covariates[arm])
        while True:
            try:
                found = logit(answered, design)
                break
            except ValueError:
                design = design[:, :-1]  # the constant alone always has an estimate
        used.append(design.shape[1] - 1)
        own = np.where(answered, answered.mean() / found.probability, 0.0)
        weight[arm] = own
        # The numerator is constant within an arm and cancels in the effect.
        change = -(own * (1 - found.probability))[:, None] * design
        for values, kept in ((change, derivatives), (found.influence, influences)):
            columns = np.zeros((support.size, design.shape[1]))
            columns[arm] = values
            kept.append(columns)
    none = np.zeros((support.size, 0))
    derivative = np.hstack([none, *derivatives])
    low, high = (float(q) for q in np.quantile(weight[responded], truncate))
    outside = responded & ((weight < low) | (weight > high))
    weight = np.where(responded, np.clip(weight, low, high), 0.0)
    derivative[outside] = 0.0
    return ResponseWeights(
        weight=weight,
        derivative=derivative,
        influence=np.hstack([none, *influences]),
        low=low,
        high=high,
        truncated=int(outside.sum()),
        effective=float(weight.sum() ** 2 / np.sum(weight**2)),
        columns=(used[0], used[1]),
    )
