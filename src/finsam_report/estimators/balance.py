"""Were the arms alike before support began?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.randomisation import residualise

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def normalised_difference(support: Bools, values: Floats) -> Floats:
    """Difference in means in units of the average standard deviation of the two arms.

    Args:
        support: Arm; shape (n,).
        values: Covariates, NaN where missing; shape (n, p).

    Returns:
        Normalised differences; NaN where nothing varies; shape (p,).

    References:
        Imbens and Rubin (2015), chapter 14.
    """
    one, zero = values[support], values[~support]
    out = np.full(values.shape[1], np.nan)
    for j in range(values.shape[1]):
        a, b = one[~np.isnan(one[:, j]), j], zero[~np.isnan(zero[:, j]), j]
        if min(a.size, b.size) < 2:
            continue
        spread = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
        if spread > 0:
            out[j] = (a.mean() - b.mean()) / spread
    return out


def joint_balance(
    assignment: Assignment, support: Bools, covariates: Floats, draws: Bools
) -> float:
    """Randomisation p-value of all differences in covariates together.

    The statistic is the squared length of the vector of block-weighted differences, measured
    by its covariance over the draws.

    Args:
        assignment: The design.
        support: The realised assignment; shape (n,).
        covariates: Complete covariates; shape (n, p).
        draws: Assignments from :meth:`Assignment.draw`; shape (draws, n).

    Returns:
        The p-value; NaN where no covariate varies.
    """
    values = residualise(assignment.block, np.zeros((covariates.shape[0], 0)), covariates)
    values = values[:, values.std(axis=0) > 0]
    if values.shape[1] == 0:
        return float("nan")
    # Per person: how much an assignment to support adds to the block-weighted difference.
    sizes, treated = assignment.sizes, assignment.n_support
    untreated = sizes - treated
    fine = (treated > 0) & (untreated > 0)
    weight = np.where(fine, sizes, 0) / max(int(sizes[fine].sum()), 1)
    lift = weight * np.where(fine, 1 / np.maximum(treated, 1) + 1 / np.maximum(untreated, 1), 0.0)
    lifted = values * lift[assignment.block][:, None]
    realised = support.astype(np.float64) @ lifted
    drawn = np.vstack([part.astype(np.float64) @ lifted for part in np.array_split(draws, 20)])
    centred = drawn - drawn.mean(axis=0)
    inverse = np.linalg.pinv(centred.T @ centred / drawn.shape[0], rcond=1e-10, hermitian=True)
    length = np.einsum("ij,jk,ik->i", drawn, inverse, drawn)
    own = float(realised @ inverse @ realised)
    return float((1 + np.sum(length >= own * (1 - 1e-9))) / (1 + length.size))
