"""What a table may look like and still be read as meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import Inputs, Tables, read_inputs


def read(study: Any) -> Inputs:
    return read_inputs(study.directory)


def same(one: Inputs, other: Inputs) -> None:
    pairs = ((one.survey, other.survey), (one.register, other.register))
    for a, b in pairs:
        assert isinstance(a, Tables)
        assert isinstance(b, Tables)
        pd.testing.assert_frame_equal(a.participants, b.participants, check_dtype=False)
        pd.testing.assert_frame_equal(a.followed, b.followed, check_dtype=False)


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda b: b"\xef\xbb\xbf" + b,
    "Windows line ends": lambda b: b.replace(b"\n", b"\r\n"),
    "blank lines at the end": lambda b: b + b"\n\n \n,,,,,\n",
    "no line end at the end": lambda b: b.rstrip(b"\n"),
    "a blank line in the middle": lambda b: b.replace(b"\nQ009", b"\n\nQ009"),
    "quoted cells": lambda b: b"\n".join(
        b",".join(b'"' + cell + b'"' for cell in line.split(b",")) for line in b.splitlines()
    ),
    "blanks around cells": lambda b: b.replace(b",", b" ,\t"),
    "no-break spaces": lambda b: b.replace(b"waiting", "\u00a0waiting\u00a0".encode()),
    "decimals of whole numbers": lambda b: b.replace(b",1\n", b",1.0\n"),
    "a column that nobody asked for": lambda b: b"\n".join(
        line + (b",note" if i == 0 else b',"first line\nsecond, with comma"')
        for i, line in enumerate(b.splitlines())
    ),
    "a column without heading": lambda b: b"\n".join(line + b"," for line in b.splitlines()),
    "two notes of one name": lambda b: b"\n".join(
        line + (b",note,note" if i == 0 else b",1,2") for i, line in enumerate(b.splitlines())
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_csv_file_is_read_the_same_with(small: Any, case: str) -> None:
    before = read(small)
    path = small.path("people.csv")
    path.write_bytes(HARMLESS[case](path.read_bytes()))
    same(before, read(small))


def test_rows_are_counted_as_a_spreadsheet_does_after_a_cell_of_two_lines(small: Any) -> None:
    small.edit("people.csv", lambda f: f.assign(note="one\ntwo"))
    small.cell("people.csv", 50, "age", "old")
    with pytest.raises(Exception, match="row 50: found text"):
        read(small)


def test_columns_may_stand_in_any_order(small: Any) -> None:
    before = read(small)
    small.edit("people.csv", lambda f: f[f.columns[::-1]])
    same(before, read(small))


@pytest.mark.parametrize(
    "kind",
    ["int32", "int64", "float64", "string", "category", "uint8"],
)
def test_person_ids_are_the_same_in_csv_and_parquet(small: Any, kind: str) -> None:
    before = read(small)
    months = pd.read_csv(small.path("months.csv"))
    small.put("months.parquet", months.assign(person=months["person"].astype(kind)))
    small.toml('"months.csv"', '"months.parquet"')
    same(before, read(small))


def test_parquet_of_any_making_reads_like_csv(small: Any) -> None:
    """An index in place of a column, booleans, dictionaries, nullable and 32-bit numbers."""
    before = read(small)
    months = pd.read_csv(small.path("months.csv"))
    months = months.assign(work=months["work"].astype(bool), wage=months["wage"].astype("Int32"))
    small.put("months.parquet", months.set_index("person"))
    small.toml('"months.csv"', '"months.parquet"')
    drawn = pd.read_csv(small.path("drawn.csv")).astype({"arm": "category", "draw": "category"})
    drawn["met_team"] = drawn["met_team"].astype("boolean")
    small.put("drawn.parquet", drawn)
    small.toml('"drawn.csv"', '"drawn.parquet"')
    same(before, read(small))


def test_dates_in_parquet_are_dates(small: Any) -> None:
    drawn = pd.read_csv(small.path("drawn.csv"))
    met = pd.Timestamp("2019-03-04 12:30", tz="Europe/Stockholm")
    drawn["met_date"] = pd.Series([met if m else pd.NaT for m in drawn["met_team"]])
    drawn["draw"] = pd.to_datetime(drawn["draw"])
    small.put("drawn.parquet", drawn)
    small.toml('"drawn.csv"', '"drawn.parquet"')
    register = read(small).register
    assert register is not None
    people = register.participants
    assert set(people["met_date"].dropna()) == {pd.Timestamp("2019-03-04")}
    assert set(people["draw"]) == {"2019-01-01", "2019-02-01"}


def test_a_month_or_a_day_is_a_date(small: Any) -> None:
    dates = np.resize(["2019-03", "2019-03-15"], 120)
    small.edit(
        "drawn.csv",
        lambda f: f.assign(met_date=np.where(f["met_team"] == "1", dates, "")),
    )
    register = read(small).register
    assert register is not None
    found = set(register.participants["met_date"].dropna())
    assert found == {pd.Timestamp("2019-03-01"), pd.Timestamp("2019-03-15")}


def test_a_covariate_may_be_the_block(small: Any) -> None:
    small.toml('blocks = ["draw"]', 'blocks = ["foreign_born"]')
    read(small)
    small.cell("drawn.csv", 5, "foreign_born", "")
    with pytest.raises(Exception, match="row 5: found an empty cell"):
        read(small)


def test_one_trial_may_be_followed_by_survey_and_register(small: Any) -> None:
    people = small.table("people.csv")
    people = people.assign(draw="1", foreign_born="1")
    people["arm"] = people["arm"].replace({"support": "drawn", "waiting": "not_drawn"})
    small.put("drawn.csv", people)
    small.path("people.csv").unlink()
    small.toml('"people.csv"', '"drawn.csv"')
    small.toml('value = "support"', 'value = "drawn"')
    small.toml('value = "waiting"', 'value = "not_drawn"')
    months = small.table("months.csv").query(
        "person in @keep", local_dict={"keep": [str(i) for i in range(1, 81)]}
    )
    small.put(
        "months.csv",
        months.assign(person="Q" + (months["person"].astype(int) - 1).astype(str).str.zfill(3)),
    )
    found = read(small)
    assert found.study.files() == ("study.toml", "drawn.csv", "answers.csv", "months.csv")


@pytest.mark.parametrize("part", ["survey", "register"])
def test_a_study_may_have_one_part_only(small: Any, part: str) -> None:
    small.without(part)
    found = read(small)
    assert (found.survey is None, found.register is None) == (part == "survey", part == "register")


def test_a_study_may_be_a_link_and_lie_anywhere(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(small)
    place = tmp_path / "Åsas mapp" / "ö studie"
    place.parent.mkdir()
    shutil.copytree(small.directory, place)
    link = tmp_path / "länk"
    link.symlink_to(place)
    same(before, read_inputs(place))
    same(before, read_inputs(link))
    monkeypatch.chdir(place.parent)
    same(before, read_inputs(Path("ö studie")))
    monkeypatch.chdir(place)
    same(before, read_inputs(Path()))


def test_tables_may_lie_in_a_folder_of_the_study(small: Any) -> None:
    before = read(small)
    small.path("tables").mkdir()
    small.path("people.csv").rename(small.path("tables/people.csv"))
    small.toml('"people.csv"', '"tables/people.csv"')
    same(before, read(small))
