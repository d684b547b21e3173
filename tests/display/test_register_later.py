"""What the report says of people drawn later: words that follow from numbers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd

from display.ledgers import context, effect, report, sizes, study
from finsam_report.display import register_later, register_later_text
from finsam_report.display.context import Context
from finsam_report.display.figure import write
from finsam_report.display.flags import register_results
from finsam_report.display.format import SUPPRESSED
from finsam_report.parts import ledger
from finsam_report.study import Study

PEOPLE = sizes("register", 100, 800)
OTHERS = ("censored", "stacked", "stacked_undiluted")


def declared() -> Study:
    made = json.loads(study().model_dump_json(by_alias=True, exclude_none=True))
    made["register"]["later"] = {"draws": "draws.csv"}
    return Study.model_validate_json(json.dumps(made))


def number(
    outcome: str, estimator: str, horizon: float, estimate: float, **more: Any
) -> pd.DataFrame:
    shared = {"part": "register", "analysis": "later", "group": "arm:control", "unit": "people",
              "n_control": 800}  # fmt: skip
    return ledger.rows(**(shared | {
        "outcome": outcome, "estimator": estimator, "horizon": horizon, "estimate": estimate,
    } | more))  # fmt: skip


def counts(drawn: float, **more: Any) -> list[pd.DataFrame]:
    return [
        row
        for horizon in (12, 24)
        for row in (
            number("in_later_draw", "count", horizon, 200),
            number("drawn_later", "count", horizon, drawn, **more),
            number("drawn_later", "share", horizon, drawn / 8, **more),
        )
    ]


def manners(
    outcome: str, main: float, *others: float, horizon: float = 24, half: float = 1.0
) -> list[pd.DataFrame]:
    rows = [effect("register", outcome, horizon, main, half)]
    for name, estimate in zip(OTHERS, others, strict=False):
        more = {"analysis": "later", "estimator": name}
        rows.append(effect("register", outcome, horizon, estimate, half, **more))
    return rows


def of(*rows: pd.DataFrame) -> Context:
    return context([*PEOPLE, *rows], declared())


def test_how_many_were_drawn_later_is_said() -> None:
    text = register_later_text.counts(of(*counts(80)))
    assert "Of the 800 people in the control arm, 200 took part in a later draw" in text
    assert "within 24 months, and 80 (10.0 per cent of the arm) were drawn in one" in text


def test_that_nobody_was_drawn_later_is_said() -> None:
    text = register_later_text.counts(of(*counts(0)))
    assert text == (
        "None of the 800 people in the control arm was drawn in a later draw within 24 months."
    )


def test_a_number_that_is_not_shown_is_not_told_in_words() -> None:
    hidden = of(*counts(3, smallest_cell=3))
    assert "is not shown" in register_later_text.counts(hidden)
    table = register_later.people(hidden)
    assert all(row[2] == SUPPRESSED for row in table.rows)


def test_an_earlier_number_is_told_where_the_last_is_not_shown() -> None:
    rows = [row for row in counts(80) if row["horizon"].iloc[0] == 12]
    rows += [row.assign(smallest_cell=2) for row in counts(82) if row["horizon"].iloc[0] == 24]
    assert "within 12 months, and 80" in register_later_text.counts(of(*rows))


def test_manners_that_agree_are_said_to() -> None:
    text = register_later_text.findings(of(*manners("work", 2.0, 2.2, 1.9, 2.3)))
    assert "is the same in all of them" in text
    assert "changes" not in text
    assert "than 0.6 of its standard errors" in text
    assert "(up to a later draw), the one effect" in text
    assert "is further from zero than by first draw" in text


def test_manners_that_differ_are_named_with_outcome_and_time() -> None:
    rows = [*manners("work", 0.5, 1.5, 0.6, 1.6), *manners("aid", -2.0, -1.5, -1.9, -1.8)]
    text = register_later_text.findings(of(*rows))
    assert (
        "changes for: Work after 24 months (up to a later draw and every draw undiluted)." in text
    )
    assert "Social assistance" not in text
    assert text.count("is not further from zero than by first draw") == 2


def test_an_effect_of_the_other_sign_is_not_counted_as_further_from_zero() -> None:
    text = register_later_text.findings(of(*manners("work", 2.0, -5.0, 2.0, -5.0)))
    assert text.count("is not further from zero") == 2


def test_without_an_effect_nothing_is_said_of_dilution() -> None:
    text = register_later_text.findings(of(*manners("work", 0.1, 0.2, 0.1, 0.3)))
    assert "further from zero" not in text
    assert register_later_text.findings(of(*counts(80))) == ""


def test_each_manner_says_what_it_presumes_and_only_those_that_are_there() -> None:
    weights = [number("weights", name, 24, value, n_control=700)
               for name, value in (("percentile_95", 4.26), ("effective", 655.4))]  # fmt: skip
    text = register_later_text.manners(of(*manners("work", 2.0, 2.2, 1.9, 2.3), *weights))
    assert [line[:6] for line in text.splitlines()] == ["- **Up", "- **Ev", "- **Ev"]
    assert "the 700 still followed tell as much as 655 people with equal weights" in text
    assert "nineteen in twenty weights are at most 4.3" in text
    text = register_later_text.manners(of(*manners("work", 2.0, 2.2)[:2], *weights))
    assert "Every draw" not in text
    assert register_later.made(of(*counts(80))) == []


def test_a_stack_that_is_left_out_is_said_with_the_reason() -> None:
    def lost(why: str) -> Context:
        row = ledger.rows(part="register", analysis="not_estimated", outcome="work",
                          group="later:stacked", horizon=24, estimator=why)  # fmt: skip
        return of(*manners("work", 2.0, 2.2), row)

    assert "every month up to the last horizon" in register_later_text.left_out(
        lost("months_missing")
    )
    assert "too many people" in register_later_text.left_out(lost("too_many_rows"))
    assert register_later_text.left_out(lost("too_few_events")) == ""


def test_the_table_has_the_manners_beside_one_another() -> None:
    rows = [*manners("work", 2.0, 2.2, 1.9, 2.3), *manners("wage", 900.0, 950.0, half=100.0)]
    table = register_later.table(of(*rows))
    assert [c.head for c in table.columns][1:] == [
        "By first draw (main)", "Up to a later draw", "Every draw", "Every draw, undiluted",
    ]  # fmt: skip
    work, wage = table.rows
    assert work[1].startswith("2.0 (1.0") and work[4].startswith("2.3 (1.3")
    assert wage[3] == wage[4] == "not estimated"
    assert any(note.startswith("Not estimated:") for note in table.notes)
    only = register_later.table(of(*manners("work", 2.0, 2.2)))
    assert len(only.columns) == 3
    assert not any(note.startswith("Not estimated:") for note in only.notes)


def test_the_figure_tells_in_words_what_it_draws(tmp_path: Path) -> None:
    rows = [*manners("work", 2.0, 2.2, 1.9, 2.3), *manners("work", 1.0, 1.0, 1.0, 1.0, horizon=12)]
    figure = register_later.figure(of(*rows))
    assert "after 24 months" in figure.caption
    assert "By first draw (main) 2.0" in figure.alt
    assert "Every draw, undiluted 2.3" in figure.alt
    write(figure, tmp_path)
    assert (tmp_path / "fig-register-later.svg").is_file()
    assert len(figure.data) == 4
    assert not math.isnan(figure.height)


def test_the_section_is_there_only_with_later_draws(tmp_path: Path) -> None:
    assert not register_results(context(PEOPLE))["register_later"]
    alone = register_results(of(*counts(80)))
    assert (alone["register_later"], alone["register_later_effects"]) == (True, False)
    both = register_results(of(*counts(80), *manners("work", 2.0, 2.2)))
    assert (both["register_later"], both["register_later_effects"]) == (True, True)
    empty = report([*PEOPLE, *counts(80)], tmp_path, declared())
    empty.table("register-later")
    empty.table("register-later-people")
    assert {p.stem for p in (tmp_path / "out" / "tables").iterdir()} == {
        "tbl-register-later-people"
    }
