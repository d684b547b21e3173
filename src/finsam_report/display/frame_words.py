"""What the report's frame says: foreword, colophon, statements, published figures."""

from __future__ import annotations

import re
from pathlib import Path

from finsam_report.display.context import Context
from finsam_report.display.format import is_currency
from finsam_report.display.shown import escaped

_MILLION = 1_000_000
_PUBLISHED = re.compile(r"published-(?P<series>.+)-(?P<year>\d{4})")


def foreword(context: Context) -> str:
    """The declared foreword, a paragraph for each piece between empty lines."""
    label = context.study.study.foreword
    if label is None:
        return ""
    pieces = re.split(r"\n\s*\n", label.text(context.language).strip())
    return "\n\n".join(escaped(" ".join(piece.split())) for piece in pieces)


def _listed(pairs: list[tuple[str, str]]) -> str:
    """A definition list."""
    return "\n\n".join(f"{name}\n: {text}" for name, text in pairs)


def colophon(context: Context) -> str:
    """What is given of the facts of publication, as a definition list."""
    about, language = context.study.study, context.language
    told = about.colophon
    titles = [label.text(language) for label in (about.title, about.subtitle) if label]
    published = ", ".join(str(x) for x in (told.place, told.year) if x is not None)
    entries = (
        ("title", ". ".join(titles)),
        ("author", about.author),
        ("publisher", told.publisher and told.publisher.text(language)),
        ("number", told.number),
        ("isbn", told.isbn),
        ("issn", told.issn),
        ("registration", told.registration),
        ("published", published),
        ("address", told.address),
        ("contact", told.contact),
        ("licence", told.licence and told.licence.text(language)),
    )
    return _listed(
        [
            (context.word(f"colophon-{name}"), escaped(" ".join(text.split())))
            for name, text in entries
            if text
        ]
    )


def statements(context: Context) -> str:
    """What those who ran the trials state, or that they state nothing."""
    given = context.study.study.statements.given()
    if not given:
        return context.word("statements-none")
    return _listed(
        [
            (
                context.word(f"statement-{name}"),
                escaped(" ".join(label.text(context.language).split())),
            )
            for name, label in given.items()
        ]
    )


def has_colophon(context: Context) -> bool:
    """Whether any fact of publication is declared."""
    told = context.study.study.colophon
    return any(getattr(told, name) is not None for name in type(told).model_fields)


def is_published(name: str) -> bool:
    """Whether a name for a sentence is that of a published figure."""
    return _PUBLISHED.fullmatch(name) is not None


def published(context: Context, name: str) -> str:
    """A published figure in words, such as "SEK 339 million" for ``published-state-2016``.

    Args:
        context: Study and released ledger.
        name: ``published-SERIES-YEAR``, as the ledger names the series.

    Raises:
        KeyError: The name is not of that kind.
    """
    found = _PUBLISHED.fullmatch(name)
    if found is None:
        raise KeyError(f"there is no text '{name}' for a sentence")
    rows = [
        row
        for row in context.look.rows("organisation", "published", outcome=found["series"])
        if row.horizon == float(found["year"]) and row.known
    ]
    if not rows:
        return context.word("published-none")
    row, fmt = rows[0], context.fmt
    value = row.estimate
    if is_currency(row.unit) and value >= _MILLION:
        text = context.word("published-million", number=fmt.number(value / _MILLION))
    elif is_currency(row.unit) or row.unit == "percent":
        text = fmt.with_unit(value, row.unit, 0)
    else:
        text = fmt.number(value, 0 if value == round(value) else 1)
    kind = next((k for k in ("about", "over") if k in row.estimator.split("|")), "plain")
    return context.word(f"published-{kind}", number=text)


def files(context: Context, folder: Path) -> str:
    """The data files that were written into a folder so far, as a list.

    The built-in engine puts a table with numbers, captions and links in its place.
    """
    names = sorted(path.name for path in folder.glob("*.csv")) if folder.is_dir() else []
    if not names:
        return context.word("files-none")
    return "\n".join(f"- `{folder.name}/{name}`" for name in names)
