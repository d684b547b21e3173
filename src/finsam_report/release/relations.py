"""What quantities add up to: how a number that is not shown could be found from others.

Every relation that could hold is proposed from the keys alone and kept if it holds for the
numbers themselves: where a level is missing, or blocks are weighted, the sum is another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from finsam_report.release import joint, levels, organisation_counts
from finsam_report.release.kept import Kept, Relation, grouped
from finsam_report.release.levels import MONTH, OTHER
from finsam_report.release.quantities import (
    ARMS,
    BOTH,
    KNOWN,
    RANDOMISED,
    SLACK,
    SUM,
    SUPPORT,
    WEIGHTED,
    Key,
    Quantities,
)
from finsam_report.release.readers import COVARIATE, NOT

NEW = "new by "  # before those who are added, or lost, from one horizon to the next
CHAINS = ("followed", "met_team by", "in_later_draw", "drawn_later")
_OF = {"met": "met_team", "not_met": f"{NOT}met_team"}
_AT = re.compile(r"(.+) @(-?[0-9.]+)")


def _arms_and_blocks(kept: Kept, keys: Sequence[Key]) -> None:
    for key in keys:
        if key.arm == SUPPORT:
            kept.whole(key._replace(arm=BOTH), [key._replace(arm=arm) for arm in ARMS])
    placed = grouped((key._replace(place=""), key) for key in keys if key.place)
    for whole, pieces in placed.items():
        kept.whole(whole, pieces)


def _weighted(kept: Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
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


def _not(kept: Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """Those who did not do what others did."""
    for key in keys:
        whole = base.get(key)
        if whole is None and key.counts and key.what != RANDOMISED and not key.status:
            whole = key._replace(what=RANDOMISED)
            both = key.arm == BOTH and not key.what.startswith(("answered_", "met_team"))
            if both or key.what.startswith((NOT, NEW, OTHER)):
                continue
        if whole is None or whole not in kept.values:
            continue
        rest = key._replace(what=NOT + key.what)
        pieces = [key, rest] if rest in kept.values else [key]
        kept.whole(whole, pieces, None if rest in kept.values else rest)


def _answered(kept: Kept, keys: Sequence[Key]) -> None:
    """Characteristics of those who answered and of those who did not."""
    by_whole = grouped(
        (key._replace(status=""), key)
        for key in keys
        if key.status.startswith(("answered:", "silent:"))
    )
    silent: dict[tuple[Key, Key], list[Key]] = defaultdict(list)
    for whole, pieces in by_whole.items():
        if len(pieces) > 1:
            kept.whole(whole, pieces)
            continue
        one = pieces[0]  # of an arm only those who answered are told
        rest = one._replace(what=f"{SLACK}silent {one.what}")
        kept.room(whole, pieces, rest)
        if rest in kept.values and COVARIATE in one.what and not one.what.startswith(KNOWN):
            answered = one._replace(what=one.status.replace(":", "_"), status="")
            silent[answered, one._replace(what=one.what.partition("=")[0])].append(rest)
    for (answered, name), some in silent.items():  # they are some of those who did not answer
        room = name._replace(what=f"{SLACK}silent others {name.what}")
        kept.room(answered._replace(what=RANDOMISED), [answered, *some], room)


def _halves(kept: Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """What some did and the others did not; who answered and who took support up."""
    _not(kept, keys, base)
    _answered(kept, keys)
    for key in keys:
        if not key.what.startswith(KNOWN):
            continue
        if key.status in _OF:
            whole = key._replace(what=_OF[key.status], status="")
            kept.room(whole, [key], key._replace(what=f"{SLACK}{key.status} {key.what}"))
        state, _, wave = key.status.partition(":")
        if state in ("answered", "silent"):
            of = f"answered_{wave}" if state == "answered" else f"{NOT}answered_{wave}"
            kept.whole(key._replace(what=of, status=""), [key], key._replace(what=NOT + key.what))


def _met(kept: Kept, keys: Sequence[Key], told: set[tuple[str, str]]) -> None:
    """Characteristics of those who took support up and of the others, if not told by person."""
    for key in keys:
        variable = key.what.removeprefix(KNOWN).removeprefix(COVARIATE).partition("=")[0]
        if key.status != "met" or (key.part, variable) in told:
            continue
        whole = key._replace(status="")
        if key.what.startswith(COVARIATE) and whole not in kept.values:
            whole = whole._replace(what=WEIGHTED + whole.what)
        # How many there are of whom it is not known is not told by take-up.
        kept.near(whole, [key, key._replace(status="not_met")])


def _horizons(kept: Kept, keys: Sequence[Key]) -> None:
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


def _recruited(kept: Kept, keys: Sequence[Key]) -> None:
    """People by month and party: their sums are known from elsewhere."""
    cells = [key for key in keys if MONTH in key.status]
    for at in (0, 2):  # of a party, of a month
        totals = grouped((k._replace(status=k.status.partition(MONTH)[at]), k) for k in cells)
        for whole, pieces in totals.items():
            kept.values.setdefault(whole, sum(kept.values[key] for key in pieces))
            kept.known.add(whole)  # unless it is small: then nobody should know it
            kept.whole(whole, pieces)
    halves = grouped((_half_year(key), key) for key in cells if "referred" in key.what)
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
    kept = Kept(found)
    base = {fact.key: fact.base for fact in found.facts if fact.base is not None}
    keys = list(found.values)
    _recruited(kept, keys)
    for step in (_weighted, levels.levels, _halves, levels.items):
        step(kept, keys, base)
    levels.inside(kept, list(found.values))
    levels.scales(kept, keys)
    _met(kept, keys, joint.people(kept))
    organisation_counts.relations(kept)
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
