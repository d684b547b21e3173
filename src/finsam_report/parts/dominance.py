"""The dominance rule: a sum that a few people make nearly all of tells of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finsam_report.study_release import ReleaseRules

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Dominance:
    """When a sum of amounts tells of those with the largest.

    Attributes:
        people: How many of the largest are looked at.
        share: Most of the sum that they may make.
    """

    people: int
    share: float

    @classmethod
    def of(cls, declared: ReleaseRules) -> Dominance:
        """The rule as a study declares it."""
        return cls(declared.dominance_people, declared.dominance_share / 100)


def dominated(values: Floats, dominance: Dominance) -> Bools:
    """Columns of which the few largest values make nearly all of the sum; shape (m,).

    The dominance rule, by default (2, 90 %): the mean would tell one of the two about the
    other. It is for amounts; a column with a value below zero has no such sum.
    """
    if values.shape[0] <= dominance.people:
        return np.ones(values.shape[1], dtype=np.bool_)
    known = np.nan_to_num(values)
    total = known.sum(axis=0)
    largest = np.partition(known, -dominance.people, axis=0)[-dominance.people :].sum(axis=0)
    return np.asarray((known.min(axis=0) >= 0) & (total > 0) & (largest > dominance.share * total))
