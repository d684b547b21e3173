"""Draw the synthetic survey experiment: a team at once, or half a year of waiting first.

Whether a person answers depends on age and education, which are drawn independently of what she
would answer in either arm; only a design with ``response_on_answer`` makes it depend on that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr, ndtri

from finsam_report.estimators.assignment import Assignment, Bools, Ints
from finsam_report.inputs.synthetic.survey_design import (
    EDUCATION,
    Floats,
    SurveyDesign,
    apportion,
    calibrated,
)

COMPLIER, NEVER, ALWAYS = 0, 1, 2
MONTHS = tuple(str(m) for m in np.arange("2019-08", "2020-07", dtype="datetime64[M]"))
PARTIES = ("municipality", "region", "social_insurance", "employment_service")


@dataclass(frozen=True)
class Potential:
    """What everybody would do at wave 2 in either arm; a study never sees both.

    Attributes:
        answers: Answers if offered support (first) and if not; shape (2, n, items).
        responds: Whether each would answer the survey; shape (2, n).
    """

    answers: Floats
    responds: Bools


@dataclass(frozen=True)
class SurveyTables:
    """The two tables of the survey experiment, as in the files, and what lies behind them."""

    participants: pd.DataFrame
    answers: pd.DataFrame
    potential: Potential


def _top(score: Floats, number: int) -> Bools:
    """The ``number`` people with the highest scores."""
    chosen = np.zeros(score.size, dtype=np.bool_)
    chosen[np.argsort(-score, kind="stable")[:number]] = True
    return chosen


def _referrals(rng: np.random.Generator, people: int) -> tuple[npt.NDArray[np.datetime64], Ints]:
    """Day of referral, in order, and referring party (a code into ``PARTIES``)."""
    # April 2020 is a pause; the teams take people up again in May.
    weights = np.array([0.8, 1.3, 1.2, 1.1, 0.8, 1.1, 1.1, 0.7, 0.0, 0.6, 0.8])
    numbers = apportion(people, weights)
    days = []
    for month, number in zip(MONTHS, numbers, strict=True):
        candidates = np.datetime64(month, "D") + np.arange(23)
        candidates = candidates[np.is_busday(candidates)]
        days.append(np.sort(rng.choice(candidates, size=number)))
    # State agencies refer fewer from October 2019; in May 2020 all but one recover.
    party = []
    for first, last, shares in (
        (0, 2, (0.40, 0.25, 0.20, 0.15)),
        (2, 8, (0.51, 0.32, 0.12, 0.05)),
        (8, len(MONTHS), (0.46, 0.29, 0.21, 0.04)),
    ):
        counts = apportion(int(numbers[first:last].sum()), np.array(shares))
        party.append(rng.permutation(np.repeat(np.arange(len(PARTIES)), counts)))
    return np.concatenate(days), np.concatenate(party).astype(np.int64)


def _latent_answers(rng: np.random.Generator, design: SurveyDesign, index: Floats) -> Floats:
    """Latent answers, standard normal each; shape (3 waves, people, items)."""
    theme = np.array([item.theme for item in design.items])
    related = np.where(theme[:, None] == theme[None, :], 0.60, 0.45)
    np.fill_diagonal(related, 1.0)
    root_of = np.linalg.cholesky(related).T
    stays = np.array([item.persistence for item in design.items])
    size = (design.people, len(design.items))
    lasting = rng.standard_normal(size) @ root_of
    passing = rng.standard_normal((3, *size)) @ root_of
    own = np.sqrt(stays) * lasting + np.sqrt(1 - stays) * passing
    return np.asarray(0.3 * index[:, None] + np.sqrt(1 - 0.3**2) * own)


def _supported(
    design: SurveyDesign, base: Floats, kind: Ints, meets: Bools
) -> tuple[Floats, Floats]:
    """Latent answers by wave as it went, and at wave 2 with an offer (first) and without."""
    effect = np.array([scale.effect for scale in calibrated(design)])
    met = np.stack(
        [np.zeros(kind.size), meets.astype(np.float64), design.later_effect * (kind != NEVER)]
    )
    # Never-takers and always-takers do as they do.
    either = np.stack([kind != NEVER, kind == ALWAYS]).astype(np.float64)
    return base + met[:, :, None] * effect, base[1] + either[:, :, None] * effect


def _returned(score: Floats, support: Bools, rates: tuple[float, float]) -> tuple[Bools, Floats]:
    """Who returns a survey, in fixed numbers per arm, and the lowest score of those; shape (2,).

    The published rates thereby hold in every draw of the study.
    """
    returned = np.zeros(score.size, dtype=np.bool_)
    lowest = np.full(2, np.inf)
    for at, (arm, rate) in enumerate(zip((support, ~support), rates, strict=True)):
        people = np.flatnonzero(arm)
        chosen = people[_top(score[people], round(rate * people.size))]
        returned[chosen] = True
        lowest[at] = score[chosen].min(initial=np.inf)
    return returned, lowest


def survey_tables(rng: np.random.Generator, design: SurveyDesign | None = None) -> SurveyTables:
    """Draw one survey experiment.

    Args:
        rng: Source of chance.
        design: Sizes, shares and effects; the synthetic study's where none is given.

    Returns:
        People and answers.
    """
    design = design or SurveyDesign()
    n = design.people
    referred, party = _referrals(rng, n)
    randomised = np.busday_offset(referred, rng.integers(1, 6, n))
    site = rng.permutation(np.repeat(np.arange(len(design.sites)), design.site_sizes))
    names = tuple(name for name, _, _ in design.sites)
    assignment = Assignment.from_shares(site, np.full(len(names), design.share_support), names)
    support = assignment.draw(rng, 1)[0]

    # What lies behind the covariates; the answers lean on the first four only.
    assistance, abroad, woman, years, age, schooling = rng.standard_normal((6, n))
    index = (-0.55 * assistance + 0.35 * abroad + 0.15 * woman - 0.743 * years) / np.sqrt(
        0.55**2 + 0.35**2 + 0.15**2 + 0.743**2
    )
    age_years = np.floor(18 + 47 * ndtr(0.713 * age - 0.066)).astype(np.int64)
    without_work = np.round(np.minimum(4.3 * np.exp(0.7 * years), age_years - 17), 1)
    level = np.digitize(schooling, ndtri(np.cumsum([0.35, 0.45])))
    education = np.array(EDUCATION, dtype=object)[level]
    education[rng.random(n) < 0.01] = None
    without_work[rng.random(n) < 0.01] = np.nan

    kind = rng.choice(3, size=n, p=design.types)
    meets = (kind == ALWAYS) | (support & (kind == COMPLIER))
    wait = np.where(support, rng.integers(7, 61, n), rng.integers(50, 171, n))
    met_date = np.where(meets, (randomised + wait).astype(str), "")

    scales = calibrated(design)
    shift = np.array([s for _, _, s in design.sites])[site] + np.array(design.type_shift)[kind]
    base = _latent_answers(rng, design, index) + shift[:, None]
    latent, would = _supported(design, base, kind, meets)
    location = np.array([scale.location for scale in scales])
    spread = np.array([scale.spread for scale in scales])
    answers = np.clip(np.rint(location + spread * latent), 1, 5)
    answers[rng.random(answers.shape) < [item.unanswered for item in design.items]] = np.nan

    person = np.array(
        [f"S{number:0{max(4, len(str(n)))}d}" for number in range(1, n + 1)], dtype=object
    )
    participants = pd.DataFrame(
        {
            "person": person,
            "site": np.array(names, dtype=object)[site],
            "referred": referred.astype(str),
            "randomised": randomised.astype(str),
            "arm": np.where(support, "support", "waiting"),
            "sex": np.where(_top(woman, round(0.60 * n)), "woman", "man"),
            "age": age_years,
            "foreign_born": _top(abroad, round(0.44 * n)).astype(np.int8),
            "education": education,
            "social_assistance": _top(assistance, round(0.50 * n)).astype(np.int8),
            "years_without_work": without_work,
            "party": np.array(PARTIES, dtype=object)[party],
            "met_team": meets.astype(np.int8),
            "met_date": met_date,
        }
    )

    willing = 0.22 * age + 0.18 * schooling + rng.standard_normal(n)
    talkative = rng.standard_normal(n)
    responds: Bools = np.zeros((2, n), dtype=np.bool_)
    waves = []
    for wave, rates in enumerate(design.response):
        own = willing + rng.standard_normal(n)
        lean = design.response_on_answer
        returned, lowest = _returned(own + lean * latent[wave].mean(1), support, rates)
        if wave == 1:
            responds = own + lean * would.mean(axis=2) >= lowest[:, None]
        who = np.flatnonzero(returned)
        lag = rng.integers(0, 7, n) if wave == 0 else 182 * wave + wave + rng.integers(0, 29, n)
        wrote = talkative + rng.standard_normal(n)
        rows = {
            "person": person[who],
            "wave": np.full(who.size, wave + 1),
            "answered": (randomised + lag)[who].astype(str),
        }
        columns = {item.id: answers[wave, who, k] for k, item in enumerate(design.items)}
        open_answer = _top(wrote[who], round(design.open_answer * who.size)).astype(np.int8)
        waves.append(pd.DataFrame({**rows, **columns, "open_answer": open_answer}))
    table = pd.concat(waves, ignore_index=True).sort_values(["person", "wave"], ignore_index=True)
    table[[item.id for item in design.items]] = table[[i.id for i in design.items]].astype("Int8")
    potential = Potential(np.clip(np.rint(location + spread * would), 1, 5), responds)
    return SurveyTables(participants, table, potential)
