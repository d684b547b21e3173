"""A twin's price index, which is the study's own, and draws that its people took part in again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from finsam_report.inputs.blocks import month_numbers
from finsam_report.inputs.parts_contract.calendar import DRAWS, PRICES
from finsam_report.inputs.read import Inputs
from finsam_report.inputs.synthetic.like.draw import Drawn
from finsam_report.inputs.synthetic.like.safe import Floats, share
from finsam_report.study import Register

LONGEST = 60  # months after the first draw in which people may be drawn again


@dataclass(frozen=True)
class Again:
    """By months since the first draw, from the first on: who may be drawn, and who of them is.

    Attributes:
        eligible: Share of those not drawn so far who take part in a draw; shape (t,).
        drawn: Share of these who are drawn; shape (t,).
    """

    eligible: Floats
    drawn: Floats


def draws_known(part: Register, draws: pd.DataFrame) -> Again:
    """What a twin may know of the draws: shares of those at risk, from rounded numbers."""
    month = month_numbers(draws["date"])
    first = pd.Series(month).groupby(draws["person"].to_numpy()).transform("min").to_numpy()
    since = (month - first).astype(np.int64)
    hit = (draws["arm"] == part.arms.support.value).to_numpy(dtype=np.bool_)
    longest = min(LONGEST, int(since.max(initial=0)))
    left = int(draws["person"].nunique())
    left -= int((hit & (since == 0)).sum())
    eligible, drawn = np.zeros(longest), np.zeros(longest)
    for k in range(1, longest + 1):
        there, taken = int((since == k).sum()), int((hit & (since == k)).sum())
        eligible[k - 1], drawn[k - 1] = share(there, max(left, there)), share(taken, there)
        left -= taken
    return Again(eligible, drawn)


def draw_draws(
    rng: np.random.Generator, known: Again, part: Register, people: Drawn, start: Floats
) -> pd.DataFrame:
    """New draws: everybody's first, and those of the control arm after it.

    Args:
        rng: Source of chance.
        known: What is known of the draws.
        part: The part as declared.
        people: The twin's people.
        start: Month of everybody's first draw; shape (n,).
    """
    person = people.frame["person"].to_numpy()
    arms = np.array([part.arms.control.value, part.arms.support.value], dtype=object)
    pieces = [(person, start, people.support)]
    waiting = ~people.support
    for k, (there, taken) in enumerate(zip(known.eligible, known.drawn, strict=True), 1):
        some = waiting & (rng.random(person.size) < there)
        hit = some & (rng.random(person.size) < taken)
        pieces.append((person[some], start[some] + k, hit[some]))
        waiting &= ~hit
    months = np.concatenate([when for _, when, _ in pieces]).astype(np.int64) - 1970 * 12
    return pd.DataFrame(
        {
            "person": np.concatenate([who for who, _, _ in pieces]),
            "date": months.astype("datetime64[M]").astype(str),
            "arm": arms[np.concatenate([hit for _, _, hit in pieces]).astype(np.int64)],
        }
    )


def calendar_tables(
    stream: np.random.SeedSequence, inputs: Inputs, people: Drawn | None
) -> dict[str, tuple[str, pd.DataFrame]]:
    """The price index and the draws of a twin.

    Returns:
        The stem of a file and its table, by the entry of study.toml that names it.
    """
    made: dict[str, tuple[str, pd.DataFrame]] = {}
    study, other = inputs.study, inputs.other
    if study.prices is not None and PRICES in other:
        index = other[PRICES].copy()
        for name in ("year", "month"):
            if name in index.columns:
                index[name] = index[name].astype("Int64")
        made["prices.table"] = ("prices", index)
    part = study.register_
    if part is not None and part.later is not None and people is not None and DRAWS in other:
        days = people.days.get("randomised", people.days.get("block"))
        if days is None:
            return made
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
        known = draws_known(part, other[DRAWS])
        rng = np.random.default_rng(stream)
        draws = draw_draws(rng, known, part, people, month.astype(np.float64))
        made["register.later.draws"] = ("register_draws", draws)
    return made
