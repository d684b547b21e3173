"""What the survey chapter promises of effects: words that follow from numbers, in every case."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display.ledgers import context, effect, label, sizes, study
from finsam_report import release
from finsam_report.display import (
    catalogue,
    survey_effects,
    survey_effects_text,
    survey_forest,
    survey_further,
    survey_further_text,
    survey_main,
    survey_reach,
    survey_results,
    survey_robustness,
    survey_spec_figure,
    survey_subgroups,
)
from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.survey_forest import Mark, Panel
from finsam_report.inputs.read import read_inputs
from finsam_report.parts import ledger
from finsam_report.study import Study
from studies.help import make

PEOPLE = sizes("survey")
KLK, ICW = "index_klk:main", "index_icw:main"


def row(analysis: str, outcome: str, estimator: str, **more: Any) -> pd.DataFrame:
    shared = {"part": "survey", "group": "all", "horizon": 6, "unit": "scale points"}
    return ledger.rows(
        **(shared | {"analysis": analysis, "outcome": outcome, "estimator": estimator} | more)
    )


def index(klk: float, icw: float, half: float = 0.1, weight: float = 0.2) -> Context:
    rows = [*PEOPLE]
    for name, size in ((KLK, klk), (ICW, icw)):
        rows.append(effect("survey", name, 6, size, half, unit="control SD"))
        rows.append(effect("survey", name, 6, size, half, unit="control SD",
                           estimator="lin_randomisation", p_value=0.012))  # fmt: skip
    for item, share in (("hope", weight), ("worry", 1 - weight)):
        for name, value in (("klk", 0.5), ("icw", share)):
            rows.append(row("index_weight", item, name, estimate=value, unit="weight",
                            group="family=main"))  # fmt: skip
    rows.append(row("index_weight", "all_items", "cronbach_alpha", estimate=0.8,
                    group="family=main"))  # fmt: skip
    return context(rows)


def specs(item: str = "hope", **ends: tuple[float, float]) -> list[pd.DataFrame]:
    """Specifications by their intervals, in both units."""
    out = []
    for name, (low, high) in ends.items():
        middle = math.nan if name in ("lee", "manski") else (low + high) / 2
        for suffix in ("", "_standardised"):
            out.append(row("robustness", item, name + suffix, estimate=middle, ci_low=low,
                           ci_high=high, n_support=50, n_control=50))  # fmt: skip
    return out


@pytest.mark.parametrize(
    ("size", "words"),
    [(0.3, "more favourably"), (-0.3, "less favourably"), (0.02, "no difference could be shown")],
)
def test_the_summary_says_what_its_interval_says(size: float, words: str) -> None:
    text = survey_effects_text.index(index(size, size))
    assert words in text
    assert "leads to the same reading" in text
    assert "p =\u00a00.012" in text


def test_two_summaries_that_disagree_are_said_to() -> None:
    assert "does not lead to the same reading" in survey_effects_text.index(index(0.3, 0.05))


def test_a_summary_that_cannot_be_shown_is_named() -> None:
    found = index(math.nan, math.nan, math.nan)
    assert "is not shown, or could not be made" in survey_effects_text.index(found)


def test_a_negative_weight_is_explained_and_named() -> None:
    found = index(0.3, 0.3, weight=-0.1)
    assert "One item has a negative" in survey_effects_text.index(found)
    notes = " ".join(survey_effects.index_weights(found).notes)
    assert "A negative weight means" in notes
    assert "A negative weight" not in " ".join(survey_effects.index_weights(index(1, 1)).notes)


def test_weights_stand_beside_each_other_for_each_item() -> None:
    rows = survey_effects.index_weights(index(0.3, 0.3)).rows
    assert rows == (("Hope", "0.50", "0.20"), ("Worry", "0.50", "0.80"))


def test_a_reading_that_holds_in_every_specification_is_said_to_hold() -> None:
    rows = specs(lin=(0.1, 0.3), unadjusted=(0.05, 0.3), ipw=(0.02, 0.4), lee=(0.01, 0.5),
                 manski=(-1.0, 1.0))  # fmt: skip
    text = survey_robustness.findings(context([*PEOPLE, *rows]))
    assert "is the same in all of them" in text
    assert "The reading changes" not in text
    assert "Lee's bounds excludes zero for every item" in text
    assert "Manski's bounds excludes zero for no item" in text


def test_a_specification_that_reads_differently_is_named() -> None:
    rows = specs(lin=(0.1, 0.3), unadjusted=(-0.05, 0.3), ipw=(0.02, 0.4))
    text = survey_robustness.findings(context([*PEOPLE, *rows]))
    assert "Hope (zero is not excluded, or on the other side, without adjustment)" in text


def test_the_opposite_sign_is_not_the_same_reading() -> None:
    found = context([*PEOPLE, *specs(lin=(0.1, 0.3), ipw=(-0.4, -0.1))])
    assert survey_robustness.verdicts(found, "hope") == ("up", ["ipw"])


def test_nothing_to_check_is_said() -> None:
    assert "No item has an effect" in survey_robustness.findings(context(PEOPLE))


def test_a_suppressed_specification_has_a_mark_and_one_not_made_a_dash() -> None:
    hidden = row("robustness", "hope", "ipw", estimate=0.2, ci_low=0.1, ci_high=0.3,
                 smallest_cell=3)  # fmt: skip
    found = context([*PEOPLE, *specs(lin=(0.1, 0.3)), *specs("worry", lin=(0.1, 0.3)), hidden])
    cells = {r[0]: r[2] for r in survey_robustness.in_points(found).rows}
    assert cells == {"Hope": SUPPRESSED, "Worry": NONE}


def test_the_widest_bounds_do_not_set_the_axis_and_have_arrows() -> None:
    panel = Panel("a", (Mark(0.1, 0.0, 0.2), Mark(low=-9, high=9, bar=(-8, 8), wide=True)))
    low, high = survey_forest.span([panel])
    assert -0.1 < low < 0 < high < 0.3
    assert survey_forest.beyond([panel])
    assert not survey_forest.beyond([Panel("a", panel.marks[:1])])


def test_infinite_ends_leave_the_axis_finite() -> None:
    assert all(map(math.isfinite, survey_forest.span([Panel("a", (Mark(0.1, -math.inf, 0.2),))])))


def test_alt_text_of_the_specifications_has_their_numbers() -> None:
    rows = specs(lin=(0.1, 0.3), unadjusted=(0.0, 0.2), ipw=(0.1, 0.5))
    alt = survey_spec_figure.specifications(context([*PEOPLE, *rows])).alt
    assert (
        "Hope: Adjusted (main) 0.20 (0.10 to 0.30); the other 2 estimates from 0.10 to 0.30" in alt
    )


def interaction_tests(*pairs: tuple[float, float]) -> Context:
    """Interaction tests of one item by variables, with randomisation p and q each."""
    names = [f"g{k}" for k in range(len(pairs))]
    plain = study().model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["register"] = plain.pop("register_", plain.get("register"))
    plain["survey"]["assignment"] = {"blocks": names}
    plain["survey"]["subgroups"] = [{"id": n, "label": label(n.upper())} for n in names]
    rows = [*PEOPLE]
    for name, (p, q) in zip(names, pairs, strict=True):
        rows.append(row("subgroup", "hope", "lin", group=f"{name}=a", estimate=0.1, std_error=0.1,
                        ci_low=-0.1, ci_high=0.3, n_support=20, n_control=20))  # fmt: skip
        rows.append(row("not_estimated", "hope", "too_few_in_group", group=f"{name}=b"))
        rows.append(row("interaction", "hope", "wald_randomisation", group=name, p_value=p,
                        q_value=q))  # fmt: skip
    return context(rows, Study.model_validate(plain, strict=False))


def test_no_difference_between_subgroups_is_claimed_after_correction() -> None:
    text = survey_subgroups.findings(interaction_tests((0.03, 0.3), (0.5, 0.6)))
    assert "One has a randomisation p-value of 0.05 or less" in text
    assert "no difference between subgroups is claimed" in text
    assert "is no evidence that they differ" in text


def test_a_test_that_survives_is_named_with_its_numbers() -> None:
    text = survey_subgroups.findings(interaction_tests((0.001, 0.01), (0.5, 0.6)))
    assert "Hope by G0 (randomisation p =\u00a00.001, q =\u00a00.010)" in text
    assert "is claimed" not in text


def test_a_level_without_an_effect_has_its_reason() -> None:
    table = survey_subgroups.effects(interaction_tests((0.5, 0.6)))
    assert [r[0] for r in table.rows] == ["a", "b", "All"]
    assert table.rows[1][2:] == (NONE,)
    assert "Too few people to be estimated: G0: b." in " ".join(table.notes)


def paired(analysis: str, estimator: str, low: float, high: float, **more: Any) -> pd.DataFrame:
    return row(analysis, "hope", estimator, estimate=(low + high) / 2, std_error=0.1, ci_low=low,
               ci_high=high, control_mean=2.0, **more)  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.1, 0.3, "Staff judged more favourably"),
        (-0.3, -0.1, "Staff judged less favourably"),
        (-0.1, 0.1, "No gap could be shown"),
    ],
)
def test_staff_are_above_below_or_not_told_apart(low: float, high: float, words: str) -> None:
    found = context([*PEOPLE, paired("staff", "paired_gap", low, high, n_support=9, n_control=9)])
    assert words in survey_further_text.staff(found)


def test_a_mean_and_its_change_add_up() -> None:
    found = context([*PEOPLE, paired("staff", "paired_gap", 0.4, 0.6, n_support=9, n_control=8)])
    assert survey_further.staff(found).rows == (
        ("Hope", "2.00", "2.50", "0.50 (0.10)", "0.40 to 0.60", "17"),
    )


def test_what_staff_answered_about_few_is_not_shown() -> None:
    found = context([*PEOPLE, paired("staff", "paired_gap", 0.4, 0.6, smallest_cell=3)])
    assert set(survey_further.staff(found).rows[0][1:]) == {SUPPRESSED}
    assert "nothing can be shown" in survey_further_text.staff(found)


def test_the_smallest_effect_is_said_in_words_with_its_power() -> None:
    rows = [row("mde", item, "lin_standardised", estimate=size, unit="control SD")
            for item, size in (("hope", 0.231), ("worry", 0.26))]  # fmt: skip
    text = survey_further_text.mde(context([*PEOPLE, *rows]))
    assert "smaller than 0.23 to 0.26 standard deviations" in text
    assert "a probability of 80 per cent" in text
    assert "a level of 5 per cent" in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(-1.0, 3.0, "could be shown"), (1.0, 3.0, "The arms answered at different shares")],
)
def test_the_box_names_a_difference_in_response(low: float, high: float, words: str) -> None:
    gap = row("attrition", "wave1", "unadjusted", estimate=(low + high) / 2, ci_low=low,
              ci_high=high, control_mean=70, unit="percentage points")  # fmt: skip
    assert words in survey_reach.reach(context([*PEOPLE, gap]))


def test_everybody_who_answered_leaves_nobody_missing() -> None:
    gap = row("attrition", "wave1", "unadjusted", estimate=0, ci_low=0, ci_high=0,
              control_mean=100, unit="percentage points")  # fmt: skip
    assert "Everybody answered" in survey_reach.reach(context([*PEOPLE, gap]))


def test_a_list_of_any_length_fits_into_a_sentence() -> None:
    items = "; ".join(f"item {k}" for k in range(500))
    assert items in catalogue.say("en", "survey-unknown", items=items)


def test_a_single_item_has_neither_q_nor_family_wise_p() -> None:
    rows = [
        effect("survey", "hope", 6, 0.5, 0.2, estimator=e) for e in ("lin", "lin_randomisation")
    ]
    heads = [c.head for c in survey_main.effects(context([*PEOPLE, *rows])).columns]
    assert "p" in heads
    assert not {"q", "Family-wise p"} & set(heads)


@pytest.fixture(scope="module")
def help_study(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The HELP trial: five surveys, scales from two to sixty-one points, real answers."""
    from finsam_report.display.lookup import Lookup

    directory = make.write(tmp_path_factory.mktemp("help"))
    inputs = read_inputs(directory)
    return Context(inputs.study, Lookup(release.released_study(inputs)), "en")


def test_a_real_trial_shows_every_survey_after_the_start(help_study: Context) -> None:
    table = survey_effects.other_waves(help_study)
    assert [r[0] for r in table.rows] == ["6 months", "12 months", "18 months", "24 months"] * 6
    assert "18 effects" in survey_effects_text.other_waves(help_study)


def test_items_of_a_family_stand_under_its_name(help_study: Context) -> None:
    groups = survey_main.effects(help_study).groups
    assert list(dict.fromkeys(groups)) == ["Health", "Life around it"]
    assert len(groups) == 6


def test_items_that_were_turned_round_are_named(help_study: Context) -> None:
    notes = " ".join(survey_main.effects(help_study).notes)
    assert (
        "General health, Depressive symptoms, Thoughts of suicide and Risky use of drugs" in notes
    )


@pytest.mark.parametrize("name", [*survey_results.TABLES, *survey_results.FIGURES])
def test_every_piece_of_a_real_trial_is_whole_or_absent(
    name: str, help_study: Context, tmp_path: Path
) -> None:
    from finsam_report.display.report import Report

    report = Report(help_study, tmp_path, tmp_path)
    for kind, names in (("table", survey_results.TABLES), ("figure", survey_results.FIGURES)):
        if name not in names:
            continue
        text = getattr(report, kind)(name).markdown
        assert bool(text) != report._absent(name)
        assert not re.search(r"\bnan\b|\{\$", re.sub(r"<[^>]+>|#[\w-]+", "", text))


@pytest.mark.parametrize(
    ("months", "words"),
    [((1, 2), "lengthens the wait everywhere"), ((7, 8), "does not lengthen the wait anywhere"),
     ((1, 8), "at some places and not at others")],
)  # fmt: skip
def test_the_queue_says_whether_the_study_makes_people_wait_longer(
    months: tuple[float, ...], words: str
) -> None:
    plain = study().model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["register"] = plain.pop("register_", plain.get("register"))
    plain["survey"]["assignment"] = {"blocks": ["site"]}
    plain["survey"]["queue"] = [
        {"block": f"s{k}", "months": float(wait)} for k, wait in enumerate(months)
    ]
    found = context(PEOPLE, Study.model_validate(plain, strict=False))
    assert words in survey_effects_text.queue_contrast(found)
    assert [r[3] for r in survey_effects_text.queue(found).rows] == [
        found.fmt.number(6 - wait, sign=True) for wait in months
    ]
