"""What figures promise: alt text and data with the numbers of the ledger, and no others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from display.ledgers import context, count, effect, label, report, sizes, study
from finsam_report.display import effect_figures, flow, path_figures
from finsam_report.display.figure import Figure, write
from finsam_report.display.format import SUPPRESSED
from finsam_report.display.shown import figure_markdown
from finsam_report.errors import FinsamError
from finsam_report.parts import ledger

PEOPLE = [*sizes("survey"), *sizes("register")]


def followed(*people: int) -> list[pd.DataFrame]:
    return [
        count("register", "followed", arm, n, horizon)
        for arm, n in zip(("support", "control"), people, strict=True)
        for horizon in (12, 24)
    ]


def met(support: int, control: int) -> list[pd.DataFrame]:
    return [
        count("register", "met_team", "support", support),
        count("register", "met_team", "control", control),
    ]


def path(outcome: str, period: int, support: float, control: float) -> list[pd.DataFrame]:
    shared = {
        "part": "register",
        "analysis": "mean",
        "outcome": outcome,
        "horizon": period,
        "estimator": "mean",
        "unit": "percent",
    }
    return [
        ledger.rows(**shared, group="arm:support", estimate=support, n_support=100),
        ledger.rows(**shared, group="arm:control", estimate=control, n_control=80),
        effect("register", outcome, period, support - control, 2.0),
    ]


def drawn(figure: Figure, folder: Path) -> str:
    write(figure, folder)
    return (folder / f"fig-{figure.name}.svg").read_text("utf-8")


def test_the_flow_diagram_holds_the_counts_and_what_they_leave(tmp_path: Path) -> None:
    figure = flow.flow(context([*PEOPLE, *met(60, 0), *followed(90, 80)]), "register")
    assert figure.alt.startswith("Flow diagram. Randomised: 180 people.")
    for words in ("Support arm: 100; Met a team 60; Did not meet a team 40;", "Not followed 10"):
        assert words in figure.alt
    svg = drawn(figure, tmp_path)
    assert all(f">{number}<" in svg for number in (180, 100, 80, 60, 40, 90, 10))


def test_the_flow_diagram_refuses_counts_that_do_not_add_up() -> None:
    with pytest.raises(FinsamError, match="120 of 100 people"):
        flow.flow(context([*PEOPLE, *met(120, 0), *followed(90, 80)]), "register")


def test_small_counts_are_marked_in_picture_alt_text_and_data(tmp_path: Path) -> None:
    figure = flow.flow(context([*PEOPLE, *met(97, 2), *followed(90, 80)]), "register")
    assert f"Met a team {SUPPRESSED}; Did not meet a team {SUPPRESSED}" in figure.alt
    svg = drawn(figure, tmp_path)
    csv = (tmp_path / "fig-register-flow.csv").read_text("utf-8")
    for text in (figure.alt, csv):
        assert "97" not in text
    assert ">97<" not in svg
    assert ">2<" not in svg
    assert f">{SUPPRESSED}<" in svg


def test_alt_text_of_effects_has_outcome_time_estimate_interval_and_unit() -> None:
    rows = [effect("register", "work", h, e, 2.0) for h, e in ((12, 3.0), (24, -4.0))]
    alt = effect_figures.register_effects(context([*PEOPLE, *rows])).alt
    assert "Work, 12 months: 3.0 (1.0 to 5.0)" in alt
    assert "Work, 24 months: \u22124.0 (\u22126.0 to \u22122.0)" in alt
    assert "percentage points" in alt
    assert "95% intervals" in alt


def test_amounts_on_an_axis_have_the_year_of_their_prices(tmp_path: Path) -> None:
    row = effect("register", "wage", 12, 5000.0, 900.0, unit="SEK")
    figure = effect_figures.register_effects(context([*PEOPLE, row]))
    assert "SEK, 2022 prices" in figure.alt
    assert "SEK, 2022 prices" in drawn(figure, tmp_path)


def test_a_suppressed_effect_is_said_not_drawn(tmp_path: Path) -> None:
    rows = [
        effect("survey", "hope", 6, 0.51, 0.2, smallest_cell=2),
        effect("survey", "worry", 6, 0.3, 0.2),
    ]
    figure = effect_figures.survey_effects(context([*PEOPLE, *rows]))
    assert "Hope: not shown" in figure.alt
    svg = drawn(figure, tmp_path)
    assert "not shown" in svg
    assert "0.51" not in svg
    assert "0.51" not in (tmp_path / "fig-survey-effects.csv").read_text("utf-8")


def test_the_course_over_time_is_told_at_its_end() -> None:
    rows = [*PEOPLE, *path("work", 12, 20.0, 18.0), *path("work", 24, 31.5, 30.0)]
    figure = path_figures.prevalence(context(rows))
    assert "After 24 months: Work: 31.5\u00a0per cent against 30.0\u00a0per cent." in figure.alt


def test_the_effect_over_time_is_told_at_its_largest_and_at_its_end() -> None:
    rows = [*PEOPLE, *path("work", 12, 10.0, 18.0), *path("work", 24, 31.5, 30.0)]
    alt = path_figures.monthly_effects(context(rows)).alt
    assert "largest \u22128.0\u00a0percentage points after 12 months" in alt
    assert "1.5\u00a0percentage points (band \u22120.5 to 3.5) after 24 months" in alt


def test_data_of_a_figure_are_rows_of_the_released_ledger(tmp_path: Path) -> None:
    rows = [*PEOPLE, *path("work", 12, 20.0, 18.0), *path("work", 24, 31.5, 30.0)]
    made = report(rows, tmp_path)
    for name in ("register-prevalence", "register-monthly-effects", "register-effects"):
        made.figure(name)
        data = pd.read_csv(tmp_path / "out" / "figures" / f"fig-{name}.csv")
        assert list(data.columns) == list(ledger.COLUMNS)
        assert len(data.merge(made.context.look.frame, on=list(ledger.KEY))) == len(data)


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    figure = effect_figures.survey_effects(
        context([*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2)])
    )
    assert drawn(figure, tmp_path / "a") == drawn(figure, tmp_path / "b")


def test_a_dollar_in_a_label_is_a_dollar(tmp_path: Path) -> None:
    declared = study(
        items=[{"id": "hope", "label": label("Cost $5 or $6 & more"), "text": label("?")}]
    )
    rows = [*PEOPLE, effect("survey", "hope", 6, 0.5, 0.2)]
    figure = effect_figures.survey_effects(context(rows, declared))
    assert "Cost $5 or $6 &amp; more" in drawn(figure, tmp_path)


def test_caption_and_alt_text_cannot_break_out_of_their_places() -> None:
    text = figure_markdown("x", "a *b* [c](d)", 'e "f" \\ {g}\n\nh').markdown
    assert text.count("\n") == 1
    assert r"a \*b\* \[c\](d)" in text
    assert text.count('"') == 2


def test_a_figure_of_a_part_that_the_study_lacks_is_nothing(tmp_path: Path) -> None:
    declared = study().model_copy(update={"survey": None})
    made = report(sizes("register"), tmp_path, declared)
    assert made.figure("survey-flow").markdown == ""
    assert made.table("survey-effects").markdown == ""
