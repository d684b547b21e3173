"""A comparison as a page of its own, in the report's style; it fetches nothing."""

from __future__ import annotations

import base64
import html
from pathlib import Path

from finsam_report.display import comparison_text
from finsam_report.display.comparison import Comparison
from finsam_report.places import documents_directory

_FACES = (("Regular", 400), ("SemiBold", 600))
_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1d2329; line-height: 1.55;
  font-family: Inter, system-ui, sans-serif; font-size: 1rem; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 600; margin: 0 0 2rem;
  overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 600; margin: 2.5rem 0 0.75rem;
  border-top: 1.5px solid #1d2329; padding-top: 0.6rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: 0.5rem 0; border-top: 1px solid #e3e8ec; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums lining-nums; }
li:first-child { border-top: 0; }
@media print { main { max-width: none; padding: 0; } li { break-inside: avoid; } }
"""


def _faces(fonts: Path) -> str:
    out = []
    for name, weight in _FACES:
        path = fonts / f"Inter-{name}.woff2"
        if path.is_file():
            data = base64.b64encode(path.read_bytes()).decode()
            out.append(
                f"@font-face{{font-family:Inter;font-weight:{weight};"
                f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
            )
    return "".join(out)


def as_html(comparison: Comparison, language: str = "en") -> str:
    """The comparison as one HTML file.

    Args:
        comparison: What differs.
        language: Language of the words.
    """
    title = html.escape(comparison_text.title(comparison, language))
    body = []
    for number, section in enumerate(comparison_text.sections(comparison, language), 1):
        lines = "\n".join(f"<li>{html.escape(line)}</li>" for line in section.lines)
        body.append(
            f'<section aria-labelledby="s{number}">\n<h2 id="s{number}">'
            f"{html.escape(section.title)}</h2>\n<ul>\n{lines}\n</ul>\n</section>"
        )
    style = _faces(documents_directory() / "assets" / "fonts") + _STYLE.strip()
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n" + "\n".join(body) + "\n</main>\n</body>\n</html>"
    )
