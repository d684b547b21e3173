"""Efforts and those who take part in them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_checks.pieces import Read
from finsam_report.inputs.parts_contract import activity as contract
from finsam_report.inputs.parts_contract.activity import party_column
from finsam_report.study import Organisation

COST_LEAST = 5_000.0  # kronor that an effort costs


def _parties(read: Read, part: Organisation) -> None:
    columns = [party_column(party.value) for party in part.parties]
    there = [name for name in columns if read.has(name)]
    if read.has("parties") and there:
        everything = np.ones(len(read.frame), dtype=np.bool_)
        read.tell(
            there[0],
            everything,
            "parties both as a list and in columns of their own",
            f"either the column parties or {', '.join(columns)}",
            "remove the one or the other",
        )
        return
    if there and len(there) < len(columns):
        missing = next(name for name in columns if name not in there)
        read.tell(
            missing,
            np.ones(len(read.frame), dtype=np.bool_),
            "no such column",
            f"all of {', '.join(columns)}",
            "add the column, or give the parties as a list in the column parties",
        )
    if read.has("parties"):
        allowed = {party.value for party in part.parties}
        lists = read.text("parties").map(party_list)
        read.tell(
            "parties",
            lists.map(lambda names: bool(set(names) - allowed)).to_numpy(dtype=bool),
            "parties that are not declared",
            "among " + ", ".join(party.value for party in part.parties) + ", with semicolons",
            "correct the cells, or declare the party in study.toml",
        )
        read.tell(
            "parties",
            lists.map(lambda names: len(set(names)) < len(names)).to_numpy(dtype=bool),
            "the same party twice",
            "each party once",
            "remove one of them",
        )


def party_list(cell: str | None) -> list[str]:
    """The parties of a cell such as ``region;municipality``."""
    return [name.strip() for name in (cell or "").split(";") if name.strip()]


def with_party_columns(frame: pd.DataFrame, part: Organisation) -> pd.DataFrame:
    """Efforts with a column of 0 and 1 for each party, however the file gives them."""
    if "parties" not in frame.columns:
        return frame
    lists = frame["parties"].astype(object).where(frame["parties"].notna(), None).map(party_list)
    columns = {
        party_column(party.value): lists.map(lambda names, p=party.value: float(p in names))
        for party in part.parties
    }
    return frame.drop(columns="parties").assign(**columns)


def efforts(read: Read, part: Organisation, known: Read | None) -> None:
    """Efforts of associations that exist, in order, at a cost in kronor."""
    read.refers("association", known, "associations")
    _parties(read, part)
    read.in_order("start", "end")
    year = read.frame["start"].dt.year.to_numpy(dtype=np.float64)
    years = part.years
    read.tell(
        "start",
        (year < years.first) | (year > years.last),
        "years out of range",
        f"years from {years.first} to {years.last}",
        "correct the dates, or organisation.years in study.toml",
    )
    if known is not None:
        formed = read.looked_up("association", known, "formed").to_numpy(dtype=np.float64)
        read.tell(
            "start",
            year < formed,
            "efforts that began before their association was formed",
            f"dates from formed in {known.table.file}",
            "check the date, the association and its year",
            warn=True,
        )
    read.thousands("cost", COST_LEAST)


def participants(read: Read, known: Read) -> None:
    """People in efforts for individuals, while these go on."""
    read.refers("effort", known, "efforts")
    read.in_order("start", "end")
    structural = read.looked_up("effort", known, "type") == "structural"
    read.tell(
        "effort",
        structural.to_numpy(dtype=bool, na_value=False),
        "participants in structural efforts",
        "participants in efforts for individuals only",
        f"correct type in {known.table.file}, or the effort here",
    )
    start = read.frame["start"].dt.to_period("M")
    before = start < read.looked_up("effort", known, "start").dt.to_period("M")
    after = start > read.looked_up("effort", known, "end").dt.to_period("M")
    read.tell(
        "start",
        (before | after).to_numpy(dtype=bool, na_value=False),
        "people who began outside the time of their effort",
        f"dates between start and end in {known.table.file}",
        "check the dates and the effort",
        warn=True,
    )


def check(part: Organisation, tables: Mapping[str, Read], known: Read | None) -> None:
    """All checks of efforts and their participants."""
    financed = tables.get(contract.EFFORTS)
    if financed is not None:
        efforts(financed, part, known)
    people = tables.get(contract.PARTICIPANTS)
    if people is not None and financed is not None:
        participants(people, financed)
