"""Rows on participants of associations that would tell one that is hidden."""

from __future__ import annotations

import pandas as pd

from finsam_report.parts.ledger import CELL, ORGANISATION
from finsam_report.release.policy import Policy


def second(frame: pd.DataFrame, small: pd.Series, policy: Policy) -> pd.Series:
    """Rows on participants and answers that are few, or that would tell one that is hidden.

    Rows that rest on the same people (a number and its share, participants and what each of them
    cost) are hidden together. Of several that add up to something known two are hidden or none;
    the second is the smallest with people in it. That is repeated until it holds in every way.
    """
    rows = frame[frame["part"] == ORGANISATION]
    if rows.empty:
        return pd.Series(data=False, index=frame.index)
    estimator = rows["estimator"]
    of_answers = (rows["analysis"] == "indicator") & estimator.isin(["mean", "top"])
    hidden = small[rows.index] | (of_answers & (rows["n_support"] < policy.mean_minimum))
    if not hidden.any():
        return pd.Series(data=False, index=frame.index)
    kind = estimator.where(estimator == "before", "people").mask(of_answers, "answers")
    same = rows[["analysis", "outcome", "group", "horizon"]].assign(kind=kind).fillna(-1)
    for analysis, outcomes in (("cost", ["per_participant"]), ("coverage", ["low", "high"])):
        which = (rows["analysis"] == analysis) & rows["outcome"].isin(outcomes) & rows[CELL].notna()
        same.loc[which, ["analysis", "outcome"]] = ["participants", "all"]
    unit = same.groupby(list(same.columns), sort=False).ngroup()
    of_people = rows[CELL].notna()
    units = same.assign(cell=rows[CELL], unit=unit)[of_people].groupby("unit").first()
    gone = hidden[of_people].groupby(unit[of_people]).any()
    sums = _sums_of_organisation(units)
    before = -1
    while before != int(gone.sum()):
        before = int(gone.sum())
        for key in sums:
            for _, members in units.loc[key.notna()].groupby(key[key.notna()], sort=False):
                shown = members[~gone[members.index]]
                if len(shown) == len(members) - 1 and len(shown):
                    nobody = (shown["cell"] == 0).rename("nobody")
                    order = shown.assign(nobody=nobody).sort_values(["nobody", "cell"])
                    gone[order.index[0]] = True
    also = hidden | (of_people & unit.isin(gone.index[gone]))
    return also.reindex(frame.index, fill_value=False)


def _sums_of_organisation(units: pd.DataFrame) -> list[pd.Series]:
    """For each way of adding up, what the numbers are parts of; missing where they are none."""
    analysis, outcome, group = (
        units[name].astype(str) for name in ("analysis", "outcome", "group")
    )
    place = units["horizon"].astype(str) + "~" + units["kind"].astype(str) + "~" + analysis
    variable, parent = outcome.str.split("=").str[0], group.str.rsplit("|", n=1).str[0]
    before, after = (outcome.str.split(">").str[i] for i in (0, -1))
    parent = parent.where(group.str.contains("|", regex=False), "all")
    party = (analysis == "referrals") & ~outcome.isin(["all", "source"])
    moves = analysis == "transition"
    of_year = units["kind"].astype(str) + "~" + analysis + "~" + outcome + "~" + group
    in_years = of_year.isin(set(of_year[units["horizon"] == -1])) & (units["horizon"] != -1)
    is_part = ~group.eq("all") & ~group.str.fullmatch("association=[^|]*")
    return [
        (place + "~" + group + "~" + variable).where(outcome.str.contains("=") & ~moves),
        (place + "~" + group).where(party),
        (place + "~" + group + "~" + before).where(moves),
        (place + "~" + group + "~" + after).where(moves),
        (place + "~" + outcome).where(group.str.fullmatch("association=[^|]*")),
        of_year.where(in_years),
        (place + "~" + outcome + "~" + parent).where(is_part),
    ]
