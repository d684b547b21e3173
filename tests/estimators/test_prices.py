"""Amounts in the prices of one year."""

from __future__ import annotations

import numpy as np
import pytest

from finsam_report.estimators.prices import deflate, price_factors

YEARS = np.array([2018, 2016, 2017])
INDEX = np.array([110.0, 100.0, 104.0])
MONTHS = np.array([*range(201601, 201613), 201701])


def test_an_amount_of_the_price_year_stays_and_an_earlier_one_grows_with_prices():
    found = deflate(
        np.array([[1000.0, np.nan, 1100.0]]), np.array([2016, 2017, 2018]), YEARS, INDEX, 2018
    )
    assert found[0, [0, 2]] == pytest.approx([1100.0, 1100.0])
    assert np.isnan(found[0, 1])


def test_the_base_of_the_index_does_not_matter():
    one = price_factors(YEARS, YEARS, INDEX, 2017)
    assert price_factors(YEARS, YEARS, INDEX * 3.7, 2017) == pytest.approx(one)


def test_a_price_year_of_months_is_their_mean():
    index = np.append(np.linspace(99.0, 101.0, 12), 105.0)
    found = price_factors(np.array([201601, 201701]), MONTHS, index, 2016)
    assert found == pytest.approx([100 / 99, 100 / 105])


@pytest.mark.parametrize(
    ("periods", "table", "index", "year", "words"),
    [
        ([2019], YEARS, INDEX, 2018, "lacks 2019"),
        ([2016], YEARS, INDEX, 2020, "price year 2020"),
        ([201601], MONTHS, np.ones(13), 2017, "price year 2017"),
        ([2016], YEARS, np.array([110.0, 0.0, 104.0]), 2018, "not a positive number in 2016"),
        ([2016], YEARS, np.array([110.0, np.nan, 104.0]), 2018, "not a positive number in 2016"),
        ([2016], np.array([2016, 2016, 2018]), INDEX, 2018, "2016 more than once"),
        ([201601], YEARS, INDEX, 2018, "all years or all months"),
        ([201613], MONTHS, np.ones(13), 2016, "01 to 12"),
        ([2016], YEARS, INDEX[:2], 2018, "one value per period"),
        (list(range(1990, 2000)), YEARS, INDEX, 2018, "1990, 1991, 1992, 1993, 1994 and 5 more"),
    ],
)  # fmt: skip
def test_a_table_that_will_not_do_is_refused_in_words(periods, table, index, year, words):
    with pytest.raises(ValueError, match=words):
        price_factors(np.array(periods), table, index, year)


def test_columns_and_periods_must_be_as_many():
    with pytest.raises(ValueError, match="one column per period"):
        deflate(np.ones((2, 2)), YEARS, YEARS, INDEX, 2018)
