"""One number for each family of items: summary indices and the effects on them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.index import Index, equal_weights, inverse_covariance
from finsam_report.estimators.trial import Trial
from finsam_report.parts.common import Columns, smallest_cells
from finsam_report.parts.effects import SD_UNIT, effect_rows, randomisation_rows
from finsam_report.parts.ledger import CELL, rows
from finsam_report.study import Survey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

KLK, ICW = "index_klk:", "index_icw:"


def _families(part: Survey, columns: Columns) -> list[str]:
    """Families with several items of which a summary is wanted."""
    unwanted = {family.id for family in part.families if not family.index}
    once = dict.fromkeys(columns.families)
    return [f for f in once if f not in unwanted and columns.families.count(f) > 1]


def index_rows(
    part: Survey, trial: Trial, columns: Columns, draws: Bools, extra: Floats | None
) -> list[pd.DataFrame]:
    """Effects on both summary indices of every family, and their weights.

    Args:
        part: The part as declared.
        trial: The experiment.
        columns: Items that can be estimated, coded so that a higher answer is better.
        draws: Assignments drawn again.
        extra: Answers at baseline, complete; shape (n, q).
    """
    out: list[pd.DataFrame] = []
    for family in _families(part, columns):
        chosen = np.array([name == family for name in columns.families])
        items = columns.pick(chosen)
        up = np.ones(len(items.outcomes), dtype=np.int64)
        found = {
            KLK: equal_weights(items.values, trial.support, up),
            ICW: inverse_covariance(items.values, trial.support, up),
        }
        out += [_weight_rows(items, family, found, trial)]
        usable = {name: i for name, i in found.items() if (~np.isnan(i.values)).sum() > 0}
        if not usable:
            continue
        both = Columns(
            tuple(name + family for name in usable),
            np.full(len(usable), items.horizons[0]),
            (SD_UNIT,) * len(usable),
            # A family of its own each: the two indices are one question asked twice.
            tuple(usable),
            np.column_stack([i.values for i in usable.values()]),
        )
        cell = smallest_cells(both.values, both.shares, trial.support)
        tests = trial.test(both.values, draws, extra=extra)
        for estimator, adjust, test in (("unadjusted", False, tests[0]), ("lin", True, tests[1])):
            effects = trial.itt(both.values, extra=extra, adjust=adjust)
            out.append(effect_rows("survey", both, effects, estimator, cell))
            # No correction: there is one test of each index.
            drawn = randomisation_rows("survey", both, effects, test, estimator, cell)[0]
            out.append(drawn.assign(q_value=np.nan))
    return out


def _weight_rows(
    items: Columns, family: str, found: dict[str, Index], trial: Trial
) -> pd.DataFrame:
    """What each item counts in the indices, and how well the items hang together."""
    answered = (~np.isnan(items.values[~trial.support])).sum(axis=0).astype(np.float64)
    shared = {
        "part": "survey", "analysis": "index_weight", "group": f"family={family}",
        "horizon": float(items.horizons[0]),
    }  # fmt: skip
    pieces = [
        rows(outcome=list(items.outcomes), estimator=name.removeprefix("index_").rstrip(":"),
             estimate=index.weights, unit="weight", **{CELL: answered}, **shared)
        for name, index in found.items()
    ]  # fmt: skip
    alpha = rows(
        outcome="all_items", estimator="cronbach_alpha", estimate=found[KLK].alpha,
        unit="number", **{CELL: float(answered.min())}, **shared,
    )  # fmt: skip
    return pd.concat([*pieces, alpha], ignore_index=True)
