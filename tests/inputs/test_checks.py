"""Odd data: what stops, what is a warning, and what is said of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.problems import InputProblems, Problem


def errors(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_inputs(study.directory)
    return caught.value.problems


def warnings(study: Any) -> tuple[Problem, ...]:
    return read_inputs(study.directory).warnings


def _dates(study: Any, **columns: str) -> None:
    study.edit("people.csv", lambda f: f.assign(**columns))


def test_the_small_study_has_no_warning(small: Any) -> None:
    assert warnings(small) == ()


def test_a_share_far_from_the_declared_one_is_a_warning_with_its_p(small: Any) -> None:
    small.toml('blocks = ["draw"]', 'blocks = ["draw"]\nshare_support = 0.05')
    found = warnings(small)
    assert {p.column for p in found} == {"arm"}
    assert all(p.severity == "warning" and "binomial p = " in p.expected for p in found)
    assert "in the support arm" in found[0].found


def test_a_share_near_the_declared_one_is_none(small: Any) -> None:
    people = small.table("drawn.csv")
    share = (people["arm"] == "drawn").mean()
    small.toml('blocks = ["draw"]', f'blocks = ["draw"]\nshare_support = {share:.3f}')
    assert warnings(small) == ()


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"referred": "2019-09-02", "randomised": "2019-09-01"}, "randomised"),
        ({"randomised": "2019-09-20", "met_date": "2019-08"}, "met_date"),
    ],
)
def test_dates_out_of_order_stop(small: Any, columns: dict[str, str], named: str) -> None:
    _dates(small, **columns)
    (found,) = [p for p in errors(small) if "a date before" in p.found]
    assert (found.file, found.column) == ("people.csv", named)
    assert found.rows[0] == 2


def test_a_month_is_not_before_a_day_in_it(small: Any) -> None:
    _dates(small, referred="2019-09-02", randomised="2019-09-20", met_date="2019-09")
    assert warnings(small) == ()


def test_answers_before_randomisation_stop(small: Any) -> None:
    _dates(small, randomised="2019-09-20")
    small.edit("answers.csv", lambda f: f.assign(answered="2019-08-30"))
    (found,) = errors(small)
    assert (found.file, found.column) == ("answers.csv", "answered")
    assert found.count == len(small.table("answers.csv"))


def test_answers_without_consent_stop_and_name_nobody(small: Any) -> None:
    people = small.table("people.csv")
    answered = set(small.table("answers.csv")["person"])
    one = next(p for p in people["person"] if p in answered)
    small.edit("people.csv", lambda f: f.assign(consent=np.where(f["person"] == one, "0", "1")))
    (found,) = errors(small)
    assert (found.file, found.column) == ("answers.csv", "person")
    assert one not in found.text()


def test_an_outcome_that_never_varies_is_a_warning(small: Any) -> None:
    small.edit("months.csv", lambda f: f.assign(work="1"))
    (found,) = warnings(small)
    assert (found.file, found.column, found.severity) == ("months.csv", "work", "warning")


def test_periods_after_the_declared_follow_up_stop(small: Any) -> None:
    small.toml("horizons = [2, 3]", "horizons = [2]\nfollow_up = 2")
    (found,) = errors(small)
    assert (found.file, found.column) == ("months.csv", "period")


def test_kronor_that_look_like_thousands_are_a_warning(small: Any) -> None:
    small.edit(
        "months.csv",
        lambda f: f.assign(wage=(pd.to_numeric(f["wage"]) / 1000).map("{:.3f}".format)),
    )
    (found,) = warnings(small)
    assert found.column == "wage"
    assert "thousands of kronor" in found.found


def test_warnings_stand_after_the_errors_and_alone_stop_nothing(small: Any) -> None:
    small.edit("months.csv", lambda f: f.assign(work="1"))
    small.edit("people.csv", lambda f: f.assign(age="old"))
    found = errors(small)
    assert [p.severity for p in found] == ["error", "warning"]
    assert "1 warning in the input" in str(InputProblems(found))
