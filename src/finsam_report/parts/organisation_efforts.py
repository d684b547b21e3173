"""What associations finance: efforts by type, kind, target group and party, and what they cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_contract.activity import party_column
from finsam_report.parts.ledger import PEOPLE, PERCENT
from finsam_report.parts.organisation_data import SEK, Data
from finsam_report.parts.organisation_rows import Piece, entries, spread_years, within
from finsam_report.parts.organisation_series import real

EFFORTS = "efforts"
KEY = ["group", "outcome", "year"]
YEAR = ["group", "year"]


def going(data: Data) -> pd.DataFrame:
    """A row per effort and year in which it was under way at some time."""
    return spread_years(data.efforts, data.efforts_last)


def _classes(data: Data, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows once for each way of telling efforts apart that is known of them.

    ``way`` is what they are told apart by, and ``outcome`` what they are by it; None where they
    are known not to be it.
    """
    ways = [("type", frame["type"])]
    for name, column in (("kind", "kind"), ("target", "target_group")):
        ways.append((name, f"{name}=" + frame[column].astype(object)))
    for party in data.part.parties:
        if (column := party_column(party.value)) in frame.columns:
            outcome = frame[column].map({1.0: f"party={party.value}", 0.0: ""})
            ways.append((column, outcome))
    pieces = [frame[YEAR].assign(way=way, outcome=outcome)[outcome.notna()]
              for way, outcome in ways]  # fmt: skip
    return pd.concat(pieces, ignore_index=True)


def filled(counts: pd.Series, years: range, groups: list[str]) -> pd.DataFrame:
    """Counts by group, outcome and year, with zero where there is nothing to count."""
    outcomes = counts.index.get_level_values("outcome").unique()
    index = pd.MultiIndex.from_product([groups, outcomes, [float(y) for y in years]], names=KEY)
    return counts.reindex(index, fill_value=0).rename("n").reset_index()


def _groups(data: Data) -> list[str]:
    """Every group that there may be efforts of, those without any among them."""
    tables = (data.associations, data.years, data.efforts)
    return sorted({group for table in tables for group in table["group"].unique()})


def effort_rows(data: Data) -> list[Piece]:
    """Efforts under way and begun in each year, and each class as a share of those under way.

    A share is of the efforts whose kind, target group or parties are known.
    """
    efforts = data.efforts
    if not len(efforts):
        return []
    there, begun = going(data), efforts.assign(year=efforts["first"])
    years = range(int(efforts["first"].min()), data.efforts_last + 1)
    out = []
    for estimator, frame in (("going", there), ("begun", begun)):
        told = _classes(data, frame)
        some = told[told["outcome"] != ""]
        counts = filled(some.groupby(KEY).size(), years, _groups(data))
        out.append(entries(EFFORTS, counts, estimator, "n", EFFORTS))
        if estimator == "going":
            known = told.groupby(["way", *YEAR]).size()
            way = some.drop_duplicates("outcome").set_index("outcome")["way"]
            place = counts.assign(way=counts["outcome"].map(way))[["way", *YEAR]]
            of = known.reindex(pd.MultiIndex.from_frame(place)).to_numpy(np.float64)
            shares = counts.assign(share=100 * counts["n"] / of)[~np.isnan(of)]
            out.append(entries(EFFORTS, shares, "share", "share", PERCENT))
    return out


def now_rows(data: Data) -> list[Piece]:
    """Efforts of each type under way in the last year, zero where a group has none."""
    if not len(data.efforts) or data.efforts_last < data.last:
        return []
    there = of_last_year(data).efforts.assign(outcome=lambda f: f["type"], year=float(data.last))
    return [entries(EFFORTS, filled(there.groupby(KEY).size(), range(data.last, data.last + 1),
                                    _groups(data)), "going", "n", EFFORTS)]  # fmt: skip


def of_last_year(data: Data) -> Data:
    """The tables with the efforts that were under way in the last year, by themselves."""
    efforts = data.efforts
    there = (efforts["first"] <= data.last) & (data.last <= efforts["last"])
    return replace(data, efforts=efforts[there])


def costs(data: Data) -> pd.DataFrame:
    """A row per effort and year with ``paid``: its cost spread evenly over its days.

    What goes on is taken to end with the last year.
    """
    frame = going(data)
    start, end = frame["start"], frame["ends"]
    whole = (end - start).dt.days.to_numpy(np.float64) + 1
    number = frame["year"].astype(np.int64).astype(str)
    low = np.maximum(start.to_numpy(), pd.to_datetime(number + "-01-01").to_numpy())
    high = np.minimum(end.to_numpy(), pd.to_datetime(number + "-12-31").to_numpy())
    days = (high - low) / np.timedelta64(1, "D") + 1
    return frame.assign(paid=frame["cost"].to_numpy(np.float64) * np.maximum(days, 0) / whole)


def taking_part(data: Data, frame: pd.DataFrame) -> pd.DataFrame:
    """Cost of efforts for individuals and their participants, by group and year.

    Only associations and years count of which both are known: the number of participants, and
    what each of the efforts that went on has cost. Where no participants are given by year, those
    of the table of participations stand for them. Columns ``paid``, ``people``, ``of_table``.
    """
    single = frame[frame["type"] == "individual"]
    place = ["group", "association", "year"]
    summed = single.assign(unknown=single["paid"].isna()).groupby(place)[["paid", "unknown"]].sum()
    paid = summed["paid"][summed["unknown"] == 0]
    years = data.years[data.years["participants"].notna()]
    if len(years):
        people = years.groupby(place)["participants"].sum().rename("people")
    elif len(data.people):
        there = spread_years(_until(data), data.efforts_last)
        people = there.groupby(place)["participant"].nunique().rename("people")
    else:
        return pd.DataFrame(columns=[*YEAR, "paid", "people", "of_table"])
    both = pd.concat([paid, people], axis=1, join="inner").dropna()
    both = both[both["people"] > 0].reset_index()
    return both.groupby(YEAR)[["paid", "people"]].sum().reset_index().assign(
        of_table=float(not len(years))
    )  # fmt: skip


def _until(data: Data) -> pd.DataFrame:
    """Participations with a last year, that of the table where they go on."""
    return data.people.assign(last=data.people["last"].fillna(float(data.last)))


def _amounts(
    data: Data, frame: pd.DataFrame, outcome: str, over: str, unit: str, cell: str | None = None
) -> list[Piece]:
    """An amount per something in each year: nominal, real, and the number of what it is per."""
    frame = frame.assign(per=frame["paid"] / frame[over])
    frame = frame[frame[over] > 0]
    return [
        entries("cost", frame, "nominal", "per", SEK, outcome=outcome, cell=cell),
        entries("cost", real(data, frame, ["per"]), "real", "per", SEK, outcome=outcome, cell=cell),
        entries("cost", frame, "count", over, unit, outcome=outcome, cell=cell),
    ]


def cost_rows(data: Data) -> list[Piece]:
    """Cost per effort, per participant and per participant who ended, year by year."""
    if not data.efforts["cost"].notna().any():
        return []
    frame = costs(data)
    known = frame[frame["paid"].notna()]
    out = []
    for name, some in (
        ("per_effort", known),
        ("per_effort_individual", known[known["type"] == "individual"]),
        ("per_effort_structural", known[known["type"] == "structural"]),
    ):
        out += _amounts(data, _summed(some), name, "n", EFFORTS)
    named = known[known["kind"].notna()]
    if len(named):
        out += _amounts(data, _summed(within(named, "kind")), "per_effort", "n", EFFORTS)
    people = taking_part(data, frame)
    if len(people):
        out += _amounts(data, people, "per_participant", "people", PEOPLE, "people")
        out.append(entries("cost", people.head(1).assign(year=np.nan, n=people["of_table"]),
                           "of_table", "n", "", outcome="per_participant"))  # fmt: skip
        out += _per_ended(data, people)
    return out


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(YEAR).agg(paid=("paid", "sum"), n=("paid", "size")).reset_index()


def _per_ended(data: Data, people: pd.DataFrame) -> list[Piece]:
    """The share who ended is that of the table of participations, which need not hold everybody."""
    if not len(data.people):
        return []
    there = spread_years(_until(data), data.efforts_last)
    took = there.groupby(YEAR)["participant"].nunique().rename("took")
    done = data.people[data.people["last"].notna()]
    ended = done.assign(year=done["last"]).groupby(YEAR)["participant"].nunique().rename("ended")
    both = people.set_index(YEAR).join([took, ended], how="inner").reset_index()
    both = both.assign(finished=both["people"] * both["ended"] / both["took"])
    return _amounts(data, both, "per_ended", "finished", PEOPLE, "ended")
