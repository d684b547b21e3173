"""What quantities add up to: how a number that is not shown could be found from others.

Every relation that could hold is proposed from the keys alone and kept if it holds for the
numbers themselves: where a level is missing, or blocks are weighted, the sum is another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from finsam_report.release.quantities import (
    ARMS,
    BOTH,
    KNOWN,
    MOMENT,
    RANDOMISED,
    SAME,
    SLACK,
    SUM,
    SUPPORT,
    WEIGHTED,
    Key,
    Quantities,
)
from finsam_report.release.readers import COVARIATE, ITEM, MISSING, NOT

OTHER = "other "  # before those who belong to no level that is told
NEW = "new by "  # before those who are added, or lost, from one horizon to the next
CHAINS = ("followed", "met_team by", "in_later_draw", "drawn_later")
MONTH = "|month:"
_OF = {"met": "met_team", "not_met": f"{NOT}met_team"}
_AT = re.compile(r"(.+) @(-?[0-9.]+)")


@dataclass(frozen=True)
class Relation:
    """Quantities times numbers that add up to zero."""

    terms: tuple[tuple[Key, float], ...]


class _Kept:
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


def _grouped(keys: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    """Keys by the whole they are a piece of."""
    out: dict[Key, list[Key]] = defaultdict(list)
    for whole, piece in keys:
        out[whole].append(piece)
    return out


def _arms_and_blocks(kept: _Kept, keys: Sequence[Key]) -> None:
    for key in keys:
        if key.arm == SUPPORT:
            kept.whole(key._replace(arm=BOTH), [key._replace(arm=arm) for arm in ARMS])
    placed = _grouped((key._replace(place=""), key) for key in keys if key.place)
    for whole, pieces in placed.items():
        kept.whole(whole, pieces)


def _weighted(kept: _Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """A share that is weighted by blocks is a sum over blocks of which all know the sizes."""
    values = kept.values
    sizes: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for key in keys:
        if key.what == RANDOMISED and key.place and key.arm != BOTH and not key.status:
            sizes[key.part][key.place][key.arm] = values[key]
    for key in keys:
        if not key.what.startswith(WEIGHTED) or key not in base:
            continue
        if COVARIATE in key.what and key.arm == SUPPORT:  # not told by block
            exact = key._replace(what=key.what.removeprefix(WEIGHTED), arm=BOTH)
            kept.near(exact, [key._replace(arm=arm) for arm in ARMS])
        if key.status:
            continue
        # Blocks with fewer than two people of an arm are left out of such shares.
        used = {b: n for b, n in sizes[key.part].items() if len(n) == 2 and min(n.values()) > 1}
        people = sum(sum(n.values()) for n in used.values())
        what, whole = key.what.removeprefix(WEIGHTED), values[base[key]]
        kept.add(
            key,
            [
                (key._replace(what=what, place=block),
                 sum(n.values()) / people * whole / n[key.arm])
                for block, n in used.items()
            ],
        )  # fmt: skip


def _levels(kept: _Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """Subgroups, answers and states add up to all, and so do the levels of a covariate."""
    by_status = _grouped(
        (key._replace(status=key.status.partition("=")[0]), key)
        for key in keys
        if "=" in key.status and MONTH not in key.status
    )
    for name, pieces in by_status.items():
        whole = base.get(pieces[0], name._replace(status=""))
        if whole.status:  # shares within a subgroup
            whole = name._replace(status="")
        kept.whole(whole, pieces, name._replace(what=OTHER + name.what) if name.counts else None)
    by_level = _grouped(
        (key._replace(what=key.what.partition("=")[0]), key)
        for key in keys
        if COVARIATE in key.what and "=" in key.what and not key.what.startswith((KNOWN, NOT))
    )
    for name, pieces in by_level.items():
        if len(pieces) > 1 and pieces[0] in base:
            kept.whole(base[pieces[0]], pieces, name._replace(what=OTHER + name.what))


def _scales(kept: _Kept, keys: Sequence[Key]) -> None:
    """The sum of people's answers lies between the ends of the scale times their number.

    With a level that is not told, the sums of the levels told leave a rest that does so too.
    """
    ends: dict[tuple[str, str], list[float]] = defaultdict(list)
    for key in keys:
        if key.what.startswith(ITEM):
            answer = float(key.status.partition("=")[2])
            ends[key.part, key.what.removeprefix(ITEM)].append(answer)
    sums = [k for k in keys if k.what.startswith(SUM)]
    levels = _grouped((k._replace(status=k.status.partition("=")[0]), k) for k in sums if k.status)
    for name, told in levels.items():
        item = name.what.removeprefix(SUM)
        rest = name._replace(what=OTHER + KNOWN + item)
        if (name.part, item) in ends and rest in kept.values:
            other = name._replace(what=f"{SUM}{OTHER}{item}")
            kept.whole(name._replace(status=""), told, other)
            if other in kept.values:
                sums.append(other)
    for key in sums:
        item = key.what.removeprefix(SUM).removeprefix(OTHER)
        people = key._replace(what=key.what.removeprefix(SUM).replace(item, KNOWN + item))
        if (key.part, item) in ends and people in kept.values and key in kept.values:
            low, high = min(ends[key.part, item]), max(ends[key.part, item])
            for name, times in (("low", low), ("high", high)):
                room = key._replace(what=f"{SLACK}{name} {key.what}")
                sign = 1.0 if name == "low" else -1.0
                lacking = sign * (kept.values[key] - times * kept.values[people])
                if lacking > -SAME:
                    kept.values[room] = max(lacking, 0.0)
                    terms = ((key, -sign), (people, sign * times), (room, 1.0))
                    kept.relations.append(Relation(terms))


def _halves(kept: _Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """What some did and the others did not; who answered and who took support up."""
    for key in keys:
        whole = base.get(key)
        if whole is None and key.counts and key.what != RANDOMISED and not key.status:
            whole = key._replace(what=RANDOMISED)
            whole_only = key.arm == BOTH and not key.what.startswith(("answered_", "met_team"))
            if whole_only or key.what.startswith((NOT, NEW, OTHER)):
                continue
        if whole is None or whole not in kept.values:
            continue
        rest = key._replace(what=NOT + key.what)
        if rest in kept.values:
            kept.whole(whole, [key, rest])
        else:
            kept.whole(whole, [key], rest)
    by_whole = _grouped(
        (key._replace(status=""), key)
        for key in keys
        if key.status.startswith(("answered:", "silent:"))
    )
    silent: dict[tuple[Key, Key], list[Key]] = defaultdict(list)
    for whole, pieces in by_whole.items():
        if len(pieces) > 1:
            kept.whole(whole, pieces)
        else:  # of an arm only those who answered are told
            one = pieces[0]
            rest = one._replace(what=f"{SLACK}silent {one.what}")
            kept.room(whole, pieces, rest)
            if rest in kept.values and COVARIATE in one.what and not one.what.startswith(KNOWN):
                answered = one._replace(what=one.status.replace(":", "_"), status="")
                silent[answered, one._replace(what=one.what.partition("=")[0])].append(rest)
    for (answered, name), some in silent.items():  # they are some of those who did not answer
        room = name._replace(what=f"{SLACK}silent others {name.what}")
        kept.room(answered._replace(what=RANDOMISED), [answered, *some], room)
    for key in keys:
        if key.status == "met":
            whole = key._replace(status="")
            if key.what.startswith(COVARIATE) and whole not in kept.values:
                whole = whole._replace(what=WEIGHTED + whole.what)
            # How many there are of whom it is not known is not told by take-up.
            kept.near(whole, [key, key._replace(status="not_met")])
        if key.what.startswith(KNOWN) and key.status in _OF:
            of = key._replace(what=_OF[key.status], status="")
            kept.room(of, [key], key._replace(what=f"{SLACK}{key.status} {key.what}"))
        if not key.what.startswith(KNOWN):
            continue
        name, _, wave = key.status.partition(":")
        if name in ("answered", "silent"):
            of = f"answered_{wave}" if name == "answered" else f"{NOT}answered_{wave}"
            kept.whole(key._replace(what=of, status=""), [key], key._replace(what=NOT + key.what))


def _inside(kept: _Kept, keys: Sequence[Key]) -> None:
    """People of a subgroup who are behind an estimate are some of all with that characteristic."""
    levels: dict[tuple[str, str, str], dict[str, list[Key]]] = defaultdict(dict)
    for key in keys:
        name = key.what.removeprefix(WEIGHTED)
        if name.startswith(COVARIATE) and key.status in ("", kept.primary):
            variable = key.part, key.arm, name.partition("=")[0]
            levels[variable].setdefault(name, []).append(key)
    for key in keys:
        if not key.what.startswith(KNOWN) or "=" not in key.status or key.arm not in ARMS:
            continue
        name = COVARIATE + key.status
        for arm in (key.arm, BOTH) if key.arm == SUPPORT else (key.arm,):
            same = levels.get((key.part, arm, name.partition("=")[0]), {})
            wholes = same.get(name, [])
            if not wholes and len(same) == 1:  # of two levels one is told
                wholes = [k._replace(what=NOT + k.what) for k in next(iter(same.values()))]
            some = [key] if arm != BOTH else [key._replace(arm=one) for one in ARMS]
            for whole in wholes:
                rest = key._replace(what=f"{SLACK}{whole.what}{whole.status}{key.what}", arm=arm)
                kept.room(whole, some, rest)


def _items(kept: _Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """Answers to an item: with those who left it empty, and with their mean and spread."""
    for key in keys:
        if key.what.startswith(MISSING) and key in base:
            item = key.what.removeprefix(MISSING)
            kept.whole(base[key], [key, key._replace(what=KNOWN + item)])
    answers = _grouped((key._replace(status=""), key) for key in keys if key.what.startswith(ITEM))
    for whole, pieces in answers.items():
        item = whole.what.removeprefix(ITEM)
        for power in (1, 2):
            kept.add(
                whole._replace(what=f"{MOMENT}{power} {item}"),
                [(key, float(key.status.partition("=")[2]) ** power) for key in pieces],
            )


def _horizons(kept: _Kept, keys: Sequence[Key]) -> None:
    """Months against what is summed over them, and what is added from one to the next."""
    series: dict[Key, dict[float, Key]] = defaultdict(dict)
    for key in keys:
        told = _AT.fullmatch(key.what)
        if told:
            series[key._replace(what=told[1])][float(told[2])] = key
    for name, by in series.items():
        if name.what.startswith(f"{SUM}cumulated "):
            outcome = name.what.removeprefix(f"{SUM}cumulated ")
            for what in (outcome, WEIGHTED + outcome, SUM + outcome):
                months = series.get(name._replace(what=what), {})
                for horizon, whole in by.items():
                    kept.whole(whole, [months[h] for h in sorted(months) if 0 < h <= horizon])
        if name.what in CHAINS:
            ordered = sorted(by)
            for first, second in pairwise(ordered):
                one, two = by[first], by[second]
                if kept.values[one] > kept.values[two]:
                    one, two = two, one
                kept.whole(two, [one], two._replace(what=NEW + by[second].what))


def _recruited(kept: _Kept, keys: Sequence[Key]) -> None:
    """People by month and party: their sums are known from elsewhere."""
    cells = [key for key in keys if MONTH in key.status]
    for cut in (lambda k: k.status.partition(MONTH)[0], lambda k: k.status.partition(MONTH)[2]):
        for whole, pieces in _grouped((k._replace(status=cut(k)), k) for k in cells).items():
            kept.values.setdefault(whole, sum(kept.values[key] for key in pieces))
            kept.known.add(whole)  # unless it is small: then nobody should know it
            kept.whole(whole, pieces)
    halves = _grouped((_half_year(key), key) for key in cells if "referred" in key.what)
    for whole, pieces in halves.items():
        kept.whole(whole, pieces)


def _half_year(key: Key) -> Key:
    """The organisation's number of people referred in the half-year of a month."""
    party, _, month = key.status.partition(MONTH)
    half = int(month[:4]) + (0.5 if int(month[5:7]) > 6 else 0.0)
    return Key("organisation", f"referrals @{half:g}", status=party)


def relations(found: Quantities) -> tuple[list[Relation], set[Key]]:
    """The relations between the quantities of a ledger, and totals that are known from elsewhere.

    Quantities that follow from others (those who did not answer) are added to ``found.values``.

    Args:
        found: What the rows tell.
    """
    kept = _Kept(found)
    base = {fact.key: fact.base for fact in found.facts if fact.base is not None}
    keys = list(found.values)
    _recruited(kept, keys)
    for step in (_weighted, _levels, _halves, _items):
        step(kept, keys, base)
    _inside(kept, list(found.values))
    _scales(kept, keys)
    _horizons(kept, keys)
    # Once more with what followed: those who did not, in both arms and all blocks.
    _arms_and_blocks(kept, list(found.values))
    return kept.relations, kept.known


def pieces(
    relations: Sequence[Relation], start: Iterable[Key], fixed: Container[Key]
) -> Iterator[list[Relation]]:
    """The relations that hang together with some quantities, each such set once.

    Args:
        relations: All relations.
        start: The quantities.
        fixed: Quantities that are known in any case; what they alone connect hangs apart.
    """
    of: dict[Key, list[int]] = defaultdict(list)
    for at, relation in enumerate(relations):
        for key, _ in relation.terms:
            if key not in fixed:
                of[key].append(at)
    seen: set[int] = set()
    for key in start:
        todo, mine = [at for at in of[key] if at not in seen], set[int]()
        while todo:
            at = todo.pop()
            if at not in mine:
                mine.add(at)
                todo += [other for k, _ in relations[at].terms for other in of[k]]
        if mine:
            seen |= mine
            yield [relations[at] for at in sorted(mine)]
