"""Medicaid expansion and insurance: states by year, the published example of honest intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.estimators.panel import NEVER, make_panel

REFERENCE = Path(__file__).parents[1] / "reference"


def medicaid():
    """States that expanded in 2014 or not by 2015; 2008 to 2015."""
    table = pd.read_csv(REFERENCE / "medicaid.csv")
    table = table[table["expanded"] != 2015]
    cohort = table["expanded"].fillna(NEVER).to_numpy()
    return make_panel(table.filter(like="insured_").to_numpy(), np.arange(2008, 2016), cohort)
