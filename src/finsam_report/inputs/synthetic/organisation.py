"""Draw synthetic associations: members, funds, efforts, participants and indicators.

National totals of a year are exact; how associations, efforts and people share them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.estimators.assignment import Ints
from finsam_report.inputs.synthetic import national
from finsam_report.inputs.synthetic.activity import draw_efforts, draw_participants
from finsam_report.inputs.synthetic.membership import (
    COUNTIES,
    FIRST,
    LAST,
    NEVER,
    Country,
    Membership,
    draw_membership,
)
from finsam_report.inputs.synthetic.survey_design import Floats, apportion

THOUSAND = 1000
# Associations that use the indicators, and questionnaires, by year.
SURVEYED = {2018: (40, 3000), 2020: (42, 4186), 2022: (36, 3600)}
ITEMS = {"needs": 4.1, "coherence": 3.9, "plan_after": 3.5, "ready_for_work": 3.3}
RESPONDENTS = {"participant": (0.70, 0.0), "staff": (0.20, 0.35), "board": (0.10, 0.15)}


@dataclass(frozen=True)
class OrganisationTables:
    """The five tables of the organisation part, as in the files."""

    associations: pd.DataFrame
    years: pd.DataFrame
    efforts: pd.DataFrame
    participants: pd.DataFrame
    indicators: pd.DataFrame


def _associations(members: Membership) -> pd.DataFrame:
    number = dict.fromkeys(COUNTIES, 0)
    labels = []
    for seat in members.seats:
        number[seat] += 1
        labels.append(f"Association {seat}:{number[seat]}")
    names = np.array([*members.names, ""], dtype=object)
    merged = members.merged_into >= 0
    return pd.DataFrame(
        {
            "association": members.names,
            "label": labels,
            "county": members.seats,
            "formed": members.formed,
            "ended": pd.Series(members.ended).where(members.ended < NEVER).astype("Int64"),
            "merged_into": pd.Series(names[members.merged_into], dtype=object).where(merged),
        }
    )


def _shares(members: Membership, year: int) -> tuple[Ints, Ints, Floats]:
    """Associations of a year, their municipalities, and their share of people."""
    there = np.flatnonzero(members.exists(year))
    home = members.belongs(year)
    size = len(members.formed)
    inside = home >= 0
    number = np.bincount(home[inside], minlength=size)[there]
    people = np.bincount(home[inside], weights=members.people[inside], minlength=size)[there]
    return there, number, people / people.sum()


def _years(rng: np.random.Generator, members: Membership, country: Country) -> pd.DataFrame:
    size = len(members.formed)
    esf, other = rng.gamma(0.4, size=size), rng.gamma(0.3, size=size)
    active = rng.lognormal(0, 0.35, size)
    frames = []
    for year in range(FIRST, LAST + 1):
        there, number, share = _shares(members, year)
        million = 1000 * country.share
        tkr = {
            # In tens of thousands at first: the halves and quarters are whole thousands then.
            "state": 4
            * apportion(round(million * national.of(national.STATE, year) / 4), share**0.8),
            "esf": apportion(round(million * national.of(national.ESF, year)), share * esf[there]),
            "other": apportion(
                round(million * national.of(national.OTHER, year)), share * other[there]
            ),
        }
        tkr["region"] = tkr["municipality_funds"] = tkr["state"] // 2
        names = ["state", "region", "municipality_funds", "esf", "other"]
        total = np.sum([tkr[name] for name in names], axis=0)
        frames.append(
            pd.DataFrame(
                {
                    "association": np.array(members.names, dtype=object)[there],
                    "year": year,
                    "municipalities": number,
                    **{name: THOUSAND * tkr[name] for name in names},
                    "total": THOUSAND * total,
                    "staff": np.round(0.8 + total / 6000, 1),
                    "participants": apportion(
                        round(
                            national.of(national.PARTICIPANTS, year)
                            * country.share
                            * country.participants
                        ),
                        share * active[there],
                    ),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _indicators(rng: np.random.Generator, members: Membership, country: Country) -> pd.DataFrame:
    names = np.array(members.names, dtype=object)
    level = rng.normal(0, 0.2, names.size)
    frames = []
    done = 0
    for year, numbers in SURVEYED.items():
        users, papers = (max(1, round(number * country.share)) for number in numbers)
        there = rng.choice(np.flatnonzero(members.exists(year)), size=users, replace=False)
        # Each of those who use the indicators has some.
        home = np.concatenate((there, rng.choice(there, size=papers - users)))
        kinds = rng.choice(len(RESPONDENTS), size=papers, p=[p for p, _ in RESPONDENTS.values()])
        brighter = np.array([shift for _, shift in RESPONDENTS.values()])[kinds]
        person = rng.normal(0, 0.6, papers)
        for item, mean in ITEMS.items():
            latent = mean + brighter + level[home] + person + rng.normal(0, 0.8, papers)
            answer = pd.Series(np.clip(np.rint(latent), 1, 5)).astype("Int64")
            frames.append(
                pd.DataFrame(
                    {
                        "questionnaire": [f"Q{n:05d}" for n in range(done + 1, done + papers + 1)],
                        "association": names[home],
                        "year": year,
                        "respondent": np.array(list(RESPONDENTS), dtype=object)[kinds],
                        "indicator": item,
                        "answer": answer.mask(rng.random(papers) < 0.04),
                    }
                )
            )
        done += papers
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values("questionnaire", kind="stable", ignore_index=True)


def organisation_tables(
    rng: np.random.Generator,
    members: Membership | None = None,
    country: Country | None = None,
) -> OrganisationTables:
    """Draw the organisation part.

    Args:
        rng: Source of chance.
        members: Who joins which association when; drawn where it is not given.
        country: What is given of the country; Sweden where none is.

    Returns:
        Associations, their years, efforts, participants and indicator answers.
    """
    country = country or Country()
    members = members or draw_membership(rng, country)
    years = _years(rng, members, country)
    efforts = draw_efforts(rng, members, years, country.share)
    return OrganisationTables(
        _associations(members),
        years,
        efforts,
        draw_participants(rng, efforts, years),
        _indicators(rng, members, country),
    )
