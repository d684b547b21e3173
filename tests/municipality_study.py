"""A small study of municipalities that joined in different years, for tests that change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.parts import run
from finsam_report.parts.ledger import NUMBERS
from finsam_report.release import release

TOML = """[study]
id = "small_municipalities"
title.en = "Municipalities"
data_until.en = "2008"

[municipality]
municipalities = "units.csv"
municipality_years = "years.csv"
years = {{ first = {first}, last = {last} }}
{all_ages}
bootstrap = {bootstrap}
{entries}
age_bands = [{bands}]
{more}
[[municipality.outcomes]]
id = "sickness"
label.en = "Sickness benefit"

[[municipality.outcomes]]
id = "pension"
label.en = "Disability pension"
{outcomes}
"""
COHORTS = (2003, 2004, 2006, None)
BANDS = ("18-39", "40-64")


def drawn(
    n: int = 40, first: int = 2000, last: int = 2008, effect: float = 1.0, seed: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Municipalities of four counties, 12, 12 and 8 by year of joining and 8 others."""
    rng = np.random.default_rng(seed)
    number = np.arange(n)
    codes = np.array([f"{1 + k % 4:02d}{10 + k:02d}" for k in number])
    joined = [COHORTS[(k // 4) % 4] for k in number]
    units = pd.DataFrame({
        "municipality": codes, "county": [code[:2] for code in codes],
        "joined": pd.array(joined, dtype="Int64"),
        "association": ["" if y is None else f"F{k // 2}" for k, y in enumerate(joined)],
    })  # fmt: skip
    years = np.arange(first, last + 1)
    rows = []
    for outcome, level in (("sickness", 8.0), ("pension", 12.0)):
        base = level + rng.normal(0, 1, n)
        for sex in ("women", "men"):
            for band in BANDS:
                noise = rng.normal(0, 0.4, (n, years.size))
                for k in number:
                    after = years >= (joined[k] or 9999)
                    value = base[k] + noise[k] + effect * after * (outcome == "sickness")
                    for year, v in zip(years, value, strict=True):
                        rows.append((codes[k], year, sex, band, outcome, v, 1000 + 10 * k))
    names = ["municipality", "year", "sex", "age_band", "outcome", "value", "population"]
    table = pd.DataFrame(rows, columns=names)
    for column, whole in (("sex", "all"), ("age_band", "18-64")):
        others = [name for name in names if name not in (column, "value", "population")]
        table["product"] = table["value"] * table["population"]
        sums = table.groupby(others, as_index=False)[["product", "population"]].sum()
        sums["value"] = sums["product"] / sums["population"]
        table = pd.concat([table, sums.assign(**{column: whole})], ignore_index=True)[names]
    return units, table.assign(value=table["value"].round(3))


@dataclass
class Study:
    """A study that a test may change before it is analysed.

    ``entries`` are lines of [municipality], ``more`` tables after them, ``outcomes`` further
    outcomes.
    """

    directory: Path
    units: pd.DataFrame
    years: pd.DataFrame
    entries: str = ""
    more: str = ""
    outcomes: str = ""
    bootstrap: int = 199
    bands: tuple[str, ...] = (*BANDS, "18-64")
    all_ages: str | None = "18-64"
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)

    def inputs(self) -> Inputs:
        span = self.years["year"]
        text = TOML.format(
            first=span.min(), last=span.max(), entries=self.entries, more=self.more,
            bootstrap=self.bootstrap, outcomes=self.outcomes,
            all_ages=f'all_ages = "{self.all_ages}"' if self.all_ages else "",
            bands=", ".join(f'{{ value = "{b}", label.en = "{b}" }}' for b in self.bands),
        )  # fmt: skip
        (self.directory / "study.toml").write_text(text, "utf-8")
        self.units.to_csv(self.directory / "units.csv", index=False)
        self.years.to_csv(self.directory / "years.csv", index=False)
        return read_inputs(self.directory)

    def ledger(self) -> pd.DataFrame:
        """All rows, after checks that hold for every study."""
        made = run.analyse(self.inputs())
        frame = made.frame
        known = frame[frame["analysis"] != "not_estimated"]
        assert known[list(NUMBERS)].notna().any(axis=1).all()
        assert not known[list(NUMBERS)].isin([np.inf, -np.inf]).any(axis=None)
        assert (known["std_error"].dropna() > 0).all()
        assert known["p_value"].dropna().between(0, 1).all()
        assert known["q_value"].dropna().between(0, 1).all()
        release(made)
        return frame


def pick(frame: pd.DataFrame, **keys: object) -> pd.DataFrame:
    """The rows with these keys."""
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    return frame


def one(frame: pd.DataFrame, **keys: object) -> pd.Series:
    """The only row with these keys."""
    found = pick(frame, **keys)
    assert len(found) == 1, (keys, len(found))
    return found.iloc[0]


def overall(frame: pd.DataFrame, outcome: str = "sickness", group: str = "all") -> pd.Series:
    """The main effect."""
    return one(frame, analysis="overall", outcome=outcome, group=group, estimator="cs")


def why_not(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Why whole columns were not estimated, by outcome and group."""
    chosen = frame[(frame["analysis"] == "not_estimated") & frame["horizon"].isna()]
    return dict(zip(zip(chosen["outcome"], chosen["group"], strict=True), chosen["estimator"],
                    strict=True))  # fmt: skip
