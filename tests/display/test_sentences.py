"""What the sentences promise: the right words for an effect, for none, for the opposite sign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from display.ledgers import context, count, effect, label, report, sizes, study
from finsam_report.display import findings, key_findings, sentences
from finsam_report.display.catalogue import say
from finsam_report.display.format import SUPPRESSED
from finsam_report.display.report import TEXTS
from finsam_report.parts import ledger

SOURCE = Path(findings.__file__).parent
PEOPLE = [*sizes("survey"), *sizes("register")]


def survey(estimate: float, outcome: str = "hope") -> str:
    return findings.survey_findings(context([*PEOPLE, effect("survey", outcome, 6, estimate, 0.2)]))


def register(outcome: str, *estimates: float, **more: object) -> str:
    rows = [
        effect("register", outcome, horizon, estimate, 2.0, **more)
        for horizon, estimate in zip((12, 24), estimates, strict=False)
    ]
    return findings.register_findings(context([*PEOPLE, *rows]))


def test_an_effect_upwards_is_more_favourable() -> None:
    assert (
        "answered more favourably than people in the control arm on one item: Hope, 0.50"
        in survey(0.5)
    )


def test_an_effect_downwards_is_less_favourable_and_has_a_true_minus() -> None:
    text = survey(-0.5)
    assert "less favourably" in text
    assert "\u22120.50 (\u22120.70 to \u22120.30)" in text
    assert "-0" not in text


def test_no_effect_is_said_to_be_not_shown_rather_than_zero() -> None:
    text = survey(0.1)
    assert "No difference between the arms could be shown on any item" in text
    assert "0.10 (\u22120.10 to 0.30)" in text


def test_answers_are_turned_round_once_and_not_a_second_time() -> None:
    """The ledger has them coded so that more is better, whatever the item's direction."""
    assert "more favourably" in survey(0.5, "worry")
    assert "less favourably" in survey(-0.5, "worry")


def test_a_suppressed_effect_is_named_and_has_no_number() -> None:
    rows = [*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2, smallest_cell=3)]
    text = findings.survey_findings(context(rows))
    assert text == "Not shown, or not possible to estimate: Hope."


def test_a_decrease_is_given_as_a_positive_number_with_a_positive_interval() -> None:
    text = register("aid", -3.0)
    assert "Lower among people in the support arm" in text
    assert "by 3.0\u00a0percentage points after 12 months (1.0 to 5.0;" in text


def test_an_increase_and_no_difference_stand_side_by_side() -> None:
    text = register("work", 3.0, 0.5)
    assert "Higher among people in the support arm than among people in the control arm" in text
    assert "Otherwise no difference could be shown: the estimate is 0.5" in text


def test_two_horizons_without_a_difference_are_plural() -> None:
    assert "the estimates are 0.5" in register("work", 0.5, 0.4)


def test_opposite_signs_at_two_horizons_are_both_said() -> None:
    text = register("listed", -3.0, 3.0)
    assert "Higher" in text
    assert "Lower" in text


def test_a_suppressed_horizon_is_said_to_be_not_shown() -> None:
    text = register("work", 3.0, smallest_cell=2)
    assert "Not shown or not estimated after 12 months." in text
    assert "3.0" not in text


@pytest.mark.parametrize(
    ("outcome", "estimate", "verdict"),
    [
        ("work", 3.0, "Favourable"),
        ("work", -3.0, "Unfavourable"),
        ("aid", -3.0, "Favourable"),
        ("aid", 3.0, "Unfavourable"),
        ("listed", 3.0, "Higher among those offered support"),
        ("listed", -3.0, "Lower among those offered support"),
    ],
)
def test_key_findings_judge_by_the_declared_direction(
    outcome: str, estimate: float, verdict: str
) -> None:
    rows = [*PEOPLE, effect("register", outcome, 12, estimate, 2.0)]
    assert f" {verdict}." in key_findings.register(context(rows))


def test_key_findings_name_together_what_shows_no_difference() -> None:
    rows = [*PEOPLE, effect("register", "work", 12, 0.5, 2.0)]
    assert "- **No difference could be shown:** Work." in key_findings.register(context(rows))


def test_amounts_carry_their_currency_and_the_year_of_the_prices() -> None:
    row = effect("register", "wage", 12, 5100.0, 900.0, unit="SEK", control_mean=34000.0)
    text = key_findings.register(context([*PEOPLE, row]))
    assert "SEK\u00a05,100 (4,200 to 6,000) after 12 months" in text
    assert "Amounts in SEK are in 2022 prices." in text


def test_the_summary_names_what_was_not_estimated() -> None:
    row = ledger.rows(
        part="register",
        analysis="not_estimated",
        outcome="work",
        group="all",
        horizon=12,
        estimator="too_few_events",
    )
    found = context([*PEOPLE, row])
    assert "**Not estimated:** Work." in key_findings.register(found)
    assert sentences.not_estimated(found).startswith("One outcome was not estimated")


def test_the_summary_has_no_list_where_there_is_nothing_to_list() -> None:
    assert "- " not in key_findings.survey(context(PEOPLE))


def take_up(estimate: float, control: float, **more: object) -> str:
    row = effect(
        "register",
        "met_team",
        24,
        estimate,
        4.0,
        analysis="first_stage",
        estimator="unadjusted",
        control_mean=control,
        **more,
    )
    return sentences.take_up(context([*PEOPLE, row]), "register")


def test_take_up_says_nobody_rather_than_zero() -> None:
    assert take_up(78.0, 0.0).startswith(
        "Of people in the support arm, 78.0 per cent met a team; "
        "of people in the control arm, nobody did. The offer raised the share by 78.0"
    )


def test_take_up_that_falls_or_does_not_move_is_not_said_to_rise() -> None:
    assert (
        "lowered the share by 10.0 percentage points (95 per cent interval 6.0 to 14.0)"
        in take_up(-10.0, 30.0)
    )
    assert "No effect of the offer on the share could be shown" in take_up(1.0, 30.0)


def test_suppressed_take_up_is_said_and_no_number_is_left() -> None:
    text = take_up(78.0, 2.0, smallest_cell=2)
    assert text == (
        "The shares who met a team are not shown, "
        "because they would rest on fewer than five people."
    )


def test_another_programme_is_taken_up_rather_than_met() -> None:
    other = study(programme="other", background=label("A trial."))
    row = effect(
        "register",
        "met_team",
        24,
        70.0,
        4.0,
        analysis="first_stage",
        estimator="unadjusted",
        control_mean=0.0,
    )
    assert "took up a team" in sentences.take_up(context([*PEOPLE, row], other), "register")


def participation(gap: float, *answered: int) -> str:
    rows = [
        *PEOPLE,
        count("survey", "answered_wave1", "support", answered[0], 6),
        count("survey", "answered_wave1", "control", answered[1], 6),
        effect("survey", "wave1", 6, gap, 5.0, analysis="attrition", estimator="unadjusted"),
    ]
    return sentences.participation(context(rows), "survey")


def test_a_lower_response_is_given_without_a_minus() -> None:
    text = participation(-10.0, 60, 60)
    assert "lower among people in the support arm" in text
    assert "by 10.0 percentage points (95 per cent interval 5.0 to 15.0)" in text
    assert "answered by 120 of them, 66.7 per cent" in text


def test_a_response_that_would_give_away_a_few_is_not_shown() -> None:
    text = participation(1.0, 97, 60)
    assert "is not shown, because too few people did or did not" in text
    assert SUPPRESSED not in text


def balance(p_value: float, again: float) -> str:
    joint = {
        "part": "survey",
        "analysis": "balance",
        "outcome": "all_covariates",
        "horizon": 0,
        "estimator": "randomisation",
        "n_support": 100,
        "n_control": 80,
    }
    rows = [
        *PEOPLE,
        ledger.rows(**joint, group="all", p_value=p_value),
        ledger.rows(**joint, group="respondents", p_value=again),
        effect(
            "survey",
            "age",
            0,
            -0.3,
            0.1,
            analysis="balance",
            estimator="normalised_difference",
            unit="SD",
        ),
    ]
    return sentences.balance(context(rows), "survey")


def test_balance_is_no_sign_of_a_difference_rather_than_equality() -> None:
    text = balance(0.5, 0.4)
    assert text.startswith("There is no sign that the arms differed more")
    assert "Nor is there such a sign" in text
    assert "\u22120.30 (Age)" in text


def test_imbalance_is_said_for_all_and_for_those_who_answered() -> None:
    assert balance(0.001, 0.002).count("more than chance alone would make likely") == 2
    assert "there is no such sign" in balance(0.001, 0.5)


def judged(q_values: tuple[float, ...]) -> str:
    rows = list(PEOPLE)
    for outcome, q in zip(("hope", "worry"), q_values, strict=True):
        rows.append(effect("survey", outcome, 6, 0.5, 0.2))
        rows.append(
            effect("survey", outcome, 6, 0.5, 0.2, estimator="lin_randomisation", q_value=q)
        )
    return findings.survey_findings(context(rows))


def test_q_values_are_told_for_all_some_and_none() -> None:
    assert "Both differences whose intervals exclude zero keep" in judged((0.01, 0.02))
    assert "except for Worry." in judged((0.01, 0.2))
    assert "none of the differences keeps" in judged((0.1, 0.2))


def test_a_single_test_is_not_adjusted_for_others() -> None:
    found = context([*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2, estimator="lin_randomisation")])
    assert sentences.reading_q(found, "survey").startswith("Only one effect is tested")
    assert sentences.summary_several(found) == ""


def test_the_effect_per_person_is_compared_with_that_of_the_offer() -> None:
    stage = effect("register", "met_team", 24, 70.0, 4.0, analysis="first_stage")
    offered = effect("register", "work", 12, 3.0, 2.0)
    same = effect("register", "work", 12, 4.0, 3.0, analysis="late", estimator="2sls")
    wider = effect("register", "work", 12, 4.0, 5.0, analysis="late", estimator="2sls")
    assert "and nowhere else" in findings.late(context([*PEOPLE, stage, offered, same]), "register")
    assert "Every interval includes zero." in findings.late(
        context([*PEOPLE, stage, offered, wider]), "register"
    )


def test_every_text_bears_a_ledger_with_hardly_anything(tmp_path: Path) -> None:
    made = report(PEOPLE, tmp_path)
    for name in TEXTS:
        text = made.text(name).markdown
        assert "nan" not in text
        assert not re.search(r"^- *$", text, re.MULTILINE)


def test_a_label_cannot_become_markup() -> None:
    nasty = "a *b* _c_ <d> | `e` [f](g) {h} $i$ ![j](k) # l \\ @m ~n~"
    declared = study(items=[{"id": "hope", "label": label(nasty), "text": label("?")}])
    found = context([*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2)], declared)
    text = findings.survey_findings(found.for_markdown())
    for sign in "*_<>|`[]{}$#@~":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", text), sign


def test_a_label_on_two_lines_stays_on_one() -> None:
    declared = study(items=[{"id": "hope", "label": label("Hope\n\n::: {.x}"), "text": label("?")}])
    text = findings.survey_findings(
        context([*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2)], declared).for_markdown()
    )
    assert "\n:::" not in text


def test_suppressed_rows_are_counted_in_words_and_never_begin_a_sentence_with_a_digit() -> None:
    for many, start in ((0, "No number"), (1, "One row"), (3, "In the ledger, 3 rows")):
        assert say("en", "suppression", count=many, number=str(many)).startswith(start)


def test_the_truth_is_told_for_all_some_one_and_none() -> None:
    def told(count: int, inside: str) -> str:
        return say("en", "about-truth", count=count, number=str(count), inside=inside, level="95")

    assert "all have a 95 per cent interval" in told(28, "all")
    assert "27 have" in told(28, "27")
    assert "none has" in told(28, "none")
    assert "does not contain" in told(1, "none")
    assert "contains the true effect" in told(1, "all")


def _asking() -> list[Path]:
    """The modules that ask for messages."""
    return sorted([*SOURCE.glob("*.py"), *(SOURCE.parent / "engine").glob("*.py")])


def _used() -> set[str]:
    """Keys of messages that the source asks for; of an f-string, a pattern."""
    found: set[str] = set()
    for path in _asking():
        found |= set(re.findall(r'"([a-z][a-z0-9]*(?:-[a-z0-9{}_.]+)*)"', path.read_text("utf-8")))
        found |= set(re.findall(r'f"([a-z]+-(?:[a-z0-9_.-]|{[^}]*})+)"', path.read_text("utf-8")))
    return found


def _messages() -> set[str]:
    files = sorted((SOURCE / "locale" / "en").glob("*.ftl"))
    found = [
        key
        for file in files
        for key in re.findall(r"^([a-z][a-z0-9_-]*) =", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(found) == len(set(found)), "a message stands in two places"
    return set(found)


def _pattern(key: str) -> str:
    """A key with something to fill in, as a pattern."""
    pieces = re.split(r"{[^}]*}", key)
    return "[a-z0-9_-]+".join(re.escape(piece) for piece in pieces)


def test_every_message_is_used() -> None:
    used = _used()
    patterns = [re.compile(_pattern(k)) for k in used]
    unused = {m for m in _messages() if not any(p.fullmatch(m) for p in patterns)}
    assert not unused


def test_every_message_that_is_asked_for_exists() -> None:
    asked: set[str] = set()
    for path in _asking():
        asked |= set(re.findall(r'\bword\(\s*f?"([^"]+)"', path.read_text("utf-8")))
    assert len(asked) > 50
    for key in asked:
        pattern = re.compile(_pattern(key))
        assert any(pattern.fullmatch(m) for m in _messages()), key
