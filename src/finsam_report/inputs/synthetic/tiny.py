"""The scenario ``tiny``: special cases that studies really have, in a few rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.membership import NEVER, Membership
from finsam_report.inputs.synthetic.municipality import MunicipalityTables
from finsam_report.inputs.synthetic.organisation import OrganisationTables
from finsam_report.inputs.synthetic.organisation_further import FurtherOrganisation
from finsam_report.inputs.synthetic.register import RegisterTables
from finsam_report.inputs.synthetic.survey import SurveyTables
from finsam_report.inputs.synthetic.survey_extra import FurtherTables

LEFT = 2020  # the year in which the last of the members leaves


def tiny_survey(tables: SurveyTables) -> SurveyTables:
    """An item nobody answered, people without answers, covariates that are missing or the same."""
    people, answers = tables.participants.copy(), tables.answers.copy()
    answers["support_fits"] = pd.NA
    answered = answers["person"].drop_duplicates()
    silent = {answered.iloc[0], answered.iloc[-1]}
    answers = answers[~answers["person"].isin(silent)]
    # The third survey came back from one person; the health of those of one site is the same.
    third = answers.index[answers["wave"] == 3]
    answers = answers.drop(index=third[1:])
    in_site = set(people.loc[people["site"] == "stockholm", "person"])
    alike = answers["person"].isin(in_site) & answers["health"].notna()
    answers.loc[alike, "health"] = 2
    people["years_without_work"] = np.nan
    people.loc[people.index[:3], "education"] = None
    people.loc[people["education"] == "post_secondary", "education"] = "upper_secondary"
    people["foreign_born"] = 0
    return SurveyTables(people, answers.reset_index(drop=True), tables.potential)


def tiny_register(tables: RegisterTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A draw in which nobody met a team, people with no or few months, outcomes without values."""
    people, months = tables.participants.copy(), tables.months().to_pandas()
    last_draw = people["draw"] == people["draw"].max()
    people.loc[last_draw, "met_team"] = 0
    people.loc[last_draw, "met_date"] = ""
    people["age"] = people["age"].astype("Int64")
    people.loc[people.index[0], "age"] = pd.NA
    gone, leaves = people["person"].iloc[1], people["person"].iloc[2]
    months = months[(months["person"] != gone)]
    months = months[(months["person"] != leaves) | (months["period"] <= 12)]
    for name in ("sickness_benefit", "benefit_right"):
        months[name] = months[name].astype("Int8")
    months["sickness_benefit"] = pd.NA
    months.loc[months["period"] == 24, "benefit_right"] = pd.NA
    return people.reset_index(drop=True), months.reset_index(drop=True)


def tiny_further(tables: FurtherTables) -> FurtherTables:
    """Staff who pass over all items of a person, a theme that only one coder sees, few months."""
    staff, coded, referred = (
        tables.staff.copy(), tables.open_answers.copy(), tables.referrals
    )  # fmt: skip
    staff.loc[staff.index[0], staff.columns.difference(["person", "wave"])] = pd.NA
    # The second coder never sees a theme; who has no other then has none.
    second, money = coded["coder"] == coded["coder"].max(), coded["theme"] == "money"
    coded.loc[second & money, "theme"] = ""
    place = ["person", "wave", "coder"]
    alone = coded.groupby(place)["theme"].transform("size") == 1
    coded = coded[(coded["theme"] != "") | alone]
    some = (referred["people"] > 0) | (referred["month"] == "2020-04")
    return FurtherTables(staff, coded.reset_index(drop=True), referred[some].reset_index(drop=True))


def tiny_organisation(tables: OrganisationTables) -> OrganisationTables:
    """Gaps in funds, staff and people; an indicator nobody answered; an effort without people."""
    years, efforts = tables.years.copy(), tables.efforts.copy()
    people, indicators = tables.participants.copy(), tables.indicators.copy()
    for name, row in (("other", 0), ("staff", 1), ("participants", 2), ("municipalities", 3)):
        years[name] = years[name].astype("Float64" if name == "staff" else "Int64")
        years.loc[years.index[row], name] = pd.NA
    efforts["cost"] = efforts["cost"].astype("Int64")
    efforts.loc[efforts.index[0], "cost"] = pd.NA
    efforts.loc[efforts.index[1], "kind"] = None
    people = people[people["effort"] != people["effort"].iloc[-1]].reset_index(drop=True)
    for name in ("sex", "age_band", "livelihood_before", "occupation_before"):
        people.loc[people.index[:2], name] = None
    people["education"] = "compulsory"
    people["identified"] = people["identified"].astype("Int8")
    people.loc[people.index[2], "identified"] = pd.NA
    # The same person a second time, in the same effort.
    people.loc[people.index[4], ["participant", "effort"]] = (
        people.loc[people.index[3], ["participant", "effort"]].to_numpy()
    )  # fmt: skip
    people.loc[people.index[4], "start"] = str(
        np.datetime64(people["start"].iloc[3]) + np.timedelta64(1, "D")
    )
    people.loc[people.index[4], "end"] = ""
    indicators.loc[indicators["indicator"] == "ready_for_work", "answer"] = pd.NA
    return OrganisationTables(tables.associations, years, efforts, people, indicators)


def tiny_parties(tables: FurtherOrganisation) -> FurtherOrganisation:
    """A vacancy and a number of referrals that are not known, and a team without one party."""
    teams, referred = tables.teams.copy(), tables.referrals.copy()
    teams.loc[teams.index[0], "vacant"] = np.nan
    teams = teams.drop(index=teams.index[1]).reset_index(drop=True)
    referred["people"] = referred["people"].astype("Int64")
    referred.loc[referred.index[0], "people"] = pd.NA
    return FurtherOrganisation(tables.years, teams, referred)


def tiny_numbers(years: pd.DataFrame, members: Membership) -> pd.DataFrame:
    """Associations by year, without the municipality that left."""
    out = years.copy()
    last = np.flatnonzero(members.joined < NEVER)[-1]
    for year in range(LEFT, int(years["year"].max()) + 1):
        home = members.names[members.belongs(year)[last]]
        out.loc[(out["association"] == home) & (out["year"] == year), "municipalities"] -= 1
    return out


def tiny_municipality(tables: MunicipalityTables) -> MunicipalityTables:
    """One that left, one that lacks a year, unknown people, and an outcome without values."""
    units, years = tables.municipalities.copy(), tables.years.copy()
    member = units.index[units["joined"].notna()]
    units["left"] = pd.Series(pd.NA, index=units.index, dtype="Int64")
    units.loc[member[-1], "left"] = LEFT
    codes = units["municipality"]
    lacks = (years["municipality"] == codes.iloc[0]) & (years["year"] == years["year"].max())
    years = years[~lacks].reset_index(drop=True)
    years["population"] = years["population"].astype("Int64")
    years.loc[years["municipality"] == codes.iloc[1], "population"] = pd.NA
    years.loc[years["outcome"] == "employment", "value"] = np.nan
    early = years["year"] == years["year"].min()
    years.loc[early & (years["outcome"] == "social_assistance"), "value"] = np.nan
    return MunicipalityTables(units, years)
