"""What the survey chapter promises about people and answers: counts that add up, nothing hidden
that could be worked out, and words that are right for what a study has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display.ledgers import context, count, effect, label, sizes, study
from finsam_report.display import (
    answer_figures,
    answer_tables,
    flow,
    mean_figures,
    response_tables,
    response_text,
    survey_figures,
    survey_tables,
    survey_text,
    theme,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure, write
from finsam_report.display.flags import survey_people
from finsam_report.display.flow_counts import wrong_counts
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.errors import FinsamError
from finsam_report.parts import ledger
from finsam_report.study import Study

SITES = {"north": (60, 50), "south": (40, 30)}


def declared(**survey: Any) -> Study:
    """The small study with two sites, and whatever else the survey should have."""
    found = json.loads(study().model_dump_json(by_alias=True, exclude_none=True))
    found["survey"] |= {"assignment": {"blocks": ["site"]}, **survey}
    return Study.model_validate_json(json.dumps(found))


def people(*, sites: bool = True) -> list[pd.DataFrame]:
    out = sizes("survey")
    for name, pair in SITES.items() if sites else ():
        for arm, n in zip(("support", "control"), pair, strict=True):
            out.append(count("survey", "randomised", f"{arm}|block:{name}", n))
    return out


def answered(support: int, control: int, block: str = "") -> list[pd.DataFrame]:
    return [
        count("survey", "answered_wave1", f"{arm}|block:{block}" if block else arm, n, 6)
        for arm, n in (("support", support), ("control", control))
    ]


def row(analysis: str, outcome: str, group: str, estimator: str, **more: Any) -> pd.DataFrame:
    columns = {"part": "survey", "unit": "percent", "horizon": 6.0}
    return ledger.rows(
        **(columns | more), analysis=analysis, outcome=outcome, group=group, estimator=estimator
    )


def recruited(outcome: str, month: str, n: int, party: str = "region") -> pd.DataFrame:
    return row(
        "recruitment", outcome, f"party={party}|month:{month}", "count",
        estimate=n, unit="people", horizon=float("nan"), smallest_cell=n,
    )  # fmt: skip


def shares(item: str, arm: str, counts: list[int], first: int = 1) -> list[pd.DataFrame]:
    total = sum(counts)
    n = {"n_support": total} if arm == "support" else {"n_control": total}
    return [
        row("distribution", item, f"arm:{arm}|answer:{first + k}", "share",
            estimate=100 * c / total, smallest_cell=c, **n)
        for k, c in enumerate(counts)
    ]  # fmt: skip


def moments(item: str, arm: str, mean: float, month: float = 6.0) -> list[pd.DataFrame]:
    n = {"n_support": 50} if arm == "support" else {"n_control": 50}
    shared = {"horizon": month, "unit": "scale points", **n}
    return [
        row("answers", item, f"arm:{arm}", "mean", estimate=mean, std_error=0.1, **shared),
        row("answers", item, f"arm:{arm}", "sd", estimate=0.7, **shared),
    ]


def svg(figure: Figure, folder: Path) -> str:
    write(figure, folder)
    return (folder / f"fig-{figure.name}.svg").read_text("utf-8")


def wrong(rows: list[pd.DataFrame], given: Study | None = None) -> list[str]:
    return wrong_counts(context(rows, given), "survey")


# ------------------------------------------------------------------------------ the flow


def test_counts_that_add_up_are_let_through() -> None:
    rows = [*people(), *answered(70, 60), *answered(40, 35, "north"), *answered(30, 25, "south")]
    rows.append(effect("survey", "hope", 6, 0.2, 0.1, n_support=69, n_control=60))
    assert wrong(rows, declared()) == []


def test_sites_that_do_not_add_up_to_their_arm_stop_the_report() -> None:
    rows = [*people(), *answered(70, 60), *answered(40, 35, "north"), *answered(31, 25, "south")]
    with pytest.raises(FinsamError, match="the blocks hold 71, the arm 70"):
        flow.flow(context(rows, declared()), "survey")
    with pytest.raises(FinsamError, match="the blocks hold 71, the arm 70"):
        survey_tables.flow_sites(context(rows, declared()))


def test_a_hidden_site_is_no_contradiction_but_too_many_in_the_others_are() -> None:
    three = {"north": (60, 50), "south": (36, 30), "west": (4, 8)}
    rows = sizes("survey", 100, 88)
    for name, pair in three.items():
        for arm, n in zip(("support", "control"), pair, strict=True):
            rows.append(count("survey", "randomised", f"{arm}|block:{name}", n))
    assert wrong(rows, declared()) == []
    rows[2] = count("survey", "randomised", "support|block:north", 101)
    assert wrong(rows, declared()) == ["randomised, arm:support: the blocks hold 137, the arm 100"]


def test_more_answers_than_people_and_more_analysed_than_answered_stop_the_report() -> None:
    assert wrong([*people(sites=False), *answered(101, 60)]) == [
        "answered_wave1, arm:support: 101 of 100 people"
    ]
    rows = [*people(sites=False), *answered(70, 60)]
    rows.append(effect("survey", "hope", 6, 0.2, 0.1, n_support=71, n_control=60))
    assert wrong(rows) == ["itt of hope, arm:support: 71 of 70 answers"]


def test_more_people_by_month_than_randomised_stop_the_report() -> None:
    rows = [*people(sites=False), recruited("randomised", "2020-01", 181)]
    assert wrong(rows) == ["randomised: 181 by month, 180 in all"]


def test_response_must_be_a_share_of_all_who_were_randomised() -> None:
    gap = row("attrition", "wave1", "all", "unadjusted", estimate=1.0, n_support=90, n_control=80)
    assert wrong([*people(sites=False), gap]) == [
        "response to wave1, arm:support: 90 people, randomised 100"
    ]


def test_the_diagram_has_sites_referred_people_and_how_many_were_analysed(tmp_path: Path) -> None:
    rows = [*people(), *answered(70, 60)]
    rows += [effect("survey", "hope", 6, 0.2, 0.1, n_support=66, n_control=60),
             effect("survey", "worry", 6, 0.2, 0.1, n_support=69, n_control=55)]  # fmt: skip
    rows += [recruited("randomised", "2020-01", 180), recruited("referred", "2020-01", 250),
             recruited("referred", "2020-02", 90)]  # fmt: skip
    figure = flow.flow(context(rows, declared()), "survey")
    for words in ("Referred until January 2020: 250; not in the study: 70", "north 60; south 40",
                  "of whom analysed, by item 66–69; No answer 30"):  # fmt: skip
        assert words in figure.alt
    drawn = svg(figure, tmp_path)
    assert all(f">{text}<" in drawn for text in ("250", "70", "66–69", "55–60"))


def test_fewer_referred_than_randomised_stops_the_report() -> None:
    rows = [*people(sites=False), recruited("randomised", "2020-01", 180),
            recruited("referred", "2020-01", 170)]  # fmt: skip
    with pytest.raises(FinsamError, match="170 people referred until 2020-01, 180 randomised"):
        flow.flow(context(rows), "survey")


def test_hidden_months_make_the_number_referred_a_least_one() -> None:
    rows = [*people(sites=False), recruited("randomised", "2020-01", 180)]
    referred = {"2019-11": (3, 2), "2019-12": (2, 4), "2020-01": (150, 100)}
    for month, pair in referred.items():
        rows += [recruited("referred", month, n, p) for n, p in zip(pair, "ab", strict=True)]
    text = survey_text.flow(context(rows))
    assert text.startswith("Until January 2020, at least 250 people were referred, and at least 70")


# --------------------------------------------------------------------- coming in, and waiting


def test_each_party_has_a_panel_hidden_months_a_mark_and_events_a_line(tmp_path: Path) -> None:
    rows = [*people(sites=False)]
    months = {1: (30, 8), 2: (3, 2), 4: (2, 3), 5: (12, 9)}
    for k, pair in months.items():
        for n, party in zip(pair, ("region", "municipality"), strict=True):
            rows.append(recruited("randomised", f"2020-0{k}", n, party))
    given = declared(events=[{"date": "2020-02-15", "label": label("Strike")}])
    figure = survey_figures.recruitment(context(rows, given))
    assert "Region: most in January 2020, 30 (2 months not shown)." in figure.alt
    assert "Marked: Strike (15 February 2020)." in figure.alt
    assert f"{SUPPRESSED} Not shown" in figure.caption
    drawn = svg(figure, tmp_path)
    assert all(f">{text}<" in drawn for text in ("Region", "Municipality", "Strike", SUPPRESSED))
    assert ">Referred, in the study or not<" not in drawn


def test_months_without_anybody_are_named_and_a_study_without_parties_names_none() -> None:
    rows = [
        row("recruitment", "randomised", f"all|month:2020-0{k}", "count", unit="people",
            estimate=n, horizon=float("nan"))
        for k, n in ((1, 30), (2, 0), (3, 0), (4, 9), (5, 0), (6, 7))
    ]  # fmt: skip
    shown = context([*people(sites=False), *rows])
    assert survey_text.recruitment(shown) == (
        "People were randomised from January 2020 to June 2020. Nobody was randomised from "
        "February 2020 to March 2020 and in May 2020."
    )
    assert survey_figures.recruitment(shown).caption == "People randomised by month"


def test_one_day_is_a_day_and_a_hidden_median_is_not_spoken_of() -> None:
    shared = {"unit": "days", "horizon": float("nan")}
    rows = [
        row("waiting", "referred_to_randomised", "arm:support", "median", estimate=1.0, **shared),
        row("waiting", "referred_to_randomised", "arm:control", "median", estimate=4.5, **shared),
        row("waiting", "randomised_to_met", "arm:support", "median", estimate=30.0,
            smallest_cell=3, **shared),
    ]  # fmt: skip
    assert survey_text.waiting(context([*people(sites=False), *rows])) == (
        "The median time from referral to randomisation was 1 day for people in the support arm "
        "and 4.5 days for people in the control arm."
    )


def test_the_number_with_a_wait_does_not_tell_how_many_met_a_team() -> None:
    shared = {"unit": "days", "horizon": float("nan"), "n_support": 98}
    rows = [*people(sites=False), count("survey", "met_team", "support", 98)]
    rows.append(
        row("waiting", "randomised_to_met", "arm:support", "median", estimate=30.0, **shared)
    )
    table = survey_tables.waiting(context(rows))
    assert table.rows[0] == ("Support arm", f"30 ({SUPPRESSED})", SUPPRESSED)
    assert table.rows[1] == ("Control arm", NONE, NONE)


def test_the_wait_outside_the_study_stands_with_its_site() -> None:
    given = declared(queue=[{"block": "north", "months": 1}, {"block": "south", "months": 2.5}])
    said = survey_text.queue(context(people(), given))
    assert "1 month in north and 2.5 months in south" in said
    rows = row("waiting", "referred_to_randomised", "arm:support", "median", estimate=3.0,
               unit="days", horizon=float("nan"), n_support=100)  # fmt: skip
    table = survey_tables.waiting(context([*people(), rows], given))
    assert table.groups[0] == "north (wait outside the study: 1 month)"
    assert table.groups[-1] == "All"


# ---------------------------------------------------------------------------- who answered


def test_a_difference_at_a_site_goes_where_a_count_is_hidden() -> None:
    gaps = [
        row("attrition", "wave1", f"all{suffix}", "unadjusted", estimate=3.0, std_error=1.0,
            ci_low=1.0, ci_high=5.0, unit="percentage points")
        for suffix in ("", "|block:north", "|block:south")
    ]  # fmt: skip
    rows = [*people(), *gaps, *answered(70, 60), *answered(40, 47, "north"),
            *answered(30, 13, "south")]  # fmt: skip
    table = response_tables.response_sites(context(rows, declared()))
    cells = {line[0]: line[1:] for line in table.rows}
    assert cells["north"] == ("40 of 60 (66.7)", SUPPRESSED, SUPPRESSED, SUPPRESSED)
    assert cells["All"] == ("70 of 100 (70.0)", "60 of 80 (75.0)", "3.0 (1.0)", "1.0 to 5.0")


@pytest.mark.parametrize(
    ("cautious", "optimistic", "said"),
    [
        (1, 1, "is low under the cautious boundary and under the optimistic one"),
        (0, 1, "is high under the cautious boundary and low under the optimistic one"),
        (0, 0, "is high under the cautious boundary and under the optimistic one"),
    ],
)
def test_the_attrition_flag_is_called_a_flag(cautious: int, optimistic: int, said: str) -> None:
    rows = [*people(sites=False), *answered(70, 60)]
    rows += [row("attrition", "wave1", "all", f"wwc_{kind}", estimate=float(value), unit="flag")
             for kind, value in (("cautious", cautious), ("optimistic", optimistic))]  # fmt: skip
    text = response_text.flag(context(rows))
    assert "27.8 per cent did not answer" in text
    assert "differ by 5.0 percentage points" in text
    assert said in text
    assert "a flag and not a verdict" in text
    assert response_text.flag(context([*people(sites=False), *answered(70, 60)])) == ""


def test_a_normalised_difference_is_given_for_shares_and_not_for_numbers() -> None:
    rows = [
        row("who_answered", name, f"{who}:wave1", "mean", estimate=value, unit=unit, horizon=0.0)
        for name, unit, pair in (("sex=woman", "percent", (60.0, 40.0)), ("age", "years", (41, 38)))
        for who, value in zip(("answered", "silent"), pair, strict=True)
    ]
    table = response_tables.who_answered(context([*people(sites=False), *rows]))
    # 20 over the root of 2400, the variance of both shares.
    assert [line[-2:] for line in table.rows] == [("20.0", "0.41"), ("3.0", NONE)]


def test_where_everybody_answered_nobody_is_compared() -> None:
    got = row("who_answered", "sex=woman", "answered:wave1", "mean", estimate=60.0, horizon=0.0)
    shown = context([*people(sites=False), got])
    assert response_text.who_answered(shown) == ""
    assert survey_people(shown.study, shown.look.frame)["who_answered"] is False


# ------------------------------------------------------------------------------- the items


MOST = "n item was left empty by at most 4.0 per cent of those who sent back the survey"
WHO = " (Hope, people in the support arm)."
HIDDEN = "Where anybody left an item empty, too few did for the share to be shown."
OTHERS = "All other items were answered by everybody who sent back the survey."


@pytest.mark.parametrize(
    ("hope", "worry", "said"),
    [
        ((0.0, 20), (0.0, 20), "Everybody who sent back the survey answered every item."),
        ((4.0, 20), (0.0, 20), f"A{MOST}{WHO}"),
        ((4.0, 20), (1.0, 3), f"Where it can be shown, a{MOST}{WHO}"),
        ((0.0, 20), (1.0, 3), HIDDEN),
        ((0.0, 20), (100.0, 20), f"{OTHERS} One item was answered by nobody: Worry."),
        ((100.0, 20), (100.0, 20), "Some items were answered by nobody: Hope and Worry."),
    ],
)
def test_empty_items_are_spoken_of_rightly(
    hope: tuple[float, int], worry: tuple[float, int], said: str
) -> None:
    rows = [
        row("item_missing", item, "arm:support", "share", estimate=share, smallest_cell=cell)
        for item, (share, cell) in (("hope", hope), ("worry", worry))
    ]
    assert response_text.empty_items(context([*people(sites=False), *rows])) == said


def test_an_item_that_was_put_the_other_way_is_said_to_be_reversed() -> None:
    items = [
        {"id": "hope", "label": label("Hope"), "text": label("?"), "lowest": label("Little")},
        {"id": "worry", "label": label("Worry"), "text": label("?"), "direction": "down",
         "lowest": label("Never"), "highest": label("Always")},
    ]  # fmt: skip
    shown = context(people(sites=False), study(items=items))
    table = answer_tables.items(shown)
    assert [line[2] for line in table.rows] == [
        "1 Little – 5", "1 Never – 5 Always; reversed for the analysis",
    ]  # fmt: skip
    worry = shown.study.survey.items[1]  # type: ignore[union-attr]
    assert answer_tables.ends_line(shown, worry) == "1 Always – 5 Never"


def test_scales_with_many_points_have_mean_and_spread_alone() -> None:
    items = [{"id": "pain", "label": label("Pain"), "text": label("?"), "maximum": 100}]
    rows = [*people(sites=False), *moments("pain", "control", 40.0)]
    table = answer_tables.control_distribution(context(rows, study(items=items)))
    assert [column.head for column in table.columns] == ["Item", "Mean", "SD", "N"]
    assert table.rows == (("Pain", "40.00", "0.70", "50"),)


def test_answers_stand_beside_one_another_and_a_shorter_scale_leaves_a_dash() -> None:
    items = [
        {"id": "hope", "label": label("Hope"), "text": label("?"), "maximum": 3},
        {"id": "yes", "label": label("Yes"), "text": label("?"), "minimum": 0, "maximum": 1},
    ]
    rows = [*people(sites=False), *shares("hope", "control", [10, 10, 20]),
            *shares("yes", "control", [30, 10], first=0)]  # fmt: skip
    table = answer_tables.control_distribution(context(rows, study(items=items)))
    assert [column.head for column in table.columns[1:5]] == ["0 (%)", "1 (%)", "2 (%)", "3 (%)"]
    assert table.rows[0][1:5] == (NONE, "25.0", "25.0", "50.0")
    assert table.rows[1][1:5] == ("75.0", "25.0", NONE, NONE)


def distribution(rows: list[pd.DataFrame]) -> tuple[Figure, Context]:
    shown = context([*people(sites=False), *rows])
    return answer_figures.distributions(shown), shown


def test_every_answer_has_a_segment_and_a_hidden_one_is_hatched(tmp_path: Path) -> None:
    rows = [*shares("hope", "support", [10, 20, 40, 20, 10]),
            *shares("hope", "control", [3, 20, 31, 4, 22])]  # fmt: skip
    figure, _ = distribution(rows)
    assert "Support arm 10, 20, 40, 20, 10" in figure.alt
    assert f"Control arm {SUPPRESSED}, 25, 39, {SUPPRESSED}, 28" in figure.alt
    drawn = svg(figure, tmp_path)
    assert drawn.count("<pattern") == 1
    assert drawn.count(f">{SUPPRESSED}<") == 2
    assert all(colour.lower() in drawn for colour in theme.tints(5))
    assert ">Worry<" not in drawn  # an item nobody answered has no bars


def test_the_tints_rise_in_darkness_and_their_numbers_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for n in (2, 5, 11):
        colours = theme.tints(n)
        lights = [light(colour) for colour in colours]
        assert len(set(colours)) == n
        assert lights == sorted(lights, reverse=True)
        for colour, ground in zip(colours, lights, strict=True):
            letters = light(theme.letters_on(colour))
            high, low = max(ground, letters) + 0.05, min(ground, letters) + 0.05
            assert high / low >= 4.5, colour


def test_a_survey_that_one_arm_got_alone_is_hollow_and_said_to_have_no_comparison(
    tmp_path: Path,
) -> None:
    given = declared(waves=[{"wave": 1, "month": 6}, {"wave": 2, "month": 12,
                                                      "arms": ["control"]}])  # fmt: skip
    rows = [*people(), *moments("hope", "support", 3.0), *moments("hope", "control", 2.0),
            *moments("hope", "control", 2.5, 12.0)]  # fmt: skip
    shown = context(rows, given)
    figure = mean_figures.arm_means(shown)
    assert figure.caption.endswith(
        "Hollow: a survey sent to people in the control arm alone, which has no comparison"
    )
    assert "Support arm 6: 3.00; Control arm 6: 2.00, 12: 2.50." in figure.alt
    assert "fill: #ffffff; stroke: #b4540a" in svg(figure, tmp_path)
    assert survey_people(given, shown.look.frame)["several_waves"] is True


def test_a_study_that_has_nothing_more_raises_no_flag() -> None:
    shown = context(people(sites=False))
    flags = survey_people(shown.study, shown.look.frame)
    assert not any(flags.values()), flags
