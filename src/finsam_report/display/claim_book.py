"""Writing the register of claims as a document asks for its texts."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from finsam_report.display.claims import (
    NAME,
    claims,
    lines,
    numbers_of,
    plain,
    read_rows,
    write_rows,
)
from finsam_report.display.places import Place, places
from finsam_report.display.traced import Recorder
from finsam_report.study import Study


@dataclass
class ClaimBook:
    """The claims of one document, written to ``claims.csv`` as they are made.

    Attributes:
        path: Where the register is written.
        document: Document and language, such as ``report.en``.
        declared: Numbers that the study declares.
        where: Where the document asks for what.
        untraced: Texts that read otherwise when their numbers were traced: a mistake in the
            program, for which no number of theirs is claimed to be one of the ledger.
    """

    path: Path
    document: str
    declared: frozenset[str]
    where: dict[tuple[str, str], list[Place]]
    untraced: list[str] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def wanted(self, kind: str, name: str) -> bool:
        """Whether a text is not in the register yet; it is from now on."""
        new = (kind, name) not in self._seen
        self._seen.add((kind, name))
        return new

    def note(
        self, kind: str, name: str, shown: str, marked: str, recorder: Recorder, call: str = ""
    ) -> None:
        """Record the numbers of a text.

        Args:
            kind: What it stands in: text, say, caption, alt or note.
            name: Its name.
            shown: The text as it is shown.
            marked: The text made again with its numbers traced.
            recorder: What was read and written meanwhile.
            call: How the document asks for it, where that is not ``kind``.
        """
        if plain(marked) != shown:
            self.untraced.append(f"{kind} {name}")
            marked = shown
        found = claims(
            marked, recorder, self.declared, document=self.document, kind=kind, name=name,
            places=tuple(self.where.get((call or kind, name), ())),
        )  # fmt: skip
        with self.path.open("a", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(lines(found))


def opened(output: Path, study: Study, documents: Path, language: str, document: str) -> ClaimBook:
    """A book for a document; what an earlier run told of the same document is struck out.

    Args:
        output: The output directory; made where it is not there.
        study: The study as declared.
        documents: Directory of the documents.
        language: Language of the document.
        document: Its name.
    """
    output.mkdir(parents=True, exist_ok=True)
    path, name = output / NAME, f"{document}.{language}"
    try:
        kept = [tuple(row.values()) for row in read_rows(path) if row["document"] != name]
    except (OSError, ValueError):
        kept = []
    write_rows(path, kept)
    return ClaimBook(path, name, numbers_of(study), places(documents, language, document))
