"""Attrition: how much of it a trial can bear, and whether those who answer differ by arm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.balance import joint_balance
from finsam_report.estimators.itt import usable_covariates
from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.randomisation import residualise

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Verdict = Literal["low", "high"]

# Highest differential attrition in percentage points for overall attrition of 0, 1, 2 … per
# cent, by the What Works Clearinghouse Standards Handbook, version 4.1 (2020), table II.1.
_CAUTIOUS = (
    5.7, 5.8, 5.9, 5.9, 6.0, 6.1, 6.2, 6.3, 6.3, 6.3, 6.3, 6.2, 6.2, 6.1, 6.0, 5.9, 5.9, 5.8,
    5.7, 5.5, 5.4, 5.3, 5.2, 5.1, 4.9, 4.8, 4.7, 4.5, 4.4, 4.3, 4.1, 4.0, 3.8, 3.6, 3.5, 3.3,
    3.2, 3.1, 2.9, 2.8, 2.6, 2.5, 2.3, 2.1, 2.0, 1.8, 1.6, 1.5, 1.3, 1.2, 1.0, 0.9, 0.7, 0.6,
    0.4, 0.3, 0.2, 0.0,
)  # fmt: skip
_OPTIMISTIC = (
    10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9, 10.9, 10.9, 10.9, 10.8, 10.8,
    10.7, 10.6, 10.5, 10.3, 10.2, 10.0, 9.9, 9.7, 9.5, 9.4, 9.2, 9.0, 8.8, 8.6, 8.4, 8.2, 8.0,
    7.8, 7.6, 7.4, 7.2, 7.0, 6.7, 6.5, 6.3, 6.0, 5.8, 5.6, 5.3, 5.1, 4.9, 4.6, 4.4, 4.2, 3.9,
    3.7, 3.5, 3.2, 3.0, 2.8, 2.6, 2.3, 2.1, 1.9, 1.6, 1.4, 1.1, 0.9, 0.7, 0.5, 0.3,
)  # fmt: skip


@dataclass(frozen=True)
class WwcFlag:
    """Attrition held against the boundaries of the What Works Clearinghouse.

    Attributes:
        overall: Share of all people randomised who are missing.
        differential: Absolute difference between the arms in that share.
        limit_cautious: Highest differential attrition that is low under cautious assumptions,
            where support may well change who answers; NaN where none is.
        limit_optimistic: The same under optimistic assumptions, where it hardly does.
        cautious: "low" or "high" attrition under cautious assumptions.
        optimistic: "low" or "high" attrition under optimistic assumptions.
    """

    overall: float
    differential: float
    limit_cautious: float
    limit_optimistic: float
    cautious: Verdict
    optimistic: Verdict


@dataclass(frozen=True)
class JointResponse:
    """Test that the same people answer in both arms.

    Attributes:
        statistic: F statistic of all products of arm and covariates; NaN where nobody or
            everybody answers or no covariate can be used.
        df_numerator: Covariates tested.
        df_denominator: Residual degrees of freedom.
        p_value: From the F distribution, with an HC2 covariance.
        p_randomisation: From assignments drawn again.
    """

    statistic: float
    df_numerator: int
    df_denominator: int
    p_value: float
    p_randomisation: float


def _limit(overall: float, boundary: tuple[float, ...]) -> float:
    percent = 100 * overall
    if percent > len(boundary) - 1 + 1e-9:
        return float("nan")
    return float(np.interp(percent, np.arange(len(boundary)), boundary)) / 100


def wwc_flag(overall: float, differential: float) -> WwcFlag:
    """Whether attrition is low or high by the What Works Clearinghouse's boundaries.

    A flag and no verdict: the boundaries come from a model of how strongly answering and the
    outcome hang together in education. Between whole per cent they are joined by lines.

    Args:
        overall: Share of all people randomised who are missing, from 0 to 1.
        differential: Difference between the arms in that share; the sign does not matter.

    Returns:
        See :class:`WwcFlag`.

    Raises:
        ValueError: A share is not between 0 and 1.

    References:
        What Works Clearinghouse (2020), Standards Handbook, version 4.1, table II.1; Deke and
        Chiang (2017), Evaluation Review 41(2), on the model.
    """
    size = abs(differential)
    if not (0 <= overall <= 1 and size <= 1):
        raise ValueError("overall and differential attrition are shares between 0 and 1")
    limits = [_limit(overall, boundary) for boundary in (_CAUTIOUS, _OPTIMISTIC)]
    verdicts: list[Verdict] = ["low" if size <= limit + 1e-9 else "high" for limit in limits]
    return WwcFlag(overall, size, limits[0], limits[1], verdicts[0], verdicts[1])


def joint_response(
    assignment: Assignment, support: Bools, answered: Bools, covariates: Floats, draws: Bools
) -> JointResponse:
    """Test whether who answers differs between the arms, in all covariates together.

    Response is regressed on blocks, covariates, the arm and its products with the centred
    covariates; the test is that all products are zero. The arms may still differ in how many
    answer, which is another question. The randomisation test asks whether the residuals of
    response on blocks and covariates go together with the covariates alike in both arms (the
    score of the same products), under the sharp null that support changes nobody's response.

    Args:
        assignment: The design.
        support: The realised assignment; shape (n,).
        answered: Whether each person answered; shape (n,).
        covariates: Complete covariates known at randomisation; those too rare to be compared
            are left out, as in :func:`usable_covariates`; shape (n, p).
        draws: Assignments from :meth:`Assignment.draw`; shape (draws, n).

    Returns:
        See :class:`JointResponse`.
    """
    block, n = assignment.block, support.size
    x = usable_covariates(support, block, covariates)
    nothing = JointResponse(float("nan"), 0, 0, float("nan"), float("nan"))
    if answered.all() or not answered.any() or support.all() or not support.any() or not x.size:
        return nothing
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    z = support.astype(np.float64)[:, None]
    response = answered.astype(np.float64)
    blocks = (block[:, None] == np.unique(block)[None, :]).astype(np.float64)
    design = np.hstack([blocks, x, z, z * x])
    keep = independent_columns(design)
    products = int(keep[-x.shape[1] :].sum())
    tested = np.arange(products) + int(keep.sum()) - products
    design = design[:, keep]
    df = n - design.shape[1]
    if tested.size == 0 or df < 1:
        return nothing
    inverse = np.linalg.inv(design.T @ design)
    weights = (inverse @ design.T)[tested]
    estimate = weights @ response
    residual = response - design @ (inverse @ (design.T @ response))
    room = 1 - np.einsum("ij,jk,ik->i", design, inverse, design)
    scores = weights * residual / np.sqrt(np.maximum(room, 1e-300))
    covariance = scores @ scores.T
    if room.min() <= 1e-9 or np.linalg.matrix_rank(covariance, hermitian=True) < tested.size:
        f = p = float("nan")
    else:
        f = float(estimate @ np.linalg.solve(covariance, estimate)) / tested.size
        p = float(special.fdtrc(tested.size, df, f))
    unexplained = residualise(block, x, response[:, None])
    drawn = joint_balance(assignment, support, unexplained * x, draws)
    return JointResponse(f, int(tested.size), df, p, drawn)
