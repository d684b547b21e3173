"""Make the PDF report: PDF/UA-1, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import typst

from finsam_report.engine.builtin.assemble import Assembled
from finsam_report.engine.builtin.html import bibliography, figure_file
from finsam_report.engine.builtin.pandoc import run_pandoc
from finsam_report.engine.job import DocumentError, RenderJob

_IMAGE = re.compile(r'image\("([^"]+)", alt: "(?:[^"\\]|\\.)*"\).*?<(fig-[\w-]+)>')
_LABEL = re.compile(r"<((?:fig|tbl|sec|eq)-[\w-]+)>")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def make_pdf(
    job: RenderJob,
    assembled: Assembled,
    document: str,
    metadata: Mapping[str, str],
    words: Mapping[str, str],
    work: Path,
) -> bytes:
    """The report as PDF/UA-1.

    Args:
        job: Where figures and fonts lie.
        assembled: The executed document.
        document: Name of the main document, for messages.
        metadata: Values for the template.
        words: The engine's words.
        work: A private directory.

    Raises:
        DocumentError: If the document is wrong or Typst refuses it.
    """
    language, _, region = metadata["lang"].partition("-")
    values = {
        **metadata,
        "language": language,
        "region": region,
        **{f"word-{k}": v for k, v in words.items()},
    }
    source = run_pandoc(
        assembled, document, "typst-citations", "report.typ", bibliography(job), values, words, work
    )
    for match in _IMAGE.finditer(source):
        figure_file(job, assembled, document, match[2], match[1])
    folder = job.documents / "assets" / "fonts"
    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[folder.resolve()] if folder.is_dir() else []
    )
    try:
        compiler = typst.Compiler(source.encode(), root=job.output.resolve(), font_paths=fonts)
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=_EPOCH)
    except typst.TypstError as error:
        raise _refused(error, source, assembled, document) from None
    if not isinstance(made, bytes):
        raise DocumentError(document, None, "Typst made no PDF")
    return made


def _refused(
    error: typst.TypstError, source: str, assembled: Assembled, document: str
) -> DocumentError:
    """Typst's refusal with the nearest label before it, which stands in the document."""
    message = error.message
    if message.startswith("PDF/UA-1 error: "):
        message = "the PDF would not be accessible (PDF/UA-1): " + message.partition(": ")[2]
    hints = "".join(f"; {hint}" for hint in error.hints)
    pattern = "(?!)"
    glyph = re.search(r"the text `\"(.+?)\"`", message)
    found = re.search(r"\.typ:(\d+):", error.diagnostic)
    if glyph:
        pattern = re.escape(glyph[1])
    elif found:
        lines = source.split("\n")
        at = int(found[1])
        labels = (
            _LABEL.findall("\n".join(lines[at - 1 : at + 2]))
            or _LABEL.findall("\n".join(lines[:at]))[-1:]
        )
        if lines[at - 1].strip():
            message += f", near '{lines[at - 1].strip()[:80]}'"
        if labels:
            pattern = rf"#{labels[0]}(?![\w-])"
            message += f" (at or after {labels[0]})"
    return assembled.error(pattern, document, f"Typst stopped: {message}{hints}")
