"""People in monthly draws of whom those still without work can be drawn again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from finsam_report.estimators.stack import Stack, months_since, stack

DRAWS, HORIZON = 8, 10
EFFECT = 0.5 + 0.15 * np.arange(1, HORIZON + 1)


@dataclass(frozen=True)
class World:
    rows: Stack
    outcomes: np.ndarray
    at_risk: np.ndarray
    occasion: np.ndarray
    without_work: np.ndarray
    x: np.ndarray


def world(
    rng: np.random.Generator, people: int = 500, share: float = 0.3, *, selective: bool = False
) -> World:
    """Work comes and goes; only those registered and without work are in a draw.

    The effect depends on the months since one's own draw alone. Since the controls who stay
    without work are the ones drawn later, following controls up to their later draw without
    weights compares with too many who work. Where lists are ``selective``, those with a high x
    are on more of them.
    """
    x = rng.normal(size=people)
    months = DRAWS + HORIZON
    work = np.zeros((people, months))
    for t in range(1, months):
        chance = np.where(work[:, t - 1] == 1, 0.9, 0.12 + 0.06 * (x > 0))
        work[:, t] = rng.random(people) < chance
    entry = rng.integers(0, DRAWS, people)
    own = np.full(people, months + HORIZON)
    lists = []
    for m in range(DRAWS):
        listed = rng.random(people) < 1 / (1 + np.exp(-2 * x)) if selective else x == x
        here = np.flatnonzero((entry <= m) & (work[:, m] == 0) & (own > m) & listed)
        drawn = rng.permutation(here.size) < max(2, round(share * here.size))
        own[here[drawn]] = m
        lists.append(np.column_stack([here, np.full(here.size, m), drawn]))
    table = np.vstack(lists)
    since = np.arange(months) - own[:, None]
    effect = np.where(since > 0, EFFECT[np.clip(since, 1, HORIZON) - 1], 0.0)
    panel = 4 * work + x[:, None] + effect + rng.normal(size=(people, months))
    rows = stack(table[:, 0], table[:, 1] + 100, table[:, 2] == 1, table[:, 1])
    month = table[rows.row, 1]
    eligible = np.zeros((people, months), dtype=bool)
    eligible[table[:, 0], table[:, 1]] = True
    occasion = month[:, None] + np.arange(1, HORIZON + 1)
    return World(
        rows=rows,
        outcomes=months_since(panel, rows.person, month, HORIZON),
        at_risk=eligible[rows.person[:, None], occasion],
        occasion=occasion,
        without_work=(work[rows.person[:, None], occasion] == 0) & (occasion < DRAWS),
        x=x[rows.person],
    )
