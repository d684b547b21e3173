"""What is wrong with the input, in words that say how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from finsam_report.errors import FinsamError

MAX_ROWS_SHOWN = 5


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, what was found, what was expected, how to mend it.

    An error stops; a warning is listed in the report.

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
    severity: Literal["error", "warning"] = "error"

    def text(self) -> str:
        """The problem in one paragraph."""
        place = self.file
        if self.column:
            entry = self.file.endswith(".toml")  # a file of entries has no columns
            place += f", {self.column}" if entry else f", column {self.column}"
        if self.rows:
            word = "row" if self.count == 1 else "rows"
            shown = ", ".join(str(row) for row in self.rows)
            more = f" and {self.count - len(self.rows)} more" if self.count > len(self.rows) else ""
            place += f", {word} {shown}{more}"
        return f"{place}: found {self.found}; expected {self.expected}. To mend: {self.mend}."


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems once each, sorted by file and row."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.file, p.rows[:1] or (0,), p.column or "", p.found),
        )
    )


def listed(problems: Iterable[Problem], word: str) -> str:
    """A heading with the number of problems, and a line for each."""
    found = tuple(problems)
    head = f"{len(found)} {word}{'s' if len(found) != 1 else ''} in the input"
    return "\n".join([head, *(f"- {p.text()}" for p in found)])


class InputProblems(FinsamError):
    """All problems of a study at once, sorted by file and row; errors before warnings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = ordered(problems)
        errors = [p for p in found if p.severity == "error"]
        # What is odd about a column with errors mostly comes from them.
        wrong = {(p.file, p.column) for p in errors}
        warnings = [p for p in found if p.severity == "warning" and (p.file, p.column) not in wrong]
        self.problems = (*errors, *warnings)
        text = listed(errors, "problem")
        if warnings:
            text += "\n" + listed(warnings, "warning")
        super().__init__(text)

    @classmethod
    def one(cls, *, file: str, found: str, expected: str, mend: str) -> InputProblems:
        """A single problem with a whole file."""
        return cls([Problem(file=file, found=found, expected=expected, mend=mend)])


def from_json(text: str) -> tuple[Problem, ...]:
    """The problems that :func:`as_json` wrote; none from an empty text."""
    found = json.loads(text)["problems"] if text else []
    return tuple(Problem(**{**item, "rows": tuple(item["rows"])}) for item in found)


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as JSON, for machines."""
    return json.dumps({"problems": [asdict(p) for p in problems]}, ensure_ascii=False, indent=2)
