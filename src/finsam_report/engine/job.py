"""What an engine is asked to render, and the error it raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from finsam_report.engine.documents import layout_of
from finsam_report.errors import FinsamError

Progress = Callable[[str], None]

FORMATS = ("html", "pdf")
FONT_STYLES = ("Regular", "Italic", "SemiBold", "Bold")

# One thread, one hash seed, one zone, one locale: the same bytes from run to run.
FIXED_ENVIRONMENT: Mapping[str, str] = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
}


@dataclass(frozen=True)
class RenderJob:
    """One document in one language.

    Attributes:
        documents: Directory that holds ``en/``, ``sv/`` and ``assets/``.
        language: Name of the language directory, such as ``en``.
        formats: Which of ``html`` and ``pdf`` to make.
        output: Existing directory for ``<document>.<language>.*``, ``figures/`` and ``tables/``.
        flags: The ``parts`` flags that show or hide conditional pieces.
        metadata: ``title``, ``subtitle``, ``date``, and where they apply ``author``, ``notice``
            (text of the synthetic plate) and ``lang_tag``.
        environment: Further environment variables for the cells.
        document: Name of the main document in the language directory, without its ending.
    """

    documents: Path
    language: str
    formats: tuple[str, ...]
    output: Path
    flags: Mapping[str, bool] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    document: str = "report"

    @property
    def main_document(self) -> Path:
        """The document that is rendered."""
        return self.documents / self.language / f"{self.document}.qmd"

    @property
    def layout(self) -> str:
        """How it is laid out: see :mod:`finsam_report.engine.documents`."""
        return layout_of(self.document)

    def made(self, form: str) -> Path:
        """Where the document of a format goes."""
        return self.output / f"{self.document}.{self.language}.{form}"

    def name_of(self, path: Path) -> str:
        """The name of a document in messages, such as ``report/en/_survey.qmd``."""
        root = self.documents.resolve()
        try:
            return (Path(root.name) / path.resolve().relative_to(root)).as_posix()
        except ValueError:
            return path.name


class DocumentError(FinsamError):
    """A report document that cannot be rendered, with the place where it went wrong."""

    def __init__(self, document: str, line: int | None, message: str) -> None:
        self.document = document
        self.line = line
        self.message = message
        place = document if line is None else f"{document}, line {line}"
        super().__init__(f"{place}: {message}")


def check_job(job: RenderJob) -> None:
    """Refuse a job that no engine could do.

    Raises:
        FinsamError: If a format is unknown or the document does not exist.
    """
    unknown = [name for name in job.formats if name not in FORMATS]
    if unknown or not job.formats:
        raise FinsamError(f"formats must be among html and pdf, not {', '.join(unknown) or 'none'}")
    check_document(job.documents, job.language, job.document)
    if not job.output.is_dir():
        raise FinsamError(f"the output directory {job.output} does not exist")


def check_document(documents: Path, language: str, document: str) -> None:
    """Refuse a document that is not there, and name those that are.

    Raises:
        FinsamError: There is no such document.
    """
    folder = documents / language
    if (folder / f"{document}.qmd").is_file():
        return
    name = f"{documents.resolve().name}/{language}/{document}.qmd"
    there = sorted(path.stem for path in folder.glob("[!_]*.qmd")) if folder.is_dir() else []
    more = f"; there are: {', '.join(there)}" if there else ""
    raise FinsamError(f"there is no report document {name}{more}")


def check_fonts(documents: Path, formats: tuple[str, ...]) -> None:
    """Refuse to render with letters that are not there: other ones would take their place.

    Raises:
        FinsamError: A font is missing.
    """
    if not (documents / "assets").is_dir():
        return  # documents that ask for no letters of their own
    folder = documents / "assets" / "fonts"
    kinds = [kind for form, kind in (("html", "woff2"), ("pdf", "ttf")) if form in formats]
    names = [f"Inter-{style}.{kind}" for kind in kinds for style in FONT_STYLES]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise FinsamError(
            f"{documents.resolve().name}/assets/fonts lacks the font {', '.join(missing)}; "
            "put it back from the report's own documents"
        )
