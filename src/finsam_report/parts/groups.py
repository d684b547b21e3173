"""The groups of people among whom a study wants effects by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.inputs.blocks import as_days, column_codes
from finsam_report.study import Covariate, Register, Subgroup, Survey

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """Who belongs to which level of a subgroup variable.

    Attributes:
        id: The subgroup's id.
        levels: Names of the levels, as the ledger writes them; length g.
        codes: Level of each person, -1 where not known; shape (n,).
    """

    id: str
    levels: tuple[str, ...]
    codes: Ints

    def name(self, level: str) -> str:
        """How the ledger names the people of a level."""
        return f"{self.id}={level}"


def _cut(values: pd.Series, cuts: npt.NDArray[np.generic]) -> Ints:
    """0 below the first cut, 1 from there on, and so forth; -1 where there is no value."""
    codes = np.searchsorted(cuts, values.to_numpy(), side="right").astype(np.int64)
    codes[values.isna().to_numpy()] = -1
    return codes


def between(marks: list[str]) -> tuple[str, ...]:
    """Names of what lies below, between and above cuts, such as "<30", "30-<45", ">=45"."""
    inner = [f"{a}-<{b}" for a, b in pairwise(marks)]
    return (f"<{marks[0]}", *inner, f">={marks[-1]}")


def groups(part: Survey | Register, people: pd.DataFrame) -> list[Groups]:
    """The declared subgroups of a part.

    A subgroup whose column is not in the table (a date that may be left out) is left out.

    Args:
        part: The part as declared.
        people: The checked table of participants; n rows.

    Returns:
        One entry per subgroup, in the order of the declaration.
    """
    covariates = {covariate.id: covariate for covariate in part.covariates}
    return [
        _groups(subgroup, people[subgroup.column], covariates.get(subgroup.column))
        for subgroup in part.subgroups
        if subgroup.column in people.columns
    ]


def _groups(subgroup: Subgroup, values: pd.Series, known: Covariate | None) -> Groups:
    if subgroup.cuts:
        names = between([f"{cut:g}" for cut in subgroup.cuts])
        cuts = np.array(subgroup.cuts)
        return Groups(subgroup.id, names, _cut(values.astype(np.float64), cuts))
    if subgroup.dates:
        names = between([day.isoformat() for day in subgroup.dates])
        days = np.array([np.datetime64(day) for day in subgroup.dates])
        return Groups(subgroup.id, names, _cut(as_days(values).astype("datetime64[us]"), days))
    text = column_codes(values)
    if known is not None and known.kind == "category":
        names = tuple(level.value for level in known.levels)
    elif known is not None:
        names = ("1", "0")
    elif subgroup.levels:
        names = tuple(level.value for level in subgroup.levels)
    else:
        names = tuple(sorted(text.dropna().unique().tolist()))
    # A value that is none of the declared levels belongs nowhere.
    codes = pd.Index(list(names), dtype=object).get_indexer(pd.Index(text.astype(object)))
    return Groups(subgroup.id, names, np.asarray(codes, dtype=np.int64))


def sexes(part: Survey | Register, people: pd.DataFrame) -> Groups | None:
    """Women and men, by whom statistics on people are always split; None where not known."""
    for subgroup in groups(part, people):
        if subgroup.id == "sex":
            return subgroup
    known = {covariate.id: covariate for covariate in part.covariates}.get("sex")
    if known is None or known.kind != "category":
        return None
    return _groups(Subgroup(id="sex"), people["sex"], known)
