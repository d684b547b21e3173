"""What the ledger holds of people who were drawn later although first not drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.estimators.censoring import censoring_weights
from finsam_report.estimators.stack import stack
from finsam_report.estimators.stacked import stacked_effects
from finsam_report.estimators.weighted_path import weighted_path
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import register_later, run
from finsam_report.release import release

LATER = """[register.later]
draws = "draws.csv"

[register.assignment]
"""
SUM = """id = "sum"
source = "wage"
window = 2
label.en = "Sum"
unit = "amount"
currency = "SEK"

[[register.outcomes]]
id = "wage"
"""
EFFECT = {1: 10.0, 2: 20.0, 3: 30.0}


@pytest.fixture
def later(small: Any) -> Any:
    """The register alone; the twelve first not drawn in January are in February's draw too."""
    small.without("survey")
    small.toml("[register.assignment]\n", LATER)
    people = small.table("drawn.csv")
    first = people[["person", "arm"]].assign(date=people["draw"])
    again = first[(first["date"] == "2019-01") & (first["arm"] == "not_drawn")].head(12)
    arm = np.resize(["drawn", "not_drawn"], len(again))
    again = again.assign(date="2019-02", arm=arm)
    small.put("draws.csv", pd.concat([first, again])[["person", "date", "arm"]])
    return small


def ledger(study: Any) -> pd.DataFrame:
    made = run.analyse(read_inputs(study.directory))
    release(made)
    return made.frame.reset_index(drop=True)


def some(frame: pd.DataFrame, **key: Any) -> pd.DataFrame:
    return frame[np.logical_and.reduce([frame[name] == value for name, value in key.items()])]


def one(frame: pd.DataFrame, **key: Any) -> pd.Series:
    found = some(frame, **key)
    assert len(found) == 1, f"{len(found)} rows for {key}"
    return found.iloc[0]


def without_noise(study: Any, outcome: str = "wage") -> None:
    """Nothing happens to anybody but the effect, by months since the own draw."""
    draws = study.table("draws.csv")
    drawn = draws[draws["arm"] == "drawn"].groupby("person")["date"].min()
    first = draws.groupby("person")["date"].min()
    wait = {p: int(drawn[p][-2:]) - int(first[p][-2:]) for p in drawn.index}

    def after(person: str, period: str) -> float:
        return EFFECT.get(int(period) - wait[person], 0.0) if person in wait else 0.0

    study.edit("months.csv", lambda t: t.assign(
        **{outcome: [after(p, m) for p, m in zip(t["person"], t["period"], strict=True)]}
    ))  # fmt: skip


def months(study: Any, outcome: str) -> np.ndarray:
    """The outcome of everybody in months 1, 2 and 3, in the order of the participants."""
    wide = study.table("months.csv").pivot(index="person", columns="period", values=outcome)
    return wide.loc[study.table("drawn.csv")["person"]].to_numpy(dtype=float)


def test_those_in_a_later_draw_and_those_drawn_in_it_are_counted(later: Any) -> None:
    frame = some(ledger(later), analysis="later", group="arm:control")
    for horizon in (2, 3):
        listed = one(frame, outcome="in_later_draw", estimator="count", horizon=horizon)
        drawn = one(frame, outcome="drawn_later", estimator="count", horizon=horizon)
        share = one(frame, outcome="drawn_later", estimator="share", horizon=horizon)
        assert (listed["estimate"], drawn["estimate"]) == (12, 6)
        assert share["estimate"] == pytest.approx(100 * 6 / 80)
        assert share["n_control"] == 80


def test_a_number_that_gives_fewer_than_five_away_is_not_shown(later: Any) -> None:
    # Six are drawn a month later and two more after two months.
    later.toml("horizons = [2, 3]", "horizons = [1, 2]")
    more = pd.DataFrame({"person": ["3", "6"], "date": "2019-03", "arm": "drawn"})
    later.edit("draws.csv", lambda t: pd.concat(
        [t[~t["person"].isin(["3", "6"]) | (t["date"] == "2019-01")], more]
    ))  # fmt: skip
    shown = release(run.analyse(read_inputs(later.directory))).frame
    counts = some(shown, analysis="later", outcome="drawn_later", estimator="count")
    assert one(counts, horizon=1)["estimate"] == 6
    assert np.isnan(one(counts, horizon=2)["estimate"])


def test_without_noise_each_manner_gives_what_it_is_after(later: Any) -> None:
    later.toml('id = "wage"\n', SUM)
    without_noise(later)
    frame = ledger(later)
    # In January six of the forty not drawn are drawn a month later; the draws count alike.
    first = one(frame, analysis="itt", outcome="wage", horizon=3, estimator="unadjusted")
    assert first["estimate"] == pytest.approx(30 - 0.5 * 6 / 40 * 20)
    for horizon in (2, 3):
        for name in ("censored", "stacked_undiluted"):
            key = {"analysis": "later", "horizon": horizon, "estimator": name}
            month = one(frame, outcome="wage", **key)["estimate"]
            assert month == pytest.approx(EFFECT[horizon], rel=1e-9)
            total = one(frame, outcome="sum", **key)["estimate"]
            assert total == pytest.approx(EFFECT[horizon] + EFFECT[horizon - 1], rel=1e-9)
        diluted = one(frame, analysis="later", outcome="wage", horizon=horizon, estimator="stacked")
        assert diluted["estimate"] < EFFECT[horizon] - 0.3


def test_a_person_in_two_draws_counts_in_both_while_the_months_last(later: Any) -> None:
    frame = some(ledger(later), analysis="later", outcome="work", estimator="stacked")
    counts = frame.set_index("horizon")[["n_support", "n_control"]]
    assert counts.loc[2].tolist() == [40 + 6, 80 + 6]
    assert counts.loc[3].tolist() == [40, 80]  # months end three months after the first draw


def test_the_stacked_effects_are_those_of_the_estimator_on_rows_made_by_hand(later: Any) -> None:
    draws, people = later.table("draws.csv"), later.table("drawn.csv").set_index("person")
    person = draws["person"].astype(int).to_numpy() - 1
    when = (draws["date"].str[-2:].astype(int)).to_numpy()
    rows = stack(person, when, (draws["arm"] == "drawn").to_numpy(), when)
    wide = months(later, "work")
    late = rows.draw - people["draw"].str[-2:].astype(int).to_numpy()[rows.person]
    y = np.where(
        (late == 0)[:, None], wide[rows.person],
        np.column_stack([wide[rows.person][:, 1:], np.full(late.size, np.nan)]),
    )  # fmt: skip
    x = people["foreign_born"].to_numpy(float)[rows.person, None]
    found = stacked_effects(rows, y, x)
    frame = some(ledger(later), analysis="later", outcome="work")
    for name, path in (("stacked", found.offered), ("stacked_undiluted", found.undiluted)):
        for horizon in (2, 3):
            got = one(frame, estimator=name, horizon=horizon)
            assert got["estimate"] == pytest.approx(100 * path.estimate[horizon - 1], rel=1e-9)
            assert got["std_error"] == pytest.approx(100 * path.std_error[horizon - 1], rel=1e-9)
            assert got["ci_low"] == pytest.approx(100 * path.ci_low[horizon - 1], rel=1e-9)
            assert got["p_value"] == pytest.approx(path.p_value[horizon - 1], rel=1e-9)


def test_the_censored_effects_are_those_of_the_estimator_on_months_made_by_hand(later: Any) -> None:
    draws, people = later.table("draws.csv"), later.table("drawn.csv")
    again = draws[draws.duplicated("person")]
    at_risk = np.zeros((120, 3), dtype=bool)
    at_risk[again["person"].astype(int) - 1, 0] = True
    own = np.zeros(120, dtype=int)
    own[again.loc[again["arm"] == "drawn", "person"].astype(int) - 1] = 1
    support, block = (people["arm"] == "drawn").to_numpy(), people["draw"].str[-1].astype(int)
    block = block.to_numpy()
    weights = censoring_weights(
        support, block, own, at_risk, np.ones_like(at_risk),
        people[["foreign_born"]].to_numpy(float), occasion=block[:, None] + np.arange(1, 4),
    )  # fmt: skip
    born = people[["foreign_born"]].to_numpy(float)
    found = weighted_path(support, block, months(later, "work"), weights.weight, covariates=born)
    frame = some(ledger(later), analysis="later")
    for horizon in (2, 3):
        got = one(frame, outcome="work", estimator="censored", horizon=horizon)
        assert got["estimate"] == pytest.approx(100 * found.estimate[horizon - 1], rel=1e-6)
        assert got["std_error"] == pytest.approx(100 * found.std_error[horizon - 1], rel=1e-6)
        assert (got["n_support"], got["n_control"]) == (40, 74)
        for name in ("high", "effective", "truncated"):
            estimator = "percentile_95" if name == "high" else name
            row = one(frame, outcome="weights", estimator=estimator, horizon=horizon)
            assert row["estimate"] == pytest.approx(getattr(weights, name)[horizon - 1], rel=1e-6)


def test_where_nobody_is_drawn_later_all_manners_are_the_main_comparison(later: Any) -> None:
    later.edit("draws.csv", lambda t: t.assign(
        arm=np.where(t.duplicated("person"), "not_drawn", t["arm"])
    ))  # fmt: skip
    later.edit("draws.csv", lambda t: t.drop_duplicates("person"))
    frame = ledger(later)
    assert (some(frame, outcome="drawn_later", estimator="count")["estimate"] == 0).all()
    for outcome in ("work", "wage"):
        key = {"outcome": outcome, "horizon": 3}
        adjusted = one(frame, analysis="itt", estimator="lin", **key)
        censored = one(frame, analysis="later", estimator="censored", **key)
        assert censored["std_error"] == pytest.approx(adjusted["std_error"], rel=1e-9)
        for name in ("censored", "stacked", "stacked_undiluted"):
            got = one(frame, analysis="later", estimator=name, **key)
            assert got["estimate"] == pytest.approx(adjusted["estimate"], rel=1e-9)


def test_where_everybody_is_drawn_later_nobody_is_left_to_follow_and_that_is_said(
    later: Any,
) -> None:
    later.edit("draws.csv", lambda t: t.drop_duplicates("person"))
    rest = later.table("draws.csv").query("arm == 'not_drawn'")
    again = rest.assign(arm="drawn", date=rest["date"].map({"2019-01": "2019-03",
                                                            "2019-02": "2019-04"}))  # fmt: skip
    later.toml("horizons = [2, 3]", "horizons = [1, 3]")
    later.edit("draws.csv", lambda t: pd.concat([t, again]))
    frame = ledger(later)
    assert one(frame, outcome="drawn_later", estimator="share", horizon=1)["estimate"] == 0
    assert one(frame, outcome="drawn_later", estimator="share", horizon=3)["estimate"] == 100
    censored = some(frame, analysis="later", estimator="censored")
    assert set(censored["horizon"]) == {1}
    why = some(frame, analysis="not_estimated", group="later:censored")
    assert set(zip(why["outcome"], why["horizon"], why["estimator"], strict=True)) == {
        ("work", 3, "too_few_people"), ("wage", 3, "too_few_people"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("beside", "made"),
    [
        ('["censored"]', {"censored"}),
        ('["stacked"]', {"stacked", "stacked_undiluted"}),
        ("[]", set()),
    ],
)
def test_only_the_manners_that_are_declared_are_there(
    beside: str, made: set[str], later: Any
) -> None:
    later.toml('draws = "draws.csv"\n', f'draws = "draws.csv"\nbeside = {beside}\n')
    frame = some(ledger(later), analysis="later")
    assert set(frame.loc[frame["group"] == "all", "estimator"]) == made
    assert {"drawn_later", "in_later_draw"} <= set(frame["outcome"])
    assert ("weights" in set(frame["outcome"])) == ("censored" in made)


def test_without_every_month_the_stack_is_left_out_with_the_reason(later: Any) -> None:
    later.toml("[register]\n", "[register]\npath = false\n")
    later.edit("months.csv", lambda t: t[t["period"] != "1"])
    frame = ledger(later)
    assert set(some(frame, analysis="later", group="all")["estimator"]) == {"censored"}
    why = frame[frame["analysis"] == "not_estimated"]
    assert set(why["group"]) == {"later:stacked", "later:stacked_undiluted"}
    assert set(why["estimator"]) == {"months_missing"}


def test_a_stack_too_large_is_left_out_with_the_reason(
    later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_later, "LARGEST_STACK", 131)
    frame = ledger(later)
    why = frame[frame["analysis"] == "not_estimated"]
    assert set(why["estimator"]) == {"too_many_rows"}
    monkeypatch.setattr(register_later, "LARGEST_STACK", 132)
    assert "too_many_rows" not in set(ledger(later)["estimator"])


def test_people_of_a_draw_without_chance_change_nothing(later: Any) -> None:
    before = some(ledger(later), analysis="later").reset_index(drop=True)
    # They come first, so that every position moves; and one of them is in a later draw.
    new = [str(900 + i) for i in range(6)]
    arm = ["not_drawn"] * 6
    people = pd.DataFrame({"person": new, "draw": "2018-12", "arm": arm, "foreign_born": "0",
                           "met_team": "0"})  # fmt: skip
    later.edit("drawn.csv", lambda t: pd.concat([people, t]))
    later.edit("months.csv", lambda t: pd.concat([t, pd.DataFrame(
        [(p, m, 0, 0) for p in new for m in (1, 2, 3)], columns=t.columns
    )]))  # fmt: skip
    mine = people[["person", "arm"]].assign(date="2018-12")
    again = pd.DataFrame({"person": new[:2], "date": "2019-02", "arm": ["drawn", "not_drawn"]})
    later.edit("draws.csv", lambda t: pd.concat([mine, t, again]))
    after = some(ledger(later), analysis="later").reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after, rtol=1e-9)


def test_draws_are_compared_within_sites_where_chance_decided_within_sites(later: Any) -> None:
    later.toml('blocks = ["draw"]', 'blocks = ["site", "draw"]')
    later.edit("drawn.csv", lambda t: t.assign(
        site=np.where(t["person"].astype(int) % 2 == 1, "a", "b")
    ))  # fmt: skip
    without_noise(later)
    # All that differs between the sites: much in one, nothing in the other, and more drawn later.
    site = later.table("drawn.csv").set_index("person")["site"]
    later.edit("months.csv", lambda t: t.assign(
        wage=t["wage"].astype(float) + 1000 * (site[t["person"]] == "a").to_numpy()
    ))  # fmt: skip
    frame = some(ledger(later), analysis="later", outcome="wage", horizon=2)
    for name in ("censored", "stacked_undiluted"):
        assert one(frame, estimator=name)["estimate"] == pytest.approx(20, rel=1e-9)
