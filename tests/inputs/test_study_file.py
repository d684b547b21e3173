"""study.toml: every entry is checked, and what is wrong is said with its place."""
# ruff: noqa: E501 - a case per line

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from finsam_report.places import synthetic_study
from finsam_report.problems import InputProblems, Problem
from finsam_report.study import Study, read_study_file

NSW = Path(__file__).parents[1] / "studies" / "nsw"


def problems(study: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_study_file(study.directory)
    return caught.value.problems


@pytest.mark.parametrize("directory", [synthetic_study(), NSW], ids=["synthetic", "nsw"])
def test_the_studies_that_come_along_are_valid(directory: Path) -> None:
    assert isinstance(read_study_file(directory), Study)


WRONG = {
    "an unknown key": ("draws = 99", "draw = 99", "analysis.draw", "is 'draws' meant?"),
    "an unknown part": ("[register]", "[registre]", "registre", "is 'register' meant?"),
    "a number in quotes": ("draws = 99", 'draws = "99"', "analysis.draws", '"99"'),
    "a fraction of draws": ("draws = 99", "draws = 99.5", "analysis.draws", "99.5"),
    "too few draws": ("draws = 99", "draws = 9", "analysis.draws", "9"),
    "a negative seed": ("seed = 7", "seed = -7", "analysis.seed", "-7"),
    "a level in per cent": ("seed = 7", "level = 95", "analysis.level", "95"),
    "a level that is no number": ("seed = 7", "level = nan", "analysis.level", "nan"),
    "a truth value in words": ("synthetic = true", 'synthetic = "yes"', "study.synthetic", '"yes"'),
    "a number for a truth value": ("take_up = true", "take_up = 1", "survey.take_up", "1"),
    "a title that is plain text": ('title.en = "A small study"', 'title = "A"', "study.title", '"A"'),
    "an empty title": ('"A small study"', '""', "study.title.en", '""'),
    "no title": ('title.en = "A small study"', "", "study.title", "nothing"),
    "an id with blanks": ('id = "small"', 'id = "a small one"', "study.id", '"a small one"'),
    "an arm as a number": ('value = "support"', "value = 1", "survey.arms.support.value", "1"),
    "an arm with a blank": ('value = "support"', 'value = "support "', "survey.arms.support.value", '"support "'),
    "arms alike": ('value = "waiting"', 'value = "support"', "survey.arms", "same value"),
    "an arm missing": ("[survey.arms.control]", "[survey.arms.other]", "survey.arms.control", "nothing"),
    "an unknown unit": ('unit = "amount"', 'unit = "money"', "register.outcomes[2].unit", '"money"'),
    "no currency": ('currency = "SEK"', "", "register.outcomes[2]", "currency is needed"),
    "an empty range": ("minimum = 16", "minimum = 90", "survey.covariates[2]", "below maximum"),
    "levels of a number": ('kind = "number"', 'kind = "category"', "survey.covariates[2]", "levels are needed"),
    "an outcome twice": ('id = "wage"', 'id = "work"', "register", "'work' is declared twice"),
    "a reserved name": ('id = "wage"', 'id = "period"', "register", "column of the contract"),
    "a reserved source": ('unit = "amount"', 'unit = "amount"\nsource = "period"', "register.outcomes[2]", "column of the contract"),
    "a sum of shares": ('unit = "share"', 'unit = "share"\nwindow = 2', "register.outcomes[1]", "not a share"),
    "a window too long": ('unit = "amount"', 'unit = "amount"\nwindow = 4', "register", "longer than the last horizon"),
    "horizons out of order": ("horizons = [2, 3]", "horizons = [3, 2]", "register", "rising order"),
    "no horizon": ("horizons = [2, 3]", "horizons = []", "register.horizons", "a list"),
    "a horizon as text": ("horizons = [2, 3]", 'horizons = [2, "3"]', "register.horizons[2]", '"3"'),
    "a negative horizon": ("horizons = [2, 3]", "horizons = [-2, 3]", "register.horizons[1]", "-2"),
    "an undeclared primary wave": ("primary_wave = 2", "primary_wave = 9", "survey", "not among the declared waves"),
    "a primary wave of one arm": ("primary_wave = 2", "primary_wave = 3", "survey", "sent to both arms"),
    "a late baseline": ("month = 0", "month = 6", "survey", "before the primary wave"),
    "a wave sent to nobody": ('arms = ["control"]', "arms = []", "survey.waves[3].arms", "a list"),
    "a wave sent to strangers": ('arms = ["control"]', 'arms = ["waiting"]', "survey.waves[3].arms[1]", '"waiting"'),
    "a wave twice": ("wave = 3", "wave = 1", "survey", "a wave is declared twice"),
    "persons as blocks": ('blocks = ["site"]', 'blocks = ["person"]', "survey.assignment", "cannot be a block"),
    "a block twice": ('blocks = ["site"]', 'blocks = ["site", "site"]', "survey.assignment", "named twice"),
    "blocks as text": ('blocks = ["site"]', 'blocks = "site"', "survey.assignment.blocks", '"site"'),
    "a scale upside down": ('id = "health"', 'id = "health"\nminimum = 5\nmaximum = 1', "survey.items[2]", "below maximum"),
    "a file above the study": ('"people.csv"', '"../people.csv"', "survey.participants", "study directory"),
    "a file elsewhere": ('"people.csv"', '"/etc/passwd"', "survey.participants", "study directory"),
    "a file of Windows": ('"people.csv"', "'C:\\people.csv'", "survey.participants", "study directory"),
    "no file": ('"people.csv"', '""', "survey.participants", "study directory"),
    "one file for two tables": ('"answers.csv"', '"people.csv"', None, "two different tables"),
    "study.toml as a table": ('"answers.csv"', '"study.toml"', None, "two different tables"),
    "another programme without background": ("synthetic = true", 'programme = "other"', "study", "background"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_entry_is_named_by_its_place(small: Any, case: str) -> None:
    old, new, place, found = WRONG[case]
    small.toml(old, new)
    mine = [p for p in problems(small) if p.column == place]
    assert len(mine) == 1, problems(small)
    assert found in mine[0].found
    assert mine[0].file == "study.toml"
    assert mine[0].expected
    assert mine[0].mend
    assert not re.search(r"pydantic|Input should|valid string|dict\b", mine[0].text())


def test_all_wrong_entries_come_at_once(small: Any) -> None:
    small.toml("draws = 99", 'draws = "99"\ncolour = "red"')
    small.toml('unit = "share"', 'unit = "shares"')
    assert [p.column for p in problems(small)] == [
        "analysis.colour", "analysis.draws", "register.outcomes[1].unit",
    ]  # fmt: skip


def test_a_study_needs_some_part(small: Any) -> None:
    text = small.path("study.toml").read_text("utf-8")
    small.path("study.toml").write_text(text[: text.index("[survey]")], "utf-8")
    assert "neither [survey] nor [register]" in problems(small)[0].found


def test_a_register_part_needs_outcomes(small: Any) -> None:
    text = small.path("study.toml").read_text("utf-8")
    small.path("study.toml").write_text(text[: text.index("[[register.outcomes]]")], "utf-8")
    (problem,) = problems(small)
    assert (problem.column, problem.found) == ("register.outcomes", "nothing")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"[study\n", "line 1"),
        (b"a = 1\na = 2\n", "line 2"),
        ("title = 'ä'".encode("latin-1"), "not UTF-8"),
        (b"\x00", "line 1"),
        (b"a = " + b"[" * 3000, ""),
    ],
    ids=["broken", "key twice", "latin-1", "binary", "deep"],
)
def test_a_file_that_is_not_toml_is_told_as_such(small: Any, content: bytes, found: str) -> None:
    small.path("study.toml").write_bytes(content)
    (problem,) = problems(small)
    assert problem.file == "study.toml"
    assert found in problem.found


def test_an_empty_file_lacks_its_entries(small: Any) -> None:
    small.path("study.toml").write_bytes(b"")
    assert ("study", "nothing") in [(p.column, p.found) for p in problems(small)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(small: Any) -> None:
    before = read_study_file(small.directory)
    path = small.path("study.toml")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_study_file(small.directory) == before


def test_a_missing_directory_or_file_is_named(small: Any, tmp_path: Path) -> None:
    for path, name, found in (
        (tmp_path / "nowhere", "nowhere", "no such directory"),
        (small.path("people.csv"), "people.csv", "a file"),
        (tmp_path, "study.toml", "no such file in the study directory"),
    ):
        with pytest.raises(InputProblems) as caught:
            read_study_file(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.found) == (name, found)


def test_a_directory_called_study_toml_is_named(small: Any) -> None:
    small.path("study.toml").unlink()
    small.path("study.toml").mkdir()
    assert problems(small)[0].found == "a directory"
