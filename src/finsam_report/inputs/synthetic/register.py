"""Draw the synthetic register experiment: monthly draws among the long-term unemployed.

A person's months come from latent autoregressive processes cut at thresholds: states come in
spells, and their means are those of ``register_design``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from scipy.special import ndtr, ndtri

from finsam_report.estimators.assignment import Assignment, Bools, Ints
from finsam_report.inputs.contract import EXITS
from finsam_report.inputs.synthetic.later_draws import draw_lists, draws_table
from finsam_report.inputs.synthetic.price_index import price_level
from finsam_report.inputs.synthetic.register_design import (
    NEVER,
    OTHERS,
    PERIODS,
    RARE,
    TREATED,
    UNTREATED,
    WORK,
    Expected,
    Floats,
    RegisterDesign,
    expected_by_delay,
)
from finsam_report.inputs.synthetic.survey_design import EDUCATION

WOMEN = ndtri(0.42)  # below it lies the trait of a woman
LAST_LAG = 4  # months from the draw to the first meeting, at the most


@dataclass(frozen=True)
class RegisterTables:
    """The people, each outcome as an array of people by month, and the last month followed.

    Amounts are in the prices of one year. ``draws`` are everybody's draws, where there are later
    ones.
    """

    participants: pd.DataFrame
    outcomes: dict[str, npt.NDArray[np.int32]]
    last: Ints
    draws: pd.DataFrame | None = None

    def months(self) -> pa.Table:
        """The outcomes as in the file: a row per person and month, amounts in its own prices."""
        n = len(self.participants)
        start = self.participants["draw"].to_numpy().astype("datetime64[M]").astype(np.int64)
        year = 1970 + (start[:, None] + np.arange(1, PERIODS + 1)) // 12
        position = np.repeat(np.arange(n, dtype=np.int32), PERIODS)
        names = pa.array(self.participants["person"].to_list(), pa.string())
        columns = {
            "person": pa.DictionaryArray.from_arrays(pa.array(position), names).cast(pa.string()),
            "period": pa.array(np.tile(np.arange(1, PERIODS + 1, dtype=np.int16), n)),
        }
        for name, real in self.outcomes.items():
            kind, values = pa.int8(), real
            if name == "wage_income":
                kind, values = pa.int32(), (10 * np.rint(real * price_level(year) / 10))
                values = values.astype(np.int32)
            columns[name] = pa.array(values.ravel()).cast(kind)
        table = pa.table(columns)
        if (self.last < PERIODS).any():
            seen = np.arange(1, PERIODS + 1) <= self.last[:, None]
            table = table.filter(pa.array(seen.ravel()))
        return table


def _process(
    rng: np.random.Generator, lasting: Floats, share: float, memory: float, calm: float
) -> Floats:
    """Standard normal processes, people by month: a lasting part and a part that moves.

    The moving part is autoregressive of order two with roots ``memory`` and ``calm``; the
    second root keeps it from crossing a threshold to and fro.
    """
    first, second = memory + calm, -memory * calm
    variance = (1 - second) / ((1 + second) * ((1 - second) ** 2 - first**2))
    near = first / (1 - second)
    noise = rng.standard_normal((PERIODS, lasting.size))
    out = np.empty((PERIODS, lasting.size))
    out[0] = noise[0]
    out[1] = near * out[0] + np.sqrt(1 - near**2) * noise[1]
    scale = 1 / np.sqrt(variance)
    for month in range(2, PERIODS):
        out[month] = first * out[month - 1] + second * out[month - 2] + scale * noise[month]
    return np.asarray((np.sqrt(share) * lasting + np.sqrt(1 - share) * out).T)


def _last_months(
    rng: np.random.Generator, design: RegisterDesign, state: Ints, drawn: Bools
) -> Ints:
    """Last month in which each person is followed; those at work more often stay the longer."""
    last = np.full(drawn.size, PERIODS, dtype=np.int64)
    if design.followed == (1.0, 1.0):
        return last
    at_work = (state > 0).mean(axis=1)
    score = 3 * at_work + rng.standard_normal(drawn.size)
    leaves = rng.integers(1, PERIODS, drawn.size)
    for arm, share in zip((drawn, ~drawn), design.followed, strict=True):
        people = np.flatnonzero(arm)
        gone = people[np.argsort(score[people], kind="stable")]
        gone = gone[: people.size - round(share * people.size)]
        last[gone] = leaves[gone]
    return last


def _exits(rng: np.random.Generator, design: RegisterDesign, n: int) -> tuple[Ints, Ints]:
    """Why people leave the country's registers (0 death, 1 emigration, 2 not), and when.

    The same for both arms; nobody leaves before everybody who takes up support has done so.
    """
    either = sum(design.exits)
    if either == 0:
        return np.full(n, len(EXITS)), np.full(n, PERIODS + 1)
    when = LAST_LAG + rng.geometric(either, n)
    why = (rng.random(n) >= design.exits[0] / either).astype(np.int64)
    return np.where(when <= PERIODS, why, len(EXITS)), when


def register_tables(
    rng: np.random.Generator, design: RegisterDesign | None = None
) -> RegisterTables:
    """Draw one register experiment.

    Args:
        rng: Source of chance.
        design: Sizes, shares and effects; the synthetic study's where none is given.

    Returns:
        People and outcomes.
    """
    design = design or RegisterDesign()
    draw, drawn = drawn_by_chance(rng, design)
    return people_and_months(rng, design, draw, drawn)


def drawn_by_chance(rng: np.random.Generator, design: RegisterDesign) -> tuple[Ints, Bools]:
    """The draw of each person, as a code, and whether chance drew the person."""
    draw = np.repeat(np.arange(len(design.sizes)), design.sizes)
    return draw, Assignment(draw, design.drawn_sizes, design.draws).draw(rng, 1)[0]


def _covariates(
    design: RegisterDesign, draw: Ints, traits: tuple[Floats, ...]
) -> dict[str, npt.NDArray[np.generic]]:
    """What is known of people when they are drawn, from what lies behind it."""
    woman, abroad, age, schooling, years, assistance = traits
    from_stock = design.stock_sizes[draw] / design.sizes[draw]
    waited = 1 + np.exp(np.log(1.1) + 0.95 * from_stock + 0.75 * years)
    age_years = np.floor(20 + 45 * ndtr(0.75 * age + 0.138)).astype(np.int64)
    level = np.digitize(schooling, ndtri(np.cumsum([0.42, 0.33])))
    return {
        "sex": np.where(woman < WOMEN, "woman", "man"),
        "age": age_years,
        "foreign_born": (abroad < ndtri(0.70)).astype(np.int8),
        "education": np.array(EDUCATION, dtype=object)[level],
        "years_unemployed": np.round(np.minimum(waited, age_years - 18), 1),
        "social_assistance_before": (assistance < 0).astype(np.int8),
    }


def _courses(
    rng: np.random.Generator, design: RegisterDesign, means: Expected, group: Ints, draw: Ints,
    traits: tuple[Floats, ...],
) -> tuple[Ints, dict[str, npt.NDArray[np.int32]]]:  # fmt: skip
    """People's states of work, and their outcomes, by month."""
    _, abroad, age, schooling, years, assistance = traits
    n = draw.size

    # Work, kind of work, and all else lean on different people's traits, so that the shares by
    # work stay exact.
    able = (schooling - years - age) / np.sqrt(3)

    def lasting(lean: Floats, weight: float) -> Floats:
        own = rng.standard_normal(n)
        return np.asarray(np.sqrt(weight) * lean + np.sqrt(1 - weight) * own)

    def cut(process: Floats, table: Floats) -> npt.NDArray[np.bool_]:
        """Whether the process is among the lowest ``table`` (by group, draw and month)."""
        return np.asarray(process < ndtri(table)[group, draw])

    any_work = means.work.sum(axis=-1)
    employed = cut(_process(rng, lasting(-able, 0.4), 0.3, 0.955, 0.6), any_work)
    kind = _process(rng, lasting(abroad, 0.2), 0.5, 0.975, 0.6)
    steps = np.cumsum(means.work, axis=-1) / any_work[..., None]
    beyond = [~cut(kind, steps[..., step]) for step in range(2)]
    state = np.where(employed, 1 + beyond[0].astype(np.int32) + beyond[1], 0)

    outcomes = {name: (state == k + 1).astype(np.int32) for k, name in enumerate(WORK)}
    person_wage = np.exp(0.2 * rng.standard_normal((n, 1)) - 0.2**2 / 2)
    month_wage = np.exp(0.08 * rng.standard_normal((n, PERIODS)) - 0.08**2 / 2)
    usual = np.array([0.0, *design.wage_by_work])[state]
    wage = usual * means.wage_factor[group, draw] * person_wage * month_wage
    outcomes["wage_income"] = (10 * np.rint(wage / 10)).astype(np.int32)

    leans = (
        (assistance, 0.75, 0.6, 0.95),
        (assistance, 0.1, 0.35, 0.96),
        (-assistance, 0.2, 0.6, 0.95),
    )
    for name, table, (lean, weight, share, memory) in zip(OTHERS, means.other, leans, strict=True):
        process = _process(rng, lasting(lean, weight), share, memory, 0.5)
        below = np.zeros((n, PERIODS), dtype=np.bool_)
        for step in range(4):
            below |= (state == step) & cut(process, table[..., step])
        outcomes[name] = below.astype(np.int32)
    for name, rate in zip(RARE, design.rare, strict=True):
        process = _process(rng, rng.standard_normal(n), 0.3, 0.9, 0.6)
        outcomes[name] = (process < ndtri(rate)).astype(np.int32)
    return state, outcomes


def people_and_months(
    rng: np.random.Generator, design: RegisterDesign, draw: Ints, drawn: Bools, first: int = 1
) -> RegisterTables:
    """Draw everything about some people of whom draw and arm are known.

    Args:
        rng: Source of chance.
        design: Sizes, shares and effects.
        draw: Draw of each of these people, as a code.
        drawn: Whether each was drawn.
        first: Number of the first of them in the whole experiment.

    Returns:
        These people and their outcomes.
    """
    means = expected_by_delay(design)
    sizes = design.sizes
    n = draw.size

    # What lies behind the covariates, each independent of the draw a person is in.
    woman, abroad, age, schooling, years, assistance = rng.standard_normal((6, n))
    is_woman = woman < WOMEN
    gap = 0.15 * design.take_up * (1 - design.take_up)
    meets_if_drawn = rng.random(n) < design.take_up + gap * np.where(is_woman, 0.58, -0.42)
    meets = drawn & meets_if_drawn
    group = np.where(meets_if_drawn, np.where(drawn, TREATED, UNTREATED), NEVER)
    lists = None
    if design.later is not None:  # chance of its own: the rest stays as it is without
        chance, shares = rng.spawn(1)[0], design.drawn_sizes / sizes
        lists = draw_lists(chance, design.later, draw, drawn, age, shares)
        group = np.where(meets_if_drawn & (lists.own > 0), NEVER + lists.own, group)

    traits = (woman, abroad, age, schooling, years, assistance)
    state, outcomes = _courses(rng, design, means, group, draw, traits)
    months = np.datetime64(design.first_draw, "M") + draw
    lag = rng.choice(LAST_LAG + 1, size=n, p=[0.25, 0.35, 0.20, 0.12, 0.08])
    width = max(5, len(str(sizes.sum())))
    person = np.array([f"R{number:0{width}d}" for number in range(first, first + n)], dtype=object)
    known = _covariates(design, draw, traits)
    participants = pd.DataFrame(
        {
            "person": person,
            "draw": months.astype(str),
            "arm": np.where(drawn, "drawn", "not_drawn"),
            **known,
            "met_team": meets.astype(np.int8),
            "met_date": np.where(meets, (months + lag).astype(str), ""),
        }
    )
    last = _last_months(rng, design, state, drawn)
    why, when = _exits(rng, design, n)
    left = why < len(EXITS)
    participants["exit"] = np.array([*EXITS, ""], dtype=object)[why]
    participants["exit_period"] = pd.array(np.where(left, when, 0), dtype="Int64")
    participants.loc[~left, "exit_period"] = pd.NA
    last = np.where(left, np.minimum(last, when), last)
    if lists is None:
        return RegisterTables(participants, outcomes, last)
    lists = lists.before(np.where(left, when, PERIODS + 1))
    # Nobody meets a team after they left.
    late = meets_if_drawn & (lists.own > 0) & (~left | (lists.own + lag <= when))
    participants["met_team"] = (meets | late).astype(np.int8)
    met = (months + lists.own + lag).astype(str)
    participants["met_date"] = np.where(meets | late, met, "")
    return RegisterTables(participants, outcomes, last, draws_table(lists, person, months, drawn))
