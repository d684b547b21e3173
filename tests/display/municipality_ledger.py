"""A small municipality part, and a ledger of it with numbers made by hand."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from display.ledgers import label
from finsam_report import release
from finsam_report.display.context import Context
from finsam_report.display.lookup import Lookup
from finsam_report.parts import ledger
from finsam_report.study import Study

Number = tuple[float, float]  # an estimate and the half of its interval

SICK, PENSION, WORK = "sick", "pension", "work"
NAMES = {SICK: "Sickness benefit", PENSION: "Disability pension", WORK: "Employment"}


def study(*, extra: int = 0, **declared: Any) -> Study:
    """A study of municipalities alone; ``extra`` adds so many main outcomes."""
    outcomes = [
        {"id": SICK, "label": label(NAMES[SICK]), "direction": "down", "family": "health"},
        {"id": PENSION, "label": label(NAMES[PENSION]), "direction": "down", "family": "health"},
        {"id": WORK, "label": label(NAMES[WORK])},
        {
            "id": "both",
            "label": label("Either"),
            "sum_of": [SICK, PENSION],
            "main": False,
            "direction": "none",
        },
        {"id": "moved", "label": label("Moves"), "placebo": True},
    ]
    outcomes += [{"id": f"more{k}", "label": label(f"Outcome {k}")} for k in range(extra)]
    part = {
        "municipalities": "m.csv",
        "municipality_years": "y.csv",
        "years": {"first": 2000, "last": 2015},
        "all_ages": "18-64",
        "age_bands": [
            {"value": "18-64", "label": label("18–64 years")},
            {"value": "55-64", "label": label("55–64 years")},
        ],
        "outcomes": outcomes,
    }
    about = {"id": "t", "title": label("T"), "data_until": label("May 2024")}
    return Study.model_validate_json(json.dumps({"study": about, "municipality": part | declared}))


def row(
    analysis: str, outcome: str, estimator: str, number: Number | None = None, **more: Any
) -> pd.DataFrame:
    """A row of the municipality part; a number is an estimate with the half of its interval."""
    columns: dict[str, Any] = {
        "part": "municipality",
        "analysis": analysis,
        "outcome": outcome,
        "group": "all",
        "estimator": estimator,
        "unit": "percentage points",
    }
    if number is not None:
        estimate, half = number
        columns |= {
            "estimate": estimate,
            "std_error": half / 2,
            "ci_low": estimate - half,
            "ci_high": estimate + half,
        }
    return ledger.rows(**(columns | more))


def count(outcome: str, number: float, year: float | None = None) -> pd.DataFrame:
    where = {} if year is None else {"horizon": year}
    return row("entry", outcome, "count", estimate=number, unit="municipalities", **where)


def entry(joined: dict[int, int], **counts: int) -> list[pd.DataFrame]:
    """Who joined when, and further counts of the entry."""
    total = sum(joined.values()) + counts.get("never", 0) + counts.get("always", 0)
    rows = [count("joined", n, year) for year, n in joined.items()]
    known = {"municipalities": total, "never": 0, "after": 0, "always": 0} | counts
    return rows + [count(name, n) for name, n in known.items()]


def overall(
    outcome: str, number: Number, *, q: float = 0.01, wise: float = 0.01, **more: Any
) -> list[pd.DataFrame]:
    """An effect with its adjusted p-values."""
    shared = {"n_support": 90, "n_control": 120, "control_mean": 7.0, "p_value": 0.02}
    main = row("overall", outcome, "cs", number, q_value=q, **(shared | more))
    group = {key: value for key, value in more.items() if key == "group"}
    return [main, row("overall", outcome, "cs_family", p_value=wise, **group)]


def context(
    rows: list[pd.DataFrame], declared: Study | None = None, *, markdown: bool = True
) -> Context:
    released = release.release(ledger.join(rows))
    made = Context(declared or study(), Lookup(released), "en")
    return made.for_markdown() if markdown else made
