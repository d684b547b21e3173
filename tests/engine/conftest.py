"""A small set of documents, and ways to render it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from finsam_report.engine.builtin import render
from finsam_report.engine.job import RenderJob

SAMPLE = Path(__file__).parent / "sample"
ASSETS = Path(__file__).parents[2] / "report" / "assets"
FLAGS = {"survey": True, "register": True, "later": False}
METADATA = {
    "title": "Coordinated support & the way to work",
    "subtitle": "Two randomised experiments",
    "date": "Data until June 2023",
    "author": "A. Author",
    "notice": "Every number is made up.",
    "lang_tag": "en-GB",
}


def copy_sample(folder: Path) -> Path:
    """The sample's documents in a folder of their own, with the report's fonts."""
    documents = folder / "report"
    shutil.copytree(SAMPLE, documents)
    shutil.copytree(ASSETS / "fonts", documents / "assets" / "fonts")
    shutil.copy(ASSETS / "style.css", documents / "assets" / "style.css")
    return documents


def make_job(
    documents: Path,
    output: Path,
    formats: tuple[str, ...] = ("html", "pdf"),
    flags: Mapping[str, bool] = FLAGS,
    environment: Mapping[str, str] | None = None,
) -> RenderJob:
    output.mkdir(parents=True, exist_ok=True)
    return RenderJob(documents, "en", formats, output, flags, METADATA, environment or {})


@dataclass(frozen=True)
class Rendered:
    """What a render left behind."""

    job: RenderJob
    versions: dict[str, str]
    progress: list[str]
    html: str
    pdf: bytes


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    folder = tmp_path_factory.mktemp("sample")
    job = make_job(copy_sample(folder), folder / "out")
    said: list[str] = []
    versions = render(job, said.append)
    return Rendered(
        job,
        versions,
        said,
        (job.output / "report.en.html").read_text(encoding="utf-8"),
        (job.output / "report.en.pdf").read_bytes(),
    )


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., RenderJob]:
    """A job over documents whose text a test gives."""

    def make(main: str, formats: tuple[str, ...] = ("html",), **others: str) -> RenderJob:
        folder = tmp_path / "report" / "en"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.qmd").write_text(main, encoding="utf-8")
        for name, text in others.items():
            (folder / f"{name}.qmd").write_text(text, encoding="utf-8")
        return make_job(tmp_path / "report", tmp_path / "out", formats)

    return make
