"""What effect the experiment could have found: minimal detectable effects.

After the fact the realised standard error says it; before, the numbers of people do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Detectable:
    """Smallest effects that would be found with the power asked for; shape (m,) each.

    Attributes:
        effect: In the unit of the outcome.
        standardised: In standard deviations of the control group; NaN where that is 0.
        takers: Per person who takes up support because of the offer; NaN where the first stage
            is not given or not positive.
    """

    effect: Floats
    standardised: Floats
    takers: Floats


def _checked(power: float, level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, must lie between 0 and 1")
    if not 1 - level < power < 1:
        raise ValueError(f"power is {power}, must lie between {1 - level:g} (the size) and 1")


def realised(
    std_error: Floats,
    df: Floats,
    sd_control: Floats,
    first_stage: float | Floats = np.nan,
    power: float = 0.8,
    level: float = 0.95,
) -> Detectable:
    """Minimal detectable effects of the experiment as it turned out, from its standard errors.

    The effect at which a two-sided t test rejects with the given power is taken to be
    (t(1 - a/2) + t(power)) times the standard error, t being quantiles with ``df`` degrees of
    freedom. It depends on the precision reached and never on the estimate itself; unlike "power
    at the estimated effect" it says nothing that the p-value has said already.

    Args:
        std_error: Standard errors of the effects; shape (m,).
        df: Their degrees of freedom; shape (m,).
        sd_control: Standard deviation of each outcome in the control group; shape (m,).
        first_stage: Effect of the offer on take-up, a share; the effect per taker is divided by
            it. A scalar or shape (m,).
        power: Probability of finding the effect.
        level: Level of the interval; the test has size 1 - level.

    Returns:
        See :class:`Detectable`.

    Raises:
        ValueError: Power or level cannot be.

    References:
        Bloom (1995), Evaluation Review 19(5).
    """
    _checked(power, level)
    factor = special.stdtrit(df, (1 + level) / 2) + special.stdtrit(df, power)
    effect = factor * std_error
    with np.errstate(divide="ignore", invalid="ignore"):
        standardised = np.where(sd_control > 0, effect / sd_control, np.nan)
        takers = np.where(np.asarray(first_stage) > 0, effect / first_stage, np.nan)
    return Detectable(effect=effect, standardised=standardised, takers=takers)


def planned(
    people: int,
    share: float,
    r_squared: float = 0.0,
    coefficients: int = 2,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """Minimal detectable effect of a planned individually randomised experiment.

    The exact solution for the two-sided t test with equal variances, from the noncentral t
    distribution.

    Args:
        people: Number of people with the outcome, both arms together.
        share: Share of them in the support arm.
        r_squared: Share of the outcome's variance that blocks and covariates explain.
        coefficients: Coefficients of the regression, constant and arm included.
        power: Probability of finding the effect.
        level: Level of the interval; the test has size 1 - level.

    Returns:
        The effect in standard deviations of the outcome.

    Raises:
        ValueError: The numbers do not make a design.

    References:
        Bloom (1995), Evaluation Review 19(5); Cohen (1988), Statistical Power Analysis.
    """
    if not 0 < share < 1 or not 0 <= r_squared < 1:
        raise ValueError("share must lie between 0 and 1, and r_squared must not reach 1")
    if people <= coefficients:
        raise ValueError(f"{people} people are too few for {coefficients} coefficients")
    error = np.sqrt((1 - r_squared) / (people * share * (1 - share)))
    return noncentrality(people - coefficients, power, level) * float(error)


def noncentrality(df: float, power: float = 0.8, level: float = 0.95) -> float:
    """How many standard errors an effect has that a two-sided test finds with this power.

    Exact, with both tails: from the noncentral t distribution, or the normal one where ``df`` is
    infinite.

    Args:
        df: Degrees of freedom, positive.
        power: Probability of finding the effect.
        level: Level of the interval; the test has size 1 - level.

    Raises:
        ValueError: Power or level cannot be.
    """
    from scipy import optimize, stats  # slow to import

    _checked(power, level)
    critical = float(special.stdtrit(df, (1 + level) / 2))

    def lack(shift: float) -> float:
        # Both tails by the upper one: the lower of a large shift is below what scipy can give.
        ends = [shift, -shift]
        tails = stats.nct.sf(critical, df, ends) if np.isfinite(df) else _normal(critical, ends)
        return float(tails[0] + np.nan_to_num(tails[1])) - power

    far = critical + float(special.stdtrit(df, power))
    while lack(far) < 0:
        far *= 1.2
    return float(optimize.brentq(lack, 0.0, far, xtol=1e-13, rtol=1e-13))


def _normal(critical: float, shifts: list[float]) -> Floats:
    tails: Floats = special.ndtr(np.array(shifts) - critical)
    return tails
