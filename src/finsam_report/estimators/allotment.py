"""Who gets support: fixed numbers within blocks, batch after batch.

A share of a block that is no whole number of people leaves a rest. Chance decides what becomes of
it, and batches that follow carry it along: after every batch the number with support in a block
is the declared share of all its people, rounded up or down, and each person's probability is the
share itself.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.assignment import Assignment

Bools = npt.NDArray[np.bool_]

MECHANISM = "complete randomisation within blocks of each batch; rests carried to later batches"
KEYS = (
    "support goes to the people of a block and batch with the lowest SHA-256 of the JSON list "
    "[seed, study, part, batch, block, person]; the rest is rounded by that of "
    "[seed, study, part, batch, block]"
)
_BITS = 256


@dataclass(frozen=True)
class Earlier:
    """How many people a block had before this batch, and how many of them get support."""

    people: int = 0
    support: int = 0


def declared(share: float) -> Fraction:
    """A share as it is written: 0.6 is three fifths, not the nearest binary number."""
    return Fraction(repr(float(share)))


def key(seed: int, *names: str) -> int:
    """A number from 0 to 2**256 - 1 that looks like chance but comes out the same everywhere."""
    text = json.dumps([seed, *names], ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")


def number(share: Fraction, earlier: Earlier, people: int, chance: Fraction) -> int:
    """How many of a block's new people get support.

    One point is drawn between 0 and 1, and a block with n people has floor(share n + point) with
    support after any batch (systematic sampling). Of the point only that is known which the
    number so far says; within that it is drawn anew.

    Args:
        share: The share that gets support.
        earlier: The block before this batch.
        people: Its new people.
        chance: Uniform, at least 0 and below 1.

    Returns:
        A whole number, ``share * people`` rounded up or down, and equal to it where that is whole.
        Its mean over chance, now and in earlier batches, is ``share * people``.

    Raises:
        ValueError: The earlier number is not the share of the earlier people, rounded.
    """
    due = share * earlier.people
    low = math.floor(due)
    rest = due - low
    if earlier.support == low:
        point = chance * (1 - rest)
    elif rest and earlier.support == low + 1:
        point = 1 - rest + chance * rest
    else:
        raise ValueError(f"{earlier.support} of {earlier.people} is not the share {share}, rounded")
    return math.floor(share * (earlier.people + people) + point) - earlier.support


def assign(
    people: Sequence[str],
    blocks: Sequence[str],
    share: Fraction,
    earlier: Mapping[str, Earlier],
    seed: int,
    names: Sequence[str],
) -> tuple[Assignment, Bools]:
    """Decide about one batch.

    Nothing depends on the order of the people, and what happens in a block depends on that block
    alone.

    Args:
        people: Who they are, each once; length n.
        blocks: Their blocks; length n.
        share: The share that gets support.
        earlier: Blocks of earlier batches.
        seed: Seed.
        names: What tells this batch from any other with the same seed.

    Returns:
        The design, and who gets support; shape (n,).

    Raises:
        ValueError: An earlier number does not fit the share.
    """
    labels = tuple(sorted(set(blocks)))
    place = {label: code for code, label in enumerate(labels)}
    code = np.array([place[block] for block in blocks], dtype=np.int64)
    numbers = np.zeros(len(labels), dtype=np.int64)
    support = np.zeros(len(people), dtype=np.bool_)
    for at, label in enumerate(labels):
        inside = np.flatnonzero(code == at).tolist()
        chance = Fraction(key(seed, *names, label), 2**_BITS)
        numbers[at] = number(share, earlier.get(label, Earlier()), len(inside), chance)
        order = sorted((key(seed, *names, label, people[i]), people[i], i) for i in inside)
        support[[i for _, _, i in order[: numbers[at]]]] = True
    return Assignment(block=code, n_support=numbers, labels=labels), support


def may_lack_an_arm(share: Fraction, people: int) -> bool:
    """Whether a block of so few people may end with all of them in one arm."""
    return math.floor(share * people) == 0 or math.ceil(share * people) == people
