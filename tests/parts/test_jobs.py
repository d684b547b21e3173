"""JOBS II through the register chapter: real data, nobody takes up what they are not offered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import statsmodels.api as sm
from linearmodels.iv import IV2SLS

from finsam_report import release
from finsam_report.display import flags, register_results, register_takers
from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Lookup
from finsam_report.display.report import Report
from finsam_report.inputs.read import read_inputs
from finsam_report.study import Study
from studies.jobs import make

Floats = npt.NDArray[np.float64]
CATEGORIES = ("marital", "education", "income", "occupation")
NUMBERS = ("age", "economic_hardship", "depression_before", "nonwhite")
OUTCOMES = ("depression", "job_search", "work")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, release.Released]:
    inputs = read_inputs(make.write(tmp_path_factory.mktemp("jobs")))
    return inputs.study, release.released_study(inputs)


@pytest.fixture(scope="module")
def context(made: tuple[Study, release.Released]) -> Context:
    return Context(made[0], Lookup(made[1]), "en")


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """A row per person, as the source has them."""
    first, second = make.tables()
    return first.merge(second, on="person").assign(support=first["arm"] == "workshop")


def row(made: tuple[Study, release.Released], analysis: str, outcome: str, estimator: str) -> Any:
    frame = made[1].frame
    found = frame[
        (frame["analysis"] == analysis)
        & (frame["outcome"] == outcome)
        & (frame["estimator"] == estimator)
        & (frame["group"] == "all")
        & (frame["horizon"] == 1)
    ]
    assert len(found) == 1
    return found.iloc[0]


def outcome(people: pd.DataFrame, name: str) -> Floats:
    return people[name].to_numpy(float) * (100 if name == "work" else 1)


def controls(people: pd.DataFrame) -> Floats:
    """Constant, centred characteristics, and their products with the arm."""
    x = pd.concat(
        [
            people[[*NUMBERS]].astype(float),
            pd.get_dummies(people["sex"], drop_first=True, dtype=float),
            *(pd.get_dummies(people[c], drop_first=True, dtype=float) for c in CATEGORIES),
        ],
        axis=1,
    ).to_numpy()
    z = people["support"].to_numpy(float)[:, None]
    centred = x - x.mean(axis=0)
    return np.column_stack([np.ones(len(x)), centred, z * centred])


def hc2(y: Floats, z: Floats, design: Floats) -> Any:
    return sm.OLS(y, np.column_stack([z, design])).fit(cov_type="HC2", use_t=True)


def test_the_tables_are_those_of_the_published_regression(people: pd.DataFrame) -> None:
    """R's lm(depress2 ~ treat + econ_hard + sex + age), as published with the package's example."""
    x = people.assign(support=people["support"].astype(float), woman=people["sex"] == "woman")
    x = sm.add_constant(x[["support", "economic_hardship", "woman", "age"]].astype(float))
    found = sm.OLS(people["depression"], x).fit()
    assert found.nobs == 899
    assert found.params.round(7).to_list() == [
        1.3268664,
        -0.0560093,
        0.1357868,
        0.1086375,
        -4.517e-4,
    ]
    assert found.bse.round(7).to_list() == [0.1098292, 0.0451637, 0.0215838, 0.0427532, 0.0020347]


def test_the_offer_and_the_workshop_have_the_known_effects_without_adjustment(
    made: tuple[Study, release.Released],
) -> None:
    offer = row(made, "itt", "depression", "unadjusted")
    stage = row(made, "first_stage", "met_team", "unadjusted")
    assert (offer.n_support, offer.n_control) == (600, 299)
    assert round(offer.estimate, 4) == -0.0633
    assert round(offer.estimate / (stage.estimate / 100), 4) == -0.1022


def test_the_first_stage_is_the_share_of_those_offered_who_came(
    made: tuple[Study, release.Released], people: pd.DataFrame
) -> None:
    stage = row(made, "first_stage", "met_team", "unadjusted")
    came = people.loc[people["support"], "met_team"]
    assert stage.estimate == pytest.approx(100 * came.mean(), rel=1e-12) == pytest.approx(62)
    error = 100 * np.sqrt(came.var() / came.size)
    assert stage.std_error == pytest.approx(error, rel=1e-9)
    assert row(made, "compliers", "met_team", "share").estimate == pytest.approx(62, rel=1e-12)
    flow = made[1].frame[lambda f: (f["analysis"] == "flow") & (f["outcome"] == "met_team")]
    assert dict(zip(flow["group"], flow["estimate"], strict=True)) == {
        "arm:support": 372,
        "arm:control": 0,
    }


@pytest.mark.parametrize("name", OUTCOMES)
def test_effects_per_taker_are_those_of_linearmodels(
    name: str, made: tuple[Study, release.Released], people: pd.DataFrame
) -> None:
    y, d = outcome(people, name), people["met_team"].to_numpy(float)
    z, design = people["support"].to_numpy(float), controls(people)
    found = row(made, "late", name, "2sls")
    other = IV2SLS(y, design, d, z).fit()
    effect = other.params.iloc[-1]
    assert found.estimate == pytest.approx(effect, rel=1e-8)
    # The residual of two-stage least squares, regressed on the offer, has the error's numerator.
    rest = hc2(y - effect * d, z, design)
    stage = hc2(d, z, design)
    error = rest.bse[0] / stage.params[0]
    assert found.std_error == pytest.approx(error, rel=1e-8)
    assert found.std_error == pytest.approx(other.std_errors.iloc[-1], rel=0.05)
    assert found.ci_high - found.estimate == pytest.approx(
        error * rest.conf_int()[0][1] / rest.bse[0], rel=1e-6
    )


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_data_reject_what_lies_outside_the_anderson_rubin_set(
    name: str, made: tuple[Study, release.Released], people: pd.DataFrame
) -> None:
    y, d = outcome(people, name), people["met_team"].to_numpy(float)
    z, design = people["support"].to_numpy(float), controls(people)
    found = row(made, "late", name, "anderson_rubin")
    for end in (found.ci_low, found.ci_high):
        assert hc2(y - end * d, z, design).pvalues[0] == pytest.approx(0.05, rel=1e-6)
    middle = (found.ci_low + found.ci_high) / 2
    assert hc2(y - middle * d, z, design).pvalues[0] > 0.05


@pytest.mark.parametrize("name", OUTCOMES)
def test_without_the_workshop_those_who_came_had_fared_as_the_arms_imply(
    name: str, made: tuple[Study, release.Released], people: pd.DataFrame
) -> None:
    """Control mean = .62 of those who would come and .38 of those who would not."""
    y, z, d = outcome(people, name), people["support"], people["met_team"] == 1
    share = d[z].mean()
    stayed = y[z & ~d].mean()
    expected = (y[~z].mean() - (1 - share) * stayed) / share
    found = row(made, "compliers", name, "control_complier_mean")
    assert found.estimate == pytest.approx(expected, rel=1e-10)
    takers = y[d].mean()
    wald = row(made, "itt", name, "unadjusted").estimate / share
    assert takers - found.estimate == pytest.approx(wald, rel=1e-9)
    # The same mean by two-stage least squares of what was seen without the workshop.
    came, offered = d.to_numpy(float), z.to_numpy(float)
    rest = hc2(-y * (1 - came) - found.estimate * came, offered, np.ones((len(z), 1)))
    assert found.std_error == pytest.approx(rest.bse[0] / share, rel=1e-8)


def test_adjusted_effects_are_those_of_the_regression_with_products(
    made: tuple[Study, release.Released], people: pd.DataFrame
) -> None:
    z, design = people["support"].to_numpy(float), controls(people)
    for name in OUTCOMES:
        other = hc2(outcome(people, name), z, design)
        found = row(made, "itt", name, "lin")
        assert (found.estimate, found.std_error) == pytest.approx(
            (other.params[0], other.bse[0]), rel=1e-8
        )
        assert found.p_value == pytest.approx(other.pvalues[0], rel=1e-6)


def test_an_effect_is_no_share_of_the_mean_of_a_scale(context: Context) -> None:
    table = register_takers.compliers(context)
    assert [cells[-1] for cells in table.rows] == [NONE, NONE, "+41"]
    assert any("scale begins" in note for note in table.notes)


def test_one_horizon_has_no_course_for_women_and_men(context: Context) -> None:
    pieces = flags.register_results(context)
    assert pieces["register_sex"] and not pieces["register_paths_sex"]
    assert pieces["register_compliers"] and pieces["register_met"]


@pytest.mark.parametrize("name", [*register_results.TABLES, *register_results.FIGURES])
def test_every_piece_of_the_chapter_is_whole_or_absent(
    name: str, context: Context, tmp_path: Path
) -> None:
    report = Report(context, tmp_path, tmp_path)
    kind = "table" if name in register_results.TABLES else "figure"
    text = getattr(report, kind)(name).markdown
    assert bool(text) != report._absent(name)
    assert not re.search(r"\bnan\b|\{\$", re.sub(r"<[^>]+>|#[\w-]+", "", text))
