"""Every effect by cohort and year of the synthetic study agrees with another package."""

from __future__ import annotations

import warnings
from dataclasses import replace

import diff_diff
import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.did_aggregate import averages, cell_errors
from finsam_report.estimators.did_cells import group_time_effects
from finsam_report.estimators.panel import make_panel
from finsam_report.inputs.synthetic.membership import draw_membership
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import SCENARIOS

CLOSE = {"rtol": 0, "atol": 1e-9}


@pytest.fixture(scope="module")
def world():
    rng = np.random.default_rng(5)
    members = draw_membership(rng)
    design = replace(SCENARIOS["usual"], outcomes=SCENARIOS["usual"].outcomes[:1])
    table = municipality_tables(rng, design, members).years
    own = table[(table["sex"] == "all") & (table["age_band"] == "18-64")]
    wide = own.pivot(index="municipality", columns="year", values="value")
    outcome = wide.loc[list(members.codes)].to_numpy()
    x = np.column_stack([np.log(members.people), rng.standard_normal(len(outcome))])
    return make_panel(outcome, design.years, members.joined, covariates=x)


def by_diff_diff(panel, group, base, method):
    n, t = panel.units, panel.years.size
    long = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), t),
            "year": np.tile(panel.years, n),
            "y": panel.outcome[:, :, 0].ravel(),
            "cohort": np.repeat(np.where(panel.never, 0, panel.cohort), t),
            **{f"x{j}": np.repeat(x, t) for j, x in enumerate(panel.covariates.T)},
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return diff_diff.CallawaySantAnna(
            control_group={"never": "never_treated", "not_yet": "not_yet_treated"}[group],
            estimation_method=method, base_period=base, pscore_trim=1e-6, epv_threshold=0.1,
        ).fit(
            long, "y", "unit", "year", "cohort", aggregate="all",
            covariates=[f"x{j}" for j in range(panel.covariates.shape[1])] or None,
        )  # fmt: skip


@pytest.mark.parametrize("group", ["never", "not_yet"])
@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize(
    ("method", "theirs", "covariates"),
    [("doubly_robust", "dr", False), ("regression", "reg", True), ("weighting", "ipw", True)],
)
def test_effects_errors_and_averages_agree(world, group, base, method, theirs, covariates):
    # Their doubly robust estimator divides by the treated and not by the odds: another one.
    panel = world if covariates else replace(world, covariates=world.covariates[:, :0])
    other = by_diff_diff(panel, group, base, theirs)
    cells = group_time_effects(panel, group, base, method=method)
    errors = cell_errors(cells)[:, 0]
    key = list(zip(cells.cohort.tolist(), cells.year.tolist(), strict=True))
    assert set(other.group_time_effects) <= set(key) and np.isfinite(cells.estimate).all()
    pick = [key.index(k) for k in other.group_time_effects]
    assert len(pick) >= 300
    found = pd.DataFrame(other.group_time_effects.values())
    np.testing.assert_allclose(cells.estimate[pick, 0], found["effect"], **CLOSE)
    np.testing.assert_allclose(errors[pick], found["se"].replace(0.0, np.nan), **CLOSE)
    overall = averages(cells, "simple")
    assert overall.overall[0] == pytest.approx(other.overall_att, abs=1e-9)
    assert overall.overall_std_error[0] == pytest.approx(other.overall_se, abs=1e-9)
    for kind, theirs_by in (("event", other.event_study_effects), ("group", other.group_effects)):
        ours = averages(cells, kind)
        for row, at in enumerate(ours.at.tolist()):
            assert ours.estimate[row, 0] == pytest.approx(theirs_by[at]["effect"], abs=1e-9)
            if np.isfinite(ours.std_error[row, 0]):
                assert ours.std_error[row, 0] == pytest.approx(theirs_by[at]["se"], abs=1e-9)
