"""The municipality part: from tables to the ledger, in usual studies and in odd ones."""

from __future__ import annotations

import warnings
from pathlib import Path

import diff_diff
import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.did_aggregate import cell_errors
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import ledger, municipality
from finsam_report.parts.municipality_data import prepare
from finsam_report.places import synthetic_study
from finsam_report.release import is_suppressed, release
from finsam_report.study import Analysis
from municipality_study import BANDS, Study, drawn, one, overall, pick, why_not

GROUPS = [f"{s}{b}" for s in ("all", "women", "men") for b in ("", *(f" {x}" for x in BANDS))]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path, *drawn())


def change(study: Study, outcome: str, codes: list[str], base: int, year: int) -> pd.Series:
    """Change of each municipality's value for everybody between two years."""
    rows = pick(study.years, outcome=outcome, sex="all", age_band="18-64")
    wide = rows.pivot(index="municipality", columns="year", values="value").loc[codes]
    return wide[year] - wide[base]


def of_cohort(study: Study, *years: int | None) -> list[str]:
    joined = study.units["joined"]
    mine = joined.isin([y for y in years if y is not None])
    if None in years:
        mine = mine | joined.isna()
    return study.units.loc[mine, "municipality"].tolist()


def test_effects_are_found_for_every_group_and_not_where_there_are_none(study: Study) -> None:
    frame = study.ledger()
    assert why_not(frame) == {}
    for group in GROUPS:
        found = overall(frame, "sickness", group)
        assert found["ci_low"] < 1 < found["ci_high"] and found["p_value"] < 1e-4
        assert found["n_support"] == 32 and found["n_control"] == 28
    assert overall(frame, "pension")["p_value"] > 0.001
    family = pick(frame, analysis="overall", estimator="cs_family")
    assert len(family) == 2 * len(GROUPS) and (family["p_value"] >= 1 / 200).all()
    late = pick(frame, analysis="event", outcome="sickness", group="all", estimator="cs")
    assert late[late["horizon"] >= 0]["estimate"].between(0.7, 1.3).all()
    assert late.set_index("horizon").loc[-1, "estimate"] == 0
    weight = pick(frame, analysis="bacon", outcome="sickness")
    kinds = weight[weight["group"].str.startswith("type=")]
    assert kinds["control_mean"].sum() == pytest.approx(1)
    twfe = one(frame, analysis="robustness", outcome="sickness", group="all", estimator="twfe")
    assert (kinds["control_mean"] * kinds["estimate"]).sum() == pytest.approx(twfe["estimate"])


def test_a_cell_is_the_change_of_the_cohort_less_that_of_those_not_yet_members(
    study: Study,
) -> None:
    cell = one(study.ledger(), analysis="group_time", outcome="sickness", group="cohort=2004",
               horizon=2005)  # fmt: skip
    mine = change(study, "sickness", of_cohort(study, 2004), 2003, 2005)
    others = change(study, "sickness", of_cohort(study, 2006, None), 2003, 2005)
    assert cell["estimate"] == pytest.approx(mine.mean() - others.mean(), abs=1e-12)
    error = np.sqrt(mine.var() / mine.size + others.var() / others.size)
    assert cell["std_error"] == pytest.approx(error, rel=1e-9)
    assert (cell["n_support"], cell["n_control"]) == (12, 16)


def test_two_years_give_one_difference_in_differences_and_no_test_of_trends(study: Study) -> None:
    study.years = study.years[study.years["year"].isin([2003, 2004])]
    frame = study.ledger()
    mine = change(study, "sickness", of_cohort(study, 2004), 2003, 2004)
    others = change(study, "sickness", of_cohort(study, 2006, None), 2003, 2004)
    difference = mine.mean() - others.mean()
    assert overall(frame)["estimate"] == pytest.approx(difference, abs=1e-12)
    for name in ("never", "twfe", "imputation"):
        row = one(frame, analysis="robustness", outcome="sickness", group="all", estimator=name)
        assert row["estimate"] == pytest.approx(difference, abs=1e-9)
    assert not {"pretest", "pretest_power", "honest"} & set(frame["analysis"])
    # Members since 2003 have no year before.
    assert one(frame, analysis="entry", outcome="always")["estimate"] == 12


def test_where_nobody_never_joins_the_last_to_join_are_compared_with(study: Study) -> None:
    study.units["joined"] = study.units["joined"].fillna(2008)
    study.units.loc[study.units["association"] == "", "association"] = "last"
    frame = study.ledger()
    assert 0.8 < overall(frame)["estimate"] < 1.2
    cells = pick(frame, analysis="not_estimated", outcome="sickness")
    last = cells[cells["horizon"] == 2008]
    assert set(last["estimator"]) == {"no_comparison"}
    assert set(last["group"]) == {f"cohort={y}" for y in (2003, 2004, 2006, 2008)}
    assert "never" not in set(frame["estimator"]) or pick(
        frame, analysis="robustness", estimator="never").empty  # fmt: skip
    assert set(pick(frame, analysis="pre_period")["group"]) == {"member"}


def test_where_all_join_in_one_year_nothing_is_estimated_and_it_is_said_why(study: Study) -> None:
    study.units["joined"] = 2004
    study.units["association"] = "F"
    frame = study.ledger()
    assert why_not(frame) == {(o, g): "no_comparison" for o in ("sickness", "pension")
                              for g in GROUPS}  # fmt: skip
    assert not {"overall", "event", "robustness", "permutation"} & set(frame["analysis"])
    assert {"entry", "pre_period", "cohort_mean"} <= set(frame["analysis"])


def test_where_nobody_joins_there_are_counts_and_reasons_only(study: Study) -> None:
    study.units["joined"] = pd.NA
    study.units["association"] = ""
    frame = study.ledger()
    assert set(frame["analysis"]) == {"entry", "not_estimated", "published"}
    assert set(why_not(frame).values()) == {"nobody_joins"}
    assert one(frame, analysis="entry", outcome="never")["estimate"] == 40


def test_a_cohort_of_one_has_an_effect_and_no_error_of_its_own(study: Study) -> None:
    first = study.units.index[0]
    study.units.loc[first, "joined"] = 2007
    frame = study.ledger()
    code = study.units.loc[first, "municipality"]
    cell = one(frame, analysis="group_time", outcome="sickness", group="cohort=2007", horizon=2008)
    others = change(study, "sickness", of_cohort(study, None), 2006, 2008)
    mine = change(study, "sickness", [code], 2006, 2008)
    assert cell["estimate"] == pytest.approx(mine.iloc[0] - others.mean(), abs=1e-12)
    assert np.isnan(cell["std_error"]) and cell["n_support"] == 1
    assert np.isfinite(overall(frame)["std_error"])


def test_a_gap_takes_a_municipality_out_of_the_comparisons_that_need_it(study: Study) -> None:
    code = of_cohort(study, 2004)[0]
    gap = (study.years["municipality"] == code) & (study.years["year"] == 2005)
    study.years = study.years[~gap]
    frame = study.ledger()
    rest = of_cohort(study, 2004)[1:]
    cell = one(frame, analysis="group_time", outcome="sickness", group="cohort=2004", horizon=2005)
    mine = change(study, "sickness", rest, 2003, 2005)
    others = change(study, "sickness", of_cohort(study, 2006, None), 2003, 2005)
    assert cell["estimate"] == pytest.approx(mine.mean() - others.mean(), abs=1e-12)
    assert cell["n_support"] == 11
    later = one(frame, analysis="group_time", outcome="sickness", group="cohort=2004", horizon=2006)
    assert later["n_support"] == 12
    assert one(frame, analysis="entry", outcome="unbalanced")["estimate"] == 1
    assert set(pick(frame, analysis="permutation")["estimator"]) == {"static"}
    assert pick(frame, analysis="bacon").empty


def test_a_member_without_an_association_is_a_cluster_of_its_own(study: Study) -> None:
    members = study.units["joined"].notna()
    study.units.loc[members[members].index[:3], "association"] = ""
    frame = study.ledger()
    assert one(frame, analysis="entry", outcome="alone")["estimate"] == 3
    keys = {"analysis": "robustness", "outcome": "sickness", "group": "all"}
    errors = [
        one(frame, **keys, estimator=name)["std_error"] for name in ("cs", "cluster_association")
    ]
    assert errors[0] != errors[1]
    study.units["association"] = ""
    alone = study.ledger()
    assert pick(alone, **keys, estimator="cluster_association").empty
    assert overall(alone)["std_error"] == overall(frame)["std_error"]


def test_merged_municipalities_count_as_one_in_all_years(study: Study, tmp_path: Path) -> None:
    one_, two = of_cohort(study, 2006)[:2]
    whole = Study(tmp_path / "whole", study.units.copy(), study.years.copy())
    whole.directory.mkdir()
    # What the two are together, made by hand.
    key = ["year", "sex", "age_band", "outcome"]
    both = whole.years[whole.years["municipality"].isin([one_, two])]
    product = both.assign(product=both["value"] * both["population"])
    sums = product.groupby(key, as_index=False)[["product", "population"]].sum()
    sums = sums.assign(municipality=one_, value=sums["product"] / sums["population"])
    others = whole.years[~whole.years["municipality"].isin([one_, two])]
    whole.years = pd.concat([others, sums[others.columns]])
    whole.units = whole.units[whole.units["municipality"] != two]
    # In the study they are apart until 2004, and one has the numbers of both from 2005 on.
    late = study.years["year"] >= 2005
    early = study.years[~late | ~study.years["municipality"].isin([one_, two])]
    study.years = pd.concat([early, sums[sums["year"] >= 2005][early.columns]])
    study.units["merged_into"] = np.where(study.units["municipality"] == two, one_, "")
    found, wanted = study.ledger(), whole.ledger()
    assert one(found, analysis="entry", outcome="merged")["estimate"] == 1
    skip = found["analysis"] == "entry"
    pd.testing.assert_frame_equal(
        found[~skip].reset_index(drop=True),
        wanted[wanted["analysis"] != "entry"].reset_index(drop=True), rtol=1e-6, atol=1e-9,
    )  # fmt: skip


def test_all_ages_and_both_sexes_are_made_from_their_pieces_where_they_lack(
    study: Study, tmp_path: Path
) -> None:
    wanted = study.ledger()
    bare = Study(tmp_path / "bare", study.units, study.years, bands=BANDS, all_ages=None)
    bare.directory.mkdir()
    bare.years = bare.years[(bare.years["age_band"] != "18-64") & (bare.years["sex"] != "all")]
    found = bare.ledger()
    for group in GROUPS:
        assert overall(found, "sickness", group)["estimate"] == pytest.approx(
            overall(wanted, "sickness", group)["estimate"], abs=2e-3
        )


def test_a_sex_or_an_outcome_without_values_is_named_and_the_rest_estimated(study: Study) -> None:
    study.years = study.years[study.years["sex"] != "men"].copy()
    study.years.loc[study.years["outcome"] == "pension", "value"] = np.nan
    frame = study.ledger()
    reasons = why_not(frame)
    assert set(reasons.values()) == {"no_values"}
    assert {o for o, _ in reasons} == {"sickness", "pension"}
    assert {g for o, g in reasons if o == "sickness"} == {"men", *(f"men {b}" for b in BANDS)}
    assert overall(frame, "sickness", "women")["p_value"] < 1e-4


def test_an_outcome_that_never_varies_is_not_estimated(study: Study) -> None:
    study.years.loc[study.years["outcome"] == "pension", "value"] = 5.0
    assert set(why_not(study.ledger()).values()) == {"no_variation"}


def test_members_from_the_first_year_on_change_nothing(study: Study, tmp_path: Path) -> None:
    always = of_cohort(study, 2003)[:4]
    mine = study.units["municipality"].isin(always)
    study.units.loc[mine, "joined"] = 2000
    frame = study.ledger()
    without = Study(tmp_path / "without", study.units[~mine], study.years)
    without.directory.mkdir()
    without.years = without.years[~without.years["municipality"].isin(always)]
    assert one(frame, analysis="entry", outcome="always")["estimate"] == 4
    a, b = (f[f["analysis"] != "entry"].reset_index(drop=True) for f in (frame, without.ledger()))
    pd.testing.assert_frame_equal(a, b, rtol=1e-9, atol=1e-12)


def test_those_who_leave_count_as_members_from_the_year_they_joined(study: Study) -> None:
    before = study.ledger()
    member = study.units["joined"].notna()
    study.units["left"] = pd.array([pd.NA] * len(study.units), dtype="Int64")
    study.units.loc[member[member].index[0], "left"] = 2007
    frame = study.ledger()
    assert one(frame, analysis="entry", outcome="left")["estimate"] == 1
    assert overall(frame)["estimate"] == overall(before)["estimate"]


def test_a_municipality_without_any_outcome_is_counted_and_left_out(study: Study) -> None:
    code = of_cohort(study, None)[0]
    study.years = study.years[study.years["municipality"] != code]
    frame = study.ledger()
    assert one(frame, analysis="entry", outcome="silent")["estimate"] == 1
    assert one(frame, analysis="entry", outcome="municipalities")["estimate"] == 39


def test_weights_are_people_before_the_first_one_joined(study: Study) -> None:
    study.years = study.years[study.years["year"].isin([2003, 2004])].copy()
    rng = np.random.default_rng(3)
    size = pd.Series(rng.integers(100, 9000, 40), study.units["municipality"])
    rows = study.years["municipality"].map(size)
    # What happens later does not change the weights.
    study.years["population"] = np.where(study.years["year"] == 2003, rows, 77)
    study.entries = 'weights = "population"'
    frame = study.ledger()
    mine = change(study, "sickness", of_cohort(study, 2004), 2003, 2004)
    others = change(study, "sickness", of_cohort(study, 2006, None), 2003, 2004)
    wanted = np.average(mine, weights=size[mine.index]) - np.average(
        others, weights=size[others.index]
    )
    assert overall(frame)["estimate"] == pytest.approx(wanted, abs=1e-12)
    keys = {"analysis": "robustness", "outcome": "sickness", "group": "all"}
    plain = one(frame, **keys, estimator="unweighted")
    assert plain["estimate"] == pytest.approx(mine.mean() - others.mean(), abs=1e-12)
    study.years["population"] = study.years["population"].where(
        study.years["municipality"] != mine.index[0]
    )
    assert overall(study.ledger())["n_support"] == 11


def test_a_sum_of_outcomes_has_the_sum_of_their_effects(study: Study) -> None:
    study.outcomes = (
        '[[municipality.outcomes]]\nid = "either"\nlabel.en = "Either"\n'
        'sum_of = ["sickness", "pension"]\n'
    )
    frame = study.ledger()
    row = one(frame, analysis="substitution", outcome="either", group="women")
    parts = [overall(frame, name, "women")["estimate"] for name in ("sickness", "pension")]
    assert row["estimate"] == pytest.approx(sum(parts), abs=1e-12)
    assert "either" not in set(pick(frame, analysis="overall")["outcome"])


def test_every_choice_can_be_declared_and_what_was_not_chosen_stands_beside_it(
    study: Study,
) -> None:
    usual = study.ledger()
    study.entries = (
        'comparison = "never"\nbase = "varying"\ncluster = "association"\nanticipation = 1\n'
        "late = 2006\nwindow = { before = 3, after = 2 }\npre_years = { first = 2000, last = 2001 }"
    )
    study.units["coast"] = np.where(np.arange(40) % 3 == 0, 1, 0)
    study.more = (
        '[[municipality.covariates]]\nid = "coast"\nkind = "binary"\nlabel.en = "Coast"\n'
        '[[municipality.covariates]]\nid = "before"\nkind = "number"\nlabel.en = "Before"\n'
        'source = "pension"\n'
    )
    frame = study.ledger()
    beside = set(pick(frame, analysis="robustness")["estimator"])
    assert beside == {
        "cs", "not_yet", "dr", "weighted", "cluster_municipality", "uncorrected", "bootstrap",
        "anticipation_2", "drop_late", "twfe", "county_trends", "imputation",
    }  # fmt: skip
    assert set(pick(frame, analysis="event", estimator="cs")["horizon"]) == set(range(-3, 3))
    assert set(pick(frame, analysis="event", estimator="cs_universal")["horizon"]) == {-3, -2, -1}
    cell = one(frame, analysis="group_time", outcome="sickness", group="cohort=2004", horizon=2005)
    mine = change(study, "sickness", of_cohort(study, 2004), 2002, 2005)
    others = change(study, "sickness", of_cohort(study, None), 2002, 2005)
    assert cell["estimate"] == pytest.approx(mine.mean() - others.mean(), abs=1e-12)
    early = one(frame, analysis="pre_period", outcome="coast", group="member", estimator="mean")
    assert early["unit"] == "percent"
    keys = {"analysis": "robustness", "outcome": "sickness", "group": "all"}
    fewer = one(frame, **keys, estimator="drop_late")
    assert (fewer["n_support"], fewer["n_control"]) == (24, 8)
    for name in ("never", "cs"):
        assert one(usual, **keys, estimator=name)["estimate"] != overall(frame)["estimate"]


def test_levels_of_a_category_are_adjusted_for_and_those_without_a_covariate_left_out(
    study: Study,
) -> None:
    study.units["kind"] = np.array(["a", "b", "c"])[np.arange(40) % 3]
    study.units.loc[study.units.index[-1], "kind"] = ""
    levels = ", ".join(f'{{ value = "{v}", label.en = "{v}" }}' for v in "abc")
    study.more = (
        '[[municipality.covariates]]\nid = "kind"\nkind = "category"\nlabel.en = "Kind"\n'
        f"levels = [{levels}]\n"
    )
    frame = study.ledger()
    row = one(frame, analysis="robustness", outcome="sickness", group="all", estimator="dr")
    assert 0.7 < row["estimate"] < 1.3 and row["n_control"] < 30
    shares = pick(frame, analysis="pre_period", group="member", unit="percent")
    named = shares[shares["outcome"].str.startswith("kind=")]
    assert named["estimate"].sum() == pytest.approx(100)


def test_leaving_a_county_out_is_the_same_as_not_having_it(study: Study, tmp_path: Path) -> None:
    frame = study.ledger()
    mine = study.units["county"] == "03"
    without = Study(tmp_path / "without", study.units[~mine], study.years)
    without.directory.mkdir()
    without.years = without.years[without.years["municipality"].isin(without.units["municipality"])]
    row = one(frame, analysis="leave_out", outcome="sickness", group="county=03")
    wanted = overall(without.ledger())
    for name in ("estimate", "std_error", "ci_low", "ci_high", "n_support"):
        assert row[name] == pytest.approx(wanted[name], rel=1e-9)


def test_numbers_that_rest_on_a_few_people_are_taken_out(study: Study) -> None:
    code = of_cohort(study, 2004)
    others = ~study.units["municipality"].isin(code[:2]) & (study.units["joined"] == 2004)
    study.units.loc[others, "joined"] = 2006
    study.years["population"] = np.where(study.years["municipality"].isin(code[:2]), 12, 5000)
    made = ledger.join(
        municipality.analyse(
            (inputs := study.inputs()).study.municipality, inputs.other, inputs.study.analysis
        )
    )
    frame = release(made).frame
    hidden = frame[is_suppressed(frame)]
    assert set(pick(hidden, analysis="group")["group"]) == {"all"}
    gone = pick(hidden, analysis="group_time", outcome="sickness")
    assert {"cohort=2004"} < set(gone["group"])  # and another, or the averages would tell it
    assert len(pick(gone, group="cohort=2004")) == 9
    assert np.isfinite(overall(frame)["estimate"])
    # Few municipalities are no few people.
    study.years["population"] = 5000
    again = release(ledger.join(municipality.analyse(
        (inputs := study.inputs()).study.municipality, inputs.other, inputs.study.analysis
    ))).frame  # fmt: skip
    assert not is_suppressed(again).any()
    cell = one(again, analysis="group_time", outcome="sickness", group="cohort=2004", horizon=2005)
    assert cell["n_support"] == 2


# ------------------------------------------------------------------ the committed synthetic study


@pytest.fixture(scope="module")
def committed() -> tuple[object, pd.DataFrame]:
    inputs = read_inputs(synthetic_study())
    pieces = municipality.analyse(inputs.study.municipality, inputs.other, inputs.study.analysis)
    return inputs, ledger.join(pieces).frame


def test_intervals_of_the_synthetic_study_hold_its_truth(
    committed: tuple[object, pd.DataFrame],
) -> None:
    truth = pd.read_csv(synthetic_study() / "truth.csv")
    keys = ["part", "analysis", "outcome", "group", "horizon", "estimator"]
    found = committed[1].merge(truth, on=keys)
    found = found[found["std_error"].notna()]
    assert set(found["analysis"]) == {"overall", "event", "group", "calendar"}
    assert (found["analysis"] == "overall").sum() == 60
    inside = (found["ci_low"] <= found["truth"]) & (found["truth"] <= found["ci_high"])
    assert 0.85 < inside.mean() < 1


@pytest.mark.parametrize("outcome", ["sickness_benefit", "unemployed_to_work"])
@pytest.mark.parametrize("comparison", ["not_yet", "never"])
def test_every_cell_of_the_synthetic_study_agrees_with_another_package(
    committed: tuple[object, pd.DataFrame], outcome: str, comparison: str
) -> None:
    inputs, frame = committed
    part = inputs.study.municipality.model_copy(update={"comparison": comparison})  # type: ignore[attr-defined]
    work, _ = municipality.working(part, prepare(part, inputs.other), Analysis())  # type: ignore[attr-defined]
    k = [c.group for c in work.all.columns if c.outcome == outcome].index("all")
    data = work.all.pick([i for i, c in enumerate(work.all.columns) if c.outcome == outcome])
    cells = work.cells(work.panel(data), small_sample=False)
    errors = cell_errors(cells)[:, k]
    rows = pd.read_parquet(synthetic_study() / "municipality_years.parquet")
    rows = rows.query("sex == 'all' and age_band == '18-64'")
    rows = rows[rows["outcome"] == outcome]
    units = pd.read_csv(synthetic_study() / "municipalities.csv", dtype={"municipality": str})
    last = rows["year"].max()
    joined = units.set_index("municipality")["joined"].fillna(0)
    code = rows["municipality"].astype(str)
    long = pd.DataFrame({
        "unit": pd.factorize(code)[0], "year": rows["year"].to_numpy(np.int64),
        "y": rows["value"].to_numpy(),
        "cohort": code.map(joined.where(joined <= last, 0)).to_numpy(np.int64),
    })  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = diff_diff.CallawaySantAnna(
            control_group=f"{comparison}_treated", base_period="universal"
        ).fit(long, "y", "unit", "year", "cohort", aggregate="all")
    key = {
        (int(g), int(t)): i for i, (g, t) in enumerate(zip(cells.cohort, cells.year, strict=True))
    }
    theirs = other.group_time_effects
    assert len(theirs) >= 300 and set(theirs) <= set(key)
    pick_ = [key[at] for at in theirs]
    found = pd.DataFrame(theirs.values())
    np.testing.assert_allclose(cells.estimate[pick_, k], found["effect"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(errors[pick_], found["se"].replace(0.0, np.nan), rtol=0, atol=1e-9)
    if comparison == part.comparison == inputs.study.municipality.comparison:  # type: ignore[attr-defined]
        shown = pick(frame, analysis="group_time", outcome=outcome).set_index(["group", "horizon"])
        mine = [shown.loc[(f"cohort={g}", t), "estimate"] for g, t in theirs]
        np.testing.assert_allclose(mine, found["effect"], rtol=0, atol=1e-9)
        row = one(frame, analysis="robustness", outcome=outcome, group="all",
                  estimator="uncorrected")  # fmt: skip
        assert row["estimate"] == pytest.approx(other.overall_att, abs=1e-9)
        assert row["std_error"] == pytest.approx(other.overall_se, abs=1e-9)
