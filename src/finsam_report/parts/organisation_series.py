"""How many associations and members there are, how large they are, and what funds they have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.inputs.parts_contract import organisation as contract
from finsam_report.parts.ledger import PERCENT
from finsam_report.parts.organisation_data import FUNDS, SEK, Data
from finsam_report.parts.organisation_rows import ALL, Piece, entries

ASSOCIATIONS, MUNICIPALITIES, COUNTIES = "associations", "municipalities", "counties"
SIZES = (("1", 1, 1), ("2-4", 2, 4), ("5-9", 5, 9), ("10+", 10, np.inf))
# Over what the funds of the state and all of them are divided, and what they are then called.
PER = {"per_member": "municipalities", "per_inhabitant": "population"}
RELATED = ("state", "total")


def span(data: Data) -> list[int]:
    """The years from the first that the tables tell of to the last."""
    begins = [data.years["year"], data.associations["formed"]]
    known = [float(v.min()) for v in begins if v.notna().any()]
    if not known:
        return []
    return list(range(max(int(min(known)), data.part.years.first), data.last + 1))


def told_years(data: Data) -> list[int]:
    """The years that the table of associations by year has."""
    return sorted({int(year) for year in data.years["year"].dropna()})


def _counted(analysis: str, made: list[tuple[str, int, float]], unit: str) -> Piece:
    frame = pd.DataFrame(made, columns=["outcome", "year", "n"]).assign(group=ALL)
    return entries(analysis, frame, "count", "n", unit)


def number_rows(data: Data) -> list[Piece]:
    """Associations, those formed and ended, and their counties, year by year."""
    units = data.associations
    if not len(units):
        made = [(ASSOCIATIONS, year, float(len(data.exist(year)))) for year in told_years(data)]
        return [_counted("series", made, ASSOCIATIONS)]
    numbers, counties = [], []
    for year in span(data):
        there = data.exist(year)
        gone = units[units["ended"] == year]
        numbers += [
            (ASSOCIATIONS, year, float(len(there))),
            ("formed", year, float((units["formed"] == year).sum())),
            ("ended", year, float(len(gone))),
            ("merged", year, float(gone["merged_into"].notna().sum())),
        ]
        counties.append((COUNTIES, year, float(there["county"].nunique())))
    return [_counted("series", numbers, ASSOCIATIONS), _counted("series", counties, COUNTIES)]


def member_rows(data: Data) -> list[Piece]:
    """Member municipalities and their inhabitants, and how many an association has."""
    years = data.years
    out = []
    for name, unit in (("municipalities", MUNICIPALITIES), ("population", "inhabitants")):
        known = years[years[name].notna()]
        summed = known.groupby(["group", "year"])[name].agg(["sum", "mean"]).reset_index()
        out.append(entries("series", summed, "count", "sum", unit, outcome=name))
        if name == "municipalities":
            out.append(entries("series", summed, "mean", "mean", unit, outcome="members_mean"))
    staff = years[years["staff"].notna()]
    posts = staff.groupby(["group", "year"])["staff"].sum().reset_index()
    out.append(entries("series", posts, "count", "staff", "full-time equivalents",
                       outcome="staff"))  # fmt: skip
    return out


def size_rows(data: Data) -> list[Piece]:
    """Associations by how many municipalities they have, and in one county or several."""
    known = data.years[data.years["municipalities"] > 0]
    if not len(known):
        return []
    number = known["municipalities"].to_numpy(np.float64)
    marked = {name: (low <= number) & (number <= high) for name, low, high in SIZES}
    made = [known[["year"]].assign(**marked).groupby("year").sum()]
    told = known[known["counties"] > 0]
    if len(told):
        one = (told["counties"] == 1).to_numpy()
        counties = told[["year"]].assign(single_county=one, several_counties=~one)
        made.append(counties.groupby("year").sum())
    melted = [table.reset_index().melt("year", var_name="outcome", value_name="n")
              for table in made]  # fmt: skip
    long = pd.concat(melted).assign(group=ALL)
    return [entries("size", long, "count", "n", ASSOCIATIONS)]


def reported_rows(data: Data) -> list[Piece]:
    """Years in which a number of some associations is not known, so that sums are too small.

    ``count`` is of how many associations it is known, ``existing`` how many there are.
    """
    names = ("municipalities", "population", "participants", *FUNDS)
    used = [name for name in names if data.years[name].notna().any()]
    if not used:
        return []
    by = data.years.groupby("year")
    there = {year: len(data.exist(year)) for year in told_years(data)}
    rows = by["association"].nunique()
    of = np.maximum(rows.to_numpy(), [there[int(year)] for year in rows.index])
    counts = by[used].count().reset_index()
    frame = counts.melt("year", var_name="outcome", value_name="n").assign(group=ALL)
    frame = frame.assign(of=np.tile(of, len(used)).astype(np.float64))
    frame = frame[frame["n"] < frame["of"]]
    return [
        entries("reported", frame, "count", "n", ASSOCIATIONS),
        entries("reported", frame, "existing", "of", ASSOCIATIONS),
    ]


def real(data: Data, summed: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The years that the price index has, with amounts in the prices of the price year."""
    factor = summed["year"].map(dict(data.deflators)).astype(np.float64)
    out = summed.assign(**{name: summed[name] * factor for name in names})
    return out[factor.notna().to_numpy()]


def funds_rows(data: Data) -> list[Piece]:
    """Funds by source: nominal, real, as a share of all, and over members and inhabitants."""
    years, out = data.years, []
    for name in FUNDS:
        known = years[years[name].notna()]
        summed = known.groupby(["group", "year"])[name].sum().reset_index()
        out.append(entries("funds", summed, "nominal", name, SEK, outcome=name))
        out.append(entries("funds", real(data, summed, [name]), "real", name, SEK, outcome=name))
        if name != "total":
            both = known[known["total"].notna()]
            whole = both.groupby(["group", "year"])[[name, "total"]].sum().reset_index()
            whole = whole[whole["total"] > 0]
            whole = whole.assign(share=100 * whole[name] / whole["total"])
            # What was saved earlier is no part of the year's funds.
            estimator = "share" if name in contract.SOURCES else "ratio"
            out.append(entries("funds", whole, estimator, "share", PERCENT, outcome=name))
        if name in RELATED:
            out += _related(data, known, name)
    return out


def _related(data: Data, known: pd.DataFrame, name: str) -> list[Piece]:
    out = []
    for estimator, over in PER.items():
        both = known[known[over] > 0]
        summed = both.groupby(["group", "year"])[[name, over]].sum().reset_index()
        summed = summed.assign(per=summed[name] / summed[over])
        out.append(entries("funds", summed, estimator, "per", SEK, outcome=name))
        out.append(entries("funds", real(data, summed, ["per"]), f"{estimator}_real", "per", SEK,
                           outcome=name))  # fmt: skip
    mean = known[known["group"] == ALL].groupby(["group", "year"])[name].mean().reset_index()
    out.append(entries("funds", mean, "per_association", name, SEK, outcome=name))
    return out


def price_year_rows(data: Data) -> list[Piece]:
    """The year whose prices the real amounts are in."""
    if data.price_year is None:
        return []
    frame = pd.DataFrame({"group": [ALL], "year": [np.nan], "n": [float(data.price_year)]})
    return [entries("funds", frame, "year", "n", "year", outcome="price_year")]
