"""A small organisation part, and a ledger of it with numbers made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from display.ledgers import label
from finsam_report import release
from finsam_report.display.context import Context
from finsam_report.display.lookup import Lookup
from finsam_report.parts import ledger
from finsam_report.study import Study

YEARS = range(2016, 2023)
LAST = 2022
PARTIES = ("municipality", "region", "social_insurance", "employment_service")
# Per cent of the first year that each series has in every year.
UP = (100.0, 102.0, 105.0, 110.0, 116.0, 118.0, 120.0)
DOWN = (100.0, 99.0, 96.0, 92.0, 85.0, 83.0, 80.0)
FLAT = (100.0,) * 7
MIXED = (100.0, 104.0, 108.0, 96.0, 90.0, 91.0, 88.0)


def study(*, programme: str = "finsam", **declared: Any) -> Study:
    """A study of the organisation part alone."""
    part = {
        "association_years": "y.csv",
        "years": {"first": 2016, "last": 2022},
        "effort_kinds": [
            {"value": "team", "label": label("Team")},
            {"value": "mapping", "label": label("Mapping")},
        ],
        "education": [{"value": "compulsory", "label": label("Compulsory school")}],
        "indicators": "i.csv",
        "indicator_items": [
            {"id": "needs", "label": label("Organised around my needs"), "text": label("T")},
            {"id": "plan", "label": label("A plan takes over"), "text": label("T")},
        ],
    }
    about = {
        "id": "t",
        "title": label("T"),
        "data_until": label("May 2024"),
        "programme": programme,
    }
    if programme != "finsam":
        about["background"] = label("Another programme.")
    body = {"study": about, "organisation": part | declared}
    return Study.model_validate_json(json.dumps(body))


def row(
    analysis: str, outcome: str, estimator: str, estimate: Any, horizon: Any = None, **more: Any
) -> pd.DataFrame:
    """Rows of the organisation part; lists give a row each."""
    columns: dict[str, Any] = {
        "part": "organisation",
        "analysis": analysis,
        "outcome": outcome,
        "group": "all",
        "estimator": estimator,
        "estimate": estimate,
        "unit": more.pop("unit", "number"),
    }
    if horizon is not None:
        columns["horizon"] = horizon
    return ledger.rows(**(columns | more))


def yearly(
    analysis: str,
    outcome: str,
    estimator: str,
    start: float,
    course: Iterable[float] = FLAT,
    years: Iterable[int] = YEARS,
    **more: Any,
) -> pd.DataFrame:
    """A series: a number for each year, as per cent of the first."""
    pairs = list(zip(years, course, strict=False))
    return row(
        analysis, outcome, estimator,
        [start * percent / 100 for _, percent in pairs], [float(year) for year, _ in pairs], **more,
    )  # fmt: skip


def associations(
    unions: Iterable[float] = DOWN, members: Iterable[float] = UP, years: Iterable[int] = YEARS
) -> list[pd.DataFrame]:
    return [
        yearly("series", "associations", "count", 100, unions, years),
        yearly("series", "municipalities", "count", 200, members, years),
        yearly("series", "formed", "count", 2, FLAT, years),
        yearly("series", "ended", "count", 3, FLAT, years),
        yearly("series", "members_mean", "mean", 2, UP, years),
        *(
            yearly("size", size, "count", count, FLAT, years)
            for size, count in (("1", 40), ("2-4", 25), ("5-9", 15), ("10+", 3))
        ),
        yearly("size", "single_county", "count", 80, FLAT, years),
        yearly("size", "several_counties", "count", 3, FLAT, years),
    ]


def funds(
    nominal: Iterable[float] = FLAT, real: Iterable[float] = DOWN, *, prices: bool = True
) -> list[pd.DataFrame]:
    out = [
        yearly("funds", name, "nominal", amount, nominal, unit="SEK")
        for name, amount in (
            ("state", 300e6), ("region", 150e6), ("municipality_funds", 150e6), ("esf", 60e6),
            ("saved", 20e6), ("other", 0.0), ("total", 680e6),
        )
    ]  # fmt: skip
    out += [
        row("funds", name, "share", share, float(LAST), unit="percent")
        for name, share in (("state", 44.1), ("region", 22.1), ("municipality_funds", 22.1),
                            ("esf", 8.8), ("saved", 2.9), ("other", 0.0))
    ]  # fmt: skip
    out += [
        yearly("funds", "state", "per_member", 1.5e6, DOWN, unit="SEK"),
        yearly("funds", "state", "per_inhabitant", 40.0, DOWN, unit="SEK"),
        yearly("funds", "state", "per_association", 3e6, UP, unit="SEK"),
    ]
    if prices:
        out += [
            yearly("funds", "state", "real", 340e6, real, unit="SEK"),
            yearly("funds", "state", "per_member_real", 1.7e6, real, unit="SEK"),
            yearly("funds", "state", "per_inhabitant_real", 45.0, real, unit="SEK"),
            row("funds", "price_year", "year", float(LAST), unit="year"),
        ]
    return out


def efforts(
    individual: Iterable[float] = DOWN, structural: Iterable[float] = UP
) -> list[pd.DataFrame]:
    out = [
        yearly("efforts", kind, estimator, start, path)
        for kind, path in (("individual", individual), ("structural", structural))
        for estimator, start in (("going", 500.0), ("begun", 200.0))
    ]
    out += [
        row("efforts", outcome, estimator, number, float(LAST), unit=unit)
        for outcome, count, share in (
            ("kind=team", 300.0, 60.0), ("kind=mapping", 200.0, 40.0),
            ("target=young", 120.0, 24.0), ("party=region", 400.0, 80.0),
        )
        for estimator, number, unit in (("going", count, "number"), ("share", share, "percent"))
    ]  # fmt: skip
    return out


def participants(course: Iterable[float] = DOWN) -> list[pd.DataFrame]:
    out = [yearly("participants", "all", "count", 30_000, course, unit="people")]
    years = [2020.0, 2021.0, 2022.0]
    for outcome, shares in (
        ("sex=woman", (57.0, 58.0, 58.4)), ("sex=man", (43.0, 42.0, 41.6)),
        ("age=16-29", (40.0, 39.0, 38.0)), ("education=compulsory", (30.0, 31.0, 32.0)),
        ("livelihood=social_assistance", (35.0, 34.0, 33.0)),
    ):  # fmt: skip
        out.append(row("participants", outcome, "share", list(shares), years, unit="percent"))
        counts = [10.0 * share for share in shares]
        out.append(row("participants", outcome, "count", counts, years, unit="people"))
    out += [
        row("registered", "share", "share", [40.0, 45.0, 50.0], years, unit="percent"),
        row("registered", "count", "count", [400.0, 450.0, 500.0], years, unit="people"),
        row("coverage", "low", "share", [6.0, 5.4, 4.8], years, unit="percent"),
        row("coverage", "high", "share", [10.7, 9.6, 8.6], years, unit="percent"),
    ]
    return out


LIVING = {
    "wage": (5.0, 21.0), "sickness_benefit": (25.0, 18.0), "disability_pension": (10.0, 12.0),
    "social_assistance": (40.0, 30.0), "other": (20.0, 19.0),
}  # fmt: skip
DOING = {"work": (2.0, 20.0), "subsidised_work": (3.0, 10.0), "none": (95.0, 70.0)}


def change(work: tuple[float, float] = (5.0, 30.0), *, years: bool = True) -> list[pd.DataFrame]:
    out = []
    named = {f"livelihood={k}": v for k, v in LIVING.items()}
    named |= {f"occupation={k}": v for k, v in DOING.items()} | {"work_or_study": work}
    for group, n in (("all", 900.0), ("sex=woman", 500.0), ("sex=man", 400.0)):
        for outcome, pair in named.items():
            for estimator, number in zip(("before", "after"), pair, strict=True):
                out.append(
                    row(
                        "change",
                        outcome,
                        estimator,
                        number,
                        group=group,
                        n_support=n,
                        unit="percent",
                    )
                )
    if years:
        for estimator, numbers in (("before", [4.0, 5.0, 6.0]), ("after", [31.0, 28.0, 30.0])):
            out.append(
                row(
                    "change",
                    "work_or_study",
                    estimator,
                    numbers,
                    [2020.0, 2021.0, 2022.0],
                    n_support=300.0,
                    unit="percent",
                )
            )
    out += [
        row("transition", f"{a}>{b}", estimator, number, unit=unit)
        for (a, b), share in {
            ("sickness_benefit", "sickness_benefit"): 50.0, ("sickness_benefit", "wage"): 30.0,
            ("sickness_benefit", "other"): 20.0, ("social_assistance", "wage"): 45.0,
            ("social_assistance", "social_assistance"): 55.0,
        }.items()
        for estimator, number, unit in (
            ("share", share, "percent"), ("count", 2 * share, "people"),
        )
    ]  # fmt: skip
    return out


def costs(kind: bool = True) -> list[pd.DataFrame]:
    out = [
        yearly("cost", what, estimator, amount, path, unit="SEK")
        for what, amount in (("per_effort", 1.2e6), ("per_participant", 30_000.0))
        for estimator, path in (("nominal", UP), ("real", FLAT))
    ]
    if kind:
        out += [
            row("cost", what, "nominal", amount, float(LAST), group="kind=team", unit="SEK")
            for what, amount in (("per_effort", 2e6), ("per_participant", 41_000.0))
        ]
    return out


def referrals(
    state: tuple[float, ...] = (100.0, 98.0, 60.0, 70.0, 75.0, 80.0),
) -> list[pd.DataFrame]:
    halves = [2019.0, 2019.5, 2020.0, 2020.5, 2021.0, 2021.5]
    out = []
    for party in PARTIES:
        ours = party in ("social_insurance", "employment_service")
        numbers = [n if ours else 120.0 for n in state]
        out.append(row("referrals", f"party={party}", "count", numbers, halves, unit="people"))
    return out


def teams(vacant: tuple[float, float] = (10.0, 20.0)) -> list[pd.DataFrame]:
    out = []
    for party in (*PARTIES, "all"):
        for year, share in zip((2019.0, 2022.0), vacant, strict=True):
            name = party if party == "all" else f"party={party}"
            posts = 200.0 if party == "all" else 50.0
            out += [
                row("teams", name, "posts", posts, year),
                row("teams", name, "vacant", posts * share / 100, year),
                row("teams", name, "share_vacant", share, year, unit="percent"),
                row("teams", name, "teams_without", 4.0, year),
            ]
    return out


def indicators(mean: tuple[float, float] = (3.9, 4.1)) -> list[pd.DataFrame]:
    out = []
    for item in ("needs", "plan"):
        for group in ("respondent=participant", "respondent=staff"):
            for year, number in zip((2020.0, 2022.0), mean, strict=True):
                out += [
                    row("indicator", item, "mean", number, year, group=group, unit="scale points"),
                    row("indicator", item, "top", 70.0, year, group=group, unit="percent"),
                    row("indicator", item, "count", 900.0, year, group=group, unit="people"),
                ]
    for year, took in ((2020.0, 40.0), (2022.0, 36.0)):
        out.append(row("indicator", "needs", "associations", took, year))
    return out


PUBLISHED: Mapping[tuple[str, int], tuple[float, str]] = {
    ("associations", 2016): (82, "fk2016"),
    ("associations", 2018): (83, "finsam2019"),
    ("associations", 2020): (78, "finsam2021"),
    ("associations", 2022): (75, "isf2023"),
    ("municipalities", 2016): (247, "fk2016"),
    ("municipalities", 2022): (273, "isf2023"),
    ("state", 2016): (339e6, "isf2023"),
    ("state", 2022): (339e6, "isf2023"),
    ("participants", 2018): (32_715, "isf2023"),
    ("participants", 2022): (21_400, "isf2023|about"),
}


def published() -> list[pd.DataFrame]:
    return [
        row(
            "published",
            series,
            source,
            float(value),
            float(year),
            unit="SEK" if series == "state" else series,
        )
        for (series, year), (value, source) in PUBLISHED.items()
    ]


def one_association(code: str, **numbers: float) -> list[pd.DataFrame]:
    found = {"funds": 9e6, "participants": 200.0, "individual": 5.0, "structural": 2.0} | numbers
    where = f"association={code}"
    return [
        row("funds", "total", "nominal", found["funds"], float(LAST), group=where, unit="SEK"),
        row("participants", "all", "count", found["participants"], float(LAST), group=where,
            unit="people"),
        row("efforts", "individual", "going", found["individual"], float(LAST), group=where),
        row("efforts", "structural", "going", found["structural"], float(LAST), group=where),
    ]  # fmt: skip


def everything() -> list[pd.DataFrame]:
    return [
        *associations(), *funds(), *efforts(), *participants(), *change(), *costs(),
        *referrals(), *teams(), *indicators(), *published(),
        *one_association("F1"), *one_association("F2", participants=0.0),
    ]  # fmt: skip


def context(
    rows: list[pd.DataFrame], declared: Study | None = None, *, markdown: bool = True
) -> Context:
    released = release.release(ledger.join(rows))
    made = Context(declared or study(), Lookup(released), "en")
    return made.for_markdown() if markdown else made
