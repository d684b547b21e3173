"""A small study and released ledgers with numbers made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from finsam_report import release
from finsam_report.display.context import Context
from finsam_report.display.lookup import Lookup
from finsam_report.display.report import Report, make
from finsam_report.parts import ledger
from finsam_report.study import Study


def label(text: str) -> dict[str, str]:
    return {"en": text}


def part(treatment: str = "a team") -> dict[str, Any]:
    return {
        "participants": "people.csv",
        "arms": {
            "support": {
                "value": "s",
                "label": label("Support arm"),
                "people": label("people in the support arm"),
            },
            "control": {
                "value": "c",
                "label": label("Control arm"),
                "people": label("people in the control arm"),
            },
        },
        "assignment": {},
        "treatment": label(treatment),
        "covariates": [
            {"id": "age", "label": label("Age"), "kind": "number", "unit": label("years")}
        ],
        "take_up": True,
    }


def study(
    *,
    outcomes: list[dict[str, Any]] | None = None,
    items: list[dict[str, Any]] | None = None,
    horizons: tuple[int, ...] = (12, 24),
    questions: list[dict[str, Any]] | None = None,
    **about: Any,
) -> Study:
    """A study with both parts; outcomes and items can be replaced."""
    wage = {
        "id": "wage",
        "unit": "amount",
        "currency": "SEK",
        "price_year": 2022,
        "label": label("Wage"),
    }
    aid = {"id": "aid", "unit": "share", "direction": "down", "label": label("Social assistance")}
    listed = {"id": "listed", "unit": "share", "direction": "none", "label": label("Registered")}
    work = {"id": "work", "unit": "share", "label": label("Work")}
    hope = {"id": "hope", "label": label("Hope"), "text": label("How hopeful are you?")}
    worry = {
        "id": "worry",
        "label": label("Worry"),
        "text": label("How worried are you?"),
        "direction": "down",
    }
    return Study.model_validate_json(
        json.dumps(
            {
                "study": {"id": "t", "title": label("T"), "data_until": label("May 2024"), **about},
                "questions": questions or [],
                "survey": {
                    **part(),
                    "answers": "answers.csv",
                    "primary_wave": 1,
                    "waves": [{"wave": 1, "month": 6}],
                    "items": items or [hope, worry],
                },
                "register": {
                    **part(),
                    "participants": "register.csv",
                    "outcome_table": "outcomes.csv",
                    "horizons": horizons,
                    "outcomes": outcomes or [work, aid, listed, wage],
                },
            }
        )
    )


def effect(
    part_name: str, outcome: str, horizon: float, estimate: float, half: float, **more: Any
) -> pd.DataFrame:
    """An adjusted effect with its interval, on 100 and 80 people."""
    columns = {
        "part": part_name,
        "analysis": "itt",
        "outcome": outcome,
        "group": "all",
        "horizon": horizon,
        "estimator": "lin",
        "estimate": estimate,
        "std_error": half / 2,
        "ci_low": estimate - half,
        "ci_high": estimate + half,
        "p_value": 0.03,
        "q_value": 0.04,
        "n_support": 100,
        "n_control": 80,
        "control_mean": 40.0,
        "unit": "scale points" if part_name == "survey" else "percentage points",
    }
    return ledger.rows(**(columns | more))


def count(
    part_name: str, outcome: str, arm: str, people: int, horizon: float | None = None
) -> pd.DataFrame:
    where = {} if horizon is None else {"horizon": horizon}
    return ledger.rows(
        part=part_name,
        analysis="flow",
        outcome=outcome,
        group=f"arm:{arm}",
        estimator="count",
        estimate=people,
        unit=ledger.PEOPLE,
        smallest_cell=people,
        **where,
    )


def sizes(part_name: str, support: int = 100, control: int = 80) -> list[pd.DataFrame]:
    return [
        count(part_name, "randomised", "support", support),
        count(part_name, "randomised", "control", control),
    ]


def context(rows: list[pd.DataFrame], declared: Study | None = None) -> Context:
    released = release.release(ledger.join(rows))
    return Context(declared or study(), Lookup(released), "en")


def report(rows: list[pd.DataFrame], folder: Path, declared: Study | None = None) -> Report:
    released = release.release(ledger.join(rows))
    return make(declared or study(), released, "en", folder, folder / "out")
