"""Small panels for the tests of staggered difference-in-differences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.estimators.panel import NEVER, make_panel

REFERENCE = Path(__file__).parents[1] / "reference"
MPDTA_YEARS = np.arange(2003, 2008)


def mpdta(*, covariates=False):
    """County teen employment and minimum wages: log jobs, first year of a higher minimum."""
    table = pd.read_csv(REFERENCE / "mpdta.csv")
    outcome = np.log(table.filter(like="jobs_").to_numpy())
    cohort = np.where(table["first_treated"] == 0, NEVER, table["first_treated"])
    size = np.log(table["population"].to_numpy() / 1000)[:, None]
    return make_panel(outcome, MPDTA_YEARS, cohort, covariates=size if covariates else None)


def random_panel(seed=1, n=120, years=8, columns=3, *, missing=0.0, weights=False, covariates=0):
    """A panel without effects: random walks around trends that covariates and units share."""
    rng = np.random.default_rng(seed)
    cohort = rng.choice([2, 4, 5, 7, NEVER], n, p=[0.15, 0.2, 0.2, 0.15, 0.3])
    x = rng.standard_normal((n, covariates))
    walk = rng.standard_normal((n, years, columns)).cumsum(axis=1)
    trend = x.sum(axis=1)[:, None, None] * 0.2 * np.arange(years)[None, :, None]
    outcome = 20 + rng.standard_normal((n, 1, columns)) + walk + trend
    outcome[rng.random(outcome.shape) < missing] = np.nan
    weight = rng.lognormal(0, 0.8, (n, columns)) if weights else None
    return make_panel(outcome, np.arange(years), cohort, weight, x)
