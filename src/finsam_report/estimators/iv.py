"""Effect of support among those who get it because of the offer: two-stage least squares.

The instrument is the arm; the controls are the same centred and interacted blocks and
covariates as in the intention-to-treat estimate, so that the estimate is exactly the ratio of
the two intention-to-treat effects (on the outcome and on take-up).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import interval
from finsam_report.estimators.ols import Covariance, coefficient

Floats = npt.NDArray[np.float64]
Shape = Literal["interval", "outside", "line", "empty"]


@dataclass(frozen=True)
class Late:
    """Local average treatment effects, one per outcome; every array has shape (m,).

    Attributes:
        estimate: Effect per person who takes up support because of the offer.
        std_error: Robust standard error.
        ci_low: Lower end of the interval from the t distribution.
        ci_high: Upper end of that interval.
        p_value: Two-sided p-value from the t distribution.
        ar_low: Lower end of the Anderson-Rubin confidence set.
        ar_high: Upper end of it; the ends are infinite where the set is not an interval.
        ar_shape: "interval", "outside" (all but a gap between two numbers), "line"
            (every number) or "empty", for each outcome.
        first_stage: Effect of the offer on take-up.
        first_stage_f: Squared t value of the first stage.
        df: Residual degrees of freedom.
    """

    estimate: Floats
    std_error: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    ar_low: Floats
    ar_high: Floats
    ar_shape: tuple[Shape, ...]
    first_stage: float
    first_stage_f: float
    df: int


def confidence_set(a: float, b: float, c: float) -> tuple[float, float, Shape]:
    """Where a x^2 + b x + c <= 0."""
    root = b * b - 4 * a * c
    if a > 0:
        if root < 0:
            return np.nan, np.nan, "empty"
        # The form that loses no digits when b is large.
        q = -0.5 * (b + np.copysign(np.sqrt(root), b))
        ends = sorted((q / a, c / q if q else 0.0))
        return ends[0], ends[1], "interval"
    return -np.inf, np.inf, "outside" if root > 0 else "line"


def late(
    instrument: Floats,
    design: Floats,
    take_up: Floats,
    outcomes: Floats,
    level: float = 0.95,
    covariance: Covariance = "HC2",
) -> Late:
    """Two-stage least squares with one instrument, and Anderson-Rubin confidence sets.

    Args:
        instrument: The arm; shape (n,).
        design: Controls, the constant included; shape (n, k).
        take_up: Whether the person got the support; shape (n,).
        outcomes: Complete outcomes; shape (n, m).
        level: Level of intervals and sets.
        covariance: Variance of the reduced form and the first stage.

    Returns:
        Effects with both kinds of interval; see :class:`Late`. With "HC0" the standard errors
        are White's, with "HC2" each squared residual is divided by one minus the leverage.

    Raises:
        ValueError: The instrument does not move take-up at all.

    References:
        Imbens and Angrist (1994); Anderson and Rubin (1949).
    """
    both = coefficient(instrument, design, np.column_stack([take_up, outcomes]), covariance)
    pi, reduced = float(both.estimate[0]), both.estimate[1:]
    d, y = both.scores[:, 0], both.scores[:, 1:]
    if abs(pi) < 1e-12:
        raise ValueError("the offer does not change take-up, so there is no effect per taker")
    estimate = reduced / pi
    std_error = np.sqrt(np.sum((y - d[:, None] * estimate) ** 2, axis=0)) / abs(pi)
    low, high, p = interval(estimate, std_error, np.full(estimate.shape, float(both.df)), level)
    critical = float(special.fdtri(1, both.df, level))
    vdd, vyy, vyd = float(d @ d), np.sum(y**2, axis=0), d @ y
    sets = [
        confidence_set(
            pi * pi - critical * vdd,
            -2 * (reduced[j] * pi - critical * vyd[j]),
            reduced[j] ** 2 - critical * vyy[j],
        )
        for j in range(reduced.size)
    ]
    return Late(
        estimate=estimate,
        std_error=std_error,
        ci_low=low,
        ci_high=high,
        p_value=p,
        ar_low=np.array([s[0] for s in sets]),
        ar_high=np.array([s[1] for s in sets]),
        ar_shape=tuple(s[2] for s in sets),
        first_stage=pi,
        first_stage_f=pi * pi / vdd if vdd > 0 else np.inf,
        df=int(both.df),
    )
