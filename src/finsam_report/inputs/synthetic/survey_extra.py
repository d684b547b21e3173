"""Draw what stands beside the survey's answers: answers of staff, coded open answers, referrals.

All of it is drawn after the survey, from participants and answers as they stand in the files, so
that it agrees with them. Every share here is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from finsam_report.inputs.synthetic.survey import PARTIES, SurveyTables
from finsam_report.inputs.synthetic.survey_design import Scale, SurveyDesign, calibrated

# How much brighter staff judge than participants, in standard deviations of the control arm.
STAFF_ABOVE = {"job_now": 0.8, "job_future": 0.8, "self_support": 0.8, "health": 0.3}
STAFF_WAVE = 2
STAFF_RESPONSE = 0.85
STAFF_AGREES = 0.4
STAFF_SPREAD = 1.0
STAFF_UNANSWERED = 0.03

# Share of those who write that mention a theme, before a team was met and after.
THEMES = {
    "contact": (0.15, 0.38),
    "plan": (0.14, 0.28),
    "waiting": (0.32, 0.15),
    "health": (0.28, 0.28),
    "work": (0.22, 0.25),
    "money": (0.14, 0.12),
}
CODERS = ("K1", "K2")
KAPPA = 0.75

# Referrals to the teams, within the study and outside it, until the end of 2020.
MONTHS = tuple(str(month) for month in np.arange("2019-08", "2021-01", dtype="datetime64[M]"))
RECRUITED = 11
BY_MONTH = np.array([0.8, 1.3, 1.2, 1.1, 0.8, 1.1, 1.1, 0.7, 0.0, 0.6, 0.8,
                     0.5, 0.8, 1.1, 1.1, 1.0, 0.8])  # fmt: skip
ALL_FOR_ONE = 1.4
# First month of a period, and shares of the parties. State agencies refer fewer from October
# 2019; when the others come back in the summer of 2020, the employment service does not.
BY_PARTY = (
    (0, (0.40, 0.25, 0.20, 0.15)),
    (2, (0.51, 0.32, 0.12, 0.05)),
    (9, (0.46, 0.29, 0.21, 0.04)),
)


@dataclass(frozen=True)
class FurtherTables:
    """The survey's further tables, as in the files."""

    staff: pd.DataFrame
    open_answers: pd.DataFrame
    referrals: pd.DataFrame


def _mean_of_those_who_met(design: SurveyDesign, scale: Scale) -> float:
    """Expected answer to the primary wave of those who met a team by then."""
    site = np.array([shift for _, _, shift in design.sites])[:, None]
    compliers, _, always = design.types
    kinds = np.array([compliers * design.share_support, 0.0, always])
    weight = (design.site_sizes / design.people)[:, None] * kinds[None, :]
    means = scale.mean(site + np.array(design.type_shift)[None, :] + scale.effect)
    return float((weight * means).sum() / weight.sum())


def _location(mean: float) -> float:
    """Where the latent answer of staff lies, for this mean of the five points."""

    def gap(location: float) -> float:
        return float(Scale(location, STAFF_SPREAD, 0.0).mean(np.zeros(1))[0]) - mean

    # Rounded, so that the last bits of the solver cannot change a single answer.
    return round(float(brentq(gap, -9, 15)), 6)


def _staff(rng: np.random.Generator, tables: SurveyTables, design: SurveyDesign) -> pd.DataFrame:
    """Staff judge the participants whom they met, in the same words as these."""
    people = tables.participants
    met = people.loc[people["met_team"] == 1, "person"]
    about = met[rng.random(len(met)) < STAFF_RESPONSE].to_numpy()
    own = tables.answers[tables.answers["wave"] == STAFF_WAVE].set_index("person")
    columns: dict[str, object] = {"person": about, "wave": np.full(about.size, STAFF_WAVE)}
    scales = dict(zip((item.id for item in design.items), calibrated(design), strict=True))
    for name, above in STAFF_ABOVE.items():
        mean = _mean_of_those_who_met(design, scales[name])
        said = (
            own[name].astype("Float64").reindex(about).to_numpy(dtype=np.float64, na_value=np.nan)
        )
        seen = (said - mean) / design.control_sd
        noise, alone = rng.standard_normal((2, about.size))
        latent = STAFF_AGREES * np.where(np.isnan(seen), alone, seen)
        latent = latent + np.sqrt(1 - STAFF_AGREES**2) * noise
        location = _location(float(np.clip(mean + above * design.control_sd, 1.1, 4.8)))
        answers = np.clip(np.rint(location + STAFF_SPREAD * latent), 1, 5)
        answers[rng.random(about.size) < STAFF_UNANSWERED] = np.nan
        columns[name] = pd.Series(answers).astype("Int8")
    return pd.DataFrame(columns)


def _open(rng: np.random.Generator, tables: SurveyTables, design: SurveyDesign) -> pd.DataFrame:
    """Themes of each written answer by coder; a row without a theme where a coder found none."""
    people = tables.participants.set_index("person")
    wrote = tables.answers.loc[tables.answers["open_answer"] == 1, ["person", "wave"]]
    theirs, wave = people.loc[wrote["person"]], wrote["wave"].to_numpy()
    # By the third survey those who waited have had their turn.
    met = np.where(wave == 2, theirs["met_team"] == 1, wave == 3)
    n = len(wrote)
    # Each coder sees what is there with this chance, and guesses else; their kappa is its square.
    keeps = np.sqrt(KAPPA)
    found = np.zeros((n, len(CODERS), len(THEMES)), dtype=np.bool_)
    for k, (before, after) in enumerate(THEMES.values()):
        share = np.maximum(before + design.effect_scale * (after - before) * met, 0.0)
        there = rng.random(n) < share
        for coder in range(len(CODERS)):
            sees = rng.random(n) < keeps
            found[:, coder, k] = np.where(sees, there, rng.random(n) < share)
    none = ~found.any(axis=2, keepdims=True)
    row, by, theme = np.nonzero(np.concatenate([found, none], axis=2))
    return pd.DataFrame(
        {
            "person": wrote["person"].to_numpy()[row],
            "wave": wave[row],
            "coder": np.array(CODERS, dtype=object)[by],
            "theme": np.array([*THEMES, ""], dtype=object)[theme],
        }
    )


def _referrals(
    rng: np.random.Generator, tables: SurveyTables, design: SurveyDesign
) -> pd.DataFrame:
    """People referred by month, site and party: the participants, and others besides."""
    sites = [name for name, _, _ in design.sites]
    people = tables.participants
    keys = pd.MultiIndex.from_product([MONTHS, sites, PARTIES], names=["month", "site", "party"])
    inside = people.groupby([people["referred"].str[:7], "site", "party"]).size()
    parties = np.zeros((len(MONTHS), len(PARTIES)))
    for first, shares in BY_PARTY:
        parties[first:] = shares
    by_site = design.site_sizes / BY_MONTH[:RECRUITED].sum()
    all_of_them = ALL_FOR_ONE * BY_MONTH[:, None, None] * by_site[:, None] * parties[:, None, :]
    beside = all_of_them.copy()
    beside[:RECRUITED] *= 1 - 1 / ALL_FOR_ONE
    number = rng.poisson(beside).ravel() + inside.reindex(keys).fillna(0).to_numpy(dtype=np.int64)
    return keys.to_frame(index=False).assign(people=number)


def further_tables(
    stream: np.random.SeedSequence, tables: SurveyTables, design: SurveyDesign
) -> FurtherTables:
    """Draw the survey's further tables.

    Args:
        stream: Source of chance, of its own: the survey stays as it is without these.
        tables: Participants and answers, as in the files.
        design: The design that they were drawn from.
    """
    first, second, third = (np.random.default_rng(child) for child in stream.spawn(3))
    return FurtherTables(
        _staff(first, tables, design),
        _open(second, tables, design),
        _referrals(third, tables, design),
    )
