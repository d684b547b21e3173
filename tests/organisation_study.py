"""A small study of associations whose every number can be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

TOML = """
[study]
id = "small"
title.en = "Small"
data_until.en = "December 2021"
synthetic = true
programme = "{programme}"
{about}
{prices}
[organisation]
{files}
years = {{ first = 2018, last = 2021 }}
effort_kinds = [{{ value = "team", label.en = "Team" }}, {{ value = "group", label.en = "Group" }}]
target_groups = [{{ value = "young", label.en = "Young" }}, {{ value = "sick", label.en = "Sick" }}]
education = [{{ value = "basic", label.en = "Basic" }}, {{ value = "higher", label.en = "Higher" }}]
{more}
"""
ITEMS = """
[[organisation.indicator_items]]
id = "needs"
label.en = "My needs"
text.en = "The support is about my needs."

[[organisation.indicator_items]]
id = "waiting"
label.en = "Waiting"
text.en = "I had to wait."
direction = "down"
maximum = 3
"""
PRICES = """
[prices]
table = "prices.csv"
"""
KEY = ["analysis", "outcome", "group", "horizon", "estimator"]
PARTIES = ("municipality", "region", "social_insurance", "employment_service")


def associations() -> pd.DataFrame:
    """Three of which the second goes into the first after 2019."""
    return pd.DataFrame(
        {
            "association": ["A", "B", "C"], "label": ["North", "South", "East"],
            "county": ["01", "01", "03"], "formed": [2018, 2018, 2019],
            "ended": ["", 2019, ""], "merged_into": ["", "A", ""],
        }
    )  # fmt: skip


def years() -> pd.DataFrame:
    """Funds in kronor; the half is the state's, and nothing is known of A in 2020."""
    rows = [
        # association, year, municipalities, state, esf, saved, population, counties, participants
        ("A", 2018, 2, 1_000_000, 100_000, 0, 20_000, 1, 40),
        ("B", 2018, 1, 500_000, 0, 0, 5_000, 1, 10),
        ("A", 2019, 2, 1_000_000, 200_000, 50_000, 20_000, 1, 50),
        ("B", 2019, 1, 500_000, 0, 100_000, 5_000, 1, 10),
        ("C", 2019, 6, 1_500_000, 0, 0, 50_000, 2, 90),
        ("C", 2020, 6, 1_500_000, 0, 150_000, 50_000, 2, 60),
        ("A", 2021, 4, 1_600_000, 0, 20_000, 30_000, 1, 45),
        ("C", 2021, 10, 1_800_000, 400_000, 30_000, 90_000, 2, 75),
    ]
    names = ["association", "year", "municipalities", "state", "esf", "saved", "population",
             "counties", "participants"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    frame = frame.assign(
        region=frame["state"] // 2, municipality_funds=frame["state"] // 2, other=0
    )
    frame = frame.assign(total=2 * frame["state"] + frame["esf"])
    return frame.assign(staff=[1, 0.5, 1, 0.5, 2, 2, 1.5, 2.5])


def efforts() -> pd.DataFrame:
    """Five efforts: one over two years, one that goes on, one of unknown cost."""
    rows = [
        ("E1", "A", "individual", "team", "young", "municipality;region",
         "2018-07-02", "2019-12-31", 548_000),
        ("E2", "A", "structural", "group", "", "municipality", "2019-01-01", "2019-12-31", 120_000),
        ("E3", "C", "individual", "team", "sick", "municipality;region;employment_service",
         "2019-01-01", "2021-12-31", 1_096_000),
        ("E4", "C", "individual", "", "", "region", "2021-01-01", "", 730_000),
        ("E5", "B", "individual", "group", "young", "region", "2018-01-01", "2018-12-31", ""),
    ]  # fmt: skip
    names = ["effort", "association", "type", "kind", "target_group", "parties", "start", "end",
             "cost"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def participants() -> pd.DataFrame:
    """Sixty people in E1 of A and sixty in E3 of C, one of them twice."""
    rows = []
    for k in range(60):
        rows.append((f"P{k:03d}", "E1", "woman" if k < 40 else "man",
                     "16-29" if k < 30 else "30-44",
                     "basic" if k % 2 else "higher", "social_assistance" if k < 50 else "none",
                     "wage" if k < 20 else "social_assistance", "none",
                     "work" if k < 15 else "studies" if k < 20 else "job_seeker",
                     "2018-09-01", "2019-03-01", int(k < 45)))  # fmt: skip
    for k in range(60, 120):
        ends = "2020-06-01" if k < 110 else ""
        rows.append((f"P{k:03d}", "E3", "woman" if k < 90 else "", "45-59", "basic",
                     "sickness_benefit", "sickness_benefit" if ends else "", "none",
                     "job_seeker" if ends else "", "2019-05-01", ends, ""))  # fmt: skip
    rows.append(("P000", "E1", "woman", "16-29", "higher", "wage", "wage", "work", "work",
                 "2018-10-01", "2018-12-01", 1))  # fmt: skip
    names = ["participant", "effort", "sex", "age_band", "education", "livelihood_before",
             "livelihood_after", "occupation_before", "occupation_after", "start", "end",
             "identified"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def indicators() -> pd.DataFrame:
    """Thirty questionnaires: twenty of participants in A, ten of staff in C."""
    rows = []
    for k in range(30):
        home, who = ("A", "participant") if k < 20 else ("C", "staff")
        needs = 5 if k < 10 else 4 if k < 20 else 2
        rows.append((f"Q{k:02d}", home, 2021, who, "needs", needs))
        rows.append((f"Q{k:02d}", home, 2021, who, "waiting", 3 if k % 5 == 0 else 1))
    names = ["questionnaire", "association", "year", "respondent", "indicator", "answer"]
    return pd.DataFrame(rows, columns=names)


def teams() -> pd.DataFrame:
    """Two teams: one with all parties and one vacancy, one without the employment service."""
    rows = [("A", "T1", 2021, party, 1.0, 0.5 if party == "region" else 0.0) for party in PARTIES]
    rows += [("C", "T1", 2021, "municipality", 2.0, 0.0), ("C", "T1", 2021, "region", 1.0, 0.0),
             ("C", "T1", 2021, "social_insurance", 0.5, 0.5)]  # fmt: skip
    return pd.DataFrame(rows, columns=["association", "team", "year", "party", "posts", "vacant"])


def referrals() -> pd.DataFrame:
    """Two half-years, of which the second tells of two months."""
    rows = [(f"2021-{month:02d}", "A", "municipality", 10) for month in range(1, 7)]
    rows += [("2021-07", "A", "municipality", 20), ("2021-08", "A", "region", 30)]
    return pd.DataFrame(rows, columns=["month", "association", "party", "people"])


def prices() -> pd.DataFrame:
    """An index that doubles, and lacks 2020."""
    return pd.DataFrame({"year": [2018, 2019, 2021], "index": [100, 125, 200]})


TABLES = {
    "associations": associations, "association_years": years, "efforts": efforts,
    "effort_participants": participants, "indicators": indicators, "teams": teams,
    "referrals": referrals,
}  # fmt: skip


def write_study(
    directory: Path,
    *,
    tables: dict[str, pd.DataFrame] | None = None,
    without: tuple[str, ...] = (),
    index: bool = True,
    programme: str = "other",
    more: str = "",
) -> Path:
    """Write the study, with other tables in place of its own, or without some."""
    made = {name: make() for name, make in TABLES.items() if name not in without}
    made |= tables or {}
    for name, table in made.items():
        table.to_csv(directory / f"{name}.csv", index=False)
    if index:
        prices().to_csv(directory / "prices.csv", index=False)
    about = 'background.en = "Small."' if programme == "other" else ""
    text = TOML.format(
        programme=programme, about=about, prices=PRICES if index else "",
        files="\n".join(f'{name} = "{name}.csv"' for name in made), more=more
        + (ITEMS if "indicators" in made else ""),
    )  # fmt: skip
    (directory / "study.toml").write_text(text, encoding="utf-8")
    return directory


def numbers(frame: pd.DataFrame) -> dict[tuple[Any, ...], float]:
    """Estimates of the organisation part by key; the horizon None for all years together."""
    own = frame[frame["part"] == "organisation"]
    horizon = [None if pd.isna(h) else float(h) for h in own["horizon"]]
    keys = zip(own["analysis"], own["outcome"], own["group"], horizon, own["estimator"],
               strict=True)  # fmt: skip
    return dict(zip(keys, own["estimate"].astype(float), strict=True))
