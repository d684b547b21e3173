"""Map the National Supported Work data (causaldata's ``nsw_mixtape``) to the contract.

Run ``python tests/studies/nsw/make.py`` to write the two tables beside this file again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

COVARIATES = {
    "age": "age",
    "educ": "years_of_schooling",
    "black": "black",
    "hisp": "hispanic",
    "marr": "married",
    "nodegree": "no_degree",
    "re74": "earnings_1974",
    "re75": "earnings_1975",
}


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Participants and earnings of the 445 men, in the order of the source."""
    from causaldata import nsw_mixtape

    source = nsw_mixtape.load_pandas().data
    person = [f"N{number:03d}" for number in range(1, len(source) + 1)]
    people = pd.DataFrame({"person": person})
    people["arm"] = source["treat"].map({1.0: "offered", 0.0: "not_offered"}).to_numpy()
    for name, column in COVARIATES.items():
        values = source[name]
        whole = name not in ("re74", "re75")
        people[column] = values.astype(int).to_numpy() if whole else values.to_numpy()
    earnings = pd.DataFrame({"person": person, "period": 1, "earnings": source["re78"].to_numpy()})
    return people, earnings


def main(folder: Path) -> None:
    """Write the tables into a folder."""
    for name, frame in zip(("participants.csv", "earnings.csv"), tables(), strict=True):
        frame.to_csv(folder / name, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
