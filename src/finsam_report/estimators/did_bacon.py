"""What a regression on unit and year effects is made of: every two-by-two comparison in it.

The coefficient of :func:`did_twfe.static_effect` without controls is a weighted mean of
differences in differences between pairs of cohorts. Where earlier cohorts serve as comparison
for later ones, growing effects of theirs are taken off; the weights say how much of that there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from finsam_report.estimators.panel import Floats, Ints, Panel

Kind = Literal["treated_never", "earlier_later", "later_earlier", "treated_always"]
KINDS: tuple[Kind, ...] = (
    "treated_never",
    "earlier_later",
    "later_earlier",
    "treated_always",
)


@dataclass(frozen=True)
class Decomposition:
    """Two-by-two comparisons; there are P pairs and K columns.

    Attributes:
        kind: Position in ``KINDS`` of what is compared; shape (P,).
        treated: First observed year under treatment of the cohort whose treatment changes;
            shape (P,).
        comparison: That of the cohort it is compared with; NEVER where that is not treated,
            the panel's first year where it is treated throughout; shape (P,).
        weight: Weight in the regression; sums to one; shape (P, K). NaN in columns with missing
            outcomes, for which the decomposition does not hold.
        estimate: Difference in differences; shape (P, K).
    """

    kind: Ints
    treated: Ints
    comparison: Ints
    weight: Floats
    estimate: Floats

    @property
    def total(self) -> Floats:
        """The regression's coefficient; shape (K,)."""
        return np.asarray((self.weight * self.estimate).sum(axis=0))

    def by_kind(self) -> tuple[Floats, Floats]:
        """Weight and weighted mean estimate of each kind; shapes (kinds, K).

        The mean is NaN for a kind that does not occur.
        """
        member = (self.kind[None, :] == np.arange(len(KINDS))[:, None]).astype(np.float64)
        weight = member @ self.weight
        with np.errstate(invalid="ignore"):
            mean = (member @ (self.weight * self.estimate)) / weight
        return weight, np.asarray(mean)


def _cohort_means(panel: Panel) -> tuple[Ints, Floats, Floats]:
    """Starts (C,), weight shares (C, K) and mean outcomes (C, T, K) of the cohorts."""
    start, code = np.unique(panel.start, return_inverse=True)
    member = (code[None, :] == np.arange(start.size)[:, None]).astype(np.float64)
    weight = np.broadcast_to(panel.weight, (panel.units, panel.columns))
    total = member @ weight
    value = (panel.outcome * weight[:, None, :]).reshape(panel.units, -1)
    mean = (member @ value).reshape(start.size, *panel.outcome.shape[1:]) / total[:, None, :]
    return start, total / total.sum(axis=0), mean


def bacon(panel: Panel) -> Decomposition:
    """Decompose the coefficient of a regression on treatment, unit and year effects.

    Args:
        panel: The panel. Weights may differ between units. Units treated from the first year on
            are a comparison of their own kind, as in the regression.

    Returns:
        Every pair of cohorts that the regression compares. Weights are NaN in columns with
        missing outcomes.

    Raises:
        ValueError: No cohort's treatment changes, or all units start at once with nobody left.

    References:
        Goodman-Bacon (2021), Journal of Econometrics 225(2), theorem 1.
    """
    start, share, mean = _cohort_means(panel)
    under = (panel.years[None, :] >= start[:, None]).astype(np.float64)
    part = under.mean(axis=1)
    kinds, treated, comparison, weights, estimates = [], [], [], [], []

    def difference(own: int, other: int, after: Floats, before: Floats) -> Floats:
        change = after / after.sum() - before / before.sum()
        return np.asarray(change @ (mean[own] - mean[other]))

    def add(kind: Kind, own: int, other: int, weight: float, estimate: Floats) -> None:
        kinds.append(KINDS.index(kind))
        treated.append(start[own])
        comparison.append(start[other])
        weights.append(weight * share[own] * share[other])
        estimates.append(estimate)

    for early in range(start.size):
        for late in range(early + 1, start.size):
            high, low = part[early], part[late]
            before, between = 1 - under[early], under[early] - under[late]
            if low == 0.0 and high < 1.0:
                estimate = difference(early, late, under[early], before)
                add("treated_never", early, late, high * (1 - high), estimate)
            elif high == 1.0 and low > 0.0:
                estimate = difference(late, early, under[late], 1 - under[late])
                add("treated_always", late, early, low * (1 - low), estimate)
            elif 0.0 < low < high < 1.0:
                estimate = difference(early, late, between, before)
                add("earlier_later", early, late, (high - low) * (1 - high), estimate)
                estimate = difference(late, early, under[late], between)
                add("later_earlier", late, early, low * (high - low), estimate)
    if not kinds:
        raise ValueError("no two cohorts differ in when their treatment changes")
    weight = np.array(weights)
    weight = weight / weight.sum(axis=0)
    complete = ~np.isnan(panel.outcome).any(axis=(0, 1))
    return Decomposition(
        np.array(kinds),
        np.array(treated),
        np.array(comparison),
        np.where(complete, weight, np.nan),
        np.array(estimates),
    )
