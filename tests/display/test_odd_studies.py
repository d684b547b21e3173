"""Every table, figure and text that the documents ask for, for studies that lack something."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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


ODD: dict[str, Callable[[Any], None]] = {
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
