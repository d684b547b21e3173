"""Estimators with least variance for their largest bias, where trends may bend by a bound.

Every estimator that no straight line can bias is one of a family with a parameter per change of
slope before the start; its largest bias is the bound times a constant plus the sum of their
absolute values. Those with least variance for their bias are therefore the path of a lasso,
which is followed exactly, and on which the shortest interval is then found for each bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from finsam_report.estimators.panel import Floats, Ints

_SEARCH = 14
_TIE = 1e-12


@dataclass(frozen=True)
class Frontier:
    """Estimators with least variance for their bias, at the P corners of each column's path.

    Attributes:
        bend: Largest bias for M = 1; shape (K, P).
        variance: Variance; shape (K, P).
        shared: Covariance with the next corner's estimator; shape (K, P), the last its own.
        centre: Estimate; shape (K, P).
    """

    bend: Floats
    variance: Floats
    shared: Floats
    centre: Floats


def folded_quantile(mean: Floats, level: float) -> Floats:
    """Quantile of the absolute value of a normal variable with variance one.

    Args:
        mean: Its mean, at least 0; any shape.
        level: Probability, above one half.
    """
    least = float(special.ndtri((1 + level) / 2))
    # Newton's steps from below rise to the quantile, as the distribution is concave from there.
    at = np.maximum(least, mean + float(special.ndtri(level)))
    for _ in range(6):
        beyond = special.ndtr(at - mean) - special.ndtr(-at - mean) - level
        density = np.exp(-((at - mean) ** 2) / 2) + np.exp(-((at + mean) ** 2) / 2)
        at = at - beyond * np.sqrt(2 * np.pi) / density
    return np.asarray(at)


def false_position(
    function: Callable[[Floats], Floats], low: Floats, high: Floats, steps: int = _SEARCH
) -> Floats:
    """Where functions that rise cross zero, by false position (Illinois); any shape.

    Args:
        function: Values of all functions, each at its own place.
        low: Where to begin; the answer where a function is above zero already.
        high: Where to end; the answer where a function is still below zero.
        steps: How often the functions are evaluated.
    """
    below, above = function(low), function(high)
    low, high = np.where(above <= 0, high, low), np.where(below >= 0, low, high)
    below, above = np.where(below < 0, below, -1.0), np.where(above > 0, above, 1.0)
    side, middle = np.zeros(low.shape), low
    for _ in range(steps):
        middle = (low * above - high * below) / (above - below)
        value = function(middle)
        left = value < 0
        # The end that stays counts half when it stays twice, or it would stay for ever.
        kept_above = np.where(side < 0, above / 2, above)
        kept_below = np.where(side > 0, below / 2, below)
        above, below = np.where(left, kept_above, value), np.where(left, value, kept_below)
        low, high = np.where(left, middle, low), np.where(left, high, middle)
        side = np.where(left, -1.0, 1.0)
    return middle


def lasso_path(quadratic: Floats, linear: Floats) -> Floats:
    """Corners of the minimisers of u'Hu / 2 + g'u + λ |u|, for λ from infinity down to zero.

    Args:
        quadratic: H, positive definite; shape (p, p).
        linear: g; shape (p,).

    Returns:
        Shape (corners, p); the first is zero, between corners the path is straight and no
        parameter changes its sign.
    """
    p = linear.size
    u, pull = np.zeros(p), -linear.astype(np.float64)
    corners = [u]
    penalty = float(np.abs(pull).max(initial=0.0))
    stop = _TIE * penalty
    active: list[int] = [int(np.argmax(np.abs(pull)))] if penalty > 0 else []
    left = -1
    for _ in range(20 * p):
        if penalty <= stop or not active:
            break
        direction = np.linalg.solve(quadratic[np.ix_(active, active)], np.sign(pull[active]))
        change = quadratic[:, active] @ direction
        step, event = penalty, -1
        for j in range(p):
            if j in active:
                i = active.index(j)
                crossing = -u[j] / direction[i] if u[j] * direction[i] < 0 else np.inf
                if crossing < step:
                    step, event = crossing, j
                continue
            for sign in (1.0, -1.0):
                room = 1 - sign * change[j]
                # Who has just left stands at the border, and moves inwards.
                if room <= 0 or (j == left and sign * pull[j] > 0):
                    continue
                entry = max((penalty - sign * pull[j]) / room, 0.0)
                if entry < step:
                    step, event = entry, j
        u = u.copy()
        u[active] += step * direction
        pull = pull - step * change
        penalty -= step
        left = -1
        if event in active:
            active.remove(event)
            u[event], left = 0.0, event
        elif event >= 0:
            active.append(event)
        corners.append(u)
    return np.array(corners)


def split(event: Ints) -> int:
    """How many effects lie before the reference; the years must follow each other around it."""
    gaps = np.diff(event)
    if event.size < 2 or np.sum(gaps == 2) != 1 or not np.isin(gaps, (1, 2)).all():
        raise ValueError(
            "years since the start must follow each other, with one left out as the reference "
            "and at least one before and one after it"
        )
    return int(np.flatnonzero(gaps == 2)[0]) + 1


def check_target(event: Ints, target: Floats) -> tuple[int, int]:
    """Numbers of effects before and after the reference, checked against the target."""
    before = split(event)
    if target.shape != (event.size - before,):
        raise ValueError("the target must have a weight for every effect after the reference")
    return before, event.size - before


def least_bias(target: Floats) -> float:
    """Largest bias for M = 1 that no estimator can avoid: changes of slope from the start on."""
    ahead = np.arange(1, target.size + 1)
    later = [target @ np.maximum(ahead - j, 0) for j in range(target.size)]
    return float(np.abs(later).sum())


def _family(event: Ints, target: Floats) -> tuple[Floats, Floats, float]:
    """Estimators without bias from straight lines: weights at zero, their change, least bias.

    Returns:
        Weights of the effects (J,), their change with each parameter (J, before - 1), and the
        largest bias for M = 1 where all parameters are zero.
    """
    before, after = check_target(event, target)
    ahead = np.arange(1, after + 1)
    slope = float(target @ ahead)
    # The weight s years before the reference is a second difference of the parameters around s.
    second = np.zeros((before, before + 2))
    for s in range(before):
        second[s, s : s + 3] = (1.0, -2.0, 1.0)
    second = second[::-1]
    base = np.concatenate([second[:, 0] * slope, target])
    change = np.vstack([second[:, 1:before], np.zeros((after, before - 1))])
    return base, change, least_bias(target)


def frontier(event: Ints, estimate: Floats, covariance: Floats, target: Floats) -> Frontier:
    """The paths of all columns, which must be usable, filled up with their last corners."""
    base, change, least = _family(event, target)
    paths = [lasso_path(change.T @ own @ change, change.T @ own @ base) for own in covariance]
    longest = max(len(path) for path in paths)
    u = np.stack([path[np.minimum(np.arange(longest), len(path) - 1)] for path in paths])
    weights = base + u @ change.T
    spread = weights @ covariance
    following = np.concatenate([weights[:, 1:], weights[:, -1:]], axis=1)
    return Frontier(
        least + np.abs(u).sum(axis=2),
        np.einsum("kpj,kpj->kp", spread, weights),
        np.einsum("kpj,kpj->kp", spread, following),
        np.einsum("kpj,jk->kp", weights, estimate),
    )


@dataclass(frozen=True)
class _Segment:
    """The straight piece of the path after a corner, for each bound and column; shapes (B, K).

    Attributes:
        bias: Largest biases at its two ends.
        variance: Variances at its two ends.
        shared: Covariance of the two ends' estimators.
        centre: Estimates at its two ends.
        level: Probability with which the interval holds the truth.
    """

    bias: tuple[Floats, Floats]
    variance: tuple[Floats, Floats]
    shared: Floats
    centre: tuple[Floats, Floats]
    level: float

    def at(self, part: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Centre, bias, standard error, half length and its slope at parts of the way, 0 to 1."""
        rest = 1 - part
        first, second = self.variance
        error = np.sqrt(rest**2 * first + 2 * part * rest * self.shared + part**2 * second)
        bias = rest * self.bias[0] + part * self.bias[1]
        centre = rest * self.centre[0] + part * self.centre[1]
        ratio = bias / error
        critical = folded_quantile(ratio, self.level)
        steeper = np.tanh(critical * ratio)  # how the quantile rises with the ratio
        widens = (part * second - rest * first + (rest - part) * self.shared) / error
        slope = widens * (critical - ratio * steeper) + (self.bias[1] - self.bias[0]) * steeper
        return centre, bias, error, error * critical, slope

    def shortest(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Centre, bias, standard error and half length where the length is least.

        The length is convex, so that its slope rises along the way.
        """
        low, high = np.zeros(self.shared.shape), np.ones(self.shared.shape)
        return self.at(false_position(lambda part: self.at(part)[4], low, high))[:4]


def _segment(front: Frontier, bound: Floats, corner: Ints, level: float) -> _Segment:
    """The piece after ``corner`` (B, K); of no length after the last one."""
    column = np.arange(bound.shape[1])[None, :]
    following = np.minimum(corner + 1, front.bend.shape[1] - 1)

    def ends(values: Floats) -> tuple[Floats, Floats]:
        return values[column, corner], values[column, following]

    first, second = ends(front.bend)
    return _Segment(
        (bound * first, bound * second),
        ends(front.variance),
        front.shared[column, corner],
        ends(front.centre),
        level,
    )


def shortest(front: Frontier, bound: Floats, level: float) -> tuple[Floats, Floats, Floats, Floats]:
    """The shortest interval of fixed length on each column's path.

    Args:
        front: The paths.
        bound: Values of M; shape (B, K).
        level: Probability with which an interval holds the truth.

    Returns:
        Centre, largest bias, standard error and half length, each of shape (B, K).
    """
    error = np.sqrt(front.variance)[None]
    ratio = bound[:, :, None] * front.bend / error
    best = (error * folded_quantile(ratio, level)).argmin(axis=2)
    # The length is convex along the path: it is least on one side or the other of the corner.
    after = _segment(front, bound, best, level)
    falls = after.at(np.zeros(bound.shape))[4] < 0
    return _segment(front, bound, np.where(falls, best, np.maximum(best - 1, 0)), level).shortest()
