"""Summary indices of several items: equally weighted, and weighted by what each adds.

Both start from items turned so that up is better and put in units of the control group's
standard deviation about the control group's mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROUNDING = 1e-12


@dataclass(frozen=True)
class Index:
    """A summary index.

    Attributes:
        values: Index of each person, NaN for those who answered no item of it; shape (n,).
        weights: Weight of each item in the index, adding up to 1; 0 for those left out;
            shape (k,).
        alpha: Cronbach's alpha of the standardised items among people of the control group who
            answered all of them; NaN where it is not defined.
        left_out: Positions of items that are in no index, because nobody in the control group
            answered or all there answered the same.
        negative: Whether an item has a negative weight, so that a better answer lowers the
            index.
    """

    values: Floats
    weights: Floats
    alpha: float
    left_out: tuple[int, ...]
    negative: bool


def standardised(items: Floats, support: Bools, direction: Ints) -> tuple[Floats, Ints]:
    """Items turned so that up is better, in the control group's standard deviations.

    Args:
        items: Answers, NaN where missing; shape (n, k).
        support: True for the support arm; shape (n,).
        direction: 1 where a higher answer is better, -1 where a lower one is; shape (k,).

    Returns:
        Standardised items of those that vary in the control group, shape (n, j), and their
        positions, shape (j,).

    Raises:
        ValueError: A direction is neither 1 nor -1.
    """
    if not np.isin(direction, (1, -1)).all() or direction.shape != (items.shape[1],):
        raise ValueError("direction must be 1 or -1 for each item")
    control = items[~support]
    columns, kept = [], []
    for j in range(items.shape[1]):
        answers = control[~np.isnan(control[:, j]), j]
        spread = answers.std(ddof=1) if answers.size > 1 else 0.0
        if spread > _ROUNDING * np.abs(answers).max(initial=0.0):
            columns.append(direction[j] * (items[:, j] - answers.mean()) / spread)
            kept.append(j)
    z = np.column_stack(columns) if columns else np.zeros((items.shape[0], 0))
    return z, np.array(kept, dtype=np.int64)


def cronbach_alpha(items: Floats) -> float:
    """Cronbach's alpha of complete answers (n, k); NaN with fewer than two items or people."""
    n, k = items.shape
    if k < 2 or n < 2:
        return float("nan")
    total = float(items.sum(axis=1).var(ddof=1))
    if total <= 0:
        return float("nan")
    return float(k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / total))


def equal_weights(items: Floats, support: Bools, direction: Ints) -> Index:
    """Kling, Liebman and Katz's index: the mean of the standardised items.

    Somebody who answered at least one item has the others filled in with the mean of his or her
    own arm. The effect on the index is then the mean of the effects on the items, except that
    imputed answers vary less; somebody who answered nothing has no index.

    Args:
        items: Answers, NaN where missing; shape (n, k).
        support: True for the support arm; shape (n,).
        direction: 1 where a higher answer is better, -1 where a lower one is; shape (k,).

    Returns:
        See :class:`Index`. An item that an arm has no answer to counts in neither arm.

    References:
        Kling, Liebman and Katz (2007), Experimental Analysis of Neighborhood Effects,
        Econometrica 75(1), section 2.3 with its note on missing items.
    """
    z, kept = standardised(items, support, direction)
    seen = ~np.isnan(z)
    both = seen[support].any(axis=0) & seen[~support].any(axis=0)
    z, kept, seen = z[:, both], kept[both], seen[:, both]
    filled = z.copy()
    for arm in (support, ~support):
        if arm.any() and kept.size:
            filled[arm] = np.where(seen[arm], z[arm], np.nanmean(z[arm], axis=0))
    weights = np.zeros(items.shape[1])
    weights[kept] = 1 / max(kept.size, 1)
    answered = seen.any(axis=1)
    values = np.full(items.shape[0], np.nan)
    if kept.size:
        values[answered] = filled[answered].mean(axis=1)
    return _index(values, weights, z, support, kept)


def inverse_covariance(items: Floats, support: Bools, direction: Ints) -> Index:
    """Anderson's index: items weighted by the rows of their inverse covariance.

    An item that says what others say already gets less weight. The covariance is that of the
    standardised items in the control group, each pair among those who answered both. Somebody
    who did not answer all items has the weights of the others scaled up; nothing is imputed.

    Args:
        items: Answers, NaN where missing; shape (n, k).
        support: True for the support arm; shape (n,).
        direction: 1 where a higher answer is better, -1 where a lower one is; shape (k,).

    Returns:
        See :class:`Index`. An item that copies others gets its share of their weight. Where
        weights are negative somebody's weights may add up to nothing or less; that person has
        no index.

    References:
        Anderson (2008), Journal of the American Statistical Association 103(484), appendix A.
    """
    z, kept = standardised(items, support, direction)
    weights = np.zeros(items.shape[1])
    values = np.full(items.shape[0], np.nan)
    raw = np.linalg.pinv(_pairwise(z[~support]), rcond=1e-10, hermitian=True).sum(axis=1)
    if kept.size and raw.sum() > 0:
        weights[kept] = raw / raw.sum()
        seen = ~np.isnan(z)
        room = seen @ weights[kept]
        some = seen.any(axis=1) & (room > _ROUNDING)
        values[some] = np.where(seen, z, 0.0)[some] @ weights[kept] / room[some]
    return _index(values, weights, z, support, kept)


def _pairwise(z: Floats) -> Floats:
    """Covariances of the items, each pair among those who answered both; no pair gives 0."""
    seen = (~np.isnan(z)).astype(np.float64)
    y = np.where(np.isnan(z), 0.0, z)
    count = seen.T @ seen
    # Column j's sum among those who answered column k stands at [j, k].
    sums = y.T @ seen
    known = count > 1
    products = y.T @ y - sums * sums.T / np.where(known, count, 1.0)
    return np.where(known, products / np.where(known, count - 1, 1.0), 0.0)


def _index(values: Floats, weights: Floats, z: Floats, support: Bools, kept: Ints) -> Index:
    control = z[~support]
    complete = control[~np.isnan(control).any(axis=1)]
    return Index(
        values=values,
        weights=weights,
        alpha=cronbach_alpha(complete),
        left_out=tuple(sorted(set(range(weights.size)) - set(kept.tolist()))),
        negative=bool((weights < 0).any()),
    )
