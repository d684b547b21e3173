"""The organisation part: what associations are, what they do, whom they reach, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from finsam_report import published
from finsam_report.inputs.parts_contract import survey_extra
from finsam_report.parts import organisation_efforts as efforts
from finsam_report.parts import organisation_parties as parties
from finsam_report.parts import organisation_people as people
from finsam_report.parts import organisation_series as series
from finsam_report.parts.ledger import ORGANISATION, rows
from finsam_report.parts.organisation_data import Data, prepare, referrals
from finsam_report.parts.organisation_members import members
from finsam_report.parts.organisation_rows import ALL, Piece, collect, entries
from finsam_report.study import Study
from finsam_report.study_other import TargetSize

# A study is of the whole country if it has at least this share of the associations published.
NATIONAL = 0.5
# What the ledger holds of every association: the last year, and of these analyses these rows.
SHORT = {
    "series": (("municipalities", "count"),),
    "funds": (("total", "nominal"), ("state", "nominal"), ("state", "per_member"),
              ("total", "per_member")),
    "participants": (("all", "count"),),
    "efforts": (("individual", "going"), ("structural", "going")),
    "cost": (("per_participant", "nominal"),),
    "registered": (("share", "share"), ("count", "count")),
}  # fmt: skip


def published_rows(study: Study) -> list[pd.DataFrame]:
    """The published national figures, for every study of coordination associations."""
    if study.study.programme != "finsam":
        return []
    known = [figure for figure in published.figures() if figure.value is not None]
    return [
        rows(
            part=ORGANISATION, analysis="published", outcome=[f.series for f in known], group=ALL,
            horizon=np.array([f.year for f in known]), estimator=[f.estimator for f in known],
            estimate=np.array([f.value for f in known]), unit=[f.unit for f in known],
        )
    ]  # fmt: skip


def target_size(study: Study, data: Data) -> TargetSize | None:
    """How many people belong to the target group of the study's associations, if that is known.

    The published range is that of the whole country: it holds where the study has most of it.
    """
    if data.part.target_size is not None or study.study.programme != "finsam":
        return data.part.target_size
    counts = [f for f in published.figures() if f.series == "associations" and f.value is not None]
    nearest = min(counts, key=lambda f: abs(f.year - data.last))
    if len(data.exist(data.last)) < NATIONAL * (nearest.value or np.inf):
        return None
    low, high = published.figure("target_low", 2022), published.figure("target_high", 2022)
    if low is None or high is None or low.value is None or high.value is None:
        return None
    return TargetSize(low=int(low.value), high=int(high.value))


def _referred(data: Data, tables: Mapping[str, pd.DataFrame]) -> list[Piece]:
    """Referrals to the associations, or else those to the teams of the survey."""
    source, referred = ORGANISATION, data.referrals
    if not len(referred):
        if survey_extra.REFERRALS not in tables:
            return []
        source, referred = "survey", referrals(tables[survey_extra.REFERRALS])
    said = pd.DataFrame({"group": [ALL], "year": [np.nan], "n": [1.0]})
    return [
        *parties.referral_rows(referred),
        entries("referrals", said, source, "n", "", outcome="source"),
    ]


def _of_group(data: Data) -> list[Piece]:
    """What is told of the whole, and of an association that a report is about."""
    return [
        *series.member_rows(data),
        *series.funds_rows(data),
        *efforts.effort_rows(data),
        *people.number_rows(data),
        *people.who_rows(data),
        *people.change_rows(data),
        *efforts.cost_rows(data),
        *people.registered_rows(data),
        *parties.team_rows(data),
        *parties.indicator_rows(data),
    ]


def _all_years(data: Data) -> pd.DataFrame:
    """Who took part and how they are registered, in all years together."""
    table = data.people
    once = replace(data, people=table.assign(first=0 * table["first"]))
    return collect([*people.who_rows(once), *people.registered_rows(once)]).assign(horizon=np.nan)


def _of_one(data: Data) -> list[pd.DataFrame]:
    """What is told of one association: of its participants in all years together.

    A single year of an association has few of them, and years beside their sum would tell the
    year that is kept back.
    """
    told = collect(_of_group(data))
    people_of = told["analysis"].isin(["change", "transition", "registered"])
    people_of |= (told["analysis"] == "participants") & (told["outcome"] != "all")
    return [told[~people_of | told["horizon"].isna()], _all_years(data)]


def _short(data: Data) -> list[pd.DataFrame]:
    """The last year of every association, for the table that sets them side by side."""
    own = data.associations
    there = own[(own["formed"] <= data.last) & (data.last <= own["ended"])]
    if len(own):
        codes = set(there["association"])
        data = data.changed(lambda table: table[table["association"].isin(codes)])
    last = data.years[data.years["year"] == data.last]
    now = efforts.of_last_year(replace(data, years=last))
    begun = replace(data, people=data.people[data.people["first"] == data.last])
    pieces = [
        *series.member_rows(now),
        *series.funds_rows(now),
        *efforts.now_rows(data),
        *people.number_rows(now),
        *efforts.cost_rows(now),
        *people.registered_rows(begun),
    ]
    frame = collect(pieces)
    wanted = pd.MultiIndex.from_tuples(
        [(analysis, *key) for analysis, keys in SHORT.items() for key in keys]
    )
    place = pd.MultiIndex.from_frame(frame[["analysis", "outcome", "estimator"]])
    of_last = (frame["horizon"] == data.last) & place.isin(wanted)
    asked = data.indicators
    answered = replace(data, indicators=asked[asked["year"] == asked["year"].max()])
    further = [
        *people.change_rows(data, brief=True),
        *parties.indicator_rows(answered, by_respondent=False),
    ]
    return [frame[of_last.to_numpy()], collect(further)]


def analyse(
    study: Study, tables: Mapping[str, pd.DataFrame], association: str | None = None
) -> list[pd.DataFrame]:
    """All rows of the ledger for the organisation part.

    Args:
        study: The study as declared.
        tables: The checked tables beside those of the experiments, by the name of their contract.
        association: Code of an association that is to be told of in full.

    Returns:
        Pieces of the ledger, in a fixed order. Published figures come with every study of
        coordination associations, with or without tables of its own.
    """
    out = published_rows(study)
    data = prepare(study, tables)
    if data is None:
        return out
    pieces = [
        *series.number_rows(data),
        *series.size_rows(data),
        *series.reported_rows(data),
        *series.price_year_rows(data),
        *_of_group(data),
        *people.coverage_rows(data, target_size(study, data)),
        *_referred(data, tables),
    ]
    out += [collect(pieces), *members(tables, study.organisation, study.municipality)]
    out += _short(data.each(without=association))
    if association is not None:
        one = data.only(association)
        out += [*_of_one(one), collect(parties.referral_rows(one.referrals)), _all_years(data)]
    return out
