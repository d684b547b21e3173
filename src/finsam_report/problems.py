"""What is wrong with the input, in words that say how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from finsam_report.errors import FinsamError

MAX_ROWS_SHOWN = 5


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, what was found, what was expected, how to mend it.

    ``rows`` are line numbers as a spreadsheet shows them (the heading is row 1), at most the
    first few; ``count`` is how many rows have the problem.
    """

    file: str
    found: str
    expected: str
    mend: str
    column: str | None = None
    rows: tuple[int, ...] = ()
    count: int = 0

    def text(self) -> str:
        """The problem in one paragraph."""
        place = self.file
        if self.column:
            place += f", column {self.column}" if self.file != "study.toml" else f", {self.column}"
        if self.rows:
            word = "row" if self.count == 1 else "rows"
            shown = ", ".join(str(row) for row in self.rows)
            more = f" and {self.count - len(self.rows)} more" if self.count > len(self.rows) else ""
            place += f", {word} {shown}{more}"
        return f"{place}: found {self.found}; expected {self.expected}. To mend: {self.mend}."


class InputProblems(FinsamError):
    """All problems of a study at once, sorted by file and row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.file, p.rows[:1] or (0,), p.column or "", p.found))
        )
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the input"
        super().__init__("\n".join([head, *(f"- {p.text()}" for p in self.problems)]))

    @classmethod
    def one(cls, *, file: str, found: str, expected: str, mend: str) -> InputProblems:
        """A single problem with a whole file."""
        return cls([Problem(file=file, found=found, expected=expected, mend=mend)])


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as JSON, for machines."""
    return json.dumps({"problems": [asdict(p) for p in problems]}, ensure_ascii=False, indent=2)
