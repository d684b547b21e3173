"""The associations of a study by name: which one a report is asked for."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from finsam_report.errors import FinsamError
from finsam_report.inputs.parts_contract import organisation as contract
from finsam_report.inputs.read import Inputs

_SHOWN = 5  # names in a message


@dataclass(frozen=True)
class Association:
    """What is known of an association beside its figures.

    Attributes:
        code: How the tables write it.
        label: What it is called; the code where no table tells.
        county: County code, empty if not known.
        formed: First year, None if not known.
        ended: Last year of one that was dissolved or merged, else None.
        merged_into: Name of the association that it was merged into, empty if none.
    """

    code: str
    label: str
    county: str = ""
    formed: int | None = None
    ended: int | None = None
    merged_into: str = ""

    def as_json(self) -> str:
        """For the cells of a document."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Association:
        """The association that :meth:`as_json` wrote."""
        return cls(**json.loads(text))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _year(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def listed(inputs: Inputs) -> tuple[Association, ...]:
    """All associations that the study's tables name, in the order of the tables."""
    known: dict[str, Association] = {}
    table = inputs.other.get(contract.ASSOCIATIONS)
    if table is not None:
        names = {_text(row.association): _text(row.label) for row in table.itertuples()}
        columns = set(table.columns)
        for row in table.itertuples():
            code = _text(row.association)
            into = _text(row.merged_into) if "merged_into" in columns else ""
            known[code] = Association(
                code, _text(row.label) or code, _text(row.county), _year(row.formed),
                _year(row.ended) if "ended" in columns else None, names.get(into, into),
            )  # fmt: skip
    for name in (contract.YEARS, "organisation-efforts", contract.INDICATORS):
        other = inputs.other.get(name)
        for value in other["association"].unique() if other is not None else ():
            code = _text(value)
            if code:
                known.setdefault(code, Association(code, code))
    return tuple(known.values())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _named(associations: Iterable[Association]) -> str:
    """Some associations for a message, each with its code."""
    found = list(associations)
    names = [a.label if a.label == a.code else f"{a.label} ({a.code})" for a in found[:_SHOWN]]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(names) + more


def find(inputs: Inputs, name: str) -> Association:
    """The association of a code or name; capitals do not matter, and the beginning is enough.

    Args:
        inputs: The study.
        name: Code or name, or the beginning of either if only one association begins so.

    Raises:
        FinsamError: There is none, or more than one; the nearest are named.
    """
    if inputs.study.organisation is None:
        raise FinsamError("the study has no [organisation]: there is no association to report on")
    known, wanted = listed(inputs), _folded(name)
    if not known:
        raise FinsamError("the tables of [organisation] name no association")
    if wanted:
        codes = [a for a in known if _folded(a.code) == wanted]
        exact = codes or [a for a in known if _folded(a.label) == wanted]
        begin = [a for a in known if _folded(a.label).startswith(wanted)]
        begin += [a for a in known if _folded(a.code).startswith(wanted) and a not in begin]
        found = exact or begin
        if len(found) == 1:
            return found[0]
        if found:
            hint = "give the code" if exact else "give more of the name, or the code"
            raise FinsamError(
                f"'{name}' can mean {len(found)} associations: {_named(found)}; {hint}"
            )
    # By whole names, by codes, and by words inside of longer names.
    texts = {_folded(a.code): a for a in known} | {_folded(a.label): a for a in known}
    near = [texts[text] for text in difflib.get_close_matches(wanted, texts, n=3, cutoff=0.5)]
    near += [a for a in known if wanted and wanted in _folded(a.label)]
    nearest = tuple(dict.fromkeys(near)) or known
    said = "nearest" if near else "there are"
    raise FinsamError(f"the study has no association '{name}'; {said}: {_named(nearest)}")
