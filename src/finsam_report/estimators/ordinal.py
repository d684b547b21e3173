"""Ordered answers without equal steps: the proportional-odds model, and who answers better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from finsam_report.estimators.itt import interval, usable
from finsam_report.estimators.ols import independent_columns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_STEPS = 60
_LARGE = 12.0


@dataclass(frozen=True)
class OrderedLogit:
    """A proportional-odds model: logit P(answer <= j) = threshold_j - design @ coefficients.

    Attributes:
        coefficients: Log odds of a higher answer; NaN for columns that depend on others;
            shape (k,).
        std_error: Robust (sandwich) standard errors; shape (k,).
        model_error: Standard errors that trust the model; shape (k,).
        ci_low: Lower ends, from the robust errors and the normal distribution; shape (k,).
        ci_high: Upper ends; shape (k,).
        p_value: Two-sided; shape (k,).
        thresholds: Cut-offs between the answers that were given; shape (answers - 1,).
        answers: The answers that were given, in order; shape (answers,).
        log_likelihood: At the maximum.
        n: People with an answer.
    """

    coefficients: Floats
    std_error: Floats
    model_error: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    thresholds: Floats
    answers: Floats
    log_likelihood: float
    n: int


@dataclass(frozen=True)
class _Model:
    """The likelihood; parameters are the thresholds and then the coefficients.

    ``upper`` and ``lower`` give the cut-offs above and below each person's answer, less the
    person's index; a row is zero where the answer has none.
    """

    upper: Floats
    lower: Floats
    has_upper: Bools
    has_lower: Bools

    @classmethod
    def of(cls, codes: Ints, design: Floats) -> _Model:
        last = int(codes.max())
        steps = np.eye(last + 1)
        upper = np.hstack([steps[codes][:, :last], -design])
        lower = np.hstack([np.vstack([np.zeros(last), steps[:last, :last]])[codes], -design])
        has_upper, has_lower = codes < last, codes > 0
        return cls(upper * has_upper[:, None], lower * has_lower[:, None], has_upper, has_lower)

    def log_likelihood(self, parameters: Floats) -> float:
        a, b = self.upper @ parameters, self.lower @ parameters
        between = self.has_upper & self.has_lower
        gap = (a - b)[between]
        if np.any(gap <= 0):
            return -np.inf
        total = -np.logaddexp(0, -a[self.has_upper]).sum()
        total -= np.logaddexp(0, b[self.has_lower]).sum()
        return float(total + np.log(-np.expm1(-gap)).sum())

    def derivatives(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Each person's score (n, p) and the information matrix (p, p)."""
        a, b = self.upper @ parameters, self.lower @ parameters
        below, above = special.expit(a), special.expit(b)
        between = self.has_upper & self.has_lower
        gap = np.where(between, a - b, np.inf)
        first, second = 1 / np.expm1(gap), 0.25 / np.sinh(np.minimum(gap, 700) / 2) ** 2
        second = np.where(between, second, 0.0)
        scores = self.upper * (1 - below + first)[:, None] - self.lower * (above + first)[:, None]
        difference = self.upper - self.lower
        information = (
            (self.upper.T * (below * (1 - below))) @ self.upper
            + (self.lower.T * (above * (1 - above))) @ self.lower
            + (difference.T * second) @ difference
        )
        return scores, information

    def separated(self) -> Bools | None:
        """Which parameters can grow for ever without lowering the likelihood; None: nowhere.

        A linear programme looks for a direction in which no person's probability falls and
        somebody's rises (Albert and Anderson 1984, for binary answers).
        """
        from scipy import optimize  # slow to import, seldom needed

        rows = np.vstack([self.upper[self.has_upper], -self.lower[self.has_lower]])
        found = optimize.linprog(
            -rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(rows.shape[0]), bounds=(-1, 1)
        )
        if found.status != 0 or -found.fun < 1e-7:
            return None
        unbounded: Bools = np.abs(found.x) > 1e-7
        return unbounded


def ordered_logit(outcome: Floats, design: Floats, level: float = 0.95) -> OrderedLogit:
    """Proportional-odds model of an ordered answer, by Newton's method.

    Args:
        outcome: Ordered answers, any increasing numbers, NaN where missing; shape (n,).
            Answers that nobody gave are merged away.
        design: Regressors without a constant, the arm first; shape (n, k).
        level: Level of the intervals.

    Returns:
        The model; see :class:`OrderedLogit`.

    Raises:
        ValueError: Everybody gave the same answer, or the arm does not vary; or some columns
            predict answers without error, so that no finite estimate exists (the message
            numbers them, 0 being the arm).

    References:
        McCullagh (1980), JRSS B 42(2).
    """
    rows = ~np.isnan(outcome)
    answers, codes = np.unique(outcome[rows], return_inverse=True)
    n = codes.size
    if answers.size < 2:
        raise ValueError("everybody gave the same answer")
    x = design[rows]
    keep = independent_columns(np.hstack([np.ones((n, 1)), x]))[1:]
    if not keep[0]:
        raise ValueError("the arm does not vary among those who answered")
    centre, scale = x[:, keep].mean(axis=0), x[:, keep].std(axis=0)
    k = scale.size
    model = _Model.of(codes, (x[:, keep] - centre) / scale)
    shares = np.cumsum(np.bincount(codes))[:-1] / n
    parameters = np.concatenate([special.logit(shares), np.zeros(k)])
    value = model.log_likelihood(parameters)
    for _ in range(_STEPS):
        scores, information = model.derivatives(parameters)
        gradient = scores.sum(axis=0)
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        if gradient @ step < 1e-16 * n:
            break
        # The likelihood is concave: a step that is too long is halved until it helps.
        new = model.log_likelihood(parameters + step)
        while new < value and np.abs(step).max() > 1e-12:
            step = step / 2
            new = model.log_likelihood(parameters + step)
        if new < value:
            break
        parameters, value = parameters + step, new
    # Without a finite maximum the steps end where somebody's answer is certain to many digits.
    if max(np.abs(model.upper @ parameters).max(), np.abs(model.lower @ parameters).max()) > _LARGE:
        unbounded = model.separated()
        if unbounded is not None:
            columns = np.flatnonzero(keep)[unbounded[-k:]].tolist()
            raise ValueError(f"the answers follow from columns {columns} without error")
    scores, information = model.derivatives(parameters)
    inverse = np.linalg.inv(information)
    robust = inverse @ (scores.T @ scores) @ inverse
    results = np.full((3, keep.size), np.nan)
    results[0, keep] = parameters[-k:] / scale
    results[1, keep] = np.sqrt(np.diag(robust))[-k:] / scale
    results[2, keep] = np.sqrt(np.diag(inverse))[-k:] / scale
    estimate, error, trusting = results
    low, high, p = interval(estimate, error, np.full(keep.size, np.inf), level)
    return OrderedLogit(
        coefficients=estimate,
        std_error=error,
        model_error=trusting,
        ci_low=low,
        ci_high=high,
        p_value=p,
        thresholds=parameters[:-k] + float(estimate[keep] @ centre),
        answers=answers,
        log_likelihood=value,
        n=n,
    )


@dataclass(frozen=True)
class BetterAnswer:
    """Probability that a person of the support arm answers better; arrays have shape (m,).

    Attributes:
        probability: That a random person of the support arm answers higher than a random
            person of the control arm in the same block, ties counting half; blocks weighted
            by their people with an answer. NaN where no block has two answers in each arm.
        std_error: Its standard error; NaN where all pairs go the same way.
        df: Satterthwaite's degrees of freedom.
        ci_low: Lower end of the interval, not below 0.
        ci_high: Upper end, not above 1.
        p_value: Two-sided, of a probability of one half.
        n_support: People in the support arm that it rests on.
        n_control: People in the control arm.
    """

    probability: Floats
    std_error: Floats
    df: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    n_support: Ints
    n_control: Ints


def _placement(own: Floats, other: Floats) -> Floats:
    """Share of the other arm below each of the own values, ties counting half."""
    ordered = np.sort(other)
    sides = [np.searchsorted(ordered, own, side=side) for side in ("left", "right")]
    return np.asarray(sides[0] + sides[1], dtype=np.float64) / (2 * other.size)


def better_answer(
    support: Bools, outcomes: Floats, block: Ints | None = None, level: float = 0.95
) -> BetterAnswer:
    """Probability of a better answer in the support arm, from pairs within blocks.

    With one block this is the Mann-Whitney statistic over the number of pairs, and test and
    interval are Brunner and Munzel's: the variance comes from each person's placement among
    the other arm, so it is right under ties and unequal spread.

    Args:
        support: True for the support arm; shape (n,).
        outcomes: Outcomes coded so that higher is better, NaN where missing; shape (n, m).
        block: Block codes; shape (n,). None: one block.
        level: Level of the interval.

    Returns:
        Probabilities; see :class:`BetterAnswer`.

    References:
        Brunner and Munzel (2000), Biometrical Journal 42(1); DeLong, DeLong and
        Clarke-Pearson (1988), Biometrics 44(3).
    """
    m = outcomes.shape[1]
    strata = np.zeros(support.size, dtype=np.int64) if block is None else block
    estimate, error, df = np.full(m, np.nan), np.full(m, np.nan), np.full(m, np.nan)
    counts = np.zeros((2, m), dtype=np.int64)
    for j in range(m):
        rows = np.flatnonzero(~np.isnan(outcomes[:, j]))
        rows = rows[usable(support[rows], strata[rows])]
        if rows.size == 0:
            continue
        total, parts = 0.0, []
        for b in np.unique(strata[rows]):
            people = rows[strata[rows] == b]
            share = people.size / rows.size
            one = outcomes[people[support[people]], j]
            zero = outcomes[people[~support[people]], j]
            total += share * float(_placement(one, zero).mean())
            for own, other in ((one, zero), (zero, one)):
                spread = float(_placement(own, other).var(ddof=1))
                parts.append((share**2 * spread / own.size, own.size - 1))
            counts[:, j] += one.size, zero.size
        variance = sum(v for v, _ in parts)
        estimate[j] = total
        if variance > 0:
            error[j] = np.sqrt(variance)
            df[j] = variance**2 / sum(v**2 / d for v, d in parts)
    low, high, p = interval(estimate - 0.5, error, df, level)
    low, high = np.maximum(low + 0.5, 0.0), np.minimum(high + 0.5, 1.0)
    return BetterAnswer(estimate, error, df, low, high, p, counts[0], counts[1])
