"""Answers of staff, coded open answers and referrals beside the survey's own tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_checks.pieces import Read, same
from finsam_report.inputs.parts_contract import survey_extra as contract
from finsam_report.study import Survey


def _people(read: Read, part: Survey, people: pd.DataFrame | None) -> None:
    if people is None:
        return
    mine = read.text("person")
    read.tell(
        "person",
        (mine.notna() & ~mine.isin(set(people["person"].dropna()))).to_numpy(dtype=bool),
        f"people who are not in {part.participants}",
        "only people who were randomised",
        f"add them to {part.participants} or remove the rows",
    )


def staff(read: Read, part: Survey, people: pd.DataFrame | None) -> None:
    """Staff answer about participants, and not the same of all."""
    _people(read, part, people)
    for item in part.items:
        if read.has(item.id) and same(read.frame[item.id]):
            read.warn_all(
                item.id,
                "the same value in every row",
                "answers that differ",
                "check how the column was made; nothing can be estimated from it",
            )


def open_answers(
    read: Read, part: Survey, people: pd.DataFrame | None, answers: pd.DataFrame | None
) -> None:
    """Coded answers come from participants who answered that survey."""
    _people(read, part, people)
    if answers is None:
        return
    there = set(zip(answers["person"].astype(object), answers["wave"].astype(object), strict=True))
    mine = list(zip(read.text("person"), read.text("wave"), strict=True))
    without = [None not in pair and pair not in there for pair in mine]
    read.tell(
        "wave",
        np.array(without, dtype=np.bool_),
        f"open answers to a survey that the person has no answers to in {part.answers}",
        "open answers of people who answered",
        "check person and wave",
        warn=True,
    )


def referrals(read: Read, part: Survey, people: pd.DataFrame | None) -> None:
    """Referrals by month, from where the participants are, and enough for them."""
    month = read.frame["month"]
    read.tell(
        "month",
        (month.dt.day > 1).to_numpy(dtype=bool),
        "days",
        "months like 2019-08",
        "count the referrals of each month together",
    )
    if people is None or "site" not in people.columns:
        return
    site, known = read.text("site"), set(people["site"].dropna().astype(str))
    read.tell(
        "site",
        (site.notna() & ~site.isin(known)).to_numpy(dtype=bool),
        f"sites that are not in {part.participants}",
        "the sites of the participants",
        "check how the site is written; others are left out where the two are compared",
        warn=True,
    )
    if "referred" not in people.columns:
        return
    place = pd.DataFrame({"month": month.dt.to_period("M"), "site": site})
    mine = read.frame["people"].groupby([place["month"], place["site"]]).transform("sum")
    began = people["referred"].dt.to_period("M")
    need = people.groupby([began, people["site"].astype(object)]).size()
    wanted = need.reindex(pd.MultiIndex.from_frame(place)).to_numpy(dtype=np.float64)
    read.tell(
        "people",
        mine.to_numpy(dtype=np.float64) < wanted,
        f"fewer people than were referred in that month and site in {part.participants}",
        "at least as many as took part",
        "check the numbers and the dates",
        warn=True,
    )


def check(
    part: Survey,
    tables: Mapping[str, Read],
    people: pd.DataFrame | None,
    answers: pd.DataFrame | None,
) -> None:
    """All checks of the further tables against those of the survey."""
    if (read := tables.get(contract.STAFF)) is not None:
        staff(read, part, people)
    if (read := tables.get(contract.OPEN)) is not None:
        open_answers(read, part, people, answers)
    if (read := tables.get(contract.REFERRALS)) is not None:
        referrals(read, part, people)
