"""What others say of the participants, and what participants wrote in their own words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.agreement import cohen_kappa, paired_gap
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.parts import survey_answers, survey_flow
from finsam_report.parts.common import ARMS, Columns, exact, smallest_cells
from finsam_report.parts.effects import effect_rows
from finsam_report.parts.ledger import CELL, PERCENT, rows
from finsam_report.study import Survey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

THEME = "theme="


def _position(people: pd.DataFrame, table: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Where each row's person stands among the participants."""
    known = pd.Index(people["person"].astype(object))
    return np.asarray(known.get_indexer(table["person"].astype(object)), dtype=np.int64)


def staff_rows(
    part: Survey, tables: Tables, trial: Trial, staff: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """Staff's answers about a person less the person's own, on the same item in the same survey.

    Args:
        part: The part as declared.
        tables: Participants and answers.
        trial: The experiment.
        staff: Checked table of staff's answers, or None.
    """
    if staff is None or staff.empty:
        return []
    items = [item for item in part.items if item.id in staff.columns]
    out = []
    for wave in part.waves:
        chosen = staff[staff["wave"] == str(wave.wave)]
        own = survey_answers.answer_columns(part, tables, wave.wave)
        own = own.pick(np.array([item in items for item in part.items]))
        theirs = np.full(own.values.shape, np.nan)
        at = _position(tables.participants, chosen)
        for j, item in enumerate(items):
            answers = chosen[item.id].to_numpy(dtype=np.float64)
            theirs[at, j] = survey_answers.coded(item, answers)
        gap = paired_gap(theirs, own.values, trial.level)
        if not gap.n.any():
            continue
        pairs = ~(np.isnan(theirs) | np.isnan(own.values))
        out.append(
            rows(
                part="survey", analysis="staff", outcome=list(own.outcomes), group="all",
                horizon=own.horizons, estimator="paired_gap", estimate=gap.estimate,
                std_error=gap.std_error, ci_low=gap.ci_low, ci_high=gap.ci_high,
                p_value=gap.p_value, control_mean=gap.mean_second, unit=own.units[0],
                n_support=pairs[trial.support].sum(axis=0),
                n_control=pairs[~trial.support].sum(axis=0), **{CELL: gap.n},
            )
        )  # fmt: skip
    return out


@dataclass(frozen=True)
class _Coded:
    """Open answers of one survey: one row per person who wrote, a layer per coder.

    ``found`` is 1 where the coder saw the theme, 0 where not, NaN where the coder did not read
    the answer; shape (coders, n, themes).
    """

    wrote: Bools
    found: Floats


def _coded(part: Survey, people: pd.DataFrame, table: pd.DataFrame) -> _Coded:
    coders = sorted(table["coder"].unique().tolist())
    themes = [theme.value for theme in part.themes]
    found = np.full((len(coders), len(people), len(themes)), np.nan)
    at = _position(people, table)
    coder = pd.Categorical(table["coder"].astype(object), categories=coders).codes
    theme = pd.Categorical(table["theme"].astype(object), categories=themes).codes
    # Whoever is in the table at all was read by that coder.
    found[coder, at] = 0.0
    named = theme >= 0
    found[coder[named], at[named], theme[named]] = 1.0
    wrote = np.zeros(len(people), dtype=np.bool_)
    wrote[at] = True
    return _Coded(wrote, found)


def open_rows(
    part: Survey, tables: Tables, trial: Trial, table: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """Who wrote something in their own words, on what themes, and whether coders agree.

    A theme counts by the share of coders who saw it. Nothing that somebody wrote is in the data.

    Args:
        part: The part as declared.
        tables: Participants and answers.
        trial: The experiment.
        table: Checked table of coded open answers, or None.
    """
    if table is None or table.empty:
        return []
    out = []
    for wave in part.waves:
        chosen = table[table["wave"] == str(wave.wave)]
        if chosen.empty:
            continue
        coded = _coded(part, tables.participants, chosen)
        answered = survey_flow.returned(tables, wave.wave) | coded.wrote
        horizon = float(wave.month)
        seen = ~np.isnan(coded.found)
        mean = np.where(
            seen.any(axis=0),
            np.nansum(coded.found, axis=0) / np.maximum(seen.sum(axis=0), 1),
            np.nan,
        )
        names = ("wrote", *(f"{THEME}{theme.value}" for theme in part.themes))
        values = np.column_stack([np.where(answered, coded.wrote, np.nan), mean])
        columns = Columns(
            names, np.full(len(names), horizon), (PERCENT,) * len(names),
            ("open",) * len(names), values,
        )  # fmt: skip
        out += _share_rows(columns, trial, wave.arms)
        out += _agreement_rows(part, coded, horizon, trial)
    return out


def _share_rows(columns: Columns, trial: Trial, arms: tuple[str, ...]) -> list[pd.DataFrame]:
    out = []
    for group, arm in ARMS:
        if ("support" if arm else "control") not in arms:
            continue
        values = columns.values[trial.support == arm]
        n = (~np.isnan(values)).sum(axis=0)
        total = np.nansum(values, axis=0)
        some = (np.nan_to_num(values) > 0).sum(axis=0)
        rest = np.where(n - some > 0, n - some, n)
        out.append(
            rows(
                part="survey", analysis="open_answers", outcome=list(columns.outcomes),
                group=group, horizon=columns.horizons, estimator="share",
                estimate=np.where(n > 0, 100 * total / np.maximum(n, 1), np.nan), unit=PERCENT,
                n_support=n if arm else np.nan, n_control=np.nan if arm else n,
                **{CELL: np.minimum(np.where(some > 0, some, n), rest)},
            )
        )  # fmt: skip
    if len(arms) == 2:
        # Themes are those of people who wrote, whom chance did not choose: no effect on them.
        columns = columns.pick(np.array([name == "wrote" for name in columns.outcomes]))
        found = exact(trial.itt(columns.values, adjust=False), columns.values)
        cell = smallest_cells(columns.values, columns.shares, trial.support)
        out.append(
            effect_rows("survey", columns, found, "unadjusted", cell, analysis="open_answers")
        )
    return out


def _agreement_rows(
    part: Survey, coded: _Coded, horizon: float, trial: Trial
) -> list[pd.DataFrame]:
    """Agreement of the first two coders on each theme, and on all decisions together."""
    if coded.found.shape[0] < 2 or not part.themes:
        return []
    first, second = coded.found[0], coded.found[1]
    kappas = [cohen_kappa(first[:, k], second[:, k], trial.level) for k in range(len(part.themes))]
    pooled = cohen_kappa(first.ravel(), second.ravel(), trial.level)
    names = [f"{THEME}{theme.value}" for theme in part.themes]
    read = ~np.isnan(first[:, 0]) & ~np.isnan(second[:, 0])
    out = []
    # Who wrote on a theme is known from the shares already; agreement tells no more than that.
    counts = np.minimum(np.nansum(first, axis=0), np.nansum(second, axis=0))
    every = [*zip(names, kappas, counts, strict=True), ("all_themes", pooled, read.sum())]
    for name, kappa, cell in every:
        # Decisions on several themes of one text are not independent: no interval for all.
        alone = name != "all_themes"
        shared = {
            "part": "survey", "analysis": "agreement", "outcome": name, "group": "all",
            "horizon": horizon, "n_support": int((read & trial.support).sum()),
            "n_control": int((read & ~trial.support).sum()), CELL: float(cell),
        }  # fmt: skip
        out.append(
            rows(
                estimator="kappa", estimate=kappa.kappa, unit="kappa",
                std_error=kappa.std_error if alone else np.nan,
                ci_low=kappa.ci_low if alone else np.nan,
                ci_high=kappa.ci_high if alone else np.nan, **shared,
            )
        )  # fmt: skip
        out.append(
            rows(
                estimator="percent_agreement", estimate=100 * kappa.agreement, unit=PERCENT,
                **shared,
            )
        )  # fmt: skip
    return out
