"""What levels, answers and subgroups add up to, and what they are some of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from finsam_report.release.kept import Kept, Relation, grouped
from finsam_report.release.quantities import (
    ARMS,
    BOTH,
    KNOWN,
    MOMENT,
    SAME,
    SLACK,
    SUM,
    SUPPORT,
    WEIGHTED,
    Key,
)
from finsam_report.release.readers import COVARIATE, ITEM, MISSING, NOT

OTHER = "other "  # before those who belong to no level that is told
MONTH = "|month:"


def levels(kept: Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """Subgroups, answers and states add up to all, and so do the levels of a covariate."""
    by_status = grouped(
        (key._replace(status=key.status.partition("=")[0]), key)
        for key in keys
        if "=" in key.status and MONTH not in key.status
    )
    for name, pieces in by_status.items():
        whole = base.get(pieces[0], name._replace(status=""))
        if whole.status:  # shares within a subgroup
            whole = name._replace(status="")
        kept.whole(whole, pieces, name._replace(what=OTHER + name.what) if name.counts else None)
    by_level = grouped(
        (key._replace(what=key.what.partition("=")[0]), key)
        for key in keys
        if COVARIATE in key.what and "=" in key.what and not key.what.startswith((KNOWN, NOT))
    )
    for name, pieces in by_level.items():
        if len(pieces) > 1 and pieces[0] in base:
            kept.whole(base[pieces[0]], pieces, name._replace(what=OTHER + name.what))


def ends(keys: Iterable[Key]) -> dict[tuple[str, str], tuple[float, float]]:
    """The lowest and the highest answer to each item, by part and item."""
    answers: dict[tuple[str, str], list[float]] = defaultdict(list)
    for key in keys:
        if key.what.startswith(ITEM):
            name = key.part, key.what.removeprefix(ITEM)
            answers[name].append(float(key.status.partition("=")[2]))
    return {name: (min(some), max(some)) for name, some in answers.items()}


def scales(kept: Kept, keys: Sequence[Key]) -> None:
    """The sum of people's answers lies between the ends of the scale times their number."""
    scale = ends(keys)
    for key in keys:
        item = key.what.removeprefix(SUM)
        people = key._replace(what=KNOWN + item)
        if key.what == item or (key.part, item) not in scale or people not in kept.values:
            continue
        for end, sign in zip(scale[key.part, item], (1.0, -1.0), strict=True):
            room = key._replace(what=f"{SLACK}{end:g} {key.what}")
            lacking = sign * (kept.values[key] - end * kept.values[people])
            if lacking > -SAME:
                kept.values[room] = max(lacking, 0.0)
                terms = ((key, -sign), (people, sign * end), (room, 1.0))
                kept.relations.append(Relation(terms))


def inside(kept: Kept, keys: Sequence[Key]) -> None:
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


def items(kept: Kept, keys: Sequence[Key], base: dict[Key, Key]) -> None:
    """Answers to an item: with those who left it empty, and with their mean and spread."""
    for key in keys:
        if key.what.startswith(MISSING) and key in base:
            item = key.what.removeprefix(MISSING)
            kept.whole(base[key], [key, key._replace(what=KNOWN + item)])
    answers = grouped((key._replace(status=""), key) for key in keys if key.what.startswith(ITEM))
    for whole, pieces in answers.items():
        item = whole.what.removeprefix(ITEM)
        # The mean that stands beside an effect is that of the answers where it is not weighted.
        for what, power in ((f"{MOMENT}1 ", 1), (f"{MOMENT}2 ", 2), (SUM, 1)):
            kept.add(
                whole._replace(what=f"{what}{item}"),
                [(key, float(key.status.partition("=")[2]) ** power) for key in pieces],
            )
