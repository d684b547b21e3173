"""Quantiles of amounts in the ledger, with few people and with many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.quantiles import inverted_quantile_effects, quantile_effects
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import register_further, run

NSW = Path(__file__).parents[1] / "studies" / "nsw"
QUANTILES = np.array([0.5, 0.75, 0.9])


@pytest.fixture(scope="module")
def men() -> tuple[Any, Any, Any]:
    people = pd.read_csv(NSW / "participants.csv").merge(pd.read_csv(NSW / "earnings.csv"))
    support = (people["arm"] == "offered").to_numpy()
    return support, np.zeros(len(people), int), people["earnings"].to_numpy(float)


def quantile_rows() -> pd.DataFrame:
    frame = run.analyse(read_inputs(NSW)).frame
    return frame[frame["analysis"] == "quantile"].reset_index(drop=True)


def test_with_many_people_quantiles_have_an_interval_that_needs_no_draws(
    men: tuple[Any, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_further, "MANY", 444)
    found = quantile_rows()
    other = inverted_quantile_effects(*men, QUANTILES)
    assert found["estimator"].to_list() == ["quantile_50", "quantile_75", "quantile_90"]
    for name in ("estimate", "std_error", "ci_low", "ci_high", "p_value"):
        assert np.isfinite(found[name]).all()
        assert found[name].to_numpy() == pytest.approx(getattr(other, name), rel=1e-12)


def test_with_and_without_draws_the_intervals_tell_the_same(
    men: tuple[Any, Any, Any],
) -> None:
    found = quantile_rows()
    other = inverted_quantile_effects(*men, QUANTILES)
    assert found["estimate"].to_numpy() == pytest.approx(other.estimate, rel=1e-12)
    # 200 draws settle an error to a twentieth; 445 men leave the two a little apart.
    assert found["std_error"].to_numpy() == pytest.approx(other.std_error, rel=0.2)
    many = quantile_effects(*men, QUANTILES, np.random.default_rng(3), 4_000)
    assert many.std_error == pytest.approx(other.std_error, rel=0.1)
