"""What the tables without an experiment share: new codes, weights of values, numbers by group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.synthetic.like.people import LEAST
from finsam_report.inputs.synthetic.like.safe import Floats, Spread, rounded, share, spread

Texts = npt.NDArray[np.object_]
PREFIXES = ("T", "X", "Z", "W", "K", "Y", "Q", "V", "TW", "XX", "ZZ", "QQ")


def free_prefix(taken: Iterable[object], letter: str) -> str:
    """What no code of the study begins with.

    Raises:
        FinsamError: All that a twin could use are taken.
    """
    known = [str(code) for code in taken]
    for prefix in PREFIXES:
        if not any(code.startswith(prefix + letter) for code in known):
            return prefix + letter
    raise FinsamError("the ids of the study begin with all letters that a twin could use")


def new_codes(prefix: str, number: int) -> Texts:
    """As many codes as units."""
    width = len(str(number))
    return np.array([f"{prefix}{k:0{width}d}" for k in range(1, number + 1)], dtype=object)


def size_of(count: int) -> int:
    """A number of units to base 5, two or more."""
    return max(LEAST, rounded(count))


def weights_of(values: pd.Series) -> dict[str, int]:
    """Values that five or more rows have, with their rounded number."""
    counts = values.dropna().astype(str).value_counts().sort_index()
    return {str(value): rounded(int(n)) for value, n in counts.items() if rounded(int(n))}


def pick(rng: np.random.Generator, weights: dict[str, int], n: int, other: str = "") -> Texts:
    """Values in proportion to their weights; ``other`` where none is known."""
    if not weights:
        return np.full(n, other, dtype=object)
    shares = np.array(list(weights.values())) / sum(weights.values())
    return np.array(list(weights), dtype=object)[rng.choice(len(weights), size=n, p=shares)]


def missing_in(values: pd.Series) -> float:
    """Share of empty cells, from rounded numbers."""
    return share(int(values.isna().sum()), len(values))


@dataclass(frozen=True)
class ByGroup:
    """Numbers of a column, within groups of ten or more; the whole column stands in for others."""

    whole: Spread | None
    groups: dict[Hashable, Spread]
    missing: float

    def of(self, group: Hashable) -> Spread | None:
        """How the numbers of a group are spread."""
        return self.groups.get(group, self.whole)

    def draw(self, group: npt.ArrayLike, normal: Floats) -> Floats:
        """Numbers for standard normal ones, NaN where nothing is known, none of them left out."""
        out = np.full(normal.shape, np.nan)
        labels = np.asarray(group)
        for label in pd.unique(labels):
            known = self.of(label)
            if known is not None:
                mine = labels == label
                out[mine] = known.at(normal[mine])
        return out

    @property
    def decimals(self) -> int:
        """Decimals of the numbers."""
        return self.whole.decimals if self.whole is not None else 0


def by_group(
    values: pd.Series, groups: npt.ArrayLike, low: float | None = None, high: float | None = None
) -> ByGroup:
    """What may be known of numbers within groups.

    Args:
        values: The numbers.
        groups: A group for each of them.
        low: The declared minimum.
        high: The declared maximum.
    """
    numbers = values.to_numpy(dtype=np.float64)
    labels = np.asarray(groups)
    found = {label: spread(numbers[labels == label], low, high) for label in pd.unique(labels)}
    return ByGroup(
        spread(numbers, low, high),
        {label: known for label, known in found.items() if known is not None},
        missing_in(values),
    )


def left_out(rng: np.random.Generator, values: Texts, chance: float | Floats) -> Texts:
    """Values with empty cells among them."""
    return np.where(rng.random(values.size) < chance, "", values)
