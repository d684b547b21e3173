"""What the municipality chapter says follows its numbers: effects, none, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display.municipality_ledger import (
    NAMES,
    PENSION,
    SICK,
    WORK,
    context,
    entry,
    overall,
    row,
    study,
)
from finsam_report import release
from finsam_report.display import (
    municipality_check_text,
    municipality_checks,
    municipality_courses,
    municipality_entry_table,
    municipality_results,
    municipality_robust_text,
    municipality_summary,
    municipality_tables,
    municipality_text,
)
from finsam_report.display.report import make
from finsam_report.parts import ledger

DOWN, UP, NONE = (-0.2, 0.1), (0.2, 0.1), (0.05, 0.1)


def effects(
    sick: tuple[float, float] = DOWN,
    pension: tuple[float, float] = UP,
    work: tuple[float, float] = NONE,
    **more: Any,
) -> list[pd.DataFrame]:
    found = {SICK: sick, PENSION: pension, WORK: work}
    return [piece for name, number in found.items() for piece in overall(name, number, **more)]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (DOWN, "Lower with membership than without, by 0.20 percentage points (0.10 to 0.30)"),
        (UP, "Higher with membership than without, by 0.20 percentage points (0.10 to 0.30)"),
        (NONE, "No effect of joining could be shown. The estimate is 0.05 percentage points"),
    ],
)
def test_a_finding_follows_its_interval(number: tuple[float, float], said: str) -> None:
    text = municipality_text.findings(context(effects(sick=number)))
    assert f"**{NAMES[SICK]}.** {said}" in text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (DOWN, "- **Sickness benefit:** −0.20 (−0.30 to −0.10) percentage points. Favourable."),
        (UP, "- **Sickness benefit:** 0.20 (0.10 to 0.30) percentage points. Unfavourable."),
        (NONE, "- **No effect could be shown:** Sickness benefit; "),
    ],
)
def test_the_summary_calls_an_effect_good_or_bad_as_the_study_file_does(
    number: tuple[float, float], said: str
) -> None:
    rows = entry({2005: 40}, never=20) + effects(sick=number)
    assert said in municipality_summary.key_findings(context(rows))


def test_a_study_in_which_nothing_is_estimated_says_so_in_the_summary() -> None:
    text = municipality_summary.key_findings(context(entry({}, never=20)))
    assert "No effect of joining can be estimated" in text
    assert "Of 20 municipalities, 0 joined" in text


def test_effects_that_do_not_outlast_the_correction_are_named() -> None:
    rows = overall(SICK, DOWN, q=0.2, wise=0.3) + overall(PENSION, UP) + overall(WORK, NONE)
    text = municipality_text.findings(context(rows))
    assert "two have intervals that exclude zero" in text
    assert f"kept by one of them, and not by {NAMES[SICK]}" in text
    assert "family-wise test, one of them remains" in text


def test_no_effect_at_all_needs_no_correction() -> None:
    text = municipality_text.findings(context(effects(NONE, NONE, NONE)))
    assert "none has an interval that excludes zero" in text
    assert "q-value" not in text


@pytest.mark.parametrize(
    ("gap", "said", "unsaid"),
    [
        ((0.5, 0.1), "The two differ, by 0.50", "is not tested"),
        ((0.05, 0.1), "That they differ could not be shown", "is not tested"),
        (None, "differs between women and men is not tested", "The two differ"),
    ],
)
def test_women_and_men_differ_only_where_that_was_tested(
    gap: tuple[float, float] | None, said: str, unsaid: str
) -> None:
    rows = effects() + effects(UP, UP, UP, group="women") + effects(NONE, NONE, NONE, group="men")
    if gap is not None:
        group = {"group": "women-men"}
        rows += [row("overall", o, "cs_difference", gap, **group) for o in (SICK, PENSION, WORK)]
    text = municipality_text.findings(context(rows))
    assert said in text
    assert unsaid not in text


def test_groups_by_age_are_listed_only_where_an_effect_is_found() -> None:
    rows = effects()
    for who in ("all", "women", "men"):
        number = DOWN if who == "women" else NONE
        rows += overall(SICK, number, q=0.2, group=f"{who} 55-64")
    text = municipality_text.ages(context(rows))
    assert "- **Sickness benefit**, lower among women, 55–64 years: −0.20" in text
    assert "men, 55–64 years: 0.05" not in text
    assert "is kept by no" in text


@pytest.mark.parametrize(
    ("joined", "counts", "said"),
    [
        ({2005: 30, 2006: 10}, {"never": 20}, "40 joined an association between 2005 and 2006"),
        ({2005: 30}, {}, "all in 2005. By 2015 all had joined"),
        ({}, {"never": 9}, "None of them joined an association"),
        ({2005: 30, 2017: 6}, {"never": 8, "after": 6}, "there were 14 that had not joined, of wh"),
        ({1999: 7, 2005: 30}, {"always": 7}, "Seven had joined in or before 2000"),
        ({2005: 30}, {"merged": 1}, "One merged with another municipality and is counted"),
        ({2005: 30}, {"alone": 3}, "no association is named"),
        ({2005: 30}, {"unbalanced": 2}, "Two lack some outcome in some year; they enter"),
    ],
)
def test_the_text_on_entry_counts_everybody(
    joined: dict[int, int], counts: dict[str, int], said: str
) -> None:
    assert said in municipality_text.entry(context(entry(joined, **counts)))


def test_the_table_of_entry_adds_up() -> None:
    rows = entry({2005: 30, 2006: 10, 2017: 6}, never=8)
    table = municipality_entry_table.entry(context(rows, markdown=False))
    assert [line[:3] for line in table.rows] == [
        ("2005", "30", "30"),
        ("2006", "10", "40"),
        ("2017", "6", "46"),
        ("Had not joined in any of these years", "8", "–"),
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [((1.0, 0.5), "higher among those that joined later"), ((0.1, 0.5), "In none of the one")],
)
def test_later_members_differ_before_joining_only_where_shown(
    number: tuple[float, float], said: str
) -> None:
    rows = [row("pre_period", SICK, "difference", number, p_value=0.1)]
    assert said in municipality_text.before(context(rows))


def _trends(p: float, bias: float) -> list[pd.DataFrame]:
    return [
        *effects(),
        row("pretest", SICK, "wald", estimate=9.0, p_value=p, n_support=5),
        row("pretest_power", SICK, "slope_80", estimate=0.03),
        row("pretest_power", SICK, "bias_80", estimate=bias),
    ]


def test_trends_that_part_before_joining_are_called_so() -> None:
    text = municipality_check_text.trends(context(_trends(0.01, 0.1)))
    assert f"trends parted before joining for: {NAMES[SICK]} (p = 0.010)" in text.replace(
        "\u00a0", " "
    )
    assert "may be more of the same" in text


@pytest.mark.parametrize(
    ("bias", "said"), [(0.3, "bring about the whole estimate for"), (0.1, "For no outcome would")]
)
def test_a_passed_test_of_trends_is_no_proof(bias: float, said: str) -> None:
    text = municipality_check_text.trends(context(_trends(0.5, bias)))
    assert "does not find that trends parted" in text
    assert "does not prove that trends were alike" in text
    assert said in text


def test_without_years_before_joining_trends_are_said_to_be_untested() -> None:
    assert "could not be tested" in municipality_check_text.trends(context(effects()))


def _honest(low: float, high: float, bend: float, times: float) -> list[pd.DataFrame]:
    shared = {"ci_low": low, "ci_high": high}
    return [
        *effects(),
        row("honest", SICK, "target_years", estimate=5, unit="years"),
        row("honest", SICK, "parallel", estimate=-0.2),
        row("honest", SICK, "largest_bend", estimate=0.1),
        row("honest", SICK, "smoothness", estimate=-0.2, horizon=0.0, **shared),
        row("honest", SICK, "smoothness", estimate=-0.2, horizon=0.1, ci_low=-1.0, ci_high=1.0),
        row("honest", SICK, "relative", horizon=1.0, ci_low=-0.8, ci_high=0.7),
        row("honest_breakdown", SICK, "smoothness", estimate=bend),
        row("honest_breakdown", SICK, "relative", estimate=times),
    ]


def test_how_much_would_overturn_a_result_is_said_in_both_yardsticks() -> None:
    made = context(_honest(-0.3, -0.1, 0.02, 0.4))
    text = municipality_check_text.sensitivity(made)
    assert "still excludes zero (−0.30 to −0.10)" in text
    assert "may bend by 0.020 points a year" in text
    assert "0.20 times the largest bend" in text
    assert "0.40 times as large" in text
    cells = municipality_courses.sensitivity(made).rows[0]
    assert [cell.replace("\u00a0", " ") for cell in cells] == [
        NAMES[SICK],
        "−0.20",
        "−0.30 to −0.10",
        "−1.00 to 1.00",
        "−0.80 to 0.70",
        "0.020",
        "0.40",
    ]


@pytest.mark.parametrize(
    ("times", "said"), [(0.4, "would no longer be if"), (1.3, "would still be if")]
)
def test_the_summary_says_whether_trends_as_before_would_undo_the_effects(
    times: float, said: str
) -> None:
    rows = entry({2005: 40}, never=20) + _honest(-0.3, -0.1, 0.02, times)
    text = municipality_summary.key_findings(context(rows))
    assert f"The effect that is shown {said} members" in text


def test_the_summary_says_where_trends_parted_before_joining() -> None:
    rows = entry({2005: 40}, never=20)
    assert "already moved apart in: Sickness" in municipality_summary.key_findings(
        context(rows + _trends(0.01, 0.1))
    )
    assert "moved apart" not in municipality_summary.key_findings(context(rows + _trends(0.5, 0.1)))


def test_a_result_that_a_straight_line_overturns_is_not_said_to_hold() -> None:
    text = municipality_check_text.sensitivity(context(_honest(-0.3, 0.1, 0.0, 0.0)))
    assert "the interval includes zero (−0.30 to 0.10)" in text
    assert "still excludes" not in text


def _robust(other: tuple[float, float]) -> list[pd.DataFrame]:
    return [
        *effects(),
        row("robustness", SICK, "twfe", other),
        row("robustness", SICK, "imputation", DOWN),
        row("robustness", SICK, "anticipation_2", DOWN),
        row("robustness", SICK, "bootstrap", DOWN),
    ]


def test_a_choice_that_changes_the_reading_is_named() -> None:
    text = municipality_check_text.robustness(context(_robust(NONE)))
    assert f"{NAMES[SICK]} (excludes zero in the main estimate, otherwise with: two-way" in text


def test_choices_that_agree_are_said_to_agree() -> None:
    text = municipality_check_text.robustness(context(_robust(DOWN)))
    assert "For all three outcomes" in text
    assert "is the same in all of them" in text


def test_the_table_of_choices_has_every_choice_and_standard_errors_apart() -> None:
    table = municipality_checks.robustness(context(_robust(NONE), markdown=False))
    lines = list(zip(table.groups, (line[0] for line in table.rows), strict=True))
    assert ("All", "2 years of anticipation") in lines
    assert ("All", "Bootstrap") not in lines
    assert lines[-2:] == [
        ("Standard errors alone, everybody", "Main estimate"),
        ("Standard errors alone, everybody", "Bootstrap"),
    ]
    assert table.rows[-1][1] == "0.050"


def test_weights_of_the_regression_are_given_where_members_serve_as_comparison() -> None:
    rows = _robust(NONE)
    weights = {"treated_never": 0.5, "earlier_later": 0.3, "later_earlier": 0.2}
    for kind, weight in weights.items():
        rows.append(
            row("bacon", SICK, "bacon", estimate=0.1, control_mean=weight, group=f"type={kind}")
        )
    made = context(rows, markdown=False)
    assert "a weight of 20 per cent" in municipality_check_text.estimators(made)
    table = municipality_checks.bacon(made)
    assert [float(line[1]) for line in table.rows] == [50.0, 20.0, 30.0, 100.0]


@pytest.mark.parametrize(
    ("sick", "pension", "both", "said", "unsaid"),
    [
        (DOWN, UP, NONE, "is an interpretation, which shares", "speaks for a move"),
        (DOWN, UP, UP, "cannot be the whole matter", "is an interpretation"),
        (NONE, UP, NONE, "nothing here speaks for a move", "go in opposite directions"),
        (UP, UP, UP, "The sum changes by", "go in opposite directions"),
    ],
)
def test_a_move_between_benefits_is_never_more_than_an_interpretation(
    sick: tuple[float, float],
    pension: tuple[float, float],
    both: tuple[float, float],
    said: str,
    unsaid: str,
) -> None:
    rows = [*effects(sick, pension), row("substitution", "both", "cs", both)]
    text = municipality_robust_text.substitution(context(rows))
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("number", "said"), [(NONE, "no effect could be shown"), (UP, "seems to change what it should")]
)
def test_a_placebo_that_moves_is_a_warning(number: tuple[float, float], said: str) -> None:
    rows = [*effects(), row("placebo", "moved", "cs", number)]
    assert said in municipality_robust_text.placebo(context(rows))


@pytest.mark.parametrize(("number", "said"), [(DOWN, "does not depend"), (NONE, "without county")])
def test_a_single_county_that_decides_is_named(number: tuple[float, float], said: str) -> None:
    rows = [
        *effects(),
        row("leave_out", SICK, "cs", DOWN, group="county=01"),
        row("leave_out", SICK, "cs", number, group="county=14"),
    ]
    text = municipality_robust_text.leave_out(context(rows))
    assert said in text
    assert ("14" in text) == (said == "without county")


@pytest.mark.parametrize(("p", "said"), [(0.002, "agrees with"), (0.4, "say different things")])
def test_a_permutation_test_is_held_against_the_interval(p: float, said: str) -> None:
    rows = [*effects(), row("permutation", SICK, "simple", estimate=-0.2, p_value=p, n_support=999)]
    assert said in municipality_robust_text.permutation(context(rows))


def _course(names: list[str], band: tuple[float, float] = DOWN) -> list[pd.DataFrame]:
    rows = []
    for name in names:
        for at in (-2, 0, 1):
            rows.append(row("event", name, "cs", NONE if at < 0 else DOWN, horizon=at))
            rows.append(row("event", name, "cs_band", band if at == 1 else NONE, horizon=at))
    return rows


def test_the_course_counts_years_by_the_band_and_not_by_single_intervals() -> None:
    text = municipality_check_text.course(context(effects() + _course([SICK])))
    assert "below zero in one of the two years shown" in text
    text = municipality_check_text.course(context(effects() + _course([SICK], NONE)))
    assert "includes zero in each of the two years" in text


def test_many_outcomes_stand_under_one_another_in_print() -> None:
    extra = [f"more{k}" for k in range(4)]
    rows = effects() + _course([SICK, PENSION, WORK, *extra])
    for name in extra:
        rows += overall(name, NONE)
    table = municipality_courses.course(context(rows, study(extra=4), markdown=False))
    assert len(table.columns) == 3
    assert table.groups[0] == NAMES[SICK]
    few = municipality_courses.course(context(effects() + _course([SICK]), markdown=False))
    assert len(few.columns) == 4


def test_numbers_have_the_decimals_that_their_errors_ask_for() -> None:
    fine = municipality_tables.effects(context(effects((0.0123, 0.004), (0.01, 0.004), (0, 0.004))))
    coarse = municipality_tables.effects(context(effects((12.34, 4.0), (1.0, 4.0), (0.0, 4.0))))
    assert fine.rows[0][1].startswith("0.012 ")
    assert coarse.rows[0][1].startswith("12.3 ")


def test_what_could_not_be_estimated_is_counted_by_reason() -> None:
    rows = [
        *effects(),
        row("not_estimated", SICK, "no_comparison", horizon=2014.0, group="cohort=2014"),
        row("not_estimated", SICK, "no_comparison", horizon=2015.0, group="cohort=2014"),
        row("not_estimated", WORK, "unheard_of", group="women"),
    ]
    text = municipality_robust_text.not_estimated(context(rows))
    assert "3 effects could not be estimated" in text
    assert "2 because no municipality is left to compare with" in text
    assert "1 for another reason" in text


def test_a_study_whose_ledger_has_only_the_entry_shows_only_that(tmp_path: Path) -> None:
    released = release.release(ledger.join(entry({2005: 30}, never=9)))
    report = make(study(), released, "en", tmp_path, tmp_path / "out")
    flags = municipality_results.flags(report.context)
    assert [name for name, on in flags.items() if on] == ["municipality_chapter"]
    for name in municipality_results.TABLES:
        assert bool(report.table(name).markdown) == (name == "municipality-entry")
    said = [name for name in municipality_results.TEXTS if report.text(name).markdown]
    assert said == [
        "key-findings-municipality", "municipality-entry", "municipality-compared",
        "municipality-trends", "municipality-sensitivity",
    ]  # fmt: skip


def test_a_study_without_municipalities_has_nothing_of_the_chapter(tmp_path: Path) -> None:
    from display.ledgers import effect, report

    made = report([effect("survey", "hope", 6, 0.2, 0.1)], tmp_path)
    assert not any(municipality_results.flags(made.context).values())
    for name in municipality_results.TABLES:
        assert made.table(name).markdown == ""
    for name in municipality_results.TEXTS:
        assert made.text(name).markdown == ""
    for name in municipality_results.FIGURES:
        assert made.figure(name).markdown == ""
