"""What tables promise: released numbers, marks for what is hidden, text that stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from display.ledgers import context, count, effect, label, report, sizes, study
from finsam_report.display import part_tables, response_tables, trial_tables
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.table import Column, Table, as_html, as_typst
from finsam_report.parts import ledger

PEOPLE = [*sizes("survey"), *sizes("register")]
NASTY = 'a "b" \\ #strong[c] $d$ <script>e</script> & f | `g` *h*'


def effects(outcome: str = "work", **more: object) -> list[pd.DataFrame]:
    return [
        effect("register", outcome, 12, 3.0, 2.0, estimator="unadjusted", **more),
        effect("register", outcome, 12, 3.3, 2.0, **more),
        effect(
            "register", outcome, 12, 3.3, 2.0, estimator="lin_randomisation", p_value=0.0001, **more
        ),
    ]


def one_cell(text: str) -> Table:
    return Table("x", (Column(text, "left"), Column("N")), ((text, "1"),), (text,), (text,))


def test_an_effect_has_its_standard_error_interval_and_people() -> None:
    table = trial_tables.effects(context([*PEOPLE, *effects()]), "register")
    assert table.rows == (
        ("Work (per cent)", "40.0", "3.0 (1.0)", "3.3 (1.0)", "1.3 to 5.3", "<\u00a00.001", "180"),
    )


def test_a_single_test_has_no_q_column() -> None:
    heads = [
        c.head for c in trial_tables.effects(context([*PEOPLE, *effects()]), "register").columns
    ]
    assert "p" in heads
    assert "q" not in heads


def test_several_tests_of_a_family_have_a_q_column() -> None:
    found = context([*PEOPLE, *effects(), *effects("aid")])
    assert "q" in [c.head for c in trial_tables.effects(found, "register").columns]


def test_suppressed_effects_are_marked_everywhere_and_explained(tmp_path: Path) -> None:
    rows = [*PEOPLE, *effects(smallest_cell=3)]
    table = trial_tables.effects(context(rows), "register")
    assert set(table.rows[0][1:]) == {SUPPRESSED}
    assert table.notes[-1].startswith(SUPPRESSED)
    shown = report(rows, tmp_path).table("register-effects").markdown
    csv = (tmp_path / "out" / "tables" / "tbl-register-effects.csv").read_text("utf-8")
    for text in (shown, csv):
        assert "3.3" not in text
        assert "3.0" not in text


def test_small_counts_and_their_remainders_are_marked() -> None:
    rows = [
        *sizes("register"),
        *sizes("survey"),
        count("register", "met_team", "support", 97),
        count("register", "met_team", "control", 2),
    ]
    table = part_tables.take_up(context(rows))
    assert table.rows[-1] == ("All", "100", SUPPRESSED, SUPPRESSED, "80", SUPPRESSED, SUPPRESSED)


def test_a_count_of_nobody_is_a_number() -> None:
    rows = [
        *PEOPLE,
        count("register", "met_team", "support", 60),
        count("register", "met_team", "control", 0),
    ]
    assert part_tables.take_up(context(rows)).rows[-1] == (
        "All",
        "100",
        "60",
        "60.0",
        "80",
        "0",
        "0.0",
    )


def test_a_wave_that_is_not_compared_has_a_dash_rather_than_a_blank() -> None:
    rows = [
        *PEOPLE,
        count("survey", "answered_wave1", "support", 60, 6),
        count("survey", "answered_wave1", "control", 50, 6),
    ]
    table = response_tables.response(context(rows))
    assert table.rows[0][:3] == ("Support arm", "100", "60 (60.0)")
    assert table.rows[0][3:] == (NONE, NONE, NONE)


def test_what_was_not_estimated_has_its_reason() -> None:
    row = ledger.rows(
        part="register",
        analysis="not_estimated",
        outcome="work",
        group="all",
        horizon=12,
        estimator="too_few_events",
    )
    assert part_tables.not_estimated(context([*PEOPLE, row])).rows[0] == (
        "Work",
        "12",
        (
            "Too rare: fewer than 50 people with (or without) the outcome in all, "
            "or fewer than 10 in an arm"
        ),
    )


@pytest.mark.parametrize("name", ["register-effects", "survey-effects"])
def test_the_csv_holds_rows_of_the_ledger(name: str, tmp_path: Path) -> None:
    part = name.partition("-")[0]
    rows = (
        effects()
        if part == "register"
        else [
            effect("survey", "hope", 6, 0.5, 0.2, estimator="lin_randomisation"),
            effect("survey", "hope", 6, 0.5, 0.2),
        ]
    )
    made = report([*PEOPLE, *rows], tmp_path)
    made.table(name)
    written = pd.read_csv(tmp_path / "out" / "tables" / f"tbl-{name}.csv")
    assert list(written.columns) == list(ledger.COLUMNS)
    assert len(written) == len(rows)
    assert len(written.merge(made.context.look.frame, on=list(ledger.KEY))) == len(rows)


def test_html_shows_labels_as_text() -> None:
    html = as_html(one_cell(NASTY))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_html_has_header_cells_for_columns_rows_and_groups() -> None:
    html = as_html(one_cell("Word"))
    for scope in ("col", "row", "colgroup"):
        assert f'scope="{scope}"' in html
    assert "<style" not in html


def test_typst_strings_hold_labels_whole() -> None:
    typst = as_typst(one_cell(NASTY))
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', typst)
    assert [s.replace('\\"', '"').replace("\\\\", "\\") for s in strings].count(NASTY) == 4
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", typst)
    assert "strong[c]" not in outside
    assert "$" not in outside


def test_typst_has_headers_that_screen_readers_know() -> None:
    typst = as_typst(one_cell("Word"))
    assert "table.header(" in typst
    assert "table.header(level: 2" in typst


def test_labels_of_the_study_reach_both_formats(tmp_path: Path) -> None:
    declared = study(outcomes=[{"id": "work", "unit": "share", "label": label(NASTY)}])
    shown = report([*PEOPLE, *effects()], tmp_path, declared).table("register-effects").markdown
    assert "&lt;script&gt;e" in shown
    assert '\\"b\\"' in shown


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("x", (Column("A"),), (("1", "2"),))


def test_an_estimate_that_is_not_there_is_a_dash() -> None:
    found = context(PEOPLE)
    assert trial_tables.estimate_cell(found, None, 1) == NONE
    assert trial_tables.interval_cell(found, None, 1) == NONE
    assert trial_tables.n_cell(found, None) == NONE
