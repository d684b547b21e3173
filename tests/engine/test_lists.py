"""The lists of tables and figures: complete, linked, and with the files of the numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html as lxml_html

from finsam_report.engine.builtin import pdf, render
from finsam_report.engine.builtin.pandoc import run_pandoc
from finsam_report.engine.job import RenderJob

Make = Callable[..., RenderJob]

CELLS = """```{python}
import os, pathlib
out = pathlib.Path(os.environ["FINSAM_OUTPUT"])
for name in ("figures", "tables"):
    (out / name).mkdir(exist_ok=True)
(out / "figures" / "fig-x.svg").write_text(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="10pt" viewBox="0 0 10 10">'
    '<g id="a"/></svg>')
for name in ("figures/fig-x.csv", "tables/tbl-one.csv"):
    (out / name).write_text("a")
class Shown:
    def __init__(self, text):
        self.text = text
    def _repr_mimebundle_(self, **_):
        return {"text/markdown": self.text}
Shown('![A *figure*](/_output/figures/fig-x.svg){#fig-x fig-alt="Alt"}')
```

```{python}
#| label: tbl-one
#| tbl-cap: "The first table"
Shown("| a | see |\\n|---|---|\\n| 1 | @fig-x |")
```
"""
TYPED = "| a |\n|---|\n| 1 |\n\n: A typed table {#tbl-two}\n"
LISTS = """## Lists {#sec-lists}

### Tables

::: {.finsam-list-of-tables}

Nothing but names.

:::

### Figures

::: {.finsam-list-of-figures}

Nothing but names.

:::
"""


def page_of(job: RenderJob) -> lxml_html.HtmlElement:
    render(job, lambda _: None)
    return lxml_html.fromstring((job.output / "report.en.html").read_text("utf-8"))


def test_each_table_and_figure_is_listed_once_with_link_and_file(document: Make) -> None:
    page = page_of(document(f"## One\n\n{CELLS}\n{TYPED}\n{LISTS}"))
    tables, figures = page.xpath("//div[@class='finsam-list']//table")
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in tables.xpath(".//tbody/tr")
    ]
    assert rows == [
        ["1", "The first table", "tables/tbl-one.csv"],
        ["2", "A typed table", "in the text"],
    ]
    assert tables.xpath(".//a/@href") == ["#tbl-one", "#tbl-two"]
    assert figures.xpath(".//a/@href") == ["#fig-x"]
    assert figures.xpath(".//tbody//em/text()") == ["figure"]
    assert "Nothing but names" not in page.text_content()


def test_a_reference_in_a_cell_of_a_table_is_a_link(document: Make) -> None:
    page = page_of(document(f"## One\n\n{CELLS}\n"))
    (link,) = page.xpath("//figure[@id='tbl-one']//td//a")
    assert link.get("href") == "#fig-x"
    assert " ".join(link.text_content().split()) == "Figure 1"


def test_without_tables_and_figures_what_stands_there_stays(document: Make) -> None:
    page = page_of(document(LISTS))
    assert page.text_content().count("Nothing but names.") == 2
    assert not page.xpath("//table")


def typst_of(job: RenderJob, monkeypatch: pytest.MonkeyPatch) -> str:
    """The Typst source of a PDF, which the program has accepted."""
    made: list[str] = []

    def kept(*arguments: object) -> str:
        made.append(run_pandoc(*arguments))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(pdf, "run_pandoc", kept)
    render(job, lambda _: None)
    return made[-1]


def test_the_lists_are_tables_with_links_in_the_pdf_too(
    document: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = document(f"## One\n\n{CELLS}\n{TYPED}\n{LISTS}", ("pdf",))
    source = typst_of(job, monkeypatch).partition("<sec-lists>")[2]
    for name in ("tbl-one", "tbl-two", "fig-x"):
        assert source.count(f"#link(<{name}>)") == 1
    assert source.count("#list-of[") == 2
    assert "Nothing but names" not in source


@pytest.mark.parametrize("text", ["::: {.finsam-list}\n\n:::\n", "::: {.other}\n\n:::\n"])
def test_other_divs_are_still_refused(document: Make, text: str) -> None:
    with pytest.raises(Exception, match="is not supported"):
        render(document(text), lambda _: None)


def test_what_stands_before_the_foreword_goes_under_the_first_chapter(
    document: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = "Notice.\n\n## Foreword {#sec-foreword .unnumbered}\n\nWords.\n\n## One\n\nText.\n"
    source = typst_of(document(written, ("pdf",)), monkeypatch)
    # The title stands in the contents too: what counts is the chapter, which is the last.
    words = ("[Foreword]", "Words.", "= One", "Notice.", "Text.")
    places = [source.rindex(text) for text in words]
    assert places == sorted(places)
