"""Put SVG figures into an HTML page.

They stand in the page itself, not behind an address: their lettering then uses the page's font,
can be searched and copied, and stays sharp. Identifiers get the figure's label in front, because
every figure that matplotlib draws has the same ones.
"""

from __future__ import annotations

import html
import re

from finsam_report.errors import FinsamError

_HEAD = re.compile(r"<svg\b(?P<attributes>[^>]*)>", re.DOTALL)
_DROP = re.compile(
    r"<metadata\b.*?</metadata>|<!--.*?-->|<\?xml.*?\?>|<!DOCTYPE[^>]*>|<title\b.*?</title>",
    re.DOTALL,
)
_SIZE = re.compile(r"\s(width|height|viewBox)=\"([^\"]*)\"")
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "in": 96.0}
_SCRIPT = re.compile(
    r"<(script|foreignObject|iframe)\b|\son\w+=|(?:href|src)=\"(?!#|data:image/)|"
    r"url\(['\"]?(?!#)",
    re.IGNORECASE,
)


def inline_svg(source: str, label: str, alt: str) -> tuple[str, float]:
    """The SVG as an element of a page, and its natural width in CSS pixels.

    Args:
        source: The SVG file's text.
        label: The figure's label, such as ``fig-flow``.
        alt: The figure's text alternative.

    Raises:
        FinsamError: If the file is not an SVG, or holds what a report must not.
    """
    text = _DROP.sub("", source).strip()
    head = _HEAD.match(text)
    if head is None:
        raise FinsamError(f"figure '{label}' is not an SVG file")
    sizes = dict(_SIZE.findall(head["attributes"]))
    width, height = _pixels(sizes.get("width", "")), _pixels(sizes.get("height", ""))
    box = sizes.get("viewBox") or f"0 0 {width:g} {height:g}"
    width = width or float(box.split()[2])
    height = height or float(box.split()[3])
    body = text[head.end() :]
    prefix = f"{label}--"
    body = body.replace("xlink:href=", "href=").replace(' xml:space="preserve"', "")
    body = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', body)
    body = re.sub(r'\bhref="#([^"]+)"', rf'href="#{prefix}\1"', body)
    body = re.sub(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)", rf"url(#{prefix}\1)", body)
    # A style sheet inside would reach the whole page.
    body = re.sub(
        r"(<style[^>]*>)(.*?)(</style>)",
        lambda m: m[1] + _scoped(m[2], label) + m[3],
        body,
        flags=re.DOTALL,
    )
    if _SCRIPT.search(body):
        raise FinsamError(f"figure '{label}' holds a script or an address")
    attributes = (
        f'class="picture" id="{label}-picture" role="img" '
        f'aria-label="{html.escape(alt)}" viewBox="{box}" '
        f'width="{width:.0f}" height="{height:.0f}"'
    )
    return f"<svg {attributes}>{body}", width


def _pixels(length: str) -> float:
    match = re.fullmatch(r"([\d.]+)(px|pt|mm|in|)", length.strip())
    return float(match[1]) * _UNITS[match[2]] if match else 0.0


def _scoped(css: str, label: str) -> str:
    """Rules of a style sheet, for one figure only."""

    def rule(match: re.Match[str]) -> str:
        selectors = ", ".join(f"#{label}-picture {part.strip()}" for part in match[1].split(","))
        return f"{selectors}{{{match[2]}}}"

    bare = css.replace("<![CDATA[", "").replace("]]>", "")
    return re.sub(r"\s*([^{}@]+?)\s*\{([^{}]*)\}", rule, bare)
