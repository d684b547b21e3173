"""Two studies or reports compared: what differs is found, and said in the right words."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from finsam_report import release
from finsam_report.cli import app
from finsam_report.display.comparison import Comparison, RowChange, Side
from finsam_report.display.comparison_json import as_json
from finsam_report.display.comparison_names import Names
from finsam_report.display.comparison_text import as_text, sentence
from finsam_report.display.lookup import Row
from finsam_report.engine import compare_ledger, pipeline
from finsam_report.engine.compare import compare
from finsam_report.engine.compare_html import as_html
from finsam_report.engine.compare_sides import NothingToCompareError
from finsam_report.errors import FinsamError
from finsam_report.parts.ledger import COLUMNS

MINUS = "\u2212"
SYNTHETIC = Path(__file__).parents[2] / "data" / "synthetic"


@pytest.fixture
def other(small: Any, tmp_path: Path) -> Any:
    """A copy of the small study, which a test may change."""
    return replace(small, directory=Path(shutil.copytree(small.directory, tmp_path / "other")))


@pytest.fixture
def analysed(small: Any, tmp_path: Path) -> Path:
    pipeline.analyse(small.directory, tmp_path / "out", lambda _: None)
    return tmp_path / "out"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


def line(found: Comparison, start: str) -> str:
    lines = [text for text in as_text(found).splitlines() if text.startswith(f"- {start}")]
    assert len(lines) == 1, as_text(found)
    return lines[0]


# Two studies.


def test_a_study_and_itself_are_equal(small: Any) -> None:
    found = compare(small.directory, small.directory)
    assert found.equal
    assert "Nothing differs" in as_text(found)


def test_the_rows_that_were_added_are_counted(small: Any, other: Any) -> None:
    def more(frame: pd.DataFrame) -> pd.DataFrame:
        new = frame.head(20).assign(person=[f"NEW{i:02d}" for i in range(20)])
        return pd.concat([frame, new])

    other.edit("people.csv", more)
    found = compare(small.directory, other.directory)
    (table,) = found.tables
    assert (table.table, table.added, table.removed, table.changed) == (
        "survey-participants", 20, 0, 0,
    )  # fmt: skip
    assert table.rows == (80, 100)
    assert line(found, "people.csv") == "- people.csv: 20 rows added."
    assert "Main effects that changed" in as_text(found)
    assert not any(change.row.part == "register" for change in found.rows)
    back = compare(other.directory, small.directory)
    assert line(back, "people.csv") == "- people.csv: 20 rows removed."


def test_one_changed_answer_is_found_and_its_value_not_told(small: Any, other: Any) -> None:
    frame = small.table("answers.csv")
    row = int(frame.index[frame["wave"] == "2"][0])
    old = frame.loc[row, "job"]
    other.cell("answers.csv", row + 2, "job", "1" if old == "5" else "5")
    found = compare(small.directory, other.directory)
    assert line(found, "answers.csv") == "- answers.csv: 1 row changed (job in 1)."
    assert {change.row.part for change in found.rows} == {"survey"}
    person = frame.loc[row, "person"]
    for text in (as_text(found), as_json(found), as_html(found)):
        assert person not in text


def test_a_renamed_outcome_is_no_other_outcome(small: Any, other: Any) -> None:
    other.toml('id = "health"', 'id = "own_health"')
    other.edit("answers.csv", lambda frame: frame.rename(columns={"health": "own_health"}))
    found = compare(small.directory, other.directory)
    assert [(item.part, item.old, item.new) for item in found.renamed] == [
        ("survey", "health", "own_health")
    ]
    assert not found.rows
    assert not found.entries
    assert not found.equal
    assert line(found, "Survey: health") == (
        "- Survey: health is called own_health now; its numbers are the same."
    )


def test_a_renamed_outcome_with_another_answer_is_compared_under_its_new_name(
    small: Any, other: Any
) -> None:
    other.toml('id = "health"', 'id = "own_health"')
    other.edit("answers.csv", lambda frame: frame.rename(columns={"health": "own_health"}))
    other.edit("people.csv", lambda frame: frame.assign(age=[*frame["age"][:-1], "66"]))
    found = compare(small.directory, other.directory)
    assert [item.new for item in found.renamed] == ["own_health"]
    assert found.rows
    assert {change.status for change in found.rows} == {"changed"}
    assert "compared under the new name" in line(found, "Survey: health")


def test_an_outcome_renamed_where_outputs_alone_are_there_is_known_by_its_numbers(
    small: Any, other: Any, analysed: Path, tmp_path: Path
) -> None:
    other.toml('id = "work"', 'id = "in_work"')
    other.edit("months.csv", lambda frame: frame.rename(columns={"work": "in_work"}))
    pipeline.analyse(other.directory, tmp_path / "new", lambda _: None)
    found = compare(analysed, tmp_path / "new")
    assert [(item.old, item.new) for item in found.renamed] == [("work", "in_work")]
    assert not found.rows


def test_two_outcomes_with_other_names_and_other_numbers_are_gone_and_new(
    small: Any, other: Any
) -> None:
    other.toml('id = "health"', 'id = "sleep"')

    def turned(frame: pd.DataFrame) -> pd.DataFrame:
        values = [str(6 - int(v)) if v else v for v in frame["health"]]
        return frame.rename(columns={"health": "sleep"}).assign(sleep=values)

    other.edit("answers.csv", turned)
    found = compare(small.directory, other.directory)
    assert not found.renamed
    assert {"new", "gone"} <= {change.status for change in found.rows}
    assert "column sleep added; column health removed" in line(found, "answers.csv")


def test_a_changed_choice_of_the_study_is_told(small: Any, other: Any) -> None:
    other.toml("seed = 7", "seed = 8")
    found = compare(small.directory, other.directory)
    assert line(found, "study.toml") == "- study.toml, analysis.seed: 7 is now 8."


def test_an_outcome_that_was_added_is_told_once(small: Any, other: Any) -> None:
    text = '[[survey.items]]\nid = "new"\nlabel.en = "New"\ntext.en = "New?"\n\n[register]'
    other.toml("[register]", text)
    other.edit("answers.csv", lambda frame: frame.assign(new=frame["job"]))
    found = compare(small.directory, other.directory)
    assert not found.renamed
    assert line(found, "study.toml, survey.items").startswith(
        "- study.toml, survey.items[new] is new, with "
    )
    assert "column new added" in line(found, "answers.csv")
    (health,) = [c for c in found.main if c.row.outcome == "health"]
    assert health.columns == ("q_value",)  # one more in its family


def test_a_changed_label_is_quoted_and_a_piece_that_is_gone_is_told_once(
    small: Any, other: Any
) -> None:
    other.toml('title.en = "A small study"', 'title.en = "A study"')
    other.without("register")
    text = as_text(compare(small.directory, other.directory))
    assert "- study.toml, study.title.en: “A small study” is now “A study”." in text
    assert re.search(r"^- study.toml, register is gone, with \d+ entries\.$", text, re.MULTILINE)


def test_another_order_of_rows_is_no_difference_of_values(small: Any, other: Any) -> None:
    other.edit("answers.csv", lambda frame: frame.iloc[::-1])
    found = compare(small.directory, other.directory)
    assert not found.tables
    assert "answers.csv has other bytes and the same values" in as_text(found)


def test_a_table_that_is_gone_is_told(small: Any, other: Any) -> None:
    other.without("register")
    found = compare(small.directory, other.directory)
    assert [(t.table, t.status) for t in found.tables] == [
        ("register-participants", "gone"), ("register-outcomes", "gone"),
    ]  # fmt: skip
    assert {change.status for change in found.rows} == {"gone"}
    assert line(found, "drawn.csv") == "- drawn.csv is gone: it had 120 rows."


# An output against a study or another output.


def test_an_output_and_its_study_are_equal(small: Any, analysed: Path) -> None:
    assert compare(analysed, small.directory).equal
    assert compare(small.directory, analysed).equal
    assert compare(analysed, analysed).equal


def test_files_of_outputs_are_compared_by_their_hashes(
    small: Any, other: Any, analysed: Path, tmp_path: Path
) -> None:
    other.cell("answers.csv", 2, "job", "")
    pipeline.analyse(other.directory, tmp_path / "new", lambda _: None)
    found = compare(analysed, tmp_path / "new")
    assert [(file.file, file.status) for file in found.files] == [("answers.csv", "changed")]
    assert re.search(r"has other content \([\d,]+ bytes before, [\d,]+ now\)", as_text(found))
    assert "Neither is a study" in as_text(found)


def test_another_version_is_told_and_is_no_difference(small: Any, analysed: Path) -> None:
    path = analysed / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["tool"]["version"] = "0.0.9"
    path.write_text(json.dumps(content), "utf-8")
    found = compare(analysed, small.directory)
    assert found.equal
    assert "The numbers of the old one were made by finsam-report 0.0.9" in as_text(found)


def test_a_ledger_of_another_form_is_told_with_its_columns(small: Any, analysed: Path) -> None:
    frame = pd.read_csv(analysed / "results.csv", dtype=str, keep_default_na=False)
    frame.drop(columns="q_value").assign(extra="").to_csv(analysed / "results.csv", index=False)
    path = analysed / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["outputs"] = {}
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(FinsamError, match="it lacks q_value; it has besides extra"):
        compare(analysed, small.directory)
    result = run(analysed, small.directory)
    assert result.exit_code == 1
    assert "was made by finsam-report" in result.stderr


def test_a_ledger_that_was_touched_is_not_compared(small: Any, analysed: Path) -> None:
    path = analysed / "results.csv"
    path.write_bytes(path.read_bytes().replace(b"lin,0", b"lin,1", 1))
    with pytest.raises(FinsamError, match=r"is not the one that its manifest\.json names"):
        compare(analysed, small.directory)


# The ledger.


def row(**values: Any) -> Row:
    numbers = dict.fromkeys(
        ("p_value", "q_value", "n_support", "n_control", "control_mean"), float("nan")
    )
    given: dict[str, Any] = {
        "part": "register", "analysis": "itt", "outcome": "work", "group": "all",
        "horizon": 12.0, "estimator": "lin", "estimate": 3.0, "std_error": 1.0,
        "ci_low": 1.0, "ci_high": 5.0, "unit": "percentage points", **numbers, **values,
    }  # fmt: skip
    return Row(**{name: given[name] for name in COLUMNS})


def ledger(tmp_path: Path, *rows: Row) -> release.Released:
    path = tmp_path / "ledger.csv"
    pd.DataFrame([vars(r) for r in rows], columns=list(COLUMNS)).to_csv(path, index=False)
    return release.read(path)


WAYS = {("register", "work"): "up", ("register", "sick"): "down"}


def changes(tmp_path: Path, old: list[Row], new: list[Row]) -> tuple[RowChange, ...]:
    beside = [
        replace(r, estimator="lin_standardised", unit="control SD")
        for r in {(r.outcome, r.horizon): r for r in (*old, *new)}.values()
    ]
    return compare_ledger.changes(
        ledger(tmp_path, *old, *beside), ledger(tmp_path, *new, *beside), (), 1e-9, WAYS
    )


def told(change: RowChange) -> str:
    side = Side("x", "output", "1", None, {})
    return sentence(change, Names(Comparison(side, side, 1e-9), "en"))


def one(tmp_path: Path, old: Row | None, new: Row | None) -> RowChange:
    (found,) = changes(tmp_path, [old] if old else [], [new] if new else [])
    return found


LOST = {"estimate": 2.1, "ci_low": -0.4, "ci_high": 4.6}


def test_an_effect_that_is_lost_reads_so(tmp_path: Path) -> None:
    found = one(tmp_path, row(), row(**LOST))
    assert found.flipped and found.main
    assert told(found) == (
        "Register: the effect on work (12 months) fell from 3.0 to 2.1\u00a0percentage points, "
        f"0.9 of a standard error; its interval now includes zero (1.0 to 5.0 before, {MINUS}0.4 "
        "to 4.6 now). Conclusion: favourable before, no clear effect now."
    )


def test_an_effect_that_appears_reads_so(tmp_path: Path) -> None:
    found = one(tmp_path, row(**LOST), row())
    assert "rose from 2.1 to 3.0\u00a0percentage points" in told(found)
    assert "its interval no longer includes zero and lies above it" in told(found)
    assert told(found).endswith("Conclusion: no clear effect before, favourable now.")


def test_an_effect_that_turns_reads_so(tmp_path: Path) -> None:
    turned = {"estimate": -3.0, "ci_low": -5.0, "ci_high": -1.0}
    found = one(tmp_path, row(), row(**turned))
    assert "it has changed sign, and neither interval includes zero" in told(found)
    assert "6.0 standard errors" in told(found)
    assert told(found).endswith("Conclusion: favourable before, unfavourable now.")


def test_less_of_what_is_bad_is_favourable(tmp_path: Path) -> None:
    good = {"outcome": "sick", "estimate": -3.0, "ci_low": -5.0, "ci_high": -1.0}
    found = one(tmp_path, row(outcome="sick", **LOST), row(**good))
    assert told(found).endswith("Conclusion: no clear effect before, favourable now.")


def test_without_a_declared_direction_no_effect_is_called_good(tmp_path: Path) -> None:
    found = one(tmp_path, row(outcome="other"), row(outcome="other", **LOST))
    assert told(found).endswith("Conclusion: above zero before, no clear effect now.")


def test_a_conclusion_that_holds_is_told_as_before(tmp_path: Path) -> None:
    found = one(tmp_path, row(), row(estimate=3.4, ci_low=1.4, ci_high=5.4))
    assert not found.flipped
    assert told(found).endswith(
        "its interval was 1.0 to 5.0 and is 1.4 to 5.4. Conclusion as before: favourable."
    )


def test_a_change_too_small_for_the_decimals_is_not_told_as_a_fall(tmp_path: Path) -> None:
    found = one(tmp_path, row(), row(estimate=3.0 - 1e-7))
    assert "moved by less than can be shown" in told(found)
    assert "fell" not in told(found)


def test_small_changes_get_the_decimals_that_show_them(tmp_path: Path) -> None:
    found = one(tmp_path, row(), row(estimate=2.996))
    assert "fell from 3.000 to 2.996\u00a0percentage points" in told(found)


def test_an_end_just_below_zero_never_reads_as_zero(tmp_path: Path) -> None:
    found = one(tmp_path, row(ci_low=0.0008), row(ci_low=-0.00004, estimate=2.99))
    assert f"(0.001 to 5.00 before, {MINUS}0.00004 to 5.00 now)" in told(found)


def test_a_p_value_alone_is_told_without_a_move(tmp_path: Path) -> None:
    found = one(tmp_path, row(p_value=0.01), row(p_value=0.02))
    assert told(found).endswith("has the same estimate and interval; what changed: p-value.")


def test_new_gone_and_suppressed_rows_are_told(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("estimate", "std_error", "ci_low", "ci_high"), float("nan"))
    assert told(one(tmp_path, None, row())) == (
        "Register: the effect on work (12 months) is new: 3.0\u00a0percentage points (1.0 to 5.0)."
    )
    assert "is gone; it was 3.0" in told(one(tmp_path, row(), None))
    assert "is gone; it was suppressed" in told(one(tmp_path, row(**nothing), None))
    hidden = one(tmp_path, row(), row(**nothing))
    assert hidden.status == "suppressed"
    assert told(hidden).endswith("was shown and is suppressed now.")
    assert "3.0" not in told(hidden)
    assert told(one(tmp_path, row(**nothing), row())).endswith("was suppressed and is shown now.")


def test_what_is_suppressed_on_one_side_has_no_number_for_machines_either(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("estimate", "std_error", "ci_low", "ci_high"), float("nan"))
    hidden = one(tmp_path, row(), row(**nothing))
    side = Side("x", "output", "1", None, {})
    content = json.loads(as_json(Comparison(side, side, 1e-9, rows=(hidden,))))
    assert content["rows"][0]["old"] is None
    assert content["rows"][0]["new"] is None


def test_flips_come_first_and_main_effects_by_size(tmp_path: Path) -> None:
    old = [row(horizon=float(h)) for h in (6, 12, 18, 24)]
    new = [
        row(horizon=6.0, estimate=3.1), row(horizon=12.0, estimate=4.0),
        row(horizon=18.0, **LOST), row(horizon=24.0),
    ]  # fmt: skip
    side = Side("x", "output", "1", None, {})
    found = Comparison(side, side, 1e-9, rows=changes(tmp_path, old, new))
    assert [c.row.horizon for c in found.flips] == [18.0]
    assert [c.row.horizon for c in found.main] == [12.0, 6.0]
    text = as_text(found)
    assert text.index("18 months") < text.index("12 months") < text.index("6 months")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1.0 + 1e-10, True),
        (1e6, 1e6 + 1e-4, True),
        (1e6, 1e6 + 1, False),
        (1.0, 1.0 + 1e-6, False),
        (0.0, 1e-10, True),
        (np.nan, np.nan, True),
        (np.nan, 1.0, False),
        (np.inf, np.inf, True),
        (np.inf, -np.inf, False),
        (np.inf, 1.0, False),
    ],
)
def test_numbers_are_the_same_within_the_tolerance(one: float, other: float, same: bool) -> None:
    assert bool(compare_ledger.near(np.array([one]), np.array([other]), 1e-9)[0]) is same


# The command.


def test_exit_codes_are_0_1_and_2(small: Any, other: Any, tmp_path: Path) -> None:
    assert run(small.directory, small.directory).exit_code == 0
    other.toml("seed = 7", "seed = 8")
    assert run(small.directory, other.directory).exit_code == 1
    (tmp_path / "empty").mkdir()
    for wrong in (tmp_path / "nowhere", tmp_path / "empty", small.path("people.csv")):
        assert run(small.directory, wrong).exit_code == 2
        assert run(wrong, small.directory).exit_code == 2
        with pytest.raises(NothingToCompareError):
            compare(small.directory, wrong)
    assert run(small.directory).exit_code == 2
    assert run(small.directory, small.directory, "--tolerance", "-1").exit_code == 2
    assert run(small.directory, small.directory, "--format", "odt").exit_code == 2


def test_a_study_that_breaks_its_contract_is_named(small: Any, other: Any) -> None:
    other.cell("people.csv", 3, "arm", "neither")
    result = run(small.directory, other.directory)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "the new study, other: 1 problem in the input" in result.stderr
    assert "the old study, other" in run(other.directory, small.directory).stderr


def test_the_tolerance_decides_what_differs(small: Any, other: Any) -> None:
    other.edit(
        "people.csv", lambda frame: frame.assign(age=[str(int(v) + 1) for v in frame["age"]])
    )
    fine = json.loads(run(small.directory, other.directory, "--format", "json").stdout)
    coarse = run(small.directory, other.directory, "--format", "json", "--tolerance", "1e6")
    assert fine["rows"]
    assert json.loads(coarse.stdout)["rows"] == []
    assert coarse.exit_code == 1  # the inputs differ all the same


def test_nothing_but_the_comparison_is_printed(small: Any) -> None:
    result = run(small.directory, small.directory)
    assert result.stdout.startswith("study and study compared\n")
    assert result.stderr == ""


def test_the_page_stands_alone_and_holds_every_sentence(small: Any, other: Any) -> None:
    other.cell("answers.csv", 2, "job", "")
    result = run(small.directory, other.directory, "--format", "html")
    page = result.stdout
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r'(src|href)="(https?:)?//', page)
    for text in run(small.directory, other.directory).stdout.splitlines():
        if text.startswith("- "):
            assert f"<li>{html.escape(text[2:])}</li>" in page


def test_two_runs_print_the_same(small: Any, other: Any) -> None:
    other.cell("answers.csv", 2, "job", "")
    results = [run(small.directory, other.directory, "--format", "json").stdout for _ in range(2)]
    assert results[0] == results[1]
    content = json.loads(results[0])
    assert content["schema"] == 1
    assert content["inputs"]["tables"][0]["columns"] == [{"name": "job", "cells": 1}]
    assert str(small.directory.parent) not in results[0]


# The committed study.


def test_all_that_was_done_to_the_committed_study_is_found(tmp_path: Path) -> None:
    """200 people more, one answer changed, one item renamed, one effect turned round."""
    new = Path(shutil.copytree(SYNTHETIC, tmp_path / "changed"))
    declared = (new / "study.toml").read_text("utf-8")
    (new / "study.toml").write_text(declared.replace('"job_now"', '"job_today"'), "utf-8")

    def text(name: str) -> pd.DataFrame:
        return pd.read_csv(new / name, dtype=str, keep_default_na=False)

    people, answers = text("survey_participants.csv"), text("survey_answers.csv")
    more = people.head(200).assign(person=[f"MORE{i:03d}" for i in range(200)])
    pd.concat([people, more]).to_csv(new / "survey_participants.csv", index=False)
    wave2 = answers.index[answers["wave"] == "2"]
    at = next(i for i in wave2 if answers.loc[i, "health"])
    answers.loc[at, "health"] = "1" if answers.loc[at, "health"] != "1" else "2"
    turned = [i for i in wave2 if answers.loc[i, "life"] not in ("", "3")]
    for i in wave2:
        if answers.loc[i, "life"]:
            answers.loc[i, "life"] = str(6 - int(answers.loc[i, "life"]))
    answers.rename(columns={"job_now": "job_today"}).to_csv(new / "survey_answers.csv", index=False)
    staff = text("survey_staff_answers.csv").rename(columns={"job_now": "job_today"})
    staff.to_csv(new / "survey_staff_answers.csv", index=False)

    found = compare(SYNTHETIC, new)
    assert line(found, "survey_participants.csv") == ("- survey_participants.csv: 200 rows added.")
    answered = line(found, "survey_answers.csv")
    assert f"life in {len(turned)} and health in 1)" in answered or (
        f"health in 1 and life in {len(turned)})" in answered
    )
    assert "column job_now is called job_today now, with the same values" in answered
    assert line(found, "Survey: job_now") == (
        "- Survey: job_now is called job_today now; its numbers are compared under the new name."
    )
    assert not found.entries
    flips = [change for change in found.flips if change.main]
    # An index that holds the item may turn with it.
    others = {change.row.outcome for change in flips[1:]}
    assert flips[0].row.outcome == "life"
    assert others <= {"index_icw:main", "index_klk:main"}
    flipped = line(found, "Survey: the effect on Life in general (6 months) fell")
    assert "it has changed sign, and neither interval includes zero" in flipped
    assert flipped.endswith("Conclusion: favourable before, unfavourable now.")
    # The rest of the study is as it was.
    assert {change.row.part for change in found.rows} == {"survey"}
    assert not [c for c in found.rows if c.status in ("new", "gone") and c.main]
