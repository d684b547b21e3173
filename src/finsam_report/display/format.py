"""Numbers in words: one formatter for every table, figure and sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal

MINUS = "\u2212"
SUPPRESSED = "··"
NONE = "–"
MOST_PLACES = 4

_LOCALES = {"en": "en_GB", "sv": "sv_SE"}
_DECIMALS = {
    "percent": 1,
    "percentage points": 1,
    "scale points": 2,
    "SD": 2,
    "control SD": 2,
    "years": 1,
    "people": 0,
    "days": 0,
}


def locale(language: str) -> str:
    """The locale for numbers and dates of a language."""
    return _LOCALES[language]


def decimals(unit: str, sizes: tuple[float, ...] = ()) -> int:
    """Decimals for a unit; for amounts none once the numbers reach a thousand.

    Args:
        unit: Unit as the ledger writes it.
        sizes: Numbers that are shown together.
    """
    if unit in _DECIMALS:
        return _DECIMALS[unit]
    largest = max((abs(x) for x in sizes if math.isfinite(x)), default=0.0)
    return 0 if largest >= 100 else 2


def is_currency(unit: str) -> bool:
    """Whether a unit of the ledger is a currency, such as SEK."""
    return len(unit) == 3 and unit.isupper()


_WORDS = {
    "en": (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    "sv": (
        "inga",
        "ett",
        "två",
        "tre",
        "fyra",
        "fem",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
        "tolv",
    ),
}


@dataclass(frozen=True)
class Formatter:
    """Formats numbers for a language ("en" or "sv").

    Attributes:
        language: The language.
        mark: Given a number and its text, the text as it is to stand; where numbers are recorded.
    """

    language: str
    mark: Callable[[float, str], str] | None = None

    def _marked(self, value: float, text: str) -> str:
        return text if self.mark is None else self.mark(value, text)

    def number(self, value: float, places: int = 0, *, sign: bool = False) -> str:
        """A number with thousands separated and a true minus; infinite ends as ∞."""
        return self._marked(value, self._number(value, places, sign=sign))

    def _number(self, value: float, places: int = 0, *, sign: bool = False) -> str:
        if math.isnan(value):
            return SUPPRESSED
        if math.isinf(value):
            return ("" if value > 0 else MINUS) + "∞"
        pattern = "#,##0" + ("." + "0" * places if places else "")
        rounded = round(value, places)
        text = format_decimal(abs(rounded), format=pattern, locale=_LOCALES[self.language])
        text = text.replace("\u202f", "\u00a0")
        if rounded < 0:
            return MINUS + text
        return "+" + text if sign and rounded > 0 else text

    def tick(self, value: float) -> str:
        """A number on an axis: no more decimals than it needs, at most two."""
        places = next((d for d in (0, 1) if abs(value - round(value, d)) < 1e-9), 2)
        return self.number(value, places)

    def interval(self, low: float, high: float, places: int) -> str:
        """An interval: 0.9 to 2.1."""
        word = "till" if self.language == "sv" else "to"
        one, two = self.ends(low, high, places)
        return f"{one} {word} {two}"

    def ends(self, low: float, high: float, places: int) -> tuple[str, str]:
        """Both ends of an interval; an end beside zero never reads as zero."""
        if low > 0 or high < 0:
            return self._beside_zero(low, places), self._beside_zero(high, places)
        return self.number(low, places), self.number(high, places)

    def _beside_zero(self, value: float, places: int) -> str:
        while places < MOST_PLACES and round(value, places) == 0:
            places += 1
        return self.number(value, places)

    def p(self, value: float) -> str:
        """A p- or q-value: three decimals, or below 0.001."""
        if math.isnan(value):
            return SUPPRESSED
        if value < 0.0005:
            return self._marked(value, f"<\u00a0{self._number(0.001, 3)}")
        return self.number(value, 3)

    def p_equation(self, value: float) -> str:
        """Such as "= 0.012" or "< 0.001", for a sentence."""
        text = self.p(value)
        return text if text.startswith("<") else f"=\u00a0{text}"

    def with_unit(
        self, value: float, unit: str, places: int | None = None, *, absolute: bool = False
    ) -> str:
        """A number with its unit in words: 3.0 percentage points, SEK 5,100."""
        number = abs(value) if absolute else value
        text = self.number(number, decimals(unit, (value,)) if places is None else places)
        if unit in ("percent", "percentage points", "scale points", "people", "years"):
            if unit == "percent":
                return f"{text}\u00a0per cent" if self.language == "en" else f"{text}\u00a0procent"
            return f"{text}\u00a0{unit}"
        if unit in ("SD", "control SD"):
            return f"{text} standard deviations"
        if is_currency(unit):
            return f"{unit}\u00a0{text}"
        return text if unit in ("", "number") else f"{text}\u00a0{unit}"

    def words(self, count: int) -> str:
        """A count in words up to twelve, as text wants it, in figures beyond."""
        words = _WORDS[self.language]
        if 0 <= count < len(words):
            return self._marked(count, words[count])
        return self.number(count)

    def joined(self, words: list[str]) -> str:
        """Such as "a, b and c"."""
        last = "och" if self.language == "sv" else "and"
        if len(words) <= 1:
            return "".join(words)
        return ", ".join(words[:-1]) + f" {last} {words[-1]}"
