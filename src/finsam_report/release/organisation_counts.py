"""Numbers of participants and of answers in the organisation part, and what they add up to.

Levels make up those of whom they are known, associations the country, years all years, and women
and men everybody. Each way of adding up is kept where it holds for the numbers.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable

import numpy as np

from finsam_report.parts.ledger import ORGANISATION, PEOPLE, PERCENT
from finsam_report.release.kept import Kept
from finsam_report.release.quantities import BOTH, KNOWN, SAME, SLACK, Key, Quantities, Row
from finsam_report.release.quantities import Known as About

COUNTED = ("participants", "change", "registered", "indicator", "transition")
LEVEL = "level="
ALL, ALL_YEARS, IN_TABLE, MISSING = "all", "@nan", "in_table", "missing"
OCCUPATION, WORK_OR_STUDY = "occupation", "work_or_study"
MANY_LEVELS = 10
OTHERS = "others "  # before those who are in the whole and in no piece that is told
REST = "not "  # before those of whom something is known and who are not counted
_OF_NUMBER = {("cost", "per_participant"), ("coverage", "low"), ("coverage", "high")}


def _place(row: Row) -> str:
    return f"{row.group}@{row.horizon:g}"


def read(found: Quantities, row: Row, _: About) -> None:
    """A number of people, or a share of those of whom something is known."""
    if (row.analysis, row.outcome) in _OF_NUMBER:
        key = Key(ORGANISATION, "participants people all", BOTH, _place(row))
        found.tells.append((row.at, key))
        return
    # How many associations took part is no number of people.
    if row.analysis not in COUNTED or (
        row.unit not in (PEOPLE, PERCENT) and row.estimator != "mean"
    ):
        return
    between = ">" if row.analysis == "transition" else "="
    variable, *levels = row.outcome.split(between, 1)
    if row.analysis == "registered":
        variable = "registered"  # the outcomes are its number and its share
    kind = row.estimator if row.estimator in ("before", "top") else "people"
    status = f"{LEVEL}{levels[0]}" if levels else ""
    what = f"{row.analysis} {kind} {variable}"
    key = Key(ORGANISATION, what, BOTH, _place(row), status)
    base = Key(ORGANISATION, f"{KNOWN}{row.analysis} {variable}", BOTH, _place(row))
    base = found.number(row.at, "n_support", base, row.n_support)
    if row.unit == PEOPLE:
        found.number(row.at, "row", key, row.estimate)
    elif row.unit == PERCENT and not np.isnan(row.n_support):
        found.share(row.at, key, row.estimate / 100, base)
    else:
        found.tells.append((row.at, key))


def _pieces(keys: Iterable[Key], whole: Callable[[Key], Key | None]) -> dict[Key, list[Key]]:
    out: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        of = whole(key)
        if of is not None and of != key:
            out[of].append(key)
    return out


def _of_levels(key: Key) -> Key | None:
    """Those of whom the level is known."""
    if not key.status or key.status == LEVEL + MISSING:
        return None
    analysis, _, variable = key.what.split(" ", 2)
    return key._replace(what=f"{KNOWN}{analysis} {variable}", status="")


def _of_table(key: Key) -> Key | None:
    """Everybody in the table, also those of whom the level is not known; one whole each."""
    if not key.status or not key.what.startswith("participants people "):
        return None
    return key._replace(what=f"participants people {IN_TABLE}", status=key.what.split(" ", 2)[2])


def _of_moves(key: Key) -> Key | None:
    """Those who have something afterwards, whatever it was before."""
    if not key.what.startswith("transition people "):
        return None
    return key._replace(what="change people livelihood")


def _of_group(key: Key) -> Key | None:
    """The group that a group is a part of."""
    group, _, year = key.place.rpartition("@")
    above = group.rpartition("|")[0] if "|" in group else ALL
    if group == ALL:
        return None
    # Associations and women and men are two ways of parting the same whole.
    return key._replace(place=f"{above}@{year}", arm=group.rpartition("|")[2].partition("=")[0])


def _of_sex(key: Key) -> Key | None:
    """Women of an association are some of all women."""
    group, _, year = key.place.rpartition("@")
    if "|" not in group:
        return None
    return key._replace(place=f"{group.rpartition('|')[2]}@{year}", arm="association")


def _of_years(key: Key) -> Key | None:
    group, _, _ = key.place.rpartition("@")
    return None if key.place.endswith(ALL_YEARS) else key._replace(place=group + ALL_YEARS)


def _working(kept: Kept, keys: Iterable[Key]) -> None:
    """Work or study is the sum of the occupations that count as such, wherever both are told."""
    by_place: dict[Key, dict[str, Key]] = defaultdict(dict)
    for key in keys:
        if key.status and key.what.endswith(f" {OCCUPATION}"):
            by_place[key._replace(status="")][key.status] = key
    both = []
    for of, levels in by_place.items():
        whole = of._replace(what=of.what.removesuffix(OCCUPATION) + WORK_OR_STUDY)
        if whole in kept.values:
            both.append((whole, levels))
    names = sorted({name for _, levels in both for name in levels})
    for chosen in itertools.product((False, True), repeat=min(len(names), MANY_LEVELS)):
        some = [name for name, take in zip(names, chosen, strict=False) if take]
        sums = [(whole, [by[n] for n in some if n in by]) for whole, by in both]
        if some and all(
            abs(kept.values[whole] - sum(kept.values[k] for k in pieces)) < SAME
            for whole, pieces in sums
        ):
            for whole, pieces in sums:
                kept.whole(whole, pieces)
            return


def relations(kept: Kept) -> None:
    """Keep what the numbers of the organisation part add up to."""
    own = [key for key in kept.values if key.part == ORGANISATION and "referrals" not in key.what]
    for whole, pieces in _pieces(own, _of_levels).items():
        kept.whole(whole, pieces)
    for whole, pieces in _pieces(own, _of_table).items():
        kept.whole(whole._replace(status=""), pieces)
    for whole, pieces in _pieces(own, _of_moves).items():
        kept.whole(whole, pieces)
    _working(kept, own)
    for key in own:  # those of whom it is told what they live on after it
        if key.what.startswith(f"{KNOWN}transition "):
            before = key.what.removeprefix(f"{KNOWN}transition ")
            status = f"{LEVEL}{before}"
            kept.whole(key._replace(what="change before livelihood", status=status), [key])
    for key in own:  # some of those who ended have no known status
        if key.what.startswith(f"{KNOWN}change "):
            ended = key._replace(what="change people ended")
            kept.room(ended, [key], key._replace(what=f"{SLACK}{key.what}"))
    for key in own:
        if not key.status and not key.what.startswith(KNOWN):
            analysis, _, variable = key.what.split(" ", 2)
            base = key._replace(what=f"{KNOWN}{analysis} {variable}")
            if base in kept.values:
                kept.whole(base, [key], key._replace(what=REST + key.what))
    own = [key for key in kept.values if key.part == ORGANISATION and "referrals" not in key.what]
    for way in (_of_group, _of_sex, _of_years):
        for whole, pieces in _pieces(own, way).items():
            of = whole._replace(arm=BOTH)
            kept.whole(of, pieces, whole._replace(what=OTHERS + whole.what))
