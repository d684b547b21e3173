"""Words of rendered files, so that identifiers can be looked up among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

LONG_NUMBER = 7  # digits; a shorter one may be a count or a year
SHORTEST = 4
_WORD = re.compile(r"\w+")
_CHUNK = re.compile(r"[^\s<>\"'`&;,=|()\[\]{}]+")
_EDGES = ".:!?*_/\\"


@dataclass
class Words:
    """The words of texts, single and two or three in a row, in small letters."""

    found: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Take in the words of a text."""
        lower = text.lower()
        self.found.update(_WORD.findall(lower))
        chunks = [c for raw in _CHUNK.findall(lower) if (c := raw.strip(_EDGES))]
        self.found.update(chunks)
        self.found.update(f"{a} {b}" for a, b in pairwise(chunks))
        self.found.update(f"{a} {b} {c}" for (a, b), (_, c) in pairwise(pairwise(chunks)))

    def holding(self, values: pd.Series) -> npt.NDArray[np.int64]:
        """Which values are among these words and are a sign of somebody; positions, shape (k,).

        Args:
            values: Identifiers, one for each row.
        """
        texts = ["" if pd.isna(v) else str(v).strip().lower() for v in values.to_numpy(object)]
        told = [at for at, text in enumerate(texts) if text in self.found and telling(text)]
        return np.array(told, dtype=np.int64)


def telling(identifier: str) -> bool:
    """Whether a word can only be the identifier: not a short number, and not too short."""
    letters = sum(c.isalpha() for c in identifier)
    digits = sum(c.isdigit() for c in identifier)
    if letters == 0:
        return digits >= LONG_NUMBER
    return letters + digits >= SHORTEST


def words_of(text: str) -> Words:
    """The words of one text."""
    words = Words()
    words.add(text)
    return words


def pdf_text(path: Path) -> str:
    """What a PDF shows, and what it says of itself."""
    return "\n".join(_pages(path))


def _pages(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        yield from document.get_metadata_dict().values()
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            # A word that was broken at the end of a line is one again.
            yield re.sub(r"\ufffe|-\r?\n", "", text.get_text_range())
            text.close()
            page.close()
    finally:
        document.close()
