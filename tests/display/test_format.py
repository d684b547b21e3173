"""What numbers look like, in one formatter for the whole report."""

from __future__ import annotations

import math

import pytest

from finsam_report.display.format import MINUS, SUPPRESSED, Formatter, decimals

EN = Formatter("en")


def test_a_minus_is_a_minus_and_not_a_hyphen() -> None:
    assert EN.number(-1.25, 2) == "\u22121.25"
    assert MINUS == "\u2212"


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert EN.number(-0.04, 1) == "0.0"
    assert EN.number(0.04, 1, sign=True) == "0.0"


def test_thousands_are_separated_the_way_of_the_language() -> None:
    assert EN.number(1234567) == "1,234,567"
    assert Formatter("sv").number(1234.5, 1) == "1\u00a0234,5"


def test_a_number_that_is_not_there_is_marked() -> None:
    assert EN.number(math.nan) == SUPPRESSED
    assert EN.p(math.nan) == SUPPRESSED


def test_an_unbounded_end_is_infinite() -> None:
    assert EN.interval(-math.inf, 2.0, 1) == "\u2212∞ to 2.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0004, "<\u00a00.001"), (0.0005, "0.001"), (0.0124, "0.012"), (1.0, "1.000")],
)
def test_p_values_have_three_decimals_and_end_below_a_thousandth(value: float, text: str) -> None:
    assert EN.p(value) == text


def test_p_in_a_sentence_has_its_relation() -> None:
    assert EN.p_equation(0.012) == "=\u00a00.012"
    assert EN.p_equation(0.0) == "<\u00a00.001"


def test_an_interval_beside_zero_never_reads_as_if_it_reached_zero() -> None:
    assert EN.interval(0.03, 2.1, 1) == "0.03 to 2.1"
    assert EN.interval(-2.1, -0.004, 1) == "\u22122.1 to \u22120.004"


def test_an_interval_around_zero_keeps_its_decimals() -> None:
    assert EN.interval(-0.03, 2.1, 1) == "0.0 to 2.1"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (3.0, "percentage points", "3.0\u00a0percentage points"),
        (74.94, "percent", "74.9\u00a0per cent"),
        (5100.4, "SEK", "SEK\u00a05,100"),
        (12.5, "USD", "USD\u00a012.50"),
        (0.284, "scale points", "0.28\u00a0scale points"),
        (2.0, "number", "2.00"),
    ],
)
def test_numbers_carry_their_unit(value: float, unit: str, text: str) -> None:
    assert EN.with_unit(value, unit) == text


def test_decimals_follow_the_unit() -> None:
    assert [decimals(u) for u in ("percentage points", "scale points", "SD", "people")] == [
        1,
        2,
        2,
        0,
    ]
    assert decimals("SEK", (34664.0, 12.0)) == 0
    assert decimals("SEK", (34.0, math.nan)) == 2


def test_counts_are_words_up_to_twelve() -> None:
    assert [EN.words(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]


def test_lists_end_with_and() -> None:
    assert EN.joined(["12", "24", "36"]) == "12, 24 and 36"
    assert EN.joined(["12"]) == "12"
    assert EN.joined([]) == ""
