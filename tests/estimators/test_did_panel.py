"""What is no panel is refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.panel import NEVER, drop_always_treated, make_panel

Y = np.arange(12.0).reshape(4, 3)
YEARS = [2000, 2001, 2003]
COHORT = [2001, 2002, 2003, NEVER]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"years": [2000, 2001]}, "one entry per year"),
        ({"years": [2000, 2000, 2001]}, "strictly increasing"),
        ({"years": [2000, 2002, 2001]}, "strictly increasing"),
        ({"years": [2000, 2001, 2002.5]}, "years must be whole"),
        ({"cohort": COHORT[:3]}, "one entry per unit"),
        ({"cohort": [2001, 2002, 2003, np.nan]}, "cohort must be whole"),
        ({"cluster": [1, 2]}, "cluster must have"),
        ({"weight": [1, 1, 1, 0]}, "above zero"),
        ({"weight": [1, 1, np.nan, 1]}, "above zero"),
        ({"weight": np.ones((4, 2))}, "weight must have shape"),
        ({"covariates": np.ones((3, 1))}, "covariates must have shape"),
        ({"covariates": [1, 2, 3, 4]}, "covariates must have shape"),
        ({"covariates": [[1], [2], [np.nan], [4]]}, "covariates must be finite"),
        ({"outcome": np.where(Y == 3, np.inf, Y)}, "outcomes must be finite"),
        ({"outcome": np.ones(4)}, "outcome must have"),
        ({"outcome": np.ones((4, 3, 0))}, "outcome must have"),
        ({"years": [2000, 2001, NEVER]}, "too late"),
    ],
)
def test_what_does_not_fit_is_refused(change, word):
    with pytest.raises(ValueError, match=word):
        make_panel(**({"outcome": Y, "years": YEARS, "cohort": COHORT} | change))


def test_parts_that_are_not_given_have_their_defaults():
    panel = make_panel(Y, YEARS, [2001, 2002, 2003, np.inf])
    assert panel.outcome.shape == (4, 3, 1) and panel.units == 4 and panel.columns == 1
    assert (panel.weight == 1).all() and panel.covariates.shape == (4, 0)
    assert list(panel.cluster) == [0, 1, 2, 3] and panel.cohort[3] == NEVER


def test_a_start_between_years_is_the_next_year_and_one_after_them_is_none():
    panel = make_panel(Y, YEARS, [1990, 2002, 2003, 2004])
    assert list(panel.start) == [2000, 2003, 2003, NEVER]
    assert list(panel.never) == [False, False, False, True]
    assert list(panel.cohorts) == [2000, 2003]


def test_units_treated_from_the_first_year_are_left_out_and_counted():
    panel, left_out = drop_always_treated(make_panel(Y, YEARS, [1990, 2000, 2001, NEVER]))
    assert left_out == 2
    np.testing.assert_array_equal(panel.outcome[:, :, 0], Y[2:])
    assert list(panel.cluster) == [2, 3]
    assert drop_always_treated(panel)[1] == 0
