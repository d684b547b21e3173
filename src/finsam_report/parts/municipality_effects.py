"""Effects of membership: overall, by sex and age, by years since joining, cohort and year."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from finsam_report.estimators.did_adjusted import Reason
from finsam_report.estimators.did_aggregate import Averages, averages, cell_errors
from finsam_report.estimators.did_bootstrap import bands, family_p
from finsam_report.estimators.did_cells import Cells
from finsam_report.estimators.did_errors import degrees_of_freedom
from finsam_report.estimators.did_pretest import pretest_events, trend_power
from finsam_report.estimators.multiple import benjamini_hochberg
from finsam_report.estimators.panel import Panel
from finsam_report.parts.ledger import NOT_ESTIMATED, POINTS, rows
from finsam_report.parts.municipality_data import ALL, Column, Data
from finsam_report.parts.municipality_work import FEW, PART, Work, made

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

POWERS = (0.5, 0.8)
REASONS = {
    Reason.NO_BASE: "no_base",
    Reason.NO_TREATED: "no_treated",
    Reason.NO_COMPARISON: "no_comparison",
    Reason.OVERLAP: "overlap",
    Reason.SINGULAR: "singular",
}


def comparison_mean(work: Work, panel: Panel) -> Floats:
    """Mean outcome of those compared with, in the years and as often as members count; (K,)."""
    under = panel.years[None, :] >= panel.start[:, None]
    free = np.repeat(panel.never[:, None], panel.years.size, axis=1)
    if work.part.comparison == "not_yet":
        free = ~under
    seen = np.isfinite(panel.outcome)
    weight = np.where(seen, panel.weight[:, None, :], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (weight * free[:, :, None] * np.nan_to_num(panel.outcome)).sum(axis=0)
        mean = mean / (weight * free[:, :, None]).sum(axis=0)
        members = np.where(np.isfinite(mean), (weight * under[:, :, None]).sum(axis=0), 0.0)
        return np.asarray((np.nan_to_num(mean) * members).sum(axis=0) / members.sum(axis=0))


def counts(cells: Cells) -> tuple[Ints, Ints]:
    """Members behind the overall effect, and most municipalities they are held against; (K,)."""
    post = cells.post
    most = np.where(post[:, None], cells.comparison, 0).max(axis=0, initial=0)
    return cells.used[post].any(axis=0).sum(axis=0), np.asarray(most)


def few(work: Work, data: Data, members: Ints) -> Floats:
    """Smallest cell of numbers over few members; NaN where they are many; shape (K,)."""
    joined = (data.joined > data.years[0]) & (data.joined <= data.years[-1])
    every = np.ones(data.years.size, dtype=np.bool_)
    return np.where(members < FEW, work.smallest(data, joined, every), np.nan)


def _families(work: Work, columns: tuple[Column, ...]) -> list[Ints]:
    """Positions of the main outcomes of each family."""
    of: dict[str, list[int]] = {}
    for k, column in enumerate(columns):
        if column.outcome in work.main:
            of.setdefault(work.family[column.outcome], []).append(k)
    return [np.array(held, dtype=np.int64) for held in of.values()]


def _analysis(work: Work, column: Column) -> str:
    declared = next(o for o in work.part.outcomes if o.id == column.outcome)
    if declared.placebo:
        return "placebo"
    if declared.sum_of:
        return "substitution"
    return "overall" if declared.main else "secondary"


def overall_rows(work: Work, data: Data, panel: Panel, cells: Cells) -> list[pd.DataFrame]:
    """The main effects of some columns, adjusted within families, and what could be found."""
    found = averages(cells, "simple")
    error, df = found.overall_std_error, found.overall_df
    p_value = 2 * special.stdtr(df, -np.abs(found.overall / error))
    q_value, wise = np.full((2, len(data.columns)), np.nan)
    for at in _families(work, data.columns):
        q_value[at] = benjamini_hochberg(p_value[at])
        wise[at] = family_p(
            found.overall[at], found.overall_influence[:, at], cells.cluster, work.drawn,
            error[at], df[at],
        )  # fmt: skip
    members, others = counts(cells)
    seen = np.where(cells.post[:, None], cells.treated, 0).max(axis=0, initial=0)
    frame = made(
        work, "overall", data.columns, "cs", found.overall, error, df, q_value=q_value,
        n_support=members, n_control=others, control_mean=comparison_mean(work, panel),
        smallest_cell=few(work, data, members),
    )  # fmt: skip
    frame["analysis"] = pd.array([_analysis(work, c) for c in data.columns], dtype="str")
    main = np.array([c.outcome in work.main for c in data.columns], dtype=np.bool_)
    factor = special.ndtri((1 + work.choices.level) / 2) + special.ndtri(work.choices.power)
    return [
        frame,
        made(work, "overall", data.columns, "cs_family", np.full(main.size, np.nan), p_value=wise),
        made(work, "mde", data.columns, "mde", np.where(main, factor * error, np.nan)),
        *_not_estimated(data, found.overall, error, seen, others),
    ]


def _not_estimated(
    data: Data, estimate: Floats, error: Floats, members: Ints, others: Ints
) -> list[pd.DataFrame]:
    """Columns without an effect, or without an error, and why."""
    why = np.where(np.isfinite(error), "", "no_spread")
    why = np.where(np.isnan(estimate), np.where(members > 0, "no_comparison", "no_treated"), why)
    which = np.flatnonzero(why != "")
    return [
        rows(
            part=PART, analysis=NOT_ESTIMATED, outcome=data.columns[k].outcome,
            group=data.columns[k].group, estimator=str(why[k]), unit=POINTS,
            n_support=int(members[k]), n_control=int(others[k]),
        )
        for k in which.tolist()
    ]  # fmt: skip


def _main(work: Work, data: Data, sex: str | None = None) -> Ints:
    """Positions of the main outcomes, of one sex or of all three."""
    return np.array(
        [k for k, c in enumerate(data.columns) if c.outcome in work.main and sex in (None, c.sex)],
        dtype=np.int64,
    )


def in_window(work: Work, at: Ints) -> Bools:
    """Which years since joining are shown."""
    return np.asarray((at >= -work.part.window.before) & (at <= work.part.window.after))


def event_rows(work: Work, data: Data, cells: Cells, events: Averages) -> list[pd.DataFrame]:
    """Effects by years since joining, with bands, and the test that all are zero."""
    k, e = _main(work, data), np.flatnonzero(in_window(work, events.at))
    columns = tuple(data.columns[i] for i in k.tolist())
    pick = np.ix_(e, k)
    estimate, error, df = events.estimate[pick], events.std_error[pick], events.df[pick]
    influence = events.influence[e][:, :, k]
    band = bands(estimate, influence, cells.cluster, work.drawn, work.choices.level, error, df)
    members = events.treated[pick]
    when = events.at
    at = when[e]
    cell = np.array([_few_at(work, data.pick(k), cells, one) for one in at.tolist()])
    cell = np.where(members < FEW, cell.reshape(members.shape), np.nan)
    return [
        made(work, "event", columns, "cs", estimate, error, df, at, n_support=members,
             smallest_cell=cell),
        made(work, "event", columns, "cs_band", estimate, at=at, std_error=None,
             ci_low=band.low, ci_high=band.high, smallest_cell=cell),
        made(work, "event_test", columns, "sup_t", band.critical, p_value=band.p_value,
             n_support=band.numbers, unit="standard errors"),
    ]  # fmt: skip


def _few_at(work: Work, data: Data, cells: Cells, event: int) -> Floats:
    """Smallest cell of the cohorts that are seen so many years after joining."""
    cohorts = np.unique(cells.cohort[cells.event == event])
    member = np.isin(cells.start, cohorts)
    if np.count_nonzero(member) >= FEW:
        return np.full(len(data.columns), np.nan)
    return work.smallest(data, member, np.ones(data.years.size, dtype=np.bool_))


def average_rows(work: Work, data: Data, cells: Cells, events: Averages) -> list[pd.DataFrame]:
    """Effects by cohort and by calendar year of everybody, and the other overall averages."""
    k, everybody = _main(work, data), _main(work, data, ALL)
    columns = tuple(data.columns[i] for i in k.tolist())
    some = data.pick(everybody)
    out = []
    for kind, found in (
        ("event", events), ("group", averages(cells, "group")),
        ("calendar", averages(cells, "calendar")),
    ):  # fmt: skip
        out.append(
            made(work, "overall", columns, f"cs_{kind}", found.overall[k],
                 found.overall_std_error[k], found.overall_df[k])
        )  # fmt: skip
        if kind == "event" or not found.at.size:
            continue
        cell = []
        for at in found.at.tolist():
            member = cells.start == at if kind == "group" else cells.start <= at
            rare = kind == "group" or np.count_nonzero(member) < FEW
            years = data.years >= at if kind == "group" else data.years == at
            none = np.full(everybody.size, np.nan)
            cell.append(work.smallest(some, member, years) if rare else none)
        out.append(
            made(work, kind, some.columns, "cs", found.estimate[:, everybody],
                 found.std_error[:, everybody], found.df[:, everybody], found.at,
                 n_support=found.treated[:, everybody], smallest_cell=np.array(cell))
        )  # fmt: skip
    return out


def cell_rows(work: Work, data: Data, cells: Cells) -> list[pd.DataFrame]:
    """Every effect by cohort and year of everybody; those not estimated, and why."""
    k = _main(work, data, ALL)
    some = data.pick(k)
    error = cell_errors(cells)[:, k]
    out = []
    for cohort in np.unique(cells.cohort).tolist():
        c = np.flatnonzero(cells.cohort == cohort)
        member = cells.start == cohort
        cell = np.array([
            work.smallest(some, member, np.isin(data.years, (cells.year[i], cells.base[i])))
            for i in c.tolist()
        ])  # fmt: skip
        out.append(
            made(work, "group_time", some.columns, "cs", cells.estimate[np.ix_(c, k)], error[c],
                 _cell_df(cells, c, k), cells.year[c], f"cohort={cohort}",
                 n_support=cells.treated[np.ix_(c, k)], n_control=cells.comparison[np.ix_(c, k)],
                 smallest_cell=cell)
        )  # fmt: skip
        why = cells.reason[np.ix_(c, k)]
        for code, name in REASONS.items():
            at, column = np.nonzero(why == code)
            if at.size:
                out.append(
                    rows(
                        part=PART, analysis=NOT_ESTIMATED,
                        outcome=[some.columns[j].outcome for j in column.tolist()],
                        group=f"cohort={cohort}", horizon=cells.year[c][at], estimator=name,
                        unit=POINTS,
                        n_support=cells.treated[np.ix_(c, k)][at, column],
                        n_control=cells.comparison[np.ix_(c, k)][at, column],
                    )
                )  # fmt: skip
    return out


def _cell_df(cells: Cells, c: Ints, k: Ints) -> Floats:
    return degrees_of_freedom(
        cells.influence[c][:, :, k], cells.cluster, cells.start, cells.weight[:, k]
    )


def pretest_rows(work: Work, data: Data, events: Averages) -> list[pd.DataFrame]:
    """Test that trends were alike before joining, and what it would have found."""
    k, everybody = _main(work, data), _main(work, data, ALL)
    columns = tuple(data.columns[i] for i in k.tolist())
    some = data.pick(everybody).columns
    early, earliest = work.part.anticipation, -work.part.window.before
    if not np.any((events.at < -early) & (events.at >= earliest)):
        return []
    test = pretest_events(events, early, earliest)
    found = trend_power(events, early, earliest, POWERS, 1 - work.choices.level)
    when = events.at
    e = np.flatnonzero(in_window(work, when) & (when >= 0))
    trend = "percentage points a year"
    out = [
        made(work, "pretest", columns, "wald", test.statistic[k], p_value=test.p_value_small[k],
             n_support=test.df[k], unit="chi-square"),
        made(work, "pretest", columns, "wald_chi2", test.statistic[k], p_value=test.p_value[k],
             n_support=test.df[k], unit="chi-square"),
    ]  # fmt: skip
    for row, power in enumerate(found.power.tolist()):
        name = f"{round(100 * power)}"
        out += [
            made(work, "pretest_power", some, f"slope_{name}", found.slope[row, everybody],
                 unit=trend),
            made(work, "pretest_power", some, f"bias_{name}", found.bias_overall[row, everybody]),
            made(work, "pretest_power", some, f"bias_{name}",
                 found.bias[row][np.ix_(e, everybody)], at=when[e]),
        ]  # fmt: skip
    return out
