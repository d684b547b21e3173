"""Which covariates the effect on each outcome is adjusted for, told from sums over people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import MINIMUM_DUMMY, MINIMUM_ROOM
from finsam_report.estimators.pass_sums import Ground

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

INDEPENDENT = 1e-12


def independent(products: Floats, allowed: Bools, floor: Floats) -> Bools:
    """Which covariates have a part of their own given those before; (q, q, m) gives (q, m)."""
    rest, out = products.copy(), np.zeros(allowed.shape, dtype=np.bool_)
    for j in range(allowed.shape[0]):
        pivot = rest[j, j]
        out[j] = allowed[j] & (pivot > floor)
        row = np.where(out[j], rest[j] / np.where(out[j], pivot, 1.0), 0.0)
        rest -= rest[:, j, None] * row
    return out


def within(sums: Floats, counts: Floats, means: Floats, usable: Bools) -> Floats:
    """Cross-products of the covariates about their means in each cell.

    Args:
        sums: Sums of products, each once; shape (..., B, q(q + 1)/2, m).
        counts: People; shape (..., B, m).
        means: Means of the covariates; shape (..., B, q, m).
        usable: Shape (B, m).

    Returns:
        Shape (..., q, q, m).
    """
    q = means.shape[-2]
    out = np.zeros((*sums.shape[:-3], q, q, sums.shape[-1]))
    for at, (k, j) in enumerate(zip(*np.triu_indices(q), strict=True)):
        own = sums[..., at, :] - counts * means[..., k, :] * means[..., j, :]
        out[..., k, j, :] = out[..., j, k, :] = np.where(usable, own, 0.0).sum(axis=-2)
    return out


def kept(ground: Ground, sums: Floats, counts: Floats, usable: Bools, fewer: Ints | None) -> Bools:
    """The covariates that :func:`itt.usable_covariates` keeps, for each outcome; shape (q, m).

    ``sums`` are those of covariates and their products, (2, B, q + q(q + 1)/2, m); of the
    covariates kept, the last ``fewer`` are left out.
    """
    q = ground.scale.size
    counts = np.where(usable, counts, 0.0)
    first = np.where(usable[:, None], sums[:, :, :q], 0.0)
    raw = first * ground.scale[:, None] + counts[:, :, None] * ground.centre[:, :, None]
    room = np.where(np.isnan(ground.low), 1.0, ground.high - ground.low)[:, None]
    low = np.nan_to_num(ground.low)[:, None]
    high = np.rint((raw.sum(axis=1) - low * counts.sum(axis=1)[:, None]) / room)
    fewest = np.minimum(high, counts.sum(axis=1)[:, None] - high).min(axis=0)
    allowed = np.isnan(ground.low)[:, None] | (fewest >= MINIMUM_DUMMY)
    people = counts.sum(axis=0)
    pooled = first.sum(axis=0) / np.maximum(people, 1.0)[:, None]
    products = within(sums[:, :, q:].sum(axis=0), people, pooled, usable)
    chosen = independent(products, allowed, INDEPENDENT * people.sum(axis=0))
    left = counts.sum(axis=1).min(axis=0) - usable.sum(axis=0) - chosen.sum(axis=0)
    chosen &= left >= MINIMUM_ROOM
    if fewer is not None:
        following = chosen[::-1].cumsum(axis=0)[::-1]
        chosen &= following > fewer
    return chosen


def inverse(products: Floats, kept: Bools) -> Floats:
    """Inverse of the cross-products among the covariates kept, zero elsewhere; (q, q, m)."""
    pairs = kept[:, None] & kept[None]
    unit = np.eye(kept.shape[0])[:, :, None]
    full = np.where(pairs, products, unit)
    size = np.sqrt(np.einsum("kkm->km", full))
    scaled = np.moveaxis(full / size[:, None] / size[None], 2, 0)
    inverse = np.moveaxis(np.linalg.inv(scaled), 0, 2) / size[:, None] / size[None]
    return np.where(pairs, (inverse + inverse.transpose(1, 0, 2)) / 2, 0.0)
