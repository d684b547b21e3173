"""The reports that come out: references, HTML, PDF, and the same bytes twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html as lxml_html

from finsam_report.engine.builtin import render
from finsam_report.engine.job import DocumentError, RenderJob
from finsam_report.errors import FinsamError

Make = Callable[..., RenderJob]

FIGURE = """```{{python}}
import os, pathlib
folder = pathlib.Path(os.environ["FINSAM_OUTPUT"], "figures")
folder.mkdir(exist_ok=True)
(folder / "fig-x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="10pt" '
                                  'height="10pt" viewBox="0 0 10 10"><g id="a"/></svg>')
class Shown:
    def _repr_mimebundle_(self, **_):
        return {{"text/markdown": '{0}'}}
Shown()
```
"""
ALT = '![C](/_output/figures/fig-x.svg){#fig-x fig-alt="Alt"}'


def test_versions_and_progress(rendered: Any) -> None:
    assert rendered.versions["engine"] == "builtin"
    assert set(rendered.versions) == {"engine", "pandoc", "typst"}
    assert any("tbl-effects" in text for text in rendered.progress)


@pytest.mark.parametrize("formats", [("html",), ("pdf",)])
def test_only_the_formats_asked_for(document: Make, formats: tuple[str, ...]) -> None:
    job = document("---\nlang: en-GB\n---\n\n## One\n\nText.\n", formats)
    render(job, lambda _: None)
    assert [path.name for path in job.output.iterdir()] == [f"report.en.{formats[0]}"]


WRONG = [
    ("## A\n\n## B\n\nSee\n@fig-nowhere.\n", 6, "@fig-nowhere points to nothing"),
    ("## A {#sec-a .unnumbered}\n\nSee @sec-a.\n", 3, "has no number"),
    ("## A {#sec-a}\n\n### B {#sec-a}\n", 3, "'sec-a' stands twice"),
    (FIGURE.format("![C](/_output/figures/fig-x.svg){#fig-x}"), 1, "'fig-x' has no fig-alt"),
    (
        FIGURE.format('![C](/_output/figures/fig-y.svg){#fig-x fig-alt="A"}'),
        1,
        "no cell has written",
    ),
    (FIGURE.format('![C](/elsewhere/fig-x.svg){#fig-x fig-alt="A"}'), 1, "/_output/"),
    ("## A\n\n![C](x.png)\n", 3, "no label"),
    ("## A\n\nText ![C](x.png) more\n", 3, "paragraph of its own"),
    ("## A\n\nWith $x^2$ here.\n", 3, "'x^2' has no spoken form"),
    ("## A\n\n$$\nx^2\n$$\n", 3, "needs a label"),
    ("## A\n\n$$\nx^2\n$$ {#eq-x}\n", 5, "no spoken form"),
    ("# A\n", 1, "level 1"),
    ("## A\n\n#### B\n", 3, "skips a level"),
    ("## A\n\nAs in [@nobody1999].\n", 3, "not in the bibliography"),
    ("## A\n\n| a |\n|---|\n| 1 |\n\n: Caption\n", 7, "no label"),
]


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=[case[2] for case in WRONG])
def test_what_is_wrong_stops_the_render_at_its_line(
    document: Make, text: str, line: int, words: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        render(document(text), lambda _: None)
    assert words in caught.value.message
    assert (caught.value.document, caught.value.line) == ("report/en/report.qmd", line)


def test_a_wrong_job_is_refused(document: Make, tmp_path: Path) -> None:
    job = document("x")
    for wrong in (
        replace(job, formats=("docx",)),
        replace(job, formats=()),
        replace(job, language="fi"),
        replace(job, output=tmp_path / "nowhere"),
    ):
        with pytest.raises(FinsamError):
            render(wrong, lambda _: None)


def test_a_refusal_by_typst_is_understandable(document: Make) -> None:
    job = document("## A {#sec-a}\n\nA glyph that no font has: 中.\n", ("pdf",))
    with pytest.raises(DocumentError) as caught:
        render(job, lambda _: None)
    assert "PDF/UA-1" in caught.value.message
    assert "中" in caught.value.message
    assert caught.value.line == 3


def test_two_renders_give_the_same_bytes(rendered: Any, tmp_path: Path) -> None:
    render(replace(rendered.job, output=tmp_path), lambda _: None)
    assert (tmp_path / "report.en.html").read_text(encoding="utf-8") == rendered.html
    assert (tmp_path / "report.en.pdf").read_bytes() == rendered.pdf


def test_a_report_in_swedish(document: Make) -> None:
    job = document("x")
    folder = job.documents / "sv"
    folder.mkdir()
    (folder / "report.qmd").write_text(
        "---\nlang: sv-SE\n---\n\n## Ett {#sec-ett}\n\n::: {.callout-note}\nSe @sec-ett.\n:::\n",
        encoding="utf-8",
    )
    render(replace(job, language="sv", formats=("html", "pdf")), lambda _: None)
    text = (job.output / "report.sv.html").read_text(encoding="utf-8")
    assert '<html lang="sv-SE">' in text
    for word in ("Avsnitt\xa01", "Notera", "Innehåll"):
        assert word in text
    with pikepdf.open(job.output / "report.sv.pdf") as made:
        assert made.Root.Lang == "sv-SE"


def test_what_stands_before_the_first_chapter_stays(document: Make) -> None:
    job = document("A notice.\n\n## One\n\nText.\n", ("html", "pdf"))
    render(job, lambda _: None)
    text = (job.output / "report.en.html").read_text(encoding="utf-8")
    assert text.index("A notice.") < text.index("<h2")


def test_what_is_shown_twice_is_told_as_a_duplicate(document: Make) -> None:
    job = document(FIGURE.format(ALT) + "\n\n```{python}\nShown()\n```\n")
    with pytest.raises(DocumentError, match="'fig-x' stands twice"):
        render(job, lambda _: None)


# HTML


@pytest.fixture(scope="module")
def page(rendered: Any) -> Any:
    return lxml_html.document_fromstring(rendered.html.encode())


def test_one_title_and_the_language(page: Any) -> None:
    assert page.get("lang") == "en-GB"
    assert [h.text_content() for h in page.iter("h1")] == ["Coordinated support & the way to work"]
    assert page.findtext(".//title").startswith("Coordinated support & the way to work")


def test_headings_skip_no_level(page: Any) -> None:
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_identifiers_stand_once_and_links_lead_somewhere(page: Any) -> None:
    names = Counter(page.xpath("//@id"))
    assert [name for name, count in names.items() if count > 1] == []
    inner = [target for target in page.xpath("//a/@href") if target.startswith("#")]
    assert inner
    assert [target for target in inner if target[1:] not in names] == []


def test_nothing_is_fetched(page: Any, rendered: Any) -> None:
    for attribute in ("src", "href", "srcset", "action"):
        for value in page.xpath(f"//@{attribute}"):
            assert value.startswith(("#", "data:")), value
    assert not page.xpath("//script | //link | //iframe")
    assert not re.search(r"url\(\s*['\"]?(?!data:|#)", rendered.html)
    assert "@import" not in rendered.html


def test_landmarks(page: Any) -> None:
    assert len(page.xpath("//body/header")) == len(page.xpath("//main")) == 1
    assert len(page.xpath("//body/footer")) == 1
    assert {nav.get("aria-label") for nav in page.xpath("//nav")} == {"Contents"}
    assert page.xpath("//body/a[1]/@href") == ["#text"]
    assert page.xpath("//details/summary/text()") == ["Contents"]


def test_the_plate_stands_on_the_cover(page: Any) -> None:
    (plate,) = page.xpath("//header//*[@class='plate']")
    assert "Every number is made up." in plate.text_content()


def test_numbers_and_references(page: Any) -> None:
    text = " ".join(page.xpath("//main")[0].text_content().split())
    assert "Figure 1 Effects of an offer on six outcomes" in text.replace("\xa0", " ")
    assert "Section 3.1, Equation 1" in text.replace("\xa0", " ")
    assert page.xpath("//a[@href='#tbl-small']/text()") == ["Table\xa03"]
    assert "Of 1,234 people" in text
    assert "Lin 2013" in text
    assert "doi:10.1214/12-AOAS583" in text
    assert [h.text_content() for h in page.xpath("//main//h2")][-1] == "References"


def test_hidden_pieces_are_not_there(rendered: Any) -> None:
    assert "Hidden" not in rendered.html
    assert "undefined_name" not in rendered.html


def test_floats_have_names(page: Any) -> None:
    for region in page.xpath("//*[@role='region']"):
        assert region.get("tabindex") == "0"
        assert page.get_element_by_id(region.get("aria-labelledby")).tag == "figcaption"
    (picture,) = page.xpath("//figure[@id='fig-effects']//*[@role='img']")
    assert picture.get("aria-label").startswith("Six points with intervals")
    assert picture.xpath(".//text()[contains(., 'Outcome 1')]")
    assert page.xpath("//figure[@id='tbl-effects']//table/@aria-labelledby") == [
        "tbl-effects-caption"
    ]
    assert set(page.xpath("//thead//th/@scope")) == {"col"}


def test_notes_stay_in_view_beside_a_table_that_scrolls(page: Any) -> None:
    (table,) = page.xpath("//figure[@id='tbl-effects']")
    assert not table.xpath(".//tfoot")
    (notes,) = table.xpath("./div[@class='table-notes']")
    assert notes.text_content().startswith("Note: standard errors")


def test_equations_are_mathml_with_a_spoken_form(page: Any) -> None:
    (math,) = page.xpath("//*[@id='eq-itt']//*[local-name()='math']")
    assert math.get("alttext").startswith("tau hat is the sum")


def test_callouts_have_titles_that_are_no_headings(page: Any) -> None:
    titles = [p.text_content() for p in page.xpath("//*[@class='callout-title']")]
    assert titles == ["How to read the figures", "Not estimated", "Tip"]
    assert not [h for h in page.iter("h2", "h3") if "How to read" in h.text_content()]


# PDF


@pytest.fixture(scope="module")
def pdf(rendered: Any) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(rendered.pdf)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from elements(part)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and node.get("/Type") != "/OBJR":
            yield node
        if "/K" in node:
            yield from elements(node.K)


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[Any]:
    wanted = f"/{tag}"
    return [part for part in elements(pdf.Root.StructTreeRoot.K) if str(part.S) == wanted]


def test_the_pdf_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.docinfo.Title == "Coordinated support & the way to work"
    assert pdf.docinfo.Author == "A. Author"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
    width, height = (float(x) for x in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_the_pdf_has_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert [t.split(" ", 1)[-1] for t in titles] == [
            "Summary",
            "Survey",
            "Register",
            "Methods",
            "References",
        ]
        assert [c.title.split(" ", 1)[-1] for c in outline.root[1].children] == [
            "Who answered",
            "A long table",
        ]


def test_figures_and_equations_have_alternatives(pdf: pikepdf.Pdf) -> None:
    (figure,) = tagged(pdf, "Figure")
    assert str(figure.Alt).startswith("Six points with intervals")
    (formula,) = tagged(pdf, "Formula")
    assert str(formula.Alt).startswith("tau hat is the sum")


def test_tables_have_header_cells(pdf: pikepdf.Pdf) -> None:
    assert len(tagged(pdf, "Table")) == 3
    assert len(tagged(pdf, "TH")) == 9
    assert len(tagged(pdf, "Caption")) == 4


def test_the_fonts_travel_with_the_file(pdf: pikepdf.Pdf) -> None:
    names = {
        str(font.BaseFont).split("+")[-1]
        for page in pdf.pages
        for font in page.resources.get("/Font", {}).values()
    }
    assert any(name.startswith("Inter-") for name in names)
    assert any(name.startswith("LibertinusSerif") for name in names)
