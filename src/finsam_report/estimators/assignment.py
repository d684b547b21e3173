"""How chance decided who got support: the one object that every analysis takes the design from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Assignment:
    """Complete randomisation within blocks: the number that gets support is fixed in each.

    Attributes:
        block: Block of each person, as a code 0 … B-1; shape (n,).
        n_support: How many of each block get support; shape (B,).
        labels: Name of each block; length B.
    """

    block: Ints
    n_support: Ints
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        blocks = len(self.labels)
        if self.n_support.shape != (blocks,):
            raise ValueError(f"n_support must have one number per block, {blocks} in all")
        if self.block.size and (self.block.min() < 0 or self.block.max() >= blocks):
            raise ValueError(f"block codes must lie between 0 and {blocks - 1}")
        if np.any(self.n_support < 0) or np.any(self.n_support > self.sizes):
            raise ValueError("n_support must lie between 0 and the size of each block")

    @classmethod
    def realised(cls, block: Ints, support: Bools, labels: tuple[str, ...]) -> Self:
        """The assignment whose numbers per block are those that were carried out."""
        counts = np.bincount(block[support], minlength=len(labels)).astype(np.int64)
        return cls(block=block, n_support=counts, labels=labels)

    @classmethod
    def from_shares(
        cls, block: Ints, shares: npt.NDArray[np.float64], labels: tuple[str, ...]
    ) -> Self:
        """Fixed numbers nearest to a declared share of support in each block; shape (B,)."""
        sizes = np.bincount(block, minlength=len(labels))
        numbers = np.floor(shares * sizes + 0.5).astype(np.int64)
        return cls(block=block, n_support=numbers, labels=labels)

    @property
    def size(self) -> int:
        """Number of people."""
        return int(self.block.size)

    @property
    def sizes(self) -> Ints:
        """Number of people in each block; shape (B,)."""
        return np.bincount(self.block, minlength=len(self.labels)).astype(np.int64)

    def members(self) -> list[Ints]:
        """The positions of each block's people."""
        order = np.argsort(self.block, kind="stable")
        return [a.astype(np.int64) for a in np.split(order, np.cumsum(self.sizes)[:-1])]

    def draw(self, rng: np.random.Generator, draws: int) -> Bools:
        """Assign again, ``draws`` times: within blocks, with the same numbers.

        Args:
            rng: Source of chance.
            draws: How many assignments.

        Returns:
            True where a person gets support; shape (draws, n).
        """
        out = np.zeros((draws, self.size), dtype=np.bool_)
        for people, number in zip(self.members(), self.n_support, strict=True):
            if number == 0:
                continue
            if number == people.size:
                out[:, people] = True
                continue
            keys = rng.random((draws, people.size), dtype=np.float32)
            # Ranks and not a cut-off, so that ties cannot change the number assigned.
            chosen = np.argpartition(keys, number - 1, axis=1)[:, :number]
            block = np.zeros((draws, people.size), dtype=np.bool_)
            np.put_along_axis(block, chosen, True, axis=1)
            out[:, people] = block
        return out

    def fits(self, support: Bools) -> bool:
        """Whether an assignment that was carried out has this design's numbers."""
        counts = np.bincount(self.block[support], minlength=len(self.labels))
        return bool(np.array_equal(counts, self.n_support))
