"""The register of claims: each number of a text, and the row of the ledger behind it."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import pytest

from finsam_report import release
from finsam_report.display import claim_book
from finsam_report.display.claims import COLUMNS, claims, numbers_in, plain
from finsam_report.display.format import Formatter
from finsam_report.display.places import Place, places
from finsam_report.display.recorded import DOCUMENT, DOCUMENTS, RecordedReport, recorded
from finsam_report.display.report import OUTPUT, RELEASED, STUDY, TEXTS, make
from finsam_report.display.traced import MARK, Recorder, Source, Traced
from finsam_report.display.words import WORDS
from finsam_report.engine import claims as engine
from finsam_report.engine import pipeline
from finsam_report.study import read_study_file

KEY = ("survey", "itt", "job", "all", 6.0, "lin")
OTHER = ("survey", "itt", "health", "all", 6.0, "lin")
SYNTHETIC = Path(__file__).parents[2] / "data" / "synthetic"
EXPECTED = Path(__file__).parents[1] / "expected" / "results.csv"


def number(value: float, key: tuple[Any, ...] = KEY, column: str = "estimate") -> Traced:
    return Traced(value, (Source(key, column),), exact=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# Numbers that remember.


def test_a_number_is_the_same_but_for_its_sign_and_rounding() -> None:
    for same in (-number(3.2), abs(number(-3.2)), round(number(3.24), 1), 0 + number(1.0)):
        assert same.exact
        assert same.sources == (Source(KEY, "estimate"),)


def test_what_is_made_from_numbers_names_all_of_them() -> None:
    one, other = number(3.0), number(2.0, OTHER)
    for made in (one + other, one - other, one * other, one / other, sum([one, other])):
        assert isinstance(made, Traced)
        assert not made.exact
        assert made.sources == (Source(KEY, "estimate"), Source(OTHER, "estimate"))
    for made in (100 * one, one / 4, 1 - one, 2 / one, one + 1):
        assert isinstance(made, Traced)
        assert not made.exact
        assert made.sources == (Source(KEY, "estimate"),)
    assert repr(round(number(3.6))) == "4"
    assert float(100 * one) == 300.0
    assert float(1 - one) == -2.0


def test_each_number_keeps_its_own_row_though_another_reads_alike() -> None:
    recorder = Recorder()
    fmt = Formatter("en", recorder.mark)
    text = f"{fmt.number(number(2.0, OTHER), 1)} and {fmt.number(number(2.0), 1)}"
    found = claims(text, recorder, frozenset(), document="d", kind="text", name="x")
    assert [(c.shown, c.outcome) for c in found] == [("2.0", "health"), ("2.0", "job")]
    assert plain(text) == "2.0 and 2.0"


def test_only_what_stands_in_the_text_is_claimed() -> None:
    recorder = Recorder()
    fmt = Formatter("en", recorder.mark)
    fmt.number(number(9.0), 1)  # made and not used
    text = f"It is {fmt.with_unit(number(-3.0), 'percentage points')}."
    found = claims(text, recorder, frozenset(), document="d", kind="text", name="x")
    assert [c.shown for c in found] == ["\u22123.0"]


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda f: f.number(number(5100.4)), "5,100"),
        (lambda f: f.p(number(0.0001)), "<\u00a00.001"),
        (lambda f: f.p_equation(number(0.0314)), "0.031"),
        (lambda f: f.with_unit(number(5100.0), "SEK"), "5,100"),
        (lambda f: f.number(number(math.nan), 1), "··"),
        (lambda f: f.number(number(math.inf), 1), "∞"),
        (lambda f: f.number(number(0.5), 1, sign=True), "+0.5"),
        (lambda f: f.tick(number(12.0)), "12"),
    ],
)
def test_every_way_of_writing_a_number_is_claimed_and_agrees_with_its_row(
    make: Any, shown: str
) -> None:
    recorder = Recorder()
    text = make(Formatter("en", recorder.mark))
    ((found, formatted),) = numbers_in(f"so {text} it is", recorder)
    assert found == shown
    assert formatted is not None
    assert engine.agrees(found, formatted.value)
    assert MARK.sub("", text) == make(Formatter("en"))


def test_a_count_is_derived_from_what_was_read_and_a_declared_number_is_the_studys() -> None:
    recorder = Recorder()
    recorder.read[KEY] = None  # type: ignore[assignment]
    fmt = Formatter("en", recorder.mark)
    text = f"{fmt.words(3)} of {fmt.number(14)} at 12 months, see @tbl-x-2; level {95}"
    declared = frozenset({"12", "95", "3"})
    found = claims(text, recorder, declared, document="d", kind="text", name="x")
    assert [(c.shown, c.origin) for c in found] == [
        ("three", "derived"), ("14", "derived"), ("12", "study"), ("95", "study"),
    ]  # fmt: skip
    assert found[0].made_from == "survey;itt;job;all;6;lin"


def test_a_digit_that_nobody_declared_is_no_number_of_the_study() -> None:
    found = claims("13 rows", Recorder(), frozenset({"12"}), document="d", kind="text", name="x")
    assert [c.origin for c in found] == ["derived"]


@pytest.mark.parametrize(
    ("shown", "value", "right"),
    [
        ("3.0", 3.04, True), ("3.0", 3.06, False), ("3.0", 2.95, True), ("\u22120.14", 0.136, True),
        ("5,100", 5100.4, True), ("5,100", 5.1, False), ("< 0.001", 0.0004, True),
        ("<\u00a00.001", 0.0006, False), ("three", 3.0, True), ("three", 4.0, False),
        ("··", math.nan, True), ("0.0", math.nan, False), ("3.0", math.inf, False),
        ("0,14", 0.136, True), ("1,234.5", 1234.46, True), ("abc", 1.0, False),
    ],
)  # fmt: skip
def test_a_shown_number_agrees_with_its_row_or_not(shown: str, value: float, right: bool) -> None:
    assert engine.agrees(shown, value) is right


def test_the_time_of_a_row_that_was_read_is_no_count() -> None:
    recorder = Recorder()
    recorder.read[KEY] = None  # type: ignore[assignment]
    found = claims("6 and 7", recorder, frozenset(), document="d", kind="text", name="x")
    assert [c.origin for c in found] == ["study", "derived"]


# Where it stands.


def test_places_are_those_of_the_document_and_what_it_includes(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "report.qmd").write_text(
        '# A\n\n`{python} report.say("n")`\n\n{{< include _b.qmd >}}\n\nreport.text("last")\n'
    )
    cell = '```{python}\n# no heading\nreport.text("t")\n```\n'
    (folder / "_b.qmd").write_text(f"## B {{#sec-b}}\n\n{cell}")
    (folder / "brief.qmd").write_text('report.text("t")\n')
    found = places(tmp_path, "en", "report")
    assert found["say", "n"] == [Place("en/report.qmd", 3, "A")]
    assert found["text", "t"] == [Place("en/_b.qmd", 5, "B")]
    assert found["text", "last"] == [Place("en/report.qmd", 7, "B")]
    assert places(tmp_path, "en", "brief")["text", "t"] == [Place("en/brief.qmd", 1, "")]
    assert places(tmp_path, "sv", "report") == {}


# The register of a report.


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, _small: Path) -> Path:
    out = tmp_path_factory.mktemp("claims") / "out"
    pipeline.analyse(_small, out, lambda _: None)
    return out


def opened(study: Path, ledger: Path, output: Path) -> RecordedReport:
    declared, released = read_study_file(study), release.read(ledger)
    return recorded(make(declared, released, "en", study, output))


def everything(report: RecordedReport) -> None:
    for name in TEXTS:
        report.text(name)
    for name in WORDS:
        report.say(name)


def test_every_text_reads_the_same_with_its_numbers_traced(
    results: Path, small: Any, tmp_path: Path
) -> None:
    report = opened(small.directory, results / "results.csv", tmp_path)
    everything(report)
    assert report.book is not None
    assert report.book.untraced == []
    found = rows(tmp_path / "claims.csv")
    assert {row["origin"] for row in found} == {"ledger", "derived", "study"}
    for row in found:
        one_row = all(row[name] for name in ("part", "analysis", "estimator", "column"))
        assert one_row == (row["origin"] == "ledger")


def test_every_claim_of_the_committed_study_is_borne_by_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "results.csv"
    ledger.write_bytes(EXPECTED.read_bytes())
    report = opened(SYNTHETIC, ledger, tmp_path)
    everything(report)
    report.say("survey-n-support")
    report.made_figure("survey-effects")
    report.made_table("register-effects")
    assert report.book is not None
    assert report.book.untraced == []
    assert engine.unsupported(tmp_path) == ()
    found = rows(tmp_path / "claims.csv")
    assert {row["kind"] for row in found} >= {"text", "say", "caption", "alt", "note"}
    assert sum(row["origin"] == "ledger" for row in found) > 500
    n = next(row for row in found if row["name"] == "survey-n-support" and row["kind"] == "say")
    assert (n["part"], n["analysis"], n["outcome"], n["group"], n["column"]) == (
        "survey", "flow", "randomised", "arm:support", "estimate",
    )  # fmt: skip


def test_a_number_that_the_ledger_does_not_bear_is_told(
    results: Path, small: Any, tmp_path: Path
) -> None:
    ledger = tmp_path / "results.csv"
    ledger.write_bytes((results / "results.csv").read_bytes())
    opened(small.directory, ledger, tmp_path).text("register-findings")
    path = tmp_path / "claims.csv"
    assert engine.unsupported(tmp_path) == ()
    found = rows(path)
    at = next(i for i, row in enumerate(found) if row["origin"] == "ledger")
    for column, value, told in (
        ("shown", "987.6", "987.6 is not the"),
        ("outcome", "nothing", "has no row in results.csv"),
    ):
        changed = [{**row, column: value} if i == at else row for i, row in enumerate(found)]
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(changed)
        (text,) = engine.unsupported(tmp_path)
        assert told in text
    path.write_text("a,b\n1,2\n")
    assert engine.unsupported(tmp_path) == ("claims.csv is no register of claims",)


def test_a_text_is_registered_once_and_the_register_is_the_same_each_time(
    results: Path, small: Any, tmp_path: Path
) -> None:
    made = []
    for _ in range(2):
        report = opened(small.directory, results / "results.csv", tmp_path)
        for _ in range(2):
            report.text("survey-findings")
            report.say("survey-n")
        made.append((tmp_path / "claims.csv").read_bytes())
    assert made[0] == made[1]
    found = rows(tmp_path / "claims.csv")
    assert [int(row["number"]) for row in found if row["kind"] == "say"] == [1]


def test_each_document_replaces_its_own_claims_alone(
    results: Path, small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("brief", "report", "report"):
        monkeypatch.setenv(DOCUMENT, name)
        opened(small.directory, results / "results.csv", tmp_path).say("survey-n")
    found = rows(tmp_path / "claims.csv")
    assert [row["document"] for row in found] == ["brief.en", "report.en"]


def test_claims_of_documents_that_stay_are_carried_along(tmp_path: Path) -> None:
    target, staging = tmp_path / "old", tmp_path / "new"
    for folder, names in (
        (target, ("brief.en", "report.en", "gone.en")),
        (staging, ("report.en",)),
    ):
        folder.mkdir()
        with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS, restval=folder.name, lineterminator="\n")
            writer.writeheader()
            writer.writerows({"document": name} for name in names)
    engine.carry(target, staging, {"brief.en", "report.en"})
    found = rows(staging / "claims.csv")
    assert [(row["document"], row["name"]) for row in found] == [
        ("brief.en", "old"), ("report.en", "new"),
    ]  # fmt: skip


def test_a_text_that_would_read_otherwise_claims_nothing_of_the_ledger(
    tmp_path: Path, small: Any
) -> None:
    study = read_study_file(small.directory)
    book = claim_book.opened(tmp_path, study, tmp_path, "en", "report")
    recorder = Recorder()
    marked = f"but {Formatter('en', recorder.mark).number(number(3.0), 1)}"
    book.note("text", "x", "not 4.0", marked, recorder)
    assert book.untraced == ["text x"]
    (row,) = rows(tmp_path / "claims.csv")
    assert (row["shown"], row["origin"]) == ("4.0", "derived")


def test_documents_write_the_register_whatever_engine_runs_them(
    results: Path, small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a cell of a document does it, with nothing but the environment."""
    from finsam_report.display import open_report

    monkeypatch.setenv(STUDY, str(small.directory))
    monkeypatch.setenv(OUTPUT, str(tmp_path))
    monkeypatch.setenv(RELEASED, str(results / "results.csv"))
    monkeypatch.delenv(DOCUMENT, raising=False)
    monkeypatch.delenv(DOCUMENTS, raising=False)
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "brief.qmd")
    open_report("en").say("survey-n-support")
    (row,) = rows(tmp_path / "claims.csv")
    assert (row["document"], row["shown"], row["origin"]) == ("brief.en", "48", "ledger")
