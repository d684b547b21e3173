"""Prices, draws as months, a day in calendar time, exits: what is checked, and what is said."""
# ruff: noqa: E501 - a case per line

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs.blocks import as_days, start_months
from finsam_report.inputs.parts_contract.calendar import PRICES
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.synthetic.like import make_like
from finsam_report.problems import InputProblems, Problem
from finsam_report.study import Study, read_study_file

INDEX = """[prices]
table = "prices.csv"
period = "{period}"
source.en = "An index"

[register]
"""
AMOUNT = 'currency = "SEK"\n'
PRICED = AMOUNT + "price_year = 2020\n"
SPLIT = """[register.calendar_split]
date = 2019-04-01
label.en = "the change"

[register.assignment]
"""
ENTRY = """[[register.subgroups]]
id = "entry"
source = "draw"
dates = [2019-02-01]
label.en = "Drawn"

[[register.outcomes]]
"""


def found(study: Any) -> tuple[Problem, ...]:
    """Errors, or else warnings."""
    try:
        return read_inputs(study.directory).warnings
    except InputProblems as error:
        return error.problems


def only(study: Any, severity: str, file: str, column: str) -> Problem:
    problems = found(study)
    assert [(p.severity, p.file, p.column) for p in problems] == [(severity, file, column)], (
        problems
    )
    assert problems[0].expected and problems[0].mend
    return problems[0]


@pytest.fixture
def register(small: Any) -> Any:
    """The register alone."""
    small.without("survey")
    return small


# --------------------------------------------------------------------------- draws with one arm


def _one_arm(study: Any, draw: str, arm: str) -> None:
    study.edit("drawn.csv", lambda f: f.assign(arm=np.where(f["draw"] == draw, arm, f["arm"])))


def test_a_draw_with_one_arm_is_a_warning_that_names_the_draw(register: Any) -> None:
    _one_arm(register, "2019-02", "not_drawn")
    told = only(register, "warning", "drawn.csv", "draw")
    assert "a block with one arm only (2019-02)" in told.found
    assert (told.rows[0], told.count) == (62, 60)
    assert "left out" in told.mend


def test_a_register_in_which_chance_decided_nowhere_stops(register: Any) -> None:
    _one_arm(register, "2019-01", "drawn")
    _one_arm(register, "2019-02", "not_drawn")
    told = only(register, "error", "drawn.csv", "draw")
    assert "2 blocks with one arm only (2019-01, 2019-02)" in told.found


def test_a_register_of_one_block_needs_both_arms(register: Any) -> None:
    register.toml('blocks = ["draw"]', "blocks = []")
    register.edit("drawn.csv", lambda f: f.assign(arm="drawn", met_team="1"))
    assert "one arm only ('drawn')" in only(register, "error", "drawn.csv", "arm").found


def test_a_survey_refuses_a_block_with_one_arm(small: Any) -> None:
    small.without("register")
    small.edit("people.csv", lambda f: f.assign(
        arm=np.where(f["site"] == "norr", "support", f["arm"])
    ))  # fmt: skip
    small.edit("answers.csv", lambda f: f[f["wave"] != "3"])
    told = only(small, "error", "people.csv", "site")
    assert "remove such a block" in told.mend


# -------------------------------------------------------------------------------- months of draws


def test_the_month_of_the_draw_is_that_of_randomisation_or_of_the_block(register: Any) -> None:
    inputs = read_inputs(register.directory)
    part, people = inputs.study.register_, inputs.register.participants
    assert set(start_months(part, people)) == {2019 * 12, 2019 * 12 + 1}
    register.edit("drawn.csv", lambda f: f.assign(randomised="2018-12-31"))
    people = read_inputs(register.directory).register.participants
    assert set(start_months(part, people)) == {2018 * 12 + 11}


def test_blocks_are_days_only_where_they_are_written_so() -> None:
    names = pd.Series(
        ["2019-08", "2019-08-31", "2019-13", "2019-02-30", "201908", "x", "2019", None]
    )
    days = as_days(names)
    assert days[:2].tolist() == [pd.Timestamp("2019-08-01"), pd.Timestamp("2019-08-31")]
    assert days[2:].isna().all()


def test_blocks_that_a_subgroup_cuts_at_dates_must_be_dates(register: Any) -> None:
    register.toml("[[register.outcomes]]\n", ENTRY)
    assert found(register) == ()
    register.cell("drawn.csv", 5, "draw", "early")
    register.cell("drawn.csv", 6, "draw", "early")
    told = [p for p in found(register) if p.severity == "error"]
    assert [(p.column, p.rows) for p in told] == [("draw", (5, 6))]
    assert "neither months nor days" in told[0].found and "'entry'" in told[0].expected


@pytest.mark.parametrize("asks", ["split", "prices"])
def test_draws_must_be_months_where_calendar_time_is_asked_for(register: Any, asks: str) -> None:
    register.edit("drawn.csv", lambda f: f.assign(draw="block " + f["draw"].str[-1]))
    register.toml("[register]\n", INDEX.format(period="year"))
    register.put("prices.csv", _years())
    assert found(register) == ()  # no amount has a price year: nothing hangs on the month
    if asks == "split":
        register.toml("[register.assignment]\n", SPLIT)
        name = "calendar_split"
    else:
        register.toml(AMOUNT, PRICED)
        name = "the price index"
    told = only(register, "error", "drawn.csv", "draw")
    assert told.found == "no calendar month in which chance decided"
    assert (name in told.expected, told.count) == (True, 120)
    register.edit("drawn.csv", lambda f: f.assign(randomised="2019-01-20"))
    assert found(register) == ()
    register.cell("drawn.csv", 9, "randomised", "")
    assert only(register, "error", "drawn.csv", "randomised").rows == (9,)


# ------------------------------------------------------------------------------------ price index


def _years(**change: Any) -> pd.DataFrame:
    return pd.DataFrame({"year": [2018, 2019, 2020], "index": [100, 102.5, 103]}).assign(**change)


def _priced(study: Any, table: pd.DataFrame, period: str = "year") -> None:
    study.toml("[register]\n", INDEX.format(period=period))
    study.toml(AMOUNT, PRICED)
    study.put("prices.csv", table)


def test_a_price_index_by_year_or_month_is_read_without_a_word(register: Any) -> None:
    _priced(register, _years())
    assert found(register) == ()
    months = [(y, m) for y in (2019, 2020) for m in range(1, 13)]
    register.put("prices.csv", pd.DataFrame(months, columns=["year", "month"]).assign(index=100.5))
    register.toml('period = "year"', 'period = "month"')
    inputs = read_inputs(register.directory)
    assert inputs.warnings == ()
    assert list(inputs.other[PRICES].columns) == ["year", "month", "index"]
    assert "prices.csv" in inputs.study.files()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (_years().iloc[[0, 2]], "lacks 2019"),
        (_years().iloc[:2], "price year 2020"),
    ],
)
def test_an_index_must_have_every_year_of_amounts_and_the_price_year(register: Any, table: pd.DataFrame, said: str) -> None:  # fmt: skip
    _priced(register, table)
    told = only(register, "error", "prices.csv", "index")
    assert said in told.found
    assert "nominal = false" in told.mend
    register.toml("price_year = 2020\n", "price_year = 2020\nnominal = false\n")
    assert found(register) == ()


def test_the_price_year_must_be_whole_where_the_index_is_by_month(register: Any) -> None:
    months = [(y, m) for y in (2019, 2020) for m in range(1, 13)]
    table = pd.DataFrame(months, columns=["year", "month"]).assign(index=100.5)
    _priced(register, table.iloc[:-1], "month")
    assert "price year 2020" in only(register, "error", "prices.csv", "index").found
    register.put("prices.csv", table[table["month"].ne(4) | table["year"].ne(2019)])
    assert "lacks 201904" in only(register, "error", "prices.csv", "index").found


def test_an_index_of_zero_stops(register: Any) -> None:
    _priced(register, _years(index=[0, 100, 100]))
    told = [p for p in found(register) if p.rows]
    assert [(p.file, p.column, p.rows) for p in told] == [("prices.csv", "index", (2,))]
    assert told[0].found == "an index of zero"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (_years(index=[-1, 100, 100]), "index"),
        (_years(index=["", 100, 100]), "index"),
        (_years(year=[2019, 2019, 2020]), "year"),
        (_years().drop(columns="index"), "index"),
        (_years(year=["x", 2019, 2020]), "year"),
    ],
)
def test_an_index_that_cannot_be_read_stops(register: Any, table: pd.DataFrame, column: str) -> None:  # fmt: skip
    _priced(register, table)
    assert ("error", "prices.csv", column) in [
        (p.severity, p.file, p.column) for p in found(register)
    ]


# ------------------------------------------------------------------------------------------ exits


def _exit(study: Any, why: str = "death", when: str = "2", rows: int = 3) -> None:
    """The first few people left, and have no rows after it."""
    study.edit("drawn.csv", lambda f: f.assign(
        exit=[why] * rows + [""] * (len(f) - rows), exit_period=[when] * rows + [""] * (len(f) - rows)
    ))  # fmt: skip
    after = {str(k) for k in range(1, rows + 1)}
    study.edit("months.csv", lambda f: f[~f["person"].isin(after) | (f["period"].astype(int) <= 2)])


def test_exits_are_read_without_a_word(register: Any) -> None:
    _exit(register)
    inputs = read_inputs(register.directory)
    assert inputs.warnings == ()
    people = inputs.register.participants
    assert people["exit"].dropna().tolist() == ["death"] * 3
    assert people["exit_period"].dropna().tolist() == [2] * 3


@pytest.mark.parametrize("name", ["exit", "exit_period"])
def test_a_reason_and_a_period_belong_together(register: Any, name: str) -> None:
    _exit(register)
    register.cell("drawn.csv", 3, name, "")
    told = only(register, "error", "drawn.csv", name)
    assert told.rows == (3,)
    register.edit("drawn.csv", lambda f: f.drop(columns=name))
    assert only(register, "error", "drawn.csv", name).rows == (2, 3, 4)


def test_outcomes_after_an_exit_are_a_warning_and_zeros_are_not(register: Any) -> None:
    _exit(register, when="1")
    register.edit("months.csv", lambda f: f.assign(
        work=np.where((f["person"].isin(["1", "2", "3"])) & (f["period"] == "2"), "0", f["work"]),
        wage=np.where((f["person"].isin(["1", "2", "3"])) & (f["period"] == "2"), "0", f["wage"]),
    ))  # fmt: skip
    assert found(register) == ()
    register.cell("months.csv", 5, "wage", "12000")
    register.cell("months.csv", 3, "wage", "")
    told = only(register, "warning", "months.csv", "period")
    assert told.rows == (5,)
    assert "died or emigrated" in told.found


@pytest.mark.parametrize(
    ("name", "value"), [("exit", "moved"), ("exit_period", "-1"), ("exit_period", "1.5"), ("exit_period", "9999")]
)  # fmt: skip
def test_an_exit_of_another_kind_stops(register: Any, name: str, value: str) -> None:
    _exit(register)
    register.cell("drawn.csv", 3, name, value)
    told = found(register)
    assert ("error", "drawn.csv", name, (3,)) in [
        (p.severity, p.file, p.column, p.rows) for p in told
    ]


def test_exits_of_the_survey_are_not_read(small: Any) -> None:
    small.edit("people.csv", lambda f: f.assign(exit="anything"))
    assert found(small) == ()
    assert "exit" not in read_inputs(small.directory).survey.participants


# ---------------------------------------------------------------------------------- declarations

WORK = 'id = "work"\nlabel.en = "Work"\nunit = "share"'
OTHER = """

[[register.outcomes]]
id = "other"
label.en = "Other"
"""
AT_3 = "register.outcomes[2]"
WRONG = {
    "above without a share": (WORK, WORK + OTHER + 'unit = "number"\nsource = "wage"\nabove = 1', AT_3, "set unit = 'share'"),
    "above without a source": (WORK, WORK + OTHER + 'unit = "share"\nabove = 1', AT_3, "above needs source"),
    "above of several": (WORK, WORK + OTHER + 'unit = "share"\nabove = 1\nany_of = ["work", "wage"]', AT_3, "above needs source"),
    "any of no share": (WORK, WORK + OTHER + 'unit = "number"\nany_of = ["work", "wage"]', AT_3, "set unit = 'share'"),
    "any of one": (WORK, WORK + OTHER + 'unit = "share"\nany_of = ["work"]', AT_3, "two columns or more"),
    "any of one twice": (WORK, WORK + OTHER + 'unit = "share"\nany_of = ["work", "work"]', AT_3, "each once"),
    "any of and a source": (WORK, WORK + OTHER + 'unit = "share"\nsource = "work"\nany_of = ["work", "wage"]', AT_3, "source or any_of"),
    "any of a reserved name": (WORK, WORK + OTHER + 'unit = "share"\nany_of = ["work", "exit"]', AT_3, "column of the contract"),
    "exit as an outcome": (WORK, WORK.replace('"work"', '"exit_period"'), "register", "column of the contract"),
    "exit as a block": ('blocks = ["draw"]', 'blocks = ["exit"]', "register.assignment", "cannot be a block"),
    "a price year of a share": (WORK, WORK + "\nprice_year = 2020", "register.outcomes[1]", "price_year is for amounts"),
    "an alternative to itself": (WORK, WORK + '\nalternative_to = "work"', "register.outcomes[1]", "alternative to itself"),
    "an alternative to nothing": (WORK, WORK + '\nalternative_to = "rest"', "register", "'rest' is not a main outcome"),
    "an alternative to an alternative": (WORK, WORK + '\nalternative_to = "wage"' + OTHER + 'unit = "share"\nalternative_to = "work"', "register", "'work' is not a main outcome"),
    "an alternative to one that is followed only": (WORK, WORK + "\nmain = false" + OTHER + 'unit = "share"\nalternative_to = "work"', "register", "'work' is not a main outcome"),
    "horizons that fall": (WORK, WORK + "\nhorizons = [3, 2]", "register.outcomes[1]", "horizons must rise"),
    "a horizon twice": (WORK, WORK + "\nhorizons = [2, 2]", "register.outcomes[1]", "horizons must rise"),
    "a horizon of its own": (WORK, WORK + "\nhorizons = [2, 4]", "register", "horizon 4 is not among"),
    "a horizon before its window": ('unit = "amount"', 'unit = "amount"\nwindow = 3\nhorizons = [2, 3]', "register.outcomes[2]", "longer than its first horizon"),
    "a window beyond all horizons": ('unit = "amount"', 'unit = "amount"\nwindow = 4', "register", "longer than the last horizon"),
    "prices by quarter": ("[register]\n", INDEX.format(period="quarter"), "prices.period", '"quarter"'),
    "prices without a table": ("[register]\n", "[prices]\n\n[register]\n", "prices.table", "nothing"),
    "prices in a table of another kind": ("[register]\n", '[prices]\ntable = "months.csv"\n\n[register]\n', None, "two different tables"),
    "an unknown exit": ("[register.assignment]\n", '[register.exits]\nmoving = "censoring"\n\n[register.assignment]\n', "register.exits.moving", "an unknown entry"),
    "an unknown ending": ("[register.assignment]\n", '[register.exits]\ndeath = "never"\n\n[register.assignment]\n', "register.exits.death", '"never"'),
    "a split without a name": ("[register.assignment]\n", SPLIT.replace('label.en = "the change"\n', ""), "register.calendar_split.label", "nothing"),
    "a split at no day": ("[register.assignment]\n", SPLIT.replace("2019-04-01", '"spring"'), "register.calendar_split.date", '"spring"'),
    "costs of another definition": (WORK, WORK + OTHER + 'unit = "share"\nsource = "wage"\nabove = 1\nalternative_to = "work"\n\n[register.costs]\ncurrency = "SEK"\nper_participant = 1\ntax_rate = 0.3\nstreams = [{ outcome = "other", kind = "purse" }]', "register", "another definition"),
    "later draws by quarter": ("horizons = [2, 3]", 'horizons = [2, 3]\nperiod = "quarter"\nlater = { draws = "draws.csv" }', "register", "by month only"),
    "one manner twice": ("horizons = [2, 3]", 'horizons = [2, 3]\nlater = { draws = "draws.csv", beside = ["stacked", "stacked"] }', "register.later", "declared twice"),
    "an unknown manner": ("horizons = [2, 3]", 'horizons = [2, 3]\nlater = { draws = "draws.csv", beside = ["matched"] }', "register.later.beside[1]", '"matched"'),
    "dates of a covariate": ("[[register.outcomes]]\n", ENTRY.replace('"draw"', '"foreign_born"'), "register", "blocks that are months or days"),
    "dates and cuts": ("[[register.outcomes]]\n", ENTRY.replace("dates", "cuts = [1]\ndates"), "register.subgroups[1]", "not both"),
    "cuts of a block": ("[[register.outcomes]]\n", ENTRY.replace("dates = [2019-02-01]", "cuts = [1]"), "register", "cuts are for numbers"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_declaration_is_named_by_its_place(register: Any, case: str) -> None:
    old, new, place, said = WRONG[case]
    register.toml(old, new)
    with pytest.raises(InputProblems) as caught:
        read_study_file(register.directory)
    mine = [p for p in caught.value.problems if p.column == place]
    assert len(mine) == 1, caught.value.problems
    assert said in mine[0].found


def test_what_can_be_declared_together_is_accepted(register: Any) -> None:
    register.toml("[register]\n", INDEX.format(period="month"))
    register.toml("[register.assignment]\n", "[register.exits]\n" + SPLIT)
    register.toml("[[register.outcomes]]\n", ENTRY)
    register.toml(WORK, WORK + OTHER + 'unit = "share"\nsource = "wage"\nabove = 0\nprice_year = 2019\nalternative_to = "work"\nhorizons = [3]')  # fmt: skip
    register.toml("horizons = [2, 3]", 'horizons = [2, 3]\nlater = { draws = "draws.csv" }')
    study = read_study_file(register.directory)
    assert isinstance(study, Study) and study.register_ is not None
    assert study.register_.exits.death == "competing"
    assert study.register_.exits.emigration == "censoring"
    assert study.files()[1:] == ("drawn.csv", "months.csv", "draws.csv", "prices.csv")


# ----------------------------------------------------------------------------- privacy and twins


def test_no_person_and_no_value_of_theirs_stands_in_a_problem(register: Any) -> None:
    _priced(register, _years().iloc[:1])
    register.toml("[register.assignment]\n", SPLIT)
    register.toml("[[register.outcomes]]\n", ENTRY)
    names = {str(k): f"Qq{k:04d}" for k in range(1, 121)}
    register.edit("drawn.csv", lambda f: f.assign(
        person=f["person"].map(names), exit=np.where(f["person"].astype(int) % 7, "", "death"),
        exit_period=np.where(f["person"].astype(int) % 9, "", "777"),
        draw=np.where(f["person"].astype(int) % 5, f["draw"], "Secretplace " + f["person"]),
    ))  # fmt: skip
    register.edit("months.csv", lambda f: f.assign(
        person=f["person"].map(names), wage=np.where(f["work"] == "1", "23456.75", "0")
    ))  # fmt: skip
    text = " ".join(p.text() for p in found(register))
    assert "no calendar month" in text and "exit" in text and "neither months nor days" in text
    for value in ("Qq", "Secretplace", "777", "23456"):
        assert value not in text


def _rich(study: Any) -> None:
    """Exits, prices, draws of days of which some are small, other definitions, own horizons."""
    _priced(study, _years())
    study.toml("[register.assignment]\n", SPLIT)
    study.toml("[[register.outcomes]]\n", ENTRY)
    study.toml(WORK, WORK + OTHER + 'unit = "share"\nsource = "wage"\nabove = 15000\nprice_year = 2020\nalternative_to = "work"\nhorizons = [3]')  # fmt: skip
    days = np.array(["2019-01-08", "2019-02-05"] + [f"2019-02-{k}" for k in range(10, 16)])
    of = np.repeat(np.arange(8), [48, 36, 6, 6, 6, 6, 6, 6])
    study.edit("drawn.csv", lambda f: f.assign(draw=days[of]))
    rng = np.random.default_rng(8)
    gone = rng.permutation(120) < 30

    def people(frame: pd.DataFrame) -> pd.DataFrame:
        why = np.where(rng.random(120) < 0.5, "death", "emigration")
        return frame.assign(
            exit=np.where(gone, why, ""), exit_period=np.where(gone, rng.integers(1, 3, 120), 0)
        ).assign(exit_period=lambda f: f["exit_period"].astype(str).where(gone, ""))

    study.edit("drawn.csv", people)
    left = study.table("drawn.csv").set_index("person")["exit_period"]
    study.edit("months.csv", lambda f: f[
        f["period"].astype(int).to_numpy()
        <= pd.to_numeric(f["person"].map(left).replace("", "99")).to_numpy()
    ])  # fmt: skip


def test_a_twin_of_a_study_with_exits_prices_and_dated_draws_passes_its_own_check(
    register: Any, tmp_path: Path
) -> None:
    _rich(register)
    source = read_inputs(register.directory)
    assert source.warnings == ()
    make_like(register.directory, tmp_path / "twin", 3)
    twin = read_inputs(tmp_path / "twin")
    assert twin.study.prices is not None and twin.register is not None
    pd.testing.assert_frame_equal(twin.other[PRICES], source.other[PRICES])
    people, rows = twin.register.participants, twin.register.followed
    assert as_days(people["draw"]).notna().all()
    assert {"death", "emigration"} == set(people["exit"].dropna())
    left = people["exit_period"].to_numpy(np.float64)
    assert (np.isnan(left) == people["exit"].isna().to_numpy()).all()
    after = rows["period"].to_numpy() > left[rows["row"].to_numpy()]
    assert not after.any()
    assert np.isnan(left).mean() == pytest.approx(0.75, abs=0.15)
    assert twin.warnings == ()


def test_a_twin_has_the_days_of_large_draws_only(register: Any, tmp_path: Path) -> None:
    _rich(register)
    make_like(register.directory, tmp_path / "twin", 3)
    source = set(read_inputs(register.directory).register.participants["draw"])
    twin = set(read_inputs(tmp_path / "twin").register.participants["draw"])
    assert {"2019-01-08", "2019-02-05"} <= twin & source
    assert len(twin) > 2
