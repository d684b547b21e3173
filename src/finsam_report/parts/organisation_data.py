"""The tables of associations made ready: years as numbers, people with their association."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.prices import price_factors
from finsam_report.inputs.parts_checks.calendar import index_periods
from finsam_report.inputs.parts_contract import activity, calendar, organisation, parties
from finsam_report.parts.organisation_rows import ALL, spread_years
from finsam_report.study import Organisation, Study

Floats = npt.NDArray[np.float64]

BY = "association="  # in a group: the code of an association follows
SEK = "SEK"


@dataclass(frozen=True)
class Data:
    """Tables of a study, of all associations or of some; an absent table has no rows.

    Every table has the columns ``association`` and ``group``: the rows of a group are counted
    together, and the ledger names them so.

    Attributes:
        part: The part as declared.
        associations: A row per association: formed, ended (infinite where it remains), county.
        years: A row per association and year, amounts in kronor of the year.
        efforts: A row per effort, with ``first`` and ``last`` year and ``ends``, its last day.
        people: A row per participation, with the years ``first`` and ``last`` (NaN if it goes on).
        indicators: A row per answer.
        teams: A row per team, year and party.
        referrals: Referred people by ``half`` (year, and a half for the later half-year), party.
        last: The last year of the tables.
        efforts_last: The last year that the table of efforts tells of.
        deflators: What an amount of a year is multiplied with, by year; empty without an index.
        price_year: The year whose prices are the real ones, or None.
    """

    part: Organisation
    associations: pd.DataFrame
    years: pd.DataFrame
    efforts: pd.DataFrame
    people: pd.DataFrame
    indicators: pd.DataFrame
    teams: pd.DataFrame
    referrals: pd.DataFrame
    last: int
    efforts_last: int
    deflators: Mapping[int, float]
    price_year: int | None

    def changed(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Data:
        """The same with every table changed."""
        return replace(
            self,
            associations=change(self.associations),
            years=change(self.years),
            efforts=change(self.efforts),
            people=change(self.people),
            indicators=change(self.indicators),
            teams=change(self.teams),
            referrals=change(self.referrals),
        )

    def each(self, without: str | None = None) -> Data:
        """The same tables with every association as a group of its own."""

        def own(table: pd.DataFrame) -> pd.DataFrame:
            table = table[table["association"].notna()]
            if without is not None:
                table = table[table["association"] != without]
            return table.assign(group=BY + table["association"].astype(object))

        return self.changed(own)

    def only(self, code: str) -> Data:
        """The tables of one association, as the group of its name."""
        return self.changed(
            lambda table: table[(table["association"] == code).to_numpy(dtype=bool)].assign(
                group=BY + code
            )
        )

    def exist(self, year: int) -> pd.DataFrame:
        """Associations that there are at the end of a year, as far as the tables tell."""
        units = self.associations
        if len(units):
            return units[(units["formed"] <= year) & (year <= units["ended"])]
        there = self.years[self.years["year"] == year]
        return there.drop_duplicates("association")


def _plain(table: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    """A table with at least these columns, texts as plain objects, and the group of all."""
    if table is None:
        table = pd.DataFrame()
    out = {}
    for name in dict.fromkeys((*columns, *table.columns)):
        if name not in table.columns:
            out[name] = pd.Series(np.nan, index=table.index, dtype=object)
            continue
        values = table[name]
        numeric = pd.api.types.is_numeric_dtype(values) and not isinstance(
            values.dtype, pd.CategoricalDtype
        )
        if numeric:
            out[name] = values.astype(np.float64)
        elif pd.api.types.is_datetime64_any_dtype(values):
            out[name] = values
        else:
            text = values.astype(object)
            out[name] = text.where(text.notna(), None)
    return pd.DataFrame(out, index=table.index).assign(group=ALL).reset_index(drop=True)


def _numbers(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return frame.assign(**{name: frame[name].astype(np.float64) for name in names})


FUNDS = (*organisation.SOURCES, "saved", "total")
_SIZES = ("year", "municipalities", "population", "counties", "staff", "participants")


def _years(table: pd.DataFrame | None) -> pd.DataFrame:
    out = _numbers(_plain(table, ("association", *_SIZES, *FUNDS)), (*_SIZES, *FUNDS))
    sources = out[list(organisation.SOURCES)].to_numpy()
    # A total that is not given is the sum where every source is.
    return out.assign(total=out["total"].fillna(pd.Series(sources.sum(axis=1), index=out.index)))


def _year_of(dates: pd.Series) -> Floats:
    if not len(dates) or not pd.api.types.is_datetime64_any_dtype(dates):
        return np.full(len(dates), np.nan)
    year: Floats = dates.dt.year.to_numpy(dtype=np.float64)
    return year


def _efforts(table: pd.DataFrame | None) -> pd.DataFrame:
    out = _plain(table, ("association", "effort", "type", "kind", "target_group", "start", "end"))
    out = _numbers(out.assign(cost=out.get("cost", np.nan)), ("cost",))
    return out.assign(first=_year_of(out["start"]), last=_year_of(out["end"]))


def _people(table: pd.DataFrame | None, efforts: pd.DataFrame) -> pd.DataFrame:
    columns = (
        "participant", "effort", "sex", "age_band", "education", "livelihood_before",
        "livelihood_after", "occupation_before", "occupation_after", "start", "end", "identified",
    )  # fmt: skip
    out = _numbers(_plain(table, columns), ("identified",))
    home = efforts.drop_duplicates("effort").set_index("effort")
    return out.assign(
        association=home["association"].reindex(out["effort"]).to_numpy(),
        first=_year_of(out["start"]), last=_year_of(out["end"]),
    )  # fmt: skip


def referrals(table: pd.DataFrame | None) -> pd.DataFrame:
    """Referrals with ``half``, the half-year, and ``number``, the month."""
    out = _numbers(_plain(table, ("association", "month", "party", "people")), ("people",))
    if not len(out):
        return out.assign(half=np.zeros(0), number=np.zeros(0))
    number = out["month"].dt.month.to_numpy(dtype=np.float64)
    return out.assign(half=_year_of(out["month"]) + 0.5 * (number > 6), number=number)


def _deflators(study: Study, index: pd.DataFrame | None, years: pd.Series) -> dict[int, float]:
    """Factors to the prices of the last year that both the amounts and the index have."""
    if study.prices is None or index is None or not len(years):
        return {}
    table = index_periods(study.prices, index)
    level = index["index"].to_numpy(np.float64)
    of = table if study.prices.period == "year" else table // 100
    whole = 1 if study.prices.period == "year" else 12
    known, months = np.unique(of, return_counts=True)
    # The level of a year is the mean of its months, and there is none for a part of a year.
    mean = {int(y): float(level[of == y].mean()) for y in known[months == whole]}
    common = sorted(set(mean) & {int(y) for y in years.dropna()})
    if not common:
        return {}
    at = np.array(common)
    factors = price_factors(at, at, np.array([mean[y] for y in common]), common[-1])
    return dict(zip(common, factors.tolist(), strict=True))


def prepare(study: Study, tables: Mapping[str, pd.DataFrame]) -> Data | None:
    """The study's tables of associations, made ready; None where it has no such part."""
    part = study.organisation
    if part is None:
        return None
    units = _plain(tables.get(organisation.ASSOCIATIONS),
                   ("association", "county", "formed", "ended", "merged_into"))  # fmt: skip
    units = _numbers(units, ("formed", "ended"))
    years, efforts = _years(tables.get(organisation.YEARS)), _efforts(tables.get(activity.EFFORTS))
    people = _people(tables.get(activity.PARTICIPANTS), efforts)
    asked = _plain(
        tables.get(organisation.INDICATORS),
        ("questionnaire", "association", "year", "respondent", "indicator", "answer"),
    )
    teams = _plain(tables.get(parties.TEAMS),
                   ("association", "team", "year", "party", "posts", "vacant"))  # fmt: skip
    referred = referrals(tables.get(parties.REFERRALS))
    units = units.assign(
        gone=units["ended"].where(units["ended"].notna()), ended=units["ended"].fillna(np.inf)
    )
    told = [years["year"], efforts["first"], people["first"], asked["year"], teams["year"],
            np.floor(referred["half"]), units["formed"], units["gone"]]  # fmt: skip
    if not len(years):  # else an end that is only planned would carry the years on
        told.append(efforts["last"])
    seen = [float(np.nanmax(v.astype(np.float64))) for v in told if v.notna().any()]
    last = min(int(max(seen, default=part.years.first)), part.years.last)
    efforts = _ended(efforts, last)
    spans = spread_years(efforts, last)["year"] if len(efforts) else efforts["first"]
    deflators = _deflators(study, tables.get(calendar.PRICES), pd.concat([years["year"], spans]))
    return Data(
        part, units, years, efforts, people,
        _numbers(asked, ("year", "answer")), _numbers(teams, ("year", "posts", "vacant")),
        referred, last, _told_until(efforts, last), deflators, max(deflators, default=None),
    )  # fmt: skip


def _told_until(efforts: pd.DataFrame, last: int) -> int:
    """The last year of efforts: of one that goes on, or in which one ended."""
    if not len(efforts) or efforts["open"].any():
        return last
    return min(last, int(efforts["ends"].dt.year.max()))


def _ended(efforts: pd.DataFrame, last: int) -> pd.DataFrame:
    """Efforts with a last day: that of the last year where they go on."""
    open_ = efforts["end"].isna()
    ends = pd.to_datetime(efforts["end"]).fillna(pd.Timestamp(year=last, month=12, day=31))
    began = pd.to_datetime(efforts["start"])
    return efforts.assign(ends=ends.where(ends >= began, began), open=open_,
                          last=efforts["last"].where(~open_, float(last)))  # fmt: skip
