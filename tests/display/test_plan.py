"""What is not in the analysis plan is marked wherever it is shown, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from finsam_report import release
from finsam_report.display import plan as pieces
from finsam_report.display import plan_deviations
from finsam_report.display.report import FIGURES, TABLES, TEXTS, Report, make
from finsam_report.places import synthetic_study
from finsam_report.study import Label, Study, read_study_file
from finsam_report.study_about import NamedPlan
from finsam_report.study_plan import Plan

LEDGER = Path(__file__).parents[1] / "expected" / "results.csv"
MARK = "[exploratory]"
# Labels of their own, so that they can be searched for; in each part one outcome, one group.
OUTCOMES = {"survey": "health", "register_": "social_assistance", "municipality": "employment"}
GROUPS = {"survey": "education", "register_": "entry", "municipality": "age"}
PLANNED = {"survey": "life", "register_": "registered", "municipality": "disability_pension"}


def token(part: str, name: str) -> str:
    return f"Zq{part.rstrip('_')}{name.replace('_', '')}"


def relabelled(study: Study) -> Study:
    """The synthetic study with labels that stand for nothing else."""
    changed = {}
    for part in OUTCOMES:
        declared = getattr(study, part)
        field = "items" if part == "survey" else "outcomes"
        names = {OUTCOMES[part], PLANNED[part]}
        update: dict[str, object] = {
            field: tuple(
                one.model_copy(update={"label": Label(en=token(part, one.id))})
                if one.id in names
                else one
                for one in getattr(declared, field)
            )
        }
        if part != "municipality":
            update["subgroups"] = tuple(
                group.model_copy(update={"label": Label(en=token(part, group.id))})
                if group.id in (GROUPS[part], "foreign_born")
                else group
                for group in declared.subgroups
            )
        changed[part] = declared.model_copy(update=update)
    return study.model_copy(update=changed)


def lacking(plan: Plan) -> Plan:
    """A plan without one outcome and one group of each part."""
    changed = {}
    for part in OUTCOMES:
        own = getattr(plan, part)
        changed[part] = own.model_copy(
            update={
                "outcomes": tuple(o for o in own.outcomes if o.id != OUTCOMES[part]),
                "subgroups": tuple(g for g in own.subgroups if g.id != GROUPS[part]),
            }
        )
    return plan.model_copy(update=changed)


def with_plan(study: Study, plan: Plan | None, day: date = date(2018, 2, 1)) -> Study:
    named = NamedPlan.model_construct(file="plan.toml", day=day, registration=None)
    about = study.study.model_copy(update={"plan": named if plan else None})
    out = study.model_copy(update={"study": about})
    out._plan = plan
    return out


@pytest.fixture(scope="module")
def study() -> Study:
    return relabelled(read_study_file(synthetic_study(), plan=False))


@dataclass(frozen=True)
class Shown:
    """Every piece of a report as a reader sees it, and the numbers behind it."""

    texts: dict[tuple[str, str], str]
    folder: Path

    def numbers(self, kind: str, name: str) -> pd.DataFrame:
        short = "tbl" if kind == "table" else "fig"
        return pd.read_csv(self.folder / f"{kind}s" / f"{short}-{name}.csv", dtype=str)


def _plain(kind: str, text: str) -> str:
    """HTML or SVG without its tags, on one line."""
    if kind == "table":
        text = text.partition("```{=typst}")[0]
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(text.replace("\\", "").split())


def _pages(report: Report, folder: Path) -> dict[tuple[str, str], str]:
    out = {}
    for kind, names in (("table", TABLES), ("figure", FIGURES), ("text", TEXTS)):
        for name in names:
            text = getattr(report, kind)(name).markdown
            drawn = folder / "figures" / f"fig-{name}.svg"
            if kind == "figure" and text:
                text += drawn.read_text("utf-8")
            out[kind, name] = _plain(kind, text)
    return out


@pytest.fixture(scope="module")
def shown(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The whole report of a study whose plan lacks an outcome and a group of each part."""
    made = study.declared_plan()
    assert made is not None
    folder = tmp_path_factory.mktemp("planned")
    planned = with_plan(study, lacking(made))
    report = make(planned, release.read(LEDGER), "en", synthetic_study(), folder)
    return Shown(_pages(report, folder), folder)


@pytest.mark.parametrize("part", OUTCOMES)
def test_an_outcome_that_is_not_planned_is_marked_wherever_it_is_named(
    part: str, shown: Shown
) -> None:
    name = token(part, OUTCOMES[part])
    found = {key: text for key, text in shown.texts.items() if name in text}
    assert {kind for kind, _ in found} == {"table", "figure", "text"}
    assert len(found) > 15
    for key, text in found.items():
        assert not re.search(rf"{name}(?! {re.escape(MARK)})", text), key


@pytest.mark.parametrize("part", ["survey", "register_"])
def test_groups_that_are_not_planned_are_marked_wherever_they_are_named(
    part: str, shown: Shown
) -> None:
    name = token(part, GROUPS[part])
    found = {key: text for key, text in shown.texts.items() if name in text}
    assert {kind for kind, _ in found} == {"table", "figure", "text"}
    for key, text in found.items():
        assert not re.search(rf"{name}(?! {re.escape(MARK)})", text), key
    if part == "register_":  # and so are its groups where they stand alone
        alone = [shown.texts["table", "register-entry"], shown.texts["text", "register-entry"]]
        for text in alone:
            assert re.search(r"Before 1 January 2019 \[exploratory\]", text)
            assert not re.search(r"(Before|From) 1 January 2019(?! \[exploratory\])", text)
        assert f"between late and early {MARK}" in shown.texts["text", "register-entry"]
        assert f"after and before {MARK}" not in shown.texts["text", "register-calendar"]


def test_ages_of_municipalities_that_are_not_planned_are_marked(shown: Shown) -> None:
    for key in (
        ("table", "municipality-ages"), ("figure", "municipality-forest"),
        ("text", "municipality-ages"),
    ):  # fmt: skip
        text = shown.texts[key]
        ages = re.findall(r"18–29 years( \[exploratory\])?", text)
        assert all(ages), key
    assert "18–29 years [exploratory]" in shown.texts["table", "municipality-ages"]
    assert f"effects by sex and age {MARK}" in shown.texts["text", "municipality-ages"]


def test_what_is_planned_is_never_marked(shown: Shown) -> None:
    allowed = {token(part, name) for part, name in (*OUTCOMES.items(), *GROUPS.items())}
    others = [token(part, name) for part, name in PLANNED.items()]
    others += [token(part, "foreign_born") for part in ("survey", "register_")]
    everything = " ".join(shown.texts.values())
    for name in others:
        assert name in everything
        assert f"{name} {MARK}" not in everything
    everything = everything.replace(f"{MARK} marks what is not", "")
    words = re.findall(r"([^\s“”(:;>]+(?: [^\s“”(:;>]+){0,3}) \[exploratory\]", everything)
    ages = re.compile(r"(\d\d–\d\d years|1 January 2019|late and early|by sex and age|Age)$")
    strange = {w for w in words if not any(w.endswith(n) for n in allowed) and not ages.search(w)}
    assert strange == set()


def test_a_table_or_figure_with_a_mark_says_what_it_means(shown: Shown) -> None:
    note = f"{MARK} marks what is not in the analysis plan of 1 February 2018"
    marked = 0
    for (kind, name), text in shown.texts.items():
        has = MARK in text.replace(note, "")
        if kind == "text" and not name.startswith(("key-findings", "synthesis-answers")):
            assert note not in text, name
            continue
        assert (note in text) == has, (kind, name)
        marked += has
    assert marked > 30


def test_the_files_of_numbers_say_what_is_exploratory(shown: Shown) -> None:
    frame = shown.numbers("table", "survey-effects")
    assert set(frame.loc[frame["exploratory"] == "yes", "outcome"]) == {"health"}
    frame = shown.numbers("figure", "municipality-forest")
    yes = frame["exploratory"] == "yes"
    assert set(frame.loc[~yes, "group"]) == {"all", "women", "men"}
    assert set(frame.loc[yes & ~frame["group"].str.contains(" "), "outcome"]) == {"employment"}
    frame = shown.numbers("table", "register-entry")
    assert set(frame["exploratory"]) == {"yes"}
    frame = shown.numbers("table", "register-sex")
    assert set(frame.loc[frame["exploratory"] == "yes", "outcome"]) == {"social_assistance"}


@pytest.mark.parametrize("complete", [True, False], ids=["all is planned", "no plan"])
def test_nothing_is_marked_where_all_is_planned_or_no_plan_is_known(
    complete: bool,
    study: Study,
    tmp_path: Path,
) -> None:
    made = study.declared_plan()
    declared = with_plan(study, made if complete else None)
    report = make(declared, release.read(LEDGER), "en", synthetic_study(), tmp_path)
    for name in ("survey-effects", "survey-subgroups", "register-entry", "municipality-ages"):
        assert "exploratory" not in report.table(name).markdown
    said = report.text("deviations").markdown
    named = report.text("plan-named").markdown
    if complete:
        assert "as planned" in said and "Nothing is exploratory" in said
        frame = pd.read_csv(tmp_path / "tables" / "tbl-survey-effects.csv", dtype=str)
        assert set(frame["exploratory"]) == {"no"}
    else:
        assert said == ""
        assert "names no analysis plan" in named
        frame = pd.read_csv(tmp_path / "tables" / "tbl-survey-effects.csv", dtype=str)
        assert "exploratory" not in frame.columns
    assert report.table("deviations").markdown == ""
    assert not pieces.flags(declared)["deviations"]


def test_deviations_are_counted_and_listed(shown: Shown) -> None:
    text, table = shown.texts["text", "deviations"], shown.texts["table", "deviations"]
    assert text.startswith("Six points differ")
    for part in ("survey", "register_"):
        assert token(part, OUTCOMES[part]) in text and token(part, GROUPS[part]) in text
    assert table.count("Not planned") == 6
    assert table.count("Outcome added") == 3 and table.count("Groups added") == 3


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 2, 28), "older than the first month in which chance decided, March 2018"),
        (date(2018, 3, 15), "cannot be seen"),
        (date(2019, 1, 1), "later than the first month"),
    ],
)
def test_the_text_says_whether_the_plan_is_older_than_the_data(
    day: date, words: str, study: Study, tmp_path: Path
) -> None:
    declared = with_plan(study, study.declared_plan(), day)
    report = make(declared, release.read(LEDGER), "en", synthetic_study(), tmp_path)
    assert words in report.text("plan-named").markdown


CHANGES: tuple[tuple[str, Callable[[Plan], Plan]], ...] = (
    ("Other main survey", lambda p: _part(p, "survey", primary_wave=1)),
    ("Time added", lambda p: _part(p, "register_", horizons=(36,))),
    ("Time left out", lambda p: _part(p, "survey", horizons=(0, 6, 12, 24))),
    ("Estimator left out", lambda p: _part(p, "survey", estimators=("lin", "bayes"))),
    ("municipalities that never join", lambda p: _part(p, "municipality", comparison="never")),
    ("Part without a plan", lambda p: p.model_copy(update={"municipality": None})),
)


def _part(plan: Plan, part: str, **change: object) -> Plan:
    own = getattr(plan, part)
    return plan.model_copy(update={part: own.model_copy(update=change)})


@pytest.mark.parametrize(("words", "change"), CHANGES, ids=[words for words, _ in CHANGES])
def test_a_deviation_is_shown_in_words(
    words: str, change: Callable[[Plan], Plan], study: Study, tmp_path: Path
) -> None:
    made = study.declared_plan()
    assert made is not None
    declared = with_plan(study, change(made))
    report = make(declared, release.read(LEDGER), "en", synthetic_study(), tmp_path)
    assert words in _plain("table", report.table("deviations").markdown)
    assert plan_deviations.found(declared)


def test_the_plan_document_writes_the_file_that_is_read_again(study: Study, tmp_path: Path) -> None:
    directory = tmp_path / "s"
    directory.mkdir()
    report = make(study, release.read(LEDGER), "en", synthetic_study(), directory)
    assert "analysis_plan.toml" in report.text("plan-file").markdown
    from finsam_report.study_plan import read_plan

    named = NamedPlan.model_construct(file="analysis_plan.toml", day=date(2018, 2, 1))
    made = study.declared_plan()
    assert read_plan(directory, named).model_dump() == made.model_dump()  # type: ignore[union-attr]


def test_the_plan_document_needs_no_data(study: Study, tmp_path: Path) -> None:
    report = make(study, release.nothing(), "en", synthetic_study(), tmp_path)
    for name in pieces.TABLES:
        if name != "deviations":
            assert "<table" in report.table(name).markdown, name
    for name in pieces.TEXTS:
        if name != "deviations":
            assert report.text(name).markdown, name
