"""Checks of a price index, and of draws that people took part in again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.prices import price_factors
from finsam_report.inputs.blocks import month_numbers, start_months
from finsam_report.inputs.parts_checks.pieces import Floats, Mask, Read, Report
from finsam_report.inputs.parts_contract.calendar import DRAWS, PRICES
from finsam_report.problems import Problem
from finsam_report.study import Prices, Register, Study

Ints = npt.NDArray[np.int64]

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def price_periods(prices: Prices, months: npt.NDArray[np.float64]) -> Ints:
    """Calendar months as the price index counts its periods: years, or years and months."""
    whole = months.astype(np.int64)
    periods: Ints = whole // 12
    if prices.period == "month":
        periods = periods * 100 + whole % 12 + 1
    return periods


def index_periods(prices: Prices, frame: pd.DataFrame) -> Ints:
    """The periods of the table of a price index, counted in the same way."""
    year = frame["year"].to_numpy(np.float64)
    if prices.period == "year":
        return year.astype(np.int64)
    month = frame["month"].to_numpy(np.float64)
    return np.asarray(year * 100 + month).astype(np.int64)


def check_prices(read: Read) -> None:
    """The index is above zero in every row."""
    index = read.numbers("index")
    read.tell(
        "index", np.asarray(index <= 0), "an index of zero", "an index above zero",
        "correct the cells",
    )  # fmt: skip


def check_reach(
    study: Study, read: Mapping[str, Read], people: pd.DataFrame, periods: pd.Series, report: Report
) -> None:
    """The index has every year or month that amounts of the register are from, and price years.

    Args:
        study: The study as declared.
        read: The tables beside those of the experiments.
        people: The participants of the register.
        periods: The periods of its outcomes.
        report: Called with each problem.
    """
    part, prices = study.register_, study.prices
    if part is None or prices is None or PRICES not in read:
        return
    wanted = sorted({o.price_year for o in part.outcomes if deflated(study, o.id) and o.price_year})
    known = np.unique(periods.dropna().to_numpy(np.int64))
    starts = np.unique(start_months(part, people))
    starts = starts[~np.isnan(starts)]
    frame = read[PRICES].frame
    if not wanted or not known.size or not starts.size or frame.isna().any(axis=None):
        return  # what is missing there is reported already
    months = (starts[:, None] + MONTHS[part.period] * known[None, :]).ravel()
    of = np.unique(price_periods(prices, months))
    for year in wanted:
        try:
            price_factors(of, index_periods(prices, frame), read[PRICES].numbers("index"), year)
        except ValueError as fault:
            report(
                Problem(
                    file=prices.table,
                    column="index",
                    found=str(fault),
                    expected="an index for every period that amounts are from, and for the whole "
                    f"of {year}, the price year",
                    mend="add the rows; or, if the amounts are in the prices of that year already, "
                    "set nominal = false for the outcome in study.toml",
                )
            )
            return


def deflated(study: Study, outcome: str) -> bool:
    """Whether amounts of an outcome of the register are turned into prices of its price year."""
    if study.prices is None or study.register_ is None:
        return False
    found = next(o for o in study.register_.outcomes if o.id == outcome)
    return found.nominal and found.price_year is not None


def _marked(size: int, at: Ints) -> Mask:
    """Which of so many rows are at the positions ``at``."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[at] = True
    return mask


def check_draws(part: Register, read: Read, people: pd.DataFrame) -> None:
    """Everybody's first draw is the one among the participants, and nobody is drawn twice.

    Args:
        part: The register as declared.
        read: The table of draws.
        people: The participants.
    """
    frame, size = read.frame, len(read.frame)
    known = people[people["person"].notna()].drop_duplicates("person")
    row = pd.Index(known["person"].astype(object)).get_indexer(pd.Index(read.text("person")))
    named = frame["person"].notna().to_numpy(dtype=np.bool_)
    read.tell(
        "person", (row < 0) & named, f"people who are not in {part.participants}",
        "only people who were randomised", f"add them to {part.participants} or remove the rows",
    )  # fmt: skip
    month, arm = month_numbers(frame["date"]), read.text("arm").to_numpy()
    good = (row >= 0) & ~np.isnan(month) & frame["arm"].notna().to_numpy(dtype=np.bool_)
    at = np.flatnonzero(good)
    at = at[np.lexsort((month[at], row[at]))]  # by person, and the draws of each in order
    own, drawn = row[at], arm[at] == part.arms.support.value
    begins = np.append(True, own[1:] != own[:-1])[: own.size]
    same = ~begins
    same[1:] &= month[at][1:] == month[at][:-1]
    read.tell(
        "date", _marked(size, at[same]), "a second draw of a person in one month",
        "at most one draw a month", "keep one of the rows",
    )  # fmt: skip
    before: Ints = np.cumsum(drawn) - drawn
    before = before - np.maximum.accumulate(np.where(begins, before, 0))
    read.tell(
        "arm", _marked(size, at[(before > 0) & drawn]), "a person drawn a second time",
        "each person drawn once at most", "keep the first, or correct the arm",
    )  # fmt: skip
    # Of people with a row that cannot be read it is not known which one is the first.
    whole = np.ones(len(known), dtype=np.bool_)
    whole[row[~good & (row >= 0)]] = False
    first = at[begins]
    mine, there = own[begins], known["arm"].astype(object).to_numpy()
    start = start_months(part, known)
    ready = whole[mine] & ~np.isnan(start[mine]) & known["arm"].notna().to_numpy()[mine]
    first, mine = first[ready], mine[ready]
    odd = (start[mine] != month[first]) | (there[mine] != arm[first])
    read.tell(
        "date", _marked(size, first[odd]),
        f"a first draw of another month or arm than in {part.participants}",
        f"the first draw of a person as in {part.participants}", "correct one of the two tables",
    )  # fmt: skip
    if good.all():
        _few_draws(part, read, len(known) - np.unique(row).size, at[~begins], month, arm)


def _few_draws(
    part: Register, read: Read, lost: int, again: Ints, month: Floats, arm: npt.NDArray[np.object_]
) -> None:
    """Warn of people without draws, of no later draws, and of those without chance."""
    if lost:
        read.warn_all(
            "person", f"no draw of {lost} of the participants",
            "a row for each participant's first draw at least",
            "add the rows; without them these people count as never eligible again",
        )  # fmt: skip
    if not again.size:
        read.warn_all(
            "date", "nobody in a draw after the first", "draws that people took part in again",
            "add them; if there were none, take [register.later] out of study.toml",
        )  # fmt: skip
    missed = arm != part.arms.support.value
    certain = ~np.isin(month, month[missed])
    read.tell(
        "arm", certain & _marked(len(month), again), "months in which everybody on the list was "
        "drawn", "a draw in which chance decided", "nothing, if all were drawn: they then say "
        "nothing of an effect; else add the people who were not", warn=True,
    )  # fmt: skip


def check(
    study: Study,
    read: Mapping[str, Read],
    register: tuple[pd.DataFrame, pd.Series] | None,
    report: Report,
) -> None:
    """All checks of the price index and of later draws; the second with what is read already."""
    if study.prices is not None and PRICES in read:
        check_prices(read[PRICES])
        if register is not None:
            check_reach(study, read, *register, report)
    if study.register_ is not None and DRAWS in read and register is not None:
        check_draws(study.register_, read[DRAWS], register[0])
