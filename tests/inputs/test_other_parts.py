"""The parts without an experiment: what their tables must hold, and what is said if they do not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.other_checks import read_other
from finsam_report.inputs.parts_contract import TITLES, other_tables
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.synthetic import Variant, synthesise
from finsam_report.inputs.synthetic.like import make_like
from finsam_report.inputs.synthetic.membership import (
    ASSOCIATIONS,
    MEMBERS,
    NEVER,
    Membership,
    draw_membership,
)
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import (
    SCENARIOS,
    MunicipalityDesign,
    municipality_truth,
)
from finsam_report.inputs.synthetic.variant import TINY_COUNTRY
from finsam_report.problems import InputProblems, Problem
from finsam_report.study import Study, read_study_file

HEAD = """
[study]
id = "small_other"
title.en = "Small parts"
data_until.en = "June 2023"
synthetic = true
"""
ORGANISATION = """
[organisation]
associations = "associations.csv"
association_years = "association_years.csv"
efforts = "efforts.csv"
effort_participants = "taking_part.csv"
indicators = "indicators.csv"
years = { first = 2004, last = 2022 }

[[organisation.indicator_items]]
id = "needs"
label.en = "My needs"
text.en = "The support is about my needs."

[[organisation.indicator_items]]
id = "plan"
label.en = "A plan"
text.en = "There is a plan."
maximum = 4
"""
MUNICIPALITY = """
[municipality]
municipalities = "municipalities.csv"
municipality_years = "municipality_years.csv"
years = { first = 2003, last = 2008 }
all_ages = "18-64"
age_bands = [
  { value = "18-29", label.en = "18-29" },
  { value = "30-64", label.en = "30-64" },
  { value = "18-64", label.en = "18-64" },
]

[[municipality.outcomes]]
id = "sickness"
label.en = "Sickness benefit"

[[municipality.outcomes]]
id = "work"
label.en = "Employment"
"""
# The tables that a check of the named one looks into, besides itself.
BESIDE = {
    "associations.csv": (),
    "association_years.csv": ("associations.csv",),
    "efforts.csv": ("associations.csv",),
    "taking_part.csv": ("efforts.csv",),
    "indicators.csv": ("associations.csv",),
}
EXTRA = """staff_answers = "staff.csv"
open_answers = "open.csv"
referrals = "referrals.csv"
primary_wave = 2"""


def _organisation() -> dict[str, pd.DataFrame]:
    associations = pd.DataFrame(
        {
            "association": ["F1", "F2", "F3"],
            "label": ["North", "South", "East"],
            "county": ["01", "03", "03"],
            "formed": [2004, 2005, 2006],
            "ended": ["", "", 2007],
            "merged_into": ["", "", "F2"],
        }
    )
    years = pd.DataFrame(
        [(a, y) for a, first in (("F1", 2004), ("F2", 2005)) for y in range(first, 2009)],
        columns=["association", "year"],
    ).assign(
        municipalities=1, state=2_000_000, region=1_000_000, municipality_funds=1_000_000,
        esf=0, other="", total=4_100_000, staff=1.5, participants=40,
    )  # fmt: skip
    efforts = pd.DataFrame(
        {
            "effort": ["E1", "E2", "E3"],
            "association": ["F1", "F2", "F2"],
            "type": ["individual", "structural", "individual"],
            "kind": ["team", "training", ""],
            "target_group": ["young", "", "sick"],
            "parties": ["municipality;region", "region", "social_insurance; employment_service"],
            "start": ["2005-02-01", "2006-01-01", "2006"],
            "end": ["2007-12-31", "", "2008-05-01"],
            "cost": [900_000, 200_000, 700_000],
        }
    ).replace({"2006": "2006-03"})
    people = pd.DataFrame(
        {
            "participant": [f"P{n}" for n in range(6)],
            "effort": ["E1", "E1", "E1", "E3", "E3", "E3"],
            "sex": ["woman", "man", "woman", "man", "", "woman"],
            "age_band": ["16-29", "30-44", "45-59", "60-66", "16-29", "30-44"],
            "livelihood_before": "social_assistance",
            "livelihood_after": ["wage", "none", "", "wage", "other", ""],
            "occupation_before": "none",
            "occupation_after": ["work", "none", "", "studies", "none", ""],
            "start": "2006-06-15",
            "end": ["2007-01-31", "2007-02", "", "2006-12-01", "2006-06", ""],
        }
    )
    answers = pd.DataFrame(
        {
            "questionnaire": [1, 1, 2, 2, 3, 3],
            "association": ["F1", "F1", "F1", "F1", "F2", "F2"],
            "year": 2007,
            "respondent": ["participant", "participant", "staff", "staff", "board", "board"],
            "indicator": ["needs", "plan"] * 3,
            "answer": [5, 4, 3, 2, 4, ""],
        }
    )
    return {
        "associations.csv": associations,
        "association_years.csv": years,
        "efforts.csv": efforts,
        "taking_part.csv": people,
        "indicators.csv": answers,
    }


def _municipality() -> dict[str, pd.DataFrame]:
    units = pd.DataFrame(
        {
            "municipality": ["0114", "0115", "0305", "0319"],
            "county": ["01", "01", "03", "03"],
            "joined": [2004, "", 2005, ""],
            "association": ["F1", "", "F2", ""],
        }
    )
    rng = np.random.default_rng(1)
    rows = []
    for code in units["municipality"]:
        for year in range(2003, 2009):
            for outcome, level in (("sickness", 4.0), ("work", 70.0)):
                people = {(s, a): int(rng.integers(500, 900)) for s in ("women", "men")
                          for a in ("18-29", "30-64")}  # fmt: skip
                share = {key: level + rng.normal(0, 0.5) for key in people}
                for s in ("all", "women", "men"):
                    for a in ("18-29", "30-64", "18-64"):
                        inside = [k for k in people if s in ("all", k[0]) and a in ("18-64", k[1])]
                        n = sum(people[k] for k in inside)
                        value = sum(people[k] * share[k] for k in inside) / n
                        rows.append((code, year, s, a, outcome, round(value, 1), n))
    names = ["municipality", "year", "sex", "age_band", "outcome", "value", "population"]
    return {"municipalities.csv": units,
            "municipality_years.csv": pd.DataFrame(rows, columns=names)}  # fmt: skip


class Parts:
    """A study directory with both parts, whose tables a test may change."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._state: object = None
        self._problems: list[Problem] = []

    def edit(self, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        path = self.directory / name
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        change(frame).to_csv(path, index=False)

    def cell(self, name: str, row: int, column: str, value: str) -> None:
        def change(frame: pd.DataFrame) -> pd.DataFrame:
            frame.loc[row - 2, column] = value
            return frame

        self.edit(name, change)

    def toml(self, old: str, new: str) -> None:
        path = self.directory / "study.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def only(self, file: str) -> None:
        """Leave out the tables that the checks of this one do not look into."""
        part = MUNICIPALITY
        if file in BESIDE:
            names = set(re.findall(r'"(\w+\.csv)"', ORGANISATION)) - {file, *BESIDE[file]}
            part = re.sub(rf'\w+ = "({"|".join(map(re.escape, names))})"\n', "", ORGANISATION)
            if file != "indicators.csv":
                part = part[: part.index("[[organisation.indicator_items]]")]
        (self.directory / "study.toml").write_text(HEAD + part, "utf-8")

    def found(self) -> list[Problem]:
        """The problems of the files as they are now, looked for once."""
        state = tuple((p.name, p.read_bytes()) for p in sorted(self.directory.iterdir()))
        if state != self._state:
            problems: list[Problem] = []
            read_other(self.directory, read_study_file(self.directory), problems.append)
            self._state, self._problems = state, problems
        return self._problems

    def one(self) -> Problem:
        (problem,) = self.found()
        return problem


@pytest.fixture(scope="module")
def _parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("parts") / "study"
    directory.mkdir()
    (directory / "study.toml").write_text(HEAD + ORGANISATION + MUNICIPALITY, "utf-8")
    tables = {**_organisation(), **_municipality()}
    tables["association_years.csv"]["total"] = 4_000_000
    for name, table in tables.items():
        table.to_csv(directory / name, index=False)
    return directory


@pytest.fixture
def parts(_parts: Path, tmp_path: Path) -> Parts:
    return Parts(Path(shutil.copytree(_parts, tmp_path / "parts")))


@pytest.fixture
def surveyed(small: Any) -> Parts:
    """The small study with the three further tables of a survey."""
    small.toml("primary_wave = 2", EXTRA)
    people, answers = small.table("people.csv"), small.table("answers.csv")
    months = np.where(np.arange(len(people)) % 2, "2019-08", "2019-09")
    small.put("people.csv", people.assign(referred=months))
    small.put("staff.csv", answers.head(30))
    opened = answers.head(20)[["person", "wave"]]
    small.put(
        "open.csv",
        pd.concat([opened.assign(coder=c, theme=t) for c, t in (("A", "late"), ("B", ""))]),
    )
    small.put(
        "referrals.csv",
        pd.DataFrame(
            [(m, s, p, 10) for m in ("2019-08", "2019-09") for s in ("norr", "söder")
             for p in ("municipality", "region", "social_insurance", "employment_service")],
            columns=["month", "site", "party", "people"],
        ),
    )  # fmt: skip
    return Parts(small.directory)


# ---------------------------------------------------------------- declarations


@pytest.mark.parametrize("kept", [ORGANISATION, MUNICIPALITY, ORGANISATION + MUNICIPALITY])
def test_any_part_alone_or_with_others_is_a_study(parts: Parts, kept: str) -> None:
    (parts.directory / "study.toml").write_text(HEAD + kept, "utf-8")
    study = read_study_file(parts.directory)
    files = study.files()
    assert files[0] == "study.toml" and len(files) == len(set(files))
    assert ("efforts.csv" in files) == ("[organisation]" in kept)
    assert ("municipality_years.csv" in files) == ("[municipality]" in kept)
    assert parts.found() == []


def test_the_further_tables_of_a_survey_are_among_the_files(surveyed: Parts) -> None:
    files = read_study_file(surveyed.directory).files()
    assert {"staff.csv", "open.csv", "referrals.csv"} <= set(files)
    assert surveyed.found() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('efforts = "efforts.csv"\n', "", "needs the table efforts"),
        ('indicators = "indicators.csv"\n', "", "needed together"),
        ('"association_years.csv"', '"efforts.csv"', "two different tables"),
        ('all_ages = "18-64"', 'all_ages = "16-64"', "not among the age bands"),
        ('id = "work"', 'id = "sickness"', "declared twice"),
        ("first = 2003, last = 2008", "first = 2009, last = 2008", "first year must not be after"),
        (
            'municipalities = "municipalities.csv"',
            'municipalities = "../m.csv"',
            "in the study dir",
        ),
    ],
)
def test_declarations_that_contradict_each_other_are_refused(
    parts: Parts, old: str, new: str, said: str
) -> None:
    parts.toml(old, new)
    with pytest.raises(InputProblems) as caught:
        read_study_file(parts.directory)
    assert said in str(caught.value)


def test_every_table_and_column_says_what_it_means_in_both_languages(
    parts: Parts, surveyed: Parts, full: Any
) -> None:
    tables = [
        table
        for directory in (parts.directory, surveyed.directory, full.directory)
        for table in other_tables(read_study_file(directory))
    ]
    assert {table.name for table in tables} == set(TITLES)
    for table in tables:
        assert table.row is not None and table.row.sv and table.key
        assert TITLES[table.name].sv
        for column in table.columns:
            assert column.meaning is not None and column.meaning.sv, column.name
            assert column.unit is not None or column.kind not in ("number", "whole"), column.name
            assert column.unit is None or column.unit.sv


# ---------------------------------------------------------------- one slip, one problem

SLIPS = [
    # file, row, column, value, column that is named, words of the problem, severity
    ("associations.csv", 3, "association", "F1", "association", "the same association", "error"),
    ("associations.csv", 4, "merged_into", "F9", "merged_into", "not in associations", "error"),
    ("associations.csv", 4, "merged_into", "F3", "merged_into", "into itself", "error"),
    ("associations.csv", 4, "ended", "2005", "ended", "a year before formed", "error"),
    ("associations.csv", 3, "formed", "1003", "formed", "another number", "error"),
    ("association_years.csv", 2, "association", "F9", "association", "not in associ", "error"),
    ("association_years.csv", 2, "total", "3900000", "total", "not the sum", "warning"),
    ("association_years.csv", 2, "esf", "90000", "total", "not the sum", "warning"),
    ("association_years.csv", 2, "municipalities", "3", "municipalities", "not add up", "warning"),
    ("association_years.csv", 2, "state", "-5", "state", "another number", "error"),
    ("efforts.csv", 2, "association", "F9", "association", "not in associations", "error"),
    ("efforts.csv", 2, "parties", "municipality;church", "parties", "not declared", "error"),
    ("efforts.csv", 2, "parties", "region;region", "parties", "the same party twice", "error"),
    ("efforts.csv", 2, "end", "2005-01-31", "end", "a date before start", "error"),
    ("efforts.csv", 3, "start", "2023-01-01", "start", "years out of range", "error"),
    ("efforts.csv", 3, "start", "2004-06-01", "start", "before their association", "warning"),
    ("taking_part.csv", 2, "effort", "E9", "effort", "not in efforts", "error"),
    ("taking_part.csv", 2, "effort", "E2", "effort", "structural efforts", "error"),
    ("taking_part.csv", 2, "end", "2006-06-14", "end", "a date before start", "error"),
    ("taking_part.csv", 2, "end", "2006-05", "end", "a date before start", "error"),
    ("taking_part.csv", 4, "start", "2004-01-01", "start", "outside the time", "warning"),
    ("taking_part.csv", 2, "livelihood_after", "lottery", "livelihood_after", "another", "error"),
    ("indicators.csv", 2, "association", "F2", "association", "more than one assoc", "error"),
    ("indicators.csv", 3, "answer", "5", "answer", "answers to plan off its scale", "error"),
    ("indicators.csv", 3, "indicator", "needs", "questionnaire", "the same quest", "error"),
    ("municipalities.csv", 2, "county", "03", "county", "first two digits", "warning"),
    ("municipalities.csv", 4, "association", "F9", "association", "not in assoc", "error"),
    ("municipalities.csv", 4, "joined", "", "joined", "no year of joining", "error"),
    ("municipalities.csv", 4, "association", "", "association", "no association", "warning"),
    ("municipality_years.csv", 2, "value", "100.5", "value", "another number", "error"),
    ("municipality_years.csv", 2, "value", "-0.1", "value", "another number", "error"),
    ("municipality_years.csv", 2, "year", "2009", "year", "another number", "error"),
    ("municipality_years.csv", 5, "municipality", "0999", "municipality", "not in munic", "error"),
    ("municipality_years.csv", 3, "age_band", "18-29", "municipality", "the same munic", "error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "named", "words", "severity"),
    SLIPS,
    ids=lambda v: str(v).removesuffix(".csv"),
)
def test_a_slip_is_named_with_file_column_and_row(
    parts: Parts, file: str, row: int, column: str, value: str, named: str, words: str,
    severity: str,
) -> None:  # fmt: skip
    parts.cell(file, row, column, value)
    if words not in ("not add up", "not in assoc"):  # these look into the other part
        parts.only(file)
    found = [p for p in parts.found() if (p.file, p.column) == (file, named) and words in p.found]
    assert len(found) == 1, parts.found()
    assert found[0].severity == severity
    if words != "not add up":
        assert row in found[0].rows
    assert found[0].mend and found[0].expected


def test_mergers_in_a_circle_are_refused(parts: Parts) -> None:
    parts.cell("associations.csv", 3, "merged_into", "F3")
    assert "circle" in parts.one().found and parts.one().rows == (3, 4)


def test_years_outside_the_life_of_an_association_are_refused(parts: Parts) -> None:
    parts.edit("municipalities.csv", lambda f: f.iloc[[1, 3]])
    parts.edit("municipality_years.csv", lambda f: f[f["municipality"].isin(["0115", "0319"])])
    parts.edit("association_years.csv", lambda f: f.assign(municipalities=""))
    parts.cell("association_years.csv", 3, "association", "F3")
    parts.cell("association_years.csv", 6, "association", "F3")
    assert {(p.found, p.rows) for p in parts.found() if p.severity == "error"} == {
        ("years before the association was formed", (3,)),
        ("years after the association ended", (6,)),
    }


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("association_years.csv",
         ["state", "region", "municipality_funds", "esf", "total"]),
        ("efforts.csv", ["cost"]),
    ],
)  # fmt: skip
def test_kronor_that_look_like_thousands_are_a_warning(
    parts: Parts, file: str, columns: list[str]
) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame[columns] = frame[columns].apply(pd.to_numeric) / 1000
        if file == "efforts.csv":  # a handful says nothing
            more = [frame.assign(effort=frame["effort"] + str(n)) for n in range(3)]
            frame = pd.concat([frame, *more])
        return frame

    parts.edit(file, change)
    found = parts.found()
    assert {p.column for p in found} == {"cost"} or {p.column for p in found} == {"total", "state"}
    assert all(p.severity == "warning" and "thousands of kronor" in p.found for p in found)


def test_parties_may_stand_in_columns_of_their_own(parts: Parts) -> None:
    study = read_study_file(parts.directory)
    listed = read_other(parts.directory, study, _refuse)["organisation-efforts"]

    def apart(frame: pd.DataFrame) -> pd.DataFrame:
        lists = frame["parties"].str.split(r"\s*;\s*", regex=True)
        return frame.drop(columns="parties").assign(
            **{f"party_{p.value}": [int(p.value in names) for names in lists]
               for p in study.organisation.parties}
        )  # fmt: skip

    parts.edit("efforts.csv", apart)
    in_columns = read_other(parts.directory, study, _refuse)["organisation-efforts"]
    pd.testing.assert_frame_equal(listed, in_columns[listed.columns.tolist()])
    parts.edit("efforts.csv", lambda f: f.drop(columns="party_region"))
    assert parts.one().column == "party_region"
    parts.edit("efforts.csv", lambda f: f.assign(parties="region"))
    assert "both as a list" in parts.one().found


def _refuse(problem: Problem) -> None:
    raise AssertionError(problem.text())


def test_an_indicator_that_never_varies_is_a_warning(parts: Parts) -> None:
    parts.edit("indicators.csv", lambda f: f.assign(answer="3"))
    assert [p.severity for p in parts.found()] == ["warning", "warning"]
    assert "same answer to needs" in parts.found()[0].found


# ---------------------------------------------------------------- municipalities


def _twice(parts: Parts, **other: str) -> None:
    parts.edit(
        "municipalities.csv",
        lambda f: pd.concat([f, f[f["municipality"] == "0305"].assign(**other)]),
    )


def test_a_municipality_that_joins_twice_is_refused(parts: Parts) -> None:
    _twice(parts, joined="2007")
    found = {p.column: p for p in parts.found() if p.severity == "error"}
    assert found["joined"].rows == (4, 6)
    assert "join more than once" in found["joined"].found
    assert "association" not in found


def test_a_municipality_that_changes_association_is_refused(parts: Parts) -> None:
    _twice(parts, association="F1")
    found = {p.column: p for p in parts.found() if p.severity == "error"}
    assert "change association" in found["association"].found
    assert found["association"].rows == (4, 6)


def test_a_municipality_that_leaves_is_a_warning_and_a_wrong_order_stops(parts: Parts) -> None:
    parts.edit("municipalities.csv", lambda f: f.assign(left=["", "", "2009", ""]))
    assert "municipalities that leave" in parts.one().found
    assert parts.one().severity == "warning"
    parts.cell("municipalities.csv", 4, "left", "2003")
    assert "a year of leaving before" in parts.found()[0].found
    assert parts.found()[0].severity == "error"


def test_a_code_that_lost_its_zero_is_refused(parts: Parts) -> None:
    for name in ("municipalities.csv", "municipality_years.csv"):
        parts.edit(name, lambda f: f.assign(municipality=f["municipality"].str.lstrip("0")))
    found = [p for p in parts.found() if p.severity == "error"]
    assert {p.file for p in found} == {"municipalities.csv", "municipality_years.csv"}
    assert all("four digits" in p.found and "zero in front" in p.mend for p in found)


def test_members_from_the_first_year_on_are_a_warning(parts: Parts) -> None:
    parts.toml("first = 2003, last = 2008", "first = 2004, last = 2008")
    parts.edit("municipality_years.csv", lambda f: f[f["year"] != "2003"])
    assert "members from the first year on" in parts.one().found


def test_joining_before_the_act_or_the_association_is_a_warning(parts: Parts) -> None:
    parts.cell("municipalities.csv", 4, "joined", "2003")
    found = {p.found for p in parts.found() if p.column == "joined"}
    assert "years before 2004" in found
    assert "municipalities that joined before their association was formed" in found
    assert {p.severity for p in parts.found()} == {"warning"}


def test_a_municipality_that_lacks_years_is_a_warning(parts: Parts) -> None:
    parts.edit(
        "municipality_years.csv",
        lambda f: f[(f["municipality"] != "0115") | (f["year"] != "2005")],
    )
    assert parts.one().rows == (3,) and "lack years" in parts.one().found
    parts.edit("municipality_years.csv", lambda f: f[f["municipality"] != "0115"])
    assert "without any row" in parts.one().found


def test_shares_of_one_in_place_of_per_cent_are_a_warning(parts: Parts) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        mine = frame["outcome"] == "work"
        value = pd.to_numeric(frame["value"]) / 100
        return frame.assign(value=frame["value"].mask(mine, value.map("{:.4f}".format)))

    parts.edit("municipality_years.csv", change)
    found = [p for p in parts.found() if "shares of one" in p.found]
    assert len(found) == 1 and found[0].severity == "warning" and "work" in found[0].found


def test_an_outcome_that_never_varies_or_is_empty_is_a_warning(parts: Parts) -> None:
    def set_work(value: str) -> None:
        parts.edit(
            "municipality_years.csv",
            lambda f: f.assign(value=f["value"].mask(f["outcome"] == "work", value)),
        )

    set_work("50")
    assert "same value of work" in parts.one().found and parts.one().severity == "warning"
    set_work("")
    assert "no value of work" in parts.one().found


@pytest.mark.parametrize("sex", ["all", "women"])
def test_shares_that_do_not_add_up_are_a_warning(parts: Parts, sex: str) -> None:
    frame = pd.read_csv(parts.directory / "municipality_years.csv", dtype=str)
    mine = frame[(frame["sex"] == sex) & (frame["age_band"] == "18-64")].index[0]
    parts.cell("municipality_years.csv", int(mine) + 2, "value", "9.9")
    found = parts.found()
    assert found and {p.severity for p in found} == {"warning"}
    assert all(p.column == "value" and "do not add up over" in p.found for p in found)


def test_people_who_do_not_add_up_over_the_sexes_are_a_warning(parts: Parts) -> None:
    parts.cell("municipality_years.csv", 2, "population", "5000")
    assert parts.one().column == "population" and "women and men" in parts.one().found


def test_bands_that_leave_ages_out_need_not_add_up(parts: Parts) -> None:
    def smaller(frame: pd.DataFrame) -> pd.DataFrame:
        band = frame["age_band"] == "18-29"
        number = (pd.to_numeric(frame["population"]) // 2).astype(str)
        value = (pd.to_numeric(frame["value"]) + 3).round(1).astype(str)
        return frame.assign(
            population=frame["population"].mask(band, number),
            value=frame["value"].mask(band, value),
        )

    parts.edit("municipality_years.csv", smaller)
    assert parts.found() == []


def test_without_numbers_of_people_the_whole_lies_between_its_parts(parts: Parts) -> None:
    parts.edit("municipality_years.csv", lambda f: f.assign(population=""))
    assert parts.found() == []
    parts.cell("municipality_years.csv", 2, "value", "9.9")
    assert "women and men" in parts.one().found


# ---------------------------------------------------------------- more of the survey


@pytest.mark.parametrize("file", ["staff.csv", "open.csv"])
def test_answers_about_strangers_are_refused_and_name_nobody(surveyed: Parts, file: str) -> None:
    surveyed.cell(file, 3, "person", "Z999")
    found = [p for p in surveyed.found() if p.severity == "error"]
    assert [(p.file, p.column, p.rows) for p in found] == [(file, "person", (3,))]
    assert "Z999" not in str([p.text() for p in surveyed.found()])


def test_answers_of_staff_that_never_vary_are_a_warning(surveyed: Parts) -> None:
    surveyed.edit("staff.csv", lambda f: f.assign(job="4"))
    assert (surveyed.one().column, surveyed.one().severity) == ("job", "warning")


def test_staff_may_answer_some_of_the_items(surveyed: Parts) -> None:
    surveyed.toml(
        'staff_answers = "staff.csv"', 'staff_answers = "staff.csv"\nstaff_items = ["job"]'
    )
    surveyed.edit("staff.csv", lambda f: f.drop(columns="health"))
    assert surveyed.found() == []


def test_an_open_answer_without_the_survey_is_a_warning(surveyed: Parts) -> None:
    answers = pd.read_csv(surveyed.directory / "answers.csv", dtype=str)
    kept = answers.drop(index=0)
    kept.to_csv(surveyed.directory / "answers.csv", index=False)
    assert (surveyed.one().column, surveyed.one().severity) == ("wave", "warning")
    assert surveyed.one().rows == (2, 22)


def test_a_theme_that_is_not_declared_is_refused_and_not_shown(surveyed: Parts) -> None:
    surveyed.toml(
        'open_answers = "open.csv"',
        'open_answers = "open.csv"\nthemes = [{ value = "early", label.en = "Early" }]',
    )
    assert surveyed.one().column == "theme" and "late" not in surveyed.one().text()


def test_referrals_are_by_month_site_and_party(surveyed: Parts) -> None:
    surveyed.cell("referrals.csv", 2, "month", "2019-08-15")
    assert (surveyed.found()[0].column, surveyed.found()[0].found) == ("month", "days")
    surveyed.cell("referrals.csv", 2, "month", "2019-08")
    surveyed.cell("referrals.csv", 3, "party", "municipality")
    assert "same month and site and party" in surveyed.one().found


def test_a_site_that_has_no_participants_is_a_warning(surveyed: Parts) -> None:
    surveyed.edit("referrals.csv", lambda f: f.assign(site=f["site"].replace("norr", "Norr")))
    assert (surveyed.one().column, surveyed.one().severity) == ("site", "warning")


def test_fewer_referred_than_took_part_is_a_warning(surveyed: Parts) -> None:
    surveyed.edit("referrals.csv", lambda f: f.assign(people="2"))
    assert (surveyed.one().column, surveyed.one().count) == ("people", 16)
    assert surveyed.one().severity == "warning"


def test_a_twin_of_three_associations_and_four_municipalities_keeps_the_contract(
    parts: Parts, tmp_path: Path
) -> None:
    make_like(parts.directory, tmp_path / "twin")
    source, copy = read_inputs(parts.directory), read_inputs(tmp_path / "twin")
    assert set(source.other) == set(copy.other)
    codes = [set(inputs.other["municipalities"]["municipality"]) for inputs in (source, copy)]
    assert not codes[0] & codes[1]


def test_a_twin_of_the_further_tables_of_a_survey_keeps_the_contract(
    surveyed: Parts, tmp_path: Path
) -> None:
    make_like(surveyed.directory, tmp_path / "twin")
    source, copy = read_inputs(surveyed.directory), read_inputs(tmp_path / "twin")
    assert set(source.other) == set(copy.other) and copy.warnings == ()
    # Codes that the study does not declare may name somebody.
    assert "late" in set(source.other["survey-open-answers"]["theme"].dropna())
    assert set(copy.other["survey-open-answers"]["theme"].dropna()) == {"theme 1"}


# ---------------------------------------------------------------- synthetic data


@pytest.fixture(scope="module")
def members() -> Membership:
    return draw_membership(np.random.default_rng(5))


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("synthetic") / "study"
    synthesise(directory, 7, Variant(parts=("organisation", "municipality")))
    return directory


def _study(directory: Path) -> Study:
    return read_study_file(directory)


def test_the_synthetic_parts_pass_every_check(synthetic: Path) -> None:
    read = read_other(synthetic, _study(synthetic), _refuse)
    assert set(read) == {table.name for table in other_tables(_study(synthetic))}


def test_the_truth_of_the_panel_is_in_the_file(synthetic: Path) -> None:
    units = pd.read_csv(synthetic / "municipalities.csv")
    joined = units["joined"].fillna(NEVER).to_numpy(dtype=np.int64)
    truth = pd.read_csv(synthetic / "truth.csv")
    pd.testing.assert_frame_equal(truth, municipality_truth(joined).round(6), check_dtype=False)


def test_a_small_country_has_the_stated_numbers_of_each_year() -> None:
    small = draw_membership(np.random.default_rng(2), TINY_COUNTRY)
    for year, number, associations in zip(
        range(2004, 2023), TINY_COUNTRY.members, TINY_COUNTRY.associations, strict=True
    ):
        assert np.count_nonzero(small.joined <= year) == number
        assert np.count_nonzero(small.exists(year)) == associations
    assert len(small.codes) == 7 and (small.merged_into >= 0).sum() == 1


def test_members_and_associations_of_each_year_are_the_published_ones(members: Membership) -> None:
    for year, number, associations in zip(range(2004, 2023), MEMBERS, ASSOCIATIONS, strict=True):
        there, home = members.exists(year), members.belongs(year)
        assert np.count_nonzero(members.joined <= year) == number
        assert np.count_nonzero(there) == associations
        assert there[home[home >= 0]].all()
        assert set(home[home >= 0]) == set(np.flatnonzero(there))
    assert len(set(members.codes)) == 290
    outside = members.joined == NEVER
    assert members.people[outside].sum() / members.people.sum() == pytest.approx(0.04, abs=0.001)


def test_published_national_totals_are_exact(synthetic: Path) -> None:
    directory = synthetic
    years = pd.read_csv(directory / "association_years.csv")
    sums = years.groupby("year")[["municipalities", "state", "participants", "total"]].sum()
    million = 1_000_000
    assert sums.loc[[2005, 2012, 2016, 2018, 2020, 2022], "state"].tolist() == [
        83 * million, 280 * million, 339 * million, 339 * million, 339 * million, 339 * million,
    ]  # fmt: skip
    assert sums.loc[[2014, 2018, 2019, 2020, 2022], "participants"].tolist() == [
        41_000, 32_715, 31_100, 24_867, 21_400,
    ]  # fmt: skip
    assert sums.loc[[2011, 2012, 2016, 2018, 2022], "municipalities"].tolist() == [
        213, 221, 247, 260, 273,
    ]  # fmt: skip
    parties = years[["state", "region", "municipality_funds"]].sum(axis=1)
    assert parties[years["year"] == 2018].sum() == 678 * million
    assert (years["region"] * 2 == years["state"]).all()
    assert sums.loc[2018, "total"] > 700 * million
    efforts = pd.read_csv(directory / "efforts.csv", parse_dates=["start", "end"])
    for year, individual, structural in ((2012, 570, 300), (2018, 559, 546)):
        going = (efforts["start"].dt.year <= year) & ~(efforts["end"].dt.year < year)
        number = efforts[going]["type"].value_counts()
        assert (number["individual"], number["structural"]) == (individual, structural)


def test_the_panel_has_the_true_effects_on_average(members: Membership) -> None:
    """Means over panels of the simplest contrast: members against those who never join."""
    quiet = MunicipalityDesign(effect_scale=0.0)
    loud = MunicipalityDesign()
    member = members.municipalities().set_index("municipality")["joined"]
    values = []
    for design in (loud, quiet):
        table = municipality_tables(np.random.default_rng(3), design, members).years
        values.append(table.assign(joined=table["municipality"].map(member)))
    # The same chance in both: what differs is the effect.
    effect = values[0].assign(value=values[0]["value"] - values[1]["value"])
    since = effect["year"] - effect["joined"]
    truth = municipality_truth(members.joined)
    events = truth[truth["analysis"] == "event"].set_index(["outcome", "group", "horizon"])
    for outcome, sex, band, group in (
        ("sickness_benefit", "all", "18-64", "all"),
        ("sickness_benefit", "women", "18-64", "women"),
        ("disability_pension", "men", "18-29", "men 18-29"),
        ("unemployed_to_work", "men", "18-64", "men"),
        ("unemployed_to_work", "women", "18-64", "women"),
        ("social_assistance", "all", "55-64", "all 55-64"),
        ("social_assistance", "all", "30-54", "all 30-54"),
        ("employment", "all", "18-64", "all"),
    ):
        mine = (effect["outcome"] == outcome) & (effect["sex"] == sex)
        mine &= effect["age_band"] == band
        for event in (-1, 0, 1, 2, 5):
            got = effect[mine & (since == event)]["value"].mean()
            want = events.loc[(outcome, group, event), "truth"]
            assert got == pytest.approx(want, abs=0.01), (outcome, group, event)


def test_effects_build_up_over_three_years_to_the_stated_size(members: Membership) -> None:
    truth = (
        municipality_truth(members.joined)
        .set_index(["analysis", "outcome", "group", "horizon"])["truth"]
        .sort_index()
    )
    event = truth.loc["event"]
    assert event.loc[("sickness_benefit", "all")].loc[[-1, 0, 1, 2, 9]].tolist() == pytest.approx(
        [0, -0.05, -0.10, -0.15, -0.15]
    )
    assert event[("disability_pension", "women", 3)] == pytest.approx(0.15)
    assert event[("unemployed_to_work", "men", 3)] == pytest.approx(1.0)
    assert event[("unemployed_to_work", "women", 3)] == 0
    assert event[("social_assistance", "all 55-64", 3)] == pytest.approx(0.15)
    assert event[("social_assistance", "all 18-29", 3)] == 0
    null = municipality_truth(members.joined, SCENARIOS["null"])
    assert (null["truth"] == 0).all() and (null["part"] == "municipality").all()


def test_noise_has_the_stated_spread_and_persistence(members: Membership) -> None:
    table = municipality_tables(np.random.default_rng(8), SCENARIOS["null"], members).years
    mine = table[(table["sex"] == "all") & (table["age_band"] == "18-64")]
    wide = mine[mine["outcome"] == "employment"].pivot(
        index="municipality", columns="year", values="value"
    )
    noise = wide.to_numpy() - wide.mean(axis=1).to_numpy()[:, None]
    change = noise - noise.mean(axis=0)
    # Differences between years leave out what is lasting in a municipality.
    steps = [((change[:, k:] - change[:, :-k]) ** 2).mean() / 2 for k in (1, 8)]
    assert np.sqrt(steps[1] / (1 - 0.6**8)) == pytest.approx(0.3, abs=0.02)
    assert 1 - steps[0] / (steps[1] / (1 - 0.6**8)) == pytest.approx(0.6, abs=0.04)


def test_violated_trends_drift_before_anybody_joins(members: Membership) -> None:
    def drift(name: str) -> float:
        rng = np.random.default_rng(11)
        table = municipality_tables(rng, SCENARIOS[name], members).years
        early = np.array(members.codes)[members.joined <= 2008]
        never = np.array(members.codes)[members.joined == NEVER]
        mine = (table["sex"] == "all") & (table["age_band"] == "18-64")
        mine &= (table["outcome"] == "employment") & (table["year"] < 2004)
        slope = {}
        for name_, codes in (("early", early), ("never", never)):
            mean = table[mine & table["municipality"].isin(codes)].groupby("year")["value"].mean()
            slope[name_] = np.polyfit(mean.index, mean, 1)[0]
        return float(slope["early"] - slope["never"])

    assert drift("violated-trends") - drift("usual") == pytest.approx(0.052, abs=0.01)
