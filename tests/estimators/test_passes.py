"""Two passes over chunks give what fits person by person give, for any number of people."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from linearmodels.iv import IV2SLS
from scipy import stats

from estimators.chunked import MONTHS, People, by_statsmodels, design_of, people
from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.itt import fit, itt
from finsam_report.estimators.pass_subgroups import levels_compared
from finsam_report.estimators.passes import Selection, two_passes
from finsam_report.estimators.subgroups import subgroup_effects
from finsam_report.estimators.trial import Trial
from finsam_report.places import synthetic_study

EVERYBODY = Selection()
NUMBERS = ("estimate", "std_error", "df", "ci_low", "ci_high", "p_value")
COUNTS = ("n_support", "n_control", "left_out", "mean_support", "mean_control")


def table(effects, names=NUMBERS):
    return np.array([getattr(effects, name) for name in names], dtype=float).T


def same(found, expected, names=NUMBERS + COUNTS, rtol=1e-9):
    np.testing.assert_allclose(table(found, names), table(expected, names), rtol=rtol)


@pytest.fixture(scope="module")
def world():
    return people(1)


@pytest.fixture(scope="module")
def found(world):
    return two_passes(world.chunks())


@pytest.mark.parametrize(("way", "adjust"), [("plain", False), ("adjusted", True)])
def test_every_month_is_the_statsmodels_fit_of_its_people(world, found, way, adjust):
    expected = [by_statsmodels(world, j, adjust=adjust) for j in range(world.outcomes.shape[1])]
    effects = getattr(found[EVERYBODY], way).effects
    np.testing.assert_allclose(table(effects), expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_effects_counts_and_means_are_those_of_whole_arrays(seed):
    world = people(10 + seed, n=900)
    result = two_passes(world.chunks(size=128))[EVERYBODY]
    for fitted, x in ((result.plain, None), (result.adjusted, world.covariates)):
        expected = itt(world.support, world.block, world.outcomes, x)
        same(fitted.effects, expected, (*NUMBERS, *COUNTS, "sd_control"))


def test_the_committed_study_agrees_with_fits_person_by_person():
    """Every outcome at three horizons, with and without covariates; all months are estimated."""
    folder = synthetic_study()
    frame = pd.read_csv(folder / "register_participants.csv")
    months = pd.read_parquet(folder / "register_months.parquet")
    outcomes = [c for c in months.columns if c not in ("person", "period")]
    wide = months.pivot_table(index="person", columns="period", values=outcomes)
    wide = wide[outcomes].reindex(frame["person"])  # each outcome's months side by side
    x = pd.get_dummies(frame["education"], dtype=float).iloc[:, 1:]
    for name in ("age", "foreign_born", "years_unemployed", "social_assistance_before"):
        x[name] = frame[name].fillna(frame[name].mean())
    x["woman"] = frame["sex"] == "woman"
    world = People(
        (frame["arm"] == "drawn").to_numpy(),
        pd.factorize(frame["draw"])[0],
        x.to_numpy(dtype=float),
        wide.to_numpy(dtype=float),
        frame["met_team"].to_numpy(dtype=float),
        pd.factorize(frame["sex"])[0][:, None],
    )
    result = two_passes(world.chunks(size=4096))[EVERYBODY]
    keys = list(wide.columns)
    for horizon in (12, 24, 36):
        for outcome in outcomes:
            j = keys.index((outcome, horizon))
            for fitted, adjust in ((result.plain, False), (result.adjusted, True)):
                expected = by_statsmodels(world, j, adjust=adjust)
                np.testing.assert_allclose(table(fitted.effects)[j], expected, rtol=1e-9)


def test_effects_per_taker_are_two_stage_least_squares(world, found):
    takers = found[EVERYBODY].adjusted.takers
    for j in (0, MONTHS - 1, 2 * MONTHS + 3):
        design, who = design_of(world, ~np.isnan(world.outcomes[:, j]), adjust=True)
        y, d = world.outcomes[who, j], world.take_up[who]
        two_stage = IV2SLS(y, design[:, 1:], d, design[:, 0]).fit()
        assert takers.estimate[j] == pytest.approx(two_stage.params.iloc[-1], rel=1e-9)
        # linearmodels has no HC2: the same score, person by person, is that of an OLS fit.
        stage = sm.OLS(d, design).fit(cov_type="HC2", use_t=True)
        rest = sm.OLS(y - takers.estimate[j] * d, design).fit(cov_type="HC2", use_t=True)
        error = rest.bse[0] / abs(stage.params[0])
        assert takers.std_error[j] == pytest.approx(error, rel=1e-9)
        assert takers.first_stage[j] == pytest.approx(stage.params[0], rel=1e-9)
        assert takers.first_stage_f[j] == pytest.approx(stage.tvalues[0] ** 2, rel=1e-9)


def test_the_ends_of_the_anderson_rubin_set_are_just_not_rejected(world, found):
    takers = found[EVERYBODY].adjusted.takers
    for j in (1, MONTHS + 2, 3 * MONTHS - 1):
        design, who = design_of(world, ~np.isnan(world.outcomes[:, j]), adjust=True)
        y, d = world.outcomes[who, j], world.take_up[who]
        assert takers.ar_shape[j] == "interval"
        assert takers.ar_low[j] < takers.estimate[j] < takers.ar_high[j]
        for end in (takers.ar_low[j], takers.ar_high[j]):
            tested = sm.OLS(y - end * d, design).fit(cov_type="HC2", use_t=True)
            assert tested.pvalues[0] == pytest.approx(0.05, rel=1e-8)


def test_effects_per_taker_are_those_of_whole_arrays_in_every_column(world, found):
    labels = tuple("abcdef")
    trial = Trial(
        Assignment.realised(world.block, world.support, labels),
        world.support,
        world.covariates,
        world.take_up,
    )
    takers = found[EVERYBODY].adjusted.takers
    names = ("estimate", "std_error", "ci_low", "ci_high", "p_value", "ar_low", "ar_high")
    for j in range(world.outcomes.shape[1]):
        seen = ~np.isnan(world.outcomes[:, j])
        one = trial.among(seen).late(world.outcomes[seen][:, [j]])
        np.testing.assert_allclose(table(takers, names)[j], table(one, names)[0], rtol=1e-9)


def test_months_that_each_miss_other_people_are_exact_too(world):
    gaps = np.random.default_rng(4).random(world.outcomes.shape) < 0.1
    scattered = replace(world, outcomes=np.where(gaps, np.nan, world.outcomes))
    result = two_passes(scattered.chunks())[EVERYBODY].adjusted
    same(result.effects, itt(world.support, world.block, scattered.outcomes, world.covariates))
    for j in (2, MONTHS - 1, 2 * MONTHS):
        design, who = design_of(scattered, ~np.isnan(scattered.outcomes[:, j]), adjust=True)
        stage = sm.OLS(world.take_up[who], design).fit(cov_type="HC2", use_t=True)
        assert result.takers.first_stage_f[j] == pytest.approx(stage.tvalues[0] ** 2, rel=1e-9)
        rest = scattered.outcomes[who, j] - result.takers.estimate[j] * world.take_up[who]
        error = sm.OLS(rest, design).fit(cov_type="HC2").bse[0] / abs(stage.params[0])
        assert result.takers.std_error[j] == pytest.approx(error, rel=1e-9)


def test_rounding_passes_neither_for_an_effect_nor_for_spread(world):
    by_block = np.where(world.block == 1, 1e6 / 3, 0.1 * world.block)[:, None]
    result = two_passes(replace(world, outcomes=by_block).chunks())[EVERYBODY]
    for effects in (result.plain.effects, result.adjusted.effects):
        assert effects.std_error[0] == 0
        assert np.isnan(effects.p_value[0])
        assert abs(effects.estimate[0]) < 1e-9


def test_each_level_of_a_subgroup_is_its_own_experiment(world):
    odd = np.column_stack([world.outcomes, np.where(world.groups[:, 0] == 0, np.nan, 2.0)])
    odd[:, 3] = np.where(world.groups[:, 1] == 2, 1.0, odd[:, 3])
    found = two_passes(replace(world, outcomes=odd).chunks())
    for variable in (0, 1):
        group = world.groups[:, variable]
        for adjust, x in ((False, None), (True, world.covariates)):
            expected = subgroup_effects(world.support, world.block, odd, group, x)
            compared = levels_compared(found, variable, adjust=adjust)
            np.testing.assert_array_equal(compared.levels, expected.levels)
            np.testing.assert_array_equal(compared.reason, expected.reason)
            for mine, effects in zip(compared.effects, expected.effects, strict=True):
                same(mine, effects)
            tested = ("statistic", "df_numerator", "df_denominator", "p_value", "levels")
            same(compared.equality, expected.equality, tested, rtol=1e-8)
            same(compared.difference, expected.difference, NUMBERS)
    assert Selection(1, -1) not in found


def test_one_chunk_or_forty_give_the_same(world):
    whole = two_passes(world.chunks(size=1600), paths=np.arange(3 * MONTHS).reshape(3, MONTHS))
    parts = two_passes(world.chunks(size=40), paths=np.arange(3 * MONTHS).reshape(3, MONTHS))
    assert list(whole) == list(parts)
    for selection, one in whole.items():
        forty = parts[selection]
        for way in ("plain", "adjusted"):
            a, b = getattr(one, way), getattr(forty, way)
            same(b.effects, a.effects, ("std_error", "df", *COUNTS, "sd_control"), rtol=1e-12)
            gap = np.abs(a.effects.estimate - b.effects.estimate)
            assert np.all(gap <= 1e-12 * a.effects.std_error)
            np.testing.assert_array_equal(a.covariates, b.covariates)
            for mine, other in zip(a.covariance, b.covariance, strict=True):
                scale = np.sqrt(np.outer(np.diag(mine), np.diag(mine)))
                np.testing.assert_allclose(other / scale, mine / scale, atol=1e-12)


def test_people_may_come_sorted_by_draw(world):
    order = np.argsort(world.block, kind="stable")
    mixed, drawn = (two_passes(w.chunks(size=97)) for w in (world, world.take(order)))
    same(drawn[EVERYBODY].adjusted.effects, mixed[EVERYBODY].adjusted.effects, rtol=1e-10)


def test_results_do_not_depend_on_how_many_cores_there_are(world, found):
    alone = two_passes(world.chunks(), workers=1)
    for selection, result in found.items():
        for way in ("plain", "adjusted"):
            one, two = getattr(alone[selection], way), getattr(result, way)
            np.testing.assert_array_equal(table(one.effects), table(two.effects))


def test_large_amounts_lose_no_digits():
    world = people(3)
    moved = replace(world, outcomes=world.outcomes[:, 2 * MONTHS :] + 1e9)
    result = two_passes(moved.chunks())[EVERYBODY].adjusted.effects
    still = two_passes(world.chunks())[EVERYBODY].adjusted.effects
    np.testing.assert_allclose(result.estimate, still.estimate[2 * MONTHS :], rtol=1e-9)
    np.testing.assert_allclose(result.std_error, still.std_error[2 * MONTHS :], rtol=1e-9)


def test_outcomes_that_nobody_has_or_that_never_vary_are_as_with_whole_arrays(world):
    n = world.support.size
    rng = np.random.default_rng(2)
    odd = np.column_stack(
        [
            np.zeros(n),
            np.full(n, 7.3),
            np.full(n, np.nan),
            np.where(rng.random(n) < 0.98, np.nan, 1.0 * world.take_up),
            np.where(world.support, np.nan, 1.0),
            np.where(world.block == 2, world.outcomes[:, 0], np.nan),
        ]
    )
    world = replace(world, outcomes=odd)
    result = two_passes(world.chunks())[EVERYBODY]
    for fitted, x in ((result.plain, None), (result.adjusted, world.covariates)):
        same(fitted.effects, itt(world.support, world.block, odd, x))
    assert result.plain.effects.estimate[0] == 0 and result.plain.effects.std_error[1] == 0
    assert result.plain.effects.sd_control[1] == 0
    assert result.tally.nonzero[:, 0].tolist() == [0, 0]


def test_blocks_where_everybody_or_nobody_was_drawn_are_left_out(world):
    support = np.where(world.block == 0, True, np.where(world.block == 1, False, world.support))
    world = replace(world, support=support)
    result = two_passes(world.chunks())[EVERYBODY].adjusted.effects
    same(result, itt(support, world.block, world.outcomes, world.covariates))
    assert np.all(result.left_out >= np.sum(world.block < 2) * 0.8)


def test_one_draw_and_one_month_are_enough(world):
    one = replace(world, block=np.zeros_like(world.block), outcomes=world.outcomes[:, [2]])
    result = two_passes(one.chunks(), paths=[[0]])[EVERYBODY].adjusted
    same(result.effects, itt(one.support, one.block, one.outcomes, one.covariates))
    assert result.covariance[0][0, 0] == pytest.approx(result.effects.std_error[0] ** 2)


def test_covariates_that_cannot_be_used_are_left_out_as_with_whole_arrays():
    world = people(4, n=700)
    n = world.support.size
    rng = np.random.default_rng(5)
    lonely = rng.normal(size=n) * 1e-9
    lonely[11] = 1e3
    cases = {
        "rare": np.arange(n) % 180 == 0,
        "constant": np.full(n, 3.0),
        "combination": world.covariates[:, 0] - 2 * world.covariates[:, 4],
        "block": (world.block == 3) * 4.0 + 2018,
        "alone": lonely,
    }
    for name, extra in cases.items():
        more = replace(world, covariates=np.column_stack([world.covariates, extra]))
        result = two_passes(more.chunks())[EVERYBODY].adjusted
        expected = itt(more.support, more.block, more.outcomes, more.covariates)
        same(result.effects, expected)
        assert set(result.covariates) == {5}, name


def test_too_few_people_for_covariates_are_not_adjusted():
    world = people(6, n=60, blocks=2)
    result = two_passes(world.chunks(size=7))[EVERYBODY].adjusted
    same(result.effects, itt(world.support, world.block, world.outcomes, world.covariates))
    assert result.covariates.min() < 5


def test_the_covariance_of_a_path_is_that_of_its_peoples_influences(world):
    columns = np.arange(MONTHS)
    complete = world.take(~np.isnan(world.outcomes[:, columns]).any(axis=1))
    result = two_passes(complete.chunks(), paths=[columns])
    scores = fit(
        complete.support, complete.block, complete.covariates, complete.outcomes[:, columns]
    ).scores
    assert len(result[EVERYBODY].adjusted.covariance) == 1
    covariance = result[EVERYBODY].adjusted.covariance[0]
    np.testing.assert_allclose(covariance, scores.T @ scores, rtol=1e-9)


def test_the_covariance_with_missing_months_has_the_squared_errors_on_its_diagonal(world):
    paths = [np.arange(8, 16), np.arange(3, 24, 8), np.array([5, 2])]
    result = two_passes(world.chunks(), paths=paths)[EVERYBODY].adjusted
    for covariance, columns in zip(result.covariance, paths, strict=True):
        error = np.sqrt(np.diag(covariance))
        np.testing.assert_allclose(error, result.effects.std_error[columns], rtol=1e-12)


def test_rows_of_a_person_are_clustered_as_statsmodels_clusters_them():
    world = people(7, n=1200)
    person = np.sort(np.random.default_rng(8).integers(0, 800, 1200))
    result = two_passes(world.chunks(size=100, cluster=person))[EVERYBODY].adjusted
    for j in (0, 9, 20):
        design, who = design_of(world, ~np.isnan(world.outcomes[:, j]), adjust=True)
        fitted = sm.OLS(world.outcomes[who, j], design).fit(
            cov_type="cluster", cov_kwds={"groups": person[who]}, use_t=True
        )
        assert result.effects.estimate[j] == pytest.approx(fitted.params[0], rel=1e-9)
        assert result.effects.std_error[j] == pytest.approx(fitted.bse[0], rel=1e-9)
        clusters = np.unique(person[who]).size
        assert result.effects.df[j] == clusters - 1
        two_stage = IV2SLS(
            world.outcomes[who, j], design[:, 1:], world.take_up[who], design[:, 0]
        ).fit(cov_type="clustered", clusters=person[who], debiased=True)
        assert result.takers.std_error[j] == pytest.approx(two_stage.std_errors.iloc[-1], rel=1e-9)
        t = abs(fitted.params[0] / fitted.bse[0])
        assert result.effects.p_value[j] == pytest.approx(2 * stats.t.sf(t, clusters - 1))


def test_counts_tell_how_many_have_an_event(world, found):
    tally = found[EVERYBODY].tally
    for arm in (0, 1):
        y = world.outcomes[world.support == arm]
        np.testing.assert_array_equal(tally.seen[arm], (~np.isnan(y)).sum(axis=0))
        np.testing.assert_array_equal(tally.nonzero[arm], (np.nan_to_num(y) != 0).sum(axis=0))
        np.testing.assert_allclose(tally.total[arm], np.nansum(y, axis=0), rtol=1e-12)
    np.testing.assert_array_equal(tally.high, np.nanmax(world.outcomes, axis=0))


def test_memory_does_not_grow_with_people():
    world = people(9, n=1000)
    world = replace(world, outcomes=world.outcomes[:, ::5])
    peaks = []
    for times in (4, 12):

        def chunks(times=times):
            for _ in range(times):
                yield from world.chunks(size=500, groups=None)()

        tracemalloc.start()
        two_passes(chunks)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.25 * peaks[0]


def test_what_cannot_be_added_up_is_refused(world):
    with pytest.raises(ValueError, match="no people"):
        two_passes(list)
    gap = world.covariates.copy()
    gap[3, 1] = np.nan
    with pytest.raises(ValueError, match="complete"):
        two_passes(replace(world, covariates=gap).chunks())
    first, second = list(world.chunks(size=800)())
    with pytest.raises(ValueError, match="same columns"):
        two_passes(lambda: [first, replace(second, take_up=None)])
    with pytest.raises(ValueError, match="throughout"):
        two_passes(lambda: [first, replace(second, outcomes=lambda: world.outcomes[800:, :3])])
    codes = [replace(c, cluster=np.arange(800)) for c in (first, second)]
    with pytest.raises(ValueError, match="rise"):
        two_passes(lambda: codes)
