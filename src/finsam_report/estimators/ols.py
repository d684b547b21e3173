"""One coefficient of a linear regression, for many outcomes at once, with its robust variance.

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
Ints = npt.NDArray[np.int64]
Covariance = Literal["HC0", "HC1", "HC2", "HC3", "CR1", "CR2", "classical"]

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
            (leverage one), because HC2 and HC3 are then undefined. For "CR1" and "CR2" a row
            per cluster; shape (G, m).
        df: Degrees of freedom of the t distribution: residual ones; for "CR1" the clusters less
            one; for "CR2" Satterthwaite's.
    """

    estimate: Floats
    scores: Floats
    df: float

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
    z: Floats,
    design: Floats,
    outcomes: Floats,
    covariance: Covariance = "HC2",
    clusters: Ints | None = None,
) -> Coefficient:
    """Least-squares coefficient of ``z`` given ``design``, for every outcome.

    Args:
        z: The variable of interest; shape (n,).
        design: The other regressors, the constant included; shape (n, k). Columns that depend
            on earlier ones are left out.
        outcomes: Complete outcomes; shape (n, m).
        covariance: "HC0" to "HC3" (MacKinnon and White 1985), "classical" (homoskedastic), or
            for people in clusters "CR1" (with Stata's factor) or "CR2" (Bell and McCaffrey).
        clusters: Cluster of each person, any integers; shape (n,). For "CR1" and "CR2" alone.

    Returns:
        The coefficients; see :class:`Coefficient`.

    Raises:
        ValueError: ``z`` is a linear combination of the design, no residual degrees of
            freedom are left, or a cluster covariance has fewer than two clusters.

    References:
        Bell and McCaffrey (2002), Survey Methodology 28(2); Pustejovsky and Tipton (2018),
        Journal of Business & Economic Statistics 36(4), on CR2 and its degrees of freedom.
    """
    if (clusters is not None) != (covariance in ("CR1", "CR2")):
        raise ValueError("clusters go with the covariances CR1 and CR2, and only with them")
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
    df: float = n - k
    if clusters is not None:
        whole = np.column_stack([basis, rest / np.sqrt(length)])
        scores, df = _cluster_scores(whole, weights, residuals, clusters, covariance)
    elif covariance == "classical":
        # Their sums of squares and products are s^2 / z'Mz and its counterpart for two outcomes.
        scores = residuals / np.sqrt(length * (n - k))
    elif covariance in ("HC0", "HC1"):
        factor = np.sqrt(n / (n - k)) if covariance == "HC1" else 1.0
        scores = (factor * weights)[:, None] * residuals
    else:
        leverage = np.einsum("ij,ij->i", basis, basis) + rest**2 / length
        room = 1.0 - leverage
        divisor = np.maximum(room, 1e-300) if covariance == "HC3" else np.sqrt(np.abs(room))
        scale = np.where(room > _FULL_LEVERAGE, weights / np.maximum(divisor, 1e-300), np.nan)
        scores = scale[:, None] * residuals
    return Coefficient(estimate=estimate, scores=scores, df=df)


def _cluster_scores(
    basis: Floats, weights: Floats, residuals: Floats, clusters: Ints, covariance: Covariance
) -> tuple[Floats, float]:
    """Influence of each cluster (G, m) and the degrees of freedom.

    Args:
        basis: Orthonormal basis of the whole design, ``z`` included; shape (n, k).
        weights: What each outcome is multiplied with to give the coefficient; shape (n,).
        residuals: Residuals of the whole regression; shape (n, m).
        clusters: Cluster of each person; shape (n,).
        covariance: "CR1" or "CR2".
    """
    code = np.unique(clusters, return_inverse=True)[1]
    size = int(code.max()) + 1
    n, k = basis.shape
    if size < 2:
        raise ValueError("a cluster covariance needs at least two clusters")
    order = np.argsort(code, kind="stable")
    scores = np.zeros((size, residuals.shape[1]))
    lengths, carried = np.zeros(size), np.zeros((size, k))
    for g, people in enumerate(np.split(order, np.cumsum(np.bincount(code))[:-1])):
        weight = weights[people]
        if covariance == "CR2":
            # (I - H)^(-1/2) of the cluster by way of the thin factors of its part of the basis;
            # directions in which it has no residual at all are left out, as a pseudo-inverse does.
            left, values, _ = np.linalg.svd(basis[people], full_matrices=False)
            room = 1.0 - values**2
            factor = np.where(
                room > _FULL_LEVERAGE, 1 / np.sqrt(np.maximum(room, _FULL_LEVERAGE)), 0.0
            )
            weight = weight + left @ ((factor - 1.0) * (left.T @ weight))
        scores[g] = weight @ residuals[people]
        lengths[g] = weight @ weight
        carried[g] = basis[people].T @ weight
    if covariance == "CR1":
        return scores * np.sqrt(size / (size - 1) * (n - 1) / (n - k)), size - 1
    # The variance estimate is a quadratic form in errors, whose first two moments give the df.
    form = np.diag(lengths) - carried @ carried.T
    squares = float(np.sum(form**2))
    return scores, float(np.trace(form)) ** 2 / squares if squares > 0 else float("nan")
