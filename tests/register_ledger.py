"""The rows of a small register experiment, and the same effects by one regression."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

from finsam_report.inputs.read import read_inputs
from finsam_report.parts import run
from finsam_report.release import release


def ledger(study: Any) -> pd.DataFrame:
    """The register's rows before anything is suppressed; they can be released."""
    made = run.analyse(read_inputs(study.directory))
    release(made)
    frame = made.frame
    return frame[frame["part"] == "register"].reset_index(drop=True)


def some(frame: pd.DataFrame, **key: Any) -> pd.DataFrame:
    return frame[np.logical_and.reduce([frame[name] == value for name, value in key.items()])]


def one(frame: pd.DataFrame, **key: Any) -> pd.Series:
    found = some(frame, **key)
    assert len(found) == 1, f"{len(found)} rows for {key}"
    return found.iloc[0]


def panel(study: Any, outcome: str) -> pd.DataFrame:
    """A row per person: arm, draw, take-up, and the outcome by month."""
    months = study.table("months.csv")
    wide = months.pivot_table(index="person", columns="period", values=outcome, aggfunc="first")
    wide = wide.apply(pd.to_numeric)
    people = study.table("drawn.csv").set_index("person")
    return people.join(wide)


def by_hand(
    people: pd.DataFrame, outcome: pd.Series, covariate: str | None = None
) -> tuple[float, float]:
    """Block-weighted difference in means and its HC2 standard error, by one regression.

    With a covariate it is Lin's: centred, and with an effect of its own in each arm.
    """
    z = (people["arm"] == "drawn").astype(float)
    beside = pd.get_dummies(people["draw"]).iloc[:, 1:].astype(float)
    if covariate is not None:
        beside[covariate] = pd.to_numeric(people[covariate])
    centred = beside - beside[outcome.notna()].mean()
    x = pd.concat([z.rename("z"), centred, centred.mul(z, axis=0).add_prefix("z ")], axis=1)
    seen = outcome.notna()
    fit = sm.OLS(outcome[seen], sm.add_constant(x[seen])).fit(cov_type="HC2", use_t=True)
    return fit.params["z"], fit.bse["z"]
