"""What the organisation chapter says follows its numbers, whichever way they went."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from display import organisation_ledger as made
from display.organisation_ledger import (
    DOWN,
    FLAT,
    LAST,
    MIXED,
    UP,
    YEARS,
    context,
    row,
    study,
    yearly,
)
from finsam_report import published as figures
from finsam_report import release
from finsam_report.display import (
    organisation_activity_text,
    organisation_headlines,
    organisation_people_text,
    organisation_published,
    organisation_published_text,
    organisation_results,
    organisation_text,
)
from finsam_report.display.context import Context
from finsam_report.display.lookup import Lookup
from finsam_report.display.organisation_courses import sentence
from finsam_report.display.organisation_figures import activity_panels, index_lines
from finsam_report.display.organisation_names import breaks, by_year, stretches
from finsam_report.display.organisation_shape import Course
from finsam_report.parts import ledger
from finsam_report.parts.organisation import published_rows

MISSING = "no figure"
BREAK = [{"year": 2019, "series": "efforts_structural", "label": {"en": "Counted anew"}}]


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def table(rows: list[pd.DataFrame], name: str, **declared: Any) -> list[tuple[str, ...]]:
    found = organisation_results.TABLES[f"organisation-{name}"](
        context(rows, study(**declared), markdown=False)
    )
    return list(found.rows)


def real_published() -> Context:
    """A study of the programme without any table of its own on organisation."""
    declared = study()
    rows = published_rows(declared)
    return Context(declared, Lookup(release.release(ledger.join(rows))), "en").for_markdown()


@pytest.mark.parametrize(
    ("members", "unions", "lead"),
    [
        (UP, DOWN, "More municipalities; fewer associations."),
        (DOWN, UP, "Fewer municipalities; more associations."),
        (FLAT, FLAT, "As many municipalities; as many associations."),
        (
            MIXED,
            (100, 110, 120, 118, 119, 112, 110),
            "Fewer municipalities; more associations than in 2016, but fewer since 2018.",
        ),
    ],
)
def test_the_change_in_members_is_called_what_it_was(
    members: Iterable[float], unions: Iterable[float], lead: str
) -> None:
    text = plain(organisation_headlines.unions(context(made.associations(unions, members))))
    assert text.startswith(f"**{lead}**")


@pytest.mark.parametrize(
    ("nominal", "real", "lead"),
    [
        (FLAT, DOWN, "As much money from the state, worth less; less for each member."),
        (UP, UP, "More money from the state, worth more; more for each member."),
        (DOWN, DOWN, "Less money from the state, worth less; less for each member."),
        (UP, FLAT, "More money from the state, worth as much; as much for each member."),
        (
            (50, 80, 100, 100, 100, 100, 100),
            DOWN,
            "As much money from the state since 2018, worth less; less for each member.",
        ),
    ],
)
def test_state_money_is_told_in_both_prices(
    nominal: Iterable[float], real: Iterable[float], lead: str
) -> None:
    text = plain(organisation_headlines.money(context(made.funds(nominal, real))))
    assert text.startswith(f"**{lead}**")


def test_without_prices_nothing_is_said_of_real_money() -> None:
    text = plain(organisation_headlines.money(context(made.funds(FLAT, prices=False))))
    assert "prices" not in text.replace("in the money of each year", "")
    assert "For each member municipality it was 20 per cent less in 2022 than in 2016." in text


@pytest.mark.parametrize(
    ("people", "structural", "lead"),
    [
        (DOWN, UP, "Fewer participants; more structural efforts."),
        (UP, DOWN, "More participants; fewer structural efforts."),
        (FLAT, FLAT, "As many participants; as many structural efforts."),
    ],
)
def test_individual_and_structural_work_are_set_against_each_other(
    people: Iterable[float], structural: Iterable[float], lead: str
) -> None:
    rows = made.efforts(FLAT, structural) + made.participants(people)
    assert organisation_headlines.work(context(rows)).startswith(f"**{lead}**")


@pytest.mark.parametrize(
    ("state", "vacant", "lead"),
    [
        (
            (100, 98, 90, 80, 70, 60),
            (10, 20),
            "fewer people; more of their posts are vacant.",
        ),
        ((60, 60, 70, 70, 80, 80), (20, 10), "more people; fewer of their posts are vacant."),
        ((60,) * 6, (10, 10), "as many people; as many of their posts are vacant."),
    ],
)
def test_the_part_that_state_agencies_take_is_what_they_refer_and_staff(
    state: tuple[float, ...], vacant: tuple[float, float], lead: str
) -> None:
    text = plain(organisation_headlines.state(context(made.referrals(state) + made.teams(vacant))))
    assert text.startswith(f"**The state’s agencies refer {lead}**")


def test_half_years_told_of_in_part_are_in_no_yearly_sum() -> None:
    part = row("referrals", "all", "months", [3.0, 6.0], [2021.0, 2021.5], unit="months")
    full = organisation_headlines.referral_years(context([*made.referrals(), part]))
    assert list(full["social_insurance"]) == [2019, 2020]


@pytest.mark.parametrize(
    ("numbers", "shape", "steady", "said"),
    [
        ({2016: 5}, "single", True, "It was 5 in 2016."),
        ({2016: 5, 2017: 7}, "rise", True, "It rose from 5 in 2016 to 7 in 2017."),
        ({2016: 7, 2018: 5}, "fall", True, "It fell from 7 in 2016 to 5 in 2018."),
        (
            {2016: 7, 2017: 8, 2018: 5},
            "fall",
            False,
            "It fell from 7 in 2016 to 5 in 2018, though not in every year.",
        ),
        (
            {2016: 4, 2017: 9, 2018: 6},
            "peaked",
            True,
            "It rose from 4 in 2016 to 9 in 2017, and has since fallen to 6 (2018).",
        ),
        (
            {2016: 9, 2017: 4, 2018: 6},
            "dipped",
            True,
            "It fell from 9 in 2016 to 4 in 2017, and has since risen to 6 (2018).",
        ),
        ({2016: 5, 2017: 5}, "same", True, "It was 5 in 2017, the same as in 2016."),
        (
            {2016: 1000, 2017: 1002},
            "same",
            True,
            "It was about the same in 2017 as in 2016: 1,002 against 1,000.",
        ),
        (
            {2016: 5, 2017: 9, 2018: 5},
            "back",
            False,
            (
                "It was about the same in 2018 as in 2016: 5 against 5. "
                "In between it was 5 at the least and 9 at the most."
            ),
        ),
    ],
)
def test_a_course_is_told_with_its_turn(
    numbers: dict[int, float], shape: str, steady: bool, said: str
) -> None:
    found = Course(numbers)
    assert (found.shape, found.steady) == (shape, steady)
    assert sentence(context([]), "It", found) == said


def test_a_missing_year_is_printed_and_no_line_runs_over_it() -> None:
    years = [2016, 2017, 2020, 2022]
    rows = [yearly("series", "associations", "count", 100, DOWN, years)]
    cells = {line[0]: line[1] for line in table(rows, "years")}
    assert [cells[str(year)] for year in (2017, 2018, 2019, 2020, 2021)] == [
        "99", MISSING, MISSING, "96", MISSING,
    ]  # fmt: skip
    series = by_year(context(rows), "series", "associations", "count")
    assert [list(piece) for piece in stretches(series)] == [[2016, 2017], [2020], [2022]]


def test_no_line_and_no_comparison_runs_over_a_break() -> None:
    made_here = context(made.efforts(), study(breaks=BREAK))
    at = breaks(made_here, "efforts_structural")
    series = by_year(made_here, "efforts", "structural", "going")
    assert [list(piece) for piece in stretches(series, at)] == [
        [2016, 2017, 2018],
        [*range(2019, 2023)],
    ]
    text = plain(organisation_activity_text.efforts(made_here))
    assert "structural efforts under way rose from 550 in 2019 to 600 in 2022" in text
    assert "Years before 2019 were counted otherwise" in text
    rows = table(made.efforts(), "efforts", breaks=BREAK)
    assert [line[0] for line in rows if not line[0].isdigit()] == ["2019†"]


def test_the_index_starts_after_a_break() -> None:
    rows = made.efforts() + made.participants()
    assert index_lines(context(rows))[0] == YEARS[0]
    assert index_lines(context(rows, study(breaks=BREAK)))[0] == 2019


def test_sums_that_lack_associations_are_marked_and_not_compared() -> None:
    rows = [
        *made.participants(),
        *made.efforts(),
        row("reported", "participants", "count", 40.0, float(LAST)),
        row("reported", "participants", "existing", 75.0, float(LAST)),
    ]
    text = plain(organisation_headlines.work(context(rows)))
    assert "fell from 30,000 in 2016 to 24,900 in 2021" in text
    found = organisation_results.TABLES["organisation-efforts"](context(rows, markdown=False))
    assert any("participants 2022 (40 of 75)" in note for note in found.notes)


def test_published_figures_of_two_definitions_share_no_series_and_no_line() -> None:
    panels = activity_panels(real_published())
    assert not any(panel.lines for panel in panels)
    points = {one.name: one for panel in panels for one in panel.points}
    together = [
        one
        for one in points.values()
        if {559.0, 1138.0} <= {r.estimate for r in one.series.values()}
    ]
    assert not together
    assert len({(one.marker, one.colour) for one in panels[0].points}) == len(panels[0].points)


def test_contradictions_of_the_sources_are_all_stated() -> None:
    text = plain(organisation_published_text.caveats(real_published()))
    assert "For 2018 there are 559 efforts for individuals, for 2019 there are 1,138" in text
    assert "more year by year. Another account says that they fell by 32 per cent in 2020" in text
    assert (
        "more than SEK 700 million, while the parties’ funds are given as SEK 678 million" in text
    )
    assert "fell from 83 (2012) to 75 (2022), but went the other way between 2016 and 2018" in text


def test_every_published_figure_stands_in_a_table_with_its_source() -> None:
    found = real_published()
    tables = [organisation_results.TABLES[f"organisation-{n}"](found)
              for n in ("published", "published-others")]  # fmt: skip
    cells = [cell for one in tables for line in one.rows for cell in line]
    for figure in figures.figures():
        if figure.value is None:
            continue
        written = organisation_published.written(
            found,
            organisation_published.published(found, figure.series)[figure.year],
            unit=figure.series not in organisation_published.BY_YEAR,
        )
        assert any(written in cell for cell in cells), figure
        assert any(figures.SOURCES[figure.source].title.en in note
                   for one in tables for note in one.notes)  # fmt: skip


def test_members_of_2016_are_never_given_for_another_year() -> None:
    rows = organisation_results.TABLES["organisation-published"](real_published()).rows
    at = {line[0]: line[2] for line in rows}
    assert at["2016"].startswith("247")
    assert at["2022"].startswith("273")
    assert sum("247" in cell for line in rows for cell in line) == 1


def test_a_year_without_any_published_figure_is_printed_as_such() -> None:
    rows = organisation_results.TABLES["organisation-published"](real_published()).rows
    assert [line[0] for line in rows] == [str(year) for year in range(2004, 2023)]
    assert set(next(line for line in rows if line[0] == "2013")[1:]) == {MISSING}


def test_without_own_tables_the_published_figures_stand_alone() -> None:
    flags = organisation_results.flags(real_published())
    shown = {name for name, on in flags.items() if on}
    assert {"organisation_chapter", "organisation_published_alone", "organisation_caveats"} <= shown
    assert not flags["organisation_own"]
    assert not flags["organisation_years"]


def test_another_programme_without_tables_has_no_chapter() -> None:
    other = study(programme="other")
    empty = row("published", "x", "y", 1.0).iloc[:0]
    released = release.release(ledger.Ledger(empty))
    assert not any(organisation_results.flags(Context(other, Lookup(released), "en")).values())


def test_the_target_group_is_a_range() -> None:
    rows = table(made.participants(), "coverage")
    assert rows[-1] == ("2022", "24,000", "4.8–8.6")
    text = plain(
        organisation_activity_text.coverage(context(made.participants() + published_bounds()))
    )
    assert "between 4.8 and 8.6 per cent" in text
    assert "between 280,000 and 500,000 people" in text


def published_bounds() -> list[pd.DataFrame]:
    return [
        row("published", "target_low", "isf2023", 280_000.0, 2022.0, unit="people"),
        row("published", "target_high", "isf2023", 500_000.0, 2022.0, unit="people"),
    ]


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ((5.0, 30.0), "30.0 per cent after it, which is 25.0 percentage points more."),
        ((30.0, 5.0), "5.0 per cent after it, which is 25.0 percentage points less."),
        ((30.0, 30.0), "30.0 per cent after it, which is as many."),
    ],
)
def test_status_after_is_compared_with_before(work: tuple[float, float], said: str) -> None:
    assert said in plain(organisation_people_text.change(context(made.change(work))))


def test_a_suppressed_share_is_marked_and_no_difference_is_made_of_it() -> None:
    few = row("change", "livelihood=wage", "after", 20.0, n_support=900.0, smallest_cell=3.0)
    before = row("change", "livelihood=wage", "before", 5.0, n_support=900.0)
    assert table([before, few], "change") == [("Wage", "5.0", "··", "··")]


def test_referrals_fall_or_rise_with_the_pandemic_as_counted() -> None:
    fewer = organisation_activity_text.referrals(context(made.referrals()))
    assert "In January–June 2020, when the pandemic broke out, 360 people were referred" in fewer
    assert "440, so they became fewer." in fewer
    more = organisation_activity_text.referrals(context(made.referrals((60, 60, 90, 90, 90, 90))))
    assert "so they became more." in more
    same = organisation_activity_text.referrals(context(made.referrals((60,) * 6)))
    assert same.endswith("there were 360, as many.")


def test_a_source_that_never_gave_anything_has_no_column() -> None:
    found = organisation_results.TABLES["organisation-financing"](context(made.funds()))
    heads = [column.head for column in found.columns]
    assert "Others" not in heads
    assert found.rows[-1][0] == "Share 2022, per cent"
    assert found.rows[-1][-2:] == ("100.0", "–")


@pytest.mark.parametrize(("vacant", "said"), [((0, 0), "equal shares"), ((10, 20), "equal shares")])
def test_parties_with_equal_vacancies_are_not_ranked(vacant: Any, said: str) -> None:
    assert said in plain(organisation_activity_text.teams(context(made.teams(vacant))))


def test_indicators_with_one_mean_are_not_ranked() -> None:
    text = plain(organisation_people_text.indicators(context(made.indicators((4.0, 4.0)))))
    assert "all indicators have a mean of 4.00" in text
    assert "none rose and none fell" in text


def test_sizes_use_words_for_none_and_one() -> None:
    rows = [
        yearly("size", size, "count", count)
        for size, count in (("1", 1), ("2-4", 5), ("5-9", 0), ("10+", 0))
    ]
    assert organisation_text.sizes(context(rows)) == (
        "At the end of 2022, one association of 6 had a single municipality as member, "
        "and none had ten or more."
    )


COURSES = (UP, DOWN, (0.0,) * 7, (0.0, 50, 20, 0, 10, 30, 100))
ALONE = {
    "associations": made.associations,
    "funds": made.funds,
    "efforts": made.efforts,
}


@pytest.mark.parametrize("name", list(ALONE))
def test_every_text_is_whole_whatever_the_numbers(name: str) -> None:
    for first, second in itertools.product(COURSES, repeat=2):
        found = context(ALONE[name](first, second))
        for make in organisation_results.TEXTS.values():
            text = make(found)
            for wrong in ("nan", "None", "{", "}", "  ", "..", " ,", " ."):
                assert wrong not in text


PIECES = {
    "associations": made.associations, "funds": made.funds, "efforts": made.efforts,
    "participants": made.participants, "change": made.change, "costs": made.costs,
    "referrals": made.referrals, "teams": made.teams, "indicators": made.indicators,
    "published": made.published, "one": lambda: made.one_association("F1"),
}  # fmt: skip


@pytest.mark.parametrize("piece", [*PIECES, "everything"])
def test_every_piece_that_is_flagged_can_be_made_alone(piece: str, tmp_path: Any) -> None:
    from finsam_report.display import figure as drawing

    rows = made.everything() if piece == "everything" else PIECES[piece]()
    found = context(rows, markdown=False)
    for text in organisation_results.TEXTS.values():
        text(found.for_markdown())
    some = False
    for name, make in organisation_results.TABLES.items():
        if organisation_results.has_table(found, name):
            assert make(found).rows, name
            some = True
    for name, draw in organisation_results.FIGURES.items():
        if organisation_results.has_figure(found, name):
            shown = draw(found)
            drawing.write(shown, tmp_path)
            assert any(char.isdigit() for char in shown.alt), name
            some = True
    assert some
    assert organisation_results.flags(found)["organisation_chapter"]
