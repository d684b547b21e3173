"""What a user is promised of variants of the synthetic study, and of a twin of a real one."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from finsam_report.cli import ScenarioName, app
from finsam_report.errors import FinsamError
from finsam_report.inputs import synthetic
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.inputs.synthetic import (
    RegisterDesign,
    Variant,
    register_truth,
    survey_truth,
    synthesise,
)
from finsam_report.inputs.synthetic.files import TableWriter
from finsam_report.inputs.synthetic.like import make_like
from finsam_report.inputs.synthetic.like.safe import rounded, share, spread
from finsam_report.inputs.synthetic.register import people_and_months
from finsam_report.inputs.synthetic.variant import SCENARIOS, sized_register
from finsam_report.parts.run import analyse
from finsam_report.places import synthetic_study
from finsam_report.problems import InputProblems

SEED = 11


def digests(directory: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in directory.iterdir()}


def table(directory: Path, stem: str) -> pd.DataFrame:
    """A table in either format."""
    path = directory / f"{stem}.parquet"
    return pd.read_parquet(path) if path.is_file() else pd.read_csv(directory / f"{stem}.csv")


def declared(directory: Path) -> dict[str, Any]:
    return tomllib.loads((directory / "study.toml").read_text("utf-8"))


def estimated(inputs: Inputs) -> set[str]:
    """Parts that the ledger has effects of."""
    frame = analyse(inputs).frame
    return set(frame.loc[frame["analysis"] == "itt", "part"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each scenario, the register small."""
    root = tmp_path_factory.mktemp("made")
    for name in SCENARIOS:
        scale = None if name == "tiny" else 0.25
        synthesise(root / name, SEED, Variant(scale=scale, scenario=name))
    return root


# ------------------------------------------------------------------------------ parts and sizes


def test_the_default_call_gives_the_study_of_the_package_byte_for_byte(tmp_path: Path) -> None:
    synthesise(tmp_path / "again")
    ours = digests(synthetic_study())
    assert {name: ours.get(name) for name in digests(tmp_path / "again")} == digests(
        tmp_path / "again"
    )


@pytest.mark.parametrize("part", ["survey", "register"])
def test_a_part_alone_has_the_people_it_has_with_the_other(part: str, tmp_path: Path) -> None:
    synthesise(tmp_path, SEED, Variant(parts=(part,), scale=0.25))
    synthesise(tmp_path / "both", SEED, Variant(scale=0.25))
    alone, both = digests(tmp_path / "both"), {}
    for path in tmp_path.glob(f"{part}_*"):
        both[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(both) == (5 if part == "survey" else 2)
    assert {name: alone[name] for name in both} == both
    beside = {"prices"} if part == "register" else set()
    told = {*declared(tmp_path)} - {"questions", "evaluation"}
    assert told == {"study", "analysis", part, *beside}
    inputs = read_inputs(tmp_path)
    assert (inputs.survey is None, inputs.register is None) == (
        part == "register",
        part == "survey",
    )
    assert set(pd.read_csv(tmp_path / "truth.csv")["part"]) == {part}


def test_people_are_as_many_as_asked_for(tmp_path: Path) -> None:
    synthesise(tmp_path / "a", SEED, Variant(scale=2, parts=("survey",)))
    assert len(table(tmp_path / "a", "survey_participants")) == 1100
    synthesise(tmp_path / "b", SEED, Variant(people=1200))
    assert len(table(tmp_path / "b", "register_participants")) == 1200
    assert len(table(tmp_path / "b", "survey_participants")) == 550
    synthesise(tmp_path / "c", SEED, Variant(people=60, parts=("survey",)))
    assert len(table(tmp_path / "c", "survey_participants")) == 60
    for name in "abc":
        read_inputs(tmp_path / name)


def test_equal_seeds_and_options_give_equal_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        synthesise(tmp_path / name, seed, Variant(people=600, scenario="heavy-attrition"))
    one, same, other = (digests(tmp_path / name) for name in "abc")
    assert one == same
    same_bytes = {n for n in one if one[n] == other[n]}
    # Chance does not decide on these.
    assert same_bytes == {"study.toml", "truth.csv", "prices.csv", "analysis_plan.toml"}


def test_tables_over_ten_megabytes_of_csv_are_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthetic.files, "LARGE", 50_000)
    synthesise(tmp_path, SEED, Variant(people=1200))
    files = {path.name for path in tmp_path.iterdir()}
    assert {"register_participants.parquet", "register_months.parquet"} <= files
    assert {"survey_answers.csv", "survey_participants.parquet"} <= files
    assert {"efforts.parquet", "municipalities.csv"} <= files
    read_inputs(tmp_path)
    monkeypatch.undo()
    synthesise(tmp_path / "csv", SEED, Variant(people=1200))
    assert {p.name for p in (tmp_path / "csv").glob("*.parquet")} == {"municipality_years.parquet"}
    for part in ("survey", "register"):
        one, two = (getattr(read_inputs(d), part) for d in (tmp_path, tmp_path / "csv"))
        for name in ("participants", "followed"):
            a, b = getattr(one, name), getattr(two, name)
            assert list(a.columns) == list(b.columns)
            for column in a:
                assert a[column].isna().tolist() == b[column].isna().tolist()
                assert a[column].dropna().tolist() == b[column].dropna().tolist()


def test_many_people_are_written_in_row_groups_a_batch_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthetic, "WHOLE", 3_000)
    monkeypatch.setattr(synthetic, "BATCH", 2_000)
    monkeypatch.setattr(synthetic.files, "LARGE", 100_000)
    held: list[int] = []

    def watched(*arguments: Any, **named: Any) -> Any:
        tables = people_and_months(*arguments, **named)
        held.append(len(tables.participants))
        return tables

    monkeypatch.setattr(synthetic, "people_and_months", watched)
    synthesise(tmp_path, SEED, Variant(people=5_000, parts=("register",)))
    assert held == [2_000, 2_000, 1_000]
    months = pq.ParquetFile(tmp_path / "register_months.parquet")
    assert months.metadata.num_row_groups == 5
    people = read_inputs(tmp_path).register
    assert people is not None
    assert months.metadata.num_rows == people.participants["exit_period"].fillna(36).sum()
    design = sized_register(RegisterDesign(), 5_000)
    assert people.participants["person"].is_unique and len(people.participants) == 5_000
    assert (people.participants["arm"] == "drawn").sum() == design.drawn


def test_an_earlier_variant_leaves_no_table_behind(tmp_path: Path) -> None:
    out = tmp_path / "study"
    synthesise(out, SEED, Variant(people=1200))
    (out / "notes.md").write_text("mine")
    synthesise(out, SEED, Variant(parts=("survey",)))
    assert {path.name for path in out.iterdir()} == {
        "study.toml", "survey_participants.csv", "survey_answers.csv", "truth.csv", "notes.md",
        "survey_staff_answers.csv", "survey_open_answers.csv", "survey_referrals.csv",
        "analysis_plan.toml",
    }  # fmt: skip


# ------------------------------------------------------------------------------------- effects


def test_the_truth_is_what_the_file_of_effects_states(tmp_path: Path) -> None:
    (tmp_path / "effects.csv").write_text(
        "part,outcome,month,effect\n"
        "survey,health,,0.5\nsurvey,life,,0\n"
        "register,subsidised_job,12,5\nregister,benefit_right,,0\n"
        "register,wage_income_year,36,-2500\nregister,student_aid,,0\n"
    )
    (tmp_path / "effects.toml").write_text(
        "[survey]\nhealth = 0.5\nlife = 0\n[register]\nsubsidised_job = [5, 3.0, 1.5]\n"
        "benefit_right = 0\nwage_income_year = [5000, 8000, -2500]\n"
    )
    truths = []
    for name in ("csv", "toml"):
        variant = Variant(scale=0.1, effects=tmp_path / f"effects.{name}")
        synthesise(tmp_path / name, SEED, variant)
        truths.append((tmp_path / name / "truth.csv").read_bytes())
        assert "effects of the user's choice" in declared(tmp_path / name)["study"]["title"]["en"]
    assert truths[0] == truths[1]
    truth = pd.read_csv(tmp_path / "csv" / "truth.csv").query("analysis == 'itt'")
    by = truth.set_index(["outcome", "estimator", "horizon"])["truth"]
    assert by["health", "lin_standardised", 6] == pytest.approx(0.5, abs=1e-4)
    assert by["life", "lin", 6] == 0
    assert [by["subsidised_job", "lin", m] for m in (12, 24, 36)] == pytest.approx([5, 3, 1.5])
    assert (by["benefit_right"] == 0).all()
    wages = [by["wage_income_year", "lin", m] for m in (12, 24, 36)]
    assert wages == pytest.approx([5000, 8000, -2500])
    read_inputs(tmp_path / "csv")


def test_effects_on_wages_without_effects_on_work_can_be_stated(tmp_path: Path) -> None:
    path = tmp_path / "effects.toml"
    path.write_text(
        "[register]\nsubsidised_job = 0\nnew_start_job = 0\nunsubsidised_work = 0\n"
        "wage_income_year = 3000\n"
    )
    truth = (
        register_truth(Variant(effects=path).designs().register)
        .query("analysis == 'itt'")
        .groupby("outcome")["truth"]
    )
    assert truth.max()["subsidised_job"] == 0
    assert truth.min()["wage_income_year"] == pytest.approx(3000)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("e.csv", "part,outcome,effect\nsurvey,helth,1\n", "is 'health' meant?"),
        ("e.csv", "part,outcome,effect\nregistre,registered,1\n", "is 'register' meant?"),
        ("e.csv", "part,outcom,effect\nsurvey,health,1\n", "is 'outcom' meant?"),
        ("e.csv", "part,outcome,effect\nsurvey,health,\n", "no number"),
        ("e.csv", "part,outcome,effect\nsurvey,health,nan\n", "no number"),
        ("e.csv", 'part,outcome,effect\nsurvey,health,"0,1"\n', "no number"),
        ("e.csv", "part,outcome,month,effect\nregister,registered,13,1\n", "another month"),
        ("e.csv", "part,outcome,effect\nsurvey,health,0\nsurvey,health,1\n", "more than once"),
        ("e.csv", "part,outcome,effect\nregister,sickness_benefit,1\n", "too rare"),
        ("e.csv", "part,outcome,effect\nsurvey,health,40\n", "answers from 1 to 5 can have"),
        ("e.csv", "part,outcome,effect\nregister,registered,90\n", "above 1.*at most"),
        ("e.csv", "part,outcome,effect\nregister,wage_income_year,-900000\n", "wages below 0"),
        ("e.toml", "[survey]\nhealth = 'big'\n", "a number"),
        ("e.toml", "[survey]\nhealth = [1, 2, 3]\n", "a number"),
        ("e.toml", "[register]\nregistered = [1, 2]\n", "a list of three"),
        ("e.toml", "health = 1\n", "outside a part"),
        ("e.toml", "[survey\n", "TOML"),
        ("e.toml", "[municipal]\nx = 1\n", "is 'municipality' meant?"),
        ("e.toml", "[municipality]\nemployment = [1, 2, 3]\n", "one for each group"),
        ("e.toml", "[municipality]\nemployment = { women = 'x' }\n", "a number for each group"),
        ("e.toml", "[municipality]\nemployment = { womn = 1 }\n", "is 'women' meant?"),
        ("e.toml", "[municipality]\nemployment = { women = 1, all = 0 }\n", "groups that overlap"),
        ("e.toml", "[municipality]\nsickness_benefit = -3\n", "from -.* to"),
        ("e.csv", "part,outcome,group,effect\nsurvey,life,women,1\n", "a group"),
        ("e.csv", "part,outcome,month,effect\nmunicipality,employment,12,1\n", "another month"),
        ("e.csv", "part,outcome,effect\nmunicipality,employmnt,1\n", "is 'employment' meant?"),
        ("e.csv", "part,outcome,effect\norganisation,funds,1\n", "one of survey, register"),
    ],
)
def test_effects_that_are_unknown_or_impossible_are_refused(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputProblems, match=said):
        synthesise(tmp_path / "out", SEED, Variant(effects=tmp_path / name))
    assert not (tmp_path / "out").exists()


# ----------------------------------------------------------------------------------- scenarios


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_passes_the_check_and_says_in_its_title_which_it_is(
    name: str, made: Path
) -> None:
    study = read_inputs(made / name).study
    assert study.study.synthetic
    for language, word in (("en", "synthetic"), ("sv", "syntetisk")):
        assert f"({word}: scenario {name}, " in study.study.title.text(language)


def test_the_command_knows_every_scenario() -> None:
    assert {name.value for name in ScenarioName} == set(SCENARIOS)


def test_without_effects_every_true_effect_is_zero(made: Path) -> None:
    truth = pd.read_csv(made / "null" / "truth.csv")
    assert (truth.query("analysis != 'first_stage'")["truth"] == 0).all()
    assert (truth.query("analysis == 'first_stage'")["truth"] > 70).all()


def test_reversed_has_every_true_effect_with_the_opposite_sign(made: Path) -> None:
    """Truths hang on the sizes of blocks, so both studies are of one size."""
    synthesise(made / "usual", SEED, Variant(scale=0.25))
    usual, turned = (
        pd.read_csv(made / name / "truth.csv").set_index(
            ["part", "analysis", "outcome", "group", "horizon", "estimator"]
        )["truth"]
        for name in ("usual", "reversed")
    )
    assert usual.index.equals(turned.index)
    first = usual.index.get_level_values("analysis") == "first_stage"
    pd.testing.assert_series_equal(turned[first], usual[first])
    pd.testing.assert_series_equal(turned[~first], -usual[~first], rtol=0, atol=5e-6)
    assert (usual[~first].abs() > 0.01).sum() > 100


def test_reversed_is_seen_in_the_data_of_every_part(made: Path) -> None:
    people = table(made / "reversed", "register_participants").set_index("person")
    months = table(made / "reversed", "register_months").query("period == 24").set_index("person")
    arms = months.groupby(people["arm"].reindex(months.index))
    gaps = arms[["subsidised_job", "social_assistance"]].mean().diff().iloc[1]  # not drawn on top
    drawn_first = list(arms.groups) == ["drawn", "not_drawn"]
    assert drawn_first and gaps["subsidised_job"] > 0 > gaps["social_assistance"]
    arm = table(made / "reversed", "survey_participants").set_index("person")["arm"]
    answers = table(made / "reversed", "survey_answers").query("wave == 2").set_index("person")
    life = answers["life"].astype(float).groupby(arm.reindex(answers.index)).mean()
    assert life["support"] < life["waiting"]


def test_reversed_does_not_go_with_other_effects(tmp_path: Path) -> None:
    with pytest.raises(FinsamError, match="without the scenario"):
        Variant(scenario="reversed", effects=tmp_path / "e.csv")


def test_heavy_attrition_halves_response_by_arm_and_answer(tmp_path: Path) -> None:
    variant = Variant(parts=("survey",), people=8_000, scenario="heavy-attrition")
    synthesise(tmp_path, SEED, variant)
    people = table(tmp_path, "survey_participants")
    answers = table(tmp_path, "survey_answers").query("wave == 2").merge(people, on="person")
    rates = answers["arm"].value_counts() / people["arm"].value_counts()
    assert len(answers) / len(people) == pytest.approx(0.5, abs=0.02)
    assert rates["support"] - rates["waiting"] > 0.1
    # Those who answer are better off than all: the control arm's true mean is 2.5.
    assert answers.loc[answers["arm"] == "waiting", "health"].mean() > 2.6
    truth = pd.read_csv(tmp_path / "truth.csv")
    pd.testing.assert_frame_equal(truth[truth["analysis"] == "itt"].reset_index(drop=True),
        survey_truth().query("analysis == 'itt'").round(6).reset_index(drop=True), atol=1e-5,
    )  # fmt: skip


def test_heavy_attrition_loses_people_in_the_register_by_arm_and_work(made: Path) -> None:
    people = table(made / "heavy-attrition", "register_participants").set_index("person")
    months = table(made / "heavy-attrition", "register_months")
    people = people[people["exit"].isna()]  # deaths and emigrations come on top
    months = months[months["person"].isin(people.index)]
    last = months.groupby("person")["period"].max() == 36
    shares = last.groupby(people["arm"]).mean()
    assert shares["drawn"] == pytest.approx(0.55, abs=0.01)
    assert shares["not_drawn"] == pytest.approx(0.45, abs=0.01)
    first = months[months["period"] == 6].set_index("person")["subsidised_job"]
    assert first[last[first.index]].mean() > 1.3 * first[~last[first.index]].mean()


def test_one_sided_take_up_has_nobody_in_the_control_arm_who_met_a_team(made: Path) -> None:
    people = table(made / "one-sided-take-up", "survey_participants")
    assert people.loc[people["arm"] == "waiting", "met_team"].sum() == 0
    assert people.loc[people["arm"] == "waiting", "met_date"].isna().all()
    assert people.loc[people["arm"] == "support", "met_team"].mean() > 0.8


def test_tiny_has_the_special_cases_in_a_few_rows_and_is_analysed(made: Path) -> None:
    tiny = made / "tiny"
    people, answers = table(tiny, "survey_participants"), table(tiny, "survey_answers")
    drawn, months = table(tiny, "register_participants"), table(tiny, "register_months")
    by_block = people.groupby(["site", "arm"]).size()
    assert by_block.xs("insjoriket", level="site").to_dict() == {"support": 2, "waiting": 2}
    assert answers["support_fits"].isna().all()
    assert people["years_without_work"].isna().all() and people["education"].isna().any()
    assert set(people["foreign_born"]) == {0}
    assert set(people["person"]) - set(answers["person"])
    assert (drawn.groupby(["draw", "arm"]).size().unstack()["drawn"] == 3).any()
    assert (months["student_aid"] == 0).all() and months["sickness_benefit"].isna().all()
    assert set(drawn["person"]) - set(months["person"])
    assert drawn.groupby("draw")["met_team"].max().min() == 0
    assert sum(len(frame) for frame in (people, answers, drawn)) < 250
    inputs = read_inputs(tiny)
    assert {(w.file, w.column) for w in inputs.warnings} == {
        ("survey_answers.csv", "support_fits"), ("register_months.csv", "sickness_benefit"),
        ("register_months.csv", "student_aid"), ("municipalities.csv", "municipality"),
        ("municipalities.csv", "left"), ("municipality_years.csv", "value"),
    }  # fmt: skip
    assert estimated(inputs) == {"survey", "register"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"scale": 0.01}, "too few: it needs"),
        ({"people": 100}, "register are too few: it needs"),
        ({"people": 3, "parts": ("survey",)}, "survey are too few: it needs 24"),
        ({"people": 10**9}, "too many"),
        ({"scale": 2.0, "people": 9}, "give one of them"),
        ({"scale": float("nan")}, "above 0"),
        ({"scenario": "tiny", "scale": 2.0}, "its own size"),
        ({"scenario": "null", "effects": Path("e.csv")}, "no effects"),
        ({"scenario": "nought"}, "there are null"),
        ({"parts": ()}, "organisation, municipality, survey, register"),
        ({"parts": ("survey",), "scenario": "violated-trends"}, "it needs municipality"),
        ({"parts": ("organisation",), "scenario": "null"}, "changes nothing in organisation"),
        ({"parts": ("register",), "scenario": "one-sided-take-up"}, "it needs survey"),
        ({"parts": ("municipality",), "scale": 2.0}, "units are the country's"),
        ({"parts": ("municipality", "organisation"), "people": 900}, "has none"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    options: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(FinsamError, match=said):
        synthesise(tmp_path / "out", SEED, Variant(**options))


def test_tiny_has_the_special_cases_of_the_other_parts_and_of_the_survey(made: Path) -> None:
    tiny = made / "tiny"
    units, years = table(tiny, "municipalities"), table(tiny, "municipality_years")
    assert len(units) == 7 and units["joined"].isna().any() and units["left"].notna().sum() == 1
    assert years["population"].isna().any() and years["value"].isna().any()
    assert units["joined"].value_counts().min() == 1
    associations, numbers = table(tiny, "associations"), table(tiny, "association_years")
    assert associations["merged_into"].notna().sum() == 1
    for name in ("other", "staff", "participants", "municipalities"):
        assert numbers[name].isna().sum() == 1
    efforts, people = table(tiny, "efforts"), table(tiny, "effort_participants")
    assert efforts["end"].isna().any() and efforts["cost"].isna().any()
    individual = set(efforts.loc[efforts["type"] == "individual", "effort"])
    assert individual - set(people["effort"])
    assert people.duplicated(["participant", "effort"]).any() and people["sex"].isna().any()
    asked = table(tiny, "indicators")
    assert asked.loc[asked["indicator"] == "ready_for_work", "answer"].isna().all()
    coded, staff = table(tiny, "survey_open_answers"), table(tiny, "survey_staff_answers")
    assert coded["theme"].isna().any()
    assert set(coded.loc[coded["theme"] == "money", "coder"]) == {"K1"}
    assert len(set(coded.groupby("coder")[["person", "wave"]].apply(lambda f: str(
        f.drop_duplicates().to_numpy().tolist())))) == 1  # fmt: skip
    assert staff.drop(columns=["person", "wave"]).isna().all(axis=1).any()
    assert table(tiny, "survey_referrals").query("month == '2020-04'")["people"].eq(0).all()
    assert sum(path.stat().st_size for path in tiny.iterdir()) < 500_000


@pytest.mark.parametrize("part", ["organisation", "municipality"])
def test_a_part_without_an_experiment_alone_has_the_units_it_has_with_the_others(
    part: str, tmp_path: Path
) -> None:
    synthesise(tmp_path / "alone", SEED, Variant(parts=(part,)))
    synthesise(tmp_path / "all", SEED, Variant(people=600))
    alone, all_ = digests(tmp_path / "alone"), digests(tmp_path / "all")
    tables = set(alone) - {"study.toml", "truth.csv", "analysis_plan.toml"}
    assert {name: all_[name] for name in tables} == {name: alone[name] for name in tables}
    beside = {"prices"} if part == "organisation" else set()
    told = {*declared(tmp_path / "alone")} - {"questions", "evaluation"}
    assert told == {"study", "analysis", part, *beside}
    assert "experiment" not in declared(tmp_path / "alone")["study"]["subtitle"]["en"]
    assert ("truth.csv" in alone) == (part == "municipality")
    assert read_inputs(tmp_path / "alone").warnings == ()


def test_scale_gives_more_people_in_efforts_and_leaves_the_country_as_it_is(
    tmp_path: Path,
) -> None:
    for scale in (1, 3):
        variant = Variant(parts=("organisation", "municipality"), scale=scale)
        synthesise(tmp_path / str(scale), SEED, variant)
    one, three = digests(tmp_path / "1"), digests(tmp_path / "3")
    assert {name for name in one if one[name] == three.get(name)} == {
        "study.toml", "associations.csv", "municipalities.csv", "municipality_years.parquet",
        "efforts.csv", "truth.csv", "analysis_plan.toml", "teams.csv", "prices.csv",
    }  # fmt: skip
    people = [len(table(tmp_path / name, "effort_participants")) for name in ("1", "3")]
    assert people[1] == pytest.approx(3 * people[0], rel=0.001)
    numbers = [table(tmp_path / n, "association_years")["participants"].sum() for n in ("1", "3")]
    assert numbers[1] == 3 * numbers[0]
    assert read_inputs(tmp_path / "3").warnings == ()


def test_effects_on_municipalities_are_stated_for_all_or_by_group(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(
        "part,outcome,group,effect\nmunicipality,employment,,0.5\n"
        "municipality,disability_pension,women,-0.2\n"
        "municipality,disability_pension,men 55-64,0.3\n"
    )
    (tmp_path / "e.toml").write_text(
        "[municipality]\nemployment = 0.5\n"
        'disability_pension = { women = -0.2, "men 55-64" = 0.3 }\n'
    )
    truths = []
    for form in ("csv", "toml"):
        variant = Variant(parts=("municipality",), effects=tmp_path / f"e.{form}")
        synthesise(tmp_path / form, SEED, variant)
        truths.append((tmp_path / form / "truth.csv").read_bytes())
    assert truths[0] == truths[1]
    truth = pd.read_csv(tmp_path / "csv" / "truth.csv").query("analysis == 'event'")
    late = truth[truth["horizon"] == 6].set_index(["outcome", "group"])["truth"]
    assert late["employment"].eq(0.5).all()
    pension = late["disability_pension"]
    assert pension["women"] == -0.2 and pension["men 55-64"] == 0.3 and pension["men 18-29"] == 0.15
    assert pension["men"] == pytest.approx(0.15 + 0.21 * 0.15)
    assert late["sickness_benefit", "all"] == pytest.approx(-0.15)


def test_violated_trends_change_the_panel_and_not_its_truth(made: Path, tmp_path: Path) -> None:
    synthesise(tmp_path, SEED, Variant(parts=("municipality",)))
    odd = made / "violated-trends"
    usual = pd.read_csv(tmp_path / "truth.csv")
    truth = pd.read_csv(odd / "truth.csv").query("part == 'municipality'").reset_index(drop=True)
    pd.testing.assert_frame_equal(truth, usual)
    one, two = table(tmp_path, "municipality_years"), table(odd, "municipality_years")
    gap = two["value"] - one["value"]
    joined = table(odd, "municipalities").set_index("municipality")["joined"]
    codes = one["municipality"].astype(str).str.zfill(4)
    joined.index = joined.index.astype(str).str.zfill(4)
    never = joined[codes].isna().to_numpy()
    assert gap[never].eq(0).all()
    assert gap[~never & (one["year"] == 2003)].mean() > 0.1


def test_the_command_makes_what_its_options_say(tmp_path: Path, small: Any) -> None:
    def call(*arguments: object) -> int:
        return CliRunner().invoke(app, ["synthesise", *map(str, arguments)]).exit_code

    one = tmp_path / "one"
    assert call("--out", one, "--part", "survey", "--scenario", "null", "--seed", 2) == 0
    synthesise(tmp_path / "two", 2, Variant(parts=("survey",), scenario="null"))
    assert digests(one) == digests(tmp_path / "two")
    assert call("--out", tmp_path / "twin", "--like", small.directory) == 0
    assert call("--out", tmp_path / "no", "--like", small.directory, "--scale", 2) == 2
    assert call("--out", tmp_path / "no", "--scale", 0) == 1
    assert not (tmp_path / "no").exists()


# -------------------------------------------------------------------------------------- a twin


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Inputs, Inputs]:
    """The synthetic study of the package and its twin."""
    out = tmp_path_factory.mktemp("like") / "twin"
    make_like(synthetic_study(), out)
    return read_inputs(synthetic_study()), read_inputs(out)


def pairs(source: Inputs, copy: Inputs) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Each table of the source with that of the twin."""
    out = []
    for part in ("survey", "register"):
        one, two = getattr(source, part), getattr(copy, part)
        out += [(one.participants, two.participants), (one.followed, two.followed)]
    return out


def test_a_twin_of_the_small_study_passes_the_check_and_is_analysed(
    small: Any, tmp_path: Path
) -> None:
    make_like(small.directory, tmp_path / "twin")
    source, copy = read_inputs(small.directory), read_inputs(tmp_path / "twin")
    assert copy.warnings == ()
    for one, two in pairs(source, copy):
        assert list(one.columns) == list(two.columns)
        assert not set(one["person"]) & set(two["person"])
    assert estimated(copy) == {"survey", "register"}


def test_a_twin_has_the_declarations_of_its_source_and_says_what_it_is(
    twin: tuple[Inputs, Inputs],
) -> None:
    source, copy = (inputs.study for inputs in twin)
    about = copy.study
    assert about.synthetic and about.id == "finsam_synthetic_twin"
    assert about.title.en == "Synthetic twin: " + source.study.title.en
    assert about.title.sv == f"Syntetisk tvilling: {source.study.title.sv}"
    for part in ("survey", "register_"):
        one, two = getattr(source, part), getattr(copy, part)
        names = ("arms", "assignment", "covariates", "take_up", "treatment", "setting")
        for name in (*names, *(("items", "waves") if part == "survey" else ("outcomes",))):
            assert getattr(one, name) == getattr(two, name)


def test_a_twin_has_the_columns_categories_and_sizes_of_its_source(
    twin: tuple[Inputs, Inputs],
) -> None:
    for one, two in pairs(*twin):
        assert list(one.columns) == list(two.columns)
        assert len(two) == pytest.approx(len(one), rel=0.05)
        for name in ("sex", "education", "party", "site", "draw", "wave", "arm"):
            if name in one.columns:
                shares = [
                    frame[name].astype(str).value_counts(normalize=True) for frame in (one, two)
                ]
                pd.testing.assert_series_equal(
                    shares[0].sort_index(), shares[1].sort_index(), atol=0.08, rtol=1,
                    check_index_type=False,
                )  # fmt: skip
                assert shares[0].sub(shares[1]).abs().max() < 0.08


def test_a_twin_has_the_means_the_spread_and_the_gaps_of_its_source(
    twin: tuple[Inputs, Inputs],
) -> None:
    for one, two in pairs(*twin):
        for name in one.columns.difference(["row", "period"]):
            assert two[name].isna().mean() == pytest.approx(one[name].isna().mean(), abs=0.05)
            if pd.api.types.is_numeric_dtype(one[name]):
                sd = one[name].std()
                assert two[name].mean() == pytest.approx(one[name].mean(), abs=0.15 * sd), name
                assert two[name].std() == pytest.approx(sd, rel=0.15), name


def test_outcomes_of_a_twin_differ_by_arm_and_time_as_in_its_source(
    twin: tuple[Inputs, Inputs],
) -> None:
    tables = [inputs.register for inputs in twin]
    means = []
    for table_ in tables:
        assert table_ is not None
        arm = table_.participants["arm"].to_numpy()[table_.followed["row"]]
        groups = table_.followed.groupby([arm, "period"])
        means.append(groups[["subsidised_job", "registered", "wage_income"]].mean())
    assert (means[0] - means[1])[["subsidised_job", "registered"]].abs().max().max() < 0.04
    assert np.corrcoef(means[0]["wage_income"], means[1]["wage_income"])[0, 1] > 0.97


def by_month(inputs: Inputs, outcome: str) -> np.ndarray:
    """An outcome by person and month, NaN after the person left; shape (n, 36)."""
    assert inputs.register is not None
    frame = inputs.register.followed
    values = np.full((len(inputs.register.participants), 36), np.nan)
    values[frame["row"], frame["period"].astype(int) - 1] = frame[outcome]
    return values


def test_values_of_a_person_hang_together_over_time_in_a_twin(twin: tuple[Inputs, Inputs]) -> None:
    stays = []
    for inputs in twin:
        values = by_month(inputs, "registered")
        stays.append(np.nanmean(values[:, 1:][values[:, :-1] == 1]))
    assert stays[1] == pytest.approx(stays[0], abs=0.05)


def test_no_row_of_the_source_is_in_a_twin(twin: tuple[Inputs, Inputs]) -> None:
    for one, two in pairs(*twin):
        assert not set(one["person"]) & set(two["person"])
    wages, dates = [], []
    for inputs in twin:
        assert inputs.survey is not None
        paths = np.nan_to_num(by_month(inputs, "wage_income"))
        wages.append({tuple(path) for path in paths if np.count_nonzero(path) > 2})
        people = inputs.survey.participants.drop(columns="person").astype(str)
        first = inputs.survey.followed.drop_duplicates("row").drop(columns=["person", "wave"])
        rows = people.iloc[first["row"]].reset_index(drop=True)
        rows = pd.concat([rows, first.astype(str).reset_index(drop=True)], axis=1)
        dates.append({tuple(row) for row in rows.drop(columns="row").to_numpy().tolist()})
    assert min(map(len, wages)) > 3_000 and not wages[0] & wages[1]
    assert min(map(len, dates)) > 300 and not dates[0] & dates[1]


IDS = (
    "person", "association", "label", "merged_into", "effort", "participant", "questionnaire",
    "municipality", "coder",
)  # fmt: skip


def test_a_twin_has_the_other_tables_of_its_source_and_none_of_its_units(
    twin: tuple[Inputs, Inputs],
) -> None:
    source, copy = twin
    assert copy.warnings == () and set(copy.other) == set(source.other) and len(copy.other) == 13
    pd.testing.assert_frame_equal(copy.other["prices"], source.other["prices"])  # it is public
    for name, one in source.other.items():
        two = copy.other[name]
        assert list(one.columns) == list(two.columns), name
        assert len(two) == pytest.approx(len(one), rel=0.1), name
        found = [column for column in IDS if column in one.columns]
        for column in found:
            assert not set(one[column].dropna()) & set(two[column].dropna()), (name, column)
        assert found or name in ("survey-referrals", "prices")


def test_no_numbers_of_an_association_a_municipality_or_an_effort_are_in_a_twin(
    twin: tuple[Inputs, Inputs],
) -> None:
    for name, key, columns in (
        ("organisation-years", ["association"], ["state", "total", "staff", "participants"]),
        ("organisation-efforts", ["effort"], ["type", "kind", "start", "end", "cost"]),
        ("organisation-participants", ["participant"], ["sex", "age_band", "livelihood_before",
                                                        "start", "end"]),
        ("municipality-years", ["municipality", "sex", "age_band", "outcome"], ["value"]),
    ):  # fmt: skip
        rows = []
        for inputs in twin:
            frame = inputs.other[name]
            if name in ("organisation-efforts", "organisation-participants"):
                rows.append({tuple(map(str, r)) for r in frame[columns].to_numpy().tolist()})
                continue
            groups = frame[columns[0]]
            for more in columns[1:]:
                groups = groups.astype(str).str.cat(frame[more].astype(str), sep=" ")
            by = groups.groupby([frame[k].astype(object) for k in key]).agg(tuple)
            rows.append({path for path in by if len(path) > 4})
        both = len(rows[0] & rows[1]) / min(map(len, rows))
        # Spells of participants are few kinds in many rows: some agree by chance.
        assert both == 0 or (name == "organisation-participants" and both < 0.03), name


def test_other_tables_of_a_twin_have_the_means_spread_gaps_and_categories(
    twin: tuple[Inputs, Inputs],
) -> None:
    for name, one in twin[0].other.items():
        two = twin[1].other[name]
        for column in one.columns.difference(IDS):
            assert two[column].isna().mean() == pytest.approx(one[column].isna().mean(), abs=0.07)
            if pd.api.types.is_numeric_dtype(one[column]):
                if one[column].notna().sum() < 50:
                    continue
                sd = one[column].std()
                assert two[column].mean() == pytest.approx(one[column].mean(), abs=0.2 * sd), column
                assert two[column].std() == pytest.approx(sd, rel=0.45), (name, column)
            elif one[column].nunique() < 12:
                shares = [f[column].astype(str).value_counts(normalize=True) for f in (one, two)]
                assert shares[0].sub(shares[1], fill_value=0).abs().max() < 0.08, (name, column)


def test_in_a_twin_two_coders_read_the_same_answers_and_agree_as_in_its_source(
    twin: tuple[Inputs, Inputs],
) -> None:
    agreement = []
    for inputs in twin:
        frame = inputs.other["survey-open-answers"]
        frame = frame.assign(theme=frame["theme"].astype(object).fillna(""), one=1)
        wide = frame.pivot_table(
            index=["person", "wave"], columns=["coder", "theme"], values="one", fill_value=0
        )
        first, second = sorted(set(frame["coder"]))
        read = [set(frame.loc[frame["coder"] == c, "person"]) for c in (first, second)]
        assert read[0] == read[1]
        agreement.append(np.mean([wide[first][t].corr(wide[second][t])
                                  for t in set(frame["theme"]) - {""}]))  # fmt: skip
    assert agreement[1] == pytest.approx(agreement[0], abs=0.08)


@pytest.mark.parametrize("part", ["organisation", "municipality"])
def test_a_study_without_an_experiment_has_a_twin_too(part: str, tmp_path: Path) -> None:
    synthesise(tmp_path / "tiny", 3, Variant(parts=(part,), scenario="tiny"))
    make_like(tmp_path / "tiny", tmp_path / "twin")
    source, copy = read_inputs(tmp_path / "tiny"), read_inputs(tmp_path / "twin")
    assert set(source.other) == set(copy.other)
    for name, one in source.other.items():
        assert list(one.columns) == list(copy.other[name].columns)
        assert len(copy.other[name]) > 0


def test_equal_seeds_give_equal_twins(small: Any, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_like(small.directory, tmp_path / name, seed)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") != digests(tmp_path / "c")


def test_a_category_of_two_people_does_not_occur_in_a_twin(small: Any, tmp_path: Path) -> None:
    levels = '{ value = "man", label.en = "Men" }'
    small.toml(levels, levels + ', { value = "other", label.en = "Other" }')
    for row in (5, 60):
        small.cell("people.csv", row, "sex", "other")
    small.edit("drawn.csv", lambda f: f.assign(foreign_born=["1"] * 2 + ["0"] * (len(f) - 2)))
    make_like(small.directory, tmp_path / "twin")
    assert set(table(tmp_path / "twin", "survey_participants")["sex"]) == {"woman", "man"}
    assert set(table(tmp_path / "twin", "register_participants")["foreign_born"]) == {0}


def test_extreme_values_of_single_people_do_not_show_in_a_twin(small: Any, tmp_path: Path) -> None:
    small.toml("minimum = 16\nmaximum = 67\n", "")
    small.edit("people.csv", lambda f: f.assign(age=["119"] + ["40", "41", "42"] * 26 + ["43"]))
    make_like(small.directory, tmp_path / "twin")
    assert table(tmp_path / "twin", "survey_participants")["age"].max() < 75


def test_ten_months_of_one_person_are_no_mean(small: Any, tmp_path: Path) -> None:
    def rich(frame: pd.DataFrame) -> pd.DataFrame:
        months = pd.concat([frame.assign(period=str(k)) for k in range(1, 16)])
        months = months.drop_duplicates(["person", "period"])
        return months.assign(wage=np.where(months["person"] == "7", "123456", "0"))

    small.edit("months.csv", rich)
    make_like(small.directory, tmp_path / "twin")
    wages = table(tmp_path / "twin", "register_outcomes")["wage"]
    assert wages.dropna().eq(0).all()


def test_small_blocks_keep_their_shape_only(small: Any, tmp_path: Path) -> None:
    def split(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(site=["vår gata 3"] * 8 + ["hörnet"] * 8 + ["norr"] * 64).assign(
            arm=["support", "waiting"] * 40
        )

    small.edit("people.csv", split)
    small.edit("answers.csv", lambda f: f[f["wave"] != "3"])
    make_like(small.directory, tmp_path / "twin")
    people = table(tmp_path / "twin", "survey_participants")
    sizes = people.groupby(["site", "arm"]).size().unstack()
    assert sizes.index.tolist() == ["block 1", "norr"]
    assert sizes.loc["block 1"].tolist() == [4, 4]
    assert (sizes.loc["norr"] % 5 == 0).all()
    read_inputs(tmp_path / "twin")


def test_a_twin_keeps_dates_in_order_consent_and_people_who_leave(
    small: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(5)

    def dated(frame: pd.DataFrame) -> pd.DataFrame:
        start = pd.Timestamp("2019-08-01") + pd.to_timedelta(rng.integers(0, 200, len(frame)), "D")
        met = start + pd.to_timedelta(rng.integers(10, 60, len(frame)), "D")
        return frame.assign(
            referred=start.astype(str),
            randomised=(start + pd.Timedelta(days=3)).astype(str),
            met_date=np.where(frame["met_team"] == "1", met.astype(str), ""),
            consent=np.where(rng.random(len(frame)) < 0.8, "1", "0"),
            age=np.where(rng.random(len(frame)) < 0.2, "", frame["age"]),
        )

    small.edit("people.csv", dated)
    willing = set(small.table("people.csv").query("consent == '1'")["person"])
    small.edit("answers.csv", lambda f: f[f["person"].isin(willing)])
    small.edit(
        "months.csv",
        lambda f: f[(f["period"].astype(int) < 3) | (f["person"].astype(int) % 3 > 0)],
    )
    make_like(small.directory, tmp_path / "twin")
    source, copy = read_inputs(small.directory), read_inputs(tmp_path / "twin")
    assert copy.survey is not None and copy.register is not None and source.register is not None
    people = copy.survey.participants
    assert (people["referred"] <= people["randomised"]).all()
    met = people["met_team"] == 1
    dated_people = people[people["met_date"].notna()]
    assert (dated_people["met_date"] >= dated_people["randomised"]).all()
    assert people["met_date"].notna()[met].mean() > 0.7 and people["met_date"][~met].isna().all()
    assert people["age"].isna().mean() == pytest.approx(0.2, abs=0.15)
    assert (people["consent"] == 0).any()
    shares = []
    for register in (source.register, copy.register):
        rows = register.followed["period"].value_counts()
        shares.append(rows.loc[3] / rows.loc[1])
    assert shares[1] == pytest.approx(shares[0], abs=0.12)


def test_one_trial_followed_by_survey_and_register_has_one_table_of_people_in_its_twin(
    small: Any, tmp_path: Path
) -> None:
    toml = small.path("study.toml").read_text("utf-8")
    for old, new in (
        ('participants = "drawn.csv"', 'participants = "people.csv"'),
        ('blocks = ["draw"]', 'blocks = ["site"]'),
        ('value = "drawn"', 'value = "support"'),
        ('value = "not_drawn"', 'value = "waiting"'),
    ):
        toml = toml.replace(old, new)
    small.path("study.toml").write_text(toml, "utf-8")
    names = small.table("people.csv")["person"]
    small.edit("people.csv", lambda f: f.assign(foreign_born=["0", "1"] * 40))
    small.edit(
        "months.csv",
        lambda f: f[f["person"].astype(int) <= 80].assign(
            person=lambda g: names.iloc[g["person"].astype(int) - 1].to_numpy()
        ),
    )
    make_like(small.directory, tmp_path / "twin")
    copy = read_inputs(tmp_path / "twin")
    assert copy.study.files()[1:] == (
        "participants.csv",
        "survey_answers.csv",
        "register_outcomes.csv",
    )
    assert copy.survey is not None and copy.register is not None
    assert (
        copy.survey.participants["person"].tolist() == copy.register.participants["person"].tolist()
    )


def test_a_twin_of_the_tiny_scenario_has_its_gaps(made: Path, tmp_path: Path) -> None:
    make_like(made / "tiny", tmp_path / "twin")
    copy = read_inputs(tmp_path / "twin")
    assert copy.survey is not None and copy.register is not None
    assert copy.survey.followed["support_fits"].isna().all()
    assert (copy.register.followed["student_aid"] == 0).all()
    assert estimated(copy) == {"survey", "register"}


def test_a_twin_never_replaces_its_source_or_a_study_that_is_none(
    small: Any, tmp_path: Path
) -> None:
    with pytest.raises(FinsamError, match="the study itself"):
        make_like(small.directory, small.directory)
    other = tmp_path / "other"
    shutil.copytree(small.directory, other)
    before = digests(other)
    with pytest.raises(FinsamError, match="holds no synthetic study"):
        make_like(small.directory, other)
    assert digests(other) == before
    make_like(small.directory, tmp_path / "twin")
    make_like(small.directory, tmp_path / "twin", 5)


def test_a_study_with_problems_has_no_twin(small: Any, tmp_path: Path) -> None:
    small.cell("people.csv", 3, "sex", "nobody")
    with pytest.raises(InputProblems):
        make_like(small.directory, tmp_path / "twin")
    assert not (tmp_path / "twin").exists()


# ------------------------------------------------------------------------- what a twin may know


def test_numbers_of_people_are_known_to_base_five_and_none_below() -> None:
    assert [rounded(n) for n in (0, 4, 5, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert share(4, 100) == 0 and share(97, 100) == 1
    assert share(52, 100) == 0.5 and share(3, 4) == 0


def test_means_are_known_of_ten_people_or_more_and_never_the_ends() -> None:
    assert spread(np.arange(9.0)) is None
    values = np.random.default_rng(1).normal(50, 10, 400).round()
    known = spread(values)
    assert known is not None
    assert (known.low, known.high) == (known.mean - 3 * known.sd, known.mean + 3 * known.sd)


def test_new_numbers_have_the_mean_and_the_spread_also_at_the_end_of_a_scale() -> None:
    normal = np.random.default_rng(2).standard_normal(40_000)
    values = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], [450, 300, 150, 70, 30])
    known = spread(values, 1, 5, zeros=False)
    assert known is not None
    new = known.at(normal)
    assert set(new) == {1, 2, 3, 4, 5}
    assert new.mean() == pytest.approx(values.mean(), abs=0.06)
    assert new.std() == pytest.approx(values.std(), abs=0.06)


def test_a_writer_without_rows_leaves_no_file(tmp_path: Path) -> None:
    with TableWriter(tmp_path, "nothing", 10) as writer:
        assert writer.name == ""
    assert list(tmp_path.iterdir()) == []
