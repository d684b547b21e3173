"""The built-in engine: report documents to HTML and PDF with what wheels hold.

The documents are read (:mod:`reader`), their cells run once (:mod:`execute`), the results put in
(:mod:`assemble`), and Pandoc and Typst make the files (:mod:`html`, :mod:`pdf`).
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from finsam_report.engine.builtin.assemble import assemble
from finsam_report.engine.builtin.execute import execute
from finsam_report.engine.builtin.html import make_html
from finsam_report.engine.builtin.pandoc import pandoc_version
from finsam_report.engine.builtin.pdf import make_pdf
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.builtin.words import words_for
from finsam_report.engine.job import DocumentError, Progress, RenderJob, check_job

__all__ = ["DocumentError", "RenderJob", "render", "versions"]


def versions() -> dict[str, str]:
    """The engine and the versions of its programs, for the manifest."""
    return {"engine": "builtin", "pandoc": pandoc_version(), "typst": version("typst")}


def render(job: RenderJob, progress: Progress) -> dict[str, str]:
    """Render one document in one language.

    Args:
        job: What to render, and where to.
        progress: Told in a few words what happens next.

    Returns:
        The engine and the versions of its programs.

    Raises:
        DocumentError: If a document cannot be rendered; the message names document and line.
        FinsamError: If the job itself is wrong.
    """
    check_job(job)
    progress("reading the documents")
    document = read_document(job)
    assembled = assemble(document, execute(document, job, progress))
    words = words_for(document.language)
    metadata = {key: value for key, value in job.metadata.items() if key != "lang_tag" and value}
    metadata.setdefault("title", "Report")
    metadata["lang"] = document.language
    metadata["layout"] = job.layout
    # Pandoc's templates ask only whether a word is there.
    metadata |= {"short": "yes"} if job.layout != "report" else {}
    metadata |= {"sheet": "yes"} if job.layout == "sheet" else {}
    metadata["data-files"] = " ".join(
        f"{folder}/{path.name}"
        for folder in ("figures", "tables")
        for path in sorted((job.output / folder).glob("*.csv"))
    )
    with TemporaryDirectory(prefix="finsam-render-") as folder:
        work = Path(folder)
        if "html" in job.formats:
            progress("making the HTML")
            page = make_html(job, assembled, document.name, metadata, words, work)
            job.made("html").write_text(page, encoding="utf-8", newline="\n")
        if "pdf" in job.formats:
            progress("making the PDF")
            made = make_pdf(job, assembled, document.name, metadata, words, work)
            job.made("pdf").write_bytes(made)
    return versions()
