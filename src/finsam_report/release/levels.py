"""What levels, answers and subgroups add up to, and what they are some of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

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


def scales(kept: Kept, keys: Sequence[Key]) -> None:
    """The sum of people's answers lies between the ends of the scale times their number.

    With a level that is not told, the sums of the levels told leave a rest that does so too.
    """
    ends: dict[tuple[str, str], list[float]] = defaultdict(list)
    for key in keys:
        if key.what.startswith(ITEM):
            answer = float(key.status.partition("=")[2])
            ends[key.part, key.what.removeprefix(ITEM)].append(answer)
    sums = [k for k in keys if k.what.startswith(SUM)]
    levels = grouped((k._replace(status=k.status.partition("=")[0]), k) for k in sums if k.status)
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
            for end, times in (("low", low), ("high", high)):
                room = key._replace(what=f"{SLACK}{end} {key.what}")
                sign = 1.0 if end == "low" else -1.0
                lacking = sign * (kept.values[key] - times * kept.values[people])
                if lacking > -SAME:
                    kept.values[room] = max(lacking, 0.0)
                    terms = ((key, -sign), (people, sign * times), (room, 1.0))
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
        for power in (1, 2):
            kept.add(
                whole._replace(what=f"{MOMENT}{power} {item}"),
                [(key, float(key.status.partition("=")[2]) ** power) for key in pieces],
            )
