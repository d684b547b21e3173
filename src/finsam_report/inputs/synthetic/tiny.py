"""The scenario ``tiny``: special cases that studies really have, in a few rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.register import RegisterTables
from finsam_report.inputs.synthetic.survey import SurveyTables


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
    return SurveyTables(people, answers.reset_index(drop=True))


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
