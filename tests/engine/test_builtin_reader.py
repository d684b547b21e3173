"""What the reader keeps, hides and refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from finsam_report.engine.builtin.attributes import parse_attributes
from finsam_report.engine.builtin.inline import escape
from finsam_report.engine.builtin.pieces import Cell, Document, Text
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.job import DocumentError, RenderJob

Make = Callable[..., RenderJob]

REFUSED = [
    ("text\n\n{{< pagebreak >}}", 3, "shortcode"),
    ("See {{< include _x.qmd >}} here", 1, "shortcode"),
    ("```{r}\n1\n```", 1, "{r}"),
    ("a\n\n```{python, echo=FALSE}\n1\n```", 3, "not supported"),
    ("```{{python}}\n1\n```", 1, "not supported"),
    ("- item\n\n    ```{python}\n    1\n    ```", 3, "inside a list"),
    ("```{python}\n#| label: tbl-a\n#| fig-cap: x\n1\n```", 3, "'fig-cap'"),
    ("```{python}\n#| echo: true\n1\n```", 2, "echo"),
    ("```{python}\n#| output: asis\n1\n```", 2, "'output'"),
    ("```{python}\n#| label: fig-x\n1\n```", 2, "'fig-x'"),
    ("```{python}\n#| label: tbl-x\n1\n```", 2, "tbl-cap"),
    ("```{python}\n#| tbl-cap: A caption\n1\n```", 2, "label"),
    ("```{python}\n#| label: a\n#| label: b\n1\n```", 3, "twice"),
    ("```{python}\nx = 1\n#| label: a\n```", 3, "first"),
    ("```{python}\n#| label: [a\n1\n```", 2, "YAML"),
    ("```{python}\n1\n", 1, "never closed"),
    ('::: {.content-visible unless-meta="parts.survey"}\nx\n:::', 1, "when-meta"),
    ('::: {.content-visible when-format="html"}\nx\n:::', 1, "when-meta"),
    ('::: {.content-visible when-meta="parts.nosuch"}\nx\n:::', 1, "no flag 'parts.nosuch'"),
    ('::: {.content-hidden when-meta="parts.survey"}\nx\n:::', 1, "not supported"),
    ("::: {.panel-tabset}\nx\n:::", 1, "panel-tabset"),
    ("::: {#fig-two layout-ncol=2}\nx\n:::", 1, "not supported"),
    ('::: {.callout-note collapse="true"}\nx\n:::', 1, "only a title"),
    ("::: {.callout-note}\nx\n", 1, "never closed"),
    ("x\n\n:::\n", 3, "closes nothing"),
    ("text\n::: {.callout-note}\nx\n:::", 2, "blank line"),
    ('a [b]{.content-visible when-meta="parts.survey"}', 1, "conditional"),
    ("x `{r} 1+1`", 1, "'r'"),
    ("x `{python} study[\nn]`", 1, "end on its line"),
    ("x^[a footnote]", 1, "footnotes"),
    ("x[^1]", 1, "footnotes"),
    ("a\n\n<!-- never", 3, "never closed"),
    ("{{< include _nosuch.qmd >}}", 1, "_nosuch.qmd"),
    ("{{< include ../../../secret.qmd >}}", 1, "outside"),
    ("{{< include report.qmd >}}", 1, "itself"),
    ("---\nlang: en-GB\ntitle: x\n---\n", 3, "'title'"),
    ("---\nlang: en-GB\n", 1, "never closed"),
]


@pytest.mark.parametrize(
    ("text", "line", "words"), REFUSED, ids=[r[2] + str(i) for i, r in enumerate(REFUSED)]
)
def test_what_is_not_supported_is_refused_with_its_line(
    document: Make, text: str, line: int, words: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(document(text))
    assert str(caught.value).startswith(f"report/en/report.qmd, line {line}: ")
    assert words in caught.value.message


def test_a_refusal_in_an_included_document_names_that_document(document: Make) -> None:
    job = document(
        "x\n\n{{< include _a.qmd >}}\n", _a="{{< include _b.qmd >}}\n", _b="y\n\n{{< video x >}}\n"
    )
    with pytest.raises(DocumentError, match=r"^report/en/_b\.qmd, line 3: "):
        read_document(job)


def test_an_included_document_cannot_have_a_header(document: Make) -> None:
    with pytest.raises(DocumentError, match=r"_a\.qmd, line 1: "):
        read_document(document("{{< include _a.qmd >}}", _a="---\nlang: sv\n---\n"))


def text_of(document: Document) -> str:
    return "\n".join(
        line.text for piece in document.pieces if isinstance(piece, Text) for line in piece.lines
    )


def test_hidden_pieces_leave_no_text_and_no_cell(document: Make) -> None:
    job = document(
        ':::: {.content-visible when-meta="parts.later"}\n## Gone\n\n{{< include _a.qmd >}}\n\n'
        "::: {.callout-note}\nGone too\n:::\n::::\n\n"
        '::: {.content-visible when-meta="parts.survey"}\nKept\n:::\n',
        _a="Hidden\n\n```{python}\n1/0\n```\n",
    )
    read = read_document(job)
    assert text_of(read).split() == ["Kept"]
    assert not any(isinstance(piece, Cell) for piece in read.pieces)


def test_hidden_pieces_are_checked_all_the_same(document: Make) -> None:
    with pytest.raises(DocumentError, match="line 3"):
        read_document(
            document('::: {.content-visible when-meta="parts.later"}\n\n{{< pagebreak >}}\n\n:::\n')
        )


def test_cells_may_hold_what_looks_like_markdown(document: Make) -> None:
    code = "s = '''\n::: {.nothing}\n:::\n```\n{{< x >}}\n<!--\n'''"
    read = read_document(document(f"````{{python}}\n{code}\n````\n\nafter\n"))
    cells = [piece for piece in read.pieces if isinstance(piece, Cell)]
    assert [cell.source for cell in cells] == [code]
    assert cells[0].line == 1
    assert text_of(read).split() == ["after"]


def test_verbatim_and_comments(document: Make) -> None:
    read = read_document(
        document(
            "```\n{{< x >}}\n::: y\n```\n\na <!-- {{< x >}} --> b\n\n<!--\n```{r}\n-->\n\n"
            "`{{< code >}}` `<!--`\n"
        )
    )
    assert "{{< x >}}\n::: y" in text_of(read)
    assert "a  b" in text_of(read)
    assert "{r}" not in text_of(read)


def test_the_language_stands_in_the_header(document: Make) -> None:
    assert read_document(document("---\nlang: sv-SE\n---\n\nHej\n")).language == "sv-SE"
    assert read_document(document("Hej\n")).language == "en-GB"


def test_cell_options(document: Make) -> None:
    read = read_document(
        document(
            '```{python}\n#| label: tbl-a\n#| tbl-cap: "A: caption"\n#| echo: false\n'
            "#| tags: [x]\nf()\n```\n\n```{python}\n#| include: false\ng()\n```\n"
        )
    )
    first, second = (piece for piece in read.pieces if isinstance(piece, Cell))
    assert (first.label, first.table_caption, first.shown) == ("tbl-a", "A: caption", True)
    assert not second.shown


def test_attributes() -> None:
    read = parse_attributes('{#a .b .c key="one two" other=3}')
    assert read is not None
    assert (read.identifier, read.classes) == ("a", ("b", "c"))
    assert read.values == {"key": "one two", "other": "3"}
    assert parse_attributes("{.a} b") is None
    assert parse_attributes("{a b}") is None


def test_escaped_text_has_no_markup() -> None:
    assert escape("a_b *c* [d](e) @fig-x\n1.") == (r"a\_b \*c\* \[d\]\(e\) \@fig\-x 1\.")
