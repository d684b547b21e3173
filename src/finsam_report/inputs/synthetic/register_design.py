"""What the synthetic register experiment assumes, and the means that follow from it.

Support acts through meeting a team only. Shares and wages by group, draw and month are exact, so
that the truth is known; ``register`` draws people and months that have these means.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from finsam_report.estimators.assignment import Ints
from finsam_report.inputs.synthetic.later_draws import LaterDraws
from finsam_report.inputs.synthetic.survey_design import apportion

Floats = npt.NDArray[np.float64]
Course = tuple[tuple[int, float], ...]
PERIODS = 36
YEARS = 3
WORK = ("subsidised_job", "new_start_job", "unsubsidised_work")
OTHERS = ("social_assistance", "registered", "benefit_right")
RARE = ("student_aid", "sickness_benefit")
OUTCOMES = (*WORK, "wage_income", *OTHERS, *RARE)
UNTREATED, TREATED, NEVER = 0, 1, 2

# How many are drawn in a month relative to the others: the teams' room varies.
INTENSITY = (
    0.16, 0.24, 0.32, 0.38, 0.20, 0.30, 0.38, 0.36, 0.32, 0.22,
    0.30, 0.34, 0.36, 0.32, 0.30, 0.26, 0.16, 0.28, 0.36, 0.38, 0.30, 0.20,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A share: its course among those not drawn, the effect of the draw, both in per cent.

    ``by_work`` is the share among people in each of the three kinds of work (first and last
    month); those without work make up the rest.
    """

    id: str
    control: Course
    effect: Course
    by_work: tuple[tuple[float, float], ...] = ()


SHARES = (
    Outcome(
        "subsidised_job",
        ((0, 3.0), (6, 7.0), (12, 14.0), (24, 15.0), (36, 13.0)),
        ((0, 0.0), (6, 1.9), (12, 3.0), (18, 3.2), (24, 3.0), (36, 1.5)),
    ),
    Outcome(
        "new_start_job",
        ((0, 0.6), (6, 2.0), (12, 4.0), (24, 6.0), (36, 6.0)),
        ((0, 0.0), (6, 0.9), (12, 1.5), (18, 1.6), (24, 1.5), (36, 0.8)),
    ),
    Outcome(
        "unsubsidised_work",
        ((0, 0.8), (6, 2.8), (12, 8.0), (24, 13.0), (36, 16.0)),
        ((0, 0.0), (12, 0.2), (24, 0.5), (36, 0.6)),
    ),
    Outcome(
        "social_assistance",
        ((0, 50.0), (12, 45.0), (24, 40.0), (36, 36.0)),
        ((0, 0.0), (12, -1.5), (24, -3.0), (36, -2.5)),
        ((0.16, 0.14), (0.12, 0.10), (0.12, 0.08)),
    ),
    Outcome(
        "registered",
        ((0, 98.0), (6, 91.5), (12, 84.0), (24, 68.0), (36, 58.0)),
        ((0, 0.0), (6, -0.9), (12, -1.0), (24, 2.0), (36, 3.5)),
        ((0.80, 0.50), (0.75, 0.40), (0.65, 0.10)),
    ),
    Outcome(
        "benefit_right",
        ((0, 3.5), (12, 4.0), (24, 6.0), (36, 7.0)),
        ((0, 0.0), (12, 0.2), (24, 0.8), (36, 0.8)),
        ((0.04, 0.05), (0.05, 0.12), (0.06, 0.15)),
    ),
)


@dataclass(frozen=True)
class RegisterDesign:
    """Sizes, shares and effects of the register experiment; all are assumptions but the sizes.

    ``effect_scale`` multiplies every effect: 0 gives a world in which no team has any effect, −1
    one in which every effect has the opposite sign.
    ``blocks`` gives people and people drawn of each draw outright, in place of sizes that follow
    from stock, inflow and intensity. ``followed`` is the share of those drawn and of those not
    drawn who are still followed in the last month, deaths and emigrations apart; ``exits`` are the
    probabilities of these two in a month, the same for everybody. ``later`` lets those not drawn
    be drawn in a later draw.
    """

    stock: int = 7000
    inflow: int = 5000
    drawn: int = 3500
    first_draw: str = "2018-03"
    early_draws: int = 10
    intensity: tuple[float, ...] = INTENSITY
    early_late: tuple[float, float] = (0.4, 1.6)
    take_up: float = 0.77
    never_takers_work: float = 1.15
    shares: tuple[Outcome, ...] = SHARES
    wage_by_year: tuple[float, float, float] = (35_000.0, 58_000.0, 75_000.0)
    wage_effect_by_year: tuple[float, float, float] = (5_000.0, 8_000.0, 7_000.0)
    wage_by_work: tuple[float, float, float] = (17_000.0, 21_000.0, 20_000.0)
    rare: tuple[float, float] = (0.002, 0.002)
    effect_scale: float = 1.0
    blocks: tuple[tuple[int, int], ...] = ()
    followed: tuple[float, float] = (1.0, 1.0)
    exits: tuple[float, float] = (0.0003, 0.0012)
    later: LaterDraws | None = None

    @property
    def draws(self) -> tuple[str, ...]:
        """The months of the draws."""
        number = len(self.blocks or self.intensity)
        months = np.datetime64(self.first_draw, "M") + np.arange(number)
        return tuple(str(month) for month in months)

    @property
    def stock_sizes(self) -> Ints:
        """People of the stock by draw in which they were first eligible: most of them early."""
        if self.blocks:
            return apportion(round(0.58 * int(self.sizes.sum())), self.sizes.astype(np.float64))
        weights = np.maximum(1 - 0.035 * np.arange(len(self.intensity)), 0.1)
        weights[0] = 0.8
        return apportion(self.stock, weights)

    @property
    def sizes(self) -> Ints:
        """People by draw in which they were first eligible."""
        if self.blocks:
            return np.array([people for people, _ in self.blocks], dtype=np.int64)
        draw = np.arange(len(self.intensity))
        return self.stock_sizes + apportion(self.inflow, np.where(draw < self.early_draws, 0.7, 1))

    @property
    def drawn_sizes(self) -> Ints:
        """People drawn, by draw."""
        if self.blocks:
            return np.array([drawn for _, drawn in self.blocks], dtype=np.int64)
        return apportion(self.drawn, self.sizes * np.array(self.intensity))

    @property
    def multiplier(self) -> Floats:
        """Effect by draw relative to the whole; 1 on average over the people of all draws."""
        late = np.arange(len(self.sizes)) >= self.early_draws
        raw = np.where(late, self.early_late[1], self.early_late[0])
        return np.asarray(raw / np.average(raw, weights=self.sizes))


@dataclass(frozen=True)
class Expected:
    """Means by group (untreated, treated, never-taker), draw and month.

    Attributes:
        work: Shares in each kind of work; shape (3 groups, draws, 36, 3 kinds).
        other: Share of each other outcome by work (none and the three kinds);
            shape (3 outcomes, 3 groups, draws, 36, 4).
        wage_factor: Wage relative to the usual wage of the kind of work;
            shape (3 groups, draws, 36).
        effect: Effect of the draw by outcome at month 1 … 36, over all draws: shares as
            fractions, wages in kronor.
    """

    work: Floats
    other: Floats
    wage_factor: Floats
    effect: dict[str, Floats]


def _course(knots: Course) -> Floats:
    """A smooth course through the knots, month 1 … 36, as fractions."""
    months, values = zip(*knots, strict=True)
    return np.asarray(PchipInterpolator(months, values)(np.arange(1, PERIODS + 1))) / 100


def _by_year(base: Floats, totals: tuple[float, ...]) -> Floats:
    """``base`` times a factor that moves smoothly, so that the sums by year are the totals."""
    middle = np.array([6.5, 18.5, 30.5])
    month = np.arange(1, PERIODS + 1)
    shapes = np.stack([np.interp(month, middle, row) for row in np.eye(YEARS)])
    sums = (base * shapes).reshape(YEARS, YEARS, 12).sum(axis=2).T
    return np.asarray(base * (np.linalg.solve(sums, np.array(totals)) @ shapes))


@lru_cache(maxsize=16)
def expected(design: RegisterDesign, delay: int = 0) -> Expected:
    """The means that the design implies.

    Args:
        design: Sizes, shares and effects.
        delay: Months from the first draw to the one from which effects count.

    Returns:
        Means by group, draw and month.

    Raises:
        ValueError: The design asks for a share below 0 or above 1.
    """
    control = {o.id: _course(o.control) for o in design.shares}
    effect = {o.id: design.effect_scale * _course(o.effect) for o in design.shares}
    full_effect = {o.id: _course(o.effect) for o in design.shares}
    usual = np.array(design.wage_by_work)
    control["wage_income"] = _by_year(
        np.stack([control[k] for k in WORK], axis=1) @ usual, design.wage_by_year
    )
    # Wages move with work; where work moves to and fro, or not at all, as the wages of others do.
    base = np.stack([full_effect[k] for k in WORK], axis=1) @ usual
    effect["wage_income"] = design.effect_scale * _by_year(
        base if base.min() > 0 else control["wage_income"], design.wage_effect_by_year
    )

    if delay:
        effect = {
            name: np.append(np.zeros(delay), values[:-delay]) for name, values in effect.items()
        }

    # Draws differ, and those of which many are drawn do better: without draws as blocks the
    # comparison of drawn and not drawn would be biased.
    sizes, share = design.sizes, design.drawn_sizes / design.sizes
    tilt = share - np.average(share, weights=sizes)
    trend = np.linspace(0.05, -0.05, len(sizes))
    better = 1 + 0.5 * tilt + trend - np.average(trend, weights=sizes)
    worse = 1 - 0.25 * tilt
    complier_work = (1 - (1 - design.take_up) * design.never_takers_work) / design.take_up
    level = np.array([complier_work, complier_work, design.never_takers_work])
    treated = np.array([0.0, 1.0, 0.0])[:, None] * design.multiplier / design.take_up

    def means(name: str, by_group: Floats, by_draw: Floats) -> Floats:
        base = by_group[:, None, None] * by_draw[:, None] * control[name]
        return np.asarray(base + treated[:, :, None] * effect[name])

    work = np.stack([means(kind, level, better) for kind in WORK], axis=-1)
    none = 1 - work.sum(axis=-1)
    wage = means("wage_income", level, better)
    flat = {"social_assistance": worse}
    other = []
    for outcome in (o for o in design.shares if o.id in OTHERS):
        mean = means(outcome.id, np.ones(3), flat.get(outcome.id, np.ones(len(sizes))))
        at_work = np.stack([np.linspace(a, b, PERIODS) for a, b in outcome.by_work], axis=-1)
        rest = (mean - (work * at_work).sum(axis=-1)) / none
        other.append(np.concatenate([rest[..., None], np.broadcast_to(at_work, work.shape)], -1))
    for values in (work, none, *other):
        if values.min() < 0 or values.max() > 1:
            raise ValueError("the design asks for a share below 0 or above 1")
    if wage.min() < 0:
        raise ValueError("the design asks for wages below 0")
    factor = wage / (work @ usual)
    return Expected(work, np.stack(other), factor, effect)


def expected_by_delay(design: RegisterDesign) -> Expected:
    """The means with one more group per month until a later draw: those treated from then on."""
    usual = expected(design)
    if design.later is None:
        return usual
    after = [expected(design, delay) for delay in range(1, design.later.months + 1)]
    later = slice(TREATED, TREATED + 1)
    return Expected(
        np.concatenate([usual.work, *(one.work[later] for one in after)]),
        np.concatenate([usual.other, *(one.other[:, later] for one in after)], axis=1),
        np.concatenate([usual.wage_factor, *(one.wage_factor[later] for one in after)]),
        usual.effect,
    )
