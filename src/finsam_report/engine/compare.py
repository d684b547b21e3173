"""Comparing two studies or reports: inputs, ledgers, conclusions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finsam_report.display.comparison import Comparison, EntryChange, FileChange, TableChange
from finsam_report.engine import compare_inputs, compare_ledger
from finsam_report.engine.compare_sides import checked, kind_of, opened

TOLERANCE = 1e-9


def compare(
    old: Path,
    new: Path,
    tolerance: float = TOLERANCE,
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Compare two directories, each a study or an output.

    A study is read, checked and analysed; an output is taken as it lies there. Where both are
    studies their tables are set beside one another row by row; else files by their hashes.

    Args:
        old: What to compare with.
        new: What to compare.
        tolerance: T: numbers a and b differ where ``|a - b| > T + T max(|a|, |b|)``.
        progress: Told in a few words what happens next.

    Raises:
        NothingToCompareError: A directory is neither a study nor an output.
        FinsamError: A study breaks its contract, or a ledger has another form.
    """
    for directory in (old, new):
        kind_of(directory)
    # Whatever is wrong is said before anything is estimated.
    before, after = checked(old, "old", progress), checked(new, "new", progress)
    one, two = opened(old, "old", before, progress), opened(new, "new", after, progress)
    progress("comparing")
    tables: tuple[TableChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    same: tuple[str, ...] = ()
    if one.inputs is not None and two.inputs is not None:
        tables = compare_inputs.tables(one.inputs, two.inputs)
        same = compare_inputs.same_values(one.side, two.side, tables, two.inputs)
    else:
        files = compare_inputs.files(one.side, two.side)
    names = compare_ledger.renamed(one.released, two.released, tables, tolerance)
    if one.inputs is not None and two.inputs is not None:
        entries = compare_inputs.entries(one.inputs.study, two.inputs.study, names)
    ways = compare_ledger.directions(one.side.study, two.side.study)
    rows = compare_ledger.changes(one.released, two.released, names, tolerance, ways)
    return Comparison(
        old=one.side,
        new=two.side,
        tolerance=tolerance,
        tables=tables,
        files=files,
        entries=entries,
        same_values=same,
        renamed=names,
        rows=rows,
        sizes=(len(one.released.frame), len(two.released.frame)),
    )
