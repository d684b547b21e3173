"""The record of what was taken out, for whoever checks the output; without any value."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pandas as pd

from finsam_report.release.policy import Policy

NAME = "release_log.csv"
PRIMARY, COMPLEMENTARY, ROUNDED = "primary", "complementary", "rounded"
_WORDS = {
    "threshold": "rests on fewer than {threshold} people in some cell",
    "dominance": "is a sum of which the {dominance_people} largest values could make more "
    "than {dominance_share:g} percent",
    "mean": "is a mean or spread of fewer than {mean_minimum} people",
    "percentile": "has fewer than {percentile_side} people on one side of the percentile",
    "model": "is a model with fewer than {model_minimum} people in an arm",
    "freedom": "is a model with fewer than {model_df} residual degrees of freedom",
    "small count": "is, or nearly tells, a number of people below {threshold}",
    "subtraction": "with other numbers shown it would bound a number of people below {threshold}",
    "second": "with other rows of the same whole it would nearly tell a hidden row",
    "same": "says in other words what a hidden row says",
    "base": "numbers of people in small groups are rounded to a multiple of {rounding}",
    "share": "is rounded because the number of people behind it is hidden",
}


@dataclass(frozen=True)
class Entry:
    """One number, or row of numbers, that was taken out or rounded.

    Attributes:
        part: Key of the row.
        analysis: Key of the row.
        outcome: Key of the row.
        group: Key of the row.
        horizon: Key of the row; "" where it has none.
        estimator: Key of the row.
        what: ``row`` for all its numbers, or the column.
        kind: primary, complementary or rounded.
        rule: Name of the rule.
        reason: The rule in words.
    """

    part: str
    analysis: str
    outcome: str
    group: str
    horizon: str
    estimator: str
    what: str
    kind: str
    rule: str
    reason: str


def entry(key: tuple[str, str, str, str, float, str], what: str, kind: str, rule: str,
          policy: Policy) -> Entry:  # fmt: skip
    """An entry with the rule in words."""
    horizon = "" if pd.isna(key[4]) else f"{key[4]:g}"
    words = _WORDS[rule].format(**vars(policy))
    return Entry(*key[:4], horizon, key[5], what, kind, rule, words)


def write(entries: tuple[Entry, ...], path: Path) -> None:
    """Write ``release_log.csv``: a line per entry, in the order of the ledger."""
    frame = pd.DataFrame([astuple(e) for e in entries], columns=[f.name for f in fields(Entry)])
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def by_rule(entries: tuple[Entry, ...]) -> dict[str, int]:
    """How many entries each rule has, by name."""
    out: dict[str, int] = {}
    for one in entries:
        name = f"{one.kind}: {one.rule}"
        out[name] = out.get(name, 0) + 1
    return dict(sorted(out.items()))
