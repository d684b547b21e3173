"""What the figures of the municipality chapter promise: they say and show what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from display.ledgers import context as made
from display.ledgers import label
from finsam_report.display import municipality_bacon_figure, municipality_course_figure, theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure, write
from finsam_report.display.municipality_figures import FIGURES, absent
from finsam_report.parts import ledger
from finsam_report.study import Study

MINUS = "\u2212"
OUTCOMES = ("aid", "work")


def study(outcomes: tuple[str, ...] = OUTCOMES, **more: Any) -> Study:
    ages = [{"value": v, "label": label(f"{v} years")} for v in ("18-29", "30-64", "18-64")]
    return Study.model_validate_json(
        json.dumps(
            {
                "study": {"id": "t", "title": label("T"), "data_until": label("May 2024")},
                "municipality": {
                    "municipalities": "m.csv",
                    "municipality_years": "y.csv",
                    "years": {"first": 2000, "last": 2010},
                    "outcomes": [
                        *({"id": o, "label": label(o.capitalize())} for o in outcomes),
                        {"id": "moved", "label": label("Moved"), "placebo": True},
                    ],
                    "age_bands": ages,
                    "all_ages": "18-64",
                    **more,
                },
            }
        )
    )


def row(analysis: str, outcome: str = "aid", **more: Any) -> pd.DataFrame:
    half = more.pop("half", None)
    columns = {
        "part": "municipality", "analysis": analysis, "outcome": outcome, "group": "all",
        "estimator": "cs", "unit": "percentage points", **more,
    }  # fmt: skip
    if half is not None:
        ends = {"ci_low": more["estimate"] - half, "ci_high": more["estimate"] + half}
        columns = {"std_error": half / 2, **columns, **ends}
    return ledger.rows(**columns)


def overall(outcome: str = "aid", estimate: float = 0.4, **more: Any) -> pd.DataFrame:
    return row("overall", outcome, estimate=estimate, half=0.2, **more)


def course(outcome: str = "aid", group: str = "all", late: float = 0.5) -> list[pd.DataFrame]:
    """Years from three before joining to two after, measured from the last one before."""
    out = []
    for at, value in ((-3, 0.02), (-2, -0.01), (0, 0.1), (1, 0.3), (2, late)):
        out += [
            row("event", outcome, group=group, horizon=at, estimate=value, half=0.1),
            row("event", outcome, group=group, horizon=at, estimator="cs_band",
                estimate=value, half=0.2),
        ]  # fmt: skip
    out.append(row("event", outcome, group=group, horizon=-1, estimate=0.0))
    out.append(row("pretest", outcome, group=group, estimator="wald", estimate=2.0, p_value=0.31))
    return out


def entry(outcome: str, count: float, **more: Any) -> pd.DataFrame:
    return row("entry", outcome, estimator="count", estimate=count, unit="municipalities", **more)


JOINED = [
    entry("joined", 4, horizon=2003), entry("joined", 30, horizon=2006),
    entry("joined", 2, horizon=2012), entry("never", 9),
]  # fmt: skip
BENDS = [
    row("honest", estimator="largest_bend", estimate=0.08),
    row("honest", estimator="target_years", estimate=5),
    row("honest_breakdown", estimator="smoothness", estimate=0.03),
    *(
        row("honest", estimator="smoothness", horizon=at, estimate=0.4, half=half)
        for at, half in ((0.0, 0.2), (0.04, 0.5), (0.08, 0.9), (0.16, 1.7))
    ),
]


def context(rows: list[pd.DataFrame], declared: Study | None = None) -> Context:
    return made(rows, declared or study())


def figure(name: str, rows: list[pd.DataFrame], declared: Study | None = None) -> Figure:
    """A figure; spaces in its alt text that keep words on a line are ordinary ones here."""
    found = FIGURES[name](context(rows, declared))
    return replace(found, alt=found.alt.replace("\u00a0", " "))


def drawn(one: Figure) -> Canvas:
    with mpl.rc_context(theme.settings()):
        canvas = Canvas(figsize=(theme.WIDTH, one.height * theme.MILLIMETRE))
        one.draw(canvas)
        canvas.draw_without_rendering()
    return canvas


def test_entry_names_every_year_and_marks_those_without_an_effect() -> None:
    found = figure("municipality-entry", JOINED)
    assert "2003: 4; 2006: 30; 2012: 2." in found.alt
    assert "Never joined: 9." in found.alt
    assert "hollow" in found.caption
    assert "2000–2010" in found.caption
    bars = drawn(found).axes[0].patches
    hollow = [bar.get_facecolor()[:3] == (1, 1, 1) for bar in bars]
    assert hollow == [False, False, True]


def test_entry_says_nothing_of_hollow_bars_where_all_are_in_the_analysis() -> None:
    assert "hollow" not in figure("municipality-entry", JOINED[:2]).caption


def test_averages_say_which_axis_is_cut_and_cut_no_other() -> None:
    rows = [
        row("cohort_mean", outcome, group=group, horizon=year, estimate=value, estimator="mean",
            unit="percent")
        for outcome, level in (("aid", 2.0), ("work", 70.0))
        for group, year, value in (
            ("cohorts=2003-2006", 2000, level), ("cohorts=2003-2006", 2010, level + 4),
            ("never", 2000, level + 1), ("never", 2010, level + 3),
        )
    ]  # fmt: skip
    found = figure("municipality-means", rows)
    assert found.caption.endswith("does not begin at zero for: Work")
    assert "Joined 2003–2006 2.0 in 2000, 6.0 in 2010" in found.alt
    assert "Not joined by 2010 71.0 in 2000" in found.alt
    aid, work = drawn(found).axes[:2]
    assert aid.get_ylim()[0] == 0
    assert work.get_ylim()[0] > 60


def test_a_course_says_joining_the_end_the_band_and_the_years_before() -> None:
    found = figure("municipality-course", [overall(), *course(late=0.15)])
    assert "Aid: 0.10 (0.00 to 0.20) in the year of joining" in found.alt
    assert "0.15 (0.05 to 0.25) 2 years after" in found.alt
    assert "The band excludes zero in 1 of 3 years from joining on." in found.alt
    assert "Years before, tested together: p = 0.310." in found.alt


@pytest.mark.parametrize("anticipation", [0, 1])
def test_years_before_joining_are_shaded_less_those_of_anticipation(anticipation: int) -> None:
    declared = study(anticipation=anticipation)
    ax = drawn(figure("municipality-course", [overall(), *course()], declared)).axes[0]
    shade = ax.patches[0].get_extents().transformed(ax.transData.inverted())
    assert shade.x1 == pytest.approx(-0.5 - anticipation)


def test_bands_fit_into_their_panel_and_zero_is_in_its_middle() -> None:
    ax = drawn(figure("municipality-course", [overall(), *course(late=0.9)])).axes[0]
    low, high = ax.get_ylim()
    assert high > 1.1
    assert low == -high


def test_women_and_men_have_the_same_scale() -> None:
    rows = [overall(), *course(group="women", late=0.2), *course(group="men", late=3.0)]
    found = figure("municipality-course-sex", rows)
    women, men = drawn(found).axes[:2]
    assert women.get_ylim() == men.get_ylim()
    assert "Aid, women" in found.alt
    assert "Aid, men" in found.alt


def test_many_outcomes_go_on_in_further_figures_each_once() -> None:
    names = tuple(f"o{k}" for k in range(9))
    declared = study(names)
    rows = [r for name in names for r in (overall(name), *course(name))]
    pages = municipality_course_figure.pages(context(rows, declared))
    assert [name for page in pages for name in page] == list(names)
    assert not absent(context(rows, declared), "municipality-course-2")
    assert absent(context(rows, declared), "municipality-course-3")
    assert "shown: O5, O6" in figure("municipality-course-2", rows, declared).caption


def test_estimators_are_told_apart_year_by_year() -> None:
    rows = [
        overall(), *course(),
        row("twfe", estimator="twfe", horizon=2, estimate=-0.2, half=0.1),
        row("imputation", estimator="imputation", horizon=2, estimate=0.4, half=0.1),
    ]  # fmt: skip
    alt = figure("municipality-course-estimators", rows).alt
    assert "Against not yet 0.50 (0.40 to 0.60) 2 years after" in alt
    assert "Imputation 0.40 (0.30 to 0.50) 2 years after" in alt
    assert f"Two-way regression {MINUS}0.20 ({MINUS}0.30 to {MINUS}0.10) 2 years after" in alt


def test_the_forest_has_every_group_and_says_which_are_not_shown() -> None:
    rows = [
        overall(), overall(group="women", estimate=0.1), overall(group="men 18-29", estimate=0.7),
        overall(group="women 18-29", estimate=0.83, smallest_cell=2),
    ]  # fmt: skip
    found = figure("municipality-forest", rows)
    for words in ("All 0.40 (0.20 to 0.60)", "Women 0.10", "Men, 18-29 years 0.70"):
        assert words in found.alt
    assert "Women, 18-29 years not shown" in found.alt
    assert "0.83" not in found.alt + found.data.to_csv()
    texts = [text.get_text() for text in drawn(found).axes[0].texts]
    assert texts.count("not shown") == 1
    assert texts.count("not estimated") == 9 - 4


def test_the_main_estimator_comes_first_and_absent_ones_are_not_named() -> None:
    rows = [
        overall(),
        row("robustness", estimator="twfe", estimate=0.1, half=0.1),
        row("robustness", estimator="never", estimate=0.3, half=0.1),
        row("robustness", estimator="cs", estimate=0.4, half=0.2),
    ]
    alt = figure("municipality-estimators", rows).alt
    assert alt.index("Against not yet 0.40") < alt.index("Against never 0.30")
    assert alt.index("Against never 0.30") < alt.index("Two-way regression 0.10")
    assert "Imputation" not in alt


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        ("2005 v never", "treated_never"),
        ("2005 v 2008", "earlier_later"),
        ("2008 v 2005", "later_earlier"),
        ("2005 v 2000", "treated_always"),
    ],
)
def test_a_comparison_is_of_the_kind_that_its_years_say(pair: str, kind: str) -> None:
    assert municipality_bacon_figure.kind(context(JOINED), pair) == kind


def test_weights_of_comparisons_are_per_cent() -> None:
    rows = [
        overall(),
        row("bacon", estimator="bacon", group="type=treated_never", estimate=0.3,
            control_mean=0.75),
        row("bacon", estimator="bacon", group="2005 v never", estimate=0.3, control_mean=0.75),
    ]  # fmt: skip
    found = figure("municipality-bacon", rows)
    assert "Joining against not joining: 75.0 per cent of the weight, effect 0.30" in found.alt
    points = [line for line in drawn(found).axes[0].lines if line.get_marker() == "o"]
    assert list(points[0].get_xdata()) == [75.0]


def test_the_sensitivity_says_where_the_result_breaks_and_shows_it() -> None:
    found = figure("municipality-sensitivity", [overall(), *BENDS])
    assert "includes zero from a bend of 0.03" in found.alt
    assert "average over 5 years" in found.caption
    ax = drawn(found).axes[0]
    dashed = [line.get_xdata()[0] for line in ax.lines if line.get_color() == theme.CONTROL]
    assert dashed == [0.03]
    # The lower end of the interval is zero there, and the axis ends at the largest bend seen.
    ends = [v for line in ax.lines for v in zip(line.get_xdata(), line.get_ydata(), strict=True)]
    assert (0.03, 0.0) in ends
    assert 0.08 < ax.get_xlim()[1] < 0.1


def test_a_result_that_never_held_has_no_line_where_it_breaks() -> None:
    rows = [r for r in BENDS if r["analysis"].item() != "honest_breakdown"]
    rows.append(row("honest_breakdown", estimator="smoothness", estimate=0.0))
    found = figure("municipality-sensitivity", [overall(), *rows])
    assert "includes zero without any bend already" in found.alt
    ax = drawn(found).axes[0]
    assert not [line for line in ax.lines if line.get_color() == theme.CONTROL]


def permuted(unit: str) -> list[pd.DataFrame]:
    return [
        overall(),
        row("permutation", estimator="simple", estimate=0.4, p_value=0.012, unit=unit,
            n_support=999),
        *(
            row("permutation_bins", estimator="simple", horizon=at, estimate=share, unit="percent")
            for at, share in ((-0.5, 20.0), (0.0, 60.0), (0.5, 20.0))
        ),
    ]  # fmt: skip


def test_the_permutation_shows_what_was_found_among_what_chance_gives() -> None:
    found = figure("municipality-permutation", permuted("percentage points"))
    assert "Aid: found 0.40, p = 0.012." in found.alt
    assert "999 times" in found.caption
    ax = drawn(found).axes[0]
    assert [bar.get_height() for bar in ax.patches] == [20.0, 60.0, 20.0]
    assert sorted(line.get_xdata()[0] for line in ax.lines) == [-0.4, 0.4]


def test_permuted_t_statistics_are_not_called_effects() -> None:
    found = figure("municipality-permutation", permuted("t"))
    assert found.caption.startswith("t statistics")
    assert "percentage points" not in found.alt


def test_the_counties_that_matter_most_are_named() -> None:
    rows = [
        overall(),
        *(
            row("leave_out", group=f"county={code}", estimate=value, half=0.2)
            for code, value in (("03", 0.1), ("01", 0.3), ("14", 0.9))
        ),
    ]
    alt = figure("municipality-leave-out", rows).alt
    assert "with every county 0.40" in alt
    assert "lowest without county 03 0.10" in alt
    assert "highest without county 14 0.90" in alt


EVERYTHING = [
    *JOINED, overall(), *course(), *course(group="women"), *BENDS, *permuted("t")[1:],
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["municipality-entry", "municipality-course", "municipality-course-sex",
     "municipality-sensitivity", "municipality-permutation"],
)  # fmt: skip
def test_the_numbers_of_a_figure_are_of_the_ledger_and_its_bytes_the_same(
    name: str, tmp_path: Path
) -> None:
    one = context(EVERYTHING)
    found = FIGURES[name](one)
    key = list(ledger.KEY)
    assert len(found.data)
    assert len(found.data.merge(one.look.frame, on=list(ledger.COLUMNS))) == len(found.data)
    assert not found.data.duplicated(key).any()
    for folder in ("a", "b"):
        write(FIGURES[name](one), tmp_path / folder)
    file = f"fig-{name}.svg"
    assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_figures_without_anything_to_draw_are_left_out() -> None:
    one = context([overall(), entry("never", 9)])
    assert [name for name in FIGURES if not absent(one, name)] == ["municipality-forest"]
    assert not absent(one, "municipality-effects")
