"""Numbers that remember which rows of the ledger they came from, while a text is being made.

The text itself is made from plain numbers; it is made a second time from traced ones, only to
know where each number came from. So the record can neither change a report nor be forgotten by
the code that writes a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, SupportsIndex

from finsam_report.display.lookup import Lookup, Row
from finsam_report.study import Study

Key = tuple[str, str, str, str, float, str]
# Characters of private use that no text has: one stands behind each number, its place in the list.
_FIRST, _LAST = 0xF0000, 0xFFFFD
MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")

NUMBERS = (
    "estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value", "n_support", "n_control",
    "control_mean",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A number of the ledger: the key of its row, and its column."""

    key: Key
    column: str


class Traced(float):
    """A number with what it was made from.

    Attributes:
        sources: The numbers of the ledger behind it; none where the study declares it.
        exact: Whether it is one of them, but for its sign.
    """

    __slots__ = ("exact", "sources")
    sources: tuple[Source, ...]
    exact: bool

    def __new__(cls, value: float, sources: tuple[Source, ...], *, exact: bool) -> Traced:
        """A number and where it came from."""
        made = super().__new__(cls, value)
        made.sources, made.exact = sources, exact
        return made

    @property
    def declared(self) -> bool:
        """Whether it was made from what the study declares alone."""
        return not self.sources

    def _with(self, value: float, other: object = None) -> Traced:
        more = other.sources if isinstance(other, Traced) else ()
        return Traced(value, tuple(dict.fromkeys([*self.sources, *more])), exact=False)

    def __neg__(self) -> Traced:
        return Traced(-float(self), self.sources, exact=self.exact)

    def __abs__(self) -> Traced:
        return Traced(abs(float(self)), self.sources, exact=self.exact)

    def __pos__(self) -> Traced:
        return self

    def __round__(self, digits: SupportsIndex | None = None) -> Any:
        if digits is None:
            return round(float(self))  # a whole number, as of any other
        return Traced(round(float(self), digits), self.sources, exact=self.exact)

    def __add__(self, other: float) -> Traced:
        if not isinstance(other, Traced) and other == 0:
            return self  # where sum() starts
        return self._with(float(self) + float(other), other)

    __radd__ = __add__

    def __sub__(self, other: float) -> Traced:
        return self._with(float(self) - float(other), other)

    def __rsub__(self, other: float) -> Traced:
        return self._with(float(other) - float(self), other)

    def __mul__(self, other: float) -> Traced:
        return self._with(float(self) * float(other), other)

    __rmul__ = __mul__

    def __truediv__(self, other: float) -> Traced:
        return self._with(float(self) / float(other), other)

    def __rtruediv__(self, other: float) -> Traced:
        return self._with(float(other) / float(self), other)


@dataclass(frozen=True)
class Formatted:
    """A number as it was written, and the number it was."""

    text: str
    value: float


@dataclass
class Recorder:
    """What was read and written while a text was made."""

    read: dict[Key, Row] = field(default_factory=dict)
    written: list[Formatted] = field(default_factory=list)

    def mark(self, value: float, text: str) -> str:
        """The text of a number with its mark behind it."""
        if len(self.written) > _LAST - _FIRST:
            raise ValueError("a text has more numbers than can be recorded")
        self.written.append(Formatted(text, value))
        return text + chr(_FIRST + len(self.written) - 1)

    def of(self, mark: str) -> Formatted:
        """What a mark stands behind."""
        return self.written[ord(mark) - _FIRST]

    def row(self, row: Row) -> Row:
        """A row whose numbers are traced; the same object each time it is read."""
        found = self._seen.get(id(row))
        if found is None:
            key = (row.part, row.analysis, row.outcome, row.group, row.horizon, row.estimator)
            numbers: dict[str, Any] = {
                name: Traced(getattr(row, name), (Source(key, name),), exact=True)
                for name in NUMBERS
            }
            found = replace(row, **numbers)
            self._seen[id(row)] = found
            self.read[key] = row  # which keeps it, so that no other row can get its identity
        return found

    _seen: dict[int, Row] = field(default_factory=dict)


class RecordingLookup(Lookup):
    """The released ledger, which records what is read from it."""

    def __init__(self, look: Lookup, recorder: Recorder) -> None:
        self.__dict__.update(look.__dict__)
        self.recorder = recorder
        self.mark = recorder.mark

    def row(
        self,
        part: str,
        analysis: str,
        outcome: str,
        estimator: str,
        *,
        group: str = "all",
        horizon: float | None = None,
    ) -> Row | None:
        """As :meth:`Lookup.row`, recorded."""
        found = super().row(part, analysis, outcome, estimator, group=group, horizon=horizon)
        return None if found is None else self.recorder.row(found)

    def rows(self, part: str, analysis: str, **key: str | float) -> list[Row]:
        """As :meth:`Lookup.rows`, recorded."""
        return [self.recorder.row(row) for row in super().rows(part, analysis, **key)]


def traced_choices(study: Study) -> Study:
    """A study whose numbers of the analysis are known as declared wherever they are written."""
    choices = study.analysis
    declared = {
        name: Traced(getattr(choices, name), (), exact=True) for name in ("level", "draws", "power")
    }
    return study.model_copy(update={"analysis": choices.model_copy(update=declared)})
