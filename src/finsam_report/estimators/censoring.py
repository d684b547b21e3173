"""Controls followed up to a later draw, with weights for those who stand in for the others.

Who is drawn later is not a random part of the controls: only those still eligible can be. The
weights make the controls not drawn later stand for all of them, if being drawn depends on
nothing but what the model knows: eligibility month by month, the draw, and the covariates.
Month k is column k - 1; somebody drawn in month j is followed through month j.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.stack import NEVER

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

EVENTS_PER_COLUMN = 5
_STEPS = 50
_CERTAIN = 30.0
_LONGEST = 5.0
# The largest one would be that of a single person.
HIGH = 0.95


@dataclass(frozen=True)
class CensoringWeights:
    """Weights of person-months before a later draw.

    Attributes:
        weight: Stabilised and truncated; NaN in months after a later draw; 1 in the support
            arm; shape (n, t).
        high: 95th percentile of the weights before truncation, by month; shape (t,).
        truncated: Weights that were moved, by month; shape (t,).
        effective: Kish's effective number of controls, by month; shape (t,).
        later: Controls whose later draw the weights stand in for.
        columns: Covariates in the model of being drawn later.
    """

    weight: Floats
    high: Floats
    truncated: Ints
    effective: Floats
    later: int
    columns: int


def _hazard(event: Floats, count: Floats, occasion: Ints, block: Ints, x: Floats) -> Floats:
    """Fitted probabilities of a logit on occasion and block (dummies) and ``x``; shape (n,).

    ``event`` is the share of the ``count`` person-months of a row with the event. The dummies are
    never built: their part of the information are sums by code.

    Raises:
        ValueError: No finite estimate exists.
    """
    size, blocks, p = int(occasion.max()) + 1, int(block.max()) + 1, x.shape[1]
    first, second, third = np.zeros(size), np.zeros(blocks), np.zeros(p)

    def summed(values: Floats) -> Floats:
        parts = [np.bincount(occasion, values, size), np.bincount(block, values, blocks)]
        return np.concatenate([*parts, x.T @ values])

    fitted = np.full(event.size, np.average(event, weights=count))
    first += special.logit(fitted[0])
    for _ in range(_STEPS):
        w = count * fitted * (1 - fitted)
        top = np.bincount(occasion * blocks + block, w, size * blocks).reshape(size, blocks)
        information = np.zeros((size + blocks + p, size + blocks + p))
        information[:size, :size] = np.diag(top.sum(axis=1))
        information[size : -p or None, size : -p or None] = np.diag(top.sum(axis=0))
        information[:size, size : size + blocks] = top
        information[size : size + blocks, :size] = top.T
        for j in range(p):
            information[:, size + blocks + j] = summed(w * x[:, j])
        information[size + blocks :] = information[:, size + blocks :].T
        gradient = summed(count * (event - fitted))
        step = np.linalg.lstsq(information, gradient, rcond=1e-12)[0]
        one, two, three = np.split(step, [size, size + blocks])
        change = one[occasion] + two[block] + x @ three
        step = step * min(1.0, _LONGEST / max(float(np.abs(change).max()), _LONGEST))
        one, two, three = np.split(step, [size, size + blocks])
        first, second, third = first + one, second + two, third + three
        index = first[occasion] + second[block] + x @ third
        fitted = special.expit(index)
        if np.abs(index).max() > _CERTAIN:
            if p:
                raise ValueError("the covariates decide who is drawn later without error")
            break  # probabilities of zero and one in some cells are the answer then
        if gradient @ step < 1e-14 * count.sum():
            break
    return fitted


def _fitted(event: Bools, occasion: Ints, block: Ints, x: Floats) -> tuple[Floats, int]:
    """Hazards, with codes where nobody or everybody is drawn taken as they are; columns used."""
    fitted = event.astype(np.float64)
    inside = np.ones(event.size, dtype=np.bool_)
    while True:
        keep = inside.copy()
        for code in (occasion, block):
            size = int(code.max(initial=0)) + 1
            all_ = np.bincount(code[inside], minlength=size)
            hits = np.bincount(code[inside & event], minlength=size)
            keep &= ((hits > 0) & (hits < all_))[code]
        if keep.sum() == inside.sum():
            break
        inside = keep
    if not inside.any():
        return fitted, 0
    codes = [np.unique(code[inside], return_inverse=True)[1] for code in (occasion, block)]
    own = x[inside] - x[inside].mean(axis=0)
    spread = own.std(axis=0)
    own = own[:, spread > 0] / spread[spread > 0]
    own = own[:, independent_columns(own)][:, : int(event[inside].sum()) // EVENTS_PER_COLUMN]
    hit = event[inside].astype(np.float64)
    while own.shape[1]:
        try:
            fitted[inside] = _hazard(hit, np.ones(hit.size), codes[0], codes[1], own)
            return fitted, own.shape[1]
        except ValueError:
            own = own[:, :-1]
    # Person-months of one cell are alike without covariates.
    cells, cell = np.unique(codes[0] * (codes[1].max() + 1) + codes[1], return_inverse=True)
    first, second = np.divmod(cells, codes[1].max() + 1)
    count = np.bincount(cell).astype(np.float64)
    share = np.bincount(cell, hit) / count
    fitted[inside] = _hazard(share, count, first, second, np.zeros((cells.size, 0)))[cell]
    return fitted, 0


def censoring_weights(
    support: Bools,
    block: Ints,
    later: Ints,
    at_risk: Bools,
    followed: Bools,
    covariates: Floats | None = None,
    occasion: Ints | None = None,
    truncate: tuple[float, float] = (0.0, 0.995),
) -> CensoringWeights:
    """Inverse-probability weights for not having been drawn later.

    The probability of being drawn in a month comes from a logit among the controls at risk, on
    month, block and covariates; elsewhere it is zero. The numerator is a logit among all controls
    not yet drawn, on month and block alone. Months and blocks in which nobody at risk is drawn
    need no model. The weight of month k multiplies over the months before it.

    Args:
        support: True for the support arm; shape (n,).
        block: Draw of each row; shape (n,).
        later: Months until a later draw, 0 if never; shape (n,).
        at_risk: Whether the person was eligible in the draw of that month, as the list of the
            eligible says; shape (n, t).
        followed: Whether the month is within the person's follow-up; shape (n, t).
        covariates: What else being drawn may depend on, known before: shape (n, p), or by month
            (n, t, p). The most important first: the last are dropped while there are fewer than
            five later draws per column or no finite estimate exists.
        occasion: Code of the draw a person faces in the month, such as the calendar month;
            shape (n, t). None: the month since the first draw.
        truncate: Quantiles of each month's weights; weights outside are moved to them
            (Cole and Hernán 2008).

    Returns:
        See :class:`CensoringWeights`.

    Raises:
        ValueError: Somebody is drawn later in a month when not at risk, or not followed.

    References:
        Robins and Finkelstein (2000), Biometrics 56(3); Hernán, Brumback and Robins (2000),
        Epidemiology 11(5), on stabilised weights.
    """
    n, t = at_risk.shape
    month = np.arange(1, t + 1)
    control = ~support
    until = np.where((later == NEVER) | support, t + 1, later)
    hit = (later[:, None] == month) & control[:, None]
    if np.any(hit & ~(at_risk & followed)):
        raise ValueError("somebody is drawn later in a month when not eligible or not followed")
    waiting = control[:, None] & (month <= until[:, None]) & followed
    code = np.broadcast_to(month, (n, t)) if occasion is None else occasion
    code = np.unique(code, return_inverse=True)[1].reshape(n, t)
    own = np.broadcast_to(np.unique(block, return_inverse=True)[1][:, None], (n, t))
    x = np.zeros((n, 0)) if covariates is None else covariates
    x = x if x.ndim == 3 else np.broadcast_to(x[:, None, :], (n, t, x.shape[1]))
    stay, expected = np.ones((n, t)), np.ones((n, t))
    at = waiting & at_risk
    hazard, columns = _fitted(hit[at], code[at], own[at], x[at])
    stay[at] = 1 - hazard
    hazard, _ = _fitted(hit[waiting], code[waiting], own[waiting], np.zeros((waiting.sum(), 0)))
    expected[waiting] = 1 - hazard
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(hit, 1.0, expected / stay)  # what comes after a later draw is not used
    weight = np.hstack([np.ones((n, 1)), ratio.cumprod(axis=1)[:, :-1]])
    weight[month > until[:, None]] = np.nan
    high, effective = np.full(t, np.nan), np.zeros(t)
    moved = np.zeros(t, dtype=np.int64)
    for k in range(t):
        people = np.flatnonzero(control & ~np.isnan(weight[:, k]) & followed[:, k])
        if people.size == 0:
            continue
        values = weight[people, k]
        high[k] = np.quantile(values, HIGH)
        bounds = np.quantile(values, truncate)
        clipped = np.clip(values, *bounds)
        moved[k], weight[people, k] = int(np.sum(clipped != values)), clipped
        effective[k] = clipped.sum() ** 2 / np.sum(clipped**2)
    return CensoringWeights(weight, high, moved, effective, int(hit.any(axis=1).sum()), columns)
