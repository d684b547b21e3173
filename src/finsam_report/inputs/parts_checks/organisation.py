"""Associations and their years, and answers to indicators."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from finsam_report.inputs.parts_checks import activity, parties
from finsam_report.inputs.parts_checks.pieces import Read, same
from finsam_report.inputs.parts_contract import organisation as contract
from finsam_report.study import Organisation

TOTAL_LEAST = 100_000.0  # kronor that an association has in a year
ROUNDED = 5_000.0  # five sources, each to the nearest thousand kronor, may be off by this
ROUNDED_SHARE = 0.001
PEOPLE_LEAST = 2_000.0  # inhabitants of the municipalities of an association


def associations(read: Read) -> None:
    """Mergers lead to another association, and nothing ends before it began."""
    code = read.text("association")
    if read.has("ended"):
        read.tell(
            "ended",
            read.numbers("ended") < read.numbers("formed"),
            "a year before formed",
            "formed first, then ended",
            "correct the years",
        )
    if not read.has("merged_into"):
        return
    read.refers("merged_into", read, "associations")
    into = read.text("merged_into")
    own = (into == code).to_numpy(dtype=bool) & into.notna().to_numpy()
    read.tell(
        "merged_into",
        own,
        "an association merged into itself",
        "another association",
        "correct the cells, or leave them empty",
    )
    following = {a: b for a, b in zip(code, into, strict=True) if a and b and a != b}
    circle = np.array([_returns(a, following) for a in code], dtype=np.bool_)
    read.tell(
        "merged_into",
        circle,
        "associations that are merged in a circle",
        "mergers that end in an association that remains",
        "correct the cells",
    )


def _returns(start: str | None, following: Mapping[str, str]) -> bool:
    at, seen = following.get(start or ""), set[str]()
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = following.get(at)
    return False


def years(read: Read, known: Read | None) -> None:
    """Years in which the association exists, and funds that add up."""
    read.refers("association", known, "associations")
    if known is not None:
        year = read.numbers("year")
        early = year < read.looked_up("association", known, "formed").to_numpy(dtype=np.float64)
        read.tell(
            "year",
            early,
            "years before the association was formed",
            f"years from formed in {known.table.file}",
            "correct the year here or there",
        )
        if known.has("ended"):
            ended = read.looked_up("association", known, "ended").to_numpy(dtype=np.float64)
            read.tell(
                "year",
                year > ended,
                "years after the association ended",
                f"years up to ended in {known.table.file}",
                "correct the year here or there",
            )
    total = read.numbers("total")
    sources = np.stack([read.numbers(name) for name in contract.SOURCES])
    known_all = ~np.isnan(sources).any(axis=0)
    gap = total - np.nansum(sources, axis=0)
    slack = np.maximum(ROUNDED, ROUNDED_SHARE * np.abs(total))
    # With a source that is not known the total may be larger, but not smaller.
    read.tell(
        "total",
        np.where(known_all, np.abs(gap) > slack, gap < -slack),
        "totals that are not the sum of the sources",
        "total = " + " + ".join(contract.SOURCES),
        "correct the amounts, or leave a source that is not known empty",
        warn=True,
    )
    for name in ("total", "state"):
        read.thousands(name, TOTAL_LEAST)
    _size(read)


def _size(read: Read) -> None:
    """Counties are no more than the municipalities in them; inhabitants are counted one by one."""
    read.tell(
        "counties",
        read.numbers("counties") > np.maximum(read.numbers("municipalities"), 1),
        "more counties than municipalities",
        "the counties that the member municipalities lie in",
        "correct counties or municipalities",
        warn=True,
    )
    people = read.numbers("population")
    known = people[people > 0]
    if known.size and float(np.median(known)) < PEOPLE_LEAST:
        read.warn_all(
            "population",
            f"inhabitants that look like thousands: half are under {PEOPLE_LEAST:.0f}",
            "inhabitants",
            "multiply by 1000 if so",
        )
    taking = read.numbers("participants")
    read.tell(
        "participants",
        taking > people,
        "more participants than inhabitants",
        "people in efforts, and all inhabitants in population",
        "correct participants or population",
        warn=True,
    )


def indicators(read: Read, part: Organisation, known: Read | None) -> None:
    """Each questionnaire is one respondent's, and answers lie on the indicator's own scale."""
    read.refers("association", known, "associations")
    own = read.text("questionnaire")
    for name in ("association", "year", "respondent"):
        values = read.frame[name].astype(object)
        wrong = (values.groupby(own).transform("nunique") > 1).to_numpy(dtype=bool, na_value=False)
        read.tell(
            name,
            wrong,
            f"questionnaires with more than one {name}",
            "questionnaires that each come from one respondent",
            "give every questionnaire a number of its own",
        )
    answer, asked = read.frame["answer"], read.text("indicator")
    for item in part.indicator_items:
        mine = (asked == item.id).to_numpy(dtype=bool)
        values = answer[mine]
        off = mine & ((answer < item.minimum) | (answer > item.maximum)).to_numpy(dtype=bool)
        if any((item.minimum, item.maximum) != (o.minimum, o.maximum)
               for o in part.indicator_items):  # fmt: skip
            read.tell(
                "answer",
                off,
                f"answers to {item.id} off its scale",
                f"a whole number from {item.minimum} to {item.maximum}",
                "correct the cells, or the declaration in study.toml",
            )
        if same(values):
            read.warn_all(
                "answer",
                f"the same answer to {item.id} in every row",
                "answers that differ",
                "check how the column was made",
            )


def check(part: Organisation, tables: Mapping[str, Read]) -> None:
    """All checks of the part between columns and tables."""
    known = tables.get(contract.ASSOCIATIONS)
    if known is not None:
        associations(known)
    if (read := tables.get(contract.YEARS)) is not None:
        years(read, known)
    if (read := tables.get(contract.INDICATORS)) is not None:
        indicators(read, part, known)
    activity.check(part, tables, known)
    parties.check(part, tables, known)
