"""A tiny study that has all parts, every table of the contract, and every column of each."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

SURVEY = """primary_wave = 2
staff_answers = "staff.csv"
open_answers = "open.csv"
themes = [{ value = "work", label.en = "Work" }, { value = "staff", label.en = "Staff" }]
referrals = "referrals.csv"
"""
LATER = """[register.later]
draws = "draws.csv"

[register.assignment]
"""
PRICES = """[prices]
table = "cpi.csv"

[register]
"""
OTHER = """
[organisation]
associations = "associations.csv"
association_years = "association_years.csv"
efforts = "efforts.csv"
effort_participants = "taking_part.csv"
indicators = "indicators.csv"
teams = "teams.csv"
referrals = "referred.csv"
years = { first = 2004, last = 2022 }
effort_kinds = [{ value = "team", label.en = "Team" }, { value = "group", label.en = "Group" }]
target_groups = [{ value = "young", label.en = "Young" }, { value = "sick", label.en = "Sick" }]
education = [{ value = "basic", label.en = "Basic" }, { value = "higher", label.en = "Higher" }]

[[organisation.indicator_items]]
id = "needs"
label.en = "My needs"
text.en = "The support is about my needs."

[[organisation.indicator_items]]
id = "plan"
label.en = "A plan"
text.en = "There is a plan."

[municipality]
municipalities = "municipalities.csv"
municipality_years = "municipality_years.csv"
years = { first = 2003, last = 2006 }
all_ages = "18-64"
age_bands = [
  { value = "18-29", label.en = "18-29" },
  { value = "30-64", label.en = "30-64" },
  { value = "18-64", label.en = "18-64" },
]

[[municipality.covariates]]
id = "size"
label.en = "People"
kind = "number"
unit = { en = "thousands", sv = "tusental" }
minimum = 1
maximum = 2000

[[municipality.covariates]]
id = "coast"
label.en = "At the coast"
kind = "binary"

[[municipality.outcomes]]
id = "sickness"
label.en = "Sickness benefit"

[[municipality.outcomes]]
id = "work"
label.en = "Employment"
"""


def _experiments(study: Any) -> None:
    """The columns that the small study does without, and decimals."""
    people = study.table("people.csv")
    met = people["met_team"] == "1"
    months = np.where(np.arange(len(people)) % 2, "2019-08", "2019-09")
    study.put("people.csv", people.assign(
        referred=months + "-02", randomised=months + "-20", consent="1",
        met_date=np.where(met, "2019-10-15", ""),
    ))  # fmt: skip
    answers = study.table("answers.csv")
    when = answers["wave"].map({"1": "2019-10-01", "2": "2020-03-10", "3": "2020-09-20"})
    study.put("answers.csv", answers.assign(answered=when))
    drawn = study.table("drawn.csv")
    met = drawn["met_team"] == "1"
    study.put("drawn.csv", drawn.assign(
        person="D" + drawn["person"].str.zfill(3), referred="2018-11-05",
        randomised=drawn["draw"] + "-15", met_date=np.where(met, "2019-04-01", ""),
        exit=np.where(drawn.index % 20, "", "death"),
        exit_period=np.where(drawn.index % 20, "", "3"),
    ))  # fmt: skip
    first = study.table("drawn.csv")[["person", "randomised", "arm"]]
    first = first.rename(columns={"randomised": "date"})
    again = first[(first["arm"] == "not_drawn") & first["date"].str.startswith("2019-01")].head(12)
    again = again.assign(date="2019-02-15", arm=np.resize(["drawn", "not_drawn"], len(again)))
    study.put("draws.csv", pd.concat([first, again]))
    study.put("cpi.csv", pd.DataFrame(
        {"year": [2017, 2018, 2019, 2020], "index": [100, 101.5, 103, 104.25]}
    ))  # fmt: skip
    months = study.table("months.csv")
    wage = months["wage"].astype(int) + np.resize([0.5, 0.25, 0.0], len(months))
    study.put("months.csv", months.assign(
        person="D" + months["person"].str.zfill(3), wage=wage
    ))  # fmt: skip
    study.put("staff.csv", answers.head(12))
    opened = pd.concat([answers.head(6)[["person", "wave"]].assign(coder=c) for c in "AB"])
    study.put("open.csv", opened.assign(theme=np.resize(["work", "staff", ""], len(opened))))
    study.put("referrals.csv", pd.DataFrame(
        [(m, s, p, 20) for m in ("2019-08", "2019-09") for s in ("norr", "söder")
         for p in ("municipality", "region", "social_insurance", "employment_service")],
        columns=["month", "site", "party", "people"],
    ))  # fmt: skip


def _organisation(study: Any) -> None:
    study.put("associations.csv", pd.DataFrame({
        "association": ["F1", "F2", "F3", "F4"], "label": ["North", "South", "East", "West"],
        "county": ["01", "03", "03", "01"], "formed": [2004, 2005, 2005, 2004],
        "ended": ["", "", 2006, ""], "merged_into": ["", "", "F2", ""],
    }))  # fmt: skip
    years = pd.DataFrame(
        [(a, y) for a, y in (("F1", 2004), ("F1", 2005), ("F1", 2006), ("F2", 2005), ("F2", 2006))],
        columns=["association", "year"],
    )
    study.put("association_years.csv", years.assign(
        municipalities=1, state=2_000_000.5, region=1_000_000, municipality_funds=1_000_000.5,
        esf=0, other=0, total=4_000_001, saved=[0, 250_000.5, 100_000, 0, 50_000],
        population=[18_000, 18_200, 18_300, 25_000, 25_100], counties=1,
        staff=[1.5, 1.5, 2.25, 1, 1], participants=40,
    ))  # fmt: skip
    study.put("efforts.csv", pd.DataFrame({
        "effort": ["E1", "E2", "E3", "E4", "E5"], "association": ["F1", "F2", "F2", "F1", "F1"],
        "type": ["individual", "structural", "individual", "individual", "structural"],
        "kind": ["team", "group", "", "team", "group"],
        "target_group": ["young", "", "sick", "sick", ""],
        "parties": ["municipality;region", "region", "region", "social_insurance", "region"],
        "start": ["2005-02-01", "2006-01-01", "2006-03-01", "2005-02-01", "2006-01-01"],
        "end": ["2007-12-31", "", "2008-05-01", "2007-12-31", ""],
        "cost": [900_000, 200_000.5, 700_000, 500_000, 100_000],
    }))  # fmt: skip
    study.put("taking_part.csv", pd.DataFrame({
        "participant": [f"P{n}" for n in range(6)], "effort": ["E1", "E1", "E1", "E3", "E3", "E3"],
        "sex": ["woman", "man", "woman", "man", "", "woman"],
        "age_band": ["16-29", "30-44", "45-59", "60-66", "16-29", "30-44"],
        "education": ["basic", "higher", "basic", "", "higher", "basic"],
        "livelihood_before": "social_assistance",
        "livelihood_after": ["wage", "none", "", "wage", "other", ""],
        "occupation_before": "none",
        "occupation_after": ["work", "none", "", "studies", "none", ""],
        "start": "2006-06-15", "identified": [1, 0, 1, 1, 0, 1],
        "end": ["2007-01-31", "2007-02", "", "2006-12-01", "2006-09-30", "2006-10-31"],
    }))  # fmt: skip
    study.put("teams.csv", pd.DataFrame({
        "association": ["F1", "F1", "F1", "F2", "F2"], "team": ["North", "North", "A", "B", "B"],
        "year": [2005, 2005, 2006, 2006, 2006],
        "party": ["municipality", "region", "municipality", "municipality", "employment_service"],
        "posts": [1.5, 0.5, 1, 1.25, 0.5], "vacant": [0, 0.5, 0.25, 0, 0],
    }))  # fmt: skip
    study.put("referred.csv", pd.DataFrame(
        [(m, a, p, 9) for m in ("2005-01", "2005-07", "2006-01") for a in ("F1", "F2")
         for p in ("municipality", "region", "social_insurance", "employment_service")],
        columns=["month", "association", "party", "people"],
    ))  # fmt: skip
    study.put("indicators.csv", pd.DataFrame({
        "questionnaire": ["N1", "N1", "N2", "N2", "N3", "N3"],
        "association": ["F1", "F1", "F1", "F1", "F2", "F2"], "year": 2006,
        "respondent": ["participant", "participant", "staff", "staff", "board", "board"],
        "indicator": ["needs", "plan"] * 3, "answer": [5, 4, 3, 2, 4, ""],
    }))  # fmt: skip


def _municipality(study: Any) -> None:
    study.put("municipalities.csv", pd.DataFrame({
        "municipality": ["1480", "0114", "0305", "0115", "0319"],
        "county": ["14", "01", "03", "01", "03"], "joined": ["", 2004, 2005, "", ""],
        "association": ["", "F1", "F2", "", ""], "left": ["", "", "", "", ""],
        "merged_into": ["", "", "", "", ""],
        "size": [30.5, 18, 25, 12.5, 9], "coast": [1, 1, 0, 0, 0],
    }))  # fmt: skip
    rng = np.random.default_rng(1)
    rows = []
    for code in ("1480", "0114", "0305", "0115", "0319"):
        for year in range(2003, 2007):
            for outcome, level in (("sickness", 4.0), ("work", 70.0)):
                cells = {(s, a): (int(rng.integers(500, 900)), level + rng.normal(0, 0.5))
                         for s in ("women", "men") for a in ("18-29", "30-64")}  # fmt: skip
                for sex in ("all", "women", "men"):
                    for age in ("18-29", "30-64", "18-64"):
                        mine = [c for (s, a), c in cells.items()
                                if sex in ("all", s) and age in ("18-64", a)]  # fmt: skip
                        number = sum(n for n, _ in mine)
                        value = sum(n * v for n, v in mine) / number
                        rows.append((code, year, sex, age, outcome, round(value, 1), number))
    names = ["municipality", "year", "sex", "age_band", "outcome", "value", "population"]
    study.put("municipality_years.csv", pd.DataFrame(rows, columns=names))


@pytest.fixture(scope="session")
def _full(_small: Path, tmp_path_factory: pytest.TempPathFactory, _study_type: Any) -> Path:
    place = Path(shutil.copytree(_small, tmp_path_factory.mktemp("full") / "study"))
    study = _study_type(place)
    study.toml("primary_wave = 2\n", SURVEY)
    study.toml("[register.assignment]\n", LATER)
    study.toml("[register]\n", PRICES)
    study.toml('currency = "SEK"', 'currency = "SEK"\nprice_year = 2020')
    toml = study.path("study.toml")
    toml.write_text(toml.read_text("utf-8") + OTHER, "utf-8")
    _experiments(study)
    _organisation(study)
    _municipality(study)
    return place


@pytest.fixture(scope="session")
def _study_type(_small: Path) -> Any:
    from conftest import SmallStudy

    return SmallStudy


@pytest.fixture
def full(_full: Path, tmp_path: Path, _study_type: Any) -> Any:
    """A fresh copy of the full study in the test's own directory."""
    return _study_type(Path(shutil.copytree(_full, tmp_path / "full")))
