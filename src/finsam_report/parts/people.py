"""From a checked table of participants to a trial: arms, blocks, covariates, take-up."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.assignment import Assignment
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.blocks import block_labels
from finsam_report.parts.dominance import Dominance
from finsam_report.study import Covariate, Register, Survey

Floats = npt.NDArray[np.float64]

OFTEN = 0.05


@dataclass(frozen=True)
class Characteristics:
    """Covariates as numbers, dummies for categories.

    Attributes:
        names: ``age``, ``foreign_born``, ``education=compulsory`` …; length p.
        units: "percent" for shares, else the covariate's unit in English; length p.
        values: As given, NaN where missing; shares as 0 or 1; shape (n, p).
        adjust: Whether the estimates are adjusted for it; shape (p,).
        dominance: When a sum of amounts tells of a few people.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    values: Floats
    adjust: npt.NDArray[np.bool_]
    dominance: Dominance | None = None

    def of(self, who: npt.NDArray[np.bool_]) -> Characteristics:
        """Those of some people; ``who`` has shape (n,)."""
        return replace(self, values=self.values[who])

    @property
    def shares(self) -> npt.NDArray[np.bool_]:
        """Which covariates are shares; shape (p,)."""
        return np.array([unit == "percent" for unit in self.units], dtype=np.bool_)


def characteristics(
    covariates: tuple[Covariate, ...], frame: pd.DataFrame, dominance: Dominance | None = None
) -> Characteristics:
    """The declared covariates of a table of participants, as numbers."""
    names: list[str] = []
    units: list[str] = []
    columns: list[Floats] = []
    adjust: list[bool] = []
    for covariate in covariates:
        column = frame[covariate.id]
        if covariate.kind != "category":
            names.append(covariate.id)
            number = covariate.unit.en if covariate.unit else "number"
            units.append("percent" if covariate.kind == "binary" else number)
            columns.append(column.to_numpy(dtype=np.float64))
            adjust.append(covariate.adjust)
            continue
        levels = covariate.levels if len(covariate.levels) > 2 else covariate.levels[:1]
        missing = column.isna().to_numpy()
        for level in levels:
            names.append(f"{covariate.id}={level.value}")
            units.append("percent")
            hit = (column == level.value).to_numpy(dtype=np.bool_, na_value=False)
            columns.append(np.where(missing, np.nan, hit.astype(np.float64)))
            adjust.append(covariate.adjust)
    values = np.column_stack(columns) if columns else np.zeros((len(frame), 0))
    return Characteristics(
        tuple(names), tuple(units), values, np.array(adjust, dtype=np.bool_), dominance
    )


def complete(values: Floats) -> Floats:
    """Missing values at the column's mean, with dummies for what is often missing.

    Any fixed value keeps the comparison unbiased under randomisation, because it is known
    before the assignment; the dummies only add precision. A dummy is added where at least one
    in twenty is missing and no dummy for nearly the same people is there already.
    """
    missing = np.isnan(values)
    if not missing.any():
        return values
    counts = (~missing).sum(axis=0)
    means = np.where(counts > 0, np.nansum(values, axis=0) / np.maximum(counts, 1), 0.0)
    filled = np.where(missing, means, values)
    flags: list[npt.NDArray[np.bool_]] = []
    for j in np.flatnonzero(missing.mean(axis=0) >= OFTEN):
        if all((missing[:, j] != flag).mean() >= OFTEN for flag in flags):
            flags.append(missing[:, j])
    return np.column_stack([filled, *(flag.astype(np.float64) for flag in flags)])


def trial(
    part: Survey | Register, frame: pd.DataFrame, seen: Characteristics, level: float
) -> Trial:
    """The experiment that a table of participants describes."""
    label = block_labels(part, frame)
    labels = tuple(sorted(label.unique().tolist()))
    block = pd.Categorical(label.astype(object), categories=list(labels)).codes.astype(np.int64)
    support = (frame["arm"] == part.arms.support.value).to_numpy(dtype=np.bool_)
    return Trial(
        assignment=Assignment.realised(block, support, labels),
        support=support,
        covariates=complete(seen.values[:, seen.adjust]),
        take_up=frame["met_team"].to_numpy(dtype=np.float64) if part.take_up else None,
        level=level,
    )
