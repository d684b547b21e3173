"""The cells of a column as numbers or text; what is in doubt is a fault, never guessed.

Text is looked at once for each distinct value, however many rows have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_DIGITS = "0123456789"
_SPACE = "[ \u00a0\u2009\u202f]"
_SIGN = "[+\u2212-]?"
# Only plain decimal notation: "1e3", "inf" or "0x10" in a cell is more likely a slip; and at
# most 15 digits before the decimals, beyond which a float is no longer exact.
_PLAIN = rf"^{_SIGN}([0-9]{{1,15}}([.,][0-9]*)?|[.,][0-9]+)$"
_GROUPED = rf"^{_SIGN}[0-9]{{1,3}}({_SPACE}[0-9]{{3}}){{1,4}}([.,][0-9]*)?$"
_OPEN = rf"^{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}$"
_MANY = rf"^{_SIGN}[0-9]{{1,3}}([.,][0-9]{{3}})*[.,][0-9]{{3}}[.,][0-9]+$"
# Letters that were lost when text was converted, or read in another code: "Malm\ufffd", "MalmÃ¶".
LOST = "\ufffd|[ÃÂ][\u0080-\u00bf" + bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "]|â€"
# What Excel, in English and in Swedish, writes where a formula fails.
FAILED = (
    "^#(N/A|REF!|VALUE!|DIV/0!|NAME[?]|NUM!|NULL!|SAKNAS!|REFERENS!|VÄRDEFEL!|DIVISION/0!|"
    "NAMN[?]|OGILTIGT!|SKÄRNING!)$"
)


@dataclass(frozen=True)
class Fault:
    """Cells that cannot be read: which rows, what was found, and how to mend it if not as usual."""

    rows: Mask
    found: str
    mend: str = ""


@dataclass(frozen=True)
class Cells:
    """The cells of a column.

    Attributes:
        values: The distinct values, or all of them, NA where empty.
        codes: For each row the place of its value, -1 where empty; None where ``values`` are
            the rows themselves.
    """

    values: pd.Series
    codes: npt.NDArray[np.int32] | None = None

    def spread(self, flags: Mask) -> Mask:
        """A mark of values as a mark of rows."""
        return flags if self.codes is None else np.append(flags, False)[self.codes]

    def per_row(self, values: npt.NDArray[Any], empty: object) -> npt.NDArray[Any]:
        """Something for each value, for each row."""
        if self.codes is None:
            return values
        return np.append(values, np.array([empty], dtype=values.dtype))[self.codes]


def cells_of(column: pa.ChunkedArray, *, distinct: bool) -> Cells:
    """The cells of an Arrow column.

    Args:
        column: As it stands in the file.
        distinct: Whether numbers and dates, too, are wanted as distinct values.
    """
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if types.is_dictionary(kind) and not _is_text(kind.value_type):
        column = column.cast(kind.value_type)
    elif types.is_null(kind) or _is_binary(kind):
        column = column.cast(pa.string())
    elif types.is_nested(kind):
        column = pa.chunked_array([[None if v is None else str(v) for v in column.to_pylist()]])
    elif types.is_time(kind) or types.is_duration(kind):
        column = column.cast(pa.string() if types.is_time(kind) else pa.int64())
    kind = column.type
    if types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif types.is_decimal(kind):
        column = column.cast(pa.float64())
    elif types.is_float16(kind):
        column = column.cast(pa.float32())
    kind = column.type
    if distinct or _is_text(kind) or types.is_dictionary(kind):
        return _distinct(column)
    if types.is_integer(kind) or types.is_floating(kind):
        out, at = np.empty(len(column)), 0
        for chunk in column.chunks:
            out[at : at + len(chunk)] = chunk.to_numpy(zero_copy_only=False)
            at += len(chunk)
        return Cells(pd.Series(out, copy=False))
    return Cells(column.to_pandas())


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_binary(kind: pa.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_binary(kind) or types.is_large_binary(kind))


def _distinct(column: pa.ChunkedArray) -> Cells:
    import pyarrow as pa
    from pyarrow import types

    if not types.is_dictionary(column.type):
        if types.is_string_view(column.type):
            column = column.cast(pa.large_string())
        column = column.dictionary_encode()
    column = column.unify_dictionaries()
    codes = np.empty(len(column), dtype=np.int32)
    at = 0
    for chunk in column.chunks:
        part = chunk.indices
        codes[at : at + len(chunk)] = (part.fill_null(-1) if part.null_count else part).to_numpy(
            zero_copy_only=False
        )
        at += len(chunk)
    if not column.num_chunks:
        return Cells(pd.Series([], dtype="string"), codes)
    values = column.chunk(0).dictionary
    text = _is_text(values.type)
    found = pd.Series(values.to_pandas(), dtype="string" if text else None)
    if found.isna().any():  # an empty value among those of a dictionary
        codes[np.isin(codes, np.flatnonzero(found.isna()))] = -1
    return Cells(found, codes)


def matches(text: pa.Array, pattern: str) -> Mask:
    """Which texts a regular expression is found in."""
    import pyarrow.compute as pc

    found: Mask = pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False)
    return found


def trimmed(values: pd.Series) -> pa.Array:
    """Text without blanks around it, "" where empty, as an Arrow array."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.array(values, type=pa.large_string(), from_pandas=True)
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    return pc.utf8_trim_whitespace(pc.fill_null(text, ""))


def as_numbers(cells: Cells) -> tuple[Floats, list[Fault]]:
    """Numbers, NaN where empty or not readable."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = cells.values
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.to_numpy(dtype=np.float64)
        infinite = np.isinf(numbers)
        if infinite.any():
            faults = [Fault(cells.spread(infinite), "an infinite number")]
            return cells.per_row(np.where(infinite, np.nan, numbers), np.nan), faults
        return cells.per_row(numbers, np.nan), []
    if not pd.api.types.is_string_dtype(values.dtype):
        faults = [Fault(cells.spread(values.notna().to_numpy()), "dates")]
        return np.full(len(values if cells.codes is None else cells.codes), np.nan), faults
    text = trimmed(values)
    empty = pc.equal(text, "").to_numpy(zero_copy_only=False)
    number = matches(text, _PLAIN) | matches(text, _GROUPED)
    many = matches(text, _MANY)
    faults = _signs(cells, text, number)
    wrong = ~number & ~empty & ~many
    if wrong.any():
        faults.append(Fault(cells.spread(wrong), "text"))
    if many.any():
        faults.append(
            Fault(
                cells.spread(many),
                "more than one comma or point in a number",
                "which of them marks the decimals? Write thousands without a separator",
            )
        )
    plain = pc.replace_substring_regex(pc.filter(text, pa.array(number)), _SPACE, "")
    plain = pc.replace_substring(pc.replace_substring(plain, ",", "."), "\u2212", "-")
    out = np.full(len(values), np.nan)
    out[number] = pd.to_numeric(pd.Series(plain.to_pandas(), dtype=object)).to_numpy(np.float64)
    # Two values may be in doubt only as long as the others do not tell.
    for fault in faults:
        if fault.mend:
            rows = cells.per_row(out, np.nan)
            return np.where(fault.rows, np.nan, rows), faults
    return cells.per_row(out, np.nan), faults


def _signs(cells: Cells, text: pa.Array, number: Mask) -> list[Fault]:
    """Whether it can be told what comma and point mean in a column."""
    import pyarrow.compute as pc

    comma = number & pc.match_substring(text, ",").to_numpy(zero_copy_only=False)
    point = number & pc.match_substring(text, ".").to_numpy(zero_copy_only=False)
    if comma.any() and point.any():
        rows = [cells.spread(comma), cells.spread(point)]
        return [
            Fault(
                min(rows, key=np.count_nonzero),
                "numbers with a comma in a column that also has numbers with a point"
                if np.count_nonzero(rows[0]) <= np.count_nonzero(rows[1])
                else "numbers with a point in a column that also has numbers with a comma",
                "which of the two marks the decimals? Write all numbers of the column with it, "
                "and thousands without a separator",
            )
        ]
    signed = comma | point
    if not signed.any():
        return []
    open_ = signed & matches(text, _OPEN)
    if not open_.any() or (signed & ~open_).any():
        return []
    sign = "comma" if comma.any() else "point"
    return [
        Fault(
            cells.spread(open_),
            f"a {sign} before just three digits, and no other number in the column that tells "
            "whether it marks thousands or decimals",
            "does it mark thousands or decimals? Write thousands without a separator, or "
            "decimals with one more zero",
        )
    ]


def as_text(cells: Cells) -> tuple[pd.Series, npt.NDArray[np.int32], list[Fault]]:
    """Text without blanks around it.

    Returns:
        Distinct text; for each row its place, -1 where empty; and what cannot be read.
    """
    values = cells.values
    if pd.api.types.is_float_dtype(values.dtype):  # "1" and not "1.0" for codes held as numbers
        known = values.dropna()
        # Past 2^53 neighbouring whole numbers are the same float.
        whole = bool(((known == known.round()) & (known.abs() < 2**53)).all())
        values = values.astype("Int64") if whole else values
    text = values.astype("string").str.strip()
    places, names = pd.factorize(text.where(text != ""))
    small: npt.NDArray[np.int32] = places.astype(np.int32)
    found = pd.Series(names, dtype="string")
    rows = small if cells.codes is None else cells.per_row(small, -1)
    faults = [
        Fault(np.append(mask, False)[rows], *words)
        for pattern, words in (
            (LOST, ("letters that were lost or changed when the text was converted",
                    "write the letters again, or save the file anew from its source in UTF-8")),
            (FAILED, ("an error of Excel", "correct the formula, or write what it should give")),
        )
        if (mask := matches(trimmed(found), pattern)).any()
    ]  # fmt: skip
    return found, rows, faults
