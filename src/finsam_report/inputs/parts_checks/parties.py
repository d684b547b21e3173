"""Posts in teams, and referrals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from finsam_report.inputs.parts_checks.pieces import Read
from finsam_report.inputs.parts_contract import parties as contract
from finsam_report.study import Organisation

MOST_POSTS = 50.0  # that one party has in a team


def teams(read: Read, known: Read | None) -> None:
    """No more posts are vacant than there are."""
    read.refers("association", known, "associations")
    _in_its_time(read, known)
    posts, vacant = read.numbers("posts"), read.numbers("vacant")
    read.tell(
        "vacant",
        vacant > posts,
        "more vacant posts than posts",
        "vacant as a part of posts",
        "correct posts or vacant",
    )
    read.tell(
        "posts",
        posts > MOST_POSTS,
        f"more than {MOST_POSTS:.0f} posts of one party in a team",
        "posts in full-time equivalents, not in per cent",
        "divide by 100 if they are in per cent",
        warn=True,
    )


def _in_its_time(read: Read, known: Read | None) -> None:
    """Teams of associations that there are."""
    if known is None:
        return
    year = read.numbers("year")
    formed = read.looked_up("association", known, "formed").to_numpy(dtype=np.float64)
    read.tell(
        "year",
        year < formed,
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


def referrals(read: Read, part: Organisation, known: Read | None) -> None:
    """Months of the declared years, each once for a party and an association."""
    if read.has("association"):
        read.refers("association", known, "associations")
    year = read.frame["month"].dt.year.to_numpy(dtype=np.float64)
    read.tell(
        "month",
        (year < part.years.first) | (year > part.years.last),
        "years out of range",
        f"years from {part.years.first} to {part.years.last}",
        "correct the dates, or organisation.years in study.toml",
    )
    if not read.has("association"):
        place = read.frame.assign(party=read.text("party"))[["month", "party"]]
        twice = place.duplicated() & place.notna().all(axis=1)
        read.tell(
            "association",
            twice.to_numpy(dtype=bool),
            "no such column, and the same month and party as in an earlier row",
            "each month and party once, or the column association",
            "remove the repeated rows, or say which association they belong to",
        )


def check(part: Organisation, tables: Mapping[str, Read], known: Read | None) -> None:
    """All checks of teams and of referrals."""
    if (read := tables.get(contract.TEAMS)) is not None:
        teams(read, known)
    if (read := tables.get(contract.REFERRALS)) is not None:
        referrals(read, part, known)
