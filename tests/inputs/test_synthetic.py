"""What a user of the synthetic study is promised."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from finsam_report.errors import FinsamError
from finsam_report.inputs import contract
from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.synthetic import (
    DEFAULT_SEED,
    RegisterDesign,
    SurveyDesign,
    Variant,
    register_tables,
    register_truth,
    survey_tables,
    survey_truth,
    synthesise,
)
from finsam_report.inputs.synthetic.register_design import OTHERS, OUTCOMES, RARE, WORK, Outcome
from finsam_report.inputs.tables import read_table
from finsam_report.problems import Problem
from finsam_report.study import Study, read_study_file

Floats = npt.NDArray[np.float64]
FILES = {
    "study.toml",
    "survey_participants.csv",
    "survey_answers.csv",
    "register_participants.csv",
    "register_months.parquet",
    "survey_staff_answers.csv",
    "survey_open_answers.csv",
    "survey_referrals.csv",
    "associations.csv",
    "association_years.csv",
    "efforts.csv",
    "effort_participants.csv",
    "indicators.csv",
    "teams.csv",
    "referrals.csv",
    "municipalities.csv",
    "municipality_years.parquet",
    "prices.csv",
    "analysis_plan.toml",
    "truth.csv",
}
SEEDS = range(700, 720)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic study as it comes."""
    out = tmp_path_factory.mktemp("synthetic") / "study"
    synthesise(out)
    return out


@pytest.fixture(scope="module")
def survey(study: Path) -> pd.DataFrame:
    return pd.read_csv(study / "survey_participants.csv")


@pytest.fixture(scope="module")
def answers(study: Path) -> pd.DataFrame:
    return pd.read_csv(study / "survey_answers.csv")


@pytest.fixture(scope="module")
def register(study: Path) -> pd.DataFrame:
    return pd.read_csv(study / "register_participants.csv")


@pytest.fixture(scope="module")
def months(study: Path) -> pd.DataFrame:
    return pd.read_parquet(study / "register_months.parquet")


@pytest.fixture(scope="module")
def real_wages(study: Path, register: pd.DataFrame, months: pd.DataFrame) -> pd.Series:
    """Monthly wages in the prices of 2022."""
    index = pd.read_csv(study / "prices.csv").set_index("year")["index"]
    draw = months["person"].map(register.set_index("person")["draw"]).to_numpy("datetime64[M]")
    year = 1970 + (draw.astype(np.int64) + months["period"]) // 12
    return months["wage_income"] * index[2022] / year.map(index)


def digests(directory: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in directory.iterdir()}


def difference(y: Floats, support: npt.NDArray[np.bool_], block: npt.NDArray[np.int64]) -> Floats:
    """Differences in means within blocks, weighted by the people of the block."""
    sizes = np.bincount(block)
    parts = [
        size * (y[(block == b) & support].mean(axis=0) - y[(block == b) & ~support].mean(axis=0))
        for b, size in enumerate(sizes)
    ]
    return np.asarray(np.sum(parts, axis=0) / sizes.sum())


# ------------------------------------------------------------------------------- the files


def test_equal_seeds_give_equal_bytes(study: Path, tmp_path: Path) -> None:
    synthesise(tmp_path / "again", DEFAULT_SEED)
    assert digests(tmp_path / "again") == digests(study)


def test_another_seed_gives_other_people_and_the_same_truth(study: Path, tmp_path: Path) -> None:
    synthesise(tmp_path / "other", 1)
    one, other = digests(study), digests(tmp_path / "other")
    same = {name for name in FILES if one[name] == other[name]}
    # Chance does not decide on these.
    assert same == {"study.toml", "truth.csv", "prices.csv", "analysis_plan.toml"}


def test_the_study_has_all_tables_in_less_than_ten_megabytes(study: Path) -> None:
    assert {path.name for path in study.iterdir()} == FILES
    assert {*read_study_file(study).files(), "truth.csv"} == FILES
    assert sum(path.stat().st_size for path in study.iterdir()) < 10_000_000
    for path in study.glob("*.csv"):
        assert b"\r" not in path.read_bytes()


def test_every_table_keeps_the_contract_of_the_study(study: Path) -> None:
    declared: Study = read_study_file(study)
    assert declared.survey is not None and declared.register_ is not None
    problems: list[Problem] = []
    for table in (
        contract.participants(declared.survey),
        contract.answers(declared.survey),
        contract.participants(declared.register_),
        contract.outcomes(declared.register_),
    ):
        assert read_table(study, table, problems.append) is not None
    assert problems == []


def test_every_check_passes_without_a_warning(study: Path) -> None:
    inputs = read_inputs(study)
    assert inputs.warnings == ()
    assert len(inputs.other) == 13


def test_the_experiments_are_those_of_a_study_without_the_other_parts(
    study: Path, tmp_path: Path
) -> None:
    synthesise(tmp_path / "two", variant=Variant(parts=("survey", "register")))
    two, four = digests(tmp_path / "two"), digests(study)
    declared = {"study.toml", "truth.csv", "analysis_plan.toml"}
    assert {name for name in two if two[name] != four[name]} == declared


def test_a_directory_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FinsamError, match="not empty"):
        synthesise(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


def test_a_real_study_that_grew_from_a_copy_is_refused(study: Path, tmp_path: Path) -> None:
    text = (study / "study.toml").read_text().replace("synthetic = true", "synthetic = false")
    (tmp_path / "study.toml").write_text(text)
    with pytest.raises(FinsamError, match="no synthetic study"):
        synthesise(tmp_path)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(FinsamError, match="is a file"):
        synthesise(tmp_path / "out")


def test_an_earlier_synthetic_study_is_replaced_and_notes_beside_it_stay(
    study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "deep" / "study"
    synthesise(out, 5)
    (out / "notes.md").write_text("mine")
    synthesise(out)
    assert {k: v for k, v in digests(out).items() if k != "notes.md"} == digests(study)
    assert (out / "notes.md").read_text() == "mine"
    assert [path.name for path in out.parent.iterdir()] == ["study"]


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    synthesise(tmp_path, 5)
    assert {path.name for path in tmp_path.iterdir()} == FILES


# ---------------------------------------------------------------------- the published facts


def test_the_survey_has_the_published_size_and_people(survey: pd.DataFrame) -> None:
    assert len(survey) == 550
    assert (survey["arm"] == "support").sum() == pytest.approx(330, rel=0.03)
    assert (survey["sex"] == "woman").mean() == pytest.approx(0.60, abs=0.03)
    assert survey["foreign_born"].mean() == pytest.approx(0.44, abs=0.03)
    assert survey["referred"].min() >= "2019-08-01" and survey["randomised"].max() <= "2020-06-30"
    assert (survey["randomised"] > survey["referred"]).all()


def test_as_many_answer_each_survey_as_published_and_alike_in_the_arms(
    survey: pd.DataFrame, answers: pd.DataFrame
) -> None:
    counts = answers.merge(survey[["person", "arm"]]).groupby(["wave", "arm"]).size().unstack()
    assert counts.sum(axis=1).loc[1] / 550 == pytest.approx(0.83, abs=0.015)
    assert counts.sum(axis=1).loc[2] / 550 == pytest.approx(0.75, abs=0.015)
    later = counts["waiting"].to_numpy(dtype=np.float64)[2]
    assert later / 220 == pytest.approx(0.71, abs=0.04)
    assert np.isnan(counts["support"].to_numpy(dtype=np.float64)[2])
    rates = counts / survey["arm"].value_counts()
    assert (rates["support"] - rates["waiting"]).loc[[1, 2]].abs().max() <= 0.02
    assert answers["open_answer"].mean() == pytest.approx(0.55, abs=0.04)


def test_state_agencies_refer_less_from_autumn_and_nobody_in_april(survey: pd.DataFrame) -> None:
    month = survey["referred"].str[:7]
    assert "2020-04" not in set(month)
    shares = survey["party"].groupby(pd.cut(month.rank(method="dense"), [0, 2, 8, 10]))
    table = shares.value_counts(normalize=True).unstack().fillna(0).to_numpy()
    columns = sorted(survey["party"].unique())
    agency, insurance = columns.index("employment_service"), columns.index("social_insurance")
    assert table[1, agency] < table[0, agency] and table[1, insurance] < table[0, insurance]
    assert table[2, insurance] > table[1, insurance] and table[2, agency] < 0.06


def test_staff_judge_those_they_met_and_brighter_than_these_do(tmp_path: Path) -> None:
    synthesise(tmp_path, 3, Variant(parts=("survey",), people=11_000))
    people = pd.read_csv(tmp_path / "survey_participants.csv").set_index("person")
    answers = pd.read_csv(tmp_path / "survey_answers.csv").query("wave == 2")
    staff = pd.read_csv(tmp_path / "survey_staff_answers.csv")
    assert (people.loc[staff["person"], "met_team"] == 1).all() and set(staff["wave"]) == {2}
    own = answers[people.loc[answers["person"], "met_team"].to_numpy() == 1]
    both = staff.merge(own, on="person")
    for item, above in (("job_now", 0.8), ("job_future", 0.8), ("self_support", 0.8),
                        ("health", 0.3)):  # fmt: skip
        gap = (staff[item].mean() - own[item].mean()) / 1.1
        assert gap == pytest.approx(above, abs=0.04), item
        assert 0.3 < both[f"{item}_x"].corr(both[f"{item}_y"]) < 0.5


def test_two_coders_read_what_was_written_and_agree_as_stated(tmp_path: Path) -> None:
    synthesise(tmp_path, 3, Variant(parts=("survey",), people=11_000))
    answers = pd.read_csv(tmp_path / "survey_answers.csv")
    coded = pd.read_csv(tmp_path / "survey_open_answers.csv", keep_default_na=False)
    place = ["person", "wave"]
    wrote = set(answers.loc[answers["open_answer"] == 1, place].itertuples(index=False, name=None))
    for _, theirs in coded.groupby("coder"):
        assert set(theirs[place].itertuples(index=False, name=None)) == wrote
    # No theme stands alone, and not beside a theme.
    none = coded.groupby([*place, "coder"])["theme"].transform(lambda t: (t == "").any())
    assert (coded.loc[none, "theme"] == "").all() and 0.1 < none.mean() < 0.3
    table = coded.assign(seen=1).pivot_table(
        index=place, columns=["coder", "theme"], values="seen", fill_value=0
    )
    for theme in set(coded["theme"]) - {""}:
        one, two = (table[coder][theme] for coder in ("K1", "K2"))
        agree, chance = (one == two).mean(), one.mean() * two.mean()
        chance += (1 - one.mean()) * (1 - two.mean())
        assert (agree - chance) / (1 - chance) == pytest.approx(0.75, abs=0.03), theme
    met = pd.read_csv(tmp_path / "survey_participants.csv").set_index("person")["met_team"]
    second = coded[(coded["wave"] == 2) & (coded["coder"] == "K1")]
    of_them = second["theme"].eq("contact").groupby(met[second["person"]].to_numpy()).sum()
    writers = answers.query("wave == 2 and open_answer == 1")["person"].map(met).value_counts()
    assert of_them[1] / writers[1] > of_them[0] / writers[0] + 0.15


def test_without_effects_those_who_met_a_team_write_of_the_same_themes(tmp_path: Path) -> None:
    synthesise(tmp_path, 3, Variant(parts=("survey",), people=11_000, scenario="null"))
    met = pd.read_csv(tmp_path / "survey_participants.csv").set_index("person")["met_team"]
    answers = pd.read_csv(tmp_path / "survey_answers.csv")
    coded = pd.read_csv(tmp_path / "survey_open_answers.csv").query("wave == 2 and coder == 'K1'")
    writers = answers.query("wave == 2 and open_answer == 1")["person"].map(met).value_counts()
    counts = coded.groupby(["theme", coded["person"].map(met)]).size().unstack() / writers
    assert (counts[1] - counts[0]).abs().max() < 0.05


def test_referrals_hold_the_participants_and_follow_the_published_course(
    study: Path, survey: pd.DataFrame
) -> None:
    referrals = pd.read_csv(study / "survey_referrals.csv")
    assert set(referrals["party"]) == set(survey["party"]) and len(set(referrals["party"])) == 4
    key = ["month", "site", "party"]
    inside = survey.assign(month=survey["referred"].str[:7]).groupby(key).size()
    number = referrals.set_index(key)["people"]
    assert (number.reindex(inside.index) >= inside).all()
    by = referrals.pivot_table(index="month", columns="party", values="people", aggfunc="sum")
    assert (by.loc["2020-04"] == 0).all() and (by.drop("2020-04").sum(axis=1) > 0).all()
    share = by.div(by.sum(axis=1), axis=0)
    before, after = share.loc["2019-08":"2019-09"].mean(), share.loc["2019-10":"2020-03"].mean()
    summer = share.loc["2020-06":"2020-09"].mean()
    for agency in ("employment_service", "social_insurance"):
        assert after[agency] < 0.75 * before[agency]
    assert summer["social_insurance"] > after["social_insurance"]
    assert summer["employment_service"] < 0.08


def test_the_register_study_has_the_published_size_and_people(register: pd.DataFrame) -> None:
    assert len(register) == 12_000
    assert register["met_team"].sum() == pytest.approx(2_700, rel=0.02)
    assert (register["draw"].min(), register["draw"].max()) == ("2018-03", "2019-12")
    assert register["draw"].nunique() == 22
    assert (register["sex"] == "woman").mean() == pytest.approx(0.42, abs=0.015)
    assert register["foreign_born"].mean() == pytest.approx(0.70, abs=0.015)
    assert register["social_assistance_before"].mean() == pytest.approx(0.50, abs=0.03)
    assert (register["arm"] == "drawn").sum() == 3_500


def test_only_people_who_were_drawn_meet_a_team_and_not_before_the_draw(
    register: pd.DataFrame,
) -> None:
    met = register[register["met_team"] == 1]
    assert (met["arm"] == "drawn").all() and (met["met_date"] >= met["draw"]).all()
    assert register.loc[register["met_team"] == 0, "met_date"].isna().all()


def test_the_chance_of_being_drawn_differs_between_draws(register: pd.DataFrame) -> None:
    shares = (register["arm"] == "drawn").groupby(register["draw"]).mean()
    assert shares.max() - shares.min() > 0.15


# ------------------------------------------------------------------------ months that cohere


def by_month(months: pd.DataFrame, outcome: str) -> Floats:
    """An outcome by person and month, NaN after the person left; shape (n, 36)."""
    row = pd.factorize(months["person"])[0]
    values = np.full((row.max() + 1, 36), np.nan)
    values[row, months["period"] - 1] = months[outcome]
    return values


def test_every_person_has_every_month_in_order_until_they_leave(
    register: pd.DataFrame, months: pd.DataFrame
) -> None:
    last = register["exit_period"].fillna(36).astype(int)
    assert last.between(5, 36).all()
    assert months["person"].tolist() == register["person"].repeat(last).tolist()
    assert months["period"].tolist() == [month for k in last for month in range(1, k + 1)]
    assert list(months.columns) == ["person", "period", *OUTCOMES]
    assert not months.isna().any().any()


def test_a_person_is_in_one_kind_of_work_at_a_time_and_is_paid_for_it(
    months: pd.DataFrame, real_wages: pd.Series
) -> None:
    at_work = months[list(WORK)].sum(axis=1)
    assert at_work.max() == 1
    assert ((months["wage_income"] > 0) == (at_work == 1)).all()
    real = by_month(months.assign(real=real_wages), "real")
    spread = np.nanstd(real.reshape(-1, 3, 12).sum(axis=2), axis=0)
    assert spread.min() >= 70_000 and spread.max() <= 96_000


def test_few_people_die_or_emigrate_and_alike_in_the_arms(register: pd.DataFrame) -> None:
    assert set(register["exit"].dropna()) == {"death", "emigration"}
    assert (register["exit"].isna() == register["exit_period"].isna()).all()
    shares = register["exit"].notna().groupby(register["arm"]).mean()
    assert shares.between(0.01, 0.12).all()
    assert shares["drawn"] == pytest.approx(shares["not_drawn"], abs=0.015)
    assert set(register.groupby("exit")["arm"].nunique()) == {2}


def test_wages_in_the_file_are_in_the_prices_of_their_year(
    register: pd.DataFrame, months: pd.DataFrame, real_wages: pd.Series
) -> None:
    person = months["person"].map(dict(zip(register["person"], range(len(register)), strict=True)))
    # The generator again, in the prices of 2022.
    stream = np.random.SeedSequence(DEFAULT_SEED).spawn(2)[1]
    drawn = register_tables(np.random.default_rng(stream)).outcomes["wage_income"]
    gap = np.abs(real_wages - drawn[person, months["period"] - 1])
    assert gap.max() < 10  # tens of kronor in the file
    assert (np.abs(real_wages - months["wage_income"]) > 100).mean() > 0.1


def test_states_come_in_spells(months: pd.DataFrame) -> None:
    for name in (*WORK, *OTHERS):
        values = by_month(months, name)
        stays = np.nanmean(values[:, 1:][values[:, :-1] == 1])
        assert stays > 0.75 + 0.1 * (name != "new_start_job"), name


def test_people_at_work_seldom_have_social_assistance(months: pd.DataFrame) -> None:
    at_work = months[list(WORK)].sum(axis=1) == 1
    assistance = months["social_assistance"].groupby(at_work).mean()
    assert assistance[True] < 0.2
    assert assistance[False] > 0.4


def test_some_outcomes_are_too_rare_to_estimate(months: pd.DataFrame) -> None:
    events = months[months["period"].isin([12, 24, 36])].groupby("period")[list(RARE)].sum()
    assert events.to_numpy().max() < 50 and events.to_numpy().min() > 0
    assert not set(RARE) & set(register_truth()["outcome"])


# -------------------------------------------------------------------------------- the truth


@cache
def register_runs() -> tuple[list[str], Floats, Floats]:
    """Names (outcome@month), effects and control means of the seeds, and the truth."""
    truth = register_truth().query("analysis == 'itt' and estimator == 'lin'")
    truth = truth[truth["horizon"].isin([1, 6, 12, 18, 24, 30, 36])]
    runs = []
    for seed in SEEDS:
        tables = register_tables(np.random.default_rng(seed))
        support = (tables.participants["arm"] == "drawn").to_numpy()
        block = pd.factorize(tables.participants["draw"])[0].astype(np.int64)
        columns = []
        for outcome, horizon in zip(truth["outcome"], truth["horizon"], strict=True):
            if outcome == "wage_income_year":
                columns.append(
                    tables.outcomes["wage_income"][:, horizon - 12 : horizon].sum(axis=1)
                )
            else:
                scale = 1 if outcome == "wage_income" else 100
                columns.append(scale * tables.outcomes[outcome][:, horizon - 1])
        columns.append(100 * tables.participants["met_team"].to_numpy())
        runs.append(difference(np.column_stack(columns).astype(np.float64), support, block))
    names = [f"{o}@{h}" for o, h in zip(truth["outcome"], truth["horizon"], strict=True)]
    return [*names, "met_team"], np.array(runs), np.append(truth["truth"].to_numpy(), 77.0)


def test_differences_in_the_register_are_on_average_the_truth() -> None:
    names, runs, truth = register_runs()
    error = runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
    z = (runs.mean(axis=0) - truth) / error
    assert dict(zip(names, z, strict=True)) == {name: pytest.approx(0, abs=3) for name in names}


def test_answers_of_respondents_differ_on_average_by_the_truth() -> None:
    truth = survey_truth().query("analysis == 'itt' and estimator == 'lin'")
    items = list(truth["outcome"])
    runs = []
    for seed in range(1000, 1200):
        tables = survey_tables(np.random.default_rng(seed))
        second = tables.answers[tables.answers["wave"] == 2].merge(
            tables.participants[["person", "arm", "site"]], on="person"
        )
        support = (second["arm"] == "support").to_numpy()
        block = pd.factorize(second["site"])[0].astype(np.int64)
        row = []
        for item in items:
            y = second[item].to_numpy(dtype=np.float64, na_value=np.nan)
            there = ~np.isnan(y)
            row.append(float(difference(y[there], support[there], block[there])))
        runs.append(row)
    error = np.std(runs, axis=0, ddof=1) / np.sqrt(len(runs))
    z = (np.mean(runs, axis=0) - truth["truth"].to_numpy()) / error
    assert np.abs(z).max() < 3


@pytest.mark.parametrize(
    ("outcome", "stated"),
    [
        ("subsidised_job", (3.0, 3.0, 1.5)),
        ("new_start_job", (1.5, 1.5, 0.8)),
        ("unsubsidised_work", (0.2, 0.5, 0.6)),
        ("social_assistance", (-1.5, -3.0, -2.5)),
        ("registered", (-1.0, 2.0, 3.5)),
        ("benefit_right", (0.2, 0.8, 0.8)),
        ("wage_income_year", (5000.0, 8000.0, 7000.0)),
    ],
)
def test_the_truth_of_the_register_is_the_stated_assumption(
    outcome: str, stated: tuple[float, ...]
) -> None:
    table = register_truth().query("outcome == @outcome and horizon in (12, 24, 36)")
    for analysis, share in (("itt", 1.0), ("late", 0.77)):
        rows = table[table["analysis"] == analysis].drop_duplicates("horizon")
        assert rows["truth"].to_numpy() * share == pytest.approx(stated)


def test_the_truth_of_the_survey_is_the_stated_assumption() -> None:
    stated = [0.08, 0.32, 0.32, 0.07, 0.12, 0.30, 0.20]
    table = survey_truth().set_index(["analysis", "estimator"])["truth"]
    assert table.loc[("itt", "lin_standardised")].to_numpy() == pytest.approx(stated, abs=1e-4)
    points = table.loc[("itt", "lin")].to_numpy()
    assert points == pytest.approx(1.1 * np.array(stated), abs=1e-4)
    assert table.loc[("late", "2sls")].to_numpy() * 0.87 == pytest.approx(points)
    assert float(table.loc[("first_stage", "lin")]) == pytest.approx(87.0)


def test_no_row_of_the_truth_comes_twice(study: Path) -> None:
    truth = pd.read_csv(study / "truth.csv")
    key = ["part", "analysis", "outcome", "group", "horizon", "estimator"]
    assert list(truth.columns) == [*key, "truth"]
    assert not truth.duplicated(key).any()


def test_effects_are_four_times_as_large_in_late_draws_and_one_on_average() -> None:
    design = RegisterDesign()
    assert design.multiplier[-1] / design.multiplier[0] == pytest.approx(4)
    assert np.average(design.multiplier, weights=design.sizes) == pytest.approx(1)


# ------------------------------------------------------------------------------- scenarios


def test_without_effects_the_truth_is_zero_and_only_those_who_met_change() -> None:
    null = RegisterDesign(effect_scale=0)
    effects = register_truth(null).query("analysis != 'first_stage'")["truth"]
    assert effects.abs().max() == 0
    one = register_tables(np.random.default_rng(3))
    zero = register_tables(np.random.default_rng(3), null)
    met = (one.participants["met_team"] == 1).to_numpy()
    for name in (*WORK, *OTHERS):
        changed = (one.outcomes[name] != zero.outcomes[name]).any(axis=1)
        assert changed[met].any() and not changed[~met].any()
    survey = survey_truth(SurveyDesign(effect_scale=0)).query("analysis != 'first_stage'")
    assert survey["truth"].abs().max() < 1e-6


@pytest.mark.parametrize("factor", [1, 3])
def test_studies_of_other_sizes_can_be_drawn(factor: int) -> None:
    design = RegisterDesign(stock=700 * factor, inflow=500 * factor, drawn=350 * factor)
    tables = register_tables(np.random.default_rng(1), design)
    assert len(tables.participants) == 1200 * factor
    assert (tables.participants["arm"] == "drawn").sum() == 350 * factor
    assert tables.months().num_rows == tables.last.sum()
    left = tables.participants["exit_period"].fillna(36).to_numpy(dtype=np.int64)
    assert tables.last.tolist() == left.tolist()
    survey = survey_tables(np.random.default_rng(1), SurveyDesign(people=200 * factor))
    assert len(survey.participants) == 200 * factor


def test_a_design_that_asks_for_more_than_everybody_is_refused() -> None:
    shares = tuple(
        Outcome(o.id, tuple((m, min(6 * v, 99)) for m, v in o.control), o.effect, o.by_work)
        if o.id in WORK
        else o
        for o in RegisterDesign().shares
    )
    with pytest.raises(ValueError, match="below 0 or above 1"):
        register_tables(np.random.default_rng(1), RegisterDesign(shares=shares))
