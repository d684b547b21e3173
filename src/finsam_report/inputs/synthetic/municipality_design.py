"""What the synthetic municipality panel assumes, and the true effects that follow.

Every effect, level and spread is an assumption. The spread is chosen so that effects of the assumed
size are mostly clear, as the published ones were. Shares of women and of the age bands are the same
everywhere, so that the truth for groups together is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from finsam_report.estimators.assignment import Bools, Ints
from finsam_report.inputs.synthetic.survey_design import Floats
from finsam_report.inputs.synthetic.truth import COLUMNS

SEXES = ("women", "men")
BANDS = ("18-29", "30-54", "55-64")
ALL_AGES = "18-64"
BAND_SHARES = (0.26, 0.53, 0.21)
MEN_SHARE = 0.5


COMMON = 0.88  # part of the noise's variance that sexes and ages of a municipality share
OWN = 0.64  # variance that each of them has besides; averaged over them, the rest
ROOM = 0.3  # noise is never so wide that a share could fall below zero


@dataclass(frozen=True)
class PanelOutcome:
    """A share: its course in per cent, how sexes and ages differ, and the effect of membership.

    Attributes:
        id: Name of the outcome.
        course: Years and levels, between which it runs straight.
        by_sex: Level of women and men relative to all.
        by_age: Level of the age bands relative to all.
        effect: Percentage points in the end, by sex and age band.
        spread: Standard deviation of what is peculiar to a municipality and year, all together.
        of_people: Share of the people of an age that the outcome is of.
    """

    id: str
    course: tuple[tuple[int, float], ...]
    by_sex: tuple[float, float]
    by_age: tuple[float, float, float]
    effect: tuple[tuple[float, float, float], tuple[float, float, float]]
    spread: float = 0.3
    of_people: float = 1.0


def _outcomes() -> tuple[PanelOutcome, ...]:
    none = (0.0, 0.0, 0.0)
    old = (0.0, 0.0, 0.15)
    return (
        PanelOutcome(
            "sickness_benefit",
            ((1998, 3.2), (2003, 4.1), (2005, 3.5), (2010, 2.4), (2016, 3.0), (2018, 2.8)),
            (1.25, 0.75),
            (0.55, 1.05, 1.431),
            ((-0.18,) * 3, (-0.12,) * 3),
        ),
        PanelOutcome(
            "disability_pension",
            ((1998, 8.6), (2005, 9.9), (2016, 5.75), (2018, 5.2)),
            (1.15, 0.85),
            (0.35, 0.85, 2.183),
            ((0.15,) * 3, (0.15,) * 3),
        ),
        PanelOutcome(
            "unemployed_to_work",
            ((1998, 33.0), (2005, 32.0), (2009, 26.0), (2016, 28.0), (2018, 29.0)),
            (0.98, 1.02),
            (1.15, 1.02, 0.764),
            (none, (1.0,) * 3),
            0.9,
            0.07,
        ),
        PanelOutcome(
            "social_assistance",
            ((1998, 5.5), (2005, 4.36), (2016, 5.2), (2018, 5.1)),
            (1.0, 1.0),
            (1.60, 0.92, 0.459),
            (old, old),
        ),
        PanelOutcome(
            "employment",
            ((1998, 71.0), (2005, 74.0), (2009, 73.0), (2016, 76.0), (2018, 77.0)),
            (0.98, 1.02),
            (0.86, 1.10, 0.921),
            (none, none),
        ),
        # What membership should not touch: people who move to another municipality in the year.
        PanelOutcome(
            "moved",
            ((1998, 4.8), (2005, 5.0), (2018, 5.6)),
            (1.0, 1.0),
            (2.2, 0.65, 0.398),
            (none, none),
        ),
    )


@dataclass(frozen=True)
class MunicipalityDesign:
    """Years, outcomes and effects of the municipality panel; all are assumptions.

    Attributes:
        first: First year.
        last: Last year.
        outcomes: The outcomes.
        build_up: Part of the effect in the year of joining, the next, and from the third on.
        effect_scale: Multiplies every effect: 0 gives a world in which membership does nothing,
            −1 one in which every effect has the opposite sign.
        persistence: Correlation of what is peculiar to a municipality with the year before.
        trend: Percentage points a year by which the first to join drift away, before and after;
            those who join later drift less, and those who never join not at all. Above zero,
            trends are not parallel.
    """

    first: int = 1998
    last: int = 2018
    outcomes: tuple[PanelOutcome, ...] = field(default_factory=_outcomes)
    build_up: tuple[float, ...] = (1 / 3, 2 / 3, 1.0)
    effect_scale: float = 1.0
    persistence: float = 0.6
    trend: float = 0.0

    @property
    def years(self) -> Ints:
        """The years of the panel."""
        return np.arange(self.first, self.last + 1)

    def built_up(self, since: Ints) -> Floats:
        """Part of the effect by years since joining; none before."""
        steps = np.array([0.0, *self.build_up])
        return np.asarray(steps[np.clip(since + 1, 0, len(self.build_up))])


# Named scenarios; the first is the synthetic study's.
SCENARIOS = {
    "usual": MunicipalityDesign(),
    "null": MunicipalityDesign(effect_scale=0.0),
    "reversed": MunicipalityDesign(effect_scale=-1.0),
    "violated-trends": MunicipalityDesign(trend=0.06),
}


def group_names() -> tuple[str, ...]:
    """Groups of sex and age: "all", "women", "men", and each with an age band behind it."""
    sexes = ("all", *SEXES)
    return (*sexes, *(f"{sex} {band}" for sex in sexes for band in BANDS))


def cells_of(group: str) -> Bools:
    """Which sexes and age bands a group is made of; shape (2 sexes, 3 bands)."""
    sex, _, band = group.partition(" ")
    rows = np.array([sex in ("all", name) for name in SEXES])
    return np.asarray(rows[:, None] & np.array([band in ("", name) for name in BANDS]))


def effect_limits(outcome: PanelOutcome) -> tuple[Floats, Floats]:
    """The smallest and the largest effect that leaves shares between 0 and 100.

    Municipalities differ in level by up to a fifth, or three points, and from year to year; two
    standard deviations of the latter are kept free.

    Returns:
        Two arrays of shape (2 sexes, 3 bands), in percentage points.
    """
    levels = np.array(outcome.course)[:, 1]
    by_cell = np.outer(outcome.by_sex, outcome.by_age)
    least, most = by_cell * levels.min(), by_cell * levels.max()
    noise = 2 * np.minimum(outcome.spread * np.sqrt(COMMON + OWN), ROOM * least)
    shift = np.minimum(0.2 * least, 3.0)
    return noise + shift - least, 100 - (most + shift + noise)


def _groups(effect: tuple[tuple[float, ...], ...]) -> dict[str, float]:
    """Effects of every group of sex and age, and of them together."""
    cells = np.array(effect)
    sexes = {"women": cells[0], "men": cells[1]}
    sexes["all"] = (1 - MEN_SHARE) * cells[0] + MEN_SHARE * cells[1]
    shares = np.array(BAND_SHARES)
    out = {}
    for sex in ("all", "women", "men"):
        out[sex] = float(sexes[sex] @ shares)
        out.update({f"{sex} {band}": float(v) for band, v in zip(BANDS, sexes[sex], strict=True)})
    return out


def municipality_truth(joined: Ints, design: MunicipalityDesign | None = None) -> pd.DataFrame:
    """True effects of membership, municipalities counting alike.

    Args:
        joined: Year of joining of each municipality; a year after the panel's last for none.
        design: The design that the data were drawn from.

    Returns:
        A row per analysis, outcome, group and horizon, keyed as the ledger is. Horizons are
        years since joining ("event"), cohorts ("group") and calendar years ("calendar"); there
        is none where all are averaged ("overall").
    """
    design = design or SCENARIOS["usual"]
    cohorts, sizes = np.unique(joined[(joined > design.first) & (joined <= design.last)],
                               return_counts=True)  # fmt: skip
    since = design.years[None, :] - cohorts[:, None]
    part = design.effect_scale * design.built_up(since)
    after = (since >= 0) * sizes[:, None]
    shares: list[tuple[str, float, float]] = [
        ("overall", np.nan, float((part * after).sum() / after.sum()))
    ]
    for event in range(int(since.min()), int(since.max()) + 1):
        value = float(design.effect_scale * design.built_up(np.array([event]))[0])
        shares.append(("event", event, value))
    for row, cohort in enumerate(cohorts):
        shares.append(("group", int(cohort), float(part[row][since[row] >= 0].mean())))
    for column, year in enumerate(design.years):
        if after[:, column].any():
            mean = (part[:, column] * after[:, column]).sum() / after[:, column].sum()
            shares.append(("calendar", int(year), float(mean)))
    rows = [
        ("municipality", analysis, outcome.id, group, horizon, "cs", value * share)
        for outcome in design.outcomes
        for group, value in _groups(outcome.effect).items()
        for analysis, horizon, share in shares
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
