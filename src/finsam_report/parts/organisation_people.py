"""Those who take part: who they are, what they live on before and after, how they are registered.

A person counts once a year among those who began; a participation counts each time that it ended.
No number tells how many people of the table of participations stand behind it but ``cell`` does,
for the disclosure control: the people, or the rest of all of them, whichever are fewer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from finsam_report.parts.ledger import PEOPLE, PERCENT
from finsam_report.parts.organisation_data import Data
from finsam_report.parts.organisation_rows import Piece, entries, within
from finsam_report.study_other import TargetSize

PLACE = ["group", "year"]
KEY = ["group", "outcome", "year"]
WHO = (("sex", "sex"), ("age", "age_band"), ("education", "education"),
       ("livelihood", "livelihood_before"))  # fmt: skip
STATUS = ("livelihood", "occupation")
WORK_OR_STUDY = "work_or_study"
MISSING = "missing"


def either(count: pd.Series, of: pd.Series) -> pd.Series:
    """The fewest people that a share of two kinds would tell of, none where all are alike."""
    rest = of - count
    both = (count > 0) & (rest > 0)
    fewest = np.where(both, np.minimum(count, rest), np.maximum(count, rest))
    return pd.Series(fewest, index=count.index)


def number_rows(data: Data) -> list[Piece]:
    """Everybody in efforts for individuals during the year, as the associations report it."""
    known = data.years[data.years["participants"].notna()]
    summed = known.groupby(PLACE)["participants"].sum().reset_index()
    return [entries("participants", summed, "count", "participants", PEOPLE, outcome="all",
                    cell="participants")]  # fmt: skip


def began(data: Data) -> pd.DataFrame:
    """The first participation of each person in each year in which he or she began one."""
    people = data.people[data.people["first"].notna()].assign(year=lambda f: f["first"])
    people = people.sort_values("start", kind="stable")
    return people.drop_duplicates(["group", "participant", "year"])


def who_rows(data: Data) -> list[Piece]:
    """Those who began in a year, by sex, age, education and livelihood.

    Shares are of those of whom it is known.
    """
    people = began(data)
    if not len(people):
        return []
    everybody = people.groupby(PLACE).size().rename("n").reset_index()
    out = [entries("participants", everybody, "count", "n", PEOPLE, outcome="in_table", cell="n")]
    for name, column in WHO:
        if not people[column].notna().any():
            continue
        named = people.assign(outcome=f"{name}=" + people[column].fillna(MISSING).astype(str))
        counts = _filled(named)
        counts = counts[(counts["n"] > 0) | ~counts["outcome"].str.endswith(f"={MISSING}")]
        out.append(entries("participants", counts, "count", "n", PEOPLE, cell="n"))
        known = people[people[column].notna()].groupby(PLACE).size()
        shares = counts[~counts["outcome"].str.endswith(f"={MISSING}")]
        shares = shares.assign(of=known.reindex(pd.MultiIndex.from_frame(shares[PLACE])).to_numpy())
        shares = shares[shares["of"] > 0]
        shares = shares.assign(share=100 * shares["n"] / shares["of"])
        out.append(entries("participants", shares, "share", "share", PERCENT, cell="n", of="of"))
    return out


def _filled(named: pd.DataFrame) -> pd.DataFrame:
    """People by group, outcome and year; zero for an outcome that other years or groups have."""
    counts = named.groupby(KEY).size()
    places = named[PLACE].drop_duplicates().sort_values(PLACE)
    outcomes = pd.DataFrame({"outcome": named["outcome"].drop_duplicates().sort_values()})
    grid = places.merge(outcomes, how="cross")
    return grid.assign(n=counts.reindex(pd.MultiIndex.from_frame(grid[KEY]), fill_value=0)
                       .to_numpy(np.float64))  # fmt: skip


def registered_rows(data: Data) -> list[Piece]:
    """Share of those who began in a year whose personal data are in the follow-up system."""
    people = began(data)
    known = people[people["identified"].notna()]
    counts = known.groupby(PLACE)["identified"].agg(["sum", "size"]).reset_index()
    counts = counts.assign(share=100 * counts["sum"] / counts["size"])
    counts = counts.assign(cell=either(counts["sum"], counts["size"]))
    return [
        entries("registered", counts, "share", "share", PERCENT, outcome="share", cell="cell",
                of="size"),
        entries("registered", counts, "count", "sum", PEOPLE, outcome="count", cell="cell",
                of="size"),
    ]  # fmt: skip


def ended(data: Data) -> pd.DataFrame:
    """Participations that ended, with the year of their end."""
    done = data.people[data.people["last"].notna()]
    return done.assign(year=done["last"])


def change_rows(data: Data, *, brief: bool = False) -> list[Piece]:
    """Status before and after, of participations that ended and whose status is known both times.

    Args:
        data: The tables.
        brief: Only work or study, in all years together.
    """
    done = ended(data)
    if not len(done):
        return []
    whole = done.assign(year=np.nan)
    sexes = within(whole[whole["sex"].notna()], "sex")
    out = [_count_ended(whole)]
    for frame in (whole,) if brief else (whole, sexes, done):
        out += _work(data, frame)
        if not brief:
            out += [piece for name in STATUS for piece in _levels(frame, name)]
    if not brief:
        out.append(_count_ended(done))
        out += _moves(whole)
    return out


def _count_ended(frame: pd.DataFrame) -> Piece:
    counts = frame.groupby(PLACE, dropna=False).size().rename("n").reset_index()
    return entries("change", counts, "count", "n", PEOPLE, outcome="ended", cell="n")


def _known(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame[f"{name}_before"].notna() & frame[f"{name}_after"].notna()]


def _shares(counts: pd.DataFrame, *, two: bool) -> list[Piece]:
    """Shares before and after, and the number after; ``two``: the rest is told as well."""
    out = []
    for when in ("before", "after"):
        share = counts.assign(share=100 * counts[when] / counts["of"])
        share = share.assign(cell=either(share[when], share["of"]) if two else share[when])
        out.append(entries("change", share, when, "share", PERCENT, cell="cell", of="of"))
        if when == "after":
            out.append(entries("change", share, "count", "after", PEOPLE, cell="cell", of="of"))
    return out


def _work(data: Data, frame: pd.DataFrame) -> list[Piece]:
    """Work or study, where the study says which occupations count as such."""
    known, working = _known(frame, "occupation"), set(data.part.working)
    if not len(known) or not working:
        return []
    marked = known.assign(
        of=1.0,
        **{when: known[f"occupation_{when}"].isin(working).astype(np.float64)
           for when in ("before", "after")},
    )  # fmt: skip
    counts = marked.groupby(PLACE, dropna=False)[["before", "after", "of"]].sum().reset_index()
    return _shares(counts.assign(outcome=WORK_OR_STUDY), two=True)


def _levels(frame: pd.DataFrame, name: str) -> list[Piece]:
    """Every level that anybody had before or after, zero where nobody of a group had it."""
    known = _known(frame, name)
    if not len(known):
        return []
    of = known.groupby(PLACE, dropna=False).size().rename("of").reset_index()
    seen = sorted({*known[f"{name}_before"].unique(), *known[f"{name}_after"].unique()})
    counts = of.merge(pd.DataFrame({"level": seen}), how="cross")
    for when in ("before", "after"):
        sizes = known.groupby([*PLACE, f"{name}_{when}"], dropna=False).size().rename(when)
        here = sizes.reset_index().rename(columns={f"{name}_{when}": "level"})
        counts = counts.merge(here, how="left", on=[*PLACE, "level"])
    counts = counts.fillna({"before": 0.0, "after": 0.0})
    return _shares(counts.assign(outcome=f"{name}=" + counts["level"]), two=False)


def _moves(frame: pd.DataFrame) -> list[Piece]:
    """What people lived on before, and of each such group what they live on afterwards."""
    known = _known(frame, "livelihood")
    if not len(known):
        return []
    pairs = known.groupby(["group", "livelihood_before", "livelihood_after"]).size()
    counts = pairs.rename("n").reset_index()
    counts = counts.assign(
        outcome=counts["livelihood_before"] + ">" + counts["livelihood_after"], year=np.nan,
        of=counts.groupby(["group", "livelihood_before"])["n"].transform("sum"),
    )  # fmt: skip
    counts = counts.assign(share=100 * counts["n"] / counts["of"])
    return [
        entries("transition", counts, "share", "share", PERCENT, cell="n", of="of"),
        entries("transition", counts, "count", "n", PEOPLE, cell="n", of="of"),
    ]


def coverage_rows(data: Data, size: TargetSize | None) -> list[Piece]:
    """Participants in relation to the highest and to the lowest estimate of the target group."""
    if size is None:
        return []
    known = data.years[data.years["participants"].notna()]
    summed = known.groupby(PLACE)["participants"].sum().reset_index()
    out = []
    for name, of in (("low", size.high), ("high", size.low)):
        shares = summed.assign(share=100 * summed["participants"] / of)
        out.append(entries("coverage", shares, "share", "share", PERCENT, outcome=name,
                           cell="participants"))  # fmt: skip
    return out
