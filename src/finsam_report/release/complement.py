"""Which further numbers must go so that no count that is too small can be found from others.

For every small count the cheapest set of further numbers is found that leaves it in doubt: two
tables of people that agree in everything shown, whose counts differ by the threshold or more.
As a linear programme: how far, and at what cost, must the numbers shown be bent so that both
exist? What must be bent is taken out. See Fischetti and Salazar (2001), Solving the cell
suppression problem on tabular data with linear constraints, Management Science 47(7); here the
cost is that of the bending and no number of cells, so that each set is one programme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from finsam_report.parts.ledger import ORGANISATION
from finsam_report.release.kept import Relation
from finsam_report.release.quantities import (
    KNOWN,
    MOMENT,
    RANDOMISED,
    SUM,
    WEIGHTED,
    Fact,
    Key,
    Quantities,
)
from finsam_report.release.relations import pieces

Floats = npt.NDArray[np.float64]

_BENT = 1e-6
_FIXED = 1e5
_SUBJECT = 20.0  # by how much dearer is what a report is about
# Who crosses characteristics that are not crossed here knows a little more of people: so much
# wider than needed is an interval where that costs little.
ROOM = 1.0
_ROOM_BY = 20.0
_BY = 1e-3  # what it is worth to leave a further quantity in doubt by the way


@dataclass
class Hidden:
    """What is taken out.

    Attributes:
        rows: Rows without any number.
        fields: Single numbers of people, by row and column.
    """

    rows: set[int]
    fields: set[tuple[int, str]]

    def __contains__(self, fact: Fact) -> bool:
        return fact.row in self.rows or (fact.row, fact.field) in self.fields


class Shown:
    """Which quantities are told by what is still shown."""

    def __init__(
        self, found: Quantities, known: Iterable[Key], hidden: Hidden, about: Sequence[str] = ()
    ) -> None:
        self.found, self.known, self.hidden = found, set(known), hidden
        self.subject = tuple(about)  # how the places begin that a report is about
        self.of: dict[Key, list[Fact]] = defaultdict(list)
        for fact in found.facts:
            self.of[fact.key].append(fact)
        self.near: dict[Key, list[int]] = defaultdict(list)
        self.about: dict[Key, list[int]] = defaultdict(list)
        for rows, told in ((self.near, found.tells), (self.about, found.about)):
            for row, key in told:
                rows[key].append(row)

    def facts(self, key: Key) -> list[Fact]:
        """The facts that still tell a quantity."""
        return [fact for fact in self.of.get(key, ()) if fact not in self.hidden]

    def hide(self, key: Key, *, small: bool = False) -> None:
        """Take out everything that tells a quantity, or nearly; a small one, also about."""
        for fact in self.of.get(key, ()):
            if fact.field == "row":
                self.hidden.rows.add(fact.row)
            else:
                self.hidden.fields.add((fact.row, fact.field))
        self.hidden.rows.update(self.near.get(key, ()))
        if small:
            self.hidden.rows.update(self.about.get(key, ()))


def fixed(key: Key) -> bool:
    """Quantities that are better not touched: how many were randomised, and how many answered."""
    totals = key.what.startswith(("answered_", "followed", "not answered_")) and not key.place
    totals |= key.part == ORGANISATION and key.place.startswith("all@")
    return (key.what == RANDOMISED or totals) and not key.status


def cost(key: Key, value: float) -> float:
    """What it costs to do without a quantity, per person that it is bent."""
    what = key.what
    if what.startswith("referrals"):
        price = 500.0
    elif what == RANDOMISED:
        price = 60.0 if key.place else 1000.0
    elif what.startswith(MOMENT):
        price = 60.0
    elif what.startswith(WEIGHTED) and not key.status and "covariate" not in what:
        # Effects rest on it, and it is bent so little that its price must be high to count.
        price = _FIXED
    elif what.startswith((WEIGHTED, SUM)):
        price = 10.0 if key.status else 400.0
    elif what.startswith(KNOWN):
        price = 15.0 if key.status else 25.0
    elif what.startswith(("answered_", "met_team", "followed")):
        price = 8.0 if key.place else 60.0
    elif "=" in key.status or "covariate" in what or "month:" in key.status:
        price = 2.0
    else:
        price = 10.0
    # Nobody is no secret, and of several numbers the smallest goes.
    return price * (1 + 0.02 * float(np.log1p(max(value, 0.0)))) * (30.0 if value < 0.5 else 1.0)


def protect(
    shown: Shown, relations: Sequence[Relation], needed: Mapping[Key, float]
) -> dict[Key, Key]:
    """Take out further quantities until every small one is in doubt.

    Args:
        shown: What is shown; changed in place.
        relations: What adds up to what.
        needed: The small quantities, and how wide the interval must be that is left of each.

    Returns:
        The quantities that were taken out, and the small one because of which.
    """
    also: dict[Key, Key] = {}
    values = shown.found.values
    order = sorted(needed, key=lambda key: (values[key], key))
    todo = set(order)
    there = {key for relation in relations for key, _ in relation.terms}
    # Shares hang together with what they are shares of.
    linked = [
        *relations,
        *dict.fromkeys(
            Relation(((fact.key, 0.0), (fact.base, 0.0)))
            for fact in shown.found.facts
            if fact.base is not None and fact.key in there
        ),
    ]
    # First with the large totals as they are; then with all, for what they leave no room for.
    for sure in ({key for key in values if fixed(key) and key not in needed}, set[Key]()):
        for group in pieces(linked, [key for key in order if key in todo], sure):
            programme = _Programme(shown, group, sure)
            for key in order:
                if key not in todo or key not in programme.place:
                    continue
                others = {k: needed[k] for k in order if k in todo and k in programme.place}
                bent = programme.bent(key, others, last=not sure)
                if bent is None:
                    continue
                todo.discard(key)
                for other in bent[0]:
                    shown.hide(other)
                    also[other] = key
                # The two tables may leave others in doubt already, whatever more is hidden.
                gap = bent[1]
                todo -= {
                    k for k in programme.place if k in todo
                    and abs(gap[programme.place[k]]) >= needed[k] + programme.room - _BENT
                }  # fmt: skip
        todo &= there
    return also


class _Programme:
    """The linear programme of relations that hang together."""

    def __init__(self, shown: Shown, group: Sequence[Relation], sure: set[Key]) -> None:
        self.shown = shown
        values = shown.found.values
        keys = dict.fromkeys(k for relation in group for k, _ in relation.terms if k not in sure)
        self.group, self.keys = group, list(keys)
        self.room = ROOM if any(relation.absolute for relation in group) else 0.0
        for key in list(keys):  # what is told as a share of another
            for fact in shown.of.get(key, ()):
                if fact.base is not None and fact.base in values and fact.base not in sure:
                    keys.setdefault(fact.base)
        self.keys = list(keys)
        self.place = {key: at for at, key in enumerate(self.keys)}
        # People with a combination of characteristics have no value: any that is not negative.
        self.value = np.array([values.get(key, 0.0) for key in self.keys])
        self.right = np.array([
            -sum(times * values.get(key, 0.0) for key, times in relation.terms)
            if relation.absolute else 0.0
            for relation in group
        ])  # fmt: skip

    def _told(self) -> tuple[list[int], list[tuple[int, float]], Floats]:
        """What is told: the place of the quantity, of what it is a share, and the cost.

        A quantity that is told both as a number and as a share of a hidden number tells that
        number too, so that each way of telling counts.
        """
        told, shares, prices = [], [], []
        for at, key in enumerate(self.keys):
            known = key in self.shown.known
            price = _FIXED if known else cost(key, float(self.value[at]))
            if key.place.startswith(self.shown.subject):
                price *= _SUBJECT
            ways: dict[tuple[int, float], None] = {(-1, 0.0): None} if known else {}
            for fact in self.shown.facts(key):
                of = self.place.get(fact.base, -1) if fact.base is not None else -1
                ways.setdefault((of, fact.share if of >= 0 else 0.0))
            told += [at] * len(ways)
            shares += list(ways)
            prices += [price / max(len(ways), 1)] * len(ways)
        return told, shares, np.array(prices)

    def _conditions(
        self, told: list[int], shares: list[tuple[int, float]]
    ) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """What adds up, and how far each number told is bent, as functions of the deviations."""
        n, m = len(self.keys), len(told)
        cells = [
            (at, self.place[key], times)
            for at, relation in enumerate(self.group)
            for key, times in relation.terms
            if key in self.place
        ]
        rows, columns, numbers = zip(*cells, strict=True)
        adds_up = sparse.csr_matrix((numbers, (rows, columns)), shape=(len(self.group), n))
        bends = [(i, place, 1.0) for i, place in enumerate(told)]
        bends += [(i, base, -share) for i, (base, share) in enumerate(shares) if base >= 0]
        rows, columns, numbers = zip(*bends, strict=True)
        return adds_up, sparse.csr_matrix((numbers, (rows, columns)), shape=(m, n))

    def bent(
        self, key: Key, needed: Mapping[Key, float], *, last: bool
    ) -> tuple[list[Key], Floats] | None:
        """What must be taken out so that a quantity is left in an interval wide enough.

        As many others of ``needed`` as cost nothing are left in doubt by the same two tables.

        Returns:
            The quantities, and by how much the two tables differ in every quantity. None where
            the totals that are not touched leave no room for it; if this is the last resort,
            everything.
        """
        told, shares, prices = self._told()
        if not told:
            return ([], np.zeros(len(self.keys))) if last else None
        n, m = len(self.keys), len(told)
        adds_up, residual = self._conditions(told, shares)
        eye = sparse.identity(m)
        # Two tables of people, each as deviations and what the bending of each number costs.
        bend = sparse.bmat([[residual, -eye], [-residual, -eye]])
        equal = sparse.hstack([adds_up, sparse.csr_matrix((len(self.group), m))])
        wanted = [key, *(other for other in needed if other != key)]
        gap = sparse.lil_matrix((len(wanted), 2 * (n + m) + len(wanted)))
        for i, one in enumerate(wanted):
            gap[i, self.place[one]], gap[i, n + m + self.place[one]] = -1.0, 1.0
            gap[i, 2 * (n + m) + i] = 1.0
        none = sparse.csr_matrix((4 * m, len(wanted)))
        nothing = sparse.csr_matrix((2 * len(self.group), len(wanted)))
        twice = sparse.hstack([sparse.block_diag([bend, bend]), none])
        price = np.concatenate([np.zeros(n), prices])
        free = [(-v if v >= 0 else None, None) for v in self.value.tolist()] + [(0.0, None)] * m
        most = [(needed[one] if one == key else None, needed[one] + self.room) for one in wanted]
        worth = np.full(len(wanted), -_BY)
        worth[0] = -_ROOM_BY
        found = linprog(
            np.concatenate([price, price, worth]),
            A_ub=sparse.vstack([twice, gap]).tocsr(),
            b_ub=np.zeros(4 * m + len(wanted)),
            A_eq=sparse.hstack([sparse.block_diag([equal, equal]), nothing]).tocsr(),
            b_eq=np.concatenate([self.right, self.right]),
            bounds=free * 2 + most,
            method="highs",
        )
        if found.status != 0 and not last:
            return None
        if found.status != 0:
            every = [self.keys[j] for j in told if self.keys[j] not in self.shown.known]
            return every, np.zeros(n)
        x: Floats = found.x
        size = np.maximum(x[n : n + m], x[2 * n + m : 2 * (n + m)])
        gone = dict.fromkeys(
            self.keys[j]
            for i, j in enumerate(told)
            if size[i] > _BENT and self.keys[j] not in self.shown.known
        )
        return list(gone), x[:n] - x[n + m : 2 * n + m]
