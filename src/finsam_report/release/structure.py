"""Rows that give away a hidden one although no count adds up: weighted sums and ratios.

Effects in subgroups are nearly the parts of the effect among all, shares that are weighted by
blocks nearly add up, averages over cohorts of municipalities tell the last cohort. Where one row
of such a set is hidden because of people in it, a second one goes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.parts.ledger import CELL, MUNICIPALITY
from finsam_report.release.quantities import TRIALS

Bools = npt.NDArray[np.bool_]

KEY = ["part", "analysis", "outcome", "group", "horizon", "estimator"]
DESCRIBED = ("description", "balance", "who_answered", "met_description")
PARTED = ("subgroup", "calendar", "itt_by_sex")
TESTED = {"subgroup": "interaction", "calendar": "calendar_interaction"}
SEXES = ("women", "men")


def _cohorts(frame: pd.DataFrame) -> list[tuple[pd.Series, pd.DataFrame]]:
    """Effects of cohorts of municipalities, of which averages over cohorts tell the last one.

    The averages are the overall effect, those by years since joining, and those by year; the
    effect among all is that among women and men.
    """
    here = frame["part"] == MUNICIPALITY
    cells = here & (frame["analysis"] == "group_time")
    cohort = pd.to_numeric(frame["group"].str.split("=", n=1).str[-1], errors="coerce")
    key = frame[KEY]
    sex = frame["group"].str.partition(" ")[0]
    band = frame["group"].str.partition(" ")[2]

    def told(group: pd.Series) -> pd.Series:
        """Whether there is a row of the whole."""
        return pd.Series(
            pd.MultiIndex.from_frame(key.assign(group=group)).isin(pd.MultiIndex.from_frame(key)),
            index=frame.index,
        )

    of_sexes = here & sex.isin(SEXES) & told(("all " + band).str.strip())
    return [
        (here & (frame["analysis"] == "group"), key.assign(horizon=0.0)),
        (cells, key.assign(group="event", horizon=frame["horizon"] - cohort)),
        (cells, key.assign(group="year")),
        (cells, key.assign(horizon=0.0)),
        (of_sexes, key.assign(group="sex " + band)),
        (here & (band != "") & told(sex), key.assign(group="band " + sex)),
    ]


def _sums(frame: pd.DataFrame) -> list[tuple[pd.Series, pd.DataFrame]]:
    """Rows that make up something known: which, and the key of the whole."""
    group, outcome = frame["group"], frame["outcome"]
    trial = frame["part"].isin(TRIALS)
    variable = outcome.str.split("=", n=1).str[0]
    return [
        (trial & frame["analysis"].isin(DESCRIBED) & (outcome != variable),
         frame[KEY].assign(outcome=variable)),
        (trial & frame["analysis"].isin(PARTED),
         frame[KEY].assign(group=group.str.split("=", n=1).str[0])),
        *_cohorts(frame),
    ]  # fmt: skip


def second(frame: pd.DataFrame, secret: Bools, gone: Bools) -> Bools:
    """One more row where a single one could be found from the others and what they make up.

    Args:
        frame: The ledger.
        secret: Rows hidden because of the people behind them; shape (rows,).
        gone: All rows without numbers; shape (rows,).
    """
    out = gone.copy()
    cell = frame[CELL].to_numpy(np.float64)
    for members, totals in _sums(frame):
        chosen = members.to_numpy(dtype=np.bool_)
        if not (secret & chosen).any():
            continue
        code = totals[chosen].fillna(-1).groupby(KEY, sort=False).ngroup().to_numpy()
        rows = np.flatnonzero(chosen)
        hot = np.unique(code[secret[rows]])
        for one in hot.tolist():
            mine = rows[code == one]
            shown = mine[~out[mine]]
            if (out[mine]).sum() == 1 and shown.size:
                # The smallest, one with people in it if there is any.
                order = np.lexsort(
                    (shown, np.nan_to_num(cell[shown], nan=np.inf), cell[shown] == 0)
                )
                out[shown[order[0]]] = True
    return out


def follows(frame: pd.DataFrame, gone: Bools) -> Bools:
    """Rows that say the same as a hidden one in other words."""
    out = gone.copy()
    # Those who took support up and the others are together the support arm.
    halves = (frame["analysis"] == "met_description").to_numpy()
    key = (frame["part"] + "|" + frame["outcome"]).to_numpy(dtype=object)
    out |= halves & np.isin(key.astype(str), key[halves & gone].astype(str))
    # The effect of the offer over that per taker is the effect on take-up.
    stage = (frame["analysis"] == "first_stage").to_numpy() & gone
    parts = frame["part"].to_numpy(dtype=object)
    out |= (frame["analysis"] == "late").to_numpy() & np.isin(
        parts.astype(str), parts[stage].astype(str)
    )
    for analysis, test in TESTED.items():
        level = (frame["analysis"] == analysis).to_numpy() & gone
        gaps = ((frame["analysis"] == test) & (frame["estimator"] == "difference")).to_numpy()
        if not level.any() or not gaps.any():
            continue
        variable = frame["group"].str.split("=", n=1).str[0]
        name = frame["part"] + "|" + frame["outcome"] + "|" + variable
        whole = (name + "|" + frame["horizon"].astype(str)).to_numpy(dtype=object).astype(str)
        out |= gaps & np.isin(whole, whole[level])
    return out
