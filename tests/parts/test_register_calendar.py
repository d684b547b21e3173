"""What hangs on calendar time in the register: prices, draws left out, take-up, a day, exits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.parts.register_columns import Panels
from finsam_report.study import read_study_file
from register_ledger import by_hand, ledger, one, panel, some

PRICES = """[prices]
table = "prices.csv"
period = "{period}"

[register]
"""
WAGES = """currency = "SEK"
price_year = 2020
minimum = 0

[[register.outcomes]]
id = "wage_sum"
source = "wage"
window = 2
label.en = "Wage over two months"
unit = "amount"
currency = "SEK"
price_year = 2020

[[register.outcomes]]
id = "wage_given"
source = "wage"
nominal = false
label.en = "Wage in real prices already"
unit = "amount"
currency = "SEK"
price_year = 2020

[[register.outcomes]]
id = "high"
source = "wage"
above = 22000
alternative_to = "work"
label.en = "A wage above 22,000"
unit = "share"
price_year = 2020
"""
AMOUNTS = 'currency = "SEK"\nminimum = 0\n'
STATES = """[register.states]
start = "work"
states = ["work", "study"]
follow = 2

[register.assignment]
"""


def _draws(study: Any, *months: str) -> None:
    """The draws are those months, with equally many people each."""
    study.edit("drawn.csv", lambda f: f.assign(draw=np.repeat(months, len(f) // len(months))))


def _priced(study: Any, period: str, index: dict[int, float]) -> None:
    """Draws in November and December, so that periods lie on both sides of a New Year."""
    study.without("survey")
    _draws(study, "2018-11", "2018-12")
    study.toml("[register]\n", PRICES.format(period=period))
    study.toml(AMOUNTS, WAGES)
    table = pd.DataFrame({"index": index.values()})
    when = pd.Series(list(index))
    if period == "month":
        table = table.assign(year=when // 100, month=when % 100)
    study.put("prices.csv", table.assign(year=when if period == "year" else when // 100))


def _deflated(study: Any, index: dict[int, float], base: float, monthly: bool) -> pd.DataFrame:
    """Wages by month in the prices of 2020, one cell at a time."""
    people = panel(study, "wage").astype({"1": float, "2": float, "3": float})
    for person, draw in people["draw"].items():
        for period in (1, 2, 3):
            month = int(draw[:4]) * 12 + int(draw[5:]) - 1 + period
            key = month // 12 * 100 + month % 12 + 1 if monthly else month // 12
            people.loc[person, str(period)] *= base / index[key]
    return people


YEARS = {2018: 100.0, 2019: 125.0, 2020: 150.0}
MONTHS = {
    **{201800 + m: 80.0 + m for m in (11, 12)},
    **{201900 + m: 100.0 + 2 * m for m in range(1, 13)},
    **{202000 + m: 200.0 + m for m in range(1, 13)},
}


@pytest.mark.parametrize(
    ("period", "index", "base"),
    [("year", YEARS, 150.0), ("month", MONTHS, 206.5)],  # 206.5 is the mean of 201 to 212
)
def test_effects_are_those_on_amounts_deflated_by_hand(
    small: Any, period: str, index: dict[int, float], base: float
) -> None:
    _priced(small, period, index)
    frame = ledger(small)
    real = _deflated(small, index, base, period == "month")
    given = panel(small, "wage")
    factor = (real["1"] / given["1"]).groupby(real["draw"]).mean()
    assert factor.iloc[0] != pytest.approx(factor.iloc[1])  # the draws differ in prices
    for analysis, name, horizon, outcome in (
        ("itt", "wage", 1, real["1"]),
        ("itt", "wage", 3, real["3"]),
        ("cumulated", "wage", 3, real[["1", "2", "3"]].sum(axis=1)),
        ("itt", "wage_sum", 2, real["1"] + real["2"]),
        ("itt", "wage_sum", 3, real["2"] + real["3"]),
        ("itt", "wage_given", 3, given["3"]),
        ("cumulated", "wage_given", 2, given["1"] + given["2"]),
    ):
        got = one(
            frame, analysis=analysis, outcome=name, horizon=horizon, estimator="unadjusted",
            group="all",
        )  # fmt: skip
        assert (got["estimate"], got["std_error"]) == pytest.approx(
            by_hand(real, outcome), rel=1e-9
        )
    high = (real["3"] > 22_000).astype(float)
    assert (high != (given["3"] > 22_000)).any()
    got = one(frame, analysis="alternative", outcome="high", horizon=3, estimator="unadjusted")
    assert got["estimate"] == pytest.approx(100 * by_hand(real, high)[0], rel=1e-9)


def test_amounts_without_a_price_year_or_an_index_stay_as_they_are(small: Any) -> None:
    small.without("survey")
    before = ledger(small)
    small.toml(AMOUNTS, AMOUNTS + "price_year = 2020\n")
    pd.testing.assert_frame_equal(ledger(small), before)  # no index: the year is only named
    small.toml("price_year = 2020\n", "")
    small.toml("[register]\n", PRICES.format(period="year"))
    small.put("prices.csv", pd.DataFrame({"year": [2018], "index": [1.0]}))
    pd.testing.assert_frame_equal(ledger(small), before)


def test_prices_of_quarters_and_years_are_those_of_their_last_month(small: Any) -> None:
    _priced(small, "month", MONTHS)
    small.toml("horizons = [2, 3]", 'horizons = [2, 3]\nperiod = "quarter"')
    frame = ledger(small)
    people = panel(small, "wage")
    month = people["draw"].map({"2018-11": 201908, "2018-12": 201909})  # nine months later
    real = people["3"] * 206.5 / month.map(MONTHS)
    got = one(frame, analysis="itt", outcome="wage", horizon=3, estimator="unadjusted", group="all")
    assert got["estimate"] == pytest.approx(by_hand(people, real)[0], rel=1e-9)


# ------------------------------------------------------------------------- draws with one arm


def _more(study: Any, arms: dict[str, str], rows: int = 5) -> None:
    """People of further draws, each with one arm, before all others in both tables."""
    people, months = study.table("drawn.csv"), study.table("months.csv")
    for draw, arm in arms.items():
        names = [f"{draw}/{k}" for k in range(rows)]
        new = people.head(rows).assign(person=names, draw=draw, arm=arm, met_team="0")
        people = pd.concat([new, people])
        after = months.head(3 * rows).assign(person=np.repeat(names, 3), work="1", wage="9000")
        months = pd.concat([after, months])
    study.put("drawn.csv", people)
    study.put("months.csv", months)


def test_people_of_draws_with_one_arm_are_as_if_they_were_not_there(small: Any) -> None:
    small.without("survey")
    before = ledger(small)
    _more(small, {"2019-03": "drawn", "2018-12": "not_drawn", "2019-04": "drawn"})
    frame = ledger(small)
    without = frame[frame["analysis"] != "left_out"].reset_index(drop=True)
    pd.testing.assert_frame_equal(without, before)
    told = some(frame, analysis="left_out").set_index(["outcome", "group"])["estimate"]
    assert told.to_dict() == {
        ("blocks", "all"): 3,
        ("people", "arm:support"): 10,
        ("people", "arm:control"): 5,
    }
    assert some(before, analysis="left_out").empty


def test_draws_left_out_of_one_arm_only_say_nothing_of_the_other(small: Any) -> None:
    small.without("survey")
    _more(small, {"2019-03": "not_drawn"})
    told = some(ledger(small), analysis="left_out")
    assert told[["outcome", "group"]].to_numpy().tolist() == [
        ["blocks", "all"],
        ["people", "arm:control"],
    ]


# ------------------------------------------------------------------------ a day in calendar time

FEW = "minimum_events_arm = 0"
SPLIT = """[register.calendar_split]
date = {day}
label.en = "the change"

[register.assignment]
"""


def _split(study: Any, day: str) -> None:
    study.without("survey")
    _draws(study, "2019-01", "2019-02", "2019-03")
    study.toml("[register.assignment]\n", SPLIT.format(day=day))
    study.toml("minimum_events = 10\nminimum_events_arm = 5", "minimum_events = 0\n" + FEW)


def test_effects_before_and_after_a_day_are_those_of_each_group_by_itself(small: Any) -> None:
    _split(small, "2019-05-20")  # the whole of May counts as after it
    # In each draw and arm enough people with the covariate, and without, to adjust for it.
    small.edit("drawn.csv", lambda f: f.assign(foreign_born=np.arange(len(f)) // 3 % 2))
    frame = ledger(small)
    people = panel(small, "work")
    before = {2: ["2019-01", "2019-02"], 3: ["2019-01"]}
    rows = some(frame, analysis="calendar", estimator="lin")
    assert set(rows["outcome"]) == {"work", "wage"}
    assert len(rows) == 2 * 2 * 2
    for horizon, draws in before.items():
        found = []
        for group, inside in (
            ("calendar-split=<2019-05-20", people["draw"].isin(draws)),
            ("calendar-split=>=2019-05-20", ~people["draw"].isin(draws)),
        ):
            mine = people[inside]
            got = one(rows, outcome="work", horizon=horizon, group=group)
            estimate, error = by_hand(mine, mine[str(horizon)], "foreign_born")
            assert got["estimate"] == pytest.approx(100 * estimate, rel=1e-9)
            assert got["std_error"] == pytest.approx(100 * error, rel=1e-9)
            assert got["n_support"] + got["n_control"] == inside.sum()
            found.append((got["estimate"], got["std_error"]))
        gap = one(
            frame, analysis="calendar_interaction", outcome="work", horizon=horizon,
            estimator="difference",
        )  # fmt: skip
        (early, early_error), (late, late_error) = found
        assert abs(gap["estimate"]) == pytest.approx(abs(late - early), rel=1e-9)
        assert gap["std_error"] == pytest.approx(np.hypot(early_error, late_error), rel=1e-9)
        assert gap["group"] == "calendar-split"
    tests = some(frame, analysis="calendar_interaction", estimator="wald")
    assert len(tests) == 4 and tests["q_value"].notna().all()


def test_only_horizons_that_people_reach_on_both_sides_of_the_day_are_split(small: Any) -> None:
    _split(small, "2019-04-01")  # in the second month all but one draw, in the third all
    rows = some(ledger(small), analysis="calendar")
    assert set(rows["horizon"]) == {2}
    small.toml("date = 2019-04-01", "date = 2030-01-01")
    frame = ledger(small)
    assert not frame["analysis"].str.startswith("calendar").any()


def test_a_split_leaves_the_subgroups_as_they_are(small: Any) -> None:
    _split(small, "2019-05-20")
    groups = '[[register.subgroups]]\nid = "foreign_born"\n\n[[register.outcomes]]'
    small.toml("[[register.outcomes]]", groups)
    with_split = ledger(small)
    text = small.path("study.toml").read_text("utf-8")
    start, end = text.index("[register.calendar_split]"), text.index("[register.assignment]")
    small.path("study.toml").write_text(text[:start] + text[end:], "utf-8")
    without = ledger(small)
    kept = with_split[~with_split["group"].str.startswith("calendar-split", na=False)]
    pd.testing.assert_frame_equal(kept.reset_index(drop=True), without)


# -------------------------------------------------------------------------- take-up by month


def _met(study: Any) -> pd.DataFrame:
    """Months of meeting a team, from that of the draw on; a few of the control arm too."""
    study.without("survey")
    rng = np.random.default_rng(3)
    people = study.table("drawn.csv")
    met = (people["met_team"] == "1") | (rng.random(len(people)) < 0.15)
    # Unlike sizes and shares by draw.
    people["draw"] = np.where(np.arange(len(people)) < 45, "2018-11", "2018-12")
    start = pd.to_datetime(people["draw"]).dt.to_period("M")
    lag = rng.integers(0, 5, len(people))
    date = (start + lag).astype(str) + "-17"
    study.put("drawn.csv", people.assign(
        met_team=met.astype(int), met_date=np.where(met, date, "")
    ))  # fmt: skip
    return people.assign(met=met, lag=lag)


def test_take_up_by_month_is_what_counting_gives(small: Any) -> None:
    people = _met(small)
    frame = ledger(small)
    assert set(some(frame, analysis="first_stage_by")["horizon"]) == {1, 2, 3}
    for horizon in (1, 2, 3):
        happened = (people["met"] & (people["lag"] <= horizon)).astype(float)
        shares, variance = {"drawn": 0.0, "not_drawn": 0.0}, 0.0
        for _, block in people.groupby("draw"):
            for arm, mine in happened[block.index].groupby(block["arm"]):
                weight = len(block) / len(people)
                shares[arm] += weight * mine.mean()
                variance += weight**2 * mine.var(ddof=1) / len(mine)
        key = {"analysis": "first_stage_by", "outcome": "met_team", "horizon": horizon}
        gap = one(frame, **key, estimator="unadjusted", group="all")
        assert gap["estimate"] == pytest.approx(100 * (shares["drawn"] - shares["not_drawn"]))
        assert gap["std_error"] == pytest.approx(100 * np.sqrt(variance))
        assert gap["control_mean"] == pytest.approx(100 * shares["not_drawn"])
        for group, arm in (("arm:support", "drawn"), ("arm:control", "not_drawn")):
            share = one(frame, **key, estimator="block_weighted", group=group)
            assert share["estimate"] == pytest.approx(100 * shares[arm])


def test_take_up_by_the_last_month_is_the_first_stage(small: Any) -> None:
    _met(small)
    people = small.table("drawn.csv")
    lone = people.head(6).assign(person=[f"x{k}" for k in range(6)], draw="2018-10")
    lone["arm"] = ["drawn"] + ["not_drawn"] * 5  # one person drawn: no effect can be told there
    small.put("drawn.csv", pd.concat([lone, people.assign(
        met_date=np.where(people["met_date"] == "", "", people["draw"])  # all in the first month
    )]))  # fmt: skip
    small.edit("drawn.csv", lambda f: f.assign(
        met_date=np.where(f["met_team"] == "1", f["draw"], "")
    ))  # fmt: skip
    frame = ledger(small)
    stage = one(frame, analysis="first_stage", estimator="unadjusted")
    last = one(frame, analysis="first_stage_by", estimator="unadjusted", horizon=3)
    columns = ["estimate", "std_error", "ci_low", "ci_high", "p_value", "n_support", "n_control"]
    assert last[columns].to_numpy(float) == pytest.approx(stage[columns].to_numpy(float), rel=1e-9)


def test_take_up_by_month_is_not_shown_where_a_date_is_not_known(small: Any) -> None:
    people = _met(small)
    first = people.index[people["met"]][0]
    small.cell("drawn.csv", int(first) + 2, "met_date", "")
    assert some(ledger(small), analysis="first_stage_by").empty


# ------------------------------------------------------------------------- death and emigration

STUDIES = """[[register.outcomes]]
id = "study"
label.en = "Studies"
unit = "share"

"""
# Ten people of each arm, five months: work of the support arm a month per column, "." unknown.
COURSES = {
    "drawn": [
        ("01111", "", ""),
        ("00100", "", ""),
        ("00010", "", ""),
        ("0....", "death", 2),
        ("00...", "emigration", 2),
        ("000..", "death", 3),
        ("001..", "death", 3),  # work begins in the month of the death: it counts
        ("00000", "", ""),
        ("00000", "", ""),
        ("00000", "death", 9),  # after all that is known
    ],
    "not_drawn": [
        ("00001", "", ""),
        ("10000", "", ""),
        ("00000", "emigration", 3),  # zeros afterwards are no follow-up
        ("00000", "emigration", 0),  # never followed
        ("0000.", "", ""),
        *[("00000", "", "")] * 5,
    ],
}


def _courses(study: Any, exits: str = "") -> None:
    """Ten people in each arm of one draw, followed for five months."""
    study.without("survey")
    study.toml('blocks = ["draw"]', "blocks = []")
    study.toml("[register.assignment]\n", exits + STATES)
    study.toml("horizons = [2, 3]", "horizons = [3]")
    study.toml("[[register.outcomes]]", STUDIES + "[[register.outcomes]]")
    people, months = [], []
    for arm, courses in COURSES.items():
        for k, (work, why, when) in enumerate(courses):
            person = f"{arm}{k}"
            people.append((person, arm, k % 2, k % 3 == 0 and arm == "drawn", why, when))
            months += [(person, t, w, 1000 * k + t, 0) for t, w in enumerate(work, 1) if w != "."]
    names = ["person", "arm", "foreign_born", "met_team", "exit", "exit_period"]
    table = pd.DataFrame(people, columns=names)
    study.put("drawn.csv", table.assign(met_team=table["met_team"].astype(int)))
    names = ["person", "period", "work", "wage", "study"]
    study.put("months.csv", pd.DataFrame(months, columns=names))


def _curve(frame: pd.DataFrame, group: str) -> list[float]:
    rows = some(frame, analysis="first_event", outcome="work", group=group, estimator="incidence")
    return (rows.sort_values("horizon")["estimate"] / 100).tolist()


def test_the_wait_for_work_ends_with_death_and_is_not_followed_after_emigration(
    small: Any,
) -> None:
    _courses(small)
    frame = ledger(small)
    # Support, Aalen and Johansen. Month 2: of 10 one works and one dies, 8 wait, one of whom
    # emigrates. Month 3: of 7 two work and one dies. Month 4: of 4 one works.
    waiting = [1.0, 8 / 10, 8 / 10 * 4 / 7]
    had = [0, 1 / 10, 1 / 10 + waiting[1] * 2 / 7]
    had += [had[2] + waiting[2] / 4] * 2
    assert _curve(frame, "arm:support") == pytest.approx(had, rel=1e-12)
    # Control: one emigrated at once; of 9 one works in month 1; one emigrates in month 3; one is
    # not known in month 5, in which one of 6 works.
    first = 1 / 9
    assert _curve(frame, "arm:control") == pytest.approx(
        [first] * 4 + [1 - (8 / 9) * (5 / 6)], rel=1e-12
    )


def test_without_anybody_lost_a_competing_death_is_one_who_never_worked(small: Any) -> None:
    _courses(small)
    small.edit("drawn.csv", lambda f: f.assign(
        exit=np.where(f["exit"] == "emigration", "death", f["exit"]),
        exit_period=np.where(f["exit_period"] == "0", "1", f["exit_period"]),
    ))  # fmt: skip
    small.edit("months.csv", lambda f: pd.concat([f, pd.DataFrame(
        {"person": ["not_drawn4"], "period": ["5"], "work": "0", "wage": "1", "study": "0"}
    )]))  # fmt: skip
    frame = ledger(small)
    for group, worked in (("arm:support", 4), ("arm:control", 2)):
        row = one(frame, analysis="first_event", group=group, horizon=5, estimator="incidence")
        share = worked / 10
        assert row["estimate"] == pytest.approx(100 * share)
        assert row["std_error"] == pytest.approx(100 * np.sqrt(share * (1 - share) / 9))


def test_deaths_that_end_the_follow_up_give_kaplan_and_meier(small: Any) -> None:
    _courses(small, '[register.exits]\ndeath = "censoring"\n\n')
    # Month 2: one of 10 works, the dead of that month are at risk in it; its last row known is
    # that of month 1, so that of 9 followed one works. Month 3: of 7, two work. Month 4: of 4 one.
    frame = ledger(small)
    stay = [1, 8 / 9, 8 / 9 * 5 / 7, 8 / 9 * 5 / 7 * 3 / 4]
    want = [0, *(1 - s for s in stay[1:]), 1 - stay[3]]
    assert _curve(frame, "arm:support") == pytest.approx(want, rel=1e-12)


def test_emigrations_may_compete_as_well(small: Any) -> None:
    _courses(small, '[register.exits]\nemigration = "competing"\n\n')
    frame = ledger(small)
    # Control: of 10 one works and one is gone in month 1; one of 8 is gone in month 3; one is
    # not known in month 5, in which one of 6 works.
    had = 1 / 10 + (8 / 10) * (7 / 8) / 6
    assert _curve(frame, "arm:control") == pytest.approx([0.1] * 4 + [had], rel=1e-12)


def test_deaths_and_emigrations_are_counted_up_to_the_last_horizon(small: Any) -> None:
    _courses(small)
    frame = some(ledger(small), analysis="flow", horizon=3)
    counts = frame.set_index(["outcome", "group"])["estimate"]
    assert counts["death", "arm:support"] == 3  # the one in the ninth month comes later
    assert counts["emigration", "arm:support"] == 1
    assert counts["death", "arm:control"] == 0
    assert counts["emigration", "arm:control"] == 2


def test_a_study_without_exits_counts_none(small: Any) -> None:
    small.without("survey")
    frame = ledger(small)
    assert not frame["outcome"].isin(["death", "emigration"]).any()


def test_nobody_is_followed_into_another_state_after_they_left(small: Any) -> None:
    _courses(small)
    # Two of the support arm come to the end of a first job: the third in month 4, the fourth in
    # month 5. A further one works in month 2 and emigrates in it: no state after it is known.
    small.edit("months.csv", lambda f: f.assign(
        work=np.where((f["person"] == "drawn4") & (f["period"] == "2"), "1", f["work"])
    ))  # fmt: skip
    gone = pd.DataFrame(
        {
            "person": ["drawn4"] * 3,
            "period": ["3", "4", "5"],
            "work": "0",
            "wage": "0",
            "study": "0",
        }
    )
    small.edit("months.csv", lambda f: pd.concat([f, gone]))
    rows = some(ledger(small), analysis="transition", group="arm:support|state:none_of_these")
    known = rows.set_index("horizon")["n_support"]
    assert known.to_dict() == {0: 2, 1: 1}
    small.edit("drawn.csv", lambda f: f.assign(exit="", exit_period=""))
    rows = some(ledger(small), analysis="transition", group="arm:support|state:none_of_these")
    assert rows.set_index("horizon")["n_support"].to_dict() == {0: 3, 1: 2, 2: 1}


# ---------------------------------------------------------------------- outcomes made of columns

DERIVED = """[[register.outcomes]]
id = "either"
any_of = ["work", "study", "course"]
alternative_to = "work"
label.en = "Work, studies or a course"
unit = "share"

[[register.outcomes]]
id = "high"
source = "wage"
above = 20000
alternative_to = "work"
horizons = [3]
label.en = "A wage above 20,000"
unit = "share"

[[register.outcomes]]
"""
ROWS = [  # work, study, course, and whether one of them
    ("1", "0", "0", 1), ("0", "1", "0", 1), ("0", "0", "1", 1), ("0", "0", "0", 0),
    ("1", "", "", 1), ("", "1", "0", 1), ("", "0", "1", 1), ("", "", "1", 1),
    ("", "0", "0", np.nan), ("0", "", "0", np.nan), ("0", "0", "", np.nan), ("", "", "", np.nan),
]  # fmt: skip

OF = np.random.default_rng(4).integers(0, len(ROWS), 360)


def _derived(study: Any) -> None:
    study.without("survey")
    study.toml("[[register.outcomes]]\n", DERIVED)
    study.toml("minimum_events = 10\nminimum_events_arm = 5", "minimum_events = 0\n" + FEW)

    def columns(frame: pd.DataFrame) -> pd.DataFrame:
        work, learn, course, _ = (np.array(c)[OF] for c in zip(*ROWS, strict=True))
        wage = np.resize(["20000", "20001", "", "0", "31000"], len(frame))
        return frame.assign(work=work, study=learn, course=course, wage=wage)

    study.edit("months.csv", columns)


def test_a_share_of_several_columns_is_known_where_one_is_or_all_are(small: Any) -> None:
    _derived(small)
    inputs = read_inputs(small.directory)
    part, tables = inputs.study.register_, inputs.register
    assert part is not None and tables is not None
    made = {o.id: o for o in part.outcomes}
    panels = Panels(tables.followed, len(tables.participants))
    got = panels.outcomes([made["either"], made["high"]], 0, panels.people)
    want = np.array([row[3] for row in ROWS])[OF].reshape(120, 3)
    np.testing.assert_array_equal(got["either"], want)
    above = np.resize([0, 1, np.nan, 0, 1], 360).reshape(120, 3)
    np.testing.assert_array_equal(got["high"], above)  # 20,000 is not above 20,000


def test_other_definitions_stand_beside_the_outcome_at_its_horizons(small: Any) -> None:
    _derived(small)
    frame = ledger(small)
    people = panel(small, "work")
    either = pd.Series(np.array([row[3] for row in ROWS])[OF][2::3], index=_by_number(people))
    high = pd.Series(np.resize([0, 1, np.nan, 0, 1], 360)[2::3], index=_by_number(people))
    for name, outcome in (("either", either), ("high", high)):
        key = {"analysis": "alternative", "outcome": name, "horizon": 3}
        for estimator, covariate in (("unadjusted", None), ("lin", "foreign_born")):
            got = one(frame, **key, estimator=estimator)
            estimate, error = by_hand(people, outcome[people.index], covariate)
            assert got["estimate"] == pytest.approx(100 * estimate, rel=1e-9)
            assert got["std_error"] == pytest.approx(100 * error, rel=1e-9)
    others = some(frame, analysis="alternative", estimator="lin")
    assert set(zip(others["outcome"], others["horizon"], strict=True)) == {
        ("either", 2.0), ("either", 3.0), ("high", 3.0),
    }  # fmt: skip
    # Beside it only: not among the main effects, their tests, sums or courses.
    for name in ("either", "high"):
        rows = frame[frame["outcome"] == name]
        assert set(rows["analysis"]) <= {"alternative", "placebo"}


def _by_number(people: pd.DataFrame) -> list[str]:
    """The people in the order of the file of months."""
    return sorted(people.index, key=int)


def test_an_outcome_is_tested_at_its_own_horizons_only(small: Any) -> None:
    small.without("survey")
    small.toml('unit = "amount"', 'unit = "amount"\nhorizons = [3]')
    part = read_study_file(small.directory).register_
    assert part is not None
    assert [part.horizons_of(outcome) for outcome in part.outcomes] == [(2, 3), (3,)]
    frame = ledger(small)
    for analysis in ("cumulated", "any_amount", "compliers", "late", "robustness"):
        rows = some(frame, analysis=analysis)
        at = {o: set(r["horizon"]) for o, r in rows.groupby("outcome")}
        assert at["wage"] == {3}, analysis
        assert analysis == "any_amount" or at["work"] == {2, 3}, analysis
    tested = some(frame, analysis="itt", estimator="lin", outcome="wage")
    assert set(tested["horizon"]) == {1, 2, 3}  # the course goes on
    corrected = tested[tested["q_value"].notna()]
    assert set(corrected["horizon"]) <= {3}


def test_a_window_is_shown_where_it_fits_and_asks_only_for_its_own_periods(small: Any) -> None:
    small.without("survey")
    small.toml('unit = "amount"', 'unit = "amount"\nwindow = 3')
    part = read_study_file(small.directory).register_
    assert part is not None
    assert part.horizons_of(part.outcomes[1]) == (3,)
    assert part.periods_needed() == {1, 2, 3}
    frame = ledger(small)
    assert set(some(frame, analysis="itt", outcome="wage")["horizon"]) == {3}
    assert set(some(frame, analysis="itt", outcome="work", estimator="lin")["horizon"]) == {1, 2, 3}
