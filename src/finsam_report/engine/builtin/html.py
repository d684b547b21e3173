"""Make the one-file HTML report."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from pathlib import Path

from finsam_report.engine.builtin.assemble import Assembled
from finsam_report.engine.builtin.pandoc import HERE, run_pandoc
from finsam_report.engine.builtin.svg import inline_svg
from finsam_report.engine.job import DocumentError, RenderJob

_IMAGE = re.compile(
    r'<finsam-image data-label="([^"]*)" data-src="([^"]*)" data-alt="([^"]*)">'
    r"</finsam-image>"
)
_FACES = (
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
)
_PAGE_WIDTH = 605  # CSS pixels of a figure of 160 mm, which fills the text column


def make_html(
    job: RenderJob,
    assembled: Assembled,
    document: str,
    metadata: Mapping[str, str],
    words: Mapping[str, str],
    work: Path,
) -> str:
    """The report as one HTML file that fetches nothing.

    Args:
        job: Where figures and assets lie.
        assembled: The executed document.
        document: Name of the main document, for messages.
        metadata: Values for the template.
        words: The engine's words.
        work: A private directory.

    Raises:
        DocumentError: If the document is wrong, a figure is missing or an identifier stands twice.
    """
    options = [
        "--mathml",
        # A single page needs no contents.
        *(() if job.layout == "sheet" else ("--toc", "--toc-depth=3")),
        "--syntax-highlighting=none",
        "--section-divs",
        *bibliography(job),
    ]
    page = run_pandoc(
        assembled,
        document,
        "html5",
        "report.html",
        options,
        {**metadata, **{f"word-{k}": v for k, v in words.items()}},
        words,
        work,
    )
    page = _IMAGE.sub(
        lambda m: _picture(job, assembled, document, *map(html.unescape, m.groups())), page
    )
    # The contents stand twice, for wide and narrow screens.
    page = re.sub(r'(<a href="#[^"]*") id="toc-[^"]*"', r"\1", page)
    page = re.sub(r"<th(?=[\s>])(?![^>]*\bscope=)", '<th scope="col"', page)
    page = re.sub(r'<math display="(\w+)" xmlns="[^"]*"', r'<math display="\1"', page)
    # What may scroll must be within reach of the keyboard.
    page = re.sub(r"<pre\b", '<pre tabindex="0"', page)
    page = page.replace("<!--style-->", f"<style>\n{_style(job)}</style>")
    _check(page, assembled, document)
    return page


def bibliography(job: RenderJob) -> list[str]:
    """Pandoc's option for the bibliography, if there is one."""
    path = job.documents / "assets" / "references.bib"
    return [f"--bibliography={path.resolve()}"] if path.is_file() else []


def _style(job: RenderJob) -> str:
    assets = job.documents / "assets"
    faces = []
    for name, weight, slant in _FACES:
        path = assets / "fonts" / f"Inter-{name}.woff2"
        if path.is_file():
            data = base64.b64encode(path.read_bytes()).decode()
            faces.append(
                f"@font-face{{font-family:Inter;font-weight:{weight};font-style:{slant};"
                f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
            )
    sheets = [HERE / "templates" / "page.css", assets / "style.css"]
    return "".join([*faces, *(s.read_text(encoding="utf-8") for s in sheets if s.is_file())])


def figure_file(job: RenderJob, assembled: Assembled, document: str, label: str, src: str) -> Path:
    """The file of a figure.

    Raises:
        DocumentError: If no cell has written it.
    """
    path = job.output / src.lstrip("/")
    if not path.is_file() or not path.resolve().is_relative_to(job.output.resolve()):
        raise assembled.error(
            rf"#{re.escape(label)}(?![\w-])",
            document,
            f"figure '{label}' refers to {src}, which no cell has written",
        )
    return path


def _picture(
    job: RenderJob, assembled: Assembled, document: str, label: str, src: str, alt: str
) -> str:
    path = figure_file(job, assembled, document, label, src)
    if path.suffix == ".svg":
        element, width = inline_svg(path.read_text(encoding="utf-8"), label, alt)
    elif path.suffix == ".png":
        data = base64.b64encode(path.read_bytes()).decode()
        element = (
            f'<img class="picture" alt="{html.escape(alt)}" src="data:image/png;base64,{data}">'
        )
        width = float(_PAGE_WIDTH)
    else:
        raise DocumentError(document, None, f"figure '{label}' must be an SVG or PNG file")
    share = min(1.0, width / _PAGE_WIDTH)
    # Below nine tenths of the natural size lettering is too small: a narrow screen scrolls instead.
    frame = f'style="--share:{share:.4f};--least:{min(width, _PAGE_WIDTH) * 0.9:.0f}px"'
    return (
        f'<div class="scroll picture-frame" role="region" tabindex="0" '
        f'aria-labelledby="{label}-caption" {frame}>{element}</div>'
    )


def _check(page: str, assembled: Assembled, document: str) -> None:
    """A page that fetches something or repeats an identifier is a mistake, not a page."""
    bare = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    seen: set[str] = set()
    for name in re.findall(r'<[^>]*?\sid="([^"]+)"', bare):
        if name in seen:
            raise assembled.error(
                rf"#{re.escape(name)}(?![\w-])",
                document,
                f"the identifier '{name}' stands twice in the page",
            )
        seen.add(name)
    fetched = (
        re.search(r'<[^>]*\s(?:src|srcset|href|action)="\s*(?:https?:)?//[^"]*"', bare)
        or re.search(r"url\(\s*['\"]?(?:https?:)?//", page)
        or re.search(r"@import", page)
    )
    if fetched:
        raise DocumentError(
            document, None, f"the page would fetch something from outside: {fetched[0][:120]}"
        )
