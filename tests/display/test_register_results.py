"""What the register chapter promises beside its main effects: words that follow from numbers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display.ledgers import context, count, effect, label, report, sizes, study
from finsam_report.display import (
    path_figures,
    register_amounts,
    register_cumulated,
    register_group_figures,
    register_groups,
    register_groups_text,
    register_path_text,
    register_robust,
    register_takers,
    trial_tables,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import write
from finsam_report.display.flags import register_results
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.parts import ledger
from finsam_report.study import Study

PEOPLE = sizes("register")


def row(analysis: str, outcome: str, estimator: str, **more: Any) -> pd.DataFrame:
    shared = {
        "part": "register",
        "group": "all",
        "horizon": 24,
        "unit": "percentage points",
        "n_support": 100,
        "n_control": 80,
    }
    keys = {"analysis": analysis, "outcome": outcome, "estimator": estimator}
    return ledger.rows(**(shared | keys | more))


def grouped(subgroups: list[dict[str, Any]], programme: str = "finsam") -> Study:
    """The small study with subgroups of the register experiment."""
    declared = json.loads(
        study(programme=programme).model_dump_json(by_alias=True, exclude_none=True)
    )
    register = declared["register"]
    register["covariates"] += [
        {
            "id": "sex",
            "label": label("Sex"),
            "kind": "category",
            "levels": [
                {"value": "woman", "label": label("Women")},
                {"value": "man", "label": label("Men")},
            ],
        },
    ]
    register["assignment"] = {"blocks": ["draw"]}
    register["subgroups"] = subgroups
    return Study.model_validate_json(json.dumps(declared))


ENTRY = {"id": "entry", "source": "draw", "dates": ["2019-01-01"], "label": label("Drawn")}


def split(
    outcome: str, group: str, estimate: float, half: float = 1.0, **more: Any
) -> pd.DataFrame:
    return effect("register", outcome, 24, estimate, half, analysis="subgroup", group=group, **more)


def test(outcome: str, variable: str, gap: float, p: float, q: float) -> list[pd.DataFrame]:
    return [
        row(
            "interaction",
            outcome,
            "difference",
            group=variable,
            estimate=gap,
            std_error=1.0,
            ci_low=gap - 2,
            ci_high=gap + 2,
        ),
        row("interaction", outcome, "wald", group=variable, p_value=p, q_value=q, unit=""),
    ]


test.__test__ = False  # type: ignore[attr-defined]


def both(gap: float, p: float, q: float, variable: str = "sex") -> Context:
    levels = (
        ("sex=woman", "sex=man")
        if variable == "sex"
        else ("entry=<2019-01-01", "entry=>=2019-01-01")
    )
    declared = grouped([{"id": "sex"}, ENTRY])
    return context(
        [
            *PEOPLE,
            split("work", levels[0], 2.0),
            split("work", levels[1], 2.0 + gap),
            effect("register", "work", 24, 2.0 + gap / 2, 0.7),
            *test("work", variable, gap, p, q),
        ],
        declared,
    )


def test_subgroups_that_do_not_differ_are_not_said_to() -> None:
    text = register_groups_text.sex(both(0.3, 0.7, 1.0))
    assert "p-value is above 0.05, so no difference is claimed" in text
    assert "“Women” and “Men”" in text


def test_a_small_p_alone_is_no_difference() -> None:
    text = register_groups_text.sex(both(3.0, 0.01, 0.2))
    assert "By itself one has" in text
    assert "none has a q-value of 0.05 or less, so no difference is claimed" in text


def test_a_small_q_names_the_outcome_and_its_variable() -> None:
    text = register_groups_text.findings(both(3.0, 0.001, 0.01))
    assert "one keeps a q-value of 0.05 or less: Work after 24 months by Sex" in text
    assert "no evidence that they differ" in text


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (4.0, "higher among those who came late, for Work (24 months). It never lies below"),
        (-4.0, "lower among those who came late, for Work (24 months). It never lies above"),
        (1.0, "Every interval includes zero"),
    ],
)
def test_late_against_early_says_which_is_larger(gap: float, said: str) -> None:
    text = register_groups_text.entry(both(gap, 0.04, 0.3, "entry"))
    assert said in text
    assert "“Before 1 January 2019” and “From 1 January 2019”" in text


def test_women_and_men_come_first_and_dates_have_their_own_table() -> None:
    made = both(1.0, 0.5, 0.9)
    table = register_groups.levels_beside(made, "sex", "register-sex")
    assert [column.head for column in table.columns][1:3] == ["Women", "Men"]
    assert table.rows[0][1] == "2.0 (1.0\u00a0to\u00a03.0)"
    assert table.rows[0][3] == "1.0 (1.0)"
    assert table.rows[0][-2:] == ("0.500", "0.900")
    assert register_groups.by_date(made) == ""  # declared, but without an estimate
    assert register_groups.by_date(both(1.0, 0.5, 0.9, "entry")) == "entry"


def test_a_level_without_estimate_says_why() -> None:
    declared = grouped([{"id": "sex"}])
    lost = row("not_estimated", "work", "too_few_events", group="sex=man")
    made = context([*PEOPLE, split("work", "sex=woman", 2.0), lost], declared)
    table = register_groups.levels_beside(made, "sex", "register-sex")
    assert table.rows[0][2] == NONE
    assert any("fewer than 50 people" in n and "Sex: Men (Work)" in n for n in table.notes)
    figure = register_group_figures.subgroups(made)
    assert "Sex: Men not shown" in figure.alt


def test_suppressed_numbers_of_a_group_stay_hidden(tmp_path: Path) -> None:
    declared = grouped([{"id": "sex"}])
    rows = [
        *PEOPLE,
        split("work", "sex=woman", 2.0, smallest_cell=2),
        split("work", "sex=man", 1.5),
        effect("register", "work", 24, 2.0, 0.7),
    ]
    made = context(rows, declared)
    table = register_groups.levels_beside(made, "sex", "register-sex")
    assert table.rows[0][1] == SUPPRESSED
    assert "2.0" not in " ".join(table.rows[0])
    figure = register_group_figures.subgroups(made)
    assert "Sex: Women not shown" in figure.alt
    write(figure, tmp_path)


def path(outcome: str, values: list[float], half: float, band: float) -> list[pd.DataFrame]:
    """An effect month by month with its interval and band; the test finds an effect."""
    out = [row("path_test", outcome, "sup_t", horizon=math.nan, estimate=2.9, p_value=0.01)]
    for month, value in enumerate(values, start=1):
        for estimator, width in (("lin", half), ("lin_band", band)):
            out.append(effect("register", outcome, month, value, width, estimator=estimator))
        for arm in ("support", "control"):
            out.append(
                row(
                    "mean",
                    outcome,
                    "block_weighted",
                    horizon=month,
                    estimate=20.0,
                    group=f"arm:{arm}",
                    unit="percent",
                )
            )
    return out


TURN = [-3.0, -3.0, 0.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("band", "said"),
    [
        (2.0, "too, lies on both sides of zero"),
        (4.0, "always includes zero"),
    ],
)
def test_a_turn_of_sign_is_told_with_what_the_band_says(band: float, said: str) -> None:
    text = register_path_text.turns(context([*PEOPLE, *path("listed", TURN, 1.0, band)]))
    assert "**Registered**: the effect lies below zero from 1 to 2 months" in text
    assert "above zero from 4 to 5 months" in text
    assert said in text


def test_no_turn_is_claimed_where_intervals_lie_on_one_side() -> None:
    text = register_path_text.turns(context([*PEOPLE, *path("listed", [0.0, 2.0, 3.0], 1.0, 1.5)]))
    assert text.startswith("No outcome has")


def test_monthly_effects_have_interval_and_band_and_say_so(tmp_path: Path) -> None:
    figure = path_figures.monthly_effects(context([*PEOPLE, *path("work", TURN, 1.0, 2.0)]))
    assert "pointwise 95% intervals (dark) and simultaneous 95% bands (light)" in figure.caption
    assert set(figure.data["estimator"]) == {"lin", "lin_band"}
    write(figure, tmp_path)
    plain = [r for r in path("work", TURN, 1.0, 2.0) if r["estimator"].iloc[0] != "lin_band"]
    assert "simultaneous" not in path_figures.monthly_effects(context([*PEOPLE, *plain])).caption


def test_path_tests_part_outcomes_by_what_they_find() -> None:
    rows = [
        row("path_test", o, "sup_t", horizon=math.nan, estimate=2.9, p_value=p)
        for o, p in (("work", 0.01), ("aid", 0.4))
    ]
    text = register_path_text.path_tests(context([*PEOPLE, *rows]))
    assert "It finds one for Work (p =\u00a00.010)." in text
    assert "It finds none for Social assistance (p =\u00a00.400)." in text
    assert "lies 2.90 standard errors" in text


def cumulated(outcome: str, estimate: float, half: float, **more: Any) -> pd.DataFrame:
    return effect(
        "register",
        outcome,
        24,
        estimate,
        half,
        **{"analysis": "cumulated", "unit": "months", "control_mean": 5.0} | more,
    )


def test_sums_are_told_by_what_their_intervals_say() -> None:
    rows = [
        *PEOPLE,
        cumulated("work", 1.5, 0.5),
        cumulated("aid", -2.0, 0.5),
        cumulated("wage", 900.0, 2000.0, unit="SEK", control_mean=90_000.0),
    ]
    text = register_cumulated.findings(context(rows))
    more, less, rest = (
        text.split("have more than")[1].partition("have less than")[0],
        text.split("have less than")[1],
        text.split("No difference could be shown in")[1],
    )
    assert "Work, 1.50\u00a0months (1.00 to 2.00; mean 5.00)" in more
    assert "Social assistance, \u22122.00" in less
    assert "Wage, SEK\u00a0900" in rest


def test_sums_without_take_up_have_no_columns_for_takers() -> None:
    table = register_cumulated.cumulated(context([*PEOPLE, cumulated("work", 1.5, 0.5)]))
    assert len(table.columns) == 6
    assert table.rows[0][-1] == "180"


def test_effects_are_set_against_what_takers_would_have_had() -> None:
    rows = [
        *PEOPLE,
        row("compliers", "met_team", "share", estimate=78.3, unit="percent"),
        row(
            "compliers",
            "work",
            "control_complier_mean",
            estimate=10.0,
            ci_low=8.0,
            ci_high=12.0,
            unit="percent",
        ),
        row("late", "work", "2sls", estimate=2.0, ci_low=1.0, ci_high=3.0),
        row(
            "compliers",
            "aid",
            "control_complier_mean",
            estimate=0.4,
            ci_low=-1.0,
            ci_high=2.0,
            unit="percent",
        ),
        row("late", "aid", "2sls", estimate=2.0, ci_low=1.0, ci_high=3.0),
    ]
    made = context(rows)
    text = register_takers.complier_text(made)
    assert "for 78.3 per cent of the people" in text
    assert "Work, 20 per cent more than 10.0\u00a0per cent" in text
    assert "Social assistance" not in text  # its mean may be zero: a ratio would say nothing
    assert [line[-1] for line in register_takers.compliers(made).rows] == ["+20", NONE]


def test_quantiles_say_where_the_arms_differ() -> None:
    rows = [
        *PEOPLE,
        row("any_amount", "wage", "lin", estimate=4.0, ci_low=2.0, ci_high=6.0, control_mean=40.0),
        effect("register", "wage", 24, 900.0, 300.0, unit="SEK"),
        row(
            "robustness",
            "wage",
            "winsorised",
            estimate=850.0,
            ci_low=-10.0,
            ci_high=1700.0,
            unit="SEK",
        ),
        *(
            row(
                "quantile",
                "wage",
                f"quantile_{q}",
                estimate=e,
                ci_low=low,
                ci_high=high,
                control_mean=mean,
                unit="SEK",
            )
            for q, e, low, high, mean in (
                (50, 0.0, math.nan, math.nan, 0.0),
                (75, 500.0, 100.0, 900.0, 9000.0),
                (90, 300.0, -100.0, 700.0, 20_000.0),
            )
        ),
    ]
    made = context(rows)
    text = register_amounts.findings(made)
    assert "More have any in the support arm, by 4.0\u00a0percentage points" in text
    assert "is not read in the same way as the main estimate" in text
    assert "differ at these places of the distribution: upper quartile, SEK\u00a0500" in text
    assert "No difference with an interval can be given at these: median." in text
    table = register_amounts.table(made)
    assert table.rows[3] == ("Median (SEK)", "0", f"0 ({NONE})", NONE)


def test_robustness_names_what_changes_and_how_far() -> None:
    rows = [*PEOPLE]
    for name, estimate in (("lin", 2.0), ("unadjusted", 0.5), ("fixed_effects", 2.1)):
        rows.append(
            effect("register", "work", 24, estimate, 1.0, estimator=name, analysis="robustness")
        )
    text = register_robust.findings(context(rows))
    assert "The main effect was estimated in three ways." in text
    assert "changes for: Work after 24 months (unadjusted)" in text
    assert "further from the main one than 3.0 of its standard errors" in text


def test_many_people_have_p_values_from_the_t_distribution() -> None:
    many = sizes("register", 60_000, 60_000)
    main = [
        effect("register", o, 24, 2.0, 1.0, estimator=e, p_value=0.012, q_value=0.034)
        for o in ("work", "aid")
        for e in ("lin", "unadjusted")
    ]
    made = context([*many, *main])
    table = trial_tables.effects(made, "register")
    assert "0.012" in table.rows[0]
    assert "0.034" in table.rows[0]
    assert "randomisation inference" not in table.notes[0]
    assert "t distribution" in register_path_text.no_draws(made)
    assert register_path_text.no_draws(context([*PEOPLE, *main])) == ""


def test_followed_says_who_is_lost_to_later_horizons() -> None:
    def followed(last: int) -> str:
        rows = [
            count("register", "followed", arm, n, horizon)
            for horizon, whole in ((12, 1.0), (24, last / 100))
            for arm, n in (("support", int(100 * whole)), ("control", int(80 * whole)))
        ]
        return register_path_text.followed(context([*PEOPLE, *rows]))

    assert "All 180 people are followed for 24 months. No effect rests" in followed(100)
    assert "180 are followed for 12 months and 90 are followed for 24 months" in followed(50)


def test_a_study_without_these_rows_has_no_such_pieces(tmp_path: Path) -> None:
    made = report([*PEOPLE, effect("register", "work", 24, 2.0, 1.0)], tmp_path)
    assert not any(register_results(made.context).values())
    for name in ("register-cumulated", "register-sex", "register-amounts", "register-compliers"):
        assert made.table(name).markdown == ""
    for name in ("register-cumulated", "register-amounts", "register-compliers"):
        assert made.text(name).markdown == ""
    for name in ("register-paths-sex", "register-specifications", "register-first-stage"):
        assert made.figure(name).markdown == ""


def test_first_stage_of_blocks_says_what_is_hidden(tmp_path: Path) -> None:
    rows = [
        row(
            "first_stage_block",
            "met_team",
            "unadjusted",
            group=f"all|block:b{k}",
            estimate=value,
            ci_low=value - 9,
            ci_high=value + 9,
            smallest_cell=cell,
        )
        for k, (value, cell) in enumerate([(70.0, 20), (80.0, 20), (75.0, 2)])
    ]
    figure = register_takers.first_stage(context([*PEOPLE, *rows]))
    assert "2 blocks: from 70.0 to 80.0" in figure.alt
    assert "One block is not shown" in figure.alt
    assert "75.0" not in figure.alt
    write(figure, tmp_path)
