"""One coefficient of a linear regression, for many outcomes at once, with its HC2 variance.

Every effect in the package is the coefficient of one variable ``z`` (the arm) in a regression
on ``z`` and a common design ``W``. The design is factorised once; all outcomes share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import linalg

Floats = npt.NDArray[np.float64]
Covariance = Literal["HC0", "HC2", "classical"]

_COLLINEAR = 1e-9
_INDEPENDENT = 1e-7
_FULL_LEVERAGE = 1e-9


@dataclass(frozen=True)
class Coefficient:
    """The coefficient of ``z`` for each outcome.

    Attributes:
        estimate: Coefficient of ``z``; shape (m,).
        scores: Influence of each person on each coefficient, scaled so that the sum of squares
            of a column is its variance and the product of two columns their covariance;
            shape (n, m). NaN where a person alone determines a coefficient of the design
            (leverage one), because HC2 is then undefined.
        df: Residual degrees of freedom.
    """

    estimate: Floats
    scores: Floats
    df: int

    @property
    def std_error(self) -> Floats:
        """Standard error of each coefficient; shape (m,)."""
        squares: Floats = np.einsum("ij,ij->j", self.scores, self.scores)
        return np.sqrt(squares)


def independent_columns(design: Floats) -> npt.NDArray[np.bool_]:
    """Which columns are not a linear combination of the columns before them.

    Args:
        design: A design matrix; shape (n, k).

    Returns:
        True for each column to keep; shape (k,).
    """
    if design.shape[1] == 0:
        return np.zeros(0, dtype=np.bool_)
    norms = np.linalg.norm(design, axis=0)
    scaled = design / np.where(norms > 0, norms, 1.0)
    tall = design.shape[0] >= design.shape[1]
    if tall and np.abs(np.diag(np.linalg.qr(scaled, mode="r"))).min() > _INDEPENDENT:
        return np.ones(design.shape[1], dtype=np.bool_)
    keep = np.zeros(design.shape[1], dtype=np.bool_)
    basis = np.zeros((design.shape[0], 0))
    for j in range(design.shape[1]):
        rest = scaled[:, j]
        for _ in range(2):  # twice is enough for orthogonality to working precision
            rest = rest - basis @ (basis.T @ rest)
        length = float(np.linalg.norm(rest))
        if length > _INDEPENDENT and basis.shape[1] < design.shape[0]:
            keep[j] = True
            basis = np.column_stack([basis, rest / length])
    return keep


def coefficient(
    z: Floats, design: Floats, outcomes: Floats, covariance: Covariance = "HC2"
) -> Coefficient:
    """Least-squares coefficient of ``z`` given ``design``, for every outcome.

    Args:
        z: The variable of interest; shape (n,).
        design: The other regressors, the constant included; shape (n, k). Columns that depend
            on earlier ones are left out.
        outcomes: Complete outcomes; shape (n, m).
        covariance: "HC2" (MacKinnon and White 1985), "HC0", or "classical" (homoskedastic).

    Returns:
        The coefficients; see :class:`Coefficient`.

    Raises:
        ValueError: ``z`` is a linear combination of the design, or no residual degrees of
            freedom are left.
    """
    design = design[:, independent_columns(design)]
    n, k = design.shape[0], design.shape[1] + 1
    if n <= k:
        raise ValueError(f"{n} people are too few for {k} coefficients")
    basis = np.asarray(linalg.qr(design, mode="economic")[0])
    rest = z - basis @ (basis.T @ z)
    rest -= basis @ (basis.T @ rest)
    length = float(rest @ rest)
    if length <= _COLLINEAR * max(float(z @ z), 1e-300):
        raise ValueError("the arm is a linear combination of blocks and covariates")
    weights = rest / length
    estimate = weights @ outcomes
    # z enters the residuals through its own part, so they are those of the whole regression.
    residuals = outcomes - basis @ (basis.T @ outcomes) - np.outer(rest, estimate)
    if covariance == "classical":
        # Their sums of squares and products are s^2 / z'Mz and its counterpart for two outcomes.
        scores = residuals / np.sqrt(length * (n - k))
    elif covariance == "HC0":
        scores = weights[:, None] * residuals
    else:
        leverage = np.einsum("ij,ij->i", basis, basis) + rest**2 / length
        room = 1.0 - leverage
        scale = np.where(room > _FULL_LEVERAGE, weights / np.sqrt(np.maximum(room, 1e-300)), np.nan)
        scores = scale[:, None] * residuals
    return Coefficient(estimate=estimate, scores=scores, df=n - k)
