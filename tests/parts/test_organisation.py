"""What the organisation part counts, each number worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import CELL, COLUMNS
from finsam_report.release import is_suppressed, released_study
from organisation_study import (
    associations,
    efforts,
    indicators,
    numbers,
    participants,
    teams,
    write_study,
    years,
)

Numbers = dict[tuple[Any, ...], float]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    place = write_study(tmp_path_factory.mktemp("organisation"))
    return numbers(run.analyse(read_inputs(place)).frame)


@pytest.fixture(scope="module")
def of_a(tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    place = write_study(tmp_path_factory.mktemp("one"))
    return numbers(run.analyse(read_inputs(place), "A").frame)


def made_of(place: Path, **changes: Any) -> Numbers:
    return numbers(run.analyse(read_inputs(write_study(place, **changes))).frame)


def by_year(made: Numbers, analysis: str, outcome: str, estimator: str,
            group: str = "all") -> dict[float, float]:  # fmt: skip
    return {key[3]: value for key, value in made.items()
            if (*key[:3], key[4]) == (analysis, outcome, group, estimator)}  # fmt: skip


# ------------------------------------------------------------------------- associations, members
def test_associations_are_counted_at_the_end_of_the_year(made: Numbers) -> None:
    """B was there at the end of its last year, 2019, and gone a year later."""
    assert by_year(made, "series", "associations", "count") == {
        2018: 2, 2019: 3, 2020: 2, 2021: 2,
    }  # fmt: skip
    assert by_year(made, "series", "formed", "count") == {2018: 2, 2019: 1, 2020: 0, 2021: 0}
    assert by_year(made, "series", "ended", "count") == {2018: 0, 2019: 1, 2020: 0, 2021: 0}
    assert by_year(made, "series", "merged", "count")[2019] == 1
    assert by_year(made, "series", "counties", "count")[2018] == 1
    assert by_year(made, "series", "counties", "count")[2019] == 2


def test_members_and_inhabitants_are_summed_and_a_year_that_lacks_some_says_so(
    made: Numbers,
) -> None:
    assert by_year(made, "series", "municipalities", "count") == {
        2018: 3, 2019: 9, 2020: 6, 2021: 14,
    }  # fmt: skip
    assert by_year(made, "series", "members_mean", "mean")[2019] == 3
    assert by_year(made, "series", "population", "count")[2021] == 120_000
    # In 2020 there are two associations, and numbers of one.
    assert by_year(made, "reported", "municipalities", "count") == {2020: 1}
    assert by_year(made, "reported", "municipalities", "existing") == {2020: 2}


def test_size_classes_and_counties(made: Numbers) -> None:
    of_2019 = [by_year(made, "size", name, "count")[2019] for name in ("1", "2-4", "5-9", "10+")]
    assert of_2019 == [1, 1, 1, 0]
    assert by_year(made, "size", "10+", "count")[2021] == 1
    assert by_year(made, "size", "single_county", "count")[2019] == 2
    assert by_year(made, "size", "several_counties", "count")[2019] == 1


# ------------------------------------------------------------------------------------------ funds
def test_funds_are_nominal_and_in_the_prices_of_the_last_year(made: Numbers) -> None:
    assert by_year(made, "funds", "state", "nominal") == {
        2018: 1_500_000, 2019: 3_000_000, 2020: 1_500_000, 2021: 3_400_000,
    }  # fmt: skip
    assert made["funds", "price_year", "all", None, "year"] == 2021
    # 2018 at an index of 100 and 2019 at one of 125, in prices of 200; the index lacks 2020.
    assert by_year(made, "funds", "state", "real") == {
        2018: 3_000_000, 2019: 4_800_000, 2021: 3_400_000,
    }  # fmt: skip


def test_funds_by_source_as_shares_and_per_member_and_inhabitant(made: Numbers) -> None:
    assert by_year(made, "funds", "esf", "share")[2018] == pytest.approx(100 * 100 / 3100)
    assert by_year(made, "funds", "state", "share")[2020] == 50
    sources = ("state", "region", "municipality_funds", "esf", "other")
    for year in (2018, 2019, 2020, 2021):
        assert sum(by_year(made, "funds", s, "share")[year] for s in sources) == pytest.approx(100)
    # What was saved is no part of the year's funds.
    assert by_year(made, "funds", "saved", "share") == {}
    assert by_year(made, "funds", "saved", "ratio")[2020] == pytest.approx(100 * 150 / 3000)
    assert by_year(made, "funds", "state", "per_member")[2018] == 500_000
    assert by_year(made, "funds", "state", "per_member_real")[2018] == 1_000_000
    assert by_year(made, "funds", "total", "per_inhabitant")[2018] == 3_100_000 / 25_000
    assert by_year(made, "funds", "total", "per_inhabitant_real")[2018] == 6_200_000 / 25_000
    assert by_year(made, "funds", "state", "per_association")[2019] == 1_000_000


def test_a_source_that_is_not_known_is_missing_and_not_zero(tmp_path: Path) -> None:
    table = years()
    table["esf"] = table["esf"].astype(object)
    table.loc[table["year"] == 2018, "esf"] = ""
    table.loc[(table["association"] == "B") & (table["year"] == 2019), "esf"] = ""
    made = made_of(tmp_path, tables={"association_years": table})
    assert 2018 not in by_year(made, "funds", "esf", "nominal")
    assert by_year(made, "funds", "esf", "nominal")[2019] == 200_000
    # The share is of the funds of those who told.
    assert by_year(made, "funds", "esf", "share")[2019] == pytest.approx(100 * 200 / 5200)
    assert by_year(made, "reported", "esf", "count") == {2018: 0, 2019: 2, 2020: 1}


# ---------------------------------------------------------------------------------------- efforts
def test_efforts_are_under_way_from_their_first_year_to_their_last(made: Numbers) -> None:
    assert by_year(made, "efforts", "individual", "going") == {2018: 2, 2019: 2, 2020: 1, 2021: 2}
    assert by_year(made, "efforts", "structural", "going") == {2018: 0, 2019: 1, 2020: 0, 2021: 0}
    assert by_year(made, "efforts", "individual", "begun") == {2018: 2, 2019: 1, 2020: 0, 2021: 1}
    assert by_year(made, "efforts", "individual", "share")[2019] == pytest.approx(200 / 3)
    assert by_year(made, "efforts", "kind=team", "going") == {2018: 1, 2019: 2, 2020: 1, 2021: 1}
    # Of the two efforts of 2021 the kind of one is known, of the three parties of E3 one is this.
    assert by_year(made, "efforts", "kind=team", "share")[2021] == 100
    assert by_year(made, "efforts", "target=young", "going")[2018] == 2
    assert by_year(made, "efforts", "party=region", "share")[2021] == 100
    assert by_year(made, "efforts", "party=employment_service", "share")[2021] == 50


def test_the_cost_of_an_effort_is_spread_over_its_days(made: Numbers) -> None:
    """E1 lasts 183 + 365 days at 1 000 a day; what E5 cost is not known."""
    assert by_year(made, "cost", "per_effort", "nominal")[2018] == pytest.approx(183_000)
    assert by_year(made, "cost", "per_effort", "count")[2018] == 1
    # 2019: 365 000 of E1, 120 000 of E2 and 365 of the 1 096 days of E3.
    assert by_year(made, "cost", "per_effort", "nominal")[2019] == pytest.approx(
        (365_000 + 120_000 + 365_000) / 3
    )
    assert by_year(made, "cost", "per_effort_structural", "nominal") == {2019: 120_000}
    assert by_year(made, "cost", "per_effort", "nominal", "kind=team")[2019] == 365_000
    # 2020 has 366 days; E4 goes on and is taken to end with 2021.
    assert by_year(made, "cost", "per_effort", "nominal")[2020] == pytest.approx(366_000)
    assert by_year(made, "cost", "per_effort", "nominal")[2021] == pytest.approx(
        (365_000 + 730_000) / 2
    )
    assert by_year(made, "cost", "per_effort", "real")[2018] == pytest.approx(366_000)


def test_cost_per_participant_is_of_associations_of_which_both_are_known(made: Numbers) -> None:
    # 2018: only A; the cost of B's effort is not known.
    assert by_year(made, "cost", "per_participant", "nominal") == pytest.approx(
        {2018: 183_000 / 40, 2019: 730_000 / 140, 2020: 366_000 / 60, 2021: 1_095_000 / 75}
    )
    assert by_year(made, "cost", "per_participant", "count")[2019] == 140
    assert made["cost", "per_participant", "all", None, "of_table"] == 0
    # Of the 60 in the table in 2019 from A and 60 from C the 60 of A ended.
    assert by_year(made, "cost", "per_ended", "nominal")[2019] == pytest.approx(
        730_000 / (140 * 60 / 120)
    )


def test_without_participants_by_year_those_of_the_table_stand_for_them(tmp_path: Path) -> None:
    made = made_of(tmp_path, tables={"association_years": years().drop(columns="participants")})
    assert by_year(made, "participants", "all", "count") == {}
    assert made["cost", "per_participant", "all", None, "of_table"] == 1
    assert by_year(made, "cost", "per_participant", "nominal")[2018] == pytest.approx(183_000 / 60)


# --------------------------------------------------------------------------------------- people
def test_a_person_counts_once_in_the_year_of_beginning(made: Numbers) -> None:
    assert by_year(made, "participants", "all", "count") == {
        2018: 50, 2019: 150, 2020: 60, 2021: 120,
    }  # fmt: skip
    assert by_year(made, "participants", "in_table", "count") == {2018: 60, 2019: 60}
    assert by_year(made, "participants", "sex=woman", "count") == {2018: 40, 2019: 30}
    assert by_year(made, "participants", "sex=missing", "count") == {2019: 30}
    assert by_year(made, "participants", "sex=woman", "share") == pytest.approx(
        {2018: 200 / 3, 2019: 100}
    )
    assert by_year(made, "participants", "age=45-59", "count") == {2018: 0, 2019: 60}
    # The second time, that person lived on a wage: the first time of the year counts.
    assert by_year(made, "participants", "livelihood=social_assistance", "count")[2018] == 50
    assert by_year(made, "participants", "livelihood=wage", "count") == {}


def test_change_compares_the_same_people_before_and_after(made: Numbers) -> None:
    """Of 61 + 50 participations that ended, 16 were in work and 5 in studies afterwards."""
    assert made["change", "ended", "all", None, "count"] == 111
    assert made["change", "work_or_study", "all", None, "before"] == pytest.approx(100 / 111)
    assert made["change", "work_or_study", "all", None, "after"] == pytest.approx(2100 / 111)
    assert made["change", "work_or_study", "all", None, "count"] == 21
    assert made["change", "occupation=studies", "all", None, "after"] == pytest.approx(500 / 111)
    assert made["change", "livelihood=wage", "all", None, "after"] == pytest.approx(2100 / 111)
    assert made["change", "livelihood=wage", "all", None, "before"] == pytest.approx(100 / 111)
    assert made["change", "work_or_study", "all", 2018.0, "count"] == 1
    assert made["change", "work_or_study", "all", 2019.0, "after"] == pytest.approx(2000 / 60)
    assert made["change", "work_or_study", "all", 2020.0, "after"] == 0
    # Women: 40 and the one who came twice in E1, 30 in E3; 21 of 71 afterwards.
    assert made["change", "work_or_study", "sex=woman", None, "after"] == pytest.approx(2100 / 71)
    assert made["change", "work_or_study", "sex=man", None, "after"] == 0


def test_who_moved_from_what_to_what(made: Numbers) -> None:
    assert made["transition", "social_assistance>wage", "all", None, "count"] == 20
    assert made["transition", "social_assistance>wage", "all", None, "share"] == 40
    assert made["transition", "social_assistance>social_assistance", "all", None, "share"] == 60
    assert made["transition", "none>social_assistance", "all", None, "share"] == 100
    assert ("transition", "none>wage", "all", None, "share") not in made


def test_which_occupations_count_as_work_or_study_can_be_declared(tmp_path: Path) -> None:
    made = made_of(tmp_path, more='work_or_study = ["work"]')
    assert made["change", "work_or_study", "all", None, "count"] == 16


def test_registered_with_personal_data(made: Numbers) -> None:
    """Of 60 in 2018 45 were; of those of 2019 it is not known."""
    assert by_year(made, "registered", "share", "share") == {2018: 75}
    assert by_year(made, "registered", "count", "count") == {2018: 45}


# ---------------------------------------------------------------------------------- the parties
def test_referrals_by_half_year_with_the_months_that_are_told(made: Numbers) -> None:
    assert by_year(made, "referrals", "municipality", "count") == {2021.0: 60, 2021.5: 20}
    assert by_year(made, "referrals", "region", "count") == {2021.0: 0, 2021.5: 30}
    assert by_year(made, "referrals", "region", "share") == {2021.0: 0, 2021.5: 60}
    assert by_year(made, "referrals", "all", "count") == {2021.0: 60, 2021.5: 50}
    assert by_year(made, "referrals", "all", "months") == {2021.0: 6, 2021.5: 2}
    assert ("referrals", "source", "all", None, "organisation") in made


def test_referrals_by_half_year_need_one_row_each(tmp_path: Path) -> None:
    table = pd.DataFrame({"month": ["2020-07", "2021-01"], "party": "region", "people": [12, 8]})
    made = made_of(tmp_path, tables={"referrals": table})
    assert by_year(made, "referrals", "region", "count") == {2020.5: 12, 2021.0: 8}
    assert by_year(made, "referrals", "all", "months") == {2020.5: 6, 2021.0: 6}


def test_posts_vacancies_and_teams_without_a_party(made: Numbers) -> None:
    assert made["teams", "all", "all", 2021.0, "count"] == 2
    assert made["teams", "all", "all", 2021.0, "posts"] == 7.5
    assert made["teams", "all", "all", 2021.0, "vacant"] == 1
    assert made["teams", "region", "all", 2021.0, "share_vacant"] == 25
    # Half of the region's post in A is filled; the one of social insurance in C is not.
    without = {party: made["teams", party, "all", 2021.0, "teams_without"]
               for party in ("municipality", "region", "social_insurance", "employment_service",
                             "all")}  # fmt: skip
    assert without == {
        "municipality": 0, "region": 0, "social_insurance": 1, "employment_service": 1, "all": 1,
    }  # fmt: skip
    assert made["teams", "all", "all", 2021.0, "share_without"] == 50


def test_a_vacancy_that_is_not_known_is_none(tmp_path: Path) -> None:
    table = teams()
    table["vacant"] = table["vacant"].astype(object)
    table.loc[table["party"] == "region", "vacant"] = ""
    made = made_of(tmp_path, tables={"teams": table})
    assert made["teams", "region", "all", 2021.0, "posts"] == 2
    assert ("teams", "region", "all", 2021.0, "share_vacant") not in made
    assert made["teams", "all", "all", 2021.0, "share_vacant"] == pytest.approx(100 * 0.5 / 5.5)


def test_indicators_with_the_two_best_answers_of_each_scale(made: Numbers) -> None:
    assert made["indicator", "needs", "all", 2021.0, "mean"] == pytest.approx(110 / 30)
    assert made["indicator", "needs", "all", 2021.0, "top"] == pytest.approx(2000 / 30)
    assert made["indicator", "needs", "respondent=staff", 2021.0, "mean"] == 2
    # Where less is better, the best answers are the lowest ones: six of thirty answered three.
    assert made["indicator", "waiting", "all", 2021.0, "top"] == 80
    assert made["indicator", "needs", "association=A", 2021.0, "mean"] == 4.5
    assert made["indicator", "questionnaires", "all", 2021.0, "count"] == 30
    assert made["indicator", "questionnaires", "all", 2021.0, "associations"] == 2
    assert made["indicator", "questionnaires", "all", 2021.0, "existing"] == 2
    assert made["indicator", "needs", "respondent=staff", 2021.0, "associations"] == 1


# ------------------------------------------------------------------------------------- coverage
def test_coverage_is_a_range_of_the_declared_target_group(made: Numbers, tmp_path: Path) -> None:
    assert by_year(made, "coverage", "low", "share") == {}
    small = made_of(tmp_path, more="target_size = { low = 1000, high = 2000 }")
    assert by_year(small, "coverage", "low", "share")[2021] == 6
    assert by_year(small, "coverage", "high", "share")[2021] == 12


def test_the_published_target_group_is_not_that_of_a_few_associations(tmp_path: Path) -> None:
    made = made_of(tmp_path, programme="finsam")
    assert by_year(made, "coverage", "low", "share") == {}
    assert by_year(made, "published", "target_low", "isf2023") == {2022: 280_000}


# ----------------------------------------------------------------------------- one by one
def test_every_association_that_is_left_has_a_row_of_its_last_year(made: Numbers) -> None:
    groups = {key[2] for key in made if key[2].startswith("association=")}
    assert groups == {"association=A", "association=C"}  # B is gone
    assert by_year(made, "funds", "total", "nominal", "association=A") == {2021: 3_200_000}
    assert by_year(made, "funds", "state", "per_member", "association=C") == {2021: 180_000}
    assert by_year(made, "participants", "all", "count", "association=A") == {2021: 45}
    assert by_year(made, "efforts", "individual", "going", "association=A") == {2021: 0}
    assert by_year(made, "efforts", "individual", "going", "association=C") == {2021: 2}
    assert by_year(made, "cost", "per_participant", "nominal", "association=C") == pytest.approx(
        {2021: 1_095_000 / 75}
    )
    assert made["change", "work_or_study", "association=A", None, "count"] == 21


def test_an_association_that_is_asked_for_is_told_of_in_full(of_a: Numbers, made: Numbers) -> None:
    group = "association=A"
    assert by_year(of_a, "funds", "state", "nominal", group) == {
        2018: 1_000_000, 2019: 1_000_000, 2021: 1_600_000,
    }  # fmt: skip
    assert by_year(of_a, "efforts", "individual", "going", group) == {
        2018: 1, 2019: 1, 2020: 0, 2021: 0,
    }  # fmt: skip
    assert by_year(of_a, "referrals", "region", "count", group) == {2021.0: 0, 2021.5: 30}
    assert of_a["teams", "all", group, 2021.0, "posts"] == 4
    assert of_a["change", "work_or_study", f"{group}|sex=woman", None, "count"] == 21
    # Nothing of the whole is another for it; what is told of all years together comes to it.
    whole = {key: value for key, value in made.items() if key[2] == "all"}
    assert {key: of_a[key] for key in whole} == whole
    assert of_a["participants", "sex=woman", "all", None, "count"] == 70
    assert of_a["participants", "sex=woman", group, None, "count"] == 40


# -------------------------------------------------------------------------- odd and empty studies
EACH = ("associations", "association_years", "efforts", "indicators", "teams", "referrals")


@pytest.mark.parametrize("name", EACH)
def test_every_table_may_stand_alone(name: str, tmp_path: Path) -> None:
    others = tuple(n for n in (*EACH, "effort_participants") if n != name)
    for index in (True, False):
        made = made_of(tmp_path, without=others, index=index)
        assert made
        assert all(np.isfinite(value) for value in made.values())


@pytest.mark.parametrize("name", [*EACH[:2], "effort_participants", *EACH[3:]])
def test_every_table_may_be_missing(name: str, tmp_path: Path) -> None:
    released = released_study(read_inputs(write_study(tmp_path, without=(name,))))
    assert len(released.frame)


def test_without_a_table_of_associations_those_with_numbers_count(tmp_path: Path) -> None:
    made = made_of(tmp_path, without=("associations",))
    assert by_year(made, "series", "associations", "count") == {2018: 2, 2019: 3, 2020: 1, 2021: 2}
    assert by_year(made, "series", "formed", "count") == {}


def test_without_prices_nothing_is_real(tmp_path: Path) -> None:
    made = made_of(tmp_path, index=False)
    assert not [key for key in made if "real" in key[4] or key[1] == "price_year"]
    assert by_year(made, "funds", "state", "nominal")[2018] == 1_500_000


def test_efforts_alone_are_told_of_until_they_end_and_in_real_prices(tmp_path: Path) -> None:
    table = efforts().iloc[[0, 2]]
    others = tuple(n for n in (*EACH, "effort_participants") if n != "efforts")
    made = made_of(tmp_path, without=others, tables={"efforts": table})
    assert by_year(made, "efforts", "individual", "going") == {2018: 1, 2019: 2, 2020: 1, 2021: 1}
    assert made["funds", "price_year", "all", None, "year"] == 2021
    assert by_year(made, "cost", "per_effort", "real") == pytest.approx(
        {2018: 366_000, 2019: 1.6 * 365_000, 2021: 365_000}
    )


def test_a_monthly_index_has_a_year_only_when_it_has_all_its_months(tmp_path: Path) -> None:
    place = write_study(tmp_path)
    text = (place / "study.toml").read_text("utf-8")
    text = text.replace('table = "prices.csv"', 'table = "prices.csv"\nperiod = "month"')
    (place / "study.toml").write_text(text, "utf-8")
    months = [(y, m, {2018: 100, 2019: 125, 2021: 200}[y] + (m - 6.5))
              for y in (2018, 2019, 2021) for m in range(1, 13)]  # fmt: skip
    table = pd.DataFrame(months, columns=["year", "month", "index"])
    table.to_csv(place / "prices.csv", index=False)
    made = numbers(run.analyse(read_inputs(place)).frame)
    assert by_year(made, "funds", "state", "real") == pytest.approx(
        {2018: 3_000_000, 2019: 4_800_000, 2021: 3_400_000}
    )
    table.iloc[:-1].to_csv(place / "prices.csv", index=False)  # December 2021 is not there yet
    made = numbers(run.analyse(read_inputs(place)).frame)
    assert made["funds", "price_year", "all", None, "year"] == 2019
    assert by_year(made, "funds", "state", "real") == pytest.approx(
        {2018: 1_875_000, 2019: 3_000_000}
    )


def test_columns_without_any_value_are_left_out(tmp_path: Path) -> None:
    table, people = years(), participants()
    for name in ("esf", "saved", "population", "counties", "staff", "participants"):
        table[name] = ""
    for name in people.columns[2:9]:
        people[name] = ""
    people[["end", "identified"]] = ""
    made = made_of(tmp_path, tables={"association_years": table, "effort_participants": people})
    assert not [key for key in made if key[0] in ("change", "transition", "registered", "coverage")]
    assert not [key for key in made if key[1] in ("esf", "saved", "population")]
    assert {key[1] for key in made if key[0] == "participants"} == {"in_table"}


def test_one_association_in_one_year(tmp_path: Path) -> None:
    made = made_of(
        tmp_path,
        tables={
            "associations": associations().head(1),
            "association_years": years().head(1),
            "efforts": efforts().head(1),
            "effort_participants": participants().head(20),
            "indicators": indicators().head(20),
            "teams": teams().head(4),
        },
    )
    assert by_year(made, "funds", "state", "nominal") == {2018: 1_000_000}
    assert by_year(made, "series", "associations", "count")[2018] == 1
    assert by_year(made, "efforts", "structural", "going") == {}


def test_a_study_of_a_few_people_shows_none_of_them(tmp_path: Path) -> None:
    table = years().assign(participants=2)
    place = write_study(
        tmp_path,
        tables={
            "association_years": table, "effort_participants": participants().iloc[[0, 1, 40]],
            "indicators": indicators().head(6),
            "referrals": pd.DataFrame(
                {"month": ["2021-01"], "association": ["A"], "party": ["region"], "people": [3]}
            ),
        },
    )  # fmt: skip
    frame = released_study(read_inputs(place)).frame
    people = frame[frame["unit"].eq("people") | frame["analysis"].isin(["change", "transition"])]
    shown = people[~is_suppressed(people)]
    many = (shown["analysis"] == "participants") & (shown["outcome"] == "all")
    # Six people in three associations might be told of; who has none of something is no person.
    assert shown[~many]["estimate"].isin([0]).all()
    assert set(shown[many]["estimate"]) <= {6}
    assert not shown["group"][many].str.contains("association").any()
    assert not is_suppressed(frame[frame["analysis"] == "funds"]).any()


def test_the_ledger_has_no_number_twice_and_no_other_column(tmp_path: Path) -> None:
    frame = run.analyse(read_inputs(write_study(tmp_path, programme="finsam")), "C").frame
    assert tuple(frame.columns) == (*COLUMNS, CELL)
    assert frame["part"].eq("organisation").all()
    own = frame[(frame["unit"] == "percent") & (frame["analysis"] != "published")]
    assert own["estimate"].between(0, 100).all()
