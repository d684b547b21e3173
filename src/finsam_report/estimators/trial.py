"""One experiment, survey or register: who was assigned where, and what was seen afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.balance import joint_balance, normalised_difference
from finsam_report.estimators.itt import Effects, interacted_design, itt, usable, usable_covariates
from finsam_report.estimators.iv import Late, late
from finsam_report.estimators.pass_sums import Selection
from finsam_report.estimators.passes import array_chunks, two_passes
from finsam_report.estimators.randomisation import Randomisation, randomisation_tests

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MANY = 50_000


@dataclass(frozen=True)
class Trial:
    """A block-randomised experiment.

    Attributes:
        assignment: How chance decided.
        support: Who was assigned to support; shape (n,).
        covariates: Complete covariates known at randomisation; shape (n, p).
        take_up: Whether each person got the support, or None where that is not known;
            shape (n,).
        level: Level of the intervals.
    """

    assignment: Assignment
    support: Bools
    covariates: Floats
    take_up: Floats | None = None
    level: float = 0.95

    def __post_init__(self) -> None:
        if not self.assignment.fits(self.support):
            raise ValueError("the arms do not have the numbers that the assignment holds fixed")
        if self.covariates.shape[0] != self.support.size:
            raise ValueError("covariates must have one row per person")

    def itt(self, outcomes: Floats, *, extra: Floats | None = None, adjust: bool = True) -> Effects:
        """Intention-to-treat effects; ``extra`` are further covariates of the same people."""
        x = self._covariates(extra) if adjust else None
        return itt(self.support, self.assignment.block, outcomes, x, self.level)

    def test(
        self, outcomes: Floats, draws: Bools, *, extra: Floats | None = None
    ) -> tuple[Randomisation, Randomisation]:
        """Randomisation tests of no effect on each outcome, unadjusted and adjusted."""
        plain, adjusted = randomisation_tests(
            self.assignment, self.support, outcomes, (None, self._covariates(extra)), draws
        )
        return plain, adjusted

    def late(self, outcomes: Floats, *, extra: Floats | None = None) -> Late:
        """Effects per person who takes up support because of the offer; complete outcomes.

        Raises:
            ValueError: Take-up is not known or is not changed by the offer.
        """
        if self.take_up is None:
            raise ValueError("take-up is not known")
        block = self.assignment.block
        keep = usable(self.support, block)
        support = self.support[keep]
        x = usable_covariates(support, block[keep], self._covariates(extra)[keep])
        design = interacted_design(support, block[keep], x)
        return late(
            support.astype(np.float64), design, self.take_up[keep], outcomes[keep], self.level
        )

    def differences(self, values: Floats) -> tuple[Effects, Floats]:
        """Differences between the arms in characteristics (n, p): block-weighted, normalised."""
        block, nothing = self.assignment.block, np.zeros((self.support.size, 0))
        if self.support.size > MANY:  # the same numbers without a design as long as the people
            chunks = array_chunks(self.support, block, nothing, values)
            plain = two_passes(chunks, level=self.level)[Selection()].plain.effects
        else:
            plain = itt(self.support, block, values, None, self.level)
        return plain, normalised_difference(self.support, values)

    def balance(self, values: Floats, draws: Bools) -> float:
        """Randomisation p-value of all differences in complete characteristics together."""
        return joint_balance(self.assignment, self.support, values, draws)

    def among(self, people: Bools) -> Self:
        """The same trial among some of its people; blocks keep their names."""
        block = self.assignment.block[people]
        support = self.support[people]
        return type(self)(
            assignment=Assignment.realised(block, support, self.assignment.labels),
            support=support,
            covariates=self.covariates[people],
            take_up=None if self.take_up is None else self.take_up[people],
            level=self.level,
        )

    def _covariates(self, extra: Floats | None) -> Floats:
        return self.covariates if extra is None else np.hstack([self.covariates, extra])
