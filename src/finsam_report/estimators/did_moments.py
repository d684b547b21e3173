"""Tests of a sum of effects by moment inequalities, for one change before the start at a time.

Changes after the start are at most M̄ times that change; the other effects are nuisances. The
linear program of the test has few vertices, which can be written down: the sum too high, the sum
too low, and for every year the statement that the change before has the wrong sign. All of them
are in the estimated sum and that one change, two normal variables, so that nothing needs to be
simulated or optimised.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import special

from finsam_report.estimators.did_frontier import check_target, false_position
from finsam_report.estimators.panel import Bools, Floats, Ints

_NODES = 64
_WIDE = 8.5
_SHARE = 0.1
_SAME = 1e-9
_NOTHING = 1e-14


@dataclass(frozen=True)
class Pieces:
    """Estimates by column and change before the start, taken upwards and then downwards.

    Attributes:
        centre: Estimated sum of effects under parallel trends; shape (K, 1).
        change: Signed change before the start; shape (K, S).
        moments: Variance of the former, of the latter, and their covariance; shape (K, S) each.
        steps: Weight of each change after the start in the sum; shape (m,).
        spread: Variance of each change after the start; shape (K, 1, m).
        shared: Its covariance with the change before; shape (K, S, m).
    """

    centre: Floats
    change: Floats
    moments: tuple[Floats, Floats, Floats]
    steps: Floats
    spread: Floats
    shared: Floats


@dataclass(frozen=True)
class Program:
    """Vertices of the program for one M̄: statistics are (a θ + b + c · change) by vertex.

    Attributes:
        slope: Multiplies the sum of effects less θ; shape (K, S, 2 + m).
        tilt: Multiplies the change before the start; shape (K, S, 2 + m).
        product: Covariances of the statistics; shape (K, S, 2 + m, 2 + m).
        cutoff: Largest statistic that is exceeded with a tenth of the error probability if all
            inequalities hold with equality; shape (K, S).
    """

    slope: Floats
    tilt: Floats
    product: Floats
    cutoff: Floats


def pieces(event: Ints, estimate: Floats, covariance: Floats, target: Floats) -> Pieces:
    """The estimated sum, and every change before the start, with their covariances."""
    before, after = check_target(event, target)
    # Changes up to and including the one to the reference, whose effect is zero.
    rows = np.zeros((before, event.size))
    rows[np.arange(before), np.arange(before)] = -1.0
    rows[np.arange(before - 1), np.arange(1, before)] = 1.0
    rows = np.vstack([rows, -rows])
    ahead = np.zeros((after, event.size))
    ahead[np.arange(after), before + np.arange(after)] = 1.0
    ahead[np.arange(1, after), before + np.arange(after - 1)] = -1.0
    whole = np.concatenate([np.zeros(before), target])
    own = np.einsum("sj,kji,si->ks", rows, covariance, rows)
    total = np.einsum("j,kji,i->k", whole, covariance, whole)[:, None]
    mixed = np.einsum("j,kji,si->ks", whole, covariance, rows)
    return Pieces(
        (whole @ estimate)[:, None],
        (rows @ estimate).T,
        (np.broadcast_to(total, own.shape), own, mixed),
        np.cumsum(target[::-1])[::-1],
        np.einsum("tj,kji,ti->kt", ahead, covariance, ahead)[:, None, :],
        np.einsum("sj,kji,ti->kst", rows, covariance, ahead),
    )


@cache
def _points() -> tuple[Floats, Floats]:
    """Points and weights of the numerical integral."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights


def _exceeded(pieces: Pieces, slope: Floats, tilt: Floats, limit: Floats) -> Floats:
    """Probability that a statistic exceeds a limit (K, S) if inequalities are equalities.

    Args:
        pieces: The estimates, of the first S changes before the start.
        slope: As in :class:`Program`.
        tilt: As in :class:`Program`.
        limit: The limit, at least 0; shape (K, S).
    """
    nodes, weights = _points()
    total, own, mixed = (part[:, : limit.shape[1], None] for part in pieces.moments)
    # Wrong signs bound the change from below, so that the integral starts there.
    least = (limit[:, :, None] / tilt[:, :, 2:]).max(axis=2)
    start = np.clip(least / np.sqrt(own[:, :, 0]), -_WIDE, 0.0)[:, :, None]
    z = start + (nodes + 1) / 2 * (_WIDE - start)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * weights * (_WIDE - start) / 2
    change, middle = z * np.sqrt(own), z * mixed / np.sqrt(own)
    rest = np.sqrt(np.maximum(total - mixed**2 / own, _NOTHING * total))
    above, under = (
        (limit[:, :, None] - tilt[:, :, [i]] * change) / slope[:, :, [i]] for i in (0, 1)
    )
    inside = special.ndtr((above - middle) / rest) - special.ndtr((under - middle) / rest)
    return np.asarray(1 - (np.maximum(inside, 0.0) * density).sum(axis=2))


def _cutoff(pieces: Pieces, slope: Floats, tilt: Floats, size: float) -> Floats:
    """Limit that the largest statistic exceeds with a probability; shape (K, S)."""
    # Taken downwards, the statistics of a change are those of its mirror image.
    half = slope.shape[1] // 2
    slope, tilt = slope[:, :half], tilt[:, :half]

    def short(limit: Floats) -> Floats:
        p = _exceeded(pieces, slope, tilt, limit)
        return np.asarray(np.log(size / np.maximum(p, _NOTHING)))

    # No statistic varies by more than one, so that Bonferroni's limit is high enough.
    most = -special.ndtri(size / slope.shape[2])
    shape = slope.shape[:2]
    found = false_position(short, np.zeros(shape), np.full(shape, most))
    return np.concatenate([found, found], axis=1)


def program(pieces: Pieces, bound: Floats, error: float) -> Program:
    """The vertices for bounds M̄ by column (K,), and their least favourable cutoff."""
    wide = bound[:, None, None]
    own = pieces.moments[1][:, :, None]
    base = pieces.spread + wide**2 * own
    up = np.sqrt(np.maximum(base - 2 * wide * pieces.shared, 0.0))
    down = np.sqrt(np.maximum(base + 2 * wide * pieces.shared, 0.0))
    plus, minus = np.maximum(pieces.steps, 0.0), np.maximum(-pieces.steps, 0.0)
    high = (up @ plus + down @ minus)[..., None]
    low = (down @ plus + up @ minus)[..., None]
    reach = float(np.abs(pieces.steps).sum())
    slope = np.concatenate([1 / high, -1 / low, np.zeros(up.shape)], axis=2)
    tilt = -wide * np.concatenate([reach / high, reach / low, 2 / (up + down)], axis=2)
    total, single, mixed = (part[:, :, None, None] for part in pieces.moments)
    a, b = slope[..., :, None], slope[..., None, :]
    c, d = tilt[..., :, None], tilt[..., None, :]
    product = a * b * total + c * d * single + (a * d + b * c) * mixed
    return Program(slope, tilt, product, _cutoff(pieces, slope, tilt, error * _SHARE))


def kept(program: Program, pieces: Pieces, theta: Floats, error: float) -> Bools:
    """Whether sums of effects (K, S, P) are not rejected."""
    gap = pieces.centre[:, :, None] - theta
    statistic = (
        program.slope[:, :, None] * gap[..., None]
        + (program.tilt * pieces.change[:, :, None])[:, :, None]
    )
    best = statistic.argmax(axis=3)
    largest = np.take_along_axis(statistic, best[..., None], axis=3)[..., 0]
    k, s = np.ogrid[: theta.shape[0], : theta.shape[1]]
    joint = program.product[k[..., None], s[..., None], best]
    variance = np.take_along_axis(joint, best[..., None], axis=3)[..., 0]
    variance = np.maximum(variance, _NOTHING)
    share = joint / variance[..., None]
    room = 1 - share
    # Where another statistic would be the larger one: the found one is normal between those ends.
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = (statistic - share * largest[..., None]) / room
    low = np.where(room > _SAME, ends, -np.inf).max(axis=3)
    high = np.where(room < -_SAME, ends, np.inf).min(axis=3)
    cutoff = program.cutoff[:, :, None]
    high, sd = np.minimum(high, cutoff), np.sqrt(variance)
    tail = special.ndtr(-largest / sd) - special.ndtr(-high / sd)
    mass = special.ndtr(-low / sd) - special.ndtr(-high / sd)
    size = error * (1 - _SHARE) / (1 - error * _SHARE)
    beyond = (largest > 0) & ((largest > cutoff) | (tail < size * mass))
    return np.asarray(~beyond)
