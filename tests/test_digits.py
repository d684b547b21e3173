"""No number is typed in the words of the report: it is looked up, or a list says why it may stand.

The list is ``allowed_digits.yml``. Looked through are the prose of all documents with their
captions, and the sentences of the catalogue; not code, formulas, addresses, labels, citations,
nor what is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from fluent.syntax import FluentParser, ast

import finsam_report
from finsam_report.display import conventions
from finsam_report.estimators import censoring, multiple, subgroups
from finsam_report.parts import register_further, survey_answers, survey_robust

ROOT = Path(__file__).parents[1]
ALLOWED = yaml.safe_load((Path(__file__).parent / "allowed_digits.yml").read_text("utf-8"))
DOCUMENTS = sorted((ROOT / "report" / "en").glob("*.qmd"))
CATALOGUES = sorted((Path(finsam_report.__file__).parent / "display/locale/en").glob("*.ftl"))
CAPTIONS = re.compile(r"^#\|\s*(?:tbl-cap|fig-cap|fig-alt|tbl-subcap):\s*(.*)$", re.MULTILINE)
COUNTS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    "sixty|seventy|eighty|ninety|hundred|thousand"
)
UNITS = "per cent|percentage points|kronor|million|months|weeks|participants|associations"


def _lines(match: re.Match[str]) -> str:
    """As many empty lines as were taken out, so that places stay."""
    return "\n" * match[0].count("\n")


def _cell(match: re.Match[str]) -> str:
    """A cell: its captions are read by the reader, its code is not."""
    kept = [found[1] if (found := CAPTIONS.match(line)) else "" for line in match[0].split("\n")]
    return "\n".join(kept)


def prose(text: str) -> str:
    """The words of a document that somebody typed for a reader."""
    steps: tuple[tuple[str, int, str | Callable[[re.Match[str]], str]], ...] = (
        (r"\A---\n.*?\n---\n", re.DOTALL, _lines),
        (r"^(`{3,}|~{3,}).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE, _cell),
        (r"^\$\$.*?^\$\$[^\n]*$", re.DOTALL | re.MULTILINE, _lines),
        (r"<!--.*?-->", re.DOTALL, _lines),
        (r"`[^`]*`", 0, ""),
        (r"\{\{<.*?>\}\}", 0, ""),
        (r"\]\([^)\s]*\)", 0, "]"),
        (r"https?://\S+", 0, ""),
        (r"\{[#.=][^{}\n]*\}", 0, ""),
        (r"-?@[A-Za-z][\w:.#$%&+?<>~/-]*", 0, ""),
        (r"^\s*\d+\.\s", re.MULTILINE, ""),
    )
    for pattern, flags, into in steps:
        text = re.sub(pattern, into, text, flags=flags)
    return text


def _said(node: ast.SyntaxNode) -> Iterator[str]:
    """The text of a message that is not filled in."""
    match node:
        case ast.TextElement() | ast.StringLiteral():
            yield node.value
        case ast.Pattern():
            for element in node.elements:
                yield from _said(element)
        case ast.Placeable():
            yield from _said(node.expression)
        case ast.SelectExpression():
            for variant in node.variants:
                yield from _said(variant.value)


def messages(text: str) -> Iterator[tuple[str, str]]:
    """Key and typed text of every message of a catalogue."""
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Message) and entry.value is not None:
            # With a mark between pieces: two of them do not make a number together.
            yield entry.id.name, "\u2063".join(_said(entry.value))


def without_allowed(text: str, file: str) -> str:
    for entry in ALLOWED:
        if any(fnmatch(file, name) for name in entry["files"]):
            text = re.sub(entry["pattern"], "", text)
    return text


def typed(text: str, file: str) -> list[str]:
    """The lines with a digit, or with a count in words beside a unit, that is not allowed."""
    out = []
    counted = re.compile(rf"\b({COUNTS})\s+({UNITS})\b", re.IGNORECASE)
    # A name that is broken over two lines is still a name.
    for number, line in enumerate(without_allowed(text, file).split("\n"), 1):
        if re.search(r"\d", line) or counted.search(line):
            out.append(f"line {number}: {line.strip()}")
    return out


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_number_is_typed_in_a_document(path: Path) -> None:
    assert typed(prose(path.read_text("utf-8")), path.name) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_no_number_is_typed_in_a_sentence(path: Path) -> None:
    found = {
        key: lines
        for key, text in messages(path.read_text("utf-8"))
        if (lines := typed(text.replace("\n", " "), path.name))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "The effect is 3.2 points.",
        "About 550 people took part.",
        "## The 12 months after",
        "| Sweden | 290 |",
        "In 2023 it was 7 per cent [@isf2023, p. 4].",
        '```{python}\n#| tbl-cap: "Effects after 12 months"\nreport.table("x")\n```',
        "Term\n: It lasts 6 months.",
        "Over forty per cent of them answered.",
        '::: {.callout-note title="Five"}\nOf 100 people\n:::',
    ],
)
def test_a_typed_number_is_found(text: str) -> None:
    assert typed(prose(text), "_summary.qmd") != []


@pytest.mark.parametrize(
    "text",
    [
        'Of `{python} report.say("n-2")` people, see @tbl-x-2 and [-@isf2023].',
        '```{python}\n#| label: tbl-x-2\nreport.table("x-2")\n```',
        '$$\nx_{1} = 2\n$$ {#eq-2 alt="x one is two"}',
        "1. first\n2. second",
        "ISF's report 2023:2 gives HC2 errors (https://example.org/2023).",
        ':::: {.content-visible when-meta="parts.subgroups_2"}\nWords.\n::::',
        "---\nlang: en-GB\nversion: 2\n---\nWords.",
    ],
)
def test_what_nobody_reads_as_a_number_is_left_alone(text: str) -> None:
    assert typed(prose(text), "_summary.qmd") == []


def test_a_typed_number_in_a_sentence_of_the_catalogue_is_found() -> None:
    text = "a = { $n ->\n    [1] one\n   *[other] more than 5\n }\nb = { $n } of { $m }\n"
    assert [key for key, said in messages(text) if typed(said, "x.ftl")] == ["a"]


def test_every_entry_of_the_list_is_needed_and_says_why() -> None:
    words = {path.name: prose(path.read_text("utf-8")) for path in DOCUMENTS}
    words |= {
        path.name: "\n".join(text for _, text in messages(path.read_text("utf-8")))
        for path in CATALOGUES
    }
    for entry in ALLOWED:
        assert entry["why"]
        for name in entry["files"]:
            found = [t for file, t in words.items() if fnmatch(file, name)]
            assert any(re.search(entry["pattern"], text) for text in found), (name, entry)


def test_what_the_text_says_of_the_analysis_is_what_the_analysis_does() -> None:
    import inspect

    weights = inspect.signature(censoring.censoring_weights).parameters["truncate"].default
    assert conventions.EXTREMES == register_further.TOP
    assert weights[1] == conventions.TRUNCATED
    assert pytest.approx(1 / multiple._STEP) == conventions.Q_STEP
    assert conventions.GROUP_MINIMUM == subgroups.MINIMUM_ARM
    assert conventions.MOST_ANSWERS == survey_robust.MOST_STEPS == survey_answers.MOST_ANSWERS
