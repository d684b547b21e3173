"""Several documents of one study: which can be asked for, what each needs, what stays beside it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.engine import documents, manifest, pipeline
from finsam_report.engine.job import RenderJob
from finsam_report.engine.titles import titles
from finsam_report.errors import FinsamError
from finsam_report.inputs.associations import Association
from finsam_report.places import documents_directory, synthetic_study
from finsam_report.study import read_study_file

HEADER = "---\nlang: en-GB\n---\n\n## A chapter\n\nSome text.\n"
NAMES = ("report", "brief", "evaluation-plan", "progress-report", "analysis-plan", "association")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Documents of one chapter, one of each name."""
    folder = tmp_path / "documents" / "en"
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / f"{name}.qmd").write_text(HEADER, "utf-8")
    (folder / "_chapter.qmd").write_text("x", "utf-8")
    fonts = Path("assets") / "fonts"
    shutil.copytree(documents_directory() / fonts, folder.parent / fonts)
    return folder.parent


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[RenderJob]:
    """An engine that only says what it was asked for; gives the jobs."""
    jobs: list[RenderJob] = []

    def render(job: RenderJob, _: object) -> dict[str, str]:
        jobs.append(job)
        for form in job.formats:
            job.made(form).write_text(f"{job.document} {form}", "utf-8")
        (job.output / "tables").mkdir(exist_ok=True)
        (job.output / "tables" / f"tbl-{job.document}.csv").write_text("x\n", "utf-8")
        return {"engine": "quick"}

    monkeypatch.setattr(pipeline.builtin, "render", render)
    monkeypatch.setattr(manifest, "source_digest", lambda: "fixed")  # others may be at work
    monkeypatch.setattr(pipeline, "_passed", lambda *_: None)  # these are no pages to look into
    return jobs


def written(out: Path) -> set[str]:
    return {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}


def told(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text("utf-8"))
    return found


# ---------------------------------------------------------------------------------------- options
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--brief", "--association", "F001"], "--brief and --association"),
        (["--brief", "--document", "report"], "--brief and --document"),
        (["--association", "x", "--document", "brief"], "--association and --document"),
        (["--association", " "], "code or the name"),
        (["--document", "nonsense"], "nonsense"),
        (["--document", "association"], "association"),
    ],
    ids=lambda o: " ".join(o) if isinstance(o, list) else "",
)
def test_wrong_options_end_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("render", *options)
    assert done.exit_code == 2
    assert said in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.output).split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "document", "command"),
    [
        ([], "report", "render --lang"),
        (["--brief"], "brief", "render --brief --lang"),
        (["--document", "brief"], "brief", "render --brief --lang"),
        (["--document", "evaluation-plan"], "evaluation-plan", "--document evaluation-plan"),
    ],
    ids=str,
)
def test_each_document_goes_to_files_of_its_name(
    small: Any, pages: Path, tmp_path: Path, quick: list[RenderJob], options: list[str],
    document: str, command: str,
) -> None:  # fmt: skip
    out = tmp_path / "out"
    done = run("render", small.directory, "--documents", pages, "--engine", "builtin",
               "--out", out, *options)  # fmt: skip
    assert done.exit_code == 0, done.output
    names = [f"{document}.en.{form}" for form in ("html", "pdf")]
    assert set(names) <= written(out)
    assert all(str(out / name) in done.output.replace("\n", "") for name in names)
    assert command in told(out)["command"]
    assert quick[0].document == document


def test_a_document_that_is_not_there_is_told_before_anything_is_computed(
    small: Any, pages: Path, tmp_path: Path
) -> None:
    (pages / "en" / "brief.qmd").unlink()
    done = run("render", small.directory, "--documents", pages, "--brief", "--engine", "builtin",
               "--out", tmp_path / "out")  # fmt: skip
    assert done.exit_code == 1
    assert "there is no report document documents/en/brief.qmd" in done.output
    assert "evaluation-plan" in done.output and "_chapter" not in done.output
    assert not (tmp_path / "out").exists()


def test_an_association_is_put_in_a_place_of_its_own(
    pages: Path, tmp_path: Path, quick: list[RenderJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("render", "--documents", pages, "--association", "f003", "--engine", "builtin")
    assert done.exit_code == 0, done.output
    out = tmp_path / "_output" / "association-F003"
    assert {"association.en.html", "association.en.pdf", "results.csv"} <= written(out)
    assert "--association F003 " in told(out)["command"]
    job = quick[0]
    assert job.metadata["title"] == "Association 22:1"
    assert job.metadata["subtitle"].endswith("2004–2022")
    assert Association.from_json(job.environment["FINSAM_ASSOCIATION"]).code == "F003"
    assert job.flags["association_years"]


def test_an_unknown_association_ends_with_1_and_the_nearest_names(tmp_path: Path) -> None:
    done = run("render", "--association", "Asociation 22:1", "--engine", "builtin", "--out",
               tmp_path / "out")  # fmt: skip
    assert done.exit_code == 1
    assert "no association 'Asociation 22:1'; nearest: Association 22:1 (F003)" in done.output
    assert not (tmp_path / "out").exists()


def test_a_study_without_associations_says_so(small: Any, pages: Path, tmp_path: Path) -> None:
    done = run("render", small.directory, "--documents", pages, "--association", "F001",
               "--engine", "builtin", "--out", tmp_path / "out")  # fmt: skip
    assert done.exit_code == 1
    assert "the study has no [organisation]" in done.output


# ------------------------------------------------------------------------------ study.toml alone
@pytest.mark.parametrize("name", [n for n, k in documents.DOCUMENTS.items() if not k.analysed])
def test_a_template_needs_study_toml_alone(
    small: Any, pages: Path, tmp_path: Path, quick: list[RenderJob], name: str
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(small.directory / "study.toml", alone)
    pipeline.render(
        alone, tmp_path / "out", documents=pages, language="en", formats=("html",),
        engine="builtin", progress=lambda _: None, document=name,
    )  # fmt: skip
    assert list(told(tmp_path / "out")["inputs"]) == ["study.toml"]
    assert not (tmp_path / "out" / "results.csv").exists()
    assert "FINSAM_RELEASED" not in quick[0].environment
    assert "date" not in quick[0].metadata


def test_titles_are_those_of_the_document() -> None:
    study = read_study_file(synthetic_study())
    assert titles(study, "en")["title"] == study.study.title.en
    assert titles(study, "en", "brief")["subtitle"] == "The report in brief"
    plan = titles(study, "en", "evaluation-plan")
    assert (plan["title"], plan["subtitle"]) == (
        "Evaluation plan",
        "Next step (an invented effort)",
    )
    assert "date" not in plan
    one = titles(study, "en", "association", Association("F1", "The north"), (2019, 2019))
    assert (one["title"], one["subtitle"][-6:]) == ("The north", ", 2019")
    none = titles(study, "en", "association", Association("F1", "The north"))
    assert none["subtitle"] == "Follow-up report of a coordination association"


# -------------------------------------------------------------------------- several in one place
Make = Callable[..., set[str]]


@pytest.fixture
def make(small: Any, pages: Path, tmp_path: Path, quick: list[RenderJob]) -> Make:
    """Render a document into one and the same directory; gives what is there afterwards."""

    def render(document: str, formats: tuple[str, ...] = ("html", "pdf")) -> set[str]:
        out = tmp_path / "out"
        pipeline.render(
            small.directory, out, documents=pages, language="en", formats=formats,
            engine="builtin", progress=lambda _: None, document=document,
        )  # fmt: skip
        content = told(out)
        names = {n for n in written(out) if n not in ("manifest.json", "notes.txt")}
        names -= {n for n in names if n.startswith("mine")}
        assert set(content["outputs"]) == names  # the manifest covers all that is there
        return written(out)

    return render


def test_documents_made_from_the_same_stay_beside_one_another(make: Make, tmp_path: Path) -> None:
    make("evaluation-plan")
    make("report")
    found = make("brief")
    assert {f"{name}.en.{form}" for name in ("report", "brief", "evaluation-plan")
            for form in ("html", "pdf")} <= found  # fmt: skip
    assert {f"tables/tbl-{name}.csv" for name in ("report", "brief", "evaluation-plan")} <= found
    content = told(tmp_path / "out")
    assert set(content["renders"]) == {"report.en", "brief.en", "evaluation-plan.en"}
    assert content["renders"]["report.en"] == "finsam-report render --lang en --to html,pdf"


def test_a_template_leaves_the_ledger_of_a_report(make: Make, tmp_path: Path) -> None:
    make("report")
    before = told(tmp_path / "out")
    assert "results.csv" in make("progress-report")
    after = told(tmp_path / "out")
    for name in ("inputs", "suppressed_rows"):
        assert after[name] == before[name]


def test_formats_that_were_not_asked_for_go(make: Make) -> None:
    make("brief")
    make("report")
    found = make("report", formats=("html",))
    assert "report.en.html" in found and "report.en.pdf" not in found
    assert {"brief.en.html", "brief.en.pdf"} <= found


def test_a_changed_study_takes_the_other_documents_away(make: Make, small: Any) -> None:
    make("report")
    small.toml("seed = 7", "seed = 8")
    found = make("brief")
    assert not [name for name in found if "report" in name]
    make("report")
    small.toml("A small study", "Another title")
    assert not [name for name in make("evaluation-plan") if "report." in name]


def test_a_changed_table_takes_the_other_documents_away(make: Make, small: Any) -> None:
    make("report")
    path = small.path("answers.csv")
    path.write_text(path.read_text("utf-8").replace("\r", "") + "\n", "utf-8")
    assert not [name for name in make("brief") if "report" in name]


def test_changed_documents_take_the_others_away(make: Make, pages: Path) -> None:
    make("report")
    (pages / "en" / "_chapter.qmd").write_text("y", "utf-8")
    assert not [name for name in make("brief") if "report" in name]


def test_what_was_changed_by_hand_does_not_stay_and_what_is_not_ours_does(
    make: Make, tmp_path: Path
) -> None:
    make("report")
    out = tmp_path / "out"
    (out / "report.en.html").write_text("by hand", "utf-8")
    (out / "notes.txt").write_text("mine", "utf-8")
    (out / "mine.en.pdf").write_text("mine", "utf-8")
    found = make("brief")
    assert "report.en.html" not in found and "report.en.pdf" in found
    assert {"notes.txt", "mine.en.pdf"} <= found


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_a_manifest_that_says_nothing_keeps_nothing(make: Make, tmp_path: Path, text: str) -> None:
    make("report")
    (tmp_path / "out" / "manifest.json").write_text(text, "utf-8")
    assert not [name for name in make("brief") if "report" in name]


def test_an_analysis_replaces_all_documents(make: Make, small: Any, tmp_path: Path) -> None:
    make("report")
    pipeline.analyse(small.directory, tmp_path / "out", lambda _: None)
    assert written(tmp_path / "out") == {"manifest.json", "release_log.csv", "results.csv"}


# -------------------------------------------------------------------------------- as they look
def rendered(tmp_path: Path, document: str, study: Path | None = None, **more: Any) -> Path:
    pipeline.render(
        study or synthetic_study(), tmp_path, documents=documents_directory(), language="en",
        formats=("html", "pdf"), engine="builtin", progress=lambda _: None, document=document,
        **more,
    )  # fmt: skip
    return tmp_path


def length(path: Path) -> int:
    with pikepdf.open(path) as made:
        assert "/StructTreeRoot" in made.Root
        assert str(made.Root.Lang) == "en-GB"
        return len(made.pages)


@pytest.mark.slow
def test_the_brief_is_one_page(small: Any, tmp_path: Path) -> None:
    out = rendered(tmp_path / "out", "brief", small.directory)
    assert length(out / "brief.en.pdf") == 1
    page = (out / "brief.en.html").read_text("utf-8")
    assert 'class="as-sheet"' in page
    assert "<nav" not in page


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), [("evaluation-plan", 5), ("progress-report", 5)])
@pytest.mark.parametrize("declared", [True, False])
def test_templates_are_made_with_and_without_declarations(
    small: Any, tmp_path: Path, name: str, most: int, declared: bool
) -> None:
    study = synthetic_study() if declared else small.directory
    out = rendered(tmp_path, name, study)
    assert 2 <= length(out / f"{name}.en.pdf") <= most
    page = (out / f"{name}.en.html").read_text("utf-8")
    assert ("Next step (an invented effort)" in page) == declared
    assert "?@" not in page
    assert page.count('style="height:') > 0


@pytest.mark.slow
def test_the_report_of_an_association_is_short_and_suppresses_nothing_in_the_open(
    tmp_path: Path,
) -> None:
    out = rendered(tmp_path, "association", association="Association 22:1")
    assert 4 <= length(out / "association.en.pdf") <= 8
    page = (out / "association.en.html").read_text("utf-8")
    assert "<h1>Association 22:1</h1>" in page
    assert 'class="as-short"' in page
    assert "?@" not in page


def test_a_layout_is_known_for_every_document() -> None:
    for name in documents.DOCUMENTS:
        assert (documents_directory() / "en" / f"{name}.qmd").is_file()
    assert documents.layout_of("somebody's own") == "report"
    with pytest.raises(FinsamError, match="there is no report document"):
        pipeline.check_document(documents_directory(), "en", "nonsense")
