"""Other choices and other estimators: does the answer depend on how it was asked?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.did_aggregate import averages
from finsam_report.estimators.did_bacon import KINDS, bacon
from finsam_report.estimators.did_bootstrap import bootstrap_errors, drawn_errors, multipliers
from finsam_report.estimators.did_borusyak import impute_effects
from finsam_report.estimators.did_cells import Cells
from finsam_report.estimators.did_twfe import (
    EventStudy,
    event_study,
    group_trends,
    static_effect,
)
from finsam_report.estimators.ols import independent_columns
from finsam_report.estimators.panel import NEVER, Panel, take_units
from finsam_report.parts.municipality_data import Data
from finsam_report.parts.municipality_describe import covariate_values, pre_years
from finsam_report.parts.municipality_effects import counts, few, in_window
from finsam_report.parts.municipality_work import Work, made, take_municipalities

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

AT_ONCE = 120  # columns of panels with a county left out that are held in memory
OTHER = {"never": "not_yet", "not_yet": "never"}


def covariates(work: Work, data: Data) -> tuple[Floats, Bools]:
    """Covariates that effects are adjusted for, (n, p), and who has all of them, (n,)."""
    seen = covariate_values(work, data)
    columns = [seen.values[:, seen.adjust]]
    at = pre_years(work)
    names = {(c.outcome, c.group): k for k, c in enumerate(work.everyone.columns)}
    kept = work.everyone.joined > work.everyone.years[0]
    for one in work.part.covariates:
        if one.source is None or not one.adjust:
            continue
        part = work.everyone.outcome[kept][:, at, names[one.source, "all"]]
        count = (~np.isnan(part)).sum(axis=1)
        mean = np.nan_to_num(part).sum(axis=1) / np.maximum(count, 1)
        columns.append(np.where(count > 0, mean, np.nan)[:, None])
    values = np.hstack(columns)
    known = np.asarray(~np.isnan(values).any(axis=1))
    if values.shape[1] and known.any():
        # Levels of a category add up to the constant: one of them is left out.
        design = np.column_stack([np.ones(int(known.sum())), values[known]])
        values = values[:, independent_columns(design)[1:]]
    return values, known


def _overall(
    work: Work, data: Data, cells: Cells, name: str, at: Ints | None = None
) -> pd.DataFrame:
    """Overall effects of all columns of the cells, or of some; ``data`` has those columns."""
    k = np.arange(len(data.columns)) if at is None else at
    simple = averages(cells, "simple")
    members, others = counts(cells)
    return made(
        work, "robustness", data.columns, name, simple.overall[k], simple.overall_std_error[k],
        simple.overall_df[k], n_support=members[k], n_control=others[k],
        smallest_cell=few(work, data, members[k]),
    )  # fmt: skip


def _variants(work: Work, data: Data) -> Iterator[tuple[str, Data, Cells]]:
    """Other choices, each changing one thing: name, data, and effects by cohort and year."""
    part = work.part
    panel = work.panel(data, overall=True)
    other = OTHER[part.comparison]
    yield other, data, work.cells(panel, group=other)
    values, known = covariates(work, data)
    if values.shape[1] and known.any():
        some = replace(take_units(panel, known), covariates=values[known])
        yield "dr", take_municipalities(data, known), work.cells(some)
    weights = "none" if part.weights == "population" else "population"
    if not np.isnan(data.people).all():
        name = "weighted" if weights == "population" else "unweighted"
        yield name, data, work.cells(work.panel(data, weights=weights, overall=True))
    cluster = "association" if part.cluster == "municipality" else "municipality"
    if np.unique(work.clusters("association")).size < data.joined.size:
        clustered = work.panel(data, cluster=cluster, overall=True)
        yield f"cluster_{cluster}", data, work.cells(clustered)
    yield "uncorrected", data, work.cells(panel, small_sample=False)
    more = part.anticipation + 1
    yield f"anticipation_{more}", data, work.cells(work.panel(data), anticipation=more)
    if part.late is not None:
        early = (data.joined < part.late) | (data.joined == NEVER)
        if 0 < np.count_nonzero(early) < early.size:
            some = take_units(panel, early)
            yield "drop_late", take_municipalities(data, early), work.cells(some)


def robustness_rows(work: Work, cells: Cells) -> list[pd.DataFrame]:
    """The main effects of all, women and men under other choices.

    Args:
        work: The study's municipalities.
        cells: The effects as declared, of all columns of all ages.
    """
    data = work.sexes
    place = {column: k for k, column in enumerate(work.core.columns)}
    at = np.array([place[column] for column in data.columns], dtype=np.int64)
    out = [_overall(work, data, cells, "cs", at)]
    for name, some, varied in _variants(work, data):
        out.append(_overall(work, some, varied, name))
        if name == "uncorrected":
            out.append(_bootstrap(work, data, varied))
    panel = work.panel(data)
    for name, controls in (("twfe", None), ("county_trends", _county_trends(panel, data))):
        found = static_effect(panel, controls)
        out.append(
            made(work, "robustness", data.columns, name, found.estimate[0],
                 _positive(found.std_error[0]), found.df)
        )  # fmt: skip
    return out + _leads(work, data)


def _positive(error: Floats) -> Floats:
    return np.where(error > 0, error, np.nan)


def _county_trends(panel: Panel, data: Data) -> Floats:
    # All trends together are one of the years, which year effects take out already.
    return group_trends(panel, pd.factorize(data.units["county"].astype(object))[0])[:, :, 1:]


def _bootstrap(work: Work, data: Data, cells: Cells) -> pd.DataFrame:
    """Errors by the multiplier bootstrap, as they are published for the estimator."""
    found = averages(cells, "simple")
    rng = np.random.default_rng([work.choices.seed, 62])
    drawn = multipliers(np.unique(cells.cluster).size, work.part.bootstrap, rng, "mammen")
    error = bootstrap_errors(drawn_errors(found.overall_influence, cells.cluster, drawn))
    error = np.where(np.isfinite(found.overall_std_error), error, np.nan)
    return made(work, "robustness", data.columns, "bootstrap", found.overall, error)


def _leads(work: Work, data: Data) -> list[pd.DataFrame]:
    """Differences before joining, measured from the other base."""
    base = "varying" if work.part.base == "universal" else "universal"
    found = averages(work.cells(work.panel(data), base=base), "event")
    when = found.at
    e = np.flatnonzero((when < 0) & in_window(work, when))
    return [
        made(work, "event", data.columns, f"cs_{base}", found.estimate[e], found.std_error[e],
             found.df[e], when[e], n_support=found.treated[e])
    ]  # fmt: skip


def leave_out_rows(work: Work) -> list[pd.DataFrame]:
    """The main effect of everybody without each county.

    Counties are left out in columns of their own, so that all are estimated at once.
    """
    data = work.all
    county = data.units["county"].astype(object).to_numpy()
    names = sorted({str(one) for one in county if not pd.isna(one)})
    if len(names) < 2:
        return []
    panel = work.panel(data, overall=True)
    size = len(data.columns)
    out = []
    together = max(AT_ONCE // size, 1)
    for start in range(0, len(names), together):
        some = names[start : start + together]
        outcome = np.concatenate(
            [np.where((county == name)[:, None, None], np.nan, panel.outcome) for name in some],
            axis=2,
        )
        weight = (
            panel.weight if panel.weight.shape[1] == 1 else np.tile(panel.weight, (1, len(some)))
        )
        cells = work.cells(replace(panel, outcome=outcome, weight=weight))
        found = averages(cells, "simple")
        members, others = counts(cells)
        for k, name in enumerate(some):
            at = slice(k * size, (k + 1) * size)
            out.append(
                made(work, "leave_out", data.columns, "cs", found.overall[at],
                     found.overall_std_error[at], found.overall_df[at], group=f"county={name}",
                     n_support=members[at], n_control=others[at])
            )  # fmt: skip
    return out


def other_rows(work: Work) -> list[pd.DataFrame]:
    """Imputation and the regression on unit and year effects, also by years since joining."""
    data = work.sexes
    panel = work.panel(data)
    imputed = impute_effects(panel, anticipation=work.part.anticipation)
    error = _positive(imputed.std_error)
    at = np.concatenate([[False], in_window(work, imputed.event)])
    out = [
        made(work, "robustness", data.columns, "imputation", imputed.estimate[0], error[0]),
        made(work, "imputation", data.columns, "imputation", imputed.estimate[at], error[at],
             at=imputed.event[at[1:]]),
    ]  # fmt: skip
    study = _event_study(work, panel)
    if study is not None:
        shown = in_window(work, study.event)
        out.append(
            made(work, "twfe", data.columns, "twfe", study.fit.estimate[shown],
                 _positive(study.fit.std_error[shown]), study.fit.df, study.event[shown])
        )  # fmt: skip
    return out + _bacon(work)


def _event_study(work: Work, panel: Panel) -> EventStudy | None:
    """The regression by years since joining; None where there are too few years for it."""
    window = (-work.part.window.before - 1, work.part.window.after + 1)
    try:
        return event_study(panel, reference=(-1 - work.part.anticipation,), window=window)
    except ValueError:
        return None


def _bacon(work: Work) -> list[pd.DataFrame]:
    """Every comparison of two cohorts that the regression is made of, with its weight."""
    data = work.all
    panel = work.panel(data)
    if np.unique(panel.start).size < 2:
        return []
    found = bacon(panel)
    known = np.asarray(np.isfinite(found.weight).all(axis=0))
    weight, mean = found.by_kind()
    columns = tuple(c for c, fine in zip(data.columns, known, strict=True) if fine)
    if not columns:
        return []
    every = np.ones(data.years.size, dtype=np.bool_)
    cell = {
        start: work.smallest(data, panel.start == start, every)
        for start in np.unique(panel.start).tolist()
    }
    pairs = list(zip(found.treated.tolist(), found.comparison.tolist(), strict=True))
    kinds = np.unique(found.kind)
    names = [f"type={KINDS[kind]}" for kind in kinds.tolist()]
    names += [f"{one} v {'never' if two == NEVER else two}" for one, two in pairs]
    none = np.full((kinds.size, known.size), np.nan)
    least = np.concatenate([none, [np.fmin(cell[one], cell[two]) for one, two in pairs]])
    frame = made(
        work, "bacon", columns, "bacon",
        np.concatenate([mean[kinds], found.estimate])[:, known], at=np.arange(len(names)),
        control_mean=np.concatenate([weight[kinds], found.weight])[:, known],
        smallest_cell=least[:, known],
    )  # fmt: skip
    group = pd.array([names[int(row)] for row in frame["horizon"]], dtype="str")
    return [frame.assign(group=group, horizon=np.nan)]
