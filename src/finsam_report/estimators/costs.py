"""Costs and benefits of a programme for those who take part, for the purse and for both.

Conventions. Every amount is per participant (or per person offered support, if effects and
cost both are), in the prices of one year. Period t of an effect lies at its end: it is
discounted by (1 + r) ** (t / periods per year); the cost falls at the beginning. Each krona of
effect is shared between the participant and the purse by the kind of its stream:

=========  ===============================  ===============================================
kind       participant gains                purse gains
=========  ===============================  ===============================================
earnings   1 - tax rate                     tax rate
benefit    1 - tax rate (taxed benefits)    -(1 - tax rate) - administration
transfer   1 (untaxed assistance)           -1 - administration
tax        -1 (taxes observed directly)     1
purse      0                                1 (any other revenue; costs have a minus)
=========  ===============================  ===============================================

Use "earnings" with a tax rate of zero and "tax" together where taxes are observed.

The marginal value of public funds (Hendren and Sprung-Keyser 2020, Quarterly Journal of
Economics 135(3)) is the participants' willingness to pay over the net cost to the purse. The
willingness to pay is what they gain in income after tax and transfers, less the value of the
time they give up: an upper bound where work costs effort, since gains from working more count
in full. Deadweight of taxation is no part of the ratio, by the same convention; it enters the
net present value alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import interval

Floats = npt.NDArray[np.float64]

Kind = Literal["earnings", "benefit", "transfer", "tax", "purse"]
Case = Literal["finite", "infinite", "negative", "reversed", "none"]


@dataclass(frozen=True)
class Assumptions:
    """What is assumed and not estimated.

    Attributes:
        tax_rate: Share of a further krona of pay or taxed benefit that goes to the purse.
        discount_rate: Per year, as a share.
        periods_per_year: Periods of the effects in a year: 12 for months.
        administration: Cost to the purse of paying out a krona of benefit or transfer.
        value_of_time: Value of the time a participant gives up for the programme.
        deadweight: Cost to society of raising a krona for the purse; None: not counted.
    """

    tax_rate: float
    discount_rate: float
    periods_per_year: int = 12
    administration: float = 0.0
    value_of_time: float = 0.0
    deadweight: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.tax_rate < 1:
            raise ValueError("the tax rate must be a share from 0 to below 1")
        if self.discount_rate <= -1 or self.periods_per_year < 1:
            raise ValueError("the discount rate must be above -1, and a year has periods")
        if min(self.administration, self.value_of_time, self.deadweight or 0.0) < 0:
            raise ValueError("administration, the value of time and deadweight cannot be negative")


@dataclass(frozen=True)
class Amount:
    """An amount per participant with its normal interval; the error is NaN where unknown."""

    estimate: float
    std_error: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True)
class BreakEven:
    """When a cumulated net first is zero or more.

    Attributes:
        period: First such period; NaN where there is none up to the last.
        ci_low: Lower end of the interval from draws.
        ci_high: Upper end; infinite where it is after the last period.
        share: Share of the draws that break even by the last period.
        cumulated: Net up to each period, the cost included; shape (t,).
        std_error: Of the cumulated net; shape (t,).
    """

    period: float
    ci_low: float
    ci_high: float
    share: float
    cumulated: Floats
    std_error: Floats


@dataclass(frozen=True)
class CostBenefit:
    """Costs and benefits per participant up to the last period.

    Attributes:
        willingness: What participants gain, net of the value of their time.
        net_cost: Cost less what the purse gains; negative where the programme pays for itself.
        net_value: Net present value for both: willingness to pay less the net cost, the latter
            with its deadweight.
        mvpf: Marginal value of public funds. Infinite in the case "infinite", NaN in "none".
        mvpf_case: "finite": participants gain (or are left as they were) at a net cost.
            "infinite": they gain and the purse does not lose. "negative": they lose at a net
            cost. "reversed": they lose and the purse gains, and the ratio is what they lose per
            krona saved, so that a high one is bad. "none": neither gains nor loses.
        mvpf_low: Lower end of the interval from draws, which go from minus infinity over the
            ratios to infinity; a reversed draw has no place in that order and counts as low here.
        mvpf_high: Upper end, where a reversed draw counts as high.
        mvpf_delta_error: Standard error by the delta method, for finite and negative cases;
            NaN elsewhere. Good only where the net cost is many of its errors from zero.
        shares: Share of the draws in each case.
        purse_break_even: When the programme has paid for itself.
        joint_break_even: When it has paid for participants and purse together.
    """

    willingness: Amount
    net_cost: Amount
    net_value: Amount
    mvpf: float
    mvpf_case: Case
    mvpf_low: float
    mvpf_high: float
    mvpf_delta_error: float
    shares: dict[Case, float]
    purse_break_even: BreakEven
    joint_break_even: BreakEven


def _parts(kind: Kind, assumptions: Assumptions) -> tuple[float, float]:
    """What participant and purse gain from a krona of effect."""
    tax, paying = assumptions.tax_rate, assumptions.administration
    shares: dict[Kind, tuple[float, float]] = {
        "earnings": (1 - tax, tax),
        "benefit": (1 - tax, tax - 1 - paying),
        "transfer": (1.0, -1 - paying),
        "tax": (-1.0, 1.0),
        "purse": (0.0, 1.0),
    }
    if kind not in shares:
        raise ValueError(f"{kind!r} is no kind of stream")
    return shares[kind]


def mvpf(willingness: float, net_cost: float) -> tuple[float, Case]:
    """Marginal value of public funds and its case; see :class:`CostBenefit`.

    Args:
        willingness: What participants gain.
        net_cost: What the purse loses.

    Returns:
        The ratio and the case. With a net cost of zero: infinite if they gain, minus infinity
        if they lose.
    """
    if net_cost > 0:
        return willingness / net_cost, "finite" if willingness >= 0 else "negative"
    if willingness > 0:
        return float("inf"), "infinite"
    if net_cost == 0:
        return (float("-inf"), "negative") if willingness < 0 else (float("nan"), "none")
    # Nobody gains but the purse; with a willingness of exactly zero the loss per krona is zero.
    return willingness / net_cost, "reversed"


def _amount(estimate: float, variance: float, level: float) -> Amount:
    error = float(np.sqrt(max(variance, 0.0)))
    low, high, _ = interval(np.array([estimate]), np.array([error]), np.array([np.inf]), level)
    return Amount(estimate, error, float(low[0]), float(high[0]))


def _break_even(path: Floats, std_error: Floats, draws: Floats, level: float) -> BreakEven:
    """From the cumulated net (t,), its error and draws of it (d, t)."""

    def first(paths: Floats) -> Floats:
        reached = paths >= 0
        return np.where(reached.any(axis=1), reached.argmax(axis=1) + 1.0, np.inf)

    own, drawn = float(first(path[None, :])[0]), first(draws)
    ends = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    period = own if np.isfinite(own) else float("nan")
    share = float(np.isfinite(drawn).mean())
    return BreakEven(period, float(ends[0]), float(ends[1]), share, path, std_error)


def cost_benefit(
    effects: Floats,
    covariance: Floats,
    kinds: tuple[Kind, ...],
    cost: float,
    assumptions: Assumptions,
    rng: np.random.Generator,
    *,
    cost_error: float = 0.0,
    draws: int = 10_000,
    level: float = 0.95,
) -> CostBenefit:
    """Net present value, net cost, marginal value of public funds and break-even periods.

    Everything but the ratio and the break-even periods is linear in the effects, so that
    intervals are normal; for those two effects are drawn from the normal distribution of the
    estimates.

    Args:
        effects: Effect on each stream in each period, not cumulated; shape (k, t).
        covariance: Joint covariance of the effects, all periods of the first stream first;
            shape (k t, k t).
        kinds: Kind of each stream; k of them.
        cost: Cost of the programme per participant to the purse.
        assumptions: What is assumed.
        rng: Source of the draws.
        cost_error: Standard error of the cost, independent of the effects.
        draws: Number of draws.
        level: Level of the intervals.

    Returns:
        See :class:`CostBenefit`.

    Raises:
        ValueError: Shapes do not fit, or a kind is unknown.
    """
    k, periods = effects.shape
    if covariance.shape != (k * periods, k * periods) or len(kinds) != k:
        raise ValueError("kinds, effects and their covariance must have the same streams")
    years = np.arange(1, periods + 1) / assumptions.periods_per_year
    discount = (1 + assumptions.discount_rate) ** -years
    parts = np.array([_parts(kind, assumptions) for kind in kinds])
    # Rows: participants, purse; a block diagonal of discount factors for every stream.
    sums = np.einsum("kp,t,ut->pukt", parts, discount, np.tri(periods))
    linear = sums.reshape(2 * periods, k * periods)
    paths = linear @ effects.ravel()
    spread = linear @ covariance @ linear.T
    gain, purse = slice(0, periods), slice(periods, None)
    paths[gain] -= assumptions.value_of_time
    paths[purse] -= cost
    spread[purse, purse] += cost_error**2
    burden = 1 + (assumptions.deadweight or 0.0)
    both = np.hstack([np.eye(periods), burden * np.eye(periods)])
    willingness, net_cost = float(paths[periods - 1]), -float(paths[-1])
    end = np.ix_([periods - 1, 2 * periods - 1], [periods - 1, 2 * periods - 1])
    corner = spread[end] * np.array([[1.0, -1.0], [-1.0, 1.0]])
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    drawn = paths + rng.standard_normal((draws, values.size)) @ root.T
    found = [mvpf(w, -p) for w, p in zip(drawn[:, periods - 1], drawn[:, -1], strict=True)]
    cases = np.array([case for _, case in found])
    ratios = np.array([ratio for ratio, _ in found])
    unordered = (cases == "reversed") | (cases == "none")
    tail = (1 - level) / 2
    low = np.quantile(np.where(unordered, -np.inf, ratios), tail, method="inverted_cdf")
    high = np.quantile(np.where(unordered, np.inf, ratios), 1 - tail, method="inverted_cdf")
    ratio, case = mvpf(willingness, net_cost)
    delta = float("nan")
    if case in ("finite", "negative") and net_cost > 0:
        slope = np.array([1.0, -ratio]) / net_cost
        delta = float(np.sqrt(max(slope @ corner @ slope, 0.0)))
    joint, joint_spread = both @ paths, both @ spread @ both.T
    names: tuple[Case, ...] = ("finite", "infinite", "negative", "reversed", "none")
    errors = np.sqrt(np.maximum(np.diag(spread), 0.0))
    joint_errors = np.sqrt(np.maximum(np.diag(joint_spread), 0.0))
    return CostBenefit(
        willingness=_amount(willingness, float(corner[0, 0]), level),
        net_cost=_amount(net_cost, float(corner[1, 1]), level),
        net_value=_amount(float(joint[-1]), float(joint_spread[-1, -1]), level),
        mvpf=ratio,
        mvpf_case=case,
        mvpf_low=float(low),
        mvpf_high=float(high),
        mvpf_delta_error=delta,
        shares={name: float(np.mean(cases == name)) for name in names},
        purse_break_even=_break_even(paths[purse], errors[purse], drawn[:, purse], level),
        joint_break_even=_break_even(joint, joint_errors, drawn @ both.T, level),
    )
