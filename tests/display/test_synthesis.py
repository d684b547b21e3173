"""What the parts say together: right for effects, for none, for the opposite, and for one part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display import municipality_ledger as towns
from display.ledgers import context, effect, label, report, sizes, study
from finsam_report.display import (
    brief,
    brief_figure,
    evidence,
    evidence_table,
    key_findings,
    synthesis,
    synthesis_limits,
    synthesis_results,
)
from finsam_report.display.context import Context
from finsam_report.parts import ledger
from finsam_report.study import Study

QUESTIONS = [
    {"id": "work", "text": label("Do more work?")},
    {"id": "future", "text": label("Is the future bright?")},
    {"id": "empty", "text": label("Is nothing asked?")},
]
ITEMS = [
    {"id": "hope", "label": label("Hope"), "text": label("Hope?"), "questions": ["future", "work"]},
    {"id": "life", "label": label("Life"), "text": label("Life?"), "questions": ["future"]},
]
OUTCOMES: list[dict[str, Any]] = [
    {"id": "work", "unit": "share", "label": label("Work"), "questions": ["work"]},
    {"id": "listed", "unit": "share", "direction": "none", "label": label("Registered")},
    {"id": "aid", "unit": "share", "direction": "down", "label": label("Social assistance")},
]
PEOPLE = [*sizes("survey"), *sizes("register")]
UP, NONE, DOWN = 1, 0, -1


def declared(*, parts: tuple[str, ...] = ("survey", "register")) -> Study:
    whole = study(items=ITEMS, outcomes=OUTCOMES, questions=QUESTIONS)
    gone = {"survey": "survey", "register": "register_"}
    return whole.model_copy(update={gone[p]: None for p in gone if p not in parts})


def world(survey: int, register: int, **more: Any) -> list[pd.DataFrame]:
    """A ledger in which every judged effect has a sign, or none is clear of zero."""
    rows = list(PEOPLE)
    for name in ("hope", "life"):
        shared = {"estimate": 0.5 * survey, "half": 0.2 if survey else 0.3}
        rows += both("survey", name, 6, **shared, **more)
    for name, sign in (("work", 1), ("aid", -1), ("listed", 0)):
        for at in (12, 24):
            size = 4.0 * register * sign
            rows += both("register", name, at, size, 2.0 if size else 3.0, **more)
    return rows


def both(
    part: str, name: str, at: float, estimate: float, half: float, **more: Any
) -> list[pd.DataFrame]:
    """An effect in all the ways that the synthesis looks at."""
    drop = {k: v for k, v in more.items() if k != "q_value"}
    return [
        effect(part, name, at, estimate, half, **drop),
        effect(part, name, at, estimate, half, estimator="unadjusted", **drop),
        effect(part, name, at, estimate / 8, half / 8, estimator="lin_standardised",
               unit="control SD", **drop),
        effect(part, name, at, estimate, half, estimator="lin_randomisation", **more),
    ]  # fmt: skip


def made(rows: list[pd.DataFrame], whole: Study | None = None) -> Context:
    return context(rows, whole or declared()).for_markdown()


def everything(at: Context) -> str:
    """All that summary, brief and synthesis compute."""
    texts = [synthesis_results.TEXTS[name](at) for name in synthesis_results.TEXTS]
    return "\n\n".join([*texts, key_findings.survey(at), key_findings.register(at)])


# ------------------------------------------------------------------- the words follow the effects


def test_favourable_effects_are_never_called_anything_else() -> None:
    text = everything(made(world(UP, UP)))
    assert "Yes. Every effect that bears on the question is favourable" in text
    assert "point the same way: where a difference can be shown, it is favourable" in text
    assert not re.search(r"\bunfavourable (for|in)|less favourably than|Unfavourable diff", text)


def test_reversed_effects_turn_every_word_round() -> None:
    text = everything(made(world(DOWN, DOWN)))
    assert "No. Every effect that bears on the question is unfavourable" in text
    assert "point the same way: where a difference can be shown, it is unfavourable" in text
    assert "People in the support arm answered less favourably" in text
    for phrase in ("Yes.", "In part.", "answered more favourably", "**Favourable diff"):
        assert phrase not in text
    assert not re.search(r"(?<!neither )\bfavourable for\b", text)


def test_no_effects_leave_no_claim_of_a_difference() -> None:
    text = everything(made(world(NONE, NONE)))
    assert "No effect that bears on the question can be told apart from zero" in text
    assert "no difference can be shown, neither in what people answer nor in what is" in text
    for phrase in (
        "Yes.",
        "No. ",
        "In part",
        "favourable for",
        "of high certainty",
        "effects are on",
    ):
        assert phrase not in text, phrase
    assert "All five effects that are rated are of very low certainty." in text


@pytest.mark.parametrize(
    ("survey", "register", "said"),
    [
        (UP, NONE, "answer more favourably on some items, while no difference can be shown"),
        (DOWN, NONE, "answer less favourably on some items, while no difference can be shown"),
        (NONE, UP, "What is recorded shows favourable differences, while none can be shown"),
        (NONE, DOWN, "What is recorded shows unfavourable differences, while none can be shown"),
        (UP, DOWN, "contradict one another: people answer more favourably, but what is recorded"),
        (DOWN, UP, "contradict one another: people answer less favourably, but what is recorded"),
    ],
)
def test_survey_and_register_are_set_against_one_another(
    survey: int, register: int, said: str
) -> None:
    assert said in synthesis.agreement(made(world(survey, register)))


def test_a_part_that_points_both_ways_is_not_said_to_agree() -> None:
    rows = [
        *PEOPLE, *both("survey", "hope", 6, 0.5, 0.2), *both("survey", "life", 6, -0.5, 0.2),
        *both("register", "work", 24, 4.0, 2.0),
    ]  # fmt: skip
    text = synthesis.agreement(made(rows))
    assert "The survey by itself points in both directions, and what is recorded is fav" in text
    assert "The answers differ." in synthesis.answers(made(rows))


def test_a_difference_that_is_not_judged_is_no_answer() -> None:
    rows = [*PEOPLE, *both("register", "listed", 24, 5.0, 2.0)]
    one = declared(parts=("register",)).model_copy(update={"questions": ()})
    text = synthesis.answers(made(rows, one))
    assert "There is a difference, but the study calls neither direction better." in text
    assert "higher, which is called neither better nor worse, for Registered" in text


def test_a_question_that_nothing_answers_is_left_open() -> None:
    text = synthesis.answers(made(world(UP, UP)))
    assert "**Is nothing asked?** The study leaves this open" in text


def test_answers_alone_are_said_to_be_answers_alone() -> None:
    text = synthesis.answers(made(world(UP, UP), declared(parts=("survey",))))
    assert text.count("This rests on what people answer, and not on what was seen") == 2
    assert "*Register:*" not in text


def test_effects_that_do_not_stand_up_to_many_tests_are_said_to_be_perhaps_chance() -> None:
    sure, unsure = (made(world(UP, NONE, q_value=q)) for q in (0.01, 0.4))
    assert "chance" not in synthesis.answers(sure)
    assert "none of these differences is clear when all tests are counted" in synthesis.answers(
        unsure
    )
    assert "What is clear by itself is no longer so" in key_findings.survey(unsure)


def test_an_earlier_effect_that_is_gone_at_the_end_is_told_with_its_time() -> None:
    rows = [*PEOPLE, *both("register", "work", 12, 4.0, 2.0), *both("register", "work", 24, 1, 2)]
    at = made(rows)
    assert "favourable for Work after 12 months (4.0\u00a0percentage points)" in synthesis.answers(
        at
    )
    assert "no difference can be shown for Work after 24 months" in synthesis.answers(at)
    assert "Before the end it was otherwise for Work after 12 months (favourable)" in (
        brief.register(at)
    )


def test_what_was_not_estimated_is_neither_an_effect_nor_its_absence() -> None:
    text = synthesis.answers(made([*PEOPLE, *both("survey", "hope", 6, 0.5, 0.2)]))
    assert "*Register:* no estimate for Work." in text
    assert "no estimate for Life" in text


def test_suppressed_effects_are_not_told() -> None:
    rows = world(UP, UP, smallest_cell=3)
    text = everything(made(rows))
    assert "0.50" not in text and "4.0" not in text
    assert not synthesis_results.flags(made(rows))["evidence"]
    assert brief.survey(made(rows)) == "*Survey.* No effect could be estimated."


def test_a_study_of_one_trial_in_both_is_said_to_follow_the_same_people() -> None:
    whole = declared()
    assert whole.survey is not None and whole.register_ is not None
    one = whole.model_copy(
        update={"survey": whole.survey.model_copy(update={"participants": "register.csv"})}
    )
    assert "Both follow the same people." in synthesis.agreement(made(world(UP, UP), one))
    assert "different people" in synthesis.agreement(made(world(UP, UP)))
    names = [name for name, _ in synthesis_limits.found(made(world(UP, UP), one))]
    assert "linked" not in names
    assert "In an experiment chance decided" in brief.how(made(world(UP, UP), one))


# ---------------------------------------------------------------------- the rules of certainty


def rated(rows: list[pd.DataFrame], name: str) -> evidence.Claim:
    return next(c for c in evidence.claims(made(rows)) if c.row.outcome == name)


def test_an_effect_of_an_experiment_starts_high_and_of_answers_a_step_lower() -> None:
    rows = world(UP, UP)
    assert (rated(rows, "work").certainty, rated(rows, "work").doubts) == ("high", ())
    assert (rated(rows, "hope").certainty, rated(rows, "hope").doubts) == ("moderate", ("answers",))


def test_an_interval_with_zero_is_of_very_low_certainty_at_once() -> None:
    claim = rated(world(NONE, NONE, q_value=0.9), "work")
    assert (claim.certainty, claim.doubts) == ("very_low", ("zero",))


def test_many_tests_take_away_two_steps() -> None:
    assert rated(world(UP, UP, q_value=0.3), "work").certainty == "low"
    assert rated(world(UP, UP, q_value=0.3), "hope").certainty == "very_low"


def test_another_estimator_that_does_not_show_it_takes_away_a_step() -> None:
    rows = [
        *PEOPLE, effect("register", "work", 24, 4.0, 2.0),
        effect("register", "work", 24, 1.0, 2.0, estimator="unadjusted"),
    ]  # fmt: skip
    claim = rated(rows, "work")
    assert (claim.certainty, claim.doubts) == ("moderate", ("estimator",))


def test_people_who_are_missing_take_away_a_step() -> None:
    few = [*sizes("register", 100, 160), effect("register", "work", 24, 4.0, 2.0, n_control=60)]
    assert rated(few, "work").doubts == ("lost",)
    flag = ledger.rows(
        part="survey", analysis="attrition", outcome="wave1", group="all", horizon=6,
        estimator="wwc_cautious", estimate=0.0, unit="flag",
    )  # fmt: skip
    assert rated([*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2), flag], "hope").doubts == (
        "answers", "lost",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("times", "p", "other", "certainty", "doubts"),
    [
        (1.2, 0.5, -0.2, "moderate", ()),
        (0.8, 0.5, -0.2, "low", ("fragile",)),
        (1.2, 0.01, -0.2, "low", ("trends",)),
        (0.8, 0.01, -0.2, "very_low", ("trends", "fragile")),
        (1.2, 0.5, 0.0, "low", ("estimator",)),
    ],
)
def test_municipalities_start_a_step_lower_and_lean_on_trends(
    times: float, p: float, other: float, certainty: str, doubts: tuple[str, ...]
) -> None:
    rows = [
        *towns.entry({2005: 40}, never=20), *towns.overall(towns.SICK, (-0.2, 0.1)),
        towns.row("honest_breakdown", towns.SICK, "relative", estimate=times),
        towns.row("pretest", towns.SICK, "wald", estimate=4.0, p_value=p, unit="chi-square"),
        towns.row("robustness", towns.SICK, "imputation", (other, 0.1)),
    ]  # fmt: skip
    claim = evidence.claims(towns.context(rows))[0]
    assert (claim.certainty, claim.doubts) == (certainty, doubts)


def test_the_table_has_a_row_for_each_claim_and_the_surest_first() -> None:
    at = made(world(UP, UP))
    table = evidence_table.table(at)
    assert [g.split()[0] for g in table.groups] == ["High"] * 2 + ["Moderate"] * 2 + ["Very"]
    assert table.rows[0][0] == "Work after 24 months"
    assert table.rows[0][2].replace("\u00a0", " ") == "4.0 (2.0 to 6.0)"
    assert list(table.data["certainty"]) == [c.certainty for c in evidence.claims(at)]


def test_the_rules_in_the_text_are_those_that_the_study_can_meet() -> None:
    one = evidence_table.rules(made(world(UP, UP), declared(parts=("register",))))
    assert "Own answers" not in one and "Trends" not in one and "80 per cent" in one
    assert "Response differs" not in one
    rows = [*towns.entry({2005: 40}, never=20), *towns.overall(towns.SICK, (-0.2, 0.1))]
    other = evidence_table.rules(towns.context(rows))
    assert "at moderate certainty" in other and "imputation" in other
    assert "People missing" not in other and "unadjusted" not in other


# ------------------------------------------------------------- what cannot be concluded, by parts


def test_what_cannot_be_concluded_follows_from_what_the_study_lacks() -> None:
    def names(*parts: str) -> set[str]:
        return {n for n, _ in synthesis_limits.found(made(world(UP, UP), declared(parts=parts)))}

    assert {"no-register", "answers"} <= names("survey")
    assert {"no-survey", "horizon"} <= names("register")
    assert "linked" in names("survey", "register")
    rows = [*towns.entry({2005: 40}, never=20), *towns.overall(towns.SICK, (-0.2, 0.1))]
    only = [name for name, _ in synthesis_limits.found(towns.context(rows))]
    assert only == ["ecological", "chosen", "no-trial"]


def test_another_programme_is_not_told_of_teams_and_associations() -> None:
    about = declared().study.model_copy(update={"programme": "other"})
    text = everything(made(world(UP, UP), declared().model_copy(update={"study": about})))
    assert not re.search(r"association|\bteams?\b(?! and other)|personal data", text.lower()), text


# ------------------------------------------------------------------------------------- one page


def test_the_page_has_at_most_two_numbers_on_a_part() -> None:
    for survey, register in ((UP, UP), (DOWN, DOWN), (UP, NONE), (NONE, NONE)):
        at = made(world(survey, register))
        for text in (brief.survey(at), brief.register(at)):
            told = re.findall(r"\((?:SEK\s)?[−\d.,]+", text)
            assert len(told) <= 2, text


def test_both_directions_are_named_where_there_are_both() -> None:
    rows = [
        *PEOPLE, *both("register", "work", 24, 4.0, 2.0), *both("register", "aid", 24, 3.0, 2.0),
        *both("register", "listed", 24, 9.0, 1.0),
    ]  # fmt: skip
    text = brief.register(made(rows))
    assert "Work after 24 months (4.0\u00a0percentage points, favourable)" in text
    assert "Social assistance after 24 months (3.0\u00a0percentage points, unfavourable)" in text


def test_the_figure_of_the_page_fills_what_is_clear_and_names_it_in_words(tmp_path: Path) -> None:
    at = made(world(UP, NONE))
    figure = brief_figure.overview(at)
    assert "Hope: 0.06 (0.04 to 0.09), favourable" in figure.alt
    assert "Work: 0.00 (\u22120.38 to 0.38), the interval includes zero" in figure.alt
    assert figure.height < 60
    many = [f"item{k}" for k in range(30)]
    items = [{"id": n, "label": label(n), "text": label(n)} for n in many]
    rows = list(PEOPLE)
    for name in many:
        rows += both("survey", name, 6, 0.1 if name != "item29" else 0.9, 0.3)
    crowd = brief_figure.panels(made(rows, study(items=items)))
    assert len(crowd[0][1]) == brief_figure.MOST
    assert crowd[0][1][-1][0] == "item29"
    shown = report(world(UP, UP), tmp_path, declared()).figure("overview")
    assert "fig-overview" in shown.markdown


def test_municipalities_alone_have_a_figure_and_words_of_their_own() -> None:
    rows = [*towns.entry({2005: 40}, never=20), *towns.overall(towns.SICK, (-0.2, 0.1))]
    at = towns.context(rows)
    assert "in percentage points" in brief_figure.overview(at).alt
    assert "**The one outcome develops more favourably" in brief.municipality(at)
    assert "experiment" not in brief.how(at)
    assert synthesis.agreement(at) == ""


def test_pieces_are_absent_where_there_is_nothing_to_show(tmp_path: Path) -> None:
    empty = report(PEOPLE, tmp_path, declared())
    assert empty.table("evidence").markdown == "" and empty.figure("overview").markdown == ""
    flags = synthesis_results.flags(empty.context)
    assert not flags["evidence"] and not flags["overview"] and flags["questions"]
    for name in synthesis_results.TEXTS:
        empty.text(name)


# ------------------------------------------------------------------------------- the declaration


def test_a_question_that_is_named_but_not_asked_is_an_error() -> None:
    whole = declared().model_dump(mode="json", by_alias=True)
    whole["questions"] = whole["questions"][1:]
    import json

    with pytest.raises(ValueError, match="answers question 'work', which is not among"):
        Study.model_validate_json(json.dumps(whole))
