"""The documents that can be made of a study: what each needs, and how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["report", "short", "sheet"]


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    Attributes:
        layout: ``report`` has a cover, contents, and chapters that start on a new page; ``short``
            a head on its first page and no contents in print; ``sheet`` is a single page.
        analysed: Whether it shows results; otherwise ``study.toml`` alone is read, and the
            study's tables need not exist.
        own_title: Key of the title, where it is not the study's.
    """

    layout: Layout
    analysed: bool
    own_title: str = ""


REPORT, BRIEF, ASSOCIATION = "report", "brief", "association"
EVALUATION = ("evaluation-plan", "progress-report")
DOCUMENTS = {
    REPORT: Kind("report", analysed=True),
    BRIEF: Kind("sheet", analysed=True),
    ASSOCIATION: Kind("short", analysed=True),
    "analysis-plan": Kind("short", analysed=False, own_title="document-analysis-plan"),
    "evaluation-plan": Kind("short", analysed=False, own_title="document-evaluation-plan"),
    "progress-report": Kind("short", analysed=False, own_title="document-progress-report"),
}


def layout_of(document: str) -> Layout:
    """The layout of a document by its name; an unknown one is laid out as the report."""
    kind = DOCUMENTS.get(document)
    return kind.layout if kind else "report"


def option_of(document: str, association: str = "") -> str:
    """The option of ``finsam-report render`` that makes a document, with a blank before it."""
    match document:
        case "report":
            return ""
        case "brief":
            return " --brief"
        case "association":
            return f" --association {association}"
    return f" --document {document}"
