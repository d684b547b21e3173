"""Draw the synthetic municipality panel: 290 municipalities that join in different years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.membership import NEVER, Membership, draw_membership
from finsam_report.inputs.synthetic.municipality_design import (
    ALL_AGES,
    BAND_SHARES,
    BANDS,
    COMMON,
    MEN_SHARE,
    OWN,
    ROOM,
    SCENARIOS,
    SEXES,
    MunicipalityDesign,
    PanelOutcome,
)
from finsam_report.inputs.synthetic.survey_design import Floats

GROWTH = 0.004


@dataclass(frozen=True)
class MunicipalityTables:
    """The two tables of the municipality part, as in the files."""

    municipalities: pd.DataFrame
    years: pd.DataFrame


def _autoregressive(rng: np.random.Generator, shape: tuple[int, ...], stays: float) -> Floats:
    """Noise of unit variance over the last axis, the years."""
    draws = rng.standard_normal(shape)
    noise = np.empty(shape)
    noise[..., 0] = draws[..., 0]
    for year in range(1, shape[-1]):
        fresh = np.sqrt(1 - stays**2) * draws[..., year]
        noise[..., year] = stays * noise[..., year - 1] + fresh
    return noise


def _values(
    rng: np.random.Generator, outcome: PanelOutcome, design: MunicipalityDesign, joined: Floats
) -> Floats:
    """Shares by municipality, sex, age band and year."""
    years = design.years
    at, levels = np.array(outcome.course).T
    course = np.interp(years, at, levels)
    by_cell = np.outer(outcome.by_sex, outcome.by_age)
    level = by_cell[None, :, :, None] * course
    least = level.min(axis=-1, keepdims=True)
    # Those who join early are somewhat worse off from the start; that is no breach of trends.
    early = np.clip((NEVER - joined) / (NEVER - 2004), 0, 1) - 0.5
    own = rng.uniform(-1, 1, joined.size) * 0.15 + 0.10 * early
    shift = np.clip(own[:, None, None, None] * least, -3.0, 3.0)
    n, t = joined.size, years.size
    noise = np.sqrt(COMMON) * _autoregressive(rng, (n, 1, 1, t), design.persistence)
    noise = noise + np.sqrt(OWN) * _autoregressive(
        rng, (n, len(SEXES), len(BANDS), t), design.persistence
    )
    spread = np.minimum(outcome.spread, ROOM * least / np.sqrt(COMMON + OWN))
    since = years[None, :] - joined[:, None].astype(np.int64)
    built = design.effect_scale * design.built_up(since)
    effect = np.array(outcome.effect)[None, :, :, None] * built[:, None, None, :]
    pace = design.trend * np.clip((NEVER - joined) / (NEVER - 2004), 0, 1)
    drift = (pace[:, None] * (years - years[0]))[:, None, None, :]
    return np.asarray(np.clip(level + shift + spread * noise + effect + drift, 0, 100))


def _with_totals(values: Floats, people: Floats) -> tuple[Floats, Floats]:
    """Cells with both sexes together first and all ages last."""
    for axis, first in ((1, True), (2, False)):
        total = people.sum(axis=axis, keepdims=True)
        mean = (values * people).sum(axis=axis, keepdims=True) / total
        values = np.concatenate((mean, values) if first else (values, mean), axis=axis)
        people = np.concatenate((total, people) if first else (people, total), axis=axis)
    return values, people


def municipality_tables(
    rng: np.random.Generator,
    design: MunicipalityDesign | None = None,
    members: Membership | None = None,
) -> MunicipalityTables:
    """Draw one panel of municipalities.

    Args:
        rng: Source of chance.
        design: Years, outcomes and effects; the synthetic study's where none is given.
        members: Who joins when; drawn where it is not given.

    Returns:
        Municipalities, and their outcomes by year, sex and age.
    """
    design = design or SCENARIOS["usual"]
    members = members or draw_membership(rng)
    years, joined = design.years, members.joined.astype(np.float64)
    shares = np.outer([1 - MEN_SHARE, MEN_SHARE], BAND_SHARES)
    growth = (1 + GROWTH) ** (years - years[-1])
    size = members.people[:, None, None, None] * shares[None, :, :, None] * growth
    sexes, bands = ("all", *SEXES), (*BANDS, ALL_AGES)
    cells = len(members.codes) * len(sexes) * len(bands) * years.size
    index = pd.MultiIndex.from_product(
        [members.codes, sexes, bands, years], names=["municipality", "sex", "age_band", "year"]
    ).to_frame(index=False)
    frames = []
    for outcome in design.outcomes:
        people = np.maximum(np.rint(size * outcome.of_people), 1)
        values = _values(rng, outcome, design, joined)
        values, people = _with_totals(values, people)
        frames.append(
            index.assign(
                outcome=outcome.id,
                value=np.round(values.reshape(cells), 2),
                population=people.reshape(cells).astype(np.int64),
            )
        )
    order = ["municipality", "year", "sex", "age_band", "outcome", "value", "population"]
    return MunicipalityTables(members.municipalities(), pd.concat(frames, ignore_index=True)[order])
