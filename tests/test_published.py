"""The published figures on coordination associations, each with its source."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from finsam_report import published
from finsam_report.parts.organisation import published_rows
from finsam_report.study import Study

BIBLIOGRAPHY = Path(__file__).parents[1] / "report" / "assets" / "references.bib"
MILLION = 1_000_000

# Year by year: associations, municipalities, funds of the state, participants.
TABLE = {
    2005: (None, None, 83, None),
    2011: (82, 213, None, None),
    2012: (83, 221, 280, None),
    2014: (None, None, None, 41_000),
    2016: (82, 247, 339, None),
    2018: (83, 260, 339, 32_715),
    2019: (None, None, 339, 31_100),
    2020: (78, None, 339, 24_867),
    2022: (75, 273, 339, 21_400),
}
OTHERS = {
    ("first_formed", 2004): 2004, ("associations_peak", 2010): 2010,
    ("state_cooperation", 2012): 310 * MILLION, ("total_funds", 2018): 678 * MILLION,
    ("turnover", 2022): 700 * MILLION, ("efforts", 2012): 870, ("efforts", 2018): 1_105,
    ("efforts_individual", 2012): 570, ("efforts_structural", 2012): 300,
    ("efforts_individual", 2018): 559, ("efforts_structural", 2018): 546,
    ("efforts_individual_other", 2019): 1_138, ("efforts_individual_other", 2020): 1_087,
    ("participants_change", 2020): -20, ("efforts_structural_change", 2020): -32,
    ("work_or_study", 2019): 31, ("work_or_study", 2020): 28, ("women_share", 2012): 57,
    ("target_low", 2022): 280_000, ("target_high", 2022): 500_000, ("share_population", 2022): 96,
    ("indicator_questionnaires", 2020): 4_186, ("indicator_associations", 2020): 42,
    ("indicator_of", 2020): 78, ("indicator_associations", 2022): 36, ("indicator_of", 2022): 75,
    ("indicators", 2012): 15, ("indicators", 2022): 16, ("sick_listed_days", 2018): 811,
    ("young_years", 2018): 3.5,
}  # fmt: skip


def _value(series: str, year: int) -> float | None:
    found = published.figure(series, year)
    return found.value if found else None


@pytest.mark.parametrize("year", TABLE)
def test_every_figure_of_the_yearly_table_is_there_and_no_other(year: int) -> None:
    associations, municipalities, state, participants = TABLE[year]
    assert _value("associations", year) == associations
    assert _value("municipalities", year) == municipalities
    assert _value("state", year) == (None if state is None else state * MILLION)
    assert _value("participants", year) == participants


def test_the_other_figures_are_there() -> None:
    assert {key: _value(*key) for key in OTHERS} == OTHERS


def test_no_year_but_those_published_has_a_figure() -> None:
    yearly = {"associations", "municipalities", "state", "participants"}
    years = {f.year for f in published.figures() if f.series in yearly}
    assert years == set(TABLE)
    # What was published of 2012 cannot be read any more: it is told, and has no value.
    lost = [(f.series, f.year) for f in published.figures() if f.value is None]
    assert lost == [("participants", 2012)]


def test_two_ways_of_counting_efforts_are_two_series() -> None:
    by_series = {f.series: {g.value for g in published.figures() if g.series == f.series}
                 for f in published.figures()}  # fmt: skip
    assert not {559.0, 570.0} & by_series["efforts_individual_other"]
    assert not {1138.0, 1087.0} & by_series["efforts_individual"]


def test_247_municipalities_were_members_in_2016_and_not_in_2022() -> None:
    at = [f.year for f in published.figures() if f.value == 247]
    assert at == [2016]
    associations = [f for f in published.figures() if f.series == "associations"]
    assert [f.year for f in associations if f.value == 82] == [2011, 2016]


def test_what_was_worked_out_agrees_with_what_it_was_worked_out_from() -> None:
    participants = _value("participants", 2022) or np.nan
    assert _value("coverage_low", 2022) == pytest.approx(100 * participants / 500_000, abs=0.005)
    assert _value("coverage_high", 2022) == pytest.approx(100 * participants / 280_000, abs=0.005)
    for year in (2016, 2022):
        state, members = _value("state", year), _value("municipalities", year)
        assert _value("state_per_municipality", year) == round((state or 0) / (members or 1))
    assert _value("participants", 2019) == pytest.approx(24_867 / 0.8, rel=0.001)
    derived = {(f.series, f.year) for f in published.figures() if f.derived}
    assert ("participants", 2019) in derived and ("participants", 2020) not in derived


def test_every_figure_names_a_known_source_unit_and_definition_in_both_languages() -> None:
    entries = set(re.findall(r"^@\w+\{(\w+),", BIBLIOGRAPHY.read_text("utf-8"), re.MULTILINE))
    for figure in published.figures():
        assert figure.source in published.SOURCES
        assert figure.source in entries
        assert figure.unit and figure.definition.en and figure.definition.sv
        assert figure.derived is None or figure.derived.sv
        if figure.precision == "about":
            assert figure.estimator.split("|")[1] == "about"
    assert {key for key, source in published.SOURCES.items() if source.key != key} == set()


def test_only_studies_of_coordination_associations_show_them() -> None:
    def study(programme: str) -> Study:
        about = {"id": "x", "title": {"en": "X"}, "data_until": {"en": "2020"},
                 "programme": programme, "background": {"en": "X."}}  # fmt: skip
        if programme == "finsam":
            del about["background"]
        part = {"association_years": "years.csv"}
        return Study.model_validate({"study": about, "organisation": part})

    assert published_rows(study("other")) == []
    frame = published_rows(study("finsam"))[0]
    assert len(frame) == len([f for f in published.figures() if f.value is not None])
    assert not frame.duplicated(["outcome", "horizon", "estimator"]).any()
