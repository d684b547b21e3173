"""Quarto, played by a small program that writes down how it was called."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from finsam_report import release
from finsam_report.engine import pipeline, quarto
from finsam_report.engine.job import RenderJob
from finsam_report.errors import FinsamError
from finsam_report.places import synthetic_study
from finsam_report.study import read_study_file

Make = Callable[..., RenderJob]
ROOT = Path(__file__).parents[2]

FAKE = """#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    raise SystemExit
names = ["FINSAM_OUTPUT", "FINSAM_STUDY", "QUARTO_PYTHON", "TYPST_FONT_PATHS", "PYTHONHASHSEED"]
meta = sys.argv[sys.argv.index("--metadata-file") + 1]
pathlib.Path("{log}").write_text(json.dumps({{
    "arguments": sys.argv[1:], "cwd": os.getcwd(), "metadata": json.load(open(meta)),
    "environment": {{name: os.environ.get(name) for name in names}},
    "files": sorted(str(p) for p in pathlib.Path(".").rglob("*.*") if p.is_file())}}))
{action}
"""
WORK = """
out = pathlib.Path("_output/report/en"); out.mkdir(parents=True, exist_ok=True)
end = "html" if "html" in sys.argv else "pdf"
(out / ("report." + end)).write_text(end)
figures = pathlib.Path(os.environ["FINSAM_OUTPUT"], "figures"); figures.mkdir(exist_ok=True)
(figures / "fig-x.svg").write_text("<svg/>")
(figures.parent / "claims.csv").write_text("document")
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put a Quarto of our own in place; gives the file where it writes how it was called."""

    def make(version: str = "1.10.2", action: str = WORK) -> Path:
        program, log = tmp_path / "quarto", tmp_path / "log.json"
        program.write_text(
            FAKE.format(python=sys.executable, version=version, log=log, action=action)
        )
        program.chmod(0o755)
        monkeypatch.setenv("QUARTO_PATH", str(program))
        return log

    return make


@pytest.fixture
def job(document: Make) -> RenderJob:
    made = document("---\nlang: en-GB\n---\n\n## A\n", ("html", "pdf"))
    (made.documents.parent / "_quarto.yml").write_text("project:\n  type: default\n")
    return replace(made, environment={"FINSAM_STUDY": "/a/study"})


def test_no_quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, job: RenderJob) -> None:
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert quarto.find() is None
    with pytest.raises(FinsamError, match="not installed"):
        quarto.render(job, lambda _: None)


@pytest.mark.parametrize(
    ("version", "usable"),
    [("1.8.27", False), ("1.9.0", True), ("1.10.2", True), ("2.0", True), ("99.9.9", True)],
)
def test_a_quarto_is_found_and_judged(
    fake: Callable[..., Path], version: str, usable: bool
) -> None:
    fake(version)
    found = quarto.find()
    assert found is not None
    assert (found.version, found.usable) == (version, usable)


def test_a_program_that_is_no_quarto(fake: Callable[..., Path]) -> None:
    fake("hello")
    assert quarto.find() is None


def test_an_old_quarto_is_refused(fake: Callable[..., Path], job: RenderJob) -> None:
    fake("1.8.1")
    with pytest.raises(FinsamError, match=r"1\.8\.1 is too old"):
        quarto.render(job, lambda _: None)


def test_quarto_is_called_on_a_copy(fake: Callable[..., Path], job: RenderJob) -> None:
    log = fake()
    versions = quarto.render(job, lambda _: None)
    called = json.loads(log.read_text())
    assert versions == {"engine": "quarto", "quarto": "1.10.2"}
    assert called["arguments"][:4] == ["render", "report/en/report.qmd", "--to", "typst"]
    assert called["metadata"]["title"] == job.metadata["title"]
    assert called["metadata"]["parts"] == dict(job.flags)
    environment, project = called["environment"], Path(called["cwd"])
    assert environment["FINSAM_OUTPUT"] == str(project / "_output")
    assert environment["FINSAM_STUDY"] == "/a/study"
    assert environment["QUARTO_PYTHON"] == sys.executable
    assert environment["PYTHONHASHSEED"] == "0"
    assert environment["TYPST_FONT_PATHS"] == str(project / "report/assets/fonts")
    assert {"_quarto.yml", "report/en/report.qmd"} <= set(called["files"])
    assert sorted(str(p.relative_to(job.output)) for p in job.output.rglob("*.*")) == [
        "claims.csv",
        "figures/fig-x.svg",
        "report.en.html",
        "report.en.pdf",
    ]
    assert not project.exists()


def test_a_failure_gives_the_last_lines(fake: Callable[..., Path], job: RenderJob) -> None:
    fake(action="print('\\x1b[31mERROR\\x1b[0m: cell 3'); raise SystemExit(1)")
    with pytest.raises(FinsamError, match="exit code 1:\nERROR: cell 3"):
        quarto.render(job, lambda _: None)


def test_an_unresolved_reference_is_a_failure(fake: Callable[..., Path], job: RenderJob) -> None:
    fake(action=WORK + "print('[WARNING] Unable to resolve crossref @fig-y')")
    with pytest.raises(FinsamError, match="@fig-y points to nothing"):
        quarto.render(job, lambda _: None)


def test_a_report_that_does_not_appear_is_a_failure(
    fake: Callable[..., Path], job: RenderJob
) -> None:
    fake(action="")
    with pytest.raises(FinsamError, match=r"without a report\.html"):
        quarto.render(job, lambda _: None)


def test_documents_without_settings(fake: Callable[..., Path], document: Make) -> None:
    fake()
    with pytest.raises(FinsamError, match=r"_quarto\.yml"):
        quarto.render(document("x"), lambda _: None)


def test_the_project_file_suits_the_documents() -> None:
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["project"]["output-dir"] == "_output"
    assert settings["format"]["typst"]["pdf-standard"] == ["ua-1"]
    assert settings["format"]["html"]["embed-resources"] is True
    # Quarto at the root renders the synthetic study; its flags are those of its ledger.
    directory = synthetic_study()
    released = release.read(ROOT / "tests" / "expected" / "results.csv")
    assert settings["parts"] == pipeline.flags(read_study_file(directory), released, directory)
    for name in settings["project"]["render"]:
        assert name.startswith("report/")


def test_the_project_file_knows_every_flag_of_the_documents() -> None:
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))
    used = {
        flag
        for path in (ROOT / "report").rglob("*.qmd")
        for flag in re.findall(r'when-meta="parts\.(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= set(settings["parts"])
