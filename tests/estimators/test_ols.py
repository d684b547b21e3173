"""Robust and cluster-robust covariances against Stata, R and statsmodels."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm

from finsam_report.estimators.ols import coefficient

# The 1974 Motor Trend road tests, datasets::mtcars in R.
CARS = {
    "mpg": "21 21 22.8 21.4 18.7 18.1 14.3 24.4 22.8 19.2 17.8 16.4 17.3 15.2 10.4 10.4 14.7 32.4 "
    "30.4 33.9 21.5 15.5 15.2 13.3 19.2 27.3 26 30.4 15.8 19.7 15 21.4",
    "hp": "110 110 93 110 175 105 245 62 95 123 123 180 180 180 205 215 230 66 52 65 97 150 150 "
    "245 175 66 91 113 264 175 335 109",
    "wt": "2.62 2.875 2.32 3.215 3.44 3.46 3.57 3.19 3.15 3.44 3.44 4.07 3.73 3.78 5.25 5.424 "
    "5.345 2.2 1.615 1.835 2.465 3.52 3.435 3.84 3.845 1.935 2.14 1.513 3.17 2.77 3.57 2.78",
    "am": "1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 0 0 0 0 0 1 1 1 1 1 1 1",
    "cyl": "6 6 4 6 8 6 8 4 4 6 6 8 8 8 8 8 8 4 4 4 4 8 8 8 8 4 4 4 8 6 8 4",
    "gear": "4 4 4 3 3 3 3 4 4 4 4 3 3 3 3 3 3 4 4 4 3 3 3 3 3 4 5 5 5 5 5 4",
    "carb": "4 4 1 1 2 1 4 2 2 4 4 3 3 3 4 4 4 1 2 1 1 2 2 4 2 1 2 2 4 6 8 2",
}
cars = {name: np.array(text.split(), dtype=float) for name, text in CARS.items()}
one = np.ones(32)

# Variance of the coefficient of hp in mpg ~ hp by Stata, from estimatr's stata-ests.txt.
STATA = {
    "classical": 0.0001024,
    "HC1": 0.00018388,
    "HC2": 0.00021652,
    "HC3": 0.00027562,
    "CR1": 0.00034882,
}

MODELS = {
    "mpg~hp by cyl": ("hp", [one], "cyl"),
    "mpg~hp by carb": ("hp", [one], "carb"),
    "mpg~hp+wt by gear": ("hp", [one, cars["wt"]], "gear"),
    "mpg~am+hp by carb": ("am", [one, cars["hp"]], "carb"),
    "mpg~am by car": ("am", [one], None),
    "mpg~hp by car": ("hp", [one], None),
    "mpg~hp+carb by carb": ("hp", [cars["carb"] == c for c in (1, 2, 3, 4, 6, 8)], "carb"),
    "mpg~hp": ("hp", [one], None),
}
KINDS = {"CR1S": "CR1", "CR2": "CR2", "estimatr-stata": "CR1", "estimatr-CR2": "CR2"}
KINDS |= {f"estimatr-HC{k}": f"HC{k}" for k in (1, 2, 3)}


def reference() -> list[dict[str, str]]:
    path = Path(__file__).parents[1] / "reference" / "cluster.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["type"] in KINDS]


@pytest.mark.parametrize("covariance", STATA)
def test_variances_are_statas(covariance):
    clusters = cars["cyl"].astype(int) if covariance == "CR1" else None
    found = coefficient(cars["hp"], one[:, None], cars["mpg"][:, None], covariance, clusters)
    assert found.std_error[0] ** 2 == pytest.approx(STATA[covariance], abs=5.1e-9, rel=0) or (
        covariance == "classical" and round(found.std_error[0] ** 2, 7) == STATA[covariance]
    )


@pytest.mark.parametrize("row", reference(), ids=lambda row: f"{row['model']} {row['type']}")
def test_estimate_variance_and_df_are_those_of_r(row):
    name, columns, by = MODELS[row["model"]]
    kind = KINDS[row["type"]]
    clusters = None
    if kind.startswith("CR"):
        clusters = np.arange(32) if by is None else cars[by].astype(int)
    design = np.column_stack(columns).astype(float)
    found = coefficient(cars[name], design, cars["mpg"][:, None], kind, clusters)
    assert found.estimate[0] == pytest.approx(float(row["estimate"]), rel=1e-10)
    assert found.std_error[0] ** 2 == pytest.approx(float(row["variance"]), rel=1e-8)
    if row["type"] != "CR1S":  # there R gives Satterthwaite's, Stata clusters less one
        assert found.df == pytest.approx(float(row["df"]), rel=1e-7)


def clustered(seed: int):
    rng = np.random.default_rng(seed)
    n = 150
    clusters = rng.integers(0, 17, n) * 3 - 4
    x = rng.normal(size=(n, 2)) + clusters[:, None] / 10
    z = (rng.random(n) < 0.5).astype(float)
    y = rng.normal(size=(n, 3)) + x[:, [0]] + clusters[:, None] / 5
    return z, np.column_stack([np.ones(n), x]), y, clusters


def test_cr2_is_hc2_when_everybody_is_a_cluster():
    z, design, y, _ = clustered(1)
    alone = coefficient(z, design, y, "CR2", np.arange(150))
    assert alone.std_error == pytest.approx(coefficient(z, design, y, "HC2").std_error, rel=1e-11)


def test_df_for_one_binary_regressor_are_welchs():
    """Bell and McCaffrey's df assume equal variances; then Welch's come out of sizes alone."""
    z = np.repeat([1.0, 0.0], [9, 23])
    found = coefficient(z, np.ones((32, 1)), cars["mpg"][:, None], "CR2", np.arange(32))
    v1, v0 = 1 / 9, 1 / 23
    assert found.df == pytest.approx((v1 + v0) ** 2 / (v1**2 / 8 + v0**2 / 22), rel=1e-10)


def test_cr1_is_the_cluster_covariance_of_statsmodels():
    z, design, y, clusters = clustered(2)
    found = coefficient(z, design, y, "CR1", clusters)
    for j in range(3):
        fit = sm.OLS(y[:, j], np.column_stack([design, z])).fit(
            cov_type="cluster", cov_kwds={"groups": clusters + 4}, use_t=True
        )
        assert found.std_error[j] == pytest.approx(fit.bse[-1], rel=1e-10)
    assert found.df == np.unique(clusters).size - 1


def test_cr2_by_its_definition():
    """The inverse square root of each cluster's block of I - H, made in full."""
    z, design, y, clusters = clustered(3)
    whole = np.column_stack([design, z])
    bread = np.linalg.inv(whole.T @ whole)
    maker = np.eye(150) - whole @ bread @ whole.T
    row = (bread @ whole.T)[-1]
    scores, forms = [], []
    for g in np.unique(clusters):
        at = clusters == g
        values, vectors = np.linalg.eigh(maker[np.ix_(at, at)])
        root = vectors @ np.diag(values**-0.5) @ vectors.T
        scores.append(row[at] @ root @ (maker @ y)[at])
        forms.append(maker[:, at] @ root @ row[at])
    omega = np.array(forms) @ np.array(forms).T
    found = coefficient(z, design, y, "CR2", clusters)
    assert found.scores == pytest.approx(np.array(scores), rel=1e-9, abs=1e-13)
    assert found.df == pytest.approx(np.trace(omega) ** 2 / np.sum(omega**2), rel=1e-9)


def test_clusters_are_asked_for_where_they_are_needed_and_nowhere_else():
    z, design, y, clusters = clustered(4)
    for covariance, codes in (("CR2", None), ("HC2", clusters)):
        with pytest.raises(ValueError, match="clusters go with"):
            coefficient(z, design, y, covariance, codes)
    with pytest.raises(ValueError, match="two clusters"):
        coefficient(z, design, y, "CR1", np.zeros(150, np.int64))


def test_hc2_and_hc3_are_undefined_where_one_person_decides():
    z, design, y, _ = clustered(5)
    alone = np.column_stack([design, np.arange(150) == 7])
    for covariance in ("HC2", "HC3"):
        assert np.isnan(coefficient(z, alone, y, covariance).std_error).all()
