"""Do two see the same? Agreement of coders, and gaps between paired answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import interval

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Undefined = Literal["", "nobody", "one value"]


@dataclass(frozen=True)
class Kappa:
    """Agreement of two coders on one question with yes and no.

    Attributes:
        n: Texts that both coded.
        agreement: Share of them that both coded alike; NaN where n is 0.
        kappa: Cohen's kappa; NaN where it is undefined.
        std_error: Large-sample standard error.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval, at most 1.
        undefined: Why there is no kappa: "nobody" coded a text, or both gave "one value"
            throughout, so that chance alone would make them agree; "" where there is one.
    """

    n: int
    agreement: float
    kappa: float
    std_error: float
    ci_low: float
    ci_high: float
    undefined: Undefined


@dataclass(frozen=True)
class Gap:
    """Mean of paired differences, one per item; every array has shape (m,).

    Attributes:
        n: Pairs with both answers.
        mean_first: Mean of the first answers in those pairs.
        mean_second: Mean of the second answers in those pairs.
        estimate: First less second.
        std_error: Standard error of the mean difference; NaN with fewer than two pairs.
        ci_low: Lower end of the interval.
        ci_high: Upper end of the interval.
        p_value: Two-sided, from the paired t test; NaN where all differences are the same.
    """

    n: Ints
    mean_first: Floats
    mean_second: Floats
    estimate: Floats
    std_error: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats


def cohen_kappa(first: Floats, second: Floats, level: float = 0.95) -> Kappa:
    """Cohen's kappa for two coders' yes (1) and no (0).

    Args:
        first: Codes of one coder, NaN where not coded; shape (n,).
        second: Codes of the other for the same texts; shape (n,).
        level: Level of the interval.

    Returns:
        See :class:`Kappa`; texts that only one has coded do not count.

    Raises:
        ValueError: A code is neither 0 nor 1.

    References:
        Cohen (1960), Educational and Psychological Measurement 20(1); Fleiss, Cohen and Everitt
        (1969), Psychological Bulletin 72(5), equation 13, for the standard error.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    one, two = first[both], second[both]
    if not np.isin(np.concatenate([one, two]), (0.0, 1.0)).all():
        raise ValueError("codes must be 0 or 1")
    nan = float("nan")
    n = int(both.sum())
    if n == 0:
        return Kappa(0, nan, nan, nan, nan, nan, "nobody")
    table = np.array([[np.mean((one == i) & (two == j)) for j in (0, 1)] for i in (0, 1)])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seen, chance = float(np.trace(table)), float(rows @ columns)
    if np.unique(np.concatenate([one, two])).size < 2:
        return Kappa(n, seen, nan, nan, nan, nan, "one value")
    kappa = (seen - chance) / (1 - chance)
    # Both sums run over what each cell's row and column expect of the other coder.
    margin = rows[None, :] + columns[:, None]
    on = float(np.sum(np.diag(table) * (1 - np.diag(margin) * (1 - kappa)) ** 2))
    off = float(np.sum((table - np.diag(np.diag(table))) * margin**2)) * (1 - kappa) ** 2
    rest = (kappa - chance * (1 - kappa)) ** 2
    error = float(np.sqrt(max(on + off - rest, 0.0) / n) / (1 - chance))
    half = float(special.ndtri((1 + level) / 2)) * error
    return Kappa(n, seen, kappa, error, kappa - half, min(kappa + half, 1.0), "")


def theme_agreement(
    first: Floats, second: Floats, level: float = 0.95
) -> tuple[tuple[Kappa, ...], Kappa]:
    """Agreement on each theme, and on all decisions together.

    Args:
        first: Codes of one coder, a column per theme; shape (n, k).
        second: Codes of the other; shape (n, k).
        level: Level of the intervals.

    Returns:
        One kappa per theme, and one over all decisions. The pooled interval takes decisions
        about different themes of a text as independent, which makes it narrow.
    """
    themes = tuple(cohen_kappa(a, b, level) for a, b in zip(first.T, second.T, strict=True))
    return themes, cohen_kappa(first.ravel(), second.ravel(), level)


def paired_gap(first: Floats, second: Floats, level: float = 0.95) -> Gap:
    """Mean difference between two answers about the same person.

    Args:
        first: First answers, for instance the staff's, NaN where missing; shape (n, m).
        second: Second answers, for instance the participants' own; shape (n, m).
        level: Level of the interval.

    Returns:
        See :class:`Gap`; pairs with a missing answer do not count.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    n = both.sum(axis=0)
    some = np.maximum(n, 1)

    def mean(values: Floats) -> Floats:
        total: Floats = np.where(both, values, 0.0).sum(axis=0)
        return np.where(n > 0, total / some, np.nan)

    gap = np.where(both, first - second, 0.0)
    estimate = mean(gap)
    squares = np.where(both, gap - np.nan_to_num(estimate), 0.0) ** 2
    df = n - 1.0
    variance = squares.sum(axis=0) / np.maximum(df, 1.0)
    error = np.where(n > 1, np.sqrt(variance / some), np.nan)
    low, high, p = interval(estimate, error, np.where(n > 1, df, np.nan), level)
    return Gap(n.astype(np.int64), mean(first), mean(second), estimate, error, low, high, p)
