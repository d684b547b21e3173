"""Nothing about fewer than five people gets out."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.errors import FinsamError
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import ledger, run
from finsam_report.parts.ledger import CELL, COLUMNS, COUNTS, NUMBERS, Ledger, join, rows
from finsam_report.release import Released, is_suppressed, read, release

DESIGN = (
    "part, analysis, outcome, group, horizon, estimator, estimate, std_error, ci_low, ci_high, "
    "p_value, q_value, n_support, n_control, control_mean, unit"
)


def flow(outcome: str, group: str, count: int, horizon: float = 0) -> pd.DataFrame:
    return rows(
        part="survey", analysis="flow", outcome=outcome, group=group, horizon=horizon,
        estimator="count", estimate=count, unit="people", **{CELL: count},
    )  # fmt: skip


def effect(cell: float, **others: Any) -> Ledger:
    return join(
        [
            rows(
                part="survey", analysis="itt", outcome="job", group="all", horizon=6,
                estimator="lin", estimate=0.25, std_error=0.1, ci_low=0.05, ci_high=0.45,
                p_value=0.01, q_value=0.02, control_mean=3.1, unit="scale points",
                **{"n_support": 50, "n_control": 60, CELL: cell, **others},
            )
        ]
    )  # fmt: skip


def counts(released: Released) -> dict[tuple[str, str], float]:
    frame = released.frame
    return dict(
        zip(zip(frame["outcome"], frame["group"], strict=True), frame["estimate"], strict=True)
    )


# ------------------------------------------------------------------------------------- the door
def test_only_release_and_read_make_released_estimates() -> None:
    frame = effect(50).frame[list(COLUMNS)]
    for door in (None, object(), True):
        with pytest.raises(TypeError, match="made by release"):
            Released(frame, door)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Released(frame)  # type: ignore[call-arg]


def test_the_display_asks_for_released_estimates() -> None:
    from finsam_report.display.lookup import Lookup

    with pytest.raises((TypeError, AttributeError)):
        Lookup(effect(50))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------- small cells
@pytest.mark.parametrize("cell", [1, 2, 3, 4])
def test_a_row_on_one_to_four_people_has_no_numbers_at_all(cell: int) -> None:
    frame = release(effect(cell)).frame
    assert frame[[*NUMBERS, *COUNTS, "control_mean"]].isna().all(axis=None)
    assert frame["outcome"].tolist() == ["job"]
    assert is_suppressed(frame).all()


@pytest.mark.parametrize("cell", [0, 5, 6, 50, np.nan])
def test_a_row_on_nobody_or_on_five_and_more_is_shown(cell: float) -> None:
    released = release(effect(cell))
    assert released.frame["estimate"].tolist() == [0.25]
    assert released.suppressed == 0


@pytest.mark.parametrize("name", COUNTS)
def test_a_row_with_few_people_in_an_arm_has_no_numbers(name: str) -> None:
    assert release(effect(50, **{name: 3})).suppressed == 1


def test_nobody_is_a_number_and_is_shown() -> None:
    released = release(
        join([flow("randomised", "arm:control", 40), flow("met_team", "arm:control", 0)])
    )
    assert counts(released) == {
        ("randomised", "arm:control"): 40, ("met_team", "arm:control"): 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "shown"), [(398, True), (397, False), (395, False), (394, False), (393, True)]
)
def test_nearly_all_is_as_telling_as_nearly_nobody(answered: int, shown: bool) -> None:
    released = release(
        join([flow("randomised", "arm:support", 398), flow("answered", "arm:support", answered, 6)])
    )
    assert (counts(released)["answered", "arm:support"] == answered) is shown


@pytest.mark.parametrize(("n", "shown"), [(398, True), (395, False), (393, True)])
def test_the_number_behind_an_estimate_does_not_tell_who_is_missing(n: int, shown: bool) -> None:
    both = [flow("randomised", "arm:support", 398), flow("randomised", "arm:control", 400)]
    frame = release(join([*both, effect(50, n_support=n, n_control=400).frame])).frame
    row = frame[frame["analysis"] == "itt"].iloc[0]
    assert (row["n_support"] == n) is np.bool_(shown)
    assert (row["estimate"], row["n_control"]) == (0.25, 400)


def test_not_estimated_is_a_result_and_not_suppressed() -> None:
    frame = join(
        [
            rows(
                part="register", analysis="not_estimated", outcome="work", group="all", horizon=6,
                estimator="too_few_people", n_support=3, n_control=80, **{CELL: 3},
            )
        ]
    )  # fmt: skip
    released = release(frame)
    assert released.suppressed == 0
    assert released.frame[list(COUNTS)].isna().all(axis=None)


# --------------------------------------------------------------------- what others would give away
def blocks(outcome: str, *numbers: int) -> list[pd.DataFrame]:
    out = [flow(outcome, "arm:support", sum(numbers))]
    return [*out, *(flow(outcome, f"arm:support|block:{i}", n) for i, n in enumerate(numbers))]


def test_a_block_cannot_be_found_from_the_total_and_the_other_blocks() -> None:
    found = counts(
        release(join([*blocks("randomised", 100, 90, 80), *blocks("met_team", 3, 30, 20)]))
    )
    assert found["met_team", "arm:support"] == 53
    assert np.isnan(found["met_team", "arm:support|block:0"])
    assert np.isnan(found["met_team", "arm:support|block:2"])  # the smallest of the others
    assert found["met_team", "arm:support|block:1"] == 30


def test_an_empty_block_does_not_hide_another() -> None:
    found = counts(
        release(join([*blocks("randomised", 100, 90, 80), *blocks("met_team", 3, 0, 20)]))
    )
    assert np.isnan(found["met_team", "arm:support|block:2"])
    assert found["met_team", "arm:support|block:1"] == 0


def test_two_hidden_blocks_hide_each_other() -> None:
    found = counts(
        release(join([*blocks("randomised", 100, 90, 80), *blocks("met_team", 3, 2, 20)]))
    )
    assert found["met_team", "arm:support|block:2"] == 20


def test_where_the_total_is_hidden_no_further_block_is() -> None:
    found = counts(
        release(join([*blocks("randomised", 100, 90, 80), *blocks("met_team", 3, 0, 0)]))
    )
    assert np.isnan(found["met_team", "arm:support"])
    assert found["met_team", "arm:support|block:1"] == 0


def test_a_level_cannot_be_found_from_the_other_levels() -> None:
    shares = {"low": (2, 1.0), "middle": (120, 60.0), "high": (78, 39.0)}
    pieces = [
        rows(
            part="survey", analysis="description", outcome=f"education={level}", group="all",
            horizon=0, estimator="mean", estimate=share, unit="percent", **{CELL: n},
        )
        for level, (n, share) in shares.items()
    ]  # fmt: skip
    frame = release(join(pieces)).frame
    assert frame["estimate"].isna().tolist() == [True, False, True]


def test_the_mean_of_an_amount_that_few_have_is_not_shown(small: Any) -> None:
    small.edit(
        "months.csv", lambda f: f.assign(wage=np.where(f["person"].isin(["1", "4"]), "30000", "0"))
    )
    frame = release(run.analyse(read_inputs(small.directory))).frame
    wage = frame[(frame["outcome"] == "wage") & (frame["analysis"] != "not_estimated")]
    assert len(wage)
    assert is_suppressed(wage).all()


# ------------------------------------------------------------------------------- a whole study
def thin(study: Any) -> None:
    """Small cells of every kind."""
    people = study.table("people.csv")
    few = people.groupby(["site", "arm"]).head(2)["person"]
    many = people.groupby(["site", "arm"]).tail(-2)["person"]
    answers = [
        people[people["person"].isin(many)].assign(wave="2"),
        people[people["person"].isin(few)].assign(wave="1"),
        people[(people["arm"] == "waiting")].iloc[:-3].assign(wave="3"),
    ]
    frame = pd.concat(answers)[["person", "wave"]]
    study.put(
        "answers.csv",
        frame.assign(
            job=np.resize([1, 2, 3, 4, 5, 5, 1], len(frame)),
            health=np.resize([1, 4, 2], len(frame)),
        ),
    )
    study.edit(
        "people.csv",
        lambda f: f.assign(met_team=f["person"].isin([*few[:3], *many[:30]]).astype(int)),
    )
    study.edit(
        "drawn.csv", lambda f: f.assign(met_team=(f["person"].astype(int) % 37 < 2).astype(int))
    )
    study.edit("months.csv", lambda f: f[(f["period"] != "3") | (f["person"].astype(int) > 4)])


def test_no_count_under_five_can_be_read_or_worked_out(small: Any) -> None:
    thin(small)
    released = release(run.analyse(read_inputs(small.directory)))
    frame = released.frame
    assert released.suppressed > 5
    shown = frame[(frame["analysis"] == "flow") & (frame["unit"] == "people")]
    numbers = shown["estimate"].dropna()
    assert not numbers.between(1, 4).any()
    for name in COUNTS:
        assert not frame[name].between(1, 4).any()
    value = shown.set_index(["part", "outcome", "horizon", "group"])["estimate"]
    for part, arm in itertools.product(("survey", "register"), ("arm:support", "arm:control")):
        mine = value[value.index.get_level_values("part") == part]
        whole = mine.xs("randomised", level="outcome").droplevel(["part", "horizon"])
        for (outcome, horizon), group in mine.groupby(level=["outcome", "horizon"], dropna=False):
            counted = group.droplevel(["part", "outcome", "horizon"])
            rest = (whole - counted).dropna()
            assert not rest.between(1, 4).any(), (outcome, horizon)
            inside = counted[counted.index.str.startswith(f"{arm}|")]
            if len(inside) and not np.isnan(counted[arm]):
                assert inside.isna().sum() != 1, (outcome, horizon)


def test_few_deaths_and_few_people_left_out_are_not_shown(small: Any) -> None:
    small.without("survey")
    people = small.table("drawn.csv")
    rank = people.groupby("arm").cumcount()
    few = np.where(people["arm"] == "drawn", rank < 3, rank < 9)
    people = people.assign(exit=np.where(few, "death", ""), exit_period=np.where(few, "3", ""))
    alone = people.head(4).assign(person=[f"x{k}" for k in range(4)], draw="2019-03", arm="drawn")
    small.put("drawn.csv", pd.concat([people, alone]))
    released = release(run.analyse(read_inputs(small.directory)))
    counts = released.frame.set_index(["analysis", "outcome", "group"])["estimate"]
    assert np.isnan(counts["flow", "death", "arm:support"])
    assert counts["flow", "death", "arm:control"] == 9
    assert np.isnan(counts["left_out", "people", "arm:support"])
    assert counts["left_out", "blocks", "all"] == 1
    assert ("left_out", "people", "arm:control") not in counts.index  # nobody


def test_shares_times_people_give_no_count_under_five(small: Any) -> None:
    thin(small)
    small.toml("minimum_events = 10", "minimum_events = 0")
    small.toml("minimum_events_arm = 5", "minimum_events_arm = 0")
    small.toml('blocks = ["draw"]', "blocks = []")  # then the means are plain shares
    small.edit(
        "months.csv", lambda f: f.assign(work=(f["person"].astype(int) % 29 < 2).astype(int))
    )
    frame = release(run.analyse(read_inputs(small.directory))).frame
    means = frame[(frame["analysis"] == "mean") & (frame["unit"] == "percent")].dropna(
        subset="estimate"
    )
    for _, row in means.iterrows():
        n = row["n_support" if row["group"] == "arm:support" else "n_control"]
        events = row["estimate"] / 100 * n
        assert not 0.5 < events < 4.5
        assert not 0.5 < n - events < 4.5


# ----------------------------------------------------------------------------------- results.csv
def test_results_have_the_columns_of_the_design(small: Any, tmp_path: Path) -> None:
    release(run.analyse(read_inputs(small.directory))).write(tmp_path / "results.csv")
    heading = (tmp_path / "results.csv").read_text("utf-8").splitlines()[0]
    assert heading == DESIGN.replace(" ", "")
    assert len(COLUMNS) == 16


def test_results_are_read_back_to_the_last_digit(small: Any, tmp_path: Path) -> None:
    thin(small)
    small.edit(
        "people.csv", lambda f: f.assign(site=f["site"].replace({"norr": "NA", "söder": "null, 1"}))
    )
    released = release(run.analyse(read_inputs(small.directory)))
    released.write(tmp_path / "results.csv")
    again = read(tmp_path / "results.csv")
    pd.testing.assert_frame_equal(again.frame, released.frame, check_exact=True, check_dtype=False)
    assert (again.frame.dtypes == released.frame.dtypes).drop(list(ledger.TEXT)).all()
    assert again.suppressed == released.suppressed
    again.write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "results.csv").read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"\xff\xfe", DESIGN.replace(" ", "").encode() + b"\nx,y\n"]
)
def test_another_file_is_not_taken_for_results(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "results.csv").write_bytes(content)
    with pytest.raises(FinsamError, match=r"results\.csv is not a ledger"):
        read(tmp_path / "results.csv")


def test_missing_results_are_named(tmp_path: Path) -> None:
    with pytest.raises(FinsamError, match=r"results\.csv"):
        read(tmp_path / "results.csv")


def test_a_number_of_people_in_a_block_does_not_give_away_the_few_missing_from_it() -> None:
    ledger = join(
        [
            flow("randomised", "arm:support", 60),
            flow("randomised", "arm:support|block:norr", 24),
            rows(
                part="survey", analysis="waiting", outcome="randomised_to_met",
                group="arm:support|block:norr", estimator="median", estimate=30.0, unit="days",
                n_support=21, **{CELL: 10},
            ),
        ]
    )  # fmt: skip
    frame = release(ledger).frame
    wait = frame[frame["analysis"] == "waiting"].iloc[0]
    assert wait["estimate"] == 30
    assert np.isnan(wait["n_support"])


def test_the_last_hidden_answer_cannot_be_found_from_the_others() -> None:
    shares = [
        rows(
            part="survey", analysis="distribution", outcome="job",
            group=f"arm:control|answer:{answer}", horizon=6, estimator="share",
            estimate=float(count), unit="percent", n_control=100, **{CELL: count},
        )
        for answer, count in ((1, 3), (2, 40), (3, 37), (4, 20))
    ]  # fmt: skip
    frame = release(join(shares)).frame
    assert frame["estimate"].isna().sum() == 2
    assert np.isnan(frame["estimate"].iloc[0])


def test_a_hidden_month_of_a_party_cannot_be_found_from_its_other_months() -> None:
    counts = [
        rows(
            part="survey", analysis="recruitment", outcome="randomised",
            group=f"party=region|month:2020-0{month}", estimator="count", estimate=float(n),
            unit="people", **{CELL: n},
        )
        for month, n in ((1, 9), (2, 2), (3, 12))
    ]  # fmt: skip
    frame = release(join(counts)).frame
    assert frame["estimate"].isna().tolist() == [True, True, False]


# ---------------------------------------------------------------------------------- associations
def people_rows(
    counts: dict[str, float], group: str = "all", horizon: float = 2020, analysis: str = "change"
) -> list[pd.DataFrame]:
    """Numbers of people by outcome, and each as a share of a hundred."""
    return [
        rows(
            part="organisation", analysis=analysis, outcome=list(counts), group=group,
            horizon=horizon, estimator=estimator, estimate=np.array(list(counts.values())),
            n_support=100, unit=unit, **{CELL: np.array(list(counts.values()))},
        )
        for estimator, unit in (("count", "people"), ("after", "percent"))
    ]  # fmt: skip


def hidden(*pieces: pd.DataFrame) -> set[tuple[str, str, float, str]]:
    frame = release(join(pieces)).frame
    gone = frame[is_suppressed(frame)]
    horizon = gone["horizon"].fillna(-1)
    return set(zip(gone["outcome"], gone["group"], horizon, gone["estimator"], strict=True))


def test_a_single_hidden_level_takes_the_smallest_other_with_it_and_their_shares() -> None:
    levels = {"livelihood=wage": 60, "livelihood=none": 3, "livelihood=other": 37,
              "livelihood=student_aid": 0}  # fmt: skip
    assert hidden(*people_rows(levels)) == {
        (f"livelihood={level}", "all", 2020, estimator)
        for level in ("none", "other") for estimator in ("count", "after")
    }  # fmt: skip


def test_two_hidden_levels_need_no_third() -> None:
    levels = {"age=a": 60, "age=b": 3, "age=c": 2, "age=d": 35}
    gone = hidden(*people_rows(levels))
    assert {outcome for outcome, *_ in gone} == {"age=b", "age=c"}


def test_the_whole_does_not_tell_a_hidden_association_or_year_or_sex() -> None:
    everybody = people_rows({"work_or_study": 70})
    some = [people_rows({"work_or_study": n}, f"association={c}")
            for c, n in (("A", 3), ("B", 40), ("C", 27))]  # fmt: skip
    groups = {group for _, group, *_ in hidden(*everybody, *itertools.chain(*some))}
    assert groups == {"association=A", "association=C"}
    total = people_rows({"work_or_study": 70}, horizon=np.nan)
    years = [people_rows({"work_or_study": n}, horizon=y)
             for y, n in ((2018, 2), (2019, 30), (2020, 38))]  # fmt: skip
    assert {h for *_, h, _ in hidden(*total, *itertools.chain(*years))} == {2018, 2019}
    sexes = [people_rows({"work_or_study": n}, f"sex={s}") for s, n in (("woman", 68), ("man", 2))]
    groups = {group for _, group, *_ in hidden(*everybody, *itertools.chain(*sexes))}
    assert groups == {"sex=woman", "sex=man"}


def test_a_hidden_transition_leaves_no_row_or_column_with_one_gap() -> None:
    counts = {"a>a": 50, "a>b": 20, "a>c": 3, "b>a": 30, "b>b": 9, "b>c": 8, "c>a": 7, "c>b": 6,
              "c>c": 40}  # fmt: skip
    gone = {outcome for outcome, *_ in hidden(*people_rows(counts, analysis="transition"))}
    assert "a>c" in gone
    for k in (0, 2):
        lines = [sum(name[k] == letter for name in gone) for letter in "abc"]
        assert 1 not in lines


def test_a_mean_needs_ten_answers_and_the_others_do_not_tell_it() -> None:
    def answers(group: str, n: int) -> list[pd.DataFrame]:
        return [
            rows(part="organisation", analysis="indicator", outcome="needs", group=group,
                 horizon=2020, estimator=estimator, n_support=n, unit=unit,
                 estimate=3.5 if estimator == "mean" else n,
                 **{CELL: n})
            for estimator, unit in (("mean", "scale points"), ("count", "people"))
        ]  # fmt: skip

    pieces = [*answers("all", 70), *answers("respondent=staff", 9),
              *answers("respondent=board", 21), *answers("respondent=participant", 40)]  # fmt: skip
    assert hidden(*pieces) == {
        ("needs", "respondent=staff", 2020, "mean"), ("needs", "respondent=board", 2020, "mean"),
    }  # fmt: skip


def test_participants_that_are_hidden_are_not_told_by_their_cost() -> None:
    def numbers(analysis: str, outcome: str, estimator: str, n: int, code: str) -> pd.DataFrame:
        return rows(part="organisation", analysis=analysis, outcome=outcome, horizon=2020,
                    group=f"association={code}", estimator=estimator, estimate=n, unit="x",
                    **{CELL: n})  # fmt: skip

    pieces = [
        numbers(analysis, outcome, estimator, n, code)
        for code, n in (("A", 4), ("B", 6), ("C", 500))
        for analysis, outcome, estimator in (
            ("participants", "all", "count"), ("cost", "per_participant", "nominal"),
        )
    ]  # fmt: skip
    gone = hidden(*pieces)
    assert {(outcome, group) for outcome, group, *_ in gone} == {
        (outcome, f"association={code}") for outcome in ("all", "per_participant") for code in "AB"
    }


def test_money_and_published_figures_are_public() -> None:
    pieces = [
        rows(part="organisation", analysis="funds", outcome="state", group="all", horizon=2020,
             estimator="nominal", estimate=3.0, unit="SEK"),
        rows(part="organisation", analysis="published", outcome="associations", group="all",
             horizon=2020, estimator="finsam2021", estimate=2.0, unit="associations"),
    ]  # fmt: skip
    assert hidden(*pieces) == set()
