"""A list of later draws: what it must hold, and what is said if it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.errors import FinsamError
from finsam_report.inputs import synthetic
from finsam_report.inputs.parts_contract.calendar import DRAWS
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.synthetic import Variant, synthesise
from finsam_report.problems import InputProblems, Problem

LATER = """[register.later]
draws = "draws.csv"

[register.assignment]
"""


def found(study: Any) -> tuple[Problem, ...]:
    """Errors, or else warnings."""
    try:
        return read_inputs(study.directory).warnings
    except InputProblems as error:
        return error.problems


@pytest.fixture
def later(small: Any) -> Any:
    """The register alone; twelve not drawn in January are in the draw of February, four drawn."""
    small.without("survey")
    small.toml("[register.assignment]\n", LATER)
    people = small.table("drawn.csv")
    first = people[["person", "arm"]].assign(date=people["draw"])
    again = first[(first["date"] == "2019-01") & (first["arm"] == "not_drawn")].head(12)
    arm = np.resize(["drawn", "not_drawn", "not_drawn"], len(again))
    again = again.assign(date="2019-02-15", arm=arm)
    small.put("draws.csv", pd.concat([first, again])[["person", "date", "arm"]])
    return small


def only(study: Any, severity: str, column: str) -> Problem:
    problems = found(study)
    assert [(p.severity, p.column) for p in problems] == [(severity, column)], problems
    assert problems[0].file == "draws.csv"
    return problems[0]


def test_draws_by_month_or_day_are_read_without_a_word(later: Any) -> None:
    inputs = read_inputs(later.directory)
    assert inputs.warnings == ()
    assert len(inputs.other[DRAWS]) == 132


def test_people_who_were_not_randomised_are_named(later: Any) -> None:
    later.cell("draws.csv", 130, "person", "999")
    problem = only(later, "error", "person")
    assert "not in drawn.csv" in problem.found
    assert problem.rows == (130,)


def test_a_person_is_in_one_draw_a_month_at_most(later: Any) -> None:
    later.cell("draws.csv", 123, "date", "2019-01-20")
    problem = only(later, "error", "date")
    assert "second draw of a person in one month" in problem.found
    assert problem.rows == (123,)


def test_a_person_is_drawn_once_at_most(later: Any) -> None:
    later.edit("draws.csv", lambda t: pd.concat([t, pd.DataFrame(
        {"person": ["2", "1"], "date": "2019-03", "arm": "drawn"}
    )]))  # fmt: skip
    problem = only(later, "error", "arm")
    assert "drawn a second time" in problem.found
    assert problem.rows == (134, 135)


def test_draws_after_a_person_was_drawn_do_not_count_and_are_no_fault(later: Any) -> None:
    later.edit("draws.csv", lambda t: pd.concat([t, pd.DataFrame(
        {"person": ["2", "1"], "date": "2019-03", "arm": "not_drawn"}
    )]))  # fmt: skip
    assert found(later) == ()


@pytest.mark.parametrize(
    ("column", "value"), [("date", "2018-12"), ("date", "2019-03"), ("arm", "not_drawn")]
)
def test_the_first_draw_is_the_one_of_the_participants(column: str, value: str, later: Any) -> None:
    later.cell("draws.csv", 5, column, value)
    problem = only(later, "error", "date")
    assert "another month or arm than in drawn.csv" in problem.found
    assert problem.rows == (5,)


def test_participants_without_any_draw_are_a_warning(later: Any) -> None:
    later.edit("draws.csv", lambda t: t.drop(index=range(115, 120)))
    assert "no draw of 5 of the participants" in only(later, "warning", "person").found


def test_a_list_without_later_draws_is_a_warning(later: Any) -> None:
    later.edit("draws.csv", lambda t: t.head(120))
    assert "nobody in a draw after the first" in only(later, "warning", "date").found


def test_a_later_draw_in_which_all_were_drawn_is_a_warning(later: Any) -> None:
    later.edit("draws.csv", lambda t: pd.concat([t, pd.DataFrame(
        {"person": ["3", "6"], "date": ["2019-03", "2019-04"], "arm": ["drawn", "not_drawn"]}
    )]))  # fmt: skip
    problem = only(later, "warning", "arm")
    assert "months in which everybody on the list was drawn" in problem.found
    assert problem.rows == (134,)


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [("drawn.csv", "arm", ""), ("drawn.csv", "arm", "both"), ("drawn.csv", "person", "")],
)
def test_slips_among_the_participants_are_told_where_they_stand(
    file: str, column: str, value: str, later: Any
) -> None:
    later.cell(file, 2, column, value)
    assert (file, column) in {(p.file, p.column) for p in found(later)}


def test_empty_cells_are_told_once(later: Any) -> None:
    later.cell("draws.csv", 2, "person", "")
    later.cell("draws.csv", 3, "date", "")
    later.cell("draws.csv", 4, "arm", "")
    assert {(p.severity, p.column, p.rows) for p in found(later)} == {
        ("error", "person", (2,)), ("error", "date", (3,)), ("error", "arm", (4,)),
    }  # fmt: skip


def test_an_empty_list_is_a_warning_and_no_crash(later: Any) -> None:
    later.edit("draws.csv", lambda t: t.head(0))
    assert found(later)


def test_the_calendar_month_of_randomisation_must_be_known(later: Any) -> None:
    later.edit(
        "drawn.csv", lambda t: t.assign(draw=t["draw"].map({"2019-01": "a", "2019-02": "b"}))
    )
    assert any(p.file == "drawn.csv" and "no calendar month" in p.found for p in found(later))


def test_draws_can_be_followed_by_month_only(later: Any) -> None:
    later.toml("[register]\n", '[register]\nperiod = "quarter"\n')
    with pytest.raises(FinsamError, match="later draws can be followed by month only"):
        read_inputs(later.directory)


def test_a_manner_is_named_once_and_known(later: Any) -> None:
    later.toml('draws = "draws.csv"\n', 'draws = "draws.csv"\nbeside = ["stacked", "stacked"]\n')
    with pytest.raises(FinsamError, match="beside"):
        read_inputs(later.directory)
    later.toml('["stacked", "stacked"]', '["weighted"]')
    with pytest.raises(FinsamError, match="weighted"):
        read_inputs(later.directory)


# ------------------------------------------------------------------------------- the scenario


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("later") / "study"
    synthesise(out, 11, Variant(parts=("register",), scenario="later-draws"))
    return out


def _lists(made: Path) -> pd.DataFrame:
    """A row per person and draw, with months since the first one and the person's age."""
    draws = pd.read_csv(made / "register_draws.csv")
    people = pd.read_csv(made / "register_participants.csv").set_index("person")
    month = pd.PeriodIndex(draws["date"], freq="M")
    draws["month"] = month.year * 12 + month.month
    draws["since"] = draws["month"] - draws.groupby("person")["month"].transform("min")
    return draws.join(people[["age", "met_team", "met_date"]], on="person")


def test_the_scenario_draws_about_a_tenth_of_those_not_drawn_in_a_later_month(made: Path) -> None:
    assert read_inputs(made).warnings == ()
    lists = _lists(made)
    first, again = lists[lists["since"] == 0], lists[lists["since"] > 0]
    waiting = first[first["arm"] == "not_drawn"]
    assert set(again["person"]) <= set(waiting["person"])
    late = again[again["arm"] == "drawn"]
    assert late["person"].is_unique
    assert 0.08 < len(late) / len(waiting) < 0.15
    assert again["since"].min() >= 1 and again["since"].max() <= 12
    assert again["age"].mean() > waiting["age"].mean() + 4
    met = late[late["met_team"] == 1]
    assert 0.7 < len(met) / len(late) < 0.84
    assert (met["met_date"] >= met["date"]).all()


def test_in_a_month_all_on_the_list_have_the_same_chance(made: Path) -> None:
    lists = _lists(made).assign(again=lambda t: t["since"] > 0)
    drawn = (lists["arm"] == "drawn").astype(float)
    both = lists[lists["again"]].assign(
        first=drawn[~lists["again"]].groupby(lists["month"]).mean().reindex(
            lists.loc[lists["again"], "month"]
        ).to_numpy(), drawn=drawn,
    )  # fmt: skip
    error = np.sqrt((both["first"] * (1 - both["first"])).sum())
    assert abs((both["drawn"] - both["first"]).sum()) < 3.5 * error


def test_people_and_first_draws_are_those_of_the_study_without_later_ones(
    made: Path, tmp_path: Path
) -> None:
    synthesise(tmp_path / "usual", 11, Variant(parts=("register",)))
    names = ["person", "draw", "arm", "sex", "age", "education", "years_unemployed"]
    one, other = (
        pd.read_csv(place / "register_participants.csv") for place in (made, tmp_path / "usual")
    )
    pd.testing.assert_frame_equal(one[names], other[names])
    assert not (tmp_path / "usual" / "register_draws.csv").exists()


def test_outcomes_differ_only_after_a_draw_of_ones_own() -> None:
    design = Variant(parts=("register",), scenario="later-draws").designs().register
    assert design is not None
    one = synthetic.register_tables(np.random.default_rng(5), design)
    other = synthetic.register_tables(np.random.default_rng(5), replace(design, later=None))
    assert one.draws is not None
    draws = one.draws.assign(month=pd.PeriodIndex(one.draws["date"], freq="M").astype("int64"))
    first = draws.groupby("person")["month"].min()
    late = draws[draws["arm"] == "drawn"].set_index("person")["month"]
    wait = (late - first.reindex(late.index)).reindex(one.participants["person"]).to_numpy()
    wait = np.where(wait > 0, wait, 99)
    months = np.arange(1, 37)
    changed = one.outcomes["subsidised_job"] != other.outcomes["subsidised_job"]
    assert not changed[months <= wait[:, None]].any()
    assert changed[months > wait[:, None]].mean() > 0.01


def test_the_truth_is_that_of_being_drawn_against_never_being_drawn(made: Path) -> None:
    truth = pd.read_csv(made / "truth.csv")
    assert set(truth["analysis"]) == {"later"}
    assert set(truth["estimator"]) == {"censored", "stacked_undiluted"}
    at = truth.query("outcome == 'subsidised_job' and horizon == 24")["truth"]
    assert at.tolist() == [3.0, 3.0]


def test_many_people_are_drawn_in_parts_with_their_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthetic, "WHOLE", 500)
    monkeypatch.setattr(synthetic, "BATCH", 400)
    variant = Variant(parts=("register",), people=1200, scenario="later-draws")
    synthesise(tmp_path / "parts", 3, variant)
    inputs = read_inputs(tmp_path / "parts")
    assert inputs.other[DRAWS]["person"].nunique() == 1200
