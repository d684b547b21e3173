"""The few words that the engine itself puts into a report."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "figure": "Figure",
        "table": "Table",
        "section": "Section",
        "equation": "Equation",
        "references": "References",
        "contents": "Contents",
        "skip": "Skip to the text",
        "note": "Note",
        "tip": "Tip",
        "important": "Important",
        "warning": "Warning",
        "caution": "Caution",
        "synthetic": "Synthetic data",
        "top": "Back to the top",
        "title": "Title",
        "data-file": "Data file",
        "no-file": "in the text",
    },
    "sv": {
        "figure": "Figur",
        "table": "Tabell",
        "section": "Avsnitt",
        "equation": "Ekvation",
        "references": "Referenser",
        "contents": "Innehåll",
        "skip": "Hoppa till texten",
        "note": "Notera",
        "tip": "Tips",
        "important": "Viktigt",
        "warning": "Varning",
        "caution": "Se upp",
        "synthetic": "Syntetiska data",
        "top": "Till sidans början",
        "title": "Rubrik",
        "data-file": "Datafil",
        "no-file": "i texten",
    },
}


def words_for(language: str) -> Mapping[str, str]:
    """The engine's words in a language, given by its tag; English if there are none."""
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])
