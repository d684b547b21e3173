"""What the synthetic survey experiment assumes, and the means that follow from it.

Answers are cut from latent normal variables, so that means and effects of the five-point answers
are exact; ``survey`` draws people and answers that have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import root
from scipy.special import ndtr

from finsam_report.estimators.assignment import Ints

Floats = npt.NDArray[np.float64]

EDUCATION = ("compulsory", "upper_secondary", "post_secondary")


@dataclass(frozen=True)
class Item:
    """One item: mean without support at wave 2, effect in SD, and its place in the answers."""

    id: str
    mean: float
    effect: float
    persistence: float
    theme: int
    unanswered: float


ITEMS = (
    Item("job_now", 1.9, 0.08, 0.68, 0, 0.012),
    Item("job_future", 2.8, 0.32, 0.605, 0, 0.018),
    Item("self_support", 2.7, 0.32, 0.605, 0, 0.022),
    Item("health", 2.5, 0.07, 0.62, 1, 0.010),
    Item("well_being", 2.5, 0.12, 0.62, 1, 0.014),
    Item("life", 2.8, 0.30, 0.605, 1, 0.016),
    Item("support_fits", 2.6, 0.20, 0.62, 2, 0.030),
)


@dataclass(frozen=True)
class SurveyDesign:
    """Sizes, shares and effects of the survey experiment; all are assumptions but the sizes.

    ``effect_scale`` multiplies every effect: 0 gives a world in which no team has any effect, −1
    one in which every effect has the opposite sign.
    ``response_on_answer`` makes people respond the more, the better they would answer.
    """

    people: int = 550
    share_support: float = 0.6
    sites: tuple[tuple[str, float, float], ...] = (
        # name, share of people, shift of the answers
        ("goteborg", 0.50, 0.00),
        ("insjoriket", 0.15, 0.08),
        ("stockholm", 0.35, -0.04),
    )
    response: tuple[tuple[float, float], ...] = (
        # support arm, waiting-list arm; the third survey goes to the waiting-list arm only
        (0.832, 0.827),
        (0.755, 0.742),
        (0.0, 0.71),
    )
    open_answer: float = 0.55
    never_takers: float = 0.08
    always_takers: float = 0.05
    type_shift: tuple[float, float, float] = (0.0, -0.2, 0.2)
    items: tuple[Item, ...] = ITEMS
    control_sd: float = 1.1
    later_effect: float = 0.7
    effect_scale: float = 1.0
    response_on_answer: float = 0.0

    @property
    def types(self) -> Floats:
        """Shares of compliers, never-takers and always-takers."""
        compliers = 1 - self.never_takers - self.always_takers
        return np.array([compliers, self.never_takers, self.always_takers])

    @property
    def site_sizes(self) -> Ints:
        """People of each site."""
        return apportion(self.people, np.array([share for _, share, _ in self.sites]))


@dataclass(frozen=True)
class Scale:
    """From the latent answer to the five points: location, spread and effect of meeting."""

    location: float
    spread: float
    effect: float

    def above(self, shift: Floats) -> Floats:
        """Probabilities of answering more than 1, 2, 3 and 4; a last axis of length 4."""
        cuts = np.array([1.5, 2.5, 3.5, 4.5])
        return np.asarray(ndtr((self.location - cuts) / self.spread + np.asarray(shift)[..., None]))

    def mean(self, shift: Floats) -> Floats:
        """Mean answer of people whose latent answer is shifted."""
        return np.asarray(1 + self.above(shift).sum(axis=-1))

    def square(self, shift: Floats) -> Floats:
        """Mean square of the answer."""
        return np.asarray(1 + (self.above(shift) * np.array([3, 5, 7, 9])).sum(axis=-1))


def apportion(total: int, shares: Floats) -> Ints:
    """Whole numbers in proportion to ``shares`` that add up to ``total``."""
    exact = total * shares / shares.sum()
    numbers: Ints = np.floor(exact).astype(np.int64)
    rest = np.argsort(-(exact - numbers), kind="stable")[: total - int(numbers.sum())]
    numbers[rest] += 1
    return numbers


def moments(design: SurveyDesign, scale: Scale) -> tuple[float, float, float]:
    """Mean and SD at wave 2 without support, and the effect of support, in scale points.

    The effect is the intention-to-treat effect in the population randomised, with sites
    weighted by their people.
    """
    site = np.array([shift for _, _, shift in design.sites])[:, None]
    base = site + np.array(design.type_shift)[None, :]
    weight = (design.site_sizes / design.people)[:, None] * design.types[None, :]
    meets = scale.effect * np.array([0.0, 0.0, 1.0])
    support = scale.effect * np.array([1.0, 0.0, 1.0])
    mean = float((weight * scale.mean(base + meets)).sum())
    square = float((weight * scale.square(base + meets)).sum())
    effect = float((weight * scale.mean(base + support)).sum()) - mean
    return mean, float(np.sqrt(square - mean**2)), effect


@lru_cache(maxsize=64)
def calibrated(design: SurveyDesign) -> tuple[Scale, ...]:
    """The scale of each item that gives the stated mean, SD and effect at wave 2."""
    scales = []
    for item in design.items:
        target = (item.mean, design.control_sd, item.effect * design.effect_scale)

        def gap(values: Floats, target: tuple[float, float, float] = target) -> list[float]:
            scale = Scale(float(values[0]), float(np.exp(values[1])), float(values[2]))
            mean, sd, effect = moments(design, scale)
            return [mean - target[0], sd - target[1], effect - target[2] * target[1]]

        solution = root(gap, [item.mean, 0.2, target[2]], tol=1e-10)
        if not solution.success:
            raise ValueError(f"item '{item.id}': no scale gives mean, SD and effect {target}")
        location, spread, effect = solution.x
        if target[2] == 0:
            effect = 0.0
        # Rounded, so that the last bits of the solver cannot change a single answer.
        numbers = (float(location), float(np.exp(spread)), float(effect))
        scales.append(Scale(*(round(number, 6) for number in numbers)))
    return tuple(scales)
