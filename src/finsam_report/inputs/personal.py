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
_LIKELY = rf"[0-9]{{6}}{_DASH}?[0-9]{{4}}"
_NUMBER = re.compile(rf"(?<![0-9])((?:[0-9]{{2}})?[0-9]{{6}}){_DASH}?([0-9]{{4}})(?![0-9])")
_DECIMALS = re.compile(r"[+-]?[0-9]*[.,][0-9]+")
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_COORDINATION = 60  # what is added to the day of a coordination number
_LEAST = 1e9  # ten digits


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


def _valid(births: Sequence[str], ends: Sequence[str]) -> Mask:
    """Which numbers have a date and a check digit that are right."""
    if not births:
        return np.zeros(0, dtype=np.bool_)
    long = np.array([len(birth) == 8 for birth in births], dtype=np.bool_)
    years = np.array([int(birth[:-4]) for birth in births])
    digits = np.array(
        [[int(d) for d in birth[-6:] + end] for birth, end in zip(births, ends, strict=True)]
    )
    month = digits[:, 2] * 10 + digits[:, 3]
    day = digits[:, 4] * 10 + digits[:, 5]
    day = np.where(day > _COORDINATION, day - _COORDINATION, day)
    right = (month >= 1) & (month <= 12)
    right &= (day >= 1) & (day <= _MONTH_DAYS[np.where(right, month, 0)])
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0) | ~long)
    right &= (month != 2) | (day != 29) | leap
    right &= ~long | ((years >= 1800) & (years < 2100))
    doubled = digits[:, :9] * np.array([2, 1, 2, 1, 2, 1, 2, 1, 2])
    total = (doubled // 10 + doubled % 10).sum(axis=1) + digits[:, 9]
    found: Mask = right & (total % 10 == 0)
    return found


def holds_identity(text: Sequence[str]) -> Mask:
    """Which texts hold a Swedish personal identity or coordination number.

    Args:
        text: Cells or headings.

    Returns:
        A mark for each text.
    """
    owners: list[int] = []
    births: list[str] = []
    ends: list[str] = []
    for place, value in enumerate(text):
        if _DECIMALS.fullmatch(value.strip()) and not value.strip().endswith((".0", ",0")):
            continue  # decimals of a number
        for match in _NUMBER.finditer(value):
            owners.append(place)
            births.append(match[1])
            ends.append(match[2])
    out = np.zeros(len(text), dtype=np.bool_)
    out[np.array(owners, dtype=np.int64)[_valid(births, ends)]] = True
    return out


def identity_cells(cells: Cells) -> Mask | None:
    """Which values of a column hold an identity number, None where none does."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = cells.values
    if pd.api.types.is_numeric_dtype(values.dtype):
        number = values.to_numpy(dtype=np.float64, na_value=np.nan)
        # Most columns are told by their largest number alone.
        if not max(np.nanmax(number, initial=0), -np.nanmin(number, initial=0)) >= _LEAST:
            return None
        size = np.where(np.isfinite(number), np.abs(number), 0.0)
        likely = (size >= _LEAST) & (size < 1e10) | (size >= 1.8e11) & (size < 2.1e11)
        at = np.flatnonzero(likely & (size % 1 == 0))
        text = [f"{n:.0f}" for n in size[at]]
    elif pd.api.types.is_string_dtype(values.dtype):
        column = pa.array(values, type=pa.large_string(), from_pandas=True)
        found = pc.fill_null(pc.match_substring_regex(column, _LIKELY), False)
        at = np.flatnonzero(found.to_numpy(zero_copy_only=False))
        text = values.iloc[at].tolist()
    else:
        return None
    hits = holds_identity(text)
    if not hits.any():
        return None
    out = np.zeros(len(values), dtype=np.bool_)
    out[at[hits]] = True
    return out


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
