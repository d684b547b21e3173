"""Time to a first event by arm, from whole months: incidence, its errors, and the difference.

The probability of having had the event by each month is Aalen and Johansen's where other
events end the wait (death, emigration), and one minus Kaplan and Meier's where those count as
the end of follow-up. Both are one recursion over months, whose errors are Greenwood's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import MINIMUM_CELL, interval

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CENSORED = 0
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Curve:
    """Probability of having had the event by each month in one arm; every array (t,).

    Attributes:
        probability: Of the event by the end of each month; NaN where nobody is followed.
        std_error: Its standard error.
        ci_low: Lower end of the interval, by way of log(-log(1 - probability)).
        ci_high: Upper end; both are NaN where the probability is 0 or 1.
        at_risk: People still waiting at the beginning of the month.
        events: People with the event in the month.
    """

    probability: Floats
    std_error: Floats
    ci_low: Floats
    ci_high: Floats
    at_risk: Ints
    events: Ints


@dataclass(frozen=True)
class Incidence:
    """Both arms and their difference by month; arrays have shape (t,).

    Attributes:
        months: 1, 2, …
        support: The support arm.
        control: The control arm.
        difference: Support less control.
        std_error: Of the difference; the arms are independent given the blocks.
        ci_low: Lower end of the pointwise interval.
        ci_high: Upper end of it.
        p_value: Pointwise, two-sided, from the normal distribution; NaN where nothing varies.
        blocks: Blocks behind each month; 1 throughout where arms are pooled.
    """

    months: Ints
    support: Curve
    control: Curve
    difference: Floats
    std_error: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    blocks: Ints


@dataclass(frozen=True)
class LogRank:
    """Test of one hazard of the event in both arms, within blocks.

    Attributes:
        observed: Events in the support arm.
        expected: Events there were the hazards the same.
        statistic: Squared difference over its variance; NaN where nothing varies.
        p_value: From the chi-square distribution with one degree of freedom.
    """

    observed: float
    expected: float
    statistic: float
    p_value: float


def first_event(
    happened: Bools, competing: Bools | None = None, observed: Bools | None = None
) -> tuple[Ints, Ints]:
    """Month and kind of each person's first event, from months 1, 2, … in columns.

    Args:
        happened: Whether the event happens in the month; shape (n, t).
        competing: Whether something else ends the wait; it yields to the event where both
            happen in one month; shape (n, t).
        observed: Whether the month is known; a person is followed up to the first unknown
            month; shape (n, t). None: all are.

    Returns:
        Month of the first event or the last month followed, 0 for people never followed, and
        kind: 1 the event, 2 the other, 0 none; shape (n,) each.
    """
    n, months = happened.shape
    kind = np.where(happened, 1, 0)
    if competing is not None:
        kind = np.where(~happened & competing, 2, kind)
    followed = np.full(n, months)
    if observed is not None:
        followed = np.where(observed.all(axis=1), months, (~observed).argmax(axis=1))
    some = kind > 0
    first = np.where(some.any(axis=1), some.argmax(axis=1), months)
    met = first < followed
    own = kind[np.arange(n), np.minimum(first, months - 1)]
    return np.where(met, first + 1, followed), np.where(met, own, CENSORED)


def _counts(group: Ints, size: int, month: Ints, hit: Bools, horizon: int) -> tuple[Ints, Ints]:
    """People at risk and with an event, by group and month; shape (size, horizon) each."""
    cell = group * (horizon + 1) + np.minimum(month, horizon)
    last = np.bincount(cell, minlength=size * (horizon + 1)).reshape(size, horizon + 1)
    at_risk = last[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
    inside = hit & (month <= horizon)
    events = np.bincount(cell[inside], minlength=size * (horizon + 1))
    return at_risk, events.reshape(size, horizon + 1)[:, 1:]


def _recursion(at_risk: Ints, events: Ints, others: Ints) -> tuple[Floats, Floats]:
    """Incidence of the event and its variance by group and month; shape (g, t) each.

    The state is (still waiting, had the event); each month a multinomial draw moves people.
    """
    incidence, variance = np.empty(at_risk.shape), np.empty(at_risk.shape)
    waiting, had = np.ones(at_risk.shape[0]), np.zeros(at_risk.shape[0])
    vw, vh, cov = (np.zeros(at_risk.shape[0]) for _ in range(3))
    for t in range(at_risk.shape[1]):
        n = at_risk[:, t]
        people = np.where(n > 0, n, 1)
        a, b = events[:, t] / people, others[:, t] / people
        stay, scale = 1 - a - b, waiting**2 / people
        # Transported covariance first (old values on the right), then that of the new draw.
        vh = vh + 2 * a * cov + a**2 * vw + scale * a * (1 - a)
        cov = stay * (cov + a * vw) - scale * stay * a
        vw = stay**2 * vw + scale * stay * (1 - stay)
        had, waiting = had + waiting * a, waiting * stay
        # Nobody is left because follow-up ended: unknown. Because all had their event: known.
        unknown = (n == 0) & (waiting > _ROUNDING)
        incidence[:, t] = np.where(unknown, np.nan, had)
        # When all had the event nothing varies, and rounding must not pass for an error.
        sure = had >= 1 - _ROUNDING
        variance[:, t] = np.where(unknown, np.nan, np.where(sure, 0.0, np.maximum(vh, 0.0)))
    return incidence, variance


def _curve(
    probability: Floats, variance: Floats, at_risk: Ints, events: Ints, level: float
) -> Curve:
    error = np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log1p(-probability)
        half = special.ndtri((1 + level) / 2) * error / ((1 - probability) * np.abs(log))
        ends = [-np.expm1(log * np.exp(sign * half)) for sign in (-1, 1)]
    inner = (probability > 0) & (probability < 1 - _ROUNDING)
    low, high = (np.where(inner, end, np.nan) for end in ends)
    return Curve(probability, error, low, high, at_risk, events)


def incidence(
    support: Bools,
    block: Ints,
    month: Ints,
    kind: Ints,
    horizon: int,
    *,
    competing: bool = True,
    pooled: bool = False,
    same_blocks: bool = False,
    level: float = 0.95,
) -> Incidence:
    """Probability of the first event by month, in both arms, and the difference.

    Somebody followed through a month without an event is at risk in that month. By blocks, each
    block's curves are weighted by its size, as in :func:`finsam_report.estimators.itt.itt`, and
    its variance is multiplied with n / (n - 1) in each arm: when nobody is censored, estimate
    and error are exactly those of ``itt`` on the indicator of the event so far. A month rests
    on the blocks with two people in each arm that are still followed in both arms, so that
    late draws leave with the end of their follow-up, as they do in ``itt`` by horizon; the
    curve may then fall from one month to the next, which ``same_blocks`` prevents.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        month: Month of the first event, or last month followed; 0: left out; shape (n,).
        kind: 1 for the event, 0 for none before the end of follow-up, others for events that
            end the wait; shape (n,).
        horizon: Last month.
        competing: Whether other kinds end the wait (Aalen-Johansen); otherwise they end
            follow-up (one minus Kaplan-Meier, in a world without them).
        pooled: Whether to leave the blocks out, with Greenwood's variance as it is. With unequal
            shares of support the arms are then not comparable.
        same_blocks: Whether every month rests on the blocks followed to the last month.
        level: Level of the intervals.

    Returns:
        Curves and differences; see :class:`Incidence`.

    Raises:
        ValueError: Months or the horizon are negative or an arm has nobody.

    References:
        Aalen and Johansen (1978), Scandinavian Journal of Statistics 5(3); Greenwood (1926).
        For the variance of several states: Andersen and others (1993), section IV.4.
    """
    if horizon < 1 or (month.size and month.min() < 0):
        raise ValueError("the horizon must be a month, and months cannot be negative")
    followed = month > 0
    arm, month, kind = support[followed], month[followed], kind[followed]
    if arm.all() or not arm.any():
        raise ValueError("an arm has nobody who is followed")
    code = np.unique(block[followed], return_inverse=True)[1]
    if pooled:
        code = np.zeros_like(code)
    size = int(code.max()) + 1
    group = code + size * arm  # control first, then support
    at_risk, events = _counts(group, 2 * size, month, kind == 1, horizon)
    other = (kind > 1) & competing
    _, others = _counts(group, 2 * size, month, other, horizon)
    estimate, variance = _recursion(at_risk, events, others)
    people = np.bincount(group, minlength=2 * size)
    if not pooled:
        variance = variance * (people / np.maximum(people - 1, 1))[:, None]
    two = people.reshape(2, size).min(axis=0) >= (1 if pooled else MINIMUM_CELL)
    known = ~np.isnan(estimate).reshape(2, size, horizon).any(axis=0) & two[:, None]
    if same_blocks:
        known = np.broadcast_to(known[:, -1:], known.shape)
    weight = people.reshape(2, size).sum(axis=0)[:, None] * known
    total = weight.sum(axis=0)
    share = weight / np.where(total > 0, total, np.nan)
    curves = []
    for rows in (slice(0, size), slice(size, None)):
        part = np.where(known, estimate[rows], 0.0)
        spread = np.where(known, variance[rows], 0.0)
        curves.append(
            _curve(
                (share * part).sum(axis=0),
                (share**2 * spread).sum(axis=0),
                (at_risk[rows] * known).sum(axis=0),
                (events[rows] * known).sum(axis=0),
                level,
            )
        )
    control, treated = curves
    difference = treated.probability - control.probability
    error = np.hypot(treated.std_error, control.std_error)
    low, high, p = interval(difference, error, np.full(horizon, np.inf), level)
    months, blocks = np.arange(1, horizon + 1), known.sum(axis=0)
    return Incidence(months, treated, control, difference, error, low, high, p, blocks)


def log_rank(
    support: Bools, block: Ints, month: Ints, kind: Ints, horizon: int | None = None
) -> LogRank:
    """Stratified log-rank test; other events count as the end of follow-up.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        month: As in :func:`incidence`; shape (n,).
        kind: As in :func:`incidence`; shape (n,).
        horizon: Last month; None: the last there is.

    Returns:
        See :class:`LogRank`.

    References:
        Mantel (1966), Cancer Chemotherapy Reports 50(3).
    """
    followed = month > 0
    arm, month, kind = support[followed], month[followed], kind[followed]
    code = np.unique(block[followed], return_inverse=True)[1]
    size = int(code.max(initial=0)) + 1
    last = int(month.max(initial=1)) if horizon is None else horizon
    at_risk, events = _counts(code + size * arm, 2 * size, month, kind == 1, last)
    n, d = at_risk[:size] + at_risk[size:], events[:size] + events[size:]
    share = at_risk[size:] / np.maximum(n, 1)
    observed, expected = float(events[size:].sum()), float((share * d).sum())
    variance = float((d * share * (1 - share) * (n - d) / np.maximum(n - 1, 1)).sum())
    statistic = (observed - expected) ** 2 / variance if variance > 0 else float("nan")
    return LogRank(observed, expected, statistic, float(special.chdtrc(1, statistic)))
