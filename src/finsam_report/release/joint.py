"""People by arm, level of a characteristic, and what they did, of whom only sums are told.

Women who did not answer and women behind an estimate are no sum of each other, and yet they
bound each other. Here the people themselves are quantities: how many there are with each
combination. Nothing tells them, they are only not negative, and what is told are sums of them.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from finsam_report.parts.register_calendar import CALENDAR
from finsam_report.release.kept import Kept, Relation
from finsam_report.release.levels import ends
from finsam_report.release.quantities import (
    ARMS,
    BOTH,
    KNOWN,
    RANDOMISED,
    SUM,
    SUPPORT,
    WEIGHTED,
    Key,
)
from finsam_report.release.readers import COVARIATE

CELL = "cell "  # before people with a combination of characteristics
REST, UNKNOWN = "(rest)", "(unknown)"
FEW_BLOCKS = 6  # with more blocks a weighted share tells hardly more than a plain one
Term = tuple[Key, float]


@dataclass(frozen=True)
class _Space:
    """The combinations of one characteristic with what people did.

    Attributes:
        part: The part of the ledger.
        variable: The characteristic.
        levels: Its levels, then other ones and "unknown".
        states: Whether they answered; one where no survey was sent.
        takes: Whether they took support up; one where that is not told by level.
        sizes: People of each block and arm; one block where there are many.
        weighted: Whether shares and means are weighted by blocks.
    """

    part: str
    variable: str
    levels: tuple[str, ...]
    states: tuple[str, ...]
    takes: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, float]]
    weighted: bool

    def people(
        self, arm: str = BOTH, levels: Sequence[str] = (), state: str = "", take: str = "",
        block: str = "", times: float = 1.0,
    ) -> list[Term]:  # fmt: skip
        """All combinations of an arm, levels, a state; those not given are all."""
        every = itertools.product(
            ARMS if arm == BOTH else (arm,), levels or self.levels,
            (state,) if state else self.states, (take,) if take else self.takes,
            (block,) if block else self.sizes,
        )  # fmt: skip
        name = f"{CELL}{self.variable}"
        return [(Key(self.part, name, a, b, f"{one}|{s}|{t}"), times) for a, one, s, t, b in every]

    @property
    def named(self) -> tuple[str, ...]:
        """The levels that have a name."""
        return tuple(level for level in self.levels if level not in (REST, UNKNOWN))

    @property
    def placed(self) -> tuple[str, ...]:
        """The blocks, where they are told apart; else one without a name for all."""
        return ("", *self.sizes) if len(self.sizes) > 1 else ("",)


def _sizes(kept: Kept, part: str) -> dict[str, dict[str, float]]:
    """People of each arm in each block."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for key, value in kept.values.items():
        if key.part == part and key.what == RANDOMISED and key.place and key.arm != BOTH:
            out[key.place][key.arm] = value
    return dict(out)


def _spaces(kept: Kept) -> Iterator[_Space]:
    """The characteristics that are told of, or by which there are subgroups."""
    levels: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    described: dict[tuple[str, str], set[str]] = defaultdict(set)
    taken: set[tuple[str, str]] = set()
    for key in kept.values:
        name = key.what.removeprefix(WEIGHTED)
        if name.startswith(COVARIATE) and "=" in name and "=" not in key.status:
            variable, _, level = name.removeprefix(COVARIATE).partition("=")
            levels[key.part, variable].setdefault(level)
            described[key.part, variable].add(level)
            if key.status == "met":
                taken.add((key.part, variable))
        elif key.what.startswith(KNOWN) and "=" in key.status and "|" not in key.status:
            variable, _, level = key.status.partition("=")
            levels[key.part, variable].setdefault(level)
    for (part, variable), told in sorted(levels.items()):
        if variable == CALENDAR:  # on which side somebody is depends on the horizon
            continue
        answered = Key(part, kept.primary.replace(":", "_"), SUPPORT)
        states = ("answered", "silent") if kept.primary and answered in kept.values else ("",)
        takes = ("met", "not_met") if (part, variable) in taken else ("",)
        # Of two levels one is described, of three or more all are: then there is no other one.
        number = len(described[part, variable])
        whole = number == len(told) > 1 or (number, len(told)) == (1, 2)
        every = (*told, *(() if whole else (REST,)), UNKNOWN)
        sizes = _sizes(kept, part)
        few = sizes if 1 < len(sizes) <= FEW_BLOCKS else {"": {}}
        yield _Space(part, variable, every, states, takes, few, weighted=len(sizes) > 1)


def _everybody(kept: Kept, part: str, variable: str) -> bool:
    """Whether the characteristic is known of everybody."""
    known = Key(part, f"{KNOWN}{COVARIATE}{variable}")
    return all(
        kept.values.get(known._replace(arm=arm), -1.0)
        == kept.values.get(Key(part, RANDOMISED, arm))
        for arm in ARMS
    )


def _sum(kept: Kept, whole: Key, terms: Sequence[Term]) -> Iterator[Relation]:
    """``whole = terms``, if the whole is a quantity of the ledger."""
    if whole in kept.values:
        yield Relation(((whole, -1.0), *terms), absolute=True)


def _people(kept: Kept, space: _Space) -> Iterator[Relation]:
    """Arms, who answered, who took support up, of how many the characteristic is known."""
    part, known = space.part, f"{KNOWN}{COVARIATE}{space.variable}"
    wave = kept.primary.replace(":", "_")
    told = space.levels[:-1]
    for arm, block in itertools.product(ARMS, space.placed):
        everybody = space.people(arm, block=block)
        yield from _sum(kept, Key(part, RANDOMISED, arm, block), everybody)
        if len(space.states) > 1:
            answered = space.people(arm, state="answered", block=block)
            yield from _sum(kept, Key(part, wave, arm, block), answered)
        if len(space.takes) > 1:
            met = space.people(arm, take="met", block=block)
            yield from _sum(kept, Key(part, "met_team", arm, block), met)
    for arm in ARMS:
        if len(space.states) > 1:
            key = Key(part, known, arm, "", kept.primary)
            yield from _sum(kept, key, space.people(arm, told, "answered"))
        for take in space.takes if len(space.takes) > 1 else ():
            key = Key(part, known, arm, "", take)
            yield from _sum(kept, key, space.people(arm, told, take=take))
        key = Key(part, known, arm)
        if key in kept.values:
            yield from _sum(kept, key, space.people(arm, told))
        else:  # known of everybody
            yield Relation(tuple(space.people(arm, [UNKNOWN])), absolute=True)


def _levels(kept: Kept, space: _Space) -> Iterator[Relation]:
    """People with each level."""
    states = {"": ("", ""), kept.primary: ("answered", ""),
              kept.primary.replace("answered", "silent"): ("silent", ""),
              "met": ("", "met"), "not_met": ("", "not_met")}  # fmt: skip
    for level, (status, (state, take)) in itertools.product(space.named, states.items()):
        if (state and state not in space.states) or (take and take not in space.takes):
            continue
        for arm in (SUPPORT,) if take else (*ARMS, BOTH):
            key = Key(space.part, f"{COVARIATE}{space.variable}={level}", arm, "", status)
            yield from _sum(kept, key, space.people(arm, [level], state, take))


def _weighted(kept: Kept, space: _Space) -> Iterator[Relation]:
    """Shares that are weighted by blocks are sums over blocks of which all know the sizes."""
    sizes = space.sizes.values()
    if len(sizes) < 2 or not _everybody(kept, space.part, space.variable):
        return
    if any(len(n) < 2 or min(n.values()) < 2 for n in sizes):
        return  # such blocks are left out of the shares
    people = sum(sum(n.values()) for n in sizes)
    for arm, level in itertools.product(ARMS, space.named):
        key = Key(space.part, f"{WEIGHTED}{COVARIATE}{space.variable}={level}", arm)
        whole = sum(n[arm] for n in sizes)
        terms = [
            term
            for block, n in space.sizes.items()
            for term in space.people(
                arm, [level], block=block, times=sum(n.values()) / people * whole / n[arm]
            )
        ]
        yield from _sum(kept, key, terms)


def _behind(kept: Kept, space: _Space) -> Iterator[Iterator[list[Relation]]]:
    """People behind the estimates of subgroups, of all with the level who answered.

    For each item and arm, in the order of how much is said: the sums of people's answers, which
    lie within the scale for each level; that the levels make up all who gave an answer; that
    they are some of them, where estimates are of blocks of both arms only.
    """
    items: dict[Key, None] = {}
    for key in kept.values:
        if key.part == space.part and key.what.startswith(KNOWN) and key.arm in ARMS:
            variable, _, level = key.status.partition("=")
            if variable == space.variable and level in space.levels:
                items.setdefault(key._replace(status=""))
    scale = ends(kept.values)
    for item in items:
        yield _of_item(kept, space, item, scale.get((item.part, item.what.removeprefix(KNOWN))))


def _of_item(
    kept: Kept, space: _Space, item: Key, scale: tuple[float, float] | None
) -> Iterator[list[Relation]]:
    def made(what: str) -> Key:
        return item._replace(what=f"{CELL}{space.variable} {item.what}", status=what)

    some = []
    for level in space.levels:
        told = item._replace(status=f"{space.variable}={level}")
        some += list(_sum(kept, told, [(made(level), 1.0)]))
        cells = space.people(item.arm, [level], "answered" if len(space.states) > 1 else "")
        terms = (*cells, (made(level), -1.0), (made(f"not {level}"), -1.0))
        some.append(Relation(terms, absolute=True))
    people = [(made(level), 1.0) for level in space.levels]
    every = [*some, *_sum(kept, item, people)]
    total = Key(item.part, SUM + item.what.removeprefix(KNOWN), item.arm)
    # A mean that is weighted by blocks is no sum of answers.
    if scale is not None and total in kept.values and not space.weighted:
        sums = list(_sum(kept, total, [(made(f"sum {level}"), 1.0) for level in space.levels]))
        for level in space.levels:
            own = made(f"sum {level}")
            told = total._replace(status=f"{space.variable}={level}")
            sums += list(_sum(kept, told, [(own, 1.0)]))
            for end, sign in zip(scale, (1.0, -1.0), strict=True):
                room = (made(f"{end:g} {level}"), -1.0)
                inside = ((own, sign), (made(level), -sign * end), room)
                sums.append(Relation(inside, absolute=True))
        yield [*every, *sums]
    yield every
    yield [*some, *_sum(kept, item, [*people, (made("others"), 1.0)])]


def people(kept: Kept) -> set[tuple[str, str]]:
    """Keep what is told of the people with each combination, where it holds.

    Returns:
        The parts and characteristics of which those who took support up are told apart.
    """
    taken = set()
    for space in _spaces(kept):
        every = [*_people(kept, space), *_levels(kept, space)]
        if not kept.possible(every):
            continue
        if len(space.takes) > 1:
            taken.add((space.part, space.variable))
        ways = [iter([list(_weighted(kept, space))]), *_behind(kept, space)]
        first = [next(way) for way in ways]
        most = _once([*every, *itertools.chain.from_iterable(first)])
        if not kept.possible(most):  # of other people, or of blocks of both arms only
            fits = [
                next((some for some in (one, *way) if kept.possible([*every, *some])), [])
                for one, way in zip(first, ways, strict=True)
            ]
            most = _once([*every, *itertools.chain.from_iterable(fits)])
            if not kept.possible(most):
                most = every
        kept.relations += most
    return taken


def _once(relations: Iterable[Relation]) -> list[Relation]:
    return list(dict.fromkeys(relations))
