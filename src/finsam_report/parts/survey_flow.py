"""How people came into the survey experiment, how long they waited, and who answered."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from finsam_report.estimators.attrition import joint_response, wwc_flag
from finsam_report.estimators.trial import Trial
from finsam_report.inputs.read import Tables
from finsam_report.parts import common, effects
from finsam_report.parts.ledger import BLOCK, CELL, PEOPLE, PERCENT, rows
from finsam_report.parts.people import Characteristics
from finsam_report.study import Survey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MONTH = "|month:"
WAITS = (
    ("referred_to_randomised", "referred", "randomised"),
    ("randomised_to_met", "randomised", "met_date"),
)
QUANTILES = (("quartile_1", 0.25, 4), ("median", 0.5, 2), ("quartile_3", 0.75, 4))
DAYS = "days"


def _by_month(outcome: str, table: pd.DataFrame) -> pd.DataFrame:
    """People by party and month; ``table`` has columns group, month (a date) and people."""
    month = table["month"].dt.strftime("%Y-%m")
    counts = table.groupby([table["group"], month], sort=True)["people"].sum()
    if counts.empty:
        return rows(part=[])
    # Every month between the first and the last, so that a pause is seen as one.
    seen = pd.period_range(month.min(), month.max(), freq="M").strftime("%Y-%m")
    groups = sorted(table["group"].unique())
    whole = pd.MultiIndex.from_product([groups, seen])
    counts = counts.reindex(whole, fill_value=0).astype(np.float64)
    return rows(
        part="survey", analysis="recruitment", outcome=outcome,
        group=[f"{group}{MONTH}{when}" for group, when in counts.index],
        estimator="count", estimate=counts.to_numpy(), unit=PEOPLE,
        **{CELL: counts.to_numpy()},
    )  # fmt: skip


def recruitment_rows(
    part: Survey, people: pd.DataFrame, referrals: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """How many were randomised, and how many were referred, by month and referring party."""
    out = []
    if "randomised" in people.columns and people["randomised"].notna().any():
        known = people[people["randomised"].notna()]
        party = known[part.party] if part.party else pd.Series("all", index=known.index)
        group = ("party=" + party.fillna("unknown")) if part.party else party
        table = pd.DataFrame({"group": group, "month": known["randomised"], "people": 1})
        out.append(_by_month("randomised", table))
    if referrals is not None and len(referrals):
        table = pd.DataFrame(
            {
                "group": "party=" + referrals["party"],
                "month": referrals["month"],
                "people": referrals["people"],
            }
        )
        out.append(_by_month("referred", table))
    return out


def waiting_rows(people: pd.DataFrame, trial: Trial) -> list[pd.DataFrame]:
    """Days from referral to randomisation and from there to a team, by arm and block."""
    out = []
    labels = trial.assignment.labels
    for outcome, first, last in WAITS:
        if not {first, last} <= set(people.columns):
            continue
        days = (people[last] - people[first]).dt.days.to_numpy(np.float64, na_value=np.nan)
        if np.isnan(days).all():
            continue
        for arm, chosen in common.ARMS:
            in_arm = trial.support == chosen
            places = [(arm, in_arm)]
            if len(labels) > 1:
                places += [
                    (f"{arm}{BLOCK}{label}", in_arm & (trial.assignment.block == code))
                    for code, label in enumerate(labels)
                ]
            for group, who in places:
                seen = days[who & ~np.isnan(days)]
                if not seen.size:
                    continue
                # A quantile is shown where enough people lie on either side of it.
                out.append(
                    rows(
                        part="survey", analysis="waiting", outcome=outcome, group=group,
                        estimator=[name for name, _, _ in QUANTILES],
                        estimate=np.quantile(seen, [q for _, q, _ in QUANTILES]), unit=DAYS,
                        n_support=seen.size if chosen else np.nan,
                        n_control=np.nan if chosen else seen.size,
                        **{CELL: np.array([seen.size // side for _, _, side in QUANTILES])},
                    )
                )  # fmt: skip
    return out


def returned(tables: Tables, wave: int) -> Bools:
    """Who sent back a wave's survey; shape (n,)."""
    out = np.zeros(len(tables.participants), dtype=np.bool_)
    out[tables.followed.loc[tables.followed["wave"] == str(wave), "row"].to_numpy()] = True
    return out


def response_rows(
    part: Survey, trial: Trial, got: Bools, wave: int, draws: Bools, *, blocks: bool
) -> list[pd.DataFrame]:
    """Who answered a wave: counts, the difference between the arms, and its test; by block too."""
    declared = part.wave(wave)
    name, horizon = f"answered_wave{wave}", float(declared.month)
    out = common.count_rows("survey", name, got, trial, blocks=blocks, horizon=horizon)
    if len(declared.arms) == 1:
        other = "arm:control" if declared.arms == ("support",) else "arm:support"
        # Nobody in the other arm was asked: no zero may stand there.
        return [piece[~piece["group"].str.startswith(other)] for piece in out]
    columns = common.Columns(
        (f"wave{wave}",), np.array([horizon]), (PERCENT,), ("response",),
        got[:, None].astype(np.float64),
    )  # fmt: skip
    places: list[tuple[str, Trial, Bools]] = [("all", trial, np.ones(got.size, dtype=np.bool_))]
    if blocks and len(trial.assignment.labels) > 1:
        for code, label in enumerate(trial.assignment.labels):
            who = trial.assignment.block == code
            places.append((f"all{BLOCK}{label}", trial.among(who), who))
    for group, some, who in places:
        values = columns.values[who]
        found = common.exact(some.itt(values, adjust=False), values)
        cell = common.smallest_cells(values, columns.shares, some.support)
        out.append(
            effects.effect_rows(
                "survey", columns, found, "unadjusted", cell, analysis="attrition", group=group
            )
        )
    test = trial.test(columns.values, draws)[0]
    whole = out[-len(places)]
    out.append(whole.assign(estimator="unadjusted_randomisation", p_value=test.p_value,
                            std_error=np.nan, ci_low=np.nan, ci_high=np.nan,
                            control_mean=np.nan))  # fmt: skip
    return out


def who_answered_rows(seen: Characteristics, got: Bools, wave: int) -> pd.DataFrame:
    """Means of the characteristics among those who answered a wave and those who did not."""
    pieces = []
    for group, who in ((f"answered:wave{wave}", got), (f"silent:wave{wave}", ~got)):
        if not seen.names or not who.any():
            continue
        piece = common.description_rows("survey", seen.of(who))
        pieces.append(piece.assign(analysis="who_answered", group=group))
    return pd.concat(pieces, ignore_index=True) if pieces else rows(part=[])


def attrition_rows(
    part: Survey, trial: Trial, got: Bools, covariates: Floats, draws: Bools
) -> list[pd.DataFrame]:
    """Who answers the primary wave, by arm: the joint test, and the flags of attrition.

    Args:
        part: The part as declared.
        trial: The experiment.
        got: Who sent back the primary wave; shape (n,).
        covariates: Complete covariates known at randomisation; shape (n, p).
        draws: Assignments drawn again.
    """
    wave = part.wave(part.primary_wave)
    rates = [float(got[trial.support == arm].mean()) for _, arm in common.ARMS]
    flag = wwc_flag(1 - float(got.mean()), rates[0] - rates[1])
    sent = [int((trial.support == arm).sum()) for _, arm in common.ARMS]
    answered = [int((got & (trial.support == arm)).sum()) for _, arm in common.ARMS]
    cells = [n for n in (*answered, *(s - a for s, a in zip(sent, answered, strict=True))) if n]
    shared = {
        "part": "survey", "analysis": "attrition", "outcome": f"wave{wave.wave}",
        "group": "all", "horizon": float(wave.month), "n_support": answered[0],
        "n_control": answered[1], CELL: float(min(cells, default=0)),
    }  # fmt: skip
    out = [
        rows(estimator=f"wwc_{name}", estimate=float(verdict == "low"), unit="flag", **shared)
        for name, verdict in (("cautious", flag.cautious), ("optimistic", flag.optimistic))
    ]
    joint = joint_response(trial.assignment, trial.support, got, covariates, draws)
    if not np.isnan(joint.p_randomisation):
        out.append(rows(estimator="joint_response", p_value=joint.p_randomisation, **shared))
    return out
