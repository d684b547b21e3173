"""Which association a name means."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from finsam_report.errors import FinsamError
from finsam_report.inputs.associations import Association, find, listed
from finsam_report.inputs.parts_contract import organisation as contract
from finsam_report.inputs.read import Inputs

UNITS = pd.DataFrame(
    {
        "association": ["F1", "F2", "F3", "F30", "F4"],
        "label": ["Norra Väst", "Södra Väst", "Södra Öst", "Södra Öst", "Mitt"],
        "county": ["01", "12", "12", "12", "03"],
        "formed": [2004, 2005, 2006, 2007, 2008],
        "ended": [None, None, 2010, None, 2012],
        "merged_into": [None, None, "F30", None, None],
    }
)


def inputs(organisation: Any = True, **tables: pd.DataFrame) -> Inputs:
    study = SimpleNamespace(organisation=organisation or None)
    names = {"units": contract.ASSOCIATIONS, "years": contract.YEARS}
    other = {names[name]: table for name, table in tables.items()}
    return cast("Inputs", SimpleNamespace(study=study, other=other, directory=Path()))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("F1", "F1"), ("f1", "F1"), ("  norra   väst ", "F1"), ("NORRA VÄST", "F1"),
        ("norra", "F1"), ("n", "F1"), ("södra v", "F2"), ("F3", "F3"), ("F30", "F30"),
        ("mitt", "F4"),
    ],
)  # fmt: skip
def test_code_name_or_beginning_is_enough(name: str, code: str) -> None:
    assert find(inputs(units=UNITS), name).code == code


def test_what_is_known_of_it_comes_along() -> None:
    one = find(inputs(units=UNITS), "F3")
    assert one == Association("F3", "Södra Öst", "12", 2006, 2010, "Södra Öst")
    assert Association.from_json(one.as_json()) == one
    assert find(inputs(units=UNITS), "F4").merged_into == ""
    assert find(inputs(units=UNITS), "F1").ended is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("södra", "can mean 3 associations: Södra Väst (F2), Södra Öst (F3), Södra Öst (F30); "),
        ("södra", "; give more of the name, or the code"),
        ("södra öst", "mean 2 associations: Södra Öst (F3), Södra Öst (F30); give the code"),
        ("Nora Väst", "no association 'Nora Väst'; nearest: Norra Väst (F1)"),
        ("väst", "no association 'väst'; nearest: Södra Väst (F2), Norra Väst (F1)"),
        ("xyz", "no association 'xyz'; there are: Norra Väst (F1), Södra Väst (F2)"),
        ("", "no association ''; there are: Norra Väst (F1)"),
    ],
)  # fmt: skip
def test_other_names_are_refused_with_the_nearest(name: str, said: str) -> None:
    with pytest.raises(FinsamError) as caught:
        find(inputs(units=UNITS), name)
    assert said in str(caught.value)


def test_a_study_without_associations() -> None:
    with pytest.raises(FinsamError, match=r"no \[organisation\]"):
        find(inputs(organisation=None), "F1")
    with pytest.raises(FinsamError, match="name no association"):
        find(inputs(), "F1")


def test_without_a_table_of_associations_the_codes_of_the_others_are_names() -> None:
    years = pd.DataFrame({"association": ["A", "A", "B"], "year": [1, 2, 1]})
    assert [one.code for one in listed(inputs(years=years))] == ["A", "B"]
    assert find(inputs(years=years), "b") == Association("B", "B")
