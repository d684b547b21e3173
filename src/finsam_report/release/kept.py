"""Relations between quantities that hold for the numbers themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from finsam_report.release.quantities import KNOWN, SAME, Key, Quantities

TAKEN = ("met", "not_met")


@dataclass(frozen=True)
class Relation:
    """Quantities times numbers that add up to zero.

    Attributes:
        terms: Quantities and numbers.
        absolute: Whether some of the quantities have no known value. Otherwise what differs from
            the values adds up to zero, also where weights make the values themselves not do so.
    """

    terms: tuple[tuple[Key, float], ...]
    absolute: bool = False


class Kept:
    """The relations that hold, and the quantities that follow from them."""

    def __init__(self, found: Quantities) -> None:
        self.values = found.values
        self.relations: list[Relation] = []
        self.known: set[Key] = set()
        answered = [k.status for k in found.values if k.status.startswith("answered:")]
        self.primary = answered[0] if answered else ""

    def add(self, whole: Key, pieces: Sequence[tuple[Key, float]], rest: Key | None = None) -> None:
        """Keep ``whole = pieces (+ rest)`` if it holds; the rest is what the pieces lack."""
        total = self.values.get(whole)
        if total is None or not pieces or any(key not in self.values for key, _ in pieces):
            return
        lacking = total - sum(self.values[key] * times for key, times in pieces)
        terms = [(whole, -1.0), *pieces]
        if abs(lacking) > SAME * max(1.0, abs(total)):
            if rest is None or lacking < 0:
                return
            if abs(self.values.setdefault(rest, lacking) - lacking) > SAME * max(1.0, abs(total)):
                return
            terms.append((rest, 1.0))
        self.relations.append(Relation(tuple(terms)))

    def room(self, whole: Key, pieces: Sequence[Key], rest: Key) -> None:
        """Keep ``whole >= sum of pieces``, with what is between as a quantity of its own."""
        if all(key in self.values for key in (whole, *pieces)):
            lacking = self.values[whole] - sum(self.values[key] for key in pieces)
            if lacking > -SAME * max(1.0, self.values[whole]):
                self.values[rest] = max(lacking, 0.0)
                terms = [(whole, -1.0), *((key, 1.0) for key in pieces), (rest, 1.0)]
                self.relations.append(Relation(tuple(terms)))

    def near(self, whole: Key, pieces: Sequence[Key]) -> None:
        """Keep ``whole = pieces`` although weights make it differ a little: as if it were exact."""
        if all(key in self.values for key in (whole, *pieces)):
            self.relations.append(Relation(((whole, -1.0), *((key, 1.0) for key in pieces))))

    def whole(self, whole: Key, pieces: Iterable[Key], rest: Key | None = None) -> None:
        """Keep ``whole = sum of pieces (+ rest)`` if it holds."""
        self.add(whole, [(key, 1.0) for key in pieces], rest)

    def possible(self, relations: Sequence[Relation]) -> bool:
        """Whether there are numbers of people for which all of some relations hold.

        Numbers that the ledger has no value for may be any that is not negative, and so may those
        of people who took support up, of which only shares in a number that is not told are known.
        """
        place: dict[Key, int] = {}
        cells, right = [], []
        for at, relation in enumerate(relations):
            right.append(0.0)
            for key, times in relation.terms:
                if key in self.values and key.status not in TAKEN:
                    right[-1] -= times * self.values[key]
                else:
                    cells.append((at, place.setdefault(key, len(place)), times))
        if not cells:
            return not np.abs(right).max(initial=0.0) > SAME
        for key in list(place):
            known = key._replace(what=KNOWN + key.what.partition("=")[0])
            if key.status in TAKEN and "=" in key.what and known in place:
                share = self.values[key] / max(self.values[known], SAME)
                cells += [(len(right), place[key], 1.0), (len(right), place[known], -share)]
                right.append(0.0)
        rows, columns, numbers = zip(*cells, strict=True)
        left = sparse.csr_matrix((numbers, (rows, columns)), shape=(len(right), len(place)))
        found = linprog(np.zeros(len(place)), A_eq=left, b_eq=np.array(right), method="highs")
        return bool(found.status == 0)


def grouped(keys: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    """Keys by the whole they are a piece of."""
    out: dict[Key, list[Key]] = defaultdict(list)
    for whole, piece in keys:
        out[whole].append(piece)
    return out
