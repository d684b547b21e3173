"""Every table, figure and text that the documents ask for, for studies that lack something."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from display import odd_results
from finsam_report import release
from finsam_report.display import report as reports
from finsam_report.engine import pipeline
from finsam_report.engine.builtin.pieces import Cell
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.job import RenderJob
from finsam_report.inputs.read import read_inputs

DOCUMENTS = Path(__file__).parents[2] / "report"
CALL = re.compile(r'report\.(table|figure|text|say)\(\s*"([^"]+)"\s*\)')


def _no_blocks(study: Any) -> None:
    study.toml('blocks = ["site"]', "blocks = []")
    study.toml('blocks = ["draw"]', "blocks = []")


def _take_up(value: str) -> Callable[[Any], None]:
    def change(study: Any) -> None:
        for name in ("people.csv", "drawn.csv"):
            study.edit(name, lambda f: f.assign(met_team=value))

    return change


def _no_take_up(study: Any) -> None:
    study.toml("take_up = true", "take_up = false")
    study.toml("take_up = true", "take_up = false")


def _one_horizon(study: Any) -> None:
    study.toml("horizons = [2, 3]", "horizons = [2]")
    study.edit("months.csv", lambda f: f[f["period"] == "2"])


def _dates(study: Any) -> None:
    """Dates, a referring party, an event, a queue, names of the sites, and referrals."""
    party = """
[[survey.covariates]]
id = "sent_by"
label.en = "Sent by"
kind = "category"
levels = [{ value = "region", label.en = "Region" }, { value = "municipality", label.en = "M" }]

[[survey.events]]
date = 2023-02-11
label.en = "Strike"

[[survey.queue]]
block = "norr"
months = 1.5

[[survey.subgroups]]
id = "site"
label.en = "Site"
levels = [{ value = "norr", label.en = "North" }, { value = "söder", label.en = "South" }]

[[survey.items]]
id = "job"
"""
    study.toml('\n[[survey.items]]\nid = "job"\n', party)
    study.toml("baseline_wave = 1\n", 'baseline_wave = 1\nparty = "sent_by"\n'
               'referrals = "referrals.csv"\n')  # fmt: skip

    def dated(people: Any) -> Any:
        early = people.index % 3 != 0
        return people.assign(
            sent_by=["region" if k % 4 else "municipality" for k in people.index],
            referred="2023-01-05",
            randomised=["2023-01-20" if one else "2023-04-10" for one in early],
            met_date=["2023-05-02" if met == "1" else "" for met in people["met_team"]],
        )

    study.edit("people.csv", dated)
    months = ["2023-01", "2023-02", "2023-03", "2023-04"]
    study.put("referrals.csv", pd.DataFrame(
        [(m, site, "region", 9) for m in months for site in ("norr", "söder")]
        + [("2023-01", "norr", "municipality", 40)],
        columns=["month", "site", "party", "people"],
    ))  # fmt: skip


def _dates_alone(study: Any) -> None:
    study.edit("people.csv", lambda f: f.assign(referred="2023-01-05", randomised="2023-01-20"))


def _everybody_answered(study: Any) -> None:
    people = study.table("people.csv")
    waves = [people.assign(wave="1"), people.assign(wave="2")]
    waves.append(people[people["arm"] == "waiting"].assign(wave="3"))
    frame = pd.concat(waves, ignore_index=True)[["person", "wave"]]
    study.put("answers.csv", frame.assign(
        job=[str(k % 5 + 1) for k in frame.index], health=[str(k % 4 + 1) for k in frame.index]
    ))  # fmt: skip


def _scale(lowest: int, highest: int) -> Callable[[Any], None]:
    """Another scale for one item, turned round; the other keeps its own."""

    def change(study: Any) -> None:
        study.toml(
            'id = "job"\n',
            f'id = "job"\nminimum = {lowest}\nmaximum = {highest}\ndirection = "down"\n'
            'lowest.en = "Little"\nhighest.en = "A_lot"\n',
        )
        study.edit(
            "answers.csv",
            lambda f: f.assign(job=[str(lowest if k % 3 else highest) for k in f.index]),
        )

    return change


def _one_wave(study: Any) -> None:
    study.toml("baseline_wave = 1\n", "")
    study.toml("[[survey.waves]]\nwave = 1\nmonth = 0\n", "")
    study.toml('[[survey.waves]]\nwave = 3\nmonth = 12\narms = ["control"]\n', "")
    study.edit("answers.csv", lambda f: f[f["wave"] == "2"])


ODD: dict[str, Callable[[Any], None]] = {
    **odd_results.ODD,
    "nothing is missing": lambda study: None,
    "no blocks": _no_blocks,
    "no take-up data": _no_take_up,
    "nobody met a team": _take_up("0"),
    "everybody met a team": _take_up("1"),
    "no baseline wave": lambda study: study.toml("baseline_wave = 1\n", ""),
    "nobody answered an item": lambda study: study.edit(
        "answers.csv", lambda f: f.assign(health="")
    ),
    "nobody answered any item": lambda study: study.edit(
        "answers.csv", lambda f: f.assign(health="", job="")
    ),
    "every outcome is constant": lambda study: study.edit(
        "months.csv", lambda f: f.assign(work="0", wage="0")
    ),
    "dates, party and referrals": _dates,
    "dates alone": _dates_alone,
    "everybody answered": _everybody_answered,
    "a scale of two points": _scale(0, 1),
    "a scale of a hundred points": _scale(0, 100),
    "one wave": _one_wave,
    "survey alone": lambda study: study.without("register"),
    "register alone": lambda study: study.without("survey"),
    "one horizon": _one_horizon,
    "a covariate nobody has": lambda study: study.edit("people.csv", lambda f: f.assign(age="")),
}


@pytest.mark.parametrize("name", ODD)
def test_what_a_study_lacks_leaves_no_hole_in_the_report(
    name: str, small: Any, tmp_path: Path
) -> None:
    ODD[name](small)
    inputs = read_inputs(small.directory)
    released = release.released_study(inputs)
    report = reports.make(inputs.study, released, "en", small.directory, tmp_path)
    flags = pipeline.flags(inputs.study, released, small.directory)
    document = read_document(RenderJob(DOCUMENTS, "en", ("html",), tmp_path, flags))
    prose = "\n".join(
        line.text for p in document.pieces if not isinstance(p, Cell) for line in p.lines
    )
    calls = [
        (kind, what)
        for piece in document.pieces
        for kind, what in CALL.findall(
            piece.source
            if isinstance(piece, Cell)
            else "\n".join(line.text for line in piece.lines)
        )
    ]
    shown = set()
    for kind, what in calls:
        made = getattr(report, kind)(what)
        text = made if isinstance(made, str) else made.markdown
        assert not re.search(r"\bnan\b|\{\$|\bNone\b", re.sub(r"<[^>]+>|#[\w-]+", "", text)), what
        if kind in ("table", "figure"):
            assert text, f"{kind} {what} is asked for and empty"
            shown.add(("tbl-" if kind == "table" else "fig-") + what)
    written = set(re.findall(r"\{#((?:tbl|fig)-[\w-]+)", prose))
    assert set(re.findall(r"@((?:tbl|fig)-[\w-]+\w)", prose)) <= shown | written
