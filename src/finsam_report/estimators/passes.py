"""Effects on many outcomes of any number of people, in two passes over chunks of them.

The numbers are those of :func:`itt.itt`, :func:`iv.late` and :func:`subgroups.subgroup_effects`,
but people arrive a chunk at a time, from arrays, the row groups of a file or a database, and
memory does not grow with their number. A reading of the design alone goes before: it finds
blocks, levels of subgroups and means about which sums lose no digits. The first pass adds up
counts, sums and products, from which every coefficient follows; the second adds up squared
influences over one minus leverage, the HC2 variance, and for paths of outcomes their products.

It differs from working on whole arrays in this alone: a covariate counts as a dummy if it takes
two values among all people (or all in the level of a subgroup), and not merely among those who
have the outcome; a covariate is left out as a combination of those before it if its own part is
below a millionth of its spread, because squares of smaller parts drown in rounding; and without
variation within an arm that its other covariates leave, no effect is estimated.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.pass_plans import Plan, plan
from finsam_report.estimators.pass_results import Result, fit, tally
from finsam_report.estimators.pass_scores import (
    DETERMINED,
    Columns,
    Spread,
    second_pass,
    together,
)
from finsam_report.estimators.pass_sums import (
    Chunk,
    Found,
    Ground,
    Selection,
    Sums,
    cells,
    first_pass,
    read_designs,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Chunks = Callable[[], Iterable[Chunk]]
S = TypeVar("S")
T = TypeVar("T")

CHUNK = 16_384
_WORKERS = 2


def in_order(work: Callable[[S], T], items: Iterable[S], workers: int) -> Iterator[T]:
    """Results of ``work`` in the order of the items, with few of these in memory at a time."""
    if workers < 2:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(max_workers=workers) as pool:
        waiting: deque[Future[T]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Read:
    """A chunk whose outcomes are read once for all selections, by whoever needs them first."""

    def __init__(self, chunk: Chunk, m: int) -> None:
        self.chunk = chunk
        self._m = m
        self._lock = Lock()
        self._outcomes: Floats | None = None

    def outcomes(self) -> Floats:
        """Shape (n, m)."""
        with self._lock:
            if self._outcomes is None:
                y = np.asarray(self.chunk.outcomes(), dtype=np.float64)
                if y.shape != (self.chunk.support.size, self._m):
                    raise ValueError(
                        "outcomes must have one row per person and the same columns throughout"
                    )
                self._outcomes = y
            return self._outcomes


def _each(
    chunks: Chunks, m: int, selections: Iterable[Selection]
) -> Iterator[tuple[_Read, Selection]]:
    """Every chunk with every selection, chunk by chunk."""
    chosen = list(selections)
    for chunk in chunks():
        read = _Read(chunk, m)
        yield from ((read, selection) for selection in chosen)


def array_chunks(
    support: Bools,
    block: Ints,
    covariates: Floats,
    outcomes: Floats,
    *,
    take_up: Floats | None = None,
    groups: Ints | None = None,
    cluster: Ints | None = None,
    size: int = CHUNK,
) -> Chunks:
    """Chunks of arrays in memory; the arrays are those of :class:`Chunk`.

    Args:
        support: Arm; shape (n,).
        block: Block codes; shape (n,).
        covariates: Complete covariates; shape (n, p).
        outcomes: Outcomes, NaN where missing; shape (n, m).
        take_up: Shape (n,).
        groups: Shape (n, v).
        cluster: Rising codes, so that the rows of a person stand together; shape (n,).
        size: People in a chunk; more where a person's rows would be parted.
    """
    cuts = np.arange(0, support.size, size)
    if cluster is not None:
        starts = np.flatnonzero(np.diff(cluster, prepend=cluster[:1] - 1))
        cuts = np.unique(starts[np.searchsorted(starts, cuts, side="right") - 1])
    ends = np.append(cuts[1:], support.size)

    def chunks() -> Iterator[Chunk]:
        for start, end in zip(cuts.tolist(), ends.tolist(), strict=True):
            at = slice(start, end)
            yield Chunk(
                support=support[at],
                block=block[at],
                covariates=covariates[at],
                outcomes=partial(outcomes.__getitem__, at),
                take_up=None if take_up is None else take_up[at],
                groups=None if groups is None else groups[at],
                cluster=None if cluster is None else cluster[at],
            )

    return chunks


def two_passes(
    chunks: Chunks,
    *,
    paths: Sequence[Ints] = (),
    level: float = 0.95,
    workers: int = _WORKERS,
) -> dict[Selection, Result]:
    """Effects on every outcome, for everybody and in each level of the subgroup variables.

    Args:
        chunks: Gives all people anew each time it is called, in the same chunks.
        paths: Sets of outcomes, for instance the months of one or a family at one horizon,
            whose effects get a joint covariance; their positions; shape (k,) each.
        level: Level of the intervals.
        workers: Chunks worked on at the same time; results do not depend on it.

    Returns:
        Results for everybody (``Selection()``) and for ``Selection(variable, level)``. With
        clusters standard errors are CR1 (with Stata's factor) and degrees of freedom the
        clusters less one, else HC2.

    Raises:
        ValueError: There are no people, covariates are missing, shapes differ between chunks,
            or clusters do not rise from chunk to chunk.

    References:
        Lin (2013), Annals of Applied Statistics 7(1); MacKinnon and White (1985), Journal of
        Econometrics 29(3); Anderson and Rubin (1949).
    """
    grounds, centre = read_designs(chunks())
    m = centre.size
    columns = [together(np.asarray(path, dtype=np.int64)) for path in paths]
    sums = _first(chunks, grounds, centre, workers)
    # One person alone may decide a coefficient, which only a pass over people can tell. Then the
    # last covariate goes and the pass is made again: seldom, and never more than covariates.
    out: dict[Selection, Result] = {}
    fewer = {selection: np.zeros(m, dtype=np.int64) for selection in grounds}
    while len(out) < len(grounds):
        left = [selection for selection in grounds if selection not in out]

        def both(s: Selection) -> tuple[Plan, Plan]:
            plain = plan(sums[s], grounds[s], centre, adjust=False)
            return plain, plan(sums[s], grounds[s], centre, adjust=True, fewer=fewer[s])

        plans = dict(zip(left, in_order(both, left, workers), strict=True))
        spreads = _second(chunks, grounds, plans, columns, workers)
        for selection, (plain, adjusted) in plans.items():
            bare, full = spreads[selection]
            alone = (full.leverage > DETERMINED) & adjusted.kept.any(axis=0)
            if alone.any():
                fewer[selection] += alone
                continue
            counts = tally(sums[selection], plain)
            with np.errstate(divide="ignore", invalid="ignore"):
                room = np.where(plain.used[0] > 1, plain.used[0] - 1, np.nan)
                sd = np.sqrt((bare.control + plain.between) / room)
            sd = np.where((counts.low == counts.high) & (sd >= 0), 0.0, sd)
            out[selection] = Result(
                plain=fit(plain, bare, sd, counts, columns, level),
                adjusted=fit(adjusted, full, sd, counts, columns, level),
                tally=counts,
            )
    return {selection: out[selection] for selection in grounds}


def _first(
    chunks: Chunks, grounds: dict[Selection, Ground], centre: Floats, workers: int
) -> dict[Selection, Sums]:
    p, m = grounds[Selection()].scale.size, centre.size
    out = {
        s: Sums.empty(2 * ground.centre.shape[0], p, m, take_up=ground.take_up)
        for s, ground in grounds.items()
    }

    def work(item: tuple[_Read, Selection]) -> tuple[Selection, Found]:
        read, s = item
        return s, first_pass(cells(read.chunk, s, grounds[s]), read.outcomes(), centre, p)

    for selection, found in in_order(work, _each(chunks, m, grounds), workers):
        out[selection].add(found)
    return out


def _second(
    chunks: Chunks,
    grounds: dict[Selection, Ground],
    plans: dict[Selection, tuple[Plan, Plan]],
    columns: list[Columns],
    workers: int,
) -> dict[Selection, list[Spread]]:
    m = next(iter(plans.values()))[0].estimate.size
    out: dict[Selection, list[Spread]] = {}

    def work(item: tuple[_Read, Selection]) -> tuple[Selection, list[Spread]]:
        read, s = item
        people = cells(read.chunk, s, grounds[s])
        return s, second_pass(people, read.outcomes(), plans[s], columns, read.chunk.cluster)

    for selection, found in in_order(work, _each(chunks, m, plans), workers):
        if selection not in out:
            out[selection] = found
            continue
        for total, part in zip(out[selection], found, strict=True):
            total.add(part)
    return out
