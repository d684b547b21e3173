"""Every column of every table, damaged in every way: a problem that names it, or no change at all.

A damage ends in one of four ways, and nothing else passes:

- a problem that names the file, the column, and the row where a single cell was damaged;
- a warning that does so, which the report lists;
- no change: the parsed tables of all parts are equal to those before. What is computed from them
  is a function of them, which is tried on the ledger of the experiments for each such damage once;
- another allowed value, provably: the contract's own definition of the column allows the cell.

Tables that are not damaged are read once: reading one depends on its file and contract alone.
``python -m pytest tests/inputs/test_corruption.py -s`` prints how many of each there were.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from finsam_report.inputs import contract, other_checks, read
from finsam_report.inputs.contract import Column, Table
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.inputs.tables import read_table
from finsam_report.problems import InputProblems, Problem
from finsam_report.release import released_study
from finsam_report.study import Study, read_study_file

ROW = 3  # the damaged row, from 0; a spreadsheet calls it 5
SHOWN = ROW + 2
Frame = pd.DataFrame
Change = Callable[[Frame, str], Frame | bytes]


@dataclass(frozen=True)
class Damage:
    """A way to damage a column; ``cell``: only the cell in row ``ROW``."""

    name: str
    change: Change
    cell: bool = False
    kinds: tuple[str, ...] = ()
    whole_file: bool = False


def _written(frame: Frame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def _cell(name: str, value: str, *kinds: str) -> Damage:
    def change(frame: Frame, column: str) -> Frame:
        frame = frame.copy()
        frame.loc[ROW, column] = value
        return frame

    return Damage(name, change, cell=True, kinds=kinds)


def _all(name: str, change: Callable[[pd.Series], pd.Series], *kinds: str) -> Damage:
    return Damage(
        name, lambda frame, column: frame.assign(**{column: change(frame[column])}), kinds=kinds
    )


def _doubled_heading(frame: Frame, name: str) -> Frame:
    out = frame.copy()
    out.insert(0, name, frame[name], allow_duplicates=True)
    return out


def _as_before(frame: Frame, name: str) -> Frame:
    frame = frame.copy()
    frame.loc[ROW, name] = frame.loc[ROW - 1, name]
    return frame


def _other_byte(frame: Frame, name: str) -> bytes:
    """A file in UTF-8, but for one letter of Windows-1252."""
    frame = frame.copy().assign(note="språk")
    frame.loc[ROW, name] = "Malm\x01"
    return _written(frame).replace(b"\x01", b"\xf6")


def _serial(cells: pd.Series) -> pd.Series:
    dates = pd.to_datetime(cells.where(cells != ""), format="ISO8601")
    days = (dates - pd.Timestamp("1899-12-30")).dt.days
    return days.astype("Int64").astype("string").fillna("").astype(object)


def _years(number: int) -> Callable[[Frame, str], Frame]:
    def change(frame: Frame, name: str) -> Frame:
        frame = frame.copy()
        cell = frame.loc[ROW, name] or "2006-06-15"
        frame.loc[ROW, name] = str(int(cell[:4]) + number) + cell[4:]
        return frame

    return change


def _mixed(frame: Frame, name: str) -> Frame:
    frame = frame.copy()
    frame.loc[[0, 1, 2], name] = ["1.5", "2.5", "3.5"]
    frame.loc[ROW, name] = "4,5"
    return frame


NUMBERS = ("number", "whole", "binary")
DAMAGES = (
    Damage("missing", lambda frame, name: frame.drop(columns=name)),
    Damage("renamed", lambda frame, name: frame.rename(columns={name: name + "_x"})),
    Damage("in capitals", lambda frame, name: frame.rename(columns={name: name.upper()})),
    Damage("blanks around the heading", lambda f, name: f.rename(columns={name: f" {name} "})),
    Damage("heading twice", _doubled_heading),
    _all("all cells empty", lambda s: s.where(s.isna(), "")),
    _all("blanks around", lambda s: " " + s + "  "),
    _all("no-break blanks behind", lambda s: s + "\u00a0"),
    _cell("an empty cell", ""),
    _cell("a blank cell", "   "),
    _cell("text", "forty-two"),
    _cell("far too large", "987654321012345678"),
    _cell("negative", "-7"),
    _cell("a fraction", "1.5"),
    _cell("infinite", "inf", *NUMBERS),
    _cell("scientific", "1e3", *NUMBERS),
    _cell("not a number, in words", "NaN", *NUMBERS, "date", "category"),
    _cell("an Excel error", "#N/A"),
    _cell("a number of days as Excel counts", "43709"),
    _cell("a decimal comma", "1,5", *NUMBERS),
    _cell("both decimal signs", "1.000,5", *NUMBERS),
    Damage("mixed decimal signs", _mixed, cell=True, kinds=("number",)),
    _cell("a lost letter", "Malm\ufffd"),
    _cell("letters read in another code", "Malm\u00c3\u00b6", "text", "category"),
    Damage("a byte of another code", _other_byte, cell=True),
    _cell("an impossible date", "2019-02-30", "date"),
    _cell("an American date", "08/31/2019", "date"),
    _cell("a date and a time", "2019-08-01 10:15", "date"),
    Damage("shifted back by a century", _years(-100), cell=True, kinds=("date",)),
    Damage("shifted on by a century", _years(100), cell=True, kinds=("date",)),
    _all("all dates as Excel counts", _serial, "date"),
    _all("dates without signs", lambda s: s.where(s.str.len() < 10, s.str.replace("-", "")),
         "date"),
    Damage("the same as in the row before", _as_before, cell=True),
    _cell("a reference to nobody", "nobody-knows", "text", "category"),
    _cell("an identity number", "19811228-9874"),
)  # fmt: skip


def _rows(frame: Frame, name: str) -> Frame:
    return pd.concat([frame.iloc[: ROW + 1], frame.iloc[[ROW - 1]], frame.iloc[ROW + 1 :]])


def _note(heading: str, cell: str) -> Change:
    def change(frame: Frame, name: str) -> Frame:
        return frame.assign(**{heading: [cell if i == ROW else "" for i in range(len(frame))]})

    return change


def _split(frame: Frame, name: str) -> bytes:
    lines = _written(frame).split(b"\n")
    lines[SHOWN - 1] += b",one more"
    return b"\n".join(lines)


def _cut(frame: Frame, name: str) -> bytes:
    lines = _written(frame).split(b"\n")
    return b"\n".join([*lines[: SHOWN - 1], lines[SHOWN - 1].split(b",")[0]])


# Damages of a whole table, with the column and row that must be named, if any.
TABLE_DAMAGES: tuple[tuple[Damage, str | None, int | None], ...] = (
    (Damage("a row twice", _rows), "key", SHOWN + 1),
    (Damage("in UTF-16", lambda f, n: _written(f).decode().encode("utf-16")), None, None),
    (Damage("a byte of zero", lambda f, n: _written(f) + b"\x00"), None, None),
    (Damage("in UTF-8 and Windows-1252",
            lambda f, n: _written(_note("note", "\u00e5\x01")(f, n)).replace(b"\x01", b"\xf6")),
     "last", SHOWN),
    (Damage("an extra column", _note("note", "anything")), None, None),
    (Damage("an extra column of names", _note("efternamn", "Nobody")), "efternamn", None),
    (Damage("an extra column of identity numbers", _note("note", "811228-9874")), "note", SHOWN),
    (Damage("no heading", lambda f, n: _written(f).split(b"\n", 1)[1]), None, None),
    (Damage("no rows", lambda f, n: f.head(0)), None, None),
    (Damage("an empty file", lambda f, n: b""), None, None),
    (Damage("cut off within a row", _cut), None, SHOWN),
    (Damage("a cell too many", _split), None, SHOWN),
    (Damage("a quotation mark", lambda f, n: _written(f) + b'"'), None, None),
    (Damage("blank lines", lambda f, n: _written(f).replace(b"\n", b"\n\n")), None, None),
    (Damage("in Windows", lambda f, n: _written(f).replace(b"\n", b"\r\n")), None, None),
    (Damage("with a mark of its code", lambda f, n: b"\xef\xbb\xbf" + _written(f)), None, None),
)  # fmt: skip


@dataclass
class Reader:
    """Reads the study, a table anew only where its file or contract is another."""

    study: Study
    kept: dict[Any, tuple[Any, list[Problem]]] = field(default_factory=dict)
    together: dict[Any, tuple[tuple[Problem, ...], Inputs | None]] = field(default_factory=dict)

    def table(self, directory: Path, table: Table, report: Any) -> Any:
        path = directory / table.file
        key = (table.file, hash(path.read_bytes()) if path.is_file() else None)
        if key not in self.kept:
            problems: list[Problem] = []
            self.kept[key] = (read_table(directory, table, problems.append), problems)
        frame, problems = self.kept[key]
        for problem in problems:
            report(problem)
        return None if frame is None else frame.copy(deep=False)

    def checked(self, directory: Path, table: Table) -> Inputs:
        """The study with this table as it is now.

        What is said of tables together depends on their cells alone: once for equal cells.

        Raises:
            InputProblems: The study is refused.
        """
        own: list[Problem] = []
        frame = self.table(directory, table, own.append)
        state = (table.file, None if frame is None else _digest(frame))
        if state in self.together:
            said, inputs = self.together[state]
            if inputs is not None and not own:
                return inputs
            if any(problem.severity == "error" for problem in (*own, *said)):
                raise InputProblems((*own, *said))
        try:
            inputs = read_inputs(directory)
        except InputProblems as error:
            self.together[state] = (tuple(p for p in error.problems if p not in own), None)
            raise
        self.together[state] = (inputs.warnings, None if own else inputs)
        return inputs


def _digest(frame: Frame) -> int:
    cells = frame.astype(object).where(frame.notna(), None).to_numpy()
    return hash((tuple(frame.dtypes.items()), tuple(frame.index), *map(tuple, cells)))


def _of_part(study: Study, table: Table) -> Study:
    """The study with the parts that the checks of a table look into."""
    # The register first: it is what the price index is looked at with.
    parts = ("register_", "survey", "organisation", "municipality")
    for name in parts:
        alone = study.model_copy(update={part: None for part in parts if part != name})
        if table in contract.tables(alone):
            if name == "municipality":  # municipalities refer to associations
                return study.model_copy(update={"survey": None, "register_": None})
            return alone
    raise AssertionError(f"{table.file} is of no part")


def _frames(inputs: Inputs) -> Mapping[str, Frame]:
    out = dict(inputs.other)
    for name, tables in (("survey", inputs.survey), ("register", inputs.register)):
        if tables is not None:
            out |= {f"{name} people": tables.participants, f"{name} rows": tables.followed}
    return out


def _equal(one: Inputs, other: Inputs) -> bool:
    a, b = _frames(one), _frames(other)
    return a.keys() == b.keys() and all(
        a[name].equals(b[name]) and a[name].dtypes.equals(b[name].dtypes) for name in a
    )


def _names(problem: Problem, file: str, column: str | None, row: int | None) -> bool:
    """Whether a problem is said to be there; a key of several columns is named in its words."""
    if problem.file != file or (row is not None and row not in problem.rows):
        return False
    named = (problem.column or "").split(" and ")
    key = problem.found.removeprefix("the same ").split(" as in ")[0].split(" and ")
    return column is None or column in named or column in key


def _said(
    problems: tuple[Problem, ...], table: Table, column: Column, damage: Damage, study: Study,
    directory: Path, before: Frame, changed: Frame | bytes,
) -> bool:  # fmt: skip
    """Whether a problem names file, column, and the row of a single damaged cell."""
    row = SHOWN if damage.cell else None
    if any(_names(problem, table.file, column.name, row) for problem in problems):
        return True
    if damage.name == "heading twice":  # it is the heading that is named, in words
        return any(p.file == table.file and f"heading {column.name} " in p.found for p in problems)
    if not damage.cell or isinstance(changed, bytes):
        return False
    return any(_of_two(problem, table, column, changed) for problem in problems) or _missed(
        problems, table, column, study, directory, before
    )


def _words(problem: Problem) -> set[str]:
    return set(re.findall(r"\w+", f"{problem.column} {problem.found} {problem.expected}"))


def _of_two(problem: Problem, table: Table, column: Column, changed: Frame) -> bool:
    """Two cells contradict each other: the problem stands at the other, and names this column.

    The other one is in the same row, or in a row of the same key.
    """
    if problem.file != table.file or column.name not in _words(problem) or not problem.rows:
        return False
    if SHOWN in problem.rows:
        return True
    keys = changed[[*table.key]].apply(tuple, axis=1)
    return keys[ROW] in {keys[row - 2] for row in problem.rows}


def _missed(
    problems: tuple[Problem, ...], table: Table, column: Column, study: Study, directory: Path,
    before: Frame,
) -> bool:  # fmt: skip
    """What other tables say of the row is told there: in the first row that refers to it.

    A reference to a key that is another now, or a cell that contradicts this one, named in words.
    """
    for other in contract.tables(study):
        if other.file == table.file:
            continue
        frame = pd.read_csv(directory / other.file, dtype=str, keep_default_na=False)
        for key in set(table.key) & set(frame.columns):
            rows = [int(i) + 2 for i in np.flatnonzero(frame[key] == before.loc[ROW, key])]
            if rows and any(
                p.file == other.file and rows[0] in p.rows and column.name in _words(p)
                for p in problems
            ):
                return True
    return False


def _allowed(before: Frame, after: Frame, column: Column) -> bool:
    """Whether the changed cells hold what the contract allows: then they are data, not damage."""
    if list(before.columns) != list(after.columns):
        return not column.required and column.name not in after.columns
    changed = after[column.name][before[column.name] != after[column.name]].str.strip()
    if bool((changed == "").all()):
        return column.empty
    changed = changed[changed != ""]
    if column.kind == "text":
        return True
    if column.kind == "category":
        return bool(changed.isin(column.values).all())
    if column.kind == "date":
        return bool(pd.to_datetime(changed, format="ISO8601", errors="coerce").notna().all())
    numbers = pd.to_numeric(changed.str.replace(",", "."), errors="coerce")
    inside = numbers.between(
        -np.inf if column.minimum is None else column.minimum,
        np.inf if column.maximum is None else column.maximum,
    )
    if column.kind == "binary":
        inside = numbers.isin([0, 1])
    elif column.kind == "whole":
        inside &= numbers == numbers.round()
    return bool((inside & np.isfinite(numbers)).all())


@dataclass
class Tally:
    """What became of the damages."""

    kinds: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


def _cases(study: Any, declared: Study) -> Iterator[tuple[Table, Frame]]:
    for table in contract.tables(declared):
        yield table, pd.read_csv(study.path(table.file), dtype=str, keep_default_na=False)


def _party_columns(study: Any) -> None:
    """Efforts with a column for each party in place of the list of them."""
    frame = study.table("efforts.csv")
    parties = ("municipality", "region", "social_insurance", "employment_service")
    lists = frame["parties"].str.split(";")
    study.put("efforts.csv", frame.drop(columns="parties").assign(
        **{f"party_{p}": [str(int(p in cell)) for cell in lists] for p in parties}
    ))  # fmt: skip


@pytest.fixture
def reader(full: Any, monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader(read_study_file(full.directory))
    for module in (read, other_checks):
        monkeypatch.setattr(module, "read_table", made.table)
    monkeypatch.setattr(read, "read_study_file", lambda _: made.study)
    return made


def _outcome(
    study: Any, reader: Reader, table: Table, whole: Inputs, content: bytes
) -> tuple[tuple[Problem, ...], Inputs | None]:
    """What is said of a damaged table, and the study where it is not refused."""
    path = study.path(table.file)
    kept = path.read_bytes()
    path.write_bytes(content)
    try:
        after = reader.checked(study.directory, table)
    except InputProblems as error:
        return error.problems, None
    finally:
        path.write_bytes(kept)
    return tuple(p for p in after.warnings if p not in whole.warnings), after


def _same_ledger(study: Any, table: Table, content: bytes, whole: Inputs) -> bool:
    """Whether the ledger of the experiments is the same, read and computed anew."""
    path = study.path(table.file)
    kept = path.read_bytes()
    path.write_bytes(content)
    try:
        return released_study(read_inputs(study.directory)).frame.equals(
            released_study(whole).frame
        )
    finally:
        path.write_bytes(kept)


def test_every_column_of_every_table_is_in_the_study(full: Any) -> None:
    declared = read_study_file(full.directory)
    for table, frame in _cases(full, declared):
        lacking = {c.name for c in table.columns} - set(frame.columns)
        assert all(name.startswith("party_") for name in lacking), (table.file, lacking)
        assert len(frame) > ROW, table.file


@pytest.mark.parametrize("half", [0, 1])  # of the tables: one for each core
def test_no_damage_goes_through_unseen(
    full: Any, reader: Reader, capsys: pytest.CaptureFixture[str], half: int
) -> None:
    declared, tally, ledgers = reader.study, Tally(), set[str]()
    everything = list(_cases(full, declared))
    _party_columns(full)
    parted = next(item for item in _cases(full, declared) if item[0].file == "efforts.csv")
    for variant in ([parted], everything):
        for table, frame in variant:
            full.path(table.file).write_bytes(_written(frame))
        own = variant[half::2]
        for table, frame in own:
            reader.study = _of_part(declared, table)
            whole = read_inputs(full.directory)
            assert whole.warnings == ()
            for column in table.columns:
                if column.name not in frame.columns or (
                    variant is not everything and not column.name.startswith("party_")
                ):
                    continue
                for damage in DAMAGES:
                    if damage.kinds and column.kind not in damage.kinds:
                        continue
                    changed = damage.change(frame, column.name)
                    content = changed if isinstance(changed, bytes) else _written(changed)
                    said, after = _outcome(full, reader, table, whole, content)
                    _judge(tally, full, reader, whole, ledgers,
                           table, column, damage, frame, changed, said, after)  # fmt: skip
            if variant is everything:
                _damage_table(tally, full, reader, whole, table, frame)
    total = sum(tally.kinds.values()) + len(tally.unseen)
    with capsys.disabled():
        counts = "; ".join(f"{n} {kind}" for kind, n in sorted(tally.kinds.items()))
        sys.stdout.write(f"\n{total} damages of {len(everything[half::2])} tables: {counts}\n")
    assert tally.unseen == []
    assert tally.unnamed == []
    assert total >= 400


def _judge(
    tally: Tally, study: Any, reader: Reader, whole: Inputs, ledgers: set[str],
    table: Table, column: Column, damage: Damage, frame: Frame, changed: Frame | bytes,
    said: tuple[Problem, ...], after: Inputs | None,
) -> None:  # fmt: skip
    place = f"{table.file}, {column.name}: {damage.name}"
    where = (table, column, damage, reader.study, study.directory, frame, changed)
    if after is None:
        tally.kinds["a problem that names the place"] += 1
        if not _said(said, *where):
            tally.unnamed.append(f"{place}: {[p.text() for p in said]}")
    elif _equal(whole, after) and not said:
        tally.kinds["no change"] += 1
        if damage.name not in ledgers and whole.survey is not None:
            ledgers.add(damage.name)
            content = changed if isinstance(changed, bytes) else _written(changed)
            assert _same_ledger(study, table, content, whole), place
    elif said and _said(said, *where):
        tally.kinds["a warning that names the place"] += 1
    elif isinstance(changed, Frame) and _allowed(frame, changed, column):
        tally.kinds["another allowed value"] += 1
    else:
        tally.unseen.append(f"{place}: {[p.text() for p in said]}")


def _damage_table(
    tally: Tally, study: Any, reader: Reader, whole: Inputs, table: Table, frame: Frame
) -> None:
    for damage, column, row in TABLE_DAMAGES:
        changed = damage.change(frame, "")
        content = changed if isinstance(changed, bytes) else _written(changed)
        said, after = _outcome(study, reader, table, whole, content)
        place = f"{table.file}: {damage.name}"
        if after is not None and _equal(whole, after) and not said:
            tally.kinds["no change"] += 1
            continue
        if not said:
            tally.unseen.append(place)
            continue
        severe = "a problem" if after is None else "a warning"
        tally.kinds[f"{severe} that names the place"] += 1
        name = {"key": table.key[0], "last": f"column {frame.shape[1] + 1}"}.get(column, column)
        if not any(_names(p, table.file, name, row) for p in said):
            tally.unnamed.append(f"{place}: {[p.text() for p in said]}")
