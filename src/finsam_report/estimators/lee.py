"""Lee's (2009) trimming bounds on an effect when the arms answer to different degrees.

They hold for the people who would answer in either arm, if being offered support moves
answering in one direction only: the arm that answers more is trimmed from above and from
below until both arms answer equally often. Within cells of people who were alike at
randomisation, one direction per cell is enough, and the bounds are never wider in the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.bounds import Bounds, with_intervals

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Arm = Literal["support", "control", "none"]

MINIMUM_ANSWERS = 2
_SLIVER = 1e-9


@dataclass(frozen=True)
class LeeBounds(Bounds):
    """Bounds on the effect among people who would answer in either arm.

    Attributes:
        trimmed_arm: The arm that answers more, and so is trimmed; per outcome.
        trimmed_share: Share of its answers that is trimmed, before splitting into cells.
        n_support: Answers in the support arm.
        n_control: Answers in the control arm.
        cells: Cells that were trimmed one by one; 1 where nothing was tightened.
        opposite: Cells among them in which the other arm answers more. There it is the other
            arm that is trimmed; more than chance gives speaks against one common direction.
        left_out: People left out because their block lacks one of the arms.
    """

    trimmed_arm: tuple[Arm, ...]
    trimmed_share: Floats
    n_support: Ints
    n_control: Ints
    cells: Ints
    opposite: Ints
    left_out: int


@dataclass(frozen=True)
class _Answers:
    """One outcome of one arm within one cell; all arrays follow the people assigned."""

    rows: Ints
    weight: Floats
    responded: Bools
    value: Floats

    @property
    def total(self) -> float:
        return float(self.weight.sum())

    @property
    def rate(self) -> float:
        return float(self.weight @ self.responded) / self.total

    def rate_score(self) -> Floats:
        """Influence on the logarithm of the response rate."""
        return self.weight * (self.responded - self.rate) / (self.rate * self.total)

    def mean(self) -> tuple[float, Floats]:
        """Mean of the answers and each person's influence on it (variance with n - 1)."""
        weight = self.weight * self.responded
        value = np.where(self.responded, self.value, 0.0)
        mean = float(weight @ value) / float(weight.sum())
        n = int(self.responded.sum())
        return mean, weight * (value - mean) / weight.sum() * np.sqrt(n / (n - 1))

    def trimmed(self, share: float, *, top: bool) -> tuple[float, float, Floats]:
        """Mean without a share of the highest (or lowest) answers.

        Answers equal to the cut-off share the trimming that falls on them.

        Returns:
            The mean, the cut-off, and each person's influence on the mean given the share.
        """
        sign = 1.0 if top else -1.0
        value = np.where(self.responded, sign * self.value, 0.0)
        weight = self.weight * self.responded
        total = float(weight.sum())
        order = np.argsort(np.where(self.responded, value, np.inf), kind="stable")
        before = np.cumsum(weight[order]) - weight[order]
        kept = np.clip((1 - share) * total - before, 0.0, weight[order])
        kept[kept < _SLIVER * weight.max()] = 0.0
        mean = float(kept @ value[order]) / float(kept.sum())
        cut = float(value[order][np.flatnonzero(kept)[-1]])
        below = np.where(value < cut, value - cut, 0.0)
        centred = below - float(weight @ below) / total
        return sign * mean, sign * cut, sign * weight * centred / (total * (1 - share))


def _usable_cells(cells: Ints, support: Bools, responded: Bools) -> Ints:
    """Cells with enough answers in each arm; the others are joined, to the largest if need be."""
    codes = cells
    for _ in range(2):
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
        size = int(codes.max()) + 1
        answers = [np.bincount(codes[responded & a], minlength=size) for a in (support, ~support)]
        fewest = np.minimum(answers[0], answers[1])
        few = fewest < MINIMUM_ANSWERS
        if few.any():
            codes = np.where(few[codes], np.argmax(few if few.sum() > 1 else fewest), codes)
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _cell(support: _Answers, control: _Answers) -> tuple[Floats, list[tuple[_Answers, Floats]]]:
    """Both bounds within one cell, and the influence on them (people, 2) of each arm."""
    more, fewer = (support, control) if support.rate >= control.rate else (control, support)
    sign = 1.0 if more is support else -1.0
    share = 1 - fewer.rate / more.rate
    mean, mean_score = fewer.mean()
    bounds, trimmed_scores, other_scores = [], [], []
    for top in (more is support, more is not support):
        kept, cut, score = more.trimmed(share, top=top)
        bounds.append(sign * (kept - mean))
        trimmed_scores.append(sign * (score + (kept - cut) * more.rate_score()))
        other_scores.append(-sign * (mean_score + (kept - cut) * fewer.rate_score()))
    scores = [(more, np.column_stack(trimmed_scores)), (fewer, np.column_stack(other_scores))]
    return np.array(bounds), scores


@dataclass(frozen=True)
class _Found:
    """Bounds over all cells of one outcome; arrays have shape (2,), lower and upper."""

    bounds: Floats
    std_error: Floats
    support_more: Bools  # per cell


def _bounds(support: Bools, weight: Floats, block: Ints, outcome: Floats, cells: Ints) -> _Found:
    """Bounds averaged over cells by their share of those who would answer in either arm."""
    responded = ~np.isnan(outcome)
    total = {arm: float(weight[support == arm].sum()) for arm in (True, False)}
    size = int(cells.max()) + 1
    values, share, more = np.zeros((size, 2)), np.zeros(size), np.zeros(size, dtype=np.bool_)
    scores = np.zeros((support.size, 2))
    always = np.zeros(support.size, dtype=np.bool_)
    for c in range(size):
        arms = []
        for arm in (True, False):
            rows = np.flatnonzero((cells == c) & (support == arm)).astype(np.int64)
            arms.append(_Answers(rows, weight[rows], responded[rows], outcome[rows]))
        values[c], parts = _cell(*arms)
        fewer = parts[1][0]
        more[c] = fewer is arms[1]
        # Those who answer in the arm that answers less stand for those who always would.
        share[c] = fewer.rate * fewer.total / total[not more[c]]
        always[fewer.rows] = fewer.responded
        for people, score in parts:
            scores[people.rows] = score * share[c]
    both = share @ values / share.sum()
    whole = np.where(support, total[True], total[False])
    scores += (always * weight / whole)[:, None] * (values - both)[cells]
    scores /= share.sum()
    blocks = int(block.max()) + 1
    group = 2 * block + support
    counts = np.maximum(np.bincount(group, minlength=2 * blocks), 1)
    for j in range(2):
        scores[:, j] -= (np.bincount(group, scores[:, j], minlength=2 * blocks) / counts)[group]
    variance = np.zeros(2)
    for arm_people in (support, ~support):
        n = int(arm_people.sum())
        spare = n - blocks + 1  # no correction with one block, as in Lee (2009)
        variance += np.sum(scores[arm_people] ** 2, axis=0) * (n / spare if spare > 0 else np.nan)
    return _Found(both, np.sqrt(variance), more)


def _block_weights(support: Bools, block: Ints) -> tuple[Bools, Floats]:
    """Who is in a block with both arms, and weights that give the arms the same mix of blocks."""
    treated = np.bincount(block[support], minlength=int(block.max()) + 1)
    people = np.bincount(block)
    keep = ((treated > 0) & (treated < people))[block]
    own = np.where(support, treated[block], (people - treated)[block])
    return keep, np.where(keep, people[block] / np.maximum(own, 1), 0.0)


def lee(
    support: Bools,
    outcomes: Floats,
    block: Ints | None = None,
    cells: Ints | None = None,
    level: float = 0.95,
) -> LeeBounds:
    """Trimming bounds on the effect among people who would answer in either arm.

    Where an answer equals the cut-off, only the fraction of it that is needed is trimmed, so
    items with few answers have proper bounds. With several blocks each person counts by the
    inverse share of their arm in the block, so that both arms have the same mix of blocks; with
    one block (or equal shares) nothing is weighted. With cells the bounds are averages over the
    cells, each weighted by its share of those who would answer in either arm. A cell in which
    the other arm answers more is trimmed in that arm; how many there are is reported.

    Args:
        support: True for the support arm; shape (n,).
        outcomes: Outcomes, NaN for those who did not answer; shape (n, m).
        block: Block codes; shape (n,). None: one block.
        cells: Codes of cells known at randomisation, to tighten the bounds; shape (n,).
            Cells with fewer than two answers in an arm are joined.
        level: Level of the intervals.

    Returns:
        Bounds; NaN where an arm has fewer than two answers. The standard errors count the
        error in the cut-off, in the share trimmed and in the cells' shares; several blocks are
        fixed strata, so only differences within them count.

    References:
        Lee (2009), Review of Economic Studies 76(3), propositions 1a, 1b and 3; Tauchmann (2014),
        Stata Journal 14(4), for ties; Semenova (2025), Journal of Econometrics, for cells with
        different directions; Imbens and Manski (2004).
    """
    everyone = np.zeros(support.size, dtype=np.int64)
    strata = everyone if block is None else block
    keep, weight = _block_weights(support, strata)
    z, w = support[keep], weight[keep]
    b = np.unique(strata[keep], return_inverse=True)[1].astype(np.int64)
    given = (everyone if cells is None else cells)[keep]
    m = outcomes.shape[1]
    columns = np.full((4, m), np.nan)
    arm: list[Arm] = ["none"] * m
    trimmed = np.full(m, np.nan)
    counts = np.zeros((4, m), dtype=np.int64)
    for j in range(m):
        y = outcomes[keep, j]
        answered = ~np.isnan(y)
        counts[:2, j] = (answered & z).sum(), (answered & ~z).sum()
        if counts[:2, j].min() < MINIMUM_ANSWERS:
            continue
        rate = [float(w[a] @ answered[a]) / float(w[a].sum()) for a in (z, ~z)]
        found = _bounds(z, w, b, y, _usable_cells(given, z, answered))
        columns[:, j] = [*found.bounds, *found.std_error]
        trimmed[j] = 1 - min(rate) / max(rate)
        if trimmed[j] > _SLIVER:
            arm[j] = "support" if rate[0] > rate[1] else "control"
        counts[2, j] = found.support_more.size
        counts[3, j] = np.sum(found.support_more != (rate[0] >= rate[1]))
    both = with_intervals(columns[0], columns[1], columns[2], columns[3], level)
    return LeeBounds(
        **{field.name: getattr(both, field.name) for field in fields(Bounds)},
        trimmed_arm=tuple(arm),
        trimmed_share=trimmed,
        n_support=counts[0],
        n_control=counts[1],
        cells=counts[2],
        opposite=counts[3],
        left_out=int((~keep).sum()),
    )
