"""Lint of the report documents: what they call exists, and what they show is spoken of.

Run as ``python tests/lint_documents.py report``; prints every problem and exits with 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

from finsam_report.display.report import FIGURES, TABLES, TEXTS
from finsam_report.engine.builtin.pieces import Cell, Document
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.job import RenderJob

OTHER_TEXTS = {
    "setting-survey", "setting-register", "background-other", "about-truth", "choices",
    "suppression", "warnings", "files-tables", "files-figures",
    "plan-file",
}  # fmt: skip
KNOWN = {
    "table": {*TABLES, "inputs"},
    "figure": set(FIGURES),
    "text": {*TEXTS, *OTHER_TEXTS},
}
CALL = re.compile(r"report\.(table|figure|text)\(\s*\"([^\"]+)\"\s*\)")
# Results are looked up: a typed number with a decimal or a per cent sign is suspect in prose.
TYPED = re.compile(r"(?<![\w.@#-])\d+(?:[.,]\d+)?\s*(?:per cent|percentage points|%)")


def everything(root: Path, name: str = "report") -> Document:
    """An English document with every conditional piece shown."""
    parts = yaml.safe_load((root.parent / "_quarto.yml").read_text("utf-8"))["parts"]
    flags = dict.fromkeys(parts, True)
    return read_document(RenderJob(root, "en", ("html",), Path(), flags, document=name))


def problems(root: Path) -> list[str]:
    """Every problem of every document, with file and line; each document stands by itself."""
    names = sorted(path.stem for path in (root / "en").glob("[!_]*.qmd"))
    return [problem for name in names for problem in problems_of(everything(root, name))]


def problems_of(document: Document) -> list[str]:
    """Every problem of a document."""
    out: list[str] = []
    shown: dict[str, str] = {}
    prose: list[tuple[str, str]] = []
    for piece in document.pieces:
        if not isinstance(piece, Cell):
            prose += [(f"{line.document}, line {line.number}", line.text) for line in piece.lines]
            continue
        place = f"{piece.document}, line {piece.line}"
        for kind, name in CALL.findall(piece.source):
            if name not in KNOWN[kind]:
                out.append(f"{place}: there is no {kind} '{name}'")
            if kind != "text":
                shown[f"{'tbl' if kind == 'table' else 'fig'}-{name}"] = place
    text = "\n".join(line for _, line in prose)
    for label, place in shown.items():
        if f"@{label}" not in text:
            out.append(f"{place}: {label} is shown but nowhere referred to")
    for place, line in prose:
        if "register.qmd" in place or "survey.qmd" in place or "summary.qmd" in place:
            found = TYPED.search(re.sub(r"`[^`]*`", "", line))
            if found:
                out.append(f"{place}: a typed number, '{found[0]}'; look it up in the ledger")
    return out


if __name__ == "__main__":
    found = problems(Path(sys.argv[1] if len(sys.argv) > 1 else "report"))
    for problem in found:
        sys.stdout.write(problem + "\n")
    sys.exit(1 if found else 0)
