"""What a comparison says of the inputs: numbers of rows and cells, never a value of a person."""

from __future__ import annotations

import re

from finsam_report.display.comparison import Comparison, EntryChange, TableChange
from finsam_report.display.comparison_names import Names


def input_lines(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """A sentence for each thing that is not as it was."""
    word, fmt = names.word, names.fmt
    out = [
        word(
            "cmp-renamed",
            part=names.part(item.part),
            old=item.old,
            new=item.new,
            same=int(not _touched(comparison, item.part, item.new)),
        )
        for item in comparison.renamed
    ]
    out += [_table(change, names) for change in comparison.tables]
    for file in comparison.files:
        old, new = (fmt.number(s) if s is not None else "" for s in file.sizes)
        out.append(
            word(
                f"cmp-file-{file.status}",
                file=file.file,
                sizes=int(bool(old and new)),
                old=old,
                new=new,
            )
        )
    out += [word("cmp-same-values", file=file) for file in comparison.same_values]
    out += _entries(comparison.entries, names)
    return tuple(out) or (word("cmp-inputs-equal"),)


def _touched(comparison: Comparison, part: str, name: str) -> bool:
    """Whether some row of a renamed outcome has other numbers."""
    return any(
        change.row.part == part and change.row.outcome.split("=", 1)[0] == name
        for change in comparison.rows
    )


def _table(change: TableChange, names: Names) -> str:
    word, fmt = names.word, names.fmt
    if change.status != "changed":
        rows = max(change.rows)
        return word(
            f"cmp-table-{change.status}", file=change.file, rows=fmt.number(rows), count=rows
        )
    pieces = [
        word(f"cmp-rows-{kind}", number=fmt.number(count), count=count)
        for kind, count in (("added", change.added), ("removed", change.removed))
        if count
    ]
    if change.changed:
        columns = [
            word("cmp-column", name=column.name, number=fmt.number(column.cells))
            for column in change.columns
        ]
        pieces.append(
            word(
                "cmp-rows-changed",
                number=fmt.number(change.changed),
                count=change.changed,
                columns=fmt.joined(columns),
            )
        )
    for kind, listed in (("added", change.columns_added), ("removed", change.columns_removed)):
        if listed:
            pieces.append(
                word(f"cmp-columns-{kind}", names=fmt.joined(list(listed)), count=len(listed))
            )
    pieces += [word("cmp-column-renamed", old=old, new=new) for old, new in change.columns_renamed]
    return word("cmp-table", file=change.file, what="; ".join(pieces))


def _entries(entries: tuple[EntryChange, ...], names: Names) -> list[str]:
    """Entries one by one; a piece that is wholly new or gone in one line."""
    out: list[str] = []
    for entry in entries:
        kind = "new" if entry.old is None else "gone" if entry.new is None else "changed"
        if entry.count > 1:
            number = names.fmt.number(entry.count)
            out.append(names.word(f"cmp-entries-{kind}", place=entry.place, number=number))
            continue
        said = {"old": _quoted(entry.old), "new": _quoted(entry.new)}
        out.append(names.word(f"cmp-entry-{kind}", place=entry.place, **said))
    return out


def _quoted(text: str | None) -> str:
    """Text in quotation marks; numbers, true and false, and lists as they are."""
    if not text or text in ("true", "false") or re.fullmatch(r"-?[\d.]+(e-?\d+)?|\[.*", text):
        return text or ""
    return f"“{text}”"
