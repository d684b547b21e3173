"""Sums over chunks of people from which effects on many outcomes follow exactly.

Adjustment that is fully interacted with the arm is a regression in each arm of its own, on
blocks and covariates. So counts, sums and products within each cell (one arm of one block) of
those who have an outcome are all that its effect needs; they are kept for every outcome, because
outcomes may be missing for different people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# What a chunk adds in each cell: design, outcome, nonzero, low and high of Sums.
Found = Sequence[tuple[int, tuple[Floats, ...]]]

_IN_CACHE = 512


@dataclass(frozen=True)
class Chunk:
    """Some of the people.

    Attributes:
        support: Arm; shape (n,).
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p).
        outcomes: Gives the outcomes, NaN where missing; shape (n, m). It is called once in each
            pass, possibly in another thread, so that reading costs no time of its own.
        take_up: Whether each got the support; shape (n,). None where that is not known.
        groups: Level of each in every subgroup variable, -1 where not known; shape (n, v).
        cluster: Who the rows belong to, rising from chunk to chunk, where a person has several
            rows; shape (n,).
    """

    support: Bools
    block: Ints
    covariates: Floats
    outcomes: Callable[[], Floats]
    take_up: Floats | None = None
    groups: Ints | None = None
    cluster: Ints | None = None


@dataclass(frozen=True)
class Selection:
    """Whom an analysis is about: everybody, or one level of a subgroup variable."""

    variable: int | None = None
    level: int | None = None

    def rows(self, chunk: Chunk) -> Ints:
        """Positions of its people in a chunk."""
        if self.variable is None or chunk.groups is None:
            return np.arange(chunk.support.size)
        return np.flatnonzero(chunk.groups[:, self.variable] == self.level)


@dataclass(frozen=True)
class Ground:
    """What is known of a selection's design before any outcome is read.

    Attributes:
        centre: Mean of each covariate in each block; shape (B, p).
        scale: Standard deviation of each covariate; shape (p,).
        low: Smaller value of a covariate that takes two values, NaN for others; shape (p,).
        high: Larger value of it; shape (p,).
        take_up: Whether take-up is known.
    """

    centre: Floats
    scale: Floats
    low: Floats
    high: Floats
    take_up: bool


class _Designs:
    """Adds up a selection's design, chunk by chunk; :meth:`ground` gives the result."""

    def __init__(self, covariates: int) -> None:
        self._sums = np.zeros((0, 1 + covariates))
        self._squares = np.zeros(covariates)
        self._values: list[Floats] = [np.zeros(0) for _ in range(covariates)]

    def add(self, block: Ints, x: Floats) -> None:
        """Add people; shapes (n,) and (n, p)."""
        size = max(self._sums.shape[0], int(block.max()) + 1 if block.size else 0)
        grown = np.zeros((size, self._sums.shape[1]))
        grown[: self._sums.shape[0]] = self._sums
        grown[:, 0] += np.bincount(block, minlength=size)
        for j in range(x.shape[1]):
            column = x[:, j]
            grown[:, 1 + j] += np.bincount(block, weights=column, minlength=size)
            known = self._values[j]
            if known.size < 3 and not np.isin(column, known).all():
                self._values[j] = np.unique(np.concatenate([known, column]))[:3]
        self._sums = grown
        self._squares += np.einsum("ij,ij->j", x, x)

    def ground(self, blocks: int, *, take_up: bool) -> Ground:
        """What was found; ``blocks`` is the number of blocks of everybody."""
        counts = np.zeros(blocks)
        counts[: self._sums.shape[0]] = self._sums[:, 0]
        centre = np.zeros((blocks, self._squares.size))
        centre[: self._sums.shape[0]] = self._sums[:, 1:] / np.maximum(self._sums[:, :1], 1)
        people = max(counts.sum(), 1.0)
        mean = counts @ centre / people
        spread = np.sqrt(np.maximum(self._squares / people - mean**2, 0.0))
        two = [v if v.size == 2 else np.full(2, np.nan) for v in self._values]
        values = np.array(two).reshape(-1, 2)
        length = np.sqrt(self._squares / people)
        return Ground(
            centre=centre,
            scale=np.where(spread > 1e-9 * length, spread, np.where(length > 0, length, 1.0)),
            low=values[:, 0],
            high=values[:, 1],
            take_up=take_up,
        )


def read_designs(chunks: Iterable[Chunk]) -> tuple[dict[Selection, Ground], Floats]:
    """Read every design once: selections that exist, a centre for each outcome.

    Args:
        chunks: All people.

    Returns:
        The design of every selection, everybody first; means of the outcomes in the first chunk,
        shape (m,).

    Raises:
        ValueError: There are no people, a covariate is missing, shapes differ between chunks,
            or clusters do not rise from chunk to chunk.
    """
    found: dict[Selection, _Designs] = {}
    centre = np.zeros(0)
    shape: tuple[int, bool, int, bool] | None = None
    blocks, last = 0, None
    for chunk in chunks:
        n, p = chunk.covariates.shape
        groups = 0 if chunk.groups is None else chunk.groups.shape[1]
        own = (p, chunk.take_up is None, groups, chunk.cluster is None)
        if shape is not None and own != shape:
            raise ValueError("all chunks must have the same columns")
        if n == 0:
            continue
        if not np.isfinite(chunk.covariates).all():
            raise ValueError("covariates must be complete")
        if chunk.cluster is not None:
            if last is not None and chunk.cluster.min() <= last:
                raise ValueError("the rows of a person must stand in one chunk, and codes rise")
            last = int(chunk.cluster.max())
        if shape is None:
            shape = own
            y = chunk.outcomes()
            seen = ~np.isnan(y)
            centre = np.where(seen, y, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
        blocks = max(blocks, int(chunk.block.max()) + 1)
        for selection in _selections(chunk, groups):
            rows = selection.rows(chunk)
            design = found.setdefault(selection, _Designs(p))
            design.add(chunk.block[rows], chunk.covariates[rows])
    if shape is None:
        raise ValueError("there are no people")
    order = sorted(found, key=lambda s: (-1, 0) if s.variable is None else (s.variable, s.level))
    return {s: found[s].ground(blocks, take_up=not shape[1]) for s in order}, centre


def _selections(chunk: Chunk, groups: int) -> Iterator[Selection]:
    yield Selection()
    for v in range(groups):
        levels = np.unique(chunk.groups[:, v]) if chunk.groups is not None else np.zeros(0)
        yield from (Selection(v, int(code)) for code in levels[levels >= 0])


def features(x: Floats) -> Floats:
    """Constant, covariates and their products, each once; shape (n, 1 + p + p(p + 1)/2)."""
    n, p = x.shape
    one, two = np.triu_indices(p)
    out = np.empty((n, 1 + p + one.size))
    out[:, 0] = 1.0
    out[:, 1 : 1 + p] = x
    np.multiply(x[:, one], x[:, two], out=out[:, 1 + p :])
    return out


@dataclass(frozen=True)
class Cell:
    """People of one arm and block in a chunk.

    Attributes:
        code: Block, plus the number of blocks in the support arm.
        rows: Their positions in the chunk; shape (n,).
        features: As :func:`features` gives them, centred within the block; shape (n, f).
        take_up: Shape (n,), or None.
    """

    code: int
    rows: Ints
    features: Floats
    take_up: Floats | None


def cells(chunk: Chunk, selection: Selection, ground: Ground) -> Iterator[Cell]:
    """The people of a selection, cell by cell; a large cell comes in pieces."""
    rows = selection.rows(chunk)
    blocks = ground.centre.shape[0]
    code = chunk.block[rows] + blocks * chunk.support[rows]
    order = np.argsort(code, kind="stable")
    counts = np.bincount(code, minlength=2 * blocks)
    ends = np.cumsum(counts)
    for cell in np.flatnonzero(counts):
        everyone = rows[order[ends[cell] - counts[cell] : ends[cell]]]
        for inside in np.array_split(everyone, -(-everyone.size // _IN_CACHE)):
            x = (chunk.covariates[inside] - ground.centre[cell % blocks]) / ground.scale
            taken = None if chunk.take_up is None else chunk.take_up[inside]
            yield Cell(int(cell), inside, features(x), taken)


@dataclass(frozen=True)
class Sums:
    """Sums over the people of each cell who have the outcome; C cells, m outcomes.

    Attributes:
        design: Of the features, then of take-up and take-up times each covariate; (C, f, m).
        outcome: Of the outcome less its centre, and that times each covariate; (C, 1 + p, m).
        nonzero: Number with another value than zero; shape (C, m).
        low: Smallest outcome; shape (C, m).
        high: Largest outcome; shape (C, m).
    """

    design: Floats
    outcome: Floats
    nonzero: Floats
    low: Floats
    high: Floats

    @classmethod
    def empty(cls, number: int, p: int, m: int, *, take_up: bool) -> Sums:
        """Nobody yet, in ``number`` cells."""
        size = 1 + p + p * (p + 1) // 2 + (1 + p if take_up else 0)
        return cls(
            np.zeros((number, size, m)),
            np.zeros((number, 1 + p, m)),
            np.zeros((number, m)),
            np.full((number, m), np.inf),
            np.full((number, m), -np.inf),
        )

    def add(self, found: Found) -> None:
        """Add what :func:`first_pass` found in a chunk."""
        for code, (design, outcome, nonzero, low, high) in found:
            self.design[code] += design
            self.outcome[code] += outcome
            self.nonzero[code] += nonzero
            np.fmin(self.low[code], low, out=self.low[code])
            np.fmax(self.high[code], high, out=self.high[code])


def _patterns(missing: Bools, columns: Ints) -> tuple[Ints, Ints]:
    """One column of each pattern of missing values, and the pattern of every column.

    Outcomes of one month are mostly known or missing together.
    """
    packed = np.ascontiguousarray(np.packbits(missing[:, columns], axis=0).T)
    first: dict[bytes, int] = {}
    alike = np.array([first.setdefault(row.tobytes(), len(first)) for row in packed])
    at = np.unique(alike, return_index=True)[1]
    return columns[at], alike.astype(np.int64)


def first_pass(people: Iterable[Cell], y: Floats, centre: Floats, p: int) -> Found:
    """Sums of one chunk by cell; ``y`` are its outcomes (n, m), ``centre`` has shape (m,)."""
    out: list[tuple[int, tuple[Floats, ...]]] = []
    for cell in people:
        part, basis = y[cell.rows], cell.features
        if cell.take_up is not None:
            basis = np.hstack([basis, basis[:, : 1 + p] * cell.take_up[:, None]])
        missing = np.isnan(part)
        absent = missing.sum(axis=0)
        design = np.where(absent == 0, basis.sum(axis=0)[:, None], 0.0)
        some = (absent > 0) & (absent < part.shape[0])
        if some.any():
            at, alike = _patterns(missing, np.flatnonzero(some))
            design[:, some] = (basis.T @ (~missing[:, at]).astype(np.float64))[:, alike]
        nonzero = np.count_nonzero(part, axis=0) - absent.astype(np.float64)
        least, most = (np.fmin, np.fmax) if absent.any() else (np.minimum, np.maximum)
        low, high = least.reduce(part, axis=0), most.reduce(part, axis=0)
        part -= centre
        if absent.any():
            np.copyto(part, 0.0, where=missing)
        outcome = cell.features[:, : 1 + p].T @ part
        out.append((cell.code, (design, outcome, nonzero, low, high)))
    return out
