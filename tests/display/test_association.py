"""The report of one association: what it says for associations of every kind."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finsam_report import release
from finsam_report.display import association_names, association_results, association_text
from finsam_report.display.form import Form
from finsam_report.display.report import Report, make
from finsam_report.inputs.associations import find
from finsam_report.inputs.read import read_inputs
from finsam_report.places import synthetic_study

NORTH, EAST, FEW, NOBODY, GONE, BARE = "Norra", "Östra", "Få", "Ingen", "Borta", "Bara"
CODES = {NORTH: "N", EAST: "O", FEW: "F", NOBODY: "I", GONE: "B", BARE: "X", "Lilla": "L"}
LINES = [
    "[study]", 'id = "t"', 'title.en = "T"', 'data_until.en = "2022"', "[organisation]",
    'associations = "a.csv"', 'association_years = "y.csv"', 'efforts = "e.csv"',
    'effort_participants = "p.csv"', 'indicators = "i.csv"',
    "years = { first = 2015, last = 2022 }",
    "[[organisation.effort_kinds]]", 'value = "team"', 'label.en = "Team"',
    "[[organisation.effort_kinds]]", 'value = "mapping"', 'label.en = "Mapping"',
    "[[organisation.indicator_items]]", 'id = "needs"', 'label.en = "My needs"',
    'text.en = "It starts from my needs."',
]  # fmt: skip


def people(effort: str, number: int, women: int, work: int) -> pd.DataFrame:
    """People who all ended; the first of them women, the last of them in work afterwards."""
    k = np.arange(number)
    return pd.DataFrame(
        {
            "participant": [f"{effort}{n}" for n in k],
            "effort": effort,
            "sex": np.where(k < women, "woman", "man"),
            "age_band": np.where(k % 2, "30-44", "45-59"),
            "livelihood_before": "social_assistance",
            "livelihood_after": np.where(k >= number - work, "wage", "social_assistance"),
            "occupation_before": "none",
            "occupation_after": np.where(k >= number - work, "work", "none"),
            "start": "2021-02-01",
            "end": "2022-01-31",
            "identified": k % 4 > 0,
        }
    ).assign(identified=lambda f: f["identified"].astype(int))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven associations: two with everything, and five that lack something."""
    folder = tmp_path_factory.mktemp("associations")
    (folder / "study.toml").write_text("\n".join(LINES), "utf-8")
    pd.DataFrame(
        {
            "association": CODES.values(), "label": CODES.keys(), "county": "12", "formed": 2015,
            "ended": [None, None, None, None, 2020, None, None],
            "merged_into": [None, None, None, None, "N", None, None],
        }
    ).astype({"ended": "Int64"}).to_csv(folder / "a.csv", index=False)  # fmt: skip
    rows = [
        (code, year, 2, 500_000, 250_000, 250_000, 0, 0, 1_000_000,
         {"N": 40, "O": 30, "F": 3, "I": 20, "B": 10}[code] + 5 * (year == 2021) * (code == "N"))
        for code in "NOFIB" for year in ((2019, 2020) if code == "B" else (2020, 2021, 2022))
    ]  # fmt: skip
    columns = ["association", "year", "municipalities", "state", "region", "municipality_funds",
               "esf", "other", "total", "participants"]  # fmt: skip
    pd.DataFrame(rows, columns=columns).to_csv(folder / "y.csv", index=False)
    efforts = [
        ("e1", "N", "individual", "team", "2021-01-01", "2022-12-31", 800_000),
        ("e2", "N", "structural", "mapping", "2021-01-01", "2022-12-31", 200_000),
        ("e3", "F", "individual", "team", "2021-01-01", "2022-12-31", 400_000),
        ("e6", "O", "individual", "team", "2021-01-01", "2022-12-31", 600_000),
        ("e7", "L", "individual", "team", "2021-01-01", "2022-12-31", 50_000),
        ("e4", "I", "individual", "team", "2021-01-01", "2022-12-31", 400_000),
        ("e5", "B", "individual", "team", "2019-01-01", "2020-12-31", 400_000),
    ]
    pd.DataFrame(
        efforts, columns=["effort", "association", "type", "kind", "start", "end", "cost"]
    ).assign(target_group="", parties="municipality;region").to_csv(folder / "e.csv", index=False)
    everybody = [people("e1", 40, 24, 10), people("e3", 3, 1, 1), people("e6", 30, 15, 12)]
    # Two with few people: of one alone the sum of all would tell.
    everybody.append(people("e7", 4, 2, 2))
    pd.concat(everybody).assign(education="").to_csv(folder / "p.csv", index=False)
    answers = [("N", k, 2022, "participant", "needs", 5 if k < 15 else 2) for k in range(20)]
    # Two with few answers: those of one alone the sum of all would tell.
    answers += [(few, k, 2022, "participant", "needs", 4) for few in "IL" for k in range(4)]
    made = pd.DataFrame(
        answers, columns=["association", "k", "year", "respondent", "indicator", "answer"]
    )
    made.insert(0, "questionnaire", made["association"] + made["k"].astype(str))
    made.drop(columns="k").to_csv(folder / "i.csv", index=False)
    text = (folder / "p.csv").read_text("utf-8")
    assert "e2" not in text
    return folder


def report(study: Path, name: str, out: Path) -> Report:
    inputs = read_inputs(study)
    one = find(inputs, CODES[name])
    released = release.released_study(inputs, one.code)
    return make(inputs.study, released, "en", study, out, association=one)


def everything(found: Report) -> str:
    """All text of the report, its tables and figures included."""
    made = [found.text(name).markdown for name in association_results.TEXTS]
    made += [found.table(name).markdown for name in association_results.TABLES]
    made += [found.figure(name).markdown for name in association_results.FIGURES]
    return "\n".join(made)


def text(found: Report, name: str) -> str:
    return found.text(f"association-{name}").markdown


def test_an_association_with_everything(study: Path, tmp_path: Path) -> None:
    found = report(study, NORTH, tmp_path)
    assert all(association_results.flags(found.context).values())
    assert text(found, "funds").startswith(
        "In 2022 the association had SEK 1.00 million, or SEK 0.50 million for each member"
    )
    assert "The state gave 50 per cent of the funds" in text(found, "funds")
    assert (
        "At some time of 2022, two efforts were under way: one for individuals and one structural."
        in text(found, "efforts")
    )
    assert "40 people took part in efforts for individuals, fewer than the 45" in text(
        found, "people"
    )
    assert "The table of participants holds 40 people" in text(found, "people")
    assert "Women were 60 per cent of them" in text(found, "people")
    assert "25 per cent had work or studies afterwards and 0 per cent before" in text(
        found, "change"
    )
    assert "“Social assistance”, from 100 to 75 per cent" in text(found, "change")
    assert "registered of 75 per cent" in text(found, "personal-data")
    assert "75 per cent gave one of the two best answers for “My needs”" in text(
        found, "indicators"
    )
    # 400,000 kronor a year over 40 people.
    assert "In 2022 efforts for individuals cost SEK 10,000 for each person" in text(found, "costs")
    bullets = text(found, "in-short").splitlines()
    assert len(bullets) == 6 and all(line.startswith("- ") for line in bullets)


def test_three_people_are_told_of_nowhere(study: Path, tmp_path: Path) -> None:
    found = report(study, FEW, tmp_path)
    flags = association_results.flags(found.context)
    assert not flags["association_people"] and not flags["association_change"]
    assert flags["association_efforts"] and flags["association_funds"]
    said = everything(found)
    assert "is not shown" in text(found, "people")
    assert "so few people of the association that nothing is told" in said
    assert not re.search(r"\b(3|three) (people|per cent)", said)
    rows = found.context.look.frame
    of_people = rows["analysis"].isin(["participants", "change", "registered", "transition"])
    own = rows[(rows["group"].str.split("|").str[0] == "association=F") & of_people]
    assert len(own)
    assert own.loc[own["estimate"] > 0, "estimate"].empty
    for path in (tmp_path / "tables").glob("*.csv"):
        made = pd.read_csv(path)
        if "group" in made and "analysis" in made:
            mine = made[(made["group"] == "association=F") & (made["analysis"] == "participants")]
            assert mine["estimate"].isna().all()


def test_nobody_in_the_table_of_participants(study: Path, tmp_path: Path) -> None:
    found = report(study, NOBODY, tmp_path)
    flags = association_results.flags(found.context)
    assert not flags["association_people"] and not flags["association_change"]
    assert "holds nobody of the association" in text(found, "people")
    assert "no figures on what the association's participants lived on" in text(found, "change")
    assert "does not tell" in text(found, "personal-data")
    assert "too few people answered for anything to be shown" in text(found, "indicators")
    assert not flags["association_indicators"]
    everything(found)


def test_one_that_was_merged_is_told_of_in_its_last_year(study: Path, tmp_path: Path) -> None:
    found = report(study, GONE, tmp_path)
    assert "It existed until 2020, when it was merged into Norra." in text(found, "setting")
    assert "The last year with figures is 2020" in text(found, "setting")
    assert "In 2020 the association had SEK 1.00 million" in text(found, "funds")
    assert "were not asked" in text(found, "indicators")
    assert association_names.years(found.context) == [2019, 2020]
    table = found.made_table("association-years")
    assert table is not None and [row[0] for row in table.rows] == ["2019", "2020"]
    everything(found)


def test_one_without_any_figure(study: Path, tmp_path: Path) -> None:
    found = report(study, BARE, tmp_path)
    assert not any(association_results.flags(found.context).values())
    assert text(found, "in-short") == (
        "The study has no figures of this association that may be shown."
    )
    assert "has no yearly figures" in text(found, "setting")
    for name in association_results.TABLES:
        assert (found.table(name).markdown == "") == (name != "association-practice")
    for name in association_results.FIGURES:
        assert found.figure(name).markdown == ""
    assert "None of the 0 numbers" in text(found, "hidden")


def test_every_share_stands_beside_that_of_all(study: Path, tmp_path: Path) -> None:
    found = report(study, NORTH, tmp_path)
    table = found.made_table("association-overview")
    assert table is not None and not isinstance(table, Form)
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["Member municipalities"] == ("2", "2.0", "–")
    # 40, 30, 3 and 20 people of the four associations with figures; there are six.
    assert cells["People in efforts for individuals"] == ("40", "23", "–")
    assert cells["Work or studies after the effort, %"][:1] == ("25.0",)
    assert cells["Work or studies after the effort, %"][2] == "28 (2020)"
    assert cells["Of these from the state, SEK million"] == ("0.25", "0.25", "1.24 (2022)")


def test_a_report_on_no_association_shows_none_of_it(study: Path, tmp_path: Path) -> None:
    inputs = read_inputs(study)
    found = make(inputs.study, release.released_study(inputs), "en", study, tmp_path)
    assert everything(found).strip() == ""
    assert not any(association_results.flags(found.context).values())


def test_a_name_is_no_markup() -> None:
    inputs = read_inputs(synthetic_study())
    from dataclasses import replace

    one = replace(find(inputs, "F003"), label="*A* [b](c)  <i>d</i>", merged_into="_e_", ended=2022)
    found = make(inputs.study, release.nothing(), "en", Path(), Path(), association=one)
    said = association_text.setting(found.context.for_markdown())
    assert r"\*A\* \[b\](c) \<i\>d\</i\> was formed" in said
    assert r"merged into \_e\_." in said


def test_no_word_of_the_catalogue_is_left_unused() -> None:
    folder = Path(association_results.__file__).parent
    words = (folder / "locale" / "en" / "association.ftl").read_text("utf-8")
    source = "".join(path.read_text("utf-8") for path in folder.glob("association*.py"))
    loose = re.findall(r'f"(association-[a-z-]*)\{', source)
    for key in re.findall(r"^([a-z][\w-]+) =", words, re.MULTILINE):
        captions = key.endswith("-caption")
        assert f'"{key}"' in source or captions or any(key.startswith(s) for s in loose), key
