"""Municipalities: who joined when, and what an analysis of their outcomes would stumble over."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_checks import panel
from finsam_report.inputs.parts_checks.pieces import Read, same
from finsam_report.inputs.parts_contract import municipality as contract
from finsam_report.inputs.parts_contract import organisation
from finsam_report.study import Municipality, Study

IN_FORCE = 2004  # the Act on financial coordination


def codes(read: Read) -> None:
    """Codes of four digits; a spreadsheet drops the zero in front."""
    code = read.text("municipality")
    once = code.drop_duplicates()  # many rows, few municipalities
    bad = [c for c in once if c is not None and not (len(c) == 4 and c.isascii() and c.isdigit())]
    good = ~code.isin(bad)
    read.tell(
        "municipality",
        ~good.to_numpy(dtype=bool),
        "codes that are not four digits",
        "a code like 0180, as text",
        "put back the zero in front, and keep the column as text",
    )


def membership(read: Read) -> None:
    """Each municipality joins once, has its association, and stays."""
    code = read.text("municipality")
    joined, association = read.frame["joined"], read.text("association")
    for column, values, found in (
        ("joined", joined.astype(object), "municipalities that join more than once, or not always"),
        ("association", association, "municipalities that change association"),
    ):
        # Empty beside a value differs too.
        held = values.map(lambda v: "" if v is None or pd.isna(v) else str(v))
        number = held.groupby(code).transform("nunique")
        read.tell(
            column,
            (number > 1).to_numpy(dtype=bool, na_value=False),
            found,
            "one row for each municipality, with the year and association that it joined first",
            "keep one row; an association that was merged later still counts",
        )
    known, member = joined.notna().to_numpy(), association.notna().to_numpy()
    read.tell(
        "joined",
        member & ~known,
        "an association but no year of joining",
        "both, or neither",
        "fill in the year, or empty the association",
    )
    read.tell(
        "association",
        known & ~member,
        "a year of joining but no association",
        "both, or neither",
        "fill in the association; without one the municipality counts as alone in it",
        warn=True,
    )
    if read.has("left"):
        left, year = read.numbers("left"), read.numbers("joined")
        read.tell(
            "left",
            (left < year) | (~np.isnan(left) & np.isnan(year)),
            "a year of leaving before any of joining",
            "joined first, then left",
            "correct the years",
        )
        read.tell(
            "left",
            left >= year,
            "municipalities that leave",
            "members that remain",
            "note that they count as members from joined on, also after they left",
            warn=True,
        )


def _county(read: Read) -> None:
    code, county = read.text("municipality"), read.text("county")
    differs = [
        c is not None and k is not None and len(k) == 2 and k.isdigit() and c[:2] != k
        for c, k in zip(code, county, strict=True)
    ]
    read.tell(
        "county",
        np.array(differs, dtype=np.bool_),
        "counties that are not the first two digits of the municipality's code",
        "the county of the code",
        "correct county or code",
        warn=True,
    )


def _in_time(read: Read, study: Study, first: int) -> None:
    joined = read.numbers("joined")
    if study.study.programme == "finsam":
        read.tell(
            "joined",
            joined < IN_FORCE,
            f"years before {IN_FORCE}",
            f"years from {IN_FORCE}, when the Act came into force",
            "check the years",
            warn=True,
        )
    read.tell(
        "joined",
        joined <= first,
        "municipalities that are members from the first year on",
        f"years after {first}, the first year of the outcomes",
        "note that they have no time before and are left out of the effects, or add earlier years",
        warn=True,
    )


def _merged(read: Read) -> None:
    """A merged municipality is followed into one that remains, and both joined in one year."""
    if not read.has("merged_into"):
        return
    code, into = read.text("municipality"), read.text("merged_into")
    gone = into.notna()
    read.refers("merged_into", read, "municipalities")
    read.tell(
        "merged_into",
        (gone & into.isin(set(code[gone]))).to_numpy(dtype=bool),
        "municipalities that were merged into one that was itself merged",
        "the municipality that remains in the end",
        "give the code of the last one",
    )
    joined = read.numbers("joined")
    other = read.looked_up("merged_into", read, "joined").to_numpy(dtype=np.float64)
    differs = ~np.isclose(joined, other, rtol=0, atol=0, equal_nan=True)
    read.tell(
        "merged_into",
        gone.to_numpy(dtype=bool) & differs,
        "merged municipalities that had not joined in the same year",
        "one year of joining for what is followed as one",
        "note that they count as members from the earliest of their years",
        warn=True,
    )


def _covariates(read: Read, part: Municipality) -> None:
    for covariate in part.covariates:
        name = covariate.id
        if covariate.source is not None or not read.has(name):
            continue
        read.tell(
            name,
            read.frame[name].isna().to_numpy(dtype=bool),
            f"municipalities without {name}",
            "a value for each municipality",
            "fill them in; without it they are left out of what is adjusted for covariates",
            warn=True,
        )
        if same(read.frame[name]):
            read.warn_all(
                name,
                f"the same {name} in every row",
                "a covariate that differs",
                "check how the column was made, or remove the covariate",
            )


def _with_associations(read: Read, known: Read) -> None:
    read.refers("association", known, "associations")
    formed = read.looked_up("association", known, "formed").to_numpy(dtype=np.float64)
    read.tell(
        "joined",
        read.numbers("joined") < formed,
        "municipalities that joined before their association was formed",
        f"years from formed in {known.table.file}",
        "give the association that the municipality joined first, or correct the year",
        warn=True,
    )


def _members_add_up(read: Read, counted: Read) -> None:
    joined, left = read.numbers("joined"), read.numbers("left")
    years, number = counted.numbers("year"), counted.numbers("municipalities")
    wrong = []
    for year in np.unique(years[~np.isnan(years)]):
        members = np.count_nonzero((joined <= year) & ~(left <= year))
        total = number[years == year].sum()
        if not np.isnan(total) and int(total) != members:  # of a gap nothing is known
            wrong.append(year)
    counted.tell(
        "municipalities",
        np.isin(years, wrong),
        "numbers that do not add up to the municipalities that had joined by then",
        f"in each year as many as in {read.table.file}",
        "check joined there and the numbers here",
        warn=True,
    )


def check(study: Study, tables: Mapping[str, Read]) -> None:
    """All checks of the part between columns and tables."""
    part = study.municipality
    if part is None:
        return
    units, followed = tables.get(contract.MUNICIPALITIES), tables.get(contract.YEARS)
    if units is not None:
        codes(units)
        membership(units)
        _county(units)
        _in_time(units, study, part.years.first)
        _merged(units)
        _covariates(units, part)
        if (known := tables.get(organisation.ASSOCIATIONS)) is not None:
            _with_associations(units, known)
        if (counted := tables.get(organisation.YEARS)) is not None:
            _members_add_up(units, counted)
    if followed is not None:
        codes(followed)
        followed.refers("municipality", units, "municipalities")
        panel.check(part, followed, units)
