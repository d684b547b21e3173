"""What two studies or reports differ in: plain data, from which text, HTML and JSON are made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from finsam_report.display.lookup import Row
from finsam_report.study import Study

Verdict = Literal["favourable", "unfavourable", "above", "below", "neither", "unknown"]
Status = Literal["new", "gone", "changed", "suppressed", "shown"]


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    Attributes:
        name: Name of its directory.
        kind: A study, which was read and analysed, or an output that lies ready.
        version: Version of the package that made its numbers.
        study: The study as declared, where it is known.
        files: SHA-256 and size of its input files; the size is None where it is not known.
    """

    name: str
    kind: Literal["study", "output"]
    version: str
    study: Study | None
    files: Mapping[str, tuple[str, int | None]]


@dataclass(frozen=True)
class ColumnChange:
    """A column with other values than before, among the rows that both have."""

    name: str
    cells: int


@dataclass(frozen=True)
class TableChange:
    """A table of the inputs that is not as it was; numbers of rows and cells, never a value.

    Attributes:
        table: Name of the table, the same for every study.
        file: Its file in the new study, or in the old one where the new one has none.
        key: Columns that name a row.
        status: Whether the table itself is new or gone.
        rows: Rows before and after.
        added: Rows that only the new table has.
        removed: Rows that only the old table has.
        changed: Rows that both have, with some other value.
        columns: Columns with other values.
        columns_added: Columns that only the new table has.
        columns_removed: Columns that only the old table has.
        columns_renamed: Old and new heading of columns with the same values.
    """

    table: str
    file: str
    key: tuple[str, ...]
    status: Literal["new", "gone", "changed"]
    rows: tuple[int, int]
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns: tuple[ColumnChange, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FileChange:
    """An input file with other bytes, where the tables themselves are not at hand."""

    file: str
    status: Literal["new", "gone", "changed"]
    sizes: tuple[int | None, int | None]


@dataclass(frozen=True)
class EntryChange:
    """An entry of study.toml, with what it said and says; None where it was not there.

    A piece that is wholly new or gone is told once, with the number of its entries.
    """

    place: str
    old: str | None
    new: str | None
    count: int = 1


@dataclass(frozen=True)
class Renamed:
    """An outcome or characteristic that goes by another name and has the same values."""

    part: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """A row of the ledger that is not as it was.

    Attributes:
        status: What happened to it.
        old: The row before, under its new name where it was renamed; None where it is new.
        new: The row now; None where it is gone.
        columns: Columns that differ beyond the tolerance.
        old_verdict: What its interval said.
        new_verdict: What its interval says.
        main: Whether it is a main effect of its part.
    """

    status: Status
    old: Row | None
    new: Row | None
    columns: tuple[str, ...]
    old_verdict: Verdict
    new_verdict: Verdict
    main: bool

    @property
    def row(self) -> Row:
        """The row now, or as it was where it is gone."""
        row = self.new or self.old
        if row is None:
            raise ValueError("a change without a row")
        return row

    @property
    def flipped(self) -> bool:
        """Whether the conclusion is another one, where there is one on both sides."""
        known = "unknown" not in (self.old_verdict, self.new_verdict)
        return known and self.old_verdict != self.new_verdict

    @property
    def shift(self) -> float:
        """The change of the estimate in standard errors of before; NaN where it has none."""
        if self.old is None or self.new is None:
            return math.nan
        moved = self.new.estimate - self.old.estimate
        return moved / self.old.std_error if self.old.std_error > 0 else math.nan


@dataclass(frozen=True)
class Comparison:
    """All that two studies or reports differ in.

    Attributes:
        old: What is compared with.
        new: What is compared.
        tolerance: T: numbers a and b differ where ``|a - b| > T + T max(|a|, |b|)``.
        tables: Tables that differ, where both sides are studies.
        files: Files that differ, where one side is an output.
        entries: Entries of study.toml that differ, where both sides are studies.
        same_values: Files with other bytes and the same values.
        renamed: Outcomes and characteristics that go by another name.
        rows: Rows of the ledger that differ, in the ledger's order.
        sizes: Rows of the ledger before and after.
    """

    old: Side
    new: Side
    tolerance: float
    tables: tuple[TableChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    same_values: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    rows: tuple[RowChange, ...] = ()
    sizes: tuple[int, int] = (0, 0)

    @property
    def equal(self) -> bool:
        """Whether inputs and ledger are the same; another package version is no difference."""
        return not (self.tables or self.files or self.entries or self.renamed or self.rows)

    @property
    def flips(self) -> tuple[RowChange, ...]:
        """Conclusions that are no longer the same: main effects first, then by size of change."""
        found = [change for change in self.rows if change.flipped]
        return tuple(sorted(found, key=lambda c: (not c.main, *_size(c))))

    @property
    def main(self) -> tuple[RowChange, ...]:
        """Main effects that changed and whose conclusion did not, the largest change first."""
        found = [change for change in self.rows if change.main and not change.flipped]
        return tuple(sorted(found, key=_size))


def _size(change: RowChange) -> tuple[bool, float]:
    """Largest change first; what has no size in standard errors comes before all."""
    shift = change.shift
    return (not math.isnan(shift), 0.0 if math.isnan(shift) else -abs(shift))
