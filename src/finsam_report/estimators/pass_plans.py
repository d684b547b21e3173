"""Coefficients of many outcomes from sums over people, and what a second pass multiplies with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import MINIMUM_CELL
from finsam_report.estimators.pass_covariates import (
    INDEPENDENT,
    independent,
    inverse,
    kept,
    within,
)
from finsam_report.estimators.pass_sums import Ground, Sums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_COLLINEAR = 1e-9


@dataclass(frozen=True)
class Plan:
    """The regression of every outcome; m outcomes, B blocks, C = 2B cells, q covariates.

    The coefficients belong to the features of :func:`pass_sums.features`. Outcomes whose
    weights and leverages are the same make a class, u of them in all, and are given once.

    Attributes:
        estimate: Effect of the offer; NaN where it cannot be estimated; shape (m,).
        first_stage: Effect of the offer on take-up; shape (m,). None without take-up.
        df: Residual degrees of freedom; shape (m,).
        mean: Block-weighted means, control arm first; shape (2, m).
        seen: People with the outcome, control arm first; shape (2, m).
        used: Those of them in usable blocks; shape (2, m).
        total: Sum of the outcome among those used; shape (2, m).
        between: Sum of squares between blocks in the control arm; shape (m,).
        usable: Blocks with at least two people in each arm; shape (B, m).
        kept: Covariates in use; shape (q, m).
        classes: Class of each outcome; shape (m,).
        weight: Gives a person's weight in the effect; shape (C, 1 + q, u).
        leverage: Gives the leverage; shape (C, f, u).
        fitted: Gives the fitted outcome; shape (C, 1 + q, m).
        taken: Gives fitted take-up; shape (C, 1 + q, u). None without take-up.
    """

    estimate: Floats
    first_stage: Floats | None
    df: Floats
    mean: Floats
    seen: Floats
    used: Floats
    total: Floats
    between: Floats
    usable: Bools
    kept: Bools
    classes: Ints
    weight: Floats
    leverage: Floats
    fitted: Floats
    taken: Floats | None


def _classes(*parts: Floats | None) -> tuple[Ints, Ints]:
    """Class of each outcome and one outcome of each class; the last axis is the outcome."""
    m = next(p.shape[-1] for p in parts if p is not None)
    stacked = np.ascontiguousarray(np.vstack([p.reshape(-1, m) for p in parts if p is not None]).T)
    codes: dict[bytes, int] = {}
    out = [codes.setdefault(row.tobytes(), len(codes)) for row in stacked]
    classes = np.array(out, dtype=np.int64)
    return classes, np.unique(classes, return_index=True)[1].astype(np.int64)


@dataclass(frozen=True)
class _Basis:
    """The design of every outcome's regression; 2 arms, B blocks, q covariates, m outcomes.

    Attributes:
        found: People with the outcome, by arm and block; shape (2, B, m).
        usable: Blocks that are used; shape (B, m).
        kept: Covariates that are used; shape (q, m).
        means: Their means in each cell; shape (2, B, q, m).
        inverse: Inverse of their cross-products within the blocks of an arm; (2, q, q, m).
        share: Share of the people in each block; shape (B, m).
        shift: Their mean among all less the block-weighted mean in the arm; shape (2, q, m).
        both: Whether both arms have somebody; shape (m,).
        known: Whether an effect can be estimated: what one arm's covariates say of each other
            must not differ from what both arms' do; shape (m,).
    """

    found: Floats
    usable: Bools
    kept: Bools
    means: Floats
    inverse: Floats
    share: Floats
    shift: Floats
    both: Bools
    known: Bools

    @classmethod
    def of(cls, design: Floats, ground: Ground, fewer: Ints | None, *, adjust: bool) -> Self:
        """From sums of the features, (2, B, 1 + p + p(p + 1)/2 or more, m)."""
        p, m = ground.scale.size, design.shape[-1]
        end = 1 + p + p * (p + 1) // 2
        q, found = p if adjust else 0, design[:, :, 0]
        usable: Bools = np.all(found >= MINIMUM_CELL, axis=0)
        counts = np.where(usable, found, 0.0)
        n = counts.sum(axis=1)
        people = np.maximum(n.sum(axis=0), 1.0)
        share = counts.sum(axis=0) / people
        used = design[:, :, 1 : 1 + q] / np.where(usable, found, 1.0)[:, :, None]
        means = np.where(usable[:, None], used, 0.0)
        both: Bools = n.min(axis=0) > 0
        chosen, products = np.zeros((q, m), dtype=np.bool_), np.zeros((2, q, q, m))
        if q:
            chosen = kept(ground, design[:, :, 1:end], found, usable, fewer)
            products = within(design[:, :, 1 + p : end], counts, means, usable)
        own = np.stack([independent(products[a], chosen, INDEPENDENT * n[a]) for a in (0, 1)])
        known = both & np.all(own == chosen, axis=(0, 1))
        overall = np.einsum("abm,abqm->qm", counts, means) / people
        return cls(
            found=found,
            usable=usable,
            kept=chosen,
            means=means,
            inverse=np.stack([inverse(products[arm], own[arm]) for arm in (0, 1)]),
            share=share,
            shift=overall - np.einsum("bm,abqm->aqm", share, means),
            both=both,
            known=known,
        )

    @property
    def used(self) -> Floats:
        """People with the outcome in usable blocks, otherwise zero; shape (2, B, m)."""
        return np.where(self.usable, self.found, 0.0)

    @property
    def divisor(self) -> Floats:
        """The same, but one in blocks that are not used."""
        return np.where(self.usable, self.found, 1.0)

    def regress(self, total: Floats, crossed: Floats) -> tuple[Floats, Floats, Floats]:
        """Cell means, slopes and the adjusted mean of each arm: (2, B, m), (2, q, m), (2, m).

        ``total`` are sums of what is explained, (2, B, m), and ``crossed`` its sums with every
        covariate, (2, B, q, m).
        """
        mean = np.where(self.usable, total / self.divisor, 0.0)
        own = crossed - self.found[:, :, None] * self.means * mean[:, :, None]
        own = np.where(self.usable[:, None], own, 0.0).sum(axis=1)
        slope = np.einsum("akjm,ajm->akm", self.inverse, own)
        adjusted = np.einsum("bm,abm->am", self.share, mean) + (self.shift * slope).sum(axis=1)
        return mean, slope, adjusted

    def lines(self, at_mean: Floats, slope: Floats, known: Bools) -> Floats:
        """What gives a value linear in the covariates, by cell; shape (2B, 1 + q, m)."""
        first = at_mean - np.einsum("akm,abkm->abm", slope, self.means)
        rest = np.broadcast_to(slope[:, None], self.means.shape)
        out = np.concatenate([first[:, :, None], rest], axis=2)
        out = np.where(self.usable[:, None] & known, out, 0.0)
        return out.reshape(-1, *out.shape[2:])

    def leverage(self) -> Floats:
        """What gives the leverage in a person's arm, by cell; shape (2B, f, m)."""
        turned = np.einsum("akjm,abjm->abkm", self.inverse, self.means)
        first = 1 / self.divisor + (turned * self.means).sum(axis=2)
        one, two = np.triu_indices(self.kept.shape[0])
        double = np.where(one == two, 1.0, 2.0)[:, None]
        squares = (self.inverse[:, one, two] * double)[:, None]
        squares = np.broadcast_to(squares, (*turned.shape[:2], *squares.shape[2:]))
        out = np.concatenate([first[:, :, None], -2 * turned, squares], axis=2)
        out = np.where(self.usable[:, None] & self.both, out, 0.0)
        return out.reshape(-1, *out.shape[2:])


def plan(
    sums: Sums, ground: Ground, centre: Floats, *, adjust: bool, fewer: Ints | None = None
) -> Plan:
    """Effects on every outcome, unadjusted or with Lin's adjustment.

    Args:
        sums: Sums of the first pass.
        ground: The design.
        centre: What was taken off each outcome; shape (m,).
        adjust: Whether covariates are used.
        fewer: Covariates to leave out from the end, because one person would decide their
            coefficient; shape (m,).

    References:
        Lin (2013), Annals of Applied Statistics 7(1); Frisch and Waugh (1933), Econometrica
        1(4), on regressing within blocks.
    """
    p, m, blocks = ground.scale.size, centre.size, ground.centre.shape[0]
    design = sums.design.reshape(2, blocks, -1, m)
    outcome = sums.outcome.reshape(2, blocks, 1 + p, m)
    basis = _Basis.of(design, ground, fewer, adjust=adjust)
    q, used = basis.kept.shape[0], basis.used
    n = used.sum(axis=1)
    mean, slope, level = basis.regress(outcome[:, :, 0], outcome[:, :, 1 : 1 + q])
    pull = np.einsum("akjm,ajm->akm", basis.inverse, basis.shift)
    per_person = basis.share / basis.divisor
    squares = (basis.share * per_person).sum(axis=(0, 1)) + (basis.shift * pull).sum(axis=(0, 1))
    df = n.sum(axis=0) - 2.0 * (basis.usable.sum(axis=0) + basis.kept.sum(axis=0))
    # The arm's own part in the regression has the inverse of this as its square.
    known: Bools = basis.known & (df > 0) & (squares * _COLLINEAR * n[1] < 1)
    sign = np.array([-1.0, 1.0])[:, None, None]
    weight = basis.lines(per_person * sign, pull * sign, known)
    leverage = basis.leverage()
    fitted = basis.lines(mean, slope, known)
    fitted[:, 0] += centre
    taken = first_stage = None
    at = 1 + p + p * (p + 1) // 2
    if design.shape[2] > at:
        share, own, stage = basis.regress(design[:, :, at], design[:, :, at + 1 : at + 1 + q])
        taken = basis.lines(share, own, known)
        first_stage = np.where(known, stage[1] - stage[0], np.nan)
    classes, of_class = _classes(weight, leverage, taken)
    grand = (used[0] * mean[0]).sum(axis=0) / np.maximum(n[0], 1.0)
    averages = np.einsum("bm,abm->am", basis.share, mean) + centre
    return Plan(
        estimate=np.where(known, level[1] - level[0], np.nan),
        first_stage=first_stage,
        df=np.where(known, df, np.nan),
        mean=np.where(n.min(axis=0) > 0, averages, np.nan),
        seen=basis.found.sum(axis=1),
        used=n,
        total=(used * mean).sum(axis=1) + n * centre,
        between=(used[0] * (mean[0] - grand) ** 2).sum(axis=0),
        usable=basis.usable,
        kept=basis.kept,
        classes=classes,
        weight=weight[:, :, of_class],
        leverage=leverage[:, :, of_class],
        fitted=fitted,
        taken=None if taken is None else taken[:, :, of_class],
    )
