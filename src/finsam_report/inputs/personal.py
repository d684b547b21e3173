"""Personal data that has no place in a study: identity numbers, and columns of names and the like.

What a cell holds is never repeated.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.cells import Cells
from finsam_report.inputs.contract import Table
from finsam_report.inputs.raw import Report
from finsam_report.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

Mask = npt.NDArray[np.bool_]

_DASH = "[-+\u2010\u2011\u2012\u2013\u2212 \u00a0]"
_APART = f"(?:{_DASH}|[ \u00a0]{_DASH}[ \u00a0])?"
_LIKELY = rf"[0-9]{{6}}{_APART}[0-9]{{4}}|[0-9]{{2}}[-.][0-9]{{2}}[-.][0-9]{{2}}{_APART}[0-9]{{4}}"
_NUMBER = re.compile(
    rf"(?<![0-9])((?:[0-9]{{2}})?(?:[0-9]{{6}}|[0-9]{{2}}[-.][0-9]{{2}}[-.][0-9]{{2}})){_APART}"
    r"([0-9]{4})(?![0-9])"
)
_DECIMALS = re.compile(r"[+-]?[0-9]*[.,](?!0+$)[0-9]+")
# Numbers as a program may write a whole one: 1.98112289874E+11, 8 112 289 874, 501011239.0.
_SCIENTIFIC = re.compile(r"([0-9])[.,]([0-9]+)[eE]\+?([0-9]{1,2})")
_GROUPED = re.compile(r"[0-9]{1,3}([ \u00a0\u2009\u202f][0-9]{3})+")
_WHOLE = re.compile(r"([0-9]{7,9})(?:[.,]0+)?")
_OTHER_FORM = (
    r"^\s*([0-9][.,][0-9]+[eE]\+?[0-9]{1,2}|"
    r"[0-9]{1,3}([ \x{a0}\x{2009}\x{202f}][0-9]{3})+)\s*$"
)
_SHORT = r"^\s*[0-9]{7,9}([.,]0+)?\s*$"
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_COORDINATION = 60  # what is added to the day of a coordination number
_LEAST = 1e6  # the first of January 2000 is 0001011234, which as a number has seven digits
# Numbers that had zeros in front: by chance seven in a thousand are as right as these.
_SHARE, _NUMBER_LEAST = 0.2, 3


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ALWAYS = _listed(
    "förnamn fornamn efternamn tilltalsnamn mellannamn namnteckning firstname lastname surname "
    "forename fullname middlename maidenname personnamn address addresses adress adresser "
    "postadress gatuadress hemadress bostadsadress street streetname epost epostadress email "
    "emails emailaddress mejl mejladress mailadress telefon telefonnummer telefonnr mobiltelefon "
    "mobilnummer mobilnr phone telephone phonenumber cellphone personnummer personnr persnr pnr "
    "samordningsnummer samordningsnr ssn"
)
_PAIRS = frozenset(
    {
        ("e", "post"), ("e", "mail"), ("personal", "number"), ("person", "number"),
        ("identity", "number"), ("person", "nummer"), ("person", "nr"), ("social", "security"),
        ("national", "id"), ("coordination", "number"), ("samordnings", "nummer"),
    }
)  # fmt: skip
# These may be of a thing as well: "file_name", "mobile_team".
_OF_SOMEBODY = _listed("name names namn mail mobil mobile tel cell")
_PERSON = _listed(
    "first last full family given sur middle maiden legal for fore efter för hela own my person "
    "persons personal participant client clients user contact patient member deltagare deltagarens "
    "klient brukare individ personens respondent staff employee handläggare caseworker case worker "
    "number nummer nr no phone telefon adress private privat work home hem and och of the s parent "
    "mother father spouse child relative anhörig next kin"
)


def _words(heading: str) -> list[str]:
    """The words of a heading, split at signs, digits and capitals within."""
    apart = re.sub(r"(?<=[a-zåäöé])(?=[A-ZÅÄÖÉ])", " ", heading)
    return [word.casefold() for word in re.split(r"[\W\d_]+", apart) if word]


def personal_heading(heading: str) -> bool:
    """Whether a heading says name, address, e-mail, phone or identity number."""
    words = _words(heading)
    if set(words) & _ALWAYS or _PAIRS & set(pairwise(words)):
        return True
    others = set(words) - _OF_SOMEBODY
    return len(others) < len(set(words)) and others <= _PERSON


def _valid(number: npt.NDArray[np.int64], *, century: bool | Mask) -> Mask:
    """Which numbers of ten digits, or of twelve where ``century``, have a right date and check."""
    digits = np.stack([number // 10**place % 10 for place in range(9, -1, -1)], axis=-1)
    month = digits[:, 2] * 10 + digits[:, 3]
    day = digits[:, 4] * 10 + digits[:, 5]
    day = np.where(day > _COORDINATION, day - _COORDINATION, day)
    years = number // 10**8
    right = (month >= 1) & (month <= 12)
    right &= (day >= 1) & (day <= _MONTH_DAYS[np.where(right, month, 0)])
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0) | ~np.asarray(century))
    right &= (month != 2) | (day != 29) | leap
    right &= ~np.asarray(century) | ((years >= 1800) & (years < 2100))
    doubled = digits[:, :9] * np.array([2, 1, 2, 1, 2, 1, 2, 1, 2])
    total = (doubled // 10 + doubled % 10).sum(axis=1) + digits[:, 9]
    found: Mask = right & (total % 10 == 0)
    return found


def _as_written(text: str) -> str:
    """A number in another form as plain digits; other text as it is."""
    plain = text.strip()
    if match := _SCIENTIFIC.fullmatch(plain):
        places = int(match[3]) - len(match[2])
        return (
            match[1] + match[2] + "0" * places
            if 0 <= places <= 11
            else (match[1] + match[2].rstrip("0").ljust(int(match[3]), "0"))
        )
    return re.sub(r"\s", "", plain) if _GROUPED.fullmatch(plain) else text


def holds_identity(text: Sequence[str]) -> Mask:
    """Which texts hold a Swedish personal identity or coordination number.

    Args:
        text: Cells or headings.

    Returns:
        A mark for each text.
    """
    owners: list[int] = []
    numbers: list[int] = []
    long: list[bool] = []
    for place, value in enumerate(text):
        if _DECIMALS.fullmatch(value.strip()):
            continue  # decimals of a number
        for match in _NUMBER.finditer(_as_written(value)):
            birth = re.sub("[-.]", "", match[1])
            owners.append(place)
            numbers.append(int(birth + match[2]))
            long.append(len(birth) == 8)
    out = np.zeros(len(text), dtype=np.bool_)
    if owners:
        right = _valid(np.array(numbers, dtype=np.int64), century=np.array(long))
        out[np.array(owners, dtype=np.int64)[right]] = True
    return out


def _without_zeros(short: Mask, right: Mask, full: Mask, filled: int, *, key: bool) -> Mask:
    """Which numbers of seven to nine digits are taken for identity numbers that lost their zeros.

    They are, where the column has whole identity numbers too; where three and a fifth of what is
    that long have a right date and check digit, which chance gives to seven in a thousand; and in
    a column of the key whose cells mostly look otherwise.

    Args:
        short: Which cells have seven to nine digits.
        right: Which of them are right with zeros in front.
        full: Which cells are identity numbers as they stand.
        filled: How many cells are not empty.
        key: Whether the column is of the table's key.
    """
    count, like = np.count_nonzero(right), np.count_nonzero(short)
    if full.any() or (key and 2 * like <= filled):
        return right
    if count >= _NUMBER_LEAST and count >= _SHARE * like:
        return right
    return np.zeros(len(right), dtype=np.bool_)


def _in_numbers(number: npt.NDArray[np.float64], *, key: bool) -> Mask | None:
    # Most columns are told by their largest number alone.
    if not max(np.nanmax(number, initial=0), -np.nanmin(number, initial=0)) >= _LEAST:
        return None
    size = np.where(np.isfinite(number), np.abs(number), 0.0)
    size[size % 1 != 0] = 0
    full = np.zeros(len(number), dtype=np.bool_)
    for low, high in ((1e9, 1e10), (1.8e11, 2.1e11)):
        at = np.flatnonzero((size >= low) & (size < high))
        full[at] = _valid(size[at].astype(np.int64), century=low > 1e10)
    right = np.zeros(len(number), dtype=np.bool_)
    short = (size >= _LEAST) & (size < 1e9)
    at = np.flatnonzero(short)
    right[at] = _valid(size[at].astype(np.int64), century=False)
    if np.unique(size[right]).size < _NUMBER_LEAST and not key and not full.any():
        return None
    filled = int(np.count_nonzero(~np.isnan(number)))
    return full | _without_zeros(short, right, full, filled, key=key)


def _in_text(values: pd.Series, *, key: bool) -> Mask:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pa.array(values, type=pa.large_string(), from_pandas=True)

    def places(pattern: str) -> npt.NDArray[np.int64]:
        found = pc.fill_null(pc.match_substring_regex(column, pattern), False)
        return np.flatnonzero(found.to_numpy(zero_copy_only=False))

    full, short, right = (np.zeros(len(values), dtype=np.bool_) for _ in range(3))
    at = places(f"{_LIKELY}|{_OTHER_FORM}")
    full[at[holds_identity(values.iloc[at].tolist())]] = True
    at = places(_SHORT)
    short[at] = True
    digits = [match[1] for v in values.iloc[at] if (match := _WHOLE.fullmatch(v.strip()))]
    right[at] = _valid(np.array(digits, dtype=np.int64), century=False)
    return full | _without_zeros(short, right, full, int(values.notna().sum()), key=key)


def identity_cells(cells: Cells, *, key: bool = False) -> Mask | None:
    """Which values of a column hold an identity number, None where none does.

    Args:
        cells: The column.
        key: Whether it is of the table's key, and so says who or what a row is of.
    """
    values = cells.values
    if pd.api.types.is_numeric_dtype(values.dtype):
        out = _in_numbers(values.to_numpy(dtype=np.float64, na_value=np.nan), key=key)
    elif pd.api.types.is_string_dtype(values.dtype):
        out = _in_text(values, key=key)
    else:
        return None
    return out if out is not None and out.any() else None


def private_headings(table: Table, headings: Sequence[str], report: Report) -> dict[str, str]:
    """Report the headings that say of whom a row is.

    Args:
        table: The contract.
        headings: Those of the file.
        report: Called with each problem.

    Returns:
        Headings that hold an identity number themselves, each with what to call it instead.
    """
    hidden = {
        heading: f"column {number}"
        for number, (heading, hit) in enumerate(
            zip(headings, holds_identity(headings), strict=True), 1
        )
        if hit
    }
    for name in hidden.values():
        report(
            Problem(
                file=table.file,
                column=name,
                rows=(1,),
                count=1,
                found="a Swedish personal identity number in the heading",
                expected="headings in row 1, and no identity numbers in any table",
                mend="put a heading in its place",
            )
        )
    for heading in headings:
        if heading not in hidden and personal_heading(heading):
            report(
                Problem(
                    file=table.file,
                    column=heading,
                    found="a heading that says name, address, e-mail, phone or identity number",
                    expected="no such data in any table",
                    mend="remove the column; if it holds something else, rename it",
                )
            )
    return hidden
