"""What is assumed about a study that is planned: numbers by block, outcomes, answers, take-up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from finsam_report.errors import FinsamError
from finsam_report.study import Outcome, Register, Survey

Floats = npt.NDArray[np.float64]

OPTION, DATA, ASSUMED = "option", "data", "assumed"
HALF = 0.5  # the share whose variance is largest
PEOPLE = (200, 500, 1000, 2000)  # looked at where nobody says how many there will be


@dataclass(frozen=True)
class Guess:
    """Control mean, standard deviation and R squared of an outcome, None where not given."""

    mean: float | None = None
    sd: float | None = None
    r_squared: float | None = None


@dataclass(frozen=True)
class Options:
    """What whoever plans says themselves; None where they leave it to study and data.

    Attributes:
        people: Numbers of people to plan for.
        share: Share of support.
        blocks: How many blocks of the same size.
        response: Share of support and control arm whose outcomes will be known.
        take_up: Effect of the offer on take-up.
        outcomes: Guesses by outcome; "all" for those that are not named.
    """

    people: tuple[int, ...] = ()
    share: float | None = None
    blocks: int | None = None
    response: tuple[float, float] | None = None
    take_up: float | None = None
    outcomes: Mapping[str, Guess] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """An outcome at a time, and what is assumed of it.

    Attributes:
        outcome: Its id.
        horizon: Months, or periods, since randomisation.
        unit: Its unit; "share" for a share, from 0 to 1.
        up: Whether a change upwards is looked for.
        mean: In the control arm; NaN where not known.
        sd: Within an arm; NaN where not known: effects are then in standard deviations only.
        r_squared: Share of the variance that blocks and covariates explain.
        response: Share of support and control arm of whom it is known.
        sources: Where mean and sd, R squared and response come from.
    """

    outcome: str
    horizon: float
    unit: str
    up: bool
    mean: float = math.nan
    sd: float = math.nan
    r_squared: float = 0.0
    response: tuple[float, float] = (1.0, 1.0)
    sources: tuple[str, str, str] = (ASSUMED, ASSUMED, ASSUMED)

    @property
    def is_share(self) -> bool:
        """Whether it is a share."""
        return self.unit == "share"


@dataclass(frozen=True)
class Plan:
    """An experiment as it is planned.

    Attributes:
        part: "survey" or "register".
        people: Numbers of people to plan for.
        weights: Blocks' shares of the people; shape (B,).
        shares: Share of support by block; shape (B,).
        covariates: Covariates of the adjustment.
        outcomes: What is to be found.
        take_up: Effect of the offer on take-up; None where not known.
        sources: Where blocks and take-up come from.
        half: Whether the share of support is only assumed.
    """

    part: str
    people: tuple[int, ...]
    weights: Floats
    shares: Floats
    covariates: int
    outcomes: tuple[Planned, ...]
    take_up: float | None
    sources: tuple[str, str]
    half: bool = False


@dataclass(frozen=True)
class Known:
    """What the data of a study say, as far as it may be shown.

    Attributes:
        support: People with support by block; shape (B,).
        control: People without; shape (B,).
        covariates: Covariates that the adjustment uses, None where there are no outcomes yet.
        take_up: Effect of the offer on take-up.
        outcomes: By outcome and horizon; NaN where not known.
    """

    support: Floats
    control: Floats
    covariates: int | None = None
    take_up: float | None = None
    outcomes: Mapping[tuple[str, float], Planned] = field(default_factory=dict)


def declared(part: Survey | Register) -> list[Planned]:
    """The main outcomes at the times at which both arms are compared."""
    if isinstance(part, Survey):
        return [
            Planned(item.id, float(wave.month), "scale points", up=True)
            for wave in part.waves
            if wave.month > 0 and len(wave.arms) == 2 and wave.wave != part.baseline_wave
            for item in part.items
        ]
    return [
        Planned(outcome.id, float(horizon), _unit(outcome), up=outcome.direction != "down")
        for outcome in part.outcomes
        if outcome.is_main
        for horizon in part.horizons_of(outcome)
    ]


def _unit(outcome: Outcome) -> str:
    if outcome.unit == "amount":
        return outcome.currency or "amount"
    return "scale points" if outcome.unit == "scale" else outcome.unit


def _with(outcome: Planned, options: Options, known: Known | None) -> Planned:
    """What is assumed of an outcome: first what was said, then the data, then the cautious."""
    said, every = options.outcomes.get(outcome.outcome, Guess()), options.outcomes.get("all")
    every = every or Guess()
    seen = known.outcomes.get((outcome.outcome, outcome.horizon)) if known else None
    mean, sd, r_squared = (
        own if own is not None else common
        for own, common in (
            (said.mean, every.mean), (said.sd, every.sd), (said.r_squared, every.r_squared),
        )
    )  # fmt: skip
    first = second = third = OPTION
    if mean is None and sd is None:
        first = DATA if seen is not None and not math.isnan(seen.sd) else ASSUMED
        mean, sd = (seen.mean, seen.sd) if first == DATA and seen else (None, None)
    if outcome.is_share:
        mean = HALF if mean is None or math.isnan(mean) else mean
        if not 0 < mean < 1:
            raise FinsamError(
                f"the control mean of '{outcome.outcome}' is no share between 0 and 1"
            )
        sd = math.sqrt(mean * (1 - mean))
    if r_squared is None:
        there = seen is not None and seen.sources[1] == DATA
        second = DATA if there else ASSUMED
        r_squared = seen.r_squared if seen and there else 0.0
    response = options.response
    if response is None:
        there = seen is not None and seen.sources[2] == DATA
        third = DATA if there else ASSUMED
        response = seen.response if seen and there else (1.0, 1.0)
    return Planned(
        outcome.outcome, outcome.horizon, outcome.unit, outcome.up,
        math.nan if mean is None else mean, math.nan if sd is None else sd,
        r_squared, response, (first, second, third),
    )  # fmt: skip


def _blocks(
    part: Survey | Register, options: Options, known: Known | None
) -> tuple[Floats, Floats]:
    """Weights and shares of support by block."""
    share = options.share
    if known is not None and options.blocks is None:
        size = known.support + known.control
        shares = known.support / size if share is None else np.full(size.size, share)
        return size / size.sum(), shares
    if share is None:
        share = part.assignment.share_support
    if share is None and known is not None:
        share = float(known.support.sum() / (known.support + known.control).sum())
    share = HALF if share is None else share
    number = options.blocks or 1
    return np.full(number, 1 / number), np.full(number, share)


def planned(name: str, part: Survey | Register, options: Options, known: Known | None) -> Plan:
    """Put together what was said, what the data say, and what is declared.

    Args:
        name: "survey" or "register".
        part: The experiment as declared.
        options: What was said.
        known: What the data say, None where there are none.

    Raises:
        FinsamError: The control mean of a share is none.
    """
    people = options.people or PEOPLE
    if not options.people and known is not None:
        people = (int((known.support + known.control).sum()),)
    weights, shares = _blocks(part, options, known)
    take_up, source = options.take_up, OPTION
    if take_up is None:
        take_up = known.take_up if known else None
        source = ASSUMED if take_up is None else DATA
    covariates = known.covariates if known else None
    if covariates is None:
        covariates = sum(
            1 if covariate.kind != "category" else len(covariate.levels) - 1
            for covariate in part.covariates
            if covariate.adjust
        )
    outcomes = declared(part)
    kept = DATA if known is not None and options.blocks is None else OPTION
    return Plan(
        name, people, weights, shares, covariates,
        tuple(_with(outcome, options, known) for outcome in outcomes), take_up,
        (kept if kept == DATA or options.blocks else ASSUMED, source),
        known is None and options.share is None and part.assignment.share_support is None,
    )  # fmt: skip
