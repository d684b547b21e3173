"""The regression taken apart: its pieces add up, and each is what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from estimators.did_panels import mpdta, random_panel
from finsam_report.estimators.did_bacon import KINDS, bacon
from finsam_report.estimators.did_twfe import static_effect
from finsam_report.estimators.panel import NEVER, make_panel


@pytest.mark.parametrize("weights", [False, True])
@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("never", [False, True])
def test_pieces_add_up_to_the_regression(weights, always, never):
    panel = random_panel(1, weights=weights)
    cohort = np.where(panel.never, panel.cohort if never else 6, panel.cohort)
    cohort[:10] = 0 if always else cohort[:10]
    # Years with a gap: only their order matters.
    panel = replace(panel, cohort=cohort, years=panel.years + (panel.years > 4))
    found, fit = bacon(panel), static_effect(panel)
    np.testing.assert_allclose(found.weight.sum(axis=0), 1.0, rtol=1e-12)
    assert (found.weight > 0).all()
    np.testing.assert_allclose(found.total, fit.estimate[0], rtol=1e-12, atol=1e-12)
    weight, mean = found.by_kind()
    np.testing.assert_allclose((weight * np.nan_to_num(mean)).sum(axis=0), found.total, rtol=1e-9)
    assert (weight[KINDS.index("treated_never")] > 0).all() == never
    assert (weight[KINDS.index("treated_always")] > 0).all() == always


def test_each_piece_is_a_regression_of_two_cohorts_in_their_years():
    panel = random_panel(2, weights=True)
    cohort = panel.cohort.copy()
    cohort[:12] = 0
    panel = replace(panel, cohort=cohort)
    found = bacon(panel)
    assert {KINDS[kind] for kind in found.kind} == set(KINDS)
    for p in range(found.kind.size):
        own, other, kind = found.treated[p], found.comparison[p], KINDS[found.kind[p]]
        units = np.isin(panel.start, [own, other])
        years = np.ones(panel.years.size, dtype=bool)
        if kind == "earlier_later":
            years = panel.years < other
        elif kind == "later_earlier":
            years = panel.years >= other
        # The comparison keeps its treatment in these years.
        date = np.where(panel.start[units] == own, own, NEVER)
        pair = make_panel(
            panel.outcome[units][:, years], panel.years[years], date, panel.weight[units]
        )
        np.testing.assert_allclose(found.estimate[p], static_effect(pair).estimate[0], rtol=1e-9)


def test_minimum_wages_agree_with_another_package():
    import diff_diff

    panel = mpdta()
    n, t = panel.outcome.shape[:2]
    table = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), t),
            "year": np.tile(panel.years, n),
            "y": panel.outcome[:, :, 0].ravel(),
            "first": np.repeat(np.where(panel.never, 0, panel.cohort), t),
        }
    )
    method = diff_diff.BaconDecomposition(weights="exact")
    other = method.fit(table, "y", "unit", "year", "first")
    found = bacon(panel)
    own = {
        (int(a), 0 if b == NEVER else int(b)): (w, e)
        for a, b, w, e in zip(
            found.treated, found.comparison, found.weight[:, 0], found.estimate[:, 0], strict=True
        )
    }
    never = {"never_treated", "inf"}
    theirs = {
        (int(c.treated_group), 0 if str(c.control_group) in never else int(c.control_group)): c
        for c in other.comparisons
    }
    assert own.keys() == theirs.keys()
    for key, (weight, estimate) in own.items():
        assert theirs[key].weight == pytest.approx(weight, rel=1e-8)
        assert theirs[key].estimate == pytest.approx(estimate, rel=1e-8)


def test_growing_effects_are_taken_off_by_cohorts_treated_already():
    years = np.arange(10)
    cohort = np.array([3] * 10 + [6] * 10)
    effect = np.maximum(years - cohort[:, None] + 1, 0).astype(float)
    found = bacon(make_panel(effect, years, cohort))
    _, mean = found.by_kind()
    assert mean[KINDS.index("earlier_later"), 0] == pytest.approx(2.0)
    assert mean[KINDS.index("later_earlier"), 0] < 0 < found.total[0]


def test_where_it_does_not_hold_it_is_missing_or_refused():
    panel = random_panel(3, missing=0.0)
    outcome = panel.outcome.copy()
    outcome[0, 0, 1] = np.nan
    found = bacon(replace(panel, outcome=outcome))
    assert np.isnan(found.total).tolist() == [False, True, False]
    with pytest.raises(ValueError, match="no two cohorts"):
        bacon(replace(panel, cohort=np.full(panel.units, NEVER)))
    with pytest.raises(ValueError, match="no two cohorts"):
        bacon(replace(panel, cohort=np.full(panel.units, 4)))
