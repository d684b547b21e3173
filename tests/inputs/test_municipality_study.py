"""What study.toml may declare of municipalities, and what is odd in their tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from finsam_report.problems import InputProblems
from municipality_study import Study, drawn

COVARIATE = '[[municipality.covariates]]\nid = "size"\nlabel.en = "Size"\nkind = "number"\n'


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path, *drawn(n=16))


@pytest.mark.parametrize(
    ("where", "text", "words"),
    [
        ("entries", 'comparison = "both"', "'not_yet' or 'never'"),
        ("entries", 'base = "long"', "'universal' or 'varying'"),
        ("entries", "anticipation = -1", "greater than or equal to 0"),
        ("entries", "window = { before = 1 }", "greater than or equal to 2"),
        ("bootstrap", 10, "greater than or equal to 99"),
        ("entries", "late = 2000", "late must be after the first year, 2000"),
        ("entries", "pre_years = { first = 1990, last = 2002 }", "years from 2000 to 2008"),
        ("entries", "pre_years = { first = 2003, last = 2002 }", "must not be after the last"),
        ("entries", 'comparisons = "never"', "is 'comparison' meant?"),
        ("more", COVARIATE.replace("size", "county"), "has this column for itself"),
        ("more", COVARIATE + COVARIATE, "covariate 'size' is declared twice"),
        ("more", COVARIATE.replace("size", "pension"), "an outcome and a covariate"),
        ("more", COVARIATE + 'source = "work"\n', "its source 'work' is no outcome"),
        ("more", COVARIATE.replace('"number"', '"binary"') + 'source = "pension"\n',
         "has kind = 'number'"),
        ("outcomes", "sum_of", "needs two outcomes or more"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_words(
    study: Study, where: str, text: object, words: str
) -> None:
    if where == "outcomes":
        text = '[[municipality.outcomes]]\nid = "sum"\nlabel.en = "Sum"\nsum_of = ["pension"]\n'
    setattr(study, where, text)
    with pytest.raises(InputProblems) as caught:
        study.inputs()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("names", "words"),
    [('"pension", "work"', "names 'work'"), ('"pension", "pension"', "is declared twice")],
)
def test_a_sum_is_of_outcomes_in_the_table_each_once(study: Study, names: str, words: str) -> None:
    study.outcomes = (
        f'[[municipality.outcomes]]\nid = "sum"\nlabel.en = "Sum"\nsum_of = [{names}]\n'
    )
    with pytest.raises(InputProblems) as caught:
        study.inputs()
    assert words in str(caught.value)


def test_a_study_has_some_main_outcome(study: Study) -> None:
    study.outcomes = "placebo = true\n"
    study.inputs()
    toml = study.directory / "study.toml"
    toml.write_text(
        toml.read_text("utf-8").replace('label.en = "Sickness benefit"\n',
                                        'label.en = "Sickness benefit"\nmain = false\n'), "utf-8"
    )  # fmt: skip
    from finsam_report.study import read_study_file

    with pytest.raises(InputProblems, match="no outcome is a main one"):
        read_study_file(study.directory)


def told(study: Study) -> list[str]:
    """Warnings, but for years of joining before the Act."""
    warnings = study.inputs().warnings
    return [f"{w.column} {w.found}" for w in warnings if w.found != "years before 2004"]


def test_a_merger_leads_to_a_municipality_of_the_table_that_remains(study: Study) -> None:
    codes = study.units["municipality"].tolist()
    for into, words in (
        (["9999"] + [""] * 15, "municipalities that are not in units.csv"),
        ([codes[1], codes[2]] + [""] * 14, "into one that was itself merged"),
        ([codes[0]] + [""] * 15, "into one that was itself merged"),
    ):
        study.units["merged_into"] = into
        with pytest.raises(InputProblems, match=words):
            study.inputs()
    study.units["merged_into"] = [codes[1]] + [""] * 15
    assert told(study) == []
    study.units["merged_into"] = [codes[-1]] + [""] * 15
    assert told(study) == ["merged_into merged municipalities that had not joined in the same year"]


def test_years_that_a_merged_municipality_lacks_are_no_gap(study: Study) -> None:
    codes = study.units["municipality"].tolist()
    gone = (study.years["municipality"] == codes[0]) & (study.years["year"] > 2004)
    study.years = study.years[~gone]
    assert len(told(study)) == 1 and "lack years" in told(study)[0]
    study.units["merged_into"] = [codes[1]] + [""] * 15
    assert told(study) == []


def test_covariates_that_lack_or_are_all_alike_are_pointed_at(study: Study) -> None:
    study.more = COVARIATE
    with pytest.raises(InputProblems, match="size"):
        study.inputs()
    study.units["size"] = ["", *range(15)]
    assert told(study) == ["size municipalities without size"]
    study.units["size"] = 5
    assert told(study) == ["size the same size in every row"]
