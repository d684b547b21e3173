"""SVG figures inside a page."""

from __future__ import annotations

import pytest

from finsam_report.engine.builtin.svg import inline_svg
from finsam_report.errors import FinsamError

SOURCE = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="72pt" height="36pt" viewBox="0 0 72 36"><metadata>http://purl.org</metadata>
<defs><style type="text/css">*{stroke-linejoin: round}</style><path id="m"/></defs>
<g clip-path="url(#p)"><use xlink:href="#m"/></g><clipPath id="p"/></svg>"""


def test_identifiers_styles_and_addresses_belong_to_the_figure() -> None:
    text, width = inline_svg(SOURCE, "fig-a", 'A "quoted" alternative')
    assert width == pytest.approx(96)
    assert 'aria-label="A &quot;quoted&quot; alternative"' in text
    assert 'id="fig-a--m"' in text
    assert 'href="#fig-a--m"' in text
    assert "url(#fig-a--p)" in text
    assert "#fig-a-picture *{stroke-linejoin: round}" in text
    assert "http" not in text


@pytest.mark.parametrize(
    "part",
    [
        "<script>x</script>",
        '<image href="https://x.org/a.png"/>',
        '<g onload="x()"/>',
        "<g style=\"fill: url('//x')\"/>",
    ],
)
def test_what_a_report_must_not_hold_is_refused(part: str) -> None:
    with pytest.raises(FinsamError, match="fig-a"):
        inline_svg(f'<svg width="1pt" height="1pt">{part}</svg>', "fig-a", "x")


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(FinsamError, match="not an SVG"):
        inline_svg("PNG", "fig-a", "x")
